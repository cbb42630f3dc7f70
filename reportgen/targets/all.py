"""A workshop in, every target of a build out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reportgen.build.target import Made, Reader, Target, Work
from reportgen.targets.assets import asset_targets
from reportgen.targets.briefs import brief_targets, evaluation_target, page_targets
from reportgen.targets.charts import alone_targets, chart_targets
from reportgen.targets.drawings import charts_in, drawing_targets
from reportgen.targets.neighbours import neighbours_targets
from reportgen.targets.search import search_target
from reportgen.targets.workshop import Formats, Workshop


def all_targets(workshop: Workshop, only: tuple[str, ...], formats: Formats) -> list[Target]:
    """What is to be up to date: the whole site, or only some briefs, or only one format. Drafts are left out.

    A brief comes after its charts and before other briefs: pages are laid out here while charts are drawn in other
    processes, and what was evaluated is forgotten early.
    """
    final = {slug: workshop.project.briefs[slug] for slug in workshop.slugs}
    chosen = [brief for slug, brief in final.items() if not only or slug in only]
    whole = formats != "pdf" and not only
    found = asset_targets(workshop) if formats != "pdf" else []
    done = set[str]()

    def charts(ids: Iterable[str]) -> Iterator[Target]:
        for id in ids:
            if id not in done:
                done.add(id)
                yield from alone_targets(workshop, id)
                if whole:
                    yield from chart_targets(workshop, id)

    for brief in chosen:
        found += charts(charts_in(brief, workshop.project))
        found += [evaluation_target(workshop, brief), *drawing_targets(workshop, brief)]
        found += brief_targets(workshop, brief, formats)
    if formats != "pdf":
        found += page_targets(workshop, chosen)
    if whole:
        from reportgen.targets.catalogue import catalogue_targets  # not wanted for the edit of one text

        found += charts(workshop.project.charts)
        found += catalogue_targets(workshop, tuple(final))
        found += neighbours_targets(tuple(final))
        found.append(search_target(workshop, tuple(final)))
    return [Target(target.name, _versioned(target.make)) for target in found]


def _versioned(make: Callable[[Reader], Made | Work]) -> Callable[[Reader], Made | Work]:
    """Another version of the program makes everything again."""

    def made(reader: Reader) -> Made | Work:
        reader.record(("version", "program"))
        return make(reader)

    return made
