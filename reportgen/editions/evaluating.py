"""A brief and a view in; the brief evaluated with its history, and what its editions say against it, out. Pure.

A brief that says something else than its last edition, with a reason, is evaluated once more with the edition that it
will be: its page tells of the change before it is released.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reportgen.brief.cited import Cite
from reportgen.brief.evaluate import Evaluation, evaluate
from reportgen.brief.figures import alone_slug
from reportgen.brief.said import printed
from reportgen.diagnostics import Diagnostic, Span, errors
from reportgen.editions.comparing import TextDifference, cells_of, compare
from reportgen.editions.judging import (
    Judged,
    Reason,
    entries_of,
    judge,
    last_that_said,
    next_version,
    page_problem,
    restored_problem,
    unseen,
    with_day,
)
from reportgen.editions.parts import lost_parts
from reportgen.editions.record import asked_of_a_page, reasons_of_site, site_reason
from reportgen.facts.view import View
from reportgen.model.brief import Brief, BriefStatus
from reportgen.model.edition import ChangeKind, Edition, EditionChange, EditionNote, History, Printed, whole


@dataclass(frozen=True, slots=True)
class ToldBrief:
    """A brief with its history."""

    evaluation: Evaluation
    judged: Judged
    history: History


def evaluate_told(brief: Brief, view: View, cite: Cite) -> ToldBrief:
    """A brief with its history; a draft's is not told, for no page shows the draft."""
    if brief.is_page or not brief.title:
        return _beside(brief, view, cite)
    editions = view.editions(brief.slug)
    shown = whole(editions)
    day = view.releasing(brief.slug)
    if brief.status is BriefStatus.WITHDRAWN:
        return _withdrawn(brief, view, cite, editions, day)
    first = evaluate(brief, view, cite, History(shown))
    if errors(first.diagnostics) or not brief.is_public or not (editions or day):
        return ToldBrief(first, Judged(), History(shown))
    if not editions:
        note = with_day(EditionNote("", "1", ""), day, ())
        return _again(brief, view, cite, History((), note), Judged())
    now = printed(first.brief, view)
    before = last_that_said(editions).printed
    differences = compare(before, now, _aliases(view, before, now), brief.lang)
    reasons = reasons_of(brief, view, editions, differences)
    judged = judge(brief, editions, differences, reasons, _NowPrinted(brief, first))
    restored = tuple(restored_problem(brief, editions, reasons))
    told = (*judged.diagnostics, *restored, *lost_parts(brief, editions[-1], first.brief))
    judged = replace(judged, diagnostics=told, pending=None if restored else judged.pending)
    if judged.pending is None:
        return ToldBrief(_with(first, judged), judged, History(shown))
    note = judged.pending
    judged = replace(judged, diagnostics=(*judged.diagnostics, *_updated_again(brief, note)))
    note = with_day(note, day, (e.note.id for e in editions)) if day else note
    return _again(brief, view, cite, History(shown, note), judged)


def _withdrawn(brief: Brief, view: View, cite: Cite, editions: tuple[Edition, ...], day: str) -> ToldBrief:
    """A brief that is withdrawn: its last edition says so."""
    said = EditionChange("brief", ChangeKind.WITHDRAWAL, brief.reason)
    if not editions:
        message = "this brief is withdrawn, and was never published"
        hint = "remove its file, or write status: draft"
        found = evaluate(brief, view, cite)
        problem = Diagnostic("wrong-value", message, brief.at["status"], hint)
        return ToldBrief(replace(found, diagnostics=(*found.diagnostics, problem)), Judged(), History())
    if said.key in (change.key for change in editions[-1].note.changes):
        return _again(brief, view, cite, History(whole(editions)), Judged())
    note = EditionNote("", next_version(editions, minor=False), "", (said,))
    judged = Judged(tuple(_updated_again(brief, note)))
    note = with_day(note, day, (e.note.id for e in editions)) if day else note
    return _again(brief, view, cite, History(whole(editions), note), judged)


def _updated_again(brief: Brief, note: EditionNote) -> Iterator[Diagnostic]:
    """The day of an update that the next edition would contradict."""
    if brief.updated is not None and not note.is_minor:
        message = f"this brief gets another edition, and says {brief.updated.text}"
        hint = "remove the line: the day of an update is that of its edition"
        yield Diagnostic("wrong-date", message, brief.at["updated"], hint, "warning")


