"""Lines of a text in, the tables that they are and what heads each cell out. Pure.

A row is a line with ` | ` between its cells, as texts of tables have it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from reportgen.evidence.fold import FoldedText
from reportgen.evidence.passages import Passage
from reportgen.late_patterns import regex

_MARK = regex(r" ?\|(?: |$)")
_YEARS = regex(r"(?:fy|q[1-4]|h[12])?[ -]?(?:1[5-9]|20|21)\d\d(?:\s?[/–-]\s?\d{2,4})?\W*", re.IGNORECASE)
_CLASS = regex(r"[<>≤≥] ?\d[\d.,]*|\d[\d.,]*(?: ?[-–] ?\d[\d.,]*| ?\+)")
"""A class of ages, sizes or incomes at the head of a row: `25 - 29`, `65+`."""
_CLASSES = 3
"""Classes below each other at least; fewer may be values."""
_BEHIND_BRACKETS = regex(r"(?<=[)\]])\s+(?=[^\W\d_])")
_LETTER = regex(r"[^\W\d_]")
_NUMBER = regex(r"[-−–+~<>≥≤$€£₸]*\s*\d[\d.,\s]*(?:%|‰|[^\W\d_]{1,3})?\W*")
_NAME_AND_NUMBER = regex(r"([^\W\d_][^|]*?) (\d[\d.,]*)")
_LONGEST_TITLE = 240
_LONGEST_INSIDE = 60


@dataclass(frozen=True, slots=True)
class TableCell:
    """What stands around a cell."""

    row: str
    """The words at the head of its row; empty where there are none."""
    column: str
    """The words at the head of its column; empty where there are none, or it is not sure which."""
    title: str
    """The line before the table, where that is short; else empty."""
    is_head: bool = False
    """Whether the cell is itself a head."""
    is_counter: bool = False
    """Whether it only counts or names rows."""
    corner: str = ""
    """The words above the heads of rows, where there are some."""
    heads: tuple[str, ...] = ()
    """The words at the heads of all columns, where it is not sure which is its own."""
    is_percentage: bool = False
    """Whether its spreadsheet shows it as a percentage, and keeps a part of one."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, by its passage."""

    starts: tuple[int, ...]
    """Where each cell begins, from the passage's start."""
    cells: tuple[TableCell, ...]
    names: tuple[str, ...] = ()
    """The words at the heads of all rows of its table that have some."""

    def cell_at(self, place: int) -> TableCell:
        """The cell that holds a place of the passage."""
        return self.cells[max(0, bisect_right(self.starts, place) - 1)]


@dataclass(slots=True)
class _Block:
    """Rows of a table, as they are found."""

    rows: list[Passage] = field(default_factory=list)
    inside: list[tuple[int, str]] = field(default_factory=list)
    """Lines without cells among them, each with how many rows stand above it."""


def tables_in(folded: FoldedText, found: Sequence[Passage]) -> dict[int, TableRow]:
    """The rows of a text's tables: start of each passage -> the row."""
    rows: dict[int, TableRow] = {}
    block = _Block()
    before: Passage | None = None
    for passage, following in pairwise((*found, None, None)):
        if passage is not None and _MARK.search(passage.text):
            block.rows.append(passage)
            continue
        if block.rows and passage is not None and following is not None and _is_inside(passage.text, following.text):
            block.inside.append((len(block.rows), passage.text))
            continue
        if block.rows:
            rows |= _rows_of(folded, block, before)
            block = _Block()
        before = passage
    return rows


def _is_inside(text: str, following: str) -> bool:
    """Whether a line without cells stands in a table: a head over some rows, or a part of a cell."""
    is_title = re.match(
        r"(?:table|figure|fig|chart|таблица|рис|кесте|сурет|tabelle|tableau|cuadro|tabla)\b", text, re.IGNORECASE
    )
    return len(text) <= _LONGEST_INSIDE and text[-1] not in ".:;!?" and not is_title and bool(_MARK.search(following))


