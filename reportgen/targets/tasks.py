"""The heavy halves of targets: values in, content out. Any process may run them, so that this module imports little.

Effects: a process keeps the engine that draws, once a figure has needed it.
"""

from __future__ import annotations

import gc
import json
import threading
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from reportgen.build.target import Made
from reportgen.diagnostics import Diagnostic, ReportError, Span

if TYPE_CHECKING:
    from reportgen.engines.v8 import PlotlyEngine
    from reportgen.render.attached import Attached

Specification = tuple[str, int, int]
"""A figure as Plotly's JSON, its width and its height in px."""
_ONE_AT_A_TIME = threading.Lock()


@cache
def renderer() -> PlotlyEngine:
    """The engine of this process; it starts with its first figure."""
    from reportgen.engines.kaleido import optional_renderer
    from reportgen.engines.v8 import PlotlyEngine

    return PlotlyEngine(optional=optional_renderer())


def drawings_made(id: str, specifications: Mapping[str, Specification], authored: bool, where: Span) -> Made:
    """A chart's SVG by layout, as JSON. `authored`: the figure is the author's own, and is checked; `where`: what to
    blame where it cannot be drawn."""
    from reportgen.engines.v8 import DrawingError

    drawn: dict[tuple[str, Specification], str] = {}
    svgs = {}
    for layout, (text, width, height) in specifications.items():
        key = (f"{id}-{layout.replace('print', 'wide')}", (text, width, height))
        if key not in drawn:  # print is mostly as wide as the page
            try:
                with _ONE_AT_A_TIME:
                    if authored:
                        renderer().check(text)
                    drawn[key] = renderer().draw(text, width, height, key[0])
            except DrawingError as error:
                message = f'the chart "{id}" cannot be drawn: {error}'
                raise ReportError([Diagnostic("cannot-draw", message, where)]) from error
        svgs[layout] = drawn[key]
    return Made(value=json.dumps(svgs, ensure_ascii=False).encode())


def picture_made(path: str, svg: str, width: int) -> Made:
    """A drawing's PNG."""
    from reportgen.engines.png import svg_to_png

    return Made({path: svg_to_png(svg, width)})


def pdf_made(
    slug: str,
    html: str,
    css: str,
    address: str,
    epoch: int,
    images: dict[str, bytes],
    attached: tuple[Attached, ...],
) -> Made:
    """A brief's PDF."""
    from reportgen.engines.pdf import render_pdf

    pdf = render_pdf(html, css, address, epoch, images, attached)
    gc.collect()  # its pages hold each other, a hundred megabytes that the next one would come on top of
    return Made({f"briefs/{slug}/{slug}.pdf": pdf})


def fonts_made() -> Made:
    """The site's fonts."""
    from reportgen.engines.webfonts import web_fonts

    return Made({f"assets/fonts/{name}": data for name, data in web_fonts().items()})


def search_made(pages: dict[str, bytes]) -> Made:
    """The search index over these pages."""
    from reportgen.engines.search import search_index

    return Made({f"search/{path}": data for path, data in search_index(pages).items()})
