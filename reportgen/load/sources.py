"""The files of content/sources in; sources by id, with their archived texts, out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from reportgen.diagnostics import Places, ReportError, Span
from reportgen.load import csl
from reportgen.load.fields import WrongKeyError, day_first, slug
from reportgen.load.items import Item, Loading, Register, items
from reportgen.load.lines import FileText, private_characters
from reportgen.load.schema import check, heading, keys_of
from reportgen.load.suggest import did_you_mean
from reportgen.load.yaml import Mapping, Scalar, Sequence, YamlNode
from reportgen.model.source import ArchivedText, Source

EXPORT_AGAIN = "export it again from the reference manager, as CSL-JSON"
ReadBibliography = Callable[[str], list[dict[str, Any]]]
"""BibTeX or BibLaTeX text -> CSL items. Raises ValueError or ReportError where it cannot be read."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A CSL item with its place."""

    item: dict[str, Any]
    at: Places


def load_sources(
    loading: Loading, paths: tuple[str, ...], read_bibliography: ReadBibliography | None
) -> dict[str, Source]:
    """The sources, by id, in the order of the files."""
    register = Register("source")
    loaded: dict[str, Source] = {}
    for path in paths:
        for found in _in_file(loading, path, read_bibliography):
            name = csl.text_of(found.item, "id")
            if not name:
                loading.report("missing-key", 'the key "id" is missing', found.at["id"], "add the id that briefs cite")
            elif register.admit(loading, name, found.at["id"]):
                loaded[name] = _source(name, found)
    return _with_slugs(loaded)


def _source(name: str, found: _Found) -> Source:
    item = found.item
    container = csl.text_of(item, "container-title")
    return Source(
        id=name,
        slug="",
        csl=csl.canonical(item),
        type=csl.text_of(item, "type"),
        title=csl.text_of(item, "title") or container or name,
        short_title=csl.text_of(item, "title-short") or csl.text_of(item, "shortTitle"),
        authors=csl.author_names(item),
        issued=csl.edtf_of(item.get("issued")),
        publisher=csl.text_of(item, "publisher"),
        container=container,
        url=csl.text_of(item, "URL"),
        language=csl.text_of(item, "language"),
        note=csl.text_of(item, "note"),
        at=found.at,
    )


def _with_slugs(sources: dict[str, Source]) -> dict[str, Source]:
    """Slugs are of Latin letters and digits; of two ids with one slug, the later by the alphabet takes a number."""
    taken: set[str] = set()
    slugs: dict[str, str] = {}
    for name in sorted(sources, key=lambda name: (slug(name) != name, name)):
        base = slug(name) or "source-" + sha256(name.encode()).hexdigest()[:8]
        chosen, number = base, 2
        while chosen in taken:
            chosen, number = f"{base}-{number}", number + 1
        taken.add(chosen)
        slugs[name] = chosen
    return {name: replace(source, slug=slugs[name]) for name, source in sources.items()}


def _in_file(loading: Loading, path: str, read_bibliography: ReadBibliography | None) -> Iterator[_Found]:
    if path.endswith((".yaml", ".yml")):
        yield from (found for item in items(loading, "source", path) if (found := _from_yaml(loading, item)))
    elif path.endswith(".json"):
        yield from _from_json(loading, loading.text(path))
    elif path.endswith(".bib"):
        yield from _from_bibtex(loading, loading.text(path), read_bibliography)
    if path in loading.unreadable:
        loading.broken.add(("source", ""))


def _from_yaml(loading: Loading, item: Item) -> _Found | None:
    node, at = item.node, item.at
    plain: dict[str, Any] = {}
    for key, value in node.items():
        name = node.names[key]
        place = item.document.source.span(name.start, name.end)
        if key not in csl.KEYS:
            hint = did_you_mean(key, csl.KEYS) or "the variables of CSL are listed at https://docs.citationstyles.org"
            loading.report("unknown-key", f'there is no key "{key}" in CSL', place, hint)
        elif key in csl.DATES and isinstance(value, Scalar):
            try:
                plain[key] = csl.date_of(value)
            except ValueError as error:
                message, _, hint = str(error).partition("; ")
                loading.report("bad-date", message, at[key], day_first(value) or hint or None)
        else:
            plain[key] = _plain(value, key in csl.DATES)
    _leave_out_misfits(loading, plain, at)
    for key in ("id", "type", "title"):
        if not plain.get(key):
            if key not in node:
                span = heading(item.document, node)
                loading.report("missing-key", f'the key "{key}" is missing', span, f"add {key}: …")
            if item.id:
                loading.broken.add(("source", item.id))
    kind = plain.get("type")
    if kind and kind not in csl.TYPES:
        loading.report("wrong-value", f'"type" cannot be "{kind}" in CSL', at["type"], did_you_mean(kind, csl.TYPES))
    return _Found(plain, at) if plain.get("id") else None


def _leave_out_misfits(loading: Loading, item: dict[str, Any], at: Places) -> None:
    """Reports variables that no citation processor can use, and removes them from the item."""
    for key, what, example in tuple(csl.misfits(item)):
        loading.report("wrong-type", f'"{key}" must be {what}', at[key], f"for example {example}")
        del item[key]
    if "issued" in item and csl.edtf_of(item["issued"]) is None and "date-parts" in item["issued"]:
        hint = "write it like 2021-11-20, or {date-parts: [[2021, 11, 20]]}"
        loading.report("bad-date", '"issued" is not a date', at["issued"], hint)
        del item["issued"]


