"""Facts in, those that cannot all hold out: pairs, and sides of which the facts agree among themselves. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

from reportgen.language.units import UnitError, UnitTable
from reportgen.model.edtf import Edtf, lie_within, overlaps, parse_duration
from reportgen.model.fact import DateValue, Fact, Rank, TextValue
from reportgen.model.measure import Measure
from reportgen.model.quantity import Quantity

T = TypeVar("T")
_CALENDAR_MONTHS = (1, 3, 6, 12)
"""The lengths of the calendar's own periods: a month, a quarter, a half-year, a year."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two facts of one measure and place, comparable in time, that cannot both hold."""

    one: str
    """Id of the fact that comes first in the files."""
    other: str


@dataclass(frozen=True, slots=True)
class ValueComparison:
    """What facts are compared by."""

    measures: Mapping[str, Measure]
    time_of: Callable[[Fact], Edtf | None]
    quantity_of: Callable[[Fact], Quantity | None]
    """A fact's number; None where its value is none."""
    units: UnitTable

    def disagreements(self, facts: Iterable[Fact]) -> tuple[Disagreement, ...]:
        """Every pair that cannot both hold, in the order of the files."""
        groups: dict[tuple[str, str], list[Fact]] = {}
        for fact in facts:
            if fact.rank is not Rank.DEPRECATED and fact.measure in self.measures:
                groups.setdefault((fact.measure, fact.place), []).append(fact)
        return tuple(
            Disagreement(one.id, other.id)
            for group in groups.values()
            for one, other in combinations(group, 2)
            if self.comparable(one, other) and not self.agree(one, other)
        )

    def comparable(self, one: Fact, other: Fact) -> bool:
        """Whether their times overlap or lie close enough to each other; values of two periods of the calendar are a
        series, and never compared."""
        first, second = self.time_of(one), self.time_of(other)
        if first is None or second is None:
            return False
        if overlaps(first, second):
            return True
        if is_period(one.as_of) and is_period(other.as_of):
            return False
        within = self.measures[one.measure].comparable_within
        return bool(within) and lie_within(first, second, parse_duration(within))

    def agree(self, one: Fact, other: Fact) -> bool:
        """Whether both values can hold at once, times left aside."""
        first, second = self.quantity_of(one), self.quantity_of(other)
        measure = self.measures.get(one.measure) if one.measure == other.measure else None
        if first is not None and second is not None:
            return self._numbers_agree(first, second, measure)
        if isinstance(one.value, DateValue) and isinstance(other.value, DateValue):
            return overlaps(one.value.date, other.value.date)
        if isinstance(one.value, TextValue) and isinstance(other.value, TextValue):
            return one.value == other.value or (measure is not None and not measure.single)
        return True

    def sides(self, facts: Sequence[Fact]) -> tuple[tuple[Fact, ...], ...]:
        """The facts of a conflict, those that agree side by side."""
        return partition(facts, self._beside)

    def _beside(self, one: Fact, other: Fact) -> bool:
        if isinstance(one.value, TextValue) or isinstance(other.value, TextValue):
            return one.value == other.value
        return self.agree(one, other)

    def _numbers_agree(self, one: Quantity, other: Quantity, measure: Measure | None) -> bool:
        if one.unit.powers != other.unit.powers:
            return True  # currencies, or nouns, that are not compared with each other
        gap = _distance(one, other)
        if gap is None:
            return True
        if measure is None or measure.tolerance is None:
            return False
        if measure.tolerance.relative:
            return gap <= measure.tolerance.amount * _larger(one, other)
        try:
            scale = self.units.parse(measure.unit).scale if measure.unit else Fraction(1)
        except UnitError:
            scale = Fraction(1)
        return gap <= measure.tolerance.amount * scale


def partition(items: Iterable[T], agree: Callable[[T, T], bool]) -> tuple[tuple[T, ...], ...]:
    """The items in groups of which every two agree: each joins the first group that it agrees with throughout."""
    groups: list[list[T]] = []
    for item in items:
        for group in groups:
            if all(agree(other, item) for other in group):
                group.append(item)
                break
        else:
            groups.append([item])
    return tuple(tuple(group) for group in groups)


def connected(pairs: Iterable[Disagreement]) -> tuple[tuple[str, ...], ...]:
    """The facts of the pairs, those together that a chain of pairs joins; in the order in which they come up."""
    groups: list[dict[str, None]] = []
    for pair in pairs:
        joined = dict.fromkeys((pair.one, pair.other))
        apart = []
        for group in groups:
            if pair.one in group or pair.other in group:
                joined = group | joined
            else:
                apart.append(group)
        groups = [*apart, joined]
    return tuple(tuple(group) for group in groups)


def is_period(time: Edtf | None) -> bool:
    """Whether it is one month, quarter, half-year or year of the calendar."""
    if time is None or time.end is None or time.open_start or time.off_calendar:
        return False
    if time.start.day != 1 or time.end.day != 1:
        return False
    months = (time.end.year - time.start.year) * 12 + time.end.month - time.start.month
    return months in _CALENDAR_MONTHS and (time.start.month - 1) % months == 0


def _distance(one: Quantity, other: Quantity) -> Fraction | None:
    """How far apart two intervals are in base units; None where they share a value."""
    (low1, high1), (low2, high2) = _ends(one), _ends(other)
    for high, low, touching in (
        (high1, low2, one.interval.high_open or other.interval.low_open),
        (high2, low1, other.interval.high_open or one.interval.low_open),
    ):
        if high is not None and low is not None and (high < low or (high == low and touching)):
            return low - high
    return None


def _larger(one: Quantity, other: Quantity) -> Fraction:
    ends = [abs(end) for quantity in (one, other) for end in _ends(quantity) if end is not None]
    return max(ends, default=Fraction(0))


def _ends(quantity: Quantity) -> tuple[Fraction | None, Fraction | None]:
    low, high, scale = quantity.interval.low, quantity.interval.high, quantity.unit.scale
    return (None if low is None else low * scale, None if high is None else high * scale)
