"""An EvaluatedFigure read as points: which column measures, which names, which colours. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reportgen.charts.axes import midpoint
from reportgen.charts.text import DIGITS, NBSP
from reportgen.late_patterns import regex
from reportgen.model.edtf import Edtf
from reportgen.model.fact import Status
from reportgen.model.figure import Datum, EvaluatedFigure, FigureColumn, Row
from reportgen.model.quantity import Quantity, Relation

C = ("#00546F", "#9E4A32", "#AE8819", "#5E1E4A", "#697D66", "#1A2128")
"""Series colours, c1 to c6."""
REST, INK, INK2, GRID, PAPER = "#8795A0", "#14212B", "#51616C", "#DDE3E6", "#FFFFFF"
HEAT = ("#E0EAED", "#B3CCD4", "#80AAB7", "#4D8799", "#00546F")
"""From low to high: c1 at 12, 30, 50, 70 and 100 percent on paper."""
GLYPHS = {Status.UNVERIFIED: "?", Status.DISPUTED: "≠", Status.OVERDUE: "†", Status.INFERRED: "◊"}
"""What a value's label ends in, so that its state does not rest on colour."""
_SEEN = 0.02
"""Of the span of all values: a computed value's interval that is less wide hides behind its mark."""
_FROM_ZERO = ("bar", "area", "waterfall", "pie", "donut")
_NOTHING = Datum("")
NUMBER = regex(r"[-−]?\d(?:[\d.,\u00a0\u202f]*\d)?")


@dataclass(frozen=True, slots=True)
class DataPoint:
    """One row as a mark."""

    row: Row
    category: Datum
    """What names it along the axis."""
    value: Datum
    y: float | None
    """In the figure's unit; None leaves a gap."""
    low: float | None = None
    """Ends of a range or an interval, where the value has them."""
    high: float | None = None
    series: str = ""
    facet: str = ""
    time: float | None = None
    """Days since 1970, at the middle of the time that the category or the row names."""
    x: float | None = None
    """A second measured value, for a scatter."""
    x_value: Datum = _NOTHING
    size: float | None = None
    hatched: bool = False
    spread: bool = False
    """Whether its interval is drawn: its source gives bounds, or rounding leaves it wide enough to be seen."""

    @property
    def relation(self) -> Relation:
        """How precisely the value is known."""
        return self.value.quantity.relation if self.value.quantity else Relation.EQUAL

    @property
    def is_range(self) -> bool:
        """Whether the value is two ends; `y` is then their middle."""
        return self.value.quantity is not None and self.value.quantity.is_range

    @property
    def ring(self) -> bool:
        """Whether its mark is hollow: a bound, an estimate, something expected, or not the preferred source."""
        return self.relation is not Relation.EQUAL or self.is_range or self.hatched or self.row.dispreferred

    @property
    def text(self) -> str:
        """Its value as a label: with the glyph of its state."""
        glyph = GLYPHS.get(self.value.status) if self.value.status else None
        return f"{self.value.text}{NBSP}{glyph}" if glyph else self.value.text

    @property
    def mark(self) -> str:
        """`data-n` of its value."""
        return "" if self.value.number is None else str(self.value.number)


@dataclass(frozen=True, slots=True)
class Series:
    """Points that share a colour."""

    key: str
    name: str
    mark: str
    """`data-n` of its name, where that holds digits."""
    colour: str
    strong: bool
    """Whether it is drawn in its own colour, not in grey."""
    index: int
    """Its position among the strong series, which gives its dash pattern and symbol."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The figure's points and series."""

    points: tuple[DataPoint, ...]
    series: tuple[Series, ...]
    facets: tuple[Datum, ...]
    category: FigureColumn | None
    value: FigureColumn | None
    affix: tuple[str, str]
    """The texts before and after the number that all values share; empty where they are long."""

    def of(self, series: Series) -> tuple[DataPoint, ...]:
        """Its points, in order."""
        return tuple(point for point in self.points if point.series == series.key)

    def measured(self) -> tuple[DataPoint, ...]:
        """Points that have a value."""
        return tuple(point for point in self.points if point.y is not None)


