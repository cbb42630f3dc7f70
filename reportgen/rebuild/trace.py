"""What a target read and what it gave, and the same as JSON. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import NamedTuple

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


KnownReads = dict[Read, Read]
"""Reads of many targets, which share most of theirs: one value for each."""


def write_traces(traces: Iterable[Trace]) -> bytes:
    """As JSON: all reads, each once, `[*key, digest]`; then a list of `[numbers of its reads, {path: sha256}, value,
    warnings]`."""
    numbers: dict[Read, int] = {}
    rows = [
        (
            [numbers.setdefault(read, len(numbers)) for read in trace.reads],
            dict(trace.files),
            trace.value,
            [astuple(warning) for warning in trace.warnings],
        )
        for trace in traces
    ]
    whole = [(*read.key, read.digest) for read in numbers], rows
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def read_traces(data: bytes, known: KnownReads) -> tuple[Trace, ...]:
    """What `write_traces` wrote."""
    reads, rows = json.loads(data)
    made = [Read(tuple(key), seen) for *key, seen in reads]
    shared = [known.setdefault(read, read) for read in made]
    return tuple(
        Trace(
            tuple(map(shared.__getitem__, numbers)),
            files,
            value,
            tuple(Diagnostic(code, message, Span(*span), *rest) for code, message, span, *rest in warnings),
        )
        for numbers, files, value, warnings in rows
    )
