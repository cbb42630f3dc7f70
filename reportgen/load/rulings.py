"""conflicts.yaml and checks.yaml in; conflicts and checks by id out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, PlainValidator

from reportgen.load.fields import NO_WORDS, Id, LineField, LinesField, Words, word_of
from reportgen.load.formulas import check_references, formula_at
from reportgen.load.items import Keys, Loading, entries, items, keep
from reportgen.model.fact import Check, Conflict, Fact


class _ConflictFields(Keys):
    id: Id
    facts: LinesField
    reason: Words
    preferred: LineField = ""
    title: Words = NO_WORDS


class _CheckFields(Keys):
    id: Id
    formula: LineField = Field(alias="assert")
    message: Words
    severity: Annotated[str, PlainValidator(word_of("error", "warning"))] = "error"


def load_conflicts(loading: Loading, path: str, facts: Mapping[str, Fact]) -> dict[str, Conflict]:
    """The conflicts, by id, in the order of the file."""
    loaded: dict[str, Conflict] = {}
    for entry in entries(loading, "conflict", _ConflictFields, items(loading, "conflict", path)):
        fields, at = entry.fields, entry.at
        for number, name in enumerate(fields.facts):
            loading.refer("fact", name, facts, at[f"facts.{number}"])
        if len(set(fields.facts)) < 2:
            hint = "facts: [one, another]"
            loading.report("wrong-value", "a conflict is between two facts or more", at["facts"], hint)
        if fields.preferred and fields.preferred not in fields.facts:
            message = f'"{fields.preferred}" is not among the facts of this conflict'
            loading.report("wrong-value", message, at["preferred"], f"one of {', '.join(fields.facts)}")
        conflict = Conflict(fields.id, fields.facts, fields.reason, fields.preferred, fields.title, at=at)
        keep(loading, "conflict", loaded, entry, conflict)
    return loaded


def load_checks(loading: Loading, path: str, facts: Mapping[str, Fact]) -> dict[str, Check]:
    """The checks, by id, in the order of the file."""
    loaded: dict[str, Check] = {}
    for entry in entries(loading, "check", _CheckFields, items(loading, "check", path)):
        fields, at = entry.fields, entry.at
        formula = formula_at(loading, fields.formula, at, "assert")
        if formula is not None:
            check_references(loading, formula, facts, at, "assert")
            if not formula.is_check:
                message = "a check compares two values with <, <=, >, >=, = or !="
                loading.report("bad-formula", message, at["assert"], "for example [a] / [b] < 10 kW/rig")
                formula = None
        check = None if formula is None else Check(fields.id, formula, fields.message, fields.severity, at=at)
        keep(loading, "check", loaded, entry, check)
    return loaded
