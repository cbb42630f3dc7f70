"""A candidate and a project in, the fact that could be made of it out, judged by the program's own rules. Pure.

Value, unit and relation are read, and proposed only if the verdict on them is "read". Time, place and measure are
guessed from what stands around, and are marked as guesses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache, partial

from babel.numbers import get_territory_currencies

from reportgen.desk.candidates import Candidate, candidates, named_times
from reportgen.desk.quoting import quote_around
from reportgen.desk.yaml_edits import Plain
from reportgen.evidence.cells import TableCell
from reportgen.evidence.dates_read import dates_in
from reportgen.evidence.fold import FoldedText, folded_words
from reportgen.evidence.judge import OF_CLAIMS, supports
from reportgen.evidence.match import Match, find_quote
from reportgen.evidence.moods import modality_of, moods_in
from reportgen.evidence.quoted import Quoted
from reportgen.evidence.times import time_beside
from reportgen.evidence.under_heads import is_open, said_above
from reportgen.evidence.which_unit import usual_money
from reportgen.language.fitting import noun_forms
from reportgen.language.guessing import language_read, small_words
from reportgen.language.headings import headed_rate, headed_units, rated
from reportgen.language.lexicon import Lexicon, PrintedUnit, lexicon, unit_data
from reportgen.language.locales import locale_of, territory_of
from reportgen.language.naming import forms_of
from reportgen.language.number_phrases import NumberReading, Phrase, Rate
from reportgen.language.phrases import furniture
from reportgen.language.scanner import phrases
from reportgen.language.units import MULTIPLES, UnitError, UnitTable
from reportgen.language.words import folded as folded_letters
from reportgen.language.words import lower, words_of
from reportgen.late_patterns import regex
from reportgen.load.shared_units import countries_of, paid_today
from reportgen.model.edtf import parse_edtf
from reportgen.model.fact import DateValue, Fact, FactValue, TextValue
from reportgen.model.lock import LeftOut
from reportgen.model.measure import Measure, MeasureKind
from reportgen.model.project import Project
from reportgen.model.quantity import LONGEST, PLAIN, Relation, bounded_quantity, range_quantity, typed_quantity
from reportgen.model.source import Source
from reportgen.model.text import Text
from reportgen.model.verdict import Verdict, VerdictProblem

TypedValue = Plain | str | Mapping[str, Plain]
"""As a fact's `value` is written: a number or date, a text, a range."""

