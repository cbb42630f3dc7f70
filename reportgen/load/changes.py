"""The keys of `changes:` of a brief, a fact or a dataset in; the entries out, each with its reason."""

from __future__ import annotations

import re

from reportgen.diagnostics import Places
from reportgen.late_patterns import regex
from reportgen.load.fields import a_day
from reportgen.load.items import Loading
from reportgen.load.schema import keys_of
from reportgen.model.edition import Change, ChangeKind
from reportgen.model.text import Text

CHANGES = keys_of(Change, date=a_day)
FEWEST = 2
"""Words of a reason."""
_CALL = regex(r"\{\{.*?\}\}|\[@[^\]]*\]", re.S)
_SHORTEST = 5
"""Letters of a reason."""
_SIGN = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_WORD = rf"{_SIGN}|[^\W\d_]+"


def is_reason(text: Text) -> bool:
    """Whether it says why in words, in each of its languages: not a stop, a dash, the name of the kind, a call alone.
    Where words are not parted by spaces, a sign is one."""
    return bool(text) and all(_says(words) for _, words in text.by_language)


def _says(words: str) -> bool:
    found = {word.lower() for word in re.findall(_WORD, _CALL.sub(" ", words))}
    letters = sum(2 if re.fullmatch(_SIGN, word) else len(word) for word in found)
    return len(found) >= FEWEST and letters >= _SHORTEST


def check_changes(
    loading: Loading, changes: tuple[Change, ...], at: Places, *, of_brief: bool = True
) -> tuple[Change, ...]:
    """The entries, of which those without a reason are reported."""
    for number, change in enumerate(changes):
        key = f"changes.{number}.text"
        if change.kind is not ChangeKind.MINOR and not is_reason(change.text):
            hint = 'text: "We had misread the table.", which readers see as the reason; only a minor change needs none'
            message = f"this {change.kind} says nothing of why: a reason has at least {FEWEST} words"
            loading.report("needs-reason", message, at[key if key in at.keys else f"changes.{number}.kind"], hint)
        if change.facts and not of_brief:
            hint = "leave facts out: this entry is about what it stands in"
            loading.report("unknown-key", "only a brief's entry names facts", at[f"changes.{number}.facts"], hint)
    return changes