def _beside(brief: Brief, view: View, cite: Cite) -> ToldBrief:
    """A page beside the briefs, or a chart's own: what its numbers say otherwise than the site's record needs a reason,
    and nothing else does."""
    found = evaluate(brief, view, cite)
    recorded = view.recorded(brief.slug)
    if errors(found.diagnostics) or recorded is None or not brief.is_public:
        return ToldBrief(found, Judged(), History())
    day, before = recorded
    now = printed(found.brief, view)
    differences = compare(before, now, _aliases(view, before, now), brief.lang)
    asked = [difference for difference in differences if asked_of_a_page(difference)]
    chart = brief.slug.removeprefix(alone_slug(""))
    if not asked or (not brief.is_page and view.shown_by_published(chart)):
        return ToldBrief(found, Judged(), History())
    project = view.explained()
    reasons = reasons_of_site(project)
    place, wrong = _NowPrinted(brief, found), []
    for difference in asked:
        if site_reason(project, brief.slug, difference, reasons) is None:
            minor = site_reason(project, brief.slug, difference, reasons, minor=True)
            wrong.append(page_problem(brief, day, difference, minor, place(difference)))
    judged = Judged(tuple(wrong))
    return ToldBrief(_with(found, judged), judged, History())


def _again(brief: Brief, view: View, cite: Cite, history: History, judged: Judged) -> ToldBrief:
    return ToldBrief(_with(evaluate(brief, view, cite, history), judged), judged, history)


def _with(found: Evaluation, judged: Judged) -> Evaluation:
    return replace(found, diagnostics=(*found.diagnostics, *judged.diagnostics))


def reasons_of(
    brief: Brief, view: View, history: tuple[Edition, ...], differences: Iterable[TextDifference]
) -> tuple[Reason, ...]:
    """The entries that may explain what differs: the brief's, and those of the facts and datasets that it is about."""
    found = [*entries_of("brief", brief.changes, brief.at)]
    for owner in dict.fromkeys(owner for difference in differences for owner in difference.owners):
        kind, _, id = owner.partition(":")
        about = view.fact(id) if kind == "fact" else view.dataset(id)
        if about is not None:
            found += entries_of(owner, about.changes, about.at)
    return unseen(found, history)


def _aliases(view: View, old: Printed, new: Printed) -> dict[str, str]:
    """Ids of the old edition that facts, charts and datasets of the new one had before."""
    gone = {s.fact for s in old.sayings} - {s.fact for s in new.sayings}
    facts = (fact for id in dict.fromkeys(s.fact for s in new.sayings if s.fact) if (fact := view.fact(id)))
    found = {alias: fact.id for fact in facts for alias in fact.aliases if alias in gone}
    charts = (chart for each in new.charts if (chart := view.chart(each.id)))
    found |= {f"chart:{alias}": f"chart:{chart.id}" for chart in charts for alias in chart.aliases}
    ids = {each.dataset for each in new.charts}.union(*(cells_of(saying.formula) for saying in new.sayings))
    datasets = (dataset for id in ids if (dataset := view.dataset(id)))
    return found | {f"row:{alias}": f"row:{dataset.id}" for dataset in datasets for alias in dataset.aliases}


class _NowPrinted:
    """Where something is printed now: the first call that prints it, else its sentence, else the brief's title."""

    def __init__(self, brief: Brief, found: Evaluation) -> None:
        self._brief, self._found = brief, found.brief

    def __call__(self, difference: TextDifference) -> Span:
        subject = difference.now or difference.subject
        kind, _, id = subject.partition(":")
        for number in self._found.numbers:
            here = {"fact": number.fact, "calc": number.formula, "chart": number.call.removeprefix("chart:")}.get(kind)
            if number.line and here and (here == id or _alike(here, id)):
                return Span.at(number.file, number.line, number.column or 1, 2)
            if kind == "row" and number.line and (number.dataset, number.text) == (difference.dataset, difference.new):
                return Span.at(number.file, number.line, number.column or 1, 2)
        from reportgen.editions.translating import place_of

        sentence = difference.sentence[1].partition("\n")[0]
        return place_of(sentence, 0, self._brief) or self._brief.at["title"]


def _alike(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())
