"""A language tag in, its Babel locale and number pattern out. Remembered: Babel reads them slowly."""

from __future__ import annotations

from functools import cache

from babel.core import get_global
from babel.numbers import NumberPattern, parse_pattern

from reportgen.locale_tables import Locale, UnknownLocaleError


@cache
def locale_of(lang: str) -> Locale:
    """The locale of a BCP 47 tag, else of its language: `en` for `en-KZ`. ValueError if the language has none."""
    subtags = lang.split("-")
    while subtags:
        try:
            return Locale.parse("-".join(subtags), sep="-")
        except (UnknownLocaleError, ValueError):
            subtags.pop()
    raise ValueError(f'no language has the tag "{lang}"')


@cache
def decimal_pattern(lang: str, decimals: int) -> NumberPattern:
    """The language's number pattern with so many decimals."""
    pattern = parse_pattern(locale_of(lang).decimal_formats[None].pattern)
    pattern.frac_prec = (decimals, decimals)
    return pattern


@cache
def territory_of(lang: str) -> str:
    """The country of a language tag, else that of most of its speakers: `GB` for `en-GB`, `NO` for `nb`; or none."""
    whole = str(get_global("likely_subtags").get(lang.partition("-")[0], ""))
    return locale_of(lang).territory or whole.rpartition("_")[2] if whole else ""


def own_name(lang: str) -> str:
    """A language's name in itself, as a reader of it would begin a line: `Русский`; its tag where none is known."""
    name = language_name(lang, lang)
    return name[:1].upper() + name[1:]


@cache
def language_name(lang: str, named: str) -> str:
    """A language's name in another: `английский` for en in ru; its tag where none is known."""
    names = locale_of(lang).languages
    return str(names.get(named.replace("-", "_")) or names.get(named.partition("-")[0]) or named)
