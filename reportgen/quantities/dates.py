"""A time in, its words in a language out. Pure."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from babel.dates import format_date as babel_date
from babel.dates import format_skeleton

from reportgen.language.locales import locale_of
from reportgen.model.edtf import Edtf

DateStyle = Literal["long", "short"]
_SEASONS = {
    "en": ("spring {}", "summer {}", "autumn {}", "winter {}"),
    "ru": ("весна {}", "лето {}", "осень {}", "зима {}"),
    "kk": ("көктем {}", "жаз {}", "күз {}", "қыс {}"),
    "ar": ("ربيع {}", "صيف {}", "خريف {}", "شتاء {}"),
    "de": ("Frühling {}", "Sommer {}", "Herbst {}", "Winter {}"),
    "es": ("primavera de {}", "verano de {}", "otoño de {}", "invierno de {}"),
    "fr": ("printemps {}", "été {}", "automne {}", "hiver {}"),
    "he": ("אביב {}", "קיץ {}", "סתיו {}", "חורף {}"),
    "it": ("primavera {}", "estate {}", "autunno {}", "inverno {}"),
    "ja": ("{}年春", "{}年夏", "{}年秋", "{}年冬"),
    "pl": ("wiosna {}", "lato {}", "jesień {}", "zima {}"),
    "pt": ("primavera de {}", "verão de {}", "outono de {}", "inverno de {}"),
    "uk": ("весна {}", "літо {}", "осінь {}", "зима {}"),
    "zh": ("{}年春季", "{}年夏季", "{}年秋季", "{}年冬季"),
}
"""By hand: CLDR has no names of seasons."""
_ABOUT = {"en": "around {0}", "ru": "примерно {0}", "kk": "шамамен {0}"}
_PERHAPS = {"en": "possibly {0}", "ru": "предположительно {0}", "kk": "болжам бойынша {0}"}
_DECADE = {"en": "{0}s", "ru": "{0}-е", "kk": "{0}-жылдар"}
_BEFORE = {"en": "{0} BCE", "ru": "{0} г. до н. э.", "kk": "б. з. д. {0} ж."}
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
        return _point(first, lang, style)
    years = first.precision == last.precision == "year" and first.numbers[0] > 0
    dash = "–" if years and not _marked(first, last) else " – "
    return f"{_point(first, lang, style)}{dash}{_point(last, lang, style)}"


def _point(time: Edtf, lang: str, style: DateStyle) -> str:
    base = lang.partition("-")[0]
    text = _bare(time, lang, style).replace("\u202f", "\u00a0").replace("\u2009", "\u00a0")
    if time.approximate:
        text = _ABOUT.get(base, "~{0}").format(text)
    return _PERHAPS.get(base, "{0}?").format(text) if time.uncertain else text


def _bare(time: Edtf, lang: str, style: DateStyle) -> str:
    locale = locale_of(lang)
    year, *rest = time.numbers
    month = "MMMM" if style == "long" else "MMM"
    match time.precision:
        case "decade":
            return _DECADE.get(locale.language, "{0}–{1}").format(year, year + 9)
        case "century":
            return f"{year}–{year + 99}"
        case _ if not 1 <= year <= 9999:
            return _far(year, rest, lang, month)
        case "day":
            if locale.language == "en":
                return babel_date(time.start, f"d {month} y", locale)
            return babel_date(time.start, "long" if style == "long" else "medium", locale)
        case "month":
            return format_skeleton(f"y{month}", time.start, locale=locale)
        case "season":
            return _season(rest[0], str(year), locale.language)
        case _:
            return str(year)


def has_words(time: Edtf, lang: str) -> bool:
    """Whether a time can be said in a language: seasons, in some alone; in the others they are in English."""
    points = (point for point in time.ends if point is not None)
    return locale_of(lang).language in _SEASONS or all(point.precision != "season" for point in points)


def _season(number: int, year: str, language: str) -> str:
    return _SEASONS.get(language, _SEASONS["en"])[number - 21].format(year)


def _far(year: int, rest: list[int], lang: str, month: str) -> str:
    """A time in a year before the first, without a year 0, or after the last that calendars are made for."""
    locale = locale_of(lang)
    era = _BEFORE.get(locale.language, f"{{0}} {locale.eras['abbreviated'][0]}")
    written = era.format(1 - year) if year < 1 else str(year)
    if not rest:
        return written
    if rest[0] > 12:
        return _season(rest[0], written, locale.language)
    day = date(2000, rest[0], rest[-1] if len(rest) > 1 else 1)
    text = babel_date(day, f"d {month}" if len(rest) > 1 else month.replace("M", "L"), locale)
    return f"{written} {text.lower()}" if locale.language == "kk" else f"{text} {written}"


def _marked(*times: Edtf) -> bool:
    return any(time.approximate or time.uncertain for time in times)
