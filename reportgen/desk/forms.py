"""What a form in a browser sends in, the fact and the measure that it describes out, or why it is none. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from reportgen.desk.taking import LONGEST_LINE, fact_id, typed
from reportgen.desk.yaml_edits import YamlValue
from reportgen.model.edition import ChangeKind
from reportgen.model.project import Project
from reportgen.model.source import ArchivedText, Source, newest_copy

FormDocument = Mapping[str, Any]
FIELDS = ("claim", "measure", "place", "value", "unit", "relation", "modality", "as_of", "reading", "note")
"""What a form says of a fact, beside its id and its evidence."""
_BY_LANGUAGE = ("claim", "reading", "note")
"""Fields that may be given by language."""
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONGEST_TAG = 20


class BadFormError(Exception):
    """What comes in is not what a form sends; the message says why."""


def source_of(asked: FormDocument, project: Project) -> tuple[Source, ArchivedText | None]:
    """The source that a document names by its slug, and the copy that it names, else the newest.

    Raises BadFormError.
    """
    name, copy = asked.get("slug"), asked.get("copy") or ""
    found = next((one for one in project.sources.values() if one.slug == name), None)
    if found is None:
        raise BadFormError("there is no such source")
    if not copy:
        return found, newest_copy(found.archived)
    chosen = next((text for text in found.archived if text.sha256.lower() == copy), None)
    if chosen is None:
        raise BadFormError("there is no such copy of the source")
    return found, chosen


def span_of(asked: FormDocument, length: int) -> tuple[int, int]:
    """The half-open place in a text that is asked for. Raises BadFormError."""
    start, end = asked.get("start"), asked.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
        raise BadFormError("start and end are no place in the text")
    return start, end


def line_of(value: Any, name: str) -> str:
    """A text on one line without characters that deceive. Raises BadFormError."""
    if not isinstance(value, str) or len(value) > LONGEST_LINE:
        raise BadFormError(f'"{name}" must be a text of {LONGEST_LINE} characters at most')
    for character in value:
        if unicodedata.category(character) in ("Cc", "Co", "Cs", "Zl", "Zp") or character in _BIDI:
            raise BadFormError(f'"{name}" holds U+{ord(character):04X}, which may not stand there')
    return value.strip()


def entry_of(asked: FormDocument, source: str, project: Project) -> dict[str, YamlValue]:
    """The fact that a form describes, as it is written. Raises BadFormError."""
    said = asked.get("fact")
    if not isinstance(said, dict) or not set(said) <= {"id", "locator", *FIELDS}:
        raise BadFormError("fact must hold the fields of a fact, and no others")
    entry: dict[str, YamlValue] = {"id": line_of(said.get("id") or "", "id") or _new_id(said, source, project)}
    for name in FIELDS:
        value = said.get(name)
        if value in (None, "", {}):
            if name == "value" and value == {}:
                raise BadFormError('a range has "min" and "max"')
            continue
        if name == "value" and isinstance(value, dict):
            if not set(value) <= {"value", "min", "max"}:
                raise BadFormError('a range has "min" and "max", and may have the value between them')
            entry[name] = {key: typed(line_of(part, key)) for key, part in value.items()}
        elif name in _BY_LANGUAGE and isinstance(value, dict):
            if texts := _texts_of(value, name):
                entry[name] = texts
        elif line := line_of(value, name):
            entry[name] = typed(line) if name in ("value", "as_of") else line
    measure = project.measures.get(str(entry.get("measure", "")))
    if measure and entry.get("unit") == measure.unit:
        del entry["unit"]
    evidence: dict[str, YamlValue] = {"source": source}
    for name in ("prefix", "quote", "suffix"):
        if line := line_of(asked.get(name) or "", name):
            evidence[name] = line
    if locator := line_of(said.get("locator") or "", "locator"):
        evidence["locator"] = locator
    entry["evidence"] = [evidence]
    return entry


def measure_of(asked: FormDocument) -> dict[str, YamlValue]:
    """The new measure that a form describes; empty where it has none. Raises BadFormError."""
    said = asked.get("measure")
    if said in (None, {}):
        return {}
    if not isinstance(said, dict) or not {"id", "label", "kind"} <= set(said) <= {"id", "label", "kind", "unit"}:
        raise BadFormError("a measure has id, label and kind, and may have a unit")
    label = said["label"]
    by_language = {"label": _texts_of(label, "label")} if isinstance(label, dict) else {}
    keys = ("id", "label", "kind", "unit")
    lines = {key: line_of(said.get(key) or "", key) for key in keys if key not in by_language}
    whole: dict[str, YamlValue] = {**lines, **by_language}
    return {key: whole[key] for key in keys if whole[key]}


def _texts_of(said: Mapping[Any, Any], name: str) -> dict[str, YamlValue]:
    """A text a language, without those that are empty. Raises BadFormError."""
    if not all(isinstance(tag, str) and 0 < len(tag) <= _LONGEST_TAG for tag in said):
        raise BadFormError(f'"{name}" must be a text, or a text a language')
    texts = {line_of(tag, name): line_of(part, name) for tag, part in said.items()}
    return {tag: text for tag, text in texts.items() if text}


def change_of(asked: FormDocument) -> dict[str, YamlValue]:
    """Why a published fact is another now; empty where nothing is said. Raises BadFormError."""
    said = asked.get("change")
    if said in (None, {}):
        return {}
    kinds = [kind.value for kind in ChangeKind if kind is not ChangeKind.WITHDRAWAL]
    if not isinstance(said, dict) or not set(said) <= {"kind", "text"} or said.get("kind") not in kinds:
        raise BadFormError(f"a change has a kind, one of {', '.join(kinds)}, and a text")
    text = line_of(said.get("text") or "", "text")
    return {"kind": str(said["kind"]), **({"text": text} if text else {})}


def base_of(asked: FormDocument) -> dict[str, str]:
    """What each file was when the form was opened: path -> SHA-256. Raises BadFormError."""
    base = asked.get("base")
    if not isinstance(base, dict) or not all(isinstance(part, str) for pair in base.items() for part in pair):
        raise BadFormError("base must say of each file what it was")
    return base


def _new_id(said: FormDocument, source: str, project: Project) -> str:
    measure, place, as_of = (str(said.get(name) or "") for name in ("measure", "place", "as_of"))
    claim = said.get("claim") or ""
    if isinstance(claim, dict):
        claim = next(filter(None, claim.values()), "")
    return fact_id(measure, place, as_of, str(claim), source, project)
