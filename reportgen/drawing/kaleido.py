"""A Plotly figure as JSON in, an SVG out, drawn by Kaleido in the author's Chrome: the optional renderer.

It draws only figures that need WebGL or map tiles. Effects: starts Chrome, once; map tiles come from the network. The
bytes of a drawing depend on the version of Chrome and its fonts, so they may differ between machines.
"""

from __future__ import annotations

import atexit
import json
import re
import shutil
from importlib.util import find_spec

from reportgen.drawing.v8 import NO_WORDS, DrawingError, Renderer, Widths, plotly_js_path
from reportgen.late_patterns import regex

_BROWSERS = ("google-chrome", "chromium", "chromium-browser", "chrome")
_ID = regex(r'\bid="([^"]+)"')


def optional_renderer() -> Renderer | None:
    """The renderer, if the package kaleido is installed. Nothing is started before it draws."""
    return KaleidoEngine() if find_spec("kaleido") else None


class KaleidoEngine:
    """Draws figures in Chrome, which is started at the first."""

    def __init__(self) -> None:
        self._started = False

    def draw(self, figure_json: str, width: int, height: int, ident: str, words: Widths = NO_WORDS) -> str:
        """One figure as SVG text, `width` by `height` pixels, whose ids begin with `ident`; `words`, the widths of what
        our fonts lack, a browser finds itself. Raises DrawingError."""
        import kaleido

        try:
            self._start()
            options = {"format": "svg", "width": width, "height": height}
            drawn = kaleido.calc_fig_sync(json.loads(figure_json), opts=options)
        except Exception as error:  # Kaleido and Chrome fail in many ways of their own
            self.close()
            raise DrawingError(f"Kaleido could not draw the figure: {error}") from error
        return _with_own_ids(bytes(drawn).decode("utf-8"), ident)

    def close(self) -> None:
        """Ends Chrome; a later figure starts another."""
        if self._started:
            import kaleido

            kaleido.stop_sync_server(silence_warnings=True)
            atexit.unregister(self.close)
        self._started = False

    def _start(self) -> None:
        if self._started:
            return
        import kaleido

        page = kaleido.PageGenerator(plotly=plotly_js_path(), mathjax=False)
        found = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
        chrome = {"path": found} if found else {}
        kaleido.start_sync_server(n=1, page_generator=page, silence_warnings=True, **chrome)
        self._started = True
        atexit.register(self.close)


def _with_own_ids(svg: str, ident: str) -> str:
    """The drawing with numbered ids in place of the random ones of plotly.js."""
    names = {id: f"{ident}-{number}" for number, id in enumerate(dict.fromkeys(_ID.findall(svg)), 1)}
    svg = _ID.sub(lambda found: f'id="{names[found[1]]}"', svg)
    svg = re.sub(r"#([\w-]+)", lambda found: "#" + names.get(found[1], found[1]), svg)
    return re.sub(r"\b(trace|bars|legend)[0-9a-f]{6}\b", r"\1", svg)
