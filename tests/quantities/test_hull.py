"""Formulas over boxes: the hull holds every value, no more than it must, and what is printed holds the hull."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportgen.language.rounding import quantity_texts, unsupported
from reportgen.model.interval import Interval
from reportgen.model.quantity import Quantity, Relation, range_quantity, typed_quantity
from reportgen.quantities.formula import Computation, FormulaError, compute, evaluate_check, parse_formula
from reportgen.quantities.hull import NEAR

from .project import UNITS, quantity

F = Fraction


def computed(text: str, **facts: str) -> Computation:
    return compute(parse_formula(text), lambda name: quantity(facts[name]), UNITS)


def ends(text: str, **facts: str) -> tuple[Fraction | None, Fraction | None]:
    found = computed(text, **facts).interval
    return found.low, found.high


@pytest.mark.parametrize(
    ("formula", "facts", "low", "high"),
    [
        # Monotone in each fact, however often it is named: the corners.
        ("[x] / ([x] + [y])", {"x": "200..400", "y": "600..600"}, F(1, 4), F(2, 5)),
        ("[x] / ([x] + [y])", {"x": "200..400", "y": "100..600"}, F(1, 4), F(4, 5)),
        ("([x] - [y]) / [x]", {"x": "2..4", "y": "1..2"}, F(0), F(3, 4)),
        ("1 - [y] / [x]", {"x": "2..4", "y": "1..2"}, F(0), F(3, 4)),
        # The corners say 9 to 16.
        ("[x] * (10 - [x])", {"x": "2..9"}, F(9), F(25)),
        ("[x] * (10 - [x])", {"x": "6..9"}, F(9), F(24)),
        ("[x] * [x]", {"x": "-3..2"}, F(0), F(9)),
        ("[x] * [x] - 2 * [x]", {"x": "0..4"}, F(-1), F(8)),
        # It cancels, whatever it is.
        ("[x] - [x]", {"x": "3..8"}, F(0), F(0)),
        ("[x] / [x]", {"x": "3..8"}, F(1), F(1)),
        ("[x] + [y] - [x]", {"x": "3..8", "y": "1..2"}, F(1), F(2)),
        ("2 * ([x] + [y]) - 2 * [x]", {"x": "3..8", "y": "1..2"}, F(2), F(4)),
        ("[x] - [x]", {"x": "<=500 rig"}, F(0), F(0)),
        ("[x] / [x]", {"x": "<=500 rig"}, F(1), F(1)),
        ("([x] + [y]) / ([x] + [y])", {"x": "1..500 rig", "y": ">=2 rig"}, F(1), F(1)),
        # A divisor that would contain 0 if each mention were a value of its own.
        ("1 / ([x] - [x] / 2)", {"x": "2..8"}, F(1, 4), F(1)),
        ("1 / ([x] - [x] + 2)", {"x": "0..1000000"}, F(1, 2), F(1, 2)),
    ],
)
def test_each_fact_is_one_variable(formula: str, facts: dict[str, str], low: Fraction, high: Fraction) -> None:
    assert ends(formula, **facts) == (low, high)


def test_where_no_end_is_exact_the_hull_is_close_from_outside() -> None:
    # x³ − 12x over −3 to 3 has its turning points at ±2.
    low, high = ends("[x] * [x] * [x] - 12 * [x]", x="-3..3")
    assert low is not None
    assert high is not None
    assert -16 - 33 * NEAR <= low <= -16
    assert 16 <= high <= 16 + 33 * NEAR


def test_a_check_looks_at_both_sides_over_one_box() -> None:
    def verdict(check: str, **facts: str) -> str:
        found = evaluate_check(parse_formula(check), lambda name: quantity(facts[name]), UNITS)
        return found.verdict.value

    assert verdict("[x] <= [x]", x="3..8") == "holds"
    assert verdict("[x] < [x]", x="3..8") == "fails"
    assert verdict("[x] + [y] > [x]", x="3..8", y="1..2") == "holds"
    assert verdict("[x] < [y]", x="3..8", y="8..9") == "undecided"
    assert verdict("[x] < [y]", x="14 MW", y="15 MW") == "holds"
    assert verdict("[x] < [y]", x="14 MW", y="14.2 MW") == "undecided"
    assert verdict("[x] > [y]", x="14 MW", y="15 MW") == "fails"


# Properties

NAMES = ("x", "y", "z")
LEAVES = (*(f"[{name}]" for name in NAMES), "2", "0.5", "10")
SIGNS = (" + ", " - ", " * ", " / ")


# Few draws, each of one number: what Hypothesis itself does for a draw takes longer than a formula.
@st.composite
def trees(draw: st.DrawFn) -> str:
    """Formulas of up to six leaves, of which one at least is a fact. Neighbours are joined until one is left."""
    parts = draw(st.lists(st.sampled_from(LEAVES), min_size=1, max_size=6))
    assume(any(part[0] == "[" for part in parts))
    while len(parts) > 1:
        at, sign = divmod(draw(JOINTS[len(parts)]), len(SIGNS))
        parts[at : at + 2] = [f"({parts[at]}{SIGNS[sign]}{parts[at + 1]})"]
    return parts[0]


JOINTS = {size: st.integers(0, (size - 1) * len(SIGNS) - 1) for size in range(2, 7)}
"""How many parts there are -> where two are joined, and how."""
TREES = trees()
NUMBERS = st.integers(-999, 999).map(lambda tenths: f"{Decimal(tenths) / 10:.1f}")
SHARES = st.sampled_from(sorted({F(part, of) for of in range(1, 17) for part in range(of + 1)}))
KINDS = st.sampled_from(["range", "range", "range over 0", "rounded", "exact", "to tens"])
STEPS = {"rounded": None, "exact": F(0), "to tens": F(5)}


@st.composite
def facts(draw: st.DrawFn) -> Quantity:
    """A rounded number, an exact one, or a range. Few ranges hold 0, since hardly a formula can divide by those."""
    kind, number = draw(KINDS), draw(NUMBERS)
    if kind in STEPS:
        return typed_quantity(number, step=STEPS[kind])
    other = draw(NUMBERS)
    if kind == "range" and (number[0] == "-") != (other[0] == "-"):
        other = other[1:] if other[0] == "-" else f"-{other}"
    return range_quantity(*sorted((number, other), key=Decimal))


BOXES = st.fixed_dictionaries({name: facts() for name in NAMES})


def value_at(text: str, point: dict[str, Fraction]) -> Fraction:
    """The formula at a point, by Python's own arithmetic."""
    for name, value in point.items():
        text = text.replace(f"[{name}]", f"F({value.numerator}, {value.denominator})")
    for literal in ("10", "0.5", "2"):
        text = text.replace(f" {literal})", f" F('{literal}'))").replace(f"({literal} ", f"(F('{literal}') ")
    return F(eval(text, {"F": F}))


