"""A language in, what CLDR says of its months, units, currencies and multiples, out. Reads Babel's data.

Names that mislead are left out: the ton of CLDR in kk is the American one, and an abbreviation of one letter is a
word, a unit or a multiple by turns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from babel import Locale, UnknownLocaleError

from reportgen.language.compact import Length, compact_words
from reportgen.language.lexicon import Lexicon, table_of, unit_data
from reportgen.language.words import folded, lower, plain_keys

_LENGTHS: tuple[Length, ...] = ("long", "short")
_SHORTEST = 3
"""Letters of an abbreviated unit that is not one of the symbols."""
_PATTERN = re.compile(r"[\u200e\u200f\s]*\{0\}[\u200e\u200f\s]*")
_SIGNS = (("%", "percent"), ("‰", "per_mille"))
"""Signs of units that are the same in every language."""
_MISLEADING = {("kk", "mass-ton"), ("kk", "duration-quarter")}


def computed(base: str) -> Lexicon:
    """The lexicon of a language that has no file."""
    locale = locale_of(base)
    if locale is None:
        return Lexicon(base, ".", False, {}, plain_keys, units=table_of(_SIGNS, plain_keys))
    names = unit_names(locale, unit_data().cldr)
    return Lexicon(
        base,
        decimal_mark(locale),
        month_first(locale),
        months(locale),
        plain_keys,
        scales=multiples(locale),
        units=table_of((*_SIGNS, *unit_entries(names, money_names(locale))), plain_keys),
        names=names,
    )


def locale_of(base: str) -> Locale | None:
    """Babel's locale of a language; None if it has none."""
    try:
        return Locale.parse(base)
    except (UnknownLocaleError, ValueError):
        return None


def decimal_mark(locale: Locale) -> str:
    symbols: Any = locale.number_symbols
    return "," if symbols.get("latn", symbols).get("decimal") == "," else "."


def month_first(locale: Locale) -> bool:
    pattern: str = locale.date_formats["short"].pattern
    return bool(pattern.find("M") < pattern.find("d"))


def months(locale: Locale) -> dict[str, int]:
    """Each name of a month, in dates and alone, long and short -> its number."""
    return {
        lower(folded(name)).rstrip("."): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in locale.months[context][width].items()
        if not name.isdigit()
    }


def multiples(locale: Locale) -> dict[str, int]:
    """Words for thousands and up, long and short -> value."""
    found: dict[str, int] = {}
    for length in _LENGTHS:
        for multiple, by_category in compact_words(locale, length).items():
            for before, after in by_category.values():
                word = (before + after).strip().rstrip(".").strip()
                if len(word) > 1 and word.isalpha():
                    found[lower(folded(word))] = multiple
    return found


def unit_names(locale: Locale, ids: Mapping[str, str]) -> dict[str, dict[str, dict[str, str]]]:
    """Unit -> length -> plural category -> its name without a number. `ids` are unit -> CLDR's id."""
    patterns: Any = locale._data["unit_patterns"]
    found: dict[str, dict[str, dict[str, str]]] = {}
    for name, cldr in ids.items():
        if (locale.language, cldr) in _MISLEADING or cldr not in patterns:
            continue
        lengths = {}
        for length in ("long", "short"):
            forms = {
                category: _PATTERN.sub("", text).strip(" \u00a0")
                for category, text in dict(patterns[cldr].get(length, {})).items()
                if category in ("one", "two", "few", "many", "other") and isinstance(text, str) and "{0}" in text
            }
            if forms:
                lengths[length] = forms
        if lengths:
            found[name] = lengths
    return found


def money_names(locale: Locale) -> dict[str, dict[str, str]]:
    """Code -> plural category -> the name of a currency."""
    plural: Any = locale._data["currency_names_plural"]
    single: Any = locale._data["currency_names"]
    return {
        code: {"other": str(name), **{k: str(v) for k, v in dict(plural.get(code, {})).items()}}
        for code, name in dict(single).items()
        if "(" not in str(name)
    }


def unit_entries(
    names: Mapping[str, Mapping[str, Mapping[str, str]]], money: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    """Each form of a unit's name that can be read without mistaking it for a word, and of a currency's."""
    for name, lengths in names.items():
        for length, forms in lengths.items():
            for text in forms.values():
                if length == "long" or len(re.sub(r"[^\w]", "", text)) >= _SHORTEST:
                    yield text, name
    for code, forms in money.items():
        for text in forms.values():
            yield text, f"${code}"


def fraction(text: object) -> Fraction:
    """A number as the hand-made files write it: `1/2`, `0.3048`, `60`."""
    return Fraction(str(text))
