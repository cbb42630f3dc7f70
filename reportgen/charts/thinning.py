"""The points of a line in px in; those without which it would look otherwise out. Pure.

Half a pixel is less than anybody sees: a line of thousands of points is drawn through some hundreds of them.
"""

from __future__ import annotations

from collections.abc import Sequence

TOLERANCE = 0.5
"""px; how far the line may lie from any point that it leaves out."""
FEW = 64
"""Points that are all kept."""


def kept_points(places: Sequence[tuple[float, float]], tolerance: float = TOLERANCE, few: int = FEW) -> list[int]:
    """Indices of the points that are kept, in order; a place that is no number is a gap, and is kept. Of `few` points
    all are."""
    if len(places) <= few:
        return [*range(len(places))]
    kept: list[int] = []
    start = 0
    for end in (*(n for n, (x, y) in enumerate(places) if x != x or y != y), len(places)):
        kept += _of_run(places, start, end, tolerance)
        if end < len(places):
            kept.append(end)
        start = end + 1
    return kept


def _of_run(places: Sequence[tuple[float, float]], start: int, end: int, tolerance: float) -> list[int]:
    """The points from `start` up to `end` that are kept, by Douglas and Peucker's rule, in each column of a pixel only
    the first, the lowest, the highest and the last being looked at."""
    run = _by_column(places, start, end, tolerance)
    if len(run) < 3:
        return run
    keep = {run[0], run[-1]}
    waiting = [(0, len(run) - 1)]
    while waiting:
        first, last = waiting.pop()
        (ax, ay), (bx, by) = places[run[first]], places[run[last]]
        dx, dy = bx - ax, by - ay
        square = dx * dx + dy * dy or 1.0
        far, furthest = tolerance * tolerance, -1
        for n in range(first + 1, last):
            x, y = places[run[n]]
            along = ((x - ax) * dx + (y - ay) * dy) / square
            along = 0.0 if along < 0 else 1.0 if along > 1 else along
            away = (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2
            if away > far:
                far, furthest = away, n
        if furthest > 0:
            keep.add(run[furthest])
            waiting += [(first, furthest), (furthest, last)]
    return [n for n in run if n in keep]


def _by_column(places: Sequence[tuple[float, float]], start: int, end: int, wide: float) -> list[int]:
    kept: list[int] = []
    n = start
    while n < end:
        column = int(places[n][0] // wide)
        stop = n + 1
        while stop < end and int(places[stop][0] // wide) == column:
            stop += 1
        inside = range(n, stop)
        low, high = (choose(inside, key=lambda at: places[at][1]) for choose in (min, max))
        kept += sorted({n, low, high, stop - 1})
        n = stop
    return kept
