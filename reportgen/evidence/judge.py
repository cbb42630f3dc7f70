"""A value, its quotes and its reading in, what the quotes carry of it, out. Pure.

One verdict serves the pages, `check`, `why`, `verify`, provenance.json, facts.json and the desk. Rules 1 and 9 to 11 of
what a quotation carries are here; one number against one quote is judged in `language/judging.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeVar

from reportgen.evidence.date_groups import ReadDate
from reportgen.evidence.dates_read import DatePart, DateReading, dates_in, judged, read_date
from reportgen.evidence.fold import folded_words
from reportgen.evidence.words_read import WordsReading, read_words, words_of
from reportgen.language.fitting import Asked, asked
from reportgen.language.judging import judge
from reportgen.language.lexicon import Powers, unit_data
from reportgen.language.phrases import Phrase, Reading
from reportgen.language.scanner import phrases
from reportgen.model.edtf import Edtf
from reportgen.model.fact import DateValue, TextValue, Value
from reportgen.model.quantity import Quantity, UnitForms
from reportgen.model.text import Text

ReadState = Literal["read", "partial", "unread", "contradicted", "paraphrase"]
ValueKind = Literal["number", "date", "text"]
Carries = Literal["", "place", "time", "name", "context"]
ShownAs = Literal["read", "inferred", "paraphrase", ""]
_T = TypeVar("_T")

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_IN_NAME = re.compile(r"[^\W\d_]-?$")
"""What stands before digits that belong to a name: `G20`, `COVID-19`."""
_FEWEST_WORDS = 3
"""Words of a reading, which is a sentence, at least."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of one evidence."""

    text: str
    """The quote alone: prefix and suffix carry nothing."""
    language: str
    """BCP 47 tag of its source, else of the site."""
    carries: Carries = ""
    """What it is quoted for where it does not carry the value."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What speaks against printing a value as read, for a person."""

    code: str
    message: str
    """The cause, without a full stop."""
    hint: str
    """The next step."""
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class QuoteVerdict:
    """What one quote says of a value."""

    state: ReadState
    read: tuple[str, ...] = ()
    """The words in it that were read."""
    printed: tuple[str, ...] = ()
    """The numbers or dates of the value's kind that it prints, in its words."""
    lacking: tuple[str, ...] = ()
    """What it does not print of the value: `the day`, `the unit MW`, `"outlawed"`."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueVerdict:
    """What the quotes of a value carry."""

    kind: ValueKind
    state: ReadState
    quotes: tuple[QuoteVerdict, ...]
    """One for each quote, in their order; of a text, what they carry together, once for each."""
    read: tuple[str, ...] = ()
    """The words of the quotes that were read."""
    printed: tuple[str, ...] = ()
    """The numbers or dates of the value's kind that the quotes print."""
    lacking: tuple[str, ...] = ()
    """What no quote prints."""
    inferred: bool = False
    """Whether a reading says how the value was read, and says enough."""
    problems: tuple[Problem, ...] = ()
    """Errors and warnings. A value with an error is not to be published."""
    why: str = ""
    """What a person is told of a value in our words: which words the quote does not have. Without a full stop."""

    @property
    def mark(self) -> ShownAs:
        """How the value is shown: `read`, `inferred`, in our words (`paraphrase`), or not at all."""
        if any(problem.severity == "error" for problem in self.problems):
            return ""
        if self.inferred:
            return "inferred"
        return "paraphrase" if self.state == "paraphrase" else "read" if self.state == "read" else ""


def supports(
    value: Value,
    quotes: Sequence[Quoted],
    *,
    language: str = "",
    reading: Text | None = None,
    units: Mapping[str, UnitForms] | None = None,
) -> ValueVerdict:
    """What the quotes carry of a value, read or inferred.

    `language` is that of texts without a tag: the site's. `units` are those of units.yaml: the forms of counted nouns.
    """
    match value:
        case Quantity():
            number = asked(value, units)
            verdict = _of_evidences("number", [_number(number, quote) for quote in quotes], quotes)
        case DateValue(date):
            verdict = _of_evidences("date", [_date(date, quote) for quote in quotes], quotes)
        case TextValue(text):
            verdict = _text(text, quotes, language)
    if reading:
        return _inferred(verdict, value, quotes, reading, language)
    return verdict


