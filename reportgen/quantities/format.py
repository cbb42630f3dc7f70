"""A quantity in, its text in a language out: number, multiple, unit and relation word. Pure.

Spaces that must not break are U+00A0, and no other kind is used; minus is U+2212. Rounding is that of `rounding`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, Literal

from reportgen.language.cldr import before_money
from reportgen.language.compact import Around, compact_words
from reportgen.language.endings import ablative
from reportgen.language.lexicon import lexicon
from reportgen.language.locales import decimal_pattern, locale_of
from reportgen.language.rounding import magnitude, quantity_texts, stated_bounds
from reportgen.language.spelling import LARGEST, number_words, ordinal
from reportgen.language.unit_names import currency_symbol, long_name, plural_category, short_name, sides
from reportgen.language.units import (
    MULTIPLES,
    UnitError,
    UnitTable,
    convert,
    is_percent,
    named,
    rescaled,
    without_percent,
)
from reportgen.late_patterns import regex
from reportgen.model.quantity import PLAIN, Quantity, Relation, Unit

Show = Literal["value", "number", "words", "ordinal"]
UnitStyle = Literal["short", "long", "none"]

NBSP = "\u00a0"
_BLANK = regex(r"\s")
_LETTER = regex(r"(?<![^\W_])[A-Za-z]\b")
_SIGNS = {"<": "<{0}", "<=": "≤{0}", ">": ">{0}", ">=": "≥{0}", "~": "~{0}"}


class FormatError(ValueError):
    """A quantity that cannot be printed as asked: a sentence for the author, and a next step."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.message = message
        self.hint = hint
        super().__init__(message)


def format_quantity(
    quantity: Quantity,
    lang: str,
    *,
    units: UnitTable,
    show: Show = "value",
    unit: UnitStyle = "short",
    scale: str | None = None,
    digits: int | None = None,
    decimals: int | None = None,
) -> str:
    """`18.10%`, `₸82 billion`, `up to 50%`, `at least 0.36 MW/rig`. Raises FormatError, UnitError.

    `scale` is the unit to count in (`MW`, `million USD`, or `million` for a multiple of the quantity's own unit),
    `auto` (the multiple that leaves one to three digits before the point) or `none` (no multiple). None keeps what
    was typed; a computed sum of money, or number of millions, takes another multiple where its own is unwieldy.
    """
    shown = scaled(quantity, scale, units)
    texts, bounds = quantity_texts(shown, digits, decimals), stated_bounds(shown, digits, decimals)
    if show in ("words", "ordinal"):
        places = magnitude(shown.unit.multiple)
        return _in_words(tuple(_shifted(text, places) for text in texts + stated_bounds(shown)), show, lang)
    printed = shown.unit if show == "number" else _worded(shown.unit, lang, unit, units)
    if printed is not shown.unit:
        places = magnitude(shown.unit.multiple / printed.multiple)
        texts, bounds = (tuple(_shifted(text, places) for text in found) for found in (texts, bounds))
    numbers = _joined(texts, lang, computed=shown.typed is None)
    between = f"{NBSP}({_joined(bounds, lang, computed=False)})" if bounds else ""
    if show == "number":
        return numbers + between
    count = Decimal(texts[-1])
    category = _after_relation(shown.relation, count, lang)
    printed, around = (printed, "{}") if unit == "none" else _rated(printed, lang, units)
    body = _with_unit(numbers, count, printed, lang, unit, units, category) + between
    if shown.relation is Relation.EQUAL:
        return around.replace("{}", body)
    pattern: str = _printed(lang).get("relations", _SIGNS)[shown.relation.value]
    if shown.relation.value in _printed(lang).get("ablative", ()):
        if body.endswith(".") or "/" in body or abs(count) > LARGEST:  # no ending is read behind an abbreviation
            return around.replace("{}", _SIGNS[shown.relation.value].format(body))
        words = _with_unit("", count, printed, lang, "none" if unit == "none" else "long", units, category)
        body = ablative(body, words if words.strip(NBSP) else _last_word(texts[-1], lang))
    return around.replace("{}", pattern.format(body))


def _rated(unit: Unit, lang: str, units: UnitTable) -> tuple[Unit, str]:
    """A unit without what it is counted per, and the words of that around `{}`, as units.yaml gives them in `per`."""
    below = [name for name, power in unit.factors for _ in range(-power)]
    said = [form.per for name in below if (form := units.forms.get(name)) and form.per.speaks(lang)]
    if not below or len(said) < len(below):
        return unit, "{}"
    around = "{}"
    for per in said:
        around = per.in_language(lang).replace("{}", around)
    return Unit("", factors=tuple(factor for factor in unit.factors if factor[1] > 0), multiple=unit.multiple), around


def _last_word(number: str, lang: str) -> str:
    """How a number ends when it is read aloud."""
    digits = number.lstrip("-").partition(".")
    return number_words(int(digits[2] or digits[0]), lang).rpartition(" ")[2]


