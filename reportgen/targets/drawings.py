"""A brief's charts as targets: the figure for Plotly, and its drawings, made again only if the figure is another.

A brief mostly shows what the chart's own page shows, and then takes that page's drawings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from reportgen.build.target import Made, Reader, Target, Work
from reportgen.diagnostics import Diagnostic, ReportError
from reportgen.evaluate.alone import alone_slug
from reportgen.model.brief import Brief
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.model.project import Project
from reportgen.render.charts import alt_text, figure_json, interactive_json
from reportgen.render.figures import SET_IN_TYPE, finished
from reportgen.render.inserts import Drawing
from reportgen.render.svg import UnknownDigitsError
from reportgen.targets.tasks import drawings_made
from reportgen.targets.workshop import Workshop

NOTHING = b"{}"
"""Of a chart that is not drawn."""
_NAMED = re.compile(r"""\bchart\(\s*["']([a-z0-9][a-z0-9-]*)["']""")


def drawing_targets(workshop: Workshop, brief: Brief) -> Iterator[Target]:
    """Two targets a chart of the brief."""
    for id in charts_in(brief, workshop.project):
        yield from _targets(workshop, brief, id)


def charts_in(brief: Brief, project: Project) -> tuple[str, ...]:
    """Ids of the charts that a brief names: whether it shows them is found when it is evaluated."""
    return tuple(dict.fromkeys(id for id in _NAMED.findall(brief.body) if id in project.charts))


def drawn(workshop: Workshop, reader: Reader, brief: EvaluatedBrief) -> dict[str, Drawing]:
    """The finished drawings of a brief by figure; their axes' ticks are numbered after its numbers."""
    shown = [figure.id for figure in brief.figures if figure.kind not in SET_IN_TYPE]
    key = (brief.slug, *(reader.output_digest(f"draw {brief.slug}/{id}") for id in shown))
    if key not in workshop.finished:
        workshop.finished.clear()  # A page and its paper are made one after the other.
        workshop.finished[key] = _finished(workshop, reader, brief)
    return workshop.finished[key]


def _finished(workshop: Workshop, reader: Reader, brief: EvaluatedBrief) -> dict[str, Drawing]:
    found: dict[str, Drawing] = {}
    first = len(brief.numbers)
    for figure in brief.figures:
        if figure.kind not in SET_IN_TYPE:
            svgs = json.loads(reader.output(f"draw {brief.slug}/{figure.id}"))
            alt = figure.alt or alt_text(figure)
            live = f'{{"wide":{interactive_json(figure, "wide")[0]},"narrow":{interactive_json(figure, "narrow")[0]}}}'
            try:
                drawing = finished(figure, svgs, first, alt, live, workshop.site.license)
            except UnknownDigitsError as error:
                message = f'the chart "{figure.id}" cannot be drawn: {error}'
                where = workshop.project.charts[figure.id].at["figure"]
                hint = 'let the figure name columns of its data, as in text: "@value"'
                raise ReportError([Diagnostic("typed-number", message, where, hint)]) from error
            first += len(drawing.ticks)
            found[figure.id] = drawing
    return found


def _targets(workshop: Workshop, brief: Brief, id: str) -> Iterator[Target]:
    name = f"{brief.slug}/{id}"

    def figure(reader: Reader) -> Made:
        found = next((f for f in workshop.evaluated(brief, reader).figures if f.id == id), None)
        if found is None or found.kind in SET_IN_TYPE:
            return Made(value=NOTHING)
        made = {
            "wide": figure_json(found, "wide"),
            "narrow": figure_json(found, "narrow"),
            "print": figure_json(found, "print"),
        }
        return Made(value=json.dumps(made, ensure_ascii=False).encode())

    def draw(reader: Reader) -> Made | Work:
        own = reader.output(f"figure {name}")
        reader.record(("version", "plotly.js"))
        if own == NOTHING:
            return Made(value=NOTHING)
        alone = f"{alone_slug(id)}/{id}"
        if name != alone and reader.output_digest(f"figure {alone}") == reader.output_digest(f"figure {name}"):
            return Made(value=reader.output(f"draw {alone}"))
        chart = workshop.project.charts[id]
        return Work(drawings_made, (id, json.loads(own), bool(chart.figure), chart.at["figure"]))

    yield Target(f"figure {name}", figure)
    yield Target(f"draw {name}", draw)
