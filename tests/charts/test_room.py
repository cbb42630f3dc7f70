"""On a phone: what a drawing says has room, and no words stand on a line or are cut off."""

from __future__ import annotations

import json

import pytest

from reportgen.charts import ends
from reportgen.charts.canvas import Box, Label
from reportgen.charts.charts import laid_out
from reportgen.charts.text import text_width
from reportgen.model.figure import EvaluatedFigure
from tests.charts.test_much_data import told


def labels(figure: EvaluatedFigure | None) -> dict[str, Label]:
    assert figure is not None
    return {line.replace("\u00a0", " "): label for label in laid_out(figure, "narrow").labels for line in label.lines}


def test_every_value_at_the_shades_of_a_map_is_within_the_drawing() -> None:
    rows = "who,n\nMyanmar,803450\nCambodia,419900\nLaos,71100\n"
    columns = "{name: who}, {name: n, type: number, unit: t}"
    _, figure = told(rows, "kind: map, place: who, color: n, geometry: world", columns)
    assert figure is not None
    found, width = labels(figure), laid_out(figure, "narrow").width
    edges = [found[text] for text in ("0", "200,000", "400,000", "600,000", "800,000", "1,000,000 t")]
    boxes = [
        Box(label.x - wide / 2, label.y - 7, label.x + wide / 2, label.y + 7)
        for label in edges
        for wide in [text_width(label.lines[0], 13)]
    ]
    assert all(box.left >= 0 and box.right <= width for box in boxes)
    assert not [(one, other) for n, one in enumerate(boxes) for other in boxes[:n] if one.meets(other)]


