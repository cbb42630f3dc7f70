"""A claim and a quote that prints its number in, where one of them turns what the other says of it, out. Pure.

Compared are words by which something rises or falls, and words that deny or suppose it, in the clause of the number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reportgen.evidence.dates_read import dates_in
from reportgen.evidence.fold import folded_words
from reportgen.evidence.quoted import Quoted
from reportgen.evidence.time_told import other_times, prints_time
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import ListedWord, is_one_of, listed_words
from reportgen.language.scanner import phrases
from reportgen.language.stepping import step_at
from reportgen.language.words import lower, words_of
from reportgen.late_patterns import regex
from reportgen.model.edtf import Edtf
from reportgen.model.text import Text
from reportgen.model.verdict import ValueKind, VerdictProblem

_MARKS = regex(r"(?<=\s)\(|[.;:!?()]+(?:\s|$)|,\s(?!that\b|что\b|будто\b)")
_VALUE = "{value}"
_JOIN = regex(r"[\s,]*(?:that|что|будто)?\s*")
_BESIDE = 40
"""Characters beside a quote among which words that deny it are looked for."""
_FEW_BETWEEN = regex(r"\s+(?:[^\W\d_]+\s+)?")
"""What may stand between a number and `more`: what is counted."""
_ADVERB = regex(r"[a-z]+ly")
_STEM = 5
"""Letters by which words of one root are known."""
_BETWEEN = 2
"""Words between `compared with` and its number: `just over`."""


@dataclass(frozen=True, slots=True)
class _SaidNumber:
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


@dataclass(frozen=True, slots=True)
class _SteppedNumber:
    """A number at which `by`, `to` or `from` stands, in a clause in which something rises or falls."""

    step: str
    way: str
    """`up` or `down`."""
    text: str
    """The number with the word before it."""
    is_share: bool


def turned(
    claim: Text, site: str, quotes: Sequence[Quoted], read: Sequence[Sequence[str]], kind: ValueKind = "number"
) -> VerdictProblem | None:
    """What a claim says against one of the quotes, each with the phrases in which it prints the value; None where the
    two agree, or where nothing is known to be compared. `site` is the language of texts without a tag."""
    said = [place for tag, text in claim.by_language for place in _in_claim(text, tag or site)]
    for quote, texts in zip(quotes, read, strict=True):
        places = [*_in_quote(quote, texts, kind)] if not quote.carries else []
        for mine in said if places else ():
            if found := next(filter(None, (compare(mine, places) for compare in _COMPARISONS)), None):
                hint = "say in the claim what the quote says, or say in reading: why both are so"
                return VerdictProblem("value-contradicted", found[0], hint, found[1])
    return None


def compared_with(quotes: Sequence[Quoted], read: Sequence[Sequence[str]]) -> tuple[str, str, Quoted] | None:
    """Where each number that is the value is one that another is compared with: the words that say so with the number,
    and what its clause says after it, with its language."""
    found: list[tuple[str, str, Quoted]] = []
    for quote, texts in zip(quotes, read, strict=True):
        for place in _in_quote(quote, texts) if not quote.carries else ():
            first = next((w.start for w in _words(place) if _compares(w, place)), None)
            if first is None:
                return None
            after = Quoted(place.text[place.end : _clause(place)[1]], quote.language)
            found.append((place.text[first : place.start].strip(), place.text[place.start : place.end], after))
    return found[0] if found else None


def of_another_time(as_of: Edtf, quotes: Sequence[Quoted], read: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The times that stand right after each number that is the value, where `as_of` stands after another number of the
    same quote: `112 boats in 2024 and 96 in 2023`. Nothing where that is not plain."""
    found: dict[str, None] = {}
    for quote, texts in zip(quotes, read, strict=True):
        places = [*_in_quote(quote, texts)] if not quote.carries else []
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


