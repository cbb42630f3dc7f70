"""A file's bytes in; its text, and the line and column of any offset in it, out. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, count
from operator import add

from reportgen.diagnostics import Diagnostic, Span

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BREAK = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class FileText:
    """One of the authors' files as text, without a byte order mark."""

    file: str
    """Path from the project's root, with forward slashes."""
    text: str
    starts: tuple[int, ...]
    """Offset of the first character of each line."""

    @classmethod
    def of(cls, file: str, text: str) -> FileText:
        """Line breaks are LF, CR LF or CR."""
        if "\r" in text:
            return cls(file, text, (0, *(found.end() for found in _BREAK.finditer(text))))
        lines = text.split("\n")[:-1]
        return cls(file, text, (0, *map(add, accumulate(map(len, lines)), count(1))))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at an offset, from 1, in code points."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The place of the characters from `start` up to `end`."""
        line, column = self.position(start)
        if end <= start:
            return Span(self.file, line, column, line, column + 1)
        last, last_column = self.position(end - 1)
        return Span(self.file, line, column, last, last_column + 1)


def decode(file: str, content: bytes) -> tuple[FileText, list[Diagnostic]]:
    """A UTF-8 file's text. Bytes that are not UTF-8 are an error, and then the text is empty."""
    try:
        return FileText.of(file, content.decode("utf-8-sig")), []
    except UnicodeDecodeError as error:
        good = FileText.of(file, content[: error.start].decode("utf-8", "replace").removeprefix("\ufeff"))
        at = good.span(len(good.text), len(good.text) + 1)
        message = "this file is not in UTF-8: its letters cannot be read from here on"
        hint = 'save it again as UTF-8 (in most editors: "Save with encoding")'
        return FileText.of(file, ""), [Diagnostic("not-utf8", message, at, hint)]


def private_characters(source: FileText, start: int = 0, end: int | None = None) -> list[Diagnostic]:
    """A problem for each private-use character: on the way to the page they stand for numbers."""
    return [
        Diagnostic(
            "private-character",
            f"the character U+{ord(found.group()):04X} is a private-use one, which has no meaning to readers",
            source.span(found.start(), found.end()),
            "delete it, or write what it should show",
        )
        for found in _PRIVATE.finditer(source.text, start, len(source.text) if end is None else end)
    ]


def bidi_controls(source: FileText, start: int = 0, end: int | None = None) -> list[Diagnostic]:
    """A warning for each sign that turns the direction of what follows: readers would see another order of letters and
    digits than stands in the file."""
    return [
        Diagnostic(
            "bidi-control",
            f"the invisible sign U+{ord(found.group()):04X} turns the direction in which what follows is shown",
            source.span(found.start(), found.end()),
            "delete it; it is mostly copied along from another program",
            "warning",
        )
        for found in _BIDI.finditer(source.text, start, len(source.text) if end is None else end)
    ]
