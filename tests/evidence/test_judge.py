from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.evidence.judge import supports
from reportgen.evidence.quoted import Carries, Quoted
from reportgen.language.units import unit_table
from reportgen.model.edtf import looks_like_edtf, parse_edtf
from reportgen.model.fact import DateValue, TextValue
from reportgen.model.fact import FactValue as Value
from reportgen.model.quantity import Relation, is_number, typed_quantity
from reportgen.model.text import Text
from reportgen.model.verdict import Verdict

CASES = Path(__file__).parent / "cases"
UNITS = unit_table(["shop", "farm"], [])


def _number(text: str, unit: str = "", relation: str = "=") -> Value:
    return typed_quantity(text, UNITS.parse(unit), Relation(relation))


def _date(text: str) -> Value:
    return DateValue(parse_edtf(text))


def _text(text: str, language: str = "") -> Value:
    return TextValue(Text(((language, text),)))


def _judged(
    value: Value, *quotes: str, language: str = "en", reading: str = "", carries: tuple[Carries, ...] = ()
) -> Verdict:
    quoted = [Quoted(q, language, carries[n] if n < len(carries) else "") for n, q in enumerate(quotes)]
    return supports(value, quoted, language="en", reading=Text.of(reading) if reading else None)


def _codes(verdict: Verdict) -> list[str]:
    return [problem.code for problem in verdict.problems]


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


def _named(case: dict[str, Any]) -> str:
    return f"{case['language']}: {case['value']} in {case['quote']}"


@pytest.mark.parametrize("case", _lines("texts.jsonl"), ids=_named)
def test_texts(case: dict[str, Any]) -> None:
    value = _text(case["value"], case.get("value_lang", ""))
    assert _judged(value, case["quote"], language=case["language"]).state == case["expect"]


@pytest.mark.parametrize("case", _lines("more-texts.jsonl"), ids=_named)
def test_more_texts(case: dict[str, Any]) -> None:
    value = _text(case["value"], case["language"])
    assert _judged(value, case["quote"], language=case["language"]).state == case["expect"]


@pytest.mark.parametrize(
    ("language", "value", "quote", "state"),
    [
        ("en", "half a dozen farms", "half a dozen farms were shut", "read"),
        ("en", "six farms", "half a dozen farms were shut", "read"),
        ("en", "seven farms", "half a dozen farms were shut", "contradicted"),
        ("en", "fourth", "stood fourth in the world", "read"),
        ("en", "third", "stood fourth in the world", "contradicted"),
        ("en", "third", "two countries are ahead of it", "unread"),
        ("en", "14 farms", "over 14 farms", "contradicted"),
        ("en", "over 14 farms", "over 14 farms in the north", "read"),
        ("en", "hundreds of thousands", "led to hundreds of thousands leaving", "read"),
        ("en", "Article 14", "Article 14 forbids it", "read"),
        ("en", "Article 15", "Article 14 forbids it", "unread"),
        ("en", "signed in June 2020", "was signed in June 2020", "read"),
        ("en", "signed in July 2020", "was signed in June 2020", "contradicted"),
        ("ru", "три фермы", "в стране три фермы", "read"),
        ("ru", "четыре фермы", "в стране три фермы", "contradicted"),
        ("ru", "в июне 2020 года", "подписан в июне 2020 года", "read"),
        ("ru", "в мае 2020 года", "подписан в июне 2020 года", "contradicted"),
        ("kk", "14 ферма", "елде 14 ферма бар", "read"),
        ("kk", "15 ферма", "елде 14 ферма бар", "contradicted"),
        ("kk", "2020 жылғы маусымда", "2020 жылғы маусымда қол қойды", "read"),
        ("kk", "2020 жылғы мамырда", "2020 жылғы маусымда қол қойды", "contradicted"),
    ],
)
def test_numbers_and_dates_in_texts_are_numbers_and_dates(language: str, value: str, quote: str, state: str) -> None:
    verdict = _judged(_text(value, language), quote, language=language)
    assert verdict.state == state
    assert bool(verdict.problems) == (state != "read")


