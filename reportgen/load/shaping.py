"""A table and a dataset's keys in; the rows that it asks for, each cell with its place in the table, out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import ge, gt, le, lt, ne

from reportgen.late_patterns import regex
from reportgen.load.cells import is_year, year_of
from reportgen.load.suggest import did_you_mean
from reportgen.load.table import Table
from reportgen.model.dataset import Cell, Column, Condition, Dataset, Wide, letters
from reportgen.model.edtf import Edtf

_COMPARED = regex(r"(>=|<=|!=|>|<)\s*(.+)")
_COMPARE: dict[str, Callable[[Fraction | str, Fraction | str], bool]] = {">=": ge, "<=": le, ">": gt, "<": lt, "!=": ne}
_NUMBER = regex(r"-?\d{1,30}(?:\.\d{1,30})?")
_WRITTEN = regex(r"(?P<minus>[-−–])?(?P<number>\d(?:[\d.,'’ \u00a0\u202f\u2009]*\d)?)(?:\s?[^\w\s]{1,2}|[⁰¹²³⁴-⁹])?")
"""A number as tables write it, with a mark behind it."""
_GAPS = regex(r"['’ \u00a0\u202f\u2009]")
_MONTH = regex(r"\d{4}-")
_HAS_YEAR = regex(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NAME = -1
"""Stands for a column's name among the places of cells: -1 is the name of column 0, -2 that of column 1."""


class ShapeError(Exception):
    """A key that asks for what the table does not have: key, message, hint, code."""

    def __init__(self, key: str, message: str, hint: str | None, code: str) -> None:
        self.key, self.message, self.hint, self.code = key, message, hint, code


@dataclass(frozen=True, slots=True)
class ShapedRows:
    """The rows that a dataset asks for, as texts, in the order of its columns."""

    rows: tuple[tuple[str, ...], ...]
    taken: Sequence[int]
    """Of each row its row in the table."""
    columns: Sequence[tuple[int, ...]]
    """Of each row the column of each cell there; below 0 the cell is a column's name."""
    passed: tuple[str, ...] = ()
    """Names with a year that nothing asks for, beside those that became rows."""


def shaped(table: Table, dataset: Dataset, places: dict[str, int]) -> ShapedRows:
    """The rows, before their cells are read. `places`: names of the file's columns -> places. Raises ShapeError."""
    kept: Sequence[int] = range(len(table.rows))
    for condition in dataset.where:
        if condition[0] in places:
            place = places[condition[0]]
            every = [row[place] for row in table.rows]
            if any(_is_limit(text) for text in condition[1]):
                every = _comparable(every, condition, dataset)
            kept = _meeting(condition, [every[n] for n in kept], kept, f"where.{condition[0]}", every)
        elif dataset.wide is None or condition[0] != dataset.wide.names:
            raise _unknown("where", condition[0], [*places, *([dataset.wide.names] if dataset.wide else [])])
    if dataset.wide is not None:
        return _unpivoted(table, dataset, dataset.wide, places, kept)
    columns = tuple(places[column.name] for column in dataset.columns)
    if columns == tuple(range(len(table.header))) and len(kept) == len(table.rows):
        rows = table.rows
    else:
        rows = tuple(tuple(table.rows[n][place] for place in columns) for n in kept)
    return ShapedRows(rows, kept, (columns,) * len(rows))


def _unpivoted(table: Table, dataset: Dataset, wide: Wide, places: dict[str, int], kept: Sequence[int]) -> ShapedRows:
    named = {column.name: column for column in dataset.columns}
    for key, name in (("names", wide.names), ("values", wide.values)):
        if name not in named:
            hint = f"add it to columns: {{name: {name}, type: {'year' if key == 'names' else 'number'}}}"
            raise ShapeError(f"wide.{key}", f'the columns do not describe "{name}"', hint, "unknown-column")
    side = [place for place, _ in _side_by_side(table, named, wide, places)]
    spelled = {place: _name(table.header[place], named[wide.names]) for place in side}
    for name, wanted in dataset.where:
        if name == wide.names and name not in places:
            side = list(_meeting((name, wanted), [spelled[place] for place in side], side, f"where.{name}"))
    by_column = [
        tuple(
            NAME - place if name == wide.names else place if name == wide.values else places[name] for name in named
        )
        for place in side
    ]  # fmt: skip
    rows: list[tuple[str, ...]] = []
    for n in kept:
        cells = table.rows[n]
        for place, columns in zip(side, by_column, strict=True):
            rows.append(tuple(spelled[place] if at < 0 else cells[at] for at in columns))
    taken = [n for n in kept for _ in side]
    passed = [
        name for place, name in enumerate(table.header)
        if not wide.columns and place not in spelled and name not in named and _HAS_YEAR.search(name)
    ]  # fmt: skip
    return ShapedRows(tuple(rows), taken, by_column * len(kept), tuple(passed))


def _side_by_side(table: Table, named: dict[str, Column], wide: Wide, places: dict[str, int]) -> list[tuple[int, str]]:
    """The columns that become rows."""
    if wide.columns:
        for n, name in enumerate(wide.columns):
            if name not in places:
                raise _unknown(f"wide.columns.{n}", name, list(places))
        return [(places[name], name) for name in wide.columns]
    kind = named[wide.names].type
    found = [
        (place, name) for place, name in enumerate(table.header)
        if name not in named and _is_a(kind, name) and not _is_nothing(table, place)
    ]  # fmt: skip
    if not found:
        hint = f"say which: wide: {{names: {wide.names}, values: {wide.values}, columns: […]}}"
        raise ShapeError(
            "wide", f"no column beside the described ones has a {kind} for its name", hint, "unknown-column"
        )
    return found


