"""A claim against its quotation: what rises and falls, what is denied, what is only supposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.evidence.changes import compared_with
from reportgen.evidence.judge import supports
from reportgen.evidence.match import Match, Miss, find_quote
from reportgen.evidence.moods import mood_problem
from reportgen.evidence.quoted import Quoted
from reportgen.language.units import unit_table
from reportgen.model.edtf import parse_edtf
from reportgen.model.fact import DateValue
from reportgen.model.quantity import Relation, typed_quantity
from reportgen.model.text import Text
from reportgen.model.verdict import Verdict

UNITS = unit_table(["shop"])
CASES = (Path(__file__).parent / "cases" / "turned.txt").read_text(encoding="utf-8").splitlines()[1:]


def judged(value: str, unit: str, claim: str, quote: Quoted, reading: str = "") -> Verdict:
    language = "en" if claim.isascii() else quote.language
    quantity = typed_quantity(value, UNITS.parse(unit), Relation("="))
    told = Text.of(reading) if reading else None
    return supports(quantity, [quote], language=language, claim=Text.of(claim), reading=told)


@pytest.mark.parametrize("case", CASES)
def test_claims_against_their_quotations(case: str) -> None:
    language, value, unit, claim, words, expected = case.split("|")
    quote = Quoted(words, language)
    verdict = judged(value, unit, claim, quote)
    mood = mood_problem(None, [quote], Text(()), Text.of(claim), language)
    problems = [*verdict.problems, *([mood] if mood else [])]
    assert all(problem.hint for problem in problems)
    is_bad = verdict.state != "read" or any(problem.severity == "error" for problem in problems)
    assert ("no" if is_bad else "warn" if problems else "ok") == expected, problems


DATED = (Path(__file__).parent / "cases" / "dated-claims.txt").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("case", DATED)
def test_dates_of_what_is_denied_or_not_known_exactly(case: str) -> None:
    language, value, claim, words, expected = case.split("|")
    quote = [Quoted(words, language)]
    verdict = supports(DateValue(parse_edtf(value)), quote, language=language, claim=Text.of(claim))
    assert all(problem.hint for problem in verdict.problems)
    assert ("no" if verdict.state != "read" else "warn" if verdict.problems else "ok") == expected, verdict.problems


def test_a_reading_answers_for_a_word_that_turns() -> None:
    quote = Quoted("5,400 shops were not opened", "en")
    verdict = judged("5400", "shop", "Of the shops, {value} stayed shut.", quote, "Shops not opened are shut.")
    assert verdict.inferred
    assert not verdict.problems


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "compared with 5,400 shops a year before", "compared with"),
        ("en", "rose to 6,100 shops, up from just over 5,400 shops", "up from just over"),
        ("en", "5,400 shops, compared with 4,100 before", ""),
        ("ru", "против 5400 магазинов годом ранее", "против"),
        ("ru", "5400 магазинов против 4100 годом ранее", ""),
    ],
)
def test_a_number_that_another_is_compared_with(language: str, text: str, words: str) -> None:
    read = "5400 магазинов" if language == "ru" else "5,400 shops"
    found = compared_with([Quoted(text, language)], [[read]])
    assert (found[0] if found else "") == words


@pytest.mark.parametrize(
    ("language", "text", "quote", "cut"),
    [
        ("en", "The mayor denied that 5,400 shops opened.", "5,400 shops opened", "denied that"),
        ("en", "There is no evidence that 5,400 shops opened.", "5,400 shops opened", "no evidence"),
        ("ru", "Мэр опроверг, что открыто 5400 магазинов.", "открыто 5400 магазинов", "опроверг"),
        ("kk", "Мэр 5400 дүкен ашылғанын теріске шығарды.", "5400 дүкен ашылғанын", "теріске шығарды"),
        ("en", "They denied it all; then 5,400 shops opened.", "5,400 shops opened", ""),
    ],
)
def test_a_quote_may_not_leave_out_the_denial_beside_it(language: str, text: str, quote: str, cut: str) -> None:
    found = find_quote(text, "", quote, "", language)
    if cut:
        assert isinstance(found, Miss)
        assert (found.kind, cut in found.reason) == ("cut-negation", True)
    else:
        assert isinstance(found, Match)
