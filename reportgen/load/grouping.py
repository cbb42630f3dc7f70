"""The rows of a dataset in; one row a group, with sums, means, shares and counts, and the cells behind each, out. Pure.

A sum of which a part is missing is missing: it is never the sum of the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256

from reportgen.language.rounding import decimal_text, exact_text
from reportgen.load.reckoned import allowed, part_of_whole, printed_decimals, quotient, total
from reportgen.load.shaping import ShapeError
from reportgen.load.suggest import did_you_mean
from reportgen.model.dataset import Cell, Dataset, Group
from reportgen.model.edtf import Edtf
from reportgen.model.interval import Interval
from reportgen.model.quantity import LONGEST, parse_number, typed_decimals

_DIGITS = 15
"""Significant digits of a mean or a share."""
_RECKONED = ("sum", "mean", "share", "change", "index")
"""Keys of a group that name columns of numbers."""
_ENOUGH = 4
"""Of fewer numbers one may be the sum of the others by chance."""
_NAMED = 3
"""How many of the cells behind a number are named."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """A dataset of groups, and the groups whose numbers could not be made."""

    dataset: Dataset
    lacking: tuple[tuple[int, int, int], ...]
    """(row, column, a row of the dataset before it that has no number there)."""


def without_counts(dataset: Dataset) -> Dataset:
    """The dataset without the column that counts rows: no file has it. Raises ShapeError where columns do not fit."""
    group = dataset.group
    if group is None:
        return dataset
    names = [column.name for column in dataset.columns]
    for key in ("by", *_RECKONED):
        for n, name in enumerate(getattr(group, key)):
            _described(name, names, f"group.{key}.{n}")
    if group.count:
        _described(group.count, names, "group.count")
    reckoned = [name for key in _RECKONED for name in getattr(group, key)]
    told = [*group.by, *reckoned, group.count]
    for n, column in enumerate(dataset.columns):
        if told.count(column.name) != 1:
            hint = f"group: {{by: […], sum: [{column.name}]}}, or mean, share, change, index, count; or leave it out"
            message = f'what becomes of the column "{column.name}" in a group is not said once'
            raise ShapeError(f"columns.{n}.name", message, hint, "wrong-value")
        if column.name in (*reckoned, group.count) and column.type != "number":
            raise ShapeError(
                f"columns.{n}.name", f'"{column.name}" is no column of numbers', "type: number", "wrong-value"
            )
        if column.name in group.share and column.unit not in ("percent", "%"):
            message, hint = f'"{column.name}" becomes a share of the whole', "unit: percent"
            raise ShapeError(f"columns.{n}.name", message, hint, "bad-unit")
        if column.name in group.change and column.unit not in ("percent", "%"):
            message, hint = f'"{column.name}" becomes a change since the group before', "unit: percent"
            raise ShapeError(f"columns.{n}.name", message, hint, "bad-unit")
        if column.name in group.index and column.unit:
            message = f'"{column.name}" becomes an index, of which the first group is 100'
            raise ShapeError(f"columns.{n}.name", message, "leave unit out", "bad-unit")
    return replace(dataset, columns=tuple(column for column in dataset.columns if column.name != group.count))


def _described(name: str, names: list[str], key: str) -> None:
    if name not in names:
        hint = did_you_mean(name, names) or f"the columns are {', '.join(names)}"
        raise ShapeError(key, f'the columns do not describe "{name}"', hint, "unknown-column")


def grouped(dataset: Dataset, whole: Dataset, counted: Collection[str] = ()) -> Grouped:
    """The groups of `dataset`, in the order in which they begin, in the columns of `whole`, which may count rows.
    `counted`: names of columns of what is counted, whose whole numbers are exact. Raises ShapeError.
    """
    group = whole.group
    assert group is not None
    names = [column.name for column in dataset.columns]
    members: dict[tuple[str, ...], list[int]] = {}
    for n, row in enumerate(dataset.typed):
        members.setdefault(tuple(row[names.index(name)] for name in group.by), []).append(n)
    every = [*members.values()]
    firsts, befores = _since(dataset, names.index(group.by[-1]), [*members])
    bases = dict.fromkeys(group.change, befores) | dict.fromkeys(group.index, firsts)
    columns = [_column(dataset, column.name, group, every, bases.get(column.name, ())) for column in whole.columns]
    by = names.index(group.by[0])
    finest = [
        _finest(dataset, column.name, group, every, bases.get(column.name, ()), counted) for column in whole.columns
    ]
    spelled = [
        [
            _places(dataset, rows, names.index(column.name) if column.name in names else by)
            for rows in _with_bases(every, bases.get(column.name, ()))
        ]
        for column in whole.columns
    ]
    lacking = [
        (number, place, missing)
        for place, (column, (texts, _)) in enumerate(zip(whole.columns, columns, strict=True))
        for number, rows in enumerate(_with_bases(every, bases.get(column.name, ())))
        if not texts[number] and column.name not in group.by
        # A share lacks its whole, wherever in the column a part of that is missing.
        for missing in _first_empty(
            dataset,
            names.index(column.name),
            [*rows, *(range(len(dataset.typed)) if column.name in group.share else ())],
        )
    ]
    made = replace(
        whole,
        rows=tuple(zip(*(values for _, values in columns), strict=True)),
        typed=tuple(zip(*(texts for texts, _ in columns), strict=True)),
        numbers=tuple(dataset.numbers[rows[0]] for rows in every),
        lines=tuple(dataset.lines[rows[0]] for rows in every),
        spelled=tuple(zip(*spelled, strict=True)),
        in_columns=(),
        finest=() if all(each is None for column in finest for each in column) else tuple(zip(*finest, strict=True)),
        notes=(),
        spellings=(),
        parts=(),
        held=tuple(dataset.file_of(names.index(c.name) if c.name in names else by) for c in whole.columns)
        if dataset.parts
        else (),
        sha256=dataset.sha256,
        read_sheet=dataset.read_sheet,
        header_line=dataset.header_line,
    )
    return Grouped(made, tuple(lacking))


def totals(dataset: Dataset, group: Group) -> list[tuple[int, int, int]]:
    """Rows that hold the sum of the others of their group, or of twice as many with sums among them: (row, column, how
    many rows the group has). Such a row counts its parts twice."""
    names = [column.name for column in dataset.columns]
    members: dict[tuple[str, ...], list[int]] = {}
    for n, row in enumerate(dataset.typed):
        members.setdefault(tuple(row[names.index(name)] for name in group.by), []).append(n)
    found: list[tuple[int, int, int]] = []
    for place in (names.index(name) for key in ("sum", "mean", "share") for name in getattr(group, key)):
        for rows in members.values():
            values = {n: value for n in rows if isinstance(value := dataset.rows[n][place], Fraction)}
            if len(values) < 3:
                continue
            largest = max(values, key=lambda n: abs(values[n]))
            whole, value = sum(values.values()), values[largest]
            slack = Fraction(len(values), 2 * 10 ** max(typed_decimals(dataset.typed[n][place]) for n in values))
            digits = 20 if len(values) >= _ENOUGH else 500  # of three numbers, only long ones hardly do so by chance
            if abs(value) > digits * slack and any(abs(times * value - whole) <= slack for times in (2, 3)):
                found.append((largest, place, len(values)))
    return found


def _since(dataset: Dataset, order: int, keys: Sequence[tuple[str, ...]]) -> tuple[list[int | None], list[int | None]]:
    """For each group, by its cells in the columns of `by`, the number of the first group of its series and that of the
    one before; None for the first before."""
    series: dict[tuple[str, ...], list[int]] = {}
    for number, key in enumerate(keys):
        series.setdefault(key[:-1], []).append(number)
    times = {
        text: value.start
        for row, typed in zip(dataset.rows, dataset.typed, strict=True)
        if isinstance(value := row[order], Edtf)
        for text in [typed[order]]
    }
    firsts: list[int | None] = [None] * len(keys)
    befores: list[int | None] = [None] * len(keys)
    for numbers in series.values():
        if all(keys[number][-1] in times for number in numbers):
            numbers.sort(key=lambda number: times[keys[number][-1]])
        for before, number in zip([None, *numbers], numbers, strict=False):
            firsts[number], befores[number] = numbers[0], before
    return firsts, befores


def _with_bases(every: list[list[int]], bases: Sequence[int | None]) -> list[list[int]]:
    """The rows behind each group's number: its own, and those of the group that it is compared with."""
    if not bases:
        return every
    return [
        rows if base is None or every[base] is rows else [*every[base], *rows]
        for rows, base in zip(every, bases, strict=True)
    ]


