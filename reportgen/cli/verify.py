"""`reportgen verify`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from reportgen.cli.project import Code, in_project
from reportgen.cli.show import console, count, show_text, visible
from reportgen.diagnostics import errors

if TYPE_CHECKING:
    from reportgen.engines.archive import Outcome
    from reportgen.model.fact import Evidence, Fact
    from reportgen.model.project import Project

SHA = 12
"""Hex digits of a file's hash that are shown."""


@click.command()
@click.option(
    "--archive",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    required=True,
    metavar="DIR",
    help="The folder of saved sources. Files are known by their content, whatever they are called.",
)
@in_project
def verify(root: Path, archive: Path) -> Code:
    """Find every quotation in the saved sources.

    Prints, for each fact, whether its quotation stands in the saved text, and where; for one that does not, the
    passage that comes nearest, with the differences marked as [yours → the source's]. What was found is kept in
    content/evidence.lock, which belongs beside the facts: a fact counts as verified while its quotation and the
    saved file stay as they were.

    \b
    reportgen verify --archive ../sources
    """
    from reportgen import pipeline
    from reportgen.engines.archive import OutcomeCode

    answers, _ = pipeline.answers(root)
    verified = pipeline.verify(root, archive)
    outcomes = {_key(o.request): o for o in verified.outcomes}
    out = console(sys.stdout)
    missed = 0
    for fact in answers.project.facts.values():
        for line in _lines(fact, outcomes, answers.project):
            out.print(line)
        missed += any((o := outcomes.get(_key(e))) is None or o.entry is None for e in fact.evidence)
    told_above = set(get_args(OutcomeCode))
    others = [d for d in verified.diagnostics if d.code not in told_above or d.severity == "warning"]
    show_text(others, root, sys.stderr)
    quoted = sum(bool(fact.evidence) for fact in answers.project.facts.values())
    lock = "content/evidence.lock was written" if verified.changed else "content/evidence.lock is as it was"
    click.echo(f"{quoted - missed:,} of {count(quoted, 'quoted fact')} found; {lock}.")
    return 1 if missed or errors(verified.diagnostics) else 0


def _key(quoted: Evidence | Outcome | object) -> tuple[object, ...]:
    return tuple(getattr(quoted, name) for name in ("source", "prefix", "quote", "suffix"))


def _lines(fact: Fact, outcomes: dict[tuple[object, ...], Outcome], project: Project) -> Iterator[str]:
    """One line for each quotation of a fact, with the nearest passage under one that was not found."""
    if fact.formula is not None:
        yield f"computed   {fact.id}  from {', '.join(fact.formula.references)}"
    for n, evidence in enumerate(fact.evidence):
        outcome = outcomes.get(_key(evidence))
        if outcome is not None and outcome.entry is not None:
            entry = outcome.entry
            yield f"found      {fact.id}  {evidence.source} {entry.sha256[:SHA]}… {entry.start}–{entry.end}"
            for warning in outcome.warnings:
                yield f"           warning: {visible(warning)}"
            continue
        place = fact.at[f"evidence.{n}.quote"]
        reason = outcome.reason if outcome else "it was not looked for"
        where = f"{place.file}:{place.line}:{place.column}"
        yield f"NOT FOUND  {fact.id}  {evidence.source}: {visible(reason)} ({where})"
        yield f"           quote: {visible(evidence.quote)}"
        if outcome and outcome.hint:
            yield f"           {visible(outcome.hint)}"
