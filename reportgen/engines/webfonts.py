"""Our fonts in, what the site ships of them out: WOFF2 with a fixed repertoire. Effects: reads the font files.

The repertoire is Latin, Cyrillic with Kazakh, and signs: the same for every site, so that the files never change with the text.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from io import BytesIO

from reportgen.engines.fonts import SANS, SERIF, FontFile, font_files

REPERTOIRE = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x18F, 0x18F), (0x1B5, 0x1B6), (0x218, 0x21B), (0x259, 0x259), (0x2BC, 0x2BC),
    (0x2C6, 0x2C7), (0x2D8, 0x2DD), (0x400, 0x45F), (0x490, 0x493), (0x49A, 0x49B), (0x4A2, 0x4A3), (0x4AE, 0x4B1),
    (0x4BA, 0x4BB), (0x4D8, 0x4D9), (0x4E8, 0x4E9), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022),
    (0x2026, 0x2026), (0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x2044, 0x2044), (0x2070, 0x2079),
    (0x2080, 0x2089), (0x20AC, 0x20AC), (0x20B4, 0x20BF), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193),
    (0x21A9, 0x21A9), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265), (0x192, 0x192),
    (0x2713, 0x2713),
)  # fmt: skip
"""Code points, first and last."""
SHIPPED = (
    (SERIF, "300", "normal"), (SERIF, "400", "normal"), (SERIF, "400", "italic"), (SERIF, "600", "normal"),
    (SANS, "100 700", "normal"),
)  # fmt: skip
"""The faces that the stylesheets use."""


def web_fonts() -> dict[str, bytes]:
    """File name -> WOFF2. Same bytes everywhere."""
    return {_name(font): _subset(font) for font in _shipped()}


def web_fonts_version() -> str:
    """What the files depend on: the fonts, fontTools and the repertoire."""
    packages = ("fontpkg-ibm-plex-sans", "fontpkg-ibm-plex-serif", "fonttools", "brotli")
    return " ".join([*(version(name) for name in packages), repr(REPERTOIRE), repr(SHIPPED)])


@cache
def web_font_faces() -> str:
    """`@font-face` rules for them, for a stylesheet beside the folder `fonts`."""
    return "".join(
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight}; font-style: {font.style};'
        f' font-display: swap; src: url("fonts/{_name(font)}") format("woff2"); }}\n'
        for font in _shipped()
    )


def _shipped() -> tuple[FontFile, ...]:
    return tuple(font for font in font_files() if (font.family, font.weight, font.style) in SHIPPED)


def _name(font: FontFile) -> str:
    weight = "variable" if " " in font.weight else font.weight
    return f"{font.family.lower().replace(' ', '-')}-{weight}{'' if font.style == 'normal' else '-' + font.style}.woff2"


def _subset(font: FontFile) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    options = Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "liga", "locl", "mark", "mkmk", "ccmp", "lnum", "pnum", "tnum", "sups", "subs", "frac"]
    options.name_IDs = [0, 1, 2, 13, 14]
    options.notdef_outline = True
    options.hinting = False
    options.drop_tables += ["meta"]
    loaded = TTFont(font.path, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in REPERTOIRE for code in range(first, last + 1)])
    subsetter.subset(loaded)
    if "fvar" in loaded and any(axis.axisTag == "wdth" for axis in loaded["fvar"].axes):
        loaded = instantiateVariableFont(loaded, {"wdth": 100})
    loaded.flavor = "woff2"
    written = BytesIO()
    loaded.save(written, reorderTables=None)
    return written.getvalue()
