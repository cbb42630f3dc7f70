"""Fonts that readers have in, `@font-face` rules by which they take up the room of ours out. Effects: reads our fonts.

While our fonts are on their way, text stands in one of these, scaled until a line is as long as it will be: then
nothing on the page moves when ours come. A scale is our width over theirs, for Latin and for Cyrillic apart; ascent,
descent and line gap are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

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
"""Ordinary sentences: letters as often as they occur."""
RANGES = (("U+0-3FF, U+2000-2BFF", LATIN), ("U+400-4FF", CYRILLIC))


@dataclass(frozen=True, slots=True)
class Cut:
    """One cut of a font that readers may have."""

    names: tuple[str, ...]
    """As `local()` knows it, and its metric twins."""
    latin: float
    """Mean width of a character of LATIN, in the type size; measured in the font or its twin by HarfBuzz."""
    cyrillic: float
    """The same of CYRILLIC."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """A family that stands in for one of ours."""

    name: str
    """Of the family in stylesheets, beside ours."""
    regular: Cut
    bold: Cut | None = None
    italic: Cut | None = None


_SERIFS = (
    StandIn(
        "like Times",
        Cut(("Times New Roman", "TimesNewRomanPSMT", "Liberation Serif", "Tinos"), 0.4017, 0.4400),
        italic=Cut(
            ("Times New Roman Italic", "TimesNewRomanPS-ItalicMT", "Liberation Serif Italic", "Tinos Italic"),
            0.4020,
            0.4547,
        ),
    ),
    StandIn(
        "like Noto",
        Cut(("Noto Serif", "NotoSerif"), 0.4795, 0.5266),
        italic=Cut(("Noto Serif Italic", "NotoSerif-Italic"), 0.4652, 0.5242),
    ),
    StandIn(
        "like DejaVu",
        Cut(("DejaVu Serif", "DejaVuSerif"), 0.5141, 0.5561),
        italic=Cut(("DejaVu Serif Italic", "DejaVuSerif-Italic"), 0.5141, 0.5807),
    ),
)
_SANSES = (
    StandIn(
        "like Arial",
        Cut(("Arial", "ArialMT", "Helvetica", "Liberation Sans", "Arimo"), 0.4445, 0.4842),
        Cut(("Arial Bold", "Arial-BoldMT", "Helvetica Bold", "Liberation Sans Bold", "Arimo Bold"), 0.4781, 0.5205),
    ),
    StandIn(
        "like Roboto",
        Cut(("Roboto", "Roboto-Regular"), 0.4439, 0.4924),
        Cut(("Roboto Bold", "Roboto-Bold"), 0.4499, 0.4982),
    ),
    StandIn(
        "like Noto",
        Cut(("Noto Sans", "NotoSans-Regular"), 0.4723, 0.5056),
        Cut(("Noto Sans Bold", "NotoSans-Bold"), 0.5028, 0.5400),
    ),
    StandIn(
        "like DejaVu",
        Cut(("DejaVu Sans", "DejaVuSans"), 0.5087, 0.5611),
        Cut(("DejaVu Sans Bold", "DejaVuSans-Bold"), 0.5745, 0.6163),
    ),
)
"""In the order of how many readers have them: Windows and Apple, Android, Linux."""
_CUTS = {
    SERIF: (
        ("regular", "300", 300, "normal"), ("regular", "400", 400, "normal"), ("italic", "400", 400, "italic"),
    ),
    SANS: (
        ("regular", "300", 300, "normal"), ("regular", "400", 400, "normal"), ("regular", "500", 500, "normal"),
        ("bold", "600 700", 600, "normal"),
    ),
}  # fmt: skip
"""For each cut of ours that pages use: the cut that stands in, CSS weights, the weight to measure, style."""
STAND_INS = {SERIF: _SERIFS, SANS: _SANSES}


@cache
def stand_in_faces() -> str:
    """`@font-face` rules for all of them."""
    return "".join(rule for family, stand_ins in STAND_INS.items() for one in stand_ins for rule in _faces(family, one))


def _faces(family: str, stand_in: StandIn) -> Iterator[str]:
    ascent, descent, gap = line_metrics(family)
    for kind, weights, weight, style in _CUTS[family]:
        cut = getattr(stand_in, kind)
        sources = ", ".join(f'local("{name}")' for name in cut.names)
        for (codes, sample), width in zip(RANGES, (cut.latin, cut.cyrillic), strict=True):
            scale = text_width(sample, 1, family, weight, style) / len(sample) / width
            yield (
                f'@font-face {{ font-family: "{family} {stand_in.name}"; font-weight: {weights}; font-style: {style};'
                f" src: {sources}; unicode-range: {codes}; size-adjust: {scale:.1%};"
                f" ascent-override: {ascent / scale:.1%}; descent-override: {descent / scale:.1%};"
                f" line-gap-override: {gap / scale:.1%}; }}\n"
            )
