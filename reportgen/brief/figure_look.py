"""The written list of what an author may type into a figure of Plotly's: its look, never what it shows. Values only.

Every number that is not on this list, and every text with digits, has to come out of a dataset or a fact. A key counts
wherever it stands; `marker.size` counts only below that key. The tests compare the list with Plotly's own schema.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from reportgen.language.lexicon import MADE, lexicon
from reportgen.late_patterns import regex

LENGTHS = frozenset(
    {
        *("arrowlen", "arrowsize", "arrowwidth", "bandwidth", "bargap", "bargroupgap", "borderpad", "borderwidth"),
        *("boxgap", "boxgroupgap", "cornerradius", "barcornerradius", "dividerwidth", "endlinewidth", "entrywidth"),
        *("funnelgap", "funnelgroupgap", "gridwidth", "height", "hole", "indentation", "itemwidth", "jitter", "len"),
        *("legendwidth", "linewidth", "maxheight", "minorgridwidth", "minorticklen", "minreducedheight"),
        *("minreducedwidth", "minsize", "notchwidth", "opacity", "fgopacity", "outlierwidth", "pad", "padding"),
        *("pointpos", "riverwidth", "scattergap", "sdmultiple", "shift", "size", "sizemin", "sizeref"),
        *("smoothing", "solidity", "spikethickness", "squarifyratio", "standoff", "startarrowsize", "startlinewidth"),
        *("startstandoff", "thickness", "ticklen", "tickwidth", "tracegroupgap", "violingap", "violingroupgap"),
        *("waterfallgap", "waterfallgroupgap", "whiskerwidth", "width", "x0shift", "x1shift", "y0shift", "y1shift"),
        *("xgap", "xpad", "xshift", "ygap", "ypad", "yshift", "zerolinewidth", "lengthfactor", "dash", "offset"),
    }
)
"""Sizes, widths and gaps."""
COUNTS = frozenset(
    {
        *("arrowhead", "columns", "displayindex", "hoverdistance", "labelpadding", "legendrank", "maxdepth", "row"),
        *("column", "rows", "maxdisplayed", "minexponent", "minorgridcount", "namelength", "nbinsx", "nbinsy"),
        *("ncontours", "nticks", "spikedistance", "startarrowhead", "ticklabelindex", "ticklabelshift", "zorder"),
        *("ticklabelstandoff", "ticklabelstep", "traceref", "tracerefminus", "weight", "symbol", "uirevision"),
        *("arraydtick", "arraytick0"),
    }
)
"""How many, and which kind of sign."""
TURNS = frozenset({"angle", "rotation", "sector", "textangle", "tickangle", "autotickangles", "scaleratio"})
"""Angles and proportions."""
STEPS = frozenset({"dtick", "tick0", "tickvals", "dtickrange", "xperiod", "yperiod", "xperiod0", "yperiod0"})
"""Where an axis has its marks, each of which prints its own value."""
BELOW = frozenset(
    {
        *("colorscale", "colorway", "domain", "font", "grid", "lighting", "margin", "tiling", "pathbar", "rangebreaks"),
        *(
            "xbins",
            "ybins",
            "hoverlabel",
            "rangeselector",
            "modebar",
            "transition",
            "newshape",
            "pad",
            "selectedpoints",
        ),
        *(
            "geojson",
            "autotypenumbers",
            "newselection",
            "activeshape",
            "activeselection",
            "aspectratio",
            "fillgradient",
        ),
    }
)
"""Keys below which every number is look: colours, room, and how values are sorted into bins."""
PAIRS = frozenset(
    {
        *("title.x", "title.y", "legend.x", "legend.y", "colorbar.x", "colorbar.y", "contours.start", "contours.end"),
        *("contours.size", "node.x", "node.y", "node.pad", "node.groups", "xaxis.position", "yaxis.position"),
        *("header.height", "cells.height", "image.z", "projection.scale", "center.lat", "center.lon", "rotation.lat"),
        *("rotation.lon", "rotation.roll"),
    }
)
"""A key, and the key or type of trace that it has to stand in."""
LISTS = frozenset({"columnorder", "columnwidth", "pull", "symbol", "opacity", "tickvals", "sector", "dtickrange"}) | {
    "autotickangles"
}
"""Keys of look that may hold a list of numbers; elsewhere a list of numbers is data."""
LOOK = LENGTHS | COUNTS | TURNS | STEPS

NAMES = frozenset(
    {
        *("xaxis", "yaxis", "xref", "yref", "axref", "ayref", "anchor", "overlaying", "matches", "scaleanchor", "type"),
        *("coloraxis", "legend", "geo", "polar", "ternary", "subplot", "scene", "xaxes", "yaxes", "subplots", "mode"),
        *("dash", "symbol", "shape", "family", "source", "bgcolor", "legendgroup", "alignmentgroup", "offsetgroup"),
        *("scalegroup", "stackgroup", "bingroup", "uid", "hoverinfo", "calendar", "templateitemname", "locationmode"),
        *("xclick", "yclick", "ids", "barnorm", "xperiodalignment", "yperiodalignment", "shadow"),
    }
)
"""Keys whose words are names that nobody reads, or shapes."""
FORMATS = frozenset(
    {
        "tickformat",
        "hoverformat",
        "xhoverformat",
        "yhoverformat",
        "zhoverformat",
        "valueformat",
        "format",
        "labelformat",
    }
)
"""Keys that say how numbers are spelled."""
TEMPLATES = frozenset({"texttemplate", "hovertemplate"})
"""Keys whose text has places for values: `%{y}`."""
HOVER = frozenset({"hovertemplate", "hovertext"})
"""Keys of what only the pointer shows."""
AFFIXES = frozenset({"prefix", "suffix", "tickprefix", "ticksuffix", "labelalias", "texttemplate"})
"""Keys whose text stands right beside a number, or in its place: no digit may be typed there, not even a year."""
COLOUR = regex(r"\s*(?:#[0-9A-Fa-f]{3,8}|(?:rgb|hsl|hsv)a?\([\d\s.,%]*\)|[a-z]+)\s*", re.I)
_COLOURED = regex(r"(?:^|[a-z])colors?$")
_VALUE = regex(r"%\{[^{}]*\}")
GLUED = regex(r"\d%\{|%\{[^{}]*\}[.,]?(?:\d|%\{)")
"""A digit, or another value, right beside a value's place."""
_PERCENT = regex(r"(?:^|:[^{}|]*)[%p](?=$|\})")
"""At the end of how numbers are spelled: a hundred times as many, in percent."""
_DIRECTIVE = regex(r"%[-_0^#]?[A-Za-z]\d?")
_D3 = regex(r"(?:.?[<>=^])?[-+ (]?[$#]?0?\d*,?(?:\.\d+)?~?[a-zA-Z%]?")
COORDINATES = frozenset({"x", "y", "x0", "x1", "y0", "y1", "ax", "ay", "sizex", "sizey", "path"})
"""Keys of shapes, annotations and pictures that are places on an axis, unless they are measured along the paper."""


