"""A claim and a quote that prints its number in, where the quote adds the number to others and the claim tells it as
all that there is, out. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.evidence.partitive import says_whole
from reportgen.evidence.said_numbers import SaidNumber, TextAgainst, clause_of, meet, named_in, turning
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import ListedWord, listed_words
from reportgen.language.scanner import phrases

_WORDS_BETWEEN = 1
"""What is counted, between a number and a word behind it: `12 puits supplémentaires`."""


def told_as_all(claim: SaidNumber, quotes: Sequence[SaidNumber]) -> TextAgainst | None:
    """A number that is added to others, `another 12 wells were dug`, told as that of all: `has 12`. In doubt; and
    nothing where the claim says further words too, or what is told of the number in the quote: `another 12 people were
    injured`, `there were 12 injured`."""
    theirs = [_added(place) for place in quotes]
    if not theirs or not all(theirs) or turning(claim):
        return None
    has_parts = bool(lexicon(claim.lang).data.get("partitives"))
    is_whole = has_parts and says_whole(claim.text, claim.start, claim.end, claim.lang, quotes[0].text)
    if not (is_whole or _is_owned(claim)):
        return None
    if _words(claim, "before", "after", "else") or listed_words("comparatives", claim.text, claim.lang):
        return None
    if any(claim.lang == place.lang and _is_told_again(claim, place) for place in quotes):
        return None
    return f'the quote says "{theirs[0]}", which comes to others, and the claim tells it as all there is', "warning"


def _words(place: SaidNumber, *codes: str) -> list[ListedWord]:
    found = listed_words("further_numbers", place.text, place.lang)
    return [word for word in found if not word.codes.isdisjoint(codes)]


def _is_owned(claim: SaidNumber) -> bool:
    """Whether a claim says that somebody has the number, or that it is the sum."""
    has = (word for word in _words(claim, "owned") if word.end <= claim.start)
    return bool(_words(claim, "total")) or any(not claim.text[word.end : claim.start].strip() for word in has)


def _is_told_again(claim: SaidNumber, quote: SaidNumber) -> bool:
    mine = named_in(claim, *clause_of(claim))
    return meet(mine, named_in(quote, quote.end, clause_of(quote)[1]) - _counted(quote)) if mine else False


def _counted(place: SaidNumber) -> set[str]:
    """The beginnings of the first words behind a number, which it counts."""
    words = place.text[place.end :].split()[:1]
    end = place.end + place.text[place.end :].find(words[0]) + len(words[0]) if words else place.end
    return named_in(place, place.end, end)


def _added(place: SaidNumber) -> str:
    """A number with the word that adds it to others; empty where none does, or where it is a share."""
    phrase = next((p for p in phrases(place.text, place.lang) if p.start <= place.start < p.end), None)
    units = {unit.name for reading in phrase.readings for unit in reading.units} if phrase else set()
    if phrase is None or units & {"percent", "pp"}:
        return ""
    for word in listed_words("further_numbers", place.text, place.lang):
        if "before" in word.codes and word.end <= place.start and not place.text[word.end : phrase.start].strip():
            return place.text[word.start : place.end]
        between = place.text[place.end : word.start].split() if word.start >= place.end else ["", ""]
        following = place.text[word.end :].split()[:1]
        if following and following[0] in lexicon(place.lang).conjunctions:
            continue  # `12 more or less dry wells`
        if "after" in word.codes and len(between) <= _WORDS_BETWEEN and all(each.isalpha() for each in between):
            return place.text[place.start : word.end]
    return ""
