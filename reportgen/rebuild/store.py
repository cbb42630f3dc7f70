"""What a build keeps for the next one: content, traces, formatted citations and compiled templates, in one SQLite file.

It may be deleted at any time: the worst that follows is work.
"""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Collection
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TypeVar

from reportgen.rebuild.digest import sha256
from reportgen.rebuild.trace import KnownReads, Trace, read_traces, write_traces
from reportgen.rebuild.world import refused

CAP = 2 * 1024**3
"""Bytes from which on the file is made smaller."""
FORMAT = 2
"""The file's `user_version`."""
WAIT = 60
"""Seconds to wait for another process that writes."""
FEW = 256
"""Questions whether some content is there, after which all that is there is listed; and targets, of which the latest
traces are read in one go where more are expected. They are written so where more than as many are new."""
MOST_HELD = 1024 * 1024
"""Bytes of texts that may wait for the next trace. Those of a project's files would stand between its values in memory,
and leave gaps there that are not all filled again."""
CHECK = 16
"""Bytes of the checksum before each entry that is not content."""
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DISK_ERRORS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
"""Errors of the disk or its state; whatever else SQLite raises means that the file is damaged."""
_T = TypeVar("_T")


class Store(Protocol):
    """What targets are made with and compared to."""

    def put(self, data: bytes) -> str:
        """Store content. Returns its SHA-256."""

    def get(self, sha: str) -> bytes | None:
        """Content, checked; None where it is missing or altered."""

    def intact(self, sha: str) -> bool:
        """Whether `get` would find it, as far as can be told without reading it."""

    def expect(self, targets: int) -> None:
        """So many targets are asked for now."""

    def latest(self, name: str) -> Trace | None:
        """The first of a target's traces."""

    def traces(self, name: str) -> tuple[Trace, ...]:
        """A target's traces, the latest used first."""

    def keep(self, name: str, traces: tuple[Trace, ...]) -> None:
        """Replace a target's traces. From now on they survive a killed process, and so does the content they name."""


