"""A converted text in, the positions of its numbers in the author's text out. Pure.

Within a block Markdown keeps no positions, so each token (a run of digits or a number word) of the author's text is
followed by a private-use character that numbers it, the text is converted once more, and its tokens are matched with
those of the real one. Where such a character would change the Markdown (a list marker, an address), there is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, partial
from html import unescape

from reportgen.language.typed_numbers import DIGIT, number_words_of
from reportgen.late_patterns import regex

TAG_OR_TEXT = regex(r'<(?:[^<>"]|"[^"]*")*>|[^<]+|<')
ATTRIBUTE = regex(r'\s(alt|title)="([^"]*)"')
"""Attributes whose text is shown or read aloud."""
MARK = regex("[\U00100000-\U0010fffd]")
_FIRST_MARK = 0x100000
_MOST = 0xFFFE
_ENTITIES = regex(rf"[{DIGIT}]*(?:&#?\w+;[{DIGIT}]*)+")
"""Entities in a row, with the digits between them."""
_UNMARKED = regex(
    r"""
    ^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*\d+[.)](?=[ \t\n])   # list markers
  | &\#?\w+;                                               # entities
  | (?P<tag></?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>|<!--.*?-->)
  | ^(?P<fence>```+|~~~+)[^\n]*\n                          # a fence's first line
  | ^[ ]{0,3}\*\[[^\]\n]*\]:                               # keys of abbreviations
  | \[\^[^\]\n]*\]:?                                       # labels of notes
  | ^[ ]{0,3}\[[^\]\n]+\]:[ \t]*\S*                         # link definitions
  | \]\[[^\]\n]*\]                                         # their uses
  | (?<=\])\([^()\s"']*(?:\([^()\s]*\)[^()\s"']*)*          # link targets
  | \{:?[ ]*(?:[#.]|[A-Za-z][\w:.-]*=)[^{}\n]*\}          # attribute lists
    """,
    re.M | re.S | re.X,
)
_SPOKEN = regex(r"""\b(?:alt|title)\s*=\s*("[^"]*"|'[^']*')""", re.I)


@cache
def tokens() -> re.Pattern[str]:
    """Digits, or a number word of any language. To compile it takes a while, and most texts have no number to be told
    of."""
    return re.compile(rf"[{DIGIT}]+|{number_words_of()}", re.I)


@dataclass(frozen=True, slots=True)
class MarkedTokens:
    """A text whose tokens are marked."""

    text: str
    """With a mark after each token."""
    spans: tuple[tuple[int, int], ...]
    """Mark -> the position of its token in the author's text."""


@dataclass(frozen=True, slots=True)
class Marked:
    """An author's text with calls replaced, and where its tokens come from."""

    plain: str
    """Without the marks."""
    marks: Callable[[], MarkedTokens]
    """Found when it is asked for: few texts have a number to be told of."""
    origins: tuple[tuple[int, int], ...] = ()
    """Where each piece of the author's begins without marks, and where in the author's text; unknown in a template."""

    @property
    def harmless(self) -> str:
        """With marks only where they do not change the Markdown."""
        text = self.marks().text
        skipped = list(_skipped(self.plain))
        if not skipped:
            return text
        out, at = [], 0
        for removed, mark in enumerate(MARK.finditer(text)):
            position = mark.start() - removed
            before = bisect_left(skipped, (position, 0)) - 1
            inside = before >= 0 and position <= skipped[before][1]
            out.append(text[at : mark.start() if inside else mark.end()])
            at = mark.end()
        return "".join([*out, text[at:]])

    def find(self, words: str, line: int, source: str) -> int:
        """Where words that stand at or after a line of `plain` stand in the author's text; else where it begins."""
        begin = 0
        for _, end in zip(range(line), _LINE_END.finditer(self.plain), strict=False):
            begin = end.end()
        if words and self.plain.find(words, begin) < 0:
            words = words.partition("\n")[0]  # the lines after it may have stood further in
        at = max(self.plain.find(words, begin), begin)
        if not self.origins:
            return max(_nth(words, self.plain.count(words, 0, at) if words else 0, source), 0)
        start, origin = self.origins[max(bisect_right(self.origins, (at, len(source))) - 1, 0)]
        return min(origin + max(at - start, 0), max(len(source) - 1, 0))


def _nth(words: str, number: int, text: str) -> int:
    """Where words stand in a text, counted from 0; the last time where they stand there less often; -1 for never."""
    found = at = text.find(words)
    while number > 0 and words and at >= 0:
        found, number = at, number - 1
        at = text.find(words, at + len(words))
    return at if at >= 0 else found


_LINE_END = regex(r"\r\n|\n|\r")


def mark(pieces: Sequence[tuple[str, int | None]]) -> Marked:
    """Pieces of a text, each with its offset in what the author wrote, or None where it is not the author's."""
    origins: list[tuple[int, int]] = []
    length = 0
    for text, offset in pieces:
        if offset is not None:
            origins.append((length, offset))
        length += len(text)
    plain = MARK.sub("", "".join(text for text, _ in pieces))
    return Marked(plain, cache(partial(_marks, tuple(pieces))), tuple(origins))


def rendered(text: str, spans: tuple[tuple[int, int], ...]) -> Marked:
    """What a template made of a text with marks."""
    return Marked(MARK.sub("", text), partial(MarkedTokens, text, spans))


def _marks(pieces: Sequence[tuple[str, int | None]]) -> MarkedTokens:
    out: list[str] = []
    spans: list[tuple[int, int]] = []
    for text, offset in pieces:
        at = 0
        for found in tokens().finditer(text) if offset is not None else ():
            if len(spans) < _MOST:
                out += text[at : found.end()], chr(_FIRST_MARK + len(spans))
                spans.append(((offset or 0) + found.start(), (offset or 0) + found.end()))
                at = found.end()
        out.append(text[at:])
    return MarkedTokens("".join(out), tuple(spans))


@cache
def _marked() -> re.Pattern[str]:
    """A token and the mark after it."""
    return re.compile(rf"(?P<token>{tokens().pattern})(?P<mark>{MARK.pattern})?", re.I)


def locate(marked: Marked, marked_html: str, html: str, source: str) -> Callable[[int], tuple[int, int] | None]:
    """A function from a token of `html` to its position in `source`, the author's text: (start, end).

    `marked_html` is `marked.harmless` converted the same way as `html` was converted from `marked.plain`.
    """
    here = [found["token"] for text in _readable(html) for found in _marked().finditer(text)]
    there = [(m["token"], m["mark"]) for text in _readable(marked_html) for m in _marked().finditer(text)]
    spans = marked.marks().spans
    found: dict[int, tuple[int, int]] = {}
    for a, b, size in _matches(here, [token for token, _ in there]):
        for n in range(size):
            if number := there[b + n][1]:
                found[a + n] = spans[ord(number) - _FIRST_MARK]
    _guess(here, found, source, spans)
    return found.get


def _matches(one: list[str], other: list[str]) -> Sequence[tuple[int, int, int]]:
    """Runs that two lists share, in order: (start in one, start in the other, length)."""
    if one == other:
        return [(0, 0, len(one))]
    return SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()


def _guess(
    here: Sequence[str], found: dict[int, tuple[int, int]], source: str, marks: Sequence[tuple[int, int]]
) -> None:
    """Positions of tokens without a mark: the first equal token after the position found before."""
    taken = set(found.values())
    known = set(marks)
    free = [span for span in marks if span not in taken]
    entities = [m.span() for m in _ENTITIES.finditer(source) if tokens().search(unescape(m.group()))]
    free += entities
    inside = {n for start, end in entities for n in range(start, end)}
    free = [span for span in free if span in entities or span[0] not in inside]
    free += [m.span() for m in tokens().finditer(source) if m.span() not in known and m.start() not in inside]
    equal: dict[str, list[tuple[int, int]]] = {}
    """Token -> where it stands, from the end of the text on."""
    for start, end in sorted(free, reverse=True):
        for token in {source[start:end], unescape(source[start:end])}:
            equal.setdefault(token, []).append((start, end))
    last = 0
    given: set[tuple[int, int]] = set()
    for n, token in enumerate(here):
        if n in found:
            last = found[n][1]
            continue
        spans = equal.get(token, [])
        while spans and n not in found:
            best = spans.pop(bisect_right(spans, -last, key=lambda span: -span[0]) - 1)  # -1: the first of all
            if best not in given:
                given.add(best)
                found[n] = best
                last = best[1]


def _readable(html: str) -> list[str]:
    """Texts and attributes that are shown or read aloud, in order."""
    found: list[str] = []
    for token in TAG_OR_TEXT.findall(html):
        if token.startswith("<") and len(token) > 1:
            found += (unescape(value) for _, value in ATTRIBUTE.findall(token))
        else:
            found.append(unescape(token))
    return found


def _skipped(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in _UNMARKED.finditer(text):
        start, end = match.span()
        if match["tag"] or match.group().startswith("{"):
            for spoken in _SPOKEN.finditer(text, start, end):
                found.append((start, spoken.start(1)))
                start = spoken.end(1)
        found.append((start, end))
    return found
