"""What a column of reckoned numbers may be in; the decimals to which each is printed out. Pure.

A formula over facts prints no digit that its inputs do not support; nor does a mean, a share, a change or an index of
a group. In a whole column none has more decimals than the one that supports least, unless it needs them for its first
two digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reportgen.language.rounding import digits_to_decimals, ends, supported_decimals
from reportgen.model.interval import Interval
from reportgen.model.quantity import PLAIN, Quantity, Relation, typed_decimals

LEAST = 2
"""Significant digits that are printed, however little of them is supported."""
UNENDING = 3
"""Significant digits of a quotient of exact numbers that never ends."""

Reckoned = tuple[Fraction, Interval]
"""A number as it is made of its cells, and all that it may be where these were rounded."""


def allowed(typed: str, value: Fraction, *, counted: bool, finest: int | None) -> Interval:
    """All that a cell may be. `finest`: its last decimal, where it is reckoned itself."""
    if finest is not None:
        half = Fraction(10) ** -finest
    elif counted and "." not in typed:
        return Interval.point(value)
    else:
        half = Fraction(1, 2 * 10 ** typed_decimals(typed))
    return Interval(value - half, value + half)


def total(parts: Sequence[Interval]) -> Interval:
    """All that the sum of the parts may be."""
    return sum(parts, Interval.point(Fraction(0)))


def quotient(own: Interval, base: Interval) -> Interval | None:
    """All that `own` may be in percent of `base`; None where that may be nought."""
    return (own / base).scaled(Fraction(100)) if base.low is not None and base.low > 0 else None


def part_of_whole(own: Interval, whole: Interval) -> Interval | None:
    """All that `own` may be in percent of a whole that it is a part of; None where that may be nought."""
    (least, most), (least_of_all, most_of_all) = _ends(own), _ends(whole)
    whole_at_least, whole_at_most = least + most_of_all - most, most + least_of_all - least
    if whole_at_least <= 0 or whole_at_most <= 0:
        return None
    low, high = 100 * least / whole_at_least, 100 * most / whole_at_most
    return Interval(low, high) if low <= high else None


def printed_decimals(column: Sequence[Reckoned | None]) -> list[int | None]:
    """Of each number the decimals to which it is printed; None for one that is printed in full."""
    own = [None if each is None else _supported(*each) for each in column]
    common = min((decimals for decimals in own if decimals is not None), default=None)
    if common is None:
        return own
    found: list[int | None] = []
    for each, most in zip(column, own, strict=True):
        if each is None:
            found.append(None)
            continue
        needed = digits_to_decimals(each[0], LEAST) if each[0] else common
        decimals = max(common, needed if most is None else min(most, needed))
        is_short = most is None and (each[0] * Fraction(10) ** decimals).denominator == 1
        found.append(None if is_short else decimals)
    return found


def _supported(value: Fraction, may_be: Interval) -> int | None:
    if may_be.is_point:
        return None if ends(value) else digits_to_decimals(value, UNENDING)
    made = Quantity(may_be, Interval.point(value), PLAIN, Relation.EQUAL, None, None, exact=False)
    decimals = supported_decimals(made)
    if decimals is None:
        return digits_to_decimals(value, LEAST) if value else 0
    return decimals


def _ends(interval: Interval) -> tuple[Fraction, Fraction]:
    if interval.low is None or interval.high is None:
        raise ValueError("what cells may be has two ends")
    return interval.low, interval.high
