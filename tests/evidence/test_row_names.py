"""A number out of a row of a table, of which the claim names another row."""

from __future__ import annotations

import pytest

from reportgen.evidence.row_names import other_row
from reportgen.model.text import Text
from tests.evidence.test_under_heads import page, told

CITIES = "Singapore | Jakarta | Kuala Lumpur | Ho Chi Minh City | Port Louis | Port Sudan | Total"
LANDS = "Côte d'Ivoire | Viet Nam | Korea, Rep. | Kenya | World"
THINGS = "Population | Deaths | Women | Staff | Books lent"
TRADE = "Exports | Imports | Trade balance"
SHORT = "Exports | Imports | Balance | Crops"
TOWNS = "Mombasa | Kisumu | Nakuru"
STAEDTE = "Wien | Graz | Linz | Insgesamt"
VILLES = "Lyon | Lille | Ensemble"
GORODA = "Самара | Казань | Всего"
OTHER = """
en | Jakarta | Singapore had {value}. | CITIES
en | Jakarta | In Kuala Lumpur there were {value}. | CITIES
en | Port Sudan | Port Louis had {value}. | CITIES
en | Singapore | Ho Chi Minh City opened {value}. | CITIES
en | Viet Nam | Kenya reported {value}. | LANDS
en | Kenya | In Vietnam there were {value}. | LANDS
en | Kenya | Ivory Coast reported {value}. | LANDS
en | Kisumu | Mombasa had {value}. | TOWNS
fr | Lyon | À Lille, on en compte {value}. | VILLES
ru | Самара | В Казани было {value}. | GORODA
"""
OWN = """
en | Jakarta | Jakarta had {value}. | CITIES
en | Jakarta | Jakarta, unlike Singapore, had {value}. | CITIES
en | Jakarta | The capital had {value}. | CITIES
en | Total | Singapore and Jakarta together had {value}. | CITIES
en | Total | The region around Singapore had {value}. | CITIES
en | Port Sudan | In Sudan's port there were {value}. | CITIES
en | Jakarta | The cities of South East Asia had {value}. | CITIES
en | Jakarta | Fewer than Singapore and Kuala Lumpur: {value}. | CITIES
en | Viet Nam | Vietnam reported {value}. | LANDS
en | Korea, Rep. | South Korea, unlike Kenya, reported {value}. | LANDS
en | Côte d'Ivoire | Ivory Coast reported {value}. | LANDS
en | World | Kenya and all others reported {value}. | LANDS
en | World | With Kenya, there were {value}. | LANDS
en | Deaths | Of the population {value} died. | THINGS
en | Deaths | Among staff {value} died. | THINGS
en | Books lent | Staff lent out {value}. | THINGS
en | Women | Of the women on its staff {value} had cards. | THINGS
en | Trade balance | Exports fell short of imports by {value}. | TRADE
en | Balance | Exports fell short of imports by {value}. | SHORT
en | Deaths | Women died in {value}. | THINGS
en | Kisumu | Mombasa's neighbour had {value} in Kisumu. | TOWNS
en | Crops | Imports of the Netherlands came to {value}. | SHORT
de | Wien | In Wien waren es {value}. | STAEDTE
de | Insgesamt | Mit Wien und Graz waren es {value}. | STAEDTE
de | Graz | In der steirischen Hauptstadt waren es {value}. | STAEDTE
fr | Ensemble | Avec Lyon, on en compte {value}. | VILLES
fr | Lyon | À Lyon, on en compte {value}. | VILLES
ru | Самара | В Самаре было {value}. | GORODA
ru | Всего | Вместе с Казанью было {value}. | GORODA
"""


def named(case: str) -> str:
    lang, own, claim, table = case.split(" | ")
    return other_row(Text.of(claim), lang, own, tuple(str(globals()[table]).split(" | ")), lang)


@pytest.mark.parametrize("case", OTHER.strip().splitlines())
def test_another_row_is_named(case: str) -> None:
    assert named(case)


@pytest.mark.parametrize("case", OWN.strip().splitlines())
def test_the_row_of_the_number_or_none_is_named(case: str) -> None:
    assert named(case) == ""


TABLE = """<table><tr><th>City</th><th>Boats</th><th>Cases</th></tr><tr><td>Jakarta</td><td>7</td><td>36</td></tr>
<tr><td>Singapore</td><td>28</td><td>36</td></tr><tr><td>Total</td><td>35</td><td>72</td></tr></table>"""


def test_the_table_of_a_source_is_asked() -> None:
    problem = told(page(TABLE), "7", "boat", "Jakarta | 7", claim="Singapore had {value}.")
    assert problem is not None
    assert (problem.code, problem.severity) == ("heading-contradicted", "warning")
    assert 'stands in the row "Jakarta", and the claim names "Singapore"' in problem.message
    assert told(page(TABLE), "7", "boat", "Jakarta | 7", claim="Jakarta had {value}.") is None
    assert told(page(TABLE), "35", "boat", "Total | 35", claim="With Singapore there were {value}.") is None
    reading = "The boats of Jakarta are 7 that sail from Singapore."
    assert told(page(TABLE), "7", "boat", "Jakarta | 7", claim="Singapore had {value}.", reading=reading) is None
    reading = "The column is headed “Boats”."
    assert told(page(TABLE), "7", "boat", "Jakarta | 7", claim="Singapore had {value}.", reading=reading) is not None
