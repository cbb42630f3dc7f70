"""A specification and its evaluated rows in; what cannot be drawn as it says, out. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.brief.chart_faults import Fault
from reportgen.brief.figure_data import (
    formulas,
    hover_strays,
    is_single,
    moving,
    references,
    rows_where,
    strays,
    without,
)
from reportgen.brief.figure_rows import is_measure
from reportgen.brief.map_checks import exchanged, keys_of_maps, map_faults, off_the_map
from reportgen.load.suggest import did_you_mean
from reportgen.model.chart import Chart, ChartKind
from reportgen.model.figure import ROWS_IN_PAGE, Datum, FigureColumn, FigureLine, Row
from reportgen.model.interval import Interval
from reportgen.model.quantity import Quantity, is_number, typed_quantity
from reportgen.quantities.adding import is_addable

MEASURES = {ChartKind.HEATMAP: ("color",), ChartKind.SCATTER: ("x", "y")}
"""Keys whose columns must hold numbers; for the other kinds one of `x` and `y` must."""
ONE_MARK_A_CELL = frozenset(
    {ChartKind.BAR, ChartKind.HEATMAP, ChartKind.AREA, ChartKind.PIE, ChartKind.DONUT, ChartKind.WATERFALL}
)
"""Kinds in which a second row of the same name would cover the first."""
OF_FACTS = frozenset(("id", "claim", "value", "as_of"))
"""Columns that a query over facts has, and a table seldom."""
IsFree = Callable[[str], bool]
MOST_LISTED = 8
"""Values that a hint lists."""
WITH_BARS = frozenset({ChartKind.BAR, ChartKind.WATERFALL})
"""Kinds that lie or stand as their author says."""
WITH_WHISKERS = frozenset({ChartKind.BAR, ChartKind.DOT, ChartKind.LINE})
"""Kinds that draw the ends of a value from columns of their own."""
FROM_NOUGHT = frozenset(
    {ChartKind.BAR, ChartKind.AREA, ChartKind.PIE, ChartKind.DONUT, ChartKind.HEATMAP, ChartKind.WATERFALL}
)
"""Kinds without a logarithmic axis: most tell a value by a length or an area, which begins at nought."""
WHOLES = frozenset({ChartKind.PIE, ChartKind.DONUT})
"""Kinds that show parts of a whole."""


MOST_SERIES = 24
"""Series, or small multiples, of which a reader still finds one."""
MOST_NAMES: Mapping[ChartKind, int] = {
    ChartKind.PIE: 24,
    ChartKind.DONUT: 24,
    ChartKind.BAR: 300,
    ChartKind.DOT: 300,
    ChartKind.RANGE: 300,
    ChartKind.WATERFALL: 100,
}
"""Kind -> marks beside each other, each with its name, that a reader can still read."""
MOST_CELLS = 5_000
"""Of a heat map, and points of a scatter chart."""


@dataclass(frozen=True, slots=True)
class _Data:
    columns: Sequence[FigureColumn]
    rows: Sequence[Row]

    def cells(self, name: str) -> tuple[Datum, ...]:
        """A column's cells; none if there is no such column."""
        index = next((n for n, column in enumerate(self.columns) if column.name == name), None)
        return () if index is None else tuple(row.cells[index] for row in self.rows)

    def cell(self, row: Row, name: str) -> Datum:
        """A row's cell; an empty one if there is no such column."""
        return next(
            (cell for column, cell in zip(self.columns, row.cells, strict=True) if column.name == name), Datum("")
        )

    def kind(self, name: str) -> str:
        return next((column.kind for column in self.columns if column.name == name), "none")

    def numeric(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.kind == "value")


