"""A project in, the addresses of its site that authors may link to out. Pure.

What the site holds besides (scripts, fonts, the search index) is nobody's to link to.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from reportgen.facts.tongues import languages, twins
from reportgen.late_patterns import regex
from reportgen.model.brief import PAGES, BriefStatus, folder_of, paper_of, stem_of
from reportgen.model.chart import Chart, ChartKind
from reportgen.model.project import Project

LISTS = ("", "facts/", "sources/", "charts/", "timeline/", "about/", "marks/", "search/")
"""Folders of pages that every site has."""
_DATA = ("facts.csv", "facts.json", "facts.sqlite", "sources.json", "datapackage.json")
FILES = ("feed.xml", *(f"data/{name}" for name in _DATA))
_LASTING = regex(
    r"(?:[a-z]{2,3}(?:-[A-Za-z0-9]+)*/)?(?:briefs|charts|facts|pages|sources)/[^/]+/[^/]+"
    r"|data/charts/[^/]+\.csv|assets/images/.+"
)
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
            yield from _brief_paths(slug)
    for slug, page in project.pages.items():
        if page.status is BriefStatus.FINAL:
            yield from (f"{folder_of(slug)}{name}" for name in ("index.html", "provenance.json"))
    for slug, editions in project.editions.items():
        yield f"{folder_of(slug)}editions/index.html"
        for each in editions:
            for name in dict.fromkeys((slug, each.brief)):
                yield f"{folder_of(name)}editions/{each.note.id}/index.html"
                yield f"{folder_of(name)}editions/{each.note.id}/{stem_of(name)}.pdf"
    if project.editions or project.records:
        yield from ("corrections/index.html", "corrections/feed.xml", "data/changes.json")
    yield from (f"facts/{id}/index.html" for id in project.facts)
    yield from (f"sources/{source.slug}/index.html" for source in project.sources.values())
    for id, chart in project.charts.items():
        yield from _chart_paths(id, chart)
    yield from (f"assets/images/{name}" for name in project.images)
    yield from (each.old for each in earlier_paths(project))
    for address in project.gone:
        yield f"{address}/index.html"
        yield from gone_files(address)


def _brief_paths(slug: str) -> Iterator[str]:
    yield from (f"{folder_of(slug)}{name}" for name in ("index.html", "provenance.json"))
    yield from (f"{folder_of(slug)}cite.{ending}" for ending in ("bib", "ris", "json"))
    yield paper_of(slug)


def _chart_paths(id: str, chart: Chart) -> Iterator[str]:
    yield from (f"charts/{id}/{name}" for name in ("index.html", *_downloads(id, chart)))
    if chart.kind is not ChartKind.TIMELINE:
        yield f"data/charts/{id}.csv"


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


@dataclass(frozen=True, slots=True)
class EarlierPath:
    """A path under a name that something had before."""

    old: str
    new: str
    kind: str
    """`briefs`, `charts`, …"""
    id: str
    """What it is now."""


def earlier_paths(project: Project) -> Iterator[EarlierPath]:
    """Each path under an earlier name, with the path now, in each language in which it stands."""
    translated = frozenset(_translated(project))
    tags = languages(project)[1:]
    for kind, names in project.aliases.items():
        for old, id in names.items():
            document = project.documents.get(id) if kind in ("briefs", "pages") else None
            if document and not document.is_public and not project.editions.get(id):
                continue  # nothing of a draft stands anywhere, nor under an earlier name
            pairs: Iterable[tuple[str, str]] = ()
            if kind in ("briefs", "pages"):
                pairs = zip(_document_paths(kind, old), _document_paths(kind, id), strict=True)
            elif kind == "charts":
                pairs = zip(_chart_paths(old, project.charts[id]), _chart_paths(id, project.charts[id]), strict=True)
            elif kind != "datasets":
                name = project.sources[id].slug if kind == "sources" else id
                pairs = ((f"{kind}/{old}/index.html", f"{kind}/{name}/index.html"),)
            for before, after in pairs:
                yield EarlierPath(before, after, kind, id)
                for tag in tags if kind not in ("briefs", "pages") else ():
                    if f"{tag}/{after}" in translated:
                        yield EarlierPath(f"{tag}/{before}", f"{tag}/{after}", kind, id)
            if kind == "briefs" and project.editions.get(id):
                history = "editions/index.html"
                yield EarlierPath(folder_of(old) + history, folder_of(id) + history, kind, id)


def _document_paths(kind: str, slug: str) -> Iterator[str]:
    return _brief_paths(slug) if kind == "briefs" else iter((f"{folder_of(slug)}index.html",))


def gone_files(address: str) -> tuple[str, ...]:
    """What stands at a given-up address beside its page, each with the reason in it."""
    before, mark, id = address.rpartition("charts/")
    paths = (
        *(f"{address}/{id}.{ending}" for ending in ("csv", "json", "svg", "png")),
        *(() if before else (f"data/charts/{id}.csv",)),
    )
    return paths if mark and "/" not in id else ()


def is_lasting(path: str) -> bool:
    """Whether a path is one of a page, or of a file that a page leads to; editions are kept by themselves."""
    return _LASTING.fullmatch(path) is not None


def promised(project: Project, sources: Iterable[str]) -> frozenset[str]:
    """The paths that answer for ever once they are published: pages, PDFs, drawings and tables. `sources`: ids of those
    that have a page. Editions are kept by themselves."""
    unseen = {source.slug for source in project.sources.values()} - {project.sources[id].slug for id in sources}
    return frozenset(
        path
        for path in site_paths(project)
        if is_lasting(path)
        and path.endswith((".html", ".pdf", ".svg", ".csv"))
        and not path.startswith("assets/")
        and not ("sources/" in path and path.split("/")[-2] in unseen)
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
