"""A Markdown text in, the same text with blanks for all that is not read as prose out. Pure.

What is prose says the block grammar itself: the lines of code, of link definitions and of comments are none wherever
they stand, and a code span ends with its paragraph.
"""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reportgen.brief.citations import mask_verbatim
from reportgen.brief.findings import Findings
from reportgen.brief.grammar import parser

_HOLE = "\ufffc"
"""Stands for a sign that Markdown would replace."""


def prose_mask(text: str) -> str:
    """The text, of the same length and lines, with blanks for code, addresses, tags, comments and definitions."""
    given = text.replace("\0", _HOLE)
    tokens: list[Token] = []
    md = _grammar()
    md.block.parse(given, md, {"findings": Findings()}, tokens)
    lines, masked = text.split("\n"), [" " * len(line) for line in text.split("\n")]
    at = [0] * len(lines)
    """Where the next run of each line may begin: a row of a table holds several."""
    for token in tokens:
        if token.type not in ("inline", "html_block") or token.map is None:
            continue
        content = token.content.rstrip("\n").replace(_HOLE, "\0")
        for n, (said, shown) in enumerate(
            zip(content.split("\n"), mask_verbatim(content).split("\n"), strict=True), token.map[0]
        ):
            if n >= len(lines):
                break
            start = lines[n].find(said, at[n])
            if start < 0:  # an escape was read: the whole line is looked at
                masked[n] = mask_verbatim(lines[n])
                continue
            at[n] = start + len(said)
            masked[n] = masked[n][:start] + shown + masked[n][at[n] :]
    return "\n".join(masked)


@cache
def _grammar() -> MarkdownIt:
    return parser()
