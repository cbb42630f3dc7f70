"""Where a project's files come from: a folder, or memory in tests. Reads only, and never outside its root."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Files(Protocol):
    """The files of one project, by path from its root with forward slashes."""

    def paths(self, under: str) -> tuple[str, ...]:
        """Every file in the folder `under` and its folders, sorted; none where there is no such folder."""
        ...

    def read(self, path: str) -> bytes:
        """A file's bytes. FileNotFoundError where there is none."""
        ...

    def size(self, path: str) -> int:
        """How many bytes a file has. FileNotFoundError where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class DiskFiles:
    """A folder on the disk. Hidden files and editors' temporary files are left out."""

    root: Path

    def paths(self, under: str) -> tuple[str, ...]:
        found: list[str] = []
        waiting = [under.rstrip("/")]
        while waiting:
            folder = waiting.pop()
            with suppress(FileNotFoundError, NotADirectoryError), os.scandir(self.root / folder) as entries:
                for entry in entries:
                    if _hidden(entry.name):
                        continue
                    path = f"{folder}/{entry.name}"
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(path)
                    elif os.path.isfile(entry.path) or _leads_nowhere(entry):
                        found.append(path)
        return tuple(sorted(found))

    def read(self, path: str) -> bytes:
        with open(self._inside(path), "rb") as file:
            return file.read()

    def size(self, path: str) -> int:
        return os.path.getsize(self._inside(path))

    def _inside(self, path: str) -> str:
        if (".." in path and ".." in Path(path).parts) or os.path.isabs(path):
            raise FileNotFoundError(path)
        return os.path.join(self.root, path)


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
        return content.encode() if isinstance(content, str) else content

    def size(self, path: str) -> int:
        return len(self.read(path))


def _leads_nowhere(entry: os.DirEntry[str]) -> bool:
    """Whether it is a broken link: it is listed, so that the attempt to read it is reported."""
    return entry.is_symlink() and not os.path.exists(entry.path)


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.endswith("~")
