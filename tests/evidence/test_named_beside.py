"""A claim that names what its quote names beside another number is told; honest ones, in many forms, are not."""

from __future__ import annotations

import pytest

from reportgen.evidence.judge import supports
from reportgen.evidence.quoted import Quoted
from reportgen.language.units import unit_table
from reportgen.model.quantity import Relation, typed_quantity
from reportgen.model.text import Text

UNITS = unit_table(("well", "person", "seat"))
OTHERS = """
en | Mombasa 1,034, Kisumu 410 | In Mombasa there were {value}. | 410 well
en | 1,034 wells in Mombasa and 410 in Kisumu | Mombasa had {value}. | 410 well
en | Mombasa had 1,034 wells and Kisumu 410 | Mombasa had {value}. | 410 well
en | In Mombasa 1,034 wells were dug, in Kisumu 410 | In Kisumu {value} were dug. | 1034 well
en | 12% in Graz against 14% in Linz | In Graz the share was {value}. | 14 percent
en | Graz (12%), Linz (14%) and Wels (9%) | In Wels the share was {value}. | 14 percent
en | Graz: 12%; Linz: 14% | The share in Graz was {value}. | 14 percent
en | Sri Lanka reported 310 deaths, while Costa Rica reported 12 | Costa Rica reported {value}. | 310 person
de | In Graz waren es 12 Prozent, in Linz 14 Prozent | In Graz waren es {value}. | 14 percent
de | 12 Brunnen in Graz und 14 in Linz | In Linz gibt es {value}. | 12 well
fr | 12 % à Lyon et 14 % à Lille | À Lyon, la part était de {value}. | 14 percent
es | Lima tenía 310 pozos y Cusco 41 | Lima tenía {value}. | 41 well
ru | В Самаре 310 колодцев, в Казани 41 | В Самаре было {value}. | 41 well
it | 12% a Torino e 14% a Genova | A Torino era il {value}. | 14 percent
pt | Recife tinha 310 poços e Natal 41 | Recife tinha {value}. | 41 well
kk | Семейде 310 құдық, Павлодарда 41 | Семейде {value} болды. | 41 well
en | Kenya 1,034, Uganda 410 | In Kenya there were {value}. | 410 well
"""
OWN = """
en | Mombasa 1,034, Kisumu 410 | Mombasa had {value}. | 1034 well
en | Mombasa 1,034, Kisumu 410 | Kisumu, unlike Mombasa, had {value}. | 410 well
en | Kenya sent 12 people to Uganda and 14 to Sudan | Kenya sent {value} to Sudan. | 14 person
en | Kenya exported 12 tonnes to Uganda, and Sudan 14 | Uganda took {value} from Sudan. | 14 t
en | Mombasa had 1,034 wells, of which UNICEF dug 410 | In Mombasa {value} were dug with foreign aid. | 410 well
en | In Kenya 1,034 people and in Uganda 410 people | The two, Kenya among them, counted {value}. | 1034 person
en | Officials counted 1,034 wells in Mombasa and 410 in Kisumu | Kisumu had {value}. | 410 well
en | Officials counted 1,034 wells in Mombasa and 410 in Kisumu | Officials counted {value} in Kisumu. | 410 well
en | In March 2021 Graz had 12 wells and in April 14 | In April Graz had {value}. | 14 well
en | Labour won 310 seats and the Greens 12 | In parliament the Greens hold {value}. | 12 seat
en | Labour won 310 seats, the Greens 12 | The Greens, who lost to Labour, hold {value}. | 12 seat
en | from 12% in Graz to 14% in Linz | It ran from 12% in Graz to {value} in Linz. | 14 percent
en | 12% in Graz and 14% in Linz | The highest share was {value}. | 14 percent
en | Port Sudan had 310 wells and Port Louis 12 | Port Louis had {value}. | 12 well
en | New York spent 12 million and New Jersey 14 million | New Jersey spent {value}. | 14 million
en | Anna Lind got 310 votes, Olof Palm 12 | Palm got {value} of them. | 12
en | Muslims are 12% in Graz and Christians 80% | Christians are {value} of Graz. | 80 percent
en | The Danube rose 12 cm at Vienna and 14 cm at Linz | The Danube rose by {value} at Linz. | 14 cm
en | Of 1,034 wells in Mombasa 410 ran dry | In Mombasa {value} ran dry. | 410 well
en | Mombasa lost 410 of its 1,034 wells in Operation Clean Water | Mombasa lost {value}. | 410 well
en | Kenya’s 47 counties had 12 hospitals in Nairobi | Nairobi has {value}. | 12
en | Airbus delivered 735 aircraft and Boeing 528 | Boeing handed over {value}. | 528
en | Airbus delivered 735 aircraft and Boeing 528 | Of Airbus and its rival, Boeing, the latter delivered {value}. | 528
en | Pakistan had 310 dams; India, 5,334 | India has {value}. | 5334
en | Zara had 310 shops, H&M 4,000 | H&M has {value}. | 4000
en | Cape Town used 310 Ml, Durban 12 Ml | Durban used {value}. | 12 Ml
en | Between Lagos (12 million) and Cairo (10 million) | Cairo has {value} people. | 10 million person
en | Lagos grew by 12% and Cairo by 10% | Cairo grew by {value}. | 10 percent
en | Lagos grew from 310 to 412, Cairo from 10 to 12 | Lagos grew to {value}. | 412
en | Peru, with 310 mines, overtook Chile with 12 | Chile, overtaken by Peru, has {value}. | 12
de | In Graz 12 Prozent, in Linz 14 Prozent | In Linz waren es {value}. | 14 percent
de | 12 Brunnen in Graz und 14 in Linz | Linz hat {value}. | 14 well
de | Die Stadt Graz zählte 12 Brunnen und die Gemeinde Linz 14 | Die Gemeinde Linz zählte {value}. | 14 well
de | Die Grünen erhielten 12 Sitze, die Liberalen 14 | Die Liberalen erhielten {value}, mehr als die Grünen. | 14 seat
de | Von 310 Brunnen in Graz sind 14 trocken | In Graz sind {value} trocken. | 14 well
de | Österreich hat 9 Millionen Einwohner, Wien 2 Millionen | Österreichs Hauptstadt Wien hat {value}. | 2 million
de | Im Norden 12 Prozent, im Süden 14 Prozent | Im Süden waren es {value}. | 14 percent
fr | 12 % à Lyon et 14 % à Lille | Lille compte {value}. | 14 percent
fr | Le Maroc a reçu 310 navires et la Tunisie 12 | La Tunisie en a reçu {value}. | 12
fr | Le Nord compte 310 puits, le Sud 12 | Le Sud a {value}. | 12 well
fr | Sur 310 puits du Mali, 12 sont à Kayes | Au Mali, {value} sont à Kayes. | 12 well
es | Lima tenía 310 pozos y Cusco 41 | Cusco tiene {value}. | 41 well
es | En Lima 12 % y en Cusco 14 % | En Cusco fue {value}. | 14 percent
es | El Perú tiene 310 minas, Chile 12 | Chile tiene {value}. | 12
ru | В Самаре 310 колодцев, в Казани 41 | В Казани было {value}. | 41 well
ru | Казахстан собрал 12 млн тонн, Россия 90 млн | Россия собрала {value}. | 90 million
ru | Из 310 колодцев Самары 41 высох | В Самаре высох {value}. | 41 well
ru | Москва потратила 12 млрд, Петербург 5 млрд | Петербург потратил {value}. | 5 billion
it | 12% a Torino e 14% a Genova | A Genova era il {value}. | 14 percent
it | Il Lazio ha 310 pozzi, la Puglia 12 | La Puglia ha {value}. | 12 well
pt | Recife tinha 310 poços e Natal 41 | Natal tinha {value}. | 41 well
pt | Em Recife 12%, em Natal 14% | Em Natal foi {value}. | 14 percent
kk | Семейде 310 құдық, Павлодарда 41 | Павлодарда {value} болды. | 41 well
kk | Қазақстан 12 млн тонна, Ресей 90 млн тонна | Ресей {value} жинады. | 90 million t
nl | Gent 310, Brugge 41 | Brugge telt {value}. | 41 well
pl | Gdańsk 310, Gdynia 41 | W Gdyni jest {value}. | 41 well
sv | Malmö 310, Lund 41 | I Lund finns {value}. | 41 well
tr | Ankara 310, İzmir 41 | İzmir’de {value} var. | 41 well
fi | Turku 310, Oulu 41 | Oulussa on {value}. | 41 well
hu | Szeged 310, Pécs 41 | Pécsen {value} van. | 41 well
id | Jakarta 310, Medan 41 | Di Medan ada {value}. | 41 well
cs | Brno 310, Plzeň 41 | V Plzni je {value}. | 41 well
cs | Brno 310, Plzeň 41 | V Plzni, nikoli v Brně, je {value}. | 41 well
"""


