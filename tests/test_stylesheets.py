"""The stylesheets: one file a component, for screen and paper; a project's own files in their place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.render.default_theme import default_templates
from reportgen.render.theme import Medium, Theme

ROOT = Path(__file__).parents[1]
MEDIA: tuple[Medium, ...] = ("screen", "paper")
DIVIDER = re.compile(r"/\* -+ .*? -+ \*/")
OF_MARKDOWN = {"admonition", "admonition-title", "warning", "caution", "danger"}
"""Classes that Markdown writes."""
WORKED_OUT = {"below", "level-3"}
"""Classes that no template spells out: the side of a point's label, the level of a section."""


def sheet(medium: Medium, **own: str) -> str:
    """A medium's stylesheet, with a project's own files by name; `__` stands for a slash, and `.css` is added."""
    named = {f"{name.replace('__', '/').replace('_', '-')}.css": text for name, text in own.items()}
    return Theme({**default_templates(), **named}).stylesheet(medium)[0]


@pytest.mark.parametrize("medium", MEDIA)
def test_each_part_is_in_place_once(medium: Medium) -> None:
    text, names = Theme(default_templates()).stylesheet(medium)
    parts = {name for name in default_templates() if name.startswith("css/")}
    assert parts == {name for name in names if name.startswith("css/")}
    assert "@import" not in text
    assert text.count("--t-micro: 0.75rem") == text.count("/* The card that shows") == 1


def test_parts_are_divided_by_nothing_else() -> None:
    found = {line for text in default_templates().values() for line in DIVIDER.findall(text)}
    assert found == {"/* ---------- On screen ---------- */", "/* ---------- On paper ---------- */"}


def test_a_part_says_what_holds_in_both_media_or_in_one() -> None:
    part = "a { b: c }\n/* ---------- On screen ---------- */\nd { e: f }\n/* ---------- On paper ---------- */\ng { h: i }\n"
    screen, paper = (sheet(medium, css__card=part) for medium in MEDIA)
    assert "a { b: c }" in screen and "a { b: c }" in paper
    assert "d { e: f }" in screen and "d { e: f }" not in paper
    assert "g { h: i }" not in screen and "g { h: i }" in paper


def test_a_component_of_ones_own_replaces_ours_alone() -> None:
    for medium in MEDIA:
        text = sheet(medium, css__key_messages="own { a: b }")
        assert "own { a: b }" in text
        assert ".key li::before" not in text
        assert ".figures dt" in text


@pytest.mark.parametrize(("medium", "name"), [("screen", "screen"), ("paper", "print")])
def test_a_stylesheet_of_ones_own_replaces_all_but_the_tokens(medium: Medium, name: str) -> None:
    text = sheet(medium, **{name: "own { a: b }\n"})
    assert text.endswith("own { a: b }\n")
    assert text == f"{default_templates()['tokens.css']}\nown {{ a: b }}\n"
    other: Medium = "paper" if medium == "screen" else "screen"
    assert sheet(other, **{name: "own { a: b }\n"}) == sheet(other)


@pytest.mark.parametrize(("medium", "name"), [("screen", "screen"), ("paper", "print")])
def test_a_stylesheet_of_ones_own_may_add_to_ours(medium: Medium, name: str) -> None:
    text = sheet(medium, **{name: '@import "css/all.css";\nown { a: b }\n'})
    ours, _, added = text.rpartition("own { a: b }")
    assert (re.sub(r"/\*.*?\*/", "", ours, flags=re.S).split(), added) == (
        re.sub(r"/\*.*?\*/", "", sheet(medium), flags=re.S).split(),
        "\n",
    )


def test_tokens_of_ones_own_replace_ours_in_both_media() -> None:
    for medium in MEDIA:
        assert sheet(medium, tokens=":root { --ink: red }").startswith(":root { --ink: red }\n")


def test_a_file_is_imported_from_the_folder_of_the_one_that_names_it() -> None:
    own = {"screen": "@import 'mine/all.css';", "mine__all": '@import "../css/card.css";\n@import "a.css";\n@import "all.css";'}
    text = sheet("screen", **own, mine__a="own { a: b }")
    assert ".card {" in text
    assert "own { a: b }" in text
    assert "@import" not in text


def test_addresses_and_files_that_are_not_there_stay_as_they_are() -> None:
    lines = '@import "https://example.org/a.css";\n@import "gone.css";\n@import url(b.css);\n'
    theme = Theme({**default_templates(), "screen.css": lines})
    text, names = theme.stylesheet("screen")
    assert text.endswith(lines)
    assert "gone.css" in names  # so that the stylesheet is made again when it comes


def test_every_class_that_is_styled_stands_on_a_page() -> None:
    styled = {
        name
        for medium in MEDIA
        for selector in re.findall(r"([^{};]+)\{", re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", sheet(medium), flags=re.S))
        for name in re.findall(r"\.([a-z][\w-]*)", selector)
    }
    makers = [*ROOT.glob("templates/*.html"), *ROOT.glob("templates/*.js"), *ROOT.glob("reportgen/**/*.py")]
    found = {
        name
        for path in makers
        for written in re.findall(r'class(?:Name = |=)"([^"]*)"', path.read_text(encoding="utf-8"))
        for name in re.findall(r"[\w-]+", written)
    }
    assert styled - found == OF_MARKDOWN | WORKED_OUT
