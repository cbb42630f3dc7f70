"""Charts on their pages, in a browser and from file://: nothing moves, all is reached, one set of data is in both."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from reportgen.pages.default_theme import default_templates
from reportgen.pages.theme import Theme
from tests.browser import browser as opened
from tests.browser import watched
from tests.conftest import made_once
from tests.driver import Project

PLACES = """
name => [...document.querySelectorAll(`figure, figure ~ *, figure .src, [data-chart="${name}"]`)].map(element => {
  const {left, top, width, height} = element.getBoundingClientRect();
  return [left, top, width, height].map(Math.round);
})
"""
LIVE = """
() => {
  const {data} = document.querySelector(".chart-live > div");
  return data.map(({type, x, y, labels, values, customdata}) => ({type, x, y, labels, values, customdata}));
}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> Path:
        project = Project.from_folder(folder, Path(__file__).parent / "project")
        project.change("content/briefs/all.md", "status: draft\n", "")
        assert project.build().errors == []
        return project.path("build/site")

    return made_once(tmp_path_factory, "charts", make)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with opened() as browser:
        yield browser


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Page:
    """One page for all tests: a new one would compile plotly.js again, which takes two seconds."""
    return chromium.new_page()


def page_of(tab: Page, site: Path, id: str, width: int = 1280, scheme: Literal["light", "dark"] = "light") -> Page:
    """A chart's page, loaded anew."""
    tab.emulate_media(media="screen", color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto((site / f"charts/{id}/index.html").as_uri())
    tab.evaluate("() => document.fonts.ready")
    return tab


@pytest.mark.parametrize(("id", "width"), [("line", 1280), ("line", 360), ("bar-stacked", 1280)])
def test_the_live_chart_takes_the_stills_place(tab: Page, site: Path, id: str, width: int) -> None:
    page = page_of(tab, site, id, width)
    problems = watched(page)
    before = page.evaluate(PLACES, id)
    assert page.locator("script[src*=plotly]").count() == (1 if page.locator("[data-plotly]").count() > 1 else 0)
    page.locator("button[data-interactive]").focus()
    page.keyboard.press("Enter")
    page.locator(".chart-live .main-svg").first.wait_for()
    assert page.evaluate(PLACES, id) == before
    assert page.evaluate("() => document.activeElement.className").startswith("chart-live")
    assert problems == []
    layout = "narrow" if width == 360 else "wide"
    held = json.loads(page.locator(f"#figure-{id}-json").text_content() or "")[layout]["data"]
    live = page.evaluate(LIVE)
    for one, two in zip(held, live, strict=True):
        assert {key: value for key, value in two.items() if value is not None} == {
            key: one[key] for key in two if key in one and two[key] is not None
        }
    file = json.loads((site / f"charts/{id}/{id}.json").read_text("utf-8"))
    if layout == "wide":
        quiet = ("hovertext", "hoverinfo", "marker", "line", "fillcolor", "textfont")
        plain = [{k: v for k, v in trace.items() if k not in quiet} for trace in file["figure"]["data"]]
        assert plain == [{k: v for k, v in trace.items() if k not in quiet} for trace in held]


@pytest.mark.parametrize("id", ["bar-horizontal", "heatmap", "multiples"])
def test_a_phone_gets_type_that_can_be_read(tab: Page, site: Path, id: str) -> None:
    page = page_of(tab, site, id, 360)
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('.chart-narrow text')].map(text => {"
        " const svg = text.ownerSVGElement, scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;"
        " return parseFloat(getComputedStyle(text).fontSize) * scale; })"
    )
    assert min(sizes) >= 10.5  # eleven as laid out, on a page with margins
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    assert not page.locator(".chart-wide").is_visible()


def test_a_table_of_facts_says_their_unit_in_its_head(site: Path) -> None:
    page = (site / "charts/table/index.html").read_text("utf-8")
    assert '<th scope="col" class="n">Share (%)</th>' in page
    assert re.search(r'>18\.1<span class="vh">%</span></span>', page)
    assert len(re.findall(r"\d%</span>", page[page.index("<tbody>") : page.index("</tbody>")])) == 0


def test_data_is_a_table_for_who_asks(chromium: Browser, site: Path) -> None:
    page = page_of(chromium.new_page(java_script_enabled=False), site, "line")
    summary = page.locator("figure summary")
    summary.focus()
    page.keyboard.press("Enter")
    cells = page.locator("figure .data tbody tr").first.locator("th, td").all_text_contents()
    assert cells == ["Kazakhstan", "2020", "6.2% ?", "Sea, 11 June 2022"]
    assert page.locator("figure .data tbody tr").count() == 6
    assert page.locator("figure .data td.n [data-n]").first.get_attribute("data-n") == "0"


def test_the_live_chart_wears_the_pages_colours(tab: Page, site: Path) -> None:
    page = page_of(tab, site, "heatmap", scheme="dark")
    page.locator("button[data-interactive]").click()
    page.locator(".chart-live .main-svg").first.wait_for()
    painted = page.evaluate("() => document.querySelector('.chart-live').innerHTML")
    assert "var(" not in painted
    assert "color-mix" not in painted
    assert "rgb(0, 84, 111)" not in painted
    assert "rgb(141, 200, 227)" in painted
    page.emulate_media(color_scheme="light")
    page.locator(".chart-live [style*='rgb(0, 84, 111)']").first.wait_for()
    assert "rgb(141, 200, 227)" not in page.evaluate("() => document.querySelector('.chart-live').innerHTML")


def test_the_live_chart_follows_the_window_and_leaves_paper_to_the_still(tab: Page, site: Path) -> None:
    page = page_of(tab, site, "line")
    page.locator("button[data-interactive]").click()
    page.locator(".chart-wide .main-svg").first.wait_for()
    page.set_viewport_size({"width": 360, "height": 800})
    page.locator(".chart-narrow .main-svg").first.wait_for()
    assert not page.locator(".chart-wide").is_visible()
    box = "selector => document.querySelector(selector).getBoundingClientRect().width"
    widths = [page.evaluate(box, selector) for selector in (".chart-narrow", ".chart-narrow .main-svg")]
    assert widths[0] == pytest.approx(widths[1], abs=1)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    page.emulate_media(media="print")
    assert page.locator(".chart-wide > svg").is_visible()
    assert page.locator(".chart-live:visible").count() == 0


@pytest.mark.parametrize("id", ["bar", "line", "pie"])
def test_downloads_say_where_they_come_from(site: Path, id: str) -> None:
    folder = site / f"charts/{id}"
    svg, table = (folder / f"{id}.svg").read_text("utf-8"), (folder / f"{id}.csv").read_text("utf-8-sig")
    file = json.loads((folder / f"{id}.json").read_text("utf-8"))
    for words in ("Sea, 11 June 2022", "CC BY 4.0"):
        assert words in svg
        assert words in table
        assert words in json.dumps(file)
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {row["address"] for row in rows} == {f"https://charts.example/charts/{id}/"} == {file["address"]}
    assert len(rows) == len(file["rows"])
    assert file["figure"]["data"]
    assert (folder / f"{id}.png").read_bytes().startswith(b"\x89PNG")


def test_the_snippet_leads_to_a_page_that_stands_alone(chromium: Browser, tab: Page, site: Path) -> None:
    page = page_of(tab, site, "bar")
    snippet = page.locator("details.data pre").text_content() or ""
    address = "https://charts.example/charts/bar/"
    assert f'<iframe src="{address}embed.html" title="Bars"' in snippet
    page.set_content(snippet.replace(address, (site / "charts/bar").as_uri() + "/"))
    frame = chromium.new_page(viewport={"width": 500, "height": 200})
    problems = watched(frame)
    frame.goto((site / "charts/bar/embed.html").as_uri())
    assert frame.locator("figure svg[role=img]:visible").count() == 1
    assert frame.locator("h3").first.text_content() == "Bars"
    height = int(snippet.split('height="')[1].split('"')[0])
    assert frame.evaluate("() => document.documentElement.scrollHeight") <= height
    assert problems == []


def test_on_paper_a_value_stands_without_the_unit_of_its_column() -> None:
    call = Theme(default_templates()).macros("marks.html", "en")
    assert call("parted", "18.1%", ("", "%"), False) == '18.1<span class="vh">%</span>'
    assert call("parted", "$18.1\u00a0million", ("$", ""), True) == "18.1\u00a0million"
