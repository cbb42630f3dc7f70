"""Units that a quote prints in words, signs and names of money, against the unit that the author wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.evidence.judge import supports
from reportgen.evidence.quoted import Quoted
from reportgen.language.scanner import phrases
from reportgen.language.units import unit_table
from reportgen.model.quantity import Relation, typed_quantity
from reportgen.model.verdict import Verdict
from tests.language.reading import is_read, read


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


@pytest.mark.parametrize(
    ("quote", "language"),
    [
        ("9,3 points de pourcentage de plus", "fr"),
        ("9,3 puntos porcentuales más", "es"),
        ("um 9,3 Prozentpunkte", "de"),
        ("9,3 punti percentuali in più", "it"),
        ("9,3 pontos percentuais", "pt"),
        ("9,3 procentenheter", "sv"),
        ("9,3 п.п.", "ru"),
        ("9,3 пайыздық тармақ", "kk"),
    ],
)
def test_points_of_percent_are_read_in_each_language(quote: str, language: str) -> None:
    assert judged("9.3", "pp", quote, language).state == "read"
    assert judged("9.3", "percent", quote, language).state != "read"


@pytest.mark.parametrize(
    ("unit", "quote", "language"),
    [
        ("km3", "60 cubic km of water", "en"),
        ("km3", "60 cu km of water", "en"),
        ("m3", "60 cubic m of water", "en"),
        ("ft3", "60 cu ft of water", "en"),
        ("ft3", "60 cubic feet of water", "en"),
        ("mile2", "60 sq mi of land", "en"),
        ("km2", "60 square km of land", "en"),
        ("km3", "60 куб. км воды", "ru"),
        ("km2", "60 квадратных км", "ru"),
        ("km3", "60 текше км су", "kk"),
        ("km2", "60 km carrés", "fr"),
        ("km3", "60 km cúbicos", "es"),
        ("km2", "60 Quadrat-km", "de"),
    ],
)
def test_squares_and_cubes_of_abbreviated_units_are_read(unit: str, quote: str, language: str) -> None:
    (phrase,) = phrases(quote, language)
    assert [found.name for found in phrase.readings[0].units] == [unit]


@pytest.mark.parametrize(
    ("quote", "bounds"),
    [
        ("62% of the tagged fish that approached it (95% CI: 54–70%)", "54–70%"),
        ("62% (95% CI: 54–70%)", "54–70%"),
        ("62% of the fish that came (in groups of 54–70%)", ""),
        ("62% of the fish. Others came (95% CI: 54–70%)", ""),
        ("62% of the fish that came (54–70%)", ""),
    ],
)
def test_bounds_in_brackets_may_stand_behind_what_is_counted(quote: str, bounds: str) -> None:
    found = phrases(quote, "en")[0].bounds
    assert (found.text if found else "") == bounds


def _units_of_quotes() -> list[tuple[str, ...]]:
    folder = Path(__file__).parent / "cases"
    lines = [
        line for name in ("units", "compounds") for line in (folder / f"{name}.txt").read_text("utf-8").splitlines()
    ]
    return [tuple(line.split("|")) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("expected", "language", "value", "unit", "quote"), _units_of_quotes())
def test_a_unit_is_the_same_however_it_is_written(
    expected: str, language: str, value: str, unit: str, quote: str
) -> None:
    verdict = judged(value, unit, quote, language, nouns=(unit,))
    problems = [problem for problem in verdict.problems if problem.code != "no-relation-words"]
    assert (verdict.state == "read" and not problems) == (expected == "y"), problems


@pytest.mark.parametrize(
    ("low", "high", "unit", "quote", "language"),
    [
        ("310", "420", "people", "murieron entre 310 y 420 personas", "es"),
        ("310", "420", "people", "entre 310 et 420 personnes sont mortes", "fr"),
        ("310", "420", "people", "zwischen 310 und 420 Menschen starben", "de"),
        ("310", "420", "people", "morirono tra 310 e 420 persone", "it"),
        ("310", "420", "people", "morreram entre 310 e 420 pessoas", "pt"),
        ("310", "420", "people", "погибло между 310 и 420 человек", "ru"),
        ("310", "420", "people", "310 мен 420 аралығында адам қаза тапты", "kk"),
        ("310", "420", "people", "tussen 310 en 420 mensen", "nl"),
        ("310", "420", "people", "mellan 310 och 420 personer", "sv"),
        ("310", "420", "people", "między 310 a 420 osób", "pl"),
        ("3", "5", "million EUR", "entre 3 y 5 millones de euros", "es"),
        ("3", "5", "million EUR", "entre 3 et 5 millions d'euros", "fr"),
        ("3", "5", "t", "zwischen 3 und 5 Tonnen", "de"),
    ],
)
def test_between_two_numbers_is_a_range_and_neither_of_them(
    low: str, high: str, unit: str, quote: str, language: str
) -> None:
    assert is_read(read(quote, {"min": low, "max": high}, unit, language))
    assert not is_read(read(quote, low, unit, language))


@pytest.mark.parametrize("value", ["12", "40"])
def test_what_stands_between_others_is_no_range(value: str) -> None:
    assert is_read(read("entre 12 alcaldes y 40 policías", value, "people", "es"))
    assert is_read(read("entre 2010 y 2020 murieron 15 personas", "15", "people", "es"))


def test_a_number_is_read_with_what_it_may_be_more_or_less() -> None:
    quote = "a mean of 18.4 ± 2.1 µg/m3 was measured"
    assert is_read(read(quote, {"value": "18.4", "min": "16.3", "max": "20.5"}, "µg/m³", "en"))
    assert is_read(read(quote, "18.4", "µg/m3", "en"))
    assert not is_read(read(quote, {"value": "18.4", "min": "16.2", "max": "20.5"}, "µg/m³", "en"))
    assert not is_read(read(quote, "2.1", "µg/m3", "en"))
