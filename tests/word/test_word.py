"""A brief as a Word document: its words, notes, pictures and styles, read out of the file."""

from __future__ import annotations

import io
import random
import re
import zipfile
from pathlib import Path

import pypandoc
import pytest
from lxml import etree, html

from reportgen.word.document import _DROPPED, word_source
from reportgen.word.write import reference_document
from tests.conftest import Built
from tests.driver import Project, write_tree
from tests.pdf.stress import picture

ADDRESS = "https://desk.example/briefs/plan/"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def texts(docx: bytes, part: str) -> list[str]:
    """The paragraphs of a part of a document."""
    tree = etree.fromstring(zipfile.ZipFile(io.BytesIO(docx)).read(part))
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in tree.iter(f"{W}p")]


def styles(docx: bytes) -> dict[str, tuple[str, str]]:
    """Each paragraph -> its style, and the side on which it is set."""
    tree = etree.fromstring(zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml"))
    found = {}
    for p in tree.iter(f"{W}p"):
        said = [next((e.get(f"{W}val", "") for e in p.iter(f"{W}{name}")), "") for name in ("pStyle", "jc")]
        found["".join(t.text or "" for t in p.iter(f"{W}t"))] = (said[0], said[1])
    return found


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project.from_folder(tmp_path, "states")
    project.write("content/glossary.yaml", "- {term: cider, meaning: Pressed apples.}\n")
    project.write(
        "content/briefs/plan.md",
        "---\ntitle: A plan\nsubtitle: For 2027\ndate: 2026-11-22\nstatus: draft\n---\n# Apples\n\n"
        "Of [the harbour](harbour.md). Cider. Words of a draft.[^n] Again.[^n]\n\n"
        '![A grey square](images/grey%20square.png "A caption")\n\n'
        '[^n]: A note *of ours*.\n\n    Its second part has {{ fact("cargo-2021") }} in it.\n\n'
        '!!! warning "Mind this"\n    In a box.\n\n| a | b | c |\n|---|--:|:-:|\n| x | y | z |\n',
    )
    write_tree(project.root, {"content/images/grey square.png": picture()})
    return project


def test_each_brief_becomes_a_document_with_its_notes(project: Project) -> None:
    done = project.run("build", "--format", "docx", "--jobs", "1")
    assert done.code == 0, done.told
    assert "2 Word documents" in done.out
    plan = project.path("build/docx/plan.docx").read_bytes()
    assert any("Words of a draft." in text for text in texts(plan, "word/document.xml"))
    notes = [text for text in texts(plan, "word/footnotes.xml") if text.strip()]
    assert notes[0].strip() == "A note of ours."
    assert notes[1].strip().startswith("Its second part has ")
    assert notes[1].strip().endswith(" in it.")
    assert "has  in" not in notes[1]
    assert any("A caption" in text for text in texts(plan, "word/document.xml"))
    assert [name for name in zipfile.ZipFile(io.BytesIO(plan)).namelist() if name.startswith("word/media/")]
    assert "Apples" in texts(plan, "word/document.xml")
    head = texts(plan, "word/document.xml")[:3]
    assert [head[0], head[1], head[2][:21]] == ["A plan", "For 2027", "Edition of 22 Novembe"]
    set_as = styles(plan)
    assert (set_as["Mind this"], set_as["In a box."]) == (("BoxTitle", ""), ("Box", ""))
    assert [set_as[cell][1] for cell in "xyz"] == ["", "right", "center"]
    assert "Again.1" in " ".join(texts(plan, "word/document.xml"))
    assert "↩" not in " ".join((*notes, *texts(plan, "word/document.xml")))
    assert not project.path("build/site").exists()
    parts = zipfile.ZipFile(io.BytesIO(plan))
    text, related = (parts.read(name).decode() for name in ("word/document.xml", "word/_rels/document.xml.rels"))
    within = set(re.findall(r'w:anchor="([^"]*)"', text))
    assert "term:1" in within
    assert within <= set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]*)"', text))
    led = re.findall(r'Target="([^"]*)" TargetMode="External"', related)
    assert "https://harbour.example/briefs/harbour/index.html" in led
    assert all(address.startswith("https://") for address in led)
    harbour = project.path("build/docx/harbour.docx").read_bytes()
    notes = [text for text in texts(harbour, "word/footnotes.xml") if text]
    assert len(notes) == len(set(notes)) > 4
    assert any("Verified" in note and "“" in note for note in notes)
    assert any(name.startswith("word/media/") for name in zipfile.ZipFile(io.BytesIO(harbour)).namelist())
    project.run("build", "--format", "docx", "--jobs", "1")
    assert project.path("build/docx/harbour.docx").read_bytes() == harbour


