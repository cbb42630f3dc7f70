"""The lists of one trace and the rows of a dataset in; whether each mark is a row of it, out. Pure.

A list that an author's program wrote is no number typed by hand if each of its cells equals a cell of the dataset, and
the cells of one mark stand in one row. What Plotly Express computes itself is computed here again: sums and shares in
trees, cumulative shares, lengths of time, straight lines.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from reportgen.language.typed_numbers import HAS_DIGIT
from reportgen.late_patterns import regex
from reportgen.model.figure import FigureColumn, Row

_TYPES = {"i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "f4": "f", "f8": "d"}
"""Plotly's names of the numbers in base64 -> struct's."""
_NUMBER = regex(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.I)
_TIME = regex(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:[T ]([\d:.]+)(?:Z|[-+]\d\d:?\d\d)?)?)?)?")
_MIDNIGHT = regex(r"[0:.]*")
TREES = frozenset({"sunburst", "treemap", "icicle"})
"""Types of trace whose marks hold each other."""
COUNTED = frozenset({"pie", "funnelarea", "bar", "histogram", "histogram2d", "histogram2dcontour", "box", "violin"}) | {
    *("funnel", "waterfall", "parcats", "sankey", "barpolar", "heatmap", "contour", "table"),
}
"""Types of trace in which a row that stands twice counts twice."""


_AGES = 1e14
"""Milliseconds, some three thousand years: what is longer is no length of time."""
_NAMING = frozenset({"x", "y", "labels", "locations", "theta", "r", "dimensions", "source", "target", "cells", "base"})
"""Keys whose words name what a mark is."""


class Proven:
    """Stands for a value that names its fact."""


PROVEN = Proven()


def decoded(value: Any) -> list[Any] | None:
    """The numbers of an array in base64, `{dtype, bdata, shape}`; None where it is none.

    Raises ValueError if it is damaged.
    """
    if not isinstance(value, dict) or "bdata" not in value:
        return None
    kind = _TYPES.get(str(value.get("dtype")).lstrip("<=|"))
    if kind is None:
        raise ValueError(f'"{value.get("dtype")}" is no type of numbers that Plotly has')
    try:
        data = base64.b64decode(str(value["bdata"]), validate=True)
        found = [number for (number,) in struct.iter_unpack(f"<{kind}", data)]
    except (binascii.Error, struct.error):
        raise ValueError("its base64 is damaged") from None
    shape = [int(part) for part in re.findall(r"\d+", str(value.get("shape", "")))]
    if len(shape) == 2 and shape[0] * shape[1] == len(found):
        return [found[start : start + shape[1]] for start in range(0, len(found), shape[1])]
    return found


def _rounded(number: float) -> float:
    return float(f"{number:.12g}")


def _short(number: float) -> float:
    """A number as arrays of short floats have it."""
    try:
        return float(struct.unpack("<f", struct.pack("<f", number))[0])
    except OverflowError:
        return number


def _day(text: str) -> str | None:
    """A time as its day, or with its minutes where it has some; None where it is none."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, clock = found.groups()
    written = f"{year}-{int(month or 1):02}-{int(day or 1):02}"
    return written if clock is None or _MIDNIGHT.fullmatch(clock) else f"{written}T{clock}"


def keys_of(value: Any) -> tuple[tuple[str, object], ...]:
    """By what a value of a figure can be found among cells."""
    if isinstance(value, bool):
        return (("words", str(value).lower()), ("words", str(value)))
    if isinstance(value, int | float):
        return (("number", _rounded(float(value))),)
    text = str(value)
    keys: list[tuple[str, object]] = [("words", text)]
    if _NUMBER.fullmatch(text.strip()):
        keys.append(("number", _rounded(float(text))))
    if (day := _day(text)) is not None:
        keys.append(("day", day))
    return tuple(keys)


