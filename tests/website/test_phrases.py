"""Every phrase of the default theme is put into every language that the furniture speaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.pages.phrases import LANGUAGES

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PHRASE = re.compile(r'(?:\b_|filled)\(\s*"((?:[^"\\]|\\.)+)"')


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_every_phrase_is_translated(lang: str) -> None:
    phrases = {found[1] for page in TEMPLATES.glob("*.html") for found in PHRASE.finditer(page.read_text("utf-8"))}
    assert len(phrases) > 100
    assert sorted(phrases - LANGUAGES[lang].keys()) == []


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_what_is_filled_in_stays(lang: str) -> None:
    wrong = [words for words, put in LANGUAGES[lang].items() if words.count("{}") != put.count("{}")]
    assert wrong == []
