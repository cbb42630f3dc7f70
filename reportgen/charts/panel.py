"""What all kinds of chart share: panel, legend, reference lines, annotations, tooltips. Draws on a canvas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from html import escape
from typing import Any

from reportgen.charts.axes import Scale, Tick, log_ticks, midpoint, number_ticks
from reportgen.charts.canvas import Anchor, Box, Canvas, Frame
from reportgen.charts.data import (
    INK,
    INK2,
    PAPER,
    REST,
    DataPoint,
    Reading,
    Series,
    cell,
    interval_of,
    key_of,
    words_mark,
)
from reportgen.charts.text import text_width, wrap
from reportgen.model.figure import Datum, EvaluatedFigure, FigureColumn

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
"""By series, so that series differ in print without colour."""


@dataclass(frozen=True, slots=True)
class Panel:
    """The area that a chart is drawn in, and its data."""

    figure: EvaluatedFigure
    reading: Reading
    points: tuple[DataPoint, ...]
    """The points of this panel."""
    left: float
    top: float
    right: float
    low: float
    """Least value of the whole figure, ends of ranges and reference lines included."""
    high: float
    narrow: bool
    """Whether there is too little width for names beside marks."""
    compact: bool = False
    """Whether it is one of several small multiples."""

    @property
    def width(self) -> float:
        """px."""
        return self.right - self.left

    @property
    def several(self) -> bool:
        """Whether there are several series."""
        return len(self.reading.series) > 1

    @property
    def below_labels(self) -> float:
        """px; where marks begin, below the labels of upright reference lines."""
        return self.top + (18 if self.figure.lines else 0)

    def highlights(self, datum: Datum, *facts: str) -> bool:
        """Whether the author highlights a cell or one of the facts."""
        return not {datum.key or datum.text, *facts}.isdisjoint(self.figure.highlight)

    def series_of(self, point: DataPoint) -> Series:
        """The series that `point` belongs to."""
        return next(series for series in self.reading.series if series.key == point.series)

    def by_category(self) -> list[tuple[DataPoint, ...]]:
        """Points that share a category, in the order of their first."""
        groups: dict[str, list[DataPoint]] = {}
        for point in self.points:
            groups.setdefault(point.category.key or point.category.text, []).append(point)
        return [tuple(group) for group in groups.values()]

    def multiples(self) -> tuple[Panel, ...]:
        """Itself, or each of the small multiples that it is one of: they share their axes."""
        if not self.compact or not self.reading.facets:
            return (self,)
        facets = (key_of(datum) for datum in self.reading.facets)
        return tuple(
            replace(self, points=tuple(point for point in self.reading.points if point.facet == facet))
            for facet in facets
        )

    def ticks(self, low: float, high: float, count: int) -> tuple[Tick, ...]:
        """Named values of the value axis."""
        if self.figure.log and low > 0:
            return log_ticks(low, high, count, self.figure.lang, self.reading.affix)
        return number_ticks(low, high, count, self.figure.lang, self.reading.affix)


def colour_of(panel: Panel, point: DataPoint) -> str:
    """A mark's colour: its series', or by `highlight` its category's."""
    if panel.figure.highlight and not panel.several and not panel.highlights(point.category, point.row.fact):
        return REST
    return panel.series_of(point).colour


def text_colour(colour: str) -> str:
    """The colour of a mark's label: dark for a grey mark, else the mark's."""
    return INK if colour == REST else colour


def extent(figure: EvaluatedFigure, points: Sequence[DataPoint]) -> tuple[float, float]:
    """Least and greatest value, with ranges and reference lines."""
    values = [point.y for point in points if point.y is not None]
    for point in points:
        values += interval_of(point) or ()
    for line in figure.lines:
        if line.value.quantity:
            values.append(
                reference_value(figure, points, line.value.quantity.headline * line.value.quantity.unit.scale)
            )
    return (min(values), max(values)) if values else (0.0, 1.0)


def reference_value(figure: EvaluatedFigure, points: Sequence[DataPoint], base: Fraction) -> float:
    """A reference line's value in the figure's unit, given in base units."""
    for point in points:
        if point.y and point.value.quantity and point.value.quantity.headline:
            quantity = point.value.quantity
            return float(base) * point.y / float(quantity.headline * quantity.unit.scale)
    return float(base)


def legend(canvas: Canvas, panel: Panel, top: float, swatch: str = "rect") -> float:
    """Series' names with their colours in rows from `top`; returns where the plot may begin."""
    x, y = panel.left, top + 9
    for series in named_series(panel):
        width = text_width(series.name, 13, series.strong and len(panel.reading.series) > 1) + 18
        if x > panel.left and x + width > panel.right:
            x, y = panel.left, y + 21
        draw_swatch(canvas, swatch, x + 5, y, series)
        bold = series.strong and any(not other.strong for other in panel.reading.series)
        lines = wrap(series.name, 13, panel.right - x - 16, bold)
        label = canvas.text(
            lines[0], x + 16, y, size=13, bold=bold, colour=text_colour(series.colour), mark=series.mark
        )
        x = label.box.right + 18
    return y + 16


