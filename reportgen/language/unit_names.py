"""A unit and a number in, the unit's words in a language out: symbols, names and plural forms. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from babel.numbers import format_decimal, get_currency_name, get_currency_symbol
from babel.units import format_unit

from reportgen.language.locales import locale_of
from reportgen.language.units import PERCENT, POINTS, UnitTable
from reportgen.model.quantity import UnitForms

_PLURALS = ("one", "few", "many", "other")
_SYMBOLS = {"KZT": "₸", "USD": "US$", "RUB": "₽", "EUR": "€", "GBP": "£"}
_CURRENCY_NAMES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("en", "KZT"): ("tenge", "tenge", "tenge", "tenge"),
    ("ru", "KZT"): ("тенге", "тенге", "тенге", "тенге"),
    ("kk", "KZT"): ("теңге", "теңге", "теңге", "теңге"),
}
_SHORT: Mapping[tuple[str, str], str] = {
    ("en", POINTS): "pp",
    ("ru", POINTS): "п.\u00a0п.",
    ("kk", POINTS): "п.\u00a0т.",
    ("kk", "Wh"): "Вт·сағ",
}
# Names as (one, few, many, other); a prefix goes in front of the first word.
_NAMES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("en", PERCENT): ("percent",) * 4,
    ("ru", PERCENT): ("процент", "процента", "процентов", "процента"),
    ("kk", PERCENT): ("пайыз",) * 4,
    ("en", POINTS): ("percentage point", "percentage points", "percentage points", "percentage points"),
    ("ru", POINTS): ("процентный пункт", "процентных пункта", "процентных пунктов", "процентного пункта"),
    ("kk", POINTS): ("пайыздық тармақ",) * 4,
    ("en", "W"): ("watt", "watts", "watts", "watts"),
    ("ru", "W"): ("ватт", "ватта", "ватт", "ватта"),
    ("kk", "W"): ("ватт",) * 4,
    ("en", "Wh"): ("watt-hour", "watt-hours", "watt-hours", "watt-hours"),
    ("ru", "Wh"): ("ватт-час", "ватт-часа", "ватт-часов", "ватт-часа"),
    ("kk", "Wh"): ("ватт-сағат",) * 4,
    ("en", "H"): ("hash", "hashes", "hashes", "hashes"),
    ("ru", "H"): ("хеш", "хеша", "хешей", "хеша"),
    ("kk", "H"): ("хеш",) * 4,
}
_CYRILLIC = {"W": "Вт", "Wh": "Вт·ч", "H": "х", "J": "Дж", "g": "г", "m": "м", "s": "с", "Hz": "Гц", "t": "т"}
_CYRILLIC_PREFIXES = {
    "k": "к", "M": "М", "G": "Г", "T": "Т", "P": "П", "E": "Э", "Z": "З", "Y": "И", "m": "м", "µ": "мк",
    "n": "н", "c": "с",
}  # fmt: skip
_PREFIX_NAMES = {
    "k": ("kilo", "кило"), "M": ("mega", "мега"), "G": ("giga", "гига"), "T": ("tera", "тера"), "P": ("peta", "пета"),
    "E": ("exa", "экса"), "Z": ("zetta", "зетта"), "Y": ("yotta", "иотта"), "m": ("milli", "милли"),
    "µ": ("micro", "микро"), "n": ("nano", "нано"), "c": ("centi", "санти"),
}  # fmt: skip
_CLDR = {
    "min": "duration-minute",
    "h": "duration-hour",
    "day": "duration-day",
    "week": "duration-week",
    "month": "duration-month",
    "year": "duration-year",
    "s": "duration-second",
    "g": "mass-gram",
    "kg": "mass-kilogram",
    "t": "mass-tonne",
    "m": "length-meter",
    "km": "length-kilometer",
    "cm": "length-centimeter",
    "mm": "length-millimeter",
    "J": "energy-joule",
    "kJ": "energy-kilojoule",
    "Hz": "frequency-hertz",
    "kHz": "frequency-kilohertz",
    "MHz": "frequency-megahertz",
    "GHz": "frequency-gigahertz",
    "m2": "area-square-meter",
    "km2": "area-square-kilometer",
    "ha": "area-hectare",
    "l": "volume-liter",
    "m3": "volume-cubic-meter",
}
_PERIODS = ("day", "week", "month", "year")
_EXAMPLES = {"one": Decimal(1), "few": Decimal(2), "many": Decimal(5), "other": Decimal("1.5")}
_RAISED = {"m2": "m²", "km2": "km²", "m3": "m³"}


def currency_symbol(code: str, lang: str, units: UnitTable) -> str:
    """`₸`, `US$` (in English; `$` elsewhere), or the code where there is no sign for it."""
    if (form := units.forms.get(code)) and form.short:
        return form.short.in_language(lang)
    base = lang.partition("-")[0]
    if code in _SYMBOLS and not (code == "USD" and base != "en"):
        return _SYMBOLS[code]
    return get_currency_symbol(code, lang.replace("-", "_"))


def currency_name(code: str, count: Decimal, lang: str, units: UnitTable, category: str | None = None) -> str:
    """`tenge`, `US dollars`: the name after `count`, or in another plural `category`."""
    found = category or plural_category(count, lang)
    if (form := units.forms.get(code)) and (form.plural or form.long):
        return _form(form, found, lang)
    if names := _CURRENCY_NAMES.get((lang.partition("-")[0], code)):
        return _by_category(names, found)
    # Babel takes the plural from a number, so it is given one of the wanted category.
    return get_currency_name(code, _EXAMPLES[category] if category else count, lang.replace("-", "_"))


def short_name(name: str, count: Decimal, lang: str, units: UnitTable, category: str | None = None) -> str:
    """A unit's symbol, or a counted noun in its plural form."""
    symbol, form, base = units.symbols[name], units.forms.get(name), lang.partition("-")[0]
    if symbol.kind == "count":
        return noun(name, count, lang, units, category)
    if form and form.short:
        return form.short.in_language(lang)
    if (base, name) in _SHORT:
        return _SHORT[base, name]
    root = name.removeprefix(symbol.prefix)
    if base in ("ru", "kk") and root in _CYRILLIC:
        return _CYRILLIC_PREFIXES.get(symbol.prefix, "") + _SHORT.get((base, root), _CYRILLIC[root])
    if name in _PERIODS or (base != "en" and name in _CLDR):
        return _cldr(name, count, lang, "long" if base == "en" else "short")
    return _RAISED.get(name, name)