def denied_beside(text: str, start: int, end: int, lang: str) -> str:
    """The words that deny or suppose what a run of a folded text says, directly beside it, `that` left out."""
    first = max(0, start - _BESIDE)
    around = text[first : end + _BESIDE]
    for word in listed_words("turning", around, lang):
        before, after = around[word.end : max(start - first, word.end)], around[end - first : word.start]
        if "before" in word.codes and word.end <= start - first and _JOIN.fullmatch(before):
            return word.text
        if "after" in word.codes and word.start >= end - first and not after.strip():
            return word.text
    return ""


def _compares(word: ListedWord, place: _SaidNumber) -> bool:
    between = place.text[word.end : place.start]
    return "compared" in word.codes and word.end <= place.start and len(between.split()) <= _BETWEEN


def _in_claim(text: str, lang: str) -> Iterator[_SaidNumber]:
    start = text.find(_VALUE)
    if start >= 0 and lexicon(lang).has_words:
        yield _SaidNumber(text.replace(_VALUE, "5", 1).replace(_VALUE, "…"), lang, start, start + 1)


def _in_quote(quote: Quoted, read: Sequence[str], kind: ValueKind = "number") -> Iterator[_SaidNumber]:
    if kind == "date":
        yield from _dates_in_quote(quote, read)
    elif lexicon(quote.language).has_words:
        found = phrases(quote.text, quote.language)
        changes = [each for each in found if each.kind == "range" and each.sense != "range" and not each.void]
        for phrase in (each for each in found for each in (each.ends if each in changes else (each,))):
            if not phrase.void and any(phrase.text in text or text in phrase.text for text in read):
                yield _SaidNumber(quote.text, quote.language, phrase.start, phrase.end)


def _dates_in_quote(quote: Quoted, read: Sequence[str]) -> Iterator[_SaidNumber]:
    """The dates that were read; of one that is bounded, as in `not until 2019`, a negation is the bound's."""
    dates, _ = dates_in(quote.text, quote.language)
    folded_text = folded_words(quote.text)
    for date in dates if lexicon(quote.language).has_words else ():
        if date.text in read and not date.bound:
            yield _SaidNumber(folded_text, quote.language, date.start, date.end)


_TextAgainst = tuple[str, Literal["error", "warning"]]


def _denied(claim: _SaidNumber, quotes: Sequence[_SaidNumber]) -> _TextAgainst | None:
    """What one of the two denies or supposes, and the other nowhere; in doubt where the other has a word that may say
    the same without denying it: `did not vote`, `abstained`."""
    theirs = [word for place in quotes if (word := _turning(place))]
    if len(theirs) == len(quotes) and not _is_turned(claim):
        place = quotes[0]
        said = f'the quote says "{theirs[0]}" of "{place.text[place.start : place.end]}", and the claim does not'
        return said, "warning" if _lacks(claim) or any(_says_otherwise(each, claim) for each in quotes) else "error"
    mine = _turning(claim)
    if mine and not any(map(_is_turned, quotes)):
        said = f'the claim says "{mine}" of the value, and the quote does not'
        is_doubtful = any(_lacks(each) or _says_otherwise(claim, each) for each in quotes)
        return said, "warning" if is_doubtful else "error"
    return None


def _says_otherwise(denying: _SaidNumber, other: _SaidNumber) -> bool:
    """Whether one of two sentences denies or supposes what the other does not speak of, or says in a word for such a
    condition: `were not upheld`, `were dismissed`; `if used`, `whoever uses`."""
    word = _turning_word(denying)
    if word is None or denying.lang != other.lang:
        return False
    said = {code for each in listed_words("opposites", word.text, denying.lang) for code in each.codes}
    if "if" in said:
        return any("may" in each.codes for each in listed_words("opposites", other.text, other.lang))
    is_before = word.end <= denying.start
    first, last = (word.end, denying.start) if is_before else (word.end, _clause(denying)[1])
    if any("truth" in each.codes for each in listed_words("opposites", denying.text[word.start : last], denying.lang)):
        return False
    denied = _names(denying, first, last)[:1]
    return bool(denied) and not _meet({*denied}, _named(other, 0, len(other.text)))


def _meet(some: set[str], others: set[str]) -> bool:
    """Whether two sets of beginnings of words have one in common."""
    return any(one.startswith(other) or other.startswith(one) for one in some for other in others)


