"""HTML with inserts in, HTML for screen or paper out. Pure; templates lay out each kind of insert."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from reportgen.brief.markdown import INSERT, stopped_once
from reportgen.brief.note_order import calls_in_order, inserts_in_order
from reportgen.brief.printing import letter_runs
from reportgen.brief.tags import BLOCKS, ROOMS, VOID, pattern_of
from reportgen.late_patterns import regex
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
    SourcesBlock,
    Waiver,
)
from reportgen.model.figure import EvaluatedFigure
from reportgen.pages.theme import Medium, Theme
from reportgen.pages.timeline import timeline_events

_BLOCK = regex(rf"(</?(?:{pattern_of(BLOCKS)})\b[^>]*>)")
_BLOCK_TAG = regex(rf"<(/?)({pattern_of(BLOCKS | ROOMS)})\b([^>]*?)/?>")
_PARAGRAPH_OR_TAG = regex(rf"(^<p>(?:(?!</p>).)*</p>$|</?(?:{pattern_of(BLOCKS - VOID)})\b[^>]*>)", re.M | re.S)
_PRE = regex(r"<pre\b.*?(?=\n?</code></pre>|</pre>)", re.S)
_AUTHORS_LINK = regex(r"<a\b[^>]*\shref=[^>]*>.*?</a>", re.S)
_TABLE = regex(r"<table\b(?:(?!<table\b).)*?</table>", re.S)
"""A table of an author's."""
_SCROLLED = r'<div class="scroll">\g<0></div>'
"""On screen a table stands in a frame, in which it scrolls if it is too wide."""
MOST_EMPTY = 9
"""Lines of notes that may stand beside no text."""
_WIDE = regex(r'^<[^>]* class="[^">]*\bwide\b')
_NEXT_PARAGRAPH = regex(r"</p>\s*<p>")
_CALLS_OF_NOTES = regex(r'<a class="noteref".*?</a>|<sup class="comma".*?</sup>', re.S)
_STOPS, _CLOSING = ".!?…:;。！？।؟۔։", " \u00a0\"'”’»“)]"
"""Marks at the end of a sentence, and what may stand behind them."""
_HEADING = regex(r"(<h[1-6][^>]*>)(.*?)(</h[1-6]>)", re.S)


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
    live: str = ""
    """Where a page that does not hold `interactive` finds it."""


@dataclass(frozen=True, slots=True)
class ApparatusLine:
    """What one paragraph's numbers rest on, a line a source."""

    runs: tuple[tuple[FactEntry, FactEntry], ...]
    """First and last entry of each run of letters; the same where it is one."""
    text: str
    entries: tuple[FactEntry, ...]


@dataclass(frozen=True, slots=True)
class NoteCall:
    """One call of a note."""

    number: int
    """Of the note, from 1."""
    anchor: str
    is_first: bool
    """Whether the note stands here; any further call leads to it."""


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note, where it is first called."""

    number: int
    text: Markup
    has_blocks: bool
    """Whether it is more than a run of text."""
    calls: tuple[str, ...]
    """Anchors of all its calls, in the order of reading."""


def _as_span(tag: re.Match[str]) -> str:
    """A block's tag as that of a span, which says what it stands for."""
    if tag[1]:
        return "</span>"
    opened = f'<span data-as="{tag[2]}"{tag[3]}>'
    return f"{opened}</span>" if tag[2] in VOID else opened


