"""A number in a text in, whether something changes by it, to it or from it, out. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from reportgen.language.lexicon import lexicon
from reportgen.language.words import folded, tokens_of, without_elisions

_WORDS_AFTER = 4
"""Words behind a number among which the word for its step stands, in a language that has it there."""
_FAR = 8
"""Words behind a number among which the end of the change stands: `de 30 % en 2010 à 40 %`."""
_STOPS = frozenset(".;:!?")
_StepPhrase = tuple[str, ...]


def step_at(text: str, start: int, end: int, lang: str) -> tuple[str, int, int] | None:
    """`by`, `to` or `from` of the number from `start` to `end`, and where it and its word begin and end; None where no
    such word stands directly at it."""
    known = lexicon(lang)
    words = without_elisions(tokens_of(folded(text)), known.words("elided"))
    codes, passed = _step_words(known.language)
    if known.is_agglutinative:  # `40 МВт-қа дейін`, `40 МВт деңгейіне дейін`
        for token in [token for token in words if token.start >= end][:_WORDS_AFTER]:
            if (token.text,) in codes:
                return codes[(token.text,)], start, token.end
            if token.kind != "word" and token.text != "-":
                return None
        return None
    before = [token for token in words if token.end <= start]
    while before:
        said = _longest_at_end([token.text for token in before], (*codes, *passed))
        if said in codes:
            code = codes[said]
            if code == "either":
                own = [token.text for token in words if start <= token.start < end][1:]
                code = _from_or_by(own, [token.text for token in words if token.start >= end], codes, passed)
            return None if code == "none" else (code, before[-len(said)].start, end)
        if not said:
            return None
        before = before[: -len(said)]
    return None


@cache
def _step_words(language: str) -> tuple[Mapping[_StepPhrase, str], frozenset[_StepPhrase]]:
    """The words for steps, each with what it says; and what may stand between such a word and its number."""
    known = lexicon(language)
    codes = {tuple(said.split()): str(code) for code, listed in known.data.get("steps", {}).items() for said in listed}
    if not known.is_agglutinative:
        codes |= {(word,): "from" for word in known.data.get("from", ())}
    return codes, frozenset(tuple(said.split()) for said in known.articles | known.words("from_fillers"))


def _longest_at_end(words: Sequence[str], listed: Iterable[_StepPhrase]) -> _StepPhrase:
    """The longest of some phrases in which words end; empty where none is."""
    return max((each for each in listed if tuple(words[-len(each) :]) == each), key=len, default=())


def _from_or_by(
    own: Sequence[str], after: Sequence[str], codes: Mapping[_StepPhrase, str], passed: Collection[_StepPhrase]
) -> str:
    """What `de` says before a number with a unit of its own or none: `from` where the change ends behind it, in the
    same unit (`de 30 % à 40 %`), `by` where it does not end there, and `none` where that is not plain."""
    for n, word in enumerate(after[:_FAR]):
        if word in _STOPS:
            break
        if codes.get(_longest_at_end(after[: n + 1], codes)) == "to":
            rest = after[n + 1 :]
            while said := max((each for each in passed if tuple(rest[: len(each)]) == each), key=len, default=()):
                rest = rest[len(said) :]
            if rest and rest[0][0].isdigit():
                is_same = tuple(rest[1 : 1 + len(own)]) == tuple(own)
                return ("from" if is_same else "by") if own else "none"
    return "by"
