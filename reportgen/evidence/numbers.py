"""A quote in, the numbers that can be read out of it, out. Pure.

The rule for marks is DESIGN's: one comma or point before exactly three digits is decimal only if the language writes it
so, or after a lone 0; otherwise it parts thousands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from reportgen.evidence.fold import folded_words
from reportgen.language import vocabulary as words
from reportgen.language.number_words_read import worded_number
from reportgen.language.vocabulary import RelationSign

_MARKS = "²³¹⁰⁴-⁹₀-₉"
_PARTS = "½⅓⅔¼¾⅕-⅞"
_NUMBER = re.compile(
    r"(?P<chain>\d+(?:-\d+){2,})"
    rf"|(?P<figures>(?:\d{{1,3}}(?: \d{{3}})+(?!\d)|\d+)(?:[.,:/']\d+)*(?: ?[{_PARTS}]|[{_MARKS}]+)?|[{_PARTS}])"
    r"|(?P<words>(?<![^\W_])[A-Za-z]+)"
)
_GROUPED = re.compile(
    r"(?P<whole>\d{1,3}(?P<mark>[ ,.'])\d{3}(?:(?P=mark)\d{3})*)(?:(?!(?P=mark))[.,](?P<decimals>\d+))?"
)
_PLAIN = re.compile(r"(?P<whole>\d+)(?:(?P<mark>[.,])(?P<decimals>\d+))?")
_WITH_PART = re.compile(rf"(?P<whole>\d*) ?(?P<part>[{_PARTS}])")
_POWER = re.compile(r" ?[×x·*] ?10(?P<power>[⁻⁰¹²³⁴-⁹]+)(?!\w)")
_POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_GLUED = re.compile(r"°C|[^\W\d_]+(?:/s)?")
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
_CURRENCY_BEFORE = re.compile(rf"{words.CURRENCY} ?$")
_SIGN = re.compile(rf"(?:^|(?<=[\s(\[\"'*]))(?:(?P<sign>[-+±])(?:{words.CURRENCY})?|{words.CURRENCY}(?P<inner>[-+±]))$")
_TO = re.compile(rf" ?(?:(?P<dash>-)|(?:to|or|and|до|и)(?= )) ?(?:{words.CURRENCY})? ?", re.IGNORECASE)
_LOOK_BACK = 40
"""How far before a number its sign, currency and relation are looked for, in characters."""


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number as a reader of the quote would understand it."""

    start: int
    """Where it begins in the folded text, its sign included."""
    end: int
    """Where it ends there, its multiple and percent sign included."""
    text: str
    """As it stands in the folded text, e.g. `82 billion`."""
    value: Fraction
    """Its multiple included; percent is left as it stands: `18.10%` is 18.1."""
    percent: bool = False
    relations: tuple[RelationSign, ...] = ()
    """What the words beside it say; any of these is a fair reading (`nearly` is `~` or `<`). None of them means `=`."""
    relation_word: str = ""
    """The words that say so, e.g. `up to`."""


@dataclass(frozen=True, slots=True)
class NotRead:
    """Why a value cannot be read out of its quotes."""

    reason: str
    """In the author's terms, without a full stop."""
    numbers: tuple[str, ...]
    """What can be read there instead."""


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A run of text that is one number, or that is made of digits and is none, such as a date."""

    start: int
    end: int
    value: Fraction | None
    """None for what looks like a number and is not."""
    multiple: Fraction = Fraction(1)
    """What its own multiple multiplied by."""
    percent: bool = False


def read_numbers(text: str, decimal: str = ".") -> tuple[ReadNumber, ...]:
    """Every number in the text, in its order. `decimal` is the mark before decimals in the text's language."""
    folded = folded_words(text)
    spans = tuple(number_spans(folded, decimal))
    found: list[ReadNumber] = []
    for before, span, after in zip((None, *spans), spans, (*spans[1:], None), strict=False):
        for reading in _in_range(folded, span, after):
            if reading.value is not None:
                relations, word = _relation(folded, before, reading)
                said = folded[reading.start : reading.end]
                found.append(
                    ReadNumber(reading.start, reading.end, said, reading.value, reading.percent, relations, word)
                )
    return tuple(found)


def value_in_quote(
    number: Fraction, unit_scale: Fraction, is_percent: bool, quotes: Iterable[str], language: str
) -> ReadNumber | NotRead:
    """Where a value stands in its quotes, or why it does not.

    `unit_scale` is the multiple in the fact's unit: 10**9 for `82` in `billion KZT`, else 1. `language` is the
    source's, else the site's.
    """
    read = [found for quote in quotes for found in read_numbers(quote, decimal_mark(language))]
    equal = [found for found in read if found.value == number * unit_scale]
    for found in equal:
        if found.percent == is_percent:
            return found
    numbers = tuple(dict.fromkeys(found.text for found in read))
    if equal:
        missing = "has no percent sign there" if is_percent else "is a percentage there"
        return NotRead(f'the quote has "{equal[0].text}", which {missing}', numbers)
    if not numbers:
        return NotRead("no number can be read out of the quote", numbers)
    return NotRead("the quote has " + " and ".join(f'"{text}"' for text in numbers), numbers)


def missing_relation(read: ReadNumber, relation: str) -> str:
    """What the quote says beside the number that the fact does not, e.g. `"over" is >`; empty if they agree."""
    if not read.relations or relation in read.relations:
        return ""
    return f'"{read.relation_word}" is {read.relations[0]}'


