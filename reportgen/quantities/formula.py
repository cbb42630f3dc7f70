"""Formula text in, a tree with its references out; the tree and a look-up in, a quantity or a verdict out. Pure.

A formula is references `[fact-id]`, decimal literals with or without a unit (`10 kW/rig`, `5%`), `+ - * /`, signs
and parentheses; a check compares two such with `< <= > >= = !=`. Offsets are half-open, in characters of the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from reportgen.language.units import UnitError, UnitTable, convert, named
from reportgen.model.formula import Binary, Comparison, FactReference, Formula, FormulaNode, Negation, NumberLiteral
from reportgen.model.interval import Interval
from reportgen.model.quantity import LONGEST, Quantity, exact_quantity, parse_number
from reportgen.quantities.arithmetic import add, divide, multiply, negate, subtract
from reportgen.quantities.syntax import FormulaError, parse_tree, references_in

__all__ = [
    "CheckResult",
    "Formula",
    "FormulaError",
    "FormulaPart",
    "Verdict",
    "evaluate_check",
    "evaluate_formula",
    "formula_parts",
    "formula_text",
    "literal_quantity",
    "parse_formula",
]

_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
_COMPARED = {"<": " < ", "<=": " ≤ ", ">": " > ", ">=": " ≥ ", "=": " = ", "!=": " ≠ "}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}


class Verdict(StrEnum):
    """The result of a check."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"
    """Some values in its intervals satisfy it and some do not."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A verdict, with the two values that were compared, in the unit of the left one."""

    verdict: Verdict
    left: Quantity
    right: Quantity


@dataclass(frozen=True, slots=True)
class FormulaPart:
    """A piece of a formula as it is displayed."""

    kind: Literal["ref", "literal", "text"]
    text: str
    """The fact's id; the literal as typed, e.g. `10 kW/rig`; or signs with their spaces, e.g. ` − `."""


LARGEST = Fraction(10) ** LONGEST
SMALLEST = 1 / LARGEST
"""Every result of a formula lies between these."""
BITS = 4096
"""The most bits that a result's numerator or denominator may have; both grow with every sum of fractions."""

Lookup = Callable[[str], Quantity]


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
    if isinstance(formula.root, Comparison):
        raise FormulaError(
            "a comparison has no value",
            formula.root.start,
            formula.root.end,
            "comparisons belong under `assert:` in checks.yaml",
        )
    return _stated(formula.root, lookup, units)


def evaluate_check(formula: Formula, lookup: Lookup, units: UnitTable) -> CheckResult:
    """Whether the check holds for all, some or none of the values in its intervals. Raises FormulaError."""
    root = formula.root
    if not isinstance(root, Comparison):
        raise FormulaError("a check compares two values", root.start, root.end, "add <, <=, >, >=, = or !=")
    left, right = _stated(root.left, lookup, units), _stated(root.right, lookup, units)
    if left.unit.powers != right.unit.powers:
        raise FormulaError(
            f"{named(left.unit)} and {named(right.unit)} cannot be compared",
            root.start,
            root.end,
            "give both sides the same unit",
        )
    right = convert(right, left.unit)
    if _none(root.operator, left.interval, right.interval):
        verdict = Verdict.FAILS
    elif _none(_OPPOSITE[root.operator], left.interval, right.interval):
        verdict = Verdict.HOLDS
    else:
        verdict = Verdict.UNDECIDED
    return CheckResult(verdict, left, right)


def literal_quantity(text: str, units: UnitTable) -> Quantity:
    """The exact quantity that a literal writes: `10 kW/rig`, `5%`. Raises UnitError or ValueError."""
    number = text.rstrip("%").split()[0]
    return exact_quantity(parse_number(number), units.parse(text[len(number) :].strip()), number)


def formula_parts(formula: Formula) -> tuple[FormulaPart, ...]:
    """The formula as it is displayed, with typographic signs and single spaces, in pieces that can be linked."""
    parts: list[FormulaPart] = []
    for kind, text in _pieces(formula.root):
        if kind == "text" and parts and parts[-1].kind == "text":
            parts[-1] = FormulaPart("text", parts[-1].text + text)
        else:
            parts.append(FormulaPart(kind, text))
    return tuple(parts)


def formula_text(
    formula: Formula, show: Callable[[str], str], show_literal: Callable[[str], str] = lambda text: text
) -> str:
    """The formula in one line: `18.10% − 6.17%`, where `show` gives each fact's text and `show_literal` a literal's."""
    shown: dict[str, Callable[[str], str]] = {"ref": show, "literal": show_literal, "text": str}
    return "".join(shown[part.kind](part.text) for part in formula_parts(formula))


