"""Work in, its result out; a batch in, what came of its targets out: what a worker does.

Effects: a process keeps the last snapshot that it opened, and the engines that it started.
"""

from __future__ import annotations

import gc
import pickle
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.diagnostics import ReportError
from reportgen.model.reads import ReadKey
from reportgen.rebuild.digest import ABSENT, Digest, digest, sha256
from reportgen.rebuild.garbage import keep_all
from reportgen.rebuild.parts import entry_of
from reportgen.rebuild.target import Bench, Failure, Reader, TargetResult, Work
from reportgen.rebuild.trace import Read
from reportgen.rebuild.world import world_problem

OBJECTS = 10_000
"""New objects between two runs of the garbage collector: most of an evaluation's are kept for a while."""


@dataclass(frozen=True, slots=True)
class MayHold:
    """A trace of a target that is stale only if what it reads of its batch comes out different."""

    reads: tuple[Read, ...]
    """Those that are open: of targets of the batch."""
    value: bytes | None
    """What others read of the target if they hold."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker is to make of a batch."""

    names: Mapping[str, tuple[MayHold, ...]]
    """Targets, each with its traces that may hold; without any, it is stale for certain."""
    given: Mapping[str, bytes | None]
    """Values of targets that are settled."""
    texts: Mapping[str, str]
    """What engines answered the last time."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one target."""

    name: str
    reads: frozenset[ReadKey]
    """Of the project: the parent process knows their digests."""
    outputs: Mapping[ReadKey, Digest]
    """Reads of other targets."""
    result: TargetResult | Failure


@dataclass(frozen=True, slots=True)
class MadeBatch:
    """What came of a batch: without targets whose traces hold, and those that read what was not at hand."""

    made: tuple[Made, ...]
    texts: Mapping[str, str]
    """The answers of engines that were used."""


def perform(name: str, work: Work) -> TargetResult | Failure:
    """Do the work. Errors are returned as values, since not every exception can be pickled."""
    try:
        return work.task(*work.args)
    except Exception as error:
        return failure(name, error)


def failure(name: str, error: Exception) -> Failure:
    """The authors' errors and the machine's in words; anything else with its traceback."""
    if isinstance(error, ReportError):
        return Failure(name, error.diagnostics)
    if problem := world_problem(error):
        return Failure(name, (problem,))
    return Failure(name, fault="".join(traceback.format_exception(error)))


_PACKED: dict[str, bytes] = {}
_FOLDERS: list[Path] = []
_OPENED: dict[str, Bench] = {}
_ONE_AT_A_TIME = threading.Lock()


def take_snapshot(token: str, packed: bytes) -> None:
    """A snapshot reaches this process; it is opened when the first batch comes."""
    _PACKED[token] = packed


def find_snapshots(folder: Path) -> None:
    """Snapshots that do not reach this process are files there, each under its token."""
    _FOLDERS[:] = [folder]


def drop_snapshot(token: str) -> None:
    """A snapshot is no longer needed."""
    _PACKED.pop(token, None)
    if bench := _OPENED.pop(token, None):
        bench.close()


def perform_batch(token: str, order: Order) -> MadeBatch:
    """Make a batch. One at a time in a process, also where a Dask worker has several threads."""
    with _ONE_AT_A_TIME:
        if token not in _OPENED:
            for other in tuple(_OPENED):
                _OPENED.pop(other).close()
            packed = _PACKED[token] if token in _PACKED else (_FOLDERS[0] / token).read_bytes()
            opened: Callable[[], Bench] = pickle.loads(packed)
            _OPENED[token] = opened()
            keep_all()  # the project
            gc.set_threshold(OBJECTS)
        return _Making(_OPENED[token], order).all()


class _NotAtHandError(BaseException):
    """Raised in a `make` that reads what did not go along. A BaseException, so that `make` does not catch it."""


class _Making:
    """The state of one batch."""

    def __init__(self, bench: Bench, order: Order) -> None:
        self._bench = bench
        self._order = order
        self._waiting = dict(order.names)
        self._values: dict[str, bytes | None] = dict(order.given)
        self._made: list[Made] = []
        self._files: dict[str, Mapping[str, bytes]] = {}

    def all(self) -> MadeBatch:
        used = self._bench.using(self._order.texts)
        for name in self._order.names:
            self.settle(name)
        return MadeBatch(tuple(self._made), used)

    def settle(self, name: str) -> None:
        """Make a target of the batch, unless a trace of it holds."""
        if name not in self._waiting:
            return
        for trace in self._waiting.pop(name):
            if self._holds(trace.reads):
                self._values[name] = trace.value
                return
        reader = _GivenReader(self)
        try:
            made = self._bench.targets[name].make(reader)
            result = perform(name, made) if isinstance(made, Work) else made
        except _NotAtHandError:
            return
        except Exception as error:
            self._made.append(Made(name, frozenset(reader.reads), reader.outputs, failure(name, error)))
            return
        if isinstance(result, TargetResult):
            self._values[name], self._files[name] = result.value, result.files
        self._made.append(Made(name, frozenset(reader.reads), reader.outputs, result))

    def _holds(self, reads: Iterable[Read]) -> bool:
        try:
            return all(self.answer(read.key) == read.digest for read in reads)
        except _NotAtHandError:
            return False

    def answer(self, key: ReadKey) -> Digest:
        """What a target of the build gives, as its trace says it."""
        kind, name, *entry = key
        if kind == "files":
            return digest({path: sha256(data) for path, data in sorted(self.files(name).items())})
        value = self.value(name)
        if value is None:
            return ABSENT
        return sha256(entry_of(value, entry[0]) if kind == "part" else value)

    def value(self, name: str) -> bytes | None:
        if name not in self._bench.targets:
            return None
        self.settle(name)
        if name not in self._values:
            raise _NotAtHandError
        return self._values[name]

    def files(self, name: str) -> Mapping[str, bytes]:
        self.settle(name)
        if name not in self._files:
            raise _NotAtHandError
        return self._files[name]


class _GivenReader(Reader):
    """Records what one `make` looks at, in a worker."""

    def __init__(self, making: _Making) -> None:
        self._making = making
        self.reads: set[ReadKey] = set()
        self.outputs: dict[ReadKey, Digest] = {}

    def record(self, key: ReadKey, digest: Digest | None = None) -> None:
        if digest is None:
            self.reads.add(key)
        else:
            self.outputs[key] = digest

    def output(self, name: str) -> bytes:
        self.output_digest(name)
        value = self._making.value(name)
        if value is None:
            raise LookupError(name)
        return value

    def output_digest(self, name: str) -> Digest:
        key = ("output", name)
        self.outputs[key] = self._making.answer(key)
        return self.outputs[key]

    def part(self, name: str, key: str) -> bytes:
        read = ("part", name, key)
        self.outputs[read] = self._making.answer(read)
        value = self._making.value(name)
        if value is None:
            raise LookupError(name)
        return entry_of(value, key)

    def files(self, name: str) -> Mapping[str, bytes]:
        key = ("files", name)
        self.outputs[key] = self._making.answer(key)
        return self._making.files(name)

    def paths(self, name: str) -> Iterable[str]:
        return self.files(name)
