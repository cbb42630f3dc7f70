"""A font and the signs that a text needs of it in, the font with nothing else out; fonts as WOFF2. Reads font files.

HarfBuzz subsets a font in a hundredth of the time that fontTools takes; fontTools writes it as WOFF2.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from reportgen.fonts.typefaces import JOINERS, FontFace, opened

_POSTSCRIPT_NAME = 6
"""Without it resvg takes no font."""
_NOT_KEPT = ("vert", "vrt2", "valt", "vkrn", "vpal", "frac", "numr", "dnom", "rand", "jalt")
"""Features that no text here asks for."""
_LOCAL_FORMS = "locl"
_SPACES = " \u00a0\u2002\u2003\u2009\u200a\u202f"
"""Pango prints a space in the font of the word before it."""
NAMES = (0, 1, 2, 13, 14)
"""What a font keeps to say of itself: copyright, family, style, licence."""


def cut_font(cut: FontFace, weight: int, signs: Iterable[str], several_languages: bool = False) -> bytes:
    """A static font of a weight, with what shaping its signs needs. `several_languages`: Chinese characters change
    their forms with the language of the text, which takes thrice the room."""
    import uharfbuzz as hb

    face = opened(cut)
    wanted = hb.SubsetInput()
    codes = {ord(char) for sign in signs for char in sign} | set(map(ord, (*JOINERS, *_SPACES)))
    replace(wanted.unicode_set, codes)
    one_language = not several_languages and len(face.unicodes) > 10000
    for feature in (
        *_NOT_KEPT,
        *((_LOCAL_FORMS,) if one_language else ()),
    ):
        wanted.layout_feature_tag_set.discard(tag(feature))
    replace(wanted.name_id_set, (*NAMES, _POSTSCRIPT_NAME))
    wanted.drop_table_tag_set.update(map(tag, ("DSIG", "meta", "VORG", "vhea", "vmtx", "BASE", "SVG ", "STAT")))
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.DOWNGRADE_CFF2
    if face.axis_infos:
        wanted.pin_all_axes_to_default(face)
    if cut.low < cut.high:
        wanted.pin_axis_location(face, "wght", float(min(max(weight, cut.low), cut.high)))
    return bytes(hb.subset(face, wanted).blob.data)


def woff2(data: bytes) -> bytes:
    """A font, packed for the web."""
    from fontTools.ttLib import TTFont

    loaded = TTFont(BytesIO(data), recalcTimestamp=False, recalcBBoxes=False, lazy=True)
    loaded.flavor = "woff2"
    written = BytesIO()
    loaded.save(written, reorderTables=None)
    return written.getvalue()


def replace(found: Any, values: Iterable[int]) -> None:
    """Makes a set of HarfBuzz hold these values alone."""
    found.clear()
    found.update(values)


def tag(name: str) -> int:
    """An OpenType tag as HarfBuzz counts it."""
    return int.from_bytes(name.encode(), "big")
