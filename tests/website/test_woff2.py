"""Fonts packed by us, read back by fontTools: nothing is lost, whatever a glyph is made of."""

from __future__ import annotations

from io import BytesIO

import pytest
import uharfbuzz as hb
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, flagOverlapSimple
from fontTools.ttLib.tables.ttProgram import Program

from reportgen.engines.fonts import FontFile, font_files
from reportgen.engines.webfonts import REPERTOIRE, SHIPPED, web_fonts
from reportgen.engines.woff2 import to_woff2

SHIPS = [font for font in font_files() if (font.family, font.weight, font.style) in SHIPPED]
STEPS = (1, 64, 65, 255, 256, 768, 769, 1279, 1280, 4095, 4096, 9000)
"""Where a step of the pen takes another form."""


def same(font: bytes) -> TTFont:
    """Asserts that a font comes back as it was, but for the order of its bytes; what came back."""
    was, now = TTFont(BytesIO(font), lazy=True), TTFont(BytesIO(to_woff2(font)), lazy=True)
    assert set(was.reader.keys()) == set(now.reader.keys())
    for tag in sorted(set(was.reader.keys()) - {"glyf", "loca", "head"}):
        assert was.reader[tag] == now.reader[tag], tag
    assert now["head"].flags == was["head"].flags | 1 << 11
    assert now.getGlyphOrder() == was.getGlyphOrder()
    for name in was.getGlyphOrder():
        assert now["glyf"][name] == was["glyf"][name], name
    return now


@pytest.mark.parametrize("font", [SHIPS[0], SHIPS[-1]], ids=lambda font: font.path.stem)
def test_a_whole_font_comes_back(font: FontFile) -> None:
    """Hints and all, as HarfBuzz writes it: where the last widths are alike, fontTools reads them as one."""
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    same(bytes(hb.subset(hb.Face(hb.Blob.from_file_path(str(font.path))), wanted).blob.data))


@pytest.mark.parametrize("bearing", [None, 7])
def test_a_glyph_out_of_the_ordinary_comes_back(bearing: int | None) -> None:
    glyphs = {".notdef": Glyph()}
    for step in STEPS:
        for name, dx, dy in (("across", step, 0), ("up", 0, step), ("aslant", step, -step), ("back", -step, step - 1)):
            pen = TTGlyphPen(None)
            pen.moveTo((0, 0))
            pen.lineTo((dx, dy))
            pen.qCurveTo((dx + 1, dy + 2), (dx - 3, dy))
            pen.closePath()
            glyphs[f"{name}{step}"] = pen.glyph()
    for points in (252, 253, 505, 506, 761, 762, 2000):
        pen = TTGlyphPen(None)
        pen.moveTo((0, 0))
        for place in range(1, points):
            pen.lineTo((place, place % 7))
        pen.closePath()
        glyphs[f"points{points}"] = pen.glyph()
    glyphs["up64"].flags[0] |= flagOverlapSimple
    glyphs["up65"].program = Program()
    glyphs["up65"].program.fromBytecode([0xB0, 1, 0x21] * 100)
    for name, scale in (("twice", (2.0, 2.0)), ("wide", (2.0, 1.0)), ("turned", None)):
        pen = TTGlyphPen(glyphs)
        pen.addComponent("up64", (0, 1, -1, 0, 300, 40) if scale is None else (scale[0], 0, 0, scale[1], 3, -4))
        pen.addComponent("across64", (1, 0, 0, 1, 0, 0))
        glyphs[name] = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({})
    builder.setupGlyf(glyphs)
    lefts = {name: getattr(builder.font["glyf"][name], "xMin", 0) for name in glyphs}
    builder.setupHorizontalMetrics({name: (600, lefts[name] if bearing is None else bearing) for name in glyphs})
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "Odd"})
    builder.setupPost()
    written = BytesIO()
    builder.save(written)
    now = same(written.getvalue())
    assert now["glyf"]["up64"].flags[0] & flagOverlapSimple
    assert now["hmtx"]["across64"] == (600, 0 if bearing is None else bearing)


def test_what_is_shipped_holds_its_letters_and_axes() -> None:
    files = web_fonts()
    assert len(files) == len(SHIPPED) * len(REPERTOIRE)
    assert sum(map(len, files.values())) < 182_000
    for name, data in files.items():
        font = TTFont(BytesIO(data))
        script = next(
            script for script in sorted(REPERTOIRE, key=len, reverse=True) if name.endswith(f"-{script}.woff2")
        )
        wanted = {code for first, last in REPERTOIRE[script] for code in range(first, last + 1)}
        assert font.getBestCmap().keys() <= wanted, name
        if script == "cyrillic":
            assert font.getBestCmap().keys() >= set(map(ord, "әғқңөұүһіӘҒҚҢӨҰҮҺІ")), name
        if script == "latin":
            assert 0x20B8 in font.getBestCmap(), name
        assert ("fvar" in font) == ("variable" in name)
        if "fvar" in font:
            assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [("wght", 100, 700)]
    assert files == web_fonts()
