"""The files of content/facts in; facts by id out, each typed, and compared with its quotes."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from reportgen.language.units import UnitError, UnitTable
from reportgen.late_patterns import regex
from reportgen.load.changes import CHANGES
from reportgen.load.fields import NO_WORDS, WrongKeyError, a_step, an_id, whole_from, word_of
from reportgen.load.formulas import computable, reachable
from reportgen.load.items import Item, ItemFields, Loading, load_files
from reportgen.load.one_cell import CellFaultError, cell_evidence, cell_origin, cell_value, find_cell
from reportgen.load.schema import keys_of
from reportgen.load.yaml import Mapping, Scalar
from reportgen.model.dataset import Dataset
from reportgen.model.edition import Change
from reportgen.model.edtf import Edtf
from reportgen.model.fact import DateValue, Evidence, Fact, FactValue, Modality, Rank
from reportgen.model.formula import CellAddress
from reportgen.model.measure import Measure, MeasureKind
from reportgen.model.quantity import FEWEST, Quantity
from reportgen.model.source import Source
from reportgen.model.text import Text

_DIGIT = regex(r"\d")


@dataclass(frozen=True, slots=True)
class FactFields:
    """What the file of a fact says."""

    id: str
    claim: Text
    value: Any = None
    measure: str = ""
    place: str = ""
    unit: str = ""
    relation: Any = None
    precision: Fraction | None = None
    exact: bool = False
    as_of: Edtf | None = None
    evidence: tuple[Evidence, ...] = ()
    from_: CellAddress | None = None
    formula: str = ""
    digits: int | None = None
    decimals: int | None = None
    reading: Text = NO_WORDS
    note: Text = NO_WORDS
    modality: Modality | None = None
    rank: Rank = Rank.NORMAL
    review_by: Edtf | None = None
    changes: tuple[Change, ...] = ()
    aliases: tuple[str, ...] = ()


def _a_row(value: Any) -> tuple[tuple[str, str], ...]:
    """`{Country: Kenya, year: 2021}`."""
    if not isinstance(value, Mapping) or not value or not all(isinstance(each, Scalar) for each in value.values()):
        raise WrongKeyError("%KEY% must name a row by its columns", "for example row: {Country: Kenya, year: 2021}")
    return tuple((" ".join(name.split()), str(wanted)) for name, wanted in value.items())


_EVIDENCE = keys_of(Evidence, carries=word_of("place", "time", "name", "context"))
_FACT = keys_of(
    FactFields,
    id=an_id,
    evidence=_EVIDENCE,
    from_=keys_of(CellAddress, row=_a_row),
    precision=a_step,
    digits=whole_from(FEWEST["digits"]),
    decimals=whole_from(FEWEST["decimals"]),
    changes=CHANGES,
)


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

    def fact(entry: ItemFields[FactFields]) -> Fact | None:
        from reportgen.load.judged_facts import judged_fact  # with all that reads quotes, not wanted for known facts

        return judged_fact(loading, basis, entry.fields, entry.failed, entry.at, _misspelt(entry.item.node))

    loaded = load_files(
        loading,
        "fact",
        _FACT,
        paths,
        fact,
        lambda: (basis.measures, basis.sources, basis.units.described, basis.names),
        read=lambda path: _table_of_facts(loading, path) if path.endswith(".csv") else None,
    )
    return computable(loading, loaded)


def with_cells(
    loading: Loading, facts: AnyMapping[str, Fact], datasets: AnyMapping[str, Dataset], basis: Basis
) -> dict[str, Fact]:
    """The facts, those that a dataset gives with their values; without those whose cell is not there, and without what
    is computed from these."""
    made = {}
    for id, fact in facts.items():
        found = fact if fact.address is None else _from_cell(loading, fact, fact.address, datasets, basis)
        if found is None:
            loading.broken.add(("fact", id))
        else:
            made[id] = found
    return reachable(loading, made)


def _from_cell(
    loading: Loading, fact: Fact, address: CellAddress, datasets: AnyMapping[str, Dataset], basis: Basis
) -> Fact | None:
    if not loading.refer("dataset", address.dataset, datasets, fact.at["from.dataset"]):
        return None
    dataset = datasets[address.dataset]
    try:
        row, place = find_cell(dataset, address)
        column, (digits, decimals) = dataset.columns[place], dataset.rounding(row, place)
        value = cell_value(dataset, row, place, basis.units.with_nouns(column.unit))
    except CellFaultError as fault:
        key = f"from.{fault.part}".rstrip(".")
        loading.report(fault.code, f'"{fact.id}": {fault.message}', fact.at[key], fault.hint)
        return None
    except UnitError:  # reported with the column
        loading.missed += 1
        return None
    made = replace(
        fact, value=value, unit=column.unit, evidence=(cell_evidence(dataset, row, place),),
        digits=fact.digits if fact.decimals is not None or fact.digits is not None else digits,
        decimals=fact.decimals if fact.decimals is not None or fact.digits is not None else decimals,
        cell=cell_origin(dataset, row, place),
    )  # fmt: skip
    if fact.as_of is not None or any(map(_DIGIT.search, (text for _, text in fact.claim.by_language))):
        from reportgen.load.headings import check_time_of_cell  # with all that reads dates

        check_time_of_cell(loading, made, dataset, row, place)
    return made if _fits(loading, made, value, basis) else None


def _fits(loading: Loading, fact: Fact, value: FactValue, basis: Basis) -> bool:
    """Whether a measure takes what a column holds."""
    measure = basis.measures.get(fact.measure)
    if measure is None:
        return True
    numeric = measure.kind in (MeasureKind.NUMBER, MeasureKind.COUNT)
    if numeric is not isinstance(value, Quantity) or (measure.kind is MeasureKind.DATE) is not isinstance(
        value, DateValue
    ):
        message = (
            f'the measure "{measure.id}" is a {measure.kind}, and the column "{fact.cell.column}" holds something else'  # type: ignore[union-attr]
        )
        loading.report("bad-unit", message, fact.at["measure"], "choose another measure, or the type of the column")
        return False
    if isinstance(value, Quantity):
        expected = basis.units.with_nouns(measure.unit).parse(measure.unit)
        if expected.powers != value.unit.powers:
            named = f'counts in "{measure.unit}"' if measure.unit else "has no unit"
            message = f'the measure "{measure.id}" {named}, and the column is in "{fact.unit}"'
            loading.report("bad-unit", message, fact.at["measure"], "give both the same unit")
            return False
    return True


def _table_of_facts(loading: Loading, path: str) -> Iterator[Item]:
    from reportgen.load.fact_table import rows_of

    return rows_of(loading, path, frozenset(_FACT.by_name) - {"changes"}, frozenset(_EVIDENCE.by_name))


def _misspelt(node: AnyMapping[str, Any]) -> bool:
    """Whether a key that is told as unknown may have been meant to give the value."""
    return any(key not in _FACT.by_name for key in node)
