"""The files of content/charts in; chart specifications by id out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as AnyMapping
from typing import Annotated, Any

from pydantic import PlainValidator

from reportgen.diagnostics import Places
from reportgen.load.fields import (
    NO_WORDS,
    Date,
    Flag,
    Id,
    LineField,
    LinesField,
    Names,
    Words,
    one_of,
    problem,
    word_of,
    words,
)
from reportgen.load.items import Keys, Loading, entries, items, keep
from reportgen.load.yaml import Mapping, Scalar, Sequence, YamlNode
from reportgen.model.chart import Annotation, Chart, ChartKind, ReferenceLine, TableColumn
from reportgen.model.dataset import Dataset
from reportgen.model.fact import Fact

_JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def _figure(value: Any) -> str:
    if not isinstance(value, Mapping):
        raise problem("%KEY% must be a Plotly figure", "for example {data: [{type: bar, x: …}], layout: {}}")
    return json.dumps(_json(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _json(value: YamlNode) -> Any:
    """A figure's values as JSON: only here are plain scalars numbers and flags, as Plotly needs them."""
    if isinstance(value, Mapping):
        return {key: _json(part) for key, part in value.items()}
    if isinstance(value, Sequence):
        return [_json(part) for part in value]
    if value.plain and value in _WORDS:
        return _WORDS[value]
    return json.loads(value) if value.plain and _JSON_NUMBER.fullmatch(value) else str(value)


def _table_columns(value: Any) -> Any:
    """Names alone stand for columns without a heading of their own."""
    if not isinstance(value, Sequence):
        raise problem("%KEY% must be a list of columns", "for example [{name: value, title: Share}]")
    columns: list[TableColumn] = []
    for part in value:
        title = part.get("title") if isinstance(part, Mapping) else None
        if isinstance(part, Scalar):
            columns.append(TableColumn(str(part)))
        elif isinstance(part, Mapping) and isinstance(part.get("name"), Scalar) and set(part) <= {"name", "title"}:
            columns.append(TableColumn(str(part["name"]), NO_WORDS if title is None else words(title)))
        else:
            raise problem("a column of %KEY% has a name and a title", "for example [{name: value, title: Share}]")
    return tuple(columns)


class _ReferenceLineFields(Keys):
    fact: LineField
    label: Words = NO_WORDS


class _AnnotationFields(Keys):
    fact: LineField
    text: Words


class _ChartFields(Keys):
    id: Id
    kind: Annotated[ChartKind | None, PlainValidator(one_of(ChartKind))] = None
    data: LineField
    title: Words
    subtitle: Words = NO_WORDS
    note: Words = NO_WORDS
    alt: Words = NO_WORDS
    x: LineField = ""
    y: LineField = ""
    color: LineField = ""
    size: LineField = ""
    facet: LineField = ""
    highlight: LinesField = ()
    labels: Names = ()
    hatched: LinesField = ()
    orientation: Annotated[str, PlainValidator(word_of("h", "v"))] = ""
    stack: Annotated[str, PlainValidator(word_of("group", "stack", "share"))] = "group"
    log: Flag = False
    sort: Annotated[str, PlainValidator(word_of("value", "-value"))] = ""
    lines: list[_ReferenceLineFields] = []  # noqa: RUF012 - pydantic copies it
    annotations: list[_AnnotationFields] = []  # noqa: RUF012
    columns: Annotated[tuple[TableColumn, ...], PlainValidator(_table_columns)] = ()
    as_of: Date | None = None
    figure: Annotated[str, PlainValidator(_figure)] = ""


def load_charts(
    loading: Loading, paths: tuple[str, ...], datasets: AnyMapping[str, Dataset], facts: AnyMapping[str, Fact]
) -> dict[str, Chart]:
    """The charts, by id, in the order of the files."""
    loaded: dict[str, Chart] = {}
    for entry in entries(
        loading, "chart", _ChartFields, (item for path in paths for item in items(loading, "chart", path))
    ):
        fields, at = entry.fields, entry.at
        _refer(loading, fields, datasets, facts, at)
        drawn = fields.kind is not None or bool(fields.figure)
        if not drawn and not entry.failed & {"kind", "figure"}:
            hint = f"kind: one of {', '.join(ChartKind)}"
            loading.report("missing-key", 'the key "kind" is missing', at["id"], hint)
        keep(loading, "chart", loaded, entry, _chart(fields, at) if drawn else None)
    return loaded


def _refer(
    loading: Loading,
    fields: _ChartFields,
    datasets: AnyMapping[str, Dataset],
    facts: AnyMapping[str, Fact],
    at: Places,
) -> None:
    loading.refer("dataset", fields.data, datasets, at["data"])
    for number, name in enumerate(fields.hatched):
        loading.refer("fact", name, facts, at[f"hatched.{number}"])
    for number, line in enumerate(fields.lines):
        loading.refer("fact", line.fact, facts, at[f"lines.{number}.fact"])
    for number, annotation in enumerate(fields.annotations):
        loading.refer("fact", annotation.fact, facts, at[f"annotations.{number}.fact"])


def _chart(fields: _ChartFields, at: Places) -> Chart:
    return Chart(
        id=fields.id,
        kind=fields.kind or ChartKind.SCATTER,
        data=fields.data,
        title=fields.title,
        subtitle=fields.subtitle,
        note=fields.note,
        alt=fields.alt,
        x=fields.x,
        y=fields.y,
        color=fields.color,
        size=fields.size,
        facet=fields.facet,
        highlight=fields.highlight,
        labels=fields.labels,
        hatched=fields.hatched,
        orientation=fields.orientation,
        stack=fields.stack,
        log=fields.log,
        sort=fields.sort,
        lines=tuple(ReferenceLine(line.fact, line.label) for line in fields.lines),
        annotations=tuple(Annotation(note.fact, note.text) for note in fields.annotations),
        columns=fields.columns,
        as_of=fields.as_of,
        figure=fields.figure,
        at=at,
    )
