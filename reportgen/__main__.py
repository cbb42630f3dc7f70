"""The command `reportgen`. A build of which nothing changed is answered before the rest of the program is imported."""

from __future__ import annotations

import errno
import gc
import io
import os
import sys

TYPE_CHECKING = False  # `typing` takes longer to import than the question to answer.
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from _typeshed import ReadableBuffer

OBJECTS = 100_000
"""New objects between two runs of the cyclic garbage collector (Python's default is 700): a build keeps nearly all
objects that it makes. Workers keep the default."""
M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD = -8, -3, -1
"""glibc's names for what `mallopt` sets."""
LARGE = 8 * 1024 * 1024
"""Bytes from which on memory is given back to the system once it is free. A page, a drawing and the pixels of its
picture are smaller: given back and taken again, they cost 4% of a build of 200 briefs, which holds as much at most."""
AS_IT_WAS = "build/site is as it was"


class Output(io.FileIO):
    """Standard output or error, whose reader may leave before the end (`reportgen facts | head`): the work goes on,
    unheard, and its exit code is true."""

    def write(self, data: ReadableBuffer) -> int:
        try:
            return super().write(data)
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            if error.errno not in (errno.EPIPE, errno.EINVAL):  # the latter on Windows
                raise
            return memoryview(data).nbytes


def output(stream: TextIO) -> TextIO:
    """The stream, unless it is a terminal, as one whose reader may leave, and that can show every letter somehow."""
    try:
        if stream.isatty():
            return stream
        raw = io.BufferedWriter(Output(stream.fileno(), "w", closefd=False))
    except (AttributeError, io.UnsupportedOperation):  # there is none, or it is no file
        return stream
    errors = "backslashreplace" if stream.errors == "strict" else stream.errors
    return io.TextIOWrapper(raw, stream.encoding, errors, line_buffering=bool(stream.line_buffering))


def open_closed() -> None:
    """Lets a stream that was closed from outside (`>&-`) lead nowhere, lest a file of the project takes its place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it gets the lowest number that is free
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8", closefd=False)


def main() -> None:
    """Run the command line, and exit: 0 fine, 1 problems in the input, 2 wrong usage, 3 a program error or Ctrl-C."""
    open_closed()
    sys.stdout, sys.stderr = output(sys.stdout), output(sys.stderr)
    try:
        site = site_up_to_date(sys.argv[1:])
        if site is not None:
            found = warnings_of(site)
            sys.stderr.write(found.partition("\n")[2])
            told = f" ({found.partition(chr(10))[0]})" if found else ""
            print(f"Nothing to do{told}: {site} is up to date.")
            return
        gc.set_threshold(OBJECTS)
        share_memory()
        import signal

        gc.disable()  # what is imported stays
        import reportgen.late_methods
        from reportgen.cli.main import run

        if sys.argv[1:2] == ["build"]:
            import reportgen.pipeline  # noqa: F401
        gc.freeze()
        gc.enable()
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # by default its processes would go on without it
        code = run(sys.argv[1:])
    except KeyboardInterrupt as interrupted:
        print(f"reportgen: interrupted; {str(interrupted) or AS_IT_WAS}", file=sys.stderr)
        exec("")  # else Python would end by the signal, if the last text that it executed was interrupted
        code = 3
    gc.freeze()  # else the garbage collector would visit every object at exit
    sys.exit(code)


def share_memory() -> None:
    """Have all threads take memory from one heap, where glibc is the C library, and large pieces given back: with a
    heap for each thread of V8, a build in one process takes 5 to 10% more; and glibc by itself takes ever larger pieces
    from the heap, of which one that is left keeps all below it, which is 7% more."""
    if sys.platform == "linux":
        import ctypes

        if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
            mallopt(M_ARENA_MAX, 1)
            mallopt(M_MMAP_THRESHOLD, LARGE)
            mallopt(M_TRIM_THRESHOLD, LARGE)


def site_up_to_date(arguments: Sequence[str]) -> str | None:
    """The site's folder, where `arguments` ask for a build that would change nothing; None where that is uncertain."""
    if not arguments or arguments[0] != "build":
        return None
    values = {"--root": ".", "--out": "", "--format": "all", "--as-of": "", "--jobs": "1"}
    only: list[str] = []
    strict = False
    words = iter(arguments[1:])
    for word in words:
        name, equals, value = word.partition("=")
        if word == "--strict":
            strict = True
        elif name == "--only" or name in values:
            text = value if equals else next(words, "")
            if not text or text.startswith("-"):
                return None
            if name == "--only":
                only.append(text)
            else:
                values[name] = text
        elif word != "--explain":
            return None
    if not values["--jobs"].isdecimal():
        return None
    from reportgen.rebuild.fresh import program_version, stamp_options, unchanged

    root = values["--root"]
    out = values["--out"] or os.path.normpath(os.path.join(root, "build"))
    options = stamp_options(tuple(only), values["--format"], values["--as-of"], strict)
    return os.path.join(out, "site") if unchanged(root, out, program_version(), options) else None


def warnings_of(site: str) -> str:
    """What the build that made the site warned of: their number in a line, then the warnings; empty without any."""
    try:
        with open(os.path.join(os.path.dirname(site), "warnings"), encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return ""


if __name__ == "__main__":
    main()
