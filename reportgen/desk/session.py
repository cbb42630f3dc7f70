"""What a form in a browser asks while a fact is made, in; status and JSON document out, as HTTP would carry them.

read a choice of words -> judge what is typed -> save -> undo. Effects: reads the project's files; `save`, `retire` and
`undo` replace those that they name. Nothing that comes in is taken for a path, an address or a command.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from reportgen import pipeline
from reportgen.archive.texts import Archive
from reportgen.citing.pandoc import Citeproc
from reportgen.desk import yaml_edits
from reportgen.desk.files import FileChange, LaidOver, commit, edited
from reportgen.desk.proposing import Suggestion
from reportgen.desk.reading import suggestions_of, text_of
from reportgen.desk.taking import LONGEST_LINE, file_for, locked, typed, written
from reportgen.desk.yaml_edits import YamlValue
from reportgen.diagnostics import Diagnostic, ReportError, errors
from reportgen.evidence.match import Ambiguous, Match, find_quote
from reportgen.evidence.script import count_words
from reportgen.load.facts import Basis, load_facts
from reportgen.load.fields import slug
from reportgen.load.files import DiskFiles, MemoryFiles
from reportgen.load.items import Loading
from reportgen.load.measures import load_measures, units_of
from reportgen.model.fact import Fact
from reportgen.model.project import Project
from reportgen.model.source import Source

MEASURES = "content/measures.yaml"
_DRAFT = "content/facts/draft.yaml"
_FIELDS = ("claim", "measure", "place", "value", "unit", "relation", "as_of", "note")
"""What a form says of a fact, beside its id and its quote."""
_MOST_UNDONE = 50

FormDocument = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DeskAnswer:
    """An answer."""

    status: int
    """As HTTP counts: 200, 201, 404, 409, 422."""
    document: FormDocument


class BadFormError(Exception):
    """What comes in is not what a form sends; the message says why."""


@dataclass
class DeskSession:
    """One project at one desk: what was saved can be taken back while no file of it has changed since."""

    root: Path
    archive: Archive
    _saved: dict[str, tuple[FileChange, ...]] = field(default_factory=dict)
    _loaded: tuple[object, Project] | None = None
    """What the files were when the project was loaded, and the project."""

    # Reading and judging ----------------------------------------------------------------------------------------------

    def read(self, asked: FormDocument) -> DeskAnswer:
        """What is in the words from `start` to `end` of a source's text, or in its candidate of a number."""
        try:
            project = self._project()
            source = _source(asked, project)
            text = text_of(source, self.archive)[0]
            wanted = asked.get("candidate")
            if isinstance(wanted, int) and wanted > 0:
                shown = suggestions_of(source, project, self.archive, wanted=wanted).shown
                if not shown:
                    return DeskAnswer(404, {"error": "there is no such number to be read"})
                first: Suggestion | None = shown[0]
                quote = shown[0].quote
            else:
                start, end = _span(asked, len(text.original))
                quote = " ".join(text.original[start:end].split())
                found = suggestions_of(source, project, self.archive, everything=True).shown
                shown = tuple(one for one in found if start <= one.start and one.end <= end)
                first = shown[0] if shown else None
        except (BadFormError, ReportError) as problem:
            return _refused(problem)
        place = find_quote(text, "", quote, "", source.language or project.settings.lang)
        measure = first.measures[0] if first and first.likely else ""
        return DeskAnswer(
            200,
            {
                "quote": quote,
                "prefix": "",
                "suffix": "",
                "words": count_words(quote),
                "unique": isinstance(place, Match),
                "places": len(place.places) if isinstance(place, Ambiguous) else int(isinstance(place, Match)),
                "numbers": [_number(one) for one in shown],
                "propose": _proposed(first, measure) if first else {},
                "measures": list(first.measures) if first else [],
                "verdict": [] if first else ["no number is read in these words"],
                "base": self._base(self._files(measure, source.id, project)),
            },
        )

    def judge(self, asked: FormDocument) -> DeskAnswer:
        """What `check` would say of a fact, against the project as it is."""
        try:
            project = self._project()
            entry = _entry(asked, _source(asked, project).id, project)
            return DeskAnswer(200, {"verdict": _records(judged(entry, _measure(asked), project))})
        except (BadFormError, ReportError) as problem:
            return _refused(problem)

    # Writing ----------------------------------------------------------------------------------------------------------

    def save(self, asked: FormDocument) -> DeskAnswer:
        """Writes a fact, in place of the fact `replaces` if that is named, with its measure if that is new."""
        try:
            project = self._project()
            source = _source(asked, project)
            entry, measure = _entry(asked, source.id, project), _measure(asked)
            replaced = asked.get("replaces") or ""
            if replaced and replaced not in project.facts:
                return DeskAnswer(422, {"error": f'no fact has the id "{replaced}"'})
            if replaced:
                entry["id"] = str(replaced)
            wrong = errors(judged(entry, measure, project, without=str(replaced)))
            if wrong:
                return DeskAnswer(422, {"verdict": _records(wrong)})
            base = _base_of(asked)
            changes = self._changes(entry, measure, project, str(replaced))
            if any(self._base([change.name]) != {change.name: base.get(change.name, "")} for change in changes):
                return self._conflict(changes)
            commit(self.root, changes)
        except ReportError as problem:
            if any(one.code == "changed-underneath" for one in problem.diagnostics):
                return DeskAnswer(409, {"verdict": _records(problem.diagnostics)})
            return _refused(problem)
        except BadFormError as problem:
            return _refused(problem)
        id = str(entry["id"])
        token = self._remember(changes)
        fact = self._project().facts[id]
        return DeskAnswer(
            201,
            {
                "id": id,
                "file": fact.at.whole.file,
                "line": fact.at["id"].line,
                "insert": f'{{{{ fact("{id}") }}}}',
                "verified": True,
                "undo": token,
                "base": self._base(change.name for change in changes),
            },
        )

    def retire(self, asked: FormDocument) -> DeskAnswer:
        """Sets a fact's rank to deprecated, with a note that says why. Refused while a brief prints it."""
        try:
            project = self._project()
            id, reason = asked.get("id"), _line(asked.get("reason"), "reason")
            if not isinstance(id, str) or id not in project.facts:
                return DeskAnswer(404, {"error": "there is no such fact"})
            fact = project.facts[id]
            if printed := [
                slug for slug, brief in project.documents.items() if f'"{id}"' in brief.body or f"'{id}'" in brief.body
            ]:
                return DeskAnswer(422, {"error": "briefs print it", "briefs": printed})
            change = self._edit(fact, {"rank": "deprecated", "note": reason}, project)
            if self._base([change.name]) != {change.name: _base_of(asked).get(change.name, "")}:
                return self._conflict([change])
            _, wrong = self._changed((change,))
            if wrong:
                return DeskAnswer(422, {"verdict": _records(wrong)})
            commit(self.root, [change])
        except (BadFormError, ReportError) as problem:
            return _refused(problem)
        return DeskAnswer(200, {"id": id, "undo": self._remember([change]), "base": self._base([change.name])})

    def undo(self, asked: FormDocument) -> DeskAnswer:
        """Takes a save back, as long as no file of it has changed since."""
        token = asked.get("token")
        changes = self._saved.get(token) if isinstance(token, str) else None
        if changes is None:
            return DeskAnswer(404, {"error": "there is nothing to take back"})
        try:
            commit(self.root, [change.undone for change in reversed(changes)])
        except ReportError as problem:
            return DeskAnswer(409, {"verdict": _records(problem.diagnostics)})
        del self._saved[str(token)]
        return DeskAnswer(200, {"base": self._base(change.name for change in changes)})

    def _printed_in(self, id: str, project: Project) -> list[str]:
        """The briefs and pages that name a fact."""
        named = re.compile(rf"(?<![\w-]){re.escape(id)}(?![\w-])")
        return [
            slug
            for slug, brief in project.documents.items()
            if named.search((self.root / brief.at.whole.file).read_text("utf-8"))
        ]

    # Of the project ---------------------------------------------------------------------------------------------------

    def _project(self) -> Project:
        """The project as it stands, loaded again when one of its files is another."""
        names = [name for folder in ("content", "templates") for name in DiskFiles(self.root).paths(folder)]
        states = [(self.root / name).stat() for name in names if (self.root / name).exists()]
        seen = tuple(zip(names, ((state.st_mtime_ns, state.st_size) for state in states), strict=False))
        if self._loaded is None or self._loaded[0] != seen:
            self._loaded = seen, pipeline.answers(self.root)[0].project
        return self._loaded[1]

    def _files(self, measure: str, source: str, project: Project) -> tuple[str, ...]:
        return file_for(measure, source, project), MEASURES, pipeline.LOCK

    def _base(self, names: Any) -> dict[str, str]:
        """SHA-256 of each file; empty where there is none."""
        found = {}
        for name in names:
            path = self.root / name
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        return found

    def _conflict(self, changes: Sequence[FileChange]) -> DeskAnswer:
        names = [change.name for change in changes]
        return DeskAnswer(409, {"error": "a file was changed in the meantime", "base": self._base(names)})

    def _remember(self, changes: Sequence[FileChange]) -> str:
        token = secrets.token_urlsafe(16)
        self._saved[token] = tuple(changes)
        while len(self._saved) > _MOST_UNDONE:
            del self._saved[next(iter(self._saved))]
        return token

    def _changes(
        self, entry: dict[str, YamlValue], measure: dict[str, YamlValue], project: Project, replaced: str
    ) -> tuple[FileChange, ...]:
        before: tuple[FileChange, ...] = ()
        if measure:
            paste = yaml_edits.entry_text(measure)
            before = (edited(LaidOver(self.root, ()), MEASURES, partial(yaml_edits.with_item, item=measure), paste),)
        if not replaced:
            return written([entry], project, self.root, self.archive, also=before).changes
        change = self._edit(project.facts[replaced], entry, project)
        changed, wrong = self._changed((*before, change))
        if wrong:
            raise ReportError(wrong)
        return (*before, change, locked(changed, [replaced], self.root, self.archive))

    def _edit(self, fact: Fact, entry: Mapping[str, YamlValue], project: Project) -> FileChange:
        """The keys of a fact set to what an entry says. Raises ReportError where they cannot be."""
        name = fact.at.whole.file

        def edit(text: str) -> str:
            place = yaml_edits.items_of(text).index(fact.id)
            for key, value in entry.items():
                if key == "evidence":
                    assert isinstance(value, list)
                    for part, said in value[0].items():
                        text = yaml_edits.with_key(text, (place, "evidence", 0), part, said)
                else:
                    text = yaml_edits.with_key(text, (place,), key, value)
            return text

        if not name.endswith((".yaml", ".yml")):
            edit = partial(_not_yaml, name)
        return edited(LaidOver(self.root, ()), name, edit, yaml_edits.entry_text({"id": fact.id, **entry}))

    def _changed(self, changes: tuple[FileChange, ...]) -> tuple[Project, list[Diagnostic]]:
        """The project with its changes, and the errors that they bring."""
        with Citeproc() as citeproc:
            before = pipeline.open_project(LaidOver(self.root, ()), self.root, citeproc)[1]
            project, after = pipeline.open_project(LaidOver(self.root, changes), self.root, citeproc)
        known = {(one.code, one.message) for one in before}
        return project, [one for one in errors(after) if (one.code, one.message) not in known]


