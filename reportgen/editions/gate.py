"""Answers about a project in, what published facts and rows say otherwise without a reason out. Pure.

Facts and rows are told here, once for all briefs that print them, where they stand: in drafts too, for their own pages,
charts and the data files show them whether or not a brief does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from reportgen.brief.said import (
    fact_said,
    fact_saying,
    inputs_of,
    quantity_said,
    quotes_of,
    row_names,
    row_said,
    row_subject,
)
from reportgen.brief.wording import Options, quantity_text, value_text
from reportgen.diagnostics import Diagnostic, Span
from reportgen.editions.comparing import DifferenceKind, TextDifference, compare
from reportgen.editions.judging import (
    Reason,
    entries,
    history_problems,
    minor_problem,
    needless,
    reason_for,
    said_of,
    unseen,
)
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.language.units import UnitError
from reportgen.model.brief import Brief
from reportgen.model.dataset import Dataset
from reportgen.model.edition import Edition, Printed, Said, Saying
from reportgen.model.fact import Fact
from reportgen.quantities.format import FormatError
from reportgen.quantities.formula import FormulaError, parse_formula

MOST_TOLD = 6
"""Values that follow, and cells of a file, told one by one."""
_NAMED = re.compile(r"(\w+)=([^,)]*)")


def edition_problems(answers: Answers) -> tuple[Diagnostic, ...]:
    """What contradicts the editions of a project, but for what a brief's own text says: that is told where it is
    evaluated."""
    project, found = answers.project, list[Diagnostic]()
    asked: dict[str, _Question] = {}
    for slug, history in project.editions.items():
        brief = project.briefs.get(slug)
        if brief is None or not history:
            continue
        found += history_problems(project, brief)
        view = View(answers)
        again = said_again(history[-1].printed, view, brief.lang)
        differences = compare(history[-1].printed, again, aliases_of(answers))
        reasons = unseen(entries(project, brief), history)
        _ask(asked, brief, history[-1], differences, reasons)
    found += (question.diagnostic(answers) for question in asked.values())
    found += _needless_in_facts(answers)
    return tuple(dict.fromkeys(found))


def aliases_of(answers: Answers) -> dict[str, str]:
    """An id that a fact had before -> its id now."""
    return {old: fact.id for fact in answers.project.facts.values() for old in fact.aliases}


@dataclass(slots=True)
class _Question:
    """A fact, or a dataset's rows, that say something else than was published, and nobody said why."""

    difference: TextDifference
    day: str
    briefs: dict[str, int] = field(default_factory=dict)
    """Slug -> how often it printed the value."""
    follows: dict[str, None] = field(default_factory=dict)
    minor: Reason | None = None
    more: list[TextDifference] = field(default_factory=list)
    """Further rows of the same dataset."""

    def diagnostic(self, answers: Answers) -> Diagnostic:
        difference, project = self.difference, answers.project
        message = said_of(difference, self.day)
        if self.minor is not None:
            return minor_problem(self.minor, message)
        told = [f"{_times(times)} in {slug}" for slug, times in sorted(self.briefs.items()) if times]
        more = f"it is printed {', '.join(told)}" if told else "it is computed with"
        if self.more:
            more += f"; so it is with {len(self.more):,} more of this file"
        if self.follows:
            listed = list(self.follows)
            rest = f" and {len(listed) - MOST_TOLD:,} more" if len(listed) > MOST_TOLD else ""
            more += f"; with it {', '.join(listed[:MOST_TOLD])}{rest}"
        where = _place(answers, difference)
        kind = "correction" if difference.kind is DifferenceKind.CHANGED else "update"
        beside = "here" if difference.facts else f"in the dataset {difference.dataset}"
        otherwise = "(revision, if the source changed" if kind == "correction" else "(correction, if it was wrong"
        hint = f'say why, {beside}: changes: [{{kind: {kind}, text: "…"}}]   {otherwise}; or one entry in each brief)'
        if difference.facts and project.facts[difference.facts[-1]].changes:
            hint = hint.replace("changes: [{", "one more entry of changes: {").replace("}]", "}")
        return Diagnostic("unexplained-change", message, where, hint, more=more)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _ask(
    asked: dict[str, _Question],
    brief: Brief,
    last: Edition,
    differences: tuple[TextDifference, ...],
    reasons: tuple[Reason, ...],
) -> None:
    for difference in differences:
        if difference.kind not in (DifferenceKind.CHANGED, DifferenceKind.QUOTE):
            continue
        if not (difference.facts or difference.dataset) or reason_for(difference, reasons):
            continue
        key = difference.facts[-1] if difference.facts else f"row:{difference.dataset}"
        question = asked.setdefault(key, _Question(difference, last.note.date))
        if question.difference.subject != difference.subject:
            question.more.append(difference)
        question.briefs[brief.slug] = question.briefs.get(brief.slug, 0) + difference.times[0]
        question.minor = question.minor or reason_for(difference, reasons, minor=True)
        question.follows.update(
            (f"{each.old} becomes {each.new}", None)
            for each in differences
            if each.kind is DifferenceKind.FOLLOWS
            and set(each.because) & set(difference.facts)
            and each.old != each.new
            and each.times[0]
        )


