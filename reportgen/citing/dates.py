"""A reference as pandoc writes it in, the same with its dates as its language writes them out. Reads Babel's data.

Styles of other languages put the month first, and pandoc's locales have one form of its name: `февраль 12`,
`12 февраль 2024 г.`, and a full stop after that of `г.`. Where a language names a month otherwise beside a day, the day
goes first and the month has that form: `12 февраля`. A style that asks for a year and then for its month and day is
given a date in words twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from reportgen.language.cldr import locale_of

_TAG = re.compile(r"(<[^>]*>)")
_TWO_STOPS = re.compile(r"(?<=\bг\.)\.(?!\.)")
"""After a year's `г.`, where a style ends the sentence."""


def with_dates(html: str, lang: str) -> str:
    """A reference with its dates mended; the same where a language has one form of each month."""
    beside_day, date = _months(lang.partition("-")[0])
    if date is None:
        return html

    def mended(found: re.Match[str]) -> str:
        month, space, day = (found["month"], found["after"], found["last"]) if found["last"] else (
            found["name"], found["before"], found["first"],
        )  # fmt: skip
        return f"{day}{space}{beside_day[month.lower()]}"

    pieces = _TAG.split(html)
    return "".join(piece if piece.startswith("<") else _TWO_STOPS.sub("", date.sub(mended, piece)) for piece in pieces)


def said_once(html: str, item: Mapping[str, Any]) -> str:
    """A reference to a CSL item in which none of its dates in words follows on itself."""
    dates = [date for date in item.values() if isinstance(date, Mapping)]
    said = {str(date[key]) for date in dates for key in ("literal", "raw") if date.get(key)}
    for words in sorted(escape(each, quote=False) for each in said):
        html = html.replace(f"{words}, {words}", words)
    return html


@cache
def _months(base: str) -> tuple[Mapping[str, str], re.Pattern[str] | None]:
    """Each month alone -> its name beside a day, where the two differ; a pattern of a day and a month alone."""
    locale = locale_of(base)
    if locale is None:
        return {}, None
    alone, beside = (locale.months[context]["wide"] for context in ("stand-alone", "format"))
    differ = {str(alone[n]).lower(): str(beside[n]) for n in alone if str(alone[n]).lower() != str(beside[n]).lower()}
    if not differ:
        return {}, None
    names, space, day = "|".join(differ), "[ \u00a0]", r"(?:3[01]|[12]\d|[1-9])(?!\d)"
    pattern = (
        rf"(?<![\d.,/–-])(?P<first>{day})(?P<before>{space})(?P<name>{names})\b"
        rf"|\b(?P<month>{names})(?P<after>{space})(?P<last>{day})"
    )
    return differ, re.compile(pattern, re.I)