_HEADED = {
    "column": "The column is headed “{}”.",
    "row": "The row is headed “{}”.",
    "corner": "The table is headed “{}”.",
    "table": "The table is called “{}”.",
}
_AS_PERCENTAGE = "The spreadsheet shows “{}” as a percentage."
UNQUOTED = "not to be quoted and read"
"""Why a number that may be worth a fact is not proposed: no short quote of its own words carries it."""
UNHEADED = "in tables whose heads are not told apart"
"""The same of a cell: the heads say units, and it is not sure which head is that of its column."""
_CLAUSES = regex(r"[,;:.!?]\s")
_NOUN_WITHIN = 3
"""Words after a number among which the noun that it counts is looked for."""
_JOINING = frozenset(
    ("the", "of", "de", "des", "du", "d", "la", "le", "les", "del", "el", "las", "los", "der", "den", "das", "die",
     "von", "di", "dos", "da", "do")
)  # fmt: skip
"""Small words between a number and what it counts: `two thirds of the boats`, `200 millones de viajeros`."""
_MOST_MEASURES = 8
_SUBSTANCE = regex(r" ?((?:CO[2₂]|CH[4₄]|N[2₂]O)e?)\b")
"""What a mass is of, behind its unit."""
_WITH_NOUNS = regex(r" per |/person$|/\d|[a-z] (?:C|N)[A-Z]?[HO]")
"""Units that have nouns of their own, which a project need not declare."""
_NAMES_OF_MULTIPLES = {value: name for name, value in MULTIPLES.items()}
_SAME = 3
"""First letters of a name that no case changes."""
_SHORTEST_WORD = 4
"""Letters of a word by which measures are compared with a sentence."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A fact that a source could give."""

    candidate: Candidate
    start: int
    """Half-open code-point offsets of the number in the text before folding."""
    end: int
    sentence: str
    quote: str
    value: TypedValue
    unit: str
    relation: str
    """`=` where the words beside the number say nothing; empty where a person has to look: the words of relation are
    not known in this language, or may be read in two ways."""
    as_of: str
    """A guess, like `place` and `measures`; empty where there is none."""
    place: str
    measures: tuple[str, ...]
    """Ids, the likeliest first."""
    likely: bool
    """Whether the first measure is more than possible."""
    alternatives: tuple[str, ...]
    """Other units that the same sign may mean."""
    is_unit_open: bool
    """Whether its unit is the first of `alternatives` by no more than the alphabet, `pesos` in Spanish; or a sign that
    is not known stands before it."""
    strength: int
    why: tuple[str, ...]
    """What the strength comes from."""
    verdict: Verdict
    fact_value: FactValue
    page: int = 0
    """Of a PDF, counted from 1; else 0."""
    reading: str = ""
    """How it was read, where the quote does not print all of it: a unit at the head of a table's column."""
    modality: str = ""
    """In which mood the quote speaks; empty where it has no words of one, or they may be doubted."""
    left_out: tuple[LeftOut, ...] = ()
    """What of its sentence the quote leaves out, because no short quote has it all."""

    @property
    def number(self) -> int:
        return self.candidate.number


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a source could give."""

    shown: tuple[Suggestion, ...]
    hidden: tuple[tuple[Candidate, str], ...]
    """What is not shown, each with the reason."""
    facts: tuple[Candidate, ...]
    """Those that are facts already."""
    ids: frozenset[str] = frozenset()
    """The facts whose words stand in the text."""
    held_by: str = ""
    """Of one number that was asked for: the id of the fact that has it already, by this value or this quote."""

    @property
    def first(self) -> Suggestion | None:
        """The first that is likely worth a fact: a number or range that is not mostly noise, else whatever is not."""
        real = [one for one in self.shown if not one.candidate.hidden]
        return next((one for one in real if one.candidate.kind in ("number", "range")), real[0] if real else None)


def suggested(
    folded: FoldedText,
    source: Source,
    project: Project,
    units: UnitTable,
    *,
    pages: Sequence[int] = (),
    is_table: bool = False,
    wanted: int = 0,
    everything: bool = False,
    within: tuple[int, int] | None = None,
) -> Suggested:
    """What a source's text could give.

    `pages` is where each page begins, and last where what repeats on them stands. With `everything`, also what is
    mostly noise is proposed; with `wanted`, the candidate of that number alone, whatever it is; with `within`, those
    between two places of the text before folding alone, facts or not.
    """
    language = language_read(source, folded.text, project.settings.lang)
    proposer = _Proposer(folded, source, project, units, language, lexicon(language))
    quoted = quoted_facts(folded, source, project)
    shown, hidden, facts = [], [], []
    held_by = ""
    for candidate in candidates(folded, language, is_table=is_table):
        if wanted and candidate.number != wanted:
            continue
        if within and not (within[0] <= folded.starts[candidate.start] and folded.ends[candidate.end - 1] <= within[1]):
            continue
        if not (wanted or within) and any(is_read_by(one, candidate) for one in quoted):
            facts.append(candidate)
        elif pages and folded.starts[candidate.start] >= pages[-1]:
            hidden.append((candidate, "in heads and feet of pages"))
        elif candidate.hidden and not (wanted or everything):
            hidden.append((candidate, candidate.hidden))
        elif found := proposer.proposed(candidate):
            page = sum(start <= found.start for start in pages[:-1])
            shown.append(replace(found, page=page))
            if wanted:
                held_by = _holder(found, quoted)
        else:
            hidden.append((candidate, candidate.hidden or proposer.why_not(candidate)))
    ids = frozenset(one.fact.id for one in quoted)
    return Suggested(tuple(shown), tuple(hidden), tuple(facts), ids, held_by)


def reads(suggestion: Suggestion, quote: str, source: Source, project: Project) -> bool:
    """Whether another quote carries what is suggested."""
    language = language_read(source, f"{source.title} {quote}", project.settings.lang)
    verdict = supports(
        suggestion.fact_value, [Quoted(quote, language)], language=project.settings.lang, units=project.units
    )
    return verdict.state == "read" and not _faults(verdict)


def _faults(verdict: Verdict) -> list[VerdictProblem]:
    """What speaks against a quote; what the claim can still say, such as `a day` and `by`, does not."""
    return [
        one
        for one in verdict.problems
        if one.code != "no-relation-words" and not (one.code in OF_CLAIMS and one.severity == "warning")
    ]


@dataclass(frozen=True, slots=True)
class QuotedFact:
    """A fact and where a quote of it stands in a text."""

    fact: Fact
    part: int
    """Which of its evidence that is, from 0."""
    found: Match

    @property
    def outer(self) -> tuple[int, int]:
        """With prefix and suffix, in the folded text."""
        return self.found.outer


# One text is searched for the same quotes again and again while a person works at it.
_find = lru_cache(maxsize=4096)(find_quote)


def quoted_facts(folded: FoldedText, source: Source, project: Project) -> tuple[QuotedFact, ...]:
    """The facts of a source whose quotes stand in a text of it."""
    language = language_read(source, folded.text, project.settings.lang)
    found = []
    for fact in project.facts.values():
        for part, evidence in enumerate(fact.evidence):
            if evidence.source == source.id:
                match = _find(folded, evidence.prefix, evidence.quote, evidence.suffix, language)
                if isinstance(match, Match):
                    found.append(QuotedFact(fact, part, match))
    return tuple(found)


def is_read_by(one: QuotedFact, candidate: Candidate) -> bool:
    """Whether a candidate stands in a fact's quote, and is what the fact reads there."""
    fact = one.fact
    if not (one.outer[0] <= candidate.start and candidate.end <= one.outer[1]):
        return False
    said = candidate.text.casefold()
    if isinstance(fact.value, TextValue):
        return any(said in text.casefold() for _, text in fact.value.text.by_language)
    if fact.verdict is None or fact.verdict.inferred:
        return True
    read = [folded_words(words).casefold() for words in fact.verdict.read]
    return any(_has(one, said) or _has(said, one) for one in read)


