"""A project in, answers to questions about it out. Pure, and each answer is worked out once.

A question is a *key*: a tuple of strings such as `("fact", "wages-2021")`. Whoever evaluates or renders asks
through a `View`, which keeps the keys; a build compares the answers' digests then and now, and so knows what to make
again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from reportgen.facts.addresses import site_paths
from reportgen.facts.conflicts import Disagreement, ValueComparison
from reportgen.facts.tongues import Twin, bare_path, languages, twins
from reportgen.language.phrases import Furniture, furniture
from reportgen.language.rounding import quantity_texts
from reportgen.language.typed_numbers import Classifier
from reportgen.language.units import UnitError, UnitTable
from reportgen.load.one_cell import CellFaultError, cell_as_fact
from reportgen.model.brief import folder_of, original_of
from reportgen.model.dataset import Query
from reportgen.model.edition import EditionNote, Printed
from reportgen.model.edtf import Edtf, parse_edtf, within
from reportgen.model.fact import CellOrigin, Evidence, Fact, Rank, Status
from reportgen.model.formula import Formula
from reportgen.model.interval import Interval
from reportgen.model.lock import LockEntry
from reportgen.model.project import Project
from reportgen.model.quantity import PLAIN, Quantity, typed_quantity
from reportgen.model.reads import ReadKey
from reportgen.model.verdict import Carried
from reportgen.quantities.expression import Expression
from reportgen.quantities.formula import CheckVerdict, Computation, FormulaError, compute, evaluate_check
from reportgen.quantities.steps import MayBeZeroError, multiplied
from reportgen.quantities.syntax import cell_address


@dataclass(frozen=True, slots=True)
class Computed:
    """A fact's or formula's number, or why it has none."""

    quantity: Quantity | None
    inputs: tuple[str, ...] = ()
    """Every fact that it rests on, however deep, each once; empty for a fact of its own."""
    problem: str = ""
    start: int = 0
    """Offsets of the problem in the formula."""
    end: int = 0
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A fact's state and what it comes from."""

    status: Status
    because: tuple[ReadKey, ...] = ()
    """Keys of the conflicts, checks or facts that cause it."""


