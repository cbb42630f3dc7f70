"""`reportgen why`."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli.listing import FactList
from reportgen.cli.project import Code, in_project
from reportgen.cli.show import visible
from reportgen.cli.uses import Uses, uses_of
from reportgen.load.suggest import did_you_mean
from reportgen.model.fact import Fact, Rank


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
        inner = listing.answers.project.facts.get(id)
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
