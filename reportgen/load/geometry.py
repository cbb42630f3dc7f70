"""A GeoJSON file's text in; its areas by name, with the points that a page can show, out. The world's come with the
program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

from reportgen.model.chart import Region, Ring

MOST_SHAPES = 400
"""Areas of one map that a reader still tells apart, and that draw within seconds."""
STEPS = 5_000
"""Of the extent of all areas: points of a border that are nearer than one step are taken for one, which at the width of
a page is an eighth of a pixel."""
_DEGREES = (180.0, 90.0)
_SLACK = 0.01
"""Degrees beyond the poles and the date line that are rounding."""
_WGS84 = ("CRS84", "4326")


class GeometryError(Exception):
    """Why a file's areas cannot be drawn, and what to do."""

    def __init__(self, message: str, hint: str, line: int = 1, column: int = 1) -> None:
        self.message, self.hint, self.line, self.column = message, hint, line, column
        super().__init__(message)


def read_shapes(text: str, key: str) -> tuple[tuple[Region, ...], tuple[str, ...]]:
    """The areas of a GeoJSON file, each under the name that `key` gives: `id`, or `properties.` and a name; and the
    names of features that have no area. Raises GeometryError."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"this is not JSON: {getattr(error, 'msg', 'it is too deep')}"
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        raise GeometryError(message, "export the borders again, as GeoJSON", line, column) from None
    rings: dict[str, list[Ring]] = {}
    bare: list[str] = []
    for number, feature in enumerate(_features(given), 1):
        name = _name(feature, key, number)
        try:
            found = [ring for polygon in _polygons(feature.get("geometry")) for ring in _rings(polygon)]
        except (TypeError, ValueError, IndexError, AttributeError) as error:
            said = str(error) if isinstance(error, _OutsideError) else "its coordinates are not those of areas"
            raise GeometryError(f'feature {number}, "{name}": {said}', _IN_DEGREES) from None
        if found:
            rings.setdefault(name, []).extend(found)
        else:
            bare.append(name)
    if not rings:
        raise GeometryError("no feature of this file is an area", "a map needs features that are Polygon, MultiPolygon")
    if len(rings) > MOST_SHAPES:
        message = f"{len(rings):,} areas are more than a reader can tell apart; there may be {MOST_SHAPES}"
        raise GeometryError(message, "keep those that the chart is about, or take the next larger kind of region")
    step = _extent(rings) / STEPS
    return tuple(Region(name, tuple(_thinned(ring, step) for ring in found)) for name, found in rings.items()), tuple(
        bare
    )


@cache
def world_regions() -> tuple[Region, ...]:
    """The countries of the world by their codes, of Natural Earth: docs/make_world.py made them. Their borders go on
    beyond the date line."""
    given: dict[str, list[list[int]]] = json.loads((files(__package__) / "world.json").read_text("utf-8"))
    found = []
    for code, packed in given.items():
        whole, _, part = code.partition("/")
        rings = ([*zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True)] for steps in packed)
        placed = tuple(tuple((x / 100, y / 100) for x, y in ring) for ring in rings)
        found.append(Region(part or whole, placed, whole if part else ""))
    return tuple(found)


_IN_DEGREES = "export it as GeoJSON in degrees, longitude before latitude (EPSG:4326)"


class _OutsideError(ValueError):
    """A position that is nowhere on the Earth."""


def _features(given: Any) -> list[dict[str, Any]]:
    kind = given.get("type") if isinstance(given, dict) else None
    if kind == "Topology":
        raise GeometryError("this is TopoJSON, and a map needs GeoJSON", "export it as GeoJSON: mapshaper.org does so")
    features = given.get("features") if kind == "FeatureCollection" else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise GeometryError("this is no GeoJSON with features", "it begins with {'type': 'FeatureCollection', …}")
    crs = json.dumps(given.get("crs") or _WGS84[0])
    if not any(known in crs for known in _WGS84):
        raise GeometryError(f"its borders are not in longitude and latitude: crs {crs[:80]}", _IN_DEGREES)
    return features


def _name(feature: dict[str, Any], key: str, number: int) -> str:
    inside = feature.get("properties") or {}
    name = feature.get("id") if key == "id" else inside.get(key.removeprefix("properties."))
    if isinstance(name, str | int) and not isinstance(name, bool) and str(name):
        return str(name)
    has = [*(["id"] if "id" in feature else []), *(f"properties.{known}" for known in inside)]
    hint = f"it has {', '.join(has)}" if has else "give each feature of the file a name: properties.name"
    raise GeometryError(f'feature {number} has no "{key}"', hint)


def _polygons(geometry: Any) -> Iterator[list[Any]]:
    match (geometry or {}).get("type"):
        case "Polygon":
            yield geometry["coordinates"]
        case "MultiPolygon":
            yield from geometry["coordinates"]
        case "GeometryCollection":
            for part in geometry["geometries"]:
                yield from _polygons(part)


def _rings(polygon: list[Any]) -> Iterator[Ring]:
    """The outer border of a polygon with the sun, those of its holes against it."""
    for number, ring in enumerate(polygon):
        places = tuple((float(position[0]), float(position[1])) for position in ring)
        for x, y in places:
            if not (abs(x) <= _DEGREES[0] + _SLACK and abs(y) <= _DEGREES[1] + _SLACK):
                raise _OutsideError(f"{x:g}, {y:g} is not a longitude and a latitude")
        if len(places) >= 3:
            yield places if (_area(places) < 0) == (number == 0) else places[::-1]


def _area(ring: Ring) -> float:
    """Twice the area; below zero where the ring goes with the sun."""
    return sum(
        x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True)
    )  # fmt: skip


def _extent(rings: dict[str, list[Ring]]) -> float:
    """The longer side of a box around the areas, in degrees."""
    xs, ys = zip(*(place for found in rings.values() for ring in found for place in ring), strict=True)
    return float(max(max(xs) - min(xs), max(ys) - min(ys)))


def _thinned(ring: Ring, step: float) -> Ring:
    """A ring without the points that are nearer than `step` to the one before; at least three stay."""
    kept = [ring[0]]
    for x, y in ring[1:]:
        if abs(x - kept[-1][0]) > step or abs(y - kept[-1][1]) > step:
            kept.append((x, y))
    return tuple(kept) if len(kept) >= 3 else ring[:: max(1, len(ring) // 3)][:3]
