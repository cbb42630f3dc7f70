"""One figure of each kind that a brief may hold, as Plotly has it. Values only."""

from __future__ import annotations

from typing import Any

Figure = dict[str, Any]
WIDTH, HEIGHT = 700, 450

MONTHS = ["2019-09-01", "2020-01-01", "2020-06-01", "2020-11-01", "2021-04-01", "2021-08-01"]
LANDS = ["Kazakhstan", "Russia", "China", "Iran"]
SAMPLE = [1.2, 2.3, 2.4, 2.9, 3.1, 3.3, 3.3, 3.8, 4.4, 4.6, 5.1, 5.2, 5.9, 7.4, 9.8]
GRID = [[1.0, 4.0, 2.5, 6.0], [2.0, 5.5, 7.0, 3.0], [3.5, 1.5, 4.5, 8.0], [6.5, 2.5, 3.0, 1.0]]
TREE = {
    "labels": ["All", "Power", "Tax", "Coal", "Gas", "Fee"],
    "parents": ["", "All", "All", "Power", "Power", "Tax"],
    "values": [100, 70, 30, 45, 25, 30],
    "branchvalues": "total",
}
PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAHElEQVR42mNgYGgIYGhY"
    "wNDAwFDREFDRsKCiAQAy/AZJaC/FoQAAAABJRU5ErkJggg=="
)
LONG = [f"A rather long label, number {n}" for n in range(1, 9)]


def _figure(*data: Figure, **layout: Any) -> Figure:
    return {"data": list(data), "layout": {"font": {"family": "IBM Plex Sans"}, "template": {}, **layout}}


def _bars(**given: Any) -> Figure:
    return {"type": "bar", "x": LANDS, **given}


def _area(name: str, ring: list[list[float]]) -> dict[str, object]:
    return {"type": "Feature", "id": name, "geometry": {"type": "Polygon", "coordinates": [ring]}}


