"""An exclusive lock on a file, which ends with the process that holds it. Waits for it, up to a time limit."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.rebuild.world import naming

PAUSE = 0.02
"""Seconds between two tries."""
_HELD = set[int]()
"""Descriptors of the locks that this process holds."""


def _let_go() -> None:
    """In a fork, which may outlive the process that holds the lock."""
    while _HELD:
        os.close(_HELD.pop())


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_let_go)


@contextmanager
def exclusive(path: Path, wait: float = 60) -> Iterator[None]:
    """Hold the lock. Raises ReportError (`build-running`) if another process holds it for longer than `wait` seconds.

    The file stays: removing it would let two processes lock two files of one name.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not truncated yet: if it is someone else's, its text says whose.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        end = time.monotonic() + wait
        while not _try(descriptor):
            if time.monotonic() >= end:
                raise ReportError([_busy(path, wait)])
            time.sleep(PAUSE)
        _HELD.add(descriptor)
        os.ftruncate(descriptor, 0)
        if sys.platform != "win32":  # There, the byte that is locked cannot be read.
            with naming(path):
                os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        _HELD.discard(descriptor)
        os.close(descriptor)


def _busy(path: Path, wait: float) -> Diagnostic:
    who = ""
    with suppress(OSError, UnicodeDecodeError):
        who = path.read_text(encoding="ascii")
    named = f"another build (process {who})" if who.isdigit() else "another build"
    return Diagnostic(
        "build-running",
        f"{named} has been at work in {path.parent.name} for more than {wait:g} seconds",
        Span.at(path.name),
        "wait until it has ended, or end it, and build again",
    )


if sys.platform == "win32":
    import msvcrt

    def _try(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
