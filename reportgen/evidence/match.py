"""An archived text and a quote in, where the quote stands or what stands nearest, out. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from reportgen.evidence.date_groups import printed_dates
from reportgen.evidence.date_words import date_words
from reportgen.evidence.denials import denied_beside, denies_another
from reportgen.evidence.fold import LINE_JOIN, FoldedText, fold, folded_words
from reportgen.evidence.governing import left_out_of
from reportgen.evidence.moods import mood_beside
from reportgen.evidence.nearest import Difference, nearest
from reportgen.evidence.pieces import FURTHEST, parted, pieces_of, places_together, short_piece
from reportgen.evidence.word_forms import is_negation, turns_rate
from reportgen.language.cutting import cut
from reportgen.language.scanner import phrases
from reportgen.late_patterns import regex
from reportgen.model.lock import LeftOut

_WINDOW = 120
"""How far to either side of a quote's edge a number is looked for, in characters."""
_AROUND = 400
"""How far to either side of a quote is looked at all."""
_BOUND_AROUND = 60
"""How far to either side of a quote a word may make a date in it a bound of time, in characters."""
_PARAGRAPH = "¶"
_COMPOUND = regex(r"(?<=[^\W_])(?:-(?=[^\W_])|'(?=t(?!\w)))")
"""Where a word goes on past its letters: `non-resident`, `can't`. Without its other half it says something else."""
_KK_LETTERS = frozenset("әғқңөұүһі")
_CYRILLIC = regex("[а-я]", re.IGNORECASE)
_EQUAL = frozenset(("amounted to", "amount to", "amounts to"))
_WORD_BEFORE = regex(r"(?<!\S)[(\"'\[]*([^\W_]+(?:'[^\W_]+)?) [(\"'\[]*$")
_PERIOD = regex(r"\b(?:a|an|each|every|per) [^\W\d_]+\Z")
_WORD_AFTER = regex(r" [(\"'\[]*([^\W_]+(?:'[^\W_]+)?)")

MissKind = Literal["absent", "cut-word", "cut-number", "cut-bound", "cut-negation", "cut-mood", "short-piece", "empty"]


