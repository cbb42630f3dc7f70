"""Where a project's files come from: a folder, or memory in tests. Reads only, and never outside its root."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

MEGABYTE = 1024**2
LARGEST = 24 * MEGABYTE
"""Bytes of the largest file that is read, such as a picture."""
LARGEST_TEXTS = {
    **dict.fromkeys((".yaml", ".yml", ".csv", ".bib"), 4 * MEGABYTE),
    **dict.fromkeys((".md", ".html", ".css", ".xml", ".txt", ".j2", ".jinja"), MEGABYTE),
    ".json": 8 * MEGABYTE,
}
"""The same for texts by their endings: what is larger takes longer to read than anybody waits."""
_PART = 64 * 1024
"""Bytes that are read at a time of a file that grew since it was looked at."""


class RefusedError(OSError):
    """A file that is there and is not read."""

    def __init__(self, path: str, why: str, hint: str) -> None:
        self.why, self.hint = why, hint
        super().__init__(None, why, path)


class Files(Protocol):
    """The files of one project, by path from its root with forward slashes."""

    def paths(self, under: str) -> tuple[str, ...]:
        """Every file in the folder `under` and its folders, sorted; none where there is no such folder."""
        ...

    def read(self, path: str) -> bytes:
        """A file's bytes. FileNotFoundError where there is none, RefusedError where it is not to be read."""
        ...

    def refused(self) -> tuple[tuple[str, OSError], ...]:
        """The folders that could not be listed so far, and why."""
        ...

    def size(self, path: str) -> int:
        """How many bytes a file has. FileNotFoundError where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class DiskFiles:
    """A folder on the disk. Hidden files, editors' temporary files, pipes, sockets and devices are left out."""

    root: Path
    _refused: dict[str, OSError] = field(default_factory=dict, compare=False)
    _inside: dict[str, bool] = field(default_factory=dict, compare=False)
    """Folder -> whether it lies, all links followed, in the project's folder."""

    def paths(self, under: str) -> tuple[str, ...]:
        found: list[str] = []
        waiting = [under.rstrip("/")]
        while waiting:
            folder = waiting.pop()
            try:
                self._list(folder, found, waiting)
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:
                self._refused[folder] = error
        return tuple(sorted(found))

    def _list(self, folder: str, found: list[str], waiting: list[str]) -> None:
        if not self._is_inside(folder):
            raise _outside(folder)
        with os.scandir(self.root / folder) as entries:
            for entry in entries:
                if _hidden(entry.name):
                    continue
                path = f"{folder}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                elif entry.is_symlink() and os.path.isdir(entry.path):
                    self._refused[path] = RefusedError(path, "it is a link to a folder", "put the folder in its place")
                elif entry.is_file(follow_symlinks=False) or (entry.is_symlink() and _is_listed(entry)):
                    found.append(path)

    def read(self, path: str) -> bytes:
        place = self._place(path)
        # A pipe is not waited for.
        opened = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            status = os.fstat(opened)
            if not stat.S_ISREG(status.st_mode):
                raise RefusedError(path, "it is no file, but a folder, a pipe or a device", "put a file in its place")
            _check_size(path, status.st_size)
            parts = [os.read(opened, status.st_size + 1)]
            while parts[-1]:
                parts.append(os.read(opened, _PART))
            return b"".join(parts)
        finally:
            os.close(opened)

    def size(self, path: str) -> int:
        return os.path.getsize(self._place(path))

    def refused(self) -> tuple[tuple[str, OSError], ...]:
        return tuple(sorted(self._refused.items()))

    def _place(self, path: str) -> str:
        """Where a file of the project lies; OSError for what lies outside."""
        if (".." in path and ".." in Path(path).parts) or os.path.isabs(path) or "\0" in path:
            raise FileNotFoundError(path)
        place = os.path.join(self.root, path)
        if not self._is_inside(path.rpartition("/")[0]) or (os.path.islink(place) and not self._is_inside(path)):
            raise _outside(path)
        return place

    def _is_inside(self, path: str) -> bool:
        if path not in self._inside:
            real, root = os.path.realpath(self.root / path), os.path.realpath(self.root)
            self._inside[path] = real == root or real.startswith(os.path.join(root, ""))
        return self._inside[path]


@dataclass(frozen=True, slots=True)
class MemoryFiles:
    """Files given as texts or bytes; a text is stored as UTF-8."""

    files: Mapping[str, bytes | str]

    def paths(self, under: str) -> tuple[str, ...]:
        folder = under.rstrip("/") + "/"
        return tuple(sorted(path for path in self.files if path.startswith(folder)))

    def read(self, path: str) -> bytes:
        try:
            content = self.files[path]
        except KeyError:
            raise FileNotFoundError(path) from None
        data = content.encode() if isinstance(content, str) else content
        _check_size(path, len(data))
        return data

    def refused(self) -> tuple[tuple[str, OSError], ...]:
        return ()

    def size(self, path: str) -> int:
        return len(self.read(path))


def _check_size(path: str, size: int) -> None:
    # An edition is a page with all that it shows, made by this program.
    written = not path.startswith("content/editions/")
    largest = LARGEST_TEXTS.get(os.path.splitext(path)[1].lower(), LARGEST) if written else LARGEST
    if size > largest:
        told, most = (f"{part / MEGABYTE:,.1f} MB" for part in (size, largest))
        hint = "keep the rows and columns that are shown (of a picture, the width), or divide it into several files"
        raise RefusedError(path, f"it has {told}, and at most {most} are read", hint)


def _is_listed(link: os.DirEntry[str]) -> bool:
    """Whether a link leads to a file, or nowhere: then it is listed, so that the attempt to read it is reported."""
    return os.path.isfile(link.path) or not os.path.exists(link.path)


def _outside(path: str) -> RefusedError:
    hint = "copy what is meant into the project's folder; what stands elsewhere on this machine is never published"
    return RefusedError(path, "it is a link that leads out of the project's folder", hint)


def _hidden(name: str) -> bool:
    """What systems and editors leave beside a file, which nobody wrote."""
    left = name.startswith((".", "~$")) or name.endswith("~") or (name.startswith("#") and name.endswith("#"))
    return left or name.casefold() in ("thumbs.db", "desktop.ini")
