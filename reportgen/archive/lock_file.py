"""evidence.lock as text and as a file. Effects: reading and writing that one file, replaced whole or not at all.

An entry is known by what was looked for (source, prefix, quote, suffix), never by its place in the fact base.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path

from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.model.lock import LeftOut, Lock, LockEntry, MissedQuote


def write_lock(path: Path, lock: Lock) -> bool:
    """Write the lock, and say whether that changed the file. An unchanged file is left untouched."""
    data = lock_text(lock).encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # mkstemp makes files that only their owner can read.
        os.chmod(name, path.stat().st_mode if path.exists() else 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


_VERSION = 1
_FIELDS = {"source": str, "prefix": str, "quote": str, "suffix": str, "sha256": str, "start": int, "end": int}
_OPTIONAL = ("text", "before", "after", "lacking")
"""Texts that are left out where they are empty."""


def lock_text(lock: Lock) -> str:
    """The file's text: JSON with one entry a line, so that a change shows as the lines that it touches."""
    missed = f', "missed": {_listed(map(asdict, lock.missed))}' if lock.missed else ""
    return f'{{"version": {_VERSION}, "entries": {_listed(map(_document, lock.entries))}{missed}}}\n'


def _listed(documents: Iterable[dict[str, object]]) -> str:
    body = ",\n".join(json.dumps(each, ensure_ascii=False, sort_keys=False) for each in documents)
    return f"[\n{body}\n]" if body else "[]"


def parsed_lock(text: str, file: str) -> Lock:
    """The lock that a text holds. Raises ReportError, with a span in `file`, where it holds none."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError as problem:
        raise _unreadable(
            f"the lock is not JSON: {problem.msg}", Span.at(file, problem.lineno, problem.colno)
        ) from None
    if not isinstance(document, dict) or document.get("version") != _VERSION:
        raise _unreadable(f"the lock is not of version {_VERSION}", Span.at(file))
    entries = document.get("entries")
    if not isinstance(entries, list):
        raise _unreadable("the lock has no list of entries", Span.at(file))
    missed = document.get("missed", [])
    if not isinstance(missed, list) or not all(map(_is_missed, missed)):
        raise _unreadable("the lock's list of what was missed is not whole", Span.at(file))
    quotes = (MissedQuote(**{**each, "sha256s": tuple(each["sha256s"])}) for each in missed)
    return Lock(tuple(_entries(entries, file)), tuple(quotes))


def _is_missed(value: object) -> bool:
    if not isinstance(value, dict) or value.keys() != {field.name for field in fields(MissedQuote)}:
        return False
    copies = value["sha256s"]
    texts = (each for name, each in value.items() if name != "sha256s")
    return isinstance(copies, list) and all(isinstance(each, str) for each in (*copies, *texts))


def _entries(entries: Iterable[object], file: str) -> Iterable[LockEntry]:
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or any(type(entry.get(name)) is not kind for name, kind in _FIELDS.items()):
            raise _unreadable(f"entry {number} of the lock is not whole", Span.at(file, number + 1))
        pieces = entry.get("pieces", [])
        texts = {name: entry[name] for name in _OPTIONAL if name in entry}
        left_out = entry.get("left_out", [])
        is_whole = all(isinstance(text, str) for text in texts.values()) and _are_spans(pieces)
        if not is_whole or not _are_left_out(left_out):
            raise _unreadable(f"entry {number} of the lock is not whole", Span.at(file, number + 1))
        spans = tuple((start, end) for start, end in pieces)
        yield LockEntry(
            **{name: entry[name] for name in _FIELDS},
            pieces=spans,
            left_out=tuple(LeftOut(**each) for each in left_out),
            **texts,
        )


def _document(entry: LockEntry) -> dict[str, object]:
    """An entry's fields, without those that say nothing."""
    document: dict[str, object] = {name: getattr(entry, name) for name in _FIELDS}
    if entry.pieces:
        document["pieces"] = entry.pieces
    document |= {name: text for name in _OPTIONAL if (text := getattr(entry, name))}
    return document | ({"left_out": [asdict(each) for each in entry.left_out]} if entry.left_out else {})


def _are_left_out(value: object) -> bool:
    names = {field.name for field in fields(LeftOut)}
    return isinstance(value, list) and all(
        isinstance(each, dict) and each.keys() == names and all(isinstance(text, str) for text in each.values())
        for each in value
    )


def _are_spans(value: object) -> bool:
    """Whether a value of JSON is a list of pairs of integers."""
    return isinstance(value, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(type(end) is int for end in pair) for pair in value
    )


def _unreadable(message: str, span: Span) -> ReportError:
    return ReportError([Diagnostic("lock-unreadable", message, span, "delete the file and run `reportgen verify`")])
