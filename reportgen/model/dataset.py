"""Rows for charts and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from reportgen.diagnostics import Places
from reportgen.model.edtf import Edtf
from reportgen.model.text import Text


@dataclass(frozen=True, slots=True)
class Query:
    """Which facts make the rows. Empty parts ask for nothing."""

    facts: tuple[str, ...] = ()
    """Ids, in the order of the rows; with these, nothing else is asked."""
    measure: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    as_of: Edtf | None = None
    """Times wholly within this."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a described file (Frictionless Table Schema)."""

    name: str
    type: str = "text"
    """`text`, `number`, `date` or `year`."""
    unit: str = ""
    title: Text = field(default_factory=lambda: Text(()))
    digits: int | None = None
    """Significant digits that are printed; data files have all."""
    decimals: int | None = None


Cell = str | Fraction | Edtf | None


@dataclass(frozen=True, slots=True)
class Wide:
    """How columns that stand side by side become rows: `{names: year, values: deaths}`."""

    names: str
    """The column that takes their names."""
    values: str
    """The column that takes their cells."""
    columns: tuple[str, ...] = ()
    """Which columns; none means all whose names are of the type of `names`, and that are not described themselves."""


@dataclass(frozen=True, slots=True)
class Group:
    """How rows are taken together: `{by: [year], sum: [deaths]}`. Each column stands in one of these."""

    by: tuple[str, ...]
    """Columns whose cells are the same in all rows of a group."""
    sum: tuple[str, ...] = ()
    mean: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    """Columns of which each group's part of the whole is taken, in percent."""
    count: str = ""
    """A column for the number of rows."""


Condition = tuple[str, tuple[str, ...]]
"""A column, and the values of which a row has one; or a comparison such as `>= 2015`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """How a dataset's file is read, as far as its author says so; the rest is guessed, and told."""

    sheet: str = ""
    """Of a workbook."""
    range: str = ""
    """The cells of the table with its header: `A5:F20`."""
    header: tuple[int, ...] = ()
    """Lines that together name the columns, counted from 1; (0,) where none does."""
    skip: int | None = None
    """Lines above the header."""
    footer: int | None = None
    """Lines at the end that belong to no row."""
    missing: tuple[str, ...] | None = None
    """What stands where a number or a date is missing."""
    decimal: str = ""
    thousands: str = ""
    dates: str = ""
    """`dmy`, `mdy` or `ymd`."""
    negative: tuple[str, ...] = ()
    """Of `parentheses` and `trailing`: what else than a sign in front means below zero."""
    encoding: str = ""
    delimiter: str = ""
    where: tuple[Condition, ...] = ()
    """Which rows; all of it holds."""
    wide: Wide | None = None
    group: Group | None = None
    sort: tuple[str, ...] = ()
    """Columns by which the rows are ordered; `-deaths` puts the most first."""
    top: int | None = None
    """How many rows are kept, from the first."""


@dataclass(frozen=True, slots=True)
class Dataset(FileReading):
    """A query over the facts, or the rows of a file with a description of its columns."""

    id: str
    title: Text = field(default_factory=lambda: Text(()))
    query: Query | None = None
    file: str = ""
    """The file's name beside the description."""
    source: str = ""
    """Id of the source of a file."""
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    """A file's cells, in the order of `columns`."""
    typed: tuple[tuple[str, ...], ...] = ()
    """The same cells as the file spells them, numbers as plain decimals: typed zeros count."""
    numbers: tuple[int, ...] = ()
    """Which row of its file each row is, counted from 1 after the header."""
    lines: tuple[int, ...] = ()
    """The line of each row, or its number in a JSON file."""
    spelled: tuple[tuple[str, ...], ...] = ()
    """Where each cell stands, in words, where it is made of several."""
    in_columns: tuple[tuple[int, ...], ...] = ()
    """Of each row the column of each cell, counted from 1; below 0 the cell is that column's name."""
    notes: tuple[tuple[int, int, str], ...] = ()
    """(row, column, the mark beside its value), both counted from 0."""
    spellings: tuple[tuple[int, int, str], ...] = ()
    """(row, column, the cell as its file has it), where that is not the text in `typed`."""
    sha256: str = ""
    """Of the file."""
    read_sheet: str = ""
    """The sheet that was read."""
    header_line: int = 1
    at: Places = field(kw_only=True, compare=False, metadata={"place": True})

    @property
    def path(self) -> str:
        """The file's path from the project's root; it lies beside the description."""
        return f"{self.at.whole.file.rpartition('/')[0]}/{self.file}"

    def spelling(self, row: int, column: int) -> str:
        """A cell as its file has it: `1 310 250*`."""
        found = (text for r, c, text in self.spellings if (r, c) == (row, column))
        return next(found, self.typed[row][column])

    def place(self, row: int, column: int) -> str:
        """Where a cell stands, both counted from 0: `malaria.xlsx, sheet Data, cell C5`."""
        if self.spelled:
            return self.spelled[row][column]
        words, *filled = self.stands(row, column)
        return words.format(*filled)

    def stands(self, row: int, column: int) -> tuple[str, ...]:
        """The same of one cell as a phrase, and what it is filled with."""
        number = self.in_columns[row][column]
        line = str(self.lines[row] if number > 0 else self.header_line)
        if self.read_sheet:
            return ("{}, sheet {}, cell {}", self.file, self.read_sheet, f"{letters(abs(number))}{line}")
        if self.file.endswith(".json"):
            return ("{}, record {}, {}", self.file, line, self.columns[column].name)
        return ("{}, line {}, column {}", self.file, line, str(abs(number)))


def letters(column: int) -> str:
    """A spreadsheet's name for a column, counted from 1: `A`, `AA`."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
