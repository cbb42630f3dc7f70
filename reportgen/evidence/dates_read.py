"""A quote in, the dates that it prints out; a date and a quote in, which of its parts are read. Pure.

Nothing is filled in that the quote does not print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from reportgen.evidence.date_atoms import SEASONS
from reportgen.evidence.date_groups import ReadDate, printed_dates
from reportgen.evidence.date_words import date_words
from reportgen.evidence.fold import folded_words
from reportgen.late_patterns import regex
from reportgen.model.edtf import Edtf

DatePartName = Literal["year", "season", "month", "day"]
DatePartState = Literal["read", "missing", "other"]

_SOME_DAY = "2020-06-15"
_MARK = regex(r" ?(?:\.\.\.|\[\.\.\.\]) ?")
"""What parts the pieces of a quote, as folded."""


@dataclass(frozen=True, slots=True)
class DatePart:
    """What a quote says of one part of a date."""

    name: DatePartName
    state: DatePartState
    value: int

    @property
    def named(self) -> str:
        """In a sentence: `the month`."""
        return f"the {self.name}"


@dataclass(frozen=True, slots=True)
class DateReading:
    """How a quote fares against a date."""

    state: Literal["read", "partial", "unread", "contradicted"]
    parts: tuple[DatePart, ...]
    """Of the printed date that comes nearest; of an interval, of its first end and then of its last."""
    read: tuple[str, ...]
    """The words of the quote that were read, as folded."""
    printed: tuple[str, ...]
    """Every date that the quote prints, in its words."""
    bound: str = ""
    """The words that make a bound of the date that was read."""
    about: str = ""
    """The words that say that it is not known exactly."""
    range: str = ""
    """The words by which it is one end of a range."""

    @property
    def lacking(self) -> tuple[DatePart, ...]:
        """The parts that the quote does not print."""
        return tuple(part for part in self.parts if part.state != "read")


def read_date(value: Edtf, quote: str, language: str) -> DateReading:
    """Whether a quote in a language prints a date, part by part."""
    found, has_figures = dates_in(quote, language)
    return judged(value, found, has_figures)


def judged(value: Edtf, found: Sequence[ReadDate], has_figures: bool = True) -> DateReading:
    """How printed dates fare against a date. `has_figures`: whether the quote prints any digit or month."""
    ends = [end for end in (value.ends if value.precision == "interval" else (value,)) if end is not None]
    printed = tuple(dict.fromkeys(date.text for date in found))
    best = [_nearest(end, found) for end in ends]
    parts = tuple(part for _, parts in best for part in parts)
    states = {part.state for part in parts}
    read = tuple(dict.fromkeys(date.text for date, of_end in best if date and any(p.state == "read" for p in of_end)))
    if states == {"read"}:
        date = best[0][0]
        if value.precision != "interval" and date:
            other = [each for each in found if date.range and each.range == date.range]
            is_end = not value.approximate and any(
                part.state != "read" for each in other for part in _parts(value, each)
            )
            about = "" if value.approximate or value.uncertain else date.about
            state: Literal["read", "contradicted"] = "contradicted" if is_end else "read"
            return DateReading(state, parts, read, printed, date.bound, about, date.range if is_end else "")
        return DateReading("read", parts, read, printed)
    if "other" in states:
        return DateReading("contradicted", parts, read, printed)
    return DateReading("partial" if has_figures else "unread", parts, read, printed)


@lru_cache(maxsize=64)
def dates_in(quote: str, language: str) -> tuple[tuple[ReadDate, ...], bool]:
    """The dates of a quote in its order, years given to days and months without one; and whether it has any figure.

    No date crosses the mark between two pieces of a quote, and a year of one piece serves another. The last texts are
    remembered: a fact asks for its quotes and its claim many times.
    """
    text = folded_words(quote)
    words = date_words(language)
    found: list[ReadDate] = []
    position = 0
    for mark in (*_MARK.finditer(text), None):
        end = mark.start() if mark else len(text)
        found += (
            replace(d, start=d.start + position, end=d.end + position) for d in printed_dates(text[position:end], words)
        )
        position = mark.end() if mark else end
    has_figures = any(character.isdecimal() for character in text) or any(date.month for date in found)
    if any(date.firm and date.year for date in found):
        found = [date for date in found if date.firm]
    return tuple(_completed(found)), has_figures


def bounds_time(claim: str, language: str) -> bool:
    """Whether a claim says that the date in place of `{value}` is a bound of time."""
    words = date_words(language)
    text = folded_words(claim.replace("{value}", _SOME_DAY))
    lower = text.lower().replace("ё", "е")
    if "{value}" not in claim or words.bound_relative.search(lower):
        return words.bound_anywhere.search(lower) is not None
    return any(date.bound for date in printed_dates(text, words) if text[date.start : date.end] == _SOME_DAY)


def hedges_time(claim: str, language: str) -> bool:
    """Whether a claim says that the date in place of `{value}` is not known exactly."""
    text = folded_words(claim.replace("{value}", _SOME_DAY))
    return any(
        date.about
        for date in printed_dates(text, date_words(language))
        if text[date.start : date.end].startswith(_SOME_DAY)
    )


def _nearest(value: Edtf, found: Sequence[ReadDate]) -> tuple[ReadDate | None, tuple[DatePart, ...]]:
    """The printed date that agrees best with a point in time, and its parts."""
    best: tuple[ReadDate | None, tuple[DatePart, ...]] = (None, _parts(value, None))
    chosen = (0, 0)
    for date in found:
        parts = _parts(value, date)
        states = [part.state for part in parts]
        if all(state == "read" for state in states) and not (date.bound or date.about or date.range):
            return date, parts
        # Of dates that do not carry the value, one that speaks against it comes after one that says less.
        is_whole = set(states) == {"read"}
        rank = (4 if is_whole else 1 if "other" in states else 3 if "read" in states else 2, states.count("read"))
        if rank > chosen:
            best, chosen = (date, parts), rank
    return best


def _parts(value: Edtf, date: ReadDate | None) -> tuple[DatePart, ...]:
    year, *rest = value.numbers
    wanted: list[tuple[DatePartName, int]] = [("year", year)]
    if value.precision == "season":
        wanted.append(("season", rest[0]))
    else:
        wanted += zip(("month", "day"), rest, strict=False)
    return tuple(DatePart(name, _state(name, number, date), number) for name, number in wanted)


def _state(name: DatePartName, number: int, date: ReadDate | None) -> DatePartState:
    if date is None:
        return "missing"
    if name == "year":
        return _compared(number, None if date.year is None else frozenset((date.year,)))
    if name == "month":
        return _compared(number, date.months)
    if name == "day":
        return _compared(number, date.days)
    if date.season is not None:
        return "read" if date.season == number else "other"
    return "missing" if date.months is None or date.months & set(SEASONS[number]) else "other"


def _compared(number: int, printed: frozenset[int] | None) -> DatePartState:
    if printed is None:
        return "missing"
    if number not in printed:
        return "other"
    return "read" if len(printed) == 1 else "missing"


def _completed(found: Sequence[ReadDate]) -> Iterator[ReadDate]:
    """The dates, where the only year that the quote prints is given to days and months without one."""
    years = {date.year for date in found if date.year is not None}
    lone = next(iter(years)) if len(years) == 1 else None
    needs = lone is not None and any(date.year is None for date in found)
    for date in found:
        if date.year is None:
            yield replace(date, year=lone)
        elif not (needs and date.months is None and date.days is None):
            yield date
