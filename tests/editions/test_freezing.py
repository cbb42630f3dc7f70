"""A page as an edition keeps it: whole in itself, with every address as from its own folder."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from reportgen.citing.pandoc import Citeproc
from reportgen.editions.freezing import at_address, freeze, misled, whole
from reportgen.pages.addresses import candidates
from tests.driver import Project, read_tree
from tests.editions.life import quick

SITE = {f"assets/images/{name}.svg": b"<svg/>" for name in ("light", "dark", "two words", "ground")}
SITE["assets/style.css"] = b'p { background: url("images/ground.svg") } q { background: url("images/gone.svg") }'
SHOWN = [
    '<img src="../../assets/images/light.svg" alt="a > b">',
    "<img alt='x' src='../../assets/images/light.svg'>",
    "<img src=../../assets/images/light.svg>",
    '<source srcset="../../assets/images/dark.svg, ../../assets/images/two%20words.svg 2x" media="print">',
    '<video poster="../../assets/images/light.svg"></video>',
    '<p style="background: url(../../assets/images/dark.svg)">',
    "<p style='background: url(&quot;../../assets/images/dark.svg&quot;)'>",
    "<style>p { background: url('../../assets/images/dark.svg') }</style>",
    '<svg><image xlink:href="../../assets/images/dark.svg"/></svg>',
    '<link href="../../assets/images/light.svg" rel="icon">',
    '<object data="../../assets/images/light.svg"></object>',
]
LED = [
    ('<a href="../../facts/x/index.html#t">', '"../../../../facts/x/index.html#t"'),
    ("<a href='../wages/index.html'>", '"../../../wages/index.html"'),
    ('<form action="../../search/index.html">', '"../../../../search/index.html"'),
    (
        '<source srcset="../../charts/x/x.svg 1x, data:image/png;base64,AA== 2x">',
        "../../../../charts/x/x.svg 1x, data:",
    ),
    ('<a href="provenance.json">', '"printed.json"'),
    ('<a href="#t">', '"#t"'),
    ('<a href="https://a.org/../b">', '"https://a.org/../b"'),
]
PAGE = '<head><meta charset="utf-8"></head><main>{}</main>'


def frozen(markup: str, most: int = 10**6) -> tuple[str, dict[str, bytes]]:
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr("reportgen.editions.freezing.MOST_PICTURES", most)
        kept = freeze(PAGE.format(markup), "tea", "2026-01-01", "", "https://t.org/", SITE.get)
    return kept.html.decode(), kept.files


@pytest.mark.parametrize("markup", SHOWN)
def test_a_picture_stands_in_the_edition_wherever_it_is_named(markup: str) -> None:
    html, files = frozen(markup)
    assert "data:image/svg+xml;base64,PHN2Zy8+" in html
    assert "assets/images" not in html
    assert not files
    html, files = frozen(markup, most=0)
    assert "assets/images" not in html
    assert misled(PAGE.format(markup), html.encode(), "tea", "2026-01-01", "", files) == ()
    assert set(files.values()) == {b"<svg/>"}
    back = at_address(html.encode(), "tea", "2026-01-01").decode()
    assert all(f"editions/2026-01-01/{name.replace(' ', '%20')}" in back for name in files)


@pytest.mark.parametrize(("markup", "address"), LED)
def test_a_link_leads_where_it_led(markup: str, address: str) -> None:
    html = frozen(markup)[0]
    assert address in html
    assert misled(PAGE.format(markup), html.encode(), "tea", "2026-01-01", "", ("printed.json",)) == ()
    assert whole(html.encode(), "tea", "2026-01-01") == html.encode()


def test_a_stylesheet_is_put_in_and_what_it_lacks_is_found() -> None:
    markup = '<link media="all" href="../../assets/style.css" rel=stylesheet>'
    html, _ = frozen(markup)
    assert "PHN2Zy8+" in html
    assert misled(PAGE.format(markup), html.encode(), "tea", "2026-01-01", "", ()) == ("assets/images/gone.svg",)


def test_addresses_of_a_list_may_hold_commas() -> None:
    listed = "data:image/png;base64,AA== 2x,b.png, c.png 3x ,"
    assert list(candidates(listed)) == [("data:image/png;base64,AA==", " 2x"), ("b.png", ""), ("c.png", " 3x")]


def test_a_logo_for_dark_pages_is_published_and_what_was_frozen_without_it_too(
    tmp_path: Path, citeproc: Citeproc
) -> None:
    project = Project.from_folder(tmp_path / "looms", "looms")
    for name in ("logo", "logo-dark"):
        project.write(f"content/images/{name}.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n')
    project.append("content/site.yaml", "logo: {light: logo.svg, dark: logo-dark.svg}\n")
    with quick(citeproc):
        assert project.run("release").code == 0
        folder = next(project.path("content/editions/looms").iterdir())
        page = folder / "page.html"
        html = page.read_text()
        assert html.count("data:image/svg+xml;base64,") == 2
        # As versions before this one froze it: what `srcset` names is as from the brief's own folder.
        start = html.index('srcset="') + 8
        html = html[:start] + "../../assets/images/logo-dark.svg" + html[html.index('"', start) :]
        page.write_text(html.replace("<!--edition-addresses-->", ""))
        kept = json.loads((folder / "edition.json").read_text())
        kept["files"]["page.html"] = sha256(page.read_bytes()).hexdigest()
        (folder / "edition.json").write_text(json.dumps(kept))
        done = project.publish(tmp_path / "www")
    assert done.code == 0, done.told
    pages = {path: data for path, data in read_tree(tmp_path / "www").items() if "/editions/2" in path}
    assert b"srcset" not in pages[f"briefs/looms/editions/{folder.name}/index.html"]
    assert any(b"srcset" in data for path, data in pages.items() if path.startswith("briefs/rugs/"))


def test_an_edition_that_could_not_be_published_is_not_written(tmp_path: Path, citeproc: Citeproc) -> None:
    project = Project.from_folder(tmp_path / "looms", "looms")
    base = (Path(__file__).parents[2] / "templates/base.html").read_text()
    project.write(
        "templates/base.html", base.replace("<body>", '<body><img src="../../assets/images/gone.svg" alt="">')
    )
    with quick(citeproc):
        done = project.run("release")
    assert done.code == 1
    assert "error[broken-link]" in done.err
    assert "leads to assets/images/gone.svg" in done.err
    assert not project.path("content/editions").exists()
