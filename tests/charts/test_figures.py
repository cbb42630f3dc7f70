"""Each kind of chart in two languages at both widths: what is drawn, where words stand, whence digits come."""

from __future__ import annotations

import dataclasses
import json
import re
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from lxml import etree

from reportgen.charts.canvas import Layout
from reportgen.charts.charts import alt_lang, alt_text, laid_out
from reportgen.charts.data import interval_of, read
from reportgen.charts.svg import finish_svg, mark_digits, parse_svg
from reportgen.charts.text import number_text, text_width
from reportgen.drawing.v8 import PlotlyEngine
from reportgen.model.figure import EvaluatedFigure
from reportgen.model.interval import Interval
from reportgen.model.quantity import bounded_quantity

from .sample_figures import FIGURES, Maker, bars, dots, free, line, long_bars, ranges, uncertain


def every(function: Any) -> Any:
    """Runs a test for each kind, language and width."""
    function = pytest.mark.parametrize("make", FIGURES, ids=lambda make: make.__name__)(function)
    function = pytest.mark.parametrize("lang", ["en", "ru"])(function)
    return pytest.mark.parametrize("layout", ["wide", "narrow"])(function)


@cache
def drawn_once(engine: PlotlyEngine, plotly: str, width: int, height: int) -> str:
    return engine.draw(plotly, width, height, "a")


def drawn(engine: PlotlyEngine, figure: EvaluatedFigure, layout: Layout) -> str:
    sheet = laid_out(figure, layout)
    return drawn_once(engine, sheet.plotly, sheet.width, sheet.height)


def texts(svg: str) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Each text of a drawing with its box, letters' height only."""
    root, found = etree.fromstring(svg.encode()), []
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        x = y = 0.0
        for node in (text, *text.iterancestors()):
            for dx, dy in re.findall(r"translate\(([-\d.]+)[, ]+([-\d.]+)\)", node.get("transform") or ""):
                x, y = x + float(dx), y + float(dy)
        size = float(re.search(r"font-size:\s*([\d.]+)px", text.get("style") or "")[1])  # type: ignore[index]
        lines = [node for node in text if "line" in (node.get("class") or "").split()] or [text]
        bold = "bold" in etree.tostring(text, encoding="unicode")
        width = max(text_width("".join(str(part) for part in line.itertext()), size, bold) for line in lines)
        left = x + float(text.get("x") or 0)
        left -= {"middle": width / 2, "end": width}.get(text.get("text-anchor") or "start", 0)
        top = y + float(text.get("y") or 0) - size * 0.72
        height = (len(lines) - 1) * size * 1.3 + size * 0.72
        found.append(("".join(str(part) for part in text.itertext()), (left, top, left + width, top + height)))
    return found


@every
def test_figure_is_deterministic_and_canonical(make: Any, lang: str, layout: Layout) -> None:
    first, second = laid_out(make(Maker(lang)), layout), laid_out(make(Maker(lang)), layout)
    assert first == second
    assert first.width == (328 if layout == "narrow" else 640)
    figure = json.loads(first.plotly)
    assert first.plotly == json.dumps(figure, ensure_ascii=False, sort_keys=True)
    assert (figure["layout"]["width"], figure["layout"]["height"]) == (first.width, first.height)


@every
def test_interactive_figure_draws_the_same_marks(make: Any, lang: str, layout: Layout) -> None:
    figure = make(Maker(lang))
    still, moving = json.loads(laid_out(figure, layout).plotly), json.loads(laid_out(figure, layout).live)
    assert moving["config"]["responsive"] is False
    quiet = ("hovertext", "hoverinfo")
    for one, two in zip(still["data"], moving["data"], strict=True):
        assert {k: v for k, v in one.items() if k not in quiet} == {k: v for k, v in two.items() if k not in quiet}
    loud = ("hovermode", "hoverlabel")
    assert {k: v for k, v in still["layout"].items() if k not in loud} == {
        k: v for k, v in moving["layout"].items() if k not in loud
    }


@every
def test_every_digit_is_attributed(engine: PlotlyEngine, make: Any, lang: str, layout: Layout) -> None:
    figure = make(maker := Maker(lang))
    root = parse_svg(drawn(engine, figure, layout))
    ticks = mark_digits(root, figure, laid_out(figure, layout).labels, maker.numbers)
    printed = {datum.number: datum.text for row in figure.rows for datum in row.cells if datum.number is not None}
    printed |= {line.value.number: f"{line.label} {line.value.text}" for line in figure.lines}
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        words, mark = "".join(str(part) for part in text.itertext()), text.get("data-n")
        if not re.search(r"\d", words):
            assert mark is None
        elif str(mark).isdigit() and int(str(mark)) >= maker.numbers:
            assert ticks[int(str(mark)) - maker.numbers] == words
        elif str(mark).isdigit():
            assert words.removesuffix("\u00a0?") == printed[int(str(mark))]
        else:
            assert mark in ("year", "date", "name")
    assert len(set(ticks)) == len(ticks)


