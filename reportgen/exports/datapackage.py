"""The data files of a site in, the Frictionless data package that describes them out. Pure.

https://datapackage.org (2.0, and readable as 1.0). Paths are below build/site/data; a package cannot
point to files outside its folder, so each chart's CSV file is copied to `charts/` there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from operator import itemgetter

from reportgen.exports.tables import (
    FACT_FIELDS,
    DataColumn,
    LaidOut,
    columns_csv,
    figure_columns,
    json_bytes,
    laid_out,
)
from reportgen.model.fact import Status
from reportgen.model.figure import EvaluatedFigure
from reportgen.pages.shell import Site

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
    "modality": ("planned", "expected", "claimed"),
    "status": tuple(status.value for status in Status),
}


def chart_csv_path(id: str) -> str:
    """The path of a chart's CSV file in the data package, below data/."""
    return f"charts/{id}.csv"


@dataclass(frozen=True, slots=True)
class ChartTable:
    """A chart's data, and its description in a data package."""

    id: str
    title: str
    schema: dict[str, object]
    """Frictionless Table Schema."""
    csv: bytes


def chart_table(figure: EvaluatedFigure, site: Site) -> ChartTable:
    """A figure's rows as a table of a data package."""
    columns = figure_columns(figure, site)
    return ChartTable(figure.id, figure.plain_title, _figure_schema(figure, columns), columns_csv(columns))


def write_table(table: ChartTable) -> bytes:
    """The table as bytes: the value of a target."""
    head = {"id": table.id, "title": table.title, "schema": table.schema}
    return json.dumps(head, ensure_ascii=False).encode() + b"\n" + table.csv


def read_table(data: bytes) -> ChartTable:
    """The table that `write_table` wrote."""
    head, _, csv = data.partition(b"\n")
    return ChartTable(**json.loads(head), csv=csv)


def chart_resources(tables: Iterable[ChartTable]) -> str:
    """The CSV files of charts as datapackage.json describes them: the JSON between two resources and all before it."""
    described = (_resource(chart_csv_path(table.id), table.csv, table.title, table.schema) for table in tables)
    return ",\n  ".join(laid_out(each, 2) for each in sorted(described, key=itemgetter("path")))


def datapackage_json(site: Site, files: Mapping[str, bytes], charts: str) -> bytes:
    """datapackage.json, describing `files` (path below data/ -> content), and `charts` as `chart_resources` does."""
    schemas = {"facts.csv": _fact_schema()}
    resources: list[object] = [LaidOut(charts)] if charts else []
    resources += (_resource(path, files[path], _TITLES.get(path, path), schemas.get(path)) for path in sorted(files))
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


def _figure_schema(figure: EvaluatedFigure, columns: Iterable[DataColumn]) -> dict[str, object]:
    fields = [{"name": c.name, "type": c.type, "title": c.title} for c in columns]
    for field in fields:
        if field["name"] == "as_of" and any(row.fact for row in figure.rows):
            field["description"] = "When the value held; where its source does not say, when it was reported. EDTF."
    return {"fields": fields, "missingValues": [""]}


def _licenses(site: Site) -> list[dict[str, str]]:
    """By the ids of opendefinition.org: `CC BY 4.0` is `CC-BY-4.0`."""
    name = re.sub(r"[^A-Za-z0-9._]+", "-", site.license).strip("-")
    known = {"name": name, "path": site.license_url, "title": site.license}
    return [{key: text for key, text in known.items() if text}] if name or site.license_url else []


def _name(text: str) -> str:
    """Lower-case letters, digits, and `.`, `_`, `-`."""
    return re.sub(r"[^a-z0-9._]+", "-", text.lower()).strip("-.")
