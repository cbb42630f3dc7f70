"""A panel in, its pie, donut or heat map drawn on a canvas."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from reportgen.charts.axes import Scale, clean
from reportgen.charts.canvas import Box, Canvas
from reportgen.charts.data import HEAT, INK, INK2, PAPER, REST, C, DataPoint, cell, key_of, words_mark
from reportgen.charts.ends import spread
from reportgen.charts.panel import Panel, marks_data, measured_heading, text_colour
from reportgen.charts.text import shortened, text_width, wrap


def draw_pie(canvas: Canvas, panel: Panel) -> float:
    """Slices clockwise from the top, each with its name and value; returns the bottom."""
    points = [point for point in panel.points if point.y]
    if not points or any((point.y or 0) < 0 for point in points):
        raise ValueError(f'figure "{panel.figure.id}": the parts of a whole are values above zero')
    if not panel.figure.sort:
        points.sort(key=lambda point: -(point.y or 0))
    beside = not panel.narrow and not panel.compact and len(points) <= 12 and all(map(_fits_beside, points))
    room = _ROOM if beside else 0.0
    radius = min(118.0, (panel.width - 2 * room) / 2) if beside else min(104.0, panel.width / 2 - 4)
    x = panel.left + panel.width / 2
    y = panel.top + radius + (26 if beside else 6)
    box = Box(x - radius, y - radius, x + radius, y + radius)
    colours = [_slice_colour(panel, point, index) for index, point in enumerate(points)]
    hollow = 0.58 if panel.figure.kind == "donut" else 0
    canvas.traces.append(
        {
            "type": "pie",
            "showlegend": False,
            "labels": [str(index) for index in range(len(points))],
            "values": [clean(point.y or 0) for point in points],
            "sort": False,
            "direction": "clockwise",
            "hole": hollow,
            "textinfo": "none",
            "domain": box,
            "marker": {
                "colors": colours,
                "line": {"color": PAPER, "width": 2},
                "pattern": {
                    "shape": ["/" if point.hatched else "" for point in points],
                    "fgcolor": colours,
                    "bgcolor": PAPER,
                    "size": 7,
                    "solidity": 0.16,
                },
            },
            **marks_data(panel.figure, points),
        }
    )
    if beside:
        _name_slices(canvas, panel, points, colours, x, y, radius)
        return y + radius + 26
    return _list_slices(canvas, panel, points, colours, box.bottom + 14)


def draw_heatmap(canvas: Canvas, panel: Panel) -> float:
    """A grid of shaded cells with their values; returns the bottom."""
    figure = panel.figure
    across = {key_of(d): d for point in panel.points if (d := cell(figure, point.row, figure.x)).text}
    down = {key_of(d): d for point in panel.points if (d := cell(figure, point.row, figure.y)).text}
    columns, rows = list(across), list(down)
    widest = max((text_width(datum.text, 13) for datum in down.values()), default=0)
    inset = min(widest, panel.width * 0.34) + 10
    left = panel.left + inset
    wide = (panel.right - left) / max(1, len(columns))
    tall = max(30.0, min(44.0, wide * 0.7))
    heads = [wrap(datum.text, 13, wide - 4) for datum in across.values()]
    fits = all(text_width(line, 13) <= wide - 2 for lines in heads for line in lines)
    every = 1 if fits else min(4, math.ceil(max(text_width(d.text, 13) for d in across.values()) / wide + 0.2))
    depth = max((len(lines) for lines in heads), default=1) if fits else 1
    measured = panel.reading.measured()
    said = _whole if panel.compact else _in_cells(measured, wide)
    begun = panel.top
    if not panel.compact and measured and said is not _whole:
        begun = measured_heading(canvas, panel, begun) + 2
        begun = begun if said else _shades(canvas, panel, begun)
    top = begun + 17 * depth + 6
    for index, datum in enumerate(across.values()):
        if index % every == 0:
            words = heads[index] if fits else (shortened(datum.text, 13, min(wide * every, panel.width) - 4),)
            half = max(text_width(line, 13) for line in words) / 2
            x = min(max(left + wide * (index + 0.5), half), canvas.width - half)
            canvas.text(
                words, x, top - 4 - 8.5 * len(words), size=13, colour=INK2, anchor="center", mark=words_mark(datum)
            )
    for index, datum in enumerate(down.values()):
        words = wrap(datum.text, 13, inset - 8)
        chosen = panel.highlights(datum)
        ink = C[0] if chosen else INK
        y = top + tall * (index + 0.5)
        canvas.text(words, panel.left, y, size=13, bold=chosen, colour=ink, mark=words_mark(datum))
    bottom = top + tall * len(rows)
    box = Box(left, top, left + wide * len(columns), bottom)
    frame = canvas.frame(box, Scale(0, len(columns), box.left, box.right), Scale(len(rows), 0, bottom, top))
    low, high = min((p.y for p in measured if p.y is not None), default=0), panel.high
    for shade, colour in enumerate(HEAT):
        own = [point for point in panel.points if point.y is not None and _shade(point.y, low, high) == shade]
        if not own:
            continue
        places = [
            (columns.index(key_of(cell(figure, p.row, figure.x))), rows.index(key_of(cell(figure, p.row, figure.y))))
            for p in own
        ]
        canvas.trace(
            frame,
            "bar",
            orientation="h",
            base=[clean(round(x + 1 / wide, 4)) for x, _ in places],
            x=[clean(round(1 - 2 / wide, 4))] * len(own),
            y=[clean(y + 0.5) for _, y in places],
            width=clean(round(1 - 2 / tall, 4)),
            marker={
                "color": [PAPER if point.hatched else colour for point in own],
                "line": {"width": [1.5 if point.hatched else 0 for point in own], "color": colour},
            },
            **marks_data(figure, own),
        )
        for point, (column, row) in zip(own, places, strict=True):
            x, y = left + wide * (column + 0.5), top + tall * (row + 0.5)
            printed = said(point) if said else ""
            size = next((size for size in _SIZES if text_width(printed, size) <= wide - 5), 0)
            canvas.mark_at(point.row.fact, x, y, 6)
            if size and printed:
                ink = PAPER if shade > 2 and not point.hatched else INK
                canvas.text(printed, x, y, size=size, colour=ink, anchor="center", mark=point.mark)
    return bottom + 6


_SIZES = (14, 13, 12, 11)
"""Of a number in its cell."""


def _in_cells(points: Sequence[DataPoint], wide: float) -> Callable[[DataPoint], str] | None:
    """What stands in each cell: its value, else its number alone, as long as all fit; else nothing."""
    for said in (_whole, _bare):
        if all(text_width(said(point), _SIZES[-1]) <= wide - 5 for point in points):
            return said
    return None


def _whole(point: DataPoint) -> str:
    return point.text


def _bare(point: DataPoint) -> str:
    """The words of a value without its unit, which may stand before or after its number."""
    before, after = point.value.around
    text = point.text.removeprefix(before)
    return text.removesuffix(after).strip() or point.text


def _shades(canvas: Canvas, panel: Panel, top: float) -> float:
    """The shades between the least and the greatest value, which stand at their ends; returns what is below."""
    points = sorted(panel.reading.measured(), key=lambda point: point.y or 0)
    least, greatest = points[0], points[-1]
    room = panel.width - text_width(least.text, 13) - text_width(greatest.text, 13) - 20
    wide = max(8.0, min(30.0, room / len(HEAT)))
    left = panel.left
    canvas.text(least.text, left, top + 8, size=13, colour=INK2, mark=least.mark)
    left += text_width(least.text, 13) + 8
    for number, colour in enumerate(HEAT):
        box = Box(left + wide * number, top + 2, left + wide * (number + 1), top + 14)
        canvas.shape("rect", box, fill=colour, line=REST, width=0.75)
    canvas.text(greatest.text, left + wide * len(HEAT) + 8, top + 8, size=13, colour=INK2, mark=greatest.mark)
    return top + 24


def _shade(value: float, low: float, high: float) -> int:
    return min(4, int((value - low) / ((high - low) or 1) * 5))


def _slice_colour(panel: Panel, point: DataPoint, index: int) -> str:
    if panel.figure.highlight:
        return C[0] if panel.highlights(point.category, point.row.fact) else REST
    return C[index] if index < len(C) else REST


_ROOM = 190.0
"""px on either side of a pie for the names of its slices and the lines to them."""
_NAMES = 150.0
"""px of them for a name and its value, as long as no word needs more."""
_LEADS = 12.0
"""px between the edge of the pie and a name."""


def _beside(point: DataPoint) -> tuple[str, ...]:
    """The lines of a slice's name, whose value stands beside the last."""
    return wrap(point.category.text, 14, _NAMES - text_width(point.text, 14, True))


