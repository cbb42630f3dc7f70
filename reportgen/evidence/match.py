"""An archived text and a quote in, where the quote stands or what stands nearest, out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from reportgen.evidence.fold import LINE_JOIN, FoldedText, fold, folded_words
from reportgen.evidence.nearest import Difference, nearest
from reportgen.evidence.numbers import number_spans

_WINDOW = 120
"""How far to either side of a quote's edge a number is looked for, in characters."""
_COMPOUND = re.compile(r"(?<=[^\W_])(?:-(?=[^\W_])|'(?=t(?!\w)))")
"""Where a word goes on past its letters: `non-resident`, `can't`. Without its other half it says something else."""


@dataclass(frozen=True, slots=True)
class Match:
    """The one place where a quote stands."""

    start: int
    """Code-point offset of the quote, without prefix and suffix, in the text before folding."""
    end: int
    """One past its last code point."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A quote that does not stand in the text."""

    kind: Literal["absent", "cut-word", "cut-number", "empty"]
    reason: str
    """In the author's terms, without a full stop."""
    nearest: str = ""
    """The passage that is most like the quote, as archived; empty if nothing is like it."""
    marked: str = ""
    """That passage with each difference as `[quote's → source's]`."""
    differences: tuple[Difference, ...] = ()
    start: int = 0
    """Where the nearest passage stands in the text before folding."""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A quote that stands in the text more than once."""

    places: tuple[tuple[int, int], ...]
    """Half-open code-point offsets in the text before folding."""
    contexts: tuple[str, ...]
    """Each place with a few words around it, so that a prefix or suffix can be chosen."""


def find_quote(text: FoldedText | str, prefix: str, quote: str, suffix: str) -> Match | Miss | Ambiguous:
    """Find a quote between its prefix and suffix. A text that is searched more than once is best folded beforehand."""
    folded = fold(text) if isinstance(text, str) else text
    parts = [folded_words(part) for part in (prefix, quote, suffix)]
    if not any(character.isalnum() for character in parts[1]):
        return Miss("empty", "the quote holds no letter or digit")
    found: list[tuple[int, int]] = []
    cut: Miss | None = None
    for start, end, outer_start, outer_end in _places(folded.text, parts):
        edges = [("begins", start), ("begins", outer_start), ("ends", end), ("ends", outer_end)]
        if broken := next(filter(None, (_cut(folded.text, *edge) for edge in edges)), None):
            kind, reason = broken
            first, last = _around(folded, start, end)
            passage = " ".join(folded.original[first:last].split())
            cut = cut or Miss(kind, reason, passage, passage, (), first, last)
        else:
            found.append(folded.span(start, end))
    if len(found) == 1:
        return Match(*found[0])
    if found:
        contexts = (folded.original[max(0, start - 40) : end + 40] for start, end in found)
        return Ambiguous(tuple(found), tuple(" ".join(context.split()) for context in contexts))
    if cut:
        return cut
    near = nearest(folded, " ".join(filter(None, parts)))
    if near is None:
        return Miss("absent", "nothing like the quote stands in the source")
    reason = "the source has other words"
    return Miss("absent", reason, near.passage, near.marked, near.differences, near.start, near.end)


def _around(folded: FoldedText, start: int, end: int) -> tuple[int, int]:
    """The offsets before folding of a run, drawn out to the spaces around it."""
    right = folded.text.find(" ", end)
    return folded.span(folded.text.rfind(" ", 0, start) + 1, right if right > 0 else len(folded.text))


def _places(text: str, parts: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Start and end of the quote, and of prefix, quote and suffix together, wherever all three stand in a row."""
    prefix, quote, suffix = (_pattern(part, has_joins=LINE_JOIN in text) for part in parts)
    pattern = re.compile(f"{prefix}{' ?' * bool(prefix)}(?P<quote>{quote}){' ?' * bool(suffix)}{suffix}")
    position = 0
    while found := pattern.search(text, position):
        yield *found.span("quote"), *found.span()
        position = found.start() + 1


def _pattern(part: str, *, has_joins: bool) -> str:
    """A part of a quote as a pattern; in text with hyphens at line ends, each may be read as a hyphen or as nothing."""
    if not has_joins:
        return re.escape(part)
    between = re.sub(r"(?<=[^\W\d_])(?=[^\W\d_])", LINE_JOIN, part)
    hyphens = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", "\0", between)
    return re.escape(hyphens).replace(re.escape("\0"), f"[-{LINE_JOIN}]").replace(re.escape(LINE_JOIN), f"{LINE_JOIN}?")


def _cut(text: str, verb: str, edge: int) -> tuple[Literal["cut-word", "cut-number"], str] | None:
    """What a quote's edge cuts apart in the text, if anything."""
    first, last = max(0, edge - _WINDOW), min(len(text), edge + _WINDOW)
    while first and _in_word(text, first):
        first -= 1
    while last < len(text) and _in_word(text, last):
        last += 1
    window = text[first:last]
    spans = list(number_spans(window))
    for span in spans:
        if first + span.start < edge < first + span.end:
            return "cut-number", f'the quote {verb} inside "{window[span.start : span.end]}"'
    for left, right in pairwise(spans):
        if window[left.end : right.start] == "-" and first + left.start < edge < first + right.end:
            return "cut-number", f'the quote {verb} inside "{window[left.start : right.end]}"'
    if _in_word(text, edge) or any(_COMPOUND.match(text, max(0, at)) for at in (edge - 1, edge)):
        return "cut-word", f'the quote {verb} inside "{_word_at(text, edge)}"'
    return None


def _in_word(text: str, edge: int) -> bool:
    """Whether a run of letters or digits goes on across an edge; a hyphen at a line's end may be nothing."""
    before, after = text[edge - 1 : edge], text[edge : edge + 1]
    if LINE_JOIN in (before, after):
        return True
    return _is_word(before) and _is_word(after)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_" or bool(character and "\u0300" <= character <= "\u036f")


def _word_at(text: str, edge: int) -> str:
    start, end = edge, edge
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end].replace(LINE_JOIN, "-").strip('.,;:!?()[]"')
