"""A site's files in; every internal address that leads nowhere out. Pure.

What is checked: links, anchors, ids, stylesheets, scripts, fonts and pictures, in HTML, CSS, SVG, feeds, the sitemap
and PDFs. Addresses of other hosts are not asked for.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from reportgen.diagnostics import Diagnostic, Span
from reportgen.publish.addresses import AddressUse, Contents, contents

ELSEWHERE = ("http", "https", "mailto", "data", "tel", "geo", "doi", "magnet")
"""Schemes that lead out of the site."""


def broken_links(files: Mapping[str, bytes], base_url: str = "", folder: str = "build/site") -> list[Diagnostic]:
    """What is wrong, in the order of the files.

    `files` maps paths below the site to contents; `base_url` is the site's own address, by which canonical links, feeds
    and PDFs name its pages; `folder` is what messages call the site. A PDF's message names the page.
    """
    return [_told(fault, f"{folder}/{path}") for path, fault in link_faults(files, base_url)]


@dataclass(frozen=True, slots=True)
class LinkFault:
    """What is wrong with an address or an id."""

    code: str
    written: str
    """The address or the id as the file has it."""
    message: str
    hint: str | None = None
    line: int = 1
    """Of the file; of a PDF, the page."""
    lacking: str = ""
    """The path of the page that lacks a part which is linked to."""


def link_faults(
    files: Mapping[str, bytes], base_url: str = "", is_there: Callable[[str], object] = lambda _: False
) -> Iterator[tuple[str, LinkFault]]:
    """Path and fault, in the order of the files. `is_there`: whether a path is, which is not among the files."""
    known = {path: contents(path, data) for path, data in sorted(files.items())}
    checker = _Checker(known, base_url, is_there)
    for path, found in known.items():
        for fault, line in checker.faults(path, found):
            yield path, replace(fault, line=line)


def _told(fault: LinkFault, file: str) -> Diagnostic:
    """A PDF has pages, not lines."""
    if file.endswith(".pdf"):
        return Diagnostic(fault.code, f"on page {fault.line}: {fault.message}", Span.at(file), fault.hint)
    return Diagnostic(fault.code, fault.message, Span.at(file, fault.line), fault.hint)


class _Checker:
    def __init__(self, known: Mapping[str, Contents], base_url: str, is_there: Callable[[str], object]) -> None:
        self._known = known
        self._is_there = is_there
        self._base = base_url if base_url.endswith("/") else f"{base_url}/"
        self._by_case = {path.casefold(): path for path in known}

    def faults(self, path: str, found: Contents) -> Iterator[tuple[LinkFault, int]]:
        """Each fault with its line."""
        if found.fault:
            yield LinkFault("unreadable-file", path, f"the file cannot be read: {found.fault}"), 1
        for twice in found.repeated:
            message = f'the id "{twice.text}" is given twice on this page'
            yield LinkFault("repeated-id", twice.text, message, "ids are unique"), twice.line
        for reference in dict.fromkeys(found.references):
            if reference.kind == "id":
                if reference.text not in found.anchors:
                    message = f'nothing on this page has the id "{reference.text}"'
                    yield LinkFault("unknown-id", reference.text, message), reference.line
            elif fault := self._broken(path, reference):
                yield fault, reference.line

    def _broken(self, path: str, reference: AddressUse) -> LinkFault | None:
        address = reference.text.strip()
        canonical = self._base != "/" and address.startswith(self._base)
        local = address[len(self._base) :] if canonical else address
        try:
            parts = urlsplit(local)
        except ValueError as error:
            return LinkFault("broken-link", address, f"{address} is no address: {error}")
        if parts.scheme or parts.netloc:
            if parts.scheme in ELSEWHERE or (parts.netloc and not parts.scheme):
                return None
            hint = f"allowed: {', '.join(ELSEWHERE)}"
            return LinkFault("broken-link", address, f"{address} has a scheme that is not allowed", hint)
        if local.startswith("/"):
            message = f"{address} breaks where the site is not at the root of its server"
            return LinkFault("rooted-link", address, message, "make it relative")
        return self._missing(path, address, canonical, unquote(parts.path), unquote(parts.fragment))

    def _missing(self, path: str, address: str, canonical: bool, way: str, fragment: str) -> LinkFault | None:
        target = path
        if canonical or way:
            target = posixpath.normpath(posixpath.join("" if canonical else posixpath.dirname(path), way))
            if canonical and (not way or way.endswith("/")):
                # A canonical address names a folder's index by the folder: that is what servers answer with.
                target = posixpath.normpath(f"{way}index.html")
        if target not in self._known:
            if self._is_there(target):
                return None
            if f"{target}/index.html".removeprefix("./") in self._known:
                return LinkFault(
                    "folder-link", address, f"{address} names a folder", "name its index.html: file:// lists folders"
                )
            other = self._by_case.get(target.casefold())
            hint = f"there is {other}, spelled otherwise" if other else None
            return LinkFault("broken-link", address, f"{address} leads to {target}, which is not there", hint)
        anchored = target.endswith((".html", ".svg"))
        if fragment and anchored and fragment not in self._known[target].anchors:
            message = f'{address}: {target} has no element with the id "{fragment}"'
            return LinkFault("broken-anchor", address, message, lacking=target)
        return None
