"""An evaluated figure in, its alternative text out. It repeats printed values and computes none. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.charts.data import DataPoint, Reading, cell, key_of, read
from reportgen.language.phrases import Furniture
from reportgen.model.figure import EvaluatedFigure

_LISTED = 12
"""Up to so many values are all read out."""

_KINDS = {
    "bar": "Bar chart",
    "line": "Line chart",
    "area": "Area chart",
    "dot": "Dot chart",
    "range": "Range chart",
    "scatter": "Scatter chart",
    "pie": "Pie chart",
    "donut": "Donut chart",
    "heatmap": "Heat map",
    "map": "Map",
    "waterfall": "Waterfall chart",
    "timeline": "Timeline",
    "table": "Table",
}


def alt_text(figure: EvaluatedFigure) -> str:
    """Kind and title; what changed, or what is highest and lowest; all values where they are few."""
    words = Furniture(figure.lang, figure.words)
    reading = read(figure)
    points = list(reading.measured())
    kind = words.plain(_KINDS.get(figure.kind, ""))
    parts = [f"{kind}: {figure.plain_title}" if figure.plain_title else kind]
    if points:
        changes = figure.kind in ("line", "area", "range")
        parts += _changes(figure, reading, words) if changes else []
        parts += _ends(figure, points, words) if len(points) > 2 or not changes else []
        if not changes and len(points) <= _LISTED:
            parts.append("; ".join(f"{_name(figure, point)}: {_values(figure, point)}" for point in points))
    if figure.kind == "map" and (bare := without_value(figure, reading)):
        some = ", ".join(bare[:_LISTED])
        named = words.with_others(some) if bare[_LISTED:] else some
        parts.append(f"{words.plain('No value')}: {named}")
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def alt_lang(figure: EvaluatedFigure) -> str:
    """The language of its sentences, where it is not the page's: the names and values in them are in the page's."""
    spoken = Furniture(figure.lang, figure.words).spoken(_KINDS.get(figure.kind, ""))
    return spoken if spoken != figure.lang else ""


def without_value(figure: EvaluatedFigure, reading: Reading) -> list[str]:
    """The areas of a map that no row gives a value, by the names of the rows where they have any, these first; all
    points are named that have none."""
    if figure.lat:
        return [point.category.text for point in reading.points if figure.size and point.y is None]
    known = {key_of(point.category): point.category.text for point in reading.points}
    measured = {key_of(point.category) for point in reading.measured()}
    bare = [known.get(shape.name, shape.name) for shape in figure.regions if shape.name not in measured]
    return sorted(bare, key=lambda name: name not in known.values())


def _changes(figure: EvaluatedFigure, reading: Reading, words: Furniture) -> list[str]:
    """From the first value to the last of each series, or of each category of a range."""
    groups: dict[tuple[str, str], list[DataPoint]] = {}
    for point in reading.measured():
        key = key_of(point.category) if figure.kind == "range" else point.series
        groups.setdefault((point.facet, key), []).append(point)
    sentences = []
    for group in groups.values():
        ordered = sorted(group, key=lambda point: point.time or 0)
        if figure.kind == "range":
            name = ordered[0].category.text
        else:
            names = [cell(figure, ordered[0].row, name).text for name in (figure.facet, figure.color) if name]
            name = ", ".join(dict.fromkeys(names))
        head = f"{name}: " if name else ""
        one, two = (_dated(figure, point) for point in (ordered[0], ordered[-1]))
        sentences.append(head + one if len(ordered) == 1 else words.plain("{}from {} to {}", head, one, two))
    text = "; ".join(sentences)
    return [text[:1].upper() + text[1:]]


def _ends(figure: EvaluatedFigure, points: Sequence[DataPoint], words: Furniture) -> list[str]:
    ordered = sorted(points, key=lambda point: point.y or 0)
    least, most = ordered[0], ordered[-1]
    highest = f"{words.plain('Highest')}: {_name(figure, most)}, {most.value.text}"
    lowest = f"{words.plain('Lowest')}: {_name(figure, least)}, {least.value.text}"
    return [
        *([highest] if all(_less(point, most) for point in ordered[:-1]) else []),
        *([lowest] if all(_less(least, point) for point in ordered[1:]) else []),
    ]


def _less(one: DataPoint, other: DataPoint) -> bool:
    """Whether one value is less than another whatever their rounding and their bounds leave open."""
    quantities = (one.value.quantity, other.value.quantity)
    if None in quantities or one.high is None or other.low is None:
        return False
    touching = any(quantity is not None and not quantity.exact for quantity in quantities)
    return one.high < other.low or (touching and one.high == other.low)


def _values(figure: EvaluatedFigure, point: DataPoint) -> str:
    if figure.low and figure.high and point.spread:
        ends = (cell(figure, point.row, name).text for name in (figure.low, figure.high))
        return f"{point.value.text} ({'–'.join(ends)})"
    return f"{point.x_value.text}, {point.value.text}" if point.x_value.text else point.value.text


def _dated(figure: EvaluatedFigure, point: DataPoint) -> str:
    date = next((datum.text for datum in point.row.cells if datum.date and datum.text), "")
    return f"{point.value.text} ({date})" if date else point.value.text


def _name(figure: EvaluatedFigure, point: DataPoint) -> str:
    """The names that distinguish the point from the others."""
    measured = figure.kind == "map" and not figure.lat
    columns = (figure.facet, "" if measured else figure.color if figure.kind != "heatmap" else figure.y)
    names = [cell(figure, point.row, name).text for name in columns if name]
    return ", ".join(dict.fromkeys(name for name in (*names, point.category.text) if name))
