"""A word that is asked for in another form, or in the letters of another keyboard, is the word of a page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from py_mini_racer import MiniRacer

from reportgen.searching.words import WordLists
from tests.driver import ROOT

Meant = Callable[[str, list[str]], list[str]]
PAGE = '<html lang="{}"><main data-pagefind-body>{}</main></html>'
RUSSIAN = "соколы соколов реестре ёлка школа школы охоту алтая газета приз"
KAZAKH = "сұңқарлар сұңқарлардың тізілімде қазақстан ғылым өсім жаһан мектеп мектебінде ірі"


def words_of(lang: str, text: str) -> WordLists:
    words = WordLists()
    words.add(PAGE.format(lang, text).encode())
    return words


def listed(lang: str, text: str) -> list[str]:
    words: list[str] = json.loads(words_of(lang, text).lists()[f"words-{lang}.json"])
    return words


@pytest.fixture(scope="module")
def meant() -> Meant:
    script = (ROOT / "templates/search.js").read_text("utf-8")
    found = re.search(r"/\* Begin of what is tested apart.*?\*/(.*?)/\* End of it", script, re.S)
    assert found is not None
    engine = MiniRacer()
    engine.eval(found[1])

    def asked(word: str, words: list[str]) -> list[str]:
        return list(json.loads(engine.eval(f"JSON.stringify(meant({json.dumps(word)}, {json.dumps(words)}))")))

    return asked


@pytest.mark.parametrize(
    ("lang", "asked", "word"),
    [
        *(("ru", "сокола", "соколы"), ("ru", "Соколами", "соколов"), ("ru", "елка", "ёлка"), ("ru", "ёлки", "ёлка")),
        *(
            ("ru", "реестр", "реестре"),
            ("ru", "реестрами", "реестре"),
            ("ru", "школе", "школа"),
            ("ru", "охота", "охоту"),
        ),
        *(("ru", "Алтай", "алтая"), ("ru", "газеты", "газета")),
        *(("kk", "сункарлар", "сұңқарлар"), ("kk", "сұңқар", "сұңқарлардың"), ("kk", "тизилим", "тізілімде")),
        *(("kk", "Казакстан", "қазақстан"), ("kk", "гылым", "ғылым"), ("kk", "осим", "өсім"), ("kk", "жахан", "жаһан")),
        *(("kk", "мектептер", "мектеп"), ("kk", "мектебі", "мектебінде"), ("kk", "ири", "ірі")),
    ],
)
def test_another_form_is_the_word(meant: Meant, lang: str, asked: str, word: str) -> None:
    words = listed(lang, RUSSIAN if lang == "ru" else KAZAKH)
    assert word in meant(asked, words)[:6]
    assert meant(asked, words)[0] == asked


def test_other_words_are_not_meant(meant: Meant) -> None:
    words = listed("ru", RUSSIAN)
    assert meant("газ", words) == ["газ", "газета"]  # the beginning of a word is found as before
    assert meant("шкала", words) == ["шкала"]
    assert meant("on", ["онлайн"]) == ["on"]


def test_of_other_languages_only_words_with_a_letter_that_is_often_another_are_listed() -> None:
    words = words_of("en", "Ørsted built the dam")
    assert words.lists() == {}
    assert json.loads(words.lists(several=True)["words-en.json"]) == ["ørsted"]


def test_a_letter_of_another_keyboard_is_found_in_english_too(meant: Meant) -> None:
    assert meant("orsted", ["ørsted"]) == ["orsted", "ørsted"]
