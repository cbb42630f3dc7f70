"""A multiple on the other side of its money than usual: the number is read with it, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evidence.test_units_read import judged

CASES = Path(__file__).parent / "cases" / "money-sides.txt"
UNITS = tuple(
    f"{multiple}{code}" for code in ("USD", "EUR", "GBP") for multiple in ("", "thousand ", "million ", "billion ")
)


def cases() -> list[tuple[str, str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()[1:]
    return [(language, unit, quote) for language, unit, quote in (line.split("|") for line in lines)]


@pytest.mark.parametrize(("language", "unit", "quote"), cases())
def test_a_multiple_beside_money_belongs_to_the_number(language: str, unit: str, quote: str) -> None:
    assert [said for said in UNITS if judged("585", said, quote, language).state == "read"] == [unit] * bool(unit)


def test_money_behind_a_multiple_and_a_number_is_theirs() -> None:
    quote = "raised 5 million USD 585 people came"
    assert judged("5", "million USD", quote).state == "read"
    assert judged("585", "USD", quote).state != "read"
    assert judged("585", "person", quote, nouns=("person",)).state == "read"
