"""The address of a cell and the datasets in; the cell, and the fact that it is, out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from reportgen.diagnostics import Places
from reportgen.language.units import UnitError, UnitTable
from reportgen.load.suggest import did_you_mean
from reportgen.model.dataset import Dataset
from reportgen.model.edtf import Edtf
from reportgen.model.fact import CellOrigin, DateValue, Evidence, Fact, FactValue, TextValue
from reportgen.model.formula import CellAddress
from reportgen.model.quantity import Quantity, is_number, typed_quantity
from reportgen.model.text import Text


class CellFaultError(Exception):
    """An address that names no cell: a code, a message, the part at fault (`dataset`, `row` or `column`), a hint."""

    def __init__(self, code: str, message: str, part: str, hint: str | None = None) -> None:
        self.code, self.message, self.part, self.hint = code, message, part, hint
        super().__init__(message)


def find_cell(dataset: Dataset, address: CellAddress) -> tuple[int, int]:
    """The row and the column of a cell, both counted from 0. Raises CellFaultError."""
    if dataset.query is not None:
        message, hint = f'the dataset "{dataset.id}" is a query over the facts', "name one of the facts by its id"
        raise CellFaultError("wrong-kind", message, "dataset", hint)
    names = [column.name for column in dataset.columns]
    place = _column(names, address.column, "column")
    row = _row(dataset, names, address)
    if dataset.rows[row][place] is None:
        message = f"this cell has no value: {dataset.place(row, place)}"
        raise CellFaultError("no-value", message, "", "print another, or say in words that it is not known")
    return row, place


def _column(names: list[str], name: str, part: str) -> int:
    if name not in names:
        hint = did_you_mean(name, names) or f"it has {', '.join(names)}"
        raise CellFaultError("unknown-column", f'the dataset describes no column "{name}"', part, hint)
    return names.index(name)


def _row(dataset: Dataset, names: list[str], address: CellAddress) -> int:
    """The one row in which each column has its value."""
    rows: list[int] = [*range(len(dataset.rows))]
    for name, wanted in address.row:
        place = _column(names, name, "row")
        kept = [row for row in rows if same_cell(dataset.typed[row][place], wanted)]
        if not kept:
            known: list[str] = [*dict.fromkeys(dataset.typed[row][place] for row in rows)]
            hint = did_you_mean(wanted, known) or f"it has {', '.join(known[:8])}"
            raise CellFaultError("unknown-value", f'no row has "{wanted}" in "{name}"', "row", hint)
        rows = kept
    if len(rows) > 1:
        said = {name for name, _ in address.row}
        others = [
            name
            for n, name in enumerate(names)
            if name not in said
            and dataset.columns[n].type != "number"
            and len({dataset.typed[row][n] for row in rows}) > 1
        ]
        hint = f"say which: {', '.join(others)}" if others else "leave out what stands twice in the file by where"
        raise CellFaultError("several-rows", f"{len(rows)} rows are meant by this", "row", hint)
    return rows[0]


def same_cell(cell: str, wanted: str) -> bool:
    """Whether a cell says the same, however a number is spelled."""
    return cell == wanted or (is_number(cell) and is_number(wanted) and Fraction(cell) == Fraction(wanted))


def cell_origin(dataset: Dataset, row: int, place: int) -> CellOrigin:
    """Where a cell comes from."""
    held, at, column = dataset.origin(row, place)
    return CellOrigin(
        dataset.id, held.id, held.numbers[at], dataset.columns[place].name, dataset.place(row, place),
        () if held.is_made_of_several else held.stands(at, column), held.path, held.sha256, held.source,
    )  # fmt: skip


def cell_evidence(dataset: Dataset, row: int, place: int) -> Evidence:
    """A cell as its file has it, and where; of what several cells make, no words, and where these stand."""
    held, at, column = dataset.origin(row, place)
    words = "" if held.is_made_of_several else held.spelling(at, column)
    return Evidence(held.source, words, locator=dataset.place(row, place))


def cell_value(dataset: Dataset, row: int, place: int, units: UnitTable) -> FactValue:
    """A cell as a fact's value. What is counted in whole numbers is exact; other numbers are as precise as they are
    written. Raises UnitError."""
    column, value, typed = dataset.columns[place], dataset.rows[row][place], dataset.typed[row][place]
    if isinstance(value, Edtf):
        return DateValue(value)
    if column.type != "number":
        return TextValue(Text.of(typed))
    unit = units.parse(column.unit)
    whole = units.counts(unit) and "." not in typed
    if (decimals := dataset.supported(row, place)) is not None:
        return typed_quantity(typed, unit, step=2 * Fraction(10) ** -decimals)  # it lies within one of that decimal
    return typed_quantity(typed, unit, step=Fraction(0) if whole else None)


def cell_as_fact(id: str, address: CellAddress, datasets: Mapping[str, Dataset], units: UnitTable) -> Fact:
    """A cell that a formula names, as if it were a fact. Raises CellFaultError."""
    dataset = datasets.get(address.dataset)
    if dataset is None:
        hint = did_you_mean(address.dataset, datasets) or f"datasets are {', '.join([*datasets][:8])}"
        raise CellFaultError("unknown-dataset", f'no dataset has the id "{address.dataset}"', "dataset", hint)
    row, place = find_cell(dataset, address)
    column, (digits, decimals) = dataset.columns[place], dataset.rounding(row, place)
    try:
        value = cell_value(dataset, row, place, units)
    except UnitError as error:
        raise CellFaultError("bad-unit", error.message, "column", error.hint) from error
    if not isinstance(value, Quantity):
        hint = "name a column of numbers"
        raise CellFaultError("bad-formula", f'"{column.name}" holds no numbers to compute with', "column", hint)
    return Fact(
        id, Text.of(f"{column.name}, {', '.join(value for _, value in address.row)}: {{value}}."), value,
        unit=column.unit, evidence=(cell_evidence(dataset, row, place),), digits=digits,
        decimals=decimals, cell=cell_origin(dataset, row, place), at=Places(dataset.at.whole),
    )  # fmt: skip
