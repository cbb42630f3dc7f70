"""What each target read and gave, kept from build to build. The values are pure; TraceFile owns a file."""

from __future__ import annotations

import contextlib
import json
import os
from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.diagnostics import Diagnostic, Span
from reportgen.model.reads import ReadKey
from reportgen.rebuild.digest import ABSENT, Digest, digest, sha256
from reportgen.rebuild.target import PROGRAM

FORMAT = "reportgen-traces 1"
LITTLE = 8
"""The traces beside the file are put into it once they are more than one in so many bytes of it."""
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


Traces = Mapping[str, tuple[Trace, ...]]
"""Target's name -> its traces, the latest used first."""


def remember(traces: Traces, name: str, trace: Trace, keep: int = KEEP) -> tuple[Trace, ...]:
    """The target's traces with this one first, and those with the same reads, or of another program, gone."""
    program = _program(trace)
    others = (old for old in traces.get(name, ()) if old.reads != trace.reads and _program(old) == program)
    return (trace, *others)[:keep]


def _program(trace: Trace) -> Digest:
    return next((read.digest for read in reversed(trace.reads) if read.key == PROGRAM), "")


def prune(traces: Traces, blobs: frozenset[str]) -> Traces:
    """Those whose content is all still there."""
    kept = {name: tuple(t for t in each if blobs.issuperset(t.blobs)) for name, each in traces.items()}
    return {name: each for name, each in kept.items() if each}


class TraceFile:
    """Traces on disk. What cannot be read counts as not there: the worst that follows is work.

    `<path>`: a line `reportgen-traces 1 <SHA-256 of the rest>`, then canonical JSON
    `{"reads": [[*key, digest]], "targets": {name: [[[index of read], {path: sha256}, value, warnings]]}}`.
    `<path>.new`: traces of a build that has not ended, and few of others; each a line `<SHA-256 of the rest> <JSON>`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._new = path.with_name(path.name + ".new")
        self._file: int | None = None

    def load(self) -> Traces:
        """All traces, with those that stand beside the file."""
        traces = ChainMap[str, tuple[Trace, ...]]({}, _parse(_text(self._path)))  # type: ignore[arg-type]
        for line in _text(self._new).splitlines():
            check, _, body = line.partition(" ")
            if check != sha256(body.encode()):
                continue
            with contextlib.suppress(ValueError, TypeError, KeyError, IndexError, AttributeError):
                name, reads, *rest = json.loads(body)
                trace = _trace(tuple(Read(tuple(key), seen) for *key, seen in reads), rest)
                traces[name] = remember(traces, name, trace)
        return traces

    def append(self, name: str, trace: Trace) -> None:
        """Keep one at once, so that a build that is killed has not worked in vain. Its content must be in the cache."""
        body = _json([name, [[*read.key, read.digest] for read in trace.reads], *_tail(trace)])
        if self._file is None:
            self._new.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._new, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        # The first line end is for a line before it that a kill cut short.
        os.write(self._file, f"\n{sha256(body.encode())} {body}\n".encode())

    def settle(self, traces: Traces, blobs: frozenset[str]) -> None:
        """The end of a build. What was appended stays beside the file while that is little: to write all anew takes
        longer than many an edit. Then it is written without the traces whose content is not among `blobs`."""
        self.close()
        if _size(self._new) * LITTLE > _size(self._path):
            self.save(prune(traces, blobs))

    def save(self, traces: Traces) -> None:
        """Replace the file, if it says something else."""
        text = _format(traces)
        if text != _text(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_name(self._path.name + ".tmp")
            fresh.write_text(text, encoding="utf-8")
            os.replace(fresh, self._path)
        self.close()
        self._new.unlink(missing_ok=True)

    def close(self) -> None:
        """End what `append` began; `save` does so too."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _tail(trace: Trace) -> tuple[object, ...]:
    return dict(trace.files), trace.value, [astuple(warning) for warning in trace.warnings]


def _format(traces: Traces) -> str:
    reads = sorted({read for each in traces.values() for trace in each for read in trace.reads})
    index = {read: i for i, read in enumerate(reads)}
    targets = {
        name: [[[index[read] for read in trace.reads], *_tail(trace)] for trace in each]
        for name, each in traces.items()
    }
    body = _json({"reads": [[*read.key, read.digest] for read in reads], "targets": targets})
    return f"{FORMAT} {sha256(body.encode())}\n{body}"


def _parse(text: str) -> Traces:
    head, _, body = text.partition("\n")
    if not body or head != f"{FORMAT} {sha256(body.encode())}":
        return {}
    with contextlib.suppress(ValueError, TypeError, KeyError):
        tables = json.loads(body)
        return _Stored(tables["reads"], tables["targets"])
    return {}


class _Stored(Traces):
    """Traces as the file has them, each target's made when it is asked for: an edit asks for few of thousands."""

    def __init__(self, reads: list[list[str]], targets: dict[str, list[Any]]) -> None:
        self._reads = reads
        self._targets = targets
        self._made: dict[str, tuple[Trace, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Trace, ...]:
        if name not in self._made:
            self._made[name] = tuple(
                _trace(tuple(map(self._read, indices)), rest) for indices, *rest in self._targets[name]
            )
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._targets)

    def __len__(self) -> int:
        return len(self._targets)

    def _read(self, index: int) -> Read:
        *key, seen = self._reads[index]
        return Read(tuple(key), seen)


def _trace(reads: tuple[Read, ...], rest: list[Any]) -> Trace:
    files, value, warnings = rest
    return Trace(
        reads,
        files,
        value,
        tuple(Diagnostic(code, message, Span(*span), hint, level) for code, message, span, hint, level in warnings),
    )
