"""Maps: borders out of a file, a projection that keeps areas in proportion, shades, and what is said of them."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from reportgen.brief.figure_data import strays
from reportgen.charts.charts import Sheet, alt_text, laid_out
from reportgen.charts.data import read
from reportgen.charts.maps import class_edges, kept_ring
from reportgen.charts.panel import Panel
from reportgen.charts.projection import projection_of
from reportgen.charts.shares import HEAT
from reportgen.drawing.v8 import DrawingError, PlotlyEngine
from reportgen.load.geometry import MOST_SHAPES, GeometryError, read_shapes
from reportgen.model.chart import Ring
from reportgen.model.figure import EvaluatedFigure
from tests.charts.sample_figures import Maker
from tests.charts.test_kinds import figure
from tests.charts.test_own_figures import COLUMNS, ROWS, is_year


def collection(*features: dict[str, object], **more: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features, **more})


def feature(name: str, *rings: list[tuple[float, float]], kind: str = "Polygon") -> dict[str, object]:
    return {"type": "Feature", "properties": {"n": name}, "geometry": {"type": kind, "coordinates": list(rings)}}


BOX = [(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0), (0.0, 0.0)]
HOLE = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)]


def area(ring: Ring) -> float:
    return sum(a * d - b * c for (a, b), (c, d) in pairwise((*ring, ring[0]))) / 2


def test_outer_borders_go_one_way_and_holes_the_other_however_they_were_written() -> None:
    for outer in (BOX, BOX[::-1]):
        for hole in (HOLE, HOLE[::-1]):
            ((shape,), bare) = read_shapes(collection(feature("A", outer, hole)), "properties.n")
            assert [round(area(ring)) for ring in shape.rings] == [-12, 1]
            assert (shape.name, bare) == ("A", ())


def test_features_of_one_name_are_one_area_and_those_without_area_are_told() -> None:
    point = {"type": "Feature", "properties": {"n": "P"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}
    shapes, bare = read_shapes(collection(feature("A", BOX), point, feature("A", HOLE)), "properties.n")
    assert [(shape.name, len(shape.rings)) for shape in shapes] == [("A", 2)]
    assert bare == ("P",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "this is not JSON"),
        ("[" * 100_000, "this is not JSON"),
        ('{"type": "Topology"}', "this is TopoJSON"),
        ('{"type": "Feature"}', "this is no GeoJSON with features"),
        (collection(feature("A", [(500000.0, 4649776.0)] * 4)), 'feature 1, "A": 500000, 4.64978e+06 is not a lon'),
        (collection(feature("A", BOX), crs={"properties": {"name": "EPSG::3035"}}), "its borders are not in longitude"),
        (collection({"type": "Feature", "properties": {"m": "A"}}), 'feature 1 has no "properties.n"'),
        (collection(feature("A", BOX, kind="MultiPolygon")), 'feature 1, "A": its coordinates are not those of areas'),
        (collection(feature("A", [(0.0, float("nan"))] * 4)), 'feature 1, "A": 0, nan is not a longitude'),
        (collection(*(feature(str(n), BOX) for n in range(MOST_SHAPES + 1))), "401 areas are more than"),
        (collection(), "no feature of this file is an area"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_told(text: str, said: str) -> None:
    with pytest.raises(GeometryError) as raised:
        read_shapes(text, "properties.n")
    assert raised.value.message.startswith(said)
    assert raised.value.hint


def circle(x: float, y: float, radius: float, count: int = 2000) -> list[tuple[float, float]]:
    turns = [2 * math.pi * n / count for n in range(count)]
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def test_borders_are_as_fine_as_a_page_can_show() -> None:
    coarse = read_shapes(collection(feature("A", circle(10, 10, 5, 20_000))), "properties.n")[0][0].rings[0]
    assert len(coarse) < 15_000
    ring = circle(200, 200, 100)
    kept = kept_ring(ring)
    assert len(kept) < 120
    corners = [ring[n] for n in kept]
    for (ax, ay), (bx, by) in pairwise((*corners, corners[0])):
        middle = ((ax + bx) / 2 - 200, (ay + by) / 2 - 200)
        assert 100 - math.hypot(*middle) < 0.6


@pytest.mark.parametrize("middle", [(10.0, 5.0), (179.5, 60.0), (-100.0, -40.0)])
def test_a_square_degree_has_the_area_that_it_has_on_the_earth(middle: tuple[float, float]) -> None:
    x, y = middle
    around = [((x + dx + 180) % 360 - 180, y + dy) for dx in (-8, 0, 8) for dy in (-6, 0, 6)]
    project = projection_of(around)
    flat = [project(*place) for place in around]
    assert max(abs(a) for a, _ in flat) < 0.3, "the date line does not tear it apart"
    square = [((x + dx + 180) % 360 - 180, y + 4 + dy) for dx, dy in ((0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1))]
    true = math.radians(0.1) * (math.sin(math.radians(y + 4.1)) - math.sin(math.radians(y + 4)))
    assert abs(area(tuple(project(*place) for place in square))) == pytest.approx(true, rel=0.01)


def test_the_whole_earth_keeps_areas_too() -> None:
    project = projection_of([(-179, -60), (0, 0), (90, 70), (179, 80), (-90, 10), (50, 5), (-40, 5), (135, 0)])
    sizes = []
    for y in (0.0, 60.0):
        square = [(10, y), (10.1, y), (10.1, y + 0.1), (10, y + 0.1)]
        true = math.radians(0.1) * (math.sin(math.radians(y + 0.1)) - math.sin(math.radians(y)))
        sizes.append(abs(area(tuple(project(*place) for place in square))) / true)
    assert sizes[0] == pytest.approx(sizes[1], rel=0.005)


def drawn(id: str, layout: str = "wide") -> tuple[EvaluatedFigure, Sheet]:
    _, made = figure(id)
    return made, laid_out(made, layout)  # type: ignore[arg-type]


def test_an_area_has_the_shade_of_its_class_and_one_without_a_value_stripes() -> None:
    made, sheet = drawn("map")
    traces = json.loads(sheet.plotly)["data"]
    fills = {trace["fillcolor"]: "fillpattern" in trace for trace in traces}
    assert fills == {"#FFFFFF": True, HEAT[0]: False, HEAT[4]: False}, (
        "18.1 and 35.4 in the least and the highest class"
    )
    labels = ["".join(label.lines) for label in sheet.labels]
    assert labels[:7] == ["Share of the catch", "15", "20", "25", "30", "35", "40%"]
    assert {"No value", "18.1%", "35.4%"} <= {label.removesuffix("\u00a0?") for label in labels}
    assert traces[-1]["line"]["width"] == 2, "the highlighted area is drawn last"
    assert alt_text(made) == (
        "Map: A map. Highest: United States, 35.4%. Lowest: Kazakhstan, 18.1%. "
        "Kazakhstan: 18.1%; United States: 35.4%. No value: RU."
    )


def test_points_have_areas_in_proportion() -> None:
    made, sheet = drawn("map-points", "narrow")
    marks = [trace for trace in json.loads(sheet.live)["data"] if trace["mode"] == "markers"]
    sizes = {
        text: size for trace in marks for text, size in zip(trace["hovertext"], trace["marker"]["size"], strict=True)
    }
    (small,), (large,) = ([size for text, size in sizes.items() if number in text] for number in ("420", "1,250"))
    assert (large / small) ** 2 == pytest.approx(1250 / 420, rel=0.01)
    assert "No value: Uralsk." in alt_text(made)
    for trace in marks:
        assert all(0 <= x <= sheet.width for x in trace["x"])


def test_a_live_area_says_what_it_is() -> None:
    _, sheet = drawn("map")
    words = [trace["text"] for trace in json.loads(sheet.live)["data"] if trace.get("hoveron") == "fills"]
    assert any("<b>No value</b>" in each for each in words)
    assert any(each.startswith("<b>18.1%") for each in words)


@pytest.mark.parametrize(
    ("values", "log", "edges"),
    [
        (("20.3", "84.4"), False, (20, 40, 60, 80, 100)),
        (("-3", "4"), False, (-4, -2, 0, 2, 4)),
        (("7", "7"), False, (7,)),
        (("0.2", "450"), True, (0.1, 1, 10, 100, 1000)),
        (("1", "10000000"), True, (1, 100, 10_000, 1_000_000, 100_000_000)),
    ],
)
def test_classes_end_at_round_values(values: tuple[str, ...], log: bool, edges: tuple[float, ...]) -> None:
    _, made = figure("map")
    maker = Maker("en")
    index = [column.name for column in made.columns].index("value")
    rows = tuple(
        replace(row, cells=tuple(maker.value(value) if n == index else cell for n, cell in enumerate(row.cells)))
        for row, value in zip(made.rows, values, strict=True)
    )
    made = replace(made, rows=rows, log=log)
    panel = Panel(made, read(made), (), 0, 0, 640, 0, 0, False)
    assert class_edges(panel) == pytest.approx(edges)


AREAS = json.loads(collection(feature("Aria", BOX), feature("Bera", HOLE)))
OWN = {"type": "choropleth", "geojson": AREAS, "featureidkey": "properties.n", "locations": ["Aria"], "z": [120.5]}
BARE = {"visible": False, "fitbounds": "locations"}


def test_an_author_s_own_figure_may_be_a_map_with_its_own_areas(engine: PlotlyEngine) -> None:
    made = {"data": [OWN], "layout": {"geo": BARE}}
    assert strays(made, COLUMNS, ROWS, is_year) == []
    assert [stray.path for stray in strays({"data": [OWN | {"z": [7]}]}, COLUMNS, ROWS, is_year)] == [
        ("data", "0", "z")
    ]
    svg = engine.draw(json.dumps(made), 640, 400, "a")
    assert svg.count('class="choroplethlocation"') == 1
    points = {"data": [{"type": "scattergeo", "lat": [1, 2], "lon": [3, 4]}], "layout": {"geo": BARE}}
    assert engine.draw(json.dumps(points), 640, 400, "a").count('class="point"') == 2
    assert engine.check(json.dumps(made)) == ()


@pytest.mark.parametrize(
    ("trace", "geo", "said"),
    [
        ({"type": "choropleth", "locations": ["KEN"], "z": [1]}, BARE, "unless it brings its own geojson"),
        (OWN | {"geojson": "https://maps.example/areas.json"}, BARE, "unless it brings its own geojson"),
        (OWN, {}, "unless its layout has geo: {visible: false}"),
        (OWN, BARE | {"showcoastlines": True}, "unless its layout has geo: {visible: false}"),
    ],
)
def test_outlines_of_the_world_are_not_had(
    trace: dict[str, object], geo: dict[str, object], said: str, engine: PlotlyEngine
) -> None:
    with pytest.raises(DrawingError, match=re.escape(said)):
        engine.draw(json.dumps({"data": [trace], "layout": {"geo": geo}}), 640, 400, "a")
