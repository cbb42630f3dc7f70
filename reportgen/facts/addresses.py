"""A project in, the addresses of its site that authors may link to out. Pure.

What the site holds besides (scripts, fonts, the search index) is nobody's to link to.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from reportgen.facts.tongues import languages, twins
from reportgen.model.brief import PAGES, BriefStatus, folder_of, paper_of, stem_of
from reportgen.model.chart import Chart, ChartKind
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
    return frozenset((*(f"{folder}index.html" for folder in LISTS), *FILES, *_paths(project), *_translated(project)))


def _paths(project: Project) -> Iterator[str]:
    for slug, brief in project.briefs.items():
        if brief.is_public or project.editions.get(slug):
            yield from (f"{folder_of(slug)}{name}" for name in ("index.html", "provenance.json"))
            yield from (f"{folder_of(slug)}cite.{ending}" for ending in ("bib", "ris", "json"))
            yield paper_of(slug)
    for slug, page in project.pages.items():
        if page.status is BriefStatus.FINAL:
            yield from (f"{folder_of(slug)}{name}" for name in ("index.html", "provenance.json"))
    for slug, editions in project.editions.items():
        yield f"{folder_of(slug)}editions/index.html"
        yield from (
            f"{folder_of(slug)}editions/{each.note.id}/{name}"
            for each in editions
            for name in ("index.html", f"{stem_of(slug)}.pdf")
        )
    if project.editions:
        yield from ("corrections/index.html", "data/changes.json")
    yield from (f"facts/{id}/index.html" for id in project.facts)
    yield from (f"sources/{source.slug}/index.html" for source in project.sources.values())
    for id, chart in project.charts.items():
        yield from (f"charts/{id}/{name}" for name in ("index.html", *_downloads(id, chart)))
    yield from (f"assets/images/{name}" for name in project.images)


def _downloads(id: str, chart: Chart) -> tuple[str, ...]:
    endings = ("csv", "json") if chart.kind in _SET_IN_TYPE else ("csv", "json", "svg", "png")
    return tuple(f"{id}.{ending}" for ending in endings)


def _translated(project: Project) -> Iterator[str]:
    """The pages in other languages than the site's, documents apart, with what stands beside them."""
    for tag in languages(project)[1:]:
        yield f"{tag}/feed.xml"
    for pages in twins(project).values():
        for twin in pages[1:]:
            yield twin.path
            _, kind, *rest = twin.path.split("/")
            if kind == "charts" and len(rest) == 2:
                yield from (
                    f"{twin.lang}/charts/{rest[0]}/{name}" for name in _downloads(rest[0], project.charts[rest[0]])
                )


def candidates(address: str, folder: str) -> Sequence[SiteAddress]:
    """The paths that an author may mean by an address without a scheme, the likeliest first.

    `folder` is that of the page, `briefs/wages/`. What an author may write: the path from the page, the path of a file
    from the brief's own (`other.md`, `../images/dam.jpg`), and the path from the site's root.
    """
    bare, _, fragment = address.partition("#")
    written = unquote(bare.partition("?")[0])
    bases = ("",) if written.startswith("/") else _bases(folder)
    found: dict[SiteAddress, None] = {}
    for base in bases:
        path = posixpath.normpath(base.lstrip("/") + written.lstrip("/"))
        path = "" if path == "." else path
        if path.startswith("../"):
            continue
        for meant in _pages(path):
            found[SiteAddress(meant, unquote(fragment))] = None
    return tuple(found)


def _bases(folder: str) -> tuple[str, ...]:
    """The folders that an address may be meant from: of a translation's page its original's too."""
    parent = posixpath.dirname(folder.rstrip("/")) + "/"
    first, _, root = folder.partition("/")
    if first in ("briefs", "pages") or not root.startswith(("briefs/", PAGES)):
        return (folder, parent, "")
    return (folder, parent, root, posixpath.dirname(root.rstrip("/")) + "/", "")


def _pages(path: str) -> Iterator[str]:
    if path.endswith(".md"):
        name = path.removesuffix(".md").removeprefix("content/")
        *folders, last = name.split("/")
        if "." in last:
            name = f"{last.partition('.')[2]}/{'/'.join((*folders[-1:], last.partition('.')[0]))}"
        yield f"{name}/index.html"
    elif path.startswith("images/"):
        yield f"assets/{path}"
    else:
        yield path
        yield f"{path}/index.html" if path else "index.html"
