"""A panel in, its bars drawn on a canvas: horizontal or vertical, grouped, stacked, and waterfalls."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from reportgen.charts.axes import Scale, Tick, clean, number_ticks
from reportgen.charts.canvas import Anchor, Box, Canvas, Frame
from reportgen.charts.data import INK, INK2, PAPER, REST, C, DataPoint, Series, interval_of, words_mark
from reportgen.charts.ends import spread
from reportgen.charts.panel import Panel, colour_of, marks_data, reference_lines, text_colour
from reportgen.charts.text import shortened, text_width, wrap
from reportgen.language.lexicon import lexicon
from reportgen.language.phrases import Furniture
from reportgen.language.units import is_percent
from reportgen.language.words import lower, words_of
from reportgen.late_patterns import regex
from reportgen.model.quantity import Relation

BAR, THIN, GAP = 22, 15, 3
"""px: a bar alone, one of a group, and between the bars of a group."""
SIDES: Mapping[bool, Anchor] = {False: "right", True: "left"}
"""Whether a label is on the right of its mark -> the anchor of the label."""
_WORDS = regex(r"(?<=\d)\s[^\W\d_][^\d]{3,}$")
"""A unit of several letters after a number."""
_BARE = regex(r"[^\w$€£¥₸]*\d[^\w$€£¥₸]*(?:\d[^\w$€£¥₸]*)*")
"""A number that nothing but signs and spaces stands around."""
ROOMY = 24.0
"""px beside an amount within a bar whose axis counts shares: where little is free, it would be taken for a share."""
_SIZES = (14, 13, 12)
"""Of a value over a column."""
_ONTO = 4.0
"""px by which a value may stand on a higher column beside its own, which it covers there."""
VALUES_APART = 3.0
"""Between the values of neighbouring columns, in px."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its ends in the figure's unit and its place across the categories."""

    point: DataPoint
    base: float
    tip: float
    slot: int
    """Index of its category."""
    lane: float
    """Its position within the category, from 0; halves where it has fewer bars than others."""
    colour: str
    inside: bool = False
    """Whether it is a segment of a stack: its value is printed inside it or not at all."""
    beside: float = 4
    """What has to be free on both sides of that value together, in px."""

    @property
    def least(self) -> float:
        """The lower end, its range included."""
        return min(self.base, self.tip, *(interval_of(self.point) or () if not self.inside else ()))

    @property
    def most(self) -> float:
        """The upper end, its range included."""
        return max(self.base, self.tip, *(interval_of(self.point) or () if not self.inside else ()))


def bars_of(panel: Panel) -> tuple[list[Bar], int]:
    """The panel's bars, and the number of bars side by side in a category."""
    if panel.figure.kind == "waterfall":
        return _steps(panel), 1
    stacked = panel.several and panel.figure.stack in ("stack", "share")
    share = panel.figure.stack == "share"
    keys = [series.key for series in panel.reading.series]
    bars = []
    for slot, group in enumerate(panel.by_category()):
        if stacked and lacks_part(group):
            continue
        total = sum(abs(point.y or 0) for point in group) or 1
        above = below = 0.0
        for point in sorted(group, key=lambda point: keys.index(point.series)):
            if point.y is None:
                continue
            if not stacked:
                lane = keys.index(point.series) if panel.several else 0
                bars.append(Bar(point, 0, point.y, slot, lane, colour_of(panel, point)))
                continue
            step = 100 * point.y / total if share else point.y
            base = above if step >= 0 else below
            colour, free = colour_of(panel, point), ROOMY if share else 4
            bars.append(Bar(point, base, base + step, slot, 0, colour, inside=True, beside=free))
            above, below = (base + step, below) if step >= 0 else (above, base + step)
    if stacked or not panel.several:
        return bars, 1
    return _centred(bars)


def lacks_part(stack: Sequence[DataPoint]) -> bool:
    """Whether a part of a stack is not known, so that its sum is not either."""
    return any(point.y is None for point in stack)