def _is_a(kind: str, name: str) -> bool:
    """Whether a column's name is of a type."""
    if kind == "year":
        return is_year(name)
    if kind == "number":
        return _NUMBER.fullmatch(name) is not None
    return kind != "date" or name[:4].isdigit()


def _is_nothing(table: Table, place: int) -> bool:
    """Whether a column has neither a name of its own nor a cell."""
    own = table.header[place] != letters(table.framed.columns[place])
    return not own and not any(row[place] for row in table.rows)


def _name(name: str, column: Column) -> str:
    return year_of(name) or name if column.type == "year" else name


def _unknown(key: str, name: str, known: list[str]) -> ShapeError:
    hint = did_you_mean(name, known) or f"its columns are {', '.join(known[:12])}"
    return ShapeError(key, f'there is no column "{name}"', hint, "unknown-column")


def _meeting(
    condition: Condition, cells: Sequence[str], rows: Sequence[int], key: str, every: Sequence[str] = ()
) -> list[int]:
    """The rows whose cell is one of the values and meets all comparisons. Raises ShapeError where a value that is named
    stands nowhere, be it wanted or left out; `every`: the cells of all rows."""
    name, wanted = condition
    tests = {text: _test(text) for text in wanted}
    alternatives = [test for text, test in tests.items() if not _COMPARED.fullmatch(text)]
    limits = [test for text, test in tests.items() if _COMPARED.fullmatch(text)]
    found = [
        row for cell, row in zip(cells, rows, strict=True)
        if (not alternatives or any(test(cell) for test in alternatives)) and all(test(cell) for test in limits)
    ]  # fmt: skip
    for text, test in tests.items():
        left_out = text.startswith("!=")
        if (test in alternatives and not any(map(test, cells))) or (left_out and all(map(test, every or cells))):
            cells, text = (every or cells, text.removeprefix("!=").strip()) if left_out else (cells, text)
            known = list(dict.fromkeys(filter(None, cells)))[:2000]
            hint = did_you_mean(text, known) or f"it has {', '.join(known[:8])}"
            raise ShapeError(key, f'no row has "{text}" in "{name}"', hint, "unknown-value")
    return found


def _is_limit(text: str) -> bool:
    return _COMPARED.fullmatch(text) is not None and not text.startswith("!=")


def _comparable(cells: Sequence[str], condition: Condition, dataset: Dataset) -> list[str]:
    """The cells with their numbers as plain digits, as they are compared. Raises ShapeError where one has two readings,
    or where a limit is none."""
    name, wanted = condition
    found = [_plain(cell, name, dataset) for cell in cells]
    if any(found) and all(_NUMBER.fullmatch(cell) for cell in found if cell):
        for text in filter(_is_limit, wanted):
            limit = text.lstrip("<>= ")
            if not _NUMBER.fullmatch(limit) and not _MONTH.match(limit):
                message = f'"{limit}" is no plain number, and "{name}" holds numbers'
                raise ShapeError(f"where.{name}", message, "write it like '> 2000' or '<= 0.5'", "bad-number")
    return found


def _plain(cell: str, name: str, dataset: Dataset) -> str:
    """A number without marks between its thousands and beside it, and with a point before its decimals; any other cell
    as it is."""
    written = _WRITTEN.fullmatch(cell.strip())
    if written is None:
        return cell
    digits = _GAPS.sub("", written["number"])
    marks = [character for character in digits if character in ".,"]
    decimal = dataset.decimal or {".": ",", ",": "."}.get(dataset.thousands, "")
    if not decimal and marks:
        whole, last = digits[: digits.rfind(marks[-1])], digits.rpartition(marks[-1])[2]
        if marks == [","] and len(last) == 3 and whole != "0":
            message = f'"{cell}" in "{name}" has two readings, and cannot be compared'
            raise ShapeError(f"where.{name}", message, 'say in the dataset: decimal: "." or decimal: ","', "bad-number")
        is_grouped = len(marks) > 1 and len(set(marks)) == 1
        decimal = marks[-1] if not is_grouped else "." if marks[-1] == "," else ","
    if decimal:
        digits = digits.replace("," if decimal == "." else ".", "").replace(",", ".")
    return f"{'-' if written['minus'] else ''}{digits}"


def _test(wanted: str) -> Callable[[str], bool]:
    compared = _COMPARED.fullmatch(wanted)
    compare = _COMPARE[compared[1]] if compared else None
    text = compared[2].strip() if compared else wanted
    number = Fraction(text) if _NUMBER.fullmatch(text) else None

    def test(cell: str) -> bool:
        if number is not None and _NUMBER.fullmatch(cell):
            return compare(Fraction(cell), number) if compare else Fraction(cell) == number
        if compare is None or compare is ne:
            return (cell == text) is (compare is None)
        return bool(cell) and (number is None or cell[:1].isdigit()) and compare(cell, text)

    return test


def in_order(dataset: Dataset, rows: Sequence[tuple[Cell, ...]]) -> list[int]:
    """The rows that are kept, in their order. Raises ShapeError."""
    names = [column.name for column in dataset.columns]
    order = list(range(len(rows)))
    for number, key in reversed([*enumerate(dataset.sort)]):
        name = key.removeprefix("-") if key not in names else key
        if name not in names:
            raise _unknown(f"sort.{number}", name, names)
        place, down = names.index(name), key not in names and key.startswith("-")
        filled = [row for row in order if rows[row][place] is not None]
        empty = [row for row in order if rows[row][place] is None]
        order = sorted(filled, key=lambda row: _key(rows[row][place]), reverse=down) + empty
    return order[: dataset.top] if dataset.top is not None else order


def _key(cell: Cell) -> tuple[object, ...]:
    if isinstance(cell, Edtf):
        return cell.sort_key
    return (cell,) if isinstance(cell, Fraction) else (str(cell).casefold(), str(cell))
