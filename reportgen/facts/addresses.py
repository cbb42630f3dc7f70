"""A project in, the addresses of its site that authors may link to out. Pure.

What the site holds besides (scripts, fonts, the search index) is nobody's to link to.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from reportgen.model.brief import BriefStatus, folder_of
from reportgen.model.chart import ChartKind
from reportgen.model.project import Project

LISTS = ("", "facts/", "sources/", "charts/", "timeline/", "about/", "marks/", "search/")
"""Folders of pages that every site has."""
_DATA = ("facts.csv", "facts.json", "facts.sqlite", "sources.json", "datapackage.json")
FILES = ("feed.xml", *(f"data/{name}" for name in _DATA))
_SET_IN_TYPE = frozenset((ChartKind.TABLE, ChartKind.TIMELINE))


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """An address of the site that an author wrote."""

    path: str
    """Below the site: `briefs/wages/index.html`."""
    fragment: str = ""
    """Without its `#`; a part of that page."""

    @property
    def text(self) -> str:
        """As an `href` below the site's root."""
        return quote(self.path) + (f"#{quote(self.fragment)}" if self.fragment else "")


def site_paths(project: Project) -> frozenset[str]:
    """Every path that may be linked to, pages as `…/index.html`."""
    return frozenset((*(f"{folder}index.html" for folder in LISTS), *FILES, *_paths(project)))


def _paths(project: Project) -> Iterator[str]:
    for slug, brief in project.briefs.items():
        if brief.is_public or project.editions.get(slug):
            yield from (f"briefs/{slug}/{name}" for name in ("index.html", f"{slug}.pdf", "provenance.json"))
            yield from (f"briefs/{slug}/cite.{ending}" for ending in ("bib", "ris", "json"))
    for slug, page in project.pages.items():
        if page.status is BriefStatus.FINAL:
            yield from (f"{folder_of(slug)}{name}" for name in ("index.html", "provenance.json"))
    for slug, editions in project.editions.items():
        yield f"briefs/{slug}/editions/index.html"
        yield from (
            f"briefs/{slug}/editions/{each.note.id}/{name}"
            for each in editions
            for name in ("index.html", f"{slug}.pdf")
        )
    if project.editions:
        yield from ("corrections/index.html", "data/changes.json")
    yield from (f"facts/{id}/index.html" for id in project.facts)
    yield from (f"sources/{source.slug}/index.html" for source in project.sources.values())
    for id, chart in project.charts.items():
        endings = ("csv", "json") if chart.kind in _SET_IN_TYPE else ("csv", "json", "svg", "png")
        yield from (f"charts/{id}/{name}" for name in ("index.html", *(f"{id}.{ending}" for ending in endings)))
    yield from (f"assets/images/{name}" for name in project.images)


def candidates(address: str, folder: str) -> Sequence[SiteAddress]:
    """The paths that an author may mean by an address without a scheme, the likeliest first.

    `folder` is that of the page, `briefs/wages/`. What an author may write: the path from the page, the path of a file
    from the brief's own (`other.md`, `../images/dam.jpg`), and the path from the site's root.
    """
    bare, _, fragment = address.partition("#")
    written = unquote(bare.partition("?")[0])
    bases = ("",) if written.startswith("/") else (folder, posixpath.dirname(folder.rstrip("/")) + "/", "")
    found: dict[SiteAddress, None] = {}
    for base in bases:
        path = posixpath.normpath(base.lstrip("/") + written.lstrip("/"))
        path = "" if path == "." else path
        if path.startswith("../"):
            continue
        for meant in _pages(path):
            found[SiteAddress(meant, unquote(fragment))] = None
    return tuple(found)


def _pages(path: str) -> Iterator[str]:
    if path.endswith(".md"):
        yield f"{path.removesuffix('.md').removeprefix('content/')}/index.html"
    elif path.startswith("images/"):
        yield f"assets/{path}"
    else:
        yield path
        yield f"{path}/index.html" if path else "index.html"
