"""What was said, frozen: editions of a brief, all that each printed, and authors' reasons for what changed. Values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from reportgen.model.edtf import Edtf
from reportgen.model.text import Text

RECORD = "_site"
"""In place of a brief's slug: the record of what the site prints beside its briefs. No brief can be called so."""


class ChangeKind(StrEnum):
    """Why something that was published is another now."""

    CORRECTION = "correction"
    REVISION = "revision"
    UPDATE = "update"
    CLARIFICATION = "clarification"
    MINOR = "minor"
    WITHDRAWAL = "withdrawal"
    """Of a whole brief; never written in `changes:`, but by `status: withdrawn`."""


@dataclass(frozen=True, slots=True)
class Change:
    """An author's reason, beside the thing that it is about: an entry of `changes:` of a brief, a fact or a dataset."""

    kind: ChangeKind = ChangeKind.UPDATE
    text: Text = field(default_factory=lambda: Text(()))
    """Empty only where it is minor."""
    date: Edtf | None = None
    """Written by `release`."""
    facts: tuple[str, ...] = ()
    """Of a brief's entry: the facts that it is about; with none, whatever else changed."""

    @property
    def key(self) -> tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]:
        """What makes it the same entry as before, wherever it stands and whether or not it is dated."""
        return (self.kind.value, self.text.by_language, self.facts)

    def continues(self, change: EditionChange) -> bool:
        """Whether it is the entry that an edition records, perhaps with its reason in more languages."""
        return (self.kind, self.facts) == (change.kind, change.facts) and self.text.continues(change.text)


@dataclass(frozen=True, slots=True)
class Removal:
    """That an edition had to be removed: its page, PDF and text are gone, and its address says why."""

    edition: str
    """Its id."""
    date: Edtf
    """The day on which it was."""
    reason: Text


@dataclass(frozen=True, slots=True)
class Said:
    """What a printed value says, whatever the letters: compared between editions."""

    value: str = ""
    """A plain number, a date as EDTF, or words."""
    min: str = ""
    max: str = ""
    """Of a range, a bound or a value with bounds."""
    unit: str = ""
    relation: str = "="
    as_of: str = ""
    place: str = ""
    """Of a fact."""
    modality: str = ""
    """Of a fact: `planned`, `expected` or `claimed`; empty for what is done."""
    dated: str = field(default="", compare=False)
    """Of a fact without a time of its own: when its source was issued, which pages show for it, as EDTF; empty where an
    edition of an earlier version does not say."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One printing of a value, or a fact that a printed value was computed from."""

    subject: str
    """`fact:id`, `calc:[a] - [b]`, `row:dataset/row/column`."""
    text: str
    """As printed."""
    said: Said
    facts: tuple[str, ...] = ()
    """All facts that it was computed from, however deep."""
    formula: str = ""
    """As it is compared: of a computation in a text, and of a computed fact."""
    measure: str = ""
    """Of a fact."""
    call: str = ""
    """How it was printed: `fact(digits=2)`; `chart:id` in a figure; empty for what is not printed itself."""
    sentence: str = ""
    """The line of text.txt that it stands in, without the marks of numbers."""

    @property
    def fact(self) -> str:
        """Id of the fact that it is; empty for what is none."""
        return self.subject.removeprefix("fact:") if self.subject.startswith("fact:") else ""

    @property
    def is_printed(self) -> bool:
        """Whether a reader saw it."""
        return bool(self.call)


@dataclass(frozen=True, slots=True)
class PrintedChart:
    """The rows of a figure: each its subjects, and the words of its other cells as their file has them."""

    id: str
    kind: str
    dataset: str
    rows: tuple[tuple[str, ...], ...]
    look: str | None = ""
    """Digest of how its author has it drawn, beyond its kind; None where an edition of an earlier version has none."""
    names: tuple[tuple[str, str, str], ...] | None = None
    """(`label`, `line`, `annotation` or `column`; what it names; words) of all that its author wrote beside the values;
    None where an edition of an earlier version does not say."""
    title: str = ""
    """As printed; empty where it has none, and where an edition of an earlier version does not say."""


_PARTED = frozenset(("conflict", "measure", "unit"))
"""Kinds of what has several words."""


@dataclass(frozen=True, slots=True, order=True)
class WordsName:
    """Whose words a line is that stands beside the texts: of a fact, or of what all pages share."""

    kind: str
    """`fact`, `conflict`, `hiding`, `measure`, `place`, `site`, `template`, `term`, `unit` or `word`."""
    id: str
    part: str = ""
    """Which of its words: `reading`, `label`, …; empty for a fact's claim, and where it has but one."""
    tag: str = ""
    """Their language; empty for the site's."""

    @classmethod
    def read(cls, text: str) -> WordsName:
        """As a line has it: `wages/note@ru`, `measure:wages/label`, `template:css/text.css`."""
        name, _, tag = text.partition("@")
        kind, shared, rest = name.partition(":")
        if not shared:
            id, _, part = name.partition("/")
            return cls("fact", id, part, tag)
        id, _, part = rest.rpartition("/") if kind in _PARTED else (rest, "", "")
        return cls(kind, id, part, tag)

    @property
    def text(self) -> str:
        """As a line has it."""
        name = self.id if self.kind == "fact" else f"{self.kind}:{self.id}"
        return name + (f"/{self.part}" if self.part else "") + (f"@{self.tag}" if self.tag else "")