def _plain(value: YamlNode, numbers: bool) -> Any:
    """A YAML value as JSON; only dates hold numbers and flags."""
    if isinstance(value, Mapping):
        return {key: _plain(part, numbers) for key, part in value.items()}
    if isinstance(value, Sequence):
        return [_plain(part, numbers) for part in value]
    if value.plain and value in ("true", "false"):
        return value == "true"
    return int(value) if numbers and value.plain and re.fullmatch(r"-?\d{1,4}", value) else str(value)


def _from_json(loading: Loading, source: FileText) -> Iterator[_Found]:
    text = source.text
    loading.found += private_characters(source)
    if not text.strip():
        return
    decoder = json.JSONDecoder()
    try:
        json.loads(text)
    except RecursionError:
        loading.report("json-syntax", "this is nested too deep for a bibliography", Span.at(source.file), EXPORT_AGAIN)
        loading.broken.add(("source", ""))
        return
    except json.JSONDecodeError as error:
        at = min(error.pos, max(len(text) - 1, 0))
        message = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        loading.report("json-syntax", message, source.span(at, at + 1), EXPORT_AGAIN)
        loading.broken |= {("source", name) for name in re.findall(r'"id"\s*:\s*"([^"\\]+)"', text)}
        return
    start = len(text) - len(text.lstrip())
    listed = text[start] == "["
    at = start + 1 if listed else start
    while (at := _skip(text, at)) < len(text) and text[at] != "]":
        item, end = decoder.raw_decode(text, at)
        if isinstance(item, dict):
            places = _json_places(source, at, end)
            _leave_out_misfits(loading, item, places)
            yield _Found(item, places)
        else:
            message = "a source must be a CSL item, between { and }"
            loading.report("wrong-type", message, source.span(at, end), EXPORT_AGAIN)
        at = end
        if not listed:
            return


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in ", \t\r\n":
        at += 1
    return at


def _json_places(source: FileText, start: int, end: int) -> Places:
    keys: dict[str, Span] = {}
    pattern = re.compile(r'"([A-Za-z_-]+)"\s*:\s*("(?:[^"\\]|\\.)*"|[^\s,}\]]+)')
    for found in pattern.finditer(source.text, start, end):
        keys.setdefault(found[1], source.span(*found.span(2)))
    return Places(source.span(start, start + 1), keys)


def _from_bibtex(loading: Loading, source: FileText, read: ReadBibliography | None) -> Iterator[_Found]:
    entries: dict[str, list[Span]] = {}
    for found in re.finditer(r"@[A-Za-z]+\s*[{(]\s*([^,\s{}()]+)\s*,", source.text):
        entries.setdefault(found[1], []).append(source.span(*found.span(1)))
    top = Span.at(source.file)
    if read is None:
        loading.report("unreadable", "BibTeX files cannot be read here", top, "export the sources as CSL-JSON")
    else:
        try:
            found_items = read(source.text)
        except ReportError as error:
            loading.found += error.diagnostics
        except ValueError as error:
            hint = "each entry is @type{key, field = {value}, …}; or export the sources as CSL-JSON"
            loading.report("bibtex-syntax", f"this is not BibTeX: {error}", top, hint)
        else:
            for item in found_items:
                places = entries.get(str(item.get("id", "")), [])
                place = places.pop(0) if places else top
                yield _Found(dict(item), Places(place, {"id": place}))
            return
    loading.broken |= {("source", name) for name in entries}


def _digest(value: Any) -> str:
    text = str(value).lower() if isinstance(value, Scalar) else ""
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise WrongKeyError("%KEY% must be 64 hexadecimal digits", "`sha256sum FILE` prints them", "bad-sha256")
    return text


_ARCHIVED = keys_of(ArchivedText, sha256=_digest)


def with_archive(loading: Loading, sources: dict[str, Source], path: str) -> dict[str, Source]:
    """The sources with the archived texts that archive.yaml gives them."""
    document = loading.document(path)
    root = document.root
    if root is None:
        return sources
    if not isinstance(root, Mapping):
        span = Span.at(path)
        message = "archive.yaml must hold source ids, each with a list of archived texts"
        loading.report("wrong-type", message, span, "some-source: [{sha256: …, media_type: text/plain}]")
        return sources
    archived = dict(sources)
    for name, value in root.items():
        key = root.names[name]
        place = document.source.span(key.start, key.end)
        if not loading.refer("source", name, sources, place) or name not in sources:
            continue
        texts: list[ArchivedText] = []
        for node in value if isinstance(value, Sequence) else [value]:
            if not isinstance(node, Mapping):
                hint = "for example [{sha256: …, media_type: text/plain, retrieved: 2026-11-22}]"
                loading.report("wrong-type", "an archived text must be a map of keys and values", place, hint)
                continue
            text, failed, found = check(_ARCHIVED, document, node)
            loading.found += found
            if text is not None and not failed:
                texts.append(text)
            else:
                loading.broken.add(("copy", name))
        archived[name] = replace(sources[name], archived=tuple(texts))
    return archived
