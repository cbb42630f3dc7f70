"""Charts as authors write them, from YAML to the drawing: one of each kind, and what is said of each mistake."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image, ImageChops

from reportgen.brief.evaluate import evaluate
from reportgen.brief.figures import SET_IN_TYPE
from reportgen.charts.canvas import Layout
from reportgen.charts.charts import alt_text, laid_out
from reportgen.charts.data import interval_of, read
from reportgen.charts.drawn import apart
from reportgen.charts.svg import mark_digits, parse_svg, trim
from reportgen.charts.text import text_width
from reportgen.diagnostics import Diagnostic, ReportError
from reportgen.drawing.png import svg_to_png
from reportgen.drawing.v8 import PlotlyEngine
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.language.units import unit_table
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.model.chart import ChartKind
from reportgen.model.evaluated import EvaluatedBrief, NumberKind
from reportgen.model.figure import EvaluatedFigure
from reportgen.model.project import Project
from reportgen.targets.tasks import drawing_made
from tests.brief.project import fake_cite

ROOT = Path(__file__).parent / "project"
CHARTS = "content/charts/kinds.yaml"
BRIEF = "content/briefs/all.md"
FILES = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in sorted(ROOT.rglob("*")) if path.is_file()}
KINDS = re.findall(r"^- (?:\{id|id): ([\w-]+)", FILES[CHARTS], re.M)


def project(files: dict[str, str]) -> tuple[Project, list[Diagnostic]]:
    found, problems = load(MemoryFiles({**FILES, **files}), read_style=lambda _: "")
    return found, [problem for problem in problems if problem.code != "unused-unit"]


def shown(id: str, files: dict[str, str]) -> tuple[EvaluatedBrief, list[Diagnostic]]:
    """A brief that shows one chart, with what is said of the project and of it."""
    found, problems = project({**files, BRIEF: FILES[BRIEF] + f'\n{{{{ chart("{id}") }}}}\n'})
    units = unit_table([m.unit for m in found.measures.values() if m.unit], found.units.values())
    evaluation = evaluate(found.briefs["all"], View(Answers(found, date(2026, 11, 22), units)), fake_cite)
    return evaluation.brief, [*problems, *evaluation.diagnostics]


@cache
def figure(id: str) -> tuple[EvaluatedBrief, EvaluatedFigure]:
    brief, problems = shown(id, {})
    assert problems == []
    return brief, brief.figures[0]


def test_every_kind_and_option_is_here() -> None:
    charts = project({})[0].charts
    assert list(charts) == KINDS
    assert {chart.kind for chart in charts.values()} == set(ChartKind)
    options = (
        "color size facet highlight labels hatched orientation log sort lines annotations columns figure note alt "
        "low high place lat lon geometry borders regions extent"
    )
    assert [name for name in options.split() if not any(getattr(chart, name) for chart in charts.values())] == []


@pytest.mark.parametrize("id", KINDS)
@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_each_is_drawn(id: str, layout: Layout, engine: PlotlyEngine) -> None:
    brief, made = figure(id)
    assert made.rows
    if made.kind in SET_IN_TYPE and not made.figure:
        return
    sheet = laid_out(made, layout)
    root = parse_svg(engine.draw(sheet.plotly, sheet.width, sheet.height, id))
    mark_digits(root, made, sheet.labels, len(brief.numbers))
    svg = etree.tostring(root, encoding="unicode")
    for number in {int(found) for found in re.findall(r'data-n="(\d+)"', svg)} & set(range(len(brief.numbers))):
        known = brief.numbers[number]
        assert known.facts or known.fact or known.kind is NumberKind.DATASET
    assert alt_text(made).endswith(".")
    if layout == "wide":
        look_the_same(svg, made)


def look_the_same(svg: str, made: EvaluatedFigure) -> None:
    """What is left out of a drawing was not to be seen, but for the half of a line's width beyond the plot."""
    whole, trimmed = (etree.fromstring(svg.encode()) for _ in range(2))
    trim(trimmed, clipped=bool(made.figure))
    assert len(list(trimmed.iter())) < len(list(whole.iter()))
    pictures = [
        Image.open(BytesIO(svg_to_png(etree.tostring(root, encoding="unicode"), 640))).convert("RGB")
        for root in (whole, trimmed)
    ]
    grey = ImageChops.difference(*pictures).convert("L")
    assert sum(grey.histogram()[24:]) < (1 if made.figure else 0.004 * grey.width * grey.height)


