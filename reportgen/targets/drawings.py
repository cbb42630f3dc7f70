"""A brief's charts as targets: the figure for Plotly, and its drawings, made again only if the figure is another."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from functools import lru_cache

from reportgen.build.digest import digest
from reportgen.build.target import Made, Reader, Target
from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.engines.v8 import DrawingError
from reportgen.evaluate.scanning import scan
from reportgen.model.brief import Brief
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.render.charts import alt_text, figure_json, interactive_json
from reportgen.render.figures import SET_IN_TYPE, finished
from reportgen.render.inserts import Drawing
from reportgen.render.svg import UnknownDigitsError
from reportgen.targets.workshop import Workshop


def drawing_targets(workshop: Workshop, brief: Brief) -> Iterator[Target]:
    """Two targets a chart of the brief."""
    for id in _charts_in(brief.body):
        yield from _targets(workshop, brief, id)


@lru_cache(maxsize=4096)
def _charts_in(body: str) -> tuple[str, ...]:
    """Kept from build to build, for a preview."""
    calls = scan(body, lambda start, length: Span.at("")).calls
    return tuple(dict.fromkeys(str(call.subject.value) for call in calls if call.name == "chart"))


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
                raise _undrawable(workshop, figure.id, "typed-number", error) from error
            first += len(drawing.ticks)
            found[figure.id] = drawing
    return found


def _undrawable(workshop: Workshop, id: str, code: str, error: Exception) -> ReportError:
    places = workshop.project.charts[id].at
    hint = 'let the figure name columns of its data, as in text: "@value"' if code == "typed-number" else None
    return ReportError([Diagnostic(code, f'the chart "{id}" cannot be drawn: {error}', places["figure"], hint)])


def _targets(workshop: Workshop, brief: Brief, id: str) -> Iterator[Target]:
    name = f"{brief.slug}/{id}"

    def figure(reader: Reader) -> Made:
        found = next((f for f in workshop.evaluated(brief, reader).figures if f.id == id), None)
        if found is None or found.kind in SET_IN_TYPE:
            return Made(value=b"{}")
        made = {
            "wide": figure_json(found, "wide"),
            "narrow": figure_json(found, "narrow"),
            "print": figure_json(found, "print"),
        }
        return Made(value=json.dumps(made, ensure_ascii=False).encode())

    def draw(reader: Reader) -> Made:
        specifications = json.loads(reader.output(f"figure {name}"))
        reader.record(("version", "plotly.js"))
        svgs = {}
        for layout, (text, width, height) in specifications.items():
            # A brief and the chart's own page show one drawing; print is mostly as wide.
            key = digest((text, width, height, id, layout == "narrow"))
            if key not in workshop.drawn:
                try:
                    if workshop.project.charts[id].figure:
                        workshop.plotly.check(text)
                    drawing = workshop.plotly.draw(text, width, height, f"{id}-{layout.replace('print', 'wide')}")
                except DrawingError as error:
                    raise _undrawable(workshop, id, "cannot-draw", error) from error
                workshop.drawn[key] = zlib.compress(drawing.encode(), 1)
            svgs[layout] = zlib.decompress(workshop.drawn[key]).decode()
        return Made(value=json.dumps(svgs, ensure_ascii=False).encode())

    yield Target(f"figure {name}", figure)
    yield Target(f"draw {name}", draw)