def _first_empty(dataset: Dataset, column: int, rows: list[int]) -> list[int]:
    return [n for n in rows if not dataset.typed[n][column]][:1]


def _column(
    dataset: Dataset, name: str, group: Group, every: list[list[int]], bases: Sequence[int | None]
) -> tuple[list[str], list[Cell]]:
    """A column's cells, a group each: as texts, and as values. `bases`: the groups that each is compared with."""
    names = [column.name for column in dataset.columns]
    if name in group.by:
        place = names.index(name)
        firsts = [rows[0] for rows in every]
        return [dataset.typed[n][place] for n in firsts], [dataset.rows[n][place] for n in firsts]
    if name == group.count:
        texts = [str(len(rows)) for rows in every]
    elif bases:
        texts = _compared(name, group, [[dataset.typed[n][names.index(name)] for n in rows] for rows in every], bases)
    else:
        cells = [row[names.index(name)] for row in dataset.typed]
        reckon = _reckoning(name, group, cells)
        texts = [reckon([cells[n] for n in rows]) if all(cells[n] for n in rows) else "" for rows in every]
    if any(len(text) > LONGEST for text in texts):
        message = f'a number of "{name}" in a group would have more than {LONGEST} digits'
        raise ShapeError("group", message, "count in a larger unit", "bad-number")
    return texts, [parse_number(text) if text else None for text in texts]


