"""An author's own Plotly figure and its dataset's rows in; every value in it that is out of neither row nor fact, out.

Pure. What is not on the written list of `figure_look` is data: its numbers, and its texts with digits, have to be named
(`"@value"`, `{column: value}`, `{fact: id}`) or equal the dataset's cells, mark by mark. A text that begins with @ is
written with two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.brief.figure_look import (
    AFFIXES,
    BELOW,
    COLOUR,
    COORDINATES,
    FORMATS,
    GLUED,
    HOVER,
    LISTS,
    LOOK,
    NAMES,
    PAIRS,
    TEMPLATES,
    is_colour_key,
    makes_percent,
    multiplies,
    without_places,
)
from reportgen.brief.figure_rows import PROVEN, Cells, MarkValues, decoded, is_measure, matrix_fault, unproven
from reportgen.late_patterns import regex
from reportgen.model.figure import Datum, FigureColumn, Row

_STILL = ("updatemenus", "sliders")
_AXIS = regex(r"xaxis\d*")
_FORMULA = regex(r"\A\s*\$[^$]+\$\s*\Z|\$[^$]*[\\^_{][^$]*\$")
"""What MathJax would set as a formula: all of a text between dollar signs, or a sign of TeX between two."""
_BETWEEN = regex(r"<[^<>]*>|, |=")
_MATRICES = frozenset({"heatmap", "contour", "heatmapgl"})
_HEADERS = ("header", "categoryarray", "ticktext", "tickvals", "node")
"""Parts of a trace whose lists are as long as they like, and no marks."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A value that comes from nowhere."""

    path: tuple[str, ...]
    """`data`, `0`, `link`, `value`."""
    value: Any
    why: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A place that names a column, or a fact."""

    path: tuple[str, ...]
    column: str = ""
    fact: str = ""
    where: tuple[tuple[str, str], ...] = ()
    short: bool = False
    """Whether it is written `"@value"`."""


def moving(figure: dict[str, Any]) -> list[tuple[str, ...]]:
    """Parts of a figure that move what is drawn; a printed page has none of them."""
    layout = figure.get("layout") or {}
    axes = (("layout", key, "rangeselector") for key, axis in layout.items() if _AXIS.fullmatch(key) and _has(axis))
    parts = [("frames",)] if figure.get("frames") else []
    return [*parts, *(("layout", key) for key in _STILL if layout.get(key)), *axes]


def _has(axis: Any) -> bool:
    return isinstance(axis, dict) and bool(axis.get("rangeselector"))


def reference(value: Any, path: tuple[str, ...] = ()) -> Named | None:
    """What a value of a figure names, if it does."""
    if isinstance(value, str) and value.startswith("@") and value[1:].replace("_", "").replace("-", "").isalnum():
        return Named(path, value[1:], short=True)
    if not isinstance(value, dict):
        return None
    if isinstance(value.get("column"), str) and set(value) <= {"column", "as", "where"}:
        asked = value.get("where") or {}
        if isinstance(asked, dict):
            return Named(path, value["column"], where=tuple((str(key), str(one)) for key, one in asked.items()))
    if isinstance(value.get("fact"), str) and set(value) <= {"fact", "as"}:
        return Named(path, fact=value["fact"])
    return None


def text_of(value: Any) -> Any:
    """A text as it is meant: `@handle` of `@@handle`, which names no column. Anything else as it is."""
    return value[1:] if isinstance(value, str) and value.startswith("@@") else value


def formulas(figure: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Texts of a figure with a formula between dollar signs, and where each stands."""
    if isinstance(figure, str) and "$" in figure and _FORMULA.search(without_places("texttemplate", figure)):
        yield path, figure
    elif isinstance(figure, dict | list):
        parts = figure.items() if isinstance(figure, dict) else enumerate(figure)
        for key, part in parts:
            if key not in FORMATS:
                yield from formulas(part, (*path, str(key)))


def references(figure: Any, path: tuple[str, ...] = ()) -> Iterator[Named]:
    """Every place of a figure that names a column or a fact."""
    named = reference(figure, path)
    if named is not None:
        yield named
    elif isinstance(figure, dict | list):
        parts = figure.items() if isinstance(figure, dict) else enumerate(figure)
        for key, part in parts:
            yield from references(part, (*path, str(key)))


