"""A map's figure in; how it is projected, what of the Earth it shows, and its areas on the plane out. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportgen.charts.data import cell, key_of
from reportgen.charts.projection import Projection, projection_of, shows_all
from reportgen.model.chart import Region, Ring
from reportgen.model.figure import EvaluatedFigure, Row

Spot = tuple[float, float]
LEAST = 0.12
"""Width of the least part of the Earth that is shown, in its radii: some 760 km."""
_NEAR = 3.0
"""Degrees within which a part of a country is shown with the largest, however small."""
_LARGE = 0.18
"""Of the largest part of a country: parts as large are shown wherever they are."""
_HORIZON = math.sqrt(2)
"""How far from the middle of Lambert's projection a place lies that is a quarter around the Earth."""
_MARGIN, _AROUND = 0.03, 0.12
"""Shares of the width and height of what is shown that are left free at each edge, around areas and around points."""


@dataclass(frozen=True, slots=True)
class MapView:
    """Areas on the plane, of which the box is shown; y grows to the south."""

    project: Projection
    areas: Mapping[str, Sequence[Sequence[Spot]]]
    west: float
    north: float
    east: float
    south: float
    cut: bool
    """Whether areas reach beyond the box."""


def view_of(figure: EvaluatedFigure) -> MapView:
    """All areas, or what lies around those that have a row where the figure is to show that."""
    spots = [spot for row in figure.rows if (spot := location(figure, row)) is not None]
    every = [place for region in figure.regions for ring in region.rings for place in ring]
    focus = [*_of_rows(figure), *spots] if figure.extent == "data" else []
    cut = bool(focus) and not shows_all(focus)
    places = focus if cut else [*every, *spots]
    project = projection_of(places)
    areas = {}
    for region in figure.regions:
        rings = [[project(*place) for place in ring] for ring in region.rings]
        # What lies on the other side of the Earth has no border there on the plane.
        areas[region.name] = [ring for ring in rings if not cut or any(math.hypot(x, y) < _HORIZON for x, y in ring)]
    xs, ys = zip(*(project(*place) for place in places), strict=True)
    west, north, east, south = min(xs), min(ys), max(xs), max(ys)
    if cut:
        west, north, east, south = _widened(west, north, east, south, _AROUND if figure.lat else _MARGIN)
    return MapView(project, areas, west, north, east, south, cut)


def _widened(west: float, north: float, east: float, south: float, margin: float) -> tuple[float, float, float, float]:
    across = max((east - west) * (1 + 2 * margin), LEAST) - (east - west)
    down = max((south - north) * (1 + 2 * margin), LEAST / 2) - (south - north)
    return (west - across / 2, north - down / 2, east + across / 2, south + down / 2)


def location(figure: EvaluatedFigure, row: Row) -> Spot | None:
    """Longitude and latitude of a row; None where it has none."""
    x, y = cell(figure, row, figure.lon).quantity, cell(figure, row, figure.lat).quantity
    return (float(x.headline), float(y.headline)) if figure.lat and x is not None and y is not None else None


def _of_rows(figure: EvaluatedFigure) -> Iterator[Spot]:
    """The borders of the areas that have a row, without parts of them that are small and far away."""
    named = set() if figure.lat else {key_of(cell(figure, row, figure.place)) for row in figure.rows}
    for region in figure.regions:
        if region.name in named and region.rings:
            for ring in _main(region):
                yield from ring


def _main(region: Region) -> Iterator[Ring]:
    sizes = [abs(_size(ring)) for ring in region.rings]
    largest = region.rings[sizes.index(max(sizes))]
    west, east = (end(x for x, _ in largest) for end in (min, max))
    south, north = (end(y for _, y in largest) for end in (min, max))
    for ring, size in zip(region.rings, sizes, strict=True):
        x, y = ring[0]
        away = min(max(west - turned, turned - east, 0.0) for turned in (x - 360, x, x + 360))
        near = max(away * math.cos(math.radians(y)), south - y, y - north) < _NEAR
        if near or size >= _LARGE * max(sizes):
            yield ring


def _size(ring: Ring) -> float:
    """Square degrees at the equator."""
    middle = math.cos(math.radians(sum(y for _, y in ring) / len(ring)))
    return middle * sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise((*ring, ring[0]))) / 2


def clipped(ring: Sequence[Spot], left: float, top: float, right: float, bottom: float) -> list[Spot]:
    """What of a border lies in a box, closed along the edges of the box (Sutherland and Hodgman, 1974)."""
    found: Iterable[Spot] = ring
    for axis, edge, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        given, found = [*found], []
        for before, after in pairwise([*given[-1:], *given]):
            inside, was = sign * (after[axis] - edge) >= 0, sign * (before[axis] - edge) >= 0
            if inside != was:
                share = (edge - before[axis]) / (after[axis] - before[axis])
                found.append((before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])))
            if inside:
                found.append(after)
    return [*found]
