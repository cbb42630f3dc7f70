"""What a page prints is read back as itself, in every style, unit and relation."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.evidence.judge import supports
from reportgen.evidence.quoted import Quoted
from reportgen.language.fitting import asked
from reportgen.language.judging import judge
from reportgen.language.lexicon import unit_data
from reportgen.language.scanner import phrases
from reportgen.language.units import unit_table
from reportgen.model.edtf import Edtf, parse_edtf
from reportgen.model.fact import DateValue
from reportgen.model.quantity import Quantity, Relation, UnitForms, range_quantity, typed_quantity
from reportgen.model.text import Text
from reportgen.quantities.dates import DateStyle, format_date
from reportgen.quantities.format import format_quantity
from tests.language.reading import is_read

LANGUAGES = ("en", "ru", "kk")
TABLE = unit_table(["farm"])
UNITS = (
    *("percent", "pp", "MW", "GW", "kWh", "TWh", "EH/s", "billion KZT", "million USD", "EUR", "KZT", "GBP", "USD/kWh"),
    *("million t", "kg", "km", "ha", "km2", "m3", "l", "min", "h", "day", "week", "month", "year", "J", "GHz"),
    *("thousand farm", "farm"),
)
NUMBERS = st.decimals(min_value="-9999", max_value="99999", places=2, allow_nan=False).map(
    lambda n: f"{n.normalize():f}"
)


def read_back(quantity: Quantity, language: str, style: str) -> None:
    printed = format_quantity(quantity, language, units=TABLE, unit=style)  # type: ignore[arg-type]
    verdict = judge(asked(quantity), printed, language)
    assert is_read(verdict), (printed, verdict)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", UNITS)
def test_units_in_both_styles(unit: str, language: str) -> None:
    for style in ("short", "long"):
        for number in ("1", "2", "5", "21", "0.5", "1.25", "1500", "2021.5"):
            read_back(typed_quantity(number, TABLE.parse(unit)), language, style)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_and_currency(language: str) -> None:
    """Each built-in unit and each currency, in each plural form."""
    table = unit_table()
    for name, symbol in table.symbols.items():
        if symbol.kind == "currency" or name in unit_data().units:
            for style in ("short", "long"):
                for number in ("1", "2", "5", "0.5"):
                    read_back(typed_quantity(number, table.parse(name)), language, style)


@settings(max_examples=200, deadline=None)
@given(number=st.integers(-(10**12) + 1, 10**12 - 1), language=st.sampled_from(LANGUAGES))
def test_numbers_in_words(number: int, language: str) -> None:
    quantity = typed_quantity(str(number))
    printed = format_quantity(quantity, language, units=TABLE, show="words")
    assert is_read(judge(asked(quantity), printed, language)), printed


@settings(max_examples=200, deadline=None)
@given(number=st.integers(1, 1499), language=st.sampled_from(LANGUAGES))
def test_places_in_an_order(number: int, language: str) -> None:
    printed = format_quantity(typed_quantity(str(number)), language, units=TABLE, show="ordinal")
    found = phrases(printed, language)
    assert [r.value for phrase in found for r in phrase.readings] == [number], printed


DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@settings(max_examples=300, deadline=None)
@given(
    day=DAYS,
    other=DAYS,
    length=st.sampled_from([4, 7, 10]),
    language=st.sampled_from(LANGUAGES),
    style=st.sampled_from(["long", "short"]),
)
def test_dates(day: date, other: date, length: int, language: str, style: DateStyle) -> None:
    """A year, a month or a day is printed and read back as itself; another is not read out of it."""
    time, wrong = (parse_edtf(point.isoformat()[:length]) for point in (day, other))
    printed = format_date(time, language, style)
    assert state_of(time, printed, language) == "read", printed
    if wrong != time:
        assert state_of(wrong, printed, language) != "read", (printed, wrong)


@settings(max_examples=100, deadline=None)
@given(days=st.tuples(DAYS, DAYS), length=st.sampled_from([4, 7]), language=st.sampled_from(LANGUAGES))
def test_spans_of_dates(days: tuple[date, date], length: int, language: str) -> None:
    first, last = (point.isoformat()[:length] for point in sorted(days))
    if first != last:
        printed = format_date(parse_edtf(f"{first}/{last}"), language)
        assert state_of(parse_edtf(f"{first}/{last}"), printed, language) == "read", printed


def state_of(time: Edtf, quote: str, language: str) -> str:
    return supports(DateValue(time), [Quoted(quote, language)]).state


@settings(max_examples=200, deadline=None)
@given(
    number=NUMBERS,
    unit=st.sampled_from(UNITS),
    relation=st.sampled_from(list(Relation)),
    language=st.sampled_from(LANGUAGES),
    style=st.sampled_from(["short", "long"]),
)
def test_numbers_and_relations(number: str, unit: str, relation: Relation, language: str, style: str) -> None:
    read_back(typed_quantity(number, TABLE.parse(unit), relation), language, style)


@settings(max_examples=100, deadline=None)
@given(
    low=st.integers(-90, 1400),
    more=st.integers(1, 90),
    unit=st.sampled_from([unit for unit in UNITS if "/" not in unit]),
    language=st.sampled_from(LANGUAGES),
    relation=st.sampled_from([Relation.EQUAL, Relation.AROUND]),
)
def test_ranges(low: int, more: int, unit: str, language: str, relation: Relation) -> None:
    read_back(range_quantity(str(low), str(low + more), TABLE.parse(unit), relation), language, "short")


FORMS = (
    UnitForms(
        "falcon",
        plural=tuple(
            (category, Text(tuple(words.items())))
            for category, words in {
                "one": {"en": "falcon", "ru": "сокол", "kk": "сұңқар"},
                "few": {"ru": "сокола"},
                "many": {"ru": "соколов"},
                "other": {"en": "falcons", "ru": "сокола", "kk": "сұңқар"},
            }.items()
        ),
    ),
)


@settings(max_examples=150, deadline=None)
@given(count=st.one_of(st.integers(0, 130), st.integers(0, 10**7)), language=st.sampled_from(LANGUAGES))
def test_counts_of_a_noun_of_the_projects_own(count: int, language: str) -> None:
    """In the form that CLDR asks for, and read back as the same count."""
    table = unit_table((), FORMS)
    quantity = typed_quantity(str(count), table.parse("falcon"))
    printed = format_quantity(quantity, language, units=table)
    assert is_read(judge(asked(quantity), printed, language)), printed
    if language == "ru":
        last, tens = count % 10, count % 100 // 10
        few = "сокола" if last in (2, 3, 4) and tens != 1 else "соколов"
        assert printed.endswith("сокол" if last == 1 and tens != 1 else few)
