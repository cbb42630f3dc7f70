"""A site's files in; every internal address that leads nowhere out. Pure.

What is checked: links, anchors, ids, stylesheets, scripts, fonts and pictures, in HTML, CSS, SVG, feeds, the sitemap
and PDFs. Addresses of other hosts are not asked for.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
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
    known = {path: contents(path, data) for path, data in sorted(files.items())}
    checker = _Checker(known, base_url)
    return [
        _told(code, message, f"{folder}/{path}", line, hint)
        for path, found in known.items()
        for code, message, line, hint in checker.faults(path, found)
    ]


def _told(code: str, message: str, file: str, line: int, hint: str | None) -> Diagnostic:
    """A PDF has pages, not lines."""
    if file.endswith(".pdf"):
        return Diagnostic(code, f"on page {line}: {message}", Span.at(file), hint)
    return Diagnostic(code, message, Span.at(file, line), hint)


class _Checker:
    def __init__(self, known: Mapping[str, Contents], base_url: str) -> None:
        self._known = known
        self._base = base_url if base_url.endswith("/") else f"{base_url}/"
        self._by_case = {path.casefold(): path for path in known}

    def faults(self, path: str, found: Contents) -> Iterator[tuple[str, str, int, str | None]]:
        """(code, message, line, hint)."""
        if found.fault:
            yield "unreadable-file", f"the file cannot be read: {found.fault}", 1, None
        for twice in found.repeated:
            yield "repeated-id", f'the id "{twice.text}" is given twice on this page', twice.line, "ids are unique"
        for reference in dict.fromkeys(found.references):
            if reference.kind == "id":
                if reference.text not in found.anchors:
                    message = f'nothing on this page has the id "{reference.text}"'
                    yield "unknown-id", message, reference.line, None
            elif problem := self._broken(path, reference):
                yield (*problem[:2], reference.line, problem[2])

    def _broken(self, path: str, reference: AddressUse) -> tuple[str, str, str | None] | None:
        address = reference.text.strip()
        canonical = self._base != "/" and address.startswith(self._base)
        local = address[len(self._base) :] if canonical else address
        try:
            parts = urlsplit(local)
        except ValueError as error:
            return "broken-link", f"{address} is no address: {error}", None
        if parts.scheme or parts.netloc:
            if parts.scheme in ELSEWHERE or (parts.netloc and not parts.scheme):
                return None
            return "broken-link", f"{address} has a scheme that is not allowed", f"allowed: {', '.join(ELSEWHERE)}"
        if local.startswith("/"):
            return (
                "rooted-link",
                f"{address} breaks where the site is not at the root of its server",
                "make it relative",
            )
        return self._missing(path, address, canonical, unquote(parts.path), unquote(parts.fragment))

    def _missing(
        self, path: str, address: str, canonical: bool, way: str, fragment: str
    ) -> tuple[str, str, str | None] | None:
        target = path
        if canonical or way:
            target = posixpath.normpath(posixpath.join("" if canonical else posixpath.dirname(path), way))
            if canonical and (not way or way.endswith("/")):
                # A canonical address names a folder's index by the folder: that is what servers answer with.
                target = posixpath.normpath(f"{way}index.html")
        if target not in self._known:
            if f"{target}/index.html".removeprefix("./") in self._known:
                return "folder-link", f"{address} names a folder", "name its index.html: file:// lists folders"
            other = self._by_case.get(target.casefold())
            hint = f"there is {other}, spelled otherwise" if other else None
            return "broken-link", f"{address} leads to {target}, which is not there", hint
        anchored = target.endswith((".html", ".svg"))
        if fragment and anchored and fragment not in self._known[target].anchors:
            return "broken-anchor", f'{address}: {target} has no element with the id "{fragment}"', None
        return None