def makes_percent(key: str, text: str) -> bool:
    """Whether a spelling prints a share, 0.12, as 12%."""
    if key in TEMPLATES:
        return any(_PERCENT.search(place) for place in _VALUE.findall(text))
    return key in FORMATS and _D3.fullmatch(text) is not None and text.endswith(("%", "p"))


@cache
def _scale() -> re.Pattern[str]:
    """A multiple, such as million, in each language whose words are known."""
    words = {word for lang in MADE for word in lexicon(lang).scales if len(word) > 1}
    return re.compile(rf"\b(?:{'|'.join(sorted(words, reverse=True))})\b", re.IGNORECASE)


def multiplies(path: Collection[str], text: str) -> bool:
    """Whether words beside a number, or in its place, make another one of it: `million`."""
    return bool({*path} & (AFFIXES | {"ticktext"})) and _scale().search(_VALUE.sub(" ", text)) is not None


def is_colour_key(key: str) -> bool:
    """Whether the key of a figure names a colour: `color`, `bgcolor`, `colors`."""
    return _COLOURED.search(key) is not None


def without_places(key: str, text: str) -> str:
    """What of a text is neither a place for a value nor the spelling of one: `Trips: ` of `Trips: %{y:.1f}`."""
    if key in TEMPLATES:
        return _VALUE.sub("", text)
    if key in FORMATS:
        return "" if _D3.fullmatch(text) else _DIRECTIVE.sub("", text)
    return text
