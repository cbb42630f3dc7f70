"""The files of content/editions in; each brief's editions, oldest first, and what is wrong with them, out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from html import unescape
from typing import Any

from reportgen.diagnostics import Span
from reportgen.late_patterns import regex
from reportgen.load.items import Loading
from reportgen.model.brief import Brief
from reportgen.model.edition import (
    RECORD,
    ChangeKind,
    Edition,
    EditionChange,
    EditionNote,
    NewValue,
    Printed,
    PrintedChart,
    Removal,
    Said,
    Saying,
)
from reportgen.model.text import Text

FOLDER = "content/editions"
ALTERED = "an edition is what was published, and is never edited: take it from git again, git checkout -- "


@dataclass(frozen=True, slots=True)
class LoadedEditions:
    """What was published of a project."""

    editions: Mapping[str, tuple[Edition, ...]]
    """Slug -> its editions, oldest first."""
    files: Mapping[str, bytes]
    """Path from the project's root -> what an edition froze."""
    records: tuple[Edition, ...] = ()
    """What the site printed beside its briefs, oldest first."""


def load_editions(
    loading: Loading, content: tuple[str, ...], aliases: Mapping[str, str], briefs: Mapping[str, Brief]
) -> LoadedEditions:
    """The editions of all briefs, under the names that they have now (`aliases`: an earlier one -> that name), and the
    site's records. One that is not what was written is reported, and left out; `briefs` say which were removed."""
    found: dict[str, list[Edition]] = {}
    files: dict[str, bytes] = {}
    folders: dict[str, list[str]] = {}
    for path in content:
        if path.startswith(f"{FOLDER}/") and path.count("/") == 4:
            folders.setdefault(path.rpartition("/")[0], []).append(path)
        elif path.startswith(f"{FOLDER}/"):
            loading.report("unknown-file", f"nothing reads {path}", Span.at(path), "move it out of content/", "warning")
    for folder, paths in folders.items():
        slug, id = folder.removeprefix(f"{FOLDER}/").split("/")
        brief = briefs.get(aliases.get(slug, slug))
        removal = next((each for each in brief.removed if each.edition == id), None) if brief else None
        edition = _edition(loading, folder, paths, files, removal)
        if edition is not None:
            found.setdefault(aliases.get(edition.brief, edition.brief), []).append(edition)
    chained = {slug: _with_parts(_chained(loading, each), files) for slug, each in sorted(found.items())}
    records = chained.pop(RECORD, ())
    for slug, brief in briefs.items():
        known = {edition.note.id for edition in chained.get(slug, ())}
        for number, each in enumerate(brief.removed):
            if each.edition not in known:
                hint = f"its editions are {', '.join(sorted(known))}" if known else "it has none; leave removed out"
                message = f'this brief has no edition "{each.edition}"'
                loading.report("unknown-edition", message, brief.at[f"removed.{number}.edition"], hint)
    return LoadedEditions(chained, files, records)


def _edition(
    loading: Loading, folder: str, paths: list[str], files: dict[str, bytes], removal: Removal | None
) -> Edition | None:
    path = f"{folder}/edition.json"

    def altered(message: str, at: str = path) -> None:
        loading.report("edition-altered", message, Span.at(at), f"{ALTERED}{folder}")

    if path not in paths:
        altered("this edition has no edition.json", folder)
        return None
    try:
        data = {name: loading.files.read(name) for name in paths}
        known: dict[str, Any] = json.loads(data[path])
        listed: dict[str, str] = known["files"]
        if removal:
            return _removed(loading, known, data, folder, removal)
        for name in sorted(listed.keys() | {name.rpartition("/")[2] for name in paths} - {"edition.json"}):
            at = f"{folder}/{name}"
            if name not in listed:
                altered(f"{name} is no part of this edition", at)
            elif at not in data:
                altered(f"{name} of this edition is gone", at)
            elif sha256(data[at]).hexdigest() != listed[name]:
                altered(f"{name} is not what was published", at)
            else:
                continue
            return None
        edition = _read(known, data, folder)
        if folder != edition.folder:
            altered(f"this edition was published as {edition.folder}")
            return None
    except OSError as error:
        loading.cannot_read(folder, error)
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        altered("edition.json cannot be read")
        return None
    files.update(data)
    return edition


def _removed(
    loading: Loading, known: dict[str, Any], data: Mapping[str, bytes], folder: str, removal: Removal
) -> Edition:
    """Of an edition that had to be removed, what its edition.json says."""
    left = sorted(name.removeprefix(f"{folder}/") for name in data if name != f"{folder}/edition.json")
    if left:
        message = f"this edition is removed, and {left[0]} of it stands here still"
        hint = f"delete all that stands there but edition.json, from git's history too if it must be: git rm {folder}/…"
        loading.report("edition-altered", message, Span.at(f"{folder}/{left[0]}"), hint)
    nothing = json.dumps({"numbers": [], "inputs": [], "quotes": [], "charts": [], "sources": {}}).encode()
    stub = {**data, f"{folder}/printed.json": nothing, f"{folder}/text.txt": b""}
    return replace(_read(known, stub, folder), removal=removal)


