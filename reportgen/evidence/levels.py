"""A claim and a quote that prints its number in, where one tells as a level what the other tells as a change, or as of
now what was so before, out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.evidence.changes import changed, comparative, way_of
from reportgen.evidence.dates_read import dates_in
from reportgen.evidence.left_behind import left_behind, tells_of_past
from reportgen.evidence.said_numbers import SaidNumber, TextAgainst, clause_of, turning
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import ListedWord, listed_words
from reportgen.language.stepping import step_at

_WORDS_BETWEEN = 1
"""Words between a verb and the number that is so much: `was about 40`."""
_TABLES = ("directions", "comparatives", "judged_changes")


def unchanged(claim: SaidNumber, quotes: Sequence[SaidNumber]) -> TextAgainst | None:
    """What rises or falls in one of the two, and stays as it is in the other."""
    mine, theirs = _stays(claim), [_stays(place) for place in quotes]
    if not mine and all(theirs) and (way := way_of(claim)):
        return _differ(quotes[0], theirs[0], way[1])
    ways = [way_of(place) for place in quotes]
    if mine and all(ways) and not any(theirs) and way_of(claim) is None and ways[0]:
        return _differ(quotes[0], ways[0][1], mine)
    return None


def other_level(claim: SaidNumber, quotes: Sequence[SaidNumber]) -> TextAgainst | None:
    """What something changes by, or is more than something else, told as how much it is: `rose by 5`, `was 5`."""
    word = _level(claim, "level")
    theirs = [_change(place) for place in quotes]
    if word is None or not all(theirs) or _tells_of_change(claim, word):
        return None
    return f'the quote says "{theirs[0]}", and the claim says "{word.text}" of it', "warning"


def past_level(claim: SaidNumber, quotes: Sequence[SaidNumber]) -> TextAgainst | None:
    """What something has changed from, told as what it is: `fell from 28 to 22`, `is 28`."""
    word = _level(claim, "now")
    theirs = [left_behind(place) for place in quotes]
    if word is None or not all(theirs) or tells_of_past(claim):
        return None
    if theirs[0] is None or any(date.year is not None for date in dates_in(claim.text, claim.lang)[0]):
        return None
    return f'the quote says "{theirs[0].text}", and the claim says "{word.text}" of it', "warning"


def _differ(quote: SaidNumber, theirs: str, mine: str) -> TextAgainst:
    number = quote.text[quote.start : quote.end]
    return f'the quote says "{theirs}" of "{number}", and the claim says "{mine}"', "warning"


def _said(place: SaidNumber, code: str) -> Iterator[ListedWord]:
    first, last = clause_of(place)
    for word in listed_words("levels", place.text, place.lang):
        if code in word.codes and first <= word.start and word.end <= last:
            yield word


def _stays(place: SaidNumber) -> str:
    """The word by which a number stays as it is; empty where something rises or falls too."""
    found = next(_said(place, "stays"), None)
    return found.text if found and not _moves(place) else ""


def _moves(place: SaidNumber) -> bool:
    first, last = clause_of(place)
    words = listed_words("directions", place.text, place.lang)
    return any(first <= word.start and word.end <= last for word in words)


def _level(place: SaidNumber, code: str) -> ListedWord | None:
    """The verb directly at a number that says that something is so much."""
    if turning(place):
        return None
    for word in _said(place, code):
        begin, end = place.outer
        if word.end <= place.start:  # `amounts to` is a word of relation too
            between = place.text[word.end : begin if word.end <= begin else place.start]
        elif lexicon(place.lang).is_agglutinative and word.start >= end:
            between = place.text[end : word.start]
        else:
            continue
        if len(between.split()) <= _WORDS_BETWEEN and not any(sign in between for sign in ",;:()"):
            return word
    return None


def _tells_of_change(place: SaidNumber, level: ListedWord) -> bool:
    """Whether a sentence has any word for a change or a difference, of which its number may be the size, beside the
    verb that says that something is so much: of `était de` the last word is no step."""
    if any(listed_words(table, place.text, place.lang) for table in _TABLES) or next(_said_anywhere(place), None):
        return True
    step = step_at(place.text, place.start, place.end, place.lang)
    return step is not None and step[1] >= level.end


def _said_anywhere(place: SaidNumber) -> Iterator[ListedWord]:
    return (word for word in listed_words("levels", place.text, place.lang) if word.codes & {"change", "moved"})


def _change(place: SaidNumber) -> str:
    """The words by which a number is that of a change or a difference: `by 5`, `5 °C higher`."""
    if turning(place):
        return ""
    found = changed(place)
    if found is not None:
        return found.text if found.step == "by" else ""
    more = comparative(place)
    return f"{place.text[place.start : place.end]} {more[1]}" if more else ""
