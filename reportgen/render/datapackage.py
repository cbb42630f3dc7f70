"""Figures in, the data files of their downloads out; with the fact base's files, the Frictionless data package. Pure.

https://datapackage.org (2.0, and readable as 1.0). Paths are below build/site/data; a package may not point above
itself, so that each chart's CSV file is there once more, under `charts/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from reportgen.model.evaluated import Datum, EvaluatedFigure, FigureColumn
from reportgen.model.quantity import Quantity, Relation
from reportgen.quantities.rounding import bound_texts, exact_text
from reportgen.render.csv_safe import csv_bytes
from reportgen.render.data import AMONG, FACT_FIELDS, json_bytes, yes
from reportgen.render.shell import Site

_KINDS = {
    ".csv": ("csv", "text/csv"),
    ".json": ("json", "application/json"),
    ".sqlite": ("sqlite", "application/vnd.sqlite3"),
}
_TITLES = {
    "facts.csv": "Facts, one a row",
    "facts.json": "Facts with their evidence",
    "facts.sqlite": "Facts, evidence, sources and inputs as a database",
    "sources.json": "Sources as CSL-JSON",
}
_CHOICES = {
    "value_type": ("number", "text", "date", "range"),
    "relation": ("<", "<=", ">", ">=", "~"),
    "rank": ("normal", "deprecated"),
    "status": ("verified", "computed", "disputed", "unverified", "overdue"),
}


def chart_csv_path(id: str) -> str:
    """Where a chart's CSV file stands below data/, for the data package."""
    return f"charts/{id}.csv"


def datapackage_json(site: Site, files: Mapping[str, bytes], figures: tuple[EvaluatedFigure, ...]) -> bytes:
    """datapackage.json, describing `files` (path below data/ -> content), which hold the CSV files of `figures`."""
    schemas = {chart_csv_path(figure.id): _figure_schema(figure, site) for figure in figures}
    schemas["facts.csv"] = _fact_schema()
    titles = _TITLES | {chart_csv_path(figure.id): figure.plain_title for figure in figures}
    resources = [_resource(path, files[path], titles.get(path, path), schemas.get(path)) for path in sorted(files)]
    package: dict[str, object] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "profile": "data-package",
        "name": _name(site.title) or "facts",
        "title": site.title,
        "description": site.description,
        "homepage": site.base_url,
        "licenses": _licenses(site),
        "contributors": [{"title": site.publisher, "role": "publisher"}] if site.publisher else [],
        "resources": resources,
    }
    return json_bytes({key: value for key, value in package.items() if value})


def _resource(path: str, content: bytes, title: str, schema: dict[str, object] | None) -> dict[str, object]:
    stem, dot, ending = path.rpartition(".")
    format, mediatype = _KINDS[dot + ending]
    resource: dict[str, object] = {
        "name": _name(stem if ending == "csv" else path),
        "path": path,
        "title": title,
        "format": format,
        "mediatype": mediatype,
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
    }
    if schema:
        resource |= {"profile": "tabular-data-resource", "encoding": "utf-8", "schema": schema}
    return resource


def _fact_schema() -> dict[str, object]:
    fields = []
    for name, type, _, description in FACT_FIELDS:
        field: dict[str, object] = {"name": name, "type": type, "description": description}
        if name == "id":
            field["constraints"] = {"required": True, "unique": True, "pattern": "[a-z0-9][a-z0-9-]*"}
        elif name in _CHOICES:
            field["constraints"] = {"enum": list(_CHOICES[name])}
        fields.append(field)
    return {"fields": fields, "primaryKey": ["id"], "missingValues": [""]}


def _figure_schema(figure: EvaluatedFigure, site: Site) -> dict[str, object]:
    fields = [{"name": c.name, "type": c.type, "title": c.title} for c in figure_columns(figure, site)]
    return {"fields": fields, "missingValues": [""]}


def _licenses(site: Site) -> list[dict[str, str]]:
    """By the ids of opendefinition.org: `CC BY 4.0` is `CC-BY-4.0`."""
    name = re.sub(r"[^A-Za-z0-9._]+", "-", site.license).strip("-")
    known = {"name": name, "path": site.license_url, "title": site.license}
    return [{key: text for key, text in known.items() if text}] if name or site.license_url else []


def _name(text: str) -> str:
    """Lower-case letters, digits, and `.`, `_`, `-`."""
    return re.sub(r"[^a-z0-9._]+", "-", text.lower()).strip("-.")


# A chart's data


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of a chart's data file."""

    name: str
    type: str
    """Of Table Schema: `string`, `number`, `integer` or `boolean`."""
    title: str
    cells: tuple[str, ...]
    """Plain; empty where there is none."""


