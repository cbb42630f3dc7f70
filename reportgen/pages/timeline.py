"""A timeline figure in, its events with the distance between them out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.model.edtf import Edtf, parse_edtf
from reportgen.model.figure import Datum, EvaluatedFigure

if TYPE_CHECKING:
    from reportgen.brief.fact_pages import FactLine


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A row of a timeline."""

    time: Datum
    words: Datum
    iso: str
    """For `<time datetime>`: a day, a month or a year."""
    months: int
    """To the next event; 0 for the last one."""
    is_marked: bool = False
    """Whether its author highlights it."""


def timeline_events(figure: EvaluatedFigure) -> tuple[TimelineRow, ...]:
    """The rows in order of time. A fact whose value is a date is placed at it, any other at its own time."""
    names = [column.name for column in figure.columns]
    found: list[tuple[Edtf, Datum, Datum, bool]] = []
    for row in figure.rows:
        cells = dict(zip(names, row.cells, strict=True))
        value, time, claim, label = cells["value"], cells["as_of"], cells["claim"], cells["id"]
        when = value if value.date is not None else time
        if when.date is not None:
            marked = row.fact in figure.highlight
            found.append((when.date, when, claim if claim.insert else label, marked))
    found.sort(key=lambda event: event[0].in_order)
    return tuple(
        TimelineRow(when, words, _iso(time), _months(time, found[n + 1][0]) if n + 1 < len(found) else 0, marked)
        for n, (time, when, words, marked) in enumerate(found)
    )


def spaced(lines: Sequence[FactLine]) -> tuple[tuple[FactLine, int], ...]:
    """Facts in order of time, each with the months to the next one; 0 for the last one."""
    days = [parse_edtf(line.sort) for line in lines]
    gaps = [_months(one, other) for one, other in pairwise(days)]
    return tuple(zip(lines, (*gaps, 0), strict=True)) if lines else ()


def _iso(time: Edtf) -> str:
    """HTML knows no years before the first, and no open beginnings."""
    first = time.ends[0]
    if first is None or first.off_calendar or first.precision in ("decade", "century", "season"):
        return ""
    return "-".join(f"{number:02}" if place else f"{number:04}" for place, number in enumerate(first.numbers))


def _months(one: Edtf, other: Edtf) -> int:
    months = [12 * year + month for year, month in (one.first_month, other.first_month)]
    return max(0, months[1] - months[0])
