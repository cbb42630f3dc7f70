"""A panel in, its lines or areas over time drawn on a canvas, with gaps, uncertain points and labels at line ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from reportgen.charts.axes import Scale, Tick, clean, midpoint, time_ticks
from reportgen.charts.canvas import Box, Canvas, Frame
from reportgen.charts.data import INK2, PAPER, DataPoint, Series, interval_of, words_mark
from reportgen.charts.ends import DOWN, UP, EndDot, along_line, end_names, name_ends, value_labels
from reportgen.charts.panel import (
    DASHES,
    SYMBOLS,
    Panel,
    event_lines,
    lacks_unit,
    legend,
    marks_data,
    measured_heading,
    reference_lines,
    value_scale,
)
from reportgen.charts.text import text_width, wrap
from reportgen.charts.thinning import kept_points

LINE, MOST_LINES = 17.0, 5
"""px of a line of a name below the axis, and the most that a name has."""
MOST_DASHED = 100
"""Points of a line that is still told from others by dashes; those of a longer one would hide what it does."""


def draw_lines(canvas: Canvas, panel: Panel, height: float) -> float:
    """Lines, or areas from zero; returns the bottom."""
    area = panel.figure.kind == "area"
    stacked = area and panel.several
    along = _along(panel)
    heights = _heights(panel, along, stacked)
    low, high = panel.low, panel.high
    if stacked and not panel.compact and lacks_unit(panel):
        panel = replace(panel, top=measured_heading(canvas, panel, panel.top))
    if stacked:
        piled = (heights_of for part in panel.multiples() for heights_of in _heights(part, _along(part), True).values())
        low, high = min(0.0, low), max([y for dots in piled for _, _, y in dots], default=1.0)
    ticks, scale = _value_axis(panel, low, high, zero=area)
    inset = _inset(ticks, scale)
    names = end_names(panel) if panel.several else {}
    beside = max((text_width(line, 13, True) for lines in names.values() for line in lines), default=0) + 12
    tall = sum(17.0 * len(lines) + 2 for lines in names.values())
    direct = panel.several and not panel.compact and beside <= panel.width * 0.36 and tall <= height + 16
    top = panel.top
    if panel.several and not direct and not panel.compact:
        top = legend(canvas, panel, top, "rect" if area else "line")
    last_width, beyond = _last_value(panel)
    left, right = panel.left + inset, panel.right - (beside if direct else max(10.0, last_width + 2, beyond))
    box = Box(left, top + 22, right, top + 22 + height)
    scale = Scale(scale.low, scale.high, box.bottom, box.top, log=scale.log)
    places = [x for dots in heights.values() for _, x, _ in dots] or [0.0, 1.0]
    first, last = _all_times(panel) or (min(places), max(places))
    if _timed(panel):
        first, last = min([first, *_events(panel)]), max([last, *_events(panel)])
    pad = (
        0.0
        if area
        else (last - first) * 0.03 + (0 if panel.compact else last_width * (last - first) / (right - left) * 0.6)
    )
    across = Scale(first - pad, last + pad if last + pad > first - pad else last + 1, left, right, time=_timed(panel))
    frame = canvas.frame(box, across, scale)
    kept = {key: _seen(frame, dots) for key, dots in heights.items()}
    seen = {key: [heights[key][n] for n in places] for key, places in kept.items()}
    canvas.value_axis_y(frame, ticks, panel.left)
    below = _x_axis(canvas, panel, frame, along)
    for run in _runs(heights, area):
        begun = False
        for series in panel.reading.series:
            dots, drawn = _within(run, heights.get(series.key, []), kept.get(series.key, []))
            if dots:
                _trace(canvas, panel, frame, series, dots, drawn, stacked and begun)
                begun = True
    for series in sorted(panel.reading.series, key=lambda series: series.strong):
        if not area:
            _uncertain(canvas, frame, series, heights.get(series.key, []))
    value_labels(canvas, panel, frame, heights, seen, direct, stacked)
    if direct:
        name_ends(canvas, panel, frame, heights, names, stacked)
    event_lines(canvas, panel, frame)
    reference_lines(canvas, panel, frame, upright=False)
    for dots in seen.values():
        canvas.obstacles += [Box(x - 3, y - 3, x + 3, y + 3) for x, y in along_line(frame, dots)]
    return box.bottom + below


def _seen(frame: Frame, dots: Sequence[EndDot]) -> list[int]:
    """Indices of the points without which the line would look otherwise, and of those that it does not go through."""
    joined = [n for n, (point, _, _) in enumerate(dots) if not point.row.apart]
    places = [(frame.x(dots[n][1]), frame.y(dots[n][2]) if dots[n][2] == dots[n][2] else dots[n][2]) for n in joined]
    drawn = {joined[n] for n in kept_points(places)}
    return [n for n, (point, _, _) in enumerate(dots) if point.row.apart or n in drawn]


def room_for_lines(panel: Panel) -> float:
    """The part of the panel's width that is left for lines beside the names of values."""
    return 1 - _inset(*_value_axis(panel, panel.low, panel.high, zero=panel.figure.kind == "area")) / panel.width


