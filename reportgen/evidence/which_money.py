"""A currency and the words of a fact's quotes in; the sign in them that rather means another one out. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.evidence.fold import folded_words
from reportgen.evidence.quoted import Quoted
from reportgen.language.scanner import phrases


def shared_sign(code: str, quotes: Sequence[Quoted]) -> tuple[str, str]:
    """What a quote prints with a sign or a word that several currencies share, and the currency that it rather means:
    `("$1,250", "USD")` for AUD. Empty where a quote says the currency by itself, as `A$3` does, or prints none."""
    found = ("", "")
    for quote in quotes:
        for phrase in phrases(folded_words(quote.text), quote.language):
            names = [unit.name for reading in (*phrase.readings, *phrase.low, *phrase.high) for unit in reading.units]
            if code in names and names[0] == code:
                return "", ""
            if code in names and not quote.carries:
                found = found if found[0] else (phrase.text, names[0])
    return found
