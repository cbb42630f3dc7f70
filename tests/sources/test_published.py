"""A project whose library is a Zotero export of 120 works, of which it cites eleven: what its site holds."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html

from tests.conftest import made_once
from tests.driver import Project
from tests.libraries import CITED, ITEMS, SECRET, UNCITED, zotero_export

LIBRARY = "content/sources/My Library.json"
KEYS = {"survey-2024", "founding-act", "quarterly", "press", "ministry", "vitruvius", "blog"}


def project(root: Path, works: int = 20) -> Project:
    made = Project.from_folder(root, "carillons")
    made.write(LIBRARY, zotero_export(works))
    verified = made.run("verify", "--archive", str(root / "archive"))
    assert "3 of 3 quotations found" in verified.out
    return made


@dataclass(frozen=True)
class Shown:
    checked: str
    """What `check --strict` said, and its exit code before it."""
    site: Mapping[str, bytes]
    files: Mapping[str, list[bytes]]
    """The site's files, unpacked."""


def _made(root: Path) -> Shown:
    made = project(root, 120)
    checked = made.run("check", "--strict")
    done = made.build(formats="all")
    assert done.ok, done.diagnostics
    return Shown(f"{checked.code} {checked.told}", dict(done.site), unpacked(done.site, root))


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return made_once(tmp_path_factory, "carillons", _made)


def unpacked(site: Mapping[str, bytes], folder: Path) -> dict[str, list[bytes]]:
    """Every file, with what is packed in it."""
    found = {path: [data] for path, data in site.items()}
    for path, data in site.items():
        if data[:2] == b"\x1f\x8b":
            found[path].append(gzip.decompress(data))
        if path.endswith(".pdf"):
            (folder / "packed.pdf").write_bytes(data)
            plain = ["qpdf", "--qdf", "--object-streams=disable", "packed.pdf", "-"]
            for words in (plain, ["pdftotext", "packed.pdf", "-"]):
                found[path].append(subprocess.run(words, cwd=folder, capture_output=True, check=True).stdout)
    return found


def holding(files: Mapping[str, list[bytes]], word: str) -> set[str]:
    """The files in which a word stands, as UTF-8 or UTF-16, however they are packed."""
    spellings = (word.encode(), word.encode("utf-16-be"), word.encode("utf-16-le"))
    return {path for path, parts in files.items() if any(each in part for each in spellings for part in parts)}


def test_a_zotero_export_works_as_it_is(shown: Shown) -> None:
    assert shown.checked.startswith("0 ")
    assert "error" not in shown.checked
    assert "warning" not in shown.checked


def test_what_is_cited_is_there_in_every_place(shown: Shown) -> None:
    assert "facts.sqlite" in " ".join(holding(shown.files, "Ministry of Towers, Bells and Clocks"))
    papers = {path for path in holding(shown.files, "Guild of Ringers") if path.endswith(".pdf")}
    assert papers == {"briefs/more-bells/more-bells.pdf"}, "the search below can see into PDFs"
    assert any(path.startswith("search/") for path in holding(shown.files, "Vitruvius"))


@pytest.mark.parametrize("word", [SECRET, "zotero://", "/Users/", "C:\\", "file:///", "javascript:alert"])
def test_what_is_private_stands_in_no_file(shown: Shown, word: str) -> None:
    assert holding(shown.files, word) == set()


def test_what_is_not_cited_stands_in_no_file_and_has_no_page(shown: Shown) -> None:
    assert holding(shown.files, UNCITED) == set()
    named = {path for path in holding(shown.files, "BBBB0") if not path.startswith(("briefs/more-bells/", "search/"))}
    assert named == set(), "only the example in the brief's own text"
    pages = {path.split("/")[1] for path in shown.site if re.fullmatch(r"sources/[^/]+/index\.html", path)}
    unnamed = {key.lower() for key in CITED[-4:]}
    assert pages == KEYS | unnamed
    items = json.loads(shown.site["data/sources.json"])
    assert {item["id"] for item in items} == KEYS | {ITEMS + key for key in CITED[-4:]}
    assert {key for item in items for key in item} <= {
        "id", "type", "title", "author", "issued", "accessed", "URL", "DOI", "ISSN", "container-title", "publisher",
        "language", "original-date", "PMID", "source",
    }  # fmt: skip


