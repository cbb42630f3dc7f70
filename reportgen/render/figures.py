"""Drawings as they leave plotly.js in, drawings for page, paper and download out. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.model.chart import ChartKind
from reportgen.model.figure import EvaluatedFigure
from reportgen.render.chart_canvas import Layout
from reportgen.render.chart_table import table_columns
from reportgen.render.inserts import Drawing
from reportgen.render.svg import PAGE_COLOURS, Theme, finish_svg, mark_digits

LAYOUTS: tuple[Layout, ...] = ("wide", "narrow", "print")
SET_IN_TYPE = frozenset({ChartKind.TABLE, ChartKind.TIMELINE})
"""Kinds that are set as text, not drawn."""


def finished(
    figure: EvaluatedFigure, svgs: Mapping[str, str], first_tick: int, alt: str, interactive: str, licence: str
) -> Drawing:
    """A figure's drawings with every digit marked. Ticks are numbered from `first_tick` on."""
    ticks: tuple[str, ...] = ()
    marked: dict[Layout, str] = {}
    for layout in LAYOUTS:
        marked[layout], found = mark_digits(svgs[layout], figure, layout=layout, first_tick=first_tick + len(ticks))
        ticks += found
    title = figure.plain_title
    sources = "; ".join(source.short for source in figure.sources)
    # The title is heard first: the description need not say it again.
    alt = alt.replace(f": {title.rstrip('.')}.", ".", 1)
    words = {"title": title, "desc": alt}
    whole = not figure.figure  # Our own axes hold all of the data; an author's figure may cut some off.

    def drawn(layout: Layout, theme: Theme, name: str = "", **more: str) -> str:
        ident = f"{figure.id}-{name or layout}"
        return finish_svg(marked[layout], ident=ident, theme=theme, clipped=not whole, **words, **more)

    return Drawing(
        drawn("wide", "page"),
        drawn("narrow", "page"),
        drawn("print", "paper"),
        drawn("wide", "download", "file", subtitle=figure.plain_subtitle, source=sources, licence=licence),
        _in_page_colours(interactive),
        table_columns(figure),
        ticks,
    )


def _in_page_colours(figure: str) -> str:
    """A figure whose colours are the page's, by name: the script that shows it looks them up, in light or dark."""
    for colour, variable in PAGE_COLOURS.items():
        figure = figure.replace(f'"{colour}"', f'"{variable}"')
    return figure
