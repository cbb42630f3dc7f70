"""Tables as offices write them: every cell is compared with what a person reads in it, and nothing is shifted."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Diagnostic
from reportgen.language.units import unit_table
from reportgen.load import dataset_rows
from reportgen.load.cells import ReadColumn, Spelling, read_column
from reportgen.load.files import MemoryFiles
from reportgen.load.framing import TableFrame
from reportgen.load.one_cell import cell_value
from reportgen.load.project import load
from reportgen.load.table import Dialect, read_table
from reportgen.model.dataset import Dataset
from reportgen.model.quantity import Quantity
from tests.workbooks import Cell, Failed, Formula, Share, Sheet, ods, xlsx

from .test_cases import base

LENIENT, GUESSED = Dialect(lenient=True), TableFrame(guess=True)
MISSING = ""
"""A cell without a value."""


def number(cell: str, unit: str = "", **keys: object) -> ReadColumn:
    return read_column("number", unit, [cell], Spelling(**keys))  # type: ignore[arg-type]


def made(content: bytes | str, keys: str, columns: str, file: str = "t.csv") -> tuple[Dataset | None, list[Diagnostic]]:
    """The dataset of a file, and what is told of it."""
    described = f"{{id: t, file: {file}, source: tea-2021, {keys + ', ' if keys else ''}columns: [{columns}]}}\n"
    files = {**base(), "content/data/t.yaml": described, f"content/data/{file}": content}
    project, found = load(MemoryFiles(files))
    return project.datasets.get("t"), [each for each in found if "content/data/t" in each.span.file]


def typed(content: bytes | str, keys: str, columns: str, file: str = "t.csv") -> list[tuple[str, ...]]:
    dataset, found = made(content, keys, columns, file)
    assert dataset is not None, found
    return [*dataset.typed]


def codes(found: Sequence[Diagnostic]) -> list[str]:
    return [each.code for each in found if each.severity != "notice"]


# Cells: what stands there, its unit, the number, the mark beside it

READ = [
    *(("EUR", cell, value, "") for cell, value in
      [("10€", "10"), ("1,50 €", "1.50"), ("€ 12", "12"), ("7 EUR", "7")]),
    *(("", cell, value, "") for cell, value in [
        ("100 000", "100000"), ("1 234 567", "1234567"), ("12 000,5", "12000.5"), ("-4 000", "-4000"),
        ("100\u00a0000", "100000"), ("1\u00a0234,50", "1234.50"), ("−2\u00a0000", "-2000"),
        ("100\u202f000", "100000"), ("1\u2009234", "1234"), ("98\u202f765,4", "98765.4"), ("5\u2007000", "5000"),
        ("1,234,567", "1234567"), ("1,234.5", "1234.5"), ("12,345.00", "12345.00"), ("1,000,000.25", "1000000.25"),
        ("1.234.567", "1234567"), ("1.234,5", "1234.5"), ("12.345,00", "12345.00"), ("1.000.000,25", "1000000.25"),
        ("0,5", "0.5"), ("3,14", "3.14"), ("-0,25", "-0.25"), ("12,50", "12.50"),
        ("−3,4", "-3.4"), ("−10", "-10"), ("− 7", "-7"), ("−0,01", "-0.01"),
        ("–3,4", "-3.4"), ("–10", "-10"), ("– 7,5", "-7.5"), ("‐2", "-2"),
        ("+3,4", "3.4"), ("+10", "10"), ("+ 7", "7"), ("+0,5", "0.5"),
        ("1'234'567", "1234567"), ("12’345", "12345"), ("1'000.5", "1000.5"), ("1'234,5", "1234.5"),
        ("'123", "123"), ("'0,5", "0.5"), ("'12", "12"), ("'7.25", "7.25"),
        ("1,2E+05", "120000"), ("3.5e3", "3500"), ("1E-2", "0.01"), ("-2,5E+01", "-25"),
        ("0", "0"), ("0.0", "0.0"), ("0,00", "0.00"), ("00"[:1], "0"),
        ("-0", "-0"), ("-0.0", "-0.0"), ("−0", "-0"), ("-0,0", "-0.0"),
    ]),
    *(("percent", cell, value, "") for cell, value in [
        ("12,5%", "12.5"), ("7%", "7"), ("-0,5%", "-0.5"), ("100.0%", "100.0"),
        ("12,5 %", "12.5"), ("7\u00a0%", "7"), ("−3 %", "-3"), ("12,5", "12.5"),
    ]),
    *(("", cell, value, note) for cell, value, note in [
        ("123,4 2)", "123.4", "2)"), ("12 1)", "12", "1)"), ("5.5 12)", "5.5", "12)"), ("−3 3)", "-3", "3)"),
        ("1234²", "1234", "²"), ("65¹⁾", "65", "¹⁾"), ("1 234³", "1234", "³"), ("0,5 ¹²", "0.5", "¹²"),
        ("1234*", "1234", "*"), ("65 **", "65", "**"), ("7†", "7", "†"), ("1,5*", "1.5", "*"),
        ("1234r", "1234", "r"), ("12.3 p", "12.3", "p"), ("5 bp", "5", "bp"), ("7 (p)", "7", "(p)"),
        ("40 [1]", "40", "[1]"), ("40*²", "40", "* ²"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "cell", "value", "note"), READ)
def test_a_number_is_what_a_person_reads(unit: str, cell: str, value: str, note: str) -> None:
    read = number(cell, unit)
    assert (read.typed, read.faults) == ([value], [])
    assert read.notes.get(0, "") == note


NOTHING = ["-", "–", "—", "..", "...", "…", "x", "х", "н.д.", "н/д", "NA", "N/A", "#N/A", ":", "null", "n.a."]


@pytest.mark.parametrize("cell", NOTHING)
def test_what_is_missing_is_neither_nought_nor_a_mistake(cell: str) -> None:
    read = number(cell)
    assert (read.values, read.typed, read.faults) == ([None], [MISSING], [])
    assert read.missing == {cell: [0]}  # and it is told
    assert number(cell, missing=(cell,)).missing == {}  # said by a key, nothing is guessed
    refused = number(cell, missing=("none",)).faults[0]
    assert "missing" in (refused.hint or "")
    assert "0" not in (refused.hint or "")


def test_an_empty_cell_is_missing() -> None:
    assert (number("").values, number("").missing) == ([None], {})


@pytest.mark.parametrize(
    ("cell", "code", "hint"),
    [
        *((cell, "two-readings", "decimal:") for cell in ("100,000", "1,234", "12.345", "-1.000")),
        *((cell, "bad-number", "negative: [parentheses]") for cell in ("(133,55)", "(5)", "(1 000)", "(0,1)")),
        *((cell, "bad-number", "negative: [trailing]") for cell in ("133,55-", "5-", "1 000-", "0,1−")),
        *((cell, "bad-number", "is not one number") for cell in ("<5", ">10", "≤ 3", "< 0,5")),
        *((cell, "bad-number", "is not one number") for cell in ("10-20", "5–7", "1,5 - 2", "10—12")),
        *((cell, "bad-number", "is not one number") for cell in ("~10", "≈5", "~ 7", "~0,5")),
        ("#####", "bad-number", "widen it"),
        *((cell, "bad-number", "type: text") for cell in ("000100", "007", "0012", "09")),
        *((cell, "bad-number", "missing: [") for cell in ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?")),
        ("22.1 [13.2 - 39.7]", "bad-number", "write it like 14"),
        *((cell, "bad-number", "unit: ") for cell in ("10€", "12,5%", "5 kg", "$7")),
    ],
)
def test_what_is_not_one_number_is_refused_with_the_key_that_helps(cell: str, code: str, hint: str) -> None:
    read = number(cell)
    assert read.values == [None]
    assert [fault.code for fault in read.faults] == [code]
    text = f"{read.faults[0].message} {read.faults[0].hint}"
    assert hint in text, text


@pytest.mark.parametrize(
    ("cells", "keys", "expected"),
    [
        (["1.234", "0.5"], {}, ["1.234", "0.5"]),
        (["1.234", "0,5"], {}, ["1234", "0.5"]),
        (["1,234", "0,512"], {}, ["1.234", "0.512"]),
        (["1.234"], {"decimal": ","}, ["1234"]),
        (["1,234"], {"thousands": ","}, ["1234"]),
        (["1.234"], {"points": True}, ["1.234"]),
        (["(133,55)", "(5)", "(1 000)", "(0,1)"], {"negative": ("parentheses",)}, ["-133.55", "-5", "-1000", "-0.1"]),
        (["133,55-", "5-", "1 000-", "0,1−"], {"negative": ("trailing",)}, ["-133.55", "-5", "-1000", "-0.1"]),
    ],
)
def test_other_cells_or_keys_tell_the_decimal_mark(cells: list[str], keys: dict[str, str], expected: list[str]) -> None:
    read = read_column("number", "", cells, Spelling(**keys))  # type: ignore[arg-type]
    assert (read.typed, read.faults) == (expected, [])


def test_decimals_after_a_comma_are_not_sure_to_be_thousands() -> None:
    read = read_column("number", "", ["1,234", "0,5"], Spelling())
    assert [(fault.row, fault.code) for fault in read.faults] == [(0, "two-readings")]


def test_numbers_of_two_spellings_in_one_column_are_told() -> None:
    read = read_column("number", "", ["1.234,5", "2.345,6", "1,234.5"], Spelling())
    assert [(fault.row, fault.code) for fault in read.faults] == [(2, "bad-number")]


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False), st.sampled_from([".,", ",.", ". ", ", ", ".'", ",'"]))
def test_a_number_written_in_any_way_is_the_same_number(value: object, marks: str) -> None:
    whole, _, decimals = f"{abs(value):,.2f}".partition(".")  # type: ignore[arg-type, str-bytes-safe]
    sign = "−" if value < 0 else ""  # type: ignore[operator]
    read = number(f"{sign}{whole.replace(',', marks[1])}{marks[0]}{decimals}")
    assert read.values == [pytest.approx(value)] or read.typed == [f"{value:.2f}"]  # type: ignore[str-bytes-safe]


@pytest.mark.parametrize(
    ("cells", "keys", "expected"),
    [
        (["31/01/2021", "01/02/2021"], {}, ["2021-01-31", "2021-02-01"]),
        (["01/31/2021", "01/02/2021"], {}, ["2021-01-31", "2021-01-02"]),
        (["20.11.2021", "1.2.2021"], {}, ["2021-11-20", "2021-02-01"]),
        (["01/02/2021"], {"dates": "mdy"}, ["2021-01-02"]),
        (["2021/11/20", "2021.1.5"], {}, ["2021-11-20", "2021-01-05"]),
        (["2021-Q3", "2021M05"], {}, ["2021-07/2021-09", "2021-05"]),
        (["2021-11", "..", ""], {}, ["2021-11", "", ""]),
    ],
)
def test_dates(cells: list[str], keys: dict[str, str], expected: list[str]) -> None:
    read = read_column("date", "", cells, Spelling(**keys))  # type: ignore[arg-type]
    assert (read.typed, read.faults) == (expected, [])


def test_a_day_with_two_readings_asks_for_the_key() -> None:
    (fault,) = read_column("date", "", ["01/02/2021"], Spelling()).faults
    assert (fault.code, "dates: dmy" in (fault.hint or "")) == ("two-readings", True)
    assert read_column("date", "", ["31/02/2021"], Spelling()).faults[0].code == "bad-date"


def test_days_of_a_column_without_an_order_are_told_one_by_one() -> None:
    read = read_column("date", "", ["13/02/2021", "02/13/2021", "33/33/2021", "13/02/21", "2021-02-14"], Spelling())
    assert [(fault.row, fault.code) for fault in read.faults] == [
        (0, "two-readings"),
        (1, "two-readings"),
        (2, "bad-date"),
        (3, "bad-date"),
    ]
    assert all("2021-02-13" in fault.message for fault in read.faults[:2])
    assert read.typed[-1] == "2021-02-14"


def test_years() -> None:
    read = read_column("year", "", ["2021", "2021.0", "2021 г.", "2021*", "2020 [YR2020]"], Spelling())
    assert (read.typed, read.notes) == (["2021", "2021", "2021", "2021", "2020"], {3: "*"})


def test_a_mistake_is_told_once_a_column_with_its_first_places() -> None:
    text = "n,m\n" + "".join(f"1,bad {n}\n" for n in range(7))
    (found,) = made(text, "", "{name: m, type: number}")[1]
    assert found.code == "bad-number"
    assert '"bad 0" is not a number; the same in line 3 ("bad 1"), line 4 ("bad 2") and 4 more' in found.message


# Rows: never shifted


def rows(text: str) -> tuple[list[tuple[str, ...]], list[Diagnostic]]:
    table, found = read_table("t.csv", text.encode(), LENIENT, GUESSED)
    return [table.header, *table.rows], found


def test_an_empty_cell_at_the_end_is_counted() -> None:
    _, (found,) = rows("year,drunk,houses,note\n2021,,12,15,\n2022,1,2,3\n")
    assert (found.code, found.span.line) == ("csv-row", 2)
    assert "delete a separator that is too many" in (found.hint or "")


def test_surplus_cells_that_can_only_be_the_last_are_left_out() -> None:
    assert rows("a,b\n1,,\n3,4\n5,6\n")[0] == [("a", "b"), ("1", ""), ("3", "4"), ("5", "6")]
    assert rows("a,b,\n1,2,\n")[0] == [("a", "b", "C"), ("1", "2", "")]  # the header has it too
    assert codes(rows("a,b\n1,2,\n3,4,\n")[1]) == ["csv-row"]  # it is the header that lacks a name


def test_rows_of_another_length_are_told_once_a_kind() -> None:
    _, found = rows("a,b,c\n1,2\n1,2,3,4\n1\n1,2,3,4\n1,2,3\n")
    assert [(each.code, each.span.line) for each in found] == [("csv-row", 2), ("csv-row", 3)]
    assert "so have too few line 4" in found[0].message
    assert "so have too many line 5" in found[1].message


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ('"1,two,three', ('"1', "two", "three")),
        ('1,"two,three', ("1", '"two', "three")),
        ('1,""two",three', ("1", '"two', "three")),
        ('1,"two, and a half"",three', ("1", 'two, and a half"', "three")),
        ('1,two,"', ("1", "two", '"')),
        ('1,"a 10" nail",three', ("1", 'a 10" nail', "three")),
        ('1,10" nail,three', ("1", '10" nail', "three")),
    ],
)
def test_a_stray_quotation_mark_is_kept_and_told(row: str, cells: tuple[str, ...]) -> None:
    read, found = rows(f'a,b,c\n1,"x, y",z\n{row}\n4,5,6\n')
    assert read == [("a", "b", "c"), ("1", "x, y", "z"), cells, ("4", "5", "6")]
    assert [(each.code, each.severity, each.span.line) for each in found] == [("stray-quote", "warning", 3)]


@pytest.mark.parametrize("row", ['1"two, and",three', '1,"two"x,y",three,"four', 'a "b,c" d,e'])
def test_a_row_with_several_readings_is_refused(row: str) -> None:
    assert {"csv-quote", "csv-row"} & set(codes(rows(f"a,b,c\n1,2,3\n{row}\n4,5,6\n")[1]))


def test_what_stands_around_a_table_is_left_out_with_a_word() -> None:
    text = "Tea in towns,,\n,,\ntown,year,cups\nA,2021,5\n\nB,2021,6\nSource: the towns,,\n"
    read, found = rows(text)
    assert read == [("town", "year", "cups"), ("A", "2021", "5"), ("B", "2021", "6")]
    assert {each.code for each in found} == {"guessed"}
    assert sorted(each.span.line for each in found) == [1, 5, 7]


def test_notes_of_a_table_are_no_rows() -> None:
    book = xlsx({"S": [["ship", "trips"], ["A", 5], ["B", 6], [], ["* In dock from October."], [".. not measured"]]})
    assert typed(book, "", "{name: ship}", "t.xlsx") == [("A",), ("B",)]


def test_words_below_an_empty_line_are_notes_in_any_language() -> None:
    book = xlsx({"S": [["A", "n"], ["x", 5], [], ["y", 6], [], ["Alkalmaz:"], ["Forrás: KSH"]]})
    assert typed(book, "", "{name: A}, {name: n, type: number}", "t.xlsx") == [("x", "5"), ("y", "6")]
    assert typed("A;n\nx;5\ny;6\nKilde: SSB;\n", "", "{name: A}") == [("x",), ("y",)]


def test_notes_with_numbers_are_left_out_with_the_first_of_them() -> None:
    notes = "1) Early figures.;\n2) With the census.;\n3) Without towns.;\n"
    dataset, found = made("A;n\nNorth;5\n10) South;\n" + notes, "", "{name: A}, {name: n, type: number}")
    assert dataset is not None
    assert [*dataset.typed] == [("North", "5"), ("10) South", "")]
    assert [each.message for each in found] == [
        "the last 3 lines were taken for what stands below the table, and left out"
    ]
    assert typed("A;n\nNorth;5\n2) South;\n3) West;\n", "", "{name: A}, {name: n, type: number}") == [
        ("North", "5"), ("2) South", ""), ("3) West", ""),
    ]  # fmt: skip


def test_a_web_page_that_is_sent_for_a_workbook_is_told() -> None:
    _, found = made("<html><table><tr><td>A</td></tr></table></html>", "", "{name: A}")
    assert [each.message for each in found] == ["this is a web page, not a table"]


def test_names_over_two_lines_are_told_with_the_key_that_joins_them() -> None:
    text = "T 1,,\nShip,2024,2025\n,Passengers,Passengers\nA,5,6\nB,7,8\n"
    _, found = made(text, "skip: 1", "{name: 2024 | Passengers}")
    (unknown,) = (each for each in found if each.code == "unknown-column")
    assert unknown.hint == 'two lines name the columns: write header: [2, 3], and the name "2024 Passengers"'
    assert typed(text, "header: [2, 3]", "{name: 2024 Passengers}") == [("5",), ("7",)]


def test_a_second_table_is_told() -> None:
    text = "a,b\n1,2\n\na,b\n3,4\n"
    assert codes(rows(text)[1]) == ["second-header"]
    table, found = read_table("t.csv", text.encode(), LENIENT, TableFrame(range=(1, 1, 2, 2), guess=True))
    assert (table.rows, found) == ((("1", "2"),), [])


def test_a_column_that_stands_twice_is_told_where_it_is_asked_for() -> None:
    assert codes(made("a,b,b\n1,2,3\n", "", "{name: b}")[1]) == ["duplicate-key"]
    assert typed("a,b,b\n1,2,3\n", "", "{name: a}") == [("1",)]


CELL = st.text(st.sampled_from("ab1 \",;\n'-."), max_size=6)


@given(st.integers(2, 4).flatmap(lambda size: st.lists(st.lists(CELL, min_size=size, max_size=size), min_size=1)))
def test_what_python_writes_is_read_back(written: list[list[str]]) -> None:
    header = [f"column{n}" for n in range(len(written[0]))]
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([header, *written, ["end"] * len(header)])
    table, found = read_table("t.csv", out.getvalue().encode(), LENIENT, GUESSED)
    assert codes(found) == []
    assert [list(row) for row in table.rows] == [*filter(any, written), ["end"] * len(header)]


@given(st.lists(st.lists(st.sampled_from(["", "1", "x"]), min_size=3, max_size=3), min_size=4, max_size=6), st.data())
def test_a_separator_too_many_shifts_nothing(cells: list[list[str]], data: st.DataObject) -> None:
    """Wherever it stands, the row is refused or means the same."""
    lines = [",".join(row) for row in (["a", "b", "c"], *cells, ["9", "9", "9"])]
    wrong = data.draw(st.integers(1, len(cells)))
    places = range(len(lines[wrong]) + 1)
    at = data.draw(st.sampled_from(places))
    expected = rows("\n".join(lines) + "\n")[0]
    lines[wrong] = lines[wrong][:at] + "," + lines[wrong][at:]
    read, found = rows("\n".join(lines) + "\n")
    if not codes(found):
        assert [row for row in read if any(row)] == [row for row in expected if any(row)]


# The shapes of real downloads; the figures are invented

WORLD = (
    '"Data Source","Indicators of the world",\r\n\r\n"Last Updated Date","2024-05-30",\r\n\r\n'
    '"Country Name","Country Code","2019","2020","2021",\r\n'
    '"Kenya","KEN","1.5","","3.25",\r\n"Ghana","GHA","12","13.0","..",\r\n'
)


def test_a_world_bank_download_needs_one_key() -> None:
    columns = "{name: Country Name}, {name: year, type: year}, {name: n, type: number}"
    dataset, found = made(WORLD, "wide: {names: year, values: n}", columns)
    assert dataset is not None
    assert codes(found) == []
    assert [*dataset.typed] == [
        ("Kenya", "2019", "1.5"), ("Kenya", "2020", ""), ("Kenya", "2021", "3.25"),
        ("Ghana", "2019", "12"), ("Ghana", "2020", "13.0"), ("Ghana", "2021", ""),
    ]  # fmt: skip
    assert [dataset.place(2, n) for n in range(3)] == [
        "t.csv, line 6, column 1", "t.csv, line 5, column 5", "t.csv, line 6, column 5",
    ]  # fmt: skip
    assert dataset.numbers == (1, 1, 1, 2, 2, 2)


GERMAN = (
    "Data Source;Indicators of the world;;;\r\n;;;;\r\nLast Updated Date;30.05.2024;;;\r\n;;;;\r\n"
    "Country Name;Country Code;2019;2020;2021\r\nKenya;KEN;1,5;;3,25\r\nGhana;GHA;12;13,0;..\r\n"
)
NARROW = GERMAN.replace(";2021", "").replace(";3,25", "").replace(";..", "").replace(";;;", ";;")


@pytest.mark.parametrize(
    ("content", "key", "hint"),
    [
        (GERMAN, "", "write skip: 4, "),
        (GERMAN.replace(";;;\r", "\r").replace("\n;\r", "\n\r"), "", "write skip: 4, "),
        ("sep=;\r\n" + GERMAN, "", "write skip: 5, "),
        ("sep=;\r\n" + GERMAN, "skip: 4", "write header: 6"),
        (NARROW, "", "write header: 5"),
        ("Data Source;one, two, three, four, five, six\r\n" + GERMAN.partition("\r\n")[2], "", 'write delimiter: ";"'),
    ],
)
def test_what_a_hint_says_of_a_download_that_excel_saved_works(content: str, key: str, hint: str) -> None:
    columns = "{name: Country Name}, {name: year, type: year}, {name: n, type: number}"
    wide = "wide: {names: year, values: n}"
    _, found = made(content.encode("cp1252"), f"{key}, {wide}" if key else wide, columns)
    (said,) = (each.hint for each in found if hint in (each.hint or ""))
    written = hint.removeprefix("write ").rstrip(", ")
    rows = [("Kenya", "2019", "1.5"), ("Kenya", "2020", ""), ("Kenya", "2021", "3.25")]
    rows += [("Ghana", "2019", "12"), ("Ghana", "2020", "13.0"), ("Ghana", "2021", "")]
    kept = [row for row in rows if content != NARROW or row[1] != "2021"]
    assert typed(content.encode("cp1252"), f"{written}, {wide}", columns) == kept, said


@pytest.mark.parametrize("page", ["cp866", "koi8-r"])
def test_a_name_in_another_encoding_is_told_with_the_key(page: str) -> None:
    content = "Область;n\nЦентр;1\n".encode(page)
    (hint,) = (each.hint or "" for each in made(content, "", "{name: Область}")[1] if each.severity == "error")
    assert typed(content, hint.partition("write ")[2], "{name: Область}") == [("Центр",)]


def test_a_name_that_is_merged_over_rows_stands_in_each_and_one_that_is_missing_is_told() -> None:
    rows: list[list[Cell]] = [
        ["town", "year", "n"],
        ["A", 2021, 5],
        [None, 2022, 6],
        ["B", 2021, 7],
        [None, 2022, None],
    ]
    book = xlsx({"S": Sheet(rows, merged=("A2:A3", "A4:A5", "C4:C5"))})
    columns = "{name: town}, {name: year, type: year}, {name: n, type: number}"
    dataset, found = made(book, "", columns, "t.xlsx")
    assert dataset is not None
    # A number that is merged counts once.
    assert [*dataset.typed] == [("A", "2021", "5"), ("A", "2022", "6"), ("B", "2021", "7"), ("B", "2022", "")]
    assert [each.message.partition(": ")[2] for each in found] == ["A2:A3, A4:A5", "C4:C5"]
    _, (told,) = made("town;year;n\nA;2021;5\n;2022;6\n", "", columns)
    assert told.message == "no name stands in line 3"


def test_a_download_that_excel_kept_in_one_column_is_told() -> None:
    lines = "".join(f'"{line.replace(chr(34), chr(34) * 2)}"\r\n' if line else "\r\n" for line in WORLD.splitlines())
    (found,) = (each for each in made(lines, "skip: 4", "{name: Country Name}")[1] if each.severity == "error")
    assert (found.code, "take the file as it was sent" in (found.hint or "")) == ("unknown-column", True)


def test_a_name_with_nothing_beside_it_is_kept_and_told() -> None:
    text = "Область;2022;2023\nВсего;100,5;101\nв том числе:;;\nЦентр;40;41,5\nиз них:;;\nСело;10;11\n"
    columns = "{name: Область}, {name: 2022, type: number}"
    dataset, (told,) = made(text, "", columns)
    assert dataset is not None
    assert [*dataset.typed][1:4] == [("в том числе:", ""), ("Центр", "40"), ("из них:", "")]
    assert told.message == 'a name stands in line 3, line 5 ("в том числе:") and nothing beside it: the rows were kept'
    _, _, written = (told.hint or "").partition("leave it out: ")
    assert made(text, written, columns)[1] == []
    assert typed(text, written, columns) == [("Всего", "100.5"), ("Центр", "40"), ("Село", "10")]


def test_a_eurostat_download_needs_two_keys() -> None:
    text = "freq,unit,geo\\TIME_PERIOD\t2020 \t2021 \nA,PC,DE\t12.3 p\t: \nA,PC,MT\t: c\t0.10 \nA,NR,DE\t5 \t6 \n"
    columns = "{name: geo}, {name: year, type: year}, {name: share, type: number, unit: percent}"
    keys = "where: {unit: PC}, wide: {names: year, values: share}"
    dataset, found = made(text, keys, columns, "t.tsv")
    assert dataset is not None
    assert codes(found) == []
    assert [*dataset.typed] == [("DE", "2020", "12.3"), ("DE", "2021", ""), ("MT", "2020", ""), ("MT", "2021", "0.10")]
    assert dataset.notes == ((0, 2, "p"), (2, 2, "c"))


OFFICE = [
    ["Население по областям, тыс. человек"],
    ["Область", "2020", None, "2021", None],
    [None, "город", "село", "город", "село"],
    ["Акмолинская", 345.1, "347,9", Formula("D4", "0.30000000000000004"), "н.д."],
    ["г. Алматы", 1916.8, "-", 1977.0, "…"],
    ["Источник: Бюро статистики"],
]


def test_a_sheet_of_a_statistics_office_with_merged_heads_needs_two_keys() -> None:
    content = xlsx({"О листе": [["пусто"]], "Таблица 1": Sheet(OFFICE, merged=("B2:C2", "D2:E2", "A2:A3"))})  # type: ignore[arg-type]
    columns = "{name: Область}, {name: 2020 город, type: number}, {name: 2020 село, type: number}, "
    columns += "{name: 2021 город, type: number}, {name: 2021 село, type: number}"
    dataset, found = made(content, "sheet: Таблица 1, header: [2, 3]", columns, "t.xlsx")
    assert dataset is not None, found
    assert codes(found) == []
    assert [*dataset.typed] == [
        ("Акмолинская", "345.1", "347.9", "0.3", ""), ("г. Алматы", "1916.8", "", "1977", ""),
    ]  # fmt: skip
    assert dataset.place(0, 3) == "t.xlsx, sheet Таблица 1, cell D4"
    assert all('"0"' not in f"{each.message} {each.hint}" for each in found)


def test_the_same_as_windows_1251_with_semicolons_needs_two_keys() -> None:
    text = "Население, тыс.;;;;\r\nОбласть;2020;;2021;\r\n;город;село;город;село\r\n"
    text += "Акмолинская;345,1;347,9;1 345,0;н.д.\r\nг. Алматы;1 916,8;-;1 977,0*;…\r\nИсточник: Бюро;;;;\r\n"
    columns = "{name: Область}, {name: 2020 село, type: number}, {name: 2021 город, type: number}"
    keys = "header: [2, 3], encoding: windows-1251"
    dataset, found = made(text.encode("cp1251"), keys, columns)
    assert dataset is not None
    assert codes(found) == []
    assert [*dataset.typed] == [("Акмолинская", "347.9", "1345.0"), ("г. Алматы", "", "1977.0")]
    assert dataset.notes == ((1, 2, "*"),)


EUROSTAT = "{name: geo}, {name: TIME, type: date}, {name: n, type: number}"
QUARTERS: list[tuple[str, ...]] = [
    ("KZ", "2021-01/2021-03", "4.5"),
    ("KZ", "2021-04/2021-06", ""),
    ("EL", "2021-01/2021-03", "-0.1"),
]
QUARTERS += [("EL", "2021-04/2021-06", "1200.0")]
PLACES: list[tuple[str, ...]] = [
    ("Всего", "2022", "1250.5"),
    ("Всего", "2023", "1301"),
    ("Ақмола", "2022", ""),
    ("Ақмола", "2023", "98.4"),
]
WIDE_PLACES = "{name: Өңір}, {name: year, type: year}, {name: n, type: number}"
HEADS: list[list[Cell]] = [["Жоғары, млн теңге"], ["Өңір", "Барлығы", None], [None, 2022, 2023]]
ROWS: list[list[Cell]] = [["Всего", 1250.5, 1301], ["Ақмола", "х", 98.4], ["х – құпия деректер"]]
JOINED: list[tuple[str, ...]] = [
    (name, *(n for place, _, n in PLACES if place == name)) for name in ("Всего", "Ақмола")
]
DOWNLOADS: dict[str, tuple[str, str | bytes, str, str, list[tuple[str, ...]]]] = {
    "eurostat, quarters": (
        "t.tsv", "s_adj,geo\\TIME_PERIOD\t2021-Q1 \t2021-Q2 \nNSA,KZ\t4.5 b\t: z\nNSA,EL\t-0.1 \t1200.0 bp\n",
        "wide: {names: TIME, values: n}", EUROSTAT, QUARTERS,
    ),
    "eurostat, SDMX": (
        "t.csv",
        "DATAFLOW,freq,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nE:X(1.0),Q,KZ,2021-Q1,4.5,b\nE:X(1.0),Q,KZ,2021-Q2,,\n"
        "E:X(1.0),Q,EL,2021-Q1,-0.1,\nE:X(1.0),Q,EL,2021-Q2,1200.0,bp\n",
        "", EUROSTAT.replace("TIME", "TIME_PERIOD").replace("name: n", "name: OBS_VALUE"), QUARTERS,
    ),
    "eurostat, saved by Excel": (
        "t.csv", "s_adj,geo\\TIME_PERIOD;2021-Q1 ;2021-Q2 \nNSA,KZ;4,5 b;: z\nNSA,EL;-0,1 ;1.200,0 bp\n",
        "wide: {names: TIME, values: n}", EUROSTAT, QUARTERS,
    ),
    "office, xlsx": (
        "t.xlsx", xlsx({"1": Sheet([*HEADS, *ROWS], merged=("B2:C2", "A2:A3"))}),
        "header: [2, 3]",
        "{name: Өңір}, {name: Барлығы 2022, type: number}, {name: Барлығы 2023, type: number}", JOINED,
    ),
    "office, ods": (
        "t.ods", ods({"1": [["Өңір", 2022, 2023], *ROWS]}), "wide: {names: year, values: n}", WIDE_PLACES, PLACES,
    ),
    "office, tabs": (
        "t.txt", "Өңір\t2022 ж.\t2023*\r\nВсего\t1\u00a0250,5\t1\u00a0301\r\nАқмола\tх\t98,4\r\n".encode("utf-16"),
        "wide: {names: year, values: n}", WIDE_PLACES, PLACES,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DOWNLOADS)
def test_what_offices_send_is_read_cell_by_cell(name: str) -> None:
    file, content, keys, columns, expected = DOWNLOADS[name]
    dataset, found = made(content, keys, columns, file)
    assert dataset is not None, found
    assert [*dataset.typed] == expected
    assert codes(found) == []


def test_a_column_with_a_year_that_becomes_no_row_is_told() -> None:
    text = "town,2021,2022*,2022/23,part 2022\nA,1,2,3,4\n"
    wide, columns = "wide: {names: year, values: n}", WIDE_PLACES.replace("Өңір", "town")
    dataset, found = made(text, wide, columns)
    assert dataset is not None
    assert [*dataset.typed] == [("A", "2021", "1"), ("A", "2022", "2")]
    assert any(each.message.endswith("left out: 2022/23, part 2022") for each in found)
    named = wide.replace("}", ', columns: ["2021", "2022*"]}')
    assert not [each for each in made(text, named, columns)[1] if "left out" in each.message]


def test_years_as_columns_and_dashes() -> None:
    text = ",2005.0,2017.0,2018.0\nВсего,1200.5,3400,3600.2\nОбласть А,-,-,410.5\n"
    columns = "{name: A}, {name: year, type: year}, {name: n, type: number}"
    assert typed(text, "missing: ['-'], wide: {names: year, values: n}", columns) == [
        ("Всего", "2005", "1200.5"), ("Всего", "2017", "3400"), ("Всего", "2018", "3600.2"),
        ("Область А", "2005", ""), ("Область А", "2017", ""), ("Область А", "2018", "410.5"),
    ]  # fmt: skip


DASHES = """,2005.0,2017.0,2018.0,2022.0
Всего,1200.5,3400,3600.2,5100
Область А,-,-,-,410.5
Область Б,86.8,59.5,-,-
"""
BY_PLACE = [
    ("Всего", "1200.5", "3400", "3600.2", "5100"), ("Область А", "", "", "", "410.5"),
    ("Область Б", "86.8", "59.5", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "missing"),
    [
        (DASHES, "-"),
        (DASHES.replace("-", "–").replace("2005.0", "2005"), "–"),
        (DASHES.replace(".0", "").replace(",", ";").replace(".", ",").encode("cp1251"), "-"),
        (DASHES.replace(",", "\t").replace("-", "…").replace("\n", "\r\n"), "…"),
    ],
)
def test_a_table_with_dashes_is_read_cell_by_cell(content: str | bytes, missing: str) -> None:
    years = ("2005", "2017", "2018", "2022")
    columns = "{name: A}, {name: year, type: year}, {name: n, type: number}"
    file = "t.tsv" if isinstance(content, str) and "\t" in content else "t.csv"
    expected = [(place, year, cell) for place, *cells in BY_PLACE for year, cell in zip(years, cells, strict=True)]
    assert typed(content, f"missing: ['{missing}'], wide: {{names: year, values: n}}", columns, file) == expected


# Workbooks


def test_a_workbook_gives_what_it_stores() -> None:
    from datetime import date

    sheet = Sheet(
        [
            ["day", "n", "share", "code", "flag"],
            [date(2021, 3, 4), 0.1 + 0.2, Share("0.125"), 7, True],
            [date(1999, 12, 31), 1e22, Share("-0.5"), "007", False],
            [None, Formula("B2*2", "0.6"), Share("1"), 1.0, None],
        ],
        hidden_rows=(3,),
    )
    columns = "{name: day, type: date}, {name: n, type: number}, {name: share, type: number, unit: percent}, "
    columns += "{name: code}, {name: flag}"
    dataset, found = made(xlsx({"S": sheet}), "", columns, "t.xlsx")
    assert dataset is not None
    assert codes(found) == []
    assert [*dataset.typed] == [
        ("2021-03-04", "0.3", "12.5", "7", "TRUE"),
        ("1999-12-31", "10000000000000000000000", "-50", "007", "FALSE"),
        ("", "0.6", "100", "1", ""),
    ]
    told = " ".join(each.message for each in found)
    assert "row 3" in told
    assert "TRUE and FALSE" in told


def test_a_percentage_of_a_workbook_needs_its_unit() -> None:
    (found,) = made(xlsx({"S": [["a"], [Share("0.125")]]}), "", "{name: a, type: number}", "t.xlsx")[1]
    assert ("cell A2" in found.message, found.hint) == (True, "write unit: percent in the column")


def test_a_share_without_its_format_is_not_taken_for_a_percentage() -> None:
    content = xlsx({"S": [["a"], [Share("0.982")], [0.913], [0], [91.3]]})
    (found,) = made(content, "", "{name: a, type: number, unit: percent}", "t.xlsx")[1]
    assert (found.code, "cell A3" in found.message) == ("two-readings", True)
    assert "0.913% or 91.3%" in str(found.hint)
    plain = xlsx({"S": [["a"], [0.982], [0.913]]})
    assert typed(plain, "", "{name: a, type: number, unit: percent}", "t.xlsx") == [("0.982",), ("0.913",)]


def test_the_hint_of_a_point_says_the_comma_that_is_asked_for() -> None:
    (found,) = made("a\n52.1\n", 'decimal: ","', "{name: a, type: number}")[1]
    assert found.hint == 'write 52,1; or, if all numbers of the file have a point, decimal: "."'


def test_errors_of_a_workbook_are_missing_only_if_they_are_named() -> None:
    content = xlsx({"S": [["a"], [1], [Failed("#REF!")]]})
    (found,) = made(content, "", "{name: a, type: number}", "t.xlsx")[1]
    assert found.code == "bad-number"
    assert "#REF!" in found.message
    assert "cell A3" in found.message
    assert typed(content, "missing: ['#REF!']", "{name: a, type: number}", "t.xlsx") == [("1",), ("",)]


def test_a_formula_without_a_value_is_no_empty_cell() -> None:
    (found,) = made(xlsx({"S": [["a"], [Formula("1+1")]]}), "", "{name: a, type: number}", "t.xlsx")[1]
    assert (found.code, "A2" in found.message) == ("unreadable-table", True)


def test_a_formula_below_the_range_is_not_asked_for() -> None:
    content = xlsx({"S": [["a"], [1], [Formula("1+1")]]})
    assert typed(content, "range: A1:A2", "{name: a, type: number}", "t.xlsx") == [("1",)]


def test_a_formula_with_an_empty_value_is_no_empty_cell() -> None:
    content = xlsx({"S": [["a"], [Formula("1+1")]]})
    held = {name: part.replace(b"</f>", b"</f><v></v>") for name, part in unzipped(content).items()}
    (found,) = made(zipped(held), "", "{name: a, type: number}", "t.xlsx")[1]
    assert (found.code, "A2" in found.message) == ("unreadable-table", True)


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)
    return held.getvalue()


def test_sheets_are_chosen_with_a_word() -> None:
    book = xlsx({"One": [["a"], [1]], "Two": Sheet([["a"], [2]], hidden=True)})
    dataset, (found,) = made(book, "", "{name: a}", "t.xlsx")
    assert dataset is not None
    assert dataset.read_sheet == "One"
    assert found.hint == "write sheet: One"
    dataset, (found,) = made(book, "sheet: Two", "{name: a}", "t.xlsx")
    assert dataset is not None
    assert "hidden" in found.message
    assert codes(made(book, "sheet: Three", "{name: a}", "t.xlsx")[1]) == ["not-in-file"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zzz", b"hello", b"\xd0\xcf\x11\xe0" + b"x" * 600])
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_what_is_no_workbook_is_told(content: bytes, ending: str) -> None:
    assert codes(made(content, "", "{name: a}", f"t.{ending}")[1]) == ["unreadable-table"]


def test_ods() -> None:
    content = ods({"S": [["a", "b"], ["x", 1.50], ["y", 3]]})
    assert typed(content, "", "{name: a}, {name: b, type: number}", "t.ods") == [("x", "1.5"), ("y", "3")]


def test_json_records_keep_their_digits() -> None:
    text = '[{"meta": 1}, [{"where": {"id": "KE"}, "n": 1.50, "ok": true}, {"n": null, "where": {"id": "GH"}}]]'
    dataset, found = made(text, "", "{name: where.id}, {name: n, type: number}, {name: ok}", "t.json")
    assert dataset is not None
    assert found == []
    assert [*dataset.typed] == [("KE", "1.50", "TRUE"), ("GH", "", "")]
    assert dataset.place(1, 0) == "t.json, record 2, where.id"
    for wrong in ("{", "[1, 2]", '{"a": 1}', '[{"a": [1]}]', "[" * 100_000):
        assert codes(made(wrong, "", "{name: a}", "t.json")[1]) == ["unreadable-table"]
    _, (twice,) = made('[{"n": 1, "m": {"n": 2}},\n {"n": 3, "m": {"n": 4},\n  "n": 5}]', "", "{name: n}", "t.json")
    assert ('"n" twice' in twice.message, twice.span.line, twice.span.column) == (True, 3, 3)


# Shaping

TOWNS = "town,year,cups,note\nA,2020,5,\nB,2020,7,x\nA,2021,6,\nB,2021,,\nC,2021,60,\n"
COLUMNS = "{name: town}, {name: cups, type: number}"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("where: {town: A}", [("A", "5"), ("A", "6")]),
        ("where: {town: [A, C], year: 2021}", [("A", "6"), ("C", "60")]),
        ("where: {year: '>= 2021'}", [("A", "6"), ("B", ""), ("C", "60")]),
        ("where: {note: '!= x', year: 2020}", [("A", "5")]),
        ("where: {cups: ['>= 6', '<= 7']}", [("B", "7"), ("A", "6")]),
        ("where: {town: ['!= A', '!= B']}", [("C", "60")]),
        ("where: {town: [A, C, '!= A'], year: 2021}", [("C", "60")]),
        ("sort: cups", [("A", "5"), ("A", "6"), ("B", "7"), ("C", "60"), ("B", "")]),
        ("sort: -cups, top: 2", [("C", "60"), ("B", "7")]),
        ("sort: [-town, cups]", [("C", "60"), ("B", "7"), ("B", ""), ("A", "5"), ("A", "6")]),
        ("range: A1:C3", [("A", "5"), ("B", "7")]),
        ("footer: 3", [("A", "5"), ("B", "7")]),
    ],
)
def test_rows_are_chosen_and_ordered(keys: str, expected: list[tuple[str, ...]]) -> None:
    assert typed(TOWNS, keys, COLUMNS) == expected


def test_an_ordered_row_still_says_where_it_stands() -> None:
    dataset, _ = made(TOWNS, "sort: -cups, top: 1", COLUMNS)
    assert dataset is not None
    assert (dataset.numbers, dataset.place(0, 1)) == ((5,), "t.csv, line 6, column 3")


@pytest.mark.parametrize(
    ("keys", "code", "hint"),
    [
        ("where: {twn: A}", "unknown-column", "town"),
        ("where: {town: a}", "unknown-value", '"A"'),
        ("where: {town: '!= a'}", "unknown-value", '"A"'),
        ("header: '1, 2'", "wrong-type", "header: [1, 2]"),
        ("sort: cup", "unknown-column", "cups"),
        ("wide: {names: y, values: cups}", "unknown-column", "add it to columns"),
        ("header: 90", "not-in-file", "count all lines from 1"),
        ("range: A90:C95", "not-in-file", ""),
        ("encoding: klingon", "wrong-value", "utf-8"),
        ("range: A1", "wrong-type", "A5:F20"),
        ("header: [3, 2]", "wrong-type", "header: 5"),
        ("where: A", "wrong-type", "Country"),
        ("skip: two", "wrong-type", "4"),
        ("decimal: x", "wrong-value", "."),
    ],
)
def test_keys_that_ask_for_what_is_not_there(keys: str, code: str, hint: str) -> None:
    found = made(TOWNS, keys, COLUMNS)[1]
    assert codes(found) == [code], found
    assert hint in (found[0].hint or "")


def test_columns_that_are_left_out_are_not_read() -> None:
    assert typed("a,b\n1,rubbish\n", "", "{name: a, type: number}") == [("1",)]


def test_a_query_takes_no_keys_of_a_file() -> None:
    described = "{id: t, query: {measure: tea-drunk}, sort: value}\n"
    _, found = load(MemoryFiles({**base(), "content/data/t.yaml": described}))
    assert [each.code for each in found] == ["query-and-file"]


# Bounds


def test_files_that_are_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset_rows, "MOST_BYTES", 100)
    assert codes(made("a\n" + "1\n" * 100, "", "{name: a}")[1]) == ["too-large"]
    monkeypatch.setattr(dataset_rows, "MOST_BYTES", 1000)
    monkeypatch.setattr(dataset_rows, "MOST_KEPT", 10)
    assert codes(made("a\n" + "1\n" * 100, "", "{name: a}")[1]) == ["too-large"]
    assert codes(made("a," * 60_000 + "\n", "", "{name: a}")[1]) == ["too-large"]


def test_many_unknown_columns_are_one_message() -> None:
    header = ",".join(f"c{n}" for n in range(5000))
    columns = ", ".join(f"{{name: d{n}}}" for n in range(2000))
    (found,) = made(header + "\n", "", columns)[1]
    assert len(found.message) + len(found.hint or "") < 400


def test_a_sheet_with_a_cell_at_its_far_end_is_refused() -> None:
    content = xlsx({"S": [["a"], [1]]}).replace(b"x", b"x")
    book = xlsx({"S": Sheet([["a"], [1], *([[]] * 3000), [*[None] * 800, 1]])})
    assert codes(made(book, "", "{name: a}", "t.xlsx")[1]) == ["unreadable-table"]
    assert typed(content, "", "{name: a}", "t.xlsx") == [("1",)]


def test_the_data_of_json_is_not_evaluated() -> None:
    assert typed(json.dumps([{"a": "=1+1"}]), "", "{name: a}", "t.json") == [("=1+1",)]


def test_xls() -> None:
    content = (Path(__file__).parent / "files/towns.xls").read_bytes()
    columns = "{name: day, type: date}, {name: town}, {name: cups, type: number}"
    dataset, (told,) = made(content, "", columns, "t.xls")
    assert dataset is not None
    assert [*dataset.typed] == [("2021-03-04", "A", "0.3"), ("2021-03-05", "B", "7")]
    assert "does not tell errors" in told.message


# Groups

CUPS = "region,town,cups,part\nN,A,1.50,1.50\nS,B,2,2\nN,C,3,3\nN,D,4.25,4.25\n"
GROUPED = "{name: region}, {name: cups, type: number}"


@pytest.mark.parametrize(
    ("keys", "columns", "expected"),
    [
        ("group: {by: [region], sum: [cups]}", GROUPED, [("N", "8.75"), ("S", "2")]),
        ("group: {by: region, sum: cups}, sort: cups", GROUPED, [("S", "2"), ("N", "8.75")]),
        ("group: {by: [region], mean: [cups]}", GROUPED, [("N", "2.91666666666667"), ("S", "2")]),
        (
            "group: {by: [region], count: towns, share: [part], sum: [cups]}",
            GROUPED + ", {name: part, type: number, unit: percent}, {name: towns, type: number, unit: towns}",
            [("N", "8.75", "81.3953488372093", "3"), ("S", "2", "18.6046511627907", "1")],
        ),
    ],
)
def test_rows_are_taken_together(keys: str, columns: str, expected: list[tuple[str, ...]]) -> None:
    assert typed(CUPS, keys, columns) == expected


UNITS = unit_table(())
CATCH = "year,t\n2018,3412.5\n2019,2950\n2020,1204.3\n2021,102.9\n"
BY_CATCH = "{name: year, type: year}, {name: t, type: number"


@pytest.mark.parametrize(
    ("text", "keys", "columns", "expected"),
    [
        # 2950 may be half a tonne more or less; a column has as many decimals as the number that supports least.
        (CATCH, "group: {by: [year], index: [t]}", BY_CATCH + "}", [None, 1, 1, 1]),
        (CATCH, "group: {by: [year], change: [t]}", BY_CATCH + ", unit: percent}", [None, 1, 1, 1]),
        (CATCH, "group: {by: [year], share: [t]}", BY_CATCH + ", unit: percent}", [2, 2, 2, 2]),
        ("year,t\n2020,3\n2020,4\n2020,4\n", "group: {by: [year], mean: [t]}", BY_CATCH + ", unit: boats}", [2]),
        ("year,t\n2020,3\n2020,5\n", "group: {by: [year], mean: [t]}", BY_CATCH + ", unit: boats}", []),
        ("year,t\n2020,3.1\n2020,4.2\n2020,4.4\n", "group: {by: [year], mean: [t]}", BY_CATCH + ", unit: °C}", [1]),
        (CATCH, "group: {by: [year], sum: [t]}", BY_CATCH + ", unit: t}", []),
    ],
)
def test_a_reckoned_number_is_printed_as_far_as_its_cells_support_it(
    text: str, keys: str, columns: str, expected: list[int | None]
) -> None:
    dataset, _ = made(text, keys, columns)
    assert dataset is not None
    assert [decimals for _, decimals in dataset.finest] == expected


def test_a_reckoned_number_is_no_more_exact_in_a_formula_and_keeps_the_decimals_of_its_author() -> None:
    dataset, _ = made(CATCH, "group: {by: [year], index: [t]}", BY_CATCH + "}")
    assert dataset is not None
    value = cell_value(dataset, 1, 1, UNITS)
    assert isinstance(value, Quantity)
    assert not value.exact
    assert value.interval.contains(Fraction(8644, 100))
    asked, _ = made(CATCH, "group: {by: [year], index: [t]}", BY_CATCH + ", decimals: 3}")
    assert asked is not None
    assert asked.rounding(1, 1) == (None, 3)
    assert dataset.picked([1]).rounding(0, 1) == (None, 1)


def test_a_sum_names_the_cells_that_it_is_made_of() -> None:
    dataset, found = made(CUPS, "group: {by: [region], sum: [cups]}", GROUPED)
    assert dataset is not None
    assert found == []
    digest = sha256(b"1.50\n3\n4.25").hexdigest()[:12]
    cells = "t.csv, line 2, column 3; t.csv, line 4, column 3; t.csv, line 5, column 3"
    assert dataset.place(0, 1) == f"3 cells, SHA-256 {digest}: {cells}"
    assert dataset.place(1, 1) == "t.csv, line 3, column 3"


@pytest.mark.parametrize(
    ("cups", "where"),
    [
        (["10", "20", "40", "70"], "line 5, column 2"),
        (["10.5", "20.2", "40.1", "70.9"], "line 5, column 2"),  # rounded one by one
        (["100", "60", "30", "30", "40", "25", "15"], "line 2, column 2"),  # sums below the sum
        (["10", "20", "40", "75"], ""),
        (["10", "20", "30"], ""),
    ],
)
def test_a_row_that_is_the_sum_of_the_others_is_told(cups: list[str], where: str) -> None:
    text = "year,cups,town\n" + "".join(f"2021,{cell},town {n}\n" for n, cell in enumerate(cups))
    dataset, found = made(
        text, "group: {by: [year], sum: [cups]}", "{name: year, type: year}, {name: cups, type: number}"
    )
    assert dataset is not None
    assert [each.message.partition(" is the sum of others")[0] for each in found] == (
        [f'"cups" in t.csv, {where}'] if where else []
    )


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("S,B,2,2\n", "the row in line 6 is the same as that in line 3, cell by cell"),
        ("S,B,2,2\nN,A,1.5,0\nS,B,2,2\n", "others as one above: line 8"),
        ("S,B,2,3\n", ""),
    ],
)
def test_rows_that_stand_twice_are_told_where_a_group_counts_both(more: str, told: str) -> None:
    for keys, columns in (("group: {by: [region], sum: [cups]}", GROUPED), ("", GROUPED)):
        _, found = made(f"{CUPS.rstrip()}\n{more}", keys, columns)
        messages = [each.message for each in found if "cell by cell" in each.message]
        assert (told in messages[0] if messages else not told) or not keys
        assert len(messages) == (1 if told and keys else 0)


def test_a_sum_of_which_a_part_is_missing_is_missing_and_told() -> None:
    text = CUPS.replace("S,B,2,2", "S,B,,2\nS,E,7,1")
    dataset, (found,) = made(text, "group: {by: [region], sum: [cups]}", GROUPED)
    assert dataset is not None
    assert [*dataset.typed] == [("N", "8.75"), ("S", "")]
    assert (found.code, found.severity) == ("guessed", "notice")
    assert '"cups" of 1 of 2 groups is missing' in found.message
    assert "line 3, column 3" in found.message


YEARS = "region,year,cups\nN,2021,5\nS,2020,8\nN,2020,4\nN,2021,1\nS,2022,10\nN,2022,3\n"
BY_YEAR = "{name: region}, {name: year, type: year}, {name: cups, type: number"


@pytest.mark.parametrize(
    ("key", "unit", "expected"),
    [
        ("change", ", unit: percent}", {"N2020": "", "N2021": "50", "N2022": "-50", "S2020": "", "S2022": "25"}),
        ("index", "}", {"N2020": "100", "N2021": "150", "N2022": "75", "S2020": "100", "S2022": "125"}),
    ],
)
def test_groups_are_compared_with_the_one_before_and_with_the_first(
    key: str, unit: str, expected: dict[str, str]
) -> None:
    dataset, found = made(YEARS, f"group: {{by: [region, year], {key}: [cups]}}", BY_YEAR + unit)
    assert dataset is not None
    assert found == [], "that the first has no change is no fault"
    assert {region + year: cups for region, year, cups in dataset.typed} == expected
    place = {region + year: dataset.place(n, 2) for n, (region, year, _) in enumerate(dataset.typed)}
    assert "t.csv, line 4, column 3; t.csv, line 2, column 3; t.csv, line 5" in place["N2021"]


def test_a_change_lacks_what_the_group_before_lacks_and_is_told() -> None:
    dataset, (found,) = made(
        YEARS.replace("N,2020,4", "N,2020,"),
        "group: {by: [region, year], change: [cups]}",
        BY_YEAR + ", unit: percent}",
    )
    assert dataset is not None
    assert ("N", "2021", "") in dataset.typed
    assert "line 4, column 3" in found.message
    nought = made(YEARS.replace("N,2020,4", "N,2020,0"), "group: {by: [region, year], index: [cups]}", BY_YEAR + "}")
    assert codes(nought[1]) == ["wrong-value"]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("group: {by: [region], change: [cups]}", "bad-unit"),
        ("group: {by: [region]}", "wrong-value"),
        ("group: {by: [region], sum: [cup]}", "unknown-column"),
        ("group: {by: [region], sum: [cups], mean: [cups]}", "wrong-value"),
        ("group: {by: [cups], sum: [region]}", "wrong-value"),
        ("group: {by: [region], share: [cups]}", "bad-unit"),
        ("group: {sum: [cups]}", "missing-key"),
    ],
)
def test_groups_that_cannot_be_made(keys: str, code: str) -> None:
    assert codes(made(CUPS, keys, GROUPED)[1]) == [code]


@given(st.lists(st.tuples(st.sampled_from("AB"), st.decimals(-999, 999, places=2, allow_nan=False)), min_size=1))
def test_sums_of_groups_are_the_sum_of_all(values: list[tuple[str, Decimal]]) -> None:
    text = "region,cups\n" + "".join(f"{region},{value + 0:.2f}\n" for region, value in values)
    sums = typed(text.replace("-0.00", "0.00"), "group: {by: [region], sum: [cups]}", GROUPED)
    assert sum(Decimal(cups) for _, cups in sums) == sum(value for _, value in values)


@pytest.mark.parametrize(
    ("cells", "keys", "kept"),
    [
        (("10 000", "900", "9870"), "", 2),
        (("10,000", "900", "9,870"), 'decimal: ".", ', 2),
        (("10.000", "900", "9.870"), 'decimal: ",", ', 2),
        (("1.234.567,5", "900", "2 000"), "", 1),
        (("10000*", "900", "−9000"), "", 1),
    ],
)
def test_a_limit_is_compared_with_numbers_however_they_are_written(
    cells: tuple[str, ...], keys: str, kept: int
) -> None:
    content = "a;n\n" + "".join(f"r;{cell}\n" for cell in cells)
    dataset, _ = made(content, f'{keys}where: {{n: "> 2000"}}', "{name: a}")
    assert dataset is not None
    assert len(dataset.rows) == kept


@pytest.mark.parametrize(
    ("cells", "limit", "said"),
    [
        (("10,000", "900"), "> 2000", '"10,000" in "n" has two readings'),
        (("10000", "900"), "> 2,000", '"2,000" is no plain number'),
        (("10000", "900"), "> many", '"many" is no plain number'),
    ],
)
def test_a_limit_that_cannot_be_compared_is_told(cells: tuple[str, ...], limit: str, said: str) -> None:
    content = "a;n\n" + "".join(f"r;{cell}\n" for cell in cells)
    (found,) = made(content, f'where: {{n: "{limit}"}}', "{name: a}")[1]
    assert (found.code, said in found.message) == ("bad-number", True)


def test_formulas_that_were_not_counted_below_the_table_are_no_matter() -> None:
    rows = [["Town", "n"], ["Bay", 45], ["Cove", 46], ["All", Formula("SUM(B2:B3)")]]
    content = xlsx({"S": rows})
    columns = "{name: Town}, {name: n, type: number}"
    assert typed(content, "footer: 1", columns, "t.xlsx") == [("Bay", "45"), ("Cove", "46")]
    assert codes(made(content, "footer: 0", columns, "t.xlsx")[1]) == ["unreadable-table"]
    inside = xlsx({"S": [["Town", "n"], ["Bay", Formula("1+1")], ["All", Formula("B2")]]})
    (told,) = (each for each in made(inside, "footer: 1", columns, "t.xlsx")[1] if each.severity != "notice")
    assert ("B2" in told.message, "B3" in told.message) == (True, False)