def judged(
    entry: Mapping[str, YamlValue], measure: Mapping[str, YamlValue], project: Project, without: str = ""
) -> tuple[Diagnostic, ...]:
    """What `check` says of one fact, and of a new measure, beside a project: without loading the project again."""
    files = {_DRAFT: yaml_edits.entry_text(entry), **({MEASURES: yaml_edits.entry_text(measure)} if measure else {})}
    loading = Loading(MemoryFiles(files), tuple(files))
    loading.lang = project.settings.lang
    measures = {**project.measures, **(load_measures(loading, MEASURES) if measure else {})}
    units = units_of(loading, measures, dict(project.units))
    load_facts(loading, (_DRAFT,), Basis(measures, project.sources, units, project.settings.names))
    id = str(entry["id"])
    if id in project.facts and id != without:
        loading.report("duplicate-id", f'"{id}" is already the id of another fact', project.facts[id].at["id"])
    if measure and str(measure.get("id")) in project.measures:
        place = project.measures[str(measure["id"])].at["id"]
        loading.report("duplicate-id", f'"{measure["id"]}" is already the id of another measure', place)
    return tuple(loading.found)


def _not_yaml(name: str, _: str) -> str:
    raise yaml_edits.CannotEditError(f"{name} is a table")


# What comes in --------------------------------------------------------------------------------------------------------


