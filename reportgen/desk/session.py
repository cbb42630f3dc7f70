"""What a form in a browser asks while a fact is made, in; status and JSON document out, as HTTP would carry them.

read a choice of words -> judge what is typed -> save -> undo. Effects: reads the project's files; `save`, `retire` and
`undo` replace those that they name. Nothing that comes in is taken for a path, an address or a command.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from reportgen import pipeline
from reportgen.archive.texts import Archive
from reportgen.brief.lock_problems import cut_problems
from reportgen.brief.problems import fact_problems
from reportgen.citing.pandoc import Citeproc
from reportgen.desk import yaml_edits
from reportgen.desk.changes import in_list
from reportgen.desk.files import FileChange, LaidOver, commit, edited
from reportgen.desk.forms import (
    FIELDS,
    BadFormError,
    FormDocument,
    base_of,
    change_of,
    entry_of,
    line_of,
    measure_of,
    source_of,
    span_of,
)
from reportgen.desk.proposing import Suggestion
from reportgen.desk.quoting import quote_between, told_apart
from reportgen.desk.reading import pages_of, suggestions_of, text_of
from reportgen.desk.taking import FACTS, are_verified, brought, found_of, locked, said_of, with_lock, written
from reportgen.desk.yaml_edits import YamlValue
from reportgen.diagnostics import Diagnostic, ReportError, Span, errors
from reportgen.evidence.fold import FoldedText
from reportgen.evidence.match import Ambiguous, Match, find_quote
from reportgen.evidence.script import count_words
from reportgen.facts.answers import Answers
from reportgen.language.guessing import language_read
from reportgen.late_patterns import regex
from reportgen.load.facts import Basis, load_facts
from reportgen.load.files import DiskFiles, MemoryFiles
from reportgen.load.items import Loading
from reportgen.load.measures import load_measures, units_of
from reportgen.load.places import unknown_places
from reportgen.model.fact import Fact, Rank
from reportgen.model.project import Project
from reportgen.model.source import ArchivedText, Source

MEASURES = "content/measures.yaml"
_DRAFT = "content/facts/draft.yaml"
_MOST_UNDONE = 50
_MOST_OFFERED = 5
"""Wordings of other facts that are offered for a claim."""
_WRITTEN = regex(r"content/(?:facts/(?:[^/]+/)*[^/]+\.ya?ml|measures\.yaml|evidence\.lock)")
"""The files that may be written here."""
_KEY = regex(r"(?:- |  )(?P<key>[a-z_]+):")
_EVIDENCE_KEYS = ("prefix", "quote", "suffix", "locator")


@dataclass(frozen=True, slots=True)
class DeskAnswer:
    """An answer."""

    status: int
    """As HTTP counts: 200, 201, 404, 409, 422."""
    document: FormDocument


@dataclass
class DeskSession:
    """One project at one desk: what was saved can be taken back while no file of it has changed since."""

    root: Path
    archive: Archive
    _saved: dict[str, tuple[FileChange, ...]] = field(default_factory=dict)
    _loaded: tuple[object, Project, tuple[Diagnostic, ...]] | None = None
    """What the files were when the project was loaded, the project, and what is wrong with it."""

    # Reading and judging ----------------------------------------------------------------------------------------------

    def read(self, asked: FormDocument) -> DeskAnswer:
        """What is in the words from `start` to `end` of a source's text, in its candidate of a number, or in a fact."""
        try:
            project = self.project()
            source, copy = source_of(asked, project)
            text, copy = text_of(source, self.archive, copy)
            if isinstance(asked.get("fact"), str):
                return self._read_fact(asked, source, copy, text, project)
            wanted = asked.get("candidate")
            if type(wanted) is int and wanted > 0:
                found = suggestions_of(source, project, self.archive, wanted=wanted, copy=copy)
                if not found.shown:
                    return DeskAnswer(404, {"error": "there is no such number to be read"})
                return self._read(source, copy, text, project, found.shown[0].quote, found.shown)
            start, end = span_of(asked, len(text.original))
            quote, start, end = quote_between(text, start, end)
            if not quote:
                raise BadFormError("there are no words at this place")
            found = suggestions_of(source, project, self.archive, everything=True, copy=copy, within=(start, end))
            return self._read(source, copy, text, project, quote, found.shown, (start, end))
        except (BadFormError, ReportError) as problem:
            return _refused(problem)

    def _read(
        self,
        source: Source,
        copy: ArchivedText,
        text: FoldedText,
        project: Project,
        quote: str,
        shown: Sequence[Suggestion],
        at: tuple[int, int] | None = None,
    ) -> DeskAnswer:
        language = language_read(source, text.text, project.settings.lang)
        place = find_quote(text, "", quote, "", language)
        prefix = suffix = ""
        is_unique = isinstance(place, Match) and (at is None or place.start == at[0])
        if isinstance(place, Ambiguous) and at is not None and (told := told_apart(text, quote, *at, language)):
            (prefix, suffix), is_unique = told, True
        if at is None and isinstance(place, Match):
            at = place.start, place.end
        first = shown[0] if shown else None
        measure = first.measures[0] if first and first.likely else ""
        propose = _proposed(first, measure) if first else {}
        if first and (page := _page_of(first.start, pages_of(copy, self.archive))):
            propose["locator"] = f"p. {page}"
        return DeskAnswer(
            200,
            {
                "quote": quote,
                "prefix": prefix,
                "suffix": suffix,
                "start": at[0] if at else 0,
                "end": at[1] if at else 0,
                "words": count_words(prefix, quote, suffix),
                "unique": is_unique,
                "places": len(place.places) if isinstance(place, Ambiguous) else int(isinstance(place, Match)),
                "others": list(place.contexts) if isinstance(place, Ambiguous) and not is_unique else [],
                "numbers": [_number(one) for one in shown],
                "propose": propose,
                "measures": list(first.measures) if first else [],
                "claims": _claims(measure, project),
                "verdict": [] if first else ["no number is read in these words"],
                "base": self._base(self._files(project)),
            },
        )

    def _read_fact(
        self, asked: FormDocument, source: Source, copy: ArchivedText, text: FoldedText, project: Project
    ) -> DeskAnswer:
        """A fact as its file has it, with the evidence that this source gives."""
        fact = project.facts.get(asked["fact"])
        if fact is None:
            raise BadFormError("there is no such fact")
        part = next((n for n, one in enumerate(fact.evidence) if one.source == source.id), None)
        if part is None:
            raise BadFormError("this fact does not rest on this source")
        said = self._item(fact)[1]
        evidence = fact.evidence[part]
        words = evidence.prefix, evidence.quote, evidence.suffix
        place = find_quote(text, *words, language_read(source, text.text, project.settings.lang))
        fields = {name: _shown(said[name]) for name in ("id", *FIELDS) if name in said}
        return DeskAnswer(
            200,
            {
                "quote": evidence.quote,
                "prefix": evidence.prefix,
                "suffix": evidence.suffix,
                "start": place.start if isinstance(place, Match) else 0,
                "end": place.end if isinstance(place, Match) else 0,
                "words": count_words(*words),
                "unique": isinstance(place, Match),
                "places": len(place.places) if isinstance(place, Ambiguous) else int(isinstance(place, Match)),
                "others": [],
                "numbers": [],
                "propose": {},
                "measures": [],
                "claims": _claims(fact.measure, project, without=fact.id),
                "verdict": [],
                "base": self._base(self._files(project)),
                "fact": {**fields, "locator": evidence.locator},
                "part": part,
                "file": fact.at.whole.file,
                "line": fact.at["id"].line,
                "retired": fact.rank is Rank.DEPRECATED,
                "printed": self._printed_in(fact.id, project),
            },
        )

    def judge(self, asked: FormDocument) -> DeskAnswer:
        """What `check` would say of a fact, against the project as it is."""
        try:
            project = self.project()
            entry, measure = self._entry(asked, project)
            claims = _claims(str(entry.get("measure", "")), project, without=str(entry["id"]))
            verdict = _records(judged(entry, measure, project, self.archive, _replaced(asked)), entry)
            return DeskAnswer(200, {"verdict": verdict, "id": entry["id"], "claims": claims})
        except (BadFormError, ReportError) as problem:
            return _refused(problem)

    # Writing ----------------------------------------------------------------------------------------------------------

    def save(self, asked: FormDocument) -> DeskAnswer:
        """Writes a fact, in place of the fact `replaces` if that is named, with its measure if that is new."""
        try:
            project = self.project()
            replaced = _replaced(asked)
            entry, measure = self._entry(asked, project)
            id = str(entry["id"])
            said = judged(entry, measure, project, self.archive, replaced)
            if wrong := errors(said):
                return DeskAnswer(422, {"verdict": _records(wrong, entry)})
            base = base_of(asked)
            changes, after, found = self._changes(entry, measure, project, replaced, change_of(asked))
            self._commit(changes, base)
        except (BadFormError, ReportError, _ConflictError) as problem:
            return self._told(problem)
        self._loaded = self._seen(), with_lock(after, changes[-1]), tuple(found)
        fact = after.facts[id]
        return DeskAnswer(
            201,
            {
                "id": id,
                "file": fact.at.whole.file,
                "line": fact.at["id"].line,
                "insert": f'{{{{ fact("{id}") }}}}',
                "verified": are_verified(said),
                "undo": self._remember(changes),
                "base": self._base(change.name for change in changes),
            },
        )

    def retire(self, asked: FormDocument) -> DeskAnswer:
        """Sets a fact's rank to deprecated, with a note that says why. Refused while a brief prints it."""
        try:
            project = self.project()
            id, reason = asked.get("id"), line_of(asked.get("reason"), "reason")
            if not isinstance(id, str) or id not in project.facts:
                return DeskAnswer(404, {"error": "there is no such fact"})
            if not reason:
                raise BadFormError("say why the fact is retired")
            if printed := self._printed_in(id, project):
                return DeskAnswer(422, {"error": "briefs print it", "briefs": printed})
            change = self._edit(project.facts[id], {"rank": "deprecated", "note": reason})
            _, wrong = self._changed((change,))
            if wrong:
                return DeskAnswer(422, {"verdict": _records(wrong, {})})
            self._commit([change], base_of(asked))
        except (BadFormError, ReportError, _ConflictError) as problem:
            return self._told(problem)
        return DeskAnswer(200, {"id": id, "undo": self._remember([change]), "base": self._base([change.name])})

    def undo(self, asked: FormDocument) -> DeskAnswer:
        """Takes a save back, as long as no file of it has changed since."""
        token = asked.get("token")
        changes = self._saved.get(token) if isinstance(token, str) else None
        if changes is None:
            return DeskAnswer(404, {"error": "there is nothing to take back"})
        try:
            self._check_inside(changes)
            commit(self.root, [change.undone for change in reversed(changes)])
        except ReportError as problem:
            return self._told(problem)
        del self._saved[str(token)]
        return DeskAnswer(200, {"base": self._base(change.name for change in changes)})

    def _commit(self, changes: Sequence[FileChange], base: Mapping[str, str]) -> None:
        """Writes, if every file is as the form knew it. Raises _ConflictError, ReportError."""
        self._check_inside(changes)
        if any(self._base([change.name]) != {change.name: base.get(change.name, "")} for change in changes):
            raise _ConflictError
        commit(self.root, changes)

    def _check_inside(self, changes: Sequence[FileChange]) -> None:
        """Only the files of facts, measures.yaml and evidence.lock are written, and none through a link that leads out.
        Raises ReportError."""
        content = (self.root / "content").resolve()
        for change in changes:
            if not _WRITTEN.fullmatch(change.name) or not (self.root / change.name).resolve().is_relative_to(content):
                message = "this file is not changed at the desk: it lies outside content/, or leads out of it"
                hint = "put the file itself where the link stands"
                raise ReportError([Diagnostic("cannot-edit", message, Span.at(change.name), hint)])

    def _told(self, problem: BadFormError | ReportError | _ConflictError) -> DeskAnswer:
        """An answer to what went wrong; where files are others by now, with what they are."""
        changed = isinstance(problem, ReportError) and any(
            one.code == "changed-underneath" for one in problem.diagnostics
        )
        if changed or isinstance(problem, _ConflictError):
            base = self._base(self._files(self.project()))
            return DeskAnswer(409, {"error": "a file was changed in the meantime", "base": base})
        assert not isinstance(problem, _ConflictError)
        return _refused(problem)

    def _printed_in(self, id: str, project: Project) -> list[str]:
        """The briefs and pages that name a fact."""
        named = re.compile(rf"(?<![\w-]){re.escape(id)}(?![\w-])")
        return [
            slug
            for slug, brief in project.documents.items()
            if named.search((self.root / brief.at.whole.file).read_text("utf-8", errors="replace"))
        ]

    # Of the project ---------------------------------------------------------------------------------------------------

    def project(self) -> Project:
        """The project as it stands, loaded again when one of its files is another."""
        seen = self._seen()
        if self._loaded is None or self._loaded[0] != seen:
            with Citeproc() as citeproc:
                project, found = pipeline.open_project(DiskFiles(self.root), self.root, citeproc)
            self._loaded = seen, project, tuple(found)
        return self._loaded[1]

    def _seen(self) -> object:
        names = [name for folder in ("content", "templates") for name in DiskFiles(self.root).paths(folder)]
        states = [(self.root / name).stat() for name in names if (self.root / name).exists()]
        return tuple(zip(names, ((state.st_mtime_ns, state.st_size) for state in states), strict=False))

    def _files(self, project: Project) -> tuple[str, ...]:
        """The files that a save may write."""
        facts = dict.fromkeys(fact.at.whole.file for fact in project.facts.values())
        return (*sorted({*facts, FACTS}), MEASURES, pipeline.LOCK)

    def _base(self, names: Iterable[str]) -> dict[str, str]:
        """SHA-256 of each file; empty where there is none."""
        found = {}
        for name in names:
            path = self.root / name
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        return found

    def _remember(self, changes: Sequence[FileChange]) -> str:
        token = secrets.token_urlsafe(16)
        self._saved[token] = tuple(changes)
        while len(self._saved) > _MOST_UNDONE:
            del self._saved[next(iter(self._saved))]
        return token

    def _entry(self, asked: FormDocument, project: Project) -> tuple[dict[str, YamlValue], dict[str, YamlValue]]:
        """The fact that a form describes, whole, and its new measure. Raises BadFormError, ReportError."""
        source, _ = source_of(asked, project)
        entry, measure = entry_of(asked, source.id, project), measure_of(asked)
        if measure and entry.get("unit") and entry.get("unit") == measure.get("unit"):
            del entry["unit"]
        if not (replaced := _replaced(asked)):
            return entry, measure
        fact = project.facts.get(replaced)
        if fact is None:
            raise BadFormError(f'no fact has the id "{replaced}"')
        part = asked.get("part", 0)
        if type(part) is not int or not 0 <= part < len(fact.evidence) or fact.evidence[part].source != source.id:
            raise BadFormError("this fact has no such evidence of this source")
        return self._merged(self._item(fact)[1], entry, part, project), measure

    def _merged(
        self, old: Mapping[str, YamlValue], entry: Mapping[str, YamlValue], part: int, project: Project
    ) -> dict[str, YamlValue]:
        """A fact of a file with what a form says of it; the rest stays."""
        new = {key: value for key, value in old.items() if key not in FIELDS or key in entry}
        for key in FIELDS:
            if key in entry and old.get(key) != entry[key]:
                new[key] = entry[key]
        measure = project.measures.get(str(new.get("measure", "")))
        if "unit" in old and "unit" not in entry and measure and old["unit"] == measure.unit:
            new["unit"] = old["unit"]
        parts, said = old.get("evidence"), entry["evidence"]
        assert isinstance(parts, list)
        assert isinstance(said, list)
        kept = {key: value for key, value in parts[part].items() if key not in _EVIDENCE_KEYS or key in said[0]}
        changed = {key: value for key, value in said[0].items() if kept.get(key) != value}
        new["evidence"] = [{**kept, **changed} if n == part else one for n, one in enumerate(parts)]
        return new

    def _item(self, fact: Fact) -> tuple[int, dict[str, YamlValue]]:
        """The place of a fact in its file, and what stands there. Raises ReportError where it cannot be edited."""
        name = fact.at.whole.file
        try:
            if not name.endswith((".yaml", ".yml")):
                raise yaml_edits.CannotEditError("it is a table")
            if fact.formula is not None:
                raise yaml_edits.CannotEditError(f'"{fact.id}" is computed')
            text = (self.root / name).read_bytes().decode("utf-8-sig")
            place, said = yaml_edits.item_in(text, fact.id)
            parts = said.get("evidence")
            if not isinstance(parts, list) or not all(isinstance(one, dict) for one in parts):
                raise yaml_edits.CannotEditError(f'the evidence of "{fact.id}" is no list')
            return place, said
        except (yaml_edits.CannotEditError, UnicodeDecodeError, ValueError) as problem:
            message = f"this fact cannot be changed here: {problem}"
            hint = f"change it in {name}, line {fact.at['id'].line}"
            raise ReportError([Diagnostic("cannot-edit", message, fact.at["id"], hint)]) from None

    def _changes(
        self,
        entry: dict[str, YamlValue],
        measure: dict[str, YamlValue],
        project: Project,
        replaced: str,
        why: Mapping[str, YamlValue],
    ) -> tuple[tuple[FileChange, ...], Project, Sequence[Diagnostic]]:
        """What a save changes, and the project after it. Raises ReportError."""
        before: tuple[FileChange, ...] = ()
        assert self._loaded is not None
        if measure:
            paste = yaml_edits.entry_text(measure)
            before = (edited(LaidOver(self.root, ()), MEASURES, partial(yaml_edits.with_item, item=measure), paste),)
        if not replaced:
            done = written([entry], project, self.root, self.archive, also=before, known=self._loaded[2])
            return done.changes, done.project, done.found
        change = self._edit(project.facts[replaced], entry)
        if why:
            say = partial(in_list, id=str(entry["id"]), entry=why)
            change = edited(LaidOver(self.root, (change,)), change.name, say, f"changes:\n{yaml_edits.entry_text(why)}")
        with Citeproc() as citeproc:
            changed, found = pipeline.open_project(LaidOver(self.root, (*before, change)), self.root, citeproc)
            if wrong := brought(self._loaded[2], found):
                raise ReportError(wrong)
            lock, _ = locked(changed, [replaced], self.root, self.archive)
            printed = self._printed_in(replaced, project)
            told = partial(said_of, citeproc=citeproc, slugs=printed)
            if wrong := brought(told(project), told(with_lock(changed, lock))):
                raise ReportError(wrong)
        return (*before, change, lock), changed, found

    def _edit(self, fact: Fact, wanted: Mapping[str, YamlValue]) -> FileChange:
        """A fact's file, the keys of the fact set to what is wanted; with an id, keys of a form that are not wanted go.
        Raises ReportError where that cannot be done."""
        place, old = self._item(fact)
        new = dict(wanted) if "id" in wanted else {**old, **wanted}

        def edit(text: str) -> str:
            text = _rewritten(text, (place,), _but_evidence(old), _but_evidence(new))
            for part, pair in enumerate(zip(_maps(old["evidence"]), _maps(new["evidence"]), strict=True)):
                text = _rewritten(text, (place, "evidence", part), *pair)
            if yaml_edits.item_in(text, fact.id)[1] != new:
                raise yaml_edits.CannotEditError("it would be read as something else than what was asked for")
            return text

        paste = yaml_edits.entry_text(new)
        return edited(LaidOver(self.root, ()), fact.at.whole.file, edit, paste)

    def _changed(self, changes: tuple[FileChange, ...]) -> tuple[Project, list[Diagnostic]]:
        """The project with its changes, and the errors that they bring."""
        self.project()
        assert self._loaded is not None
        with Citeproc() as citeproc:
            project, after = pipeline.open_project(LaidOver(self.root, changes), self.root, citeproc)
        return project, brought(self._loaded[2], after)


