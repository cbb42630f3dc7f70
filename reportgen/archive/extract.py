"""The bytes of a saved page in, its visible text out. Effects: none; pypdf is loaded when a PDF comes."""

from __future__ import annotations

import importlib
import io
import re
from email.message import Message
from typing import Any

from lxml import html

from reportgen.evidence.fold import FoldedText, fold

_HIDDEN = frozenset(("script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "textarea"))
_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_RAISED = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class ExtractionError(Exception):
    """Bytes that give no text; the message says why, without a full stop."""


def extracted(data: bytes, media_type: str) -> FoldedText:
    """The text of a saved page, folded; offsets count in its `original`. Raises ExtractionError."""
    kind, charset = _media_type(media_type)
    match kind:
        case "text/plain" | "text/markdown":
            return fold(_decoded(data, charset or "utf-8"))
        case "text/html" | "application/xhtml+xml":
            return fold(_visible(data, charset))
        case "application/pdf":
            return fold(_pdf_text(data), joins_lines=True)
        case _:
            raise ExtractionError(f'the media type "{media_type}" is none of text/plain, text/html and application/pdf')


def _media_type(media_type: str) -> tuple[str, str]:
    message = Message()
    message["content-type"] = media_type
    return message.get_content_type(), str(message.get_param("charset", ""))


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
    except (ValueError, SyntaxError):
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


def _collect(element: html.HtmlElement, pieces: list[str]) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in _HIDDEN or "hidden" in element.attrib or _NO_DISPLAY.search(element.get("style", "")):
        return
    around = "" if tag in _INLINE else " " if tag in ("img", "input", "button", "select") else "\n"
    start = len(pieces)
    pieces.append("“" if tag == "q" else around)
    pieces.append(_spaced(element.text))
    for child in element:
        _collect(child, pieces)
        pieces.append(_spaced(child.tail))
    pieces.append("”" if tag == "q" else around)
    if tag in ("sup", "sub"):
        # 10<sup>6</sup> is not 106.
        shifted = "".join(pieces[start:]).translate(_RAISED if tag == "sup" else _LOWERED)
        pieces[start:] = [shifted]


def _spaced(text: str | None) -> str:
    return re.sub(r"[\n\r\t\f]", " ", text or "")


def _pdf_text(data: bytes) -> str:
    try:
        pypdf: Any = importlib.import_module("pypdf")
    except ModuleNotFoundError:
        raise ExtractionError("reading a PDF needs pypdf: run `pip install pypdf`") from None
    try:
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    except pypdf.errors.PyPdfError as problem:
        raise ExtractionError(f"the PDF cannot be read: {problem}") from None
