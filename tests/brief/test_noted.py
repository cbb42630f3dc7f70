"""Citations in styles of notes, by pandoc: in every text, in order with the author's own notes, and in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from reportgen.brief.evaluate import evaluate
from reportgen.citing.pandoc import Citeproc
from reportgen.citing.styles import find_style
from reportgen.facts.view import View
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.model.evaluated import FIRST_INSERT, CitationMark, EvaluatedBrief, Mark, NoteMark
from tests.brief.project import FILES, answers_of, brief

SOURCES = """
- {id: a, type: book, title: Alpha, author: [{family: Doe, given: Ann}], issued: 2020, publisher: Press}
- {id: b, type: book, title: Beta, author: [{family: Roe, given: Bo}], issued: 2019, publisher: Press}
- {id: c, type: book, title: Gamma, author: [{family: Doe, given: Ann}], issued: 2020, publisher: Press}
"""
CHICAGO, IBID, OSCOLA = "chicago-notes-bibliography", "chicago-notes-bibliography-subsequent-ibid", "oscola"


@pytest.fixture(scope="module")
def citeproc() -> Iterator[Citeproc]:
    with Citeproc() as running:
        yield running


def printed(
    citeproc: Citeproc,
    style: str,
    body: str,
    front: str = "",
    files: dict[str, str] | None = None,
    root: Path = Path(),
) -> EvaluatedBrief:
    given = {**FILES, "content/sources/more.yaml": SOURCES, **(files or {}), **brief(body, front)}
    project, problems = load(MemoryFiles(given), read_style=lambda _: find_style(style, root))
    assert [p.message for p in problems if p.severity == "error"] == []
    found = evaluate(project.briefs["sea"], View(answers_of(project)), citeproc.format)
    assert [p.message for p in found.diagnostics if p.severity == "error"] == []
    return found.brief


def plain(brief: EvaluatedBrief, html: str) -> str:
    """A text with `¹` for the calls of notes, with citations and values."""

    def shown(found: re.Match[str]) -> str:
        item = brief.inserts[ord(found[0]) - FIRST_INSERT]
        if isinstance(item, NoteMark):
            return f"[{item.note + 1}]"
        if isinstance(item, CitationMark):
            return brief.citations[item.citation]
        return item.text if isinstance(item, Mark) else ""

    text = re.sub("[\U000f0000-\U000ffffd]", shown, html)
    return " ".join(unescape(re.sub("<[^>]+>", "", text)).split())


def notes(brief: EvaluatedBrief) -> list[str]:
    return [plain(brief, note) for note in brief.notes]


def test_notes_stand_after_punctuation_and_their_citations_leave_no_gap(citeproc: Citeproc) -> None:
    found = printed(
        citeproc, CHICAGO, "So it is [@a, p. 1]. Also [@b], says @a [p. 2]: and [@b, p. 3] [@a, p. 4]; end."
    )
    assert plain(found, found.body) == "So it is.[1] Also,[2] says Doe:[3] and;[4][5] end."
    assert notes(found) == [
        "Ann Doe, Alpha (Press, 2020), 1.", "Bo Roe, Beta (Press, 2019).", "Alpha, 2.", "Roe, Beta, 3.",
        "Doe, Alpha, 4.",
    ]  # fmt: skip
    found = printed(citeproc, CHICAGO, "Так и есть [@a, с. 1]. И [@b], конец.", "lang: ru\n")
    assert plain(found, found.body) == "Так и есть[1]. И[2], конец."
    assert notes(found)[0].endswith(", 1.")


def test_every_text_calls_notes_in_the_order_of_reading(citeproc: Citeproc) -> None:
    charts = {
        "content/charts/sea.yaml": """\
{id: shares-chart, kind: bar, data: shares, x: as_of, y: value, title: "Chart [@a, p. 71]", subtitle: "Sub [@a, p. 72]",
 note: "Note [@a, p. 73].", annotations: [{fact: share-2020, text: "Words [@b, p. 99]"}]}
