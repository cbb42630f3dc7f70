"""The files of content/facts in; facts by id out, each typed, and compared with its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from typing import Any

from reportgen.diagnostics import Diagnostic, Places
from reportgen.evidence.numbers import NotRead, missing_relation, value_in_quote
from reportgen.evidence.script import count_words, problems_in_quote
from reportgen.language.units import UnitError, UnitTable, is_percent, is_points
from reportgen.load.fact_table import rows_of
from reportgen.load.fields import NO_WORDS, an_id, whole_from
from reportgen.load.formulas import computable, formula_at
from reportgen.load.items import Item, Loading, items, load_items
from reportgen.load.schema import keys_of
from reportgen.load.values import WrongValueError, doubtful_text, relation_of, value_of
from reportgen.load.yaml import YamlNode
from reportgen.model.edtf import Edtf
from reportgen.model.fact import DateValue, Evidence, Fact, FactValue, Rank, TextValue
from reportgen.model.measure import Measure, MeasureKind
from reportgen.model.quantity import FEWEST, PLAIN, Quantity, Relation, Unit, parse_number
from reportgen.model.source import Source
from reportgen.model.text import Text


@dataclass(frozen=True, slots=True)
class _FactFields:
    id: str
    claim: Text
    value: Any = None
    measure: str = ""
    place: str = ""
    unit: str = ""
    relation: Any = None
    as_of: Edtf | None = None
    evidence: tuple[Evidence, ...] = ()
    formula: str = ""
    digits: int | None = None
    decimals: int | None = None
    reading: Text = NO_WORDS
    note: Text = NO_WORDS
    rank: Rank = Rank.NORMAL
    review_by: Edtf | None = None


_FACT = keys_of(_FactFields, id=an_id, digits=whole_from(FEWEST["digits"]), decimals=whole_from(FEWEST["decimals"]))
_EVIDENCE = keys_of(Evidence)


@dataclass(frozen=True, slots=True)
class Basis:
    """What facts are checked against."""

    measures: AnyMapping[str, Measure]
    sources: AnyMapping[str, Source]
    units: UnitTable
    names: tuple[str, ...]
    """Words with digits that are not numbers."""


def load_facts(loading: Loading, paths: tuple[str, ...], basis: Basis) -> dict[str, Fact]:
    """The facts, by id, in the order of the files; those that refer to what is not there count as broken."""
    loaded = load_items(
        loading,
        "fact",
        _FACT,
        _in_files(loading, paths),
        lambda entry: _fact(loading, basis, entry.fields, entry.failed, entry.at),
    )
    return computable(loading, loaded)


def _in_files(loading: Loading, paths: tuple[str, ...]) -> Iterator[Item]:
    for path in paths:
        if path.endswith(".csv"):
            yield from rows_of(loading, path, frozenset(_FACT.by_name), frozenset(_EVIDENCE.by_name))
        else:
            yield from items(loading, "fact", path)


def _fact(loading: Loading, basis: Basis, fields: _FactFields, failed: frozenset[str], at: Places) -> Fact | None:
    """The fact; None where its value, unit or formula cannot be used."""
    measure = basis.measures.get(fields.measure)
    if fields.measure:
        loading.refer("measure", fields.measure, basis.measures, at["measure"])
    for number, given in enumerate(fields.evidence):
        loading.refer("source", given.source, basis.sources, at[f"evidence.{number}.source"])
    whole = _one_origin(loading, fields, failed, at)
    formula = formula_at(loading, fields.formula, at, "formula") if fields.formula else None
    unit = _unit(loading, basis, fields, measure, at)
    value, relation = _value(loading, fields, measure, unit, at)
    counted = isinstance(value, Quantity) or formula is not None
    fact = Fact(
        id=fields.id,
        claim=fields.claim,
        value=value,
        measure=fields.measure,
        place=fields.place,
        unit=fields.unit or (measure.unit if measure and counted else ""),
        as_of=fields.as_of,
        evidence=fields.evidence,
        formula=formula,
        digits=fields.digits,
        decimals=fields.decimals,
        reading=fields.reading,
        note=fields.note,
        rank=fields.rank,
        review_by=fields.review_by,
        at=at,
    )
    has_value = fields.value is not None or bool(fields.formula) or bool(failed)
    check_claim(loading, fact, basis.names, has_value)
    check_quotes(loading, fact)
    if value is not None and unit is not None:
        check_value_in_quotes(loading, fact, basis.sources)
    usable = whole and unit is not None and relation is not None
    usable = usable and (fields.value is None or value is not None) and (formula is not None or not fields.formula)
    return fact if usable else None


def _one_origin(loading: Loading, fields: _FactFields, failed: frozenset[str], at: Places) -> bool:
    """A fact has evidence or a formula, and not both."""
    if fields.formula:
        for key in ("evidence", "value", "relation"):
            if getattr(fields, key):
                message = f'a computed fact has no "{key}": its formula gives it'
                loading.report("formula-and-value", message, at[key], f"remove {key}, or remove the formula")
                return False
        if fields.digits is not None and fields.decimals is not None:
            loading.report("wrong-value", 'a fact has "digits" or "decimals", not both', at["decimals"])
            return False
        return True
    for key in ("digits", "decimals"):
        if getattr(fields, key) is not None:
            hint = "a typed value keeps the digits that were typed"
            loading.report("wrong-value", f'only a computed fact has "{key}"', at[key], hint)
    if not fields.evidence and "evidence" not in failed and "formula" not in failed:
        hint = "evidence: [{source: …, quote: …}]"
        loading.report("missing-key", f'the fact "{fields.id}" has no evidence', at["id"], hint)
        return False
    return True


def _unit(loading: Loading, basis: Basis, fields: _FactFields, measure: Measure | None, at: Places) -> Unit | None:
    """The fact's unit, else its measure's; None where it cannot be used or, its measure missing, be known."""
    if fields.measure and measure is None and not fields.unit:
        return None
    text = fields.unit or (measure.unit if measure else "")
    try:
        unit = basis.units.parse(text)
    except UnitError as error:
        if not fields.unit:  # reported with the measure
            return None
        if not (fields.measure and loading.is_broken("measure", fields.measure)):
            loading.report("bad-unit", error.message, at["unit"], error.hint)
        return None
    if fields.unit and measure and measure.kind in (MeasureKind.NUMBER, MeasureKind.COUNT):
        try:
            expected = basis.units.parse(measure.unit)
        except UnitError:
            return None
        if unit.powers != expected.powers and not (basis.units.is_money(unit) and basis.units.is_money(expected)):
            named = f'counts in "{measure.unit}"' if measure.unit else "has no unit"
            message = f'the measure "{measure.id}" {named}, which "{fields.unit}" cannot be turned into'
            loading.report("bad-unit", message, at["unit"], _unit_hint(measure))
            return None
    return unit


def _unit_hint(measure: Measure) -> str:
    return f"write unit: {measure.unit}" if measure.unit else f'add a unit to the measure "{measure.id}"'


def _value(
    loading: Loading, fields: _FactFields, measure: Measure | None, unit: Unit | None, at: Places
) -> tuple[FactValue | None, Relation | None]:
    """The value and the relation, each None where it cannot be used."""
    typed: YamlNode | None = fields.value
    relation: Relation | None = None
    try:
        relation = relation_of(fields.relation, at)
    except WrongValueError as wrong:
        loading.found.append(wrong.diagnostic)
    if typed is None:
        return None, relation
    kind = measure.kind if measure else None
    try:
        value = value_of(typed, kind, unit or PLAIN, relation or Relation.EQUAL, at)
    except WrongValueError as wrong:
        loading.found.append(wrong.diagnostic)
        return None, relation
    if doubt := doubtful_text(typed, kind, at):
        loading.found.append(doubt)
    if isinstance(value, DateValue | TextValue):
        for key in ("unit", "relation"):
            if getattr(fields, key):
                message = f'only a number has a "{key}", and "value" is a {_sort(value)}'
                loading.report("bad-unit" if key == "unit" else "wrong-value", message, at[key], f"remove {key}")
    return value, relation


def _sort(value: Any) -> str:
    return "date" if isinstance(value, DateValue) else "text"


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
    for typed in filter(None, (low, high)):
        key = "value" if not high else "value.min" if typed == low else "value.max"
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
        if isinstance(read, NotRead):
            reason = reason or read.reason
            continue
        missing = "" if value.is_range else missing_relation(read, value.relation.value)
        if missing:
            message = f'the quote says "{read.relation_word}" beside the number, and the fact does not'
            sign = read.relations[0]
            span = fact.at[f"evidence.{place}.quote"]
            loading.report("relation-in-quote", message, span, f'add relation: "{sign}"', "warning")
        return
    message = f"the value {typed} cannot be read out of the quote"
    hint = f"{reason}; correct the value, or say in reading: how it was read"
    loading.report("value-not-in-quote", message, fact.at[key], hint)
