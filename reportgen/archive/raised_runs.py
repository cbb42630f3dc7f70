"""The bytes of a workbook in, the same with raised and lowered runs of its cells in the signs for them, out. Pure.

A footnote's number beside a value is a run of its own there: 1234 and a raised 1 would be read as 12341.
"""

from __future__ import annotations

import io
import re
import zipfile

from reportgen.archive.docx import ZIP_ERRORS
from reportgen.archive.pdf_text import LOWERED, RAISED
from reportgen.late_patterns import regex

_SHEETS = regex(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml", re.IGNORECASE)
_RUN = regex(r"<((?:\w+:)?)r>((?:(?!</\1r>).)*)</\1r>", re.DOTALL)
_SHIFT = regex(r"<(?:\w+:)?vertAlign\b[^>]*?\bval=[\"'](super|sub)script[\"']")
_TEXT = regex(r"(<(?:\w+:)?t\b[^>]*>)([^<]*)(</)")
_STYLE = regex(r"<style:style\b[^>]*?style:name=\"([^\"]+)\"[^>]*>((?:(?!</style:style>).)*)</style:style>", re.DOTALL)
_POSITION = regex(r"style:text-position=\"(super|sub|-?\d)")
_SPAN = regex(r"(<text:span\b[^>]*?text:style-name=\"([^\"]+)\"[^>]*>)([^<]*)(?=</text:span>)")


def with_raised_signs(content: bytes) -> bytes:
    """An XLSX or ODS workbook with `¹` for a raised 1; the bytes as they are where nothing is raised or lowered."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            changed = dict(_changed(parts))
            if not changed:
                return content
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as made:
                for item in parts.infolist():
                    made.writestr(item, changed.get(item.filename) or parts.read(item))
            return out.getvalue()
    except (ValueError, *ZIP_ERRORS):
        return content  # an older kind, or none: whoever reads it tells


def _changed(parts: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    names = parts.namelist()
    raised = _raised_styles(parts) if "content.xml" in names else {}
    for name in names:
        is_sheet = _SHEETS.fullmatch(name) is not None
        if not is_sheet and not (name == "content.xml" and raised):
            continue
        data = parts.read(name)
        if is_sheet and b"script" not in data:
            continue
        text = data.decode("utf-8-sig")
        new = _RUN.sub(_run, text) if is_sheet else _SPAN.sub(lambda span: _span(span, raised), text)
        if new != text:
            found.append((name, new.encode()))
    return found


def _run(run: re.Match[str]) -> str:
    shift = _SHIFT.search(run[2])
    if shift is None:
        return run[0]
    signs = RAISED if shift[1] == "super" else LOWERED
    return _TEXT.sub(lambda text: text[1] + text[2].translate(signs) + text[3], run[0])


def _span(span: re.Match[str], raised: dict[str, bool]) -> str:
    up = raised.get(span[2])
    return span[0] if up is None else span[1] + span[3].translate(RAISED if up else LOWERED)


def _raised_styles(parts: zipfile.ZipFile) -> dict[str, bool]:
    """Names of styles of ODS -> whether they raise; those that lower are False."""
    found: dict[str, bool] = {}
    for name in ("styles.xml", "content.xml"):
        if name not in parts.namelist():
            continue
        for style in _STYLE.finditer(parts.read(name).decode("utf-8-sig")):
            position = _POSITION.search(style[2])
            if position and position[1] != "0":
                found[style[1]] = position[1] != "sub" and not position[1].startswith("-")
    return found
