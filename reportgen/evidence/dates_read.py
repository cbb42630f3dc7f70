"""A quote in, the dates that it prints out; a date and a quote in, which of its parts are read. Pure.

A text becomes atoms (year, month, day, span of a year), and what lies between two atoms says whether they belong
together: `25 June 2020`, `June 25–27, 2020`, `2020 жылғы 25 маусым`. Nothing is filled in that the quote does not
print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from reportgen.evidence.date_words import DateWords, date_words
from reportgen.evidence.fold import folded_words
from reportgen.model.edtf import Edtf

DatePartName = Literal["year", "season", "month", "day"]
DatePartState = Literal["read", "missing", "other"]

_EARLIEST, _LATEST = 1500, 2199
"""A bare number of four digits is a year only between these."""

_MONTHS_OF = {
    "early": range(1, 6),
    "start": range(1, 4),
    "mid": range(4, 10),
    "late": range(8, 13),
    "end": range(10, 13),
}
"""The months that `early 2019` and its like may mean; the words leave them open, so these bounds are wide."""
_DAYS_OF = {
    "early": range(1, 13),
    "start": range(1, 13),
    "mid": range(8, 24),
    "late": range(18, 32),
    "end": range(18, 32),
}
_SEASONS = {21: (3, 4, 5), 22: (6, 7, 8), 23: (9, 10, 11), 24: (12, 1, 2)}
"""EDTF's seasons of the north."""

_NUMERIC = re.compile(
    r"(?<![\w,/.])(?<!\d-)(?P<y>\d{4})(?P<ysep>[-/.])(?P<m>\d{1,2})"
    r"(?:(?P=ysep)(?P<d>\d{1,2})(?:[t ]\d\d:\d\d[\d:.]*z?)?)?"
    r"(?!\w|[/.,]\d|-\d)"
    r"|(?<![\w,/.])(?:(?P<d0>\d{1,2})-)?(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<z>\d{4}|\d{2})"
    r"(?=(?:г|ж)?(?:\W|$))(?![/.,]\d)"
    r"|(?P<cy>\d{4}) ?[年년](?: ?(?P<cm>\d{1,2}) ?[月월](?: ?(?P<cd>\d{1,2}) ?[日일])?)?"
)
_YEAR = re.compile(r"(?<![^\W_])\d{4}(?!\d)")
_DAY = re.compile(r"(?<![^\W_])\d{1,2}(?!\d)")
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[ ,]\d{3})+(?!\d)")
_AFTER_DATE = re.compile(r"\0(?: \d{1,2}[^\W\d]{0,2},?|,|-\d{1,2},?)? $")
"""What stands before the year of a date, its month being blanked out."""
_LONGEST_DAY = 24
"""Characters of a day in words, with what parts it from its month."""
_PLURAL = re.compile(r" [a-z]+[^s\W]s(?!\w)")
_COMMA_OR_DASH = re.compile(r" ?- ?|, ?|/| ?& ?")
_MARK = re.compile(r" ?(?:\.\.\.|\[\.\.\.\]) ?")
"""What parts the pieces of a quote, as folded."""


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date that a quote prints."""

    start: int
    """Where it begins in the folded text."""
    end: int
    """One past its last character there."""
    text: str
    """As it stands in the folded text, e.g. `25 june 2020`."""
    year: int | None = None
    """None where no year is printed with it."""
    months: frozenset[int] | None = None
    """One month is printed; of several the date lies in one; None where nothing is said."""
    days: frozenset[int] | None = None
    """As with the months."""
    season: int | None = None
    """EDTF's number of a season, 21 to 24."""
    firm: bool = True
    """Whether it is a date beyond doubt; a bare number of four digits before a noun is not."""

    @property
    def month(self) -> int | None:
        """The month that is printed."""
        return next(iter(self.months)) if self.months and len(self.months) == 1 else None

    @property
    def day(self) -> int | None:
        """The day of the month that is printed."""
        return next(iter(self.days)) if self.days and len(self.days) == 1 else None


@dataclass(frozen=True, slots=True)
class DatePart:
    """What a quote says of one part of a date."""

    name: DatePartName
    state: DatePartState
    value: int


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
        return DateReading("read", parts, read, printed)
    if "other" in states:
        return DateReading("contradicted", parts, read, printed)
    return DateReading("partial" if has_figures else "unread", parts, read, printed)


