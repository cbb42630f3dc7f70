"""A view of a project in; what the pages of single facts and sources show out. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import quote

from reportgen.brief.statements import said
from reportgen.brief.wording import (
    Options,
    around,
    claim_beside,
    claim_parts,
    claim_text,
    compared_text,
    foreign,
    mood_of,
    operands,
    place_name,
    quantity_text,
    quote_text,
    shown_evidence,
    shown_source,
    state_of,
    status_in,
    time_text,
    value_text,
    verdict_in,
)
from reportgen.evidence.pieces import with_marks
from reportgen.facts.view import View
from reportgen.late_patterns import regex
from reportgen.model.dataset import Query
from reportgen.model.edtf import parse_edtf
from reportgen.model.evaluated import Operand, ShownEvidence, State
from reportgen.model.fact import DateValue, Evidence, Fact, Rank
from reportgen.model.figure import ShownSource
from reportgen.model.file_kinds import name_of
from reportgen.model.lock import LockEntry
from reportgen.model.quantity import PLAIN, Unit, typed_quantity
from reportgen.model.source import Source, newest_copy, newest_first
from reportgen.model.verdict import Carried
from reportgen.quantities.dates import format_date
from reportgen.quantities.format import FormatError

_NO_PAGE = regex(r"^https?://(?:dx\.)?doi\.org/|\.(?:pdf|docx?|xlsx?|ods|csv|json|zip)(?:\?|$)", re.I)
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/warc")


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact in a list."""

    id: str
    value: str
    claim: str
    place: str
    measure: str
    time: str
    sort: str
    """By which lists order times: ISO."""
    status: str
    sources: tuple[ShownSource, ...]
    formula: tuple[Operand, ...] = ()
    deprecated: bool = False
    claim_lang: str = ""
    """Of the claim, where it is in another language than the page."""
    mood: str = ""
    """`planned`, `expected` or `claimed`; empty for what is done."""


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """A quote and the result of checking it."""

    source: ShownSource
    before: str
    """Words of the source directly before the quote, with what parts them from it."""
    quote: str
    """With ` … ` between its pieces."""
    after: str
    """Words of the source directly after the quote, with what parts them from it."""
    locator: str
    found: LockEntry | None
    address: str = ""
    """Of these words in the source on the web; empty where it has no address, or is no web page."""


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A conflict that a fact is part of."""

    title: str
    beside: tuple[FactLine, ...]
    """Facts that agree with it."""
    others: tuple[tuple[FactLine, ...], ...]
    """Those that do not, each side's together."""
    reason: str
    preferred: str
    """Id of the preferred fact; empty where there is none."""


@dataclass(frozen=True, slots=True)
class PublishedValue:
    """What was published of a fact before, and what became of it."""

    iso: str
    """The day of the change."""
    time: str
    kind: str
    """`correction`, `revision`, …; `follows` where it was computed from what changed."""
    old: str
    new: str
    reason: str
    reason_lang: str = ""
    """Its language; empty where it is the page's."""


@dataclass(frozen=True, slots=True)
class FactPage:
    """Everything that a fact's own page shows."""

    line: FactLine
    claim_parts: tuple[str, str]
    has_value: bool
    """Whether the claim contains the value."""
    is_bare: bool
    """Whether the value is a number of nothing, such as a rank or a ratio, which says nothing alone."""
    state: State
    quotes: tuple[CheckedQuote, ...]
    cells: tuple[ShownEvidence, ...]
    """The cells of datasets that give the value, or that its formula names."""
    compared: str
    """What comparing the value with the quotes came to, as sentences; empty where there is nothing to compare."""
    carried: Carried
    """How the quotes carry the value."""
    unit: str
    relation: str
    rank: str
    review_by: str
    reading: str
    note: str
    over_time: tuple[FactLine, ...]
    """The same measure of the same place, this fact included; empty where there is no other."""
    elsewhere: tuple[FactLine, ...]
    computed_from_it: tuple[FactLine, ...]
    conflicts: tuple[ConflictLine, ...]
    before: tuple[PublishedValue, ...]
    """Newest first."""
    languages: tuple[tuple[str, str], ...]
    """(language, claim with its value) in the other languages that the claim is written in."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """What a source's page shows beside its reference."""

    source: ShownSource
    type: str
    url: str
    remark: str
    archived: tuple[tuple[str, str, str], ...]
    """(SHA-256, what kind of file it is, when it was saved), the newest first."""
    datasets: tuple[tuple[str, str], ...]
    """(title, file) of each table that its numbers are taken from."""
    facts: Sequence[FactLine]


