"""The words of Word documents, spreadsheets, CSV and WARC files, and what kinds of files are known by."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportgen.archive.extract import ExtractionError, extracted
from reportgen.archive.media_types import CSV, DOCX, HTML, ODS, PDF, TEXT, WARC, XLSX, media_type_and_charset
from reportgen.archive.texts import QuoteRequest, open_archive, verify_quotes
from reportgen.desk.fetching import Fetched
from reportgen.desk.kinds import kind_of
from reportgen.desk.saving import warc_of
from reportgen.model.source import ArchivedText
from tests.desk.office import docx, packed
from tests.workbooks import ods, xlsx

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PAGE = b"<html lang=en><title>Boats</title><p>The harbour counted 45 boats in 2024.</p>"


def warc(data: bytes = PAGE, kind: str = "text/html", address: str = "https://harbour.example/boats") -> bytes:
    return warc_of(
        Fetched(address, (("Host", "harbour.example"),), "/boats", 200, "OK", (("Content-Type", kind),), data), NOW
    )


def text(data: bytes, kind: str) -> str:
    return extracted(data, kind).original


def test_a_word_document_is_read_as_its_reader_sees_it() -> None:
    body = """
    <w:p><w:r><w:t>It cost 10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>6</w:t></w:r>
      <w:r><w:t xml:space="preserve"> crowns for CO</w:t></w:r>
      <w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r></w:p>
    <w:p><w:del><w:r><w:delText>Deleted 7</w:delText></w:r></w:del><w:ins><w:r><w:t>Inserted 8</w:t></w:r></w:ins>
      <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden 9</w:t></w:r>
      <w:r><w:tab/><w:t>after</w:t><w:br/><w:t>a break</w:t></w:r></w:p>
    <w:p><w:r><w:instrText>PAGE 3</w:instrText></w:r>
      <w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>resident</w:t></w:r></w:p>
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc>
      <w:tc><w:p><w:r><w:t>500</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
    <w:p><w:r><w:t>4,500</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>
      <w:r><w:t xml:space="preserve"> shops</w:t></w:r></w:p>
    """
    notes = {"word/footnotes.xml": "<w:p><w:r><w:t>By the town.</w:t></w:r></w:p>"}
    assert text(docx(body, notes), DOCX).split("\n") == [
        "It cost 10⁶ crowns for CO₂",
        "Inserted 8 after a break",
        "non-resident",
        "12 | 500",
        "4,500 shops",
        "By the town.",
    ]


def cell(text: str, *, span: int = 1, more: str = "") -> str:
    properties = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>' if span > 1 else ""
    return f"<w:tc>{properties}<w:p><w:r><w:t>{text}</w:t></w:r></w:p>{more}</w:tc>"


def test_a_table_of_a_word_document_is_read_by_row() -> None:
    """Cells over several columns keep the place of those after them; a table for layout stays lines."""
    said = "A text that a table lays out beside another one. " * 8
    rows = [
        cell("Ladder") + cell("2023", span=2) + cell("2024"),
        cell("Ham", more="<w:p><w:r><w:t>on the Ems</w:t></w:r></w:p>") + cell("12") + cell("500") + cell(""),
        cell("All of it", span=4),
        cell(said) + cell("Beside it"),
    ]
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('Gone')}{cell('7')}</w:tr>"
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    assert text(docx(f"<w:tbl>{table}{deleted}</w:tbl>"), DOCX).split("\n") == [
        "Ladder | 2023 |  | 2024",
        "Ham on the Ems | 12 | 500",
        "All of it",
        said.strip(),
        "Beside it",
    ]


def test_a_table_of_a_page_is_read_by_row() -> None:
    """12 beside 500 is not 12 500, and a cell over several rows keeps the columns of those below."""
    page = b"""<p>Fish.</p><table><caption>Table 1. Salmon</caption>
      <thead><tr><th>River<th>Ladder<th>2023<th>2024</tr></thead>
      <tr><td rowspan=2>Ems<td>Ham<td>12<td>500</tr><tr><td>Loo<td colspan=2>none</tr>
      <tr><td>Oder<td><b>Aue</b><br>new<td>1<sup>2</sup><td>7</tr></table>
      <table><tr><td><h2>News</h2><p>Words.</p></td><td>Menu</td></tr></table>"""
    assert text(page, HTML).split("\n") == [
        "Fish.",
        "Table 1. Salmon",
        "River | Ladder | 2023 | 2024",
        "Ems | Ham | 12 | 500",
        "| Loo | none",
        "Oder | Aue new | 1² | 7",
        "News",
        "Words.",
        "Menu",
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04broken", "no zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "locked with a password"),
        (docx("", {}, without="word/document.xml"), "no document of Word"),
        (docx("<w:p>"), "cannot be read"),
    ],
)
def test_what_is_no_word_document_says_so(data: bytes, says: str) -> None:
    with pytest.raises(ExtractionError, match=says):
        extracted(data, DOCX)


def test_a_document_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.archive.docx._MOST_BYTES", 1000)
    monkeypatch.setattr("reportgen.archive.tables._MOST_BYTES", 1000)
    with pytest.raises(ExtractionError, match="unpacked"):
        extracted(docx("<w:p/>" * 1000), DOCX)
    with pytest.raises(ExtractionError, match="unpacked"):
        extracted(xlsx({"Sheet": [["x" * 2000]]}), XLSX)


def test_entities_of_a_document_are_not_followed(tmp_path: Path) -> None:
    """Neither to other files nor into each other."""
    secret = tmp_path / "secret.txt"
    secret.write_text("45 secrets")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    for entities, call in ((f'<!ENTITY s SYSTEM "{secret.as_uri()}">', "&s;"), (laughs, "&l8;")):
        whole = (
            f"<!DOCTYPE w [{entities}]><w:document xmlns:w='w'><w:p><w:r><w:t>Seen{call}</w:t></w:r></w:p></w:document>"
        )
        try:
            assert extracted(packed({"word/document.xml": whole}), DOCX).original == "Seen"
        except ExtractionError as problem:
            assert "cannot be read" in str(problem)  # noqa: PT017


ROWS = [
    ["Goods", "2023", "2024"],
    ["Tea", 12, 500],
    ["Coffee", 0.1535, 1.234],
    ["Salt", None, -3.0],
    [None, None, None],
]
READ = ["Prices", "Goods | 2023 | 2024", "Tea | 12 | 500", "Coffee | 0.1535 | 1.2340", "Salt |  | -3"]


@pytest.mark.parametrize(("data", "kind"), [(xlsx({"Prices": ROWS}), XLSX), (ods({"Prices": ROWS}), ODS)])
def test_a_spreadsheet_is_read_by_cell(data: bytes, kind: str) -> None:
    """12 beside 500 is not 12 500, and 1.234 is no thousand."""
    assert kind_of(data, name="x") == kind
    assert text(data, kind).split("\n") == READ


def test_csv_is_read_by_cell() -> None:
    assert text(b'Goods,2023,2024\nTea,12,500\n"Green, loose","1,234",7\n', CSV).split("\n") == [
        "Goods | 2023 | 2024",
        "Tea | 12 | 500",
        "Green, loose | 1,234 | 7",
    ]
    assert text("Товар;Цена\nЧай;12,5\n".encode("cp1251"), f"{CSV}; charset=windows-1251") == "Товар | Цена\nЧай | 12,5"
    assert text(b"\xef\xbb\xbfa\tb\n1\t2\n", CSV) == "a | b\n1 | 2"
    assert text(b"just a line\nand another\n", CSV) == "just a line\nand another\n"


def test_cells_stay_apart_when_numbers_are_read(tmp_path: Path) -> None:
    data = xlsx({"Prices": ROWS})
    (tmp_path / "p.xlsx").write_bytes(data)
    copy = ArchivedText(hashlib.sha256(data).hexdigest(), XLSX)
    asked = [QuoteRequest("p", "", quote, "", (copy,), "ru") for quote in ("Tea | 12", "Tea | 12 | 500", "12 500")]
    _, outcomes = verify_quotes(asked, open_archive(tmp_path))
    assert [outcome.code for outcome in outcomes] == ["found", "found", "quote-not-found"]


@pytest.mark.parametrize("by", ["file", "payload"])
def test_a_page_in_a_warc_file_is_found_by_either_hash(by: str, tmp_path: Path) -> None:
    data = warc()
    (tmp_path / "boats.warc.gz").write_bytes(data)
    held = data if by == "file" else PAGE
    for kind in (WARC, HTML) if by == "file" else (HTML,):
        copy = ArchivedText(hashlib.sha256(held).hexdigest(), kind)
        _, (outcome,) = verify_quotes([QuoteRequest("b", "", "counted 45 boats", "", (copy,))], open_archive(tmp_path))
        assert outcome.code == "found", (kind, outcome.reason)


def test_a_warc_file_of_several_pages_names_them() -> None:
    other = PAGE.replace(b"45", b"46")
    with pytest.raises(ExtractionError, match="holds 2 pages") as problem:
        extracted(warc() + warc(other, address="https://harbour.example/more"), WARC)
    assert hashlib.sha256(other).hexdigest() in str(problem.value)
    both = warc(b"\x89PNG", "image/png", "https://harbour.example/logo.png") + warc()
    assert "45 boats" in extracted(both, WARC).original
    with pytest.raises(ExtractionError, match="no page"):
        extracted(warc(b"\x89PNG", "image/png"), WARC)
    with pytest.raises(ExtractionError, match="no WARC file"):
        extracted(PAGE, WARC)


@pytest.mark.parametrize(
    ("data", "header", "name", "kind"),
    [
        (b"%PDF-1.7 ...", "text/html", "x.html", PDF),
        (PAGE, "", "page", HTML),
        (PAGE, "application/pdf", "page.pdf", HTML),
        (b"<p>no more than this", "text/html; charset=utf-8", "", f"{HTML}; charset=utf-8"),
        ("<p>цена".encode("cp1251"), "text/html; charset=windows-1251", "", f"{HTML}; charset=windows-1251"),
        ("цена".encode("cp1251"), "text/plain; charset=windows-1251", "", f"{TEXT}; charset=windows-1251"),
        ("цена".encode("cp1251"), "", "price.txt", f"{TEXT}; charset=windows-1251"),
        ("цена".encode("utf-16"), "", "price.txt", TEXT),
        (b"a,b\n1,2\n", "", "prices.csv", CSV),
        (b"a,b\n1,2\n", "text/csv", "", CSV),
        (docx("<w:p/>"), "application/zip", "x.zip", DOCX),
        (warc(), "text/plain", "x.txt", WARC),
        (b"\x89PNG\r\n\x1a\n\0\0", "text/html", "x.html", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "", "x.doc", ""),
    ],
)
def test_the_kind_is_told_by_the_bytes(data: bytes, header: str, name: str, kind: str) -> None:
    assert kind_of(data, header, name) == kind


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("text/html", ("text/html", "")),
        ("Text/HTML; charset=UTF-8", ("text/html", "UTF-8")),
        ('text/plain;x=1; Charset="windows-1251"', ("text/plain", "windows-1251")),
        ("nonsense", ("nonsense", "")),
    ],
)
def test_a_media_type_has_two_parts(text: str, parts: tuple[str, str]) -> None:
    assert media_type_and_charset(text) == parts


def test_a_zip_that_is_none_of_ours_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("photo.jpg", "x")
    assert kind_of(out.getvalue(), name="x.docx") == ""
