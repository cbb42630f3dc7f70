"""An EvaluatedFigure in; its Plotly figures as JSON, and its alt text, out. Pure: no files, no clock."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

from reportgen.charts.alt import alt_lang, alt_text
from reportgen.charts.bars import bar_extent, draw_across, draw_upright, names_fit_beside, share_words, upright_fits
from reportgen.charts.canvas import Canvas, Label, Layout
from reportgen.charts.data import INK, INK2, C, Reading, key_of, read, words_mark
from reportgen.charts.dots import draw_rows
from reportgen.charts.free import free_figure
from reportgen.charts.lines import draw_lines, room_for_lines
from reportgen.charts.maps import draw_map, draw_map_legend
from reportgen.charts.panel import Panel, annotate, extent, lacks_unit, legend, measured_heading
from reportgen.charts.scatter import draw_scatter, draw_sizes
from reportgen.charts.shares import draw_heatmap, draw_pie
from reportgen.charts.text import wrap
from reportgen.model.figure import EvaluatedFigure

__all__ = ["NARROW", "WIDE", "Layout", "Sheet", "alt_lang", "alt_text", "laid_out"]

WIDE, NARROW = 640, 328
"""Widths in px: of the text column, and of a phone's."""
GAP = 24.0
"""px; between panels in a row."""
LEAST_FOR_LINES = 0.55
"""Of a panel's width: where names of values leave less to lines, fewer panels stand in a row."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure laid out for one width."""

    plotly: str
    """Canonical JSON for plotly.js."""
    live: str
    """The same figure with tooltips; the same marks at the same positions."""
    width: int
    """px, as `height`."""
    height: int
    labels: tuple[Label, ...] = ()
    """The texts of its annotations, in order; empty for an author's own Plotly figure."""


def laid_out(figure: EvaluatedFigure, layout: Layout, points: Reading | None = None) -> Sheet:
    """A figure for one width; `points` are what `read` makes of it, where that is known. Raises ValueError for an
    author's figure that Plotly cannot read."""
    width = NARROW if layout == "narrow" else WIDE
    if figure.figure:
        plotly, _, height = free_figure(figure, width, hover=False)
        return Sheet(plotly, free_figure(figure, width, hover=True)[0], width, height)
    canvas = Canvas(width)
    reading = points or read(figure)
    low, high = extent(figure, reading.points)
    whole = Panel(figure, reading, reading.points, 0, 0, canvas.width, low, high, layout == "narrow")
    bottom = _multiples(canvas, whole) if reading.facets else _draw(canvas, whole)
    canvas.height = math.ceil(bottom + 2)
    annotate(canvas, whole)
    canvas.height = math.ceil(max([canvas.height, *(label.box.bottom + 2 for label in canvas.labels)]))
    still, live = canvas.figure(hover=False), canvas.figure(hover=True)
    return Sheet(still, live, width, round(canvas.height), tuple(canvas.labels))


def _draw(canvas: Canvas, panel: Panel) -> float:
    """Draws the panel as its kind; returns the bottom."""
    match panel.figure.kind:
        case "line" | "area":
            return draw_lines(canvas, panel, _height(panel, 250, 210))
        case "dot" | "range":
            return draw_rows(canvas, panel)
        case "scatter":
            return draw_scatter(canvas, panel, _height(panel, 330, 280))
        case "pie" | "donut":
            return draw_pie(canvas, panel)
        case "heatmap":
            return draw_heatmap(canvas, panel)
        case "map":
            return draw_map(canvas, panel)
        case "bar" | "waterfall":
            return _draw_bars(canvas, panel)
    raise ValueError(f'a figure of kind "{panel.figure.kind}" is not drawn by Plotly')


def _draw_bars(canvas: Canvas, panel: Panel) -> float:
    low, high = (
        bar_extent(dataclasses.replace(panel, points=panel.reading.points))
        if not panel.reading.facets
        else _shared(panel)
    )
    upright = _upright(panel)
    if panel.several and not panel.compact and not (upright and names_fit_beside(panel)):
        panel = dataclasses.replace(panel, top=legend(canvas, panel, panel.top) + 2)
    if not panel.compact and (said := share_words(panel)):
        lines = wrap(said, 13, panel.width)
        top = panel.top + 17 * len(lines) + (4 if upright else 10)
        canvas.text(lines, panel.left, panel.top + 8.5 * len(lines) + 2, size=13, colour=INK2)
        panel = dataclasses.replace(panel, top=top)
    if upright:
        return draw_upright(canvas, panel, low, high, _height(panel, 230, 200))
    return draw_across(canvas, panel, low, high)


def _shared(panel: Panel) -> tuple[float, float]:
    """One value axis for all small multiples."""
    ends = [bar_extent(part) for part in panel.multiples()]
    return (min(low for low, _ in ends), max(high for _, high in ends))


def _upright(panel: Panel) -> bool:
    """Whether bars are vertical: as the author says, else for times and numbers, not for names."""
    if panel.figure.orientation in ("h", "v"):
        return panel.figure.orientation == "v" and (upright_fits(panel) or not _in_words(panel.reading))
    return not _in_words(panel.reading)


def _in_words(reading: Reading) -> bool:
    """Whether the categories are words, not times."""
    return not all(point.category.date for point in reading.points)


def _height(panel: Panel, wide: float, narrow: float) -> float:
    """Of the plot, in px."""
    return 120 if panel.compact else narrow if panel.narrow else wide


def _multiples(canvas: Canvas, whole: Panel) -> float:
    """Small multiples: a panel for each facet, all on the same axes, in rows; returns the bottom."""
    facets = whole.reading.facets
    columns = _columns(whole)
    width = _panel_of(whole, columns).width
    if whole.figure.kind == "map":
        top = draw_map_legend(canvas, whole)
    else:
        top, drawn = 0.0, whole.figure.kind in ("line", "area")
        if drawn and lacks_unit(whole):
            top = measured_heading(canvas, whole, top) + 4
        if whole.several:
            top = legend(canvas, whole, top, "line" if whole.figure.kind == "line" else "rect") + 6
        if whole.figure.kind == "scatter":
            top = draw_sizes(canvas, whole, top)
    for start in range(0, len(facets), columns):
        bottoms = []
        for index, datum in enumerate(facets[start : start + columns]):
            left = index * (width + GAP)
            lines = wrap(datum.text, 14, width, True)
            colour = C[0] if whole.highlights(datum) else INK
            canvas.text(lines, left, top + 9.1 * len(lines), bold=True, mark=words_mark(datum), colour=colour)
            points = tuple(point for point in whole.points if point.facet == key_of(datum))
            panel = dataclasses.replace(
                whole, points=points, left=left, top=top + 18.2 * len(lines) + 2, right=left + width, compact=True
            )
            bottoms.append(_draw(canvas, panel))
        top = max(bottoms) + 18
    return top - 18


def _columns(whole: Panel) -> int:
    """Number of panels in a row."""
    across = whole.figure.kind in ("bar", "range", "dot") and _in_words(whole.reading)
    most = (1 if across else 2) if whole.narrow else 2 if across or len(whole.reading.facets) in (2, 4) else 3
    if whole.figure.kind not in ("line", "area"):
        return most
    fitting = (n for n in range(most, 1, -1) if room_for_lines(_panel_of(whole, n)) >= LEAST_FOR_LINES)
    return next(fitting, 1)


def _panel_of(whole: Panel, columns: int) -> Panel:
    """The first of so many panels in a row."""
    return dataclasses.replace(whole, right=whole.left + (whole.width - GAP * (columns - 1)) / columns, compact=True)
