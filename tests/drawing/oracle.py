"""Kaleido with Chromium as the yardstick: the same plotly.js, the same fonts. Effects: runs a browser."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reportgen.drawing.v8 import plotly_js_path
from reportgen.fonts.metrics import font_files

from .browser import ALIASES, CHROMIUM
from .figures import FIGURES

Draw = Callable[[dict[str, Any], int, int], str]


@contextmanager
def kaleido_server() -> Iterator[Draw]:
    """Kaleido's server, warm: it has drawn a figure, and the fonts are there."""
    import kaleido

    rules = "".join(
        f'@font-face{{font-family:"{name}";font-weight:{file.weight};font-style:{file.style};src:url("{file.path.as_uri()}")}}'
        for file in font_files()
        for name in ALIASES[file.family]
    )
    fonts = f"<style>{rules}</style><script>for (const font of document.fonts) font.load();</script></head>"
    page = kaleido.PageGenerator(plotly=plotly_js_path(), mathjax=False).generate_index()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.html")
        path.write_text(page.replace("</head>", fonts, 1), encoding="utf-8")
        chrome = str(CHROMIUM if CHROMIUM.exists() else shutil.which("chromium"))
        kaleido.start_sync_server(n=1, path=chrome, page_generator=path, silence_warnings=True)

        def draw(figure: dict[str, Any], width: int, height: int) -> str:
            options = {"format": "svg", "width": width, "height": height}
            svg = bytes(kaleido.calc_fig_sync(json.loads(json.dumps(figure)), opts=options))
            return svg.decode("utf-8")

        try:
            for name in ("markup", "text-styles", "markup"):
                draw(FIGURES[name], 700, 450)
            yield draw
        finally:
            kaleido.stop_sync_server(silence_warnings=True)
