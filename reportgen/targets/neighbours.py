"""What a brief's page links to: the briefs published before and after it, and those that rest on the same facts."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TypedDict

from reportgen.build.target import Made, Reader, Target
from reportgen.render.html import Neighbour
from reportgen.render.listing import Listing, read_listing

MOST = 3
"""Related briefs on a page."""


class Beside(TypedDict, total=False):
    """As `render_html` takes it."""

    before: Neighbour | None
    after: Neighbour | None
    related: tuple[Neighbour, ...]


def neighbours_target(slug: str, slugs: tuple[str, ...]) -> Target:
    """A target of its own, so that a page is made again only if a title that it shows is another."""

    def make(reader: Reader) -> Made:
        reader.record(("published",))
        found = {other: read_listing(reader.output(f"list {other}")) for other in slugs}
        row = sorted(found.values(), key=lambda item: (item.date, item.slug))
        here = next(n for n, item in enumerate(row) if item.slug == slug)
        beside = [row[n] if 0 <= n < len(row) else None for n in (here - 1, here + 1)]
        value = {
            "before": _neighbour(beside[0]),
            "after": _neighbour(beside[1]),
            "related": [_neighbour(item, shared) for item, shared in related(row[here], row)],
        }
        return Made(value=json.dumps(value, ensure_ascii=False, sort_keys=True).encode())

    return Target(f"neighbours {slug}", make)


def related(brief: Listing, others: list[Listing]) -> list[tuple[Listing, int]]:
    """The briefs with most facts in common, and how many; the newer first among equals."""
    shared = [(item, len(set(item.facts) & set(brief.facts))) for item in others if item.slug != brief.slug]
    found = sorted(((item, n) for item, n in shared if n), key=lambda pair: (pair[1], pair[0].date, pair[0].slug))
    return found[::-1][:MOST]


def read_neighbours(data: bytes) -> Beside:
    """A neighbours target's value, read back."""
    value = json.loads(data)
    return {
        "before": Neighbour(**value["before"]) if value["before"] else None,
        "after": Neighbour(**value["after"]) if value["after"] else None,
        "related": tuple(Neighbour(**item) for item in value["related"]),
    }


def _neighbour(item: Listing | None, shared: int = 0) -> dict[str, object] | None:
    return asdict(Neighbour(item.slug, item.title, shared, item.lang)) if item else None
