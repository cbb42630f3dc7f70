"""A copy of a source in, its text by page and what is marked in it out: facts, numbers that are none yet, and the
quotations that it does not have. Pure; places count in code points of the text before folding.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportgen.desk.candidates import candidates
from reportgen.desk.proposing import is_read_by, quoted_facts
from reportgen.evidence.fold import FoldedText
from reportgen.evidence.match import Miss, find_quote
from reportgen.language.guessing import language_read
from reportgen.late_patterns import regex
from reportgen.model.fact import Rank
from reportgen.model.project import Project
from reportgen.model.source import Source

_SHEET = 60
"""Paragraphs that are laid out together where a text has no pages."""
_BREAK = regex(r"(?:\r\n|\n|\r)[^\S\r\n]*(?:(?:\r\n|\n|\r)[^\S\r\n]*)+")
_LINE = regex(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class FactMark:
    """Words that carry a fact."""

    id: str
    start: int
    end: int
    retired: bool


@dataclass(frozen=True, slots=True)
class NumberMark:
    """A number that is no fact yet."""

    number: int
    """As `suggest` counts."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LostQuote:
    """A quotation that this copy does not have."""

    id: str
    """Of its fact."""
    quote: str
    nearest: str
    """The nearest passage, with the differences marked; may be empty."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in a text."""

    facts: tuple[FactMark, ...]
    numbers: tuple[NumberMark, ...]
    lost: tuple[LostQuote, ...]
    hidden: int
    """Numbers that are mostly noise, and not marked."""

    @property
    def ids(self) -> frozenset[str]:
        """The facts whose words stand there."""
        return frozenset(mark.id for mark in self.facts)


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """A run of a paragraph that is marked alike."""

    text: str
    facts: str = ""
    """Ids with spaces between; empty where no fact rests on it."""
    retired: bool = False
    number: int = 0
    """Of a number that is no fact yet; else 0."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a text."""

    start: int
    pieces: tuple[MarkedRun, ...]
    held: bool = False
    """Whether the place that was asked for is in it."""


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """A page, or a part of a text without pages."""

    page: int
    """From 1; 0 where there are no pages."""
    is_foot: bool
    """Whether it holds what stands at the head and foot of pages."""
    paragraphs: tuple[Paragraph, ...]


def marks_of(folded: FoldedText, source: Source, project: Project, pages: Sequence[int], *, is_table: bool) -> Marks:
    """What is marked in a text of a source. `pages` is where each page begins, and last where running lines stand."""
    language = language_read(source, folded.text, project.settings.lang)
    quoted = quoted_facts(folded, source, project)
    facts = [
        FactMark(one.fact.id, start, end, one.fact.rank is Rank.DEPRECATED)
        for one in quoted
        for start, end in one.found.pieces or ((one.found.start, one.found.end),)
    ]
    numbers, hidden = [], 0
    for candidate in candidates(folded, language, is_table=is_table):
        if any(is_read_by(one, candidate) for one in quoted):
            continue
        start, end = folded.span(candidate.start, candidate.end)
        if candidate.hidden or (pages and start >= pages[-1]):
            hidden += 1
        else:
            numbers.append(NumberMark(candidate.number, start, end))
    found = {(one.fact.id, one.part) for one in quoted}
    lost = tuple(_lost(folded, source, project, found, language))
    return Marks(tuple(sorted(facts, key=lambda mark: mark.start)), tuple(numbers), lost, hidden)


def _lost(
    folded: FoldedText, source: Source, project: Project, found: set[tuple[str, int]], language: str
) -> Iterator[LostQuote]:
    for fact in project.facts.values():
        for part, evidence in enumerate(fact.evidence):
            if evidence.source == source.id and (fact.id, part) not in found:
                missed = find_quote(folded, evidence.prefix, evidence.quote, evidence.suffix, language)
                nearest = missed.marked if isinstance(missed, Miss) else "it stands there more than once"
                yield LostQuote(fact.id, evidence.quote, nearest)


def sheets(folded: FoldedText, marks: Marks, pages: Sequence[int], at: int = -1) -> tuple[SourceSheet, ...]:
    """A text by page, each paragraph in pieces that are marked alike. The pieces of a paragraph make up its text."""
    spans = list(_paragraphs(folded, pages))
    if not pages:
        runs = [spans[n : n + _SHEET] for n in range(0, len(spans), _SHEET)]
        return tuple(SourceSheet(0, False, tuple(_paragraph(folded, marks, *one, at) for one in run)) for run in runs)
    ends = [*pages[1:], len(folded.original) + 1]
    made = []
    for number, (start, end) in enumerate(zip(pages, ends, strict=True), start=1):
        inside = tuple(_paragraph(folded, marks, *one, at) for one in spans if start <= one[0] < end)
        is_foot = number == len(pages)
        if inside or not is_foot:
            made.append(SourceSheet(0 if is_foot else number, is_foot, inside))
    return tuple(made)


def _paragraphs(folded: FoldedText, pages: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where each paragraph stands, without the space around it; none goes on over a page."""
    text = folded.original
    breaks = _LINE if folded.lines_are_paragraphs else _BREAK
    cuts = {0, len(text), *(page for page in pages if page <= len(text))}
    cuts |= {found.end() for found in breaks.finditer(text)}
    for start, end in pairwise(sorted(cuts)):
        part = text[start:end]
        if inside := part.strip():
            first = start + len(part) - len(part.lstrip())
            yield first, first + len(inside)


def _paragraph(folded: FoldedText, marks: Marks, start: int, end: int, at: int) -> Paragraph:
    facts = [mark for mark in marks.facts if mark.start < end and start < mark.end]
    low = bisect_left(marks.numbers, start, key=lambda mark: mark.end)
    numbers = []
    while low < len(marks.numbers) and marks.numbers[low].start < end:
        numbers.append(marks.numbers[low])
        low += 1
    both: list[FactMark | NumberMark] = [*facts, *numbers]
    cuts = sorted({start, end, *(min(max(place, start), end) for one in both for place in (one.start, one.end))})
    pieces = []
    for first, last in pairwise(cuts):
        ids = [one for one in facts if one.start <= first and last <= one.end]
        number = next((one.number for one in numbers if one.start <= first and last <= one.end), 0)
        retired = bool(ids) and all(one.retired for one in ids)
        pieces.append(MarkedRun(folded.original[first:last], " ".join(one.id for one in ids), retired, number))
    return Paragraph(start, tuple(pieces), start <= at < end)
