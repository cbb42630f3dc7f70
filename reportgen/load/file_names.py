"""Paths of an author's files in; those that no address of a page can be made of, and why, out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reportgen.diagnostics import Diagnostic, Span
from reportgen.late_patterns import regex

_DEVICE = regex(r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:\.|$)", re.IGNORECASE)
_SIGNS = frozenset('\\:*?"<>|')
_RENAME = "give it another name, for example of small Latin letters, digits and hyphens"


def is_device(name: str) -> bool:
    """Whether Windows takes a name for one of its devices, whatever follows the first dot."""
    return _DEVICE.match(name.rstrip(" ")) is not None


def printable(path: str) -> str:
    """A path as it can be shown: bytes that are not UTF-8, and what a line cannot hold, as escapes."""
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in shown)


def odd_names(paths: Iterable[str]) -> Iterator[tuple[str, Diagnostic]]:
    """Each path that cannot be kept, with its problem."""
    by_case: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if folder not in folders:
            folders[folder] = next((fault for part in folder.split("/") if (fault := _fault(part))), "")
        fault = folders[folder] or _fault(name)
        twin = by_case.setdefault(path.casefold(), path)
        if not fault and twin != path:
            fault = f"its name differs from {twin} in capital letters alone, and on many computers both are one file"
        if fault:
            message = f"this file is left out: {fault}"
            yield path, Diagnostic("file-name", message, Span.at(printable(path)), _RENAME)


def _fault(name: str) -> str:
    if not name.isascii() and any("\udc80" <= sign <= "\udcff" for sign in name):
        return "its name is not in UTF-8"
    if not name.isprintable():
        return "its name holds a line end, or another sign that cannot be seen"
    if not _SIGNS.isdisjoint(name):
        sign = next(sign for sign in name if sign in _SIGNS)
        return f"its name holds {sign}, which no name of a file may hold on every computer"
    if is_device(name):
        return f"{name.partition('.')[0]} is the name of a device on Windows"
    return "its name ends in a dot or a space" if name.endswith((".", " ")) else ""
