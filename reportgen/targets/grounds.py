"""What of each brief rests on each of its sources, as targets: for the sources' own pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

from reportgen.model.brief import Brief
from reportgen.model.evaluated import EvaluatedBrief, SourceWeight
from reportgen.rebuild.parts import in_parts, packed
from reportgen.rebuild.target import Reader, Target, TargetResult
from reportgen.targets.contexts import Falling
from reportgen.targets.session import Session


def falling_target(session: Session, brief: Brief) -> Target:
    """What of a brief rests on each of its sources: a map by the sources' ids."""

    def make(reader: Reader) -> TargetResult:
        evaluated = session.evaluated(brief, reader)
        weights = evaluated.grounds.weights if evaluated.grounds else ()
        found = {each.source.id: packed(asdict(_falling(evaluated, each))) for each in weights}
        return TargetResult(value=in_parts(found))

    return Target(f"falling {brief.slug}", make)


def _falling(brief: EvaluatedBrief, weight: SourceWeight) -> Falling:
    assert brief.grounds is not None
    entries = {entry.fact or brief.numbers[entry.number].formula: entry for entry in brief.entries}
    printed: Counter[str] = Counter()
    for n in (*weight.numbers, *weight.statements):
        number = brief.numbers[n]
        printed[number.fact or number.formula or number.cell] += 1
    values = ((entries[key].text, entries[key].anchor, count) for key, count in printed.items() if key in entries)
    figures = [(brief.figures[n], some, rows) for n, some, rows in weight.resting]
    parts = [(figure.name, figure.plain_title, figure.anchor, some, rows) for figure, some, rows in figures]
    parts += [("", brief.conflicts[n].title, f"conflict-{brief.conflicts[n].id}", 0, 0) for n in weight.conflicts]
    return Falling(
        brief.slug,
        brief.plain_title,
        brief.lang,
        len(weight.numbers),
        brief.grounds.numbers,
        len(weight.statements),
        brief.grounds.statements,
        tuple(parts),
        tuple(values),
        weight.cited,
    )


def read_falling(found: dict[str, object]) -> Falling:
    """What `packed` wrote of one, read back."""
    given = dict(found)
    for name in ("parts", "values"):
        listed = given[name]
        assert isinstance(listed, list)
        given[name] = tuple(map(tuple, listed))
    return Falling(**given)  # type: ignore[arg-type]