def size_key(canvas: Canvas, panel: Panel, ticks: Sequence[Tick], radius: Callable[[float], float], top: float) -> Box:
    """Two circles with the values of their areas, of the ticks from nought to the largest; returns their box."""
    chosen = [ticks[1], ticks[-1]] if len(ticks) > 2 else [*ticks[-1:]]
    reach, x = radius(chosen[-1].at), panel.left
    for tick in chosen:
        middle = top + reach + 2
        box = Box(x, middle - radius(tick.at), x + 2 * radius(tick.at), middle + radius(tick.at))
        canvas.shape("circle", box, fill="rgba(0,0,0,0)", line=INK2, width=1)
        label = canvas.text(tick.text, box.right + 5, middle, size=13, colour=INK2, mark=tick.mark)
        x = label.box.right + 18
    return Box(panel.left, top + 2, x, top + 2 + 2 * reach)


def lacks_unit(panel: Panel) -> bool:
    """Whether neither the axis nor the author's subtitle says the unit of marks without labels."""
    column = panel.reading.value
    return bool(column and column.unit and not any(panel.reading.affix) and not panel.figure.plain_subtitle)


def measured_heading(canvas: Canvas, panel: Panel, top: float) -> float:
    """What is measured, with its unit, which the values do not repeat where it is long."""
    return column_heading(canvas, panel, panel.reading.value, panel.reading.affix, top)


def column_heading(
    canvas: Canvas, panel: Panel, column: FigureColumn | None, affix: tuple[str, str], top: float
) -> float:
    """The title of a column, with its unit where its values do not print it."""
    title = column.title if column else ""
    if column and column.unit and not any(affix):
        title = column.head or (f"{title} ({column.unit})" if title else column.unit)
    if not title:
        return top + 4
    lines = wrap(title, 13, panel.width, True)
    canvas.text(lines, panel.left, top + 8.5 * len(lines), size=13, bold=True, mark=words_mark(Datum(title)))
    return top + 17 * len(lines) + 4


FOLDED = 8
"""Series that are not highlighted, from which on they are drawn without their names."""


def named_series(panel: Panel) -> tuple[Series, ...]:
    """The series that a legend or the end of a line names: all, or, of many, those that are highlighted."""
    every = panel.reading.series
    weak = sum(not series.strong for series in every)
    return tuple(series for series in every if series.strong) if 0 < weak < len(every) and weak > FOLDED else every


def draw_swatch(canvas: Canvas, kind: str, x: float, y: float, series: Series) -> None:
    """A series' symbol in the legend."""
    if kind == "line":
        dash = DASHES[series.index % 6]
        canvas.line(x - 7, y, x + 7, y, colour=series.colour, width=2.5, dash=dash, below=False)
    elif kind == "ring":
        canvas.shape("circle", Box(x - 4.5, y - 4.5, x + 4.5, y + 4.5), fill=PAPER, line=series.colour, width=2)
    else:
        canvas.shape("circle" if kind == "dot" else "rect", Box(x - 5, y - 5, x + 5, y + 5), fill=series.colour)


def reference_lines(canvas: Canvas, panel: Panel, frame: Frame, upright: bool) -> None:
    """The figure's lines across the plot; `upright` where values run along x."""
    for line in panel.figure.lines:
        quantity = line.value.quantity
        if quantity is None:
            continue
        value = reference_value(panel.figure, panel.points, quantity.headline * quantity.unit.scale)
        mark = "" if line.value.number is None else str(line.value.number)
        words = line.label if line.value.text in line.label else " ".join(filter(None, (line.label, line.value.text)))
        if upright:
            x = frame.x(value)
            canvas.line(x, frame.box.top, x, frame.box.bottom, colour=INK2, width=1.5, dash="dash")
            anchor: Anchor = "left" if x < (panel.left + panel.right) / 2 else "right"
            room = (panel.right - x if anchor == "left" else x - panel.left) - 8
            lines = wrap(words, 12, max(60, room))
            canvas.text(lines, x, frame.box.top + 2 - 8 * len(lines), size=12, colour=INK2, anchor=anchor, mark=mark)
            continue
        y = frame.y(value)
        canvas.line(panel.left, y, frame.box.right, y, colour=INK2, width=1.5, dash="dash")
        lines = wrap(words, 12, frame.box.right - frame.box.left)
        width = max(text_width(part, 12) for part in lines)
        spots = [(x, y + side * (2 + 8 * len(lines))) for side in (-1, 1) for x in _along(frame, width)]
        x, middle = next(((x, m) for x, m in spots if canvas.free(_around(x, m, width, lines))), spots[0])
        canvas.text(lines, x, middle, size=12, colour=INK2, anchor="right", mark=mark, ground=True)


