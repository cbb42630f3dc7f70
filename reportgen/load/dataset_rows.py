"""A dataset as it is described in; the dataset with the rows of its file out, typed, grouped and ordered. Imported when
there is a file to read: one that was in order, and is as it was, is known from an earlier build."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256

from reportgen.diagnostics import Diagnostic, Span
from reportgen.language.units import UnitError, UnitTable
from reportgen.load.cells import CellFault, ReadColumn, Spelling, read_column
from reportgen.load.datasets import AREA, DATA_ENDINGS, WORKBOOKS, RowContext, is_among, number_of
from reportgen.load.framing import UNTOLD, TableFrame
from reportgen.load.grouping import grouped, totals, without_counts
from reportgen.load.headings import check_headings
from reportgen.load.items import Loading
from reportgen.load.joining import joined
from reportgen.load.records import read_records
from reportgen.load.shaping import NAME, ShapedRows, ShapeError, in_order, shaped
from reportgen.load.suggest import did_you_mean
from reportgen.load.table import DELIMITERS, Dialect, Table, read_table
from reportgen.load.workbooks import read_workbook, shortened
from reportgen.model.dataset import Dataset
from reportgen.quantities.adding import may_be_added

MOST_BYTES = 20_000_000
MOST_KEPT = 500_000
"""Cells of a dataset, of those that its file has."""
LONGEST_CELL = 32_767
"""Characters; more do not go into a cell of Excel either."""


def with_rows(loading: Loading, dataset: Dataset, context: RowContext) -> Dataset | None:
    """None where its file cannot be read as it says."""
    before = len(loading.found)
    found = _table(loading, dataset)
    read = _read(loading, dataset, *found, context) if found is not None else None
    if read is None or any(each.severity == "error" for each in loading.found[before:]):
        return None
    return read


def _read(loading: Loading, dataset: Dataset, table: Table, digest: str, context: RowContext) -> Dataset | None:
    """The dataset with the rows of its table, typed and as spelled; grouped and ordered as it says, unless it joins
    another, which is to be done first."""
    try:
        own = without_counts(dataset) if dataset.join is None else _without_count(dataset)
        listed = _listed_rows(loading, own, table, digest, context)
        if listed is None or dataset.join is not None:
            return listed
        return _finished(loading, listed, dataset, context.units)
    except ShapeError as error:
        loading.report(error.code, error.message, dataset.at[error.key], error.hint)
        return None


def _without_count(dataset: Dataset) -> Dataset:
    count = dataset.group.count if dataset.group else ""
    return replace(dataset, columns=tuple(column for column in dataset.columns if column.name != count))


def _finished(loading: Loading, listed: Dataset, whole: Dataset, units: UnitTable) -> Dataset:
    """The listed rows, grouped and ordered as the dataset says, whose columns `whole` has. Raises ShapeError."""
    if listed.group is not None:
        listed = _grouped(loading, listed, whole, units)
    return _ordered(listed) if listed.sort or listed.top is not None else listed


def _listed_rows(loading: Loading, dataset: Dataset, table: Table, digest: str, context: RowContext) -> Dataset | None:
    """The rows in the order of the file. Raises ShapeError."""
    places = _places(loading, dataset, table)
    if places is None:
        return None
    shape = shaped(table, dataset, places)
    if len(shape.rows) * len(dataset.columns) > MOST_KEPT:
        message = f'the dataset "{dataset.id}" has {len(shape.rows):,} rows of {len(dataset.columns)} columns'
        hint = f"it may have {MOST_KEPT:,} cells: say which rows are meant by where, or leave columns out"
        raise ShapeError("file", message, hint, "too-large")
    columns = [*zip(*shape.rows, strict=True)] if shape.rows else [() for _ in dataset.columns]
    keys = (dataset.missing, dataset.decimal, dataset.thousands, dataset.dates, dataset.negative)
    told = _Told(loading, dataset, table, shape, Spelling(*keys, points=table.delimiter == ","))
    read = [told.column(number, cells, columns) for number, cells in enumerate(columns)]
    told.tell()
    check_headings(loading, dataset, table, shape, [column.values for column in read], context)
    if dataset.group is not None:
        told.tell_repeated()
    if shape.passed:
        message = f"columns beside those that became rows were left out: {shortened([*shape.passed])}"
        hint = "if one of them is meant too, name them all: columns: […] in wide"
        loading.report("guessed", message, dataset.at["wide"], hint, "notice")
    lines, framed = table.framed.lines, table.framed
    odd = not all(column.plain for column in read)
    return replace(
        dataset,
        rows=tuple(zip(*(column.values for column in read), strict=True)),
        typed=tuple(zip(*(column.typed for column in read), strict=True)),
        numbers=tuple([n + 1 for n in shape.taken]),
        lines=tuple([lines[n] for n in shape.taken]),
        in_columns=_in_columns(shape.columns, framed.columns),
        notes=_notes(read) if odd else (),
        spellings=_spellings(read, columns) if odd else (),
        sha256=digest,
        read_sheet=table.sheet,
        header_line=framed.header_lines[-1] if framed.header_lines else 1,
        above=framed.above,
    )


def _is_counted(unit: str, units: UnitTable) -> bool:
    try:
        units = units.with_nouns(unit)
        return units.counts(units.parse(unit))
    except UnitError:  # reported with the column
        return False


def _grouped(loading: Loading, listed: Dataset, dataset: Dataset, units: UnitTable) -> Dataset:
    counted = [column.name for column in dataset.columns if column.unit and _is_counted(column.unit, units)]
    made = grouped(listed, dataset, counted)
    for _, column, _ in made.lacking[:1]:
        groups = len({row for row, _, _ in made.lacking})
        names = dict.fromkeys(f'"{dataset.columns[place].name}"' for _, place, _ in made.lacking)
        where = listed.place(made.lacking[0][2], [c.name for c in listed.columns].index(dataset.columns[column].name))
        of = f"{groups} of {len(made.dataset.rows)} groups"
        message = f"{', '.join(names)} of {of} is missing, since a part of it is: {where}"
        hint = "leave such rows out by where, if what remains is still what the title says"
        loading.report("guessed", message, dataset.at["group"], hint, "notice")
    group = dataset.group
    for n, name in enumerate(group.sum if group else ()):
        unit = next((column.unit for column in dataset.columns if column.name == name), "")
        if not may_be_added(unit):
            message = f'"{name}" is added up in each group, and amounts in {unit} have no sum'
            at = dataset.at[f"group.sum.{n}"]
            loading.report("wrong-value", message, at, f"mean: [{name}], if each row counts the same", "warning")
    for row, place, count in totals(listed, group)[:1] if group else ():
        where, name = listed.place(row, place), listed.columns[place].name
        message = f'"{name}" in {where} is the sum of others of its {count} rows, which then count twice'
        loading.report(
            "guessed", message, dataset.at["group"], "if it is a total, leave its row out by where", "notice"
        )
    return made.dataset


def _ordered(dataset: Dataset) -> Dataset:
    """The rows that `top` keeps, in the order of `sort`. Raises ShapeError."""
    return dataset.picked(in_order(dataset, dataset.rows))


def _in_columns(places: Sequence[tuple[int, ...]], numbers: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Columns of a table, which count from 0, as those of its file."""
    known = {
        columns: tuple([numbers[at] if at >= 0 else -numbers[NAME - at] for at in columns]) for columns in set(places)
    }
    return tuple([known[columns] for columns in places])


