"""Planted conflicts are found, near-conflicts left alone: cases/conflicts.tsv."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.brief.problems import problems
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.model.project import Project
from tests.brief.project import FILES, answers_of, lines

CASES = lines(Path(__file__).parent / "cases" / "conflicts.tsv")
SOURCES = """\
- {id: old, type: report, title: Old, issued: 2020-06-11}
- {id: new, type: report, title: New, issued: 2020-10-06}
- {id: dateless, type: report, title: Dateless}
"""


def _reading(keys: str) -> str:
    """How a value is read that the words of the quote do not print: with the date that they lack."""
    date = re.search(r"\bvalue: (\d{4}-\d\d(?:-\d\d)?)", keys)
    return f"As we read it, it was {date[1]}." if date else "As we read it."


def project_of(measure: str, *facts: str, more: dict[str, str] | None = None) -> Project:
    kind = "" if "kind:" in measure else "kind: number, "
    made = []
    for id, keys in zip("abc", facts, strict=False):
        keys, _, source = keys.partition(", source: ")
        place = "" if "place:" in keys else "place: AR, "
        evidence = f'evidence: [{{source: {source or "old"}, quote: words}}], reading: "{_reading(keys)}"'
        evidence = "" if "formula:" in keys else f", {evidence}"
        made.append(f'- {{id: {id}, claim: "It is {{value}}.", measure: m, {place}{keys}{evidence}}}\n')
    files = {
        "content/site.yaml": FILES["content/site.yaml"],
        "content/measures.yaml": f"- {{id: m, label: Measure, {kind}{measure}}}\n",
        "content/sources/sources.yaml": SOURCES,
        "content/facts/facts.yaml": "".join(made),
        **(more or {}),
    }
    project, problems = load(MemoryFiles(files), read_style=lambda _: "")
    assert [p for p in problems if p.severity == "error"] == []
    return project


@pytest.mark.parametrize("case", CASES, ids=" | ".join)
def test_conflicts(case: tuple[str, ...]) -> None:
    measure, one, other, expected = case
    for order in ((one, other), (other, one)) if "formula" not in other else ((one, other),):
        found = answers_of(project_of(measure, *order)).disagreements
        assert bool(found) == (expected == "yes")


def test_an_unresolved_conflict_is_an_error_at_the_later_fact() -> None:
    project = project_of("unit: boat", "value: 14, as_of: 2020", "value: 13, as_of: 2020")
    (problem,) = problems(answers_of(project))
    assert (problem.code, problem.severity, problem.span.file, problem.span.line) == (
        "conflict", "error", "content/facts/facts.yaml", 2,
    )  # fmt: skip
    assert problem.message == (
        'these two facts cannot all hold: 14 boats ("a", 2020) ≠ 13 boats ("b", 2020); they are compared because all'
        ' give "m" for AR at times that overlap'
    )
    assert "content/conflicts.yaml" in (problem.hint or "")
    assert "different things, as two dams, give each a place or a measure of its own" in (problem.hint or "")


def test_a_resolved_conflict_is_none() -> None:
    facts = [f"value: {value}, as_of: 2020" for value in (14, 13, 12)]
    rule = "- {id: c, facts: [a, b], preferred: a, reason: Because.}\n"
    project = project_of("unit: boat", *facts, more={"content/conflicts.yaml": rule})
    told = [problem.message for problem in problems(answers_of(project))]
    assert [message.partition(": ")[2].partition("; ")[0] for message in told] == [
        '14 boats ("a", 2020) ≠ 13 boats ("b", 2020) ≠ 12 boats ("c", 2020)'
    ]
    whole = project_of("unit: boat", *facts, more={"content/conflicts.yaml": rule.replace("a, b", "a, b, c")})
    assert problems(answers_of(whole)) == ()


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 50), st.integers(1, 50), st.sampled_from(["=", "<", "<=", ">", ">=", "~"]), st.integers(0, 5))
def test_values_that_share_a_number_never_conflict(one: int, other: int, relation: str, tolerance: int) -> None:
    project = project_of(
        f"unit: boat, tolerance: {tolerance}",
        f"value: {one}, as_of: 2020",
        f'value: {other}, as_of: 2020, relation: "{relation}"',
    )
    answers = answers_of(project)
    first, second = answers.computed("a").quantity, answers.computed("b").quantity
    assert first is not None
    assert second is not None
    near = range(one - tolerance, one + tolerance + 1)
    shares = any(second.interval.contains(number) for number in map(type(first.headline), near))
    if shares:
        assert answers.disagreements == ()
