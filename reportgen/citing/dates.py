"""A reference as pandoc writes it in, the same with its dates as its language writes them out. Reads Babel's data.

English styles put the month first, in whatever language they are set, and pandoc's locales have one form of its name:
`Februar 12`, `二月 12`, `12 февраль 2024 г.`, and a full stop after that of `г.`. A month before its day is written as
CLDR has the two; one after it has the form that stands beside a day: `12 февраля`. A style that asks for a year and
then for its month and day is given a date in words twice.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from functools import cache
from html import escape
from typing import Any

from babel.dates import format_skeleton

from reportgen.language.cldr import locale_of
from reportgen.late_patterns import regex

_TAG = regex(r"(<[^>]*>)")
_FIRST = regex(r"^1(?= )")
_TWO_STOPS = regex(r"(?<=\bг\.)\.(?!\.)")
"""After a year's `г.`, where a style ends the sentence."""


def with_dates(html: str, lang: str) -> str:
    """A reference with its dates mended."""
    base = lang.partition("-")[0]
    months, patterns = _months(base)
    if patterns is None:
        return html
    month_first, day_first = patterns

    def turned(found: re.Match[str]) -> str:
        return _day_of(int(found["day"]), months[found["month"].lower()], base)

    def beside(found: re.Match[str]) -> str:
        name = _beside_a_day(base, months[found["month"].lower()])
        return found["day"] + (found["month"] if name.lower() == found["month"].lower() else name)

    def mended(piece: str) -> str:
        return _TWO_STOPS.sub("", day_first.sub(beside, month_first.sub(turned, piece)))

    return "".join(piece if piece.startswith("<") else mended(piece) for piece in _TAG.split(html))


def said_once(html: str, item: Mapping[str, Any]) -> str:
    """A reference to a CSL item in which none of its dates in words follows on itself."""
    dates = [date for date in item.values() if isinstance(date, Mapping)]
    said = {str(date[key]) for date in dates for key in ("literal", "raw") if date.get(key)}
    for words in sorted(escape(each, quote=False) for each in said):
        html = html.replace(f"{words}, {words}", words)
    return html


@cache
def _months(base: str) -> tuple[Mapping[str, int], tuple[re.Pattern[str], re.Pattern[str]] | None]:
    """Each name of a month -> its number; patterns of a month before a day and of one after it. None where the month
    goes first."""
    locale = locale_of(base)
    if locale is None or locale.date_formats["long"].pattern.startswith("M"):
        return {}, None
    months: dict[str, int] = {}
    for context in ("stand-alone", "format"):
        months |= {str(name).lower(): n for n, name in locale.months[context]["wide"].items()}
    names, day = "|".join(map(re.escape, months)), r"(?:3[01]|[12]\d|[1-9])"
    month_first = rf"(?<!\w)(?P<month>{names})[ \u00a0](?P<day>{day})(?!\w|[ \u00a0]?[–-])(?:,(?= \d{{4}}))?"
    day_first = rf"(?<![\d.,/–-])(?P<day>{day}\.?[ \u00a0])(?P<month>{names})\b"
    return months, (re.compile(month_first, re.I), re.compile(day_first, re.I))


def _day_of(day: int, month: int, base: str) -> str:
    """`12. Februar`, `12 de febrero`, `2月12日`."""
    said = str(format_skeleton("MMMMd", date(2024, month, min(day, monthrange(2024, month)[1])), locale=base))
    return _FIRST.sub("1er", said) if base == "fr" and day == 1 else said


def _beside_a_day(base: str, month: int) -> str:
    locale = locale_of(base)
    return str(locale.months["format"]["wide"][month]) if locale else ""