def chart_faults(
    chart: Chart,
    columns: Sequence[FigureColumn],
    rows: Sequence[Row],
    lines: Sequence[FigureLine] = (),
    is_free: IsFree = lambda _: False,
    *,
    alone: bool = True,
) -> tuple[Fault, ...]:
    """Every fault of a chart whose columns are all there, in the order of its keys.

    `is_free`: whether an author may type a text of a figure of Plotly's, for all its digits; `alone`: whether it has a
    page of its own.
    """
    if not rows:
        message = f'the data of "{chart.id.partition(".")[0]}" has no rows'
        return (Fault("no-rows", message, "data", "widen the query, or add facts"),)
    if chart.kind is ChartKind.TIMELINE and not {column.name for column in columns} >= OF_FACTS:
        message = f'a timeline shows facts, and "{chart.data}" holds the rows of a table'
        return (Fault("wrong-value", message, "data", "name a dataset that is a query, or show it by kind: table"),)
    if chart.kind in (ChartKind.TABLE, ChartKind.TIMELINE) and not chart.figure:
        if chart.kind is ChartKind.TABLE and len(rows) >= ROWS_IN_PAGE and not alone:
            id = chart.id.partition(".")[0]
            message = f"a table of {len(rows):,} rows is more than a page shows, and its data have no page of their own"
            hint = f"add {{id: {id}-table, kind: table, data: {id}, title: …}} to content/charts/, and print that"
            return (Fault("too-many-marks", message, "id", f"{hint}; or choose rows by where: or top:"),)
        return ()
    data = _Data(columns, rows)
    if strange := tuple(keys_of_maps(chart)):
        return strange
    if chart.figure:
        return tuple(_free(chart, data, is_free))
    if chart.kind is ChartKind.MAP:
        faults = (*map_faults(chart, columns, rows), *_named(chart, data))
        turned = exchanged(chart, data.cells(chart.lon), data.cells(chart.lat)) if chart.lat and not faults else ()
        checks = (_empty(chart, data), _values(chart, data), _too_many(chart, data), off_the_map(chart), turned)
        return faults or tuple(fault for found in (*checks, _at_one_place(chart, data)) for fault in found)
    if chart.orientation and chart.kind not in WITH_BARS:
        hint = "exchange x and y, or leave it out; kind: bar has it"
        message = f'kind: {chart.kind} has no "orientation"'
        return (Fault("wrong-value", message, "orientation", hint),)
    faults = (*_types(chart, data), *_named(chart, data), *_off_the_axis(chart, data), *_whiskers(chart, data))
    return faults or (
        *_empty(chart, data), *_values(chart, data), *_doubles(chart, data), *_threes(chart, data),
        *_too_many(chart, data), *_lacking(chart, data),
        *_events(chart, data, lines), *_sums(chart, data), *_totals(chart, data), *_without_log(chart),
        *_never_added(chart, data),
    )  # fmt: skip


def _empty(chart: Chart, data: _Data) -> Iterator[Fault]:
    """A chart none of whose rows has a value to draw."""
    key, name = _measured(chart, data)
    if name and not any(cell.quantity or cell.date for cell in data.cells(name)):
        message = f'no row of "{chart.data}" has a value in "{name}"'
        yield Fault("no-rows", message, key, "name a column that has values, or choose other rows by where:")


def _whiskers(chart: Chart, data: _Data) -> Iterator[Fault]:
    """Ends of values that cannot be drawn, or do not hold their value."""
    given = [key for key in ("low", "high") if getattr(chart, key)]
    if not given:
        return
    if chart.kind not in WITH_WHISKERS or chart.stack != "group":
        what = "a stacked chart" if chart.kind in WITH_WHISKERS else f"kind: {chart.kind}"
        hint = f"low and high go with kind: {', '.join(sorted(WITH_WHISKERS))}"
        yield Fault("wrong-value", f"{what} has no whiskers", given[0], hint)
        return
    if len(given) < 2:
        other = {"low": "high", "high": "low"}[given[0]]
        yield Fault("missing-key", f'"{given[0]}" needs "{other}" beside it', given[0], f"{other}: a column of numbers")
        return
    numeric = data.numeric()
    for key in given:
        if getattr(chart, key) not in numeric:
            yield _not_a_number(getattr(chart, key), key, data, f"columns of numbers: {', '.join(numeric)}")
            return
    _, name = _measured(chart, data)
    for low, value, high in zip(*(data.cells(each) for each in (chart.low, name, chart.high)), strict=True):
        ends = [each.quantity for each in (low, value, high)]
        if ends[1] is None or (ends[0] is None and ends[2] is None):
            continue
        if ends[0] is None or ends[2] is None:
            message = f"{value.text} has one end, and needs two: {low.text or high.text}"
            yield Fault("wrong-value", message, "low", "leave both cells empty where one is not known")
            return
        found = [each for each in ends if each is not None]
        if len({each.unit.powers for each in found}) > 1:
            message = f"{low.text}, {value.text} and {high.text} are not of one unit"
            yield Fault("mixed-units", message, "low", "give the three columns the same unit")
            return
        if chart.log and found[0].headline <= 0:
            yield Fault("not-positive", f"{low.text} has no place on a logarithmic axis", "log", "leave log out")
            return
        sizes = [each.headline * each.unit.scale for each in found]
        if not sizes[0] <= sizes[1] <= sizes[2]:
            message = f"{value.text} does not lie between {low.text} and {high.text}"
            yield Fault("wrong-value", message, "low", "look whether low and high name the right columns")
            return


