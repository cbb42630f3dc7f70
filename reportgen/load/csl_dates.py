"""Dates as reference managers write them in; a CSL date that citation processors take, and its EDTF, out. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reportgen.late_patterns import regex
from reportgen.model.edtf import Edtf, days_in, parse_edtf

CslDate = dict[str, Any]
DATE_TIME = regex(r"(-?\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}\S*")
_DAY = regex(r"(\d{4})-(0[1-9]|1[0-2])-(\d{2})")
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_WHOLE = regex(r"-?\d{1,6}")
_OPEN = (0,)
"""The end of a range that has none, as citation processors read it."""


@dataclass(frozen=True, slots=True)
class TakenDate:
    """What is left of a date."""

    date: CslDate
    """What citation processors take; empty where the date says nothing."""
    lost: str = ""
    """What of it could not be taken, in words; empty where nothing was lost."""
    cut: str = ""
    """The day of a date with a time of day."""


def date_of(text: str) -> CslDate:
    """A CSL date for an EDTF text. Raises ValueError if it is none.

    CSL counts years before the first as people do, without a year 0: EDTF's -0043 is 44 BC, and -44 in CSL.
    """
    when = parse_edtf(text)
    first, last = when.ends
    if first is None:
        return {"literal": f"–{text.rpartition('/')[2]}"}
    points = [_parts(first)] if first == last else [_parts(first), _parts(last) if last else list(_OPEN)]
    if first == last and first.precision in ("decade", "century"):
        points.append([points[0][0] + (9 if first.precision == "decade" else 99)])
    date: CslDate = {"date-parts": [part[:1] if _is_season(part) else part for part in points]}
    seasons = [part[1] - 20 for part in points if _is_season(part)]
    if seasons:
        date["season"] = seasons[0]
    if when.approximate or when.uncertain:
        date["circa"] = True
    return date


def _parts(time: Edtf) -> list[int]:
    year, *rest = time.numbers
    return [year if year > 0 else year - 1, *rest]


def _is_season(part: list[int]) -> bool:
    return len(part) == 2 and part[1] > 12


def edtf_of(date: Any) -> Edtf | None:
    """The time that a CSL date names, or None where it names none that can be read."""
    if not isinstance(date, Mapping):
        return None
    points = [point for part in date.get("date-parts") or () if (point := _edtf_point(part, date)) is not None]
    text = "/".join(points[:2]) or str(date.get("raw") or date.get("literal") or "")
    try:
        return parse_edtf(text)
    except ValueError:
        return None


def _edtf_point(part: Any, date: Mapping[str, Any]) -> str | None:
    if not isinstance(part, list):
        return None
    numbers = [int(number) for number in part[:3] if _WHOLE.fullmatch(str(number))]
    if not numbers or numbers[0] == 0:
        return "" if numbers and part is not date["date-parts"][0] else None
    if len(numbers) == 1 and str(date.get("season", "")) in ("1", "2", "3", "4"):
        numbers.append(20 + int(date["season"]))
    elif len(numbers) == 2 and 13 <= numbers[1] <= 16:
        numbers[1] += 8
    year = numbers[0] if numbers[0] > 0 else numbers[0] + 1
    written = f"{'-' if year < 0 else ''}{abs(year):04}" if abs(year) <= 9999 else f"Y{year}"
    return "-".join([written, *(f"{number:02}" for number in numbers[1:])]) + ("~" if date.get("circa") is True else "")


def words_of(date: Any) -> str:
    """A date in its own words, which are no EDTF: `in press`; empty where it has none."""
    if not isinstance(date, Mapping):
        return ""
    words = str(date.get("literal") or date.get("raw") or "")
    return words if words and edtf_of({"literal": words}) is None else ""


def taken_date(value: Any) -> TakenDate:
    """A date as anybody wrote it, as citation processors take it."""
    if isinstance(value, str):
        value = {"raw": value}
    elif isinstance(value, int) and not isinstance(value, bool):
        value = {"date-parts": [[value]]}
    elif isinstance(value, list):
        value = {"date-parts": value}
    if value is None:
        return TakenDate({})
    if not isinstance(value, Mapping):
        return TakenDate({}, "it is no date")
    raw, literal = value.get("raw"), value.get("literal")
    if isinstance(raw, str) and raw.strip():
        if (day := _DAY.fullmatch(raw.strip())) and not edtf_of({"literal": day[0]}):  # 2024-02-30
            return taken_date([list(day.groups())])
        timed = DATE_TIME.fullmatch(raw.strip())
        if timed is None:
            return TakenDate(date_of(raw.strip()) if edtf_of({"literal": raw.strip()}) else {"raw": raw.strip()})
        if not edtf_of({"literal": timed[1]}):
            return TakenDate({}, f'"{raw}" is no date')
        return TakenDate(date_of(timed[1]), cut=timed[1])
    parts, lost = _taken_parts(value.get("date-parts"))
    date: CslDate = {"date-parts": parts} if parts else {}
    if isinstance(literal, str) and literal.strip():
        date["literal"] = literal.strip()
    elif literal not in (None, ""):
        lost = lost or "its words are no text"
    if parts and (season := value.get("season")) not in (None, ""):
        if number := _season(season):
            date["season"] = number
        elif ":" not in str(season):  # Zotero writes the time of day here
            lost = lost or f'"{season}" is no season'
    if parts and value.get("circa") in (True, 1, "1", "true"):
        date["circa"] = True
    return TakenDate(date, lost)


def _season(written: Any) -> int:
    """1 to 4 from spring on; 0 for what is no season. EDTF counts from 21."""
    text = str(written).strip().lower()
    number = _SEASONS.get(text) or (int(text) if re.fullmatch(r"2?[1-4]", text) else 0)
    return number % 20


def _taken_parts(value: Any) -> tuple[list[list[int]], str]:
    """One or two points of a CSL date, and what of them could not be taken."""
    if value in (None, ""):
        return [], ""
    if not isinstance(value, list):
        return [], "its parts are no list"
    points = value if any(isinstance(part, list) for part in value) else [value]
    lost = "" if len(points) < 3 else "it has more than two ends"
    taken: list[list[int]] = []
    for point in points[:2]:
        numbers, wrong = _taken_point(point)
        lost = lost or wrong
        if numbers:
            taken.append(numbers)
        elif taken and isinstance(point, list) and [str(part) for part in point] == ["0"]:
            taken.append(list(_OPEN))
        elif not taken:
            return [], lost
    return taken, lost


def _taken_point(point: Any) -> tuple[list[int], str]:
    """Year, month and day, up to the first that is none."""
    if not isinstance(point, list):
        return [], "" if point in (None, "") else f'"{point}" is no date'
    numbers: list[int] = []
    for place, part in enumerate(point):
        if part in (None, "") or (place == 0 and str(part).strip() == "0"):
            break
        text = str(int(part)) if isinstance(part, float) and part.is_integer() else str(part).strip()
        if isinstance(part, bool) or not _WHOLE.fullmatch(text) or not _fits(place, int(text)):
            return numbers, f'"{part}" is no {("year", "month", "day")[min(place, 2)]}'
        if place == 2 and not _has_day(numbers[0], numbers[1], int(text)):
            return numbers, f"{numbers[0]}-{numbers[1]:02} has no day {text}"
        numbers.append(int(text))
    return numbers, ""


def _has_day(year: int, month: int, day: int) -> bool:
    """Whether a calendar has a day; a season has none."""
    return month <= 12 and day <= days_in(year if year > 0 else year + 1, month)


def _fits(place: int, number: int) -> bool:
    if place == 0:
        return number != 0
    return 1 <= number <= 31 if place == 2 else place == 1 and (1 <= number <= 16 or 21 <= number <= 24)
