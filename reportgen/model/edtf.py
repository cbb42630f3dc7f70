"""EDTF text in (ISO 8601-2, levels 0 and 1, without times of day), times as half-open days out. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from reportgen.late_patterns import regex

Precision = Literal["century", "decade", "year", "season", "month", "day", "interval"]

_POINT = regex(
    r"(?P<year>-?(?:[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)|Y-?[1-9][0-9]{4,8})"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[~?%])?"
)
_DURATION = regex(r"P(?=[0-9])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?")
_EXAMPLES = "write it like 2021, 2021-11, 2021-11-20, 2020-06~ or 2020/2025"
_CYCLE = 146_097
"""Days of 400 years, after which the calendar is the same."""
_EVER = 10**13
"""Days beyond any that can be written."""


@dataclass(frozen=True, slots=True)
class Edtf:
    """A time as its author wrote it, with the days that it covers. Made by `parse_edtf`."""

    text: str
    """As written, e.g. `2020-06~`."""
    start: date
    """First day; `date.min` where the beginning is open (`../2021`), or before the year 1."""
    end: date | None
    """The day after the last, or None where the end is open (`2021/..`); `date.max` where it is later."""
    precision: Precision
    """How finely it is written; any text with a slash is an interval. `2004-XX` is a year."""
    approximate: bool
    """Marked `~` or `%`, at either end. Does not change the days."""
    uncertain: bool
    """Marked `?` or `%`, at either end. Does not change the days."""
    first: int | None
    """The number of the first day: 1 for 0001-01-01, less for earlier ones. None where the beginning is open."""
    after: int | None
    """The number of the day after the last. None where the end is open."""

    @property
    def open_start(self) -> bool:
        """The beginning is not known or not bounded."""
        return self.first is None

    @property
    def off_calendar(self) -> bool:
        """It begins before the year 1 or ends after 9998, so that `start` or `end` is not its own."""
        return any(day is not None and not 1 <= day <= _LAST for day in (self.first, self.after))

    @property
    def sort_key(self) -> tuple[int, int, str]:
        """By first day, then last, then text."""
        return (_or(self.first, -_EVER), _or(self.after, _EVER), self.text)

    @property
    def in_order(self) -> tuple[int, bool, tuple[int, int, str]]:
        """By first day; what is only about then comes after what is then."""
        return self.sort_key[0], self.approximate, self.sort_key

    @property
    def first_day(self) -> str:
        """The first day as EDTF; empty where the beginning is open."""
        return "" if self.first is None else _iso(self.first)

    @property
    def first_month(self) -> tuple[int, int]:
        """Year and month of the first day; of the calendar's where the beginning is open."""
        return _calendar(_or(self.first, 1))[:2]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Of a point: its year, month or season, and day, as far as they are specified; of `199X` its first year."""
        year, *rest = _year_and_rest(self.text.rstrip("~?%"))
        return (year, *(int(part) for part in rest if part != "XX"))

    @property
    def ends(self) -> tuple[Edtf | None, Edtf | None]:
        """An interval's two times, None where open; a point twice."""
        if "/" not in self.text:
            return (self, self)
        first, _, last = self.text.partition("/")
        return (_end(first), _end(last))


@dataclass(frozen=True, slots=True)
class Duration:
    """An ISO 8601 duration in calendar units."""

    text: str
    """As written, e.g. `P3M`."""
    months: int
    """Years and months, in months."""
    days: int
    """Weeks and days, in days."""


@lru_cache(maxsize=4096)
def parse_edtf(text: str) -> Edtf:
    """The time that `text` names. ValueError, with a sentence for its author, if it names none."""
    if "/" not in text:
        return _point(text)
    first, _, last = text.partition("/")
    if first in ("", "..") and last in ("", ".."):
        raise ValueError(f'"{text}" has neither a beginning nor an end; {_EXAMPLES}')
    begin, finish = _end(first), _end(last)
    start, end = begin.first if begin else None, finish.after if finish else None
    if start is not None and end is not None and end <= start:
        raise ValueError(f'"{text}" ends before it begins; the earlier date stands first, as in 2020/2025')
    written = [point for point in (begin, finish) if point]
    approximate, uncertain = (any(getattr(point, mark) for point in written) for mark in ("approximate", "uncertain"))
    return _time(text, start, end, "interval", approximate, uncertain)


def _time(
    text: str, first: int | None, after: int | None, precision: Precision, approximate: bool, uncertain: bool
) -> Edtf:
    start = _date(min(max(_or(first, 1), 1), _LAST))
    end = None if after is None else _date(min(max(after, 1), _LAST))
    return Edtf(text, start, end, precision, approximate, uncertain, first, after)


def looks_like_edtf(text: str) -> bool:
    """Whether a plain scalar is EDTF beyond a bare year, and so a date by itself."""
    if re.fullmatch(r"-?[0-9]{4}", text):
        return False
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True


def within(inner: Edtf, outer: Edtf) -> bool:
    """Whether every day of `inner` is a day of `outer`."""
    return _or(inner.first, -_EVER) >= _or(outer.first, -_EVER) and _or(inner.after, _EVER) <= _or(outer.after, _EVER)


