"""Texts by key, kept from build to build. Owns one file, which may be deleted at any time: the worst that follows is
work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.rebuild.digest import sha256

FORMAT = "reportgen-kept 1"
CAP = 16 * 1024**2
"""Characters that the texts may take up."""


class KeptTexts:
    """`<path>`: a line `reportgen-kept 1 <SHA-256 of the rest>`, then lines `<key> <text>`, the latest used first.

    Keys hold no space, and texts no line end. What cannot be read counts as not there.
    """

    def __init__(self, path: Path, cap: int = CAP) -> None:
        self._path = path
        self._cap = cap
        self._before = _read(path)
        self._used: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """The text under a key; None where there is none."""
        text = self._used.get(key) or self._before.get(key)
        if text is not None:
            self._used[key] = text
        return text

    def put(self, key: str, text: str) -> None:
        """Keep a text."""
        self._used[key] = text

    def save(self) -> None:
        """Write what was used, and of the rest what was used last; nothing where nothing came to it."""
        if self._used.keys() <= self._before.keys():
            return
        lines, size = [], 0
        for key, text in (self._used | self._before).items():  # the order is that of first standing there
            size += len(key) + len(text) + 2
            if size > self._cap:
                break
            lines.append(f"{key} {text}\n")
        body = "".join(lines).encode("ascii")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(self._path.name + ".tmp")
        fresh.write_bytes(f"{FORMAT} {sha256(body)}\n".encode() + body)
        os.replace(fresh, self._path)


@contextmanager
def kept(path: Path) -> Iterator[KeptTexts]:
    """The texts of a file; what comes to them is written at the end."""
    texts = KeptTexts(path)
    yield texts
    texts.save()


def _read(path: Path) -> dict[str, str]:
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return {}
    if head != f"{FORMAT} {sha256(body)}".encode():
        return {}
    return dict(line.split(" ", 1) for line in body.decode("ascii").splitlines())