def _too_many(chart: Chart, data: _Data) -> Iterator[Fault]:
    """What no reader could read."""
    choose = "choose rows by where: or top: in the dataset"

    def different(name: str) -> int:
        return len({cell.key or cell.text for cell in data.cells(name)}) if name else 0

    for key, what in (("color", "series"), ("facet", "small multiples")):
        name = getattr(chart, key)
        if chart.kind is ChartKind.HEATMAP or data.kind(name) == "value" or (count := different(name)) <= MOST_SERIES:
            continue
        if key == "color" and chart.kind is ChartKind.LINE and chart.highlight:
            continue  # the others are drawn in grey, and are not named
        more = ", or name a few of them in highlight:" if key == "color" and chart.kind is ChartKind.LINE else ""
        message = f"{count:,} {what} are more than a reader can tell apart; there may be {MOST_SERIES}"
        yield Fault("too-many-marks", message, key, choose + more)
    named = [data.cells(n) for n in (chart.x, chart.y, chart.facet) if n and data.kind(n) != "value"]
    most = MOST_NAMES.get(chart.kind, 0)
    if most and (marks := len({tuple(cell.text for cell in cells) for cells in zip(*named, strict=True)})) > most:
        what = "slices" if chart.kind in WHOLES else "bars or rows"
        message = f"{marks:,} {what} are more than a reader can read; there may be {most}"
        yield Fault("too-many-marks", message, "data", f"{choose}, or take them together by group:")
    if chart.kind in (ChartKind.HEATMAP, ChartKind.SCATTER) and len(data.rows) > MOST_CELLS:
        message = f"{len(data.rows):,} marks are more than a page can hold; there may be {MOST_CELLS:,}"
        yield Fault("too-many-marks", message, "data", f"{choose}, or take them together by group:")


def _events(chart: Chart, data: _Data, lines: Sequence[FigureLine]) -> Iterator[Fault]:
    """Lines at a time, where no axis of time is."""
    timed = chart.kind in (ChartKind.LINE, ChartKind.AREA) and data.kind(chart.x) == "date"
    for number, line in enumerate(lines):
        if line.value.date is not None and not timed:
            message = f"{line.value.text} has no place on this chart, whose x is no axis of time"
            yield Fault("wrong-kind", message, f"lines.{number}.fact", "a line at a time needs kind: line or area")
        elif line.value.date is None and line.value.quantity is None:
            message = f'"{line.value.text}" is neither a number nor a date, so that no line can stand at it'
            yield Fault("not-a-number", message, f"lines.{number}.fact", "name a fact with a number or a date")


def _types(chart: Chart, data: _Data) -> Iterator[Fault]:
    """Columns of text or dates where the kind needs numbers."""
    numeric = data.numeric()
    hint = f"columns of numbers: {', '.join(numeric)}" if numeric else f'"{chart.data}" has no column of numbers'
    what = f"a {chart.kind} chart" if chart.kind is not ChartKind.HEATMAP else "a heat map"
    needed = (*MEASURES.get(chart.kind, ()), *(("size",) if chart.size else ()))
    for key in needed:
        name = getattr(chart, key)
        if not name:
            if key != "color" or not numeric:
                yield Fault("missing-key", f'{what} needs "{key}", a column of numbers', "kind", hint)
        elif data.kind(name) != "value":
            yield _not_a_number(name, key, data, hint)
    if chart.kind is ChartKind.HEATMAP:
        yield from (
            Fault("missing-key", f'{what} needs "{key}", a column that names', "kind", "x and y name, color measures")
            for key in ("x", "y")
            if not getattr(chart, key)
        )
    elif chart.kind not in MEASURES and not any(data.kind(name) == "value" for name in (chart.x, chart.y)):
        if chart.x and chart.y:
            yield _not_a_number(chart.y, "y", data, hint)
        elif not numeric:
            yield Fault("not-a-number", f"{what} measures, and nothing here can be measured", "data", hint)


