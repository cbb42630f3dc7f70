"""A reader who hears, presses or prints: order, headings, links both ways, bookmarks, and where things stand."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, takewhile
from typing import Any

import pikepdf
import pypdfium2
import pytest
from lxml import etree, html

from tests.conftest import Built
from tests.pdf.stress import KAZAKH, RUSSIAN, Stress
from tests.pdf.tagged import page_texts

XHTML = "{http://www.w3.org/1999/xhtml}"


def elements(document: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    """Structure elements in the order of reading, each with its depth."""

    def walk(node: Any, depth: int) -> Iterator[tuple[int, Any]]:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                yield from walk(kid, depth)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield depth, node
            yield from walk(node.get("/K", pikepdf.Array()), depth + 1)

    yield from walk(document.Root.StructTreeRoot.K, 0)


def kinds(document: pikepdf.Pdf) -> list[str]:
    return [str(node.S)[1:] for _, node in elements(document)]


texts = cache(page_texts)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010\ufffe-]+", "", text)


def test_headings_leave_no_gap(document: pikepdf.Pdf) -> None:
    levels = [int(kind[1]) for kind in kinds(document) if re.fullmatch(r"H\d", kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_pictures_speak_and_heads_have_a_scope(document: pikepdf.Pdf) -> None:
    for _, node in elements(document):
        if node.S == "/Figure":
            assert len(str(node.Alt)) > 20
        if node.S == "/TH":
            assert str(node.A.Scope) in ("/Column", "/Row")
        if node.S == "/LI":
            parts = [str(kid.S) for kid in (node.K if isinstance(node.K, pikepdf.Array) else [node.K])]
            assert parts in (["/LBody"], ["/Lbl", "/LBody"]), parts
        if node.S == "/Note":
            assert str(node.ID)


def test_every_link_is_in_the_tree_and_prints(document: pikepdf.Pdf) -> None:
    linked = {
        kid.Obj.objgen
        for _, node in elements(document)
        if node.S == "/Link"
        for kid in (node.K if isinstance(node.K, pikepdf.Array) else [node.K])
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
    }
    annotations = [note for page in document.pages for note in page.get("/Annots", [])]
    assert {note.objgen for note in annotations} == linked
    assert all(note.F == 4 and str(note.Contents) for note in annotations)


def test_links_and_bookmarks_lead_to_what_they_name(pdf: bytes, document: pikepdf.Pdf) -> None:
    names = document.Root.Names.Dests.Names
    targets = {str(names[n]): names[n + 1] for n in range(0, len(names), 2)}
    pages = [squeezed(text) for text in texts(pdf)]
    numbers = {page.obj.objgen: n for n, page in enumerate(document.pages)}
    inside = outside = 0
    for page in document.pages:
        for note in page.get("/Annots", []):
            if "/Dest" not in note:
                assert str(note.A.URI).startswith("https://")
                outside += 1
                continue
            where = targets[str(note.Dest)]
            assert where[0].objgen in numbers
            inside += 1
    assert inside > 20
    assert outside
    with pypdfium2.PdfDocument(pdf) as opened:
        bookmarks = [(item.get_title(), item.get_dest().get_index()) for item in opened.get_toc()]
    assert len(bookmarks) > 4
    for title, number in bookmarks:
        assert squeezed(title) in pages[number]


def test_each_link_leads_to_the_page_of_what_it_names(built: Built, stress: Stress) -> None:
    """A link's target is named as the element is in the HTML, whose words stand on the page, below the target."""
    made = {built.pdf(slug): text for slug, text in built.papers.items()}
    for pdf, text in (*made.items(), (stress.pdf, stress.html)):
        page = html.document_fromstring(text)
        pages = [squeezed(text) for text in texts(pdf)]
        letters = 2 if page.get("lang") == "ru" else 6  # Russian is hyphenated, and a page may end within a word
        with pikepdf.open(io.BytesIO(pdf)) as document:
            numbers = {each.obj.objgen: n for n, each in enumerate(document.pages)}
            names = document.Root.Names.Dests.Names
            for name, where in ((str(names[n]), names[n + 1]) for n in range(0, len(names), 2)):
                (element,) = page.xpath("//*[@id=$name]", name=name)
                inside = {"figure": ".//h3", "li": ".//p"}.get(element.tag)  # what hangs beside is painted last
                label = element.find(inside) if inside and element.find(inside) is not None else element
                shown = label.get("data-number") or label.text_content()  # the call of a note is no text of a heading
                words = squeezed(shown)[:letters]  # a page may end after them
                assert words
                assert words in pages[numbers[where[0].objgen]], name


def test_marks_and_entries_lead_to_each_other(built: Built, stress: Stress) -> None:
    for text in (*built.papers.values(), stress.html):
        page = html.document_fromstring(text)
        anchors = page.xpath("//@id")
        assert len(anchors) == len(set(anchors))
        back = page.xpath("//a[@class='letter']/@href")
        assert back
        for address in back:
            (mark,) = page.xpath(f"//a[@id='{address[1:]}']")
            assert mark.get("href") == f"#{address.removeprefix('#mark-')}"
        assert {href[1:] for href in page.xpath("//a[starts-with(@href, '#')]/@href")} <= set(anchors)