@dataclass(frozen=True, slots=True)
class MarkValues:
    """One list of a trace."""

    path: str
    """`marker.size`, `customdata.0`."""
    values: tuple[Any, ...]
    pinned: tuple[int, ...] | None = None
    """The rows that it is, where it names a column."""

    @property
    def names(self) -> bool:
        """Whether its words say what a mark is, as those of an axis do."""
        return any(part in _NAMING for part in self.path.split("."))

    @property
    def word(self) -> str:
        """Its first word."""
        return next((value.strip() for value in self.values if isinstance(value, str) and value.strip()), "")

    @property
    def measures(self) -> bool:
        """Whether it holds a number or a text with digits."""
        return any(is_measure(value) for value in self.values)


def is_measure(value: Any) -> bool:
    """Whether a value of a figure is a number, or a text with digits."""
    if isinstance(value, bool) or value is None or isinstance(value, Proven):
        return False
    return isinstance(value, int | float) or HAS_DIGIT.search(str(value)) is not None


@dataclass(frozen=True, slots=True)
class Cells:
    """A dataset's rows, to be asked for values."""

    columns: Sequence[FigureColumn]
    rows: Sequence[Row]
    _found: dict[int, dict[tuple[str, object], set[int]]] = field(default_factory=dict)

    def where(self, column: int, value: Any) -> frozenset[int]:
        """Numbers of the rows with this value."""
        index = self._found.get(column) or self._found.setdefault(column, self._index(column))
        return frozenset().union(*(index.get(key, ()) for key in keys_of(value)))

    def anywhere(self, value: Any) -> frozenset[int]:
        """The same of all columns together."""
        return frozenset().union(*(self.where(column, value) for column in range(len(self.columns))))

    def numbers(self, column: int) -> list[float | None]:
        """A column's numbers."""
        cells = (row.cells[column].quantity for row in self.rows)
        return [None if quantity is None else float(quantity.headline) for quantity in cells]

    def measured(self) -> tuple[int, ...]:
        """The columns of numbers."""
        return tuple(n for n, column in enumerate(self.columns) if column.kind == "value")

    def _index(self, column: int) -> dict[tuple[str, object], set[int]]:
        index: dict[tuple[str, object], set[int]] = {}
        for number, row in enumerate(self.rows):
            cell = row.cells[column]
            keys: set[tuple[str, object]] = {("words", text) for text in (cell.text, cell.key) if text}
            if cell.quantity is not None:
                value = float(cell.quantity.headline)
                keys |= {("number", _rounded(value)), ("number", _rounded(_short(value)))}
            if cell.date is not None and not cell.date.off_calendar:
                keys.add(("day", cell.date.start.isoformat()))
                if cell.date.precision == "year":
                    keys.add(("number", float(cell.date.start.year)))
            for key in keys:
                index.setdefault(key, set()).add(number)
        return index


@dataclass(frozen=True, slots=True)
class Unproven:
    """A list that is not out of the dataset, and why."""

    path: str
    typed: Any
    """A value that stands in no column; None where each does, and no row has them together."""
    why: str


def unproven(
    kind: str, series: Sequence[MarkValues], cells: Cells, *, more: Mapping[str, Any] | None = None
) -> list[Unproven]:
    """What of a trace's lists is not out of the rows. `kind`: the trace's type; `more`: its other keys."""
    more = more or {}
    if kind in TREES and not any(each.pinned for each in series):
        return _tree(series, cells, more)
    if not series:
        return []
    lengths = Counter(len(each.values) for each in series)
    pinned = next((len(each.values) for each in series if each.pinned is not None), None)
    length = pinned if pinned is not None else lengths.most_common(1)[0][0]
    found = [
        Unproven(each.path, None, f"it has {len(each.values)} values beside {length}")
        for each in series
        if len(each.values) != length and (each.measures or each.pinned is not None)
    ]
    marks = [each for each in series if len(each.values) == length]
    return found or _group(kind, marks, cells, _of_name(more.get("name"), cells))


