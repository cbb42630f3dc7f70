"""Formulas as expressions over facts: values, and nothing is computed here. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from reportgen.model.interval import Interval

Operator = Literal["fact", "number", "-x", "+", "-", "*", "/"]
Place = tuple[str, int, int]
"""The text of a formula, and where a part of it begins and ends."""


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A part of a formula. Two are the same only if they are one object: a fact is one variable wherever it stands."""

    operator: Operator
    operands: tuple[Expression, ...] = ()
    interval: Interval | None = None
    """Of a fact: every value that it allows. Of a number: that number."""
    nominal: Interval | None = None
    """Of a fact: what stands there, as if it were not rounded."""
    name: str = ""
    """A fact's id."""
    floored: tuple[bool, bool] = (False, False)
    """Of a quotient: whether dividend and divisor are of a kind that is never negative."""
    place: Place | None = None
    """Where an operation is written."""


def number(value: Fraction) -> Expression:
    """A constant."""
    return Expression("number", interval=Interval.point(value), nominal=Interval.point(value))
