"""Figures of Plotly's own: what is typed in them is found wherever it stands, and what is out of the data is not."""

from __future__ import annotations

import base64
import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.brief.figure_data import formulas, moving, strays
from reportgen.brief.figure_look import BELOW, LISTS, LOOK, PAIRS
from reportgen.brief.figure_rows import decoded
from reportgen.charts.charts import laid_out
from reportgen.charts.svg import mark_digits, parse_svg
from reportgen.drawing.v8 import NEEDS, PlotlyEngine
from reportgen.model.figure import EvaluatedFigure, FigureColumn, Row
from reportgen.targets.drawings import lettering

from .sample_figures import Maker

ISLANDS, CLASSES = ("Aria", "Bera", "Cora", "Dora"), ("A", "B", "A", "B")
TRIPS, COSTS = (120.5, 80.25, 45.0, 60.0), (12.5, 9.0, 7.25, 8.0)
BEGINS, ENDS = (
    ("2019-01-05", "2019-02-01", "2019-03-01", "2019-04-10"),
    ("2019-02-05", "2019-03-11", "2019-05-01", "2019-06-10"),
)
NAMES = ["island", "year", "trips", "cost", "class", "begin", "end"]
ODD = 98765.4
"""A number that no row has."""


def ferries() -> tuple[tuple[FigureColumn, ...], tuple[Row, ...], Maker]:
    maker = Maker("en")
    kinds = ("text", "date", "value", "value", "text", "date", "date")
    columns = tuple(FigureColumn(name, name, kind) for name, kind in zip(NAMES, kinds, strict=True))  # type: ignore[arg-type]
    rows = tuple(
        Row((
            maker.words(island), maker.date("2019"), maker.value(f"{trips:g}", ""), maker.value(f"{cost:g}", ""),
            maker.words(group), maker.date(begin), maker.date(end),
        ))
        for island, trips, cost, group, begin, end in zip(ISLANDS, TRIPS, COSTS, CLASSES, BEGINS, ENDS, strict=True)
    )  # fmt: skip
    return columns, rows, maker


COLUMNS, ROWS, MAKER = ferries()


def is_year(text: str) -> bool:
    return "2019" in text


def found(figure: dict[str, Any]) -> list[str]:
    """Where the strays of a figure stand."""
    return [".".join(stray.path) for stray in strays(figure, COLUMNS, ROWS, is_year)]


def packed(*numbers: float, kind: str = "d") -> dict[str, str]:
    """Numbers as Plotly 6 writes them."""
    data = b"".join(struct.pack(f"<{kind}", number) for number in numbers)
    return {"dtype": {"d": "f8", "f": "f4", "b": "i1", "i": "i4"}[kind], "bdata": base64.b64encode(data).decode()}


def trace(**keys: Any) -> dict[str, Any]:
    return {"data": [keys]}


def filled(part: Any) -> Any:
    """A figure of the file, its numbers in base64 where it says so."""
    if isinstance(part, dict):
        kinds = {"f8": "d", "f4": "f", "i1": "b", "i4": "i"}
        for name, kind in kinds.items():
            if set(part) == {name}:
                return packed(*part[name], kind=kind)
        return {key: filled(value) for key, value in part.items()}
    return [filled(value) for value in part] if isinstance(part, list) else part


_FILE = filled(yaml.load(Path(__file__).with_name("own_figures.yaml").read_text("utf-8"), yaml.CSafeLoader))
EXPRESS: dict[str, dict[str, Any]] = _FILE["express"]
LIES: dict[str, dict[str, Any]] = _FILE["lies"]
LAYOUTS: dict[str, dict[str, Any]] = _FILE["layouts"]
COLORWAY = [
    "#636efa",
    "#EF553B",
    "#00cc96",
    "#ab63fa",
    "#FFA15A",
    "#19d3f3",
    "#FF6692",
    "#B6E880",
    "#FF97FF",
    "#FECB52",
]


@pytest.mark.parametrize("name", EXPRESS)
def test_what_plotly_express_writes_out_of_the_rows_is_theirs(name: str) -> None:
    assert found(EXPRESS[name]) == []


@pytest.mark.parametrize("name", LIES)
def test_a_number_of_no_row_is_found(name: str) -> None:
    assert found(LIES[name]["figure"])[:1] == [f"data.0.{LIES[name]['at']}"]


@pytest.mark.parametrize("where", LAYOUTS)
def test_a_number_in_the_layout_is_found(where: str) -> None:
    assert found({"data": [{"y": "@trips"}], "layout": LAYOUTS[where]}) == [where]


