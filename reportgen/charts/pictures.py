"""A chart's drawing in; its tags for link previews and its HTML for other sites out. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

from reportgen.exports.metadata import Picture, Tag, social_tags
from reportgen.exports.tables import chart_address
from reportgen.late_patterns import regex
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.model.figure import EvaluatedFigure
from reportgen.pages.inserts import Drawing
from reportgen.pages.shell import Site

WIDTH = 1200
"""px; the width that social sites recommend."""
_SIZE = regex(r'<svg[^>]*?\bviewBox="0 0 ([\d.]+) ([\d.]+)"')


def picture_path(site: Site, id: str) -> str:
    """Below the site."""
    return f"{site.chart_folder(id)}{id}.png"


def chart_picture(figure: EvaluatedFigure, drawing: Drawing, site: Site) -> Picture:
    """A chart's PNG, made from its download."""
    size = _SIZE.search(drawing.download)
    alt = figure.alt
    if not alt:
        from reportgen.charts.charts import alt_text  # with all that draws

        alt = alt_text(figure)
    height = math.ceil(WIDTH * float(size[2]) / float(size[1])) if size else WIDTH // 2
    return Picture(site.base_url + picture_path(site, figure.id), alt, WIDTH, height)


def brief_picture(brief: EvaluatedBrief, drawings: Mapping[str, Drawing], site: Site) -> Picture | None:
    """The first chart of a brief; None where it has none."""
    drawn = next((figure for figure in brief.figures if figure.id in drawings), None)
    return chart_picture(drawn, drawings[drawn.id], site) if drawn else None


def page_tags(
    title: str, description: str, address: str, site: Site, picture: Picture | None = None
) -> tuple[Tag, ...]:
    """Open Graph tags of a page that is not a brief."""
    names, texts = ("type", "title", "description", "url"), ("website", title, description, address)
    found = [(f"og:{name}", text) for name, text in zip(names, texts, strict=True)]
    return social_tags([*found, ("og:site_name", site.title)], picture)


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
