"""An author's own Plotly figure and its data in, the figure with its columns filled in out. Pure.

`"@value"`, or `{"column": "value"}`, anywhere in the figure is replaced by that column: its printed texts under the
keys `text`, `hovertext`, `labels`, `ids`, `names` and `customdata`, else numbers, times or words.
`{"column": "value", "as": "text"}` gives the printed texts under any key, `"where": {"place": "KZ"}` those of some
rows, `{"fact": "id"}` a fact's value. `"@@handle"` is the text `@handle`; other texts stay as they are.
"""

from __future__ import annotations

import json
from typing import Any

from reportgen.brief.figure_data import is_single, reference, rows_where, text_of
from reportgen.brief.figure_rows import decoded
from reportgen.charts.axes import clean, iso, midpoint
from reportgen.charts.data import GRID, INK, INK2, REST, C, cell
from reportgen.charts.text import FONT, calendar_words, separators
from reportgen.late_patterns import regex
from reportgen.model.figure import Datum, EvaluatedFigure

Path = tuple[str, ...]
_PLOTLYS = [
    "#636efa",
    "#ef553b",
    "#00cc96",
    "#ab63fa",
    "#ffa15a",
    "#19d3f3",
    "#ff6692",
    "#b6e880",
    "#ff97ff",
    "#fecb52",
]
"""The series colours of Plotly's own template."""
_LARGE = 10_000
"""From here on Plotly would print 10k."""
_ALL_DIGITS = {"hoverformat": ","}
_WHOLE = {"exponentformat": "none"}
_BARS: dict[str, Any] = {"colorbar": _WHOLE, "marker": {"colorbar": _WHOLE}}
_SPELLED: dict[str, Any] = {
    "carpet": {"aaxis": _WHOLE, "baxis": _WHOLE},
    "indicator": {"gauge": {"axis": _WHOLE}},
    "parcats": {"line": {"colorbar": _WHOLE}},
}
_SPELLED_LAYOUT: dict[str, Any] = {
    "xaxis": _WHOLE,
    "yaxis": _WHOLE,
    "coloraxis": {"colorbar": _WHOLE},
    "polar": {"radialaxis": _WHOLE},
    "ternary": {"aaxis": _WHOLE, "baxis": _WHOLE, "caxis": _WHOLE},
}
"""Whatever spells numbers in a figure of Plotly's, by type of trace and in the layout."""
_ROUND = ("polar", "ternary", "smith")
"""What ends the types of traces whose axes have names at the right and above, too."""
_AXIS = regex(r"[xy]axis\d*")
_COLOURS = regex(r"coloraxis\d*")
_WORDS = ("text", "hovertext", "labels", "label", "ids", "names", "name", "customdata")


def free_figure(figure: EvaluatedFigure, width: int, *, hover: bool) -> tuple[str, int, int]:
    """Canonical JSON, width and height. ValueError if the figure is not a map with `data`."""
    given = json.loads(figure.figure)
    if not isinstance(given, dict) or not isinstance(given.get("data"), list):
        raise ValueError(f'figure "{figure.id}" is not a Plotly figure: a map with `data`, a list')
    filled = {
        "data": [
            _trace(trace, figure, ("data", str(n))) for n, trace in enumerate(given["data"])
        ],
        "layout": _filled(given.get("layout") or {}, figure, ("layout",), ""),
    }  # fmt: skip
    layout = filled["layout"]
    own = _long_form(layout if isinstance(layout, dict) else {})
    if _is_plotlys(own.get("template")):
        own.pop("template")
        if own.get("margin") == {"t": 60}:  # Plotly Express's room for a title, which the page has elsewhere
            own.pop("margin")
        filled["data"] = _in_our_colours(filled["data"])
    layout = _merged(_defaults(figure, width, filled["data"], own), own)
    height = _height(own.get("height"), filled["data"])
    layout["template"] = _spelled_out(layout.get("template"), filled["data"])
    layout.update(width=width, height=height, hovermode=own.get("hovermode", "closest") if hover else False)
    layout.pop("title", None)  # the caption is the page's
    if "autosize" in layout:
        layout["autosize"] = False
    made = {"data": filled["data"], "layout": layout}
    config: dict[str, Any] = {"displayModeBar": False, "responsive": False} if hover else {}
    if figure.lang.partition("-")[0] != "en":
        config |= {"locale": figure.lang, "locales": {figure.lang: {"format": calendar_words(figure.lang)}}}
    if config:
        made["config"] = config
    return (json.dumps(made, ensure_ascii=False, sort_keys=True), width, height)


