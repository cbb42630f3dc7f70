"""Listings of the published briefs in; the Atom feed, the sitemap and robots.txt out. Pure.

Atom is RFC 4287. A day is written as midnight UTC, because briefs have no times.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from reportgen.model.brief import folder_of, paper_of
from reportgen.pages.listing import BriefListing
from reportgen.pages.shell import Site

PICTURE_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "avif": "image/avif", "svg": "image/svg+xml",
}  # fmt: skip
"""End of a picture's name -> its media type."""
_NOT_XML = r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """A page for search engines."""

    path: str
    """Below the site, e.g. `facts/index.html`."""
    modified: str = ""
    """ISO day; empty if unknown."""


def page_address(base_url: str, path: str) -> str:
    """A page's canonical address: a folder's index by the folder's name."""
    return base_url + re.sub(r"(^|/)index\.html$", r"\1", path)


def brief_address(base_url: str, slug: str) -> str:
    """A brief's canonical address."""
    return f"{base_url}{folder_of(slug)}"


def pdf_address(base_url: str, slug: str) -> str:
    """The address of a brief's PDF."""
    return f"{base_url}{paper_of(slug)}"


def feed_xml(
    site: Site, briefs: Iterable[BriefListing], withdrawn: Iterable[FeedChange] = (), most: int = 100
) -> bytes:
    """feed.xml: an entry for each brief and each change of a brief, newest first, at most `most`. The entry of a brief
    that was withdrawn says so."""
    entries = [entry for brief in briefs for entry in (_brief_entry(site, brief), *_change_entries(site, brief))]
    entries += (_withdrawn_entry(site, change) for change in withdrawn)
    entries.sort(key=lambda entry: entry.findtext("id") or "")
    entries.sort(key=lambda entry: entry.findtext("updated") or "", reverse=True)
    feed = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": site.lang})
    _add(feed, "title", site.title)
    _add(feed, "subtitle", site.description)
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{site.base_url}{site.home}feed.xml")
    _add(feed, "link", rel="alternate", type="text/html", href=site.base_url + site.home)
    _add(feed, "id", site.base_url + site.home)
    # An empty feed needs a date too, and the clock is not read.
    _add(feed, "updated", (entries[0].findtext("updated") if entries else None) or _midnight("1970-01-01"))
    _add(feed, "rights", " ".join(filter(None, (site.license, site.license_url))))
    _person(feed, site.publisher or site.title)
    feed.extend(entries[:most])
    return _xml(feed)


@dataclass(frozen=True, slots=True)
class FeedChange:
    """A correction, revision or withdrawal of what was published."""

    address: str
    """The page's folder below the site."""
    title: str
    kind: str
    day: str
    """ISO."""
    text: str
    """The reason, and each value as it was and as it is."""


def corrections_feed(site: Site, changes: Iterable[FeedChange], heading: str, most: int = 200) -> bytes:
    """corrections/feed.xml: an entry for each, newest first, at most `most`."""
    address = f"{site.base_url}{site.home}corrections/"
    feed = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": site.lang})
    listed = sorted(changes, key=lambda change: (change.day, change.address, change.text), reverse=True)[:most]
    _add(feed, "title", f"{heading}: {site.title}")
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{address}feed.xml")
    _add(feed, "link", rel="alternate", type="text/html", href=address)
    _add(feed, "id", address)
    _add(feed, "updated", _midnight(listed[0].day if listed else "1970-01-01"))
    _person(feed, site.publisher or site.title)
    for change in listed:
        entry = ET.SubElement(feed, "entry")
        page = site.base_url + change.address
        _add(entry, "title", change.title)
        _add(entry, "id", f"{page}#change-{change.day}-{sha256(change.text.encode()).hexdigest()[:8]}")
        _add(entry, "link", rel="alternate", type="text/html", href=page)
        _add(entry, "updated", _midnight(change.day))
        _add(entry, "category", term=change.kind)
        _add(entry, "summary", change.text)
    return _xml(feed)


def sitemap_xml(base_url: str, pages: Iterable[SitemapPage]) -> bytes:
    """sitemap.xml: every page, by address (the format takes 50,000)."""
    root = ET.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for page in sorted(pages, key=lambda page: page_address(base_url, page.path)):
        url = ET.SubElement(root, "url")
        _add(url, "loc", page_address(base_url, page.path))
        _add(url, "lastmod", page.modified)
    return _xml(root)


def robots_txt(base_url: str) -> bytes:
    """robots.txt: allows everything, and gives the address of the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base_url}sitemap.xml\n".encode()


def _brief_entry(site: Site, brief: BriefListing) -> ET.Element:
    address, pdf = brief_address(site.base_url, brief.slug), pdf_address(site.base_url, brief.slug)
    days = {"published": brief.date, "updated": brief.updated or brief.date}
    entry = _entry(brief, "brief", brief.title, brief.abstract, id=address, page=address, pdf=pdf, days=days)
    for picture, alt in brief.pictures:
        kind = PICTURE_TYPES.get(picture.rpartition(".")[2].lower(), "")
        _add(entry, "link", rel="enclosure", type=kind, title=alt, href=f"{site.base_url}assets/{picture}")
    return entry


def _withdrawn_entry(site: Site, change: FeedChange) -> ET.Element:
    entry, address = ET.Element("entry", {"xml:lang": site.lang}), site.base_url + change.address
    _add(entry, "title", change.title)
    _add(entry, "id", address)
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    _add(entry, "updated", _midnight(change.day))
    _add(entry, "category", term=change.kind)
    _add(entry, "summary", change.text)
    return entry


def _change_entries(site: Site, brief: BriefListing) -> Iterator[ET.Element]:
    """The id of a change is its day and a hash of its text, because the list grows at both ends."""
    address = brief_address(site.base_url, brief.slug)
    for day, text in dict.fromkeys(brief.changes):
        id = f"{address}#change-{day}-{sha256(text.encode()).hexdigest()[:8]}"
        title, page = f"{brief.title} ({day})", f"{address}#changes"
        yield _entry(brief, "change", title, text, id=id, page=page, days={"updated": day})


def _entry(
    brief: BriefListing, category: str, title: str, summary: str, *, id: str, page: str, days: Mapping[str, str],
    pdf: str = "",
) -> ET.Element:  # fmt: skip
    entry = ET.Element("entry", {"xml:lang": brief.lang})
    _add(entry, "title", title)
    _add(entry, "id", id)
    _add(entry, "link", rel="alternate", type="text/html", href=page)
    if pdf:
        _add(entry, "link", rel="enclosure", type="application/pdf", href=pdf)
    for name, day in days.items():
        _add(entry, name, _midnight(day))
    for author in brief.authors:
        _person(entry, author)
    _add(entry, "category", term=category)
    _add(entry, "summary", summary)
    return entry


def _midnight(day: str) -> str:
    return f"{day}T00:00:00Z"


def _person(parent: ET.Element, name: str) -> None:
    _add(ET.SubElement(parent, "author"), "name", name)


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> None:
    """Adds a child with text or attributes; does nothing without both."""
    if text or attributes:
        ET.SubElement(parent, tag, attributes).text = re.sub(_NOT_XML, "", text) or None


def _xml(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
