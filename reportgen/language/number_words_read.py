"""Text and a position in, the number in English words that begins there, out. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from reportgen.language.vocabulary import ORDINALS, PARTS, SCALES, SMALL, TENS

_WORD = re.compile(r"(?P<link> and |[ -])?(?P<word>[A-Za-z]+)(?!\w)")
_OF = re.compile(r" of(?!\w)", re.IGNORECASE)
_HALF_MORE = re.compile(r" and a half(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WordedNumber:
    """A number written out."""

    end: int
    """One past its last word."""
    value: Fraction
    multiple: Fraction
    """Its last scale: 1,000,000 for `three million`, 1 for `one hundred and five`."""


def worded_number(text: str, start: int) -> WordedNumber | None:
    """The longest number in words that begins at `start`, where a word begins; None if there is none."""
    first = _WORD.match(text, start)
    if not first or first["link"]:
        return None
    word = first["word"].lower()
    if word in ORDINALS:
        return WordedNumber(first.end(), Fraction(ORDINALS[word]), Fraction(1))
    if word == "half":
        scale = re.compile(r" an? (thousand|million|billion|trillion)(?!\w)", re.IGNORECASE).match(text, first.end())
        multiple = SCALES[scale[1].lower()] if scale else 1
        return WordedNumber((scale or first).end(), Fraction(multiple, 2), Fraction(multiple))
    if word in ("a", "an"):
        after = _WORD.match(text, first.end())
        named = after["word"].lower() if after and after["link"] == " " else ""
        if not after or (named not in SCALES and not (named in PARTS and _OF.match(text, after.end()))):
            return None
    elif word not in SMALL and word not in TENS:
        return None
    return _longest(text, first)


def _longest(text: str, first: re.Match[str]) -> WordedNumber:
    word = first["word"].lower()
    group = Fraction(SMALL.get(word, TENS.get(word, 1)))
    total, end, last, multiple = Fraction(0), first.end(), word, Fraction(1)
    if half := _HALF_MORE.match(text, end):
        group, end = group + Fraction(1, 2), half.end()
    while following := _WORD.match(text, end):
        link, word = following["link"], following["word"].lower()
        if link is None or (link == " and " and last not in SCALES):
            break
        if last in TENS and link != " and " and (0 < SMALL.get(word, 0) < 10 or 0 < ORDINALS.get(word, 0) < 10):
            group, multiple = group + SMALL.get(word, ORDINALS.get(word, 0)), Fraction(1)
        elif last in SCALES and (word in SMALL or word in TENS) and group % 100 == 0:
            group, multiple = group + SMALL.get(word, TENS.get(word, 0)), Fraction(1)
        elif word in ("dozen", "hundred") and 0 < group < 100 and link != " and ":
            group, multiple = group * SCALES[word], Fraction(SCALES[word])
        elif word in SCALES and group and link != " and ":
            total, group, multiple = total + group * SCALES[word], Fraction(0), Fraction(SCALES[word])
        else:
            break
        last, end = word, following.end()
    value = total + group
    part = _WORD.match(text, end)
    if part and part["link"] in (" ", "-") and (named := _part(part["word"].lower())):
        return WordedNumber(part.end(), value / named, Fraction(1))
    return WordedNumber(end, value, multiple)


def _part(word: str) -> int:
    """How many parts `thirds` makes of a whole; 0 for other words."""
    return PARTS.get(word) or PARTS.get(word.removesuffix("s")) or (2 if word == "halves" else 0)