"""
    }
    body = """Text [@a, p. 4][^own] and {{ fact("boats-2020") }} [@a, p. 5].

## Heading [@a, p. 6]

- item [@a, p. 61]

| Head [@a, p. 62] | x |
|---|---|
| cell [@a, p. 63] | y |

> quoted [@a, p. 64]

![a picture of [@b, p. 98]](images/sea.png)

{{ chart("shares-chart") }}

After [@a, p. 8].

[^own]: Our own [@a, p. 41], and @a [p. 42].
"""
    front = """subtitle: 'Sub [@a, p. 1]'
abstract: 'Abstract [@a, p. 2]'
key_messages: ['Message [@a, p. 3]']
key_figure: {fact: boats-2020, label: 'boats [@a, p. 31]'}
changes: [{date: 2026-11-23, text: 'Changed [@a, p. 9]'}]
"""
    given, images = brief(body, front), {"content/images/sea.png": "png"}
    given = {key: text.replace("title: The sea", "title: 'The sea [@a, p. 0]'") for key, text in given.items()}
    project, _ = load(
        MemoryFiles({**FILES, "content/sources/more.yaml": SOURCES, **charts, **images, **given}),
        read_style=lambda _: find_style(IBID, Path()),
    )
    found = evaluate(project.briefs["sea"], View(answers_of(project)), citeproc.format).brief
    pages = [re.findall(r"\b\d+(?=[.,)]|$)", note)[-1] for note in notes(found) if "Our own" not in note]
    order = ["0", "1", "2", "3", "31", "4", "5", "6", "61", "62", "63", "64", "71", "72", "73", "8", "9"]
    assert pages == order
    assert notes(found)[6] == "Our own (ibid., 41), and Doe, ibid., 42."
    assert notes(found)[5] == "Ibid., 4."
    assert notes(found)[7] == "Ibid., 5."
    assert plain(found, found.title) == "The sea[1]"
    assert found.plain_title == "The sea (Doe, Press, 2020, p. 0)"
    assert plain(found, found.figures[0].note) == "Note.[16]"
    assert found.figures[0].annotations == (("share-2020", "Words (Roe, Press, 2019, p. 99)"),)
    assert 'alt="a picture of (Roe, Press, 2019, p. 98)"' in found.body
    assert {reference.source for reference in found.references} >= {"a", "b"}
    assert [section.title for section in found.sections] == ["Heading"]


def test_a_style_may_refer_to_the_numbers_of_notes(citeproc: Citeproc) -> None:
    body = "One[^own] two [@a, p. 1]. Three [@b]. Four [@a, p. 3]. Five[^own].\n\n[^own]: No source.\n"
    assert notes(printed(citeproc, OSCOLA, body)) == [
        "No source.", "Ann Doe, Alpha (Press 2020) 1.", "Bo Roe, Beta (Press 2019).", "Doe (n 2) 3.",
    ]  # fmt: skip
    body = "One[^own] two [@b]. Three [@a].\n\n[^own]: First [@a, p. 9], says @b.\n"
    assert notes(printed(citeproc, OSCOLA, body)) == [
        "First (Ann Doe, Alpha (Press 2020) 9), says Bo Roe, Beta (Press 2019).", "Roe (n 1).", "Doe (n 1).",
    ]  # fmt: skip


def test_a_note_that_calls_another_and_one_that_is_called_twice(citeproc: Citeproc) -> None:
    body = "A[^n] b [@a] c[^n].\n\n[^n]: Outer[^m] [@b].\n\n[^m]: Inner.\n"
    found = printed(citeproc, CHICAGO, body)
    assert plain(found, found.body) == "A[1] b[3] c[1]."
    assert notes(found) == ["Outer[2] (Bo Roe, Beta (Press, 2019)).", "Inner.", "Ann Doe, Alpha (Press, 2020)."]


def test_what_is_said_of_facts_names_its_source(citeproc: Citeproc) -> None:
    """There are no notes under "How we know", nor is anything there the place that an "ibid." refers to."""
    noted = "  place: AR\n  value: 14\n  note: 'See [@b, p. 7].'"
    files = {"content/facts/sea.yaml": FILES["content/facts/sea.yaml"].replace("  place: AR\n  value: 14", noted)}
    found = printed(citeproc, IBID, 'So {{ fact("boats-2020") }} [@a]. End [@a].', files=files)
    assert notes(found) == ["Ann Doe, Alpha (Press, 2020).", "Ibid."]
    assert plain(found, found.entries[0].note) == "See (Roe, Press, 2019, p. 7)."
    assert {reference.source for reference in found.references} == {"a", "b", "report-2020"}


@pytest.mark.parametrize(
    ("style", "listed"),
    [
        ("chicago-notes", False), (CHICAGO, True), (OSCOLA, True), ("mhra-notes", True),
        ("oscola-no-ibid", True), ("bluebook-law-review", False),
    ],
)  # fmt: skip
def test_a_style_without_bibliography_has_no_references(citeproc: Citeproc, style: str, listed: bool) -> None:
    found = printed(citeproc, style, 'So [@a] {{ fact("boats-2020") }} [@b, p. 3].')
    assert len(found.notes) == 2
    assert bool(found.references) is listed
    assert bool(found.how_to_cite) is listed
    assert "(#" not in "".join(found.notes)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("ieee", "[1, p. 1] [2], [3]"),
        ("nlm-citation-sequence", "(1) (2,3)"),
        ("apa", "(Doe, 2020a, p. 1) (Doe, 2020b; Roe, 2019)"),
        ("chicago-author-date", "(Doe 2020a, 1) (Roe 2019; Doe 2020b)"),
        ("modern-language-association", "(Doe, Alpha 1) (Roe; Doe, Gamma)"),
    ],
)
def test_styles_that_number_or_tell_apart(citeproc: Citeproc, style: str, text: str) -> None:
    found = printed(citeproc, style, "[@a, p. 1] [@b; @c]")
    assert plain(found, found.body) == text
    assert found.notes == ()
    assert len(found.references) == 3


def test_plain_words_have_no_marks_of_emphasis(citeproc: Citeproc) -> None:
    front = "abstract: '[*see* @a, p. **3**, _there_; -@b] and @a [p. `4`] and @b'\n"
    found = printed(citeproc, CHICAGO, "Water.", front)
    assert (
        found.plain_abstract
        == "(see Doe, Press, 2020, p. 3, there; 2019) and Doe, Press, 2020 (p. 4) and Roe, Press, 2019"
    )


def test_code_and_addresses_in_a_citation_do_not_vanish(citeproc: Citeproc) -> None:
    body = "So [@a, p. `4`, see https://x.example/5] and `[@nobody, p. 3]` and <https://x.example/@a>."
    found = printed(citeproc, "apa", body)
    assert plain(found, found.body) == (
        "So (Doe, 2020, p. 4, see https://x.example/5) and [@nobody, p. 3] and https://x.example/@a."
    )


def test_a_style_by_path_and_one_that_depends_on_a_style_of_notes(citeproc: Citeproc, tmp_path: Path) -> None:
    (tmp_path / "house.csl").write_text(find_style("chicago-notes", tmp_path), "utf-8")
    parent = '<link href="http://www.zotero.org/styles/chicago-notes" rel="independent-parent"/>'
    info = f"<info><title>Mine</title><id>mine</id>{parent}</info>"
    (tmp_path / "mine.csl").write_text(
        f'<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">{info}</style>', "utf-8"
    )
    for name in ("house.csl", "mine.csl"):
        found = printed(citeproc, name, "So [@a].", root=tmp_path)
        assert (notes(found), found.references) == (["Ann Doe, Alpha (Press, 2020)."], ())


def test_a_dependent_style_is_its_parent(citeproc: Citeproc) -> None:
    found = printed(citeproc, "nature-digest", "So [@a].")
    assert found.references[0].html == printed(citeproc, "nature", "So [@a].").references[0].html
