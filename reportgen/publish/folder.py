"""A folder as a place to publish to. Effects: writes and removes files below it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from reportgen.rebuild.world import naming


class Folder:
    """A folder of this machine, made when the first file is put there."""

    is_switched = False

    def __init__(self, root: Path) -> None:
        self.root = root

    def standing(self) -> frozenset[str]:
        found = (path for path in self.root.rglob("*") if path.is_symlink() or not path.is_dir())
        return frozenset(path.relative_to(self.root).as_posix() for path in found)

    def read(self, path: str) -> bytes | None:
        target = self.root / path
        try:
            return target.read_bytes() if target.is_file() else None
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def put(self, path: str, local: Path) -> None:
        self.write(path, local.read_bytes())

    def write(self, path: str, data: bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        # Write a temporary file and replace: a reader sees the old file or the new one, never a part.
        new = target.with_name(f".{target.name}.new")
        with naming(target):
            new.write_bytes(data)
        os.replace(new, target)

    def remove(self, path: str) -> None:
        target = self.root / path
        with suppress(FileNotFoundError, NotADirectoryError):
            target.unlink()
        for folder in target.relative_to(self.root).parents:
            if folder == Path("."):
                break
            try:
                (self.root / folder).rmdir()
            except OSError:
                break

    def finish(self) -> None:
        pass
