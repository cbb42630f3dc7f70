"""A number out of a table: its state in the ledger, its warning, its entry, its label, and how its file is verified."""

from __future__ import annotations

import json
import re
import shlex
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from reportgen.pipeline import check
from tests.driver import ROOT, Project

FILES = {
    "content/site.yaml": "title: Grain\npublisher: Grain Watch\nbase_url: https://grain.example/\nlang: en\n",
    "content/sources/sources.yaml": "- {id: lab, type: report, title: The laboratory, issued: 2023-06-01}\n",
    "content/data/samples.csv": 'crop,last test,share,years\nWheat,2023-04-12,12.5,3\nRye,2023-05-02,7.25,4\n',
    "content/data/samples.yaml": """\
- id: samples
  file: samples.csv
  source: lab
  columns:
    - {name: crop}
    - {name: last test, type: date, title: Last test}
    - {name: share, type: number, unit: percent, title: Share of all samples}
    - {name: years, type: number, unit: year, title: Years of tests}
""",
    "content/briefs/grain.md": """\
---
title: What was sown
date: 2023-07-01
---
Of the samples {{ cell("samples", row={crop: Wheat}, column="share") }} were wheat and
{{ cell("samples", row={"last test": "2023-05-02"}, column="share") }} rye.
""",
}  # fmt: skip
HEAD = "---\ntitle: What was sown\ndate: 2023-07-01\n---\nSown, and tested.\n\n"
BRIEF = "content/briefs/grain.md"
PAGE = "briefs/grain/index.html"


def plain(page: str) -> str:
    text = re.sub(r"<[^>]+>", "", re.sub(r"</(p|li|i)>", " ", page))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).replace(" .", ".").replace(" ,", ",")


def ledger(site: dict[str, bytes]) -> str:
    (found,) = re.findall(r'<div class="ledger wide".*?</ul>', site[PAGE].decode(), re.S)
    return plain(found)


def entries(site: dict[str, bytes]) -> list[str]:
    return [plain(each) for each in re.findall(r'<li class="entry".*?</li>', site[PAGE].decode(), re.S)]


def test_a_cell_that_is_not_verified_is_counted_and_stops_what_is_strict(tmp_path: Path) -> None:
    project = Project.of(tmp_path / "grain", FILES)
    built = project.build(formats="html")
    assert re.search(r"2 numbers and dates, none typed by hand: .* 2 not verified", ledger(dict(built.site)))
    *told, rows = [each for each in built.diagnostics if each.code == "unverified"]
    assert rows.message == 'the rows of "samples" are not verified: samples.csv is no saved copy of "lab"'
    assert (rows.severity, rows.span.file, rows.span.line) == ("warning", "content/data/samples.yaml", 3)
    assert rows.hint == told[0].hint
    assert [(each.severity, each.span.line) for each in told] == [("warning", 5), ("warning", 6)]
    assert told[0].message == 'this cell is not verified: samples.csv is no saved copy of "lab"'
    assert "`reportgen add content/data/samples.csv`" in (told[0].hint or "")
    assert 'source: in the dataset "samples"' in (told[0].hint or "")
    assert project.run("check", "--strict").code == 1
    assert project.publish(tmp_path / "www").code == 1
    for entry in entries(dict(built.site)):
        assert "found in the archived text" not in entry
        assert "No archived text" not in entry
        said = r"The table’s file is not among the saved copies of this source: samples.csv, SHA- ?256 [0-9a-f]{12}…"
        assert len(re.findall(said, entry)) == 1


def test_a_file_becomes_verified_by_the_steps_of_the_guide(tmp_path: Path) -> None:
    guide = (ROOT / "docs/data.md").read_text("utf-8")
    (line,) = re.findall(r"^reportgen add content/data/nets.csv (--title .*)$", guide, re.M)
    assert "`source: bed-nets`" in guide
    project = Project.of(tmp_path / "grain", FILES)
    file = str(project.path("content/data/samples.csv"))
    assert "Added bed-nets," in project.run("add", file, *shlex.split(line)).out
    (hint,) = {each.hint for each in check(project.root).diagnostics if each.code == "unverified"}
    assert hint == 'samples.csv is a saved copy of "bed-nets": write source: bed-nets in the dataset "samples"'
    project.change("content/data/samples.yaml", "source: lab", "source: bed-nets")
    assert project.run("check", "--strict").code == 0
    site = dict(project.build(formats="html").site)
    assert re.search(r"2 numbers and dates, .* 2 verified", ledger(site))
    for entry in entries(site):
        assert len(re.findall("The table’s file is a saved copy of this source", entry)) == 1
        assert "not" not in entry
    project.append("content/data/samples.csv", "Oats,2023-06-01,1.5,2\n")  # the office sends a new file
    assert "unverified" in {each.code for each in check(project.root).diagnostics}
    assert project.run("add", file, "--as", "bed-nets").code == 0
    assert project.run("check", "--strict").code == 0