def _of_name(name: Any, cells: Cells) -> frozenset[int] | None:
    """The rows that a trace is named after, as in `Aria` or `Aria, 2019`; None where its name is no row's."""
    parts = [cells.anywhere(part) for part in name.split(", ")] if isinstance(name, str) and name else []
    return frozenset.intersection(*parts) if parts and all(parts) else None


def _group(kind: str, group: list[MarkValues], cells: Cells, named: frozenset[int] | None = None) -> list[Unproven]:
    """Lists of one length: value by value, they are marks; `named`: the rows that they are named after."""
    group = [*_with_ends(group)]
    lengths = {each.pinned for each in group if each.pinned is not None}
    if len(lengths) > 1:
        path = next(each.path for each in group if each.pinned is not None)
        return [Unproven(path, None, "its columns are of different rows")]
    pinned = lengths.pop() if lengths else None
    asked = [each for each in group if each.pinned is None]
    columns = {n: _columns(each, cells) for n, each in enumerate(asked)}
    lost = [n for n, each in enumerate(asked) if not columns[n] and each.measures]
    known = [n for n in columns if columns[n]]
    rows = _settled([asked[n] for n in known], [columns[n] for n in known], cells, pinned, named)
    if rows is None and named is not None:
        return [Unproven("name", None, "not all of its marks are rows that have this name")]
    typed = [(n, value) for n in lost if not cells.anywhere(value := _stranger(asked[n], cells))]
    if rows is None and typed:
        return [Unproven(asked[n].path, value, "") for n, value in typed]
    if rows is None:
        at = next((n for n in known if asked[n].measures), known[0])
        return [Unproven(asked[at].path, None, _apart([asked[n] for n in known], cells))]
    found = [
        Unproven(asked[n].path, _stranger(asked[n], cells), "")
        for n in lost
        if not _derived(asked[n], [asked[k] for k in known], rows, cells)
    ]
    if pinned is not None or any(asked[n].measures for n in known):
        words = (each for n, each in enumerate(asked) if n not in known and n not in lost)
        found += [
            Unproven(each.path, each.word, "beside numbers that are") for each in words if each.names and each.word
        ]
    if not found and kind in COUNTED and pinned is None and known and (twice := _twice(rows)) is not None:
        found.append(Unproven(asked[known[0]].path, None, f"it has the same row twice, at mark {twice + 1}"))
    return found


def _with_ends(group: list[MarkValues]) -> Iterable[MarkValues]:
    """Plotly Express writes bars of time as a beginning and milliseconds: the latter as the end that they lead to."""
    base = next((each for each in group if each.path == "base" and each.pinned is None), None)
    for each in group:
        ends: list[Any] = []
        if base is not None and each.path in ("x", "y") and each.pinned is None:
            for begin, length in zip(base.values, each.values, strict=True):
                at = _moment(begin)
                long = isinstance(length, int | float) and not isinstance(length, bool) and abs(length) < _AGES
                ends.append(_later(at, length) if at and long else None)
        yield MarkValues(each.path, tuple(ends)) if ends and None not in ends else each


def _later(at: datetime, milliseconds: float) -> str | None:
    try:
        return (at + timedelta(milliseconds=milliseconds)).isoformat()
    except OverflowError:
        return None


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _columns(series: MarkValues, cells: Cells) -> list[int]:
    """The columns that hold every value of the list."""
    values = {(type(v), v) for v in series.values if v is not None and not isinstance(v, Proven)}
    if not values:
        return []
    return [n for n in range(len(cells.columns)) if all(cells.where(n, value) for _, value in values)]