FIGURES: dict[str, Figure] = {
    "bar-grouped": _figure(_bars(y=[18.1, 11.2, 46, 3.1], name="2021"), _bars(y=[6.2, 6.9, 65, 3.8], name="2020")),
    "bar-stacked": _figure(_bars(y=[18, 11, 46, 3], name="a"), _bars(y=[6, 7, 65, 4], name="b"), barmode="stack"),
    "bar-horizontal": _figure(
        {"type": "bar", "orientation": "h", "y": LANDS, "x": [18, 11, 46, 3], "text": [18, 11, 46, 3]}
    ),
    "bar-negative": _figure(
        _bars(y=[18, -11, 46, -3], texttemplate="%{y:+}", textposition="outside"), title={"text": "Change"}
    ),
    "line-dates": _figure({"x": MONTHS, "y": [1.4, 4.2, 6.2, 6.9, 8.2, 18.1], "mode": "lines+markers"}),
    "log-axis": _figure(
        {"x": [1, 2, 3, 4], "y": [1, 12, 130, 2400]}, yaxis={"type": "log", "title": {"text": "Tenge"}}
    ),
    "area": _figure(
        {"x": MONTHS, "y": [1, 4, 6, 7, 8, 18], "stackgroup": "one", "name": "KZ"},
        {"x": MONTHS, "y": [5, 6, 7, 7, 7, 11], "stackgroup": "one", "name": "RU"},
    ),
    "scatter-sizes": _figure(
        {
            "x": [1, 2, 3, 4],
            "y": [3, 1, 4, 2],
            "mode": "markers+text",
            "text": list("abcd"),
            "marker": {"size": [8, 30, 16, 44]},
        }
    ),
    "pie": _figure({"type": "pie", "labels": LANDS, "values": [18, 11, 46, 3]}),
    "donut": _figure(
        {"type": "pie", "labels": LANDS, "values": [18, 11, 46, 3], "hole": 0.5, "textinfo": "label+percent"}
    ),
    "histogram": _figure({"type": "histogram", "x": SAMPLE}),
    "box": _figure(
        {"type": "box", "y": SAMPLE, "name": "one", "boxpoints": "outliers"},
        {"type": "box", "y": SAMPLE[4:], "name": "two"},
    ),
    "violin": _figure({"type": "violin", "y": SAMPLE, "name": "one", "box": {"visible": True}}),
    "heatmap": _figure({"type": "heatmap", "z": GRID, "x": LANDS, "texttemplate": "%{z}"}),
    "heatmap-smooth": _figure({"type": "heatmap", "z": GRID, "zsmooth": "best"}),
    "contour": _figure({"type": "contour", "z": GRID, "contours": {"showlabels": True}}),
    "waterfall": _figure(
        {
            "type": "waterfall",
            "x": ["Start", "Up", "Down", "End"],
            "y": [60, 24, -18, 0],
            "measure": ["absolute", "relative", "relative", "total"],
        }
    ),
    "funnel": _figure({"type": "funnel", "y": ["Asked", "Answered", "Checked"], "x": [120, 60, 22]}),
    "candlestick": _figure(
        {
            "type": "candlestick",
            "x": MONTHS[:4],
            "open": [3, 4, 5, 4],
            "high": [5, 6, 6, 5],
            "low": [2, 3, 4, 1],
            "close": [4, 5, 4, 2],
        }
    ),
    "treemap": _figure({"type": "treemap", **TREE}),
    "sunburst": _figure({"type": "sunburst", **TREE}),
    "icicle": _figure({"type": "icicle", **TREE}),
    "sankey": _figure(
        {
            "type": "sankey",
            "node": {"label": ["Coal", "Gas", "Grid", "Mines", "Homes"]},
            "link": {"source": [0, 1, 2, 2], "target": [2, 2, 3, 4], "value": [45, 25, 30, 40]},
        }
    ),
    "polar": _figure(
        {"type": "scatterpolar", "r": [1, 5, 2, 4], "theta": ["North", "East", "South", "West"], "fill": "toself"}
    ),
    "ternary": _figure({"type": "scatterternary", "a": [1, 2, 4], "b": [3, 2, 1], "c": [2, 5, 1], "mode": "markers"}),
    "table": _figure(
        {
            "type": "table",
            "header": {"values": ["<b>Country</b>", "Share"]},
            "cells": {
                "values": [LANDS, ["18.1", "11.2", "46.0", "a longer text that has to wrap within its narrow column"]]
            },
        }
    ),
    "error-bars": _figure(
        {"x": [1, 2, 3], "y": [4, 6, 5], "error_y": {"array": [1, 0.5, 2]}, "error_x": {"value": 5, "type": "percent"}}
    ),
    "annotations": _figure(
        {"x": [1, 2, 3], "y": [4, 6, 5]},
        annotations=[
            {"x": 2, "y": 6, "text": "The law of<br>July 2021", "showarrow": True, "arrowhead": 2, "ax": 60, "ay": 40},
            {
                "x": 1,
                "y": 4,
                "text": "framed",
                "bordercolor": "#333",
                "borderpad": 4,
                "bgcolor": "#eee",
                "textangle": -30,
            },
        ],
        shapes=[{"type": "rect", "x0": 1.5, "x1": 2.5, "y0": 0, "y1": 1, "yref": "paper", "label": {"text": "zone"}}],
    ),
    "rotated-ticks": _figure({"type": "bar", "x": LONG, "y": [3, 1, 4, 1, 5, 9, 2, 6]}),
    "markup": _figure(
        _bars(y=[1, 2, 3, 4]),
        title={
            "text": "<b>Kazakhstan</b> &amp; its <i>mines</i><br>"
            "<span style='font-size:12px'>MW<sup>2</sup>, CO<sub>2</sub>; a &lt; b</span>",
            "subtitle": {"text": "Share, %"},
        },
    ),
    "subplots": _figure(
        {"x": [1, 2, 3], "y": [4, 6, 5]},
        {"x": [1, 2, 3], "y": [2, 1, 3], "xaxis": "x2", "yaxis": "y2"},
        {"type": "bar", "x": [1, 2, 3], "y": [9, 8, 7], "yaxis": "y3", "xaxis": "x"},
        grid={"rows": 2, "columns": 2, "subplots": [["xy", "x2y2"], ["xy3", ""]]},
        xaxis={"matches": "x2"},
        yaxis2={"matches": "y"},
    ),
    "legend-below": _figure(
        *({"x": [1, 2], "y": [n, 2 * n], "name": f"Series number {n}"} for n in range(1, 7)),
        legend={"orientation": "h", "y": -0.2},
    ),
    "legend-left": _figure(
        *({"x": [1, 2], "y": [n, 2 * n], "name": f"Series {n}"} for n in range(1, 4)),
        legend={"x": -0.1, "xanchor": "right", "title": {"text": "Which"}},
    ),
    "legend-above": _figure(
        *({"x": [1, 2], "y": [n, 2 * n], "name": f"Series {n}"} for n in range(1, 4)),
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
    ),
    "cyrillic": _figure(
        {"type": "bar", "x": ["Қазақстан", "Россия", "Қытай"], "y": [18.1, 11.2, 46]},
        title={"text": "Майнинг: Қазақстанның үлесі, ₸"},
        yaxis={"title": {"text": "Доля, %"}},
    ),
    "indicator": _figure(
        {
            "type": "indicator",
            "mode": "gauge+number+delta",
            "value": 18.1,
            "delta": {"reference": 6.2},
            "title": {"text": "Share"},
        }
    ),
    "pattern": _figure(
        _bars(y=[1, 2, 3, 4], marker={"pattern": {"shape": "/"}}),
        _bars(y=[2, 2, 1, 3], marker={"pattern": {"shape": ["x", ".", "-", "+"]}}),
    ),
    "gradient": _figure(
        {
            "x": [1, 2, 3],
            "y": [3, 1, 2],
            "mode": "markers",
            "marker": {"size": 40, "gradient": {"type": "radial", "color": "white"}},
        }
    ),
    "histogram2d": _figure({"type": "histogram2d", "x": SAMPLE, "y": SAMPLE[::-1]}),
    "density": _figure({"type": "histogram2dcontour", "x": SAMPLE, "y": SAMPLE[::-1]}),
    "heatmap-faint": _figure({"type": "heatmap", "z": GRID, "opacity": 0.4}, yaxis={"autorange": "reversed"}),
    "heatmap-fast": _figure({"type": "heatmap", "z": GRID, "zsmooth": "fast", "opacity": 0.7}),
    "image-turned": _figure(
        {"type": "image", "z": [[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [9, 9, 9]]], "opacity": 0.5},
        xaxis={"autorange": "reversed"},
        yaxis={"autorange": True},
    ),
    "image-source": _figure({"type": "image", "source": PICTURE, "opacity": 0.8}, yaxis={"autorange": True}),
    "image-layout": _figure(
        {"y": [1, 2]}, images=[{"source": PICTURE, "x": 0.2, "y": 0.9, "sizex": 0.4, "sizey": 0.4, "opacity": 0.4}]
    ),
    "image": _figure({"type": "image", "z": [[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [9, 9, 9]]]}),
    "funnelarea": _figure({"type": "funnelarea", "labels": LANDS, "values": [18, 11, 46, 3]}),
    "parcats": _figure(
        {
            "type": "parcats",
            "dimensions": [{"label": "A", "values": list("xxyyz")}, {"label": "B", "values": list("pqpqp")}],
        }
    ),
    "carpet": _figure(
        {
            "type": "carpet",
            "a": [0, 1, 2],
            "b": [0, 1],
            "y": [[1, 2, 3], [2, 3, 5]],
            "x": [[1, 2, 3], [1, 2, 4]],
            "carpet": "c",
        },
        {"type": "scattercarpet", "a": [0.5, 1.5], "b": [0.2, 0.8], "carpet": "c"},
        {
            "type": "contourcarpet",
            "a": [0, 1, 2, 0, 1, 2],
            "b": [0, 0, 0, 1, 1, 1],
            "z": [1, 2, 3, 4, 5, 6],
            "carpet": "c",
        },
    ),
    "ohlc": _figure(
        {
            "type": "ohlc",
            "x": MONTHS[:4],
            "open": [3, 4, 5, 4],
            "high": [5, 6, 6, 5],
            "low": [2, 3, 4, 1],
            "close": [4, 5, 4, 2],
        }
    ),
    "barpolar": _figure({"type": "barpolar", "r": [1, 5, 2, 4], "theta": [0, 90, 180, 270]}),
    "smith": _figure({"type": "scattersmith", "real": [0.5, 1, 2], "imag": [0.5, -1, 1]}),
    "quiver": _figure({"type": "quiver", "x": [1, 2, 3], "y": [1, 2, 3], "u": [1, 0, -1], "v": [0, 1, 1]}),
    "colorbar": _figure(
        {
            "x": [1, 2, 3],
            "y": [3, 1, 2],
            "mode": "markers",
            "marker": {"color": [1, 5, 9], "colorbar": {"title": {"text": "Share of hash rate"}}},
        }
    ),
    "heatmap-gaps": _figure({"type": "heatmap", "z": [[1, None, 3], [4, 5, 6]], "xgap": 3, "ygap": 3}),
    "heatmap-large": _figure({"type": "heatmap", "z": [[(a * b) % 97 for a in range(90)] for b in range(60)]}),
    "rangeslider": _figure(
        {"x": MONTHS, "y": [1.4, 4.2, 6.2, 6.9, 8.2, 18.1]}, xaxis={"rangeslider": {"visible": True}}
    ),
    "multicategory": _figure(
        {"type": "bar", "x": [["2020", "2020", "2021", "2021"], ["KZ", "RU", "KZ", "RU"]], "y": [6, 7, 18, 11]}
    ),
    "text-styles": _figure(
        {
            "x": [1, 2],
            "y": [1, 2],
            "mode": "markers+text",
            "text": ["first", "second"],
            "textfont": {"textcase": "upper", "weight": 600},
        },
        title={
            "text": "a title in words",
            "font": {"textcase": "word caps", "style": "italic", "family": "IBM Plex Serif", "size": 24},
        },
        xaxis={"title": {"text": "<u>under</u> <s>struck</s>"}, "tickangle": 30},
    ),
    "error-band": _figure(
        {"x": [1, 2, 3], "y": [3, 4, 5], "mode": "lines", "line": {"shape": "spline", "dash": "dash"}},
        {"x": [1, 2, 3], "y": [2, 3, 3], "mode": "lines", "fill": "tonexty", "line": {"shape": "hv"}},
        hovermode="x",
    ),
    "pie-outside": _figure(
        {
            "type": "pie",
            "labels": LONG,
            "values": [8, 7, 6, 5, 4, 3, 2, 1],
            "textposition": "outside",
            "textinfo": "label+percent",
        }
    ),
    "icons": _figure(
        {"x": list(range(12)), "y": [1] * 12, "mode": "markers", "marker": {"symbol": list(range(12)), "size": 16}}
    ),
    "default-look": {
        "data": [{"type": "bar", "x": LANDS, "y": [18.1, 11.2, 46, 3.1]}],
        "layout": {"title": {"text": "No fonts named"}},
    },
    "menus": _figure(
        {"x": [1, 2], "y": [1, 2]},
        updatemenus=[{"buttons": [{"label": "One choice", "method": "skip"}, {"label": "Other", "method": "skip"}]}],
        sliders=[{"steps": [{"label": "2020", "method": "skip"}, {"label": "2021", "method": "skip"}]}],
    ),
    "areas": _figure(
        {
            "type": "choropleth",
            "geojson": {
                "type": "FeatureCollection",
                "features": [
                    _area("A", [[10, 40], [10, 44], [16, 45], [15, 40], [10, 40]]),
                    _area("B", [[15, 40], [16, 45], [21, 43], [15, 40]]),
                ],
            },
            "locations": ["A", "B"],
            "z": [1, 2],
        },
        geo={"visible": False, "fitbounds": "locations", "projection": {"type": "mercator"}},
    ),
    "positions": _figure(
        {"type": "scattergeo", "lat": [1, 20, -8], "lon": [3, 40, 50], "mode": "markers+text", "text": LANDS[:3]},
        geo={"visible": False, "projection": {"type": "natural earth"}},
    ),
}
"""Name -> figure."""
