"""A panel in, its map drawn on a canvas: areas shaded by value, or points whose areas are in proportion to it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from reportgen.charts.axes import Scale, Tick, clean, nice_step, number_ticks
from reportgen.charts.canvas import Box, Canvas, Frame
from reportgen.charts.data import GRID, HEAT, INK, INK2, NUMBER, PAPER, REST, C, DataPoint, key_of, words_mark
from reportgen.charts.map_view import MapView, Spot, clipped, location, view_of
from reportgen.charts.panel import Panel, colour_of, hover, legend, marks_data, measured_heading, size_key
from reportgen.charts.projection import Projection
from reportgen.charts.text import number_text, text_width
from reportgen.charts.thinning import kept_points
from reportgen.language.phrases import Furniture
from reportgen.model.figure import Datum, EvaluatedFigure

TALLEST = 1.1
"""Height of a map, as a share of its width."""
FLATTEST = 0.45
"""Of a part of the Earth whose areas go on beyond it."""
SEEN = 4.0
"""px: an area with a row that is smaller is drawn as a dot."""
DOT = 3.5
"""Its radius in px."""
STRIPES = "#C3CCD2"
"""Of what has no value, which may be most of a map."""
LARGEST = 20.0
"""Radius in px of the largest point."""


@dataclass(frozen=True, slots=True)
class _DrawnRegion:
    """A shape on the canvas."""

    name: str
    rings: tuple[tuple[Spot, ...], ...]
    box: Box
    dot: Spot | None = None
    """Where a dot stands for it, which is too small to be seen."""

    def holds(self, x: float, y: float) -> bool:
        """Whether a position lies in it."""
        inside = False
        for ring in self.rings:
            for (ax, ay), (bx, by) in pairwise((*ring, ring[0])):
                if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                    inside = not inside
        return inside


def draw_map(canvas: Canvas, panel: Panel) -> float:
    """Draws the areas, and points where the chart has them; returns the bottom."""
    pointed = bool(panel.figure.lat)
    points = {key_of(point.category): point for point in panel.points}
    edges = () if pointed else class_edges(panel)
    view = view_of(panel.figure)
    top = panel.top if panel.compact else _legend(canvas, panel, view, edges)
    placed, areas, box = _laid(panel, view, top)
    bottom = box.bottom
    # One pair of axes in px, so that borders lie where they were laid out.
    frame = canvas.frame(box, Scale(box.left, box.right, box.left, box.right), Scale(bottom, top, bottom, top))
    for area in sorted(areas, key=lambda area: panel.highlights(_named(points, area)) and not pointed):
        _fill(canvas, panel, frame, area, None if pointed else points.get(area.name), edges)
    if view.cut:
        canvas.shape("rect", box, fill="rgba(0,0,0,0)", line=REST, width=0.75)
    if pointed:
        _points(canvas, panel, frame, placed)
    else:
        _name_areas(canvas, panel, areas, points, edges)
    return bottom + 4


def draw_map_legend(canvas: Canvas, panel: Panel) -> float:
    """What the shades or sizes of all small multiples mean; returns where they may begin."""
    return _legend(canvas, panel, view_of(panel.figure), () if panel.figure.lat else class_edges(panel))


def class_edges(panel: Panel) -> tuple[float, ...]:
    """Round values between the shades, at most five of them, the least and the greatest at the ends; one value alone
    is an edge."""
    values = [point.y for point in panel.reading.measured() if point.y is not None]
    low, high = min(values, default=0.0), max(values, default=0.0)
    if low == high:
        return (low,) if values else ()
    if panel.figure.log and low > 0:
        first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
        step = max(1, math.ceil((last - first) / len(HEAT)))
        return tuple(10.0**power for power in range(first, last + step, step))
    for count in range(len(HEAT), 0, -1):
        size = float(nice_step(high - low, count))
        first, last = math.floor(round(low / size, 9)), math.ceil(round(high / size, 9))
        if last - first <= len(HEAT):
            return tuple(size * n for n in range(first, last + 1))
    return (low, high)


def _shade(value: float, edges: Sequence[float]) -> int:
    """Index of a value's colour: the shades are spread over as many classes as there are."""
    classes = len(edges) - 1
    if classes < 1:
        return 2
    number = min(classes - 1, sum(value >= edge for edge in edges[1:]))
    return round(number * (len(HEAT) - 1) / max(1, classes - 1)) if classes > 1 else 2


