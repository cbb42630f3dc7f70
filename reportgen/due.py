"""A project and a day in, what is to be looked at again by then out. Reads the project's files, and no clock.

A fact is due by its own `review_by`, else by that of its measure; a source where its newest saved copy no longer has
words that a fact quotes; a translation where its original was published anew since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from reportgen.brief.lock_problems import newest_copy_problems
from reportgen.citing.pandoc import Citeproc
from reportgen.citing.problems import citing
from reportgen.diagnostics import ReportError, Span, errors
from reportgen.editions.translating import behind_problems
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.load.files import DiskFiles
from reportgen.model.brief import folder_of, original_of
from reportgen.model.edtf import Duration, Edtf, add_duration
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.model.fact import Fact
from reportgen.pipeline import age_day, asked_of, evaluations


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing to look at."""

    kind: str
    """`fact`, `measure`, `source` or `translation`."""
    id: str
    by: str
    """The day by which it was to be looked at; empty where something else made it due."""
    message: str
    where: Span
    briefs: tuple[str, ...]
    """Slugs of the briefs and pages that print it."""
    pages: tuple[str, ...]
    """Where readers see it: its own page first, then theirs."""
    sources: tuple[str, ...]
    """Addresses at which to look."""


def due(root: Path, as_of: date | None = None, within: Duration | None = None) -> tuple[date, tuple[DueItem, ...]]:
    """The day that was asked of, and what is due on it, or `within` a time after it: what has been due longest first.

    Raises ReportError where the project has errors.
    """
    with Citeproc() as citeproc:
        asked, found = asked_of(DiskFiles(root), root, as_of, citeproc)
        if errors(found):
            raise ReportError(errors(found))
        day = age_day(asked.project, as_of)
        last = add_duration(day, within) if within else day
        documents = asked.project.documents.values()
        done = {
            brief.slug: result.brief
            for brief, result, _ in evaluations(asked, citing(citeproc, asked.project), documents)
            if result is not None
        }
        items = (*_reviews(asked, done, day, last), *_changed_sources(asked, done), *_behind(asked, done))
        return day, tuple(sorted(items, key=lambda item: (not item.by, item.by, item.where)))


def _reviews(asked: Answers, done: Mapping[str, EvaluatedBrief], day: date, last: date) -> Iterator[DueItem]:
    measures: dict[str, list[Fact]] = {}
    for fact in asked.project.facts.values():
        if fact.review_by is None:
            measures.setdefault(fact.measure, []).append(fact)
        elif (by := _last_day(fact.review_by)) and by <= last:
            yield _item(asked, done, "fact", fact.id, by, _said(fact.id, by, day), fact.at["review_by"], [fact])
    for measure in asked.project.measures.values():
        facts = measures.get(measure.id, [])
        if facts and measure.review_by and (by := _last_day(measure.review_by)) and by <= last:
            message = f"{_said(measure.id, by, day)}, and with it {len(facts):,} of its facts"
            yield _item(asked, done, "measure", measure.id, by, message, measure.at["review_by"], facts)


def _last_day(review: Edtf) -> date | None:
    """The day by which something is to be looked at."""
    return review.end - timedelta(days=1) if review.end else None


def _said(id: str, by: date, day: date) -> str:
    return f'"{id}" was to be looked at again by {by}' if by < day else f'"{id}" is to be looked at again by {by}'


def _changed_sources(asked: Answers, done: Mapping[str, EvaluatedBrief]) -> Iterator[DueItem]:
    for fact in asked.project.facts.values():
        for found in newest_copy_problems(fact, asked.verified(fact.id), asked.project):
            yield _item(asked, done, "source", fact.id, None, found.message, found.span, [fact])


def _behind(asked: Answers, done: Mapping[str, EvaluatedBrief]) -> Iterator[DueItem]:
    base = asked.project.settings.base_url
    for slug, brief in asked.project.documents.items():
        original = done.get(original_of(slug))
        if brief.is_translation and slug in done and original is not None:
            for found in behind_problems(brief, original, done[slug], View(asked)):
                page = (f"{base}{folder_of(slug)}",)
                yield DueItem("translation", slug, "", found.message, found.span, (slug,), page, ())


def _item(
    asked: Answers,
    done: Mapping[str, EvaluatedBrief],
    kind: str,
    id: str,
    by: date | None,
    message: str,
    where: Span,
    facts: list[Fact],
) -> DueItem:
    ids = {fact.id for fact in facts}
    briefs = tuple(slug for slug, brief in done.items() if ids.intersection(brief.facts))
    base = asked.project.settings.base_url
    own = f"{base}facts/#measure-{id}" if kind == "measure" else f"{base}facts/{facts[0].id}/"
    named = dict.fromkeys(evidence.source for fact in facts for evidence in fact.evidence)
    sources = (source.url for id in named if (source := asked.project.sources.get(id)) and source.url)
    pages = (own, *(f"{base}{folder_of(slug)}" for slug in briefs))
    return DueItem(kind, id, by.isoformat() if by else "", message, where, briefs, pages, tuple(sources))
