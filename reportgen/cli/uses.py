"""A fact's id and a project in, all that rests on it out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportgen.brief.calls import Call
from reportgen.brief.scanning import scan
from reportgen.diagnostics import Span
from reportgen.facts.answers import Answers, query_key
from reportgen.model.brief import Brief
from reportgen.model.chart import Chart
from reportgen.quantities.formula import FormulaError, parse_formula


@dataclass(frozen=True, slots=True)
class Uses:
    """What rests on a fact. Ids, in the order of the files."""

    facts: tuple[str, ...]
    """Computed from it, however deep."""
    conflicts: tuple[str, ...]
    checks: tuple[str, ...]
    datasets: tuple[str, ...]
    """Whose query finds it, or a fact computed from it."""
    charts: tuple[str, ...]
    printed: tuple[tuple[Span, str], ...]
    """Where a brief prints it or something that rests on it, and by which call."""


def uses_of(id: str, answers: Answers) -> Uses:
    """Everything in a project that would change with a fact."""
    project = answers.project
    facts = tuple(other for other in project.facts if id in answers.computed(other).inputs)
    touched = {id, *facts}
    datasets = tuple(
        name
        for name, dataset in project.datasets.items()
        if dataset.query and touched & set(answers.answer(query_key(dataset.query)))  # type: ignore[call-overload]
    )
    charts = tuple(name for name, chart in project.charts.items() if chart.data in datasets or touched & _named(chart))
    conflicts = tuple(name for name, conflict in project.conflicts.items() if id in conflict.facts)
    checks = tuple(name for name, check in project.checks.items() if touched & set(check.formula.references))
    shown = {
        "fact": touched,
        "quote": touched,
        "chart": {*charts},
        "timeline": {*charts},
        "table": {*charts, *datasets},
        "conflict": {*conflicts},
    }
    printed = [
        (call.span, _words(call))
        for brief in project.briefs.values()
        for call in _calls(brief)
        if call.subject.value in shown.get(call.name, ())
        or (call.name == "calc" and touched & _references(str(call.subject.value)))
    ]
    return Uses(facts, conflicts, checks, datasets, charts, tuple(printed))


def _named(chart: Chart) -> set[str]:
    """Facts that a chart names beside its rows."""
    return {*(line.fact for line in chart.lines), *(note.fact for note in chart.annotations)}


def _calls(brief: Brief) -> Iterator[Call]:
    """Every call of a brief, front matter first."""
    file, body, first = brief.at.whole.file, brief.body, brief.body_line

    def in_body(start: int, length: int) -> Span:
        return Span.at(file, first + body.count("\n", 0, start), start - body.rfind("\n", 0, start), length)

    for key, text in _texts(brief):
        yield from scan(text, lambda start, length, key=key: brief.at.inside(key, start, start + length)).calls  # type: ignore[misc]
    yield from scan(body, in_body).calls


def _texts(brief: Brief) -> Iterable[tuple[str, str]]:
    """Texts of the front matter that are evaluated, by their keys."""
    yield from (("title", brief.title), ("subtitle", brief.subtitle), ("abstract", brief.abstract))
    yield from ((f"key_messages.{n}", text) for n, text in enumerate(brief.key_messages))
    for n, figure in enumerate(brief.key_figures):
        value = figure.value if "(" in figure.value else f'fact("{figure.value}")'
        yield f"key_figures.{n}.value", f"{{{{ {value} }}}}"
        yield f"key_figures.{n}.label", figure.label
    yield from ((f"changes.{n}.text", change.text) for n, change in enumerate(brief.changes))


def _references(formula: str) -> set[str]:
    try:
        return set(parse_formula(formula).references)
    except FormulaError:
        return set()


def _words(call: Call) -> str:
    return f'{call.name}("{call.subject.value}")'
