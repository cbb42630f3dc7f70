"""What is written the other way than its page is set apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.language.direction import Direction, direction
from reportgen.pages.directions import directed


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", "ltr"), ("ar", "rtl"), ("fa-IR", "rtl"), ("he", "rtl"), ("ur", "rtl"), ("kk", "ltr"), ("kk-Arab", "rtl"),
     ("ar-Latn", "ltr"), ("ja", "ltr"), ("xx", "ltr")],
)  # fmt: skip
def test_the_direction_of_a_language(lang: str, expected: str) -> None:
    assert direction(lang) == expected


@pytest.mark.parametrize(
    ("base", "html", "expected"),
    [
        ("ltr", "<p>On نحلة, it says</p>", '<p>On <bdi dir="rtl">نحلة</bdi>, it says</p>'),
        ("ltr", "<p>النحل, דבורים and</p>", '<p><bdi dir="rtl">النحل</bdi>, <bdi dir="rtl">דבורים</bdi> and</p>'),
        ("ltr", "(<a>לוי, 2016</a>; <a>Li, 2017</a>)", '(<a dir="rtl">לוי, 2016</a>; <a>Li, 2017</a>)'),
        ("ltr", '(<span class="citation"><a>الحسن, 2011</a></span>)',
         '(<span class="citation"><a><bdi dir="rtl">الحسن</bdi>, 2011</a></span>)'),
        ("ltr", '<span class="citation"><a>الحسن, 2011, p. 5</a></span>',
         '<span class="citation"><a><bdi dir="rtl">الحسن</bdi>, 2011, p. 5</a></span>'),
        ("ltr", '<p>As <span class="citation">الحسن & علي (<a>2011</a>)</span> say</p>',
         '<p>As <span class="citation"><bdi dir="rtl">الحسن</bdi> & <bdi dir="rtl">علي</bdi> (<a>'
         '2011</a>)</span> say</p>'),
        ("ltr", '<li data-n="source">الحسن, أ. (2011). <em>كتاب: 2</em>. Cairo</li>',
         '<li data-n="source"><bdi dir="rtl">الحسن</bdi>, <bdi dir="rtl">أ</bdi>'
         '. (2011). <em dir="rtl">كتاب: 2</em>. Cairo</li>'),
        ("ltr", '<span class="work" data-n="source">الحسن. 2011.</span>',
         '<span class="work" data-n="source" dir="rtl">الحسن. 2011.</span>'),
        ("ltr", '<span data-n="source">الحسن, <span data-n="year">2011</span></span>',
         '<span data-n="source"><bdi dir="rtl">الحسن</bdi>, <span data-n="year">2011</span></span>'),
        ("ltr", "<p><b>By</b> الحسن, <b>in</b></p>", '<p><b>By</b> <bdi dir="rtl">الحسن</bdi>, <b>in</b></p>'),
        ("rtl", '<span class="citation"><a>Doe, 2011</a></span>',
         '<span class="citation" dir="ltr"><a>Doe, 2011</a></span>'),
        ("ltr", "<h1>النحل (2020).</h1>", '<h1><bdi dir="rtl">النحل (2020).</bdi></h1>'),
        ("ltr", '<i title="نحلة">bee</i> نحلة x', '<i title="نحلة">bee</i> <bdi dir="rtl">نحلة</bdi> x'),
        ("ltr", "<svg><text>نحلة</text></svg>", "<svg><text>نحلة</text></svg>"),
        ("ltr", '<bdi dir="rtl">نحلة</bdi> x', '<bdi dir="rtl">نحلة</bdi> x'),
        ("rtl", "<p>النحل <b>Mori</b>.</p>", '<p>النحل <b dir="ltr">Mori</b>.</p>'),
        ("rtl", "<h2>How we know.</h2>", '<h2><bdi dir="ltr">How we know.</bdi></h2>'),
        ("rtl", "<p>Every number leads to the <b>words</b> of it.</p>",
         '<p dir="ltr">Every number leads to the <b>words</b> of it.</p>'),
        ("rtl", "<p>كتاب Mori جديد</p>", "<p>كتاب Mori جديد</p>"),
    ],
)  # fmt: skip
def test_what_is_set_apart(base: Direction, html: str, expected: str) -> None:
    assert directed(html, base) == expected


_TEXT = st.text(st.sampled_from("abc אבג عرب 12.,;()&<>"), max_size=20).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
_HTML = st.recursive(
    _TEXT,
    lambda inside: st.builds(
        lambda tag, parts: f"<{tag}>{'<br>'.join(parts)}</{tag}>",
        st.sampled_from(["p", "div", "span", "a", "li", "i", "h2", "td"]),
        st.lists(inside, max_size=3),
    ),
    max_leaves=8,
)


@given(_HTML, st.sampled_from(["ltr", "rtl"]))
def test_nothing_else_is_changed(html: str, base: Direction) -> None:
    made = directed(html, base)
    assert re.sub(r'</?bdi(?: dir="\w+")?>| dir="(?:ltr|rtl)"', "", made) == html
    assert directed(made, base) == made


@given(st.text(st.sampled_from("abc дәқ 日本 12.,<>/&"), max_size=60))
def test_a_page_without_such_words_is_as_it_was(html: str) -> None:
    assert directed(html, "ltr") == html
