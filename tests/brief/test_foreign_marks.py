r"""What people bring along from other programs is read, or told once a kind with its line.

The table names the programs: Pandoc and Quarto, MyST, MkDocs with Material, Obsidian, GitHub, LaTeX, and slips of the
hand.
"""

from __future__ import annotations

import re

import pytest
from lxml.html import defs

from reportgen.brief.doubts import told
from reportgen.brief.foreign_marks import HINTS
from reportgen.brief.markdown import Converter
from reportgen.brief.tags import KNOWN_TAGS, TAGS
from reportgen.diagnostics import Diagnostic, Span
from tests.brief.project import evaluated

CONVERTER = Converter()
TABLE = "| a | b |\n|---|---|\n| c | d |\n\n"
TOLD = {
    "HTML": {
        "a <big>b</big>": "html-removed the HTML element <big>",
        "an <acronym>ABC</acronym>": "html-removed the HTML element <acronym>",
        "<tt>x</tt>": "html-removed the HTML element <tt>",
        "a <math><mi>x</mi><mo>=</mo><mn>y</mn></math>": "html-removed the HTML element <math>",
        "<math>\n<mi>x</mi>\n</math>": "html-removed the HTML element <math>",
        "<svg><path d=x/></svg>": "html-removed the HTML element <svg>",
        "<?xml version?>": 'unread-mark "<?xml version?>"',
        "<!DOCTYPE html>": 'unread-mark "<!DOCTYPE html>"',
        "<![CDATA[x]]>": 'unread-mark "<![CDATA[x]]>"',
        "a\n\n<!-- b\n\nc": 'unread-mark "<!-- b" is printed as it is typed',
        "a <!-- b": 'unread-mark "<!-- b"',
    },
    "LaTeX": {
        r"so \(x\) and": r'unread-mark "\(x\)" is not printed as it is meant',
        r"so \(a_b\) and": r'unread-mark "\(a_b\)"',
        r"\[x = y\]": r'unread-mark "\[x = y\]"',
        "\\begin{equation}\nx\n\\end{equation}": r'unread-mark "\begin{equation}"',
        r"a \textbf{x}": r'unread-mark "\textbf{x}"',
        r"\newpage": r'unread-mark "\newpage"',
        "a $x$ b": 'unread-mark "$x$"',
        "$$\nx\n$$": 'unread-mark "$$',
    },
    "Pandoc and Quarto": {
        "[text]{.smallcaps}": 'unread-mark "{.smallcaps}"',
        "| line one\n| line two": 'unread-mark "| line one',
        "#. one\n#. two": 'unread-mark "#. one',
        "(@) one\n(@) two": 'unread-mark "(@) one',
        "(i) one\n(ii) two": 'unread-mark "(i) one',
        "ii. one\niii. two": 'unread-mark "ii. one',
        "% A title\n% Its author": 'unread-mark "% A title"',
        f"{TABLE}: A caption": 'unread-mark ": A caption"',
        f"{TABLE}Table: A caption": 'unread-mark "Table: A caption"',
        "Right   Left\n-----   -----\na       b": 'unread-mark "-----   -----" is not printed as it is meant',
        "+---+\n| a |\n+---+": 'unread-mark "+---+"',
        "Term\n~ a definition": 'unread-mark "~ a definition"',
        "```{r}\nx\n```": 'unread-mark "{r}"',
        "```{python, echo}\nx\n```": 'unread-mark "{python, echo}"',
        "```{=html}\n<b>\n```": 'unread-mark "{=html}"',
        "`x`{=latex}": 'unread-mark "`{=latex}"',
        "a ^b^ c": 'unread-mark "^b^"',
        "H~b~O": 'unread-mark "~b~"',
        "::: {.callout-note}\nx\n:::": 'unread-mark "::: {.callout-note}"',
        "[@fig:one]": 'unknown-source no source has the id "fig:one"',
        "{{< include x >}}": "template-syntax this call cannot be read",
    },
    "MyST and reStructuredText": {
        "```{note}\nx\n```": 'unread-mark "{note}"',
        "```{figure} a.png\nx\n```": 'unread-mark "{figure} a.png"',
        "{ref}`x`": 'unread-mark "{ref}`"',
        "(label)=\n# Head": 'unread-mark "(label)="',
        "a\n\n+++\n\nb": 'unread-mark "+++"',
        "% a comment": 'unread-mark "% a comment"',
        ":::{note}\nx\n:::": 'unread-mark ":::{note}"',
        ".. note:: x": 'unread-mark ".. note:: x"',
        ":ref:`x`": 'unread-mark ":ref:"',
    },
    "MkDocs and Material": {
        "??? note\n    x": 'unread-mark "??? note"',
        '???+ note "T"\n    x': 'unread-mark "???+ note',
        '=== "Tab"\n    x': 'unread-mark "=== "Tab""',
        ":material-account-circle:": 'unread-mark ":material-account-circle:"',
        "++ctrl+alt++": 'unread-mark "++ctrl+alt++"',
        "an ^^inserted^^ word": 'unread-mark "^^inserted^^"',
        "{--del--}": 'unread-mark "{--del--}" is not printed as it is meant',
        "{++add++}": 'unread-mark "{++add++}"',
        "{~~a~>b~~}": 'unread-mark "{~~a~>b~~}"',
        "{==x==}": 'unread-mark "==x=="',
        "{>>a comment<<}": 'unread-mark "{>>a comment<<}"',
        '--8<-- "a.md"': 'unread-mark "--8<--',
        "[TOC]": 'unread-mark "[TOC]"',
        "!!! note inline end\n    x": 'unread-mark "inline end"',
        '!!! tip annotate "T"\n    x': 'unread-mark "annotate"',
        "!!! note\nx": 'unread-mark "!!! note" is not printed as it is meant',
        "/// note\nx\n///": 'unread-mark "/// note"',
        "- TOC\n{:toc}": 'unread-mark "{:toc}"',
    },
    "Obsidian": {
        "[[x]]": 'unread-mark "[[x]]"',
        "![[x]]": 'unread-mark "[[x]]"',
        "a %%comment%%": 'unread-mark "%%comment%%"',
        "%%\na\nb\n%%": 'unread-mark "%%',
        "==x==": 'unread-mark "==x=="',
        "text ^block-id": 'unread-mark "^block-id"',
        "> [!faq] T\n> x": 'unread-mark "[!faq] T"',
        "> [!note]- T\n> x": 'unread-mark "[!note]- T"',
        "- [>] x\n- [-] y": 'unread-mark "[>] x"',
    },
    "GitHub": {
        ":tada:": 'unread-mark ":tada:"',
        "$`x`$": 'unread-mark "$`x`$"',
        "```mermaid\nx\n```": 'unread-mark "mermaid"',
        "```math\nx\n```": 'unread-mark "math"',
        "a ~gone~ b": 'unread-mark "~gone~"',
        "> [!NOTE] T\n> x": 'unread-mark "[!NOTE] T"',
        "a[^x]\n\n[^x] : c": 'unknown-note no note has the label "x"',
    },
    "slips": {
        "[a][b] c": 'unread-mark "[a][b]"',
        "[a](b c.pdf)": 'unread-mark "](b c.pdf)"',
        "![a](images/a dam.png)": 'unread-mark "](images/a dam.png)"',
        "![a](images/a dam.png 'A (tall) dam.')": "unread-mark \"](images/a dam.png 'A (tall) dam.')\"",
        "![a](images/x.png =300x)": 'unread-mark "](images/x.png =300x)"',
        "[a] (https://x.org)": 'unread-mark "] (https://x.org)"',
        "![a] (images/x.png)": 'unread-mark "] (images/x.png)"',
        "**bold **text": 'unread-mark "**bold **"',
        "** bold**": 'unread-mark "** bold**"',
        "**bold:**text": 'unread-mark "**bold:**"',
        "##Head": 'unread-mark "##Head"',
        "-one\n-two": 'unread-mark "-one',
        "•  one\n•  two": 'unread-mark "•  one',
        "– one\n– two": 'unread-mark "– one',
        "||hidden||": 'unread-mark "||hidden||"',
    },
}
"""Where from -> what is written -> what its author is told, with the first line of the text."""


