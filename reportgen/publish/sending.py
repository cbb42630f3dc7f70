"""A finished site and a place in; the place brought up to it: only what changed is sent. Effects: those of the place.

A place keeps a list of what was sent there, `.reportgen-published`: a line `reportgen-published 1`, then lines
`<sha256> <path>`, with `-` for a file whose content is not known: it was being sent or removed when the list
was written. It is written before anything else is touched, so that the next run after an interruption knows what
is ours; nothing else at the place is ever removed or overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

LIST = ".reportgen-published"
HEAD = "reportgen-published 1"
UNKNOWN = "-"
CHECKPOINT = 50
"""After so many files the list is written anew, so that an interruption costs little."""


class Destination(Protocol):
    """Where a site goes, file by file."""

    def standing(self) -> frozenset[str]:
        """Paths of all files there, ours and others'."""

    def read(self, path: str) -> bytes | None:
        """A file there, or None."""

    def put(self, path: str, local: Path) -> None:
        """A file, whole or not at all, its folders with it."""

    def write(self, path: str, data: bytes) -> None:
        """The same for content that is not a local file."""

    def remove(self, path: str) -> None:
        """Gone, whether or not it was there, and the folders that it leaves empty."""

    def finish(self) -> None:
        """Makes what was done visible, where that is a step of its own."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What brings a place up to date."""

    send: tuple[str, ...]
    """In the order in which it is safe: what pages use before the pages."""
    remove: tuple[str, ...]
    kept: int
    """Files that the place has already."""

    @property
    def nothing(self) -> bool:
        return not self.send and not self.remove


class ObstacleError(Exception):
    """Files of somebody else stand where ours would go."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        self.paths = paths
        super().__init__(f"{len(paths)} files in the way")


def plan_sending(site: Mapping[str, str], there: Mapping[str, str]) -> Sending:
    """`site` and `there` map paths to SHA-256. Pure."""
    send = tuple(sorted((path for path, sha in site.items() if there.get(path) != sha), key=turn))
    return Sending(send, tuple(sorted(there.keys() - site)), len(site) - len(send))


def turn(path: str) -> tuple[int, int, str]:
    """Sort key for sending: files that pages use, then pages from the deepest up, then feeds and sitemap."""
    depth = -path.count("/")
    if path in ("feed.xml", "sitemap.xml", "robots.txt"):
        return (4, depth, path)
    if path.endswith(".html"):
        return (3 if path == "index.html" else 2, depth, path)
    if path == "search/pagefind-entry.json":  # Names the index's files, as a page names its pictures.
        return (1, depth, path)
    return (0, depth, path)


def send(
    site: Path,
    files: Mapping[str, str],
    place: Destination,
    *,
    dry_run: bool = False,
    progress: Callable[[str, str], None] = lambda _step, _path: None,
) -> Sending:
    """Brings `place` up to the `files` (path -> SHA-256) of the folder `site`.

    Raises ObstacleError before anything is touched, and what the place raises; then the next call goes on from there.
    """
    there = read_list(place)
    planned = plan_sending(files, there)
    new = [path for path in planned.send if path not in there]
    standing = place.standing() if new else frozenset()
    foreign = tuple(path for path in new if path in standing and place.read(path) != (site / path).read_bytes())
    if foreign:
        raise ObstacleError(foreign)
    if dry_run or planned.nothing:
        return planned
    state = there | dict.fromkeys((*planned.send, *planned.remove), UNKNOWN)
    write_list(place, state)
    try:
        for number, path in enumerate(planned.send, start=1):
            progress("send", path)
            place.put(path, site / path)
            state[path] = files[path]
            if number % CHECKPOINT == 0:
                write_list(place, state)
        for path in planned.remove:
            progress("remove", path)
            place.remove(path)
            del state[path]
    except BaseException:
        # Record what was done, if the place can still be reached; else the list written at the beginning remains.
        with suppress(Exception):
            write_list(place, state)
        raise
    write_list(place, state)
    place.finish()
    return planned


def read_list(place: Destination) -> dict[str, str]:
    """What we sent there, path -> SHA-256; nothing where we never were."""
    data = place.read(LIST)
    lines = data.decode().splitlines() if data else []
    if not lines or lines[0] != HEAD:
        return {}
    pairs = (line.partition(" ") for line in lines[1:])
    # What is removed is read from here: nobody who writes to the place may lead us out of it.
    return {path: sha for sha, _, path in pairs if path and not {"", ".", ".."} & set(path.split("/"))}


def write_list(place: Destination, state: Mapping[str, str]) -> None:
    """Replace the list at the place."""
    lines = [HEAD, *(f"{sha} {path}" for path, sha in sorted(state.items()))]
    place.write(LIST, "".join(f"{line}\n" for line in lines).encode())
