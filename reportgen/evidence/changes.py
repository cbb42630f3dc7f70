"""A claim and a quote that prints its number in, where they differ in what rises or falls, by, to or from what, or in
which of two is more; and the number or the time of a comparison, out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from reportgen.evidence.dates_read import dates_in
from reportgen.evidence.quoted import Quoted
from reportgen.evidence.said_numbers import (
    VALUE,
    SaidNumber,
    TextAgainst,
    clause_of,
    in_quote,
    meet,
    named_in,
    turning,
    turning_words,
    words_before,
)
from reportgen.evidence.time_told import other_times, prints_time
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import ListedWord, is_one_of, listed_words
from reportgen.language.scanner import phrases
from reportgen.language.stepping import step_at
from reportgen.language.words import lower, words_of
from reportgen.late_patterns import regex
from reportgen.model.edtf import Edtf

_FEW_BETWEEN = regex(r"\s+(?:[^\W\d_]+\s+)?")
"""What may stand between a number and `more`: what is counted."""
_OPPOSED = (frozenset(("up", "down")), frozenset(("better", "worse")))
_BY = regex(r"\b(?:um|auf)\s+(?:[^\W\d_]+\s+){0,2}$")
"""What stands before the number of a rise or a fall that a verb and its particle say together."""
_BETWEEN = 2
"""Words between `compared with` and its number: `just over`."""


@dataclass(frozen=True, slots=True)
class SteppedNumber:
    """A number at which `by`, `to` or `from` stands, in a clause in which something rises or falls."""

    step: str
    way: str
    """`up` or `down`."""
    text: str
    """The number with the word before it."""
    is_share: bool


def other_way(claim: SaidNumber, quotes: Sequence[SaidNumber]) -> TextAgainst | None:
    """What rises in one of the two and falls in the other; in doubt where the two may speak of two things, as of work
    and of want of it."""
    mine = way_of(claim)
    theirs = [way_of(place) for place in quotes]
    is_compared = mine is not None and None in theirs  # `8% less than in 2020`, of which the claim says that it rose
    theirs = [way or _compared_way(place) for way, place in zip(theirs, quotes, strict=True)] if is_compared else theirs
    if mine is None or None in theirs or any(theirs[0] != way and way[0] == mine[0] for way in theirs if way):
        return None
    first = theirs[0]
    if first is None or first[0] == mine[0]:
        return None
    is_other_step = {_step(claim), _step(quotes[0])} == {"by", "to"}
    if is_other_step and (_is_share(quotes[0]) or any(speaks_of_another(claim, place) for place in quotes)):
        return None  # `inflation fell to 5%`, and prices rose by that
    number = quotes[0].text[quotes[0].start : quotes[0].end]
    said = f'the quote says "{first[1]}" of "{number}", and the claim says "{mine[1]}"'
    is_doubtful = all(speaks_of_another(claim, place) or all(_swapped(claim, place)) for place in quotes)
    return said, "warning" if is_doubtful or is_other_step or is_compared else "error"


def _compared_way(place: SaidNumber) -> tuple[str, str] | None:
    """The way of a number by which something is more or less than at another time: `8% less than in 2020`."""
    found = comparative(place) if not turning(place) else None
    if found is None:
        return None
    dates = dates_in(place.text[place.end :].partition(";")[0], place.lang)[0]
    return found if any(date.year is not None for date in dates) else None


def other_judgement(claim: SaidNumber, quotes: Sequence[SaidNumber]) -> TextAgainst | None:
    """What improved in one of the two, and worsened, or fell, in the other. In doubt: of wages and of want, better is
    the other way."""
    if _judged(claim, False) is None:
        return None
    is_worse = any(map(_is_better_less, (claim, *quotes)))
    mine, theirs = _judged(claim, is_worse), [_judged(place, is_worse) for place in quotes]
    told = [each for each in theirs if each is not None]
    if mine is None or len(told) != len(theirs) or not (mine[2] or all(judges for _, _, judges in told)):
        return None
    if any(mine[0] & codes or not any(pair <= mine[0] | codes for pair in _OPPOSED) for codes, _, _ in told):
        return None
    number = quotes[0].text[quotes[0].start : quotes[0].end]
    return f'the quote says "{told[0][1]}" of "{number}", and the claim says "{mine[1]}"', "warning"


def _is_better_less(place: SaidNumber) -> bool:
    """Whether a sentence speaks of what is the better the less there is of it: `unemployment`."""
    words = lexicon(place.lang).words("better_less")
    return any(is_one_of(word, words) for word in words_of(lower(place.text)))


def _judged(place: SaidNumber, is_better_less: bool) -> tuple[frozenset[str], str, bool] | None:
    """What is said of a number by words that say `up` or `down`, `better` or `worse`; one of them, and whether any
    judges. None where there are none, or they are turned round. Of what is the better the less there is of it, what
    improves falls."""
    first, last = clause_of(place)
    tables = ("judged_changes", "directions")
    found = [
        (table, word)
        for table in tables
        for word in listed_words(table, place.text, place.lang)
        if first <= word.start and word.end <= last
    ]
    if not found or turning(place):
        return None
    codes: set[str] = set()
    for table, word in found:
        if is_better_less and table == "judged_changes":
            codes |= (word.codes - {"up", "down"}) | {"down" if "better" in word.codes else "up"}
        else:
            codes |= word.codes
    return frozenset(codes), found[0][1].text, found[0][0] == "judged_changes"


def speaks_of_another(claim: SaidNumber, quote: SaidNumber) -> bool:
    """Whether a quote names before its number what it speaks of, and the claim, in the same language, does not."""
    if claim.lang != quote.lang:
        return False
    theirs = named_in(quote, clause_of(quote)[0], quote.start)
    mine = named_in(claim, *clause_of(claim))
    return bool(theirs) and bool(mine) and not meet(theirs, mine)


def other_step(claim: SaidNumber, quotes: Sequence[SaidNumber]) -> TextAgainst | None:
    """What something changes by in one of the two, and what it changes to or from in the other, where both rise or both
    fall. A share may do both: `inflation rose to 3%`, by which prices rose."""
    mine, theirs = changed(claim), [changed(place) for place in quotes]
    if mine is None or any(each is None or each.step == mine.step or each.way != mine.way for each in theirs):
        return None
    first = theirs[0]
    if first is None or (first.is_share and any(map(_is_of_rate, (claim, *quotes)))):
        return None
    said = mine.text.replace("5", VALUE, 1)
    return f'the quote says "{first.text}", and the claim says "{said}"', "warning" if first.is_share else "error"


def _is_of_rate(place: SaidNumber) -> bool:
    """Whether a sentence speaks of how fast something changes, which itself may rise: `the decline slowed to 2%`."""
    return any("rate" in word.codes for word in listed_words("opposites", place.text, place.lang))


def other_side(claim: SaidNumber, quotes: Sequence[SaidNumber]) -> TextAgainst | None:
    """What is more or higher by a number in one of the two, and less or lower in the other, where both compare the same
    with the same: `the quota was 5 t above the catch`, `the catch was 5 t below the quota`."""
    mine, theirs = comparative(claim), [comparative(place) for place in quotes]
    if mine is None or any(side is None or side[0] == mine[0] for side in theirs):
        return None
    first = theirs[0]
    if any(any(_swapped(claim, place)) for place in quotes):
        return None
    said = f'the quote says "{first[1]}" of it, and the claim says "{mine[1]}"' if first else ""
    return (said, "warning") if said else None


def _swapped(claim: SaidNumber, quote: SaidNumber) -> tuple[bool, bool]:
    """Whether what a claim names before its number stands behind that of the quote, and whether the other way round."""
    (first, last), (start, end) = ((clause_of(place)[0], len(place.text)) for place in (claim, quote))
    if claim.lang != quote.lang:
        return False, False
    mine = named_in(claim, first, claim.start), named_in(claim, claim.end, last)
    theirs = named_in(quote, start, quote.start), named_in(quote, quote.end, end)
    return meet(mine[0], theirs[1]), meet(mine[1], theirs[0])


@lru_cache(maxsize=64)
def comparative(place: SaidNumber) -> tuple[str, str] | None:
    """Whether a number says how much more or how much less something is, with the word: `40 t lower`."""
    words = listed_words("comparatives", place.text, place.lang)
    if not words:
        return None
    found = next((p for p in phrases(place.text, place.lang) if p.start <= place.start < p.end), None)
    end = max(place.end, found.end) if found else place.end
    if found and found.relations and found.outer_end > found.end:
        return None
    for word in words:
        between = place.text[end : word.start] if word.start >= end else "."
        if _FEW_BETWEEN.fullmatch(between):
            return next(iter(word.codes)), word.text
    return None


@lru_cache(maxsize=64)
def changed(place: SaidNumber) -> SteppedNumber | None:
    """What something that rises or falls changes by, to or from; None where none of these stands directly at the
    number, or a bound that may be made of the same word, as in `up to 40`."""
    way, steps = way_of(place), lexicon(place.lang).data.get("steps", {})
    if way is None and not (steps.get("from") or steps.get("either")):
        return None
    found = step_at(place.text, place.start, place.end, place.lang)
    if way is None and found is not None and found[0] == "to":
        way = _after_another(place)
    if way is None or found is None:
        return None
    phrase = next((p for p in phrases(place.text, place.lang) if p.start <= place.start < p.end), None)
    bounds = phrase.relations if phrase else ()
    if "<=" in bounds or ">=" in bounds:
        return None
    return SteppedNumber(found[0], way[0], place.text[found[1] : found[2]], _is_share(place))


def _is_share(place: SaidNumber) -> bool:
    phrase = next((p for p in phrases(place.text, place.lang) if p.start <= place.start < p.end), None)
    readings = (*phrase.readings, *phrase.high) if phrase else ()
    return any(unit.name in ("percent", "pp") for reading in readings for unit in reading.units)


def _step(place: SaidNumber) -> str:
    """`by`, `to` or `from`, where it stands at a number: `fell to 5%` says nothing of by how much."""
    found = step_at(place.text, place.start, place.end, place.lang)
    return found[0] if found else ""


@lru_cache(maxsize=64)
def way_of(place: SaidNumber) -> tuple[str, str] | None:
    """Whether what is said of a number rises or falls, and by which word; None where both stand there, or neither, or
    it is turned round."""
    first, last = clause_of(place)
    found = [w for w in listed_words("directions", place.text, place.lang) if first <= w.start and w.end <= last]
    ways = {code for word in found for code in word.codes}
    if parted := _parted_verb(place):
        ways.add(parted[0])
        if ways == {parted[0]} and not turning(place):
            return parted
    more = comparative(place) if found and all(word.start >= place.end for word in found) else None
    if more and not turning(place):  # `20% more was lost`: more of what is lost
        return more
    if not found and (between := _from_one_to_another(place)) and not turning(place):
        return between
    return (ways.pop(), found[0].text) if len(ways) == 1 and not turning(place) else None


@cache
def _separable(language: str) -> dict[tuple[str, str], str]:
    """Verb and particle -> the way of what they say."""
    listed = lexicon(language).data.get("separable", {})
    return {(said.split()[0], said.split()[1]): way for way, all_of in listed.items() for said in all_of}


def _parted_verb(place: SaidNumber) -> tuple[str, str] | None:
    """The way of a verb before a number whose particle ends the clause, with both: `gingen um 12 % zurück`."""
    known = _separable(place.lang)
    if not known or not _BY.search(lower(place.text[: place.start])):
        return None
    first, last = clause_of(place)
    behind = words_of(lower(place.text[place.end : last].split(".")[0]))
    before = words_of(lower(place.text[first : place.start]))
    found = ((known[verb, behind[-1]], verb) for verb in before if behind and (verb, behind[-1]) in known)
    way = next(found, None)
    return (way[0], f"{way[1]} … {behind[-1]}") if way else None


def _from_one_to_another(place: SaidNumber) -> tuple[str, str] | None:
    """The way from the one to the other number of a change, with its words: `from €40 up to €55`."""
    known = lexicon(place.lang)
    if not known.is_agglutinative and known.data.get("from", {}).keys().isdisjoint(words_before(place)):
        return None
    phrase = next((p for p in phrases(place.text, place.lang) if p.start <= place.start < p.end), None)
    if phrase is None or phrase.sense != "change":
        return None
    lows, highs = ({reading.value for reading in side} for side in (phrase.low, phrase.high))
    if not lows or not highs or not (max(lows) < min(highs) or max(highs) < min(lows)):
        return None
    return "up" if max(lows) < min(highs) else "down", phrase.text


def _after_another(place: SaidNumber) -> tuple[str, str] | None:
    """The way of a number to which something changes from the one before it, where no verb says which: `est passé de 8
    à 12`."""
    known = lexicon(place.lang)
    steps = known.data.get("steps", {})
    starts = [*steps.get("from", ()), *steps.get("either", ())]
    first, _ = clause_of(place)
    found = [p for p in phrases(place.text, place.lang) if p.kind == "number" and not p.void and first <= p.start]
    mine = next((p for p in found if p.start <= place.start < p.end), None)
    before = [p for p in found if p.end <= place.start]
    if mine is None or not before or turning(place) or not mine.readings or not before[-1].readings:
        return None
    words = lower(place.text[: before[-1].start]).split()
    if not any(words[-len(said.split()) :] == said.split() for said in starts):
        return None
    low, high = before[-1].readings[0].value, mine.readings[0].value
    return None if low == high else ("up" if low < high else "down", place.text[before[-1].start : place.end])


def compared_with(quotes: Sequence[Quoted], read: Sequence[Sequence[str]]) -> tuple[str, str, Quoted] | None:
    """Where each number that is the value is one that another is compared with: the words that say so with the number,
    and what its clause says after it, with its language."""
    found: list[tuple[str, str, Quoted]] = []
    for quote, texts in zip(quotes, read, strict=True):
        for place in in_quote(quote, texts) if not quote.carries else ():
            first = next((w.start for w in turning_words(place) if _compares(w, place)), None)
            if first is None:
                return None
            after = Quoted(place.text[place.end : clause_of(place)[1]], quote.language)
            found.append((place.text[first : place.start].strip(), place.text[place.start : place.end], after))
    return found[0] if found else None


def _compares(word: ListedWord, place: SaidNumber) -> bool:
    between = place.text[word.end : place.start]
    return "compared" in word.codes and word.end <= place.start and len(between.split()) <= _BETWEEN


def of_another_time(as_of: Edtf, quotes: Sequence[Quoted], read: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The times that stand right after each number that is the value, where `as_of` stands after another number of the
    same quote: `112 boats in 2024 and 96 in 2023`. Nothing where that is not plain."""
    found: dict[str, None] = {}
    for quote, texts in zip(quotes, read, strict=True):
        places = [*in_quote(quote, texts)] if not quote.carries else []
        counts = [p for p in phrases(quote.text, quote.language) if p.kind in ("number", "range") and not p.void]
        if not places or len(counts) < 2:
            return ()
        after = {
            each.start: quote.text[each.end : following.start if following else len(quote.text)]
            for each, following in zip(counts, (*counts[1:], None), strict=True)
        }
        mine = {place.start for place in places}
        if not any(prints_time(as_of, text, quote.language) for start, text in after.items() if start not in mine):
            return ()
        for start in mine:
            others = other_times(as_of, [(after.get(start, ""), quote.language)])
            if not others:
                return ()
            found |= dict.fromkeys(others)
    return tuple(found)
