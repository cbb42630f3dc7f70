"""A value, its quotes and its reading in, what the quotes carry of it, out. Pure.

Rules 1, 9 and 11 of what a quotation carries; one number against one quote is judged in `language/judging.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportgen.evidence.asked_about import asked as asked_about
from reportgen.evidence.dates_read import DateReading, bounds_time, hedges_time, read_date
from reportgen.evidence.named_beside import other_name
from reportgen.evidence.quoted import Quoted, gathered, listed
from reportgen.evidence.reading import inferred
from reportgen.evidence.substances import substance_problem
from reportgen.evidence.text_verdict import text_verdict
from reportgen.evidence.turned import turned
from reportgen.evidence.words_read import denies
from reportgen.language.fitting import Asked, alike_rates, asked, is_price
from reportgen.language.judging import judge
from reportgen.language.named_per import named_units
from reportgen.language.scanner import phrases
from reportgen.model.edtf import Edtf
from reportgen.model.fact import DateValue, FactValue, TextValue
from reportgen.model.quantity import Quantity, Relation, UnitForms
from reportgen.model.text import Text
from reportgen.model.verdict import QuoteVerdict, ValueKind, Verdict, VerdictProblem, VerdictState

OF_CLAIMS = frozenset(("unit-not-in-quote", "date-not-in-quote"))
"""Codes whose warnings the claim can answer: by `a day`, or by `before`."""


def supports(
    value: FactValue,
    quotes: Sequence[Quoted],
    *,
    language: str = "",
    reading: Text | None = None,
    units: Mapping[str, UnitForms] | None = None,
    claim: Text | None = None,
) -> Verdict:
    """What the quotes carry of a value, read or inferred.

    `language` is that of texts without a tag: the site's. `units` are those of units.yaml: the forms of counted nouns.
    `claim` is the sentence around the value, which may say itself that it is a bound of time, or per what time it is.
    """
    match value:
        case Quantity():
            number = asked(value, units)
            verdict = _of_evidences("number", [_number(number, quote) for quote in quotes], quotes)
        case DateValue(date):
            verdict = _of_evidences("date", [_date(date, quote) for quote in quotes], quotes)
        case TextValue(text):
            verdict = text_verdict(text, quotes, language)
            if claim and not reading:
                verdict = _with_turned_words(verdict, claim, language)
    against = None
    if claim and verdict.state == "read" and not isinstance(value, TextValue):
        against = turned(claim, language, quotes, [each.read for each in verdict.quotes], verdict.kind)
    if against:
        state = verdict.state if against.severity == "warning" else "contradicted"
        verdict = replace(verdict, state=state, problems=(*verdict.problems, against))
    if claim and verdict.state == "read" and not reading and not isinstance(value, TextValue):
        read = [each.read for each in verdict.quotes]
        doubt = asked_about(claim, quotes, read) or other_name(claim, language, quotes, read)
        verdict = replace(verdict, problems=(*verdict.problems, *([doubt] if doubt and not against else ())))
    said = {
        problem
        for problem in verdict.problems
        if claim and _is_said(problem, claim, language, quotes, verdict.state == "read")
    }
    verdict = replace(verdict, problems=tuple(problem for problem in verdict.problems if problem not in said))
    if isinstance(value, Quantity) and verdict.state == "read" and not reading:
        of_what = substance_problem(value.unit, quotes, listed(verdict.read, quoted=False))
        verdict = replace(verdict, problems=(*verdict.problems, *([of_what] if of_what else ())))
    if reading:
        return inferred(verdict, value, quotes, reading, language)
    if verdict.words_unread and isinstance(value, Quantity) and value.relation is not Relation.EQUAL:
        return replace(verdict, inferred=True)  # the number was read, the relation was not
    return verdict


def _with_turned_words(verdict: Verdict, claim: Text, site: str) -> Verdict:
    """A verdict on words with a warning where the quotes deny what they say, and neither value nor claim does so."""
    cause = verdict.cause
    if cause is None or cause.kind != "quote-negation":
        return verdict
    if any(denies(text, tag or site) for tag, text in claim.by_language):
        return verdict
    hint = "say in the claim what the quote says, quote other words, or say in reading: why both are so"
    return replace(
        verdict, problems=(*verdict.problems, VerdictProblem("value-contradicted", verdict.why, hint, "warning"))
    )


def _is_said(problem: VerdictProblem, claim: Text, site: str, quotes: Sequence[Quoted], is_read: bool) -> bool:
    """Whether a claim says itself what is told: `by` before a date, `a year`, `a kilo` behind a price."""
    if problem.severity == "error":
        return is_read and problem.code == "unit-not-in-quote" and _says_price(claim, site, quotes)
    match problem.code:
        case "date-not-in-quote":
            said = [(text, tag or site) for tag, text in claim.by_language]
            return any(bounds_time(*each) or hedges_time(*each) for each in said)
        case "unit-not-in-quote":
            texts = [(text.replace("{value}", "5"), tag or site) for tag, text in claim.by_language]
            if any(each.is_time for one in texts for each in named_units(*one)):
                return True
            readings = (reading for text, tag in texts for one in phrases(text, tag) for reading in one.readings)
            return any(reading.rate and reading.rate.is_period for reading in readings)
        case _:
            return False


def _says_price(claim: Text, site: str, quotes: Sequence[Quoted]) -> bool:
    """Whether a claim says of its value for how much of what it is a price, as a quote does: `a kilo`."""
    mine, theirs = (
        [
            reading.rate
            for text, language in texts
            for one in phrases(text, language)
            for reading in one.readings
            if reading.rate and is_price(reading)
        ]
        for texts in (
            [(text.replace("{value}", "5 €"), tag or site) for tag, text in claim.by_language],
            [(quote.text, quote.language) for quote in quotes],
        )
    )
    return any(alike_rates(one, other) for one in mine for other in theirs)


def _number(value: Asked, quote: Quoted) -> QuoteVerdict:
    found = judge(value, quote.text, quote.language)
    problems = tuple(VerdictProblem(p.code, p.message, p.hint, p.severity) for p in found.problems)
    return QuoteVerdict(found.state, found.read, found.printed, found.lacking, problems)


def _of_evidences(kind: ValueKind, found: Sequence[QuoteVerdict], quotes: Sequence[Quoted]) -> Verdict:
    """Rule 11: each quote that prints a number or date of the kind supports the value, and one of them reads it."""
    bearing = [verdict for verdict, quote in zip(found, quotes, strict=True) if not quote.carries]
    printed = gathered(verdict.printed for verdict in bearing)
    if not bearing:
        problem = VerdictProblem(
            "value-not-in-quote" if kind == "number" else "date-not-in-quote",
            "no evidence is quoted for the value: each has carries:",
            "leave carries: out where the quote prints the value",
        )
        return Verdict(kind, "unread", tuple(found), problems=(problem,))
    against = next((verdict for verdict in bearing if _is_against(verdict)), None)
    best = min(bearing, key=lambda verdict: _ORDER[verdict.state])
    chosen = against or best
    if against and best.state == "read":
        chosen = replace(against, problems=tuple(_two_sources(problem) for problem in against.problems))
    read = gathered(verdict.read for verdict in bearing)
    warnings = (
        () if chosen is not best else gathered(v.problems for v in bearing if v.state == "read" and v is not best)
    )
    problems = (*chosen.problems, *(problem for problem in warnings if problem.severity == "warning"))
    return Verdict(kind, chosen.state, tuple(found), read, printed, chosen.lacking, problems=problems)


_ORDER: dict[VerdictState, int] = {"read": 0, "paraphrase": 1, "partial": 2, "unread": 3, "contradicted": 4}


def _is_against(verdict: QuoteVerdict) -> bool:
    """Whether a quote speaks against a value: it prints another, or a bound that the value lacks."""
    return verdict.state == "contradicted" or any(
        problem.code == "relation-in-quote" and problem.severity == "error" for problem in verdict.problems
    )


def _two_sources(problem: VerdictProblem) -> VerdictProblem:
    hint = "make it a fact of its own, or say what this quote is for: carries: place, time, name or context"
    return replace(problem, message=f"{problem.message}; another quote has the value", hint=hint)


def _date(value: Edtf, quote: Quoted) -> QuoteVerdict:
    reading = read_date(value, quote.text, quote.language)
    lacking = tuple(dict.fromkeys(part.named for part in reading.lacking))
    problem = _date_problem(value, reading)
    return QuoteVerdict(reading.state, reading.read, reading.printed, lacking, (problem,) if problem else ())


def _date_problem(value: Edtf, reading: DateReading) -> VerdictProblem | None:
    printed = listed(reading.printed)
    lacking = listed(tuple(dict.fromkeys(part.named for part in reading.lacking)), quoted=False)
    explain = f"say in reading: how it was read, and print {lacking} there"
    match reading.state:
        case "read" if reading.bound:
            message = (
                f'the quote says "{reading.bound}" beside {listed(reading.read)}, which bounds the time {value.text}'
            )
            hint = "quote the words that print the date itself, or say in reading: that the value is the bound"
            return VerdictProblem("date-not-in-quote", message, hint, "warning")
        case "read" if reading.about:
            message = f'the quote says "{reading.about}" beside {listed(reading.read)}, and the value has no "~"'
            return VerdictProblem("date-not-in-quote", message, f"write the value as {value.text}~", "warning")
        case "read":
            return None
        case "contradicted" if reading.range:
            message = f'the quote says "{reading.range}", and the value {value.text} is one end of it'
            return VerdictProblem(
                "value-contradicted",
                message,
                "write the value as both ends, with / between them, or say in reading: why it is that end",
            )
        case "contradicted":
            message = f"the quote prints {printed}, and the value is {value.text}"
            return VerdictProblem(
                "value-contradicted", message, f"correct the value, or {explain}, and what the quote prints"
            )
        case "partial":
            if not reading.printed:
                return VerdictProblem(
                    "date-not-in-quote", f"the quote prints no date that gives {value.text}", _quote_or(explain)
                )
            shorter = _shorter(value, reading)
            message = f"the quote prints {printed}, and not {lacking} of {value.text}"
            write = f"write the value as {shorter}, " if shorter else ""
            return VerdictProblem("date-not-in-quote", message, f"{write}quote words that print it, or {explain}")
        case _:
            return VerdictProblem(
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
