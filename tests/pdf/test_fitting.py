"""Nothing is cut off at the edge of the paper: what is too wide is made to fit, or refused with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from weasyprint.formatting_structure import boxes

from reportgen.pages.default_theme import default_templates
from reportgen.pages.theme import Theme
from reportgen.pdf import short_pages, weasyprint_patches
from reportgen.pdf.fitting import LEAST, Fitting, Flaw, MisfitError, flaws
from reportgen.pdf.notes import set_out
from reportgen.pdf.render import laid_out, render_pdf
from reportgen.pdf.short_pages import LOWEST
from reportgen.pdf.weasyprint_patches import box_of, page_box, pages_with_lower_annex
from tests.driver import ROOT, Project
from tests.pdf.stress import picture
from tests.pdf.tagged import page_texts, tagged
from tests.pdf.test_conformance import failures
from tests.pdf.typesetting import MM, sheets

CSS = f"{Theme(default_templates()).stylesheet('paper')[0]}\n@page {{ size: A4 }}\n"
ADDRESS = "https://tests.example/"
A4 = (595, 842)
HEADS = "administration representation responsibility communications constitutional municipalities infrastructure"
WORDS = (f"{HEADS} transportation establishments accountability intermediation certifications specialisation").split()


def document(body: str) -> str:
    return f'<html lang="en"><title>A</title><body><main class="page"><p>Before.</p>{body}<p>After.</p></main>'


def table(heads: list[str], rows: int = 2, cell: str = "a") -> str:
    head = "".join(f"<th>{word}</th>" for word in heads)
    row = "".join(f"<td>{cell}</td>" for _ in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{f'<tr>{row}</tr>' * rows}</tbody></table>"


def figure(inside: str) -> str:
    title = '<figcaption><h3 class="cap"><span>Table</span> Wide</h3></figcaption>'
    return f'<figure class="tablewrap" id="figure-wide">{title}<section class="scroll">{inside}</section></figure>'


def printed(body: str) -> list[tuple[tuple[int, int], str]]:
    """The size and the words of each page."""
    pdf = render_pdf(document(body), CSS, ADDRESS, 0, {})
    with pypdfium2.PdfDocument(pdf) as opened:
        sizes = [tuple(map(round, page.get_size())) for page in opened]
    return [*zip(sizes, page_texts(pdf), strict=True)]


def test_a_word_is_broken_in_two_only_where_no_line_has_room_for_it() -> None:
    """Not where another element of the line stands before it, whatever stands around both."""
    words = '<a href="https://x.example/">one of <strong>wkfbcxyz wkfbd</strong> <em>for <b>wmnpqrst</b></em></a>'
    long = f'<a href="https://x.example/">Of <b>{"w" * 90}</b></a>'
    narrow = "".join(f'<p style="width: {width}mm">{text}</p>' for width in range(20, 44) for text in (words, long))
    text = "".join(words for _, words in printed(narrow))
    assert (text.count("wkfbcxyz"), text.count("wmnpqrst")) == (24, 24)
    assert text.count("w") == 24 * (90 + 3)
    assert max(map(len, re.findall("w+", text))) < 30


def sizes_of_type(laid: Any) -> set[float]:
    """Of the cells of tables, in points."""
    cells = (box for page in laid.pages for box in page._page_box.descendants() if box.element_tag == "td")
    return {round(box.style["font_size"] * 0.75, 1) for box in cells}


def test_what_is_laid_out_again_keeps_its_lines_and_its_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines of a text outside of the annex are asked for in each layout, and set in one; an entry is set in one."""
    entries = "".join(f'<div class="entry" style="position: relative">Entry {n}</div>' for n in range(3))
    body = document(f'{table(WORDS[:5], cell="a" * 30)}<section class="annex" style="columns: 2">{entries}</section>')
    laid_out(document(""), CSS, ADDRESS, {})  # what is replaced below is compared with WeasyPrint's before
    asked: dict[str, list[tuple[object, ...]]] = {"_kept_first_line": [], "_split_first_line": []}
    computed: list[tuple[object, ...]] = []
    compute = weasyprint_patches._computed
    monkeypatch.setattr(weasyprint_patches, "_computed", lambda *given: (computed.append(given), compute(*given)))
    for name, found in asked.items():
        function = getattr(weasyprint_patches, name)

        def noted(
            text: str,
            style: object,
            context: object,
            *rest: object,
            found=found,
            function=function,  # type: ignore[no-untyped-def]
        ) -> object:
            found.append((text, *rest))
            return function(text, style, context, *rest)

        monkeypatch.setattr(weasyprint_patches, name, noted)
    laid_out(body, CSS, ADDRESS, {})
    wanted, done = ([call for call in found if call[0] in ("Before.", "Entry 0")] for found in asked.values())
    assert [text for text, *_ in wanted].count("Before.") == 3
    assert [text for text, *_ in wanted].count("Entry 0") == 1
    assert sorted(map(str, done)) == sorted({str(call) for call in done})
    assert {text for text, *_ in done} == {"Before.", "Entry 0"}
    tags = [getattr(element, "tag", "") for _, element, _, _, pseudo, *_ in computed if pseudo is None]
    assert (tags.count("main"), tags.count("table")) == (1, 2), "WeasyPrint writes into the styles of tables"


