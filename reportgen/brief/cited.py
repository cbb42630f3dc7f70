"""A document's citations in, what they print and its list of references out. Pure; citing is handed in.

In a style of notes citations become notes, numbered together with the author's own in the order of reading.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from itertools import zip_longest

from reportgen.brief.document import Document
from reportgen.brief.history import in_reasons
from reportgen.brief.markdown import INSERT
from reportgen.brief.printing import MOST_INSERTS, Printing
from reportgen.brief.wording import citation_words, is_a_cell, tongue
from reportgen.facts.view import View
from reportgen.late_patterns import regex
from reportgen.model.brief import Author, Brief, folder_of
from reportgen.model.citation import CitationRequest, CitedWork, FormattedCitations, NotePlace
from reportgen.model.edition import EditionNote
from reportgen.model.evaluated import (
    FIRST_INSERT,
    CitationMark,
    ConflictBlock,
    EvaluatedBrief,
    FigureBlock,
    Insert,
    ListedWork,
    NoteMark,
)
from reportgen.model.figure import EvaluatedFigure, Html
from reportgen.model.source import newest_copy
from reportgen.model.text import Text
from reportgen.quantities.dates import format_date

_TAG = regex(r"<[^>]*>")
_PIECES = regex(f'({INSERT.pattern}|<(?:[^<>"]|"[^"]*")*>)')
"""Inserts and tags: one in a tag is in an attribute, which holds no note."""
_BEFORE_A_NOTE = regex(r"[.,;:!?…]+[)\]”’»“\"']*|[)\]”’»]+[.,;:!?…]*")
"""What stands before the call of a note in English: `so it is.¹`."""
_NOTES_FIRST = frozenset({"ru", "kk", "uk", "be", "bg", "fr"})
"""Languages in which the call of a note stands before a full stop."""

Cite = Callable[[CitationRequest], FormattedCitations]


@dataclass(frozen=True, slots=True)
class Cited:
    """What the citations of a document print."""

    formatted: FormattedCitations
    references: tuple[ListedWork, ...] = ()
    words: tuple[str, ...] = ()
    """Each citation as plain text."""


def format_citations(
    document: Document,
    cite: Cite,
    figures: Iterable[EvaluatedFigure],
    *,
    alone: bool = False,
    order: Sequence[tuple[int, NotePlace]] | None = None,
) -> Cited:
    """All citations of a document in one request, with the sources that its facts and `figures` rest on; of a chart
    `alone`, whose caption names those, only what its texts cite. In a style of notes, `order` has those that stand in
    notes."""
    view, lang = document.printing.view, document.printing.lang
    resting = {} if alone else _resting(document, figures)
    every = [n for n in range(len(document.citations)) if n not in document.merged]
    live = every if order is None else [n for n, _ in order]
    citations = tuple(document.citations[n] for n in live)
    cited = dict.fromkeys(item.source for n in (*live, *every) for item in document.citations[n].items)
    works = []
    for id in (*cited, *(source for source in resting if source not in cited)):
        source = view.source(id)
        assert source is not None
        works.append(CitedWork(source.csl, f"ref-{source.slug}"))
    if not works:
        return Cited(FormattedCitations((), (), False, ()))
    printed = {item.source for citation in citations for item in citation.items}
    nocite = tuple(source for source in (*cited, *(s for s in resting if s not in cited)) if source not in printed)
    places = tuple(place for _, place in order or ())
    formatted = cite(CitationRequest(citations, tuple(works), view.style, lang, nocite, places))
    references = []
    for entry in formatted.bibliography:
        source = view.source(entry.source)
        assert source is not None
        anchors = tuple(
            f"cite-{n + 1}"
            for n, citation in enumerate(document.citations)
            if n not in document.unlinked and any(item.source == entry.source for item in citation.items)
        )
        html = f"{entry.label} {entry.html}" if entry.label else entry.html
        copy = newest_copy(source.archived)
        references.append(
            ListedWork(
                source.id,
                source.slug,
                f"ref-{source.slug}",
                html,
                anchors,
                len(resting.get(source.id, ())),
                tongue(source, lang),
                "" if leads_to(html, source.url) else source.url,
                format_date(copy.retrieved, lang) if copy and copy.retrieved else "",
                copy.sha256 if copy else "",
                tuple(f"ref-{alias}" for alias in source.aliases),
            )
        )
    spread = dict(zip(live, zip(formatted.citations, formatted.names, strict=True), strict=True))
    answers = [spread.get(n, ("", "")) for n in range(len(document.citations))]
    texts, names = (tuple(pair[part] for pair in answers) for part in (0, 1))
    if formatted.note_style or formatted.numbered:
        words = tuple(citation_words(view, citation, lang) for citation in document.citations)
    else:
        words = tuple(unescape(_TAG.sub("", text)) for text in texts)
    return Cited(replace(formatted, citations=texts, names=names), tuple(references), words)


def _resting(document: Document, figures: Iterable[EvaluatedFigure]) -> dict[str, set[str]]:
    """The sources that what is printed rests on -> the facts that name each; none where only cells of files do."""
    view, printing = document.printing.view, document.printing
    found: dict[str, set[str]] = {}
    for id in printing.facts:
        fact = view.fact(id)
        for evidence in fact.evidence if fact else ():
            found.setdefault(evidence.source, set()).add(id)
        computed = view.computed(id).inputs if fact and fact.formula else ()
        cells = (cell for input in computed if (cell := view.fact(input)) is not None and is_a_cell(cell))
        for evidence in (evidence for cell in cells for evidence in cell.evidence):
            found.setdefault(evidence.source, set())
    shown = (each.source for entry in printing.entries for each in entry.evidence)
    drawn = (source for figure in figures for source in figure.sources)
    for source in (*shown, *drawn):
        found.setdefault(source.id, set())
    return {id: facts for id, facts in found.items() if view.source(id) is not None}


def as_notes(brief: EvaluatedBrief, document: Document, cite: Cite, *, alone: bool = False) -> EvaluatedBrief:
    """A brief in a style of notes: each citation a note where it stands, one within a note of the author's in it.

    What is said of facts stands under "How we know", which has no notes: there a citation prints its source's name.
    """
    noted = _Noted(brief, document)
    made = noted.brief()
    cited = format_citations(document, cite, brief.figures, alone=alone, order=noted.order())
    formatted = cited.formatted
    placed = {n: place.within for n, place in noted.order()}
    marks = [escape(words, quote=False) for words in brief.citation_words]
    for n, within in placed.items():
        marks[n] = formatted.citations[n] if within else formatted.names[n]
    notes = tuple(
        f'<span data-n="citation">{formatted.citations[n]}</span>' if own else brief.notes[n] for n, own in noted.notes
    )
    return replace(made, citations=tuple(marks), notes=notes, references=cited.references)


class _Noted:
    """The texts of a brief in the order of reading, in which citations become calls of notes."""

    def __init__(self, brief: EvaluatedBrief, document: Document) -> None:
        self._brief = brief
        self._citations = document.citations
        self._inserts: list[Insert] = list(brief.inserts)
        self._figures = list(brief.figures)
        self._conflicts = list(brief.conflicts)
        self._moves = brief.lang.partition("-")[0] not in _NOTES_FIRST
        self._renumbered: dict[int, int] = {}
        self.notes: list[tuple[int, bool]] = []
        """Of each note: the index of the citation that it is, else that of the author's note; whether it is one."""

    def brief(self) -> EvaluatedBrief:
        """The brief with calls of notes."""
        brief, text = self._brief, self._text
        return replace(
            brief,
            title=text(brief.title),
            subtitle=text(brief.subtitle),
            abstract=text(brief.abstract),
            key_messages=tuple(map(text, brief.key_messages)),
            key_figures=tuple(replace(figure, label=text(figure.label)) for figure in brief.key_figures),
            body=text(brief.body),
            changes=tuple(replace(change, text=text(change.text)) for change in brief.changes),
            history=in_reasons(brief.history, text),
            figures=tuple(self._figures),
            conflicts=tuple(self._conflicts),
            inserts=tuple(self._inserts),
        )

    def order(self) -> list[tuple[int, NotePlace]]:
        """The citations in the order of the notes in which they stand."""
        found: list[tuple[int, NotePlace]] = []
        for number, (n, is_citation) in enumerate(self.notes, 1):
            if is_citation:
                found.append((n, NotePlace(number, within=False)))
            else:
                items = (self._item(insert) for insert in INSERT.findall(self._brief.notes[n]))
                within = NotePlace(number, within=True)
                found += [(item.citation, within) for item in items if isinstance(item, CitationMark)]
        return found

    def _text(self, html: Html) -> Html:
        out: list[str] = []
        called = ""
        pieces = [piece for piece in _PIECES.split(html) if piece]
        for piece, following in zip_longest(pieces, pieces[1:], fillvalue=""):
            item = self._item(piece) if INSERT.fullmatch(piece) else None
            if called and piece.isspace() and self._is_silent(following):
                continue  # notes of one place are called together, after its punctuation
            if item is None:
                sign = _BEFORE_A_NOTE.match(piece) if called and self._moves else None
                before = sign.group() if sign else ""
                out.append(f"{before}{called}{piece[len(before) :]}")
                called = ""
            elif isinstance(item, CitationMark):
                if self._is_silent(piece) and out:
                    out[-1] = out[-1].rstrip(" \n\u00a0")
                out.append(piece)
                called += self._call(item.citation)
            else:
                out.append(f"{called}{piece}")
                called = ""
                self._other(piece, item)
        return "".join(out) + called

    def _is_silent(self, piece: str) -> bool:
        """Whether it is a citation that prints nothing but the call of its note."""
        item = self._item(piece) if INSERT.fullmatch(piece) else None
        return isinstance(item, CitationMark) and not self._citations[item.citation].items[0].author_in_text

    def _call(self, citation: int) -> str:
        if len(self._inserts) >= MOST_INSERTS:
            return ""
        self.notes.append((citation, True))
        self._inserts.append(NoteMark(len(self.notes) - 1))
        return chr(FIRST_INSERT + len(self._inserts) - 1)

    def _other(self, insert: str, item: Insert) -> None:
        if isinstance(item, NoteMark):
            self._inserts[ord(insert) - FIRST_INSERT] = NoteMark(self._number(item.note))
        elif isinstance(item, FigureBlock):
            figure = self._figures[item.figure]
            title, subtitle, note = (self._text(text) for text in (figure.title, figure.subtitle, figure.note))
            self._figures[item.figure] = replace(figure, title=title, subtitle=subtitle, note=note)
        elif isinstance(item, ConflictBlock):
            conflict = self._conflicts[item.conflict]
            self._conflicts[item.conflict] = replace(conflict, reason=self._text(conflict.reason))

    def _number(self, note: int) -> int:
        """The new number of an author's note; those that it calls follow on it."""
        if note not in self._renumbered:
            self._renumbered[note] = len(self.notes)
            self.notes.append((note, False))
            for insert in INSERT.findall(self._brief.notes[note]):
                if isinstance(item := self._item(insert), NoteMark):
                    self._inserts[ord(insert) - FIRST_INSERT] = NoteMark(self._number(item.note))
        return self._renumbered[note]

    def _item(self, insert: str) -> Insert:
        return self._inserts[ord(insert) - FIRST_INSERT]


