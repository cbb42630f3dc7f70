"""The stylesheets: one file a component, for screen and paper; a project's own files in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from reportgen.charts.colouring import recoloured
from reportgen.fonts.webfonts import SHIPPED, cyrillic_first, web_font_faces
from reportgen.language.scripts import script_of
from reportgen.load.files import DiskFiles
from reportgen.load.project import load
from reportgen.model.look import Palette, contrast, mixed
from reportgen.pages.default_theme import default_templates
from reportgen.pages.html import styled
from reportgen.pages.theme import Medium, Theme
from reportgen.pdf.fitting import FITTED
from tests.driver import write_tree

ROOT = Path(__file__).parents[1]
SCREEN = "/* ---------- On screen ---------- */"
PAPER = "/* ---------- On paper ---------- */"
LISTS: Mapping[Medium, str] = {"screen": "screen.css", "paper": "print.css"}
OF_MARKDOWN = {"c", "todo", "admonition", "admonition-title", "warning", "caution", "danger"}
"""Classes that Markdown writes."""
GIVEN_ON_PAPER = {"whole", "turned", "with-turned", "close", "closer", "looser", "set-out", "long-word", "there"}
"""Classes that the layout of a PDF gives to what does not fit; no stylesheet has them for something else."""
WORKED_OUT = {"below", "level-3"}
"""Classes that no template spells out: the side of a point's label, the level of a section."""

each_medium = pytest.mark.parametrize("medium", LISTS)


def stylesheet(medium: Medium, own: Mapping[str, str] | None = None) -> str:
    """A medium's stylesheet, with a project's own files by name."""
    return Theme({**default_templates(), **(own or {})}).stylesheet(medium)[0]


def rules(css: str) -> str:
    """CSS without comments and empty lines."""
    return "\n".join(line for line in re.sub(r"/\*.*?\*/", "", css, flags=re.S).splitlines() if line.strip())


@each_medium
def test_each_file_is_in_place_once(medium: Medium) -> None:
    text, names = Theme(default_templates()).stylesheet(medium)
    assert {name for name in names if name.startswith("css/")} == {
        name for name in default_templates() if name.startswith("css/")
    }
    assert "@import" not in text
    assert text.count("/* The card that shows") == 1


def test_components_are_divided_by_nothing_else() -> None:
    divided = re.compile(r"/\* -+ .*? -+ \*/")
    assert {line for text in default_templates().values() for line in divided.findall(text)} == {SCREEN, PAPER}


def test_a_component_says_what_holds_in_both_media_and_what_in_one() -> None:
    own = {"css/card.css": f"a {{ b: c }}\n{SCREEN}\nd {{ e: f }}\n{PAPER}\ng {{ h: i }}\n{SCREEN}\nj {{ k: l }}\n"}
    said = {
        medium: [rule for rule in ("a { b: c }", "d { e: f }", "g { h: i }", "j { k: l }") if rule in text]
        for medium in LISTS
        for text in [stylesheet(medium, own)]
    }
    assert said == {"screen": ["a { b: c }", "d { e: f }", "j { k: l }"], "paper": ["a { b: c }", "g { h: i }"]}


@each_medium
def test_space_beside_text_is_on_the_side_where_lines_begin_or_end(medium: Medium) -> None:
    """Left and right are other sides of a page in Arabic, where the box of a task would stand over its words."""
    named = re.findall(r"(?:margin|padding|border)-(?:left|right):.*", rules(stylesheet(medium)))
    four = re.findall(r"(?:margin|padding): (\S+ (\S+) \S+ (\S+));", rules(stylesheet(medium)))
    assert named + [space for space, right, left in four if left != right] == []


@each_medium
def test_a_component_of_ones_own_replaces_ours_alone(medium: Medium) -> None:
    text = stylesheet(medium, {"css/key-messages.css": "own { a: b }"})
    assert "own { a: b }" in text
    assert ".key li::before" not in text
    assert ".figures dt" in text


@each_medium
def test_a_stylesheet_of_ones_own_replaces_all_but_the_tokens(medium: Medium) -> None:
    own = {LISTS[medium]: "own { a: b }\n"}
    assert stylesheet(medium, own) == f"{default_templates()['tokens.css']}\nown {{ a: b }}\n"
    others: list[Medium] = [other for other in LISTS if other != medium]
    assert [stylesheet(other, own) for other in others] == [stylesheet(other) for other in others]


@each_medium
def test_a_stylesheet_of_ones_own_may_add_to_ours(medium: Medium) -> None:
    text = stylesheet(medium, {LISTS[medium]: '@import "css/all.css";\nown { a: b }\n'})
    assert rules(text) == rules(stylesheet(medium)) + "\nown { a: b }"


@each_medium
def test_tokens_of_ones_own_are_added_to_ours_and_custom_css_comes_last(medium: Medium, tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "templates/tokens.css": ":root { --ink: red }",
            "templates/custom.css": f"x {{ y: z }}\n{PAPER}\nv {{ w: u }}",
        },
    )
    templates = load(DiskFiles(tmp_path), default_templates=default_templates())[0].templates
    text, looked_for = Theme(templates).stylesheet(medium)
    assert (
        text.index("--serif:") < text.index("--ink: red") < text.index(".card {" if medium == "screen" else ".refs {")
    )
    assert rules(text).endswith("x { y: z }" if medium == "screen" else "v { w: u }")
    assert "custom.css" in looked_for
    assert "custom.css" in Theme(default_templates()).stylesheet(medium)[1]


