from __future__ import annotations

import json
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.evidence.dates_read import dates_in, read_date
from reportgen.model.edtf import parse_edtf
from reportgen.quantities.dates import format_date

CASES = Path(__file__).parent / "cases"
LANGUAGES = ("en", "ru", "kk")
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def _cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


def _named(case: dict[str, Any]) -> str:
    return f"{case['language']}: {case['value']} in {case['quote']}"


@pytest.mark.parametrize("case", _cases("dates.jsonl") + _cases("more-dates.jsonl"), ids=_named)
def test_verdict(case: dict[str, Any]) -> None:
    state = read_date(parse_edtf(case["value"]), case["quote"], case["language"]).state
    if case["expect"] == "not-read":
        assert state != "read"
    else:
        assert state == case["expect"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_cases_of_each_language(language: str) -> None:
    cases = [case for case in _cases("more-dates.jsonl") if case["language"] == language]
    assert len(cases) >= 50
    assert sum(1 for case in cases if case["expect"] != "read") >= 20


@pytest.mark.parametrize("language", [*LANGUAGES, "en-US", "de", "fr", "es", "tr", "uk", "hu", "zh"])
@pytest.mark.parametrize("style", ["long", "short"])
@settings(deadline=None)  # the first look at a language compiles its patterns
@given(day=DAYS)
def test_each_printed_day_is_read_back_as_itself_and_as_no_other(style: Any, language: str, day: date) -> None:
    printed = format_date(parse_edtf(day.isoformat()), language, style)
    assert read_date(parse_edtf(day.isoformat()), printed, language).state == "read"
    for other in (day + timedelta(1), day - timedelta(31), day.replace(year=day.year - 1, day=1), day + timedelta(400)):
        assert other == day or read_date(parse_edtf(other.isoformat()), printed, language).state == "contradicted"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "value", ["2021", "2021-05", "2021-06~", "2021-22", "2019/2021", "2021-06/2021-09", "2021-12-30/2022-01-02"]
)
def test_each_printed_time_is_read_back(value: str, language: str) -> None:
    assert read_date(parse_edtf(value), format_date(parse_edtf(value), language), language).state == "read"


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None)  # the first look at a language compiles its patterns
@given(day=DAYS)
def test_a_month_alone_is_never_enough_for_a_day(language: str, day: date) -> None:
    printed = format_date(parse_edtf(f"{day:%Y-%m}"), language)
    assert read_date(parse_edtf(day.isoformat()), printed, language).state == "partial"
    assert read_date(parse_edtf(f"{day:%Y}"), printed, language).state == "read"


def test_a_date_is_given_in_the_words_of_the_quote() -> None:
    reading = read_date(parse_edtf("2022-07-11"), "In force from July 11, says the report", "en")
    assert reading.read == reading.printed == ("July 11",)
    assert [(part.name, part.state) for part in reading.parts] == [
        ("year", "missing"),
        ("month", "read"),
        ("day", "read"),
    ]


def test_no_date_crosses_the_mark_of_two_pieces_but_a_year_serves_both() -> None:
    dates, _ = dates_in("came on 25 … June 2020 was warm", "en")
    assert [(found.year, found.month, found.day) for found in dates] == [(2020, 6, None)]
    assert read_date(parse_edtf("2020-06-25"), "came on 25 June … the law of 2020", "en").state == "read"


def test_a_judgement_costs_less_than_a_millisecond() -> None:
    cases = _cases("dates.jsonl")
    for case in cases:
        read_date(parse_edtf(case["value"]), case["quote"], case["language"])
    began = time.process_time()
    for case in cases:
        read_date(parse_edtf(case["value"]), case["quote"], case["language"])
    assert (time.process_time() - began) / len(cases) < 0.01


def test_the_dates_of_a_text_are_read_once() -> None:
    text = "opened on 3 May 2019 and shut in 2021, as no other test says"
    first, before = dates_in(text, "en"), dates_in.cache_info()
    assert dates_in(text, "en") == first
    assert dates_in.cache_info().misses == before.misses
    assert [date.text for date in first[0]] == ["3 May 2019", "2021"]