def test_what_the_layout_may_say() -> None:
    layout = {
        "yaxis": {"range": [0, {"fact": "most"}], "tickformat": ",.1f", "dtick": 5, "title": {"text": "Since 2019"}},
        "xaxis": {"tickformat": "%b %Y", "domain": [0, 0.45], "rangebreaks": [{"bounds": [17, 8], "pattern": "hour"}]},
        "shapes": [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": {"fact": "most"}}],
        "annotations": [{"text": "2019", "x": "2019-05-01", "y": {"fact": "most"}, "ax": 20, "ay": -40}],
        "legend": {"x": 0.2, "y": 1.1, "title": {"text": "class"}},
        "coloraxis": {"colorscale": [[0, "#112233"], [1, "red"]]},
        "height": 400,
        "bargap": 0.2,
        "template": {"layout": {"xaxis": {"ticklen": 5}}, "data": {"bar": [{"marker": {"line": {"width": 1}}}]}},
    }  # fmt: skip
    assert found({"data": [{"y": "@trips"}], "layout": layout}) == []


# The list of look, and Plotly's own schema


@pytest.fixture(scope="module")
def schema(engine: PlotlyEngine) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(str(engine._started().eval("JSON.stringify(Plotly.PlotSchema.get())")))
    return found


def attributes(part: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    for key, value in part.items():
        if not isinstance(value, dict) or key.startswith("_") or value.get("role") == "DEPRECATED":
            continue
        if "valType" in value:
            yield (*path, key), value
        else:
            yield from attributes(value, path if key == "items" else (*path, key))


def nested(path: tuple[str, ...], value: Any, lists: frozenset[str] = frozenset()) -> dict[str, Any]:
    for key in reversed(path):
        value = {key: value}
    return dict(value)


def drawn(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {kind: of["attributes"] for kind, of in schema["traces"].items() if kind not in NEEDS}


def test_every_list_of_data_that_plotly_has_is_looked_at(schema: dict[str, Any]) -> None:
    """Numbers in any attribute that its schema calls data are found, but where the list says why not."""
    look = {"ids", "pull", "columnorder", "columnwidth", "tickvals", "z", "x", "y", "dash", "symbol", "groups"}
    looked = 0
    for kind, all_of in drawn(schema).items():
        for path, attribute in attributes(all_of):
            if attribute["valType"] != "data_array":
                continue
            looked += 1
            at = found({"data": [{"type": kind} | nested(path, [ODD, ODD])]})
            free = path[-1] in look and (kind in ("image", "sankey") or path[-1] not in ("x", "y", "z"))
            assert bool(at) is not free, (kind, path)
    assert looked > 200


def test_every_number_that_plotly_has_is_looked_at_or_listed(schema: dict[str, Any]) -> None:
    listed = LOOK | LISTS | BELOW | {pair.partition(".")[2] for pair in PAIRS}
    for kind, all_of in drawn(schema).items():
        for path, attribute in attributes(all_of):
            if attribute["valType"] in ("number", "integer", "angle", "any") and path[0] != "transforms":
                at = found({"data": [{"type": kind} | nested(path, ODD)]})
                assert bool(at) or listed & {*path} or path[-1] == "hovertemplate", (kind, path)


def test_the_list_names_what_plotly_has(schema: dict[str, Any]) -> None:
    text = json.dumps(schema)
    assert [key for key in sorted(LOOK | LISTS | BELOW) if f'"{key}"' not in text] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["marker", "line", "cells", "node", "error_x", "new", "a"]), max_size=3), st.data())
def test_unknown_keys_are_data(path: list[str], data: st.DataObject) -> None:
    value = data.draw(st.sampled_from([ODD, str(ODD), [ODD], [[ODD]], {"k": ODD}, packed(ODD), [{"k": [ODD]}]]))
    assert found({"data": [{"type": "scatter"} | nested((*path, "invented"), value)]})


@given(st.lists(st.integers(-(2**31), 2**31 - 1), min_size=1, max_size=5))
def test_base64_is_read_as_it_was_written(numbers: list[int]) -> None:
    assert decoded(packed(*numbers, kind="i")) == numbers
    assert decoded([1]) is None


ODDITIES: list[Any] = [
    *(None, True, 5, -1.5, 1e400, "x", "@trips", "", [], {}, [[1]], ["a"], [None], [{"x": 1}], [[], [1]]),
    *({"column": "trips"}, {"column": "trips", "where": 5}, {"fact": "q"}, [{"fact": "q"}], {"dtype": 5, "bdata": 3}),
    {"dtype": "f8", "bdata": "", "shape": "0, 0"},
]


