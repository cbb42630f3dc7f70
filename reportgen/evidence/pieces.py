"""A quote in, the pieces that its marks part, out; a text and pieces in, where they stand together, out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.evidence.fold import FoldedText, folded_words
from reportgen.evidence.script import count_words
from reportgen.late_patterns import regex

FURTHEST = 300
"""Characters that the pieces of a quote may span together."""
FEWEST = 2
"""Words of a piece, at least."""

_MARK = regex(r"(?<=\S) \.\.\. (?=\S)| ?\[\.\.\.\] ?")
"""` … ` or `[…]`, as folded."""
_TYPED_MARK = regex(r"(?<=\S)\s+(?:…|\.{3})\s+(?=\S)|\s*\[(?:…|\.{3})\]\s*")
_EMPTY_LINE = regex(r"\n[^\S\n]*\n")

PiecePlaces = tuple[tuple[int, int], ...]
"""Half-open offsets of each piece in the folded text."""


def pieces_of(quote: str) -> tuple[str, ...]:
    """The pieces of a quote, folded; one of a quote without a mark."""
    return tuple(piece.strip() for piece in _MARK.split(folded_words(quote)))


def with_marks(quote: str) -> str:
    """A quote as printed: ` … ` between its pieces, however its author typed the mark."""
    return _TYPED_MARK.sub(" … ", quote)


def short_piece(pieces: Sequence[str]) -> str:
    """The first piece with too few words; empty if there is none."""
    return next((piece or "…" for piece in pieces if count_words(piece) < FEWEST), "")


def places_together(folded: FoldedText, found: Sequence[Sequence[tuple[int, int]]]) -> tuple[PiecePlaces, ...]:
    """Where pieces stand in order, near each other and in one paragraph: the closest for each place of the last.

    `found` holds the places of each piece in the folded text.
    """
    best: dict[tuple[int, int], PiecePlaces] = {}
    for places in _chains(folded, found, ()):
        last = places[-1]
        if last not in best or places[0][0] > best[last][0][0]:
            best[last] = places
    closest: dict[tuple[int, int], PiecePlaces] = {}
    for places in best.values():
        first = places[0]
        if first not in closest or places[-1] < closest[first][-1]:
            closest[first] = places
    return tuple(sorted(closest.values()))


def _chains(
    folded: FoldedText, found: Sequence[Sequence[tuple[int, int]]], before: PiecePlaces
) -> Iterator[PiecePlaces]:
    if not found:
        yield before
        return
    for start, end in found[0]:
        if before and (start < before[-1][1] or end - before[0][0] > FURTHEST):
            continue
        if before and parted(folded, before[-1][1], start):
            continue
        yield from _chains(folded, found[1:], (*before, (start, end)))


def parted(folded: FoldedText, end: int, start: int) -> bool:
    """Whether a paragraph ends between two places of the folded text."""
    between = folded.original[folded.ends[end - 1] : folded.starts[start]]
    return "\n" in between if folded.lines_are_paragraphs else bool(_EMPTY_LINE.search(between))
