"""A drawn figure in, which of its columns its data shows as a table out. Pure."""

from __future__ import annotations

from reportgen.model.figure import EvaluatedFigure

_ORDER = {"text": 0, "date": 1, "value": 2}
_ALWAYS = ("as_of", "value", "source")
"""What a table of facts shows whatever the chart is drawn from."""


def table_columns(figure: EvaluatedFigure) -> tuple[int, ...]:
    """Indices of the columns, in the order of reading: names, times, values, sources.

    Of a query over facts those that the chart is drawn from, of a CSV file all; none that is empty throughout.
    """
    named = {figure.x, figure.y, figure.color, figure.size, figure.facet, *_ALWAYS}
    if figure.figure or named == {"", *_ALWAYS}:
        named.add("place")
    facts = any(row.fact for row in figure.rows)
    shown = [
        (column.name == "source", _ORDER.get(column.kind, 0), index)
        for index, column in enumerate(figure.columns)
        if (column.name in named or not facts) and any(row.cells[index].text for row in figure.rows)
    ]
    return tuple(index for *_, index in sorted(shown))