class Answers:
    """Everything that can be asked of a project on a day."""

    def __init__(
        self, project: Project, as_of: date, units: UnitTable, releases: Mapping[str, str] | None = None
    ) -> None:
        self.project = project
        self.releases = releases or {}
        """Slug of a brief that may get an edition -> its day."""
        self.pending: Mapping[str, str] = {}
        """Slug of an original that gets an edition -> its day, known before its translations are evaluated."""
        self.as_of = as_of
        self.units = units
        self.printed: dict[Hashable, str] = {}
        """A fact's id, a language and options -> its value as printed."""
        self._answers: dict[ReadKey, object] = {}
        self._computations: dict[str, Computation] = {}
        self._classifiers: dict[str, Classifier] = {}
        self._kinds: Mapping[str, Callable[..., object]] = {
            "fact": self._fact,
            "source": project.sources.get,
            "measure": project.measures.get,
            "conflict": project.conflicts.get,
            "check": project.checks.get,
            "dataset": project.datasets.get,
            "chart": project.charts.get,
            "brief": project.documents.get,
            "template": project.templates.get,
            "image": project.images.get,
            "address": self._address,
            "setting": self._setting,
            "computed": self._computed,
            "standing": self._standing,
            "verified": self._verified,
            "query": self._query,
            "all": self._all,
            "dependents": lambda id: self._dependents.get(id, ()),
            "conflicts-of": lambda id: self._conflicts_of.get(id, ()),
            "sides": self._sides,
            "facts-of": lambda id: self._facts_of.get(id, ()),
            "datasets-of": lambda id: self._datasets_of.get(id, ()),
            "units": lambda: (
                tuple(project.units.values()),
                frozenset(m.unit for m in project.measures.values()),
                project.nouns,
            ),
            "style": lambda: project.style,
            "glossary": lambda: project.glossary,
            "words": lambda lang: furniture(lang, project.words),
            "verdict": lambda id: v if isinstance(v := self.verdicts.get(id), CheckVerdict) else None,
            "as-of": lambda: as_of.isoformat(),
            "quotes": self._quotes,
            "editions": lambda slug: project.editions.get(slug, ()),
            "pending": lambda slug: self.pending.get(slug),
            "releasing": lambda slug: self.releases.get(slug),
            "twins": self._twins,
            "languages": self._languages,
            "original": self._original,
            "has-editions": lambda: bool(project.editions or project.records or self.releases),
            "recorded": self._recorded,
            "records": lambda: tuple(record.sha256 for record in project.records),
            "entries": self._entries,
            "shown-by-published": self._shown_by_published,
            "gone": project.gone.get,
            "fact-history": self._fact_history,
            "brief-title": lambda slug: brief.title if (brief := project.briefs.get(slug)) else None,
            "saved": lambda: tuple(id for id, source in project.sources.items() if source.archived),
        }

    def answer(self, key: ReadKey) -> object:
        """The answer to a question; None where there is no such thing."""
        if key not in self._answers:
            self._answers[key] = self._kinds[key[0]](*key[1:])
        return self._answers[key]

    def with_briefs(self, project: Project) -> Answers:
        """The same answers for a project of which only the briefs are others; what was worked out stays."""
        found = copy(self)
        found.project = project
        others: dict[str, Callable[..., object]] = {
            "all": found._all,
            "address": found._address,
            "twins": found._twins,
            "languages": found._languages,
            "original": found._original,
        }
        found._kinds = {**self._kinds, "brief": project.documents.get, **others}
        of_briefs = ("brief", "all", "address", "twins", "languages", "original")
        found._answers = {key: answer for key, answer in self._answers.items() if key[0] not in of_briefs}
        found.__dict__.pop("_addresses", None)
        found.__dict__.pop("_all_twins", None)
        return found

    @cached_property
    def _addresses(self) -> frozenset[str]:
        return site_paths(self.project)

    @cached_property
    def _all_twins(self) -> Mapping[str, tuple[Twin, ...]]:
        return twins(self.project)

    def _twins(self, path: str) -> tuple[Twin, ...]:
        """The page at the root and its twins in other languages; nothing where the site has one language."""
        tags = self.answer(("languages",))
        assert isinstance(tags, tuple)
        return self._all_twins.get(bare_path(path, tags), ())

    def _languages(self) -> tuple[str, ...]:
        return languages(self.project)

    def _original(self, slug: str) -> tuple[str, str, str] | None:
        """(language, day, path of the page if it is shown) of the document that another is a translation of."""
        found = self.project.documents.get(original_of(slug))
        if found is None or original_of(slug) == slug:
            return None
        path = f"{folder_of(found.slug)}index.html"
        return found.lang, "" if found.is_page else found.date.text, path if path in self._addresses else ""

    @cached_property
    def _datasets_of(self) -> Mapping[str, tuple[str, ...]]:
        return inverted((id, dataset.sources) for id, dataset in self.project.datasets.items())

    def _address(self, path: str) -> bool | None:
        return path in self._addresses or None

    def furniture(self, lang: str) -> Furniture:
        """The program's words in a language."""
        return furniture(lang, self.project.words)

    def computed(self, fact: str) -> Computed:
        """A fact's number, computed if it has a formula."""
        answer = self.answer(("computed", fact))
        assert isinstance(answer, Computed)
        return answer

    def fact(self, id: str) -> Fact | None:
        """A fact, or the cell of a dataset that a formula names; None where there is no such thing."""
        answer = self.answer(("fact", id))
        assert answer is None or isinstance(answer, Fact)
        return answer

    def verified(self, fact: str) -> tuple[LockEntry | None, ...]:
        """For each evidence of a fact, where its words were found; None where they were not."""
        answer = self.answer(("verified", fact))
        assert isinstance(answer, tuple)
        return answer

    def standing(self, fact: str) -> Standing:
        """A fact's state."""
        answer = self.answer(("standing", fact))
        assert isinstance(answer, Standing)
        return answer

    def compute(self, formula: Formula) -> Computed:
        """A formula's value and everything that it rests on."""
        return self._compute(formula)[0]

    def _compute(self, formula: Formula, unit: str = "") -> tuple[Computed, Computation | None]:
        """A formula's value in the unit that its fact asks for, and what others need to compute with it."""
        inputs: dict[str, None] = {}
        for reference in formula.references:
            inputs[reference] = None
            inputs.update(dict.fromkeys(self.computed(reference).inputs))
        if lacking := self._no_cell(formula, tuple(inputs)):
            return lacking, None
        try:
            value = compute(formula, self._operand, self.units)
        except FormulaError as error:
            return Computed(None, tuple(inputs), error.message, error.start, error.end, error.hint), None
        if not unit:
            return Computed(value.quantity(self.units), tuple(inputs)), value
        try:
            value = value.counted_in(self.units.parse(unit))
        except UnitError as error:
            return Computed(None, tuple(inputs), error.message, hint=error.hint), None
        return Computed(value.quantity(self.units, keep_unit=True), tuple(inputs)), value

    def _no_cell(self, formula: Formula, inputs: tuple[str, ...] = ()) -> Computed | None:
        """Why a formula has no value, where it names a cell that is not there."""
        for reference in formula.positions:
            if reference.cell is not None and (found := self.computed(reference.id)).quantity is None:
                return Computed(None, inputs, found.problem, reference.start, reference.end, found.hint)
        return None

    def round_numbers(self, formula: Formula, digits: int | None, decimals: int | None) -> tuple[str, ...]:
        """Facts whose final zeros decide what a formula prints: that would print otherwise if only two digits of them
        counted, and do not say what they were rounded to."""
        value = self._compute(formula)[1]
        if value is None:
            return ()
        leaves = sorted(multiplied(value.term.expression) & value.facts, key=lambda leaf: leaf.name)
        coarse = {leaf: interval for leaf in leaves if (interval := self._of_two_digits(leaf.name))}

        def shown(intervals: Mapping[Expression, Interval]) -> tuple[str, ...]:
            try:
                return quantity_texts(value.if_rounded(intervals, self.units), digits, decimals)
            except MayBeZeroError:
                return ()

        if not coarse or shown(coarse) == (before := shown({})):
            return ()
        found = []
        for leaf, interval in coarse.items():
            others = {other: known for other, known in coarse.items() if other is not leaf}
            if shown({leaf: interval}) != before or shown(others) != shown(coarse):
                found.append(leaf.name)
        return tuple(found)

    def _of_two_digits(self, fact: str) -> Interval | None:
        """The interval of a round number of which only two digits count; None where all of them are known to."""
        known = self.project.facts.get(fact)
        if known is None:  # a cell
            return None
        measure = self.project.measures.get(known.measure)
        value = known.value
        if not isinstance(value, Quantity) or value.typed is None or value.exact or value.bounds:
            return None
        digits = value.typed.lstrip("-")
        if known.precision is not None or (measure and measure.precision is not None) or value.unit == PLAIN:
            return None
        if "." in digits or not digits.endswith("00") or value.central == 0:
            return None
        return typed_quantity(value.typed, value.unit, value.relation, Fraction(10) ** (len(digits) - 2)).interval

    def classifier(self, lang: str) -> Classifier:
        """What tells numbers from other digits in a language, set up once."""
        if lang not in self._classifiers:
            self._classifiers[lang] = Classifier(lang, self.project.settings.names, self.units)
        return self._classifiers[lang]

    def time_of(self, fact: Fact) -> Edtf | None:
        """When a fact held: its `as_of`, else its first source's date of issue."""
        if fact.as_of is not None or not fact.evidence:
            return fact.as_of
        source = self.project.sources.get(fact.evidence[0].source)
        return source.issued if source else None

    @cached_property
    def comparison(self) -> ValueComparison:
        """What facts are compared by."""
        return ValueComparison(
            self.project.measures, self.time_of, lambda fact: self.computed(fact.id).quantity, self.units
        )

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Every pair of facts that cannot both hold."""
        return self.comparison.disagreements(self.project.facts.values())

    @cached_property
    def verdicts(self) -> Mapping[str, CheckVerdict | Computed]:
        """Id of a check -> whether it holds, or why that cannot be told."""
        found: dict[str, CheckVerdict | Computed] = {}
        for check in self.project.checks.values():
            if lacking := self._no_cell(check.formula):
                found[check.id] = lacking
                continue
            try:
                found[check.id] = evaluate_check(check.formula, self._operand, self.units).verdict
            except FormulaError as error:
                found[check.id] = Computed(None, (), error.message, error.start, error.end, error.hint)
        return found

    # The answers

    def _setting(self, name: str) -> object:
        return getattr(self.project.settings, name)

    def _fact(self, id: str) -> Fact | None:
        """A fact, or the cell of a dataset that a formula names."""
        if id in self.project.facts:
            return self.project.facts[id]
        cell = self._cell(id)
        return cell if isinstance(cell, Fact) else None

    def _cell(self, id: str) -> Fact | CellFaultError | None:
        """The cell of an address, or why there is none; None where it is no address."""
        address = cell_address(id) if ":" in id else None
        if address is None:
            return None
        try:
            return cell_as_fact(id, address, self.project.datasets, self.units)
        except CellFaultError as fault:
            return fault

    def _operand(self, fact: str) -> Computation:
        computed = self.computed(fact)
        if computed.quantity is None:
            raise FormulaError(computed.problem or f'"{fact}" has no number', 0, 0, None)
        if fact not in self._computations:
            known = self.project.facts.get(fact)
            found = self._compute(known.formula, known.unit)[1] if known and known.formula else None
            self._computations[fact] = found or Computation.of(fact, computed.quantity)
        return self._computations[fact]

    def _computed(self, fact: str) -> Computed:
        known = self.fact(fact)
        if known is None:
            cell = self._cell(fact)
            if isinstance(cell, CellFaultError):
                return Computed(None, (), cell.message, hint=cell.hint)
            return Computed(None, (), f'no fact has the id "{fact}"')
        if known.formula is not None:
            computed, value = self._compute(known.formula, known.unit)
            if value is not None:
                self._computations[fact] = value
            return computed
        if isinstance(known.value, Quantity):
            return Computed(known.value)
        return Computed(None, (), f'"{fact}" has no number')

    def _verified(self, fact: str) -> tuple[LockEntry | None, ...]:
        """For each evidence of a fact, where its words were found, while the lock still holds for it."""
        found = []
        known = self.fact(fact)
        if known is not None and known.cell is not None:
            return (self._verified_cell(known.cell, known.evidence[0]),)
        for e in known.evidence if known else ():
            source = self.project.sources.get(e.source)
            archived = tuple(text.sha256 for text in source.archived) if source else ()
            found.append(self.project.lock.trusted(e.source, e.prefix, e.quote, e.suffix, archived))
        return tuple(found)

    def _recorded(self, slug: str) -> tuple[str, Printed] | None:
        """When a page or a chart was recorded last, and what it said."""
        for record in reversed(self.project.records):
            if (said := dict(record.documents).get(slug)) is not None:
                return record.note.date, said
        return None

    def _shown_by_published(self, chart: str) -> bool:
        project = self.project
        return any(
            brief.is_listed
            and any(each.id == chart for each in history[-1].printed.charts)
            and (f'"{chart}"' in brief.body or f"'{chart}'" in brief.body)
            for slug, history in project.editions.items()
            if history and (brief := project.briefs.get(slug)) is not None
        )

    def _fact_history(self, id: str) -> tuple[EditionNote, ...]:
        """Of each record, what it says of a fact, under its earlier names too."""
        fact = self.project.facts.get(id)
        names = {id, *(fact.aliases if fact else ())}
        found = []
        for note in (record.note for record in self.project.records):
            changes = tuple(
                replace(change, values=values)
                for change in note.changes
                if (values := tuple(value for value in change.values if value.fact in names))
            )
            follows = tuple(value for value in note.follows if value.fact in names)
            if changes or follows:
                found.append(replace(note, changes=changes, follows=follows))
        return tuple(found)

    def _entries(self) -> tuple[object, ...]:
        """All that may explain a change of what no brief prints."""
        project = self.project
        changes = [project.settings.changes]
        changes += (each.changes for each in project.documents.values())
        changes += (each.changes for each in project.facts.values())
        changes += (each.changes for each in project.datasets.values())
        editions = tuple((slug, history[-1].sha256) for slug, history in project.editions.items() if history)
        records = tuple(record.sha256 for record in project.records)
        return tuple(changes), editions, records

    def _verified_cell(self, cell: CellOrigin, evidence: Evidence) -> LockEntry | None:
        """A cell stands in a saved copy of its source where that is the dataset's own file, by its digest."""
        source = self.project.sources.get(cell.source)
        saved = {text.sha256.lower() for text in source.archived} if source else set()
        return LockEntry(cell.source, "", evidence.quote, "", cell.sha256, 0, 0) if cell.sha256 in saved else None

    def _standing(self, fact: str) -> Standing:
        known = self.fact(fact)
        if known is None:
            return Standing(Status.UNVERIFIED)
        disputes = self._disputes.get(fact, ())
        if known.formula is None:
            if not known.evidence or not all(self._verified(fact)):
                return Standing(Status.UNVERIFIED)
            if disputes:
                return Standing(Status.DISPUTED, disputes)
            return Standing(Status.OVERDUE if self.due(known) is not None else _carried(known))
        return self.standing_of(self.computed(fact).inputs, disputes, self.due(known) is not None)

    def standing_of(
        self, inputs: tuple[str, ...], disputes: tuple[ReadKey, ...] = (), overdue: bool = False
    ) -> Standing:
        """The state of a computed value: the worst of its inputs, which are named as the cause."""
        states = {fact: self.standing(fact) for fact in inputs}
        for status in (Status.UNVERIFIED, Status.DISPUTED, Status.OVERDUE, Status.INFERRED, Status.PARAPHRASE):
            touched = {fact: state for fact, state in states.items() if state.status is status}
            # A value that only passes on the state of its own inputs is not a cause.
            causes = tuple(
                ("fact", fact)
                for fact, state in touched.items()
                if not state.because or any(kind != "fact" or id not in touched for kind, id in state.because)
            )
            own = disputes if status is Status.DISPUTED else ()
            if causes or own or (overdue and status is Status.OVERDUE):
                return Standing(status, (*own, *causes))
        return Standing(Status.COMPUTED)

    @cached_property
    def _disputes(self) -> Mapping[str, tuple[ReadKey, ...]]:
        """Id of a fact -> the conflicts and failed checks that it stands in."""
        found: dict[str, dict[ReadKey, None]] = {}
        for conflict in self.project.conflicts.values():
            for fact in conflict.facts:
                found.setdefault(fact, {})[("conflict", conflict.id)] = None
        for check in self.project.checks.values():
            if self.verdicts.get(check.id) is CheckVerdict.FAILS:
                for fact in check.formula.references:
                    found.setdefault(fact, {})[("check", check.id)] = None
        return {fact: tuple(keys) for fact, keys in found.items()}

    def due(self, fact: Fact) -> Edtf | None:
        """When a fact was to be looked at again, if that has passed: by its own date, else by its measure's."""
        measure = self.project.measures.get(fact.measure)
        due = fact.review_by or (measure.review_by if measure else None)
        return due if due is not None and due.end is not None and due.end <= self.as_of else None

    def _query(self, text: str) -> tuple[str, ...]:
        query = read_query(text)
        if query.facts:
            return tuple(fact for fact in query.facts if fact in self.project.facts)
        return found_by(query, ((fact, self.time_of(fact)) for fact in self.project.facts.values()))

    def _all(self, kind: str) -> tuple[str, ...]:
        """Ids of everything of a kind, in order."""
        return tuple(getattr(self.project, kind))

    def _quotes(self) -> tuple[int, int]:
        """How many quotes there are, and how many were found."""
        quoted = (fact.id for fact in self.project.facts.values() if fact.cell is None)
        entries = [entry for id in quoted for entry in self.verified(id)]
        return len(entries), sum(entry is not None for entry in entries)

    def _sides(self, conflict: str) -> tuple[tuple[str, ...], ...]:
        """The facts of a conflict, those that agree together."""
        known = self.project.conflicts.get(conflict)
        facts = [fact for id in known.facts if (fact := self.project.facts.get(id))] if known else []
        return tuple(tuple(fact.id for fact in side) for side in self.comparison.sides(facts))

    @cached_property
    def _dependents(self) -> Mapping[str, tuple[str, ...]]:
        facts = self.project.facts.values()
        return inverted((fact.id, fact.formula.references) for fact in facts if fact.formula is not None)

    @cached_property
    def _conflicts_of(self) -> Mapping[str, tuple[str, ...]]:
        return inverted((conflict.id, conflict.facts) for conflict in self.project.conflicts.values())

    @cached_property
    def _facts_of(self) -> Mapping[str, tuple[str, ...]]:
        return inverted((fact.id, (e.source for e in fact.evidence)) for fact in self.project.facts.values())