# Legends


def _legend(canvas: Canvas, panel: Panel, view: MapView, edges: Sequence[float]) -> float:
    top = panel.top
    if panel.figure.lat:
        if panel.several:
            top = legend(canvas, panel, top, "dot")
        return _sizes(canvas, panel, top) if panel.figure.size else top
    return _shades(canvas, panel, edges, top, _bare(panel, view))


def _shades(canvas: Canvas, panel: Panel, edges: Sequence[float], top: float, bare: bool) -> float:
    """Boxes in the shades, the values between them below, and what has no value beside or below."""
    top = measured_heading(canvas, panel, top)
    ticks = _edge_ticks(panel, edges)
    count = max(1, len(edges) - 1)
    missing = _bare_words(panel.figure)
    room = text_width(missing, 13) + 26 if bare else 0.0
    widest = max((text_width(tick.text, 13) for tick in ticks), default=0) + 10
    wide = max(widest, min(60.0, (panel.width - (0 if panel.narrow else room) - widest) / count))
    left = panel.left + (text_width(ticks[0].text, 13) / 2 if len(ticks) > 1 else 0)
    right = left
    # Where the values would not fit beside each other, every second stands a line below.
    room_for_all = panel.right - left - (text_width(ticks[-1].text, 13) / 2 if ticks else 0)
    two_lines = len(ticks) > 1 and wide * count > room_for_all
    wide = room_for_all / count if two_lines else wide
    if edges:
        for number in range(count):
            middle = (edges[number] + edges[number + 1]) / 2 if len(edges) > 1 else edges[0]
            box = Box(left + wide * number, top, left + wide * (number + 1), top + 12)
            canvas.shape("rect", box, fill=HEAT[_shade(middle, edges)], line=REST, width=0.75)
        right = left + wide * count
        for number, tick in enumerate(ticks):
            x = left + wide * (number if len(ticks) > 1 else 0.5)
            y = top + (40 if two_lines and number % 2 else 23)
            canvas.text(tick.text, x, y, size=13, colour=INK2, anchor="center", mark=tick.mark)
            right = max(right, x + text_width(tick.text, 13) / 2)
        top += 51 if two_lines else 34
    if room:
        beside = bool(edges) and right + 20 + room <= panel.right
        x, y = (right + 20, top - (45 if two_lines else 28)) if beside else (panel.left, top + 8)
        _no_value(canvas, Box(x, y - 6, x + 18, y + 6))
        canvas.text(missing, x + 24, y, size=13, colour=INK2)
        top += 0 if beside else 20
    return top + 6


def _edge_ticks(panel: Panel, edges: Sequence[float]) -> tuple[Tick, ...]:
    """The words of the edges, of which the last has the unit; the value itself where there is but one."""
    if len(edges) < 2:
        return tuple(Tick(point.y or 0, point.value.text, point.mark) for point in panel.reading.measured()[:1])
    lang = panel.figure.lang
    if not panel.figure.log or edges[0] <= 0:
        return number_ticks(edges[0], edges[-1], len(edges) - 1, lang, panel.reading.affix)
    powers = (Fraction(edge).limit_denominator(10**12) for edge in edges)
    return tuple(Tick(float(power), number_text(power, len(str(power.denominator)) - 1, lang)) for power in powers)


def _bare(panel: Panel, view: MapView) -> bool:
    """Whether an area that is shown has no value."""
    measured = {key_of(point.category) for point in panel.reading.measured()}
    return any(name not in measured and any(_meets(ring, view) for ring in rings) for name, rings in view.areas.items())


def _meets(ring: Sequence[Spot], view: MapView) -> bool:
    xs, ys = zip(*ring, strict=True)
    shown = Box(view.west, view.north, view.east, view.south)
    return Box(min(xs), min(ys), max(xs), max(ys)).meets(shown)


def _no_value(canvas: Canvas, box: Box) -> None:
    """The swatch of what has no value: stripes, like the areas."""
    canvas.shape("rect", box, fill=PAPER, line=REST, width=0.75)
    for n in range(3):
        x = box.left + n * 6
        canvas.line(x + 1, box.bottom - 1, x + 5, box.top + 1, colour=STRIPES, width=1, below=False)


