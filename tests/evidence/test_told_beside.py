"""The sentence around a printed value against the claim and the quotes of its fact."""

from __future__ import annotations

import pytest

from reportgen.evidence.told_beside import rate_unsaid, told_otherwise
from reportgen.model.edtf import parse_edtf
from reportgen.model.text import Text
from tests.evidence.test_turned import CASES


@pytest.mark.parametrize(
    ("lang", "text", "claim", "told"),
    [
        ("en", "Attendance fell by {value}.", "Attendance rose by {value}.", 'says "rose" of "18%", and the text'),
        (
            "en",
            "Attendance rose to {value}.",
            "Attendance rose by {value}.",
            'says "by 18%", and the text says "to 18%"',
        ),
        ("en", "It never had {value}.", "The town had {value}.", 'the text says "never" of the value'),
        ("en", "It has no {value}.", "The town had {value}.", 'the text says "no" of the value'),
        ("en", "The town had {value}.", "The town did not have {value}.", "and the text does not"),
        ("en", "The choir grew to {value}.", "The choir stayed at {value}.", 'the text says "grew"'),
        ("de", "Die Preise fielen um {value}.", "Die Preise stiegen um {value}.", 'the text says "fielen"'),
        ("fr", "Les prix ont baissé de {value}.", "Les prix ont augmenté de {value}.", 'the text says "baissé"'),
        ("es", "Los precios bajaron un {value}.", "Los precios subieron un {value}.", 'the text says "bajaron"'),
        ("it", "I prezzi sono calati del {value}.", "I prezzi sono saliti del {value}.", 'the text says "calati"'),
        ("pt", "Os preços caíram em {value}.", "Os preços subiram em {value}.", 'the text says "caíram"'),
        ("ru", "Цены упали на {value}.", "Цены выросли на {value}.", 'the text says "упали"'),
        ("kk", "Бағалар {value} төмендеді.", "Бағалар {value} өсті.", 'the text says "төмендеді"'),
        ("en", "Attendance, which fell in May, rose by {value}.", "Attendance rose by {value}.", ""),
        ("en", "Attendance did not fall; it rose by {value}.", "Attendance rose by {value}.", ""),
        ("en", "A quake of magnitude {value} did no harm.", "The quake had a magnitude of {value}.", ""),
    ],
)
def test_a_text_that_says_the_contrary_of_a_claim_is_told(lang: str, text: str, claim: str, told: str) -> None:
    before, _, after = text.partition("{value}")
    found = told_otherwise(before, "18%", after, lang, Text.of(claim), lang)
    assert told in found
    assert bool(told) == bool(found)


@pytest.mark.parametrize("case", [case for case in CASES if case.endswith("|ok") and case.count("{value}") == 1])
def test_honest_claims_in_a_text_are_left_alone(case: str) -> None:
    lang, value, _, claim, _, _ = case.split("|")
    before, _, after = claim.partition("{value}")
    assert told_otherwise(before, value, after, lang, Text.of(claim), lang) == ""


@pytest.mark.parametrize(
    ("lang", "printed", "after", "said", "as_of", "rate"),
    [
        ("en", "21.4 million visits", " a day.", "welcomed 21.4 million visits in 2024", "2024", "a day"),
        ("en", "21.4 million visits", " a year.", "welcomed 21.4 million visits in 2024", "2024", ""),
        ("en", "21.4 million visits", " a month.", "welcomed 21.4 million visits in 2024", "2024", "a month"),
        ("en", "2 million visits", " a month.", "welcomed 2 million visits in May", "2024-05", ""),
        ("en", "28 shops", " per person.", "there are 28 shops", "2024", "per person"),
        ("en", "28 shops", " per person.", "each resident has 28 shops", "2024", ""),
        ("en", "28 shops", " a day.", "28 shops close every day", "2024", ""),
        ("en", "28 shops", " a week later.", "28 shops", "2024", ""),
        ("en", "28 shops", " a street.", "28 shops", "2024", ""),
        ("en", "12 t/year", " a day.", "12 t a year", "2024", ""),
        ("ru", "28 лодок", " в день.", "построили 28 лодок", "2024", "в день"),
        ("ru", "28 лодок", " в день.", "ежедневно строили 28 лодок", "2024", ""),
        ("ru", "28 лодок", " в год.", "построили 28 лодок", "2024", ""),
        ("de", "28 Boote", " am Tag.", "28 Boote", "2024", ""),
    ],
)
def test_a_rate_that_nothing_says_is_told(
    lang: str, printed: str, after: str, said: str, as_of: str, rate: str
) -> None:
    assert rate_unsaid(printed, after, lang, [(said, lang)], parse_edtf(as_of)) == rate
