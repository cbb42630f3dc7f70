"""Print HTML and its stylesheet in, a PDF that is PDF/UA-1 and PDF/A-3a at once out, by WeasyPrint.

Effects: reads the fonts; sets SOURCE_DATE_EPOCH; on first use, applies `weasyprint_patches`. WeasyPrint takes 0.6 to
0.8 s to import, so it is imported where it is used.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import astuple
from datetime import UTC, datetime
from functools import cache, lru_cache
from io import StringIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.fonts.metrics import FAMILIES, MONO, FontFile, font_files, static_font
from reportgen.late_patterns import regex

if TYPE_CHECKING:
    from reportgen.exports.attachments import Attached
    from reportgen.fonts.setting import CutFace

FONTS = "fonts:"
"""The scheme of font addresses in our stylesheet: no path of this machine enters a document."""
CUT = "cut-"
"""How those go on that are cut to one document."""
_OURS = regex(r"""(["'])IBM Plex (Sans|Serif|Mono)\1(?:\s*,\s*\1IBM Plex \w+\1)*(?=\s*[,;}])""")
"""Our families in a list of families."""
WEIGHTS = ("300", "400", "500", "600", "700")
"""The weights that the stylesheet asks for. Each face costs time."""
PANGO = {
    "linux": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (or their names elsewhere)",
    "darwin": "brew install pango; if it is still not found: export DYLD_FALLBACK_LIBRARY_PATH=$(brew --prefix)/lib",
    "win32": "install it with MSYS2, as README.md says under Install",
}
"""How it is installed, by the name of a system."""
OPTIONS = {
    "pdf_version": "1.7",
    "pdf_identifier": True,
    "pdf_tags": True,
    "output_intent": "srgb",
    "presentational_hints": False,
}
"""WeasyPrint's, of every PDF."""


def pdf_engine_version() -> str:
    """WeasyPrint's and Pango's versions, on which every PDF depends. Raises PdfError if the patches do not fit,
    ReportError where Pango is not installed."""
    try:
        with redirect_stdout(StringIO()):  # WeasyPrint prints advice of its own
            _import_weasyprint()
            from reportgen.pdf.weasyprint_patches import version
    except OSError as error:
        message = f"PDFs are set with Pango, which is not installed or not found ({error})"
        hint = f"{PANGO.get(sys.platform, PANGO['linux'])}; without PDFs: reportgen build --format html"
        raise ReportError([Diagnostic("refused-by-system", message, Span.at("."), hint)]) from error
    return version()


def render_pdf(
    html: str,
    css: str,
    address: str,
    epoch: int,
    images: Mapping[str, bytes],
    attached: tuple[Attached, ...] = (),
    faces: tuple[CutFace, ...] = (),
) -> bytes:
    """A document in the language, with the title, authors, dates and rights that its HTML names.

    `address` is the page's own, against which links are resolved; `epoch` the brief's date in seconds, which fonts and
    attached files bear; `images` the authors' pictures by their path; `faces` the fonts of signs that ours lack. What
    cannot be fetched is left out. Raises PdfError if the patches do not fit this WeasyPrint, MisfitError for what fits
    in no way or cannot be drawn.
    """
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch)
    _import_weasyprint()
    from weasyprint import Attachment

    from reportgen.pdf.finish import finisher
    from reportgen.pdf.fitting import MisfitError, undrawn
    from reportgen.pdf.weasyprint_patches import UndrawnError, keep_parts

    date = datetime.fromtimestamp(epoch, UTC)
    files = [
        Attachment(string=file.text, name=file.name, description=file.description, created=date, modified=date)
        for file in attached
    ]
    digest = _digest(html, css, address, epoch, images, attached, faces)
    options = {**OPTIONS, "attachments": files}
    laid = laid_out(html, css, address, images, faces)
    try:
        written: bytes = laid.write_pdf(finisher=finisher(address, digest, attached), **options)
    except UndrawnError as error:
        raise MisfitError((undrawn(laid, error.drawing, str(error)),)) from error
    finally:
        keep_parts(laid.font_config)
    return written


