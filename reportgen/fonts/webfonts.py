"""Our fonts in, the WOFF2 files that the site ships out. Effects: reads the font files.

The characters are those of English with signs, the accents of Western Europe with rarer signs, rarer Latin letters,
Cyrillic of Russian and Kazakh, and rarer Cyrillic, each in a file of its own, of which a browser fetches what a page
needs. The set is the same for every site, so the files do not change with the text.
"""

from __future__ import annotations

import re
from functools import cache

from reportgen.fonts.metrics import SANS, SERIF, FontFile, font_files
from reportgen.fonts.subset import NAMES, replace, tag, woff2
from reportgen.installing import version_of

REPERTOIRE = {
    "latin": (
        (0x20, 0x7E), (0xA0, 0xA0), (0xA3, 0xA3), (0xA7, 0xA7), (0xAB, 0xAB), (0xB0, 0xB0), (0xB6, 0xB7),
        (0xBB, 0xBB), (0xD7, 0xD7), (0xF7, 0xF7), (0x192, 0x192), (0x2010, 0x2015), (0x2018, 0x201E),
        (0x2020, 0x2022), (0x2026, 0x2026), (0x20AC, 0x20AC), (0x20B8, 0x20B8), (0x2116, 0x2116), (0x2190, 0x2193),
        (0x21A9, 0x21A9), (0x2212, 0x2212), (0x2260, 0x2260), (0x25CA, 0x25CA), (0x2713, 0x2713),
    ),
    "accents": (
        (0xA1, 0xA2), (0xA4, 0xA6), (0xA8, 0xAA), (0xAC, 0xAF), (0xB1, 0xB5), (0xB8, 0xBA), (0xBC, 0xD6),
        (0xD8, 0xF6), (0xF8, 0xFF), (0x131, 0x131), (0x152, 0x153), (0x2C6, 0x2C6), (0x2DC, 0x2DC), (0x2030, 0x2030),
        (0x2032, 0x2033), (0x2039, 0x203A), (0x2044, 0x2044), (0x20B4, 0x20B7), (0x20B9, 0x20BF), (0x2122, 0x2122),
        (0x2248, 0x2248), (0x2264, 0x2265),
    ),
    "latin-ext": (
        (0x100, 0x130), (0x132, 0x151), (0x154, 0x17F), (0x18F, 0x18F), (0x1B5, 0x1B6), (0x218, 0x21B), (0x259, 0x259),
        (0x2C7, 0x2C7), (0x2D8, 0x2DB), (0x2DD, 0x2DD), (0x2070, 0x2079), (0x2080, 0x2089),
    ),
    "cyrillic": (
        (0x401, 0x401), (0x406, 0x406), (0x410, 0x44F), (0x451, 0x451), (0x456, 0x456), (0x490, 0x493), (0x49A, 0x49B),
        (0x4A2, 0x4A3), (0x4AE, 0x4B1), (0x4BA, 0x4BB), (0x4D8, 0x4D9), (0x4E8, 0x4E9),
    ),
    "cyrillic-ext": (
        (0x400, 0x400), (0x402, 0x405), (0x407, 0x40F), (0x450, 0x450), (0x452, 0x455), (0x457, 0x45F),
    ),
}  # fmt: skip
"""Script -> code points, first and last."""
SIGNS = REPERTOIRE["latin"]
"""What Cyrillic text has among its letters: digits, signs, names in Latin letters, the letters of marks. Its file has
them too, so that a page of such text does not wait for two files, which come one after the other, would move its lines
twice, and weigh a quarter more."""
SHIPPED = (
    (SERIF, "400", "normal"), (SERIF, "400", "italic"), (SANS, "100 700", "normal"),
)  # fmt: skip
"""The faces that the stylesheets use. What is bold is set in the sans."""
WEIGHTS = (400, 700)
"""Of a variable font, the weights that the site ships: each file would be a third larger with the light ones, which
paper alone uses."""
FEATURES = ("kern", "liga", "locl", "mark", "mkmk", "ccmp", "lnum", "pnum", "tnum")
"""OpenType features that are kept: those of the stylesheets, and those that a script needs."""