def dates_in(quote: str, language: str) -> tuple[tuple[ReadDate, ...], bool]:
    """The dates of a quote in its order, years given to days and months without one; and whether it has any figure.

    No date crosses the mark between two pieces of a quote, and a year of one piece serves another.
    """
    text = folded_words(quote)
    words = date_words(language)
    found: list[ReadDate] = []
    position = 0
    for mark in (*_MARK.finditer(text), None):
        end = mark.start() if mark else len(text)
        found += (replace(d, start=d.start + position, end=d.end + position) for d in _dates(text[position:end], words))
        position = mark.end() if mark else end
    has_figures = any(character.isdecimal() for character in text) or any(date.month for date in found)
    if any(date.firm and date.year for date in found):
        found = [date for date in found if date.firm]
    return tuple(_completed(found)), has_figures


def _nearest(value: Edtf, found: Sequence[ReadDate]) -> tuple[ReadDate | None, tuple[DatePart, ...]]:
    """The printed date that agrees best with a point in time, and its parts."""
    best: tuple[ReadDate | None, tuple[DatePart, ...]] = (None, _parts(value, None))
    chosen = (0, 0)
    for date in found:
        parts = _parts(value, date)
        states = [part.state for part in parts]
        if all(state == "read" for state in states):
            return date, parts
        # Of dates that do not carry the value, one that speaks against it comes after one that says less.
        rank = (1 if "other" in states else 3 if "read" in states else 2, states.count("read"))
        if rank > chosen:
            best, chosen = (date, parts), rank
    return best


def _parts(value: Edtf, date: ReadDate | None) -> tuple[DatePart, ...]:
    year, _, rest = value.text.rstrip("~?%").partition("-")
    wanted: list[tuple[DatePartName, int]] = [("year", int(year))]
    if value.precision == "season":
        wanted.append(("season", int(rest)))
    elif rest:
        month, _, day = rest.partition("-")
        wanted.append(("month", int(month)))
        if day:
            wanted.append(("day", int(day)))
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
    return "missing" if date.months is None or date.months & set(_SEASONS[number]) else "other"


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


# Atoms ---------------------------------------------------------------------------------------------------------------

AtomKind = Literal["year", "month", "day", "span", "whole", "void"]


@dataclass(frozen=True, slots=True)
class _Atom:
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


def _dates(text: str, words: DateWords) -> Iterator[ReadDate]:
    """The dates of one piece, in its order."""
    lower = "".join(character.lower() if len(character.lower()) == 1 else character for character in text)
    lower = lower.replace("ё", "е")
    atoms = sorted(_atoms(text, lower, words), key=lambda atom: atom.start)
    if not atoms:
        return
    gaps = [_gap(lower[one.end : other.start], one, other, words) for one, other in pairwise(atoms)] + ["break"]
    dates: list[tuple[ReadDate, int]] = []
    index = 0
    while index < len(atoms):
        made, after = _grouped(atoms, gaps, index, text, lower, words)
        dates += ((date, after) for date in made)
        index = after
    for date in _with_shared_years(dates, gaps):
        if not words.negated_before.search(lower[: date.start]) and not words.negated_after.match(lower, date.end):
            yield date


def _atoms(text: str, lower: str, words: DateWords) -> Iterator[_Atom]:
    rest = lower
    for pattern in words.voids:
        for found in pattern.finditer(rest):
            yield _Atom("void", *found.span())
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
            yield _Atom("month", *found.span(), number, months=frozenset((number,)), alone=alone)
            months.append(found.start())
            rest = _blanked(rest, *found.span())
    beside = rest
    for found in _YEAR.finditer(rest):
        atom_ = _year(found, lower, beside, words)
        if atom_ is not None:
            yield atom_
            rest = _blanked(rest, atom_.start, atom_.end)
    for found in _DAY.finditer(rest):
        day = _day(found, lower, words)
        if day is not None:
            yield day
    for month in months:
        for found in words.day_word.finditer(rest, max(0, month - _LONGEST_DAY), month):
            number = words.day_words[found.group()]
            yield _Atom("day", *found.span(), number, days=frozenset((number,)))


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + "\0" * (end - start) + text[end:]


def _numeric(found: re.Match[str], words: DateWords) -> _Atom:
    start, end = found.span()
    void = _Atom("void", start, end)
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


