"""Diagnostics in, what a person, a program or a code host reads out. Reads the authors' files for the excerpts."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING

from rich.cells import cell_len

from reportgen.archive.code_pages import code_page_of
from reportgen.diagnostics import Diagnostic, Span, errors
from reportgen.load.lines import lines_of

if TYPE_CHECKING:
    from rich.console import Console

TAB = 4
WIDEST = 120
"""Columns of an excerpt; of a longer line, the part around the problem is shown."""
BEFORE = 40
"""Columns shown before the problem where a line is cut."""

_COLOURS = {"error": "bold red", "warning": "bold yellow", "notice": "bold blue"}
_DECEIVING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

LinesOf = Callable[[str], tuple[str, ...]]
"""A file's path from the project's root -> its lines; none where it cannot be read."""


def lines_below(root: Path, over: Mapping[str, bytes] = MappingProxyType({})) -> LinesOf:
    """Lines of a project's files, each file read once. `over`: those that are to be otherwise than on the disk."""
    known: dict[str, tuple[str, ...]] = {}
    home = root.resolve()

    def lines(file: str) -> tuple[str, ...]:
        if file not in known:
            data = over[file] if file in over else _bytes(root / file) if _is_within(home, file) else b""
            known[file] = tuple(lines_of(_decoded(data)))
        return known[file]

    return lines


MOST_SHOWN = 200
"""Problems that are shown, one by one, to a person."""
LONGEST = 1000
"""Characters of a line, before its problem and behind its start, that are looked at."""
MOST_READ = 24 * 1024**2
"""Bytes of the largest file of which a line is shown."""


def _is_within(home: Path, file: str) -> bool:
    """Whether no link leads out of the project: nothing of what stands elsewhere is shown, unless it was named so."""
    try:
        return Path(file).is_absolute() or (home / file).resolve().is_relative_to(home)
    except (OSError, RuntimeError, ValueError):  # a link to itself, and what is no name
        return False


def _bytes(path: Path) -> bytes:
    """A file's bytes; none where it is no file, cannot be read, or is too large for a line of it to be looked for."""
    try:
        if not path.is_file() or path.stat().st_size > MOST_READ:
            return b""
        return path.read_bytes()
    except (OSError, ValueError):
        return b""


def _decoded(data: bytes) -> str:
    """A text in its own encoding, as far as it can be told; empty where it is none."""
    with suppress(UnicodeDecodeError):
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16")
        return "" if b"\0" in data else data.decode("utf-8-sig")
    return data.decode(code_page_of(data) or "cp1252", errors="replace")


def console(stream: IO[str]) -> Console:
    """A console that colours on a terminal only, and not under NO_COLOR; it neither wraps nor reads markup."""
    from rich.console import Console  # slow to import, and mostly there is nothing to show

    return Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)


def show_text(
    diagnostics: Iterable[Diagnostic], root: Path, stream: IO[str], over: Mapping[str, bytes] = MappingProxyType({})
) -> None:
    """Each with its place, the line that it stands on, and a hint; at the end, of errors, who says more. `over`: files
    that are to be otherwise than on the disk."""
    told, lines = tuple(diagnostics), lines_below(root, over)
    if not told:
        return
    shown = [_parts(diagnostic, lines) for diagnostic in told[:MOST_SHOWN]]
    if len(told) > MOST_SHOWN:
        more = f"and {len(told) - MOST_SHOWN:,} more: put these right first (--format json of check lists all)"
        shown.append([(more, "")])
    if wrong := errors(told):
        shown.append([(f"What a code in brackets means: reportgen explain {wrong[0].code}", "dim")])
    if not _may_colour(stream):  # a fifth of the time that Rich takes
        stream.write("".join(f"{_plain(parts)}\n" for parts in shown))
        return
    from rich.text import Text

    out = console(stream)
    for parts in shown:
        out.print(Text.assemble(*parts))


def _may_colour(stream: IO[str]) -> bool:
    """Whether Rich may colour what it writes there."""
    return stream.isatty() or bool(os.environ.get("FORCE_COLOR")) or os.environ.get("TTY_COMPATIBLE") == "1"


Styled = tuple[str, str]
"""Some of a text, and its style; empty for none."""


def as_text(diagnostic: Diagnostic, lines: LinesOf) -> str:
    """One diagnostic as a terminal shows it, without colours."""
    return _plain(_parts(diagnostic, lines))


def _plain(parts: Iterable[Styled]) -> str:
    return "".join(text for text, _ in parts)