@dataclass(frozen=True, slots=True)
class Printed:
    """All that a brief says: what is compared between editions."""

    sayings: tuple[Saying, ...] = ()
    """In the order of the text."""
    quotes: tuple[tuple[str, str, str], ...] = ()
    """(fact, source, quotation) of every fact printed."""
    charts: tuple[PrintedChart, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    """(id, digest of its CSL item, and of where in it the facts stand) of the works listed."""
    pictures: tuple[tuple[str, str], ...] | None = ()
    """(path below content/images/, digest); None where an edition of an earlier version does not say."""
    lines: tuple[str, ...] = ()
    """The text, a sentence a line, numbers as `⟨18.10%|fact:id⟩`."""
    cited: tuple[tuple[str, str], ...] | None = None
    """(`[see @id{p. 5}]`, `[@id]`) of the citations in the lines that have more than their works; None where an edition
    of an earlier version has no more in its lines."""


@dataclass(frozen=True, slots=True)
class NewValue:
    """What became of a value, as printed."""

    fact: str
    """Id of the fact; empty for a computation of the text."""
    old: str
    """Empty for what is new."""
    new: str
    """Empty for what is gone."""


@dataclass(frozen=True, slots=True)
class EditionChange:
    """An author's reason, as an edition records it."""

    owner: str
    """`brief`, `fact:id`, `dataset:id`: where the entry stands; in the site's record also `brief:slug` and `site`."""
    kind: ChangeKind
    text: Text = field(default_factory=lambda: Text(()))
    facts: tuple[str, ...] = ()
    values: tuple[NewValue, ...] = ()

    @property
    def key(self) -> tuple[str, str, tuple[tuple[str, str], ...], tuple[str, ...]]:
        """What makes it the same entry: where it stands, and what it says."""
        return (self.owner, self.kind.value, self.text.by_language, self.facts)


@dataclass(frozen=True, slots=True)
class EditionNote:
    """As much of an edition as later pages of its brief show."""

    id: str
    """Its date, or `date-2`, `date-3` for more in a day; empty for one that is not released yet."""
    version: str
    """`3`; minor ones behind a point: `3.1`."""
    date: str
    """ISO; empty for one that is not released yet."""
    changes: tuple[EditionChange, ...] = ()
    follows: tuple[NewValue, ...] = ()
    """What was computed from what changed."""

    @property
    def is_minor(self) -> bool:
        """Whether it changed no number, date or quotation."""
        return "." in self.version


@dataclass(frozen=True, slots=True)
class Edition:
    """A brief as it was published on a day."""

    brief: str
    lang: str
    note: EditionNote
    title: str
    authors: tuple[str, ...]
    base_url: str
    seen: tuple[str, ...]
    """Digests of all entries of `changes:` there were, that none of them explains a later change."""
    files: tuple[tuple[str, str], ...]
    """(name, SHA-256) of what stands beside edition.json."""
    previous: str
    """SHA-256 of the edition.json before it; empty for the first."""
    printed: Printed
    sha256: str
    """Of its own edition.json."""
    original: str = ""
    """Of a translation: id of the edition of its original that it follows."""
    documents: tuple[tuple[str, Printed], ...] = ()
    """Of the site's record: what each page beside the briefs and each chart's own page says."""
    addresses: tuple[str, ...] = ()
    """Paths of the site that its page links to; of the site's record, all that answer for ever."""
    parts: tuple[tuple[str, str, str], ...] = ()
    """(anchor, words, id of the last edition that has it) of each heading of its page and of those before; of a
    brief's last edition alone."""
    removal: Removal | None = None
    """That it was removed: then `printed` is what the one before it says, with which later ones are compared."""

    @property
    def folder(self) -> str:
        """Where it stands, from the project's root."""
        return f"content/editions/{self.brief}/{self.note.id}"


def whole(editions: tuple[Edition, ...]) -> tuple[Edition, ...]:
    """Those that were not removed."""
    return tuple(edition for edition in editions if edition.removal is None)


@dataclass(frozen=True, slots=True)
class History:
    """What became of a brief."""

    editions: tuple[Edition, ...] = ()
    """Oldest first."""
    pending: EditionNote | None = None
    """The edition that is not released yet; without a day while nobody releases it."""

    @property
    def notes(self) -> tuple[EditionNote, ...]:
        """Oldest first, the pending one last."""
        return (*(edition.note for edition in self.editions), *([self.pending] if self.pending else ()))
