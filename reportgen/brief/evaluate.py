"""A brief and a view of its project in; the evaluated brief, its diagnostics and its reads out.

Pure: no files, no clock; citing is handed in. Texts are evaluated in the order in which a reader meets them, for that
is the order of the letters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from reportgen.brief.calls import BLOCKS, Call, SpanOf
from reportgen.brief.cited import Cite, as_notes, authors_of, format_citations, how_to_cite
from reportgen.brief.cited_words import with_citation_words
from reportgen.brief.document import Document, authored, placed
from reportgen.brief.figures import called_chart, evaluate_figure, find_chart
from reportgen.brief.glossary import Mentions
from reportgen.brief.grounds import grounds
from reportgen.brief.history import Telling, with_changes
from reportgen.brief.left_overs import left_over_problems
from reportgen.brief.links import PICTURES, anchors, picture_path, unknown_parts
from reportgen.brief.markdown import converter
from reportgen.brief.note_order import numbered
from reportgen.brief.printing import MOST_INSERTS, NOTHING, Printing, is_statement
from reportgen.brief.scanning import scan
from reportgen.brief.wording import VALUE, claim_text, in_tongue, shown_source, time_text
from reportgen.diagnostics import Diagnostic, Span
from reportgen.facts.addresses import SiteAddress
from reportgen.facts.view import View
from reportgen.language.locales import language_name
from reportgen.language.units import UnitError
from reportgen.late_patterns import regex
from reportgen.load.suggest import did_you_mean, meant_or_known
from reportgen.model.brief import Brief, BriefStatus, folder_of, original_of
from reportgen.model.chart import ChartKind
from reportgen.model.edition import EditionNote, History
from reportgen.model.edtf import parse_edtf
from reportgen.model.evaluated import (
    ConflictBlock,
    EvaluatedBrief,
    FigureBlock,
    NumberKind,
    QuoteBlock,
    ReferenceMark,
    ShownChange,
    ShownConflict,
    ShownFigure,
    ShownOriginal,
    ShownTerm,
    Side,
    SourcesBlock,
)
from reportgen.model.fact import Status
from reportgen.model.figure import EvaluatedFigure, Html
from reportgen.model.glossary import GlossaryTerm
from reportgen.model.text import Text, is_seen
from reportgen.quantities.dates import format_date
from reportgen.quantities.format import FormatError

NO_HISTORY = History()
ID = regex(r"[a-z0-9][a-z0-9-]*")
_TAG = regex(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A brief's value, what is wrong with it, and what was looked at."""

    brief: EvaluatedBrief
    diagnostics: tuple[Diagnostic, ...]
    parts: tuple[tuple[SiteAddress, Span], ...] = ()
    """Parts of other pages that it links to, and where."""


def evaluate(brief: Brief, view: View, cite: Cite, history: History = NO_HISTORY) -> Evaluation:
    """Evaluates a brief. With errors among the diagnostics, the value is not fit to be shown."""
    return _Evaluator(brief, view, cite, history).run()


