"""A project in a dozen scripts: what its pages and PDFs print, carry and say."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO

import page
import pikepdf
import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser

from reportgen.fonts.setting import needed
from tests.browser import browser, watched
from tests.conftest import Built

SLUGS = ("honey", "asal", "hachimitsu")
BROKEN = "[...document.fonts].filter(f => f.status === 'error' && f.family.includes('Script')).map(f => f.family)"
INVISIBLE = dict.fromkeys(map(ord, "\u200c\u200e\u200f\u202a\u202b\u202c\u00ad\u2066\u2067\u2068\u2069\u200b"))
"""Joiners, and the marks by which pdftotext tells directions."""


@cache
def read(pdf: bytes) -> str:
    """What pdftotext reads."""
    done = subprocess.run(["pdftotext", "-q", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().translate(INVISIBLE)


def papers(honey: Built) -> dict[str, bytes]:
    return {slug: honey.site[f"briefs/{slug}/{slug}.pdf"] for slug in SLUGS}


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("honey", "日本養蜂史の研究"), ("honey", "中国养蜂与蜂产品经济"), ("honey", "한국 양봉 산업의 변화"),
        ("honey", "ქართული მეფუტკრეობა"), ("honey", "Հայաստանի մեղվաբուծությունը"),
        ("honey", "Η μελισσοκομία στην Ελλάδα"),
        ("honey", "भारत में मधुमक्खी पालन"), ("honey", "การเลี้ยงผึ้งในประเทศไทย"), ("honey", "Kitāb al-Ḥayawān wa-l-naḥl"),
        ("honey", "al-Jāḥiẓ, s̱ and ŝ, ẖ and ḫ"), ("honey", "דבורה"), ("honey", "زنبورداری در ایران و بازارهای آن"),
        ("honey", "تربية النحل في عسير"), ("honey", "☑ → ∑ ₸ ∈ ⚖ and 🐝 🍯"), ("asal", "موجز من اليمين إلى اليسار"),
        ("asal", "يبيع"), ("asal", "عدد خلايا النحل حسب المكان"), ("asal", "الأرقام"),
        ("hachimitsu", "養蜂は古くから行われてきた仕事であり"),
    ],
)  # fmt: skip
def test_the_words_of_a_pdf_are_those_that_were_written(honey: Built, slug: str, words: str) -> None:
    assert words.translate(INVISIBLE) in read(papers(honey)[slug])


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_pdfs_conform(honey: Built, slug: str, profile: str) -> None:
    assert [failure.message for failure in page.validate_pdf_bytes(papers(honey)[slug], profile=profile).failures] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_no_sign_of_a_pdf_is_without_a_glyph(honey: Built, slug: str) -> None:
    """Glyph 0 is a font's box for what it lacks: no text shows it, and no font maps it to a letter."""
    with pikepdf.open(BytesIO(papers(honey)[slug])) as document:
        for sheet in document.pages:
            shown = [
                bytes(part)
                for operation in pikepdf.parse_content_stream(sheet)
                if str(operation.operator) in ("Tj", "TJ")
                for part in (operation.operands[0] if str(operation.operator) == "TJ" else operation.operands)
                if isinstance(part, pikepdf.String)
            ]
            assert not [text for text in shown if b"\0\0" in {text[n : n + 2] for n in range(0, len(text), 2)}]


def test_a_page_carries_the_signs_that_it_shows_and_no_more(honey: Built) -> None:
    here = "facts/hives-hokkaido/"
    fonts = {path: data for path, data in honey.site.items() if path.startswith(here) and path.endswith(".woff2")}
    html = honey.site[f"{here}index.html"].decode()
    shown = {char for sign in needed(html) for char in sign}
    carried = {chr(code) for data in fonts.values() for code in TTFont(BytesIO(data)).getBestCmap()}
    spaces = set(" \u00a0\u2002\u2003\u2009\u200a\u202f\u200b\u200c\u200d\u2060\ufe0e\ufe0f")
    assert "北" in shown
    assert carried - spaces == shown
    assert set(re.findall(r'url\("([^"]+)"\)', html)) == {path.rpartition("/")[2] for path in fonts}
    assert sum(map(len, fonts.values())) < 60_000


def test_a_page_without_such_signs_has_no_font_of_its_own(honey: Built) -> None:
    assert "@font-face" not in honey.site["about/index.html"].decode()
    assert not [path for path in honey.site if path.startswith("about/") and path.endswith(".woff2")]


def test_the_same_signs_in_two_languages(honey: Built) -> None:
    """A page in Japanese has the forms of Japan, one of a Chinese source those of China."""
    japanese, chinese = (honey.site[path].decode() for path in ("sources/mori/index.html", "sources/wang/index.html"))
    assert "noto-sans-jp" in japanese
    assert "noto-sans-sc" in chinese


def test_who_is_written_right_to_left(honey: Built) -> None:
    html = {slug: honey.site[f"briefs/{slug}/index.html"].decode() for slug in SLUGS}
    assert '<html lang="ar" dir="rtl">' in html["asal"]
    assert '<html lang="en">' in html["honey"]
    assert '<span class="work" lang="he" data-n="source" dir="rtl">' in html["honey"]
    assert '<span class="work" lang="ja" data-n="source">' in html["honey"]
    assert 'An Arab says <bdi dir="rtl">نحلة</bdi> (' in html["honey"]


def test_a_drawing_brings_its_fonts(honey: Built) -> None:
    svg = honey.site["charts/hives-bars/hives-bars.svg"].decode()
    assert svg.count("@font-face") == 6  # Arabic, Georgian and Chinese, each with a bold one
    assert "url(&quot;data:font/woff2;base64," in svg or 'url("data:font/woff2;base64,' in svg


def size_in(site: Built) -> Callable[[str], int]:
    return lambda url: (site.folder / url.removeprefix(site.folder.as_uri() + "/")).stat().st_size


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("width", [1280, 360])
def test_pages_in_a_browser(honey: Built, chromium: Browser, slug: str, width: int) -> None:
    """All fonts are found, nothing is wider than the page, and what a page loads of fonts is small."""
    sheet = chromium.new_page(viewport={"width": width, "height": 900})
    complaints = watched(sheet)
    loaded: list[str] = []
    sheet.on("request", lambda request: loaded.append(request.url) if request.url.endswith(".woff2") else None)
    sheet.goto((honey.folder / f"briefs/{slug}/index.html").as_uri())
    sheet.evaluate("document.fonts.ready")
    assert complaints == []
    assert sheet.evaluate("document.documentElement.scrollWidth") <= width
    assert sheet.evaluate(BROKEN) == []
    assert (
        sum((honey.folder / url.removeprefix(honey.folder.as_uri() + "/")).stat().st_size for url in loaded) < 190_000
    )
    sheet.close()


def test_a_japanese_title_in_an_english_page_costs_little(honey: Built, chromium: Browser) -> None:
    sheet = chromium.new_page()
    loaded: list[str] = []
    sheet.on("request", lambda request: loaded.append(request.url) if request.url.endswith(".woff2") else None)
    sheet.goto((honey.folder / "sources/mori/index.html").as_uri())
    sheet.evaluate("document.fonts.ready")
    assert any("noto-sans-jp" in url for url in loaded)
    assert sum(map(size_in(honey), loaded)) < 150_000
    sheet.close()