def _not_a_number(name: str, key: str, data: _Data, hint: str) -> Fault:
    held = {"date": "dates", "text": "text"}.get(data.kind(name), "nothing")
    shown = next((cell.text for cell in data.cells(name) if cell.text), "")
    example = f', such as "{shown}"' if held == "text" and shown else ""
    return Fault("not-a-number", f'"{name}" holds {held}{example}, and {key} must be a number', key, hint)


def _known_values(keys: Iterable[str]) -> str:
    listed = [key for key in keys if key]
    more = f" and {len(listed) - MOST_LISTED} more" if len(listed) > MOST_LISTED else ""
    return f"name a value as the data has it, not its label: {', '.join(listed[:MOST_LISTED])}{more}"


def _named(chart: Chart, data: _Data) -> Iterator[Fault]:
    """Rows that the specification names and the data does not have."""
    facts = [row.fact for row in data.rows if row.fact]
    keys = dict.fromkeys([*facts, *(cell.key or cell.text for row in data.rows for cell in row.cells)])
    for number, name in enumerate(chart.highlight):
        if name not in keys:
            hint = did_you_mean(name, list(keys)) or _known_values(keys)
            yield Fault("unknown-value", f'no row has "{name}" to highlight', f"highlight.{number}", hint)
    for key, name in (
        *((f"hatched.{number}", name) for number, name in enumerate(chart.hatched)),
        *((f"annotations.{number}.fact", note.fact) for number, note in enumerate(chart.annotations)),
    ):
        if name not in facts:
            hint = did_you_mean(name, facts) or f'no row of "{chart.data}" is this fact'
            yield Fault("unknown-value", f'the fact "{name}" is not among the rows of the chart', key, hint)


def _off_the_axis(chart: Chart, data: _Data) -> Iterator[Fault]:
    """Times that the calendar of charts does not reach."""
    for key in ("x", "y", "color"):
        far = next((cell for cell in data.cells(getattr(chart, key)) if cell.date and cell.date.off_calendar), None)
        if far is not None:
            message = f"{far.text} has no place on an axis of time, which reaches from the year 1 to 9998"
            yield Fault("wrong-value", message, key, "kind: table and kind: timeline show it")


def _values(chart: Chart, data: _Data) -> Iterator[Fault]:
    """Numbers that the kind cannot show."""
    key, name = _measured(chart, data)
    found = [(cell, cell.quantity) for cell in data.cells(name) if cell.quantity is not None]
    units = {quantity.unit.powers: cell for cell, quantity in found}
    if len(units) > 1:
        one, other = list(units.values())[:2]
        message = f'"{name}" mixes units on one axis: {one.text} and {other.text}'
        yield Fault("mixed-units", message, key, "choose the rows of one measure, or draw two charts")
    below = next((cell for cell, quantity in found if quantity.headline < 0), None)
    if below is not None and (chart.kind in WHOLES or chart.stack == "share"):
        message = f"{below.text} is negative, and parts of a whole cannot be"
        yield Fault("negative-part", message, key, "kind: bar shows negative values")
    flat = next((cell for cell, quantity in found if quantity.headline <= 0), None)
    if chart.log and flat is not None:
        yield Fault("not-positive", f"{flat.text} has no place on a logarithmic axis", "log", "leave log out")