def _stated(node: FormulaNode, lookup: Lookup, units: UnitTable) -> Quantity:
    value = _value(node, lookup, units)
    if value.interval.unbounded:
        raise FormulaError(
            "the result has no bound on either side, so it says nothing",
            node.start,
            node.end,
            "its inputs are bounded on the wrong sides; use facts that are known more closely",
        )
    return value


def _value(node: FormulaNode, lookup: Lookup, units: UnitTable) -> Quantity:
    match node:
        case FactReference():
            return lookup(node.id)
        case NumberLiteral():
            try:
                return literal_quantity(node.text, units)
            except UnitError as error:
                raise FormulaError(error.message, node.start, node.end, error.hint) from None
            except ValueError as error:
                raise FormulaError(str(error), node.start, node.end) from None
        case Negation():
            return negate(_value(node.operand, lookup, units))
        case Binary():
            return _binary(node, lookup, units)
        case Comparison():
            raise FormulaError("only one comparison may stand in a check", node.start, node.end)


def _binary(node: Binary, lookup: Lookup, units: UnitTable) -> Quantity:
    left, right = _value(node.left, lookup, units), _value(node.right, lookup, units)
    try:
        return _within_reason(node, _operated(node.operator, left, right, units))
    except UnitError as error:
        raise FormulaError(error.message, node.start, node.end, error.hint) from None
    except ZeroDivisionError:
        divisor = node.right
        raise FormulaError(
            "this divides by a number that may be zero", divisor.start, divisor.end, "divide by a fact that is not zero"
        ) from None


def _operated(operator: str, left: Quantity, right: Quantity, units: UnitTable) -> Quantity:
    match operator:
        case "+":
            return add(left, right)
        case "-":
            return subtract(left, right, units)
        case "*":
            return multiply(left, right, units)
        case _:
            return divide(left, right, units)


def _within_reason(node: Binary, result: Quantity) -> Quantity:
    """The result, if it can be printed and used further: repeated squaring would use up the memory."""
    for end in (result.interval.low, result.interval.high):
        if end is None or end == 0:
            continue
        if not SMALLEST < abs(end) < LARGEST or max(end.numerator.bit_length(), end.denominator.bit_length()) > BITS:
            raise FormulaError(
                "the result has more digits than can be printed",
                node.start,
                node.end,
                "divide or multiply by less; for shares and multiples, use units such as percent or billion KZT",
            )
    return result


def _none(operator: str, left: Interval, right: Interval) -> bool:
    """Whether no two values in the intervals satisfy the comparison."""
    match operator:
        case "<":
            return left.low is not None and right.high is not None and left.low >= right.high
        case "<=":
            return right.below(left)
        case ">":
            return _none("<", right, left)
        case ">=":
            return left.below(right)
        case "=":
            return not left.intersects(right)
        case _:
            return left.is_point and left == right


_DisplayPiece = tuple[Literal["ref", "literal", "text"], str]


def _pieces(node: FormulaNode, *, after_sign: bool = False) -> list[_DisplayPiece]:
    """A node's text; a negation directly after another sign is put in brackets: `× (−[a])`."""
    match node:
        case FactReference():
            return [("ref", node.id)]
        case NumberLiteral():
            return [("literal", node.text)]
        case Negation():
            operand = _operand(node.operand, brackets=isinstance(node.operand, Binary | Negation))
            return _bracketed([("text", "−"), *operand]) if after_sign else [("text", "−"), *operand]
        case Comparison():
            return [*_pieces(node.left), ("text", _COMPARED[node.operator]), *_pieces(node.right)]
        case Binary():
            left = _operand(node.left, brackets=_looser(node.left, node.operator, right=False), after_sign=after_sign)
            right = _operand(node.right, brackets=_looser(node.right, node.operator, right=True), after_sign=True)
            return [*left, ("text", _SIGNS[node.operator]), *right]


def _operand(node: FormulaNode, *, brackets: bool, after_sign: bool = False) -> list[_DisplayPiece]:
    return _bracketed(_pieces(node)) if brackets else _pieces(node, after_sign=after_sign)


def _bracketed(pieces: list[_DisplayPiece]) -> list[_DisplayPiece]:
    return [("text", "("), *pieces, ("text", ")")]


def _looser(node: FormulaNode, operator: str, *, right: bool) -> bool:
    """Whether an operand that is itself an operation needs brackets to keep its meaning."""
    if not isinstance(node, Binary):
        return False
    loose = node.operator in "+-"
    if not right:
        return operator in "*/" and loose
    return operator == "/" or (operator == "*" and node.operator != "*") or (operator == "-" and loose)
