"""The site's files, replaced all at once: by journal. Writes the site's folder and one of our own beside it.

The folder beside `site` is `.site.reportgen`:
- `lock`: held while a commit goes on.
- `manifest`: a line `reportgen-site 1 <SHA-256 of the rest>`, then lines `<sha256> <size> <mtime_ns> <path>`: all files
  that we wrote. No other file is ever removed.
- `new/0`, `new/1`, …: files of a commit, complete before its journal is written.
- `journal`: a line `reportgen-journal 1 <SHA-256 of the rest>`, then lines `put <sha256> <path>`, the n-th of them
  for `new/<n>`, and `remove <path>`. While it exists, the commit has begun; the next process finishes it.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.rebuild.digest import sha256
from reportgen.rebuild.exclusive import exclusive
from reportgen.rebuild.world import naming

MANIFEST = "reportgen-site 1"
JOURNAL = "reportgen-journal 1"

Blob = Callable[[str], bytes | None]
"""SHA-256 -> the content: `Store.get`."""
Stays = Callable[[str], bool]
"""Path -> whether that file, which a commit does not name, is left as it is."""
Stats = Mapping[str, os.stat_result]
"""Path -> what stands there."""


@dataclass(frozen=True, slots=True)
class CommittedFiles:
    """What a commit did; paths in order."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: int = 0
    """Files that had their bytes already."""
    is_healed: bool = False
    """Whether the list of what we wrote was damaged, and was made anew from what stands there."""


class Disk:
    """The effects of a commit, each of which may fail; tests hand in one that does."""

    def write(self, path: str, data: bytes, flush: bool = False) -> None:
        """A new file; with `flush`, on the disk before this returns."""
        with naming(path), open(path, "wb", buffering=0) as file:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
            if flush:
                os.fsync(file.fileno())

    def move(self, source: str, target: str) -> None:
        """Into place, over what stands there, in one step."""
        os.replace(source, target)

    def make_folder(self, path: str) -> None:
        """There, whether or not it was."""
        try:
            os.mkdir(path)
        except FileExistsError:
            pass
        except FileNotFoundError:
            os.makedirs(path, exist_ok=True)

    def remove(self, path: str) -> None:
        """Gone, whether or not it was there."""
        # Not a directory: where its folder was, a file stands already.
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(path)

    def remove_folder(self, path: str) -> None:
        os.rmdir(path)


@dataclass(frozen=True, slots=True)
class Written:
    """A file that we wrote."""

    sha: str
    size: int
    mtime_ns: int


