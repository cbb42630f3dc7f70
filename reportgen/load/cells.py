"""A column's cells as an office writes them in; numbers, dates and what is missing, with their marks, out. Pure.

What has two readings is read by the other cells, and where they do not tell either, it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

from reportgen.language.lexicon import unit_data
from reportgen.language.nouns import singular_of
from reportgen.late_patterns import regex
from reportgen.load.values import number_hint
from reportgen.model.dataset import Cell
from reportgen.model.edtf import parse_edtf
from reportgen.model.quantity import LONGEST, is_number, parse_number

MISSING = (
    "-", "–", "—", "−", "..", "...", "…", "x", "X", "х", "Х", "н.д.", "н. д.", "н/д", "нет данных", "NA", "N/A", "n/a",
    "na", "n.a.", "#N/A", "#Н/Д", ":", "NaN", "nan", "null", "NULL", "no data",
)  # fmt: skip
"""What offices write where a number is missing."""
_SPACES = regex(r"[\s\u00a0\u2007\u2009\u202f]")
_MINUS = "-−–‐‑"
_MINUSES = re.escape(_MINUS)
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FLAGS = r"(?:b[depsu]?|c|d[eps]?|e[dpu]?|f|i|n|p[er]?|rp?|s|u[bde]?|v|z|rev|prov|est)"
"""What statistics offices put beside a number: provisional, estimated, revised, …"""
_SIGNS = rf"[{_SUPERSCRIPTS}]+[)⁾]?|\*{{1,3}}|[†‡§]|\[[\w*]{{1,3}}\]|\({_FLAGS}\)"
_MARK = regex(
    rf"(?P<body>.*?[\d%)\]*†‡§{_SUPERSCRIPTS}])"
    rf"(?:[ \u00a0]*(?P<sign>{_SIGNS})|(?P<flag>[bcdefinprsuvz])|[ \u00a0]+(?P<flags>{_FLAGS}|\d{{1,2}}\)))"
)
_FLAGGED_MISSING = regex(rf"(:|\.\.)\s*({_FLAGS})")
_EXPONENT = regex(r"([+-]?)(\d+)(?:[.,](\d+))?[eE]([+-]?\d{1,2})")
_CURRENCY = regex(
    rf"(?P<before>[^\d\s()+{_MINUSES}]{{1,4}})?\s*(?P<number>.*\d\)?[{_MINUSES}]?)\s*(?P<after>%|[^\d\s%){_MINUSES}]\D*)?"
)
_YEAR = regex(r"(\d{4})(?:\.0|\s*(?:г\.?|год|гг\.?|ж\.?|жыл)|\s*\[YR\d{4}\])?")
_DAY = regex(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
_PERIODS = regex(r"(\d{4})[- ]?(?:M(\d{2})|Q([1-4]))")
_SIMPLE = regex(r"(-?)(\d+(?:[.,]\d+)?)")
_AMBIGUOUS = regex(r"[1-9]\d{0,2}[.,]\d{3}")
_ERRORS = regex(r"#[A-ZА-Я0-9/]+[!?]?")


class Stored(str):
    """A cell of a workbook that holds a number or a date, not a text: it has one reading."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """How numbers and dates are written, as far as a dataset's author says so."""

    missing: tuple[str, ...] | None = None
    decimal: str = ""
    thousands: str = ""
    dates: str = ""
    """`dmy`, `mdy` or `ymd`."""
    negative: tuple[str, ...] = ()
    """Of `parentheses` and `trailing`: what else than a sign in front means below zero."""
    points: bool = False
    """Whether a point before three digits is decimal where nothing says otherwise: commas part the cells."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that cannot be read."""

    row: int
    code: str
    message: str
    hint: str | None


@dataclass(slots=True)
class ReadColumn:
    """A column, read."""

    values: list[Cell] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    """Plain numbers and dates, with the digits that the file has; else as it spells them."""
    notes: dict[int, str] = field(default_factory=dict)
    """Row -> the mark beside its value."""
    missing: dict[str, list[int]] = field(default_factory=dict)
    """What was taken for missing without a key that says so -> rows."""
    faults: list[CellFault] = field(default_factory=list)
    told: list[tuple[int, str, str]] = field(default_factory=list)
    """(row, what was guessed, the key that would say it)."""
    plain: bool = False
    """Whether there is nothing to tell of it."""


