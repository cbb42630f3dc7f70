"""A project and the briefs and pages that are shown in; the sources that these and the fact base name out. Pure.

By it a site knows which sources have a page, before any brief is evaluated. What a text cites is read by the function
that reads it for the page, calls and comments left out by the scanner that evaluates them. That takes long: a text is
asked only where after one of its at signs stands how a source begins that nothing named so far. And it hangs on nothing
but the text: who is asked what a text cites may have kept it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from reportgen.brief.prose_mask import read_citations
from reportgen.brief.scanning import scan
from reportgen.diagnostics import Span
from reportgen.late_patterns import regex
from reportgen.model.brief import Brief
from reportgen.model.chart import Chart
from reportgen.model.dataset import Dataset
from reportgen.model.project import Project
from reportgen.model.text import Text

_AFTER_AT = regex(r"@\{?(\w*)")
"""The letters and digits that a source's id begins with, where it is cited."""
_NOWHERE = Span("", 1, 1, 1, 1)
_Citing = tuple[str, str, bool]
"""A text, its language, and whether it has blocks."""
CitedIn = Callable[[str, str, bool], Collection[str]]
"""`cited_in`, or what gives the same."""


def cited_in(text: str, lang: str, blocks: bool) -> Collection[str]:
    """The ids that a text of an author's cites, whether there are such sources or not. `blocks`: it is no line."""
    holes = scan(text, lambda start, length: _NOWHERE).holes
    prose = read_citations(text, holes, lang, blocks=blocks)
    return {item.source for citation in prose.found.citations for item in citation.items}


def shown_sources(project: Project, slugs: Iterable[str], cited: CitedIn = cited_in) -> tuple[str, ...]:
    """Ids of the sources that a site of these briefs shows, in the order of the files."""
    if project.settings.published == "all":
        return tuple(project.sources)
    found = {evidence.source for fact in project.facts.values() for evidence in fact.evidence}
    found |= {source for dataset in project.datasets.values() for source in dataset.sources}
    unnamed = {id: _AFTER_AT.findall(f"@{id}")[0] for id in project.sources if id not in found}
    for text, lang, blocks in _texts(project, slugs):
        if unnamed and not set(_AFTER_AT.findall(text)).isdisjoint(unnamed.values()):
            for id in cited(text, lang or project.settings.lang, blocks):
                unnamed.pop(id, None)
    return tuple(id for id in project.sources if id not in unnamed)


def lasting_sources(project: Project, slugs: Iterable[str], cited: CitedIn = cited_in) -> tuple[str, ...]:
    """The same with those that once had a page or stand in an edition, cited now or not."""
    kept = {
        path.split("/")[1] for record in project.records for path in record.addresses if path.startswith("sources/")
    }
    listed = {id for history in project.editions.values() for each in history for id, _ in each.printed.sources}
    shown = {*shown_sources(project, slugs, cited), *listed}
    return tuple(id for id, source in project.sources.items() if id in shown or source.slug in kept)


def _texts(project: Project, slugs: Iterable[str]) -> Iterator[_Citing]:
    """Every text of the site in which a citation is read."""
    for slug in slugs:
        brief = project.documents[slug]
        yield brief.body, brief.lang, True
        yield from ((text, brief.lang, False) for text in _lines_of(brief))
        for edition in project.editions.get(slug, ()):
            yield from _spoken(change.text for change in edition.note.changes)
    for chart in project.charts.values():
        yield from _spoken(_of_chart(chart))
    for dataset in project.datasets.values():
        yield from _spoken(_of_dataset(dataset))
    for fact in project.facts.values():
        yield from _spoken((fact.note, fact.reading, *(change.text for change in fact.changes)))
    for term in project.glossary:
        yield from _spoken((term.meaning,))
    for conflict in project.conflicts.values():
        yield from _spoken((conflict.title, conflict.reason))


def _lines_of(brief: Brief) -> Iterator[str]:
    yield from (brief.title, brief.subtitle, brief.abstract, brief.menu, *brief.key_messages)
    yield from (figure.label for figure in brief.key_figures)
    yield from (change.text.in_language(brief.lang) for change in brief.changes)


def _of_chart(chart: Chart) -> Iterator[Text]:
    yield from (chart.title, chart.subtitle, chart.note, chart.alt)
    yield from (line.label for line in chart.lines)
    yield from (note.text for note in chart.annotations)
    yield from (column.title for column in chart.columns)
    yield from (label for _, label in chart.labels)


def _of_dataset(dataset: Dataset) -> Iterator[Text]:
    yield dataset.title
    yield from (column.title for column in dataset.columns)
    yield from (change.text for change in dataset.changes)


def _spoken(texts: Iterable[Text]) -> Iterator[_Citing]:
    return ((text, lang, False) for each in texts for lang, text in each.by_language)