def _read(known: dict[str, Any], data: Mapping[str, bytes], folder: str) -> Edition:
    printed = json.loads(data[f"{folder}/printed.json"])
    lines = data[f"{folder}/text.txt"].decode().split("\n")[:-1]
    note = EditionNote(
        str(known["id"]),
        str(known["version"]),
        str(known["date"]),
        tuple(map(_change, known["changes"])),
        tuple(map(_value, known["follows"])),
    )
    return Edition(
        str(known["brief"]),
        str(known["lang"]),
        note,
        str(known["title"]),
        tuple(known["authors"]),
        str(known["base_url"]),
        tuple(known["seen"]),
        tuple(sorted(known["files"].items())),
        str(known["previous"] or ""),
        read_printed(printed, tuple(lines)),
        sha256(data[f"{folder}/edition.json"]).hexdigest(),
        str(known.get("original", "")),
        tuple((slug, read_printed(each, tuple(each["lines"]))) for slug, each in printed.get("documents", {}).items()),
        tuple(printed.get("addresses", known["addresses"])),
    )


def read_printed(data: dict[str, Any], lines: tuple[str, ...]) -> Printed:
    """printed.json and the lines of text.txt as values."""
    entries = [*(entry for entry in data["numbers"] if entry.get("subject")), *data["inputs"]]
    return Printed(
        tuple(map(_saying, entries)),
        tuple((each["fact"], each["source"], each["quote"]) for each in data["quotes"]),
        tuple(
            PrintedChart(
                each["id"],
                each["kind"],
                each["dataset"],
                tuple(map(tuple, each["rows"])),
                each.get("look"),
                _named(each.get("names")),
                str(each.get("title", "")),
            )
            for each in data["charts"]
        ),
        tuple(data["sources"].items()),
        tuple(data["pictures"].items()) if "pictures" in data else None,
        lines,
        tuple(data["cited"].items()) if "cited" in data else None,
    )


def _named(found: list[list[str]] | None) -> tuple[tuple[str, str, str], ...] | None:
    return None if found is None else tuple((kind, of, words) for kind, of, words in found)


def _saying(entry: dict[str, Any]) -> Saying:
    known = {name: str(entry[name]) for name in ("value", "min", "max", "unit", "relation", "as_of", "place")}
    said = Said(**known, modality=str(entry.get("modality", "")), dated=str(entry.get("dated", "")))
    return Saying(
        entry["subject"],
        entry["text"],
        said,
        tuple(entry["facts"] or ()),
        entry["compared"],
        entry["measure"],
        entry["call"],
        entry["sentence"],
    )


def _change(data: dict[str, Any]) -> EditionChange:
    text = data["text"]
    return EditionChange(
        data["in"],
        ChangeKind(data["kind"]),
        Text(tuple(text.items())) if isinstance(text, dict) else Text.of(text) if text else Text(()),
        tuple(data["facts"]),
        tuple(map(_value, data["values"])),
    )


def _value(data: dict[str, str]) -> NewValue:
    return NewValue(data["fact"], data["old"], data["new"])


def _chained(loading: Loading, editions: list[Edition]) -> tuple[Edition, ...]:
    """Oldest first, each naming the one before it."""
    ordered = sorted(editions, key=lambda edition: (edition.note.date, _number(edition.note.id)))
    before = ""
    for edition in ordered:
        if edition.previous != before:
            message = f"the edition {edition.note.id} of {edition.brief} does not follow the one before it"
            hint = "two branches released it, or an edition is missing: keep one branch's editions, and release again"
            loading.report("edition-chain", message, Span.at(f"{edition.folder}/edition.json"), hint)
        before = edition.sha256
    said, whole = Printed(), []
    for edition in ordered:  # what was removed is compared with no more: what the one before it says is
        said = said if edition.removal else edition.printed
        whole.append(replace(edition, printed=said))
    return tuple(whole)


_HEADING = regex(rb'<h([2-6])\b[^>]*\sid="([^"]*)"[^>]*>(.*?)</h\1>', re.S)
_TAG = regex(r"<[^>]*>")


def _with_parts(editions: tuple[Edition, ...], files: Mapping[str, bytes]) -> tuple[Edition, ...]:
    """The same, the last with the headings of all their pages."""
    found: dict[str, tuple[str, str, str]] = {}
    for edition in editions:
        page = files.get(f"{edition.folder}/page.html", b"")
        for _, mark, heading in _HEADING.findall(page, page.find(b"</head>")):  # not the fonts in it, which are long
            anchor, words = unescape(mark.decode()), unescape(_TAG.sub("", heading.decode()))
            found[anchor] = anchor, " ".join(words.split()), edition.note.id
    return (*editions[:-1], replace(editions[-1], parts=tuple(found.values()))) if found else editions


def _number(id: str) -> int:
    tail = id[11:]
    return int(tail) if tail.isdigit() else 1