def _lacks(place: _SaidNumber) -> bool:
    """Whether a sentence has a word that says by itself that something is not there or not done."""
    return any("lack" in word.codes for word in listed_words("opposites", place.text, place.lang))


def _other_way(claim: _SaidNumber, quotes: Sequence[_SaidNumber]) -> _TextAgainst | None:
    """What rises in one of the two and falls in the other; in doubt where the two may speak of two things, as of work
    and of want of it."""
    mine = _way(claim)
    theirs = [_way(place) for place in quotes]
    if mine is None or None in theirs or any(theirs[0] != way and way[0] == mine[0] for way in theirs if way):
        return None
    first = theirs[0]
    if first is None or first[0] == mine[0] or {_step(claim), _step(quotes[0])} == {"by", "to"}:
        return None
    number = quotes[0].text[quotes[0].start : quotes[0].end]
    said = f'the quote says "{first[1]}" of "{number}", and the claim says "{mine[1]}"'
    is_doubtful = all(_speaks_of_another(claim, place) or all(_swapped(claim, place)) for place in quotes)
    return said, "warning" if is_doubtful else "error"


def _speaks_of_another(claim: _SaidNumber, quote: _SaidNumber) -> bool:
    """Whether a quote names before its number what it speaks of, and the claim, in the same language, does not."""
    if claim.lang != quote.lang:
        return False
    theirs = _named(quote, _clause(quote)[0], quote.start)
    mine = _named(claim, *_clause(claim))
    return bool(theirs) and bool(mine) and not _meet(theirs, mine)


def _named(place: _SaidNumber, first: int, last: int) -> set[str]:
    return {*_names(place, first, last)}


def _names(place: _SaidNumber, first: int, last: int) -> list[str]:
    """The words of a part of a sentence that may name something, by their beginnings."""
    known, text = lexicon(place.lang), place.text[first:last]
    told = {word.text for table in ("directions", "comparatives") for word in listed_words(table, text, place.lang)}
    short = known.prepositions | known.articles | known.conjunctions | known.words("changes") | known.words("fillers")
    short |= known.words("negation_fillers")
    return [
        word[:_STEM]
        for word in words_of(lower(text))
        if len(word) >= _STEM - 1 and word not in told and not is_one_of(word, short) and not _ADVERB.fullmatch(word)
    ]


def _other_step(claim: _SaidNumber, quotes: Sequence[_SaidNumber]) -> _TextAgainst | None:
    """What something changes by in one of the two, and what it changes to or from in the other, where both rise or both
    fall. A share may do both: `inflation rose to 3%`, by which prices rose."""
    mine, theirs = _changed(claim), [_changed(place) for place in quotes]
    if mine is None or any(each is None or each.step == mine.step or each.way != mine.way for each in theirs):
        return None
    first = theirs[0]
    if first is None or (first.is_share and any(map(_is_of_rate, (claim, *quotes)))):
        return None
    said = mine.text.replace("5", _VALUE, 1)
    return f'the quote says "{first.text}", and the claim says "{said}"', "warning" if first.is_share else "error"


def _is_of_rate(place: _SaidNumber) -> bool:
    """Whether a sentence speaks of how fast something changes, which itself may rise: `the decline slowed to 2%`."""
    return any("rate" in word.codes for word in listed_words("opposites", place.text, place.lang))


def _other_side(claim: _SaidNumber, quotes: Sequence[_SaidNumber]) -> _TextAgainst | None:
    """What is more or higher by a number in one of the two, and less or lower in the other, where both compare the same
    with the same: `the quota was 5 t above the catch`, `the catch was 5 t below the quota`."""
    mine, theirs = _comparative(claim), [_comparative(place) for place in quotes]
    if mine is None or any(side is None or side[0] == mine[0] for side in theirs):
        return None
    first = theirs[0]
    if any(any(_swapped(claim, place)) for place in quotes):
        return None
    said = f'the quote says "{first[1]}" of it, and the claim says "{mine[1]}"' if first else ""
    return (said, "warning") if said else None