class _ConflictError(Exception):
    """A file is not what the form knew."""


def _but_evidence(item: Mapping[str, YamlValue]) -> dict[str, YamlValue]:
    return {key: value for key, value in item.items() if key != "evidence"}


def _maps(parts: YamlValue) -> list[Mapping[str, YamlValue]]:
    assert isinstance(parts, list)
    return [part for part in parts if isinstance(part, Mapping)]


def _rewritten(text: str, path: yaml_edits.NodePath, old: Mapping[str, YamlValue], new: Mapping[str, YamlValue]) -> str:
    """The text with the keys of one map changed from old to new."""
    for key in old:
        if key not in new:
            text = yaml_edits.without_key(text, path, key)
    for key, value in new.items():
        before = old.get(key)
        if before == value:
            continue
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            text = _rewritten(text, (*path, key), before, value)
        else:
            text = yaml_edits.with_key(text, path, key, value)
    return text


def judged(
    entry: Mapping[str, YamlValue],
    measure: Mapping[str, YamlValue],
    project: Project,
    archive: Archive,
    without: str = "",
) -> tuple[Diagnostic, ...]:
    """What `check` says of one fact, and of a new measure, beside a project: without loading the project again. Of its
    words what they leave out is told, and not that they are not found, which a save tells."""
    files = {_DRAFT: yaml_edits.entry_text(entry), **({MEASURES: yaml_edits.entry_text(measure)} if measure else {})}
    loading = Loading(MemoryFiles(files), tuple(files))
    loading.lang = project.settings.lang
    measures = {**project.measures, **(load_measures(loading, MEASURES) if measure else {})}
    units = units_of(loading, measures, dict(project.units))
    facts = load_facts(loading, (_DRAFT,), Basis(measures, project.sources, units, project.settings.names))
    id = str(entry["id"])
    if id in project.facts and id != without:
        loading.report("duplicate-id", f'"{id}" is already the id of another fact', project.facts[id].at["id"])
    if measure and str(measure.get("id")) in project.measures:
        place = project.measures[str(measure["id"])].at["id"]
        loading.report("duplicate-id", f'"{measure["id"]}" is already the id of another measure', place)
    has_digits = any(one.code == "digit-in-claim" for one in loading.found)
    if not (without or has_digits) and "{value}" not in str(entry.get("claim", "{value}")):
        message = "the claim has no {value}, so that the number would be printed nowhere"
        hint = 'write {value} where it goes, for example "The ferries carried {value} a day."'
        loading.found.append(Diagnostic("bad-claim", message, Span.at(_DRAFT, 2), hint))
    others = {one: fact for one, fact in project.facts.items() if one not in (id, without)}
    if fact := facts.get(id):
        beside = replace(project, facts={**others, id: fact}, measures=measures)
        asked = Answers(beside, pipeline.age_day(project, None), units)
        loading.found += fact_problems(asked, fact)
        loading.found += cut_problems(fact, found_of(fact, project, archive), project)
        placed = [fact.place for fact in others.values() if fact.place]
        places = [*((place, Span.at("")) for place in placed), (fact.place, fact.at["place"])]
        told = unknown_places(places, dict(project.settings.places)) if fact.place else ()
        loading.found += (one for one in told if one.span.file == _DRAFT)
    return tuple(loading.found)


