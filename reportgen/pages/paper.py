"""A brief's HTML in, the same with what only paper needs out: ways back, printed addresses, a contents list. Pure."""

from __future__ import annotations

import re

LONG = 3500
"""Words from which a brief has a page of contents: about eight pages."""
_MARK = re.compile(r'<a class="fact" href="#fact-([a-z]+)"')
_BACK = re.compile(r'<a class="letter" href="#mark-([a-z]+)">([a-z]+)</a>')
_OUTWARD = re.compile(r'<a href="(https?://[^"]+)"[^>]*>(.*?)</a>', re.S)
_TAG = re.compile(r"<[^>]+>")


def linked_back(html: str) -> str:
    """Each entry's letter leads to the first mark of it; that of an entry with no mark is plain."""
    marked: set[str] = set()

    def mark(found: re.Match[str]) -> str:
        if found[1] in marked:
            return found[0]
        marked.add(found[1])
        return f'<a class="fact" id="mark-{found[1]}" href="#fact-{found[1]}"'

    html = _MARK.sub(mark, html)
    return _BACK.sub(lambda m: m[0] if m[1] in marked else f'<span class="letter">{m[2]}</span>', html)


def on_one_line(note: str) -> str:
    """A footnote's HTML as WeasyPrint needs it: it breaks its lines wherever the author did."""
    return note.replace("\n", " ")


def with_addresses(html: str) -> str:
    """Where a link leads, after its words, where they do not say so themselves."""

    def printed(found: re.Match[str]) -> str:
        short = found[1].partition("://")[2].rstrip("/")
        if short in _TAG.sub("", found[2]):
            return found[0]
        return f'{found[0]} <span class="url" data-n="label">({short})</span>'

    return _OUTWARD.sub(printed, html)
