"""The rows of a sheet or a CSV file in; the header and the rows below it, and what is odd, out. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat

from reportgen.diagnostics import Diagnostic, Span
from reportgen.late_patterns import regex
from reportgen.load.yaml import Scalar
from reportgen.model.dataset import letters

_FOOTER = regex(
    r"(?:\*|†|[¹²³]|(?:\.{1,3}|…|[–—-]|[:/])[ \u00a0]*[=:]?[ \u00a0]*[^\W\d_]{2}|"
    r"(?:[xх]|н\.[ \u00a0]?д\.|n/?a|n\.a\.)[ \u00a0]+[–—=-][ \u00a0]|"
    r"\(?1[).]|sources?\b|notes?\b|last updated|data from|downloaded|©|footnotes?\b|symbols?\b|"
    r"(?:kilde|källa|quelle|lähde|fuente|fonte|bron|źródło|zdroj|kaynak)\b|"
    r"источник|примечани|дата обновления|последнее обновление|дереккөз|ескерту)",
    re.IGNORECASE,
)
"""How what stands below a table begins."""
_NUMBERED = regex(r"\(?(\d{1,2})[).]")
"""How notes begin: below others, of which one is the first, they are notes too."""
_LONG = 60
"""Characters of a cell that is a sentence, not a name."""
_FEW = 2
"""The most cells of a line above a header that no key names."""
_EUROSTAT = regex(r"([\w,]+)\\\w+")
_NUMBER, _YEAR = regex(r"[-−]?[\d.,' \u00a0\u202f]+%?"), regex(r"(?:1[5-9]|2[01])\d\d")
CellRow = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableFrame:
    """Where a table stands in its sheet or file, as far as its author says so. Lines and columns count from 1."""

    skip: int | None = None
    """Lines above the header."""
    header: tuple[int, ...] = ()
    """Lines that together name the columns; (0,) where none does."""
    footer: int | None = None
    """Lines at the end that belong to no row."""
    range: tuple[int, int, int, int] | None = None
    """First line and column, last line and column."""
    guess: bool = False
    """Whether what no key says is guessed, with a word."""
    merged: tuple[tuple[int, int, int, int], ...] | None = None
    """Merged cells as first line and column, last line and column; None where the file does not say."""


UNTOLD = TableFrame(guess=True)
"""All of it is guessed."""


@dataclass(frozen=True, slots=True)
class Framed:
    """A table."""

    header: CellRow
    header_lines: tuple[int, ...]
    rows: tuple[CellRow, ...]
    lines: Sequence[int]
    """The line of each row."""
    columns: tuple[int, ...]
    """The column of each cell of a row."""
    told: tuple[Diagnostic, ...] = ()
    """What is wrong or was guessed; the span has the line alone."""
    above: tuple[str, ...] = ()
    """What the lines directly above the header say, the topmost first: a title, and in what is counted."""


@dataclass(slots=True)
class _Framing:
    rows: list[CellRow]
    lines: list[int]
    frame: TableFrame
    told: list[Diagnostic] = field(default_factory=list)
    above: list[CellRow] = field(default_factory=list)
    """Rows above the header."""

    def refuse(self, code: str, message: str, line: int, hint: str = "") -> None:
        self.told.append(Diagnostic(code, message, Span.at("", line), hint or None))

    def guess(self, message: str, line: int, hint: str = "") -> None:
        self.told.append(Diagnostic("guessed", message, Span.at("", line), hint or None, "notice"))


def framed(rows: Sequence[CellRow], lines: Sequence[int], frame: TableFrame) -> Framed:
    """The table in the rows."""
    if not frame.guess:  # a plain file, all of it
        return _plain(rows, lines)
    if frame is UNTOLD and _is_regular(rows):
        size = len(rows[0])
        return Framed(rows[0], (lines[0],), tuple(rows[1:]), lines[1:], tuple(range(1, size + 1)))
    work = _Framing(list(rows), list(lines), frame)
    first = _in_range(work)
    _skip(work)
    header, header_lines = _header(work)
    _footer(work, len(header))
    _fill_merged(work, header_lines[-1] if header_lines else 0, first)
    body, at = _body(work, header, header_lines)
    columns = tuple(range(1, len(header) + 1))
    line = header_lines[-1] if header_lines else 1
    header, rows_kept, columns = _taken_apart(work, header, tuple(body), columns, line)
    header = tuple(name or letters(place + first - 1) for name, place in zip(header, columns, strict=True))
    return Framed(
        header,
        header_lines,
        rows_kept,
        at,
        tuple(place + first - 1 for place in columns),
        tuple(work.told),
        _titles(work.above),
    )


def _titles(rows: list[CellRow]) -> tuple[str, ...]:
    """The lines with few cells that stand directly above a table, those that name where it is from left out."""
    found: list[str] = []
    for row in reversed(rows):
        filled = [str(cell) for cell in row if cell]
        if len(filled) > _FEW:
            break
        found += [" ".join(filled)] if filled and not _FOOTER.match(filled[0]) else []
    return tuple(reversed(found))


def _is_regular(rows: Sequence[CellRow]) -> bool:
    """Whether the rows are a table and nothing else, so that nothing is to be guessed."""
    if not rows or type(rows[0][0]) is not str:
        return False
    header, last = rows[0], rows[-1]
    return (
        all(header)
        and "\\" not in header[0]
        and set(map(len, rows)) == {len(header)}
        and all(map(any, rows))
        and rows.count(header) == 1
        and (len(header) == 1 or any(last[1:]))
    )


def _plain(rows: Sequence[CellRow], lines: Sequence[int]) -> Framed:
    """The first row and those of its size."""
    if not rows:
        return Framed((), (), (), (), ())
    work, header = _Framing([], [], TableFrame()), tuple(map(str, rows[0]))
    body, at = _regular(work, list(rows[1:]), list(lines[1:]), len(header))
    columns = tuple(range(1, len(header) + 1))
    return Framed(header, (lines[0],), tuple(body), at, columns, tuple(work.told))


def _in_range(work: _Framing) -> int:
    """Leaves the cells of the range alone; its first column."""
    if work.frame.range is None:
        return 1
    top, left, bottom, right = work.frame.range
    inside = [n for n, line in enumerate(work.lines) if top <= line <= bottom]
    work.above = [row for row, line in zip(work.rows, work.lines, strict=True) if line < top]
    size = right - left + 1
    work.rows = [(work.rows[n][left - 1 : right] + ("",) * size)[:size] for n in inside]
    work.lines = [work.lines[n] for n in inside]
    if not work.rows or not any(work.rows[0]) or work.lines[0] != top:
        hint = "count all lines from 1, as a spreadsheet numbers them"
        work.refuse("not-in-file", f"the range begins in line {top}, and nothing stands there", top, hint)
        work.rows, work.lines = [], []
    return left


def _skip(work: _Framing) -> None:
    """Leaves out the lines above the header: those that `skip` says, else a short title that stands there."""
    frame = work.frame
    if frame.header or frame.range:
        return
    if frame.skip is not None:
        first = next((n for n, line in enumerate(work.lines) if line > frame.skip), len(work.lines))
    elif (first := _preamble(work.rows)) and any(map(any, work.rows[:first])):
        last = work.lines[first - 1]
        above = "line 1 was" if last == 1 else f"lines 1 to {last} were"
        message = f"{above} taken for what stands above the table, and left out"
        work.guess(message, work.lines[0], f"write skip: {last}, or skip: 0 to keep them")
    work.above = work.rows[:first]
    del work.rows[:first], work.lines[:first]


def _preamble(rows: list[CellRow]) -> int:
    """How many rows stand above one that has more than twice their cells, each of them with no more than two."""
    for number, row in enumerate(rows[:100]):
        filled = sum(map(bool, row))
        if filled > _FEW:
            most = max((sum(map(bool, above)) for above in rows[:number]), default=0)
            return number if filled > 2 * most else 0
    # Without a row of many cells only empty lines are left out.
    return next((number for number, row in enumerate(rows) if any(row)), 0)


def _header(work: _Framing) -> tuple[CellRow, tuple[int, ...]]:
    """The names of the columns, and the lines that they stand in."""
    wanted = work.frame.header
    if wanted == (0,):
        size = max(map(len, work.rows), default=0)
        return tuple(letters(n + 1) for n in range(size)), ()
    if not wanted:
        if not work.rows:
            return (), ()
        header, line = tuple(map(str, work.rows.pop(0))), work.lines.pop(0)
        return header, (line,)
    found = [n for n, line in enumerate(work.lines) if line in wanted]
    for line in wanted:
        if line not in work.lines:
            work.refuse("not-in-file", f"there is no line {line} to name the columns", line, "count all lines from 1")
    if not found:
        work.rows, work.lines = [], []
        return (), ()
    heads = [work.rows[n] for n in found]
    lines = tuple(work.lines[n] for n in found)
    work.above += work.rows[: found[0]]
    del work.rows[: found[-1] + 1], work.lines[: found[-1] + 1]
    return _joined(heads, lines, work.frame.merged), lines


def _joined(
    heads: list[CellRow], lines: tuple[int, ...], merged: tuple[tuple[int, int, int, int], ...] | None
) -> CellRow:
    """Rows of names as one: a name that spans several columns stands before the name of each."""
    size = max(map(len, heads))
    rows = [[*map(str, row), *repeat("", size - len(row))] for row in heads]
    for row, line in zip(rows, lines, strict=True):
        if merged is not None:
            for top, left, bottom, right in merged:
                if top <= line <= bottom and left <= size and (line == top or top not in lines):
                    row[left - 1 : right] = [row[left - 1]] * (min(right, size) - left + 1)
        elif row is not rows[-1]:
            for n in range(1, size):
                row[n] = row[n] or row[n - 1]
    names = (dict.fromkeys(filter(None, (row[n] for row in rows))) for n in range(size))
    if len(heads) > 1 and merged is None and all(map(_same, zip(*rows, strict=True))):
        return tuple(" ".join(parts) for parts in zip(*rows, strict=True))  # the same names twice
    return tuple(" ".join(parts) for parts in names)


def _same(parts: tuple[str, ...]) -> bool:
    return len(set(parts)) == 1


def _footer(work: _Framing, size: int) -> None:
    """Leaves out the lines below the table: those that `footer` says, else those that read like a source or a note."""
    while work.rows and not any(work.rows[-1]):
        del work.rows[-1], work.lines[-1]
    count = work.frame.footer
    if count is not None:
        kept = max(len(work.rows) - count, 0)
        del work.rows[kept:], work.lines[kept:]
        return
    kept = _below_a_gap(work.rows) if size > 1 else len(work.rows)
    while kept and size > 1 and _is_footer(work.rows, kept - 1 - _numbered(work.rows[:kept])):
        kept -= 1 + _numbered(work.rows[:kept])
    if kept < len(work.rows):
        below = sum(map(any, work.rows[kept:]))
        lines = "line was" if below == 1 else f"{below} lines were"
        message = f"the last {lines} taken for what stands below the table, and left out"
        at = next(line for line, row in zip(work.lines[kept:], work.rows[kept:], strict=True) if any(row))
        work.guess(message, at, f"write footer: {len(work.rows) - kept}, or footer: 0 to keep it")
        del work.rows[kept:], work.lines[kept:]


def _below_a_gap(rows: list[CellRow]) -> int:
    """How many rows stand above a last empty line that only words in the first column follow, as notes do in any
    language."""
    gap = next((n for n in range(len(rows) - 1, 0, -1) if not any(rows[n])), len(rows))
    below = rows[gap + 1 :]
    alone = all(row[0] and not any(row[1:]) for row in below) and any(any(row[1:]) for row in rows[:gap])
    return gap if alone and len(below) < gap else len(rows)


def _numbered(rows: list[CellRow]) -> int:
    """How many of the last rows are notes with numbers from 2 on, below a first one."""
    count = 0
    while count < len(rows) and rows[-1 - count][0] and not any(rows[-1 - count][1:]):
        found = _NUMBERED.match(rows[-1 - count][0])
        if found is None or int(found[1]) < 2:
            return count if found else 0
        count += 1
    return 0


def _is_footer(rows: list[CellRow], n: int) -> bool:
    row = rows[n]
    if not any(row):
        return True
    if not row[0] or any(row[1:]):
        return False
    return _FOOTER.match(row[0]) is not None or (len(row[0]) > _LONG and n > 0 and not any(rows[n - 1]))


def _fill_merged(work: _Framing, last: int, first: int) -> None:
    """Writes a word or a year that is merged over several rows, below the line `last`, into each of them. A number that
    is merged so counts once, and stays."""
    at = {line: n for n, line in enumerate(work.lines)}
    found: list[tuple[int, int, int]] = []
    numbers: list[tuple[int, int, int]] = []
    for top, left, bottom, right in work.frame.merged or ():
        place = left - first
        if not last < top < bottom or left != right or top not in at or not 0 <= place < len(work.rows[at[top]]):
            continue
        word = work.rows[at[top]][place]
        if word and _NUMBER.fullmatch(word) and not _YEAR.fullmatch(word):
            numbers.append((left, top, bottom))
        if not word or (_NUMBER.fullmatch(word) and not _YEAR.fullmatch(word)):
            continue
        for line in range(top + 1, bottom + 1):
            if line in at:
                row = work.rows[at[line]]
                work.rows[at[line]] = (*row[:place], word, *row[place + 1 :])
        found.append((left, top, bottom))
    for merged, message in (
        (found, "merged cells were read as standing in each of their rows: "),
        (numbers, "numbers in merged cells were read as standing in the first of their rows, the others as empty: "),
    ):
        if merged:
            cells = [f"{letters(left)}{top}:{letters(left)}{bottom}" for left, top, bottom in merged]
            more = f" and {len(cells) - 3} more" if len(cells) > 3 else ""
            work.guess(f"{message}{', '.join(cells[:3])}{more}", merged[0][1])


def _body(work: _Framing, header: CellRow, header_lines: tuple[int, ...]) -> tuple[list[CellRow], list[int]]:
    """The rows; a second header is told, and so are empty lines between them."""
    repeated = [line for row, line in zip(work.rows, work.lines, strict=True) if tuple(map(str, row)) == header]
    if repeated and len(header) > 1:
        message = f"the names of the columns stand here again, as in line {header_lines[-1]}" if header_lines else ""
        hint = "if another table begins here, give the first one's range, like range: A1:F20; "
        hint += f"else delete the line, or write header: [{header_lines[-1]}, {repeated[0]}] to join two lines of names"
        work.refuse("second-header", message, repeated[0], hint)
    gaps = [line for row, line in zip(work.rows, work.lines, strict=True) if not any(row)]
    if gaps:
        what = "an empty line" if len(gaps) == 1 else f"{len(gaps)} empty lines"
        message = f"{what} between the rows {'was' if len(gaps) == 1 else 'were'} left out"
        hint = "if another table begins below it, give the first one's range, like range: A1:F20"
        work.guess(message, gaps[0], hint)
    return _regular(work, work.rows, work.lines, len(header))


def _regular(work: _Framing, rows: list[CellRow], lines: list[int], size: int) -> tuple[list[CellRow], list[int]]:
    """Rows of as many cells as the header; others are told once a kind."""
    kept: list[CellRow] = []
    at: list[int] = []
    odd: list[tuple[CellRow, int]] = []
    # Where most rows are longer than the header, it is the header that lacks a name.
    surplus = sum(len(row) > size for row in rows) * 2 <= len(rows)
    for row, line in zip(rows, lines, strict=True):
        if len(row) != size:
            if not any(row):
                continue
            if not (surplus and _only_surplus(row, size)):
                odd.append((row, line))
                continue
            kept.append(tuple(map(_text, row[:size])))
        elif any(row):
            kept.append(row if type(row[0]) is str else tuple(map(_text, row)))
        else:
            continue
        at.append(line)
    for few in (True, False):
        _tell_uneven(work, [(row, line) for row, line in odd if (len(row) < size) is few], size)
    return kept, at


def _text(cell: str) -> str:
    return str(cell) if isinstance(cell, Scalar) else cell


def _only_surplus(row: CellRow, size: int) -> bool:
    """Whether a row is too long by empty cells at its end, and by no others: all its empty cells stand there."""
    filled = max((n for n, cell in enumerate(row, 1) if cell), default=0)
    return len(row) > size >= filled and all(row[:filled])


def _tell_uneven(work: _Framing, odd: list[tuple[CellRow, int]], size: int) -> None:
    if not odd:
        return
    row, line = odd[0]
    cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
    message = f"this row has {cells}, and the first row has {size}"
    if len(odd) > 1:
        message += f"; so have too {'few' if len(row) < size else 'many'} {_others([line for _, line in odd[1:]])}"
    hint = 'put a cell that holds "%DELIMITER%" in double quotes'
    if len(row) < size:
        hint = 'write "%DELIMITER%" for an empty cell too; a cell with a line break needs double quotes'
    if work.frame.guess:
        hint += "; a line below the table is left out by footer: 1" if len(row) == 1 < size else ""
        hint += "; delete a separator that is too many" if len(row) > size else ""
    work.refuse("csv-row", message, line, hint)


def _others(lines: list[int]) -> str:
    named = f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(map(str, lines[:2]))}"
    return f"{named} and {len(lines) - 2} more" if len(lines) > 2 else named


def _taken_apart(
    work: _Framing, header: CellRow, rows: tuple[CellRow, ...], columns: tuple[int, ...], line: int
) -> tuple[CellRow, tuple[CellRow, ...], tuple[int, ...]]:
    """Eurostat's first column, `freq,unit,geo\\TIME_PERIOD`, as the columns that its name lists."""
    found = _EUROSTAT.fullmatch(header[0]) if header else None
    names = found[1].split(",") if found else []
    if len(names) < 2 or any(row[0].count(",") != len(names) - 1 for row in rows):
        return header, rows, columns
    work.guess(f"the first column was taken apart into {', '.join(names)}", line, "")
    apart = tuple((*map(str.strip, row[0].split(",")), *row[1:]) for row in rows)
    return (*names, *header[1:]), apart, (*repeat(columns[0], len(names)), *columns[1:])
