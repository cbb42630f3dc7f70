"""A number of a quote in, the words by which something changed from it to another, and that other, out. Pure.

Read are both orders, `from 28% to 22%` and `to 22% from 28%`, and `22% after 28% a year earlier`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportgen.evidence.changes import way_of
from reportgen.evidence.dates_read import dates_in
from reportgen.evidence.quoted import Quoted
from reportgen.evidence.said_numbers import SaidNumber, clause_of, in_claim, in_quote, turning, turning_words
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import ListedWord, listed_words
from reportgen.language.number_phrases import NumberReading, Phrase
from reportgen.language.scanner import phrases
from reportgen.language.stepping import step_at
from reportgen.language.words import lower, words_of
from reportgen.model.edtf import Edtf
from reportgen.model.text import Text

_BETWEEN = 5
"""Words between the number that something changed to and the word before the other: `to 22% in May this year from`."""
_AFTER = 2
"""Words between `after` and its number, and behind that number before `a year earlier`."""
_STEM = 5
"""Letters by which two words are known to be one."""
_TABLES = ("directions", "comparatives", "judged_changes")


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What something changed from."""

    text: str
    """The number with the word before it."""
    start: int
    other: Phrase | None = None
    """What it changed to, where that stands before it: `to 22% from 28%`."""


@lru_cache(maxsize=64)
def left_behind(place: SaidNumber) -> LeftBehind | None:
    """What a number is that something changed from; None where it is none, or that is denied."""
    if turning(place):
        return None
    known = lexicon(place.lang)
    found = step_at(place.text, place.start, place.end, place.lang)
    if found is not None and found[0] == "from":
        phrase = _phrase_at(place)
        is_change = phrase is not None and phrase.sense == "change"
        if is_change or way_of(place) is not None:
            other = None if is_change else _to_before(place, found[1])
            is_of_another = other is not None and not _are_alike(place, other)  # `extended to 12 towns from 3 mills`
            return None if is_of_another else LeftBehind(place.text[found[1] : found[2]], found[1], other)
    if known.is_agglutinative:
        return None
    if found is not None and (found[0] == "from" or _is_either(place, found[1])):
        other = _to_before(place, found[1])
        if other and not _are_alike(place, other):
            return None
        if (other and (_changes(place) or _changes(_said(place, other)))) or (
            other is None and found[0] == "from" and _moves_on(place)
        ):
            return LeftBehind(place.text[found[1] : found[2]], found[1], other)
    return _after_earlier(place)


def time_of_other(as_of: Edtf, claim: Text, site: str, quotes: Sequence[Quoted], read: Sequence[Sequence[str]]) -> str:
    """The words by which each number that is the value is what something changed from, where `as_of` is the time of the
    change, as the quote says, or since when the claim says that it is so; empty where that is not plain."""
    said = [place for tag, text in claim.by_language for place in in_claim(text, tag or site)]
    if not said or any(map(tells_of_past, said)):
        return ""
    begins = any(_begins_at(as_of, place) for place in said)
    first = ""
    for quote, texts in zip(quotes, read, strict=True):
        for place in in_quote(quote, texts) if not quote.carries else ():
            found = left_behind(place)
            if found is None or not (_is_then(as_of, place, found) or (begins and not _years(quote))):
                return ""
            first = first or found.text
    return first


def tells_of_past(claim: SaidNumber) -> bool:
    """Whether a claim has a word for a change, or for what was so before: `the old quota`, `before the cut`."""
    if any(listed_words(table, claim.text, claim.lang) for table in _TABLES):
        return True
    if any(word.codes & {"before", "moved"} for word in _levels(claim)):
        return True
    step = step_at(claim.text, claim.start, claim.end, claim.lang)
    return step is not None and step[0] == "from"


def _levels(place: SaidNumber) -> tuple[ListedWord, ...]:
    return listed_words("levels", place.text, place.lang)


def _phrase_at(place: SaidNumber) -> Phrase | None:
    return next((p for p in phrases(place.text, place.lang) if p.start <= place.start < p.end), None)


def _is_either(place: SaidNumber, start: int) -> bool:
    """Whether a number with a unit of its own has the word `de` before it, alone."""
    words = place.text[start : place.start].split()
    return len(words) == 1 and lower(words[0]) in lexicon(place.lang).data.get("steps", {}).get("either", ())[:1]


def _changes(place: SaidNumber) -> bool:
    """Whether the clause of a number has a word for a rise, a fall or another change."""
    first, last = clause_of(place)
    words = {*words_of(lower(place.text[first:last]))} & lexicon(place.lang).words("changes")
    listed = [*listed_words("directions", place.text, place.lang), *_of(place, "moved")]
    return bool(words) or any(first <= word.start and word.end <= last for word in listed)


