"""Two terms in, their sum, difference, product or quotient out, with its unit; a term and its interval in, a quantity
out. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from reportgen.language.rounding import supported_decimals
from reportgen.language.units import (
    POINTS,
    UnitError,
    UnitTable,
    is_percent,
    is_points,
    named,
    never_negative,
    readable,
    rescaled,
    unit_ratio,
    without_percent,
)
from reportgen.model.interval import Interval
from reportgen.model.quantity import Quantity, Relation, Unit
from reportgen.quantities.expression import Expression, Operator, Place, number


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a formula, in a unit."""

    expression: Expression
    """What it comes to, counted in `unit`."""
    unit: Unit
    around: bool = False
    """Whether something that it rests on is marked `~`."""

    @classmethod
    def fact(cls, name: str, quantity: Quantity) -> Term:
        """A fact's number: a variable of its own."""
        leaf = Expression("fact", interval=quantity.interval, nominal=quantity.nominal, name=name)
        return cls(leaf, quantity.unit, quantity.relation is Relation.AROUND)

    @classmethod
    def literal(cls, quantity: Quantity) -> Term:
        """An exact number."""
        value = quantity.central
        assert value is not None
        return cls(number(value), quantity.unit)

    def times(self, factor: Fraction, unit: Unit) -> Term:
        """The same counted in another unit, of which one of its own is `factor`."""
        if factor == 1:
            return replace(self, unit=unit)
        return replace(self, expression=Expression("*", (number(factor), self.expression)), unit=unit)


def negate(term: Term, place: Place | None = None) -> Term:
    """Minus the term."""
    return replace(term, expression=Expression("-x", (term.expression,), place=place))


def add(one: Term, other: Term, place: Place | None = None) -> Term:
    """The sum, in the first's unit. Raises UnitError for unlike units."""
    if is_points(one.unit) and is_percent(other.unit):
        return _sum("+", replace(one, unit=other.unit), other, other.unit, place)
    if is_percent(one.unit) and is_points(other.unit):
        return _sum("+", one, replace(other, unit=one.unit), one.unit, place)
    return _sum("+", one, other, one.unit, place)


def subtract(one: Term, other: Term, units: UnitTable, place: Place | None = None) -> Term:
    """The difference: percent less percent is percentage points. Raises UnitError for unlike units."""
    if is_percent(one.unit) and is_points(other.unit):
        return _sum("-", one, replace(other, unit=one.unit), one.unit, place)
    unit = units.parse(POINTS) if is_percent(one.unit) and is_percent(other.unit) else one.unit
    return _sum("-", one, other, unit, place)


def multiply(one: Term, other: Term, units: UnitTable, place: Place | None = None) -> Term:
    """The product. Percent is 1/100, but percent times percent is percent."""
    product = Expression("*", (one.expression, other.expression), place=place)
    if is_percent(one.unit) and is_percent(other.unit):
        return _joined(product, one, other).times(Fraction(1, 100), one.unit)
    first, second = without_percent(one.unit), without_percent(other.unit)
    unit = units.product(_known(first, units), _known(second, units))
    return _joined(product, one, other).times(first.scale * second.scale / unit.scale, unit)


def divide(one: Term, other: Term, units: UnitTable, place: Place | None = None) -> Term:
    """The quotient. Counts, money and power are at least 0 here, and a divisor of them more than 0; a bound of the
    quotient that this alone gives is left out."""
    first, second = one.unit, other.unit
    if is_percent(second) or is_points(second):
        first, second = without_percent(first), without_percent(second)
    unit = units.product(_known(first, units), _known(second, units), -1)
    floored = (never_negative(first), never_negative(second))
    quotient = Expression("/", (one.expression, other.expression), floored=floored, place=place)
    return _joined(quotient, one, other).times(first.scale / second.scale / unit.scale, unit)


def difference(one: Term, other: Term) -> Expression:
    """How much more the first is, both counted in one unit already."""
    return Expression("-", (one.expression, other.expression))


def stated(term: Term, interval: Interval, nominal: Interval, units: UnitTable | None) -> Quantity:
    """What a term comes to, as it is printed: one value if its interval supports one, else a bound or a range; with
    `units` in one that a person would choose."""
    relation, exact = reading(interval, nominal), interval == nominal
    made = Quantity(interval, nominal, term.unit, relation, None, None, exact=exact)
    if nominal.is_point and not exact and supported_decimals(made) is None:
        made = replace(made, nominal=interval)
    if term.around and relation is Relation.EQUAL:
        made = replace(made, relation=Relation.AROUND)
    if units is None:
        return made
    unit = readable(made.unit, made.headline, units)
    return rescaled(made, made.unit.scale / unit.scale, unit)


def reading(interval: Interval, nominal: Interval) -> Relation:
    """The relation that an interval reads as: "up to" where what is written allows the bound itself. An end that is
    only approached at 0 is no bound worth stating."""
    low, high = interval.low, interval.high
    if nominal.is_point:
        return Relation.EQUAL
    if high is not None and (low is None or (low == 0 and interval.low_open)):
        return Relation.UNDER if interval.high_open and nominal.high_open else Relation.UP_TO
    if low is not None and (high is None or (high == 0 and interval.high_open)):
        return Relation.OVER if interval.low_open and nominal.low_open else Relation.AT_LEAST
    return Relation.EQUAL


def _sum(operator: Operator, one: Term, other: Term, unit: Unit, place: Place | None) -> Term:
    if one.unit.powers != other.unit.powers:
        raise UnitError(f"{named(one.unit)} and {named(other.unit)} cannot be added, subtracted or compared")
    second = other.times(unit_ratio(other.unit, one.unit), one.unit)
    return _joined(Expression(operator, (one.expression, second.expression), place=place), one, other, unit)


def _joined(expression: Expression, one: Term, other: Term, unit: Unit | None = None) -> Term:
    return Term(expression, unit or one.unit, one.around or other.around)


def _known(unit: Unit, units: UnitTable) -> Unit:
    """The unit by its named factors: its scale may hold hundredths, which are no part of its name."""
    return units.unit(unit.factors, unit.multiple)
