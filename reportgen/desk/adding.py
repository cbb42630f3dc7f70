"""A file or an address in, a saved source with its reference and its entry in archive.yaml out.

Effects: reads the file or calls the address; writes nothing until `files.commit` is given the changes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from reportgen.archive.extract import ExtractionError, extracted
from reportgen.archive.lock_file import lock_text
from reportgen.archive.media_types import PAGES, READABLE, WARC, media_type_and_charset
from reportgen.archive.texts import Archive
from reportgen.archive.warc import WarcError, the_page
from reportgen.desk import yaml_edits
from reportgen.desk.fetching import fetch
from reportgen.desk.files import FileChange, LaidOver, edited
from reportgen.desk.kinds import ending_of, kind_of
from reportgen.desk.references import FIELDS, DraftField, ReferenceDraft, drafted
from reportgen.desk.saving import name_of, warc_of
from reportgen.desk.stamping import ENDING, stamp_of
from reportgen.desk.yaml_edits import Plain, YamlValue
from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.evidence.fold import FoldedText
from reportgen.evidence.match import Miss, find_quote
from reportgen.evidence.script import count_words
from reportgen.language.guessing import language_of, language_read
from reportgen.language.naming import latin
from reportgen.load.fields import slug
from reportgen.model.edtf import parse_edtf
from reportgen.model.fact import Fact
from reportgen.model.lock import Lock, LockEntry
from reportgen.model.project import Project
from reportgen.model.source import ArchivedText, Source, newer_copies, newest_copy

SOURCES = "content/sources/sources.yaml"
ARCHIVE = "content/sources/archive.yaml"
LOCK = "content/evidence.lock"
FEWEST_WORDS = 200
"""Of a fetched page; what has fewer is a notice before a wall, or made by scripts."""
_SHORTEST_WORD = 4
"""Letters of a word that says something in an id."""


@dataclass(frozen=True, slots=True)
class NewCopy:
    """A copy of a source, before it is kept."""

    target: str
    """The file or address that it is from."""
    data: bytes
    """What is saved."""
    sha256: str
    """By which archive.yaml knows it: of `data`, or of the page that a WARC file holds."""
    media_type: str
    """Of what has that hash."""
    ending: str
    """Of the saved file's name."""
    text: FoldedText
    draft: ReferenceDraft
    address: str = ""
    """Where it was fetched from; empty for a file."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What is to be done with a copy."""

    source: str
    """Id of the source."""
    is_new: bool
    """Whether the source has to be written into sources.yaml."""
    item: Mapping[str, YamlValue]
    """The source as it is written; empty where it stands there already."""
    saved: str
    """The name of the saved copy."""
    changes: tuple[FileChange, ...]
    told: tuple[Diagnostic, ...]
    """The quotations that older copies have and this one has not; and a time stamp that was not given."""
    language: str = ""
    """Of the copy, kept in archive.yaml: its source says none."""


# The copy -------------------------------------------------------------------------------------------------------------


def copy_of(target: str, when: datetime) -> NewCopy:
    """The copy that a file's name or an address stands for. Raises ReportError."""
    if re.match(r"[a-z][a-z0-9+.-]*://", target, re.IGNORECASE):
        return _fetched(target, when)
    try:
        data = Path(target).read_bytes()
    except OSError as error:
        why = (error.strerror or "it is not there").lower()
        raise _problem("unreadable", f"this file cannot be read: {why}", target, "look at its name") from None
    return _copy(target, data, kind_of(data, name=target), Path(target).name)


def _fetched(address: str, when: datetime) -> NewCopy:
    found = fetch(address)
    name = name_of(found.address)
    kind = kind_of(found.data, found.header("content-type"), name)
    copy = _copy(address, found.data, kind, name)
    if media_type_and_charset(kind)[0] in PAGES and (words := count_words(copy.text.text)) < FEWEST_WORDS:
        message = f"the page has {words} words: the rest may stand behind a wall, or be made by scripts"
        raise _problem("not-fetched", message, address, "save the page with the browser, and add that file")
    given = DraftField("URL", (found.address,), "given", "the address")
    draft = {**copy.draft, "URL": given}
    return replace(copy, data=warc_of(found, when), ending=".warc.gz", draft=draft, address=found.address)


