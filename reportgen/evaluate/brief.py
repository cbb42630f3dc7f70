"""A brief and a view of its project in; the evaluated brief, its diagnostics and its reads out.

Pure: no files, no clock; citing is handed in. Texts are evaluated in the order in which a reader meets them, for that is
the order of the letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from reportgen.diagnostics import Diagnostic, Span
from reportgen.evaluate.calls import BLOCKS, Call, Place, scan
from reportgen.evaluate.document import Document
from reportgen.evaluate.figures import evaluate_figure, find_chart
from reportgen.evaluate.markdown import INSERT, Converter
from reportgen.evaluate.printing import NOTHING, Printing
from reportgen.evaluate.shown import VALUE, Options, claim_text, shown_source, time_text
from reportgen.evaluate.view import View
from reportgen.evaluate.words import say
from reportgen.load.suggest import did_you_mean
from reportgen.model.brief import Brief, BriefStatus
from reportgen.model.chart import ChartKind
from reportgen.model.citation import CitationRequest, CitedWork, FormattedCitations
from reportgen.model.evaluated import (
    CitationMark,
    ConflictBlock,
    EvaluatedBrief,
    EvaluatedFigure,
    FigureBlock,
    Html,
    NoteMark,
    QuoteBlock,
    Reference,
    ReferenceMark,
    Section,
    ShownChange,
    ShownConflict,
    ShownFigure,
    Side,
)
from reportgen.model.fact import Status
from reportgen.model.text import Text
from reportgen.quantities.dates import format_date
from reportgen.quantities.format import FormatError
from reportgen.quantities.units import UnitError

ID = re.compile(r"[a-z0-9][a-z0-9-]*")
Cite = Callable[[CitationRequest], FormattedCitations]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A brief's value, what is wrong with it, and what was looked at."""

    brief: EvaluatedBrief
    diagnostics: tuple[Diagnostic, ...]


def evaluate(brief: Brief, view: View, cite: Cite) -> Evaluation:
    """Evaluates a brief. With errors among the diagnostics, the value is not fit to be shown."""
    return _Evaluation(brief, view, cite).run()


@lru_cache(maxsize=1)
def _converter() -> Converter:
    return Converter()


