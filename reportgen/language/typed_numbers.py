"""Running text in, what each run of digits in it is out: a year, a date, a name, a reference, or a typed number.

Pure. The text is a whole block (a paragraph, a cell), so that emphasis cannot split a number from its unit. Numbers,
dates and labels are found by the scanner; here it is decided which of them an author may type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import chain, pairwise
from typing import Literal

from reportgen.language.lexicon import MADE, Lexicon, lexicon
from reportgen.language.listed_words import is_one_of
from reportgen.language.literals import literal
from reportgen.language.number_phrases import NumberReading, Phrase
from reportgen.language.unit_names import noun
from reportgen.language.unit_reader import UnitReader
from reportgen.language.units import UnitTable
from reportgen.language.words import folded, lower, tokens_of, with_plain_digits
from reportgen.late_patterns import regex

DigitClass = Literal["year", "date", "name", "reference", "quote", "typed"]


@dataclass(frozen=True, slots=True)
class DigitRun:
    """Digits that a reader sees, and what they are."""

    start: int
    end: int
    kind: DigitClass
    readings: tuple[NumberReading, ...] = ()
    """What number they may be, unit and multiple included; only of typed ones."""


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A number spelled out before a unit or a counted noun."""

    start: int
    end: int
    text: str
    readings: tuple[NumberReading, ...]
    """What number it may be."""


DIGIT = r"\d²³¹¼-¾⁰⁴-⁹₀-₉⅐-⅟↉①-⒛⓪-⓿❶-➓㆒-㆕㈠-㈩㉈-㉏㉑-㉟㊀-㊉㊱-㊿𐄇-𐄳🄀-🄌"
"""Inside a character class: everything that reads as a digit, superscripts, fractions and circled ones too."""
HAS_DIGIT = regex(f"[{DIGIT}]")
_RUN = regex(f"[{DIGIT}]+(?:[.,:/⁄'’\u00a0\u202f\u2009][{DIGIT}]+| \\d{{3}}(?!\\d))*")
_SPLIT = regex(f"[{DIGIT}]+")
_RAISED_UNIT = regex(r"(?<=[mм])[²³](?!\w)")
_ADDRESS = regex(
    r"\b(?:(?:https?|ftp)://|www\.|doi:\s?10\.)[^\s<>]*[\w/]|(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b10\.\d{4,9}/[^\s<>]*[\w/]",
    re.I,
)

# Dates and spans of years that are written in digits and signs alone.
_YEAR = r"(?:1[89]\d\d|20\d\d|2100)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_NUMERIC_DATE = regex(
    rf"(?<![\w.,/-])(?:{_YEAR}-(?:0[1-9]|1[0-2])(?:-{_DAY})?|{_DAY}([./-]){_MONTH}\1{_YEAR}"
    rf"|{_MONTH}/{_DAY}/{_YEAR}|{_YEAR}/{_MONTH}/{_DAY})(?![\w%]|[.,/-]\d)"
)
_QUARTER = regex(rf"\b[QH][1-4](?=\s?{_YEAR}(?!\w))")
_SPAN = regex(rf"(?<![\w.,/]){_YEAR}\s?[–—/-]\s?(?:{_YEAR}|\d\d)(?!\w|[%‰°]|[.,:/]\d)")
_PLAIN_YEAR = regex(_YEAR)
_SIGNED = regex(r"(?:^|[^\w\ufffc])[-−+±~≈<>≤≥]\Z")
_SENTENCE = regex(r"[.!?…][\s\u00a0]+(?=[^\W\d_a-zа-яё])|\n{2,}")
_NEAR = 8
"""Phrases from that on which ends behind the start of a number, among which is the one that holds it."""
_PART = 256
"""Signs in a part of a text."""
_NEXT = regex(r"[\s\u00a0]?[-\u2011]?[\s\u00a0]?([^\W\d_]+)")
_AFTER = regex(r"(?:[\s\u00a0-](?:an?[\s\u00a0])?([\w’'-]+))?[\s\u00a0-]([^\W\d_]+)")


