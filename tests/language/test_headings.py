"""What a heading says of unit, multiple and of what its numbers are counted per."""

from __future__ import annotations

import pytest

from reportgen.language.headings import headed_rate, headed_units, rated


@pytest.mark.parametrize(
    ("language", "heading", "unit", "made"),
    [
        ("en", "Library spending per resident (US$)", "USD", "USD/resident"),
        ("en", "GDP per capita (current US$)", "USD", "USD/person"),
        ("en", "Deaths per 100,000 people", "deaths", "deaths per 100,000 people"),
        ("en", "Loans per 1,000 inhabitants, 2020", "loans", "loans per 1,000 inhabitants"),
        ("en", "Cost per km (EUR)", "EUR", "EUR/km"),
        ("en", "Nets for every child", "nets", ""),
        ("en", "Water per 100 km", "l", "l/100 km"),
        ("de", "Einkommen pro Kopf (Euro)", "EUR", "EUR/person"),
        ("fr", "Dépenses par habitant (euros)", "EUR", "EUR/person"),
        ("es", "Gasto por habitante (€)", "EUR", "EUR/person"),
        ("ru", "Расходы на душу населения (руб.)", "RUB", "RUB/person"),
    ],
)
def test_what_a_heading_counts_its_numbers_per(language: str, heading: str, unit: str, made: str) -> None:
    rate = headed_rate(heading, language)
    assert rate is not None
    assert rated(unit, rate) == made


@pytest.mark.parametrize(
    "case",
    """en Rain per year|en Share, per cent|en Personal income|en As a percent of GDP|en Exports per se
en Score in each round|en Number of persons in employment|en Price in euros|en Area in ha|en Sheep of every age
en Visitors to each castle|en Wins out of ten|en Persons employed|en Boats for hire|en Perennial herbs sown
en Performance of pupils|en Percentage of owners|en Permits issued|en Peru|en Superb apples|en Rent per month (EUR)
en Calls per day|en Permille of salt|en Number of bees (thousand)|en Honey sold to shops
en Men aged 65 and over|en Days with frost|en Cases for trial|en Trains in service|en Wheat and rye (t)
de Personen je Haushalt|de Ertrag pro Jahr|de Im Januar|de Projekte in Köln|de Anteil in Prozent
fr Ventes par pays|fr Part des femmes|fr Recettes par an|fr Parcelles plantées|es Ventas por país|es Por ciento
es Ingresos por año|es Porcelana|ru Расходы на дороги|ru Доход за год|ru На душе|ru Из них женщин
ru Урожай с полей""".replace("\n", "|").split("|"),
)
def test_what_only_looks_like_it(case: str) -> None:
    language, _, heading = case.partition(" ")
    assert headed_rate(heading, language) is None


@pytest.mark.parametrize(
    ("heading", "units"),
    [
        ("Budgets of towns (million US dollars unless stated)", {(1_000_000, "USD")}),
        ("Table B1. Budgets, thousand euros, unless otherwise noted", {(1000, "EUR")}),
        ("In US$ million except where indicated", {(1_000_000, "USD")}),
        ("Budgets (RM million)", {(1_000_000, "MYR")}),
        ("Dalam juta rupiah", {(1_000_000, "IDR")}),
        ("Rp miliar", {(1_000_000_000, "IDR")}),
        ("Ringgit of old (unless lost)", set()),
        ("Towns unless stated", set()),
        ("ARMS million", set()),
    ],
)
def test_units_with_what_is_said_besides_and_money_of_one_country(heading: str, units: set[tuple[int, str]]) -> None:
    found = {(int(r.multiple), u.name) for one in headed_units(heading, "en") for r in one.readings for u in r.units}
    assert found == units