def _inset(ticks: Sequence[Tick], scale: Scale) -> float:
    """px; the width of the names of values. That at the top stands above all lines, and has the unit."""
    return max((text_width(tick.text, 13) for tick in ticks if tick.at < scale.high or scale.log), default=0) + 16


def _last_value(panel: Panel) -> tuple[float, float]:
    """Half of the widest value, and the space right of an area or an uncertain last point; zero for several lines."""
    if panel.several:
        return (0.0, 0.0)
    half = max((text_width(point.text, 14, True) for point in panel.reading.points), default=0) / 2
    area = panel.figure.kind == "area"
    lasts = panel.reading.measured()[-1:] if area or not panel.narrow else ()
    return (half, max((text_width(point.text, 14) + 16 for point in lasts if area or point.ring), default=0))


def _timed(panel: Panel) -> bool:
    return all(point.category.date for point in panel.points)


def _all_times(panel: Panel) -> tuple[float, float] | None:
    """The whole figure's span, which small multiples share."""
    times = [point.time for point in panel.reading.points if point.time is not None and point.category.date]
    return (min(times), max(times)) if times and _timed(panel) else None


def _events(panel: Panel) -> list[float]:
    """The times at which a line stands across, in days."""
    return [midpoint(line.value.date) for line in panel.figure.lines if line.value.date]


def _along(panel: Panel) -> dict[str, float]:
    """The x of each category: the middle of its time, or its index."""
    if _timed(panel):
        return {p.category.text: p.time for p in panel.points if p.time is not None}
    names = dict.fromkeys(point.category.text for point in panel.reading.points)
    return {name: float(index) for index, name in enumerate(names)}


def _heights(panel: Panel, along: dict[str, float], stacked: bool) -> dict[str, list[EndDot]]:
    """Each series' points from left to right; stacked, on those below. A point without value stays, as a gap: of a
    stack that lacks a part, no sum is known."""
    found: dict[str, list[EndDot]] = {}
    reached: dict[float, float] = {}
    totals: dict[float, float] = {}
    unknown: set[float] = set()
    of: dict[str, list[DataPoint]] = {}
    for point in panel.points:
        of.setdefault(point.series, []).append(point)
        x = along.get(point.category.text, 0.0)
        if stacked and point.y is None:
            unknown.add(x)
        totals[x] = totals.get(x, 0.0) + (point.y or 0.0)
    for series in panel.reading.series:
        own = sorted(of.get(series.key, ()), key=lambda point: along.get(point.category.text, 0.0))
        dots = []
        for point in own:
            x, y = along.get(point.category.text, 0.0), point.y
            if x in unknown:
                y = None
            elif stacked:
                step = (y or 0.0) * (100 / (totals[x] or 1) if panel.figure.stack == "share" else 1)
                y = reached[x] = reached.get(x, 0.0) + step
            dots.append((point, x, float("nan") if y is None else y))
        found[series.key] = dots
    return found


def _value_axis(panel: Panel, low: float, high: float, *, zero: bool) -> tuple[tuple[Tick, ...], Scale]:
    """Ticks, and a scale that ends on or just past them."""
    base = value_scale(panel, 0, 1, zero=zero)
    least, most = (base.low, base.high) if base.log else (min(base.low, low), max(base.high, high))
    ticks = panel.ticks(least, most, 4)
    if base.log or len(ticks) < 2:
        return ticks, Scale(least, most, 0, 1, log=base.log)
    step = ticks[1].at - ticks[0].at
    bottom = ticks[0].at if least >= ticks[0].at - 1e-9 else ticks[0].at - step
    top = ticks[-1].at if most <= ticks[-1].at + step * 0.25 else ticks[-1].at + step
    return panel.ticks(bottom, top, round((top - bottom) / step)), Scale(bottom, max(top, most), 0, 1)


