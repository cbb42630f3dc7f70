"""An expression over facts in, the interval of all that it can come to out. Pure.

Each fact is one variable with one interval, however often it is named, so that [x] - [x] is 0. Where every fact is
named once, interval arithmetic gives the hull. A fact that is named more often is set to the end of its interval that
gives the least (or the most), where the sign of the derivative says which end that is; where it does not, the box is
parted until both ends of the result are known to within 1/1000 of its width or it shrinks by less, into at most 1024
boxes; where a divisor may still be 0 after 40 partings along each such fact, it is taken to be. (Interval arithmetic
with monotonicity tests and branch and bound: R. E. Moore, R. B. Kearfott, M. J. Cloud, "Introduction to Interval
Analysis", 2009, chapters 6 and 11.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf, isinf
from operator import sub

from reportgen.model.interval import Interval
from reportgen.quantities.expression import Expression
from reportgen.quantities.polynomials import Polynomial, over
from reportgen.quantities.steps import MayBeZeroError, Steps, VariableBox, known

MOST_BOXES = 1024
NEAR = 1 / 1000
"""Of the result's width: what is known so closely, or comes no closer than so, is not looked for further."""
LOOKED_AT = 64
"""After so many boxes it is asked whether the result still shrinks."""
DEEPEST = 40
"""So often, along each of its variables, a box is parted at most in which a divisor may be 0: it is a point by then."""
_FINEST = 10**6
"""The largest denominator of a place at which a box is parted."""


def hull(
    root: Expression,
    intervals: Mapping[Expression, Interval],
    *,
    nominal: bool = False,
    look: Callable[[Expression, Interval], None] | None = None,
) -> Interval:
    """The least interval that holds whatever `root` comes to. Raises MayBeZeroError.

    `intervals` are those of parts that are variables of their own; other facts have their own intervals, or with
    `nominal` what stands there. `look` is shown each part with what interval arithmetic makes of it.
    """
    steps = Steps(root, intervals)
    box = tuple(
        intervals[step.of] if step.of in intervals else known(step.of, nominal) if step.is_variable else None
        for step in steps.all
    )
    try:
        values = steps.values(box)
    except MayBeZeroError:
        if not steps.repeated:
            raise
    else:
        if look:
            for step, value in zip(steps.all, values, strict=True):
                look(step.of, value)
        if not steps.repeated:
            return values[steps.root]
    search = _Search(steps, steps.rises())
    first = search.enclosed(box)
    return first.interval if first.interval is not None and not first.unsettled else _refined(search, first)


