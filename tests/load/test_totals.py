"""Rows of a group in, those that are the sum of the others out."""

from __future__ import annotations

import pytest

from tests.charts.test_kinds import shown


@pytest.mark.parametrize(
    ("numbers", "told"),
    [((1234, 2366, 3600), True), ((1234, 2366, 3700), False), ((1, 2, 3), False), ((10, 20, 300, 330), True)],
)
def test_a_total_among_three_rows_is_told_where_it_is_none_by_chance(numbers: tuple[int, ...], told: bool) -> None:
    rows = "year,who,n\n" + "".join(f"2020,w{place}x,{n}\n" for place, n in enumerate(numbers))
    files = {
        "content/data/t.csv": rows,
        "content/data/t.yaml": "{id: t, file: t.csv, source: report, group: {by: [year], sum: [n]},"
        " columns: [{name: year, type: year}, {name: n, type: number}]}\n",
        "content/charts/t.yaml": "{id: t, data: t, title: Whole, kind: table}\n",
    }
    _, found = shown("t", files)
    assert ["which then count twice" in each.message for each in found if each.code == "guessed"] == [True] * told
