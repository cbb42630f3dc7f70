"""Every phrase of the default theme is put into every language that the furniture speaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel import Locale

from reportgen.language.phrases import Furniture, catalogue, furniture, languages, marked_up

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES, PACKAGE = ROOT / "templates", ROOT / "reportgen"
PHRASE = re.compile(r'(?:\b_\(|filled\(|\bof_day\(|\b(?:counted|phrase|plain|said)\()\s*"((?:[^"\\]|\\.)+)"')


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
        ("ru-RU", 2, "{} факта здесь"),
    ],
)  # fmt: skip
def test_beside_a_number(lang: str, count: int, words: str) -> None:
    assert Furniture(lang).counted("{} facts here", count) == words


GERMAN = {"de": {"Sources:": "Quellen:", "{} facts here": {"one": "{} Fakt hier", "other": "{} Fakten hier"}}}


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<h2>{}</h2>", '<h2 lang="en">Key messages</h2>'),
        ("<p>Ja. {}</p>", '<p>Ja. <span lang="en">Key messages</span></p>'),
        (
            '<nav aria-label="{}"><a>Ja</a></nav>',
            '<nav aria-labelledby="named-1"><a>Ja</a></nav><span id="named-1" hidden data-pagefind-ignore lang="en">'
            "Key messages</span>",
        ),
        (
            '<body><p aria-label="{0}">Ja</p><p aria-label="{0}">Ja</p><p aria-label="{0}: Ja">Ja</p></body>',
            '<body><p aria-labelledby="named-1">Ja</p><p aria-labelledby="named-1">Ja</p><p aria-labelledby="named-2">'
            'Ja</p><span id="named-1" hidden data-pagefind-ignore lang="en">Key messages</span>'
            '<span id="named-2" hidden data-pagefind-ignore><span lang="en">Key messages</span>: Ja</span></body>',
        ),
        ('<a href="#a" aria-label="{}">↩</a>', '<a lang="en" href="#a" aria-label="Key messages">↩</a>'),
        ('<p><img alt="{}" src="a.png">', '<p><img lang="en" alt="Key messages" src="a.png">'),
        (
            '<a aria-label="{}: Ja">Ja</a>',
            '<a aria-labelledby="named-1">Ja</a><span id="named-1" hidden data-pagefind-ignore>'
            '<span lang="en">Key messages</span>: Ja</span>',
        ),
        ("<title>{}</title>", "<title>Key messages</title>"),
        ('<q lang="ru">{}</q>', '<q lang="ru"><span lang="en">Key messages</span></q>'),
    ],
)
def test_what_nobody_gave_is_marked_as_english(html: str, marked: str) -> None:
    made = marked_up(html.format(furniture("de", GERMAN).phrase("Key messages")), "de")
    assert re.sub(r"named-\w{6}-", "named-", made) == marked
    assert marked_up(html.format(furniture("ru", GERMAN).phrase("Key messages")), "ru") == html.format("Главное")


def test_what_is_filled_in_says_its_language_and_a_day_is_in_that_of_the_phrase() -> None:
    words = furniture("de-AT", GERMAN)
    assert words.phrase("Sources:") == "Quellen:"
    assert words.counted("{} facts here", 1) == "{} Fakt hier"
    said = words.phrase("Another fact has {} ({}).", "412 Falken", "5")
    html = '<span lang="en">Another fact has <span lang="de-AT">412 Falken</span> (5).</span>'
    assert marked_up(said, "de-AT") == html
    assert (
        marked_up(words.phrase("reported {}", "day in {}".format), "de") == '<span lang="en">reported day in en</span>'
    )
    assert words.plain("Figure {}", 1) == "Figure 1"
    assert (words.of_two("A", "B"), words.with_others("A")) == ("A und B", "A et al.")
    assert len(words.missing()) == len(catalogue()) - 2
    assert not furniture("ru", GERMAN).missing()