@pytest.mark.parametrize(
    ("id", "old", "new", "said"),
    [
        ("bar", "kind: bar, data: shares-2021, x: place, y: value, title: Bars,", "kind: bars, data: shares-2021, "
         "x: place, y: value, title: Bars,", 'wrong-value "kind" cannot be "bars"'),
        ("dot", "kind: dot, data: shares-2021, x: value", "kind: dot, data: shares-2021, x: valeu",
         'unknown-column the data of "dot" has no column "valeu"'),
        ("scatter", "x: cost, y: power, size", "x: site, y: power, size",
         'not-a-number "site" holds text, such as "Ekibastuz", and x must be a number'),
        ("scatter", "size: jobs", "size: site", "not-a-number"),
        ("area", "x: as_of, y: value, title: An area", "x: as_of, y: place, title: An area",
         'not-a-number "place" holds text, such as "Kazakhstan", and y must be a number'),
        ("heatmap", "y: place, color: value", "y: place, color: source", "not-a-number"),
        ("heatmap", "x: as_of, y: place, color: value", "x: measure, y: place, color: value",
         "several-rows several rows for one cell: Share of the catch, Kazakhstan (kz-2020 and kz-2021)"),
        ("bar-grouped", "y: power, color: sector, title: G", "y: power, title: G",
         "several-rows several rows for one mark"),
        ("line-log", "data: months, x: month, y: price, log: true", "data: sectors, x: country, y: power",
         "several-rows several rows for one mark"),
        ("range", "data: shares-twice", "data: shares",
         "several-rows a range leads from one row to another, and there are more for Kazakhstan"),
        ("pie", "data: parts, x: sector, y: power", "data: steps, x: step, y: change",
         "negative-part −40\u00a0MW is negative"),
        ("line-log", "data: months, x: month, y: price", "data: steps, x: step, y: change", "not-positive −40\u00a0MW"),
        ("bar-ends", "low: least, high: most, title: B", "low: most, high: least, title: B",
         "wrong-value 3.1\u00a0t does not lie between 4.5\u00a0t and 2.4\u00a0t"),
        ("bar-ends", "high: most, title: B", "title: B", 'missing-key "low" needs "high" beside it'),
        ("bar-ends", "low: least, high: most, title: B", "low: crop, high: most, title: B", 'not-a-number "crop"'),
        ("bar-ends", "high: most, title: B", "high: most, stack: share, title: B", "wrong-value a stacked chart has"),
        ("area", "y: value, title: An area", "y: value, low: value, high: value, title: An area",
         "wrong-value kind: area has no whiskers"),
        ("dot", "y: place, title: D", "y: place, orientation: v, title: D", "wrong-value kind: dot has no"),
        ("map", "geometry: areas.geojson", "geometry: aeras.geojson", "missing-file there is no file"),
        ("map", "key: properties.code", "key: properties.cod", 'wrong-geometry feature 1 has no "properties.cod"'),
        ("map", "key: properties.code", "key: properties.name",
         'unknown-value no feature of areas.geojson has "KZ", "US" as its properties.name'),
        ("map", "data: shares-2021, place", "data: shares, place",
         "several-rows several rows for one area: Kazakhstan"),
        ("map", "color: value, geometry", "color: source, geometry", 'not-a-number "source" holds no numbers'),
        ("map", "color: value, geometry", "geometry", 'missing-key a map of areas needs "color"'),
        ("map", "borders: report,", "", 'missing-key a map says where its borders come from'),
        ("map", "borders: report,", "borders: reports,", 'unknown-source no source has the id "reports"'),
        ("map", "place: place,", "place: place, sort: value,", 'wrong-value a map has no "sort"'),
        ("map-points", "lat: lat, lon: lon", "lat: lon, lon: lat",
         "wrong-value Temirtau lies far outside of the borders: its latitude is 73"),
        ("map-points", "size: beds", "size: lot", 'unknown-column the data of "map-points" has no column "lot"'),
        ("dot", "x: value, y: place, title: D", "x: value, y: place, lat: value, title: D",
         'wrong-value only kind: map has "lat"'),
        ("multiples", "data: shares, x: as_of", "data: all, x: as_of", "mixed-units"),
        ("donut", "data: shares-2021, x: place", "data: none, x: place", 'no-rows the data of "donut" has no rows'),
        ("line", "highlight: [KZ], title: L", "highlight: [KS], title: L",
         'unknown-value no row has "KS" to highlight'),
        ("bar-horizontal", "hatched: [us-2021]", "hatched: [us-2020]", 'unknown-value the fact "us-2020" is not among'),
        ("free", '"@place"', '"@plaace"', 'unknown-column the data of "free" has no column "plaace"'),
        ("free", "data: [{type: funnel", "traces: [{type: funnel", "wrong-value a Plotly figure is a map with data"),
        ("free", "x: {column: value}", "x: [18.1, 99]", "typed-number x in trace 1 of the figure has 99"),
        ("free", "x: {column: value}", "x: [18.1]", "unknown-value x in trace 1 of the figure is not out of"),
        ("free", "x: {column: value}", "value: 77", "typed-number value in trace 1 of the figure has 77"),
        ("free", '"@value", textinfo', '[some 90%, most], textinfo', "typed-number text in trace 1 of the figure has"),
        ("free", '"@value", textinfo', '"$x_i$ of all", textinfo', "unread-mark text in trace 1 of the figure"),
        ("free", "x: {column: value}", "x: {fact: nobody}", 'unknown-fact no fact has the id "nobody"'),
        ("free", "x: {column: value}", "x: {column: value, where: {place: XX}}", "unknown-value no row of"),
        ("free", "x: {column: value}", "x: {column: value, where: {spot: KZ}}", "unknown-column"),
        ("free", "x: {column: value}", "x0: {column: value}", 'several-rows x0 in trace 1 takes one value'),
        ("written", "figure: sites.json", "figure: sites.jsn", "wrong-type"),
        ("written", "figure: sites.json", "figure: cites.json", "missing-file there is no file"),
        ("written", "data: sites", "data: sectors", "typed-number marker.size in trace 1 of the figure has 150"),
        ("line", "text: the peak", "text: the peak of 18", "typed-number"),
        ("bar", "title: Bars,", 'title: "Bars of 18 percent",', "typed-number"),
    ],
)  # fmt: skip
def test_each_mistake_has_a_line(id: str, old: str, new: str, said: str) -> None:
    assert old in FILES[CHARTS]
    text = FILES[CHARTS].replace(old, new)
    more = "- {id: all, query: {place: KZ}}\n- {id: none, query: {measure: share, as_of: 2019}}\n"
    data = FILES["content/data/series.yaml"] + more.replace("{place: KZ}", "{facts: [kz-2020, mw]}")
    facts = FILES["content/facts/facts.yaml"] + (
        '- {id: mw, claim: "It had {value}.", measure: power, place: KZ, as_of: 2021, value: 5, unit: MW, '
        'evidence: [{source: report, quote: "had 5 MW"}]}\n'
    )
    _, problems = shown(id, {CHARTS: text, "content/data/series.yaml": data, "content/facts/facts.yaml": facts})
    found = [problem for problem in problems if f"{problem.code} {problem.message}".startswith(said)]
    assert found, [f"{problem.code} {problem.message}" for problem in problems]
    lines = text.splitlines()
    assert found[0].span.file == CHARTS
    assert id in "\n".join(lines[max(0, found[0].span.line - 15) : found[0].span.line])
    assert found[0].hint


