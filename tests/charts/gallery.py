"""`python -m tests.charts.gallery FILE`: a page of pairs, each figure as Chromium and as the engine draw it.

Effects: runs a browser, prints how far the two are apart, writes FILE.
"""

from __future__ import annotations

import html
import json
import sys
from pathlib import Path

from reportgen.engines.fonts import FAMILIES, font_files
from reportgen.engines.v8 import NEEDS, PlotlyEngine

from .browser import drawn_by_browser, measured, plotly_page
from .figures import FIGURES, HEIGHT, WIDTH

Measures = dict[str, list[list[float]]]


def farthest(one: Measures, other: Measures, kind: str) -> float:
    """Pixels between the worst pair of edges; infinite if there are not as many."""
    if len(one[kind]) != len(other[kind]):
        return float("inf")
    pairs = zip(one[kind], other[kind], strict=True)
    return max((abs(a - b) for left, right in pairs for a, b in zip(left[1:], right[1:], strict=True)), default=0.0)


def gallery() -> str:
    """The page as HTML."""
    rows = []
    with plotly_page() as page, PlotlyEngine() as engine:
        for name, figure in FIGURES.items():
            theirs = drawn_by_browser(page, figure, WIDTH, HEIGHT)
            ours = engine.draw(json.dumps(figure), WIDTH, HEIGHT, name)
            expected, found = measured(page, theirs), measured(page, ours)
            apart = ", ".join(f"{kind} {farthest(expected, found, kind):.2f} px apart" for kind in ("marks", "texts"))
            print(f"{name:16} {apart}")
            theirs = theirs.replace('id="', f'id="theirs-{name}-').replace("url('#", f"url('#theirs-{name}-")
            rows.append(f"<h2>{html.escape(name)}</h2><p>{apart}</p><div>{theirs}{ours}</div>")
    faces = "".join(
        f'@font-face{{font-family:"{alias}";font-weight:{file.weight};font-style:{file.style};src:url("{file.path.as_uri()}")}}'
        for file in font_files()
        for alias in ({file.family} | ({"Open Sans"} if file.family == FAMILIES[0] else set()))
    )
    refused = "".join(f"<li>{kind}: needs {need}</li>" for kind, need in NEEDS.items())
    head = f'<!doctype html><meta charset="utf-8"><title>Gallery</title><style>{faces} div {{ display: flex }}</style>'
    return f"{head}<h1>Chromium, and the engine</h1>{''.join(rows)}<h2>Refused</h2><ul>{refused}</ul>"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(gallery(), encoding="utf-8")
