"""Targets, what they read and what they give. Values and protocols only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
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


class Reader(Protocol):
    """How a target reads its inputs; each read is recorded."""

    def record(self, key: ReadKey, digest: Digest | None = None) -> None:
        """Note that the target looked at `key`; without a digest, as it is now."""

    def output(self, name: str) -> bytes:
        """The value of another target, made first if need be. Raises LookupError where there is no such value."""

    def output_digest(self, name: str) -> Digest:
        """The digest of that value, read just as much; ABSENT where there is none."""

    def files(self, name: str) -> Mapping[str, bytes]:
        """The files of another target. Raises LookupError where there is no such target."""

    def paths(self, name: str) -> Iterable[str]:
        """The paths of those files, read just as much. Raises LookupError where there is no such target."""


@dataclass(frozen=True, slots=True)
class Target:
    """A named unit of work."""

    name: str
    """Unique, e.g. `brief:wages:pdf`."""
    make: Callable[[Reader], TargetResult | Work]
    """Pure but for its reads, which all happen here, in the parent process. What takes long is handed back as Work."""


def after(first: Callable[[], None], target: Target) -> Target:
    """The same target, made after something else is done."""

    def make(reader: Reader) -> TargetResult | Work:
        first()
        return target.make(reader)

    return Target(target.name, make)


@dataclass(frozen=True, slots=True)
class Failure:
    """A target that could not be made, and why."""

    name: str
    diagnostics: tuple[Diagnostic, ...] = ()
    """The authors' errors."""
    fault: str = ""
    """The traceback of an error of the program; empty where the authors' errors are the cause."""
