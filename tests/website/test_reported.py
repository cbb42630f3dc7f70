"""Texts that people reported as printed wrongly, built as they came: reported/ holds them.

Their variants stand where each kind is tested. Lists: tests/brief/test_grammar.py; notes, tables of datasets, citations
in charts: test_notes.py, test_dataset_tables.py and test_citations_everywhere.py here; locators:
tests/citing/test_locators.py; pictures: tests/load/test_pictures.py; wide tables: tests/pdf/test_fitting.py; dates, and
entries that inherit: tests/sources/test_reading.py.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import html

from reportgen.diagnostics import Diagnostic
from tests.conftest import made_once
from tests.driver import Project, read_tree
from tests.pdf.stress import picture
from tests.pdf.tagged import tagged


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


REPORTED = {name: data.decode() for name, data in read_tree(Path(__file__).parent / "reported").items()}
SHOPS = "as_of,value\n2024,5\n2025,7\n"
HEAD = "---\ntitle: T\ndate: 2026-01-15\n---\n"
DATED = {
    item["id"]: re.sub("<[^>]*>", "", item["title"])
    for name in REPORTED
    if name.endswith(".json")
    for item in json.loads(REPORTED[name])
}
YEARS = REPORTED["wide-table.csv"].split("\n")[0].split(",")[1:]

PRINTED = {
    "Literal range": "(1996–2004)", "Literal open": "(1996–)", "Literal century": "(13th century)",
    "Circa": "(ca. 1900)", "Raw date": "(2019)", "Literal plus parts": "(Q3 2021)", "Raw words": "(May 5, 2019)",
    "Raw range": "(2019–2020", "Season issue": "(1950)",
}  # fmt: skip


def columns(*names: str, first: str) -> list[dict[str, str]]:
    return [{"name": name, "type": "number" if n else first} for n, name in enumerate(names)]


def files() -> dict[str, str | bytes]:
    """A project of them all, but for the picture that one of them shows."""
    shops = {"id": "shops", "file": "shops.csv", "source": "a", "columns": columns("as_of", "value", first="date")}
    wide = {"id": "d", "file": "d.csv", "source": "a", "columns": columns("Region", *YEARS, first="text")}
    saved = (SHOPS.encode(), REPORTED["wide-table.csv"].encode())
    briefs = {name: text for name, text in REPORTED.items() if name.endswith(".md")}
    briefs["markdown-lists.md"] = HEAD + briefs["markdown-lists.md"]
    briefs["dates.md"] = f"{HEAD}{'; '.join(f'[@{{{id}}}]' for id in DATED)}\n"
    briefs["chart.md"] = f'{HEAD}Text.\n\n{{{{ chart("shops-over-time") }}}}\n'
    return {
        "content/site.yaml": "title: T\npublisher: P\nbase_url: https://x.example/\nlang: en\n",
        **{f"content/briefs/{name}": text for name, text in briefs.items()},
        **{f"content/sources/{name}": text for name, text in REPORTED.items() if name.endswith((".json", ".bib"))},
        "content/sources/archive.yaml": json.dumps({"a": [{"sha256": sha256(rows).hexdigest()} for rows in saved]}),
        "content/charts/shops.yaml": REPORTED["cite-in-chart-note.yaml"],
        "content/data/shops.yaml": json.dumps({**shops, "title": "Shops"}),
        "content/data/shops.csv": SHOPS,
        "content/data/d.yaml": json.dumps({**wide, "title": "Regions"}),
        "content/data/d.csv": REPORTED["wide-table.csv"],
    }


def shorter(rows: str) -> str:
    """Numbers of four digits for those of nine."""
    return re.sub(r"\d{5}(\d{3}\.5)", r"\1", rows)


@dataclass(frozen=True)
class Built:
    """The project, built without the picture and then with it."""

    before: list[Diagnostic]
    after: list[Diagnostic]
    refused: list[Diagnostic]
    """What is said of the wide table on paper. It is printed there with shorter numbers."""
    site: dict[str, bytes]


def make(folder: Path) -> Built:
    project = Project.of(folder, files())
    before = project.build().diagnostics
    project.path("content/images").mkdir()
    project.path("content/images/dam.png").write_bytes(picture())
    whole = project.build()
    assert whole.ok, [*whole.diagnostics, *whole.faults]
    refused = project.build(formats="all", only=("wide-table",)).diagnostics
    project.write("content/data/d.csv", shorter(REPORTED["wide-table.csv"]))
    paper = project.build(formats="all", only=("wide-table",))
    assert paper.ok, [*paper.diagnostics, *paper.faults]
    return Built(before, whole.diagnostics, refused, paper.site | whole.site)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return made_once(tmp_path_factory, "reported", make)


def main(built: Built, slug: str) -> html.HtmlElement:
    return html.document_fromstring(built.site[f"briefs/{slug}/index.html"].decode()).find(".//main")


def own(item: html.HtmlElement) -> str:
    """An item's words, without those of the lists in it."""
    return "".join(item.xpath("./text() | ./p//text()")).strip()


