"""A number in a text in, whether something changes by it, to it or from it, out. Pure."""

from __future__ import annotations

from reportgen.language.lexicon import lexicon
from reportgen.language.words import folded, tokens_of

_WORDS_AFTER = 4
"""Words behind a number among which the word for its step stands, in a language that has it there."""


def step_at(text: str, start: int, end: int, lang: str) -> tuple[str, int, int] | None:
    """`by`, `to` or `from` of the number from `start` to `end`, and where it and its word begin and end; None where no
    such word stands directly at it."""
    known, words = lexicon(lang), tokens_of(folded(text))
    codes = {word: code for code, listed in known.data.get("steps", {}).items() for word in listed}
    if known.is_agglutinative:  # `40 МВт-қа дейін`, `40 МВт деңгейіне дейін`
        for token in [token for token in words if token.start >= end][:_WORDS_AFTER]:
            if token.text in codes:
                return codes[token.text], start, token.end
            if token.kind != "word" and token.text != "-":
                return None
        return None
    codes |= dict.fromkeys(known.data.get("from", ()), "from")
    for token in reversed([token for token in words if token.end <= start]):
        if token.text in codes:
            return codes[token.text], token.start, end
        if token.text not in known.articles and token.text not in known.words("from_fillers"):
            return None
    return None