@dataclass(frozen=True, slots=True)
class Match:
    """The one place where a quote stands."""

    start: int
    """Code-point offset of the quote, without prefix and suffix, in the text before folding."""
    end: int
    """One past its last code point."""
    pieces: tuple[tuple[int, int], ...] = ()
    """Half-open offsets of each piece, where a mark parts the quote; empty where none does."""
    outer: tuple[int, int] = field(default=(0, 0), compare=False)
    """Half-open offsets of prefix, quote and suffix together in the folded text."""
    left_out: tuple[LeftOut, ...] = field(default=(), compare=False)
    """What of its sentence the quote leaves out, and that says something of its numbers."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A quote that does not stand in the text."""

    kind: MissKind
    reason: str
    """In the author's terms, without a full stop."""
    nearest: str = ""
    """The passage that is most like the quote, as archived; empty if nothing is like it."""
    marked: str = ""
    """That passage with each difference as `[quote's → source's]`."""
    differences: tuple[Difference, ...] = ()
    start: int = 0
    """Where the nearest passage stands in the text before folding."""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A quote that stands in the text more than once."""

    places: tuple[tuple[int, int], ...]
    """Half-open code-point offsets in the text before folding."""
    contexts: tuple[str, ...]
    """Each place with a few words around it, so that a prefix or suffix can be chosen."""


def find_quote(
    text: FoldedText | str, prefix: str, quote: str, suffix: str, language: str = ""
) -> Match | Miss | Ambiguous:
    """Find a quote between its prefix and suffix, whole or in the pieces that its marks part.

    A text that is searched more than once is best folded beforehand. `language` is the source's; without it the words
    of every language with a hand-made lexicon count.
    """
    folded = fold(text) if isinstance(text, str) else text
    whole = folded_words(quote)
    if not any(character.isalnum() for character in whole):
        return Miss("empty", "the quote holds no letter or digit")
    before, after = folded_words(prefix), folded_words(suffix)
    found = _found(folded, (before, whole, after), language)
    pieces = pieces_of(quote)
    if len(pieces) == 1 or isinstance(found, Match | Ambiguous):
        return found
    # The source itself may have such a mark: only a quote that does not stand there whole is in pieces.
    return _found_in_pieces(folded, before, pieces, after, language)


def _found(folded: FoldedText, parts: tuple[str, str, str], language: str) -> Match | Miss | Ambiguous:
    places, cut = _whole_places(folded, parts, language)
    if len(places) == 1:
        found = Match(*folded.span(*places[0]), outer=_outer(folded.text, parts, places[0]))
        return _with_its_sentence(folded, found, places, language)
    if places:
        return _ambiguous(folded, [folded.span(*place) for place in places])
    return cut or _absent(folded, " ".join(filter(None, parts)), language)


def _found_in_pieces(
    folded: FoldedText, before: str, pieces: tuple[str, ...], after: str, language: str
) -> Match | Miss | Ambiguous:
    if short := short_piece(pieces):
        return Miss("short-piece", f'the piece "{short}" has fewer than two words')
    found: list[list[tuple[int, int]]] = []
    wanted = [("", piece, "") for piece in pieces]
    wanted[0], wanted[-1] = (before, pieces[0], ""), ("", pieces[-1], after)
    for parts in wanted:
        places, cut = _whole_places(folded, parts, language)
        if not places:
            return cut or _absent(folded, " ".join(filter(None, parts)), language)
        found.append(places)
    together = places_together(folded, found)
    if not together:
        reason = (
            f"the pieces of the quote stand in the source, but not in this order within {FURTHEST} characters of one "
            "paragraph"
        )
        return Miss("absent", reason)
    if len(together) > 1:
        return _ambiguous(folded, [folded.span(places[0][0], places[-1][1]) for places in together])
    chosen = together[0]
    spans = tuple(folded.span(*place) for place in chosen)
    outer = _outer(folded.text, wanted[0], chosen[0])[0], _outer(folded.text, wanted[-1], chosen[-1])[1]
    return _with_its_sentence(folded, Match(spans[0][0], spans[-1][1], spans, outer), chosen, language)


def _with_its_sentence(
    folded: FoldedText, found: Match, places: Sequence[tuple[int, int]], language: str
) -> Match | Miss:
    """A match with what its sentence says beyond it; a miss where that certainly denies it."""
    first, last = _row_around(folded, places[0][0], places[-1][1])
    first, last = max(first, places[0][0] - _AROUND), min(last, places[-1][1] + _AROUND)
    row = folded.text[first:last].replace(LINE_JOIN, "-")
    runs = [(start - first, end - first) for start, end in places]
    language = language or _guessed(row)
    left = left_out_of(row, _blocks(folded, first, last), runs, language)
    if sure := next((each for each, is_sure in left if is_sure and each.kind == "denied"), None):
        reason = f'the quote leaves out "{sure.words}", which denies what it says'
        around = _around(folded, places[0][0], places[-1][1])
        passage = " ".join(folded.original[around[0] : around[1]].split())
        return Miss("cut-negation", reason, passage, passage, (), *around)
    return replace(found, left_out=tuple(each for each, _ in left))


def _outer(text: str, parts: tuple[str, str, str], place: tuple[int, int]) -> tuple[int, int]:
    """Where prefix, quote and suffix stand together, given where the quote stands."""
    return next((first, last) for start, end, first, last in _places(text, parts) if (start, end) == place)


def _ambiguous(folded: FoldedText, spans: list[tuple[int, int]]) -> Ambiguous:
    contexts = (folded.original[max(0, start - 40) : end + 40] for start, end in spans)
    return Ambiguous(tuple(spans), tuple(" ".join(context.split()) for context in contexts))


def _absent(folded: FoldedText, words: str, language: str) -> Miss:
    near = nearest(folded, words, lambda word: is_negation(word, language))
    if near is None:
        return Miss("absent", "nothing like the quote stands in the source")
    return Miss("absent", near.reason, near.passage, near.marked, near.differences, near.start, near.end)


def _whole_places(
    folded: FoldedText, parts: tuple[str, str, str], language: str
) -> tuple[list[tuple[int, int]], Miss | None]:
    """Where a quote stands in the folded text without cutting anything apart, and the first place where it does cut."""
    found: list[tuple[int, int]] = []
    miss: Miss | None = None
    for start, end, outer_start, outer_end in _places(folded.text, parts):
        # What stands in the next row of a table has no part in this one.
        first, last = _row_around(folded, outer_start, outer_end)
        first, last = max(first, outer_start - _AROUND), min(last, outer_end + _AROUND)
        row, blocks = folded.text[first:last], _blocks(folded, first, last)
        broken = (
            _cut(row, blocks, start - first, end - first, language)
            or _cut(row, blocks, outer_start - first, outer_end - first, language)
            or _left_out(row, start - first, end - first, language)
            or _joined(row, blocks, start - first, end - first, language)
        )
        if broken:
            kind, reason = broken
            first, last = _around(folded, start, end)
            passage = " ".join(folded.original[first:last].split())
            miss = miss or Miss(kind, reason, passage, passage, (), first, last)
        else:
            found.append((start, end))
    return found, miss


def _row_around(folded: FoldedText, start: int, end: int) -> tuple[int, int]:
    """The row of a table that holds a run of the folded text; the whole text where none does."""
    original = folded.original
    first = original.rfind("\n", 0, folded.starts[start]) + 1
    last = original.find("\n", folded.ends[end - 1] - 1)
    last = last if last >= 0 else len(original)
    if " | " not in original[first:last] or folded.ends[end - 1] > last:
        return 0, len(folded.text)
    return bisect_left(folded.starts, first), bisect_left(folded.starts, last)


def _blocks(folded: FoldedText, first: int, last: int) -> str:
    """A run of the folded text with a mark where a paragraph ends: a number goes on over none."""
    text = [*folded.text[first:last]]
    for at, character in enumerate(text):
        if character == " " and 0 < first + at < len(folded.text) - 1 and parted(folded, first + at, first + at + 1):
            text[at] = _PARAGRAPH
    return "".join(text)


def _joined(text: str, blocks: str, start: int, end: int, language: str) -> tuple[MissKind, str] | None:
    """A number of a quote that is one only because the paragraph between is left out: `12` and `500 shops`."""
    if _PARAGRAPH not in blocks[start:end]:
        return None
    for phrase in phrases(text[start:end], language or _guessed(text[start:end])):
        first, last = start + phrase.start, start + phrase.end
        if (at := blocks.find(_PARAGRAPH, first, last)) >= 0:
            one, other = text[first:at], text[at + 1 : last]
            return "cut-number", f'"{one}" and "{other}" stand in two paragraphs, and are no number together'
    return None


def _left_out(text: str, start: int, end: int, language: str) -> tuple[MissKind, str] | None:
    """A negation or words of mood directly before or after a quote, which the quote leaves out."""
    before = _WORD_BEFORE.search(text, max(0, start - 40), start)
    if before and is_negation(before[1], language):
        return "cut-negation", f'the quote leaves out "{before[1]}", which stands directly before it'
    after = _WORD_AFTER.match(text, end)
    read_as = language or _guessed(text[start:end])
    if after and is_negation(after[1], language) and not denies_another(text, start, end, read_as):
        return "cut-negation", f'the quote leaves out "{after[1]}", which stands directly after it'
    if denial := denied_beside(text, start, end, read_as):
        return "cut-negation", f'the quote leaves out "{denial}", which stands directly beside it'
    if after and _PERIOD.search(text, start, end) and turns_rate(after[1], language):
        return "cut-bound", f'the quote leaves out "{after[1]}", which stands directly after it'
    if bound := _bound_left_out(text, start, end, read_as):
        return "cut-bound", f'the quote leaves out "{bound}", which makes its date a bound of time'
    if mood := mood_beside(text, start, end, read_as):
        return "cut-mood", f'the quote leaves out "{mood}", which stands directly beside it'
    return None


def _bound_left_out(text: str, start: int, end: int, language: str) -> str:
    """The words around a quote that make a date in it a bound: the `by` of `by June 2020`."""
    alone = [date.bound for date in printed_dates(text[start:end], date_words(language))]
    if not alone:
        return ""
    first = max(0, start - _BOUND_AROUND)
    around = [
        date.bound
        for date in printed_dates(text[first : end + _BOUND_AROUND], date_words(language))
        if start <= first + date.start < end
    ]
    bounds = zip(alone, around, strict=True) if len(alone) == len(around) else ()
    return next((outside for inside, outside in bounds if outside and not inside), "")


def _around(folded: FoldedText, start: int, end: int) -> tuple[int, int]:
    """The offsets before folding of a run, drawn out to the spaces around it."""
    right = folded.text.find(" ", end)
    return folded.span(folded.text.rfind(" ", 0, start) + 1, right if right > 0 else len(folded.text))


def _places(text: str, parts: tuple[str, str, str]) -> Iterator[tuple[int, int, int, int]]:
    """Start and end of the quote, and of prefix, quote and suffix together, wherever all three stand in a row."""
    prefix, quote, suffix = (_pattern(part, has_joins=LINE_JOIN in text) for part in parts)
    pattern = re.compile(f"{prefix}{' ?' * bool(prefix)}(?P<quote>{quote}){' ?' * bool(suffix)}{suffix}")
    position = 0
    while found := pattern.search(text, position):
        yield *found.span("quote"), *found.span()
        position = found.start() + 1


def _pattern(part: str, *, has_joins: bool) -> str:
    """A part of a quote as a pattern; in text with hyphens at line ends, each may be read as a hyphen or as nothing."""
    if not has_joins:
        return re.escape(part)
    between = re.sub(r"(?<=[^\W\d_])(?=[^\W\d_])", LINE_JOIN, part)
    hyphens = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", "\0", between)
    return re.escape(hyphens).replace(re.escape("\0"), f"[-{LINE_JOIN}]").replace(re.escape(LINE_JOIN), f"{LINE_JOIN}?")


def _cut(text: str, blocks: str, start: int, end: int, language: str) -> tuple[MissKind, str] | None:
    """What a run of the text cuts apart, if anything: a number, a word, or a bound beside a number."""
    language = language or _guessed(text[max(0, start - _WINDOW) : end + _WINDOW])
    found = cut(blocks, start, end, language)
    if found is None and blocks != text:  # a bound may stand in a block of its own
        found = cut(text, start, end, language)
        found = found if found and found.kind == "relation" else None
    if found and found.kind == "number":
        return "cut-number", f'the quote {found.edge} inside "{found.text}"'
    for verb, edge in (("begins", start), ("ends", end)):
        if _in_word(text, edge) or any(_COMPOUND.match(text, max(0, at)) for at in (edge - 1, edge)):
            kind: MissKind = "cut-number" if text[edge - 1 : edge + 1].isdecimal() else "cut-word"
            return kind, f'the quote {verb} inside "{_word_at(text, edge)}"'
    if found and any(letter.isalnum() or letter in "+<>≤≥~≈±" for letter in found.text) and not _is_equal(found.text):
        where = "before" if found.edge == "begins" else "after"
        return "cut-bound", f'the quote leaves out "{found.text}", which stands directly {where} it'
    return None


def _is_equal(words: str) -> bool:
    """Whether words before a number say no more than that it is so much: `amounted to`."""
    return words.casefold() in _EQUAL


def _guessed(text: str) -> str:
    """A language with a hand-made lexicon, by the letters of a text whose language is not known."""
    if any(letter in _KK_LETTERS for letter in text.lower()):
        return "kk"
    return "ru" if _CYRILLIC.search(text) else "en"


def _in_word(text: str, edge: int) -> bool:
    """Whether a run of letters or digits goes on across an edge; a hyphen at a line's end may be nothing."""
    before, after = text[edge - 1 : edge], text[edge : edge + 1]
    if LINE_JOIN in (before, after):
        return True
    return _is_word(before) and _is_word(after)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_" or bool(character and "\u0300" <= character <= "\u036f")


def _word_at(text: str, edge: int) -> str:
    start, end = edge, edge
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end].replace(LINE_JOIN, "-").strip('.,;:!?()[]"')