def _notes(read: list[ReadColumn]) -> tuple[tuple[int, int, str], ...]:
    found = [(row, number, mark) for number, column in enumerate(read) for row, mark in column.notes.items()]
    return tuple(sorted(found))


def _spellings(read: list[ReadColumn], columns: Sequence[Sequence[str]]) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (row, number, str(cell))
        for number, (column, cells) in enumerate(zip(read, columns, strict=True))
        if not column.plain
        for row, (cell, text) in enumerate(zip(cells, column.typed, strict=True))
        if cell != text
    )


def _places(loading: Loading, dataset: Dataset, table: Table) -> dict[str, int] | None:
    """The file's columns that can be asked for, by name; None where one that is described is not there."""
    plain = {name: place for place, name in enumerate(table.header)}
    if len(plain) == len(table.header) and all(column.name in plain for column in dataset.columns):
        return plain
    return _named(loading, dataset, table)


def _named(loading: Loading, dataset: Dataset, table: Table) -> dict[str, int] | None:
    """The same where a name has line breaks, stands twice or is not there, or is made by `wide`."""
    header = [" ".join(name.split()) for name in table.header]
    first = {name: header.index(name) for name in header}
    made = {dataset.wide.names, dataset.wide.values} if dataset.wide else set()
    wanted = [(n, column.name) for n, column in enumerate(dataset.columns) if column.name not in made]
    unknown = [(n, name) for n, name in wanted if " ".join(name.split()) not in first]
    if unknown:
        number, name = unknown[0]
        message = f'{dataset.file} has no column "{name}"'
        if len(unknown) > 1:
            message += f", nor {shortened([other for _, other in unknown[1:]])}"
        hint = (
            _two_heads(name, header, table)
            or _elsewhere(name, table)
            or _in_another_encoding(loading, dataset, name)
            or did_you_mean(name, header)
            or f"its columns are {shortened(header)}"
        )
        loading.report("unknown-column", message, dataset.at[f"columns.{number}.name"], hint)
        return None
    asked = {" ".join(name.split()) for _, name in wanted} | {name for name, _ in dataset.where}
    twice = [name for name in asked if name in first and header.count(name) > 1]
    for name in twice:
        place = len(header) - 1 - header[::-1].index(name)
        hint = "rename one of them; or, if two lines name the columns together, write header: [4, 5]"
        loading.report("duplicate-key", f'the column "{name}" stands twice', table.span(-1, place), hint)
    places = first | {name: first[" ".join(name.split())] for _, name in wanted}
    return None if twice else places


