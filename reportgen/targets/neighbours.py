"""What a brief's page links to: the briefs published before and after it, and those that rest on the same facts."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict

from reportgen.model.brief import tongue_of
from reportgen.pages.html import Neighbour, Neighbours
from reportgen.pages.listing import BriefListing, read_listings
from reportgen.rebuild.parts import in_parts, packed
from reportgen.rebuild.target import Reader, Target, TargetResult

MOST = 3
"""Related briefs on a page."""


BESIDE = "beside"
"""The target that has the neighbours of all briefs, by slug."""


def neighbours_target() -> Target:
    """All neighbours are found at once; each brief's page reads its own."""

    def make(reader: Reader) -> TargetResult:
        briefs = [item for item in read_listings(reader.output("listings")) if not item.is_page]
        beside = _beside([item for item in briefs if not tongue_of(item.slug)])
        for tongue in sorted({tongue_of(item.slug) for item in briefs} - {""}):
            spoken = _beside([item for item in briefs if item.lang == tongue])
            beside |= {slug: found for slug, found in spoken.items() if tongue_of(slug)}
        return TargetResult(value=in_parts({slug: packed(found) for slug, found in beside.items()}))

    return Target(BESIDE, make)


def _beside(briefs: Sequence[BriefListing]) -> dict[str, object]:
    """Slug -> the neighbours of a brief among these."""
    row = sorted(briefs, key=lambda item: (item.date, item.slug))
    shared = related(row)
    return {
        item.slug: {
            "before": _neighbour(row[n - 1]) if n else None,
            "after": _neighbour(row[n + 1]) if n + 1 < len(row) else None,
            "related": [_neighbour(other, count) for other, count in shared[item.slug]],
        }
        for n, item in enumerate(row)
    }


def related(briefs: Sequence[BriefListing]) -> dict[str, list[tuple[BriefListing, int]]]:
    """Slug -> the briefs with most facts in common, and how many; the newer first among equals."""
    by_slug = {item.slug: item for item in briefs}
    resting: dict[str, set[str]] = defaultdict(set)
    for item in briefs:
        for fact in item.facts:
            resting[fact].add(item.slug)
    found = {}
    for item in briefs:
        shared = Counter(slug for fact in set(item.facts) for slug in resting[fact] if slug != item.slug)
        ranked = sorted(((n, by_slug[slug].date, slug) for slug, n in shared.items()), reverse=True)
        found[item.slug] = [(by_slug[slug], n) for n, _, slug in ranked[:MOST]]
    return found


def read_neighbours(data: bytes) -> Neighbours:
    """One brief's, read back."""
    value = json.loads(data)
    if value is None:
        return Neighbours()
    return Neighbours(
        Neighbour(**value["before"]) if value["before"] else None,
        Neighbour(**value["after"]) if value["after"] else None,
        tuple(Neighbour(**item) for item in value["related"]),
    )


def _neighbour(item: BriefListing, shared: int = 0) -> dict[str, object]:
    return asdict(Neighbour(item.slug, item.title, shared, item.lang))
