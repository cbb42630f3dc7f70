"""A language tag in, its Babel locale and number pattern out. Remembered: Babel reads them slowly."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.numbers import NumberPattern, parse_pattern


@cache
def locale_of(lang: str) -> Locale:
    """The locale of a BCP 47 tag. ValueError or UnknownLocaleError if there is none."""
    return Locale.parse(lang, sep="-")


@cache
def decimal_pattern(lang: str, decimals: int) -> NumberPattern:
    """The language's number pattern with so many decimals."""
    pattern = parse_pattern(locale_of(lang).decimal_formats[None].pattern)
    pattern.frac_prec = (decimals, decimals)
    return pattern
