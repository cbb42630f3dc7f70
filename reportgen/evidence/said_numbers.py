"""A claim or a quote in, the numbers and dates in it that are the value, each with its clause, what turns it there and
what its words name, out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from reportgen.evidence.dates_read import dates_in
from reportgen.evidence.fold import folded_words
from reportgen.evidence.quoted import Quoted
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import ListedWord, is_one_of, listed_words
from reportgen.language.scanner import phrases
from reportgen.language.words import folded, lower, tokens_of, words_of
from reportgen.late_patterns import regex
from reportgen.model.verdict import ValueKind

_MARKS = regex(r"(?<=\s)\(|[.;:!?()]+(?:\s|$)|,\s")
_SENTENCE = regex(r"[.;:!?](?:\s|$)")
VALUE = "{value}"
"""Where a claim prints the value."""
_STEM = 5
"""Letters by which words of one root are known."""

TextAgainst = tuple[str, Literal["error", "warning"]]
"""What a claim says against a quote, in the terms of its author, and how surely."""


@dataclass(frozen=True, slots=True)
class SaidNumber:
    """A number in a sentence."""

    text: str
    lang: str
    start: int
    end: int

    @property
    def outer(self) -> tuple[int, int]:
        """Where it begins and ends with its words of relation, whose negations are its own."""
        found = (phrase for phrase in phrases(self.text, self.lang) if phrase.start <= self.start < phrase.end)
        return next(((phrase.outer_start, phrase.outer_end) for phrase in found), (self.start, self.end))


def in_claim(text: str, lang: str) -> Iterator[SaidNumber]:
    start = text.find(VALUE)
    if start >= 0 and lexicon(lang).knows_turns:
        yield SaidNumber(text.replace(VALUE, "5", 1).replace(VALUE, "…"), lang, start, start + 1)


def in_quote(quote: Quoted, read: Sequence[str], kind: ValueKind = "number") -> Iterator[SaidNumber]:
    if kind == "date":
        yield from _dates_in_quote(quote, read)
    elif lexicon(quote.language).knows_turns:
        found = phrases(quote.text, quote.language)
        changes = [each for each in found if each.kind == "range" and each.sense != "range" and not each.void]
        for phrase in (each for each in found for each in (each.ends if each in changes else (each,))):
            if not phrase.void and any(phrase.text in text or text in phrase.text for text in read):
                yield SaidNumber(quote.text, quote.language, phrase.start, phrase.end)


def _dates_in_quote(quote: Quoted, read: Sequence[str]) -> Iterator[SaidNumber]:
    """The dates that were read; of one that is bounded, as in `not until 2019`, a negation is the bound's."""
    dates, _ = dates_in(quote.text, quote.language)
    folded_text = folded_words(quote.text)
    for date in dates if lexicon(quote.language).knows_turns else ():
        if date.text in read and not date.bound:
            yield SaidNumber(folded_text, quote.language, date.start, date.end)


@lru_cache(maxsize=64)
def clause_of(place: SaidNumber) -> tuple[int, int]:
    """Where the clause of a number begins and ends."""
    first, last = 0, len(place.text)
    for mark in _MARKS.finditer(place.text):
        if mark[0][0] == "," and _goes_on(place, mark.end()):
            continue
        first = mark.end() if mark.end() <= place.start else first
        last = min(last, mark.start()) if mark.start() >= place.end else last
    for word in turning_words(place):
        if "parts" in word.codes and word.end <= place.start:
            first = max(first, word.start)
        elif word.codes & {"parts", "parts_after"} and word.start >= place.end:
            last = min(last, word.start)
    return first, last


def _goes_on(place: SaidNumber, start: int) -> bool:
    """Whether a word behind a comma joins what follows to what is said of it: `it is untrue, that`."""
    after = lower(place.text[start:]).split(maxsplit=1)
    return bool(after) and after[0] in lexicon(place.lang).words("clause_goes_on")


@lru_cache(maxsize=64)
def turning_words(place: SaidNumber) -> tuple[ListedWord, ...]:
    """All words of a sentence that turn something, part clauses or compare."""
    return listed_words("turning", place.text, place.lang)


def turning(place: SaidNumber) -> str:
    """The word that denies or supposes what is said of a number."""
    word = turning_word(place)
    return word.text if word else ""


@lru_cache(maxsize=64)
def turning_word(place: SaidNumber) -> ListedWord | None:
    first, last = clause_of(place)
    if bare := _bare_denial(place):
        return bare
    for word in turning_words(place):
        if "before" in word.codes and first <= word.start and word.end <= place.outer[0]:
            return word
        if "after" in word.codes and place.outer[1] <= word.start and word.end <= last:
            return word
    return None


@lru_cache(maxsize=64)
def words_before(place: SaidNumber) -> tuple[str, ...]:
    """The words and signs of a sentence before its number."""
    return words_of(lower(place.text[: place.start]))


def _bare_denial(place: SaidNumber) -> ListedWord | None:
    """The negation that denies a number itself: `no 40`, `never had 40`, `without 40`. In doubt where it may be said
    of something else."""
    known = lexicon(place.lang)
    if not any(map(known.is_negation, words_before(place))):
        return None
    phrase = next((each for each in phrases(place.text, place.lang) if each.start <= place.start < each.end), None)
    if known.has_words and (phrase is None or not phrase.void):
        return None
    start = phrase.outer_start if phrase is not None and known.has_words else 0
    tokens = tokens_of(folded(place.text[start : place.start]))
    for token in tokens[: None if known.has_words else 0] or tokens[-1:]:
        if token.kind == "word" and known.is_negation(token.text):
            first, last = start + token.start, start + token.end
            listed = any(word.start <= first < word.end for word in turning_words(place))
            codes = frozenset(("before",) if listed else ("before", "doubtful"))
            return ListedWord(place.text[first:last], first, last, token.text, codes)
    return None


def condition_before(place: SaidNumber) -> ListedWord | None:
    """The word with which a sentence begins by a condition, where a comma parts that from the number: `Unless it is
    paid, 16 close`."""
    for word in listed_words("opposites", place.text, place.lang):
        if "if" in word.codes and word.end <= place.start and not any(map(str.isalnum, place.text[: word.start])):
            between = place.text[word.end : place.start]
            return word if "," in between and not _SENTENCE.search(between) else None
    return None


def names_in(place: SaidNumber, first: int, last: int) -> list[str]:
    """The words of a part of a sentence that may name something, by their beginnings."""
    known, text = lexicon(place.lang), place.text[first:last]
    told = {word.text for table in ("directions", "comparatives") for word in listed_words(table, text, place.lang)}
    short = known.grammar | known.words("changes") | known.words("fillers")
    short |= known.words("negation_fillers")
    return [
        word[:_STEM]
        for said in words_of(lower(text))
        for word in said.split("'")[-1 if known.words("elided") else 0 :]
        if len(word) >= _STEM - 1 and word not in told and not is_one_of(word, short) and not known.is_adverb(word)
    ]


def named_in(place: SaidNumber, first: int, last: int) -> set[str]:
    """The same, in no order."""
    return {*names_in(place, first, last)}


def meet(some: set[str], others: set[str]) -> bool:
    """Whether two sets of beginnings of words have one in common."""
    return any(one.startswith(other) or other.startswith(one) for one in some for other in others)
