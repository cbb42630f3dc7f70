"""A file of content/sources in; the CSL items in it, each with its place, out. What is odd in an item is told here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportgen.diagnostics import Places, ReportError, Span
from reportgen.late_patterns import regex
from reportgen.load import csl
from reportgen.load.bibtex import BibEntry, bib_entries, endless, without
from reportgen.load.csl_dates import DATE_TIME, date_of
from reportgen.load.fields import day_first
from reportgen.load.items import Item, Loading, has_names_for_keys, items_in
from reportgen.load.lines import FileText, private_characters
from reportgen.load.schema import heading
from reportgen.load.suggest import did_you_mean
from reportgen.load.yaml import Mapping as YamlMap
from reportgen.load.yaml import Scalar, Sequence, YamlNode

ReadBibliography = Callable[[str], list[dict[str, Any]]]
"""BibTeX or BibLaTeX text -> CSL items. Raises ValueError (with the line, where it is known) or ReportError where it
cannot be read."""
REMARK = "remark"
"""The one key of ours beside CSL's: what readers should know of a source."""
EXPORT_AGAIN = "export it again from the reference manager, as CSL-JSON"
EXPORT_AS = "in Zotero choose File, Export Library…, and the format Better CSL JSON or CSL JSON, and put that file here"
IMPORT_FIRST = "open it in Zotero (File, Import…), export the library as CSL JSON, and put that file here"
FOREIGN = {
    ".ris": "RIS does not tell persons from offices",
    ".enw": "EndNote's own format is not read",
    ".rdf": "Zotero RDF is not read",
    ".csv": "a table of sources is not read",
    ".nbib": "PubMed's format is not read",
    ".ciw": "the format of Web of Science is not read",
    ".xml": "XML of reference managers is not read",
}
"""Endings of other files of reference managers, and why they are not read."""
_DRAFT_TITLE = regex(r"\[(?:Text|Table)(?:: .*)?\]")
"""What `desk/references.py` makes of a file's name, where the source gives no title."""
_BETTER_BIBTEX = "this is Better BibTeX's own format, which only Better BibTeX reads"
_ZOTERO_API = "this is the format of Zotero's own interface, not CSL-JSON"


@dataclass(frozen=True, slots=True)
class FoundItem:
    """A CSL item as it is cited and published, with its place."""

    item: dict[str, Any]
    at: Places
    remark: str = ""


def in_yaml(loading: Loading, source: FileText, before: int) -> Iterator[FoundItem]:
    """The items of a YAML file. `before`: how many problems there were before its text was read."""
    listed = items_in(loading, "source", source, before, under="references")
    yield from (found for item in listed if (found := _from_yaml(loading, item)))
    if source.file in loading.unreadable:
        loading.broken.add(("source", ""))


def found_in(loading: Loading, path: str, read_bibliography: ReadBibliography | None) -> Iterator[FoundItem]:
    """The items of a file, not one in YAML. What cannot be read is told, and then counts as broken."""
    if path.endswith((".json", ".bib")):
        odd: list[_OddField] = []
        if path.endswith(".json"):
            yield from _from_json(loading, loading.text(path), odd)
        else:
            yield from _from_bibtex(loading, loading.text(path), read_bibliography, odd)
        _tell(loading, odd)
    else:
        why = next(why for ending, why in FOREIGN.items() if path.endswith(ending))
        _refuse(loading, Span.at(path), why, IMPORT_FIRST if path.endswith((".enw", ".nbib", ".ciw")) else EXPORT_AS)
    if path in loading.unreadable:
        loading.broken.add(("source", ""))


def _refuse(loading: Loading, span: Span, message: str, hint: str) -> None:
    loading.report("foreign-library", message, span, hint)
    loading.broken.add(("source", ""))


@dataclass(frozen=True, slots=True)
class _OddField:
    """What could not be taken as it was written, in a library that a program wrote."""

    source: str
    odd: csl.Odd
    at: Places


MOST_TOLD = 3
"""Odd fields of one name that are told one by one; of more, all are told at once."""


def _taken(item: Mapping[str, Any], at: Places, name: str, odd: list[_OddField]) -> dict[str, Any]:
    found = csl.taken(item)
    odd += [_OddField(name, each, at) for each in found.odd]
    return found.item


def _tell(loading: Loading, fields: list[_OddField]) -> None:
    """Notices, since nobody can be asked to mend a library of thousands."""
    alike: dict[tuple[str, bool], list[_OddField]] = {}
    for each in fields:
        alike.setdefault((each.odd.key, "left out" in each.odd.message), []).append(each)
    for (key, _), same in alike.items():
        for each in same if len(same) <= MOST_TOLD else same[:1]:
            message, odd = f'"{each.source}": {each.odd.message}', each.odd
            if len(same) > MOST_TOLD:
                others = ", ".join(f'"{other.source}"' for other in same[1 : MOST_TOLD + 1])
                more = f" and {rest} more sources" if (rest := len(same) - MOST_TOLD - 1) else ""
                message += f"; and so of {others}{more}"
            hint = f"it should be {odd.must_be}, for example {odd.example}" if odd.must_be else None
            loading.report("source-field", message, each.at[key], hint, "notice")