def _doubles(chart: Chart, data: _Data) -> Iterator[Fault]:
    """Several rows for one mark; facts may disagree about a point of a line, rows of a file are several lines."""
    of_file = chart.kind is ChartKind.LINE and not any(row.fact for row in data.rows)
    if chart.kind not in ONE_MARK_A_CELL and not of_file:
        return
    key, name = _measured(chart, data)
    colour = "" if chart.kind is ChartKind.WATERFALL else chart.color  # one bar a step
    names = [n for n in (chart.x, chart.y, colour, chart.facet) if n and n != name]
    if found := _more_than(1, data, names):
        (first, second), both = found
        whose = f" ({first.fact} and {second.fact})" if second.fact else ""
        kind = "cell" if chart.kind is ChartKind.HEATMAP else "mark"
        message = f"several rows for one {kind}: {both}{whose}"
        yield Fault("several-rows", message, key, 'tell them apart with "color" or "facet", or narrow the query')


def _totals(chart: Chart, data: _Data) -> Iterator[Fault]:
    """A slice that is the sum of all others, which are then half of the whole."""
    if chart.kind not in WHOLES or chart.facet:
        return
    key, name = _measured(chart, data)
    found = [
        (row, cell, _scaled(q)) for row, cell in zip(data.rows, data.cells(name), strict=True) if (q := cell.quantity)
    ]
    if len(found) < 3:
        return
    for row, cell, value in found:
        others = [other for at, _, other in found if at is not row]
        digits = sum(sign.isdigit() for sign in cell.text)
        # Half of 100% is no total, and of three numbers only long ones hardly are the sum by chance.
        if "%" in cell.text or (len(found) < 4 and digits < 3) or sum(others[1:], others[0]).distance(value):
            continue
        called = data.cell(row, {"x": chart.y, "y": chart.x}[key])
        message = f'"{called.text}", {cell.text}, is the sum of all others, which then are half of the whole'
        yield Fault("guessed", message, key, "if it is a total, leave its row out by where", "warning")
        return


def _lacking(chart: Chart, data: _Data) -> Iterator[Fault]:
    """Rows without a value where the others would pass for the whole."""
    key, name = _measured(chart, data)
    is_stacked = chart.kind in (ChartKind.BAR, ChartKind.AREA) and chart.stack in ("stack", "share")
    if not name or (chart.kind not in WHOLES and not (is_stacked and chart.color)):
        return
    axis = {"x": chart.y, "y": chart.x}.get(key, "")
    named = [one for one in dict.fromkeys((axis, chart.color, chart.facet)) if one and one != name]
    empty = [row for row, cell in zip(data.rows, data.cells(name), strict=True) if cell.quantity is None]
    if not empty or len(empty) == len(data.rows):
        return
    called = ", ".join(text for one in named if (text := data.cell(empty[0], one).text))
    more = f" and {len(empty) - 1} more" if len(empty) > 1 else ""
    hint = "leave out by where: what is not known, if what remains is still what the title says"
    if chart.kind in WHOLES:
        yield Fault("no-value", f"a part of the whole has no value: {called}{more}", key, hint)
        return
    message = f"a part has no value ({called}{more}), and nothing is drawn where the sum of the others would stand"
    other = "take kind: line" if chart.kind is ChartKind.AREA else "leave stack out"
    yield Fault("part-missing", message, key, f"{hint}; or draw the parts beside each other: {other}", "warning")


def _without_log(chart: Chart) -> Iterator[Fault]:
    if chart.log and chart.kind in FROM_NOUGHT:
        message = f'kind: {chart.kind} has no logarithmic axis, so "log" is left out'
        yield Fault("wrong-value", message, "log", "take kind: dot, or leave log out", "warning")


def _never_added(chart: Chart, data: _Data) -> Iterator[Fault]:
    """Parts of a whole in a unit whose amounts have no sum, such as temperatures."""
    key, name = _measured(chart, data)
    is_stacked = chart.kind in (ChartKind.BAR, ChartKind.AREA) and chart.stack in ("stack", "share")
    if chart.kind not in WHOLES and not (is_stacked and chart.color):
        return
    cell = next((cell for cell in data.cells(name) if cell.quantity and not is_addable(cell.quantity.unit)), None)
    if cell is not None:
        message = f'this chart adds up "{name}", and amounts like {cell.text} have no sum'
        yield Fault("wrong-value", message, key, "kind: dot or kind: line shows them beside each other", "warning")