@dataclass(frozen=True, slots=True)
class _Part:
    """A box, and what is known of the expression in it."""

    box: VariableBox
    interval: Interval | None
    """None where a divisor may be 0 in it."""
    unsettled: tuple[int, ...]
    """Variables that are named more than once and whose derivative may change its sign, bounded ones alone."""
    depth: int = 0
    aimed: frozenset[int] = frozenset()
    """Variables along which it was parted at the place where the derivative was expected to be 0."""
    low: float = field(init=False)
    """About where its interval begins."""
    high: float = field(init=False)
    """About where its interval ends."""

    def __post_init__(self) -> None:
        low, high = (self.interval.low, self.interval.high) if self.interval else (None, None)
        object.__setattr__(self, "low", -inf if low is None else _about(low))
        object.__setattr__(self, "high", inf if high is None else _about(high))


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks for the ends of what an expression comes to."""

    steps: Steps
    rises: Mapping[int, Polynomial]
    """The derivative by each variable, but for a divisor that is a square, where it can be written so."""

    def slopes(self, box: VariableBox, values: list[Interval]) -> list[Interval]:
        """How steeply the result rises with each variable: the sign is what counts."""
        known_of = {at: own for at, own in enumerate(box) if own is not None}
        found = {at: over(rise, known_of) for at, rise in self.rises.items()}
        if all(at in found and _sign(found[at]) is not None for at in self.steps.repeated):
            return [found.get(at, Interval.point(Fraction(0))) for at in range(len(box))]
        slopes = self.steps.slopes(values)
        return [found[at] if at in found and _sign(slope) is None else slope for at, slope in enumerate(slopes)]

    def enclosed(self, box: VariableBox, depth: int = 0, aimed: frozenset[int] = frozenset()) -> _Part:
        """The box with the interval that its monotone variables leave."""
        try:
            values = self.steps.values(box)
        except MayBeZeroError:
            return _Part(box, None, tuple(at for at in self.steps.repeated if _can_part(box[at])), depth, aimed)
        natural = values[self.steps.root]
        slopes = self.slopes(box, values)
        low, low_open = self._end(box, slopes, natural, low=True)
        high, high_open = self._end(box, slopes, natural, low=False)
        unsettled = tuple(at for at in self.steps.repeated if _sign(slopes[at]) is None and _can_part(box[at]))
        if low is not None and low == high:
            low_open = high_open = False
        return _Part(box, Interval(low, high, low_open, high_open), unsettled, depth, aimed)

    def _end(
        self, box: VariableBox, slopes: list[Interval], natural: Interval, *, low: bool
    ) -> tuple[Fraction | None, bool]:
        """One end of the result, with each monotone variable at its own end, and whether that is left out."""
        narrowed, left_out = list(box), False
        for at in self.steps.repeated:
            sign, own = _sign(slopes[at]), box[at]
            if sign is None or own is None:
                continue
            at_low = (sign > 0) == low if sign else own.low is not None
            end = own.low if at_low else own.high
            if end is None and sign == 0:
                end = Fraction(0)
            if end is None:
                continue
            narrowed[at] = Interval.point(end)
            is_open = own.low_open if at_low else own.high_open
            left_out = left_out or (is_open and bool(sign) and not slopes[at].contains(Fraction(0)))
        try:
            value = self.steps.values(tuple(narrowed))[self.steps.root]
        except MayBeZeroError:  # at an end that is itself left out
            value = natural
        return (value.low, value.low_open or left_out) if low else (value.high, value.high_open or left_out)

    def middle(self, box: VariableBox) -> Fraction | None:
        """What the expression comes to in the middle of a box; None where it has no middle or no value there."""
        point = tuple(None if own is None else _middle(own) for own in box)
        if any(own is not None and at is None for own, at in zip(box, point, strict=True)):
            return None
        places = tuple(None if at is None else Interval.point(at) for at in point)
        try:
            return self.steps.values(places)[self.steps.root].low
        except MayBeZeroError:
            return None

    def parted(self, part: _Part) -> tuple[_Part, _Part]:
        """Two boxes that make up one."""
        at = part.unsettled[part.depth % len(part.unsettled)]
        own = part.box[at]
        assert own is not None
        middle, aimed = _middle(own), part.aimed
        assert middle is not None
        if at not in part.aimed:
            aimed |= {at}
            turning = self._turning(part.box, at)
            middle = middle if turning is None else turning
        below = Interval(own.low, middle, own.low_open)
        above = Interval(middle, own.high, False, own.high_open)
        boxes = ((*part.box[:at], half, *part.box[at + 1 :]) for half in (below, above))
        one, other = (self.enclosed(box, part.depth + 1, aimed) for box in boxes)
        return one, other

    def _turning(self, box: VariableBox, at: int) -> Fraction | None:
        """Where the derivative by one variable would be 0 if it were a straight line, all others in the middle."""
        own = box[at]
        if own is None or own.low is None or own.high is None:
            return None
        ends: list[Fraction] = []
        for end in (own.low, own.high):
            point = [None if other is None else _middle(other) for other in box]
            if any(other is not None and place is None for other, place in zip(box, point, strict=True)):
                return None
            point[at] = end
            try:
                values = self.steps.values(tuple(None if place is None else Interval.point(place) for place in point))
                slope = self.steps.slopes(values)[at].low
            except (MayBeZeroError, ZeroDivisionError):
                return None
            ends.append(slope or Fraction(0))
        first, last = ends
        if first * last >= 0:
            return None
        found = (own.low + (own.high - own.low) * first / (first - last)).limit_denominator(_FINEST)
        return found if own.low < found < own.high else None


def _refined(search: _Search, first: _Part) -> Interval:
    """The hull from smaller and smaller boxes: where one of its ends lies, the box is parted that leaves most open."""
    parts = {0: first}
    middle = search.middle(first.box)
    inside = [] if middle is None else [middle]
    before: tuple[float, float] | None = None
    for count in range(1, MOST_BOXES):
        at, outer = _worst(parts, inside)
        if at is None:
            break
        if outer is not None and count % LOOKED_AT == 0:
            if before is not None and sum(map(abs, map(sub, outer, before))) <= NEAR * (outer[1] - outer[0]):
                break
            before = outer
        one, other = search.parted(parts[at])
        parts[at], parts[count] = one, other
        middles = (search.middle(half.box) for half in (one, other))
        inside += [value for value in middles if value is not None]
        inside = [min(inside), max(inside)] if inside else []
    found: Interval | None = None
    for part in parts.values():
        if part.interval is None:
            search.steps.values(part.box)  # raises MayBeZeroError
        else:
            found = part.interval if found is None else found.united(part.interval)
    assert found is not None
    return found


def _worst(parts: Mapping[int, _Part], inside: list[Fraction]) -> tuple[int | None, tuple[float, float] | None]:
    """The box that leaves most open where an end of the result lies, None where both are known well enough; and both
    ends as they are, about."""
    undefined = next((at for at, part in parts.items() if part.interval is None), None)
    if undefined is not None:
        part = parts[undefined]
        return (undefined if part.depth < DEEPEST * len(part.unsettled) else None), None
    if any(isinf(part.low) or isinf(part.high) for part in parts.values()):
        return None, None  # an end that is unbounded stays so
    low, lowest = min((part.low, at) for at, part in parts.items())
    high, highest = max((part.high, at) for at, part in parts.items())
    reached = (_about(inside[0]), _about(inside[-1])) if inside else (high, low)
    gaps = [(reached[0] - low, lowest), (high - reached[1], highest)]
    left = [(gap, at) for gap, at in gaps if gap > NEAR * (high - low) and parts[at].unsettled]
    return (max(left)[1] if left else None), (low, high)


def _about(value: Fraction) -> float:
    """A number for comparisons; infinite where it is too large for a float."""
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


def _sign(slope: Interval) -> int | None:
    """1 where never negative, -1 where never positive, 0 where always 0, None where neither."""
    if slope.low == slope.high == 0:
        return 0
    if slope.low is not None and slope.low >= 0:
        return 1
    return -1 if slope.high is not None and slope.high <= 0 else None


def _can_part(interval: Interval | None) -> bool:
    return interval is not None and interval.low is not None and interval.high is not None and not interval.is_point


def _middle(interval: Interval) -> Fraction | None:
    return None if interval.low is None or interval.high is None else (interval.low + interval.high) / 2