def rows_where(named: Named, columns: Sequence[FigureColumn], rows: Sequence[Row]) -> tuple[int, ...]:
    """Numbers of the rows whose cells have the words that are asked for."""
    places = {column.name: n for n, column in enumerate(columns)}

    def holds(row: Row) -> bool:
        cells = ((row.cells[places[name]], word) for name, word in named.where if name in places)
        return all(word in _spellings(cell) for cell, word in cells)

    return tuple(n for n, row in enumerate(rows) if holds(row))


def _spellings(cell: Datum) -> tuple[str, ...]:
    return (cell.text, cell.key, cell.date.text if cell.date else cell.key)


def is_single(path: tuple[str, ...], kind: str) -> bool:
    """Whether a place takes one value, not a list. `kind`: the type of its trace."""
    key = path[-1]
    if path[0] == "layout":
        return key not in ("categoryarray", "ticktext", "tickvals")
    return kind == "indicator" or key in ("x0", "y0", "dx", "dy", "reference") or key.isdigit()


def strays(
    figure: dict[str, Any], columns: Sequence[FigureColumn], rows: Sequence[Row], is_free: Callable[[str], bool]
) -> list[Stray]:
    """Every value of a figure that is out of no row and no fact. `is_free`: whether an author may type a text: its
    digits are years, dates and names."""
    cells = Cells(columns, rows)
    walk = _StraySearch(cells, is_free)
    for n, trace in enumerate(figure.get("data", [])):
        walk.trace(trace, ("data", str(n)))
    layout = dict(without(figure, moving(figure)).get("layout") or {})
    template = layout.pop("template", None)
    walk.layout(layout, ("layout",))
    if isinstance(template, dict):
        walk.layout(template.get("layout") or {}, ("layout", "template", "layout"))
        data = template.get("data")
        for kind, traces in data.items() if isinstance(data, dict) else ():
            for n, trace in enumerate(traces if isinstance(traces, list) else []):
                if isinstance(trace, dict):
                    walk.trace({"type": kind} | trace, ("layout", "template", "data", kind, str(n)))
    return walk.found


