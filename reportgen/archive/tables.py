"""The bytes of a spreadsheet or of a CSV file in, its text out: a row a line, as `rows` writes it; and what the file
says of cells beside their text. Effects: none."""

from __future__ import annotations

import csv
import datetime
import importlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from reportgen.archive.docx import ZIP_ERRORS
from reportgen.archive.percentages import shown_as_percentages
from reportgen.archive.raised_runs import with_raised_signs
from reportgen.archive.rows import row_line
from reportgen.evidence.fold import CellMarks, CellPlace
from reportgen.late_patterns import regex

_MOST_CELLS = 2_000_000
_MOST_BYTES = 500_000_000
"""Of a spreadsheet when it is unpacked."""
_DELIMITERS = ",;\t|"
_SAMPLE = 200
"""Lines by which the mark between the cells of a CSV file is told."""
_LIKE_THOUSANDS = regex(r"-?[1-9]\d{0,2}\.\d{3}")


class TableError(Exception):
    """Bytes that give no table; the message says why, without a full stop."""


def sheet_text(data: bytes) -> tuple[str, CellMarks]:
    """The text of a spreadsheet: each sheet's name, and its rows. Values are raw, as the file keeps them."""
    calamine: Any = importlib.import_module("python_calamine")
    _check_size(data)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(with_raised_signs(data)))
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
        lines: list[str] = []
        reached: set[CellPlace] = set()
        percentages: set[CellPlace] = set()
        length = 0
        for name, sheet in sheets:
            if sheet.total_height * sheet.total_width > _MOST_CELLS:
                raise TableError(f'the sheet "{name}" has more than {_MOST_CELLS:,} cells')
            first, left = sheet.start or (0, 0)
            rows = [
                (number, line)
                for number, row in enumerate(sheet.to_python(skip_empty_area=True), first)
                if (line := row_line([_written(value) for value in row])).strip(" |")
            ]
            if not rows:
                continue
            lines.append(_line(name))
            length += len(lines[-1]) + 1
            starts: dict[int, int] = {}
            for number, line in rows:
                starts[number] = length
                lines.append(line)
                length += len(line) + 1
            places = [(row, column) for (row, column) in _below_merged(sheet) if row in starts and column >= left]
            reached |= {(starts[row], column - left) for row, column in places}
            shown = [(row, column) for row, column in shown_as_percentages(data, name) if row in starts]
            percentages |= {(starts[row], column - left) for row, column in shown if column >= left}
    except (calamine.CalamineError, OSError, ValueError) as problem:
        locked = "password" in str(problem).lower() or "encrypt" in str(problem).lower()
        why = "it is locked with a password" if locked else str(problem)
        raise TableError(f"the spreadsheet cannot be read: {why}") from None
    return "\n".join(lines), CellMarks(frozenset(reached), frozenset(percentages))


def _below_merged(sheet: Any) -> Iterator[tuple[int, int]]:
    """The cells of a sheet to which a merged one above reaches down, in its first column; rows and columns from 0."""
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        yield from ((row, left) for row in range(top + 1, bottom + 1))


def _check_size(data: bytes) -> None:
    """Refuses what is small only as long as it is packed. Raises TableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            size = sum(part.file_size for part in file.infolist())
    except (ValueError, *ZIP_ERRORS):
        return  # an older kind, which is not packed; or none, which is told below
    if size > _MOST_BYTES:
        raise TableError(f"it is larger than {_MOST_BYTES // 1_000_000} MB when it is unpacked")


def csv_text(text: str) -> str:
    """The text of a CSV file by cell; as it is where no mark parts its lines into cells."""
    delimiter = _delimiter(text)
    if not delimiter:
        return text
    try:
        return "\n".join(_rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error as problem:
        raise TableError(f"this is not CSV: {problem}") from None


def _delimiter(text: str) -> str:
    """The mark that parts most lines into the same number of cells; empty where none does."""
    best, chosen = 0.0, ""
    for mark in _DELIMITERS:
        try:
            sample = islice(csv.reader(io.StringIO(text, newline=""), delimiter=mark), _SAMPLE)
            widths = [len(row) for row in sample if row]
        except csv.Error:
            continue
        usual = max(set(widths), key=widths.count, default=0)
        share = widths.count(usual) / len(widths) if widths else 0
        if usual > 1 and share > best:
            best, chosen = share, mark
    return chosen


def _rows(rows: Iterable[Iterable[str]]) -> list[str]:
    """Rows as lines, without empty cells at their ends and without empty rows."""
    return [line for row in rows if (line := row_line(list(row))).strip(" |")]


def _line(cell: str) -> str:
    return " ".join(cell.split())


def _written(value: object) -> str:
    """A cell's value as text: dates in ISO 8601, numbers with the fifteen digits that a spreadsheet keeps."""
    match value:
        case bool():
            return str(value).upper()
        case float():
            return _number(value)
        case datetime.datetime() if not (value.hour or value.minute or value.second):
            return value.date().isoformat()
        case _:
            return str(value)


def _number(value: float) -> str:
    exact = Decimal(format(value, ".15g"))
    shown = format(exact, "f")
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    # 1.234 would be a thousand and more where a point parts thousands; one digit more makes it a decimal everywhere.
    return f"{shown}0" if _LIKE_THOUSANDS.fullmatch(shown) else shown
