"""A brief with every value computed: what a renderer needs and nothing more.

Running text is HTML in which each thing that a renderer draws in its own way stands as one private-use character, an
*insert*: `chr(FIRST_INSERT + n)` stands for `EvaluatedBrief.inserts[n]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reportgen.model.brief import PAGES, Author, folder_of, stem_of
from reportgen.model.citation import Citation
from reportgen.model.edtf import Edtf
from reportgen.model.fact import Status
from reportgen.model.figure import EvaluatedFigure, Html, ShownSource

FIRST_INSERT = 0xF0000
"""Code point of the first insert: the supplementary private-use area A, 65,534 characters."""


class NumberKind(StrEnum):
    """Where a printed number comes from."""

    FACT = "fact"
    FORMULA = "formula"
    DATASET = "dataset"
    SCALE = "scale"
    WAIVER = "waiver"
    EDITION = "edition"
    """As an edition printed it."""


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """One printing of a number, as provenance.json lists it."""

    text: str
    """As printed."""
    kind: NumberKind
    fact: str = ""
    formula: str = ""
    """As the author wrote it."""
    facts: tuple[str, ...] = ()
    """All facts that it was computed from, however deep."""
    dataset: str = ""
    row: int | None = None
    """Of a file, counted from 1 after the header."""
    cell: str = ""
    """Where the number stands in the file: `malaria.xlsx, sheet Data, cell C5`."""
    reason: str = ""
    """Why a number was typed, for a waiver."""
    file: str = ""
    line: int | None = None
    column: int | None = None
    status: Status | None = None
    """State of the value; None for what has none: waivers, CSV rows, axis ticks."""
    statement: bool = False
    """Whether it is a value in words, which counts apart from numbers and dates."""
    printed: tuple[str, ...] = ()
    """The numbers or dates of its kind that the quotes of its fact print, in their words."""
    why: str = ""
    """Why a statement is in our words."""
    call: str = ""
    """How it was printed, for comparing editions: `fact(digits=2)`; `chart:id` in a figure."""
    of: str = ""
    """The column of its dataset."""
    at: int | None = None
    """Which of the dataset's rows it is, from 0."""
    edition: str = ""
    """Id of the edition that printed it."""


@dataclass(frozen=True, slots=True)
class State:
    """The state of a value, and the reasons for it."""

    status: Status
    because: tuple[str, ...] = ()
    """Ids of the facts, conflicts or checks that the status comes from; empty where it is the value's own."""
    doubts: tuple[str, ...] = ()
    """The same as sentences in the page's language, plain text."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed value: what stands in the text, and which entry under "How we know" it leads to."""

    text: str
    """As printed, e.g. `18.10%`."""
    number: int
    """Index into `EvaluatedBrief.numbers`."""
    status: Status
    entry: int | None = None
    """Index into `EvaluatedBrief.entries`; None prints the value alone."""
    letter: bool = True
    """False prints the linked value without its letter."""
    sentence: tuple[str, str] = ("", "")
    """The words of a claim before and after its value, where the whole claim is printed."""
    statement: bool = False
    """Whether it is a value in words: linked, with its letter at the end of the paragraph."""
    lang: str = ""
    """Of its words, where they are in another language than the page."""
    around: tuple[str, str] = ("", "")
    """What `text` begins and ends with that the head of a table's column says to the eye."""


@dataclass(frozen=True, slots=True)
class CitationMark:
    """A citation in the text, formatted in the site's style."""

    citation: int
    """Index into `EvaluatedBrief.citations`."""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The call of an author's footnote."""

    note: int
    """Index into `EvaluatedBrief.notes`."""


@dataclass(frozen=True, slots=True)
class ReferenceMark:
    """A link to a figure or table of the same brief."""

    anchor: str
    text: str
    """`Figure 2`."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A number that the author typed, with a reason."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A chart, table or timeline."""

    figure: int
    """Index into `EvaluatedBrief.figures`."""


@dataclass(frozen=True, slots=True)
class ConflictBlock:
    """The box in which two sources disagree."""

    conflict: int
    """Index into `EvaluatedBrief.conflicts`."""


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """The words of a source, set off."""

    entry: int
    """Index into `EvaluatedBrief.entries`."""
    number: int
    """Index into `EvaluatedBrief.numbers`: printing words counts like printing a value."""


@dataclass(frozen=True, slots=True)
class SourcesBlock:
    """The box that says what the brief rests on: `EvaluatedBrief.grounds`."""