def _rows_of(folded: FoldedText, block: _Block, before: Passage | None) -> dict[int, TableRow]:
    split = [list(_cells(passage.text)) for passage in block.rows]
    texts = [[text for _, text in cells] for cells in split]
    heads = _heads(texts)
    title = before.text if before is not None and len(before.text) <= _LONGEST_TITLE else ""
    width = max((len(row) for row in texts[heads:]), default=0)
    columns = _columns([_parted(row, width) for row in texts[:heads]] if heads == 1 else texts[:heads])
    broken = [] if folded.lines_are_paragraphs else [text for rows, text in block.inside if rows == heads]
    is_sure = _are_whole(texts[:heads], broken) and (len(columns) >= width or _lack_a_corner(columns, width))
    corner = columns[0] if is_sure and heads and len(columns) <= width else ""
    said_by_all = (*columns[1:], *broken, " ".join((*columns[-1:], *broken))) if broken else tuple(columns[1:])
    counters = _are_counters([row[0] for row in texts[heads:]])
    classes = sum(1 for row in texts[heads:] if _CLASS.fullmatch(row[0])) >= _CLASSES
    rows: dict[int, TableRow] = {}
    names: dict[str, None] = {}
    last: list[str] = []
    for number, (passage, cells) in enumerate(zip(block.rows, split, strict=True)):
        row = texts[number]
        line = folded.original.rfind("\n", 0, folded.starts[passage.start]) + 1
        reached = {at for at in range(len(row)) if (line, at) in folded.cells.reached}
        is_class = classes and bool(_CLASS.fullmatch(row[0]))
        named = [row[0]] if is_class and len(row) > 1 else _row_heads(row, last, reached, skip=counters)
        last = named or last
        if not folded.lines_are_paragraphs and named and (bare := _without_number(row[0], texts[heads:])):
            named = [bare, *named[1:]]  # its first number stands in the same cell
            own = ["" for _ in row]
        elif is_sure:
            own = [_column(columns, row, at, is_placed=folded.lines_are_paragraphs) for at in range(len(row))]
        else:
            own = ["" for _ in row]
        made = [
            TableCell(
                "" if at < len(named) else ", ".join(filter(None, named)),
                own[at] if number >= heads or is_sure else "",
                title,
                number < heads,
                (counters or is_class) and at == 0,
                corner if at else "",
                said_by_all if number >= heads and not own[at] else (),
                (line, at) in folded.cells.percentages,
            )
            for at in range(len(row))
        ]
        rows[passage.start] = TableRow(tuple(start for start, _ in cells), tuple(made))
        if number >= heads and not is_class and (head := made[-1].row):
            names[head] = None
    return {start: replace(row, names=tuple(names)) for start, row in rows.items()}


def _cells(text: str) -> Iterator[tuple[int, str]]:
    """Where each cell of a row begins, and its text."""
    start = 0
    for found in _MARK.finditer(text):
        yield start, text[start : found.start()].strip()
        start = found.end()
    yield start, text[start:].strip()


