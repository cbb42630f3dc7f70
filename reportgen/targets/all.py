"""A workshop in, every target of a build out."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.build.target import Made, Reader, Target, Work
from reportgen.targets.assets import asset_targets
from reportgen.targets.briefs import brief_targets
from reportgen.targets.catalogue import catalogue_targets
from reportgen.targets.charts import chart_targets
from reportgen.targets.neighbours import neighbours_target
from reportgen.targets.search import search_target
from reportgen.targets.workshop import Formats, Workshop


def all_targets(workshop: Workshop, only: tuple[str, ...], formats: Formats) -> list[Target]:
    """What is to be up to date: the whole site, or only some briefs, or only one format. Drafts are left out."""
    final = {slug: workshop.project.briefs[slug] for slug in workshop.slugs}
    found: list[Target] = []
    for slug, brief in final.items():
        if not only or slug in only:
            found += brief_targets(workshop, brief, formats)
    if formats != "pdf":
        found += asset_targets(workshop)
        if not only:
            found += chart_targets(workshop)
            found += catalogue_targets(workshop, tuple(final))
            found += [neighbours_target(slug, tuple(final)) for slug in final]
            found.append(search_target(workshop, tuple(final)))
    return [Target(target.name, _versioned(target.make)) for target in found]


def _versioned(make: Callable[[Reader], Made | Work]) -> Callable[[Reader], Made | Work]:
    """Another version of the program makes everything again."""

    def made(reader: Reader) -> Made | Work:
        reader.record(("version", "program"))
        return make(reader)

    return made
