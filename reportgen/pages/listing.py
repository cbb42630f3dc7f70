"""An evaluated brief in, what lists and other pages show of it out, as bytes that targets exchange. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from html import unescape

from reportgen.brief.figures import SET_IN_TYPE
from reportgen.brief.markdown import INSERT, stopped_once
from reportgen.late_patterns import regex
from reportgen.model.brief import PAGES, folder_of, paper_of
from reportgen.model.evaluated import FIRST_INSERT, CitationMark, EvaluatedBrief, Mark, NumberKind, Waiver
from reportgen.model.figure import Html

_IMAGE = regex(r"""<img\b(?:[^<>"]|"[^"]*")*>""")
_ATTRIBUTE = {name: regex(rf'\s{name}="([^"]*)"') for name in ("src", "alt")}


@dataclass(frozen=True, slots=True)
class ListedFigure:
    """A key figure without its entry."""

    text: str
    status: str
    label: str
    fact: str = ""
    """Its fact; empty for a value that the brief computes."""


@dataclass(frozen=True, slots=True)
class BriefListing:
    """A brief as lists, feeds and neighbours show it."""

    slug: str
    lang: str
    title: str
    subtitle: str
    abstract: str
    date: str
    """ISO day."""
    date_text: str
    updated: str
    """ISO day; empty where it was not."""
    authors: tuple[str, ...]
    keywords: tuple[str, ...]
    changes: tuple[tuple[str, str], ...]
    """(ISO day, text)."""
    figure: ListedFigure | None
    facts: tuple[str, ...]
    charts: tuple[str, ...]
    """Ids of those that are drawn."""
    waived: int
    """How many numbers were typed by hand, each with a reason."""
    pictures: tuple[tuple[str, str], ...]
    """(Address below assets/, what it shows), of the abstract, the key messages and the main text."""

    @property
    def folder(self) -> str:
        """Where it stands in the site: `briefs/wages/`."""
        return folder_of(self.slug)

    @property
    def paper(self) -> str:
        """Where its PDF stands in the site."""
        return paper_of(self.slug)

    @property
    def is_page(self) -> bool:
        """Whether it is a page beside the briefs."""
        return self.slug.startswith(PAGES)


def listed(brief: EvaluatedBrief) -> BriefListing:
    """What lists show of a brief."""
    figure = None
    if brief.key_figures:
        first = brief.key_figures[0]
        marks = [brief.inserts[ord(c) - FIRST_INSERT] for c in INSERT.findall(first.value)]
        mark = next((m for m in marks if isinstance(m, Mark)), None)
        if mark is not None:
            fact = brief.entries[mark.entry].fact if mark.entry is not None else ""
            figure = ListedFigure(mark.text, mark.status.value, plain(brief, first.label), fact)
    return BriefListing(
        brief.slug,
        brief.lang,
        brief.plain_title,
        plain(brief, brief.subtitle),
        brief.plain_abstract,
        brief.date.text,
        brief.date_text,
        "" if brief.modified == brief.date.text else brief.modified,
        tuple(author.name for author in brief.authors),
        brief.keywords,
        (*((change.iso, plain(brief, change.text)) for change in brief.changes if change.iso), *_corrected(brief)),
        figure,
        brief.facts,
        tuple(f.id for f in brief.figures if f.kind not in SET_IN_TYPE),
        sum(number.kind is NumberKind.WAIVER for number in brief.numbers),
        tuple(dict.fromkeys(_pictures("".join((brief.abstract, *brief.key_messages, brief.body))))),
    )


def _pictures(html: Html) -> Iterator[tuple[str, str]]:
    for image in _IMAGE.findall(html):
        src, alt = (_ATTRIBUTE[name].search(image) for name in ("src", "alt"))
        if src and src[1].startswith("images/"):
            yield src[1], unescape(alt[1]) if alt else ""


def _corrected(brief: EvaluatedBrief) -> Iterator[tuple[str, str]]:
    """What was corrected or revised, with the reason."""
    for edition in brief.editions:
        said = [
            f"{was.before}{was.old} → {was.new}{was.after}"
            for reason in edition.reasons
            for was in reason.values
            if was.old and was.new
        ]
        reasons = [plain(brief, reason.text) for reason in edition.reasons]
        if edition.kind in ("correction", "revision"):
            yield edition.iso, " ".join((*said, *reasons))


def write_listing(listing: BriefListing) -> bytes:
    """Canonical JSON."""
    return json.dumps(asdict(listing), ensure_ascii=False, sort_keys=True).encode()


def read_listing(data: bytes) -> BriefListing:
    """`write_listing`'s bytes, read back."""
    found = json.loads(data)
    figure = ListedFigure(**found.pop("figure")) if found["figure"] else found.pop("figure")
    changes = tuple((day, text) for day, text in found.pop("changes"))
    for name in ("authors", "keywords", "facts", "charts"):
        found[name] = tuple(found[name])
    pictures = tuple((address, alt) for address, alt in found.pop("pictures"))
    return BriefListing(**found, figure=figure, changes=changes, pictures=pictures)


def write_listings(listings: Iterable[bytes]) -> bytes:
    """The listings of several briefs as one file."""
    return b"\n".join(listings)


@lru_cache(maxsize=2)
def read_listings(data: bytes) -> tuple[BriefListing, ...]:
    """The listings that `write_listings` wrote; cached."""
    return tuple(map(read_listing, data.splitlines()))


def plain(brief: EvaluatedBrief, html: Html) -> str:
    """A text of a brief without tags, each insert in words."""

    def shown(character: str) -> str:
        item = brief.inserts[ord(character) - FIRST_INSERT]
        if isinstance(item, CitationMark):
            return brief.citation_words[item.citation]
        return item.text if isinstance(item, Mark | Waiver) else ""

    bare = stopped_once(re.sub(r"<[^>]*>", "", html), lambda insert: shown(insert).endswith("."))
    return unescape(INSERT.sub(lambda m: shown(m.group()), bare)).strip()
