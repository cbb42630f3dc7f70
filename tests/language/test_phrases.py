"""What phrases a text has, of which kind, with which precision and why one is void; and what a verdict says."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reportgen.language.judging import alike, same
from reportgen.language.scanner import phrases
from tests.language.reading import read


def kinds(text: str, language: str) -> list[tuple[str, str]]:
    return [
        (phrase.text, "void" if phrase.void and phrase.kind == "number" else phrase.kind)
        for phrase in phrases(text, language)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "In 2021 Article 14 closed 13 farms", [("2021", "year"), ("14", "label"), ("13", "number")]),
        ("en", "FY2021 and Q3 2021", [("2021", "year"), ("3", "void"), ("2021", "year")]),
        ("en", "on 5 May 2021, at 5:30 p.m.", [("5 May 2021", "date"), ("5:30", "date")]),
        ("en", "the fifth of 12 to 15 farms", [("fifth", "ordinal"), ("12 to 15", "range")]),
        ("en", "COVID-19 in the 1990s", [("19", "void"), ("1990s", "year")]),
        ("en", "several hundred or half a dozen", [("hundred", "void"), ("half a dozen", "number")]),
        ("ru", "ст. 27, 3-й квартал, 13 ферм", [("27", "label"), ("3-й", "ordinal"), ("13", "number")]),
        ("ru", "25 июня 2020 года закрыли три", [("25 июня 2020", "date"), ("три", "number")]),
        ("ru", "тысячи ферм и 2019–2021 годы", [("тысячи", "void"), ("2019–2021", "date")]),
        ("kk", "27-бап, 3-тоқсан, 13 ферма", [("27-бап", "label"), ("3-тоқсан", "label"), ("13", "number")]),
        ("kk", "2020 жылғы 25 маусымда бесінші", [("2020", "year"), ("25 маусымда", "date"), ("бесінші", "ordinal")]),
        ("kk", "бірнеше мың адам, 5–7 МВт", [("мың", "void"), ("5–7 МВт", "range")]),
    ],
)
def test_kinds(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "value", "step"),
    [
        ("en", "1.2 billion tenge", 1_200_000_000, 100_000_000),
        ("en", "700 million tenge", 700_000_000, 1_000_000),
        ("en", "18.10 percent", Fraction(181, 10), Fraction(1, 100)),
        ("en", "five and a half", Fraction(11, 2), Fraction(1, 2)),
        ("ru", "1 млрд 450 млн тенге", 1_450_000_000, 1_000_000),
        ("ru", "18,125 процента", Fraction(18125, 1000), Fraction(1, 1000)),
        ("kk", "2,5 мың адам", 2500, 100),
    ],
)
def test_step_of_the_last_written_digit(language: str, text: str, value: object, step: object) -> None:
    assert [(reading.value, reading.step) for phrase in phrases(text, language) for reading in phrase.readings] == [
        (value, step)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "No region of the country lost more than 15 percent"),
        ("en", "None of the 520 villages had 15 hives or more"),
        ("en", "In no village were there fewer than 15 keepers"),
        ("en", "There is no evidence that over 15 hives were stolen"),
        ("en", "At no time did losses exceed 15 percent"),
        ("kk", "Ешкім 15-тен астам ұя ұстамады"),
    ],
)
def test_a_subject_that_denies_leaves_no_bound(language: str, text: str) -> None:
    (bound,) = [phrase for phrase in phrases(text, language) if phrase.text.startswith("15")]
    assert "may turn round" in bound.void
    assert not bound.relations


def test_places_in_the_text() -> None:
    text = "  it must — so the law — not exceed  5 MW, or more"
    phrase = phrases(text, "en")[0]
    assert text[phrase.start : phrase.end] == "5 MW"
    assert text[phrase.outer_start : phrase.outer_end].startswith("not exceed")


@pytest.mark.parametrize("text", ["2010–18", "2005-17", "1999-00", "2000–09", "2018/19", "2025-06", "2017-2020"])
def test_years_and_their_spans_are_no_numbers(text: str) -> None:
    assert [(phrase.text, phrase.kind) for phrase in phrases(f"it rose in {text}, they say", "en")] == [(text, "date")]


def test_spans_of_time() -> None:
    assert [phrase.is_time for phrase in phrases("in three years, three farms", "en")] == [True, False]
    assert phrases("за три года", "ru")[0].is_time
    assert phrases("үш жыл ішінде", "kk")[0].is_time


def test_bounds_in_brackets() -> None:
    for text, language in (("35% (95% CI 22–50)", "en"), ("35 % (95 % ДИ: 22–50)", "ru"), ("35% [22–50%]", "kk")):
        phrase = phrases(text, language)[0]
        assert phrase.bounds is not None
        assert [reading.value for reading in (*phrase.bounds.low, *phrase.bounds.high)] == [22, 50]


def test_same_and_alike() -> None:
    first, second, third, fourth = (phrases(text, "en")[0] for text in ("1.4 GW", "1,400 MW", "2 MW", "5 farms"))
    assert same(first, second)
    assert not same(first, third)
    assert alike(first, third)
    assert not alike(first, fourth)
    assert not same(phrases("over 5 MW", "en")[0], phrases("5 MW", "en")[0])


@pytest.mark.parametrize(
    ("language", "quote", "value", "unit", "relation", "state", "code", "says"),
    [
        ("en", "the site draws 14 MW", "14", "GW", "=", "contradicted", "value-contradicted", "14 MW"),
        (
            "en",
            "it paid 82 billion tenge",
            "82",
            "billion USD",
            "=",
            "contradicted",
            "value-contradicted",
            "82 billion tenge",
        ),
        (
            "en",
            "growth was minus 5 percent",
            "5",
            "percent",
            "=",
            "contradicted",
            "value-contradicted",
            "minus 5 percent",
        ),
        ("en", "a loaf every second", "2", "shop", "=", "unread", "value-not-in-quote", "second"),
        ("en", "must not exceed 5 MW", "5", "MW", ">", "contradicted", "value-contradicted", "not exceed 5 MW"),
        ("en", "must not exceed 5 MW", "5", "MW", "=", "partial", "relation-in-quote", "not exceed 5 MW"),
        ("ru", "мощность не больше 5 МВт", "5", "MW", ">", "contradicted", "value-contradicted", "не больше 5 МВт"),
        ("kk", "5 МВт-тан аспайды", "5", "MW", ">", "contradicted", "value-contradicted", "аспайды"),
        ("en", "many shops opened on 11 June", "11", "shop", "=", "unread", "value-not-in-quote", "11 June"),
        (
            "en",
            "rose by 3.2 percentage points",
            "3.2",
            "percent",
            "=",
            "contradicted",
            "value-contradicted",
            "percentage points",
        ),
        ("en", "Article 14 forbids all shops", "14", "shop", "=", "unread", "value-not-in-quote", "14"),
        ("en", "it rose to 14 last year", "14", "MW", "=", "partial", "unit-not-in-quote", "without the unit MW"),
        ("en", "between 5 and 7 MW", "5", "MW", "=", "contradicted", "value-contradicted", "one end of it"),
        ("en", "about 300 farms", "300", "farm", "=", "read", "relation-in-quote", "about 300"),
        ("en", "there are 13 shops", "14", "shop", "=", "contradicted", "value-contradicted", "13"),
        ("en", "there are many shops", "14", "shop", "=", "unread", "value-not-in-quote", "no number"),
    ],
)
def test_messages_name_what_the_quote_prints(
    language: str, quote: str, value: str, unit: str, relation: str, state: str, code: str, says: str
) -> None:
    verdict = read(quote, value, unit, language, relation)
    assert verdict.state == state
    assert [problem.code for problem in verdict.problems] == [code]
    assert says in verdict.problems[0].message


def test_no_message_turns_a_bound_round() -> None:
    for quote, relation in (("not over 5 MW", "<="), ("not under 5 MW", ">="), ("never reached 5 MW", "<")):
        assert read(quote, "5", "MW", "en", relation).problems == ()
        assert f'relation: "{relation}"' in read(quote, "5", "MW", "en").problems[0].hint
