"""A number and the line that it stands in in, why it is no fact worth proposing out; empty where it may be. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from reportgen.desk.passages import Passage, PassageLine
from reportgen.language.lexicon import PrintedUnit
from reportgen.language.number_phrases import Phrase
from reportgen.language.reader import FIRST_YEAR, LAST_YEAR

_ADDRESS = re.compile(
    r"\b(?:https?|ftp)://\S+|\bwww\.\S+|(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\bdoi:? ?10\.\S+|\b10\.\d{4,9}/\S+"
    r"|\bIS[BS]N(?:-1[03])?:? ?[\dXx -]{8,17}|\barXiv:\S+",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:\+\d{1,3}|\b00\d{1,3})(?:[ ().-]{0,2}\d{2,4}){2,5}"
    r"|\b(?:tel|phone|fax|mobile|call|тел|факс)\b\.?:? ?\+?[\d ().-]{6,20}\d|\(\d{3}\) ?\d{3}-\d{4}",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[\d{1,3}(?:(?:, ?|-)\d{1,3})*\]")
_PAGE = re.compile(
    r"\W*(?:page|p\.?|pp\.?|стр\.?|с\.|страница|бет)?\s*\d{1,4}(?:\s*(?:of|/|из)\s*\d{1,4})?\W*", re.IGNORECASE
)
_CONTENTS = re.compile(r"(?:\.{4,}|(?:\. ){4,}|_{4,}) ?\d+$")
_LISTED = re.compile(r"\(?\d{1,3}[.)](?=\s)")
_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.? (?=[^\W\d_])")
_EQUATION = re.compile(r"\(\d{1,3}(?:\.\d{1,2})?\)$")
_WORD = re.compile(r"[^\W\d_]{3,}")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_REFERENCES = re.compile(
    r"(?:\d+\.? )?(?:references|bibliography|works cited|literature cited|endnotes|литература|библиография"
    r"|список (?:использованной )?литературы|список использованных источников"
    r"|(?:пайдаланылған )?әдебиеттер(?: тізімі)?)\W*",
    re.IGNORECASE,
)
_AFTER_REFERENCES = re.compile(r"(?:\d+\.? )?(?:appendix|annex|приложение|қосымша)\b", re.IGNORECASE)
_NO_UNIT = (PrintedUnit("", (), Fraction(1)),)
_LONGEST_HEADING = 8
"""Words."""
_REPEATED = 3
"""How often a line stands in a text that is furniture."""


@dataclass(frozen=True, slots=True)
class NoiseFinder:
    """What is known of a whole text."""

    repeated: frozenset[str]
    """Lines that stand there several times."""
    references: tuple[tuple[int, int], ...]
    """Where lists of references begin and end."""
    is_table: bool

    @classmethod
    def of(cls, found: Iterable[Passage], *, is_table: bool) -> NoiseFinder:
        listed = tuple(found)
        lines = Counter(line.text for passage in listed for line in passage.lines)
        repeated = frozenset(text for text, times in lines.items() if times >= _REPEATED and not is_table)
        return cls(repeated, tuple(_reference_lists(listed)), is_table)

    def reason(self, start: int, end: int, passage: Passage, phrase: Phrase | None) -> str:
        """Why what stands at a place is no fact, in a word or two that are counted; empty where nothing says so."""
        line = passage.line_at(start)
        is_row = " | " in line.text or line.text.startswith("| ")
        if any(first <= start < last for first, last in self.references):
            return "in lists of references"
        if any(found.start() <= start - passage.start < found.end() for found in _spans(_ADDRESS, passage)):
            return "in addresses and numbers of books"
        if any(found.start() <= start - passage.start < found.end() for found in _spans(_PHONE, passage)):
            return "in telephone numbers"
        if any(found.start() <= start - passage.start < found.end() for found in _spans(_BRACKETED, passage)):
            return "references in brackets"
        return self._of_line(start, end, line, passage, is_row=is_row) or (_of_phrase(phrase) if phrase else "")

    def _of_line(self, start: int, end: int, line: PassageLine, passage: Passage, *, is_row: bool) -> str:
        if line.text in self.repeated:
            return "in lines that repeat"
        if self.is_table or is_row:
            return ""
        if _PAGE.fullmatch(line.text):
            return "page numbers"
        if _CONTENTS.search(line.text):
            return "in contents"
        if not _WORD.search(line.text) and len(_DIGITS.findall(line.text)) >= 3:
            return "in lines of mere numbers"
        place = start - line.start
        if (found := _LISTED.match(line.text)) and place < found.end() and _begins(line, passage):
            return "numbers of lists"
        if (found := _HEADING.match(line.text)) and place < found.end() and _is_heading(line, found.end()):
            return "numbers of headings"
        if (found := _EQUATION.search(line.text)) and place >= found.start() and "=" in line.text:
            return "numbers of equations"
        return ""


def _spans(pattern: re.Pattern[str], passage: Passage) -> Iterable[re.Match[str]]:
    return pattern.finditer(passage.text)


def _of_phrase(phrase: Phrase) -> str:
    if phrase.void and phrase.kind != "date":
        return "labels" if phrase.kind == "label" else "not to be read as a number"
    reasons: Mapping[str, str] = {"label": "labels", "ordinal": "ordinals", "year": "years"}
    if reason := reasons.get(phrase.kind, "years" if _is_year(phrase) else ""):
        return reason
    small = phrase.worded and all(r.value == 1 or (r.value < 3 and not r.units) for r in phrase.readings)
    return "small numbers in words" if small and phrase.kind == "number" else ""


def _is_year(phrase: Phrase) -> bool:
    """Whether a number of years is the name of one, in any case: `2015 жылмен`."""
    in_years = phrase.readings and all(unit.name == "year" for r in phrase.readings for unit in r.units or _NO_UNIT)
    return bool(in_years) and all(FIRST_YEAR <= reading.value <= LAST_YEAR for reading in phrase.readings)


def _begins(line: PassageLine, passage: Passage) -> bool:
    """Whether a line begins a paragraph, or follows one that ends a sentence."""
    if line.first:
        return True
    before = passage.text[: line.start - passage.start].rstrip()
    return before[-1:] in (".", ";", ":", "!", "?")


def _is_heading(line: PassageLine, after: int) -> bool:
    rest = line.text[after:]
    return line.first and rest[:1].isupper() and len(rest.split()) <= _LONGEST_HEADING and rest[-1:] not in ".;,:?!"


def _reference_lists(found: tuple[Passage, ...]) -> Iterable[tuple[int, int]]:
    """Lists of references in the second half of a text, each up to an appendix or the end."""
    if not found:
        return
    half, begun = found[-1].end // 2, -1
    for line in (line for passage in found for line in passage.lines):
        if begun < 0 and line.start >= half and _REFERENCES.fullmatch(line.text):
            begun = line.start
        elif begun >= 0 and _AFTER_REFERENCES.match(line.text) and len(line.text.split()) <= _LONGEST_HEADING:
            yield begun, line.start
            begun = -1
    if begun >= 0:
        yield begun, found[-1].end
