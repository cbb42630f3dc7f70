"""A workbook's bytes in (XLSX, XLS, ODS); the cells of one sheet, as they are stored, out. Pure."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lxml import etree

from reportgen.archive.percentages import STYLED_CELL, parsed, percent_styles, sheet_xml
from reportgen.archive.raised_runs import with_raised_signs
from reportgen.diagnostics import Diagnostic, Span
from reportgen.late_patterns import regex
from reportgen.load.cells import Stored
from reportgen.load.datasets import number_of
from reportgen.load.framing import TableFrame, framed
from reportgen.load.suggest import did_you_mean
from reportgen.load.table import MOST_CELLS, Table
from reportgen.model.dataset import letters

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MOST_UNPACKED = 150_000_000
"""Bytes of a workbook's parts."""
_DIGITS = 15
"""Significant digits that a spreadsheet shows of a number."""
_C = rb"<(?:\w+:)?c\b"
_ERROR_CELL = regex(_C + rb'(?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"[^>]*>.*?<(?:\w+:)?v>([^<]*)<', re.DOTALL)
_EMPTY_FORMULA = regex(
    _C + rb'[^>]*\br="([A-Z]+)(\d+)"[^>]*>\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*'
    rb"(?:/>|>\s*</(?:\w+:)?v>)\s*)?</"
)
_ANY_CELL = regex(_C + rb'[^>]*?\br="([A-Z]+)')
_ROW = regex(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"[^>]*>')
_HIDDEN_ROW = regex(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_OLD = 'save it as .xlsx in Excel, or the sheet as "CSV UTF-8"'


@dataclass(frozen=True, slots=True)
class _Seen:
    """What calamine does not say of a sheet of an XLSX file. Cells are row and column, from 1."""

    errors: dict[tuple[int, int], str]
    uncounted: tuple[tuple[int, int], ...]
    """Formulas without a value."""
    shares: frozenset[tuple[int, int]]
    """Cells that are shown as percentages."""
    worded: dict[tuple[int, int], str]
    """Cells that are shown with words, or as thousands or millions, by their format alone -> how."""
    hidden: tuple[int, ...]
    """Hidden rows."""
    size: int
    """Cells of the smallest rectangle around all."""


_NOTHING = _Seen({}, (), frozenset(), {}, (), 0)


def read_workbook(file: str, content: bytes, sheet: str, frame: TableFrame) -> tuple[Table | None, list[Diagnostic]]:
    """The table in a sheet; without a name, in the first one that is not hidden."""
    from python_calamine import CalamineError, CalamineWorkbook

    def wrong(message: str, hint: str) -> tuple[None, list[Diagnostic]]:
        return None, [Diagnostic("unreadable-table", message, Span.at(file), hint)]

    if unpacked(content) > MOST_UNPACKED:
        return wrong(
            "this workbook is too large", "keep the sheet that is used, and of it the rows and columns that are"
        )
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(with_raised_signs(content)))
    except CalamineError as error:
        locked = "password" in type(error).__name__.lower() or content.startswith(b"\xd0\xcf\x11\xe0")
        hint = "take its password away, and " if locked else ""
        return wrong("this workbook cannot be read", hint + _OLD)
    found: list[Diagnostic] = []
    name = _sheet(book, file, sheet, found)
    if name is None:
        return None, found
    try:
        seen = _seen(content, name) if file.endswith((".xlsx", ".xlsm")) else _NOTHING
        if seen.size > MOST_CELLS:
            return wrong(f'the sheet "{name}" has too many cells', "keep the rows and columns that are used")
        inside = book.get_sheet_by_name(name)
        rows = inside.to_python(skip_empty_area=False)
        merged = inside.merged_cell_ranges
    except (CalamineError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError):
        return wrong(f'the sheet "{name}" cannot be read', _OLD)
    texts = [tuple(_text(cell, (r, c), seen) for c, cell in enumerate(row, 1)) for r, row in enumerate(rows, 1)]
    if merged is not None:
        frame = replace(frame, merged=tuple((a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in merged))
    table = Table(file, framed(texts, range(1, len(texts) + 1), frame), sheet=name)
    if frame.footer and table.framed.lines:
        ends = max((line for line, row in enumerate(texts, 1) if any(row)), default=0)
        below = range(max(table.framed.lines) + 1, ends + 1)
        seen = replace(seen, uncounted=tuple(at for at in seen.uncounted if at[0] not in below))
    found += _told(table, seen, content, frame.range[2] if frame.range else MOST_CELLS)
    found += [replace(told, span=Span.at(file, told.span.line)) for told in table.framed.told]
    return table, found


def unpacked(content: bytes) -> int:
    """How many bytes a zipped file says that it unpacks to; 0 of what is no such file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile:
        return 0


def _sheet(book: CalamineWorkbook, file: str, sheet: str, found: list[Diagnostic]) -> str | None:
    """The name of the sheet to read."""
    sheets = [(known.name, str(known.visible).endswith(".Visible")) for known in book.sheets_metadata]
    names = [name for name, _ in sheets]

    def guess(message: str, hint: str) -> None:
        found.append(Diagnostic("guessed", message, Span.at(file), hint, "notice"))

    if sheet and sheet not in names:
        hint = did_you_mean(sheet, names) or f"its sheets are {shortened(names)}"
        found.append(Diagnostic("not-in-file", f'{file} has no sheet "{sheet}"', Span.at(file), hint))
        return None
    name = sheet or next((name for name, seen in sheets if seen), names[0] if names else None)
    if name is None:
        found.append(Diagnostic("unreadable-table", "this workbook has no sheet", Span.at(file), _OLD))
        return None
    if not sheet and len(names) > 1:
        others = shortened([known for known in names if known != name])
        guess(f'the sheet "{name}" was read, and not {others}', f"write sheet: {name}")
    if not dict(sheets)[name]:
        guess(f'the sheet "{name}" is hidden in the workbook', "look whether it is what you mean")
    return name


def shortened(names: list[str]) -> str:
    """The first names of a list, and how many more there are."""
    return ", ".join(names[:12]) + (f" and {len(names) - 12:,} more" if len(names) > 12 else "")


def _text(cell: Any, at: tuple[int, int], seen: _Seen) -> str:
    """A cell as a plain text; what is stored as a number or a date is marked so."""
    if isinstance(cell, bool):
        return Stored("TRUE" if cell else "FALSE")
    if isinstance(cell, (int, float)):
        number = number_text(cell)
        return Stored(number_text(float(number) * 100) + "%" if at in seen.shares else number)
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return Stored(cell.date().isoformat() if midnight else cell.isoformat())
    if isinstance(cell, date):
        return Stored(cell.isoformat())
    return seen.errors.get(at, "") if cell == "" else str(cell).strip()


def number_text(number: float) -> str:
    """A number as a spreadsheet shows it: 0.1 + 0.2 is "0.3"."""
    text = format(Decimal(format(number, f".{_DIGITS}g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _told(table: Table, seen: _Seen, content: bytes, last: int) -> list[Diagnostic]:
    """What a reader of the table should know of its sheet. `last`: the line behind which nothing is asked for."""
    found: list[Diagnostic] = []
    lines, columns = set(table.framed.lines), set(table.framed.columns)

    def guess(message: str, line: int, hint: str) -> None:
        found.append(Diagnostic("guessed", message, Span.at(table.file, line), hint or None, "notice"))

    def wrong(message: str, line: int, hint: str) -> None:
        found.append(Diagnostic("unreadable-table", message, Span.at(table.file, line), hint))

    if hidden := [row for row in seen.hidden if row in lines]:
        shown = shortened([str(row) for row in hidden])
        one = f"row {shown} of the sheet, which is hidden, was read"
        message = one if len(hidden) == 1 else f"rows {shown} of the sheet, which are hidden, were read"
        guess(message, hidden[0], "leave rows out by where:")
    first = table.framed.header_lines[0] if table.framed.header_lines else 1
    if empty := [at for at in seen.uncounted if first <= at[0] <= last and at[1] in columns]:
        cells = shortened([f"{letters(column)}{row}" for row, column in empty])
        message = f"the workbook keeps no value of the formulas in {cells}"
        wrong(message, empty[0][0], "open it in Excel or LibreOffice and save it: that counts them")
    for how in dict.fromkeys(seen.worded.values()):
        inside = [at for at, said in seen.worded.items() if said == how and at[0] in lines and at[1] in columns]
        if inside:
            named = shortened([f"{letters(column)}{row}" for row, column in inside])
            message = f"the workbook shows {named} {how} by a format alone: the numbers were read as they are kept"
            guess(
                message,
                inside[0][0],
                "say it in the unit of the column, as in unit: million cows, or a currency's code",
            )
    booleans = [row for row, cells in enumerate(table.rows) if any(map(_is_boolean, cells))]
    if booleans:
        guess("cells that are true or false were read as the words TRUE and FALSE", table.framed.lines[booleans[0]], "")
    if table.file.endswith(".ods") and b'calcext:value-type="error"' in _part(content, "content.xml"):
        wrong("this workbook has cells with errors, which cannot be told from empty ones here", 1, _OLD)
    if table.file.endswith(".xls"):
        guess(
            "an .xls file does not tell errors from empty cells, nor hidden rows",
            1,
            "save it as .xlsx to be told of them",
        )
    return found


def _is_boolean(cell: str) -> bool:
    return isinstance(cell, Stored) and cell in ("TRUE", "FALSE")


def _part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read(name)


def _seen(content: bytes, sheet: str) -> _Seen:
    """Raises KeyError, ValueError, BadZipFile or XMLSyntaxError where the file is not as it should be."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = {name.lower(): name for name in parts.namelist()}
        text = sheet_xml(parts, sheet)
        styles = names.get("xl/styles.xml")
        tree = parsed(parts.read(styles)) if styles else None
        shown = percent_styles(tree) if tree is not None else frozenset()
        wordy = _wordy_styles(tree) if tree is not None else {}
    styled = [
        ((int(row), number_of(column.decode())), int(style))
        for style, column, row in (STYLED_CELL.findall(text) if shown or wordy else ())
    ]
    shares = frozenset(at for at, style in styled if style in shown)
    columns = max((number_of(column.decode()) for column in set(_ANY_CELL.findall(text))), default=0)
    last = max((int(row) for row in _ROW.findall(text)), default=0)
    return _Seen(
        {(int(row), number_of(column.decode())): error.decode() for column, row, error in _ERROR_CELL.findall(text)},
        tuple((int(row), number_of(column.decode())) for column, row in _EMPTY_FORMULA.findall(text)),
        shares,
        {at: wordy[style] for at, style in styled if style in wordy},
        tuple(int(row) for row in _HIDDEN_ROW.findall(text)),
        columns * last,
    )


_LITERAL = regex(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].')
"""What a format prints as it is, and what it says of colours, languages and widths."""
_SCALED = regex(r"[0#?](,+)(?=[^0#?,]|$)")
_SCALES = {1: "thousands", 2: "millions", 3: "billions"}


def _wordy_styles(styles: etree._Element) -> dict[int, str]:
    """Indices of the cells' styles that show more than the number that is kept -> what they show: `"million"`."""
    own: dict[int, str] = {}
    for format in styles.iter("{*}numFmt"):
        code = format.get("formatCode", "").partition(";")[0]
        words = " ".join("".join(one or other for one, other in _LITERAL.findall(code)).split())
        scaled = _SCALED.search(_LITERAL.sub("", code))
        if any(map(str.isalnum, words)) and not set(code) & set("ymdhs") - set(words):
            own[int(format.get("numFmtId", "0"))] = f'with "{words}"'
        elif scaled and len(scaled[1]) in _SCALES:
            own[int(format.get("numFmtId", "0"))] = f"in {_SCALES[len(scaled[1])]}"
    xfs = next(styles.iter("{*}cellXfs"), None)
    ids = [int(xf.get("numFmtId", "0")) for xf in xfs] if xfs is not None else []
    return {n: own[id] for n, id in enumerate(ids) if id in own}
