"""The bytes of a workbook in, which cells of a sheet it shows as percentages out. Pure; of XLSX files alone.

Such a cell keeps 0.982 and shows 98.2%.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from reportgen.archive.docx import ZIP_ERRORS
from reportgen.late_patterns import regex

_PERCENT_FORMATS = (9, 10)
"""Excel's own formats of percentages."""
STYLED_CELL = regex(rb'<(?:\w+:)?c\b(?=[^>]*\bs="(\d+)")[^>]*\br="([A-Z]+)(\d+)"')
"""A cell with a style: its style, its column's letters, its row."""


def shown_as_percentages(content: bytes, sheet: str) -> frozenset[tuple[int, int]]:
    """Rows and columns, from 0; none where the file says none or cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = {name.lower(): name for name in parts.namelist()}
            styles = names.get("xl/styles.xml")
            shown = percent_styles(parsed(parts.read(styles))) if styles else frozenset()
            text = sheet_xml(parts, sheet) if shown else b""
    except (KeyError, StopIteration, ValueError, etree.XMLSyntaxError, *ZIP_ERRORS):
        return frozenset()  # an older kind, or none
    found = STYLED_CELL.findall(text)
    return frozenset((int(row) - 1, _number(column) - 1) for style, column, row in found if int(style) in shown)


def sheet_xml(parts: zipfile.ZipFile, sheet: str) -> bytes:
    """The part of an XLSX file that is a sheet. Raises KeyError, StopIteration, ValueError or XMLSyntaxError."""
    names = {name.lower(): name for name in parts.namelist()}
    book = parsed(parts.read(names["xl/workbook.xml"]))
    relations = parsed(parts.read(names["xl/_rels/workbook.xml.rels"]))
    targets = {str(relation.get("Id")): str(relation.get("Target")) for relation in relations}
    wanted = next(each for each in book.iter("{*}sheet") if each.get("name") == sheet)
    ids = [str(value) for key, value in wanted.attrib.items() if str(key).endswith("}id")]
    target = targets[ids[0]].lstrip("/")
    path = target if target.startswith("xl/") else f"xl/{target}"
    return parts.read(names[path.lower()])


def percent_styles(styles: etree._Element) -> frozenset[int]:
    """Indices of the cells' styles that show a percentage."""
    own = {
        int(format.get("numFmtId", "0")): "%" in re.sub(r'"[^"]*"', "", format.get("formatCode", ""))
        for format in styles.iter("{*}numFmt")
    }
    xfs = next(styles.iter("{*}cellXfs"), None)
    ids = [int(xf.get("numFmtId", "0")) for xf in xfs] if xfs is not None else []
    return frozenset(n for n, id in enumerate(ids) if own.get(id, id in _PERCENT_FORMATS))


def parsed(content: bytes) -> etree._Element:
    """A part of a file. Raises XMLSyntaxError."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _number(letters: str | bytes) -> int:
    """Of a column's letters: 1 of A, 27 of AA."""
    number = 0
    for letter in letters.decode() if isinstance(letters, bytes) else letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
