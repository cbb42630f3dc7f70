"""The time of a fact and the words that it quotes in; the words that print another time out. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable

from reportgen.evidence.date_groups import ReadDate
from reportgen.evidence.dates_read import dates_in
from reportgen.evidence.fold import folded_words
from reportgen.evidence.moods import moods_in
from reportgen.evidence.said_numbers import VALUE
from reportgen.evidence.times import is_compared_with, is_of_event
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import is_one_of, listed_words
from reportgen.language.words import lower, with_plain_digits, words_of
from reportgen.late_patterns import regex
from reportgen.model.edtf import Edtf, lie_within, overlaps, parse_duration, parse_edtf

_ABOUT = parse_duration("P6M")
_BEFORE, _BEHIND = 3, 4
"""Words beside a date in a claim among which the verb stands that tells of it."""
_NAME = 5
"""Words between what is named by a year and the year: `the Law on Waste of 1995`."""
_PARTS = regex(r"[,;:.)]")
_YEAR = regex(r"(?<![\d.,])\d{4}(?![\d%]|[.,]\d)")


def other_times(as_of: Edtf, texts: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What quoted words, each with its language, print of times, where none of it is or includes `as_of`; else nothing.

    Dates that bound a time, or with which something is compared, say nothing of when it was so. Between two dates lies
    what they say, unless something rises or falls from the one to the other.
    """
    others: dict[str, None] = {}
    times: list[Edtf] = []
    is_change = False
    for text, language in texts:
        folded = folded_words(text)
        is_change = is_change or bool(listed_words("directions", text, language))
        if not lexicon(language).has_words and _prints_year(as_of, text):
            return ()  # of "5 en 2017 a 6 en 2022", with "en" unknown, the last year alone is surely one
        for date in dates_in(text, language)[0]:
            if _may_be(as_of, date):
                return ()
            times += [] if date.year is None else [_in_year(date, date.year)]
            place = (folded, date.start, date.end, language)
            if date.firm and not date.bound and not is_compared_with(*place) and not is_of_event(*place):
                others |= {} if _is_named_by(folded, date, language) else {date.text: None}
    if times and overlaps(as_of, _from_first_to_last(times)):
        return tuple(others) if is_change and len(others) > 1 else ()  # `rose between 1991 and 2023`, of 2000
    return tuple(others)


def _is_named_by(folded: str, date: ReadDate, language: str) -> bool:
    """Whether a date is part of the name of something, and no time of what is told of it: `the treaty of 1648`."""
    before, after = lower(folded[: date.start]), lower(folded[date.end :])
    beside = lexicon(language).data.get("named_by_year_with")
    if not beside:
        return False
    for word in listed_words("named_by_year", before, language):
        between = before[word.end :].split()
        if "before" not in word.codes or len(between) > _NAME or _PARTS.search(before, word.end):
            continue
        joins = beside["joins"]
        if (between[-1] if between else "") in joins and (len(between) < 2 or between[0] in joins):
            return True
    return lower(date.text).endswith(tuple(beside["attributive"])) and any(
        "after" in word.codes and not after[: word.start].strip()
        for word in listed_words("named_by_year", after, language)
    )


def reached_later(as_of: Edtf, texts: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The times by which quoted words say that something was so, each later than `as_of`: `by the end of 2024`. Nothing
    where another date may be the time."""
    found: dict[str, None] = {}
    for text, language in texts:
        words = lexicon(language).data.get("reached", ())
        for date in dates_in(text, language)[0]:
            if _may_be(as_of, date):
                return ()
            if date.firm and date.year is not None and date.bound.lower() in words and as_of.after is not None:
                first = _in_year(date, date.year).first
                words_of_it = (date.text, date.bound) if lexicon(language).is_agglutinative else (date.bound, date.text)
                found |= {" ".join(words_of_it): None} if first and first >= as_of.after else {}
    return tuple(found)


def months_in(text: str, language: str) -> tuple[tuple[str, Edtf], ...]:
    """The months and days of a year that a text prints, in its words and as times."""
    dates = dates_in(text, language)[0]
    return tuple((date.text, _in_year(date, date.year)) for date in dates if date.year is not None and date.month)


def is_told_as_past(claim: str, language: str) -> bool:
    """Whether a claim tells of its date as of what is over: by the form of a verb near it, and no word of mood."""
    known = lexicon(language).data.get("past")
    before, _, after = claim.partition(VALUE)
    if not known or moods_in(f"{before}5{after}", language):
        return False
    near = [*words_of(lower(folded_words(before)))[-_BEFORE:], *words_of(lower(folded_words(after)))[:_BEHIND]]
    if any(is_one_of(word, known["not"]) for word in near):
        return False
    return any(is_one_of(word, known["forms"]) for word in near)


def prints_time(as_of: Edtf, text: str, language: str) -> bool:
    """Whether a text prints a time that is or includes `as_of`."""
    return any(_may_be(as_of, date) for date in dates_in(text, language)[0])


def _prints_year(as_of: Edtf, text: str) -> bool:
    years = {end.start.year for end in as_of.ends if end is not None} if as_of.precision == "interval" else set()
    years |= {as_of.start.year}
    return any(int(found) in years for found in _YEAR.findall(with_plain_digits(text)))


def _may_be(as_of: Edtf, date: ReadDate) -> bool:
    """Whether a date, which may lack its year, is, includes or touches a time; `2020-06~` is about then."""
    if date.year is not None:
        time = _in_year(date, date.year)
        if overlaps(as_of, time) or (as_of.approximate and lie_within(as_of, time, _ABOUT)):
            return True
        # The end of 2021 is as well the first of January 2022.
        return as_of.precision == "day" and (as_of.first == time.after or as_of.after == time.first)
    if as_of.first is None or as_of.after is None or as_of.off_calendar:
        return True
    years = range(as_of.start.year, (as_of.end or as_of.start).year + 1)
    given = (_in_year(date, year) for year in years) if len(years) < 3 else ()
    return len(years) > 2 or any(overlaps(as_of, time) for time in given)


def _in_year(date: ReadDate, year: int) -> Edtf:
    """From the first day that a printed date may be to the last."""
    months = date.months or frozenset(range(1, 13))
    days = date.days or frozenset(range(1, 32))
    first, last = (min(months), min(days)), (max(months), max(days))
    ends = (f"{year:04}-{month:02}-{min(day, monthrange(year, month)[1]):02}" for month, day in (first, last))
    return parse_edtf("/".join(ends))


def _from_first_to_last(times: list[Edtf]) -> Edtf:
    return parse_edtf(f"{min(time.first_day for time in times)}/{max(time.text.partition('/')[2] for time in times)}")
