"""`logo` and `colors` of site.yaml: what is understood, and what is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.citing.styles import find_style, style_files
from reportgen.load.files import DiskFiles
from reportgen.load.project import load
from reportgen.model.look import Logo, Palette, channels, contrast
from tests.driver import write_tree

SITE = "title: T\npublisher: P\nbase_url: https://example.org/\n"
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4H0z"/></svg>'


def settings(root: Path, line: str, **images: str | bytes) -> tuple[Palette, Logo, list[str]]:
    """The palette, the logo, and the problems of that line of site.yaml."""
    pictures = {f"content/images/{name}": data for name, data in images.items()}
    write_tree(root, {"content/site.yaml": SITE + line + "\n", **pictures})
    project, found = load(DiskFiles(root), read_style=lambda name: "")
    told = [f"{d.span.file}:{d.span.line} {d.severity}[{d.code}] {d.message}; {d.hint}" for d in found]
    return project.settings.colors, project.settings.logo, told


@pytest.mark.parametrize(
    ("line", "light", "dark"),
    [
        ('colors: {accent: "#7A1F3D"}', {"accent": "#7a1f3d"}, {}),
        ("colors: {accent: 'rgb(122, 31, 61)'}", {"accent": "#7a1f3d"}, {}),
        ("colors: {accent: navy, c2: 'hsl(0, 100%, 25%)'}", {"accent": "#000080", "c2": "#800000"}, {}),
        ('colors: {light: {accent: "#731"}, dark: {accent: "#fec"}}', {"accent": "#773311"}, {"accent": "#ffeecc"}),
    ],
)
def test_colours_are_those_of_css(tmp_path: Path, line: str, light: dict[str, str], dark: dict[str, str]) -> None:
    palette, _, told = settings(tmp_path, line)
    assert (dict(palette.light), dict(palette.dark), told) == (light, dark, [])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("colors: {accnt: red}", 'error[unknown-key] "colors" has no colour called "accnt"; did you mean "accent"?'),
        (
            "colors: {verified: red}",
            'error[unknown-key] "colors" has no colour called "verified"; its names are',
        ),
        ("colors: {accent: rde}", 'error[wrong-value] "accent" in "colors" must be a solid colour, and is "rde"'),
        ("colors: {accent: 'rgba(0,0,0,.5)'}", "must be a solid colour"),
        ("colors:\n  accent: #7a1f3d", "is empty: outside of quotes a # begins a comment"),
        ("colors: red", 'error[wrong-type] "colors" must hold names of colours'),
        ('colors: {accent: "#e0a030"}', 'warning[low-contrast] "accent", #e0a030, has a contrast of 2.3 to 1'),
        (
            'colors: {c3: "#f0e0a0"}',
            'warning[low-contrast] "c3", #f0e0a0, has a contrast of 1.3 to 1 with',
        ),
        ('colors: {dark: {ink: "#333333"}}', "with the dark paper, #10181d: it should have 4.5"),
        ('colors: {paper: "#333333"}', 'warning[low-contrast] "ink", #14212b'),
        ('colors: {panel: "#555555"}', "with the light panel, #555555: it should have 4.5"),
        ("logo: no.svg", "error[unknown-picture] there is no content/images/no.svg, the logo; did you mean"),
        ("logo: {dark: mo.svg}", 'error[wrong-type] "logo" must name a picture'),
        ("logo: notes.txt", "error[wrong-value] a logo is an SVG, a PNG or a JPEG, and notes.txt is none"),
        ("logo: empty.png", "error[wrong-value] the logo empty.png cannot be shown: it is empty"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    images = {"mo.svg": SQUARE, "notes.txt": "a", "empty.png": b""}
    found = [each for each in settings(tmp_path, line, **images)[2] if not each.startswith("content/images/")]
    assert any(told in each for each in found), found
    assert all(each.startswith("content/site.yaml:4") or "accent: #" in line for each in found)


def test_a_logo_is_named_as_one_likes(tmp_path: Path) -> None:
    for written in ("mo.svg", "images/mo.svg", "content/images/mo.svg", "{light: mo.svg, dark: images/mo.svg}"):
        _, logo, told = settings(tmp_path, f"logo: {written}", **{"mo.svg": SQUARE})
        assert logo in (Logo("mo.svg"), Logo("mo.svg", "mo.svg"))
        assert told == []


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert channels("#0a0b0c") == (10, 11, 12)


def test_a_style_is_looked_for_beside_site_yaml(tmp_path: Path) -> None:
    own = find_style("apa", tmp_path)
    write_tree(tmp_path, {"content/site.yaml": "citation_style: our.csl\n", "content/our.csl": own})
    assert find_style("our.csl", tmp_path) == own
    assert find_style("content/our.csl", tmp_path) == own
    assert "content/our.csl" in style_files(tmp_path)
