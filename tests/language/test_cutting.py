"""Quotes that cut a number phrase apart, or leave out its bound or negation."""

from __future__ import annotations

import pytest

from reportgen.language.cutting import cut

WHOLE = [
    ("en", "rose from 12 to 15 farms last year", "15 farms"),
    ("en", "on June 3, 500 farms closed", "500 farms"),
    ("en", "on 25 June 2020 the law", "June 2020 the law"),
    ("en", "must not exceed 5 MW today", "must not exceed 5 MW"),
    ("en", "in 2019, 500 farms", "500 farms"),
    ("en", "No village was spared, and more than 500 people left", "more than 500 people"),
    ("en", "a village of no importance has more than 500 people", "more than 500 people"),
    ("en", "no doubt more than 500 people came", "more than 500 people"),
    ("en", "none of those who own more than 500 hives came", "more than 500 hives"),
    ("kk", "Ешбір өңірде 15 пайыздан аспады", "15 пайыздан аспады"),
    ("ru", "мощность не более 5 МВт", "не более 5 МВт"),
    ("kk", "500-ден астам ферма бар", "500-ден астам ферма"),
]
NUMBERS = [
    ("en", "half a dozen firms left", "a dozen firms", "half a dozen"),
    ("en", "a total of 3,\n500 farms were", "500 farms", "3, 500"),
    ("en", "a total of 3, 500 farms were", "500 farms", "3, 500"),
    ("en", "between 5 and 7 million people", "7 million", "5 and 7 million"),
    ("en", "some 5 million people", "some 5", "5 million"),
    ("en", "one hundred and five farms", "five farms", "one hundred and five"),
    ("en", "it was minus 5 percent", "5 percent", "minus 5 percent"),
    ("ru", "2 с половиной миллиона тенге", "с половиной миллиона тенге", "2 с половиной миллиона тенге"),
    ("ru", "сто двадцать три фермы", "двадцать три фермы", "сто двадцать три"),
    ("kk", "екі жарым миллион адам", "жарым миллион адам", "екі жарым миллион"),
    ("kk", "жүз жиырма бес ферма", "бес ферма", "жүз жиырма бес"),
]
RELATIONS = [
    ("en", "the count rose from 12 to 15 farms", "from 12 to 15 farms", "rose"),
    ("ru", "число ферм выросло с 12 до 15 сразу", "с 12 до 15 сразу", "выросло"),
    ("kk", "ферма 11-ден 27-ге дейін өсті", "11-ден 27-ге дейін", "өсті"),
    ("en", "capacity must not exceed 5 MW today", "5 MW", "not exceed"),
    ("en", "capacity must not exceed 5 MW today", "exceed 5 MW today", "not"),
    ("en", "there were 500 farms or more then", "500 farms", "or more"),
    ("en", "it was no more than 5 MW", "more than 5 MW", "no"),
    ("en", "it is said that no region lost more than 15 percent", "lost more than 15 percent", "no region"),
    ("en", "Neither of the two labs had more than 9 staff", "had more than 9 staff", "Neither of the two labs"),
    ("en", "Nobody owned at least 700 hives", "at least 700 hives", "Nobody owned"),
    ("kk", "Ешкім 520-дан астам ұя ұстамады", "520-дан астам ұя", "Ешкім"),
    ("ru", "мощность не более 5 МВт", "более 5 МВт", "не"),
    ("ru", "у них 500 ферм и более", "500 ферм", "и более"),
    ("kk", "онда 500-ден астам ферма бар", "500-ден", "астам"),
    ("kk", "қуаты 5 МВт-тан аспайды екен", "қуаты 5 МВт-тан", "аспайды"),
]


def run(text: str, quote: str) -> tuple[int, int]:
    start = text.index(quote)
    return start, start + len(quote)


@pytest.mark.parametrize(("language", "text", "quote"), WHOLE)
def test_whole(language: str, text: str, quote: str) -> None:
    assert cut(text, *run(text, quote), language) is None


@pytest.mark.parametrize(("language", "text", "quote", "said"), NUMBERS)
def test_cut_numbers(language: str, text: str, quote: str, said: str) -> None:
    found = cut(text, *run(text, quote), language)
    assert found is not None
    assert (found.kind, found.text) == ("number", said)


@pytest.mark.parametrize(("language", "text", "quote", "said"), RELATIONS)
def test_cut_relations(language: str, text: str, quote: str, said: str) -> None:
    found = cut(text, *run(text, quote), language)
    assert found is not None
    assert (found.kind, found.text) == ("relation", said)


def test_a_long_text_is_looked_at_around_the_run() -> None:
    text = "word " * 400 + "half a dozen firms " + "word " * 400
    found = cut(text, *run(text, "a dozen firms"), "en")
    assert found is not None
    assert found.text == "half a dozen"