def test_a_waterfall_starts_and_ends_at_zero() -> None:
    (bars,) = json.loads(laid_out(figure("waterfall")[1], "wide").plotly)["data"]
    assert (bars["base"], bars["x"]) == ([0, 180, 275, 0], [180, 95, -40, 235])


@pytest.mark.parametrize(
    ("rows", "highlight", "said"),
    [
        (
            "Start,180\nNew,95\nClosed,-40\nEnd,238",
            "",
            '"End", the last row, is drawn as the sum of the steps before it',
        ),
        ("Start,180\nNew,95\nClosed,-40\nEnd,236", "", ""),
        ("Start,180\nNew,95\nClosed,-40", "", '"Closed", the last row, is drawn as the sum'),
        ("Start,180\nNew,95\nHalf,275\nClosed,-40\nEnd,235", "Half", ""),
        ("Start,180\nNew,95\nHalf,270\nClosed,-40\nEnd,235", "Half", '"Half", which is highlighted, is drawn as'),
        ("Start,18.1\nNew,9.5\nClosed,-4.0\nEnd,23.5", "", ""),
        ("Start,180\nNew,95\nNew,-40\nEnd,235", "", "several rows for one mark: New"),
        ("Start,-180\nNew,95\nEnd,-85", "", ""),
    ],
)
def test_the_end_of_a_waterfall_is_what_its_steps_come_to(rows: str, highlight: str, said: str) -> None:
    """Rounded numbers are, where their sum may be it."""
    charts = FILES[CHARTS].replace("title: A waterfall", f"highlight: [{highlight}], title: A waterfall")
    _, problems = shown("waterfall", {CHARTS: charts, "content/data/steps.csv": f"step,change\n{rows}\n"})
    told = [problem.message for problem in problems if problem.severity == "error"]
    assert [said in message for message in told] == [True] * bool(said), told


