"""A claim and a quote that prints its number in, where one denies or supposes what the other says, out. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.evidence.changes import way_of
from reportgen.evidence.said_numbers import (
    SaidNumber,
    TextAgainst,
    clause_of,
    condition_before,
    meet,
    named_in,
    names_in,
    turning_word,
    turning_words,
)
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import ListedWord, is_one_of, listed_words
from reportgen.language.scanner import phrases
from reportgen.language.words import lower, words_of

_BESIDE = 40
"""Characters beside a quote among which words that deny it are looked for."""
_BEHIND_SIZE = 2
"""Words behind a size that go with it: `on Richter`."""
_DENIED = 4
"""Words from a denial on among which the verb stands that it denies."""


def denied(claim: SaidNumber, quotes: Sequence[SaidNumber]) -> TextAgainst | None:
    """What one of the two denies or supposes, and the other nowhere; in doubt where the other has a word that may say
    the same without denying it: `did not vote`, `abstained`."""
    theirs = [word for place in quotes if (word := turning_word(place))]
    if len(theirs) == len(quotes) and not is_turned(claim):
        if all(w.start >= q.end and tells_size_alone(claim, q, w.start) for q, w in zip(quotes, theirs, strict=True)):
            return None
        if all(denies_of_change(quote, word, claim) for quote, word in zip(quotes, theirs, strict=True)):
            return None
        is_doubtful = "doubtful" in theirs[0].codes or lacks(claim)
        is_doubtful = is_doubtful or any(_says_otherwise(each, claim) for each in quotes)
        return _says_of(theirs[0].text, quotes[0]), "warning" if is_doubtful else "error"
    conditions = [word for place in quotes if (word := condition_before(place))]
    if len(conditions) == len(quotes) and not is_turned(claim) and not _is_supposed(claim):
        return _says_of(conditions[0].text, quotes[0]), "warning"
    mine = turning_word(claim)
    if mine and not any(map(is_turned, quotes)):
        if all(denies_of_change(claim, mine, quote) for quote in quotes):
            return None
        said = f'the claim says "{mine.text}" of the value, and the quote does not'
        is_doubtful = "doubtful" in mine.codes or any(lacks(each) or _says_otherwise(claim, each) for each in quotes)
        return said, "warning" if is_doubtful else "error"
    return None


def _says_of(word: str, quote: SaidNumber) -> str:
    return f'the quote says "{word}" of "{quote.text[quote.start : quote.end]}", and the claim does not'


def _is_supposed(place: SaidNumber) -> bool:
    """Whether a sentence says in another word that what it says holds under a condition: `whoever`, `without`."""
    return any(word.codes & {"if", "may"} for word in listed_words("opposites", place.text, place.lang))


def denied_beside(text: str, start: int, end: int, lang: str) -> str:
    """The words that deny or suppose what a run of a folded text says, directly beside it, `that` left out."""
    first = max(0, start - _BESIDE)
    around = text[first : end + _BESIDE]
    for word in listed_words("turning", around, lang):
        before, after = around[word.end : max(start - first, word.end)], around[end - first : word.start]
        if "before" in word.codes and word.end <= start - first and _is_join(before, lang):
            return word.text
        is_after = "after" in word.codes and word.start >= end - first and not after.strip()
        if is_after and not denies_another(text, start, end, lang):
            return word.text
    return ""


def denies_another(text: str, start: int, end: int, lang: str) -> bool:
    """Whether a run of a folded text ends with the size of something, of which a denial behind it says what it did not
    do: `[a quake of magnitude 6.3] did not`; but not where it says that it did not come to be."""
    said = text[start:end]
    size = next((p for p in reversed(phrases(said, lang)) if p.kind in ("number", "range")), None)
    if size is None or len(said[size.end :].split()) > _BEHIND_SIZE or not _is_size(said, size.outer_start, lang):
        return False
    return not _comes_to_be(text[end : end + _BESIDE], lang)


def _is_size(text: str, start: int, lang: str) -> bool:
    """Whether a number that begins there is the size of something: `magnitude 6.3`."""
    words = listed_words("sizes_of", text, lang)
    return any("before" in word.codes and word.end <= start and not text[word.end : start].strip() for word in words)


def _comes_to_be(text: str, lang: str) -> bool:
    """Whether the verb behind a denial is one by which things come to be: `not built`."""
    known = lexicon(lang).words("comes_to_be")
    return any(is_one_of(word, known) for word in words_of(lower(text))[:_DENIED])


def tells_size_alone(claim: SaidNumber, quote: SaidNumber, denial: int) -> bool:
    """Whether a claim says nothing of a size but what has it, of which a quote denies something from a place on:
    `a quake of magnitude 6.3`, of which the quote says that it did no damage."""
    if claim.lang != quote.lang or not _is_size(quote.text, quote.outer[0], quote.lang):
        return False
    if _comes_to_be(quote.text[denial : clause_of(quote)[1]], quote.lang):
        return False
    is_of = [word for word in listed_words("sizes_of", claim.text, claim.lang) if "is" in word.codes]
    known = named_in(quote, 0, denial) | {name for word in is_of for name in named_in(claim, word.start, word.end)}
    return all(meet({name}, known) for name in named_in(claim, 0, len(claim.text)) if name.isalpha())


def denies_of_change(denying: SaidNumber, denial: ListedWord, other: SaidNumber) -> bool:
    """Whether a denial behind the noun of a rise or a fall and its number says what that did not do, and the other
    sentence tells of the same rise or fall: `the cut of 20% was not enough`; but not that there was none."""
    if denial.start < denying.end:
        return False
    named = {code for word in _nouns_of_change(denying) for code in word.codes} - {"denied"}
    told = way_of(other)
    ways = {told[0]} if told else {code for word in _nouns_of_change(other) for code in word.codes} - {"denied"}
    if not named or named != ways:
        return False
    known = lexicon(denying.lang).data["change_nouns"]["denied"]
    around = denying.text[denying.end : clause_of(denying)[1]]
    return not any(is_one_of(word, known) for word in words_of(lower(around)))


def _nouns_of_change(place: SaidNumber) -> list[ListedWord]:
    """The nouns of a rise or a fall directly before a number or behind it, of which it is the size."""
    begin, end = place.outer
    known = lexicon(place.lang)
    joins = known.grammar | known.prepositions | known.articles
    found = []
    for word in listed_words("change_nouns", place.text, place.lang):
        if word.codes == {"denied"}:
            continue
        is_before = word.end <= begin
        between = place.text[word.end : begin] if is_before else place.text[end : word.start]
        said = words_of(lower(between))
        words = [each for each in said if any(map(str.isalpha, each)) and each not in ("percent", "prozent")]
        is_joined = is_before and len(words) <= _BEHIND_SIZE and all(each in joins for each in words)
        is_behind = word.start >= end and not words and bool(known.data.get("hyphens_join"))
        if is_joined or is_behind:
            found.append(word)
    return found


def _is_join(text: str, lang: str) -> bool:
    """Whether nothing stands there but what may join a denial to what it denies: `, that`."""
    said = text.lstrip(" ,").rstrip()
    return not said or lower(said) in lexicon(lang).words("clause_goes_on")


def _says_otherwise(denying: SaidNumber, other: SaidNumber) -> bool:
    """Whether one of two sentences denies or supposes what the other does not speak of, or says in a word for such a
    condition: `were not upheld`, `were dismissed`; `if used`, `whoever uses`."""
    word = turning_word(denying)
    if word is None or denying.lang != other.lang:
        return False
    said = {code for each in listed_words("opposites", word.text, denying.lang) for code in each.codes}
    if "if" in said:
        return any("may" in each.codes for each in listed_words("opposites", other.text, other.lang))
    is_before = word.end <= denying.start
    first, last = (word.end, denying.start) if is_before else (word.end, clause_of(denying)[1])
    if any("truth" in each.codes for each in listed_words("opposites", denying.text[word.start : last], denying.lang)):
        return False
    denied = names_in(denying, first, last)[:1]
    if not denied and not is_before:  # `a budget of 48 million was not increased`
        turned = listed_words("directions", denying.text[first:last], denying.lang)
        return bool(turned) and not listed_words("directions", other.text, other.lang)
    return bool(denied) and not meet({*denied}, named_in(other, 0, len(other.text)))


def lacks(place: SaidNumber) -> bool:
    """Whether a sentence has a word that says by itself that something is not there or not done."""
    return any("lack" in word.codes for word in listed_words("opposites", place.text, place.lang))


def is_turned(place: SaidNumber) -> bool:
    """Whether anything in a sentence may deny or suppose what it says."""
    known = lexicon(place.lang)
    if any(word.codes & {"before", "after"} for word in turning_words(place)):
        return True
    return any(known.is_negation(word) for word in words_of(lower(place.text)))