def event_lines(canvas: Canvas, panel: Panel, frame: Frame) -> None:
    """Lines down the plot at times, each with its words beside its top."""
    for line in panel.figure.lines:
        if line.value.date is None:
            continue
        x = frame.x(midpoint(line.value.date))
        canvas.line(x, frame.box.top - 4, x, frame.box.bottom, colour=INK2, width=1.5, dash="dash")
        mark = "" if line.value.number is None else str(line.value.number)
        words = line.label if line.value.text in line.label else ": ".join(filter(None, (line.value.text, line.label)))
        left = x < (frame.box.left + frame.box.right) / 2
        room = max(60.0, min(150.0, (frame.box.right - x if left else x - panel.left) - 8))
        lines = wrap(words, 12, room)
        width, half = max(text_width(part, 12) for part in lines), 8 * len(lines)
        at = x + 6 if left else x - 6 - width
        deep = max(1, int(frame.box.bottom - frame.box.top - 2 * half))
        spots = [frame.box.top + half + step for step in range(0, deep, 8)]
        middle = next((y for y in spots if canvas.free(Box(at, y - half, at + width, y + half))), spots[0])
        canvas.text(lines, at, middle, size=12, colour=INK2, mark=mark, ground=True)


def annotate(canvas: Canvas, panel: Panel) -> None:
    """The author's annotations, each beside its fact's mark if there is room."""
    values = {point.row.fact: point for point in panel.reading.points}
    for fact, words in panel.figure.annotations:
        place = canvas.places.get(fact)
        if place is None:
            continue
        wrapped = (wrap(words, 12, min(limit, canvas.width)) for limit in (180.0, 120.0, 90.0))
        if spot := next(filter(None, (_spot(canvas, place, lines) for lines in wrapped)), None):
            x, y, lines = spot
            canvas.text(lines, x, y, size=12, colour=INK2, mark=mark_of_words(words, values.get(fact)))


def mark_of_words(words: str, point: DataPoint | None) -> str:
    """`data-n` of an author's words: their row's value if they repeat it, else a year or a name."""
    if point and point.value.text and point.value.text in words:
        return point.mark
    return words_mark(Datum(words))


def hover(figure: EvaluatedFigure, point: DataPoint) -> str:
    """The tooltip of a point: its value, claim or label, time and source."""
    columns = {column.name for column in figure.columns}
    head = next((cell(figure, point.row, name).text for name in ("claim", "label", "place") if name in columns), "")
    rest = [cell(figure, point.row, name).text for name in ("as_of", "source") if name in columns]
    parts = [point.text, *wrap(head, 13, 300), *rest]
    if not head and point.category.text not in rest:
        parts.insert(1, point.category.text)
    first, *others = [escape(part, quote=False) for part in parts]
    return "<br>".join([f"<b>{first}</b>", *filter(None, others)])


def marks_data(figure: EvaluatedFigure, points: Sequence[DataPoint]) -> dict[str, Any]:
    """The keys of a trace about its marks: their facts and tooltips."""
    keys = [point.row.fact or (f"row {point.row.row}" if point.row.row is not None else "") for point in points]
    return {"customdata": keys, "hovertext": [hover(figure, point) for point in points]}


def value_scale(panel: Panel, start: float, end: float, *, zero: bool) -> Scale:
    """From zero or just below the least value to the greatest, for a value axis from `start` to `end`."""
    low, high = panel.low, panel.high
    if panel.figure.log and low > 0:
        return Scale(low / 1.25, high * 1.25, start, end, log=True)
    if zero or low == high or 0 <= low < 0.6 * high or high <= 0.6 * low <= 0:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = low + 1
    return Scale(low, high, start, end)


def _along(frame: Frame, width: float) -> list[float]:
    ends = [frame.box.right]
    while ends[-1] - 40 - width > frame.box.left:
        ends.append(ends[-1] - 40)
    return ends


def _around(right: float, middle: float, width: float, lines: tuple[str, ...]) -> Box:
    return Box(right - width, middle - 8 * len(lines), right, middle + 8 * len(lines))


def _spot(canvas: Canvas, place: Box, lines: tuple[str, ...]) -> tuple[float, float, tuple[str, ...]] | None:
    width, half = max(text_width(line, 12) for line in lines), 7.8 * len(lines)
    middle = (place.left + place.right) / 2
    across = [middle - width / 2, place.left - 2, place.right - width + 2]
    for gap in (4, 18, 34):
        rows = [place.bottom + gap + half, place.top - gap - half]
        spots = [(x, y) for y in rows for x in across]
        beside = (place.top + place.bottom) / 2
        spots += [(place.right + 4 + gap, beside), (place.left - 4 - gap - width, beside)]
        for x, y in spots:
            if canvas.free(Box(x, y - half, x + width, y + half), 1):
                return (x, y, lines)
    return None