def _finest(
    dataset: Dataset,
    name: str,
    group: Group,
    every: list[list[int]],
    bases: Sequence[int | None],
    counted: Collection[str],
) -> list[int | None]:
    """Of each group's number the decimals to which it is printed; None for all that it has."""
    names = [column.name for column in dataset.columns]
    if name not in names or name in group.by:
        return [None] * len(every)
    place = names.index(name)
    if name in group.sum:
        given = [[d for n in rows if (d := dataset.supported(n, place)) is not None] for rows in every]
        return [min(decimals, default=None) for decimals in given]
    values = [parse_number(row[place]) if row[place] else None for row in dataset.typed]
    may_be = [
        None if value is None else allowed(
            dataset.typed[n][place], value, counted=name in counted, finest=dataset.supported(n, place)
        )
        for n, value in enumerate(values)
    ]  # fmt: skip
    exact = [None if value is None else Interval.point(value) for value in values]
    both = zip(*(_each_reckoned(name, group, every, bases, cells) for cells in (exact, may_be)), strict=True)
    return printed_decimals([
        None if value is None or value.low is None or whole is None else (value.low, whole) for value, whole in both
    ])  # fmt: skip


def _each_reckoned(
    name: str, group: Group, every: list[list[int]], bases: Sequence[int | None], cells: list[Interval | None]
) -> list[Interval | None]:
    """All that each group's mean, share, change or index may be; None where it lacks a part."""
    parts = [[cell for n in rows if (cell := cells[n]) is not None] for rows in every]
    sums = [total(own) if len(own) == len(rows) else None for own, rows in zip(parts, every, strict=True)]
    if name in group.mean:
        return [own and own.scaled(Fraction(1, len(rows))) for own, rows in zip(sums, every, strict=True)]
    if name in group.share:
        whole = None if None in cells else total([cell for cell in cells if cell is not None])
        return [part_of_whole(own, whole) if own and whole else None for own in sums]
    found: list[Interval | None] = []
    for number, (own, base) in enumerate(zip(sums, bases, strict=True)):
        of = None if base is None else sums[base]
        made = None if own is None or of is None else quotient(own, of)
        if base == number and made is not None:
            made = Interval.point(Fraction(100))
        found.append(made and made - Interval.point(Fraction(100 if name in group.change else 0)))
    return found


def _reckoning(name: str, group: Group, cells: list[str]) -> Callable[[list[str]], str]:
    if name in group.sum:
        return _sum
    if name in group.mean:
        return lambda part: exact_text(_total(part) / len(part), _DIGITS)
    whole = _total(cells) if all(cells) else Fraction(0)
    return lambda part: exact_text(100 * _total(part) / whole, _DIGITS) if whole else ""


def _compared(name: str, group: Group, cells: list[list[str]], bases: Sequence[int | None]) -> list[str]:
    """The sums of groups in percent of those of others; a change is what is more than all of it."""
    less = 100 if name in group.change else 0
    texts = []
    for own, base in zip(cells, bases, strict=True):
        if base is None or not all(own) or not all(cells[base]):
            texts.append("")
            continue
        whole = _total(cells[base])
        if whole <= 0:
            message = f'a group of "{name}" comes to {exact_text(whole, _DIGITS)}, of which nothing can be a percentage'
            raise ShapeError("group", message, "leave such rows out by where", "wrong-value")
        texts.append(exact_text(100 * _total(own) / whole - less, _DIGITS))
    return texts


def _sum(cells: list[str]) -> str:
    return decimal_text(_total(cells), max(map(typed_decimals, cells)))


def _total(cells: list[str]) -> Fraction:
    return sum(map(parse_number, cells), Fraction(0))


def _places(dataset: Dataset, rows: Sequence[int], column: int) -> str:
    """Where the cells behind a number stand: how many, the first of them, and a digest of all."""
    places = [dataset.place(n, column) for n in rows]
    if len(rows) == 1:
        return places[0]
    shown = "; ".join(places[:_NAMED])
    digest = sha256("\n".join(dataset.typed[n][column] for n in rows).encode()).hexdigest()[:12]
    return f"{len(rows)} cells, SHA-256 {digest}: {shown}" + ("; …" if len(rows) > _NAMED else "")
