"""Each word of a thousand random documents stands once, in order, on the page and on paper."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest
from lxml import html

from reportgen.citing.pandoc import Citeproc
from reportgen.citing.styles import find_style
from reportgen.facts.answers import Answers
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.pages.default_theme import default_templates
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
SEEDS = range(int(os.environ.get("REPORTGEN_DOCUMENTS", "1000")) // BATCH)
SITE = "title: T\npublisher: P\nbase_url: https://words.example/\nlang: en\nas_of: 2026-11-22\n"
SOURCE = (
    "- {id: a-report, type: report, title: A report, author: [{family: Sea, given: Ai}], issued: 2020, language: en}\n"
)


@dataclass(frozen=True)
class Printed:
    """What became of documents that stand one after the other in a brief."""

    documents: tuple[Written, ...]
    abstract: Written
    messages: tuple[Written, ...]
    source: str
    told: tuple[str, ...]
    page: str
    paper: str
    pdf: bytes

    @property
    def written(self) -> list[str]:
        """The words of the text in the order of reading, notes aside."""
        first = [self.abstract, *self.messages]
        return [word for document in (*first, *self.documents) for word in document.words]

    @property
    def notes(self) -> list[str]:
        return [word for document in self.documents for note in document.notes for word in note]


@cache
def printed(seed: int) -> Printed:
    """Random documents, built as a brief."""
    writer = Writer(seed)
    abstract, messages = writer.line(), (writer.line(), writer.line())
    bodies = tuple(writer.document(1) for _ in range(BATCH))
    front = {
        "title": "Words", "date": "2026-11-22", "abstract": abstract.text, "key_messages": [m.text for m in messages],
    }  # fmt: skip
    body = "\n".join(
        f"## Document {'abcdefghij'[n // 10]}{'abcdefghij'[n % 10]}\n\n{each.text}" for n, each in enumerate(bodies)
    )
    source = f"---\n{json.dumps(front)}\n---\n{body}"
    return built(source, abstract, messages, bodies)


def built(source: str, abstract: Written, messages: tuple[Written, ...], bodies: tuple[Written, ...]) -> Printed:
    files: Mapping[str, str | bytes] = {
        "content/site.yaml": SITE,
        "content/sources/all.yaml": SOURCE,
        "content/images/dam.png": picture(),
        "content/briefs/words.md": source,
    }
    project, found = load(
        MemoryFiles(files), read_style=lambda name: find_style(name, None), default_templates=default_templates()
    )
    assert not [d for d in found if d.severity == "error"], found
    kept = MemoryStore()
    with Citeproc() as citeproc:
        session = Session(Answers(project, date(2026, 11, 22), units_of(project)), citeproc.format, "test")
        done = run(all_targets(session, ("words",), "all"), kept, session.digest_of)
    lines = source.split("\n")
    told = tuple(
        f"{d.span.line}: {d.message}: {lines[d.span.line - 1]}"
        for d in (*found, *done.diagnostics, *(d for failure in done.failures for d in failure.diagnostics))
    )
    assert done.ok, "\n".join((*told, *(failure.fault for failure in done.failures)))

    def file(path: str) -> bytes:
        return kept.get(done.files[path]) or b""

    paper = json.loads(kept.get(done.results["paper words"].value or "") or b"")["html"]
    return Printed(
        bodies, abstract, messages, source, told, file("briefs/words/index.html").decode(), paper,
        file("briefs/words/words.pdf"),
    )  # fmt: skip


def words_of_page(page: str) -> tuple[list[str], list[str]]:
    """The words of a page's text, and those of its notes."""
    main = html.document_fromstring(page).find(".//main")
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


def spoken(element: Element, *, in_note: bool) -> Iterator[tuple[bool, str]]:
    """Each text of an element in the order of reading, and whether it is a note's."""
    inside = in_note or element.kind == "Note"
    for part in element.parts:
        if isinstance(part, str):
            yield inside, part
        else:
            yield from spoken(part, in_note=inside)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_word_stands_once_and_in_order(seed: int) -> None:
    there = printed(seed)
    for name, (body, notes) in (("page", words_of_page(there.page)), ("PDF", words_of_pdf(there.pdf))):
        if difference(there.written, body):
            pytest.fail(f"{name}: {explained(there, body)}")
        assert Counter(notes) == Counter(there.notes), name
    assert "[see @" not in there.page
    spoken = Counter(WORD.findall(" ".join(html.document_fromstring(there.page).xpath("//main//img/@alt"))))
    assert spoken == Counter(word for each in there.documents for word in each.spoken)


def difference(written: list[str], shown: list[str]) -> tuple[str, str] | None:
    """The first pair that differs: (written, shown)."""
    for one, other in zip([*written, ""], [*shown, ""], strict=False):
        if one != other:
            return one, other
    return None


def explained(there: Printed, shown: list[str]) -> str:
    """Where the first difference is: the words, and the lines around them that the author wrote."""
    one, other = difference(there.written, shown) or ("", "")
    lines = there.source.split("\n")
    near = [n for n, line in enumerate(lines) if one and one in line]
    around = "\n".join(lines[max(0, near[0] - 6) : near[0] + 6]) if near else ""
    return f"written {one}, shown {other}, at:\n{around}"
