"""The files of content/charts in; chart specifications by id out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as AnyMapping
from typing import Any

from reportgen.load.fields import NO_WORDS, WrongKeyError, an_id, word_of, words
from reportgen.load.items import ItemFields, Loading, items, load_items
from reportgen.load.schema import keys_of
from reportgen.load.yaml import Mapping, Scalar, Sequence, YamlNode
from reportgen.model.chart import Chart, ChartKind, TableColumn
from reportgen.model.dataset import Dataset
from reportgen.model.fact import Fact

_JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def _figure(value: Any) -> str:
    if not isinstance(value, Mapping):
        raise WrongKeyError("%KEY% must be a Plotly figure", "for example {data: [{type: bar, x: …}], layout: {}}")
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
        raise WrongKeyError("%KEY% must be a list of columns", "for example [{name: value, title: Share}]")
    columns: list[TableColumn] = []
    for part in value:
        title = part.get("title") if isinstance(part, Mapping) else None
        if isinstance(part, Scalar):
            columns.append(TableColumn(str(part)))
        elif isinstance(part, Mapping) and isinstance(part.get("name"), Scalar) and set(part) <= {"name", "title"}:
            columns.append(TableColumn(str(part["name"]), NO_WORDS if title is None else words(title)))
        else:
            raise WrongKeyError("a column of %KEY% has a name and a title", "for example [{name: value, title: Share}]")
    return tuple(columns)


_CHART = keys_of(
    Chart,
    id=an_id,
    orientation=word_of("h", "v"),
    stack=word_of("group", "stack", "share"),
    sort=word_of("value", "-value"),
    columns=_table_columns,
    figure=_figure,
)


def load_charts(
    loading: Loading, paths: tuple[str, ...], datasets: AnyMapping[str, Dataset], facts: AnyMapping[str, Fact]
) -> dict[str, Chart]:
    """The charts, by id, in the order of the files."""

    def chart(entry: ItemFields[Chart]) -> Chart | None:
        _refer(loading, entry.fields, datasets, facts)
        if entry.item.node.get("kind") or entry.fields.figure:
            return entry.fields
        if not entry.failed & {"kind", "figure"}:
            hint = f"kind: one of {', '.join(ChartKind)}"
            loading.report("missing-key", 'the key "kind" is missing', entry.at["id"], hint)
        return None

    return load_items(loading, "chart", _CHART, items(loading, "chart", *paths), chart)


def _refer(loading: Loading, chart: Chart, datasets: AnyMapping[str, Dataset], facts: AnyMapping[str, Fact]) -> None:
    loading.refer("dataset", chart.data, datasets, chart.at["data"])
    for number, name in enumerate(chart.hatched):
        loading.refer("fact", name, facts, chart.at[f"hatched.{number}"])
    for number, line in enumerate(chart.lines):
        loading.refer("fact", line.fact, facts, chart.at[f"lines.{number}.fact"])
    for number, annotation in enumerate(chart.annotations):
        loading.refer("fact", annotation.fact, facts, chart.at[f"annotations.{number}.fact"])
