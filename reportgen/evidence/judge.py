"""A value, its quotes and its reading in, what the quotes carry of it, out. Pure.

One verdict serves the pages, `check`, `why`, `verify`, provenance.json, facts.json and the desk. Rules 1 and 9 to 11 of
what a quotation carries are here; one number against one quote is judged by what is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeVar

from reportgen.evidence.dates_read import DateReading, DatePart, ReadDate, dates_in, judged, read_date
from reportgen.evidence.fold import folded_words
from reportgen.evidence.words_read import WordsReading, read_words, words_of
from reportgen.model.edtf import Edtf
from reportgen.model.fact import DateValue, TextValue, Value
from reportgen.model.quantity import Quantity
from reportgen.model.text import Text

ReadState = Literal["read", "partial", "unread", "contradicted", "paraphrase"]
ValueKind = Literal["number", "date", "text"]
Carries = Literal["", "place", "time", "name", "context"]
ShownAs = Literal["read", "inferred", "paraphrase", ""]
_T = TypeVar("_T")

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
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


class NumberPhrase(Protocol):
    """A number as a text prints it."""

    @property
    def start(self) -> int:
        """Where it begins in the folded text."""

    @property
    def end(self) -> int: ...

    @property
    def text(self) -> str: ...


class NumberReader(Protocol):
    """How numbers are read."""

    def judge(self, value: Quantity, quote: str, language: str) -> QuoteVerdict:
        """What one quote says of a number."""

    def phrases(self, text: str, language: str) -> Sequence[NumberPhrase]:
        """The numbers that a text prints, dates and labels left out."""

    def same(self, one: NumberPhrase, other: NumberPhrase) -> bool:
        """Whether two say the same number of the same unit."""

    def alike(self, one: NumberPhrase, other: NumberPhrase) -> bool:
        """Whether two are numbers of one kind."""


def supports(
    value: Value, quotes: Sequence[Quoted], numbers: NumberReader, *, language: str = "", reading: Text | None = None
) -> ValueVerdict:
    """What the quotes carry of a value, read or inferred. `language` is that of texts without a tag: the site's."""
    match value:
        case Quantity():
            verdict = _of_evidences(
                "number", [numbers.judge(value, quote.text, quote.language) for quote in quotes], quotes
            )
        case DateValue(date):
            verdict = _of_evidences("date", [_date(date, quote) for quote in quotes], quotes)
        case TextValue(text):
            verdict = _text(text, quotes, numbers, language)
    if reading:
        return _inferred(verdict, value, quotes, reading, numbers, language)
    return verdict


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
    against = next((verdict for verdict in bearing if verdict.state == "contradicted"), None)
    best = min(bearing, key=lambda verdict: _ORDER[verdict.state])
    chosen = against or best
    if against and best.state == "read":
        chosen = replace(against, problems=tuple(_two_sources(problem) for problem in against.problems))
    read = _all(verdict.read for verdict in bearing)
    warnings = () if chosen is not best else _all(v.problems for v in bearing if v.state == "read" and v is not best)
    problems = (*chosen.problems, *(problem for problem in warnings if problem.severity == "warning"))
    return ValueVerdict(kind, chosen.state, tuple(found), read, printed, chosen.lacking, problems=problems)


_ORDER: dict[ReadState, int] = {"read": 0, "paraphrase": 1, "partial": 2, "unread": 3, "contradicted": 4}


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


def _text(value: Text, quotes: Sequence[Quoted], numbers: NumberReader, site: str) -> ValueVerdict:
    """Rule 10. The quotes carry a text together; of a text in several languages, the quotes' own is compared."""
    bearing = [quote for quote in quotes if not quote.carries] or list(quotes)
    for tag, text in value.by_language:
        language = tag or site
        own = [quote for quote in bearing if _base(quote.language) == _base(language)]
        if own:
            found = _text_in(text, own, language, numbers)
            return replace(found, quotes=tuple(found.quotes[0] for _ in quotes))
    languages = _listed(tuple(dict.fromkeys(_base(quote.language) or "another" for quote in bearing)), quoted=False)
    why = f"the quote is in the language {languages}, and the value is not"
    verdict = QuoteVerdict("paraphrase")
    return ValueVerdict("text", "paraphrase", tuple(verdict for _ in quotes), why=why)


def _base(language: str) -> str:
    return language.partition("-")[0].lower()


