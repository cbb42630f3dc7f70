"""A sentence around a value, and what its fact says and quotes in; what the sentence says of the value that the fact
does not, out: a rate, another direction, a denial. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportgen.evidence.changes import other_side, other_step, other_way
from reportgen.evidence.denials import denied, tells_size_alone
from reportgen.evidence.levels import unchanged
from reportgen.evidence.said_numbers import VALUE, SaidNumber, in_claim, turning_word
from reportgen.language.beside import own_rate, typed_rate
from reportgen.language.lexicon import lexicon
from reportgen.language.number_phrases import Rate
from reportgen.language.scanner import phrases
from reportgen.late_patterns import regex
from reportgen.model.edtf import Edtf
from reportgen.model.text import Text

_COMPARISONS = (denied, other_way, other_step, other_side, unchanged)
_FIVE = regex(r"(?<![\d.,])5(?![\d.,])")
_YEAR = regex(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


def rate_unsaid(printed: str, after: str, lang: str, said: Iterable[tuple[str, str]], as_of: Edtf | None = None) -> str:
    """The words by which a text tells a value as so much a day, a year or a person, where the value prints no rate, and
    nothing that its fact says or quotes has that one; empty where there are none. What is said of a year may be told as
    so much a year."""
    rate = typed_rate(after, lang)
    kinds = _kinds(rate, lang) if rate else frozenset()
    if rate is None or not kinds or own_rate(printed, lang) is not None:
        return ""
    if {*after.partition(rate.text)[0].lower().split()[-1:]} & lexicon(lang).prepositions:  # `in a year` is how long
        return ""
    if as_of is not None and ({"year": "year", "month": "month", "day": "day"}.get(as_of.precision) in kinds):
        return ""
    for text, language in said:
        if not lexicon(language).data.get("rates", {}).get("said_by") or _says_rate(text, language, kinds):
            return ""
    return rate.text


def _kinds(rate: Rate, lang: str) -> frozenset[str]:
    """The times that a rate may be per, or `person`."""
    people = lexicon(lang).data.get("rates", {}).get("people", ())
    if rate.is_period:
        return frozenset(unit.name for unit in rate.units)
    return frozenset(("person",)) if rate.nouns & {*people} else frozenset()


def _says_rate(text: str, lang: str, kinds: frozenset[str]) -> bool:
    text = text.replace(VALUE, "5")
    if "year" in kinds and _YEAR.search(text):
        return True
    if any(words & kinds for words in _said_by(text, lang)):
        return True
    rates = (reading.rate for found in phrases(text, lang) for reading in found.readings if reading.rate)
    return any(_kinds(rate, lang) & kinds for rate in rates)


def _said_by(text: str, lang: str) -> Iterable[frozenset[str]]:
    table = lexicon(lang).data["rates"]["said_by"]
    words = text.lower()
    return (
        frozenset((kind,))
        for kind, stems in table.items()
        if any(re.search(rf"(?<!\w){stem}", words) for stem in stems)
    )


def told_otherwise(before: str, printed: str, after: str, lang: str, claim: Text, site: str) -> str:
    """What the sentence around a printed value says against the claim of its fact: that what rose there fell, or that
    what is so is not; empty where nothing is. The claim is asked in the language of the text, where it has it."""
    if not lexicon(lang).knows_turns:
        return ""
    number = next((each for each in phrases(printed, lang) if each.kind == "number"), None)
    if number is None:
        return ""
    mine = SaidNumber(f"{before}{printed}{after}", lang, len(before) + number.start, len(before) + number.end)
    denial = turning_word(mine)
    claims = [(text, tag or site) for tag, text in claim.by_language]
    own = [each for each in claims if each[1] == lang]
    for text, tag in own or claims:
        theirs = [*in_claim(text, tag)]
        if denial and denial.start >= mine.end and all(tells_size_alone(each, mine, denial.start) for each in theirs):
            continue
        for compare in _COMPARISONS if theirs else ():
            if found := compare(mine, theirs):
                said = found[0].replace("the claim", "the text").replace("the quote", "the claim of its fact")
                said = said if printed.startswith("5") else _FIVE.sub(lambda _: printed, said)
                return said.replace(VALUE, printed)
    return ""
