"""Fonts for tests: made here, so that no test depends on what a machine has."""

from __future__ import annotations

from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont


def font(signs: str, family: str = "Made", *, fs_type: int = 0, bold: bool = False) -> bytes:
    """A font with these signs, each a square, as a TrueType file."""
    names = {ord(sign): f"u{ord(sign):X}" for sign in signs}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 700), (600, 700), (600, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder.setupGlyf(dict.fromkeys([".notdef", *names.values()], pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (700, 100)))
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Bold" if bold else "Regular", "psName": family})
    builder.setupOS2(usWeightClass=700 if bold else 400, fsType=fs_type)
    builder.setupPost()
    return saved(builder.font)


def saved(made: TTFont, flavor: str | None = None) -> bytes:
    made.flavor = flavor
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def packed(data: bytes, flavor: str) -> bytes:
    """The same as a WOFF or WOFF2."""
    return saved(TTFont(BytesIO(data)), flavor)


def collected(*fonts: bytes) -> bytes:
    """A collection of fonts."""
    collection = TTCollection()
    collection.fonts = [TTFont(BytesIO(data)) for data in fonts]
    written = BytesIO()
    collection.save(written)
    return written.getvalue()