def test_the_name_of_a_line_that_ends_early_stands_on_no_other_line(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = {"Cambodia": (100, 101, 102, 300), "Laos": (98, 97, 99, ""), "Myanmar": (500, 510, 505, 500)}
    rows = "who,year,n\n" + "".join(
        f"{who},{2020 + place},{n}\n" for who, values in numbers.items() for place, n in enumerate(values)
    )
    columns = "{name: who}, {name: year, type: year}, {name: n, type: number, unit: t}"
    _, figure = told(rows, "kind: line, x: year, y: n, color: who", columns)
    found = labels(figure)
    monkeypatch.setattr(ends, "_off_lines", lambda canvas, frame, ends, tops, *_: tops)
    beside = labels(figure)
    # The line of Cambodia rises from the very place where that of Laos ends.
    assert found["Laos"].y >= beside["Laos"].y + 4
    assert found["99 t"].y - found["Laos"].y == 17
    assert {text: label.y for text, label in found.items() if text not in ("Laos", "99 t")} == {
        text: label.y for text, label in beside.items() if text not in ("Laos", "99 t")
    }


def test_a_heat_map_has_all_of_its_numbers_or_the_shades_with_their_ends() -> None:
    columns = "{name: who}, {name: year, type: year}, {name: n, type: number, unit: thousand fish}"

    def drawn(numbers: tuple[str, ...]) -> dict[str, Label]:
        years = range(2020, 2020 + len(numbers))
        rows = "who,year,n\n" + "".join(f"May,{year},{n}\n" for year, n in zip(years, numbers, strict=True))
        return labels(told(rows, "kind: heatmap, x: year, y: who, color: n", columns)[1])

    found = drawn(("412.5", "388.1", "8"))
    assert {"412.5", "388.1", "8"} <= found.keys()
    assert any("thousand fish" in text for text in found)
    many = drawn(tuple(str(1_000_000 + n) for n in range(12)))
    assert {"1,000,000 thousand fish", "1,000,011 thousand fish"} <= many.keys()
    assert "1,000,005" not in many


def test_the_bars_of_a_waterfall_say_their_unit_once_and_its_axis_has_its_ends() -> None:
    rows = (
        "step,n\nPassengers before,1210\nVienna lines,180\nParis lines,140\nClosed lines,-50\nPassengers after,1480\n"
    )

    def drawn(unit: str) -> dict[str, float]:
        columns = f"{{name: step}}, {{name: n, type: number, unit: {unit}}}"
        return labels(told(rows, "kind: waterfall, x: step, y: n", columns)[1])

    found = drawn("fish")
    assert [text for text in found if "fish" in text] == ["1,210 fish", "1,500 fish"]
    assert {"180", "140", "−50", "1,480"} <= set(found)
    assert {"0", "500", "1,000"} <= set(found)
    assert {"1,210 thousand fish", "180 thousand fish", "−50 thousand fish"} <= set(drawn("thousand fish"))
    assert {"US$1,210 million", "US$180 million", "−US$50 million"} <= set(drawn("million USD"))
    assert {"US$1,210/fish", "US$180/fish"} <= set(drawn("USD/fish"))


def test_an_amount_stands_in_a_bar_of_shares_only_with_room_around_it() -> None:
    rows = "year,how,n\n" + "".join(
        f"{year},{how},{n}\n" for year in range(2019, 2024) for how, n in (("a", 42), ("b", 48))
    )
    columns = "{name: year, type: year}, {name: how}, {name: n, type: number, unit: thousand t}"

    def amounts(stack: str) -> list[str]:
        _, figure = told(rows, f"kind: bar, x: year, y: n, color: how, stack: {stack}", columns)
        assert figure is not None
        return [line for label in laid_out(figure, "wide").labels for line in label.lines if line.endswith("t")]

    assert amounts("share") == []
    assert len(amounts("stack")) >= 5


GROUPS = "town,year,boats\nAncona,2019,31\nAncona,2021,\nAncona,2023,24\nBari,2019,\nBari,2021,\nBari,2023,44\n"
OF_GROUPS = "{name: town}, {name: year}, {name: boats, type: number, unit: boat}"


def test_bars_without_neighbours_stand_in_the_middle_of_their_category() -> None:
    figure = told(GROUPS, "kind: bar, x: town, y: boats, color: year, orientation: v", OF_GROUPS)[1]
    assert figure is not None
    drawn = laid_out(figure, "wide")
    names = {text: label.x for label in drawn.labels for text in label.lines}
    places = {trace["name"]: trace["x"] for trace in json.loads(drawn.plotly)["data"] if trace.get("type") == "bar"}
    assert places["2023"][1] == pytest.approx(names["Bari"], abs=0.6)
    assert (places["2019"][0] + places["2023"][0]) / 2 == pytest.approx(names["Ancona"], abs=0.6)
    across = laid_out(told(GROUPS, "kind: bar, x: boats, y: town, color: year", OF_GROUPS)[1], "wide")  # type: ignore[arg-type]
    rows = {text: label.y for label in across.labels for text in label.lines}
    assert rows["44\u00a0boats"] - rows["Bari"] < 24  # right below its name


def test_a_value_over_a_column_stands_on_no_higher_neighbour() -> None:
    rows = "town,year,boats\nAncona,2019,31\nBari,2023,44\nChioggia,2019,12\n"
    rows += "Chioggia,2021,18\nAncona,2023,24\nChioggia,2023,15\n"
    figure = told(
        rows,
        "kind: bar, x: year, y: boats, color: town, orientation: v",
        OF_GROUPS.replace("unit: boat", "unit: barge"),
    )[1]
    assert figure is not None
    drawn = laid_out(figure, "wide")
    columns = [
        (x - trace["width"] / 2, x + trace["width"] / 2, top)
        for trace in json.loads(drawn.plotly)["data"]
        if trace.get("type") == "bar"
        for x, top in zip(trace["x"], trace["y"], strict=True)
    ]
    values = [label for label in drawn.labels if label.lines[0].endswith("barges") and label.anchor == "center"]
    assert len(columns) == 6
    assert values
    for label in values:
        number, half = int(label.lines[0].split("\u00a0")[0]), text_width(label.lines[0], label.size, label.bold) / 2
        meets = [top for left, right, top in columns if left + 4 < label.x + half and label.x - half < right - 4]
        assert max(meets) == number


def test_bars_of_shares_say_that_their_numbers_are_amounts() -> None:
    rows = "land,fuel,power\nPeru,gas,4\nPeru,sun,6\nChile,gas,70\nChile,sun,30\n"
    told_by = "kind: bar, x: land, y: power, color: fuel, stack: share"
    said = "Lengths are shares, numbers are amounts."
    columns = "{name: land}, {name: fuel}, {name: power, type: number, unit: GW}"
    for orientation in ("h", "v"):
        assert said in labels(told(rows, f"{told_by}, orientation: {orientation}", columns)[1])
    percent = columns.replace("GW", "percent")
    assert said in labels(told(rows, told_by, percent)[1])
    assert said not in labels(told(rows.replace(",4\n", ",40\n").replace(",6\n", ",60\n"), told_by, percent)[1])


def test_a_scatter_has_names_at_its_points_and_a_key_of_their_sizes() -> None:
    rows = "land,coast,rain,heat,people\nPeru,west,3,20,34\nChile,west,5,12,19\nBolivia,none,2,15,12\n"
    columns = "{name: land}, {name: coast}, {name: rain, type: number, unit: mm}, {name: heat, type: number, unit: °C}"
    columns += ", {name: people, type: number, unit: million people}"
    found = labels(told(rows, "kind: scatter, x: rain, y: heat, size: people, color: coast", columns)[1])
    assert {"Peru", "Chile", "Bolivia", "people (million people)", "10", "30"} <= found.keys()
    plain = labels(told(rows, "kind: scatter, x: rain, y: heat", columns)[1])
    assert {"Peru", "Chile", "Bolivia"} <= plain.keys()
    assert "people (million people)" not in plain
    alike = labels(told(rows.replace("Chile", "Peru"), "kind: scatter, x: rain, y: heat", columns)[1])
    assert "Peru" not in alike


def test_a_chart_without_any_value_is_told() -> None:
    rows = "town,year,boats\nAncona,2019,\nBari,2021,\n"
    faults, _ = told(rows, "kind: bar, x: town, y: boats", OF_GROUPS)
    assert [(fault.code, fault.message) for fault in faults] == [("no-rows", 'no row of "t" has a value in "boats"')]


def test_codes_of_countries_at_points_of_a_map_read_as_names_in_the_legend_too() -> None:
    rows = "iso,n,lat,lon\nCO,52,4.7,-74.1\nPE,34,-12,-77\n"
    columns = "{name: iso}, {name: n, type: number}, {name: lat, type: number}, {name: lon, type: number}"
    chart = "kind: map, place: iso, color: iso, size: n, lat: lat, lon: lon, geometry: world"
    _, figure = told(rows, chart, columns)
    assert figure is not None
    found = [line for label in laid_out(figure, "wide").labels for line in label.lines]
    assert [found.count(name) for name in ("Colombia", "Peru", "CO")] == [2, 2, 0]
    _, towns = told(rows.replace("CO,", "Cali,"), chart, columns)
    assert "PE" in labels(towns)