def test_how_many_pages_a_lower_annex_makes_is_told_without_a_change_to_the_document() -> None:
    quote = f'<p class="quote">{"quoted " * 30}</p><p>{"said " * 30}</p>'
    head = '<p class="entry-head"><b class="entry-value">3</b></p>'
    entries = "".join(f'<li class="entry"><a class="letter">{n}</a>{head}{quote}</li>' for n in range(60))

    def laid(names: str) -> Any:
        return laid_out(document(f'<ol class="annex{names}">{entries}</ol>'), CSS, ADDRESS, {})

    def placed(document: Any) -> list[Any]:
        found = [box for page in document.pages for box in page._page_box.descendants()]
        return [(box.position_x, box.position_y, box.margin_height()) for box in found if box.element_tag == "li"]

    as_it_is, closer = laid(""), laid(" closer")
    before = placed(as_it_is)
    for (*_, normal), (*_, low) in zip(before, placed(closer), strict=True):
        assert LOWEST * normal < low < normal
    told = [pages_with_lower_annex(as_it_is, part) for part in (0.999, LOWEST, 0.1)]
    assert told[0] == len(as_it_is.pages) > told[2]
    assert told[1] <= len(closer.pages) <= told[0]
    assert placed(as_it_is) == before
    assert pages_with_lower_annex(laid_out(document(""), CSS, ADDRESS, {}), LOWEST) == 0


