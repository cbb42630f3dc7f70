"""A claim and a quote that prints its number in, where the claim tells as done what the quote does not, out. Pure.

Compared is the verb of the claim: in the quote the same verb may stand as an infinitive (`needs to cool 40 rooms`), as
what the noun is (`called for 40 cooled rooms`) or as what something else is done to (`cancelled the cooling of 40
rooms`). Which word comes before it is then left open, except for those of which it is known that it is done: `managed
to cool`. So it is no list of words that leave a thing undone, which has no end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.evidence.moods import moods_in
from reportgen.evidence.said_numbers import SaidNumber, TextAgainst, clause_of
from reportgen.language.lexicon import lexicon
from reportgen.language.listed_words import is_one_of
from reportgen.language.words import Token, folded, lower, tokens_of

_SHORT = 3
"""Letters that the stem of a verb has at least."""
_PASSED = 2
"""Adverbs at most between `to` and its verb."""


def not_told_as_done(claim: SaidNumber, quotes: Sequence[SaidNumber]) -> TextAgainst | None:
    """The words of a quote in which the verb of the claim is not done; in doubt, since no grammar is read."""
    if not all(lexicon(each.lang).data.get("unfinished") for each in (claim, *quotes)):
        return None
    done = _done(claim)
    if not done:
        return None
    found = [said for each in quotes if (said := _unfinished(each, done))]
    if not found or len(found) < len(quotes):
        return None
    word, stem = found[0]
    return f"the quote says “{word}”, and the claim tells it as done (“{done[stem]}”)", "warning"


def _words(place: SaidNumber, first: int, last: int) -> list[Token]:
    text = lower(folded(place.text[first:last]))
    return [token for token in tokens_of(text) if token.kind == "word"]


def _done(claim: SaidNumber) -> dict[str, str]:
    """Stem -> the verbs of a claim before its number that tell of what is done, by their forms."""
    known = lexicon(claim.lang)
    data = known.data["unfinished"]
    words = [token.text for token in _words(claim, clause_of(claim)[0], claim.start)]
    if any(word in data["to"] or is_one_of(word, data["open"]) for word in words):
        return {}
    return {
        stem: word
        for word in words
        if word not in known.grammar
        and (stem := _stem(word, claim.lang))
        and word != stem
        and _is_past(word, claim.lang)
    }


def _is_past(word: str, lang: str) -> bool:
    data = lexicon(lang).data["unfinished"]
    return word in data["irregular"] or any(word.endswith(ending) for ending in data["past"])


def _stem(word: str, lang: str) -> str:
    """What the forms of a verb have in common: `cool` of `cooled` and `cooling`, `plan` of `planned`; or nothing."""
    data = lexicon(lang).data["unfinished"]
    word = data["irregular"].get(word, word)
    for ending in (*data["past"], *data["going_on"], *data["others"]):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORT:
            word = word.removesuffix(ending)
            break
    word = word[:-1] if len(word) > _SHORT and word[-1] == word[-2] else word
    return word if len(word) >= _SHORT else ""


def _unfinished(quote: SaidNumber, done: dict[str, str]) -> tuple[str, str] | None:
    """The words of a quote that have a verb of the claim and do not say that it is done, and its stem."""
    first, last = clause_of(quote)
    if moods_in(quote.text[first:last], quote.lang):  # which tells it by itself
        return None
    before, behind = _words(quote, first, quote.start), _words(quote, quote.end, last)[:2]
    stems = [_stem(token.text, quote.lang) for token in before]
    found = [*_undone_before(before, stems, quote.lang, done)]
    if any(stem in done for stem in stems):
        return found[0] if found and len(found) == sum(stem in done for stem in stems) else None
    data, is_there = lexicon(quote.lang).data["unfinished"], not before
    is_there = is_there or is_one_of(before[-1].text, (*data["helpers"], *data["before_attributes"]))
    if len(behind) > 1 and not is_there and _is_past(behind[0].text, quote.lang):
        stem = _stem(behind[0].text, quote.lang)
        return (" ".join(each.text for each in (*before[-1:], *behind)), stem) if stem in done else None
    return None


def _undone_before(
    words: Sequence[Token], stems: Sequence[str], lang: str, done: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Of the words before a number, each form of a verb of the claim that stands behind `to`, or is a noun of it."""
    known = lexicon(lang)
    data = known.data["unfinished"]
    for n, (token, stem) in enumerate(zip(words, stems, strict=True)):
        if stem not in done:
            continue
        at = n - 1
        while at > 0 and n - at <= _PASSED and known.is_adverb(words[at].text):
            at -= 1
        if at >= 1 and words[at].text in data["to"] and not is_one_of(words[at - 1].text, data["done_before_to"]):
            yield " ".join(each.text for each in words[at - 1 : n + 1]), stem
        elif at >= 0 and words[at].text in data["bare"]:
            yield " ".join(each.text for each in words[at : n + 1]), stem
        elif any(token.text.endswith(ending) for ending in data["going_on"]) and n:
            before = words[n - 1].text
            if before not in data["before_going_on"] and not is_one_of(before, data["helpers"]):
                yield " ".join(each.text for each in words[max(0, n - 2) : n + 1]), stem