class SiteOutput:
    """A folder, and only the files of it that we wrote."""

    def __init__(self, site: Path, disk: Disk | None = None, wait: float = 60) -> None:
        self.site = site
        self.state = site.with_name(f".{site.name}.reportgen")
        # As text, since a site has thousands of files: a `Path` for each would take longer than most system calls.
        self._site, self._new = str(site), str(self.state / "new")
        self._disk = disk or Disk()
        self._wait = wait

    def commit(self, files: Mapping[str, str], blob: Blob, stays: Stays = lambda _: False) -> CommittedFiles:
        """Make the site hold `files` (path -> SHA-256), and of what else we wrote only what `stays`.

        Raises ReportError if something of someone else's stands in the way, OSError if it cannot be written: the site
        is then as it was, or the next commit finishes this one.
        """
        with exclusive(self.state / "lock", self._wait):
            self._finish_journal()
            is_damaged = self._is_damaged()
            known = self._recovered() if is_damaged else self.manifest()
            there = self._stats(files) if self.site.is_dir() else {}
            remove = sorted(path for path in known.keys() - files if not stays(path))
            # Where capital letters are one with small ones, what is removed is the file of the other name.
            going = {path.casefold() for path in remove}
            put = sorted(
                p
                for p, sha in files.items()
                if p.casefold() in going or not self._holds(p, sha, there.get(p), known.get(p))
            )
            if put or remove:
                self._refuse_obstacles(put, remove, there)
                self._stage([(path, files[path]) for path in put], remove, blob)
                self._apply(put, remove)
            new = {path: os.lstat(f"{self._site}/{path}") for path in put}
            now = _without(known, remove) | _written(files, there | new)
            if now != known or is_damaged:
                self._write_manifest(now)
            self._end_journal()
        return CommittedFiles(tuple(put), tuple(remove), len(files) - len(put), is_damaged)

    def manifest(self) -> dict[str, Written]:
        """Every file that we wrote, by path. One that cannot be read counts as empty: then nothing is ever removed."""
        found = {}
        for line in _lines(self.state / "manifest", MANIFEST):
            sha, size, mtime, path = line.split(" ", 3)
            found[path] = Written(sha, int(size), int(mtime))
        return found

    def _is_damaged(self) -> bool:
        try:
            first, _, body = (self.state / "manifest").read_bytes().partition(b"\n")
        except OSError:
            return False
        return first != f"{MANIFEST} {sha256(body)}".encode()

    def _recovered(self) -> dict[str, Written]:
        """Of a damaged list, the lines whose files stand there as they say: these are surely ours."""
        found = {}
        body = (self.state / "manifest").read_bytes().decode("utf-8", "surrogateescape")
        for sha, size, mtime, path in re.findall(r"^([0-9a-f]{64}) (\d+) (\d+) (.+)$", body, re.M):
            if {"", ".", ".."} & set(path.split("/")):
                continue
            here = self._stats([path]).get(path)
            if self._holds(path, sha, here, None):
                found[path] = Written(sha, int(size), int(mtime))
        return found

    def standing(self) -> dict[str, tuple[int, int]]:
        """Size and mtime_ns of every file that we wrote, by path: what `fresh.write_stamp` takes."""
        return {path: (file.size, file.mtime_ns) for path, file in self.manifest().items()}

    def _stats(self, paths: Iterable[str]) -> dict[str, os.stat_result]:
        """Of those that are there."""
        found = {}
        for path in paths:
            with contextlib.suppress(OSError):
                found[path] = os.lstat(f"{self._site}/{path}")
        return found

    def _holds(self, path: str, sha: str, here: os.stat_result | None, known: Written | None) -> bool:
        """Whether the site has that content there. Hashes only what the manifest does not know as it stands."""
        if here is None:
            return False
        if known and (known.size, known.mtime_ns) == (here.st_size, here.st_mtime_ns):
            return known.sha == sha
        try:
            return sha256((self.site / path).read_bytes()) == sha
        except OSError:
            return False

    def _refuse_obstacles(self, put: Sequence[str], remove: Sequence[str], there: Stats) -> None:
        """Raises ReportError, before any change, where files that are not ours stand in the way of ours."""
        going = set(remove)
        blocked = [f for f in sorted(_folders(put)) if there and f not in going and (self.site / f).is_file()]
        for path in put:
            if path not in there or stat.S_ISREG(there[path].st_mode):
                continue
            here = self.site / path
            if here.is_dir() and any(
                (f.is_symlink() or not f.is_dir()) and f.relative_to(self.site).as_posix() not in going
                for f in here.rglob("*")
            ):
                blocked.append(path)
        if blocked:
            hint = f"move it out of {self.site.name}, and build again"
            message = "this is in the way of the site, and reportgen did not write it"
            found = (Diagnostic("output-blocked", message, Span.at(f"{self.site.name}/{p}"), hint) for p in blocked)
            raise ReportError(dict.fromkeys(found))

    def _stage(self, put: Sequence[tuple[str, str]], remove: Sequence[str], blob: Blob) -> None:
        self._disk.make_folder(self._new)
        for n, (path, sha) in enumerate(put):
            self._disk.write(f"{self._new}/{n}", _content(blob, path, sha))
        lines = [*(f"put {sha} {path}" for path, sha in put), *(f"remove {path}" for path in remove)]
        self._replace("journal", JOURNAL, lines)

    def _apply(self, put: Sequence[str], remove: Sequence[str]) -> None:
        """Do what the journal says. Every step may have been done before."""
        for path, here in self._stats(remove).items():
            # A file or a link: what else stands there by now is not ours.
            if not stat.S_ISDIR(here.st_mode):
                self._disk.remove(f"{self._site}/{path}")
        for folder in sorted(_folders(remove), reverse=True):
            with contextlib.suppress(OSError):  # It is not empty.
                self._disk.remove_folder(f"{self._site}/{folder}")
        folders = set()
        for n, path in enumerate(put):
            new, target = f"{self._new}/{n}", f"{self._site}/{path}"
            folder = target.rpartition("/")[0]
            if folder not in folders:
                self._disk.make_folder(folder)
                folders.add(folder)
            try:
                self._disk.move(new, target)
            except OSError:
                if os.path.exists(new):
                    self._clear_folder(Path(target))
                    self._disk.move(new, target)

    def _finish_journal(self) -> None:
        if not (self.state / "journal").exists():
            self._clear_stage()
            return
        put, remove = self._journal()
        self._apply(list(put), remove)
        there = self._stats(put)
        # After a power cut a file may be there by name only; then it is not in the manifest, and is written again.
        whole = {path: sha for path, sha in put.items() if self._holds(path, sha, there.get(path), None)}
        self._write_manifest(_without(self.manifest(), [*remove, *put]) | _written(whole, there))
        self._end_journal()

    def _end_journal(self) -> None:
        self._disk.remove(str(self.state / "journal"))
        self._clear_stage()

    def _journal(self) -> tuple[dict[str, str], list[str]]:
        """What to put (path -> SHA-256, in order) and what to remove."""
        put, remove = {}, []
        for line in _lines(self.state / "journal", JOURNAL):
            step, rest = line.split(" ", 1)
            if step == "put":
                sha, path = rest.split(" ", 1)
                put[path] = sha
            else:
                remove.append(rest)
        return put, remove

    def _write_manifest(self, files: Mapping[str, Written]) -> None:
        lines = [f"{file.sha} {file.size} {file.mtime_ns} {path}" for path, file in sorted(files.items())]
        self._replace("manifest", MANIFEST, lines)

    def _replace(self, name: str, head: str, lines: Sequence[str]) -> None:
        body = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
        self._disk.make_folder(self._new)
        self._disk.write(f"{self._new}/{name}", f"{head} {sha256(body)}\n".encode() + body, flush=True)
        self._disk.move(f"{self._new}/{name}", str(self.state / name))

    def _clear_stage(self) -> None:
        if os.path.isdir(self._new):
            for name in os.listdir(self._new):
                self._disk.remove(f"{self._new}/{name}")
            self._disk.remove_folder(self._new)

    def _clear_folder(self, path: Path) -> None:
        """Remove the empty folders where a file is to go."""
        if path.is_dir() and not path.is_symlink():
            for inner in path.iterdir():
                self._clear_folder(inner)
            self._disk.remove_folder(str(path))


def _without(known: Mapping[str, Written], paths: Iterable[str]) -> dict[str, Written]:
    gone = set(paths)
    return {path: file for path, file in known.items() if path not in gone}


def _written(files: Mapping[str, str], there: Stats) -> dict[str, Written]:
    return {path: Written(sha, there[path].st_size, there[path].st_mtime_ns) for path, sha in files.items()}


def _folders(paths: Iterable[str]) -> set[str]:
    """Those that the files stand in, and those above."""
    found = set[str]()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _content(blob: Blob, path: str, sha: str) -> bytes:
    data = blob(sha)
    if data is None:
        raise OSError(f"the content of {path} is no longer in the cache: build again")
    return data


def _lines(path: Path, head: str) -> list[str]:
    """The lines of one of our files; none if it is missing or not as it was written."""
    try:
        first, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return []
    if first != f"{head} {sha256(body)}".encode():
        return []
    return body.decode("utf-8", "surrogateescape").split("\n")[:-1]
