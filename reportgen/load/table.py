"""A CSV file's bytes in, as Excel writes them too; its cells, and where each stands, out. Pure."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from reportgen.archive.code_pages import code_page_of
from reportgen.diagnostics import Diagnostic, Span
from reportgen.late_patterns import regex
from reportgen.load.framing import Framed, TableFrame, framed
from reportgen.load.lines import FileText, decode, private_characters
from reportgen.load.yaml import Scalar
from reportgen.model.dataset import letters

_WEB_PAGE = regex(r"\s*<(?:!doctype html|html|table|\?xml)\b", re.IGNORECASE)
_SEPARATOR_LINE = regex(r"sep=(.)\r?\n?", re.IGNORECASE)
_BREAK = regex(r"\r\n|\n|\r")
DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 200
"""Lines whose number of cells says how many a row has, where one row cannot be read."""
_MOST_READINGS = 2000
MOST_CELLS, MOST_COLUMNS = 1_500_000, 50_000


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written, as far as its author says so."""

    delimiter: str = ""
    encoding: str = ""
    lenient: bool = False
    """Whether a row with a stray quotation mark is read where it has one reading, with a warning."""


PLAIN, WHOLE = Dialect(), TableFrame()


@dataclass(frozen=True)
class Table:
    """The cells of a table, and where they stand in its file."""

    file: str
    framed: Framed
    sheet: str = ""
    """The sheet of a workbook."""
    source: FileText = field(default=FileText("", "", (0,)))
    """The text of a CSV file."""
    delimiter: str = ""
    start: int = 0
    """Offset of a CSV file's first line."""
    records: bool = False
    """Whether the rows are records of a JSON file, and `framed.lines` their numbers."""

    @property
    def header(self) -> tuple[str, ...]:
        return self.framed.header

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Rows with as many cells as the header; empty rows are left out."""
        return self.framed.rows

    @property
    def decimal_commas(self) -> bool:
        """Whether cells are not separated by commas, so that a comma in a number may be its decimal mark."""
        return self.delimiter != ","

    @cached_property
    def placed(self) -> tuple[tuple[Scalar, ...], ...]:
        """A CSV file's header and rows, each cell knowing where it stands."""
        lines, size = [self.framed.header_lines[-1], *self.framed.lines] if self.header else [], len(self.header)
        return tuple(self._by_line[line][:size] for line in lines)

    @cached_property
    def _by_line(self) -> dict[int, tuple[Scalar, ...]]:
        records = _records(self.source, self.start, self.delimiter, lenient=True)[0]
        return {self.source.position(row[0].start)[0]: row for row in records}

    def span(self, row: int, column: int) -> Span:
        """The place of a row's cell, both counted from 0; row -1 is the header."""
        line = self.framed.lines[row] if row >= 0 else self.framed.header_lines[-1]
        place = self.framed.columns[column]
        if self.records:
            return Span.at(self.file)
        if not self.delimiter:
            return Span.at(self.file, line, place)
        cells = self._by_line.get(line, ())
        if place <= len(cells):
            return self.source.span(cells[place - 1].start, cells[place - 1].end)
        return Span.at(self.file, line)

    def called(self, row: int, column: int) -> str:
        """The place of a row's cell in words: `line 7`, `cell B7` of a workbook, or `record 7`."""
        line = self.framed.lines[row] if row >= 0 else self.framed.header_lines[-1]
        if self.records:
            return f"record {line}"
        return f"line {line}" if self.delimiter else f"cell {letters(self.framed.columns[column])}{line}"


