"""Upright bars: columns over times or short names, grouped or stacked. Draws on a canvas."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.charts.axes import Scale
from reportgen.charts.bars import Bar, bar_traces, bars_of, share_ticks
from reportgen.charts.canvas import Box, Canvas
from reportgen.charts.data import INK, INK2, PAPER, Series, words_mark
from reportgen.charts.ends import spread
from reportgen.charts.panel import Panel, reference_lines, text_colour
from reportgen.charts.text import shortened, text_width, wrap
from reportgen.model.quantity import Relation


def draw_upright(canvas: Canvas, panel: Panel, low: float, high: float, height: float) -> float:
    """Columns; returns the bottom."""
    bars, lanes = bars_of(panel)
    groups = panel.by_category()
    axis = share_ticks(panel, 5) or panel.ticks(low, high, 4)
    inset = max((text_width(tick.text, 13) for tick in axis), default=0) + 14
    names = _beside_last(panel) if names_fit_beside(panel) else ()
    left, right = panel.left + inset, panel.right - _room(names)
    top = panel.top + 24
    bottom = top + height
    slot = (right - left) / max(1, len(groups))
    thick = min(88 if lanes == 1 else 44, slot * 0.72 / lanes)
    size = _value_size(bars, slot / lanes)
    down = 20 if low < 0 else 0
    scale = Scale(low, high, bottom - down, top)
    frame = canvas.frame(
        Box(left, top, right, bottom), Scale(left, right, left, right), Scale(scale.back(bottom), high, bottom, top)
    )
    middles = [left + slot * (index + 0.5) for index in range(len(groups))]
    places = [middles[bar.slot] + (bar.lane - (lanes - 1) / 2) * thick for bar in bars]
    canvas.value_axis_y(frame, axis, panel.left)
    width = thick * (0.94 if lanes > 1 else 1)
    bar_traces(canvas, panel, frame, bars, places, width, across=False)
    if size:
        for bar, x in zip(bars, places, strict=True):
            _value(canvas, bar, scale, x, size, thick, lanes == 1)
    else:
        _some_values(canvas, bars, scale, places, width)
    for series, y in _at_last(bars, names, scale, len(groups) - 1, top - 8, bottom):
        x = middles[-1] + thick / 2 + 8
        colour = text_colour(series.colour)
        canvas.text(series.name, x, y, size=13, bold=series.strong, colour=colour, mark=series.mark)
    tall = _foot(canvas, panel, middles, slot, bottom)
    reference_lines(canvas, panel, frame, upright=False)
    return bottom + 8 + tall


def upright_fits(panel: Panel) -> bool:
    """Whether every category's name has room under a column."""
    groups = panel.by_category()
    slot = (panel.width - 50) / max(1, len(groups))
    return all(text_width(word, 13) <= slot - 4 for group in groups for word in group[0].category.text.split(" "))


def names_fit_beside(panel: Panel) -> bool:
    """Whether stacked series can be named right of the last column instead of in a legend."""
    stacked = panel.several and panel.figure.stack in ("stack", "share") and not panel.compact
    names = _beside_last(panel)
    return stacked and len(names) == len(panel.reading.series) and _room(names) <= panel.width * 0.3


def _beside_last(panel: Panel) -> tuple[Series, ...]:
    """Series that the last column has a part of."""
    groups = panel.by_category()
    keys = {point.series for point in groups[-1] if point.y} if groups else set()
    return tuple(series for series in panel.reading.series if series.key in keys)


def _room(names: Sequence[Series]) -> float:
    return max((text_width(series.name, 13, True) for series in names), default=-10) + 10


def _at_last(
    bars: Sequence[Bar], names: Sequence[Series], scale: Scale, last: int, top: float, bottom: float
) -> list[tuple[Series, float]]:
    """Each series' name at its part of the last column."""
    parts = {bar.point.series: scale((bar.base + bar.tip) / 2) for bar in bars if bar.slot == last}
    ordered = sorted(names, key=lambda series: parts[series.key])
    return list(zip(ordered, spread([(parts[series.key], 17.0) for series in ordered], top, bottom), strict=True))


