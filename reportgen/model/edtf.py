"""EDTF text in (ISO 8601-2, levels 0 and 1), times as half-open days out. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Precision = Literal["year", "season", "month", "day", "interval"]

_POINT = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<mark>[~?%])?")
_DURATION = re.compile(r"P(?=[0-9])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?")
_EXAMPLES = "write it like 2021, 2021-11, 2021-11-20, 2020-06~ or 2020/2025"


@dataclass(frozen=True, slots=True)
class Edtf:
    """A time as its author wrote it, with the days that it covers. Made by `parse_edtf`."""

    text: str
    """As written, e.g. `2020-06~`."""
    start: date
    """First day; `date.min` where the beginning is open (`../2021`)."""
    end: date | None
    """The day after the last, or None where the end is open (`2021/..`)."""
    precision: Precision
    """How finely it is written; any text with a slash is an interval."""
    approximate: bool
    """Marked `~` or `%`, at either end. Does not change the days."""
    uncertain: bool
    """Marked `?` or `%`, at either end. Does not change the days."""

    @property
    def open_start(self) -> bool:
        """The beginning is not known or not bounded."""
        return self.start == date.min

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """By first day, then last, then text."""
        return (self.start, self.end or date.max, self.text)

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
    start = begin.start if begin else date.min
    end = finish.end if finish else None
    if end is not None and end <= start:
        raise ValueError(f'"{text}" ends before it begins; the earlier date stands first, as in 2020/2025')
    written = [point for point in (begin, finish) if point]
    return Edtf(
        text,
        start,
        end,
        "interval",
        any(point.approximate for point in written),
        any(point.uncertain for point in written),
    )


def looks_like_edtf(text: str) -> bool:
    """Whether a plain scalar is EDTF beyond a bare year, and so a date by itself."""
    if re.fullmatch(r"[0-9]{4}", text):
        return False
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True


def within(inner: Edtf, outer: Edtf) -> bool:
    """Whether every day of `inner` is a day of `outer`."""
    if inner.start < outer.start:
        return False
    return outer.end is None or (inner.end is not None and inner.end <= outer.end)


def overlaps(one: Edtf, other: Edtf) -> bool:
    """Whether the two share a day."""
    return (one.end is None or other.start < one.end) and (other.end is None or one.start < other.end)


def lie_within(one: Edtf, other: Edtf, duration: Duration) -> bool:
    """Whether the gap between the nearest ends is at most `duration`, by the calendar."""
    between = _between(one, other)
    return between is None or add_duration(between[0], duration) >= between[1]


def parse_duration(text: str) -> Duration:
    """An ISO 8601 duration of years, months, weeks and days, e.g. `P3M`. ValueError otherwise."""
    match = _DURATION.fullmatch(text)
    if not match:
        raise ValueError(f'"{text}" is not a duration; write it like P3M, P1Y6M, P2W or P10D')
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return Duration(text, 12 * years + months, 7 * weeks + days)


def add_duration(day: date, duration: Duration) -> date:
    """Months first, kept to the month's last day, then days. Stops at the calendar's last day."""
    month = day.year * 12 + day.month - 1 + duration.months
    year, month = month // 12, month % 12 + 1
    if year > date.max.year:
        return date.max
    try:
        return date(year, month, min(day.day, monthrange(year, month)[1])) + timedelta(days=duration.days)
    except OverflowError:
        return date.max


def _between(one: Edtf, other: Edtf) -> tuple[date, date] | None:
    """The end of the earlier and the start of the later, or None where they overlap."""
    if overlaps(one, other):
        return None
    earlier, later = sorted((one, other), key=lambda time: time.start)
    return (earlier.end, later.start) if earlier.end is not None else None


def _end(text: str) -> Edtf | None:
    return None if text in ("", "..") else _point(text)


def _point(text: str) -> Edtf:
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(f'"{text}" is not a date; {_EXAMPLES}')
    year, month = int(match["year"]), int(match["month"] or 0)
    if not 1 <= year < date.max.year:
        raise ValueError(f'"{text}" has a year outside 0001 to {date.max.year - 1}')
    precision, start, end = _days(text, year, month, match)
    mark = match["mark"]
    return Edtf(text, start, end, precision, mark in ("~", "%"), mark in ("?", "%"))


def _days(text: str, year: int, month: int, match: re.Match[str]) -> tuple[Precision, date, date]:
    if match["month"] is None:
        return ("year", date(year, 1, 1), date(year + 1, 1, 1))
    if 21 <= month <= 24 and match["day"] is None:  # spring, summer, autumn, winter of the north
        return ("season", *_months(year, 3 * (month - 20), 3))
    if not 1 <= month <= 12:
        raise ValueError(f'"{text}" has no such month: {match["month"]}; months are 01 to 12, seasons 21 to 24')
    if match["day"] is None:
        return ("month", *_months(year, month, 1))
    try:
        start = date(year, month, int(match["day"]))
    except ValueError:
        last = monthrange(year, month)[1]
        raise ValueError(f'"{text}" has no such day: {match["day"]}; that month has {last} days') from None
    return ("day", start, start + timedelta(days=1))


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    after = year * 12 + month - 1 + count
    return (date(year, month, 1), date(after // 12, after % 12 + 1, 1))
