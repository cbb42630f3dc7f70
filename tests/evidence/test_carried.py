"""What a quotation says beside a number or a date, and the value does not: rates, signs, negations, bounds of time."""

from __future__ import annotations

import pytest

from reportgen.archive.extract import extracted
from reportgen.evidence.judge import supports
from reportgen.evidence.match import Match, Miss, find_quote
from reportgen.evidence.quoted import Quoted
from reportgen.language.units import unit_table
from reportgen.model.edtf import parse_edtf
from reportgen.model.fact import DateValue
from reportgen.model.quantity import Relation, typed_quantity
from reportgen.model.text import Text

UNITS = unit_table(
    [
        "shop",
        "death",
        "deaths per 100,000 people",
        "deaths per million people",
        "person",
        "rig",
        "farm",
        "town",
        "kg per 100 people",
    ]
)


def said(value: str, unit: str, quote: str, language: str, claim: str = "") -> str:
    """`ok`, `warn` where the author is asked to look, `no` where the value is not carried."""
    quantity = typed_quantity(value, UNITS.parse(unit), Relation("="))
    told = Text.of(claim) if claim else None
    verdict = supports(quantity, [Quoted(quote, language)], language="en", claim=told)
    if verdict.state != "read" or any(problem.severity == "error" for problem in verdict.problems):
        return "no"
    return "warn" if verdict.problems else "ok"


