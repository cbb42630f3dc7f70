"""A text in, the parts of dates that it prints out: years, months, days, quarters, and dates in digits. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from reportgen.evidence.date_words import DateWords
from reportgen.late_patterns import regex

AtomKind = Literal["year", "month", "day", "span", "whole", "void"]

SEASONS = {21: (3, 4, 5), 22: (6, 7, 8), 23: (9, 10, 11), 24: (12, 1, 2)}
"""The months of EDTF's seasons of the north."""

_EARLIEST, _LATEST = 1500, 2199
"""A bare number of four digits is a year only between these."""

_NUMERIC = regex(
    r"(?<![\w,/.])(?<!\d-)(?P<y>\d{4})(?P<ysep>[-/.])(?P<m>\d{1,2})"
    r"(?:(?P=ysep)(?P<d>\d{1,2})(?:[t ]\d\d:\d\d[\d:.]*z?)?)?"
    r"(?!\w|[/.,]\d|-\d)"
    r"|(?<![\w,/.])(?:(?P<d0>\d{1,2})-)?(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<z>\d{4}|\d{2})"
    r"(?=(?:г|ж)?(?:\W|$))(?![/.,]\d)"
    r"|(?P<cy>\d{4}) ?[年년](?: ?(?P<cm>\d{1,2}) ?[月월](?: ?(?P<cd>\d{1,2}) ?[日일])?)?"
)
_YEAR = regex(r"(?<![^\W_])\d{4}(?!\d)")
_DAY = regex(r"(?<![^\W_])\d{1,2}(?!\d)")
_GROUPED = regex(r"(?<!\d)\d{1,3}(?:[ ,]\d{3})+(?!\d)")
_AFTER_DATE = regex(r"\0(?: \d{1,2}[^\W\d]{0,2},?|,|-\d{1,2},?)? $")
"""What stands before the year of a date, its month being blanked out."""
_LONGEST_DAY = 24
"""Characters of a day in words, with what parts it from its month."""
_PLURAL = regex(r" [a-z]+[^s\W]s(?!\w)")


@dataclass(frozen=True, slots=True)
class DateAtom:
    """A part of a date as it stands in a text."""

    kind: AtomKind
    start: int
    end: int
    number: int = 0
    months: frozenset[int] | None = None
    days: frozenset[int] | None = None
    season: int | None = None
    firm: bool = True
    alone: bool = True
    """Whether it is a month without a day or year beside it, too."""


def date_atoms(text: str, lower: str, words: DateWords) -> Iterator[DateAtom]:
    """The atoms of a folded text, in no order. `lower` is the text in lower case, as long as it is."""
    rest = lower
    for pattern in words.voids:
        for found in pattern.finditer(rest):
            yield DateAtom("void", *found.span())
            rest = _blanked(rest, *found.span())
    for pattern in words.spans:
        for found in pattern.finditer(rest):
            span = _span(found, lower, words)
            if span is not None:
                yield span
                rest = _blanked(rest, *found.span())
    for found in _NUMERIC.finditer(rest):
        atom = _numeric(found, words)
        yield atom
        rest = _blanked(rest, *found.span())
    for found in _GROUPED.finditer(rest):
        if not _YEAR.search(found.group()):
            rest = _blanked(rest, *found.span())
    months: list[int] = []
    for found in words.month.finditer(rest):
        number, alone = words.month_of(
            found.group(1), text[found.start() : found.end()], lower[: found.start()], text[found.end() :]
        )
        if number:
            yield DateAtom("month", *found.span(), number, months=frozenset((number,)), alone=alone)
            months.append(found.start())
            rest = _blanked(rest, *found.span())
    beside = rest
    for found in _YEAR.finditer(rest):
        year = _year(found, lower, beside, words)
        if year is not None:
            yield year
            rest = _blanked(rest, year.start, year.end)
    for found in _DAY.finditer(rest):
        day = _day(found, lower, words)
        if day is not None:
            yield day
    for month in months:
        for found in words.day_word.finditer(rest, max(0, month - _LONGEST_DAY), month):
            number = words.day_words[found.group()]
            yield DateAtom("day", *found.span(), number, days=frozenset((number,)))


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + "\0" * (end - start) + text[end:]


def _numeric(found: re.Match[str], words: DateWords) -> DateAtom:
    start, end = found.span()
    void = DateAtom("void", start, end)
    if found["cy"]:
        return _whole(start, end, int(found["cy"]), _int(found["cm"]), _int(found["cd"]))
    if found["y"]:
        year, month, day = int(found["y"]), int(found["m"]), _int(found["d"])
        if day is None:
            # 2021-22 is two years in one, and 2005-06 may be: neither gives anything.
            is_month = found["ysep"] == "-" and len(found["m"]) == 2 and month < year % 100
            return _whole(start, end, year, month, None) if is_month else void
        return _whole(start, end, year, month, day)
    if len(found["z"]) == 2:
        return void
    first, second, year = int(found["a"]), int(found["b"]), int(found["z"])
    if found["sep"] == "." or first == second or 12 < first <= 31:
        if found["d0"] and int(found["d0"]) < first:
            days = frozenset((int(found["d0"]), first))
            return replace(_whole(start, end, year, second, first), days=days)
        return _whole(start, end, year, second, first)
    if 12 < second <= 31:
        return _whole(start, end, year, first, second)
    return _whole(start, end, year, None, None)


