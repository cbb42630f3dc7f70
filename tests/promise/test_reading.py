"""A reader opens a brief from the disk: presses a number, goes without scripts, wakes a chart, holds a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import browser, watched
from tests.conftest import Built

BRIEF = "briefs/mining-boom/index.html"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


def address(built: Built, path: str) -> str:
    return (built.folder / path).as_uri()


def test_a_number_opens_the_card_of_its_source(built: Built, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    complaints = watched(page)
    page.goto(address(built, BRIEF))
    mark = page.locator("p a.fact", has_text="6.17%").first
    mark.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog")
    assert "6.17% of the global mining hash rate" in card.inner_text()
    assert mark.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert not card.is_visible()
    assert page.evaluate("document.activeElement.textContent").startswith("6.17%")
    assert complaints == []
    page.close()


def test_without_a_script_a_number_leads_to_its_entry(built: Built, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(built, BRIEF))
    mark = page.locator("p a.fact", has_text="6.17%").first
    anchor = mark.get_attribute("href") or ""
    mark.click()
    assert page.url.endswith(anchor)
    assert "6.17%" in page.locator(anchor).inner_text()
    assert page.locator("figure.chart svg").first.is_visible()
    context.close()


def test_a_chart_comes_alive_when_asked_and_nothing_moves(built: Built, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    complaints = watched(page)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(address(built, BRIEF))
    assert not any("plotly" in url for url in loaded)
    figure = page.locator("figure.chart").first
    before = figure.bounding_box()
    figure.locator("[data-interactive]").click()
    page.wait_for_selector("figure.chart .js-plotly-plot .main-svg")
    after = figure.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["height"] - after["height"]) <= 1
    assert abs(before["width"] - after["width"]) <= 1
    assert any("plotly" in url for url in loaded)
    assert complaints == []
    page.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("path", [BRIEF, "index.html", "facts/index.html", "facts/kz-hashrate-share-2021/index.html"])
def test_no_page_scrolls_sideways(built: Built, chromium: Browser, path: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(address(built, path))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
