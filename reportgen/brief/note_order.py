"""A brief in, its notes numbered in the order of reading out; a text in, where its notes' texts stand out. Pure.

A note is read where it is first called, and what it calls right after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reportgen.brief.core_rules import calls_of_notes
from reportgen.brief.findings import Findings
from reportgen.brief.grammar import parser
from reportgen.brief.markdown import INSERT, parted
from reportgen.late_patterns import regex
from reportgen.model.evaluated import FIRST_INSERT, ConflictBlock, EvaluatedBrief, FigureBlock, Insert, NoteMark
from reportgen.model.figure import Html

_BREAK = regex(r"\r\n|\n|\r")


def calls_in_order(brief: EvaluatedBrief) -> Iterator[tuple[str, int]]:
    """The insert of each call of a note with the note's index, as one reads: after the first call of a note, what the
    note itself calls."""
    labels, changes = ([item.label for item in brief.key_figures], [change.text for change in brief.changes])
    changes += [reason.text for edition in brief.history for reason in edition.reasons]
    before = (brief.title, brief.subtitle, brief.abstract, *brief.key_messages, *labels)
    waiting = [each for text in (*before, brief.body, *changes) for each in inserts_in_order(brief, text)][::-1]
    read: set[int] = set()
    while waiting:
        character = waiting.pop()
        item = _item(brief, character)
        if isinstance(item, NoteMark):
            yield character, item.note
            if item.note not in read:
                read.add(item.note)
                waiting += INSERT.findall(brief.notes[item.note])[::-1]


def inserts_in_order(brief: EvaluatedBrief, text: Html) -> Iterator[str]:
    """The inserts of a text in the order of reading, with those of the captions and boxes in it."""
    for character in INSERT.findall(text):
        match _item(brief, character):
            case FigureBlock(figure=index):
                figure = brief.figures[index]
                yield from INSERT.findall(figure.title + figure.subtitle + figure.note)
            case ConflictBlock(conflict=index):
                yield from INSERT.findall(brief.conflicts[index].reason)
            case _:
                yield character


def numbered(brief: EvaluatedBrief) -> EvaluatedBrief:
    """The brief, its notes in the order in which they are read; those that nothing calls come last."""
    read = dict.fromkeys(note for _, note in calls_in_order(brief))
    order = (*read, *(n for n in range(len(brief.notes)) if n not in read))
    number = {note: n for n, note in enumerate(order)}
    inserts = tuple(NoteMark(number[item.note]) if isinstance(item, NoteMark) else item for item in brief.inserts)
    return replace(brief, notes=tuple(brief.notes[n] for n in order), inserts=inserts)


def _item(brief: EvaluatedBrief, character: str) -> Insert:
    return brief.inserts[ord(character) - FIRST_INSERT]


@dataclass(frozen=True, slots=True)
class NoteTexts:
    """Where the texts of notes stand in an author's text."""

    spans: tuple[tuple[int, int, int], ...] = ()
    """(place in the order of reading, from 1; start; end)."""

    def turn(self, at: int) -> int:
        """When what stands there is read: 0 in the text itself. Of notes in each other, the innermost counts."""
        return min(((end - start, turn) for turn, start, end in self.spans if start <= at < end), default=(0, 0))[1]


def note_texts(text: str, called: Sequence[str], *, blocks: bool) -> NoteTexts:
    """The notes of a text; `called` are the labels of those that texts before it called."""
    if "[^" not in text and "^[" not in text:
        return NoteTexts()
    findings = Findings(defines_notes=blocks)
    try:
        tokens = _grammar(blocks=blocks).parse(text, {"findings": findings})
    except RecursionError:
        return NoteTexts()
    body, notes = parted(tokens)
    starts = [0, *(found.end() for found in _BREAK.finditer(text)), len(text)]
    turns: dict[str, int] = {}
    waiting = [*_calls(body)[::-1], *called[::-1]]
    while waiting:
        label = waiting.pop()
        if label not in turns:
            turns[label] = len(turns) + 1
            waiting += _calls(notes.get(label, []))[::-1]
    spans = []
    for token in tokens:
        label = token.meta.get("label", "") if token.type == "note_open" else ""
        if label and token.map:
            first, last = (starts[min(line, len(starts) - 1)] for line in token.map)
            spans.append((turns.get(label, len(turns) + 1), first, last))
    for label, words in findings.within.items():
        line = (words.map or [0])[0]
        pattern = r"\s[\s>]*".join(re.escape(part) for part in label.split("\n"))
        if found := re.compile(pattern).search(text, starts[min(line, len(starts) - 1)]):
            spans.append((turns.get(label, len(turns) + 1), *found.span()))
    return NoteTexts(tuple(spans))


@cache
def _grammar(*, blocks: bool) -> MarkdownIt:
    md = parser(blocks=blocks)
    md.core.ruler.at("inline", calls_of_notes)
    return md


def _calls(tokens: Sequence[Token]) -> list[str]:
    """Labels of the notes that blocks call."""
    return [part.meta["label"] for token in tokens for part in token.children or () if part.type == "note_call"]
