"""The pages of all codes in, docs/messages.md out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from reportgen.messages.pages import Explanation

INTRODUCTION = """\
# Messages

Every problem that the program names has a code, which stands in brackets: `error[unknown-fact]`. `reportgen explain
CODE` prints what this page says of it. The examples are changes to the project that `reportgen new` writes: try them in
one of your own.
"""


def document(pages: Iterable[Explanation]) -> str:
    """All pages as one Markdown document, docs/messages.md."""
    listed = tuple(pages)
    index = [
        f"- {letter.upper()}: " + " · ".join(f"[{each.code}](#{each.code})" for each in group)
        for letter, group in groupby(listed, key=lambda each: each.code[0])
    ]
    return "\n".join([INTRODUCTION, *index, "", *(_deeper(each.text) for each in listed)])


def _deeper(text: str) -> str:
    """A page's headings one level down, outside its examples."""
    lines, fence = [], ""
    for line in text.split("\n"):
        mark = line[: len(line) - len(line.lstrip("`"))]
        if len(mark) >= 3:
            fence = mark if not fence else "" if mark == fence else fence
        lines.append(f"#{line}" if line.startswith("#") and not fence else line)
    return "\n".join(lines)
