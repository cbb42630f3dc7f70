"""The keys of `changes:` of a brief, a fact or a dataset in; the entries out, each with its reason."""

from __future__ import annotations

from reportgen.diagnostics import Places
from reportgen.load.fields import a_day
from reportgen.load.items import Loading
from reportgen.load.schema import keys_of
from reportgen.model.edition import Change, ChangeKind

CHANGES = keys_of(Change, date=a_day)


def check_changes(
    loading: Loading, changes: tuple[Change, ...], at: Places, *, of_brief: bool = True
) -> tuple[Change, ...]:
    """The entries, of which those without a reason are reported."""
    for number, change in enumerate(changes):
        if not change.text and change.kind is not ChangeKind.MINOR:
            hint = 'text: "…", which readers see as the reason; only a minor change needs none'
            message = f"this {change.kind} says nothing of why"
            loading.report("missing-key", message, at[f"changes.{number}.kind"], hint)
        if change.facts and not of_brief:
            hint = "leave facts out: this entry is about what it stands in"
            loading.report("unknown-key", "only a brief's entry names facts", at[f"changes.{number}.facts"], hint)
    return changes
