"""A brief and a view of its project in; the evaluated brief, its diagnostics and its reads out.

Pure: no files, no clock; citing is handed in. Texts are evaluated in the order in which a reader meets them, for that
is the order of the letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reportgen.brief.calls import BLOCKS, Call, SpanOf
from reportgen.brief.document import Document, authored, placed
from reportgen.brief.figures import evaluate_figure, find_chart
from reportgen.brief.markdown import INSERT, converter
from reportgen.brief.printing import MOST_INSERTS, NOTHING, Printing
from reportgen.brief.scanning import scan
from reportgen.brief.wording import VALUE, claim_text, shown_source, time_text
from reportgen.diagnostics import Diagnostic, Span
from reportgen.facts.view import View
from reportgen.language.phrases import phrase
from reportgen.language.units import UnitError
from reportgen.load.suggest import did_you_mean, meant_or_known
from reportgen.model.brief import Brief, BriefStatus
from reportgen.model.chart import ChartKind
from reportgen.model.citation import CitationRequest, CitedWork, FormattedCitations
from reportgen.model.evaluated import (
    CitationMark,
    ConflictBlock,
    EvaluatedBrief,
    FigureBlock,
    ListedWork,
    NoteMark,
    NumberKind,
    QuoteBlock,
    ReferenceMark,
    ShownChange,
    ShownConflict,
    ShownFigure,
    Side,
)
from reportgen.model.fact import Status
from reportgen.model.figure import EvaluatedFigure, Html
from reportgen.model.text import Text, is_seen
from reportgen.quantities.dates import format_date
from reportgen.quantities.format import FormatError

ID = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A brief's value, what is wrong with it, and what was looked at."""

    brief: EvaluatedBrief
    diagnostics: tuple[Diagnostic, ...]


def evaluate(brief: Brief, view: View, cite: Cite) -> Evaluation:
    """Evaluates a brief. With errors among the diagnostics, the value is not fit to be shown."""
    return _Evaluator(brief, view, cite).run()