def _sizes(canvas: Canvas, panel: Panel, top: float) -> float:
    """Two circles with the values of their areas."""
    top = measured_heading(canvas, panel, top)
    largest = max((point.y or 0 for point in panel.reading.points), default=0)
    if not largest:
        return top
    ticks = number_ticks(0, largest, 4, panel.figure.lang, panel.reading.affix)
    key = size_key(canvas, panel, ticks, lambda value: _radius(value, largest), top)
    if any(point.y is None for point in panel.reading.points):
        x, middle = key.right, (key.top + key.bottom) / 2
        canvas.shape("circle", Box(x, middle - 5, x + 10, middle + 5), fill=PAPER, line=INK2, width=1.5)
        canvas.text(_bare_words(panel.figure), x + 15, middle, size=13, colour=INK2)
    return key.bottom + 6


# Areas


def _laid(panel: Panel, view: MapView, top: float) -> tuple[Projection, tuple[_DrawnRegion, ...], Box]:
    """Where a longitude and a latitude lie on the canvas, the areas, and the box: as large as the panel lets."""
    figure = panel.figure
    edge = 0.0 if view.cut else LARGEST / 2 if figure.lat else DOT + 1
    width, tall = panel.width - 2 * edge, panel.width * TALLEST - 2 * edge
    across, down = view.east - view.west, view.south - view.north
    scale = min(width / (across or 1e-9), tall / (down or 1e-9), 1e6)
    height = scale * down + 2 * edge
    if view.cut:
        height = max(height, panel.width * FLATTEST)
    box = Box(panel.left, top, panel.right, top + height)
    x0, y0 = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    west, north = (view.west + view.east) / 2, (view.north + view.south) / 2

    def placed(flat_x: float, flat_y: float) -> Spot:
        return (x0 + (flat_x - west) * scale, y0 + (flat_y - north) * scale)

    rows = {key_of(point.category) for point in panel.reading.points}
    areas = []
    for name, rings in view.areas.items():
        found = [[placed(*place) for place in ring] for ring in rings]
        if view.cut:
            found = [part for ring in found if (part := _within(ring, box))]
        if not found:
            continue
        kept = tuple(seen for ring in found if (seen := _seen(ring)))
        dot = _dot(found) if name in rows and not figure.lat else None
        if kept or dot:
            xs, ys = zip(*(place for ring in kept or found for place in ring), strict=True)
            areas.append(_DrawnRegion(name, kept, Box(min(xs), min(ys), max(xs), max(ys)), dot))
    return lambda x, y: placed(*view.project(x, y)), tuple(areas), box


def _within(ring: list[Spot], box: Box) -> list[Spot]:
    """A border as far as it lies in the box, closed along its edges."""
    xs, ys = zip(*ring, strict=True)
    if Box(min(xs), min(ys), max(xs), max(ys)).within(box):
        return ring
    return clipped(ring, box.left, box.top, box.right, box.bottom)


def _dot(rings: Sequence[Sequence[Spot]]) -> Spot | None:
    """The middle of an area of which no border is large enough to be seen."""
    boxes = []
    for ring in rings:
        xs, ys = zip(*ring, strict=True)
        boxes.append(Box(min(xs), min(ys), max(xs), max(ys)))
    largest = max(boxes, key=lambda box: (box.right - box.left) * (box.bottom - box.top))
    if max(largest.right - largest.left, largest.bottom - largest.top) >= SEEN:
        return None
    return ((largest.left + largest.right) / 2, (largest.top + largest.bottom) / 2)


def _seen(ring: list[Spot]) -> tuple[Spot, ...]:
    """A border's points that can be told apart: no other lies more than half a pixel away. None of an island that is
    smaller than that."""
    xs, ys = zip(*ring, strict=True)
    if max(xs) - min(xs) < 0.5 and max(ys) - min(ys) < 0.5:
        return ()
    kept = kept_ring(ring)
    rounded = [(round(ring[n][0], 1), round(ring[n][1], 1)) for n in kept]
    made = [rounded[0], *(after for before, after in pairwise(rounded) if after != before)]
    return tuple(made) if len(made) >= 3 else ()