# YAML


def _from_yaml(loading: Loading, item: Item) -> FoundItem | None:
    if has_names_for_keys(loading, "source", (*csl.KEYS, REMARK), item):
        return None
    node, at = item.node, item.at
    plain: dict[str, Any] = {}
    dates: dict[str, Any] = {}
    remark = ""
    for key, value in node.items():
        name = node.names[key]
        if key == REMARK and isinstance(value, Scalar):
            remark = str(value)
        elif key not in csl.KEYS:
            hint = (
                did_you_mean(key, (*csl.KEYS, REMARK))
                or "CSL's variables are listed at https://docs.citationstyles.org"
            )
            place = item.document.source.span(name.start, name.end)
            loading.report("unknown-key", f'there is no key "{key}" in CSL', place, hint)
        elif key in csl.DATES and isinstance(value, Scalar):
            _read_date(loading, dates, key, value, at)
        else:
            plain[key] = _plain(value, key in csl.DATES)
    found = csl.taken(plain)
    for odd in found.odd:
        if odd.must_be:
            code = "bad-date" if odd.key in csl.DATES else "wrong-type"
            loading.report(code, f'"{odd.key}" must be {odd.must_be}', at[odd.key], f"for example {odd.example}")
        else:
            loading.report("source-field", odd.message, at[odd.key], None, "notice")
    _report_missing(loading, item, plain, at)
    if _DRAFT_TITLE.fullmatch(str(plain.get("title", ""))):
        message = f'the title of "{item.id}" is a description that `reportgen add` made of the file\'s name'
        loading.report("draft-title", message, at["title"], "write the source's own title, or what it is", "warning")
    kind = found.item.get("type")
    if kind and kind not in csl.TYPES:
        loading.report("wrong-value", f'"type" cannot be "{kind}" in CSL', at["type"], did_you_mean(kind, csl.TYPES))
    return FoundItem(found.item | dates, at, remark) if found.item.get("id") else None


def _report_missing(loading: Loading, item: Item, plain: Mapping[str, Any], at: Places) -> None:
    for key in ("id", "type", "title"):
        if not plain.get(key):
            if key not in item.node:
                span = heading(item.document, item.node)
                loading.report("missing-key", f'the key "{key}" is missing', span, f"add {key}: …")
            if item.id:
                loading.broken.add(("source", item.id))


def _read_date(loading: Loading, dates: dict[str, Any], key: str, value: Scalar, at: Places) -> None:
    if timed := DATE_TIME.fullmatch(value):
        message = f'"{key}" is cut to its day, {timed[1]}'
        loading.report("source-field", message, at[key], "leave out the time of day", "notice")
    text = timed[1] if timed else value
    try:
        dates[key] = date_of(text)
    except ValueError as error:
        message, _, hint = str(error).partition("; ")
        words = f"{hint}; or, if it is no date, {{literal: {value}}}"
        loading.report("bad-date", message, at[key], day_first(value) or words)


def _plain(value: YamlNode, numbers: bool) -> Any:
    """A YAML value as JSON; only dates hold numbers and flags."""
    if isinstance(value, YamlMap):
        return {key: _plain(part, numbers) for key, part in value.items()}
    if isinstance(value, Sequence):
        return [_plain(part, numbers) for part in value]
    if value.plain and value in ("true", "false"):
        return value == "true"
    return int(value) if numbers and value.plain and re.fullmatch(r"-?\d{1,4}", value) else str(value)


# CSL-JSON


def _from_json(loading: Loading, source: FileText, odd: list[_OddField]) -> Iterator[FoundItem]:
    text = source.text
    loading.found += private_characters(source)
    if not text.strip():
        return
    decoder = json.JSONDecoder()
    try:
        whole = json.loads(text)
    except (RecursionError, ValueError) as error:
        _report_json(loading, source, error)
        return
    start = len(text) - len(text.lstrip())
    if why := _own_format(whole):
        _refuse(loading, source.span(start, start + 1), why, EXPORT_AS)
        return
    if isinstance(whole, dict) and isinstance(whole.get("items"), list) and "type" not in whole:
        start = text.index("[", text.index('"items"'))
    listed = text[start] == "["
    at = start + 1 if listed else start
    while (at := _skip(text, at)) < len(text) and text[at] != "]":
        item, end = decoder.raw_decode(text, at)
        if isinstance(item, dict):
            item.setdefault("id", item.get("citation-key"))
            places = Places(source.span(at, at + 1), _JsonSpans(source, at, end))
            yield FoundItem(_taken(item, places, str(item["id"]), odd), places)
        else:
            message = "a source must be a CSL item, between { and }"
            loading.report("wrong-type", message, source.span(at, end), EXPORT_AGAIN)
        at = end
        if not listed:
            return