class _Evaluator:
    def __init__(self, brief: Brief, view: View, cite: Cite, history: History) -> None:
        self._brief = brief
        self._history = history
        lines = brief.body.replace("\r\n", " \n").replace("\r", "\n").split("\n")
        self._line_starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        self._view = view
        self._cite = cite
        self._lang = brief.lang
        self._draft = brief.status is BriefStatus.DRAFT
        self._printing = Printing(view, brief.lang)
        self._document = Document(self._printing, converter(), view.classifier(brief.lang), folder_of(brief.slug))
        if brief.title:
            self._document.mentions = Mentions(view.glossary, brief.lang)
        self._figures: list[EvaluatedFigure | None] = []
        self._conflicts: list[ShownConflict] = []
        self._references: dict[str, ReferenceMark] = {}
        self._shown: set[str] = set()

    def run(self) -> Evaluation:
        brief, inline = self._brief, self._inline
        scanned = scan(brief.body, self._body_place)
        self._number_figures(scanned.calls)
        title, subtitle, abstract = inline("title"), inline("subtitle"), inline("abstract", notes=True)
        inline("menu")  # a digit that is typed there is told like any other
        messages = tuple(
            self._document.inline(text, self._place(f"key_messages.{n}"), self._references, notes=True)
            for n, text in enumerate(brief.key_messages)
        )
        key_figures = tuple(self._key_figure(n) for n in range(len(brief.key_figures)))
        body = self._document.body(brief.body, self._body_place, self._references, self._block, scanned)
        history = Telling(brief, self._history, self._document, self._references).editions()
        changes = (
            ()
            if history
            else tuple(
                ShownChange(
                    format_date(change.date, self._lang) if change.date else "",
                    change.date.text if change.date else "",
                    self._document.inline(
                        change.text.in_language(self._lang), self._place(f"changes.{n}.text"), self._references
                    ),
                )
                for n, change in enumerate(brief.changes)
            )
        )
        terms = tuple(self._meaning(term, n) for n, term in enumerate(self._document.mentions.found, 1))
        self._document.forget_effects(brief.body)
        self._check_images()
        told = any(problem.span.line == brief.at["title"].line for problem in self._printing.problems)
        if brief.title and not told and not is_seen(self._document.plain(title)):
            hint = "write it in words; tags, comments and signs that cannot be seen are left out of a title"
            self._printing.problem("empty-title", "nothing is left of this title", brief.at["title"], hint)
        if self._printing.is_full:
            message = f"a {'page' if brief.is_page else 'brief'} can print at most {MOST_INSERTS} values"
            self._printing.problem("too-many-values", message, brief.at["title"], "cut it in two")
        if self._draft:
            self._printing.warn_of("typed-number")
        self._set_notes()
        is_brief = bool(brief.title) and not brief.is_page
        with_changes(self._printing, history)
        figures = tuple(figure for figure in self._figures if figure is not None)
        cited = format_citations(self._document, self._cite, figures, alone=not brief.title)
        printing = self._printing
        evaluated = EvaluatedBrief(
            slug=brief.slug,
            lang=self._lang,
            draft=self._draft,
            title=title,
            plain_title=self._document.plain(title),
            subtitle=subtitle,
            plain_subtitle=self._document.plain(subtitle),
            date=brief.date,
            date_text=format_date(brief.date, self._lang),
            updated=brief.updated,
            updated_text=format_date(brief.updated, self._lang) if brief.updated else "",
            authors=authors_of(brief, self._view),
            abstract=abstract,
            plain_abstract=self._document.plain(abstract),
            key_messages=messages,
            key_figures=key_figures,
            keywords=brief.keywords,
            changes=changes,
            body=body.html,
            sections=body.sections,
            notes=body.notes,
            inserts=tuple(printing.inserts),
            entries=tuple(printing.entries),
            numbers=tuple(printing.numbers),
            figures=figures,
            conflicts=tuple(self._conflicts),
            citations=cited.formatted.citations,
            citation_words=cited.words,
            references=cited.references,
            how_to_cite=how_to_cite(brief, self._uncited(title), printing, self._cite, self._last())
            if is_brief
            else "",
            overdue=tuple(n for n, entry in enumerate(printing.entries) if entry.state.status is Status.OVERDUE),
            words=self._document.words,
            facts=tuple(printing.facts),
            terms=terms,
            history=history,
            original=self._original(),
            successor=self._successor(),
            cited=tuple(self._document.citations),
        )
        here = [(part.fragment, where) for part, where in self._document.parts if not part.path]
        elsewhere = tuple((part, where) for part, where in self._document.parts if part.path)
        evaluated = numbered(evaluated)
        if cited.formatted.note_style:
            evaluated = as_notes(evaluated, self._document, self._cite, alone=not brief.title)
        evaluated = with_citation_words(evaluated)
        if brief.title:
            evaluated = replace(evaluated, grounds=grounds(evaluated, self._view))
        lost = unknown_parts(here, brief.slug, anchors(evaluated))
        missing = () if self._draft else left_over_problems(evaluated, self._view)
        return Evaluation(evaluated, (*printing.problems, *lost, *missing), elsewhere)

    def _original(self) -> ShownOriginal | None:
        """What a translation follows: the last edition of its original as of its own last one; a translation that is
        not released yet follows the newest."""
        found = self._view.original(self._brief.slug) if self._brief.is_translation and self._brief.title else None
        if found is None:
            return None
        lang, day, path = found
        history = self._view.editions(original_of(self._brief.slug))
        own = self._history.editions[-1] if self._history.editions and self._history.pending is None else None
        then = len(history) - 1
        if own is not None:
            then = next((n for n, each in enumerate(history) if each.note.id == own.original), then)
        iso = history[then].note.date if history else day
        if own is None:
            iso = self._view.pending(original_of(self._brief.slug)) or iso
        time = format_date(parse_edtf(iso), self._lang) if iso else ""
        is_newer = any(not each.note.is_minor for each in history[then + 1 :])
        return ShownOriginal(path, lang, language_name(self._lang, lang), iso, time, is_newer)

    def _successor(self) -> tuple[str, str] | None:
        by = self._brief.by if self._brief.status is BriefStatus.SUPERSEDED else ""
        title = self._view.brief_title(by) if by else ""
        return (by, title if "{{" not in title else by) if by else None

    def _last(self) -> EditionNote | None:
        """The last edition that has a day."""
        return next((note for note in reversed(self._history.notes) if note.date), None)

    def _uncited(self, html: Html) -> str:
        return " ".join(self._document.with_citations(self._document.plain(html), lambda _: "").split())

    # Places

    def _place(self, key: str) -> SpanOf:
        return placed(self._brief.at, key)

    def _body_place(self, start: int, length: int) -> Span:
        def line_and_column(offset: int) -> tuple[int, int]:
            line = bisect_right(self._line_starts, offset) - 1
            return self._brief.body_line + line, offset - self._line_starts[line] + 1

        end_line, end_column = line_and_column(max(start, start + length - 1))
        return Span(self._brief.at.whole.file, *line_and_column(start), end_line, end_column + 1)

    def _inline(self, key: str, *, notes: bool = False) -> Html:
        return self._document.inline(getattr(self._brief, key), self._place(key), self._references, notes=notes)

    # Figures

    def _number_figures(self, calls: Iterable[Call]) -> None:
        """Gives figures and tables their numbers beforehand, so that `ref` can name them wherever it stands."""
        figures = tables = 0
        words = self._view.furniture(self._lang)
        for call in calls:
            chart = called_chart(self._view, call) if call.name in ("chart", "table", "timeline") else None
            if chart is None or chart.id in self._references:
                continue
            if chart.kind is ChartKind.TABLE:
                tables += 1
                name = words.phrase("Table {}", tables)
            else:
                figures += 1
                name = words.phrase("Figure {}", figures)
            # A chart's own page shows one, which needs no number.
            self._references[chart.id] = ReferenceMark(f"figure-{chart.id}", name if self._brief.title else "")
        for id in tuple(self._references):  # `ref` of an id that a chart and a dataset share leads to what is shown
            self._references.setdefault(id.partition(".")[0], self._references[id])

    def _block(self, call: Call) -> str:
        assert call.name in BLOCKS
        id = str(call.subject.value)
        if call.name == "sources":
            return self._sources(call)
        if call.name == "conflict":
            return self._conflict(call, id)
        if call.name == "quote":
            return self._quote(call, id)
        chart = find_chart(self._printing, call)
        if chart is None:
            return NOTHING
        if chart.id in self._shown:
            self._printing.problem(
                "shown-twice", f'"{id}" is shown twice', call.span, f'refer to it instead: {{{{ ref("{chart.id}") }}}}'
            )
            return NOTHING
        self._shown.add(chart.id)
        reference = self._references[chart.id]
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
        if not fact.evidence or not fact.evidence[0].quote:
            self._printing.problem(
                "no-quote", f'"{id}" is computed and has no words to quote', call.where(call.subject),
                f'print its value: {{{{ fact("{id}") }}}}',
            )  # fmt: skip
            return NOTHING
        words, status = fact.evidence[0].quote, self._view.standing(id).status
        number = self._printing.number(
            call.span, words, NumberKind.FACT, fact=id, status=status, statement=is_statement(fact), call="quote()"
        )
        return self._printing.insert(QuoteBlock(self._printing.entry_for_fact(fact, words, number), number))

    def _sources(self, call: Call) -> str:
        if SourcesBlock() in self._printing.inserts:
            self._printing.problem("shown-twice", "sources() is called twice", call.span, "delete one of the two calls")
            return NOTHING
        return self._printing.insert(SourcesBlock())

    def _conflict(self, call: Call, id: str) -> str:
        conflict = self._view.conflict(id)
        if conflict is None:
            if not self._view.broken("conflict", id):
                hint = meant_or_known(id, self._view.known("conflicts"), "conflict")
                self._printing.problem(
                    "unknown-conflict", f'no conflict has the id "{id}"', call.where(call.subject), hint
                )
            return NOTHING
        if any(shown.id == id for shown in self._conflicts):
            self._printing.problem("shown-twice", f'"{id}" is shown twice', call.span, "delete one of the two calls")
            return NOTHING
        sides = []
        for name, agrees in ((name, at > 0) for side in self._view.sides(id) for at, name in enumerate(side)):
            fact = self._printing.find(name, call.where(call.subject))
            if fact is None:
                return NOTHING
            try:
                mark = self._printing.mark_fact(fact, call.span, VALUE, called=f"conflict:{id}")
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
        named = self._document.plain_line(*authored(title, conflict.at, "title", self._lang))
        reason = self._document.inline(*authored(conflict.reason, conflict.at, "reason", self._lang), self._references)
        reason = in_tongue(reason, conflict.reason, self._lang, self._view)
        self._conflicts.append(ShownConflict(id, named, tuple(sides), reason, bool(conflict.preferred)))
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
                entries[n] = replace(
                    entries[n],
                    note=in_tongue(note, fact.note, self._lang, self._view),
                    reading=in_tongue(reading, fact.reading, self._lang, self._view),
                )

    def _meaning(self, term: GlossaryTerm, number: int) -> ShownTerm:
        """A term that the page mentions. What is wrong in its meaning is told of the glossary, and not of each page."""
        before = len(self._printing.problems)
        meaning = self._document.inline(*authored(term.meaning, term.at, "meaning", self._lang))
        del self._printing.problems[before:]
        meaning = in_tongue(meaning, term.meaning, self._lang, self._view)
        return ShownTerm(term.forms(self._lang)[0], meaning, number)

    def _check_images(self) -> None:
        for address, where in self._printing.pictures.items():
            path = picture_path(address)
            if not path.startswith(PICTURES):
                there = self._view.has_image(name := re.split(r"[/\\]", address)[-1])
                step = f"![what it shows](images/{name if there else 'its-name.png'})"
                self._printing.problem(
                    "foreign-picture", f'the picture "{address}" is not one of the project\'s', where,
                    f"write {step}" if there else f"put it into content/images/ and write {step}",
                )  # fmt: skip
            elif not self._view.has_image(path.removeprefix(PICTURES)):
                names = [f"{PICTURES}{name}" for name in self._view.known("images")]
                hint = did_you_mean(path, names) or "put the picture there, or write the name of one that is"
                self._printing.problem("unknown-picture", f"there is no content/{path}", where, hint)
