"""A folder on Linux as a place to publish to: what was put is built beside it, and both change places in one step.

Effects: writes a folder `.NAME.reportgen` beside the place; what stands at the place and is not ours goes over by hard
links, so that it stays what and where it is. Readers see the old site or the new one, whenever the program is killed.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from reportgen.publish.folder import Folder
from reportgen.publish.sending import LIST
from reportgen.publish.targets import TargetError
from reportgen.rebuild.world import naming

_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2)."""
_HERE = -100
"""AT_FDCWD."""


class SwitchingFolder(Folder):
    """A folder that changes all at once. Raises TargetError where it cannot."""

    is_switched = True

    def __init__(self, root: Path) -> None:
        super().__init__(Path(os.path.realpath(root)))
        self._beside = self.root.with_name(f".{self.root.name}.reportgen")
        self._tree, self._mark = self._beside / "tree", self._beside / "switch"
        self._staged: dict[str, Path | bytes | None] = {}
        self._clear()

    def put(self, path: str, local: Path) -> None:
        self._staged[path] = local

    def write(self, path: str, data: bytes) -> None:
        self._staged[path] = data

    def remove(self, path: str) -> None:
        self._staged[path] = None

    def finish(self) -> None:
        try:
            self._build()
            with naming(self._mark):
                self._mark.write_text(_digest(self._tree / LIST), encoding="ascii")
            if self.root.is_dir():
                exchange(self._tree, self.root)
            else:
                os.rename(self._tree, self.root)
        finally:
            self._clear()
        self._staged.clear()

    def _build(self) -> None:
        """The new tree: links to what stays, copies of what is new."""
        self._tree.mkdir(parents=True)
        if self.root.is_dir():
            for folder, name, is_folder in _entries(self.root):
                path = os.path.join(folder, name)
                if is_folder:
                    (self._tree / path).mkdir()
                elif path not in self._staged:
                    os.link(self.root / path, self._tree / path, follow_symlinks=False)
        self._drop_emptied()
        for path, content in self._staged.items():
            if content is None:
                continue
            target = self._tree / path
            if target.is_dir():
                raise TargetError(f"{target.name} is a folder at the place, and a file of the site", "move it away")
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                with naming(target):
                    target.write_bytes(content)
            else:
                shutil.copyfile(content, target)
        if self.root.is_dir():
            for folder, name, is_folder in _entries(self.root):
                if is_folder and (self._tree / folder / name).is_dir():
                    shutil.copystat(self.root / folder / name, self._tree / folder / name)
            shutil.copystat(self.root, self._tree)
            status = self.root.stat()
            with suppress(OSError):
                os.chown(self._tree, status.st_uid, status.st_gid)

    def _drop_emptied(self) -> None:
        """The folders that nothing of ours is left in, if nothing of others is."""
        for path, content in self._staged.items():
            if content is None:
                for folder in _above(path):
                    try:
                        (self._tree / folder).rmdir()
                    except OSError:
                        break

    def _clear(self) -> None:
        """What an earlier run left beside the place: of an old site, what others wrote into it at the last moment."""
        if not self._beside.exists():
            return
        with suppress(OSError, UnicodeDecodeError):
            if self._tree.is_dir() and self._mark.read_text(encoding="ascii") == _digest(self.root / LIST):
                self._save_late()
        shutil.rmtree(self._beside, ignore_errors=True)

    def _save_late(self) -> None:
        """The tree is the old site: what came into it after the new one was built goes over."""
        ours = {line.partition(" ")[2] for line in (self._tree / LIST).read_text("utf-8").splitlines()}
        for folder, name, is_folder in _entries(self._tree):
            path = os.path.join(folder, name)
            if is_folder or path == LIST or path in ours or os.path.lexists(self.root / path):
                continue
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            os.rename(self._tree / path, self.root / path)


def can_switch(root: Path) -> bool:
    """Whether the folder, or one to be made there, can change places with another in one step: tried with two folders
    of our own beside it."""
    place = Path(os.path.realpath(root))
    if sys.platform != "linux" or os.path.ismount(place) or (place.exists() and not place.is_dir()):
        return False
    parent = place.parent
    while not parent.exists():
        parent = parent.parent
    if place.exists() and (place.stat().st_dev != parent.stat().st_dev or _mount(place) != _mount(parent)):
        return False
    trial = parent / f".{place.name}.reportgen-trial"
    try:
        shutil.rmtree(trial, ignore_errors=True)
        for name in ("one", "other"):
            (trial / name).mkdir(parents=True)
        exchange(trial / "one", trial / "other")
    except OSError:
        return False
    finally:
        shutil.rmtree(trial, ignore_errors=True)
    return True


def _mount(folder: Path) -> str:
    """Which mount a folder stands in; one folder mounted into another of the same disk has no other device."""
    number = os.open(folder, os.O_PATH)
    try:
        with open(f"/proc/self/fdinfo/{number}", encoding="ascii") as told:
            return next((line for line in told if line.startswith("mnt_id:")), "")
    except OSError:
        return ""
    finally:
        os.close(number)


def exchange(one: Path, other: Path) -> None:
    """Two folders change places, at once. Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        raise OSError("this system cannot exchange folders")
    if libc.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))


def _entries(root: Path) -> Iterator[tuple[str, str, bool]]:
    """(folder below the root, name, whether it is a folder) of all that stands there, a folder before what is in it."""
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(root / folder) as entries:
            for entry in entries:
                is_folder = stat.S_ISDIR(entry.stat(follow_symlinks=False).st_mode)
                yield folder, entry.name, is_folder
                if is_folder:
                    waiting.append(os.path.join(folder, entry.name))


def _above(path: str) -> Iterator[str]:
    """The folders of a path, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.exists() else "none"
