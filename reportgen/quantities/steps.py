"""An expression as a list of steps: what each comes to in a box of intervals, and how steeply the result rises with it.
Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from reportgen.model.interval import Interval
from reportgen.quantities.expression import Expression, Place
from reportgen.quantities.polynomials import Polynomial, Ratio, TooLongError

VariableBox = tuple[Interval | None, ...]
"""The interval of each variable, at its step's index."""


class MayBeZeroError(Exception):
    """A divisor that may be 0."""

    def __init__(self, place: Place | None) -> None:
        self.place = place
        """That of the quotient."""
        super().__init__()


@dataclass(frozen=True, slots=True)
class CalculationStep:
    """One operation, or one variable."""

    of: Expression
    operands: tuple[int, ...]
    """Indices of earlier steps."""
    is_variable: bool


class Steps:
    """An expression as a list of steps, operands first, each written once."""

    def __init__(self, root: Expression, variables: Mapping[Expression, Interval]) -> None:
        self.all: list[CalculationStep] = []
        index: dict[Expression, int] = {}
        same: dict[object, int] = {}
        waiting = [root]
        while waiting:
            part = waiting[-1]
            own = part in variables
            missing = [] if own else [operand for operand in part.operands if operand not in index]
            if missing:
                waiting += missing
                continue
            waiting.pop()
            if part in index:
                continue
            operands = () if own else tuple(index[operand] for operand in part.operands)
            leaf = own or part.operator == "fact"
            key = part if leaf else (part.operator, operands, part.interval, part.floored)
            if key not in same:
                same[key] = len(self.all)
                self.all.append(CalculationStep(part, operands, leaf))
            index[part] = same[key]
        self.root = index[root]
        """Index of the result."""
        ways = [0] * len(self.all)
        ways[self.root] = 1
        for at in reversed(range(len(self.all))):
            for operand in self.all[at].operands:
                ways[operand] += ways[at]
        self.repeated = tuple(at for at, step in enumerate(self.all) if step.is_variable and ways[at] > 1)
        """Indices of the variables that are named more than once."""

    def values(self, box: VariableBox) -> list[Interval]:
        """Each step by interval arithmetic. Raises MayBeZeroError."""
        found: list[Interval] = []
        for at, step in enumerate(self.all):
            own = box[at]
            if own is not None:
                found.append(own)
                continue
            parts = [found[operand] for operand in step.operands]
            same = len(step.operands) == 2 and step.operands[0] == step.operands[1]
            match step.of.operator:
                case "number" | "fact":
                    found.append(known(step.of, False))
                case "-x":
                    found.append(-parts[0])
                case "+":
                    found.append(parts[0] + parts[1])
                case "-":
                    found.append(Interval.point(Fraction(0)) if same else parts[0] - parts[1])
                case "*":
                    found.append(parts[0] * parts[1])
                case "/":
                    found.append(_quotient(step.of, parts[0], parts[1], same=same))
        return found

    def slopes(self, values: list[Interval]) -> list[Interval]:
        """The derivative by each step, backwards from the root."""
        nothing = Interval.point(Fraction(0))
        found = [nothing] * len(self.all)
        found[self.root] = Interval.point(Fraction(1))
        for at in reversed(range(len(self.all))):
            step, slope = self.all[at], found[at]
            if step.is_variable or not step.operands or slope == nothing:
                continue
            one, two = step.operands[0], step.operands[-1]
            if one == two and step.of.operator in "-/":
                continue  # 0 or 1, whatever it is
            match step.of.operator:
                case "-x":
                    found[one] -= slope
                case "+":
                    found[one] += slope
                    found[two] += slope
                case "-":
                    found[one] += slope
                    found[two] -= slope
                case "*":
                    found[one] += slope * values[two]
                    found[two] += slope * values[one]
                case "/":
                    divisor = _floored(values[two], step.of.floored[1], reached=False)[0]
                    share = slope / divisor
                    found[one] += share
                    found[two] -= share * values[at]
        return found

    def rises(self) -> dict[int, Polynomial]:
        """For each variable that is named more than once, the derivative as a polynomial, but for a divisor that is a
        square; none where the expression is too long for that."""
        ratios: list[Ratio] = []
        try:
            for at, step in enumerate(self.all):
                ratios.append(self._ratio(at, step, ratios))
            return {at: ratios[self.root].rise(at) for at in self.repeated}
        except TooLongError:
            return {}

    def _ratio(self, at: int, step: CalculationStep, before: list[Ratio]) -> Ratio:
        if step.is_variable:
            return Ratio.variable(at)
        if not step.operands:
            value = known(step.of, False).low
            return Ratio.number(value if value is not None else Fraction(0))
        one, two = before[step.operands[0]], before[step.operands[-1]]
        match step.of.operator:
            case "-x":
                return -one
            case "+":
                return one + two
            case "-":
                return one + -two
            case "*":
                return one * two
            case _:
                return one / two


def multiplied(root: Expression) -> frozenset[Expression]:
    """The facts that enter a product or a quotient."""
    steps = Steps(root, {})
    entered = [False] * len(steps.all)
    for index in reversed(range(len(steps.all))):
        step = steps.all[index]
        inside = entered[index] or (step.of.operator in ("*", "/") and step.of.place is not None)
        for operand in step.operands:
            entered[operand] = entered[operand] or inside
    return frozenset(step.of for step, inside in zip(steps.all, entered, strict=True) if inside and step.is_variable)


def known(leaf: Expression, nominal: bool) -> Interval:
    """The interval of a fact or a number, or with `nominal` what stands there."""
    found = leaf.nominal if nominal else leaf.interval
    assert found is not None
    return found


def _quotient(of: Expression, one: Interval, other: Interval, *, same: bool) -> Interval:
    above, cut = _floored(one, of.floored[0], reached=True)
    below, _ = _floored(other, of.floored[1], reached=False)
    if below.contains(Fraction(0)):
        raise MayBeZeroError(of.place)
    if same:
        return Interval.point(Fraction(1))
    found = above / below
    return _without_zero_end(found) if cut else found


def _floored(interval: Interval, never_negative: bool, *, reached: bool) -> tuple[Interval, bool]:
    """What lies above 0, if the unit is never negative and nothing else bounds it below; and whether that cut it."""
    if interval.low is not None or not never_negative or interval.high is None or interval.high <= 0:
        return interval, False
    return Interval(Fraction(0), interval.high, not reached, interval.high_open), True


def _without_zero_end(interval: Interval) -> Interval:
    """A bound that is owed to being no less than 0 alone is none."""
    if interval.low == 0:
        return Interval(None, interval.high, high_open=interval.high_open)
    if interval.high == 0:
        return Interval(interval.low, None, low_open=interval.low_open)
    return interval
