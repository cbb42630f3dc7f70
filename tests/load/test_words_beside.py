"""Words typed beside {value} in a claim, by which it says another number than its fact and its quote."""

from __future__ import annotations

import pytest

from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from tests.brief.project import FILES

SHOPS = "28|boat|reported 28 boats"
TOLD = [
    f"{SHOPS}|Bergen had over {{value}}.|over",
    f"{SHOPS}|Bergen had nearly {{value}}.|nearly",
    f"{SHOPS}|Bergen had fewer than {{value}}.|fewer than",
    f"{SHOPS}|Bergen had half of {{value}}.|half of",
    f"{SHOPS}|Bergen had twice {{value}}.|twice",
    f"{SHOPS}|Bergen had {{value}} percent of all.|percent",
    f"{SHOPS}|Bergen had {{value}}% of all.|%",
    f"{SHOPS}|There were {{value}} a day.|a day",
    f"{SHOPS}|There were {{value}} per person.|per person",
    "2.3|°C|was +2.3 °C|It was minus {value}.|minus",
    "38.6|million|spent RM 38.6 million on them|Bergen spent {value} dollars.|dollars",
    "1.1|million boat|had 1.1 million boats|Bergen had {value} million boats.|million",
    "50000|VND/year|costs 50,000 dong a year|A card costs {value} a month.|a month",
]
HONEST = [
    f"{SHOPS}|Bergen had {{value}}.",
    f"{SHOPS}|Bergen took over {{value}} from Oslo.",
    f"{SHOPS}|Summer is over for {{value}}.",
    f"{SHOPS}|Bergen and Oslo quarrelled over {{value}}.",
    f"{SHOPS}|Over the years Bergen had {{value}}.",
    f"{SHOPS}|Bergen had {{value}}, half of them blue.",
    f"{SHOPS}|Twice Bergen had {{value}}.",
    f"{SHOPS}|Bergen had {{value}} a percent of which sank.",
    f"{SHOPS}|Bergen had {{value}} a year later.",
    f"{SHOPS}|Bergen had {{value}} million-dollar yachts aside.",
    f"{SHOPS}|Bergen fell below the {{value}} of Oslo.",
    f"{SHOPS}|Bergen had more of them than {{value}}.",
    f"{SHOPS}|Fewer sailed from Oslo than the {{value}} of Bergen.",
    "28|boat|half of the 28 boats sank|Half of the {value} sank.",
    "28|boat|half of the 28 boats sank|Half of {value} sank.",
    "28|boat|carried by 28 boats a day|There were {value} a day.",
    "28|boat|daily, 28 boats left|There were {value} a day.",
    "28|boat|in 2020 it built 28 boats|Bergen built {value} a year.",
    "28|boat|28 boats for each resident|There were {value} per person.",
    "28|boat|28 boats per capita|There were {value} per person.",
    "38.6|million USD|spent $38.6 million on them|Bergen spent {value} on dollars.",
    "38.6|million|spent 38.6 million on them|Bergen spent {value} on ships.",
    "1.1|million boat|had 1.1 million boats|Bergen had {value}, a million more than Oslo.",
    "2.3|°C|was +2.3 °C|It was {value}, minus the wind.",
    "4|percent|4% of the boats|Of all, {value} percentage-wise were blue.",
    "12|km|the road is 12 km long|The road is {value} a side.",
    "12|kg|each catch was 12 kg|A catch was {value} a piece.",
    "90|min|the trip takes 90 minutes|The trip takes {value} a way.",
    "3|day|it lasted 3 days|It lasted over {value}.",
    "12|EUR|tickets cost €12|A ticket costs {value} a head.",
    "12|EUR|tickets cost €12 per person|A ticket costs {value} per person.",
    "12|EUR|the monthly card costs €12|A card costs {value} a month.",
    "12|kg|each drank 12 kg of tea|Each drank {value} in a year.",
    "7|h|open 7 hours daily|It is open {value} a day.",
    "3|h|the walk takes 3 hours|The walk takes {value} each way.",
    "60|kg|each person eats 60 kg|They eat {value} a person.",
    "5|m|the hall is 5 m high|The hall is {value} high.",
    "5|m|the hall is 5 m high|At {value} the hall is low.",
    "40|%|40% of voters|Some {value} voted, about as many as before.",
    "2.3|°C|was +2.3 °C|In the shade it was {value} in the day.",
    "300|boat|built 300 boats in 2020|The yard builds {value} a year.",
    "11|boat|11 boats every week|There are {value} a week.",
    "5|m|the hall is 5 m high|Below {value} nothing grows.",
    "11|boat|11 boats a week|There are {value} a week.",
    "11|boat|weekly, 11 boats leave|There are {value} a week.",
    "18|boat|each day brings 18 boats|There come {value} a day.",
]


def told(case: str) -> list[str]:
    value, unit, quote, claim = case.split("|")
    fact = f'- {{id: x, claim: "{claim}", value: {value}, unit: "{unit}"'
    fact += f', evidence: [{{source: report-2020, quote: "{quote}"}}]}}\n'
    _, found = load(MemoryFiles({**FILES, "content/facts/x.yaml": fact}), read_style=lambda _: "")
    assert [each for each in found if each.code in ("bad-unit", "bad-claim", "yaml-syntax")] == []
    return [each.message for each in found if each.code == "said-beside"]


@pytest.mark.parametrize("case", TOLD)
def test_what_makes_another_number_of_a_value_is_told(case: str) -> None:
    fact, _, words = case.rpartition("|")
    (message,) = told(fact)
    assert f'types "{words}"' in message


@pytest.mark.parametrize("case", HONEST)
def test_other_words_of_a_claim_are_left_alone(case: str) -> None:
    assert told(case) == []
