"""An evaluated brief and the ticks of its drawings in, provenance.json out. Pure."""

from __future__ import annotations

from dataclasses import fields

from reportgen.exports.tables import json_bytes, nulls
from reportgen.model.brief import original_of, tongue_of
from reportgen.model.evaluated import EvaluatedBrief, NumberKind, PrintedNumber

_FIELDS = tuple(field.name for field in fields(PrintedNumber))
_BOUND = frozenset({NumberKind.FACT, NumberKind.FORMULA, NumberKind.DATASET})


def provenance_json(brief: EvaluatedBrief, ticks: tuple[str, ...]) -> bytes:
    """Where every number of a brief comes from; a number's place in the list is its `data-n`.

    `ticks` are the texts of the axes' ticks, in the order of the drawings; their indices follow on the brief's own
    numbers. Every entry has every key, null where it does not apply. `bound` counts what comes from a fact, a formula
    or a dataset; `total` counts waivers too; statements and ticks count in neither.
    """
    numbers = [*brief.numbers, *(PrintedNumber(text, NumberKind.SCALE) for text in ticks)]
    bound = sum(number.kind in _BOUND and not number.statement for number in numbers)
    total = bound + sum(number.kind is NumberKind.WAIVER for number in numbers)
    entries = [provenance_entry(number) for number in numbers]
    lang = {"lang": brief.lang} if tongue_of(brief.slug) else {}
    return json_bytes({"brief": original_of(brief.slug), **lang, "numbers": entries, "bound": bound, "total": total})


def provenance_entry(number: PrintedNumber) -> dict[str, object]:
    """One printing as provenance.json lists it."""
    entry = nulls({name: getattr(number, name) for name in _FIELDS})
    del entry["call"], entry["of"], entry["at"]
    if number.kind is not NumberKind.EDITION:
        del entry["edition"]
    return entry