_BEFORE_YEAR = regex(
    r"(?:(\A|[.,;:!?…()«“„\"—–]\s*)|\b)([^\W\d_]+)[\s\u00a0]+"
    r"(?:\d{4}(?:,?[\s\u00a0]+[^\W\d_]{1,3}|[,/&–-])[\s\u00a0]*){0,3}\Z"
)
"""The word before a year or a row of years, and whether a clause begins with it."""
_LONGEST_BEFORE = 40
_BETWEEN = regex(r"\s*[=–—-]?\s*(?:[^\W\d_]+\s+)?")
_BEHIND_VALUE = regex(r"[\U000f0000-\U000ffffd][ \u00a0-]?([^\W\d_]{3,})")
"""A word behind what a call prints, which stands in the text as one private-use character."""


@cache
def _percent_words(language: str) -> frozenset[str]:
    """What the names of percent begin with, in the forms under which they are listed."""
    units = lexicon(language).units.items()
    return frozenset(word for word, found in units if any(name == "percent" for _, name in found))


class Classifier:
    """What digits mean in one language of one project."""

    def __init__(self, lang: str, names: Iterable[str], units: UnitTable) -> None:
        self._lang = lang
        self._lexicon = lexicon(lang)
        self._names = _alternatives(names)
        forms = {lower(folded(form)) for form in _nouns(lang, units)}
        self._nouns = frozenset(key for form in forms for key in self._lexicon.keys(form))
        self._long_nouns = tuple(form for form in forms if " " in form)
        self._number_word = number_word_pattern(self._lexicon.language)

    def runs(self, text: str, names: re.Pattern[str] | None = None) -> tuple[DigitRun, ...]:
        """Every run of digits in the text, in order. `names` are more words that hold digits."""
        if not HAS_DIGIT.search(text):
            return ()
        known = _KnownRuns(self._safe(text, names))
        found: list[DigitRun] = []
        pending = True
        phrases = [*_scanned(text, self._lang)]
        near = 0
        for run in _RUN.finditer(text):
            pieces = [DigitRun(*d.span(), known.kind(*d.span())) for d in _SPLIT.finditer(text, *run.span())]
            if pending and any(piece.kind == "typed" for piece in pieces) and self._lexicon.language != "en":
                # Terms and dates in English stand in texts of every language.
                known.add(self._read(text, "en"))
                pending = False
                pieces = [DigitRun(p.start, p.end, known.kind(p.start, p.end)) for p in pieces]
            if all(piece.kind == "typed" for piece in pieces):
                while near < len(phrases) and phrases[near].end <= run.start():
                    near += 1
                around = phrases[near : near + _NEAR]
                found.append(DigitRun(*run.span(), "typed", self._readings(text, *run.span(), around)))
            else:
                found += pieces
        return tuple(found)

    def begins_with_percent(self, text: str) -> bool:
        """Whether a text begins with the sign or a word for percent, and not with percentage points."""
        words = text.split(maxsplit=1)
        if not words or not (text[0] == "%" or _percent_words(self._lexicon.language) & {*self._keys(words[0])}):
            return False
        known = lower(folded(text))
        found = UnitReader(self._lexicon, folded(text), tokens_of(known)).unit_at(0)
        return found is not None and found[1][0].name == "percent"

    def _keys(self, word: str) -> tuple[str, ...]:
        return self._lexicon.keys(lower(folded(word)).strip(".,;:"))

    def number_words(self, text: str) -> tuple[NumberWord, ...]:
        """Numbers spelled out before a unit or a counted noun, across one adjective at most, or with a multiple ("two
        million"); multiples behind a printed value; no spans of time, and not what a multiple is ("a crore is ten
        million")."""
        if not self._number_word.search(text):
            return ()
        behind = (found for found in _BEHIND_VALUE.finditer(text) if self._is_multiple(found[1]))
        multiples = tuple(NumberWord(*found.span(1), found[1], ()) for found in behind)
        scanned = tuple(_scanned(text, self._lang))
        defined = {each.start for pair in pairwise(scanned) if self._is_definition(text, *pair) for each in pair}
        return multiples + tuple(
            NumberWord(start, end, text[start:end], _end_of(phrase, start))
            for phrase in scanned
            if phrase.start not in defined and phrase.worded and phrase.is_count and not phrase.is_time
            if self._is_counted(text, phrase) or self._has_multiple(phrase)
            for start, end in phrase.numerals
            if lower(folded(text[start:end])) not in self._lexicon.scales  # "млрд тенге" names a unit
            and not text[start].isdecimal()  # of "six to 35 months"
        )

    def _is_definition(self, text: str, one: Phrase, other: Phrase) -> bool:
        """`a crore is ten million`: a multiple, a word or a dash, and the very same number in other words."""
        if not (one.worded and other.worded and _BETWEEN.fullmatch(text, one.end, other.start)):
            return False
        word, scales = lower(folded(one.text)).rpartition(" ")[2], self._lexicon.scales
        values = {reading.value for reading in (*one.readings, *other.readings)}
        return values == {scales.get(word)} and word not in lower(folded(other.text)).split()

    def _is_multiple(self, word: str) -> bool:
        """Whether a word multiplies the number before it: a value that is printed and `thousand` are another number."""
        return any(key in self._lexicon.scales for key in self._lexicon.keys(lower(folded(word))))

    def _safe(self, text: str, names: re.Pattern[str] | None) -> Iterator[DigitRun]:
        """What is no number, first the surest."""
        for pattern in (self._names, names, _ADDRESS, _RAISED_UNIT):
            for found in pattern.finditer(text) if pattern else ():
                yield DigitRun(*found.span(), "name")
        kinds: tuple[tuple[re.Pattern[str], DigitClass], ...] = (
            (_NUMERIC_DATE, "date"),
            (_QUARTER, "date"),
            (_SPAN, "year"),
        )
        plain = with_plain_digits(text)
        for written, kind in kinds:
            for found in written.finditer(plain):
                is_count = self._counts(text, found.end()) or _is_signed(text, found.start())
                if not is_count and (kind != "year" or _is_span(found.group())):
                    yield DigitRun(*found.span(), kind)
        yield from self._read(text, self._lang)

    def _read(self, text: str, lang: str) -> Iterator[DigitRun]:
        """The dates, years and labels that the scanner reads."""
        known = lexicon(lang)
        for phrase in _scanned(text, lang):
            kind = _class_of(text, phrase, known)
            if kind == "year" and lang != self._lang:
                continue
            is_timed = kind == "year" and _is_timed(text, phrase.start, known)
            if kind and (is_timed or not self._counts(text, phrase.end)):
                yield DigitRun(phrase.start, phrase.end, kind)

    def _readings(self, text: str, start: int, end: int, around: Iterable[Phrase]) -> tuple[NumberReading, ...]:
        """What the scanner reads there, else what the digits say by themselves."""
        for phrase in around:
            if phrase.start <= start and end <= phrase.end and (found := _end_of(phrase, start)):
                return found
        try:
            number = literal(folded(text[start:end]).replace(" ", ""), self._lexicon.decimal)
        except ValueError:
            return ()
        return (NumberReading(*number),) if number else ()

    def _counts(self, text: str, end: int) -> bool:
        """Whether a counted noun follows."""
        found = _NEXT.match(text, end) if text[end - 1].isdigit() else None
        if found is None:
            return False
        return self._is_noun(found[1]) or any(
            lower(folded(text[found.start(1) :])).startswith(form) for form in self._long_nouns
        )

    def _is_noun(self, word: str) -> bool:
        return any(key in self._nouns for key in self._lexicon.keys(lower(folded(word))))

    def _has_multiple(self, phrase: Phrase) -> bool:
        """`two million`: no way of saying "many", as `a million` is, nor a step, as `ten thousands`."""
        words = lower(folded(phrase.text)).split()
        steps = self._lexicon.language == "en" and words[-1].endswith("s")
        return not (phrase.void or steps) and any(
            word in self._lexicon.scales and before in self._lexicon.numbers for before, word in pairwise(words)
        )

    def _is_counted(self, text: str, phrase: Phrase) -> bool:
        readings = (*phrase.readings, *phrase.low)
        everyday = self._lexicon.words("everyday_units")
        if any(reading.units for reading in readings):
            return lower(phrase.text.rpartition(" ")[2]) not in everyday
        found = _AFTER.match(text, phrase.end)
        if found is None:
            return False
        first = found[1] or found[2]
        if self._is_noun(first):
            return True
        known, word = self._lexicon, lower(folded(first))
        is_grammar = word in known.prepositions or word in known.conjunctions or word in known.articles
        is_grammar = is_grammar or is_one_of(word, frozenset(known.data.get("dates", {}).get("grammar", ())))
        return found[1] is not None and not is_grammar and self._is_noun(found[2])