SHOWN = """\
- {id: drawn, data: samples, kind: bar, x: crop, y: share, title: Who grew wheat}
- {id: listed, data: samples, kind: table, title: All samples}
"""
JOINED = """
- {id: areas, file: areas.csv, source: fields, columns: [{name: crop}, {name: area, type: number, unit: km²}]}
- id: beside
  file: samples.csv
  source: lab
  columns: [{name: crop}, {name: share, type: number, unit: percent}]
  join: {dataset: areas, on: [crop]}
"""


def source_lines(site: dict[str, bytes]) -> list[str]:
    return [plain(each).strip() for each in re.findall(r'<p class="src">.*?</p>', site[PAGE].decode(), re.S)]


def test_a_drawing_and_a_table_say_beside_the_source_that_their_rows_are_not_verified(tmp_path: Path) -> None:
    """As a fact that is not verified does; on the page, on paper, in the picture and in its data."""
    project = Project.of(tmp_path / "grain", FILES)
    project.write("content/charts/grain.yaml", SHOWN)
    project.write(BRIEF, HEAD + '{{ chart("drawn") }}\n\n{{ chart("listed") }}\n')
    site = dict(project.build(formats="all").site)
    assert [re.sub("Picture.*", "", each).strip() for each in source_lines(site)] == 2 * [
        "Source: The laboratory, 1 June 2023. ? Not verified"
    ]
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(site["briefs/grain/grain.pdf"])).pages)
    assert len(re.findall(r"Source: The laboratory, 1\sJune 2023\.\s+\?\s*Not verified", text)) == 2
    assert "The laboratory, 1 June 2023 (? not verified)" in site["charts/drawn/drawn.svg"].decode()
    (source,) = json.loads(site["charts/drawn/drawn.json"])["sources"]
    assert source["status"] == "unverified"
    assert [each.code for each in check(project.root).diagnostics if each.severity == "warning"] == ["unverified"]
    assert project.run("add", str(project.path("content/data/samples.csv")), "--as", "lab").code == 0
    site = dict(project.build(formats="html").site)
    assert "Not verified" not in "".join(source_lines(site))
    assert "not verified" not in site["charts/drawn/drawn.svg"].decode()
    assert "status" not in json.loads(site["charts/drawn/drawn.json"])["sources"][0]
    assert project.run("check", "--strict").code == 0


def test_of_two_files_side_by_side_the_one_that_is_not_saved_is_marked(tmp_path: Path) -> None:
    project = Project.of(tmp_path / "grain", FILES)
    project.append("content/sources/sources.yaml", "- {id: fields, type: report, title: The fields, issued: 2022}\n")
    project.write("content/data/areas.csv", "crop,area\nWheat,3\nRye,4\n")
    project.append("content/data/samples.yaml", JOINED)
    project.write(BRIEF, HEAD + '{{ table("beside") }}\n')
    assert project.run("add", str(project.path("content/data/samples.csv")), "--as", "lab").code == 0
    (line,) = source_lines(dict(project.build(formats="html").site))
    assert line == "Sources: The laboratory, 1 June 2023; The fields, 2022. ? Not verified"
    (told,) = [each.message for each in check(project.root).diagnostics if each.severity == "warning"]
    assert told == 'the rows of "areas" are not verified: areas.csv is no saved copy of "fields"'


LABELS = [
    ("en", "{crop: Wheat}", "Share of all samples, Wheat."),
    ("en", '{"last test": "2023-05-02"}', "Share of all samples, 2 May 2023."),
    ("ru", '{"last test": "2023-04-12"}', "Share of all samples, 12 апреля 2023 г."),
    ("ru", '{years: "4", crop: Rye}', "Share of all samples, Years of tests 4, Rye."),
]


