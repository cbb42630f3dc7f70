"""The bytes of a file, what a server says of it and its name in; its media type out. Pure.

The bytes decide: a name or a header that says otherwise is not believed.
"""

from __future__ import annotations

import io
import re
import zipfile

from reportgen.archive.code_pages import code_page_of
from reportgen.archive.docx import ZIP_ERRORS
from reportgen.archive.media_types import (
    CSV,
    DOCX,
    HTML,
    ODS,
    PDF,
    READABLE,
    TEXT,
    WARC,
    XLS,
    XLSX,
    media_type_and_charset,
)
from reportgen.archive.warc import is_warc
from reportgen.late_patterns import regex

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOOKED_AT = 4096
_MARKUP = regex(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_BY_PART = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "xl/workbook.bin": XLSX}
_BY_ENDING = {ending: kind for kind, ending in READABLE.items()} | {
    ".htm": HTML,
    ".tsv": CSV,
    ".markdown": "text/markdown",
}


def kind_of(data: bytes, header: str = "", name: str = "") -> str:
    """The media type, with its charset where it is a text of another encoding; empty where nothing can read it."""
    if is_warc(data):
        return WARC
    if b"%PDF-" in data[:1024]:
        return PDF
    if data[:4] == b"PK\x03\x04":
        return _zipped(data)
    if data[:8] == _OLD_OFFICE:
        return XLS if name.lower().endswith(".xls") else ""
    return _textual(data, header, name.lower())


def ending_of(kind: str) -> str:
    """How the name of such a file ends, with its point."""
    return READABLE[media_type_and_charset(kind)[0]]


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = set(file.namelist())
            said = file.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    except (ValueError, *ZIP_ERRORS):
        return ""
    if said.strip() == ODS:
        return ODS
    return next((kind for part, kind in _BY_PART.items() if part in names), "")


def _textual(data: bytes, header: str, name: str) -> str:
    has_mark = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\0" in data[:_LOOKED_AT] and not has_mark:
        return ""
    said, charset = media_type_and_charset(header) if header else ("", "")
    named = next((kind for ending, kind in _BY_ENDING.items() if name.endswith(ending)), "")
    encoding = charset if charset and _is(data, charset) else _encoding(data)
    if _MARKUP.match(data[:_LOOKED_AT]) or HTML in (said, named) or "xhtml" in said:
        # A page names its own encoding, where neither its server nor its bytes do.
        return f"{HTML}; charset={charset}" if charset and _is(data, charset) else HTML
    encoding = encoding or ("" if has_mark else _code_page(data))
    if not has_mark and not encoding:
        return ""
    kind = next((one for one in (said, named) if one in (CSV, "text/markdown")), TEXT)
    is_plain = has_mark or encoding in ("utf-8", "us-ascii")
    return kind if is_plain else f"{kind}; charset={encoding}"


def _code_page(data: bytes) -> str:
    page = code_page_of(data)
    return page if page and _is(data, page) else ""


def _encoding(data: bytes) -> str:
    return "utf-8" if _is(data, "utf-8") else ""


def _is(data: bytes, charset: str) -> bool:
    try:
        data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return False
    return True
