"""Cases of values and quotes in, values as they are judged out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from reportgen.language.fitting import Asked, noun_forms
from reportgen.language.judging import judge
from reportgen.language.units import unit_table
from reportgen.model.verdict import QuoteVerdict

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def value_of(value: str | dict[str, str], unit: str, relation: str = "=", nouns: Iterable[str] = ()) -> Asked:
    parsed = unit_table([unit] if unit else []).parse(unit)
    found = noun_forms(parsed, {})
    forms = frozenset((*found, *(f"{noun}s" for noun in found), *nouns))
    if isinstance(value, str):
        return Asked(Fraction(value), parsed, relation, nouns=forms)
    central = Fraction(value["value"]) if "value" in value else None
    return Asked(central, parsed, relation, Fraction(value["min"]), Fraction(value["max"]), forms)


def is_read(verdict: QuoteVerdict) -> bool:
    """Whether it may be published: read, with warnings at most."""
    return verdict.state == "read" and not any(problem.severity == "error" for problem in verdict.problems)


def read(quote: str, value: str | dict[str, str], unit: str, language: str, relation: str = "=") -> QuoteVerdict:
    return judge(value_of(value, unit, relation), quote, language)
