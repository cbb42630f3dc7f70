"""A brief's page in, the same page as an edition keeps it out: whole in itself, with one slot. Pure.

The slot says what became of the edition since; it is empty in what is kept, and filled by each build.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from posixpath import join, normpath, relpath
from urllib.parse import quote, unquote

from reportgen.model.brief import folder_of, stem_of

OPEN, CLOSE = "<!--edition-state-->", "<!--/edition-state-->"
MOST_PICTURES = 1024**2
"""Bytes of pictures that are put into a page; beyond, they are files beside it."""
_SLOT = re.compile(f"{re.escape(OPEN)}.*?{re.escape(CLOSE)}", re.S)
_SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>\n?", re.S)
_STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_ADDRESS = re.compile(r'(<[a-z][^<>]*?\s(?:href|src|poster)=")([^"#][^"]*)(")')
_IMAGE = re.compile(r'(<img\b[^<>]*?\ssrc=")([^"]+)(")')
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_CANONICAL = re.compile(r'<link rel="(?:canonical|version-history|predecessor-version|alternate)"[^>]*>\n?')
_BESIDE = re.compile(r"<!--beside-->.*?<!--/beside-->\n?", re.S)
_SEARCHED = re.compile(r' data-pagefind-[a-z-]+(?:="[^"]*")?')
_FILTERS = re.compile(r'<span hidden data-pagefind-filter="[^"]*"></span>\n?')
_FOREIGN = re.compile(r"[a-z][a-z0-9+.-]*:|//")
_TYPES = {
    "woff2": "font/woff2", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "svg": "image/svg+xml", "webp": "image/webp", "avif": "image/avif",
}  # fmt: skip

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

    def data(path: str, content: bytes) -> str:
        kind = _TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
        return f"data:{kind};base64,{b64encode(content).decode()}"

    def styled(css: str, folder: str) -> str:
        def url(found: re.Match[str]) -> str:
            if ":" in found[1]:
                return found[0]
            path = normpath(join(folder, unquote(found[1])))
            content = read(path)
            return f'url("{data(path, content)}")' if content is not None else found[0]

        return _URL.sub(url, css)

    def stylesheet(found: re.Match[str]) -> str:
        path = normpath(join(here, unquote(found[1])))
        css = (read(path) or b"").decode()
        return "<style>\n" + styled(css, path.rpartition("/")[0]).replace("</", "<\\/") + "</style>"

    def image(found: re.Match[str]) -> str:
        nonlocal taken
        if ":" in found[2].partition("/")[0]:
            return found[0]
        path = normpath(join(here, unquote(unescape(found[2]))))
        content = read(path)
        if content is None:
            return found[0]
        if taken + len(content) <= MOST_PICTURES:
            taken += len(content)
            return found[1] + data(path, content) + found[3]
        name = path.removeprefix("assets/images/").replace("/", "-")
        files[name] = content
        return found[1] + escape(quote(name)) + found[3]

    html = _BESIDE.sub("", _FILTERS.sub("", _SCRIPT.sub("", html)))
    html = _IMAGE.sub(image, _SEARCHED.sub("", html))
    html = re.sub(r"(<style>)(.*?)(</style>)", lambda m: m[1] + styled(m[2], here) + m[3], html, flags=re.S)
    html = _STYLESHEET.sub(stylesheet, html)
    html = _ADDRESS.sub(lambda m: m[1] + _rebased(m[2], here, there, files) + m[3], html)
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; base-uri 'none'"
    html = _POLICY.sub(f'<meta http-equiv="Content-Security-Policy" content="{policy}">', html)
    own = f"{base_url}{here}/"
    links = [
        '<meta name="robots" content="noindex">',
        f'<link rel="canonical" href="{escape(own)}editions/{id}/">',
        '<link rel="latest-version" href="../../index.html">',
        '<link rel="version-history" href="../index.html">',
    ]
    if previous:
        links.append(f'<link rel="predecessor-version" href="../{previous}/index.html">')
    html = _CANONICAL.sub("", html).replace("</head>", "\n".join(links) + "\n</head>", 1)
    html = re.sub(r"(<main\b[^>]*>)", lambda m: f"{m[1]}\n{OPEN}{CLOSE}", html, count=1)
    return FrozenPage(html.encode(), files)


def _rebased(address: str, here: str, there: str, files: dict[str, bytes]) -> str:
    """A link of a page in the folder `here`, for a page in `there`. What stands beside both stays."""
    written, mark, part = address.partition("#")
    if _FOREIGN.match(written) or written in files:
        return address
    if written == "provenance.json":
        return "printed.json"
    if "/" not in written:
        return address
    path = normpath(join(here, written))
    if path.startswith(f"{here}/editions/"):
        return relpath(path, there) + mark + part
    return relpath(path, there) + mark + part


def filled(page: bytes, state: str) -> bytes:
    """A kept page with its slot filled."""
    return _SLOT.sub(lambda _: f"{OPEN}{state}{CLOSE}", page.decode(), count=1).encode()


def emptied(page: bytes) -> bytes:
    """A filled page as it is kept."""
    return filled(page, "")


def at_address(page: bytes, slug: str, id: str) -> bytes:
    """A kept page with its links as from its brief's own address, where it stands while the next is written."""
    there, here = _folders(slug, id)

    def link(found: re.Match[str]) -> str:
        written, mark, part = found[2].partition("#")
        if _FOREIGN.match(written):
            return found[0]
        if written == "printed.json":
            return f"{found[1]}provenance.json{found[3]}"
        if "/" not in written and not written.startswith(f"{stem_of(slug)}.") and not written.startswith("cite."):
            return f"{found[1]}editions/{id}/{written}{mark}{part}{found[3]}"
        if "/" not in written:
            return found[0]
        return found[1] + relpath(normpath(join(here, written)), there) + mark + part + found[3]

    return _ADDRESS.sub(link, page.decode()).encode()


def addresses(page: bytes, slug: str, id: str) -> tuple[str, ...]:
    """Paths of the site that a kept page links to."""
    here = _folders(slug, id)[1]
    found = {m[2].partition("#")[0] for m in _ADDRESS.finditer(page.decode())}
    inside = (each for each in found if not _FOREIGN.match(each))
    return tuple(sorted({normpath(join(here, unquote(unescape(each)))) for each in inside}))
