"""Formula text in, a tree with its references out; the tree and a look-up in, a quantity or a verdict out. Pure.

A formula is references `[fact-id]`, decimal literals with or without a unit (`10 kW/rig`, `5%`), `+ - * /`, signs
and parentheses; a check compares two such with `< <= > >= = !=`. Offsets are half-open, in characters of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from reportgen.language.units import UnitError, UnitTable, conversion, named
from reportgen.model.formula import Binary, Comparison, FactReference, Formula, FormulaNode, Negation, NumberLiteral
from reportgen.model.interval import Interval
from reportgen.model.quantity import LONGEST, Quantity, Unit, exact_quantity, parse_number
from reportgen.quantities.arithmetic import Term, add, difference, divide, multiply, negate, stated, subtract
from reportgen.quantities.expression import Expression, Place
from reportgen.quantities.hull import hull
from reportgen.quantities.steps import MayBeZeroError
from reportgen.quantities.syntax import (
    FormulaError,
    FormulaPart,
    formula_parts,
    formula_text,
    parse_tree,
    references_in,
)

__all__ = [
    "CheckResult",
    "CheckVerdict",
    "Computation",
    "Formula",
    "FormulaError",
    "FormulaPart",
    "compute",
    "evaluate_check",
    "evaluate_formula",
    "formula_parts",
    "formula_text",
    "literal_quantity",
    "parse_formula",
]

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}


class CheckVerdict(StrEnum):
    """The result of a check."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"
    """Some values in its intervals satisfy it and some do not."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A verdict, with the two values that were compared, in the unit of the left one."""

    verdict: CheckVerdict
    left: Quantity
    right: Quantity


LARGEST = Fraction(10) ** LONGEST
SMALLEST = 1 / LARGEST
"""Every result of a formula lies between these."""
BITS = 4096
"""The most bits that a result's numerator or denominator may have; both grow with every sum of fractions."""


@dataclass(frozen=True, slots=True)
class Computation:
    """A formula's value, and what other formulas need to compute with it."""

    term: Term
    """Over the facts that are computed from no others."""
    facts: frozenset[Expression]
    """Those facts."""
    interval: Interval
    """All that it can come to, in the term's unit."""
    nominal: Interval
    """What it comes to if nothing is rounded."""

    @classmethod
    def of(cls, fact: str, quantity: Quantity) -> Computation:
        """A fact's own number."""
        term = Term.fact(fact, quantity)
        return cls(term, frozenset((term.expression,)), quantity.interval, quantity.nominal)

    def quantity(self, units: UnitTable, *, keep_unit: bool = False) -> Quantity:
        """As it is printed: in a unit that a person would choose, or with `keep_unit` in the one that was asked for."""
        return stated(self.term, self.interval, self.nominal, None if keep_unit else units)

    def counted_in(self, unit: Unit) -> Computation:
        """The same in another unit. Raises UnitError."""
        factor = conversion(self.term.unit, unit)
        interval, nominal = self.interval.scaled(factor), self.nominal.scaled(factor)
        return Computation(self.term.times(factor, unit), self.facts, interval, nominal)

    def if_rounded(self, intervals: Mapping[Expression, Interval], units: UnitTable) -> Quantity:
        """What it would be if some of its facts had other intervals. Raises MayBeZeroError."""
        return stated(self.term, hull(self.term.expression, intervals), self.nominal, units)


Lookup = Callable[[str], Quantity | Computation]


def parse_formula(text: str) -> Formula:
    """The formula or check that `text` writes. Raises FormulaError; a formula names at least one fact."""
    root = parse_tree(text)
    positions = tuple(references_in(root))
    if not positions:
        raise FormulaError(
            "the formula refers to no fact", 0, len(text), "name one in square brackets, e.g. [wages-2021]"
        )
    return Formula(text, root, positions)


def evaluate_formula(formula: Formula, lookup: Lookup, units: UnitTable) -> Quantity:
    """The formula's value. Raises FormulaError at the part that cannot be computed."""
    return compute(formula, lookup, units).quantity(units)


def compute(formula: Formula, lookup: Lookup, units: UnitTable) -> Computation:
    """The formula's value, over one box: each fact has one value wherever it stands, also inside of other formulas.
    Raises FormulaError at the part that cannot be computed."""
    if isinstance(formula.root, Comparison):
        raise FormulaError(
            "a comparison has no value",
            formula.root.start,
            formula.root.end,
            "comparisons belong under `assert:` in checks.yaml",
        )
    inputs = _inputs(formula, lookup)
    return _bounded(formula, formula.root, inputs, units)


def evaluate_check(formula: Formula, lookup: Lookup, units: UnitTable) -> CheckResult:
    """Whether the check holds for all, some or none of the values that its facts allow. Raises FormulaError."""
    root = formula.root
    if not isinstance(root, Comparison):
        raise FormulaError("a check compares two values", root.start, root.end, "add <, <=, >, >=, = or !=")
    inputs = _inputs(formula, lookup)
    left, right = (_bounded(formula, side, inputs, units) for side in (root.left, root.right))
    if left.term.unit.powers != right.term.unit.powers:
        raise FormulaError(
            f"{named(left.term.unit)} and {named(right.term.unit)} cannot be compared",
            root.start,
            root.end,
            "give both sides the same unit",
        )
    right = right.counted_in(left.term.unit)
    gap = _hull(formula, difference(left.term, right.term), inputs, root)
    if _none(root.operator, gap):
        verdict = CheckVerdict.FAILS
    elif _none(_OPPOSITE[root.operator], gap):
        verdict = CheckVerdict.HOLDS
    else:
        verdict = CheckVerdict.UNDECIDED
    return CheckResult(verdict, left.quantity(units), right.quantity(units))