def read_column(
    kind: str, unit: str, cells: Sequence[str], spelling: Spelling, others: Iterable[str] = ()
) -> ReadColumn:
    """A column of one kind. `others`, cells of other columns of numbers, may tell the decimal mark."""
    if kind == "text":
        return ReadColumn(list(map(str, cells)), list(map(str, cells)), plain=True)
    if (plain := _plain(kind, cells, spelling)) is not None:
        return plain
    if kind == "number":
        return _Numbers(unit, cells, spelling, others).read()
    return _dates(kind, cells, spelling)


def _plain(kind: str, cells: Sequence[str], spelling: Spelling) -> ReadColumn | None:
    """A column in which every cell is as our own files write it, and has no other reading; else None."""
    if kind == "number" and not (spelling.points and spelling.decimal in ("", ".") and not spelling.thousands):
        return None
    if kind == "year" and not all(len(cell) == 4 and cell.isdecimal() for cell in cells if cell):
        return None
    read = parse_number if kind == "number" else parse_edtf
    try:
        return ReadColumn([read(cell) if cell else None for cell in cells], list(map(str, cells)), plain=True)
    except ValueError:
        return None


def _percentage(text: str) -> str:
    """A share as a percentage, without its sign: 0.913 is 91.3."""
    return format((Decimal(text) * 100).normalize(), "f")


@dataclass(frozen=True, slots=True)
class _Parts:
    """A cell without its marks."""

    sign: str = ""
    core: str = ""
    """Digits with their marks, spaces plain."""
    note: str = ""
    fault: tuple[str, str] | None = None
    plain: bool = False
    """Whether it has one reading for sure: a number of a workbook, or one with an exponent, written out."""
    shortened: bool = False


