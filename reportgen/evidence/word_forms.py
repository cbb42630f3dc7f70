"""A language in, how its words change their endings, out. Pure; remembered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from reportgen.language.lexicon import MADE, lexicon

SHORT_STEM = 3
"""Letters of the shortest stems."""
_VOWELS = "аәеиоөуүұыіэюя"


@dataclass(frozen=True, slots=True)
class WordForms:
    """What tells the forms of one word from another word."""

    grammar: frozenset[str]
    """Articles and prepositions: not compared."""
    negations: frozenset[str]
    weak_negations: re.Pattern[str]
    """Words that turn what they stand with, such as `barely` and `former`."""
    ending: re.Pattern[str]
    """What a form of a word may end in after its stem, or nothing."""
    name_ending: re.Pattern[str]
    """What the form of a name may end in: fewer, since Иванов is not Иван."""
    changes: frozenset[tuple[str, str]]
    """Letters that stand for each other at the end of a stem."""
    spellings: tuple[tuple[re.Pattern[str], str], ...]
    """Spellings of one ending, -ise and -ize, and of one stem, sceptic and skeptic."""
    fleeting: re.Pattern[str] | None
    """A word with a vowel that its other forms may lack: рынок, рынка."""

    is_inflected: bool
    """Whether endings, and not the order of words, say who does what to whom."""
    links: re.Pattern[str]
    """Words around which others change places."""

    short_ending: re.Pattern[str] | None = None
    """What a form may end in after a stem of three letters, where that is less: caring is no form of car."""

    def is_ending(self, text: str, is_name: bool, stem: int) -> bool:
        """Whether a word or a name may end so after so many letters."""
        if stem <= SHORT_STEM and self.short_ending is not None:
            return bool(self.short_ending.fullmatch(text))
        return bool((self.name_ending if is_name else self.ending).fullmatch(text))

    def negates(self, form: str) -> bool:
        """Whether a word turns a sentence."""
        return form in self.negations or self.weak_negations.fullmatch(form) is not None


@cache
def word_forms(language: str) -> WordForms:
    """The forms of a language's words; in one without a hand-made part each word is itself alone."""
    known = lexicon(language)
    hand = known.data.get("inflection", {})
    listed = known.data.get("endings", ())
    ending = names = known.ending
    if listed:
        ending = _any([*listed, *hand.get("verb_endings", ())])
        names = _any(hand.get("name_endings", [word for word in listed if word not in hand.get("not_of_names", ())]))
    softens = known.data.get("softens", {})
    fleeting = hand.get("fleeting")
    return WordForms(
        known.articles | known.prepositions,
        known.negations,
        re.compile("|".join(word.replace("*", r"\w*") for word in known.data.get("weak_negations", ())) or "(?!)"),
        ending,
        names,
        frozenset((one, other) for one, other in softens.items()),
        tuple(
            (re.compile(rf"(?<=[a-z]{{3}}){one[:-1]}(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"), other[:-1])
            for one, other in hand.get("spellings", {}).items()
        )
        + tuple((re.compile(f"^{one}"), other) for one, other in hand.get("stem_spellings", {}).items()),
        re.compile(rf"(.+[^{_VOWELS}])[{fleeting[0]}]([{fleeting[1]}])") if fleeting else None,
        known.has_words and not known.articles,
        re.compile(rf" (?:{'|'.join(sorted(known.conjunctions | known.prepositions)) or '(?!)'}) "),
        _any(hand["short_endings"]) if "short_endings" in hand else None,
    )


def _any(endings: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join([*sorted(endings, key=lambda ending: (-len(ending), ending)), ""]))


@cache
def turns_rate(word: str, language: str = "") -> bool:
    """Whether a word after "a year" makes it a time, as in "a year earlier"."""
    bare = word.strip(".,;:!?()[]\"'").lower()
    return any(bare in lexicon(known).words("not_per") for known in ((language,) if language else MADE))


@cache
def is_negation(word: str, language: str = "") -> bool:
    """Whether a word is a negation in a language, or in any whose negations are known where the language is not."""
    bare = word.strip(".,;:!?()[]\"'").lower()
    return any(lexicon(known).is_negation(bare) for known in ((language,) if language else MADE))
