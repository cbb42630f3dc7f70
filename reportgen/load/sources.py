"""The files of content/sources in; sources by id, with their archived texts, out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from reportgen.archive.media_types import is_readable, readable_types
from reportgen.diagnostics import Span
from reportgen.late_patterns import regex
from reportgen.load import csl
from reportgen.load.csl_dates import edtf_of, words_of
from reportgen.load.fields import ID, WrongKeyError, is_language, slug, tag_of
from reportgen.load.items import Loading, Register, known_items
from reportgen.load.libraries import FoundItem, ReadBibliography, found_in, in_yaml
from reportgen.load.schema import check, keys_of
from reportgen.load.yaml import Mapping, Scalar, Sequence
from reportgen.model.source import ArchivedText, Source

KEYS_FILE = "content/sources/keys.yaml"


def load_sources(
    loading: Loading, paths: tuple[str, ...], read_bibliography: ReadBibliography | None
) -> dict[str, Source]:
    """The sources, by id, in the order of the files, without the names of their pages."""
    library = _Library(loading)
    for path in paths:
        if path != KEYS_FILE:
            library.read(path, read_bibliography)
    library.tell_of_repeated()
    sources = library.sources
    return _with_keys(loading, sources) if KEYS_FILE in paths else sources


@dataclass(slots=True)
class _Library:
    """The sources so far, each once."""

    loading: Loading
    sources: dict[str, Source] = field(default_factory=dict)
    register: Register = field(default_factory=lambda: Register("source"))
    repeated: dict[tuple[str, str], list[tuple[str, Span]]] = field(default_factory=dict)
    """(file, the file that has them already) -> (id, place) of the sources that stand in both and are the same."""

    def read(self, path: str, read_bibliography: ReadBibliography | None) -> None:
        """Adds the sources of a file, of which those of one in YAML may be known from an earlier build."""
        loading, basis = self.loading, f"sources {self.loading.lang}"
        if not path.endswith((".yaml", ".yml")):
            for found in found_in(loading, path, read_bibliography):
                self.add(_source(loading, found))
            return
        before = loading.told
        known, text = known_items(loading, path, basis)
        if known is not None:
            for source in known.values():
                self.add(source)
            return
        text = text or loading.text(path)
        made = [_source(loading, found) for found in in_yaml(loading, text, before[0])]
        added = [source for source in made if self.add(source)]
        if loading.kept and loading.told == before and len(added) == len(made):
            items = {source.id: source for source in added if source}
            self.sources |= loading.kept.keep(text, loading.read[path], basis, items)

    def add(self, source: Source | None) -> bool:
        """Whether it is new."""
        if source is None:
            return False
        known = self.sources.get(source.id)
        if known is not None and known.csl == source.csl:
            files = (source.at.whole.file, known.at.whole.file)
            self.repeated.setdefault(files, []).append((source.id, source.at["id"]))
            return False
        if not self.register.admit(self.loading, source.id, source):
            return False
        self.sources[source.id] = source
        return True

    def tell_of_repeated(self) -> None:
        """A notice for each pair of files, however many sources they share."""
        for (_, other), same in self.repeated.items():
            name, span = same[0]
            what = f'"{name}"' if len(same) == 1 else f'"{name}" and {len(same) - 1} more sources'
            message = f"{what} of this file stand in {other} too, with the same content, and are read once"
            if len(same) == 1:
                message = f"{what} stands in {other} too, with the same content, and is read once"
            self.loading.report("repeated-source", message, span, "delete one of the two", "notice")


_TAG = regex(r"[A-Za-z]{2}(?:[-_].*)?")


def _language(loading: Loading, found: FoundItem, name: str) -> str:
    """The tag of a source's language, which libraries also give by its name or another code: `English`, `eng`."""
    typed = csl.text_of(found.item, "language").strip()
    if not typed or _TAG.fullmatch(typed) or is_language(typed):
        return typed
    if tag := tag_of(typed) or tag_of(typed.partition("(")[0].strip()):
        return tag
    message = f'"{name}": "{typed}" is no language that is known, so that its words are read as if it said none'
    hint = "write the tag of one language, for example en, fil or pt-BR"
    loading.report("source-field", message, found.at["language"], hint, "notice")
    return ""