def test_entries_stand_on_a_last_page_that_would_hold_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set looser where closer saves no page; never more pages than without it."""
    entry = f'<li class="entry">{"word " * 24}</li>'
    tail = f'<section style="break-inside: avoid"><p>References</p>{"<p>a work</p>" * 8}</section>'
    helped = 0
    for number in (72, 75, 78, 81):
        body = f'<ol class="annex">{entry * number}</ol>{tail}'
        pages = printed(body)
        with monkeypatch.context() as patches:
            patches.setattr(short_pages, "END", 0)
            before = printed(body)
        assert len(pages) <= len(before)
        assert sum(text.count("word") for _, text in pages) == number * 24
        helped += len(pages) == len(before) and "word" in pages[-1][1] and "word" not in before[-1][1]
    assert helped


@pytest.mark.parametrize("around", [str, figure], ids=["markdown", "figure"])
def test_a_table_is_made_smaller_then_wider_then_turned(around: type[str]) -> None:
    seen = []
    for columns in (3, 5, 6, 8, 10, 12):
        laid = laid_out(document(around(table(WORDS[:columns]))), CSS, ADDRESS, {})
        sizes = [(round(page.width * 0.75), round(page.height * 0.75)) for page in laid.pages]
        words = [[line.text for piece in page.pieces for line in piece.lines] for page in sheets(laid)]
        assert {*WORDS[:columns]} <= {word for page in words for word in page}
        around_it = [size for size, page in zip(sizes, words, strict=True) if {"Before.", "After."}.intersection(page)]
        assert {*around_it} == {A4}
        (size,) = sizes_of_type(laid)
        assert size >= LEAST
        seen.append((A4[::-1] in sizes, size))
    assert [turned for turned, _ in seen] == sorted(turned for turned, _ in seen)
    assert seen[0] == (False, 8.4)
    assert {size for turned, size in seen if not turned} > {8.4}
    assert seen[-1][0]


def test_the_rows_of_a_turned_table_go_on_and_its_heads_are_repeated() -> None:
    pages = printed("<h3>Its heading</h3>" + figure(table(WORDS[:11], rows=40)))
    turned = [words for size, words in pages if size == A4[::-1]]
    assert len(turned) > 1
    assert "Its heading" in turned[0]
    assert all(word in words for words in turned for word in WORDS[:11])
    assert failures(render_pdf(document(figure(table(WORDS[:11]))), CSS, ADDRESS, 0, {}), "ua1") == {}


def test_words_set_right_go_on_in_a_second_line_before_a_table_is_refused() -> None:
    cell = "<td class='n'>words of a cell that goes on, and on, and on</td>"
    ((size, words),) = printed(f"<table><tbody><tr>{cell * 8}</tr></tbody></table>")
    assert size == A4
    assert len(re.findall("words", words)) == 8


def test_a_long_word_in_a_table_is_broken_and_its_other_words_are_not() -> None:
    body = table(["Name", "Address"], 1).replace("<td>a</td>", f"<td>ordinary words here</td><td>{'x' * 150}</td>", 1)
    ((_, text),) = printed(body.replace("<td>a</td>", ""))
    assert text.count("x") == 150
    assert {"ordinary", "words", "here"} <= set(text.split())


def note(number: int, words: int) -> str:
    """A call with its note, whose words are like no others."""
    letters = "abcdefghij"
    said = " ".join(f"n{''.join(letters[int(d)] for d in f'{number}{n:04}')}x" for n in range(words))
    call = f'<a class="noteref" href="#note-{number}" data-number="{number}"></a>'
    return f'{call}<span class="footnote" id="note-{number}"><a class="notenum" href="#a">{number}</a> {said}</span>'


def words_of(number: int, text: str) -> list[str]:
    """The words of a note, as they stand in a text whose lines may end anywhere."""
    return re.findall(rf"n{'abcdefghij'[number]}[a-j]{{4}}x", re.sub(r"[\s\ufffe-]", "", text))


def test_a_long_note_is_printed_whole_below_the_block_that_calls_it() -> None:
    rows = "".join(f"<tr><td>a{note(n, words)}</td><td>b</td></tr>" for n, words in ((3, 20), (4, 700)))
    body = (
        f"<p>A{note(1, 1500)} then{note(2, 30)}.</p><table><thead><tr><th>c</th><th>d</th></tr></thead>{rows}</table>"
    )
    pdf = render_pdf(document(f"{body}<h2>E{note(5, 600)}</h2><p>F.</p>"), CSS, ADDRESS, 0, {})
    text = "\n".join(page_texts(pdf))
    written = {1: 1500, 2: 30, 3: 20, 4: 700, 5: 600}
    for number, words in written.items():
        assert words_of(number, text) == words_of(number, note(number, words)), number
    assert failures(pdf, "ua1") == {}
    tree = tagged(pdf)
    notes = [element for element in tree.all() if element.kind == "Note"]
    assert [re.findall(r"^\s*(\d)", each.text) for each in notes] == [["1"], ["2"], ["3"], ["4"], ["5"]]
    assert [len(words_of(n, each.text)) for n, each in enumerate(notes, 1)] == [*written.values()]


@pytest.mark.parametrize("words", [(500, 500, 500), (370, 30) * 3], ids=str)
def test_notes_leave_room_to_the_text_and_a_table_keeps_its_head(words: tuple[int, ...]) -> None:
    """WeasyPrint fills a page with the notes of the one before, prints the text across them, and drops a table's head
    that does not fit."""
    notes = "".join(note(n, count) for n, count in enumerate(words, 1))
    rows = "".join(f"<tr><td>a{note(n, 40)}</td><td>b</td></tr>" for n in (7, 8))
    laid = laid_out(
        document(f"<p>A{notes}</p><table><thead><tr><th>c</th></tr></thead>{rows}</table>"), CSS, ADDRESS, {}
    )
    assert flaws(laid) == []


def test_the_notes_of_a_table_that_no_page_holds_stand_below_it_in_order() -> None:
    notes = [(n, 250) for n in range(2, 10)]
    head = f"<tr><th>c{''.join(note(n, words) for n, words in notes)}</th><th>d</th></tr>"
    body = f"<table><thead>{head}</thead><tbody><tr><td>a{note(1, 30)}</td><td>b</td></tr></tbody></table>"
    laid = laid_out(document(body), CSS, ADDRESS, {})
    assert flaws(laid) == []
    text = "".join(page_texts(laid.write_pdf()))
    assert [words_of(n, text) for n, _ in notes] == [words_of(n, note(n, words)) for n, words in notes]
    assert re.findall(r"n([a-j])aaaax", re.sub(r"[\s\ufffe-]", "", text)) == [*"bcdefghij"]


@pytest.mark.parametrize(("policy", "filled"), [("auto", 27), ("line", 27), ("block", 31), ("auto", 31)])
def test_a_title_whose_notes_have_no_room_on_its_page_is_not_lost(policy: str, filled: int) -> None:
    """WeasyPrint drops what takes no height, or its notes. By the stylesheet that is rare, and then the notes give
    way."""
    style = f"<style>.page > h2 .footnote {{ footnote-policy: {policy} !important }}</style>"
    title = f"{style}<h2>One two three four five six seven of things{note(1, 120)}{note(2, 60)}</h2>"
    text = "".join(words for _, words in printed(f"{'<p>text</p>' * filled}{title}<p>text</p>"))
    assert "of things" in text
    assert [len(words_of(n, text)) for n in (1, 2)] == [120, 60]


def test_what_is_lost_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint_patches, "_BLANKS", {})  # blanks at the ends of lines are lost
    with pytest.raises(MisfitError) as refused:
        laid_out(document(f"<p>{'word ' * 60}</p>"), CSS, ADDRESS, {})
    assert refused.value.misfits[0].words[0] == "word"


def test_notes_that_are_set_out_one_after_the_other_stand_in_their_order() -> None:
    root = ElementTree.fromstring(f'<body><div class="page"><p>a{note(1, 1)}{note(2, 1)}{note(3, 1)}</p></div></body>')
    for number in (2, 3, 1, 2):
        set_out(next(each for each in root.iter() if each.get("id") == f"note-{number}"), root)
    assert [each.get("id") for each in root[0]] == [None, "note-1", "note-2", "note-3"]
    assert len(root.findall(".//*[@data-note]")) == 3


def test_what_is_not_right_on_a_page_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes out of `laid_out` was measured: there is no way past `flaws`, and each kind of flaw is seen."""
    notes = "".join(note(n, 500) for n in (1, 2, 3))
    rows = "".join(f"<tr><td>a{note(n, 40)}</td><td>b</td></tr>" for n in (7, 8))
    body = f"<p>A{notes}</p><table><thead><tr><th>c</th></tr></thead>{rows}</table><h2>{LONG_TITLE}</h2><h2>B</h2>"
    monkeypatch.setattr(weasyprint_patches, "NOTES_END", 9)
    seen: list[str] = []

    def change(_: object, found: list[Flaw]) -> None:
        seen.extend(type(each).__name__ for each in found)
        raise MisfitError(())

    monkeypatch.setattr(Fitting, "change", change)
    with pytest.raises(MisfitError):
        laid_out(document(body), CSS, ADDRESS, {})
    assert {"Headless", "Pressing", "Crowded"} <= {*seen}