def _height(given: Any, data: list[Any]) -> int:
    """As the author says, within what a page can hold."""
    tall = isinstance(given, int | float) and not isinstance(given, bool)
    return int(min(max(given, 60), 2000)) if tall else 360


def _trace(trace: Any, figure: EvaluatedFigure, path: Path) -> Any:
    """A trace with its columns filled in."""
    kind = str(trace.get("type") or "scatter") if isinstance(trace, dict) else ""
    if not isinstance(trace, dict):
        return trace
    filled: dict[str, Any] = _with_years(_long_form(_filled(trace, figure, path, kind)))
    if kind == "heatmap" and isinstance(words := filled.get("texttemplate"), str) and _are_large(_cells_of(filled)):
        filled["texttemplate"] = words.replace("%{z}", "%{z:,}")  # no axis says how its cells are spelled
    return _flows(filled) if kind == "sankey" else filled


def _with_years(trace: dict[str, Any]) -> dict[str, Any]:
    """A trace whose bar of colours stands for years has no mark between two of them, unless its author says which."""
    bars = {
        name: {"colorbar": marks} for name, part in _coloured(trace) if name and (marks := _year_marks(_colours(part)))
    }
    own = _year_marks(_colours(trace))
    return _merged(bars | ({"colorbar": own} if own else {}), trace) if bars or own else trace


def _coloured(trace: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """A trace and those of its parts that may be coloured by values, by name."""
    return [("", trace), *((name, part) for name in ("marker", "line") if (part := _map(trace.get(name))))]


def _colours(part: dict[str, Any]) -> list[Any]:
    """The values that a trace, or its marks, are coloured by, of which a bar is drawn."""
    if part.get("type"):
        return _cells_of(part)
    return [*_listed(part.get("color")), *_listed(part.get("colors"))]


def _cells_of(trace: dict[str, Any]) -> list[Any]:
    """The numbers of a heat map."""
    return [
        value for row in _listed(trace.get("z")) for value in (_listed(row) if isinstance(row, list | dict) else [row])
    ]


def _flows(trace: dict[str, Any]) -> dict[str, Any]:
    """A sankey whose flows name their ends: the names become its nodes, and the flows their numbers."""
    link, node = trace.get("link"), trace.get("node", {})
    if not isinstance(link, dict) or not isinstance(node, dict):
        return trace
    ends = {key: link[key] for key in ("source", "target") if isinstance(link.get(key), list)}
    words = [end for found in ends.values() for end in found if isinstance(end, str)]
    if not words:
        return trace
    known = node.get("label")
    labels = [
        *dict.fromkeys(
            [*(each for each in known if isinstance(each, str)), *words] if isinstance(known, list) else words
        )
    ]
    numbers = {label: n for n, label in enumerate(labels)}
    named = {
        key: [numbers.get(end, end) if isinstance(end, str) else end for end in found] for key, found in ends.items()
    }
    return trace | {"node": node | {"label": labels}, "link": link | named}


def _filled(value: Any, figure: EvaluatedFigure, path: Path, kind: str) -> Any:
    named = reference(value, path)
    key = next((part for part in reversed(path) if not part.isdigit()), "")
    if named is not None:
        words = key in _WORDS or (isinstance(value, dict) and value.get("as") == "text")
        words = words or (kind == "sankey" and key in ("source", "target"))
        if named.fact:
            datum = next((datum for id, datum in figure.facts if id == named.fact), Datum(""))
            return datum.text if words else _placed(datum)
        cells = [
            cell(figure, figure.rows[n], named.column) for n in rows_where(named, figure.columns, figure.rows)
        ]  # fmt: skip
        found = [datum.text if words else _placed(datum) for datum in cells]
        return found[0] if found and is_single(path, kind) else found
    if isinstance(value, dict):
        return {name: _filled(part, figure, (*path, name), kind) for name, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, figure, (*path, str(n)), kind) for n, part in enumerate(value)]
    return text_of(value)


