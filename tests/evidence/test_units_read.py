"""Units that a quote prints in words, signs and names of money, against the unit that the author wrote."""

from __future__ import annotations

import pytest

from reportgen.evidence.judge import supports
from reportgen.evidence.quoted import Quoted
from reportgen.language.units import unit_table
from reportgen.model.quantity import Relation, typed_quantity
from reportgen.model.verdict import Verdict


def judged(value: str, unit: str, quote: str, language: str = "en", *, nouns: tuple[str, ...] = ()) -> Verdict:
    quantity = typed_quantity(value, unit_table(nouns, []).parse(unit), Relation("="))
    return supports(quantity, [Quoted(quote, language, "")], language="en")


@pytest.mark.parametrize(
    ("value", "unit", "quote", "language"),
    [
        ("-18", "°C", "kept at minus 18 degrees Celsius", "en"),
        ("-18", "degree Celsius", "kept at minus 18 degrees Celsius", "en"),
        ("-18", "degrees Celsius", "kept at −18 °C all year", "en"),
        ("-18", "°C", "kept at -18ºC all year", "en"),
        ("-18", "°C", "kept at minus 18 degrees", "en"),
        ("64", "°F", "64 degrees Fahrenheit in the shade", "en"),
        ("64", "°F", "64 °F in the shade", "en"),
        ("300", "K", "a mean of 300 kelvins", "en"),
        ("-18", "°C", "хранится при минус 18 градусах Цельсия", "ru"),
        ("-18", "°C", "хранится при −18 °С", "ru"),
        ("64", "°F", "64 градуса по Фаренгейту", "ru"),
        ("300", "K", "в среднем 300 кельвинов", "ru"),
        ("300", "K", "в среднем 300 К", "ru"),
        ("18", "°C", "18 Цельсий градусы", "kk"),
        ("64", "°F", "64 градус Фаренгейт", "kk"),
        ("300", "K", "300 кельвин", "kk"),
    ],
)
def test_a_temperature_is_one_unit_in_words_and_signs(value: str, unit: str, quote: str, language: str) -> None:
    assert judged(value, unit, quote, language).state == "read"


@pytest.mark.parametrize(
    ("value", "unit", "quote"),
    [
        ("64", "°C", "64 degrees Fahrenheit in the shade"),
        ("64", "°F", "64 °C in the shade"),
        ("300", "K", "300 degrees Celsius"),
        ("18", "°C", "kept at minus 18 degrees Celsius"),
    ],
)
def test_another_scale_of_temperature_is_another_unit(value: str, unit: str, quote: str) -> None:
    assert judged(value, unit, quote).state == "contradicted"


@pytest.mark.parametrize(
    ("unit", "money"),
    [
        ("NOK", "kroner"),
        ("DKK", "kroner"),
        ("SEK", "kronor"),
        ("ISK", "krona"),
        ("NOK", "Norwegian kroner"),
        ("PLN", "zlotys"),
        ("MXN", "pesos"),
        ("PHP", "pesos"),
        ("THB", "baht"),
        ("NGN", "naira"),
        ("ZAR", "rand"),
        ("KES", "shillings"),
        ("AED", "dirhams"),
        ("MAD", "dirhams"),
        ("CZK", "Czech crowns"),
        ("BRL", "reais"),
    ],
)
def test_money_is_read_by_the_last_word_of_its_name(unit: str, money: str) -> None:
    assert judged("12.4", f"million {unit}", f"It cost 12.4 million {money} in all.").state == "read"


@pytest.mark.parametrize(
    ("value", "unit", "quote"),
    [
        ("12.4", "million SEK", "It cost 12.4 million Norwegian kroner."),
        ("12.4", "million EUR", "It cost 12.4 million kroner."),
        ("12.4", "million PLN", "It cost 12.4 million pesos."),
    ],
)
def test_other_money_contradicts(value: str, unit: str, quote: str) -> None:
    assert judged(value, unit, quote).state == "contradicted"


def test_a_word_that_is_more_than_money_is_none() -> None:
    assert judged("12", "agent", "12 real agents", nouns=("agent",)).state == "read"
    assert judged("12", "mark", "12 marks out of a hundred", nouns=("mark",)).state == "read"