def _settled(
    asked: list[MarkValues],
    columns: list[list[int]],
    cells: Cells,
    pinned: tuple[int, ...] | None,
    named: frozenset[int] | None,
) -> list[frozenset[int]] | None:
    """For each mark the rows that it may be, under the first choice of columns that leaves each mark one."""
    size = len(pinned) if pinned is not None else len(asked[0].values) if asked else 0
    everything = frozenset(range(len(cells.rows))) if named is None else named
    start = [frozenset({row}) for row in pinned] if pinned is not None else [everything] * size
    order = sorted(range(len(asked)), key=lambda n: (not asked[n].measures, len(columns[n])))
    budget = [2000]

    def choose(step: int, rows: list[frozenset[int]]) -> list[frozenset[int]] | None:
        if step == len(order):
            return rows
        series = asked[order[step]]
        for column in columns[order[step]]:
            budget[0] -= 1
            if budget[0] < 0:
                return None
            free = (None, PROVEN)
            left = [
                had if value in free else had & cells.where(column, value)
                for had, value in zip(rows, series.values, strict=True)
            ]
            if all(left) and (done := choose(step + 1, left)) is not None:
                return done
        return None

    return choose(0, start)


def _apart(asked: list[MarkValues], cells: Cells) -> str:
    """The first mark whose values stand in no row together."""
    for values in zip(*(each.values for each in asked), strict=True):
        known = [value for value in values if value is not None and not isinstance(value, Proven)]
        if known and not frozenset.intersection(*(cells.anywhere(value) for value in known)):
            return f"no row has {' and '.join(dict.fromkeys(str(value) for value in known))} together"
    return "its values stand in different rows"


def _twice(rows: list[frozenset[int]]) -> int | None:
    """The first mark for which no row is left: marks that may be the same rows are as many as these at most."""
    seen: Counter[frozenset[int]] = Counter()
    for number, may in enumerate(rows):
        seen[may] += 1
        if seen[may] > len(may):
            return number
    return None


def _stranger(series: MarkValues, cells: Cells) -> Any:
    """A value of the list that no column has; else its first number, whose list is none column's."""
    measures = [value for value in series.values if is_measure(value)]
    return next((value for value in measures if not cells.anywhere(value)), measures[0] if measures else None)


