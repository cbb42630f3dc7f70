"""A site's pages in, a search index that a browser can read out. Effects: runs pagefind; no files.

Its files are named by their content, and the same pages give the same bytes. Pagefind answers one message at a time,
each JSON in Base64 up to a comma, as its own packages for Node and Python ask it: pages given to it as a folder took
twice the time. The next pages are sent before it has answered, so that it works while they are read.

Pagefind lists filters and their values in the order of its hash tables, which is another one in each run: without
`in_order`, five runs over the shipped site gave five different indexes (only the filters, the meta file and the name of
the meta file differed). A file of the index is gzip of `pagefind_dcd` and CBOR. `filter/<hash>.pf_filter` holds
[name, [[value, [page, …]], …]]; `pagefind.<hash>.pf_meta` holds [version, pages, words, [[filter, hash], …], …];
`pagefind-entry.json` names the latter.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from reportgen.installing import version_of

if TYPE_CHECKING:
    import subprocess

SIGNATURE = b"pagefind_dcd"
AHEAD = 16
"""Pages sent before the first of them is answered: so few that all answers fit into a pipe, lest both sides wait."""
_FILTERS = 3
"""Where a meta file lists its filters."""
_UNUSED = ("ui.css", "ui.js", "pagefind-highlight.js")
"""Pagefind's own page and scripts, in place of which the site has its own."""


class SearchError(Exception):
    """Pagefind could not make an index."""


def search_version() -> str:
    """The version that the index depends on, besides the pages."""
    return version_of("pagefind_bin")


def search_index(pages: Mapping[str, bytes], seen: Callable[[bytes], None] = lambda _: None) -> dict[str, bytes]:
    """Path below search/ -> content. `pages` maps paths below the site to HTML; each is taken once, and told to `seen`.

    Pages without `data-pagefind-body` are not searched. Raises SearchError.
    """
    import subprocess

    from pagefind_bin import get_executable

    command = [str(get_executable()), "--service"]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere) as process:
            pagefind = _Pagefind(process)
            index = pagefind.ask("NewIndex", config={"keep_index_url": True})["index_id"]
            for path in sorted(pages):
                seen(page := pages[path])
                pagefind.send("AddFile", index_id=index, file_path=path, file_contents=page.decode())
                while len(pagefind.waiting) > AHEAD:
                    pagefind.answer()
            while pagefind.waiting:
                pagefind.answer()
            files = pagefind.ask("GetFiles", index_id=index)["files"]
    except OSError as error:
        raise SearchError(f"pagefind ended before its answer: {error}") from error
    # Taken out one by one, for there are megabytes of it.
    contents = {file["path"]: b64decode(file.pop("content")) for file in files}
    return in_order({path: content for path, content in contents.items() if not path.endswith(_UNUSED)})


class _Pagefind:
    """A conversation with pagefind, which answers in the order in which it was asked."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._to, self._from = process.stdin, process.stdout
        self._read = bytearray()
        """What was read beyond the last answer. The last one of all has the whole index, and is copied no further."""
        self.waiting = deque[str]()
        """Kinds of the messages without an answer yet."""

    def send(self, kind: str, **message: Any) -> None:
        """A message, whose answer is not waited for."""
        request = json.dumps({"message_id": 1, "payload": {"type": kind, **message}}).encode()
        self._to.write(b64encode(request) + b",")
        self._to.flush()
        self.waiting.append(kind)

    def answer(self) -> dict[str, Any]:
        """The next answer. Raises SearchError where there is none, or it is a refusal."""
        kind, seen = self.waiting.popleft(), 0
        while (end := self._read.find(b",", seen)) < 0:
            seen = len(self._read)
            if not (part := os.read(self._from.fileno(), 1 << 20)):
                raise SearchError(f"pagefind ended before its answer to {kind}")
            self._read += part
        data = b64decode(memoryview(self._read)[:end])
        del self._read[: end + 1]
        payload: dict[str, Any] = json.loads(data)["payload"]
        if payload["type"] == "Error":
            raise SearchError(f"pagefind could not do {kind}: {payload['message']}")
        return payload

    def ask(self, kind: str, **message: Any) -> dict[str, Any]:
        """A message and its answer."""
        self.send(kind, **message)
        return self.answer()


def in_order(index: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same files with languages, filters and values sorted, and named by their new content."""
    found = dict(index)
    for path in [path for path in found if path.endswith(".pf_meta")]:
        meta, filters = _read(found.pop(path)), []
        for _, hash in meta[_FILTERS]:
            name, values = _read(found.pop(f"filter/{hash}.pf_filter"))
            data = _written([name, sorted(values)])
            filters.append([name, _renamed(hash, data)])
            found[f"filter/{filters[-1][1]}.pf_filter"] = data
        meta[_FILTERS] = sorted(filters)
        data = _written(meta)
        old = path.removeprefix("pagefind.").removesuffix(".pf_meta")
        new = _renamed(old, data)
        found[f"pagefind.{new}.pf_meta"] = data
        entry = found["pagefind-entry.json"]
        found["pagefind-entry.json"] = entry.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
    entries = json.loads(found["pagefind-entry.json"])
    entries["languages"] = dict(sorted(entries["languages"].items()))
    found["pagefind-entry.json"] = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()
    return dict(sorted(found.items()))


def _renamed(old: str, data: bytes) -> str:
    """`en_3359e65` with another hash and the same language."""
    lang, _, hash = old.rpartition("_")
    return f"{lang}_{sha256(data).hexdigest()[: len(hash)]}"


def _read(file: bytes) -> list:  # type: ignore[type-arg]
    data = gzip.decompress(file)
    if not data.startswith(SIGNATURE):
        raise ValueError("not a file of pagefind's")
    value, _ = _decoded(data, len(SIGNATURE))
    assert isinstance(value, list)
    return value


def _written(value: object) -> bytes:
    """Stored, not compressed: these files are small, and versions of zlib compress differently."""
    data = SIGNATURE + _encoded(value)
    packer = zlib.compressobj(0, zlib.DEFLATED, -15)
    head = bytes.fromhex("1f8b08000000000000ff")
    tail = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return head + packer.compress(data) + packer.flush() + tail


def _decoded(data: bytes, at: int) -> tuple[object, int]:
    """A CBOR value of the types that occur (unsigned integer, text, array), and where the next one begins."""
    major, count = data[at] >> 5, data[at] & 31
    at += 1
    if major not in (0, 3, 4) or count > 27:
        raise ValueError(f"a CBOR value of an unknown type: {major}, {count}")
    if count >= 24:
        size = 1 << (count - 24)
        count, at = int.from_bytes(data[at : at + size], "big"), at + size
    if major == 0:
        return count, at
    if major == 3:
        return data[at : at + count].decode(), at + count
    values = []
    for _ in range(count):
        value, at = _decoded(data, at)
        values.append(value)
    return values, at


def _encoded(value: object) -> bytes:
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    assert isinstance(value, list)
    return _head(4, len(value)) + b"".join(map(_encoded, value))


def _head(major: int, count: int) -> bytes:
    if count < 24:
        return bytes([major << 5 | count])
    size = next(n for n in (0, 1, 2, 3) if count < 1 << (8 << n))
    return bytes([major << 5 | 24 + size]) + count.to_bytes(1 << size, "big")
