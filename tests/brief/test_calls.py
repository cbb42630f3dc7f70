"""Each mistake in a text beside what is said of it: cases/calls.txt.

A case is `== name`, the text, then `-- expect` with one problem a line: `line:column code message | hint`, its lines
counted from the text's first. `UPDATE_EXPECTED=1 pytest tests/brief` writes what is said now; read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportgen.brief.evaluate import evaluate
from reportgen.diagnostics import in_file_order
from reportgen.facts.view import View
from reportgen.model.project import Project
from tests.brief.project import FILES, answers_of, brief, fake_cite, loaded, shown

CASES = Path(__file__).parent / "cases" / "calls.txt"
OLD = """\
- {id: old, claim: "It was {value}.", value: 3, rank: deprecated, evidence: [{source: report-2020, quote: "it was 3"}]}
"""
FILES_TOO = {
    "content/facts/sea.yaml": FILES["content/facts/sea.yaml"] + OLD,
    "content/conflicts.yaml": "- {id: boats, facts: [boats-2020, old], preferred: boats-2020, reason: Old.}\n",
    "content/images/boats.png": "x",
}


def cases() -> list[tuple[str, str, str]]:
    found = []
    for part in CASES.read_text("utf-8").split("== ")[1:]:
        name, _, rest = part.partition("\n")
        text, _, expected = rest.partition("-- expect\n")
        found.append((name, text, expected))
    return found


def project_of(text: str) -> Project:
    return loaded({**FILES_TOO, **brief(text)})


def said(text: str) -> str:
    project = project_of(text)
    found = evaluate(project.briefs["sea"], View(answers_of(project)), fake_cite)
    first = project.briefs["sea"].body_line - 1
    return "".join(f"{p.span.line - first}:{shown(p).partition(':')[2]}\n" for p in in_file_order(found.diagnostics))


if os.environ.get("UPDATE_EXPECTED"):
    CASES.write_text("".join(f"== {name}\n{text}-- expect\n{said(text)}" for name, text, _ in cases()), "utf-8")


@pytest.mark.parametrize(("name", "text", "expected"), cases(), ids=lambda part: part.partition("\n")[0][:50])
def test_mistakes(name: str, text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize("text", [text for _, text, _ in cases()], ids=[name for name, _, _ in cases()])
def test_other_line_breaks_change_no_place(text: str) -> None:
    """CR LF moves nothing: the same lines, columns and words."""
    assert said(text.replace("\n", "\r\n")) == said(text)
