"""Values and quotes with the verdict that they must get, in English, Russian and Kazakh."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reportgen.language.fitting import Asked
from reportgen.language.judging import judge
from reportgen.language.units import unit_table
from tests.language.reading import cases, is_read, read, value_of

LANGUAGES = ("en", "ru", "kk")
OPPOSITE = {"=": "><", ">": ("<", "<="), "<": (">", ">="), ">=": ("<", "<=", ">"), "<=": (">", ">=", "<"), "~": "><"}

TWO_MEANINGS = (
    *("nearly", "just over", "a little over", "over three", "over five years"),
    *("почти", "чуть более", "жуық"),
)
"""Words of relation that may be taken in two ways."""


def label(case: dict[str, Any]) -> str:
    return f"{case['quote']} | {case['value']} {case['unit']} {case.get('relation', '=')}"


@pytest.mark.parametrize("case", [c for c in cases("quotes") if not c.get("debatable")], ids=lambda c: c["id"])
def test_reported_quotes(case: dict[str, Any]) -> None:
    verdict = read(case["quote"], case["value"], case["unit"], case["language"], case["relation"])
    assert is_read(verdict) == (case["expect"] == "ok"), verdict
    if "lacks" in case:
        assert verdict.lacking == (f'the relation "{case["lacks"]}"',)
        assert [problem.code for problem in verdict.problems] == ["relation-in-quote"]
    assert all(problem.message and problem.hint for problem in verdict.problems)


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_quotes(language: str) -> None:
    wrong = []
    for case in cases(language):
        verdict = read(case["quote"], case["value"], case["unit"], language, case.get("relation", "="))
        if is_read(verdict) != (case["expect"] == "ok"):
            wrong.append(f"{label(case)}: {verdict.state}, {[p.message for p in verdict.problems]}")
    assert not wrong, "\n".join(wrong)


def test_a_change_is_no_range_and_each_of_its_ends_is_a_value() -> None:
    """In any language; what may be one or the other is no range either."""
    wrong = []
    for case in cases("changes"):
        verdict = read(case["quote"], case["value"], case["unit"], case["language"])
        if is_read(verdict) != (case["expect"] == "ok"):
            wrong.append(f"{label(case)}: {verdict.state}, {[p.message for p in verdict.problems]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_altered_values_are_refused(language: str) -> None:
    """Ten times, a tenth, one more, the other sign, another unit or an opposite relation is not what it says."""
    accepted = []
    for case in cases(language):
        if case["expect"] != "ok":
            continue
        quote = case["quote"]
        value = value_of(case["value"], case["unit"], case.get("relation", "="))
        for altered in alterations(value):
            is_fair = altered.relation != value.relation and any(word in quote for word in TWO_MEANINGS)
            if not is_fair and is_read(judge(altered, quote, language)):
                accepted.append(f"{label(case)}: {altered}")
    assert not accepted, "\n".join(accepted)


def alterations(value: Asked) -> list[Asked]:
    found = []
    for change in (lambda x: x * 10, lambda x: x / 10, lambda x: x + 1, lambda x: -x, lambda x: x * 1000):
        names = [name for name in ("value", "low", "high") if getattr(value, name) not in (None, 0)]
        found += [replace(value, **{name: change(getattr(value, name))}) for name in names]
    units = unit_table()
    # Euros, cents for short, are left out where the quote has cents; metres where `m` is a million.
    for text in ("percent", "pp", "GBP", "GW", "h"):
        unit = units.parse(text)
        if unit.powers != value.unit.powers:
            found.append(replace(value, unit=unit, nouns=frozenset()))
    if value.value is not None and value.low is None:
        found += [replace(value, relation=sign) for sign in OPPOSITE[value.relation]]
    return found
