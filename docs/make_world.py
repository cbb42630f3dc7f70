"""Makes reportgen/load/world.json, the borders of `geometry: world`, out of Natural Earth's.

    npm pack world-atlas@2.0.2
    python docs/make_world.py world-atlas-2.0.2.tgz

Natural Earth (naturalearthdata.com) is in the public domain. The package world-atlas holds its countries in version
4.1, at 1:50m, as arcs that neighbours share. Each arc is thinned on its own, so that neighbours still meet, and what is
left is written in hundredths of a degree, an area a line: `"FR/GF"` is French Guiana, which is drawn as a part of
France where no row names it. Borders go on beyond the date line, so that no country is torn there. Run with the
repository's root on PYTHONPATH.
"""

from __future__ import annotations

import json
import math
import sys
import tarfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

from reportgen.charts.thinning import kept_points

TARGET = Path(__file__).resolve().parents[1] / "reportgen" / "load" / "world.json"
UNIT = 100
"""Steps of a degree."""
TOLERANCE = 0.06
"""Degrees that a border may lie from its place: half a pixel where a page shows 70 degrees."""
ISLAND = 0.03
"""Square degrees: lesser islands are left out, unless they are the largest of their country."""
WEST = -171.3
"""Where the map of the whole Earth begins: west of Alaska and east of Samoa."""
NAMED = {"Kosovo": "XK", "N. Cyprus": "N. Cyprus", "Somaliland": "Somaliland", "Siachen Glacier": "Siachen Glacier"}
"""Areas to which ISO has given no code: the users' own code XK, else Natural Earth's name."""
APART = {
    "FR": {"GF": (-55, 2, -51, 6), "GP": (-62, 15.8, -61, 16.6), "MQ": (-61.3, 14.3, -60.7, 15),
           "RE": (55, -22, 56, -20), "YT": (44.9, -13.1, 45.4, -12.5)},
    "NO": {"SJ": (-10, 70.5, 40, 82)},
    "NL": {"BQ": (-69, 12, -62, 18)},
    "Indian Ocean Ter.": {"CX": (105, -11, 106, -10), "CC": (96, -13, 98, -11)},
}  # fmt: skip
"""Country -> what has a code of its own there, by the box that it lies in: west, south, east, north."""
FINER = ("GI", "TV")
"""Countries that are not in 1:50m, taken from 1:10m."""

Ring = list[tuple[float, float]]


def main() -> None:
    areas = dict(countries(sys.argv[1], "50m"))
    areas |= {code: rings for code, rings in countries(sys.argv[1], "10m") if code in FINER}
    lines = [
        f"{json.dumps(code)}:{json.dumps([*steps(rings)], separators=(',', ':'))}" for code, rings in parted(areas)
    ]
    TARGET.write_text("{" + ",\n".join(sorted(lines)) + "}\n", encoding="utf-8")


def countries(package: str, scale: str) -> Iterator[tuple[str, list[Ring]]]:
    """Code and thinned borders of each country."""
    with tarfile.open(package) as archive:
        file = archive.extractfile(f"package/countries-{scale}.json")
        assert file is not None
        given: dict[str, Any] = json.load(file)
    arcs = [thinned(arc) for arc in unpacked(given)]
    found: dict[str, list[Ring]] = {}
    for country in given["objects"]["countries"]["geometries"]:
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country.get("arcs", [])
        code = code_of(country.get("id"), country["properties"]["name"])
        rings = (joined(arcs, ring) for polygon in polygons for ring in polygon)
        # What reaches the pole is Antarctica's border on the plane, and none on the Earth.
        found.setdefault(code, []).extend(ring for ring in rings if max(y for _, y in ring) > -89)
    yield from found.items()


def code_of(number: str | None, name: str) -> str:
    return get_global("territory_aliases")[number][0] if number else NAMED.get(name, name)


