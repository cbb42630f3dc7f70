"""A number out of a table against what heads its column, its row and the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.archive.extract import extracted
from reportgen.archive.media_types import CSV
from reportgen.evidence.fold import FoldedText, fold
from reportgen.evidence.judge import supports
from reportgen.evidence.match import Match, find_quote
from reportgen.evidence.quoted import Quoted
from reportgen.evidence.under_heads import against_heads
from reportgen.language.units import unit_table
from reportgen.model.edtf import parse_edtf
from reportgen.model.quantity import Relation, typed_quantity
from reportgen.model.text import Text
from reportgen.model.verdict import VerdictProblem
from tests.desk.project import added

UNITS = unit_table(["passenger", "vehicle", "boat", "case", "dwelling"])
TRAINS = """<h1>Night trains</h1><p>Some lines were run.</p>
<table><caption>Passengers (thousands) and revenue (EUR million)</caption>
<tr><th>Line</th><th>Passengers</th><th>Revenue</th></tr>
<tr><td>Wien–Zürich</td><td>288</td><td>6.2</td></tr>
<tr><td>Wien–Roma</td><td>190</td><td>4.1</td></tr></table>"""
CASES = [
    case.split("|", 6)
    for case in (Path(__file__).parent / "cases" / "under-heads.txt").read_text(encoding="utf-8").splitlines()[1:]
]


def page(html: str) -> FoldedText:
    return extracted(html.encode(), "text/html")


def told(
    text: FoldedText,
    value: str,
    unit: str,
    quote: str,
    *,
    language: str = "en",
    claim: str = "It was {value}.",
    as_of: str = "",
    reading: str = "",
    is_explicit: bool = True,
) -> VerdictProblem | None:
    quantity = typed_quantity(value, UNITS.parse(unit), Relation("="))
    found = find_quote(text, "", quote, "", language)
    assert isinstance(found, Match)
    says = Text.of(reading) if reading else Text(())
    verdict = supports(quantity, [Quoted(quote, language)], language="en", claim=Text.of(claim), reading=says or None)
    return against_heads(
        quantity,
        Text.of(claim),
        says,
        parse_edtf(as_of) if as_of else None,
        text,
        found.pieces or ((found.start, found.end),),
        verdict.quotes[0].read,
        language,
        site="en",
        is_explicit=is_explicit,
        forms={},
    )


def severity(problem: VerdictProblem | None) -> str:
    return "ok" if problem is None else {"error": "no", "warning": "warn"}[problem.severity]


@pytest.mark.parametrize(("language", "value", "unit", "expected", "head", "row", "quote"), CASES)
def test_numbers_below_heads(
    language: str, value: str, unit: str, expected: str, head: str, row: str, quote: str
) -> None:
    rows = [head.split(";"), row.split(";"), ["Other", *("7" for _ in row.split(";")[1:])]]
    table = "".join(f"<tr>{''.join(f'<td>{cell.strip()}</td>' for cell in cells)}</tr>" for cells in rows)
    text = page(f"<h1>Report</h1><p>The office counts.</p><table>{table}</table>")
    problem = told(text, value, unit, quote.replace(";", " | "), language=language)
    assert severity(problem) == expected, problem


@pytest.mark.parametrize(
    ("value", "unit", "expected"), [("288", "passenger", "no"), ("288", "", "warn"), ("190", "passenger", "no")]
)
def test_a_title_says_what_the_column_that_it_names_counts(value: str, unit: str, expected: str) -> None:
    line = "Wien–Zürich | 288" if value == "288" else "Wien–Roma | 190"
    problem = told(page(TRAINS), value, unit, line)
    assert severity(problem) == expected
    assert problem is not None
    assert problem.message.startswith('the source says "thousands" above its table')


def test_what_the_claim_or_a_reading_says_answers_for_it() -> None:
    assert not told(page(TRAINS), "288", "", "Wien–Zürich | 288", claim="{value} thousand passengers took it.")
    said = "The table counts thousands of passengers."
    assert not told(page(TRAINS), "288", "passenger", "Wien–Zürich | 288", reading=said)
    problem = told(page(TRAINS), "288", "passenger", "Wien–Zürich | 288", reading="Those who rode.")
    assert severity(problem) == "warn"


def test_tables_that_are_laid_out_by_spaces() -> None:
    text = fold("Landings by year\n\n          2019 2020\n        thousand boats\nCod 100; 101;\nTotal 131; 140;\n")
    assert severity(told(text, "131", "boat", "Total 131;", is_explicit=False)) == "ok"
    text = fold("Landings by year\n\n thousand boats\nCod 100 m 101\nTotal 131 x 140\n")
    assert severity(told(text, "131", "boat", "Total 131 x 140", is_explicit=False)) == "warn"


def test_heads_that_a_pdf_has_in_one_cell_are_parted() -> None:
    lines = "Traffic\nPass | Road (1000 vehicles) Rail (million t)\nGotthard | 667 | 13.2\nBernardino 143 | 0.0"
    text = fold(lines, joins_lines=True)
    problem = told(text, "667", "vehicle", "Gotthard | 667", is_explicit=False)
    assert problem is not None
    assert problem.message == 'the source says "1000 vehicles" above its column, and the unit of the fact is vehicle'
    assert severity(told(text, "143", "vehicle", "Bernardino 143", is_explicit=False)) == "warn"


def test_what_a_column_is_counted_per_is_said_by_the_fact() -> None:
    text = extracted(b"Port,Cost per boat (USD)\nBay,131\nCove,12\n", CSV)
    problem = told(text, "131", "USD", "Bay | 131", reading="The column is in USD.")
    assert problem is not None
    assert (problem.code, problem.severity) == ("heading-contradicted", "warning")
    assert problem.message == 'the source says "per boat" above its column, and the unit of the fact is USD'
    assert told(text, "131", "USD", "Bay | 131", reading="The column is headed “Cost per boat (USD)”.") is None
    said = "The column is in USD."
    assert told(text, "131", "USD", "Bay | 131", claim="Each boat cost {value}.", reading=said) is None


def test_a_year_above_the_column() -> None:
    text = page(
        "<h1>Boats</h1><table><tr><th>Port</th><th>2019</th><th>2020</th><th>2015 = 100</th></tr>"
        "<tr><td>Bay</td><td>131</td><td>140</td><td>98</td></tr></table>"
    )
    assert told(text, "131", "boat", "Bay | 131", as_of="2019") is None
    assert told(text, "140", "boat", "131 | 140", as_of="2020-06") is None
    assert told(text, "98", "boat", "140 | 98", as_of="2020") is None
    problem = told(text, "140", "boat", "131 | 140", as_of="2019")
    assert problem is not None
    assert (problem.code, problem.severity) == ("time-not-in-quote", "warning")
    assert told(text, "140", "boat", "131 | 140", as_of="2019", reading="By the end of 2019.") is None
    assert told(text, "140", "boat", "131 | 140", as_of="2019", reading="The table counts boats.") == problem
    assert told(text, "140", "boat", "131 | 140", as_of="2019", reading="The column is headed “2020”.") == problem


def test_the_cells_of_a_file_with_marks_between_them() -> None:
    text = extracted(b"Port,Boats (thousand)\nBay,131\nCove,12\n", CSV)
    assert severity(told(text, "131", "boat", "Bay | 131")) == "no"
    assert told(text, "131", "thousand boat", "Bay | 131") is None


def test_verify_tells_it_and_the_build_does_not_count_it_as_verified(tmp_path: Path) -> None:
    facts = (
        '- id: riders\n  claim: "{value} took the line."\n  value: 288\n  unit: passenger\n'
        '  evidence: [{source: trains, quote: "Wien–Zürich | 288"}]\n'
    )
    project = added(tmp_path, {"trains.html": f"<html lang=en><head><title>Trains</title></head>{TRAINS}</html>"})
    done = project.run("add", str(project.path("trains.html")), "--as", "trains", "--retrieved", "2026-11-22")
    assert done.code == 0, done.told
    project.write("content/facts/base.yaml", facts)
    done = project.run("verify")
    assert done.code == 1
    assert "heading-contradicted" in done.told
    assert 'the source says "thousands" above its table' in project.run("check").told
    project.write(
        "content/facts/base.yaml",
        facts.replace("value: 288", "value: 288\n  reading: The table counts thousands of passengers.").replace(
            "unit: passenger", "unit: thousand passenger"
        ),
    )
    done = project.run("verify")
    assert "heading-contradicted" not in done.told
    assert "unverified" not in project.run("check").told
