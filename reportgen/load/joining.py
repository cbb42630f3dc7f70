"""Two datasets in; the rows of the first with the columns of the second beside them, joined on a key, out. Pure.

Each row stays one row: a key that stands twice in the second is refused, and rows without one are told, never dropped
in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from reportgen.load.shaping import ShapeError
from reportgen.load.suggest import did_you_mean
from reportgen.model.dataset import Dataset, Join, JoinedPart
from reportgen.model.quantity import is_number

_NAMED = 3
"""How many rows are named."""


@dataclass(frozen=True, slots=True)
class JoinedRows:
    """A dataset with the columns of another, and the rows of that which are joined to none."""

    dataset: Dataset
    unused: str
    """How many, and the first of them, in words; empty where there are none."""


def joined(dataset: Dataset, join: Join, other: Dataset) -> JoinedRows:
    """The rows of `dataset` with columns of `other`. Raises ShapeError."""
    own = [_place(dataset, name, f"join.on.{n}") for n, (name, _) in enumerate(join.on)]
    theirs = [_place(other, name, f"join.on.{n}") for n, (_, name) in enumerate(join.on)]
    wanted = _columns(dataset, join, other, theirs)
    rows = _by_key(other, theirs)
    found = [rows.get(_key(row, own), -1) for row in dataset.typed]
    lost = [n for n, at in enumerate(found) if at < 0]
    if lost and not join.unmatched:
        message = f'{_told(dataset, lost, own)} no row in "{other.id}" by {_named(join)}'
        hint = _nearest(dataset, lost[0], own, other, theirs)
        raise ShapeError("join", message, hint, "join-unmatched")
    kept = [n for n, at in enumerate(found) if at >= 0] if join.unmatched == "drop" else [*range(len(found))]
    part = JoinedPart(
        tuple(range(len(dataset.columns), len(dataset.columns) + len(wanted))), other, tuple(wanted),
        tuple(found[n] for n in kept),
    )  # fmt: skip
    made = dataset if len(kept) == len(found) else dataset.picked(kept)
    now = {n: row for row, n in enumerate(kept)}
    notes = ((now[n], n, found[n]) for n in kept if found[n] >= 0)
    marks = {(row, column): mark for row, column, mark in other.notes}
    beside = tuple(
        (row, first, marks[at, column])
        for row, _, at in notes
        for first, column in zip(part.columns, wanted, strict=True)
        if (at, column) in marks
    )
    made = replace(
        made,
        columns=(*dataset.columns, *(other.columns[n] for n in wanted)),
        rows=tuple((*dataset.rows[n], *_cells(other.rows, found[n], wanted, None)) for n in kept),
        typed=tuple((*dataset.typed[n], *_cells(other.typed, found[n], wanted, "")) for n in kept),
        parts=(*made.parts, part),
        notes=tuple(sorted((*made.notes, *beside))),
    )
    used = set(found)
    unused = [n for n in range(len(other.typed)) if n not in used]
    return JoinedRows(made, _told(other, unused, theirs) if unused else "")


def _cells(rows: Sequence[Sequence[Any]], at: int, wanted: Sequence[int], nothing: object) -> tuple[Any, ...]:
    return tuple(rows[at][n] if at >= 0 else nothing for n in wanted)


def _place(dataset: Dataset, name: str, key: str) -> int:
    names = [column.name for column in dataset.columns]
    if name not in names:
        hint = did_you_mean(name, names) or f"its columns are {', '.join(names[:12])}"
        raise ShapeError(key, f'the dataset "{dataset.id}" describes no column "{name}"', hint, "unknown-column")
    return names.index(name)


def _columns(dataset: Dataset, join: Join, other: Dataset, keys: list[int]) -> list[int]:
    """The places of the columns that are taken from the other dataset."""
    taken = [_place(other, name, f"join.columns.{n}") for n, name in enumerate(join.columns)]
    taken = taken or [n for n in range(len(other.columns)) if n not in keys]
    names = [column.name for column in dataset.columns]
    for n in taken:
        if (name := other.columns[n].name) in names:
            message = f'both "{dataset.id}" and "{other.id}" have a column "{name}"'
            hint = "say in join which columns are taken, columns: […], or describe that column in one of them alone"
            raise ShapeError("join", message, hint, "duplicate-key")
    if not taken:
        raise ShapeError("join", f'"{other.id}" has no column but its key', "describe one there", "unknown-column")
    return taken


def _key(row: Sequence[str], places: Sequence[int]) -> tuple[object, ...]:
    """The cells by which a row is known; a number is the same however it is spelled."""
    return tuple(Fraction(row[n]) if is_number(row[n]) else row[n] for n in places)


def _by_key(other: Dataset, places: list[int]) -> dict[tuple[object, ...], int]:
    """The row of each key. Raises ShapeError where one stands twice."""
    rows: dict[tuple[object, ...], list[int]] = {}
    for n, row in enumerate(other.typed):
        rows.setdefault(_key(row, places), []).append(n)
    twice = [found for found in rows.values() if len(found) > 1]
    if twice:
        shown = "; ".join(f"{_words(other, found[0], places)} in {_where(other, found)}" for found in twice[:_NAMED])
        more = f" and {len(twice) - _NAMED:,} more" if len(twice) > _NAMED else ""
        message = f'in "{other.id}" a key stands in several rows: {shown}{more}'
        hint = f'add the column that tells them apart to on:, or leave rows out by where: in "{other.id}"'
        raise ShapeError("join.on", message, hint, "join-repeated")
    return {key: found[0] for key, found in rows.items()}


def _where(dataset: Dataset, rows: Sequence[int]) -> str:
    places = [dataset.row_place(n) for n in rows[:_NAMED]]
    return ", ".join(places) + (f" and {len(rows) - _NAMED:,} more" if len(rows) > _NAMED else "")


def _words(dataset: Dataset, row: int, places: Sequence[int]) -> str:
    return ", ".join(f'"{dataset.typed[row][n]}"' for n in places)


def _told(dataset: Dataset, rows: Sequence[int], places: Sequence[int]) -> str:
    """`2 rows of "nets" have`: with their keys and places."""
    shown = "; ".join(f"{_words(dataset, n, places)} ({dataset.row_place(n)})" for n in rows[:_NAMED])
    more = f" and {len(rows) - _NAMED:,} more" if len(rows) > _NAMED else ""
    many = "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
    return f'{many} of "{dataset.id}", {shown}{more}, {"has" if len(rows) == 1 else "have"}'


def _named(join: Join) -> str:
    return ", ".join(own if own == theirs else f"{own} = {theirs}" for own, theirs in join.on)


def _nearest(dataset: Dataset, row: int, own: list[int], other: Dataset, theirs: list[int]) -> str:
    rest = "unmatched: keep leaves their cells empty, unmatched: drop leaves them out"
    for mine, its in zip(own, theirs, strict=True):
        known = [*dict.fromkeys(cells[its] for cells in other.typed)]
        wanted = dataset.typed[row][mine]
        if wanted not in known and (hint := did_you_mean(wanted, known)):
            return f"{hint} If not: {rest}" if hint.endswith("?") else f"{hint}; else {rest}"
    return f"correct the keys, or say in join what becomes of such rows: {rest}"
