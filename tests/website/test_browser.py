"""The built site in a browser: from a server below a path, from the disk, without scripts, on a phone, in the dark."""

from __future__ import annotations

import gzip
import re
import time
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, Route, expect

from reportgen.pages.default_theme import default_templates
from reportgen.pages.theme import Theme
from tests.browser import watched
from tests.conftest import Built

LIGHTEST = 250_000
"""Bytes that a page may weigh as sent, before a reader asks for an interactive chart."""
FIRST_LOAD = {"": (76_000, 5), "ru/": (104_000, 5), "kk/": (104_000, 5)}
"""Of a brief in a language at 360 pixels: bytes as sent, and requests. Russian and Kazakh need the letters of two
scripts; theirs is what was measured, and a little more."""
LATE = 0.3
"""Seconds after which a font comes."""
_SHIFT = """new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shift = (window.shift ?? 0) + entry.value;
}).observe({ type: "layout-shift", buffered: true })"""
_ASKED = """[
  performance.getEntriesByType("resource").filter(one => one.name.endsWith(".woff2")).map(one => one.startTime),
  performance.getEntriesByName("first-paint")[0].startTime,
]"""
_READ_DOWN = """(async () => {
  for (let at = 0; at < document.documentElement.scrollHeight; at += 480) {
    scrollTo(0, at);
    await new Promise(requestAnimationFrame);
  }
})()"""
_ROWS_AND_GROUPS = """["tbody tr", ".group"].map(name => {
  const all = [...document.querySelectorAll(name)], shown = all.filter(one => !one.hasAttribute("hidden"));
  return [all, shown].map(list => list.map(one => one.textContent));
})"""
"""The words of all and of those that are shown."""
_WITHOUT_SCRIPTS = """[
  document.querySelectorAll("main h1").length,
  [...document.querySelectorAll("button[data-interactive], .filter")].filter(one => one.getClientRects().length).length,
]"""
FOR_SCRIPTS = "//button[@data-interactive] | //*[contains(concat(' ', @class, ' '), ' filter ')]"
"""What a page shows for its scripts alone. A page that holds none of it is read without a browser."""
_ONE_OF_EACH = """(() => {
  const said = ({ name, value }) => name + (/^(class|role|style|type|lang)$/.test(name)
    ? value : [!value.trim(), !document.getElementById(value)]);
  const kind = element => [element.localName, ...[...element.attributes].map(said), !element.textContent.trim(),
    ...[...element.children].map(kind)].join();
  const thin = element => {
    const seen = new Set();
    for (const child of [...element.children]) {
      const is = kind(child);
      if (seen.has(is) && child.matches("tr, li, p")) child.remove();
      else thin(child);
      seen.add(is);
    }
  };
  thin(document.querySelector("main"));
})()"""
"""Of rows, items and paragraphs that differ in words and addresses alone, the first stays: axe looks at each for long,
and finds in all what it finds in one."""
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def pages(built: Built) -> list[str]:
    """One of each kind."""
    fact = next(p for p in sorted(built.site) if p.startswith("facts/") and p.count("/") == 2)
    source = next(p for p in sorted(built.site) if p.startswith("sources/") and p.count("/") == 2)
    chart = next(p for p in sorted(built.site) if p.startswith("charts/") and p.endswith(".svg"))
    brief = max((f"briefs/{slug}/index.html" for slug in built.slugs), key=lambda path: len(built.site[path]))
    lists = [f"{part}/index.html" for part in ("facts", "sources", "timeline", "charts", "about", "search")]
    return ["index.html", brief, fact, source, f"{chart.rpartition('/')[0]}/index.html", *lists, "404.html"]


@pytest.fixture(params=["server", "disk"])
def root(request: pytest.FixtureRequest, built: Built, served: str) -> str:
    return served if request.param == "server" else f"{built.folder.as_uri()}/"


def opened(tab: Page, address: str) -> tuple[Page, list[str]]:
    found = watched(tab)
    tab.goto(address)
    return tab, found


def test_every_kind_of_page_loads_in_quiet(built: Built, chromium: Browser, root: str) -> None:
    """Under its own policy no page complains or asks another host; none scrolls sideways, and all are light."""
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page, got = context.new_page(), set[str]()
    network = context.new_cdp_session(page)  # each page asks for all that it shows, as if it were the first
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    found = watched(page)
    page.on("request", lambda request: got.add(request.url))
    for path in pages(built):
        page.goto("about:blank")  # what the page before still asks for is stopped, and is no fault of this one
        found.clear()
        got.clear()
        page.goto(root + path)
        page.evaluate("document.fonts.ready.then(() => true)")
        assert found == [], path
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, f"{path} is {wide} pixels wide"
        local = [url.removeprefix(root).partition("?")[0] for url in got if url.startswith(root)]
        weight = sum(len(_as_sent(built.folder / name)) for name in local)
        assert weight < LIGHTEST, f"{path}: {weight:,} bytes in {sorted(local)}"
    context.close()


def test_a_long_word_in_what_leads_on_is_broken(tab: Page) -> None:
    """No page scrolls sideways for the title of another brief, or for a name."""
    word = "h" * 120
    leads = "".join(f'<a rel="{rel}" href="#"><small>a</small> <span>{word}</span></a>' for rel in ("prev", "next"))
    meta = f'<header class="title"><div class="meta"><span><b>{word}</b></span><span>b</span></div></header>'
    style = Theme(default_templates()).stylesheet("screen")[0]
    for width in (360, 900, 1300):
        tab.set_viewport_size({"width": width, "height": 640})
        tab.set_content(f'<style>{style}</style><main class="page">{meta}<nav class="pager wide">{leads}</nav></main>')
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


def _late(route: Route) -> None:
    time.sleep(LATE)
    route.continue_()


