"""Quantities and times -> text in a language, and back."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.language.spelling import number_words, ordinal
from reportgen.language.units import UnitError
from reportgen.model.edtf import parse_edtf
from reportgen.model.quantity import typed_quantity
from reportgen.quantities.dates import format_date
from reportgen.quantities.format import FormatError, Show, UnitStyle, format_number, format_quantity, scaled

from .project import UNITS, quantity


def printed(written: str, lang: str, unit: UnitStyle = "short", scale: str | None = None) -> str:
    return format_quantity(quantity(written), lang, units=UNITS, unit=unit, scale=scale)


@pytest.mark.parametrize(
    ("written", "lang", "short", "long"),
    [
        ("18.10 %", "en", "18.10%", "18.10_percent"),
        ("18.10 %", "ru", "18,10_%", "18,10_процента"),
        ("18.10 %", "kk", "18,10%", "18,10_пайыз"),
        ("11.93 pp", "en", "11.93_pp", "11.93_percentage points"),
        ("82 billion KZT", "en", "₸82_billion", "82_billion_tenge"),
        ("82 billion KZT", "ru", "82_млрд_₸", "82_миллиарда_тенге"),
        ("82 billion KZT", "kk", "82_млрд_₸", "82_миллиард_теңге"),
        ("201.7 million USD", "en", "US$201.7_million", "201.7_million_US dollars"),
        ("201.7 million USD", "ru", "201,7_млн_$", "201,7_миллиона_долларов США"),
        ("1200 CHF", "en", "CHF_1,200", "1,200_Swiss francs"),
        ("-5 KZT", "en", "−₸5", "−5_tenge"),
        ("180 MW", "en", "180_MW", "180_megawatts"),
        ("1 MW", "en", "1_MW", "1_megawatt"),
        ("180 MW", "ru", "180_МВт", "180_мегаватт"),
        ("3 EH/s", "en", "3_EH/s", "3_exahashes per second"),
        ("<=50 %", "en", "up to 50%", "up to 50_percent"),
        (">13 %", "en", "over 13%", "over 13_percent"),
        ("<13 %", "en", "under 13%", "under 13_percent"),
        (">=0.36 MW/rig", "en", "at least 0.36_MW/rig", "at least 0.36_megawatts per rig"),
        ("~200 million USD", "en", "around US$200_million", "around 200_million_US dollars"),
        (">13 %", "ru", "более 13_%", "более 13_процентов"),
        ("10..20 %", "en", "10–20%", "10–20_percent"),
        ("~10..20.5 rig", "en", "around 10–20.5_rigs", "around 10–20.5_rigs"),
        ("-10..5 KZT", "en", "−₸10 – 5", "−10 – 5_tenge"),
        ("1 rig", "en", "1_rig", "1_rig"),
        ("14 rig", "en", "14_rigs", "14_rigs"),
        ("1 farm", "en", "1_farm", "1_farm"),
        ("14 farm", "en", "14_farms", "14_farms"),
        ("14 farm", "ru", "14_farm", "14_farm"),
        ("21 rig", "ru", "21_ферма", "21_ферма"),
        ("2 rig", "ru", "2_фермы", "2_фермы"),
        ("~2 rig", "ru", "около 2_ферм", "около 2_ферм"),
        (">21 rig", "ru", "более 21_фермы", "более 21_фермы"),
        ("5 million rig", "ru", "5_млн_ферм", "5_миллионов_ферм"),
        ("18 MW/USD", "en", "18_MW/USD", "18_megawatts per US dollar"),
        ("406.5 KZT/USD", "en", "406.5_KZT/USD", "406.5_tenge per US dollar"),
        ("1234567.50 KZT", "fr", "1_234_567,50_₸", "1_234_567,50_tenges kazakhs"),
        (">13 %", "de", ">13_%", ">13_Prozent"),
    ],
)
def test_prints(written: str, lang: str, short: str, long: str) -> None:
    assert printed(written, lang).replace("\u00a0", "_") == short
    if lang != "de":
        assert printed(written, lang, "long").replace("\u00a0", "_") == long


@pytest.mark.parametrize(
    ("written", "scale", "expected"),
    [
        ("82 billion KZT", "million KZT", "₸82,000_million"),
        ("82 billion KZT", "million", "₸82,000_million"),
        ("82 billion KZT", "none", "₸82,000,000,000"),
        ("201700000 USD", "auto", "US$201.7_million"),
        ("0.36 MW/rig", "kW/rig", "360_kW/rig"),
        ("18.10 %", "", "0.1810"),
        ("1.93", "percent", "193%"),
    ],
)
def test_scales(written: str, scale: str, expected: str) -> None:
    assert printed(written, "en", scale=scale).replace("\u00a0", "_") == expected


def test_scale_is_of_the_same_sort() -> None:
    with pytest.raises(UnitError):
        printed("82 billion KZT", "en", scale="USD")


@pytest.mark.parametrize(
    ("written", "show", "lang", "expected"),
    [
        ("14 rig", "number", "en", "14"),
        ("<=1234.50 rig", "number", "ru", "1\u00a0234,50"),
        ("14 rig", "words", "en", "fourteen"),
        ("14 rig", "words", "ru", "четырнадцать"),
        ("14 rig", "words", "kk", "он төрт"),
        ("2", "ordinal", "en", "second"),
        ("22", "ordinal", "en", "22nd"),
        ("113", "ordinal", "en", "113th"),
        ("2", "ordinal", "kk", "екінші"),
        ("22", "ordinal", "kk", "жиырма екінші"),
        ("3 year", "value", "ru", "3\u00a0года"),
        ("3 year", "value", "kk", "3\u00a0жыл"),
        ("5 year", "value", "ru", "5\u00a0лет"),
        (">2 year", "value", "ru", "более 2\u00a0лет"),
        ("2", "ordinal", "ru", "2-й"),
    ],
)
def test_shows(written: str, show: Show, lang: str, expected: str) -> None:
    assert format_quantity(quantity(written), lang, units=UNITS, show=show) == expected


@pytest.mark.parametrize(("written", "lang"), [("18.10 %", "en"), ("1..2", "en"), ("3", "de"), ("1000000000000", "en")])
def test_what_has_no_words(written: str, lang: str) -> None:
    with pytest.raises(FormatError):
        format_quantity(quantity(written), lang, units=UNITS, show="words")


def test_number_words() -> None:
    assert number_words(342, "en") == "three hundred and forty-two"
    assert number_words(21_002, "ru") == "двадцать одна тысяча два"
    assert number_words(1995, "kk") == "мың тоғыз жүз тоқсан бес"
    assert number_words(-3, "en") == "minus three"
    assert [ordinal(n, "kk") for n in (2, 10, 11, 16, 40, 99)] == [
        "екінші", "оныншы", "он бірінші", "он алтыншы", "қырықыншы", "тоқсан тоғызыншы",
    ]  # fmt: skip
    assert [ordinal(n, "kk")[-2:] for n in (100, 106, 110, 1000)] == ["ші", "шы", "шы", "шы"]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("2021", "en", "2021"),
        ("2021-11", "en", "November 2021"),
        ("2021-11-20", "en", "20 November 2021"),
        ("2021-11-20", "ru", "20 ноября 2021_г."),
        ("2021-11", "ru", "ноябрь 2021_г."),
        ("2021-11", "kk", "2021_ж. қараша"),
        ("2020/2025", "en", "2020–2025"),
        ("2020-06/2021-07", "en", "June 2020 – July 2021"),
        ("2020-06~", "en", "around June 2020"),
        ("2020-06?", "en", "possibly June 2020"),
        ("2021/2021", "en", "2021"),
        ("2021-03/2021-03", "en", "March 2021"),
        ("2021-05-05~/2021-05-05~", "en", "around 5 May 2021"),
        ("2021/..", "en", "since 2021"),
        ("../2021", "en", "until 2021"),
        ("2021-22", "en", "summer 2021"),
        ("2021-22", "de", "Sommer 2021"),
        ("2021-22", "es", "verano de 2021"),
        ("2021-22", "zh", "2021年夏季"),
        ("2021-22", "is", "summer 2021"),  # `2021-22` would be two years
        ("2020~/2021", "en", "around 2020 – 2021"),
        ("2020/2021?", "en", "2020 – possibly 2021"),
        ("199X", "en", "1990s"),
        ("199X", "ru", "1990-е"),
        ("199X", "kk", "1990-жылдар"),
        ("199X", "fr", "1990–1999"),
        ("19XX", "ru", "1900–1999"),
        ("2004-XX", "en", "2004"),
        ("2004-06-XX", "ru", "июнь 2004_г."),
        ("2004-06/..", "kk", "2004_ж. маусым–"),
        ("2001-21", "ru", "весна 2001"),
        ("-0043", "en", "44 BCE"),
        ("-0043", "ru", "44 г. до н. э."),
        ("-0043", "kk", "б. з. д. 44 ж."),
        ("-0043", "fr", "44 av. J.-C."),
        ("-0043-03-15", "en", "15 March 44 BCE"),
        ("-0043-03-15", "ru", "15 марта 44 г. до н. э."),
        ("-0043-03", "kk", "б. з. д. 44 ж. наурыз"),
        ("-0100/-0043", "en", "101 BCE – 44 BCE"),
        ("0000", "en", "1 BCE"),
        ("Y170000002", "en", "170000002"),
    ],
)
def test_dates(text: str, lang: str, expected: str) -> None:
    assert format_date(parse_edtf(text), lang).replace("\u00a0", "_") == expected


@given(
    st.integers(-(10**14), 10**14).filter(bool),
    st.sampled_from(["KZT", "billion KZT", "rig", "million rig", "percent", "thousand KZT"]),
)
def test_a_computed_number_has_the_multiple_that_fits(number: int, unit: str) -> None:
    typed = quantity(f"{number} {unit}") if len(str(number)) < 30 else quantity(f"1 {unit}")
    assert scaled(typed, None, UNITS) == typed
    shown = scaled(replace(typed, typed=None), None, UNITS)
    assert shown.headline * shown.unit.scale == typed.headline * typed.unit.scale
    size = abs(shown.headline)
    if typed.unit.multiple != 1 and 1 <= abs(typed.headline) < 1000:
        assert shown.unit == typed.unit
    if shown.unit.text == "percent" or unit == "rig":
        assert shown.unit == typed.unit
    elif shown.unit.multiple == 1:
        assert size < 10**6
    else:
        assert size >= 1
        assert size < 1000 or shown.unit.multiple == 10**12


LANGUAGES = st.sampled_from(["en", "ru", "kk", "fr", "de", "hi", "en-GB"])
NUMBERS = st.decimals(-(10**12), 10**12, places=3).map(lambda number: format(number, "f")) | st.integers().filter(
    lambda number: len(str(number)) < 25
).map(str)
UNIT_TEXTS = st.sampled_from(["", "percent", "pp", "KZT", "billion KZT", "USD", "MW", "rig", "MW/rig", "km", "month"])


@given(NUMBERS, LANGUAGES)
def test_a_number_reads_back(number: str, lang: str) -> None:
    assert read(format_number(number, lang), lang) == Fraction(number)


@given(NUMBERS, UNIT_TEXTS, LANGUAGES, st.sampled_from(["=", "<", "<=", ">", ">=", "~"]), st.booleans())
def test_a_quantity_reads_back(number: str, unit: str, lang: str, relation: str, long: bool) -> None:
    made = quantity(f"{relation}{number} {unit}".strip())
    text = format_quantity(made, lang, units=UNITS, unit="long" if long else "short")
    assert not re.search("[\u202f\u2009]|-[0-9]", text)
    minus = "−" if "−" in text else ""
    digits = re.search(r"\d[\d.,\u00a0’]*", text)
    assert digits
    assert read(minus + digits.group().rstrip(".,\u00a0"), lang) == Fraction(number)


@given(st.integers(-999_999, 999_999))
def test_words_differ(number: int) -> None:
    for lang in ("en", "ru", "kk"):
        assert number_words(number, lang) != number_words(number + (1 if number < 999_999 else -1), lang)


@given(st.decimals(Decimal("0.001"), 10**9, places=3), st.integers(1, 12))
def test_rounding_to_digits_stays_within_half_of_the_last(number: Decimal, digits: int) -> None:
    text = format_quantity(typed_quantity(format(number, "f")), "en", units=UNITS, digits=digits)
    error = abs(read(text, "en") - Fraction(number))
    assert error <= abs(Fraction(number)) * Fraction(1, 2) / 10 ** (digits - 1)


def read(text: str, lang: str) -> Fraction:
    """A printed number, read by the signs of its language."""
    decimal, grouping = {"de": (",", ".")}.get(lang, (",", "\u00a0") if lang in ("ru", "kk", "fr") else (".", ","))
    return Fraction(text.replace(grouping, "").replace(decimal, ".").replace("−", "-"))


@pytest.mark.parametrize(
    ("written", "short", "long"),
    [
        ("> 13 percent", "13%-дан астам", "13_пайыздан астам"),
        ("< 5.11 pp", "<5,11_п._т.", "5,11_пайыздық тармақтан кем"),
        ("> 82 billion KZT", "82_млрд_₸-ден астам", "82_миллиард_теңгеден астам"),
        ("< 3 million USD", "3_млн_$-нан кем", "3_миллион_АҚШ долларынан кем"),
        ("> 2 year", "2_жылдан астам", "2_жылдан астам"),
        ("> 180 MW", "180_МВт-тан астам", "180_мегаватттан астам"),
        ("> 16", "16-дан астам", "16-дан астам"),
        ("< 2.5", "2,5-тен кем", "2,5-тен кем"),
        ("> 10", "10-нан астам", "10-нан астам"),
        ("> 3 million", "3_млн-нан астам", "3_миллионнан астам"),
        ("< 1000000000000", "<1_000_000_000_000", "<1_000_000_000_000"),
        ("< -1000000000000", "<−1_000_000_000_000", "<−1_000_000_000_000"),
    ],
)
def test_over_and_under_in_kazakh_take_a_case(written: str, short: str, long: str) -> None:
    assert printed(written, "kk").replace("\u00a0", "_") == short
    assert printed(written, "kk", "long").replace("\u00a0", "_") == long


@pytest.mark.parametrize(
    ("lang", "short", "long", "least", "over"),
    [
        ("en", "5_MW/rig", "5_megawatts per rig", "at least 5_megawatts per rig", "over 5_megawatts per rig"),
        ("ru", "5_МВт на ферму", "5_мегаватт на ферму", "не менее 5_мегаватт на ферму", "более 5_мегаватт на ферму"),
        (
            "kk",
            "бір фермаға 5_МВт",
            "бір фермаға 5_мегаватт",
            "бір фермаға кемінде 5_мегаватт",
            "бір фермаға 5_мегаватттан астам",
        ),
    ],
)
def test_an_amount_for_each_is_said_as_units_yaml_says(lang: str, short: str, long: str, least: str, over: str) -> None:
    assert printed("5 MW/rig", lang).replace("\u00a0", "_") == short
    assert printed("5 MW/rig", lang, "long").replace("\u00a0", "_") == long
    assert printed(">= 5 MW/rig", lang, "long").replace("\u00a0", "_") == least
    assert printed("> 5 MW/rig", lang, "long").replace("\u00a0", "_") == over