CASES = """
en|250|million USD|250 million in US dollars|ok
en|2|billion KZT|2 billion in tenge|ok
en|2|million EUR|2 million in euro area banks|no
ru|2|billion KZT|2 млрд в тенге|ok
en|4.2|thousand t|shipments (thousand t): 4.2|ok
en|4.2|t|shipments (thousand t): 4.2|no
en|4200|t|shipments (thousand t): 4.2|ok
en|131|shop|shops (thousand): 131|no
en|131000|shop|shops (thousand): 131|ok
en|131|shop|shops closed: 131|ok
en|131|shop|in all (of the north): 131|ok
en|2|billion KZT|In tenge: 2 billion|ok
en|2|billion USD|In tenge: 2 billion|no
en|5|percent|Growth (%): 5|ok
ru|4.2|thousand t|отгрузка (тыс. т): 4,2|ok
ru|4.2|t|отгрузка (тыс. т): 4,2|no
kk|4.2|thousand t|жөнелту (мың т): 4,2|ok
kk|4.2|t|жөнелту (мың т): 4,2|no
en|15|deaths per 100,000 people|15 deaths per 1,000 people|no
en|15|deaths per 100,000 people|15 deaths per 100,000 births|no
en|15|deaths per 100,000 people|150 deaths per million people|ok
en|15|deaths per 100,000 people|150 deaths per million births|no
en|15|deaths per 100,000 people|15 deaths per million people|no
en|150|deaths per million people|15 deaths per 100,000 people|ok
en|150|deaths per million people|0.15 deaths per thousand inhabitants|ok
en|150|deaths per million people|150 deaths per 100,000 people|no
en|0.00015|death/person|15 deaths per 100,000 people|ok
en|4.5|kg/person|450 kg per 100 people|ok
en|450|kg|450 kg per 100 people|no
en|450|shop|450 shops in 100 towns|ok
en|450|kg per 100 people|4.5 kg per person|ok
en|187|EUR/MWh|0.187 EUR/kWh of it|ok
en|187|EUR/kWh|187 EUR/MWh of it|no
en|2||twice the first catch|ok
en|2||twice as much as before|ok
en|2||the catch doubled in 2020|ok
en|2||more than twice the first catch|no
en|2||not twice the first catch|no
en|3||twice the first catch|no
en|3||a threefold rise in 2020|ok
en|2|shop|twice as many shops|no
ru|2||улов вырос вдвое|ok
ru|2||улов вырос более чем вдвое|no
ru|3||улов вырос вдвое|no
en|15|deaths per 100,000 people|15 deaths in all there|no
en|15|deaths per 100,000 people|15 deaths per 100,000 people|ok
en|15|deaths per 100,000 people|15 deaths per 100,000 inhabitants|ok
en|15|deaths per 100,000 people|15 deaths for every 100,000 people|ok
en|15|deaths per 100,000 people|for every 100,000 people there were 15 deaths|ok
en|15|death|15 deaths per 1,000 people|no
en|15|death|15 deaths in 1,000 people|no
en|15|death|for every 1,000 people, 15 deaths came|no
en|1000|person|15 deaths per 1,000 people|no
en|15|shop|15 shops in 20 towns|ok
en|20|town|15 shops in 20 towns|ok
en|30|kg/person|30 kg per household of it|no
en|30|kg/person|30 kg per person of it|ok
en|30|kg/person|30 kg per capita|ok
en|30|kg/person|30 kg of rice per head|ok
en|30|kg/person|each person eats 30 kg|ok
en|30|kg/person|they ate 30 kg of rice|no
en|15|kg|15 kg of it per person|no
en|15|kg|15 kg of it|ok
en|21|EUR|21 euros per square metre|no
en|21|EUR|21 euros a square metre|no
en|21|EUR/m2|21 euros per square metre|ok
en|21|EUR|€21/m2|no
en|21|EUR|€21 per m² of it|no
en|44|km|44 km an hour|no
en|44|km|44 km per hour|no
en|44|km/h|44 km an hour|ok
en|44|km/h|44 km per hour|ok
en|15|l|15 litres per 100 km|no
en|15|MW|15 MW per rig there|no
en|15|MW|15 MW hourly|no
en|15|kW/rig|15 kW per rig there|ok
en|15|kW/rig|15 kW per farm there|no
en|15|g|15 grams of CO2 per km|no
en|15|t|15 tonnes CO2 per head|no
en|15|t|15 tonnes a year|warn
en|15|t|15 tonnes a year ago|ok
en|15|t|15 tonnes annually|warn
en|5|shop|5 in 1,000 people|no
en|15|percent|15 percent a year|warn
en|15|percent|15 percent per month of it|warn
en|15|EUR/month|15 euros a month|ok
en|15|EUR/month|15 euros per square metre|no
en|15|EUR/month|15 euros there then|no
ru|15|death|15 смертей на 1000 человек|no
ru|15|RUB|15 рублей за штуку там|no
ru|15|RUB|15 рублей за год|ok
ru|15|RUB|15 рублей за хлеб|ok
ru|15|RUB|15 рублей за квадратный метр|no
ru|30|kg|30 кг на душу населения|no
ru|30|kg/person|30 кг на душу населения|ok
ru|30|kg/person|30 кг на человека|ok
ru|30|kg|30 кг на складе|ok
ru|44|km|44 км в час|no
ru|44|km/h|44 км в час|ok
ru|15|t|15 тонн с гектара|no
ru|15|t|15 тонн в год|warn
ru|15|farm|15 ферм в 2020 году|ok
ru|15|farm|на каждые 1000 человек приходится 15 ферм|no
ru|15|farm|за год закрыли 15 ферм|ok
ru|15|farm|15 ферм на юге|ok
kk|44|km|сағатына 44 км жүрді|no
kk|44|km/h|сағатына 44 км жүрді|ok
kk|15|death|1000 адамға 15 өлім|no
kk|15|death|әр 1000 адамға 15 өлім келеді|no
kk|30|kg|жан басына 30 кг|no
kk|30|kg/person|жан басына 30 кг|ok
kk|15|farm|жылына 15 ферма ашылды|warn
kk|15|farm|2020 жылы 15 ферма ашылды|ok
kk|21|EUR|шаршы метріне 21 еуро|no
kk|1|KZT/kWh|1 киловатт-сағатына 1 теңге|ok
kk|15|farm|қалаға 15 ферма келді|ok
en|12|°C|12 degrees below zero in the town|no
en|-12|°C|12 degrees below zero in the town|ok
en|5|°C|it was 5 °C below zero|no
en|-5|°C|it was 5 °C below freezing|ok
en|5|°C|it was 5 degrees Celsius above zero|ok
en|5|°C|minus 5 degrees below zero|no
en|5|°C|5 degrees of frost|no
ru|15|°C|15 градусов мороза там было|no
ru|-15|°C|15 градусов мороза там было|ok
ru|15|°C|15 градусов ниже нуля там|no
ru|-15|°C|15 градусов ниже нуля там|ok
ru|15|°C|15 градусов тепла там|ok
kk|15|°C|15 градус аяз болды|no
kk|-15|°C|15 градус аяз болды|ok
kk|15|°C|нөлден төмен 15 градус|no
en|15|shop|not even 15 shops there|no
en|15|shop|cannot be 15 shops there|no
en|15|shop|scarcely 15 shops there then|no
en|15|shop|no 15 shops closed then|no
en|15|shop|all but 15 shops closed|no
en|5|shop|all but 5 shops closed|no
en|10|shop|10 pairs of shops|no
en|15|shop|not only 15 shops closed|ok
en|15|shop|barely 15 shops|no
en|15|shop|there were never 15 shops|no
en|15|shop|without 15 shops|no
en|15|shop|12 teams of 15 shops|ok
en|10|shop|10 dozen shops|no
en|10|shop|every shop except 10 shops|no
en|10|shop|10 of the shops|ok
en|10|shop|does not have 10 shops|no
en|10|shop|do not include 10 shops|no
en|15|shop|15 shops did not open|ok
en|15|shop|nowhere near 15 shops|no
en|15|shop|far from 15 shops|no
ru|15|shop|нет 15 магазинов там было|no
ru|15|shop|даже не 15 магазинов там|no
ru|15|shop|едва ли 15 магазинов|no
ru|15|shop|не было и 15 магазинов|no
ru|15|shop|все, кроме 15 магазинов|no
ru|10|shop|10 пар магазинов|no
ru|15|shop|не хватает 15 магазинов|ok
ru|15|shop|не только 15 магазинов|ok
ru|15|shop|без 15 магазинов|no
kk|15|person|15 адам емес болды|no
kk|15|person|15 адам жоқ|no
kk|15|person|15 адамнан басқа|no
kk|10|shop|10 жұп дүкен|no
en|15|EUR|15 euros apiece|ok
en|15|EUR|15 euros/kg|no
en|15|EUR|EUR 15 per kg|no
en|15|EUR|€15 a kilo|no
en|15|EUR|€15 a head|no
en|15|EUR|$15 a barrel|no
en|15|USD|$15 a barrel|no
en|15|USD|$15 per person|no
en|15|USD|$15 an hour|no
en|15|shop|15 shops per 100,000 residents|no
en|15|shop|15 shops for each town|no
en|15|shop|15 shops to each town|no
en|15|shop|15 in every 100 shops|no
en|100|shop|15 in every 100 shops|no
en|15|person|15 people per square kilometre|no
en|15|person/km2|15 people per square kilometre|ok
en|15|person|per square kilometre there are 15 people|no
en|3|shop|3 in 10,000 shops|no
en|15|death|15 deaths among 1,000 people|no
en|15|death|15 deaths out of 1,000 people|no
en|15|kg|an average of 15 kg each week|warn
en|15|l|15 litres per minute|no
en|15|MB|15 MB per second|no
en|15|mm|15 mm of rain per day|warn
en|15|kg|15 kg/ha|no
en|15|t|between 12 and 15 tonnes per hectare|no
en|15|farm|15 farms per se|ok
en|15|percent|15 percent per capita|no
en|15|farm|15 farms as per the list|ok
en|15|farm|15 farms per year|warn
en|5|°C|5 °C under zero|no
en|5|°C|it was below zero, at 5 °C|ok
en|5|°C|5 degrees Celsius of frost|no
en|5|°C|fell to 5 below zero|no
en|5|°C|sub-zero 5 °C|no
en|5|°C|between 5 and 7 degrees below zero|no
en|15|shop|fewer than half of the 15 shops|ok
en|15|shop|neither of 15 shops closed|no
en|15|shop|not one of the 15 shops closed|ok
en|15|shop|it isn't 15 shops|no
en|15|shop|hardly 15 shops|no
en|15|shop|by no means 15 shops|no
en|15|shop|anything but 15 shops|no
en|15|shop|15 chains of shops|no
en|15|shop|15 owners of shops|no
en|10|shop|one in 10 shops|no
en|15|shop|allegedly 15 shops|ok
ru|15|EUR|15 евро за килограмм|no
ru|15|RUB|15 рублей с человека|no
ru|15|RUB|15 рублей/кг|no
ru|15|RUB|по 15 рублей за литр|no
ru|15|death|15 случаев на 100 тысяч населения|no
ru|15|death|15 случаев на 100 тыс. населения|no
ru|15|deaths per 100,000 people|15 случаев на 100 тысяч населения|ok
ru|15|person|15 человек на квадратный километр|no
ru|15|person|на квадратный километр приходится 15 человек|no
ru|15|t|15 тонн на душу|no
ru|15|t|15 тонн в час|no
ru|15|farm|15 ферм на 100 гектаров|no
ru|15|farm|15 ферм на одного жителя|no
ru|15|farm|в год по 15 ферм|ok
ru|15|farm|ежегодно 15 ферм|ok
ru|15|°C|15 градусов по Цельсию ниже нуля|no
ru|15|°C|мороз 15 градусов|no
ru|15|°C|до 15 градусов мороза|no
ru|15|°C|15-градусный мороз|no
ru|15|shop|не 15 магазинов|no
ru|15|shop|все магазины, за исключением 15 магазинов|no
ru|15|shop|вместо 15 магазинов|no
ru|15|shop|менее половины из 15 магазинов|no
ru|15|shop|15 сетей магазинов|no
ru|15|shop|вряд ли есть 15 магазинов|no
kk|15|EUR|килограмына 15 еуро|no
kk|15|EUR|бір килограмға 15 еуро|no
kk|15|death|100 мың тұрғынға 15 өлім|no
kk|15|deaths per 100,000 people|100 мың тұрғынға 15 өлім|ok
kk|15|person|бір шаршы шақырымға 15 адам|no
kk|15|t|гектарынан 15 тонна|no
kk|15|t|әр гектардан 15 тонна|no
kk|15|t|айына 15 тонна|warn
kk|15|person|адам басына 15 адам|no
kk|15|°C|аяз 15 градус|no
kk|15|°C|15 градус суық|no
kk|15|shop|15 дүкен емес|no
kk|15|shop|15 дүкенді қоспағанда|no
kk|15|shop|әрең 15 дүкен|no
kk|15|shop|15 дүкеннің орнына|no
en|500|farm|500 farms in 100 villages|ok
en|15|farm|15 farms as per plan|ok
en|15|farm|15 units of farms|ok
en|450|JPY|450 yen per dollar|ok
"""


