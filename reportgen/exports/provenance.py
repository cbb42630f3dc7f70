"""An evaluated brief and the ticks of its drawings in, provenance.json out. Pure."""

from __future__ import annotations

from reportgen.exports.tables import json_bytes
from reportgen.model.evaluated import EvaluatedBrief, NumberKind, PrintedNumber

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
    entries = [_entry(number) for number in numbers]
    return json_bytes({"brief": brief.slug, "numbers": entries, "bound": bound, "total": total})


def _entry(number: PrintedNumber) -> dict[str, object]:
    return {
        "text": number.text,
        "kind": number.kind.value,
        "fact": number.fact or None,
        "formula": number.formula or None,
        "facts": list(number.facts),
        "dataset": number.dataset or None,
        "row": number.row,
        "reason": number.reason or None,
        "file": number.file or None,
        "line": number.line,
        "column": number.column,
        "status": number.status.value if number.status else None,
        "statement": number.statement,
        "printed": list(number.printed),
        "why": number.why or None,
    }
