"""One file of a site in; the addresses that stand in it and the anchors that it offers out. Pure.

HTML by the standard library's parser, which keeps lines; SVG and feeds as XML; PDF by pypdf.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import Any, Literal

from lxml import etree

from reportgen.late_patterns import regex
from reportgen.pages.addresses import LINKING, LISTING, candidates

AddressKind = Literal["link", "id"]
_NAMING = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "headers",
    "for",
    "list",
    "popovertarget",
)
_READ = frozenset((*LINKING, *LISTING, *_NAMING))
_META = ("og:image", "og:url", "citation_pdf_url", "citation_public_url", "twitter:image")
_URL = regex(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+["']([^"']+)["']"""
    r"""|(?<=[(,])\s*["']([^"']+)["']\s+[\d.]+(?:x|dppx|dpi|dpcm)\b"""
)
_COMMENT = regex(r"/\*.*?\*/", re.S)
_ADDRESS_KEYS = ("url", "@id", "contentUrl", "sameAs", "image")


@dataclass(frozen=True, slots=True)
class AddressUse:
    """Something in a file that leads elsewhere."""

    text: str
    """The address as written; for `id`, the name of an element of the same page."""
    line: int
    kind: AddressKind = "link"


@dataclass(slots=True)
class Contents:
    """What a file says of other places, and what can be said of places in it."""

    references: list[AddressUse] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    repeated: list[AddressUse] = field(default_factory=list)
    """Ids that stand in the file already."""
    fault: str = ""
    """Why it could not be read; empty where it could."""


def contents(path: str, data: bytes) -> Contents:
    """What a file holds, by its name's ending; nothing for kinds that hold no addresses."""
    read = _READERS.get(path.rpartition(".")[2])
    if read is None:
        return Contents()
    try:
        return read(data)
    except (ValueError, SyntaxError) as error:
        return Contents(fault=str(error))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Contents()
        self.raw = ""
        """The element whose text is read now: `style`, or `script` with JSON-LD."""

    def add(self, text: str, kind: AddressKind = "link") -> None:
        self.found.references.append(AddressUse(text, self.getpos()[0], kind))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            if given["id"] in self.found.anchors:
                self.found.repeated.append(AddressUse(given["id"], self.getpos()[0], "id"))
            self.found.anchors.add(given["id"])
        if tag == "a" and "name" in given:
            self.found.anchors.add(given["name"])
        if not _READ.isdisjoint(given):
            self._linked(tag, given)
        if tag == "meta" and (given.get("property") in _META or given.get("name") in _META):
            self.add(given.get("content", ""))
        for name, value in given.items():
            if "url(" in value and name != "content":
                self._styled(value)
        self.raw = tag if tag == "style" or given.get("type") == "application/ld+json" else ""

    def _linked(self, tag: str, given: dict[str, str]) -> None:
        for name in LINKING:
            if name in given and (name != "data" or tag == "object"):
                self.add(given[name])
        for name in _NAMING:
            for id in given.get(name, "").split():
                self.add(id, "id")
        for name in LISTING:
            for address, _ in candidates(given.get(name, "")):
                self.add(address)

    def handle_endtag(self, tag: str) -> None:
        self.raw = ""

    def handle_data(self, data: str) -> None:
        if self.raw == "style":
            self._styled(data)
        elif self.raw:
            for address in _in_jsonld(json.loads(data)):
                self.add(address)

    def _styled(self, text: str) -> None:
        for reference in _in_css(text):
            self.add(reference.text)


def _html(data: bytes) -> Contents:
    page = _Page()
    page.feed(data.decode())
    page.close()
    return page.found


def _css(data: bytes) -> Contents:
    return Contents(list(_in_css(data.decode())))


def _in_css(text: str) -> Iterator[AddressUse]:
    text = _COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    for match in _URL.finditer(text):
        yield AddressUse(next(filter(None, match.groups()), ""), text.count("\n", 0, match.start()) + 1)


def _in_jsonld(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in _ADDRESS_KEYS and isinstance(value, str):
                yield value
            else:
                yield from _in_jsonld(value)
    elif isinstance(data, list):
        for value in data:
            yield from _in_jsonld(value)


def _xml(data: bytes) -> Contents:
    """SVG pictures, Atom and sitemaps."""
    found = Contents()
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for element in root.iter("*"):
        line = element.sourceline if isinstance(element.sourceline, int) else 1
        name = etree.QName(element).localname
        for key, value in element.attrib.items():
            key, text = etree.QName(key).localname, str(value)
            if key == "id":
                if text in found.anchors:
                    found.repeated.append(AddressUse(text, line, "id"))
                found.anchors.add(text)
            elif key in ("href", "src"):
                found.references.append(AddressUse(text, line))
            elif key == "aria-labelledby":
                found.references += [AddressUse(id, line, "id") for id in text.split()]
            elif "url(" in text:
                found.references += [AddressUse(r.text, line) for r in _in_css(text)]
        if name in ("loc", "logo", "icon") and element.text:
            found.references.append(AddressUse(element.text.strip(), line))
        if name == "style" and element.text:
            found.references += [AddressUse(r.text, line) for r in _in_css(element.text)]
    return found


def _robots(data: bytes) -> Contents:
    lines = enumerate(data.decode().splitlines(), start=1)
    return Contents([AddressUse(text[8:].strip(), n) for n, text in lines if text.startswith("Sitemap:")])


def _pdf(data: bytes) -> Contents:
    """Links of the pages' annotations; `line` is the page."""
    from pypdf import PdfReader
    from pypdf.errors import PdfReadError

    try:
        return _in_pdf(PdfReader(BytesIO(data)))
    except PdfReadError as error:
        raise ValueError(str(error)) from error


def _in_pdf(reader: Any) -> Contents:
    found = Contents(anchors=set(reader.named_destinations))
    for number, page in enumerate(reader.pages, start=1):
        for annotation in page.get("/Annots") or ():
            link = annotation.get_object()
            action = (link.get("/A") or {}) if link.get("/Subtype") == "/Link" else {}
            if "/URI" in action:
                found.references.append(AddressUse(str(action["/URI"]), number))
            target = action.get("/D", link.get("/Dest"))
            if isinstance(target, str):
                found.references.append(AddressUse(str(target), number, "id"))
    return found


_READERS = {"html": _html, "css": _css, "svg": _xml, "xml": _xml, "txt": _robots, "pdf": _pdf}
