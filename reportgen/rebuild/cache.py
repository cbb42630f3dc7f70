"""Content by SHA-256. Reads and writes one folder, which may be deleted at any time: the worst that follows is work."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any, Protocol

from reportgen.rebuild.digest import sha256

CAP = 2 * 1024**3
"""Bytes that old content may take up, its packs twice that; what the last build used stays whatever its size."""

PACK = 32 * 1024**2
"""Bytes from which on a pack is full."""

FORMAT = "reportgen-cache 2"
HEAD = 80
"""Bytes of the line before each content."""
LINE = re.compile(rb"([0-9a-f]{64}) +(\d{1,14})\n")
BINARY = getattr(os, "O_BINARY", 0)
"""Windows would turn line ends into two characters."""


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
    """`<folder>/pack-<n>` holds content, each behind a line of 80 bytes, `<sha256> <size>`, and is only added to.

    index: a line `reportgen-cache 2 <SHA-256 of the rest>`, then JSON `{"turn": the build's number, "packs": {n: [size,
    mtime_ns]}, "blobs": {sha256: [n, start, size, last used]}}`. What a build that was killed has added since is found
    by its lines. Content that the index does not know, or whose pack is of another size or mtime, is hashed before it
    is said to be intact.
    """

    def __init__(self, folder: Path, cap: int = CAP, pack: int = PACK) -> None:
        self._folder = folder
        self._cap = cap
        self._full = pack
        self._turn = 1
        self._places: dict[str, tuple[int, int, int]] = {}
        """SHA-256 -> pack, start, size."""
        self._used: dict[str, int] = {}
        """SHA-256 -> the build that used it last; 0 if it has to be hashed first."""
        self._packs: set[int] = set()
        self._last, self._end = 1, 0
        """The pack that is added to, and its size."""
        self._writer: int | None = None
        self._readers: dict[int, int] = {}
        self._look()

    def put(self, data: bytes) -> str:
        sha = sha256(data)
        if not self.intact(sha):
            self._add(sha, data)
            self._used[sha] = self._turn
        return sha

    def get(self, sha: str) -> bytes | None:
        data = self._content(sha)
        if data is not None:
            self._used[sha] = self._turn
        return data

    def intact(self, sha: str) -> bool:
        if not self._used.get(sha) and self._content(sha) is None:
            return False
        self._used[sha] = self._turn
        return True

    def sweep(self) -> frozenset[str]:
        """Remove what was used longest ago until the rest fits, and note the use. Returns what is left."""
        total = sum(size for _, _, size in self._places.values())
        for sha in sorted(self._places, key=lambda sha: (self._used[sha], sha)):
            if total <= self._cap or self._used[sha] == self._turn:
                break
            total -= self._places[sha][2]
            self._forget(sha)
        self._tidy()
        self._write_index()
        return frozenset(self._places)

    def close(self) -> None:
        """Let go of the files; `sweep` does so too."""
        for descriptor in (*self._readers.values(), *([] if self._writer is None else [self._writer])):
            os.close(descriptor)
        self._readers, self._writer = {}, None

    def _path(self, pack: int) -> Path:
        return self._folder / f"pack-{pack}"

    def _content(self, sha: str) -> bytes | None:
        if sha not in self._places:
            return None
        try:
            data = self._read(*self._places[sha])
        except OSError:
            data = b""
        if sha256(data) == sha:
            return data
        self._forget(sha)
        # Should this build fail, the next one is not to believe the index that content is there.
        with contextlib.suppress(OSError):
            (self._folder / "index").unlink()
        return None

    def _forget(self, sha: str) -> None:
        del self._places[sha], self._used[sha]

    def _read(self, pack: int, start: int, size: int) -> bytes:
        if pack not in self._readers:
            self._readers[pack] = os.open(self._path(pack), os.O_RDONLY | BINARY)
        os.lseek(self._readers[pack], start, os.SEEK_SET)
        return os.read(self._readers[pack], size)

    def _add(self, sha: str, data: bytes) -> None:
        if self._end >= self._full:
            self._begin_pack()
        if self._writer is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._writer = os.open(self._path(self._last), os.O_WRONLY | os.O_APPEND | os.O_CREAT | BINARY, 0o666)
            self._packs.add(self._last)
        rest = memoryview(f"{sha} {len(data):>{HEAD - 66}}\n".encode() + data)
        try:
            while rest:
                rest = rest[os.write(self._writer, rest) :]
        except OSError:
            # A part of it may stand there, and what follows that would not be found.
            self._begin_pack()
            raise
        self._end = os.lseek(self._writer, 0, os.SEEK_CUR)
        self._places[sha] = (self._last, self._end - len(data), len(data))

    def _begin_pack(self) -> None:
        if self._writer is not None:
            os.close(self._writer)
            self._writer = None
        self._last, self._end = max(self._packs) + 1, 0

    def _tidy(self) -> None:
        """Remove each pack that is less than half full of what is wanted, and keep that in another."""
        wanted: dict[int, list[str]] = {pack: [] for pack in self._packs - {self._last}}
        for sha, (pack, _, _) in self._places.items():
            if pack != self._last:
                wanted[pack].append(sha)
        for pack, each in sorted(wanted.items()):
            if sum(HEAD + self._places[sha][2] for sha in each) >= self._full // 2:
                continue
            for sha in each:
                data = self._content(sha)
                if data is not None:
                    self._add(sha, data)
            self.close()  # Windows removes no file that is open.
            with contextlib.suppress(OSError):
                self._path(pack).unlink()
                self._packs.discard(pack)

    def _write_index(self) -> None:
        self.close()  # Only then is a file's mtime final everywhere.
        packs = {}
        for pack in sorted(self._packs):
            with contextlib.suppress(FileNotFoundError):
                stat = self._path(pack).stat()
                packs[pack] = (stat.st_size, stat.st_mtime_ns)
        blobs = {sha: (*place, self._used[sha]) for sha, place in sorted(self._places.items())}
        body = json.dumps({"turn": self._turn, "packs": packs, "blobs": blobs}, separators=(",", ":")).encode()
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / "index.tmp"
        fresh.write_bytes(f"{FORMAT} {sha256(body)}\n".encode() + body)
        os.replace(fresh, self._folder / "index")

    def _look(self) -> None:
        """Find out what the folder holds."""
        with contextlib.suppress(FileNotFoundError):
            for name in os.listdir(self._folder):
                if len(name) == 2:  # A former version's: a file for each content, in a folder by its first two digits.
                    shutil.rmtree(self._folder / name, ignore_errors=True)
                elif name.startswith("pack-") and name[5:].isdecimal():
                    self._packs.add(int(name[5:]))
        index = self._index()
        self._turn = index["turn"] + 1
        known = {int(pack): (size, mtime) for pack, (size, mtime) in index["packs"].items()}
        stats = {pack: self._path(pack).stat() for pack in sorted(self._packs)}
        whole = {pack for pack, stat in stats.items() if known.get(pack) == (stat.st_size, stat.st_mtime_ns)}
        for sha, (pack, start, size, used) in index["blobs"].items():
            if pack in stats:
                self._places[sha] = (pack, start, size)
                self._used[sha] = used if pack in whole else 0
        for pack in sorted(stats.keys() - whole):
            with contextlib.suppress(OSError):
                self._find(pack, known.get(pack, (0, 0))[0], stats[pack].st_size)
        self._last = max((*known, *stats), default=1)
        if self._last in whole:
            self._end = stats[self._last].st_size
        elif known or stats:
            self._last += 1  # What a kill cut short is not added to.

    def _index(self) -> Any:
        with contextlib.suppress(OSError):
            head, _, body = (self._folder / "index").read_bytes().partition(b"\n")
            if head == f"{FORMAT} {sha256(body)}".encode():
                return json.loads(body)
        return {"turn": 0, "packs": {}, "blobs": {}}

    def _find(self, pack: int, start: int, end: int) -> None:
        """What was added to a pack since the index was written, up to where a kill cut it short."""
        while start + HEAD <= end:
            line = LINE.fullmatch(self._read(pack, start, HEAD))
            if line is None:
                return
            sha, size = line[1].decode(), int(line[2])
            start += HEAD
            if start + size <= end and not self._used.get(sha):
                self._places[sha] = (pack, start, size)
                self._used[sha] = 0
            start += size