@pytest.mark.parametrize("id", ["bar-ends", "dot-ends", "line-ends"])
def test_whiskers_reach_from_column_to_column(id: str) -> None:
    _, made = figure(id)
    found = {point.value.text: interval_of(point) for point in read(made).points}
    assert [*found.values()] == [(2.4, 4.5), None, (1.7, 1.9)]
    plain = replace(made, low="", high="")
    drawn, without = (json.loads(laid_out(each, "wide").plotly) for each in (made, plain))
    counts = [len(each["data"]) + len(each["layout"]["shapes"]) for each in (drawn, without)]
    assert counts[0] > counts[1] or '"error_' in json.dumps(drawn)
    if id != "line-ends":
        assert "3.1\u00a0t (2.4\u00a0t–4.5\u00a0t)" in alt_text(made)


def test_what_happened_before_the_year_1_has_no_place_on_an_axis_and_one_in_a_table() -> None:
    facts = FILES["content/facts/facts.yaml"]
    assert "as_of: 2020, value: 6.2" in facts
    files = {"content/facts/facts.yaml": facts.replace("as_of: 2020, value: 6.2", "as_of: -0043, value: 6.2")}
    (found,) = [problem for problem in shown("line", files)[1] if problem.code == "wrong-value"]
    assert found.message.startswith("44 BCE has no place on an axis of time")
    assert found.span.file == CHARTS
    assert [problem for problem in shown("table", files)[1] if problem.code == "wrong-value"] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("textinfo: text", "textinfo: text, colour: red", "figure-key: key colour is not part of the schema"),
        ("type: funnel,", "type: funnell,", "cannot-draw: key type is set to an invalid value"),
        ("type: funnel,", "type: scattergl,", "cannot-draw: scattergl needs WebGL"),
    ],
)
def test_what_only_plotly_can_tell_has_a_line_too(
    old: str, new: str, said: str, engine: PlotlyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.targets.tasks.renderer", lambda: engine)
    text = FILES[CHARTS].replace(old, new)
    assert text != FILES[CHARTS]
    brief, _ = shown("free", {CHARTS: text})
    where = project({CHARTS: text})[0].charts["free"].at["figure"]
    try:
        (problem,) = drawing_made(apart(brief.figures[0]), "", True, where).warnings
    except ReportError as error:
        (problem,) = error.diagnostics
    code, _, words = said.partition(": ")
    assert (problem.code, words in problem.message) == (code, True), problem
    assert "data: [{type: " in text.splitlines()[problem.span.line - 1]


@pytest.mark.parametrize(("total", "said"), [("3600", True), ("3700", False)])
def test_a_slice_that_is_the_sum_of_all_others_is_told(total: str, said: bool) -> None:
    rows = f"who,n\nCacao,1234\nTea,2366\nAll,{total}\n"
    files = {
        "content/data/t.csv": rows,
        "content/data/t.yaml": "{id: t, file: t.csv, source: report, "
        "columns: [{name: who}, {name: n, type: number}]}\n",
        "content/charts/t.yaml": "{id: t, data: t, title: Whole, kind: pie, x: who, y: n}\n",
    }
    _, found = shown("t", files)
    assert ["is the sum of all others" in each.message for each in found if each.code == "guessed"] == [True] * said


@pytest.mark.parametrize(
    ("chart", "unit", "said"),
    [
        ("kind: bar, x: who, y: n, log: true", "", "has no logarithmic axis"),
        ("kind: dot, x: n, y: who, log: true", "", ""),
        ("kind: pie, x: who, y: n", "°C", "have no sum"),
        ("kind: pie, x: who, y: n", "kg/km", "have no sum"),
        ("kind: pie, x: who, y: n", "kg/year", ""),
        ("kind: pie, x: who, y: n", "percent", ""),
        ("kind: bar, x: when, y: n, color: who, stack: stack", "°C", "have no sum"),
        ("kind: bar, x: when, y: n, color: who", "°C", ""),
        ("kind: bar, x: when, y: n, color: who, stack: stack", "kg", ""),
    ],
)
def test_an_axis_without_a_logarithm_and_amounts_without_a_sum_are_told(chart: str, unit: str, said: str) -> None:
    of = f", unit: {unit}" if unit else ""
    files = {
        "content/data/t.csv": "who,when,n\nCacao,May,12\nTea,May,23\nHops,May,7\n",
        "content/data/t.yaml": "{id: t, file: t.csv, source: report, "
        f"columns: [{{name: who}}, {{name: when}}, {{name: n, type: number{of}}}]}}\n",
        "content/charts/t.yaml": f"{{id: t, data: t, title: Whole, {chart}}}\n",
    }
    _, found = shown("t", files)
    told = [each for each in found if each.span.file == "content/charts/t.yaml"]
    assert [(each.code, each.severity) for each in told] == ([("wrong-value", "warning")] if said else [])
    assert all(said in each.message for each in told)


@pytest.mark.parametrize(("unit", "said"), [("°C", True), ("kg/person", True), ("kg/year", False), ("kg", False)])
def test_a_sum_of_what_has_no_sum_is_told_where_rows_are_grouped(unit: str, said: bool) -> None:
    files = {
        "content/data/t.csv": "who,n\nCacao,12\nCacao,23\n",
        "content/data/t.yaml": "{id: t, file: t.csv, source: report, group: {by: [who], sum: [n]}, "
        f"columns: [{{name: who}}, {{name: n, type: number, unit: {unit}}}]}}\n",
    }
    _, problems = project(files)
    assert ["have no sum" in each.message for each in problems if each.code == "wrong-value"] == [True] * said


@pytest.mark.parametrize(("second", "said"), [("Basel,47.5,7.6", True), ("Bern,47.5,7.6", False)])
def test_points_of_one_name_that_cover_each_other_are_told(second: str, said: bool) -> None:
    files = {
        "content/data/t.csv": f"who,lat,lon,n\nBasel,47.5,7.6,3\n{second},4\n",
        "content/data/t.yaml": "{id: t, file: t.csv, source: report, columns: [{name: who}, "
        "{name: lat, type: number}, {name: lon, type: number}, {name: n, type: number}]}\n",
        "content/charts/t.yaml": "{id: t, data: t, title: Two, kind: map, geometry: world, place: who, lat: lat, "
        "lon: lon, size: n}\n",
    }
    _, found = shown("t", files)
    told = [each.message for each in found if each.code == "several-rows"]
    assert ["for one point" in each for each in told] == [True] * said


@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_a_range_on_a_logarithmic_axis_has_room_for_its_labels_and_words_for_its_marks(layout: Layout) -> None:
    files = {
        "content/data/t.csv": "who,when,n\nCacao,Budget one,200.5\nCacao,Budget two,215.4\n"
        "Tea,Budget one,3.5\nTea,Budget two,5.5\n",
        "content/data/t.yaml": "{id: t, file: t.csv, source: report, "
        "columns: [{name: who}, {name: when}, {name: n, type: number, unit: million USD}]}\n",
        "content/charts/t.yaml": "{id: t, data: t, title: Whole, kind: range, x: n, y: who, color: when, log: true}\n",
    }
    brief, _ = shown("t", files)
    sheet = laid_out(brief.figures[-1], layout)
    labels = sheet.labels
    assert [label.lines for label in labels[:2]] == [("Budget one",), ("Budget two",)]
    rights = [
        label.x + text_width(label.lines[0], label.size, label.bold) for label in labels if label.anchor == "left"
    ]
    assert max(rights) <= sheet.width


@pytest.mark.parametrize(
    ("rows", "below"), [("Tea,1,5\nTea,2,8\nCacao,1,300\nCacao,2,410\n", False), ("Tea,1,-450\nTea,2,410\n", True)]
)
def test_the_axis_of_a_range_begins_below_nought_only_where_a_value_does(rows: str, below: bool) -> None:
    files = {
        "content/data/t.csv": f"who,when,n\n{rows}",
        "content/data/t.yaml": "{id: t, file: t.csv, source: report, "
        "columns: [{name: who}, {name: when}, {name: n, type: number, unit: million USD}]}\n",
        "content/charts/t.yaml": "{id: t, data: t, title: Whole, kind: range, x: n, y: who, color: when}\n",
    }
    brief, _ = shown("t", files)
    labels = [line for label in laid_out(brief.figures[-1], "wide").labels for line in label.lines]
    ticks = [line for line in labels if line.lstrip("−").isdigit()]
    assert any(line.startswith("−") for line in ticks) is below


@pytest.mark.parametrize(
    ("unit", "words", "said"),
    [
        ("million USD", "subtitle: Billion US dollars", "Billion US dollars"),
        ("million USD", 'subtitle: "Spending, thousand dollars"', "thousand dollars"),
        ("million USD", "note: In thousand dollars.", "In thousand dollars"),
        ("°C", "subtitle: Million tonnes", "Million tonnes"),
        ("million USD", "subtitle: Million US dollars", ""),
        ("million USD", 'subtitle: "Spending, US$ million"', ""),
        ("million USD", "subtitle: US dollars", ""),
        ("million USD", "note: Grants of over a billion dollars are left out.", ""),
        ("million USD", "subtitle: Spending of a city of a million people", ""),
        ("million USD", "note: In 2020 dollars.", ""),
        ("USD/resident", "subtitle: Billion US dollars", ""),
        ("thousand t", "subtitle: Thousand tonnes", ""),
        ("t", "note: A million tonnes were lost.", ""),
        ("percent", "subtitle: Share of a million votes", ""),
        ("person", "subtitle: Deaths per 100000 people", ""),
        ("million USD", "subtitle: Three billionaires", ""),
        ('""', "subtitle: Thousand tonnes", ""),
    ],
)
def test_a_multiple_that_words_say_and_no_drawn_value_has_is_told(unit: str, words: str, said: str) -> None:
    files = {
        "content/data/t.csv": "who,n\nCacao,215.4\nTea,3.5\n",
        "content/data/t.yaml": "{id: t, file: t.csv, source: report, "
        f"columns: [{{name: who}}, {{name: n, type: number, unit: {unit}}}]}}\n",
        "content/charts/t.yaml": f"{{id: t, data: t, title: Whole, kind: bar, x: n, y: who, {words}}}\n",
        "content/units.yaml": "- {id: person, kind: count, plural: {one: person, other: people}}\n"
        "- {id: resident, kind: count, plural: {one: resident, other: residents}}\n",
    }
    _, found = shown("t", files)
    told = [each for each in found if each.code == "heading-contradicted"]
    assert [(each.severity, f'says "{said}", and' in each.message) for each in told] == [("warning", True)] * bool(said)


PARTS = "who,when,n\n" + "".join(
    f"{who},{year},{n if (who, year) not in (('Tea', 2021), ('Tea', 2023)) else ''}\n"
    for n, who in enumerate(("Cacao", "Tea"), 3)
    for year in range(2019, 2026)
)


def of_parts(chart: str, csv: str = PARTS) -> tuple[EvaluatedBrief, list[tuple[str, str, str]]]:
    files = {
        "content/data/t.csv": csv,
        "content/data/t.yaml": "{id: t, file: t.csv, source: report, columns: [{name: who}, "
        "{name: when, type: year}, {name: n, type: number, unit: t}]}\n",
        "content/charts/t.yaml": f"{{id: t, data: t, title: Whole, {chart}}}\n",
    }
    brief, found = shown("t", files)
    return brief, [
        (each.code, each.severity, each.message) for each in found if each.span.file == "content/charts/t.yaml"
    ]


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        ("kind: bar, x: when, y: n, color: who, stack: share", "part-missing"),
        ("kind: bar, x: n, y: when, color: who, stack: stack", "part-missing"),
        ("kind: area, x: when, y: n, color: who, stack: stack", "part-missing"),
        ("kind: donut, x: who, y: n, facet: when", "no-value"),
        ("kind: bar, x: when, y: n, color: who", ""),
        ("kind: line, x: when, y: n, color: who", ""),
    ],
)
def test_a_whole_of_which_a_part_is_missing_is_told(chart: str, said: str) -> None:
    _, told = of_parts(chart)
    assert [code for code, _, _ in told] == ([said] if said else [])
    assert all("Tea" in message and "2021" in message and "1 more" in message for _, _, message in told)
    assert of_parts(chart, PARTS.replace(",\n", ",4\n"))[1] == []