def _x_axis(canvas: Canvas, panel: Panel, frame: Frame, along: dict[str, float]) -> float:
    """Names of times or other categories below the lines; returns the px that they take."""
    y, wrapped = frame.box.bottom + 16, dict[str, tuple[str, ...]]()
    named = {point.category.text: point.category for point in panel.points}
    own = [
        Tick(x, text, words_mark(named[text]))
        for text, x in sorted(along.items(), key=lambda item: item[1])
        if text in named
    ]
    if len(own) <= 7 and _apart(canvas, frame, own):
        ticks: Sequence[Tick] = own
    elif _timed(panel):
        precisions = {point.category.date.precision for point in panel.points if point.category.date}
        wide = frame.box.right - frame.box.left
        centred = precisions == {"year"} or precisions == {"month"}
        ticks = ()
        for least in (42, 64, 84, 120):  # labels of years are shorter than those of months
            ticks = time_ticks(frame.x.low, frame.x.high, max(2, int(wide / least)), panel.figure.lang, centred)
            if _apart(canvas, frame, ticks):
                break
        else:
            ticks = ticks[::2]
        if len(ticks) < 2 and _apart(canvas, frame, [own[0], own[-1]]):
            ticks = [own[0], own[-1]]
    else:
        ticks, room = _named_places(canvas, panel, frame, own)
        wrapped = {tick.text: wrap(tick.text, 13, room) for tick in ticks}
    for tick in ticks:
        lines = wrapped.get(tick.text, (tick.text,))
        x, half = frame.x(tick.at), max(text_width(line, 13) for line in lines) / 2
        canvas.line(x, frame.box.bottom, x, frame.box.bottom + 5, colour=INK2)
        x = max(panel.left + half, min(x, canvas.width - half))
        canvas.text(lines, x, y + (len(lines) - 1) * LINE / 2, size=13, colour=INK2, anchor="center", mark=tick.mark)
    return 26 + (max(map(len, wrapped.values()), default=1) - 1) * LINE


def _named_places(canvas: Canvas, panel: Panel, frame: Frame, own: list[Tick]) -> tuple[list[Tick], float]:
    """The names that are shown, every n-th, else the first and the last; and the px that each has."""
    places = [frame.x(tick.at) for tick in own]
    for step in range(1, max(2, len(own) - 1)):
        some = own[::step]
        if _apart(canvas, frame, some):
            return some, inf
        room = min(two - one for one, two in pairwise(places[::step])) - 8
        lines = [wrap(tick.text, 13, room) for tick in some]
        if max(map(len, lines)) <= MOST_LINES and max(text_width(line, 13) for each in lines for line in each) <= room:
            return some, room
    return [own[0], own[-1]], (canvas.width - panel.left) / 2 - 8


def _apart(canvas: Canvas, frame: Frame, ticks: Sequence[Tick]) -> bool:
    ends = [(frame.x(tick.at), text_width(tick.text, 13) / 2) for tick in ticks]
    return all(one + half + 8 <= two - other for (one, half), (two, other) in pairwise(ends))


def _trace(
    canvas: Canvas,
    panel: Panel,
    frame: Frame,
    series: Series,
    dots: Sequence[EndDot],
    seen: Sequence[int],
    below: bool,
) -> None:
    """The line as it is drawn, through the points that are seen, and as it is explored, through all. `below`: whether
    its area stands on the one before it."""
    area = panel.figure.kind == "area"
    stacked = area and panel.several
    few = len(dots) <= 24
    shown = few and not area
    width = 3 if series.strong else 2
    dashed = series.strong and series.index and not area and len(dots) <= MOST_DASHED
    dash = DASHES[series.index % 6] if dashed else "solid"
    joined = _joined(dots)
    alone = _alone([y for _, _, y in joined])
    through = "lines+markers" if shown or any(alone) else "lines"
    for of, mode in ((joined, through), (_contradicting(dots), "markers")):
        points = [point for point, _, _ in of]
        if not of:
            continue
        own = [n for n, (point, _, _) in enumerate(dots) if point.row.apart is (mode == "markers")]
        drawn, every = set(seen), len(seen) == len(dots)
        sizes = [10 if point.ring else 9 if series.strong else 7 for point in points]
        if mode == "lines+markers" and not shown:
            sizes = [size if is_alone else 0 for size, is_alone in zip(sizes, alone, strict=True)]
        canvas.trace(
            frame,
            "scatter",
            seen=None if every else [n for n, at in enumerate(own) if at in drawn],
            name=series.name,
            mode=mode,
            connectgaps=False,
            cliponaxis=False,
            x=[frame.x.plotly(x) for _, x, _ in of],
            y=[None if y != y else clean(y) for _, _, y in of],
            line={"color": PAPER if stacked else series.colour, "width": 1.5 if stacked else width, "dash": dash},
            marker={
                "symbol": SYMBOLS[series.index % 6] if series.strong else "circle",
                "size": sizes,
                "color": [PAPER if point.ring else series.colour for point in points],
                "line": {"color": series.colour, "width": [2 if point.ring else 0 for point in points]},
                "opacity": 1,
            },
            fill=("tonexty" if below else "tozeroy") if area and mode != "markers" else "none",
            fillcolor=series.colour if stacked or not area else _tint(series.colour),
            opacity=1,
            **marks_data(panel.figure, points),
        )
    for point, x, y in (dots[n] for n in seen):
        if y == y:
            canvas.mark_at(point.row.fact, frame.x(x), frame.y(y), 5)


