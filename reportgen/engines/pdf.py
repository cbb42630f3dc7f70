"""Print HTML and its stylesheet in, a tagged PDF out, by WeasyPrint. Effects: reads the fonts; sets SOURCE_DATE_EPOCH.

WeasyPrint takes 0.6 to 0.8 s to import, so it is imported where it is used.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from reportgen.engines.fonts import font_files

FONTS = "fonts:"
"""Addresses of font files in our stylesheet: no path of the machine enters a document."""


def pdf_engine_version() -> str:
    """WeasyPrint's and Pango's versions: part of what every PDF depends on."""
    import weasyprint
    from weasyprint.text.ffi import pango

    return f"{weasyprint.__version__} {pango.pango_version()}"


def render_pdf(html: str, css: str, address: str, epoch: int, images: Mapping[str, bytes]) -> bytes:
    """A PDF/UA document.

    `address` is the page's own, against which links are resolved; `epoch` the brief's date in seconds, which fonts are
    stamped with; `images` the authors' pictures by their path. Raises nothing of its own: what cannot be fetched is left out.
    """
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch)
    from weasyprint import CSS, HTML

    fetcher = _fetcher(images)
    fonts = _font_configuration()
    document = HTML(string=html, base_url=address, url_fetcher=fetcher)
    styles = [CSS(string=font_faces() + css, font_config=fonts, url_fetcher=fetcher, base_url=address)]
    written: bytes = document.write_pdf(
        stylesheets=styles, font_config=fonts, pdf_tags=True, pdf_variant="pdf/ua-1", presentational_hints=False
    )
    return written


@cache
def font_faces() -> str:
    """`@font-face` rules for every font file, by an address that only our fetcher knows."""
    return "".join(
        f'@font-face{{font-family:"{font.family}";font-weight:{font.weight};font-style:{font.style};'
        f'src:url("{FONTS}{n}")}}\n'
        for n, font in enumerate(font_files())
    )


@cache
def _font_configuration() -> Any:
    """One for the process: it is flat in memory, and fonts are loaded once."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _fetcher(images: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        """Fonts, authors' pictures and `data:` addresses; nothing else, and nothing from a network."""

        def fetch(self, url: str, headers: object = None) -> Any:
            if url.startswith(FONTS):
                return URLFetcherResponse(url, font_files()[int(url.removeprefix(FONTS))].path.read_bytes())
            if url.startswith("data:"):
                return super().fetch(url, headers)
            name = next((name for name in images if url.endswith(f"/images/{name}")), None)
            if name is None:
                raise ValueError(f"not fetched: {url}")
            return URLFetcherResponse(url, images[name])

    return Fetcher()
