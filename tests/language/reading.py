"""Cases of values and quotes in, values as they are judged out; and numbers in words, made from the lexicon."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from reportgen.language.fitting import Asked, noun_forms
from reportgen.language.judging import NumberVerdict, judge
from reportgen.language.lexicon import lexicon
from reportgen.quantities.units import unit_table

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def value_of(value: str | dict[str, str], unit: str, relation: str = "=", nouns: Iterable[str] = ()) -> Asked:
    parsed = unit_table([unit] if unit else []).parse(unit)
    found = noun_forms(parsed, {})
    forms = frozenset((*found, *(f"{noun}s" for noun in found), *nouns))
    if isinstance(value, str):
        return Asked(Fraction(value), parsed, relation, nouns=forms)
    central = Fraction(value["value"]) if "value" in value else None
    return Asked(central, parsed, relation, Fraction(value["min"]), Fraction(value["max"]), forms)


def is_read(verdict: NumberVerdict) -> bool:
    """Whether it may be published: read, with warnings at most."""
    return verdict.state == "read" and not any(problem.severity == "error" for problem in verdict.problems)


def read(quote: str, value: str | dict[str, str], unit: str, language: str, relation: str = "=") -> NumberVerdict:
    return judge(value_of(value, unit, relation), quote, language)


def in_words(number: int, language: str) -> str:
    """A whole number below 10^12 as the language adds it up, in the forms that are counted with alone."""
    known = lexicon(language)
    words = {value: word for word, value in reversed(known.numbers.items())}
    if language == "en":
        words |= {2: "two", 12: "twelve"}
    for scale, names in ((10**9, _BILLION), (10**6, _MILLION), (1000, _THOUSAND)):
        if number >= scale:
            many, rest = divmod(number, scale)
            name = _counted(many, names[language])
            feminine = {1: "одна", 2: "две"} if language == "ru" and scale == 1000 else {}
            counted = _below(many, words, language, feminine)
            return f"{counted} {name}" + (f" {in_words(rest, language)}" if rest else "")
    return _below(number, words, language, {})


_BILLION = {"en": ("billion",) * 3, "ru": ("миллиард", "миллиарда", "миллиардов"), "kk": ("миллиард",) * 3}
_MILLION = {"en": ("million",) * 3, "ru": ("миллион", "миллиона", "миллионов"), "kk": ("миллион",) * 3}
_THOUSAND = {"en": ("thousand",) * 3, "ru": ("тысяча", "тысячи", "тысяч"), "kk": ("мың",) * 3}


def _counted(many: int, names: tuple[str, str, str]) -> str:
    if many % 100 in range(11, 15) or many % 10 not in (1, 2, 3, 4):
        return names[2]
    return names[0] if many % 10 == 1 else names[1]


def _below(number: int, words: dict[int, str], language: str, feminine: dict[int, str]) -> str:
    """A number below a thousand."""
    if number in feminine:
        return feminine[number]
    if number in words and (number < 100 or language == "ru"):
        return words[number]
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        if language == "ru":
            head = words[hundreds * 100]
        else:
            name = {"en": "hundred", "kk": "жүз"}[language]
            head = f"{words[hundreds]} {name}"
        joint = " and " if language == "en" else " "
        return head + (joint + _below(rest, words, language, feminine) if rest else "")
    tens, rest = divmod(number, 10)
    joint = "-" if language == "en" else " "
    return words[tens * 10] + joint + _below(rest, words, language, feminine)