def _copy(target: str, data: bytes, kind: str, name: str) -> NewCopy:
    if other := _no_source(data, name):
        raise _problem("no-text", other[0], target, other[1])
    if not kind and (packed := _PACKED.get(data[:4])):
        raise _problem("no-text", packed[0], target, packed[1])
    if not kind and b"\0" not in data:
        hint = 'save it again as UTF-8 (in most editors: "Save with encoding")'
        raise _problem("no-text", "its letters cannot be read: the file is not in UTF-8", target, hint)
    if not kind:
        hint = f"save it so that its name ends in one of {' '.join(READABLE.values())}"
        raise _problem("no-text", "no words can be taken out of a file of this kind", target, hint)
    held, held_kind, ending = data, kind, ending_of(kind)
    try:
        if kind == WARC:
            page = the_page(data)
            held, ending = page.data, ".warc.gz" if data[:2] == b"\x1f\x8b" else ".warc"
            held_kind, name = kind_of(page.data, page.media_type, name_of(page.address)), name_of(page.address)
        text = extracted(held, held_kind)
    except (ExtractionError, WarcError) as problem:
        raise _problem("no-text", str(problem), target, "save the source in another way, and add that file") from None
    if not count_words(text.text):
        message = "there are no words in it: it may be a scan, or pictures of pages"
        raise _problem("no-text", message, target, "have its text recognised (OCR), and add the result")
    draft = dict(drafted(held, held_kind, text.original, name))
    if kind == WARC and "URL" not in draft:
        draft["URL"] = DraftField("URL", (page.address,), "given", "the WARC file")
    if "language" not in draft and (language := language_of(text.text)):
        draft["language"] = DraftField("language", (language,), "guess", "its words")
    ordered = {name: draft[name] for name in FIELDS if name in draft}
    return NewCopy(target, data, hashlib.sha256(held).hexdigest(), held_kind, ending, text, ordered)


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
"""How PNG, JPEG, GIF and TIFF files begin."""
_PACKED = {
    b"PK\3\4": (
        "it is packed as ZIP files are, and no document that is read, or damaged",
        "open it, and save it again as .docx, .xlsx, .ods or a PDF; of a ZIP file, add what is in it",
    ),
    b"\xd0\xcf\x11\xe0": (
        "it is a document of an old Office, or one that a password locks",
        "save it as .docx or .xlsx without a password, or as a PDF, and add that file",
    ),
}


def _no_source(data: bytes, name: str) -> tuple[str, str] | None:
    """What a file is that is no source, and what to do with it."""
    begin = data[:4096]
    if not data.strip():
        return "the file is empty", "look at its name, or save it again"
    if begin.startswith(_PICTURES) or (begin[:4], begin[8:12]) == (b"RIFF", b"WEBP"):
        return (
            "it is a picture, whose words no program here reads",
            "have them read (OCR) into a PDF or a text, and add it",
        )
    if begin.startswith(b"{\\rtf"):
        return "it is an RTF document, which is not read", "save it as .docx or as a PDF, and add that file"
    if re.search(rb"^MIME-Version:", begin, re.M | re.I) and re.search(rb"multipart/related", begin, re.I):
        hint = 'save the page as "Web page, HTML only" or print it as a PDF, and add that file; or add its address'
        return "it is a web page in one file (MHTML), which is not read", hint
    if re.search(rb"^Content-Transfer-Encoding:\s*(?:quoted-printable|base64)", begin, re.M | re.I):
        return "it is an e-mail as it was sent, whose letters are packed", "save its text, or print it as a PDF"
    if re.search(rb"^\s*@\w+\s*\{", data, re.M) if name.lower().endswith(".bib") else _is_library(data):
        return "it is a bibliography, and no source", f"put it into content/sources/{name}: every work in it is read"
    return None


def _is_library(data: bytes) -> bool:
    """Whether it is CSL-JSON, as Zotero exports it."""
    try:
        items = json.loads(data.decode("utf-8-sig"))
    except ValueError:
        return False
    return (
        isinstance(items, list)
        and bool(items)
        and all(isinstance(i, dict) and {"id", "type"} <= i.keys() for i in items)
    )


def _problem(code: str, message: str, where: str, hint: str) -> ReportError:
    return ReportError([Diagnostic(code, message, Span.at(where), hint)])


# The source that it belongs to ----------------------------------------------------------------------------------------


def known_as(copy: NewCopy, project: Project) -> str:
    """The source that has this very copy; empty where none has."""
    return next(
        (id for id, source in project.sources.items() if any(c.sha256.lower() == copy.sha256 for c in source.archived)),
        "",
    )


