"""Pagefind gives its filters in another order each time; the site does not."""

from __future__ import annotations

import gzip

from reportgen.engines.search import search_index
from reportgen.engines.search_order import SIGNATURE, in_order

PAGES = {
    f"p{n}/index.html": (
        f'<html lang="en"><body><main data-pagefind-body><h1>Page {n}</h1><p>Word {n}</p>'
        f'<span data-pagefind-filter="year">{2000 + n}</span><span data-pagefind-filter="kind">k{n % 5}</span>'
        f'<span data-pagefind-filter="place">p{n % 3}</span></main></body></html>'
    ).encode()
    for n in range(30)
}


def test_the_same_pages_give_the_same_index() -> None:
    first = search_index(PAGES)
    assert all(search_index(PAGES) == first for _ in range(3))
    assert in_order(first) == first
    (entry,) = [data for path, data in first.items() if path == "pagefind-entry.json"]
    (meta,) = [path for path in first if path.endswith(".pf_meta")]
    assert meta.removeprefix("pagefind.").removesuffix(".pf_meta").encode() in entry
    filters = [gzip.decompress(data) for path, data in first.items() if path.endswith(".pf_filter")]
    assert len(filters) == 3
    for data in filters:
        assert data.startswith(SIGNATURE)
    held = gzip.decompress(first[meta])
    for path in first:
        if path.endswith(".pf_filter"):
            assert path.removeprefix("filter/").removesuffix(".pf_filter").encode() in held
