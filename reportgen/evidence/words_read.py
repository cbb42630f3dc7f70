"""A text value and its quotes in, whether the quotes have its words, out. Pure.

Two words are one if they are equal, or if they share a start of three letters or more and both rests are endings of
the language. Words are not read for their sense: where one is missing, the value is in our words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from reportgen.evidence.fold import folded_words
from reportgen.evidence.word_forms import WordForms, word_forms
from reportgen.language.lexicon import lexicon
from reportgen.late_patterns import regex

_WORD = regex(r"[A-Z]{1,3}\d?(?:[+#]+|-)(?!\w)|[^\W_]+(?:'[^\W_]+)*'?(?:-(?=[^\W_]*\d)[^\W_]+)*")
"""A word, or a grade with its sign: `AA+`."""
_JOINED = regex(r"[^\W\d_]-$")
_ORDERED = 3
"""Words from which on their order is compared."""
_SHARED = 3
"""Letters that two forms of a word share at least."""


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word of a text."""

    text: str
    """As it stands in the folded text."""
    form: str
    """In lower case, without a possessive."""
    start: int
    end: int
    joined: bool = False
    """Whether a hyphen joins it to a word before it: `vice-president`."""


@dataclass(frozen=True, slots=True)
class WordsReading:
    """How the words of a value fare against its quotes."""

    state: Literal["read", "paraphrase"]
    missing: tuple[str, ...] = ()
    """Words of the value that no quote has, as typed, capitalised ones first."""
    negation: str = ""
    """The negation that only one of the two has."""
    negated: Literal["value", "quote", ""] = ""
    """Which of the two has it."""
    reordered: str = ""
    """The value's words as the quote that has them all orders them, where that may say another thing."""


def read_words(
    value: str, quotes: Iterable[str], language: str, leave_out: Sequence[tuple[int, int]] = ()
) -> WordsReading:
    """Whether the quotes together have every word of a value, and a negation in both or in neither.

    All are in one language. `leave_out` are runs of the folded value that are compared as numbers or dates.
    """
    forms = word_forms(language)
    mine = words_of(value, language)
    quotes = [*quotes]
    theirs = [word for quote in quotes for word in words_of(quote, language)]
    compared = [
        word
        for word in mine
        if not any(start <= word.start and word.end <= end for start, end in leave_out)
        and word.form not in forms.grammar
    ]
    if not compared and not leave_out:  # articles, prepositions or signs alone: nothing that a quote could carry
        return WordsReading("paraphrase", (value,))
    missing = [word.text for word in compared if not any(same_word(word, other, forms) for other in theirs)]
    missing.sort(key=lambda text: not text[:1].isupper())
    said, quoted = _negation(mine, forms), _negation(theirs, forms)
    if bool(said) != bool(quoted):
        return WordsReading("paraphrase", tuple(missing), said or quoted, "value" if said else "quote")
    if not missing and (order := _other_way(mine, quotes, language) or _other_order(value, compared, quotes, language)):
        return WordsReading("paraphrase", reordered=order)
    return WordsReading("paraphrase" if missing else "read", tuple(dict.fromkeys(missing)))


def _other_way(mine: Sequence[ReadWord], quotes: Iterable[str], language: str) -> str:
    """The words of a quote that go the other way than a value: `from Graz to Linz` for `from Linz to Graz`."""
    sides = lexicon(language).data.get("directed", {})
    of_word = {word: side for side, words in sides.items() for word in words}
    forms = word_forms(language)
    led = _led(mine, of_word, forms)
    for quote in quotes if len({side for side, _ in led}) > 1 else ():
        theirs = _led(words_of(quote, language), of_word, forms)
        known = [{side for side, other in theirs if same_word(word, other, forms)} for _, word in led]
        if all(sides and side not in sides for sides, (side, _) in zip(known, led, strict=True)):
            first, last = theirs[0][1], theirs[-1][1]
            return folded_words(quote)[min(first.start, last.start) : max(first.end, last.end)]
    return ""


def _led(words: Sequence[ReadWord], of_word: Mapping[str, str], forms: WordForms) -> list[tuple[str, ReadWord]]:
    """Each word directly behind one that says from where or to where, with which of the two."""
    found, side = [], ""
    for word in words:
        if word.form in of_word:
            side = of_word[word.form]
        elif side and word.form not in forms.grammar:
            found.append((side, word))
            side = ""
    return found


