"""Answers in, the same answers out, with a record of what was asked: the reads of an evaluation."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from reportgen.facts.answers import Answers, Computed, Standing, query_key
from reportgen.language.phrases import Furniture
from reportgen.language.typed_numbers import Classifier
from reportgen.language.units import UnitTable
from reportgen.model.chart import Chart
from reportgen.model.dataset import Dataset, Query
from reportgen.model.edition import Edition, EditionNote, Printed
from reportgen.model.edtf import Edtf
from reportgen.model.fact import Check, Conflict, Fact
from reportgen.model.formula import Formula
from reportgen.model.glossary import GlossaryTerm
from reportgen.model.lock import LockEntry
from reportgen.model.measure import Measure
from reportgen.model.project import Project, Settings
from reportgen.model.reads import ReadKey
from reportgen.model.source import Source
from reportgen.quantities.formula import CheckVerdict

T = TypeVar("T")


class View:
    """What one evaluation may look at. Every look is kept in `reads`, failed ones too."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.reads: set[ReadKey] = set()

    def _ask(self, kind: type[T], *key: str) -> T | None:
        self.reads.add(key)
        answer = self._answers.answer(key)
        assert answer is None or isinstance(answer, kind)
        return answer

    def fact(self, id: str) -> Fact | None:
        """The fact, or None."""
        return self._ask(Fact, "fact", id)

    def source(self, id: str) -> Source | None:
        """The source, or None."""
        return self._ask(Source, "source", id)

    def measure(self, id: str) -> Measure | None:
        """The measure, or None."""
        return self._ask(Measure, "measure", id)

    def conflict(self, id: str) -> Conflict | None:
        """The conflict, or None."""
        return self._ask(Conflict, "conflict", id)

    def check(self, id: str) -> Check | None:
        """The check, or None."""
        return self._ask(Check, "check", id)

    def verdict(self, check: str) -> CheckVerdict | None:
        """What a check comes to; None where that cannot be told."""
        return self._ask(CheckVerdict, "verdict", check)

    def chart(self, id: str) -> Chart | None:
        """The chart's specification, or None."""
        return self._ask(Chart, "chart", id)

    def dataset(self, id: str) -> Dataset | None:
        """The dataset, or None."""
        return self._ask(Dataset, "dataset", id)

    def computed(self, fact: str) -> Computed:
        """A fact's number."""
        return self._ask(Computed, "computed", fact) or Computed(None)

    def standing(self, fact: str) -> Standing:
        """A fact's state."""
        found = self._ask(Standing, "standing", fact)
        assert found is not None
        return found

    def verified(self, fact: str) -> tuple[LockEntry | None, ...]:
        """For each evidence of a fact, where its words were found; None where they were not."""
        return self._ask(tuple, "verified", fact) or ()

    def query(self, query: Query) -> tuple[str, ...]:
        """Ids of the facts that a query finds, in order."""
        return self._ask(tuple, *query_key(query)) or ()

    def all(self, kind: str) -> tuple[str, ...]:
        """Ids of everything of a kind: `facts`, `sources`, …"""
        return self._ask(tuple, "all", kind) or ()

    def dependents(self, fact: str) -> tuple[str, ...]:
        """Ids of the facts whose formulas name a fact."""
        return self._ask(tuple, "dependents", fact) or ()

    def conflicts_of(self, fact: str) -> tuple[str, ...]:
        """Ids of the conflicts that a fact stands in."""
        return self._ask(tuple, "conflicts-of", fact) or ()

    def sides(self, conflict: str) -> tuple[tuple[str, ...], ...]:
        """Ids of a conflict's facts, those that agree together."""
        return self._ask(tuple, "sides", conflict) or ()

    def round_numbers(self, formula: Formula, digits: int | None, decimals: int | None) -> tuple[str, ...]:
        """Facts whose final zeros decide what a formula prints. Not a read: a warning hangs on it, and no page."""
        return self._answers.round_numbers(formula, digits, decimals)

    def facts_of(self, source: str) -> tuple[str, ...]:
        """Ids of the facts that rest on a source."""
        return self._ask(tuple, "facts-of", source) or ()

    def datasets_of(self, source: str) -> tuple[str, ...]:
        """Ids of the datasets whose files are a source's."""
        return self._ask(tuple, "datasets-of", source) or ()

    def quotes(self) -> tuple[int, int]:
        """How many quotes there are, and how many were found in a saved copy."""
        found = self._ask(tuple, "quotes") or (0, 0)
        return found[0], found[1]

    def saved(self) -> tuple[str, ...]:
        """Ids of the sources that have a saved copy."""
        return self._ask(tuple, "saved") or ()

    def compute(self, formula: Formula) -> Computed:
        """A formula's value; everything that it reaches is read."""
        self.reads.add(("units",))
        for reference in formula.references:
            self.computed(reference)
        return self._answers.compute(formula)

    def standing_of(self, inputs: tuple[str, ...]) -> Standing:
        """The state of a value computed from `inputs`."""
        for fact in inputs:
            self.standing(fact)
        return self._answers.standing_of(inputs)

    def time_of(self, fact: Fact) -> Edtf | None:
        """When a fact held: its `as_of`, else its first source's date of issue."""
        if fact.as_of is None and fact.evidence:
            self.source(fact.evidence[0].source)
        return self._answers.time_of(fact)

    def printed(self, value: Hashable, printed: Callable[[], str]) -> str:
        """A fact's value as it was printed before in the same way, or as it is printed now: lists, pages and data files
        print each."""
        self.reads.add(("units",))
        known = self._answers.printed
        if value not in known:
            known[value] = printed()
        return known[value]

    @property
    def units(self) -> UnitTable:
        """The unit table."""
        self.reads.add(("units",))
        return self._answers.units

    @property
    def settings(self) -> Settings:
        """site.yaml, for which each setting that is used has to be read by `setting`."""
        return self._answers.project.settings

    def setting(self, name: str) -> object:
        """One setting of site.yaml."""
        self.reads.add(("setting", name))
        return getattr(self._answers.project.settings, name)

    def classifier(self, lang: str) -> Classifier:
        """What tells numbers from other digits in a language."""
        self.reads |= {("units",), ("setting", "names")}
        return self._answers.classifier(lang)

    def has_image(self, name: str) -> bool:
        """Whether there is such a picture under content/images/."""
        return self._ask(bytes, "image", name) is not None

    def image(self, name: str) -> bytes | None:
        """A picture under content/images/, or None."""
        return self._ask(bytes, "image", name)

    def has_address(self, path: str) -> bool:
        """Whether the site has such a page or file."""
        return self._ask(bool, "address", path) is not None

    def original(self, slug: str) -> tuple[str, str, str] | None:
        """(language, day, path of the page if it is shown) of what a document is a translation of, or None."""
        return self._ask(tuple, "original", slug)

    def editions(self, slug: str) -> tuple[Edition, ...]:
        """What was published of a brief, oldest first."""
        return self._ask(tuple, "editions", slug) or ()

    def releasing(self, slug: str) -> str:
        """The day of the edition that a brief gets now; empty for one that gets none."""
        return self._ask(str, "releasing", slug) or ""

    def pending(self, slug: str) -> str:
        """The day of the edition that an original gets in the same release as its translations; else empty."""
        return self._ask(str, "pending", slug) or ""

    def recorded(self, slug: str) -> tuple[str, Printed] | None:
        """When a page beside the briefs or a chart's own page was recorded last, and what it said."""
        return self._ask(tuple, "recorded", slug)

    def fact_history(self, fact: str) -> tuple[EditionNote, ...]:
        """Of each record that says otherwise of a fact than the one before, that alone; oldest first."""
        return self._ask(tuple, "fact-history", fact) or ()

    def explained(self) -> Project:
        """The project, to look for the reason of a change: all entries of `changes:` are read."""
        self.reads.add(("entries",))
        self._answers.answer(("entries",))
        return self._answers.project

    def shown_by_published(self, chart: str) -> bool:
        """Whether a brief that was published shows a chart and is shown itself: then it is asked there."""
        return bool(self._ask(bool, "shown-by-published", chart))

    def brief_title(self, slug: str) -> str:
        """The title of a brief as its author wrote it; empty where there is none."""
        return self._ask(str, "brief-title", slug) or ""

    @property
    def style(self) -> str:
        """The citation style, as CSL."""
        return self._ask(str, "style") or ""

    @property
    def glossary(self) -> tuple[GlossaryTerm, ...]:
        """The terms that pages explain."""
        return self._ask(tuple, "glossary") or ()

    def furniture(self, lang: str) -> Furniture:
        """The program's words in a language."""
        self.reads.add(("words", lang))
        return self._answers.furniture(lang)

    def known(self, kind: str) -> tuple[str, ...]:
        """Ids to choose a suggestion from. Not a read: a suggestion is part of an error, and errors are never kept."""
        return tuple(getattr(self._answers.project, kind))

    def key_of(self, exported: str) -> str:
        """The key of the source that its export calls so; empty if there is none. Not a read, like `known`."""
        sources = self._answers.project.sources.values()
        return next((source.id for source in sources if exported and source.exported_id == exported), "")

    def broken(self, kind: str, id: str) -> bool:
        """Whether it stands in the files but could not be made, which is an error of its own."""
        broken = self._answers.project.broken
        return (kind, id) in broken or (kind, "") in broken

    def lacks(self, kind: str) -> bool:
        """Whether anything of a kind stands in the files that could not be made, so that a query may miss it."""
        return any(of == kind for of, _ in self._answers.project.broken)