def _has(text: str, words: str) -> bool:
    """Whether words stand in a text, none of whose numbers they cut: 25 does not stand in 1.25."""
    begins = r"(?<!\d)(?<!\d[.,'])" if words[:1].isdecimal() else ""
    ends = r"(?!\d|[.,']\d)" if words[-1:].isdecimal() else ""
    return bool(re.search(f"{begins}{re.escape(words)}{ends}", text))


def _holder(found: Suggestion, quoted: Sequence[QuotedFact]) -> str:
    """The fact that has what is suggested; an inferred one has it where it has the same quote."""
    for one in quoted:
        fact = one.fact
        is_inferred = fact.verdict is not None and fact.verdict.inferred
        has_quote = any(evidence.quote == found.quote for evidence in fact.evidence)
        if has_quote if is_inferred else is_read_by(one, found.candidate):
            return fact.id
    return ""


@dataclass(frozen=True, slots=True)
class _ReadValue:
    """One way to write a candidate down."""

    value: FactValue
    typed: TypedValue
    unit: str = ""
    relation: str = "="
    reading: str = ""
    """How it was read, where its quote does not print all of it."""
    is_open: bool = False
    """Whether it is counted per something that its unit does not say, and the project has no such unit."""


@lru_cache
def _own_money(lang: str) -> str:
    """The currency of the country whose language it is, by its tag or most of its speakers: NOK of nb, UYU of es-UY."""
    territory = territory_of(lang)
    return next(iter(get_territory_currencies(territory)), "") if territory else ""


