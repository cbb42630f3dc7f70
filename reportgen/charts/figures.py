"""A figure in, the Plotly figures to draw out; the drawings in, the SVG for page, paper and download out. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.charts.canvas import Layout
from reportgen.charts.charts import Sheet, alt_lang, alt_text, laid_out
from reportgen.charts.data import read
from reportgen.charts.drawn import numbers_of
from reportgen.charts.svg import PAGE_COLOURS, ColorScheme, finish_svg, mark_digits, parse_svg, trim
from reportgen.language.phrases import Furniture
from reportgen.model.figure import EvaluatedFigure
from reportgen.pages.inserts import Drawing

LAYOUTS: tuple[Layout, ...] = ("wide", "narrow")
Sheets = Mapping[Layout, Sheet]


def sheets(figure: EvaluatedFigure) -> Sheets:
    """The Plotly figures to draw, by layout."""
    points = None if figure.figure else read(figure)
    return {layout: laid_out(figure, layout, points) for layout in LAYOUTS}


def finished(figure: EvaluatedFigure, laid: Sheets, svgs: Mapping[Layout, str], licence: str) -> Drawing:
    """The drawings of a figure from `apart`, with every digit marked; ticks are numbered after its numbers.

    Raises UnknownDigitsError.
    """
    ticks: tuple[str, ...] = ()
    roots = {layout: parse_svg(svgs[layout]) for layout in LAYOUTS}
    first = len(numbers_of(figure))
    for layout, root in roots.items():
        ticks += mark_digits(root, figure, laid[layout].labels, first + len(ticks))
        trim(root, clipped=bool(figure.figure))  # our own axes hold all of the data; an author's may cut some off
    title = figure.plain_title
    unsaved = Furniture(figure.lang, figure.words).plain("not verified")
    sources = "; ".join(f"{s.short} (? {unsaved})" if s.is_unsaved else s.short for s in figure.sources)
    # A screen reader says the title first: the description does not repeat it.
    alt = (figure.alt or alt_text(figure)).replace(f": {title.rstrip('.')}.", ".", 1)

    said = alt_lang(figure) if not figure.alt else ""

    def drawn(layout: Layout, theme: ColorScheme, name: str = "", **more: str) -> str:
        ident = f"{figure.id}-{name or layout}"
        return finish_svg(roots[layout], ident=ident, theme=theme, title=title, desc=alt, spoken=said, **more)

    return Drawing(
        drawn("wide", "page"),
        drawn("narrow", "page"),
        drawn("wide", "paper", "print"),
        drawn(
            "wide",
            "download",
            "file",
            subtitle=figure.plain_subtitle,
            note=figure.plain_note,
            source=sources,
            licence=licence,
        ),
        _in_page_colours(f'{{"wide":{laid["wide"].live},"narrow":{laid["narrow"].live}}}'),
        table_columns(figure),
        ticks,
        laid["wide"].plotly,
        tuple(laid[layout].height for layout in LAYOUTS),
    )


def _in_page_colours(figure: str) -> str:
    """The figure with CSS variables in place of colours; the page's script looks up their values in light or dark."""
    for colour, variable in PAGE_COLOURS.items():
        figure = figure.replace(f'"{colour}"', f'"{variable}"')
    return figure


_ORDER = {"text": 0, "date": 1, "value": 2}
_ALWAYS = ("as_of", "value", "source")
"""Columns that a table of facts always shows."""


def table_columns(figure: EvaluatedFigure) -> tuple[int, ...]:
    """Indices of the columns, in the order of reading: names, times, values, sources.

    For a query over facts, the columns that the chart uses; for a CSV file, all. Empty columns are left out.
    """
    named = {
        figure.x,
        figure.y,
        figure.color,
        figure.size,
        figure.facet,
        figure.place,
        figure.low,
        figure.high,
        *_ALWAYS,
    }
    if figure.figure or named == {"", *_ALWAYS}:
        named.add("place")
    facts = any(row.fact for row in figure.rows)
    shown = [
        (column.name == "source", _ORDER.get(column.kind, 0), index)
        for index, column in enumerate(figure.columns)
        if (column.name in named or not facts) and any(row.cells[index].text for row in figure.rows)
    ]
    return tuple(index for *_, index in sorted(shown))
