"""Briefs as authors write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from reportgen.diagnostics import Places
from reportgen.model.edition import Change
from reportgen.model.edtf import Edtf

PAGES = "pages/"
"""What the slug of a page of authors' own begins with, which no brief's can."""


def folder_of(slug: str) -> str:
    """The folder of a document in the site, and of its file below content/: `briefs/wages/`, `pages/methods/`."""
    return f"{slug}/" if slug.startswith(PAGES) else f"briefs/{slug}/"


class BriefStatus(StrEnum):
    """A draft is checked and served, never published."""

    DRAFT = "draft"
    FINAL = "final"


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
class Brief:
    """A Markdown document with front matter: a brief, or a page beside the briefs. Text fields are evaluated like the
    body."""

    slug: str
    """The file's name without `.md`; that of a page with `pages/` before it."""
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
    order: int | None = None
    """The place of a page in the navigation; None leaves it out."""
    menu: str = ""
    """What the navigation calls a page, where that is not its title."""
    at: Places = field(kw_only=True, compare=False, metadata={"place": True})

    @property
    def is_page(self) -> bool:
        """Whether it stands beside the briefs: no list shows it, and it has no PDF."""
        return self.slug.startswith(PAGES)

    @property
    def is_public(self) -> bool:
        """Whether its address shows it; that of a draft with editions shows the last of them."""
        return self.status is not BriefStatus.DRAFT