@dataclass
class _Proposer:
    folded: FoldedText
    source: Source
    project: Project
    units: UnitTable
    language: str
    known: Lexicon

    def proposed(self, candidate: Candidate) -> Suggestion | None:
        ways = list(self._ways(candidate))
        for number, way in enumerate(ways):
            carries = partial(self._is_read, way)
            quote = self._in_its_mood(candidate, carries)
            if not quote or self._left_out(quote):
                quote = quote_around(self.folded, candidate, self.language, carries) or quote
            if quote:
                others = tuple(dict.fromkeys(each.unit for each in ways[number + 1 :] if each.unit != way.unit))
                return self._suggestion(candidate, way, quote, others)
        return None

    def why_not(self, candidate: Candidate) -> str:
        """Why a candidate that is worth a fact is not proposed."""
        cell, phrase = candidate.cell, candidate.phrase
        return UNHEADED if cell and phrase and cell.heads and self._is_unsure(cell, phrase) else UNQUOTED

    def _in_its_mood(self, candidate: Candidate, carries: Callable[[str], bool]) -> str:
        """A quote with the words of mood that stand with a number; empty where there are none, or it is too long."""
        first, last = candidate.sentence
        beside = [self.folded.text[first : candidate.start], self.folded.text[candidate.end : last]]
        beside = [_CLAUSES.split(beside[0])[-1], _CLAUSES.split(beside[1])[0]]
        if not any(modality_of(moods_in(text, self.language)) for text in beside):
            return ""
        return quote_around(
            self.folded,
            candidate,
            self.language,
            lambda quote: modality_of(moods_in(quote, self.language)) is not None and carries(quote),
        )

    def _left_out(self, quote: str) -> tuple[LeftOut, ...]:
        """What of its sentence a quote leaves out, and may not."""
        found = _find(self.folded, "", quote, "", self.language)
        return found.left_out if isinstance(found, Match) else ()

    def _is_read(self, way: _ReadValue, quote: str) -> bool:
        verdict = self._verdict(way, quote)
        return (verdict.state == "read" or bool(way.reading)) and not _faults(verdict)

    def _verdict(self, way: _ReadValue, quote: str) -> Verdict:
        lang = self.project.settings.lang
        reading = Text((("", way.reading),)) if way.reading else None
        quoted = [Quoted(quote, self.language)]
        return supports(way.value, quoted, language=lang, reading=reading, units=self.project.units)

    # What a candidate may be ------------------------------------------------------------------------------------------

    def _ways(self, candidate: Candidate) -> Iterator[_ReadValue]:
        if candidate.date:
            date = candidate.date
            text = f"{date.year:04}-{date.month:02}" + (f"-{date.day:02}" if date.day else "")
            yield _ReadValue(DateValue(parse_edtf(text)), Plain(text))
        elif candidate.phrase and candidate.phrase.kind == "year" and candidate.text.isdecimal():
            yield _ReadValue(DateValue(parse_edtf(candidate.text)), Plain(candidate.text))
        elif candidate.phrase:
            headed = tuple(self._headed(candidate, candidate.phrase))
            yield from headed
            if headed or (candidate.cell is not None and self._is_unsure(candidate.cell, candidate.phrase)):
                return  # a bare number would be another than the table prints
            for relation in candidate.phrase.relations or ("",):
                yield from self._numbers(candidate, candidate.phrase, relation or "=")
        else:
            yield _ReadValue(TextValue(Text(((self.language, candidate.text),))), candidate.text)

    def _headed(self, candidate: Candidate, phrase: Phrase) -> Iterator[_ReadValue]:
        """A bare number of a table whose column, row or title prints its unit: the reading says which."""
        cell = candidate.cell
        if cell is None or phrase.kind != "number" or any(reading.units for reading in phrase.readings):
            return
        lang = self.project.settings.lang
        words = furniture(lang, self.project.words)
        if cell.is_percentage:
            told = words.plain(_AS_PERCENTAGE, candidate.text)
            for reading in phrase.readings:
                typed = _typed(reading.value * 100, reading.step * 100)
                yield from (replace(way, reading=told) for way in self._made(typed, "percent", "="))
            return
        rate = headed_rate(cell.column, self.language)
        for kind, said in said_above(cell, self.language):
            if kind == "table" and (not cell.column or rate or _COUNTED.match(cell.column)):
                continue
            head = _LABEL.sub("", said) if kind == "table" else said
            says = _HEADED[kind]
            for unit in _units_said(head, self.language):
                noun = self._noun_in(f"{cell.column} {head}") if unit in MULTIPLES else ""
                for reading in phrase.readings:
                    typed = _typed(reading.value, reading.step)
                    relation = (phrase.relations or ("=",))[0] or "="
                    for way in self._per(typed, f"{unit} {noun}".strip(), rate if kind == "column" else None, relation):
                        # Digits of a reading have to be a quote's; a multiple alone is read with the number.
                        printed, left_out = _THOUSANDS.subn("…", head)
                        told = words.plain(says, printed)
                        shown = ["thousand"] if left_out else []
                        if unit in MULTIPLES or rate:
                            shown.append(f"“{candidate.text}”")
                        if shown:
                            told = f"{told.rstrip('.')}: {', '.join(shown)}."
                        yield replace(way, reading=told)
                return
        if rate:
            noun = self._noun_in(cell.column.partition(rate.text)[0])
            for reading in phrase.readings:
                for way in self._per(_typed(reading.value, reading.step), noun, rate, "="):
                    told = words.plain(_HEADED["column"], cell.column)
                    yield replace(way, reading=f"{told.rstrip('.')}: “{candidate.text}”.")

    def _per(self, typed: str, unit: str, rate: Rate | None, relation: str) -> Iterator[_ReadValue]:
        """A number in a unit counted per what its column says; open where the project has no such unit."""
        if rate is None or "/" in unit:
            yield from self._made(typed, unit, relation)
        elif ways := list(self._made(typed, rated(unit, rate), relation) if unit else ()):
            yield from ways
        else:
            yield from (replace(way, is_open=True) for way in self._made(typed, unit, relation))

    def _is_unsure(self, cell: TableCell, phrase: Phrase) -> bool:
        """Whether a bare number of a table stands below several units of which nobody knows which is its own."""
        is_bare = not any(reading.units or reading.multiple != 1 for reading in phrase.readings)
        return is_bare and is_open(cell, self.language)

    def _numbers(self, candidate: Candidate, phrase: Phrase, relation: str) -> Iterator[_ReadValue]:
        if phrase.kind == "range":
            for low, high in ((low, high) for low in phrase.low for high in phrase.high):
                yield from self._range(candidate, low, high)
            return
        for reading in phrase.readings:
            for unit in self._units(candidate, reading):
                multiple = _named_multiple(reading)
                typed = _typed(reading.value / multiple, reading.step / multiple)
                named = " ".join(filter(None, (_NAMES_OF_MULTIPLES.get(int(multiple), ""), unit)))
                if typed and phrase.bounds:
                    yield from self._bounded(typed, phrase.bounds, multiple, named, relation)
                elif typed:
                    yield from self._made(typed, named, relation)

    def _range(self, candidate: Candidate, low: NumberReading, high: NumberReading) -> Iterator[_ReadValue]:
        same = low.multiple == high.multiple and int(high.multiple) in _NAMES_OF_MULTIPLES
        multiple = high.multiple if same else Fraction(1)
        ends = [_typed(end.value / multiple, end.step / multiple) for end in (low, high)]
        units = self._likeliest_first(candidate, high.units)
        for unit in (_named(each, high.per) for each in units) if units else ("",):
            named = " ".join(filter(None, (_NAMES_OF_MULTIPLES.get(int(multiple), ""), unit)))
            try:
                parsed = self.units.parse(named) if named else PLAIN
                value = range_quantity(ends[0], ends[1], parsed) if all(ends) else None
            except (UnitError, ValueError):
                continue
            if value is not None:
                yield _ReadValue(value, {"min": Plain(ends[0]), "max": Plain(ends[1])}, named)

    def _bounded(
        self, typed: str, bounds: Phrase, multiple: Fraction, unit: str, relation: str
    ) -> Iterator[_ReadValue]:
        """A value with the range that stands in brackets after it."""
        for low, high in ((low, high) for low in bounds.low for high in bounds.high):
            ends = [_typed(end.value / multiple, end.step / multiple) for end in (low, high)]
            try:
                parsed = self.units.parse(unit) if unit else PLAIN
                value = bounded_quantity(typed, ends[0], ends[1], parsed, Relation(relation))
            except (UnitError, ValueError):
                continue
            written = {"value": Plain(typed), "min": Plain(ends[0]), "max": Plain(ends[1])}
            yield _ReadValue(value, written, unit, relation)

    def _made(self, typed: str, unit: str, relation: str) -> Iterator[_ReadValue]:
        try:
            known = self.units.with_nouns(unit) if _WITH_NOUNS.search(unit) else self.units
            parsed = known.parse(unit) if unit else PLAIN
            yield _ReadValue(typed_quantity(typed, parsed, Relation(relation)), Plain(typed), unit, relation)
        except (UnitError, ValueError):
            return

    def _units(self, candidate: Candidate, reading: NumberReading) -> Iterator[str]:
        """The unit as projects write it: what is printed, else the noun that is counted, else none."""
        yield from self._rates(candidate, reading)
        if reading.units:
            likeliest_first = self._likeliest_first(candidate, reading.units)
            yield from (_named(unit, reading.per) for unit in likeliest_first)
            return
        if not candidate.sign and (noun := self._noun(candidate)):
            yield noun
        yield ""

    def _rates(self, candidate: Candidate, reading: NumberReading) -> Iterator[str]:
        """The unit with what it is of, or counted per where that is a noun or so many of something: `Mt CO2e`,
        `kg/person`, `l/100 km`, `deaths per 100,000 people`."""
        rate = reading.rate
        after = self.folded.text[candidate.end : candidate.sentence[1]]
        substance = _SUBSTANCE.match(after)
        if substance and rate is None:
            yield from (f"{unit.name} {substance[1]}" for unit in reading.units if unit.powers == (("g", 1),))
        if rate is not None and rate.units and rate.amount.denominator == 1 != rate.amount:
            per = f"{rate.amount} {rate.units[0].name}"
            yield from (f"{_named(unit, ())}/{per}" for unit in reading.units)
        if rate is None or rate.units or self.known.language != "en":
            return
        if rate.amount == 1:
            below = "person" if "person" in rate.nouns else ""
            yield from (f"{_named(unit, ())}/{below}" for unit in reading.units if below)
        elif not reading.units and rate.text.startswith("per "):
            noun = after.partition(rate.text)[0].strip() if rate.text in after else ""
            if noun and len(noun.split()) <= _NOUN_WITHIN and all(word.isalpha() for word in noun.split()):
                below = rate.text
                people = self.known.data["rates"]["people"]
                if first := next((word for word in below.split() if word in people), ""):
                    below = below[: below.index(first) + len(first)]
                yield f"{noun} {below}"

    def _likeliest_first(self, candidate: Candidate, units: Sequence[PrintedUnit]) -> list[PrintedUnit]:
        """The units that a sign or name may mean: `kroner` in a Norwegian text are Norway's, and a dollar beside the
        name of a country is the world's."""
        own = _own_money(self.language)
        paid = frozenset((own,)) if usual_money([unit.name for unit in units]) else self._paid(candidate)
        return sorted(units, key=lambda unit: unit.name not in paid)

    def _paid(self, candidate: Candidate) -> frozenset[str]:
        """The currencies of the country that a sentence names, else of who published the source, else of the source's
        language: by these `pesos` are told apart."""
        first, last = candidate.sentence
        place = self._place(self.folded.text[first:last]).partition("-")[0]
        countries = [place] if place else [*countries_of([Quoted("", self.source.language or "")], [self.source])]
        own = _own_money(self.language)
        return paid_today(countries) or (frozenset((own,)) if own else frozenset())

    def _is_shared(self, candidate: Candidate, unit: str, others: Sequence[str]) -> bool:
        """Whether a unit is the first of several by no more than their order."""
        said = re.split(r"[ /]", unit)
        if not self.known.has_words and not any(name in unit_data().money for name in said):
            return True
        codes = [name for each in (unit, *others) for name in re.split(r"[ /]", each) if name in unit_data().money]
        if len(set(codes)) < 2 or (self.known.has_words and usual_money(codes)):
            return False
        return len(self._paid(candidate).intersection(codes)) != 1 or not self._paid(candidate).intersection(said)

    def _noun(self, candidate: Candidate) -> str:
        """The project's counted noun that stands soon after a number, and behind no verb or preposition: not the
        libraries of `12 million is for libraries`."""
        after = re.split(r"[.;:!?|(]", self.folded.text[candidate.end : candidate.sentence[1]])[0]
        words = words_of(lower(folded_letters(after)))[:_NOUN_WITHIN]
        stop = next((at for at, word in enumerate(words) if word in self._parting), len(words))
        return self._noun_in(" ".join(words[:stop]))

    def _noun_in(self, text: str, most: int | None = None) -> str:
        """The project's counted noun among the first words of a text."""
        keys = {key for word in words_of(lower(folded_letters(text)))[:most] for key in self.known.keys(word)}
        return next((name for name, forms in self._nouns.items() if keys & forms), "")

    @cached_property
    def _parting(self) -> frozenset[str]:
        """Small words behind which a noun is no more what a number counts."""
        known = self.known
        small = small_words(known.language) | known.prepositions | known.conjunctions | known.words("helping_verbs")
        return frozenset(small) - known.articles - known.words("of") - _JOINING

    @cached_property
    def _nouns(self) -> dict[str, frozenset[str]]:
        """The project's counted nouns -> the forms by which they are looked up; in English the usual plurals too."""
        nouns: dict[str, frozenset[str]] = {}
        for name, symbol in self.units.symbols.items():
            if symbol.kind == "count":
                forms = noun_forms(self.units.parse(name), self.project.units)
                said = {key for form in forms for word in words_of(lower(form))[:1] for key in self.known.keys(word)}
                endings = ("", "s", "es") if self.known.language == "en" else ("",)
                nouns[name] = frozenset(f"{word}{ending}" for word in said for ending in endings)
        return nouns

    # What stands around -----------------------------------------------------------------------------------------------

    def _suggestion(self, candidate: Candidate, way: _ReadValue, quote: str, others: tuple[str, ...]) -> Suggestion:
        start, end = self.folded.span(candidate.start, candidate.end)
        first, last = candidate.sentence
        sentence = self.folded.text[first:last]
        cell = candidate.cell
        heads = " ".join((cell.column, cell.row, cell.title)) if cell else ""
        measures, likely = self._measures(way, f"{sentence} {heads}")
        place = self._place(sentence) or (self._place(heads) if cell else "")
        as_of = "" if candidate.date else candidate.time or (_time_of_cell(cell, self.language) if cell else "")
        why = list(_reasons(candidate, way, likely, place, as_of, sentence))
        said = candidate.phrase.relations if candidate.phrase else ()
        is_known = (self.known.has_words or candidate.phrase is None) and not ("=" in said and len(said) > 1)
        return Suggestion(
            candidate,
            start,
            end,
            " ".join(sentence.split()),
            quote,
            way.typed,
            way.unit,
            way.relation if is_known else "",
            as_of,
            place,
            measures,
            likely,
            others,
            bool(candidate.sign) or way.is_open or (bool(others) and self._is_shared(candidate, way.unit, others)),
            max(1, sum(points for points, _ in why)),
            tuple(text for _, text in why),
            self._verdict(way, quote),
            way.value,
            reading=way.reading,
            modality=modality_of(moods_in(quote, self.language)) or "",
            left_out=self._left_out(quote),
        )

    def _place(self, sentence: str) -> str:
        """The one place that a sentence names; empty where it names none, or several."""
        found = {
            code
            for (name, tag), code in self._places.items()
            if name[:_SAME] in sentence and forms_of(name, tag).search(sentence)
        }
        return found.pop() if len(found) == 1 else ""

    @cached_property
    def _places(self) -> dict[tuple[str, str], str]:
        """Names of countries in the source's language and the site's, and of the site's own places, each with its
        language -> their codes."""
        names: dict[tuple[str, str], str] = {}
        for tag in dict.fromkeys((self.language, self.project.settings.lang)):
            for code, name in _territories(tag).items():
                if len(code) == 2 and len(name) > 3:
                    names.setdefault((str(name), tag), code)
        for code, text in self.project.settings.places:
            names |= {(name, tag or self.language): code for tag, name in text.by_language if name.strip()}
        return names

    def _measures(self, way: _ReadValue, sentence: str) -> tuple[tuple[str, ...], bool]:
        """The measures that the value could be of, those first whose words stand in the sentence."""
        said = self._words(sentence)
        unit = self._words(way.unit)
        scores: dict[str, int] = {}
        alike: dict[str, int] = {}
        for measure in self.project.measures.values():
            if self._fits(way, measure):
                texts = [text for _, text in measure.label.by_language] + [measure.id.replace("-", " ")]
                for fact in self.project.facts.values():
                    if fact.measure == measure.id:
                        texts += [text for _, text in fact.claim.by_language]
                is_noun = bool(way.unit) and measure.unit == way.unit and way.unit not in ("percent", "")
                known = self._words(" ".join(texts))
                scores[measure.id] = 2 * is_noun + len(said & known)
                alike[measure.id] = len((said & known) - unit)
        ordered = sorted(scores, key=lambda id: (-scores[id], id))[:_MOST_MEASURES]
        # What has the same unit is not yet the same measure: words that say what is measured have to be there too.
        is_likely = bool(ordered) and scores[ordered[0]] >= 2 and alike[ordered[0]] >= 1
        return tuple(ordered), is_likely

    def _words(self, text: str) -> set[str]:
        words = words_of(lower(folded_letters(text)))
        return {key for word in words if len(word) >= _SHORTEST_WORD for key in self.known.keys(word)[:2]}

    def _fits(self, way: _ReadValue, measure: Measure) -> bool:
        if isinstance(way.value, DateValue):
            return measure.kind is MeasureKind.DATE
        if isinstance(way.value, TextValue):
            return measure.kind is MeasureKind.TEXT
        if measure.kind not in (MeasureKind.NUMBER, MeasureKind.COUNT):
            return False
        try:
            wanted = self.units.parse(measure.unit)
        except UnitError:
            return False
        unit = way.value.unit
        if not unit.powers:
            return not wanted.powers or self.units.counts(wanted)
        return unit.powers == wanted.powers or (self.units.is_money(unit) and self.units.is_money(wanted))


