"""Numbers with a unit, a relation and a precision, held as exact intervals. Values only; pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from reportgen.diagnostics import Places, Span
from reportgen.late_patterns import regex
from reportgen.model.interval import Interval
from reportgen.model.text import Text

_NUMBER = regex(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
LONGEST = 30
"""Characters of a number: enough for any statistic, and too few to make arithmetic slow."""
FEWEST = {"digits": 1, "decimals": 0}
"""The fewest digits or decimals that a number can be printed with; the most are LONGEST."""


class Relation(StrEnum):
    """How a stated number bounds the true one."""

    EQUAL = "="
    UNDER = "<"
    UP_TO = "<="
    OVER = ">"
    AT_LEAST = ">="
    AROUND = "~"


_UNITS = Places(Span.at("content/units.yaml"))


@dataclass(frozen=True, slots=True)
class UnitForms:
    """What units.yaml says of one unit."""

    id: str
    kind: str = "count"
    """`count` for a counted noun; anything else only names how a built-in unit prints."""
    short: Text = field(default_factory=lambda: Text(()))
    long: Text = field(default_factory=lambda: Text(()))
    plural: tuple[tuple[str, Text], ...] = ()
    """CLDR category (`one`, `few`, `many`, `other`) -> the noun after such a number."""
    per: Text = field(default_factory=lambda: Text(()))
    """How an amount for each of it is said, around `{}`: `{} на ферму`."""
    at: Places = field(default_factory=lambda: _UNITS, kw_only=True, compare=False, metadata={"place": True})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, with what it is made of. Made by a `UnitTable`."""

    text: str
    """As shown to authors, e.g. `billion KZT` or `MW/rig`; empty for a plain number."""
    powers: tuple[tuple[str, int], ...] = ()
    """Base unit -> power, sorted; two units are alike when these are equal."""
    scale: Fraction = Fraction(1)
    """How many of the base unit it is: a `billion KZT` is 10**9."""
    factors: tuple[tuple[str, int], ...] = ()
    """Named unit -> power in the order written, multiples left out: `(("MW", 1), ("rig", -1))`."""
    multiple: Fraction = Fraction(1)
    """The part of `scale` owed to a word in front: thousand, million, billion, trillion."""


PLAIN = Unit("")
"""The unit of a plain number."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated or computed number."""

    interval: Interval
    """Every value that it allows, counted in `unit`: a rounded number stands for all that round to it."""
    nominal: Interval
    """What stands there, as if no number in it were rounded: one value, else a bound or a range. Of a computed value
    that its interval does not support, the interval itself."""
    unit: Unit
    relation: Relation
    written: int | None
    """Significant digits that its author wrote; None if it is exact or computed."""
    typed: str | None
    """The number as its author wrote it, a range as `10/20.5`; None if computed."""
    bounds: tuple[str, str] | None = None
    """The least and the most that its source gives beside the value, as plain numbers; they are the interval."""
    exact: bool = True
    """Nothing in it is rounded or estimated."""

    @property
    def central(self) -> Fraction | None:
        """The value stated by `=` or `~`; None for a bound or a range."""
        return self.nominal.low if self.nominal.is_point else None

    @property
    def is_range(self) -> bool:
        """Two ends are to be printed."""
        return self.central is None and self.relation in (Relation.EQUAL, Relation.AROUND)

    @property
    def headline(self) -> Fraction:
        """The number printed: the central value, the bound, or a range's upper end."""
        low_side = self.relation in (Relation.OVER, Relation.AT_LEAST)
        end = self.interval.low if low_side else self.interval.high
        value = self.central if self.central is not None else end
        if value is None:
            raise ValueError("an unbounded quantity has no number to print")
        return value


