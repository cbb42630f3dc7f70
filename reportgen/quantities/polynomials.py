"""An expression as a quotient of two polynomials, and how steeply it rises with a fact. Pure.

Where a fact is named twice, what it does in one place often cancels in the other: x / (x + y) rises with x by
y / (x + y)². Multiplied out, the numerator is y, and its sign is plain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from reportgen.model.interval import Interval

MOST_TERMS = 64
"""A polynomial that is longer is given up."""

Monomial = tuple[tuple[int, int], ...]
"""Variable -> power, sorted by variable; the empty one is 1."""
Polynomial = Mapping[Monomial, Fraction]


class TooLongError(Exception):
    """A polynomial of too many terms."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """One polynomial by another."""

    above: Polynomial
    below: Polynomial

    @classmethod
    def number(cls, value: Fraction) -> Ratio:
        """A constant."""
        return cls({(): value}, {(): Fraction(1)})

    @classmethod
    def variable(cls, index: int) -> Ratio:
        """A variable."""
        return cls({((index, 1),): Fraction(1)}, {(): Fraction(1)})

    def __neg__(self) -> Ratio:
        return Ratio({monomial: -factor for monomial, factor in self.above.items()}, self.below)

    def __add__(self, other: Ratio) -> Ratio:
        if self.below == other.below:
            return Ratio(_sum(self.above, other.above), self.below)
        above = _sum(_product(self.above, other.below), _product(other.above, self.below))
        return Ratio(above, _product(self.below, other.below))

    def __mul__(self, other: Ratio) -> Ratio:
        return Ratio(_product(self.above, other.above), _product(self.below, other.below))

    def __truediv__(self, other: Ratio) -> Ratio:
        return Ratio(_product(self.above, other.below), _product(self.below, other.above))

    def rise(self, variable: int) -> Polynomial:
        """The derivative by a variable, but for a divisor that is a square, and so never negative."""
        one = _product(_derivative(self.above, variable), self.below)
        two = _product(self.above, _derivative(self.below, variable))
        return _sum(one, {monomial: -factor for monomial, factor in two.items()})


def over(polynomial: Polynomial, box: Mapping[int, Interval]) -> Interval:
    """What a polynomial can come to, by interval arithmetic."""
    found = Interval.point(Fraction(0))
    for monomial, factor in polynomial.items():
        term = Interval.point(factor)
        for variable, power in monomial:
            term *= _power(box[variable], power)
        found += term
    return found


def _power(interval: Interval, power: int) -> Interval:
    found = interval
    for _ in range(power - 1):
        found *= interval
    if power % 2 == 0 and (found.low is None or found.low < 0):
        return Interval(Fraction(0), found.high, False, found.high_open)
    return found


def _sum(one: Polynomial, other: Polynomial) -> Polynomial:
    found = dict(one)
    for monomial, factor in other.items():
        found[monomial] = found.get(monomial, Fraction(0)) + factor
    return _kept(found)


def _product(one: Polynomial, other: Polynomial) -> Polynomial:
    if len(one) * len(other) > MOST_TERMS**2:
        raise TooLongError
    found: dict[Monomial, Fraction] = {}
    for first, factor in one.items():
        for second, other_factor in other.items():
            powers = dict(first)
            for variable, power in second:
                powers[variable] = powers.get(variable, 0) + power
            monomial = tuple(sorted(powers.items()))
            found[monomial] = found.get(monomial, Fraction(0)) + factor * other_factor
    return _kept(found)


def _derivative(polynomial: Polynomial, variable: int) -> Polynomial:
    found: dict[Monomial, Fraction] = {}
    for monomial, factor in polynomial.items():
        powers = dict(monomial)
        power = powers.pop(variable, 0)
        if power:
            if power > 1:
                powers[variable] = power - 1
            found[tuple(sorted(powers.items()))] = factor * power
    return found


def _kept(terms: dict[Monomial, Fraction]) -> Polynomial:
    found = {monomial: factor for monomial, factor in terms.items() if factor}
    if len(found) > MOST_TERMS:
        raise TooLongError
    return found