def _territories(tag: str) -> Mapping[str, str]:
    """Code -> name of each country in a language; none where a source's language is no tag of one."""
    try:
        return dict(locale_of(tag).territories)
    except ValueError:
        return {}


def _named_multiple(reading: NumberReading) -> Fraction:
    """The multiple of a number, or of one with a multiple that a unit does not name, such as a lakh, the largest that
    fits: so the value has the digits that are printed, and no more."""
    if reading.multiple == 1 or reading.step == 1:  # `10⁶` has no such word
        return Fraction(1)
    if int(reading.multiple) in _NAMES_OF_MULTIPLES:
        return reading.multiple
    return Fraction(max((each for each in _NAMES_OF_MULTIPLES if each <= abs(reading.value)), default=1))


def _typed(value: Fraction, step: Fraction) -> str:
    """A number as an author types it, with the decimals that are printed; empty where it has no end."""
    places = 0
    while step < 1 and step * 10**places < 1 and places < LONGEST:
        places += 1
    scaled = value * 10**places
    if scaled.denominator != 1:
        return ""
    digits = f"{abs(scaled.numerator):0{places + 1}}"
    whole = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    text = f"-{whole}" if scaled < 0 else whole
    return text if len(text) <= LONGEST else ""


def _named(unit: PrintedUnit, per: Sequence[PrintedUnit]) -> str:
    name = _AS_WRITTEN.get(unit.name, unit.name)
    return f"{name}/{_AS_WRITTEN.get(per[0].name, per[0].name)}" if per else name


