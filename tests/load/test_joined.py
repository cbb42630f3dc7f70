"""Datasets joined on a key: each row stays one row, and each cell leads to its own file."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Diagnostic
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.model.dataset import Dataset

from .test_cases import base

TOWNS = "town,year,shops\nAsk,2020,38\nAsk,2021,40\nBro,2020,12\nBro,2021,11\n"
PEOPLE = "place,year,people,note\nBro,2020,900,\nAsk,2020,5 100,\nBro,2021,910*,\nAsk,2021,5 200,\n"
DESCRIBED = """
- {id: towns, file: towns.csv, source: tea-2021, KEYS
   join: {dataset: people, on: {town: place, year: year} JOIN},
   columns: [{name: town}, {name: year, type: year}, {name: shops, type: number, unit: shops} COLUMNS]}
- {id: people, file: people.csv, source: tea-2021,
   columns: [{name: place}, {name: year, type: year}, {name: people, type: number, unit: people}]}
"""


def joined(
    towns: str = TOWNS, people: str = PEOPLE, keys: str = "", join: str = "", columns: str = "", also: str = ""
) -> tuple[Dataset | None, list[Diagnostic]]:
    described = DESCRIBED.replace("KEYS", keys).replace("JOIN", join).replace("COLUMNS", columns) + also
    files = {"content/data/t.yaml": described, "content/data/towns.csv": towns, "content/data/people.csv": people}
    project, found = load(MemoryFiles({**base(), **files}))
    return project.datasets.get("towns"), [
        each for each in found if "content/data/t" in each.span.file and each.code != "guessed"
    ]


def test_each_row_has_the_columns_of_its_partner_and_leads_to_both_files() -> None:
    found, told = joined()
    assert found is not None
    assert told == []
    assert [column.name for column in found.columns] == ["town", "year", "shops", "people"]
    assert [*found.typed] == [
        ("Ask", "2020", "38", "5100"), ("Ask", "2021", "40", "5200"), ("Bro", "2020", "12", "900"),
        ("Bro", "2021", "11", "910"),
    ]  # fmt: skip
    assert [found.place(3, n) for n in (0, 2, 3)] == [
        "towns.csv, line 5, column 1", "towns.csv, line 5, column 3", "people.csv, line 4, column 3",
    ]  # fmt: skip
    held, row, column = found.origin(3, 3)
    assert (held.id, held.spelling(row, column), held.numbers[row]) == ("people", "910*", 3)
    assert found.notes == ((3, 3, "*"),)


def test_what_is_sorted_or_grouped_after_it_leads_there_still() -> None:
    found, _ = joined(keys="sort: -people, top: 2,")
    assert found is not None
    assert [(row[0], row[3], found.place(n, 3)) for n, row in enumerate(found.typed)] == [
        ("Ask", "5200", "people.csv, line 5, column 3"), ("Ask", "5100", "people.csv, line 3, column 3"),
    ]  # fmt: skip
    grouped, _ = joined(
        keys="group: {by: [town], sum: [shops, people], count: rows},", columns=", {name: rows, type: number}",
        join=", columns: [people]", towns=TOWNS,
    )  # fmt: skip
    assert grouped is None  # what becomes of the year is not said
    grouped, told = joined(
        keys="group: {by: [year], sum: [shops, people], count: towns}, where: {year: '2021'},",
        columns=", {name: towns, type: number}", join=", columns: [people]",
    )  # fmt: skip
    assert grouped is None
    assert any("town" in each.message for each in told)


def test_a_sum_names_the_cells_of_its_own_file() -> None:
    described = """
- {id: towns, file: towns.csv, source: tea-2021, group: {by: [year], sum: [shops, people], count: rows},
   join: {dataset: people, on: year},
   columns: [{name: year, type: year}, {name: shops, type: number, unit: shops}, {name: rows, type: number}]}
- {id: people, file: people.csv, source: tea-2021,
   columns: [{name: year, type: year}, {name: people, type: number, unit: people}]}
