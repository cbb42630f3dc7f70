"""facts.json, facts.csv, facts.sqlite, sources.json: each as it is promised, and all saying the same."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.exports.provenance import provenance_json
from reportgen.exports.sqlite import facts_sqlite, rows_part
from reportgen.exports.tables import csv_bytes, safe_cell
from tests.exports.real import ROOT, Published
from tests.exports.tiny import SITE, records, view

KEYS = [
    "id",
    "claim",
    "value",
    "unit",
    "relation",
    "as_of",
    "place",
    "measure",
    "rank",
    "modality",
    "reading",
    "printed",
    "why",
    "status",
    "evidence",
    "formula",
    "derived_from",
    "used_in",
]
EVIDENCE = ["source", "quote", "prefix", "suffix", "locator", "verified", "sha256", "start", "end", "pieces"]


def facts(real: Published) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(real.files["facts.json"])["facts"]
    return found


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_fact_is_there_by_id_with_every_key(real: Published) -> None:
    assert [fact["id"] for fact in facts(real)] == sorted(real.project.facts)
    for fact in facts(real):
        assert list(fact) == KEYS
        assert fact["value"] is None or list(fact["value"]) == ["type", "text", "min", "max"]
        assert all(list(evidence) == EVIDENCE for evidence in fact["evidence"])
        assert "{value}" not in fact["claim"]


def test_what_facts_refer_to_exists(real: Published) -> None:
    ids = {fact["id"] for fact in facts(real)}
    sources = {source["id"] for source in json.loads(real.files["sources.json"])}
    slugs = {brief.slug for brief in real.briefs}
    for fact in facts(real):
        assert set(fact["derived_from"]) <= ids
        assert set(fact["used_in"]) <= slugs
        assert fact["used_in"] == sorted(fact["used_in"])
        assert {evidence["source"] for evidence in fact["evidence"]} <= sources
        assert bool(fact["formula"]) == bool(fact["derived_from"])
    assert {slug for fact in facts(real) for slug in fact["used_in"]} == slugs


def test_numbers_lie_in_their_intervals(real: Published) -> None:
    for fact in facts(real):
        value = fact["value"]
        if value is None or value["type"] not in ("number", "range"):
            continue
        texts = value["text"].split("/")
        last = max(len(text.partition(".")[2]) for text in texts)
        slack = Fraction(1, 10**last) if fact["formula"] else 0
        if value["min"] is not None:
            assert Fraction(texts[0]) >= Fraction(value["min"]) - slack
        if value["max"] is not None:
            assert Fraction(texts[-1]) <= Fraction(value["max"]) + slack


def test_the_table_and_the_database_agree_with_the_json(real: Published) -> None:
    table = rows(real.files["facts.csv"])
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(real.files["facts.sqlite"])
        database.row_factory = sqlite3.Row
        stored = [dict(row) for row in database.execute("SELECT * FROM facts ORDER BY id")]
        inputs = database.execute("SELECT fact, input FROM inputs").fetchall()
        used = database.execute("SELECT fact, brief FROM used_in").fetchall()
        words = database.execute("SELECT fact, quote, start_offset, end_offset FROM evidence ORDER BY fact, position")
        evidence = [tuple(row) for row in words]
    assert len(table) == len(stored) == len(facts(real))
    for fact, row, record in zip(facts(real), table, stored, strict=True):
        value = fact["value"] or {"type": None, "text": None, "min": None, "max": None}
        assert record["id"] == row["id"] == fact["id"]
        assert record["value"] == value["text"]
        assert row["value"] == safe_cell(value["text"] or "")
        assert (row["min"], row["max"]) == (value["min"] or "", value["max"] or "")
        assert record["min"] == (float(value["min"]) if value["min"] else None)
        assert record["status"] == row["status"] == fact["status"]
        assert record["relation"] == fact["relation"]
        assert row["relation"] == ("" if fact["relation"] in ("=", None) else fact["relation"])
        assert row["derived_from"].split() == fact["derived_from"]
        assert row["used_in"].split() == fact["used_in"]
    assert {tuple(row) for row in inputs} == {(f["id"], input) for f in facts(real) for input in f["derived_from"]}
    assert {tuple(row) for row in used} == {(f["id"], slug) for f in facts(real) for slug in f["used_in"]}
    assert evidence == [(f["id"], e["quote"], e["start"], e["end"]) for f in facts(real) for e in f["evidence"]]


def test_the_database_is_sound_and_explains_itself(real: Published) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(real.files["facts.sqlite"])
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        assert tables == {"facts", "evidence", "sources", "inputs", "used_in"}
        readme = " ".join(text for (text,) in database.execute("SELECT text FROM README ORDER BY line"))
        assert all(table in readme for table in tables)
        assert {tuple(key)[2:4] for key in database.execute("PRAGMA foreign_key_list(evidence)")} == {
            ("sources", "source"),
            ("facts", "fact"),
        }


def test_the_database_is_the_same_bytes_in_any_process() -> None:
    program = (
        "import hashlib; from tests.exports.tiny import *; from reportgen.exports.sqlite import *;"
        "print(hashlib.sha256(facts_sqlite(view(), [rows_part(records())], view().all('sources'), SITE)).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Almaty"))
    }  # fmt: skip
    assert len(digests) == 1
    content = facts_sqlite(view(), [rows_part(records())], view().all("sources"), SITE)
    assert content[:16] == b"SQLite format 3\0"
    assert content[24:28] == content[92:96] == (1).to_bytes(4, "big")
    assert content[96:100] == (3_037_000).to_bytes(4, "big")


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+7 727", "'+7 727"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("\t=1", "' =1"),
        ("\r=1", "' =1"),
        ("＝1", "'＝1"),
        ("  =1", "'  =1"),
        ("-5", "-5"),
        ("-5.10", "-5.10"),
        ("-", "'-"),
        ("<=", "<="),
        ("18.10", "18.10"),
        ("Halyk\nBank", "Halyk Bank"),
        ("2021-08", "2021-08"),
        ("", ""),
    ],
)
def test_cells_that_a_spreadsheet_would_run_are_made_safe(cell: str, safe: str) -> None:
    assert safe_cell(cell) == safe


@given(st.lists(st.text(), min_size=2, max_size=4))
def test_no_cell_runs_and_all_come_back(cells: list[str]) -> None:
    content = csv_bytes(["a"] * len(cells), [cells])
    _header, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert row == [safe_cell(cell) for cell in cells]
    for cell in row:
        assert not cell.lstrip().startswith(("=", "+", "@", "\t", "\r"))
        assert safe_cell(cell) == cell


def test_numbers_of_a_brief_lead_to_facts_that_exist(real: Published) -> None:
    for brief in real.briefs:
        document = json.loads(provenance_json(brief, ("0", "5")))
        numbers = document["numbers"]
        kinds = [number["kind"] for number in numbers]
        assert kinds[-2:] == ["scale", "scale"]
        assert len(numbers) == len(brief.numbers) + 2
        counted = [number["kind"] for number in numbers if not number["statement"]]
        assert document["bound"] == sum(counted.count(kind) for kind in ("fact", "formula", "dataset"))
        assert document["total"] == document["bound"] + kinds.count("waiver")
        for number in numbers:
            known = [number["fact"]] if number["fact"] else []
            assert {*known, *number["facts"]} <= set(real.project.facts)
            assert (number["fact"] is not None) == (number["kind"] == "fact")
            assert (number["reason"] is not None) == (number["kind"] == "waiver")


def test_a_chart_names_values_as_the_facts_do(real: Published) -> None:
    values = {fact["id"]: fact["value"] for fact in facts(real)}
    charts = [rows(content) for path, content in real.files.items() if path.startswith("charts/")]
    checked = 0
    for row in (row for chart in charts for row in chart if row.get("value_min")):
        value = values[row["fact"]]
        assert (row["value_min"], row["value_max"]) == (value["min"] or "", value["max"] or "")
        checked += 1
    assert checked > 5
    assert all(row["license"] and row["address"] for chart in charts for row in chart)
