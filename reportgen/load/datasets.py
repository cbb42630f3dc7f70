"""The files of content/data in; datasets by id out, the cells of a described file typed."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections.abc import Callable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Any

from reportgen.language.units import UnitError, UnitTable
from reportgen.late_patterns import regex
from reportgen.load.changes import CHANGES, check_changes
from reportgen.load.fields import READERS, WrongKeyError, a_line, a_or_an, an_id, whole_from, word_of
from reportgen.load.items import ItemFields, Loading, load_files
from reportgen.load.schema import keys_of
from reportgen.load.yaml import Mapping, Scalar
from reportgen.load.yaml import Sequence as Sequence_
from reportgen.model.dataset import NEGATIVE, Column, Condition, Dataset, FileReading, Group, Join, Query
from reportgen.model.fact import Fact
from reportgen.model.measure import Measure
from reportgen.model.source import Source

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
DATA_ENDINGS = (".csv", ".tsv", ".txt", ".json", *WORKBOOKS)
"""What the names of datasets' files end in."""
AREA = regex(r"([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})([1-9]\d{0,6})")
"""Two corners of a table in a workbook."""
_OWN = ("file", "columns", "source", *(part.name for part in fields(FileReading)))
"""The keys of a dataset that has a file."""


def number_of(letters: str) -> int:
    """A column's number from its letters: 27 of `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


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
    found = AREA.fullmatch(text)
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
    for name, wanted in value.items():
        if isinstance(wanted, Sequence_) and not wanted:
            message = f'%KEY% names no value of "{name}", so that it asks for no row'
            hint = "name the values that are wanted, or leave the column out of where"
            raise WrongKeyError(message, hint, "wrong-value")
    return tuple((name, READERS[tuple[str, ...]](wanted)) for name, wanted in value.items())


def _some_columns(value: Any) -> tuple[str, ...]:
    names: tuple[str, ...] = READERS[tuple[str, ...]](value)
    if not names:
        hint = "for example by: [year]; a column that is the same in all rows makes one group of them"
        raise WrongKeyError("%KEY% must name the columns whose cells tell the groups apart", hint, "wrong-value")
    return names


def _some_asked(value: Any) -> tuple[str, ...]:
    names: tuple[str, ...] = READERS[tuple[str, ...]](value)
    if not names:
        raise WrongKeyError(
            "%KEY% names none, so that it asks for no fact", "name some, or leave it out", "wrong-value"
        )
    return names


_MADE = (
    "rows", "typed", "numbers", "lines", "in_columns", "spelled", "finest", "notes", "spellings", "sha256",
    "read_sheet", "header_line", "above", "parts", "held",
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
    group=keys_of(Group, by=_some_columns),
    query=keys_of(Query, facts=_some_asked, measure=_some_asked, place=_some_asked),
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
        if not usable or entry.fields.query is not None:
            return entry.fields if usable else None
        from reportgen.load.dataset_rows import with_rows  # with all readers of tables, not wanted for known datasets

        return with_rows(loading, entry.fields, rows)

    described = [path for path in paths if path.endswith((".yaml", ".yml"))]
    read = load_files(
        loading,
        "dataset",
        _DATASET,
        described,
        dataset,
        lambda: (tuple((id, source.language) for id, source in rows.sources.items()), rows.units.described),
        lambda made: _holds(loading, made),
    )
    return _with_joined(loading, read, as_described, rows.units)


def _holds(loading: Loading, dataset: Dataset) -> bool:
    """Whether the dataset's file is still the one that was read. What hangs on facts or other datasets is read anew."""
    path = dataset.path
    if dataset.query is not None or dataset.join is not None or not is_among(path, loading.content):
        return False
    try:
        looked = loading.kept.looked.get(path) if loading.kept else None
        return (looked or sha256(loading.files.read(path)).hexdigest()) == dataset.sha256
    except OSError:
        return False


def _with_joined(
    loading: Loading, datasets: dict[str, Dataset], described: dict[str, Dataset], units: UnitTable
) -> dict[str, Dataset]:
    """The datasets, which are `described` so: those that join others with the columns of these, and without those for
    which that cannot be."""
    made: dict[str, Dataset | None] = {id: each for id, each in datasets.items() if each.join is None}
    begun: list[str] = []

    def finished(id: str) -> Dataset | None:
        if id not in made:
            begun.append(id)
            from reportgen.load.dataset_rows import joined_dataset

            made[id] = joined_dataset(loading, datasets, described, units, id, finished, begun)
            begun.pop()
        return made[id]

    for id in datasets:
        if finished(id) is None:
            loading.broken.add(("dataset", id))
    return {id: found for id in datasets if (found := made[id]) is not None}


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


def is_among(path: str, listed: tuple[str, ...]) -> bool:
    """Whether it is one of a sorted list: a project may have a thousand tables."""
    at = bisect_left(listed, path)
    return listed[at : at + 1] == (path,)