def _lines(html: str, letters: int) -> int:
    """About how many lines a text takes, of so many letters."""
    blocks = re.sub("<[^<>]*>", "", INSERT.sub("a short value", _BLOCK.sub("\n", html))).split("\n")
    return sum(-(-len(block.strip()) // letters) for block in blocks)


class _MainText:
    """The main text as it grows, and how many of its rows each apparatus may stand beside, until the next one: a long
    one shall not run into what follows in the margin."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._begun = 0
        """The part with which the last row begins."""
        self._rows = 0
        self._last: tuple[int, int, int] | None = None
        """Of the apparatus that stands beside the text last: its place among the parts, its row, and where the text
        begins beside it."""

    def add(self, part: str, *, rows: int = 0, wide: bool = False) -> None:
        """A part of the text that begins so many rows. What is wide takes the margin too."""
        self._rows += rows
        if wide:
            self._end(self._rows)
        if rows:
            self._begun = len(self._parts)
        self._parts.append(part)

    def put_beside(self, apparatus: str, depth: int) -> None:
        """An apparatus, which stands in the margin where it is in no block."""
        if not apparatus:
            return
        if depth == 0:
            self._end(self._rows)
            self._last = len(self._parts), self._rows, self._begun
        self._parts.append(apparatus)

    def _is_too_long(self, place: int, begun: int) -> bool:
        """Whether an apparatus would leave more of the column empty than a reader takes for the space between two
        paragraphs: a line in the margin has half of the letters and two thirds of the height of one in the column."""
        beside = self._parts[begun:place] + self._parts[place + 1 :]
        if any(INSERT.fullmatch(part) or "<img" in part for part in beside):
            return False  # a figure's height is not known here
        column = sum(_lines(part, 68) for part in beside) * 1.5
        return _lines(self._parts[place], 34) - column > MOST_EMPTY

    def text(self) -> str:
        self._end(self._rows + 1)
        return "".join(self._parts)

    def _end(self, row: int) -> None:
        if self._last is not None:
            place, first, begun = self._last
            if self._is_too_long(place, begun):  # it stands below its paragraph, as on a narrow screen
                self._parts[place] = self._parts[place].replace('"note beside"', '"note"', 1)
            elif row - first > 1:
                style = f' style="--rows:{row - first}"'
                self._parts[place] = self._parts[place].replace(" role=", f"{style} role=", 1)
            self._last = None


class Inserts:
    """Replaces the inserts of one brief in one medium."""

    def __init__(
        self,
        brief: EvaluatedBrief,
        theme: Theme,
        medium: Medium,
        drawings: Mapping[str, Drawing],
        base: str = "",
    ) -> None:
        self.base = base
        """Address of the site."""
        self._brief = brief
        self._medium = medium
        self.on_paper = medium == "paper"
        """Whether what is not seen may be left out."""
        self._drawings = drawings
        self._call = theme.macros("marks.html", brief.lang)
        self._calls = self._note_calls()
        self._in_captions = frozenset(
            insert
            for figure in brief.figures
            for insert in INSERT.findall(figure.title + figure.subtitle + figure.note)
        )

    def html(self, text: str, *, bare: bool = False) -> Markup:
        """A text as it is shown; `bare` prints values alone, as in headings. So they stand in an author's link too: no
        link holds another."""
        text = stopped_once(text, self._ends_in_stop)
        text = _AUTHORS_LINK.sub(lambda link: INSERT.sub(lambda m: self._shown(m[0], True), link[0]), text)
        marked = text if bare else self._with_statements(text)
        return Markup(INSERT.sub(lambda m: self._parted(m) + self._shown(m.group(), bare), marked))

    def within_paragraph(self, text: str, stop: object = False) -> Markup:
        """A text that stands in a paragraph, which holds no other: its own paragraphs are lines of it. With `stop`, a
        sentence follows it, so that it ends in a full stop where it has no mark of its own."""
        html = _NEXT_PARAGRAPH.sub("<br>", self.html(text, bare=True)).removeprefix("<p>").removesuffix("</p>").rstrip()
        ends = Markup(_CALLS_OF_NOTES.sub("", html)).striptags().rstrip(_CLOSING)
        return Markup(f"{html}." if stop and ends and ends[-1] not in _STOPS else html)

    def _ends_in_stop(self, insert: str) -> bool:
        item = self._item(insert)
        return isinstance(item, Mark) and (item.sentence[1] or item.text).endswith(".")

    def _parted(self, found: re.Match[str]) -> str:
        """A comma between the numbers of two notes that are called at one place."""
        before = found.start() - 1
        while found.group() in self._calls and before >= 0 and INSERT.match(found.string[before]):
            item = self._item(found.string[before])
            if isinstance(item, NoteMark):
                return Markup('<sup class="comma" aria-hidden="true">,</sup>')
            if not isinstance(item, CitationMark) or self._brief.citations[item.citation]:
                break
            before -= 1
        return ""

    def _note_calls(self) -> dict[str, NoteCall]:
        """Insert -> the call of a note that it is."""
        calls: dict[str, NoteCall] = {}
        count: Counter[int] = Counter()
        for character, note in calls_in_order(self._brief):
            number = note + 1
            count[number] += 1
            anchor = f"noteref-{number}" if count[number] == 1 else f"noteref-{number}-{count[number]}"
            calls[character] = NoteCall(number, anchor, count[number] == 1)
        return calls

    def notes_of(self, text: str) -> tuple[ShownNote, ...]:
        """The notes that a text is the first to call, with those that they are the first to call, by their numbers."""
        found: list[ShownNote] = []
        texts = [text]
        for each in texts:  # grows
            for character in INSERT.findall(each):
                call = self._calls.get(character)
                if call is not None and call.is_first:
                    note = self._brief.notes[call.number - 1]
                    anchors = tuple(c.anchor for c in self._calls.values() if c.number == call.number)
                    blocks = _BLOCK.search(note) is not None
                    found.append(ShownNote(call.number, self._note_text(note), blocks, anchors))
                    texts.append(note)
        return tuple(sorted(found, key=lambda each: each.number))

    def _note_text(self, note: str) -> Markup:
        """A note's text. On paper it stands inside of a paragraph, which holds no block, of the author's or of what is
        put in: the first would end the note. And WeasyPrint keeps every line break in a footnote."""
        if self._medium == "screen":
            return self.html(_TABLE.sub(_SCROLLED, note))
        coded = _PRE.sub(lambda code: code[0].replace("\n", "<br>"), note)
        called = INSERT.sub(lambda m: self._note_call(m[0], alone=True) if m[0] in self._calls else m[0], coded)
        return Markup(_BLOCK_TAG.sub(_as_span, self.html(called)).replace("\n", " "))

    def caption_notes(self, figure: EvaluatedFigure) -> Markup:
        """On paper, the notes of a figure's words: together, for its caption may be laid out after what is below it."""
        notes = self.notes_of(figure.title + figure.subtitle + figure.note) if self._medium == "paper" else ()
        return self._macro("footnotes", notes)

    def notes(self, *texts: str) -> Markup:
        """The notes of texts beside which none stand yet, as those of the abstract."""
        notes = self.notes_of("".join(texts)) if self._medium == "screen" else ()
        return self._macro("apparatus", notes, ()) if notes else Markup("")

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
        text = _HEADING.sub(lambda m: m[1] + str(self._heading(m[2])) + m[3], self._brief.body)
        if self._medium == "screen":
            text = self._with_apparatus(_TABLE.sub(_SCROLLED, text))
        return self.html(text)

    def _heading(self, text: str) -> str:
        """A heading prints values alone; notes are called in it as anywhere."""
        return INSERT.sub(lambda m: m[0] if m[0] in self._calls else self._shown(m[0], True), text)

    def _with_apparatus(self, text: str) -> str:
        """The main text with each paragraph's apparatus after it, and that of any other block after the whole of it."""
        main = _MainText()
        depth = 0
        waiting: list[str] = []
        for n, part in enumerate(_PARAGRAPH_OR_TAG.split(text)):
            if n % 2 and part.endswith("</p>") and part != "</p>":
                main.add(part, rows=depth == 0)
                if any(c in self._calls for c in waiting):  # its notes come after those that wait
                    waiting += (c for c in INSERT.findall(part) if c in self._calls)
                    part = INSERT.sub(lambda m: "" if m[0] in self._calls else m[0], part)
                main.put_beside(self._apparatus(part), depth)
            elif n % 2:
                main.add(part, rows=depth == 0 and not part.startswith("</"), wide=_WIDE.search(part) is not None)
                depth += -1 if part.startswith("</") else 1
            elif depth:
                main.add(part)
                waiting += inserts_in_order(self._brief, part)
            else:
                self._add_blocks(part, main)
            if depth == 0 and waiting:
                main.put_beside(self._apparatus("".join(c for c in waiting if c in self._calls)), depth)
                waiting.clear()
        return main.text()

    def _add_blocks(self, text: str, main: _MainText) -> None:
        """What stands between the blocks of the text: figures and boxes, with the notes that their words call."""
        for n, piece in enumerate(re.split(f"({INSERT.pattern})", text)):
            is_block = n % 2 == 1
            main.add(
                piece,
                rows=1 if is_block else piece.count("<hr"),
                wide=is_block and isinstance(self._item(piece), ConflictBlock),
            )
            if called := "".join(c for c in inserts_in_order(self._brief, piece) if c in self._calls):
                main.put_beside(self._apparatus(called), 0)

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
                return self._macro("mark", mark, None if bare else entry, self.on_paper)
            case CitationMark(citation=index):
                return self._macro("citation", f"cite-{index + 1}", Markup(brief.citations[index]))
            case NoteMark():
                return self._note_call(character)
            case ReferenceMark() as reference:
                return self._macro("reference", reference, bare)
            case Waiver() as waiver:
                return self._macro("waiver", waiver)
            case FigureBlock(figure=index):
                return self.figure(index)
            case ConflictBlock(conflict=index):
                return self._macro("conflict", brief.conflicts[index], self)
            case QuoteBlock(entry=index, number=number):
                return self._macro("quotation", brief.entries[index], number, self._medium == "paper")
            case SourcesBlock():
                return self._macro("grounds", brief, self._medium == "paper")
            case _:
                raise TypeError(f"an insert of no known kind: {character!r}")

    def _note_call(self, character: str, *, alone: bool = False) -> str:
        """The call of a note, on paper with the note; `alone` without it."""
        call, paper = self._calls[character], self._medium == "paper"
        notes = self.notes_of(character) if paper and not alone and character not in self._in_captions else ()
        return self._macro("note_call", call, notes, paper)

    def _apparatus(self, paragraph: str) -> str:
        """The notes that a paragraph calls, and the sources of its numbers."""
        items = [self._item(character) for character in INSERT.findall(paragraph)]
        notes = self.notes_of(paragraph)
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