def _whole(start: int, end: int, year: int, month: int | None, day: int | None) -> _Atom:
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return _Atom("void", start, end)
    months = None if month is None else frozenset((month,))
    return _Atom("whole", start, end, year, months, None if day is None else frozenset((day,)))


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _span(found: re.Match[str], lower: str, words: DateWords) -> _Atom | None:
    """A quarter, half or season of a year, or its first months."""
    start, end = found.span()
    kind, text = next((kind, text) for kind, text in found.groupdict().items() if text)
    if kind == "season":
        doubt = words.season_doubts.get(text)
        follows = re.match(r",? \d{4}(?!\d)", lower[end:])
        if doubt and not doubt.search(lower[:start]) and not follows:
            return None
        season = words.seasons[text]
        return _Atom("span", start, end, months=frozenset(_SEASONS[season]), season=season)
    number = words.ordinal_of(text) or 0
    if kind == "quarter" and 1 <= number <= 4:
        return _Atom("span", start, end, months=frozenset(range(3 * number - 2, 3 * number + 1)))
    if kind == "half" and number in (1, 2, 4):
        half = min(number, 2)
        return _Atom("span", start, end, number=half, months=frozenset(range(6 * half - 5, 6 * half + 1)))
    if kind == "months" and 1 <= number <= 12:
        return _Atom("span", start, end, months=frozenset(range(1, number + 1)))
    return None


def _year(found: re.Match[str], lower: str, rest: str, words: DateWords) -> _Atom | None:
    """A year with the words that belong to it; None for a number of another kind, a void atom for a decade."""
    start, end = found.span()
    number = int(found.group())
    suffix = words.year_suffix.match(lower, end)
    before, after = lower[:start], lower[end:]
    decade = words.decade.match(lower, end)
    ends_range = re.search(r"(?<!\d)\d{4} ?- ?$", before) or re.search(rf"(?<!\d)\d{{4}}{words.join.pattern}$", before)
    if decade and number % 10 == 0 and not (suffix and ends_range):
        return _Atom("void", start, decade.end())
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
    return _Atom("year", start, suffix.end() if suffix else end, number, firm=firm)


def _goes_on(before: str, rest: str, words: DateWords) -> bool:
    """Whether what is glued before a year is a range's dash or a word such as `mid-`."""
    if before.endswith("-"):
        return bool(re.search(r"(?<!\d)\d{4}-$", before)) or bool(words.glued_before.search(before))
    return bool(re.search(r"(?<!\d)\d{4}, ?$|\w\.$", before)) and not before[-2:-1].isdigit()


def _day(found: re.Match[str], lower: str, words: DateWords) -> _Atom | None:
    start, end = found.span()
    number = int(found.group())
    before, after = lower[max(0, start - 2) : start], lower[end:]
    if not 1 <= number <= 31 or re.search(r"[\d\w][.,:]$|[$€£№#+/.]$", before) or re.match(r"[.,:/]\d|%| ?[%‰]", after):
        return None
    suffix = words.day_suffix.match(lower, end)
    if suffix is None and after[:1].isalpha():
        return None
    return _Atom("day", start, suffix.end() if suffix else end, number, days=frozenset((number,)))


# Groups --------------------------------------------------------------------------------------------------------------


def _gap(between: str, one: _Atom, other: _Atom, words: DateWords) -> str:
    """What lies between two atoms: `glue` of one date, a `join` of two, or a `break`."""
    kinds = (one.kind, other.kind)
    if kinds in words.glue and words.glue[kinds].fullmatch(between):
        return "glue"
    if "void" in kinds:
        return "break"
    if words.join.fullmatch(between) or _COMMA_OR_DASH.fullmatch(between):
        return "join"
    return "break"


