"""Unit text -> units; what goes together; numbers as typed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reportgen.language.nouns import plural_of
from reportgen.language.rounding import bound_texts, decimal_text, exact_text, quantity_texts
from reportgen.language.units import UnitError, convert, unit_table
from reportgen.model.interval import Interval
from reportgen.model.quantity import Relation, UnitForms, bounded_quantity, range_quantity, typed_quantity
from reportgen.model.text import Text
from reportgen.quantities.format import FormatError, format_quantity

from .project import UNITS, quantity


@pytest.mark.parametrize(
    ("text", "powers", "scale"),
    [
        ("", (), 1),
        ("%", (("percent", 1),), 1),
        ("percentage points", (("pp", 1),), 1),
        ("MW", (("W", 1),), 10**6),
        ("kWh", (("W", 1), ("s", 1)), 3_600_000),
        ("EH/s", (("hash", 1), ("s", -1)), 10**18),
        ("kg", (("g", 1),), 1000),
        ("billion KZT", (("KZT", 1),), 10**9),
        ("KZT/USD", (("KZT", 1), ("USD", -1)), 1),
        ("kW/rig", (("W", 1), ("rig", -1)), 1000),
        ("rigs", (("rig", 1),), 1),
        ("thousand person", (("person", 1),), 1000),
        ("years", (("month", 1),), 12),
        ("million", (), 10**6),
        ("litres", (("m", 3),), Fraction(1, 1000)),
        ("square kilometres", (("m", 2),), 10**6),
        ("tonnes", (("g", 1),), 10**6),
        ("million litres/day", (("m", 3), ("s", -1)), Fraction(10**3, 86400)),
    ],
)
def test_parses(text: str, powers: tuple[tuple[str, int], ...], scale: Fraction) -> None:
    unit = UNITS.parse(text)
    assert (unit.powers, unit.scale) == (powers, scale)
    assert UNITS.parse(unit.text) == unit


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("usd", '"USD"'),
        ("rgi", '"rig"'),
        ("mw", '"MW"'),
        ("xyzzy", "units.yaml"),
        ("kW/", "kW/rig"),
        ("KZT billion", ""),
    ],
)
def test_an_unknown_unit_names_the_nearest(text: str, hint: str) -> None:
    with pytest.raises(UnitError) as caught:
        UNITS.parse(text)
    assert hint in (caught.value.hint or "")


def test_a_measures_unit_that_is_not_built_in_is_a_counted_noun() -> None:
    units = unit_table(["MW/site", "thousand job", "mining farm", "million USD"])
    assert units.parse("site").powers == (("site", 1),)
    assert units.parse("job/site").powers == (("job", 1), ("site", -1))
    assert units.parse("mining farm").powers == (("mining farm", 1),)
    with pytest.raises(UnitError):
        unit_table().parse("site")


@pytest.mark.parametrize(("one", "many"), [("person", "people"), ("boat", "boats"), ("mining farm", "mining farms")])
@pytest.mark.parametrize("measured", [False, True])
def test_one_and_many_of_an_undeclared_noun_count_the_same(one: str, many: str, measured: bool) -> None:
    """Facts are read with the nouns of measures and their own, and printed with those of the whole project."""
    own = unit_table([f"kg/{one}"] if measured else [])
    rate, count = own.with_nouns(f"kg/{one}").parse(f"kg/{one}"), own.with_nouns(many).parse(many)
    units = unit_table([f"kg/{one}", many])
    assert units.product(rate, count).text == "kg"
    assert units.product(units.parse(f"MWh/{many}"), units.parse(f"MW/{one}"), -1).text == "h"
    assert convert(typed_quantity("5", units.parse(one)), count).unit == count
    assert format_quantity(typed_quantity("131", count), "en", units=units) == f"131\N{NO-BREAK SPACE}{many}"
    assert format_quantity(typed_quantity("131", rate), "en", units=units) == f"131\N{NO-BREAK SPACE}kg/{one}"


def test_units_yaml_may_add_money() -> None:
    units = unit_table([], [UnitForms("BTC", "currency", short=Text.of("₿"))])
    assert units.symbols["BTC"].kind == "currency"


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [("82 billion KZT", "million KZT", "82000"), ("201.7 million USD", "USD", "201700000"), ("18.10 %", "", "0.1810"),
     ("1.93", "percent", "193"), ("0.36 MW", "kW", "360"), ("1.5 h", "min", "90"), ("3 h", "s", "11000"),
     ("3.00 h", "s", "10800"), ("700 million USD", "billion USD", "0.7"), ("3 rig", "thousand rig", "0.003")],
)  # fmt: skip
def test_converts_and_keeps_its_precision(typed: str, unit: str, number: str) -> None:
    assert quantity_texts(convert(quantity(typed), UNITS.parse(unit))) == (number,)


@pytest.mark.parametrize(("typed", "unit"), [("1 KZT", "USD"), ("1 rig", "farm"), ("1 MW", "MWh"), ("1 month", "day")])
def test_unlike_units_never_convert(typed: str, unit: str) -> None:
    with pytest.raises(UnitError):
        convert(quantity(typed), UNITS.parse(unit))


@pytest.mark.parametrize(
    ("number", "decimals", "significant"),
    [("18.10", 2, 4), ("0.036", 3, 2), ("0.0360", 4, 3), ("-5.0", 1, 2), ("0.00", 2, 1)],
)
def test_typed_trailing_zeros_count(number: str, decimals: int, significant: int) -> None:
    typed = typed_quantity(number)
    half = Fraction(1, 2 * 10**decimals)
    assert (typed.interval.high, typed.written, typed.exact) == (Fraction(number) + half, significant, False)
    assert quantity_texts(typed) == (number,)


def test_a_number_stands_for_what_rounds_to_it() -> None:
    for relation in (Relation.EQUAL, Relation.AROUND):
        rounded = typed_quantity("200", relation=relation)
        assert (rounded.interval, rounded.central) == (Interval(Fraction(399, 2), Fraction(401, 2), False, True), 200)
    assert typed_quantity("-1.2").interval == Interval(Fraction(-5, 4), Fraction(-23, 20), True, False)
    assert typed_quantity("0.0").interval == Interval(Fraction(-1, 20), Fraction(1, 20), True, True)
    assert typed_quantity("500", relation=Relation.UP_TO).exact
    assert typed_quantity("200", step=Fraction(0)).interval.is_point
    assert typed_quantity("700", step=Fraction(10)).interval == Interval(Fraction(695), Fraction(705), False, True)


def test_a_value_may_have_bounds() -> None:
    share = bounded_quantity("35", "22", "50.5", UNITS.parse("percent"))
    assert (share.interval, share.central, share.is_range) == (Interval(Fraction(22), Fraction(101, 2)), 35, False)
    assert (quantity_texts(share), share.bounds) == (("35",), ("22", "50.5"))
    assert format_quantity(share, "en", units=UNITS) == "35%\u00a0(22–50.5)"
    assert format_quantity(share, "en", units=UNITS, digits=1) == "40%\u00a0(20–60)"
    money = bounded_quantity("1.5", "1", "2.2", UNITS.parse("billion USD"))
    assert format_quantity(money, "en", units=UNITS, scale="million") == "US$1,500\u00a0million\u00a0(1,000–2,200)"
    with pytest.raises(FormatError):
        format_quantity(bounded_quantity("3", "2", "5"), "en", units=UNITS, show="words")
    for number, low, high, relation in (("5", "6", "7", "="), ("5", "7", "6", "="), ("5", "4", "6", ">")):
        with pytest.raises(ValueError):
            bounded_quantity(number, low, high, relation=Relation(relation))


def test_ranges() -> None:
    written = range_quantity("10", "20.5", relation=Relation.AROUND)
    assert (written.interval.low, written.interval.high, written.central) == (10, Fraction(41, 2), None)
    assert quantity_texts(written) == ("10", "20.5")
    assert range_quantity("10", None).relation is Relation.AT_LEAST
    assert range_quantity(None, "10").relation is Relation.UP_TO
    for low, high, relation in (("2", "1", "="), (None, None, "="), ("1", "2", "<"), ("01", "2", "=")):
        with pytest.raises(ValueError):
            range_quantity(low, high, relation=Relation(relation))


@pytest.mark.parametrize("text", ["010", "1,5", "1e3", "+1", ".5", "5.", "", "１", "1 000", "1" * 31])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError):
        typed_quantity(text)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("2490107", -3, "2490000"), ("0.04", 1, "0.0"),
     ("9.996", 2, "10.00"), ("1.005", 2, "1.01"), ("-0.4", 0, "0"), ("18.1", 2, "18.10")],
)  # fmt: skip
def test_halves_round_away_from_zero(value: str, decimals: int, text: str) -> None:
    assert decimal_text(Fraction(value), decimals) == text


def test_digits_and_decimals() -> None:
    typed = quantity("18.10 %")
    assert quantity_texts(typed, digits=2) == ("18",)
    assert quantity_texts(typed, decimals=1) == ("18.1",)
    assert quantity_texts(quantity("9.996"), digits=3) == ("10.0",)
    assert quantity_texts(quantity("1234567"), digits=3) == ("1230000",)


def test_bounds_have_twelve_digits() -> None:
    assert exact_text(Fraction(1, 3)) == "0.333333333333"
    assert exact_text(Fraction(100)) == "100"
    assert bound_texts(quantity("<=500 rig")) == (None, "500")
    assert bound_texts(quantity("~200 rig")) == ("200", "200")
    assert bound_texts(quantity("18.10 %")) == ("18.095", "18.105")


@pytest.mark.parametrize(
    ("one", "many"),
    [("farm", "farms"), ("box", "boxes"), ("company", "companies"), ("toy", "toys"), ("bus", "buses")],
)
def test_regular_plurals(one: str, many: str) -> None:
    assert plural_of(one) == many


@pytest.mark.parametrize(
    ("text", "money"), [("billion KZT", True), ("USD/rig", False), ("rig", False), ("H/s", False), ("", False)]
)
def test_money(text: str, money: bool) -> None:
    assert UNITS.is_money(UNITS.parse(text)) is money


def test_a_unit_in_the_wrong_case_is_no_noun() -> None:
    with pytest.raises(UnitError) as told:
        unit_table(["KM"]).parse("KM")
    assert told.value.hint == 'did you mean "km"?'
    assert unit_table(["L"]).parse("L") == UNITS.parse("l")
    assert unit_table(["L"], [UnitForms("L")]).parse("L").powers == (("L", 1),)