@pytest.mark.parametrize("layout", ["wide", "narrow"])
@pytest.mark.parametrize("stack", ["stack", "share"])
@pytest.mark.parametrize("missing", ["", "Tea,2025,4"])
def test_a_stack_of_which_a_part_is_missing_is_not_drawn(layout: Layout, stack: str, missing: str) -> None:
    csv = PARTS.replace(missing, "Tea,2025,") if missing else PARTS
    brief, _ = of_parts(f"kind: bar, x: when, y: n, color: who, stack: {stack}", csv)
    bars = [trace for trace in json.loads(laid_out(brief.figures[-1], layout).plotly)["data"] if trace["type"] == "bar"]
    assert [len(trace["x"]) for trace in bars] == [4 if missing else 5] * 2


@pytest.mark.parametrize(
    ("chart", "where", "runs"),
    [
        ("x: when, y: n", "Cacao", [7]),
        ("x: when, y: n", "Tea", [2, 1, 2]),
        ("x: when, y: n, color: who, stack: stack", "", [2, 2, 1, 1, 2, 2]),
    ],
)
def test_an_area_has_gaps_where_its_rows_have_and_a_point_between_two_is_seen(
    chart: str, where: str, runs: list[int]
) -> None:
    head, *rows = PARTS.splitlines(keepends=True)
    brief, _ = of_parts(f"kind: area, {chart}", head + "".join(row for row in rows if row.startswith(where)))
    traces = [
        trace for trace in json.loads(laid_out(brief.figures[-1], "wide").plotly)["data"] if trace["type"] == "scatter"
    ]
    assert [len(trace["x"]) for trace in traces] == runs
    assert [trace["mode"] for trace in traces] == ["lines+markers" if run == 1 else "lines" for run in runs]
    assert [trace["fill"] for trace in traces] == ["tozeroy", "tonexty" if "color" in chart else "tozeroy"] * (
        len(runs) // 2
    ) + ["tozeroy"] * (len(runs) % 2)