def _number(value: Asked, quote: Quoted) -> QuoteVerdict:
    found = judge(value, quote.text, quote.language)
    problems = tuple(Problem(p.code, p.message, p.hint, p.severity) for p in found.problems)
    return QuoteVerdict(found.state, found.read, found.printed, found.lacking, problems)


# Several evidences ----------------------------------------------------------------------------------------------------


def _of_evidences(kind: ValueKind, found: Sequence[QuoteVerdict], quotes: Sequence[Quoted]) -> ValueVerdict:
    """Rule 11: each quote that prints a number or date of the kind supports the value, and one of them reads it."""
    bearing = [verdict for verdict, quote in zip(found, quotes, strict=True) if not quote.carries]
    printed = _all(verdict.printed for verdict in bearing)
    if not bearing:
        problem = Problem(
            "value-not-in-quote" if kind == "number" else "date-not-in-quote",
            "no evidence is quoted for the value: each has carries:",
            "leave carries: out where the quote prints the value",
        )
        return ValueVerdict(kind, "unread", tuple(found), problems=(problem,))
    against = next((verdict for verdict in bearing if _is_against(verdict)), None)
    best = min(bearing, key=lambda verdict: _ORDER[verdict.state])
    chosen = against or best
    if against and best.state == "read":
        chosen = replace(against, problems=tuple(_two_sources(problem) for problem in against.problems))
    read = _all(verdict.read for verdict in bearing)
    warnings = () if chosen is not best else _all(v.problems for v in bearing if v.state == "read" and v is not best)
    problems = (*chosen.problems, *(problem for problem in warnings if problem.severity == "warning"))
    return ValueVerdict(kind, chosen.state, tuple(found), read, printed, chosen.lacking, problems=problems)


_ORDER: dict[ReadState, int] = {"read": 0, "paraphrase": 1, "partial": 2, "unread": 3, "contradicted": 4}


def _is_against(verdict: QuoteVerdict) -> bool:
    """Whether a quote speaks against a value: it prints another, or a bound that the value lacks."""
    return verdict.state == "contradicted" or any(
        problem.code == "relation-in-quote" and problem.severity == "error" for problem in verdict.problems
    )


def _two_sources(problem: Problem) -> Problem:
    hint = "make it a fact of its own, or say what this quote is for: carries: place, time, name or context"
    return replace(problem, message=f"{problem.message}; another quote has the value", hint=hint)


def _all(groups: Iterable[Iterable[_T]]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))


# Dates ----------------------------------------------------------------------------------------------------------------


def _date(value: Edtf, quote: Quoted) -> QuoteVerdict:
    reading = read_date(value, quote.text, quote.language)
    lacking = tuple(dict.fromkeys(_named(part) for part in reading.lacking))
    problem = _date_problem(value, reading)
    return QuoteVerdict(reading.state, reading.read, reading.printed, lacking, (problem,) if problem else ())


def _named(part: DatePart) -> str:
    return f"the {part.name}"


