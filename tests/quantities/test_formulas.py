"""The formula language: each sentence of the design's "Values and units" and of its arithmetic, as a case."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportgen.model.quantity import Quantity, Relation
from reportgen.quantities.format import format_quantity
from reportgen.quantities.formula import (
    FormulaError,
    evaluate_check,
    evaluate_formula,
    formula_parts,
    formula_text,
    parse_formula,
)
from reportgen.quantities.syntax import DEPTH

from .project import UNITS, quantity

FACTS = {
    "share": "18.10 percent",
    "earlier": "6.17 percent",
    "whole-share": "65 percent",
    "grey": "<=50 percent",
    "later": ">13 percent",
    "mw": "180 MW",
    "rigs": "<=500 rig",
    "some-rigs": ">=500 rig",
    "farms": "14 farm",
    "kzt": "82 billion KZT",
    "more-kzt": "300 billion KZT",
    "usd": "201.7 million USD",
    "about": "~200 rig",
    "about-range": "~180..230 rig",
    "range": "10..20 rig",
    "from-zero": "0..20 rig",
    "plain": "3",
    "hours": "2 h",
    "zero": "0",
}


def look_up(name: str) -> Quantity:
    return quantity(FACTS[name])


def value(text: str) -> Quantity:
    return evaluate_formula(parse_formula(text), look_up, UNITS)


def printed(text: str) -> str:
    return format_quantity(value(text), "en", units=UNITS).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        # Percent minus percent is percentage points.
        ("[share] - [earlier]", "11.93 pp"),
        ("[earlier] - [share]", "−11.93 pp"),
        ("[earlier] + ([share] - [earlier])", "18.10%"),
        ("([share] - [earlier]) / [earlier]", "1.93"),
        # Multiplied, percent is 1/100, but percent times percent is percent.
        ("[kzt] * [share]", "₸14.84 billion"),
        ("[share] * [farms]", "2.534 farms"),
        ("[share] * 2", "0.3620"),
        ("[share] * [earlier]", "1.12%"),
        ("[share] * [grey]", "up to 9.050%"),
        ("[share] / [earlier]", "2.93"),
        ("([share] + [earlier]) / 2", "12.14%"),
        # Counts carry their noun.
        ("[farms] * 2", "28 farms"),
        ("[kzt] / [farms]", "₸5.86 billion/farm"),
        # Relations propagate as intervals.
        ("[mw] / [rigs]", "at least 0.36 MW/rig"),
        ("[mw] / [some-rigs]", "up to 0.36 MW/rig"),
        ("[rigs] / [mw]", "up to 2.78 rigs/MW"),
        ("[share] - [later]", "under 5.10 pp"),
        ("-[later]", "under −13%"),
        ("[range] / [mw]", "0.0556–0.111 rigs/MW"),
        # `~` is plus or minus a tenth; with exact inputs it prints its central value.
        ("[about] * 3", "around 600 rigs"),
        ("[about] / 3", "around 66.7 rigs"),
        ("[about-range] * 2", "around 360–460 rigs"),
        # Integers are exact unless `~`.
        ("[whole-share] - [share]", "46.90 pp"),
        # Sums keep the fewest decimals, products the fewest significant digits; factors are exact.
        ("[share] + 0.125 %", "18.23%"),
        ("[kzt] / [usd]", "406.5 KZT/USD"),
        ("[usd] * 1.5", "US$302.6 million"),
        ("[kzt] + [more-kzt]", "₸382 billion"),
        ("[kzt] + 500 million KZT", "₸82.5 billion"),
        ("[kzt] - [kzt]", "₸0"),
        ("[kzt] / [rigs]", "at least ₸164 million/rig"),
        # Unending exact quotients print three significant digits.
        ("[more-kzt] / [kzt]", "3.66"),
        ("[plain] / 8", "0.375"),
        # Units convert within their sort, and cancel.
        ("[mw] * [hours] / 60 MWh", "6"),
        ("[mw] / 90 kW", "2,000"),
        ("[mw] / 500 rig × 2 − 0.1 MW/rig", "0.62 MW/rig"),
        ("[plain] × (2 + [plain]) ÷ 5", "3"),
    ],
)
def test_prints(formula: str, expected: str) -> None:
    assert printed(formula) == expected


@pytest.mark.parametrize(
    ("formula", "marked", "words"),
    [
        ("[share] + [kzt]", "[share] + [kzt]", "cannot be added"),
        ("[kzt] + [usd]", "[kzt] + [usd]", "cannot be added"),
        ("[farms] - [range]", "[farms] - [range]", "cannot be added"),
        ("1 - [share]", "1 - [share]", "a plain number and percent"),
        ("([share] - [earlier]) - [share]", "([share] - [earlier]) - [share]", "cannot be added"),
        ("[mw] / [zero]", "[zero]", "zero"),
        ("[mw] / ([plain] - 3)", "([plain] - 3)", "zero"),
        ("[mw] / [from-zero]", "[from-zero]", "zero"),
        ("[rigs] / [rigs]", "[rigs] / [rigs]", "no bound"),
        ("[rigs] - [rigs]", "[rigs] - [rigs]", "no bound"),
        ("10 + 2", "10 + 2", "no fact"),
        ("[mw] * 3 kw", "3 kw", 'no unit is called "kw"'),
        ("[mw", "[mw", "not closed"),
        ("[MW]", "[MW]", "id of a fact"),
        ("([mw]", "(", "not closed"),
        ("[mw])", ")", "closes nothing"),
        ("[mw] [mw]", "[mw]", "sign is missing"),
        ("[mw] +", "", "ends"),
        ("mw + 2", "mw", "means nothing"),
        ("[mw] * 1,000", "1,000", "plain number"),
        ("[mw] ^ 2", "^", "means nothing"),
        ("[mw] < 3 MW", "[mw] < 3 MW", "no value"),
    ],
)
def test_an_error_names_its_part(formula: str, marked: str, words: str) -> None:
    with pytest.raises(FormulaError) as caught:
        value(formula)
    error = caught.value
    # A bracketed operand is marked without its brackets.
    assert formula[error.start : error.end].strip("() ") == marked.strip("() ") or marked in "()"
    assert words in error.message


def test_bounds_owed_to_being_no_less_than_zero_are_no_reading() -> None:
    assert value("[mw] / [rigs]").interval.low == Fraction(9, 25)
    assert value("[mw] / [rigs]").relation is Relation.AT_LEAST
    assert value("[rigs] / [mw]").interval.low is None
    assert value("[rigs] / [mw]").relation is Relation.UP_TO


def test_around_keeps_its_interval() -> None:
    about = value("[about] * 3")
    assert (about.interval.low, about.interval.high, about.central) == (540, 660, 600)
    assert about.relation is Relation.AROUND


@pytest.mark.parametrize(
    ("check", "verdict"),
    [
        ("[mw] / [rigs] < 10 kW/rig", "fails"),
        ("[mw] / [rigs] >= 360 kW/rig", "holds"),
        ("[share] > 18%", "holds"),
        ("[share] = 18.1 percent", "holds"),
        ("[share] != 18.1%", "fails"),
        ("[grey] < 20%", "undecided"),
        ("[later] <= 13%", "fails"),
        ("[later] > 13%", "holds"),
        ("[about] = 190 rig", "undecided"),
        ("[about] != 300 rig", "holds"),
        ("[share] - [earlier] ≤ 12 pp", "holds"),
        ("20 rig >= [range]", "holds"),
        ("20 rig > [range]", "undecided"),
    ],
)
def test_a_check_fails_if_nothing_satisfies_it(check: str, verdict: str) -> None:
    assert evaluate_check(parse_formula(check), look_up, UNITS).verdict.value == verdict


@pytest.mark.parametrize("check", ["[share] > 18", "[share] < 20 rig", "[share]", "[share] < [grey] < 3%"])
def test_a_check_compares_two_like_values(check: str) -> None:
    with pytest.raises(FormulaError):
        evaluate_check(parse_formula(check), look_up, UNITS)


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("[share]-[earlier]", "<share> − <earlier>"),
        ("[kzt]/([usd]*[plain])", "<kzt> ÷ (<usd> × <plain>)"),
        ("[plain]-([plain]-1)", "<plain> − (<plain> − 1)"),
        ("([plain]*2)+3", "<plain> × 2 + 3"),
        ("-([plain]+1) * -2", "−(<plain> + 1) × (−2)"),
        ("[mw]/[rigs] <= 10  kW/rig", "<mw> ÷ <rigs> ≤ 10 kW/rig"),
    ],
)
def test_displays(formula: str, shown: str) -> None:
    assert formula_text(parse_formula(formula), lambda name: f"<{name}>") == shown


NAMES = st.sampled_from(["share", "plain", "mw", "kzt"])
TREES = st.recursive(
    NAMES.map(lambda name: f"[{name}]") | st.sampled_from(["2", "0.5", "10 kW/rig", "5%"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from([" + ", "-", " * ", "/"]), inner).map("".join)
        | inner.map(lambda text: f"({text})")
        | inner.map(lambda text: f"-{text}")
    ),
    max_leaves=8,
)


@given(TREES)
def test_its_inputs_are_exactly_the_facts_that_it_reaches(text: str) -> None:
    if "[" not in text:
        with pytest.raises(FormulaError, match="no fact"):
            parse_formula(text)
        return
    formula = parse_formula(text)
    assert all(text[place.start : place.end] == f"[{place.id}]" for place in formula.positions)
    reached: list[str] = []

    def recording(name: str) -> Quantity:
        reached.append(name)
        return quantity("3")  # every fact a plain number, so that units stop nothing

    plain = parse_formula(text.replace(" kW/rig", "").replace("%", ""))
    with suppress(FormulaError):  # a divisor may come to zero
        evaluate_formula(plain, recording, UNITS)
        assert tuple(dict.fromkeys(reached)) == formula.references
    shown = [part.text for part in formula_parts(formula) if part.kind == "ref"]
    assert shown == [place.id for place in formula.positions]


@example("[a] + (-[a] + [a])")
@example("[a] * (-[a] * [a])")
@example("[a] + -[a] * [a]")
@given(TREES)
def test_what_is_displayed_reads_back_as_the_same(text: str) -> None:
    if "[" not in text:
        return
    formula = parse_formula(text)
    again = parse_formula(formula_text(formula, lambda name: f"[{name}]"))
    assert formula_parts(again) == formula_parts(formula)


@given(st.text(alphabet="[]()+-*/<>=! 0123456789.abk%W", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = None
    try:
        parse_formula(text)
    except FormulaError as error:
        found = error
    assert found is None or 0 <= found.start <= found.end <= max(len(text), 1)


@given(st.lists(st.decimals(1, 10**6, places=2), min_size=2, max_size=4), st.data())
def test_intervals_hold_what_their_inputs_allow(numbers: list[Decimal], data: st.DataObject) -> None:
    signs = [data.draw(st.sampled_from(["=", "<=", ">=", "~"])) for _ in numbers]
    operators = [data.draw(st.sampled_from("+-*/")) for _ in numbers[1:]]
    units = [data.draw(st.sampled_from(["", " rig", " MW"])) for _ in numbers]
    written = zip(signs, numbers, units, strict=True)
    facts = {f"f{n}": quantity(f"{sign}{number}{unit}") for n, (sign, number, unit) in enumerate(written)}
    true = {name: data.draw(_member(fact)) for name, fact in facts.items()}
    text = "[f0]" + "".join(f" {operator} [f{n}]" for n, operator in enumerate(operators, 1))
    names = list(facts)
    try:
        result = evaluate_formula(parse_formula(text), facts.__getitem__, UNITS)
    except FormulaError:
        return
    terms = [true[names[0]]]
    for name, operator in zip(names[1:], operators, strict=True):
        match operator:
            case "*":
                terms[-1] *= true[name]
            case "/" if true[name]:
                terms[-1] /= true[name]
            case "/":
                return
            case _:
                terms.append(true[name] if operator == "+" else -true[name])
    assert result.interval.contains(sum(terms, Fraction(0)))


def _member(fact: Quantity) -> st.SearchStrategy[Fraction]:
    low, high = fact.interval.low, fact.interval.high
    floor = Fraction(0) if fact.unit.powers else Fraction(-100)  # counts and power are never negative
    least = low if low is not None else floor
    most = high if high is not None else (low or Fraction(0)) + 100
    return st.fractions(0, 1, max_denominator=8).map(lambda share: least + share * (most - least))


@given(st.integers(1, DEPTH + 2), st.sampled_from(("(", "-", "-(")))
def test_brackets_and_signs_nest_so_deep_and_no_deeper(deep: int, mark: str) -> None:
    text = mark * deep + "[plain]" + ")" * (deep * mark.count("("))
    if deep * len(mark) <= DEPTH:
        assert parse_formula(text).references == ("plain",)
    else:
        with pytest.raises(FormulaError):
            parse_formula(text)