def read_table(
    file: str, content: bytes, dialect: Dialect = PLAIN, frame: TableFrame = WHOLE
) -> tuple[Table, list[Diagnostic]]:
    """The table in a CSV file. Commas, semicolons, tabs or bars; UTF-8, UTF-16, Windows-1251 or -1252."""
    source, found = _decoded(file, content, dialect.encoding)
    if not source.text.strip() and not found:
        found.append(Diagnostic("not-csv", "this file is empty", Span.at(file), "write the names of its columns"))
    if _WEB_PAGE.match(source.text):
        hint = "some offices send one for a workbook: open it in a spreadsheet, and save it as XLSX"
        page = Diagnostic("not-csv", "this is a web page, not a table", Span.at(file), hint)
        return Table(file, framed((), (), frame), source=source, delimiter=","), [*found, page]
    text, start = source.text, 0
    if declared := _SEPARATOR_LINE.match(text):
        start = declared.end()
    delimiter = dialect.delimiter or (declared[1] if declared else _delimiter(text))
    found += private_characters(source)
    if text.count(delimiter) + len(source.starts) > MOST_CELLS or longest_row(text, delimiter) > MOST_COLUMNS:
        message = f"this file has more than {MOST_CELLS:,} cells, or {MOST_COLUMNS:,} in a line"
        hint = "keep the rows and columns that are used, in a file of their own"
        return Table(file, framed((), (), frame), source=source, delimiter=delimiter), [
            *found, Diagnostic("too-large", message, Span.at(file), hint)
        ]  # fmt: skip
    if '"' not in text:
        rows: Sequence[tuple[str, ...]] = _plain_cells(text[start:], delimiter)
        first = 2 if declared and start < len(text) else 1
        lines: Sequence[int] = range(first, first + len(rows))
    else:
        rows, problems = _records(source, start, delimiter, lenient=dialect.lenient)
        lines = [source.position(row[0].start)[0] for row in rows]
        found += problems
    inside = framed(rows, lines, frame)
    table = Table(file, inside, source=source, delimiter=delimiter, start=start)
    found += [_placed(table, told) for told in inside.told]
    return table, found


def _placed(table: Table, told: Diagnostic) -> Diagnostic:
    """What is told of a line, at the cells of that line."""
    at = told.span.line
    starts = table.source.starts
    if not 1 <= at <= len(starts):
        return replace(told, span=Span.at(table.file))
    begin = starts[at - 1]
    end = starts[at] if at < len(starts) else len(table.source.text)
    line = table.source.text[begin:end].rstrip("\r\n")
    hint = told.hint and told.hint.replace("%DELIMITER%", table.delimiter)
    return replace(told, span=table.source.span(begin, begin + len(line)), hint=hint)


def spelled_out(cell: str) -> str:
    """A number's cell with its decimal comma as a point. Before three digits it may separate thousands, and stays."""
    found = re.fullmatch(r"(-?\d+),(\d+)", cell)
    return f"{found[1]}.{found[2]}" if found and (len(found[2]) != 3 or found[1] in ("0", "-0")) else str(cell)


def _decoded(file: str, content: bytes, encoding: str) -> tuple[FileText, list[Diagnostic]]:
    if encoding:
        return _as_declared(file, content, encoding)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FileText.of(file, content.decode("utf-16", "replace")), []
    source, found = decode(file, content)
    if b"\x00" in content:
        wrong = Diagnostic("not-csv", "this is not a CSV file", Span.at(file), 'in Excel, save as "CSV UTF-8"')
        return FileText.of(file, ""), [wrong]
    if not found or found[0].code != "not-utf8":
        return source, found
    page = code_page_of(content) or "windows-1252"
    message = f"this file is not in UTF-8, and was read as {page.capitalize()}"
    place = found[0].span
    hint = 'check its letters, or save it in Excel as "CSV UTF-8"'
    return FileText.of(file, content.decode(page, "replace")), [
        Diagnostic("code-page", message, place, hint, "warning")
    ]


def _as_declared(file: str, content: bytes, encoding: str) -> tuple[FileText, list[Diagnostic]]:
    """The text in the encoding that its author names, a known one."""
    name = "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding
    try:
        return FileText.of(file, content.decode(name).removeprefix("\ufeff")), []
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = f"this file is not in {encoding}: a letter cannot be read"
        hint = "leave out the key encoding, or name another: utf-8, windows-1251, windows-1252"
        return FileText.of(file, ""), [Diagnostic("not-csv", message, Span.at(file, line), hint)]


def _delimiter(text: str) -> str:
    """The likeliest: what stands most often in the first line, else in the line that has most of one of them."""
    text = text.lstrip("\r\n")
    found = _BREAK.search(text)
    inside = _marks(text[: found.start()] if found else text)
    if max(inside[:3]):
        return DELIMITERS[inside.index(max(inside[:3]))]
    lines = _BREAK.split(text, maxsplit=_LOOKED_AT)[:_LOOKED_AT]
    counts = [sum(of) for of in zip(*map(_marks, lines), strict=True)]
    return DELIMITERS[counts.index(max(counts))]


