"""The files of content/charts in; chart specifications by id out."""

from __future__ import annotations

import json
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from typing import Any

from reportgen.diagnostics import Span
from reportgen.late_patterns import regex
from reportgen.load.fields import NO_WORDS, WrongKeyError, a_line, an_id, word_of, words
from reportgen.load.geometry import GeometryError, read_shapes, world_regions
from reportgen.load.items import ItemFields, Loading, load_files
from reportgen.load.schema import keys_of
from reportgen.load.suggest import did_you_mean
from reportgen.load.yaml import Mapping, Scalar, Sequence, YamlNode
from reportgen.model.chart import WORLD, Chart, ChartKind, Region, TableColumn
from reportgen.model.dataset import Dataset
from reportgen.model.fact import Fact
from reportgen.model.source import Source

MOST_BYTES = 5_000_000
"""Of a figure's file: more marks than that cannot be told apart on a page."""
_JSON_NUMBER = regex(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
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


def _column(value: Any) -> str:
    """The name of a column. Raises WrongKeyError."""
    if isinstance(value, Sequence):
        hint = "make rows of several columns with wide: in the dataset, and tell them apart by color"
        raise WrongKeyError("%KEY% names one column, and is a list", hint)
    return a_line(value)


def _key(value: Any) -> str:
    text = a_line(value)
    if text != "id" and not text.removeprefix("properties."):
        raise WrongKeyError("%KEY% says what in the GeoJSON file names an area", "for example properties.name, or id")
    return text


_CHART = keys_of(
    Chart,
    without=("regions",),
    x=_column,
    y=_column,
    key=_key,
    id=an_id,
    orientation=word_of("h", "v"),
    stack=word_of("group", "stack", "share"),
    sort=word_of("value", "-value"),
    extent=word_of("data", "all"),
    columns=_table_columns,
    figure=_figure,
)


def load_charts(
    loading: Loading,
    paths: tuple[str, ...],
    datasets: AnyMapping[str, Dataset],
    facts: AnyMapping[str, Fact],
    sources: AnyMapping[str, Source],
) -> dict[str, Chart]:
    """The charts, by id, in the order of the files; figures and borders in files of their own are read where a chart
    names them."""
    files = tuple(path for path in paths if not path.endswith((".json", ".geojson")))
    written = set[str]()
    borders: dict[tuple[str, str], tuple[Region, ...] | None] = {}

    def chart(entry: ItemFields[Chart]) -> Chart | None:
        _refer(loading, entry.fields, datasets, facts, sources)
        if entry.fields.geometry == WORLD:
            return replace(entry.fields, extent=entry.fields.extent or "data", regions=world_regions())
        if entry.fields.geometry:
            path = entry.at.whole.file.rpartition("/")[0] + "/" + entry.fields.geometry
            written.add(path)
            place = (path, entry.fields.key)
            if place not in borders:
                borders[place] = _borders(loading, entry.fields, path)
            shapes = borders[place]
            return None if shapes is None else replace(entry.fields, regions=shapes)
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

    def holds(made: Chart) -> bool:
        """Whether what it names is there. What other files than its own and the dataset's make is read anew."""
        named = {*made.hatched, *(line.fact for line in made.lines), *(note.fact for note in made.annotations)}
        found = made.data in datasets and (not made.borders or made.borders in sources)
        return found and named <= facts.keys() and not made.geometry and not made.figure

    charts = load_files(loading, "chart", _CHART, files, chart, lambda: (), holds)
    for path in paths:
        if path.endswith((".json", ".geojson")) and path not in written:
            key = "figure" if path.endswith(".json") else "geometry"
            hint = f"name it in a chart: {key}: {path.rpartition('/')[2]}"
            loading.report("unknown-file", f"nothing reads {path}", Span.at(path), hint, "warning")
    return charts


def _borders(loading: Loading, chart: Chart, path: str) -> tuple[Region, ...] | None:
    """The areas in the file beside the chart; None, and the reason told, where there are none."""
    text = _text_beside(loading, chart, "geometry", (".geojson", ".json"), "simplify it, for example at mapshaper.org")
    if text is None:
        return None
    try:
        shapes, bare = read_shapes(text, chart.key)
    except GeometryError as error:
        where = Span(path, error.line, error.column, error.line, error.column + 1)
        if error.message.endswith(f'has no "{chart.key}"'):
            where = chart.at["key" if "key" in chart.at.keys else "geometry"]
        loading.report("wrong-geometry", error.message, where, error.hint)
        return None
    if bare:
        message = f"{', '.join(bare[:3])}{' and others' if len(bare) > 3 else ''}: no area, and not drawn"
        hint = "a map draws features that are Polygon or MultiPolygon"
        loading.report("wrong-geometry", message, Span.at(path), hint, "warning")
    return shapes


def _text_beside(loading: Loading, chart: Chart, key: str, endings: tuple[str, ...], smaller: str) -> str | None:
    """The text of the file that a chart names; None, and the reason told, where there is none."""
    folder = chart.at.whole.file.rpartition("/")[0] + "/"
    wanted = getattr(chart, key)
    path, span = folder + wanted, chart.at[key]
    if path not in loading.content:
        known = [found.removeprefix(folder) for found in loading.content if found.startswith(folder)]
        hint = did_you_mean(wanted, [name for name in known if name.endswith(endings)])
        loading.report("missing-file", f"there is no file {path}", span, hint or "put it beside the chart's own file")
        return None
    try:
        if (size := loading.files.size(path)) > MOST_BYTES:
            message = f"this file has {size // 1_000_000:,} MB, and a {key} may have {MOST_BYTES // 1_000_000}"
            loading.report("too-large", message, Span.at(path), smaller)
            return None
    except OSError as error:
        loading.cannot_read(path, error)
        return None
    text = loading.text(path).text
    return None if path in loading.unreadable else text


def _written_figure(loading: Loading, chart: Chart) -> str | None:
    """The figure in a file beside the chart; None, and the reason told, where there is none."""
    path = chart.at.whole.file.rpartition("/")[0] + "/" + chart.figure
    few = "draw fewer marks: no reader can tell so many apart"
    text = _text_beside(loading, chart, "figure", (".json",), few)
    if text is None:
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


def _refer(
    loading: Loading,
    chart: Chart,
    datasets: AnyMapping[str, Dataset],
    facts: AnyMapping[str, Fact],
    sources: AnyMapping[str, Source],
) -> None:
    loading.refer("dataset", chart.data, datasets, chart.at["data"])
    if chart.borders:
        loading.refer("source", chart.borders, sources, chart.at["borders"])
    for number, name in enumerate(chart.hatched):
        loading.refer("fact", name, facts, chart.at[f"hatched.{number}"])
    for number, line in enumerate(chart.lines):
        loading.refer("fact", line.fact, facts, chart.at[f"lines.{number}.fact"])
    for number, annotation in enumerate(chart.annotations):
        loading.refer("fact", annotation.fact, facts, chart.at[f"annotations.{number}.fact"])
