"""A text and a font's name in, its width out, as HarfBuzz shapes it.

Effects: reads the font files of the fontpkg packages, each once. HarfBuzz and fontpkg are imported where they are used,
for most edits of a text need no font.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uharfbuzz as hb

SANS = "IBM Plex Sans"
SERIF = "IBM Plex Serif"
FAMILIES = (SANS, SERIF)
MONO = "IBM Plex Mono"
"""For code on paper. On screen the reader's own is used."""
APART = "\u02bb\u02bc"
"""Letters like apostrophes, as in oʻzbek, which Plex draws with the room of an accent that stands alone: other fonts
print them."""
GENERIC = {"serif": SERIF, "sans-serif": SANS, "monospace": SANS, "system-ui": SANS}
"""Generic CSS family -> ours."""

_UNITS = 1000
"""Tables count in thousandths of the type size."""
_FINE = 16
"""HarfBuzz counts in whole units; interpolated widths of a variable font need finer ones."""
BASIC = "basic"
_BASIC = (*range(0x20, 0x7F), *map(ord, "\u00a0«°·»×–—‘’“”„…₸−"))
_SIGNS = (*range(0x20, 0x41), *range(0xA0, 0xC0), *range(0x2010, 0x2027), 0x20B8, 0x2212)
_BLOCKS = {
    BASIC: ("Latn", frozenset(map(chr, _BASIC))),
    "latin": ("Latn", frozenset(map(chr, (*_SIGNS, *range(0x41, 0x7F), *range(0xC0, 0x180))))),
    "cyrillic": ("Cyrl", frozenset(map(chr, (*_SIGNS, *range(0x400, 0x460), *range(0x490, 0x4F0))))),
}
"""Characters between which kerning is measured, by script, for fonts kern within a script. BASIC is what most figures
need; the others are measured when a figure contains them."""
REST = "rest"
"""The block of all other characters: their kerning is not measured."""
_LIGATURES = ("ff", "fi", "fl")
_WIDTHLESS = "\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class FontFile:
    """One file to name in an `@font-face` rule."""

    family: str
    """As CSS has it, e.g. `IBM Plex Sans`."""
    weight: str
    """CSS weight: `400`, or `100 700` for a variable font."""
    style: str
    """`normal` or `italic`."""
    path: Path
    """An absolute path of this machine: it names no output."""


@cache
def font_files(families: tuple[str, ...] = FAMILIES) -> tuple[FontFile, ...]:
    """Every font file of the families, by family, style and weight."""
    import fontpkg

    files = [
        FontFile(name, str(file.weight or f"{file.wght_min:.0f} {file.wght_max:.0f}"), file.style, Path(file.path))
        for name in families
        for file in fontpkg.family(name).files
    ]
    return tuple(sorted(files, key=lambda f: (f.family, f.style != "normal", int(f.weight.split()[0]))))


COVERED = _BLOCKS[BASIC][1] | frozenset(map(chr, range(0x410, 0x450)))
"""Characters that our fonts contain: no font is opened for a text of these alone."""


def covers(char: str, family: str = SANS) -> bool:
    """Whether a family has a glyph for a character in its upright regular face."""
    return ord(char) in _characters(family) and char not in APART


@cache
def _characters(family: str) -> frozenset[int]:
    return frozenset(_font(family, 400, "normal").face.unicodes)


def font_file(family: str, weight: int, style: str) -> FontFile:
    """The file that CSS font matching chooses for a weight (1 to 1000). Raises KeyError for an unknown family."""
    files = [f for f in font_files((*FAMILIES, MONO)) if f.family == family and f.style == style]
    if not files:
        raise KeyError(family)
    return min(files, key=lambda f: _distance(weight, f))


def static_font(font: FontFile, weight: str) -> bytes:
    """A font's file; of a variable font, the instance at a weight, its other axes at their defaults (5 ms)."""
    if " " not in font.weight:
        return font.path.read_bytes()
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(font.path)))
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    wanted.pin_all_axes_to_default(face)
    wanted.pin_axis_location(face, "wght", float(weight))
    return bytes(hb.subset(face, wanted).blob.data)


def _distance(wanted: int, font: FontFile) -> tuple[int, int]:
    """CSS Fonts 4, 5.2, as an order: from 400 to 500 look up to 500, then down, then up; else outwards first."""
    low, _, high = font.weight.partition(" ")
    gap = min(max(wanted, int(low)), int(high or low)) - wanted
    if 400 <= wanted <= 500:
        return (0 if 0 <= gap <= 500 - wanted else 1 if gap < 0 else 2), abs(gap)
    return int(gap > 0 if wanted < 400 else gap < 0), abs(gap)


