"""Texts beside the HTML that they become: cases/markdown.txt, inserts shown as `‹Mark 0›`.

`UPDATE_EXPECTED=1 pytest tests/brief` writes what comes out now; read the difference first.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from reportgen.brief.evaluate import Evaluation
from reportgen.brief.markdown import Converter, slug
from reportgen.model.evaluated import FIRST_INSERT, CitationMark, Mark, NoteMark
from tests.brief.project import evaluated, shown

CASES = Path(__file__).parent / "cases" / "markdown.txt"


def cases() -> list[tuple[str, str, str]]:
    found = []
    for part in CASES.read_text("utf-8").split("== ")[1:]:
        name, _, rest = part.partition("\n")
        text, _, expected = rest.partition("-- expect\n")
        found.append((name, text, expected))
    return found


def of(name: str, text: str) -> Evaluation:
    lang = name[:2] if name[2:3] == ":" else "en"
    return evaluated(text, f"lang: {lang}\n", {"content/images/boats.png": "x"})


def made(name: str, text: str) -> str:
    found = of(name, text)

    def named(insert: re.Match[str]) -> str:
        item = found.brief.inserts[ord(insert.group()) - FIRST_INSERT]
        match item:
            case Mark(text=text, letter=letter):
                return f"‹{text}{'' if letter else ' without a letter'}›"
            case NoteMark(note=number) | CitationMark(citation=number):
                return f"‹{type(item).__name__} {number}›"
        return f"‹{type(item).__name__}›"

    lines = [found.brief.body, *(f"note {n}: {note}" for n, note in enumerate(found.brief.notes))]
    lines += [f"section {s.level} {s.anchor}: {s.title}" for s in found.brief.sections]
    lines += [f"problem {shown(problem)}" for problem in found.diagnostics]
    return re.sub("[\U000f0000-\U000ffffd]", named, "\n".join(lines)) + "\n"


if os.environ.get("UPDATE_EXPECTED"):
    CASES.write_text("".join(f"== {name}\n{text}-- expect\n{made(name, text)}" for name, text, _ in cases()), "utf-8")


@pytest.mark.parametrize(("name", "text", "expected"), cases(), ids=lambda part: part.partition("\n")[0][:40])
def test_html(name: str, text: str, expected: str) -> None:
    assert made(name, text) == expected


@pytest.mark.parametrize(
    "text", ["5. a title", "# a title", "- a title", "> a title", "    a title", "a\n---", "2021. x"]
)
def test_a_title_is_one_line_of_text(text: str) -> None:
    html = Converter().convert_inline(text, str).html
    assert not re.search(r"<(?:ol|ul|h\d|blockquote|pre|hr)\b", html)


def test_a_figure_of_another_brief_has_no_anchor_here() -> None:
    found = evaluated('## Figure shares chart {#figure-shares-chart}\n\n{{ chart("shares-chart") }}')
    assert [s.anchor for s in found.brief.sections] == ["section-figure-shares-chart"]
    assert found.brief.figures[0].anchor == "figure-shares-chart"


@pytest.mark.parametrize("sign", ["[", "![", "[a](", "[a] ", "[a](b) "])
def test_thousands_of_brackets_take_no_minutes(sign: str) -> None:
    began = time.process_time()
    Converter().convert(sign * 4000, str, lambda _: "")
    assert time.process_time() - began < 5


def test_what_is_nested_too_deep_is_told() -> None:
    assert [problem.code for problem in evaluated("1. " * 4000).diagnostics] == ["too-deep"]
    assert "<code>" in evaluated("As `code`.").brief.body, "the next text is read as ever"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[a](https://x.org "T") b', "a (T) b"),
        ('[a][b]\n\n[b]: https://x.org "T"', "a (T)"),
        ('[a](https://x.org "A")', "a"),
        ('<abbr title="T">A</abbr>, <abbr title="T">A</abbr>', "A (T), A"),
        ("# A\n\nA and A\n\n*[A]: T", "A\nA (T) and A"),
        ("# A\n\nb\n\n*[A]: T", "A (T)\nb"),
        ('<table><tr><td title="T">a</td></tr></table>', "a (T)"),
        ('a ![b](images/a.png "T *u*") c', "a T u c"),
        ('- [![b](images/a.png "T")](https://x.org)', "T"),
        ("*[A]: b* and c", "[A]: b and c"),
        ('<a id="a"/>b', "b"),
    ],
)
def test_words_of_titles_are_in_the_text(text: str, words: str) -> None:
    found = evaluated(text, files={"content/images/a.png": ""})
    assert re.sub("<[^>]*>", "", found.brief.body).strip() == words
    assert "></a>b" in found.brief.body or "<a id" not in text


@pytest.mark.parametrize(
    ("words", "anchor"),
    [
        ("Что из этого следует?", "что-из-этого-следует"),
        ("हिन्दी शीर्षक", "हिन्दी-शीर्षक"),
        ("ผลการศึกษา", "ผลการศึกษา"),
        ("\u2696\ufe0f The law", "the-law"),
        ("Cafe\u0301 au lait", "café-au-lait"),
    ],
)
def test_an_anchor_has_all_letters_of_a_heading(words: str, anchor: str) -> None:
    assert slug(words) == anchor