def _whole(start: int, end: int, year: int, month: int | None, day: int | None) -> DateAtom:
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return DateAtom("void", start, end)
    months = None if month is None else frozenset((month,))
    return DateAtom("whole", start, end, year, months, None if day is None else frozenset((day,)))


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _span(found: re.Match[str], lower: str, words: DateWords) -> DateAtom | None:
    """A quarter, half or season of a year, or its first months."""
    start, end = found.span()
    kind, text = next((kind, text) for kind, text in found.groupdict().items() if text)
    if kind == "season":
        doubt = words.season_doubts.get(text)
        follows = re.match(r",? \d{4}(?!\d)", lower[end:])
        if doubt and not doubt.search(lower[:start]) and not follows:
            return None
        season = words.seasons[text]
        return DateAtom("span", start, end, months=frozenset(SEASONS[season]), season=season)
    number = words.ordinal_of(text) or 0
    if kind == "quarter" and 1 <= number <= 4:
        return DateAtom("span", start, end, months=frozenset(range(3 * number - 2, 3 * number + 1)))
    if kind == "half" and number in (1, 2, 4):
        half = min(number, 2)
        return DateAtom("span", start, end, number=half, months=frozenset(range(6 * half - 5, 6 * half + 1)))
    if kind == "months" and 1 <= number <= 12:
        return DateAtom("span", start, end, months=frozenset(range(1, number + 1)))
    return None


def _year(found: re.Match[str], lower: str, rest: str, words: DateWords) -> DateAtom | None:
    """A year with the words that belong to it; None for a number of another kind, a void atom for a decade."""
    start, end = found.span()
    number = int(found.group())
    suffix = words.year_suffix.match(lower, end)
    before, after = lower[:start], lower[end:]
    decade = words.decade.match(lower, end)
    ends_range = re.search(r"(?<!\d)\d{4} ?- ?$", before) or re.search(rf"(?<!\d)\d{{4}}{words.join.pattern}$", before)
    if decade and number % 10 == 0 and not (suffix and ends_range):
        return DateAtom("void", start, decade.end())
    if suffix is None and not _EARLIEST <= number <= _LATEST:
        return None
    if before.endswith(("-", "/", ".", ",", ":", "$", "€", "£", "№", "#", "+")) and not _goes_on(before, rest, words):
        return None
    is_dated = _AFTER_DATE.search(rest[:start]) is not None
    if suffix is None:
        goes_on = re.match(r"-\d{4}(?!\d)", after) or rest.startswith("-\0", end)
        if re.match(r"\w|[.,:]\d|/\d|-\w|%| ?[%‰$€£¥₸₽]", after) and not goes_on:
            return None
        if not is_dated and (words.counted.match(after) or words.label_before.search(before)):
            return None
    firm = is_dated or suffix is not None or words.year_before.search(before) is not None
    if not firm:
        stands_alone = words.year_after.match(after) is not None
        if words.count_before.search(before) and not stands_alone:
            return None
        is_named = words.determiner.search(before) is not None and not _PLURAL.match(after)
        firm = stands_alone or is_named
        if not firm and not words.bare_years:
            return None
    return DateAtom("year", start, suffix.end() if suffix else end, number, firm=firm)


def _goes_on(before: str, rest: str, words: DateWords) -> bool:
    """Whether what is glued before a year is a range's dash or a word such as `mid-`."""
    if before.endswith("-"):
        return bool(re.search(r"(?<!\d)\d{4}-$", before)) or bool(words.glued_before.search(before))
    return bool(re.search(r"(?<!\d)\d{4}, ?$|\w\.$", before)) and not before[-2:-1].isdigit()


def _day(found: re.Match[str], lower: str, words: DateWords) -> DateAtom | None:
    start, end = found.span()
    number = int(found.group())
    before, after = lower[max(0, start - 2) : start], lower[end:]
    if not 1 <= number <= 31 or re.search(r"[\d\w][.,:]$|[$€£№#+/.]$", before) or re.match(r"[.,:/]\d|%| ?[%‰]", after):
        return None
    suffix = words.day_suffix.match(lower, end)
    if suffix is None and after[:1].isalpha():
        return None
    return DateAtom("day", start, suffix.end() if suffix else end, number, days=frozenset((number,)))
