"""A workshop in, every target of a build out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from reportgen.build.target import Made, Reader, Target, Work
from reportgen.model.brief import Brief
from reportgen.targets.assets import asset_targets
from reportgen.targets.briefs import brief_targets, evaluation_target, page_targets, paper_style_target, pdf_targets
from reportgen.targets.charts import alone_targets, chart_targets
from reportgen.targets.drawings import charts_in, drawing_targets
from reportgen.targets.neighbours import neighbours_targets
from reportgen.targets.search import search_target
from reportgen.targets.workshop import Formats, Workshop

AHEAD = 8
"""Documents that are evaluated and drawn before the first of them is shown: fewer than are kept evaluated."""


def all_targets(workshop: Workshop, only: tuple[str, ...], formats: Formats) -> list[Target]:
    """What is to be up to date: the whole site, or only some briefs, or only one format. Drafts are left out.

    What shows drawings comes some documents after what draws them, so that no page waits while other processes draw,
    and what was evaluated can be forgotten early. PDFs come when no drawing engine takes up memory any more, and before
    lists and the search index, which are made here meanwhile.
    """
    final = {slug: workshop.project.briefs[slug] for slug in workshop.slugs}
    chosen = [brief for slug, brief in final.items() if not only or slug in only]
    whole = formats != "pdf" and not only
    found = asset_targets(workshop) if formats != "pdf" else []
    if formats != "html":
        found.append(paper_style_target(workshop))
    showing = deque[list[Target]]()
    for drawing, shown in _documents(workshop, chosen, formats, whole):
        found += drawing
        showing.append(shown)
        if len(showing) > AHEAD:
            found += showing.popleft()
    for shown in showing:
        found += shown
    if formats != "html":
        found += pdf_targets(workshop, chosen)
    if formats != "pdf":
        found += page_targets(workshop, chosen)
    if whole:
        from reportgen.targets.catalogue import catalogue_targets  # not wanted for the edit of one text

        found += catalogue_targets(workshop, tuple(final))
        found += neighbours_targets(tuple(final))
        found.append(search_target(workshop, tuple(final)))
    return [Target(target.name, _versioned(target.make)) for target in found]


def _documents(
    workshop: Workshop, briefs: Sequence[Brief], formats: Formats, whole: bool
) -> Iterator[tuple[list[Target], list[Target]]]:
    """Each chart and each brief, a brief after its charts: what evaluates and draws it, and what shows it."""
    done = set[str]()

    def charts(ids: Iterable[str]) -> Iterator[tuple[list[Target], list[Target]]]:
        for id in ids:
            if id not in done:
                done.add(id)
                yield list(alone_targets(workshop, id)), list(chart_targets(workshop, id) if whole else ())

    for brief in briefs:
        yield from charts(charts_in(brief, workshop.project))
        drawing = [evaluation_target(workshop, brief), *drawing_targets(workshop, brief)]
        yield drawing, brief_targets(workshop, brief, formats)
    if whole:
        yield from charts(workshop.project.charts)


def _versioned(make: Callable[[Reader], Made | Work]) -> Callable[[Reader], Made | Work]:
    """Another version of the program makes everything again."""

    def made(reader: Reader) -> Made | Work:
        reader.record(("version", "program"))
        return make(reader)

    return made