def name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """What finds the words with digits and letters among `names`."""
    return _alternatives(name for name in names if re.search(r"[^\W\d_]", name))


@cache
def number_word_pattern(*languages: str) -> re.Pattern[str]:
    """What finds the number words of some languages, each by itself."""
    return re.compile(number_words_of(languages), re.I)


def number_words_of(languages: Iterable[str] = MADE) -> str:
    """The same, not compiled; of all languages whose words are known, unless some are named."""
    words = {
        word
        for known in map(lexicon, languages)
        for word in chain(known.numbers, known.scales, known.data.get("halves", ()), known.data.get("half_scales", ()))
        if word.isalpha() and len(word) > 1
    }
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(word[1:].replace("е", "[её]"))
    listed = "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in by_first.items())
    return rf"(?<![^\W_])(?:{listed or '(?!)'})(?![^\W_])"


def _end_of(phrase: Phrase, start: int) -> tuple[NumberReading, ...]:
    """The readings of a number, or of the end of a range at `start`."""
    if phrase.kind != "range":
        return phrase.readings
    return phrase.low if start < phrase.numerals[0][1] else phrase.high


def _scanned(text: str, lang: str) -> Iterator[Phrase]:
    """The number phrases of the sentences that have a digit or a number word."""
    from reportgen.language.scanner import phrases

    words = number_word_pattern(lexicon(lang).language)
    start = 0
    for end in (*(found.end() for found in _SENTENCE.finditer(text)), len(text)):
        if HAS_DIGIT.search(text, start, end) or words.search(text, start, end):
            yield from (_moved(phrase, start) for phrase in phrases(text[start:end], lang))
        start = end


