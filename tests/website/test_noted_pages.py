"""A site in a style of notes: each note once, where it is called, with links both ways, on the page and on paper."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import lxml.html
import pytest

from tests.conftest import made_once
from tests.driver import Project, read_tree
from tests.website.test_citations_everywhere import broken, page, rich, words


@pytest.fixture(scope="module", params=["chicago-notes", "oscola"])
def site(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    def make(folder: Path) -> Path:
        files, _ = rich()
        style = f"lang: en, citation_style: {request.param}"
        files["content/site.yaml"] = files["content/site.yaml"].replace("lang: en", style)
        built = Project.of(folder, files).build(formats="html" if request.param == "oscola" else "all")
        assert (built.errors, built.faults) == ([], ())
        return folder / "build/site"

    return made_once(tmp_path_factory, f"noted-{request.param}", make)


def linked(found: lxml.html.HtmlElement) -> list[int]:
    """The numbers of the notes in the order of their first calls; each note is there once, and leads back."""
    order: dict[int, None] = {}
    for call in found.xpath("//a[@class='noteref']"):
        number = call.get("href").removeprefix("#note-")
        order[int(number)] = None
        (note,) = found.xpath(f"//*[@id='note-{number}']")
        assert len(found.xpath(f"//*[@id='{call.get('id')}']")) == 1
        assert note.xpath(f".//a[@href='#{call.get('id')}']"), words(note)
    assert len(found.xpath("//aside//*[starts-with(@id, 'note-')]")) == len(order)
    return list(order)


def test_notes_are_numbered_in_the_order_of_reading(site: Path) -> None:
    brief = page(site, "briefs/ferries/index.html")
    numbers = linked(brief)
    assert numbers == [*range(1, len(numbers) + 1)]
    assert len(numbers) > 20
    for note in brief.xpath("//aside//*[starts-with(@id, 'note-')]"):
        assert re.search(r"Bee|[Ii]bid|Tales", words(note)), words(note)
    for place in ("//h1", "//h2[starts-with(., 'Zq')]", "//ul/li", "//tbody//th", "//blockquote", "//figcaption/h3",
                  "//section[@class='key']//li", "//div[@class='standfirst']", "//ul[@class='changes']/li",
                  "//p[@class='rule']", "//p[@class='src']"):  # fmt: skip
        assert brief.xpath(f"{place}//a[@class='noteref']"), place
    own = brief.xpath("//aside//*[starts-with(@id, 'note-')][contains(., 'Zq')]")
    assert len(own) == 1
    assert "and soft and https://harbour.example/x" in words(own[0])


def test_a_chart_has_its_notes_on_its_own_page(site: Path) -> None:
    for path in ("charts/boats-chart/index.html", "charts/boats-chart/embed.html", "charts/boats-table/index.html"):
        assert linked(page(site, path)) == [1, 2, 3]


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    assert broken(read_tree(site)) == []


def test_headings_of_what_a_style_lacks_are_left_out(site: Path) -> None:
    brief = page(site, "briefs/ferries/index.html")
    headings = [words(heading) for heading in brief.xpath("//h2")]
    listed = (site / "sources/tales/index.html").read_text("utf-8").count("Bee")
    has_list = "References" in headings
    assert ("How to cite" in headings) is has_list
    assert has_list is ("oscola" in str(site))
    assert listed or not has_list
    assert brief.xpath("//a[@href='cite.bib']")
    assert not brief.xpath("//a[starts-with(@href, '#ref-')]") or has_list


def text_of(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("site", ["chicago-notes"], indirect=True)
def test_paper_has_the_same_notes(site: Path) -> None:
    brief = page(site, "briefs/ferries/index.html")
    screen = {int(note.get("id").removeprefix("note-")): note for note in brief.xpath("//aside/*[@id]")}
    pdf = text_of(site / "briefs/ferries/ferries.pdf")
    feet = [int(number) for number in re.findall(r"(?m)^ *(\d+) (?:Bo Bee|Bee|Ibid|‘Zq|\(n)", pdf)]
    assert sorted(feet) == sorted(screen)
    assert "References" not in pdf
    assert "How to cite" not in pdf