def _centred(bars: Sequence[Bar]) -> tuple[list[Bar], int]:
    """Bars side by side around the middle of their category, without room for those that have no value there; and how
    many the fullest category has."""
    lanes: dict[int, list[int]] = defaultdict(list)
    for bar in bars:
        lanes[bar.slot].append(int(bar.lane))
    most = max((len(set(own)) for own in lanes.values()), default=1)
    placed = {slot: sorted(set(own)) for slot, own in lanes.items()}
    moved = ((bar, placed[bar.slot]) for bar in bars)
    return [replace(bar, lane=own.index(int(bar.lane)) + (most - len(own)) / 2) for bar, own in moved], most


def bar_extent(panel: Panel) -> tuple[float, float]:
    """Ends of the value axis: zero, and the ends of all bars."""
    bars, _ = bars_of(panel)
    ends = [end for bar in bars for end in (bar.least, bar.most)] or [0.0, 1.0]
    ends += [0.0, *((panel.low, panel.high) if panel.figure.lines else ())]
    return min(ends), max(ends)


def draw_across(canvas: Canvas, panel: Panel, low: float, high: float) -> float:
    """Horizontal bars; returns the bottom."""
    bars, lanes = bars_of(panel)
    groups = panel.by_category()
    names = [group[0].category for group in groups]
    widest = max((text_width(name.text, 14, True) for name in names), default=0)
    beside = not panel.narrow and not panel.compact and len(groups) > 6 and widest <= panel.width * 0.34
    left = panel.left + (widest + 12 if beside else 0)
    value_size = 13 if lanes > 1 or panel.compact else 14
    hung = [
        ("" if bar.inside else bar.point.text, bar.least if bar.tip < 0 else bar.most, bar.tip >= 0)
        for bar in (bars if not panel.compact else bars_of(replace(panel, points=panel.reading.points))[0])
    ]
    scale = room_for(left, panel.right, low, high, hung, value_size)
    thick = BAR if lanes == 1 else THIN
    own = Counter(bar.slot for bar in bars) if lanes > 1 else Counter()
    blocks = [max(1, own[slot]) * (thick + GAP) - GAP for slot in range(len(groups))]
    heads = [(name.text,) if beside else wrap(name.text, 14, panel.width, True) for name in names]
    y = top = panel.below_labels
    middles: list[float] = []
    for name, lines, block in zip(names, heads, blocks, strict=True):
        chosen = not panel.several and panel.highlights(name)
        half, colour = block / 2 if beside else 9.1 * len(lines), C[0] if chosen else INK
        mark = words_mark(name)
        canvas.text(lines, panel.left, y + half, size=14, bold=chosen, colour=colour, mark=mark, ground=not beside)
        y += 0 if beside else 2 * half + 2
        middles.append(y + block / 2)
        y += block + (12 if beside or panel.compact else 16)
    bottom = y - 4
    frame = canvas.frame(Box(left, top, panel.right, bottom), scale, Scale(bottom, top, bottom, top))
    places = [middles[bar.slot] + (bar.lane - (lanes - 1) / 2) * (thick + GAP) for bar in bars]
    bar_traces(canvas, panel, frame, bars, places, thick, across=True)
    for bar, y in zip(bars, places, strict=True):
        _value_across(canvas, bar, scale, y, value_size, thick)
    if panel.figure.kind == "waterfall":
        for bar, y, after_y in zip(bars, places, places[1:], strict=False):
            x = scale(bar.tip)
            canvas.line(x, y + thick / 2, x, after_y - thick / 2, colour=REST, below=False)
    count = max(2, int((panel.right - left) / (90 if not panel.narrow else 70)))
    axis = share_ticks(panel, count) or panel.ticks(low, high, min(6, count))
    canvas.value_axis_x(frame, axis)
    reference_lines(canvas, panel, frame, upright=True)
    return bottom + 24


