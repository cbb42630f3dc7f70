"""Sources and what was published in; the name of each source's page out. Pure.

A name comes from the id alone, whatever else is in the library. A page that was published keeps its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from reportgen.language.naming import latin
from reportgen.late_patterns import regex
from reportgen.load.fields import slug
from reportgen.load.file_names import is_device
from reportgen.model.edition import Edition, Printed
from reportgen.model.source import Source

LONGEST_SLUG = 100
"""Characters of the name of a source's page: a folder's name may have 255 bytes, and a whole path on Windows 260."""
_ZOTERO_ITEM = regex(r"https?://(?:www\.)?zotero\.org/.*/items/(\w+)")
_PAGE = regex(r"(?:[a-z]{2,3}(?:-[A-Za-z0-9]+)*/)?sources/([^/]+)/index\.html")


def with_slugs(sources: Mapping[str, Source], published: Iterable[Edition] = ()) -> dict[str, Source]:
    """The sources with the names of their pages. `published`: every edition and record.

    Of an id in small Latin letters, digits and hyphens the name is the id. Any other id is spelled in them; where that
    drops letters, or spells another id too, a few digits of the id's SHA-256 follow.
    """
    slugs = {id: name for id, name in published_slugs(published).items() if id in sources}
    taken = set(slugs.values())
    bases = {id: spelled(id) for id in sources}
    wanted = Counter(base for id, base in bases.items() if id not in slugs)
    for id in sorted(sources, key=lambda id: (bases[id] != id, id)):
        if id in slugs:
            continue
        base = bases[id]
        is_own = base == id or wanted[base] == 1
        digits, chosen = 6, base if is_own and base not in taken else ""
        while not chosen or chosen in taken:
            chosen, digits = _with_digest(base, id, digits), digits + 2
        taken.add(chosen)
        slugs[id] = chosen
    return {id: replace(source, slug=slugs[id]) for id, source in sources.items()}


def spelled(id: str) -> str:
    """An id in small Latin letters, digits and hyphens; with digits of its SHA-256 where letters are dropped."""
    zotero = _ZOTERO_ITEM.fullmatch(id)
    text = latin((zotero[1] if zotero else id).casefold())
    base = slug(text)
    drops = any(sign.isalnum() and not sign.isascii() for sign in text)
    return _with_digest(base, id, 6) if drops or not base or len(base) > LONGEST_SLUG or is_device(base) else base


def _with_digest(base: str, id: str, digits: int) -> str:
    digest = sha256(id.encode()).hexdigest()[:digits]
    return f"{base[: LONGEST_SLUG - digits - 1].rstrip('-') or 'source'}-{digest}"


def published_slugs(published: Iterable[Edition]) -> dict[str, str]:
    """The name under which each source's page was published, as far as it can be told from what links to it.

    Editions list the sources that they rest on and the addresses that they lead to. Earlier versions dropped what is no
    Latin letter, and numbered ids that were then alike.
    """
    found: dict[str, str] = {}
    for edition in sorted(published, key=lambda each: each.note.date):
        names = {page[1] for path in edition.addresses if (page := _PAGE.fullmatch(path))} - set(found.values())
        ids = set(_sources_of(edition)) - found.keys()
        sure = {id: name for id in sorted(ids) for name in _own(id) if name in names}
        found |= sure
        names, ids = names - set(sure.values()), ids - sure.keys()
        for base in sorted(map(_earlier, ids)):
            alike = sorted((id for id in ids if _earlier(id) == base), key=lambda id: (slug(id) != id, id))
            pages = [name for name in names if re.fullmatch(rf"{re.escape(base)}(?:-\d{{1,3}})?", name)]
            if len(alike) == len(pages):
                found |= zip(alike, sorted(pages, key=lambda name: (len(name), name)), strict=True)
    return found


def _own(id: str) -> Iterator[str]:
    """Names that no other id can have had, the likeliest last."""
    base = spelled(id)
    yield from (_with_digest(base, id, digits) for digits in (8, 6))
    if base == id or base != _earlier(id):
        yield base


def _sources_of(edition: Edition) -> Iterator[str]:
    for printed in (edition.printed, *(said for _, said in edition.documents)):
        yield from _cited(printed)


def _cited(printed: Printed) -> Iterator[str]:
    yield from (id for id, _ in printed.sources)
    yield from (source for _, source, _ in printed.quotes)


def _earlier(id: str) -> str:
    """What the name of a page began with in earlier versions."""
    zotero = _ZOTERO_ITEM.fullmatch(id)
    digest = sha256(id.encode()).hexdigest()[:8]
    base = slug(zotero[1] if zotero else id) or f"source-{digest}"
    return base if len(base) <= LONGEST_SLUG else f"{base[: LONGEST_SLUG - 9].rstrip('-')}-{digest}"
