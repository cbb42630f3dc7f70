"""Interval arithmetic holds every value that its inputs allow, and no end that it does not reach."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportgen.model.interval import Interval

F = Fraction
fractions = st.fractions(min_value=-50, max_value=50, max_denominator=12)


@st.composite
def interval_and_member(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval of any kind, and a number in it."""
    member = draw(fractions)
    below, above = (draw(st.none() | st.fractions(min_value=0, max_value=9, max_denominator=6)) for _ in range(2))
    return (
        Interval(
            None if below is None else member - below,
            None if above is None else member + above,
            bool(below) and draw(st.booleans()),
            bool(above) and draw(st.booleans()),
        ),
        member,
    )


@given(interval_and_member(), interval_and_member())
def test_holds_every_value_that_its_inputs_allow(one: tuple[Interval, F], other: tuple[Interval, F]) -> None:
    (first, a), (second, b) = one, other
    assert (first + second).contains(a + b)
    assert (first - second).contains(a - b)
    assert (first * second).contains(a * b)
    assert (-first).contains(-a)
    assume(not second.contains(F(0)))
    assert (first / second).contains(a / b)


@given(interval_and_member(), interval_and_member())
def test_distance_is_zero_where_they_meet(one: tuple[Interval, F], other: tuple[Interval, F]) -> None:
    first, second = one[0], other[0]
    assert first.distance(second) == second.distance(first) >= 0
    if not first.below(second) and not second.below(first):
        assert first.distance(second) == 0
    assert first.distance(second) <= abs(one[1] - other[1])


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (Interval(F(0), F(2), low_open=True) * Interval(F(0), F(3)), Interval(F(0), F(6))),
        (Interval(F(0), F(2), low_open=True) * Interval(F(1), F(3)), Interval(F(0), F(6), low_open=True)),
        (Interval(F(-1), F(2), high_open=True) * Interval(F(2), F(3)), Interval(F(-3), F(6), high_open=True)),
        (Interval(None, F(0)) * Interval(F(2), None), Interval(None, F(0))),
        (Interval(None, F(50)) * Interval.point(F(-2)), Interval(F(-100), None)),
        (Interval.point(F(0)) * Interval(None, None), Interval.point(F(0))),
        (Interval.point(F(180)) / Interval(F(0), F(500), low_open=True), Interval(F(9, 25), None)),
        (Interval.point(F(1)) / Interval(F(2), None), Interval(F(0), F(1, 2), low_open=True)),
        (Interval.point(F(1)) / Interval(None, F(-2), high_open=True), Interval(F(-1, 2), F(0), True, True)),
        (Interval(F(1), F(2), low_open=True) + Interval(F(1), F(2)), Interval(F(2), F(4), low_open=True)),
        (Interval(F(1), None) - Interval(F(1), None), Interval(None, None)),
    ],
)
def test_ends(made: Interval, expected: Interval) -> None:
    assert made == expected


def test_division_by_what_may_be_zero() -> None:
    for divisor in (Interval(F(0), F(5)), Interval(F(-1), F(1)), Interval.point(F(0)), Interval(None, F(0))):
        with pytest.raises(ZeroDivisionError):
            Interval.point(F(1)) / divisor


def test_an_interval_is_never_empty() -> None:
    for low, high, low_open in ((F(2), F(1), False), (F(1), F(1), True)):
        with pytest.raises(ValueError):
            Interval(low, high, low_open)