def typed_quantity(
    number: str, unit: Unit = PLAIN, relation: Relation = Relation.EQUAL, step: Fraction | None = None
) -> Quantity:
    """A quantity as an author types it: `18.10`. ValueError if `number` is not a plain decimal.

    `step` is what it was rounded to, in the unit: one unit of its last written digit if None, and 0 if it is exact. A
    number in a relation is always exact.
    """
    value = parse_number(number)
    if relation not in (Relation.EQUAL, Relation.AROUND):
        bound = _bound(value, relation)
        return Quantity(bound, bound, unit, relation, None, number)
    width = Fraction(1, 10 ** typed_decimals(number)) if step is None else step
    point = Interval.point(value)
    if not width:
        return Quantity(point, point, unit, relation, None, number)
    interval = _rounded(value, width / 2)
    return Quantity(interval, point, unit, relation, typed_digits(number), number, exact=False)


def range_quantity(
    low: str | None, high: str | None, unit: Unit = PLAIN, relation: Relation = Relation.EQUAL
) -> Quantity:
    """A quantity from `{min, max}`; with one end alone it is a bound. ValueError if the ends make no range."""
    if relation not in (Relation.EQUAL, Relation.AROUND):
        raise ValueError(f'min and max already say where the value lies: leave out the relation "{relation}"')
    if low is None and high is None:
        raise ValueError("a range needs min, max or both")
    if high is None:
        return typed_quantity(low or "", unit, Relation.AT_LEAST)
    if low is None:
        return typed_quantity(high, unit, Relation.UP_TO)
    ends = _ordered(low, high)
    return Quantity(ends, ends, unit, relation, None, f"{low}/{high}")


def bounded_quantity(
    number: str, low: str, high: str, unit: Unit = PLAIN, relation: Relation = Relation.EQUAL
) -> Quantity:
    """A quantity from `{value, min, max}`. ValueError if the value does not lie between the bounds."""
    if relation not in (Relation.EQUAL, Relation.AROUND):
        raise ValueError(f'min and max already say where the value lies: leave out the relation "{relation}"')
    value, ends = parse_number(number), _ordered(low, high)
    if not ends.contains(value):
        raise ValueError(f"the value {number} does not lie between min {low} and max {high}")
    return Quantity(ends, Interval.point(value), unit, relation, typed_digits(number), number, (low, high), exact=False)


def exact_quantity(value: Fraction, unit: Unit = PLAIN, typed: str | None = None) -> Quantity:
    """A number without error, e.g. a literal of a formula."""
    point = Interval.point(value)
    return Quantity(point, point, unit, Relation.EQUAL, None, typed)


def parse_number(text: str) -> Fraction:
    """A plain decimal, exactly. ValueError if it is not one (`010`, `1,5`, `1e3`)."""
    if not is_number(text):
        raise ValueError(f'"{text}" is not a plain number; write it like 14, -3 or 18.10')
    if len(text) > LONGEST:
        raise ValueError(f"a number has at most {LONGEST} characters")
    whole, _, decimals = text.partition(".")
    return Fraction(int(whole + decimals), 10 ** len(decimals))  # Fraction(text) would take it apart again


def is_number(text: str) -> bool:
    """Whether a plain scalar is a number: `-?(0|[1-9][0-9]*)(\\.[0-9]+)?`."""
    return _NUMBER.fullmatch(text) is not None


def typed_decimals(number: str) -> int:
    """Decimals as typed, zeros included: 2 of `18.10`."""
    return len(number.partition(".")[2])


def typed_digits(number: str) -> int:
    """Significant digits as typed, trailing zeros included: 4 of `18.10`, 2 of `0.036`."""
    return max(1, len(number.lstrip("-").replace(".", "").lstrip("0")))


def _ordered(low: str, high: str) -> Interval:
    least, most = parse_number(low), parse_number(high)
    if least > most:
        raise ValueError(f"min {low} is more than max {high}")
    return Interval(least, most)


def _rounded(value: Fraction, half: Fraction) -> Interval:
    """All that rounds to `value`: halves go away from zero, so the end that is nearer to zero belongs to it."""
    return Interval(value - half, value + half, value <= 0, value >= 0)


def _bound(value: Fraction, relation: Relation) -> Interval:
    if relation in (Relation.UNDER, Relation.UP_TO):
        return Interval(None, value, high_open=relation is Relation.UNDER)
    return Interval(value, None, low_open=relation is Relation.OVER)
