"""A file's bytes in; its text, and the line and column of any offset in it, out. Pure."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, count
from operator import add

from reportgen.diagnostics import Diagnostic, Span
from reportgen.late_patterns import regex

_PRIVATE = regex("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_BIDI = regex("[\u202a-\u202e\u2066-\u2069]")
_BREAK = regex(r"\r\n|\n|\r")
_UNMERGED = regex(r"^(?:<{7}|>{7}) .*$", re.MULTILINE)
_ESCAPE = regex(r"\\(?:\\|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")


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
    """A UTF-8 file's text. Bytes that are not UTF-8 are an error, and so are the marks that git leaves where it could
    not merge; then the text is empty."""
    try:
        source = FileText.of(file, content.decode("utf-8-sig"))
        is_marked = "<<<<<<< " in source.text or ">>>>>>> " in source.text
        unmerged = _UNMERGED.search(source.text) if is_marked else None
        if unmerged is None or file.endswith(".lock"):  # a lock is written anew, which its own problem tells
            return source, []
        message = "two versions of this file were to be merged, and were not: both stand in it, between such lines"
        hint = "keep what is right of the two, and delete the lines of <<<<<<<, ======= and >>>>>>>"
        return FileText.of(file, ""), [Diagnostic("not-merged", message, source.span(*unmerged.span()), hint)]
    except UnicodeDecodeError as error:
        good = FileText.of(file, content[: error.start].decode("utf-8", "replace").removeprefix("\ufeff"))
        at = good.span(len(good.text), len(good.text) + 1)
        message = "this file is not in UTF-8: its letters cannot be read from here on"
        hint = 'save it again as UTF-8 (in most editors: "Save with encoding")'
        return FileText.of(file, ""), [Diagnostic("not-utf8", message, at, hint)]


def lines_of(text: str) -> list[str]:
    """The lines that an editor counts: a sign that parts lines elsewhere, such as U+2028, stands within one."""
    lines = _BREAK.split(text)
    return lines if lines[-1] else lines[:-1]


def private_characters(source: FileText, start: int = 0, end: int | None = None) -> list[Diagnostic]:
    """A problem for each private-use character: on the way to the page they stand for numbers."""
    return _told(_PRIVATE, _private_character, source, start, end)


def bidi_controls(source: FileText, start: int = 0, end: int | None = None) -> list[Diagnostic]:
    """A warning for each sign that turns the direction of what follows: readers would see another order of letters and
    digits than stands in the file."""
    return _told(_BIDI, bidi_control, source, start, end)


def escaped_signs(source: FileText, start: int, end: int) -> list[Diagnostic]:
    """The same of the signs that a scalar in double quotes writes as escapes."""
    found = []
    for escape in _ESCAPE.finditer(source.text, start, end):
        code = int(escape[1] or escape[2] or escape[3] or "0", 16)
        sign, span = chr(min(code, sys.maxunicode)), source.span(escape.start(), escape.start() + 1)
        if _BIDI.match(sign):
            found.append(bidi_control(sign, span))
        elif _PRIVATE.match(sign):
            found.append(_private_character(sign, span))
    return found


def is_bidi_control(sign: str) -> bool:
    return _BIDI.fullmatch(sign) is not None


def bidi_control(sign: str, span: Span) -> Diagnostic:
    message = f"the invisible sign U+{ord(sign):04X} turns the direction in which what follows is shown"
    return Diagnostic(
        "bidi-control", message, span, "delete it; it is mostly copied along from another program", "warning"
    )


def _private_character(sign: str, span: Span) -> Diagnostic:
    message = f"the character U+{ord(sign):04X} is a private-use one, which has no meaning to readers"
    return Diagnostic("private-character", message, span, "delete it, or write what it should show")


def _told(
    signs: re.Pattern[str], problem: Callable[[str, Span], Diagnostic], source: FileText, start: int, end: int | None
) -> list[Diagnostic]:
    if source.text.isascii():
        return []
    found = signs.finditer(source.text, start, len(source.text) if end is None else end)
    return [problem(sign[0], source.span(sign.start(), sign.end())) for sign in found]
