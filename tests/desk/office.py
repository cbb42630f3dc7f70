"""Small documents as Word writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
)


def packed(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


def docx(body: str, also: Mapping[str, str] | None = None, core: str = "", without: str = "") -> bytes:
    """A document with a body of WordprocessingML, other parts, and what it says of itself."""
    parts = {name: f"<w:notes {_WORD}>{text}</w:notes>" for name, text in (also or {}).items()}
    parts["word/document.xml"] = f"<w:document {_WORD}><w:body>{body}</w:body></w:document>"
    if core:
        parts["docProps/core.xml"] = f"<cp:coreProperties {_CORE}>{core}</cp:coreProperties>"
    parts.pop(without, None)
    return packed(parts)