def test_colours_of_ones_own_come_after_the_tokens_and_give_way_to_the_readers() -> None:
    palette = Palette(light=(("accent", "#7a1f3d"), ("rule", "#dddddd")))
    screen, paper = (Theme(default_templates(), palette=palette).stylesheet(medium)[0] for medium in LISTS)
    assert ":root {\n  --accent: #7a1f3d;\n" in paper
    for line in re.findall(r"@media screen and \(forced-colors: none\).*\{", screen):
        assert "prefers-color-scheme: " in line
    dark = screen.partition("(forced-colors: none) and (prefers-color-scheme: dark) {")[2].partition("}")[0]
    assert contrast(re.findall(r"--accent: (#\w+)", dark)[0], "#10181d") >= 7
    assert "--rule" not in dark
    assert "(forced-colors: none) and (prefers-contrast: no-preference) and (prefers-color-scheme: light)" in screen


def test_a_drawing_to_download_has_the_colours_of_the_site() -> None:
    palette = Palette(light=(("accent", "#7a1f3d"), ("paper", "#fffdf8")))
    fills = ("rgb(0, 84, 111)", "#FFFFFF", "#00546f", "#9E4A32", "#80AAB7")
    svg = "".join(f'<g style="fill: {fill}"/>' for fill in fills)
    shown = recoloured(svg, palette)
    middle = mixed("#7a1f3d", "#fffdf8", 0.5)
    assert re.findall(r"#\w+", shown) == ["#7a1f3d", "#fffdf8", "#7a1f3d", "#9E4A32", middle]
    assert recoloured(svg, Palette()) == svg


def test_a_file_is_imported_from_the_folder_of_the_one_that_names_it() -> None:
    own = {
        "screen.css": "@import 'mine/all.css';",
        "mine/all.css": '@import "../css/card.css";\n@import "a.css";\n@import "all.css";',
        "mine/a.css": "own { a: b }",
    }
    text = stylesheet("screen", own)
    assert ".card {" in text
    assert "own { a: b }" in text
    assert "@import" not in text


def test_addresses_and_files_that_are_not_there_stay_as_they_are() -> None:
    lines = '@import "https://example.org/a.css";\n@import "gone.css";\n@import url(b.css);\n'
    text, names = Theme({**default_templates(), "screen.css": lines}).stylesheet("screen")
    assert text.endswith(lines)
    assert "gone.css" in names  # so that the stylesheet is made again when the file comes


def test_every_class_that_is_styled_stands_on_a_page() -> None:
    selectors = [
        selector
        for medium in LISTS
        for selector in re.findall(r"([^{};]+)\{", re.sub(r'"[^"]*"', "", rules(stylesheet(medium))))
    ]
    styled = {name for selector in selectors for name in re.findall(r"\.([a-z][\w-]*)", selector)}
    found = {
        name
        for path in [*ROOT.glob("templates/*.html"), *ROOT.glob("templates/*.js"), *ROOT.glob("reportgen/**/*.py")]
        for written in re.findall(r'class(?:Name = |=)"([^"]*)"', path.read_text(encoding="utf-8"))
        for name in re.findall(r"[\w-]+", written)
    }
    assert styled - found == OF_MARKDOWN | WORKED_OUT


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ('"fonts/x.woff2"', '"../../assets/fonts/x.woff2"'),
        ("images/y.png", '"../../assets/images/y.png"'),
        ("'images/z.png'", '"../../assets/images/z.png"'),
        ('"data:image/png;base64,AA=="', '"data:image/png;base64,AA=="'),
        ("https://a.org/b.png", "https://a.org/b.png"),
        ("#mask", "#mask"),
    ],
)
def test_a_stylesheet_in_a_page_leads_where_it_led_in_its_file(address: str, shown: str) -> None:
    page = styled('<link rel="stylesheet" href="../../assets/style.css">', f"a{{b:url({address})}}")
    assert page == f'<style data-from="../../assets/style.css">\na{{b:url({shown})}}</style>'


def test_a_page_of_cyrillic_text_has_its_signs_from_the_file_of_its_letters() -> None:
    scripts = ["Latn", "Latn", "Cyrl", "Cyrl", "Latn"]
    assert [script_of(lang) for lang in ("en", "sr-Latn", "ru", "kk-KZ", "xx")] == scripts
    faces = cyrillic_first(web_font_faces())
    ranges = re.findall(r"font-style: (\w+);[^}]*cyrillic\.woff2[^}]*unicode-range: (.*?);", faces)
    assert sorted(style for style, _ in ranges) == sorted(style for _, _, style in SHIPPED)
    assert all(each.startswith("U+20-7E, ") is (style == "normal") for style, each in ranges)
    assert re.findall(r"font-style: (\w+);[^}]*-latin\.woff2", faces) == ["italic"]


def test_what_a_layout_calls_a_table_is_the_name_of_nothing_else() -> None:
    """A rule for `.whole` made captions of wide tables one line."""
    read = re.sub(r"/\*.*?\*/", "", stylesheet("paper"), flags=re.DOTALL)
    styled_there = {
        name for selector in re.findall(r"([^{}]+)\{", read) for name in re.findall(r"\.([a-z][\w-]*)", selector)
    }
    given = {name for name in GIVEN_ON_PAPER if f".{name}" in FITTED}
    assert given == GIVEN_ON_PAPER
    assert styled_there.isdisjoint(given)
