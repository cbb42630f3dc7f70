"""A misspelt name and the names there are in, the likeliest meant out. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that `name` is most likely a slip for, or None where nothing is near."""
    folded: dict[str, str] = {}
    for known in sorted(names):
        folded.setdefault(known.casefold(), known)
    wanted = name.casefold()
    if wanted in folded:
        return folded[wanted]
    found = get_close_matches(wanted, folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(name: str, names: Iterable[str]) -> str | None:
    """The hint of an error about an unknown name, e.g. `did you mean "wages-2021"?`."""
    found = nearest(name, names)
    return None if found is None else f'did you mean "{found}"?'
