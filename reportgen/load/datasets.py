"""The files of content/data in; datasets by id out, a described CSV file's cells typed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, replace

from reportgen.diagnostics import Span
from reportgen.language.units import UnitError, UnitTable
from reportgen.load.fields import an_id, day_first, word_of
from reportgen.load.items import ItemFields, Loading, items, load_items
from reportgen.load.schema import keys_of
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

_DATASET = keys_of(
    Dataset,
    without=("rows", "typed"),
    id=an_id,
    columns=keys_of(Column, type=word_of("text", "number", "date", "year")),
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

    def dataset(entry: ItemFields[Dataset]) -> Dataset | None:
        _refer(loading, entry.fields, rows)
        usable = not entry.failed and _one_origin(loading, entry.fields)
        return _with_rows(loading, entry.fields) if usable else None

    described = [path for path in paths if not path.endswith(".csv")]
    return load_items(loading, "dataset", _DATASET, items(loading, "dataset", *described), dataset)


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
            rows.units.parse(column.unit)
        except UnitError as error:
            loading.missed += 1
            loading.report("bad-unit", error.message, at[f"columns.{number}.unit"], error.hint)


def _one_origin(loading: Loading, dataset: Dataset) -> bool:
    """Whether the dataset is either a query that asks for something or a file with its source and columns."""
    query, at, code, hint = dataset.query, dataset.at, "missing-key", None
    given = next((key for key in ("file", "columns", "source") if getattr(dataset, key)), "")
    lacking = next((key for key in ("source", "columns") if not getattr(dataset, key)), "")
    if query is None and not dataset.file:
        message, key = f'the dataset "{dataset.id}" has neither a query nor a file', "id"
        hint = "query: {measure: …}, or file: NAME.csv with source and columns"
    elif query is None and lacking:
        message, key = f'a dataset from a file needs the key "{lacking}"', "file"
    elif query is None:
        return True
    elif given:
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
    cells, typed = _cells(loading, dataset)
    if any(found.severity == "error" for found in loading.found[before:]):
        return None
    return replace(dataset, rows=cells, typed=typed)


def _cells(loading: Loading, dataset: Dataset) -> tuple[tuple[tuple[Cell, ...], ...], tuple[tuple[str, ...], ...]]:
    """A CSV file's cells in the order of the described columns, typed and as spelled."""
    at = dataset.at
    table = _table(loading, at.whole.file.rpartition("/")[0] + "/", dataset.file, at["file"])
    if table is None:
        return (), ()
    header = [str(cell) for cell in table.header]
    places: list[int] = []
    for number, column in enumerate(dataset.columns):
        if column.name in header:
            places.append(header.index(column.name))
        else:
            message = f'{dataset.file} has no column "{column.name}"'
            hint = did_you_mean(column.name, header) or f"its columns are {', '.join(header)}"
            loading.report("unknown-column", message, at[f"columns.{number}.name"], hint)
    if len(places) < len(dataset.columns) or not table.rows:
        return (), ()
    by_column = list(zip(*table.rows, strict=True))
    kinds = [column.type for column in dataset.columns]
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
    if _is_among(path, loading.content) and not name.endswith(".csv"):
        hint = "save it as CSV (in Excel: Save as, CSV UTF-8), and name that file here"
        loading.report("wrong-ending", f"a dataset is read from a CSV file, and {path} is none", span, hint)
        return None
    if not _is_among(path, loading.content):
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
