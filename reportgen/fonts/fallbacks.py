"""Fonts that readers have (`fallbacks.json`) in, `@font-face` rules that give them the metrics of ours out.

Effects: reads our fonts. While a page loads them, text is set in one of these, scaled so that its lines keep their
length: nothing on the page moves when ours arrive. A scale is our mean width divided by theirs, one for Latin and one
for Cyrillic; ascent, descent and line gap are ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from reportgen.fonts.metrics import SANS, SERIF, line_metrics, text_width

LATIN = (
    "The ministry said that the country was ready to make the trade fully lawful if a pilot proved itself. By October"
    " another minister held the post, and the same sum was expected in the coming years. This brief sets out who takes"
    " part, what had been done before the promise was made, and what the record can and cannot explain."
)
CYRILLIC = (
    "Доля страны в сети за оба года оценена приблизительно: каждое число на этой странице ведёт к словам, на которых"
    " оно стоит. Елдің желідегі үлесі жуықтап бағаланған: әр сан өзі сүйенетін сөздерге апарады."
)
"""Ordinary sentences, with letters as frequent as in others."""
RANGES = (("U+0-3FF, U+2000-2BFF", LATIN), ("U+400-4FF", CYRILLIC))


@dataclass(frozen=True, slots=True)
class Cut:
    """One style of a family that readers may have."""

    names: list[str]
    """Its names for `local()`, and those of fonts with the same metrics."""
    latin: float
    """Mean width of a character of LATIN, in em, as HarfBuzz measures it."""
    cyrillic: float
    """The same of CYRILLIC."""


_CUTS = {
    SERIF: (("regular", "400", 400, "normal"), ("italic", "400", 400, "italic")),
    SANS: (
        ("regular", "400", 400, "normal"), ("regular", "500", 500, "normal"), ("bold", "600 700", 600, "normal"),
    ),
}  # fmt: skip
"""For each style of ours that pages use: its fallback's style, CSS weights, the weight to measure, CSS style."""
FALLBACKS: dict[str, dict[str, dict[str, Cut]]] = {
    family: {name: {style: Cut(**cut) for style, cut in cuts.items()} for name, cuts in fallbacks.items()}
    for family, fallbacks in json.loads(resources.files(__package__).joinpath("fallbacks.json").read_text()).items()
}
"""Our family -> what its fallback is called after it in stylesheets -> style -> font. In the order of how many readers
have them: Windows and Apple, Android, Linux."""


@cache
def fallback_faces() -> str:
    """`@font-face` rules for all of them."""
    return "".join(
        rule
        for family, fallbacks in FALLBACKS.items()
        for name, cuts in fallbacks.items()
        for rule in _faces(family, name, cuts)
    )


def _faces(family: str, name: str, cuts: dict[str, Cut]) -> Iterator[str]:
    ascent, descent, gap = line_metrics(family)
    for kind, weights, weight, style in _CUTS[family]:
        cut = cuts[kind]
        sources = ", ".join(f'local("{local}")' for local in cut.names)
        for (codes, sample), width in zip(RANGES, (cut.latin, cut.cyrillic), strict=True):
            scale = text_width(sample, 1, family, weight, style) / len(sample) / width
            yield (
                f'@font-face {{ font-family: "{family} {name}"; font-weight: {weights}; font-style: {style};'
                f" src: {sources}; unicode-range: {codes}; size-adjust: {scale:.1%};"
                f" ascent-override: {ascent / scale:.1%}; descent-override: {descent / scale:.1%};"
                f" line-gap-override: {gap / scale:.1%}; }}\n"
            )
