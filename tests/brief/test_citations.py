"""Citations of a brief: where they print, which sources are listed, how they become notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.brief.evaluate import Evaluation, evaluate
from reportgen.citing.pandoc import Citeproc
from reportgen.citing.styles import find_style
from reportgen.facts.view import View
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.model.citation import CitationRequest, FormattedCitations
from reportgen.model.evaluated import FIRST_INSERT, CitationMark, NoteMark
from tests.brief.project import BRIEF, FILES, answers_of, evaluated, fake_cite, fake_notes, told


def items(found: Evaluation, html: str) -> list[object]:
    return [found.brief.inserts[ord(c) - FIRST_INSERT] for c in html if ord(c) >= FIRST_INSERT]


def test_only_cited_sources_and_those_of_printed_facts_are_listed() -> None:
    found = evaluated('{{ fact("boats-2020") }}')
    assert [(r.source, r.facts, r.cited) for r in found.brief.references] == [("report-2020", 1, ())]
    found = evaluated('{{ fact("rise") }} [@unused, p. 3]')
    assert [(r.source, r.facts) for r in found.brief.references] == [
        ("paper-2021", 1),
        ("report-2020", 1),
        ("unused", 0),
    ]
    assert evaluated("Water.").brief.references == ()


def test_links_back_lead_to_citations_that_stand_on_the_page() -> None:
    found = evaluated("a [@unused] b [@unused] c [@unused]\n\n## d [@unused]\n\n- [@unused] [@unused]\n")
    assert found.brief.references[0].cited == ("cite-1", "cite-2", "cite-3", "cite-4", "cite-6")
    assert [i.citation for i in items(found, found.brief.body) if isinstance(i, CitationMark)] == [0, 1, 2, 3, 5]
    titled = evaluated("[@unused]", "subtitle: As @unused says\n")
    assert titled.brief.references[0].cited == ("cite-1", "cite-2")


def test_a_merged_citation_is_not_asked_for() -> None:
    asked: list[CitationRequest] = []

    def cite(request: CitationRequest) -> FormattedCitations:
        asked.append(request)
        return fake_cite(request)

    found = evaluated("a [@unused] [@unused] b [@report-2020]", cite=cite)
    assert [c.items[0].source for c in asked[0].citations] == ["unused", "report-2020"]
    assert found.brief.citations == ("", "(unused)", "(report-2020)")


def test_different_locators_are_not_merged() -> None:
    found = evaluated("[@unused, p. 3] [@unused, p. 4] [@unused, ch. 4] [-@unused, ch. 4]")
    assert len(items(found, found.brief.body)) == 4


def test_an_unknown_word_for_a_place_is_told_once() -> None:
    found = evaluated("[@unused, para 3] [@unused, para 4] [@report-2020, art. 2, cl. 7] [@unused, {} para 5]")
    notices = [problem for problem in found.diagnostics if problem.code == "unknown-locator"]
    assert [(problem.message.partition(" is ")[0], problem.severity) for problem in notices] == [
        ('"para 3"', "notice"),
        ('"cl. 7"', "notice"),
    ]
    assert 'write "para. 3"' in (notices[0].hint or "")
    assert "para., pt., r., s., " in (notices[1].hint or "")


def test_a_word_that_means_a_page_elsewhere_is_no_section() -> None:
    for lang, hint in (("de", 'write "p. 3"'), ("en", 'write "s. 3"')):
        (notice,) = evaluated("[@unused, S. 3]", f"lang: {lang}\n").diagnostics
        assert (notice.hint or "").startswith(hint)


def test_citations_in_notes_cells_and_messages() -> None:
    found = evaluated(
        "A[^n].\n\n| a |\n|---|\n| [@unused, p. 3] |\n\n[^n]: As @report-2020 says.\n",
        'abstract: "Seen [@paper-2021]"\nkey_messages: ["One [@unused]"]\n',
    )
    brief = found.brief
    assert [
        type(i) for text in (brief.abstract, brief.key_messages[0], brief.notes[0]) for i in items(found, text)
    ] == [CitationMark] * 3
    assert brief.citations == ("(paper-2021)", "(unused)", "(unused)", "(report-2020)")
    assert told(found) == []


def test_in_a_style_of_notes_citations_are_numbered_with_the_authors_notes() -> None:
    found = evaluated(
        "A[^n] b [@unused] c @report-2020 d[^n] e[^m].\n\n[^n]: Note [@unused].\n\n[^m]: More.\n",
        'abstract: "Seen [@paper-2021]"\n',
        cite=fake_notes,
    )
    brief = found.brief
    assert [i.note for i in items(found, brief.abstract) if isinstance(i, NoteMark)] == [0]
    assert [i.note for i in items(found, brief.body) if isinstance(i, NoteMark)] == [1, 2, 3, 1, 4]
    cited = '<span data-n="citation">({})</span>'
    assert brief.notes[0] == cited.format("paper-2021")
    assert brief.notes[1].startswith("Note ")
    assert brief.notes[2:] == (cited.format("unused"), cited.format("report-2020"), "More.")
    # In a note the citation stands in its place; in the text only a name that is part of the sentence does.
    assert brief.citations == ("", "", "report-2020", "(unused)")


def test_a_citation_in_code_or_an_address_is_none() -> None:
    found = evaluated("`[@nobody]` and <https://x.example/@nobody> and a@b.example and \\@nobody")
    assert told(found) == []
    assert found.brief.citations == ()


def test_columns_of_unknown_sources() -> None:
    found = evaluated('First.\n\nA {{ fact("boats-2020") }} and [see @unused, p. 2; @un-used, p. 3].\n')
    assert told(found) == ['7:53 unknown-source no source has the id "un-used" | did you mean "unused"?']


def test_chicago_notes_by_pandoc() -> None:
    """The real processor in a style of notes."""
    text = FILES[BRIEF] + "A [@unused, p. 3] b [@unused, p. 4][^1].\n\n[^1]: See @report-2020.\n"
    project, _ = load(
        MemoryFiles({**FILES, BRIEF: text}),
        read_style=lambda _: find_style("chicago-notes-bibliography", Path()),
    )
    with Citeproc() as citeproc:
        found = evaluate(project.briefs["sea"], View(answers_of(project)), citeproc.format).brief
    assert len(found.notes) == 3
    assert "Dry" in found.notes[0]
    assert "3" in found.notes[0]
    assert "4" in found.notes[1]
    assert "Sea" in found.citations[2]
    assert {r.source for r in found.references} == {"unused", "report-2020"}
    assert "The Sea" in found.how_to_cite or "The sea" in found.how_to_cite


@pytest.mark.parametrize(
    "text",
    [
        "An open ` sign.\n\nWords [@report-2020].\n\nAnd `code`.",
        "- item\n\n      ```\n      code [@nobody]\n      ```\n\n  Words [@report-2020].",
        "Words.[^a]\n\n[^a]: A note.\n\n    | a | b |\n    |---|---|\n    | c [@report-2020] | d |",
        '!!! note "Title"\n    Words [@report-2020].',
        "> - Words [@report-2020]\n>\n>       [@nobody]",
        "Term\n:   Words [@report-2020]\n\n[x]: https://example.org/@nobody\n\n[x]",
        "| a\\|b [@report-2020] | `[@nobody]` |\n|---|---|\n| c | d |",
    ],
)
def test_citations_are_found_where_markdown_reads_prose(text: str) -> None:
    found = evaluated(text)
    assert [problem.message for problem in found.diagnostics if problem.severity == "error"] == []
    assert len(found.brief.citations) == 1
    assert "[@report" not in found.brief.body + "".join(found.brief.notes)