def _fits_beside(point: DataPoint) -> bool:
    """Whether a slice's name and value have room beside the pie."""
    widest = max((text_width(line, 14) for line in _beside(point)), default=0)
    return widest + 6 + text_width(point.text, 14, True) <= _ROOM - _LEADS


def _name_slices(
    canvas: Canvas, panel: Panel, points: Sequence[DataPoint], colours: Sequence[str], x: float, y: float, radius: float
) -> None:
    """Names and values on both sides of the pie, moved apart where they would overlap, with lines to the slices."""
    total, turned = sum(point.y or 0 for point in points) or 1, 0.0
    sides: dict[bool, list[tuple[float, float, DataPoint, str]]] = {True: [], False: []}
    for point, colour in zip(points, colours, strict=True):
        angle = 2 * math.pi * (turned + (point.y or 0) / 2) / total
        turned += point.y or 0
        sides[math.sin(angle) >= 0].append((y - (radius + 14) * math.cos(angle), angle, point, colour))
    for right, slices in sides.items():
        slices.sort(key=lambda entry: entry[0])
        words = [_beside(entry[2]) for entry in slices]
        sizes = [(entry[0], 18.0 * len(lines) + 3) for entry, lines in zip(slices, words, strict=True)]
        middles = spread(sizes, y - radius - 26, y + radius + 26)
        for middle, lines, (_, angle, point, colour) in zip(middles, words, slices, strict=True):
            sign = 1 if right else -1
            nearest = max(0.0, abs(middle - y) - 9.0 * len(lines))
            clear = math.sqrt(max(0.0, (radius + 16) ** 2 - nearest**2))
            edge_x, edge_y = x + (radius + 3) * math.sin(angle), y - (radius + 3) * math.cos(angle)
            at = x + sign * max(clear, abs(edge_x - x) + 8)
            canvas.line(edge_x, edge_y, at - sign * 3, middle, colour=REST, below=False)
            _name_slice(canvas, lines, point, at + sign * 2, middle, text_colour(colour), right)
            canvas.mark_at(point.row.fact, edge_x, edge_y, 2)


