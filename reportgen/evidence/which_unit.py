"""A unit and the words of a fact's quotes in; the word in them that means another one as well out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.evidence.fold import folded_words
from reportgen.evidence.quoted import Quoted
from reportgen.language.lexicon import lexicon, unit_data
from reportgen.language.listed_words import is_one_of
from reportgen.language.scanner import phrases
from reportgen.language.words import folded, lower, tokens_of, words_of

_USUAL = ("USD", "GBP", "RUB", "CAD")
"""Currencies that are meant by a shared sign or name where nothing says another: `$`, `pounds`, `roubles`, `C$`."""
_OF = 2
"""Words behind `pounds of` that may say what kind of pounds they are."""


@dataclass(frozen=True, slots=True)
class SharedWord:
    """A number with a sign or a word that several units share: `$1,250`, `500 pounds`, `1.5 degrees`."""

    text: str
    names: tuple[str, ...]
    """The units, the most usual first."""
    text_around: str
    """The quote that has it."""
    start: int
    end: int
    language: str


def shared_word(name: str, quotes: Sequence[Quoted]) -> SharedWord | None:
    """The first number whose unit is shared by the named one and others; None where a quote says the unit by itself, as
    `A$3` does, or prints none."""
    found: SharedWord | None = None
    for quote in quotes:
        text = folded_words(quote.text)
        for phrase in phrases(text, quote.language):
            units = [unit for reading in (*phrase.readings, *phrase.low, *phrase.high) for unit in reading.units]
            names = tuple(dict.fromkeys(unit.name for unit in units))
            if names == (name,):
                return None
            if name in names and not quote.carries and found is None:
                found = SharedWord(phrase.text, names, text, phrase.start, phrase.end, quote.language)
    return found


def usual_money(names: Sequence[str]) -> str:
    """The currency that a shared sign or name means where nothing says another; empty where there is none, `pesos`."""
    codes = [name for name in names if name in unit_data().money]
    return codes[0] if codes and (len(codes) == 1 or codes[0] in _USUAL) else ""


def says_money(word: SharedWord) -> bool | None:
    """Whether a sentence speaks of money, and not of weight: `paid 500 pounds`, `500 pounds of rice`; None where it
    does not say."""
    known = lexicon(word.language)
    money = known.words("words_of_money")
    after = [token.text for token in tokens_of(folded(word.text_around[word.end :]))][: _OF + 1]
    if after and after[0] in known.words("of"):
        return any(is_one_of(each, money) for each in after[1:])
    said = words_of(lower(word.text_around))
    if any(is_one_of(each, money) for each in said):
        return True
    return False if any(is_one_of(each, known.words("words_of_weight")) for each in said) else None
