"""A project and the briefs and pages that are shown in; the sources that these and the fact base name out. Pure.

By it a site knows which sources have a page, before any brief is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reportgen.brief.citations import find_citations
from reportgen.brief.prose_mask import prose_mask
from reportgen.model.brief import Brief
from reportgen.model.chart import Chart
from reportgen.model.project import Project
from reportgen.model.text import Text

_COMMENT = re.compile(r"\{=#.*?#=\}", re.DOTALL)


def shown_sources(project: Project, slugs: Iterable[str]) -> tuple[str, ...]:
    """Ids of the sources that a site of these briefs shows, in the order of the files."""
    if project.settings.published == "all":
        return tuple(project.sources)
    found = {evidence.source for fact in project.facts.values() for evidence in fact.evidence}
    found |= {source for dataset in project.datasets.values() for source in dataset.sources}
    for text in _texts(project, slugs):
        if "@" in text:
            found |= cited_in(text)
    return tuple(id for id in project.sources if id in found)


def cited_in(text: str) -> set[str]:
    """The ids that a text of an author's cites, whether there are such sources or not."""
    masked = prose_mask(_COMMENT.sub(" ", text))
    return {item.source for citation in find_citations(masked).citations for item in citation.items}


def _texts(project: Project, slugs: Iterable[str]) -> Iterator[str]:
    """Every text of the site in which a citation is read."""
    for slug in slugs:
        yield from _of_brief(project.documents[slug])
    for chart in project.charts.values():
        yield from _spoken(_of_chart(chart))
    for fact in project.facts.values():
        yield from _spoken((fact.note, fact.reading, *(change.text for change in fact.changes)))
    for term in project.glossary:
        yield from _spoken((term.meaning,))
    for conflict in project.conflicts.values():
        yield from _spoken((conflict.title, conflict.reason))


def _of_brief(brief: Brief) -> Iterator[str]:
    yield from (brief.title, brief.subtitle, brief.abstract, *brief.key_messages, brief.body)
    yield from (figure.label for figure in brief.key_figures)
    yield from (change.text.in_language(brief.lang) for change in brief.changes)


def _of_chart(chart: Chart) -> Iterator[Text]:
    yield from (chart.title, chart.subtitle, chart.note, chart.alt)
    yield from (line.label for line in chart.lines)
    yield from (note.text for note in chart.annotations)
    yield from (column.title for column in chart.columns)
    yield from (label for _, label in chart.labels)


def _spoken(texts: Iterable[Text]) -> Iterator[str]:
    return (text for each in texts for _, text in each.by_language)