def test_nothing_writes_a_pdf_but_what_measures_it() -> None:
    writing = [
        path.name
        for path in (ROOT / "reportgen").rglob("*.py")
        if re.search(r"\bwrite_pdf\(|\.render\(stylesheets", path.read_text("utf-8"))
    ]
    assert writing == ["render.py"]


def test_what_has_no_room_is_refused_by_name() -> None:
    with pytest.raises(MisfitError) as refused:
        laid_out(document(figure(table(WORDS * 2))), CSS, ADDRESS, {})
    (misfit,) = refused.value.misfits
    assert misfit.table
    assert misfit.anchor == "figure-wide"
    assert misfit.words == tuple(WORDS * 2)
    assert misfit.needed > misfit.room == 257
    with pytest.raises(MisfitError) as refused:
        laid_out(document('<p style="white-space: nowrap">' + "words " * 60), CSS, ADDRESS, {})
    assert refused.value.misfits[0].words[0] == "words"
    noted = f"<th>One{note(1, 700)}</th><th>Two{note(2, 700)}{'<br>more' * 90}</th>"
    with pytest.raises(MisfitError) as refused:
        laid_out(document(table(["One", "Two"]).replace("<th>One</th><th>Two</th>", noted)), CSS, ADDRESS, {})
    assert refused.value.misfits[0].words[:3] == ("One", "Two", "more"), "the notes that it calls are not its words"
    with pytest.raises(MisfitError):
        laid_out(document(f"<ul><li>{table(WORDS[:9])}</li></ul>"), CSS, ADDRESS, {})