class _Numbers:
    """A column of numbers."""

    def __init__(self, unit: str, cells: Sequence[str], spelling: Spelling, others: Iterable[str]) -> None:
        self._unit, self._cells, self._spelling, self._others = unit, cells, spelling, others
        self._read = ReadColumn()

    def read(self) -> ReadColumn:
        odd: dict[int, _Parts] = {}
        read, points = self._read, self._plain_points()
        for row, cell in enumerate(self._cells):
            if (
                not cell
                or (points and is_number(cell))
                or (type(cell) is Stored and is_number(cell))
                or cell.isdecimal()
            ):
                self._put(row, cell)
            elif (missing := _missing(read, self._spelling, row, cell)) is not None:
                read.values.append(None)
                read.typed.append("")
                if missing:
                    read.notes[row] = missing
            else:
                odd[row] = self._parts(cell)
                read.values.append(None)
                read.typed.append("")
        if odd:
            self._read_odd(odd)
            self._tell_unlike_shares()
        return read

    def _tell_unlike_shares(self) -> None:
        """A share that a workbook shows as a number, 0.913, among others that it shows as percentages, 98.2%."""
        if not any(type(cell) is Stored and cell.endswith("%") for cell in self._cells):
            return
        for row, cell in enumerate(self._cells):
            value = self._read.values[row]
            if type(cell) is Stored and not cell.endswith("%") and isinstance(value, Fraction) and 0 < abs(value) < 1:
                message = f'"{cell}" is shown as a number, and other cells of its column as percentages'
                hint = f"it may be {cell}% or {_percentage(cell)}%: give all of them one format in the workbook"
                self._fault(row, "two-readings", message, hint)

    def _plain_points(self) -> bool:
        """Whether a number such as 1.234 is as it stands: nothing in the column speaks against it."""
        spelling = self._spelling
        if spelling.decimal or spelling.thousands:
            return spelling.decimal == "." and spelling.thousands != "."
        return spelling.points and not any("," in cell or cell.count(".") > 1 for cell in self._cells)

    def _put(self, row: int, text: str) -> None:
        try:
            value = parse_number(text) if text else None
        except ValueError as error:
            self._read.values.append(None)
            self._fault(row, "bad-number", _number_fault(text, error), _hint(text, self._spelling))
        else:
            self._read.values.append(value)
        self._read.typed.append(str(text))

    def _fault(self, row: int, code: str, message: str, hint: str | None) -> None:
        self._read.faults.append(CellFault(row, code, message, hint))

    # Marks

    def _parts(self, cell: str) -> _Parts:
        if isinstance(cell, Stored):
            return self._stored(cell)
        if simple := _SIMPLE.fullmatch(cell):
            return _Parts(simple[1], simple[2])
        text, notes = _SPACES.sub(" ", cell).strip(), list[str]()
        if text.startswith("'") and text[1:2].isdigit():  # Excel's mark of a text
            text = text[1:]
        if _ERRORS.fullmatch(text):
            hint = f"mend it in the workbook, or say that it is missing: missing: ['{text}']"
            return _Parts(fault=(f"{text} is an error of the spreadsheet", hint))
        if found := _EXPONENT.fullmatch(text.replace("−", "-")):
            return _exponent(found)
        while found := _MARK.fullmatch(text):
            mark = found["sign"] or found["flag"] or found["flags"]
            if self._is_unit(mark):
                break
            notes.insert(0, mark)
            text = found["body"].rstrip()
        text, fault = self._without_unit(text)
        sign, text = _signed(text, self._spelling.negative)
        return _Parts(sign, text, " ".join(notes), fault)

    def _stored(self, cell: str) -> _Parts:
        """A share of a workbook, or what is no number there."""
        if not cell.endswith("%"):
            sign, core = ("-", cell[1:]) if cell.startswith("-") else ("", cell)
            exponent = _EXPONENT.fullmatch(core)
            return _Parts(sign, _exponent(exponent).core if exponent else core, plain=True)
        if self._unit not in ("percent", "%"):
            return _Parts(fault=(f'"{cell}" is a percentage', "write unit: percent in the column"))
        return _Parts("-" if cell.startswith("-") else "", cell.strip("-%"), plain=True)

    def _is_unit(self, text: str) -> bool:
        return text == self._unit

    def _without_unit(self, text: str) -> tuple[str, tuple[str, str] | None]:
        """The number without the sign of the column's unit; any other sign is a fault."""
        found = _CURRENCY.fullmatch(text)
        if found is None or not (found["before"] or found["after"]):
            return text, None
        for sign in filter(None, (found["before"], found["after"])):
            if sign.strip() in (self._unit, *_spellings(self._unit)):
                continue
            if sign.strip() in _ALONE or (sign == found["before"] and sign not in unit_data().money):
                return text, None
            known = "percent" if sign == "%" else unit_data().money.get(sign.strip(), "").partition("|")[0]
            if not known and not any(letter.isalpha() or letter == "°" for letter in sign):
                return text, None  # as in "22.1 [13.2 - 39.7]"
            if self._unit and singular_of(sign.strip()) == singular_of(self._unit):
                return text, (
                    f'"{text}" has its unit beside its number',
                    "write the number alone: the column names the unit",
                )
            if meant := _DIGIT_LIKE.get(sign):
                return text, (
                    f'"{text}" has the letter {sign} beside its digits',
                    f"write {meant} if the digit is meant",
                )
            return text, (
                f'"{text}" has a unit beside its number',
                f"write unit: {known or sign.strip()} in the column",
            )
        minus = "-" if text[0] in _MINUS else ""
        return minus + found["number"].lstrip(_MINUS).strip(), None

    # Decimal marks

    def _read_odd(self, odd: dict[int, _Parts]) -> None:
        cores = [parts.core for parts in odd.values() if not parts.plain and not parts.fault]
        point, certain = self._decimal_mark(cores)
        for row, parts in odd.items():
            if parts.fault:
                self._fault(row, "bad-number", *parts.fault)
            elif parts.plain:
                self._keep(row, parts, parts.core)
            elif not (readings := self._readings(parts.core)):
                cell = self._cells[row]
                self._fault(row, "bad-number", f'"{_short(cell)}" is not a number', _hint(cell, self._spelling))
            elif len(set(readings.values())) > 1 and (not point or point in parts.core) and not certain:
                self._two_readings(row, list(readings.values()))
            elif point and point not in readings:
                message = f'"{_short(self._cells[row])}" is written otherwise than the rest of its column'
                self._fault(row, "bad-number", message, "write all numbers of a column in one way")
            else:
                self._keep(row, parts, readings[point] if point else next(iter(readings.values())))

    def _keep(self, row: int, parts: _Parts, text: str) -> None:
        read, cell = self._read, self._cells[row]
        if not is_number(text) or len(text) >= LONGEST:
            self._fault(row, "bad-number", f'"{_short(cell)}" is not a number', _hint(cell, self._spelling))
            return
        read.typed[row] = parts.sign + text
        read.values[row] = parse_number(read.typed[row])
        if parts.note:
            read.notes[row] = parts.note
        if parts.shortened:
            what = (
                f"{cell} was read as {read.typed[row]}: a spreadsheet shortens long numbers so, and digits may be lost"
            )
            read.told.append((row, what, ""))

    def _two_readings(self, row: int, readings: list[str]) -> None:
        message = f'"{_short(self._cells[row])}" may be {readings[0]} or {readings[1]}'
        hint = 'say which mark stands before decimals: decimal: "." or decimal: ","'
        self._fault(row, "two-readings", message, hint)

    def _readings(self, core: str) -> dict[str, str]:
        """Decimal mark -> the number as a plain decimal."""
        thousands = self._spelling.thousands
        found = ((point, _respelled(core, point, thousands)) for point in self._allowed())
        return {point: text for point, text in found if text is not None}

    def _allowed(self) -> str:
        decimal, thousands = self._spelling.decimal, self._spelling.thousands
        return decimal or ".,".replace(thousands or "-", "")

    def _decimal_mark(self, cores: list[str]) -> tuple[str, bool]:
        """The mark before decimals, empty where nothing tells; whether `1,234` is surely to be read by it."""
        allowed = self._allowed()
        if len(allowed) == 1:
            return allowed, True
        doubtful = [core for core in cores if _AMBIGUOUS.fullmatch(core)]
        votes = self._votes(cores)
        if votes["."] and votes[","]:
            return ("." if votes["."] > votes[","] else ","), not doubtful
        if votes["."]:
            return ".", True
        if votes[","]:
            # 1,234 beside 0,5 may still have its thousands parted; not so beside 0,512.
            return ",", any(re.search(r",\d{3}", core) for core in cores if core not in doubtful)
        if not doubtful:
            return "", True
        others = self._votes([_SPACES.sub(" ", cell) for cell in self._others])
        if bool(others["."]) != bool(others[","]):
            mark = "." if others["."] else ","
            row = next(row for row, cell in enumerate(self._cells) if _AMBIGUOUS.search(cell))
            told = f'"{mark}" was taken for the decimal mark, as in the other columns'
            self._read.told.append((row, told, f'decimal: "{mark}"'))
            return mark, mark == "."
        points = self._spelling.points and not any("," in core for core in cores)
        return ("." if points else ""), points

    def _votes(self, cores: Iterable[str]) -> dict[str, int]:
        """Decimal mark -> the numbers that can be read by it alone."""
        votes = {".": 0, ",": 0}
        for core in cores:
            readings = self._readings(core)
            if len(readings) == 1:
                votes[next(iter(readings))] += 1
        return votes


