"""Longitudes and latitudes in, places on a plane in true proportion of areas out. Pure.

A part of the Earth is seen from above its middle (Lambert's azimuthal equal-area projection), the whole in the Equal
Earth projection of Savric, Patterson and Jenny (2018).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

Projection = Callable[[float, float], tuple[float, float]]
WHOLE = 200.0
"""Degrees from west to east from which on a map is one of the Earth."""
_WEST = -171.3
"""Where a map of the Earth begins whose borders go on beyond the date line: west of Alaska, so that nothing is torn."""
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_HALF_ROOT = math.sqrt(3) / 2


def projection_of(places: Iterable[tuple[float, float]]) -> Projection:
    """A projection that suits these places, which may lie on both sides of the date line; y grows to the south."""
    found = [*places]
    if shows_all(found):
        return _from(_WEST) if any(x > 181 for x, _ in found) else _whole
    west, span = _span([x for x, _ in found])
    ys = [y for _, y in found]
    return _azimuthal(west + span / 2, (min(ys) + max(ys)) / 2)


def shows_all(places: Sequence[tuple[float, float]]) -> bool:
    """Whether a map that holds these places is one of the whole Earth."""
    ys = [y for _, y in places]
    return _span([x for x, _ in places])[1] > WHOLE or max(ys) - min(ys) > 120


def _span(xs: list[float]) -> tuple[float, float]:
    """Where the places begin in the west, and how far they reach: the widest gap between two is left out."""
    turns = sorted({x % 360 for x in xs})
    gaps = [(after - before, after) for before, after in pairwise([*turns, turns[0] + 360])]
    gap, west = max(gaps)
    return west % 360, 360 - gap


def _azimuthal(longitude: float, latitude: float) -> Projection:
    sine, cosine = math.sin(math.radians(latitude)), math.cos(math.radians(latitude))

    def project(x: float, y: float) -> tuple[float, float]:
        away, height = math.radians(x - longitude), math.radians(y)
        up, along = math.sin(height), math.cos(height)
        k = math.sqrt(2 / max(1e-9, 1 + sine * up + cosine * along * math.cos(away)))
        return k * along * math.sin(away), -k * (cosine * up - sine * along * math.cos(away))

    return project


def _from(west: float) -> Projection:
    """The whole Earth, from a longitude on; borders begin at most two degrees before it."""
    return lambda x, y: _whole(x - west - 180 + (360 if x < west - 2 else 0), y)


def _whole(x: float, y: float) -> tuple[float, float]:
    t = math.asin(_HALF_ROOT * math.sin(math.radians(y)))
    t2 = t * t
    t6 = t2 * t2 * t2
    slope = _A[0] + 3 * _A[1] * t2 + t6 * (7 * _A[2] + 9 * _A[3] * t2)
    across = math.radians(x) * math.cos(t) / (_HALF_ROOT * slope)
    return across, -t * (_A[0] + _A[1] * t2 + t6 * (_A[2] + _A[3] * t2))