def _marks(line: str) -> list[int]:
    """How often each delimiter stands in a line, quotations left out."""
    bare = re.sub(r'"[^"]*"', "", line) if '"' in line else line
    return [bare.count(mark) for mark in DELIMITERS]


def longest_row(text: str, delimiter: str) -> int:
    """The most cells that a line of a long text can have; of a short one they need not be counted."""
    if len(text) < MOST_COLUMNS:
        return 0
    return max(line.count(delimiter) for line in _BREAK.split(text))


def _plain_cells(text: str, delimiter: str) -> list[tuple[str, ...]]:
    """Rows of cells where none is quoted, as `_records` reads them."""
    lines = _BREAK.split(text) if "\r" in text else text.split("\n")
    if not lines[-1]:
        lines.pop()
    return [tuple(map(str.strip, line.split(delimiter))) for line in lines]


@dataclass(slots=True)
class _Record:
    """One row as it is read strictly (RFC 4180)."""

    cells: tuple[Scalar, ...]
    end: int
    """Offset of the next record."""
    unclosed: int = -1
    """Offset of a quotation mark that is not closed."""
    stray: int = -1
    """Offset of what follows a closing quotation mark in its cell."""


def _records(
    source: FileText, at: int, delimiter: str, *, lenient: bool
) -> tuple[list[tuple[Scalar, ...]], list[Diagnostic]]:
    """Rows of cells. Python's csv module keeps no positions, so this reads the same language with them."""
    text, reader = source.text, _RecordReader(source.text, delimiter)
    rows: list[tuple[Scalar, ...]] = []
    found: list[Diagnostic] = []
    size = 0
    while at < len(text):
        record = reader.record(at)
        if record.unclosed < 0 and record.stray < 0:
            if (odd := _odd_quotes(record.cells)) and lenient:
                found.append(_bare(source, odd))
            rows.append(record.cells)
            at = record.end
            continue
        end = reader.line_end(at)
        size = size or reader.usual_size()
        mended = reader.mended(at, end, size) if lenient else None
        place = record.unclosed if record.unclosed >= 0 else record.stray
        if mended is not None:
            found.append(_kept(source, mended))
            rows.append(mended)
            at = reader.after_break(end)
        elif record.unclosed >= 0:
            hint = 'write a quotation mark in a cell twice: ""'
            unclosed = "a quotation mark is not closed"
            return rows, [*found, Diagnostic("csv-quote", unclosed, source.span(place, place + 1), hint)]
        else:
            message = "after the closing quotation mark of a cell stands more text"
            hint = f'write a quotation mark in a cell twice: "", and "{delimiter}" between cells'
            found.append(Diagnostic("csv-quote", message, source.span(place, place + 1), hint))
            rows.append(record.cells)
            at = record.end
    return rows, found


def _odd_quotes(cells: tuple[Scalar, ...]) -> list[Scalar]:
    """Cells without quotation marks around them that hold an odd number of them."""
    return [cell for cell in cells if cell.style != "csv" and '"' in cell and cell.count('"') % 2]


def _bare(source: FileText, odd: list[Scalar]) -> Diagnostic:
    if len(odd) > 1:
        message = "quotation marks stand in the middle of several cells of this row: it has more than one reading"
        hint = (
            'a cell that holds the separator begins and ends with "; a quotation mark in such a cell is written twice'
        )
        return Diagnostic("csv-quote", message, source.span(odd[0].start, odd[-1].end), hint)
    return _stray(source, odd[0])


def _kept(source: FileText, row: tuple[Scalar, ...]) -> Diagnostic:
    return _stray(source, next(cell for cell in row if '"' in cell and cell.style != "csv"))


def _stray(source: FileText, cell: Scalar) -> Diagnostic:
    message = f"a quotation mark is too many here; the cell was read as {_short(cell)}"
    hint = 'delete it; or, if it belongs there, put the cell in quotation marks and write it twice: ""'
    return Diagnostic("stray-quote", message, source.span(cell.start, cell.end), hint, "warning")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


