"""Pagefind's index in, the same index in one order out: it lists filters and their values as its hash tables hold them,
another way each time. Pure.

A file is gzip of `pagefind_dcd` and CBOR. `filter/<hash>.pf_filter` holds [name, [[value, [page, …]], …]];
`pagefind.<hash>.pf_meta` holds [version, pages, words, [[filter, hash], …], …]; `pagefind-entry.json` names the latter.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from hashlib import sha256

SIGNATURE = b"pagefind_dcd"
_FILTERS = 3
"""Where a meta file lists its filters."""


def in_order(index: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with filters and values sorted, and named by what they hold now."""
    found = dict(index)
    entry = found.get("pagefind-entry.json", b"")
    for path in [path for path in found if path.endswith(".pf_meta")]:
        meta, filters = _read(found.pop(path)), []
        for name, hash in meta[_FILTERS]:
            values = _read(found.pop(f"filter/{hash}.pf_filter"))
            data = _written([values[0], sorted(values[1])])
            renamed = _renamed(hash, data)
            found[f"filter/{renamed}.pf_filter"] = data
            filters.append([name, renamed])
        meta[_FILTERS] = sorted(filters)
        data = _written(meta)
        old = path.removeprefix("pagefind.").removesuffix(".pf_meta")
        found[f"pagefind.{_renamed(old, data)}.pf_meta"] = data
        entry = entry.replace(f'"{old}"'.encode(), f'"{_renamed(old, data)}"'.encode())
    if entry:
        found["pagefind-entry.json"] = entry
    return dict(sorted(found.items()))


def _renamed(old: str, data: bytes) -> str:
    """`en_3359e65` with another hash: the language stays."""
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
    """Stored, not compressed: these files are small, and every zlib compresses in its own way."""
    data = SIGNATURE + _encoded(value)
    packer = zlib.compressobj(0, zlib.DEFLATED, -15)
    head = bytes.fromhex("1f8b08000000000000ff")
    tail = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return head + packer.compress(data) + packer.flush() + tail


def _decoded(data: bytes, at: int) -> tuple[object, int]:
    """A CBOR value of the kinds that occur: counts, texts and lists."""
    major, short = data[at] >> 5, data[at] & 31
    at += 1
    if short < 24:
        count = short
    elif short <= 27:
        size = 1 << (short - 24)
        count, at = int.from_bytes(data[at : at + size], "big"), at + size
    else:
        raise ValueError("a CBOR value of no known length")
    if major == 0:
        return count, at
    if major == 3:
        return data[at : at + count].decode(), at + count
    if major == 4:
        values = []
        for _ in range(count):
            value, at = _decoded(data, at)
            values.append(value)
        return values, at
    raise ValueError(f"a CBOR value of another kind: {major}")


def _encoded(value: object) -> bytes:
    if isinstance(value, int):
        return _counted(0, value)
    if isinstance(value, str):
        return _counted(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return _counted(4, len(value)) + b"".join(map(_encoded, value))
    raise TypeError(type(value))


def _counted(major: int, count: int) -> bytes:
    if count < 24:
        return bytes([major << 5 | count])
    size = next(n for n in (0, 1, 2, 3) if count < 1 << (8 << n))
    return bytes([major << 5 | 24 + size]) + count.to_bytes(1 << size, "big")
