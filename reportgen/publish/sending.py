"""A finished site and a place in; the place brought up to it: only what changed is sent. Effects: those of the place.

A place keeps a list of what was sent there, `.reportgen-published`: a line `reportgen-published 2 <SHA-256 of the
rest>`, then lines `<sha256> <path>`, with `<old>:<new>` for a file that was being sent or removed when the list was
written, and `-` for none. It is written before anything else is touched, so that the next run after an interruption
knows what is ours; nothing else at the place is ever removed or overwritten. An older list, `reportgen-published 1`,
has no checksum, and `-` for a file whose content is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Protocol

LIST = ".reportgen-published"
HEAD = "reportgen-published 2"
OLD_HEAD = "reportgen-published 1"
UNKNOWN = "-"
CHECKPOINT = 50
"""After so many files the list is written anew, so that an interruption costs little."""


class Destination(Protocol):
    """Where a site goes, file by file."""

    is_switched: bool
    """Whether readers see all of it at once, at `finish`."""

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
    is_healed: bool = False
    """Whether the place's list was damaged, and is written anew from what stands there."""

    @property
    def changed(self) -> tuple[str, ...]:
        return (*self.send, *self.remove)

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
    there, is_damaged = known_files(place, files)
    planned = replace(plan_sending(files, there), is_healed=is_damaged)
    new = [path for path in planned.send if path not in there]
    standing = place.standing() if new else frozenset()
    foreign = tuple(path for path in new if path in standing and place.read(path) != (site / path).read_bytes())
    if foreign:
        raise ObstacleError(foreign)
    if dry_run or planned.nothing:
        if not dry_run and is_damaged:
            write_list(place, there)
            place.finish()
        return planned
    state = there | {path: f"{there.get(path, UNKNOWN)}:{files.get(path, UNKNOWN)}" for path in planned.changed}
    write_list(place, state)
    try:
        for number, (step, path) in enumerate(_steps(planned), start=1):
            progress(step, path)
            if step == "send":
                place.put(path, site / path)
                state[path] = files[path]
            else:
                place.remove(path)
                del state[path]
            if number % CHECKPOINT == 0:
                write_list(place, state)
    except BaseException:
        # Record what was done, if the place can still be reached; else the list written at the beginning remains.
        with suppress(Exception):
            write_list(place, state)
        raise
    write_list(place, state)
    place.finish()
    return planned


def _steps(planned: Sending) -> Iterator[tuple[str, str]]:
    """What is done, in order: what stands in the way of something new goes before it, all else that goes comes last."""
    sent = {path.casefold() for path in planned.send}
    folders = {"/".join(parts[:n]) for parts in (path.split("/") for path in sent) for n in range(1, len(parts))}

    def is_in_the_way(path: str) -> bool:
        # The same name on file systems that ignore case; a file that becomes a folder, and the reverse.
        folded = path.casefold()
        parts = folded.split("/")
        return folded in sent or folded in folders or any("/".join(parts[:n]) in sent for n in range(1, len(parts)))

    first = [path for path in planned.remove if is_in_the_way(path)]
    yield from (("remove", path) for path in first)
    yield from (("send", path) for path in planned.send)
    yield from (("remove", path) for path in planned.remove if path not in first)


def known_files(place: Destination, site: Mapping[str, str]) -> tuple[dict[str, str], bool]:
    """What we sent to a place, path -> SHA-256, and whether its list is damaged.

    Of a file that was under way when its list was written, and of all where the list is damaged, only what equals the
    old or the new site is ours.
    """
    listed, is_damaged = read_list(place)
    doubtful = [path for path, sha in listed.items() if is_damaged or ":" in sha]
    if is_damaged:
        doubtful += [path for path in site if path not in listed]
    known = {path: sha for path, sha in listed.items() if not is_damaged and ":" not in sha}
    standing = place.standing() if doubtful else frozenset()
    for path in doubtful:
        here = place.read(path) if path in standing else None
        sha = sha256(here).hexdigest() if here is not None else ""
        if sha and sha in (*listed.get(path, "").split(":"), site.get(path)):
            known[path] = sha
    return known, is_damaged


def read_list(place: Destination) -> tuple[dict[str, str], bool]:
    """What we sent there, path -> SHA-256, or `old:new` of a file that was under way; nothing where we never were. And
    whether the list is another than the one we wrote."""
    data = place.read(LIST)
    if data is None:
        return {}, False
    head, _, body = data.partition(b"\n")
    is_whole = head in (OLD_HEAD.encode(), f"{HEAD} {sha256(body).hexdigest()}".encode())
    pairs = (line.partition(" ") for line in body.decode("utf-8", "replace").splitlines())
    # What is removed is read from here: nobody who writes to the place may lead us out of it.
    found = {path: sha for sha, _, path in pairs if path and not {"", ".", ".."} & set(path.split("/"))}
    return found, not is_whole


def write_list(place: Destination, state: Mapping[str, str]) -> None:
    """Replace the list at the place."""
    body = "".join(f"{sha} {path}\n" for path, sha in sorted(state.items())).encode()
    place.write(LIST, f"{HEAD} {sha256(body).hexdigest()}\n".encode() + body)
