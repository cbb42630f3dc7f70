"""A quote that prints a value in, the question that it asks of it, out. Pure.

A question says nothing of what it asks, but for those that take it as given: why 40 wells ran dry.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.evidence.fold import folded_words
from reportgen.evidence.quoted import Quoted
from reportgen.evidence.sentences import sentence_ends
from reportgen.language.listed_words import listed_words
from reportgen.late_patterns import regex
from reportgen.model.text import Text
from reportgen.model.verdict import VerdictProblem

_ASKED = regex(r"[?？؟⸮՞]")
_BEGINNING = regex(r"[\s\"'«»“”„‘’(¿¡–—-]*")
_GREEK = regex(r";(?=[\"'”»)\]]*(?:\s|$))")
"""The question mark of Greek."""
_OTHERS = regex(r"[;(¿]|:\s")
"""Behind a value, what begins another sentence that may be a question."""
_INSIDE = regex(r"[?？؟][\"'”»)\]]*\s|:\s|¿")
HINT = "quote words that say it, say in the claim that it is asked, or say in reading: how it is known that it is so"


def asked(claim: Text, quotes: Sequence[Quoted], read: Sequence[Sequence[str]]) -> VerdictProblem | None:
    """A warning of quotes each of which asks about the value that it prints, where the claim asks nothing."""
    if any(asks_itself(text) for _, text in claim.by_language):
        return None
    found = ""
    for quote, texts in zip(quotes, read, strict=True):
        if quote.carries or not texts:
            continue
        text = folded_words(quote.text)
        places = [text.find(folded_words(each)) for each in texts]
        for place in places if max(places) >= 0 else (0,):
            question = question_at(text, place, quote.language) if place >= 0 else None
            if question is None:
                return None
            found = found or text[question[0] : question[1]]
    if not found:
        return None
    return VerdictProblem("value-contradicted", f'the quote asks it, and does not say it: "{found}"', HINT, "warning")


def asks_itself(claim: str) -> bool:
    """Whether a claim asks too."""
    return _ASKED.search(claim) is not None


def has_question_mark(text: str, lang: str) -> bool:
    return _ASKED.search(text) is not None or (lang.partition("-")[0] == "el" and _GREEK.search(text) is not None)


def question_at(text: str, place: int, lang: str) -> tuple[int, int] | None:
    """Where the question begins and ends that has a place of a text in it; None where none has, or it takes what it
    asks about as given."""
    ends = [*sentence_ends(text)]
    start = max((end for end in ends if end <= place), default=0)
    last = min((end for end in ends if end > place), default=len(text))
    start = max((found.end() for found in _INSIDE.finditer(text, start, place)), default=start)
    mark = _ASKED.search(text, place, last)
    if mark is None and lang.partition("-")[0] == "el":
        mark = _GREEK.search(text, place, last)
    elif mark and _OTHERS.search(text, place, mark.start()):
        return None
    if mark is None:
        return None
    begins = _BEGINNING.match(text, start, place)
    first = begins.end() if begins else start
    for word in listed_words("questions", text[first : mark.end()], lang):
        if "known" in word.codes or word.start == 0:
            return None
    return first, mark.end()
