"""What a page prints a citation of has a page: the sources of a site are those that its texts cite."""

from __future__ import annotations

import re

import pytest

from reportgen.brief.evaluate import evaluate
from reportgen.brief.shown_sources import shown_sources
from reportgen.facts.view import View
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from tests.brief.project import answers_of, brief, fake_cite, loaded
from tests.website.test_citations_everywhere import FILES

FRONTS = (
    'abstract: "[@unused]: overview."',
    'abstract: "    [@unused] after four blanks"',
    'title: "The sea [@unused]"',
    'key_messages: ["```", "[@unused]: so"]',
    'subtitle: "> [^n]: [@unused]"',
)


@pytest.mark.parametrize("front", FRONTS)
def test_a_line_of_text_is_read_as_it_is_printed(front: str) -> None:
    files = brief("Water.\n", f"{front}\n")
    if front.startswith("title"):
        files = {path: text.replace("title: The sea\n", "") for path, text in files.items()}
    project = loaded(files)
    found = evaluate(project.briefs["sea"], View(answers_of(project)), fake_cite)
    assert [work.source for work in found.brief.references] == ["unused"]
    assert "unused" in shown_sources(project, ["sea"])


BODIES = (
    "{=# [@unused] #=}",
    "`[@unused]`",
    "    [@unused]\n",
    "{% if false %}[@unused]{% endif %}",
    "[x]: https://a.example/ '[@unused]'\n\n[x]",
    "> [^n]: [@unused]\n\nSo[^n].",
    "- a\n\n      [@unused]\n",
    "<div>[@unused]</div>",
    "<!-- [@unused] -->",
    "so^[and [@unused]]",
)


@pytest.mark.parametrize("body", BODIES)
def test_the_main_text_is_read_as_it_is_printed(body: str) -> None:
    project = loaded(brief(body))
    found = evaluate(project.briefs["sea"], View(answers_of(project)), fake_cite)
    assert ("unused" in shown_sources(project, ["sea"])) == ("unused" in [w.source for w in found.brief.references])


def test_every_text_of_a_page_counts() -> None:
    """Each text cites a source of its own."""
    count = 0

    def cited(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        words = f"Zq again [@s-{count}]"
        return f'"{words}"' if found.string[: found.start()].rstrip(" ")[-1:] in (":", ",", "[") else words

    files = {path: re.sub("RICH|SHORT", cited, text) for path, text in FILES.items()}
    sources = "".join(f"- {{id: s-{n}, type: book, title: Book {n}, issued: 2019}}\n" for n in range(1, count + 1))
    files["content/sources/sources.yaml"] += sources
    project, problems = load(MemoryFiles(files), read_style=lambda _: "")
    assert [problem for problem in problems if problem.severity == "error"] == []
    found = evaluate(project.briefs["ferries"], View(answers_of(project)), fake_cite)
    printed = {work.source for work in found.brief.references}
    assert {f"s-{n}" for n in range(1, count + 1)} <= printed
    assert printed <= set(shown_sources(project, ["ferries"]))
