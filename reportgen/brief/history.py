"""A brief's editions in, what its page tells of them out: what was said, what is said now, and why.

Numbers that editions printed are listed in provenance.json like any other, under the kind `edition`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from reportgen.brief.document import Document, References, authored
from reportgen.brief.markdown import INSERT
from reportgen.brief.printing import Printing
from reportgen.brief.wording import foreign, in_tongue
from reportgen.diagnostics import Places, Span
from reportgen.model.brief import Brief
from reportgen.model.edition import ChangeKind, EditionChange, EditionNote, History, NewValue
from reportgen.model.edtf import parse_edtf
from reportgen.model.evaluated import CitationMark, EntryWas, NoteMark, NumberKind, ShownEdition, ShownReason, ShownWas
from reportgen.model.figure import Html
from reportgen.model.text import Text
from reportgen.quantities.dates import format_date

_GRAVEST = (
    ChangeKind.WITHDRAWAL,
    *(ChangeKind.CORRECTION, ChangeKind.REVISION, ChangeKind.UPDATE, ChangeKind.CLARIFICATION),
    ChangeKind.MINOR,
)


def kind_of(note: EditionNote) -> str:
    """What an edition is called by: the gravest of its reasons."""
    kinds = {change.kind for change in note.changes}
    return next((kind.value for kind in _GRAVEST if kind in kinds), "first" if note.version == "1" else "minor")


class Telling:
    """What one document tells of its history."""

    def __init__(self, brief: Brief, history: History, document: Document, references: References) -> None:
        self._brief = brief
        self._history = history
        self._document = document
        self._printing = document.printing
        self._references = references

    def editions(self) -> tuple[ShownEdition, ...]:
        """Newest first."""
        notes = self._history.notes
        return tuple(self._edition(number, notes[number]) for number in reversed(range(len(notes))))

    def _edition(self, number: int, note: EditionNote) -> ShownEdition:
        notes = self._history.notes
        ids = notes[number - 1].id if number else "", note.id
        self._printing.before = self._history.editions[number - 1] if number else None
        reasons = tuple(
            self._reason(change, tuple(self._was(value, ids) for value in change.values))
            for change in note.changes
            if change.kind is not ChangeKind.MINOR
        )
        reasons = tuple(_told_once(reasons))
        follows = tuple(self._was(value, ids) for value in note.follows)
        self._printing.before = None
        time = format_date(parse_edtf(note.date), self._brief.lang) if note.date else ""
        return ShownEdition(note.id, note.version, note.date, time, kind_of(note), reasons, follows)

    def _was(self, value: NewValue, ids: tuple[str, str]) -> ShownWas:
        number = self._printing.number
        old, new = (
            number(None, text, NumberKind.EDITION, edition=id, fact=value.fact)
            for text, id in zip((value.old, value.new), ids, strict=True)
        )
        fact = self._printing.view.fact(value.fact) if value.fact else None
        before, mark, after = fact.claim.in_language(self._brief.lang).partition("{value}") if fact else ("", "", "")
        parts = (before, after) if mark else ("", "")
        return ShownWas(value.fact, value.old, old, value.new, new, *parts)

    def _reason(self, change: EditionChange, values: tuple[ShownWas, ...]) -> ShownReason:
        """The author's reason, as it stands in the files now: calls and citations in it count like any."""
        text, at, key = self._place(change)
        lang, view = self._brief.lang, self._printing.view
        html = self._document.inline(*authored(text, at, key, lang), self._references) if text else ""
        spoken = foreign(text, lang, view) if html else ""
        return ShownReason(change.kind.value, values, in_tongue(html, text, lang, view), (change.owner,), spoken)

    def _place(self, change: EditionChange) -> tuple[Text, Places, str]:
        if change.kind is ChangeKind.WITHDRAWAL:
            return change.text, self._brief.at, "reason"
        kind, _, id = change.owner.partition(":")
        view = self._printing.view
        owner = {"fact": view.fact, "dataset": view.dataset}.get(kind)
        found = owner(id) if owner else self._brief
        if found is None:  # the fact is gone: its reason stays
            return change.text, Places(Span.at(self._brief.at.whole.file)), "changes"
        for number, entry in enumerate(found.changes):
            if entry.continues(change):
                return entry.text, found.at, f"changes.{number}.text"
        return change.text, found.at, "changes"


def _told_once(reasons: Iterable[ShownReason]) -> Iterator[ShownReason]:
    """A reason that stands at several facts or datasets, as one that is about all of their values."""
    found: dict[tuple[str, Html], ShownReason] = {}
    for reason in reasons:
        same = found.setdefault((reason.kind, reason.text), reason)
        if same is not reason:
            values, owners = (*same.values, *reason.values), (*same.owners, *reason.owners)
            found[reason.kind, reason.text] = replace(same, values=values, owners=owners)
    yield from found.values()


def with_changes(printing: Printing, history: tuple[ShownEdition, ...]) -> None:
    """Lets each entry under "How we know" say what was published of it before."""
    entries = printing.entries
    for n, entry in enumerate(entries):
        found = tuple(
            EntryWas(was, reason.kind, edition.iso, edition.time, _uncited(reason.text, printing))
            for edition in history
            for reason in edition.reasons
            for was in reason.values
            if entry.fact and was.fact == entry.fact and was.old and was.new
        )
        if found:
            entries[n] = replace(entry, changes=found)


def _uncited(text: Html, printing: Printing) -> Html:
    """A reason without its citations, which stand once, where it is told in full."""
    return INSERT.sub(lambda m: "" if isinstance(printing.inserted(m[0]), CitationMark | NoteMark) else m[0], text)


def in_reasons(history: tuple[ShownEdition, ...], text: Callable[[Html], Html]) -> tuple[ShownEdition, ...]:
    """A history of which each reason is another text."""
    return tuple(
        replace(edition, reasons=tuple(replace(reason, text=text(reason.text)) for reason in edition.reasons))
        for edition in history
    )