def _moved(phrase: Phrase, by: int) -> Phrase:
    if not by:
        return phrase
    numerals = tuple((start + by, end + by) for start, end in phrase.numerals)
    return replace(phrase, start=phrase.start + by, end=phrase.end + by, numerals=numerals)


class _KnownRuns:
    """What is no number in a text; of runs that hold the same digits, the first says what they are."""

    def __init__(self, runs: Iterable[DigitRun]) -> None:
        self._by_part: dict[int, list[DigitRun]] = {}
        """Number of a part of the text -> the runs that touch it."""
        self.add(runs)

    def add(self, runs: Iterable[DigitRun]) -> None:
        for run in runs:
            for part in range(run.start // _PART, run.end // _PART + 1):
                self._by_part.setdefault(part, []).append(run)

    def kind(self, start: int, end: int) -> DigitClass:
        """What the digits from `start` to `end` are."""
        near = self._by_part.get(start // _PART, ())
        return next((run.kind for run in near if run.start <= start and end <= run.end), "typed")


def _is_timed(text: str, at: int, known: Lexicon) -> bool:
    """Whether what stands before a year says that it is one, and counts no noun behind it: `since 2019 visits fell`,
    and where a clause begins `In 2019 libraries closed`; but `it works in 2019 rooms`."""
    found = _BEFORE_YEAR.search(text, max(0, at - _LONGEST_BEFORE), at)
    years = known.data.get("years", {})
    if found is None or not years:
        return False
    word = lower(folded(found[2]))
    if word in years.get("only", ()):
        return True
    is_round = with_plain_digits(text[at : at + 4]).endswith("00")  # `In 2000 boats they fled.`
    return found[1] is not None and not is_round and word in years.get("clause", ())


def _is_signed(text: str, at: int) -> bool:
    """Whether a sign of a number stands before it, and belongs to nothing else."""
    return _SIGNED.search(text[max(0, at - 2) : at]) is not None


def _class_of(text: str, phrase: Phrase, known: Lexicon) -> DigitClass | None:
    """What a phrase of digits is, where it is no number."""
    if phrase.worded or phrase.kind == "range":
        return None
    dates, digits = known.data.get("dates", {}), re.search(r"\d+", with_plain_digits(phrase.text))
    if phrase.kind == "label" and phrase.void == "it is a label":
        return None if known.scales.keys() & lower(folded(phrase.text)).split() else "reference"
    if phrase.kind == "date" and phrase.void == "it is a date":
        return "date"
    is_year = digits is not None and _PLAIN_YEAR.fullmatch(digits.group()) is not None
    if is_year and (phrase.kind == "year" or phrase.void == "it is a year or a decade"):
        before = re.search(r"[^\W\d_]*\Z", text[max(0, phrase.start - 12) : phrase.start])
        glued = lower(before.group()) if before else ""
        is_free = not glued or glued in lexicon("en").data["dates"]["fiscal_short"]
        return "year" if is_free and not _is_signed(text, phrase.start) else None
    if digits is None or phrase.kind not in ("number", "ordinal"):
        return None
    inside = re.search(r"-([^\W\d_]+)$", phrase.text)
    after = _NEXT.match(text, phrase.end)
    following = [lower(folded(found[1])) for found in (inside, after) if found]
    if any(_is_period(word, dates) for word in following) and int(digits.group()) <= 4:
        return "date"
    return "year" if _is_decade(text, phrase, digits.group(), following, known) else None


def _is_period(word: str, dates: dict[str, list[str]]) -> bool:
    return is_one_of(word, frozenset((*dates.get("quarters", ()), *dates.get("halves", ()))))


def _is_decade(text: str, phrase: Phrase, digits: str, following: list[str], known: Lexicon) -> bool:
    """`’90s`, `90-е годы`, `90-жылдар`: of a century that is not written."""
    if len(digits) != 2 or digits[1] != "0":
        return False
    if text[phrase.start - 1 : phrase.start] in ("'", "’") and phrase.text.endswith("s"):
        return True
    years = frozenset(known.data.get("dates", {}).get("year_words", ()))
    return phrase.text[2:3] == "-" and any(key in years for word in following for key in known.keys(word))


def _is_span(text: str) -> bool:
    """Whether the second year is the later: `2019-21`, but not `2021-13`."""
    first, last = re.findall(r"\d+", text)
    return int(last) > int(first) or (len(last) == 2 and int(last) > int(first[2:]))


def _nouns(lang: str, units: UnitTable) -> Iterator[str]:
    """The project's counted nouns, in a language and in English."""
    for name, symbol in units.symbols.items():
        if symbol.kind == "count":
            yield name
            for count in (Decimal(1), Decimal(2), Decimal(5)):
                yield noun(name, count, lang, units)
                yield noun(name, count, "en", units)
    for form in units.forms.values():
        for text in (form.short, form.long, *(text for _, text in form.plural)) if form.kind == "count" else ():
            yield from (text.in_language(lang), text.in_language("en"))
    yield from (alias for alias, name in units.aliases.items() if units.symbols[name].kind == "count")


def _alternatives(names: Iterable[str]) -> re.Pattern[str] | None:
    words = sorted((name for name in names if HAS_DIGIT.search(name)), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") if words else None
