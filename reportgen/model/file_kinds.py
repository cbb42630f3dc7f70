"""A media type in, what people call such files out. Values only."""

from __future__ import annotations

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "text/plain": "Plain text",
    "text/markdown": "Markdown",
    "text/csv": "CSV table",
    "text/html": "Web page",
    "application/xhtml+xml": "Web page",
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel workbook",
    "application/vnd.ms-excel": "Excel workbook",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument spreadsheet",
    "application/warc": "Web archive",
}
"""Media type -> a phrase of pages."""


def name_of(media_type: str) -> str:
    """What people call such files; the media type itself where there is no such word."""
    return NAMES.get(media_type.partition(";")[0].strip().lower(), media_type)
