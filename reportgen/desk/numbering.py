"""The lines of a text in, the numbers in it that only order it out: of headings, lists, notes, equations and codes.
Pure.

A number is one of a sequence because its neighbours stand there too, not because of the words around it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.evidence.passages import Passage, PassageLine
from reportgen.late_patterns import regex

_HEADING = regex(r"([A-Z]|\d{1,2})((?:\.\d{1,2}){1,3})\.? +(\S+)")
"""`2.3 Definitions`, `A.1 Sampling`."""
_COUNTED = regex(r"(\(?)(\d{1,3})( ?[.):=]| [-–]) *(?=[^\W\d_]|[\"'(«])")
"""`3. Working`, `(3) growth`, `3 = Worked part of the month`."""
_NOTE = regex(r"(\d{1,3}) +(?=[\"'(«]?[^\W\d_])")
"""A note at the foot of a page."""
_RAISED = regex(r"(?<=\S)(?<![⁰¹²³⁴-⁹])[⁰¹²³⁴-⁹]{1,3}(?![⁰¹²³⁴-⁹])")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_EQUATION = regex(r"=.*\((\d{1,3})\)\W*$|^\((\d{1,3})\)$")
_IN_BRACKETS = regex(r"(?<=[^\W\d_]) ?\((\d{1,3})\)")
_CODE = regex(r"(?<![\w.,/-])([^\W\d_]+-?)(\d{1,4})([^\W\d_]?)(?![\w/]|[.,-]\d)")
"""`B25`, `IA2`, `H08a`; where it begins with a capital, of any script that has them."""
_LEADER = regex(r"(?:\.{4,}|(?:\. ){4,}|_{4,})(?:[ ._]*\d{1,4}\b(?![.,]\d))*(?=\W*$| \|)")
"""Dots that lead to a page, to the answers of a form, or to nothing."""
_ENTRY = regex(r"(.*?\S)(?: \| | ?(?:\.{4,}|(?:\. ){4,}|_{4,})[ ._]*| )(\d{1,4}|[ivxlc]+)", re.IGNORECASE)
"""A line of contents: a title, or the end of one, and a page."""
_CONTENTS = regex(r"(?:table of )?contents|содержание|оглавление|мазмұны", re.IGNORECASE)
_CELL_OF_A_NUMBER = regex(r"\| *[-−–]?[\d.,]+%? *(?:\||$)")
_BESIDE = r"(?:[-–−(]?\d[\d.,]*%?\)?\*{0,3}|[-–−:*]|\.{2,3})"
_UNPARTED = regex(rf"(?<!\S)[-–−(]?\d[\d.,]*%?\)?\*{{0,3}}(?: +{_BESIDE}){{2,}}(?!\S)")
"""Numbers with no more than a space between: cells that are not told apart."""
_GROUPED = regex(r"[-–−]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?%?")
_WORD = regex(r"[^\W\d_]{3,}")
_LINES_BETWEEN = 12
"""Lines from one item of a list to the next at most."""
_NOTE_WITHIN = 9000
"""Characters from a raised mark to its note at most."""
_SEQUENCE = 3
_ENTRIES = 5
"""Lines of contents at least."""
_LINES_OF_AN_ENTRY = 3
_SAME_TITLE = 40
"""Letters by which a line of contents is known again at its chapter."""


@dataclass(frozen=True, slots=True)
class Ordering:
    """The numbers of a text that order it."""

    starts: tuple[int, ...]
    """Where each begins in the folded text, ascending."""
    found: tuple[tuple[int, str], ...]
    """Where each ends, and what it is a number of."""

    def reason(self, start: int) -> str:
        """Of what a number that begins at a place is one; empty where it orders nothing."""
        at = bisect_right(self.starts, start) - 1
        return self.found[at][1] if at >= 0 and start < self.found[at][0] else ""


def ordering_of(found: Sequence[Passage]) -> Ordering:
    """What orders a text of paragraphs."""
    lines = [line for passage in found for line in passage.lines]
    spans: dict[int, tuple[int, str]] = {}
    for find in (_axes, _unparted, _codes, _equations, _notes, _lists, _headings):
        spans |= {start: (end, reason) for start, end, reason in find(lines)}
    for find in (_leaders, _contents):
        for start, end, reason in find(lines):
            spans = {at: span for at, span in spans.items() if not start <= at < end}
            spans[start] = end, reason
    ordered = sorted(spans)
    return Ordering(tuple(ordered), tuple(spans[start] for start in ordered))


OrderingSpan = tuple[int, int, str]


def _headings(lines: Sequence[PassageLine]) -> Iterator[OrderingSpan]:
    """Numbers of several levels before a capital, where the one before or after stands in the text too."""
    places: Mapping[tuple[int, ...], list[tuple[int, int, str]]] = defaultdict(list)
    for line in lines:
        if (met := _HEADING.match(line.text)) and not met[3][:1].islower() and met[3][:1].isalpha():
            first = int(met[1]) if met[1].isdecimal() else -ord(met[1])
            key = (first, *map(int, met[2][1:].split(".")))
            places[key].append((line.start, line.start + met.end(2), met[3]))
    for key, ones in places.items():
        before, after = (places.get((*key[:-1], key[-1] + step)) for step in (-1, 1))
        is_next = before is not None and before[0][0] < ones[-1][0]
        is_before = after is not None and ones[0][0] < after[-1][0]
        is_twice = len({one[2] for one in ones}) < len(ones)  # in the contents, and at its section
        if is_next or is_before or is_twice:
            yield from ((start, end, "numbers of headings") for start, end, _ in ones)


def _lists(lines: Sequence[PassageLine]) -> Iterator[OrderingSpan]:
    """Numbers at the beginnings of lines that count them, with the same mark after each."""
    last: dict[str, tuple[int, int, OrderingSpan]] = {}
    for index, line in enumerate(lines):
        if not (met := _COUNTED.match(line.text)):
            continue
        mark, number = met[1] + met[3].strip(), int(met[2])
        span = line.start, line.start + met.end(3), "numbers of lists"
        before = last.get(mark)
        if before and before[0] + 1 == number and index - before[1] <= _LINES_BETWEEN:
            yield before[2]
            yield span
        last[mark] = number, index, span


def _notes(lines: Sequence[PassageLine]) -> Iterator[OrderingSpan]:
    """Numbers before notes, whose raised marks stand not far before them."""
    marks: dict[int, int] = {}
    ended = True
    for line in lines:
        met = _NOTE.match(line.text)
        begins = line.first or ended
        if met and begins and line.start - marks.get(int(met[1]), -_NOTE_WITHIN - 1) <= _NOTE_WITHIN:
            yield line.start, line.start + met.end(1), "numbers of notes"
        for raised in _RAISED.finditer(line.text):
            marks[int(raised.group().translate(_PLAIN))] = line.start
        ended = line.text[-1:] in ".;:!?"


def _equations(lines: Sequence[PassageLine]) -> Iterator[OrderingSpan]:
    """Numbers in brackets after a word, where an equation has the same."""
    numbers = {met[1] or met[2] for line in lines if (met := _EQUATION.search(line.text))}
    for line in lines:
        for met in _IN_BRACKETS.finditer(line.text) if numbers else ():
            if met[1] in numbers:
                yield line.start + met.start(1), line.start + met.end(1), "numbers of equations"


def _codes(lines: Sequence[PassageLine]) -> Iterator[OrderingSpan]:
    """Letters with numbers that follow each other: questions of a form, tables of an annex."""
    found = [(line.start, met) for line in lines for met in _CODE.finditer(line.text) if met[1][0].isupper()]
    numbers: Mapping[str, set[int]] = defaultdict(set)
    for _, met in found:
        numbers[met[1]].add(int(met[2]))
    for start, met in found:
        known, number = numbers[met[1]], int(met[2])
        if any(set(range(low, low + _SEQUENCE)) <= known for low in range(number - _SEQUENCE + 1, number + 1)):
            yield start + met.start(), start + met.end(), "labels"


def _leaders(lines: Sequence[PassageLine]) -> Iterator[OrderingSpan]:
    """What stands before and after a line of dots."""
    for line in lines:
        if met := _LEADER.search(line.text):
            yield line.start, line.start + met.end(), "in contents"


def _axes(lines: Sequence[PassageLine]) -> Iterator[OrderingSpan]:
    """Lines without a word beside others without one: the axes of a chart."""
    bare = [not _WORD.search(line.text) and any(sign.isdecimal() for sign in line.text) for line in lines]
    for index, line in enumerate(lines):
        if (
            bare[index]
            and " | " not in line.text
            and any(bare[max(0, index - 1) : index] + bare[index + 1 : index + 2])
        ):
            yield line.start, line.end, "in lines of mere numbers"


def _unparted(lines: Sequence[PassageLine]) -> Iterator[OrderingSpan]:
    """Numbers beside each other without a word or a mark between: a row whose cells are not told apart. Where it is
    long, what stands before it is the head of the row."""
    for line in lines:
        for met in _UNPARTED.finditer(line.text):
            if not _GROUPED.fullmatch(met.group()):
                start = line.start if met.group().count(" ") > _SEQUENCE else line.start + met.start()
                yield start, line.start + met.end(), "in lines of mere numbers"


def _contents(lines: Sequence[PassageLine]) -> Iterator[OrderingSpan]:
    """Lines one after another that end in pages, which only grow, and whose words mostly stand in the text again; or
    that are called contents."""
    whole = "\n".join(_letters(line.text) for line in lines)
    run: list[tuple[int, int, str]] = []
    """Index of the line that ends each entry, its page, and its title."""
    begun = 0

    def ended() -> Iterator[OrderingSpan]:
        if len(run) < _SEQUENCE:
            return
        is_named = any(_CONTENTS.search(line.text) for line in lines[max(0, begun - _LINES_OF_AN_ENTRY) : begun])
        is_long = len(run) >= _ENTRIES and len({page for _, page, _ in run}) > 2
        again = sum(1 for _, _, title in run if title and whole.count(title[-_SAME_TITLE:]) > 1) if is_long else 0
        if is_named or (is_long and 2 * again >= len(run)):
            yield lines[begun].start, lines[run[-1][0]].end, "in contents"

    for index, line in enumerate(lines):
        if not (met := _ENTRY.fullmatch(line.text)) or _CELL_OF_A_NUMBER.search(met[1]):
            continue
        page = int(met[2]) if met[2].isdecimal() else 0
        title = _letters(met[1])
        if run and (page < run[-1][1] or index - run[-1][0] > _LINES_OF_AN_ENTRY):
            yield from ended()
            run = []
        if not run:
            begun = index if title else max(0, index - 1)
        run.append((index, page, title or _letters(lines[max(0, index - 1)].text)))
    yield from ended()


def _letters(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalpha())