@pytest.mark.parametrize("case", CASES.split("\n")[1:-1])
def test_number(case: str) -> None:
    language, value, unit, quote, expected = case.split("|")
    assert said(value, unit, quote, language) == expected


def test_a_claim_may_say_itself_by_what_time_it_counts() -> None:
    assert said("15", "farm", "15 farms a year", "en", "They open {value} a year.") == "ok"
    assert said("15", "farm", "15 farms a year", "en", "They have {value}.") == "warn"


@pytest.mark.parametrize(
    ("language", "value", "quote", "bound"),
    [
        ("en", "2020-06", "before June 2020", "before"),
        ("en", "2020-06", "by the end of June 2020", "by the end of"),
        ("en", "2020-06-05", "prior to 5 June 2020", "prior to"),
        ("en", "2020", "until 2020", "until"),
        ("en", "2020", "since 2020", ""),
        ("en", "2021", "from 2019 until 2021", ""),
        ("en", "2020", "passed by parliament in 2020", ""),
        ("ru", "2020-06", "до июня 2020 года", "до"),
        ("ru", "2020-06", "после июня 2020 года", "после"),
        ("ru", "2020", "с 2019 до 2020 года", ""),
        ("kk", "2020", "2020 жылға дейін", "дейін"),
        ("kk", "2020", "2020 жылдан кейін", "кейін"),
        ("kk", "2020", "2020 жылы", ""),
    ],
)
def test_a_bound_of_time_is_told(language: str, value: str, quote: str, bound: str) -> None:
    date, quotes = DateValue(parse_edtf(value)), [Quoted(quote, language)]
    told = [problem.message for problem in supports(date, quotes, language="en").problems]
    assert [f'"{bound}"' in message for message in told] == ([True] if bound else [])
    for claim in ("The time before which it closed is {value}.", "It closed no later than {value}."):
        assert not supports(date, quotes, language="en", claim=Text.of(claim)).problems
    elsewhere = Text.of("The dam built by hand closed in {value}.")
    assert len(supports(date, quotes, language="en", claim=elsewhere).problems) == len(told)


