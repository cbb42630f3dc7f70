"""A claim and a quote that prints its number in, where the claim names what the quote names beside another number, out.
Pure.

Told is only what a quote says in a row, each number with one name, in one form: `Mombasa 1,034, Kisumu 410`, `12% in
Graz and 14% in Linz`. In any other sentence a name may stand nearer to a number than what the number is said of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportgen.evidence.dates_read import dates_in
from reportgen.evidence.fold import folded_words
from reportgen.evidence.quoted import Quoted
from reportgen.evidence.said_numbers import VALUE
from reportgen.evidence.word_forms import word_forms
from reportgen.evidence.words_read import ReadWord, same_word, words_of
from reportgen.language.countries import code_of
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import listed_words
from reportgen.language.scanner import phrases
from reportgen.late_patterns import regex
from reportgen.model.text import Text
from reportgen.model.verdict import VerdictProblem

_NAME = regex(r"[^\W\d_][\w'’-]*(?:\.(?=\s[^\W\d_]))?")
_JOINS_NAME = regex(r"\s+(?:(?:de|del|da|do|dos|di|du|des|la|le|el|al|of|the|and|y|e|am|an der|upon|ibn|bin)\s+){0,2}")
_PARTS = regex(r"[,;/|–—]|\s-\s|[.:!?]\s")
_BREAKS = regex(r"[,;|]|[.!?]\s")
_LONGEST = 60
"""Characters between a name and its number."""


@dataclass(frozen=True, slots=True)
class _PlaceInARow:
    """A name, or numbers with nothing named between them."""

    start: int
    end: int
    words: tuple[ReadWord, ...] = ()
    """Of a name; empty for numbers."""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _NamedNumber:
    """A name and the numbers that a text has beside it."""

    name: str
    words: tuple[ReadWord, ...]
    numbers: tuple[str, ...]


def other_name(
    claim: Text, site: str, quotes: Sequence[Quoted], read: Sequence[Sequence[str]]
) -> VerdictProblem | None:
    """A warning of a claim that names one of the names that a quote has in a row, where the value stands beside
    another of them, which the claim does not name. `site` is the language of texts without a tag."""
    for quote, texts in zip(quotes, read, strict=True):
        pairs = _in_a_row(quote) if not quote.carries and texts else ()
        texts = [folded_words(each) for each in texts]
        own = [pair for pair in pairs if any(_is_read(number, texts) for number in pair.numbers)]
        if len(own) != 1:
            continue
        for tag, text in claim.by_language:
            others = [pair for pair in pairs if pair is not own[0]]
            named = _named(text, tag or site, [own[0], *others], quote.language)
            if named and own[0] not in named:
                number = next(each for each in own[0].numbers if _is_read(each, texts))
                message = f'the quote has "{number}" beside "{own[0].name}", and the claim names "{named[0].name}"'
                hint = (
                    f'write the number that stands beside "{named[0].name}"; name "{own[0].name}" in the claim; or say'
                    " in reading: why both are so"
                )
                return VerdictProblem("value-contradicted", message, hint, "warning")
    return None


def _is_read(number: str, texts: Sequence[str]) -> bool:
    return number in texts or any(number in text or text in number for text in texts if len(text) > 1 < len(number))


def _named(claim: str, lang: str, pairs: Sequence[_NamedNumber], theirs: str) -> list[_NamedNumber]:
    """The pairs whose name a claim has. In another language than the quote's, names may be written otherwise: there
    countries alone are compared, or nothing is found where a claim has further names."""
    text = claim.replace(VALUE, "…")
    words = words_of(text, lang)
    if lang.partition("-")[0] == theirs.partition("-")[0]:
        forms = word_forms(lang)
        return [
            pair
            for pair in pairs
            if any(same_word(mine, word, forms) for mine in words for word in pair.words if _is_telling(word, pairs))
        ]
    codes = [code_of(pair.name, theirs) for pair in pairs]
    names = [" ".join(word.text for word in each.words) for each in _names(text, lang)]
    if all(codes):
        mine = {code_of(name, lang) for name in names}
        return [pair for pair, code in zip(pairs, codes, strict=True) if code in mine]
    found = [pair for pair in pairs if pair.name in names]
    return found if len({*names} - {pair.name for pair in found}) == 0 else []


def _is_telling(word: ReadWord, pairs: Sequence[_NamedNumber]) -> bool:
    """Whether a word of a name tells it from the others: `Port` of `Port Louis` does not beside `Port Sudan`."""
    return sum(any(word.form == other.form for other in pair.words) for pair in pairs) == 1 and len(word.text) > 2


def _in_a_row(quote: Quoted) -> tuple[_NamedNumber, ...]:
    """The names of a quote, each with its numbers, where they take turns and are all in one form."""
    text, lang = folded_words(quote.text), quote.language
    numbers = [*_numbers(text, lang)]
    names = [*_names(text, lang)]
    if len(numbers) < 2 or len(names) < 2:
        return ()
    for some in (names, names[1:]):  # a sentence's first word has a capital anyway
        places = _together(sorted((*some, *numbers), key=lambda place: place.start))
        pairs = [*zip(places[::2], places[1::2], strict=False)]
        turns = len(places) % 2 == 0 and len(pairs) > 1 and len({bool(place.words) for place in places[::2]}) == 1
        if turns and all(bool(one.words) != bool(other.words) for one, other in pairs) and _alike(text, lang, pairs):
            return tuple(
                _NamedNumber(text[name.start : name.end], name.words, other.numbers)
                for name, other in ((one, two) if one.words else (two, one) for one, two in pairs)
            )
        if text[: names[0].start].strip(" \"'“„«("):
            break
    return ()


def _together(places: Sequence[_PlaceInARow]) -> list[_PlaceInARow]:
    """Numbers that follow each other as one."""
    found: list[_PlaceInARow] = []
    for place in places:
        if found and not place.words and not found[-1].words:
            found[-1] = _PlaceInARow(found[-1].start, place.end, (), (*found[-1].numbers, *place.numbers))
        else:
            found.append(place)
    return found


def _alike(text: str, lang: str, pairs: Sequence[tuple[_PlaceInARow, _PlaceInARow]]) -> bool:
    """Whether each pair stands together, apart from the next, and the same word stands before each name."""
    within = (text[one.end : other.start] for one, other in pairs)
    if any(len(each) > _LONGEST or _BREAKS.search(each) for each in within):
        return False
    words = [word for word in listed_words("turning", text, lang) if word.codes & {"parts", "compared"}]
    words += listed_words("side_by_side", text, lang)
    for (_, end), (start, _) in pairwise(pairs):
        between = text[end.end : start.start]
        joined = any(end.end <= word.start and word.end <= start.start for word in words)
        if not joined and not _PARTS.search(between):
            return False
    names = [one if one.words else other for one, other in pairs]
    known = lexicon(lang)
    ahead = set()
    for name in names:
        before = [each.lower() for each in text[: name.start].replace("(", " ( ").split()]
        while before and before[-1] in known.articles:
            before.pop()
        ahead.add(before[-1] if before and before[-1] in known.prepositions else "")
    return len(ahead) == 1


def _numbers(text: str, lang: str) -> Iterator[_PlaceInARow]:
    dates = [(date.start, date.end) for date in dates_in(text, lang)[0]]
    for phrase in phrases(text, lang):
        if phrase.is_count and not phrase.is_time and not _within(phrase.start, dates):
            yield _PlaceInARow(phrase.start, phrase.end, (), (phrase.text,))


def _names(text: str, lang: str) -> Iterator[_PlaceInARow]:
    """Runs of words with capitals, without those that are part of a number or of a date, and in a language whose nouns
    have capitals without what a number counts."""
    read = [*phrases(text, lang)]
    taken = [(phrase.start, phrase.end) for phrase in read]
    taken += [(date.start, date.end) for date in dates_in(text, lang)[0]]
    known = lexicon(lang)
    run: list[tuple[int, int]] = []
    for found in (*_NAME.finditer(text), None):
        is_name = (
            found is not None
            and found[0][0].isupper()
            and not _within(found.start(), taken)
            and not (found[0].lower() in known.grammar and (len(found[0]) == 1 or not found[0].isupper()))
            and not (found[0].isupper() and len(found[0]) > 1 and not code_of(found[0], lang))
            and not (known.data.get("nouns_have_capitals") and any(text[p.end : found.start()] == " " for p in read))
        )
        if found is not None and is_name and run and _JOINS_NAME.fullmatch(text, run[-1][1], found.start()):
            run.append(found.span())
            continue
        if found is None or is_name:
            if run:
                start, end = run[0][0], run[-1][1]
                words = tuple(
                    word for word in words_of(text, lang) if start <= word.start < end and word.text[0].isupper()
                )
                if words:
                    yield _PlaceInARow(start, end, words)
            run = [found.span()] if found is not None else []


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)
