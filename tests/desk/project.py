"""A project about a harbour: a measure, a source with a fact, and a saved page to be added."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.driver import Project, read_tree

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>Ferries carry more than ever | Harbour News</title>
<meta property="og:title" content="Ferries carry more than ever"><meta property="og:site_name" content="Harbour News">
<meta name="author" content="By Ines Duarte"><meta property="article:published_time" content="2025-03-14T08:00:00Z">
<link rel="canonical" href="https://harbour.example/ferries"></head>
<body><h1>Ferries carry more than ever</h1>
<p>In March 2025 the ferries of Portugal carried 14,200 passengers a day, over 8 percent more than a year before.</p>
<p>Up to 3,500 seats stayed empty, the harbour said; the fleet cost about €5 million.</p>
<p>Between 12 and 15 MW of power is drawn at the quay. Table 3 shows the rest.</p>
<p>The quay was built in 1990.</p>
<p>Call +351 21 555 12 34, or see https://harbour.example/2025/report.</p>
</body></html>
"""
FILES = {
    "content/site.yaml": "title: Harbours\npublisher: The desk\nbase_url: https://example.org/\nlang: en\n",
    "content/measures.yaml": "- {id: passengers, label: Passengers of ferries a day, kind: count, unit: passenger}\n"
    "- {id: growth, label: Growth within a year, kind: number, unit: percent}\n",
    "content/sources/sources.yaml": "# Ours.\n- id: count-2024   # the first\n  type: report\n  title: The count\n",
    "content/sources/archive.yaml": "# Copies.\n",
    "content/facts/base.yaml": "# By hand.\n",
}


def harbour(root: Path, files: Mapping[str, str | bytes] | None = None) -> Project:
    """The project, with a page beside it in `page.html`."""
    return Project.of(root, {**FILES, "page.html": PAGE, **(files or {})})


@cache
def _added() -> Mapping[str, bytes]:
    """The files of the project after the page was added as `ferries`."""
    with TemporaryDirectory() as folder:
        project = harbour(Path(folder))
        done = project.run("add", str(project.path("page.html")), "--as", "ferries", "--retrieved", "2026-11-22")
        assert done.code == 0, done.told
        return read_tree(project.root)


def added(root: Path, files: Mapping[str, str | bytes] | None = None) -> Project:
    """The project with the page added as `ferries`, and other files."""
    return Project.of(root, {**_added(), **(files or {})})
