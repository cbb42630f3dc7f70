"""A folded text in, every number, range, date and name with a number in it out, with why some are hidden. Pure; the
last texts are remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from reportgen.desk.noise import NoiseFinder
from reportgen.desk.passages import Passage, passages
from reportgen.evidence.date_groups import ReadDate
from reportgen.evidence.dates_read import dates_in
from reportgen.evidence.fold import FoldedText
from reportgen.language.number_phrases import Phrase
from reportgen.language.scanner import phrases

CandidateKind = Literal["number", "range", "date", "name"]

_NAME = re.compile(r"(?<![\w.,/-])[^\W\d_a-zа-яё][^\W\d_]*-?\d{1,4}[^\W\d_]?(?![\w/]|[.,-]\d)")
"""`G20`, `COVID-19`, `Horizon2`: a capital, letters, and digits that belong to them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a fact could be made of."""

    number: int
    """From 1, in the order of the text; the same whatever is hidden and whatever is a fact already."""
    kind: CandidateKind
    start: int
    """Half-open offsets in the folded text, like `outer`."""
    end: int
    outer: tuple[int, int]
    """With the words of its relation."""
    text: str
    passage: Passage
    sentence: tuple[int, int]
    phrase: Phrase | None = None
    """Of a number or a range; its offsets count from the start of the passage."""
    date: ReadDate | None = None
    dates: tuple[ReadDate, ...] = ()
    """The dates of its sentence."""
    years: tuple[int, ...] = ()
    """The years of its sentence that stand alone."""
    hidden: str = ""
    """Why it is no fact worth proposing; empty where it may be."""


@lru_cache(maxsize=64)
def candidates(folded: FoldedText, language: str, *, is_table: bool = False) -> tuple[Candidate, ...]:
    """Every candidate of a text, in its order."""
    found = tuple(passages(folded))
    noise = NoiseFinder.of(found, is_table=is_table)
    listed: list[Candidate] = []
    names: set[str] = set()
    for passage in found:
        for candidate in _in_passage(passage, language, noise):
            if candidate.kind == "name" and not candidate.hidden:
                candidate = replace(candidate, hidden="names said before" if candidate.text in names else "")
                names.add(candidate.text)
            listed.append(replace(candidate, number=len(listed) + 1))
    return tuple(listed)


def _in_passage(passage: Passage, language: str, noise: NoiseFinder) -> Iterator[Candidate]:
    said = phrases(passage.text, language)
    dates = dates_in(passage.text, language)[0] if any(c.isdigit() for c in passage.text) else ()
    names = list(_names(passage, noise))
    inside = [(name.start + 1, name.end) for name in names]
    found = [*_dates(passage, dates, noise), *_numbers(passage, said, dates, noise)]
    found = [one for one in found if not any(first <= one.start and one.end <= last for first, last in inside)]
    taken = [(candidate.start, candidate.end) for candidate in found]
    found += (name for name in names if not _overlaps(name.start, name.end, taken))
    for candidate in sorted(found, key=lambda one: (one.start, one.end)):
        first, last = (place - passage.start for place in candidate.sentence)
        around = tuple(date for date in dates if first <= date.start < last and _is_whole(date))
        years = {int(p.text) for p in said if p.kind == "year" and p.text.isdecimal() and first <= p.start < last}
        yield replace(candidate, dates=around, years=tuple(sorted(years)))


def _is_whole(date: ReadDate) -> bool:
    """Whether a year and a month are printed."""
    return date.year is not None and date.month is not None


def _dates(passage: Passage, dates: Sequence[ReadDate], noise: NoiseFinder) -> Iterator[Candidate]:
    for date in dates:
        if _is_whole(date):
            yield _candidate("date", passage, date.start, date.end, noise, date=date)


def _numbers(
    passage: Passage, said: Sequence[Phrase], dates: Sequence[ReadDate], noise: NoiseFinder
) -> Iterator[Candidate]:
    whole = [(date.start, date.end) for date in dates if _is_whole(date)]
    whole += [(phrase.bounds.start, phrase.bounds.end) for phrase in said if phrase.bounds]
    for phrase in said:
        if phrase.kind == "date" or _overlaps(phrase.start, phrase.end, whole):
            continue
        for one in phrase.ends if phrase.kind == "range" and phrase.sense != "range" else (phrase,):
            kind: CandidateKind = "range" if one.kind == "range" else "number"
            yield _candidate(kind, passage, one.start, one.end, noise, phrase=one)


def _names(passage: Passage, noise: NoiseFinder) -> Iterator[Candidate]:
    for found in _NAME.finditer(passage.text):
        yield _candidate("name", passage, found.start(), found.end(), noise)


def _candidate(
    kind: CandidateKind,
    passage: Passage,
    start: int,
    end: int,
    noise: NoiseFinder,
    phrase: Phrase | None = None,
    date: ReadDate | None = None,
) -> Candidate:
    at = passage.start + start
    outer = (phrase.outer_start, phrase.outer_end) if phrase else (start, end)
    return Candidate(
        0,
        kind,
        at,
        passage.start + end,
        (passage.start + min(outer[0], start), passage.start + max(outer[1], end)),
        passage.text[start:end],
        passage,
        passage.sentence_at(at),
        phrase,
        date,
        hidden=noise.reason(at, passage.start + end, passage, phrase),
    )


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in spans)
