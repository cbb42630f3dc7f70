"""The bytes of a Word document in, the text that a reader sees out, a paragraph or table row a line. Effects: none.

What was deleted with changes tracked, what is struck out or hidden, and what fields hold beside their result is left
out. Raised and lowered digits stay so. Foot- and endnotes, heads and feet stand at the end.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from reportgen.archive.pdf_text import LOWERED, RAISED
from reportgen.archive.rows import is_row, row_line
from reportgen.late_patterns import regex

ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)
"""What is raised of a zip file that is damaged, locked, or packed in a way that is not known."""
_MOST_BYTES = 200_000_000
"""Of one part when it is unpacked."""
_NOTES = regex(r"word/(?:footnotes|endnotes|header\d*|footer\d*)\.xml")
_MOST_COLUMNS = 63
"""Of a table, as Word allows them."""
_LEFT_OUT = frozenset(("Fallback", "del", "moveFrom"))
_SKIPPED = frozenset(("del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr", "sectPr", "tblPr", "tcPr"))


class DocxError(Exception):
    """Bytes that are no readable document; the message says why, without a full stop."""


def docx_text(data: bytes) -> str:
    """The text of a document. Raises DocxError."""
    lines: list[str] = []
    known: set[str] = set()
    for name, tree in _parts(data):
        for line in _paragraphs(tree):
            if name == "word/document.xml":
                lines.append(line)
            elif line not in known:
                lines.append(line)
                known.add(line)
    return "\n".join(lines)


def core_properties(data: bytes) -> dict[str, str]:
    """`title`, `creator`, `created`, `language`, …: what the document says of itself; empty where it says nothing."""
    try:
        tree = _part(zipfile.ZipFile(io.BytesIO(data)), "docProps/core.xml")
    except (KeyError, ValueError, DocxError, *ZIP_ERRORS):
        return {}
    return {_name(element): element.text.strip() for element in tree if element.text and element.text.strip()}


def _parts(data: bytes) -> Iterator[tuple[str, etree._Element]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            yield "word/document.xml", _part(file, "word/document.xml")
            for name in sorted(file.namelist()):
                if _NOTES.fullmatch(name):
                    yield name, _part(file, name)
    except (ValueError, *ZIP_ERRORS):
        why = "it is locked with a password, or of the older kind .doc" if data[:4] == b"\xd0\xcf\x11\xe0" else "no zip"
        raise DocxError(f"the document cannot be read: {why}") from None
    except KeyError:
        raise DocxError("the file holds no document of Word") from None


def _part(file: zipfile.ZipFile, name: str) -> etree._Element:
    if file.getinfo(name).file_size > _MOST_BYTES:
        raise DocxError(f"{name} is larger than {_MOST_BYTES // 1_000_000} MB when it is unpacked")
    try:
        return etree.fromstring(file.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.LxmlError, ValueError, *ZIP_ERRORS) as problem:
        raise DocxError(f"{name} cannot be read: {problem}") from None


def _paragraphs(tree: etree._Element) -> Iterator[str]:
    """The paragraphs below an element, and the rows of its tables, in their order."""
    for element in tree:
        name = _name(element)
        if name in _LEFT_OUT:
            continue
        if name == "tr":
            yield from _row(element)
        elif name == "p":
            if line := " ".join("".join(_pieces(element)).split()):
                yield line
            yield from _paragraphs(element)  # those of its text boxes
        else:
            yield from _paragraphs(element)


def _row(row: etree._Element) -> Iterator[str]:
    """A row as a line; as the lines of its cells where it is no row of data."""
    if row.find("{*}trPr/{*}del") is not None:
        return
    cells: list[str] = []
    lines: list[str] = []
    for cell in _cells(row):
        said = list(_paragraphs(cell))
        lines += said
        cells.append(" ".join(said))
        cells += [""] * (_span(cell) - 1)
    if is_row(cells) and not any(True for _ in row.iter("{*}tbl")):
        yield row_line(cells)
    else:
        yield from lines


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, those in controls too."""
    for element in row:
        if _name(element) == "tc":
            yield element
        elif _name(element) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _cells(element)


def _span(cell: etree._Element) -> int:
    """How many columns a cell takes."""
    span = cell.find("{*}tcPr/{*}gridSpan")
    said = _value(span) if span is not None else "1"
    return min(int(said), _MOST_COLUMNS) if said.isdecimal() and int(said) > 0 else 1


def _pieces(element: etree._Element) -> Iterator[str]:
    """The texts below an element; a paragraph in a text box is a line of its own."""
    for part in element:
        name = _name(part)
        if name in _SKIPPED or name == "p":
            continue
        if name == "t":
            yield part.text or ""
        elif name in ("tab", "br", "cr", "ptab"):
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "sym":
            yield "\ufffd"
        elif name == "r":
            yield from _run(part)
        elif name in ("sup", "sub"):  # of a formula
            yield "".join(_pieces(part)).translate(RAISED if name == "sup" else LOWERED)
        elif name == "den":
            yield "/" + "".join(_pieces(part))
        else:
            yield from _pieces(part)


def _run(run: etree._Element) -> Iterator[str]:
    properties = {_name(each): _value(each) for each in run.iterfind("{*}rPr/{*}*")}
    if any(properties.get(name, "0") not in ("0", "false", "off") for name in ("vanish", "strike", "dstrike")):
        return
    text = "".join(_pieces(run))
    if properties.get("caps", "0") not in ("0", "false", "off"):
        text = text.upper()
    shift = properties.get("vertAlign", "")
    yield text.translate(RAISED if shift == "superscript" else LOWERED if shift == "subscript" else {})


def _value(element: etree._Element) -> str:
    """An attribute `val`; one that is not there says yes."""
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}val")), "1")


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