def test_a_text_in_several_languages_is_compared_in_that_of_the_quote() -> None:
    value = TextValue(Text((("en", "National Bank"), ("ru", "Национальный банк"))))
    assert supports(value, [Quoted("в Национальном банке", "ru-KZ")], language="en").state == "read"
    other = supports(value, [Quoted("Ұлттық Банк", "kk")], language="en")
    assert other.carried == "paraphrase"
    assert other.why == "the value is in the language en and ru, and the quote in kk"


ODD = [
    (_number("14", "GW"), "the site draws 14 MW in winter", "value-contradicted"),
    (_number("82", "billion USD"), "the state paid 82 billion tenge", "value-contradicted"),
    (_number("5", "percent"), "growth was minus 5 percent last year", "value-contradicted"),
    (_number("11", "shop"), "many shops opened on 11 June", "value-not-in-quote"),
    (_number("14", "shop"), "Article 14 forbids all shops", "value-not-in-quote"),
    (_number("14", "shop"), "over 14 shops", "relation-in-quote"),
    (_number("14", "MW"), "the plant draws 14 in winter", "unit-not-in-quote"),
    (_date("2022-08~"), "Binance secured regulatory approval", "date-not-in-quote"),
    (_date("1999-05"), "counted 131 shops in December 2025", "value-contradicted"),
    (_text("999"), "there were 120 shops in the town", "value-contradicted"),
]


@pytest.mark.parametrize(("value", "quote", "code"), ODD)
def test_what_no_quote_carries_is_an_error_with_a_next_step(value: Value, quote: str, code: str) -> None:
    verdict = _judged(value, quote)
    assert _codes(verdict) == [code]
    assert verdict.carried == ""
    assert verdict.problems[0].hint


def test_the_message_names_what_is_printed_and_what_lacks() -> None:
    verdict = _judged(_date("2022-06-15"), "In June 2022 the bank spoke")
    assert (verdict.state, verdict.read, verdict.lacking) == ("partial", ("June 2022",), ("the day",))
    assert verdict.problems[0].message == 'the quote prints "June 2022", and not the day of 2022-06-15'
    assert verdict.problems[0].hint.startswith("write the value as 2022-06, ")
    assert _judged(_text("outlawed by Samruk"), "it was allowed").why == (
        'the quote does not have the words "Samruk" and "outlawed"'
    )
    assert (
        _judged(_text("clear"), "the rules are not clear").why == 'the quote has "not", and the value has no negation'
    )


# Readings -------------------------------------------------------------------------------------------------------------

JULY = "came into force on July 11"
APPROVED = "Binance secured regulatory approval"


@pytest.mark.parametrize(
    ("value", "quote", "reading"),
    [
        (_date("2022-07-11"), JULY, "The report is of 2022."),
        (_date("2022-08~"), APPROVED, "The report of 29 September 2022 says a month ago, hence August 2022."),
        (_date("2022-08~"), APPROVED, "The report, of September 2022, says a month ago, which is August."),
        (_date("2022-07-11"), JULY, "The report is of 3 January 2023 and says last year, so 2022 is meant."),
        (_date("2022-07-12"), JULY, "Kazakh time is ahead: July 11 there was 12 July 2022 here."),
        (_text("third"), "only the US and China are ahead", "The report names two countries as ahead, hence third."),
        (_number("14", "MW"), "the plant draws 14 in winter", "The table is in megawatts."),
        (_number("3", "shop"), "shops stood on every corner", "The plan of the town shows as many corners."),
        (_number("16", "shop"), "there were 15 shops and a stall", "The quote has 15 shops, and the stall is one."),
    ],
)
def test_a_reading_that_says_enough_is_inferred(value: Value, quote: str, reading: str) -> None:
    assert _judged(value, quote).carried == ""
    verdict = _judged(value, quote, reading=reading)
    assert verdict.problems == ()
    assert verdict.carried == "inferred"


