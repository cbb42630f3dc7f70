"""Texts, numbers and dates of a chart in; widths, wrapped lines and localised texts out. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from reportgen.language.locales import locale_of
from reportgen.late_patterns import regex

FONT = "IBM Plex Sans"
DIGITS = regex(r"\d")
NBSP = "\u00a0"

_REGULAR = {
    24: "'", 25: "ijі", 27: ",.l’‘", 28: "!", 29: ":;", 31: "|", 32: "[]f", 33: "·", 34: "(){}", 35: "t", 37: "r",
    38: "/\\", 40: "-IІ", 42: '"', 44: "г", 45: "*ғ", 46: "z", 47: "°”т", 48: "?“", 49: "svұү", 50: "LcyГзсу",
    51: "Jx«»хэ", 52: "ьҒ", 53: "agkа", 54: "чя", 55: "e†екёә", 56: "F_oбвлоқө", 57: "ThnuТпһ", 58: "ESZbdpqЕрЁ",
    59: "Y–ЗийнъҰҮ", 61: "PVX₸РХ", 62: "C€₽Сң", 63: "KЬЭ", 64: "ARАБЧЯҺ", 65: "BВ", 66: "К", 67: "DҚ", 68: "UЛ",
    69: "&П", 70: "Gм", 71: "#HNOQИЙНОӘӨ", 72: "ы", 73: "ДЦ", 74: "ЪҢ", 75: "ф", 77: "wж", 78: "—ю", 80: "…ш",
    81: "MМ", 82: "щ", 84: "Ф", 87: "m", 88: "Ы", 89: "@W", 93: "%", 96: "ШЮ", 98: "Ж", 99: "Щ", 103: "№",
}  # fmt: skip
_BOLD = {
    27: "'", 29: "ijі", 30: "l’‘", 31: ",.", 32: "!", 33: ":;[]", 34: "()", 36: "f·", 37: "{}", 38: "t", 40: "-r|",
    43: "IІ", 44: "г", 46: "/\\ғ", 47: "°", 49: '"т', 50: "?s", 51: "Г", 52: "cz†с", 53: "Lyзу", 54: "v“”эҒұү",
    55: "g", 56: "J_eox«»еохьёәө", 57: "aаб", 58: "FTk£Твчя", 59: "–к", 61: "EZbdpqЕЗийлнрЁ", 62: "S", 63: "#€Уц",
    64: "ъ", 65: "CVY¥СңҰҮ", 66: "P₽БРЬд", 67: "BRXВХЭ", 68: "AАКЧЯҺ", 69: "U", 70: "DKҚ", 71: "OQОПӘӨ", 72: "&GHNИЙН",
    73: "м", 74: "Л", 76: "Ъ", 77: "Ц", 78: "—", 79: "Ң", 80: "ф", 81: "ы", 82: "MДМю", 84: "wш", 87: "ж", 88: "щ",
    89: "m", 90: "@…Ф", 93: "Ы", 97: "%W", 101: "Ж", 102: "Ю", 103: "Ш", 106: "№", 109: "Щ",
}  # fmt: skip
_SPACE, _OTHER = 24, 60
_WIDTHS = tuple({sign: width for width, signs in table.items() for sign in signs} for table in (_REGULAR, _BOLD))
"""Advance width of a character in hundredths of the font size, IBM Plex Sans 400 and 700; 60 for digits and others."""
_WIDE = 100
_HAN = "\u2e80-\u2fff\u3003-\u3007\u3040-\u9fff\uf900-\ufaff"
_AFTER = "\u3001\u3002\u300d\u300f\u3011\u30fb\u30fc\uff01\uff09\uff0c\uff1a\uff1f"
"""No line begins with these."""
_UNIT = f"( ?)([{_HAN}][{_AFTER}]*|[^ {_HAN}]+)"
"""What no line is broken within, and the space before it: a word, or a sign of Chinese or Japanese with its comma."""


def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of one line of `text`, in px; within 2% of the font's own width without kerning."""
    table = _WIDTHS[bold]
    return sum(_SPACE if sign in " \u00a0" else table.get(sign) or _other(sign) for sign in text) * size / 100


def _other(sign: str) -> int:
    """Of a sign of which no width is known."""
    if sign < "\u0300":
        return _OTHER
    if unicodedata.east_asian_width(sign) in "WF":
        return _WIDE
    return 0 if unicodedata.category(sign) in ("Mn", "Cf") else _OTHER


def wrap(text: str, size: float, width: float, bold: bool = False) -> tuple[str, ...]:
    """`text` in lines no wider than `width` px, of similar width; a longer word has a line of its own."""
    if text_width(text, size, bold) <= width:
        return (text,)
    lines = _broken(text, size, width, bold)
    low, high = width / 2, width
    for _ in range(6):  # the narrowest width that needs no more lines makes even lines
        middle = (low + high) / 2
        if len(_broken(text, size, middle, bold)) <= len(lines):
            high = middle
        else:
            low = middle
    return _broken(text, size, high, bold)


def shortened(text: str, size: float, width: float, bold: bool = False) -> str:
    """`text` cut at a word, with an ellipsis, so that it is no wider than `width` px."""
    if text_width(text, size, bold) <= width:
        return text
    while text and text_width(text + "…", size, bold) > width:
        head, _, _ = text.rpartition(" ")
        text = head or text[:-1]
    return text.rstrip(" ,;:–—") + "…"


def number_text(value: Fraction, decimals: int, lang: str) -> str:
    """`value` with `decimals` decimals in the page's language."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals > 0 else "")
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = format_decimal(exact, format=pattern, locale=locale_of(lang))
    return text.replace("\u202f", NBSP).replace("-", "−")


def month_text(day: date, lang: str) -> str:
    """`Oct 2020` in the page's language."""
    return _skeleton("yMMM", day, lang)


def day_text(day: date, lang: str) -> str:
    """`5 Oct` in the page's language."""
    return _skeleton("MMMd", day, lang)


@cache
def calendar_words(lang: str) -> dict[str, Any]:
    """How plotly.js is to name months and days in the page's language, as it has it for a locale."""
    months, days = locale_of(lang).months, locale_of(lang).days["format"]
    of_year = (months["stand-alone"]["wide"], months["format"]["abbreviated"])
    named, short = ([names[n] for n in range(1, 13)] for names in of_year)
    week, letters = ([names[n] for n in (6, *range(6))] for names in (days["wide"], days["abbreviated"]))  # from Sunday
    dates = {"year": "%Y", "month": "%b %Y", "dayMonth": "%-d %b", "dayMonthYear": "%-d %b %Y", "date": "%d.%m.%Y"}
    return {"months": named, "shortMonths": short, "days": week, "shortDays": letters, **dates}


def separators(lang: str) -> str:
    """The mark before decimals and that between thousands, as plotly.js takes them."""
    marks = locale_of(lang).number_symbols["latn"]
    return str(marks["decimal"] + marks["group"].replace("\u202f", NBSP))


def _skeleton(skeleton: str, day: date, lang: str) -> str:
    return format_skeleton(skeleton, day, locale=locale_of(lang)).replace("\u202f", NBSP)


def _broken(text: str, size: float, width: float, bold: bool) -> tuple[str, ...]:
    lines: list[str] = []
    for space, word in re.findall(_UNIT, text):
        if lines and text_width(f"{lines[-1]}{space}{word}", size, bold) <= width:
            lines[-1] += f"{space}{word}"
        else:
            lines.append(word)
    return tuple(lines)
