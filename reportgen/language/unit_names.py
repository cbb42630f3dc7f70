"""A unit and a number in, the unit's words in a language out: symbols, names and plural forms. Pure.

First what units.yaml of the project says, then the `printed` part of the language's lexicon, then CLDR.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from babel.numbers import get_currency_symbol

from reportgen.language import cldr
from reportgen.language.lexicon import lexicon, unit_data
from reportgen.language.locales import locale_of
from reportgen.language.nouns import plural_of, singular_of
from reportgen.language.units import POINTS, UnitTable
from reportgen.late_patterns import regex
from reportgen.model.quantity import UnitForms

_CYRILLIC = regex(r"[Ѐ-ӿ]")


def currency_symbol(code: str, lang: str, units: UnitTable) -> str:
    """`₸`, `US$` (in English; `$` elsewhere), or the code where there is no sign that is read as that currency."""
    if (form := units.forms.get(code)) and form.short:
        return form.short.in_language(lang)
    sign = _signs().get(code, "")
    if not sign or (lexicon(lang).language != "en" and sign[0].isalpha()):  # `US$` is an English way to write it
        sign = get_currency_symbol(code, lang.replace("-", "_"))
    return sign if sign not in unit_data().read_signs and code in unit_data().money.get(sign, "").split("|") else code


def short_name(name: str, count: Decimal, lang: str, units: UnitTable, category: str | None = None) -> str:
    """A unit's symbol, or a counted noun in its plural form."""
    symbol, form, category = units.symbols[name], units.forms.get(name), category or plural_category(count, lang)
    if symbol.kind == "count":
        return noun(name, count, lang, units, category)
    if form and form.short:
        return form.short.in_language(lang)
    root = name.removeprefix(symbol.prefix)
    latin, *cyrillic = unit_data().printed.get(root, (root,))
    own = _printed(lang)
    if short := own.get(name, {}).get("short"):
        return _by_category(short, category)
    if short := own.get(root, {}).get("short"):
        return _prefixed(_by_category(short, category), symbol.prefix, "letter")
    if cyrillic and _is_cyrillic(lang):
        return _prefixed(cyrillic[0], symbol.prefix, "letter")
    is_english = lexicon(lang).language == "en"
    named = "" if is_english and root in unit_data().printed else _named(name, lang, "short", category)
    return named or symbol.prefix + latin


def sides(
    name: str, count: Decimal, lang: str, units: UnitTable, style: Literal["long", "short"], category: str | None
) -> tuple[str, str] | None:
    """What stands before a number and after it, as CLDR has it: `("yüzde ", "")`, `("", "瓦特")`. None for a unit that
    the project or the lexicon words, which stands after a space."""
    form, own = units.forms.get(name), _printed(lang)
    id = unit_data().cldr.get(name, "")
    worded = form is not None and bool(form.plural or form.long or form.short)
    if worded or not id or lexicon(lang).has_words or units.symbols[name].kind in ("count", "currency") or own:
        return None
    locale = locale_of(lang)
    if cldr.is_misleading(locale, id):
        return None
    found = category or plural_category(count, lang)
    return cldr.unit_sides(locale, id, style, found) or cldr.unit_sides(locale, id, "short", found)


def long_name(name: str, count: Decimal, lang: str, units: UnitTable, category: str | None = None) -> str:
    """A unit's name in its plural form: `megawatts`, `percentage points`, `US dollars`, `rigs`."""
    symbol, form, category = units.symbols[name], units.forms.get(name), category or plural_category(count, lang)
    if symbol.kind == "count":
        return noun(name, count, lang, units, category)
    if form and (form.plural or form.long):
        return _form(form, category, lang)
    own, root = _printed(lang), name.removeprefix(symbol.prefix)
    if "long" in own.get(name, {}):
        return _by_category(own[name]["long"], category)
    if "long" in own.get(root, {}):
        return _prefixed(_by_category(own[root]["long"], category), symbol.prefix, "word")
    if named := _named(name, lang, "long", category):
        return named
    rooted = _named(root, lang, "long", category)
    if rooted.isalpha() and lexicon(lang).has_words:
        return _prefixed(rooted, symbol.prefix, "word")
    return short_name(name, count, lang, units, category)


def noun(name: str, count: Decimal, lang: str, units: UnitTable, category: str | None = None) -> str:
    """A counted noun after `count`; where units.yaml gives no forms its id, in English with a regular plural."""
    found = category or plural_category(count, lang)
    if form := units.forms.get(name):
        return _form(form, found, lang)
    words = name.replace("-", " ")
    if lang.partition("-")[0] != "en":
        return words
    return singular_of(words) if found == "one" else plural_of(words)


def plural_category(count: Decimal, lang: str) -> str:
    """The CLDR plural category: `one`, `few`, `many` or `other`."""
    return locale_of(lang).plural_form(abs(count))


def _form(form: UnitForms, category: str, lang: str) -> str:
    plural = dict(form.plural)
    found = [plural[wanted] for wanted in (category, "other", "many", "few", "one") if wanted in plural]
    # Another form of the language says more than this form of another language.
    for text in (*(text for text in found if text.speaks(lang)), *found):
        if words := text.in_language(lang):
            return words
    return (form.long or form.short).in_language(lang) or form.id


def _prefixed(text: str, prefix: str, kind: Literal["word", "letter"]) -> str:
    """A name or a symbol behind its prefix, in the letters in which it is written."""
    if not prefix:
        return text
    latin, cyrillic, letter = unit_data().prefixes[prefix]
    if _CYRILLIC.search(text):
        return (cyrillic if kind == "word" else letter) + text
    return (latin if kind == "word" else prefix) + text


def _is_cyrillic(lang: str) -> bool:
    return bool(_CYRILLIC.search("".join(lexicon(lang).months)))


def _printed(lang: str) -> Mapping[str, Any]:
    """Unit -> length -> plural category -> name, by hand."""
    found: Mapping[str, Any] = lexicon(lang).data.get("printed", {}).get("units", {})
    return found


def _named(name: str, lang: str, length: Literal["long", "short"], category: str) -> str:
    """A unit's or a currency's name in CLDR; empty if it has none."""
    if name == POINTS:
        points = cldr.points_of_percent(lang.partition("-")[0])
        return _by_category(points, category) if points else ""
    lengths = _names(lang).get(name, {})
    forms = lengths.get("long" if length == "short" and lexicon(lang).language == "en" else length)
    return _by_category(forms, category) if forms else ""


@cache
def _names(lang: str) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """The lexicon's names, those of a region before those of its language: `metres` in en-GB."""
    known, locale = lexicon(lang), locale_of(lang)
    if known.has_words and "-" not in lang:
        return known.names
    money = {code: {"long": forms} for code, forms in cldr.money_names(locale).items()}
    return {**cldr.unit_names(locale, unit_data().cldr), **money}


def _by_category(forms: Mapping[str, str], category: str) -> str:
    return forms.get(category) or forms.get("other") or next(iter(forms.values()))


@cache
def _signs() -> Mapping[str, str]:
    """Code of a currency -> the first sign that stands for it alone; `C$` in English is Canada's."""
    found = {"CAD": "C$"}
    for sign, codes in unit_data().money.items():
        if sign != codes and "|" not in codes and sign not in unit_data().read_signs:
            found.setdefault(codes, sign)
    return found
