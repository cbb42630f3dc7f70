"""Tokens in, the runs of them that are a date or a part of one out, so that their digits count nothing. Pure.

What a date says is read elsewhere; here it only matters that its numbers are no numbers of anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.language.unit_reader import UnitReader

_LAST_DAY, _LAST_MONTH = 31, 12
_CHAINS = frozenset("-/.:—")


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """Tokens that are no number of anything."""

    first: int
    last: int
    reason: str


def dated(reader: UnitReader) -> Iterator[DatedSpan]:
    """The dates of a text, in their order, none inside another."""
    index = 0
    while index < len(reader.tokens):
        if span := _date_at(reader, index):
            yield span
            index = span.last
        else:
            index += 1


def _date_at(reader: UnitReader, index: int) -> DatedSpan | None:
    match reader.tokens[index].kind:
        case "number":
            return _chain(reader, index) or _years(reader, index) or _day_month(reader, index)
        case "word":
            return _day_month(reader, index) or _month_day(reader, index)
        case _:
            return None


def _number(reader: UnitReader, index: int) -> bool:
    token = reader.at(index)
    return token is not None and token.kind == "number"


def _chain(reader: UnitReader, index: int) -> DatedSpan | None:
    """`2021-06-05`, `05/06/2021`, `555-12-34`, `5:30`: runs of digits parted by one sign."""
    if not _number(reader, index):
        return None
    sign = reader.text(index + 1)
    if sign not in _CHAINS:
        return None
    position, links = index, 0
    while (
        reader.text(position + 1) == sign
        and reader.glued(position + 1)
        and reader.glued(position + 2)
        and _number(reader, position + 2)
    ):
        position, links = position + 2, links + 1
    if links >= 2 or (links == 1 and sign == ":"):
        return DatedSpan(index, position + 1, "it is a date, a time or a code")
    return None


def _years(reader: UnitReader, index: int) -> DatedSpan | None:
    """`2021-22`, `2005–17`, `2021/22`, `2019–2021`; and `2021-06`."""
    if not reader.is_year(index) or reader.text(index + 1) not in ("-", "/", "—"):
        return None
    other = reader.at(index + 2)
    if other is None or other.kind != "number" or not (reader.glued(index + 1) and reader.glued(index + 2)):
        return None
    if reader.is_year(index + 2):
        return None if _counts(reader, index + 3) else DatedSpan(index, index + 3, "it is a span of years")
    if len(other.text) != 2 or not other.text.isdecimal():
        return None
    year, end = int(reader.text(index)) % 100, int(other.text)
    if end > year or (year, end) == (99, 0):
        return DatedSpan(index, index + 3, "it is a span of years")
    is_month = 1 <= end <= _LAST_MONTH and reader.text(index + 1) == "-"
    return DatedSpan(index, index + 3, "it is a month of a year") if is_month else None


def _counts(reader: UnitReader, index: int) -> bool:
    """Whether a unit or a multiple follows."""
    if reader.multiple(index):
        return True
    found = reader.unit_at(index)
    return found is not None and found[1][0].name not in ("year", "g")


def _is_day(reader: UnitReader, index: int) -> bool:
    token = reader.at(index)
    if token is None:
        return False
    if token.kind == "number":
        return token.text.isdecimal() and 1 <= int(token.text) <= _LAST_DAY and len(token.text) <= 2
    value = reader.ordinal(index)
    return value is not None and 1 <= value <= _LAST_DAY


def _is_month(reader: UnitReader, index: int) -> bool:
    token = reader.at(index)
    if token is None or token.kind != "word" or reader.lexicon.month(token.text) is None:
        return False
    return token.is_capital or reader.lexicon.language != "en"


def _past_day(reader: UnitReader, index: int) -> int:
    """One past a day with its ordinal ending: `5th`, `5-го`, `25-і`."""
    end = index + 1
    word = reader.at(end)
    if word and word.kind == "word" and reader.glued(end) and word.text in reader.lexicon.words("ordinal_endings"):
        return end + 1
    if reader.text(end) == "-" and reader.glued(end) and reader.glued(end + 1):
        ending = reader.at(end + 1)
        if ending and ending.kind == "word" and len(ending.text) <= 4 and not _is_month(reader, end + 1):
            return end + 2
    return end


def _day_month(reader: UnitReader, index: int) -> DatedSpan | None:
    """`5 May 2021`, `the 5th of May`, `25–27 июня`, `2021 жылғы 5 мамыр`."""
    if not _is_day(reader, index):
        return None
    end = _past_day(reader, index)
    while _joins_days(reader, end) and _is_day(reader, end + 1):
        end = _past_day(reader, end + 1)
    if reader.text(end) in reader.lexicon.words("of") or (reader.text(end) == "-" and reader.glued(end)):
        end += 1
    if not _is_month(reader, end):
        return None
    return DatedSpan(index, _past_year(reader, _past_stop(reader, end + 1)), "it is a date")


def _month_day(reader: UnitReader, index: int) -> DatedSpan | None:
    """`May 5, 2021`, `June 25–27`, `маусымның 25-і`; in English not after `in`."""
    if not _is_month(reader, index):
        return None
    end = _past_stop(reader, index + 1)
    if not _is_day(reader, end) or not reader.lexicon.has_words:
        return None
    language = reader.lexicon.language
    if reader.lexicon.is_agglutinative:
        if not any(reader.text(index).endswith(ending) for ending in reader.lexicon.words("genitive")):
            return None
    elif language != "en":
        return None
    last = _past_day(reader, end)
    while reader.text(last) != "," and _joins_days(reader, last) and _is_day(reader, last + 1):
        last = _past_day(reader, last + 1)
    past_year = _past_year(reader, last)
    if past_year == last and (reader.text(index - 1) == "in" or _counts(reader, last)):
        return None
    return DatedSpan(index, past_year, "it is a date")


def _joins_days(reader: UnitReader, index: int) -> bool:
    word = reader.text(index)
    return word in ("-", "—", ",") or word in reader.lexicon.data.get("link", {})


def _past_stop(reader: UnitReader, index: int) -> int:
    return (
        index + 1 if reader.text(index) == "." and reader.glued(index) and len(reader.text(index - 1)) <= 5 else index
    )


def _past_year(reader: UnitReader, index: int) -> int:
    position = index + 1 if reader.text(index) == "," else index
    if reader.is_year(position) and not _counts(reader, position + 1):
        return position + 1
    return index