BlockInsert = FigureBlock | ConflictBlock | QuoteBlock | SourcesBlock
Insert = Mark | CitationMark | NoteMark | ReferenceMark | Waiver | BlockInsert


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """A quote as an entry shows it."""

    source: ShownSource
    quote: str
    """With ` … ` between its pieces."""
    locator: str
    verified: bool
    looked_up: str = ""
    """What looking it up in the saved copies came to, without a full stop; empty where a doubt of the state says it."""
    before: str = ""
    """Words of the source directly before the quote, with what parts them from it."""
    after: str = ""
    """Words of the source directly after the quote, with what parts them from it."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A part of a formula as shown: a value that links to its fact, or the signs between."""

    text: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class ShownWas:
    """A value as an edition printed it, and as the next one did."""

    fact: str
    """Id of the fact; empty for a computation of the text."""
    old: str
    old_number: int
    """Index into `EvaluatedBrief.numbers`, as `new_number`."""
    new: str
    new_number: int
    before: str = ""
    """The words of the claim before and after the value; none where it is no more than a value."""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ShownReason:
    """An author's reason for what an edition says otherwise."""

    kind: str
    """`correction`, `revision`, `update`, `clarification`."""
    values: tuple[ShownWas, ...]
    text: Html
    owners: tuple[str, ...] = ()
    """`brief`, `fact:id`, `dataset:id`: what it stands at."""
    lang: str = ""
    """Its language; empty where it is the page's."""


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """An edition, as later pages of its brief tell of it."""

    id: str
    """Empty for one that is not released yet."""
    version: str
    iso: str
    """Its day; empty for one that is not released yet."""
    time: str
    kind: str
    """The gravest of its reasons; `first` and `minor` too."""
    reasons: tuple[ShownReason, ...] = ()
    follows: tuple[ShownWas, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryWas:
    """What stood where the value of an entry stands now."""

    was: ShownWas
    kind: str
    iso: str
    time: str
    text: Html


@dataclass(frozen=True, slots=True)
class FactEntry:
    """One fact or computation under "How we know"."""

    letter: str
    """`a` to `z`, `aa`, …"""
    anchor: str
    """`fact-` and the fact's id, or `calc-` and the formula in words: it stays where other numbers come and go."""
    fact: str
    """Id of the fact; empty for a computation that the brief makes itself."""
    text: str
    """The value as first printed."""
    number: int
    """Index of its first printing."""
    claim: str
    """Plain text with the value in it."""
    claim_parts: tuple[str, str]
    """The claim's words before and after its value."""
    time: str
    """`October 2020`, or `reported 20 November 2021` where the source gives no time; several joined by a dash."""
    state: State
    evidence: tuple[ShownEvidence, ...] = ()
    formula: tuple[Operand, ...] = ()
    compared: str = ""
    """Of a statement in our words: what comparing it with its quotes came to, as a sentence."""
    reading: Html = ""
    note: Html = ""
    claim_lang: str = ""
    """Of the claim, where it is in another language than the page."""
    mood: str = ""
    """`planned`, `expected` or `claimed`; empty for what is done."""
    changes: tuple[EntryWas, ...] = ()
    """What was published of it before, newest first."""
    earlier: tuple[str, ...] = ()
    """Anchors under the names that it had before."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the facts that disagree."""

    mark: str
    """The insert that prints its value."""
    fact: str
    claim: str
    source: ShownSource | None
    time: str
    preferred: bool
    agrees: bool = False
    """Whether it stands beside the one before it: the two agree."""


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """Facts that cannot all hold, as a box shows them."""

    id: str
    title: str
    sides: tuple[Side, ...]
    """Those that agree follow each other."""
    reason: Html
    preferred: bool
    """Whether one of them is."""


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A key figure: a value and what it means."""

    value: Html
    label: Html


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the body."""

    anchor: str
    level: int
    title: Html


@dataclass(frozen=True, slots=True)
class ListedWork:
    """A work in the list of sources."""

    source: str
    slug: str
    anchor: str
    html: str
    """Formatted by the citation style, digits marked."""
    cited: tuple[str, ...]
    """Anchors of the citations of it."""
    facts: int
    """How many of the brief's facts rest on it."""
    lang: str = ""
    """Its language; empty where it is the page's."""
    address: str = ""
    """Where it can be read, http or https; empty where that is not known, or `html` leads there."""
    saved: str = ""
    """The day of its newest saved copy."""
    sha256: str = ""
    """Of that copy; empty where there is none."""
    earlier: tuple[str, ...] = ()
    """Anchors under the names that it had before."""


@dataclass(frozen=True, slots=True)
class SourceWeight:
    """What of a brief rests on one of its sources."""

    source: ShownSource
    numbers: tuple[int, ...]
    """Indices into `EvaluatedBrief.numbers`: numbers and dates."""
    statements: tuple[int, ...]
    """The same of values in words."""
    figures: tuple[int, ...]
    """Indices into `EvaluatedBrief.figures`: those that there would not be without it."""
    rows: tuple[tuple[int, int], ...]
    """Of each figure, how many of its rows are facts that rest on it, and how many are facts."""
    conflicts: tuple[int, ...]
    """Indices into `EvaluatedBrief.conflicts`."""
    cited: int
    """How often the text cites it."""

    @property
    def resting(self) -> tuple[tuple[int, int, int], ...]:
        """(index, rows that rest on it, rows) of each figure of which anything does; (index, 0, 0) where all does."""
        found = ((n, *rows) for n, rows in enumerate(self.rows) if rows[0] or n in self.figures)
        return tuple((n, some, all) if 0 < some < all else (n, 0, 0) for n, some, all in found)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a brief rests on."""

    weights: tuple[SourceWeight, ...]
    """Of each source, the heaviest first."""
    kinds: tuple[tuple[str, int], ...]
    """How many sources of each kind: `{} news reports`, to be put into the page's language."""
    authored: int
    """How many sources name an author."""
    published: int
    """How many name a publisher, or what they appeared in."""
    saved: int
    """How many have a saved copy."""
    last: str
    """When the newest of them was issued, EDTF; empty where none says."""
    last_text: str
    numbers: int
    """Numbers and dates of the brief that any fact or table gives."""
    statements: int


@dataclass(frozen=True, slots=True)
class ShownChange:
    """An entry of the list of changes."""

    time: str
    iso: str
    text: Html


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A term that the text mentions."""

    name: str
    meaning: Html
    number: int
    """Of its first mention, from 1."""


@dataclass(frozen=True, slots=True)
class ShownOriginal:
    """The brief that another is a translation of."""

    path: str
    """Of its page below the site; empty where it has none."""
    lang: str
    language: str
    """The language's name, in that of the translation."""
    iso: str
    """Day of the edition that the translation follows."""
    time: str
    """The same in words."""
    is_newer: bool
    """Whether it has been published otherwise since."""


@dataclass(frozen=True, slots=True)
class EvaluatedBrief:
    """A brief, or a page beside the briefs, evaluated."""

    slug: str
    lang: str
    draft: bool
    title: Html
    plain_title: str
    subtitle: Html
    plain_subtitle: str
    date: Edtf
    date_text: str
    updated: Edtf | None
    updated_text: str
    authors: tuple[Author, ...]
    """(name, ORCID)."""
    abstract: Html
    plain_abstract: str
    key_messages: tuple[Html, ...]
    key_figures: tuple[ShownFigure, ...]
    keywords: tuple[str, ...]
    changes: tuple[ShownChange, ...]
    body: Html
    sections: tuple[Section, ...]
    notes: tuple[Html, ...]
    """Authors' footnotes, in the order of their calls."""
    inserts: tuple[Insert, ...]
    entries: tuple[FactEntry, ...]
    numbers: tuple[PrintedNumber, ...]
    figures: tuple[EvaluatedFigure, ...]
    conflicts: tuple[ShownConflict, ...]
    citations: tuple[str, ...]
    """HTML of each citation, links and all."""
    references: tuple[ListedWork, ...]
    how_to_cite: str
    """This brief as a reference in the site's style, HTML."""
    overdue: tuple[int, ...]
    """Indices of entries that are past their review date."""
    words: int
    """Of the running text, for the reading time."""
    facts: tuple[str, ...]
    """Ids of every fact that is printed or computed with, in order."""
    terms: tuple[ShownTerm, ...] = ()
    """The terms of the glossary that the text mentions, in the order of reading."""
    citation_words: tuple[str, ...] = ()
    """Each citation as plain text, for where no link can stand; where the style prints a note or a number, the source's
    name."""
    history: tuple[ShownEdition, ...] = ()
    """Newest first; with none, there are no editions."""
    original: ShownOriginal | None = None
    """Of a translation."""
    successor: tuple[str, str] | None = None
    """(slug, title) of the brief that took its place; None where it stands."""
    grounds: Grounds | None = None
    """None of a chart that stands alone."""
    cited: tuple[Citation, ...] = ()
    """What its author wrote of each citation."""

    @property
    def is_page(self) -> bool:
        """Whether it is a page beside the briefs."""
        return self.slug.startswith(PAGES)

    @property
    def folder(self) -> str:
        """Where it stands in the site: `briefs/wages/`, `pages/methods/`."""
        return folder_of(self.slug)

    @property
    def stem(self) -> str:
        """What its files are named: `wages`."""
        return stem_of(self.slug)

    @property
    def editions(self) -> tuple[ShownEdition, ...]:
        """Those that have a day, newest first."""
        return tuple(edition for edition in self.history if edition.iso)

    @property
    def edition(self) -> ShownEdition | None:
        """The last one; None where there is none."""
        return next(iter(self.editions), None)

    @property
    def before(self) -> ShownEdition | None:
        """The edition before the last; None where there is none."""
        return next(iter(self.editions[1:]), None)

    @property
    def modified(self) -> str:
        """ISO day of the last change of more than words, else of its publication."""
        graver = (edition.iso for edition in self.editions if edition.kind != "minor")
        return next(graver, (self.updated or self.date).text)
