"""The files of content/data in; datasets by id out, a described CSV file's cells typed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import PlainValidator

from reportgen.diagnostics import Places, Span
from reportgen.language.units import UnitError, UnitTable
from reportgen.load.fields import NO_WORDS, Date, Id, LineField, LinesField, Words, day_first, word_of
from reportgen.load.items import Keys, Loading, entries, items, keep
from reportgen.load.suggest import did_you_mean
from reportgen.load.table import Table, read_table, spelled_out
from reportgen.load.values import number_hint
from reportgen.load.yaml import Scalar
from reportgen.model.dataset import Cell, Column, Dataset, Query
from reportgen.model.edtf import parse_edtf
from reportgen.model.fact import Fact
from reportgen.model.measure import Measure
from reportgen.model.quantity import is_number, parse_number
from reportgen.model.source import Source


class _QueryFields(Keys):
    facts: LinesField = ()
    measure: LinesField = ()
    place: LinesField = ()
    as_of: Date | None = None


class _ColumnFields(Keys):
    name: LineField
    type: Annotated[str, PlainValidator(word_of("text", "number", "date", "year"))] = "text"
    unit: LineField = ""
    title: Words = NO_WORDS


class _DatasetFields(Keys):
    id: Id
    title: Words = NO_WORDS
    query: _QueryFields | None = None
    file: LineField = ""
    source: LineField = ""
    columns: list[_ColumnFields] = []  # noqa: RUF012 - pydantic copies it


@dataclass(frozen=True, slots=True)
class RowContext:
    """What datasets refer to."""

    facts: AnyMapping[str, Fact]
    measures: AnyMapping[str, Measure]
    sources: AnyMapping[str, Source]
    units: UnitTable


def load_datasets(loading: Loading, paths: tuple[str, ...], rows: RowContext) -> dict[str, Dataset]:
    """The datasets, by id, in the order of the files."""
    loaded: dict[str, Dataset] = {}
    described = (item for path in paths if not path.endswith(".csv") for item in items(loading, "dataset", path))
    for entry in entries(loading, "dataset", _DatasetFields, described):
        _refer(loading, entry.fields, rows, entry.at)
        usable = not entry.failed and _one_origin(loading, entry.fields, entry.at)
        keep(loading, "dataset", loaded, entry, _dataset(loading, entry.fields, entry.at) if usable else None)
    return loaded


def _refer(loading: Loading, fields: _DatasetFields, rows: RowContext, at: Places) -> None:
    query = fields.query or _QueryFields()
    for key, kind, names, known in (
        ("measure", "measure", query.measure, rows.measures),
        ("facts", "fact", query.facts, rows.facts),
    ):
        for number, name in enumerate(names):
            whole = f"query.{key}"
            loading.refer(kind, name, known, at.keys.get(f"{whole}.{number}", at[whole]))
    if fields.source:
        loading.refer("source", fields.source, rows.sources, at["source"])
    for number, column in enumerate(fields.columns):
        try:
            rows.units.parse(column.unit)
        except UnitError as error:
            loading.report("bad-unit", error.message, at[f"columns.{number}.unit"], error.hint)


def _one_origin(loading: Loading, fields: _DatasetFields, at: Places) -> bool:
    """A dataset is a query or a described file."""
    if fields.query is not None:
        for key in ("file", "columns", "source"):
            if getattr(fields, key):
                message = f'a dataset with a query has no "{key}"'
                loading.report("query-and-file", message, at[key], f"remove {key}, or the query")
                return False
        if fields.query.facts and (fields.query.measure or fields.query.place or fields.query.as_of):
            message = "a query that names its facts asks for nothing else"
            loading.report("query-and-file", message, at["query"], "remove facts, or the rest of the query")
            return False
        if not (fields.query.facts or fields.query.measure or fields.query.place or fields.query.as_of):
            loading.report("missing-key", "the query asks for nothing", at["query"], "query: {measure: …}")
            return False
        return True
    if not fields.file:
        hint = "query: {measure: …}, or file: NAME.csv with source and columns"
        loading.report("missing-key", f'the dataset "{fields.id}" has neither a query nor a file', at["id"], hint)
        return False
    for key in ("source", "columns"):
        if not getattr(fields, key):
            loading.report("missing-key", f'a dataset from a file needs the key "{key}"', at["file"])
            return False
    return True


def _dataset(loading: Loading, fields: _DatasetFields, at: Places) -> Dataset | None:
    query = fields.query
    columns = tuple(Column(c.name, c.type, c.unit, c.title) for c in fields.columns)
    cells: tuple[tuple[Cell, ...], ...] = ()
    typed: tuple[tuple[str, ...], ...] = ()
    if query is None:
        before = len(loading.found)
        cells, typed = _cells(loading, fields, at)
        if any(found.severity == "error" for found in loading.found[before:]):
            return None
    return Dataset(
        id=fields.id,
        title=fields.title,
        query=None if query is None else Query(query.facts, query.measure, query.place, query.as_of),
        file=fields.file,
        source=fields.source,
        columns=columns,
        rows=cells,
        typed=typed,
        at=at,
    )


def _cells(
    loading: Loading, fields: _DatasetFields, at: Places
) -> tuple[tuple[tuple[Cell, ...], ...], tuple[tuple[str, ...], ...]]:
    """A CSV file's cells in the order of the described columns, typed and as spelled."""
    table = _table(loading, at.whole.file.rpartition("/")[0] + "/", fields.file, at["file"])
    if table is None:
        return (), ()
    header = [str(cell) for cell in table.header]
    places: list[int] = []
    for number, column in enumerate(fields.columns):
        if column.name in header:
            places.append(header.index(column.name))
        else:
            message = f'{fields.file} has no column "{column.name}"'
            hint = did_you_mean(column.name, header) or f"its columns are {', '.join(header)}"
            loading.report("unknown-column", message, at[f"columns.{number}.name"], hint)
    if len(places) < len(fields.columns) or not table.rows:
        return (), ()
    by_column = list(zip(*table.rows, strict=True))
    kinds = [column.type for column in fields.columns]
    typed = [_spelled(by_column[place], kind, table) for kind, place in zip(kinds, places, strict=True)]
    cells = [_column(loading, table, *column) for column in zip(kinds, places, typed, strict=True)]
    return tuple(zip(*cells, strict=True)), tuple(zip(*typed, strict=True))