_DIGIT_LIKE = {"O": "0", "o": "0", "О": "0", "о": "0", "l": "1", "I": "1", "|": "1"}
"""Letters that are typed or scanned for digits, Cyrillic ones too."""
_ALONE = ("<", ">", "~", "≈", "≤", "≥")
"""Signs before a number that are not of a unit."""


def _spellings(unit: str) -> list[str]:
    """How a table may write a unit beside its numbers."""
    if unit in ("percent", "%"):
        return ["%", "percent"]
    return [sign for sign, codes in unit_data().money.items() if unit in codes.split("|")] + [unit]


def _exponent(found: re.Match[str]) -> _Parts:
    sign, whole, decimals, power = found[1], found[2], found[3] or "", int(found[4])
    digits, point = whole + decimals, len(whole) + power
    if point <= 0:
        digits, point = "0" * (1 - point) + digits, 1
    digits = digits.ljust(point, "0")
    text = (digits[:point].lstrip("0") or "0") + ("." + digits[point:] if digits[point:] else "")
    return _Parts("-" if sign == "-" else "", text, plain=True, shortened=True)


def _signed(text: str, negative: tuple[str, ...]) -> tuple[str, str]:
    if text[:1] in _MINUS and text:
        return "-", text[1:].strip()
    if text.startswith("+"):
        return "", text[1:].strip()
    if "parentheses" in negative and text.startswith("(") and text.endswith(")"):
        return "-", text[1:-1].strip()
    if "trailing" in negative and text[-1:] in _MINUS:
        return "-", text[:-1].strip()
    return "", text