@pytest.mark.parametrize(
    ("value", "quote", "reading", "code"),
    [
        (_date("2022-07-11"), JULY, "The year is taken from the report.", "reading-incomplete"),
        (_date("2022-08~"), APPROVED, "The report says a month ago, in August.", "reading-incomplete"),
        (_date("2022-07-12"), JULY, "By our time it was 12 July 2022, or so.", "reading-incomplete"),
        (_number("777", "shop"), "there were 120 shops", "as read", "reading-not-a-sentence"),
        (_number("777", "shop"), "there were 120 shops", "It is as read there.", "reading-incomplete"),
        (_date("2022-07-11"), JULY, "The report is of 2022, with 300 guests.", "digit-in-reading"),
        (_number("3", "shop"), "shops stood on every corner", "The town has 3 corners.", "digit-in-reading"),
    ],
)
def test_a_reading_that_says_too_little_or_too_much_is_told(value: Value, quote: str, reading: str, code: str) -> None:
    verdict = _judged(value, quote, reading=reading)
    assert code in _codes(verdict)
    assert not verdict.inferred
    assert verdict.carried == ""


def test_a_reading_may_print_a_number_as_a_quote_in_another_language_has_it() -> None:
    value, quote = _number("10000", "t"), "a cota fica de 10 a 20 mil toneladas"
    reading = "The bulletin has 20 mil toneladas as the upper end, and the multiple is that of both."
    assert _judged(value, quote, reading=reading, language="pt").inferred
    assert not _judged(value, quote, reading=reading.replace("20 mil", "the"), language="pt").inferred


def test_a_reading_does_not_answer_a_bound_that_the_fact_lacks() -> None:
    verdict = _judged(_number("14", "shop"), "over 14 shops", reading="The town had over 14 shops then.")
    assert _codes(verdict) == ["relation-in-quote"]


# Several evidences ----------------------------------------------------------------------------------------------------


def test_each_quote_that_prints_a_number_of_the_kind_supports_the_value() -> None:
    value = _number("14", "shop")
    assert _judged(value, "there are 14 shops", "there are 13 shops").state == "contradicted"
    assert _codes(_judged(value, "there are 14 shops", "over 14 shops")) == ["relation-in-quote"]
    assert _judged(value, "there are 14 shops", "all of the shops").state == "read"
    assert _judged(value, "there are 14 shops", "they draw 5 MW").state == "read"
    assert _judged(value, "there are 14 shops", "there are 13 shops", carries=("", "context")).state == "read"
    assert _codes(_judged(value, "there are 14 shops", carries=("place",))) == ["value-not-in-quote"]


def test_each_quote_that_prints_a_date_supports_it() -> None:
    value = _date("2020-06-25")
    assert _judged(value, "on 25 June 2020", "in June 2020").state == "read"
    assert _judged(value, "on 25 June 2020", "on 26 June 2020").state == "contradicted"
    assert _judged(value, "on 25 June 2020", "on 26 June 2020", carries=("", "time")).state == "read"
    assert _judged(value, "on 25 June", "in the year 2020").state == "partial"


def test_each_quote_has_a_verdict_of_its_own() -> None:
    verdict = _judged(_number("14", "shop"), "there are 14 shops", "there are 13 shops")
    assert [quote.state for quote in verdict.quotes] == ["read", "contradicted"]
    assert "another quote has the value" in verdict.problems[0].message


def test_texts_are_carried_together() -> None:
    assert _judged(_text("the Eurasian Bank and Intebix"), "the Eurasian Bank", "and Intebix did").state == "read"
    assert _judged(_text("14 shops of Intebix"), "Intebix has", "14 shops there").state == "read"


# The shipped facts ----------------------------------------------------------------------------------------------------


