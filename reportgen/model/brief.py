"""Briefs as authors write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from reportgen.diagnostics import Places
from reportgen.model.edition import Change, Removal
from reportgen.model.edtf import Edtf
from reportgen.model.text import Text

PAGES = "pages/"
"""What the slug of a page of authors' own begins with, which no brief's can."""


def original_of(slug: str) -> str:
    """The slug of the document that another is a translation of: `wages` of `wages.ru`; its own where it is none."""
    return slug.partition(".")[0]


def tongue_of(slug: str) -> str:
    """The language that a translation's file is named by: `ru` of `wages.ru`; empty for an original."""
    return slug.partition(".")[2]


def stem_of(slug: str) -> str:
    """What its files in the site are named: `wages` of `wages.ru`, `methods` of `pages/methods`."""
    return original_of(slug).removeprefix(PAGES)


def folder_of(slug: str) -> str:
    """The folder of a document in the site: `briefs/wages/`, `pages/methods/`, `ru/briefs/wages/`."""
    original, _, tongue = slug.partition(".")
    folder = f"{original}/" if original.startswith(PAGES) else f"briefs/{original}/"
    return f"{tongue}/{folder}" if tongue else folder


def paper_of(slug: str) -> str:
    """Where a brief's PDF stands in the site."""
    return f"{folder_of(slug)}{stem_of(slug)}.pdf"


def file_of(slug: str) -> str:
    """A document's file, from the project's root."""
    return f"content/{slug}.md" if slug.startswith(PAGES) else f"content/briefs/{slug}.md"


class BriefStatus(StrEnum):
    """What became of a brief."""

    DRAFT = "draft"
    """Checked and served, never published."""
    FINAL = "final"
    SUPERSEDED = "superseded"
    """Another took its place; it stands whole, under a banner."""
    WITHDRAWN = "withdrawn"
    """Its address says why, and leads to its editions."""


@dataclass(frozen=True, slots=True)
class Author:
    """A person or an institution."""

    name: str
    """As it is printed."""
    orcid: str = ""
    family: str = ""
    """A person's family name, with its particle; empty for an institution."""
    given: str = ""
    """A person's other names."""

    @property
    def csl(self) -> dict[str, str]:
        """The name as CSL has it."""
        if not self.family:
            return {"literal": self.name}
        return {"family": self.family, "given": self.given} if self.given else {"family": self.family}


def person(name: str, orcid: str = "") -> Author:
    """A person by one text: `Doe, Jane`, or `Jane Doe`, whose family name is the last word and those in small letters
    before it (`Ludwig van Beethoven`)."""
    if "," in name:
        family, _, given = (part.strip() for part in name.partition(","))
        return Author(name, orcid, family or given, given if family else "")
    words = name.split()
    first = next((n for n, word in enumerate(words) if n and word[:1].islower()), max(len(words) - 1, 0))
    return Author(name, orcid, " ".join(words[first:]) or name, " ".join(words[:first]))


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number printed large beside the key messages."""

    value: str
    """A call: `fact("id")` or `calc("[a] - [b]")`, or a fact's id."""
    label: str
    """What it means; evaluated like the body."""


@dataclass(frozen=True, slots=True)
class Differs:
    """What a translation prints otherwise than its original, on purpose."""

    reason: str = ""
    facts: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Ids of what stands in one of the two alone."""
    numbers: tuple[str, ...] = ()
    """Digits that are typed in one of the two alone, such as those of a century."""
    wording: tuple[str, ...] = ()
    """Facts, formulas, digits and words that stand in another order or beside other words, and say the same."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A Markdown document with front matter: a brief, or a page beside the briefs. Text fields are evaluated like the
    body."""

    slug: str
    """The file's name without `.md`: `wages`, of its translation `wages.ru`; that of a page with `pages/` before it."""
    title: str
    date: Edtf
    """A page has none: it stands at the beginning of time, and is not shown."""
    body: str
    """Markdown with Jinja calls, from `body_line` of the file on."""
    body_line: int
    lang: str
    status: BriefStatus = BriefStatus.FINAL
    subtitle: str = ""
    updated: Edtf | None = None
    authors: tuple[Author, ...] = ()
    abstract: str = ""
    key_messages: tuple[str, ...] = ()
    key_figures: tuple[KeyFigure, ...] = ()
    keywords: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    differs: Differs | None = None
    """Of a translation."""
    reason: Text = field(default_factory=lambda: Text(()))
    """Why it was withdrawn."""
    by: str = ""
    """Slug of the brief that took its place."""
    aliases: tuple[str, ...] = ()
    """Names that it had before, whose addresses lead here."""
    removed: tuple[Removal, ...] = ()
    """Editions of it that had to be removed."""
    order: int | None = None
    """The place of a page in the navigation; None leaves it out."""
    menu: str = ""
    """What the navigation calls a page, where that is not its title."""
    at: Places = field(kw_only=True, compare=False, metadata={"place": True})

    @property
    def is_translation(self) -> bool:
        """Whether another document is its original."""
        return bool(tongue_of(self.slug))

    @property
    def is_page(self) -> bool:
        """Whether it stands beside the briefs: no list shows it, and it has no PDF."""
        return self.slug.startswith(PAGES)

    @property
    def is_public(self) -> bool:
        """Whether its address shows it; that of a draft with editions shows the last of them."""
        return self.status is not BriefStatus.DRAFT

    @property
    def is_listed(self) -> bool:
        """Whether lists, feeds and the search show it."""
        return self.status in (BriefStatus.FINAL, BriefStatus.SUPERSEDED)