_AS_WRITTEN = {"kmh": "km/h", "mph": "mile/h", "t·km": "tkm", "passenger·km": "pkm"}
"""What a unit is called that projects write otherwise than it is listed."""


_YEAR_ALONE = regex(r"\s*(?:1[5-9]|20|21)\d\d\s*\*?(?:\([^()]*\)|\[[^\[\]]*\])?\s*")
"""A head that is a year, and its unit at most: `2024 (€)`."""
_COUNTED = regex(r"(?:number|no\.|count|share|rate|index|ratio|percentage|year|rank)\b", re.IGNORECASE)
"""At the head of a column of which the unit above the table is not."""
_LABEL = regex(r"^[^\W\d_]+\.? [A-Z]?\d+(?:\.\d+)*[.:–—-]? ")
"""What numbers a table: `Table 3.`"""
_THOUSANDS = regex(r"(?<!\w)['’‘]?(?:1[,. ]?)?000(?:s|['’]s)?(?!\w)")
"""A thousand in digits: `('000)`, `(000s)`, `1,000 t`."""
_SHORT_HEAD = 3
"""Letters of a head that is a unit alone, such as `%` or `km`: longer ones, as `Week`, may number what they head."""


@lru_cache(maxsize=512)
def _units_said(head: str, language: str) -> tuple[str, ...]:
    """The unit that a head of a table says, as projects write it; several where a sign may mean them; else none."""
    for said in headed_units(head, language, letters=True):
        is_word = all(reading.multiple == 1 for reading in said.readings)
        if is_word and said.text == head and (len(head) > _SHORT_HEAD or (head.istitle() and len(head) > 1)):
            continue  # a word: `Min`, `Max`
        units = []
        for reading in said.readings:
            multiple = _NAMES_OF_MULTIPLES.get(int(reading.multiple), "")
            if reading.multiple != 1 and not multiple:
                continue
            units += [" ".join(filter(None, (multiple, _named(unit, reading.per)))) for unit in reading.units]
            if not reading.units and multiple:
                units.append(multiple)
        if units:
            return tuple(units)
    return ()


