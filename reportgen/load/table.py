"""A CSV file's bytes in, as Excel writes them too; its cells, and where each stands, out. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from reportgen.diagnostics import Diagnostic, Span
from reportgen.load.lines import FileText, decode, private_characters
from reportgen.load.yaml import Scalar

CellText = TypeVar("CellText", bound=str)
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_BREAK = re.compile(r"\r\n|\n|\r")
_CYRILLIC = re.compile(r"[А-Яа-яЁёІіҮүҢңҒғҚқӨөҰұҺһӘә]{2,}")


@dataclass(frozen=True)
class Table:
    """The cells of a CSV file."""

    source: FileText
    delimiter: str
    start: int
    """Offset of the header."""
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Rows with as many cells as the header; empty rows are left out."""

    @property
    def decimal_commas(self) -> bool:
        """Whether cells are not separated by commas, so that a comma in a number may be its decimal mark."""
        return self.delimiter != ","

    @cached_property
    def placed(self) -> tuple[tuple[Scalar, ...], ...]:
        """The header and the rows, each cell knowing where it stands."""
        return tuple(_regular(_cells(self.source, self.start, self.delimiter)[0])[0])


def read_table(file: str, content: bytes) -> tuple[Table, list[Diagnostic]]:
    """The table in a CSV file. Commas, semicolons or tabs; UTF-8, UTF-16, Windows-1251 or -1252."""
    source, found = _decoded(file, content)
    text, start = source.text, 0
    if declared := _SEPARATOR_LINE.match(text):
        start = declared.end()
    delimiter = declared[1] if declared else _delimiter(text)
    found += private_characters(source)
    if '"' not in text:
        plain, uneven = _regular(_plain_cells(text[start:], delimiter))
        if not uneven:
            header, *rows = plain or [()]
            return Table(source, delimiter, start, header, tuple(rows)), found
    cells, problems = _cells(source, start, delimiter)  # a second reading, for the places of the mistakes
    placed, odd = _regular(cells)
    found += [*problems, *(_uneven(source, delimiter, row, len(placed[0])) for row in odd)]
    return Table(source, delimiter, start, placed[0] if placed else (), tuple(placed[1:])), found


def _regular(lines: Sequence[tuple[CellText, ...]]) -> tuple[list[tuple[CellText, ...]], list[tuple[CellText, ...]]]:
    """The header and the rows of its length, without empty ones and empty cells at an end; and the other rows."""
    if not lines:
        return [], []
    size = len(lines[0])
    rows: list[tuple[CellText, ...]] = [lines[0]]
    uneven: list[tuple[CellText, ...]] = []
    for row in lines[1:]:
        if any(row):
            while len(row) > size and not row[-1]:
                row = row[:-1]
            (rows if len(row) == size else uneven).append(row)
    return rows, uneven


def _uneven(source: FileText, delimiter: str, row: tuple[Scalar, ...], size: int) -> Diagnostic:
    cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
    message = f"this row has {cells}, and the first row has {size}"
    hint = f'put a cell that holds "{delimiter}" in double quotes'
    if len(row) < size:
        hint = f'write "{delimiter}" for an empty cell too; a cell with a line break needs double quotes'
    return Diagnostic("csv-row", message, source.span(row[0].start, row[0].end), hint)


def spelled_out(cell: str) -> str:
    """A number's cell with its decimal comma as a point. Before three digits it may separate thousands, and stays."""
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


def _plain_cells(text: str, delimiter: str) -> list[tuple[str, ...]]:
    """Rows of cells where none is quoted, as `_cells` reads them."""
    lines = _BREAK.split(text)
    if not lines[-1]:
        lines.pop()
    return [tuple(map(str.strip, line.split(delimiter))) for line in lines]


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