def _own_format(whole: Any) -> str:
    """Why a file is no CSL-JSON, though JSON of a reference manager."""
    listed = whole.get("items") if isinstance(whole, dict) else whole
    if isinstance(whole, dict) and listed and ("config" in whole or "collections" in whole):
        return _BETTER_BIBTEX
    first = listed[0] if isinstance(listed, list) and listed else None
    if isinstance(first, dict) and ("itemType" in first or isinstance(first.get("data"), dict)):
        return _ZOTERO_API
    return ""


def _report_json(loading: Loading, source: FileText, error: Exception) -> None:
    if isinstance(error, json.JSONDecodeError):
        at = min(error.pos, max(len(source.text) - 1, 0))
        message = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        loading.report("json-syntax", message, source.span(at, at + 1), EXPORT_AGAIN)
        loading.broken |= {("source", name) for name in re.findall(r'"id"\s*:\s*"([^"\\]+)"', source.text)}
        return
    deep = isinstance(error, RecursionError)
    message = "this is nested too deep for a bibliography" if deep else "this holds a number of thousands of digits"
    loading.report("json-syntax", message, Span.at(source.file), EXPORT_AGAIN)
    loading.broken.add(("source", ""))


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in ", \t\r\n":
        at += 1
    return at


class _JsonSpans(Mapping[str, Span]):
    """Where the values of an item's keys stand, looked for when they are asked for: few of them ever are."""

    __slots__ = ("_end", "_source", "_start")

    def __init__(self, source: FileText, start: int, end: int) -> None:
        self._source, self._start, self._end = source, start, end

    def _found(self, key: str) -> re.Match[str] | None:
        return _pair(key).search(self._source.text, self._start, self._end)

    def __getitem__(self, key: str) -> Span:
        found = self._found(key)
        if found is None:
            raise KeyError(key)
        return self._source.span(*found.span("value"))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._found(key) is not None

    def __iter__(self) -> Iterator[str]:
        return (key for key in sorted(csl.KEYS) if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@cache
def _pair(key: str) -> re.Pattern[str]:
    return re.compile(rf'"{re.escape(key)}"\s*:\s*(?P<value>"(?:[^"\\]|\\.)*"|[^\s,}}\]]+)')


# BibTeX


def _from_bibtex(
    loading: Loading, source: FileText, read: ReadBibliography | None, odd: list[_OddField]
) -> Iterator[FoundItem]:
    entries = bib_entries(source.text)
    waiting: dict[str, list[BibEntry]] = {}
    for entry in entries:
        waiting.setdefault(entry.key, []).append(entry)
    top = Span.at(source.file)
    if read is None:
        loading.report("unreadable", "BibTeX files cannot be read here", top, "export the sources as CSL-JSON")
    else:
        circles = endless(entries)
        for entry, name in circles:
            message = f'"{entry.key}": its {name} leads back to itself, and is left out'
            field = entry.fields[name]
            loading.report("source-field", message, source.span(field.value, field.end), None, "notice")
        text = without(source.text, [entry.fields[name] for entry, name in circles])
        try:
            read_items = read(text)
        except ReportError as error:
            loading.found += error.diagnostics
        except ValueError as error:
            hint = "each entry is @type{key, field = {value}, …}; or export the sources as CSL-JSON"
            line = error.args[1] if len(error.args) > 1 and error.args[1] else 1
            message = f"this is not BibTeX: {error.args[0]}"
            loading.report("bibtex-syntax", message, Span.at(source.file, line), hint)
        else:
            for item in read_items:
                same = waiting.get(str(item.get("id", "")), [])
                yield _bib_item(source, item, same.pop(0) if same else None, odd)
            return
    loading.broken |= {("source", entry.key) for entry in entries}


_SPELLED = {"URL": ("url", "howpublished"), "DOI": ("doi",), "issued": ("date", "year"), "accessed": ("urldate",)}
"""CSL's variable -> the fields of BibTeX that it comes from, where they are called otherwise."""


def _bib_item(source: FileText, item: dict[str, Any], entry: BibEntry | None, odd: list[_OddField]) -> FoundItem:
    if entry is None:
        places = Places(Span.at(source.file))
        return FoundItem(_taken(item, places, str(item.get("id")), odd), places)
    spans = {"id": source.span(entry.start, entry.start + len(entry.key))}
    for key in csl.KEYS & (item.keys() | {"issued"}):
        field = next((entry.fields[n] for n in _SPELLED.get(key, (key,)) if n in entry.fields), None)
        if field:
            spans[key] = source.span(field.value, field.end)
    made = dict(item)
    if not (made.get("issued") or {}).get("date-parts"):
        made.pop("issued", None)
        if date := _date_of_entry(entry):
            made["issued"] = date
    places = Places(spans["id"], spans)
    return FoundItem(_taken(made, places, entry.key, odd), places)


def _date_of_entry(entry: BibEntry) -> dict[str, Any] | None:
    """A date that pandoc reads as nothing: of EDTF's level 1, or `in press`."""
    field = entry.fields.get("date") or entry.fields.get("year")
    text = re.sub(r"[{}]", "", field.text).strip() if field else ""
    if not text:
        return None
    try:
        return date_of(text)
    except ValueError:
        return {"literal": text}