def cell(figure: EvaluatedFigure, row: Row, name: str) -> Datum:
    """The row's cell in column `name`; an empty one if there is none."""
    for column, datum in zip(figure.columns, row.cells, strict=True):
        if column.name == name:
            return datum
    return _NOTHING


def key_of(datum: Datum) -> str:
    """What specifications name a cell by."""
    return datum.key or (datum.date.text if datum.date else "") or datum.text


def words_mark(datum: Datum) -> str:
    """`data-n` of a cell that is not a value, empty where it holds no digits."""
    if not DIGITS.search(datum.text):
        return ""
    if datum.number is not None:
        return str(datum.number)
    if datum.date is not None:
        return "year" if re.fullmatch(r"\d{4}", datum.text) else "date"
    return "year" if _only_years(datum.text) else "name"


def read(figure: EvaluatedFigure) -> Reading:
    """The figure's rows as points."""
    value_name, category_name, x_name = _columns(figure)
    reference, x_reference, size_reference = (common_scale(figure, name) for name in (value_name, x_name, figure.size))
    points = []
    for row in figure.rows:
        value, category = cell(figure, row, value_name), cell(figure, row, category_name)
        quantity, x_value = value.quantity, cell(figure, row, x_name)
        moment = category.date or _time_of(figure, row)
        size = cell(figure, row, figure.size).quantity if figure.size else None
        points.append(
            DataPoint(
                row,
                category,
                value,
                _number(_height(quantity), quantity, reference) if quantity else None,
                _end(quantity, reference, low=True),
                _end(quantity, reference, low=False),
                key_of(cell(figure, row, figure.color)) if figure.color and figure.color != value_name else "",
                key_of(cell(figure, row, figure.facet)) if figure.facet else "",
                midpoint(moment) if moment else None,
                _number(x_value.quantity.headline, x_value.quantity, x_reference) if x_value.quantity else None,
                x_value,
                _number(size.headline, size, size_reference) if size else None,
                bool(row.fact) and row.fact in figure.hatched,
            )
        )
    points = _spread(figure, points)
    if figure.low and figure.high:
        points = [_with_whiskers(figure, point, reference) for point in points]
    if figure.sort in ("value", "-value"):
        points.sort(key=lambda point: point.y or 0, reverse=figure.sort == "-value")
    texts = [point.value.text for point in points if point.value.quantity]
    columns = {column.name: column for column in figure.columns}
    return Reading(
        tuple(points),
        _series(figure, points),
        _facets(figure),
        columns.get(category_name),
        columns.get(value_name),
        affix_of(texts),
    )


def affix_of(texts: Iterable[str]) -> tuple[str, str]:
    """What all `texts` put before and after their number, short enough for an axis; empty where they differ."""
    affixes = set()
    for text in texts:
        match = NUMBER.search(text)
        if match is None or NUMBER.search(text, match.end()):
            continue
        before = text[: match.start()].rpartition(" ")[2]  # "over 13%" measures in %, not in "over %"
        affixes.add((before if not before.isalpha() or len(before) == 3 else "", text[match.end() :]))
    if len(affixes) != 1:
        return ("", "")
    before, after = affixes.pop()
    return (before, after) if len(before + after) <= 6 else ("", "")


def interval_of(point: DataPoint) -> tuple[float, float] | None:
    """Both ends of a point that is a range, or whose interval is drawn beside its value."""
    if not (point.is_range or point.spread) or point.low is None or point.high is None:
        return None
    return (point.low, point.high)


def _with_whiskers(figure: EvaluatedFigure, point: DataPoint, reference: Fraction) -> DataPoint:
    """The point with the ends that its row has in columns of their own."""
    low, high = (cell(figure, point.row, name).quantity for name in (figure.low, figure.high))
    if low is None or high is None:
        return point
    return replace(
        point,
        low=_number(low.headline, low, reference),
        high=_number(high.headline, high, reference),
        spread=True,
    )