def _heads(rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top are heads of columns: two where the first spans columns of the second."""
    if len(rows) < 2 or not _is_head(rows[0]):
        return 0
    spans = sum(1 for cell in rows[0] if cell) < sum(1 for cell in rows[1] if cell) or "" in rows[0][1:]
    return 2 if spans and len(rows) > 2 and _is_head(rows[1]) and not _is_head(rows[2]) else 1


def _is_head(row: Sequence[str]) -> bool:
    """Whether no cell of a row but years is a number."""
    filled = [cell for cell in row if cell]
    return bool(filled) and all(_YEARS.fullmatch(cell) or not _NUMBER.fullmatch(cell) for cell in filled)


def _columns(heads: Sequence[Sequence[str]]) -> list[str]:
    """The words at the head of each column; those of a head over several columns are said of each."""
    if not heads:
        return []
    if len(heads) == 1:
        return list(heads[0])
    upper, lower = _spread(*heads), heads[1]
    made, said = [], ""
    for at, cell in enumerate(lower):
        above = upper[at] if at < len(upper) else ""
        said = above or (said if at else "")
        made.append(", ".join(dict.fromkeys(filter(None, (said, cell)))))
    return [name if made.count(name) == 1 else "" for name in made]


def _parted(heads: Sequence[str], width: int) -> list[str]:
    """Heads of columns that stand close, as a PDF may have them in one cell, parted behind their brackets, where that
    makes as many as there are cells in a row: `Road (1000 t) Rail (million t)`."""
    parted = [part for head in heads for part in (_BEHIND_BRACKETS.split(head) if head else [head])]
    return parted if len(heads) < width == len(parted) else list(heads)


def _spread(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """The upper heads, each said above every column that it spans. Where empty cells do not tell, it is read off the
    lower heads, if they repeat below each of the upper: `Urban | Rural` above `Men | Women | Men | Women`. Else nobody
    knows, and none is said."""
    if "" in upper or len(upper) >= len(lower):
        return list(upper)
    for corner, first in ((0, 0), (1, 0), (1, 1), (0, 1)):
        spanning, below = upper[corner:], lower[first:]
        count, rest = divmod(len(below), len(spanning)) if len(spanning) > corner else (0, 1)
        if count > 1 and not rest and list(below) == list(below[:count]) * len(spanning):
            return [*[""] * first, *(name for name in spanning for _ in range(count))]
    return []


def _are_whole(heads: Sequence[Sequence[str]], broken: Sequence[str]) -> bool:
    """Whether no part of the heads may stand in a line of its own, as a PDF has those that go over several lines: a
    bracket that is open, or a line below them that goes on."""
    cells = [cell for row in heads for cell in row]
    return all(cell.count("(") == cell.count(")") for cell in (*cells, *broken)) and not any(
        line[0].islower() or line[0] in "([" for line in broken
    )


def _lack_a_corner(columns: Sequence[str], width: int) -> bool:
    """Whether heads that are one fewer than the cells of a row cannot be of its first: years, or names that repeat.
    `Country | Libraries` may have lost the head of its last column, and no one knows which."""
    bare = [name.rpartition(", ")[2] for name in columns]
    return len(columns) == width - 1 and (all(map(_YEARS.fullmatch, columns)) or len(set(bare)) < len(bare))


def _without_number(first: str, rows: Sequence[Sequence[str]]) -> str:
    """The words of a row's first cell in which a number stands too, as a PDF may have those of two columns: `Chile 61`;
    empty where it has none, or it is part of the name, as in `Zone 1` above `Zone 2`."""
    found = _NAME_AND_NUMBER.fullmatch(first)
    if found is None or _YEARS.fullmatch(found[2]):
        return ""
    alike = sum(1 for row in rows if row[0].startswith(f"{found[1]} ") and row[0] != first)
    return "" if alike else found[1]


def _column(columns: Sequence[str], row: Sequence[str], at: int, *, is_placed: bool) -> str:
    """The head of a cell, where a row has as many cells as there are heads, but for an empty corner or end. Where the
    file itself says in which column a cell stands, it `is_placed`, and cells that lack are those at the end."""
    if not columns:
        return ""
    if len(columns) == len(row) - 1 and not _NUMBER.fullmatch(row[0]):
        return columns[at - 1] if at else ""
    is_whole = len(columns) == len(row) or (len(row) < len(columns) and (is_placed or "" in row))
    return columns[at] if is_whole and at < len(columns) else ""


def _row_heads(row: Sequence[str], last: Sequence[str], reached: set[int], *, skip: bool) -> list[str]:
    """The words before the numbers of a row; what a merged cell above that reaches down says is said of this one too.
    An empty cell says nothing: a `Total` below `Lima | Peru` is not Peru's."""
    named: list[str] = []
    for at, cell in enumerate(row):
        if skip and at == 0:
            named.append("")
        elif not cell and at < len(last):
            named.append(last[at] if at in reached else "")
        elif cell and (not _NUMBER.fullmatch(cell) or (at == 0 and _YEARS.fullmatch(cell))) and _may_head(cell):
            named.append(cell)
        else:
            break
    return named if len(named) < len(row) else named[:1]


def _may_head(cell: str) -> bool:
    return bool(_LETTER.search(cell) or _YEARS.fullmatch(cell))


def _are_counters(first: Sequence[str]) -> bool:
    """Whether the first cells of rows only count them."""
    numbers = [cell.rstrip(".)") for cell in first if cell]
    return len(numbers) >= 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]
