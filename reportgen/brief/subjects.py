"""A view of a project in; its facts by what they are about, and how a measure runs in time, out. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from reportgen.brief.fact_pages import FactLine, fact_line, fact_lines
from reportgen.brief.statements import said
from reportgen.brief.wording import claim_text, is_contradicted, operands, shown_source
from reportgen.facts.view import View
from reportgen.language.units import convert
from reportgen.model.dataset import Query
from reportgen.model.edtf import Edtf, parse_edtf
from reportgen.model.evaluated import Operand
from reportgen.model.fact import DateValue, Fact, Modality
from reportgen.model.quantity import Relation
from reportgen.quantities.dates import format_date
from reportgen.quantities.formula import CheckVerdict

_BOUNDS = {Relation.OVER: "up", Relation.AT_LEAST: "up", Relation.UNDER: "down", Relation.UP_TO: "down"}


@dataclass(frozen=True, slots=True)
class Subject:
    """Facts that belong together in a list."""

    anchor: str
    """`measure-…`, `source-…`, or `computed`."""
    title: str
    """Empty for the facts that are computed."""
    lines: tuple[FactLine, ...]
    kind: str
    """`measure`, `source` or `computed`."""

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Observation:
    """A value of a measure at a time."""

    fact: str
    text: str
    status: str
    day: date
    month: str
    """When, in words, no closer than the month."""
    value: Fraction
    """In the unit of the fact that `over_time` was called for."""
    bound: str
    """`up` where the true value lies above, `down` where below, else empty."""
    apart: bool = False
    """Whether no line goes through it: another value contradicts it."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A conflict as the page about the method shows it."""

    title: str
    sides: tuple[tuple[FactLine, ...], ...]
    """The facts that disagree; those that agree stand together."""
    preferred: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """A check and its result."""

    formula: tuple[Operand, ...]
    verdict: CheckVerdict
    message: str
    """What it means if it fails."""
    claims: tuple[str, ...]
    """What the facts say that it compares."""


def subjects(view: View, ids: Iterable[str], lang: str) -> tuple[Subject, ...]:
    """Facts by their measures, in the order of these; then the others by source, and those that are computed."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for id in ids:
        fact = view.fact(id)
        if fact is None:
            continue
        key = (
            ("measure", fact.measure) if fact.measure
            else ("computed", "") if fact.formula or not fact.evidence
            else ("source", fact.evidence[0].source)
        )  # fmt: skip
        found.setdefault(key, []).append(fact)
    order = [("measure", id) for id in view.all("measures")] + [("source", id) for id in view.all("sources")]
    made = []
    for kind, name in (*(key for key in order if key in found), ("computed", "")):
        if (kind, name) in found:
            lines = tuple(fact_line(view, fact, lang) for fact in found[kind, name])
            made.append(Subject(*_head(view, kind, name, lang), lines, kind))
    return tuple(made)


def _head(view: View, kind: str, name: str, lang: str) -> tuple[str, str]:
    if kind == "measure" and (measure := view.measure(name)):
        return (f"measure-{name}", measure.label.in_language(lang))
    if kind == "source":
        source = shown_source(view, name, lang)
        return (f"source-{source.slug}", source.short)
    return (kind, "")


def over_time(view: View, id: str, lang: str) -> tuple[Observation, ...]:
    """The numbers of a fact's measure and place in order of time; none where there are not two times at least."""
    fact = view.fact(id)
    own = view.computed(id).quantity
    if fact is None or not fact.measure or own is None:
        return ()
    points: list[Observation] = []
    for other in view.query(Query(measure=(fact.measure,))):
        found = view.fact(other)
        quantity = view.computed(other).quantity
        time = view.time_of(found) if found else None
        if not found or found.place != fact.place or not quantity or quantity.is_range or not time:
            continue
        if time.open_start or time.off_calendar:
            continue
        line, value = fact_line(view, found, lang), convert(quantity, own.unit).headline
        bound = _BOUNDS.get(quantity.relation, "")
        points.append(Observation(other, line.value, line.status, time.start, _month(time, lang), value, bound))
    shown = frozenset(point.fact for point in points)
    points = [
        replace(point, apart=is_contradicted(view, of, shown)) if (of := view.fact(point.fact)) else point
        for point in points
    ]
    points.sort(key=lambda point: (point.day, point.fact))
    return tuple(points) if len({point.day for point in points}) > 1 else ()


def _month(time: Edtf, lang: str) -> str:
    finer = time.precision in ("day", "month")
    return format_date(parse_edtf(time.start.isoformat()[: 7 if finer else 4]), lang, "short")


def dated(view: View, ids: Iterable[str]) -> tuple[tuple[date, str], ...]:
    """(first day, id) of the facts whose value is a date, in their order."""
    found = [(fact.value.date, id) for id in ids if (fact := view.fact(id)) and isinstance(fact.value, DateValue)]
    return tuple(sorted((date.start, id) for date, id in found if not date.open_start))


def planned(view: View, ids: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """(id, whether it is planned, expected, or lay ahead when its sources were issued) of facts whose value is a date,
    in order of time; what is only about a time comes after what is then."""
    found: list[tuple[tuple[int, bool, tuple[int, int, str]], str, bool]] = []
    for id in ids:
        fact = view.fact(id)
        if fact is None or not isinstance(fact.value, DateValue):
            continue
        sources = [source for e in fact.evidence if (source := view.source(e.source)) is not None]
        issued = [source.issued.after for source in sources if source.issued and source.issued.after is not None]
        when = fact.value.date
        ahead = bool(issued) and len(issued) == len(sources) and when.first is not None and when.first >= max(issued)
        found.append((when.in_order, id, ahead or fact.modality in (Modality.PLANNED, Modality.EXPECTED)))
    return tuple((id, ahead) for _, id, ahead in sorted(found))


def rulings(view: View, lang: str) -> tuple[Ruling, ...]:
    """Every conflict and its resolution."""
    found = []
    for id in view.all("conflicts"):
        conflict = view.conflict(id)
        if conflict is not None:
            sides = tuple(fact_lines(view, side, lang) for side in view.sides(id))
            title = said(view, conflict.title, conflict.at, "title", lang) or sides[0][0].measure or id
            reason = said(view, conflict.reason, conflict.at, "reason", lang)
            found.append(Ruling(title, sides, conflict.preferred, reason))
    return tuple(found)


def outcomes(view: View, lang: str) -> tuple[CheckOutcome, ...]:
    """Every check and what it comes to; an undecidable check is an error before any page is made."""
    found = []
    for id in view.all("checks"):
        check, verdict = view.check(id), view.verdict(id)
        if check is not None and verdict is not None:
            claims = tuple(claim_text(view, fact, lang) for id in check.formula.references if (fact := view.fact(id)))
            found.append(
                CheckOutcome(operands(view, check.formula, lang), verdict, check.message.in_language(lang), claims)
            )
    return tuple(found)
