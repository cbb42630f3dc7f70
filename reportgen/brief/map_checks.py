"""A map's specification and its evaluated rows in; what cannot be drawn as it says, out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from reportgen.brief.chart_faults import Fault
from reportgen.language.nearness import nearest_words
from reportgen.model.chart import WORLD, Chart, ChartKind, Ring
from reportgen.model.figure import Datum, FigureColumn, Row

_OF_MAPS = ("place", "lat", "lon", "geometry", "key", "borders", "extent")
_NOT_OF_MAPS = ("x", "y", "hatched", "orientation", "lines", "stack", "sort", "low", "high")
_LIMITS = {"lat": 90, "lon": 180}
MOST_LISTED = 3
"""Names that a message lists."""
_AROUND = 0.25
"""How far beyond the areas, as a share of their extent, a point may lie."""


def keys_of_maps(chart: Chart) -> Iterator[Fault]:
    """Keys that only maps have, or no map."""
    if chart.kind is ChartKind.MAP and not chart.figure:
        for key in _NOT_OF_MAPS:
            if key in chart.at.keys:
                hint = "areas: place, color, geometry, key, borders; points: lat and lon, size, too"
                yield Fault("wrong-value", f'a map has no "{key}"', key, hint)
        for key in ("key", "borders") if chart.geometry == WORLD else ():
            if key in chart.at.keys:
                hint = "leave it out: the names of countries are known, and the note says whose borders they are"
                yield Fault("wrong-value", f'the map of the world has no "{key}"', key, hint)
        return
    for key in _OF_MAPS:
        if key in chart.at.keys:
            yield Fault("wrong-value", f'only kind: map has "{key}"', key, "leave it out, or take kind: map")


def map_faults(chart: Chart, columns: Sequence[FigureColumn], rows: Sequence[Row]) -> Iterator[Fault]:
    """What a map lacks, and rows that have no place on it."""
    kinds = {column.name: (n, column.kind) for n, column in enumerate(columns)}
    if not chart.geometry:
        hint = "geometry: world has all countries; else put a GeoJSON file beside the chart and name it"
        yield Fault("missing-key", 'a map needs "geometry", the file of its borders', "kind", hint)
    if not chart.borders and chart.geometry != WORLD:
        hint = "borders: the id of a source in content/sources/"
        yield Fault("missing-key", 'a map says where its borders come from, by "borders"', "kind", hint)
    numeric = [name for name, (_, kind) in kinds.items() if kind == "value"]
    listed = f"columns of numbers: {', '.join(numeric)}" if numeric else f'"{chart.data}" has no column of numbers'
    pointed = bool(chart.lat or chart.lon)
    needed = ("lat", "lon") if pointed else ("place", "color")
    for key in needed:
        if not getattr(chart, key):
            what = "a map of points" if pointed else "a map of areas"
            hint = "place names the areas, color is the column of numbers; points have lat and lon"
            yield Fault("missing-key", f'{what} needs "{key}"', "kind", hint)
            return
    for key in ("lat", "lon", "size") if pointed else ("color",):
        name = getattr(chart, key)
        if name and kinds[name][1] != "value":
            yield Fault("not-a-number", f'"{name}" holds no numbers, and {key} must be one', key, listed)
            return
    named = {key: name for key in ("place", "lat", "lon", "size", "facet") if (name := getattr(chart, key))}
    cells = {key: [row.cells[kinds[name][0]] for row in rows] for key, name in named.items()}
    if pointed:
        yield from _points(chart, cells, rows)
    elif chart.regions:
        yield from _areas(chart, cells)


def _areas(chart: Chart, cells: Mapping[str, Sequence[Datum]]) -> Iterator[Fault]:
    names = [shape.name for shape in chart.regions]
    unknown = [*dict.fromkeys(name for cell in cells["place"] if (name := cell.key or cell.text) and name not in names)]
    if unknown:
        yield _unknown(chart, unknown, names)
        return
    seen: dict[tuple[str, str], int] = {}
    for number, cell in enumerate(cells["place"]):
        name = cell.key or cell.text
        if not name:
            message = f"row {number + 1} names no place"
            yield Fault("unknown-value", message, "place", "leave such rows out by where: in the dataset")
            return
        facet = cells["facet"][number] if "facet" in cells else Datum("")
        key = (name, facet.key or facet.text)
        if key in seen:
            hint = 'choose one by where: in the dataset, or draw a map of each by "facet"'
            yield Fault("several-rows", f"several rows for one area: {cell.text}", "place", hint)
            return
        seen[key] = number


def _unknown(chart: Chart, unknown: Sequence[str], names: Sequence[str]) -> Fault:
    """Rows that no area is for: the first three, with the names that are nearest."""
    listed = ", ".join(f'"{name}"' for name in unknown[:MOST_LISTED])
    listed += f" and {len(unknown) - MOST_LISTED:,} more" if len(unknown) > MOST_LISTED else ""
    meant = [nearest_words(name, names) for name in unknown[:MOST_LISTED]]
    hint = " or ".join(f'"{name}"' for found in meant for name in found)
    hint = f"did you mean {hint}?" if hint else ""
    if chart.geometry == WORLD:
        other = "leave groups of countries, such as the world, out by where: in the dataset"
        return Fault("unknown-value", f"no country is called {listed}", "place", hint or other)
    other = f"{chart.key} of its features has {', '.join(names[:8])}"
    return Fault(
        "unknown-value", f"no feature of {chart.geometry} has {listed} as its {chart.key}", "place", hint or other
    )


def not_on_map(chart: Chart) -> tuple[str, ...]:
    """What rows name and the map does not have."""
    return tuple(region.name for region in chart.regions if not region.rings)


def off_the_map(chart: Chart) -> Iterator[Fault]:
    """Rows that are told below the map in place of being drawn."""
    if missing := not_on_map(chart):
        message = f"not on the map of the world: {', '.join(missing)}; the note of the chart says so"
        yield Fault("not-on-map", message, "place", "the table below the map has the values", "notice")


_NEAR = 3.0
"""Degrees from a border within which a point may be said to lie on land, as an island or a harbour."""
_FEWEST = 2
"""Points that say something of their columns: one may be an island."""
_LOOKED_AT = 40
"""Rows whose places are looked at."""


def exchanged(chart: Chart, lons: Sequence[Datum], lats: Sequence[Datum]) -> Iterator[Fault]:
    """Points of a map of the world that all lie far from any land, and on land once latitude and longitude change
    places."""
    if chart.geometry != WORLD:
        return
    pairs = list(zip(lons, lats, strict=True))[:_LOOKED_AT]
    spots = [(float(x.quantity.headline), float(y.quantity.headline)) for x, y in pairs if x.quantity and y.quantity]
    rings = [ring for region in chart.regions for ring in region.rings]
    if len(spots) < _FEWEST or any(_on_land(x, y, rings) for x, y in spots):
        return
    if all(abs(x) <= _LIMITS["lat"] and _on_land(y, x, rings) for x, y in spots):
        message = "every point lies far from any land, and all lie on land if latitude and longitude change places"
        hint = f"write lat: {chart.lon}, lon: {chart.lat}, if each is the other's column"
        yield Fault("wrong-value", message, "lat", hint, "warning")


def _on_land(x: float, y: float, rings: Sequence[Ring]) -> bool:
    return any(_holds(ring, x, y) for ring in rings) or any(
        abs(a - x) <= _NEAR and abs(b - y) <= _NEAR for ring in rings for a, b in ring
    )


def _holds(ring: Ring, x: float, y: float) -> bool:
    """Whether a point lies within a border."""
    inside = False
    for (a, b), (c, d) in pairwise((*ring, ring[0])):
        if (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a:
            inside = not inside
    return inside


def _points(chart: Chart, cells: Mapping[str, Sequence[Datum]], rows: Sequence[Row]) -> Iterator[Fault]:
    corners = [place for shape in chart.regions for ring in shape.rings for place in ring]
    ends = {
        "lon": (min((x for x, _ in corners), default=-180.0), max((x for x, _ in corners), default=180.0)),
        "lat": (min((y for _, y in corners), default=-90.0), max((y for _, y in corners), default=90.0)),
    }
    reach = _AROUND * max(high - low for low, high in ends.values())
    for number in range(len(rows)):
        name = cells["place"][number].text if "place" in cells else f"row {number + 1}"
        for key, limit in _LIMITS.items():
            cell = cells[key][number]
            if cell.quantity is None:
                message = f"{name} has no {getattr(chart, key)}, and cannot be put on a map"
                yield Fault("not-a-number", message, key, "leave such rows out by where: in the dataset")
                return
            value = float(cell.quantity.headline)
            low, high = ends[key]
            if abs(value) > limit:
                message = f"{name}: {cell.text} is no {_WORDS[key]}"
                yield Fault("wrong-value", message, key, "write degrees, with decimals, from the equator or Greenwich")
                return
            if not low - reach <= value <= high + reach:
                message = f"{name} lies far outside of the borders: its {_WORDS[key]} is {cell.text}"
                hint = "look whether lat and lon are each other's columns, or give borders that hold it"
                yield Fault("wrong-value", message, key, hint)
                return
        size = cells["size"][number].quantity if "size" in cells else None
        if size is not None and size.headline < 0:
            message = f"{name}: {cells['size'][number].text} is negative, and a size cannot be"
            yield Fault("negative-part", message, "size", "kind: bar shows negative values")
            return


_WORDS = {"lat": "latitude", "lon": "longitude"}