@lru_cache(maxsize=4096)
def format_number(text: str, lang: str) -> str:
    """Plain decimal text with a language's separators: "1234.50" is "1,234.50" in English. Keeps its zeros."""
    pattern = decimal_pattern(lang, len(text.partition(".")[2]))
    with localcontext(prec=len(text)):
        printed: str = pattern.apply(Decimal(text.lstrip("-")), locale_of(lang))
    minus = "−" if text.startswith("-") and Decimal(text) else ""
    return minus + printed.replace("\u202f", NBSP).replace("\u2009", NBSP)


def printed_scale(quantity: Quantity, lang: str, units: UnitTable) -> Fraction:
    """How many of the base unit one of the number printed in short is. Raises UnitError."""
    return _worded(scaled(quantity, None, units).unit, lang, "short", units).scale


def scaled(quantity: Quantity, scale: str | None, units: UnitTable) -> Quantity:
    """`quantity` counted in the unit that `scale` asks for. Raises UnitError if it is of another sort."""
    own = quantity.unit
    if scale is None:
        return _auto_scaled(quantity, units) if _unwieldy(quantity, units) else quantity
    if scale == "none":
        return convert(quantity, units.unit(own.factors))
    if scale == "auto":
        return _auto_scaled(quantity, units)
    wanted = units.parse(scale)
    if not wanted.factors and wanted.multiple != 1:
        wanted = units.unit(own.factors, wanted.multiple)
    elif without_percent(own).powers != without_percent(wanted).powers:
        raise UnitError(f"{named(own)} cannot be shown in {named(wanted)}", "`scale=` takes a unit of the same sort")
    return convert(quantity, wanted)


def _unwieldy(quantity: Quantity, units: UnitTable) -> bool:
    """A computed value such as ₸0.164 billion or ₸5,860,000,000."""
    own = quantity.unit
    if quantity.typed is not None or not own.factors or is_percent(own):
        return False
    if own.multiple == 1 and units.symbols[own.factors[0][0]].kind != "currency":
        return False
    size = abs(quantity.headline)
    return size >= (1000 if own.multiple != 1 else 10**6) or (own.multiple != 1 and size < 1)


def _auto_scaled(quantity: Quantity, units: UnitTable) -> Quantity:
    own = quantity.unit
    size = abs(quantity.headline) * own.multiple
    if is_percent(own):
        return quantity
    fitting = (Fraction(value) for value in reversed(MULTIPLES.values()) if 1000 < value <= size)
    multiple = next(fitting, Fraction(1))
    return rescaled(quantity, own.multiple / multiple, units.unit(own.factors, multiple))


def _with_unit(
    numbers: str, count: Decimal, unit: Unit, lang: str, style: UnitStyle, units: UnitTable, category: str | None
) -> str:
    """The number with its multiple and its unit; the multiple belongs to the number, and stays without the unit."""
    if style == "none" or unit == PLAIN or not unit.factors:
        return _multiplied(numbers, unit, count, lang, style, category)
    if is_percent(unit) and style == "short" and unit.multiple == 1:
        before, after = _percent_sign(lang)
        return _beside(before, numbers, after, is_sign=True)
    # After "billion" a noun stands as after the whole number.
    whole = count if unit.multiple == 1 else Decimal(round(count * int(unit.multiple)))
    above = [(name, power) for name, power in unit.factors if power > 0]
    below = [name for name, power in unit.factors for _ in range(-power)]
    counted = _multiplied(numbers, unit, count, lang, style, category)
    if len(above) == 1 and above[0][1] == 1 and (around := sides(above[0][0], whole, lang, units, style, category)):
        text = _beside(around[0], counted, around[1], is_sign=False)
        return text + "".join("/" + _below(name, lang, units) for name in below)
    if style == "short":
        text = _short_above(counted, above, whole, unit, lang, units, category)
        return text + "".join("/" + _below(name, lang, units) for name in below)
    named_above = [long_name(name, whole, lang, units, category) for name, power in above for _ in range(power)]
    text = counted + (NBSP + "·".join(named_above) if named_above else "")
    if _base(lang) == "en":
        return text + "".join(f" per {long_name(name, Decimal(1), lang, units)}" for name in below)
    return text + "".join("/" + _below(name, lang, units) for name in below)


@cache
def _percent_sign(lang: str) -> tuple[str, str]:
    """What stands before and after a number: `58%`, `58 %`, in Turkish `%58`."""
    pattern: str = locale_of(lang).percent_formats[None].pattern.partition(";")[0]
    before, after = re.split(r"[#0,.]+", pattern, maxsplit=1)
    return before, after


def _short_above(
    counted: str,
    above: list[tuple[str, int]],
    count: Decimal,
    unit: Unit,
    lang: str,
    units: UnitTable,
    category: str | None,
) -> str:
    if not above:
        return counted
    money = all(units.symbols[name].kind == "currency" for name, _ in unit.factors)
    first = above[0][0]
    if units.symbols[first].kind == "currency" and len(above) == 1 and above[0][1] == 1:
        if money and len(unit.factors) > 1:  # an exchange rate reads best in codes: 406.5 KZT/USD
            return counted + NBSP + first
        symbol = currency_symbol(first, lang, units)
        if _base(lang) != "en":
            return _with_sign(counted, symbol, lang)
        spaced = NBSP if symbol[-1].isalpha() else ""
        minus = "−" if counted.startswith("−") else ""
        return minus + symbol + spaced + counted.removeprefix("−")
    names = [short_name(name, count, lang, units, category) for name, power in above for _ in range(power)]
    return counted + NBSP + "·".join(names)


