"""A workshop in, every target of a build out."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.build.target import Made, Reader, Target, Work
from reportgen.targets.assets import asset_targets
from reportgen.targets.briefs import brief_targets, evaluation_target
from reportgen.targets.charts import alone_targets, chart_targets
from reportgen.targets.drawings import charts_in, drawing_targets
from reportgen.targets.neighbours import neighbours_targets
from reportgen.targets.search import search_target
from reportgen.targets.workshop import Formats, Workshop


def all_targets(workshop: Workshop, only: tuple[str, ...], formats: Formats) -> list[Target]:
    """What is to be up to date: the whole site, or only some briefs, or only one format. Drafts are left out.

    What hands work to other processes comes early: charts are drawn there while pages are laid out here.
    """
    final = {slug: workshop.project.briefs[slug] for slug in workshop.slugs}
    chosen = [brief for slug, brief in final.items() if not only or slug in only]
    whole = formats != "pdf" and not only
    found = asset_targets(workshop) if formats != "pdf" else []
    charts = dict.fromkeys(id for brief in chosen for id in charts_in(brief, workshop.project))
    for id in workshop.project.charts if whole else charts:
        found += alone_targets(workshop, id)
    for brief in chosen:
        found += [evaluation_target(workshop, brief), *drawing_targets(workshop, brief)]
    for brief in chosen:
        found += brief_targets(workshop, brief, formats)
    if whole:
        from reportgen.targets.catalogue import catalogue_targets  # not wanted for the edit of one text

        found += chart_targets(workshop)
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
