"""A folded text in, its lines, paragraphs and sentences out, by their places in the folded text. Pure.

A row of a table is a paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.evidence.fold import LINE_JOIN, FoldedText
from reportgen.evidence.sentences import sentence_ends


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A line of a text."""

    start: int
    end: int
    text: str
    first: bool
    """Whether a paragraph begins with it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph."""

    start: int
    end: int
    text: str
    """As folded; a hyphen at a line's end stands as one."""
    lines: tuple[PassageLine, ...]
    ends: tuple[int, ...]
    """Where its sentences but the first begin, from its start."""

    def line_at(self, offset: int) -> PassageLine:
        """The line that holds a place of the folded text."""
        return next((line for line in self.lines if offset < line.end), self.lines[-1])

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Where the sentence around a place of the folded text begins and ends there."""
        place = offset - self.start
        after = bisect_right(self.ends, place)
        first = self.ends[after - 1] if after else 0
        last = self.ends[after] - 1 if after < len(self.ends) else len(self.text)
        return self.start + first, self.start + last


def passages(folded: FoldedText) -> Iterator[Passage]:
    """The paragraphs of a text, in its order. Those without a word are left out."""
    lines: list[PassageLine] = []
    for start, end, first in _lines(folded.original, folded.lines_are_paragraphs):
        low, high = bisect_left(folded.starts, start), bisect_left(folded.starts, end)
        while low < high and folded.text[low] == " ":
            low += 1
        while low < high and folded.text[high - 1] == " ":
            high -= 1
        if first and lines:
            yield _passage(folded, lines)
            lines = []
        if low < high:
            lines.append(PassageLine(low, high, folded.text[low:high].replace(LINE_JOIN, "-"), not lines))
    if lines:
        yield _passage(folded, lines)


def _passage(folded: FoldedText, lines: list[PassageLine]) -> Passage:
    start, end = lines[0].start, lines[-1].end
    text = folded.text[start:end].replace(LINE_JOIN, "-")
    return Passage(start, end, text, tuple(lines), sentence_ends(text))


def _lines(text: str, all_first: bool) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each line, and whether a paragraph begins there."""
    first = True
    start = 0
    for found in re.finditer(r"\r\n|\n|\r|\Z", text):
        if (line := text[start : found.start()]).strip():
            is_row = " | " in line or line.startswith("| ")
            yield start, found.start(), first or all_first or is_row
            first = is_row
        else:
            first = True
        start = found.end()
