"""What every page of the built site owes its readers, and what the search index and the pictures are made of."""

from __future__ import annotations

import gzip
import json
import os
import re
from io import BytesIO
from pathlib import Path

import lxml.html
import pytest
from PIL import Image

from reportgen.drawing.png import svg_to_png
from reportgen.fonts.early import DIGEST, SCRIPT
from reportgen.pages.default_theme import default_templates
from reportgen.pages.listing import BriefListing
from reportgen.searching.pagefind import SIGNATURE, search_index
from reportgen.targets.assets import OF_LISTS
from reportgen.targets.neighbours import related
from reportgen.targets.search import searched
from tests.conftest import Built
from tests.driver import Project

OURS = "script-src 'self'"
POLICY = {
    "default-src 'self'", OURS, "style-src 'self' 'unsafe-inline'", "img-src 'self' data:",
    "object-src 'none'", "base-uri 'none'", "form-action 'self'",
}  # fmt: skip
_CLASS = re.compile(r"\.([a-z][\w-]*)(?=[^{}]*\{)")


@pytest.fixture(scope="module")
def pages(built: Built) -> dict[str, lxml.html.HtmlElement]:
    found = {path: data for path, data in built.site.items() if path.endswith(".html") and "/embed" not in path}
    return {path: lxml.html.document_fromstring(data.decode()) for path, data in found.items()}


def test_every_page_has_its_policy(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for path, page in pages.items():
        given = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        parts = set(given[0].split("; "))
        if path == "404.html" or re.search(r"/editions/\d", path):  # stand alone
            assert {"default-src 'none'", "style-src 'unsafe-inline'"} <= parts
        elif path.endswith("search/index.html"):
            assert parts == POLICY - {OURS} | {f"{OURS} 'wasm-unsafe-eval'"}
        elif re.search(r"(?:^|/)briefs/[\w-]+/index\.html", path):
            assert parts == POLICY - {OURS} | {f"{OURS} {DIGEST}"}
        else:
            assert parts == POLICY, path
        assert not page.xpath("//@onclick | //@onload")
        within = page.xpath("//script[not(@src)][not(starts-with(@type, 'application/'))]")
        assert [script.text for script in within] == [SCRIPT] * any(DIGEST in part for part in parts), path


def test_every_page_says_what_it_is(built: Built, pages: dict[str, lxml.html.HtmlElement]) -> None:
    frames = [data.decode() for path, data in built.site.items() if path.endswith("/embed.html")]
    assert frames
    assert all(len(title) <= 70 for page in frames for title in re.findall("<title>(.*)</title>", page))
    for path, page in pages.items():
        assert page.get("lang"), path
        assert len(page.xpath("//h1")) == 1, path
        assert page.xpath("normalize-space(//title)"), path
        if path != "404.html":
            assert page.xpath("//meta[@name='description']/@content")[0].strip(), path
            address = f"https://example.org/{path.removesuffix('index.html')}"
            assert page.xpath("//link[@rel='canonical']/@href") == [address]


def test_titles_are_unlike(pages: dict[str, lxml.html.HtmlElement]) -> None:
    """But those of facts, and of editions, which bear the title of their brief."""
    told = {path: page.xpath("string(//title)") for path, page in pages.items() if "facts/" not in path}
    titles = [title for path, title in told.items() if "/editions/" not in path]
    assert len(set(titles)) == len(titles)


def test_a_brief_leads_on(built: Built, pages: dict[str, lxml.html.HtmlElement]) -> None:
    ends = {"prev": 0, "next": 0}
    for slug in built.slugs:
        page = pages[f"briefs/{slug}/index.html"]
        for way in ends:
            ends[way] += len(page.xpath(f"//a[@rel='{way}']"))
        assert page.xpath("//a[@href='cite.bib']")
        assert page.xpath("//*[@data-pagefind-filter='kind:brief']")
    assert ends == {"prev": len(built.slugs) - 1, "next": len(built.slugs) - 1}


def test_a_brief_holds_the_style_of_every_class_on_it(pages: dict[str, lxml.html.HtmlElement]) -> None:
    """Its page is without the stylesheets of lists."""
    css = {name: text for name, text in default_templates().items() if name.startswith("css/")}
    of_lists, of_others = (
        {name for file, text in css.items() if (file in OF_LISTS) is listed for name in _CLASS.findall(text)}
        for listed in (True, False)
    )
    assert of_lists - of_others
    for path, page in pages.items():
        if re.search("(?:^|/)briefs/[^/]+/index", path):
            names = {name for given in page.xpath("//@class") for name in given.split()}
            assert not names & (of_lists - of_others), path


def test_words_of_facts_have_typographic_apostrophes(pages: dict[str, lxml.html.HtmlElement]) -> None:
    value = "//*[contains(concat(' ', @class, ' '), ' fact ')]/span[1] | //*[@class='entry-value']"
    shown = {text for page in pages.values() for text in page.xpath(f"({value})/text()")}
    assert "the protection of users\N{RIGHT SINGLE QUOTATION MARK} rights" in shown
    assert not [text for text in shown if set("'\"") & set(text)]


def test_pages_say_how_they_were_made_to_readers_and_to_programs(
    built: Built, pages: dict[str, lxml.html.HtmlElement]
) -> None:
    facts = [page for path, page in pages.items() if path.startswith("facts/") and path.count("/") == 2]
    assert all(json.loads(page.xpath("string(//script[@type='application/ld+json'])")) for page in facts[:5])
    about = pages["about/index.html"]
    assert about.xpath("//h2[@id='selection']/following-sibling::p[1]//a[contains(@href, 'sources')]")
    assert about.xpath("//h2[@id='corrections']/following-sibling::p[1]//a[starts-with(@href, 'mailto:')]")
    assert about.xpath("//dt[text()='Citation style']/following-sibling::dd/text()") == ["APA Style 7th edition"]
    drawn = next(page for page in facts if page.xpath("//*[@class='series']"))
    assert drawn.xpath("//*[@class='series']/b[text()='0']")
    assert drawn.xpath("//*[@class='series']/following-sibling::p[1][starts-with(., 'Source')]//a")


def test_related_briefs_share_most_facts() -> None:
    def brief(slug: str, *facts: str) -> BriefListing:
        return BriefListing(slug, "en", slug, "", "", "2026-01-01", "", "", (), (), (), None, facts, (), 0, ())

    found = related([brief("a", "x", "y"), brief("b", "x"), brief("c", "x", "y"), brief("d", "z")])
    assert [(other.slug, shared) for other, shared in found["a"]] == [("c", 2), ("b", 1)]
    assert found["d"] == []


def test_the_picture_beside_a_link_is_there(built: Built, pages: dict[str, lxml.html.HtmlElement]) -> None:
    seen = 0
    for path, page in pages.items():
        for address in page.xpath("//meta[@property='og:image']/@content"):
            picture = Image.open(BytesIO(built.site[address.removeprefix("https://example.org/")]))
            size = [page.xpath(f"string(//meta[@property='og:image:{side}']/@content)") for side in ("width", "height")]
            assert size == [str(side) for side in picture.size], path
            seen += 1
    assert seen > 3


def test_a_picture_comes_out_the_same_and_in_our_letters(built: Built) -> None:
    path = next(path for path in sorted(built.site) if path.endswith(".svg"))
    svg = built.site[path].decode()
    assert svg_to_png(svg, 1200) == built.site[path.replace(".svg", ".png")]
    text = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text y="20" font-weight="{}">Ққ₸</text></svg>'
    )
    drawn = {svg_to_png(text.format(weight), 90) for weight in (400, 700)}
    assert len(drawn) == 2