def kept_ring(ring: Sequence[Spot]) -> list[int]:
    """Indices of a border's points that are kept: it is parted at the point that is furthest from the first, and both
    halves are thinned like lines."""
    if len(ring) <= 8:
        return [*range(len(ring))]
    (x0, y0) = ring[0]
    far = max(range(len(ring)), key=lambda n: (ring[n][0] - x0) ** 2 + (ring[n][1] - y0) ** 2)
    there = kept_points(ring[: far + 1], few=8)
    back = kept_points(ring[far:], few=8)
    return [*there, *(far + n for n in back[1:])]


def _fill(
    canvas: Canvas,
    panel: Panel,
    frame: Frame,
    area: _DrawnRegion,
    point: DataPoint | None,
    edges: Sequence[float],
) -> None:
    figure = panel.figure
    empty = point is None or point.y is None
    chosen = point is not None and panel.highlights(point.category, point.row.fact)
    if area.dot is not None and point is not None:
        _fill_dot(canvas, panel, frame, area.dot, point, edges)
        return
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in area.rings:
        xs += [*([None] if xs else []), *(x for x, _ in ring), ring[0][0]]
        ys += [*([None] if ys else []), *(y for _, y in ring), ring[0][1]]
    fill = GRID if figure.lat else PAPER if point is None or point.y is None else HEAT[_shade(point.y, edges)]
    more: dict[str, Any] = {}
    if not figure.lat:
        more["hovertext"] = hover(figure, point) if point else f"<b>{_bare_words(figure)}</b><br>{area.name}"
        if empty:
            more["fillpattern"] = {"shape": "/", "fgcolor": STRIPES, "bgcolor": PAPER, "size": 6, "solidity": 0.2}
    canvas.trace(
        frame,
        "scatter",
        mode="lines",
        fill="toself",
        fillcolor=fill,
        line={"color": INK if chosen else REST, "width": 2 if chosen else 0.75},
        cliponaxis=False,
        x=xs,
        y=ys,
        hoveron="fills",
        **more,
    )
    if point is not None and point.row.fact:
        canvas.places[point.row.fact] = area.box


def _fill_dot(canvas: Canvas, panel: Panel, frame: Frame, spot: Spot, point: DataPoint, edges: Sequence[float]) -> None:
    """An area that is too small to be seen."""
    chosen = panel.highlights(point.category, point.row.fact)
    x, y = spot
    fill = PAPER if point.y is None else HEAT[_shade(point.y, edges)]
    canvas.trace(
        frame,
        "scatter",
        mode="markers",
        cliponaxis=False,
        x=[clean(round(x, 1))],
        y=[clean(round(y, 1))],
        marker={
            "symbol": "circle",
            "size": 2 * DOT,
            "color": fill,
            "line": {"color": INK if chosen else INK2, "width": 2 if chosen else 1},
        },
        **marks_data(panel.figure, [point]),
    )
    canvas.mark_at(point.row.fact, x, y, DOT)


def _named(points: Mapping[str, DataPoint], area: _DrawnRegion) -> Datum:
    return points[area.name].category if area.name in points else Datum(area.name)


def _name_areas(
    canvas: Canvas, panel: Panel, areas: Sequence[_DrawnRegion], points: Mapping[str, DataPoint], edges: Sequence[float]
) -> None:
    """Name and value inside an area where they have room, else the value alone, the largest areas first."""
    for area in sorted(areas, key=lambda area: -(area.box.right - area.box.left) * (area.box.bottom - area.box.top)):
        point = points.get(area.name)
        if point is None:
            continue
        shade = _shade(point.y, edges) if point.y is not None else 0
        ink = PAPER if point.y is not None and shade > 2 else INK
        name = point.category.text
        value = _short(panel, point)
        for given, size in (((name, value), 13), ((name, value), 12), ((name, value), 11), ((value,), 11)):
            words = tuple(word for word in given if word)
            width, step = max((text_width(word, size, word == value) for word in words), default=0), size * 1.25
            spot = _inside(canvas, area, width, step * len(words)) if words else None
            if spot is None:
                continue
            for n, word in enumerate(words):
                y = spot[1] + step * (n - (len(words) - 1) / 2)
                bold, empty = word == value, point.y is None
                mark = point.mark if bold else words_mark(point.category)
                canvas.text(
                    word, spot[0], y, size=size, colour=ink, anchor="center", bold=bold, mark=mark, ground=empty
                )
            break