def _elsewhere(name: str, table: Table) -> str:
    """What to write where a name stands below the line that was taken for that of the names, or where cells are parted
    by another mark; empty where it does not."""
    for line, row in zip(table.framed.lines, table.rows, strict=True):
        if name in row:
            return f'"{name}" stands in line {line}: write header: {line}'
    if len(table.header) == 1 and '"' in table.header[0] and any(mark in table.header[0] for mark in DELIMITERS):
        hint = "a whole line stands in each first cell, with its separators: take the file as it was sent"
        return f"{hint}, or split that column in a spreadsheet"
    marks = [mark for mark in DELIMITERS if mark != table.delimiter] if table.delimiter else []
    for text in table.source.text.splitlines()[:100]:
        for mark in marks:
            if mark in text and name in [cell.strip().strip('"') for cell in text.split(mark)]:
                shown = "tab" if mark == "\t" else f'"{mark}"'
                return f"its cells are parted by another mark: write delimiter: {shown}"
    return ""


def _in_another_encoding(loading: Loading, dataset: Dataset, name: str) -> str:
    """What to write where a name stands in the file in another encoding; empty where it does not."""
    if name.isascii() or dataset.path.lower().endswith(WORKBOOKS):
        return ""
    content = loading.files.read(dataset.path)
    for page in ("utf-8", "windows-1251", "windows-1252", "cp866", "koi8-r", "cp1254", "iso8859-2"):
        with suppress(UnicodeEncodeError):
            if name.encode(page) in content:
                return f"its letters are read in another encoding than theirs: write encoding: {page}"
    return ""


def _two_heads(name: str, header: list[str], table: Table) -> str:
    """What to write where a name is that of a column and that of the line below it; empty where it is not."""
    frame = table.framed
    if not (frame.header_lines and frame.lines and table.rows):
        return ""
    parts = re.sub(r"[|/:,–—-]", " ", name).split()
    below = {" ".join(str(cell).split()) for cell in table.rows[0]}
    for n in range(1, len(parts)):
        head, under = " ".join(parts[:n]), " ".join(parts[n:])
        if head in header and under in below:
            lines = [*frame.header_lines, frame.lines[0]]
            return f'two lines name the columns: write header: {lines}, and the name "{head} {under}"'
    return ""


