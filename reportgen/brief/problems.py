"""Answers in, what is wrong between facts out: no value, no agreement, a failed check, a review overdue. Pure."""

from __future__ import annotations

from reportgen.brief.statements import said_problems
from reportgen.diagnostics import Diagnostic, Places
from reportgen.facts.answers import Answers, Computed
from reportgen.model.fact import Rank
from reportgen.model.formula import Formula
from reportgen.quantities.formula import Verdict


def problems(answers: Answers) -> tuple[Diagnostic, ...]:
    """Formulas without a value, conflicts that nobody resolved, checks that fail, facts past their review, and what is
    said of facts."""
    return (
        *_formula_problems(answers),
        *_conflict_problems(answers),
        *_check_problems(answers),
        *_overdue_problems(answers),
        *said_problems(answers),
    )


def _formula_problems(answers: Answers) -> tuple[Diagnostic, ...]:
    found = []
    for fact in answers.project.facts.values():
        if fact.formula is None or any(("fact", r) in answers.project.broken for r in fact.formula.references):
            continue
        found += _no_value(answers, answers.computed(fact.id), fact.formula, fact.at, "formula")
    return tuple(found)


def _no_value(answers: Answers, computed: Computed, formula: Formula, at: Places, key: str) -> list[Diagnostic]:
    """Why a formula has no value, unless that is because of a fact of which it is told."""
    if computed.quantity is not None:
        return []
    wordy = [
        Diagnostic(
            "bad-formula",
            f'"{r.id}" has no number to compute with',
            at.inside(key, r.start + 1, r.end - 1),
            "name a fact with a number, or with a formula",
        )
        for r in formula.positions
        if answers.project.facts[r.id].formula is None and answers.computed(r.id).quantity is None
    ]
    if wordy or any(answers.computed(r).quantity is None for r in formula.references):
        return wordy
    where = at.inside(key, computed.start, computed.end) if computed.end > computed.start else at[key]
    return [Diagnostic("bad-formula", computed.problem, where, computed.hint)]


def _conflict_problems(answers: Answers) -> tuple[Diagnostic, ...]:
    known = [frozenset(conflict.facts) for conflict in answers.project.conflicts.values()]
    found = []
    for pair in answers.disagreements:
        if not any({pair.one, pair.other} <= facts for facts in known):
            later = answers.project.facts[pair.other]
            found.append(
                Diagnostic(
                    "conflict",
                    f'"{pair.one}" and "{pair.other}" cannot both hold: {pair.reason}',
                    later.at["value"],
                    f"resolve it in content/conflicts.yaml: {{id: …, facts: [{pair.one}, {pair.other}],"
                    f" preferred: {pair.one}, reason: …}}, or correct one of them",
                )
            )
    return tuple(found)


def _check_problems(answers: Answers) -> tuple[Diagnostic, ...]:
    found = []
    for check in answers.project.checks.values():
        verdict = answers.verdicts[check.id]
        if isinstance(verdict, Computed):
            found += _no_value(answers, verdict, check.formula, check.at, "assert")
            continue
        if verdict is Verdict.HOLDS:
            continue
        message = check.message.in_language(answers.project.settings.lang).rstrip(".")
        warns = verdict is Verdict.UNDECIDED or check.severity == "warning"
        word = "may not hold" if verdict is Verdict.UNDECIDED else "fails"
        found.append(
            Diagnostic(
                "check-failed",
                f'the check "{check.id}" {word}: {message}',
                check.at["assert"],
                f"it names {', '.join(check.formula.references)}",
                "warning" if warns else "error",
            )
        )
    return tuple(found)


def _overdue_problems(answers: Answers) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            "overdue",
            f'"{fact.id}" was to be looked at again by {due.text}',
            fact.at["review_by"],
            "look at its source again and set a new review_by; until then pages mark it as past review",
            "warning",
        )
        for fact in answers.project.facts.values()
        if fact.rank is not Rank.DEPRECATED and (due := answers.due(fact)) is not None
    )