def _spelled(cells: tuple[str, ...], kind: str, table: Table) -> tuple[str, ...]:
    return tuple(map(spelled_out if kind == "number" and table.decimal_commas else str, cells))


def _column(loading: Loading, table: Table, kind: str, place: int, texts: tuple[str, ...]) -> tuple[Cell, ...]:
    """A column's cells; a place is looked for only where one is wrong."""
    if kind == "text":
        return texts
    found: list[Cell] = []
    for row, text in enumerate(texts, 1):
        try:
            found.append(_value(kind, text) if text else None)
        except ValueError as error:
            cell = table.placed[row][place]
            message, code, hint = _wrong(kind, cell, text, error)
            loading.report(code, message, table.source.span(cell.start, cell.end), hint)
            found.append(None)
    return tuple(found)


def _value(kind: str, text: str) -> Cell:
    if kind == "number":
        return parse_number(text)
    if kind == "year" and not re.fullmatch(r"\d{4}", text):
        raise ValueError(f'"{text}" is not a year; write it like 2021')
    return parse_edtf(text)


def _wrong(kind: str, cell: Scalar, text: str, error: ValueError) -> tuple[str, str, str | None]:
    """Message, code and hint."""
    if kind == "number":
        message = str(error) if is_number(text) else f'"{cell}" is not a number'
        return message, "bad-number", number_hint(cell)
    message, _, example = str(error).partition("; ")
    return message, "bad-date", (kind == "date" and day_first(text)) or example or None


def _table(loading: Loading, folder: str, name: str, span: Span) -> Table | None:
    path = folder + name
    if not (name.endswith(".csv") and _is_among(path, loading.content)):
        inside = (found for found in loading.content if found.startswith(folder) and found.endswith(".csv"))
        known = [found.removeprefix(folder) for found in inside]
        loading.report("missing-file", f"there is no file {path}", span, did_you_mean(name, known))
        return None
    try:
        content = loading.files.read(path)
    except OSError as error:
        loading.cannot_read(path, error)
        return None
    table, found = read_table(path, content)
    loading.found += found
    return table


def _is_among(path: str, listed: tuple[str, ...]) -> bool:
    """Whether it is one of a sorted list: a project may have a thousand tables."""
    at = bisect_left(listed, path)
    return listed[at : at + 1] == (path,)