@cache
def _pattern(point: str, thousands: str) -> re.Pattern[str]:
    marks = re.escape(thousands or ("," if point == "." else ".") + " '’")
    return re.compile(
        rf"(?:([1-9]\d{{0,2}}(?:([{marks}])\d{{3}})(?:\2\d{{3}})*)|(\d+)|(?={re.escape(point)}\d))"
        rf"(?:{re.escape(point)}(\d+))?"
    )


def _respelled(core: str, point: str, thousands: str) -> str | None:
    """A number as a plain decimal, or None where it is not written so."""
    found = _pattern(point, thousands).fullmatch(core)
    if found is None:
        return None
    whole = found[1].replace(found[2], "") if found[1] else found[3] or "0"
    return f"{whole}.{found[4]}" if found[4] else whole


def _missing(read: ReadColumn, spelling: Spelling, row: int, cell: str) -> str | None:
    """None where the cell is not missing; else its flag, often empty."""
    text = cell.strip()
    if not text:
        return ""
    if spelling.missing is not None and text in spelling.missing:
        return ""
    if found := _FLAGGED_MISSING.fullmatch(text):
        text, flag = found.groups()
    else:
        flag = ""
    if text not in MISSING if spelling.missing is None else text not in spelling.missing:
        return None
    if spelling.missing is None:
        read.missing.setdefault(text, []).append(row)
    return flag


def _number_fault(text: str, error: ValueError) -> str:
    return str(error) if is_number(text) else f'"{_short(text)}" is not a number'


def _hint(cell: str, spelling: Spelling) -> str | None:
    text = cell.strip()
    if spelling.missing is not None and text in MISSING:
        return (
            f"if it stands for a missing number, add it: missing: [{', '.join(map(repr, (*spelling.missing, text)))}]"
        )
    if text.startswith("(") and text.endswith(")"):
        return "if parentheses mean a number below zero, write negative: [parentheses]"
    if text[-1:] in _MINUS and text[:1].isdigit():
        return "if a minus behind a number means below zero, write negative: [trailing]"
    if re.fullmatch(r"0\d+", text):
        return "zeros in front belong to a code: leave out the column's type, or write type: text"
    if spelling.decimal == "," and re.fullmatch(r"[-+−]?\d+\.\d+", text):
        return f'write {text.replace(".", ",")}; or, if all numbers of the file have a point, decimal: "."'
    if text[:1] in _ALONE or re.fullmatch(r"\d[\d.,]*\s*[-–—]\s*\d[\d.,]*", text):
        return (
            f"it is not one number: say that it is missing here, missing: ['{text}'], or write type: text in the column"
        )
    if re.fullmatch(r"#+", text):
        return "a spreadsheet shows that where a column is too narrow: widen it, and save the table again"
    if re.fullmatch(r"[^\d]*", text):
        return (
            f"if it stands for a missing number, say so: missing: ['{text}']"
            if len(text) < 20
            else "write type: text in the column"
        )
    return number_hint(text)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


# Dates