# What comes in --------------------------------------------------------------------------------------------------------


def _replaced(asked: FormDocument) -> str:
    replaced = asked.get("replaces") or ""
    if not isinstance(replaced, str):
        raise BadFormError("replaces must be the id of a fact")
    return replaced


# What goes out --------------------------------------------------------------------------------------------------------


def _refused(problem: BadFormError | ReportError) -> DeskAnswer:
    if isinstance(problem, ReportError):
        return DeskAnswer(422, {"verdict": _records(problem.diagnostics, {})})
    return DeskAnswer(422, {"error": str(problem)})


def _records(found: Collection[Diagnostic], entry: Mapping[str, YamlValue]) -> list[dict[str, str | None]]:
    lines = yaml_edits.entry_text(entry).splitlines() if entry else []
    return [
        {"code": one.code, "severity": one.severity, **_said_of_form(one), "field": _field(one, lines)} for one in found
    ]


_EMPTY = {
    "label": ("the new measure has no name", "say what it measures"),
    "kind": ("the new measure has no kind", "choose one"),
    "claim": ("there is no claim", "write your sentence, with {value} for the number"),
    "value": ("there is no value", "type the number that the words carry"),
}
"""Key of a file -> what is said of its empty field, and what to do."""


def _said_of_form(one: Diagnostic) -> dict[str, str | None]:
    """A problem in the words of the form, which has fields where a file has lines and keys."""
    told = (f'the field "{one.lacks}" is empty', "fill it in") if one.lacks else (one.message, one.hint)
    message, hint = _EMPTY.get(one.lacks, told)
    return {"message": message, "hint": hint}


