"""Claims that lean on another sentence are told from those that only look so."""

from __future__ import annotations

import pytest

from reportgen.language.alone import leaning_words


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("The same paper gives {value}.", "en", "The same paper"),
        ("In the same year exports fell by {value}.", "en", "the same year"),
        ("Exports also fell by {value}.", "en", "also"),
        ("The town has {value}, too.", "en", ", too"),
        ("The town has {value} as well.", "en", "as well"),
        ("Further down the report counts {value}.", "en", "Further down"),
        ("The ships named above carried {value}.", "en", "named above"),
        ("The latter carried {value}.", "en", "The latter"),
        ("They carried {value} a day.", "en", "They"),
        ("This report counts {value}.", "en", "This report"),
        ("Та же статья называет {value}.", "ru", "Та же статья"),
        ("Порт также принял {value}.", "ru", "также"),
        ("Они перевезли {value}.", "ru", "Они"),
        ("Сол мақалада {value} аталған.", "kk", "Сол мақалада"),
        ("Порт сондай-ақ {value} қабылдады.", "kk", "сондай-ақ"),
        ("Exports also fell by {value}.", "en-GB", "also"),
    ],
)
def test_words_that_point_elsewhere_are_found(text: str, language: str, words: str) -> None:
    found = leaning_words(text, language)
    assert found is not None
    assert text[slice(*found)] == words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Turkey, also known as Türkiye, had {value}.", "en"),
        ("Exports fell in the same year as the election, by {value}.", "en"),
        ("The temperature fell {value} below zero, and rose above it.", "en"),
        ("Those who entered the country came to {value}.", "en"),
        ("Students paid the same fee of {value} in both towns.", "en"),
        ("A survey counted a further {value} under construction.", "en"),
        ("The fee was too high for {value} of the students.", "en"),
        ("It takes {value} to cross the strait.", "en"),
        ("The former president owned {value}.", "en"),
        ("Ships as well as trains carried {value}.", "en"),
        ("Порт принял {value} тех же судов, что и раньше.", "ru"),
        ("Температура была ниже нуля {value}.", "ru"),
        ("Le port a aussi reçu {value}.", "fr"),
        ("", "en"),
    ],
)
def test_words_that_only_look_so_are_not(text: str, language: str) -> None:
    assert leaning_words(text, language) is None