def _source(asked: FormDocument, project: Project) -> Source:
    """The source that a document names by its slug, in the copy that was looked at."""
    slug, copy = asked.get("slug"), asked.get("copy")
    found = next((one for one in project.sources.values() if one.slug == slug), None)
    if found is None:
        raise BadFormError("there is no such source")
    if copy and copy not in [text.sha256.lower() for text in found.archived]:
        raise BadFormError("there is no such copy of the source")
    return found


def _span(asked: FormDocument, length: int) -> tuple[int, int]:
    start, end = asked.get("start"), asked.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
        raise BadFormError("start and end are no place in the text")
    return start, end


def _line(value: Any, name: str) -> str:
    """A text on one line without characters that deceive. Raises BadFormError."""
    if not isinstance(value, str) or len(value) > LONGEST_LINE:
        raise BadFormError(f'"{name}" must be a text of {LONGEST_LINE} characters at most')
    for character in value:
        if unicodedata.category(character) in ("Cc", "Co", "Cs", "Zl", "Zp") or character in _BIDI:
            raise BadFormError(f'"{name}" holds U+{ord(character):04X}, which may not stand there')
    return value.strip()


_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _entry(asked: FormDocument, source: str, project: Project) -> dict[str, YamlValue]:
    """The fact that a form describes, as it is written. Raises BadFormError."""
    said = asked.get("fact")
    if not isinstance(said, dict) or not set(said) <= {"id", "locator", *_FIELDS}:
        raise BadFormError("fact must hold the fields of a fact, and no others")
    entry: dict[str, YamlValue] = {"id": _line(said.get("id") or "", "id") or _new_id(said, source, project)}
    for name in _FIELDS:
        value = said.get(name)
        if value in (None, ""):
            continue
        if name == "value" and isinstance(value, dict):
            if not value or not set(value) <= {"value", "min", "max"}:
                raise BadFormError('a range has "min" and "max", and may have the value between them')
            entry[name] = {key: typed(_line(part, key)) for key, part in value.items()}
        else:
            line = _line(value, name)
            entry[name] = typed(line) if name in ("value", "as_of") else line
    evidence: dict[str, YamlValue] = {"source": source}
    for name in ("prefix", "quote", "suffix"):
        if line := _line(asked.get(name) or "", name):
            evidence[name] = line
    if locator := _line(said.get("locator") or "", "locator"):
        evidence["locator"] = locator
    entry["evidence"] = [evidence]
    return entry


