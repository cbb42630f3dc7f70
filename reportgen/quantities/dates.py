"""A time in, its words in a language out. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from babel.dates import format_date as babel_date
from babel.dates import format_skeleton

from reportgen.language.locales import locale_of
from reportgen.model.edtf import Edtf

DateStyle = Literal["long", "short"]
_SEASONS = {
    "en": ("spring", "summer", "autumn", "winter"),
    "ru": ("весна", "лето", "осень", "зима"),
    "kk": ("көктем", "жаз", "күз", "қыс"),
}
_ABOUT = {"en": "around {0}", "ru": "примерно {0}", "kk": "шамамен {0}"}
_PERHAPS = {"en": "possibly {0}", "ru": "предположительно {0}", "kk": "болжам бойынша {0}"}
_SINCE = {"en": "since {0}"}
_UNTIL = {"en": "until {0}"}


@lru_cache(maxsize=4096)
def format_date(time: Edtf, lang: str, style: DateStyle = "long") -> str:
    """`20 November 2021`, `November 2021`, `2020–2025`, `around June 2020`; `short` shortens the month."""
    first, last = time.ends
    base = lang.partition("-")[0]
    if first is None or last is None:
        point = last if first is None else first
        if point is None:
            return time.text
        pattern = (_UNTIL if first is None else _SINCE).get(base, "–{0}" if first is None else "{0}–")
        return pattern.format(_point(point, lang, style))
    if first == last:
        return _point(time, lang, style)
    dash = "–" if first.precision == last.precision == "year" and not _marked(first, last) else " – "
    return f"{_point(first, lang, style)}{dash}{_point(last, lang, style)}"


def _point(time: Edtf, lang: str, style: DateStyle) -> str:
    base = lang.partition("-")[0]
    text = _bare(time, lang, style).replace("\u202f", "\u00a0").replace("\u2009", "\u00a0")
    if time.approximate:
        text = _ABOUT.get(base, "~{0}").format(text)
    return _PERHAPS.get(base, "{0}?").format(text) if time.uncertain else text


def _bare(time: Edtf, lang: str, style: DateStyle) -> str:
    locale = locale_of(lang)
    month = "MMMM" if style == "long" else "MMM"
    match time.precision:
        case "day":
            if locale.language == "en":
                return babel_date(time.start, f"d {month} y", locale)
            return babel_date(time.start, "long" if style == "long" else "medium", locale)
        case "month":
            return format_skeleton(f"y{month}", time.start, locale=locale)
        case "season":
            names = _SEASONS.get(locale.language)
            return f"{names[time.start.month // 3 - 1]} {time.start.year}" if names else time.text
        case _:
            return str(time.start.year)


def _marked(*times: Edtf) -> bool:
    return any(time.approximate or time.uncertain for time in times)
