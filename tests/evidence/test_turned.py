"""A claim against its quotation: what rises and falls, what is denied, what is only supposed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.evidence.changes import compared_with
from reportgen.evidence.judge import supports
from reportgen.evidence.match import Match, Miss, find_quote
from reportgen.evidence.moods import mood_problem
from reportgen.evidence.quoted import Quoted
from reportgen.language import stepping
from reportgen.language.stepping import step_at
from reportgen.language.units import unit_table
from reportgen.model.edtf import parse_edtf
from reportgen.model.fact import DateValue
from reportgen.model.quantity import Relation, typed_quantity
from reportgen.model.text import Text
from reportgen.model.verdict import Verdict

NOUNS = (
    *(
        "shop",
        "bed",
        "boat",
        "book",
        "bus",
        "case",
        "hospital",
        "house",
        "job",
        "person",
        "school",
        "ship",
        "signatory",
    ),
    *("village", "visitor", "worker"),
)
UNITS = unit_table(NOUNS)
CASES = [
    case
    for path in sorted((Path(__file__).parent / "cases").glob("turned*.txt"))
    for case in path.read_text(encoding="utf-8").splitlines()[1:]
]
ENGLISH = re.compile(r"\b(?:the|rose|fell|shops|exports)\b", re.IGNORECASE)


def language_of(claim: str, quote: Quoted) -> str:
    return "en" if ENGLISH.search(claim) else quote.language


def judged(value: str, unit: str, claim: str, quote: Quoted, reading: str = "") -> Verdict:
    quantity = typed_quantity(value, UNITS.parse(unit), Relation("="))
    told = Text.of(reading) if reading else None
    return supports(quantity, [quote], language=language_of(claim, quote), claim=Text.of(claim), reading=told)


@pytest.mark.parametrize("case", CASES)
def test_claims_against_their_quotations(case: str) -> None:
    language, value, unit, claim, words, expected = case.split("|")
    quote = Quoted(words, language)
    verdict = judged(value, unit, claim, quote)
    read = [each.read for each in verdict.quotes]
    mood = mood_problem(None, [quote], Text(()), Text.of(claim), language_of(claim, quote), read)
    problems = [*verdict.problems, *([mood] if mood else [])]
    problems = [each for each in problems if each.code != "no-relation-words"]
    assert all(problem.hint for problem in problems)
    is_bad = verdict.state != "read" or any(problem.severity == "error" for problem in problems)
    assert ("no" if is_bad else "warn" if problems else "ok") == expected, problems


@pytest.mark.parametrize(
    ("language", "documented", "quote"),
    [
        ("fr", "devrait atteindre 40 %", "la part devrait atteindre 40 %"),
        ("fr", "n'a pas atteint", "la part n'a pas atteint 40 %"),
        ("es", "no alcanzó", "la cuota no alcanzó el 40 %"),
        ("es", "se prevé que", "se prevé que la cuota alcance el 40 %"),
        ("de", "soll auf 40 % steigen", "die Quote soll auf 40 % steigen"),
        ("de", "laut Medienberichten", "laut Medienberichten erreichte die Quote 40 %"),
    ],
)
@pytest.mark.parametrize(
    ("site", "claim"),
    [
        ("en", "The share reached {value}."),
        ("ru", "Доля достигла {value}."),
        ("kk", "Үлес {value} жетті."),
        ("fr", "La part a atteint {value}."),
        ("pt", "A quota alcançou {value}."),
    ],
)
def test_what_the_guide_names_is_told_in_any_of_these_languages(
    language: str, documented: str, quote: str, site: str, claim: str
) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")
    assert f'"{documented}"' in guide
    said, quantity = Quoted(quote, language), typed_quantity("40", UNITS.parse("percent"), Relation("="))
    verdict = supports(quantity, [said], language=site, claim=Text.of(claim))
    found = {problem.code for problem in verdict.problems} - {"no-relation-words"}
    assert found or mood_problem(None, [said], Text(()), Text.of(claim), site)


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
    ("language", "text", "number", "step"),
    [
        ("en", "rose by 40", "40", "by"),
        ("fr", "a augmenté de près de 40 %", "40 %", "by"),
        ("fr", "une hausse d'environ 40 %", "40 %", "by"),
        ("fr", "est passé de 30 % en 2010 à 40 %", "30 %", "from"),
        ("fr", "est passé de 30 % en 2010 à un peu plus de 40 %", "40 %", "to"),
        ("fr", "en hausse de 40 % à 360 pence", "40 %", "by"),
        ("fr", "est passé de 30 à 40 %", "30", ""),
        ("fr", "une hausse de 40 % par rapport à 99 %", "99 %", ""),
        ("es", "subió un 40 %", "40 %", "by"),
        ("es", "subió hasta en un 40 %", "40 %", "by"),
        ("es", "subió al 40 %", "40 %", "to"),
        ("es", "subió del 30 % al 40 %", "30 %", "from"),
        ("es", "una subida del 40 %", "40 %", "by"),
        ("de", "stieg um mehr als 40 %", "40 %", "by"),
        ("de", "stieg auf bis zu 40 %", "40 %", "to"),
        ("de", "stieg von 30 %", "30 %", "from"),
        ("de", "ein Anstieg von 40 %", "40 %", "by"),
        ("de", "in 40 %", "40 %", ""),
    ],
)
def test_what_something_changes_by_to_or_from(language: str, text: str, number: str, step: str) -> None:
    start = text.index(number)
    found = step_at(text, start, start + len(number), language)
    assert (found[0] if found and found[0] != "none" else "") == step


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "compared with 5,400 shops a year before", "compared with"),
        ("en", "rose to 6,100 shops, up from just over 5,400 shops", "up from just over"),
        ("en", "5,400 shops, compared with 4,100 before", ""),
        ("ru", "против 5400 магазинов годом ранее", "против"),
        ("ru", "5400 магазинов против 4100 годом ранее", ""),
        ("fr", "contre 5,400 shops un an plus tôt", "contre"),
        ("es", "frente a 5,400 shops un año antes", "frente a"),
        ("de", "gegenüber 5,400 shops im Vorjahr", "gegenüber"),
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
        ("fr", "Le maire dément que 12 magasins ont ouvert.", "12 magasins ont ouvert", "dément"),
        ("fr", "Le maire n'a pas ouvert 12 magasins.", "ouvert 12 magasins", "pas"),
        ("fr", "La ville, non loin de là, ouvrit 12 magasins.", "ouvrit 12 magasins", ""),
        ("es", "La ciudad no abrió 12 mercados.", "abrió 12 mercados", "no"),
        ("es", "Es falso que abrieron 12 mercados.", "abrieron 12 mercados", "Es falso que"),
        ("de", "Er bestritt, dass 12 Läden öffneten.", "12 Läden öffneten", "bestritt"),
        ("de", "Sie eröffnete 12 Läden nicht.", "Sie eröffnete 12 Läden", "nicht"),
        ("ru", "Землетрясение магнитудой 6,3 не вызвало цунами.", "Землетрясение магнитудой 6,3", ""),
        ("ru", "Кит весом около 40 т не смог уплыть.", "Кит весом около 40 т", ""),
        ("ru", "Мост длиной 40 м не построен.", "Мост длиной 40 м", "не"),
        ("ru", "В городе 40 магазинов не открылись.", "40 магазинов", "не"),
        ("en", "A bridge measuring 40 m cannot bear that.", "A bridge measuring 40 m", ""),
        ("en", "A bridge measuring 40 m never opened.", "A bridge measuring 40 m", "never"),
    ],
)
def test_a_quote_may_not_leave_out_the_denial_beside_it(language: str, text: str, quote: str, cut: str) -> None:
    found = find_quote(text, "", quote, "", language)
    if cut:
        assert isinstance(found, Miss)
        assert (found.kind, cut in found.reason) == ("cut-negation", True)
    else:
        assert isinstance(found, Match)


def test_the_words_of_steps_are_put_together_once_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    found = step_at("rose by 40", 8, 10, "en")
    known = replace(stepping.lexicon("en"), data={})
    monkeypatch.setattr(stepping, "lexicon", lambda _: known)
    assert step_at("rose by 40", 8, 10, "en") == found == ("by", 5, 10)
