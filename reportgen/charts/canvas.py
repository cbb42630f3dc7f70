"""Texts, lines and traces of a chart at positions in px in, a Plotly figure as JSON out; knows the box of each text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from math import inf
from typing import Any, Literal

from reportgen.charts.axes import Scale, Tick, clean
from reportgen.charts.data import GRID, INK, INK2, PAPER, REST
from reportgen.charts.text import FONT, text_width

Layout = Literal["wide", "narrow"]
Anchor = Literal["left", "center", "right"]
_LEADING = 1.3
"""Plotly's line height."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, gap: float = 0) -> bool:
        """Whether the two overlap, or lie nearer than `gap`."""
        across = self.left < other.right + gap and other.left < self.right + gap
        return across and self.top < other.bottom + gap and other.top < self.bottom + gap

    def within(self, other: Box) -> bool:
        """Whether all of it lies in `other`."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


@dataclass(frozen=True, slots=True)
class Label:
    """A text with its position and the source of its digits."""

    lines: tuple[str, ...]
    x: float
    y: float
    """The middle of the text."""
    size: float
    colour: str
    anchor: Anchor
    bold: bool
    mark: str
    """`data-n`: an index, `scale`, `date`, `year`, `name`; empty where there are no digits."""
    ground: bool
    """Whether it has a background in the colour of the paper, which hides lines behind it."""

    @property
    def box(self) -> Box:
        """The area that it covers, in px."""
        width = max(text_width(line, self.size, self.bold) for line in self.lines)
        left = {"left": self.x, "center": self.x - width / 2, "right": self.x - width}[self.anchor]
        half = len(self.lines) * self.size * _LEADING / 2
        return Box(left, self.y - half, left + width, self.y + half)


@dataclass
class Frame:
    """A pair of axes on the canvas."""

    number: int
    box: Box
    x: Scale
    y: Scale
    x_grid: tuple[float, ...] = ()
    y_grid: tuple[float, ...] = ()

    @property
    def axes(self) -> dict[str, str]:
        """The keys of a trace that is drawn on these axes."""
        return {} if self.number == 1 else {"xaxis": f"x{self.number}", "yaxis": f"y{self.number}"}


@dataclass
class Canvas:
    """The texts, shapes and traces of a chart so far."""

    width: int
    height: float = 0
    """Set by the drawing before `figure` is called."""
    traces: list[dict[str, Any]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    obstacles: list[Box] = field(default_factory=list)
    """Areas of marks, which no annotation may cover."""
    places: dict[str, Box] = field(default_factory=dict)
    """Id of a fact -> its mark."""

    def frame(self, box: Box, x: Scale, y: Scale) -> Frame:
        """A new pair of axes that fills `box`."""
        frame = Frame(len(self.frames) + 1, box, x, y)
        self.frames.append(frame)
        return frame

    def text(
        self,
        words: str | Sequence[str],
        x: float,
        y: float,
        *,
        size: float = 14,
        colour: str = INK,
        anchor: Anchor = "left",
        bold: bool = False,
        mark: str = "",
        ground: bool = False,
    ) -> Label:
        """A text at a position; `y` is the middle of its height."""
        lines = (words,) if isinstance(words, str) else tuple(words)
        label = Label(lines, x, y, size, colour, anchor, bold, mark, ground)
        self.labels.append(label)
        return label

    def text_beside(
        self,
        words: str,
        x: float,
        y: float,
        *,
        right: float,
        reach: float,
        rise: float,
        half: float,
        gap: float,
        bottom: float = inf,
        size: float,
        bold: bool,
        colour: str,
        mark: str,
    ) -> None:
        """A text on the right of a mark at (x, y), else left of it, above or below it: the first position that is free.

        It begins at `right`, or ends `reach` px left of `x`, or has its middle `rise` px above or below `y`, and the
        middle is above `bottom`. `half` is half of its height.
        """
        width = text_width(words, size, bold)
        for left, middle in (right, y), (x - reach - width, y), (x - width / 2, y - rise), (x - width / 2, y + rise):
            if middle < bottom and self.free(Box(left, middle - half, left + width, middle + half), gap):
                self.text(words, left, middle, size=size, bold=bold, colour=colour, mark=mark)
                return

    def free(self, box: Box, gap: float = 2, marks: bool = True) -> bool:
        """Whether `box` is on the canvas and covers no text; with `marks`, no mark either."""
        if not box.within(Box(0, 0, self.width, self.height or 1e9)):
            return False
        taken = [label.box for label in self.labels] + (self.obstacles if marks else [])
        return not any(box.meets(other, gap) for other in taken)

    def line(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        *,
        colour: str = GRID,
        width: float = 1,
        dash: str = "solid",
        below: bool = True,
    ) -> None:
        """A straight line."""
        style = {"color": colour, "width": width, "dash": dash}
        where = {"x0": x0, "y0": y0, "x1": x1, "y1": y1}
        self.shapes.append({"type": "line", **where, "line": style, "layer": "below" if below else "above"})

    def shape(self, kind: str, box: Box, *, fill: str, line: str = "", width: float = 0) -> None:
        """A filled `rect` or `circle`."""
        where = {"x0": box.left, "y0": box.top, "x1": box.right, "y1": box.bottom}
        style = {"color": line or fill, "width": width}
        self.shapes.append({"type": kind, **where, "fillcolor": fill, "line": style, "layer": "above"})

    def head(self, x: float, y: float, up: bool, colour: str) -> None:
        """An arrowhead with its tip at a position."""
        self.shapes.append({"type": "path", "tip": (x, y, up), "fillcolor": colour, "line": {"width": 0}})

    def trace(self, frame: Frame, kind: str, *, seen: Sequence[int] | None = None, **options: Any) -> None:
        """A Plotly trace on `frame`; of many points, those that are `seen` make the picture, and all the live chart."""
        self.traces.append({"type": kind, "showlegend": False, **frame.axes, **options, "seen": seen})

    def mark_at(self, fact: str, x: float, y: float, radius: float) -> None:
        """Records the position of a fact's mark."""
        box = Box(x - radius, y - radius, x + radius, y + radius)
        self.obstacles.append(box)
        if fact:
            self.places[fact] = box

    def value_axis_x(self, frame: Frame, ticks: Iterable[Tick], zero: bool = True, size: float = 13) -> None:
        """Vertical grid lines with their values below."""
        ticks = tuple(ticks)
        frame.x_grid = tuple(tick.at for tick in ticks)
        halves = [text_width(tick.text, size) / 2 for tick in ticks]
        places = [max(h, min(frame.x(tick.at), self.width - h)) for tick, h in zip(ticks, halves, strict=True)]
        named = list(zip(ticks, places, halves, strict=True))[::-1]  # the last has the unit
        every = next((n for n in range(1, len(named)) if not _too_near(named[::n])), max(1, len(named)))
        for tick, where, _ in named[::every]:
            self.text(tick.text, where, frame.box.bottom + 14, size=size, colour=INK2, anchor="center", mark=tick.mark)
        if zero and frame.x.low <= 0 <= frame.x.high:
            self.line(frame.x(0), frame.box.top, frame.x(0), frame.box.bottom, colour=REST)

    def value_axis_y(self, frame: Frame, ticks: Iterable[Tick], left: float, zero: bool = True) -> None:
        """Horizontal grid lines from `left`, each with its value above its beginning."""
        for tick in ticks:
            where = frame.y(tick.at)
            strong = zero and tick.at == 0
            self.line(left, where, frame.box.right, where, colour=REST if strong else GRID)
            self.text(tick.text, left, where - 10, size=13, colour=INK2, mark=tick.mark)

    def figure(self, *, hover: bool) -> str:
        """Canonical JSON; `hover` includes the tooltips."""
        layout: dict[str, Any] = {
            "width": self.width,
            "height": round(self.height),
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "font": {"family": FONT, "size": 14, "color": INK},
            "hovermode": "closest" if hover else False,
            "dragmode": False,
            "annotations": [self._annotation(label) for label in self.labels],
            "shapes": [self._shape(shape) for shape in self.shapes],
        }
        if any(trace["type"] == "bar" for trace in self.traces):
            layout["barmode"] = "overlay"
        if hover:
            layout["hoverlabel"] = {
                "font": {"family": FONT, "size": 13, "color": INK},
                "bgcolor": PAPER,
                "bordercolor": REST,
                "align": "left",
            }
        for frame in self.frames:
            suffix = "" if frame.number == 1 else str(frame.number)
            layout[f"xaxis{suffix}"] = self._axis(frame, frame.x, frame.x_grid, "y", True)
            layout[f"yaxis{suffix}"] = self._axis(frame, frame.y, frame.y_grid, "x", False)
        data = [self._trace(trace, hover) for trace in self.traces]
        config = {"config": {"displayModeBar": False, "responsive": False, "scrollZoom": False}} if hover else {}
        return json.dumps({"data": data, "layout": layout, **config}, ensure_ascii=False, sort_keys=True)

    def _across(self, x: float) -> float:
        return clean(round(x / self.width, 6))

    def _up(self, y: float) -> float:
        return clean(round(1 - y / round(self.height), 6))

    def _sides(self, box: Box) -> list[float]:
        return [self._across(box.left), self._across(box.right)]

    def _heights(self, box: Box) -> list[float]:
        return [self._up(box.bottom), self._up(box.top)]

    def _annotation(self, label: Label) -> dict[str, Any]:
        words = "<br>".join(escape(line, quote=False) for line in label.lines)
        return {
            "text": f"<b>{words}</b>" if label.bold else words,
            "x": self._across(label.x),
            "y": self._up(label.y),
            "xref": "paper",
            "yref": "paper",
            "xanchor": label.anchor,
            "yanchor": "middle",
            "align": label.anchor,
            "showarrow": False,
            "borderpad": 0,
            "borderwidth": 0,
            "bgcolor": PAPER if label.ground else "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": label.size, "color": label.colour},
        }

    def _shape(self, shape: dict[str, Any]) -> dict[str, Any]:
        placed = {**shape, "xref": "paper", "yref": "paper"}
        if "tip" in shape:
            x, y, up = placed.pop("tip")
            foot = y + (8 if up else -8)
            corners = ((x, y), (x - 4, foot), (x + 4, foot))
            placed["path"] = "M" + "L".join(f"{self._across(a)},{self._up(b)}" for a, b in corners) + "Z"
            return {**placed, "layer": "above"}
        ends = {name: (self._across if name[0] == "x" else self._up)(shape[name]) for name in ("x0", "x1", "y0", "y1")}
        return placed | ends

    def _trace(self, trace: dict[str, Any], hover: bool) -> dict[str, Any]:
        if "domain" in trace:
            trace = {**trace, "domain": {"x": self._sides(trace["domain"]), "y": self._heights(trace["domain"])}}
        trace = dict(trace)
        seen = trace.pop("seen", None)
        if hover and "hovertext" in trace:
            filled = {"text": trace.pop("hovertext")} if trace.get("hoveron") == "fills" else {}
            return {**trace, **filled, "hoverinfo": "text"}
        if seen is not None:
            trace = {name: _picked(value, seen) for name, value in trace.items()}
        return {**{name: value for name, value in trace.items() if name != "hovertext"}, "hoverinfo": "skip"}

    def _axis(self, frame: Frame, scale: Scale, grid: tuple[float, ...], anchor: str, across: bool) -> dict[str, Any]:
        suffix = "" if frame.number == 1 else str(frame.number)
        return {
            "type": scale.kind(),
            "range": scale.plotly_range(),
            "domain": self._sides(frame.box) if across else self._heights(frame.box),
            "anchor": anchor + suffix,
            "fixedrange": True,
            "showgrid": bool(grid),
            "gridcolor": GRID,
            "gridwidth": 1,
            "zeroline": False,
            "showline": False,
            "showticklabels": False,
            "ticks": "",
            "tickmode": "array",
            "tickvals": [scale.plotly(value) for value in grid],
        }


def _too_near(named: Sequence[tuple[Tick, float, float]]) -> bool:
    """Whether two neighbours of some (tick, place, half its width) are less than 10 px apart."""
    return any(abs(two[1] - one[1]) < one[2] + two[2] + 10 for one, two in pairwise(named))


def _picked(value: Any, seen: Sequence[int]) -> Any:
    """The values of the points that are seen, where there is one a point."""
    if isinstance(value, dict):
        return {name: _picked(part, seen) for name, part in value.items()}
    return [value[n] for n in seen] if isinstance(value, list) else value
