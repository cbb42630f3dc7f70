"""A misspelt name and the known names in; the most similar known name out. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.language.nearness import nearest_words


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The known name that is most similar to `name`, or None where none is similar."""
    return next(iter(nearest_words(name, names)), None)


def did_you_mean(name: str, names: Iterable[str]) -> str | None:
    """The hint of an error about an unknown name, e.g. `did you mean "wages-2021"?`."""
    found = " or ".join(f'"{meant}"' for meant in nearest_words(name, names))
    return f"did you mean {found}?" if found else None


MOST = 8
"""Names that a hint lists."""


def meant_or_known(name: str, names: Iterable[str], kind: str) -> str:
    """The hint of an error about an unknown id: the most similar id, else the known ids, else where to add one."""
    known = sorted(names)
    if found := did_you_mean(name, known):
        return found
    if not known:
        return f"there is no {kind} yet: {_ADDED[kind]}"
    if len(known) > MOST:
        more = {"fact": "; `reportgen facts` lists them", "source": "; `reportgen add FILE` saves one"}.get(kind, "")
        return f"none of the {len(known):,} {kind}s that there are is spelled like it{more}"
    return f"there are {', '.join(known)}" if len(known) > 1 else f"the only {kind} is {known[0]}"


_ADDED = {
    "fact": "add one to content/facts/",
    "source": "add one to content/sources/",
    "measure": "add one to content/measures.yaml",
    "dataset": "add one to content/data/",
    "chart": "add one to content/charts/",
    "brief": "write content/briefs/some-name.md",
    "conflict": "add one to content/conflicts.yaml",
}