@dataclass(slots=True)
class _Told:
    """Reads a dataset's columns, and tells what is wrong in them or was guessed: once a column, not once a cell."""

    loading: Loading
    dataset: Dataset
    table: Table
    shape: ShapedRows
    spelling: Spelling
    missing: list[tuple[str, int, int]] = field(default_factory=list)
    """(what was taken for missing, row, column)."""
    notes: list[tuple[str, int, int]] = field(default_factory=list)
    """(a mark beside a value, row, column)."""

    def column(self, number: int, cells: Sequence[str], columns: Sequence[Sequence[str]]) -> ReadColumn:
        dataset, column = self.dataset, self.dataset.columns[number]
        others = (
            cell for n, other in enumerate(columns)
            if n != number and dataset.columns[n].type == "number" for cell in other
        )  # fmt: skip
        read = read_column(column.type, column.unit, cells, self.spelling, others)
        if column.type == "text":
            self._long(number, cells)
        if not read.plain:
            self._tell_odd(read, number, cells)
        return read

    def _tell_odd(self, read: ReadColumn, number: int, cells: Sequence[str]) -> None:
        for code in dict.fromkeys(fault.code for fault in read.faults):
            self._wrong(number, cells, [fault for fault in read.faults if fault.code == code])
        for row, what, key in read.told:
            self._guess(what, row, number, f"write {key}" if key else None)
        self.missing += [(text, row, number) for text, rows in read.missing.items() for row in rows]
        self.notes += [(mark, row, number) for row, mark in read.notes.items()]

    def tell(self) -> None:
        """What was guessed of all columns together."""
        if self.missing:
            texts = [*dict.fromkeys(text for text, _, _ in self.missing)]
            shown = ", ".join(f'"{text}"' for text in texts)
            message = f"{shown} {'was' if len(texts) == 1 else 'were'} taken for missing: {self._where(self.missing)}"
            listed = ", ".join(f"'{text}'" for text in texts)
            self._guess(message, *self.missing[0][1:], f"write missing: [{listed}]")
        if self.notes:
            shown = ", ".join(dict.fromkeys(mark for mark, _, _ in self.notes))
            message = f"marks beside values were kept as notes of their cells: {shown} in {self._where(self.notes)}"
            hint = "say in the note of the chart or table what they mean"
            self._guess(message, *self.notes[0][1:], hint)
        self._tell_headings()
        self._tell_nameless()

    def _tell_nameless(self) -> None:
        """Rows without the name that others have in the first column, as below a name that stands for several."""
        table, dataset = self.table, self.dataset
        described = [n for n, column in enumerate(dataset.columns) if column.name == (*table.header, "")[0]]
        if not described or table.records or dataset.columns[described[0]].type != "text":
            return
        empty = {at: row for row, at in reversed([*enumerate(self.shape.taken)]) if not table.rows[at][0]}
        if not empty or len(empty) == len({*self.shape.taken}):
            return
        found = sorted(empty)
        message = f"no name stands in {_listed([self.table.called(at, 0) for at in found])}"
        hint = "if the name above stands for these rows too, write it into each of them"
        self._guess(message, empty[found[0]], described[0], hint)

    def tell_repeated(self) -> None:
        """Rows that are the same as one above in every cell of the file, also of columns that are left out."""
        table = self.table
        first: dict[tuple[str, ...], int] = {}
        again: list[int] = []
        twins: list[int] = []
        rows = {at: row for row, at in reversed([*enumerate(self.shape.taken)])}
        for at in sorted(rows):
            if any(table.rows[at][1:]) and first.setdefault(table.rows[at], at) != at:
                again.append(at)
                twins.append(first[table.rows[at]])
        if not again:
            return
        message = (
            f"the row in {table.called(again[0], 0)} is the same as that in {table.called(twins[0], 0)}, cell by cell"
        )
        if len(again) > 1:
            message += f"; so are others as one above: {_listed([table.called(at, 0) for at in again[1:]])}"
        hint = "if it was entered twice, delete one; if there were two such cases, leave both"
        self._guess(f"{message}, and the group counts both", rows[again[0]], 0, hint)

    def _tell_headings(self) -> None:
        """Rows that hold a name and nothing beside it, as `of these:` does above others; they are kept."""
        table = self.table
        alone = {
            at: row for row, at in reversed([*enumerate(self.shape.taken)])
            if len(table.header) > 2 and not table.records and table.rows[at][0] and not any(table.rows[at][1:])
        }  # fmt: skip
        if not alone or len(alone) == len({*self.shape.taken}):
            return
        found = sorted(alone)
        words = [*dict.fromkeys(table.rows[at][0] for at in found)]
        places = _listed([self.table.called(at, 0) for at in found])
        kept = "the row was kept" if len(found) == 1 else "the rows were kept"
        message = f'a name stands in {places} ("{_short(words[0])}") and nothing beside it: {kept}'
        limits = [f'"!= {word}"' for word in words[:4]] + ["…"] * (len(words) > 4)
        hint = f'if it heads the rows below, leave it out: where: {{"{table.header[0]}": [{", ".join(limits)}]}}'
        self._guess(message, alone[found[0]], 0, hint)

    def _where(self, cells: list[tuple[str, int, int]]) -> str:
        return _listed([self._called(row, column) for _, row, column in cells])

    def _wrong(self, number: int, cells: Sequence[str], faults: list[CellFault]) -> None:
        first, *others = faults
        message = first.message
        if others:
            more = [f'{self._called(fault.row, number)} ("{_short(cells[fault.row])}")' for fault in others]
            message += f"; the same in {_listed(more, 2)}"
        hint = first.hint
        self._refuse_cell(first.code, message, first.row, number, hint)

    def _long(self, number: int, cells: Sequence[str]) -> None:
        if max(map(len, cells), default=0) <= LONGEST_CELL:
            return
        for row, cell in enumerate(cells):
            if len(cell) > LONGEST_CELL:
                message = f"this cell has {len(cell):,} characters"
                hint = f"a cell may have {LONGEST_CELL:,}; look for a quotation mark that is not closed"
                self._refuse_cell("too-large", message, row, number, hint)
                return

    def _called(self, row: int, column: int) -> str:
        at, place = self.shape.taken[row], self.shape.columns[row][column]
        return self.table.called(at if place >= 0 else -1, place if place >= 0 else NAME - place)

    def _refuse_cell(self, code: str, message: str, row: int, column: int, hint: str | None) -> None:
        if not self.table.delimiter:
            message = f"{self._called(row, column)}: {message}"
        self.loading.report(code, message, self._span(row, column), hint)

    def _guess(self, message: str, row: int, column: int, hint: str | None) -> None:
        self.loading.report("guessed", message, self._span(row, column), hint, "notice")

    def _span(self, row: int, column: int) -> Span:
        at, place = self.shape.taken[row], self.shape.columns[row][column]
        return self.table.span(at if place >= 0 else -1, place if place >= 0 else NAME - place)


