"""Intervals of exact numbers, with open, closed and unbounded ends. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf

_End = tuple[Fraction | float, bool]
"""A place (a float only where it is infinite), and whether it is left out."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two ends. Never empty: ValueError if it would be."""

    low: Fraction | None
    """None where unbounded."""
    high: Fraction | None
    """None where unbounded."""
    low_open: bool = False
    """`low` itself is left out."""
    high_open: bool = False
    """`high` itself is left out."""

    def __post_init__(self) -> None:
        if self.low is None:
            object.__setattr__(self, "low_open", True)
        if self.high is None:
            object.__setattr__(self, "high_open", True)
        if self.low is not None and self.high is not None:
            empty = self.low == self.high and (self.low_open or self.high_open)
            if self.low > self.high or empty:
                raise ValueError(f"nothing lies between {self.low} and {self.high}")

    @classmethod
    def point(cls, value: Fraction) -> Interval:
        """One number alone."""
        return cls(value, value)

    @property
    def is_point(self) -> bool:
        """It holds one number alone."""
        return self.low is not None and (self.low is self.high or self.low == self.high)

    @property
    def unbounded(self) -> bool:
        """It says nothing: open on both sides."""
        return self.low is None and self.high is None

    def contains(self, value: Fraction) -> bool:
        """Whether `value` is in it."""
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return above and below

    def below(self, other: Interval) -> bool:
        """Whether all of it is less than all of `other`."""
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))

    def united(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        low, low_open = min(self._ends()[0], other._ends()[0])
        high, closed = max((place, not is_open) for place, is_open in (self._ends()[1], other._ends()[1]))
        return Interval(
            low if isinstance(low, Fraction) else None,
            high if isinstance(high, Fraction) else None,
            low_open,
            not closed,
        )

    def distance(self, other: Interval) -> Fraction:
        """The gap between the nearest ends: 0 where they meet, even at an end that is left out."""
        for one, two in ((self, other), (other, self)):
            if one.high is not None and two.low is not None and one.high < two.low:
                return two.low - one.high
        return Fraction(0)

    def __neg__(self) -> Interval:
        return Interval(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_open,
            self.low_open,
        )

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        if self.low is not None and other.low is not None and self.low > 0 and other.low > 0:
            return Interval(
                self.low * other.low,
                None if self.high is None or other.high is None else self.high * other.high,
                self.low_open or other.low_open,
                self.high_open or other.high_open,
            )
        ends = [_times(one, two) for one in self._ends() for two in other._ends()]
        # Among equal ends the one that is reached wins: False sorts before True.
        low, low_open = min(ends)
        high, closed = max((place, not is_open) for place, is_open in ends)
        return Interval(
            low if isinstance(low, Fraction) else None,
            high if isinstance(high, Fraction) else None,
            low_open,
            not closed,
        )

    def __truediv__(self, other: Interval) -> Interval:
        """ZeroDivisionError if 0 is in `other`."""
        return self * other.reciprocal()

    def reciprocal(self) -> Interval:
        """One over each of its numbers. ZeroDivisionError if 0 is among them."""
        if self.contains(Fraction(0)):
            raise ZeroDivisionError
        zero = Fraction(0)
        above = self.low is not None and self.low >= 0
        low = (zero if self.high is None else 1 / self.high) if above or self.high else None
        high = (zero if self.low is None else 1 / self.low) if not above or self.low else None
        return Interval(low, high, self.high_open, self.low_open)

    def scaled(self, factor: Fraction) -> Interval:
        """Each of its numbers times `factor`."""
        return self * Interval.point(factor)

    def _ends(self) -> tuple[_End, _End]:
        low: Fraction | float = -inf if self.low is None else self.low
        high: Fraction | float = inf if self.high is None else self.high
        return ((low, self.low_open), (high, self.high_open))


def _times(one: _End, other: _End) -> _End:
    (first, first_open), (second, second_open) = one, other
    if first == 0 or second == 0:  # nothing times an unbounded end is still nothing
        reached = (first == 0 and not first_open) or (second == 0 and not second_open)
        return (Fraction(0), not reached)
    if isinstance(first, Fraction) and isinstance(second, Fraction):
        return (first * second, first_open or second_open)
    return (inf if (first > 0) == (second > 0) else -inf, True)
