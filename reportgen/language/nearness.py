"""A misspelt word and the known ones in; the one or two that were meant out, none where it would be a guess. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

MOST = 500
"""Known words that are compared letter by letter."""
AT_MOST = 2
"""Words that are as near, of which one may have been meant."""
SHORTEST = 4
"""Letters of a word of which one may be wrong."""


def nearest_words(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words that differ least: in their case, in a letter of every four, or in what stands before or behind.
    None where more than two are as near."""
    folded: dict[str, str] = {}
    for name in sorted(known):
        folded.setdefault(name.casefold(), name)
    wanted = word.casefold().replace("–", "-").replace("—", "-").replace("_", "-")
    if wanted in folded:
        return (folded[wanted],)
    most = len(wanted) // SHORTEST
    lengths = [name for name in folded if abs(len(name) - len(wanted)) <= most]
    near = [(edits, name) for name in lengths[:MOST] if (edits := _edits(wanted, name, most)) <= most]
    if not near:  # in a short word, two letters may have changed places
        near = [(1, name) for name in lengths if sorted(name) == sorted(wanted) and _edits(wanted, name, 1) == 1]
    near = near or [(abs(len(name) - len(wanted)), name) for name in folded if _is_part(name, wanted)]
    fewest = min(near, default=(0, ""))[0]
    best = sorted(name for edits, name in near if edits == fewest)
    return tuple(folded[name] for name in best) if len(best) <= AT_MOST else ()


def _is_part(one: str, other: str) -> bool:
    """Whether one begins as the other does, or is one of the words that it is joined of."""
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST:
        return len(short) == SHORTEST - 1 and long.startswith(short) and len(long) == SHORTEST
    return long.startswith(short) or short in long.split("-")


def _edits(one: str, other: str, most: int) -> int:
    """Letters to put in, to take out, to replace, or neighbours to exchange; more than `most` where there are more."""
    missing = (Counter(one) - Counter(other)).total()  # in whatever order: no less than that is to be done
    if max(missing, missing + len(other) - len(one)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        older, before, row = before, row, [at]
        for place, sign in enumerate(other, 1):
            cost = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != sign))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == sign:
                cost = min(cost, older[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
