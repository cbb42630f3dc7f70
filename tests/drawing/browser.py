"""Chromium as the yardstick: the same plotly.js, the same fonts. Effects: runs a browser; reads fonts and plotly.js."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import Page

from reportgen.drawing.v8 import plotly_js_path
from reportgen.fonts.metrics import font_files
from tests.browser import browser

CHROMIUM = Path("/usr/bin/chromium")
ALIASES = {"IBM Plex Sans": ["IBM Plex Sans", "Open Sans", "Verdana", "Arial"], "IBM Plex Serif": ["IBM Plex Serif"]}
"""Plotly's default families stand for Plex Sans, as they do in the engine."""

MEASURE = """
svgTexts => {
  const holder = document.getElementById("holder");
  holder.innerHTML = svgTexts.join("");
  return [...holder.children].map(svg => {
    const origin = svg.getBoundingClientRect();
    const box = element => {
      const {left, top, right, bottom} = element.getBoundingClientRect();
      return [left - origin.left, top - origin.top, right - origin.left, bottom - origin.top];
    };
    const hidden = element => element.closest("defs, clipPath") || getComputedStyle(element).display === "none";
    const all = selector => [...svg.querySelectorAll(selector)].filter(element => !hidden(element));
    const texts = all("text").filter(element => element.textContent.trim())
      .map(element => [element.textContent, ...box(element)]);
    const marks = all("path, rect, circle, line, polygon").filter(element => !element.closest("g.bricks"))
      .map(element => [element.localName, ...box(element)])
      .filter(([, left, top, right, bottom]) => right - left + bottom - top > 0);
    return {texts, marks};
  });
}
"""


def missing_browser() -> str | None:
    """Why there is no browser to compare with, or None."""
    if CHROMIUM.exists() or shutil.which("chromium"):
        return None
    return f"no browser at {CHROMIUM} to compare with"


@contextmanager
def plotly_page(width: int, height: int) -> Iterator[Page]:
    """A page with plotly.js and the fonts loaded, with room for two drawings, one above the other."""
    rules = "".join(
        f'@font-face{{font-family:"{name}";font-weight:{file.weight};font-style:{file.style};src:url("{file.path.as_uri()}")}}'
        for file in font_files()
        for name in ALIASES[file.family]
    )
    with browser() as chromium:
        page = chromium.new_page(viewport={"width": width, "height": 2 * height})
        page.goto((Path(__file__).parent / "blank.html").as_uri())
        style = f"<style>{rules} body {{ margin: 0 }} #holder > svg {{ display: block }}</style>"
        page.set_content(f'<!doctype html><meta charset="utf-8">{style}<div id="holder"></div>')
        page.evaluate("() => { window.PlotlyGeoAssets = {topojson: new Proxy({}, {get: () => ({objects: {}})})}; }")
        page.add_script_tag(path=str(plotly_js_path()))
        page.evaluate("() => Promise.all([...document.fonts].map(font => font.load()))")
        yield page


def drawn_by_browser(page: Page, figure: dict[str, Any], width: int, height: int) -> str:
    """The figure as plotly.js in the browser exports it."""
    options = {"format": "svg", "width": width, "height": height, "imageDataOnly": True}
    svg = page.evaluate("([figure, options]) => Plotly.toImage(figure, options)", [figure, options])
    return str(svg)


Measures = dict[str, list[list[Any]]]
"""Of a drawing: its texts with their boxes, its marks with theirs, in pixels from its corner."""


def compared(page: Page, theirs: str, ours: str, height: int) -> tuple[Measures, Measures, float]:
    """The measures of two drawings, and the share of their pixels that differ by more than a tenth of full scale: one
    stands above the other in one picture."""
    measures: list[Measures] = page.evaluate(MEASURE, [theirs, ours])
    with Image.open(io.BytesIO(page.screenshot())) as shot:
        both = [shot.crop((0, top, shot.width, top + height)).convert("RGB") for top in (0, height)]
    histogram = ImageChops.difference(*both).convert("L").histogram()
    return measures[0], measures[1], sum(histogram[26:]) / (shot.width * height)
