"""What a target read and what it gave, and the same as JSON. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any, NamedTuple

from reportgen.diagnostics import Diagnostic, Span
from reportgen.model.reads import ReadKey
from reportgen.rebuild.digest import ABSENT, Digest, digest
from reportgen.rebuild.target import PROGRAM

KEEP = 8
"""Traces kept of a target: so many old states come back without work."""


class Read(NamedTuple):
    """One look, and what it saw."""

    key: ReadKey
    digest: Digest


@dataclass(frozen=True, slots=True)
class Trace:
    """A constructive trace: wherever these reads hold, this is what comes out."""

    reads: tuple[Read, ...]
    """By key."""
    files: Mapping[str, str]
    """Path below the site -> SHA-256."""
    value: str | None = None
    """SHA-256 of the value that others read."""
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def blobs(self) -> tuple[str, ...]:
        """SHA-256 of all content that it names."""
        return (*self.files.values(), self.value) if self.value else tuple(self.files.values())

    def answer(self, key: ReadKey) -> Digest:
        """What another target sees of it under `("output", name)` or `("files", name)`."""
        return digest(self.files) if key[0] == "files" else self.value or ABSENT


def remember(traces: tuple[Trace, ...], trace: Trace, keep: int = KEEP) -> tuple[Trace, ...]:
    """A target's traces with this one first, and those with the same reads, or of another program, gone."""
    program = _program(trace)
    others = (old for old in traces if old.reads != trace.reads and _program(old) == program)
    return (trace, *others)[:keep]


def _program(trace: Trace) -> Digest:
    return next((read.digest for read in reversed(trace.reads) if read.key == PROGRAM), "")


class KnownReads(dict[str, Read]):
    """Reads by their JSON: many targets share them, so each is made once."""

    def __missing__(self, text: str) -> Read:
        *key, seen = json.loads(text)
        self[text] = Read(tuple(key), seen)
        return self[text]


def write_traces(traces: tuple[Trace, ...]) -> bytes:
    """As JSON: a list of `[["[*key, digest]"], {path: sha256}, value, warnings]`."""
    rows = [
        (
            [_read_text(read) for read in trace.reads],
            dict(trace.files),
            trace.value,
            [astuple(warning) for warning in trace.warnings],
        )
        for trace in traces
    ]
    return _json(rows).encode()


def read_traces(data: bytes, known: KnownReads) -> tuple[Trace, ...]:
    """What `write_traces` wrote."""
    return tuple(
        Trace(
            tuple(map(known.__getitem__, reads)),
            files,
            value,
            _warnings(warnings),
        )
        for reads, files, value, warnings in json.loads(data)
    )


def write_latest(traces: Mapping[str, Trace], until: int) -> bytes:
    """A trace of each of many targets, each read once: in a sixth of the space. As JSON: `until`, then the reads, then
    `{target: [numbers of its reads, {path: sha256}, value, warnings]}`."""
    numbers: dict[Read, int] = {}
    targets = {
        name: (
            [numbers.setdefault(read, len(numbers)) for read in trace.reads],
            dict(trace.files),
            trace.value,
            [astuple(warning) for warning in trace.warnings],
        )
        for name, trace in traces.items()
    }
    return _json((until, [(*read.key, read.digest) for read in numbers], targets)).encode()


def read_latest(data: bytes) -> tuple[int, dict[str, Trace]]:
    """What `write_latest` wrote."""
    until, reads, targets = json.loads(data)
    known = [Read(tuple(key), seen) for *key, seen in reads]
    return until, {
        name: Trace(tuple(map(known.__getitem__, numbers)), files, value, _warnings(warnings))
        for name, (numbers, files, value, warnings) in targets.items()
    }


def _warnings(rows: list[list[Any]]) -> tuple[Diagnostic, ...]:
    return tuple(Diagnostic(code, message, Span(*span), *rest) for code, message, span, *rest in rows)


def _read_text(read: Read) -> str:
    """A read as JSON; put together by hand where nothing in it has to be escaped."""
    text = '","'.join((*read.key, read.digest))
    if text.isprintable() and "\\" not in text and text.count('"') == 2 * len(read.key):
        return f'["{text}"]'
    return _json((*read.key, read.digest))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
