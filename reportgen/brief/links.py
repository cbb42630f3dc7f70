"""Addresses that authors link to in, paths of the site or a problem out; the links of a text rewritten. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape
from urllib.parse import urlsplit

from reportgen.brief.glossary import ANCHOR
from reportgen.diagnostics import Diagnostic, Span
from reportgen.facts.addresses import LISTS, SiteAddress, candidates
from reportgen.facts.view import View
from reportgen.late_patterns import regex
from reportgen.load.suggest import did_you_mean
from reportgen.model.brief import PAGES, folder_of
from reportgen.model.evaluated import EvaluatedBrief

PICTURES = "images/"
"""What the address of a picture begins with."""
_PICTURES_BESIDE = regex(rf"\.\.?/(?={PICTURES})")
SITE = "@site/"
"""Stands in an address for the site's root, until a page knows where it stands."""
_ID = regex(r'\sid="([^"]+)"')
_HREF = regex(r'(<a\b[^<>]*?\bhref=")([^"]*)(")')


def is_internal(address: str) -> bool:
    """Whether an address leads into the site: it names no scheme and no host."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc


def picture_path(address: str) -> str:
    """A picture's address as a page has it: `../images/dam.jpg` is where the file lies as seen from a brief."""
    return _PICTURES_BESIDE.sub("", address, count=1) if _PICTURES_BESIDE.match(address) else address


def resolved(address: str, folder: str, view: View) -> SiteAddress | None:
    """The page or file of the site that an address means; None where there is none."""
    return next((found for found in candidates(address, folder) if view.has_address(found.path)), None)


_KINDS = {"briefs": "brief", "pages": "page", "facts": "fact", "charts": "chart", "sources": "source"}
"""Folder of the site -> what has its page there."""


def is_broken(address: str, folder: str, view: View) -> bool:
    """Whether it leads to what could not be made: that is told where it stands, and no link is wrong for it."""
    for found in candidates(address, folder):
        top, _, rest = found.path.partition("/")
        id = rest.partition("/")[0]
        if top in _KINDS and (view.broken(_KINDS[top], id) or view.broken(_KINDS[top], f"{top}/{id}")):
            return True
    return False


def unknown_link(address: str, where: Span, folder: str, view: View) -> Diagnostic:
    """A link that would lead nowhere."""
    written = address.partition("#")[0].strip("./")
    slug = written.removesuffix(".md").rpartition("/")[2]
    known = [f"{name}.md" for name in view.known("briefs")] + [f"facts/{name}" for name in view.known("facts")]
    known += [f"charts/{name}" for name in view.known("charts")] + [folder for folder in LISTS if folder]
    known += [f"{name}.md" for name in view.known("pages")]
    hint = did_you_mean(written, known) or did_you_mean(f"{slug}.md", known)
    page = f"{PAGES}{slug}"
    if view.has_address(f"{folder_of(page)}index.html"):
        hint = f"write {page}.md"
    elif slug in view.known("briefs") or page in view.known("pages"):
        hint = f'"{slug}" is a draft, and drafts are not published: link to it once it is final'
    return Diagnostic(
        "unknown-link",
        f'the link "{address}" leads to no page or file of the site',
        where,
        hint or "write other.md, pages/its-name.md, facts/its-id, charts/its-id, images/its-name.png, or https://…",
    )


PARTS = frozenset({"how", "key", "references", "cite", "changes", "contents", "main"})
"""Anchors that a page has whatever its author writes."""


def anchors(brief: EvaluatedBrief) -> frozenset[str]:
    """The parts of a brief's page that can be linked to."""
    found = PARTS - ({"key", "cite", "changes"} if brief.is_page else set())
    found -= set() if brief.entries else {"how"}
    found |= {section.anchor for section in brief.sections}
    listed = (brief.entries, brief.references, brief.figures)
    found |= {anchor for items in listed for item in items for anchor in (item.anchor, *item.earlier)}
    found |= {f"conflict-{conflict.id}" for conflict in brief.conflicts}
    found |= {f"note-{n}" for n in range(1, len(brief.notes) + 1)}
    found |= {"terms", *(f"{ANCHOR}{term.number}" for term in brief.terms)} if brief.terms else set()
    for text in (brief.body, brief.abstract, *brief.key_messages, *brief.notes):
        found |= {unescape(id) for id in _ID.findall(text)}
    return frozenset(found)


def unknown_parts(parts: Iterable[tuple[str, Span]], slug: str, known: frozenset[str]) -> Iterator[Diagnostic]:
    """Links to parts that a brief's page does not have. `parts`: anchor and where it was written."""
    for anchor, where in parts:
        if anchor not in known:
            hint = did_you_mean(anchor, known) or "a heading's anchor is its words in small letters, with hyphens"
            yield Diagnostic("unknown-link", f'nothing on the page of "{slug}" has the id "{anchor}"', where, hint)


def with_links(html: str, found: Mapping[str, SiteAddress]) -> str:
    """A text whose links to the site begin at its root."""

    def rewritten(link: re.Match[str]) -> str:
        meant = found.get(unescape(link[2]))
        return f"{link[1]}{SITE}{escape(meant.text)}{link[3]}" if meant else link[0]

    return _HREF.sub(rewritten, html) if found else html