def _place(answers: Answers, difference: TextDifference) -> Span:
    project = answers.project
    if difference.facts:
        return _fact_place(project.facts[difference.facts[-1]], difference)
    dataset = project.datasets[difference.dataset]
    if dataset.file.endswith((".csv", ".tsv", ".txt")):
        names = row_names(dataset)
        for name, line in zip(names, dataset.lines, strict=True):
            if difference.subject.startswith(f"row:{dataset.id}/{name}/"):
                return Span.at(f"content/data/{dataset.file}", line)
    return dataset.at["file"]


def _fact_place(fact: Fact, difference: TextDifference) -> Span:
    if difference.kind is DifferenceKind.QUOTE:
        return fact.at["evidence.0.quote"]
    return fact.at["formula"] if fact.formula else fact.at["value"]


def _needless_in_facts(answers: Answers) -> Iterator[Diagnostic]:
    """Entries of facts that say what they said when they were published."""
    project = answers.project
    for fact in project.facts.values():
        if not fact.changes:
            continue
        idle: list[tuple[Span, str]] = []
        needed = printed = False
        for slug, history in project.editions.items():
            brief = project.briefs.get(slug)
            known = [s for s in history[-1].printed.sayings if s.fact == fact.id] if history else []
            if brief is None or not known:
                continue
            printed = True
            own = ((f"fact:{fact.id}", change, _entry_place(fact, n)) for n, change in enumerate(fact.changes))
            fresh = unseen(own, history)
            view = View(answers)
            quotes = tuple(quote for quote in history[-1].printed.quotes if quote[0] == fact.id)
            if known[0].said != fact_said(fact, view) or sorted(quotes) != sorted(quotes_of(fact)):
                needed = True
            idle += [(reason.where, slug) for reason in fresh]
        if printed and not needed:
            yield from (needless(where, f'"{fact.id}"', slug) for where, slug in dict(idle).items())


def _entry_place(fact: Fact, number: int) -> Span:
    key = f"changes.{number}.text"
    return fact.at[key] if key in fact.at.keys else fact.at[f"changes.{number}.kind"]


# What an edition said, said again as of now


def said_again(printed: Printed, view: View, lang: str) -> Printed:
    """The same printings with the values that they have now; what is gone is left out."""
    facts = dict.fromkeys(fact for fact, _, _ in printed.quotes)
    rows: dict[str, Mapping[str, Said]] = {}
    sayings = [_again(saying, view, lang, rows) for saying in printed.sayings]
    known = (fact for id in facts if (fact := view.fact(id)) is not None)
    return Printed(
        tuple(saying for saying in sayings if saying is not None),
        tuple(quote for fact in known for quote in quotes_of(fact)),
        printed.charts,
        printed.sources,
        printed.lines,
    )


def _again(saying: Saying, view: View, lang: str, rows: dict[str, Mapping[str, Said]]) -> Saying | None:
    if saying.fact:
        fact = view.fact(saying.fact)
        if fact is None:
            return None
        text = saying.text
        with suppress(FormatError, UnitError):
            text = value_text(view, fact, lang, options_of(saying.call)) if saying.is_printed else ""
        return fact_saying(fact, view, text, saying.call, saying.sentence)
    if saying.subject.startswith("calc:"):
        return _calc_again(saying, view, lang)
    id = saying.subject.removeprefix("row:").partition("/")[0]
    dataset = view.dataset(id)
    if dataset is None:
        return None
    if id not in rows:
        rows[id] = _cells(dataset)
    said = rows[id].get(saying.subject)
    if said is None:
        return None
    text = saying.text if said == saying.said else said.value
    return Saying(saying.subject, text, said, call=saying.call, sentence=saying.sentence)


def _calc_again(saying: Saying, view: View, lang: str) -> Saying | None:
    try:
        computed = view.compute(parse_formula(saying.subject.removeprefix("calc:")))
    except FormulaError:
        return None
    if computed.quantity is None:
        return None
    said = quantity_said(computed.quantity) if "show=date" not in saying.call else saying.said
    try:
        text = quantity_text(view, computed.quantity, lang, options_of(saying.call))
    except (FormatError, UnitError):
        text = said.value
    facts = inputs_of(computed.inputs, view)
    return Saying(saying.subject, text, said, facts, saying.formula, call=saying.call, sentence=saying.sentence)


def _cells(dataset: Dataset) -> dict[str, Said]:
    return {
        row_subject(dataset.id, name, column.name): row_said(dataset, row, place)
        for row, name in enumerate(row_names(dataset))
        for place, column in enumerate(dataset.columns)
    }


def options_of(call: str) -> Options:
    """How a printing asked for its value."""
    named = {found[1]: found[2].strip() for found in _NAMED.finditer(call)}
    unit, digits, decimals = named.get("unit", "short"), named.get("digits"), named.get("decimals")
    show = named.get("show", "value")
    return Options(
        show if show != "claim" else "value",
        unit if unit in ("short", "long", "none") else "short",  # type: ignore[arg-type]
        named.get("scale"),
        int(digits) if digits else None,
        int(decimals) if decimals else None,
    )
