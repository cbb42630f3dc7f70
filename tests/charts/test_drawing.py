"""One drawing serves every document that shows its figure."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

import pytest

from reportgen.charts.drawn import apart, placed, read_drawing, write_drawing
from reportgen.charts.figures import finished, sheets
from reportgen.model.figure import Datum, EvaluatedFigure
from reportgen.pages.inserts import Drawing
from reportgen.targets.tasks import renderer
from tests.charts.sample_figures import FIGURES, Maker, line

Make = Callable[[Maker], EvaluatedFigure]


def moved(figure: EvaluatedFigure, by: int) -> EvaluatedFigure:
    """As another document shows it, whose text printed more numbers before."""

    def datum(of: Datum) -> Datum:
        number = None if of.number is None else of.number + by
        return dataclasses.replace(of, number=number, entry=by, insert="\U000f0000")

    rows = tuple(dataclasses.replace(row, cells=tuple(map(datum, row.cells))) for row in figure.rows)
    lines = tuple(dataclasses.replace(line, value=datum(line.value)) for line in figure.lines)
    return dataclasses.replace(figure, rows=rows, lines=lines, name="Figure 9", anchor="other", note="<em>Other.</em>")


def drawing(figure: EvaluatedFigure) -> Drawing:
    laid = sheets(figure)
    svgs = {
        layout: renderer().draw(sheet.plotly, sheet.width, sheet.height, f"x-{layout}")
        for layout, sheet in laid.items()
    }
    return finished(figure, laid, svgs, "CC BY 4.0")


@pytest.mark.parametrize("make", FIGURES, ids=lambda make: make.__name__)
def test_a_figure_is_the_same_apart_wherever_it_stands(make: Make) -> None:
    figure = make(Maker("en"))
    assert apart(moved(figure, 40)) == apart(figure) == apart(apart(figure))


@pytest.mark.parametrize("make", FIGURES, ids=lambda make: make.__name__)
def test_a_placed_drawing_is_numbered_like_its_document(make: Make) -> None:
    figure = make(Maker("en"))
    made = drawing(apart(figure))
    there = placed(made, moved(figure, 40), 1000)
    numbers = {cell.number for row in moved(figure, 40).rows for cell in row.cells} - {None}
    numbers |= {line.value.number for line in moved(figure, 40).lines} - {None}
    for layout in ("wide", "narrow", "paper", "download"):
        before, after = getattr(made, layout), getattr(there, layout)
        old, new = (re.findall(r'data-n="(\d+)">([^<]*)', svg) for svg in (before, after))
        assert [words for _, words in old] == [words for _, words in new]
        for index, words in new:
            known = int(index) in numbers or there.ticks[int(index) - 1000] == words
            assert known, f"{words} is numbered {index}"
    assert there.ticks == made.ticks


def test_a_drawing_comes_back_from_the_cache_as_it_was() -> None:
    made = drawing(apart(line(Maker("en"))))
    assert read_drawing(write_drawing(made)) == made
