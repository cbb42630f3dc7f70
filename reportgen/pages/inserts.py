"""HTML with inserts in, HTML for screen or paper out. Pure; templates lay out each kind of insert."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from reportgen.brief.markdown import INSERT
from reportgen.brief.printing import letter_runs
from reportgen.model.chart import ChartKind
from reportgen.model.evaluated import (
    FIRST_INSERT,
    CitationMark,
    ConflictBlock,
    EvaluatedBrief,
    FactEntry,
    FigureBlock,
    Mark,
    NoteMark,
    QuoteBlock,
    ReferenceMark,
    Waiver,
)
from reportgen.pages.theme import Medium, Theme
from reportgen.pages.timeline import timeline_events

_BLOCK = re.compile(
    r"(</?(?:p|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td|blockquote|figcaption|div|section|h[1-6]|hr|pre|details"
    r"|summary)\b[^>]*>)"
)
_PARAGRAPH = re.compile(r"^<p>.*?</p>$", re.M | re.S)
_HEADING = re.compile(r"(<h[1-6][^>]*>)(.*?)(</h[1-6]>)", re.S)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure's pictures, its digits marked."""

    wide: str
    """SVG for the text column."""
    narrow: str
    """SVG for a phone."""
    paper: str
    download: str
    """With its title and sources inside."""
    interactive: str = ""
    """JSON with the figure `wide` and `narrow`, for the interactive chart."""
    columns: tuple[int, ...] = ()
    """Indices of the figure's columns that its data shows as a table."""
    ticks: tuple[str, ...] = ()
    """Texts of the value axes' ticks, whose `data-n` follow on the brief's numbers."""
    plotly: str = ""
    """The figure as plotly.js drew it, as JSON."""
    heights: tuple[int, ...] = ()
    """In px, of `wide` and `narrow`."""


@dataclass(frozen=True, slots=True)
class ApparatusLine:
    """What one paragraph's numbers rest on, a line a source."""

    runs: tuple[tuple[FactEntry, FactEntry], ...]
    """First and last entry of each run of letters; the same where it is one."""
    text: str
    entries: tuple[FactEntry, ...]


class Inserts:
    """Replaces the inserts of one brief in one medium."""

    def __init__(self, brief: EvaluatedBrief, theme: Theme, medium: Medium, drawings: Mapping[str, Drawing]) -> None:
        self._brief = brief
        self._medium = medium
        self._drawings = drawings
        self._call = theme.macros("marks.html", brief.lang)

    def html(self, text: str, *, bare: bool = False) -> Markup:
        """A text as it is shown; `bare` prints values alone, as in headings."""
        marked = text if bare else self._with_statements(text)
        return Markup(INSERT.sub(lambda m: self._shown(m.group(), bare), marked))

    def _with_statements(self, text: str) -> str:
        """A text with one mark at the end of each block for all statements in it."""
        out: list[str] = []
        waiting: dict[int, None] = {}
        for part in (*_BLOCK.split(text), ""):
            if waiting and (not part or _BLOCK.fullmatch(part)):
                kept = out[-1].rstrip()
                out[-1] = kept + str(self._macro("statements", self._runs(waiting))) + out[-1][len(kept) :]
                waiting.clear()
            out.append(part)
            for character in INSERT.findall(part):
                item = self._item(character)
                if isinstance(item, Mark) and item.statement and item.letter and item.entry is not None:
                    waiting[item.entry] = None
        return "".join(out)

    def _runs(self, indices: Iterable[int]) -> tuple[tuple[FactEntry, FactEntry], ...]:
        entries = self._brief.entries
        return tuple((entries[first], entries[last]) for first, last in letter_runs(indices))

    def body(self) -> Markup:
        """The main text: headings bare, and on screen the apparatus beside each paragraph."""
        text = _HEADING.sub(lambda m: m[1] + str(self.html(m[2], bare=True)) + m[3], self._brief.body)
        if self._medium == "screen":
            text = _PARAGRAPH.sub(lambda m: m[0] + self._apparatus(m[0]), text)
        return self.html(text)

    def figure(self, index: int) -> Markup:
        """A figure with its caption and sources."""
        figure = self._brief.figures[index]
        drawing = self._drawings.get(figure.id)
        events = timeline_events(figure) if figure.kind is ChartKind.TIMELINE else ()
        return self._macro("figure", figure, drawing, events, self, self._medium == "paper")

    def _item(self, character: str) -> object:
        return self._brief.inserts[ord(character) - FIRST_INSERT]

    def _macro(self, name: str, *args: object) -> Markup:
        return Markup(self._call(name, *args).strip())

    def _shown(self, character: str, bare: bool) -> str:
        brief = self._brief
        match self._item(character):
            case Mark() as mark:
                entry = brief.entries[mark.entry] if mark.entry is not None else None
                return self._macro("mark", mark, None if bare else entry)
            case CitationMark(citation=index):
                return "" if bare else self._macro("citation", f"cite-{index + 1}", Markup(brief.citations[index]))
            case NoteMark(note=index):
                if bare:
                    return ""
                paper = self._medium == "paper"
                # WeasyPrint keeps every line break in a footnote.
                note = Markup(self.html(brief.notes[index]).replace("\n", " ")) if paper else Markup("")
                return self._macro("note_call", index + 1, note, paper)
            case ReferenceMark() as reference:
                return self._macro("reference", reference, bare)
            case Waiver() as waiver:
                return self._macro("waiver", waiver)
            case FigureBlock(figure=index):
                return self.figure(index)
            case ConflictBlock(conflict=index):
                return self._macro("conflict", brief.conflicts[index], self)
            case QuoteBlock(entry=index, number=number):
                return self._macro("quotation", brief.entries[index], number)
            case _:
                raise TypeError(f"an insert of no known kind: {character!r}")

    def _apparatus(self, paragraph: str) -> str:
        """The notes that a paragraph calls, and the sources of its numbers."""
        items = [self._item(character) for character in INSERT.findall(paragraph)]
        notes = [
            (item.note + 1, self.html(self._brief.notes[item.note])) for item in items if isinstance(item, NoteMark)
        ]
        marks = [item.entry for item in items if isinstance(item, Mark) and item.entry is not None]
        lines = self.apparatus_lines(tuple(dict.fromkeys(marks)))
        return str(self._macro("apparatus", notes, lines)) if notes or lines else ""

    def apparatus_lines(self, indices: tuple[int, ...]) -> tuple[ApparatusLine, ...]:
        """Entries by what they rest on, in the order of their letters."""
        groups: dict[str, list[int]] = {}
        for index in sorted(indices):
            entry = self._brief.entries[index]
            formula = "".join(part.text for part in entry.formula)
            key = entry.evidence[0].source.short if entry.evidence else f"= {formula}"
            groups.setdefault(key, []).append(index)
        return tuple(
            ApparatusLine(self._runs(group), text, tuple(self._brief.entries[index] for index in group))
            for text, group in groups.items()
        )
