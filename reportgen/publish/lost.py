"""A place in, with the project that is to be sent there; what was published there and the project lacks, out.

Editions, and records of what stands beside the briefs, are never removed or replaced: a folder that was deleted, or
that only another machine has, is told. Effects: reads at the place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from reportgen.diagnostics import Diagnostic, Span
from reportgen.editions.freezing import emptied
from reportgen.model.edition import RECORD, Edition
from reportgen.model.project import Project
from reportgen.publish.sending import Destination, known_files

CHANGES = "data/changes.json"
"""Names every edition and record that the site at a place was made of, with its digest."""


def lost_at(project: Project, site: Path, files: Mapping[str, str], place: Destination) -> tuple[Diagnostic, ...]:
    """What the place has and the project lacks or has otherwise; where its list of that cannot be read, that.

    `files`: path -> SHA-256 of all files of the folder `site`.
    """
    there, _ = known_files(place, files)
    found = {each.span.file: each for each in _lost_records(project, files, there, place)}
    found = {each.span.file: each for each in _lost_editions(project, site, files, there, place)} | found
    return tuple(found.values())


def _histories(project: Project) -> Iterator[Edition]:
    for history in (*project.editions.values(), project.records):
        yield from history


def _lost_editions(
    project: Project, site: Path, files: Mapping[str, str], there: Mapping[str, str], place: Destination
) -> Iterator[Diagnostic]:
    """By the pages and files of editions that were sent there."""
    told = {edition.folder for edition in _histories(project) if edition.removal}
    for path, sha in sorted(there.items()):
        parts = path.split("/")
        tongue = f".{parts.pop(0)}" if parts[1:2] == ["briefs"] else ""
        if len(parts) < 5 or parts[0] != "briefs" or parts[2] != "editions" or parts[4] == "changes":
            continue
        slug, id = parts[1] + tongue, parts[3]
        folder = f"content/editions/{slug}/{id}"
        if folder in told:
            continue
        if path not in files:
            told.add(folder)
            message = f"the target has the edition {id} of {slug}, and this project does not"
            hint = f"take {folder} from where it was released: git pull, or another machine"
            yield Diagnostic("edition-missing", message, Span.at(folder), hint)
        elif files[path] != sha and (parts[4] != "index.html" or _is_other(site / path, place.read(path))):
            told.add(folder)
            message = f"{parts[-1]} of the edition {id} of {slug} is another than the one at the target"
            hint = f"an edition is never replaced: take {folder} from where it was released"
            yield Diagnostic("edition-altered", message, Span.at(folder), hint)


def _is_other(local: Path, there: bytes | None) -> bool:
    """Whether more than what fills the slot of an edition's page differs."""
    return there is not None and emptied(local.read_bytes()) != emptied(there)


def _lost_records(
    project: Project, files: Mapping[str, str], there: Mapping[str, str], place: Destination
) -> Iterator[Diagnostic]:
    """By the list of all that the site there was made of: what it says was published, and is compared with no more."""
    sent = there.get(CHANGES)
    if sent and sent == files.get(CHANGES):
        return  # it says what ours says
    data = place.read(CHANGES)
    digests = _digests(data) if data is not None and sent in (None, sha256(data).hexdigest()) else None
    if digests is None:
        if sent:
            what = "is gone from the target" if data is None else "is not what was sent to the target"
            message = f"{CHANGES} {what}: what was published there cannot be compared with this project"
            hint = (
                f"put it back as it was: build the commit that was published last, and copy build/site/{CHANGES} there"
            )
            yield Diagnostic("list-altered", message, Span.of(CHANGES), hint)
        return  # else none of ours, and in the way of ours if there is one to be sent
    kept = {edition.sha256 for edition in _histories(project)}
    here = {(edition.brief, edition.note.id) for edition in _histories(project)}
    for (brief, id), digest in digests.items():
        if digest in kept:
            continue
        folder = f"content/editions/{brief}/{id}"
        what = f"the edition {id} of {brief}" if brief != RECORD else f"the record of {id} of facts, pages and charts"
        hint = f"take {folder} from where it was released: git pull, or another machine"
        is_here = (brief, id) in here
        code, said = ("edition-altered", "has another") if is_here else ("edition-missing", "does not")
        yield Diagnostic(code, f"the target has {what}, and this project {said}", Span.at(folder), hint)


def _digests(data: bytes) -> dict[tuple[str, str], str] | None:
    """(brief, id) of each edition and record -> SHA-256; None where the list cannot be read."""
    try:
        listed: Any = json.loads(data)
        known = [*listed.get("editions", ()), *(entry | {"brief": RECORD} for entry in listed.get("beside", ()))]
        named = (each for each in known if "sha256" in each)  # earlier versions wrote none
        return {(str(each["brief"]), str(each.get("edition") or each["record"])): str(each["sha256"]) for each in named}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