def test_text_comes_out_in_the_order_of_reading(stress: Stress) -> None:
    with pikepdf.open(io.BytesIO(stress.pdf)) as document:
        seen = kinds(document)
    for kind in ("TOC", "L", "Table", "Figure", "Note", "Code", "BlockQuote", "Caption", "Reference", "Link"):
        assert kind in seen, kind
    assert seen.count("Table") == 2
    assert seen.count("THead") == 2
    pages = [squeezed(page) for page in texts(stress.pdf)]
    text = "".join(pages[2:])  # after the first page and the contents
    order = [
        "Adeeperheading",
        "Two,whichholds",
        "Aquotation",
        "acell",
        "row0",
        "row253",
        "Sixlinesthatrise",
        "Порусски",
    ]
    places = [text.index(word) for word in [*order, "Қазақша", "Wordsthatarelong"]]
    assert places == sorted(places)
    assert squeezed(RUSSIAN) in text
    assert squeezed(KAZAKH) in text


def test_the_contents_have_the_right_pages(stress: Stress) -> None:
    pages = texts(stress.pdf)
    (contents,) = [text for text in pages[:3] if "Contents" in text and "Code and quotations" in text][:1]
    for title in ("Lists", "Tables", "Charts", "Қазақша", "How we know"):
        found = re.search(rf"^{title}\s*(\d+)$", contents, re.M)
        assert found is not None, contents
        assert title in pages[int(found[1]) - 1]


Box = tuple[float, float, float, float, str]
Pages = list[tuple[float, float, list[Box]]]
"""Width and height of each page, and its words with their boxes."""


@cache
def placed_words(pdf: bytes) -> Pages:
    if not shutil.which("pdftotext"):
        pytest.skip("no poppler here")
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    found: Pages = []
    for page in etree.fromstring(done.stdout).iter(f"{XHTML}page"):
        boxes = [
            (*(float(word.get(side) or 0) for side in ("xMin", "yMin", "xMax", "yMax")), word.text or "")
            for word in page.iter(f"{XHTML}word")
        ]
        found.append((float(page.get("width") or 0), float(page.get("height") or 0), boxes))  # type: ignore[arg-type]
    return found


@pytest.fixture
def words(pdf: bytes) -> Pages:
    return placed_words(pdf)


def test_nothing_leaves_the_page_or_lies_on_anything(words: Pages) -> None:
    nothing_collides(words)


def nothing_collides(words: Pages) -> None:
    for width, height, boxes in words:
        assert boxes, "an empty page"
        for left, top, right, bottom, word in boxes:
            assert 40 <= left <= right <= width - 40, word
            assert 20 <= top <= bottom <= height - 20, word
        downwards = sorted(boxes, key=lambda box: box[1])
        for n, (left, top, right, bottom, word) in enumerate(downwards):
            for other in takewhile(lambda box, bottom=bottom: box[1] <= bottom, downwards[n + 1 :]):  # type: ignore[misc]
                across = min(right, other[2]) - max(left, other[0])
                down = min(bottom, other[3]) - max(top, other[1])
                lower = min(bottom - top, other[3] - other[1])
                assert across < 1.5 or down < 0.6 * lower, (word, other[4])


def test_pages_are_full_or_end_something(words: Pages) -> None:
    """No page but the last holds less than a third of one."""
    for _, height, boxes in words[:-1]:
        lowest = max(bottom for _, _, _, bottom, _ in boxes if bottom < height - 70)
        assert lowest > height / 3


def test_a_note_stands_on_the_page_that_calls_it(document: pikepdf.Pdf) -> None:
    numbers = {page.obj.objgen: n for n, page in enumerate(document.pages)}

    def page_of(node: Any) -> int:
        if "/Pg" in node:
            return numbers[node.Pg.objgen]
        kids = node.K if isinstance(node.K, pikepdf.Array) else [node.K]
        return next(page_of(kid) for kid in kids if isinstance(kid, pikepdf.Dictionary))

    called = [page_of(node) for _, node in elements(document) if node.S == "/Reference"]
    noted = [page_of(node) for _, node in elements(document) if node.S == "/Note"]
    assert noted
    assert called == noted


def test_a_note_does_not_break_where_its_author_did(built: Built, stress: Stress) -> None:
    notes = [
        note
        for text in (*built.papers.values(), stress.html)
        for note in html.document_fromstring(text).xpath("//span[@class='footnote']")
    ]
    assert len(notes) > 12
    assert not [note for note in notes if "\n" in note.text_content()]


def test_source_lines_break_between_words(built: Built, words: Pages, pdf: bytes) -> None:
    for slug, text in built.papers.items():
        if built.pdf(slug) != pdf:
            continue
        printed = {word for *_, boxes in words for *_, word in boxes}
        for line in html.document_fromstring(text).xpath("//p[@class='src']"):
            assert set(line.text_content().split()) <= printed
