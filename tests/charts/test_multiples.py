"""Small multiples: one step of every value axis has one length, and the unit is said where no mark says it."""

from __future__ import annotations

import json
from functools import cache

import pytest

from reportgen.charts.charts import Layout, laid_out
from reportgen.model.figure import EvaluatedFigure
from tests.charts.test_kinds import shown

from .sample_figures import Maker

ROWS = {"North": (9, 1, 90, 60), "South": (2, 3, 5, 7), "West": (400, 4, 390, 5)}
"""Region -> its values in two years and two sectors: no two regions have the same largest value, or sum."""
CSV = "region,year,sector,n\n" + "".join(
    f"{region},{2020 + k // 2},{('Mines', 'Farms')[k % 2]},{n}\n"
    for region, ns in ROWS.items()
    for k, n in enumerate(ns)
)
COLUMNS = (
    "[{name: region}, {name: year, type: year}, {name: sector}, {name: n, type: number, unit: billion KZT, title: Got}]"
)
KINDS = {
    "line": "x: year, y: n, color: sector",
    "area": "x: year, y: n, color: sector",
    "bar": "x: n, y: sector",
    "dot": "x: n, y: sector",
    "range": "x: n, y: sector, color: year",
}


@pytest.mark.parametrize(
    "names",
    [
        ["Before the first reform", "After the first reform", "After the second reform", "At the end of the decade"],
        [f"A rather long name of a stage, number {n}" for n in "abcdefghijkl"],
    ],
)
def test_long_names_below_a_line_have_lines_of_their_own(names: list[str]) -> None:
    maker = Maker("en")
    rows = [(maker.words(name), maker.value(f"{n}")) for n, name in enumerate(names, 5)]
    for layout in ("wide", "narrow"):
        sheet = laid_out(maker.figure("line", "stage share", rows, x="stage", y="share"), layout)
        below = [label for label in sheet.labels if " ".join(label.lines) in names]
        shown = [" ".join(label.lines) for label in below]
        assert shown == names if len(names) < 5 else len(shown) > 1
        assert not any(one.box.meets(two.box) for n, one in enumerate(below) for two in below[n + 1 :])
        assert all(label.box.left >= 0 and label.box.right <= sheet.width for label in below)
        assert all(label.box.bottom <= sheet.height for label in below)
    twice = [(maker.words(place), *row) for place in ("North", "South", "West") for row in rows]
    labels = laid_out(maker.figure("line", "p stage share", twice, x="stage", y="share", facet="p"), "narrow").labels
    assert not any(one.box.meets(two.box, -1) for n, one in enumerate(labels) for two in labels[n + 1 :])


@pytest.mark.parametrize("layout", ["wide", "narrow"])
@pytest.mark.parametrize("other", ["431", "602"])
def test_values_over_columns_side_by_side_do_not_run_into_each_other(layout: Layout, other: str) -> None:
    """Few columns were drawn narrower than their values are long."""
    maker = Maker("en")
    rows = [
        (maker.date(year), maker.words(who), maker.value(value, " falcons"))
        for year, who, value in (("2022", "Office", "365"), ("2023", "Office", "412"), ("2023", "Herald", other))
    ]
    sheet = laid_out(maker.figure("bar", "year who n", rows, x="year", y="n", color="who"), layout)
    over = [label for label in sheet.labels if label.lines[0].endswith("falcons")]
    assert len(over) == 3 or layout == "narrow"
    assert not any(one.box.meets(two.box) for n, one in enumerate(over) for two in over[n + 1 :])


@cache
def multiples(kind: str, more: str = "") -> EvaluatedFigure:
    where = "" if kind in ("line", "area", "range") else "where: {year: 2020}, "
    spec = f"id: w, kind: {kind}, data: regions, {KINDS[kind]}, facet: region, {more}title: W"
    files = {
        "content/data/regions.csv": CSV,
        "content/data/regions.yaml": f"{{id: regions, file: regions.csv, {where}source: report, columns: {COLUMNS}}}",
        "content/charts/w.yaml": f"- {{{spec}}}\n",
    }
    brief, problems = shown("w", files)
    assert problems == []
    return brief.figures[0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_panels_have_one_scale(kind: str, layout: str) -> None:
    layout_of = json.loads(laid_out(multiples(kind), layout).plotly)["layout"]  # type: ignore[arg-type]
    axis, size = ("y", "height") if kind in ("line", "area") else ("x", "width")
    axes = [value for key, value in layout_of.items() if key.startswith(f"{axis}axis")]
    steps = {
        round((a["range"][1] - a["range"][0]) / (a["domain"][1] - a["domain"][0]) / layout_of[size], 2) for a in axes
    }
    assert (len(axes), len(steps)) == (3, 1)
    assert len({tuple(a["tickvals"]) for a in axes}) == 1


def test_the_unit_is_said_where_no_mark_says_it() -> None:
    def words(figure: EvaluatedFigure) -> list[str]:
        return [" ".join(label.lines) for label in laid_out(figure, "narrow").labels]

    assert words(multiples("area"))[0] == "Got (₸\u00a0billion)".replace("\u00a0", " ")
    assert not [word for word in words(multiples("area", "subtitle: Billions of tenge, ")) if "Got" in word]
    assert not [word for word in words(multiples("bar")) if "Got" in word]