def test_with_an_error_nothing_is_written(project: Project) -> None:
    project.append("content/briefs/plan.md", '\n{{ fact("no-such-fact") }}\n')
    done = project.run("build", "--format", "docx")
    assert done.code == 1
    assert "No Word document was written: 1 error" in done.err
    assert not project.path("build/docx").exists()


def test_no_word_of_a_brief_is_lost(built: Built) -> None:
    """What the HTML for paper says outside of furniture, the HTML for Word says too."""
    for paper in built.papers.values():
        source = html.document_fromstring(word_source(paper, ADDRESS).html)
        said = re.findall(r"[^\W\d]{4,}", " ".join(source.find("body").itertext()))
        page = html.document_fromstring(paper)
        for dropped in page.xpath("//svg | //header | //*[contains(@class, 'ledger')] | //p[@data-state='overdue']"):
            dropped.drop_tree()
        for part in page.xpath("//main/p | //main/h2 | //main//blockquote | //main//ol[not(ancestor::section)]"):
            words = re.findall(r"[^\W\d]{4,}", " ".join(part.itertext()))
            assert set(words) <= set(said)


def test_what_is_left_out_is_named_as_the_pages_name_it(built: Built) -> None:
    """A selector that finds nothing any more would let furniture into the document."""
    pages = [html.document_fromstring(paper) for paper in built.papers.values()]
    missed = [path for path in _DROPPED if not any(page.xpath(path) for page in pages)]
    assert [path for path in missed if " contents " not in path] == [], "short briefs have no contents"
    assert 'class="contents ' in Path("templates/print.html").read_text(encoding="utf-8")
    for paper in built.papers.values():
        source = html.document_fromstring(word_source(paper, ADDRESS).html)
        blocks = ("".join(block.itertext()).strip() for block in source.iter("p", "div", "section", "span"))
        assert not [text for text in blocks if re.fullmatch(r"[≠✓ƒ¶!?]", text)]


def test_the_reference_document_is_of_the_papers_size() -> None:
    sizes = {
        paper: zipfile.ZipFile(io.BytesIO(reference_document(paper))).read("word/document.xml").decode()
        for paper in ("A4", "Letter")
    }
    assert 'w:w="11906"' in sizes["A4"]
    assert 'w:w="12240"' in sizes["Letter"]


def test_no_cell_is_lost_to_cells_that_reach_over_rows_and_columns(tmp_path: Path) -> None:
    chosen = random.Random(1)
    words = (f"w{n}w" for n in range(10_000))
    tables = []
    for _ in range(60):
        rows = ""
        for y in range(chosen.randint(1, 4)):
            spans = [f"rowspan={chosen.randint(0, 4)} colspan={chosen.randint(0, 4)}" for _ in range(4)]
            cells = (f"<td {chosen.choice(['', span])}>{next(words)}</td>" for span in spans[chosen.randint(0, 3) :])
            rows += f"<tr>{''.join(cells) if y or chosen.random() < 0.7 else f'<td>{next(words)}</td>'}</tr>"
        tables.append(f"<table><caption>{next(words)}</caption><tbody>{rows}</tbody></table><p>x</p>")
    page = f"<html><head><title>A</title></head><body>{''.join(tables)}</body></html>"
    pypandoc.convert_text(
        word_source(page, ADDRESS).html, "docx", format="html", outputfile=str(tmp_path / "tables.docx")
    )
    printed = "\n".join(texts((tmp_path / "tables.docx").read_bytes(), "word/document.xml"))
    written = re.findall(r"w\d+w", "".join(tables))
    assert set(re.findall(r"w\d+w", printed)) == set(written)
    assert len(written) > 300


def test_code_in_a_note_keeps_its_lines() -> None:
    note = '<span class="footnote" id="note-1">a<span data-as="pre">b<br>c</span><span data-as="h2">d</span></span>'
    page = f"<html><head><title>A</title></head><body><p>Text{note}</p></body></html>"
    native = pypandoc.convert_text(word_source(page, ADDRESS).html, "native", format="html+epub_html_exts")
    assert 'CodeBlock ( "" , [] , [] ) "b\\nc"' in native
    assert native.index('"b\\nc"') < native.index('"d"')
