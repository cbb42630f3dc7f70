"""A quote in, what it names apart from its numbers that a number may be counted per, out. Pure.

`A kilo of cod costs 12 euros`, `3,500 litres of diesel a day`, `täglich 3.500 Liter`: words of which no rate behind a
number is read, and that say what it is counted per none the less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reportgen.language.lexicon import PrintedUnit, lexicon, printed_units
from reportgen.language.listed_words import listed_words
from reportgen.language.rating import is_money
from reportgen.language.unit_reader import UnitReader
from reportgen.language.words import folded, tokens_of, without_elisions
from reportgen.late_patterns import regex

_END = regex(r"[.;!?](?=\s)")
_OPENING = frozenset('.;:!?«"“„(')


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit without a number, with a word that makes one of it: `a litre`, `each day`, `annual`."""

    start: int
    units: tuple[PrintedUnit, ...]
    clause: tuple[int, int] = (0, 0)
    """Where the part of the quote that it stands in begins and ends, between full stops and semicolons."""

    @property
    def is_time(self) -> bool:
        return any(unit.is_time for unit in self.units)


def named_units(quote: str, language: str) -> tuple[NamedUnit, ...]:
    """The units that stand alone in a quote: measures behind an article or where a sentence begins, times behind such a
    word as "each", and words such as "yearly"."""
    text = folded(quote)
    ends = [0, *(end.end() for end in _END.finditer(text)), len(text)]
    return tuple(
        replace(each, clause=bounds)
        for each in _named(text, language)
        for bounds in pairwise(ends)
        if bounds[0] <= each.start < bounds[1]
    )


def _named(text: str, language: str) -> Iterator[NamedUnit]:
    known = lexicon(language)
    if not known.data.get("counted_per"):
        return
    for word in listed_words("said_of_times", text, language):
        yield from (NamedUnit(word.start, printed_units(code)) for code in word.codes)
    ends = {(word.end, code) for word in listed_words("counted_per", text, language) for code in word.codes}
    tokens = without_elisions(tokens_of(text), known.words("elided"))
    reader = UnitReader(known, text, tokens)
    for index, token in enumerate(tokens):
        found = reader.unit_at(index) if token.kind == "word" and len(token.text) > 1 else None
        if found is None or is_money(found[1][0]) or reader.text(found[0]) in known.words("not_per"):
            continue
        code = "times" if any(unit.is_time for unit in found[1]) else "measures"
        is_first = code == "measures" and (not index or tokens[index - 1].text in _OPENING)
        if is_first or (index and (tokens[index - 1].end, code) in ends):
            yield NamedUnit(token.start, found[1])


def nearest(named: Sequence[NamedUnit], start: int) -> Iterator[NamedUnit]:
    """Of the times and of the measures that a quote names, the one that a number at a place is counted per: the last
    before it, or else the first behind, between the same full stops."""
    named = [each for each in named if each.clause[0] <= start < each.clause[1]]
    for is_time in (True, False):
        kind = sorted((each for each in named if each.is_time is is_time), key=lambda each: each.start)
        before = [each for each in kind if each.start < start]
        yield from before[-1:] or kind[:1]
