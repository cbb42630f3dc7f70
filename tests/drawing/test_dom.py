"""The document on its own: nodes, selectors, styles, paths, text, without plotly.js."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
from py_mini_racer import MiniRacer

from reportgen.drawing.v8 import SCRIPTS
from reportgen.fonts import metrics

SVG = """
const make = (name, attributes = {}, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};
const box = ({left, top, right, bottom}) => [left, top, right, bottom];
"""


@pytest.fixture(scope="module")
def context() -> Iterator[MiniRacer]:
    with MiniRacer() as context:
        for name in SCRIPTS:
            context.eval(resources.files("reportgen.drawing").joinpath(name).read_text(encoding="utf-8"))
        context.eval(f"installFonts({{'ibm plex sans': {metrics.SANS!r}}}, {metrics.SANS!r}, {{}})")
        table = metrics.face_table(metrics.SANS, 400, "normal", metrics.BASIC)
        context.eval(f"installFont('{metrics.SANS}|400|normal', {table})")
        context.eval(SVG)
        yield context


def run(context: MiniRacer, body: str) -> Any:
    return json.loads(str(context.eval(f"JSON.stringify((() => {{ {body} }})())")))


def test_nodes_move_and_keep_their_order(context: MiniRacer) -> None:
    names = run(
        context,
        """const [a, b, c] = ["a", "b", "c"].map(id => make("g", {id})), root = make("svg", {}, a, b, c);
        root.insertBefore(c, a); root.appendChild(a); root.removeChild(b); root.insertBefore(b, a.nextSibling);
        const names = root.childNodes.map(node => node.id);
        return [names, root.firstChild.id, root.lastChild.id, b.previousSibling.id, c.previousSibling];""",
    )
    assert names == [["c", "a", "b"], "c", "b", "a", None]


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        (".tick", ["t1", "t2"]),
        ("g.axis > .tick", ["t1", "t2"]),
        ("svg .axis text", ["x"]),
        ("#t2, text", ["x", "t2"]),
        (".axis.y", []),
        ("g:not(.axis)", ["t1", "t2"]),
        ('[data-n="2"]', ["t2"]),
        (".tick:last-child", ["t2"]),
        ("*", ["axis", "t1", "x", "t2"]),
    ],
)
def test_selectors(context: MiniRacer, selector: str, found: list[str]) -> None:
    ids = run(
        context,
        f"""const svg = make("svg", {{}}, make("g", {{id: "axis", class: "axis x"}},
          make("g", {{id: "t1", class: "tick"}}, make("text", {{id: "x"}})),
          make("g", {{id: "t2", class: "tick", "data-n": 2}})));
        return svg.querySelectorAll({json.dumps(selector)}).map(element => element.id);""",
    )
    assert ids == found


def test_an_unknown_selector_is_an_error(context: MiniRacer) -> None:
    assert "not a selector" in run(
        context, "try { document.querySelector('a:nth-of-type(2)'); } catch (error) { return error.message; }"
    )


def test_styles_are_read_and_written_both_ways(context: MiniRacer) -> None:
    style = run(
        context,
        """const text = make("text", {style: "fill: red; background: url(data:image/png;base64,AA==)"});
        text.style.fontSize = "12px"; text.style.setProperty("fill", null); text.style.setProperty("x", "NaNpx");
        const style = text.getAttribute("style");
        return [style, text.style["font-size"], text.cloneNode().getAttribute("style") === style];""",
    )
    assert style == ["background: url(data:image/png;base64,AA==); font-size: 12px;", "12px", True]


def test_computed_styles_are_inherited(context: MiniRacer) -> None:
    values = run(
        context,
        """const text = make("text"), group = make("g", {style: "fill: blue"}, text);
        make("svg", {"font-size": "20px", opacity: "0.5"}, group);
        const style = getComputedStyle(text);
        return [style.fill, style.getPropertyValue("font-size"), style.opacity, style.display];""",
    )
    assert values == ["blue", "20px", "1", "inline"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("M10,20H30V5Z", [10, 5, 30, 20]),
        ("m10 20 l5-5 5 5z", [10, 15, 20, 20]),
        ("M0,0C0,10 10,10 10,0", [0, 0, 10, 7.5]),
        ("M0,0Q5,10 10,0T20,0", [0, -5, 20, 5]),
        ("M-5,0A5,5 0 1 1 5,0A5,5 0 1 1-5,0Z", [-5, -5, 5, 5]),
        ("M0,0a5,5 0 0110,0", [0, -5, 10, 0]),
    ],
)
def test_boxes_of_paths(context: MiniRacer, path: str, expected: list[float]) -> None:
    assert run(context, f"return box(make('path', {{d: {path!r}}}).getBBox());") == pytest.approx(expected, abs=0.02)


def test_lengths_along_a_path(context: MiniRacer) -> None:
    length, point = run(
        context,
        "const path = make('path', {d: 'M0,0H30V40'}); return [path.getTotalLength(), path.getPointAtLength(50)];",
    )
    assert (length, point) == (70, {"x": 30, "y": 20})


def test_boxes_follow_transforms(context: MiniRacer) -> None:
    found = run(
        context,
        """const rect = make("rect", {width: 10, height: 4});
        const group = make("g", {transform: "translate(5, 6) rotate(90)"}, rect);
        make("svg", {}, make("g", {transform: "scale(2)"}, group));
        return [box(rect.getBoundingClientRect()), box(group.getBBox())];""",
    )
    assert found[0] == pytest.approx([2, 12, 10, 32])
    assert found[1] == pytest.approx([0, 0, 10, 4])


def test_text_is_placed_by_lines_and_anchors(context: MiniRacer) -> None:
    found = run(
        context,
        """const line = (text, dy) => make("tspan", {x: 100, y: 50, dy}, text);
        const style = "font-family: 'IBM Plex Sans'; font-size: 20px";
        const text = make("text", {"text-anchor": "end", style}, line("nn", "0em"), line("n", "1.5em"));
        return [box(text.getBBox()), text.getComputedTextLength()];""",
    )
    one = metrics.text_width("n", 20)
    assert found[0] == pytest.approx([100 - 2 * one, 50 - 21, 100, 80 + 6], abs=1)
    assert found[1] == pytest.approx(3 * one, abs=0.1)


def test_a_font_that_is_not_there_is_asked_for(context: MiniRacer) -> None:
    body = """const text = make("text", {style: "font-weight: bold"}, "n");
        try { text.getBBox(); } catch (error) { return [error.name, error.message]; }"""
    assert run(context, body) == ["MissingFont", "IBM Plex Sans|700|normal"]


def test_timers_wait_until_they_are_run(context: MiniRacer) -> None:
    seen = run(
        context,
        """const seen = []; setTimeout(value => seen.push(value), 20, "late"); setTimeout(() => seen.push("soon"), 5);
        clearTimeout(setTimeout(() => seen.push("never")));
        const before = [...seen]; runTimers(); return [before, seen];""",
    )
    assert seen == [[], ["soon", "late"]]


def test_the_clock_stands_still(context: MiniRacer) -> None:
    assert run(context, "return [Date.now(), new Date().getTime(), new Date(5).getTime()];") == [
        946684800000,
        946684800000,
        5,
    ]


def test_pictures_are_clean(context: MiniRacer) -> None:
    svg = run(
        context,
        """const clips = make("g", {class: "clips"}, make("clipPath", {id: "c9f"}), make("clipPath", {id: "unused"}));
        const svg = make("svg", {width: 10, height: 5}, make("defs", {id: "d1"}, clips), make("g", {class: "empty"}),
          make("path", {d: "M1.23456,2H3", "clip-path": "url('#c9f')", class: "trace traceab12cd",
            style: "opacity: 1; cursor: pointer; fill: red"}),
          make("text", {}, "a < b & \\"c\\""));
        return clean(svg, "fig");""",
    )
    assert svg == (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' width="10" height="5" viewBox="0 0 10 5">'
        '<defs><g class="clips"><clipPath id="fig-1"/></g></defs>'
        '<path d="M1.235,2H3" clip-path="url(#fig-1)" class="trace" style="fill: red;"/>'
        '<text>a &lt; b &amp; "c"</text></svg>\n'
    )