def _name_slice(
    canvas: Canvas, lines: tuple[str, ...], point: DataPoint, x: float, y: float, colour: str, right: bool
) -> None:
    """Name, then value, on either side of the pie."""
    value, name = text_width(point.text, 14, True), max(text_width(line, 14) for line in lines)
    first = x if right else x - value - name - 6
    foot = y + 9.1 * (len(lines) - 1)
    for index, line in enumerate(lines):
        middle = y + 9.1 * (2 * index - len(lines) + 1)
        canvas.text(line, first, middle, size=14, mark=words_mark(point.category))
    after = first + text_width(lines[-1], 14) + 6
    canvas.text(point.text, after, foot, size=14, bold=True, colour=colour, mark=point.mark)


def _list_slices(
    canvas: Canvas, panel: Panel, points: Sequence[DataPoint], colours: Sequence[str], top: float
) -> float:
    y = top
    for point, colour in zip(points, colours, strict=True):
        lines = wrap(point.category.text, 14, panel.width - 30 - text_width(point.text, 14, True))
        fill, line = (PAPER, colour) if point.hatched else (colour, colour)
        canvas.shape("rect", Box(panel.left, y + 4, panel.left + 11, y + 15), fill=fill, line=line, width=1.5)
        canvas.text(lines, panel.left + 18, y + 9.5 * len(lines), size=14, mark=words_mark(point.category))
        ink, right = text_colour(colour), panel.right
        canvas.text(point.text, right, y + 9.5, size=14, bold=True, colour=ink, anchor="right", mark=point.mark)
        canvas.mark_at(point.row.fact, panel.left + 5, y + 9.5, 6)
        y += 19 * len(lines) + 4
    return y
