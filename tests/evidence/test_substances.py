"""A unit that says of what it is, as `t CO2`, against quotations that say it, say another or say nothing."""

from __future__ import annotations

import pytest

from reportgen.evidence.judge import supports
from reportgen.evidence.quoted import Quoted
from reportgen.language.units import conversion, unit_table
from reportgen.model.quantity import Relation, typed_quantity
from reportgen.model.text import Text

SAID = """
en|t CO2|30 tonnes of CO2 left the stack
en|t CO2|30 t CO₂ in a year
en|t CO2|CO2 emissions came to 30 tonnes
en|t CO2|carbon dioxide came to 30 tonnes
en|t CO2|30 tonnes of CO2, equivalent to 4 cars
en|t CO2|30 tCO2 of it
de|t CO2|der Ausstoß von Kohlendioxid betrug 30 Tonnen
fr|t CO2|30 tonnes de gaz carbonique
pt|t CO2|30 toneladas de CO2 e de metano
pt|t CO2|30 toneladas de CO2 equivalentes a 4 carros
it|t CO2|30 tonnellate di anidride carbonica
ru|t CO2|30 тонн углекислого газа
kk|t CO2|30 тонна көмірқышқыл газы
en|t CO2e|30 t CO2e of it
de|t CO2e|30 Tonnen CO2-Äquivalente
de|t CO2e|30 t CO2-Äq. davon
fr|t CO2e|30 tonnes équivalent CO2
pt|t CO2e|30 toneladas equivalentes de CO2
ru|t CO2e|30 тонн CO2-экв. за год
en|t CO2e|greenhouse gas emissions of 30 tonnes
de|t CO2e|30 Tonnen Treibhausgase
en|Mt CO2e|30 Mt CO2e in 2024
en|Mt CO2e|30 million tonnes of CO2 equivalent
en|MtCO2e|30 Mt CO2e in 2024
en|MtCO2e|30 MtCO₂e in 2024
en|g CO2/kWh|30 gCO2/kWh
en|g CO2/kWh|30 grams of CO2 per kilowatt-hour
en|t CH4|30 t of methane
en|t P2O5|30 t of phosphate
"""
UNSAID = """
en|t CO2|30 tonnes left the stack|no quoted words say CO2
en|t CO2|30 tonnes of carbon|no quoted words say CO2
en|t CO2|30 tonnes of rice|no quoted words say CO2
en|t CO2|30 t CO2e of it|the quote says CO2e
fr|t CO2|30 tonnes équivalent CO2|the quote says CO2e
en|t CO2e|30 t CO2 of it|the quote says CO2 at
en|t CO2e|30 t of methane|no quoted words say CO2e
en|t CH4|30 t of methanol|no quoted words say CH4
"""


def lines(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.strip().splitlines()]


def told(unit: str, quotes: list[Quoted], reading: str = "") -> list[tuple[str, str, str]]:
    quantity = typed_quantity("30", unit_table([unit]).parse(unit), Relation("="))
    verdict = supports(quantity, quotes, language="en", reading=Text.of(reading) if reading else None)
    assert verdict.state == "read"
    return [(problem.severity, problem.code, problem.message) for problem in verdict.problems]


@pytest.mark.parametrize(("language", "unit", "quote"), lines(SAID))
def test_words_that_say_of_what_a_unit_is_carry_it(language: str, unit: str, quote: str) -> None:
    found = told(unit, [Quoted(quote, language)])
    assert [problem for problem in found if problem[1] != "no-relation-words"] == []


@pytest.mark.parametrize(("language", "unit", "quote", "message"), lines(UNSAID))
def test_tonnes_of_something_else_are_told(language: str, unit: str, quote: str, message: str) -> None:
    found = told(unit, [Quoted(quote, language)])
    [(severity, code, said)] = [problem for problem in found if problem[1] != "no-relation-words"]
    assert (severity, code) == ("warning", "unit-not-in-quote")
    assert message in said


def test_another_quote_or_a_reading_says_of_what_it_is() -> None:
    quote = Quoted("30 tonnes left the stack", "en")
    assert told("t CO2", [quote, Quoted("its carbon dioxide is measured by a meter", "en", "context")]) == []
    assert told("t CO2", [quote], "The page is about carbon dioxide alone.") == []


def test_megatonnes_are_no_metric_tons() -> None:
    quantity = typed_quantity("30", unit_table().parse("t"), Relation("="))
    assert supports(quantity, [Quoted("30 Mt of rice", "en")], language="en").state == "contradicted"
    assert supports(quantity, [Quoted("30 MT of rice", "en")], language="en").state == "read"


def test_rates_of_so_many_are_converted() -> None:
    table = unit_table(["deaths per million people", "death per 100,000 people", "deaths per thousand births"])
    per_million, births = table.parse("deaths per million people"), table.parse("deaths per thousand births")
    assert conversion(table.parse("death per 100,000 people"), per_million) == 10
    assert births.powers != per_million.powers


def test_amounts_of_one_substance_are_converted() -> None:
    table = unit_table(["t CO2", "Mt CO₂", "MtCO2", "t CO2e"])
    assert conversion(table.parse("Mt CO₂"), table.parse("t CO2")) == 10**6
    assert conversion(table.parse("MtCO2"), table.parse("t CO2")) == 10**6
    assert table.parse("t CO2").powers != table.parse("t CO2e").powers
