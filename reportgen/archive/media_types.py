"""Which kinds of saved files give a text, by media type and by their first bytes. Pure."""

from __future__ import annotations

import re

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLS = "application/vnd.ms-excel"
PDF = "application/pdf"
WARC = "application/warc"
CSV = "text/csv"
HTML = "text/html"
TEXT = "text/plain"

SHEETS = (XLSX, ODS, XLS)
PAGES = (HTML, "application/xhtml+xml")
READABLE: dict[str, str] = {
    TEXT: ".txt",
    "text/markdown": ".md",
    CSV: ".csv",
    HTML: ".html",
    "application/xhtml+xml": ".xhtml",
    PDF: ".pdf",
    DOCX: ".docx",
    XLSX: ".xlsx",
    XLS: ".xls",
    ODS: ".ods",
    WARC: ".warc",
}
"""Media type -> how the names of such files end."""


def media_type_and_charset(text: str) -> tuple[str, str]:
    """`text/html; charset=utf-8` in its two parts, the first in lower case; the second may be empty."""
    kind, _, parameters = text.partition(";")
    charset = re.search(r"(?:^|;)\s*charset\s*=\s*[\"']?([^\s;\"']+)", parameters, re.IGNORECASE)
    return kind.strip().lower(), charset[1] if charset else ""


def is_readable(media_type: str) -> bool:
    """Whether such files give a text."""
    return media_type_and_charset(media_type)[0] in READABLE


def readable_types() -> str:
    """All of them, in a sentence."""
    *others, last = READABLE
    return f"{', '.join(others)} and {last}"
