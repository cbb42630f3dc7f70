"""Cells in, a CSV file that is safe to open in a spreadsheet out. Pure.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`, also behind spaces or in full-width form; an apostrophe
in front makes it text. Plain numbers, negative ones too, stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

_RUNS = re.compile(r"\s*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_BREAKS = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def safe_cell(text: str) -> str:
    """`text` on one line, with an apostrophe in front if a spreadsheet would run it."""
    line = _CONTROLS.sub("", _BREAKS.sub(" ", text))
    return "'" + line if _RUNS.match(line) and not _NUMBER.fullmatch(line) else line


def csv_bytes(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A CSV file as RFC 4180 has it (CRLF, quotation marks where needed), in UTF-8.

    It begins with a byte-order mark: without one Excel takes Cyrillic and ₸ for another alphabet.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