@pytest.mark.parametrize("failing", ["weasyprint.svg.SVG.draw", "weasyprint.html.SVGImage"])
def test_a_drawing_that_weasyprint_cannot_set_is_refused(monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    """It would go on without it, or without its rest."""

    def fails(*_: object, **__: object) -> None:
        raise ValueError("no such letter")

    monkeypatch.setattr(failing, fails)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="5">Bees</text></svg>'
    with pytest.raises(MisfitError) as refused:
        render_pdf(document(figure(drawing)), CSS, ADDRESS, 0, {})
    (misfit,) = refused.value.misfits
    assert misfit.anchor == "figure-wide"
    assert misfit.undrawn in ("ValueError: no such letter", "it is no SVG that can be read")


def test_a_drawing_that_is_refused_has_the_line_that_shows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weasyprint.svg.SVG.draw", lambda *_: 1 / 0)
    project = Project.from_folder(tmp_path, "bees")
    (problem,) = [each for each in project.build(formats="pdf").diagnostics if each.severity == "error"]
    assert problem.code == "cannot-draw"
    assert "cannot be set on paper: ZeroDivisionError" in problem.message
    assert (problem.span.file, problem.span.line) == ("content/briefs/bees.md", 20)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(1, 40), min_size=1, max_size=24), st.booleans())
def test_every_table_is_inside_of_its_page_or_refused(letters: list[int], whole: bool) -> None:
    heads = [chr(97 + n % 26) * count for n, count in enumerate(letters)]
    body = table(heads)
    try:
        laid = laid_out(document(figure(body) if whole else body), CSS, ADDRESS, {})
    except MisfitError:
        assert sum(letters) > 60
        return
    assert flaws(laid) == []
    text = "".join(line.text for page in sheets(laid) for piece in page.pieces for line in piece.lines)
    assert all(head in re.sub(r"\s", "", text) for head in heads)


LONG_TITLE = "A title of very many words so that it takes a lot of lines in the left column of the page"


def test_a_block_waits_for_what_hangs_beside_the_one_above() -> None:
    caption = f'<figcaption><h3 class="cap">{LONG_TITLE} {LONG_TITLE}</h3></figcaption>'
    short = f'<figure class="chart">{caption}<p class="src">Source</p></figure>'
    for body in (f"<h2>{LONG_TITLE}</h2><p>Text</p><h2>Next</h2><p>Text</p>", f"{short}<h2>Next</h2><p>Text</p>"):
        (page,) = sheets(laid_out(document(body), CSS, ADDRESS, {}))
        lines = [
            (line.top, line.bottom)
            for piece in page.pieces
            for line in piece.lines
            if piece.tag in ("h2", "h3") and piece.left < 60 * MM
        ]
        assert len(lines) > 4
        assert all(after[0] >= before[1] - 1 for before, after in pairwise(lines))


def test_a_long_title_at_the_foot_of_a_page_goes_to_the_next_one_with_its_text() -> None:
    for lines in range(38, 44, 2):
        body = f"<p>{'word<br>' * lines}end</p><h2>{LONG_TITLE} {LONG_TITLE}</h2><p>{'text<br>' * 3}text</p>"
        pages = sheets(laid_out(document(body), CSS, ADDRESS, {}))
        placed = {piece.tag: piece for page in pages for piece in page.pieces if piece.tag == "h2"}
        title = placed["h2"]
        assert title.lines[-1].bottom <= pages[title.page - 1].bottom + 2 * MM
        assert re.sub(r"\s", "", "".join(line.text for line in title.lines)) == LONG_TITLE.replace(" ", "") * 2


