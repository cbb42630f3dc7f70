"""Rows for charts and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from reportgen.diagnostics import Places
from reportgen.model.edition import Change
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
    change: tuple[str, ...] = ()
    """Columns whose sum is compared with that of the group before, in percent. The group before has the same in all
    columns of `by` but the last, which orders them where it has times."""
    index: tuple[str, ...] = ()
    """The same, with the first such group, which is 100."""
    count: str = ""
    """A column for the number of rows."""


@dataclass(frozen=True, slots=True)
class Join:
    """Which dataset's columns stand beside a dataset's own: `{dataset: people, on: [Country, year]}`."""

    dataset: str
    on: tuple[tuple[str, str], ...]
    """The key: (a column, the column of the other dataset that has the same in it)."""
    columns: tuple[str, ...] = ()
    """Which columns are taken; none means all but the key."""
    unmatched: str = ""
    """What becomes of rows whose key the other dataset does not have: `keep` or `drop`; empty refuses them."""


NEGATIVE = ("parentheses", "trailing")
"""What else than a sign in front may mean below zero."""
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
    """Of NEGATIVE."""
    encoding: str = ""
    delimiter: str = ""
    where: tuple[Condition, ...] = ()
    """Which rows; all of it holds."""
    wide: Wide | None = None
    join: Join | None = None
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
    finest: tuple[tuple[int | None, ...], ...] = ()
    """Of each cell the last decimal that the cells it is reckoned from support; None for one that is as it is written,
    or that ends."""
    notes: tuple[tuple[int, int, str], ...] = ()
    """(row, column, the mark beside its value), both counted from 0."""
    spellings: tuple[tuple[int, int, str], ...] = ()
    """(row, column, the cell as its file has it), where that is not the text in `typed`."""
    sha256: str = ""
    """Of the file."""
    read_sheet: str = ""
    """The sheet that was read."""
    header_line: int = 1
    above: tuple[str, ...] = ()
    """What the lines above the header say."""
    parts: tuple[JoinedPart, ...] = ()
    """Columns that are another dataset's."""
    held: tuple[tuple[str, str, str], ...] = ()
    """Of each column (file, SHA-256, id of the source), where a dataset of groups is made of several files."""
    changes: tuple[Change, ...] = ()
    """Why what was published of it is another now."""
    aliases: tuple[str, ...] = ()
    """Ids that it had before."""
    at: Places = field(kw_only=True, compare=False, metadata={"place": True})

    @property
    def path(self) -> str:
        """The file's path from the project's root; it lies beside the description."""
        return f"{self.at.whole.file.rpartition('/')[0]}/{self.file}"

    @property
    def is_made_of_several(self) -> bool:
        """Whether its cells are made of several cells of a file."""
        return bool(self.spelled)

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of all its files."""
        joined = (source for part in self.parts for source in part.dataset.sources)
        return tuple(filter(None, dict.fromkeys((self.source, *joined, *(source for _, _, source in self.held)))))

    def origin(self, row: int, column: int) -> tuple[Dataset, int, int]:
        """The dataset whose file holds a cell, and its row and column there, counted from 0."""
        for part in self.parts:
            if column in part.columns and part.rows[row] >= 0:
                return part.dataset.origin(part.rows[row], part.places[part.columns.index(column)])
        if self.held:
            file, sha256, source = self.held[column]
            return replace(self, file=file, sha256=sha256, source=source, held=()), row, column
        return self, row, column

    def file_of(self, column: int) -> tuple[str, str, str]:
        """The file that a column comes from: its name, its SHA-256 and the id of its source."""
        for part in self.parts:
            if column in part.columns:
                return part.dataset.file_of(part.places[part.columns.index(column)])
        return self.held[column] if self.held else (self.file, self.sha256, self.source)

    def rounding(self, row: int, column: int) -> tuple[int | None, int | None]:
        """The significant digits and the decimals to which a number is printed: those that the author gives its column,
        else as many decimals as it has, or supports where it is reckoned."""
        given = self.columns[column]
        if given.digits is not None or given.decimals is not None:
            return given.digits, given.decimals
        return None, self.supported(row, column)

    def supported(self, row: int, column: int) -> int | None:
        """The last decimal that a reckoned number supports; None for any other."""
        for part in self.parts:
            if column in part.columns:
                at = part.rows[row]
                return part.dataset.supported(at, part.places[part.columns.index(column)]) if at >= 0 else None
        return self.finest[row][column] if self.finest else None

    def picked(self, rows: Sequence[int]) -> Dataset:
        """The dataset with these of its rows, in this order."""
        now = {row: n for n, row in enumerate(rows)}
        found: dict[str, Any] = {
            key: tuple(getattr(self, key)[n] for n in rows)
            for key in ("rows", "typed", "numbers", "lines", "in_columns", "spelled", "finest")
            if getattr(self, key)
        }
        for key in ("notes", "spellings"):
            beside = getattr(self, key)
            found[key] = tuple(sorted((now[row], column, text) for row, column, text in beside if row in now))
        found["parts"] = tuple(replace(part, rows=tuple(part.rows[n] for n in rows)) for part in self.parts)
        return replace(self, **found)

    def row_place(self, row: int) -> str:
        """Where a row stands: `nets.csv, line 5`."""
        if self.spelled:
            return f"the group of {self.file}, line {self.lines[row]}"
        line = self.lines[row]
        if self.read_sheet:
            return f"{self.file}, sheet {self.read_sheet}, row {line}"
        return f"{self.file}, {'record' if self.file.endswith('.json') else 'line'} {line}"

    def spelling(self, row: int, column: int) -> str:
        """A cell as its file has it: `1 310 250*`."""
        found = (text for r, c, text in self.spellings if (r, c) == (row, column))
        return next(found, self.typed[row][column])

    def place(self, row: int, column: int) -> str:
        """Where a cell stands, both counted from 0: `malaria.xlsx, sheet Data, cell C5`."""
        if self.spelled:
            return self.spelled[row][column]
        for part in self.parts:
            if column in part.columns:
                at = part.rows[row]
                place = part.places[part.columns.index(column)]
                return part.dataset.place(at, place) if at >= 0 else f"no row of {part.dataset.file}"
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


@dataclass(frozen=True, slots=True)
class JoinedPart:
    """Columns of a dataset that are another one's."""

    columns: tuple[int, ...]
    """Their places in the dataset that has them now, counted from 0."""
    dataset: Dataset
    places: tuple[int, ...]
    """Their places in their own."""
    rows: tuple[int, ...]
    """Of each row the row there, counted from 0; -1 where none has its key."""


def letters(column: int) -> str:
    """A spreadsheet's name for a column, counted from 1: `A`, `AA`."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
