"""On a phone: what a drawing says has room, and no words stand on a line or are cut off."""

from __future__ import annotations

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