@pytest.mark.parametrize(("text", "problem"), [each for kind in TOLD.values() for each in kind.items()])
def test_a_mark_of_another_program_is_told(text: str, problem: str) -> None:
    lines = [f"{found.code} {found.message}" for found in problems(text)]
    assert [line for line in lines if line.startswith(problem)], lines


def problems(text: str) -> list[Diagnostic]:
    """What is told of a text: where it has calls or citations, by all of the program, else by its Markdown."""
    if "{{" in text or "@fig" in text:
        return [*evaluated(text).diagnostics]
    return [told(doubt, Span.at("a.md")) for doubt in CONVERTER.convert(text, str, lambda _: "").doubts]


def test_each_kind_is_told_once_and_no_other_with_it() -> None:
    for text in (text for kind in TOLD.values() for text in kind):
        alone, twice = (sum(found.code == "unread-mark" for found in problems(t)) for t in (text, f"{text}\n\n{text}"))
        assert alone == twice <= 1, text


@pytest.mark.parametrize(
    "text",
    [
        r"\[sic\] and \(so\) and \*a\*",
        r"C:\temp\new and \\server\files",
        "a | b and a || b, x |y| z",
        "(see a) so\n(see b) too",
        "A. Smith\nand B. Jones",
        "on sale (% of all)",
        "Table: see below\nand so on",
        "`{ref}` and `{{x}}` `==x==` `$x$` `++a++` `%%b%%` `[[c]]`",
        "https://example.org/a^b~c%%d[x][y]",
        "C++ and D++, a+++b",
        "a[i][j] and [sic] [so]",
        "[a][b] c\n\n[b]: https://example.org/",
        "so ~ten of ~twenty",
        "\\*\\*words\\*\\*",
        "`**a**` **b** ***c*** **d:** **e.**",
        "[a](<b.pdf> 'two words') [c](https://example.org 'd e')\n\n[f] (as said)",
        "# a\n\n#word\n\n- b\n- c\n\n–ten to –five",
        "[!] so, [?] so",
        "a\n\n---\n\nb\n\n- - -\n\nc\n\n***",
        "```python\n$x$ ==y== {ref}`z`\n```",
        "```{.python #a}\nx\n```",
        "!!! note\n    x\n\n!!! tip \"The end\"\n    y\n\n!!! note End of it\n    z",
        "> [!NOTE]\n> x\n\n> [!WARNING]\n> y",
        "a ^ b, x^ y^",
        "a[^n][^m] b^[c]^[d]\n\n[^n]: e\n\n[^m]: f[^n]",
        "Note: so.\n\nNota bene: so",
        "== a\n\nb == c",
        "a < b > c <redacted> <the name>",
    ],
)  # fmt: skip
def test_what_is_none_is_not_told(text: str) -> None:
    assert [found for found in problems(text) if found.code in ("unread-mark", "html-removed")] == []


def test_a_list_where_one_paragraph_stands_is_told_once() -> None:
    (found,) = evaluated("x", 'key_messages: ["- a\\n- b"]\n').diagnostics
    assert found.hint == HINTS["block"]


def test_every_element_of_html_is_known() -> None:
    """Any other word in angle brackets is text; lxml lists what HTML has had."""
    assert defs.tags - {"image", "command"} <= KNOWN_TAGS
    assert {"math", "mi", "svg", "path", "ruby", "dialog"} <= KNOWN_TAGS - {*TAGS}


def test_each_hint_belongs_to_a_mark_of_the_table() -> None:
    elsewhere = {"in HTML", "markdown=", "[^]", "block", "definition", "|--|", "| |", "tabs", "{.x}", "<!"}
    said = {found.hint for kind in TOLD.values() for text in kind for found in problems(text)}
    said |= {re.sub(r"(<su[bp]>).*?<", r"\1{}<", hint) for hint in said}
    assert {mark for mark, hint in HINTS.items() if hint not in said} <= elsewhere