def test_references_print_dates_and_names_as_they_are(shown: Shown) -> None:
    page = html.fromstring(shown.site["briefs/more-bells/index.html"])
    works = page.xpath('//section[@class="references"]//span[@class="work"]')
    found = [" ".join(each.text_content().split()) for each in works]
    assert found == [
        "Act on the Founding of Bells (1502 & ca. 1510).",
        "Ding. (n.d.). We ring.",
        "Founder, A. (1930–1939). Casting between the wars.",
        "Guild of Ringers. (2023, May 6). Those who ring. https://guild.example/list",
        "Ministry of Towers, Bells and Clocks. (2020). The state of towers. https://ministry.example/a?b=1&c=2",
        "Tower Survey. (2024). The bells of the Low Coast: a survey. https://www.towers.example/survey%202024.pdf",
        "van Roe, J. (2019). Of clappers. In A book of towers. https://doi.org/10.5555/clappers",
        "van Roe, J. (2022, Spring). Spring note. The Guild.",
        "van Roe, J. (in press). Bells to come. Bells and Towers.",
        "van Roe, J. (Q3 2021). Clocks and bells. Bells and Towers. https://doi.org/10.5555/bells.2021.3",
        "Vitruvius. (25 B.C.E.). On vessels of bronze. Old Press.",
    ]


def test_a_reference_names_its_saved_copy_and_leads_to_its_page_and_out(shown: Shown) -> None:
    page = html.fromstring(shown.site["briefs/more-bells/index.html"])
    (survey,) = page.xpath('//li[@id="ref-survey-2024"]')
    assert "Saved copy 27 February 2026, a6f9ec43" in survey.text_content()
    assert survey.xpath('.//a[contains(@href, "sources/survey-2024/")]')
    assert survey.xpath('.//a[@href="https://www.towers.example/survey%202024.pdf"]')
    saved = page.xpath('//section[@class="references"]//li[contains(., "Saved copy")]')
    assert [each.get("id") for each in saved] == ["ref-survey-2024"]


def test_where_the_style_prints_no_address_the_list_leads_out(tmp_path: Path) -> None:
    made = project(tmp_path)
    made.append("content/site.yaml", "citation_style: american-medical-association\n")
    made.change(LIBRARY, '"type": "report",\n\t\t"abstract"', '"type": "book",\n\t\t"abstract"')
    site = made.build().site
    page = html.fromstring(site["briefs/more-bells/index.html"])
    for each in page.xpath('//section[@class="references"]//li'):
        links = each.xpath('.//a[starts-with(@href, "http")]/@href')
        assert len(links) == len(set(links))
    assert "https://www.towers.example/survey%202024.pdf" in html.tostring(page).decode()
    assert "https://www.towers.example/survey%202024.pdf" in site["sources/index.html"].decode()


def test_the_home_page_counts_what_there_is(shown: Shown) -> None:
    (promise,) = html.fromstring(shown.site["index.html"]).xpath('//section[contains(@class, "promise")]')
    home = " ".join(promise.text_content().split())
    assert "11 sources, 1 of them with a saved copy; 3 of 3 quotations were found there" in home


def test_authors_are_persons_and_offices(shown: Shown) -> None:
    entry = shown.site["briefs/more-bells/cite.bib"]
    assert b"author = {van Roe, Ann and {Guild of Ringers, Founders and Clerks}}" in entry
    (item,) = json.loads(shown.site["briefs/more-bells/cite.json"])
    office = "Guild of Ringers, Founders and Clerks"
    assert item["author"] == [{"family": "van Roe", "given": "Ann"}, {"literal": office}]


def test_the_whole_library_is_published_if_the_site_says_so(tmp_path: Path) -> None:
    made = project(tmp_path)
    made.append("content/site.yaml", "published: all\n")
    done = made.build()
    assert done.ok
    assert len(json.loads(done.site["data/sources.json"])) == 20
    assert len([path for path in done.site if path.startswith("sources/")]) == 21
    assert holding(unpacked(done.site, tmp_path), SECRET) == set()


def test_a_source_gets_its_page_and_loses_it_with_its_last_citation(tmp_path: Path) -> None:
    made = project(tmp_path)
    before = made.build()
    made.change("content/briefs/more-bells.md", " [@vitruvius]", f" [@{{{ITEMS}BBBB0007}}]")
    made.change("content/briefs/a-draft.md", "status: draft\n", "")
    after = made.build()
    gone = {path for path in before.site.keys() - after.site if path.startswith("sources/")}
    new = {path for path in after.site.keys() - before.site if path.startswith("sources/")}
    assert gone == {"sources/vitruvius/index.html"}
    assert new == {"sources/bbbb0007/index.html", "sources/bbbb0005/index.html"}
    assert holding(unpacked(after.site, tmp_path), "On vessels of bronze") == set()