def test_long_words_pictures_and_names_stay_on_the_page(tmp_path: Path) -> None:
    long = "Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz" * 3
    project = Project.from_folder(tmp_path / "tea", "tea")
    project.write(
        "content/briefs/long.md",
        f"---\ntitle: {long}\ndate: 2026-01-15\nsubtitle: {long}\nabstract: {long}\nauthors: [{{name: {long}}}]\n"
        f"keywords: [{long}]\nkey_messages: ['{long}']\n---\n## {long}\n\n`{long}`\n\n### {long}\n\n- {long}\n    - "
        f"{long}\n\n{long}\n:   {long}\n\n> {long}\n\nA note.[^a]\n\n[^a]: {long}\n\n    {long}\n\n"
        f"| a | b |\n|---|---|\n"
        f"| {long} | words |\n",
    )
    done = project.build(formats="pdf", only=("long",))
    assert done.errors == []
    assert done.ok


def test_a_picture_stands_where_it_is_written() -> None:
    """In its line; in a quotation, with its caption below; a wide one over the margin too."""
    caption = "<figcaption>A caption</figcaption>"
    body = f"""<p>Left <img src="images/a.png" alt="a" width="20"> right</p>
    <blockquote><figure><img src="images/a.png" alt="b" width="20">{caption}</figure></blockquote>
    <figure class="wide"><img src="images/a.png" alt="c" width="600">{caption}</figure>"""
    (sheet,) = sheets(laid_out(document(body), CSS, ADDRESS, {"a.png": picture()}))
    lines = [line for piece in sheet.pieces for line in piece.lines if line.text.startswith("Left")]
    assert [line.text.split() for line in lines] == [["Left", "right"]]
    small, large = (piece for piece in sheet.pieces if piece.tag == "img")  # those in no line
    below, wide = (piece for piece in sheet.pieces if piece.tag == "figcaption")
    assert small.bottom <= below.top < small.bottom + 5 * MM
    assert below.left == small.left
    assert wide.top >= large.bottom
    assert large.left < small.left - 40 * MM


def test_lists_are_numbered_as_written() -> None:
    item = "<li>item</li>"
    body = f"""<ol start="7">{item}<li>item<ol type="a" start="3">{item}</ol></li></ol><ol>{item}</ol>
    <ol reversed="">{item}{item}</ol><ol type="I" start="0">{item}{item}</ol>
    <p>Text<span class="footnote">Note <span data-as="ol" start="4"><span data-as="li">item</span></span>
    <span data-as="ol"><span data-as="li">item</span></span></span></p>"""
    with pypdfium2.PdfDocument(render_pdf(document(body), CSS, ADDRESS, 0, {})) as pdf:
        words = pdf[0].get_textpage().get_text_range()
    assert re.findall(r"^(\w+)\. ", words, re.M) == ["7", "8", "c", "1", "2", "1", "0", "I", "4", "1"]


def test_a_row_of_messages_gives_way_to_its_notes() -> None:
    """WeasyPrint failed where they had no room on the page."""
    note = f'<span class="footnote">{"note " * 500}</span>'
    key = f'<div class="firstrow"><section class="key"><ol>{f"<li>message{note}</li>" * 2}</ol></section></div>'
    words = "".join(text for _, text in printed(f"<p>text{note}</p>" * 3 + key))
    assert [words.count(word) for word in ("message", "note")] == [2, 2_500]


def test_a_reference_says_the_page_of_what_stands_on_another() -> None:
    def link(id: str) -> str:
        return f'<a class="xref" href="#{id}">Figure {id[-1]}</a>'

    first = f'<p>See {link("f1")} and {link("f2")}.</p><figure id="f1"><p>One</p></figure>'
    body = f'{first}<figure id="f2" style="break-before:page"><p>Two</p></figure><p>So {link("f2")} says.</p>'
    said = " ".join(text for _, text in printed(body))
    assert "See Figure 1 and Figure 2 (p.\xa02)." in said
    assert "So Figure 2 says." in said


