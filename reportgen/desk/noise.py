"""A number and the line that it stands in in, why it is no fact worth proposing out; empty where it may be. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from reportgen.desk.numbering import Ordering, ordering_of
from reportgen.evidence.passages import Passage, PassageLine
from reportgen.language.lexicon import PrintedUnit
from reportgen.language.number_phrases import NumberReading, Phrase
from reportgen.language.reader import FIRST_YEAR, LAST_YEAR
from reportgen.late_patterns import regex

_ADDRESS = regex(
    r"\b(?:https?|ftp)://\S+|\bwww\.\S+|(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\bdoi:? ?10\.\S+|\b10\.\d{4,9}/\S+"
    r"|\bIS[BS]N(?:-1[03])?:? ?[\dXx -]{8,17}|\barXiv:\S+",
    re.IGNORECASE,
)
_PHONE = regex(
    r"(?:\+\d{1,3}|\b00\d{1,3})(?:[ ().-]{0,2}\d{2,4}){2,5}"
    r"|\b(?:tel|phone|fax|mobile|call|тел|факс)\b\.?:? ?\+?[\d ().-]{6,20}\d|\(\d{3}\) ?\d{3}-\d{4}",
    re.IGNORECASE,
)
_BRACKETED = regex(r"\[\d{1,3}(?:(?:, ?|-)\d{1,3})*\]")
_PAGE = regex(
    r"\W*(?:page|p\.?|pp\.?|стр\.?|с\.|страница|бет)?\s*\d{1,4}(?:\s*(?:of|/|из)\s*\d{1,4})?\W*", re.IGNORECASE
)
_LISTED = regex(r"\(?\d{1,3}[.)](?=\s)")
_HEADING = regex(r"\d{1,2}(?:\.\d{1,2}){0,3}(?:\. ?| )(?=[^\W\d_])")
_HEADING_ALONE = regex(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,2}\.")
_EQUATION = regex(r"\(\d{1,3}(?:\.\d{1,2})?\)$")
_WORD = regex(r"[^\W\d_]{3,}")
_DIGITS = regex(r"\d+(?:[.,]\d+)*")
_REFERENCES = regex(
    r"(?:\d+\.? )?(?:references|bibliography|works cited|literature cited|endnotes|литература|библиография"
    r"|список (?:использованной )?литературы|список использованных источников"
    r"|(?:пайдаланылған )?әдебиеттер(?: тізімі)?)\W*",
    re.IGNORECASE,
)
_AFTER_REFERENCES = regex(
    r"(?:\d+\.? )?(?:appendix|appendices|annex|annexes|приложени[ея]|қосымша(?:лар)?)\b", re.IGNORECASE
)
_ROW_OF_NUMBERS = regex(r"(?:\| *[-−–]?[\d.,]*\d%? *){2,}(?:\||$)")
_ROWS_OF_A_TABLE = 4
_SMALL = 10
_OLDEST = 110
_ZONE = r"(?:[ECMP][SD]?T|GMT|UTC|CES?T|BST|MSK)\b"
_CLOCK_AFTER = regex(rf" ?(?:[aApP]\.?[mM]\b|o'clock|{_ZONE})")
_CLOCK = regex(rf"\b\d{{1,2}}[.:]\d{{2}} ?(?:[aApP]\.?[mM]\b|{_ZONE})")
_COUNTER = regex(
    r" (?:comments?|shares?|likes?|views?|votes?|retweets?|followers?|min(?:ute)?s? read|replies|items?)\W*$",
    re.IGNORECASE,
)
_AGO = regex(r" ?(?:minutes?|hours?|days?|weeks?|months?|years?)? ?(?:ago|назад|бұрын)\b", re.IGNORECASE)
_FEW_WORDS = 6
_AGE_AFTER = regex(r"(?:[- ](?:years?|months?))?[- ]olds?\b|-летн|-жас", re.IGNORECASE)
_AGED = regex(r"\bage(?:d|s| group)? (?:of |from |between )?$", re.IGNORECASE)
_AGE_BEFORE = regex(r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w'’-]+ [A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w'’-]+, $")
_NAME_BEFORE = regex(r"[\w’'.,-]+ [A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w.’'-]*[ .]$")
_NAME_ENDS = regex(r"[.,;:)\]]|$| (?:is|was|are|were|has|had|will|for|to|on|with|from|является|был[аи]?)\b")
_NAME_AFTER = regex(r" (?:CFR|MAX|FR|USC|U\.S\.C)\b| [A-Z]{2,}\b(?! [a-zа-я]+s\b)")
_BRACKET_BEFORE = regex(r"(?:^|\s)\($")
_PUBLISHED = regex(
    r"\b(?:published|updated|posted|modified|last edited|retrieved|accessed|archived from"
    r"|опубликован\w*|обновлен\w*|жарияланған)\b",
    re.IGNORECASE,
)
_DATE_WORDS = regex(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b"
    r"|\b(?:am|pm|at|on|by|first|last|gmt|utc|est|edt|bst|cet|et|pt|г|года|жылы|жылғы)\b"
    r"|\b(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*",
    re.IGNORECASE,
)
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
    ordering: Ordering
    """The numbers that order the text."""
    beside: tuple[tuple[int, int], ...] = ()
    """What stands beside the text of a web page, in the folded text."""

    @classmethod
    def of(cls, found: Iterable[Passage], *, is_table: bool, beside: tuple[tuple[int, int], ...] = ()) -> NoiseFinder:
        listed = tuple(found)
        lines = Counter(line.text for passage in listed for line in passage.lines)
        repeated = frozenset(text for text, times in lines.items() if times >= _REPEATED and not is_table)
        ordering = ordering_of(() if is_table else listed)
        return cls(repeated, tuple(_reference_lists(listed)), is_table, ordering, beside)

    def reason(self, start: int, end: int, passage: Passage, phrase: Phrase | None, *, is_date: bool = False) -> str:
        """Why what stands at a place is no fact, in a word or two that are counted; empty where nothing says so."""
        line = passage.line_at(start)
        is_row = " | " in line.text or line.text.startswith("| ")
        if any(first <= start < last for first, last in self.references):
            return "in lists of references"
        if any(first <= start < last for first, last in self.beside):
            return "beside the text of the page"
        if any(found.start() <= start - passage.start < found.end() for found in _spans(_ADDRESS, passage)):
            return "in addresses and numbers of books"
        if any(found.start() <= start - passage.start < found.end() for found in _spans(_PHONE, passage)):
            return "in telephone numbers"
        if any(found.start() <= start - passage.start < found.end() for found in _spans(_BRACKETED, passage)):
            return "references in brackets"
        if reason := self.ordering.reason(start):
            return reason
        if reason := _of_words(start, end, passage, phrase, is_date=is_date):
            return reason
        return self._of_line(start, end, line, passage, is_row=is_row) or (_of_phrase(phrase) if phrase else "")

    def _of_line(self, start: int, end: int, line: PassageLine, passage: Passage, *, is_row: bool) -> str:
        if line.text in self.repeated:
            return "in lines that repeat"
        if self.is_table or is_row:
            return ""
        if _PAGE.fullmatch(line.text):
            return "page numbers"
        if not _WORD.search(line.text) and len(_DIGITS.findall(line.text)) >= 3:
            return "in lines of mere numbers"
        if _HEADING_ALONE.fullmatch(line.text):
            return "numbers of headings"
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
    small = (
        phrase.worded
        and not phrase.relations
        and all(r.multiple == 1 and r.value <= _SMALL and _is_of_time(r) for r in phrase.readings)
    )
    return "small numbers in words" if small and phrase.kind == "number" else ""


def _is_of_time(reading: NumberReading) -> bool:
    """Whether a number counts nothing, or time: `nine months ago`, `two of them`."""
    return all(base in ("s", "month") for unit in reading.units for base, _ in unit.powers)


_FORMULA = regex(r"(?:(?:Al|As|Br|Ca|Cd|Cl|Cr|Cu|Fe|Hg|Na|Ni|Pb|Si|Zn|[BCFHIKNOPSU])\d{0,2}){2,}e?")
"""`CO2`, `N2O`, `CH4`, `CO2e`."""


def _of_words(start: int, end: int, passage: Passage, phrase: Phrase | None, *, is_date: bool) -> str:
    """Why the words around a place make it no fact; empty where they do not."""
    line = passage.line_at(start)
    before, after = line.text[: start - line.start], line.text[end - line.start :]
    if _CLOCK_AFTER.match(after) or _CLOCK.search(line.text[max(0, start - line.start - 3) : end - line.start + 12]):
        return "times of day"
    if _COUNTER.match(after) or (_AGO.match(after) and len(line.text.split()) <= _FEW_WORDS):
        return "counters of a page"
    read = (*phrase.readings, *phrase.low, *phrase.high) if phrase is not None else ()
    is_small = any(not r.units and r.value <= _OLDEST for r in read)
    is_old = phrase is not None and re.search(r"[- ]olds?$", phrase.text)
    is_age = _AGED.search(before) or (_AGE_BEFORE.search(before) and re.match(r"[,).]", after))
    if is_old or _AGE_AFTER.match(after) or (is_small and is_age):
        return "ages of people"
    is_whole = line.text[start - line.start : end - line.start].isdecimal()
    if is_small and is_whole and _BRACKET_BEFORE.search(before) and re.match(r"\) [a-zа-я]", after):
        return "numbers of lists"
    is_bare = phrase is not None and phrase.kind == "number" and not phrase.relations and not phrase.worded
    if is_bare and phrase is not None and all(not r.units and r.multiple == 1 for r in phrase.readings):
        is_named = _NAME_BEFORE.search(before) and _NAME_ENDS.match(after)
        if is_named or _NAME_AFTER.match(after):
            return "numbers of names"
    if phrase is None and not is_date and _FORMULA.fullmatch(line.text[start - line.start : end - line.start]):
        return "formulas of substances"
    if is_date and _is_dateline(line.text):
        return "dates of publication"
    return ""


def _is_dateline(line: str) -> bool:
    """Whether a line says little but when it was published."""
    rest = _DATE_WORDS.sub(" ", line)
    words = re.findall(r"[^\W\d_]{2,}", rest)
    return (
        len(words) <= 3 and not re.search(r"[.!?]$", line.strip()) if not _PUBLISHED.search(line) else len(words) <= 9
    )


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
    """Lists of references in the second half of a text, each up to an appendix, a table of numbers or the end."""
    if not found:
        return
    half, begun = found[-1].end // 2, -1
    rows: list[int] = []
    for line in (line for passage in found for line in passage.lines):
        rows = [*rows, line.start] if _ROW_OF_NUMBERS.search(line.text) else []
        if begun >= 0 and len(rows) >= _ROWS_OF_A_TABLE:
            yield begun, rows[0]
            begun = -1
        if begun < 0 and line.start >= half and _REFERENCES.fullmatch(line.text):
            begun = line.start
        elif begun >= 0 and _AFTER_REFERENCES.match(line.text) and len(line.text.split()) <= _LONGEST_HEADING:
            yield begun, line.start
            begun = -1
    if begun >= 0:
        yield begun, found[-1].end