def laid_out(html: str, css: str, address: str, images: Mapping[str, bytes], faces: Sequence[CutFace] = ()) -> Any:
    """A document as WeasyPrint lays it out, page after page of boxes; again as long as something does not fit its page,
    so that every document that comes out is measured, and as long as a page that ends short can be filled. Raises
    MisfitError for what fits in no way or cannot be drawn.
    """
    _import_weasyprint()
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from reportgen.pdf.fitting import FITTED, Fitting, MisfitError, PageSaid, flaws, turned_page, undrawn
    from reportgen.pdf.last_words import keep_last_words
    from reportgen.pdf.list_numbers import number_lists
    from reportgen.pdf.notes import make_blocks
    from reportgen.pdf.short_pages import Filling, ends_better
    from reportgen.pdf.weasyprint_patches import UndrawnError, keep_parts

    _patch()
    fetcher = _fetcher(images, faces)
    # What is cut to one document is nothing for the next one to choose from.
    fonts = FontConfiguration() if faces else _font_configuration()
    fonts.beside_ours = tuple(dict.fromkeys(face.family for face in faces))  # for the texts of drawings
    keep_parts(fonts)
    document = HTML(string=_asking(html, faces), base_url=address, url_fetcher=fetcher)
    make_blocks(document.etree_element)
    keep_last_words(document.etree_element)
    number_lists(document.etree_element)
    if faces:
        sheet = font_faces() + _cut_faces(faces) + _asking(css, faces)
        read = CSS(string=sheet, font_config=fonts, url_fetcher=fetcher, base_url=address)
    else:
        read = _stylesheet(css, address if "url(" in css else "")
    styles = [read, CSS(string=FITTED)]
    fitting, filling = Fitting(document.etree_element), Filling(document.etree_element)
    try:
        laid = document.render(stylesheets=styles, font_config=fonts, **OPTIONS)
    except UndrawnError as error:
        raise MisfitError((undrawn(document.etree_element, error.drawing, str(error)),)) from error
    again = [*styles, CSS(string=turned_page(laid))]

    def laid_again() -> Any:
        return document.render(stylesheets=again, font_config=fonts, **OPTIONS)

    def is_changed(laid: Any) -> bool:
        """Whether something does not fit or can be filled, and is set otherwise in the next layout."""
        found = flaws(laid)
        fitting.change(found)
        is_in_place = all(isinstance(each, PageSaid) for each in found)
        return bool(found) | (is_in_place and filling.change(laid))

    def settled(laid: Any) -> Any:
        while is_changed(laid):
            laid = laid_again()
        return laid

    laid = settled(laid)
    was_set = was_changed = False
    for name in filling.otherwise(laid):
        filling.set_annex(name)
        found, was_set = laid_again(), True
        if is_changed(found):
            found, was_changed = settled(laid_again()), True
        if ends_better(found, laid):
            return found
    if was_set:
        filling.set_annex("")
    return settled(laid_again()) if was_changed else laid


def _digest(
    html: str,
    css: str,
    address: str,
    epoch: int,
    images: Mapping[str, bytes],
    attached: Iterable[Attached],
    faces: Iterable[CutFace],
) -> str:
    """SHA-256 of all that a document is made from."""
    parts: list[object] = [html, css, address, epoch]
    parts += [(name, hashlib.sha256(image).hexdigest()) for name, image in sorted(images.items())]
    parts += [astuple(file) for file in attached]
    parts += [(face.family, face.weight, hashlib.sha256(face.data).hexdigest()) for face in faces]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@cache
def _faces() -> tuple[tuple[FontFile, str], ...]:
    """Each font file and a weight of it. WeasyPrint takes much longer for a variable font than for static ones."""
    return tuple(
        (font, weight)
        for font in font_files((*FAMILIES, MONO))
        for weight in WEIGHTS
        if font.weight == weight or " " in font.weight
    )


@cache
def font_faces() -> str:
    """`@font-face` rules for the fonts of paper."""
    return "".join(
        f'@font-face{{font-family:"{font.family}";font-weight:{weight};font-style:{font.style};src:url("{FONTS}{n}")}}\n'
        for n, (font, weight) in enumerate(_faces())
    )


def _cut_faces(faces: Iterable[CutFace]) -> str:
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f'font-style:{"italic" if face.italic else "normal"};src:url("{FONTS}{CUT}{n}")}}\n'
        for n, face in enumerate(faces)
    )


def _asking(text: str, faces: Sequence[CutFace]) -> str:
    """A stylesheet, or HTML with styles, whose lists of families go on with these after ours. But for our serif, those
    like a serif come last."""
    if not faces:
        return text

    def longer(found: re.Match[str]) -> str:
        ordered = faces if found[2] == "Serif" else sorted(faces, key=lambda face: face.like_serif)
        return ", ".join((found[0], *dict.fromkeys(f"{found[1]}{face.family}{found[1]}" for face in ordered)))

    return _OURS.sub(longer, text)


@cache
def _font_configuration() -> Any:
    """One for the process: it does not grow, and fonts are loaded once."""
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(_font_configuration.cache_clear)  # its destructor fails when the interpreter is already ending
    return FontConfiguration()


@lru_cache(maxsize=4)
def _stylesheet(css: str, address: str) -> Any:
    """A stylesheet with our fonts, read once for the documents of a process: that takes as long as a page's layout."""
    from weasyprint import CSS

    sheet = font_faces() + css
    return CSS(string=sheet, font_config=_font_configuration(), url_fetcher=_fetcher({}, ()), base_url=address or None)


@cache
def _import_weasyprint() -> None:
    """It looks for each of its libraries under several names. On Linux the one under which the system knows it comes
    last, and for those before it ctypes asks ldconfig, gcc and ld, which takes a quarter of the import."""
    import ctypes.util

    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        import weasyprint  # noqa: F401
    finally:
        ctypes.util.find_library = search


@cache
def _patch() -> None:
    from reportgen.pdf.structure import add_structure
    from reportgen.pdf.weasyprint_patches import patch

    patch(add_structure)


def _fetcher(images: Mapping[str, bytes], faces: Sequence[CutFace]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        """Fonts, authors' pictures and `data:` addresses only; nothing comes from a network."""

        def fetch(self, url: str, headers: object = None) -> Any:
            if url.startswith(FONTS + CUT):
                return URLFetcherResponse(url, faces[int(url.removeprefix(FONTS + CUT))].data)
            if url.startswith(FONTS):
                return URLFetcherResponse(url, static_font(*_faces()[int(url.removeprefix(FONTS))]))
            if url.startswith("data:"):
                return super().fetch(url, headers)
            name = next((name for name in images if unquote(url).endswith(f"/images/{name}")), None)
            if name is None:
                raise ValueError(f"not fetched: {url}")
            return URLFetcherResponse(url, images[name])

    return Fetcher()
