"""The files of content/charts in; chart specifications by id out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from typing import Any

from reportgen.diagnostics import Span
from reportgen.load.fields import NO_WORDS, WrongKeyError, an_id, word_of, words
from reportgen.load.items import ItemFields, Loading, items, load_items
from reportgen.load.schema import keys_of
from reportgen.load.suggest import did_you_mean
from reportgen.load.yaml import Mapping, Scalar, Sequence, YamlNode
from reportgen.model.chart import Chart, ChartKind, TableColumn
from reportgen.model.dataset import Dataset
from reportgen.model.fact import Fact

MOST_BYTES = 5_000_000
"""Of a figure's file: more marks than that cannot be told apart on a page."""
_JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def _figure(value: Any) -> str:
    if isinstance(value, Scalar) and value.endswith(".json"):
        return str(value)  # read by `_written_figure`, which knows the folder
    if not isinstance(value, Mapping):
        hint = "for example {data: [{type: bar, x: …}], layout: {}}, or the name of a file that write_json wrote"
        raise WrongKeyError("%KEY% must be a Plotly figure", hint)
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
    """The charts, by id, in the order of the files; figures in files of their own are read where a chart names them."""
    files = tuple(path for path in paths if not path.endswith(".json"))
    written = set[str]()

    def chart(entry: ItemFields[Chart]) -> Chart | None:
        _refer(loading, entry.fields, datasets, facts)
        if entry.fields.figure.endswith(".json"):
            written.add(entry.at.whole.file.rpartition("/")[0] + "/" + entry.fields.figure)
            figure = _written_figure(loading, entry.fields)
            return None if figure is None else replace(entry.fields, figure=figure)
        if entry.item.node.get("kind") or entry.fields.figure:
            return entry.fields
        if not entry.failed & {"kind", "figure"}:
            hint = f"kind: one of {', '.join(ChartKind)}"
            loading.report("missing-key", 'the key "kind" is missing', entry.at["id"], hint)
        return None

    charts = load_items(loading, "chart", _CHART, items(loading, "chart", *files), chart)
    for path in paths:
        if path.endswith(".json") and path not in written:
            hint = f"name it in a chart: figure: {path.rpartition('/')[2]}"
            loading.report("unknown-file", f"nothing reads {path}", Span.at(path), hint, "warning")
    return charts


def _written_figure(loading: Loading, chart: Chart) -> str | None:
    """The figure in a file beside the chart; None, and the reason told, where there is none."""
    folder = chart.at.whole.file.rpartition("/")[0] + "/"
    path, span = folder + chart.figure, chart.at["figure"]
    if path not in loading.content:
        known = [found.removeprefix(folder) for found in loading.content if found.startswith(folder)]
        hint = did_you_mean(chart.figure, [name for name in known if name.endswith(".json")])
        loading.report("missing-file", f"there is no file {path}", span, hint or "put it beside the chart's own file")
        return None
    try:
        if (size := loading.files.size(path)) > MOST_BYTES:
            message = f"this file has {size // 1_000_000:,} MB, and a figure may have {MOST_BYTES // 1_000_000}"
            hint = "draw fewer marks: no reader can tell so many apart"
            loading.report("too-large", message, Span.at(path), hint)
            return None
    except OSError as error:
        loading.cannot_read(path, error)
        return None
    text = loading.text(path).text
    if path in loading.unreadable:
        return None
    try:
        # Plotly's own writer leaves NaN out, others do not; both mean that there is no value.
        figure = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        where = Span(path, line, column, line, column + 1)
        message = f"this is not JSON: {getattr(error, 'msg', 'it is too deep')}"
        loading.report("json-syntax", message, where, "write it again: figure.write_json")
        return None
    if not isinstance(figure, dict):
        hint = 'write it by figure.write_json("NAME.json")'
        loading.report("wrong-type", "a Plotly figure is a map with data, a list of traces", Span.at(path), hint)
        return None
    return json.dumps(figure, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _refer(loading: Loading, chart: Chart, datasets: AnyMapping[str, Dataset], facts: AnyMapping[str, Fact]) -> None:
    loading.refer("dataset", chart.data, datasets, chart.at["data"])
    for number, name in enumerate(chart.hatched):
        loading.refer("fact", name, facts, chart.at[f"hatched.{number}"])
    for number, line in enumerate(chart.lines):
        loading.refer("fact", line.fact, facts, chart.at[f"lines.{number}.fact"])
    for number, annotation in enumerate(chart.annotations):
        loading.refer("fact", annotation.fact, facts, chart.at[f"annotations.{number}.fact"])