@every
def test_texts_neither_touch_nor_leave_the_picture(engine: PlotlyEngine, make: Any, lang: str, layout: Layout) -> None:
    figure = make(Maker(lang))
    sheet = laid_out(figure, layout)
    width, height = sheet.width, sheet.height
    placed = texts(drawn(engine, figure, layout))
    assert placed
    for words, (left, top, right, bottom) in placed:
        assert left >= -1.5, words
        assert right <= width + 1.5, words
        assert top >= -1, words
        assert bottom <= height + 1, words
    for index, (words, one) in enumerate(placed):
        for others, two in placed[index + 1 :]:
            apart = one[2] <= two[0] + 1 or two[2] <= one[0] + 1 or one[3] <= two[1] + 1 or two[3] <= one[1] + 1
            assert apart, f"{words!r} and {others!r}"


@every
def test_alt_text_computes_no_digit(make: Any, lang: str, layout: Layout) -> None:
    figure = make(Maker(lang))
    words = alt_text(figure)
    shown = " ".join(datum.text for row in figure.rows for datum in row.cells)
    assert set(re.findall(r"\d+", words)) <= set(re.findall(r"\d+", shown))
    assert words.endswith(".")


def test_alt_text_says_what_changed() -> None:
    words = alt_text(line(Maker("en")))
    assert "From 6.17% (Oct 2020) to over 13% (Sep 2022)" in words
    assert "Highest" not in words  # over 13% may be more than 18.10%
    assert alt_text(ranges(Maker("ru"))).startswith("Диаграмма диапазонов: What it shows. Соединённые Штаты: от 7,24")


def test_kazakh_has_words_and_numbers_of_its_own() -> None:
    figure = dataclasses.replace(ranges(Maker("en")), lang="kk")
    assert alt_text(figure).startswith("Ауқым диаграммасы")
    assert number_text(Fraction(12345, 10), 1, "kk") == "1\u00a0234,5"


def test_each_mark_knows_its_fact() -> None:
    data = json.loads(laid_out(long_bars(Maker("en")), "wide").live)["data"]
    assert data[0]["customdata"][0] == "bar-0"
    assert data[0]["hovertext"][0].startswith("<b>35.4%</b>")


def test_columns_fill_an_authors_figure() -> None:
    trace = json.loads(laid_out(free(Maker("en")), "wide").plotly)["data"][0]
    assert trace["x"] == [35.4, 18.1, 11.2]
    assert trace["y"] == ["United States", "Kazakhstan", "Russia"]
    assert trace["text"] == ["35.4%", "18.1%", "11.2%"]


def test_stray_digits_are_refused(engine: PlotlyEngine) -> None:
    figure = bars(Maker("en"))
    root = parse_svg(drawn(engine, figure, "wide").replace("82 bn", "83 bn"))
    with pytest.raises(ValueError, match="83 bn"):
        mark_digits(root, figure, laid_out(figure, "wide").labels, 0)


def test_page_svg_takes_the_pages_colours(engine: PlotlyEngine) -> None:
    root = parse_svg(drawn(engine, bars(Maker("en")), "wide"))
    svg = finish_svg(root, ident="x", title="T", desc="82 bn", theme="page")
    root = etree.fromstring(svg.encode())
    assert root.get("width") is None
    assert root.get("viewBox", "").startswith("0 0 640 ")
    assert root.get("aria-labelledby") == "x-t x-d"
    assert "var(--c1)" in svg
    assert "rgb(0, 84, 111)" not in svg
    assert [root[0].text, root[1].text, root[1].get("data-n")] == ["T", "82 bn", "label"]


def test_an_alt_text_of_english_words_says_so(engine: PlotlyEngine) -> None:
    figure = bars(Maker("en"))
    assert [alt_lang(dataclasses.replace(figure, lang=lang)) for lang in ("en", "ru", "de")] == ["", "", "en"]
    root = parse_svg(drawn(engine, figure, "wide"))
    svg = finish_svg(root, ident="x", title="T", desc="D", theme="page", spoken="en")
    assert '<desc id="x-d" xml:lang="en">D</desc>' in svg


def test_download_carries_its_words(engine: PlotlyEngine) -> None:
    root = parse_svg(drawn(engine, bars(Maker("en")), "wide"))
    words = {"title": "A finding", "subtitle": "Of what", "source": "Source: a report, 2020.", "licence": "CC BY 4.0"}
    made = finish_svg(root, ident="x", desc="D", theme="download", **words)
    assert "var(" not in made
    shown = [text for text, _ in texts(made)]
    assert shown[:2] == ["A finding", "Of what"]
    assert shown[-2:] == ["Source: a report, 2020.", "CC BY 4.0"]