def _listed(places: list[str], most: int = 3) -> str:
    shown = ", ".join(places[:most])
    return f"{shown} and {len(places) - most:,} more" if len(places) > most else shown


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:19]}…"


def _table(loading: Loading, dataset: Dataset) -> tuple[Table, str] | None:
    """The table in the dataset's file, and the file's digest; None, and the reason told, where it cannot be had."""
    path, span = dataset.path, dataset.at["file"]
    folder = path.removesuffix(dataset.file)
    if not (path.lower().endswith(DATA_ENDINGS) and is_among(path, loading.content)):
        inside = (f for f in loading.content if f.startswith(folder) and f.lower().endswith(DATA_ENDINGS))
        known = [found.removeprefix(folder) for found in inside]
        hint = did_you_mean(dataset.file.rpartition("/")[2], known) or did_you_mean(dataset.file, known)
        hint = hint or (
            f"the folder holds {', '.join(known[:8])}" if known else f"put it into {folder}, beside this file"
        )
        if not path.lower().endswith(DATA_ENDINGS) and is_among(path, loading.content):
            hint = f"a dataset's file ends in {', '.join(DATA_ENDINGS)}"
        loading.report("missing-file", f"there is no file {path}", span, hint)
        return None
    try:
        if (size := loading.files.size(path)) > MOST_BYTES:
            message = f"this file has {size // 1_000_000:,} MB, and may have {MOST_BYTES // 1_000_000}"
            hint = "keep the rows and columns that are used, in a file of their own"
            loading.report("too-large", message, Span.at(path), hint)
            return None
        content = loading.files.read(path)
    except OSError as error:
        loading.cannot_read(path, error)
        return None
    table, found = _read_file(path, content, dataset, _frame(dataset))
    loading.found += found
    # Of a table that is not where it is said to be, more need not be told.
    if table is None or any(each.severity == "error" and each.code != "csv-row" for each in found):
        return None
    return table, sha256(content).hexdigest()