def overlaps(one: Edtf, other: Edtf) -> bool:
    """Whether the two share a day."""
    return _or(other.first, -_EVER) < _or(one.after, _EVER) and _or(one.first, -_EVER) < _or(other.after, _EVER)


def lie_within(one: Edtf, other: Edtf, duration: Duration) -> bool:
    """Whether the gap between the nearest ends is at most `duration`, by the calendar."""
    if overlaps(one, other):
        return True
    earlier, later = sorted((one, other), key=lambda time: time.sort_key)
    assert earlier.after is not None  # or they would overlap
    assert later.first is not None
    return _added(earlier.after, duration) >= later.first


def parse_duration(text: str) -> Duration:
    """An ISO 8601 duration of years, months, weeks and days, e.g. `P3M`. ValueError otherwise."""
    match = _DURATION.fullmatch(text)
    if not match:
        raise ValueError(f'"{text}" is not a duration; write it like P3M, P1Y6M, P2W or P10D')
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return Duration(text, 12 * years + months, 7 * weeks + days)


def add_duration(day: date, duration: Duration) -> date:
    """Months first, kept to the month's last day, then days. Stops at the calendar's last day."""
    return _date(min(_added(day.toordinal(), duration), _LAST))


def _added(day: int, duration: Duration) -> int:
    year, month, of_month = _calendar(day)
    months = year * 12 + month - 1 + duration.months
    year, month = months // 12, months % 12 + 1
    return _number(year, month, min(of_month, days_in(year, month))) + duration.days


def _or(day: int | None, other: int) -> int:
    return other if day is None else day


def _number(year: int, month: int, day: int) -> int:
    """The number of a day of any year. ValueError if there is no such day."""
    cycles = (year - 2000) // 400
    return date(year - 400 * cycles, month, day).toordinal() + _CYCLE * cycles


def _date(number: int) -> date:
    return date.min + timedelta(days=number - 1)


def _calendar(number: int) -> tuple[int, int, int]:
    """Year, month and day by a day's number."""
    cycles = (number - _number(2000, 1, 1)) // _CYCLE
    day = _date(number - _CYCLE * cycles)
    return day.year + 400 * cycles, day.month, day.day


def _iso(number: int) -> str:
    year, month, day = _calendar(number)
    if abs(year) > 9999:
        return f"Y{year}"
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"


def days_in(year: int, month: int) -> int:
    return monthrange(2000 + year % 400, month)[1]


def _end(text: str) -> Edtf | None:
    return None if text in ("", "..") else _point(text)


def _point(text: str) -> Edtf:
    match = _POINT.fullmatch(text)
    if not match or (match["month"] and not match["year"][-1].isdecimal()) or (match["month"] and text[0] == "Y"):
        raise ValueError(f'"{text}" is not a date; {_EXAMPLES}')
    if match["month"] == "XX" and match["day"] not in (None, "XX"):
        raise ValueError(f'"{text}" has a day of no month; write 2021-XX, or the month')
    year, _, _ = _year_and_rest(text.rstrip("~?%"))
    precision, first, after = _days(text, year, match)
    mark = match["mark"]
    return _time(text, first, after, precision, mark in ("~", "%"), mark in ("?", "%"))


def _year_and_rest(text: str) -> tuple[int, str, str]:
    """The year of a point, the first one of `199X`, and its month and day as written; XX where there are none."""
    sign, digits = (-1, text[1:]) if text[0] == "-" else (1, text)
    if digits[0] == "Y":
        return int(digits[1:]), "XX", "XX"
    year, month, day = (*digits.split("-"), "XX", "XX")[:3]
    if sign < 0:  # of years before the first, the earliest has the greatest number
        return -int(year.replace("X", "9")), month, day
    return int(year.replace("X", "0")), month, day


def _days(text: str, year: int, match: re.Match[str]) -> tuple[Precision, int, int]:
    unspecified = match["year"].count("X")
    if unspecified:
        return ("decade" if unspecified == 1 else "century", _number(year, 1, 1), _number(year + 10**unspecified, 1, 1))
    if match["month"] in (None, "XX"):
        return ("year", _number(year, 1, 1), _number(year + 1, 1, 1))
    month = int(match["month"])
    if 21 <= month <= 24 and match["day"] is None:  # spring, summer, autumn, winter of the north
        return ("season", *_months(year, 3 * (month - 20), 3))
    if not 1 <= month <= 12:
        raise ValueError(f'"{text}" has no such month: {match["month"]}; months are 01 to 12, seasons 21 to 24')
    if match["day"] in (None, "XX"):
        return ("month", *_months(year, month, 1))
    day, last = int(match["day"]), days_in(year, month)
    if not 1 <= day <= last:
        raise ValueError(f'"{text}" has no such day: {match["day"]}; that month has {last} days')
    first = _number(year, month, day)
    return ("day", first, first + 1)


def _months(year: int, month: int, count: int) -> tuple[int, int]:
    after = year * 12 + month - 1 + count
    return (_number(year, month, 1), _number(after // 12, after % 12 + 1, 1))


_LAST = date.max.toordinal()
