"""Citations as authors write them and as a style prints them: frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CitationItem:
    """One source in a citation."""

    source: str
    """CSL id, as typed. Nobody has checked yet that there is such a source."""
    prefix: str
    """Plain words before it, e.g. `see`."""
    locator: str
    """`3-5`; empty for the work as a whole."""
    label: str
    """What the locator counts, as CSL names it (`page`, `chapter`, ...); empty where there is no locator."""
    suffix: str
    """What follows, with its punctuation and spacing, e.g. `, emphasis added`."""
    suppress_author: bool
    """`-@id`: the text has named the author already."""
    author_in_text: bool
    """`@id says`: the author's name is part of the sentence."""
    start: int
    """Offset of the id in the given text, without `@` and braces."""
    end: int
    place: str = ""
    """The locator as typed, with its word: `p. 5`."""
    unknown: tuple[str, str] = ("", "")
    """The suffix's first words and their term, `("cl. 4", "cl.")`, where they look like a locator and are none."""
    as_typed: bool = False
    """Empty braces stand before the suffix: it names a place in the source in words of its author's own."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Everything that one pair of brackets, or one `@id` in running text, cites."""

    items: tuple[CitationItem, ...]
    """At least one."""
    start: int
    """Offset of the characters that the printed citation takes the place of."""
    end: int


@dataclass(frozen=True, slots=True)
class CitationProblem:
    """A citation that cannot be read."""

    message: str
    """One sentence without a full stop."""
    start: int
    end: int
    hint: str
    """The next step."""


@dataclass(frozen=True, slots=True)
class FoundCitations:
    """What a text cites, in its order."""

    citations: tuple[Citation, ...]
    problems: tuple[CitationProblem, ...]


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A source, as the citation processor needs it."""

    csl: str
    """CSL-JSON item, with its `id`."""
    anchor: str
    """Where links to it lead: the id of its reference entry on the page, without `#`."""


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Where a citation stands in a style of notes."""

    number: int
    """Of the note, from 1: styles refer to it, as in `Doe (n 3)`."""
    within: bool
    """Whether the note is the author's, and the citation a part of it; else it is the whole of the note."""


@dataclass(frozen=True, slots=True)
class CitationRequest:
    """All citations of one document: `ibid.`, numbers and 2020a depend on the others."""

    citations: tuple[Citation, ...]
    """In the document's order."""
    sources: tuple[CitedWork, ...]
    """At least those that are cited. Only the cited ones and `nocite` enter the bibliography."""
    style: str
    """CSL style as XML, an independent one."""
    lang: str
    """BCP 47 language of the document, e.g. `en`."""
    nocite: tuple[str, ...] = ()
    """Ids of sources that belong in the bibliography without being cited."""
    notes: tuple[NotePlace, ...] = ()
    """In a style of notes, the place of each citation; empty where no notes were numbered."""
    beside: tuple[CitedWork, ...] = ()
    """For the reference of one work by itself: others, whose references by themselves are asked for soon."""


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    """One reference."""

    source: str
    """Its CSL id."""
    html: str
    """Inline HTML, without the label."""
    label: str = ""
    """What stands in the margin, e.g. `[1]`, as inline HTML; empty in styles that have none."""


@dataclass(frozen=True, slots=True)
class FormattedCitations:
    """The answer to a request. HTML is inline and escaped; addresses are http, https, mailto or `#anchor`."""

    citations: tuple[str, ...]
    """Of each citation of the request. In a note style: the content of its footnote; within a note of the author's what
    it prints there, brackets and all."""
    names: tuple[str, ...]
    """In a note style, what a citation with its author in the text prints before the footnote's call; else empty."""
    note_style: bool
    """Whether the style puts citations into footnotes."""
    bibliography: tuple[BibliographyEntry, ...]
    """In the style's order. Empty where the style has no bibliography."""
    numbered: bool = False
    """Whether the style's citations are numbers, which say nothing where there is no list of references."""
