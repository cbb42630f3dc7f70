"""conflicts.yaml and checks.yaml in; conflicts and checks by id out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, PlainValidator

from reportgen.load.fields import NO_WORDS, Id, Line, Lines, Words, word_of
from reportgen.load.formulas import check_references, formula_at
from reportgen.load.items import Keys, Loading, Register, checked, items
from reportgen.model.fact import Check, Conflict, Fact


class _Conflict(Keys):
    id: Id
    facts: Lines
    reason: Words
    preferred: Line = ""
    title: Words = NO_WORDS


class _Check(Keys):
    id: Id
    formula: Line = Field(alias="assert")
    message: Words
    severity: Annotated[str, PlainValidator(word_of("error", "warning"))] = "error"


def load_conflicts(loading: Loading, path: str, facts: Mapping[str, Fact]) -> dict[str, Conflict]:
    """The conflicts, by id, in the order of the file."""
    register = Register("conflict")
    loaded: dict[str, Conflict] = {}
    for item in items(loading, "conflict", path):
        fields, failed = checked(loading, "conflict", _Conflict, item)
        at = item.at
        if (item.id and not register.admit(loading, item.id, at["id"])) or fields is None:
            continue
        missed = loading.missed
        for number, name in enumerate(fields.facts):
            loading.refer("fact", name, facts, at[f"facts.{number}"])
        if len(set(fields.facts)) < 2:
            loading.report("wrong-value", "a conflict is between two facts or more", at["facts"])
        if fields.preferred and fields.preferred not in fields.facts:
            message = f'"{fields.preferred}" is not among the facts of this conflict'
            loading.report("wrong-value", message, at["preferred"], f"one of {', '.join(fields.facts)}")
        if failed or loading.missed > missed:
            loading.broken.add(("conflict", fields.id))
        else:
            loaded[fields.id] = Conflict(fields.id, fields.facts, fields.reason, fields.preferred, fields.title, at=at)
    return loaded


def load_checks(loading: Loading, path: str, facts: Mapping[str, Fact]) -> dict[str, Check]:
    """The checks, by id, in the order of the file."""
    register = Register("check")
    loaded: dict[str, Check] = {}
    for item in items(loading, "check", path):
        fields, failed = checked(loading, "check", _Check, item)
        at = item.at
        if (item.id and not register.admit(loading, item.id, at["id"])) or fields is None:
            continue
        formula = formula_at(loading, fields.formula, at, "assert")
        if formula is None:
            loading.broken.add(("check", fields.id))
            continue
        missed = loading.missed
        check_references(loading, formula, facts, at, "assert")
        if not formula.is_check:
            hint = "for example [a] / [b] < 10 kW/rig"
            loading.report("bad-formula", "a check compares two values with <, <=, >, >=, = or !=", at["assert"], hint)
            loading.broken.add(("check", fields.id))
            continue
        if failed or loading.missed > missed:
            loading.broken.add(("check", fields.id))
        else:
            loaded[fields.id] = Check(fields.id, formula, fields.message, fields.severity, at=at)
    return loaded
