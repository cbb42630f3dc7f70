"""An evaluated brief and a view of its project in, what it rests on out: its sources, and what rests on each. Pure.

On a source rest the numbers of each fact that names it as evidence, or is computed from one that does, however deep;
the figures that name such a fact, that have the rows of a file of that source, or that nothing else is left of; and the
boxes in which such a fact disagrees with another. That is what a build refuses once the source is deleted. A figure of
which some values rest on it is told beside these, with how many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reportgen.brief.wording import shown_source
from reportgen.facts.view import View
from reportgen.model.evaluated import EvaluatedBrief, Grounds, NumberKind, PrintedNumber, SourceWeight
from reportgen.model.figure import EvaluatedFigure
from reportgen.model.source import Source
from reportgen.quantities.dates import format_date

_KINDS = {
    "{} news reports": ("article-newspaper",),
    "{} magazine articles": ("article-magazine",),
    "{} journal articles": ("article-journal", "paper-conference"),
    "{} reports": ("report",),
    "{} web pages": ("webpage", "post", "post-weblog"),
    "{} books": ("book", "chapter", "thesis"),
    "{} legal texts": ("bill", "legislation", "regulation", "legal_case", "treaty"),
    "{} datasets": ("dataset",),
}
_OTHER = "{} other works"
_KIND_OF = {type: kind for kind, types in _KINDS.items() for type in types}


def grounds(brief: EvaluatedBrief, view: View) -> Grounds:
    """What a brief rests on; the sources that most rests on come first."""
    sourced = _Sourced(view)
    numbers = [(n, sourced.of_number(number)) for n, number in enumerate(brief.numbers) if number.status is not None]
    figures = [sourced.of_figure(figure) for figure in brief.figures]
    conflicts = [sourced.of_facts(side.fact for side in conflict.sides) for conflict in brief.conflicts]
    found = []
    works = [(work, source) for work in brief.references if (source := view.source(work.source)) is not None]
    for work, source in works:
        falling = [n for n, sources in numbers if source.id in sources]
        weight = SourceWeight(
            shown_source(view, source.id, brief.lang),
            tuple(n for n in falling if not brief.numbers[n].statement),
            tuple(n for n in falling if brief.numbers[n].statement),
            tuple(n for n, sources in enumerate(figures) if source.id in sources),
            tuple(sourced.rows_of(figure, source.id) for figure in brief.figures),
            tuple(n for n, sources in enumerate(conflicts) if source.id in sources),
            len(work.cited),
        )
        found.append(weight)
    found.sort(key=lambda weight: (-len(weight.numbers) - len(weight.statements), weight.source.id))
    last = max((source for _, source in works if source.issued), key=_issued, default=None)
    kinds = Counter(_KIND_OF.get(source.type, _OTHER) for _, source in works)
    statements = sum(brief.numbers[n].statement for n, _ in numbers)
    return Grounds(
        tuple(found),
        tuple((kind, kinds[kind]) for kind in (*_KINDS, _OTHER) if kinds[kind]),
        sum(bool(source.authors) for _, source in works),
        sum(bool(source.publisher or source.container) for _, source in works),
        sum(bool(source.archived) for _, source in works),
        last.issued.text if last and last.issued else "",
        format_date(last.issued, brief.lang) if last and last.issued else "",
        len(numbers) - statements,
        statements,
    )


def _issued(source: Source) -> tuple[str, str]:
    assert source.issued is not None
    return source.issued.first_day, str(source.issued.end)


class _Sourced:
    """Which sources a thing goes without."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._known: dict[str, frozenset[str]] = {}

    def of_fact(self, id: str) -> frozenset[str]:
        """The sources of a fact, and of those that it is computed from."""
        if id not in self._known:
            self._known[id] = frozenset()  # a formula that leads back to itself is told elsewhere
            fact = self._view.fact(id)
            if fact is not None:
                found = {evidence.source for evidence in fact.evidence}
                found |= self.of_dataset(fact.cell.dataset) if fact.cell else frozenset()
                found |= self.of_facts(fact.formula.references) if fact.formula else frozenset()
                self._known[id] = frozenset(found)
        return self._known[id]

    def of_facts(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of any of several facts."""
        return frozenset[str]().union(*(self.of_fact(id) for id in ids))

    def of_dataset(self, id: str) -> frozenset[str]:
        """Those of the files whose rows it has."""
        dataset = self._view.dataset(id)
        return frozenset(dataset.sources) if dataset else frozenset()

    def of_number(self, number: PrintedNumber) -> frozenset[str]:
        """Those of what it prints."""
        if number.kind is NumberKind.DATASET:
            return self.of_dataset(number.dataset)
        return self.of_facts((*((number.fact,) if number.fact else ()), *number.facts))

    def rows_of(self, figure: EvaluatedFigure, source: str) -> tuple[int, int]:
        """How many of a figure's rows rest on a source, and of how many."""
        rows = [self.of_fact(row.fact) for row in figure.rows if row.fact]
        return sum(source in sources for sources in rows), len(rows)

    def of_figure(self, figure: EvaluatedFigure) -> frozenset[str]:
        """Those without which it cannot be drawn: of what it names, and of all its rows at once."""
        chart = self._view.chart(figure.id)
        dataset = self._view.dataset(chart.data if chart else figure.id.partition(".")[0])
        if dataset is None:
            return frozenset()
        named = [id for id, _ in (*figure.annotations, *figure.facts)]
        named += dataset.query.facts if dataset.query else ()
        rows = [self.of_fact(row.fact) for row in figure.rows if row.fact]
        common = frozenset.intersection(*rows) if rows else frozenset[str]()
        return self.of_facts(named) | frozenset(dataset.sources) | common
