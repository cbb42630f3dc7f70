"""A fact in; what is wrong with its claim and quotes, and whether its value can be read out of them, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from reportgen.diagnostics import Diagnostic
from reportgen.evidence.numbers import NotRead, missing_relation, value_in_quote
from reportgen.evidence.script import count_words, problems_in_quote
from reportgen.load.items import Loading
from reportgen.model.fact import Fact
from reportgen.model.quantity import Quantity, parse_number
from reportgen.model.source import Source
from reportgen.quantities.units import is_percent, is_points

LONGEST_QUOTE = 12
"""Words of prefix, quote and suffix together."""

_RUN = re.compile(r"\d+(?:[.,]\d+)*|[²³¹⁰⁴-⁹₀-₉½⅓⅔¼¾⅕-⅞]+")
YEAR = re.compile(r"(?:1[89]\d\d|20\d\d|2100)")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|[{}]")


def check_claim(loading: Loading, fact: Fact, names: tuple[str, ...], has_value: bool) -> None:
    """Reports digits other than of years and names, braces other than {value}, and a {value} that nothing fills."""
    for tag, text in fact.claim.by_language:
        key = f"claim.{tag}" if tag else "claim"
        named = [found.span() for name in names for found in re.finditer(re.escape(name), text)]
        for found in _RUN.finditer(text):
            start, end = found.span()
            if not YEAR.fullmatch(found.group()) and not any(a <= start and end <= b for a, b in named):
                loading.found.append(digit_in_claim(fact, tag, text, start, end))
        for found in _PLACEHOLDER.finditer(text):
            span = fact.at.inside(key, *found.span())
            if found[1] != "value":
                loading.report("bad-claim", f'"{found.group()}" is not {{value}}', span, "write {value}")
            elif not has_value:
                loading.report(
                    "bad-claim", "the claim has {value}, and the fact has none", span, "add value: or formula:"
                )


def digit_in_claim(fact: Fact, tag: str, text: str, start: int, end: int) -> Diagnostic:
    """A number that a claim types, from `start` to `end` of its text in a language."""
    message = f'a claim types no digits, and this one has "{text[start:end]}"'
    hint = "write {value} in its place, say it in words, or add the name to names in site.yaml"
    return Diagnostic("digit-in-claim", message, fact.at.inside(f"claim.{tag}" if tag else "claim", start, end), hint)


def check_quotes(loading: Loading, fact: Fact) -> None:
    """Reports quotes that are empty, too long, or hold characters that no quote may."""
    for number, evidence in enumerate(fact.evidence):
        key = f"evidence.{number}.quote"
        words = count_words(*filter(None, (evidence.prefix, evidence.quote, evidence.suffix)))
        if words > LONGEST_QUOTE:
            message = f"prefix, quote and suffix have {words} words together, and may have {LONGEST_QUOTE}"
            loading.report("quote-too-long", message, fact.at[key], "keep the shortest words that carry the claim")
        elif not count_words(evidence.quote):
            loading.report("missing-key", "the quote has no words", fact.at[key])
        for part in ("prefix", "quote", "suffix"):
            text = getattr(evidence, part)
            for problem in () if text.isascii() else problems_in_quote(text):
                span = fact.at.inside(f"evidence.{number}.{part}", problem.start, problem.end)
                loading.report("bad-quote", problem.message, span, "copy the words from the source again")


def check_value_in_quotes(loading: Loading, fact: Fact, sources: Mapping[str, Source]) -> None:
    """Reports a number that cannot be read out of any quote, and a relation that the quote has and the fact lacks."""
    value = fact.value
    if not isinstance(value, Quantity) or fact.reading or not fact.evidence or value.typed is None:
        return
    low, _, high = value.typed.partition("/")
    named = [("value.min", low), ("value.max", high)] if high else [("value", low)]
    if value.bounds:
        named = [("value.value", low), ("value.min", value.bounds[0]), ("value.max", value.bounds[1])]
    for key, typed in named:
        _check_number(loading, fact, value, typed, key, sources)


def _check_number(
    loading: Loading, fact: Fact, value: Quantity, typed: str, key: str, sources: Mapping[str, Source]
) -> None:
    number = parse_number(typed)
    reason = ""
    for place, evidence in enumerate(fact.evidence):
        source = sources.get(evidence.source)
        language = source.language if source and source.language else loading.lang
        scale, percent = value.unit.multiple, is_percent(value.unit) or is_points(value.unit)
        read = value_in_quote(number, scale, percent, [evidence.quote], language)
        if isinstance(read, NotRead) and value.bounds:  # "35% (22–50)"
            read = value_in_quote(number, Fraction(1), False, [evidence.quote], language)
        if isinstance(read, NotRead):
            reason = reason or read.reason
            continue
        missing = "" if value.is_range or value.bounds else missing_relation(read, value.relation.value)
        if missing:
            message = f'the quote says "{read.relation_word}" beside the number, and the fact does not'
            sign = read.relations[0]
            span = fact.at[f"evidence.{place}.quote"]
            loading.report("relation-in-quote", message, span, f'add relation: "{sign}"', "warning")
        return
    message = f"the value {typed} cannot be read out of the quote"
    hint = f"{reason}; correct the value, or say in reading: how it was read"
    loading.report("value-not-in-quote", message, fact.at[key], hint)