class _StraySearch:
    def __init__(self, cells: Cells, is_free: Callable[[str], bool]) -> None:
        self._cells = cells
        self._is_free = is_free
        self.found: list[Stray] = []

    def trace(self, trace: dict[str, Any], path: tuple[str, ...]) -> None:
        """One trace: its lists are compared with the rows together."""
        kind = str(trace.get("type") or "scatter")
        series: list[MarkValues] = []
        trace = _with_names(trace) if kind == "sankey" else trace
        if kind in _MATRICES and (matrix := self._matrix(trace)):
            fault = matrix_fault(*matrix, self._cells)
            self.found += [Stray((*path, "z"), fault.typed, fault.why)] if fault else []
            trace = {key: value for key, value in trace.items() if key not in ("x", "y", "z", "text", "customdata")}
        if kind in _MATRICES | {"image"} and not trace.get("showlegend"):
            trace = {key: value for key, value in trace.items() if key != "name"}  # which nothing prints
        for key, value in trace.items():
            self._part(value, (*path, key), kind, series)
        for lost in unproven(kind, series, self._cells, more=trace):
            self.found.append(Stray((*path, *lost.path.split(".")), lost.typed, lost.why))

    def layout(self, part: Any, path: tuple[str, ...]) -> None:
        """A part of the layout."""
        self._part(part, path, "", [])

    def _matrix(self, trace: dict[str, Any]) -> tuple[list[Any], list[Any], list[Any]] | None:
        lists = []
        for key in ("z", "x", "y"):
            value = trace.get(key, [])
            try:
                value = decoded(value) or value
            except ValueError:
                return None
            lists.append(value if isinstance(value, list) else [])
        return (lists[0], lists[1], lists[2]) if lists[0] and isinstance(lists[0][0], list) else None

    def _part(self, value: Any, path: tuple[str, ...], kind: str, series: list[MarkValues]) -> None:
        key = path[-1]
        if isinstance(value, bool) or value is None or (key in BELOW and not _reads(value)):
            return
        if (named := reference(value, path)) is not None:
            if named.column and path[0] == "data" and not is_single(path, kind):
                rows = rows_where(named, self._cells.columns, self._cells.rows)
                self._hold(series, path, [PROVEN] * len(rows), rows)
            return
        try:
            array = decoded(value)
        except ValueError as error:
            self.found.append(Stray(path, None, str(error)))
            return
        if array is not None:
            value = array
        if isinstance(value, dict):
            for name, part in value.items():
                inside = part if not (name in COORDINATES and _on_paper(value, name)) else None
                self._part(inside, (*path, name), kind, series)
        elif isinstance(value, list):
            self._list(value, path, kind, series)
        elif why := self._changed(value, path):
            self.found.append(Stray(path, None, why))
        elif not self._is_look(value, path, kind):
            self.found.append(Stray(path, value))

    def _list(self, value: list[Any], path: tuple[str, ...], kind: str, series: list[MarkValues]) -> None:
        key, pair = path[-1], _pair(path, kind)
        if key in LISTS or pair in PAIRS or (key in NAMES and pair != "link.source"):
            return
        if any(isinstance(one, dict) and reference(one) is None and "bdata" not in one for one in value):
            for n, part in enumerate(value):
                self._part(part, (*path, str(n)), kind, series)
        elif path[0] == "layout" or any(part in _HEADERS for part in path[2:]):
            for n, part in enumerate(_flat(value)):
                why = self._changed(part, path)
                if why or (reference(part) is None and not self._is_look(part, (*path, str(n)), kind)):
                    self.found.append(Stray(path, None if why else part, why))
                    return
        elif value and all(isinstance(one, str) and COLOUR.fullmatch(one) for one in value) and is_colour_key(key):
            return
        elif value and all(isinstance(one, list) or (isinstance(one, dict) and "bdata" in one) for one in value):
            try:
                lists = [decoded(one) or one for one in value]
            except ValueError as error:
                self.found.append(Stray(path, None, str(error)))
                return
            if key == "customdata":
                lists = [list(each) for each in zip(*lists, strict=False)]
            for n, each in enumerate(lists):
                self._list(each, (*path, str(n)), kind, series)
        else:
            self._hold(series, path, [PROVEN if reference(one) else text_of(one) for one in value])

    def _hold(
        self, series: list[MarkValues], path: tuple[str, ...], values: list[Any], pinned: tuple[int, ...] | None = None
    ) -> None:
        """Keeps a list for the comparison with the rows; a list of words alone is free where no column has them."""
        if any(isinstance(value, list | dict) for value in values):
            self.found.append(Stray(path, None, "a list within a list is not understood here"))
            return
        start = next(n for n, part in enumerate(path) if part.isdigit()) + 1
        series.append(MarkValues(".".join(path[start:]), tuple(values), pinned))

    def _changed(self, value: Any, path: tuple[str, ...]) -> str:
        """Why words, or the spelling of numbers, make other numbers of those that they stand beside; else empty."""
        key = next(part for part in reversed(path) if not part.isdigit())
        if not isinstance(value, str):
            return ""
        if multiplies(path, value):
            return f'"{value.strip()}" makes another number of the one beside it'
        if makes_percent(key, value) and not self._has_shares():
            return f'"{value}" prints a hundred times the value, in percent'
        if key == "texttemplate" and GLUED.search(value):
            return f'"{value}" prints digits side by side, which read as one number'
        return ""

    def _has_shares(self) -> bool:
        """Whether a column holds shares of one, which a percent sign may print."""
        columns = ([n for n in self._cells.numbers(at) if n is not None] for at in self._cells.measured())
        return any(found and all(abs(n) <= 1 for n in found) for found in columns)

    def _is_look(self, value: Any, path: tuple[str, ...], kind: str) -> bool:
        """Whether a lone value is look, a name, or out of the rows."""
        if isinstance(value, dict | list):
            return not value
        value = text_of(value)
        if not is_measure(value):
            return True
        keys = [part for part in path if not part.isdigit()]
        key, pair = keys[-1], _pair(tuple(keys), kind)
        number = isinstance(value, int | float)
        if key in LOOK or pair in PAIRS or any(part in BELOW for part in keys):
            return True
        if number:
            return value == 0 and (path[0] == "layout" or key in ("base", "range"))
        if key in NAMES or (is_colour_key(key) and COLOUR.fullmatch(value)):
            return True
        if key in HOVER and "data" in path:
            return True  # told as a warning, and left out
        words = without_places(key, value) if key in TEMPLATES | FORMATS else value
        if AFFIXES & {*keys}:
            return not is_measure(words)
        if key == "ticktext":
            return self._is_free(words)
        return not is_measure(words) or self._is_free(words) or is_out_of(words, self._cells)