def leads_to(html: str, address: str) -> bool:
    """Whether a link of the HTML leads to an address; to none there is nothing to lead."""
    return not address or f'href="{escape(address)}"' in html


def authors_of(brief: Brief, view: View) -> tuple[Author, ...]:
    """A brief's authors, of whom one that is called like the site's publisher is no person."""
    publisher = view.setting("publisher")
    assert isinstance(publisher, Text)
    names = {text for _, text in publisher.by_language}
    return tuple(Author(author.name, author.orcid) if author.name in names else author for author in brief.authors)


def how_to_cite(brief: Brief, title: str, printing: Printing, cite: Cite, edition: EditionNote | None) -> str:
    """The brief itself as a reference: its last edition, where it has one."""
    day = edition.date if edition else brief.date.text
    view = printing.view
    publisher, base = view.setting("publisher"), view.setting("base_url")
    assert isinstance(publisher, Text)
    item = {
        "id": "this",
        "type": "report",
        "title": title,
        "author": [author.csl for author in authors_of(brief, view)],
        "issued": {"date-parts": [[int(part) for part in day.split("-")]]},
        "publisher": publisher.in_language(brief.lang),
        "URL": f"{base}{folder_of(brief.slug)}" + (f"editions/{edition.id}/" if edition else ""),
    }
    if edition:
        item |= {"version": edition.version}
        if day != brief.date.text:
            item |= {"original-date": {"date-parts": [[int(part) for part in brief.date.text.split("-")]]}}
    work = CitedWork(json.dumps(item, ensure_ascii=False, sort_keys=True), "cite")
    formatted = cite(CitationRequest((), (work,), view.style, brief.lang, ("this",)))
    return formatted.bibliography[0].html if formatted.bibliography else ""
