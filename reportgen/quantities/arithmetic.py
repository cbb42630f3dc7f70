"""Two quantities in, their sum, difference, product or quotient out, with interval and precision. Pure."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reportgen.language.rounding import decimals_to_digits, digits_to_decimals
from reportgen.language.units import (
    POINTS,
    UnitError,
    UnitTable,
    is_percent,
    is_points,
    named,
    never_negative,
    rescaled,
    unit_ratio,
    without_percent,
)
from reportgen.model.interval import Interval
from reportgen.model.quantity import Quantity, Relation, Unit


def negate(quantity: Quantity) -> Quantity:
    """Minus the quantity."""
    central = None if quantity.central is None else -quantity.central
    return _computed(-quantity.interval, central, quantity.unit, (quantity,), quantity.decimals, quantity.significant)


def add(one: Quantity, other: Quantity) -> Quantity:
    """The sum, in the first's unit. Raises UnitError for unlike units."""
    if is_points(one.unit) and is_percent(other.unit):
        return _sum(replace(one, unit=other.unit), other, other.unit)
    if is_percent(one.unit) and is_points(other.unit):
        return _sum(one, replace(other, unit=one.unit), one.unit)
    return _sum(one, other, one.unit)


def subtract(one: Quantity, other: Quantity, units: UnitTable) -> Quantity:
    """The difference: percent less percent is percentage points. Raises UnitError for unlike units."""
    if is_percent(one.unit) and is_points(other.unit):
        return _sum(one, negate(replace(other, unit=one.unit)), one.unit)
    unit = units.parse(POINTS) if is_percent(one.unit) and is_percent(other.unit) else one.unit
    return _sum(one, negate(other), unit)


def multiply(one: Quantity, other: Quantity, units: UnitTable) -> Quantity:
    """The product. Percent is 1/100, but percent times percent is percent."""
    if is_percent(one.unit) and is_percent(other.unit):
        return _product(one, other, one.interval * other.interval, one.unit, Fraction(1, 100))
    first, second = (replace(part, unit=without_percent(part.unit)) for part in (one, other))
    unit = units.product(_known(first.unit, units), _known(second.unit, units))
    factor = first.unit.scale * second.unit.scale / unit.scale
    return _product(first, second, first.interval * second.interval, unit, factor)


def divide(one: Quantity, other: Quantity, units: UnitTable) -> Quantity:
    """The quotient. Raises ZeroDivisionError if the divisor may be zero.

    Counts, money and power are at least 0 here, and a divisor of them more than 0; a bound of the quotient that
    this alone gives is left out.
    """
    first, second = one, other
    if is_percent(other.unit) or is_points(other.unit):
        first, second = (replace(part, unit=without_percent(part.unit)) for part in (one, other))
    unit = units.product(_known(first.unit, units), _known(second.unit, units), -1)
    factor = first.unit.scale / second.unit.scale / unit.scale
    above, floored = _at_least_zero(first.interval, first.unit, reached=True)
    below, _ = _at_least_zero(second.interval, second.unit, reached=False)
    interval = above / below
    if floored:
        interval = _without_zero_end(interval)
    return _product(first, second, interval, unit, factor, quotient=True)


def reading(interval: Interval, central: Fraction | None) -> Relation:
    """The relation that an interval reads as; an open end at 0 is not stated as a bound."""
    low, high = interval.low, interval.high
    if interval.is_point:
        return Relation.EQUAL
    if central is not None:
        return Relation.AROUND
    if high is not None and (low is None or (low == 0 and interval.low_open)):
        return Relation.UNDER if interval.high_open else Relation.UP_TO
    if low is not None and (high is None or (high == 0 and interval.high_open)):
        return Relation.OVER if interval.low_open else Relation.AT_LEAST
    return Relation.EQUAL


def _sum(one: Quantity, other: Quantity, unit: Unit) -> Quantity:
    if one.unit.powers != other.unit.powers:
        raise UnitError(f"{named(one.unit)} and {named(other.unit)} cannot be added, subtracted or compared")
    second = rescaled(other, unit_ratio(other.unit, one.unit), one.unit)
    interval = one.interval + second.interval
    central = None if one.central is None or second.central is None else one.central + second.central
    fewest = min((part.decimals for part in (one, second) if part.decimals is not None), default=None)
    digits = None if fewest is None else decimals_to_digits(_main(interval, central), fewest)
    return _computed(interval, central, unit, (one, second), fewest, digits)


def _product(
    one: Quantity, other: Quantity, interval: Interval, unit: Unit, factor: Fraction, *, quotient: bool = False
) -> Quantity:
    interval = interval.scaled(factor)
    central = None
    if one.central is not None and other.central is not None:
        central = factor * (one.central / other.central if quotient else one.central * other.central)
    fewest = min((part.significant for part in (one, other) if part.significant is not None), default=None)
    decimals = None if fewest is None else digits_to_decimals(_main(interval, central), fewest)
    return _computed(interval, central, unit, (one, other), decimals, fewest)


def _computed(
    interval: Interval,
    central: Fraction | None,
    unit: Unit,
    parts: tuple[Quantity, ...],
    decimals: int | None,
    significant: int | None,
) -> Quantity:
    exact = all(part.exact for part in parts)
    relation = reading(interval, central)
    if central is None and any(part.relation is Relation.AROUND and part.is_range for part in parts):
        relation = Relation.AROUND if relation is Relation.EQUAL else relation
    return Quantity(
        interval,
        interval.low if interval.is_point else central,
        unit,
        relation,
        None if exact else decimals,
        None if exact else significant,
        exact,
        None,
    )


def _main(interval: Interval, central: Fraction | None) -> Fraction:
    """The number whose digits are counted."""
    return next((end for end in (central, interval.high, interval.low) if end is not None), Fraction(0))


def _known(unit: Unit, units: UnitTable) -> Unit:
    """The unit by its named factors: its scale may hold hundredths, which are no part of its name."""
    return units.unit(unit.factors, unit.multiple)


def _at_least_zero(interval: Interval, unit: Unit, *, reached: bool) -> tuple[Interval, bool]:
    """What lies above 0, if the unit is never negative and nothing else bounds it below; and whether that cut it."""
    if interval.low is not None or not never_negative(unit) or interval.high is None or interval.high <= 0:
        return interval, False
    return Interval(Fraction(0), interval.high, not reached, interval.high_open), True


def _without_zero_end(interval: Interval) -> Interval:
    if interval.low == 0:
        return Interval(None, interval.high, high_open=interval.high_open)
    if interval.high == 0:
        return Interval(interval.low, None, low_open=interval.low_open)
    return interval
