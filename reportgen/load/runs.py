"""A YAML scalar in; out: which characters of its text stand where in the file. Pure.

Quotes, escapes and folded lines make a text differ from its spelling. A run is a stretch where the two go side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.load.yaml import Scalar

_ESCAPES = {"x": 2, "u": 4, "U": 8}


def runs(text: str, scalar: Scalar) -> Iterator[tuple[int, int]]:
    """(offset in the scalar, offset in the file) at the start of each run, in order; the first is at offset 0."""
    raw = text[scalar.start : scalar.end]
    if scalar.style in ("'", '"') and len(raw) == len(scalar) + 2 and not re.search(r"[\r\n]", raw):
        yield 0, scalar.start + 1
    elif scalar.style in ("'", '"'):
        yield from _merged((offset, scalar.start + index) for offset, index in _quoted(raw, scalar.style))
    elif scalar.style == "csv":
        yield from _merged((offset, scalar.start + index) for offset, index in _cell(raw))
    else:
        pieces = _folded(raw) if scalar.plain else _block(raw)
        yield from _found(scalar, ((scalar.start + index, piece) for index, piece in pieces))


def _found(value: str, pieces: Iterator[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Where each piece of the file begins in the value, in order."""
    offset, first = 0, True
    for index, piece in pieces:
        found = value.find(piece, offset)
        if found >= 0:
            yield (0, index - found) if first else (found, index)
            offset, first = found + len(piece), False


def _cell(raw: str) -> Iterator[tuple[int, int]]:
    """(offset in the value, offset in `raw`) of each character of a quoted CSV cell."""
    at, offset = 1, 0
    while at < len(raw) - 1:
        yield offset, at
        at, offset = at + (2 if raw.startswith('""', at) else 1), offset + 1


def _folded(raw: str) -> Iterator[tuple[int, str]]:
    """The lines of a plain scalar without the blanks around them."""
    offset = 0
    for line in raw.splitlines(keepends=True):
        if piece := line.strip():
            yield offset + len(line) - len(line.lstrip()), piece
        offset += len(line)


def _block(raw: str) -> Iterator[tuple[int, str]]:
    """The lines of a block scalar without their indentation."""
    lines = raw.splitlines(keepends=True)
    header = lines[0] if lines else ""
    body = lines[1:]
    # With an indentation indicator the text may be deeper; its lines are then found behind their own blanks.
    indent = min((len(line) - len(line.lstrip(" ")) for line in body if line.strip()), default=0)
    offset = len(header)
    for line in body:
        piece = line.rstrip("\r\n")[indent:]
        if piece.strip():
            yield offset + indent, piece
        offset += len(line)


def _quoted(raw: str, quote: str) -> Iterator[tuple[int, int]]:
    """(offset in the value, offset in `raw`) of each character of a quoted scalar."""
    at, end, offset = 1, len(raw) - 1, 0
    while at < end:
        char = raw[at]
        if char in "\r\n" or (char in " \t" and _breaks(raw, at, end)):
            at, size = _fold(raw, at, end)
            for _ in range(size):
                yield offset, at - 1
                offset += 1
        elif quote == "'" and char == "'":
            yield offset, at
            at, offset = at + 2, offset + 1
        elif quote == '"' and char == "\\":
            if raw[at + 1] in "\r\n":
                at += 3 if raw.startswith("\r\n", at + 1) else 2
                while at < end and raw[at] in " \t":
                    at += 1
                continue
            yield offset, at
            at, offset = at + 2 + _ESCAPES.get(raw[at + 1], 0), offset + 1
        else:
            yield offset, at
            at, offset = at + 1, offset + 1


def _breaks(raw: str, at: int, end: int) -> bool:
    while at < end and raw[at] in " \t":
        at += 1
    return at < end and raw[at] in "\r\n"


def _fold(raw: str, at: int, end: int) -> tuple[int, int]:
    """Past the blanks and line breaks at `at`: the next offset, and how many characters of the value they make."""
    breaks = 0
    while at < end and raw[at] in " \t\r\n":
        if raw[at] == "\n" or (raw[at] == "\r" and not raw.startswith("\r\n", at)):
            breaks += 1
        at += 1
    return at, max(breaks - 1, 1)


def _merged(pairs: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    shift: int | None = None
    for offset, index in pairs:
        if index - offset != shift:
            shift = index - offset
            yield offset, index
    if shift is None:
        yield 0, 1