def share_ticks(panel: Panel, count: int) -> tuple[Tick, ...]:
    if not (panel.several and panel.figure.stack == "share" and panel.figure.kind == "bar"):
        return ()
    suffix = "%" if panel.figure.lang == "en" else "\u00a0%"
    return number_ticks(0, 100, min(5, count), panel.figure.lang, ("", suffix))


def share_words(panel: Panel) -> str:
    """That bars whose axis counts shares print amounts; empty where they do not, or where the two are the same."""
    if not share_ticks(panel, 5):
        return ""
    stacks = (group for group in panel.by_category() if not lacks_part(group))
    wholes = (sum(abs(point.y or 0) for point in group) for group in stacks)
    printed = (point.value.quantity for point in panel.points)
    if all(whole == 100 for whole in wholes) and all(is_percent(each.unit) for each in printed if each):
        return ""
    return Furniture(panel.figure.lang, panel.figure.words).plain("Lengths are shares, numbers are amounts.")


def room_for(
    left: float, right: float, low: float, high: float, texts: Sequence[tuple[str, float, bool]], size: float
) -> Scale:
    """The widest scale from `low` to `high` that leaves room for labels at values: `(text, value, right of it)`."""
    start, end = left, right - 12.0
    for _ in range(12):
        scale = Scale(low, high, start, end)
        over = under = 0.0
        for text, value, after in texts:
            width = text_width(text, size, True) + 10 if text else 0
            over = max(over, scale(value) + (width if after else 0) - right)
            under = max(under, left - scale(value) + (0 if after else width))
        if over <= 0.5 and under <= 0.5:
            break
        start, end = start + under, end - over
    return Scale(Scale(low, high, start, end).back(left), Scale(low, high, start, end).back(right), left, right)


def bar_traces(
    canvas: Canvas,
    panel: Panel,
    frame: Frame,
    bars: Sequence[Bar],
    places: Sequence[float],
    thick: float,
    *,
    across: bool,
) -> None:
    for series in panel.reading.series:
        chosen = [(bar, place) for bar, place in zip(bars, places, strict=True) if bar.point.series == series.key]
        if not chosen:
            continue
        own = [bar for bar, _ in chosen]
        empty = [bar.point.row.dispreferred and not bar.point.hatched for bar in own]
        lined = [1.5 if bar.point.hatched or bar.point.row.dispreferred else 1.0 if bar.inside else 0 for bar in own]
        lengths = [clean(bar.tip - bar.base) for bar in own]
        middles = [clean(round(place, 2)) for _, place in chosen]
        canvas.trace(
            frame,
            "bar",
            name=series.name,
            orientation="h" if across else "v",
            x=lengths if across else middles,
            y=middles if across else lengths,
            base=[clean(bar.base) for bar in own],
            width=clean(round(thick, 2)),
            marker={
                "color": [PAPER if hollow else bar.colour for bar, hollow in zip(own, empty, strict=True)],
                "line": {"color": [PAPER if bar.inside else bar.colour for bar in own], "width": lined},
                "pattern": {
                    "shape": ["/" if bar.point.hatched else "" for bar in own],
                    "fgcolor": [bar.colour for bar in own],
                    "bgcolor": PAPER,
                    "fgopacity": 0.75,
                    "size": 7,
                    "solidity": 0.16,
                },
            },
            **marks_data(panel.figure, [bar.point for bar in own]),
        )
        for bar, place in chosen:
            tip = frame.x(bar.tip) if across else frame.y(bar.tip)
            x, y = (tip, place) if across else (place, tip)
            canvas.mark_at(bar.point.row.fact, x, y, 3)
            if (ends := interval_of(bar.point)) and not bar.inside:
                _whisker(canvas, frame, ends, place, across)


