"""A text in, where its sentences begin, out. Pure."""

from __future__ import annotations

import re

from reportgen.late_patterns import regex

_SENTENCE_END = regex(r"[.!?…।॥؟۔]['\")\]]*[⁰¹²³⁴-⁹]* (?=[\"'(\[]*[^\W_a-zа-яёәғқңөұүһі])")
_ABBREVIATED = regex(
    r"(?:^|[ (])(?:[^\W\d_]|approx|ca|cf|dr|e\.g|est|etc|fig|i\.e|inc|jr|ltd|mr|mrs|ms|no|nos|pp|prof|st|vs|vol|см|рис"
    r"|табл|ст|стр|млн|млрд|тыс|руб|долл|т\.е|т\.д|т\.п)\.$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 8


def sentence_ends(text: str) -> tuple[int, ...]:
    """Where each sentence but the first begins."""
    return tuple(
        found.end()
        for found in _SENTENCE_END.finditer(text)
        if not _ABBREVIATED.search(text, max(0, found.start() - _LONGEST_ABBREVIATION), found.start() + 1)
    )