def same_work(draft: ReferenceDraft, project: Project) -> str:
    """The source with the same address or DOI; empty where there is none."""
    for name, same in (("DOI", _same_doi), ("URL", _same_address)):
        if name in draft:
            for id, source in project.sources.items():
                if same(draft[name].text, source):
                    return id
    return ""


def _same_doi(doi: str, source: Source) -> bool:
    return str(json.loads(source.csl).get("DOI", "")).lower().rpartition("doi.org/")[2] == doi.lower()


def _same_address(address: str, source: Source) -> bool:
    return bool(source.url) and _bare(source.url) == _bare(address)


def is_address_of(document: str, source: Source) -> bool:
    """Whether an annotation's document is a source: by its address, its DOI, or its id."""
    doi = re.search(r"10\.\d{4,9}/\S+", document)
    return document == source.id or _same_address(document, source) or bool(doi and _same_doi(doi.group(), source))


def _bare(address: str) -> tuple[str, str, str]:
    parts = urlsplit(address.strip())
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
"""Latin letters that are no other letter with a mark. Of new ids alone: the addresses of sources are made without."""


def _spelled(text: str) -> str:
    return latin(text.casefold().translate(_LETTERS))


def new_id(draft: ReferenceDraft, taken: Mapping[str, object], target: str = "") -> str:
    """Author or publisher and year, else the first words of the title; with a number where it is taken. Of what is
    written in other letters than ours the file's name is taken, with the year."""
    who = next((draft[name].values[0] for name in ("author", "publisher", "container-title") if name in draft), "")
    year = draft["issued"].text[:4] if "issued" in draft else ""
    words = slug(_spelled(who.partition(",")[0])).split("-")[:3] if who and year else []
    base = "-".join([*words, year]) if any(words) else ""
    words = slug(_spelled(re.sub(r"^\[\w+: ", "", draft["title"].text))).split("-")
    said = [word for word in words if len(word) >= _SHORTEST_WORD] or words
    base = base or "-".join(said[:3])
    if not base:
        stem = slug(_spelled(_stem(target)))
        base = "-".join(filter(None, (stem, year))) if len(stem) >= _SHORTEST_WORD else "source"
    known, id, number = {name.casefold() for name in taken}, base, 2
    while id in known:
        id, number = f"{base}-{number}", number + 1
    return id


def _stem(target: str) -> str:
    """The name of a file, or of the last part of an address, without its ending."""
    return re.split(r"[/\\]", re.split(r"[?#]", target)[0].rstrip("/"))[-1].partition(".")[0]


# What is written ------------------------------------------------------------------------------------------------------


def addition(
    copy: NewCopy,
    draft: ReferenceDraft,
    project: Project,
    root: Path,
    archive: Path,
    *,
    source: str = "",
    retrieved: date,
) -> Addition:
    """All that keeping a copy changes. `source` is the id that was asked for. Raises ReportError.

    A source that is there already, by its id, its address or its DOI, is given the copy beside those that it has.
    """
    id = source or same_work(draft, project)
    is_new = id not in project.sources
    id = id or new_id(draft, project.sources, copy.target)
    item = _item(id, draft) if is_new else {}
    saved = _free_name(archive, f"{slug(id) or 'source'}-{retrieved.isoformat()}", copy.ending)
    files = LaidOver(root, ())
    changes = [FileChange(_name(root, archive / saved), None, copy.data)]
    if is_new:
        paste = yaml_edits.entry_text(item)
        changes.append(edited(files, SOURCES, lambda text: yaml_edits.with_item(text, item), paste))
    entry: dict[str, YamlValue] = {
        "sha256": Plain(copy.sha256),
        "media_type": Plain(copy.media_type) if ";" not in copy.media_type else copy.media_type,
        "retrieved": Plain(retrieved.isoformat()),
    }
    tongue = "" if "language" in item else _unsaid_language(copy, draft, project.sources.get(id))
    if tongue:
        entry["language"] = tongue
    others = () if is_new else project.sources[id].archived
    paste = yaml_edits.entry_text({id: [entry]}).removeprefix("- ")

    def edit(text: str) -> str:
        if others:
            return yaml_edits.with_part(text, (id,), entry)
        return yaml_edits.with_entry(text, id, [entry])

    changes.append(edited(files, ARCHIVE, edit, paste))
    new = ArchivedText(copy.sha256, copy.media_type, parse_edtf(retrieved.isoformat()))
    lost = _lost(copy, id, project, new) if others else []
    if lost and newest_copy((*others, new)) is new:
        changes.append(_with_lacking(project.lock, [entry for _, _, entry, _ in lost], copy.sha256, root))
    told = (*_guessed_letters(copy), *(_quote_lost(*each[:2], id, each[3]) for each in lost))
    return Addition(id, is_new, item, saved, tuple(changes), told, tongue)