@pytest.mark.parametrize(("height", "said", "layouts"), [(190, True, 1), (200, True, 2), (204, False, 1)])
def test_a_number_of_a_page_is_left_out_within_a_layout(
    monkeypatch: pytest.MonkeyPatch, height: int, said: bool, layouts: int
) -> None:
    """The second reference stands on the page before its figure, or comes to stand there once the first has lost its
    number and a line with it, or stands on the same page."""
    laid_out(document(""), CSS, ADDRESS, {})  # what is replaced below is compared with WeasyPrint's before
    found: list[object] = []
    build = weasyprint_patches._build
    monkeypatch.setattr(weasyprint_patches, "_build", lambda *given: (found.append(given), build(*given))[1])
    narrow = '<p style="width: 28mm">Then <a class="xref" href="#f1">Figure 1</a></p>'
    last = '<figure id="f2" style="break-inside: avoid"><p style="height: 40mm">Two</p></figure>'
    space = f'<div style="height: {height}mm"></div>'
    pages = printed(
        f'<figure id="f1"><p>One</p></figure>{narrow}{space}<p>So <a class="xref" href="#f2">B</a></p>{last}'
    )
    assert len(found) == layouts
    words = " ".join(text for _, text in pages)
    assert ("(p.\xa02)" in words) is said
    assert "(p.\xa01)" not in words


def filled_with(*blocks: str) -> list[str]:
    """What stands on the first page of two, below so much text that a figure has no room there."""
    lines = "<br>".join(["line"] * 36)
    return printed(f"<p>{lines}</p>{''.join(blocks)}")[0][1].split()


CHART = (
    '<figure id="f1"{}><figcaption><h3 class="cap"><span data-n="label">Figure</span> T</h3></figcaption>'
    '<div style="height:80mm">Drawing</div></figure>'
)
TEXT = f"<p>{'first ' * 60}</p>", f"<p>{'second ' * 300}</p>"


def test_text_goes_before_a_figure_until_its_page_is_full() -> None:
    words = filled_with(CHART.format(""), *TEXT)
    assert words.count("first") == 60
    assert 50 < words.count("second") < 300
    assert "Drawing" not in words
    laid = laid_out(document(f"<p>{'line<br>' * 36}</p>{CHART.format('')}{''.join(TEXT)}"), CSS, ADDRESS, {})
    order = [each.tag for each in laid._html.etree_element.find(".//main")]
    assert order == ["p", "p", "p", "p", "figure", "p"]


@pytest.mark.parametrize(
    "blocks",
    [
        (CHART.format("").replace("label", "name"), *TEXT),
        (CHART.format("").replace("Drawing", 'Drawing<a class="noteref" href="#n">1</a>'), *TEXT),
        (CHART.format(""), CHART.format("").replace("f1", "f2"), *TEXT),
        (CHART.format(""), "<h2>A title</h2>", CHART.format("").replace("f1", "f2")),
    ],
    ids=["without-a-number", "with-a-note", "before-another-figure", "before-a-title-without-text"],
)
def test_no_text_goes_before_what_it_may_belong_to(blocks: tuple[str, ...]) -> None:
    assert not {"first", "second", "title"}.intersection(filled_with(*blocks))


def test_a_box_is_set_closer_where_that_keeps_it_on_its_page() -> None:
    sides = f'<div class="sides"><div><p class="v">{"<br>".join(["value"] * 6)}</p></div></div>'
    box = f'<section class="disagree wide"><h3>Box</h3>{sides}<p class="rule">Rule</p></section>'
    assert "Rule" in filled_with(box)


def test_no_line_ends_at_the_stroke_of_a_unit() -> None:
    def texts(box: Any) -> Iterator[str]:
        if isinstance(box, boxes.TextBox):
            yield box.text
        for child in getattr(box, "children", ()):
            yield from texts(box_of(child))

    def broken(mark: str) -> int:
        body = "".join(f"<p>{'so ' * n}<span{mark}>28.0\u00a0µg/m³</span> of it.</p>" for n in range(60))
        laid = laid_out(document(body), CSS, ADDRESS, {})
        return sum(text.rstrip().endswith("/") for page in laid.pages for text in texts(page_box(page)))

    assert broken("") > 0
    assert broken(' class="unbroken"') == 0
