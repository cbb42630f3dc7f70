"""Annotations and a project in, facts whose claims are still to be written out. Pure but for the archive that it reads.

Marked words are found as they are, after folding, and never nearly: what stands before and after only tells apart
several places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportgen.archive.texts import Archive
from reportgen.desk.adding import is_address_of
from reportgen.desk.annotations import MarkedWords
from reportgen.desk.proposing import Suggested, Suggestion, reads
from reportgen.desk.quoting import MOST_WORDS
from reportgen.desk.reading import suggestions_of, text_of
from reportgen.desk.taking import LONGEST_LINE, FactChoice, fact_entry
from reportgen.desk.yaml_edits import YamlValue
from reportgen.diagnostics import ReportError
from reportgen.evidence.fold import FoldedText, folded_words
from reportgen.evidence.match import Match, find_quote
from reportgen.evidence.script import count_words
from reportgen.language.guessing import language_read
from reportgen.load.claims import TO_DO
from reportgen.model.project import Project

NoteOutcome = Literal["taken", "known", "not-found", "ambiguous", "no-number", "no-source"]


@dataclass(frozen=True, slots=True)
class ImportedNote:
    """What became of an annotation."""

    annotation: MarkedWords
    outcome: NoteOutcome
    source: str = ""
    entries: tuple[dict[str, YamlValue], ...] = ()
    """The facts that it gives."""
    comment_left_out: bool = False
    """Whether its comment cannot be a note, because it types digits or calls."""


def imported(
    annotations: Sequence[MarkedWords], project: Project, archive: Archive, source: str = ""
) -> tuple[ImportedNote, ...]:
    """The facts that annotations give, one a number that was marked. With `source`, all are of that source."""
    reader = _NoteReader(project, archive)
    ids: set[str] = set(project.facts)
    found = []
    for annotation in annotations:
        id = source or next((id for id, one in project.sources.items() if is_address_of(annotation.document, one)), "")
        note = reader.note(annotation, id, ids) if id else ImportedNote(annotation, "no-source")
        ids |= {str(entry["id"]) for entry in note.entries}
        found.append(note)
    return tuple(found)


class _NoteReader:
    """The texts and suggestions of sources, each read once."""

    def __init__(self, project: Project, archive: Archive) -> None:
        self.project = project
        self.archive = archive
        self.known: dict[str, tuple[FoldedText, Suggested] | None] = {}
        self.used: set[tuple[str, int]] = set()
        """(source, number) of the suggestions that an annotation has taken."""

    def note(self, annotation: MarkedWords, source: str, ids: set[str]) -> ImportedNote:
        read = self._read(source)
        if read is None:
            return ImportedNote(annotation, "no-source", source)
        text, suggested = read
        places = places_of(annotation, text)
        if len(places) != 1:
            return ImportedNote(annotation, "ambiguous" if places else "not-found", source)
        start, end = places[0]
        taken = [one for one in suggested.facts if one.start < end and start < one.end]
        inside = [one for one in suggested.shown if one.candidate.start < end and start < one.candidate.end]
        if any(one.kind != "date" for one in (*taken, *(each.candidate for each in inside))):
            # Beside a number, a date says when.
            inside = [one for one in inside if one.candidate.kind != "date"]
        new = [one for one in inside if (source, one.number) not in self.used]
        if not new:
            return ImportedNote(annotation, "known" if inside or taken else "no-number", source)
        self.used |= {(source, one.number) for one in new}
        comment = " ".join(annotation.comment.split())
        fits = not any(c.isdigit() for c in comment) and "{{" not in comment and len(comment) <= LONGEST_LINE
        entries = []
        for one in new:
            entry = self._entry(one, annotation, source, comment if fits else "", ids, alone=len(inside) == 1)
            ids = ids | {str(entry["id"])}
            entries.append(entry)
        return ImportedNote(annotation, "taken", source, tuple(entries), bool(comment) and not fits)

    def _read(self, source: str) -> tuple[FoldedText, Suggested] | None:
        if source not in self.known:
            found = self.project.sources[source]
            try:
                text = text_of(found, self.archive)[0]
                self.known[source] = text, suggestions_of(found, self.project, self.archive)
            except ReportError:
                self.known[source] = None
        return self.known[source]

    def _entry(
        self, one: Suggestion, annotation: MarkedWords, source: str, comment: str, ids: set[str], *, alone: bool
    ) -> dict[str, YamlValue]:
        """A fact with the words that were marked as its quote, where they are few and carry the value."""
        base = id = f"{source}-{one.number}"
        number = 2
        while id in ids:
            id, number = f"{base}-{number}", number + 1
        locator = f"p. {annotation.page}" if annotation.page else ""
        choice = FactChoice(f"{TO_DO} {{value}}", id, locator=locator, note=comment)
        entry = fact_entry(one, source, choice, self.project)
        exact = " ".join(annotation.exact.split())
        if alone and count_words(exact) <= MOST_WORDS and self._carries(exact, one, source):
            evidence: dict[str, YamlValue] = {"source": source, "quote": exact}
            entry["evidence"] = [evidence | ({"locator": locator} if locator else {})]
        return entry

    def _carries(self, quote: str, one: Suggestion, source: str) -> bool:
        """Whether marked words can be a fact's quote: they stand there once, cut nothing, and the value is read."""
        found, read = self.project.sources[source], self._read(source)
        language = language_read(found, read[0].text if read else quote, self.project.settings.lang)
        stands = read is not None and isinstance(find_quote(read[0], "", quote, "", language), Match)
        return stands and reads(one, quote, found, self.project)


def places_of(annotation: MarkedWords, text: FoldedText) -> list[tuple[int, int]]:
    """Where the marked words stand in the folded text; of several places those with the words before and after."""
    wanted = folded_words(annotation.exact)
    found: list[tuple[int, int]] = []
    position = text.text.find(wanted) if wanted else -1
    while position >= 0:
        found.append((position, position + len(wanted)))
        position = text.text.find(wanted, position + 1)
    if len(found) > 1:
        before, after = folded_words(annotation.prefix), folded_words(annotation.suffix)
        found = [
            (start, end)
            for start, end in found
            if text.text[:start].rstrip().endswith(before) and text.text[end:].lstrip().startswith(after)
        ]
    return found