def test_uncertain_points_are_drawn_as_such() -> None:
    figure = json.loads(laid_out(uncertain(Maker("en")), "wide").plotly)
    trace = figure["data"][0]
    assert trace["y"][3] is None
    assert [width > 0 for width in trace["marker"]["line"]["width"]] == [False, True, True, False, False, True, True]
    assert sum(shape["type"] == "path" for shape in figure["layout"]["shapes"]) == 2


def test_labels_name_what_was_laid_out() -> None:
    labels = laid_out(bars(Maker("en")), "wide").labels
    assert [label.mark for label in labels if label.lines == ("82 bn",)] == ["0"]


def with_bounds(figure: EvaluatedFigure, index: int, low: str, high: str) -> EvaluatedFigure:
    """The figure with bounds beside one of its values, as its source gives them."""
    row = figure.rows[index]
    cells = []
    for cell in row.cells:
        known = cell.quantity
        bounded = known and known.typed and bounded_quantity(known.typed, low, high, known.unit)
        cells.append(dataclasses.replace(cell, quantity=bounded) if bounded else cell)
    rows = [*figure.rows]
    rows[index] = dataclasses.replace(row, cells=tuple(cells))
    return dataclasses.replace(figure, rows=tuple(rows))


@pytest.mark.parametrize("make", [bars, line, dots])
def test_the_bounds_of_a_value_are_drawn(make: Any) -> None:
    """Beside the mark, which stays where the value is; the axis has room for them."""
    plain = make(Maker("en"))
    bounded = with_bounds(plain, 0, "0.5", "99.5")
    before, after = (read(figure).points[0] for figure in (plain, bounded))
    assert interval_of(before) is None
    assert (after.y, interval_of(after)) == (before.y, (0.5, 99.5))
    assert laid_out(bounded, "wide").plotly != laid_out(plain, "wide").plotly


def test_only_what_can_be_seen_of_rounding_is_drawn() -> None:
    figure = long_bars(Maker("en"))
    computed = dataclasses.replace(figure.rows[0].cells[1].quantity, typed=None)  # type: ignore[type-var]
    for width, seen in ((Fraction(5), True), (Fraction(1, 10), False)):
        interval = Interval(computed.nominal.low - width, computed.nominal.low + width)
        cell = dataclasses.replace(figure.rows[0].cells[1], quantity=dataclasses.replace(computed, interval=interval))
        row = dataclasses.replace(figure.rows[0], cells=(figure.rows[0].cells[0], cell))
        points = read(dataclasses.replace(figure, rows=(row, *figure.rows[1:]))).points
        assert [interval_of(point) is not None for point in points if point.row.fact == row.fact] == [seen]


def test_no_line_joins_values_that_contradict_each_other() -> None:
    figure = line(Maker("en"))
    rows = [dataclasses.replace(figure.rows[0], apart=True), *figure.rows[1:]]
    traces = json.loads(laid_out(dataclasses.replace(figure, rows=tuple(rows)), "wide").live)["data"]
    modes = {trace["mode"]: trace["customdata"] for trace in traces if "customdata" in trace}
    assert modes == {
        "lines+markers": [row.fact for row in figure.rows[1:]],
        "markers": [figure.rows[0].fact],
    }


def test_what_may_be_equal_is_not_ranked() -> None:
    figure = bars(Maker("en"))
    assert "Highest: Possible by 2025" in alt_text(figure)
    words = alt_text(with_bounds(figure, 1, "200", "500"))
    assert "Highest" not in words
    assert "Lowest: Invested by June 2020" in words


def test_panels_stand_side_by_side_where_lines_have_room() -> None:
    """Long names of values leave none in half of a phone's width."""

    def domains(factor: int, layout: Layout) -> list[list[float]]:
        m = Maker("en")
        rows = [
            (m.date(str(year)), m.place(place), m.value(str(factor * (year - 2015))))
            for place in ("KZ", "US")
            for year in range(2019, 2024)
        ]
        figure = m.figure("line", "as_of place value", rows, x="as_of", y="value", facet="place")
        sheet = json.loads(laid_out(figure, layout).plotly)["layout"]
        return [sheet["xaxis"]["domain"], sheet["xaxis2"]["domain"]]

    for factor, layout, beside in ((1, "narrow", True), (1_500_000, "wide", True), (1_500_000, "narrow", False)):
        (left, right), second = domains(factor, layout)  # type: ignore[arg-type]
        assert ([left, right] != second) is beside, (factor, layout)
        assert right - left > (0.25 if beside else 0.55)


def test_an_axis_counts_in_what_its_labels_count_in() -> None:
    """German prints 58 thousand with all its digits, and so must the axis that takes the unit from those labels."""
    figure, again = bars(Maker("en")), dataclasses.replace
    rows = tuple(
        again(row, cells=tuple(again(c, scale=c.quantity.unit.scale / 1000) if c.quantity else c for c in row.cells))
        for row in figure.rows
    )
    plain, shown = read(figure), read(again(figure, rows=rows))
    assert [p.y and round(p.y * 1000, 6) for p in plain.points] == [p.y and round(p.y, 6) for p in shown.points]