def _long_form(part: Any) -> Any:
    """`title: Trips` as `title: {text: Trips}`: plotly.js has only the latter."""
    if not isinstance(part, dict):
        return part
    made = {key: _long_form(inner) for key, inner in part.items()}
    title = made.get("title")
    if isinstance(title, str):
        made["title"] = {"text": title}
    return made


def _is_plotlys(template: Any) -> bool:
    """Whether a figure has the look that Plotly gives to one whose author chose none."""
    layout = template.get("layout") if isinstance(template, dict) else None
    return isinstance(layout, dict) and [str(colour).lower() for colour in layout.get("colorway") or ()] == _PLOTLYS


def _in_our_colours(part: Any) -> Any:
    """A part of a figure with ours in place of Plotly's series colours, where the author chose none."""
    if isinstance(part, dict):
        return {key: _in_our_colours(inner) for key, inner in part.items()}
    if isinstance(part, list):
        return [_in_our_colours(inner) for inner in part]
    if isinstance(part, str) and part.lower() in _PLOTLYS:
        number = _PLOTLYS.index(part.lower())
        return C[number] if number < len(C) else part
    return part


def _placed(datum: Datum) -> Any:
    if datum.quantity is not None:
        return clean(float(datum.quantity.headline))
    if datum.date is not None:
        return iso(midpoint(datum.date))
    return datum.text or None


def _defaults(figure: EvaluatedFigure, width: int, data: list[Any], own: dict[str, Any]) -> dict[str, Any]:
    axis = {
        "gridcolor": GRID,
        "zerolinecolor": REST,
        "linecolor": GRID,
        "automargin": True,
        "fixedrange": True,
        "tickfont": {"size": 13, "color": INK2},
    }
    round_ = any(isinstance(trace, dict) and str(trace.get("type")).endswith(_ROUND) for trace in data)
    bars = {
        key: {"colorbar": {"outlinewidth": 0, "thickness": 16} | _year_marks(_on_axis(key, data))}
        for key in ("coloraxis", *own)
        if _COLOURS.fullmatch(key)
    }
    return (
        bars
        | {
            "margin": {"l": 40, "r": 40 if round_ else 16, "t": 28 if round_ else 16, "b": 36},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": 13, "color": INK},
            "colorway": list(C),
            "separators": separators(figure.lang),
            "showlegend": own.get("legend") is not None and sum(_is_named(trace) for trace in data) > 1,
            "legend": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "yanchor": "bottom",
                "font": {"size": 13},
                "y": 1.12 if own.get("annotations") else 1.02,  # above the names of small multiples
            },
            "dragmode": False,
        }
        | {
            key: axis | _spelling(key, data, _map(own.get(key)))
            for key in ("xaxis", "yaxis", *own)
            if _AXIS.fullmatch(key)
        }
    )


