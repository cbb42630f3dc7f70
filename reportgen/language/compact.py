"""A language in, its words for multiples out, as the compact numbers of CLDR have them. Reads Babel's data.

The pattern of a power of ten need not name that power: in Spanish 10⁹ is `0000 M`, a thousand millions; in Japanese
10⁶ is `000万`, a hundred times 10⁴; and in German 10³ is `0`, which has no word at all. What a word multiplies by is
the power less the digits that stand beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from reportgen.late_patterns import regex
from reportgen.locale_tables import Locale

Length = Literal["short", "long"]
Around = tuple[str, str]
"""What stands before a number and after it, spaces included."""

_DIGITS = regex(r"([^0]*)(0+)([^0]*)")
_DIRECTIONS = str.maketrans(dict.fromkeys("\u200e\u200f\u061c"))


@cache
def compact_words(locale: Locale, length: Length) -> Mapping[int, Mapping[str, Around]]:
    """Multiple -> plural category -> what stands around a number that it multiplies: `{10**6: {"other": ("", " M")}}`.

    Empty where the language has none of that length. A word that stands for two multiples is left out.
    """
    meant: dict[str, set[int]] = defaultdict(set)
    for multiple, _, around in (*_patterns(locale, "short"), *_patterns(locale, "long")):
        meant[_word(around)].add(multiple)
    found: dict[int, dict[str, Around]] = defaultdict(dict)
    for multiple, category, around in _patterns(locale, length):
        if len(meant[_word(around)]) == 1:
            found[multiple].setdefault(category, around)
    return found


@cache
def _patterns(locale: Locale, length: Length) -> tuple[tuple[int, str, Around], ...]:
    """Each pattern that has a word: what it multiplies by, its plural category, what stands around its number."""
    found = []
    formats: Any = locale.compact_decimal_formats.get(length) or {}
    for category, by_power in formats.items():
        for power, pattern in sorted(by_power.items(), key=lambda item: int(item[0])):
            text = str(getattr(pattern, "pattern", pattern)).partition(";")[0].replace("'", "").translate(_DIRECTIONS)
            parts = _DIGITS.fullmatch(text)
            if parts and (parts[1] + parts[3]).strip():
                multiple = int(power) // 10 ** (len(parts[2]) - 1)
                found.append((multiple, category, (parts[1].lstrip(), parts[3].rstrip())))
    return tuple(found)


def _word(around: Around) -> str:
    return " ".join("…".join(around).split())