def _whisker(canvas: Canvas, frame: Frame, ends: tuple[float, float], place: float, across: bool) -> None:
    one, two = (frame.x(ends[0]), frame.x(ends[1])) if across else (frame.y(ends[0]), frame.y(ends[1]))
    strokes = [(one, place, two, place), (one, place - 5, one, place + 5), (two, place - 5, two, place + 5)]
    for x0, y0, x1, y1 in strokes:
        where = (x0, y0, x1, y1) if across else (y0, x0, y1, x1)
        canvas.line(*where, colour=INK, width=1.5, below=False)


def _value_across(canvas: Canvas, bar: Bar, scale: Scale, y: float, size: float, thick: float) -> None:
    point, width = bar.point, text_width(bar.point.text, size, True)
    if bar.inside:
        if width + 4 + bar.beside <= abs(scale(bar.tip) - scale(bar.base)):
            middle = scale((bar.tip + bar.base) / 2)
            canvas.text(point.text, middle, y, size=13, bold=True, colour=PAPER, anchor="center", mark=point.mark)
        return
    colour = text_colour(bar.colour)
    x, bold = scale(bar.least) - 7 if bar.tip < 0 else scale(bar.most) + 7, colour != INK
    side = SIDES[bar.tip >= 0]
    canvas.text(point.text, x, y, size=size, bold=bold, colour=colour, anchor=side, mark=point.mark, ground=True)


def _steps(panel: Panel) -> list[Bar]:
    """A waterfall: the first, the last and the highlighted bars start at zero, each other where the one before it
    ends. `_sums` in brief/chart_checks.py has seen to it that they come to what these say."""
    bars, reached = [], 0.0
    points = _united_once([group[0] for group in panel.by_category()], panel.figure.lang)
    for slot, point in enumerate(points):
        change = point.y or 0.0
        whole = slot in (0, len(points) - 1) or panel.highlights(point.category, point.row.fact)
        base = 0.0 if whole else reached
        colour = REST if whole else C[0] if change >= 0 else C[1]
        reached = base + change
        bars.append(Bar(point, base, reached, slot, 0, colour))
    return bars


def _united_once(points: Sequence[DataPoint], lang: str) -> list[DataPoint]:
    """Points whose values all end with the same words, which the first alone says; but no `million` is left out, and
    nothing where a currency stands before the number: "US$6.3" would be another amount than "US$6.3 million"."""
    ends = {found[0] if (found := _WORDS.search(point.value.text)) else "" for point in points}
    unit = ends.pop() if len(ends) == 1 else ""
    if not unit or any(
        key in lexicon(lang).scales for word in words_of(lower(unit)) for key in lexicon(lang).keys(word)
    ):
        return list(points)
    if not all(_BARE.fullmatch(point.value.text.removesuffix(unit)) for point in points):
        return list(points)

    def bare(point: DataPoint) -> DataPoint:
        return replace(point, value=replace(point.value, text=point.value.text.removesuffix(unit)))

    return [*points[:1], *map(bare, points[1:])]


