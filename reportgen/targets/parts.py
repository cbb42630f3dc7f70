"""One entry of another target's map, as a target: its readers are made again only if that entry changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from reportgen.rebuild.target import Reader, Target, TargetResult


def packed(value: object) -> bytes:
    """Canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def in_parts(found: Mapping[str, object]) -> bytes:
    """A map of which each entry is a target, a line each: none is read for its part."""
    return b"\n".join(f"{key}\t".encode() + packed(value) for key, value in sorted(found.items()))


def part_target(name: str, whole: str, key: str) -> Target:
    """`whole` is a target whose value is a map as `in_parts` writes it; null where that has no such key."""

    def make(reader: Reader) -> TargetResult:
        return TargetResult(value=_lines(reader.output(whole)).get(key.encode(), b"null"))

    return Target(name, make)


@lru_cache(maxsize=4)
def _lines(data: bytes) -> Mapping[bytes, bytes]:
    """Split once for all of its entries."""
    return {key: value for key, _, value in (line.partition(b"\t") for line in data.split(b"\n"))}
