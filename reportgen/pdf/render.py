"""Print HTML and its stylesheet in, a PDF that is PDF/UA-1 and PDF/A-3a at once out, by WeasyPrint.

Effects: reads the fonts; sets SOURCE_DATE_EPOCH; on first use, exchanges functions inside WeasyPrint for ours: the
maker of structure trees, some layout (`pdf_layout`), the cutting of fonts. They fit one version of it, and another is
refused. It takes 0.6 to 0.8 s to import, so it is imported where it is used.
"""

from __future__ import annotations

import atexit
import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from reportgen.fonts.metrics import FAMILIES, MONO, FontFile, font_files

if TYPE_CHECKING:
    from reportgen.exports.attachments import Attached

FONTS = "fonts:"
"""Addresses of font files in our stylesheet: no path of the machine enters a document."""
WEIGHTS = ("300", "400", "500", "600", "700")
"""Of fonts that come a weight a file: what the stylesheet asks for, for each costs time."""


MAJOR = "70"
"""Of WeasyPrint: what we exchange inside it is not promised to stay."""


class PdfError(Exception):
    """No PDF can be made here. The message says why, and what to do."""


def pdf_engine_version() -> str:
    """WeasyPrint's and Pango's versions: part of what every PDF depends on. Raises PdfError for another major one."""
    import weasyprint
    from weasyprint.text.ffi import pango

    if weasyprint.__version__.partition(".")[0] != MAJOR:
        raise PdfError(
            f"WeasyPrint {weasyprint.__version__} is installed, and the PDFs need {MAJOR}: "
            f"pip install 'weasyprint>={MAJOR},<{int(MAJOR) + 1}'"
        )
    return f"{weasyprint.__version__} {pango.pango_version()}"


def render_pdf(
    html: str,
    css: str,
    address: str,
    epoch: int,
    images: Mapping[str, bytes],
    attached: tuple[Attached, ...] = (),
) -> bytes:
    """A document in the language, with the title, authors, dates and rights that its HTML names.

    `address` is the page's own, against which links are resolved; `epoch` the brief's date in seconds, which fonts and
    attached files are stamped with; `images` the authors' pictures by their path. What cannot be fetched is left out.
    Raises PdfError for a WeasyPrint of another version.
    """
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch)
    from weasyprint import CSS, HTML, Attachment

    from reportgen.pdf.finish import finisher

    _use_ours()
    fetcher = _fetcher(images)
    fonts = _font_configuration()
    document = HTML(string=html, base_url=address, url_fetcher=fetcher)
    styles = [CSS(string=font_faces() + css, font_config=fonts, url_fetcher=fetcher, base_url=address)]
    date = datetime.fromtimestamp(epoch, UTC)
    files = [
        Attachment(string=file.text, name=file.name, description=file.description, created=date, modified=date)
        for file in attached
    ]
    written: bytes = document.write_pdf(
        stylesheets=styles,
        font_config=fonts,
        pdf_version="1.7",
        pdf_identifier=True,
        pdf_tags=True,
        output_intent="srgb",
        presentational_hints=False,
        attachments=files,
        finisher=finisher(address, _digest(html, css, address, epoch, images, attached), attached),
    )
    return written


def _digest(
    html: str, css: str, address: str, epoch: int, images: Mapping[str, bytes], attached: Iterable[Attached]
) -> str:
    """Of all that a document is made from."""
    parts: list[object] = [html, css, address, epoch]
    parts += [(name, hashlib.sha256(image).hexdigest()) for name, image in sorted(images.items())]
    parts += [astuple(file) for file in attached]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@cache
def _faces() -> tuple[FontFile, ...]:
    return tuple(font for font in font_files((*FAMILIES, MONO)) if font.weight in WEIGHTS or " " in font.weight)


@cache
def font_faces() -> str:
    """`@font-face` rules for the fonts of paper, by an address that only our fetcher knows."""
    return "".join(
        f'@font-face{{font-family:"{font.family}";{_weight(font)}font-style:{font.style};src:url("{FONTS}{n}")}}\n'
        for n, font in enumerate(_faces())
    )


def _weight(font: FontFile) -> str:
    """WeasyPrint takes no range of weights; of a variable font it finds the weights by itself."""
    return "" if " " in font.weight else f"font-weight:{font.weight};"


@cache
def _font_configuration() -> Any:
    """One for the process: it is flat in memory, and fonts are loaded once."""
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(_font_configuration.cache_clear)  # It tidies up after itself, and at the very end it no longer can.
    return FontConfiguration()


@cache
def _use_ours() -> None:
    """WeasyPrint has no hooks for it: a finisher comes after the boxes have lost their places and marks."""
    pdf_engine_version()
    import weasyprint.pdf.fonts

    from reportgen.pdf.font_instances import instance
    from reportgen.pdf.layout_patches import use_our_layout
    from reportgen.pdf.structure import add_structure

    weasyprint.pdf.add_tags = add_structure
    weasyprint.pdf.fonts.instantiateVariableFont = instance
    use_our_layout()


def _fetcher(images: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        """Fonts, authors' pictures and `data:` addresses; nothing else, and nothing from a network."""

        def fetch(self, url: str, headers: object = None) -> Any:
            if url.startswith(FONTS):
                return URLFetcherResponse(url, _faces()[int(url.removeprefix(FONTS))].path.read_bytes())
            if url.startswith("data:"):
                return super().fetch(url, headers)
            name = next((name for name in images if url.endswith(f"/images/{name}")), None)
            if name is None:
                raise ValueError(f"not fetched: {url}")
            return URLFetcherResponse(url, images[name])

    return Fetcher()