def _value_size(bars: Sequence[Bar], slot: float) -> float:
    """The largest type in which every value has room over its column; 0 if none does."""
    texts = [bar.point.text for bar in bars]
    return next((size for size in (14, 13, 12) if all(text_width(text, size, True) <= slot - 3 for text in texts)), 0)


def _value(canvas: Canvas, bar: Bar, scale: Scale, x: float, size: float, thick: float, alone: bool) -> None:
    point = bar.point
    if bar.inside:
        tall = abs(scale(bar.tip) - scale(bar.base))
        if tall >= 17 and text_width(point.text, 12, True) + 4 <= thick:
            y = scale((bar.tip + bar.base) / 2)
            canvas.text(point.text, x, y, size=12, bold=True, colour=PAPER, anchor="center", mark=point.mark)
        return
    y = scale(bar.least) + 11 if bar.tip < 0 else scale(bar.most) - 11
    colour = text_colour(bar.colour)
    bold = alone and colour != INK
    canvas.text(point.text, x, y, size=size, bold=bold, colour=colour, anchor="center", mark=point.mark, ground=True)


def _some_values(canvas: Canvas, bars: Sequence[Bar], scale: Scale, places: Sequence[float], width: float) -> None:
    """Where not all values have room: the greatest, the last and the uncertain, clear of the columns beside them."""
    columns = [
        Box(x - width / 2, min(scale(bar.base), scale(bar.most)), x + width / 2, max(scale(bar.base), scale(bar.least)))
        for bar, x in zip(bars, places, strict=True)
    ]
    order = sorted(range(len(bars)), key=lambda index: (-bars[index].tip, index))
    wanted = [*order[:1], *(index for index in order if bars[index].point.ring), len(bars) - 1, *order[-1:]]
    for bar, place in zip(bars, places, strict=True):
        if bar.point.relation in (Relation.OVER, Relation.AT_LEAST) and not bar.inside:
            canvas.head(place, scale(bar.tip) - 11, True, bar.colour)
            canvas.obstacles.append(Box(place - 5, scale(bar.tip) - 11, place + 5, scale(bar.tip)))
    for index in dict.fromkeys(wanted if bars and not bars[0].inside else ()):
        bar, x = bars[index], places[index]
        half = text_width(bar.point.text, 12, True) / 2
        y = scale(bar.least) + 10 if bar.tip < 0 else scale(bar.most) - 10
        x = max(columns[0].left + half, min(x, canvas.width - half - 1))
        box = Box(x - half, y - 8, x + half, y + 8)
        if canvas.free(box, 1, marks=False) and not any(box.meets(column) for column in columns):
            colour = text_colour(bar.colour)
            canvas.text(
                bar.point.text,
                x,
                y,
                size=12,
                bold=True,
                colour=colour,
                anchor="center",
                mark=bar.point.mark,
                ground=True,
            )


def _foot(canvas: Canvas, panel: Panel, middles: Sequence[float], slot: float, bottom: float) -> float:
    """Names under the columns, every second or third where they are many; returns their height."""
    names = [group[0].category for group in panel.by_category()]
    lines = [wrap(name.text, 13, slot - 6) for name in names]
    fits = all(text_width(line, 13) <= slot - 4 for wrapped in lines for line in wrapped)
    widest = max((text_width(name.text, 13) for name in names), default=0)
    every = 1 if fits else max(1, -(-int(widest + 10) // max(1, int(slot))))
    for index in range(0, len(names), every):
        words = lines[index] if fits else (shortened(names[index].text, 13, slot * every - 4),)
        half = max(text_width(line, 13) for line in words) / 2
        x = min(max(middles[index], panel.left + half), panel.right - half)
        mark = words_mark(names[index])
        canvas.text(words, x, bottom + 5 + 8.5 * len(words), size=13, colour=INK2, anchor="center", mark=mark)
    return 17.0 * (max((len(words) for words in lines), default=1) if fits else 1)
