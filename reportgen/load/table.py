"""A CSV file's bytes in, as Excel writes them too; its cells, each knowing where it stands, out. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.diagnostics import Diagnostic, Span
from reportgen.load.lines import FileText, decode, private_characters
from reportgen.load.yaml import Scalar

_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_CYRILLIC = re.compile(r"[А-Яа-яЁёІіҮүҢңҒғҚқӨөҰұҺһӘә]{2,}")


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a CSV file."""

    source: FileText
    delimiter: str
    header: tuple[Scalar, ...]
    rows: tuple[tuple[Scalar, ...], ...]
    """Rows with as many cells as the header; empty rows are left out."""

    @property
    def decimal_commas(self) -> bool:
        """Whether a comma cannot part cells, so that one in a number may be its decimal mark."""
        return self.delimiter != ","


def read_table(file: str, content: bytes) -> tuple[Table, list[Diagnostic]]:
    """The table in a CSV file. Commas, semicolons or tabs; UTF-8, UTF-16, Windows-1251 or -1252."""
    source, found = _decoded(file, content)
    text, start = source.text, 0
    if declared := _SEPARATOR_LINE.match(text):
        start = declared.end()
    delimiter = declared[1] if declared else _delimiter(text)
    lines, problems = _cells(source, start, delimiter)
    found += [*problems, *private_characters(source)]
    header = lines[0] if lines else ()
    rows: list[tuple[Scalar, ...]] = []
    for row in lines[1:]:
        if not any(row):
            continue
        while len(row) > len(header) and not row[-1]:
            row = row[:-1]
        if len(row) == len(header):
            rows.append(row)
            continue
        cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
        message = f"this row has {cells}, and the first row has {len(header)}"
        hint = f'put a cell that holds "{delimiter}" in double quotes'
        if len(row) < len(header):
            hint = f'write "{delimiter}" for an empty cell too; a cell with a line break needs double quotes'
        found.append(Diagnostic("csv-row", message, source.span(row[0].start, row[0].end), hint))
    return Table(source, delimiter, header, tuple(rows)), found


def spelled_out(cell: Scalar) -> str:
    """A number's cell with its decimal comma as a point. Before three digits it may part thousands: kept."""
    found = re.fullmatch(r"(-?\d+),(\d+)", cell)
    return f"{found[1]}.{found[2]}" if found and (len(found[2]) != 3 or found[1] in ("0", "-0")) else str(cell)


def _decoded(file: str, content: bytes) -> tuple[FileText, list[Diagnostic]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FileText.of(file, content.decode("utf-16", "replace")), []
    source, found = decode(file, content)
    if b"\x00" in content:
        wrong = Diagnostic("not-csv", "this is not a CSV file", Span.at(file), 'in Excel, save as "CSV UTF-8"')
        return FileText.of(file, ""), [wrong]
    if not found:
        return source, []
    cyrillic = content.decode("cp1251", "replace")
    page, name = ("cp1251", "Windows-1251") if _mostly_cyrillic(cyrillic) else ("cp1252", "Windows-1252")
    message = f"this file is not in UTF-8, and was read as {name}"
    place = found[0].span
    hint = 'check its letters, or save it in Excel as "CSV UTF-8"'
    return FileText.of(file, content.decode(page, "replace")), [
        Diagnostic("code-page", message, place, hint, "warning")
    ]


def _mostly_cyrillic(text: str) -> bool:
    """Whether the letters beyond ASCII stand side by side, as in words, rather than one by one, as accents do."""
    inside = sum(len(run) for run in _CYRILLIC.findall(text))
    return inside * 2 > sum(char > "\x7f" and char.isalpha() for char in text)


def _delimiter(text: str) -> str:
    first = re.sub(r'"[^"]*"', "", re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0])
    return max((",", ";", "\t"), key=first.count)


def _cells(source: FileText, at: int, delimiter: str) -> tuple[list[tuple[Scalar, ...]], list[Diagnostic]]:
    """Rows of cells. Python's csv module keeps no positions, so this reads the same language (RFC 4180) with them."""
    text, size = source.text, len(source.text)
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    quoted = re.compile(r'"((?:[^"]|"")*)"')
    rows: list[tuple[Scalar, ...]] = []
    row: list[Scalar] = []
    while at < size or row:
        if not text.startswith('"', at):
            found = plain.match(text, at)
            assert found is not None  # it matches nothing too
            typed = found.group()
            value = typed.strip()
            first = at + typed.index(value)
            row.append(_cell(value, first, first + len(value), ""))
            at = found.end()
        elif found := quoted.match(text, at):
            row.append(_cell(found[1].replace('""', '"'), at, found.end(), "csv"))
            at = found.end()
            if rest := plain.match(text, at):
                at = rest.end()
        else:
            hint = 'write a quotation mark in a cell twice: ""'
            unclosed = "a quotation mark is not closed"
            return rows, [Diagnostic("csv-quote", unclosed, source.span(at, at + 1), hint)]
        if at < size and text[at] == delimiter:
            at += 1
            if at == size:
                row.append(_cell("", at, at, ""))
            else:
                continue
        elif at < size:
            at += 2 if text.startswith("\r\n", at) else 1
        rows.append(tuple(row))
        row = []
    return rows, []


def _cell(value: str, start: int, end: int, style: str) -> Scalar:
    cell = Scalar(value)
    cell.start, cell.end, cell.style, cell.plain = start, end, style, True
    return cell
