"""A folded text in, every number, range, date and name with a number in it out, with why some are hidden. Pure; the
last texts are remembered."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from reportgen.desk.noise import NoiseFinder
from reportgen.evidence.cells import TableCell, TableRow, tables_in
from reportgen.evidence.date_groups import ReadDate
from reportgen.evidence.dates_read import dates_in
from reportgen.evidence.fold import FoldedText
from reportgen.evidence.passages import Passage, passages
from reportgen.evidence.times import NamedTime, time_beside
from reportgen.language.lexicon import lexicon
from reportgen.language.number_phrases import Phrase
from reportgen.language.scanner import phrases
from reportgen.language.words import folded as folded_letters
from reportgen.language.words import lower
from reportgen.late_patterns import regex

CandidateKind = Literal["number", "range", "date", "name"]

_NAME = regex(r"(?<![\w.,/-])[^\W\d_a-zа-яё][^\W\d_]*-?\d{1,4}[^\W\d_]?(?![\w/]|[.,-]\d)")
"""`G20`, `COVID-19`, `Horizon2`: a capital, letters, and digits that belong to them."""
_WORD_BEFORE = regex(r"([^\W\d_]+)(\.?) $")
_LONGEST_WORD = 30
_SIGN_BEFORE = regex(
    r"(?<![\w$€£¥₽₸₹])([A-Z]{0,3}[$€£¥₩₦₱₫₭₮₲₴₵₺₼₾฿៛৳]|[A-Z]{2,3}|Rp|Rs|Tk|Kz|Ks|Sh|[KTU]Sh|Ksh|Bs|Le|Nu|Br)\.? ?$"
)
"""A sign or a code as of a currency, or one of another kind that looks like it, such as `OR 1.27`."""
_LOCAL_SIGNS = frozenset(("Rp", "Rs", "Tk", "Kz", "Ks", "Sh", "KSh", "TSh", "USh", "Ksh", "Bs", "Le", "Nu", "Br"))
"""Signs of currencies that are letters."""


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
    time: str = ""
    """The EDTF time that its sentence says it is of; empty where that is not sure."""
    cell: TableCell | None = None
    """What heads it, where it stands in a table."""
    change: int = 0
    """1 or 2 of a number that is the first or second end of a change."""
    sign: str = ""
    """What stands before it as the sign or the code of a currency does, and is none that is known: `RM`."""
    hidden: str = ""
    """Why it is no fact worth proposing; empty where it may be."""


@lru_cache(maxsize=64)
def candidates(folded: FoldedText, language: str, *, is_table: bool = False) -> tuple[Candidate, ...]:
    """Every candidate of a text, in its order."""
    found = tuple(passages(folded))
    beside = tuple((bisect_left(folded.starts, start), bisect_left(folded.starts, end)) for start, end in folded.beside)
    noise = NoiseFinder.of(found, is_table=is_table, beside=beside)
    rows = tables_in(folded, found)
    listed: list[Candidate] = []
    names: set[str] = set()
    for passage in found:
        for candidate in _in_passage(passage, language, noise, rows.get(passage.start)):
            if candidate.kind == "name" and not candidate.hidden:
                candidate = replace(candidate, hidden="names said before" if candidate.text in names else "")
                names.add(candidate.text)
            listed.append(replace(candidate, number=len(listed) + 1))
    signs = {one.sign for one in listed if one.sign and (_is_currency(one.sign) or _is_large(one.phrase))}
    return tuple(one if one.sign in signs else replace(one, sign="") for one in listed)


def _is_currency(sign: str) -> bool:
    return any(unicodedata.category(letter) == "Sc" for letter in sign) or sign in _LOCAL_SIGNS


def _is_large(phrase: Phrase | None) -> bool:
    """Whether a number has a multiple, as amounts of money have: `RM 12 million`, and not `OR 1.27`."""
    readings = (*phrase.readings, *phrase.high) if phrase else ()
    return any(reading.multiple != 1 for reading in readings)


def _in_passage(passage: Passage, language: str, noise: NoiseFinder, row: TableRow | None) -> Iterator[Candidate]:
    said = phrases(passage.text, language)
    dates = dates_in(passage.text, language)[0] if any(c.isdigit() for c in passage.text) else ()
    names = list(_names(passage, language, noise))
    inside = [(name.start + 1, name.end) for name in names]
    found = [*_dates(passage, dates, noise), *_numbers(passage, said, dates, noise)]
    found = [one for one in found if not any(first <= one.start and one.end <= last for first, last in inside)]
    taken = [(candidate.start, candidate.end) for candidate in found]
    found += (name for name in names if not _overlaps(name.start, name.end, taken))
    times = tuple(named_times(passage.text, said, dates))
    for candidate in sorted(found, key=lambda one: (one.start, one.end)):
        if row is not None:
            cell = row.cell_at(candidate.start - passage.start)
            is_head = candidate.kind == "name" and not cell.row
            hidden = candidate.hidden or _noise_of(cell) or ("in heads of tables" if is_head else "")
            yield replace(candidate, cell=cell, hidden=hidden)
        else:
            others = [(one.start, one.end) for one in found if one.kind in ("number", "range") and one != candidate]
            yield replace(candidate, time=_time(candidate, times, others, language))


def _noise_of(cell: TableCell) -> str:
    """Why a cell is no fact; empty where it may be."""
    if not (cell.row or cell.column or cell.is_head):
        return "in lines of mere numbers"
    return "in heads of tables" if cell.is_head else "numbers of rows" if cell.is_counter else ""


def named_times(text: str, said: Sequence[Phrase], dates: Sequence[ReadDate]) -> Iterator[NamedTime]:
    """The times that a text names: whole dates, years, and spans of years."""
    whole = [date for date in dates if _is_whole(date)]
    for date in whole:
        yield NamedTime(date.start, date.end, _edtf(date))
    for phrase in said:
        if phrase.kind != "year" or _overlaps(phrase.start, phrase.end, [(date.start, date.end) for date in whole]):
            continue
        years = [text[start:end] for start, end in phrase.numerals]
        if all(year.isdecimal() for year in years):
            yield NamedTime(phrase.start, phrase.end, years[0], years[1] if len(years) > 1 else "")


def _edtf(date: ReadDate) -> str:
    return f"{date.year:04}-{date.month:02}" + (f"-{date.day:02}" if date.day else "")


def _time(candidate: Candidate, times: Sequence[NamedTime], others: Sequence[tuple[int, int]], language: str) -> str:
    """What a candidate's sentence says of its time."""
    start = candidate.passage.start
    first, last = (place - start for place in candidate.sentence)
    inside = [replace(t, start=t.start - first, end=t.end - first) for t in times if first <= t.start < last]
    beside = [(a - start - first, b - start - first) for a, b in others]
    place = candidate.start - start - first, candidate.end - start - first
    text = candidate.passage.text[first:last]
    return time_beside(text, place, inside, beside, language, change=candidate.change)


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
            found = _candidate(kind, passage, one.start, one.end, noise, phrase=one)
            yield found if one is phrase else replace(found, change=1 if one.start == phrase.start else 2)


def _names(passage: Passage, language: str, noise: NoiseFinder) -> Iterator[Candidate]:
    for found in _NAME.finditer(passage.text):
        name = _candidate("name", passage, found.start(), found.end(), noise)
        before = _WORD_BEFORE.search(passage.text, max(0, found.start() - _LONGEST_WORD), found.start())
        word = before[1] if before and (before[1][0].isupper() or before[2]) else ""
        is_label = bool(word) and lexicon(language).knows("labels", lower(folded_letters(word)))
        yield replace(name, hidden=name.hidden or ("labels" if is_label else ""))


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
    sign = _SIGN_BEFORE.search(passage.text, max(0, start - _LONGEST_WORD), start) if phrase else None
    if sign:
        outer = min(outer[0], sign.start(1)), outer[1]
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
        sign=sign[1] if sign else "",
        hidden=noise.reason(at, passage.start + end, passage, phrase, is_date=date is not None),
    )


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in spans)
