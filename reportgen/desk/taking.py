"""A suggestion and a claim in, the fact written into authors' YAML and its entry in evidence.lock out.

Effects: reads the project's files; writes nothing until `files.commit` is given the changes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from reportgen import pipeline
from reportgen.archive.lock_file import lock_text, parsed_lock
from reportgen.archive.texts import Archive, QuoteRequest, verify_quotes
from reportgen.brief.lock_problems import quote_problems
from reportgen.brief.problems import problems
from reportgen.citing.pandoc import Citeproc
from reportgen.citing.problems import citing
from reportgen.desk import yaml_edits
from reportgen.desk.files import FileChange, LaidOver, edited
from reportgen.desk.proposing import Suggestion
from reportgen.desk.yaml_edits import Plain, YamlValue
from reportgen.diagnostics import Diagnostic, ReportError, Span, errors
from reportgen.editions.gate import edition_problems
from reportgen.facts.answers import Answers
from reportgen.language.units import MULTIPLES
from reportgen.late_patterns import regex
from reportgen.load.fields import slug
from reportgen.model.edtf import parse_edtf
from reportgen.model.fact import Evidence, Fact
from reportgen.model.lock import Lock, LockEntry
from reportgen.model.project import Project
from reportgen.model.quantity import is_number
from reportgen.model.source import Source

CUT = "quote-cut"
_OF_QUOTES = frozenset(
    (
        CUT,
        "value-contradicted",
        "value-not-in-quote",
        "modality-in-quote",
        "relation-in-quote",
        "unit-not-in-quote",
        "date-not-in-quote",
        "heading-contradicted",
        "time-not-in-quote",
        "later-than-source",
        "year-not-in-quote",
    )
)
"""Codes that say that a quotation may not carry its fact."""
FACTS = "content/facts/desk.yaml"
"""Where facts go that have no neighbours."""
_SHORTEST_WORD = 4
_MOST_WORDS = 3
"""Words of a claim in an id."""
LONGEST_LINE = 400
"""Characters of a field."""
PlaceOf = Callable[[str, str], str]
"""A key of a fact and the fact's id -> what a person is told to change, where the fact is not written."""
_KEY = regex(r"\s*(?:- )?(?P<key>[a-z_]+): *(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class FactChoice:
    """What a person says of a fact; what is empty is left out, or read out of the source."""

    claim: str
    id: str = ""
    measure: str = ""
    place: str = ""
    as_of: str = ""
    unit: str = ""
    relation: str = ""
    locator: str = ""
    note: str = ""
    value: str = ""
    """Another value than the one that was read; a `reading` says how it follows."""
    reading: str = ""
    modality: str = ""


@dataclass(frozen=True, slots=True)
class TakenFacts:
    """Facts as they are to be written."""

    files: Mapping[str, str]
    """Id of each -> its file."""
    changes: tuple[FileChange, ...]
    diagnostics: tuple[Diagnostic, ...]
    """What `check` says of it: warnings and notices, since with errors nothing is taken."""
    project: Project
    """The project with them."""
    found: Sequence[Diagnostic]
    """All that is said of the project then."""

    @property
    def are_verified(self) -> bool:
        """Whether the words were not only found, but nothing is said against what they carry."""
        return are_verified(self.diagnostics)


def taken(
    suggestion: Suggestion, source: str, choice: FactChoice, project: Project, root: Path, archive: Archive
) -> TakenFacts:
    """All that taking a suggestion changes. Raises ReportError where the fact would not pass `check`."""
    entry = fact_entry(suggestion, source, choice, project)
    done = written([entry], project, root, archive, place_of=_option)
    if "{value}" not in choice.claim:
        message = "the claim has no {value}, so that the number would be printed nowhere"
        hint = 'write {value} where it goes, for example "The ferries carried {value} a day."'
        raise ReportError([Diagnostic("bad-claim", message, Span.of("--claim"), hint)])
    return done


def typed(text: str) -> Plain | str:
    """What was typed into a field, as YAML: a number or a date as such; anything else is a text."""
    if is_number(text):
        return Plain(text)
    try:
        return Plain(parse_edtf(text).text)
    except ValueError:
        return text


def _option(key: str, _: str) -> str:
    """The option of `suggest` by which a key is said."""
    parts = {"value": "the value (--value, --unit, --relation)", "evidence": "the quotation"}
    return parts.get(key) or f"--{key.replace('_', '-')}"


def fact_entry(suggestion: Suggestion, source: str, choice: FactChoice, project: Project) -> dict[str, YamlValue]:
    """The fact as it is written: its keys in the order in which people write them."""
    entry: dict[str, YamlValue] = {"id": choice.id or new_fact_id(suggestion, source, choice, project)}
    entry["claim"] = choice.claim
    if choice.measure:
        entry["measure"] = choice.measure
    if choice.place:
        entry["place"] = choice.place
    entry["value"] = typed(choice.value) if choice.value else suggestion.value
    measure = project.measures.get(choice.measure)
    unit = choice.unit or suggestion.unit
    if measure and unit in MULTIPLES and measure.unit not in ("", "percent") and " " not in measure.unit:
        unit = f"{unit} {measure.unit}"  # `58 thousand` of what the measure counts
    if unit and not (measure and measure.unit == unit):
        entry["unit"] = unit
    relation = choice.relation or suggestion.relation
    if relation not in ("", "=") or choice.relation:
        entry["relation"] = relation
    if modality := choice.modality or suggestion.modality:
        entry["modality"] = modality
    if choice.as_of:
        entry["as_of"] = Plain(choice.as_of)
    evidence: dict[str, YamlValue] = {"source": source, "quote": suggestion.quote}
    if locator := choice.locator or (f"p. {suggestion.page}" if suggestion.page else ""):
        evidence["locator"] = locator
    entry["evidence"] = [evidence]
    is_as_read = not choice.value and not choice.unit
    if reading := choice.reading or (suggestion.reading if is_as_read else ""):
        entry["reading"] = reading
    if choice.note:
        entry["note"] = choice.note
    return entry


def new_fact_id(suggestion: Suggestion, source: str, choice: FactChoice, project: Project) -> str:
    """The id of a fact that is given none."""
    return fact_id(choice.measure, choice.place, choice.as_of, choice.claim, f"{source}-{suggestion.number}", project)


def fact_id(measure: str, place: str, as_of: str, claim: str, source: str, project: Project) -> str:
    """Measure, place and time: what tells a fact from its neighbours. Without a measure, what the claim is about, and
    where that says nothing, the source. With a number where it is taken."""
    base = slug("-".join(filter(None, (measure or _subject(claim) or source, place, as_of)))) or "fact"
    id, number = base, 2
    while id in project.facts or project.broken & {("fact", id)}:
        id, number = f"{base}-{number}", number + 1
    return id


def _subject(claim: str) -> str:
    """The first words of a claim that are not small ones."""
    words = [word for word in re.findall(r"[^\W\d_]+", claim.replace("{value}", " ")) if word != "TODO"]
    return "-".join([word for word in words if len(word) >= _SHORTEST_WORD][:_MOST_WORDS])


def file_for(measure: str, source: str, project: Project) -> str:
    """The file where facts of that measure stand, else of that source; CSV files are for tables of facts."""

    def last(facts: list[Fact]) -> str:
        files = [fact.at.whole.file for fact in facts if fact.at.whole.file.endswith((".yaml", ".yml"))]
        return files[-1] if files else ""

    of_measure = [fact for fact in project.facts.values() if measure and fact.measure == measure]
    of_source = [fact for fact in project.facts.values() if any(e.source == source for e in fact.evidence)]
    return last(of_measure) or last(of_source) or FACTS


def written(
    entries: Sequence[Mapping[str, YamlValue]],
    project: Project,
    root: Path,
    archive: Archive,
    *,
    may_wait: Collection[str] = (),
    also: Sequence[FileChange] = (),
    place_of: PlaceOf = "{} of {}".format,
    known: Sequence[Diagnostic] | None = None,
) -> TakenFacts:
    """What writing facts' entries changes: their files and evidence.lock. Raises ReportError where one may not stand.

    `may_wait` are codes of errors that are no reason to refuse; `also` is changed in the same stroke; `known` is what
    is said of the project as it is, where that is known.
    """
    changes: dict[str, FileChange] = {change.name: change for change in also}
    files: dict[str, str] = {}
    for entry in entries:
        id, source = str(entry["id"]), _sources(entry)[0]
        file = files[id] = file_for(str(entry.get("measure", "")), source, project)
        _check_lines(entry, place_of)
        changes[file] = edited(
            LaidOver(root, tuple(changes.values())),
            file,
            partial(yaml_edits.with_item, item=entry),
            yaml_edits.entry_text(entry),
        )
    with Citeproc() as citeproc:
        before = known if known is not None else pipeline.open_project(LaidOver(root, ()), root, citeproc)[1]
        after, found = pipeline.open_project(LaidOver(root, tuple(changes.values())), root, citeproc)
    new = _new(before, found)
    if wrong := [one for one in errors(new) if one.code not in may_wait]:
        raise ReportError(_without_lines(wrong, changes, place_of))
    if lacking := [id for id in files if id not in after.facts]:
        raise ReportError([Diagnostic("cannot-edit", f'"{lacking[0]}" cannot stand there', Span.at(files[lacking[0]]))])
    try:
        lock, against = locked(after, files, root, archive)
    except ReportError as problem:
        raise ReportError(_without_lines(problem.diagnostics, changes, place_of)) from None
    said = said_of(with_lock(after, lock))
    wrong = [one for one in brought(said_of(project), said) if one.code not in may_wait]
    if wrong:
        raise ReportError(_without_lines(wrong, changes, place_of))
    places = {place for id in files for place in _quotes_of(after.facts[id])}
    cut = (one for one in said if one.code == CUT and one.span in places)
    return TakenFacts(files, (*changes.values(), lock), (*new, *cut, *against), after, found)


def _quotes_of(fact: Fact) -> Iterable[Span]:
    return (fact.at[f"evidence.{number}.quote"] for number in range(len(fact.evidence)))


def are_verified(found: Iterable[Diagnostic]) -> bool:
    """Whether nothing that is said of facts speaks against what their quotations carry."""
    return not any(one.code in _OF_QUOTES and one.severity != "notice" for one in found)


def found_of(fact: Fact, project: Project, archive: Archive) -> tuple[LockEntry | None, ...]:
    """Where each quote of a fact stands in its source's copies; None where it does not, or the source is unknown."""
    asked = [_request(each, project.sources.get(each.source)) for each in fact.evidence]
    return tuple(outcome.entry for outcome in verify_quotes(asked, archive)[1])


def _request(evidence: Evidence, source: Source | None) -> QuoteRequest:
    copies, language = (source.archived, source.language) if source else ((), "")
    return QuoteRequest(evidence.source, evidence.prefix, evidence.quote, evidence.suffix, copies, language)


def said_of(project: Project, citeproc: Citeproc | None = None, slugs: Iterable[str] = ()) -> tuple[Diagnostic, ...]:
    """What `check` says of a project whose files are in order, and of some of its documents."""
    asked = Answers(project, pipeline.age_day(project, None), pipeline.units_of(project))
    found = (*problems(asked), *quote_problems(asked), *edition_problems(asked))
    if citeproc is not None:
        shown = [project.documents[slug] for slug in slugs if slug in project.documents]
        for _, _, wrong in pipeline.evaluations(asked, citing(citeproc, project), shown):
            found += wrong
    return found


def brought(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The errors that were not there before."""
    known = Counter((one.code, one.message) for one in before)
    found = []
    for one in errors(after):
        key = one.code, one.message
        known[key] -= 1
        if known[key] < 0:
            found.append(one)
    return found


def with_lock(project: Project, lock: FileChange) -> Project:
    """The project with evidence.lock as it is to be."""
    return replace(project, lock=parsed_lock((lock.after or b"").decode(), pipeline.LOCK))


def _without_lines(
    found: Iterable[Diagnostic], changes: Mapping[str, FileChange], place_of: PlaceOf
) -> list[Diagnostic]:
    """What is wrong with facts that are not written, without the lines on which they would have stood."""
    told = []
    for one in found:
        change = changes.get(one.span.file)
        lines = (change.after or b"").decode().splitlines() if change else []
        old = (change.before or b"").decode().splitlines() if change else []
        kept = next((n for n, (a, b) in enumerate(zip(old, lines, strict=False)) if a != b), min(len(old), len(lines)))
        said = [key for line in lines[: one.span.line] if (key := _KEY.match(line))]
        ids = [each["value"] for each in said if each["key"] == "id"]
        is_new = bool(said and ids) and one.span.line > kept
        told.append(replace(one, span=Span.of(place_of(said[-1]["key"], ids[-1]))) if is_new else one)
    return told


def _sources(entry: Mapping[str, YamlValue]) -> list[str]:
    evidence = entry["evidence"]
    assert isinstance(evidence, list)
    return [str(one["source"]) for one in evidence]


def _new(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What is told after a change and was not before: the places of the rest may have moved."""
    known = [(one.code, one.message, one.span.file) for one in before]
    new = []
    for one in after:
        key = one.code, one.message, one.span.file
        if key in known:
            known.remove(key)
        else:
            new.append(one)
    return tuple(new)


def _check_lines(entry: Mapping[str, YamlValue], place_of: PlaceOf) -> None:
    """Fields are one line each, and not endless. Raises ReportError."""
    for key, value in entry.items():
        if isinstance(value, str) and (len(value) > LONGEST_LINE or any(ord(c) < 32 or ord(c) == 127 for c in value)):
            message = f'"{key}" must be one line of {LONGEST_LINE} characters at most'
            raise ReportError([Diagnostic("wrong-value", message, Span.of(place_of(key, str(entry["id"]))))])


def locked(
    project: Project, ids: Collection[str], root: Path, archive: Archive
) -> tuple[FileChange, tuple[Diagnostic, ...]]:
    """evidence.lock with some facts' quotes, as `verify` would write it for a project that is to be; and what heads of
    the tables that they stand in say against them.

    Raises ReportError where a quote is not found, or a head says plainly that it is not what the fact says.
    """
    asked = [
        (fact, number, QuoteRequest(e.source, e.prefix, e.quote, e.suffix, source.archived, source.language))
        for fact in map(project.facts.__getitem__, ids)
        for number, e in enumerate(fact.evidence)
        if (source := project.sources.get(e.source))
    ]
    found, outcomes = verify_quotes([request for _, _, request in asked], archive)
    missing = [
        Diagnostic(
            outcome.code, f'"{fact.id}" is not verified: {outcome.reason}', fact.at["evidence"], outcome.hint or None
        )
        for (fact, _, _), outcome in zip(asked, outcomes, strict=True)
        if outcome.entry is None
    ]
    if missing:
        raise ReportError(missing)
    heads = (
        pipeline.against_heads_of(project, archive, fact.id, number, outcome)
        for (fact, number, _), outcome in zip(asked, outcomes, strict=True)
    )
    against = tuple(one for one in heads if one is not None)
    if wrong := errors(against):
        raise ReportError(wrong)
    wanted = {(e.source, e.prefix, e.quote, e.suffix) for fact in project.facts.values() for e in fact.evidence}
    kept = [entry for entry in project.lock.entries if entry.key in wanted]
    missed = (quote for quote in project.lock.missed if quote.key in wanted)
    lock = Lock((*kept, *found.entries), tuple(missed))
    old = (root / pipeline.LOCK).read_bytes() if (root / pipeline.LOCK).is_file() else None
    return FileChange(pipeline.LOCK, old, lock_text(lock).encode()), against