def _with_sign(counted: str, symbol: str, lang: str) -> str:
    """A sum with its sign on the side on which the language has it, parted from it where the two would run together."""
    before = before_money(locale_of(lang)).replace("¤", symbol)
    if not before:
        return counted + NBSP + symbol
    return _beside(before + NBSP if before[-1].isalpha() else before, counted, "", is_sign=True)


def _beside(before: str, numbers: str, after: str, *, is_sign: bool) -> str:
    """A number between what a pattern has before and after it; a minus stands before a sign, and after a word."""
    before, after = (_BLANK.sub(NBSP, text) if text else text for text in (before, after))
    if before and is_sign and numbers.startswith("−"):
        return f"−{before}{numbers.removeprefix('−')}{after}"
    return before + numbers + after


def _below(name: str, lang: str, units: UnitTable) -> str:
    if units.symbols[name].kind == "currency":
        return name
    return short_name(name, Decimal(1), lang, units)


def _multiplied(numbers: str, unit: Unit, count: Decimal, lang: str, style: UnitStyle, category: str | None) -> str:
    """The number with the word for its multiple: `82 billion`, `82 млрд`, `elfu 58`."""
    if unit.multiple == 1:
        return numbers
    by_category = _multiple_words(lang, style)[int(unit.multiple)]
    wanted = category or plural_category(count, lang)
    before, after = by_category.get(wanted) or by_category.get("other") or next(iter(by_category.values()))
    return re.sub(r"\s", NBSP, before) + numbers + re.sub(r"\s", NBSP, after)


@cache
def _multiple_words(lang: str, style: UnitStyle) -> Mapping[int, Mapping[str, Around]]:
    """The language's words for multiples in a style of units; the short ones where it has no long ones, the long ones
    where some of the short ones are single letters: `4,2 M` is no prose, and in Indonesian M is a billion."""
    locale = locale_of(lang)
    short = compact_words(locale, "short")
    by_letter = any(_LETTER.search(before + after) for words in short.values() for before, after in words.values())
    long = compact_words(locale, "long") if style == "long" or by_letter else {}
    return long or short


def _worded(unit: Unit, lang: str, style: UnitStyle, units: UnitTable) -> Unit:
    """The unit with the largest multiple, up to its own, for which the language has a word: a Spanish text counts
    58 billion in millions, a Japanese one in 億, and a German one writes 58 thousand with all its digits."""
    if unit.multiple == 1:
        return unit
    known = _multiple_words(lang, style)
    fitting = (m for m in sorted(known, reverse=True) if m <= unit.multiple and _is_power(unit.multiple / m))
    multiple = next(fitting, 1)
    return unit if multiple == unit.multiple else units.unit(unit.factors, Fraction(multiple))


def _is_power(factor: Fraction) -> bool:
    return factor == Fraction(10) ** magnitude(factor)


def _shifted(text: str, places: int) -> str:
    """Plain decimal text with its point moved to the right, its zeros kept: ("58.5", 3) is "58500"."""
    minus = "-" if text.startswith("-") else ""
    whole, _, decimals = text.removeprefix("-").partition(".")
    whole = (whole + decimals[:places].ljust(places, "0")).lstrip("0") or "0"
    return minus + whole + ("." + decimals[places:] if decimals[places:] else "")


def _after_relation(relation: Relation, count: Decimal, lang: str) -> str | None:
    """The plural that a relation word asks for: in Russian the genitive (`более 1 фермы`, `около 2 ферм`)."""
    if relation is Relation.EQUAL:
        return None
    asked: str | None = _printed(lang).get("relation_plurals", {}).get(plural_category(count, lang))
    return asked


def _printed(lang: str) -> Mapping[str, Any]:
    """What the language's lexicon says of printing."""
    found: Mapping[str, Any] = lexicon(lang).data.get("printed", {})
    return found


def _in_words(texts: tuple[str, ...], show: Show, lang: str) -> str:
    shown = "–".join(texts)
    if len(texts) > 1 or Decimal(texts[0]) % 1:
        raise FormatError(f"{shown} is not a whole number, and cannot be printed in words", 'leave out `show="words"`')
    try:
        return (number_words if show == "words" else ordinal)(int(Decimal(texts[0])), lang)
    except ValueError as error:
        raise FormatError(str(error), f'leave out `show="{show}"`') from None


def _joined(texts: tuple[str, ...], lang: str, *, computed: bool) -> str:
    """A number, or both ends of a range: a computed one is no term of its source's, and reads "399 to 436"."""
    between = f"{NBSP}to{NBSP}" if computed and _base(lang) == "en" else "–"
    if any(text.startswith("-") for text in texts):
        between = between.replace("–", " – ")
    return between.join(format_number(text, lang) for text in texts)


def _base(lang: str) -> str:
    return lang.partition("-")[0]
