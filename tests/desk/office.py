"""Small files as Word, Excel and LibreOffice write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
)
Cell = str | float | None


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


def xlsx(name: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    offices = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, value in zip("ABCDEFG", row, strict=False):
            if isinstance(value, str):
                cells.append(f'<c r="{column}{number}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
            elif value is not None:
                cells.append(f'<c r="{column}{number}"><v>{value}</v></c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{offices}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook {main} xmlns:r="{offices}"><sheets>'
            f'<sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
            f'Type="{offices}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{''.join(lines)}</sheetData></worksheet>",
        }
    )


def ods(name: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    spaces = "urn:oasis:names:tc:opendocument:xmlns"
    lines = []
    for row in rows:
        cells = []
        for value in row:
            if isinstance(value, str):
                kind = 'office:value-type="string"'
                cells.append(f"<table:table-cell {kind}><text:p>{escape(value)}</text:p></table:table-cell>")
            elif value is None:
                cells.append("<table:table-cell/>")
            else:
                kind = f'office:value-type="float" office:value="{value}"'
                cells.append(f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>")
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    named = " ".join(f'xmlns:{prefix}="{spaces}:{prefix}:1.0"' for prefix in ("office", "table", "text", "manifest"))
    table = f'<table:table table:name="{name}">{"".join(lines)}</table:table>'
    whole = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    return packed(
        {
            "mimetype": kind,
            "content.xml": f"<office:document-content {named}><office:body><office:spreadsheet>{table}"
            "</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": f"<manifest:manifest {named}>{whole}</manifest:manifest>",
        }
    )
