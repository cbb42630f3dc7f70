"""What stands in a page's text is seen in a browser: no style hides words, but what is hidden by plan."""

from __future__ import annotations

import io

import pikepdf
import pytest
from playwright.sync_api import Page

from tests.conftest import Built

BY_PLAN = (
    ".fold:not([open])",
    *("script", "svg title", "svg desc", "[hidden]", "p.more"),
    ".chart-wide, .chart-narrow",  # one of the two is shown
    ".title-words",  # a pointer that rests on the element shows them
    ".beside .app",  # on a narrow screen the entries are under the text
    "table.index:has(.badge) thead th:last-child",  # on a narrow screen a column of letters has no name
    *("table .when", "table .opt", "table .badge", "table.stacked thead"),  # one of several forms, by the width
)
WIDTHS = (360, 1280)
HIDDEN = """plan => {
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) {
    const text = texts.currentNode, range = document.createRange();
    range.selectNodeContents(text);
    const seen = [...range.getClientRects()].some(box => box.width > 1 && box.height > 1);
    if (text.data.trim() && !seen && !text.parentElement.closest(plan)) found.push(text.data.trim());
  }
  return found;
}"""


@pytest.fixture(scope="module")
def hidden(built: Built, one_tab: Page, served: str) -> dict[int, dict[str, list[str]]]:
    """The words that are not seen at a width, by the path of a page: each page is loaded once for both."""
    facts = sorted(path for path in built.site if path.startswith("facts/") and path.endswith("/index.html"))
    sources = sorted(path for path in built.site if path.startswith("sources/") and path.endswith("/index.html"))
    lists = (f"{name}/index.html" for name in ("timeline", "charts", "about"))
    briefs = (f"briefs/{slug}/index.html" for slug in built.slugs)
    found: dict[int, dict[str, list[str]]] = {width: {} for width in WIDTHS}
    for path in ("index.html", *briefs, *facts[:2], *sources[:2], *lists):
        one_tab.goto(served + path)
        for width in WIDTHS:
            one_tab.set_viewport_size({"width": width, "height": 300})
            found[width][path] = one_tab.evaluate(HIDDEN, ", ".join(BY_PLAN))
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_of_a_page_is_hidden(hidden: dict[int, dict[str, list[str]]], width: int) -> None:
    assert {path: words for path, words in hidden[width].items() if words} == {}


def test_what_is_hidden_is_found(built: Built, tab: Page, served: str) -> None:
    tab.goto(f"{served}briefs/{built.slugs[0]}/index.html")
    tab.add_style_tag(content=".said { display: none }")
    assert tab.evaluate(HIDDEN, ", ".join(BY_PLAN))


def test_entries_are_folded_on_a_phone_until_one_is_asked_for(built: Built, tab: Page, served: str) -> None:
    brief = f"{served}briefs/{built.slugs[0]}/index.html"
    tab.set_viewport_size({"width": 360, "height": 780})
    tab.goto(brief)
    first, last = tab.locator(".annex .entry").first, tab.locator(".annex .entry").last
    assert not first.is_visible()
    tab.goto(f"{brief}#{last.get_attribute('id')}")
    last.wait_for(state="visible")
    assert tab.evaluate("document.querySelector('.key li').getBoundingClientRect().top + scrollY") < 1200
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.reload()
    assert first.is_visible()
    assert not tab.locator(".fold summary").is_visible()


def test_a_browser_prints_few_more_pages_than_the_pdf_has(built: Built, tab: Page, served: str) -> None:
    tab.set_viewport_size({"width": 360, "height": 100})
    for slug in built.slugs:
        tab.goto(f"{served}briefs/{slug}/index.html")
        printed, ours = (
            pikepdf.open(io.BytesIO(data)) for data in (tab.pdf(format="A4"), built.site[f"briefs/{slug}/{slug}.pdf"])
        )
        assert len(printed.pages) <= len(ours.pages) + 2, slug