def _date_problem(value: Edtf, reading: DateReading) -> Problem | None:
    printed = _listed(reading.printed)
    lacking = _listed(tuple(dict.fromkeys(_named(part) for part in reading.lacking)), quoted=False)
    explain = f"say in reading: how it was read, and print {lacking} there"
    match reading.state:
        case "read":
            return None
        case "contradicted":
            message = f"the quote prints {printed}, and the value is {value.text}"
            return Problem("value-contradicted", message, f"correct the value, or {explain}, and what the quote prints")
        case "partial":
            if not reading.printed:
                return Problem(
                    "date-not-in-quote", f"the quote prints no date that gives {value.text}", _quote_or(explain)
                )
            shorter = _shorter(value, reading)
            message = f"the quote prints {printed}, and not {lacking} of {value.text}"
            write = f"write the value as {shorter}, " if shorter else ""
            return Problem("date-not-in-quote", message, f"{write}quote words that print it, or {explain}")
        case _:
            return Problem(
                "date-not-in-quote", f"the quote prints no date, and the value is {value.text}", _quote_or(explain)
            )


def _quote_or(explain: str) -> str:
    return f"quote the words that print it, or {explain}"


def _shorter(value: Edtf, reading: DateReading) -> str:
    """The value with only the parts that the quote prints, where these are its first ones."""
    if value.precision == "interval":
        return ""
    known: list[str] = []
    for part in reading.parts:
        if part.state != "read":
            break
        known.append(f"{part.value:04}" if part.name == "year" else f"{part.value:02}")
    return "-".join(known)


def _listed(texts: Sequence[str], *, quoted: bool = True) -> str:
    marked = [f'"{text}"' if quoted else text for text in texts]
    return " and ".join(filter(None, (", ".join(marked[:-1]), *marked[-1:])))


# Texts ----------------------------------------------------------------------------------------------------------------


def _text(value: Text, quotes: Sequence[Quoted], site: str) -> ValueVerdict:
    """Rule 10. The quotes carry a text together; of a text in several languages, the quotes' own is compared."""
    bearing = [quote for quote in quotes if not quote.carries] or list(quotes)
    for tag, text in value.by_language:
        language = tag or site
        own = [quote for quote in bearing if _base(quote.language) == _base(language)]
        if own:
            found = _text_in(text, own, language)
            return replace(found, quotes=tuple(found.quotes[0] for _ in quotes))
    theirs = _listed(tuple(dict.fromkeys(_base(quote.language) or "?" for quote in bearing)), quoted=False)
    mine = _listed(tuple(dict.fromkeys(_base(tag or site) or "?" for tag, _ in value.by_language)), quoted=False)
    why = f"the value is in the language {mine}, and the quote in {theirs}"
    verdict = QuoteVerdict("paraphrase")
    return ValueVerdict("text", "paraphrase", tuple(verdict for _ in quotes), why=why)


def _base(language: str) -> str:
    return language.partition("-")[0].lower()


def _text_in(text: str, quotes: Sequence[Quoted], language: str) -> ValueVerdict:
    dates, _ = dates_in(text, language)
    spans = [(date.start, date.end) for date in dates]
    folded = folded_words(text)
    said = [phrase for phrase in phrases(folded, language) if not _inside(phrase.start, phrase.end, spans)]
    printed = [phrase for quote in quotes for phrase in phrases(folded_words(quote.text), quote.language)]
    quoted_dates = [date for quote in quotes for date in dates_in(quote.text, quote.language)[0]]
    shown = _all(([phrase.text for phrase in printed if _is_number(phrase)], [date.text for date in quoted_dates]))
    for phrase in said:
        if _is_number(phrase):
            if not any(_same_number(phrase, other) for other in printed):
                return _text_number(phrase.text, tuple(p.text for p in printed if _alike(phrase, p)), shown)
            spans.append((phrase.start, phrase.end))
        elif _is_bare(phrase, folded) and not any(_has_words(quote.text, phrase.text) for quote in quotes):
            return _text_number(phrase.text, (), shown)
    for date in dates:
        if not any(_same_date(date, other) for other in quoted_dates):
            return _text_number(date.text, tuple(other.text for other in quoted_dates), shown)
    words = read_words(text, [quote.text for quote in quotes], language, spans)
    lacking = tuple(f'"{word}"' for word in words.missing)
    read = () if words.state == "paraphrase" else (folded,)
    verdict = QuoteVerdict(words.state, read, shown, lacking)
    return ValueVerdict("text", words.state, (verdict,), read, shown, lacking, why=_why(words))