def _new_id(said: FormDocument, source: str, project: Project) -> str:
    parts = [str(said.get(name) or "") for name in ("measure", "place", "as_of")]
    base = slug("-".join(filter(None, parts if parts[0] else [source, *parts]))) or "fact"
    id, number = base, 2
    while id in project.facts:
        id, number = f"{base}-{number}", number + 1
    return id


def _measure(asked: FormDocument) -> dict[str, YamlValue]:
    """The new measure that a form describes; empty where it has none. Raises BadFormError."""
    said = asked.get("measure")
    if said in (None, {}):
        return {}
    if not isinstance(said, dict) or not {"id", "label", "kind"} <= set(said) <= {"id", "label", "kind", "unit"}:
        raise BadFormError("a measure has id, label and kind, and may have a unit")
    return {name: line for name in ("id", "label", "kind", "unit") if (line := _line(said.get(name) or "", name))}


def _base_of(asked: FormDocument) -> dict[str, str]:
    base = asked.get("base")
    if not isinstance(base, dict) or not all(isinstance(part, str) for pair in base.items() for part in pair):
        raise BadFormError("base must say of each file what it was")
    return base


# What goes out --------------------------------------------------------------------------------------------------------


def _refused(problem: BadFormError | ReportError) -> DeskAnswer:
    if isinstance(problem, ReportError):
        return DeskAnswer(422, {"verdict": _records(problem.diagnostics)})
    return DeskAnswer(422, {"error": str(problem)})


def _records(found: Collection[Diagnostic]) -> list[dict[str, str | None]]:
    return [{"code": one.code, "severity": one.severity, "message": one.message, "hint": one.hint} for one in found]


def _number(one: Suggestion) -> dict[str, Any]:
    return {"number": one.number, "text": one.candidate.text, "start": one.start, "end": one.end}


def _proposed(one: Suggestion, measure: str) -> dict[str, Any]:
    value = one.value if isinstance(one.value, str) else dict(one.value)
    relation = one.relation or None
    return {
        "value": value,
        "unit": one.unit,
        "relation": relation,
        "measure": measure,
        "place": one.place,
        "as_of": one.as_of,
    }
