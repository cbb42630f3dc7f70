"""The language of words of which nobody says it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import reportgen
from reportgen.diagnostics import Places, Span
from reportgen.language.guessing import UNKNOWN, language_read, spoken_in
from reportgen.model.source import Source


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


def test_a_source_is_read_in_its_language_else_in_that_of_its_words() -> None:
    unsaid = Source("a", "a", "{}", "book", "A", at=Places(Span.at("x.json")))
    said = Source("a", "a", "{}", "book", "A", language="fr", at=Places(Span.at("x.json")))
    assert language_read(unsaid, "58 тысяч пассажиров", "en") == "ru"
    assert language_read(said, "58 тысяч пассажиров", "en") == "fr"
    assert language_read(unsaid, "58", "kk") == "kk"


def test_no_other_place_decides_in_which_language_a_source_is() -> None:
    """As `source.language or settings.lang` would, which takes a Russian source on an English site for English."""
    package = Path(reportgen.__file__).parent
    elsewhere = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if path.name != "guessing.py"
        and re.search(r"\.language or (?:\w+\.)*(?:lang|own|spoken_in)\b", path.read_text())
    ]
    assert elsewhere == []
