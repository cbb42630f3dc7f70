"""A claim and a quote that prints its number in, where the quote says that what the number counts was given up, refused
or is wanting, and the claim does not, out. Pure.

Read are listed verbs whose object the number is, or whose subject: `scrapped 12 shops`, `12 shops were scrapped`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.evidence.denials import is_turned, lacks
from reportgen.evidence.said_numbers import SaidNumber, TextAgainst, clause_of
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import ListedWord, listed_words
from reportgen.language.number_phrases import Phrase
from reportgen.language.scanner import phrases
from reportgen.language.words import folded, tokens_of
from reportgen.late_patterns import regex

_FAR = 4
"""Words between such a verb and the number that is its object or its subject."""
_ENDS = regex(r"\s*(?:$|[.;:!?,)])")


def undone(claim: SaidNumber, quotes: Sequence[SaidNumber]) -> TextAgainst | None:
    """What was given up, refused or is wanting in the quote, and in the claim is not."""
    theirs = [word for place in quotes if (word := next(undoing(place), None))]
    if len(theirs) < len(quotes) or answers_undoing(claim):
        return None
    number = quotes[0].text[quotes[0].start : quotes[0].end]
    return f'the quote says "{theirs[0].text}" of "{number}", and the claim does not', "warning"


def answers_undoing(claim: SaidNumber) -> bool:
    """Whether a claim has any word that may say that something was given up, refused or is wanting."""
    return bool(listed_words("undoings", claim.text, claim.lang)) or is_turned(claim) or lacks(claim)


def undoing(place: SaidNumber) -> Iterator[ListedWord]:
    """The verbs of a sentence by which what a number counts was given up, refused or is wanting."""
    words = listed_words("undoings", place.text, place.lang)
    if not words:
        return
    phrase = next((each for each in phrases(place.text, place.lang) if each.start <= place.start < each.end), None)
    if phrase is None or phrase.is_time or phrase.kind not in ("number", "range"):
        return
    first, last = clause_of(place)
    for word in words:
        if "before" in word.codes and first <= word.start and word.end <= phrase.outer_start:
            if _is_object(word.end, phrase, words, place):
                yield word
        elif "after" in word.codes and phrase.outer_end <= word.start and word.end <= last:
            if len(place.text[phrase.outer_end : word.start].split()) <= _FAR:
                yield word
        elif "passive" in word.codes and phrase.outer_end <= word.start and word.end <= last:
            if _is_passive(place.text[phrase.outer_end : word.start], place.lang):
                yield word
        elif "at_end" in word.codes and phrase.outer_end < word.start and word.end <= last:
            between = place.text[phrase.outer_end : word.start].split()
            if 0 < len(between) <= _FAR and _ENDS.match(place.text, word.end):
                yield word


def _is_passive(between: str, lang: str) -> bool:
    """Whether what stands between a number and a participle ends with a verb that makes a passive of it: `were`."""
    known, apart = lexicon(lang), lexicon(lang).data["undoings"]
    words = [token.text for token in tokens_of(folded(between)) if token.kind == "word"]
    while words and (words[-1] in apart["then"] or known.is_adverb(words[-1])):
        words.pop()
    return 0 < len(words) <= _FAR and words[-1] in apart["helpers"]


def _is_object(end: int, phrase: Phrase, words: Sequence[ListedWord], place: SaidNumber) -> bool:
    """Whether a number is what a verb before it is said of: `scrapped plans for 12`, but not `scrapped in 12`, nor
    `scrapped a tower of 12 floors`."""
    start = phrase.outer_start
    between = [token for token in tokens_of(folded(place.text[end:start])) if token.kind == "word"]
    if len(between) > _FAR or any(sign in place.text[end:start] for sign in ",;:()"):
        return False
    apart = lexicon(place.lang).data["undoings"]
    if between and between[0].text in apart.get("apart_first", ()):
        return False
    return not any(token.text in apart["apart"] or token.text in apart["single"] for token in between)
