"""The map of the world: its borders, the names of countries, what of the Earth is shown, and what is told."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path

import pytest
from babel import Locale

from reportgen.charts.alt import alt_text
from reportgen.charts.charts import Sheet, laid_out
from reportgen.charts.map_view import clipped, view_of
from reportgen.charts.shares import HEAT
from reportgen.language.countries import code_of
from reportgen.load import geometry
from reportgen.load.geometry import world_regions
from reportgen.model.figure import EvaluatedFigure
from tests.charts.test_kinds import shown

YAML = "content/data/world.yaml"
DATASET = "{id: world, file: world.csv, source: report, columns: [{name: country}, {name: n, type: number, unit: t}]}"
CHART = "- {id: w, kind: map, data: world, place: country, color: n, geometry: world, title: W}\n"
ODD = ("N. Cyprus", "Siachen Glacier", "Somaliland")
"""Areas of Natural Earth to which ISO has given no code."""


def files(rows: str, chart: str = CHART) -> dict[str, str]:
    return {YAML: DATASET, "content/data/world.csv": "country,n\n" + rows, "content/charts/world.yaml": chart}


@cache
def drawn(rows: str, chart: str = CHART) -> EvaluatedFigure:
    brief, problems = shown("w", files(rows, chart))
    assert [problem for problem in problems if problem.severity == "error"] == []
    return brief.figures[0]


def told(rows: str, chart: str = CHART) -> list[str]:
    return [f"{each.severity} {each.code} {each.message} | {each.hint}" for each in shown("w", files(rows, chart))[1]]


def fills(sheet: Sheet) -> list[str]:
    """Colours of areas and dots that have a value."""
    traces = json.loads(sheet.plotly)["data"]
    found = [trace.get("fillcolor") or trace["marker"]["color"] for trace in traces]
    return [colour for colour in found if colour in HEAT]


def test_the_borders_are_small_and_hold_every_country() -> None:
    file = Path(geometry.__file__).with_name("world.json")
    assert len(gzip.compress(file.read_bytes())) < 120_000
    codes = {region.name for region in world_regions()}
    territories = {code for code in Locale.parse("en").territories if code.isalpha()}
    known = {code_of(code, "en") for code in territories} - {""}
    assert sorted(known - codes) == ["AC", "BV", "CP", "CQ", "DG", "EA", "IC", "TA", "TK", "UM"]
    assert sorted(codes - known) == sorted(ODD)
    assert all(len(ring) >= 3 for region in world_regions() for ring in region.rings)
    longest = {
        region.name: max(max(x for x, _ in ring) - min(x for x, _ in ring) for ring in region.rings)
        for region in world_regions()
    }
    assert max(span for code, span in longest.items() if code != "AQ") < 165, "nothing is torn at the date line"


NAMES = {
    "KE": "Kenya; KEN; ke", "EG": "Egypt, Arab Rep.", "CI": "Côte d'Ivoire; Cote d’Ivoire", "KZ": "398; Қазақстан",
    "GB": "UK", "GR": "EL", "LC": "St. Lucia; Saint Lucia", "ST": "ST; STP", "XK": "XKX; Kosovo",
    "GM": "The Gambia; Gambia, The",
    "RU": "Россия; Российская Федерация", "TR": "Türkiye; Turkey", "NE": "Niger", "CD": "Congo, Dem. Rep.",
    "KR": "Korea, Rep.", "IR": "Iran (Islamic Republic of)", "Somaliland": "somaliland", "N. Cyprus": "Northern Cyprus",
    "": "World; Euro area; EU; Kenia; DDR; SUN; Korea; EU27_2020; Deutschland",
}  # fmt: skip


def test_countries_have_the_names_that_offices_print() -> None:
    found = {(name, code_of(name, "en", ODD)) for names in NAMES.values() for name in names.split("; ")}
    assert found == {(name, code) for code, names in NAMES.items() for name in names.split("; ")}
    assert code_of("Deutschland", "de") == "DE"


def test_one_country_however_it_is_called_is_one_area() -> None:
    figure = drawn("KAZ,5\nKyrgyz Republic,3\nUZ,\n")
    assert [row.cells[0].text for row in figure.rows] == ["Kazakhstan", "Kyrgyz Republic", "Uzbekistan"]
    sheet = laid_out(figure, "wide")
    assert sorted(fills(sheet)) == sorted((HEAT[0], HEAT[4]))
    words = {line for label in sheet.labels for line in label.lines}
    assert {"Kazakhstan", "Kyrgyz Republic", "Uzbekistan", "No value"} <= words
    assert alt_text(figure).startswith("Map: W. Highest: Kazakhstan, 5\u00a0t. Lowest: Kyrgyz Republic, 3\u00a0t.")
    assert "No value: Uzbekistan, " in alt_text(figure)
    assert alt_text(figure).endswith(" and others.")
    assert told("Kenya,1\nKEN,2\n") == [
        "error several-rows several rows for one area: Kenya | "
        'choose one by where: in the dataset, or draw a map of each by "facet"'
    ]


def test_the_note_says_whose_borders_they_are_and_what_is_not_on_the_map() -> None:
    rows = "Samoa,5\nTokelau,3\n"
    note = drawn(rows).plain_note
    assert "Borders: Natural Earth, which draws them by who holds the land. Not on the map: Tokelau." in note
    assert told(rows) == [
        "notice not-on-map not on the map of the world: Tokelau; the note of the chart says so | "
        "the table below the map has the values"
    ]


def test_rows_that_are_no_country_are_told_with_the_nearest_names() -> None:
    assert told("Kenia,1\nWorld,2\nUgannda,3\nArab World,4\n") == [
        'error unknown-value no country is called "Kenia", "World", "Ugannda" and 1 more | '
        'did you mean "Kenya" or "Uganda"?'
    ]
    (said,) = told("World,2\nKenya,1\n")
    assert said.endswith("| leave groups of countries, such as the world, out by where: in the dataset")
    (said,) = told("Kenya,1\n", CHART.replace("geometry: world", "geometry: world, borders: report"))
    assert "the map of the world has no" in said


def test_what_lies_around_the_rows_is_shown_and_nothing_beyond_it() -> None:
    near, whole = (
        drawn("Kenya,5\nUganda,3\n"),
        drawn("Kenya,5\nUganda,3\n", CHART.replace("world, title", "world, extent: all, title")),
    )
    for figure, cut in ((near, True), (whole, False), (drawn("Russia,5\nCanada,3\n"), False)):
        view = view_of(figure)
        assert view.cut is cut
        for layout in ("wide", "narrow"):
            sheet = laid_out(figure, layout)  # type: ignore[arg-type]
            traces = json.loads(sheet.plotly)["data"]
            xs = [x for trace in traces for x in trace["x"] if x is not None]
            assert -1 <= min(xs) <= max(xs) <= sheet.width + 1
            assert len(traces) < 60 if cut else len(traces) > 150
    assert "Antarctica" not in view_of(whole).areas
    assert "Antarctica" in view_of(drawn("Antarctica,5\nKenya,3\n")).areas


def test_overseas_parts_and_far_islands_do_not_make_the_map_wide() -> None:
    figure = drawn("France,5\nSpain,3\nNorway,2\n")
    view = view_of(figure)
    assert view.east - view.west < 0.6
    parts = {region.name: len(region.rings) for region in figure.regions}
    assert "French Guiana" not in parts
    own = {region.name: len(region.rings) for region in drawn("France,5\nFrench Guiana,3\n").regions}
    assert own["France"] == parts["France"] - own["French Guiana"]


def test_an_island_that_nobody_could_see_is_a_dot_in_its_shade() -> None:
    rows = "Tuvalu,5\nMaldives,1\nAustralia,2\nBrazil,3\n"
    sheet = laid_out(drawn(rows), "wide")
    dots = [trace for trace in json.loads(sheet.live)["data"] if trace["mode"] == "markers"]
    assert [dot["marker"]["color"] for dot in dots] == [HEAT[0], HEAT[4]]
    assert [dot["text" if "text" in dot else "hovertext"][0].startswith("<b>5") for dot in dots] == [False, True]
    assert all(0 < dot["x"][0] < sheet.width for dot in dots)


def test_points_near_the_date_line_stand_where_their_islands_are() -> None:
    columns = "[{name: country}, {name: n, type: number}, {name: lat, type: number}, {name: lon, type: number}]"
    made = files(
        "", "- {id: w, kind: map, data: world, place: country, lat: lat, lon: lon, geometry: world, title: W}\n"
    )
    made[YAML] = f"{{id: world, file: world.csv, source: report, columns: {columns}}}"
    made["content/data/world.csv"] = (
        "country,n,lat,lon\nTonga,1,-21.1,-175.2\nFiji,1,-18.1,178.4\nLima,1,-12,-77\nOslo,1,59.9,10.7\nDelhi,1,28.6,77.2\n"
    )
    figure = shown("w", made)[0].figures[0]
    view = view_of(figure)
    (tonga, _), (fiji, _), (lima, _) = (view.project(x, y) for x, y in ((-175.2, -21.1), (178.4, -18.1), (-77, -12)))
    assert lima < fiji < tonga < view.east + 0.02


def test_a_border_is_cut_at_the_edges_of_what_is_shown() -> None:
    assert clipped([(-1, -1), (3, -1), (3, 3), (-1, 3)], 0, 0, 2, 2) == [(0, 2), (0, 0), (2, 0), (2, 2)]
    assert clipped([(5, 5), (6, 5), (6, 6)], 0, 0, 2, 2) == []


POINTS = (
    "{id: w, file: w.csv, source: report, columns: [{name: town}, {name: y, type: number}, {name: x, type: number}]}"
)


@pytest.mark.parametrize(
    ("rows", "is_told"),
    [
        ("Lima,-77,-12\nCali,-76.5,3.4\n", True),
        ("Lima,-12,-77\nCali,3.4,-76.5\n", False),
        ("Lima,-12,-77\nCali,-76.5,3.4\n", False),
        ("Oil rig,57,2\nApia,-13.8,-171.8\n", False),
        ("Tristan da Cunha,-37.1,-12.3\n", False),
    ],
)
def test_latitudes_in_the_place_of_longitudes_are_told(rows: str, is_told: bool) -> None:
    chart = "- {id: w, kind: map, data: w, place: town, lat: y, lon: x, geometry: world, title: W}\n"
    given = {YAML: POINTS, "content/data/w.csv": "town,y,x\n" + rows, "content/charts/world.yaml": chart}
    said = [each.message for each in shown("w", given)[1] if each.code == "wrong-value"]
    assert bool(said) == is_told
    assert all("change places" in each for each in said)