def _source(loading: Loading, found: FoundItem) -> Source | None:
    item, name = found.item, csl.text_of(found.item, "id")
    if not name:
        loading.report("missing-key", 'the key "id" is missing', found.at["id"], "add the id that briefs cite")
        return None
    container = csl.text_of(item, "container-title")
    return Source(
        id=name,
        slug="",
        csl=csl.canonical(item),
        type=csl.text_of(item, "type"),
        title=csl.text_of(item, "title") or container or name,
        short_title=csl.text_of(item, "title-short") or csl.text_of(item, "shortTitle"),
        authors=csl.author_names(item),
        issued=edtf_of(item.get("issued")),
        issued_words=words_of(item.get("issued")),
        publisher=csl.text_of(item, "publisher"),
        container=container,
        url=csl.text_of(item, "URL") or _doi_address(csl.text_of(item, "DOI")),
        language=_language(loading, found, name),
        remark=found.remark,
        at=found.at,
    )


def _doi_address(doi: str) -> str:
    return f"https://doi.org/{doi}" if re.fullmatch(r"10\.\d+/[^\s<>\"]+", doi) else ""


def _with_keys(loading: Loading, sources: dict[str, Source]) -> dict[str, Source]:
    """The sources, those that keys.yaml names under their short keys."""
    document = loading.document(KEYS_FILE)
    root = document.root
    if root is None:
        return sources
    if not isinstance(root, Mapping):
        message = "keys.yaml must hold short keys, each with the id of a source"
        loading.report("wrong-type", message, Span.at(KEYS_FILE), "tea-2020: http://zotero.org/users/1/items/ABCD1234")
        return sources
    by_id: dict[str, str] = {}
    for key, value in root.items():
        name = root.names[key]
        place = document.source.span(name.start, name.end)
        if not isinstance(value, Scalar):
            loading.report("wrong-type", f'"{key}" must be the id of a source', place, "write one id after the colon")
        elif not ID.fullmatch(key):
            hint = f'for example "{suggested}"' if (suggested := slug(key)) else "for example tea-2020"
            message = f'"{key}" cannot be a key: use small Latin letters, digits and hyphens'
            loading.report("bad-id", message, place, hint)
        elif key in sources:
            loading.report("duplicate-id", f'"{key}" is already the id of another source', place, "choose another key")
        elif not loading.refer("source", str(value), sources, document.span(value)):
            continue
        elif (other := by_id.setdefault(str(value), key)) != key:
            loading.report("duplicate-id", f'that source has the key "{other}" already', place, "delete one of the two")
    loading.renamed |= {("source", id): key for id, key in by_id.items()}
    return {by_id.get(name, name): _renamed(source, by_id.get(name, name)) for name, source in sources.items()}


def _renamed(source: Source, name: str) -> Source:
    if source.id == name:
        return source
    return replace(source, id=name, exported_id=source.id, csl=csl.with_id(source.csl, name))


def _digest(value: Any) -> str:
    text = str(value).lower() if isinstance(value, Scalar) else ""
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise WrongKeyError("%KEY% must be 64 hexadecimal digits", "`sha256sum FILE` prints them", "bad-sha256")
    return text


_ARCHIVED = keys_of(ArchivedText, sha256=_digest)


@dataclass(frozen=True, slots=True)
class _Earlier:
    aliases: tuple[str, ...]


_EARLIER = keys_of(_Earlier)


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
        aliases: list[str] = []
        for node in value if isinstance(value, Sequence) else [value]:
            if not isinstance(node, Mapping):
                hint = "for example [{sha256: …, media_type: text/plain, retrieved: 2026-11-22}]"
                loading.report("wrong-type", "an archived text must be a map of keys and values", place, hint)
                continue
            if "aliases" in node:
                earlier, _, found = check(_EARLIER, document, node)
                loading.found += found
                aliases += earlier.aliases if earlier else ()
                continue
            text, failed, found = check(_ARCHIVED, document, node, document.places(node))
            loading.found += found
            if text is not None and not failed:
                texts.append(text)
                _tell_of_unread(loading, text, text.at["media_type"])
            else:
                loading.broken.add(("copy", name))
        language = sources[name].language or next((text.language for text in texts if text.language), "")
        archived[name] = replace(sources[name], archived=tuple(texts), aliases=tuple(aliases), language=language)
    return archived


def _tell_of_unread(loading: Loading, text: ArchivedText, span: Span) -> None:
    """Warns of a copy out of which no words can be taken."""
    if not is_readable(text.media_type):
        message = f'copies of the type "{text.media_type}" cannot be read: no quotation is found in them'
        hint = f"save the source as one of {readable_types()}"
        loading.report("unread-media-type", message, span, hint, "warning")
