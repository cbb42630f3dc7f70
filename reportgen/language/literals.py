"""Digits with their marks in, the number that they write out. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

NumeralKind = Literal["number", "ordinal", "year", "date", "label"]

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_LARGEST_POWER = 30


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number without sign, unit and relation."""

    first: int
    """Index of its first token."""
    last: int
    """One past its last token."""
    value: Fraction
    step: Fraction
    """One unit of its last written digit, in its multiple."""
    multiple: Fraction = Fraction(1)
    """What its own words for a multiple multiply by."""
    kind: NumeralKind = "number"
    void: str = ""
    """Why it is no value; empty where it is one."""
    worded: bool = False
    """Whether it is written in words."""
    bare: bool = False
    """Whether it is plain digits, without marks and multiples."""


def literal(text: str, decimal: str) -> tuple[Fraction, Fraction] | None:
    """Value and last written place of digits with marks; None where the marks make no number (`1.2.3`)."""
    marks = [character for character in text if not character.isdecimal()]
    if not marks:
        return Fraction(int(text)), Fraction(1)
    if text[0] == ".":
        return decimal_value("0", text[1:])
    parts = text.replace("·", marks[0] if len(set(marks)) == 1 else ".")
    kinds = set(marks)
    if len(kinds) == 1:
        mark = marks[0]
        groups = parts.split(mark)
        if mark == "·":
            return decimal_value(*groups) if len(groups) == 2 else None
        if len(groups) == 2 and mark in ".," and _is_decimal(groups[0], groups[1], mark, decimal):
            return decimal_value(*groups)
        return _grouped(groups, mark)
    last = marks[-1]
    if len(kinds) > 2 or marks.count(last) > 1 or last not in ".,·":
        return None
    whole, _, decimals = text.rpartition(last)
    grouped = _grouped(whole.split(marks[0]), marks[0])
    return decimal_value(str(grouped[0]), decimals) if grouped else None


def _is_decimal(whole: str, rest: str, mark: str, decimal: str) -> bool:
    return len(rest) != 3 or mark == decimal or whole == "0"


def decimal_value(whole: str, decimals: str) -> tuple[Fraction, Fraction]:
    step = Fraction(1, 10 ** len(decimals))
    return Fraction(int(whole + decimals)) * step, step


def _grouped(groups: list[str], mark: str) -> tuple[Fraction, Fraction] | None:
    first, *rest = groups
    sizes = [len(group) for group in rest]
    by_three = 1 <= len(first) <= 3 and all(size == 3 for size in sizes)
    by_two = mark == "," and len(first) <= 2 and sizes[-1:] == [3] and all(size == 2 for size in sizes[:-1])
    return (Fraction(int("".join(groups))), Fraction(1)) if by_three or by_two else None


def raised_power(base: Fraction, raised: str) -> Fraction | None:
    """Ten to raised digits; None for another base, where raised digits are as often the number of a note."""
    try:
        power = int(raised.translate(_RAISED))
    except ValueError:
        return None
    return base**power if base == 10 and abs(power) <= _LARGEST_POWER else None


def part_sign(sign: str) -> Fraction:
    """The value of a fraction that is one character."""
    return Fraction(unicodedata.numeric(sign)).limit_denominator(10)