def test_a_point_of_a_long_line_between_two_gaps_is_seen() -> None:
    csv = "who,when,n\n" + "".join(f"Tea,{year},{'' if year in (1990, 1992) else year}\n" for year in range(1970, 2020))
    brief, _ = of_parts("kind: line, x: when, y: n", csv)
    (trace,) = [
        trace for trace in json.loads(laid_out(brief.figures[-1], "wide").plotly)["data"] if trace["type"] == "scatter"
    ]
    assert [year + 1970 for year, size in enumerate(trace["marker"]["size"]) if size] == [1991]


@pytest.mark.parametrize("kind", ["pie", "donut"])
@pytest.mark.parametrize("unit", ["t", "million kWh"])
@pytest.mark.parametrize("name", ["Faroe Islands", "The United Kingdom of Great Britain", "Mecklenburgvorpommersche"])
def test_names_of_slices_are_not_cut_off(kind: str, unit: str, name: str) -> None:
    rows = "".join(
        f"{who},{n}.123456789\n" for n, who in enumerate((name, "Russian Federation", "Iceland", "Norway"), 1)
    )
    files = {
        "content/data/t.csv": "who,n\n" + rows,
        "content/data/t.yaml": "{id: t, file: t.csv, source: report, columns: [{name: who}, "
        f"{{name: n, type: number, unit: '{unit}'}}]}}\n",
        "content/charts/t.yaml": f"{{id: t, data: t, title: Whole, kind: {kind}, x: who, y: n}}\n",
    }
    brief, _ = shown("t", files)
    sheet = laid_out(brief.figures[-1], "wide")
    for label in sheet.labels:
        wide = max(text_width(line, label.size, label.bold) for line in label.lines)
        left = label.x - (wide if label.anchor == "right" else wide / 2 if label.anchor == "center" else 0)
        assert left >= 0
        assert left + wide <= sheet.width