def _near(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def _floats(series: MarkValues) -> list[float] | None:
    found = [float(v) for v in series.values if isinstance(v, int | float) and not isinstance(v, bool)]
    return found if len(found) == len(series.values) else None


def _derived(series: MarkValues, known: list[MarkValues], rows: list[frozenset[int]], cells: Cells) -> bool:
    """Whether the list is the running count or share of marks in order, or the straight line through them."""
    values = _floats(series)
    if values is None or series.path not in ("x", "y") or not known or not rows:
        return False
    across = next((found for each in known if each.path in ("x", "y") and (found := _floats(each)) is not None), None)
    if across is None:
        return False
    size = len(values)
    for whole in (1, 1 / size, 100 / size) if across in (sorted(across), sorted(across, reverse=True)) else ():
        up = [(n + 1) * whole for n in range(size)]
        for running in (up, [size * whole - at for at in up], [size * whole - at + whole for at in up]):
            if all(map(_near, values, running)):
                return True
    chosen = _one_each(rows)
    for column in cells.measured():
        numbers = cells.numbers(column)
        up_to = [number for row in chosen if (number := numbers[row]) is not None]
        line = _fitted(across, up_to) if len(up_to) == size else None
        if line is not None and all(map(_near, line, values)):
            return True
    return False


def _one_each(rows: list[frozenset[int]]) -> list[int]:
    """A row for each mark, another for each while there are as many."""
    used: set[int] = set()
    chosen = []
    for may in rows:
        chosen.append(min(may - used, default=min(may)))
        used.add(chosen[-1])
    return chosen


def _fitted(across: Sequence[float], up: Sequence[float]) -> list[float] | None:
    """The least squares' line at each place."""
    size = len(across)
    middle, height = sum(across) / size, sum(up) / size
    spread = sum((x - middle) ** 2 for x in across)
    if not spread:
        return None
    slope = sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / spread
    return [height + slope * (x - middle) for x in across]


# Trees


def _tree(series: Sequence[MarkValues], cells: Cells, more: Mapping[str, Any]) -> list[Unproven]:
    """A tree's marks: each is the rows that have its words and those of what holds it, and its values are their sums,
    counts or means."""
    by_path = {each.path: each for each in series}
    labels = by_path.get("labels")
    if labels is None:
        return _group("tree", [*series], cells)
    names = by_path.get("ids", labels).values
    parents = by_path.get("parents")
    above = dict(zip(map(str, names), parents.values if parents else (), strict=False))
    words = dict(zip(map(str, names), labels.values, strict=False))
    chosen: list[frozenset[int]] = []
    everything = frozenset(range(len(cells.rows)))
    for name, label in zip(map(str, names), labels.values, strict=False):
        rows, at, seen = everything, name, set[str]()
        while at and at in words and at not in seen:
            seen.add(at)
            of = cells.anywhere(words[at])
            if not of and is_measure(words[at]):
                return [Unproven("labels", words[at], "")]
            rows = rows & of if of else rows
            at = str(above.get(at) or "")
        if not rows:
            return [Unproven("labels", None, f"no row has {label} and what stands around it")]
        chosen.append(rows)
    found = []
    weights = by_path.get("values")
    for each in series:
        if each.path in ("ids", "parents", "labels") or not each.measures:
            continue
        values = _floats(each)
        remainder = more.get("branchvalues") != "total"
        if values is None or len(values) != len(chosen):
            if any(is_measure(value) and not cells.anywhere(value) for value in each.values):
                found.append(Unproven(each.path, _stranger(each, cells), ""))
        elif not _aggregated(values, chosen, cells, weights, remainder):
            found.append(
                Unproven(
                    each.path,
                    _stranger(each, cells),
                    "nor is it a sum, a count or a mean of the rows that its labels name",
                )
            )
    return found


def _aggregated(
    values: list[float], chosen: list[frozenset[int]], cells: Cells, weights: MarkValues | None, remainder: bool
) -> bool:
    """Whether each value is the same sum, count or mean of its rows."""

    def holds(expected: Iterable[float | None]) -> bool:
        return all(
            of is not None and (_near(value, of) or (remainder and value == 0))
            for value, of in zip(values, expected, strict=True)
        )

    if holds(float(len(rows)) for rows in chosen):
        return True
    columns = [cells.numbers(column) for column in cells.measured()]
    for numbers in columns:
        parts = [[numbers[row] for row in sorted(rows)] for rows in chosen]
        if any(None in part for part in parts):
            continue
        sums = [math.fsum(v or 0 for v in part) for part in parts]
        if holds(sums) or holds(total / len(part) for total, part in zip(sums, parts, strict=True)):
            return True
        for weight in columns if weights is not None else ():
            if holds(
                _weighted([numbers[r] for r in sorted(rows)], [weight[r] for r in sorted(rows)]) for rows in chosen
            ):
                return True
    return False


def _weighted(values: list[float | None], weights: list[float | None]) -> float | None:
    if None in values or None in weights or not (total := math.fsum(w or 0 for w in weights)):
        return None
    return math.fsum((v or 0) * (w or 0) for v, w in zip(values, weights, strict=True)) / total


# Tables of values


def matrix_fault(matrix: list[Any], across: Sequence[Any], down: Sequence[Any], cells: Cells) -> Unproven | None:
    """Whether each cell of a heat map is the value of one row: that with both its names, or with one in a column that
    bears the other."""
    names = {str(word): n for n, column in enumerate(cells.columns) for word in (column.name, column.title)}
    for down_at, line in enumerate(matrix):
        for across_at, value in enumerate(line if isinstance(line, list) else [line]):
            if not is_measure(value):
                continue
            of = [part[at] for part, at in ((down, down_at), (across, across_at)) if at < len(part)]
            if len(of) < 2:
                return Unproven("z", value, "which x and y have to name")
            rows = cells.anywhere(of[0]) & cells.anywhere(of[1]) & cells.anywhere(value)
            for one, other in (of, of[::-1]):
                column = names.get(str(one))
                if column is not None:
                    rows |= cells.anywhere(other) & cells.where(column, value)
            if not rows:
                return Unproven("z", value, f"it is no value of {of[0]} and {of[1]}")
    return None
