"""A unit and a number in, the unit's words in a language out: symbols, names and plural forms. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from babel import Locale
from babel.numbers import get_currency_name, get_currency_symbol, list_currencies
from babel.units import get_unit_name

from reportgen.model.quantity import UnitForms
from reportgen.quantities.units import PERCENT, POINTS, PREFIXES, SMALL_PREFIXES, UnitTable

_PLURALS = ("one", "few", "many", "other")
_SYMBOLS = {"KZT": "₸", "USD": "US$", "RUB": "₽", "EUR": "€", "GBP": "£"}
_CURRENCY_NAMES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("en", "KZT"): ("tenge", "tenge", "tenge", "tenge"),
    ("ru", "KZT"): ("тенге", "тенге", "тенге", "тенге"),
    ("kk", "KZT"): ("теңге", "теңге", "теңге", "теңге"),
}
_SHORT: Mapping[tuple[str, str], str] = {
    ("en", POINTS): "pp",
    ("ru", POINTS): "п. п.",
    ("kk", POINTS): "п. т.",
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
_CYRILLIC_PREFIXES = dict(zip("kMGTPEZYmµn", ("к", "М", "Г", "Т", "П", "Э", "З", "И", "м", "мк", "н"), strict=True))
_PREFIX_NAMES = dict(
    zip("kMGTPEZYmµn", ["kilo", "mega", "giga", "tera", "peta", "exa", "zetta", "yotta", "milli", "micro", "nano"], strict=True)
)
_CYRILLIC_PREFIX_NAMES = dict(
    zip("kMGTPEZYmµn", ["кило", "мега", "гига", "тера", "пета", "экса", "зетта", "иотта", "милли", "микро", "нано"], strict=True)
)
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
_POWERS = {"m2": "m²", "km2": "km²", "m3": "m³"}
CURRENCIES = frozenset(list_currencies())


def currency_symbol(code: str, lang: str, units: UnitTable) -> str:
    """`₸`, `US$` (in English; `$` elsewhere), or the code where there is no sign for it."""
    if (form := units.forms.get(code)) and form.short:
        return form.short.in_language(lang)
    base = lang.partition("-")[0]
    if code in _SYMBOLS and not (code == "USD" and base != "en"):
        return _SYMBOLS[code]
    return get_currency_symbol(code, lang.replace("-", "_"))


def currency_name(code: str, count: Decimal, lang: str, units: UnitTable, category: str | None = None) -> str:
    """`tenge`, `US dollars`: the name after `count`."""
    found = category or plural_category(count, lang)
    if (form := units.forms.get(code)) and (form.plural or form.long):
        return _form(form, found, lang)
    if names := _CURRENCY_NAMES.get((lang.partition("-")[0], code)):
        return _by_category(names, found)
    # Babel takes the plural from a number, so it is given one of the wanted category.
    examples = {"one": 1, "few": 2, "many": 5, "other": Decimal("1.5")}
    return get_currency_name(code, examples.get(found, count), lang.replace("-", "_"))


def short_name(name: str, count: Decimal, lang: str, units: UnitTable, category: str | None = None) -> str:
    """A unit's symbol, or a counted noun in its plural form."""
    base = lang.partition("-")[0]
    form = units.forms.get(name)
    if form and form.kind != "count" and form.short:
        return form.short.in_language(lang)
    if form or name in _nouns(units):
        return noun(name, count, lang, units, category)
    if (base, name) in _SHORT:
        return _SHORT[base, name]
    if base in ("ru", "kk"):
        prefix, root = _split(name)
        if root in _CYRILLIC:
            root_text = "Вт·сағ" if base == "kk" and root == "Wh" else _CYRILLIC[root]
            return _CYRILLIC_PREFIXES.get(prefix, "") + root_text
    if (name in _CLDR and base != "en") or name in ("day", "week", "month", "year"):
        length = "long" if base == "en" else "short"
        return _cldr(_CLDR[name], count, lang, length) or name
    return _POWERS.get(name, name)


def long_name(name: str, count: Decimal, lang: str, units: UnitTable, category: str | None = None) -> str:
    """A unit's name in its plural form: `megawatts`, `percentage points`, `rigs`."""
    base = lang.partition("-")[0]
    if units.forms.get(name) or name in _nouns(units):
        return noun(name, count, lang, units, category)
    if name in CURRENCIES:
        return currency_name(name, count, lang, units, category)
    prefix, root = ("", name) if (base, name) in _NAMES else _split(name)
    if names := _NAMES.get((base, root)):
        prefixes = _PREFIX_NAMES if base == "en" else _CYRILLIC_PREFIX_NAMES
        return prefixes.get(prefix, "") + _by_category(names, category or plural_category(count, lang))
    found = _cldr(_CLDR[name], count, lang, "long") if name in _CLDR else None
    return found or short_name(name, count, lang, units, category)


def noun(name: str, count: Decimal, lang: str, units: UnitTable, category: str | None = None) -> str:
    """A counted noun after `count`; its id where units.yaml gives no forms."""
    form = units.forms.get(name)
    return _form(form, category or plural_category(count, lang), lang) if form else name.replace("-", " ")


def plural_category(count: Decimal, lang: str) -> str:
    """The CLDR plural category: `one`, `few`, `many` or `other`."""
    return Locale.parse(lang, sep="-").plural_form(abs(count))


def is_noun(name: str, units: UnitTable) -> bool:
    """Whether a unit is a counted noun."""
    return name in _nouns(units) or (name in units.forms and units.forms[name].kind == "count")


def _nouns(units: UnitTable) -> frozenset[str]:
    return frozenset(
        symbol.name
        for symbol in units.symbols.values()
        if symbol.powers == ((symbol.name, 1),) and symbol.name not in CURRENCIES and not _built_in(symbol.name)
    )


def _built_in(name: str) -> bool:
    return name in (PERCENT, POINTS, *_CLDR) or _split(name)[1] in ("W", "Wh", "H", "J", "Hz", "B", "V", "A", "t", "l")


def _split(name: str) -> tuple[str, str]:
    """An SI prefix and what it stands before."""
    if name[:1] in (*PREFIXES, *SMALL_PREFIXES) and len(name) > 1 and name not in _CLDR:
        return name[0], name[1:]
    if name in ("kg", "km", "mm", "kJ", "kHz", "MHz", "GHz"):
        return name[0], name[1:]
    return "", name


def _form(form: UnitForms, category: str, lang: str) -> str:
    plural = dict(form.plural)
    for wanted in (category, "other", "many", "few", "one"):
        if wanted in plural and (text := plural[wanted].in_language(lang)):
            return text
    return (form.long or form.short).in_language(lang) or form.id


def _by_category(names: tuple[str, ...], category: str) -> str:
    return names[_PLURALS.index(category) if category in _PLURALS else -1]


def _cldr(unit: str, count: Decimal, lang: str, length: str) -> str | None:
    locale = Locale.parse(lang, sep="-")
    patterns = locale.unit_display_names and locale._data["unit_patterns"].get(unit, {})
    for key in (length, "short"):
        by_category = patterns.get(key, {})
        pattern = by_category.get(locale.plural_form(abs(count))) or by_category.get("other")
        if pattern:
            return str(pattern).replace("{0}", "").strip(" \u00a0\u202f")
    return get_unit_name(unit, length="short", locale=locale)