def unpacked(given: dict[str, Any]) -> Iterator[Ring]:
    (sx, sy), (tx, ty) = given["transform"]["scale"], given["transform"]["translate"]
    for arc in given["arcs"]:
        x = y = 0
        places = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            places.append((x * sx + tx, y * sy + ty))
        yield places


def thinned(arc: Ring) -> Ring:
    """The points of a border without which it would lie elsewhere; a ring is parted where it is furthest from its
    beginning."""
    arc = unrolled(arc)
    squeeze = max(0.2, math.cos(math.radians(sum(y for _, y in arc) / len(arc))))
    flat = [(x * squeeze, y) for x, y in arc]
    if arc[0] != arc[-1]:
        return [arc[n] for n in kept_points(flat, TOLERANCE, few=2)]
    far = max(range(len(flat)), key=lambda n: math.dist(flat[0], flat[n]))
    there, back = (kept_points(part, TOLERANCE, few=2) for part in (flat[: far + 1], flat[far:]))
    return [arc[n] for n in (*there, *(far + n for n in back[1:]))]


def joined(arcs: list[Ring], indices: list[int]) -> Ring:
    """A border of its arcs, of which those below nought are gone back along."""
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    ring = unrolled(ring)
    if abs(ring[0][0] - ring[-1][0]) > 180:  # Antarctica: around the pole
        ring = around_the_pole(ring)
    middle = (min(x for x, _ in ring) + max(x for x, _ in ring)) / 2
    turn = 360 * math.ceil((WEST - middle) / 360)
    return [(x + turn, y) for x, y in ring]


def unrolled(places: Ring) -> Ring:
    """Places that go on beyond the date line, in place of leaping to its other side."""
    found = [places[0]]
    for x, y in places[1:]:
        found.append((x - 360 * round((x - found[-1][0]) / 360), y))
    return found


def around_the_pole(ring: Ring) -> Ring:
    """A border that goes once around the Earth, begun where the map begins, and closed along its lower edge."""
    first = min(range(len(ring) - 1), key=lambda n: (ring[n][0] - WEST) % 360)
    turned = unrolled([*ring[first:-1], *ring[: first + 1]])
    turned = turned if turned[0][0] < turned[-1][0] else turned[::-1]
    turned = [(min(max(x, WEST), WEST + 360), y) for x, y in turned]  # capes on either side of the edge
    return [*turned, (turned[-1][0], -90.0), (turned[0][0], -90.0), turned[0]]


def parted(areas: dict[str, list[Ring]]) -> Iterator[tuple[str, list[Ring]]]:
    """Countries without what has a code of its own there."""
    for code, rings in areas.items():
        rest = rings
        for part, (west, south, east, north) in APART.get(code, {}).items():
            inside = [r for r in rest if all(west <= x <= east and south <= y <= north for x, y in r)]
            assert inside, part
            rest = [r for r in rest if r not in inside]
            yield (f"{code}/{part}" if len(code) == 2 else part), inside
        if rest:
            yield code, rest


def steps(rings: list[Ring]) -> Iterator[list[int]]:
    """Borders as their first point and the steps from each to the next."""
    largest = max(rings, key=size)
    for ring in rings:
        if size(ring) < ISLAND and ring is not largest:
            continue
        places = [(round(x * UNIT), round(y * UNIT)) for x, y in ring[:-1]]
        kept = [places[0], *(after for before, after in pairwise(places) if after != before)]
        if len(kept) < 3:  # less than a step across
            x, y = kept[0]
            kept = [(x - 1, y), (x, y + 1), (x + 1, y), (x, y - 1)]
        ends = [(0, 0), *kept]
        yield [step for (x0, y0), (x1, y1) in pairwise(ends) for step in (x1 - x0, y1 - y0)]


def size(ring: Ring) -> float:
    """In square degrees at the equator."""
    squeeze = math.cos(math.radians(ring[0][1]))
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))) / 2 * squeeze


if __name__ == "__main__":
    main()
