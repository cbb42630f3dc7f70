"""Each word of a thousand random documents stands once, in order, on the page and on paper.

Fifty documents stand in one brief. All of them are read on pages; one brief is set on paper too, and all of them where
REPORTGEN_DOCUMENTS says how many there are (`make soak`).
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pypdfium2
import pytest
from lxml import html

from reportgen.brief.cited import Cite
from reportgen.citing.pandoc import Citeproc
from reportgen.citing.styles import find_style
from reportgen.facts.answers import Answers
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.pages.default_theme import default_templates
from reportgen.pages.theme import Theme
from reportgen.pipeline import units_of
from reportgen.rebuild.executor import run
from reportgen.rebuild.store import MemoryStore
from reportgen.targets.all import all_targets
from reportgen.targets.session import Session
from tests.conservation.documents import WORD, Writer, Written
from tests.pdf.stress import picture
from tests.pdf.tagged import Element, tagged

BATCH = 50
"""Documents in a brief."""
ASKED = os.environ.get("REPORTGEN_DOCUMENTS")
BRIEFS = int(ASKED or "1000") // BATCH
ON_PAPER = BRIEFS if ASKED else 1
"""So many briefs, the first ones, are set on paper."""
SITE = "title: T\npublisher: P\nbase_url: https://words.example/\nlang: en\nas_of: 2026-11-22\n"
SOURCE = (
    "- {id: a-report, type: report, title: A report, author: [{family: Sea, given: Ai}], issued: 2020, language: en}\n"
)
LETTERS = "abcdefghij"
KEPT = MemoryStore()
"""What all briefs have in common, as fonts and stylesheets, is made once."""
THEME = Theme(default_templates())
"""Its templates are compiled once."""


@dataclass(frozen=True)
class Printed:
    """What became of documents that stand one after the other in a brief."""

    texts: tuple[Written, ...]
    """The abstract, the key messages and the documents, in the order of reading."""
    source: str
    page: str
    pdf: bytes

    @property
    def words(self) -> list[str]:
        """The words of the texts in the order of reading, notes aside."""
        return [word for text in self.texts for word in text.words]

    @property
    def notes(self) -> list[str]:
        return [word for text in self.texts for note in text.notes for word in note]

    @property
    def spoken(self) -> list[str]:
        return [word for text in self.texts for word in text.spoken]


@pytest.fixture(scope="module")
def cite() -> Iterator[Cite]:
    """One pandoc for all."""
    with Citeproc() as citeproc:
        yield citeproc.format


def printed(seed: int, cite: Cite, *, on_paper: bool) -> Printed:
    """Random documents, built as a brief."""
    writer = Writer(seed)
    abstract, *messages = writer.line(), writer.line(), writer.line()
    documents = tuple(writer.document(1) for _ in range(BATCH))
    front = {"title": "Words", "date": "2026-11-22", "abstract": abstract.text}
    front |= {"key_messages": [message.text for message in messages]}
    titles = (f"## Document {LETTERS[n // 10]}{LETTERS[n % 10]}" for n in range(BATCH))
    parts = [f"{title}\n\n{document.text}" for title, document in zip(titles, documents, strict=True)]
    below = ["\n".join(text.below) for text in (abstract, *messages, *documents)]
    body = "\n".join([*parts, "----", *below])
    source = f"---\n{json.dumps(front)}\n---\n{body}"
    page, pdf = built(source, cite, on_paper=on_paper)
    return Printed((abstract, *messages, *documents), source, page, pdf)


def built(source: str, cite: Cite, *, on_paper: bool) -> tuple[str, bytes]:
    """A brief's page and, if asked for, its PDF. Raises AssertionError with whatever the program tells of it."""
    files: Mapping[str, str | bytes] = {
        "content/site.yaml": SITE,
        "content/sources/all.yaml": SOURCE,
        "content/images/dam.png": picture(),
        "content/briefs/words.md": source,
    }
    project, found = load(
        MemoryFiles(files), read_style=lambda name: find_style(name, None), default_templates=default_templates()
    )
    session = Session(Answers(project, date(2026, 11, 22), units_of(project)), cite, "test")
    session.theme = THEME
    done = run(all_targets(session, ("words",), "all" if on_paper else "html"), KEPT, session.digest_of)
    lines = source.split("\n")
    told = [*found, *done.diagnostics, *(each for failure in done.failures for each in failure.diagnostics)]
    faults = [failure.fault for failure in done.failures if failure.fault]
    assert done.ok, "\n".join([f"{d.span.line}: {d.message}: {lines[d.span.line - 1]}" for d in told] + faults)
    page, pdf = (done.files.get(f"briefs/words/{name}", "") for name in ("index.html", "words.pdf"))
    return (KEPT.get(page) or b"").decode(), KEPT.get(pdf) or b""


def main_text(page: str) -> html.HtmlElement:
    """A page's text, a blank at the edges of each block."""
    main = html.document_fromstring(page).find(".//main")
    for element in main.iter("p", "li", "td", "th", "dt", "dd", "div", "aside", "br", "figcaption", "summary", "pre"):
        element.text, element.tail = f" {element.text or ''}", f" {element.tail or ''}"
    return main


def words_of_page(page: str) -> tuple[list[str], list[str]]:
    """The words of a page's text, and those of its notes."""
    main = main_text(page)
    notes: list[str] = []
    for element in main.xpath(".//*[starts-with(@id, 'note-')]"):
        notes += WORD.findall(element.text_content())
    for element in main.xpath(".//*[starts-with(@id, 'note-')] | .//nav | .//*[@class='refs']"):
        element.drop_tree()
    return WORD.findall(main.text_content()), notes


