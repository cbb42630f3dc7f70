"""A Markdown text in, the same text with blanks for all that is not read as prose, and what it cites, out. Pure.

What is prose says the block grammar itself: the lines of code, of link definitions and of comments are none wherever
they stand, and a code span ends with its paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reportgen.brief.citations import find_citations, mask_verbatim
from reportgen.brief.findings import Findings
from reportgen.brief.grammar import parser
from reportgen.model.citation import FoundCitations

_HOLE = "\ufffc"
"""Stands for a sign that Markdown would replace."""


@dataclass(frozen=True, slots=True)
class CitingText:
    """An author's text as citations are read in it."""

    text: str
    """With signs that mean nothing in the place of calls and statements."""
    masked: str
    """With blanks for what is no prose, too."""
    found: FoundCitations


def read_citations(text: str, holes: Sequence[tuple[int, int]], lang: str, *, blocks: bool) -> CitingText:
    """What a text in a language cites: one of many blocks, or a line. `holes` are its calls and statements."""
    out: list[str] = []
    at = 0
    for start, end in holes:
        out += text[at:start], "\x00" * (end - start)
        at = end
    blank = "".join((*out, text[at:]))
    masked = prose_mask(blank) if blocks else mask_verbatim(blank)
    return CitingText(blank, masked, find_citations(masked, lang))


@lru_cache(32)  # asked before an evaluation, for the sources that a site shows; and `publish` evaluates a text thrice
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
