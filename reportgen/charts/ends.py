"""The points of a line chart in; labels of values beside points and of series at the ends of lines, on a canvas."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from reportgen.charts.canvas import Box, Canvas, Frame
from reportgen.charts.data import INK, DataPoint, Series, interval_of
from reportgen.charts.panel import Panel, named_series, text_colour
from reportgen.charts.text import text_width, wrap
from reportgen.model.quantity import Relation

EndDot = tuple[DataPoint, float, float]
"""A point with its x and y in values of the axes."""
Polyline = Sequence[tuple[float, float]]
"""Positions on a line, in px."""
UP = (Relation.OVER, Relation.AT_LEAST)
DOWN = (Relation.UNDER, Relation.UP_TO)


def value_labels(
    canvas: Canvas,
    panel: Panel,
    frame: Frame,
    heights: dict[str, list[EndDot]],
    seen: dict[str, list[EndDot]],
    direct: bool,
    stacked: bool,
) -> None:
    """Values beside their points: all if few, else ends and extremes; the last may be in the series' label."""
    if stacked:
        return
    for series in sorted(panel.reading.series, key=lambda series: not series.strong):
        dots = [dot for dot in heights.get(series.key, []) if dot[2] == dot[2]]
        if not dots or (panel.several and direct and not series.strong):
            continue
        values = [y for _, _, y in dots]
        wanted = [dots[-1], dots[0], dots[values.index(max(values))], dots[values.index(min(values))]]
        if panel.compact or panel.several:
            wanted = [dots[-1]]
        elif len(dots) <= 8:
            wanted += dots
        greatest, line = max(values), along_line(frame, seen[series.key])
        for dot in dict.fromkeys(wanted):
            if direct and dot is dots[-1]:
                continue
            top = dot[2] == greatest and not panel.several
            _value(canvas, panel, frame, dots, line, dot, series, top)


def _value(
    canvas: Canvas,
    panel: Panel,
    frame: Frame,
    dots: Sequence[EndDot],
    line: Polyline,
    dot: EndDot,
    series: Series,
    top: bool,
) -> None:
    point, x, y = dot
    size = 15 if top else 14
    width = text_width(point.text, size, top)
    px, py = frame.x(x), frame.y(y)
    index = dots.index(dot)
    sides = [frame.y(dots[near][2]) for near in (index - 1, index + 1) if 0 <= near < len(dots)]
    valley = bool(sides) and sum(sides) / len(sides) < py - 1
    rise = 17.0 if interval_of(point) is None else 17 + abs(py - frame.y(point.high or y))
    drop = 17.0 if interval_of(point) is None else 17 + abs(py - frame.y(point.low or y))
    spots = [(px - width / 2, py + drop), (px - width / 2, py - rise)]
    if not valley:
        spots.reverse()
    spots += [
        (px + 11, py),
        (px - 11 - width, py),
        (px + 8, py + 15),
        (px - 8 - width, py + 15),
        (px + 8, py - 15),
        (px - 8 - width, py - 15),
    ]
    if point.relation in UP or point.relation in DOWN:  # the arrow is above or below the mark
        below, above = sorted(spots[:2], key=lambda spot: -spot[1])
        spots = [spots[2], below if point.relation in UP else above, *spots[3:], below, above]
    if panel.figure.kind == "area" and index == len(dots) - 1:  # beside the area, not partly on it
        spots.insert(0, (px + 8, py))
    for slack, (left, middle) in ((slack, spot) for slack in (0, 2) for spot in spots):
        left = max(panel.left, min(max(frame.box.left - 6, left), panel.right - width - 1))
        box = Box(left, middle - size * 0.6, left + width, middle + size * 0.6)
        if canvas.free(box, 1) and not _crossed(line, box, slack) and box.bottom <= frame.box.bottom + 2:
            colour = text_colour(series.colour) if top or not series.strong else INK
            ground = panel.figure.kind == "line"
            canvas.text(point.text, left, middle, size=size, bold=top, colour=colour, mark=point.mark, ground=ground)
            return


def _crossed(line: Polyline, box: Box, slack: float) -> bool:
    """Whether the line runs through `box`, reduced by `slack` at the top and the bottom."""
    left, right, top, bottom = box.left - 1, box.right + 1, box.top + slack, box.bottom - slack
    return any(left < x < right and top < y < bottom for x, y in line)


def along_line(frame: Frame, dots: Sequence[EndDot]) -> Polyline:
    """Positions on the line through `dots`, in px."""
    places = []
    for (_, x0, y0), (_, x1, y1) in pairwise(dots):
        ax, ay, bx, by = frame.x(x0), frame.y(y0), frame.x(x1), frame.y(y1)
        if y0 == y0 and y1 == y1:
            steps = max(1, min(32, ceil(max(abs(bx - ax), abs(by - ay)))))
            places += [(ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps) for step in range(steps + 1)]
    return places


