"""Conflicts as partitions: what agrees stands together, periods are a series, and the message says why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.brief.problems import problems
from reportgen.brief.wording import is_contradicted
from reportgen.facts.answers import Answers
from reportgen.facts.conflicts import partition
from reportgen.facts.view import View
from tests.brief.test_precision import answers, told

EXCEPT = "value: {en: 'barred, exceptions aside'}, measure: m, as_of: 2020"


def sides(known: Answers) -> list[list[str]]:
    answer = known.answer(("sides", "c"))
    assert isinstance(answer, tuple)
    return [[*side] for side in answer]


@pytest.mark.parametrize(
    ("measure", "facts", "expected"),
    [
        ("kind: text, single: true", ["value: {en: barred}", EXCEPT, EXCEPT], [["a"], ["b", "c"]]),
        (
            "kind: number, unit: USD, tolerance: 1%",
            [f"value: {number}, unit: million USD" for number in ("738.4", "738", "700")],
            [["a", "b"], ["c"]],
        ),
        ("kind: number, unit: shop", [f"value: {number}" for number in (14, 13, 14)], [["a", "c"], ["b"]]),
        ("kind: number, unit: percent", ["value: 18", "value: 18.4", "value: 18.6"], [["a", "b"], ["c"]]),
        ("kind: number, unit: percent", ["value: 18", "value: {min: 18, max: 20}", "value: 19.9"], [["a", "b"], ["c"]]),
        ("kind: date, single: true", ["value: 2020-06", "value: 2020-06-25", "value: 2021"], [["a", "b"], ["c"]]),
    ],
)
def test_what_agrees_stands_together(measure: str, facts: list[str], expected: list[list[str]]) -> None:
    named = [(id, f"measure: m, as_of: 2020, {keys}" if "as_of" not in keys else keys)
             for id, keys in zip("abc", facts, strict=True)]  # fmt: skip
    ruling = "- {id: c, facts: [a, b, c], preferred: b, reason: any}\n"
    measures = f"- {{id: m, label: What, {measure}}}\n"
    known = answers(*named, measures=measures, conflicts=ruling)
    assert sides(known) == expected
    preferred = next(side for side in expected if "b" in side)
    assert {id for id in "abc" if is_contradicted(View(known), known.project.facts[id], frozenset("abc"))} == (
        {*"abc"} - {*preferred}
    )
    # The preferred value need not be in the figure; without one, another that contradicts it must be.
    alone = {id for id in "abc" if is_contradicted(View(known), known.project.facts[id], frozenset(id))}
    assert alone == {*"abc"} - {*preferred}
    undecided = answers(*named, measures=measures, conflicts=ruling.replace(" preferred: b,", ""))
    view, found = View(undecided), undecided.project.facts
    assert not any(is_contradicted(view, found[id], frozenset(id)) for id in "abc")
    assert all(is_contradicted(view, found[id], frozenset("abc")) for id in "abc")
    (problem,) = [p for p in problems(answers(*named, measures=measures)) if p.code == "conflict"]
    assert problem.message.count(" ≠ ") == len(expected) - 1


def test_the_message_names_values_times_and_why() -> None:
    known = answers(
        ("a", "measure: m, place: FR, value: 14, as_of: 2024-03-05"),
        ("b", "measure: m, place: FR, value: 14, as_of: 2024-03-07"),
        ("c", "measure: m, place: FR, value: 13, as_of: 2024-05-20"),
        measures="- {id: m, label: Shops, kind: count, unit: shop, comparable_within: P6M}\n",
    )
    (problem,) = problems(known)
    assert problem.message == (
        'these 3 facts cannot all hold: 14 shops ("a", 2024-03-05; "b", 2024-03-07) ≠ 13 shops ("c", 2024-05-20);'
        ' they are compared because all give "m" for FR within P6M of each other'
    )
    assert problem.span.line == 3


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("2024", "2025", False),
        ("2024-11", "2024-12", False),
        ("2024-10/2024-12", "2025-01/2025-03", False),
        ("2024-07/2024-12", "2025-01/2025-06", False),
        ("2024-12-31", "2025-01-01", True),
        ("2024", "2024", True),
        ("2024", "2024-12", True),
        ("2024-08/2024-12", "2025-01/2025-03", True),
        ("", "2025", True),
    ],
)
def test_periods_are_a_series(one: str, other: str, conflict: bool) -> None:
    known = answers(
        ("shops-2024", f"measure: shops, value: 120{one and f', as_of: {one}'}"),
        ("shops-2025", f"measure: shops, value: 131, as_of: {other}"),
        measures="- {id: shops, label: Shops in the town, kind: count, unit: shop, comparable_within: P6M}\n",
    )
    assert bool(told(known, "conflict")) is conflict


@given(st.lists(st.integers(0, 12)), st.integers(1, 4))
def test_where_agreement_is_transitive_the_sides_are_its_classes(numbers: list[int], classes: int) -> None:
    groups = partition(range(len(numbers)), lambda one, other: numbers[one] % classes == numbers[other] % classes)
    assert sorted(index for group in groups for index in group) == [*range(len(numbers))]
    assert [{numbers[index] % classes for index in group} for group in groups] == [
        {kind} for kind in dict.fromkeys(number % classes for number in numbers)
    ]


@given(st.lists(st.integers(0, 12)), st.integers(0, 4))
def test_every_two_of_a_side_agree(numbers: list[int], tolerance: int) -> None:
    groups = partition(numbers, lambda one, other: abs(one - other) <= tolerance)
    assert all(max(group) - min(group) <= tolerance for group in groups)
    assert sorted(number for group in groups for number in group) == sorted(numbers)