def _moves_on(place: SaidNumber) -> bool:
    """Whether a verb of change that says neither up nor down stands in the clause of a number, before it or, where no
    word for `from` is one of `of` too, at the end, and what it changed to behind it: `passé de 40 % à 31 %`."""
    first, last = clause_of(place)
    after = next((p for p in _numbers(place) if place.end <= p.start < last), None)
    step = step_at(place.text, after.start, after.end, place.lang) if after else None
    if after is None or step is None or step[0] != "to" or not _are_alike(place, after):
        return False
    end = last if not lexicon(place.lang).data.get("steps", {}).get("either") else 0
    return any(
        first <= word.start and (word.end <= place.start or after.end <= word.start < end)
        for word in _of(place, "moved")
    )


def _of(place: SaidNumber, code: str) -> Iterator[ListedWord]:
    return (word for word in _levels(place) if code in word.codes)


def _numbers(place: SaidNumber) -> list[Phrase]:
    """The numbers of a sentence, each end of a change as one."""
    found = [each for p in phrases(place.text, place.lang) for each in (p.ends if p.kind == "range" else (p,))]
    return [p for p in found if p.kind == "number" and not p.void and p.readings]


def _to_before(place: SaidNumber, start: int) -> Phrase | None:
    """The number right before the word at `start` to which something changes: `to 22% from`."""
    other = _right_before(place, start)
    if other is None:
        return None
    step = step_at(place.text, other.start, other.end, place.lang)
    return other if step is not None and step[0] == "to" else None


def _right_before(place: SaidNumber, start: int) -> Phrase | None:
    before = [p for p in _numbers(place) if p.end <= start]
    if not before:
        return None
    between = place.text[before[-1].end : start]
    is_far = len(between.split()) > _BETWEEN or any(sign in between for sign in ".;:!?()")
    is_parted = any(
        "parts" in word.codes and before[-1].end <= word.start and word.end <= start for word in turning_words(place)
    )
    return None if is_far or is_parted else before[-1]


def _said(place: SaidNumber, other: Phrase) -> SaidNumber:
    return SaidNumber(place.text, place.lang, other.start, other.end)


def _are_alike(place: SaidNumber, other: Phrase) -> bool:
    """Whether two numbers may be of the same thing at two times: in the same unit, and not the same."""
    mine = next((p for p in _numbers(place) if p.start <= place.start < p.end), None)
    if mine is None or {r.value for r in mine.readings} & {r.value for r in other.readings}:
        return False
    units, others = _units(mine.readings), _units(other.readings)
    if units and others:
        return bool(units & others)
    if units or others:
        return True
    nouns = [_noun(place, one.end) for one in (mine, other)]
    return not all(nouns) or nouns[0] == nouns[1]


def _units(readings: Collection[NumberReading]) -> set[str]:
    return {unit.name for reading in readings for unit in reading.units}


def _noun(place: SaidNumber, end: int) -> str:
    """The beginning of the word right behind a number, which may be what it counts; empty where it is none."""
    after = place.text[end:].split(maxsplit=1)
    word = lower(after[0]) if after else ""
    is_noun = word.isalpha() and word not in lexicon(place.lang).grammar and len(word) > 2
    return word[:_STEM] if is_noun else ""


def _after_earlier(place: SaidNumber) -> LeftBehind | None:
    """A number after which another came, with the word that says when it was so: `22% after 28% a year earlier`."""
    words = [word for word in _of(place, "after") if word.end <= place.start]
    if not words or len(place.text[words[-1].end : place.start].split()) > _AFTER:
        return None
    earlier = next((word for word in _of(place, "earlier") if word.start >= place.end), None)
    if earlier is None or len(place.text[place.end : earlier.start].split()) > _AFTER:
        return None
    other = _right_before(place, words[-1].start)
    if other is None or not _are_alike(place, other):
        return None
    return LeftBehind(place.text[words[-1].start : earlier.end], words[-1].start, other)


def _begins_at(as_of: Edtf, claim: SaidNumber) -> bool:
    """Whether a claim says that something is so from a time on which is `as_of`: `from 2018`."""
    for date in dates_in(claim.text, claim.lang)[0]:
        beside = lower(claim.text[: date.start]).split()
        if date.year == as_of.start.year and any(
            "since" in word.codes and beside[-len(word.entry.split()) :] == word.entry.split()
            for word in _levels(claim)
        ):
            return True
    return False


def _years(quote: Quoted) -> set[int]:
    return {date.year for date in dates_in(quote.text, quote.language)[0] if date.year is not None}


def _is_then(as_of: Edtf, place: SaidNumber, found: LeftBehind) -> bool:
    """Whether a quote prints one year alone, that of `as_of`, and of the change or of what came of it."""
    if as_of.precision != "year" or _years(Quoted(place.text, place.lang)) != {as_of.start.year}:
        return False
    rest = place.text[: found.start]
    if found.other is None:
        after = [p for p in _numbers(place) if p.start >= place.end]
        rest += f" … {place.text[after[0].end :]}" if after else ""
    dates = dates_in(rest, place.lang)[0]
    return any(date.year is not None and not date.bound for date in dates)
