from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.evidence.numbers import NotRead, ReadNumber, missing_relation, read_numbers, value_in_quote
from tests.evidence.planted import cases

VALUES = cases("values.tsv")


@pytest.mark.parametrize(
    ("quote", "language", "number", "multiple", "percent", "expected"), VALUES, ids=["|".join(c) for c in VALUES]
)
def test_value_in_quote(quote: str, language: str, number: str, multiple: str, percent: str, expected: str) -> None:
    read = value_in_quote(Fraction(number), Fraction(multiple), percent == "percent", [quote], language)
    assert isinstance(read, ReadNumber) == (expected == "yes"), read


@pytest.mark.parametrize(
    ("quote", "relation", "missing"),
    [
        ("over 13% of it", "=", '"over" is >'),
        ("over 13% of it", ">", ""),
        ("up to 50% of it", "=", '"up to" is <='),
        ("around US$200 million", "=", '"around" is ~'),
        ("nearly 100,000", "<", ""),
        ("nearly 100,000", "~", ""),
        ("no more than 5 rigs", ">", '"no more than" is <='),
        ("at least four rigs", ">=", ""),
        ("100+ rigs", "=", '"+" is >='),
        ("five or more rigs", "=", '"or more" is >='),
        ("ranked above, 13% of it", "=", ""),
        ("свыше 13 % ферм", "=", '"свыше" is >'),
    ],
)
def test_relations(quote: str, relation: str, missing: str) -> None:
    assert missing_relation(read_numbers(quote)[0], relation) == missing


def test_why_a_value_is_not_read() -> None:
    wrong = value_in_quote(Fraction(19), Fraction(1), True, ["counted 18.10% of 5 farms"], "en")
    assert wrong == NotRead('the quote has "18.10%" and "5"', ("18.10%", "5"))
    plain = value_in_quote(Fraction(5), Fraction(1), True, ["counted 18.10% of 5 farms"], "en")
    assert isinstance(plain, NotRead)
    assert plain.reason == 'the quote has "5", which has no percent sign there'
    assert isinstance(value_in_quote(Fraction(5), Fraction(1), True, ["many farms"], "en"), NotRead)


NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False)


@given(NUMBERS, NUMBERS)
def test_only_the_number_itself_is_read(one: object, other: object) -> None:
    quote = f"stood at {one} units"
    read = value_in_quote(Fraction(str(other)), Fraction(1), False, [quote], "en")
    assert isinstance(read, ReadNumber) == (Fraction(str(one)) == Fraction(str(other)))


@given(st.integers(0, 10**12), st.sampled_from(["{:,}", "{:_}", "{}"]))
def test_grouped_digits_are_read_whole(number: int, form: str) -> None:
    quote = "in all " + form.format(number).replace("_", "\u00a0") + " rigs"
    assert [read.value for read in read_numbers(quote)] == [number]


@given(st.text())
def test_reading_never_fails(text: str) -> None:
    read_numbers(text)