def told(case: str) -> list[str]:
    lang, quote, claim, value = case.split(" | ")
    number, _, unit = value.partition(" ")
    quantity = typed_quantity(number, UNITS.parse(unit), Relation("="))
    found = supports(quantity, [Quoted(quote, lang)], language=lang, claim=Text.of(claim))
    return [each.message for each in found.problems if "the claim names" in each.message]


@pytest.mark.parametrize("case", OTHERS.strip().splitlines())
def test_a_name_that_stands_beside_another_number_is_told(case: str) -> None:
    assert len(told(case)) == 1


@pytest.mark.parametrize("case", OWN.strip().splitlines())
def test_a_name_that_stands_beside_the_number_is_not(case: str) -> None:
    assert told(case) == []


def test_what_is_said() -> None:
    case = "en | Mombasa 1,034, Kisumu 410 | In Mombasa there were {value}. | 410 well"
    assert told(case) == ['the quote has "410" beside "Kisumu", and the claim names "Mombasa"']


def test_a_claim_in_another_language_is_compared_by_countries() -> None:
    quantity = typed_quantity("410", UNITS.parse("well"), Relation("="))
    for quote, claim, wrong in (
        ("Deutschland 1.034, Frankreich 410", "In Germany there were {value}.", True),
        ("Deutschland 1.034, Frankreich 410", "In France there were {value}.", False),
        ("Wien 1.034, Genf 410", "In Geneva there were {value}.", False),
        ("Graz 1.034, Genf 410", "In Graz there were {value}.", True),
        ("Graz 1.034, Genf 410", "Compared with Graz, Geneva had {value}.", False),
    ):
        found = supports(quantity, [Quoted(quote, "de")], language="en", claim=Text.of(claim))
        assert any("the claim names" in each.message for each in found.problems) is wrong, quote
