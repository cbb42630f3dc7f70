"""Signs in, typefaces out."""

from __future__ import annotations

import re
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from reportgen.fonts.apart import LAM_ALEF, letters_apart
from reportgen.fonts.metrics import SANS
from reportgen.fonts.pictures import picture_faces
from reportgen.fonts.setting import lacking, missing, needed, page_fonts, paper_faces, settings, word_widths
from reportgen.fonts.subset import cut_font
from reportgen.fonts.typefaces import Shelf, opened, packaged
from reportgen.pdf.render import _asking

PROJECT: Any = SimpleNamespace(settings=SimpleNamespace(fonts=()), fonts={})
SHELF = Shelf(PROJECT)
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text x="10" style="font-size: 20px">{}</text></svg>'


def test_what_plex_has_stays_in_plex() -> None:
    plex = "Қазақша: ә ғ қ ң ө ұ ү һ і, ₸ 5, Ё ъ, “quotes” — ◊ † ≠ ✓ Ł ș ħ \u00ad\u200b\u2009"
    assert needed(plex) == frozenset()
    assert lacking("Ελληνικά, ệ, ∑, ├─") == frozenset()  # on paper; pages bring them, of Plex
    assert page_fonts(plex, "index", SHELF) == ("", {})
    assert paper_faces(plex, SHELF) == (plex, ())


@pytest.mark.parametrize(
    "text",
    [
        "日本語", "中文", "한국어", "العربية", "فارسی می‌خواهم", "עברית", "ქართული", "Հայերեն", "Ελληνικά", "हिन्दी",
        "ไทย",
        "বাংলা", "தமிழ்", "తెలుగు", "አማርኛ", "ខ្មែរ", "မြန်မာ", "ລາວ", "සිංහල", "🐝 👨‍👩‍👧 🇰🇿 1️⃣ ☑️", "ʿ ḥ ŝ s̱ ẖ", "→ ☑ ₸ ∑ ①",
    ],
)  # fmt: skip
def test_what_is_printed(text: str) -> None:
    assert missing(text, SHELF) == frozenset()


def test_a_letter_and_its_mark_are_of_one_font() -> None:
    html, faces = paper_faces('<p title="s\u0331">s\u0331 and ŝ</p><svg><text>s\u0331</text></svg>', SHELF)
    assert html.count("<span style=\"font-family: 'Script Noto Serif'\">s\u0331</span>") == 1
    assert 'title="s\u0331"' in html
    assert all(ord("s") in TTFont(BytesIO(face.data)).getBestCmap() for face in faces if "Serif" in face.family)


def test_a_letter_like_an_apostrophe_is_as_narrow_as_one() -> None:
    """Plex gives it the room of an accent that stands alone."""
    (width, _), (other, _) = word_widths("oʻzbek qurʼon", SHELF).values()
    assert max(width, other) < 400
    html, _ = paper_faces("<p>oʻzbek</p>", SHELF)
    assert html == "<p>o<span style=\"font-family: 'Script Noto Serif'\">ʻ</span>zbek</p>"


def test_the_sans_asks_a_serif_last() -> None:
    _, faces = paper_faces("<p>Ἀρχή 蜂</p>", SHELF)
    css = 'a { font: 1em "IBM Plex Serif", "IBM Plex Sans" } b { font-family: "IBM Plex Sans" }'
    serif, sans = (re.findall(r"Script ([\w ]+)", rule) for rule in _asking(css, faces).split("}")[:2])
    assert serif.index("Noto Serif") < serif.index("Noto Sans")
    assert sans.index("Noto Sans") < sans.index("Noto Serif") == len(sans) - 1


