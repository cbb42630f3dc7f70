"""Every phrase of the default theme is put into every language that the furniture speaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel import Locale

from reportgen.language.phrases import counted, languages

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES, PACKAGE = ROOT / "templates", ROOT / "reportgen"
PHRASE = re.compile(r'(?:\b_\(|filled\(|\bcounted\(|\bphrase\([\w.]+, )\s*"((?:[^"\\]|\\.)+)"')


CHOICE = re.compile(r"\b_\(\{(.*?)\}\[", re.S)
"""A phrase chosen out of several: `_({"verified": "Verified", …}[status])`."""
CHOSEN = re.compile(r':\s*"((?:[^"\\]|\\.)+)"')
PASSED = re.compile(r'\bcounts\([\w.]+, "([^"]+)"')
"""A phrase that a macro is given to look up."""


def phrases_of(text: str) -> set[str]:
    """Every phrase that a template or module prints."""
    chosen = {found[1] for choice in CHOICE.finditer(text) for found in CHOSEN.finditer(choice[1])}
    return chosen | {found[1] for pattern in (PHRASE, PASSED) for found in pattern.finditer(text)}


@pytest.mark.parametrize("lang", sorted(languages().keys() - {"en"}))
def test_every_phrase_is_translated(lang: str) -> None:
    files = [*TEMPLATES.glob("*.html"), *PACKAGE.rglob("*.py")]
    phrases = {found for file in files for found in phrases_of(file.read_text("utf-8"))}
    assert len(phrases) > 100
    assert sorted(phrases - languages()[lang].keys()) == []


@pytest.mark.parametrize("lang", sorted(languages()))
def test_no_phrase_is_left_over(lang: str) -> None:
    """A translation of what nothing prints any more."""
    texts = "".join(file.read_text("utf-8") for file in (*TEMPLATES.glob("*.html"), *PACKAGE.rglob("*.py")))
    assert [words for words in languages()[lang] if words not in texts] == []


@pytest.mark.parametrize("lang", sorted(languages()))
def test_what_is_filled_in_stays(lang: str) -> None:
    forms = {words: [put] if isinstance(put, str) else list(put.values()) for words, put in languages()[lang].items()}
    assert [words for words, put in forms.items() if any(words.count("{}") != form.count("{}") for form in put)] == []


@pytest.mark.parametrize("lang", sorted(languages()))
def test_a_counted_phrase_has_a_form_for_each_number(lang: str) -> None:
    """English has its other forms as keys."""
    categories = Locale.parse(lang).plural_form.tags | {"other"}
    wanted = {"one"} if lang == "en" else categories
    by_number = {words: put for words, put in languages()[lang].items() if not isinstance(put, str)}
    assert [words for words, forms in by_number.items() if forms.keys() != wanted] == []
    assert [form for forms in by_number.values() for form in forms.values() if form.startswith("—")] == []


@pytest.mark.parametrize(
    ("lang", "count", "words"),
    [
        ("en", 1, "{} fact here"), ("en", 2, "{} facts here"), ("en", 21, "{} facts here"),
        ("ru", 1, "{} факт здесь"), ("ru", 3, "{} факта здесь"), ("ru", 5, "{} фактов здесь"),
        ("ru", 11, "{} фактов здесь"), ("ru", 21, "{} факт здесь"), ("kk", 1, "осында {} дерек"),
        ("de", 1, "{} fact here"), ("ru-RU", 2, "{} факта здесь"),
    ],
)  # fmt: skip
def test_beside_a_number(lang: str, count: int, words: str) -> None:
    assert counted(lang, "{} facts here", count) == words
