"""Formulas as trees that know where each part stands. Values only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CellAddress:
    """A cell of a dataset: `[nets: 2023 nets where Province = Lake]`."""

    dataset: str
    column: str
    row: tuple[tuple[str, str], ...]
    """(column, value) by which the row is known; all of them hold in it, and in no other."""


@dataclass(frozen=True, slots=True)
class FactReference:
    """`[fact-id]`, or a cell of a dataset, which counts like a fact."""

    id: str
    """Of a cell, its address in one spelling, which is no id of a fact: `nets: 2023 nets where Province = Lake`."""
    start: int
    end: int
    cell: CellAddress | None = None


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """A number with or without a unit, e.g. `10 kW/rig`."""

    text: str
    """As typed, spaces made single."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Negation:
    """A minus sign before an operand."""

    operand: FormulaNode
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Binary:
    """A sum, difference, product or quotient."""

    operator: str
    """One of `+ - * /`, whichever sign was typed."""
    left: FormulaNode
    right: FormulaNode
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The top of a check."""

    operator: str
    """One of `< <= > >= = !=`."""
    left: FormulaNode
    right: FormulaNode
    start: int
    end: int


FormulaNode = FactReference | NumberLiteral | Negation | Binary | Comparison


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula or a check that has been read."""

    text: str
    root: FormulaNode
    """A Comparison at the top if it is a check."""
    positions: tuple[FactReference, ...]
    """Every reference where it stands, in order, repeats included."""

    @property
    def references(self) -> tuple[str, ...]:
        """The facts that it names, each once, in order of first mention."""
        return tuple(dict.fromkeys(reference.id for reference in self.positions))

    @property
    def is_check(self) -> bool:
        """It compares two values and so is true or false."""
        return isinstance(self.root, Comparison)

    @property
    def is_share(self) -> bool:
        """Whether it divides, and names no hundred: `100 - [share]` and `[new] / [old] * 100 - 100` are percentages."""
        parts = list(_parts(self.root))
        says_hundred = any(isinstance(part, NumberLiteral) and part.text == "100" for part in parts)
        return any(map(_is_quotient, parts)) and not says_hundred

    @property
    def multiplies_facts(self) -> bool:
        """Whether one fact is taken times another, as `[births per thousand] * [people]`."""
        products = (part for part in _parts(self.root) if isinstance(part, Binary) and part.operator == "*")
        return any(all(map(_names_a_fact, (product.left, product.right))) for product in products)

    @property
    def is_sum(self) -> bool:
        """Whether it adds or subtracts, after all else."""
        return len(_terms(self.root)) > 1

    def multiplied_by(self, factor: str) -> NumberLiteral | None:
        """A number by which all of it is multiplied, or a quotient in a sum, as whoever makes a percentage by hand
        writes 100."""
        terms = _terms(self.root)
        taken = (term for term in terms if len(terms) == 1 or any(map(_is_quotient, _parts(term))))
        factors = (each for term in taken for each in _factors(term))
        return next((part for part, above in factors if above and part.text == factor), None)

    def divided_by(self, factor: str) -> NumberLiteral | None:
        """A number by which all of it is divided."""
        return next((part for part, above in _factors(self.root) if not above and part.text == factor), None)


def _terms(root: FormulaNode) -> tuple[FormulaNode, ...]:
    """What is added and subtracted in all; of no sum, the formula itself."""
    if isinstance(root, Negation):
        return _terms(root.operand)
    if isinstance(root, Binary) and root.operator in "+-":
        return *_terms(root.left), *_terms(root.right)
    return (root,)


def _factors(root: FormulaNode) -> Iterator[tuple[NumberLiteral, bool]]:
    """The numbers that are factors of all of a part, and whether they stand above the line."""
    parts: list[tuple[FormulaNode, bool]] = [(root, True)]
    while parts:
        part, above = parts.pop()
        if isinstance(part, NumberLiteral):
            yield part, above
        elif isinstance(part, Negation):
            parts.append((part.operand, above))
        elif isinstance(part, Binary) and part.operator in "*/":
            parts += [(part.left, above), (part.right, above if part.operator == "*" else not above)]


def _parts(root: FormulaNode) -> Iterator[FormulaNode]:
    """A part of a formula, and all in it."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, Negation):
            waiting.append(part.operand)
        elif isinstance(part, Binary | Comparison):
            waiting += (part.left, part.right)


def _names_a_fact(root: FormulaNode) -> bool:
    return any(isinstance(part, FactReference) for part in _parts(root))


def _is_quotient(part: FormulaNode) -> bool:
    return isinstance(part, Binary) and part.operator == "/"