def test_a_cell_s_label_is_its_column_and_what_its_row_was_named_by(tmp_path: Path) -> None:
    briefs = {}
    for lang in ("en", "ru"):
        calls = [f'{{{{ cell("samples", row={row}, column="share") }}}}' for tag, row, _ in LABELS if tag == lang]
        head = f"---\ntitle: A\ndate: 2023-07-01\nlang: {lang}\n---\n"
        briefs[f"content/briefs/{lang}.md"] = head + "\n\n".join(calls) + "\n"
    site = Project.of(tmp_path / "grain", {**FILES, **briefs}).build().site
    for lang, _, label in LABELS:
        assert label in plain(site[f"briefs/{lang}/index.html"].decode())


def test_a_row_that_stands_twice_is_not_told_by_what_is_alike(tmp_path: Path) -> None:
    rows = "crop,last test,share,years\nWheat,2023-04-12,12.5,3\nWheat,2023-04-12,13.5,3\nRye,2023-05-02,7.25,4\n"
    project = Project.of(tmp_path / "grain", {**FILES, "content/data/samples.csv": rows})
    (told,) = [each for each in check(project.root).diagnostics if each.code == "several-rows"]
    assert told.hint == "leave out what stands twice in the file by where"
    project.change("content/data/samples.csv", "Wheat,2023-04-12,13.5", "Wheat,2023-04-13,13.5")
    (told,) = [each for each in check(project.root).diagnostics if each.code == "several-rows"]
    assert told.hint == "say which: last test"


def test_the_mark_of_a_footnote_in_the_name_of_a_row_may_stand_in_its_label(tmp_path: Path) -> None:
    chart = "- {id: grain, kind: bar, data: samples, x: crop, y: share, title: Grain, labels: {Wheat ¹: LABEL}}\n"
    files = {
        **FILES,
        "content/data/samples.csv": FILES["content/data/samples.csv"].replace("Wheat", "Wheat ¹"),
        "content/briefs/grain.md": '---\ntitle: What was sown\ndate: 2023-07-01\n---\n{{ chart("grain") }}\n',
    }
    for label, typed in (("Winter wheat ¹", []), ("Winter wheat ²", ["²"]), ("Wheat ¹ of 131 fields", ["131"])):
        charts = {"content/charts/grain.yaml": chart.replace("LABEL", label)}
        project = Project.of(tmp_path / f"of{len(label)}{label[-1]}", {**files, **charts})
        told = [each.message for each in check(project.root).diagnostics if each.code == "typed-number"]
        assert told == [f'"{number}" is typed by hand' for number in typed]


def test_a_reckoned_number_is_printed_alike_in_a_text_a_fact_and_a_table_without_digits_that_its_cells_do_not_support(
    tmp_path: Path,
) -> None:
    described = (
        FILES["content/data/samples.yaml"]
        + """\
- id: parts
  file: samples.csv
  source: lab
  group: {by: [crop], share: [share]}
  columns: [{name: crop}, {name: share, type: number, unit: percent, title: Part}]
"""
    )
    project = Project.of(tmp_path / "grain", {**FILES, "content/data/samples.yaml": described})
    fact = (
        "- {id: wheat, claim: 'Of it {value} is wheat.', from: {dataset: parts, row: {crop: Wheat}, column: share}}\n"
    )
    project.write("content/facts/f.yaml", fact)
    project.write("content/charts/c.yaml", "- {id: parts-table, kind: table, data: parts, title: Parts}\n")
    text = 'Text {{ cell("parts", row={crop: Wheat}, column="share") }}, fact {{ fact("wheat") }}, '
    text += 'sum {{ calc("[wheat] + [parts: share where crop = Rye]") }}.\n\n{{ table("parts-table") }}\n'
    project.write(BRIEF, HEAD + text)
    page = plain(project.build(formats="html").site[PAGE].decode())
    assert "Text 63%? a, fact 63%? b, sum 100%" in page
    assert "Wheat63% Rye37%" in page


def test_no_blank_stands_in_the_unit_at_the_head_of_a_column(tmp_path: Path) -> None:
    prices = (
        "- {id: prices, file: p.csv, source: lab, columns: [{name: crop}, {name: price, type: number, unit: EUR/kg}]}\n"
    )
    more = {
        "content/data/p.csv": "crop,price\nWheat,0.31\nRye,0.27\n",
        "content/data/p.yaml": prices,
        "content/charts/c.yaml": "- {id: of-prices, kind: table, data: prices, title: Prices}\n",
        BRIEF: HEAD + '{{ table("of-prices") }}\n',
    }
    project = Project.of(tmp_path / "grain", {**FILES, **more})
    assert "price (€/kg)" in plain(project.build(formats="html").site[PAGE].decode())
