"""One entry of another target's map, as a target: its readers are made again only if that entry changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from reportgen.rebuild.target import Reader, Target, TargetResult


def packed(value: object) -> bytes:
    """Canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def part_target(name: str, whole: str, key: str) -> Target:
    """`whole` is a target whose value is a JSON map; null where that has no such key."""

    def make(reader: Reader) -> TargetResult:
        return TargetResult(value=packed(_parsed(reader.output(whole)).get(key)))

    return Target(name, make)


@lru_cache(maxsize=4)
def _parsed(data: bytes) -> Mapping[str, object]:
    """Read once for all of its entries."""
    found: Mapping[str, object] = json.loads(data)
    return found
