"""What a page prints is read back as itself, in every style, unit and relation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.language.fitting import asked
from reportgen.language.judging import judge
from reportgen.language.units import unit_table
from reportgen.model.quantity import Quantity, Relation, range_quantity, typed_quantity
from reportgen.quantities.format import format_quantity
from tests.language.reading import is_read

LANGUAGES = ("en", "ru", "kk")
TABLE = unit_table(["farm"])
UNITS = (
    *("percent", "pp", "MW", "GW", "kWh", "TWh", "EH/s", "billion KZT", "million USD", "EUR", "KZT", "GBP", "USD/kWh"),
    *("million t", "kg", "km", "ha", "km2", "m3", "l", "min", "h", "day", "week", "month", "year", "J", "GHz"),
    *("thousand farm", "farm"),
)
NUMBERS = st.decimals(min_value="0", max_value="99999", places=2, allow_nan=False).map(lambda n: f"{n.normalize():f}")


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
    low=st.integers(1, 1400),
    more=st.integers(1, 90),
    unit=st.sampled_from([unit for unit in UNITS if "/" not in unit]),
    language=st.sampled_from(LANGUAGES),
)
def test_ranges(low: int, more: int, unit: str, language: str) -> None:
    read_back(range_quantity(str(low), str(low + more), TABLE.parse(unit)), language, "short")
