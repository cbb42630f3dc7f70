"""Every phrase of the default theme is put into every language that the furniture speaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.language.phrases import languages

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES, PACKAGE = ROOT / "templates", ROOT / "reportgen"
PHRASE = re.compile(r'(?:\b_\(|filled\(|\bphrase\([\w.]+, )\s*"((?:[^"\\]|\\.)+)"')


@pytest.mark.parametrize("lang", sorted(languages()))
def test_every_phrase_is_translated(lang: str) -> None:
    files = [*TEMPLATES.glob("*.html"), *PACKAGE.rglob("*.py")]
    phrases = {found[1] for file in files for found in PHRASE.finditer(file.read_text("utf-8"))}
    assert len(phrases) > 100
    assert sorted(phrases - languages()[lang].keys()) == []


@pytest.mark.parametrize("lang", sorted(languages()))
def test_what_is_filled_in_stays(lang: str) -> None:
    wrong = [words for words, put in languages()[lang].items() if words.count("{}") != put.count("{}")]
    assert wrong == []
