"""A map of the world and its rows in, its areas by the names that the rows have out. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from reportgen.language.countries import code_of, country_name, is_code
from reportgen.model.chart import WORLD, Chart, Region, Ring
from reportgen.model.figure import Datum, FigureColumn, Row

EMPTY = ("AQ",)
"""Areas that are left out where no row names them."""


def on_the_world(
    chart: Chart, columns: Sequence[FigureColumn], rows: tuple[Row, ...], lang: str
) -> tuple[Chart, tuple[Row, ...]]:
    """The chart with each country under the name of its row, else under its own in the page's language; a country that
    has a row and is not on the map is an area without borders. In the rows codes are names."""
    at = next((n for n, column in enumerate(columns) if column.name == chart.place), None)
    if chart.geometry != WORLD:
        return chart, rows
    named: dict[str, str] = {}
    if chart.lat:
        rows = _with_names(chart, columns, rows, lang)
    elif at is not None:
        odd = tuple(region.name for region in chart.regions if not _is_iso(region.name))
        rows = tuple(replace(row, cells=_called(row.cells, at, named, lang, odd)) for row in rows)
    rings: dict[str, tuple[Ring, ...]] = defaultdict(tuple)
    for region in chart.regions:
        owner = region.part_of if region.part_of and region.name not in named else region.name
        if owner not in EMPTY or owner in named:
            rings[owner] += region.rings
    codes = [*rings, *(code for code in named if code not in rings)]
    regions = tuple(Region(named.get(code) or _name(code, lang), rings[code]) for code in codes)
    return replace(chart, regions=regions), rows


def _with_names(chart: Chart, columns: Sequence[FigureColumn], rows: tuple[Row, ...], lang: str) -> tuple[Row, ...]:
    """The rows of points, in which a column of codes of countries alone reads as their names."""
    for name in {chart.place, chart.color, chart.facet} - {""}:
        at = next((n for n, column in enumerate(columns) if column.name == name), None)
        if at is None or not all(is_code(row.cells[at].text) and code_of(row.cells[at].text, lang) for row in rows):
            continue
        named: dict[str, str] = {}
        rows = tuple(replace(row, cells=_called(row.cells, at, named, lang, ())) for row in rows)
    return rows


def _called(
    cells: tuple[Datum, ...], at: int, named: dict[str, str], lang: str, odd: Sequence[str]
) -> tuple[Datum, ...]:
    """A row's cells, in which a country has the name that its first row has (`named`), and its code reads as a name."""
    cell = cells[at]
    key = cell.key or cell.text
    code = code_of(key, lang, odd)
    if not code:
        return cells
    cell = replace(cell, key=named.setdefault(code, key))
    if is_code(cell.text):
        cell = replace(cell, text=country_name(code, lang), number=None)
    return (*cells[:at], cell, *cells[at + 1 :])


def _name(code: str, lang: str) -> str:
    return country_name(code, lang) if _is_iso(code) else code


def _is_iso(code: str) -> bool:
    return len(code) == 2
