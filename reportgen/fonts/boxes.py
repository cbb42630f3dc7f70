"""Signs in, a font that draws a box for each of them out. Pure but for fontTools."""

from __future__ import annotations

from functools import cache
from io import BytesIO

_WIDTH, _HEIGHT, _LINE = 640, 720, 50
"""In thousandths of the type size."""


@cache
def box_font(signs: str) -> bytes:
    """A TrueType font. Each sign has a glyph of its own, so that it is copied out of a PDF as itself."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    codes = sorted({ord(sign) for cluster in signs for sign in cluster})
    names = {code: f"u{code:04X}" for code in codes}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    pen = TTGlyphPen(None)
    for inset, turn in ((0, 1), (_LINE, -1)):
        left, right, low, high = 60 + inset, _WIDTH - 60 - inset, inset, _HEIGHT - inset
        corners = [(left, low), (left, high), (right, high), (right, low)][::turn]
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    box = pen.glyph()
    builder.setupGlyf(dict.fromkeys([".notdef", *names.values()], box))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (_WIDTH, 60)))
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=900, sTypoDescender=-200, usWinAscent=900, usWinDescent=200)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    written = BytesIO()
    builder.save(written)
    return written.getvalue()
