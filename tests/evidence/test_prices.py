"""A price for so much of something: the claim says for how much, or the unit does, or it is an error."""

from __future__ import annotations

import pytest

from reportgen.evidence.judge import supports
from reportgen.evidence.quoted import Quoted
from reportgen.model.text import Text
from tests.evidence.test_judge import _codes, _number


@pytest.mark.parametrize(
    ("language", "quote", "claim", "value", "unit"),
    [
        ("en", "Tin costs 12 euros a kilo", "Tin costs {value} a kilo.", "12", "EUR"),
        ("en", "Tin costs 12 euros per kilo", "A buyer pays {value} per kilo.", "12", "EUR"),
        ("fr", "La morue se vend 18,40 € par kilo", "La morue se vend {value} par kilo.", "18.40", "EUR"),
        ("de", "Zinn kostet 18,40 Euro je Kilo", "Zinn kostet {value} je Kilo.", "18.40", "EUR"),
        ("it", "Il rame costa 18,40 euro al chilo", "Il rame costa {value} al chilo.", "18.40", "EUR"),
        ("pt", "O gasóleo custa 1,80 € por litro", "O gasóleo custa {value} por litro.", "1.80", "EUR"),
        ("ru", "Медь стоит 310 рублей за килограмм", "Медь стоит {value} за килограмм.", "310", "RUB"),
        ("en", "12,000 tonnes a year", "Interpol estimates that {value} are smuggled a year.", "12000", "t"),
    ],
)
def test_a_claim_says_what_a_number_is_counted_per(
    language: str, quote: str, claim: str, value: str, unit: str
) -> None:
    said = supports(
        _number(value, unit), [Quoted(quote, language)], language=language, claim=Text(((language, claim),))
    )
    assert not [code for code in _codes(said) if code != "no-relation-words"]


@pytest.mark.parametrize(
    ("language", "quote", "claim"),
    [
        ("en", "Tin costs 12 euros a kilo", "Tin costs {value}."),
        ("en", "Tin costs 12 euros a kilo", "Tin costs {value} a tonne."),
        ("de", "Zinn kostet 12 Euro je Kilo", "Zinn kostet {value}."),
    ],
)
def test_a_price_without_what_it_is_for_is_an_error(language: str, quote: str, claim: str) -> None:
    said = supports(
        _number("12", "EUR"), [Quoted(quote, language)], language=language, claim=Text(((language, claim),))
    )
    assert [problem.code for problem in said.problems if problem.severity == "error"] == ["unit-not-in-quote"]