_STATUS: Mapping[Carried, Status] = {
    "read": Status.VERIFIED,
    "inferred": Status.INFERRED,
    "paraphrase": Status.PARAPHRASE,
    "": Status.UNVERIFIED,
}


def _carried(fact: Fact) -> Status:
    """How the quotes, or the cell, carry a value that nothing else is said against."""
    if fact.cell is not None:
        return Status.COMPUTED if fact.cell.is_computed else Status.VERIFIED
    carried = fact.verdict.carried if fact.verdict else "paraphrase"
    return _STATUS[carried]


def inverted(pairs: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, tuple[str, ...]]:
    """From what names what to what is named by what, each once, in order."""
    found: dict[str, dict[str, None]] = {}
    for id, named in pairs:
        for name in named:
            found.setdefault(name, {})[id] = None
    return {name: tuple(ids) for name, ids in found.items()}


def query_key(query: Query) -> tuple[str, ...]:
    """The question that a dataset asks."""
    parts = {
        "facts": query.facts,
        "measure": query.measure,
        "place": query.place,
        "as_of": query.as_of.text if query.as_of else "",
    }
    return (
        "query",
        json.dumps({name: part for name, part in parts.items() if part}, ensure_ascii=False, sort_keys=True),
    )


def read_query(text: str) -> Query:
    """`query_key`'s text, read back."""
    parts = json.loads(text)
    return Query(
        tuple(parts.get("facts", ())),
        tuple(parts.get("measure", ())),
        tuple(parts.get("place", ())),
        parse_edtf(parts["as_of"]) if "as_of" in parts else None,
    )


def found_by(query: Query, facts: Iterable[tuple[Fact, Edtf | None]]) -> tuple[str, ...]:
    """Ids of the facts, given with their times, that a query finds: by time, then id. Deprecated ones are left out."""
    found = [(time, fact) for fact, time in facts if _asked_for(fact, time, query)]
    found.sort(key=lambda pair: (pair[0] is None, pair[0].sort_key if pair[0] else (), pair[1].id))
    return tuple(fact.id for _, fact in found)


def _asked_for(fact: Fact, time: Edtf | None, query: Query) -> bool:
    if fact.rank is Rank.DEPRECATED:
        return False
    if query.measure and fact.measure not in query.measure:
        return False
    if query.place and fact.place not in query.place:
        return False
    return query.as_of is None or (time is not None and within(time, query.as_of))
