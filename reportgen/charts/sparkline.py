"""Values with their times in; the positions of their line and dots in a box out. Pure.

A box is 100 wide and 100 high, counted from the left and from the bottom; the bottom is the value zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from reportgen.brief.subjects import Observation
from reportgen.late_patterns import regex

CLOSE = 16
"""Smallest distance between labels, in hundredths of the width, at which they do not overlap on a phone."""
_WORDS = regex(r"(?<=\d)\s[^\W\d_][^\d]{3,}$")


@dataclass(frozen=True, slots=True)
class SparkDot:
    """The position of a value."""

    point: Observation
    x: float
    y: float
    side: Literal["above", "below"]
    """The position of its label: on the side away from the line."""
    labelled: bool
    """Whether there is room for its label; the table below has every value."""


@dataclass(frozen=True, slots=True)
class SparkPath:
    """A line through values, earliest first."""

    dots: tuple[SparkDot, ...]
    solid: tuple[str, ...]
    """Points of SVG polylines, from the top, between values that are known."""
    dotted: tuple[str, ...]
    """The same, to or from values that are only bounds."""
    floor: str = ""
    """The value at the bottom, where that is zero."""
    unit: str = ""
    """Words that all values end with, with the space before them; a unit of few letters is none."""


@dataclass(frozen=True, slots=True)
class SparkTick:
    """The position of an event on a strip."""

    x: float
    here: bool


@dataclass(frozen=True, slots=True)
class Spark:
    """A small chart without text beside a key figure: its measure over time, or its date among others."""

    run: SparkPath | None = None
    strip: tuple[SparkTick, ...] = ()


def run(points: Sequence[Observation], here: str) -> SparkPath:
    """`here` is the fact that is always labelled. Two points at least, on two days at least."""
    low = min(Fraction(0), *(point.value for point in points))
    high = max(Fraction(0), *(point.value for point in points))
    span = (high - low) or Fraction(1)
    places = [(x, float((point.value - low) * 100 / span)) for point, x in zip(points, _along(points), strict=True)]
    room = _labelled([x for x, _ in places], [point.fact == here for point in points])
    dots = tuple(
        SparkDot(point, round(x, 1), round(y, 1), "above" if _is_high(places, n) else "below", room[n])
        for n, (point, (x, y)) in enumerate(zip(points, places, strict=True))
    )
    joined = [dot for dot in dots if not dot.point.apart]
    lines = [(_line(*pair), any(bool(dot.point.bound) for dot in pair)) for pair in pairwise(joined)]
    solid, dotted = (tuple(line for line, open in lines if open is dashed) for dashed in (False, True))
    return SparkPath(dots, solid, dotted, "" if low < 0 else "0", _shared_words([point.text for point in points]))


def strip(days: Sequence[tuple[date, str]], here: str) -> tuple[SparkTick, ...]:
    """(day, id) of events, earliest first -> their places; `here` is the id of the event to mark."""
    first, last = days[0][0].toordinal(), days[-1][0].toordinal()
    span = (last - first) or 1
    return tuple(SparkTick(round((day.toordinal() - first) * 100 / span, 1), id == here) for day, id in days)


def _shared_words(texts: Sequence[str]) -> str:
    ends = {found[0] if (found := _WORDS.search(text)) else "" for text in texts}
    return ends.pop() if len(ends) == 1 else ""


def _along(points: Sequence[Observation]) -> list[float]:
    first, last = points[0].day.toordinal(), points[-1].day.toordinal()
    return [(point.day.toordinal() - first) * 100 / (last - first) for point in points]


def _is_high(places: Sequence[tuple[float, float]], n: int) -> bool:
    """Whether a value is no lower than its neighbours on average: then there is room above it."""
    beside = [places[m][1] for m in (n - 1, n + 1) if 0 <= m < len(places)]
    return places[n][1] * len(beside) >= sum(beside)


def _labelled(xs: Sequence[float], chosen: Sequence[bool]) -> list[bool]:
    """Whether each point has room for its label: the chosen point first, then the ends, then those between."""
    order = sorted(range(len(xs)), key=lambda n: (not chosen[n], n not in (0, len(xs) - 1), n))
    taken: list[float] = []
    found = [False] * len(xs)
    for n in order:
        if all(abs(xs[n] - x) >= CLOSE for x in taken):
            taken.append(xs[n])
            found[n] = True
    return found


def _line(*dots: SparkDot) -> str:
    return " ".join(f"{dot.x:g},{round(100 - dot.y, 1):g}" for dot in dots)