def end_names(panel: Panel) -> dict[str, tuple[str, ...]]:
    """The label at the end of each line: the series' name, wrapped, and its last value."""
    names = {}
    lasts = {point.series: point for point in panel.points if point.y is not None}
    for series in named_series(panel):
        if series.key in lasts:
            value = () if panel.figure.kind == "area" else (lasts[series.key].text,)
            names[series.key] = (*wrap(series.name, 13, 130, True), *value)
    return names


def name_ends(
    canvas: Canvas,
    panel: Panel,
    frame: Frame,
    heights: dict[str, list[EndDot]],
    names: dict[str, tuple[str, ...]],
    stacked: bool,
) -> None:
    """Names right of the last points, moved apart where they would overlap, and off the lines of others where a line
    ends before those."""
    ends: list[tuple[float, float, Series, EndDot]] = []
    for series in panel.reading.series:
        dots = [dot for dot in heights.get(series.key, []) if dot[2] == dot[2]]
        if not dots or series.key not in names:
            continue
        y = frame.y(dots[-1][2])
        if stacked:
            base = dots[-1][2] - (dots[-1][0].y or 0.0)
            y = (y + frame.y(base)) / 2 if panel.figure.stack != "share" else y + 12
        ends.append((y, 17.0 * len(names[series.key]), series, dots[-1]))
    ends.sort(key=lambda end: end[0])
    tops = spread([(end[0], end[1]) for end in ends], frame.box.top - 14, frame.box.bottom + 3)
    if panel.figure.kind == "line":
        tops = _off_lines(canvas, frame, ends, tops, heights, names)
    for middle, (_, _, series, (point, x, _)) in zip(tops, ends, strict=True):
        lines = names[series.key]
        words = lines if panel.figure.kind == "area" else lines[:-1]
        left = (frame.box.right if stacked else frame.x(x)) + 10
        y = middle - 8.5 * (len(lines) - 1)
        colour = text_colour(series.colour)
        for line in words:
            canvas.text(line, left, y, size=13, bold=series.strong, colour=colour, mark=series.mark)
            y += 17
        if panel.figure.kind != "area":
            canvas.text(point.text, left, y, size=13, colour=colour, mark=point.mark)


def _off_lines(
    canvas: Canvas,
    frame: Frame,
    ends: Sequence[tuple[float, float, Series, EndDot]],
    tops: Sequence[float],
    heights: dict[str, list[EndDot]],
    names: dict[str, tuple[str, ...]],
) -> list[float]:
    """The middles of labels, those of lines that end early moved up or down to where no other line or label is."""
    last = max((dot[1] for _, _, _, dot in ends), default=0.0)
    middles = list(tops)

    def box_of(number: int, middle: float) -> Box:
        _, tall, series, (_, x, _) = ends[number]
        left = frame.x(x) + 10
        width = max(text_width(line, 13, True) for line in names[series.key])
        return Box(left, middle - tall / 2, left + width, middle + tall / 2)

    for number, (_, tall, series, (_, x, _)) in enumerate(ends):
        if x == last:
            continue
        lines = [along_line(frame, dots) for key, dots in heights.items() if key != series.key]
        others = [box_of(other, middles[other]) for other in range(len(ends)) if other != number]
        low, high = frame.box.top - 14 + tall / 2, frame.box.bottom - tall / 2
        steps = (way * step for step in range(0, 160, 4) for way in (-1, 1))
        for middle in (middles[number] + step for step in steps):
            box = box_of(number, middle)
            is_free = not any(_crossed(line, box, 1) for line in lines)
            is_free = is_free and not any(box.meets(other) for other in others)
            if is_free and (middle == middles[number] or (low <= middle <= high and canvas.free(box, 1))):
                middles[number] = middle
                break
    return middles


def spread(wanted: Sequence[tuple[float, float]], top: float, bottom: float) -> list[float]:
    """Middles close to those wanted, `(middle, height)` from the top, such that no two overlap."""
    middles = [middle for middle, _ in wanted]
    for _ in range(60):
        for index in range(len(middles) - 1):
            apart = (wanted[index][1] + wanted[index + 1][1]) / 2 + 2
            short = apart - (middles[index + 1] - middles[index])
            if short > 0:
                middles[index] -= short / 2
                middles[index + 1] += short / 2
        for index, (_, tall) in enumerate(wanted):
            middles[index] = max(top + tall / 2, min(middles[index], bottom - tall / 2))
    return middles