def _other_order(value: str, mine: Sequence[ReadWord], quotes: Iterable[str], language: str) -> str:
    """The words of a value as a quote that has them all orders them: `dams harm fish` for `fish harm dams`.

    Nothing where a language's own endings say what the words are to each other and are the same, as in `рыбе вредят
    плотины`, and for names and pairs, whose order says little: `the Energy Ministry`, `Ministry of Energy`.
    """
    forms = word_forms(language)
    mine = [word for word in mine if not forms.negates(word.form)]  # `not yet clear` is `not clear yet`
    if (
        len(mine) < _ORDERED
        or all(word.text[:1].isupper() for word in mine)
        or forms.links.search(f" {value.lower()} ")
    ):
        return ""
    found = ""
    for quote in quotes:
        theirs = words_of(quote, language)
        places = [[n for n, other in enumerate(theirs) if same_word(word, other, forms)] for word in mine]
        if not all(places):
            continue
        at = -1
        for options in places:
            at = next((place for place in options if place > at), len(theirs))
        is_same = forms.is_inflected and all(any(word.form == other.form for other in theirs) for word in mine)
        if at < len(theirs) or is_same:
            return ""
        first, last = theirs[min(map(min, places))], theirs[max(map(max, places))]
        between = folded_words(quote)[first.start : last.end]
        if "," not in between and not forms.links.search(f" {between.lower()} "):
            found = between
    return found


@lru_cache(maxsize=2048)
def words_of(text: str, language: str) -> tuple[ReadWord, ...]:
    """The words of a text in its order; `isn't` is `is` and `n't`, and a name such as `COVID-19` is one word."""
    folded = folded_words(text)
    found: list[ReadWord] = []
    for match in _WORD.finditer(folded):
        word, start = match.group(), match.start()
        if re.search(r"n't$", word, re.IGNORECASE):
            stem = word[:-3] if word.lower() != "can't" else "can"
            found.append(ReadWord(stem, stem.lower(), start, start + len(stem)))
            found.append(ReadWord("n't", "n't", start + len(word) - 3, match.end()))
            continue
        if not any(character.isalpha() for character in word):
            continue
        bare = re.sub(r"'s$|'$", "", word, flags=re.IGNORECASE)
        joined = _JOINED.search(folded, 0, start) is not None
        found.append(ReadWord(bare, bare.lower().replace("ё", "е"), start, start + len(bare), joined))
    return tuple(found)


def same_word(one: ReadWord, other: ReadWord, forms: WordForms) -> bool:
    """Whether a word of a value and one of a quote are forms of one."""
    if other.joined and not one.joined:
        return False  # a vice-president is no president
    if one.form == other.form:
        # US is not us, and WHO not who.
        return one.text == other.text or not (_is_short_name(one.text) or _is_short_name(other.text))
    return _same_forms(one.form, other.form, one.text[:1].isupper() and other.text[:1].isupper(), forms)


def _is_short_name(text: str) -> bool:
    return 2 <= len(text) <= 3 and text.isupper() and text.isalpha()


def _same_forms(one: str, other: str, is_name: bool, forms: WordForms) -> bool:
    if one[:1] != other[:1]:
        return False
    for a in _variants(one, forms):
        for b in _variants(other, forms):
            if a == b:
                return True
            if a[: _SHARED - 1] != b[: _SHARED - 1]:
                continue
            shared = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            # The last letter of a stem may change before an ending: кітап, кітабы.
            letters = a[shared : shared + 1], b[shared : shared + 1]
            if letters in forms.changes or letters[::-1] in forms.changes:
                shared += 1
            # Any shorter shared start will do as well: bank|и and bank|ам, but also банк|а and банка|м.
            for length in range(shared, _SHARED - 1, -1):
                if all(forms.is_ending(word[length:], is_name, length) for word in (a, b)):
                    return True
    return False


def _variants(word: str, forms: WordForms) -> tuple[str, ...]:
    """A word in one of its spellings, and with its fleeting vowel left out."""
    spelled = word
    for pattern, replacement in forms.spellings:
        spelled = pattern.sub(replacement, spelled)
    if forms.fleeting and (found := forms.fleeting.fullmatch(spelled)):
        return spelled, found[1] + found[2]
    return (spelled,)


def _negation(words: Iterable[ReadWord], forms: WordForms) -> str:
    return next((word.text for word in words if forms.negates(word.form)), "")


def denies(text: str, language: str) -> bool:
    """Whether anything in a text is a negation, or a word that turns what it stands with."""
    return bool(_negation(words_of(text, language), word_forms(language)))
