"""A brief and a view in; the brief evaluated with its history, and what its editions say against it, out. Pure.

A brief that says something else than its last edition, with a reason, is evaluated once more with the edition that it
will be: its page tells of the change before it is released.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reportgen.brief.cited import Cite
from reportgen.brief.evaluate import Evaluation, evaluate
from reportgen.brief.said import printed
from reportgen.diagnostics import Places, Span, errors
from reportgen.editions.comparing import TextDifference, compare
from reportgen.editions.judging import Judged, Reason, judge, unseen, with_day
from reportgen.facts.view import View
from reportgen.model.brief import Brief
from reportgen.model.edition import Change, Edition, EditionNote, History, Printed


@dataclass(frozen=True, slots=True)
class ToldBrief:
    """A brief with its history."""

    evaluation: Evaluation
    judged: Judged
    history: History


def evaluate_told(brief: Brief, view: View, cite: Cite) -> ToldBrief:
    """A brief with its history; a draft's is not told, for no page shows the draft."""
    editions = view.editions(brief.slug) if brief.title else ()
    day = view.releasing(brief.slug) if brief.title else ""
    first = evaluate(brief, view, cite, History(editions))
    if errors(first.diagnostics) or not brief.is_public or not (editions or day):
        return ToldBrief(first, Judged(), History(editions))
    if not editions:
        note = with_day(EditionNote("", "1", ""), day, ())
        return _again(brief, view, cite, History((), note), Judged())
    now = printed(first.brief, view)
    differences = compare(editions[-1].printed, now, _aliases(view, editions[-1].printed, now), brief.lang)
    reasons = reasons_of(brief, view, editions, differences)
    judged = judge(brief, editions, differences, reasons, _NowPrinted(brief, first))
    if judged.pending is None:
        return ToldBrief(_with(first, judged), judged, History(editions))
    note = with_day(judged.pending, day, (e.note.id for e in editions)) if day else judged.pending
    return _again(brief, view, cite, History(editions, note), judged)


def _again(brief: Brief, view: View, cite: Cite, history: History, judged: Judged) -> ToldBrief:
    return ToldBrief(_with(evaluate(brief, view, cite, history), judged), judged, history)


def _with(found: Evaluation, judged: Judged) -> Evaluation:
    return replace(found, diagnostics=(*found.diagnostics, *judged.diagnostics))


def reasons_of(
    brief: Brief, view: View, history: tuple[Edition, ...], differences: Iterable[TextDifference]
) -> tuple[Reason, ...]:
    """The entries that may explain what differs: the brief's, and those of the facts and datasets that it is about."""
    found: list[tuple[str, Change, Span]] = _entries("brief", brief.changes, brief.at)
    facts = dict.fromkeys(id for difference in differences for id in difference.facts)
    for id in facts:
        if (fact := view.fact(id)) is not None:
            found += _entries(f"fact:{id}", fact.changes, fact.at)
    datasets = dict.fromkeys(difference.dataset for difference in differences if difference.dataset)
    for id in datasets:
        if (dataset := view.dataset(id)) is not None:
            found += _entries(f"dataset:{id}", dataset.changes, dataset.at)
    return unseen(found, history)


def _entries(owner: str, changes: tuple[Change, ...], at: Places) -> list[tuple[str, Change, Span]]:
    keys = ((number, f"changes.{number}.text") for number in range(len(changes)))
    return [(owner, changes[number], at[key if key in at.keys else f"changes.{number}.kind"]) for number, key in keys]


def _aliases(view: View, old: Printed, new: Printed) -> dict[str, str]:
    """Ids of the old edition that facts of the new one had before."""
    gone = {s.fact for s in old.sayings} - {s.fact for s in new.sayings}
    facts = (fact for id in dict.fromkeys(s.fact for s in new.sayings if s.fact) if (fact := view.fact(id)))
    return {alias: fact.id for fact in facts for alias in fact.aliases if alias in gone}


class _NowPrinted:
    """Where something is printed now: the first call that prints it, else the brief's title."""

    def __init__(self, brief: Brief, found: Evaluation) -> None:
        self._brief, self._found = brief, found.brief

    def __call__(self, difference: TextDifference) -> Span:
        subject = difference.now or difference.subject
        kind, _, id = subject.partition(":")
        for number in self._found.numbers:
            here = {"fact": number.fact, "calc": number.formula, "chart": number.call.removeprefix("chart:")}.get(kind)
            if number.line and here and (here == id or _alike(here, id)):
                return Span.at(number.file, number.line, number.column or 1, 2)
        return self._brief.at["title"]


def _alike(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())
