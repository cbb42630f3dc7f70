"""A target's value that others read entry by entry: they are made again only if the entries that they read change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache


def packed(value: object) -> bytes:
    """Canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def in_parts(found: Mapping[str, bytes]) -> bytes:
    """A map of canonical JSON, a line each: no entry is read for another."""
    return b"\n".join(f"{key}\t".encode() + value for key, value in sorted(found.items()))


def entry_of(data: bytes, key: str) -> bytes:
    """An entry of what `in_parts` wrote; null where it has no such key."""
    return entries(data).get(key, b"null")


@lru_cache(maxsize=4)
def entries(data: bytes) -> Mapping[str, bytes]:
    """What `in_parts` wrote, read back; split once for all entries."""
    lines = (line.partition(b"\t") for line in data.split(b"\n") if line)
    return {key.decode(): value for key, _, value in lines}