def literal_quantity(text: str, units: UnitTable) -> Quantity:
    """The exact quantity that a literal writes: `10 kW/rig`, `5%`. Raises UnitError or ValueError."""
    number = text.rstrip("%").split()[0]
    return exact_quantity(parse_number(number), units.parse(text[len(number) :].strip()), number)


def _inputs(formula: Formula, lookup: Lookup) -> dict[str, Computation]:
    found = {name: lookup(name) for name in formula.references}
    return {
        name: value if isinstance(value, Computation) else Computation.of(name, value) for name, value in found.items()
    }


def _bounded(formula: Formula, node: FormulaNode, inputs: Mapping[str, Computation], units: UnitTable) -> Computation:
    term = _term(formula, node, inputs, units)
    interval = _hull(formula, term.expression, inputs, node)
    if interval.unbounded:
        raise _no_bound(node.start, node.end)
    facts = frozenset(fact for value in inputs.values() for fact in value.facts)
    rounded = any(value.interval != value.nominal for value in inputs.values())
    nominal = _hull(formula, term.expression, inputs, node, nominal=True) if rounded else interval
    return Computation(term, facts, interval, nominal)


def _hull(
    formula: Formula, root: Expression, inputs: Mapping[str, Computation], node: FormulaNode, *, nominal: bool = False
) -> Interval:
    """What an expression can come to. Raises FormulaError."""

    def look(part: Expression, value: Interval) -> None:
        if part.place is None or part.place[0] != formula.text:
            return
        start, end = part.place[1:]
        if part.operator == "/" and _says_nothing(value):
            raise _no_bound(start, end)
        _within_reason(value, start, end)

    # Inputs that share no fact are variables of their own: what they come to is known already.
    apart = sum(len(value.facts) for value in inputs.values()) == len({f for v in inputs.values() for f in v.facts})
    known = {value.term.expression: value.nominal if nominal else value.interval for value in inputs.values()}
    try:
        return hull(root, known if apart else {}, nominal=nominal, look=None if nominal else look)
    except MayBeZeroError as error:
        own = error.place is not None and error.place[0] == formula.text
        start, end = error.place[1:] if error.place and own else (node.start, node.end)
        divisor = _divisor_at(node, start, end) or node
        raise FormulaError(
            "this divides by a number that may be zero", divisor.start, divisor.end, "divide by a fact that is not zero"
        ) from None


def _no_bound(start: int, end: int) -> FormulaError:
    return FormulaError(
        "the result has no bound on either side, so it says nothing",
        start,
        end,
        "its inputs are bounded on the wrong sides; use facts that are known more closely",
    )


def _says_nothing(quotient: Interval) -> bool:
    """Whether a quotient may be any size: over 1900 by over 120 is no "over 0"."""
    return (quotient.high is None and quotient.low in (None, 0)) or (quotient.low is None and quotient.high == 0)


def _divisor_at(node: FormulaNode, start: int, end: int) -> FormulaNode | None:
    """The divisor of the quotient that is written there."""
    match node:
        case Binary():
            if node.operator == "/" and (node.start, node.end) == (start, end):
                return node.right
            return _divisor_at(node.left, start, end) or _divisor_at(node.right, start, end)
        case Comparison():
            return _divisor_at(node.left, start, end) or _divisor_at(node.right, start, end)
        case Negation():
            return _divisor_at(node.operand, start, end)
    return None


def _term(formula: Formula, node: FormulaNode, inputs: Mapping[str, Computation], units: UnitTable) -> Term:
    match node:
        case FactReference():
            return inputs[node.id].term
        case NumberLiteral():
            try:
                return Term.literal(literal_quantity(node.text, units))
            except UnitError as error:
                raise FormulaError(error.message, node.start, node.end, error.hint) from None
            except ValueError as error:
                raise FormulaError(str(error), node.start, node.end) from None
        case Negation():
            return negate(_term(formula, node.operand, inputs, units), (formula.text, node.start, node.end))
        case Binary():
            left, right = (_term(formula, side, inputs, units) for side in (node.left, node.right))
            try:
                return _operated(node.operator, left, right, units, (formula.text, node.start, node.end))
            except UnitError as error:
                raise FormulaError(error.message, node.start, node.end, error.hint) from None
        case Comparison():
            raise FormulaError("only one comparison may stand in a check", node.start, node.end)


def _operated(operator: str, left: Term, right: Term, units: UnitTable, place: Place) -> Term:
    match operator:
        case "+":
            return add(left, right, place)
        case "-":
            return subtract(left, right, units, place)
        case "*":
            return multiply(left, right, units, place)
        case _:
            return divide(left, right, units, place)


def _within_reason(interval: Interval, start: int, end: int) -> None:
    """Raises FormulaError where a result cannot be printed and computed with further: squares of squares soon fill the
    memory."""
    for bound in (interval.low, interval.high):
        if bound is None or bound == 0:
            continue
        if (
            not SMALLEST < abs(bound) < LARGEST
            or max(bound.numerator.bit_length(), bound.denominator.bit_length()) > BITS
        ):
            raise FormulaError(
                "the result has more digits than can be printed",
                start,
                end,
                "divide or multiply by less; for shares and multiples, use units such as percent or billion KZT",
            )


def _none(operator: str, gap: Interval) -> bool:
    """Whether nothing satisfies the comparison, `gap` being how much more the left side is."""
    nothing = Interval.point(Fraction(0))
    match operator:
        case "<":
            return gap.low is not None and gap.low >= 0
        case "<=":
            return nothing.below(gap)
        case ">":
            return gap.high is not None and gap.high <= 0
        case ">=":
            return gap.below(nothing)
        case "=":
            return not gap.contains(Fraction(0))
        case _:
            return gap == nothing