def inside(box: dict[str, Quantity], shares: tuple[Fraction, ...]) -> dict[str, Fraction]:
    """A point of the box."""
    found = {}
    for (name, fact), share in zip(box.items(), shares, strict=True):
        low, high = fact.interval.low, fact.interval.high
        assert low is not None
        assert high is not None
        found[name] = low + share * (high - low)
        assume(fact.interval.contains(found[name]))
    return found


@settings(max_examples=300)
@given(TREES, BOXES, st.tuples(SHARES, SHARES, SHARES))
def test_the_hull_holds_every_point(text: str, box: dict[str, Quantity], shares: tuple[Fraction, ...]) -> None:
    point = inside(box, shares)
    try:
        found = compute(parse_formula(text), box.__getitem__, UNITS)
    except FormulaError:
        return
    assert found.interval.contains(value_at(text, point))


@given(TREES, BOXES)
def test_what_is_printed_holds_the_hull(text: str, box: dict[str, Quantity]) -> None:
    try:
        computation = compute(parse_formula(text), box.__getitem__, UNITS)
    except FormulaError:
        return
    made, hull = computation.quantity(UNITS), computation.interval
    assert hull.low is not None
    assert hull.high is not None
    if made.exact:
        return
    texts = quantity_texts(made)
    if made.is_range:
        low, high = (F(text) for text in texts)
        assert low <= hull.low <= hull.high <= high
        assert unsupported(made, 12, None)
    else:
        (printed,) = texts
        unit = F(1, 10 ** len(printed.partition(".")[2]))
        if "." not in printed:
            unit = F(10) ** (len(printed) - len(printed.rstrip("0")))
        assert F(printed) - unit <= hull.low <= hull.high <= F(printed) + unit


@given(TREES, BOXES)
def test_a_value_less_itself_is_nothing(text: str, box: dict[str, Quantity]) -> None:
    try:
        compute(parse_formula(text), box.__getitem__, UNITS)
    except FormulaError:
        return
    assert compute(parse_formula(f"{text} - {text}"), box.__getitem__, UNITS).interval == Interval.point(F(0))


@given(TREES, BOXES)
def test_exact_facts_give_one_value(text: str, box: dict[str, Quantity]) -> None:
    exact = {name: typed_quantity("7" if fact.typed is None else "13.5", step=F(0)) for name, fact in box.items()}
    try:
        found = compute(parse_formula(text), exact.__getitem__, UNITS)
    except FormulaError:
        return
    assert found.interval.is_point
    assert found.quantity(UNITS).relation is Relation.EQUAL


@settings(max_examples=50)
@given(st.lists(NUMBERS, min_size=2, max_size=3))
def test_a_quadratic_is_exact(ends_of: list[str]) -> None:
    """Its turning point is where the derivative is 0, which a straight line through its ends finds."""
    low, high = sorted(ends_of[:2], key=Decimal)
    assume(low != high)
    found = compute(parse_formula("[x] * [x] - 3 * [x]"), lambda _: range_quantity(low, high), UNITS).interval
    places = [F(low), F(high), *([F(3, 2)] if F(low) < F(3, 2) < F(high) else [])]
    values = [place * place - 3 * place for place in places]
    assert (found.low, found.high) == (min(values), max(values))
