"""Content by SHA-256. Reads and writes one folder, which may be deleted at any time: the worst that follows is work."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from reportgen.build.digest import sha256

CAP = 2 * 1024**3
"""Bytes that old content may take up; what the last build used stays whatever its size."""

FORMAT = "reportgen-cache 1"


class Cache(Protocol):
    """Where content is kept between builds."""

    def put(self, data: bytes) -> str:
        """Keep it. Returns its SHA-256."""

    def get(self, sha: str) -> bytes | None:
        """The content, checked; None where it is missing or altered."""

    def intact(self, sha: str) -> bool:
        """Whether `get` would find it."""


class MemoryCache:
    """For tests."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        sha = sha256(data)
        self.blobs[sha] = data
        return sha

    def get(self, sha: str) -> bytes | None:
        data = self.blobs.get(sha)
        return data if data is not None and sha256(data) == sha else None

    def intact(self, sha: str) -> bool:
        return self.get(sha) is not None


class DiskCache:
    """`<folder>/ab/cdef…` holds the content; `<folder>/index` says when each was used.

    index: a line `reportgen-cache 1 <number of this build>`, then lines `<sha256> <size> <mtime_ns> <last used>`.
    An entry of that size and mtime is taken to be whole until it is read; any other is hashed. While content is being
    added there is no index, so that a build that is killed leaves none that is untrue: the next one looks for itself.
    """

    def __init__(self, folder: Path, cap: int = CAP) -> None:
        self._folder = folder
        self._cap = cap
        self._index: dict[str, tuple[int, int, int]] = {}
        self._turn = 1
        self._adding = False
        self._read_index()

    def put(self, data: bytes) -> str:
        sha = sha256(data)
        if self.intact(sha):
            return sha
        if not self._adding:
            (self._folder / "index").unlink(missing_ok=True)
            self._adding = True
        path = self._path(sha)
        fresh = path.with_name(path.name + ".tmp")
        try:
            fresh.write_bytes(data)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(data)
        os.replace(fresh, path)
        self._note(sha, path.stat())
        return sha

    def get(self, sha: str) -> bytes | None:
        try:
            data = self._path(sha).read_bytes()
        except OSError:
            data = None
        if data is None or sha256(data) != sha:
            self._drop(sha)
            return None
        if sha in self._index:
            self._index[sha] = (*self._index[sha][:2], self._turn)
        return data

    def intact(self, sha: str) -> bool:
        size, mtime, used = self._index.get(sha, (-1, -1, -1))
        if used == self._turn:
            return True
        try:
            stat = self._path(sha).stat()
            if (stat.st_size, stat.st_mtime_ns) != (size, mtime) and sha256(self._path(sha).read_bytes()) != sha:
                self._drop(sha)
                return False
        except OSError:
            self._drop(sha)
            return False
        self._note(sha, stat)
        return True

    def sweep(self) -> frozenset[str]:
        """Remove what was used longest ago until the rest fits, and note the use. Returns what is left."""
        total = sum(size for size, _, _ in self._index.values())
        for sha, (size, _, used) in sorted(self._index.items(), key=lambda item: (item[1][2], item[0])):
            if total <= self._cap or used == self._turn:
                break
            self._drop(sha)
            total -= size
        self._write_index()
        return frozenset(self._index)

    def _path(self, sha: str) -> Path:
        return self._folder / sha[:2] / sha[2:]

    def _note(self, sha: str, stat: os.stat_result) -> None:
        self._index[sha] = (stat.st_size, stat.st_mtime_ns, self._turn)

    def _drop(self, sha: str) -> None:
        self._index.pop(sha, None)
        with contextlib.suppress(OSError):
            self._path(sha).unlink()

    def _read_index(self) -> None:
        try:
            head, *lines = (self._folder / "index").read_text(encoding="utf-8").splitlines()
            self._turn = int(head.removeprefix(FORMAT + " ")) + 1
            for line in lines:
                sha, size, mtime, used = line.split()
                self._index[sha] = (int(size), int(mtime), int(used))
        except (OSError, ValueError):
            self._index = {sha: (stat.st_size, -1, 0) for sha, stat in self._found()}

    def _found(self) -> Iterable[tuple[str, os.stat_result]]:
        """What the folder holds, whatever the index says; leftovers of a kill are removed."""
        for path in self._folder.glob("??/*"):
            if path.suffix == ".tmp":
                path.unlink(missing_ok=True)
            else:
                yield path.parent.name + path.name, path.stat()

    def _write_index(self) -> None:
        lines = [f"{sha} {size} {mtime} {used}" for sha, (size, mtime, used) in sorted(self._index.items())]
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / "index.tmp"
        fresh.write_text("\n".join([f"{FORMAT} {self._turn}", *lines]) + "\n", encoding="utf-8")
        os.replace(fresh, self._folder / "index")
        self._adding = False