class _Lines(Sequence[FactLine]):
    """Facts in the order given, looked at once they are shown: a page that only counts them reads nothing of them."""

    def __init__(self, view: View, ids: tuple[str, ...], lang: str) -> None:
        self._asked = view, ids, lang

    def __len__(self) -> int:
        return len(self._asked[1])

    def __getitem__(self, at: Any) -> Any:
        return self._shown[at]

    @cached_property
    def _shown(self) -> tuple[FactLine, ...]:
        return fact_lines(*self._asked)


def fact_line(view: View, fact: Fact, lang: str) -> FactLine:
    """A fact in one line. A claim without a value has an empty one."""
    try:
        value = value_text(view, fact, lang)
    except FormatError:
        value = ""
    measure = view.measure(fact.measure) if fact.measure else None
    time = fact.value.date if isinstance(fact.value, DateValue) else view.time_of(fact)
    return FactLine(
        fact.id,
        value,
        claim_text(view, fact, lang),
        place_name(view, fact.place, lang) if fact.place else "",
        measure.label.in_language(lang) if measure else "",
        time_text(view, fact, lang),
        time.first_day if time else "",
        status_in(view, fact, lang).value,
        tuple(shown_source(view, id, lang) for id in dict.fromkeys(e.source for e in fact.evidence)),
        operands(view, fact.formula, lang) if fact.formula else (),
        fact.rank is Rank.DEPRECATED,
        foreign(fact.claim, lang, view),
        mood_of(view, fact),
    )


def fact_lines(view: View, ids: tuple[str, ...], lang: str) -> tuple[FactLine, ...]:
    """Facts in the order given."""
    return tuple(fact_line(view, fact, lang) for id in ids if (fact := view.fact(id)) is not None)


def event_lines(view: View, ids: tuple[str, ...], lang: str) -> tuple[FactLine, ...]:
    """Facts whose values are dates, in the order given, each without its date where that would only end its claim."""
    facts = [fact for id in ids if (fact := view.fact(id)) is not None]
    return tuple(replace(fact_line(view, fact, lang), claim=claim_beside(view, fact, lang)) for fact in facts)


def fact_page(view: View, id: str, lang: str) -> FactPage:
    """What a fact's page shows. KeyError if there is no such fact."""
    fact = view.fact(id)
    if fact is None:
        raise KeyError(id)
    line = fact_line(view, fact, lang)
    kin = view.query(Query(measure=(fact.measure,))) if fact.measure else ()
    here = tuple(other for other in kin if (found := view.fact(other)) and found.place == fact.place)
    quotes = (
        ()
        if fact.cell
        else tuple(
            CheckedQuote(
                shown_source(view, e.source, lang),
                before,
                quote_text(e, found),
                after,
                e.locator,
                found,
                words_address(view.source(e.source), e),
            )
            for e, found in zip(fact.evidence, view.verified(id), strict=True)
            for before, after in (around(e, found),)
        )
    )
    reading = said(view, fact.reading, fact.at, "reading", lang)
    verdict = verdict_in(view, fact, lang)
    quantity = view.computed(id).quantity
    return FactPage(
        line,
        claim_parts(fact, lang, line.value),
        "{value}" in fact.claim.in_language(lang),
        quantity is not None and quantity.unit == PLAIN,
        state_of(view, fact, lang),
        quotes,
        shown_evidence(view, fact, lang) if fact.cell or fact.formula else (),
        compared_text(view, verdict, reading, lang),
        verdict.carried if verdict else "",
        _unit_name(view, quantity.unit, lang) if quantity and quantity.unit != PLAIN else "",
        quantity.relation.value if quantity else "",
        fact.rank.value,
        format_date(fact.review_by, lang) if fact.review_by else "",
        reading,
        said(view, fact.note, fact.at, "note", lang),
        fact_lines(view, here, lang) if len(here) > 1 else (),
        fact_lines(view, tuple(other for other in kin if other not in here), lang),
        fact_lines(view, view.dependents(id), lang),
        _conflicts(view, id, lang),
        _before(view, fact, lang),
        tuple((tag, claim_text(view, fact, tag)) for tag, _ in fact.claim.by_language if tag not in ("", lang)),
    )