def _shipped() -> list[Any]:
    folder = Path(__file__).parents[2] / "content"
    measures = {m["id"]: m for m in yaml.load((folder / "measures.yaml").read_text(), yaml.CBaseLoader)}
    found = []
    for path in sorted(folder.glob("facts/*.yaml")):
        for fact in yaml.load(path.read_text(), yaml.CBaseLoader):
            value = fact.get("value")
            if not isinstance(value, str) or not fact.get("evidence"):
                continue
            measure = measures.get(fact.get("measure", ""), {})
            quotes = tuple(e["quote"] for e in fact["evidence"] if not e.get("carries"))
            if measure.get("kind") == "date" or looks_like_edtf(value):
                found.append((fact["id"], _date(value), quotes))
            elif is_number(value):
                unit = unit_table([fact.get("unit", "")], []).parse(fact.get("unit", ""))
                found.append((fact["id"], typed_quantity(value, unit, Relation(fact.get("relation", "="))), quotes))
            else:
                found.append((fact["id"], _text(value), quotes))
    return found


SHIPPED = _shipped()


@pytest.mark.parametrize(("value", "quotes"), [case[1:] for case in SHIPPED], ids=[case[0] for case in SHIPPED])
def test_no_shipped_number_is_lost_and_no_changed_date_is_read(value: Value, quotes: tuple[str, ...]) -> None:
    verdict = _judged(value, *quotes)
    if verdict.kind == "number":
        assert verdict.state == "read", verdict.problems
    if isinstance(value, DateValue):
        point = value.date.text.rstrip("~?")
        assert verdict.state != "contradicted", verdict.problems
        for changed in (str(int(point[:4]) + 1) + point[4:], *([f"{point[:4]}-01{point[7:]}"] if point[4:] else [])):
            assert _judged(_date(changed), *quotes).state != "read"


def test_a_judgement_of_a_shipped_fact_costs_less_than_a_millisecond() -> None:
    for _, value, quotes in SHIPPED:
        _judged(value, *quotes)
    began = time.process_time()
    for _, value, quotes in SHIPPED:
        _judged(value, *quotes)
    assert (time.process_time() - began) / len(SHIPPED) < 0.01


@pytest.mark.parametrize(
    ("value", "unit", "quote", "language"),
    [
        ("5", "MW", "5 MW hours", "en"),
        ("5", "MW", "5 MW-hours", "en"),
        ("5", "m", "5 m squared", "en"),
        ("5", "percent", "5% points", "en"),
        ("5", "percent", "5% п.п.", "ru"),
        ("5", "m", "5 м кв.", "ru"),
        ("5", "MW", "5 МВт часов", "ru"),
        ("5", "percent", "5% тармақ", "kk"),
    ],
)
def test_a_unit_that_goes_on_is_another_unit(value: str, unit: str, quote: str, language: str) -> None:
    number = typed_quantity(value, unit_table().parse(unit))
    assert supports(number, [Quoted(quote, language)], language=language).carried == ""


@pytest.mark.parametrize(("text", "quote"), [("by", "x"), ("on", "off"), ("%", "5"), ("за", "против")])
def test_words_of_grammar_and_signs_alone_are_not_read(text: str, quote: str) -> None:
    value = TextValue(Text((("en", text),)))
    assert supports(value, [Quoted(quote, "en")], language="en").carried != "read"


@pytest.mark.parametrize(
    ("value", "relation", "unit", "quote"),
    [
        ("2", "=", "rig", "a couple of dozen rigs"),
        ("2", "=", "rig", "a couple of hundred rigs"),
        ("1", "=", "percent", "half of 1%"),
        ("2", "=", "h", "2 hours and 30 minutes"),
        ("2", "=", "km", "2 km and 300 m"),
        ("1", "=", "billion USD", "half of $1 billion"),
        ("5", ">", "rig", "no longer over 5 rigs"),
        ("5", ">", "rig", "no longer more than 5 rigs"),
    ],
)
def test_a_part_of_a_number_or_a_turned_bound_is_not_read(value: str, relation: str, unit: str, quote: str) -> None:
    number = typed_quantity(value, unit_table(["rig"]).parse(unit), Relation(relation))
    assert supports(number, [Quoted(quote, "en")], language="en").carried == ""


@pytest.mark.parametrize(("value", "carried"), [("-5", "read"), ("5", "")])
def test_a_minus_sign_may_stand_apart(value: str, carried: str) -> None:
    number = typed_quantity(value, unit_table().parse("percent"))
    assert supports(number, [Quoted("growth of − 5%", "en")], language="en").carried == carried