def is_out_of(text: str, cells: Cells) -> bool:
    """Whether each part of a text that has digits is a cell of the dataset, as in `island=Aria, rooms=5`."""
    pieces = (piece.strip() for piece in _BETWEEN.split(text))
    return all(not is_measure(piece) or cells.anywhere(piece) for piece in pieces)


def _reads(value: Any) -> bool:
    """Whether a part names a column or a fact."""
    return next(references(value), None) is not None


def _pair(path: tuple[str, ...], kind: str) -> str:
    keys = [part for part in path if not part.isdigit()]
    above = keys[-2].rstrip("0123456789") if len(keys) > 1 else ""
    return f"{kind if above == 'data' else above}.{keys[-1]}"


def _on_paper(part: dict[str, Any], key: str) -> bool:
    """Whether a place of a shape, an annotation or a picture is a part of the paper, or pixels, and no value."""
    axis = "x" if key[0] == "x" or (key[:2] in ("ax", "si") and key.endswith("x")) else "y"
    ref = part.get(f"{axis}ref")
    if key in ("ax", "ay"):
        return str(part.get(f"a{axis}ref", "pixel")) == "pixel"
    if key == "path":
        return all(_is_paper(part.get(f"{each}ref")) for each in "xy")
    if "source" in part and ref is None:
        return True
    return _is_paper(ref) or (part.get(f"{axis}sizemode") == "pixel" and key[-1].isdigit())


def _is_paper(ref: Any) -> bool:
    return isinstance(ref, str) and (ref == "paper" or ref.endswith(" domain"))


def _flat(value: list[Any]) -> Iterator[Any]:
    for one in value:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one


def _with_names(trace: dict[str, Any]) -> dict[str, Any]:
    """A sankey's flows with names in place of the numbers of its nodes."""
    node, link = trace.get("node"), trace.get("link")
    labels = node.get("label") if isinstance(node, dict) else None
    if not isinstance(labels, list) or not isinstance(link, dict):
        return trace
    named = dict(link)
    for key in ("source", "target"):
        try:
            ends = decoded(link.get(key)) or link.get(key)
        except ValueError:
            continue
        if isinstance(ends, list) and all(isinstance(n, int) and 0 <= n < len(labels) for n in ends):
            named[key] = [labels[n] for n in ends]
    return trace | {"link": named}


def hover_strays(
    figure: dict[str, Any], columns: Sequence[FigureColumn], rows: Sequence[Row], is_free: Callable[[str], bool]
) -> list[tuple[str, ...]]:
    """Texts for the pointer with digits of their own, which are left out."""
    found: list[tuple[str, ...]] = []
    cells = Cells(columns, rows)
    for n, trace in enumerate(figure.get("data", [])):
        text = trace.get("hovertemplate")
        words = without_places("hovertemplate", text) if isinstance(text, str) else ""
        glued = isinstance(text, str) and GLUED.search(text)
        if glued or (is_measure(words) and not is_free(words) and not is_out_of(words, cells)):
            found.append(("data", str(n), "hovertemplate"))
    return found


def without(figure: Any, paths: Sequence[tuple[str, ...]]) -> Any:
    """A figure without some of its parts."""
    if not paths or not isinstance(figure, dict | list):
        return figure
    below = {key: [path[1:] for path in paths if path[0] == key] for key in dict.fromkeys(path[0] for path in paths)}
    if isinstance(figure, list):
        return [without(part, below.get(str(n), ())) for n, part in enumerate(figure)]
    return {key: without(part, below.get(key, ())) for key, part in figure.items() if () not in below.get(key, ())}