class _Evaluator:
    def __init__(self, brief: Brief, view: View, cite: Cite) -> None:
        self._brief = brief
        self._lines = brief.body.replace("\r\n", " \n").replace("\r", "\n")
        self._view = view
        self._cite = cite
        self._lang = brief.lang
        self._draft = brief.status is BriefStatus.DRAFT
        self._printing = Printing(view, brief.lang)
        self._document = Document(self._printing, converter(), view.classifier(brief.lang))
        self._figures: list[EvaluatedFigure | None] = []
        self._conflicts: list[ShownConflict] = []
        self._references: dict[str, ReferenceMark] = {}
        self._shown: set[str] = set()

    def run(self) -> Evaluation:
        brief, inline = self._brief, self._inline
        self._number_figures()
        title, subtitle, abstract = inline("title", bare=True), inline("subtitle", bare=True), inline("abstract")
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
        told = any(problem.span.line == brief.at["title"].line for problem in self._printing.problems)
        if brief.title and not told and not is_seen(self._document.plain(title)):
            hint = "write it in words; tags, comments and signs that cannot be seen are left out of a title"
            self._printing.problem("empty-title", "nothing is left of this title", brief.at["title"], hint)
        if self._printing.is_full:
            message = f"a brief can print at most {MOST_INSERTS} values"
            self._printing.problem("too-many-values", message, brief.at["title"], "cut it in two")
        if self._draft:
            self._printing.warn_of("typed-number")
        self._set_notes()
        cited = format_citations(self._document, self._cite)
        marks, texts, notes = citations_as_notes(
            self._printing, cited.formatted, (abstract, *messages, body.html), body.notes
        )
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
            abstract=texts[0],
            plain_abstract=self._document.plain(abstract),
            key_messages=texts[1:-1],
            key_figures=key_figures,
            keywords=brief.keywords,
            changes=changes,
            body=texts[-1],
            sections=body.sections,
            notes=notes,
            inserts=tuple(printing.inserts),
            entries=tuple(printing.entries),
            numbers=tuple(printing.numbers),
            figures=tuple(figure for figure in self._figures if figure is not None),
            conflicts=tuple(self._conflicts),
            citations=marks,
            references=cited.references,
            how_to_cite=how_to_cite(brief, self._document.plain(title), printing, self._cite) if brief.title else "",
            overdue=tuple(n for n, entry in enumerate(printing.entries) if entry.state.status is Status.OVERDUE),
            words=self._document.words,
            facts=tuple(printing.facts),
        )
        return Evaluation(evaluated, tuple(printing.problems))

    # Places

    def _place(self, key: str) -> SpanOf:
        return placed(self._brief.at, key)

    def _body_place(self, start: int, length: int) -> Span:
        body, first = self._lines, self._brief.body_line
        end = max(start, start + length - 1)
        line, last = (first + body.count("\n", 0, offset) for offset in (start, end))
        column, end_column = (offset - body.rfind("\n", 0, offset) for offset in (start, end))
        return Span(self._brief.at.whole.file, line, column, last, end_column + 1)

    def _inline(self, key: str, *, bare: bool = False) -> Html:
        return self._document.inline(getattr(self._brief, key), self._place(key), self._references, bare=bare)

    # Figures

    def _number_figures(self) -> None:
        """Gives figures and tables their numbers beforehand, so that `ref` can name them wherever it stands."""
        calls = scan(self._brief.body, self._body_place).calls
        figures = tables = 0
        for call in calls:
            id = str(call.subject.value)
            if call.name not in ("chart", "table", "timeline") or id in self._references:
                continue
            chart = self._view.chart(id)
            if chart is None and (call.name == "chart" or self._view.dataset(id) is None):
                continue
            if call.name == "table" or (chart is not None and chart.kind is ChartKind.TABLE):
                tables += 1
                name = phrase(self._lang, "Table {}", tables)
            else:
                figures += 1
                name = phrase(self._lang, "Figure {}", figures)
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
        words, status = fact.evidence[0].quote, self._view.standing(id).status
        number = self._printing.number(call.span, words, NumberKind.FACT, fact=id, status=status)
        return self._printing.insert(QuoteBlock(self._printing.entry_for_fact(fact, words, number), number))

    def _conflict(self, call: Call, id: str) -> str:
        conflict = self._view.conflict(id)
        if conflict is None:
            if not self._view.broken("conflict", id):
                hint = meant_or_known(id, self._view.known("conflicts"), "conflict")
                self._printing.problem(
                    "unknown-conflict", f'no conflict has the id "{id}"', call.where(call.subject), hint
                )
            return NOTHING
        sides = []
        for name, agrees in ((name, at > 0) for side in self._view.sides(id) for at, name in enumerate(side)):
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
                    self._printing.insert(mark),
                    fact.id,
                    claim_text(self._view, fact, self._lang),
                    source,
                    time_text(self._view, fact, self._lang),
                    conflict.preferred == fact.id,
                    agrees,
                )
            )
        title = conflict.title
        if not title:
            first = self._view.fact(conflict.facts[0])
            measure = self._view.measure(first.measure) if first and first.measure else None
            title = measure.label if measure else Text.of(id)
        named = self._document.inline(*authored(title, conflict.at, "title", self._lang), bare=True)
        reason = self._document.inline(*authored(conflict.reason, conflict.at, "reason", self._lang), self._references)
        self._conflicts.append(
            ShownConflict(id, self._document.plain(named), tuple(sides), reason, bool(conflict.preferred))
        )
        return self._printing.insert(ConflictBlock(len(self._conflicts) - 1))

    # What stands beside the text

    def _set_notes(self) -> None:
        """What authors say of facts is text like any other, but of no draft: the facts' own pages show it too."""
        entries = self._printing.entries
        for n, entry in enumerate(entries):
            fact = self._view.fact(entry.fact) if entry.fact else None
            if fact is not None and (entry.note or entry.reading):
                note = self._document.inline(*authored(fact.note, fact.at, "note", self._lang))
                reading = self._document.inline(
                    *authored(fact.reading, fact.at, "reading", self._lang), quotes=fact.quotes
                )
                entries[n] = replace(entries[n], note=note, reading=reading)

    def _check_images(self) -> None:
        for address, where in self._printing.pictures.items():
            if not address.startswith("images/"):
                self._printing.problem(
                    "foreign-picture", f'the picture "{address}" is not one of the project\'s', where,
                    "put it into content/images/ and write ![what it shows](images/its-name.png)",
                )  # fmt: skip
            elif not self._view.has_image(address.removeprefix("images/")):
                names = [f"images/{name}" for name in self._view.known("images")]
                hint = did_you_mean(address, names) or "put the picture there, or write the name of one that is"
                self._printing.problem("unknown-picture", f"there is no content/{address}", where, hint)


Cite = Callable[[CitationRequest], FormattedCitations]


@dataclass(frozen=True, slots=True)
class Cited:
    """What the citations of a document print."""

    formatted: FormattedCitations
    references: tuple[ListedWork, ...] = ()


