"""The parts of dates that a text prints in, the dates that they make up out. Pure.

What lies between two parts says whether they are of one date (`25 June 2020`), of two joined ones (`June to September
2021`), or of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reportgen.evidence.date_atoms import AtomKind, DateAtom, date_atoms
from reportgen.evidence.date_words import DateWords
from reportgen.late_patterns import regex

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
_SHORT_LINK = regex(r"\W*[^\W\d]{0,4}\W*(?:[^\W\d]{1,8} )?")
"""What stands between the two dates of `between … and`: a word that joins, and `the end of` the like."""
_COMMA_OR_DASH = regex(r" ?- ?|, ?|/| ?& ?")


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
    bound: str = ""
    """The words that make it a bound of time, and not the time itself: `before June 2020`."""
    about: str = ""
    """The words that say that it is not known exactly: `around 2017`."""
    range: str = ""
    """Of one of two dates between which the time lies, the words that say so: `between 2017 and 2018`."""

    @property
    def month(self) -> int | None:
        """The month that is printed."""
        return next(iter(self.months)) if self.months and len(self.months) == 1 else None

    @property
    def day(self) -> int | None:
        """The day of the month that is printed."""
        return next(iter(self.days)) if self.days and len(self.days) == 1 else None


def printed_dates(text: str, words: DateWords) -> Iterator[ReadDate]:
    """The dates of a folded text, in its order; years are given only to dates that are joined to them."""
    lower = "".join(character.lower() if len(character.lower()) == 1 else character for character in text)
    lower = lower.replace("ё", "е")
    atoms = sorted(date_atoms(text, lower, words), key=lambda atom: atom.start)
    if not atoms:
        return
    between = ((lower[one.end : other.start], one, other) for one, other in pairwise(atoms))
    grouping = _Grouping(text, lower, words, atoms, [*(_gap(*pair, words) for pair in between), "break"])
    found = [*_with_shared_years(list(grouping.dates()), grouping.gaps)]
    for index, date in enumerate(found):
        if not words.negated_before.search(lower[: date.start]) and not words.negated_after.match(lower, date.end):
            within = next((said for n in (index, index - 1) if (said := _between(text, lower, found, n, words))), "")
            yield replace(date, bound=_bound(lower, date, words), about=_about(lower, date, words), range=within)


def _about(lower: str, date: ReadDate, words: DateWords) -> str:
    """What says that a date is not known exactly."""
    found = words.about_before.search(lower[: date.start]) or words.about_after.match(lower, date.end)
    return found.group().strip() if found else ""


def _between(text: str, lower: str, found: Sequence[ReadDate], index: int, words: DateWords) -> str:
    """The words by which the time lies between a date and the next one, such as both with `between` before them."""
    if not 0 <= index < len(found) - 1:
        return ""
    one, other = found[index], found[index + 1]
    before = words.between_before.search(lower[: one.start])
    after = words.between_after.match(lower, other.end)
    gap = lower[one.end : other.start]
    if not (before or after) or not (one.start == other.start or _SHORT_LINK.fullmatch(gap)):
        return ""
    return text[before.start() if before else one.start : after.end() if after else other.end]


def _bound(lower: str, date: ReadDate, words: DateWords) -> str:
    """What makes a date a bound; the end of a span of time, whose beginning is printed, is none."""
    before = words.bound_before.search(lower[: date.start])
    if before and not re.search(r"\d\W*$|\d\W+\w+\W*$", lower[: before.start()]):
        return before.group().strip()
    after = words.bound_after.match(lower, date.end)
    return after.group().strip() if after else ""


def _gap(between: str, one: DateAtom, other: DateAtom, words: DateWords) -> str:
    """What lies between two atoms: `glue` of one date, a `join` of two, or a `break`."""
    kinds = (one.kind, other.kind)
    if kinds in words.glue and words.glue[kinds].fullmatch(between):
        return "glue"
    if "void" in kinds:
        return "break"
    if words.join.fullmatch(between) or _COMMA_OR_DASH.fullmatch(between):
        return "join"
    return "break"


@dataclass(frozen=True, slots=True)
class _Grouping:
    """The atoms of a text, and what lies between them."""

    text: str
    lower: str
    words: DateWords
    atoms: Sequence[DateAtom]
    gaps: Sequence[str]
    """`glue`, `join` or `break` after each atom."""

    def dates(self) -> Iterator[tuple[ReadDate, int]]:
        """Each date, and the index of the atom after it."""
        index = 0
        while index < len(self.atoms):
            made, index = self._at(index)
            yield from ((date, index) for date in made)

    def _at(self, index: int) -> tuple[list[ReadDate], int]:
        """The dates that begin at an atom, and the index after them."""
        atom = self.atoms[index]
        match atom.kind:
            case "whole":
                date = self._date(index, index + 1, year=atom.number, months=atom.months, days=atom.days)
                return [date], index + 1
            case "day":
                return self._from_day(index)
            case "month":
                return self._from_month(index)
            case "span":
                return self._from_span(index)
            case "year":
                return self._from_year(index)
            case _:
                return [], index + 1

    def _from_day(self, index: int) -> tuple[list[ReadDate], int]:
        """`25 June 2020`, `25 and 27 June`; no date where no month follows."""
        after = self._days_from(index)
        if not self._glued(after, "month"):
            return [], index + 1
        year, end = self._year_at(after + 1)
        days = self.atoms[index:after]
        return [self._date(index, end, year=year, months=self.atoms[after].months, days=d.days) for d in days], end

    def _from_month(self, index: int) -> tuple[list[ReadDate], int]:
        """`June 25, 2020`, `June 2020`, `June`."""
        atom, after = self.atoms[index], index + 1
        if self._glued(after, "day") and not self.words.is_count_after(self.lower, atom.start, self.atoms[after].end):
            last = self._days_from(after)
            if last - after > 1 and self._glued(last, "month"):
                last -= 1  # `June 25 to 2 July`: the last day is of the month that follows
            year, end = self._year_at(last)
            days = self.atoms[after:last]
            return [self._date(index, end, year=year, months=atom.months, days=day.days) for day in days], end
        if self._glued(after, "year") and (atom.alone or self.words.doubts_before_year):
            year, end = self._year_at(after)
            return [self._narrowed(self._date(index, end, year=year, months=atom.months))], end
        joined = [
            at for at, gap in ((index + 1, index), (index - 1, index - 1)) if gap >= 0 and self.gaps[gap] == "join"
        ]
        if not atom.alone and not any(self.atoms[at].kind == "month" for at in joined):
            return [], after
        return [self._narrowed(self._date(index, after, months=atom.months))], after

    def _from_span(self, index: int) -> tuple[list[ReadDate], int]:
        """`Q3 2021`, `the first half of June 2022`, `summer 2021`."""
        atom, after = self.atoms[index], index + 1
        if self._glued(after, "month"):
            year, end = self._year_at(after + 1)
            days = (None, range(1, 17), range(15, 32))[atom.number]
            lie = None if days is None else frozenset(days)
            return [self._date(index, end, year=year, months=self.atoms[after].months, days=lie)], end
        year, end = self._year_at(after)
        if year is None and atom.season:
            # A season without a year is too often another word.
            return [], after
        return [self._date(index, end, year=year, months=atom.months, season=atom.season)], end

    def _from_year(self, index: int) -> tuple[list[ReadDate], int]:
        """`2021 Q3`, `2020 жылғы 25 маусым`, `2020`."""
        atom, after = self.atoms[index], index + 1
        if self._glued(after, "span"):
            span = self.atoms[after]
            date = self._date(index, after + 1, year=atom.number, months=span.months, season=span.season)
            return [date], after + 1
        if self._glued(after, "month") or self._glued(after, "day"):
            beside = [*self.atoms[:after], replace(self.atoms[after], alone=True), *self.atoms[after + 1 :]]
            made, end = replace(self, atoms=beside)._at(after)
            if made and all(date.year is None for date in made):
                text = self.text[atom.start : self.atoms[end - 1].end]
                return [replace(date, year=atom.number, start=atom.start, text=text) for date in made], end
        return [self._narrowed(replace(self._date(index, after, year=atom.number), firm=atom.firm))], after

    def _glued(self, index: int, kind: AtomKind) -> bool:
        """Whether an atom is of a kind, and of one date with the atom before."""
        return index < len(self.atoms) and self.gaps[index - 1] == "glue" and self.atoms[index].kind == kind

    def _days_from(self, index: int) -> int:
        """One past the days that are joined to the one at `index`, itself included."""
        index += 1
        while index < len(self.atoms) and self.gaps[index - 1] == "join" and self.atoms[index].kind == "day":
            index += 1
        return index

    def _year_at(self, index: int) -> tuple[int | None, int]:
        """The year that belongs to the date before an atom, and the index after it."""
        return (self.atoms[index].number, index + 1) if self._glued(index, "year") else (None, index)

    def _date(
        self,
        index: int,
        after: int,
        *,
        year: int | None = None,
        months: frozenset[int] | None = None,
        days: frozenset[int] | None = None,
        season: int | None = None,
    ) -> ReadDate:
        """A date of the atoms from `index` up to `after`."""
        start, end = self.atoms[index].start, self.atoms[after - 1].end
        return ReadDate(start, end, self.text[start:end], year, months, days, season)

    def _narrowed(self, date: ReadDate) -> ReadDate:
        """A year or a month with what stands beside it: `late 2017`, `the end of June`."""
        word = self.words.narrowed(self.lower[: date.start], self.lower[date.end :])
        if not word:
            return date
        if date.months is None:
            return replace(date, months=frozenset(_MONTHS_OF[word]))
        return replace(date, days=frozenset(_DAYS_OF[word]))


def _with_shared_years(dates: Sequence[tuple[ReadDate, int]], gaps: Sequence[str]) -> Iterator[ReadDate]:
    """Dates joined to one that prints a year share it, and a doubtful year joined to a firm one is firm."""
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
