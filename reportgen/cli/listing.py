"""A fact in, the words in which the command line shows it out: value, time, place. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.brief.wording import claim_text, place_name, shown_source, time_text, value_text
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.language.units import UnitError
from reportgen.model.fact import Fact, Status
from reportgen.quantities.format import FormatError


@dataclass(frozen=True, slots=True)
class Listed:
    """A fact as a list shows it."""

    fact: Fact
    value: str
    """As printed; empty for a claim without a value, or where a formula has none."""
    claim: str
    time: str
    place: str
    measure: str
    """The measure's label."""
    sources: tuple[str, ...]
    """Ids; of a computed fact, those of all that it rests on."""
    status: Status

    def says(self, word: str) -> bool:
        """Whether a case-folded word stands in anything that the fact says."""
        said = (
            self.fact.id, self.value, self.claim, self.time, self.place, self.fact.place, self.measure,
            self.fact.measure, *self.sources, *(e.quote for e in self.fact.evidence),
            *(text for _, text in (*self.fact.note.by_language, *self.fact.reading.by_language)),
        )  # fmt: skip
        return any(word in text.casefold() for text in said)


class FactList:
    """Facts of one project, as a list shows them in the site's language."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.lang = answers.project.settings.lang
        self._view = View(answers)

    def all(self) -> Iterator[Listed]:
        """Every fact, in the order of the files."""
        return map(self.listed, self.answers.project.facts.values())

    def listed(self, fact: Fact) -> Listed:
        """One fact."""
        measure = self.answers.project.measures.get(fact.measure)
        return Listed(
            fact,
            self.value(fact),
            self.claim(fact),
            spaced(time_text(self._view, fact, self.lang)),
            place_name(self._view, fact.place, self.lang) if fact.place else "",
            measure.label.in_language(self.lang) if measure else "",
            self._sources(fact),
            self.answers.standing(fact.id).status,
        )

    def value(self, fact: Fact) -> str:
        """The value as printed, empty where there is none."""
        if fact.formula is None and fact.value is None:
            return ""
        try:
            return spaced(value_text(self._view, fact, self.lang))
        except (FormatError, UnitError):
            return ""

    def claim(self, fact: Fact) -> str:
        """The claim as a sentence, as far as it has a value."""
        try:
            return spaced(claim_text(self._view, fact, self.lang))
        except (FormatError, UnitError):
            return fact.claim.in_language(self.lang)

    def source(self, id: str) -> str:
        """A source in one line."""
        return shown_source(self._view, id, self.lang).short

    def _sources(self, fact: Fact) -> tuple[str, ...]:
        facts = [fact, *(self.answers.project.facts[id] for id in self._inputs(fact))]
        return tuple(dict.fromkeys(e.source for each in facts for e in each.evidence))

    def _inputs(self, fact: Fact) -> tuple[str, ...]:
        known = self.answers.project.facts
        return tuple(id for id in self.answers.computed(fact.id).inputs if id in known)


def spaced(text: str) -> str:
    """With plain spaces, as people type them when they search."""
    return text.replace("\u00a0", " ")
