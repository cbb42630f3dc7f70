"""The files of content/data in; datasets by id out, the cells of a described file typed."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from collections.abc import Mapping as AnyMapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from typing import Any

from reportgen.diagnostics import Diagnostic, Span
from reportgen.language.units import UnitError, UnitTable
from reportgen.load.cells import NEGATIVE, CellFault, ReadColumn, Spelling, read_column
from reportgen.load.changes import CHANGES, check_changes
from reportgen.load.fields import READERS, WrongKeyError, a_line, a_or_an, an_id, whole_from, word_of
from reportgen.load.framing import UNTOLD, TableFrame
from reportgen.load.grouping import grouped, totals, without_counts
from reportgen.load.items import ItemFields, Loading, load_files
from reportgen.load.joining import joined
from reportgen.load.records import read_records
from reportgen.load.schema import keys_of
from reportgen.load.shaping import NAME, ShapedRows, ShapeError, in_order, shaped
from reportgen.load.suggest import did_you_mean
from reportgen.load.table import DELIMITERS, Dialect, Table, read_table
from reportgen.load.workbooks import ENDINGS as WORKBOOKS
from reportgen.load.workbooks import number_of, read_workbook, shortened
from reportgen.load.yaml import Mapping, Scalar
from reportgen.load.yaml import Sequence as Sequence_
from reportgen.model.dataset import Column, Condition, Dataset, FileReading, Join, Query
from reportgen.model.fact import Fact
from reportgen.model.measure import Measure
from reportgen.model.source import Source

DATA_ENDINGS = (".csv", ".tsv", ".txt", ".json", *WORKBOOKS)
"""What the names of datasets' files end in."""
MOST_BYTES = 20_000_000
MOST_KEPT = 500_000
"""Cells of a dataset, of those that its file has."""
LONGEST_CELL = 32_767
"""Characters; more do not go into a cell of Excel either."""
_RANGE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})([1-9]\d{0,6})")
_OWN = ("file", "columns", "source", *(part.name for part in fields(FileReading)))
"""The keys of a dataset that has a file."""


def _count(value: Any) -> int:
    if isinstance(value, Scalar) and re.fullmatch(r"\d{1,7}", value):
        return int(value)
    shown = f'"{value}"' if isinstance(value, Scalar) else a_or_an(value)
    raise WrongKeyError(f"%KEY% must be a whole number, and is {shown}", "for example 4")


def _line_numbers(value: Any) -> tuple[int, ...]:
    if isinstance(value, Scalar) and re.fullmatch(r"\d+(?:[ ,;–-]+\d+)+", value):
        hint = f"write header: [{', '.join(re.findall(r'[0-9]+', value))}]"
        raise WrongKeyError(f'%KEY% is a line or a list of lines, and is "{value}"', hint)
    lines = tuple(_count(part) for part in value) if isinstance(value, Sequence_) else (_count(value),)
    if not lines or (0 in lines and len(lines) > 1) or sorted(set(lines)) != list(lines):
        hint = "for example header: 5, header: [5, 6], or header: 0 where no line names the columns"
        raise WrongKeyError("%KEY% must be the lines that name the columns, from the first", hint)
    return lines


def _area(value: Any) -> str:
    text = a_line(value).upper().replace("$", "")
    found = _RANGE.fullmatch(text)
    if not found or number_of(found[1]) > number_of(found[3]) or int(found[2]) > int(found[4]):
        raise WrongKeyError("%KEY% must name two corners of the table, its header inside", "for example A5:F20")
    return text


def _an_encoding(value: Any) -> str:
    text = a_line(value)
    try:
        if not codecs.lookup(text)._is_text_encoding:
            raise LookupError
    except LookupError:
        hint = "for example utf-8, windows-1251, windows-1252, cp866 or utf-16"
        raise WrongKeyError(f'no encoding is called "{text}"', hint, "wrong-value") from None
    return text


def _a_delimiter(value: Any) -> str:
    text = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "space": " "}.get(a_line(value), a_line(value))
    if not 1 <= len(text) <= 3 or '"' in text or "\n" in text or "\r" in text:
        raise WrongKeyError("%KEY% must be the mark between cells", 'for example ";" or tab')
    return text


def _some_of(*words: str) -> Callable[[Any], tuple[str, ...]]:
    choose = word_of(*words)
    return lambda value: tuple(map(choose, value)) if isinstance(value, Sequence_) else (choose(value),)


def _a_key(value: Any) -> tuple[tuple[str, str], ...]:
    """Columns of a key: a name, names, or `{Country: country}` where the other dataset calls it otherwise."""
    if isinstance(value, Mapping) and value and all(isinstance(other, Scalar) for other in value.values()):
        return tuple((name, str(other)) for name, other in value.items())
    if isinstance(value, Mapping) or not (names := READERS[tuple[str, ...]](value)):
        raise WrongKeyError("%KEY% must name the columns of the key", "for example on: [Country, year]")
    return tuple((name, name) for name in names)