def _time_of_cell(cell: TableCell, language: str) -> str:
    """The time that the heads of a cell name, the nearest first: `2024`, `In March 2024`; empty where none is sure."""
    for head in (cell.column, cell.row, cell.title if cell.column else ""):
        bare = [part for part in re.split(r"[,;]", head) if _YEAR_ALONE.fullmatch(part)]
        if len(bare) == 1:
            return bare[0].strip()[:4]
        times = tuple(named_times(head, phrases(head, language), dates_in(head, language)[0]))
        if times:
            return time_beside(f"{head} ", (len(head) + 1, len(head) + 1), times, (), language)
    return ""


def _reasons(
    candidate: Candidate, way: _ReadValue, likely: bool, place: str, as_of: str, sentence: str
) -> Iterable[tuple[int, str]]:
    """Points for what makes a candidate worth citing."""
    if candidate.kind == "name":
        yield 1, "a name"
        return
    yield (2, "a date") if candidate.kind == "date" else (2, "a number")
    if candidate.kind == "range":
        yield 1, "a range"
    if way.unit:
        yield 2, f"unit {way.unit}"
    if way.relation != "=":
        yield 1, f"relation {way.relation}"
    if likely:
        yield 2, "a measure fits"
    if as_of:
        yield 1, "a time beside it"
    if place:
        yield 1, "a place beside it"
    if candidate.kind == "date" and way.value and re.search(r"\d", sentence.replace(candidate.text, "")):
        yield -1, "it may only say when"
    if len(sentence.split()) < 5:
        yield -2, "hardly a sentence"