@lru_cache
def decimal_mark(language: str) -> str:
    """The mark before decimals in a language given by its BCP 47 tag: a point where the language is unknown."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_decimal_symbol

    try:
        mark = get_decimal_symbol(Locale.parse(language.replace("_", "-"), sep="-"))
    except (UnknownLocaleError, ValueError):
        return "."
    return mark if mark == "," else "."


def number_spans(text: str, decimal: str = ".") -> Iterator[NumberSpan]:
    """Each number of a folded text, and each run of digits that is none."""
    position = 0
    while match := _NUMBER.search(text, position):
        position = match.end()
        span: NumberSpan | None
        if match["words"]:
            worded = worded_number(text, match.start())
            span = _completed(text, match.start(), worded.end, worded.value, worded.multiple) if worded else None
        elif match["chain"]:
            span = NumberSpan(match.start(), match.end(), None)
        else:
            span = _figures(text, match, decimal)
        if span:
            position = span.end
            yield span


def _figures(text: str, match: re.Match[str], decimal: str) -> NumberSpan:
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    end = match.end()
    signed = _SIGN.search(before)
    sign = signed and (signed["sign"] or signed["inner"])
    start = match.start() - len(signed.group()) if signed else match.start()
    value = _value(match.group(), decimal)
    if value is None or sign == "±" or _is_inside(before, bool(sign)):
        return NumberSpan(start, end, None)
    if sign == "-":
        value = -value
    if glued := _GLUED.match(text, end):
        letters = glued.group()
        has_currency = bool(_CURRENCY_BEFORE.search(before.rstrip("-+")))
        short = words.SHORT_MULTIPLES.get(letters.lower())
        if short and (has_currency or letters == "k"):
            return NumberSpan(start, glued.end(), value * short, Fraction(short))
        if letters in _ORDINAL_ENDS:
            return NumberSpan(start, glued.end(), value)
        if letters not in words.UNITS and not words.MULTIPLE.match(text, end):
            return NumberSpan(start, end, None)
    return _completed(text, start, end, value)


def _is_inside(before: str, signed: bool) -> bool:
    """Whether digits after this text are a part of something longer: of a name, of `.5`, of `COVID-19`."""
    last, rest = before[-1:], before[:-1]
    if last in (".", ","):
        return not rest or rest[-1].isspace() or rest[-1].isdigit()
    if last == "-":
        return not signed and not re.search(r"[\d%]$", rest)
    return last.isalnum() or last == "_"


def _value(run: str, decimal: str) -> Fraction | None:
    if found := _WITH_PART.fullmatch(run):
        return Fraction(found["whole"] or 0) + Fraction(unicodedata.numeric(found["part"])).limit_denominator(10)
    if (found := _GROUPED.fullmatch(run)) and not _is_decimal(found, decimal):
        whole = re.sub(r"[ ,.']", "", found["whole"])
        return Fraction(f"{whole}.{found['decimals'] or 0}")
    if found := _PLAIN.fullmatch(run):
        decimals = found["decimals"] or "0"
        if len(decimals) == 3 and found["mark"] != decimal and found["whole"] != "0":
            return None
        return Fraction(f"{found['whole']}.{decimals}")
    return None


def _is_decimal(grouped: re.Match[str], decimal: str) -> bool:
    """Whether what looks like one group of thousands is three decimals."""
    whole, mark, rest = grouped["whole"].partition(grouped["mark"])
    is_one = len(rest) == 3 and not grouped["decimals"] and mark in ",."
    return is_one and (mark == decimal or whole == "0")


def _completed(text: str, start: int, end: int, value: Fraction, multiple: Fraction = Fraction(1)) -> NumberSpan:
    """The span with the multiples and the percent sign that follow."""
    while found := words.MULTIPLE.match(text, end):
        multiple *= words.multiple_of(found)
        value *= words.multiple_of(found)
        end = found.end()
    if power := _POWER.match(text, end):
        multiple *= Fraction(10) ** int(power["power"].translate(_POWERS))
        value, end = value * multiple, power.end()
    if found := words.PERCENT.match(text, end):
        return NumberSpan(start, found.end(), value, multiple, percent=True)
    return NumberSpan(start, end, value, multiple, percent=bool(words.DISTANT_PERCENT.match(text, end)))


def _in_range(text: str, span: NumberSpan, after: NumberSpan | None) -> tuple[NumberSpan, ...]:
    """The span's readings: at the lower end of a range it may share the multiple and percent sign of the upper."""
    if after is None or span.value is None or after.value is None or span.multiple != 1 or span.percent:
        return (span,)
    link = _TO.fullmatch(text, span.end, after.start)
    if not link or (after.multiple == 1 and not after.percent):
        return (span,)
    shared = replace(span, value=span.value * after.multiple, multiple=after.multiple, percent=after.percent)
    if link["dash"]:
        return (shared,)
    if link.group().strip().lower() in ("and", "и") and not re.search(r"(between|между) $", text[: span.start], re.I):
        return (span,)
    return shared, span


def _relation(text: str, before: NumberSpan | None, span: NumberSpan) -> tuple[tuple[RelationSign, ...], str]:
    if not (before and _TO.fullmatch(text, before.end, span.start)):
        said = text[max(0, span.start - _LOOK_BACK) : span.start]
        for pattern, relations in words.RELATION_BEFORE:
            if found := pattern.search(said):
                return relations, found[1].strip()
    for pattern, relations in words.RELATION_AFTER:
        if found := pattern.match(text, span.end):
            return relations, found[1].strip()
    return (), ""
