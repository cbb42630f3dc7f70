"""A site's pages in, a search index that a browser can read out. Effects: runs pagefind in a folder of its own.

Its files are named by their content, and come out the same for the same pages, whatever the number of cores and the
order of the files: tests/website/test_pages.py says so.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from reportgen.engines.search_order import in_order

_LEFT_OUT = ("ui.css", "ui.js", "pagefind-highlight.js")
"""Pagefind's own pages and scripts, of which we have another."""


class SearchError(Exception):
    """Pagefind could not make an index."""


def search_version() -> str:
    """What the index depends on but the pages."""
    return version("pagefind_bin")


def search_index(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Path below search/ -> content. `pages` maps paths below the site to HTML.

    Pages without `data-pagefind-body` are not searched. Raises SearchError.
    """
    from pagefind_bin import get_executable

    with TemporaryDirectory(prefix="reportgen-search-") as name:
        site, index = Path(name, "site"), Path(name, "index")
        for path, html in pages.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(html)
        site.mkdir(exist_ok=True)
        command = [
            str(get_executable()),
            "--site",
            str(site),
            "--output-path",
            str(index),
            "--keep-index-url",
            "--silent",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SearchError((done.stderr or done.stdout).strip())
        found = {path.relative_to(index).as_posix(): path for path in sorted(index.rglob("*")) if path.is_file()}
        return in_order({path: file.read_bytes() for path, file in found.items() if not path.endswith(_LEFT_OUT)})
