"""Workbooks for tests, as bytes: XLSX and ODS, written by hand so that every cell is known."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from reportgen.model.dataset import letters


@dataclass(frozen=True)
class Formula:
    """A formula and the value that the program which wrote the file kept of it; None where it kept none."""

    text: str
    value: str | None = None


@dataclass(frozen=True)
class Failed:
    """An error cell: `#REF!`."""

    text: str


@dataclass(frozen=True)
class Share:
    """A number that is shown as a percentage."""

    number: str


_HIDDEN_SHEET, _HIDDEN_ROW = ' state="hidden"', ' hidden="1"'
Cell = str | int | float | bool | date | None | Formula | Failed | Share


@dataclass(frozen=True)
class Sheet:
    """A sheet."""

    rows: Sequence[Sequence[Cell]]
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()


def xlsx(sheets: Mapping[str, Sheet | Sequence[Sequence[Cell]]]) -> bytes:
    """An XLSX workbook. A float is written with its 17 digits, as spreadsheets do."""
    made = {name: sheet if isinstance(sheet, Sheet) else Sheet(sheet) for name, sheet in sheets.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:

        def put(name: str, text: str) -> None:
            parts.writestr(
                zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), '<?xml version="1.0" encoding="UTF-8"?>' + text
            )

        kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml."
        put("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{kinds}styles+xml"/>'
            + "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kinds}worksheet+xml"/>'
                      for n in range(1, len(made) + 1)) + "</Types>")  # fmt: skip
        rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        put(
            "_rels/.rels",
            head + f'<Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        put(
            "xl/_rels/workbook.xml.rels",
            head
            + "".join(
                f'<Relationship Id="r{n}" Type="{rel}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                for n in range(1, len(made) + 1)
            )
            + f'<Relationship Id="s" Type="{rel}/styles" Target="styles.xml"/></Relationships>',
        )
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        put("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>' + "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}"{_HIDDEN_SHEET if sheet.hidden else ""} r:id="r{n}"/>'
            for n, (name, sheet) in enumerate(made.items(), 1)) + "</sheets></workbook>")  # fmt: skip
        put("xl/styles.xml", f'<styleSheet xmlns="{main}"><fonts count="1"><font/></fonts>'
            '<fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>'
            '</cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
            '<xf numFmtId="10" applyNumberFormat="1"/>'
            "</cellXfs></styleSheet>")  # fmt: skip
        for n, sheet in enumerate(made.values(), 1):
            rows = "".join(
                f'<row r="{r}"{_HIDDEN_ROW if r in sheet.hidden_rows else ""}>'
                + "".join(_cell(f"{letters(c)}{r}", cell) for c, cell in enumerate(row, 1)) + "</row>"
                for r, row in enumerate(sheet.rows, 1)
            )  # fmt: skip
            merged = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merged)
            put(f"xl/worksheets/sheet{n}.xml", f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>'
                + (f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else "")
                + "</worksheet>")  # fmt: skip
    return out.getvalue()


def _cell(name: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return f'<c r="{name}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{name}" s="1"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
    if isinstance(cell, Formula):
        return f'<c r="{name}"><f>{escape(cell.text)}</f>' + (
            "</c>" if cell.value is None else f"<v>{cell.value}</v></c>"
        )
    if isinstance(cell, Failed):
        return f'<c r="{name}" t="e"><v>{cell.text}</v></c>'
    if isinstance(cell, Share):
        return f'<c r="{name}" s="2"><v>{cell.number}</v></c>'
    if isinstance(cell, str):
        return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{name}"><v>{cell!r}</v></c>'


def ods(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """An ODS workbook of texts, numbers and dates."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:

        def put(name: str, text: str) -> None:
            parts.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)

        put("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        put("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{names}manifest:1.0"/>')
        tables = "".join(
            f'<table:table table:name="{escape(name)}">' + "".join(
                "<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in rows
            ) + "</table:table>"
            for name, rows in sheets.items()
        )  # fmt: skip
        put("content.xml", f'<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" '
            f'xmlns:text="{names}text:1.0"><office:body><office:spreadsheet>{tables}'
            "</office:spreadsheet></office:body></office:document-content>")  # fmt: skip
    return out.getvalue()


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}"/>'
    if isinstance(cell, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{cell!r}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
