"""A text and the place of a quote in it in, the words around the quote out. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from reportgen.evidence.fold import LINE_JOIN, FoldedText
from reportgen.evidence.pieces import parted
from reportgen.evidence.script import count_words
from reportgen.language.scanner import phrases
from reportgen.late_patterns import regex

_TOKEN = regex(r"\S+")
_SENTENCE_END = regex(r"[.!?…:;।॥؟۔。][\"')\]]*$")
"""Ends a sentence or a clause. An abbreviation counts as an end too: what cannot be told is left out."""
_WINDOW = 400
"""Characters on either side in which words are looked for."""


def words_around(folded: FoldedText, outer: tuple[int, int], room: int, language: str = "") -> tuple[str, str]:
    """The words before and after a quote, as archived, `room` together at most, to the nearest end of a sentence or
    paragraph. They end before a number of which they would give a part.

    `outer` is where prefix, quote and suffix stand in the folded text. What is given joins them as it stands: with the
    space or mark between.
    """
    start, end = outer
    before, after = list(_before(folded, start)), list(_after(folded, end))
    first = _most(before, max(room // 2, room - _size(_most(after, room))))
    last = _most(after, room - _size(first))
    lowest = max(0, start - _WINDOW)
    for phrase in phrases(folded.text[lowest : end + _WINDOW], language):
        begins, ends = lowest + phrase.outer_start, lowest + phrase.outer_end
        if first and begins < first[-1][0] < ends:
            first = [token for token in first if token[0] >= ends]
        if last and begins < last[-1][1] < ends:
            last = [token for token in last if token[1] <= begins]
    return _written(folded, first[-1][0] if first else start, start), _written(
        folded, end, last[-1][1] if last else end
    )


WordRun = tuple[int, int, int]
"""Where a token of the folded text begins and ends, and how many words it has."""


def _before(folded: FoldedText, start: int) -> Iterator[WordRun]:
    """The tokens before a place, backwards, up to the end of the sentence before. One that is glued to it counts."""
    edge = start
    lowest = max(0, start - _WINDOW)
    for found in reversed(list(_TOKEN.finditer(folded.text, lowest, start))):
        first, last = found.span()
        is_cut = first == lowest and lowest > 0
        if is_cut or _SENTENCE_END.search(found.group()) or parted(folded, last, edge) or LINE_JOIN in found.group():
            return
        yield first, last, count_words(found.group())
        edge = first


def _after(folded: FoldedText, end: int) -> Iterator[WordRun]:
    """The tokens after a place, up to the end of its sentence. The mark that ends it is not among them."""
    if _SENTENCE_END.search(folded.text[:end][-3:]):
        return
    edge = end
    highest = min(len(folded.text), end + _WINDOW)
    for found in _TOKEN.finditer(folded.text, end, highest):
        first, last = found.span()
        is_cut = last == highest and highest < len(folded.text)
        if is_cut or parted(folded, edge, first) or LINE_JOIN in found.group():
            return
        ends = _SENTENCE_END.search(found.group())
        if ends:
            if count_words(found.group()):
                yield first, first + ends.start(), count_words(found.group())
            return
        yield first, last, count_words(found.group())
        edge = last


def _most(tokens: Sequence[WordRun], room: int) -> list[WordRun]:
    """The tokens up to as many words as there is room for, the last one with a word."""
    taken: list[WordRun] = []
    for token in tokens:
        if _size(taken) + token[2] > room:
            break
        taken.append(token)
    while taken and not taken[-1][2]:
        taken.pop()
    return taken


def _size(tokens: Iterable[WordRun]) -> int:
    return sum(words for _, _, words in tokens)


def _written(folded: FoldedText, start: int, end: int) -> str:
    """A run of the folded text as archived, its spaces made single, without invisible characters."""
    if start == end:
        return ""
    first, last = folded.span(start, end)
    shown = "".join(c for c in folded.original[first:last] if unicodedata.category(c) != "Cf")
    return re.sub(r"\s+", " ", shown)