def _at_one_place(chart: Chart, data: _Data) -> Iterator[Fault]:
    """Several points of one name that cover each other on a map."""
    names = [name for name in (chart.lat, chart.lon, chart.place, chart.facet) if name]
    if chart.lat and (found := _more_than(1, data, names)):
        message = f"several rows for one point, of which the last covers the others: {found[1]}"
        hint = 'choose one by where:, or tell them apart with "facet"'
        yield Fault("several-rows", message, "lat", hint, "warning")


def _sums(chart: Chart, data: _Data) -> Iterator[Fault]:
    """Rows of a waterfall that are drawn as sums, the last and those in `highlight`, and are none."""
    if chart.kind is not ChartKind.WATERFALL:
        return
    key, name = _measured(chart, data)
    axis = {"x": chart.y, "y": chart.x}[key]
    panels = data.cells(chart.facet) if chart.facet else ()
    parts: dict[str, list[tuple[Row, Datum, Quantity]]] = {}
    for number, (row, cell) in enumerate(zip(data.rows, data.cells(name), strict=True)):
        if cell.quantity is not None:
            part = (panels[number].key or panels[number].text) if panels else ""
            parts.setdefault(part, []).append((row, cell, cell.quantity))
    for rows in parts.values():
        reached = _scaled(rows[0][2])
        for row, cell, quantity in rows[1:]:
            called = data.cell(row, axis)
            named = not {called.key or called.text, row.fact}.isdisjoint(chart.highlight)
            if not named and row is not rows[-1][0]:
                reached = reached + _scaled(quantity)
            elif reached.distance(_scaled(quantity)):
                why = "which is highlighted" if named else "the last row"
                message = (
                    f'"{called.text}", {why}, is drawn as the sum of the steps before it, and {cell.text} is another'
                )
                hint = "the rows are a start, steps, and the end that they come to: add it as the last row"
                if chart.highlight:
                    hint += ", and highlight no row but sums on the way"
                yield Fault("wrong-value", message, key, hint)
                return
            else:
                reached = _scaled(quantity)


def _scaled(quantity: Quantity) -> Interval:
    """All that a quantity may be, in the base of its unit. Cells of tables are taken as rounded."""
    typed = quantity.typed or ""
    rounded = typed_quantity(typed, quantity.unit) if quantity.exact and is_number(typed) else quantity
    return rounded.interval * Interval.point(quantity.unit.scale)


def _threes(chart: Chart, data: _Data) -> Iterator[Fault]:
    """More than two rows for one name of a range."""
    key, name = _measured(chart, data)
    names = [n for n in (chart.x, chart.y, chart.facet) if n and n != name]
    if chart.kind is ChartKind.RANGE and (found := _more_than(2, data, names)):
        message = f"a range leads from one row to another, and there are more for {found[1]}"
        yield Fault("several-rows", message, key, "narrow the query to two times, or take kind: line or dot")


def _more_than(most: int, data: _Data, names: Sequence[str]) -> tuple[list[Row], str] | None:
    """The first rows that are more than `most` with the same cells in the columns `names`, and what the cells print."""
    seen: dict[tuple[str, ...], list[Row]] = {}
    columns = [data.cells(name) for name in names]
    for number, row in enumerate(data.rows if names else ()):
        cells = [column[number] for column in columns]
        same = seen.setdefault(tuple(cell.key or cell.text for cell in cells), [])
        same.append(row)
        if len(same) > most:
            return same, ", ".join(cell.text for cell in cells if cell.text)
    return None


def _measured(chart: Chart, data: _Data) -> tuple[str, str]:
    """The key and the column that is measured."""
    keys = ("color",) if chart.kind is ChartKind.HEATMAP else ("y", "x")
    if chart.kind is ChartKind.MAP:
        keys = ("size",) if chart.lat else ("color",)
    for key in keys:
        if data.kind(name := getattr(chart, key)) == "value":
            return (key, name)
    return ("data", "" if chart.kind is ChartKind.MAP else next(iter(data.numeric()), ""))