def _conditions(value: Any) -> tuple[Condition, ...]:
    if not isinstance(value, Mapping):
        hint = "for example where: {Country: [Kenya, Ghana], year: '>= 2015'}"
        raise WrongKeyError(f"%KEY% must hold columns and values, and is {a_or_an(value)}", hint)
    return tuple((name, READERS[tuple[str, ...]](wanted)) for name, wanted in value.items())


_MADE = (
    "rows", "typed", "numbers", "lines", "in_columns", "spelled", "notes", "spellings", "sha256", "read_sheet",
    "header_line", "parts", "held",
)  # fmt: skip
"""What is not written but read."""
_DATASET = keys_of(
    Dataset,
    without=_MADE,
    id=an_id,
    columns=keys_of(
        Column, type=word_of("text", "number", "date", "year"), digits=whole_from(1), decimals=whole_from(0)
    ),
    range=_area,
    header=_line_numbers,
    skip=_count,
    footer=_count,
    decimal=word_of(".", ","),
    thousands=word_of(",", ".", " ", "'"),
    dates=word_of("dmy", "mdy", "ymd"),
    negative=_some_of(*NEGATIVE),
    encoding=_an_encoding,
    delimiter=_a_delimiter,
    where=_conditions,
    join=keys_of(Join, on=_a_key, unmatched=word_of("keep", "drop")),
    top=_count,
    changes=CHANGES,
)


@dataclass(frozen=True, slots=True)
class RowContext:
    """What datasets refer to."""

    facts: AnyMapping[str, Fact]
    measures: AnyMapping[str, Measure]
    sources: AnyMapping[str, Source]
    units: UnitTable


def load_datasets(loading: Loading, paths: tuple[str, ...], rows: RowContext) -> dict[str, Dataset]:
    """The datasets, by id, in the order of the files."""

    as_described: dict[str, Dataset] = {}

    def dataset(entry: ItemFields[Dataset]) -> Dataset | None:
        _refer(loading, entry.fields, rows)
        as_described[entry.fields.id] = entry.fields
        check_changes(loading, entry.fields.changes, entry.at, of_brief=False)
        usable = not entry.failed and _one_origin(loading, entry.fields)
        return _with_rows(loading, entry.fields) if usable else None

    described = [path for path in paths if path.endswith((".yaml", ".yml"))]
    read = load_files(
        loading,
        "dataset",
        _DATASET,
        described,
        dataset,
        lambda: (tuple(rows.sources), rows.units.described),
        lambda made: _holds(loading, made),
    )
    return _with_joined(loading, read, as_described)


def _holds(loading: Loading, dataset: Dataset) -> bool:
    """Whether the dataset's file is still the one that was read. What hangs on facts or other datasets is read anew."""
    if dataset.query is not None or dataset.join is not None or not _is_among(dataset.path, loading.content):
        return False
    try:
        looked = loading.kept.looked.get(dataset.path) if loading.kept else None
        return (looked or sha256(loading.files.read(dataset.path)).hexdigest()) == dataset.sha256
    except OSError:
        return False


def _with_joined(loading: Loading, datasets: dict[str, Dataset], described: dict[str, Dataset]) -> dict[str, Dataset]:
    """The datasets, which are `described` so: those that join others with the columns of these, and without those for
    which that cannot be."""
    made: dict[str, Dataset | None] = {id: each for id, each in datasets.items() if each.join is None}
    begun: list[str] = []

    def finished(id: str) -> Dataset | None:
        if id not in made:
            begun.append(id)
            made[id] = _joined(loading, datasets, described, id, finished, begun)
            begun.pop()
        return made[id]

    for id in datasets:
        if finished(id) is None:
            loading.broken.add(("dataset", id))
    return {id: found for id in datasets if (found := made[id]) is not None}


def _joined(
    loading: Loading,
    datasets: dict[str, Dataset],
    described: dict[str, Dataset],
    id: str,
    finished: Callable[[str], Dataset | None],
    begun: list[str],
) -> Dataset | None:
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
        return _finished(loading, done.dataset, whole)
    except ShapeError as error:
        loading.report(error.code, error.message, dataset.at[error.key], error.hint)
        return None


def _refer(loading: Loading, dataset: Dataset, rows: RowContext) -> None:
    query, at = dataset.query or Query(), dataset.at
    for key, names, known in (("measure", query.measure, rows.measures), ("fact", query.facts, rows.facts)):
        whole = "query.facts" if key == "fact" else "query.measure"
        for number, name in enumerate(names):
            loading.refer(key, name, known, at.keys.get(f"{whole}.{number}", at[whole]))
    if dataset.source:
        loading.refer("source", dataset.source, rows.sources, at["source"])
    for number, column in enumerate(dataset.columns):
        try:
            if column.unit and column.unit not in rows.units.symbols:
                rows.units.with_nouns(column.unit).parse(column.unit)
        except UnitError as error:
            loading.missed += 1
            loading.report("bad-unit", error.message, at[f"columns.{number}.unit"], error.hint)