def _field(one: Diagnostic, lines: Sequence[str]) -> str:
    """The field of the form that a diagnostic speaks of; empty where it is not one."""
    if one.span.file == MEASURES:
        return "measure"
    number = one.span.line
    found = _KEY.match(lines[number - 1]) if one.span.file == _DRAFT and 0 < number <= len(lines) else None
    return found["key"].replace("evidence", "quote") if found else ""


def _shown(value: YamlValue) -> Any:
    """A value of a file as JSON holds it."""
    if isinstance(value, Mapping):
        return {key: _shown(part) for key, part in value.items()}
    return str(value)


def _claims(measure: str, project: Project, without: str = "") -> list[dict[str, str]]:
    """How the facts of a measure are worded, the last first: language -> claim."""
    found: dict[tuple[tuple[str, str], ...], None] = {}
    for fact in reversed(list(project.facts.values())):
        if measure and fact.measure == measure and fact.id != without and fact.formula is None:
            found[tuple((tag or project.settings.lang, text) for tag, text in fact.claim.by_language)] = None
    return [dict(texts) for texts in list(found)[:_MOST_OFFERED]]


def _page_of(start: int, pages: Sequence[int]) -> int:
    """The page that a place is on, from 1; 0 where there are no pages, or in running lines."""
    return sum(page <= start for page in pages[:-1]) if pages and start < pages[-1] else 0


def _number(one: Suggestion) -> dict[str, Any]:
    return {"number": one.number, "text": one.candidate.text, "start": one.start, "end": one.end}


def _proposed(one: Suggestion, measure: str) -> dict[str, Any]:
    value = one.value if isinstance(one.value, str) else dict(one.value)
    relation = one.relation or None
    return {
        "value": value,
        "unit": one.unit,
        "relation": relation,
        "modality": one.modality,
        "measure": measure,
        "place": one.place,
        "as_of": one.as_of,
        "reading": one.reading,
        "row": one.candidate.cell.row if one.candidate.cell else "",
        "column": one.candidate.cell.column if one.candidate.cell else "",
    }
