"""Everyday signs and names of currencies, by language: which number of which currency they are read as."""

from __future__ import annotations

import pytest

from reportgen.language.scanner import phrases
from reportgen.language.units import UnitError, unit_table
from tests.language.reading import is_read, read


def money(text: str, language: str) -> list[tuple[str, str]]:
    """Value and codes of each number that is read with a unit."""
    return [
        (f"{float(reading.value):g}", "|".join(unit.name for unit in reading.units))
        for phrase in phrases(text, language)
        if not phrase.void
        for reading in phrase.readings
        if reading.units
    ]


@pytest.mark.parametrize(
    ("language", "text", "value", "codes"),
    [
        ("en", "the library spent RM 4.1m on cooling", "4.1e+06", "MYR"),
        ("en", "a budget of RM2.92 billion", "2.92e+09", "MYR"),
        ("en", "RM 19.30 per resident", "19.3", "MYR"),
        ("en", "earmarked Rp91.3 trillion", "9.13e+13", "IDR"),
        ("en", "Davao's P15 billion", "1.5e+10", "PHP|BWP"),
        ("en", "a loan of R350 million", "3.5e+08", "ZAR"),
        ("en", "it cost K63.7 million", "6.37e+07", "MMK|PGK|ZMW"),
        ("en", "it cost Bt57.7 million", "5.77e+07", "THB"),
        ("en", "stood at B$9.4m", "9.4e+06", "BND|BSD"),
        ("en", "C$12 million", "1.2e+07", "CAD|NIO"),
        ("en", "NT$72.7 million", "7.27e+07", "TWD"),
        ("en", "HK$71.7 million", "7.17e+07", "HKD"),
        ("en", "R$50 million", "5e+07", "BRL"),
        ("en", "RMB 73.7 million", "7.37e+07", "CNY"),
        ("en", "Php 50.7 million", "5.07e+07", "PHP"),
        ("en", "62.7 billion đồng", "6.27e+10", "VND"),
        ("en", "kr 30 million", "3e+07", "SEK|NOK|DKK|ISK"),
        ("en", "Rs 2,000", "2000", "INR|PKR|LKR|NPR|MUR|SCR"),
        ("en", "Ksh 500", "500", "KES"),
        ("en", "৳500", "500", "BDT"),
        ("id", "mencapai Rp 142,5 miliar", "1.425e+11", "IDR"),
        ("id", "Rp85.000 per tahun", "85000", "IDR"),
        ("id", "142,5 juta rupiah", "1.425e+08", "IDR"),
        ("ms", "sebanyak RM38.6 juta", "3.86e+07", "MYR"),
        ("ms", "12 juta ringgit", "1.2e+07", "MYR"),
        ("vi", "đạt 61,2 tỷ đồng", "6.12e+10", "VND"),
        ("vi", "kinh phí 45 triệu đồng", "4.5e+07", "VND"),
        ("vi", "giá 50.000đ", "50000", "VND"),
        ("th", "งบประมาณ 410 ล้านบาท", "4.1e+08", "THB"),
        ("hu", "30 milliárd Ft", "3e+10", "HUF"),
        ("bg", "30 милиона лева", "3e+07", "BGN"),
        ("bg", "30 лв.", "30", "BGN"),
        ("cs", "30 mil. Kč", "3e+07", "CZK"),
        ("pl", "30 mln zł", "3e+07", "PLN"),
        ("sv", "30 miljoner kr", "3e+07", "SEK|NOK|DKK|ISK"),
        ("nb", "250 kr", "250", "NOK|SEK|DKK|ISK"),
        ("fr", "25 000 dongs", "25000", "VND"),
        ("de", "45 Milliarden Rupiah", "4.5e+10", "IDR"),
    ],
)
def test_a_currency_is_read(language: str, text: str, value: str, codes: str) -> None:
    assert money(text, language) == [(value, codes)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "see P15 of the report"),
        ("en", "chapter R2 and K2, at Q3"),
        ("en", "the peak of K2 rose over 12 camps"),
        ("en", "grown from Bt11 maize"),
        ("en", "room Rm 12 was shut"),
        ("en", "the D5 tram"),
        ("de", "der Bericht vom den 15 Mai"),
        ("de", "am Rand 12 Bäume"),
        ("fr", "le KM 38 de la route"),
        ("fr", "le FC 12 et Le 14 juillet"),
        ("vi", "có 300 đồng nghiệp"),
        ("vi", "mua 12 đồng hồ"),
        ("sv", "de 12 som kom"),
        ("th", "มีห้องสมุด 36 แห่ง"),
    ],
)
def test_other_words_are_no_currency(language: str, text: str) -> None:
    assert money(text, language) == []


def test_a_million_of_thai_is_parted_from_what_it_counts() -> None:
    (phrase,) = phrases("มีผู้ใช้บริการ 2.31 ล้านคน", "th")
    assert (phrase.void, phrase.readings[0].value, phrase.readings[0].units) == ("", 2310000, ())


@pytest.mark.parametrize("text", ["ในปี 2566 ห้องสมุด", "พ.ศ. 2566 ห้องสมุด", "12 เมษายน 2567"])
def test_a_year_of_the_buddhist_era_is_no_number(text: str) -> None:
    assert all(phrase.kind == "date" for phrase in phrases(text, "th"))


def test_a_currency_of_the_quotation_that_the_fact_lacks_is_told() -> None:
    verdict = read("The city spent RM 38.6 million on them", "38.6", "million", "en")
    assert not is_read(verdict)
    assert [problem.message for problem in verdict.problems] == [
        'the quote has "RM 38.6 million", and the unit of the value is million'
    ]
    assert is_read(read("The city spent RM 38.6 million on them", "38.6", "million MYR", "en"))
    assert not is_read(read("spent RM 4.1m on cooling", "4.1", "m", "en"))


@pytest.mark.parametrize(
    ("unit", "codes"),
    [("million RM", "MYR"), ("ringgit", "MYR"), ("billion rupiah", "IDR"), ("kr", "SEK or NOK or DKK or ISK")],
)
def test_a_unit_by_a_sign_of_a_currency_names_its_code(unit: str, codes: str) -> None:
    with pytest.raises(UnitError) as raised:
        unit_table().parse(unit)
    assert f"if there is one: {codes}" in str(raised.value.hint)
