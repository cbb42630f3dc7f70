"""What is read of the words above a column of numbers."""

from __future__ import annotations

import pytest

from reportgen.language.headings import headed_units

SAID = [
    ("en", "Fish catch (thousand tonnes)", "1000 t"),
    ("en", "Price (USD/kg)", "1 USD /kg"),
    ("en", "Inland capture by country, tonnes", "1 t"),
    ("en", "Exports in million US$", "1000000 USD"),
    ("en", "Exports (US$ million)", "1000000 USD"),
    ("en", "GDP (constant 2015 US$)", "1 USD"),
    ("en", "Catch ('000 t)", "1000 t"),
    ("en", "Catch (1000 t)", "1000 t"),
    ("en", "Value (USD '000)", "1000 USD"),
    ("en", "Value (€m)", "1000000 EUR"),
    ("en", "Catch in thousands of tonnes", "1000 t"),
    ("en", "Population, thousand persons", "1000"),
    ("en", "millions of people", "1000000"),
    ("en", "Population (thousands)", "1000"),
    ("en", "Share, %", "1 percent"),
    ("en", "Wages (EUR per month)", "1 EUR per month"),
    ("ru", "Численность, тыс. человек", "1000"),
    ("ru", "в млн долл. США", "1000000 USD"),
    ("ru", "Цена, тенге/кг", "1 KZT /кг"),
    ("kk", "Аулау, мың тонна", "1000 t"),
    ("de", "Fang (1.000 t)", "1000 t"),
    ("fr", "Captures (milliers de tonnes)", "1000 t"),
    ("es", "Población (en miles)", "1000"),
]
SILENT = [
    "2023", "Country", "Warmth (min)", "Rate (p)", "Note (a)", "Second", "Score (points)", "Boats, May",
    "Number of boats",
    "Deaths per 100,000 people", "Cases (per 100 000)", "Households (number)", "Total", "", "(", "Catch (", "1,2 (3)",
    "Source: Basin statistics office, release of 12 May 2025",
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "said"), SAID)
def test_a_unit_is_read(language: str, text: str, said: str) -> None:
    (found,) = headed_units(text, language)
    first = found.readings[0]
    names = [str(first.value), *(unit.name for unit in first.units[:1]), *([first.rate.text] if first.rate else [])]
    assert " ".join(names) == said


@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_unit_says_nothing(text: str) -> None:
    assert headed_units(text, "en") == ()
