"""An entry for `changes:` in, the file of a brief or a fact with it out; other lines stay as they are. Reads files.

A brief's front matter is edited like any YAML: its lines between the two of `---` are taken out, changed and put back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from reportgen.desk.files import FileChange, LaidOver, edited
from reportgen.desk.yaml_edits import (
    CannotEditError,
    Plain,
    YamlValue,
    entry_text,
    items_of,
    with_entry,
    with_key,
    with_part,
)
from reportgen.diagnostics import ReportError
from reportgen.late_patterns import regex
from reportgen.load.lines import FileText
from reportgen.load.yaml import Mapping as YamlMapping
from reportgen.load.yaml import Sequence as YamlSequence
from reportgen.load.yaml import read_yaml
from reportgen.model.brief import Brief
from reportgen.model.dataset import Dataset
from reportgen.model.edition import EditionNote
from reportgen.model.fact import Fact
from reportgen.model.project import Project, Settings

_FRONT = regex(r"(---[ \t]*\r?\n)(.*?)(^(?:---|\.\.\.)[ \t]*\r?$)", re.S | re.M)


def change_entry(kind: str, text: str, day: str, facts: tuple[str, ...] = ()) -> dict[str, YamlValue]:
    """An entry as it is written."""
    entry: dict[str, YamlValue] = {"date": Plain(day), "kind": kind}
    if facts:
        entry["facts"] = list(facts)
    if text:
        entry["text"] = text
    return entry


def in_brief(text: str, entry: Mapping[str, YamlValue]) -> str:
    """A brief with one more entry. Raises CannotEditError."""
    return _in_front(text, lambda front: _with_entry(front, (), entry))


def in_list(text: str, id: str, entry: Mapping[str, YamlValue]) -> str:
    """A file of facts or datasets of which one has one more entry. Raises CannotEditError."""
    ids = items_of(text)
    if id not in ids:
        raise CannotEditError(f'"{id}" does not stand there')
    root = read_yaml(FileText.of("", text))[0].root
    return _with_entry(text, (ids.index(id),) if isinstance(root, YamlSequence) else (), entry)


def dated_in_brief(text: str, number: int, day: str) -> str:
    """A brief with the day of an entry written. Raises CannotEditError."""
    return _in_front(text, lambda front: with_key(front, ("changes", number), "date", Plain(day)))


def dated_in_list(text: str, id: str, number: int, day: str) -> str:
    """A file of facts or datasets with the day of an entry written. Raises CannotEditError."""
    ids = items_of(text)
    if id not in ids:
        raise CannotEditError(f'"{id}" does not stand there')
    root = read_yaml(FileText.of("", text))[0].root
    before = (ids.index(id),) if isinstance(root, YamlSequence) else ()
    return with_key(text, (*before, "changes", number), "date", Plain(day))


def dated_in_settings(text: str, number: int, day: str) -> str:
    """site.yaml with the day of an entry written. Raises CannotEditError."""
    return with_key(text, ("changes", number), "date", Plain(day))


def _in_front(text: str, edit: Callable[[str], str]) -> str:
    found = _FRONT.match(text)
    if found is None:
        raise CannotEditError("it has no front matter")
    return found[1] + edit(found[2]) + text[found.start(3) :]


def _with_entry(text: str, path: tuple[int, ...], entry: Mapping[str, YamlValue]) -> str:
    root = read_yaml(FileText.of("", text))[0].root
    node = root[path[0]] if path and isinstance(root, YamlSequence) else root
    if isinstance(node, YamlMapping) and node.get("changes"):
        return with_part(text, (*path, "changes"), entry)
    if not path:
        return with_entry(text, "changes", [entry])
    return with_key(text, path, "changes", [entry])


def file_with(root: Path, project: Project, owner: str, slug: str, entry: Mapping[str, YamlValue]) -> FileChange:
    """The file of a brief, fact or dataset with one more entry. Raises ReportError with what to paste."""
    kind, _, id = owner.partition(":")
    paste = f"changes:\n{entry_text(entry)}"
    if kind == "brief":
        name = project.briefs[slug].at.whole.file
        return edited(LaidOver(root, ()), name, lambda text: in_brief(text, entry), paste)
    name = (project.facts if kind == "fact" else project.datasets)[id].at.whole.file
    return edited(LaidOver(root, ()), name, lambda text: in_list(text, id, entry), paste)


def dated_files(root: Path, project: Project, released: Iterable[tuple[str, EditionNote]]) -> tuple[FileChange, ...]:
    """The authors' files with the day of each entry that an edition was made of; those that cannot be edited are left,
    for the edition itself keeps the day."""
    waiting: dict[tuple[str, str, int], str] = {}
    for slug, note in released:
        for change in note.changes:
            owner = _owner(project, change.owner, slug)
            if owner is None:
                continue
            where = owner.at.whole.file
            for number, entry in enumerate(owner.changes):
                if entry.date is None and entry.continues(change):
                    name = change.owner if change.owner.startswith(("fact:", "dataset:", "site")) else ""
                    waiting.setdefault((where, name, number), note.date)
    files: dict[str, FileChange] = {}
    for (name, owner_id, number), day in waiting.items():
        _, mark, id = owner_id.partition(":")
        laid = LaidOver(root, tuple(files.values()))
        edit: Callable[[str], str] = partial(dated_in_brief, number=number, day=day)
        if mark:
            edit = partial(dated_in_list, id=id, number=number, day=day)
        elif owner_id:
            edit = partial(dated_in_settings, number=number, day=day)
        with suppress(ReportError):
            files[name] = edited(laid, name, edit, "")
    return tuple(files.values())


def _owner(project: Project, owner: str, slug: str) -> Brief | Fact | Dataset | Settings | None:
    kind, _, id = owner.partition(":")
    if kind == "brief":
        return project.documents.get(id or slug)
    if kind == "site":
        return project.settings
    return project.facts.get(id) if kind == "fact" else project.datasets.get(id)