def _swapped(claim: _SaidNumber, quote: _SaidNumber) -> tuple[bool, bool]:
    """Whether what a claim names before its number stands behind that of the quote, and whether the other way round."""
    (first, last), (start, end) = _clause(claim), _clause(quote)
    if claim.lang != quote.lang:
        return False, False
    mine = _named(claim, first, claim.start), _named(claim, claim.end, last)
    theirs = _named(quote, start, quote.start), _named(quote, quote.end, end)
    return _meet(mine[0], theirs[1]), _meet(mine[1], theirs[0])


def _comparative(place: _SaidNumber) -> tuple[str, str] | None:
    """Whether a number says how much more or how much less something is, with the word: `40 t lower`."""
    found = next((p for p in phrases(place.text, place.lang) if p.start <= place.start < p.end), None)
    end = max(place.end, found.end) if found else place.end
    if found and found.relations and found.outer_end > found.end:
        return None
    for word in listed_words("comparatives", place.text, place.lang):
        between = place.text[end : word.start] if word.start >= end else "."
        if _FEW_BETWEEN.fullmatch(between):
            return next(iter(word.codes)), word.text
    return None


def _changed(place: _SaidNumber) -> _SteppedNumber | None:
    """What something that rises or falls changes by, to or from; None where none of these stands directly at the
    number, or a bound that may be made of the same word, as in `up to 40`."""
    way = _way(place)
    phrase = next((p for p in phrases(place.text, place.lang) if p.start <= place.start < p.end), None)
    bounds = phrase.relations if phrase else ()
    found = step_at(place.text, place.start, place.end, place.lang)
    if way is None or found is None or "<=" in bounds or ">=" in bounds:
        return None
    readings = (*phrase.readings, *phrase.high) if phrase else ()
    is_share = any(unit.name in ("percent", "pp") for reading in readings for unit in reading.units)
    return _SteppedNumber(found[0], way[0], place.text[found[1] : found[2]], is_share)


def _way(place: _SaidNumber) -> tuple[str, str] | None:
    """Whether what is said of a number rises or falls, and by which word; None where both stand there, or neither, or
    it is turned round."""
    first, last = _clause(place)
    found = [w for w in listed_words("directions", place.text, place.lang) if first <= w.start and w.end <= last]
    ways = {code for word in found for code in word.codes}
    return (ways.pop(), found[0].text) if len(ways) == 1 and not _turning(place) else None


def _turning(place: _SaidNumber) -> str:
    """The word that denies or supposes what is said of a number."""
    word = _turning_word(place)
    return word.text if word else ""


def _turning_word(place: _SaidNumber) -> ListedWord | None:
    first, last = _clause(place)
    for word in _words(place):
        if "before" in word.codes and first <= word.start and word.end <= place.outer[0]:
            return word
        if "after" in word.codes and place.outer[1] <= word.start and word.end <= last:
            return word
    return None


def _is_turned(place: _SaidNumber) -> bool:
    """Whether anything in a sentence may deny or suppose what it says."""
    known = lexicon(place.lang)
    if any(word.codes & {"before", "after"} for word in _words(place)):
        return True
    return any(known.is_negation(word) for word in words_of(lower(place.text)))


def _words(place: _SaidNumber) -> tuple[ListedWord, ...]:
    return listed_words("turning", place.text, place.lang)


def _clause(place: _SaidNumber) -> tuple[int, int]:
    """Where the clause of a number begins and ends."""
    first, last = 0, len(place.text)
    for mark in _MARKS.finditer(place.text):
        first = mark.end() if mark.end() <= place.start else first
        last = min(last, mark.start()) if mark.start() >= place.end else last
    for word in _words(place):
        if "parts" in word.codes and word.end <= place.start:
            first = max(first, word.start)
        elif word.codes & {"parts", "parts_after"} and word.start >= place.end:
            last = min(last, word.start)
    return first, last


_COMPARISONS = (_denied, _other_way, _other_step, _other_side)


def _step(place: _SaidNumber) -> str:
    """`by`, `to` or `from`, where it stands at a number: `fell to 5%` says nothing of by how much."""
    found = step_at(place.text, place.start, place.end, place.lang)
    return found[0] if found else ""