def web_fonts() -> dict[str, bytes]:
    """File name -> WOFF2. Same bytes everywhere."""
    return {_name(font, script): _subset(font, script) for font in _shipped() for script in REPERTOIRE}


def web_fonts_version() -> str:
    """What the files depend on: the fonts, the programs that subset and compress them, and what is kept of them."""
    packages = ("fontpkg-ibm-plex-sans", "fontpkg-ibm-plex-serif", "fonttools", "uharfbuzz", "brotli")
    return " ".join([*(version_of(name) for name in packages), repr((REPERTOIRE, SIGNS, SHIPPED, WEIGHTS, FEATURES))])


@cache
def web_font_faces() -> str:
    """`@font-face` rules for them, for a stylesheet beside the folder `fonts`."""
    return "".join(
        f'@font-face {{ font-family: "{font.family}"; font-weight: {_weights(font)}; font-style: {font.style};'
        f' font-display: swap; src: url("fonts/{_name(font, script)}") format("woff2");'
        f" unicode-range: {', '.join(map(_range, points))}; }}\n"
        for font in _shipped()
        for script, points in REPERTOIRE.items()
    )


def only_in_time(css: str) -> str:
    """A stylesheet for a page that holds it: a font that comes after the page was painted is kept for the next one, so
    that no word moves while somebody reads. `fonts/early.py` asks for them in time."""
    return css.replace('font-display: swap; src: url("fonts/', 'font-display: optional; src: url("fonts/')


def cyrillic_first(css: str) -> str:
    """A stylesheet for a page of Cyrillic text, which has its signs and Latin letters from the file of its own letters,
    also while that is missing, and from no other; italics are those of quotations, which may be in other letters."""
    ranges, signs = (", ".join(map(_range, REPERTOIRE[script])) for script in ("cyrillic", "latin"))
    upright = re.compile(rf"(font-style: normal;[^}}]*?)unicode-range: {re.escape(ranges)}(?=;)")
    latin = re.compile(r"@font-face \{(?=[^}]*font-style: normal;)[^}]*-latin\.woff2[^}]*\}\n?")
    return upright.sub(lambda found: f"{found[1]}unicode-range: {signs}, {ranges}", latin.sub("", css))


def _shipped() -> tuple[FontFile, ...]:
    return tuple(font for font in font_files() if (font.family, font.weight, font.style) in SHIPPED)


def _weights(font: FontFile) -> str:
    return " ".join(map(str, WEIGHTS)) if _is_variable(font) else font.weight


def _is_variable(font: FontFile) -> bool:
    return " " in font.weight


def _name(font: FontFile, script: str) -> str:
    weight = "variable" if _is_variable(font) else font.weight
    style = "" if font.style == "normal" else f"-{font.style}"
    return f"{font.family.lower().replace(' ', '-')}-{weight}{style}-{script}.woff2"


def _range(points: tuple[int, int]) -> str:
    first, last = points
    return f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}"


@cache
def _subset(font: FontFile, script: str) -> bytes:
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(font.path)))
    wanted = hb.SubsetInput()
    points = REPERTOIRE[script] + (SIGNS if script == "cyrillic" and font.style == "normal" else ())
    replace(wanted.unicode_set, (code for first, last in points for code in range(first, last + 1)))
    replace(wanted.layout_feature_tag_set, map(tag, FEATURES))
    replace(wanted.name_id_set, NAMES)
    wanted.drop_table_tag_set.update(map(tag, ("DSIG", "meta")))
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    if any(axis.tag == "wdth" for axis in face.axis_infos):
        wanted.pin_axis_location(face, "wdth", 100)
    if _is_variable(font):
        wanted.set_axis_range(face, "wght", *WEIGHTS, WEIGHTS[0])
    return woff2(bytes(hb.subset(face, wanted).blob.data))