def _text_in(text: str, quotes: Sequence[Quoted], language: str, numbers: NumberReader) -> ValueVerdict:
    dates, _ = dates_in(text, language)
    spans = [(date.start, date.end) for date in dates]
    said = [phrase for phrase in numbers.phrases(text, language) if not _inside(phrase.start, phrase.end, spans)]
    printed = [phrase for quote in quotes for phrase in numbers.phrases(quote.text, quote.language)]
    quoted_dates = [date for quote in quotes for date in dates_in(quote.text, quote.language)[0]]
    shown = _all(([phrase.text for phrase in printed], [date.text for date in quoted_dates]))
    for phrase in said:
        if not any(numbers.same(phrase, other) for other in printed):
            rivals = tuple(other.text for other in printed if numbers.alike(phrase, other))
            return _text_number(phrase.text, rivals, shown, any(c.isdigit() for c in phrase.text))
    for date in dates:
        if not any(_same_date(date, other) for other in quoted_dates):
            return _text_number(date.text, tuple(other.text for other in quoted_dates), shown, True)
    leave_out = [*spans, *((phrase.start, phrase.end) for phrase in said)]
    words = read_words(text, [quote.text for quote in quotes], language, leave_out)
    lacking = tuple(f'"{word}"' for word in words.missing)
    read = () if words.state == "paraphrase" else (folded_words(text),)
    verdict = QuoteVerdict(words.state, read, shown, lacking)
    return ValueVerdict("text", words.state, (verdict,), read, shown, lacking, why=_why(words))


def _inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _same_date(one: ReadDate, other: ReadDate) -> bool:
    """Whether all that one date says is said by the other."""
    return all(
        mine is None or mine == theirs
        for mine, theirs in ((one.year, other.year), (one.months, other.months), (one.days, other.days))
    )


def _text_number(said: str, rivals: tuple[str, ...], shown: tuple[str, ...], has_digit: bool) -> ValueVerdict:
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


def _inferred(
    verdict: ValueVerdict, value: Value, quotes: Sequence[Quoted], reading: Text, numbers: NumberReader, site: str
) -> ValueVerdict:
    """The verdict with its reading: the errors that it answers are gone, or its own faults stand beside them."""
    bearing = [quote for quote in quotes if not quote.carries]
    faults = tuple(
        fault
        for tag, text in reading.by_language
        for fault in _faults(verdict, value, bearing, quotes, text, tag or site, numbers)
    )
    if faults:
        return replace(verdict, problems=(*verdict.problems, *dict.fromkeys(faults)))
    left = tuple(problem for problem in verdict.problems if problem.code not in _HEALED)
    return replace(verdict, inferred=True, problems=left)


def _faults(
    verdict: ValueVerdict,
    value: Value,
    bearing: Sequence[Quoted],
    quotes: Sequence[Quoted],
    reading: str,
    language: str,
    numbers: NumberReader,
) -> Iterable[Problem]:
    """What a reading fails to say, or says and may not."""
    if len(words_of(reading, language)) < _FEWEST_WORDS:
        yield Problem(
            "reading-not-a-sentence", f'"{reading}" is not a sentence', "say in reading: how the value was read"
        )
    dates, _ = dates_in(reading, language)
    phrases = numbers.phrases(reading, language)
    if verdict.state in ("contradicted", "partial", "unread"):
        if isinstance(value, DateValue):
            yield from _unsaid_parts(value.date, bearing, dates)
        else:
            for quote in bearing:
                own = numbers.phrases(quote.text, quote.language)
                for phrase in own:
                    is_other = phrase.text in verdict.printed and phrase.text not in verdict.read
                    if is_other and not any(numbers.same(phrase, said) for said in phrases):
                        yield _unsaid(phrase.text)
    known = [phrase for quote in quotes for phrase in numbers.phrases(quote.text, quote.language)]
    runs = {run for quote in quotes for run in _DIGITS.findall(folded_words(quote.text))}
    folded = folded_words(reading)
    spans = [(date.start, date.end) for date in dates]
    spans += [(said.start, said.end) for said in phrases if any(numbers.same(said, phrase) for phrase in known)]
    for found in _DIGITS.finditer(folded):
        if found.group() not in runs and not _inside(*found.span(), spans):
            message = f'the reading has "{found.group()}", which no quote prints'
            hint = "say it in words: digits of a reading stand in the quote, or are a year or date"
            yield Problem("digit-in-reading", message, hint)


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