def _short(panel: Panel, point: DataPoint) -> str:
    """A value without a unit that is too long to stand with each: the legend says it."""
    found = NUMBER.match(point.value.text)
    if found is None or any(panel.reading.affix) or point.is_range:
        return point.text
    unit, glyph = point.value.text[found.end() :], point.text.removeprefix(point.value.text)
    return found[0] + glyph if len(unit) > 6 and unit[0].isspace() else point.text


def _inside(canvas: Canvas, area: _DrawnRegion, width: float, height: float) -> Spot | None:
    """The middle of a text that lies in an area, as near to the middle of the area's box as can be."""
    box = area.box
    if width + 4 > box.right - box.left or height > box.bottom - box.top:
        return None
    x0, y0 = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    steps = [n / 12 for n in range(1, 12)]
    spots = [
        (box.left + (box.right - box.left) * a, box.top + (box.bottom - box.top) * b) for a in steps for b in steps
    ]
    for x, y in sorted([(x0, y0), *spots], key=lambda spot: (spot[0] - x0) ** 2 + (spot[1] - y0) ** 2):
        around = [(x + dx * width / 2, y + dy * height / 2) for dx in (-1.05, 0, 1.05) for dy in (-1, 0, 1)]
        text = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        if all(area.holds(*corner) for corner in around) and canvas.free(text, 1):
            return (x, y)
    return None


# Points


def _points(canvas: Canvas, panel: Panel, frame: Frame, placed: Projection) -> None:
    figure = panel.figure
    spots = [(point, location(figure, point.row)) for point in panel.points]
    shown = [(point, placed(*spot)) for point, spot in spots if spot is not None]
    largest = max((point.y or 0 for point in panel.reading.points), default=0)
    shown.sort(key=lambda pair: -(pair[0].y or 0))
    for series in panel.reading.series:
        own = [(point, place) for point, place in shown if point.series == series.key]
        if not own:
            continue
        colours = [colour_of(panel, point) for point, _ in own]
        canvas.trace(
            frame,
            "scatter",
            mode="markers",
            cliponaxis=False,
            x=[clean(round(x, 1)) for _, (x, _) in own],
            y=[clean(round(y, 1)) for _, (_, y) in own],
            marker={
                "symbol": "circle",
                "size": [clean(round(2 * _size(panel, point, largest), 2)) for point, _ in own],
                "color": [
                    PAPER if point.ring or (figure.size and point.y is None) else colour
                    for (point, _), colour in zip(own, colours, strict=True)
                ],
                "opacity": 0.85,
                "line": {"color": [colour if point.ring or (figure.size and point.y is None) else PAPER
                                   for (point, _), colour in zip(own, colours, strict=True)], "width": 1.5},
            },
            **marks_data(figure, [point for point, _ in own]),
        )  # fmt: skip
        for point, (x, y) in own:
            canvas.mark_at(point.row.fact, x, y, _size(panel, point, largest))
    for point, (x, y) in shown:
        name = point.category.text
        if not name:
            continue
        chosen = panel.highlights(point.category, point.row.fact)
        reach = _size(panel, point, largest) + 4
        canvas.text_beside(
            name, x, y, right=x + reach, reach=reach, rise=reach + 8, half=8, gap=0, bottom=frame.box.bottom,
            size=13, bold=chosen, colour=C[0] if chosen else INK, mark=words_mark(point.category),
        )  # fmt: skip


def _size(panel: Panel, point: DataPoint, largest: float) -> float:
    return 5.0 if not panel.figure.size or point.y is None else _radius(point.y, largest)


def _radius(value: float, largest: float) -> float:
    """Radius in px, such that areas are in proportion; what is too small to be seen has a small one."""
    return max(2.5, LARGEST * (max(0.0, value) / largest) ** 0.5) if largest else 5.0


def _bare_words(figure: EvaluatedFigure) -> str:
    return Furniture(figure.lang, figure.words).plain("No value")