class _Evaluation:
    def __init__(self, brief: Brief, view: View, cite: Cite) -> None:
        self._brief = brief
        self._view = view
        self._cite = cite
        self._lang = brief.lang
        self._draft = brief.status is BriefStatus.DRAFT
        self._printing = Printing(view, brief.lang)
        self._document = Document(self._printing, _converter(), view.classifier(brief.lang), self._draft)
        self._figures: list[EvaluatedFigure | None] = []
        self._conflicts: list[ShownConflict] = []
        self._references: dict[str, ReferenceMark] = {}
        self._shown: set[str] = set()

    def run(self) -> Evaluation:
        brief, inline = self._brief, self._inline
        self._number_figures()
        title, subtitle, abstract = inline("title"), inline("subtitle"), inline("abstract")
        messages = tuple(
            self._document.inline(text, self._place(f"key_messages.{n}"), self._references)
            for n, text in enumerate(brief.key_messages)
        )
        key_figures = tuple(self._key_figure(n) for n in range(len(brief.key_figures)))
        body = self._document.body(brief.body, self._body_place, self._references, self._block)
        changes = tuple(
            ShownChange(
                format_date(change.date, self._lang),
                change.date.text,
                self._document.inline(change.text, self._place(f"changes.{n}.text"), self._references),
            )
            for n, change in enumerate(brief.changes)
        )
        self._check_images()
        self._set_notes()
        formatted, references = self._cited()
        marks, html, notes = self._notes(formatted, body.html, body.notes)
        printing = self._printing
        evaluated = EvaluatedBrief(
            slug=brief.slug,
            lang=self._lang,
            draft=self._draft,
            title=title,
            plain_title=self._document.plain(title),
            subtitle=subtitle,
            date=brief.date,
            date_text=format_date(brief.date, self._lang),
            updated=brief.updated,
            updated_text=format_date(brief.updated, self._lang) if brief.updated else "",
            authors=tuple((author.name, author.orcid) for author in brief.authors),
            abstract=abstract,
            plain_abstract=self._document.plain(abstract),
            key_messages=messages,
            key_figures=key_figures,
            keywords=brief.keywords,
            changes=changes,
            body=html,
            sections=tuple(Section(h.anchor, h.level, h.html) for h in body.converted.headings),
            notes=notes,
            inserts=tuple(printing.inserts),
            entries=tuple(printing.entries),
            numbers=tuple(printing.numbers),
            figures=tuple(figure for figure in self._figures if figure is not None),
            conflicts=tuple(self._conflicts),
            citations=marks,
            references=references,
            how_to_cite=self._how_to_cite(self._document.plain(title)),
            overdue=tuple(entry.letter for entry in printing.entries if entry.state.status is Status.OVERDUE),
            words=self._document.words,
            facts=tuple(printing.facts),
        )
        return Evaluation(evaluated, tuple(printing.problems))

    # Places

    def _place(self, key: str) -> Place:
        return lambda start, length: self._brief.at.inside(key, start, start + length)

    def _body_place(self, start: int, length: int) -> Span:
        body, first = self._brief.body, self._brief.body_line
        end = max(start, start + length - 1)
        line, last = (first + body.count("\n", 0, offset) for offset in (start, end))
        column, end_column = (offset - body.rfind("\n", 0, offset) for offset in (start, end))
        return Span(self._brief.at.whole.file, line, column, last, end_column + 1)

    def _inline(self, key: str) -> Html:
        return self._document.inline(getattr(self._brief, key), self._place(key), self._references)

    # Figures

    def _number_figures(self) -> None:
        """Gives figures and tables their numbers beforehand, so that `ref` can name them wherever it stands."""
        calls, _ = scan(self._brief.body, self._body_place)
        figures = tables = 0
        for call in calls:
            id = str(call.subject.value)
            if call.name not in ("chart", "table", "timeline") or id in self._references:
                continue
            chart = self._view.chart(id)
            if call.name == "table" or (chart is not None and chart.kind is ChartKind.TABLE):
                tables += 1
                name = say(self._lang, "table", str(tables))
            else:
                figures += 1
                name = say(self._lang, "figure", str(figures))
            self._references[id] = ReferenceMark(f"figure-{id}", name)

    def _block(self, call: Call) -> str:
        assert call.name in BLOCKS
        id = str(call.subject.value)
        if call.name == "conflict":
            return self._conflict(call, id)
        if call.name == "quote":
            return self._quote(call, id)
        if id in self._shown:
            self._printing.problem(
                "shown-twice", f'"{id}" is shown twice', call.span, f'refer to it instead: {{{{ ref("{id}") }}}}'
            )
            return NOTHING
        chart = find_chart(self._printing, call)
        if chart is None:
            return NOTHING
        self._shown.add(id)
        reference = self._references[id]
        figure = evaluate_figure(self._document, chart, reference.anchor, reference.text, call.span)
        if figure is None:
            return NOTHING
        self._figures.append(figure)
        return self._printing.insert(FigureBlock(len(self._figures) - 1))

    # Key figures, quotes, conflicts

    def _key_figure(self, n: int) -> ShownFigure:
        figure = self._brief.key_figures[n]
        opening, closing = ('{{ fact("', '") }}') if ID.fullmatch(figure.value) else ("{{ ", " }}")
        shift, at = len(opening), self._brief.at

        def place(start: int, length: int) -> Span:
            begin = max(0, start - shift)
            return at.inside(f"key_figures.{n}.value", begin, begin + min(length, len(figure.value)))

        value = self._document.inline(opening + figure.value + closing, place)
        label = self._document.inline(figure.label, self._place(f"key_figures.{n}.label"), self._references)
        return ShownFigure(value, label)

    def _quote(self, call: Call, id: str) -> str:
        fact = self._printing.find(id, call.where(call.subject))
        if fact is None:
            return NOTHING
        if not fact.evidence:
            self._printing.problem(
                "no-quote", f'"{id}" is computed and has no words to quote', call.where(call.subject),
                f'print its value: {{{{ fact("{id}") }}}}',
            )  # fmt: skip
            return NOTHING
        mark = self._printing.mark_fact(fact, call.span, Options(show="claim"))
        assert mark.entry is not None
        return self._printing.insert(QuoteBlock(mark.entry))

    def _conflict(self, call: Call, id: str) -> str:
        conflict = self._view.conflict(id)
        if conflict is None:
            if not self._view.broken("conflict", id):
                hint = did_you_mean(id, self._view.known("conflicts"))
                self._printing.problem("unknown-conflict", f'no conflict has the id "{id}"', call.where(call.subject), hint)
            return NOTHING
        sides = []
        for name in conflict.facts:
            fact = self._printing.find(name, call.where(call.subject))
            if fact is None:
                return NOTHING
            try:
                mark = self._printing.mark_fact(fact, call.span, VALUE)
            except (FormatError, UnitError) as error:
                self._printing.problem("no-value", error.message, call.span, error.hint)
                return NOTHING
            source = shown_source(self._view, fact.evidence[0].source, self._lang) if fact.evidence else None
            sides.append(
                Side(
                    self._printing.insert(mark), fact.id, claim_text(self._view, fact, self._lang), source,
                    time_text(self._view, fact, self._lang), conflict.preferred == fact.id,
                )  # fmt: skip
            )
        title = conflict.title
        if not title:
            first = self._view.fact(conflict.facts[0])
            measure = self._view.measure(first.measure) if first and first.measure else None
            title = measure.label if measure else Text.of(id)
        path = "reason"
        reason = self._document.inline(
            conflict.reason.in_language(self._lang), lambda s, l: conflict.at.inside(path, s, s + l), self._references
        )
        self._conflicts.append(
            ShownConflict(id, title.in_language(self._lang), tuple(sides), reason, bool(conflict.preferred))
        )
        return self._printing.insert(ConflictBlock(len(self._conflicts) - 1))

    # Citations

    def _cited(self) -> tuple[FormattedCitations, tuple[Reference, ...]]:
        """All citations of the brief in one request, and its list of sources."""
        printing = self._printing
        resting: dict[str, set[str]] = {}
        for id in printing.facts:
            fact = self._view.fact(id)
            for evidence in fact.evidence if fact else ():
                if self._view.source(evidence.source) is not None:
                    resting.setdefault(evidence.source, set()).add(id)
        cited = dict.fromkeys(item.source for citation in self._document.citations for item in citation.items)
        works = []
        for id in (*cited, *(source for source in resting if source not in cited)):
            source = self._view.source(id)
            assert source is not None
            works.append(CitedWork(source.csl, f"ref-{source.slug}"))
        if not works:
            return FormattedCitations((), (), False, ()), ()
        request = CitationRequest(
            tuple(self._document.citations), tuple(works), self._view.style, self._lang,
            tuple(source for source in resting if source not in cited),
        )  # fmt: skip
        formatted = self._cite(request)
        references = []
        for entry in formatted.bibliography:
            source = self._view.source(entry.source)
            assert source is not None
            anchors = tuple(
                f"cite-{n + 1}"
                for n, citation in enumerate(self._document.citations)
                if any(item.source == entry.source for item in citation.items)
            )
            html = f"{entry.label} {entry.html}" if entry.label else entry.html
            references.append(
                Reference(source.id, source.slug, f"ref-{source.slug}", html, anchors, len(resting.get(source.id, ())))
            )
        return formatted, tuple(references)

    def _notes(
        self, formatted: FormattedCitations, html: Html, notes: tuple[Html, ...]
    ) -> tuple[tuple[str, ...], Html, tuple[Html, ...]]:
        """In a note style citations become footnotes, numbered together with the author's own."""
        if not formatted.note_style:
            return formatted.citations, html, notes
        inserts = self._printing.inserts
        ordered: list[Html] = []
        marks = list(formatted.names) or [""] * len(formatted.citations)
        out = []
        for piece in _pieces(html):
            item = self._printing.inserted(piece) if INSERT.fullmatch(piece) else None
            if isinstance(item, NoteMark):
                inserts[inserts.index(item)] = NoteMark(len(ordered))
                ordered.append(notes[item.note])
            out.append(piece)
            if isinstance(item, CitationMark):
                out.append(self._printing.insert(NoteMark(len(ordered))))
                ordered.append(f'<span data-n="citation">{formatted.citations[item.citation]}</span>')
        return tuple(marks), "".join(out), tuple(ordered)

    def _how_to_cite(self, title: str) -> str:
        """The brief itself as a reference."""
        view, brief = self._view, self._brief
        publisher, base = view.setting("publisher"), view.setting("base_url")
        assert isinstance(publisher, Text)
        item = {
            "id": "this",
            "type": "report",
            "title": title,
            "author": [{"literal": author.name} for author in brief.authors],
            "issued": {"date-parts": [[int(part) for part in brief.date.text.split("-")]]},
            "publisher": publisher.in_language(self._lang),
            "URL": f"{base}briefs/{brief.slug}/",
        }
        work = CitedWork(json.dumps(item, ensure_ascii=False, sort_keys=True), "cite")
        formatted = self._cite(CitationRequest((), (work,), view.style, self._lang, ("this",)))
        return formatted.bibliography[0].html if formatted.bibliography else ""

    def _set_notes(self) -> None:
        """What authors say of facts is text like any other."""
        entries = self._printing.entries
        for n, entry in enumerate(entries):
            fact = self._view.fact(entry.fact) if entry.fact else None
            if fact is not None and (entry.note or entry.reading):
                at = fact.at
                entries[n] = replace(
                    entry,
                    note=self._document.inline(entry.note, lambda s, l, at=at: at.inside("note", s, s + l)),  # type: ignore[misc]
                    reading=self._document.inline(entry.reading, lambda s, l, at=at: at.inside("reading", s, s + l)),  # type: ignore[misc]
                )

    def _check_images(self) -> None:
        for address in self._document.images:
            if not address.startswith("images/"):
                self._printing.problem(
                    "foreign-picture", f"the picture {address} is not one of the project's", self._brief.at["body"],
                    "put it into content/images/ and write ![what it shows](images/its-name.png)",
                )  # fmt: skip
            elif not self._view.has_image(address.removeprefix("images/")):
                names = [f"images/{name}" for name in self._view.known("images")]
                self._printing.problem(
                    "unknown-picture", f"there is no content/{address}", self._brief.at["body"], did_you_mean(address, names)
                )


def _pieces(html: Html) -> list[str]:
    """A text cut at its inserts, inserts included."""
    return [piece for piece in re.split(f"({INSERT.pattern})", html) if piece]