def places(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        yield (*path, key)
        yield from places(value, (*path, key))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whatever_stands_anywhere_is_told_or_laid_out(data: st.DataObject) -> None:
    layouts = [{"data": [{"y": "@trips"}], "layout": layout} for layout in LAYOUTS.values()]
    figure = json.loads(json.dumps(data.draw(st.sampled_from([*EXPRESS.values(), *layouts]))))
    *path, key = data.draw(st.sampled_from([path for path in places(figure) if len(path) > 2 or path == ("layout",)]))
    part = figure
    for step in path:
        part = part[step]
    part[key] = data.draw(st.sampled_from(ODDITIES))
    if isinstance(figure.get("layout") or {}, dict):
        found(figure)
        plotly(figure)


# Drawn


@pytest.mark.parametrize("name", EXPRESS)
def test_what_plotly_express_writes_is_drawn_and_every_digit_marked(name: str, engine: PlotlyEngine) -> None:
    figure = MAKER.figure("bar", " ".join(NAMES), [row.cells for row in ROWS], figure=json.dumps(EXPRESS[name]))
    sheet = laid_out(figure, "wide")
    root = parse_svg(engine.draw(sheet.plotly, sheet.width, sheet.height, "a"))
    mark_digits(root, figure, (), MAKER.numbers)
    texts = [
        text
        for text in root.iter("{http://www.w3.org/2000/svg}text")
        if any(map(str.isdigit, "".join(text.itertext())))
    ]
    assert all(text.get("data-n") for text in texts)
    assert engine.check(sheet.plotly) == ()


def plotly(keys: dict[str, Any]) -> dict[str, Any]:
    """The Plotly figure that is drawn."""
    figure: EvaluatedFigure = MAKER.figure("bar", " ".join(NAMES), [row.cells for row in ROWS], figure=json.dumps(keys))
    drawn: dict[str, Any] = json.loads(laid_out(figure, "wide").plotly)
    return drawn


def test_columns_of_some_rows_and_one_value() -> None:
    one = {"column": "trips", "where": {"island": "Bera"}}
    made = plotly({"data": [{"y": {"column": "trips", "where": {"class": "A"}}}, {"type": "indicator", "value": one}]})
    assert (made["data"][0]["y"], made["data"][1]["value"]) == ([120.5, 45], 80.25)


def test_a_bar_of_colours_for_years_has_whole_years() -> None:
    years = {"color": [2019, 2021]}
    made = plotly(
        {"data": [{"marker": years}, {"marker": years | {"coloraxis": "coloraxis2"}}], "layout": {"coloraxis2": {}}}
    )
    bars = made["data"][0]["marker"]["colorbar"], made["layout"]["coloraxis2"]["colorbar"]
    assert [(bar["dtick"], bar["tick0"], bar["tickformat"]) for bar in bars] == [(1, 2019, "d")] * 2
    made = plotly(
        {"data": [{"type": "heatmap", "z": [[2019, 2021]], "colorbar": {"dtick": 2}}, {"marker": {"color": [1, 2]}}]}
    )
    assert (made["data"][0]["colorbar"], "colorbar" in made["data"][1]["marker"]) == (bars[0] | {"dtick": 2}, False)


def test_a_text_that_begins_with_at_is_written_with_two() -> None:
    made = plotly({"data": [{"y": "@trips", "text": ["@@aria", "@x y"]}], "layout": {"annotations": [{"text": "@@b"}]}})
    assert (made["data"][0]["text"], made["layout"]["annotations"][0]["text"]) == (["@aria", "@x y"], "@b")
    columns = (FigureColumn("who", "who", "text"), FigureColumn("n", "n", "value"))
    rows = [Row((MAKER.words(who), MAKER.value(n, ""))) for who, n in (("@un24", "5"), ("@who", "7"))]
    for own, strange in (("@@un24", []), ("@@un25", ["x"]), ("un24", ["x"])):
        given = trace(type="bar", x=[own, "@@who"], y=[5, 7])
        assert [stray.path[-1] for stray in strays(given, columns, rows, is_year)] == strange
    assert found({"data": [{"y": "@trips"}], "layout": {"annotations": [{"text": "@@un24"}]}})
    layout = {"annotations": [{"text": "@@un24"}]}
    assert not strays({"data": [{"y": "@n"}], "layout": layout}, columns, rows, is_year)


@pytest.mark.parametrize(
    ("text", "is_formula"),
    [("$x_i$", True), (r"by $\alpha$ a year", True), ("from $5 to $10", False), ("%{y:$,.2f} and %{x:$.2f}", False)],
)
def test_a_formula_is_found_and_a_price_is_not(text: str, is_formula: bool) -> None:
    assert bool([*formulas({"data": [{"text": [text]}]})]) is is_formula


def test_flows_name_their_ends() -> None:
    made = plotly(trace(type="sankey", link={"source": "@island", "target": "@class", "value": "@trips"}))["data"][0]
    assert made["node"]["label"] == [*ISLANDS, "A", "B"]
    assert (made["link"]["source"], made["link"]["target"]) == ([0, 1, 2, 3], [4, 5, 4, 5])


def test_short_titles_years_and_plotlys_own_colours() -> None:
    layout = {"xaxis": {"title": "Year"}, "template": {"layout": {"colorway": COLORWAY}}}
    made = plotly({"data": [{"x": [2019], "y": [45], "marker": {"color": "#636EFA"}}], "layout": layout})
    assert made["layout"]["xaxis"]["title"] == {"text": "Year"}
    assert (made["layout"]["xaxis"]["dtick"], made["layout"]["xaxis"]["tickformat"]) == (1, "d")
    assert made["data"][0]["marker"]["color"] == "#00546F"
    assert "colorway" not in made["layout"]["template"]["layout"]


MANY = [2_000_000, 12_345_678.9]
MILLIONS = {
    "12,345,678.9": {"type": "bar", "x": ["a", "b"], "y": MANY, "texttemplate": "%{y}"},
    "10,000,000": {"type": "bar", "x": ["a", "b"], "y": MANY},
    "2,000,000": {"type": "heatmap", "z": [MANY], "texttemplate": "%{z}", "showscale": False},
    "▲500,000": {"type": "indicator", "mode": "number+delta", "value": MANY[0], "delta": {"reference": 1_500_000}},
    "4,000,000": {"type": "scatter", "y": [1, 2], "marker": {"color": MANY, "showscale": True}, "mode": "markers"},
}


@pytest.mark.parametrize("text", MILLIONS)
@pytest.mark.parametrize("template", [{}, {"layout": {"xaxis": {"ticks": "outside"}}, "data": {"bar": [{}]}}])
def test_large_numbers_print_whole(text: str, template: dict[str, Any], engine: PlotlyEngine) -> None:
    made = plotly({"data": [MILLIONS[text]], "layout": {"template": template}})
    drawn = engine.draw(json.dumps(made), 640, 360, "a")
    assert re.search(rf">{text}<", drawn)
    assert not re.search(r">[▲\d.,]+[kMGμ]<", drawn)


def test_the_sign_before_a_change_has_its_width() -> None:
    change = {"type": "indicator", "mode": "number+delta", "value": 43, "delta": {"reference": 20, "position": "left"}}
    figure = MAKER.figure("bar", " ".join(NAMES), [row.cells for row in ROWS], figure=json.dumps({"data": [change]}))
    assert lettering(figure, "").endswith(" ▲ ▼")
    with PlotlyEngine() as fresh:  # it remembers how wide a text was
        drawn = fresh.draw(figure.figure, 400, 300, "a", {"▲": (1000, 1000)})
    (moved,) = re.findall(r'class="delta"[^>]*dx="-([\d.]+)"', drawn)
    assert float(moved) == pytest.approx(121.8, abs=1)  # as in Chromium


@pytest.mark.parametrize(
    ("lang", "shown"),
    [("ru", {"3 янв.", "20\u00a0000"}), ("pt-BR", {"3 jan.", "20.000"}), ("en-KZ", {"Jan 3", "20,000"})],
)
def test_months_and_numbers_are_spelled_in_the_language_of_the_page(
    lang: str, shown: set[str], engine: PlotlyEngine
) -> None:
    keys = {"data": [{"x": ["2021-01-01", "2021-02-01", "2021-03-15"], "y": [20_000, 2, 3]}]}
    figure = Maker(lang).figure("bar", " ".join(NAMES), [row.cells for row in ROWS], figure=json.dumps(keys))
    drawn = engine.draw(laid_out(figure, "wide").plotly, 640, 360, "a")
    assert shown <= set(re.findall(r">([^<>]+)<", drawn))
    own = Maker(lang).figure("bar", " ".join(NAMES), [row.cells for row in ROWS], x="island", y="trips")
    assert laid_out(own, "wide").plotly


@pytest.mark.parametrize(
    ("values", "axis", "step"),
    [
        (["2019", "2021"], {}, 1),
        ([2019.0, 2021], {"range": [2001, 2041]}, 5),
        ([2019.5, 2021], {}, None),
        (["2019", "spring"], {}, None),
        *(([2019, 2021], axis, None) for axis in ({"type": "date"}, {"rangemode": "tozero"}, {"range": [0, 1e9]})),
    ],
)
def test_years_are_years_however_they_are_written(values: list[Any], axis: dict[str, Any], step: int | None) -> None:
    made = plotly({"data": [{"x": values, "y": [1, 2]}], "layout": {"xaxis": axis}})
    assert made["layout"]["xaxis"].get("dtick") == step
    bars = plotly({"data": [{"type": "bar", "x": values, "y": ["a", "b"], "orientation": "h"}]})
    assert "dtick" not in bars["layout"]["xaxis"]


def test_what_moves_is_named() -> None:
    figure = {
        "frames": [{}],
        "layout": {"sliders": [{}], "xaxis2": {"rangeselector": {"buttons": [{}]}}, "updatemenus": []},
    }
    assert moving(figure) == [("frames",), ("layout", "sliders"), ("layout", "xaxis2", "rangeselector")]