def _is_number(phrase: Phrase) -> bool:
    """Whether a phrase says a number: a count, an amount or an ordinal, and not a date, a label or what is void."""
    return not phrase.void and phrase.kind in ("number", "ordinal", "range")


def _is_bare(phrase: Phrase, text: str) -> bool:
    """Whether a phrase that says no number has digits that belong to no name, such as those of a label."""
    return bool(_DIGITS.search(phrase.text)) and not _IN_NAME.search(text, 0, phrase.start)


def _amounts(readings: Iterable[Reading]) -> set[tuple[Fraction, Powers]]:
    """What a number may say: its value in base units, and which."""
    return {
        (reading.value * unit.scale, unit.powers) if unit else (reading.value, ())
        for reading in readings
        for unit in (reading.units or (None,))
    }


def _same_number(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases say one number of one unit, and the second no bound that the first lacks."""
    if not _is_number(other) or one.kind != other.kind:
        return False
    if other.relations and "~" not in other.relations and not set(one.relations) & set(other.relations):
        return False
    if one.kind == "range":
        return all(_amounts(a) & _amounts(b) for a, b in ((one.low, other.low), (one.high, other.high)))
    return bool(_amounts(one.readings) & _amounts(other.readings))


def _alike(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases are numbers of one kind of unit, or both of none."""
    kinds = [{powers for _, powers in _amounts((*p.readings, *p.low, *p.high))} for p in (one, other)]
    return _is_number(other) and one.kind == other.kind and bool(kinds[0] & kinds[1])


def _has_words(text: str, words: str) -> bool:
    """Whether a text has a run of words, whatever the case."""
    return re.search(rf"(?<!\w){re.escape(words.lower())}(?!\w)", folded_words(text).lower()) is not None


def _inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _same_date(one: ReadDate, other: ReadDate) -> bool:
    """Whether all that one date says is said by the other."""
    return all(
        mine is None or mine == theirs
        for mine, theirs in ((one.year, other.year), (one.months, other.months), (one.days, other.days))
    )


def _text_number(said: str, rivals: tuple[str, ...], shown: tuple[str, ...]) -> ValueVerdict:
    state: ReadState = "contradicted" if rivals else "unread"
    code = "value-contradicted" if rivals else "value-not-in-quote"
    has = f"the quote prints {_listed(rivals)}" if rivals else "the quote prints no such number"
    must = " and what the quote prints" if rivals else ""
    problem = Problem(
        code,
        f'the value says "{said}", and {has}',
        f"correct the value, quote the words that print it, or say in reading: how it was read{must}",
    )
    verdict = QuoteVerdict(state, (), shown, (f'"{said}"',), (problem,))
    return ValueVerdict("text", state, (verdict,), (), rivals, (f'"{said}"',), problems=(problem,))


def _why(words: WordsReading) -> str:
    if words.negated:
        other = "value" if words.negated == "quote" else "quote"
        return f'the {words.negated} has "{words.negation}", and the {other} has no negation'
    if words.missing:
        plural = "words" if len(words.missing) > 1 else "word"
        return f"the quote does not have the {plural} {_listed(words.missing)}"
    return ""


# Readings -------------------------------------------------------------------------------------------------------------

_HEALED = frozenset(("value-contradicted", "value-not-in-quote", "date-not-in-quote", "unit-not-in-quote"))
"""Errors that a reading can answer."""


def _inferred(verdict: ValueVerdict, value: Value, quotes: Sequence[Quoted], reading: Text, site: str) -> ValueVerdict:
    """The verdict with its reading: the errors that it answers are gone, or its own faults stand beside them."""
    faults = [
        fault for tag, text in reading.by_language for fault in _faults(verdict, value, quotes, text, tag or site)
    ]
    if faults:
        return replace(verdict, problems=(*verdict.problems, *dict.fromkeys(faults)))
    left = tuple(problem for problem in verdict.problems if problem.code not in _HEALED)
    return replace(verdict, inferred=True, problems=left)


def _faults(
    verdict: ValueVerdict, value: Value, quotes: Sequence[Quoted], reading: str, language: str
) -> Iterable[Problem]:
    """What a reading fails to say, or says and may not."""
    bearing = [quote for quote in quotes if not quote.carries]
    if len(words_of(reading, language)) < _FEWEST_WORDS:
        yield Problem("reading-not-a-sentence", f'"{reading}" is no sentence', "say in reading: how the value was read")
    folded = folded_words(reading)
    dates, _ = dates_in(reading, language)
    said = phrases(folded, language)
    if verdict.state in ("contradicted", "partial", "unread"):
        if isinstance(value, DateValue):
            yield from _unsaid_parts(value.date, bearing, dates)
        else:
            yield from _unsaid_numbers(value, verdict, bearing, said)
    runs = {run for quote in quotes for run in _DIGITS.findall(folded_words(quote.text))}
    known = [phrase for quote in quotes for phrase in phrases(folded_words(quote.text), quote.language)]
    spans = [(date.start, date.end) for date in dates]
    spans += [(p.start, p.end) for p in said if any(_same_number(p, other) for other in known)]
    for found in _DIGITS.finditer(folded):
        if found.group() not in runs and not _inside(*found.span(), spans):
            message = f'the reading has "{found.group()}", which no quote prints'
            hint = "say it in words: digits of a reading stand in the quote, or are a year or date"
            yield Problem("digit-in-reading", message, hint)


def _unsaid_numbers(
    value: Value, verdict: ValueVerdict, bearing: Sequence[Quoted], said: Sequence[Phrase]
) -> Iterable[Problem]:
    """Numbers of the value's kind that the quotes print, and the reading does not."""
    kind = value.unit.powers if isinstance(value, Quantity) and value.unit.powers else ()
    measured = kind if all(base in unit_data().bases for base, _ in kind) else ()
    for quote in bearing:
        for phrase in phrases(folded_words(quote.text), quote.language):
            kinds = {powers for _, powers in _amounts((*phrase.readings, *phrase.low, *phrase.high))}
            is_other = phrase.text in verdict.printed and phrase.text not in verdict.read
            if is_other and measured in kinds and not any(_same_number(phrase, other) for other in said):
                yield _unsaid(phrase.text)


def _unsaid(text: str) -> Problem:
    return Problem(
        "reading-incomplete",
        f'the quote prints "{text}", and the reading does not say what it is',
        f'correct the value, or print "{text}" in reading: and say why it is not the value',
    )


def _unsaid_parts(value: Edtf, bearing: Sequence[Quoted], said: Sequence[ReadDate]) -> Iterable[Problem]:
    """Parts that neither quote nor reading prints, and other dates of the quotes that the reading leaves out."""
    readings = [read_date(value, quote.text, quote.language) for quote in bearing]
    printed = {(part.name, part.value) for reading in readings for part in reading.parts if part.state == "read"}
    parts = judged(value, ()).parts
    for part in dict.fromkeys(parts):
        if (part.name, part.value) in printed:
            continue
        if not any(_says(part, date) for date in said):
            yield Problem(
                "reading-incomplete",
                f"neither the quote nor the reading prints {_named(part)} of {value.text}",
                f"print {_named(part)} in reading: and say where it is from",
            )
    for quote in bearing:
        for date in dates_in(quote.text, quote.language)[0]:
            against = any(part.state == "other" for part in judged(value, (date,)).parts)
            if against and not any(_same_date(date, other) for other in said):
                yield _unsaid(date.text)


def _says(part: DatePart, date: ReadDate) -> bool:
    return {"year": date.year, "month": date.month, "day": date.day, "season": date.season}[part.name] == part.value
