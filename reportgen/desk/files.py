"""The authors' files as they are and as they are to be in, all of them replaced or none out. Writes those files."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reportgen.desk.yaml_edits import CannotEditError
from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.load.files import DiskFiles
from reportgen.rebuild.exclusive import exclusive
from reportgen.rebuild.world import naming

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class FileChange:
    """What becomes of one file."""

    name: str
    """Path from the project's root with forward slashes, or where it is outside, its whole path."""
    before: bytes | None
    """None where there is no such file yet."""
    after: bytes | None
    """None where it is to be removed."""

    @property
    def undone(self) -> FileChange:
        """The change that takes it back."""
        return FileChange(self.name, self.after, self.before)


@dataclass(frozen=True, slots=True)
class LaidOver:
    """A project's files, some of them as they are to be."""

    root: Path
    changes: Sequence[FileChange]

    def paths(self, under: str) -> tuple[str, ...]:
        folder = under.rstrip("/") + "/"
        new = (change.name for change in self.changes if change.name.startswith(folder))
        return tuple(sorted({*DiskFiles(self.root).paths(under), *new}))

    def read(self, path: str) -> bytes:
        for change in self.changes:
            if change.name == path and change.after is not None:
                return change.after
        return DiskFiles(self.root).read(path)

    def refused(self) -> tuple[tuple[str, OSError], ...]:
        return ()

    def size(self, path: str) -> int:
        return len(self.read(path))


def edited(files: LaidOver, name: str, edit: Callable[[str], str], paste: str) -> FileChange:
    """A YAML file with an edit. Raises ReportError, with the text to paste, where it cannot be edited."""
    try:
        now: bytes | None = files.read(name)
    except FileNotFoundError:
        now = None
    before = next((change.before for change in files.changes if change.name == name), now)
    mark = BYTE_ORDER_MARK if (now or b"").startswith(BYTE_ORDER_MARK) else b""
    try:
        text = (now or b"")[len(mark) :].decode()
        return FileChange(name, before, mark + edit(text).encode())
    except (CannotEditError, UnicodeDecodeError) as problem:
        why = str(problem) if isinstance(problem, CannotEditError) else "it is not UTF-8"
        hint = f"put this into it yourself:\n{paste.rstrip()}"
        found = Diagnostic("cannot-edit", f"this file cannot be changed here: {why}", Span.at(name), hint)
        raise ReportError([found]) from None


def difference(changes: Iterable[FileChange]) -> str:
    """What changes in each file, as `diff -u` shows it; of what is no text, only its name and size."""
    return "".join(piece for change in changes for piece in _difference(change))


def _difference(change: FileChange) -> Iterator[str]:
    try:
        before, after = ((data or b"").decode().splitlines(keepends=True) for data in (change.before, change.after))
    except UnicodeDecodeError:
        yield f"new file {change.name}, {len(change.after or b''):,} bytes\n"
        return
    if not change.name.startswith("content/"):
        yield f"new file {change.name}, {len(change.after or b''):,} bytes\n"
        return
    for line in difflib.unified_diff(before, after, f"a/{change.name}", f"b/{change.name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def commit(root: Path, changes: Sequence[FileChange]) -> None:
    """Replace every file, in their order, or none.

    Raises ReportError where one is another than it was read as, or another command is at work.
    """
    with exclusive(root / "build" / "lock", 10):
        done: list[FileChange] = []
        try:
            for change in changes:
                if _bytes(root / change.name) != change.before:
                    hint = "nothing was written; run the command again"
                    message = "this file was changed in the meantime"
                    raise ReportError([Diagnostic("changed-underneath", message, Span.at(change.name), hint)])
            for change in changes:
                _put(root / change.name, change.after)
                done.append(change)
        except BaseException:
            for change in reversed(done):
                with suppress(OSError):
                    _put(root / change.name, change.before)
            raise


def _put(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        _replace(path, data)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _replace(path: Path, data: bytes) -> None:
    """Written beside, brought to the disk, and put in place."""
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with naming(path), os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files that only their owner can read.
        os.chmod(name, path.stat().st_mode if path.exists() else 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