def _free(chart: Chart, data: _Data, is_free: IsFree) -> Iterator[Fault]:
    """What an author's own figure names and the data does not have, and what comes from neither row nor fact."""
    names = [column.name for column in data.columns]
    figure = json.loads(chart.figure)
    traces = figure.get("data") if isinstance(figure, dict) else None
    if not isinstance(traces, list) or not traces or not all(isinstance(trace, dict) for trace in traces):
        hint = 'write it as Plotly has it: {data: [{type: bar, x: "@place", y: "@value"}]}'
        yield Fault("wrong-value", "a Plotly figure is a map with data, a list of traces", "figure", hint)
        return
    if not isinstance(figure.get("layout") or {}, dict):
        yield Fault("wrong-value", "the layout of a Plotly figure is a map", "figure.layout", "layout: {…}")
        return
    faults = [*_misnamed(chart, data, figure, names)]
    yield from faults
    if faults:
        return
    measured = (data.numeric() or names)[0]
    for stray in strays(figure, data.columns, data.rows, is_free):
        where = _place(stray.path)
        key = f"figure.{'.'.join(stray.path)}"
        if stray.value is None:
            message, code = f'{where} of the figure is not out of "{chart.data}": {stray.why}', "unknown-value"
            hint = f'name its columns: "@{measured}", or write the figure out of the dataset as it is now'
        else:
            also = f", {stray.why}" if stray.why else ""
            message = f'{where} of the figure has {_short(stray.value)}, which is in no column of "{chart.data}"{also}'
            hint = f'name a column, "@{measured}", or a fact: {{fact: its-id}}'
            code = "typed-number" if is_measure(stray.value) else "unknown-value"
        yield Fault(code, message, key, hint)
    for path in hover_strays(figure, data.columns, data.rows, is_free):
        message = f"{_place(path)} of the figure has digits of its own, and is left out"
        hint = "what it says is not drawn; only the pointer showed it"
        yield Fault("figure-part", message, f"figure.{'.'.join(path)}", hint, "warning")
    for path, text in formulas(without(figure, moving(figure))):
        message = f"{_place(path)} of the figure has {_short(text)}, which prints with its dollar signs"
        hint = "formulas are not set in a drawing: write it in words, or with <sub> and <sup>"
        yield Fault("unread-mark", message, f"figure.{'.'.join(path)}", hint, "warning")
    for path in moving(figure):
        message = f"{'.'.join(path)} of the figure moves what is drawn, and is left out"
        hint = "a page shows the figure as it begins; make a chart of each state that matters"
        yield Fault("figure-part", message, f"figure.{'.'.join(path)}", hint, "warning")


def _misnamed(chart: Chart, data: _Data, figure: dict[str, Any], names: Sequence[str]) -> Iterator[Fault]:
    """Columns that are not there, and several rows where one value is asked for."""
    for named in references(figure):
        key = f"figure.{'.'.join(named.path)}"
        for name in dict.fromkeys((*([] if named.fact else [named.column]), *(one for one, _ in named.where))):
            if name not in names:
                hint = did_you_mean(name, names) or f"it has {', '.join(names)}"
                if named.short:
                    hint += f'; for a text that begins with @, write two: "@@{name}"'
                yield Fault("unknown-column", f'the data of "{chart.id}" has no column "{name}"', key, hint)
                return
        if named.fact:
            continue
        found = rows_where(named, data.columns, data.rows)
        trace = figure["data"][int(named.path[1])] if named.path[0] == "data" else {}
        if not found:
            asked = ", ".join(f"{one}: {word}" for one, word in named.where)
            yield Fault(
                "unknown-value", f'no row of "{chart.data}" has {asked}', key, "name values as the data has them"
            )
        elif is_single(named.path, str(trace.get("type") or "scatter")) and len(found) > 1:
            message = f'{_place(named.path)} takes one value, and "{named.column}" has {len(found)}'
            hint = f"say which row: {{column: {named.column}, where: {{{names[0]}: …}}}}"
            yield Fault("several-rows", message, key, hint)


def _place(path: Sequence[str]) -> str:
    """A place of a figure in words: `link.value in trace 1`, `layout.shapes.0.y1`."""
    if path[0] != "data":
        return ".".join(path)
    return f"{'.'.join(path[2:])} in trace {int(path[1]) + 1}" if len(path) > 2 else f"trace {int(path[1]) + 1}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"