def words_of_pdf(pdf: bytes) -> tuple[list[str], list[str]]:
    """The words that the structure tree says, and those of its notes."""
    texts = list(spoken(tagged(pdf), in_note=False))
    parts = ("".join(text for in_note, text in texts if in_note is wanted) for wanted in (False, True))
    body, notes = (WORD.findall(re.sub(r"[\s\u00ad\u2010-]+", "", part)) for part in parts)
    return body, notes


def glued(page: str, pdf: bytes) -> list[str]:
    """Words that another one follows on without a blank, which nobody wrote so."""
    texts = [main_text(page).text_content()]
    if pdf:
        with pypdfium2.PdfDocument(pdf) as document:
            texts += [sheet.get_textpage().get_text_range() for sheet in document]
    return [found[0] for text in texts for found in re.finditer(f"{WORD.pattern}X[a-z]*", text)]


def spoken(element: Element, *, in_note: bool) -> Iterator[tuple[bool, str]]:
    """Each text of an element in the order of reading, and whether it is a note's."""
    inside = in_note or element.kind == "Note"
    for part in element.parts:
        if isinstance(part, str):
            yield inside, part
        else:
            yield from spoken(part, in_note=inside)


@pytest.mark.parametrize("seed", range(BRIEFS))
def test_each_word_stands_once_and_in_order(seed: int, cite: Cite) -> None:
    there = printed(seed, cite, on_paper=seed < ON_PAPER)
    media = {"page": words_of_page(there.page)} | ({"paper": words_of_pdf(there.pdf)} if there.pdf else {})
    for medium, (body, notes) in media.items():
        if difference(there.words, body):
            pytest.fail(f"{medium}: {explained(there, body)}")
        assert notes == there.notes, medium
    assert glued(there.page, there.pdf) == []
    shown = [code.text_content().strip("\n") for code in html.document_fromstring(there.page).xpath("//main//pre")]
    assert Counter(shown) == Counter(code for text in there.texts for code in text.verbatim)
    assert "[see @" not in there.page
    assert "&lt;sup" not in there.page
    alternatives = html.document_fromstring(there.page).xpath("//main//img[not(ancestor::nav)]/@alt")
    assert Counter(WORD.findall(" ".join(alternatives))) == Counter(there.spoken)


def difference(written: list[str], shown: list[str]) -> tuple[str, str] | None:
    """The first pair that differs: (written, shown)."""
    pairs = zip([*written, ""], [*shown, ""], strict=False)
    return next((pair for pair in pairs if pair[0] != pair[1]), None)


def explained(there: Printed, shown: list[str]) -> str:
    """Where the first difference is: the words, and the lines around them that the author wrote."""
    one, other = difference(there.words, shown) or ("", "")
    lines = there.source.split("\n")
    near = next((n for n, line in enumerate(lines) if one and one in line), 0)
    return f"written {one}, shown {other}, at:\n" + "\n".join(lines[max(0, near - 6) : near + 6])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("Words.[^gone]", 1, 'no note has the label "gone"'),
        ("Words.\n\n[^a]: Nobody calls it.", 3, 'nothing calls the note "a"'),
        ("Words.\n\n<script>let lost = true</script>", 3, "<script>"),
        ("| a | b |\n|---|---|\n| c | d | e |", 3, "cell"),
        ("Words.\n\n[lost]: https://example.org/", 3, "lost"),
        ("Words `with [^a] in code`.\n\n[^a]: Lost in code.", 3, 'nothing calls the note "a"'),
    ],
)
def test_what_is_not_printed_is_told_with_its_line(text: str, line: int, said: str, cite: Cite) -> None:
    front = '---\n{"title": "Words", "date": "2026-11-22"}\n---\n'
    project, found = load(
        MemoryFiles({"content/site.yaml": SITE, "content/briefs/words.md": front + text}),
        read_style=lambda name: find_style(name, None),
        default_templates=default_templates(),
    )
    session = Session(Answers(project, date(2026, 11, 22), units_of(project)), cite, "test")
    done = run(all_targets(session, ("words",), "html"), KEPT, session.digest_of)
    told = [*found, *done.diagnostics, *(each for failure in done.failures for each in failure.diagnostics)]
    assert [d for d in told if d.span.line == line + 3 and said in d.message], told


def test_a_row_of_a_table_in_a_long_note_is_not_parted_by_the_end_of_a_page(cite: Cite) -> None:
    """Its cells would be read in turns."""
    cells = ("<br>".join(f"X{one}{other}{n}" for n in "abcdefg") for one in "abcd" for other in LETTERS)
    rows = "\n".join(f"    <tr><td>{cell}</td><td>{cell[:3]}x</td></tr>" for cell in cells)
    note = f"[^n]: Note.\n\n    <table>\n    <tbody>\n{rows}\n    </tbody>\n    </table>\n"
    _, pdf = built(f'---\n{{"title": "Words", "date": "2026-11-22"}}\n---\nText.[^n]\n\n{note}', cite, on_paper=True)
    read = re.findall("X[a-d][a-j][a-gx]", tagged(pdf).text)
    assert len(read) == 320
    assert read == sorted(read)


def test_a_pictures_caption_in_a_notes_first_paragraph_is_read_in_its_place(cite: Cite) -> None:
    note = '[^n]: Xbadel ![A](images/dam.png "Xbadem") Xbaden\n\n    Xbader\n'
    _, pdf = built(f'---\n{{"title": "Words", "date": "2026-11-22"}}\n---\nText.[^n]\n\n{note}', cite, on_paper=True)
    assert words_of_pdf(pdf)[1] == ["Xbadel", "Xbadem", "Xbaden", "Xbader"]
