"""A target's traces and the present in; whether it is stale out, and why, in words. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportgen.model.reads import ReadKey
from reportgen.rebuild.digest import ABSENT, Digest
from reportgen.rebuild.target import PROGRAM, DigestOf
from reportgen.rebuild.trace import Trace

OUTPUTS = frozenset({"output", "files", "part"})
"""Kinds of key that name another target: its value, its files, an entry of its value."""

MOST_REASONS = 3
"""Reasons named; further ones are only counted."""

_CHANGED = {
    "all": "there are other {} than before",
    "as-of": "the day that ages are counted to changed",
    "computed": "the value of {} changed",
    "conflicts-of": "the conflicts of {} are others than before",
    "dependents": "other facts are computed from {} than before",
    "facts-of": "other facts rest on {} than before",
    "files": "the files of {} changed",
    "output": "what {} gives changed",
    "part": "what {} gives of {} changed",
    "published": "there are other published briefs than before",
    "query": "a new answer to the query {}",
    "setting": "the setting {} changed",
    "style": "the citation style changed",
    "showing": "other briefs show {} than before",
    "standing": "the state of {} changed",
    "units": "the units changed",
    "verdict": "what the check {} comes to changed",
    "verified": "whether the words of {} were found changed",
    "version": "the version of {} changed",
}
"""Wording by kind of key; any other kind is `fact wages-2021 changed`."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A target that need not be made: its outputs are in the cache."""

    trace: Trace


@dataclass(frozen=True, slots=True)
class Stale:
    """A target that has to be made, or may have to be."""

    name: str
    reasons: tuple[str, ...]
    """Each a clause in the authors' terms."""
    awaits: tuple[str, ...] = ()
    """Where not empty, it is made only if one of these stale targets, which it read, comes out different."""
    may_hold: tuple[Trace, ...] = ()
    """The traces of which one holds if they do not."""

    @property
    def reason(self) -> str:
        """All in one line."""
        told, more = self.reasons[:MOST_REASONS], len(self.reasons) - MOST_REASONS
        return "; ".join(told) + (f"; and {more} more" if more > 0 else "")


def judge(
    name: str,
    traces: Sequence[Trace],
    digest_of: DigestOf,
    result_of: Callable[[ReadKey], Digest | None],
    intact: Callable[[str], bool],
) -> Fresh | Stale:
    """Whether one of a target's traces holds now. `result_of` answers for OUTPUTS: None where not settled."""
    found = traces
    traces = [t for t in found if all(seen == digest_of(key) for key, seen in t.reads if key == PROGRAM)]
    if found and not traces:
        return Stale(name, (wording(PROGRAM, "", ""),))
    awaits: dict[str, None] = {}
    may_hold: list[Trace] = []
    lost = False
    for trace in traces:
        unsettled = _unsettled(trace, digest_of, result_of)
        if unsettled is None:
            continue
        if not all(map(intact, trace.blobs)):
            lost = True
        elif unsettled:
            awaits |= dict.fromkeys(unsettled)
            may_hold.append(trace)
        else:
            return Fresh(trace)
    if awaits:
        return Stale(name, tuple(f"{other} is stale" for other in awaits), tuple(awaits), tuple(may_hold))
    if lost:
        return Stale(name, ("its output is no longer in the cache",))
    if not traces:
        return Stale(name, ("new: no record of it",))
    # Of the traces with the fewest differences the latest: it is nearest to the author's last edit.
    return Stale(name, min((_differences(trace, digest_of, result_of) for trace in traces), key=len))


def _unsettled(trace: Trace, digest_of: DigestOf, result_of: Callable[[ReadKey], Digest | None]) -> list[str] | None:
    """Targets that it hangs on; None where some read does not hold."""
    names = []
    for key, seen in trace.reads:
        now = result_of(key) if key[0] in OUTPUTS else digest_of(key)
        if now is None:
            names.append(key[1])
        elif now != seen:
            return None
    return names


def _differences(trace: Trace, digest_of: DigestOf, result_of: Callable[[ReadKey], Digest | None]) -> tuple[str, ...]:
    """What changed since, causes before consequences."""
    changed = []
    for key, seen in trace.reads:
        now = result_of(key) if key[0] in OUTPUTS else digest_of(key)
        if now is not None and now != seen:
            changed.append((key[0] in OUTPUTS, key, seen, now))
    return tuple(wording(key, seen, now) for _, key, seen, now in sorted(changed))


def wording(key: ReadKey, seen: Digest, now: Digest) -> str:
    """One difference in words, e.g. `template brief.html changed`, `there is no fact wages-2021 any more`."""
    kind, name, *aspect = (*key, "", "")[: max(2, len(key))]
    if kind in _CHANGED:
        return _CHANGED[kind].format(_query(name) if kind == "query" else name, *aspect)
    thing = f"{kind} {name}".rstrip()
    if seen == ABSENT:
        return f"there is now a {thing}"
    if now == ABSENT:
        return f"there is no {thing} any more"
    return f"the {' '.join(aspect)} of {thing} changed" if aspect else f"{thing} changed"


def _query(asked: str) -> str:
    """`{"measure":["x"],"place":["KZ","US"]}` as `measure x, place KZ US`."""
    try:
        parts = json.loads(asked)
        texts = ((k, " ".join(map(str, v)) if isinstance(v, list) else str(v)) for k, v in parts.items() if v)
        return ", ".join(f"{name} {text}" for name, text in texts)
    except (ValueError, AttributeError):
        return asked
