"""Raised runs in cells of workbooks, and formats that show more than the number that is kept."""

from __future__ import annotations

import io
import zipfile

import pytest

from reportgen.archive.raised_runs import with_raised_signs
from reportgen.archive.tables import sheet_text
from reportgen.load.framing import TableFrame
from reportgen.load.workbooks import read_workbook
from tests.workbooks import ods, xlsx

RICH = '<r><t>1234</t></r><r><rPr><sz val="9"/><vertAlign val="superscript"/></rPr><t>1</t></r>'
LOW = '<r><t>CO</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r>'
SPAN = '1234<text:span text:style-name="T1">1</text:span>'
STYLE = (
    '<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><style:style'
    ' style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    "</office:automatic-styles><office:body>"
)


def changed(content: bytes, *changes: tuple[str, str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(out, "w") as made:
        for item in parts.infolist():
            text = parts.read(item).decode()
            for name, old, new in changes:
                if item.filename == name:
                    assert old in text
                    text = text.replace(old, new)
            made.writestr(item, text)
    return out.getvalue()


def inline() -> bytes:
    cell = '<t xml:space="preserve">{}</t>'
    sheet = "xl/worksheets/sheet1.xml"
    book = xlsx({"S": [["gas", "n"], ["low", "raised"], ["B", 7]]})
    return changed(book, (sheet, cell.format("raised"), RICH), (sheet, cell.format("low"), LOW))


def shared() -> bytes:
    sheet = "xl/worksheets/sheet1.xml"
    book = xlsx({"S": [["gas", "n"], ["CO₂", 0], ["B", 7]]})
    book = changed(book, (sheet, '<c r="B2"><v>0</v></c>', '<c r="B2" t="s"><v>0</v></c>'))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="x" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    rels = ("xl/_rels/workbook.xml.rels", "</Relationships>", relation)
    out = io.BytesIO(changed(book, rels))
    with zipfile.ZipFile(out, "a") as parts:
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}" count="1" uniqueCount="1"><si>{RICH}</si></sst>')
    return out.getvalue()


def open_document() -> bytes:
    book = ods({"S": [["gas", "n"], ["CO₂", "raised"], ["B", 7]]})
    return changed(book, ("content.xml", ">raised<", f">{SPAN}<"), ("content.xml", "<office:body>", STYLE))


@pytest.mark.parametrize(("name", "book"), [("a.xlsx", inline()), ("b.xlsx", shared()), ("c.ods", open_document())])
def test_a_raised_run_is_the_mark_of_its_cell(name: str, book: bytes) -> None:
    table, _ = read_workbook(name, book, "", TableFrame())
    assert table is not None
    assert [*map(tuple, table.rows)] == [("CO₂", "1234¹"), ("B", "7")]
    assert sheet_text(book)[0] == "S\ngas | n\nCO₂ | 1234¹\nB | 7"


def test_a_workbook_without_raised_runs_stays_as_it_is() -> None:
    book = xlsx({"S": [["description", "n"], ["A", 1]]})
    assert with_raised_signs(book) is book
    assert with_raised_signs(b"no workbook") == b"no workbook"


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("0&quot; million&quot;", 'with "million"'),
        (r"0\ \k", 'with "k"'),
        ("0.0,,", "in millions"),
        ("#,##0", ""),
        ("#,##0.00 [$€-407]", ""),
        ("_(* #,##0_)", ""),
    ],
)
def test_a_format_that_shows_more_than_is_kept_is_told(code: str, how: str) -> None:
    styles = (
        ("xl/styles.xml", "<fonts ", f'<numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts><fonts '),
        ("xl/styles.xml", '<xf numFmtId="10"', '<xf numFmtId="170"'),
        ("xl/worksheets/sheet1.xml", '<c r="B2">', '<c r="B2" s="2">'),
    )
    book = changed(xlsx({"S": [["town", "cows"], ["A", 5]]}), *styles)
    table, told = read_workbook("a.xlsx", book, "", TableFrame())
    assert table is not None
    assert [*map(tuple, table.rows)] == [("A", "5")]
    assert [how in one.message for one in told] == ([True] if how else [])