@pytest.mark.parametrize("tongue", FIRST_LOAD)
def test_the_first_load_of_a_brief_keeps_to_its_budget(
    tongue: str, built: Built, chromium: Browser, served: str
) -> None:
    """And no word moves when our fonts come after the page was painted, nor while somebody reads down."""
    most, requests = FIRST_LOAD[tongue]
    page, got = chromium.new_page(viewport={"width": 360, "height": 640}), list[str]()
    page.on("request", lambda request: got.append(request.url))
    page.add_init_script(_SHIFT)
    page.route("**/*.woff2", _late)  # which also makes a browser ask for all of each page again
    for slug in built.slugs:
        got.clear()
        page.goto(f"{served}{tongue}briefs/{slug}/index.html")
        page.evaluate("document.fonts.ready.then(() => true)")
        local = [url.removeprefix(served) for url in got if url.startswith("http")]
        weight = sum(len(_as_sent(built.folder / name)) for name in local)
        assert weight <= most, f"{slug}: {weight:,} bytes in {sorted(local)}"
        assert len(local) <= requests, sorted(local)
        asked, painted = page.evaluate(_ASKED)
        assert len(asked) == 3
        assert max(asked) < painted, "fonts are asked for before anything is painted"
        before = page.evaluate("document.documentElement.scrollHeight")
        page.evaluate(_READ_DOWN)
        assert before != page.evaluate("document.documentElement.scrollHeight"), "what is below was not laid out"
        assert page.evaluate("window.shift ?? 0") == 0
    page.context.close()


def test_a_number_opens_its_card_and_a_chart_comes_to_life(built: Built, tab: Page, root: str) -> None:
    page, found = opened(tab, root + pages(built)[1])
    page.locator("a.fact[href^='#fact-']").first.click()
    assert page.locator(".card:popover-open").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".card:popover-open").count() == 0
    page.locator("button[data-interactive]").first.click()
    page.wait_for_selector(".js-plotly-plot .main-svg")
    assert found == []


def test_search_finds_below_a_path(built: Built, tab: Page, served: str) -> None:
    page, found = opened(tab, f"{served}search/index.html")
    assert page.locator("#no-search").is_hidden()
    page.wait_for_selector("#by-source option:nth-child(3)", state="attached")
    for name in ("kind", "place", "year", "source"):
        assert page.locator(f"#by-{name} option").count() > 2, name
    page.fill("#words", "share")
    for kind in page.eval_on_selector_all("#by-kind option", "all => all.map(one => one.value)")[:3]:
        page.select_option("#by-kind", kind)
        page.wait_for_url(f"**kind={kind}" if kind else "**q=share")
        page.wait_for_selector("#results li a")
    page.select_option("#by-kind", "")
    page.fill("#words", "18.10%")
    expect(page.locator("#results h2")).to_have_text(["Briefs 2", re.compile("Facts [0-9]")])
    assert "/briefs/" in (page.locator("#results li a").first.get_attribute("href") or "")
    page.fill("#words", "zzzq")
    page.select_option("#by-kind", "source")
    expect(page.locator("#count")).to_have_text("Nothing found for “zzzq”, “Sources”")
    assert page.locator("#hints").is_visible()
    page.fill("#words", "hashrate")
    page.select_option("#by-kind", "")
    page.wait_for_selector("#results #found-brief")
    page.wait_for_selector("#hints", state="hidden")
    first = page.locator("#results li a").first
    assert (first.get_attribute("href") or "").startswith("/a/b/")
    first.click()
    page.wait_for_selector("h1")
    assert found == []


def test_search_says_where_it_cannot_run(built: Built, tab: Page, served: str) -> None:
    page, found = opened(tab, f"{built.folder.as_uri()}/search/index.html")
    assert page.locator("#no-search").is_visible()
    assert page.locator("#search").is_hidden()
    assert found == []


def test_a_filter_leaves_what_holds_the_words(built: Built, tab: Page, root: str) -> None:
    page, found = opened(tab, f"{root}facts/index.html")
    page.fill("#filter", "disputed")
    (rows, shown), (groups, shown_groups) = page.evaluate(_ROWS_AND_GROUPS)
    assert 0 < len(shown) < len(rows)
    assert all("disputed" in row.lower() for row in shown)
    assert 0 < len(shown_groups) < len(groups)
    assert page.locator("[data-count]").text_content() == f"{len(shown)} / {len(rows)}"
    assert found == []


def test_everything_can_be_read_without_scripts(built: Built, chromium: Browser, root: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 200})
    page = context.new_page()
    for path in pages(built):
        main = html.document_fromstring(built.site[path]).find(".//main")
        assert len(main.findall(".//h1")) == 1, path
        if main.getroottree().xpath(FOR_SCRIPTS):
            page.goto(root + path)
            assert page.evaluate(_WITHOUT_SCRIPTS) == [1, 0], path
    page.goto(root + pages(built)[1])
    page.locator("a.fact[href^='#fact-']").first.click()
    assert "#fact-" in page.url
    assert page.locator(".entry:target").is_visible()
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing(built: Built, chromium: Browser, served: str, width: int, scheme: str) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True  # type: ignore[arg-type]
    )  # fmt: skip
    page = context.new_page()
    wrong = []
    for path in pages(built)[:: 1 if width > 320 else 2]:
        page.goto(served + path)
        page.evaluate(_ONE_OF_EACH)
        page.evaluate(AXE)
        for finding in page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]:
            wrong += [f"{path}: {finding['id']}: {node['html'][:120]}" for node in finding["nodes"]]
    assert wrong == []
    context.close()


def _as_sent(path: Path) -> bytes:
    data = path.read_bytes()
    return data if path.suffix in (".woff2", ".png") else gzip.compress(data, mtime=0)
