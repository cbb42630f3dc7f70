"""A project in; the languages of its site, and in which of them each page stands, out. Pure.

The site's language is at the root; a page in another one stands below its tag, `ru/briefs/wages/`. An original that
is written in another language than the site's stands at the root all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.model.brief import Brief, folder_of, original_of, tongue_of
from reportgen.model.project import Project

EVERYWHERE = ("", "facts/", "sources/", "charts/", "timeline/", "about/", "marks/", "search/", "corrections/")
"""Folders of the pages that stand in each language."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A page in a language."""

    lang: str
    path: str
    """Below the site: `ru/briefs/wages/index.html`."""


def languages(project: Project) -> tuple[str, ...]:
    """The site's language, and after it each in which a document is published; the first alone where none is
    translated."""
    translated = {tongue_of(slug) for slug, brief in project.documents.items() if _is_shown(project, slug, brief)}
    named = [tag for tag in project.settings.languages if tag in translated]
    others = sorted(translated - {"", project.settings.lang, *named})
    return (project.settings.lang, *(tag for tag in named if tag != project.settings.lang), *others)


def prefix_of(lang: str, project: Project) -> str:
    """The folder of a language's pages: empty for that of the site, else `ru/`."""
    return "" if lang == project.settings.lang else f"{lang}/"


def twins(project: Project) -> Mapping[str, tuple[Twin, ...]]:
    """Path of a page at the root -> the page in each language in which it stands, the first that is written first;
    empty for a site in one language."""
    tags = languages(project)
    if len(tags) < 2 and not any(tongue_of(slug) for slug in project.documents):
        return {}
    lang, *others = tags
    found: dict[str, tuple[Twin, ...]] = {}

    def add(path: str, own: str, also: list[str]) -> None:
        found[path] = (Twin(own, path), *(Twin(tag, f"{tag}/{path}") for tag in also if tag != own))

    for folder in EVERYWHERE:
        if folder != "corrections/" or project.editions or project.records:
            add(f"{folder}index.html", lang, others)
    for id, fact in project.facts.items():
        add(f"facts/{id}/index.html", lang, [tag for tag in others if fact.claim.speaks(tag)])
    for id, chart in project.charts.items():
        add(f"charts/{id}/index.html", lang, [tag for tag in others if chart.title.speaks(tag)])
    for source in project.sources.values():
        spoken = source.language.partition("-")[0]
        add(f"sources/{source.slug}/index.html", lang, [tag for tag in others if tag.partition("-")[0] == spoken])
    for slug, brief in project.documents.items():
        if not _is_shown(project, slug, brief):
            continue
        for page in ("index.html", *(["editions/index.html"] if project.editions.get(slug) else [])):
            path = folder_of(original_of(slug)) + page
            here = Twin(brief.lang, folder_of(slug) + page)
            beside = found.get(path, ())
            found[path] = (*beside, here) if tongue_of(slug) else (here, *beside)
    order = {tag: number for number, tag in enumerate(tags)}
    for path, pages in found.items():
        found[path] = (pages[0], *sorted(pages[1:], key=lambda twin: order.get(twin.lang, len(order))))
    return found


def _is_shown(project: Project, slug: str, brief: Brief) -> bool:
    return brief.is_public or bool(project.editions.get(slug))


def bare_path(path: str, tags: tuple[str, ...]) -> str:
    """The path of a page's twin at the root."""
    first, _, rest = path.partition("/")
    return rest if first in tags else path
