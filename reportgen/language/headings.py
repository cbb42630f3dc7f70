"""The words above a column of numbers in; the units and multiples that they say out. Pure.

`Fish catch (thousand tonnes)`, `Price, USD/kg`, `Exports in million US$`: what stands in brackets, behind the last
comma or the last `in`, and the whole, is read as it would be behind a number, by the reader of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from reportgen.language.lexicon import lexicon
from reportgen.language.number_phrases import NumberReading
from reportgen.language.scanner import phrases
from reportgen.late_patterns import regex

_BRACKETS = regex(r"[(\[]([^()\[\]]+)[)\]]")
_LAST = regex(r".*(?:[,;:|](?= )| [–—-] )\s*(.+)")
_THOUSANDS = regex(
    r"['’]?(?:1[ ,.\u00a0]?)?000(?:['’]?s)?(?=\s|$)|(?:miles|milliers|milhares|migliaia) d[ei]\s|"
    r"(?:thousands of|tausend)(?=\s|$)",
    re.IGNORECASE,
)
"""A thousand as headings have it, and no other number is written."""
_THOUSANDS_BEHIND = regex(r"(.*\S)\s*['’]000s?")
_ALONE = {"es": "miles", "pt": "milhares", "fr": "milliers", "it": "migliaia"}
"""The same as a word of its own."""
_OF = regex(r"\b(million|billion|trillion)s of ", re.IGNORECASE)
_LEAST = 1000
"""What a multiple is at least: `score` and `dozen` are other words too."""
_LEADING = regex(r"(?:in|en|em|в|current|constant|nominal)\s+(?:(?:19|20)\d\d\s+)?(?=\S)", re.IGNORECASE)
_SIGN_FIRST = regex(r"([A-Z]{0,3}[$€£₸₽₹¥₩]\s?|[A-Z]{3}\s)(\D+)")
_LETTER = frozenset(("t", "т", "g", "г"))
"""Units of one letter that a heading is believed to mean; others, as (p) or (s), may be marks of a note."""
_NO_UNITS = frozenset(("min", "max", "second", "degree", "degrees", "in", "mm.", "mo", "st", "may", "a", "b", "c", "d"))
"""Words that head columns and only look like units: the least, the most, the second."""
_MOST_NOUNS = 3
"""Words of the noun behind a multiple: `thousand employed persons`."""


@dataclass(frozen=True, slots=True)
class HeadedUnit:
    """A unit or a multiple that a heading says."""

    text: str
    """In its words."""
    readings: tuple[NumberReading, ...]
    """One of it, as a number before it would be read."""

    @property
    def is_multiple(self) -> bool:
        """Whether it says no unit: `thousands`, `million persons`."""
        return not any(reading.units for reading in self.readings)


def headed_units(text: str, language: str, *, letters: bool = False) -> tuple[HeadedUnit, ...]:
    """What a heading says of unit and multiple, in its order; nothing where none is plain. With `letters` any letter
    that is a unit is taken for one, where somebody looks at what comes out."""
    found: dict[str, HeadedUnit] = {}
    for piece in _pieces(" ".join(text.split())):
        for known in dict.fromkeys((language, "en")):
            if piece not in found and (read := _read(piece, known, letters=letters)):
                found[piece] = HeadedUnit(piece, read)
    return tuple(found.values())


def _pieces(text: str) -> Iterator[str]:
    inside = [found.strip() for found in _BRACKETS.findall(text)]
    yield from inside
    for piece in (*inside, _BRACKETS.sub(" ", text).strip()):
        if last := _LAST.fullmatch(piece):
            yield last[1].strip()
        if piece not in inside:
            yield piece
            for word in (" in ", " в "):
                before, _, after = piece.rpartition(word)
                if before:
                    yield after.strip()
        else:
            yield piece.partition(",")[0].strip()


def _read(piece: str, language: str, *, letters: bool) -> tuple[NumberReading, ...]:
    said = piece
    while leading := _LEADING.match(said):
        said = said[leading.end() :]
    said, factor = _OF.sub(r"\1 ", said), 1
    if said.lower() == _ALONE.get(language.partition("-")[0]):
        said, factor = "", 1000
    elif behind := _THOUSANDS_BEHIND.fullmatch(said):
        said, factor = behind[1], 1000
    elif thousands := _THOUSANDS.match(said):
        said, factor = said[thousands.end() :].strip(), 1000
    if not said:
        return (NumberReading(Fraction(1000), Fraction(1000), Fraction(1000)),) if factor > 1 else ()
    if said[0].isdigit() or said.lower() in _NO_UNITS or (len(said) == 1 and not letters and _is_doubtful(said)):
        return ()
    signed = _SIGN_FIRST.fullmatch(said)
    tries = [f"1 {said}", *([f"{signed[1].strip()} 1 {signed[2]}"] if signed else [])]
    found = next((read for text in tries if (read := _one_of(text, language, factor))), ())
    return tuple(replace(r, value=r.value * factor, multiple=r.multiple * factor) for r in found)


def _is_doubtful(sign: str) -> bool:
    return sign.isalpha() and sign not in _LETTER


def _one_of(text: str, language: str, factor: int) -> tuple[NumberReading, ...]:
    """The readings of a text that is one number with its unit or multiple and no more."""
    found = phrases(text, language)
    if len(found) != 1 or found[0].start != 0 or found[0].kind != "number" or found[0].void:
        return ()
    phrase = found[0]
    rest = text[phrase.end :].strip(" .")
    if not rest:
        return tuple(r for r in phrase.readings if r.units or r.multiple * factor >= _LEAST)
    is_noun = all(word.isalpha() for word in rest.split()) and len(rest.split()) <= _MOST_NOUNS
    first = rest.split()[0].lower() if rest.split() else ""
    known = lexicon(language)
    if is_noun and first not in known.prepositions and first not in known.conjunctions:
        return tuple(r for r in phrase.readings if r.multiple * factor >= _LEAST and not r.units)
    return ()
