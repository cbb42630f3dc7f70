"""Numbers on their way to phrases in, those whose sign is said in words behind them signed: `12 degrees below zero`.

Changes the drafts that are handed in.
"""

from __future__ import annotations

from reportgen.language.draft import Draft
from reportgen.language.unit_reader import UnitReader

_HEAT = frozenset(("°C", "°F", "K", "degree"))
_NEAR = 5
"""Words between a temperature and a word before it that may say its sign."""
_STOPS = frozenset(".,;:!?()|")


def signed(drafts: list[Draft], reader: UnitReader) -> list[Draft]:
    """The drafts with their signs, without the zero that a sign is said by."""
    said = reader.lexicon.data.get("signs_after", {})
    taken: set[int] = set()
    for draft in drafts:
        if draft.void or draft.kind not in ("number", "range") or not _may_be_heat(draft):
            continue
        found = [
            (end, said[text]) for text, end in reader.beginning(draft.last, "signs_after") if draft.units or " " in text
        ]
        if found:
            _sign(draft, *max(found), taken=taken)
        elif draft.units and draft.sign == 1 and (word := _cold_beside(draft, reader)):
            draft.void = f'"{word}" beside it may say its sign'
    return [draft for draft in drafts if draft.first not in taken]


def _may_be_heat(draft: Draft) -> bool:
    return not draft.units or any(base in _HEAT for unit in draft.units for base, _ in unit.powers)


def _sign(draft: Draft, end: int, sign: int, *, taken: set[int]) -> None:
    taken.update(range(draft.last, end))
    draft.last = end
    if sign == -1 and (draft.sign == -1 or draft.kind == "range"):
        draft.void = "its sign is said before it and behind it" if draft.sign == -1 else "both its ends are below zero"
    draft.sign *= sign


def _cold_beside(draft: Draft, reader: UnitReader) -> str:
    """A word of cold before a temperature in its clause, or right behind it: `мороз до 15 градусов`."""
    listed = reader.lexicon.words("cold")
    for index in (draft.last, *range(draft.first - 1, max(-1, draft.first - _NEAR - 1), -1)):
        word = reader.text(index)
        if word in _STOPS and index < draft.first:
            break
        if any(word == cold or (cold[-1] == "*" and word.startswith(cold[:-1])) for cold in listed):
            return word
        if reader.listed(index, "cold"):
            return word
    return ""