def _grouped(
    atoms: Sequence[_Atom], gaps: Sequence[str], index: int, text: str, lower: str, words: DateWords
) -> tuple[list[ReadDate], int]:
    """The dates that begin at an atom, and the index after them."""
    atom = atoms[index]
    if atom.kind == "void":
        return [], index + 1
    if atom.kind == "whole":
        return [_date(text, atoms[index : index + 1], year=atom.number, months=atom.months, days=atom.days)], index + 1
    after = index + 1

    def glued(kind: AtomKind) -> bool:
        return after < len(atoms) and gaps[after - 1] == "glue" and atoms[after].kind == kind

    if atom.kind == "day":
        days = [atom]
        while after < len(atoms) and gaps[after - 1] == "join" and atoms[after].kind == "day":
            days.append(atoms[after])
            after += 1
        if not glued("month"):
            return [], index + 1
        month = atoms[after]
        after += 1
        year = None
        if glued("year"):
            year = atoms[after].number
            after += 1
        return _days(text, atoms[index:after], days, month, year), after
    if atom.kind == "month":
        if glued("day") and not words.is_count_after(lower, atom.start, atoms[after].end):
            days = [atoms[after]]
            after += 1
            while after < len(atoms) and gaps[after - 1] == "join" and atoms[after].kind == "day":
                if after + 1 < len(atoms) and gaps[after] == "glue" and atoms[after + 1].kind == "month":
                    break
                days.append(atoms[after])
                after += 1
            year = None
            if glued("year"):
                year = atoms[after].number
                after += 1
            return _days(text, atoms[index:after], days, atom, year), after
        if glued("year") and (atom.alone or words.doubts_before_year):
            year = atoms[after].number
            after += 1
            return [_qualified(_date(text, atoms[index:after], year=year, months=atom.months), lower, words)], after
        joined = [n for n, gap in ((index + 1, index), (index - 1, index - 1)) if gap >= 0 and gaps[gap] == "join"]
        if not atom.alone and not any(atoms[n].kind == "month" for n in joined):
            return [], after
        return [_qualified(_date(text, atoms[index:after], months=atom.months), lower, words)], after
    if atom.kind == "span":
        if glued("month"):
            month = atoms[after]
            after += 1
            year = None
            if glued("year"):
                year = atoms[after].number
                after += 1
            days_of = frozenset(range(1, 17)) if atom.number == 1 else frozenset(range(15, 32)) if atom.number else None
            return [_date(text, atoms[index:after], year=year, months=month.months, days=days_of)], after
        year = None
        if glued("year"):
            year = atoms[after].number
            after += 1
        elif atom.season:
            # A season without a year is too often a common word.
            return [], after
        return [_date(text, atoms[index:after], year=year, months=atom.months, season=atom.season)], after
    if atom.kind == "year":
        if glued("span"):
            span = atoms[after]
            return [
                _date(text, atoms[index : after + 1], year=atom.number, months=span.months, season=span.season)
            ], after + 1
        if glued("month") or glued("day"):
            beside = [*atoms[:after], replace(atoms[after], alone=True), *atoms[after + 1 :]]
            made, end = _grouped(beside, gaps, after, text, lower, words)
            if made and all(date.year is None for date in made):
                return [replace(date, year=atom.number, start=atom.start) for date in made], end
        date = _date(text, [atom], year=atom.number)
        return [_qualified(replace(date, firm=atom.firm), lower, words)], after
    return [], after


def _date(
    text: str,
    atoms: Sequence[_Atom],
    *,
    year: int | None = None,
    months: frozenset[int] | None = None,
    days: frozenset[int] | None = None,
    season: int | None = None,
) -> ReadDate:
    start, end = atoms[0].start, atoms[-1].end
    return ReadDate(start, end, text[start:end], year, months, days, season)


def _days(text: str, atoms: Sequence[_Atom], days: Iterable[_Atom], month: _Atom, year: int | None) -> list[ReadDate]:
    return [_date(text, atoms, year=year, months=month.months, days=day.days) for day in days]


def _qualified(date: ReadDate, lower: str, words: DateWords) -> ReadDate:
    """A year or a month with what stands beside it: `late 2017`, `the end of June`."""
    word = words.narrowed(lower[: date.start], lower[date.end :])
    if not word:
        return date
    if date.months is None:
        return replace(date, months=frozenset(_MONTHS_OF[word]))
    return replace(date, days=frozenset(_DAYS_OF[word]))


def _with_shared_years(dates: Sequence[tuple[ReadDate, int]], gaps: Sequence[str]) -> Iterator[ReadDate]:
    """Dates joined to one that prints a year share it: `from June to September 2021`. Soft years joined to firm ones
    are firm."""
    found = [date for date, _ in dates]
    ends = [after for _, after in dates]
    for index in range(len(found) - 2, -1, -1):
        this, following = found[index], found[index + 1]
        joined = ends[index] == ends[index + 1] or gaps[ends[index] - 1] == "join"
        if joined and this.year is None and (this.months or this.days):
            found[index] = replace(this, year=following.year)
        elif joined and following.firm and following.year and not this.firm:
            found[index] = replace(this, firm=True)
    for index in range(1, len(found)):
        before, this = found[index - 1], found[index]
        joined = ends[index] == ends[index - 1] or gaps[ends[index - 1] - 1] == "join"
        if joined and before.firm and before.year and not this.firm:
            found[index] = replace(this, firm=True)
        elif joined and this.year is None and before.year is not None and this.months:
            found[index] = replace(this, year=before.year)
    yield from found