def _dates(kind: str, cells: Sequence[str], spelling: Spelling) -> ReadColumn:
    read = ReadColumn()
    order = ""
    for row, cell in enumerate(cells):
        text, mark = cell.strip(), ""
        if text and (flag := _missing(read, spelling, row, text)) is not None:
            text, mark = "", flag
        elif (found := _MARK.fullmatch(text)) and (found["sign"] or found["flags"]):
            text, mark = found["body"].rstrip(), found["sign"] or found["flags"]
        if mark:
            read.notes[row] = mark
        try:
            if kind == "date" and (found := _DAY.fullmatch(text)) and not _is_edtf(text):
                order = order or spelling.dates or _order(read, row, cells)
                text = _day(found, order)
            elif kind == "date" and (found := _PERIODS.fullmatch(text)):
                text = f"{found[1]}-{found[2]}" if found[2] else _quarter(found[1], int(found[3]))
            elif kind == "year":
                text = _year(text)
            read.values.append(parse_edtf(text) if text else None)
        except _TwoReadingsError:
            read.faults.append(_of_two_readings(row, text, found))
            read.values.append(None)
        except ValueError as error:
            message, _, example = str(error).partition("; ")
            read.faults.append(CellFault(row, "bad-date", message, example or None))
            read.values.append(None)
        read.typed.append(str(text))
    return read


class _TwoReadingsError(Exception):
    """Days and months that no date tells apart."""


def _of_two_readings(row: int, text: str, found: re.Match[str] | None) -> CellFault:
    """Why a day is not read in a column whose order is not known."""
    days: list[str] = []
    for order in ("dmy", "mdy"):
        with suppress(ValueError):
            days += [_day(found, order)] if found else []
    if len(set(days)) == 2:
        hint = "say which comes first: dates: dmy or dates: mdy"
        return CellFault(row, "two-readings", f'"{text}" may be {" or ".join(days)}', hint)
    if days:
        message = f'"{text}" is {days[0]}, and other days of this column are in another order'
        return CellFault(row, "two-readings", message, f"write all of them in one order, or like {days[0]}")
    return CellFault(row, "bad-date", f'"{text}" is not a day', "write year, month and day, like 2026-11-22")


def _is_edtf(text: str) -> bool:
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True


def _order(read: ReadColumn, row: int, cells: Sequence[str]) -> str:
    """The order of day, month and year in a column. Raises _TwoReadingsError."""
    found = [match for cell in cells if (match := _DAY.fullmatch(cell.strip()))]
    if all(len(match[1]) == 4 for match in found):
        return "ymd"
    short = [match for match in found if len(match[4]) == 4 and len(match[1]) <= 2]
    first, second = (max((int(match[n]) for match in short), default=0) for n in (1, 3))
    if first > 12 >= second or (short and all(match[2] == "." for match in short)):
        order = "dmy"
    elif second > 12 >= first:
        order = "mdy"
    elif short and all(match[1] == match[3] for match in short):
        return "dmy"
    else:
        raise _TwoReadingsError
    words = {"dmy": "day, month, year", "mdy": "month, day, year"}[order]
    read.told.append((row, f"dates were read as {words}", f"dates: {order}"))
    return order


def _day(found: re.Match[str], order: str) -> str:
    """A date of three numbers as EDTF. ValueError where there is no such day."""
    parts = dict(zip(order, (found[1], found[3], found[4]), strict=True))
    if len(parts["y"]) != 4:
        raise ValueError(f'"{found[0]}" is not a day in the order {order}; write year, month and day, like 2026-11-22')
    text = f"{parts['y']}-{int(parts['m']):02}-{int(parts['d']):02}"
    date.fromisoformat(text)
    return text


def _quarter(year: str, quarter: int) -> str:
    return f"{year}-{3 * quarter - 2:02}/{year}-{3 * quarter:02}"


def is_year(text: str) -> bool:
    """Whether a text is a year, with or without a mark beside it: `2023*`, `2023 p`, `2023¹`."""
    found = _MARK.fullmatch(text.strip())
    marked = found is not None and bool(found["sign"] or found["flags"])
    return year_of(text) != "" or (found is not None and marked and year_of(found["body"]) != "")


def year_of(text: str) -> str:
    """The year that a text is: `2021`, `2021.0`, `2021 г.`; else empty."""
    found = _YEAR.fullmatch(text.strip())
    return found[1] if found else ""


def _year(text: str) -> str:
    if text and not year_of(text):
        hint = (
            "write it like 2021, or say type: date in the column"
            if re.search(r"\d\W+\d|\W\d{4}", text)
            else "write it like 2021"
        )
        raise ValueError(f'"{text}" is not a year; {hint}')
    return year_of(text)
