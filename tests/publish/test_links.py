"""Planted faults are found, each with its line; what is right is left alone."""

from __future__ import annotations

from io import BytesIO

import pytest

from reportgen.publish.links import broken_links
from tests.conftest import Built

BASE = "https://example.org/b/"
PAGE = b'<!doctype html>\n<html lang="en"><title>t</title>\n<h1 id="top">t</h1>\n%s\n'
GOOD = {
    "index.html": PAGE % b'<a href="facts/index.html#top"></a><a href="#top"></a><a href="https://a.org/x"></a>',
    "facts/index.html": PAGE
    % b'<a href="../index.html"></a><img src="../a/p.png" srcset="../a/p.png 2x"><a href="?q=1">',
    "a/p.png": b"",
    "a/s.css": b'/* url(gone.png) */ @font-face { src: url("p.png") }',
    "feed.xml": b'<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://example.org/b/"/><id>https://example.org/b/z</id></feed>',
    "sitemap.xml": b"<urlset><url><loc>https://example.org/b/facts/</loc></url></urlset>",
    "robots.txt": b"User-agent: *\nSitemap: https://example.org/b/sitemap.xml\n",
    "c.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><clipPath id="k"/><g clip-path="url(#k)"/></svg>',
}


def test_a_good_site_has_no_fault() -> None:
    assert broken_links(GOOD, BASE) == []


@pytest.mark.parametrize(
    ("markup", "code", "words"),
    [
        ('<a href="gone.html">', "broken-link", "leads to gone.html"),
        ('<a href="Facts/index.html">', "broken-link", "leads to Facts/index.html"),
        ('<a href="facts/">', "folder-link", "names a folder"),
        ('<a href="facts/index.html#gone">', "broken-anchor", 'id "gone"'),
        ('<a href="#gone">', "broken-anchor", 'id "gone"'),
        ('<a href="/facts/index.html">', "rooted-link", "root of its server"),
        ('<a href="javascript:alert(1)">', "broken-link", "scheme"),
        ('<a href="https://example.org/b/gone/">', "broken-link", "gone/index.html"),
        ('<img src="a/q.png" alt="">', "broken-link", "a/q.png"),
        ('<img srcset="a/p.png 1x, a/q.png 2x" alt="">', "broken-link", "a/q.png"),
        ('<p style="background: url(a/q.png)">', "broken-link", "a/q.png"),
        ("<style>p { background: url('a/q.png') }</style>", "broken-link", "a/q.png"),
        ('<script src="a/gone.js"></script>', "broken-link", "a/gone.js"),
        ('<link rel="canonical" href="https://example.org/b/other/">', "broken-link", "other/index.html"),
        ('<meta property="og:image" content="https://example.org/b/o.png">', "broken-link", "o.png"),
        ('<meta name="citation_pdf_url" content="https://example.org/b/o.pdf">', "broken-link", "o.pdf"),
        ('<script type="application/ld+json">{"url": "https://example.org/b/o/"}</script>', "broken-link", "o/index"),
        ('<script type="application/ld+json">{"url": </script>', "unreadable-file", "cannot be read"),
        ('<h2 id="top">', "repeated-id", "twice"),
        ('<section aria-labelledby="top gone">', "unknown-id", '"gone"'),
        ('<label for="gone">', "unknown-id", '"gone"'),
        ('<svg><use href="#gone"/></svg>', "broken-anchor", "gone"),
    ],
)
def test_a_planted_fault_is_found(markup: str, code: str, words: str) -> None:
    found = broken_links(GOOD | {"index.html": PAGE % markup.encode()}, BASE)
    assert [fault.code for fault in found] == [code]
    assert words in found[0].message
    assert found[0].span.file == "build/site/index.html"
    assert code == "unreadable-file" or found[0].span.line == 4


@pytest.mark.parametrize(
    ("path", "data", "words"),
    [
        ("a/s.css", b"\n@import 'gone.css';", "a/gone.css"),
        ("c.svg", b'<svg xmlns="http://www.w3.org/2000/svg">\n<g clip-path="url(#gone)"/></svg>', "gone"),
        ("feed.xml", b'<feed>\n<link href="https://example.org/b/gone/"/></feed>', "gone/index.html"),
        ("sitemap.xml", b"<urlset>\n<url><loc>https://example.org/b/gone/</loc></url></urlset>", "gone/index.html"),
        ("robots.txt", b"\nSitemap: https://example.org/b/map.xml", "map.xml"),
    ],
)
def test_a_fault_in_another_kind_of_file_is_found(path: str, data: bytes, words: str) -> None:
    found = broken_links(GOOD | {path: data}, BASE)
    assert [(fault.span.file, fault.span.line) for fault in found] == [(f"build/site/{path}", 2)]
    assert words in found[0].message


def test_links_of_a_pdf_are_followed() -> None:
    from pypdf import PdfWriter
    from pypdf.annotations import Link

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for address in (f"{BASE}facts/", f"{BASE}gone/", "https://a.org/"):
        writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url=address))
    data = BytesIO()
    writer.write(data)
    assert [fault.message for fault in broken_links(GOOD | {"b.pdf": data.getvalue()}, BASE)] == [
        f"on page 1: {BASE}gone/ leads to gone/index.html, which is not there"
    ]


def test_the_built_site_has_no_fault(built: Built) -> None:
    assert [
        f"{fault.span.file}:{fault.span.line} {fault.message}"
        for fault in broken_links(built.site, "https://example.org/")
    ] == []