def figure_columns(figure: EvaluatedFigure, site: Site) -> tuple[DataColumn, ...]:
    """A figure's rows as columns of plain data.

    A number stands as a number, with both ends of its interval, relation, unit and the way it is printed beside it. A
    computed one is not rounded (12 digits). The last columns say where the data comes from, so that a row cut out of
    the file still says so.
    """
    columns: list[DataColumn] = []
    facts, rows = tuple(row.fact for row in figure.rows), tuple(str(row.row or "") for row in figure.rows)
    if any(facts):
        columns.append(DataColumn("fact", "string", "Fact", facts))
    elif any(rows):
        columns.append(DataColumn("row", "integer", "Row", rows))
    for n, column in enumerate(figure.columns):
        columns += _figure_column(column, tuple(row.cells[n] for row in figure.rows), facts)
    if any(row.dispreferred for row in figure.rows):
        cells = tuple(yes(row.dispreferred) for row in figure.rows)
        columns.append(DataColumn("dispreferred", "boolean", "Another source is preferred", cells))
    if not any(column.name == "source" for column in columns):
        shorts = AMONG.join(source.short for source in figure.sources)
        columns.append(DataColumn("sources", "string", "Sources", (shorts,) * len(figure.rows)))
    columns.append(DataColumn("license", "string", "License", (license_text(site),) * len(figure.rows)))
    columns.append(DataColumn("address", "string", "Address", (chart_address(site, figure),) * len(figure.rows)))
    return _named_apart(columns)


def figure_csv(figure: EvaluatedFigure, site: Site) -> bytes:
    """A chart's data as CSV, with its sources and licence in every row."""
    columns = figure_columns(figure, site)
    return csv_bytes([column.name for column in columns], zip(*(column.cells for column in columns), strict=True))


def figure_data_json(figure: EvaluatedFigure, site: Site, plotly: object = None) -> bytes:
    """A chart's data as JSON, with its sources and licence; `plotly` is the figure as Plotly reads it."""
    columns = figure_columns(figure, site)
    return json_bytes(
        {
            "id": figure.id,
            "kind": figure.kind.value,
            "title": figure.plain_title,
            "subtitle": figure.plain_subtitle or None,
            "lang": figure.lang,
            "address": chart_address(site, figure),
            "publisher": site.publisher or None,
            "license": {"name": site.license or None, "url": site.license_url or None},
            "sources": [{"id": s.id, "title": s.title, "short": s.short} for s in figure.sources],
            "columns": [{"name": c.name, "type": c.type, "title": c.title} for c in columns],
            "rows": [
                {column.name: cell or None for column, cell in zip(columns, cells, strict=True)}
                for cells in zip(*(column.cells for column in columns), strict=True)
            ],
            "figure": plotly,
        }
    )


def chart_address(site: Site, figure: EvaluatedFigure) -> str:
    """A chart's permanent address."""
    return f"{site.base_url}charts/{figure.id}/"


def license_text(site: Site) -> str:
    """The licence in one line."""
    return " ".join(filter(None, (site.license, site.license_url)))


def _figure_column(column: FigureColumn, cells: tuple[Datum, ...], facts: tuple[str, ...]) -> list[DataColumn]:
    name, title = column.name, column.title
    if column.kind == "value":
        of = [cell.quantity for cell in cells]
        bounds = [bound_texts(q) if q else (None, None) for q in of]
        return [
            DataColumn(name, "number", title, tuple(_number(q) for q in of)),
            DataColumn(f"{name}_min", "number", f"{title} (least)", tuple(low or "" for low, _ in bounds)),
            DataColumn(f"{name}_max", "number", f"{title} (most)", tuple(high or "" for _, high in bounds)),
            DataColumn(f"{name}_relation", "string", f"{title} (relation)",
                       tuple(q.relation.value if q and q.relation is not Relation.EQUAL else "" for q in of)),
            DataColumn(f"{name}_unit", "string", f"{title} (unit)", tuple(q.unit.text if q else "" for q in of)),
            DataColumn(f"{name}_printed", "string", f"{title} (as printed)", tuple(cell.text for cell in cells)),
        ]  # fmt: skip
    if column.kind == "date":
        return [DataColumn(name, "string", title, tuple(cell.date.text if cell.date else cell.text for cell in cells))]
    keys, texts = tuple(cell.key for cell in cells), tuple(cell.text for cell in cells)
    shown = DataColumn("label" if name == "id" and any(facts) else name, "string", title, texts)
    coded = any(key and key != text for key, text in zip(keys, texts, strict=True)) and keys != facts
    return [DataColumn(f"{name}_id", "string", f"{title} (id)", keys), shown] if coded else [shown]


def _number(quantity: Quantity | None) -> str:
    if quantity is None or quantity.is_range:
        return ""
    return exact_text(quantity.headline) if quantity.typed is None else quantity.typed


def _named_apart(columns: list[DataColumn]) -> tuple[DataColumn, ...]:
    """An author's CSV file may have columns called like ours."""
    taken: dict[str, DataColumn] = {}
    for column in columns:
        name = column.name
        while name in taken:
            name += "_"
        taken[name] = DataColumn(name, column.type, column.title, column.cells)
    return tuple(taken.values())