def _unit_name(view: View, unit: Unit, lang: str) -> str:
    """A unit as it stands after the number one: `shop`, `billion euros`."""
    try:
        one = quantity_text(view, typed_quantity("1", unit), lang, Options(unit="long"))
    except FormatError:
        return unit.text
    return " ".join(one.replace("1", "", 1).split())


def words_address(source: Source | None, evidence: Evidence) -> str:
    """The address of a quotation in a web page, by which a browser goes to its words (URL fragment text directives). A
    DOI leads to a page about the work, and other files than pages know no such address."""
    url = source.url if source else ""
    copies = source.archived if source else ()
    copy = newest_copy([copy for copy in copies if not copy.is_table] or copies)
    is_page = not _NO_PAGE.search(url) and (copy is None or copy.media_type in _PAGES)
    if not url or not is_page or "#" in url or not evidence.quote:
        return ""
    first, *_, last = (*(pieces := with_marks(evidence.quote).split(" … ")), pieces[-1])
    words = [f"{_escaped(evidence.prefix)}-"] if evidence.prefix else []
    words += [_escaped(first), *([_escaped(last)] if len(pieces) > 1 else [])]
    words += [f"-{_escaped(evidence.suffix)}"] if evidence.suffix else []
    return f"{url}#:~:text={','.join(words)}"


def _escaped(words: str) -> str:
    return quote(" ".join(words.split()), safe="").replace("-", "%2D")


def _before(view: View, fact: Fact, lang: str) -> tuple[PublishedValue, ...]:
    """What the site's records say of its values; a reason with calls stands in full in the brief."""
    found = []
    for note in view.fact_history(fact.id):
        time = format_date(parse_edtf(note.date), lang)
        for change in note.changes:
            text = change.text.in_language(lang)
            reason = text if "{{" not in text and "[@" not in text else ""
            spoken = foreign(change.text, lang, view) if reason else ""
            kind = change.kind.value
            found += [PublishedValue(note.date, time, kind, v.old, v.new, reason, spoken) for v in change.values]
        found += [PublishedValue(note.date, time, "follows", value.old, value.new, "") for value in note.follows]
    return tuple(reversed(found))


def _conflicts(view: View, id: str, lang: str) -> tuple[ConflictLine, ...]:
    found = []
    for name in view.conflicts_of(id):
        conflict = view.conflict(name)
        assert conflict is not None
        measure = (fact := view.fact(id)) and fact.measure and view.measure(fact.measure)
        label = measure.label.in_language(lang) if measure else name
        title = said(view, conflict.title, conflict.at, "title", lang) or label
        sides = view.sides(name)
        found.append(
            ConflictLine(
                title,
                fact_lines(view, tuple(other for side in sides if id in side for other in side if other != id), lang),
                tuple(fact_lines(view, side, lang) for side in sides if id not in side),
                said(view, conflict.reason, conflict.at, "reason", lang),
                conflict.preferred,
            )
        )
    return tuple(found)


def source_page(view: View, id: str, lang: str) -> SourcePage:
    """What a source's page shows. KeyError if there is no such source."""
    source = view.source(id)
    if source is None:
        raise KeyError(id)
    return SourcePage(
        shown_source(view, id, lang),
        source.type,
        source.url,
        source.remark,
        tuple(
            (
                text.sha256,
                view.furniture(lang).phrase(name_of(text.media_type)),
                format_date(text.retrieved, lang) if text.retrieved else "",
            )
            for text in newest_first(source.archived)
        ),
        tuple(
            (dataset.title.in_language(lang) or dataset.id, dataset.file)
            for dataset in map(view.dataset, view.datasets_of(id))
            if dataset
        ),
        _Lines(view, view.facts_of(id), lang),
    )
