"""A panel in, a row of dots for each category drawn on a canvas; two times of a range are joined by a bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportgen.charts.axes import Scale, clean
from reportgen.charts.bars import SIDES, room_for
from reportgen.charts.canvas import Box, Canvas, Frame
from reportgen.charts.data import INK, INK2, PAPER, REST, C, DataPoint, cell, interval_of, words_mark
from reportgen.charts.panel import (
    SYMBOLS,
    Panel,
    colour_of,
    legend,
    marks_data,
    reference_lines,
    text_colour,
    value_scale,
)
from reportgen.charts.text import text_width, wrap
from reportgen.language.phrases import Furniture
from reportgen.model.figure import Datum


def draw_rows(canvas: Canvas, panel: Panel) -> float:
    """A row for each category: dots, or two times joined by a bar. Returns the bottom."""
    ranged = panel.figure.kind == "range"
    groups = panel.by_category()
    names = [group[0].category for group in groups]
    widest = max((text_width(name.text, 15, True) for name in names), default=0)
    beside = not panel.narrow and not panel.compact and widest <= panel.width * 0.36
    left = panel.left + (widest + 16 if beside else 0)
    rows = [_in_time(group) if ranged else list(group) for group in groups]
    base = value_scale(panel, left, panel.right, zero=False)
    parts = panel.multiples()
    every = [_in_time(group) if ranged else list(group) for part in parts for group in part.by_category()]
    reach = [each for row in every for each in _labelled(row, ranged)]
    scale = (
        base
        if base.log
        else room_for(left + 8, panel.right - 4, base.low, base.high, [(p.text, y, r) for p, y, r in reach], 14)
    )
    if base.log:
        rooms = [
            max((text_width(point.text, 14, True) + 14 for point, _, is_right in reach if is_right is side), default=0)
            for side in (False, True)
        ]
        scale = Scale(base.low, base.high, left + max(60, rooms[0]), panel.right - max(70, rooms[1]), log=True)
    scale = Scale(scale.back(left), scale.back(panel.right), left, panel.right, log=base.log)
    top, heads = _head(canvas, panel, rows, scale, ranged)
    y, middles, size = top, [], 14 if panel.compact or panel.narrow else 15
    for name, row in zip(names, rows, strict=True):
        chosen = chosen_row(panel, name, row)
        lines = (name.text,) if beside else wrap(name.text, size, panel.width, True)
        place, mark = y + (26 if beside else 9.5 * len(lines)), words_mark(name)
        ink = C[0] if chosen else INK
        canvas.text(lines, panel.left, place, size=size, bold=chosen, colour=ink, mark=mark, ground=not beside)
        if beside:
            middles.append(place)
            y += 40 if len(groups) > 7 else 52
        else:
            middles.append(y + 19 * len(lines) + 12 + (14 if row is heads else 0))
            y = middles[-1] + 20
    bottom = y + (4 if beside else 0)
    frame = canvas.frame(Box(left, top, panel.right, bottom), scale, Scale(bottom, top, bottom, top))
    for name, row, middle in zip(names, rows, middles, strict=True):
        (_range_row if ranged else _dot_row)(canvas, panel, frame, row, middle, chosen_row(panel, name, row))
        if row is heads:
            for point in (row[0], row[-1]):
                _time_head(canvas, point, scale, middle)
    count = max(2, int((panel.right - left) / 80))
    first, ticks = _first(scale, every), panel.ticks(scale.low, _last(scale, every), min(6, count))
    canvas.value_axis_x(frame, tuple(tick for tick in ticks if tick.at >= first), zero=False)
    reference_lines(canvas, panel, frame, upright=True)
    return bottom + 24


def _in_time(group: Sequence[DataPoint]) -> list[DataPoint]:
    return sorted((point for point in group if point.y is not None), key=lambda point: point.time or 0)


def _labelled(row: Sequence[DataPoint], ranged: bool) -> list[tuple[DataPoint, float, bool]]:
    """Points with a label, the value that it is placed at, and whether it is on the right."""
    found = []
    for point in row:
        if point.y is None:
            continue
        ends = interval_of(point) or (point.y, point.y)
        if ranged and len(row) > 1:
            lower = point.y < max(other.y or 0 for other in row)
            found.append((point, ends[0] if lower else ends[1], not lower))
        elif ranged and interval_of(point) is None:
            found.append((point, point.y, False))
        else:
            found.append((point, ends[1], True))
    return found


def _head(
    canvas: Canvas, panel: Panel, rows: list[list[DataPoint]], scale: Scale, ranged: bool
) -> tuple[float, list[DataPoint] | None]:
    """The top of the first row, and the row above whose marks the two times are printed; a legend if they overlap."""
    if not ranged:
        several = panel.several and not panel.compact
        return legend(canvas, panel, panel.top, "dot") if several else panel.below_labels, None
    start = panel.below_labels
    pairs = [[_time_datum(panel, point) for point in (row[0], row[-1])] for row in rows if len(row) > 1]
    if not pairs or panel.compact:
        return start, None
    words = pairs[0]
    if not any(datum.text for datum in words):  # marks without words tell nothing
        return start, None
    if len({tuple(datum.text for datum in pair) for pair in pairs}) > 1:
        if not all(datum.date for pair in pairs for datum in pair):
            return start, None
        said = Furniture(panel.figure.lang, panel.figure.words)
        words = [Datum(said.plain(word)) for word in ("earlier", "later")]
    elif len(rows[0]) > 1 and words[0].date:
        ends = [scale(point.y or 0) for point in (rows[0][0], rows[0][-1])]
        widths = [text_width(datum.text, 12) / 2 for datum in words]
        inside = all(panel.left <= x - half and x + half <= panel.right for x, half in zip(ends, widths, strict=True))
        if abs(ends[0] - ends[1]) >= sum(widths) + 8 and inside:
            return start, rows[0]
    x, y = panel.left + 6, start + 9
    for datum, fill in zip(words, (PAPER, INK2), strict=True):
        canvas.shape("circle", Box(x - 5, y - 5, x + 5, y + 5), fill=fill, line=INK2, width=2)
        x = canvas.text(datum.text, x + 11, y, size=13, colour=INK2, mark=words_mark(datum)).box.right + 24
    return start + 24, None


def _time_datum(panel: Panel, point: DataPoint) -> Datum:
    """The time of a mark, or the words of the column that tells the two apart."""
    names = (panel.figure.color, "as_of", *(column.name for column in panel.figure.columns))
    dated = next((d for name in names if (d := cell(panel.figure, point.row, name)).date), None)
    return dated or (cell(panel.figure, point.row, panel.figure.color) if panel.figure.color else Datum(""))


def _time_head(canvas: Canvas, point: DataPoint, scale: Scale, middle: float) -> None:
    datum = next((datum for datum in point.row.cells if datum.date), None)
    if datum:
        x, y, mark = scale(point.y or 0), middle - 19, words_mark(datum)
        canvas.text(datum.text, x, y, size=12, colour=INK2, anchor="center", mark=mark, ground=True)


def chosen_row(panel: Panel, name: Datum, row: Sequence[DataPoint]) -> bool:
    """Whether the author highlights a row, or one of its facts."""
    return panel.highlights(name, *(point.row.fact for point in row))


def _first(scale: Scale, rows: list[list[DataPoint]]) -> float:
    """The value at which the axis begins: not below nought where no value is, though labels may need that room."""
    least = min((min(p.y or 0, p.low or 0) if interval_of(p) else p.y or 0 for row in rows for p in row), default=0.0)
    return scale.low if scale.log or least < 0 else max(scale.low, 0.0)


def _last(scale: Scale, rows: list[list[DataPoint]]) -> float:
    """The value at which the axis ends: the largest of the data, not where the labels end."""
    most = max(
        (max(p.y or 0, p.high or 0) if interval_of(p) else p.y or 0 for row in rows for p in row), default=scale.high
    )
    return min(scale.high, most + (scale.high - scale.low) * 0.02)


def _range_row(canvas: Canvas, panel: Panel, frame: Frame, row: Sequence[DataPoint], y: float, chosen: bool) -> None:
    colour = C[0] if chosen or not panel.figure.highlight else INK2
    bar = C[0] if colour == C[0] else REST
    for point in row:
        if ends := interval_of(point):
            _segment(canvas, frame, ends, y, bar, 8, opacity=0.6)
    if len(row) > 1:
        _segment(canvas, frame, (row[0].y or 0, row[-1].y or 0), y, bar, 5 if chosen else 3)
    for index, point in enumerate(row):
        full = index > 0 and not point.ring
        _dot(canvas, panel, frame, point, y, colour, size=13 if full else 11, hollow=not full)
        canvas.mark_at(point.row.fact, frame.x(point.y or 0), y, 7)
    for point, hung, right in _labelled(row, True):
        strong = chosen and point is row[-1] and len(row) > 1
        size = 15 if strong and not panel.compact else 14 if point is row[-1] else 13
        x = frame.x(hung) + (10 if right else -10)
        tint, side = colour if chosen else INK, SIDES[right]
        canvas.text(
            point.text, x, y, size=size, bold=strong, colour=tint, anchor=side, mark=point.mark, ground=not right
        )


def _dot_row(canvas: Canvas, panel: Panel, frame: Frame, row: Sequence[DataPoint], y: float, chosen: bool) -> None:
    values = [point.y for point in row if point.y is not None]
    if len(values) > 1:
        canvas.line(frame.x(min(values)), y, frame.x(max(values)), y, colour=REST, below=True)
    elif not frame.x.log and frame.x.low <= 0 <= frame.x.high and values:
        canvas.line(frame.x(0), y, frame.x(values[0]), y, colour=REST, below=True)
    for point in row:
        if point.y is None:
            continue
        colour, series = colour_of(panel, point), panel.series_of(point)
        if ends := interval_of(point):
            _segment(canvas, frame, ends, y, colour, 4)
        symbol = SYMBOLS[series.index % 6] if series.strong else "circle"
        _dot(canvas, panel, frame, point, y, colour, size=12, hollow=point.ring, symbol=symbol, name=series.name)
        canvas.mark_at(point.row.fact, frame.x(point.y), y, 6)
    for point in sorted(row, key=lambda point: -(point.y or 0)):
        if point.y is None:
            continue
        right = frame.x((interval_of(point) or (point.y, point.y))[1]) + 10
        tint = text_colour(colour_of(panel, point))
        canvas.text_beside(
            point.text, frame.x(point.y), y, right=right, reach=10, rise=16, half=7, gap=1, size=14, bold=chosen,
            colour=tint, mark=point.mark,
        )  # fmt: skip


def _segment(
    canvas: Canvas, frame: Frame, ends: tuple[float, float], y: float, colour: str, width: float, **more: Any
) -> None:
    """A line along a row, from one value to another."""
    x, place = [frame.x.plotly(end) for end in ends], clean(round(y, 2))
    canvas.trace(frame, "scatter", mode="lines", x=x, y=[place] * 2, line={"color": colour, "width": width}, **more)


def _dot(
    canvas: Canvas,
    panel: Panel,
    frame: Frame,
    point: DataPoint,
    y: float,
    colour: str,
    *,
    size: float,
    hollow: bool,
    symbol: str = "circle",
    **more: Any,
) -> None:
    """A point's mark in its row."""
    canvas.trace(
        frame, "scatter", mode="markers", cliponaxis=False, x=[frame.x.plotly(point.y or 0)], y=[clean(round(y, 2))],
        marker={
            "symbol": symbol, "size": size, "color": PAPER if hollow else colour,
            "line": {"color": colour, "width": 2 if hollow else 0},
        },
        **marks_data(panel.figure, [point]), **more,
    )  # fmt: skip
