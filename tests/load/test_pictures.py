"""Files of content/images: pictures under any name are shown, what is no picture or not safe is told."""

from __future__ import annotations

import io
import re
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from reportgen.load.camera_places import without_place
from reportgen.load.pictures import picture_problem, svg_flaw
from tests.driver import PROJECTS, Project, read_tree

PNG = b"\x89PNG\r\n\x1a\n\0IEND\xaeB`\x82"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", PNG),
        ("a.PNG", PNG),
        ("a.jpg", b"\xff\xd8\xff\xe0\xff\xd9"),
        ("a.jpeg", b"\xff\xd8\xff\xff\xd9"),
        ("a.gif", b"GIF89a" + bytes(7) + b",;"),
        ("a.webp", b"RIFF\x04\0\0\0WEBP"),
        ("a.svg", SVG.format("<path d='M0 0'/>")),
        ("readme.txt", b"x"),
        (".DS_Store", b""),
        (
            "a.svg",
            SVG.format('<use href="#x"/><a href="https://x.example"/><style>a{fill:url(#b)}</style>'),
        ),
        ("a.svg", SVG.format('<image xlink:href="data:image/png;base64,xx"/>')),
    ],
)
def test_a_picture_is_no_problem(name: str, data: str | bytes) -> None:
    assert picture_problem(name, data.encode() if isinstance(data, str) else data) is None


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.png", b"", "it is empty"),
        ("a.png", b"<html>", "its content is none of a picture"),
        ("a.png", b"\xff\xd8\xff", "it is a JPEG by its content"),
        ("a.jpg", b"\0\0\0\x18ftypheic", "it is a HEIC by its content"),
        ("a.heic", b"\0\0\0\x18ftypheic", "browsers show no pictures of the kind HEIC"),
        ("scan.TIFF", b"II*", "browsers show no pictures of the kind TIFF"),
        ("a.png", PNG[:12], "its end is missing"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "its end is missing"),
        ("a.gif", b"GIF89a\x01\0\x01\0\0\0\0;", "its end is missing"),
        ("a.webp", b"RIFF\x24\0\0\0WEBPVP8 ", "its end is missing"),
        ("a.txt", PNG, "it is a PNG by its content"),
        ("a", PNG, "it is a PNG by its content"),
        ("a.svg", b"", "it is empty"),
        ("a.svg", "<svg><script>", "it is no SVG"),
        ("a.svg", "<html/>", "its first element is not <svg>"),
        ("a.svg", SVG.format("\n<script>x</script>"), "it holds <script>"),
        ("a.svg", SVG.format('<g onclick="x()"/>'), "it holds onclick="),
        ("a.svg", SVG.format("<foreignObject/>"), "it holds <foreignObject>"),
        ("a.svg", SVG.format('<image href="https://x.example/a.png"/>'), "outside of itself"),
        ("a.svg", SVG.format('<use xlink:href="other.svg#a"/>'), "outside of itself"),
        ("a.svg", SVG.format('<a xlink:href="javascript:x()"/>'), "outside of itself"),
        ("a.svg", SVG.format("<style>@import 'a.css'</style>"), "its style refers"),
        ("a.svg", SVG.format('<rect fill="url(https://x.example/a)"/>'), "its fill refers"),
        ("a.svg", SVG.format('<set attributeName="href" to="javascript:x()"/>'), "it changes addresses"),
        ("a.svg", SVG.format('<set attributeName="onclick" to="x()"/>'), "or what runs"),
        ("a.svg", SVG.format('<a href="java&#9;script:x()"/>'), "outside of itself"),
        ("a.svg", SVG.format('<h:meta xmlns:h="http://www.w3.org/1999/xhtml"/>'), "it holds <meta>"),
        ("a.svg", SVG.format('<rect cursor="url(https://x.example/a)"/>'), "its cursor refers"),
        ("a.svg", SVG.format(r"<style>svg { background: u\72 l(//x.example/a) }</style>"), "its style refers"),
        ("a.svg", SVG.format("<style>svg { background: image-set('//x.example/a' 1x) }</style>"), "its style refers"),
        ("a.svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.format("&a;"), "an entity"),
        ("a.svg", "<?xml-stylesheet href='a.css'?>" + SVG.format(""), "a stylesheet"),
    ],
)
def test_what_browsers_cannot_or_should_not_show_is_told(name: str, data: str | bytes, said: str) -> None:
    found = picture_problem(name, data.encode() if isinstance(data, str) else data)
    assert found is not None
    assert said in found[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("<svg/>", "no viewBox"),
        ('<svg width="3"/>', "no viewBox"),
        ("no svg", "it is no SVG"),
        ('<svg viewBox="0 0 4 3"><g id="a"/><g id="a"/></svg>', 'the id "a" stands twice'),
        ('<svg viewBox="0 0 4 3"><use href="#a"/></svg>', 'it refers to "a"'),
        ('<svg viewBox="0 0 4 3"><g fill="url(#a)"/></svg>', 'it refers to "a"'),
        ('<svg viewBox="0 0 4 3"><style>g { fill: url(#a) }</style></svg>', 'it refers to "a"'),
        ('<svg viewBox="0 0 4 3"><a href="other.html"/></svg>', "leads nowhere"),
    ],
)
def test_what_of_an_svg_publish_would_refuse_is_told(data: str, said: str) -> None:
    found = svg_flaw("a.svg", data.encode())
    assert found is not None
    assert said in found[0]


