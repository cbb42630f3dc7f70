"""The files of content/facts in; facts by id out, each typed, and held against its quotes."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

from pydantic import PlainValidator

from reportgen.diagnostics import Places
from reportgen.load.fact_rules import check_claim, check_quotes, check_value_in_quotes
from reportgen.load.fact_table import rows_of
from reportgen.load.fields import NO_WORDS, Date, Decimals, Digits, Flag, Id, Line, Raw, Step, Words, one_of
from reportgen.load.formulas import computable, formula_at
from reportgen.load.items import Item, Keys, Loading, entries, items, keep
from reportgen.load.values import WrongValueError, doubtful_text, relation_of, value_of
from reportgen.load.yaml import Scalar, Value
from reportgen.model.fact import DateValue, Evidence, Fact, Rank, TextValue
from reportgen.model.fact import Value as FactValue
from reportgen.model.measure import Kind, Measure
from reportgen.model.quantity import PLAIN, Quantity, Relation, Unit
from reportgen.model.source import Source
from reportgen.quantities.units import UnitError, UnitTable, unit_ratio


class _Evidence(Keys):
    source: Line
    quote: Line
    prefix: Line = ""
    suffix: Line = ""
    locator: Line = ""


class _Fact(Keys):
    id: Id
    claim: Words
    value: Raw = None
    measure: Line = ""
    place: Line = ""
    unit: Line = ""
    relation: Raw = None
    precision: Step | None = None
    exact: Flag = False
    as_of: Date | None = None
    evidence: list[_Evidence] = []  # noqa: RUF012 - pydantic copies it
    formula: Line = ""
    digits: Digits | None = None
    decimals: Decimals | None = None
    reading: Words = NO_WORDS
    note: Words = NO_WORDS
    rank: Annotated[Rank, PlainValidator(one_of(Rank))] = Rank.NORMAL
    review_by: Date | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What facts are held against."""

    measures: AnyMapping[str, Measure]
    sources: AnyMapping[str, Source]
    units: UnitTable
    names: tuple[str, ...]
    """Words with digits that are not numbers."""


def load_facts(loading: Loading, paths: tuple[str, ...], basis: Basis) -> dict[str, Fact]:
    """The facts, by id, in the order of the files; those that refer to what is not there count as broken."""
    loaded: dict[str, Fact] = {}
    for entry in entries(loading, "fact", _Fact, _in_files(loading, paths)):
        keep(loading, "fact", loaded, entry, _fact(loading, basis, entry.fields, entry.failed, entry.at))
    return computable(loading, loaded)


def _in_files(loading: Loading, paths: tuple[str, ...]) -> Iterator[Item]:
    for path in paths:
        if path.endswith(".csv"):
            yield from rows_of(loading, path, frozenset(_Fact.model_fields), frozenset(_Evidence.model_fields))
        else:
            yield from items(loading, "fact", path)


def _fact(loading: Loading, basis: Basis, fields: _Fact, failed: frozenset[str], at: Places) -> Fact | None:
    """The fact; None where its value, unit or formula cannot be used."""
    measure = basis.measures.get(fields.measure)
    if fields.measure:
        loading.refer("measure", fields.measure, basis.measures, at["measure"])
    for number, given in enumerate(fields.evidence):
        loading.refer("source", given.source, basis.sources, at[f"evidence.{number}.source"])
    evidence = tuple(Evidence(e.source, e.quote, e.prefix, e.suffix, e.locator) for e in fields.evidence)
    whole = _one_origin(loading, fields, failed, at)
    formula = formula_at(loading, fields.formula, at, "formula") if fields.formula else None
    unit = _unit(loading, basis, fields, measure, at)
    value, relation = _value(loading, fields, measure, unit, at, basis.units)
    counted = isinstance(value, Quantity) or formula is not None
    fact = Fact(
        id=fields.id,
        claim=fields.claim,
        value=value,
        measure=fields.measure,
        place=fields.place,
        unit=fields.unit or (measure.unit if measure and counted else ""),
        as_of=fields.as_of,
        evidence=evidence,
        formula=formula,
        precision=fields.precision,
        exact=fields.exact,
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


def _one_origin(loading: Loading, fields: _Fact, failed: frozenset[str], at: Places) -> bool:
    """A fact has evidence or a formula, and not both."""
    if fields.formula:
        for key in ("evidence", "value", "relation", "precision", "exact"):
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


def _unit(loading: Loading, basis: Basis, fields: _Fact, measure: Measure | None, at: Places) -> Unit | None:
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
    if fields.unit and measure and measure.kind in (Kind.NUMBER, Kind.COUNT):
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
    loading: Loading, fields: _Fact, measure: Measure | None, unit: Unit | None, at: Places, units: UnitTable
) -> tuple[FactValue | None, Relation | None]:
    """The value and the relation, each None where it cannot be used."""
    typed: Value | None = fields.value
    relation: Relation | None = None
    try:
        relation = relation_of(fields.relation, at)
    except WrongValueError as wrong:
        loading.found.append(wrong.diagnostic)
    if typed is None:
        return None, relation
    kind = measure.kind if measure else None
    try:
        step = _step(fields, measure, unit or PLAIN, units)
        value = value_of(typed, kind, unit or PLAIN, relation or Relation.EQUAL, at, step)
    except WrongValueError as wrong:
        loading.found.append(wrong.diagnostic)
        return None, relation
    if doubt := doubtful_text(typed, kind, at):
        loading.found.append(doubt)
    _check_precision(loading, fields, value, at)
    if isinstance(value, DateValue | TextValue):
        for key in ("unit", "relation"):
            if getattr(fields, key):
                message = f'only a number has a "{key}", and "value" is a {_sort(value)}'
                loading.report("bad-unit" if key == "unit" else "wrong-value", message, at[key], f"remove {key}")
    return value, relation


def _step(fields: _Fact, measure: Measure | None, unit: Unit, units: UnitTable) -> Fraction | None:
    """What the number was rounded to: 0 for counted nouns and what is said to be exact, None for its last digit."""
    if fields.exact:
        return Fraction(0)
    if fields.precision is not None:
        return fields.precision
    if measure and measure.precision is not None:
        try:
            return measure.precision * unit_ratio(units.parse(measure.unit), unit)
        except UnitError:  # another currency
            return None
    counted = units.counts(unit) or (measure is not None and measure.kind is Kind.COUNT and unit.multiple == 1)
    return Fraction(0) if counted and isinstance(fields.value, Scalar) and "." not in fields.value else None


def _check_precision(loading: Loading, fields: _Fact, value: FactValue, at: Places) -> None:
    """Reports `precision` and `exact` where nothing is rounded, or where the two contradict each other."""
    if fields.precision is not None and fields.exact:
        loading.report("wrong-value", 'a value that is "exact" has no "precision"', at["precision"], "keep one of them")
    for key in ("precision", "exact"):
        if not getattr(fields, key):
            continue
        if not isinstance(value, Quantity):
            loading.report("wrong-value", f'only a number has "{key}"', at[key], f"remove {key}")
        elif value.central is None or value.bounds:
            message = f'"{key}" is of a single number; bounds are exact as they stand'
            loading.report("wrong-value", message, at[key], f"remove {key}")
        elif key == "exact" and value.relation is Relation.AROUND:
            hint = "remove one of them, or give the precision"
            loading.report("wrong-value", 'a value that is "around" is not "exact"', at[key], hint)


def _sort(value: Any) -> str:
    return "date" if isinstance(value, DateValue) else "text"
