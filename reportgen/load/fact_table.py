"""A CSV file of facts in, a row a fact; the same maps as YAML gives out."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.diagnostics import Span
from reportgen.load.items import Item, Loading
from reportgen.load.schema import MOST_UNKNOWN
from reportgen.load.suggest import did_you_mean
from reportgen.load.table import Table, read_table, spelled_out
from reportgen.load.yaml import Mapping, Scalar, Sequence, YamlDocument

_NUMBERS = ("value", "value.min", "value.max", "min", "max", "precision")
_RENAMED = {"min": "value.min", "max": "value.max"}


def rows_of(loading: Loading, path: str, keys: frozenset[str], evidence: frozenset[str]) -> Iterator[Item]:
    """Each row as a map.

    Columns are a fact's keys, and `source`, `quote`, `prefix`, `suffix`, `locator` of its evidence; `claim.ru` is a
    text in one language, `value.min` and `value.max` (or `min`, `max`) are the ends of a range.
    """
    try:
        content = loading.files.read(path)
    except OSError as error:
        loading.cannot_read(path, error)
        loading.broken.add(("fact", ""))
        return
    table, found = read_table(path, content)
    loading.found += found
    if any(problem.severity == "error" for problem in found):
        loading.broken.add(("fact", ""))
    if any(problem.code == "not-csv" for problem in found):
        return
    columns = _columns(loading, table, (keys | evidence) - {"evidence"})
    if not any(name == "id" for name in columns):
        first = table.placed[0][0] if table.header else None
        span = Span.at(path) if first is None else table.source.span(first.start, first.end)
        loading.report(
            "missing-key", 'the column "id" is missing', span, "the first row names the columns: id, claim, value, …"
        )
        return
    document = YamlDocument(table.source, None)
    for row in table.placed[1:]:
        yield Item(document, _fact(table, columns, row, evidence))


def _columns(loading: Loading, table: Table, known: frozenset[str]) -> list[str]:
    """The key of each column; empty for one that is not known or has no name."""
    columns: list[str] = []
    unknown = 0
    for cell in table.placed[0] if table.placed else ():
        name = str(cell).strip().lower()
        key = _RENAMED.get(name, name)
        span = table.source.span(cell.start, cell.end)
        if name and key.partition(".")[0] not in known:
            unknown += 1
            if unknown > MOST_UNKNOWN:
                columns.append("")
                continue
            hint = did_you_mean(name, known) or f"the columns are {', '.join(sorted(known))}"
            loading.report("unknown-key", f'there is no column "{cell}"', span, hint)
            key = ""
        elif key and key in columns:
            loading.report("duplicate-key", f'the column "{cell}" stands twice', span, "delete or rename one of them")
            key = ""
        columns.append(key)
    if unknown > MOST_UNKNOWN:
        hint = f"the columns are {', '.join(sorted(known))}"
        message = f"{unknown - MOST_UNKNOWN:,} more columns are not known"
        loading.report("unknown-key", message, Span.at(table.source.file), hint)
    return columns


def _fact(table: Table, columns: list[str], row: tuple[Scalar, ...], evidence: frozenset[str]) -> Mapping:
    first, last = row[0].start, row[-1].end
    fact, quoted = _map(first, last), _map(first, last)
    for key, cell in zip(columns, row, strict=True):
        if not key or not cell:
            continue
        if key in _NUMBERS and table.decimal_commas:
            cell = _respelled(cell, spelled_out(cell))
        cell.plain = key != "relation"
        target, _, part = key.partition(".")
        if target in evidence:
            _put(quoted, target, cell)
        elif part:
            inner = fact.get(target)
            if not isinstance(inner, Mapping):
                made = _map(cell.start, cell.end)
                if isinstance(inner, Scalar) and target == "value":  # a value with its bounds
                    _put(made, "value", inner)
                _put(fact, target, inner := made)
            _put(inner, part, cell)
        elif key == "value" and isinstance(bounds := fact.get("value"), Mapping):
            _put(bounds, "value", cell)
        else:
            _put(fact, key, cell)
    if quoted:
        listed = Sequence([quoted])
        listed.start, listed.end = first, last
        _put(fact, "evidence", listed)
    return fact


def _put(node: Mapping, key: str, value: Scalar | Mapping | Sequence) -> None:
    name = Scalar(key)
    name.start, name.end, name.plain, name.style = value.start, value.end, True, ""
    node[key], node.names[key] = value, name


def _respelled(cell: Scalar, value: str) -> Scalar:
    if value == cell:
        return cell
    new = Scalar(value)
    new.start, new.end, new.plain, new.style = cell.start, cell.end, True, cell.style
    return new


def _map(start: int, end: int) -> Mapping:
    node = Mapping()
    node.start, node.end, node.names = start, end, {}
    return node
