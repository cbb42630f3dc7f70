"""Answers in, what is wrong between facts out: no value, no agreement, a failed check, a review overdue. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from reportgen.brief.meanings import meaning_problems
from reportgen.brief.plain_texts import plain_text_problems
from reportgen.brief.printing import digits_problem, round_problem
from reportgen.brief.statements import fact_said_problems, said_problems
from reportgen.diagnostics import Diagnostic, Places
from reportgen.facts.answers import Answers, Computed
from reportgen.facts.conflicts import connected
from reportgen.facts.view import View
from reportgen.language.rounding import unsupported
from reportgen.model.edtf import overlaps
from reportgen.model.fact import DateValue, Fact, Rank, TextValue
from reportgen.model.formula import Formula
from reportgen.quantities.format import NBSP, format_quantity
from reportgen.quantities.formula import CheckVerdict


def problems(answers: Answers) -> tuple[Diagnostic, ...]:
    """Formulas without a value, conflicts that nobody resolved, checks that fail, facts past their review, what is
    said of facts, and what is not read in plain texts."""
    return (
        *_formula_problems(answers),
        *_precision_problems(answers),
        *conflict_problems(answers),
        *_check_problems(answers),
        *_overdue_problems(answers),
        *said_problems(answers),
        *plain_text_problems(answers),
        *meaning_problems(answers),
    )


def fact_problems(answers: Answers, fact: Fact) -> tuple[Diagnostic, ...]:
    """The same of one fact that is written down, without those of formulas and checks."""
    alone = replace(answers.project, facts={fact.id: fact}, measures={}, checks={}, briefs={}, pages={})
    return (
        *conflict_problems(answers, fact),
        *_overdue_problems(answers, (fact,)),
        *fact_said_problems(View(answers), fact),
        *plain_text_problems(Answers(alone, answers.as_of, answers.units)),
    )


def _formula_problems(answers: Answers) -> tuple[Diagnostic, ...]:
    found = []
    for fact in answers.project.facts.values():
        if fact.formula is None or any(("fact", r) in answers.project.broken for r in fact.formula.references):
            continue
        found += _no_value(answers, answers.computed(fact.id), fact.formula, fact.at, "formula", f'"{fact.id}"')
    return tuple(found)


def _no_value(
    answers: Answers, computed: Computed, formula: Formula, at: Places, key: str, whose: str
) -> list[Diagnostic]:
    """Why a formula has no value, unless that is because of a fact of which it is told."""
    if computed.quantity is not None:
        return []
    wordy = [
        Diagnostic(
            "bad-formula",
            f'{whose}: "{r.id}" has no number to compute with',
            at.inside(key, r.start + 1, r.end - 1),
            "name a fact with a number, or with a formula",
        )
        for r in formula.positions
        if r.cell is None and answers.project.facts[r.id].formula is None and answers.computed(r.id).quantity is None
    ]
    if wordy or any(r.cell is None and answers.computed(r.id).quantity is None for r in formula.positions):
        return wordy
    if any(r.cell is not None and ("dataset", r.cell.dataset) in answers.project.broken for r in formula.positions):
        return []
    where = at.inside(key, computed.start, computed.end) if computed.end > computed.start else at[key]
    return [Diagnostic("bad-formula", f"{whose}: {computed.problem}", where, computed.hint)]


def _precision_problems(answers: Answers) -> tuple[Diagnostic, ...]:
    """More digits asked of a formula than its interval supports, and round numbers on which its digits hang."""
    found: list[Diagnostic] = []
    told: set[str] = set()
    for fact in answers.project.facts.values():
        if fact.formula is None or (quantity := answers.computed(fact.id).quantity) is None:
            continue
        supported = unsupported(quantity, fact.digits, fact.decimals)
        if supported:
            key = "digits" if fact.digits is not None else "decimals"
            found.append(digits_problem(f'"{fact.id}"', supported, key, fact.at[key]))
        for id in answers.round_numbers(fact.formula, fact.digits, fact.decimals):
            if id not in told:
                told.add(id)
                found.append(round_problem(answers.project.facts[id], f'"{fact.id}"'))
    return tuple(found)


def conflict_problems(answers: Answers, of: Fact | None = None) -> tuple[Diagnostic, ...]:
    """Conflicts that nobody resolved: all, or those of one fact."""
    known = [frozenset(conflict.facts) for conflict in answers.project.conflicts.values()]
    pairs = answers.disagreements
    if of is not None:
        beside = [one for one in answers.project.facts.values() if (one.measure, one.place) == (of.measure, of.place)]
        pairs = tuple(p for p in answers.comparison.disagreements(beside) if of.id in (p.one, p.other))
    open_pairs = [pair for pair in pairs if not any({pair.one, pair.other} <= facts for facts in known)]
    return tuple(_conflict(answers, ids) for ids in connected(open_pairs))


def _conflict(answers: Answers, ids: tuple[str, ...]) -> Diagnostic:
    """Facts that cannot all hold: their values side by side, their times, and why they are compared."""
    order = list(answers.project.facts)
    facts = [answers.project.facts[id] for id in sorted(ids, key=order.index)]
    sides = answers.comparison.sides(facts)
    shown = " ≠ ".join(_side(answers, side) for side in sides)
    measure = answers.project.measures[facts[0].measure]
    place = f" for {facts[0].place}" if facts[0].place else ""
    apart = not all(
        overlaps(one, other)
        for a, b in combinations(facts, 2)
        if (one := answers.time_of(a)) and (other := answers.time_of(b))
    )
    why = f"within {measure.comparable_within} of each other" if apart else "at times that overlap"
    listed = ", ".join(fact.id for fact in facts)
    return Diagnostic(
        "conflict",
        f"{'these two' if len(facts) == 2 else f'these {len(facts)}'} facts cannot all hold: {shown}; they are compared"
        f' because all give "{measure.id}"{place} {why}',
        facts[-1].at["value"],
        f"resolve it in content/conflicts.yaml: {{id: …, facts: [{listed}], preferred: {facts[0].id}, reason: …}};"
        " or correct one of them, or give its as_of; if they are about different things, as two dams, give each a place"
        " or a measure of its own",
    )


def _side(answers: Answers, side: tuple[Fact, ...]) -> str:
    """`14 farms ("a", 2020-06; "b", 2020)`: values that are equal are named once."""
    named: dict[str, list[str]] = {}
    for fact in side:
        time = answers.time_of(fact)
        when = "" if time is None else f", {time.text}" if fact.as_of else f", reported {time.text}"
        named.setdefault(_value(answers, fact), []).append(f'"{fact.id}"{when}')
    return " and ".join(f"{value} ({'; '.join(facts)})" for value, facts in named.items())


def _value(answers: Answers, fact: Fact) -> str:
    quantity = answers.computed(fact.id).quantity
    if quantity is not None:
        return format_quantity(quantity, "en", units=answers.units).replace(NBSP, " ")
    if isinstance(fact.value, DateValue):
        return fact.value.date.text
    return f'"{fact.value.text.in_language("")}"' if isinstance(fact.value, TextValue) else fact.id


def _check_problems(answers: Answers) -> tuple[Diagnostic, ...]:
    found = []
    for check in answers.project.checks.values():
        verdict = answers.verdicts[check.id]
        if isinstance(verdict, Computed):
            found += _no_value(answers, verdict, check.formula, check.at, "assert", f'the check "{check.id}"')
            continue
        if verdict is CheckVerdict.HOLDS:
            continue
        message = check.message.in_language(answers.project.settings.lang).rstrip(".")
        undecided = verdict is CheckVerdict.UNDECIDED
        names = f"it names {', '.join(check.formula.references)}"
        found.append(
            Diagnostic(
                "check-undecided" if undecided else "check-failed",
                f'the check "{check.id}" {"is undecided" if undecided else "fails"}: {message}',
                check.at["assert"],
                f"some of the values that its facts allow satisfy it, and some do not; {names}" if undecided else names,
                "notice" if undecided or check.severity == "warning" else "error",
            )
        )
    return tuple(found)


def _overdue_problems(answers: Answers, facts: Iterable[Fact] | None = None) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            "overdue",
            f'"{fact.id}" was to be looked at again by {due.text}',
            fact.at["review_by"],
            "look at its source again and set a new review_by; until then pages mark it as past review",
            "notice",
        )
        for fact in (answers.project.facts.values() if facts is None else facts)
        if fact.rank is not Rank.DEPRECATED and (due := answers.due(fact)) is not None
    )