@cache
def _font(family: str, weight: int, style: str) -> hb.Font:
    import uharfbuzz as hb

    file = font_file(family, weight, style)
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(file.path))))
    font.scale = (_UNITS * _FINE, _UNITS * _FINE)
    low, _, high = file.weight.partition(" ")
    if high:
        font.set_variations({"wght": min(max(weight, int(low)), int(high))})
    return font


def _shaped(font: hb.Font, text: str) -> int:
    import uharfbuzz as hb

    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return sum(position.x_advance for position in buffer.glyph_positions)


def text_width(text: str, size: float, family: str = SANS, weight: int = 400, style: str = "normal") -> float:
    """How wide a line of text is, in the unit of `size`."""
    return _shaped(_font(family, weight, style), text) * size / (_UNITS * _FINE)


def blocks_of(text: str) -> frozenset[str]:
    """The blocks that contain the characters of a text."""
    found, letters = {BASIC}, set(text) - _BLOCKS[BASIC][1]
    for block, (_, known) in _BLOCKS.items():
        if letters & known:
            found.add(block)
            letters -= known
    return frozenset(found | {REST} if letters else found)


def line_metrics(family: str) -> tuple[float, float, float]:
    """Ascent, descent and line gap of a family's upright regular face, in the type size, all positive."""
    found = _font(family, 400, "normal").get_font_extents("ltr")
    whole = _UNITS * _FINE
    return (found.ascender / whole, -found.descender / whole, found.line_gap / whole)


@cache
def face_table(family: str, weight: int, style: str, block: str) -> str:
    """JSON of one face's metrics in a block, in thousandths of the type size.

    `ascent`, `descent`, `missing`; `letters`, and in their order `advances` and `ink` (from, to); `pairs`: two letters
    -> kerning.
    """
    font = _font(family, weight, style)
    script, wanted = _BLOCKS.get(block, ("", None))
    letters = [char for char in map(chr, sorted(font.face.unicodes)) if wanted is None or char in wanted]
    alone = {char: font.get_glyph_h_advance(font.get_nominal_glyph(ord(char))) for char in letters}
    pairs = dict(_pairs(font, script, letters, alone)) if script else {}
    extents = font.get_font_extents("ltr")
    table = {
        "ascent": extents.ascender / _FINE,
        "descent": -extents.descender / _FINE,
        "missing": font.get_glyph_h_advance(0) / _FINE,
        "letters": "".join(letters) + _WIDTHLESS,
        "advances": [*(width / _FINE for width in alone.values()), *(0 for _ in _WIDTHLESS)],
        "ink": [*(_ink(font, char) for char in letters), *((0, 0) for _ in _WIDTHLESS)],
        "pairs": pairs,
    }
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"))


def _ink(font: hb.Font, char: str) -> tuple[float, float]:
    """Where a glyph begins and ends, from its origin."""
    extents = font.get_glyph_extents(font.get_nominal_glyph(ord(char)))
    return (extents.x_bearing / _FINE, (extents.x_bearing + extents.width) / _FINE)


def _pairs(font: hb.Font, script: str, letters: list[str], alone: dict[str, int]) -> Iterator[tuple[str, float]]:
    """The kerning of any two of the letters, shaped as one text in which each pair occurs once."""
    import uharfbuzz as hb

    text = _every_pair(letters)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", script, "en"
    hb.shape(font, buffer, {"liga": False, "calt": False, "ccmp": False})
    positions = buffer.glyph_positions
    for index, (first, second) in enumerate(pairwise(text)):
        moved = positions[index].x_advance - alone[first]
        if moved and first + second not in _LIGATURES:
            yield first + second, moved / _FINE
    for pair in _LIGATURES if "f" in alone else ():
        joined = _shaped(font, pair) - alone[pair[0]] - alone[pair[1]]
        if joined:
            yield pair, joined / _FINE


def _every_pair(letters: list[str]) -> str:
    """The shortest text that contains every ordered pair: a de Bruijn sequence of order two."""
    walk = (letter + "".join(letter + later for later in letters[n + 1 :]) for n, letter in enumerate(letters))
    return "".join(walk) + letters[0]