def _one_origin(loading: Loading, dataset: Dataset) -> bool:
    """Whether the dataset is either a query that asks for something or a file with its source and columns."""
    query, at, code, hint = dataset.query, dataset.at, "missing-key", None
    lacking = next((key for key in ("source", "columns") if not getattr(dataset, key)), "")
    if query is None and not dataset.file:
        message, key = f'the dataset "{dataset.id}" has neither a query nor a file', "id"
        hint = "query: {measure: …}, or file: NAME.csv with source and columns"
    elif query is None and lacking:
        message, key = f'a dataset from a file needs the key "{lacking}"', "file"
    elif query is None:
        return True
    elif given := next((key for key in _OWN if getattr(dataset, key) not in ("", (), None)), ""):
        message, key, code = f'a dataset with a query has no "{given}"', given, "query-and-file"
        hint = f"remove {given}, or the query"
    elif query.facts and (query.measure or query.place or query.as_of):
        message, key, code = "a query that names its facts asks for nothing else", "query", "query-and-file"
        hint = "remove facts, or the rest of the query"
    elif query == Query():
        message, key, hint = "the query asks for nothing", "query", "query: {measure: …}"
    else:
        return True
    loading.report(code, message, at[key], hint)
    return False


def _with_rows(loading: Loading, dataset: Dataset) -> Dataset | None:
    if dataset.query is not None:
        return dataset
    before = len(loading.found)
    found = _table(loading, dataset)
    read = _read(loading, dataset, *found) if found is not None else None
    if read is None or any(each.severity == "error" for each in loading.found[before:]):
        return None
    return read


def _read(loading: Loading, dataset: Dataset, table: Table, digest: str) -> Dataset | None:
    """The dataset with the rows of its table, typed and as spelled; grouped and ordered as it says, unless it joins
    another, which is to be done first."""
    try:
        own = without_counts(dataset) if dataset.join is None else _without_count(dataset)
        listed = _listed_rows(loading, own, table, digest)
        if listed is None or dataset.join is not None:
            return listed
        return _finished(loading, listed, dataset)
    except ShapeError as error:
        loading.report(error.code, error.message, dataset.at[error.key], error.hint)
        return None


def _without_count(dataset: Dataset) -> Dataset:
    count = dataset.group.count if dataset.group else ""
    return replace(dataset, columns=tuple(column for column in dataset.columns if column.name != count))


def _finished(loading: Loading, listed: Dataset, whole: Dataset) -> Dataset:
    """The listed rows, grouped and ordered as the dataset says, whose columns `whole` has. Raises ShapeError."""
    if listed.group is not None:
        listed = _grouped(loading, listed, whole)
    return _ordered(listed) if listed.sort or listed.top is not None else listed


def _listed_rows(loading: Loading, dataset: Dataset, table: Table, digest: str) -> Dataset | None:
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
    )


def _grouped(loading: Loading, listed: Dataset, dataset: Dataset) -> Dataset:
    made = grouped(listed, dataset)
    for _, column, _ in made.lacking[:1]:
        groups = len({row for row, _, _ in made.lacking})
        names = dict.fromkeys(f'"{dataset.columns[place].name}"' for _, place, _ in made.lacking)
        where = listed.place(made.lacking[0][2], [c.name for c in listed.columns].index(dataset.columns[column].name))
        of = f"{groups} of {len(made.dataset.rows)} groups"
        message = f"{', '.join(names)} of {of} is missing, since a part of it is: {where}"
        hint = "leave such rows out by where, if what remains is still what the title says"
        loading.report("guessed", message, dataset.at["group"], hint, "notice")
    group = dataset.group
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
    if not (path.lower().endswith(DATA_ENDINGS) and _is_among(path, loading.content)):
        inside = (f for f in loading.content if f.startswith(folder) and f.lower().endswith(DATA_ENDINGS))
        known = [found.removeprefix(folder) for found in inside]
        hint = did_you_mean(dataset.file.rpartition("/")[2], known) or did_you_mean(dataset.file, known)
        hint = hint or (
            f"the folder holds {', '.join(known[:8])}" if known else f"put it into {folder}, beside this file"
        )
        if not path.lower().endswith(DATA_ENDINGS) and _is_among(path, loading.content):
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
    area = _RANGE.fullmatch(dataset.range)
    corners = (
        (int(area[2]), number_of(area[1]), int(area[4]), number_of(area[3])) if area else None
    )  # fmt: skip
    return TableFrame(dataset.skip, dataset.header, dataset.footer, corners, guess=True)


def _is_among(path: str, listed: tuple[str, ...]) -> bool:
    """Whether it is one of a sorted list: a project may have a thousand tables."""
    at = bisect_left(listed, path)
    return listed[at : at + 1] == (path,)