@pytest.mark.parametrize(
    "word",
    [
        "น้ำผึ้ง", "ນ້ຳ", "ភ្នំពេញ", "សៀវភៅ", "কোলকাতা", "தமிழ்கொள்", "മൊഴി", "ශ්‍රී ලංකාවෝ", "ಕೊಡಗು", "ଓଡ଼ିଆ", "कार्यक्रम", "ड़",
        "မြန်မာ", "עִבְרִית", "می‌خواهم", "लड़की", "ਪੰਜਾਬੀ", "గోదావరి", "አማርኛ", "日本語", "한국어", "👨‍👩‍👧", "🇰🇿",
    ],
)  # fmt: skip
def test_a_font_that_is_cut_shapes_as_the_whole_one(word: str) -> None:
    for found in settings(needed(word), SHELF.typefaces(SANS)):
        face = found.typeface.cut(400, False)
        whole, cut = hb.Font(opened(face)), hb.Font(hb.Face(cut_font(face, 400, found.signs)))
        if face.low < face.high:
            whole.set_variations({"wght": 400})
        placed = []
        for font in (whole, cut):
            buffer = hb.Buffer()
            buffer.add_str(word)
            buffer.guess_segment_properties()
            hb.shape(font, buffer)
            glyphs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
            placed.append([(info.cluster, p.x_advance, p.x_offset, p.y_offset) for info, p in glyphs])
        assert placed[0] == placed[1]


def test_a_full_stop_of_indic_scripts_brings_no_other_typeface() -> None:
    (found,) = settings(needed("हिन्दी।॥"), SHELF.typefaces(SANS))
    assert "Devanagari" in found.typeface.name
    two = [found.typeface.name for found in settings(needed("हिन्दी। বাংলা।"), SHELF.typefaces(SANS))]
    assert sorted(two) == ["Noto Sans Bengali", "Noto Sans Devanagari"]


def test_the_same_bytes_each_time() -> None:
    text = "<p lang='ja'>日本 العربية ḥ</p>"
    made = page_fonts(text, "index", SHELF)
    again = page_fonts(text, "index", Shelf(PROJECT))
    assert made == again
    assert paper_faces(text, SHELF) == paper_faces(text, Shelf(PROJECT))


ARABIC = next(face for face in packaged() if face.name == "IBM Plex Sans Arabic").cut(400, False)
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىءأإآةؤئ"


@given(st.text(st.sampled_from(LETTERS), min_size=1, max_size=12))
def test_each_arabic_letter_has_a_glyph(word: str) -> None:
    """Lam and alef too, which are drawn as one."""
    data = letters_apart(cut_font(ARABIC, 400, frozenset(word) | frozenset(map(chr, LAM_ALEF))))
    buffer = hb.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    font = hb.Font(hb.Face(data))
    hb.shape(font, buffer)
    assert [info.cluster for info in buffer.glyph_infos] == [*range(len(word))][::-1]
    assert all(info.codepoint for info in buffer.glyph_infos)
    assert any(position.x_advance == 0 for position in buffer.glyph_positions) == bool(re.search("ل[اأإآ]", word))


def test_a_drawing_is_put_in_pieces_of_one_font() -> None:
    svg, fonts = picture_faces(SVG.format("Hives خلايا النحل, 巣箱"), SHELF)
    assert re.findall(r"<tspan[^>]*>([^<]*)</tspan>", svg) == ["Hives\u00a0", "خلايا\u00a0النحل", ",\u00a0", "巣箱"]
    assert len(fonts) == 4
    plain = SVG.format("Hives of Kazakhstan"[:5])
    assert picture_faces(plain, SHELF) == (plain, ())


def test_pieces_stand_as_they_are_read() -> None:
    """A label in Arabic begins at its right."""
    svg, _ = picture_faces(SVG.format("97\u00a0خلية !"), SHELF)
    placed = {text: float(x) for x, text in re.findall(r'<tspan x="([\d.]+)"[^>]*>([^<]*)<', svg)}
    assert placed["!\u00a0"] == 10 < placed["خلية"] < placed["\u00a097"]


def test_widths_of_what_is_drawn() -> None:
    widths = word_widths("巣箱 and مرحبا", SHELF)
    assert widths["巣箱"] == (2000, 2000)
    assert 1500 < widths["مرحبا"][0] < widths["مرحبا"][1] < 3000
    assert word_widths("Hives", SHELF) == {}
