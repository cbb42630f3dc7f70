"""A fact and its quotes in; words typed beside {value} in its claim, by which that says another number, reported."""

from __future__ import annotations

from reportgen.evidence.quoted import Quoted
from reportgen.evidence.told_beside import rate_unsaid
from reportgen.language.beside import factor_before, said_beside, units_in
from reportgen.language.scanner import phrases
from reportgen.language.units import UnitError
from reportgen.late_patterns import regex
from reportgen.load.claims import TO_DO
from reportgen.load.facts import Basis
from reportgen.load.items import Loading
from reportgen.model.fact import Fact
from reportgen.model.quantity import Quantity, Relation
from reportgen.quantities.format import FormatError, format_quantity

_SAID = {
    "repeats": ("which prints that itself", "leave out what is typed: {value} has unit, currency and relation"),
    "contradicts": (
        "and that is another",
        "leave it out: {value} prints unit, currency and relation of the fact; or correct those as the quote has them",
    ),
    "multiplies": (
        "and makes another number of it",
        "say what the quote says; a part or a multiple of it is a fact with formula:",
    ),
    "bounds": ("and the fact is no bound", "where the quote says so, write relation: in the fact, which prints it"),
}
"""What words beside {value} do, and what to do."""
_FEW_BEFORE, _FEW_AFTER = regex(r"(?:\S+\s+){0,4}\S*$"), regex(r"\s*\S*(?:\s+\S+){0,3}")


def check_words_beside(loading: Loading, fact: Fact, quotes: tuple[Quoted, ...], basis: Basis) -> None:
    """Warns of words beside {value} in a claim by which it says another number than the fact: `nearly`, `half of`,
    another unit or currency, another time that it is counted per."""
    for tag, text in fact.claim.by_language if isinstance(fact.value, Quantity) and not fact.reading else ():
        start, lang = text.find("{value}"), tag or loading.lang
        if start < 0 or text.startswith(TO_DO) or not isinstance(fact.value, Quantity):
            continue
        before, after = _FEW_BEFORE.search(text[:start]), _FEW_AFTER.match(text, start + len("{value}"))
        try:
            printed = format_quantity(fact.value, lang, units=basis.units)
        except (FormatError, UnitError):  # told where it is printed
            continue
        told = _told_beside(before[0] if before else "", printed, after[0] if after else "", lang, fact, quotes)
        if told:
            (words, is_before), (what, hint) = told
            message = (
                f'the claim of "{fact.id}" types "{words}" {"before" if is_before else "behind"} "{printed}", {what}'
            )
            loading.report("said-beside", message, fact.at[f"claim.{tag}" if tag else "claim"], hint, "warning")
            return


def _told_beside(
    before: str, printed: str, after: str, lang: str, fact: Fact, quotes: tuple[Quoted, ...]
) -> tuple[tuple[str, bool], tuple[str, str]] | None:
    found = said_beside(before, printed, after, lang, alone=True)
    is_bound = isinstance(fact.value, Quantity) and fact.value.relation is not Relation.EQUAL
    if found and not (found.does == "bounds" and is_bound) and not (found.factor and _have_factor(fact, quotes)):
        return (found.text, found.is_before), _SAID[found.does]
    if unit := _unit_unsaid(printed, after, lang, quotes):
        return (unit, False), _SAID["contradicts"]
    said = [(quote.text, quote.language) for quote in quotes]
    if rate := rate_unsaid(printed, after, lang, said, fact.as_of):
        hint = "say what the quote says, or give the fact a unit with the time or the person that it is counted per"
        return (rate, False), ("and no quote says that", hint)
    return None


def _have_factor(fact: Fact, quotes: tuple[Quoted, ...]) -> bool:
    """Whether a quote takes a part or a multiple of the value too: `half of the 28 shops`."""
    read = fact.verdict.read if fact.verdict else ()
    return any(factor_before(q.text.partition(each)[0], q.language) for q in quotes for each in read if each in q.text)


def _unit_unsaid(printed: str, after: str, lang: str, quotes: tuple[Quoted, ...]) -> str:
    """The unit or currency that a claim types behind a value that has none, and that no quote prints."""
    if not after[:1].strip(".,;:!?") or units_in(printed, lang):
        return ""
    text = f"5{after}"
    found = next(iter(phrases(text, lang)), None) if after[:1] in (" ", "\u00a0", "%", "-") else None
    typed = units_in(text[: found.end], lang) if found and not found.start and not found.void else frozenset()
    if (
        not typed
        or found is None
        or "-" in text[2 : found.end]
        or not (typed & {"percent", "pp"} or any(each.isupper() for each in typed))
    ):
        return ""
    quoted = frozenset(unit for quote in quotes for unit in units_in(quote.text, quote.language))
    return "" if typed & quoted else text[1 : found.end].strip()