def format_citations(document: Document, cite: Cite) -> Cited:
    """All citations of a document in one request, with the sources that its facts rest on."""
    view, lang = document.printing.view, document.printing.lang
    resting: dict[str, set[str]] = {}
    for id in document.printing.facts:
        fact = view.fact(id)
        for evidence in fact.evidence if fact else ():
            if view.source(evidence.source) is not None:
                resting.setdefault(evidence.source, set()).add(id)
    live = [n for n in range(len(document.citations)) if n not in document.merged]
    citations = tuple(document.citations[n] for n in live)
    cited = dict.fromkeys(item.source for citation in citations for item in citation.items)
    works = []
    for id in (*cited, *(source for source in resting if source not in cited)):
        source = view.source(id)
        assert source is not None
        works.append(CitedWork(source.csl, f"ref-{source.slug}"))
    if not works:
        return Cited(FormattedCitations((), (), False, ()))
    nocite = tuple(source for source in resting if source not in cited)
    formatted = cite(CitationRequest(citations, tuple(works), view.style, lang, nocite))
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
        references.append(
            ListedWork(source.id, source.slug, f"ref-{source.slug}", html, anchors, len(resting.get(source.id, ())))
        )
    spread = dict(zip(live, zip(formatted.citations, formatted.names, strict=True), strict=True))
    every = [spread.get(n, ("", "")) for n in range(len(document.citations))]
    texts, names = (tuple(pair[part] for pair in every) for part in (0, 1))
    return Cited(FormattedCitations(texts, names, formatted.note_style, formatted.bibliography), tuple(references))


def citations_as_notes(
    printing: Printing, formatted: FormattedCitations, texts: Sequence[Html], notes: tuple[Html, ...]
) -> tuple[tuple[str, ...], tuple[Html, ...], tuple[Html, ...]]:
    """In a note style citations become footnotes, numbered together with the author's own.

    Takes the texts in the order of reading; gives what each citation prints in its place, the texts and the notes.
    A citation elsewhere, as in a note of the author's or under a figure, prints in its place, in brackets.
    """
    if not formatted.note_style:
        return formatted.citations, tuple(texts), notes
    marks = [
        f"{name} ({text.rstrip('.')})" if name else f"({text.rstrip('.')})"
        for text, name in zip(formatted.citations, formatted.names, strict=True)
    ]
    ordered: list[Html] = []
    renumbered: dict[int, int] = {}
    out = []
    for text in texts:
        pieces = []
        for piece in re.split(f"({INSERT.pattern})", text):
            item = printing.inserted(piece) if INSERT.fullmatch(piece) else None
            pieces.append(piece)
            if isinstance(item, NoteMark):
                if item.note not in renumbered:
                    renumbered[item.note] = len(ordered)
                    ordered.append(notes[item.note])
                printing.replace_insert(piece, NoteMark(renumbered[item.note]))
            elif isinstance(item, CitationMark):
                marks[item.citation] = formatted.names[item.citation]
                pieces.append(printing.insert(NoteMark(len(ordered))))
                ordered.append(f'<span data-n="citation">{formatted.citations[item.citation]}</span>')
        out.append("".join(pieces))
    for n, note in enumerate(notes):  # a note that only another note calls
        if n not in renumbered:
            renumbered[n] = len(ordered)
            ordered.append(note)
    for note in notes:
        for piece in INSERT.findall(note):
            item = printing.inserted(piece)
            if isinstance(item, NoteMark):
                printing.replace_insert(piece, NoteMark(renumbered[item.note]))
    return tuple(marks), tuple(out), tuple(ordered)


def how_to_cite(brief: Brief, title: str, printing: Printing, cite: Cite) -> str:
    """The brief itself as a reference."""
    view = printing.view
    publisher, base = view.setting("publisher"), view.setting("base_url")
    assert isinstance(publisher, Text)
    item = {
        "id": "this",
        "type": "report",
        "title": title,
        "author": [{"literal": author.name} for author in brief.authors],
        "issued": {"date-parts": [[int(part) for part in brief.date.text.split("-")]]},
        "publisher": publisher.in_language(brief.lang),
        "URL": f"{base}briefs/{brief.slug}/",
    }
    work = CitedWork(json.dumps(item, ensure_ascii=False, sort_keys=True), "cite")
    formatted = cite(CitationRequest((), (work,), view.style, brief.lang, ("this",)))
    return formatted.bibliography[0].html if formatted.bibliography else ""
