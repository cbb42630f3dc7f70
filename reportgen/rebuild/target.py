"""Targets, what they read and what they give. Values and protocols only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from reportgen.diagnostics import Diagnostic
from reportgen.model.reads import ReadKey
from reportgen.rebuild.digest import Digest

PROGRAM: ReadKey = ("version", "program")
"""The read of the program's version: traces of another version are not compared, as its reads may be unknown here."""

DigestOf = Callable[[ReadKey], Digest]
"""The digest of the answer as of now. Pure and memoised for the length of a build; not asked for outputs and files."""


@dataclass(frozen=True, slots=True)
class TargetResult:
    """The result of a target."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """Path below the site, with forward slashes -> content."""
    value: bytes | None = None
    """What other targets read under `("output", name)`."""
    warnings: tuple[Diagnostic, ...] = ()
    """Shown again whenever this result is used again. Whatever may move them to another line ought to be a read."""
    reads: Mapping[ReadKey, Digest] = field(default_factory=dict)
    """What a task read where no Reader could follow."""


@dataclass(frozen=True, slots=True)
class Work:
    """The expensive part of making a target: it may run in another process, so it carries values, never paths."""

    task: Callable[..., TargetResult]
    """A function of a module."""
    args: tuple[object, ...] = ()
    """Picklable."""
    engine: str = ""
    """The engine that it loads, by name: no worker process has to hold two of them."""
    weight: float = 1
    """How much there is to do, compared with setting a PDF."""


class Reader(Protocol):
    """How a target reads its inputs; each read is recorded."""

    def record(self, key: ReadKey, digest: Digest | None = None) -> None:
        """Note that the target looked at `key`; without a digest, as it is now."""

    def output(self, name: str) -> bytes:
        """The value of another target, made first if need be. Raises LookupError where there is no such value."""

    def output_digest(self, name: str) -> Digest:
        """The digest of that value, read just as much; ABSENT where there is none."""

    def part(self, name: str, key: str) -> bytes:
        """One entry of a value that another target wrote with `in_parts`; nothing is read of the others. `null` where
        it has no such entry. Raises LookupError where there is no such value."""

    def files(self, name: str) -> Mapping[str, bytes]:
        """The files of another target. Raises LookupError where there is no such target."""

    def paths(self, name: str) -> Iterable[str]:
        """The paths of those files, read just as much. Raises LookupError where there is no such target."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Targets that one worker makes in a row out of a snapshot of the project, those of them that are stale."""

    name: str
    engine: str = ""
    """As `Work` has it."""
    needs: tuple[str, ...] = ()
    """Targets outside of it whose values they may read: they come first, and their values go along."""
    is_long: bool = False
    """Whether it takes as long as many others and waits for none: it comes first, lest all wait for it at the end."""


@dataclass(frozen=True, slots=True)
class Target:
    """A named unit of work."""

    name: str
    """Unique, e.g. `brief:wages:pdf`."""
    make: Callable[[Reader], TargetResult | Work]
    """Pure but for its reads. It runs in the parent process, where what takes long is handed back as Work; or in a
    worker, with others of its batch."""
    batch: Batch | None = None
    """None for what is always made in the parent process."""


def after(first: Callable[[], None], target: Target) -> Target:
    """The same target, made after something else is done."""

    def make(reader: Reader) -> TargetResult | Work:
        first()
        return target.make(reader)

    return replace(target, make=make)


class Bench(Protocol):
    """Where a worker makes targets: what a snapshot becomes once it is opened."""

    @property
    def targets(self) -> Mapping[str, Target]:
        """All targets of the build, by name."""

    def close(self) -> None:
        """End what it has started."""

    def using(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Begin a batch, with what engines answered when it was made before; what it uses comes into the result."""


class Snapshot(Protocol):
    """What workers make targets out of, as the parent process has it."""

    def packed(self) -> bytes:
        """The pickle of a function without arguments that returns a Bench: once for each worker."""

    def texts(self, batch: str) -> Mapping[str, str]:
        """What engines answered when the batch was made last."""

    def keep(self, batch: str, texts: Mapping[str, str]) -> None:
        """Keep them for the next time."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A target that could not be made, and why."""

    name: str
    diagnostics: tuple[Diagnostic, ...] = ()
    """The authors' errors."""
    fault: str = ""
    """The traceback of an error of the program; empty where the authors' errors are the cause."""
