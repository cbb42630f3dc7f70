"""A verdict and the sentence that says how the value was read in, the verdict with it out. Pure.

A reading answers what the quotes lack. It prints the parts of a date that they do not print and the numbers of the
value's kind that they do, and no digits of its own but of years and dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportgen.evidence.date_groups import ReadDate
from reportgen.evidence.dates_read import DatePart, dates_in, judged, read_date
from reportgen.evidence.fold import folded_words
from reportgen.evidence.quoted import Quoted
from reportgen.evidence.text_verdict import DIGITS, amounts, same_date, same_number, within_any
from reportgen.evidence.words_read import words_of
from reportgen.language.lexicon import unit_data
from reportgen.language.number_phrases import Phrase
from reportgen.language.scanner import phrases
from reportgen.model.edtf import Edtf
from reportgen.model.fact import DateValue, FactValue
from reportgen.model.quantity import Quantity
from reportgen.model.text import Text
from reportgen.model.verdict import Verdict, VerdictProblem

_FEWEST_WORDS = 3
"""Words of a reading, which is a sentence, at least."""
_HEALED = frozenset(("value-contradicted", "value-not-in-quote", "date-not-in-quote", "unit-not-in-quote"))
"""Errors that a reading can answer."""


def inferred(verdict: Verdict, value: FactValue, quotes: Sequence[Quoted], reading: Text, site: str) -> Verdict:
    """The verdict with its reading: the errors that it answers are gone, or its own faults stand beside them."""
    faults = [
        fault for tag, text in reading.by_language for fault in _faults(verdict, value, quotes, text, tag or site)
    ]
    if faults:
        return replace(verdict, problems=(*verdict.problems, *dict.fromkeys(faults)))
    left = tuple(problem for problem in verdict.problems if problem.code not in _HEALED)
    return replace(verdict, inferred=True, problems=left)


def _faults(
    verdict: Verdict, value: FactValue, quotes: Sequence[Quoted], reading: str, language: str
) -> Iterable[VerdictProblem]:
    """What a reading fails to say, or says and may not."""
    bearing = [quote for quote in quotes if not quote.carries]
    if len(words_of(reading, language)) < _FEWEST_WORDS:
        yield VerdictProblem(
            "reading-not-a-sentence", f'"{reading}" is no sentence', "say in reading: how the value was read"
        )
    folded = folded_words(reading)
    said = phrases(folded, language)
    dates = _dates(reading, language, said)
    if verdict.state in ("contradicted", "partial", "unread"):
        if isinstance(value, DateValue):
            yield from _unsaid_parts(value.date, bearing, dates)
        else:
            yield from _unsaid_numbers(value, verdict, bearing, said, folded)
    runs = {run for quote in quotes for run in DIGITS.findall(folded_words(quote.text))}
    known = [phrase for quote in quotes for phrase in phrases(folded_words(quote.text), quote.language)]
    spans = [(date.start, date.end) for date in dates]
    spans += [(p.start, p.end) for p in said if any(same_number(p, other) for other in known)]
    for found in DIGITS.finditer(folded):
        if found.group() not in runs and not within_any(*found.span(), spans):
            message = f'the reading has "{found.group()}", which no quote prints'
            hint = "say it in words: digits of a reading stand in the quote, or are a year or date"
            yield VerdictProblem("digit-in-reading", message, hint)


def _dates(reading: str, language: str, said: Sequence[Phrase]) -> tuple[ReadDate, ...]:
    """The dates of a reading, and its years alone, which beside a full date in a quotation might be a count."""
    dates, _ = dates_in(reading, language)
    spans = [(date.start, date.end) for date in dates]
    years = (p for p in said if p.kind == "year" and p.text.isdecimal() and not within_any(p.start, p.end, spans))
    return *dates, *(ReadDate(year.start, year.end, year.text, int(year.text)) for year in years)


def _unsaid_numbers(
    value: FactValue, verdict: Verdict, bearing: Sequence[Quoted], said: Sequence[Phrase], reading: str
) -> Iterable[VerdictProblem]:
    """Numbers of the value's kind that the quotes print, and the reading does not: neither as its own language has
    them nor letter for letter."""
    kind = value.unit.powers if isinstance(value, Quantity) and value.unit.powers else ()
    measured = kind if all(base in unit_data().bases for base, _ in kind) else ()
    for quote in bearing:
        for phrase in phrases(folded_words(quote.text), quote.language):
            kinds = {powers for _, powers in amounts((*phrase.readings, *phrase.low, *phrase.high))}
            is_other = phrase.text in verdict.printed and phrase.text not in verdict.read
            is_said = re.search(rf"(?<!\w){re.escape(phrase.text)}(?!\w)", reading)
            if is_other and measured in kinds and not (is_said or any(same_number(phrase, other) for other in said)):
                yield _unsaid(phrase.text)


def _unsaid(text: str) -> VerdictProblem:
    return VerdictProblem(
        "reading-incomplete",
        f'the quote prints "{text}", and the reading does not say what it is',
        f'correct the value, or print "{text}" in reading: and say why it is not the value',
    )


def _unsaid_parts(value: Edtf, bearing: Sequence[Quoted], said: Sequence[ReadDate]) -> Iterable[VerdictProblem]:
    """Parts that neither quote nor reading prints, and other dates of the quotes that the reading leaves out."""
    readings = [read_date(value, quote.text, quote.language) for quote in bearing]
    printed = {(part.name, part.value) for reading in readings for part in reading.parts if part.state == "read"}
    parts = judged(value, ()).parts
    for part in dict.fromkeys(parts):
        if (part.name, part.value) in printed:
            continue
        if not any(_says(part, date) for date in said):
            yield VerdictProblem(
                "reading-incomplete",
                f"neither the quote nor the reading prints {part.named} of {value.text}",
                f"print {part.named} in reading: and say where it is from",
            )
    for quote in bearing:
        for date in dates_in(quote.text, quote.language)[0]:
            against = any(part.state == "other" for part in judged(value, (date,)).parts)
            if against and not any(same_date(date, other) for other in said):
                yield _unsaid(date.text)


def _says(part: DatePart, date: ReadDate) -> bool:
    return {"year": date.year, "month": date.month, "day": date.day, "season": date.season}[part.name] == part.value