class _RecordReader:
    """Reads records of one text."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._text, self._delimiter = text, delimiter
        self._plain = re.compile(rf"(?:(?!{re.escape(delimiter)})[^\r\n])*" if len(delimiter) > 1 else
                                 rf"[^{re.escape(delimiter)}\r\n]*")  # fmt: skip
        self._quoted = re.compile(r'"([^"]*(?:""[^"]*)*)"')
        self._indent = re.compile(r' *(?=")' if delimiter != " " else r'(?=")')
        self._closing = re.compile(rf'" *(?={re.escape(delimiter)}|$)')

    def record(self, at: int) -> _Record:
        text, size, delimiter = self._text, len(self._text), self._delimiter
        row: list[Scalar] = []
        stray = -1
        while True:
            if opening := self._indent.match(text, at):
                at = opening.end()
                found = self._quoted.match(text, at)
                if found is None:
                    return _Record((*row, _cell("", at, at, "")), size, unclosed=at)
                row.append(_cell(found[1].replace('""', '"'), at, found.end(), "csv"))
                rest = self._plain.match(text, found.end())
                assert rest is not None  # it matches nothing too
                if rest.group().strip() and stray < 0:
                    stray = found.end()
                at = rest.end()
            else:
                found = self._plain.match(text, at)
                assert found is not None
                typed = found.group()
                value = typed.strip()
                first = at + typed.index(value)
                row.append(_cell(value, first, first + len(value), ""))
                at = found.end()
            if not text.startswith(delimiter, at):
                return _Record(tuple(row), self.after_break(at), stray=stray)
            at += len(delimiter)

    def line_end(self, at: int) -> int:
        found = _BREAK.search(self._text, at)
        return found.start() if found else len(self._text)

    def after_break(self, at: int) -> int:
        return at + (2 if self._text.startswith("\r\n", at) else 1)

    def usual_size(self) -> int:
        """How many cells most lines have, of those that can be read by themselves."""
        counts = Counter[int]()
        at = 0
        for _ in range(_LOOKED_AT):
            if at >= len(self._text):
                break
            end = self.line_end(at)
            record = _RecordReader(self._text[at:end], self._delimiter).record(0)
            if record.unclosed < 0 and record.stray < 0:
                counts[len(record.cells)] += 1
            at = self.after_break(end)
        return counts.most_common(1)[0][0] if counts else 0

    def mended(self, at: int, end: int, size: int) -> tuple[Scalar, ...] | None:
        """The one best reading of a line that has `size` cells, a stray quotation mark standing for itself."""
        line = self._text[at:end]
        if '\\"' in line or size < 2:  # a backslash may mean that no cell ends here
            return None
        best: list[tuple[int, tuple[Scalar, ...]]] = []
        for number, (cost, cells) in enumerate(self._readings(line, at, 0, size)):
            if number > _MOST_READINGS:
                return None
            best.append((cost, cells))
        least = min((cost for cost, _ in best), default=0)
        cheapest = [cells for cost, cells in best if cost == least]
        return cheapest[0] if len(cheapest) == 1 else None

    def _readings(self, line: str, base: int, at: int, left: int) -> Iterator[tuple[int, tuple[Scalar, ...]]]:
        """Every way to read the rest of a line as `left` cells, and how odd each way is."""
        for cost, cell, after in self._openings(line, base, at):
            if after == len(line):
                if left == 1:
                    yield cost, (cell,)
            elif left > 1:
                for more, rest in self._readings(line, base, after + len(self._delimiter), left - 1):
                    yield cost + more, (cell, *rest)

    def _openings(self, line: str, base: int, at: int) -> Iterator[tuple[int, Scalar, int]]:
        """Every way to read the next cell: between two quotation marks, or as it stands."""
        if line.startswith('"', at):
            for closing in self._closing.finditer(line, at + 1):
                inside = line[at + 1 : closing.start()]
                odd = '"' in inside.replace('""', "")
                value = inside.replace('""', '"')
                yield int(odd), _cell(value, base + at, base + closing.start() + 1, "" if odd else "csv"), closing.end()
        end = line.find(self._delimiter, at)
        end = len(line) if end < 0 else end
        value = line[at:end].strip()
        enclosed = len(value) > 1 and value.startswith('"') and value.endswith('"')
        yield ('"' in value) + enclosed, _cell(value, base + at, base + end, ""), end


def _cell(value: str, start: int, end: int, style: str) -> Scalar:
    cell = Scalar(value)
    cell.start, cell.end, cell.style, cell.plain = start, end, style, True
    return cell
