"""Briefs as authors write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from reportgen.diagnostics import Places
from reportgen.model.edtf import Edtf


class BriefStatus(StrEnum):
    """A draft is checked and served, never published."""

    DRAFT = "draft"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Author:
    """A person or an institution."""

    name: str
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number printed large beside the key messages."""

    value: str
    """A call: `fact("id")` or `calc("[a] - [b]")`, or a fact's id."""
    label: str
    """What it means; evaluated like the body."""


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the brief's list of changes."""

    date: Edtf
    text: str


@dataclass(frozen=True, slots=True)
class Brief:
    """A Markdown document with front matter. Text fields are evaluated like the body."""

    slug: str
    """The file's name without `.md`."""
    title: str
    date: Edtf
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
    at: Places = field(kw_only=True, compare=False, metadata={"place": True})
