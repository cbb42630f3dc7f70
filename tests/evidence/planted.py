"""Planted cases out of a text file, one a line. Effects: reads that file."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|([tnrf]))")
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


def cases(name: str) -> list[tuple[str, ...]]:
    """The fields of each line, parted by tabs, with `\\u0430` and `\\n` read; `#` begins a comment line."""
    lines = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    return [tuple(map(_unescaped, line.split("\t"))) for line in lines if line and not line.startswith("#")]


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _CONTROLS[m[2]], text)
