"""What pages are set and drawn with: stand-ins for fonts, type, measures in time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from jinja2 import Environment
from markupsafe import Markup
from playwright.sync_api import Browser, Page

from reportgen.brief.subjects import Observation
from reportgen.brief.typography import bound
from reportgen.charts.sparkline import run, strip
from reportgen.fonts.fallbacks import CYRILLIC, FALLBACKS, LATIN, fallback_faces
from reportgen.fonts.metrics import FAMILIES, text_width
from reportgen.fonts.webfonts import REPERTOIRE, web_font_faces
from reportgen.pages.default_theme import default_templates
from reportgen.pages.theme import Theme, days, enlarged, large_letters, loosened, typeset
from tests.conftest import Built

TALL = """() => [document.documentElement.scrollHeight,
  ...[...document.querySelectorAll("main .title, main .lead, main .row, main .fact-head")]
    .map(part => part.getBoundingClientRect().height)]"""


def test_nothing_moves_when_the_fonts_come(built: Built, chromium: Browser, served: str) -> None:
    """A page without our fonts is as tall as with them, block by block, to a line."""
    fact = next(path for path in sorted(built.site) if path.startswith("facts/") and path.count("/") == 2)
    for path in ("index.html", fact, "sources/index.html"):
        seen = []
        for blocked in (True, False):
            page = chromium.new_page(viewport={"width": 412, "height": 823})
            if blocked:
                page.route("**/*.woff2", lambda route: route.abort())
            page.goto(served + path)
            page.evaluate("document.fonts.ready.then(() => true)")
            seen.append(page.evaluate(TALL))
            page.close()
        without, loaded = seen
        assert len(loaded) > 1
        assert max(abs(one - other) for one, other in zip(without[1:], loaded[1:], strict=True)) < 33, path
        assert abs(without[0] - loaded[0]) < 0.03 * loaded[0], path


def test_a_browser_takes_every_font(tab: Page, served: str) -> None:
    """A browser checks a font before it uses one, and says nothing where it does not."""
    tab.goto(served + "index.html")
    loaded = tab.evaluate(
        """families => Promise.all([...document.fonts]
          .filter(font => families.includes(font.family.replaceAll('"', "")))
          .map(font => font.load().then(() => "loaded", error => font.family + ": " + error)))""",
        FAMILIES,
    )
    assert loaded == ["loaded"] * web_font_faces().count("@font-face")


@pytest.mark.parametrize("family", sorted(FALLBACKS))
def test_a_stand_in_takes_up_the_room_of_ours(family: str) -> None:
    name, first = next(iter(FALLBACKS[family].items()))
    rules = [rule for rule in fallback_faces().splitlines() if f'"{family} {name}"; font-weight: 400' in rule]
    widths = ((LATIN, first["regular"].latin), (CYRILLIC, first["regular"].cyrillic))
    for rule, (sample, width) in zip((rule for rule in rules if "style: normal" in rule), widths, strict=True):
        said = {name: float(value) / 100 for name, value in re.findall(r"([a-z]+-[a-z]+): ([\d.]+)%", rule)}
        ours = text_width(sample, 1, family) / len(sample)
        assert said["size-adjust"] * width == pytest.approx(ours, rel=0.001)
        assert said["size-adjust"] * said["ascent-override"] == pytest.approx(1.025, rel=0.002)


def test_each_letter_is_in_one_file() -> None:
    points = [code for ranges in REPERTOIRE.values() for first, last in ranges for code in range(first, last + 1)]
    assert len(points) == len(set(points))
    assert {ord(letter) for letter in "AzßŽЯәғқңөұүһіӘҒҚҢӨҰҮҺІ₸№–“”’−≠✓ƒ†"} <= set(points)
    assert web_font_faces().count("unicode-range") == web_font_faces().count("@font-face")


@pytest.mark.parametrize(
    ("text", "lang", "shown"),
    [
        ('the country\'s "share" on 25 June 2020', "en", "the country’s “share” on 25\u00a0June 2020"),
        ('"доля" на 3 июня', "ru", "«доля» на 3\u00a0июня"),
        ("in 2020 farms, 18.10 percent", "en", "in 2020 farms, 18.10 percent"),
        (None, "en", ""),
    ],
)
def test_plain_text_is_set(text: str | None, lang: str, shown: str) -> None:
    assert typeset(text, lang) == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>Слово — тире, <b>оно</b> — да</p>", "<p>Слово\u00a0— тире, <b>оно</b>\u00a0— да</p>"),
        ("<p>one \n– two</p>", "<p>one\u00a0– two</p>"),
        ("<p> — Да. </p><td> – </td>", "<p> — Да. </p><td> – </td>"),
        ("<td>5–7, 1.5–2.</td>", '<td><span class="range">5–7</span>, <span class="range">1.5–2</span>.</td>'),
        (
            '<span data-n="year">2020</span>–<span data-n="year">2022</span>',
            '<span class="range"><span data-n="year">2020</span>–<span data-n="year">2022</span></span>',
        ),
        ('<a title="a — 5–7">1–2–3</a>', '<a title="a — 5–7">1–2–3</a>'),
        ("<title>a — 5–7</title><pre>a — 5–7</pre>", "<title>a — 5–7</title><pre>a — 5–7</pre>"),
        ("<p>в 2022-м</p>", '<p>в 2022<span class="range">-м</span></p>'),
        ("<b><i>13%</i>-дан</b>", '<b><i>13%</i><span class="range">-дан</span></b>'),
        ('<p id="x2-a">COVID-19-like, 2-litre, a-b</p>', '<p id="x2-a">COVID-19-like, 2-litre, a-b</p>'),
    ],
)
def test_lines_do_not_begin_with_a_dash_or_end_in_a_range_or_number(html: str, shown: str) -> None:
    assert bound(html) == shown


def point(fact: str, day: date, value: int, limit: str = "") -> Observation:
    return Observation(fact, str(value), "verified", day, "", Fraction(value), limit)


def test_a_measure_in_time() -> None:
    """Distances follow the days, heights start at zero, a bound is dotted, and labels keep clear of one another."""
    days = [date(2020, 1, 1), date(2021, 1, 1), date(2021, 1, 20), date(2022, 1, 1)]
    found = run([point(*item) for item in zip("abcd", days, (5, 20, 10, 15), ("", "", "", "up"), strict=True)], "c")
    assert [dot.x for dot in found.dots] == [0, pytest.approx(50.1, abs=0.1), pytest.approx(52.7, abs=0.1), 100]
    assert [dot.y for dot in found.dots] == [25, 100, 50, 75]
    assert (len(found.solid), len(found.dotted)) == (2, 1)
    assert [dot.labelled for dot in found.dots] == [True, False, True, True]
    assert [dot.side for dot in found.dots] == ["below", "above", "below", "above"]
    ticks = strip(list(zip(days[::3], "ab", strict=True)), "b")
    assert [(tick.x, tick.here) for tick in ticks] == [(0, False), (100, True)]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1,280,677\u00a0samples", "1,280,677 samples"),
        ("over\u00a0NOK\u00a012.4\u00a0million", "over NOK 12.4 million"),
        ("1\u00a0280\u00a0677\u00a0образцов", "1\u00a0280\u00a0677 образцов"),
    ],
)
def test_a_value_in_large_type_wraps_between_words_alone(value: str, shown: str) -> None:
    assert loosened(value) == shown


@pytest.mark.parametrize(
    ("value", "lang", "shown"),
    [
        ("1.48 million passengers", "en", '<span class="number">1.48 </span><small>million passengers</small>'),
        (
            "around 98,000 people",
            "en",
            '<small>around </small><span class="number">98,000 </span><small>people</small>',
        ),
        ("70,3 %", "de", '<span class="number">70,3 %</span>'),
        ("₸300 billion", "en", '<span class="number">₸300 </span><small>billion</small>'),
        ("300 млрд ₸", "ru", '<span class="number">300 </span><small>млрд ₸</small>'),
        (
            "over NOK 12.4 million",
            "en",
            '<small>over </small><span class="number">NOK 12.4 </span><small>million</small>',
        ),
        (
            "1\u00a0280\u00a0677 образцов",
            "ru",
            '<span class="number">1\u00a0280\u00a0677 </span><small>образцов</small>',
        ),
        ("17 February 2023", "en", '<span class="number">17 February 2023</span>'),
        ("2022 жылғы ақпан", "kk", '<span class="number">2022 жылғы ақпан</span>'),
        ("more than three hundred", "en", '<span class="number">more than three hundred</span>'),
        ("3.5 g CO2/km", "en", '<span class="number">3.5 </span><small>g CO2/km</small>'),
    ],
)
def test_the_words_beside_a_large_number_are_small(value: str, lang: str, shown: str) -> None:
    context = Environment().from_string("").new_context({"lang": lang})
    assert enlarged(context, value) == shown
    marked = Markup(f'<a class="fact"><span data-n="4">{value}</span><sup>a</sup></a>')
    assert enlarged(context, marked) == f'<a class="fact"><span data-n="4">{shown}</span><sup>a</sup></a>'
    sentence = Markup(f'<a class="fact said"><span data-n="4">{value}</span></a>')
    assert enlarged(context, sentence) == f'<span class="number">{sentence}</span>'


def test_the_numbers_of_a_row_are_of_one_size() -> None:
    one, two, long = (f'<span class="number">{text} </span><small>of it</small>' for text in ("1.48", "70", "a" * 40))
    assert large_letters([one, two]) == large_letters([two, one, long]) == 4
    ranged = '<span data-n="2"><span class="number">€<span class="range">59–149</span></span></span>'
    assert large_letters([ranged]) == 7


@pytest.mark.parametrize(
    ("source", "lang", "shown"),
    [
        ("Rail Observer, 18 March 2025", "en", "Rail Observer, 18\u00a0March 2025"),
        ("Rail Observer, March 18, 2025", "en", "Rail Observer, March\u00a018, 2025"),
        ("Rail Observer, 18. März 2025", "de", "Rail Observer, 18.\u00a0März 2025"),
        ("18 марта 2025 г.", "ru", "18\u00a0марта 2025 г."),
        ("Section 18 Trains of 2025", "en", "Section 18 Trains of 2025"),
    ],
)
def test_no_line_ends_between_a_day_and_its_month(source: str, lang: str, shown: str) -> None:
    assert days(Environment().from_string("").new_context({"lang": lang}), source) == shown


def test_labels_of_a_series_share_their_unit() -> None:
    def unit(*texts: str) -> str:
        dates = (date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1))
        return run([replace(point(text, day, 5), text=text) for text, day in zip(texts, dates, strict=False)], "").unit

    assert unit("1.21\u00a0million passengers", "1.48\u00a0million passengers") == "\u00a0million passengers"
    assert unit("980,000 passengers", "1.48 million passengers") == ""
    assert unit("18.1%", "20%") == unit("4 GW", "5 GW") == ""


WIDE = """<div style="width:{width}px"><dl class="figures beside"><div><dt style="--letters:{letters}"><a class="fact"
>{value}<sup>≠a</sup></a></dt><dd>of it</dd></div></dl></div>"""
LINES = """() => [...document.querySelectorAll("dt a > span")].map(span => {
  const walk = document.createTreeWalker(span, NodeFilter.SHOW_TEXT), letters = [], range = document.createRange();
  while (walk.nextNode())
    [...walk.currentNode.data].forEach((letter, n) => letters.push([letter, walk.currentNode, n]));
  const bottom = ([, node, n]) => {
    range.setStart(node, n);
    range.setEnd(node, n + 1);
    return range.getBoundingClientRect().bottom;
  };
  return letters.slice(1).map((at, n) => [letters[n], at])
    .filter(([before, at]) => bottom(at) - bottom(before) > 14).map(([before]) => before[0]);
})"""
"""The letters after which a line ends, of each figure."""
KEY_FIGURES = ("1,280,677 samples", "over NOK 12.4 million", "3.92%", "more than three hundred thousand")
FIGURE_WIDTHS = (128, 200, 272, 320)


@pytest.fixture(scope="module")
def ends_of_lines(one_tab: Page) -> dict[tuple[str, int], list[str]]:
    """The letters after which a line of a figure ends, by the figure and the width of its column."""
    asked = [*product(KEY_FIGURES, FIGURE_WIDTHS)]
    css, _ = Theme(default_templates()).stylesheet("screen")
    context = Environment().from_string("").new_context({"lang": "en"})
    shown = [(width, enlarged(context, Markup(f'<span data-n="1">{value}</span>'))) for value, width in asked]
    blocks = (WIDE.format(width=width, letters=large_letters([value]), value=value) for width, value in shown)
    one_tab.goto("about:blank")
    one_tab.set_viewport_size({"width": 1280, "height": 720})
    one_tab.set_content(f"<style>{css}</style>{''.join(blocks)}")
    return dict(zip(asked, one_tab.evaluate(LINES), strict=True))


@pytest.mark.parametrize("width", FIGURE_WIDTHS)
@pytest.mark.parametrize("value", KEY_FIGURES)
def test_no_word_of_a_key_figure_is_broken(
    ends_of_lines: dict[tuple[str, int], list[str]], value: str, width: int
) -> None:
    assert [letter for letter in ends_of_lines[value, width] if letter != " "] == []


SERIES = """<main class="page"><section class="lead"><div></div><aside><div class="series">
<svg viewBox="0 0 100 100" preserveAspectRatio="none"><polyline points="0,15 100,85"></polyline></svg>
<ol><li class="below first" style="--x:0;--y:85"><a href="#">365</a></li>
<li class="below last" style="--x:100;--y:15"><a href="#">412</a></li></ol></div></aside></section></main>"""
DOTS = """() => {
  const line = document.querySelector("polyline").getBoundingClientRect();
  return [...document.querySelectorAll(".series li")].map(item => {
    const dot = getComputedStyle(item, "::before"), below = parseFloat(dot.bottom) + parseFloat(dot.height) / 2;
    return item.getBoundingClientRect().bottom - below;
  }).map((middle, n) => middle - (n ? line.bottom : line.top));
}"""


def test_dots_stand_on_the_line_of_a_series(tab: Page) -> None:
    css, _ = Theme(default_templates()).stylesheet("screen")
    tab.set_content(f"<!doctype html><style>{css}</style>{SERIES}")
    apart = tab.evaluate(DOTS)
    assert len(apart) == 2
    assert max(map(abs, apart)) < 1.5, apart


def test_a_value_with_a_stroke_is_set_on_one_line() -> None:
    macro = re.search(r"{% macro unbroken.*?endmacro %}", default_templates()["marks.html"])
    assert macro is not None
    unbroken = Environment().from_string(macro[0]).module.unbroken  # type: ignore[attr-defined]
    assert unbroken("28.0\u00a0µg/m³") == ' class="unbroken"'
    assert unbroken("at least 28.0\u00a0µg/m³") == ""  # it has words, between which a line may end
    assert unbroken("28.0\u00a0kg") == ""


def test_a_value_with_words_breaks_between_them_and_not_at_its_stroke() -> None:
    macro = re.search(r"{% macro kept.*?endmacro %}", default_templates()["marks.html"])
    assert macro is not None
    environment = Environment()
    environment.filters["typeset"] = str
    kept = environment.from_string(macro[0]).module.kept  # type: ignore[attr-defined]
    assert kept("at least 28.0\u00a0µg/m³") == 'at least <span class="unbroken">28.0\u00a0µg/m³</span>'
    assert kept("28.0\u00a0µg/m³") == "28.0\u00a0µg/m³"
    assert kept("at least 28\u00a0kg") == "at least 28\u00a0kg"
