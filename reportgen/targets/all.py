"""A session in, every target of a build out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportgen.model.brief import Brief, original_of
from reportgen.rebuild.target import PROGRAM, Batch, Reader, Target, TargetResult, Work, after
from reportgen.targets.assets import asset_targets
from reportgen.targets.briefs import (
    brief_targets,
    evaluation_target,
    page_targets,
    paper_style_target,
    pdf_targets,
    word_targets,
)
from reportgen.targets.charts import alone_targets, chart_targets
from reportgen.targets.drawings import alone_names, charts_in, drawing_targets
from reportgen.targets.earlier import earlier_targets
from reportgen.targets.editions import edition_targets
from reportgen.targets.neighbours import neighbours_target
from reportgen.targets.search import search_target
from reportgen.targets.session import Formats, Session
from reportgen.targets.tasks import stop_drawing
from reportgen.targets.translations import translation_targets

AHEAD = 8
"""Documents that are evaluated and drawn before the first of them is shown: fewer than are kept evaluated."""


def all_targets(session: Session, only: tuple[str, ...], formats: Formats, *, last: bool = False) -> list[Target]:
    """What is to be up to date: the whole site, or only some briefs, or only one format. Drafts are left out.

    `last`: this process draws nothing afterwards, so that the engine's memory is given back as soon as all is drawn.

    What shows drawings comes some documents after what draws them, so that no page waits while other processes draw,
    and what was evaluated can be forgotten early. What takes up much memory, such as PDFs and fonts, comes when no
    drawing engine does any more, and before lists and the search index, which are made here meanwhile.
    """

    def heavy(targets: Iterable[Target]) -> list[Target]:
        return [after(stop_drawing, target) if last else target for target in targets]

    chosen = [session.project.briefs[slug] for slug in session.slugs if _is_meant(slug, only)]
    beside = [session.project.pages[slug] for slug in session.pages if _is_meant(slug, only)]
    whole = formats != "pdf" and not only
    found: list[Target] = []
    if formats != "html":
        found.append(paper_style_target(session))
    showing = deque[list[Target]]()
    for drawing, shown in _documents(session, chosen if formats == "pdf" else [*chosen, *beside], formats, whole):
        found += drawing
        showing.append(shown)
        if len(showing) > AHEAD:
            found += showing.popleft()
    for shown in showing:
        found += shown
    found += translation_targets(session, [*chosen, *beside])
    if formats != "html":
        found += heavy(pdf_targets(session, chosen))
    if formats != "pdf":
        pages = page_targets(session, [*chosen, *beside])
        found += heavy((*asset_targets(session), *pages))
    if whole:
        from reportgen.targets.catalogue import catalogue_targets  # not wanted for the edit of one text

        found += catalogue_targets(session, session.listed)
        found += edition_targets(session, formats)
        found += earlier_targets(session)
        found += (neighbours_target(), search_target(session, session.listed))
    return [Target(target.name, _Versioned(target.make), target.batch) for target in found]


def word_documents(session: Session, only: tuple[str, ...]) -> list[Target]:
    """A Word document of each brief of the session, or of some."""
    chosen = [session.project.briefs[slug] for slug in session.slugs if _is_meant(slug, only)]
    found = [paper_style_target(session)]
    for drawing, shown in _documents(session, chosen, "pdf", whole=False):
        found += [*drawing, *shown]
    found += word_targets(session, chosen)
    return [Target(target.name, _Versioned(target.make), target.batch) for target in found]


def _is_meant(slug: str, only: tuple[str, ...]) -> bool:
    """Whether a document is asked for, or the original that it is a translation of."""
    return not only or slug in only or original_of(slug) in only


def _documents(
    session: Session, briefs: Sequence[Brief], formats: Formats, whole: bool
) -> Iterator[tuple[list[Target], list[Target]]]:
    """Each chart and each brief, a brief after its charts: what evaluates and draws it, and what shows it.

    A worker makes a brief with the charts that no other one shows, in one go.
    """
    done = set[str]()
    slugs = {brief.slug for brief in briefs}

    def owner(id: str) -> str:
        shown_by = session.showing.get(id, ())
        return shown_by[0] if len(shown_by) == 1 and shown_by[0] in slugs else ""

    def charts(ids: Iterable[str], slug: str = "") -> Iterator[tuple[list[Target], list[Target]]]:
        for id in ids:
            if id not in done:
                done.add(id)
                alone, shown = list(alone_targets(session, id)), list(chart_targets(session, id) if whole else ())
                if owner(id) == slug:
                    batch = Batch(slug or f"chart {id}", "v8")
                    yield _in(batch, alone), _in(batch, shown)
                else:
                    lists = [f"list {each}" for each in session.showing.get(id, ())]
                    drawn = [target.name for target in (*alone, *shown)]
                    yield (
                        _in(Batch(f"chart {id}", "v8"), alone),
                        _in(Batch(f"pages of {id}", needs=(*lists, *drawn)), shown),
                    )

    for brief in briefs:
        ids = charts_in(brief, session.project)
        yield from charts(ids, brief.slug)
        needs = [name for id in ids if owner(id) != brief.slug for name in alone_names(session, id, brief.lang)]
        batch = Batch(brief.slug, "v8", tuple(needs))
        drawing = [evaluation_target(session, brief), *drawing_targets(session, brief)]
        yield _in(batch, drawing), _in(batch, brief_targets(session, brief, formats))
    if whole:
        yield from charts(session.project.charts)


def _in(batch: Batch, targets: Iterable[Target]) -> list[Target]:
    return [Target(target.name, target.make, batch) for target in targets]


@dataclass(frozen=True, slots=True)
class _Versioned:
    """Another version of the program makes everything again. An object, which takes a fifth of what a function does
    that keeps another: there is one for each of ten thousand targets."""

    make: Callable[[Reader], TargetResult | Work]

    def __call__(self, reader: Reader) -> TargetResult | Work:
        reader.record(PROGRAM)
        return self.make(reader)