def _spread(figure: EvaluatedFigure, points: Sequence[DataPoint]) -> list[DataPoint]:
    """The points, with a flag on those whose interval is drawn."""
    ends = [end for point in points for end in (point.low, point.y, point.high) if end is not None]
    span = max([*ends, 0.0] if figure.kind in _FROM_ZERO else ends, default=0.0)
    span -= min([*ends, 0.0] if figure.kind in _FROM_ZERO else ends, default=0.0)

    def wide(point: DataPoint) -> bool:
        quantity = point.value.quantity
        if quantity is None or quantity.exact or quantity.is_range or point.low is None or point.high is None:
            return False
        return quantity.bounds is not None or (quantity.typed is None and point.high - point.low >= _SEEN * span)

    return [replace(point, spread=True) if wide(point) else point for point in points]


def _columns(figure: EvaluatedFigure) -> tuple[str, str, str]:
    """Names of the columns that measure, that name, and that measure along x (for a scatter)."""
    kinds = {column.name: column.kind for column in figure.columns}
    x, y = figure.x, figure.y
    values = [name for name, kind in kinds.items() if kind == "value"]
    names = [name for name, kind in kinds.items() if kind in ("text", "date")]
    naming = "label" if "label" in kinds else next(iter(names), "")
    if figure.kind == "scatter":
        return (y, naming, x)
    if figure.kind == "heatmap":
        return (figure.color if kinds.get(figure.color) == "value" else next(iter(values), ""), x, "")
    if figure.kind == "map":
        return (figure.size if figure.lat else figure.color, figure.place or naming, "")
    if kinds.get(y) == "value":
        return (y, x or naming, "")
    if kinds.get(x) == "value":
        return (x, y or naming, "")
    return (next(iter(values), y), x or y or naming, "")


def _time_of(figure: EvaluatedFigure, row: Row) -> Edtf | None:
    for name in (figure.x, figure.y, figure.color):
        if name and (moment := cell(figure, row, name).date):
            return moment
    return next((datum.date for datum in row.cells if datum.date), None)


def common_scale(figure: EvaluatedFigure, name: str) -> Fraction:
    """What most printed numbers of a column count in, so that an axis counts as they do."""
    data = [cell(figure, row, name) for row in figure.rows]
    scales = Counter(datum.scale or datum.quantity.unit.scale for datum in data if datum.quantity)
    return min(scales, key=lambda scale: (-scales[scale], scale)) if scales else Fraction(1)


def _height(quantity: Quantity) -> Fraction:
    """The value at which a mark is drawn: the number printed, or the middle of a range."""
    low, high = quantity.interval.low, quantity.interval.high
    return (low + high) / 2 if quantity.is_range and low is not None and high is not None else quantity.headline


def _number(value: Fraction, quantity: Quantity, reference: Fraction) -> float:
    scale = quantity.unit.scale
    return float(value) if scale == reference else float(value * scale / reference)


def _end(quantity: Quantity | None, reference: Fraction, *, low: bool) -> float | None:
    if quantity is None:
        return None
    end = quantity.interval.low if low else quantity.interval.high
    return None if end is None else _number(end, quantity, reference)


def _facets(figure: EvaluatedFigure) -> tuple[Datum, ...]:
    if not figure.facet:
        return ()
    cells = [cell(figure, row, figure.facet) for row in figure.rows]
    return tuple({key_of(datum): datum for datum in cells}.values())


def _series(figure: EvaluatedFigure, points: list[DataPoint]) -> tuple[Series, ...]:
    names: dict[str, Datum] = {}
    for point in points:
        datum = cell(figure, point.row, figure.color) if figure.color and point.series else _NOTHING
        names.setdefault(point.series, datum)
    chosen = [key for key in names if key in figure.highlight]
    made = []
    for index, (key, datum) in enumerate(names.items()):
        strong = key in chosen if chosen else True
        rank = chosen.index(key) if key in chosen else index
        colour = C[rank] if strong and rank < len(C) else REST
        made.append(Series(key, datum.text, words_mark(datum), colour, strong, rank))
    return tuple(made)


def _only_years(text: str) -> bool:
    return all(len(run) == 4 and "1800" <= run <= "2100" for run in re.findall(r"\d+", text))
