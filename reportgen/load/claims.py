"""The claim of a fact in; what it may not say out: digits, braces, words that lean on another sentence. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.diagnostics import Diagnostic
from reportgen.language.alone import leaning_words
from reportgen.language.words import with_plain_digits
from reportgen.late_patterns import regex
from reportgen.load.items import Loading
from reportgen.model.fact import Fact

TO_DO = "TODO"
"""How a claim begins that is still to be written."""
_RUN = regex(r"\d+(?:[.,]\d+)*|[²³¹⁰⁴-⁹₀-₉½⅓⅔¼¾⅕-⅞]+")
YEAR = regex(r"(?:1[89]\d\d|20\d\d|2100)")
_PLACEHOLDER = regex(r"\{([^{}]*)\}|[{}]")


def check_claim(loading: Loading, fact: Fact, names: tuple[str, ...], has_value: bool) -> None:
    """Reports digits other than of years and names, braces other than {value}, a {value} that nothing fills, and words
    by which a claim leans on another sentence."""
    for tag, text in fact.claim.by_language:
        key = f"claim.{tag}" if tag else "claim"
        if text.startswith(TO_DO):
            hint = "write in your own words what it says, with {value} for the value"
            span = fact.at.inside(key, 0, len(TO_DO))
            loading.report("claim-todo", f'the claim of "{fact.id}" is still to be written', span, hint)
        if leaning := leaning_words(text, tag or loading.lang):
            words = text[slice(*leaning)].strip(" ,")
            message = f'the claim of "{fact.id}" leans on another sentence by "{words}"'
            hint = "name what is meant: the claim is printed alone, on the fact's own page and in lists"
            loading.report("claim-not-alone", message, fact.at.inside(key, *leaning), hint, "notice")
        loading.found += claim_faults(fact, tag, text, names, has_value)

    with_value = {tag for tag, text in fact.claim.by_language if "{value}" in text}
    for tag, text in fact.claim.by_language if with_value else ():
        if tag not in with_value and not text.startswith(TO_DO):
            message = (
                f'the claim of "{fact.id}" has no {{value}} in "{tag or loading.lang}", and has it in another language'
            )
            span = fact.at[f"claim.{tag}" if tag else "claim"]
            loading.report("bad-claim", message, span, "write {value} where the value goes", "warning")


def claim_faults(fact: Fact, tag: str, text: str, names: tuple[str, ...], has_value: bool) -> Iterator[Diagnostic]:
    """What a claim may not have in a language: digits other than of years and names, braces other than {value}, and a
    {value} that nothing fills."""
    key = f"claim.{tag}" if tag else "claim"
    named = [found.span() for name in names for found in re.finditer(re.escape(name), text)]
    for found in _RUN.finditer(with_plain_digits(text)):
        start, end = found.span()
        if not YEAR.fullmatch(found.group()) and not any(a <= start and end <= b for a, b in named):
            yield digit_in_claim(fact, tag, text, start, end)
    for found in _PLACEHOLDER.finditer(text):
        span = fact.at.inside(key, *found.span())
        if found[1] != "value":
            yield Diagnostic("bad-claim", f'"{found.group()}" is not {{value}}', span, "write {value}")
        elif not has_value:
            message = f'the claim of "{fact.id}" has {{value}}, and the fact has none'
            hint = "add a line value: …, or formula: …, to the fact"
            yield Diagnostic("bad-claim", message, span, hint, lacks="value")


def digit_in_claim(fact: Fact, tag: str, text: str, start: int, end: int) -> Diagnostic:
    """A number that a claim types, from `start` to `end` of its text in a language."""
    message = f'a claim types no digits, and this one has "{text[start:end]}"'
    hint = "write {value} in its place, say it in words, or add the name to names in site.yaml"
    if YEAR.fullmatch(with_plain_digits(text[start:end])):
        hint = (
            f'a noun behind it makes it a count; if it is a year, write "{text[start:end]}," with a comma; else {hint}'
        )
    return Diagnostic("digit-in-claim", message, fact.at.inside(f"claim.{tag}" if tag else "claim", start, end), hint)