@pytest.mark.parametrize("data", ['<svg viewBox="0 0 4 3"/>', '<svg width="4" height="3"/>'])
def test_an_svg_with_its_size(data: str) -> None:
    assert svg_flaw("a.svg", data.encode()) is None


def test_a_picture_is_shown_whatever_its_name(tmp_path: Path) -> None:
    names = ["my dam.png", "Плотина.png", "a (1).png", "50%.png", normalize("NFD", "йод é.png")]
    written = [
        "<images/my dam.png>",
        "images/my%20dam.png",
        "images/Плотина.png",
        "<images/a (1).png>",
        "images/a%20(1).png",
    ]
    written += ["images/50%25.png", "<images/йод é.png>", normalize("NFD", "<images/йод é.png>")]
    text = "".join(f"![a dam]({address})\n\n" for address in written) + '<img src="images/my dam.png" alt="a dam">\n'
    files = {path: data for path, data in read_tree(PROJECTS / "tea").items() if path.startswith("content/")}
    pictures = {f"content/images/{name}": PNG for name in names}
    head = "---\ntitle: Dams\ndate: 2026-01-15\n---\n"
    project = Project.of(tmp_path, {**files, **pictures, "content/briefs/dams.md": head + text})
    done = project.build()
    assert done.errors == []
    page = done.site["briefs/dams/index.html"].decode()
    shown = [unquote(address) for address in re.findall(r'<img src="../../([^"]*)"', page)]
    assert len(shown) == len(written) + 1
    assert {path for path in shown if path not in done.site} == set()
    feed = re.findall(
        r'rel="enclosure" type="image/png" title="a dam" href="https://[^/]+/([^"]+)"', done.site["feed.xml"].decode()
    )
    assert {unquote(address) for address in feed} == {*shown}


XMP = '<xmpmeta><a exif:GPSLatitude="46,1.5N"/><exif:GPSLongitude>7,2E</exif:GPSLongitude></xmpmeta>'


def photograph(kind: str) -> bytes:
    """A picture that says by whom, and where, it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "A camera", 6
    exif[0x8825] = {1: "N", 2: (46.0, 57.0, 11.25), 3: "E", 4: (7.0, 26.0, 30.5)}
    kept = io.BytesIO()
    Image.new("RGB", (8, 4), "navy").save(kept, kind, exif=exif, xmp=XMP.encode())
    return kept.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_place_of_a_photograph_is_not_published(kind: str) -> None:
    taken = photograph(kind)
    with Image.open(io.BytesIO(taken)) as picture:
        assert dict(picture.getexif().get_ifd(0x8825))[2] == (46.0, 57.0, 11.25)
        pixels = picture.tobytes()
    cleaned = without_place(taken)
    with Image.open(io.BytesIO(cleaned)) as picture:
        assert not picture.getexif().get_ifd(0x8825)
        assert (picture.getexif()[0x010F], picture.getexif()[0x0112]) == ("A camera", 6)
        assert picture.tobytes() == pixels
    assert b"46,1.5N" not in cleaned
    assert b"7,2E" not in cleaned
    assert len(cleaned) == len(taken)
    assert without_place(cleaned) == cleaned


@given(st.binary(), st.sampled_from(["JPEG", "PNG", "WEBP"]), st.integers(0, 600))
def test_what_is_damaged_is_left_as_it_is_or_loses_its_place(noise: bytes, kind: str, at: int) -> None:
    taken = photograph(kind)
    damaged = taken[:at] + noise + taken[at + len(noise) :]
    assert len(without_place(damaged)) == len(damaged)
    assert without_place(noise) == noise or b"GPS" in noise
