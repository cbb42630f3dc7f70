"""An error of the machine's in; what it is in words, with its path and the next step, out.

A full disk, a folder that may not be written or a process that was ended is no fault of the program and none of an
author's file: it is told like one all the same, and the same command goes on from there.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.diagnostics import Diagnostic, Span

_AGAIN = "then run the same command again: nothing is lost"
_ELSEWHERE = "or choose another place"
_FULL = ("the disk is full, so this cannot be written", f"make room; {_AGAIN}")
_DENIED = (
    "this may not be read or written here",
    "look at its permissions and at whose it is, or choose another place",
)
_SHAPE = (
    "a file stands where a folder should be, or a folder where a file should be",
    f"move it away, {_ELSEWHERE}",
)
_WORDS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: ("your share of the disk is used up, so this cannot be written", _FULL[1]),
    errno.EFBIG: ("no file may become so large here", f"raise the limit for their size (ulimit -f), {_ELSEWHERE}"),
    errno.EROFS: ("this stands where nothing may be written", "choose another place, or make this one writable"),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EEXIST: _SHAPE,
    errno.ENOTDIR: _SHAPE,
    errno.EISDIR: _SHAPE,
    errno.ENOTEMPTY: ("something that reportgen did not write stands in this folder", "move it away"),
    errno.ENOENT: ("this is not there, or was taken away meanwhile", f"put it back; {_AGAIN}"),
    errno.ENAMETOOLONG: ("this path is too long for the system", f"give its files shorter names, {_ELSEWHERE}"),
    errno.EMFILE: ("no more files may be open at once here", f"raise the limit for open files (ulimit -n); {_AGAIN}"),
    errno.ENFILE: ("too many files are open on this machine", f"close other programs; {_AGAIN}"),
    errno.ENOMEM: ("memory is short", f"close other programs, or build with --jobs 1; {_AGAIN}"),
    errno.ELOOP: ("these links lead in a circle", "put a file or a folder in their place"),
    errno.EIO: ("the disk cannot be read or written", f"look at its cable, its health or its connection; {_AGAIN}"),
    errno.EBUSY: ("another program holds this", f"close it; {_AGAIN}"),
    errno.EPIPE: ("a program that reportgen had started has ended", _AGAIN.removeprefix("then ")),
}  # fmt: skip
_WORDS[errno.ECONNRESET] = _WORDS[errno.ECONNREFUSED] = _WORDS[errno.EPIPE]


TOO_LONG_FOR_A_SOCKET = "AF_UNIX path too long"
"""What Python says, without a number, where it starts the server of processes."""
_NO_SOCKET = (
    "the folder for temporary files has too long a name for processes to find each other there",
    f"set TMPDIR to a folder with a shorter one, or build with --jobs 1; {_AGAIN}",
)
_ENOUGH_FILES = 64
"""Files that a process with workers has open at once, and as many again."""
_LARGER = 1 << 20
"""Bytes by which a file is made larger to see whether it may be; it has a hole for them, and takes no room."""
_TARGETS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
"""Of two paths, that of a file and where it should go, these are about the latter."""


@contextmanager
def naming(path: str | os.PathLike[str]) -> Iterator[None]:
    """Of what is refused inside, says where: the system names a path that it cannot open, and none that is full."""
    try:
        yield
    except OSError as error:
        if error.errno and error.filename is None:
            error.filename = os.fspath(path)
        raise


def world_problem(error: BaseException) -> Diagnostic | None:
    """What the machine refused; None for an error of another kind."""
    if isinstance(error, MemoryError):
        return _told(*_WORDS[errno.ENOMEM], "")
    if isinstance(error, EOFError | ValueError | TypeError) and (path := _compiled(error)):
        return _told("this file that Python keeps of a module is cut off", f"delete it; {_AGAIN}", path)
    if not isinstance(error, OSError):
        return None
    name = error.filename2 if error.filename2 and error.errno in _TARGETS else error.filename
    path = os.fsdecode(name) if isinstance(name, str | bytes | os.PathLike) else ""
    words = _WORDS.get(error.errno or 0)
    if str(error) == TOO_LONG_FOR_A_SOCKET:
        words = _NO_SOCKET
    if words is not None:
        return _told(*words, path)
    return _told((error.strerror or str(error) or "the system refused it").lower(), _AGAIN.removeprefix("then "), path)


def _compiled(error: BaseException) -> str:
    """The compiled file that was read when it was raised. A disk that is full cuts it off, and Python says nothing."""
    path, trace = "", error.__traceback__
    while trace is not None:
        path = str(trace.tb_frame.f_locals.get("bytecode_path") or path)
        trace = trace.tb_next
    return path


def few_files() -> bool:
    """Whether a limit lets this process open so few files that its workers cannot start."""
    try:
        from resource import RLIMIT_NOFILE, getrlimit
    except ImportError:  # on Windows
        return False
    most = getrlimit(RLIMIT_NOFILE)[0]
    return 0 <= most < _ENOUGH_FILES


def refused(path: Path, why: str) -> OSError:
    """What the system refuses of a file, found by making another beside it that is a little larger: SQLite says only
    that something is."""
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        return OSError(errno.EACCES, why, str(path))
    probe = path.with_name(f"{path.name}-probe")
    try:
        with probe.open("wb") as file:
            file.write(b"x")
            file.flush()
            file.truncate((path.stat().st_size if path.exists() else 0) + _LARGER)
    except OSError as error:
        return OSError(error.errno, error.strerror, str(path))
    finally:
        probe.unlink(missing_ok=True)
    return OSError(errno.EIO, why, str(path))


def _told(what: str, next_step: str, path: str) -> Diagnostic:
    return Diagnostic("refused-by-system", what, Span.at(_shown(path) or "."), next_step)


def _shown(path: str) -> str:
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return shown if shown.isprintable() else shown.encode("unicode_escape").decode()
