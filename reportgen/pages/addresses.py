"""A page's HTML in; every address that stands in it, each with another in its place, out. Pure.

Whatever reads or moves the addresses of a page asks here which attributes hold them, and how.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape

from reportgen.late_patterns import regex

LINKING = ("href", "src", "poster", "data", "action", "formaction", "xlink:href", "data-plotly", "data-bundle")
"""Attributes that are an address; `data` is one of `<object>` alone."""
LISTING = ("srcset", "imagesrcset")
"""Attributes that list addresses, each perhaps with a size behind it."""
_TAG = regex(
    r"<!--.*?-->|(?P<open><style\b[^>]*>)(?P<css>.*?)(?=</style)"
    r"|<(?P<name>[a-zA-Z][^\s/>]*)(?P<rest>(?:[^\"'>]++|\"[^\"]*\"|'[^']*')*+)>",
    re.S | re.I,
)
_ATTRIBUTE = regex(
    r"(?P<before>\s+(?P<name>[^\s\"'>/=]+)\s*=\s*)(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
_URL = regex(r"""url\(\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^"')\s]*))\s*\)""", re.I)
_CANDIDATE = regex(r"[\s,]*(?P<address>\S+)(?P<size>(?:[^,(]|\([^)]*\))*)")
_NAVIGATED = frozenset({"a", "area", "base", "button", "embed", "form", "iframe", "script", "use"})


@dataclass(frozen=True, slots=True)
class PageAddress:
    """An address as it stands in a page."""

    text: str
    """As a browser reads it, without entities."""
    tag: str
    """Name of its element, in small letters."""
    attribute: str
    """The attribute's name, in small letters; `style` for one in CSS."""
    is_shown: bool
    """Whether the page shows what is there, as a picture or a ground; else it leads there."""


NewAddress = Callable[[PageAddress], str | None]
"""What is to stand in its place; None for nothing."""


def readdressed(html: str, new: NewAddress) -> str:
    """The page with its addresses; an attribute of which none is left is left out, and so is a `<source>` without its
    own. What does not change stays as it was written."""

    def tag(found: re.Match[str]) -> str:
        if found["css"] is not None:
            return found["open"] + css_readdressed(found["css"], "style", new)
        if not found["name"]:
            return found[0]
        name, lost = found["name"].lower(), False
        rel = found["rest"].lower() if name == "link" else ""
        shows = name not in _NAVIGATED and (name != "link" or "icon" in rel)

        def attribute(given: re.Match[str]) -> str:
            nonlocal lost
            key = given["name"].lower()
            old = unescape(given["double"] or given["single"] or given["bare"] or "")
            made = _value(old, key, name, shows, new)
            if made == old:
                return given[0]
            lost = lost or made is None
            return "" if made is None else f'{given["before"]}"{escape(made)}"'

        rest = _ATTRIBUTE.sub(attribute, found["rest"])
        return "" if lost and name == "source" else f"<{found['name']}{rest}>"

    return _TAG.sub(tag, html)


def _value(old: str, key: str, tag: str, shows: bool, new: NewAddress) -> str | None:
    if key in LISTING:
        made = [(new(PageAddress(address, tag, key, shows)), size) for address, size in candidates(old)]
        if [address for address, _ in made] == [address for address, _ in candidates(old)]:
            return old
        return ", ".join(f"{address}{size}" for address, size in made if address) or None
    if key in LINKING and (key != "data" or tag == "object"):
        return new(PageAddress(old, tag, key, shows and key not in ("action", "formaction") and key[:5] != "data-"))
    return css_readdressed(old, tag, new) if key == "style" else old


def candidates(srcset: str) -> Iterator[tuple[str, str]]:
    """Each address of a `srcset`, with the size behind it and the blank before that. An address may have commas in it,
    and none at its end."""
    at = 0
    while found := _CANDIDATE.match(srcset, at):
        address, size, at = found["address"], found["size"], found.end()
        if address.endswith(","):
            address, size, at = address.rstrip(","), "", found.end("address")
        if address:
            yield address, size.rstrip()


def css_readdressed(css: str, tag: str, new: NewAddress) -> str:
    """CSS with the addresses in its `url(…)`; `none` where nothing is to stand there."""

    def url(found: re.Match[str]) -> str:
        old = found["double"] or found["single"] or found["bare"] or ""
        made = new(PageAddress(old, tag, "style", True))
        return found[0] if made == old else f'url("{made}")' if made else "none"

    return _URL.sub(url, css)


def addresses_in(html: str) -> tuple[str, ...]:
    """Every address in a page, in its order."""
    found: list[str] = []

    def keep(address: PageAddress) -> str:
        found.append(address.text)
        return address.text

    readdressed(html, keep)
    return tuple(found)
