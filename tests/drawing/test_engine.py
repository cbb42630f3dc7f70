"""The engine against Chromium, with itself, and with what it must refuse."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from reportgen.drawing import kaleido
from reportgen.drawing.v8 import NEEDS, DrawingError, PlotlyEngine, plotly_js_path, plotly_js_version
from reportgen.fonts import metrics

from .browser import compared, drawn_by_browser, missing_browser, plotly_page
from .figures import FIGURES, HEIGHT, WIDTH

MARKS_WITHIN = 1.0
"""Pixels."""
TEXTS_WITHIN = 2.0
PICTURES_WITHIN = 0.001
"""Share of pixels that may differ by more than a tenth of full scale."""

TEXTS = [
    "one",
    "Kazakhstan",
    "AVATAR Toy.",
    "office flight",
    "Қазақстан ₸ 1 200",
    "Доля, %",
    "18.10%",
    "−5",
    "Тау, Ғ",
    "1/2",
]
WIDTHS = """
([texts, family, weight, style, size]) => {
  const holder = document.getElementById("holder");
  holder.innerHTML = '<svg><text></text></svg>';
  const element = holder.querySelector("text");
  element.setAttribute("style", `white-space: pre; font: ${style} ${weight} ${size}px "${family}"`);
  return texts.map(text => { element.textContent = text; return element.getComputedTextLength(); });
}
"""


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    reason = missing_browser()
    if reason:
        pytest.skip(reason)
    with plotly_page(WIDTH, HEIGHT) as page:
        yield page


@pytest.mark.parametrize("name", FIGURES)
def test_same_as_chromium(name: str, engine: PlotlyEngine, page: Any) -> None:
    theirs = drawn_by_browser(page, FIGURES[name], WIDTH, HEIGHT)
    ours = engine.draw(json.dumps(FIGURES[name]), WIDTH, HEIGHT, name)
    expected, found, differing = compared(page, theirs, ours, HEIGHT)
    for kind, bound in (("marks", MARKS_WITHIN), ("texts", TEXTS_WITHIN)):
        assert [each[0] for each in found[kind]] == [each[0] for each in expected[kind]]
        for one, other in zip(found[kind], expected[kind], strict=True):
            assert one[1:] == pytest.approx(other[1:], abs=bound), one[0]
    assert differing <= PICTURES_WITHIN


@pytest.mark.parametrize("family", metrics.FAMILIES)
@pytest.mark.parametrize(("weight", "style"), [(400, "normal"), (700, "normal"), (600, "normal"), (400, "italic")])
def test_text_widths_as_in_chromium(family: str, weight: int, style: str, page: Any) -> None:
    for size in (9, 12.8, 17, 42):
        theirs = page.evaluate(WIDTHS, [TEXTS, family, weight, style, size])
        ours = [metrics.text_width(text, size, family, weight, style) for text in TEXTS]
        assert ours == pytest.approx(theirs, abs=0.5)


@pytest.mark.parametrize("family", metrics.FAMILIES)
def test_table_says_what_harfbuzz_says(family: str) -> None:
    for text in TEXTS:
        tables = [json.loads(metrics.face_table(family, 600, "normal", block)) for block in metrics.blocks_of(text)]
        advances = {k: v for table in tables for k, v in zip(table["letters"], table["advances"], strict=True)}
        pairs = {pair: moved for table in tables for pair, moved in table["pairs"].items()}
        alone = sum(advances[char] for char in text)
        together = sum(pairs.get(pair, 0) for pair in map("".join, pairwise(text)))
        assert alone + together == pytest.approx(metrics.text_width(text, 1000, family, 600), abs=10)


@pytest.mark.parametrize(
    ("weight", "chosen"),
    [(400, "400"), (450, "500"), (500, "500"), (350, "300"), (550, "600"), (650, "700"), (900, "700"), (50, "100")],
)
def test_weights_are_matched_as_css_does(weight: int, chosen: str) -> None:
    assert metrics.font_file(metrics.SERIF, weight, "normal").weight == chosen
    assert metrics.font_file(metrics.SANS, weight, "normal").weight == "100 700"


def test_fonts_cover_kazakh_and_the_tenge() -> None:
    assert all(metrics.covers(char, family) for char in "әғқңөұүһі₸" for family in metrics.FAMILIES)
    assert not metrics.covers("\u4e2d")
    assert all(file.path.is_file() for file in metrics.font_files())


def test_an_event_loop_may_end_before_the_engine_that_began_in_it() -> None:
    figure = json.dumps(FIGURES["bar-grouped"])

    async def draw() -> str:
        return engine.draw(figure, 700, 450, "x")

    with PlotlyEngine() as engine, ThreadPoolExecutor(1) as thread:
        first = thread.submit(lambda: asyncio.run(draw())).result()
        assert engine.draw(figure, 700, 450, "x") == first


def test_marks_without_end_are_refused_and_the_next_figure_is_drawn(
    engine: PlotlyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = {"data": [{"x": [1, 2], "y": [1, 2]}], "layout": {"xaxis": {"range": [0, 1e9], "dtick": 1}}}
    bars = json.dumps(FIGURES["bar-grouped"])
    drawn = engine.draw(bars, 640, 360, "x")
    with monkeypatch.context() as patches:
        patches.setattr(engine, "_seconds", 0.3)
        with pytest.raises(DrawingError, match=r"did not end within 0\.3 s; a dtick"):
            engine.draw(json.dumps(endless), 640, 360, "x")
    assert engine.draw(bars, 640, 360, "x") == drawn


def test_same_bytes_in_any_process(engine: PlotlyEngine) -> None:
    names = ["bar-grouped", "box", "gradient"]
    script = (
        "import json, sys\nfrom tests.drawing.figures import FIGURES\nfrom reportgen.drawing.v8 import PlotlyEngine\n"
        "with PlotlyEngine() as engine:\n"
        f"    for name in {names}: sys.stdout.write(engine.draw(json.dumps(FIGURES[name]), 700, 450, 'x'))\n"
    )
    root = Path(__file__).parents[2]
    zone = "UTC" if time.timezone else "Asia/Almaty"  # another zone than this process has, and another seed
    environment = os.environ | {"PYTHONHASHSEED": "2", "TZ": zone}
    done = subprocess.run([sys.executable, "-c", script], cwd=root, env=environment, stdout=subprocess.PIPE, check=True)
    assert done.stdout.decode() == "".join(engine.draw(json.dumps(FIGURES[name]), 700, 450, "x") for name in names)


def test_ids_are_the_callers_and_in_order(engine: PlotlyEngine) -> None:
    svg = engine.draw(json.dumps(FIGURES["gradient"]), WIDTH, HEIGHT, "fig")
    assert 'id="fig-1"' in svg
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert f'viewBox="0 0 {WIDTH} {HEIGHT}"' in svg
    assert "<style" not in svg


@pytest.mark.parametrize("kind", NEEDS)
def test_what_cannot_be_drawn_is_refused_by_name(kind: str, engine: PlotlyEngine) -> None:
    advice = "; use the optional renderer: .* -m pip install kaleido"
    with pytest.raises(DrawingError, match=f"{kind} needs .*{advice}"):
        engine.draw(json.dumps({"data": [{"type": kind}]}), WIDTH, HEIGHT, "x")


def test_what_cannot_be_drawn_goes_to_the_optional_renderer() -> None:
    class Other:
        asked: list[tuple[str, int, int, str]] = []  # noqa: RUF012

        def draw(self, figure_json: str, width: int, height: int, ident: str) -> str:
            self.asked.append((json.loads(figure_json)["data"][0]["type"], width, height, ident))
            return "<svg/>"

        def close(self) -> None:
            self.asked.append(("closed", 0, 0, ""))

    with PlotlyEngine(optional=Other()) as engine:
        assert engine.draw('{"data": [{"type": "scatter3d"}]}', 400, 300, "x") == "<svg/>"
    assert Other.asked == [("scatter3d", 400, 300, "x"), ("closed", 0, 0, "")]


def test_the_optional_renderers_ids_are_the_callers() -> None:
    svg = """<clipPath id="clip1a2b3c"/><g class="trace1a2b3c" clip-path="url('#clip1a2b3c')" fill="#123456"/>"""
    made = """<clipPath id="x-1"/><g class="trace" clip-path="url('#x-1')" fill="#123456"/>"""
    assert kaleido._with_own_ids(svg, "x") == made


def test_every_kind_of_plotly_is_drawn_or_refused(engine: PlotlyEngine) -> None:
    engine.draw('{"data": []}', 100, 100, "x")
    schema = engine._context.eval("JSON.stringify(Object.keys(Plotly.PlotSchema.get().traces))")  # type: ignore[union-attr]
    kinds = set(json.loads(str(schema)))
    drawn = {trace.get("type", "scatter") for figure in FIGURES.values() for trace in figure["data"]}
    assert kinds <= drawn | set(NEEDS)


@pytest.mark.parametrize(
    ("figure", "message"),
    [
        ({"data": [{"type": "barr", "y": [1]}]}, "key type is set to an invalid value"),
        ({"data": [{"type": "pie"}]}, "not visible"),
        ({"data": [{"y": [1]}, {"type": "heatmap", "x": [1], "y": [2]}]}, "Trace 1 got defaulted to be not visible"),
        ({"data": [], "layout": {"images": [{"source": "https://example.org/a.png"}]}}, "data: address"),
        ({"data": {}}, "a figure is a map"),
    ],
)
def test_faults_are_told(figure: dict[str, Any], message: str, engine: PlotlyEngine) -> None:
    with pytest.raises(DrawingError, match=message):
        engine.check(json.dumps(figure))
    assert "<svg" in engine.draw(json.dumps(FIGURES["pie"]), WIDTH, HEIGHT, "x")


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ({"data": [{"type": "bar", "y": [1], "colour": "red"}]}, ["key colour is not part of the schema"]),
        ({"data": [{"y": [1]}], "layout": {"xaxis": {"type": "logg"}}}, ["xaxis.type is set to an invalid value"]),
        # In these its own check throws, or finds fault with what Plotly Express writes.
        ({"data": [{"y": [1]}], "layout": {"legend": {"orientation": "h"}, "showlegend": False}}, []),
        ({"data": [{"y": [1]}], "layout": {"legend": {"y": 1}, "xaxis": {"nope": 1}}}, ["key xaxis.nope is not part"]),
        ({"data": [{"type": "heatmap", "z": [[1]], "coloraxis": "coloraxis"}]}, []),
        ({"data": [{"y": {"dtype": "i1", "bdata": "KDc+"}}]}, []),
        ({"data": [{"y": [1]}, {"type": "bar", "x": [], "y": []}, {"name": "a"}]}, ["Trace 1 got", "Trace 2 got"]),
    ],
)
def test_what_plotly_would_leave_out_is_said(figure: dict[str, Any], said: list[str], engine: PlotlyEngine) -> None:
    found = engine.check(json.dumps(figure))
    assert len(found) == len(said)
    assert all(words in message for words, message in zip(said, found, strict=True))


def test_an_arc_without_radius_is_a_line(engine: PlotlyEngine) -> None:
    tree = {"type": "sunburst", "labels": ["a", "b"], "parents": ["", ""], "values": [1, 2]}
    svg = engine.draw(json.dumps({"data": [tree]}), WIDTH, HEIGHT, "x")
    assert "A0,0" not in svg
    assert svg.count('class="surface"') == 2


def test_very_many_bricks_are_one_picture(engine: PlotlyEngine) -> None:
    svg = engine.draw(json.dumps(FIGURES["heatmap-large"]), WIDTH, HEIGHT, "x")
    assert (svg.count("<image"), svg.count("<rect") < 100) == (1, True)


def test_a_layout_may_have_scenes_that_no_trace_needs(engine: PlotlyEngine) -> None:
    bare = FIGURES["pie"]
    scene = bare | {"layout": bare["layout"] | {"scene": {"camera": {"eye": {"x": 2}}}, "mapbox": {"zoom": 3}}}
    assert engine.draw(json.dumps(scene), WIDTH, HEIGHT, "x") == engine.draw(json.dumps(bare), WIDTH, HEIGHT, "x")


def test_letters_come_when_a_figure_holds_them() -> None:
    with PlotlyEngine() as engine:
        for words, blocks in (("Tax", {"basic"}), ("&#1044;", {"basic", "cyrillic"}), ("→ ś", {"latin", "rest"})):
            figure = json.dumps({"data": [], "layout": {"title": {"text": words}, "font": {"family": metrics.SANS}}})
            engine.draw(figure, WIDTH, HEIGHT, "x")
            assert engine._faces[f"{metrics.SANS}|400|normal"] >= blocks
        assert metrics.blocks_of("Tax") == {"basic"}


def test_memory_is_bounded(engine: PlotlyEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    figure = json.dumps(FIGURES["bar-grouped"])
    drawn = {engine.draw(figure, WIDTH, HEIGHT, "x")}
    monkeypatch.setattr(engine, "_figures_a_context", engine._drawn + 1)
    context = engine._context
    drawn |= {engine.draw(figure, WIDTH, HEIGHT, "x") for _ in range(3)}
    assert engine._context is not context
    assert engine._drawn == 2
    assert len(drawn) == 1


STARTED = """
from reportgen.drawing.v8 import PlotlyEngine, _pages_of_v8
engine = PlotlyEngine()
engine.start()
found = dict(line.split(":") for line in open("/proc/self/status"))
print(found["RssFile"].split()[0], *(end - start for start, end in _pages_of_v8()))
print(engine.draw('{"data": [{"type": "bar", "y": [1, 2]}]}', 300, 200, "x")[:4])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells what is in memory")
def test_once_plotly_is_read_most_pages_of_v8_are_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True)
    (resident, *lengths), drawn = done.stdout.split("\n")[0].split(), done.stdout.split("\n")[1]
    assert int(resident) * 1024 < sum(map(int, lengths)) / 2
    assert drawn == "<svg"


