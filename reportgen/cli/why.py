"""`reportgen why`: what a fact rests on, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from reportgen.brief.calls import Call
from reportgen.brief.scanning import scan
from reportgen.cli.listing import FactList
from reportgen.cli.project import Code, in_project
from reportgen.cli.show import visible
from reportgen.diagnostics import Span
from reportgen.facts.answers import Answers, query_key
from reportgen.load.suggest import did_you_mean
from reportgen.model.brief import Brief
from reportgen.model.chart import Chart
from reportgen.model.fact import Fact, Rank
from reportgen.quantities.formula import FormulaError, parse_formula


@click.command()
@click.argument("id")
@in_project
def why(root: Path, id: str) -> Code:
    """What a fact rests on, what rests on it, and where it is printed.

    For a quoted fact: the source, the quotation, and whether it was found in the saved text. For a computed one: its
    formula and every value in it, as deep as it goes.

    \b
    reportgen why median-wage-2025
    """
    from reportgen import pipeline

    answers, _ = pipeline.answers(root)
    fact = answers.project.facts.get(id)
    if fact is None:
        hint = did_you_mean(id, answers.project.facts) or "`reportgen facts` lists them all"
        raise click.UsageError(f'no fact has the id "{id}": {hint}')
    listing = FactList(answers)
    lines = [*_head(fact, listing), "", "It rests on", *_basis(fact, listing, "  ")]
    lines += ["", "On it rest", *_uses(uses_of(id, answers))]
    click.echo("\n".join(visible(line) for line in lines))
    return 0


def _head(fact: Fact, listing: FactList) -> list[str]:
    listed = listing.listed(fact)
    told = [f"{fact.id}: {listed.claim}"]
    where = f"{fact.at.whole.file}:{fact.at.whole.line}"
    details = [listed.value, listed.measure, listed.place, listed.time]
    told.append("  " + "; ".join(part for part in details if part))
    told.append(f"  {listed.status.value}{_because(fact, listing)}; {where}")
    if fact.verdict and fact.verdict.printed:
        told.append(f"  the quotes print: {', '.join(fact.verdict.printed)}")
    if fact.verdict and fact.verdict.why:
        told.append(f"  {fact.verdict.why}")
    if fact.modality:
        told.append(f"  {fact.modality}, as the source has it")
    if fact.rank is Rank.DEPRECATED:
        told.append("  deprecated: no brief may print it")
    told += [
        f"  {word}: {text.in_language(listing.lang)}"
        for word, text in (("reading", fact.reading), ("note", fact.note))
        if text
    ]
    return told


def _because(fact: Fact, listing: FactList) -> str:
    blamed = listing.answers.standing(fact.id).because
    return f": {', '.join(f'{kind} {id}' for kind, id in blamed)}" if blamed else ""


def _basis(fact: Fact, listing: FactList, indent: str) -> list[str]:
    """The quotations of a fact, or its formula with the same for every value in it."""
    if fact.formula is None:
        return _quotes(fact, listing, indent)
    lines = [f"{indent}the formula {fact.formula.text} = {listing.value(fact) or 'no value'}"]
    for id in fact.formula.references:
        inner = listing.answers.fact(id)
        if inner is None:
            lines.append(f"{indent}  {id}: there is no such fact")
            continue
        lines.append(f"{indent}  {id} = {listing.value(inner) or 'no value'} ({listing.listed(inner).status.value})")
        lines += _basis(inner, listing, f"{indent}    ")
    return lines


def _quotes(fact: Fact, listing: FactList, indent: str) -> list[str]:
    lines = []
    for evidence, entry in zip(fact.evidence, listing.answers.answer(("verified", fact.id)), strict=True):  # type: ignore[call-overload]
        words = f"{evidence.prefix}“{evidence.quote}”{evidence.suffix}"
        locator = f", {evidence.locator}" if evidence.locator else ""
        lines.append(f"{indent}{words}")
        lines.append(f"{indent}  {evidence.source} ({listing.source(evidence.source)}{locator})")
        found = f"found in {entry.sha256[:12]}… at {entry.start}–{entry.end}" if entry else "not verified"
        if fact.cell is not None:
            found = f"the file {fact.cell.file}, SHA-256 {fact.cell.sha256[:12]}…, is {'' if entry else 'not '}saved"
        lines.append(f"{indent}  {found}")
    return lines or [f"{indent}nothing: it has neither evidence nor a formula"]


def _uses(uses: Uses) -> list[str]:
    lines = [
        f"  {word}: {', '.join(ids)}"
        for word, ids in (
            ("facts", uses.facts),
            ("conflicts", uses.conflicts),
            ("checks", uses.checks),
            ("datasets", uses.datasets),
            ("charts", uses.charts),
        )
        if ids
    ]
    lines += [f"  printed: {place.file}:{place.line}:{place.column} {call}" for place, call in uses.printed]
    return lines or ["  nothing yet"]


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
    """Where a brief or a page prints it or something that rests on it, and by which call."""


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
        for brief in project.documents.values()
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
    yield from ((f"changes.{n}.text", change.text.in_language(brief.lang)) for n, change in enumerate(brief.changes))


def _references(formula: str) -> set[str]:
    try:
        return set(parse_formula(formula).references)
    except FormulaError:
        return set()


def _words(call: Call) -> str:
    return f'{call.name}("{call.subject.value}")'