def draw_upright(canvas: Canvas, panel: Panel, low: float, high: float, height: float) -> float:
    """Columns; returns the bottom."""
    bars, lanes = bars_of(panel)
    groups = panel.by_category()
    axis = share_ticks(panel, 5) or panel.ticks(low, high, 4)
    inset = max((text_width(tick.text, 13) for tick in axis), default=0) + 14
    names = _beside_last(panel) if names_fit_beside(panel) else ()
    left, right = panel.left + inset, panel.right - _room(names)
    top = panel.top + 24
    bottom = top + height
    slot = (right - left) / max(1, len(groups))
    wide = max((text_width(bar.point.text, 14, True) for bar in bars), default=0) + VALUES_APART
    thick = min(88 if lanes == 1 else max(44, wide), slot * 0.72 / lanes)
    size = _value_size(bars, slot / lanes)
    down = 20 if low < 0 else 0
    scale = Scale(low, high, bottom - down, top)
    frame = canvas.frame(
        Box(left, top, right, bottom), Scale(left, right, left, right), Scale(scale.back(bottom), high, bottom, top)
    )
    middles = [left + slot * (index + 0.5) for index in range(len(groups))]
    places = [middles[bar.slot] + (bar.lane - (lanes - 1) / 2) * thick for bar in bars]
    canvas.value_axis_y(frame, axis, panel.left)
    width = thick * (0.94 if lanes > 1 else 1)
    bar_traces(canvas, panel, frame, bars, places, width, across=False)
    if lanes > 1:
        size = next((n for n in _SIZES if n <= size and not _values_meet(bars, places, scale, n, width)), 0)
    if size:
        for bar, x in zip(bars, places, strict=True):
            _value(canvas, bar, scale, x, size, thick, lanes == 1)
    else:
        _some_values(canvas, bars, scale, places, width)
    for series, y in _at_last(bars, names, scale, len(groups) - 1, top - 8, bottom):
        x = middles[-1] + thick / 2 + 8
        colour = text_colour(series.colour)
        canvas.text(series.name, x, y, size=13, bold=series.strong, colour=colour, mark=series.mark)
    tall = _foot(canvas, panel, middles, slot, bottom)
    reference_lines(canvas, panel, frame, upright=False)
    return bottom + 8 + tall


def upright_fits(panel: Panel) -> bool:
    """Whether every category's name has room under a column."""
    groups = panel.by_category()
    slot = (panel.width - 50) / max(1, len(groups))
    return all(text_width(word, 13) <= slot - 4 for group in groups for word in group[0].category.text.split(" "))


def names_fit_beside(panel: Panel) -> bool:
    """Whether stacked series can be named right of the last column instead of in a legend."""
    stacked = panel.several and panel.figure.stack in ("stack", "share") and not panel.compact
    names = _beside_last(panel)
    return stacked and len(names) == len(panel.reading.series) and _room(names) <= panel.width * 0.3


def _beside_last(panel: Panel) -> tuple[Series, ...]:
    """Series with a part in the last column."""
    groups = panel.by_category()
    keys = {point.series for point in groups[-1] if point.y} if groups and not lacks_part(groups[-1]) else set()
    return tuple(series for series in panel.reading.series if series.key in keys)


def _room(names: Sequence[Series]) -> float:
    return max((text_width(series.name, 13, True) for series in names), default=-10) + 10


def _at_last(
    bars: Sequence[Bar], names: Sequence[Series], scale: Scale, last: int, top: float, bottom: float
) -> list[tuple[Series, float]]:
    """The name of each series beside its part of the last column, and its y."""
    parts = {bar.point.series: scale((bar.base + bar.tip) / 2) for bar in bars if bar.slot == last}
    ordered = sorted(names, key=lambda series: parts[series.key])
    return list(zip(ordered, spread([(parts[series.key], 17.0) for series in ordered], top, bottom), strict=True))


def _value_size(bars: Sequence[Bar], slot: float) -> float:
    """The largest type in which every value has room over its column; 0 if none does."""
    texts = [bar.point.text for bar in bars]
    return next(
        (size for size in _SIZES if all(text_width(text, size, True) <= slot - VALUES_APART for text in texts)), 0
    )


def _values_meet(bars: Sequence[Bar], places: Sequence[float], scale: Scale, size: float, width: float) -> bool:
    """Whether the values over two columns would run into each other, or into another column."""
    boxes, columns = [], _column_boxes(bars, places, scale, width - 2 * _ONTO)
    for bar, x in zip(bars, places, strict=True):
        half, y = text_width(bar.point.text, size) / 2, _value_y(bar, scale)
        boxes.append(Box(x - half, y - size * 0.6, x + half, y + size * 0.6))
    pairs = [
        *combinations(boxes, 2),
        *((one, c) for n, one in enumerate(boxes) for m, c in enumerate(columns) if n != m),
    ]
    return any(one.meets(other) for one, other in pairs)