@pytest.mark.parametrize(
    ("language", "text", "quote", "left_out"),
    [
        ("en", "The dam should close by June 2020, they said.", "June 2020, they said", "by"),
        ("en", "The dam should close by the end of June 2020.", "June 2020", "by the end of"),
        ("en", "The dam should close in June 2020 or later.", "close in June 2020", "or later"),
        ("en", "The dams close by June 2020, they said.", "close by June 2020", ""),
        ("en", "The dam made by hand closed in June 2020.", "closed in June 2020", ""),
        ("en", "It stood from 2019 until 2021.", "from 2019 until 2021", ""),
        ("ru", "Плотина закроется до июня 2020 года. Так сказали.", "июня 2020 года", "до"),
        ("kk", "Бөгет 2020 жылға дейін жабылады.", "Бөгет 2020 жылға", "дейін"),
    ],
)
def test_a_quote_does_not_leave_out_what_bounds_its_date(language: str, text: str, quote: str, left_out: str) -> None:
    found = find_quote(text, "", quote, "", language)
    assert isinstance(found, Miss if left_out else Match)
    assert not left_out or f'"{left_out}"' in found.reason  # type: ignore[union-attr]


PAGE = """<html lang="en"><body><article><p>The count of cafes came to 12</p><p>500 shops closed in the town.</p>
<ul><li>Item 12</li><li>345 ducks were there</li></ul><p>They had <del>900 cows</del> <ins>800 cows</ins> and
<s>70 goats</s> <span style="text-decoration: line-through">60 pigs</span> 50 hens.</p></article></body></html>"""