"""
    files = {
        "content/data/t.yaml": described, "content/data/towns.csv": TOWNS,
        "content/data/people.csv": "year,people\n2020,6000\n2021,6110\n",
    }  # fmt: skip
    project, _ = load(MemoryFiles({**base(), **files}))
    found = project.datasets["towns"]
    names = [column.name for column in found.columns]
    assert [dict(zip(names, row, strict=True)) for row in found.typed] == [
        {"year": "2020", "shops": "50", "rows": "2", "people": "12000"},
        {"year": "2021", "shops": "51", "rows": "2", "people": "12220"},
    ]
    place = found.place(0, names.index("people"))
    assert place.startswith("2 cells, SHA-256 ")
    assert "people.csv, line 2, column 2" in place
    assert found.origin(0, names.index("people"))[0].file == "people.csv"
    assert found.origin(0, names.index("shops"))[0].file == "towns.csv"


def test_a_key_that_stands_twice_is_refused_with_its_rows() -> None:
    found, (told,) = joined(people=PEOPLE + "Bro,2021,999,\n")
    assert found is None
    assert told.code == "join-repeated"
    assert '"Bro", "2021" in people.csv, line 4, people.csv, line 6' in told.message


def test_rows_without_a_partner_are_told_and_nothing_is_dropped_unasked() -> None:
    towns = TOWNS + "Aske,2021,3\n"
    found, (told,) = joined(towns)
    assert (found, told.code, told.severity) == (None, "join-unmatched", "error")
    assert '1 row of "towns", "Aske", "2021" (towns.csv, line 6), has no row in "people"' in told.message
    assert 'did you mean "Ask"' in (told.hint or "")
    kept, _ = joined(towns, join=", unmatched: keep")
    assert kept is not None
    assert kept.typed[4] == ("Aske", "2021", "3", "")
    assert kept.rows[4][3] is None
    left, _ = joined(towns, join=", unmatched: drop")
    assert left is not None
    assert len(left.rows) == 4


def test_rows_of_the_other_that_nothing_needs_are_a_notice() -> None:
    found, (told,) = joined(people=PEOPLE + "Oslo,2021,7,\n")
    assert found is not None
    assert (told.code, told.severity) == ("join-unmatched", "notice")
    assert '"Oslo", "2021" (people.csv, line 6)' in told.message


WRONG = [
    (", columns: [peple]", "", "unknown-column"),
    ("", "- {id: rest, file: people.csv, source: tea-2021, join: {dataset: nothing, on: year}, "
     "columns: [{name: year, type: year}]}\n", "unknown-dataset"),
    ("", "- {id: rest, file: people.csv, source: tea-2021, join: {dataset: rest, on: year}, "
     "columns: [{name: year, type: year}]}\n", "wrong-value"),
    ("", "- {id: rest, file: people.csv, source: tea-2021, join: {dataset: people, on: year}, "
     "columns: [{name: year, type: year}, {name: people, type: number}]}\n", "duplicate-key"),
]  # fmt: skip


def test_what_cannot_be_joined_is_told() -> None:
    for join, also, code in WRONG:
        _, told = joined(join=join, also=also)
        assert code in [each.code for each in told], (join, also, told)


@given(
    st.lists(st.integers(0, 6), max_size=8),
    st.lists(st.integers(0, 6), max_size=8),
    st.sampled_from(["", "keep", "drop"]),
)
def test_a_join_has_the_rows_that_two_loops_give(left: list[int], right: list[int], unmatched: str) -> None:
    """Against the obvious: for each row on the left, all rows on the right with its key."""
    from reportgen.diagnostics import Places, Span
    from reportgen.load.joining import joined as join_rows
    from reportgen.load.shaping import ShapeError
    from reportgen.model.dataset import Column, Join

    def dataset(id: str, name: str, keys: list[int]) -> Dataset:
        typed = tuple((str(key), f"{id}{n}") for n, key in enumerate(keys))
        return Dataset(
            id=id, file=f"{id}.csv", columns=(Column("k"), Column(name)), rows=typed, typed=typed,
            numbers=tuple(range(1, len(keys) + 1)), lines=tuple(range(2, len(keys) + 2)),
            in_columns=((1, 2),) * len(keys), at=Places(Span.at("content/data/x.yaml")),
        )  # fmt: skip

    pairs = [(a, n, m) for n, a in enumerate(left) for m, b in enumerate(right) if a == b]
    lone = [n for n, a in enumerate(left) if a not in right]
    join = Join("r", (("k", "k"),), (), unmatched)
    if max(Counter(right).values(), default=0) > 1 or (lone and not unmatched):
        with pytest.raises(ShapeError) as refused:
            join_rows(dataset("l", "a", left), join, dataset("r", "b", right))
        assert refused.value.code in ("join-repeated", "join-unmatched")
        return
    wanted = sorted(
        [(n, (str(a), f"l{n}", f"r{m}")) for a, n, m in pairs]
        + ([(n, (str(left[n]), f"l{n}", "")) for n in lone] if unmatched == "keep" else [])
    )
    made = join_rows(dataset("l", "a", left), join, dataset("r", "b", right)).dataset
    assert [*made.typed] == [row for _, row in wanted]