def _guessed_letters(copy: NewCopy) -> Iterator[Diagnostic]:
    """A file that nobody says the encoding of, and that is not in UTF-8. A page names its own."""
    kind, charset = media_type_and_charset(copy.media_type)
    if charset and not copy.address and kind not in PAGES:
        message = f"this file is not in UTF-8, and was read as {charset.capitalize()}"
        hint = f"check its letters; where they are wrong, name another charset in {ARCHIVE}"
        yield Diagnostic("code-page", message, Span.at(copy.target), hint, "warning")


def _unsaid_language(copy: NewCopy, draft: ReferenceDraft, source: Source | None) -> str:
    """The language of a copy whose source says none; empty where nothing tells it."""
    if source is not None and source.language:
        return ""
    field = draft.get("language") or copy.draft.get("language")
    return field.text if field else ""


def stamped(done: Addition, service: str) -> Addition:
    """With the time stamp of a service beside the saved copy; with a warning where it gives none."""
    copy = done.changes[0]
    try:
        stamp = FileChange(copy.name + ENDING, None, stamp_of(copy.after or b"", service))
    except ReportError as error:
        return replace(done, told=(*done.told, *error.diagnostics))
    return replace(done, changes=(copy, stamp, *done.changes[1:]))


def put_back(copy: NewCopy, id: str, archive: Archive, root: Path, retrieved: date) -> tuple[FileChange, ...]:
    """The copy's file, where archive.yaml knows it and the folder of saved sources has lost it."""
    if copy.sha256 in archive:
        return ()
    name = _free_name(archive.folder, f"{slug(id) or 'source'}-{retrieved.isoformat()}", copy.ending)
    return (FileChange(_name(root, archive.folder / name), None, copy.data),)


def _item(id: str, draft: ReferenceDraft) -> dict[str, YamlValue]:
    item: dict[str, YamlValue] = {"id": id}
    for name, field in draft.items():
        if name == "author":
            item[name] = [_name_parts(one, field) for one in field.values]
        else:
            item[name] = Plain(field.text) if name == "issued" else field.text
    return item


def _name_parts(name: str, authors: DraftField) -> dict[str, YamlValue]:
    family, comma, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if comma and name not in authors.institutions else {"literal": name}


def _free_name(folder: Path, base: str, ending: str) -> str:
    name, number = f"{base}{ending}", 2
    while (folder / name).exists():
        name, number = f"{base}-{number}{ending}", number + 1
    return name


def _name(root: Path, path: Path) -> str:
    """A path from the project's root; as it is where it leads outside."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def _lost(copy: NewCopy, id: str, project: Project, new: ArchivedText) -> list[tuple[Fact, int, LockEntry, Miss]]:
    """The quotations that were found in an older copy of the same file of a source, and do not stand in this one."""
    copies = project.sources[id].archived
    older = [text.sha256 for text in copies]
    language = language_read(project.sources[id], copy.text.text, project.settings.lang)
    found = []
    for fact in project.facts.values():
        for number, evidence in enumerate(fact.evidence):
            words = evidence.prefix, evidence.quote, evidence.suffix
            if evidence.source != id or not (entry := project.lock.trusted(id, *words, older)):
                continue
            if new not in newer_copies((*copies, new), entry.sha256, project.data_files):
                continue
            match = find_quote(copy.text, *words, language)
            if isinstance(match, Miss):
                found.append((fact, number, entry, match))
    return found


def _quote_lost(fact: Fact, number: int, id: str, miss: Miss) -> Diagnostic:
    near = f"the nearest passage: {miss.marked}" if miss.marked else "see what the source says now"
    message = f'"{fact.id}": the new copy of "{id}" does not have the quote: {miss.reason}'
    return Diagnostic("quote-lost", message, fact.at[f"evidence.{number}.quote"], near)


def _with_lacking(lock: Lock, lost: Sequence[LockEntry], sha256: str, root: Path) -> FileChange:
    """evidence.lock, saying of quotations that a copy lacks them: `check` and `due` then tell, `verify` or not."""
    entries = (replace(entry, lacking=sha256.lower()) if entry in lost else entry for entry in lock.entries)
    return FileChange(LOCK, (root / LOCK).read_bytes(), lock_text(Lock(tuple(entries))).encode())
