"""The furniture's words in the languages that it speaks, English being the key. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.pages import phrases_kk, phrases_ru

LANGUAGES: Mapping[str, Mapping[str, str]] = {"kk": phrases_kk.PHRASES, "ru": phrases_ru.PHRASES}


def phrase(lang: str, words: str, *filled: object) -> str:
    """A phrase of the furniture; English where it has not been put into the language."""
    found = LANGUAGES.get(lang.partition("-")[0], {}).get(words, words)
    return found.format(*filled) if filled else found
