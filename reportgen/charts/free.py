"""An author's own Plotly figure and its data in, the figure with its columns filled in out. Pure.

`"@value"`, or `{"column": "value"}`, anywhere in the figure is replaced by that column: its printed texts under the
keys `text`, `hovertext`, `labels`, `ids`, `names` and `customdata`, else numbers, times or words.
`{"column": "value", "as": "text"}` gives the printed texts under any key. Other texts stay as they are.
"""

from __future__ import annotations

import json
from typing import Any

from reportgen.charts.axes import clean, iso, midpoint
from reportgen.charts.data import GRID, INK, INK2, REST, C, cell
from reportgen.charts.text import FONT
from reportgen.model.figure import Datum, EvaluatedFigure, FigureColumn

_WORDS = ("text", "hovertext", "labels", "ids", "names", "customdata")
_SEPARATORS = {"en": ".,", "ru": ",\u00a0", "kk": ",\u00a0"}


def free_figure(figure: EvaluatedFigure, width: int, *, hover: bool) -> tuple[str, int, int]:
    """Canonical JSON, width and height. ValueError if the figure is not a map with `data`."""
    given = json.loads(figure.figure)
    if not isinstance(given, dict) or not isinstance(given.get("data"), list):
        raise ValueError(f'figure "{figure.id}" is not a Plotly figure: a map with `data`, a list')
    filled: dict[str, Any] = _filled(given, figure, "")
    own = filled.get("layout", {})
    layout = _merged(_defaults(figure, width), own)
    height = int(own.get("height", 360))
    layout.update(width=width, height=height, hovermode=own.get("hovermode", "closest") if hover else False)
    layout.pop("title", None)  # the caption is the page's
    made = {"data": filled["data"], "layout": layout}
    if hover:
        made["config"] = {"displayModeBar": False, "responsive": False}
    return (json.dumps(made, ensure_ascii=False, sort_keys=True), width, height)


def _filled(value: Any, figure: EvaluatedFigure, key: str) -> Any:
    columns = {column.name: column for column in figure.columns}
    if isinstance(value, str) and value.startswith("@") and value[1:] in columns:
        return _column(figure, columns[value[1:]], key in _WORDS)
    if isinstance(value, dict):
        named = value.get("column")
        if isinstance(named, str) and named in columns and set(value) <= {"column", "as"}:
            return _column(figure, columns[named], key in _WORDS or value.get("as") == "text")
        return {name: _filled(part, figure, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, figure, key) for part in value]
    return value


def _column(figure: EvaluatedFigure, column: FigureColumn, words: bool) -> list[Any]:
    cells = [cell(figure, row, column.name) for row in figure.rows]
    return [datum.text if words else _placed(datum) for datum in cells]


def _placed(datum: Datum) -> Any:
    if datum.quantity is not None:
        return clean(float(datum.quantity.headline))
    if datum.date is not None:
        return iso(midpoint(datum.date))
    return datum.text or None


def _defaults(figure: EvaluatedFigure, width: int) -> dict[str, Any]:
    axis = {
        "gridcolor": GRID,
        "zerolinecolor": REST,
        "linecolor": GRID,
        "automargin": True,
        "fixedrange": True,
        "tickfont": {"size": 13, "color": INK2},
    }
    return {
        "margin": {"l": 40, "r": 16, "t": 16, "b": 36},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": INK},
        "colorway": list(C),
        "separators": _SEPARATORS.get(figure.lang, ".,"),
        "showlegend": False,
        "dragmode": False,
        "xaxis": axis,
        "yaxis": axis,
    }


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for name, value in own.items():
        both = isinstance(value, dict) and isinstance(base.get(name), dict)
        merged[name] = _merged(base[name], value) if both else value
    return merged