def _spelled_out(template: Any, data: list[Any]) -> Any:
    """The look that the author chose, and below it that large numbers print whole, as elsewhere on the page: Plotly
    prints 2M for 2,000,000 in every language."""
    given = _map(template)
    traces = _map(given.get("data"))
    own: dict[str, Any] = {}
    for trace in map(_map, data):
        kind = str(trace.get("type") or "scatter")
        own[kind] = _merged(own.get(kind) or _SPELLED.get(kind, _BARS), _all_digits(trace))
    spelled = {
        kind: [_merged(looks, _map(each)) for each in _listed(traces.get(kind)) or [{}]] for kind, looks in own.items()
    }
    return {**given, "layout": _merged(_SPELLED_LAYOUT, _map(given.get("layout"))), "data": {**traces, **spelled}}


def _map(part: Any) -> dict[str, Any]:
    """A part of a figure, empty where it is no map of keys."""
    return part if isinstance(part, dict) else {}


def _all_digits(trace: dict[str, Any]) -> dict[str, Any]:
    """How an indicator spells its values, where they are large."""
    delta = trace.get("delta")
    change = delta.get("reference") if isinstance(delta, dict) and not delta.get("relative") else None
    if trace.get("type") != "indicator" or not _are_large([trace.get("value"), change]):
        return {}
    return {"number": {"valueformat": ","}} | ({} if change is None else {"delta": {"valueformat": ","}})


def _listed(values: Any) -> list[Any]:
    """A list of values, also where it is packed; what is none of both has none."""
    try:
        return list(decoded(values) or (values if isinstance(values, list) else []))
    except ValueError:
        return []


def _spelling(key: str, data: list[Any], axis: dict[str, Any]) -> dict[str, Any]:
    """How an axis spells its values. Of whole years: no mark between two of them, and no sign between their thousands;
    of large numbers: all digits beside a mark, as Plotly would round them to seven. Dates and powers of ten have other
    marks, and so has an axis that holds more than the years."""
    letter = key[0]
    traces = [trace for trace in map(_map, data) if str(trace.get(f"{letter}axis", letter)) == letter + key[5:]]
    found = [value for trace in traces for value in _listed(trace.get(letter))]
    ends = _listed(axis.get("range"))
    if axis.get("type") not in (None, "-", "linear"):
        return {}
    if found and all(map(_is_year, [*found, *ends])) and not any(_from_nought(trace, letter) for trace in traces):
        return _year_marks(ends or found) if "rangemode" not in axis else {}
    return _ALL_DIGITS if _are_large(found) else {}


def _year_marks(values: list[Any]) -> dict[str, Any]:
    """Marks of whole years alone, without a sign between their thousands; nothing where other values stand there."""
    if not values or not all(map(_is_year, values)):
        return {}
    years = [int(float(value)) for value in values]
    step = -(-(max(years) - min(years)) // 8) or 1
    return {"tickformat": "d", "dtick": step, "tick0": min(years)}


def _on_axis(key: str, data: list[Any]) -> list[Any]:
    """The values that a common bar of colours stands for."""
    parts = (part for trace in map(_map, data) for _, part in _coloured(trace))
    return [value for part in parts if part.get("coloraxis") == key for value in _colours(part)]


def _from_nought(trace: dict[str, Any], letter: str) -> bool:
    """Whether the marks of a trace begin at 0 of an axis."""
    lying = trace.get("orientation") == "h"
    return trace.get("type") in ("bar", "waterfall", "funnel") and letter == ("x" if lying else "y")


def _is_year(value: Any) -> bool:
    text = str(value).removesuffix(".0") if not isinstance(value, bool) else ""
    return len(text) == 4 and text.isdecimal() and 1500 <= int(text) <= 2200


def _are_large(values: list[Any]) -> bool:
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    return len(numbers) == sum(value is not None for value in values) and any(abs(n) >= _LARGE for n in numbers)


def _is_named(trace: Any) -> bool:
    """Whether a legend would name it."""
    return isinstance(trace, dict) and bool(trace.get("name")) and trace.get("showlegend") is not False


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for name, value in own.items():
        both = isinstance(value, dict) and isinstance(base.get(name), dict)
        merged[name] = _merged(base[name], value) if both else value
    return merged