def _runs(heights: dict[str, list[EndDot]], area: bool) -> list[tuple[float, float]]:
    """The parts of the axis between gaps, as (after, before): an area is drawn anew in each, for the drawing engine
    fills it straight across; a line is drawn once, and has gaps."""
    gaps = sorted({x for dots in heights.values() for _, x, y in dots if y != y}) if area else []
    return list(pairwise([-inf, *gaps, inf]))


def _within(
    run: tuple[float, float], dots: Sequence[EndDot], seen: Sequence[int]
) -> tuple[Sequence[EndDot], Sequence[int]]:
    """The points of a run, and which of them are seen."""
    after, before = run
    if (after, before) == (-inf, inf):
        return dots, seen
    own = [n for n, (_, x, _) in enumerate(dots) if after < x < before]
    drawn = set(seen)
    return [dots[n] for n in own], [place for place, n in enumerate(own) if n in drawn]


def _alone(heights: Sequence[float]) -> list[bool]:
    """Of each point whether no line leads to it, for want of a point on either side."""
    known = [y == y for y in heights]
    sides = zip([False, *known], known, [*known[1:], False], strict=False)
    return [here and not before and not after for before, here, after in sides]


def _joined(dots: Sequence[EndDot]) -> list[EndDot]:
    """Points that the line goes through."""
    return [dot for dot in dots if not dot[0].row.apart]


def _contradicting(dots: Sequence[EndDot]) -> list[EndDot]:
    """Points that contradict others; the line leaves them out."""
    return [dot for dot in dots if dot[0].row.apart]


def _tint(colour: str) -> str:
    """A transparent fill, through which texts and grid lines can be read."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.2)"


def _uncertain(canvas: Canvas, frame: Frame, series: Series, dots: Sequence[EndDot]) -> None:
    """Arrows at bounds, whiskers at ranges; the line to an uncertain point is dotted."""
    for (_, x0, y0), (point, x1, y1) in pairwise(_joined(dots)):
        if point.ring and y0 == y0 and y1 == y1:
            _dotted(canvas, frame.x(x0), frame.y(y0), frame.x(x1), frame.y(y1))
    for point, x, y in dots:
        if y != y:
            continue
        px, py = frame.x(x), frame.y(y)
        if point.relation in UP:
            canvas.line(px, py - 8, px, py - 20, colour=series.colour, width=2, below=False)
            canvas.head(px, py - 27, True, series.colour)
            canvas.obstacles.append(Box(px - 4, py - 27, px + 4, py))
        elif point.relation in DOWN:
            canvas.line(px, py + 8, px, py + 20, colour=series.colour, width=2, below=False)
            canvas.head(px, py + 27, False, series.colour)
            canvas.obstacles.append(Box(px - 4, py, px + 4, py + 27))
        if ends := interval_of(point):
            top, bottom = frame.y(ends[1]), frame.y(ends[0])
            for x0, y0, x1, y1 in ((px, top, px, bottom), (px - 5, top, px + 5, top), (px - 5, bottom, px + 5, bottom)):
                canvas.line(x0, y0, x1, y1, colour=series.colour, width=1.5, below=False)
            canvas.obstacles.append(Box(px - 5, top, px + 5, bottom))


def _dotted(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    """Gaps cut into the line that the trace drew, short of the marks at either end."""
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    at = 9.0
    while at + 4 < length - 8:
        canvas.line(
            x0 + ux * at, y0 + uy * at, x0 + ux * (at + 3.5), y0 + uy * (at + 3.5), colour=PAPER, width=5, below=False
        )
        at += 7
