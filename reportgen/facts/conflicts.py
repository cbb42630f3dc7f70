"""Facts in, the pairs of them that cannot both hold out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from reportgen.language.units import UnitError, UnitTable
from reportgen.model.edtf import Edtf, lie_within, overlaps, parse_duration
from reportgen.model.fact import DateValue, Fact, Rank, TextValue
from reportgen.model.measure import Measure
from reportgen.model.quantity import Quantity
from reportgen.quantities.format import NBSP, format_quantity


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two facts of one measure and place, comparable in time, that cannot both hold."""

    one: str
    """Id of the fact that comes first in the files."""
    other: str
    reason: str
    """In words, e.g. `14 farms and 13 farms`."""


def disagreements(
    facts: Iterable[Fact],
    measures: Mapping[str, Measure],
    time_of: Callable[[Fact], Edtf | None],
    quantity_of: Callable[[Fact], Quantity | None],
    units: UnitTable,
) -> tuple[Disagreement, ...]:
    """Every such pair, in the order of the files."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.rank is not Rank.DEPRECATED and fact.measure in measures:
            groups.setdefault((fact.measure, fact.place), []).append(fact)
    found = []
    for (name, _), group in groups.items():
        measure = measures[name]
        timed = [(fact, time) for fact in group if (time := time_of(fact)) is not None]
        for (one, first), (other, second) in combinations(timed, 2):
            if _comparable(first, second, measure) and (reason := _gap(one, other, measure, quantity_of, units)):
                found.append(Disagreement(one.id, other.id, reason))
    return tuple(found)


def _comparable(one: Edtf, other: Edtf, measure: Measure) -> bool:
    if not measure.comparable_within:
        return overlaps(one, other)
    return lie_within(one, other, parse_duration(measure.comparable_within))


def _gap(
    one: Fact,
    other: Fact,
    measure: Measure,
    quantity_of: Callable[[Fact], Quantity | None],
    units: UnitTable,
) -> str:
    """Why two values cannot both hold; empty where they can."""
    first, second = quantity_of(one), quantity_of(other)
    if first is not None and second is not None:
        return _numbers_gap(first, second, measure, units)
    if isinstance(one.value, DateValue) and isinstance(other.value, DateValue):
        a, b = one.value.date, other.value.date
        return "" if overlaps(a, b) else f"{a.text} and {b.text}"
    if measure.single and isinstance(one.value, TextValue) and isinstance(other.value, TextValue):
        texts = [value.text.in_language("") for value in (one.value, other.value)]
        return "" if one.value == other.value else f'"{texts[0]}" and "{texts[1]}"'
    return ""


def _numbers_gap(one: Quantity, other: Quantity, measure: Measure, units: UnitTable) -> str:
    if one.unit.powers != other.unit.powers:
        return ""  # currencies, or nouns, that are not compared with each other
    gap = _distance(one, other)
    if gap is None:
        return ""
    if measure.tolerance is not None:
        try:
            scale = units.parse(measure.unit).scale if measure.unit else Fraction(1)
        except UnitError:
            scale = Fraction(1)
        allowed = measure.tolerance.amount * (_larger(one, other) if measure.tolerance.relative else scale)
        if gap <= allowed:
            return ""
    shown = (format_quantity(quantity, "en", units=units).replace(NBSP, " ") for quantity in (one, other))
    return " and ".join(shown)


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