def test_only_what_is_wrong_is_told(built: Built) -> None:
    inherited = ("source-field", "content/sources/bibtex-crossref-to-itself.bib", 10)
    assert [(d.code, d.span.file, d.span.line) for d in built.after] == [inherited]
    lost = ("unknown-picture", "content/briefs/picture-broken.md", 7)
    assert {(d.code, d.span.file, d.span.line) for d in built.before} == {inherited, lost}


def test_the_picture_is_shown(built: Built) -> None:
    (shown,) = main(built, "picture-broken").xpath(".//img[@alt='what it shows']")
    assert shown.get("src").removeprefix("../../") in built.site


def test_lists_below_their_text_are_lists(built: Built) -> None:
    page = main(built, "lists")
    assert [own(item) for item in page.xpath("./ul/li")] == ["one", "two", "a"]
    assert [own(item) for item in page.xpath("./ul/li/ul/li")] == ["b two", "c three", "d four"]
    assert [own(item) for item in page.xpath("./ol/li")] == ["first", "second", "x", "z"]
    assert [own(item) for item in page.xpath("./ol/li/ul/li")] == ["y three", "w four"]
    assert "#transparency is a word of the campaign." in words(page)
    assert [words(each) for each in page.xpath(".//del | .//s")] == ["low"]
    assert page.xpath("./p/a/@href") == ["https://example.com/page"]


def test_blocks_and_signs_are_read_as_commonmark_reads_them(built: Built) -> None:
    page = main(built, "markdown-lists")
    assert [own(item) for item in page.xpath("./ul/li/ul/li")] == ["in the centre", "in the north"]
    assert [own(item) for item in page.xpath("./ul/li")] == [
        "more shops", "fewer cars", "one\nsecond paragraph of one", "two", "last item",
    ]  # fmt: skip
    assert [own(item) for item in page.xpath("./ol/li")] == ["first", "second"]
    assert [words(each) for each in page.xpath("./ol/li//pre")] == ["code in list"]
    assert len(page.xpath(".//hr")) == 2
    assert [words(each) for each in page.xpath(".//table//*[self::th or self::td]")] == ["a", "b", "c", "d"]
    assert "The price is $ high, and the town <redacted> said so." in words(page)
    assert page.xpath(".//p/br/following-sibling::text()")[0].strip() == "line two"
    assert words(page).find("#hashtag at a line’s start") > 0


def test_no_note_vanishes(built: Built) -> None:
    page = main(built, "notes-vanish")
    notes = page.xpath(".//*[starts-with(@id, 'note-')]")
    assert [note.get("id") for note in notes] == [f"note-{n}" for n in range(1, 8)]
    said = [re.findall(r"ZZ[a-z]+", words(note)) for note in notes]
    assert said == [["ZZpara"], ["ZZlist"], ["ZZtab"], ["ZZdl"], ["ZZh"], ["ZZnest"], ["ZZinner"]]


def test_no_locator_names_a_label(built: Built) -> None:
    page = words(main(built, "locators"))
    typed = re.findall(r"^(\S+) \[@a, (.+?)\]$", REPORTED["locators.md"], re.M)
    assert len(typed) == 39
    for label, _ in typed:
        assert re.search(rf"{re.escape(label)} \(Last, 2021, [^()]*5\)", page), label
    assert not re.search(r"locator \d|–[a-z]", page)
    assert "art no space (Last, 2021, Article 5) and sub art (Last, 2021, Article 5(2)(b))" in page


def test_a_chart_may_cite(built: Built) -> None:
    page = words(main(built, "chart"))
    assert "From (Last, 2021, p. 5)." in page
    assert "See Last (n.d.)" in page


def test_the_newest_brief_may_show_a_dataset(built: Built) -> None:
    rows = main(built, "table-dataset-crash").xpath(".//table//tr")
    assert [[words(cell) for cell in row] for row in rows[1:]] == [["2024", "5"], ["2025", "7"]]


def test_a_table_of_eighteen_years_is_printed_whole_or_refused_by_name(built: Built) -> None:
    (said,) = [each for each in built.refused if each.severity == "error"]
    assert (said.code, said.span.file, said.span.line) == ("too-wide", "content/briefs/wide-table.md", 7)
    assert said.message.startswith('the table "d" is too wide for the paper: in the smallest type its 19 columns need')
    (table, _) = main(built, "wide-table").xpath(".//table")
    assert [len(row.xpath("./*")) for row in table.xpath(".//tr")] == [19] * 4
    whole = re.sub(r"[\s\x02\u00ad\u2010-]", "", tagged(built.site["briefs/wide-table/wide-table.pdf"]).text)
    (address,) = re.findall("<(https.*)>", REPORTED["wide-table.md"])
    cells = re.findall("[^,\n]+", shorter(REPORTED["wide-table.csv"]))
    assert [each for each in (*cells, address) if re.sub("[ -]", "", each) not in whole] == []


def test_a_date_in_any_words_is_printed(built: Built) -> None:
    listed = [words(item) for item in main(built, "dates").xpath(".//*[@class='refs']/li")]
    assert [title for title in DATED.values() if not any(title in each for each in listed)] == []
    for title, date in PRINTED.items():
        assert [each for each in listed if title in each and date in each], (title, listed)