def _parts(diagnostic: Diagnostic, lines: LinesOf) -> list[Styled]:
    span, colour = diagnostic.span, _COLOURS[diagnostic.severity]
    file = visible(span.file)
    shown = [
        (f"{file}:{span.line}:{span.column}: " if span.line else f"{file}: ", "bold"),
        (f"{diagnostic.severity}[{diagnostic.code}]", colour),
        (f": {visible(diagnostic.message)}", ""),
    ]
    excerpt = _excerpt(span, lines(span.file)) if span.line else None
    if excerpt is not None:
        text, before, width = excerpt
        margin = f"  {span.line} | "
        shown += [(f"\n{margin}", "dim"), (text, ""), (f"\n{'| '.rjust(len(margin))}", "dim")]
        shown += [(" " * before, ""), ("^" * width, colour)]
    if diagnostic.more:
        shown.append((f"\n  {visible(diagnostic.more)}", ""))
    if diagnostic.hint:
        shown += [("\n  hint: ", "cyan"), (visible(diagnostic.hint), "")]
    return shown


def as_record(diagnostic: Diagnostic) -> dict[str, object]:
    """One diagnostic as programs read it: all counted from 1, `end_column` one past the last character;
    none of what has no lines."""
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": _whole(diagnostic),
        "file": span.file,
        "line": span.line or None,
        "column": span.column or None,
        "end_line": span.end_line or None,
        "end_column": span.end_column or None,
        "hint": diagnostic.hint,
    }


def _whole(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.message}; {diagnostic.more}" if diagnostic.more else diagnostic.message


def as_json(document: Mapping[str, object]) -> str:
    """One JSON document, as it is printed."""
    return json.dumps(document, ensure_ascii=False, indent=1)


def as_workflow_command(diagnostic: Diagnostic) -> str:
    """One diagnostic as a GitHub workflow command, which becomes a note beside the line."""
    span = diagnostic.span
    properties = {"file": span.file, "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:
        properties |= {"col": span.column, "endColumn": max(span.end_column - 1, span.column)}
    properties["title"] = diagnostic.code
    told = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
    message = diagnostic.message + (f"\nhint: {diagnostic.hint}" if diagnostic.hint else "")
    return f"::{diagnostic.severity} {told}::{_escaped(message)}"


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning, 1 notice`; empty where there are none."""
    found = [d.severity for d in diagnostics]
    parts = [(found.count(severity), severity) for severity in ("error", "warning", "notice")]
    return ", ".join(count(number, word) for number, word in parts if number)


def count(number: int, noun: str) -> str:
    """`1 fact`, `2 facts`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def visible(text: str) -> str:
    """The text with what a terminal would act on, rather than show, in a form that is seen. Tabs become spaces."""
    if text.isascii() and text.isprintable():
        return text
    shown, column = [], 0
    for character in text:
        if character == "\t":
            piece = " " * (TAB - column % TAB)
        elif character in _DECEIVING:
            piece = f"<U+{ord(character):04X}>"
        elif character != "\n" and unicodedata.category(character) == "Cc":
            piece = chr(0x2400 + ord(character)) if ord(character) < 0x20 else "�"
        else:
            piece = character
        shown.append(piece)
        column += cell_len(piece)
    return "".join(shown)


def _excerpt(span: Span, lines: tuple[str, ...]) -> tuple[str, int, int] | None:
    """A line as shown, the columns before its problem, and those of the problem; of several lines, the first."""
    if span.line > len(lines) or not lines[span.line - 1].strip():
        return None
    line = lines[span.line - 1].rstrip("\r")
    start = min(span.column - 1, len(line))
    end = max(span.end_column - 1, start) if span.end_line == span.line else len(line)
    # Of a very long line the part around the problem is looked at.
    first = max(start - LONGEST, 0)
    line, start, end = line[first : start + LONGEST], start - first, min(end - first, 2 * LONGEST)
    # Each part is made visible together with what stands before it, since a tab's width hangs on that.
    ends = [cell_len(visible(line[:offset])) for offset in (start, end)]
    return _cut(visible(line), ends[0], max(ends[1] - ends[0], 1))


def _cut(text: str, before: int, width: int) -> tuple[str, int, int]:
    """The part of a long line around its problem."""
    if cell_len(text) <= WIDEST:
        return text.rstrip(), before, width
    first = max(min(before - BEFORE, cell_len(text) - WIDEST), 0)
    kept, column = [], 0
    lead = -1
    """Columns of the line before the first that is kept."""
    for character in text:
        width_of = 1 if character.isascii() else cell_len(character)
        if column >= first and column + width_of <= first + WIDEST:
            lead = column if lead < 0 else lead
            kept.append(character)
        column += width_of
    left, right = ("…" if first else ""), ("…" if column > first + WIDEST else "")
    shown = "".join(kept)
    place = before - max(lead, 0)
    return left + shown + right, place + len(left), max(min(width, cell_len(shown) - place), 1)


def _escaped(text: str, also: str = "") -> str:
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