def test_drawings_scripts_and_marks_are_not_searched(built: Built) -> None:
    """What is searched of a brief is its text: values stand apart from their letters, cells from each other."""
    pages = {path: data for path, data in built.site.items() if b"<svg" in data and b"data-pagefind-body" in data}
    less = {path: searched(data) for path, data in pages.items()}
    assert sum(map(len, less.values())) < sum(map(len, pages.values())) * 0.9
    found = {path: data for path, data in search_index(less).items() if path.startswith("fragment/")}
    texts = [json.loads(gzip.decompress(data).removeprefix(SIGNATURE))["content"] for data in found.values()]
    boom = next(text for text in texts if text.startswith("What the mining boom paid"))
    assert "18.10% in November 2021." in boom
    assert not [text for text in texts if re.search(r"%[a-z]|[ƒ≠†◊¶]|-minute read|facts? here|Policy brief", text)]


def test_the_search_index_comes_out_the_same(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {
        path: data for path, data in built.site.items() if path.endswith(".html") and path[:5] in ("facts", "brief")
    }
    first = search_index(pages)
    monkeypatch.setenv("RAYON_NUM_THREADS", "1")
    if hasattr(os, "sched_setaffinity"):
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(cores)})
        again = search_index(dict(reversed(pages.items())))
        os.sched_setaffinity(0, cores)
    else:
        again = search_index(dict(reversed(pages.items())))
    assert first == again
    assert {"pagefind.js", "pagefind-entry.json"} <= first.keys()
    assert built.site.keys() >= {f"search/{name}" for name in first if name.startswith("wasm")}


def test_the_page_about_says_whom_to_tell_of_a_mistake(tmp_path: Path) -> None:
    project = Project.from_folder(tmp_path, "tea")
    assert "mailto:" not in project.build().site["about/index.html"].decode()
    for address, href in (("tea@example.org", "mailto:tea@example.org"), ("https://example.org/write",) * 2):
        project.append("content/site.yaml", f"contact: {address}\n")
        page = lxml.html.document_fromstring(project.build().site["about/index.html"].decode())
        assert page.xpath(f"//main//a[@href='{href}']/text()") == [address] * 2
        project.change("content/site.yaml", f"contact: {address}\n", "")
    project.append("content/site.yaml", "contact: the editors\n")
    assert "content/site.yaml:" in project.run("check").out
    assert "must be a mail address or a web address" in project.run("check").out
