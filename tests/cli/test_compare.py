"""Two built sites beside each other: what they say otherwise, and what only looks otherwise."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter

from reportgen.compared_sites import _word_steps
from tests.driver import command, write_tree

PAGE = """<!doctype html><title>x</title><style>p{{}}</style><main><p>The town has <span data-n="0">{} shops</span>.</p>
<svg><rect width="{}"/></svg><p>{}</p></main>"""


def paper(*widths: int) -> bytes:
    out, writer = BytesIO(), PdfWriter()
    for width in widths:
        writer.add_blank_page(width, 80)
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def sites(tmp_path: Path) -> tuple[str, str]:
    same = {"same.html": PAGE.format("1", "1", "Same."), "a/look.css": "p{}"}
    old = {"index.html": PAGE.format("120", "5", "All of it."), "a/a.pdf": paper(80), "gone.csv": "x\n1\n", **same}
    new = {"index.html": PAGE.format("131", "6", "Most of it."), "a/a.pdf": paper(80, 90), **same, "a/look.css": "a{}"}
    write_tree(tmp_path / "old", old)
    write_tree(tmp_path / "new", new)
    return str(tmp_path / "old"), str(tmp_path / "new")


def test_numbers_words_charts_and_pages(sites: tuple[str, str]) -> None:
    told = command("compare", *sites)
    assert told.code == 0
    assert told.out.splitlines() == [
        "a/a.pdf: 1 page to look at",
        "  pages that look otherwise: 2",
        "a/look.css: bytes alone",
        "gone.csv: gone",
        "index.html: 1 number, 2 lines of text, 1 chart",
        "  120 shops -> 131 shops",
        "  - The town has 120 shops.",
        "  + The town has 131 shops.",
        "  - All of it.",
        "  + Most of it.",
        "4 files differ, 2 in look or bytes alone.",
    ]


def test_for_programs_and_as_a_page(sites: tuple[str, str]) -> None:
    found = {each["path"]: each for each in json.loads(command("compare", *sites, "--format", "json").out)["files"]}
    assert found["index.html"]["numbers"] == [["replace", "120 shops", "131 shops"]]
    assert found["index.html"]["charts"] == [
        {"old": '<svg><rect width="5"/></svg>', "new": '<svg><rect width="6"/></svg>'}
    ]
    (picture,) = found["a/a.pdf"]["pictures"]
    assert (picture["page"], picture["old"]) == (2, "")
    page = command("compare", *sites, "--format", "html").out
    assert page.count("<img") == 3
    assert "<svg" not in page
    assert "<del>120 shops</del>" in page


def test_the_same(sites: tuple[str, str]) -> None:
    assert command("compare", sites[0], sites[0]).out == "The two sites are the same, byte by byte.\n"


def test_where_lines_of_a_pdf_end_is_look() -> None:
    assert _word_steps(["The", "small\x02islands", "have"], ["The", "small-", "islands", "have"]) == ()
    assert _word_steps(["-14"], ["14"]) == (("replace", "-14", "14"),)


def test_pages_in_a_browser(sites: tuple[str, str]) -> None:
    """Pages that look otherwise, those too that are the same beside another stylesheet."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium is installed")
    linked = '<!doctype html><title>x</title><link rel="stylesheet" href="../a/look.css"><p>Same.</p>'
    for site, colour in zip(sites, ("red", "green"), strict=True):
        write_tree(Path(site), {"b/linked.html": linked, "a/look.css": f"p {{ color: {colour} }}"})
    told = command("compare", *sites, "--format", "json", "--browser", chromium)
    found = {each["path"]: each for each in told.data["files"]}
    assert sorted(path for path in found if path.endswith(".html")) == ["b/linked.html", "index.html"]
    assert all(len(found[path]["pictures"]) == 1 for path in ("b/linked.html", "index.html"))
    refused = command("compare", *sites, "--browser", "no-such-browser")
    assert (refused.code, "no-such-browser took no picture" in refused.err) == (1, True)
