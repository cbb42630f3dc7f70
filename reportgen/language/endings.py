"""An amount as printed and in words in, the amount in the ablative of Turkic languages out: `13%-дан`. Pure."""

from __future__ import annotations

import re

from reportgen.late_patterns import regex

_FRONT = frozenset("әеіөүэ")
_BACK = frozenset("аоұыуяю")
_NASAL = frozenset("мнң")
_VOICELESS = frozenset("пфкқтсшщцчхһбвгд")
"""Final б, в, г and д are spoken without voice."""
_OWNED = regex(r"[\w-]+ (?:\w+(?:[^аәеоөұүыіуюяэ](?:ы|і)|сы|сі))$")
"""Two nouns of which the second belongs to the first: `жұмыс орны`, `АҚШ доллары`."""


def ablative(printed: str, spoken: str) -> str:
    """`printed` with the ending that `spoken`, the same in words, has: "13%" and "он үш пайыз" are `13%-дан`."""
    words = re.findall(r"[^\W\d_]+", spoken.lower())
    last = words[-1] if words else ""
    vowels = [sign for sign in last if sign in _FRONT | _BACK]
    soft = vowels[-1] in _FRONT if vowels else "и" in last
    if _OWNED.search(spoken.lower()) or last[-1:] in _NASAL:
        ending = "нен" if soft else "нан"
    elif last[-1:] in _VOICELESS:
        ending = "тен" if soft else "тан"
    else:
        ending = "ден" if soft else "дан"
    is_word = bool(last) and printed.lower().endswith(last)
    return f"{printed}{'' if is_word else '-'}{ending}"