WORDS_READ = """
from reportgen.drawing.v8 import start_v8
start_v8()
from py_mini_racer import MiniRacer
context = MiniRacer()
print(context.eval("new Intl.DateTimeFormat('ru', {month: 'long'}).format(new Date(0))"))
smaps = open("/proc/self/smaps").read()
print(smaps.partition("icudtl.dat")[2].partition("Rss:")[2].split()[0])
context.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells what is in memory")
def test_of_what_v8_knows_of_languages_only_what_is_asked_for_is_in_memory() -> None:
    done = subprocess.run([sys.executable, "-c", WORDS_READ], capture_output=True, text=True, check=True)
    word, kilobytes = done.stdout.split()
    assert word == "январь"
    assert 0 < int(kilobytes) < 5_000


def test_numbers_packed_by_plotly_are_read(engine: PlotlyEngine) -> None:
    packed = engine.draw('{"data": [{"type": "bar", "y": {"dtype": "i1", "bdata": "AQID"}}]}', WIDTH, HEIGHT, "x")
    assert packed == engine.draw('{"data": [{"type": "bar", "y": [1, 2, 3]}]}', WIDTH, HEIGHT, "x")


def test_version_is_the_packages() -> None:
    assert plotly_js_version() in plotly_js_path().read_text(encoding="utf-8")[:400]
