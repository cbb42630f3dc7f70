"""A brief's page in, the same page as an edition keeps it out: whole in itself, with one slot. Pure.

The slot says what became of the edition since; it is empty in what is kept, and filled by each build.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Collection
from dataclasses import dataclass
from hashlib import sha256
from html import escape, unescape
from posixpath import join, normpath, relpath
from urllib.parse import quote, unquote

from reportgen.exports.feeds import PICTURE_TYPES
from reportgen.late_patterns import regex
from reportgen.model.brief import folder_of, stem_of
from reportgen.pages.addresses import PageAddress, addresses_in, css_readdressed, readdressed

OPEN, CLOSE = "<!--edition-state-->", "<!--/edition-state-->"
MOST_PICTURES = 1024**2
"""Bytes of pictures that are put into a page; beyond, they are files beside it."""
_SLOT = regex(f"{re.escape(OPEN)}.*?{re.escape(CLOSE)}", re.S)
_SCRIPT = regex(r"<script\b[^>]*>.*?</script>\n?", re.S)
MOVED = "<!--edition-addresses-->"
"""Stands in a page of which every address leads from the edition's own folder. Earlier versions froze pages without it,
and with what `srcset` and CSS name as from the brief's folder."""
_MOVED_BY_ALL = ("href", "src", "poster")
_PUT_IN = regex(r'<style data-from="([^"]+)">.*?</style>', re.S)
"""The stylesheet in a brief's page, and where it was."""
_STYLESHEET = regex(r"""<link\b(?=[^>]*\brel=["']?stylesheet\b)[^>]*\bhref=["']?([^"'\s>]+)["']?[^>]*>""")
_POLICY = regex(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_CANONICAL = regex(r'<link rel="(?:canonical|version-history|predecessor-version|alternate)"[^>]*>\n?')
_BESIDE = regex(r"<!--beside-->.*?<!--/beside-->\n?", re.S)
_SEARCHED = regex(r' data-pagefind-[a-z-]+(?:="[^"]*")?')
_FILTERS = regex(r'<span hidden data-pagefind-filter="[^"]*"></span>\n?')
_NOT_SEARCHED = '<meta name="robots" content="noindex">'
_OWN_ADDRESS = regex(r'(<link rel="canonical" href="[^"]*/)editions/[^"/]+/(?=">)')
_DESCRIPTION = regex(r'<meta name="description" content="([^"]*)">')
_FOREIGN = regex(r"[a-z][a-z0-9+.-]*:|//", re.I)
_TYPES = {"woff2": "font/woff2", **PICTURE_TYPES}

ReadSite = Callable[[str], bytes | None]
"""Path below the site -> the file."""


@dataclass(frozen=True, slots=True)
class FrozenPage:
    """A page, and what it needs beside it."""

    html: bytes
    files: dict[str, bytes]


def _folders(slug: str, id: str) -> tuple[str, str]:
    """Those of a brief and of an edition of it, without a slash at the end."""
    own = folder_of(slug).rstrip("/")
    return own, f"{own}/editions/{id}"


def freeze(html: str, slug: str, id: str, previous: str, base_url: str, read: ReadSite) -> FrozenPage:
    """The page of briefs/<slug>/ as it stands in briefs/<slug>/editions/<id>/."""
    here, there = _folders(slug, id)
    files: dict[str, bytes] = {}
    taken = 0

    def kept(path: str, content: bytes) -> str:
        nonlocal taken
        if taken + len(content) <= MOST_PICTURES:
            taken += len(content)
            return _data_address(path, content)
        name = path.removeprefix("assets/images/").replace("/", "-")
        if files.get(name, content) != content:
            name = f"{sha256(content).hexdigest()[:8]}-{name}"
        files[name] = content
        return quote(name)

    def moved(address: PageAddress) -> str:
        if not _is_inside(address.text):
            return address.text
        written, mark, part = address.text.partition("#")
        path = normpath(join(here, unquote(written.partition("?")[0])))
        content = read(path) if address.is_shown else None
        if content is None:
            return _rebased(address.text, here, there)
        return kept(path, content) + mark + part

    def stylesheet(found: re.Match[str]) -> str:
        path = normpath(join(there, unquote(unescape(found[1]))))
        css = read(path)
        if css is None:
            return found[0]
        folder = path.rpartition("/")[0]

        def styled(address: PageAddress) -> str:
            if not _is_inside(address.text):
                return address.text
            path = normpath(join(folder, unquote(address.text.partition("#")[0])))
            content = read(path)
            return quote(relpath(path, there)) if content is None else _data_address(path, content)

        sheet = css_readdressed(css.decode(), "style", styled).replace("</", "<\\/")
        return f"<style>\n{sheet}</style>"

    html = _PUT_IN.sub(r'<link rel="stylesheet" href="\1">', html)
    html = _SEARCHED.sub("", _BESIDE.sub("", _FILTERS.sub("", _SCRIPT.sub("", html))))
    html = _STYLESHEET.sub(stylesheet, readdressed(html, moved))
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; base-uri 'none'"
    html = _POLICY.sub(f'<meta http-equiv="Content-Security-Policy" content="{policy}">', html)
    own = f"{base_url}{here}/"
    links = [
        MOVED + _NOT_SEARCHED,
        f'<link rel="canonical" href="{escape(own)}editions/{id}/">',
        '<link rel="latest-version" href="../../index.html">',
        '<link rel="version-history" href="../index.html">',
    ]
    if previous:
        links.append(f'<link rel="predecessor-version" href="../{previous}/index.html">')
    html = _CANONICAL.sub("", html).replace("</head>", "\n".join(links) + "\n</head>", 1)
    html = re.sub(r"(<main\b[^>]*>)", lambda m: f"{m[1]}\n{OPEN}{CLOSE}", html, count=1)
    return FrozenPage(html.encode(), files)


def _data_address(path: str, content: bytes) -> str:
    kind = _TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
    return f"data:{kind};base64,{b64encode(content).decode()}"


def _is_inside(address: str) -> bool:
    """Whether an address leads to another file of the site."""
    return not address.startswith(("#", "?")) and address != "" and not _FOREIGN.match(address)


def _rebased(address: str, here: str, there: str) -> str:
    """A link of a page in the folder `here`, for a page in `there`. What stands beside both stays."""
    written, mark, part = address.partition("#")
    if written == "provenance.json":
        return "printed.json"
    if "/" not in written:
        return address
    return relpath(normpath(join(here, written)), there) + mark + part


def misled(html: str, frozen: bytes, slug: str, id: str, previous: str, files: Collection[str]) -> tuple[str, ...]:
    """Paths of the site to which a frozen page leads, and its brief's page does not; `files`: what stands beside it."""
    here, there = _folders(slug, id)
    meant = {_path(address, here) for address in addresses_in(html) if _is_inside(address)}
    meant |= {f"{there}/{name}" for name in files} | {f"{here}/index.html", f"{here}/editions/index.html"}
    meant |= {f"{there}/index.html", f"{here}/editions/{previous}/index.html"}
    return tuple(path for path in addresses(frozen, slug, id) if path not in meant)


def _path(address: str, folder: str) -> str:
    return normpath(join(folder, unquote(address.partition("#")[0].partition("?")[0])))


def whole(page: bytes, slug: str, id: str) -> bytes:
    """A kept page with every address as from its own folder. What an earlier version left as from the brief's folder,
    and showed nowhere, is left out: what stands there now is not what was published."""
    html = page.decode()
    if MOVED in html:
        return page
    here, there = _folders(slug, id)

    def moved(address: PageAddress) -> str | None:
        text = address.text
        if address.attribute in _MOVED_BY_ALL or not _is_inside(text) or "/" not in text:
            return text
        return None if address.is_shown else _rebased(text, here, there)

    return readdressed(html, moved).encode()


def filled(page: bytes, state: str) -> bytes:
    """A kept page with its slot filled."""
    return _SLOT.sub(lambda _: f"{OPEN}{state}{CLOSE}", page.decode(), count=1).encode()


def emptied(page: bytes) -> bytes:
    """A filled page as it is kept."""
    return filled(page, "")


def at_address(page: bytes, slug: str, id: str) -> bytes:
    """A kept page with its links as from its brief's own address, where it stands while the next is written."""
    there, here = _folders(slug, id)

    def link(address: PageAddress) -> str:
        written, mark, part = address.text.partition("#")
        if not _is_inside(written):
            return address.text
        if written == "printed.json":
            return "provenance.json"
        if "/" in written:
            return relpath(normpath(join(here, written)), there) + mark + part
        is_beside_both = written.startswith((f"{stem_of(slug)}.", "cite."))
        return address.text if is_beside_both else f"editions/{id}/{address.text}"

    html = readdressed(whole(page, slug, id).decode(), link).replace(_NOT_SEARCHED, "", 1)
    html = _OWN_ADDRESS.sub(r"\1", html, count=1)
    return html.replace("<main ", "<main data-pagefind-body ", 1).encode()


def described(page: bytes) -> str:
    """What a kept page says of itself, for lists: the abstract of its brief."""
    found = _DESCRIPTION.search(page.decode())
    return unescape(found[1]) if found else ""


def addresses(page: bytes, slug: str, id: str) -> tuple[str, ...]:
    """Paths of the site that a kept page links to."""
    here = _folders(slug, id)[1]
    return tuple(sorted({_path(address, here) for address in addresses_in(page.decode()) if _is_inside(address)}))