def _read_file(path: str, content: bytes, dataset: Dataset, frame: TableFrame) -> tuple[Table | None, list[Diagnostic]]:
    ending = path.lower().rpartition(".")[2]
    if f".{ending}" in WORKBOOKS:
        return read_workbook(path, content, dataset.sheet, frame)
    if ending == "json":
        return read_records(path, content)
    delimiter = dataset.delimiter or ("\t" if ending == "tsv" else "")
    return read_table(path, content, Dialect(delimiter, dataset.encoding, lenient=True), frame)


def _frame(dataset: Dataset) -> TableFrame:
    if not (dataset.range or dataset.header or dataset.skip is not None or dataset.footer is not None):
        return UNTOLD
    area = AREA.fullmatch(dataset.range)
    corners = (
        (int(area[2]), number_of(area[1]), int(area[4]), number_of(area[3])) if area else None
    )  # fmt: skip
    return TableFrame(dataset.skip, dataset.header, dataset.footer, corners, guess=True)


def joined_dataset(
    loading: Loading,
    datasets: dict[str, Dataset],
    described: dict[str, Dataset],
    units: UnitTable,
    id: str,
    finished: Callable[[str], Dataset | None],
    begun: list[str],
) -> Dataset | None:
    """A dataset of `datasets`, which are `described` so, with the columns of the one that it joins; None where that
    cannot be. `finished` gives the other one, and `begun` are those that wait for this one."""
    dataset = datasets[id]
    join = dataset.join
    assert join is not None
    where = dataset.at["join.dataset"]
    if not loading.refer("dataset", join.dataset, datasets, where):
        return None
    if join.dataset in begun:
        ring = " -> ".join((*begun[begun.index(join.dataset) :], join.dataset))
        loading.report("wrong-value", f"these datasets join each other in a circle: {ring}", where, "leave one out")
        return None
    if datasets[join.dataset].query is not None:
        message, hint = f'"{join.dataset}" is a query over the facts', "join a dataset that has a file"
        loading.report("wrong-kind", message, where, hint)
        return None
    other = finished(join.dataset)
    if other is None:
        return None
    try:
        done = joined(dataset, join, other)
        if done.unused:
            hint = f'leave them out by where: in "{other.id}", if that is meant'
            message = f'{done.unused} nothing to be joined to in "{id}"'
            loading.report("join-unmatched", message, dataset.at["join"], hint, "notice")
        whole = replace(done.dataset, columns=(*described[id].columns, *done.dataset.columns[len(dataset.columns) :]))
        without_counts(whole)
        return _finished(loading, done.dataset, whole, units)
    except ShapeError as error:
        loading.report(error.code, error.message, dataset.at[error.key], error.hint)
        return None