@pytest.mark.parametrize(
    ("quote", "is_found"),
    [
        ("500 shops closed", True),
        ("12 500 shops closed", False),
        ("cafes came to 12", True),
        ("345 ducks were there", True),
        ("Item 12 345 ducks", False),
        ("900 cows", False),
        ("They had 800 cows", True),
        ("70 goats", False),
        ("60 pigs", False),
        ("50 hens", True),
    ],
)
def test_a_number_ends_with_its_paragraph_and_what_is_struck_out_is_not_said(quote: str, is_found: bool) -> None:
    found = find_quote(extracted(PAGE.encode(), "text/html"), "", quote, "", "en")
    assert isinstance(found, Match if is_found else Miss), found


def test_paragraphs_of_plain_text() -> None:
    text = extracted(b"Cafes came to 12\n\n500 shops closed. It is ~~900~~ 800 cows", "text/plain")
    assert isinstance(find_quote(text, "", "500 shops closed", "", "en"), Match)
    joined = find_quote(text, "", "12 500 shops closed", "", "en")
    assert isinstance(joined, Miss)
    assert "two paragraphs" in joined.reason
    struck = extracted(b"It is ~~900~~ 800 cows", "text/markdown")
    assert isinstance(find_quote(struck, "", "It is 800 cows", "", "en"), Match)