def _column_boxes(bars: Sequence[Bar], places: Sequence[float], scale: Scale, width: float) -> list[Box]:
    return [
        Box(x - width / 2, min(scale(bar.base), scale(bar.most)), x + width / 2, max(scale(bar.base), scale(bar.least)))
        for bar, x in zip(bars, places, strict=True)
    ]


def _value_y(bar: Bar, scale: Scale) -> float:
    """The middle of a value over its column, or under one that is negative."""
    return scale(bar.least) + 11 if bar.tip < 0 else scale(bar.most) - 11


def _value(canvas: Canvas, bar: Bar, scale: Scale, x: float, size: float, thick: float, alone: bool) -> None:
    point = bar.point
    if bar.inside:
        tall = abs(scale(bar.tip) - scale(bar.base))
        if tall >= 17 and text_width(point.text, 12, True) + bar.beside <= thick:
            y = scale((bar.tip + bar.base) / 2)
            canvas.text(point.text, x, y, size=12, bold=True, colour=PAPER, anchor="center", mark=point.mark)
        return
    y = _value_y(bar, scale)
    colour = text_colour(bar.colour)
    bold = alone and colour != INK
    canvas.text(point.text, x, y, size=size, bold=bold, colour=colour, anchor="center", mark=point.mark, ground=True)


def _some_values(canvas: Canvas, bars: Sequence[Bar], scale: Scale, places: Sequence[float], width: float) -> None:
    """Where not all values have room: the largest, the last and the uncertain, without covering other columns."""
    columns = _column_boxes(bars, places, scale, width)
    order = sorted(range(len(bars)), key=lambda index: (-bars[index].tip, index))
    wanted = [*order[:1], *(index for index in order if bars[index].point.ring), len(bars) - 1, *order[-1:]]
    for bar, place in zip(bars, places, strict=True):
        if bar.point.relation in (Relation.OVER, Relation.AT_LEAST) and not bar.inside:
            canvas.head(place, scale(bar.tip) - 11, True, bar.colour)
            canvas.obstacles.append(Box(place - 5, scale(bar.tip) - 11, place + 5, scale(bar.tip)))
    for index in dict.fromkeys(wanted if bars and not bars[0].inside else ()):
        bar, x = bars[index], places[index]
        half = text_width(bar.point.text, 12, True) / 2
        y = scale(bar.least) + 10 if bar.tip < 0 else scale(bar.most) - 10
        x = max(columns[0].left + half, min(x, canvas.width - half - 1))
        box = Box(x - half, y - 8, x + half, y + 8)
        if canvas.free(box, 1, marks=False) and not any(box.meets(column) for column in columns):
            words, mark, colour = bar.point.text, bar.point.mark, text_colour(bar.colour)
            canvas.text(words, x, y, size=12, bold=True, colour=colour, anchor="center", mark=mark, ground=True)


def _foot(canvas: Canvas, panel: Panel, middles: Sequence[float], slot: float, bottom: float) -> float:
    """Names under the columns, every second or third where they are many; returns their height."""
    names = [group[0].category for group in panel.by_category()]
    lines = [wrap(name.text, 13, slot - 6) for name in names]
    fits = all(text_width(line, 13) <= slot - 4 for wrapped in lines for line in wrapped)
    widest = max((text_width(name.text, 13) for name in names), default=0)
    every = 1 if fits else max(1, -(-int(widest + 10) // max(1, int(slot))))
    for index in range(0, len(names), every):
        words = lines[index] if fits else (shortened(names[index].text, 13, slot * every - 4),)
        half = max(text_width(line, 13) for line in words) / 2
        x = min(max(middles[index], panel.left + half), panel.right - half)
        mark = words_mark(names[index])
        canvas.text(words, x, bottom + 5 + 8.5 * len(words), size=13, colour=INK2, anchor="center", mark=mark)
    return 17.0 * (max((len(words) for words in lines), default=1) if fits else 1)
