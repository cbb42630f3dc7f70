"""What a user names as a target in; the place to publish to out. Effects of opening it: git or a service may be asked.

| TARGET | place |
|---|---|
| `public`, `../www`, `C:\\\\www` | a folder |
| `git:gh-pages`, `git:gh-pages@upstream` | a branch, pushed to `origin` (if there is one) or to that remote |
| `s3://bucket/path`, `sftp://host/path`, … | any address that fsspec opens |
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from reportgen.late_patterns import regex
from reportgen.publish.sending import Destination

_ADDRESS = regex(r"[a-z][a-z0-9+.-]+(://|::)", re.IGNORECASE)


class TargetError(Exception):
    """Nothing can be published there."""

    def __init__(self, problem: str, hint: str | None) -> None:
        self.problem = problem
        self.hint = hint
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class FolderTarget:
    path: str


@dataclass(frozen=True, slots=True)
class BranchTarget:
    branch: str
    remote: str | None
    """None: `origin`, if there is one."""


@dataclass(frozen=True, slots=True)
class AddressTarget:
    url: str


def read_target(text: str) -> FolderTarget | BranchTarget | AddressTarget:
    """Raises TargetError."""
    if text.startswith("git:") and not text.startswith("git://"):
        branch, at, remote = text.removeprefix("git:").rpartition("@") if "@" in text else (text[4:], "", "")
        if not branch or (at and not remote):
            raise TargetError(f"{text} names no branch", "write it like git:gh-pages or git:gh-pages@origin")
        return BranchTarget(branch, remote or None)
    if _ADDRESS.match(text):
        return AddressTarget(text)
    if not text.strip():
        raise TargetError("the target is empty", "name a folder, a branch (git:gh-pages) or an address (s3://…)")
    return FolderTarget(text)


def open_place(target: FolderTarget | BranchTarget | AddressTarget, root: Path, site: Path) -> Destination:
    """`root` is the project's folder, whose repository is meant; `site` is what will be sent. Raises TargetError."""
    match target:
        case FolderTarget(path=path):
            return _folder(Path(path), path, root, site)
        case BranchTarget(branch=branch, remote=remote):
            from reportgen.publish.branch import Branch

            return Branch(root, branch, _origin(root) if remote is None else remote)
        case AddressTarget(url=url):
            if local := _local(url):
                return _folder(local, url, root, site)
            from reportgen.publish.address import Address

            return Address(url)


def _folder(place: Path, told: str, root: Path, site: Path) -> Destination:
    from reportgen.publish.folder import Folder
    from reportgen.publish.switching import SwitchingFolder, can_switch

    there, here = place.resolve(), site.resolve()
    if there == here or here in there.parents or there in here.parents:
        raise TargetError(f"{told} and the built site {site} lie one inside the other", "name another folder")
    for name in ("content", "templates"):
        own = (root / name).resolve()
        if own == there or own in there.parents or there in own.parents:
            raise TargetError(
                f"{told} is where the project's own {name}/ stands", "name another folder, such as ../www"
            )
    if there.exists() and not there.is_dir():
        raise TargetError(f"{told} is a file", "name a folder")
    return SwitchingFolder(place) if can_switch(place) else Folder(place)


def _local(url: str) -> Path | None:
    """The folder of this machine that a file:// address names."""
    parts = urlsplit(url)
    if parts.scheme not in ("file", "local") or parts.netloc not in ("", "localhost"):
        return None
    return Path(url2pathname(parts.path))


def _origin(root: Path) -> str:
    done = subprocess.run(["git", "remote"], cwd=root, capture_output=True, text=True, check=False)
    return "origin" if "origin" in done.stdout.split() else ""