def long_name(name: str, count: Decimal, lang: str, units: UnitTable, category: str | None = None) -> str:
    """A unit's name in its plural form: `megawatts`, `percentage points`, `rigs`."""
    symbol, form, base = units.symbols[name], units.forms.get(name), lang.partition("-")[0]
    if symbol.kind == "count":
        return noun(name, count, lang, units, category)
    if symbol.kind == "currency":
        return currency_name(name, count, lang, units, category)
    if form and (form.plural or form.long):
        return _form(form, category or plural_category(count, lang), lang)
    if names := _NAMES.get((base, name.removeprefix(symbol.prefix))):
        prefix = _PREFIX_NAMES[symbol.prefix][base != "en"] if symbol.prefix else ""
        return prefix + _by_category(names, category or plural_category(count, lang))
    if name in _CLDR:
        return _cldr(name, _EXAMPLES.get(category or "", count), lang, "long")
    return short_name(name, count, lang, units, category)


def noun(name: str, count: Decimal, lang: str, units: UnitTable, category: str | None = None) -> str:
    """A counted noun after `count`; where units.yaml gives no forms its id, in English with a regular plural."""
    found = category or plural_category(count, lang)
    if form := units.forms.get(name):
        return _form(form, found, lang)
    words = name.replace("-", " ")
    return words if found == "one" or lang.partition("-")[0] != "en" else regular_plural(words)


def regular_plural(words: str) -> str:
    """The English plural by rule: `farms`, `boxes`, `companies`."""
    if re.search(r"[^aeiou]y$", words):
        return words[:-1] + "ies"
    return words + ("es" if re.search(r"(?:s|x|z|ch|sh)$", words) else "s")


def plural_category(count: Decimal, lang: str) -> str:
    """The CLDR plural category: `one`, `few`, `many` or `other`."""
    return locale_of(lang).plural_form(abs(count))


def _form(form: UnitForms, category: str, lang: str) -> str:
    plural = dict(form.plural)
    for wanted in (category, "other", "many", "few", "one"):
        if wanted in plural and (text := plural[wanted].in_language(lang)):
            return text
    return (form.long or form.short).in_language(lang) or form.id


def _by_category(names: tuple[str, ...], category: str) -> str:
    return names[_PLURALS.index(category) if category in _PLURALS else -1]


def _cldr(name: str, count: Decimal, lang: str, length: Literal["long", "short"]) -> str:
    """Babel prints number and unit together: the number is taken out again."""
    locale = locale_of(lang)
    printed = format_unit(count, _CLDR[name], length, locale=locale)
    if _CLDR[name] in printed:  # the language lacks this length
        printed = format_unit(count, _CLDR[name], "short", locale=locale)
    return printed.replace(format_decimal(count, locale=locale), "").strip(" \u00a0\u202f")
