"""A text and a run of it in, what number phrase or word of relation the run cuts off out. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportgen.language.number_phrases import Phrase
from reportgen.language.scanner import phrases
from reportgen.late_patterns import regex

_WINDOW = 160
"""How far to either side of a run phrases are looked for, in characters."""
_BROKEN = regex(r"(?<![\w.,])\d{1,3}(?:,\d{3})*,\s+\d{3}(?!\d)")
"""A number that the end of a line parts, which may be a space by now."""


@dataclass(frozen=True, slots=True)
class CutPhrase:
    """What a run of a text leaves out of a phrase that it takes the rest of."""

    kind: Literal["number", "relation"]
    """`number`: the run is not to be found; `relation`: it leaves out a bound or a negation."""
    edge: Literal["begins", "ends"]
    text: str
    """The whole number phrase, or the words of relation left out."""


def cut(text: str, start: int, end: int, language: str) -> CutPhrase | None:
    """What the run from `start` to `end` cuts apart; a number first."""
    first, last = _window(text, start, end)
    window = text[first:last]
    start, end = start - first, end - first
    found = phrases(window, language)
    if not any(start <= phrase.start and phrase.end <= end and phrase.is_count for phrase in found):
        found = phrases(window, language, factors=True)  # `more than | twice as much`
    for phrase in found:
        for edge, position in (("begins", start), ("ends", end)):
            if phrase.start < position < phrase.end and not _may_part(phrase, position):
                return CutPhrase("number", edge, phrase.text)  # type: ignore[arg-type]
    dates = [(phrase.start, phrase.end) for phrase in found if phrase.kind == "date"]
    for broken in _BROKEN.finditer(window):
        for edge, position in (("begins", start), ("ends", end)):
            if broken.start() < position < broken.end() and not any(
                a < broken.end() and broken.start() < b for a, b in dates
            ):
                return CutPhrase("number", edge, " ".join(broken.group().split()))  # type: ignore[arg-type]
    for phrase in found:
        if start <= phrase.start and phrase.end <= end:
            if phrase.outer_start < start:
                return CutPhrase("relation", "begins", " ".join(window[phrase.outer_start : start].split()))
            if phrase.outer_end > end:
                return CutPhrase("relation", "ends", " ".join(window[end : phrase.outer_end].split()))
    return None


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """A part of the text around the run that begins and ends between words."""
    first, last = max(0, start - _WINDOW), min(len(text), end + _WINDOW)
    while first and not text[first - 1].isspace():
        first -= 1
    while last < len(text) and not text[last].isspace():
        last += 1
    return first, last


def _may_part(phrase: Phrase, position: int) -> bool:
    """Whether a phrase may be taken apart there: a date between its words, a change between its ends."""
    if phrase.kind == "date":
        return " " in phrase.text
    low, high = phrase.between
    return phrase.sense != "range" and low <= position <= high
