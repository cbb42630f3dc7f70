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
from reportgen.language.number_phrases import NumberReading, Rate
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
_QUALIFIED = regex(
    r"[,;]?\s*\b(?:unless|except (?:where|when|as)|if not|sauf (?:indication|mention|avis)|"
    r"(?:sofern|soweit|wenn) nicht|"
    r"salvo (?:que|indica|diversa)|salvo se|se non|если не|кроме случаев)\b[^()\[\]]*\Z",
    re.IGNORECASE,
)
"""Behind a unit: `million dollars unless stated`."""
_NO_MARKS = frozenset(("in", "of", "to", "out", "за", "с", "из", "je"))
"""First words of marks of rates that in a heading may say where, when or of which: `Score in each round`."""
_LOCAL_MONEY = {
    "RM": ("MYR", "ms"), "ringgit": ("MYR", "ms"), "Rp": ("IDR", "id"), "rupiah": ("IDR", "id"), "đồng": ("VND", "vi"),
}  # fmt: skip
"""Names of money that no other country has, and the language whose multiples may stand beside them: `juta rupiah`."""
_LOCAL = regex(rf"(?<!\w)(?:{'|'.join(_LOCAL_MONEY)})(?!\w)")
_LEADING = regex(r"(?:in|en|em|в|dalam|current|constant|nominal)\s+(?:(?:19|20)\d\d\s+)?(?=\S)", re.IGNORECASE)
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
    for whole in _pieces(_QUALIFIED.sub("", " ".join(text.split()))):
        piece = _QUALIFIED.sub("", whole)
        local = _LOCAL.search(piece.replace("Rupiah", "rupiah"))
        tongue = _LOCAL_MONEY[local[0]][1] if local else "en"
        for known in dict.fromkeys((language, "en", tongue)):
            if piece and piece not in found and (read := _read(piece, known, letters=letters)):
                found[piece] = HeadedUnit(piece, read)
    return tuple(found.values())


def headed_rate(text: str, language: str) -> Rate | None:
    """What a heading says that its numbers are counted per, wherever it stands: `Spending per resident (US$)`; None of
    times, by which anything is counted, and where none is plain."""
    for known in dict.fromkeys((language, "en")):
        rates = lexicon(known).data.get("rates") or {}
        marks = {*rates.get("marks", ()), *rates.get("noun_marks", ()), *rates.get("leading", ())}
        marks = {mark for mark in marks if mark.partition(" ")[0] not in _NO_MARKS}
        for mark in sorted(marks, key=len, reverse=True):
            for found in re.finditer(rf"(?<!\w){re.escape(mark)}\s(?:[^()\[\],;:|]|,(?=\d))+", text, re.IGNORECASE):
                read = phrases(f"5 {found[0].strip()}", known)[:1]
                said = [reading.rate for phrase in read for reading in phrase.readings]
                for rate in said:
                    if rate is not None and not rate.weak and not rate.is_period and (rate.units or rate.nouns):
                        return rate
    return None


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
    said = _LOCAL.sub(lambda name: _LOCAL_MONEY[name[0]][0], piece.replace("Rupiah", "rupiah"))
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


def rated(unit: str, rate: Rate) -> str:
    """A unit counted per what a heading says, as a project writes it: `USD/resident`, `beds per 1,000 people`; empty
    where its words are no English ones."""
    below = " ".join(rate.text.split()).partition(" ")[2] if rate.text.lower().startswith("per ") else ""
    if rate.units:
        below = f"{rate.amount} {rate.units[0].name}" if rate.amount != 1 else rate.units[0].name
        return f"{unit}/{below}"
    if not below:
        return f"{unit}/person" if "person" in rate.nouns and rate.amount == 1 else ""
    below = "person" if below in ("capita", "head", "head of population") else below
    return f"{unit}/{below}" if rate.amount == 1 and " " not in below else f"{unit} per {below}"
