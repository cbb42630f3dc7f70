"""A quote in, the characters in it that deceive the eye, out. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

from reportgen.evidence.fold import folded_words
from reportgen.late_patterns import regex

_LOOK_ALIKE_SCRIPTS = frozenset(
    ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "FULLWIDTH", "MATHEMATICAL")
)
"""Scripts with letters that look like another's, by the first word of their Unicode names. Japanese mixes three."""
_QUANTITIES = "μΩΔπ"
"""Greek letters that stand beside Latin ones in units: μm, kΩ."""

_BIDI = regex("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WORD = regex(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class QuoteProblem:
    """A deceiving character."""

    kind: Literal["mixed-script", "bidi-control"]
    message: str
    """In the author's terms, without a full stop."""
    start: int
    """Code-point offset in the quote as given."""
    end: int


def problems_in_quote(quote: str) -> tuple[QuoteProblem, ...]:
    """Letters of another script inside a run of letters, digits of two scripts in a number, bidirectional controls."""
    problems = [
        QuoteProblem(
            "bidi-control",
            f"the quote holds U+{ord(found.group()):04X}, which can turn the order of letters around",
            found.start(),
            found.end(),
        )
        for found in _BIDI.finditer(quote)
    ]
    for word in _WORD.finditer(quote):
        scripts = {index: _script(character) for index, character in enumerate(word.group(), start=word.start())}
        for is_digit in (False, True):
            of_kind = {i: script for i, script in scripts.items() if script and quote[i].isdecimal() == is_digit}
            names = list(of_kind.values())
            if len(set(names)) < 2:
                continue
            main = max(dict.fromkeys(names), key=names.count)
            problems += [
                QuoteProblem("mixed-script", _mixed(quote[i], word.group(), main), i, i + 1)
                for i, script in of_kind.items()
                if script != main
            ]
    return tuple(sorted(problems, key=lambda problem: (problem.start, problem.kind)))


def count_words(*texts: str) -> int:
    """How many runs of letters or digits the texts hold together: `18.10%` is two."""
    return sum(len(_WORD.findall(folded_words(text))) for text in texts)


def _script(character: str) -> str:
    """`LATIN`, `CYRILLIC`, … or `` for what belongs to none or to a script without look-alikes."""
    name = unicodedata.name(character, "")
    if character.isdecimal():
        return name.partition("DIGIT")[0].strip() or "ASCII"
    script = name.partition(" ")[0]
    return script if script in _LOOK_ALIKE_SCRIPTS and character not in _QUANTITIES and character.isalpha() else ""


def _mixed(character: str, word: str, main: str) -> str:
    return (
        f'"{character}" in "{word}" is {unicodedata.name(character, "unnamed").capitalize()}, not {main.capitalize()}'
    )