class MemoryStore:
    """For tests."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}
        self.kept: dict[str, tuple[Trace, ...]] = {}

    def put(self, data: bytes) -> str:
        sha = sha256(data)
        self.blobs[sha] = data
        return sha

    def get(self, sha: str) -> bytes | None:
        data = self.blobs.get(sha)
        return data if data is not None and sha256(data) == sha else None

    def intact(self, sha: str) -> bool:
        return self.get(sha) is not None

    def expect(self, targets: int) -> None:
        """Nothing has to be read."""

    def latest(self, name: str) -> Trace | None:
        return next(iter(self.traces(name)), None)

    def traces(self, name: str) -> tuple[Trace, ...]:
        return self.kept.get(name, ())

    def keep(self, name: str, traces: tuple[Trace, ...]) -> None:
        self.kept[name] = traces


class DiskStore:
    """`<folder>/store.sqlite` with a table `kept (kind, key, data)`, for use as a context manager.

    Of the kind `blob`, the key is the SHA-256 of the data. The data of all other kinds (`trace` by target, `latest` of
    many, and texts of any kind) begin with a checksum over kind, key and the rest. A file in which anything is damaged
    is begun anew. Raises OSError where the disk is full or cannot be written.
    """

    def __init__(self, folder: Path, cap: int = CAP) -> None:
        self._folder = folder
        self._cap = cap
        self._new: dict[tuple[str, str], bytes] = {}
        """Entries to be written together with the next trace."""
        self._held = 0
        """Bytes of the texts among them."""
        self._used: set[tuple[str, str]] = set()
        """Texts that were read or written."""
        self._traces: dict[str, tuple[Trace, ...]] = {}
        self._latest: dict[str, Trace] = {}
        """Of those, and of targets whose other traces were not asked for."""
        self._is_read = False
        """Whether the latest traces of all were read."""
        self._newer = 0
        """Targets whose traces are newer than when those of all were written."""
        self._reads: KnownReads = {}
        self._asked = 0
        """How often it was asked for content."""
        self._there: set[str] | None = None
        """The SHA-256 of all content in the file, once it was asked for often."""
        self._last: tuple[str, bytes] = "", b""
        """The content that was asked for last: several targets in a row read the same."""
        self._ahead: dict[tuple[str, str], bytes] = {}
        """Texts that were read before they are asked for."""
        self._database: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._save()
            if self._newer > FEW:
                self._write_latest()
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    @property
    def is_new(self) -> bool:
        """Whether nothing was kept before."""
        return not self._path.exists()

    def put(self, data: bytes) -> str:
        sha = sha256(data)
        if not self.intact(sha):
            self._new["blob", sha] = data
        return sha

    def get(self, sha: str) -> bytes | None:
        if self._last[0] == sha:
            return self._last[1]
        data = self._data("blob", sha, lambda data: data if sha256(data) == sha else None)
        if data is not None:
            self._last = sha, data
        return data

    def intact(self, sha: str) -> bool:
        if ("blob", sha) in self._new:
            return True
        self._asked += 1
        if self._there is None and self._asked > FEW:
            keys = "SELECT key FROM kept WHERE kind = 'blob'"
            self._there = self._do(lambda database: {key for (key,) in database.execute(keys)})
        if self._there is not None:
            return sha in self._there
        found = "SELECT 1 FROM kept WHERE kind = 'blob' AND key = ?"
        return bool(self._do(lambda database: database.execute(found, (sha,)).fetchone()))

    def text(self, kind: str, key: str) -> bytes | None:
        """A text, checked; None where it is missing or altered."""
        self._used.add((kind, key))
        return self._text(kind, key)

    def put_text(self, kind: str, key: str, text: bytes) -> None:
        """Store a text; it is written with the next trace, with many others, or at the end."""
        self._used.add((kind, key))
        self._ahead.pop((kind, key), None)
        self._new[kind, key] = _check(kind, key, text) + text
        self._held += len(text)
        if self._held > MOST_HELD:
            self._save()

    def read_ahead(self, kind: str) -> None:
        """Read all texts of a kind, which are to be asked for soon, in a quarter of the time that it takes one by
        one."""
        all_of = "SELECT key, data FROM kept WHERE kind = ?"
        rows = self._do(lambda database: database.execute(all_of, (kind,)).fetchall())
        self._ahead |= {(kind, key): data for key, data in rows}

    def expect(self, targets: int) -> None:
        if targets > FEW and not self._is_read:
            self._read_latest()

    def latest(self, name: str) -> Trace | None:
        return self._latest.get(name) or next(iter(self.traces(name)), None)

    def traces(self, name: str) -> tuple[Trace, ...]:
        if name not in self._traces:
            text = self._text("trace", name)
            self._know(name, read_traces(text, self._reads) if text else ())
        return self._traces[name]

    def _know(self, name: str, traces: tuple[Trace, ...]) -> None:
        self._traces[name] = traces
        if traces:
            self._latest[name] = traces[0]

    def _read_latest(self) -> None:
        """Those that were written in one go, and what was kept since. An entry that is older than its target's traces
        is true as well: where its reads hold, it is what comes out."""
        self._is_read = True
        head, _, text = (self._text("latest", "") or b"[0]\n[[],[]]").partition(b"\n")
        until, *names = json.loads(head)
        self._latest = dict(zip(names, read_traces(text, self._reads), strict=True)) | self._latest
        since = f"SELECT key, data FROM kept WHERE {'+' if until else ''}kind = 'trace' AND rowid > ?"

        def read(database: sqlite3.Connection) -> bool:
            for name, data in database.execute(since, (until,)):
                if not isinstance(data, bytes) or data[:CHECK] != _check("trace", name, data[CHECK:]):
                    return False
                if name not in self._traces:
                    self._know(name, read_traces(data[CHECK:], self._reads))
                self._newer += 1
            return True

        if not self._do(read):
            self._begin_anew()

    def _write_latest(self) -> None:
        if not self._is_read:
            self._read_latest()
        until: int = self._do(lambda database: database.execute("SELECT max(rowid) FROM kept").fetchone())[0]
        head = json.dumps((until, *self._latest)).encode()
        self.put_text("latest", "", head + b"\n" + write_traces(self._latest.values()))
        self._save()

    def keep(self, name: str, traces: tuple[Trace, ...]) -> None:
        self._know(name, traces)
        self._newer += 1
        text = write_traces(traces)
        self._new["trace", name] = _check("trace", name, text) + text
        self._save()

    def sweep(self, current: Collection[str]) -> None:
        """Where the file is larger than its cap: leave each target its latest trace, and, if that is still too much,
        none to others than `current`; with the content that these name, and the texts used by this process."""
        for only in (None, current):
            if self._size() <= self._cap:
                return
            there = self._do(lambda database: database.execute("SELECT kind, key FROM kept").fetchall())
            wanted = set(self._used)
            for name in (key for kind, key in there if kind == "trace" and (only is None or key in only)):
                self.keep(name, self.traces(name)[:1])
                wanted |= {("trace", name), *(("blob", sha) for trace in self.traces(name) for sha in trace.blobs)}
            self._delete([entry for entry in there if entry not in wanted])
            self._do(lambda database: database.execute("VACUUM"))
            self._traces.clear()
            self._latest.clear()
            self._is_read = False

    def _delete(self, entries: list[tuple[str, str]]) -> None:
        self._there = None
        delete = "DELETE FROM kept WHERE kind = ? AND key = ?"
        self._write(lambda database: database.executemany(delete, entries))

    def _size(self) -> int:
        size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        found: int = self._do(lambda database: database.execute(size).fetchone())[0]
        return found

    def _text(self, kind: str, key: str) -> bytes | None:
        def checked(data: bytes) -> bytes | None:
            return data[CHECK:] if data[:CHECK] == _check(kind, key, data[CHECK:]) else None

        return self._data(kind, key, checked)

    def _data(self, kind: str, key: str, checked: Callable[[bytes], bytes | None]) -> bytes | None:
        if (kind, key) in self._new:
            return checked(self._new[kind, key])
        row = self._ahead.pop((kind, key), None), None
        if row[0] is None:
            found = "SELECT data FROM kept WHERE kind = ? AND key = ?"
            row = self._do(lambda database: database.execute(found, (kind, key)).fetchone())
        data = checked(row[0]) if row and isinstance(row[0], bytes) else None
        if row and data is None:
            self._begin_anew()  # SQLite would not notice, and could not delete what a damaged index names
        return data

    def _save(self) -> None:
        if self._new:
            rows = [(kind, key, data) for (kind, key), data in self._new.items()]
            self._write(lambda database: database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows))
            if self._there is not None:
                self._there |= {key for kind, key in self._new if kind == "blob"}
            self._new.clear()
            self._held = 0

    def _write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        def transaction(database: sqlite3.Connection) -> None:
            with database:
                work(database)

        self._do(transaction)

    def _do(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        try:
            return work(self._opened())
        except sqlite3.DatabaseError as error:
            if _code(error) in _DISK_ERRORS:
                if _code(error) == sqlite3.SQLITE_FULL:
                    raise OSError(errno.ENOSPC, str(error), str(self._path)) from error
                raise refused(self._path, str(error)) from error
        self._begin_anew()
        return work(self._opened())

    def _begin_anew(self) -> None:
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._traces.clear()
        self._latest.clear()
        self._there, self._last = None, ("", b"")
        self._ahead.clear()

    @property
    def _path(self) -> Path:
        return self._folder / "store.sqlite"

    def _opened(self) -> sqlite3.Connection:
        if self._database is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            # The preview is used by another thread than the one that opens it.
            self._database = sqlite3.connect(self._path, WAIT, isolation_level="IMMEDIATE", check_same_thread=False)
            _set_up(self._database)
        return self._database


def _set_up(database: sqlite3.Connection) -> None:
    """Settings and the table. SQLite does not wait for a second process that is setting up the same file."""
    end = time.monotonic() + WAIT
    while True:
        try:
            database.execute("PRAGMA page_size = 16384")  # content is mostly larger
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = OFF")  # what a power cut damages is found by the checks
            database.execute("PRAGMA cache_size = -256")  # KiB: an entry is rarely read twice
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version == 0:
                database.execute(
                    "CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, data BLOB, PRIMARY KEY (kind, key))"
                )
                database.execute(f"PRAGMA user_version = {FORMAT}")
            elif version != FORMAT:
                raise sqlite3.DatabaseError("another format")
            return
        except sqlite3.OperationalError as error:
            if _code(error) not in _BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)


class StoredTexts:
    """The texts of one kind in a store."""

    def __init__(self, store: DiskStore, kind: str) -> None:
        self._store, self._kind = store, kind

    def get(self, key: str) -> str | None:
        """The text under a key; None where there is none."""
        text = self._store.text(self._kind, key)
        return None if text is None else text.decode()

    def put(self, key: str, text: str) -> None:
        """Store a text."""
        self._store.put_text(self._kind, key, text.encode())


def _check(kind: str, key: str, text: bytes) -> bytes:
    return hashlib.blake2b(f"{kind} {key}\n".encode() + text, digest_size=CHECK).digest()


def _code(error: sqlite3.DatabaseError) -> int:
    """The primary code; 0 of an error that does not come from SQLite itself."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
