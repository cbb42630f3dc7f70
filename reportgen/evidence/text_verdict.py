"""A value in words and its quotes in, what the quotes carry of it, out. Pure.

Numbers and dates in it are compared as numbers and dates, the rest word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from reportgen.evidence.date_groups import ReadDate
from reportgen.evidence.dates_read import dates_in
from reportgen.evidence.fold import folded_words
from reportgen.evidence.quoted import Quoted, gathered, listed
from reportgen.evidence.words_read import WordsReading, read_words
from reportgen.language.lexicon import UnitPowers
from reportgen.language.number_phrases import NumberReading, Phrase
from reportgen.language.scanner import phrases
from reportgen.late_patterns import regex
from reportgen.model.text import Text
from reportgen.model.verdict import ParaphraseCause, QuoteVerdict, Verdict, VerdictProblem, VerdictState

DIGITS = regex(r"\d+(?:[.,]\d+)*")
_IN_NAME = regex(r"[^\W\d_]-?$")
"""What stands before digits that belong to a name: `G20`, `COVID-19`."""


def text_verdict(value: Text, quotes: Sequence[Quoted], site: str) -> Verdict:
    """Rule 10. The quotes carry a text together; of a text in several languages, the quotes' own is compared."""
    bearing = [quote for quote in quotes if not quote.carries] or list(quotes)
    for tag, text in value.by_language:
        language = tag or site
        own = [quote for quote in bearing if _base(quote.language) == _base(language)]
        if own:
            found = _text_in(text, own, language)
            return replace(found, quotes=tuple(found.quotes[0] for _ in quotes))
    theirs = listed(tuple(dict.fromkeys(_base(quote.language) or "?" for quote in bearing)), quoted=False)
    mine = listed(tuple(dict.fromkeys(_base(tag or site) or "?" for tag, _ in value.by_language)), quoted=False)
    verdict = QuoteVerdict("paraphrase")
    cause = ParaphraseCause("language", (mine, theirs))
    return Verdict("text", "paraphrase", tuple(verdict for _ in quotes), cause=cause)


def _base(language: str) -> str:
    return language.partition("-")[0].lower()


def _text_in(text: str, quotes: Sequence[Quoted], language: str) -> Verdict:
    dates, _ = dates_in(text, language)
    spans = [(date.start, date.end) for date in dates]
    folded = folded_words(text)
    said = [phrase for phrase in phrases(folded, language) if not within_any(phrase.start, phrase.end, spans)]
    printed = [phrase for quote in quotes for phrase in phrases(folded_words(quote.text), quote.language)]
    quoted_dates = [date for quote in quotes for date in dates_in(quote.text, quote.language)[0]]
    shown = gathered(([phrase.text for phrase in printed if _is_number(phrase)], [date.text for date in quoted_dates]))
    for phrase in said:
        if _is_number(phrase):
            if not any(same_number(phrase, other) for other in printed):
                return _text_number(phrase.text, tuple(p.text for p in printed if _alike(phrase, p)), shown)
            spans.append((phrase.start, phrase.end))
        elif _is_bare(phrase, folded) and not any(_has_words(quote.text, phrase.text) for quote in quotes):
            return _text_number(phrase.text, (), shown)
    for date in dates:
        if not any(same_date(date, other) for other in quoted_dates):
            return _text_number(date.text, tuple(other.text for other in quoted_dates), shown)
    words = read_words(text, [quote.text for quote in quotes], language, spans)
    lacking = tuple(f'"{word}"' for word in words.missing)
    read = () if words.state == "paraphrase" else (folded,)
    verdict = QuoteVerdict(words.state, read, shown, lacking)
    return Verdict("text", words.state, (verdict,), read, shown, lacking, cause=_cause(words))


def _is_number(phrase: Phrase) -> bool:
    """Whether a phrase says a number: a count, an amount or an ordinal, and not a date, a label or what is void."""
    return not phrase.void and phrase.kind in ("number", "ordinal", "range")


def _is_bare(phrase: Phrase, text: str) -> bool:
    """Whether a phrase that says no number has digits that belong to no name, such as those of a label."""
    return bool(DIGITS.search(phrase.text)) and not _IN_NAME.search(text, 0, phrase.start)


def amounts(readings: Iterable[NumberReading]) -> set[tuple[Fraction, UnitPowers]]:
    """What a number may say: its value in base units, and which."""
    return {
        (reading.value * unit.scale, unit.powers) if unit else (reading.value, ())
        for reading in readings
        for unit in (reading.units or (None,))
    }


def same_number(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases say one number of one unit, and the second no bound that the first lacks."""
    if not _is_number(other) or one.kind != other.kind or one.factor != other.factor:
        return False
    if other.relations and "~" not in other.relations and not set(one.relations) & set(other.relations):
        return False
    if one.kind == "range":
        return all(amounts(a) & amounts(b) for a, b in ((one.low, other.low), (one.high, other.high)))
    return bool(amounts(one.readings) & amounts(other.readings))


def _alike(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases are numbers of one kind of unit, or both of none."""
    kinds = [{powers for _, powers in amounts((*p.readings, *p.low, *p.high))} for p in (one, other)]
    return _is_number(other) and one.kind == other.kind and bool(kinds[0] & kinds[1])


def _has_words(text: str, words: str) -> bool:
    """Whether a text has a run of words, whatever the case."""
    return re.search(rf"(?<!\w){re.escape(words.lower())}(?!\w)", folded_words(text).lower()) is not None


def within_any(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def same_date(one: ReadDate, other: ReadDate) -> bool:
    """Whether all that one date says is said by the other."""
    return all(
        mine is None or mine == theirs
        for mine, theirs in ((one.year, other.year), (one.months, other.months), (one.days, other.days))
    )


def _text_number(said: str, rivals: tuple[str, ...], shown: tuple[str, ...]) -> Verdict:
    state: VerdictState = "contradicted" if rivals else "unread"
    code = "value-contradicted" if rivals else "value-not-in-quote"
    has = f"the quote prints {listed(rivals)}" if rivals else "the quote prints no such number"
    must = " and what the quote prints" if rivals else ""
    problem = VerdictProblem(
        code,
        f'the value says "{said}", and {has}',
        f"correct the value, quote the words that print it, or say in reading: how it was read{must}",
    )
    verdict = QuoteVerdict(state, (), shown, (f'"{said}"',), (problem,))
    return Verdict("text", state, (verdict,), (), rivals, (f'"{said}"',), problems=(problem,))


def _cause(words: WordsReading) -> ParaphraseCause | None:
    if words.negated:
        kind: Literal["value-negation", "quote-negation"] = (
            "value-negation" if words.negated == "value" else "quote-negation"
        )
        return ParaphraseCause(kind, (words.negation,))
    if words.reordered:
        return ParaphraseCause("order", (words.reordered,))
    return ParaphraseCause("words", words.missing) if words.missing else None
