"""In every locale that Babel has, a printed value is the value of the fact: digits times the word beside them."""

from __future__ import annotations

import pickle
import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from babel import localedata

from reportgen.language.locales import locale_of
from reportgen.language.units import unit_table
from reportgen.model.quantity import bounded_quantity, range_quantity, typed_quantity
from reportgen.quantities.format import UnitStyle, format_quantity, printed_scale

TABLE = unit_table(["shop"])
TABLES = ("compact_decimal_formats", "number_symbols", "percent_formats")
VALUES = [
    (number, multiple) for number in ("1", "-58.50") for multiple in ("thousand", "million", "billion", "trillion")
]
SIZES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
STYLES: tuple[UnitStyle, ...] = ("short", "long")


@cache
def locales() -> tuple[str, ...]:
    """Each locale whose own tables of what is printed here no earlier one has; all others print as one of these."""
    found: dict[str, str] = {}
    for name in sorted(set(localedata.locale_identifiers()) - {"root"}):
        own = pickle.loads(Path(localedata.resolve_locale_filename(name)).read_bytes())
        tables = repr([own.get(table) for table in TABLES])
        if any(own.get(table) for table in TABLES):
            found.setdefault(name.partition("_")[0] + tables, name.replace("_", "-"))
    return tuple(found.values())


def value_of(text: str, lang: str) -> Fraction:
    """What a reader of the language takes a number and the words around it for, by CLDR's table of compact numbers."""
    marks = locale_of(lang).number_symbols["latn"]
    between = re.escape(f"{marks['decimal']}{marks['group']}\u00a0")
    found = re.search(rf"−?\d([\d{between}]*\d)?", text)
    assert found, text
    digits = found[0].replace(marks["decimal"], "@") if marks["decimal"] != marks["group"] else found[0]
    number = Fraction(re.sub(r"[^\d@]", "", digits).replace("@", ".")) * (-1 if "−" in digits else 1)
    around = (text[: found.start()].strip(), text[found.end() :].strip())
    return number * multiple_of(around, lang)


def multiple_of(around: tuple[str, str], lang: str) -> int:
    meant = words_of(lang)[around]
    assert len(meant) == 1, (around, lang, meant)
    return min(meant)


@cache
def words_of(lang: str) -> dict[tuple[str, str], set[int]]:
    """What stands around a number -> what it multiplies by, in each pattern of the language."""
    found: dict[tuple[str, str], set[int]] = {("", ""): {1}}
    formats = locale_of(lang).compact_decimal_formats
    for length in ("short", "long"):
        for by_power in dict(formats.get(length) or {}).values():
            for power, pattern in dict(by_power).items():
                plain = re.sub("[\u200e\u200f']", "", pattern.pattern.split(";")[0])
                around = tuple(re.sub(r"\s+", "\u00a0", part.strip()) for part in re.split("0+", plain))
                if len(around) == 2 and any(around):
                    found.setdefault(around, set()).add(int(power) // 10 ** (plain.count("0") - 1))
    return found


@pytest.mark.parametrize("style", STYLES)
def test_a_number_with_its_multiple_is_read_back(style: UnitStyle) -> None:
    wrong = []
    for lang in locales():
        for number, multiple in VALUES:
            quantity = typed_quantity(number, TABLE.parse(multiple))
            text = format_quantity(quantity, lang, units=TABLE, unit=style)
            if value_of(text, lang) != Fraction(number) * 10 ** SIZES[multiple]:
                wrong.append((lang, number, multiple, text))
            if re.search(r"\s\s", text) or text != text.strip():
                wrong.append((lang, number, multiple, text))
    assert not wrong


def test_a_share_keeps_its_sign() -> None:
    """Before the number in Turkish and Basque, behind it elsewhere."""
    for lang in locales():
        text = format_quantity(typed_quantity("58.5", TABLE.parse("percent")), lang, units=TABLE)
        assert "%" in text, (lang, text)
        assert re.fullmatch(r"%?\u00a0?58[.,٫]5\u00a0?%?", text), (lang, text)


@pytest.mark.parametrize(
    ("written", "lang", "short", "long"),
    [
        ("58 thousand shop", "de", "58.000_shop", "58_Tausend_shop"),
        ("58.25 thousand CHF", "de-CH", "CHF_58’250", "58.25_Tausend_Schweizer Franken"),
        ("58 million shop", "ja", "5,800万_shop", "5,800万_shop"),
        ("58 billion t", "es", "58_mil_millones_t", "58_mil_millones_toneladas"),
        ("58 billion shop", "ko", "580억_shop", "580억_shop"),
        ("58 million shop", "hi", "580_लाख_shop", "580_लाख_shop"),
        ("58 million shop", "sw", "milioni_58_shop", "milioni_58_shop"),
        ("4.2 million EUR", "fr", "4,2_millions_€", "4,2_millions_euros"),
        ("4.2 billion EUR", "id", "€4,2_miliar", "4,2_miliar_Euro"),
        ("4.2 million EUR", "de", "4,2_Mio._€", "4,2_Millionen_Euro"),
        ("1.7 million percent", "en", "1.7_million_percent", "1.7_million_percent"),
        ("1.7 million percent", "ru", "1,7_млн_%", "1,7_миллиона_процентов"),
        ("58 thousand shop", "gl", "58.000_shop", "58.000_shop"),
        ("58 thousand trillion t", "en", "58,000_trillion_t", "58,000_trillion_metric tons"),
        ("58.5 percent", "tr", "%58,5", "yüzde_58,5"),
        ("-58.5 percent", "eu", "−%_58,5", "ehuneko_−58,5"),
        ("-12.5 USD", "pt", "−US$_12,5", "−12,5_Dólares americanos"),
        ("-12.5 USD", "es-MX", "−USD_12.5", "−12.5_dólares estadounidenses"),
        ("21 °C", "ja", "21°C", "摂氏_21_度"),
        ("5 km", "sw", "km_5", "kilomita_5"),
        ("1200 MW", "zh", "1,200兆瓦", "1,200兆瓦"),
    ],
)
def test_prints(written: str, lang: str, short: str, long: str) -> None:
    number, _, unit = written.partition(" ")
    quantity = typed_quantity(number, TABLE.parse(unit))
    for style, expected in (("short", short), ("long", long)):
        assert format_quantity(quantity, lang, units=TABLE, unit=style).replace("\u00a0", "_") == expected


def test_an_end_of_a_range_and_a_bound_go_with_the_number() -> None:
    unit = TABLE.parse("thousand shop")
    ranged, bounded = range_quantity("1.5", "20", unit), bounded_quantity("3", "2", "5", unit)
    assert format_quantity(ranged, "de", units=TABLE) == "1.500–20.000\u00a0shop"
    assert format_quantity(bounded, "de", units=TABLE).replace("\u00a0", " ") == "3.000 shop (2.000–5.000)"
    assert format_quantity(typed_quantity("58", unit), "en", units=TABLE, show="words") == "fifty-eight thousand"
    assert printed_scale(ranged, "de", TABLE) == 1
    assert printed_scale(ranged, "en", TABLE) == 1000
