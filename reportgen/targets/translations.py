"""Translations as targets: what each prints otherwise than its original, as warnings. Nothing is laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.facts.view import View
from reportgen.model.brief import Brief, original_of
from reportgen.rebuild.target import Reader, Target, TargetResult
from reportgen.targets.session import Session, record


def translation_targets(session: Session, briefs: Iterable[Brief]) -> Iterator[Target]:
    """One a translation."""
    return (_compared(session, brief) for brief in briefs if brief.is_translation)


def _compared(session: Session, brief: Brief) -> Target:
    original = session.project.documents[original_of(brief.slug)]

    def make(reader: Reader) -> TargetResult:
        from reportgen.editions.translating import behind_problems, translation_problems

        translated = session.evaluated(brief, reader)
        try:
            theirs = session.evaluated(original, reader)
        except LookupError:  # a draft, or left alone by `--only`
            return TargetResult()
        reader.record(("brief", brief.slug, "place"))
        view = View(session.answers)
        found = (
            *translation_problems(brief, theirs, translated, view),
            *behind_problems(brief, theirs, translated, view),
        )
        record(reader, view)
        return TargetResult(warnings=found)

    return Target(f"beside original {brief.slug}", make)
