"""The language of words of which nobody says it."""

from __future__ import annotations

import pytest

from reportgen.language.guessing import UNKNOWN, spoken_in


@pytest.mark.parametrize(
    ("text", "site", "spoken"),
    [
        ("58 тысяч пассажиров", "en", "ru"),
        ("қалада 58 мың дүкен", "en", "kk"),
        ("47,3 Prozent", "en", "de"),
        ("rund 6'200 Tonnen", "en", "de"),
        ("plus de 12 boulangeries", "en", "fr"),
        ("58万人", "en", UNKNOWN),
        ("12 ferries", "ru", UNKNOWN),
        ("58 thousand shops", "ru", "en"),
        ("58 thousand shops", "en-GB", "en-GB"),
        ("12 ferries", "en", "en"),
        ("as many as 12 boats", "en", "en"),
        ("Tages-Anzeiger 58 thousand tonnes a year", "en", "en"),
        ("5,1 Prozent auf 38,74 Millionen Franken", "de-CH", "de-CH"),
        ("58", "ru", "ru"),
    ],
)
def test_words_that_say_no_language(text: str, site: str, spoken: str) -> None:
    assert spoken_in(text, site) == spoken
