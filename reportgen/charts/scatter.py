"""A panel in, its scatter chart drawn on a canvas: two values for each point, and a third as its size."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.charts.axes import Scale, clean, log_ticks, number_ticks
from reportgen.charts.canvas import Box, Canvas, Frame
from reportgen.charts.data import INK, PAPER, C, DataPoint, affix_of, cell, words_mark
from reportgen.charts.panel import (
    SYMBOLS,
    Panel,
    colour_of,
    column_heading,
    legend,
    marks_data,
    reference_lines,
    size_key,
    value_scale,
)
from reportgen.charts.text import text_width
from reportgen.model.figure import Datum

LONGEST_NAME = 180.0
"""px of a name beside a point."""


def draw_scatter(canvas: Canvas, panel: Panel, height: float) -> float:
    """Draws the points and both axes; returns the bottom."""
    points = [point for point in panel.points if point.x is not None and point.y is not None]
    xs = [point.x for point in panel.reading.points if point.x is not None] or [0.0, 1.0]
    log_x = panel.figure.log and min(xs) > 0
    top = panel.top
    if panel.several:
        top = legend(canvas, panel, top, "dot")
    if not panel.compact:
        top = draw_sizes(canvas, panel, top)
    columns = {column.name: column.title for column in panel.figure.columns}
    if title := columns.get(panel.figure.y):
        canvas.text(title, panel.left, top + 8, size=13, bold=True, mark=words_mark(Datum(title)))
        top += 22
    base = value_scale(panel, 0, 1, zero=False)
    low, high = (base.low, base.high) if base.log else _padded(base.low, base.high)
    y_ticks = panel.ticks(low, high, 5)
    left = panel.left + max((text_width(tick.text, 13) for tick in y_ticks), default=0) + 16
    box = Box(left, top + 20, panel.right - 10, top + 20 + height)
    x_low, x_high = (min(xs) / 1.3, max(xs) * 1.3) if log_x else _padded(*_from_zero(min(xs), max(xs)))
    across = Scale(x_low, x_high, box.left, box.right, log=log_x)
    frame = canvas.frame(box, across, Scale(low, high, box.bottom, box.top, log=base.log))
    canvas.value_axis_y(frame, y_ticks, panel.left)
    affix = affix_of([point.x_value.text for point in points])
    count = max(2, min(6, int((box.right - box.left) / 80)))
    ticks = log_ticks if log_x else number_ticks
    canvas.value_axis_x(frame, ticks(x_low, x_high, count, panel.figure.lang, affix), zero=False)
    bottom = box.bottom + 26
    if title := columns.get(panel.figure.x):
        canvas.text(title, panel.right, bottom + 8, size=13, bold=True, anchor="right", mark=words_mark(Datum(title)))
        bottom += 20
    largest = max((point.size or 0 for point in panel.reading.points), default=0)
    for series in panel.reading.series:
        own = [point for point in points if point.series == series.key]
        own.sort(key=lambda point: -(point.size or 0))
        if own:
            sizes = [_radius(point.size, largest) for point in own]
            _scatter_trace(canvas, panel, frame, own, sizes, series.index)
            for point, radius in zip(own, sizes, strict=True):
                canvas.mark_at(point.row.fact, across(point.x or 0), frame.y(point.y or 0), radius)
    _name_points(canvas, panel, frame, points, largest)
    reference_lines(canvas, panel, frame, upright=False)
    return bottom


def draw_sizes(canvas: Canvas, panel: Panel, top: float) -> float:
    """What the sizes of points mean, if they have sizes; returns where the plot may begin."""
    largest = max((point.size or 0 for point in panel.reading.points), default=0)
    if not panel.figure.size or not largest:
        return top
    column = next((column for column in panel.figure.columns if column.name == panel.figure.size), None)
    affix = affix_of([cell(panel.figure, point.row, panel.figure.size).text for point in panel.reading.points])
    top = column_heading(canvas, panel, column, affix, top)
    ticks = number_ticks(0, largest, 4, panel.figure.lang, affix)
    return size_key(canvas, panel, ticks, lambda size: _radius(size, largest), top).bottom + 6


def _scatter_trace(
    canvas: Canvas, panel: Panel, frame: Frame, own: Sequence[DataPoint], sizes: Sequence[float], index: int
) -> None:
    colours = [colour_of(panel, point) for point in own]
    canvas.trace(
        frame,
        "scatter",
        mode="markers",
        cliponaxis=False,
        x=[clean(point.x or 0) for point in own],
        y=[clean(point.y or 0) for point in own],
        marker={
            "symbol": SYMBOLS[index % 6] if not panel.figure.size else "circle",
            "size": [clean(round(2 * radius, 2)) for radius in sizes],
            "color": [PAPER if point.ring else colour for point, colour in zip(own, colours, strict=True)],
            "opacity": 0.8 if panel.figure.size else 1,
            "line": {
                "color": [colour if point.ring else PAPER for point, colour in zip(own, colours, strict=True)],
                "width": [2 if point.ring else 1 for point in own],
            },
        },
        **marks_data(panel.figure, own),
    )


def _name_points(canvas: Canvas, panel: Panel, frame: Frame, points: Sequence[DataPoint], largest: float) -> None:
    """Names beside the points if there is room, highlighted and large points first."""
    names = ("label", "place", _naming(panel), panel.figure.color)
    for point in sorted(points, key=lambda p: (not panel.highlights(p.category, p.row.fact), -(p.size or 0))):
        datum = next((d for name in names if name and (d := cell(panel.figure, point.row, name)).text), Datum(""))
        if not datum.text or (panel.several and datum.text == panel.series_of(point).name):
            continue
        chosen = panel.highlights(datum, point.row.fact)
        x, y, reach = frame.x(point.x or 0), frame.y(point.y or 0), _radius(point.size, largest) + 4
        canvas.text_beside(
            datum.text, x, y, right=x + reach, reach=reach, rise=reach + 8, half=8, gap=0, bottom=frame.box.bottom - 6,
            size=13, bold=chosen, colour=C[0] if chosen else INK, mark=words_mark(datum),
        )  # fmt: skip


def _naming(panel: Panel) -> str:
    """The first column of short words that are others in each row; empty where there is none."""
    for column in panel.figure.columns:
        words = [cell(panel.figure, point.row, column.name) for point in panel.reading.points]
        is_short = all(datum.text and text_width(datum.text, 13) <= LONGEST_NAME for datum in words)
        if column.kind == "text" and is_short and len({datum.text for datum in words}) == len(words):
            return column.name
    return ""


def _radius(size: float | None, largest: float) -> float:
    """Radius in px, such that areas are in proportion; a point without size is small."""
    return max(3.0, 22 * ((size or 0) / largest) ** 0.5) if largest else 6.0


def _from_zero(low: float, high: float) -> tuple[float, float]:
    return (0.0, high) if 0 <= low < 0.25 * high else (low, high)


def _padded(low: float, high: float) -> tuple[float, float]:
    pad = (high - low or 1) * 0.08
    return (low if low == 0 else low - pad, high + pad)
