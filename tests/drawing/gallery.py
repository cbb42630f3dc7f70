"""`make gallery`: a page of pairs, each figure as Kaleido with Chromium and as the engine draw it.

Effects: runs two browsers, prints how far the two are apart and which kinds are within the bounds, writes the page.
"""

from __future__ import annotations

import html
import json
import sys
from pathlib import Path

from reportgen.drawing.kaleido import KaleidoEngine
from reportgen.drawing.v8 import NEEDS, PlotlyEngine
from reportgen.fonts.metrics import FAMILIES, font_files

from .browser import Measures, compared, plotly_page
from .figures import FIGURES, HEIGHT, WIDTH
from .oracle import kaleido_server

MARKS_WITHIN, TEXTS_WITHIN = 1.0, 2.0
"""Pixels."""
PICTURES_WITHIN = 0.001
"""Share of pixels that may differ by more than a tenth of full scale."""


def farthest(one: Measures, other: Measures, kind: str) -> float:
    """Pixels between the worst pair of edges; infinite if there are not as many, or not the same."""
    if [each[0] for each in one[kind]] != [each[0] for each in other[kind]]:
        return float("inf")
    pairs = zip(one[kind], other[kind], strict=True)
    return max((abs(a - b) for left, right in pairs for a, b in zip(left[1:], right[1:], strict=True)), default=0.0)


def gallery() -> tuple[str, list[str]]:
    """The page as HTML, and the names of figures past a bound."""
    rows, past = [], []
    with kaleido_server() as oracle, plotly_page(WIDTH, HEIGHT) as page, PlotlyEngine() as engine:
        for name, figure in FIGURES.items():
            theirs = oracle(figure, WIDTH, HEIGHT)
            ours = engine.draw(json.dumps(figure), WIDTH, HEIGHT, name)
            expected, found, share = compared(page, theirs, ours, HEIGHT)
            marks, texts = farthest(expected, found, "marks"), farthest(expected, found, "texts")
            within = marks <= MARKS_WITHIN and texts <= TEXTS_WITHIN and share <= PICTURES_WITHIN
            apart = f"marks {marks:.2f} px, texts {texts:.2f} px, {share:.4%} of pixels"
            print(f"{'meets' if within else 'PAST '}  {name:16} {apart}", flush=True)
            if not within:
                past.append(name)
            theirs = theirs.replace('id="', f'id="theirs-{name}-').replace("url('#", f"url('#theirs-{name}-")
            rows.append(f"<h2>{html.escape(name)}</h2><p>{apart}</p><div>{theirs}{ours}</div>")
    faces = "".join(
        f'@font-face{{font-family:"{alias}";font-weight:{file.weight};font-style:{file.style};src:url("{file.path.as_uri()}")}}'
        for file in font_files()
        for alias in ({file.family} | ({"Open Sans"} if file.family == FAMILIES[0] else set()))
    )
    refused = "".join(f"<li>{kind}: needs {need}</li>" for kind, need in NEEDS.items())
    head = f'<!doctype html><meta charset="utf-8"><title>Gallery</title><style>{faces} div {{ display: flex }}</style>'
    bounds = f"Marks within {MARKS_WITHIN:g} px, texts within {TEXTS_WITHIN:g} px, {PICTURES_WITHIN:.1%} of pixels."
    pairs = f"<h1>Kaleido, and the engine</h1><p>{bounds}</p>{''.join(rows)}"
    return f"{head}{pairs}<h2>Refused</h2><ul>{refused}</ul>", past


def main() -> int:
    """Exit 1 if a figure is past a bound."""
    made, past = gallery()
    path = Path(sys.argv[1])
    path.mkdir(parents=True, exist_ok=True)
    (path / "index.html").write_text(made, encoding="utf-8")
    drawn = KaleidoEngine()
    solid = {"data": [{"type": "scatter3d", "x": [1, 2], "y": [1, 2], "z": [1, 2]}]}
    (path / "scatter3d.svg").write_text(drawn.draw(json.dumps(solid), 400, 300, "solid"), encoding="utf-8")
    drawn.close()
    print(f"{len(FIGURES) - len(past)} of {len(FIGURES)} figures meet the bounds", *past)
    print(f"refused, and left to the optional renderer: {', '.join(NEEDS)}")
    print(path / "index.html")
    return 1 if past else 0


if __name__ == "__main__":
    sys.exit(main())
