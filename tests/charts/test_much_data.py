"""Charts of many rows: light pages, lines through what is seen, and what no reader could read."""

from __future__ import annotations

import json
import math
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.brief.evaluate import evaluate
from reportgen.brief.figures import chart_alone
from reportgen.charts.drawn import apart
from reportgen.charts.figures import sheets
from reportgen.charts.thinning import FEW, TOLERANCE, kept_points
from reportgen.citing.pandoc import Citeproc
from reportgen.diagnostics import Diagnostic
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.model.figure import ROWS_SHOWN, EvaluatedFigure
from reportgen.pipeline import age_day, units_of
from tests.conftest import made_once
from tests.driver import BuildResult, Project
from tests.load.test_cases import base
from tests.projects.malaria_files import WEEKS, WEEKS_FILES

PAGE, CHART = "briefs/weeks/index.html", "charts/cases-by-week/index.html"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    result: BuildResult = made_once(
        tmp_path_factory, "weeks", lambda folder: Project.from_folder(folder / "p", "weeks").build()
    )
    assert not result.errors
    return result


def away(place: tuple[float, float], one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far a place lies from the straight line between two others."""
    (x, y), (ax, ay), (bx, by) = place, one, other
    length = math.hypot(bx - ax, by - ay)
    if length < 1e-9:
        return math.hypot(x - ax, y - ay)
    along = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length**2))
    return math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 600), st.floats(0, 250)), min_size=FEW + 1, max_size=150))
def test_no_point_lies_further_from_the_line_than_the_eye_sees(places: list[tuple[float, float]]) -> None:
    places.sort(key=lambda place: place[0])
    kept = kept_points(places)
    assert (kept[0], kept[-1]) == (0, len(places) - 1)
    assert kept == sorted(set(kept))
    lines = [(places[first], places[last]) for first, last in pairwise(kept)]
    for place in places:
        assert min(away(place, *line) for line in lines) <= 2 * TOLERANCE + 1e-9


def test_a_gap_stays_a_gap() -> None:
    nothing = float("nan")
    places = [(float(n), nothing if n in (50, 51, 120) else 10.0) for n in range(200)]
    kept = kept_points(places)
    assert {0, 49, 50, 51, 52, 119, 120, 121, 199} <= set(kept)
    assert len(kept) < 20


def test_the_page_of_much_data_holds_its_first_rows_and_says_where_the_rest_is(built: BuildResult) -> None:
    page = built.site[CHART].decode()
    assert len(page) < 150_000
    assert 'data-live="../../charts/cases-by-week/cases-by-week-live.json"' in page
    assert 'id="figure-cases-by-week-json"' not in page
    assert page.count('<th scope="row">') == ROWS_SHOWN
    rest = re.search(r'<p class="rest">(.*?)</p>', page, re.S)
    assert rest is not None
    assert re.sub(r"<[^>]+>", "", rest[1]).startswith("The first 50 of 6467 rows are shown.")
    csv = built.site["charts/cases-by-week/cases-by-week.csv"].decode("utf-8-sig").strip().split("\r\n")
    assert len(csv) == 1 + 6467
    live = json.loads(built.site["charts/cases-by-week/cases-by-week-live.json"])
    assert sum(len(trace["x"]) for trace in live["wide"]["data"]) == 6467
    assert len(json.loads(built.site["charts/cases-by-week/cases-by-week.json"])["rows"]) == 6467


def test_a_chart_of_few_rows_has_all_in_its_page(built: BuildResult) -> None:
    page = built.site["charts/cases-by-year/index.html"].decode()
    assert 'id="figure-cases-by-year-json"' in page
    assert "data-live" not in page
    assert "charts/cases-by-year/cases-by-year-live.json" not in built.site


@pytest.mark.parametrize("name", sorted(WEEKS_FILES))
def test_the_files_are_those_of_the_script(name: str) -> None:
    assert (WEEKS / name).read_bytes() == WEEKS_FILES[name]()


def test_a_sum_by_year_is_the_sum_of_the_file_s_cells(built: BuildResult) -> None:
    rows = [line.split(",") for line in WEEKS_FILES["weekly.csv"]().decode().splitlines()[1:]]
    kenya = sum(int(cases) for country, year, _, cases in rows if (country, year) == ("Kenya", "2022"))
    every = sum(int(cases) for _, year, _, cases in rows if year == "2022")
    numbers = json.loads(built.site["briefs/weeks/provenance.json"])["numbers"]
    texts = {each["text"].replace("\u00a0", " "): each for each in numbers if each["status"] == "computed"}
    assert {f"{kenya:,} cases", f"{every:,} cases"} <= texts.keys()
    assert texts[f"{kenya:,} cases"]["cell"].startswith("52 cells, SHA-256 ")


def test_every_number_is_in_the_provenance_still(built: BuildResult) -> None:
    numbers = json.loads(built.site["briefs/weeks/provenance.json"])["numbers"]
    weekly = [each for each in numbers if each["dataset"] == "weekly"]
    assert len(weekly) == 6467
    assert {each["cell"] for each in weekly} == {f"weekly.csv, line {n}, column 4" for n in range(2, 6469)}
    shown = {int(n) for n in re.findall(r'data-n="(\d+)"', built.site[PAGE].decode())}
    assert shown <= set(range(len(numbers)))


def test_an_event_stands_across_a_chart(built: BuildResult) -> None:
    svg = built.site["charts/cases-by-week/cases-by-week.svg"].decode()
    label = re.search(r'<text[^>]*data-n="(\d+)"[^>]*>(2 May 2011[^<]*)', svg) or re.search("2 May 2011", svg)
    assert label is not None
    assert "nets everywhere" in re.sub(r"<[^>]+>", " ", svg)


def test_a_chart_s_page_has_its_title_and_the_briefs_that_show_it(built: BuildResult) -> None:
    page = built.site[CHART].decode()
    assert "Figure 1" not in page
    assert re.search(r"<title>\s*Cases come and go with the rain", page)
    shown = re.search(r"<b>Shown in</b> (.*?)</p>", page)
    assert shown is not None
    assert '<a href="../../briefs/weeks/index.html">Week by week</a>' in shown[1]


def told(rows: str, chart: str, columns: str) -> tuple[list[Diagnostic], EvaluatedFigure | None]:
    """What is wrong with a chart of these rows, and the chart."""
    files = {
        "content/data/t.csv": rows,
        "content/data/t.yaml": f"{{id: t, file: t.csv, source: tea-2021, columns: [{columns}]}}\n",
        "content/charts/t.yaml": f"{{id: t, data: t, title: Tea, {chart}}}\n",
    }
    project, found = load(MemoryFiles({**base(), **files}))
    assert not [each for each in found if "/t." in each.span.file and each.severity == "error"]
    asked = Answers(project, age_day(project, None), units_of(project))
    with Citeproc() as citeproc:
        made = evaluate(chart_alone(project, "t", asked.as_of), View(asked), citeproc.format)
    figures = made.brief.figures
    return [each for each in made.diagnostics if each.severity == "error"], figures[0] if figures else None


NAMED = "{name: who}, {name: n, type: number}"


def test_what_no_reader_could_read_is_refused_with_what_to_do() -> None:
    bars = "who,n\n" + "".join(f"w{n}x,{n}\n" for n in range(2000))
    (found,), _ = told(bars, "kind: bar, x: who, y: n", NAMED)
    assert found.code == "too-many-marks"
    assert found.message.startswith("2,000 bars or rows are more than a reader can read")
    assert "where: or top:" in (found.hint or "")


def test_a_legend_of_hundreds_is_refused_or_names_what_is_highlighted() -> None:
    rows = "who,year,n\n" + "".join(f"w{n}x,{year},{n}\n" for n in range(231) for year in (2020, 2021))
    columns = "{name: who}, {name: year, type: year}, {name: n, type: number}"
    (found,), _ = told(rows, "kind: line, x: year, y: n, color: who", columns)
    assert (found.code, found.message[:10]) == ("too-many-marks", "231 series")
    assert "highlight" in (found.hint or "")
    none, figure = told(rows, "kind: line, x: year, y: n, color: who, highlight: [w7x, w200x]", columns)
    assert none == []
    assert figure is not None
    texts = [line for label in sheets(apart(figure))["wide"].labels for line in label.lines]
    assert {text for text in texts if text.startswith("w")} == {"w7x", "w200x"}
