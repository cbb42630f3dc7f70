"""conflicts.yaml and checks.yaml in; conflicts and checks by id out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.load.fields import an_id, word_of
from reportgen.load.formulas import check_references, formula_at
from reportgen.load.items import ItemFields, Loading, items, load_items
from reportgen.load.schema import keys_of
from reportgen.model.fact import Check, Conflict, Fact
from reportgen.model.text import Text


@dataclass(frozen=True, slots=True)
class _CheckFields:
    id: str
    assert_: str
    message: Text
    severity: str = "error"


_CONFLICT = keys_of(Conflict, id=an_id)
_CHECK = keys_of(_CheckFields, id=an_id, severity=word_of("error", "warning"))


def load_conflicts(loading: Loading, path: str, facts: Mapping[str, Fact]) -> dict[str, Conflict]:
    """The conflicts, by id, in the order of the file."""

    def conflict(entry: ItemFields[Conflict]) -> Conflict:
        fields, at = entry.fields, entry.at
        for number, name in enumerate(fields.facts):
            loading.refer("fact", name, facts, at[f"facts.{number}"])
        if len(set(fields.facts)) < 2:
            hint = "facts: [one, another]"
            loading.report("wrong-value", "a conflict is between two facts or more", at["facts"], hint)
        if fields.preferred and fields.preferred not in fields.facts:
            message = f'"{fields.preferred}" is not among the facts of this conflict'
            loading.report("wrong-value", message, at["preferred"], f"one of {', '.join(fields.facts)}")
        return fields

    return load_items(loading, "conflict", _CONFLICT, items(loading, "conflict", path), conflict)


def load_checks(loading: Loading, path: str, facts: Mapping[str, Fact]) -> dict[str, Check]:
    """The checks, by id, in the order of the file."""

    def check(entry: ItemFields[_CheckFields]) -> Check | None:
        fields, at = entry.fields, entry.at
        formula = formula_at(loading, fields.assert_, at, "assert")
        if formula is None:
            return None
        check_references(loading, formula, facts, at, "assert")
        if not formula.is_check:
            message = "a check compares two values with <, <=, >, >=, = or !="
            loading.report("bad-formula", message, at["assert"], "for example [a] / [b] < 10 kW/rig")
            return None
        return Check(fields.id, formula, fields.message, fields.severity, at=at)

    return load_items(loading, "check", _CHECK, items(loading, "check", path), check)
