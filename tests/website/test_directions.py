"""What is written the other way than its page is set apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from reportgen.language.direction import Direction, direction
from reportgen.pages.directions import directed
from tests.browser import browser


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
        ("ltr", '<b data-n="source">= 412 صقرًا − 365 صقرًا</b>',
         '<b data-n="source">= 412 <bdi dir="rtl">صقرًا</bdi> − 365 <bdi dir="rtl">صقرًا</bdi></b>'),
        ("ltr", "<p>On صقرٌ, it says</p>", '<p>On <bdi dir="rtl">صقرٌ</bdi>, it says</p>'),
        ("rtl", '<nav><a>Facts and figures</a>\n<a>Sources</a></nav>',
         '<nav><a><bdi dir="ltr">Facts and figures</bdi></a>\n<a><bdi dir="ltr">Sources</bdi></a></nav>'),
        ("rtl", '<p class="app"><span>a</span><span>Register Office, 20 يناير</span></p>',
         '<p class="app"><span><bdi dir="ltr">a</bdi></span><span>Register Office, &rlm;20 يناير</span></p>'),
        ("rtl", "<p>قيمة 5.6 مليون R$. و US$ 5</p>",
         "<p>قيمة 5.6 مليون R$&lrm;&rlm;. و US$ 5</p>"),
        ("rtl", "<span>Bank (3–5 דבורים): כן 4 דבורים, No. 5</span>",
         "<span>Bank (&rlm;3–5 דבורים): כן 4 דבורים, No. 5</span>"),
        ("rtl", '<p class="wide">A translation. Its original: عرب</p>',
         '<p class="wide"><bdi dir="ltr">A translation. Its original: <bdi dir="rtl">عرب</bdi></bdi></p>'),
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
        ("ltr",
         '<li><span class="work" data-n="source">الحسن محمد علي. 2011. https://x.org</span> <span>here</span></li>',
         '<li><span class="work" data-n="source" dir="rtl">الحسن محمد علي. 2011. https://x.org</span>'
         ' <span>here</span></li>'),
        ("ltr", '<li><span class="work" lang="he">لوי דבורים בארץ ישראל</span> <span>fact</span></li>',
         '<li><span class="work" lang="he" dir="rtl">لوי דבורים בארץ ישראל</span> <span>fact</span></li>'),
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
        ("rtl", "<p>كتاب <a>https://x.org/a</a>.</p>", '<p>كتاب <a dir="ltr">https://x.org/a</a>.</p>'),
        ("rtl", '<p>נמדדו <b data-n="1">−21.5°C</b>, &gt;−12 תחנות, ~<i>5</i> ו־~61%, 4–6, ≤$\u00a02</p>',
         '<p>נמדדו <b data-n="1">&lrm;−21.5°C</b>, &lrm;&gt;−12 תחנות, ~<i>5</i> ו־&lrm;~61%, 4–6, &lrm;≤$\u00a02</p>'),
        ("ltr", "<p>Office, 10 בינואר 2026, and יוני 2021; 5 דבורים 12</p>",
         '<p>Office, <bdi dir="rtl">10 בינואר 2026</bdi>, and <bdi dir="rtl">יוני 2021; 5 דבורים</bdi> '
         '12</p>'),
        ("ltr", "<p>Office, יוני 2021</p>", '<p>Office, <bdi dir="rtl">יוני 2021</bdi></p>'),
        ("ltr", "<p>See <a>https://x.org/نحلة/b</a>.</p>", '<p>See <a dir="ltr">https://x.org/نحلة/b</a>.</p>'),
    ],
)  # fmt: skip
def test_what_is_set_apart(base: Direction, html: str, expected: str) -> None:
    assert directed(html, base) == expected


def test_what_a_template_made_is_set_apart_by_elements_not_by_words() -> None:
    assert directed(Markup("<nav><a>Facts and figures</a></nav>"), "rtl").count("<bdi") == 1


_TEXT = st.text(st.sampled_from("abc אבג عرب 12.,;()&<>"), max_size=20).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
_HTML = st.recursive(
    _TEXT,
    lambda inside: st.builds(
        lambda tag, parts: f"<{tag}>{'<br>'.join(parts)}</{tag}>",
        st.sampled_from(["p", "div", "span", "a", "li", "i", "h2", "td", "code", "sup", "kbd"]),
        st.lists(inside, max_size=3),
    ),
    max_leaves=8,
)


@given(_HTML, st.sampled_from(["ltr", "rtl"]))
@example("<p>&lt;1</p>", "rtl")
@example("<p>1&lt;−5 ~&gt;1</p>", "rtl")
@example("<p>aא<br><code></code><br>א</p>", "ltr")
@example("<p><p></p><br><span>אאאאאאאאא</span><br><span>a<br>aabbbbbאbא<br></span></p>", "ltr")
def test_nothing_else_is_changed(html: str, base: Direction) -> None:
    made = directed(html, base)
    assert re.sub(r'</?bdi(?: dir="\w+")?>| dir="(?:ltr|rtl)"|&[lr][rl]m;', "", made) == html
    assert directed(made, base) == made


@given(st.text(st.sampled_from("abc дәқ 日本 12.,<>/&"), max_size=60))
def test_a_page_without_such_words_is_as_it_was(html: str) -> None:
    assert directed(html, "ltr") == html


IN_ORDER: tuple[tuple[Direction, str, str], ...] = (
    ("ltr", "called אחד <em>שתיים</em> שלוש appeared", "called שלוש שתיים אחד appeared"),
    ("ltr", 'called <a href="x">אחד</a> <em>שתיים</em>, <b>שלוש</b> appeared', "called שלוש שתיים אחד appeared"),
    ("ltr", "called <b>bold אחד</b> שתיים <em>שלוש then</em>", "called bold שלוש שתיים אחד then"),
    ("ltr", "<b>bold אחד</b> שתיים <span>77</span> percent", "bold שתיים אחד 77 percent"),
    ("ltr", "on אחד <s>שתיים</s> <kbd>Ctrl</kbd> <del>שלוש</del> <ins>ארבע</ins> said",
     "on ארבע שלוש Ctrl שתיים אחד said"),
    ("ltr", "on <code>one = אחד</code> שתיים", "on one אחד שתיים"),
    ("ltr", 'on אחד <a class="fact"><span>77</span><sup>b</sup></a> שתיים then', "on שתיים 77 אחד then"),
    ("ltr", "<b>ضباب</b> كثيف على <i>الساحل</i> كله في London اليوم", "اليوم London في كله الساحل على كثيف ضباب"),
    ("ltr", "London <b>ضباب</b> كثيف على <i>الساحل</i> كله في اليوم الماضي والشهر الماضي والسنة الماضية كلها هناك جدا",
     "جدا هناك كلها الماضية والسنة الماضي والشهر الماضي اليوم في كله الساحل على كثيف ضباب London"),
    ("ltr", "words ערפל, ضباب, fog", "words ערפל ضباب fog"),
    ("ltr", "words <b>ערפל</b>, <b>ضباب</b>, fog", "words ערפל ضباب fog"),
    ("rtl", "הדוח של the <em>Bank of</em> England report", "the Bank of England report של הדוח"),
    ("rtl", "הדוח של the <em>Bank</em> <code>of</code> <b>England <i>report</i></b> אומר",
     "אומר the Bank of England report של הדוח"),
    ("rtl", "This is an English paragraph with <s>struck</s> <kbd>words</kbd> of <del>ours</del> alone",
     "This is an English paragraph with struck words of ours alone"),
    ("rtl", "הדוח <em>של the</em> Bank <b>of England אומר</b>", "אומר the Bank of England של הדוח"),
    ("rtl", "הדוח <b>של הבנק</b> <code>first(x) one;</code> אומר", "אומר first one הבנק של הדוח"),
    ("rtl", "the report <span class='citation'>(<a>Doe, year</a>)</span> says", "the report Doe year says"),
    ("rtl", "הדוח the report <span class='citation'>(<a>Doe, year</a>)</span> <b>says</b> הבנק",
     "הבנק the report Doe year says הדוח"),
)  # fmt: skip
"""A page's direction, a paragraph, and its words from left to right as they are read on the screen."""
_PLACES = """paragraph => {
  const found = [], walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let text; (text = walk.nextNode());)
    for (const word of text.data.matchAll(/[\\p{L}]{2,}|77/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      found.push([range.getBoundingClientRect().left, word[0]]);
    }
  return found.sort((a, b) => a[0] - b[0]).map(place => place[1]).join(' ');
}"""


def test_words_stand_in_the_order_of_reading_whatever_marks_are_in_them() -> None:
    cases = [(element, *case) for element in ("p", "li", "td") for case in IN_ORDER]
    boxes = []
    for element, base, text, _ in cases:
        inner = f"<table><tr><td>{text}</td></tr></table>" if element == "td" else f"<{element}>{text}</{element}>"
        boxes.append(f'<div dir="{base}">{directed(inner, base)}</div>')
    with browser() as chromium:
        sheet = chromium.new_page(viewport={"width": 3000, "height": 900})
        sheet.set_content("".join(boxes))
        found = sheet.eval_on_selector_all("body > div", f"boxes => boxes.map({_PLACES})")
    for case, words in zip(cases, found, strict=True):
        assert words == case[3], case


def test_code_goes_left_to_right() -> None:
    assert directed("<pre><code>one (x);\n</code></pre><p>אחד</p>", "rtl").startswith('<pre dir="ltr"><code>')
    assert '<code dir="ltr">x = אחד' in directed("<p>אחד <code>x = אחד</code> one</p>", "ltr")
    assert '<kbd dir="ltr">' in directed("<p>אחד <b><kbd>one;</kbd></b></p>", "rtl")
