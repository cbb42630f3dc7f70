"""A chart in, the lines that set it into another site's page out. Pure."""

from __future__ import annotations

from html import escape

from reportgen.exports.tables import chart_address
from reportgen.model.figure import EvaluatedFigure
from reportgen.pages.shell import Site

_AROUND = 350
"""Height in px of the title, the subtitle and the sources around a drawing, at their longest on a phone."""


def embed_snippet(figure: EvaluatedFigure, site: Site, heights: tuple[int, ...]) -> str:
    """An `<iframe>` of the chart, for readers of another site; `heights` are those of its drawings in px.

    Empty where the site has no address of its own yet.
    """
    if not site.base_url:
        return ""
    address = chart_address(site, figure)
    title, height = escape(figure.plain_title), max(heights, default=0) + _AROUND
    return (
        f'<iframe src="{escape(address)}embed.html" title="{title}" width="100%" height="{height}" loading="lazy" '
        f'style="border: 0; max-width: 688px"></iframe>\n'
        f'<p><a href="{escape(address)}">{title}</a>, {escape(site.publisher or site.title)}</p>'
    )