@pytest.mark.parametrize(
    ("value", "unit", "quote", "language"),
    [
        ("2", "USD", "a ticket of $2 and 50 cents", "en"),
        ("2", "billion USD", "paid $2 billion and $300 million", "en"),
        ("10", "percent", "10 percent and a half", "en"),
        ("5", "USD", "5 dollars Canadian", "en"),
        ("10", "farm", "10 times more farms", "en"),
        ("10", "farm", "a 10-fold rise of farms", "en"),
        ("2", "farm", "в 2 раза больше ферм", "ru"),
        ("5", "farm", "фермалар 5 есе өсті", "kk"),
    ],
)
def test_a_part_or_a_factor_is_no_value(value: str, unit: str, quote: str, language: str) -> None:
    assert _judged(_number(value, unit), quote, language=language).state == "unread"


@pytest.mark.parametrize(
    ("value", "unit", "quote"),
    [("10", "farm", "10 farms and 3 shops"), ("500", "USD", "paid $500 and $300"), ("3", "", "3 times as many")],
)
def test_a_value_beside_another_one_is_read(value: str, unit: str, quote: str) -> None:
    assert _judged(_number(value, unit), quote).state == "read"


@pytest.mark.parametrize(
    ("quote", "language"),
    [
        ("in constant 2020 US dollars", "en"),
        ("at 2020 prices", "en"),
        ("в ценах 2020 года", "ru"),
        ("2020 жылғы бағамен", "kk"),
    ],
)
def test_the_year_of_prices_is_no_date(quote: str, language: str) -> None:
    assert _judged(_date("2020"), quote, language=language).state != "read"


@pytest.mark.parametrize(
    ("value", "quote", "state"),
    [
        ("AA", "rated AA+ by the agency", "paraphrase"),
        ("AA+", "rated AA+ by the agency", "read"),
        ("BBB", "cut to BBB- in May", "paraphrase"),
        ("president", "the vice-president said so", "paraphrase"),
        ("president", "a former president", "paraphrase"),
        ("laundering", "anti-laundering rules", "paraphrase"),
        ("passed", "barely passed", "paraphrase"),
        ("approved", "failed to be approved", "paraphrase"),
        ("car", "caring for all", "paraphrase"),
        ("cars", "a car", "read"),
    ],
)
def test_words_that_turn_others(value: str, quote: str, state: str) -> None:
    assert _judged(_text(value), quote).state == state


DENIED = [
    ("en", "upstream dams", "{value} caused the fall.", "denied that upstream dams had caused the fall", True),
    ("en", "upstream dams", "{value} did not cause the fall.", "denied that upstream dams had caused the fall", False),
    ("en", "upstream dams", "{value} caused the fall.", "upstream dams had never caused the fall", True),
    ("en", "upstream dams", "{value} caused the fall.", "upstream dams had caused the fall", False),
    ("en", "approved", "The plan was {value}.", "the plan was hardly approved", True),
    ("ru", "верхние плотины", "{value} вызвали спад.", "опроверг, что верхние плотины вызвали спад", True),
    ("ru", "верхние плотины", "{value} не вызвали спад.", "верхние плотины не вызвали спад", False),
    ("kk", "жоғарғы бөгеттер", "{value} себеп болды.", "жоғарғы бөгеттер себеп болған емес", True),
]


@pytest.mark.parametrize(("language", "value", "claim", "quote", "is_told"), DENIED)
def test_words_that_the_quote_denies_are_told(language: str, value: str, claim: str, quote: str, is_told: bool) -> None:
    verdict = supports(_text(value, language), [Quoted(quote, language)], language=language, claim=Text.of(claim))
    told = [(problem.code, problem.severity) for problem in verdict.problems]
    assert told == [("value-contradicted", "warning")] * is_told
    reading = Text.of("The denial is of another fall.")
    quotes = [Quoted(quote, language)]
    answered = supports(_text(value, language), quotes, language="en", claim=Text.of(claim), reading=reading)
    assert not answered.problems
