"""Pagefind gives its filters in another order each time; the site does not."""

from __future__ import annotations

import gzip
import json
import sys
from base64 import b64encode
from pathlib import Path

import pagefind_bin
import pytest

from reportgen.searching.pagefind import SIGNATURE, SearchError, in_order, search_index

PAGES = {
    f"p{n}/index.html": (
        f'<html lang="en"><body><main data-pagefind-body><h1>Page {n}</h1><p>Word {n}</p>'
        f'<span data-pagefind-filter="year">{2000 + n}</span><span data-pagefind-filter="kind">k{n % 5}</span>'
        f'<span data-pagefind-filter="place">p{n % 3}</span></main></body></html>'
    ).encode()
    for n in range(30)
}


def test_the_same_pages_give_the_same_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """In each run, in any order of the pages, and on any number of cores."""
    first = search_index(PAGES)
    assert search_index(PAGES) == search_index(dict(reversed(PAGES.items()))) == first
    monkeypatch.setenv("RAYON_NUM_THREADS", "1")
    assert search_index(PAGES) == first
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


def test_a_result_leads_to_its_page_as_a_file() -> None:
    found = search_index({**PAGES, "aside/index.html": b"<html lang=en><body>Word</body></html>"})
    fragments = [gzip.decompress(data) for path, data in found.items() if path.startswith("fragment/")]
    assert {json.loads(data.removeprefix(SIGNATURE))["url"] for data in fragments} == {f"/{path}" for path in PAGES}


def test_a_project_without_pages_has_an_index_without_words() -> None:
    assert "pagefind.js" in search_index({})


REFUSAL = b64encode(b'{"payload": {"type": "Error", "message": "no room"}}').decode()


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("import sys; sys.exit(1)", "ended before its answer"),
        ("import sys; sys.stdin.read(9); sys.exit(1)", "ended before its answer"),
        (f"import sys; print({REFUSAL!r}, end=',', flush=True); sys.stdin.read()", "could not do NewIndex: no room"),
    ],
)
def test_what_stops_pagefind_is_told(program: str, told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "pagefind"
    script.write_text(f"#!{sys.executable}\n{program}\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: script)
    with pytest.raises(SearchError, match=told):
        search_index(PAGES)
