"""The bytes of a saved copy in, its visible text out. Effects: none; the reader of a kind is loaded when one comes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree, html

from reportgen.archive.docx import DocxError, docx_text
from reportgen.archive.media_types import CSV, DOCX, PAGES, PDF, SHEETS, WARC, media_type_and_charset, readable_types
from reportgen.archive.pdf_text import EXTRACTOR, LOWERED, RAISED, PdfTextError, pdf_text
from reportgen.archive.rows import is_row, row_line
from reportgen.archive.tables import TableError, csv_text, sheet_text
from reportgen.archive.warc import WarcError, is_warc, the_page
from reportgen.evidence.fold import FoldedText, fold

_HIDDEN = frozenset(("script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "textarea"))
_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_OF_TEXTS = ("table", "h1", "h2", "h3", "article", "form", "section")
"""What stands in a table that lays out a page, and in none of data."""
_MOST_SPANNED = 1000
_NO_ROWS: Mapping[html.HtmlElement, str] = {}
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class ExtractionError(Exception):
    """Bytes that give no text; the message says why, without a full stop."""


def extracted(data: bytes, media_type: str) -> FoldedText:
    """The text of a saved copy, folded; offsets count in its `original`. Raises ExtractionError."""
    try:
        return _extracted(*_opened(data, media_type))
    except (DocxError, PdfTextError, TableError, WarcError) as problem:
        raise ExtractionError(str(problem)) from None


def extractor(media_type: str) -> str:
    """The name of what reads a media type, where there could be another: only PDFs are read one way or another."""
    return EXTRACTOR if media_type_and_charset(media_type)[0] == PDF else ""


def _opened(data: bytes, media_type: str) -> tuple[bytes, str]:
    """What is to be read: of a WARC file, whatever type is given, the page that it holds, with that page's type."""
    if not is_warc(data):
        return data, media_type
    page = the_page(data)
    return page.data, page.media_type


def _extracted(data: bytes, media_type: str) -> FoldedText:
    kind, charset = media_type_and_charset(media_type)
    if kind in PAGES:
        return fold(_visible(data, charset), lines_are_paragraphs=True)
    if kind in SHEETS:
        return fold(sheet_text(data), lines_are_paragraphs=True)
    if kind in ("text/plain", "text/markdown"):
        return fold(_decoded(data, charset or "utf-8"))
    if kind == CSV:
        return fold(csv_text(_decoded(data, charset or "utf-8-sig")), lines_are_paragraphs=True)
    if kind == PDF:
        return fold(pdf_text(data), joins_lines=True)
    if kind == DOCX:
        return fold(docx_text(data), lines_are_paragraphs=True)
    if kind == WARC:
        raise ExtractionError("the file is no WARC file")
    raise ExtractionError(f'the media type "{media_type}" is none of {readable_types()}')


def _decoded(data: bytes, charset: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    try:
        return data.decode(charset)
    except LookupError:
        raise ExtractionError(f'no encoding is called "{charset}"') from None
    except UnicodeDecodeError:
        raise ExtractionError(f"the file is not {charset}; say which encoding, as in `text/plain; charset=…`") from None


def _visible(data: bytes, charset: str) -> str:
    """What a reader sees of a page, one block a line."""
    if charset:
        _decoded(b"", charset)
    elif _is_utf8(data):
        # lxml takes a page that names no encoding for Latin-1.
        charset = "utf-8"
    try:
        page = html.document_fromstring(data, parser=html.HTMLParser(encoding=charset or None))
    except (ValueError, SyntaxError, etree.LxmlError):
        raise ExtractionError("the file holds no HTML") from None
    pieces: list[str] = []
    _collect(page, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _collect(element: html.HtmlElement, pieces: list[str], rows: Mapping[html.HtmlElement, str] = _NO_ROWS) -> None:
    """What a reader sees of an element; `rows` are those of the table around it that are rows of data."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if not _is_shown(element):
        return
    if element in rows:
        pieces.append(f"\n{rows[element]}\n")
        return
    if tag == "table":
        rows = _rows(element)
    around = "" if tag in _INLINE else " " if tag in ("img", "input", "button", "select") else "\n"
    start = len(pieces)
    pieces.append("“" if tag == "q" else around)
    pieces.append(_spaced(element.text))
    for child in element:
        _collect(child, pieces, rows)
        pieces.append(_spaced(child.tail))
    pieces.append("”" if tag == "q" else around)
    if tag in ("sup", "sub"):
        # 10<sup>6</sup> is not 106.
        shifted = "".join(pieces[start:]).translate(RAISED if tag == "sup" else LOWERED)
        pieces[start:] = [shifted]


def _is_shown(element: html.HtmlElement) -> bool:
    tag = element.tag if isinstance(element.tag, str) else ""
    return (
        bool(tag)
        and tag not in _HIDDEN
        and "hidden" not in element.attrib
        and not _NO_DISPLAY.search(element.get("style", ""))
    )


def _rows(table: html.HtmlElement) -> dict[html.HtmlElement, str]:
    """The rows of data of a table, each as a line. A cell that reaches down leaves its place below empty."""
    found: dict[html.HtmlElement, str] = {}
    reaching: dict[int, int] = {}
    for row in (one for part in table for one in ([part] if part.tag == "tr" else part) if one.tag == "tr"):
        cells: list[str] = []
        below = {column: left - 1 for column, left in reaching.items() if left > 1}
        for cell in (one for one in row if one.tag in ("td", "th") and _is_shown(one)):
            while len(cells) in reaching:
                cells.append("")
            said: list[str] = []
            _collect(cell, said)
            across, down = _spans(cell, "colspan"), _spans(cell, "rowspan")
            if down > 1:
                below |= dict.fromkeys(range(len(cells), len(cells) + across), down - 1)
            cells += ["".join(said), *[""] * (across - 1)]
        reaching = below
        if is_row(cells) and not any(True for _ in row.iter(*_OF_TEXTS)):
            found[row] = row_line(cells)
    return found


def _spans(cell: html.HtmlElement, name: str) -> int:
    said = cell.get(name, "1").strip()
    return min(int(said), _MOST_SPANNED) if said.isdecimal() and int(said) > 0 else 1


def _spaced(text: str | None) -> str:
    return re.sub(r"[\n\r\t\f]", " ", text or "")
