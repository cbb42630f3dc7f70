"""What the site prints beside its briefs in; its record, and what in it is otherwise than before, out. Pure.

A brief has editions. Every fact has a page of its own besides, every chart has one with a table to download, and
authors may write pages: what these say is kept in one record, with the addresses that answer for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from reportgen.brief.figures import alone_slug
from reportgen.brief.said import claim_line, fact_saying, quotes_of
from reportgen.brief.wording import Options, claim_parts, value_text
from reportgen.diagnostics import Span
from reportgen.editions.comparing import ASKED, DifferenceKind, TextDifference, compare
from reportgen.editions.judging import Reason, entries_of, entry_digest, new_value, next_version, unseen
from reportgen.facts.view import View
from reportgen.language.units import UnitError
from reportgen.model.edition import Change, Edition, EditionChange, EditionNote, NewValue, Printed
from reportgen.model.fact import Fact
from reportgen.model.project import Project
from reportgen.quantities.format import FormatError

OF_FACTS = frozenset((DifferenceKind.CHANGED, DifferenceKind.QUOTE, DifferenceKind.CLAIM))
"""What is asked about a fact, and a row, where it stands."""
_SILENT = frozenset((DifferenceKind.NEW, DifferenceKind.TIMES, DifferenceKind.ORDER, DifferenceKind.WORDS))
_SETTLED = ASKED - OF_FACTS - _SILENT | {DifferenceKind.MOVED}
"""What is asked about a page or a chart: the site may grow, and its pages may be rewritten; numbers stay."""


def facts_printed(view: View, lang: str) -> Printed:
    """All that the pages of facts say."""
    facts = [fact for id in view.all("facts") if (fact := view.fact(id)) is not None]
    return Printed(
        tuple(fact_saying(fact, view, _value(fact, view, lang), "fact()") for fact in facts),
        tuple(quote for fact in facts for quote in quotes_of(fact)),
        lines=tuple(claim_line(fact.id, claim_parts(fact, lang, "")) for fact in facts),
    )


def _value(fact: Fact, view: View, lang: str) -> str:
    with suppress(FormatError, UnitError):
        return value_text(view, fact, lang, Options())
    return ""


def asked_of_a_page(difference: TextDifference) -> bool:
    """Whether a page or a chart's own page needs a reason for it; facts and rows are asked about where they stand."""
    if difference.kind is DifferenceKind.CHART:
        return bool(difference.old)
    return difference.kind in _SETTLED


def entries_of_site(project: Project) -> Iterator[tuple[str, Change, Span]]:
    """Every entry that may explain a change of what no brief prints."""
    yield from entries_of("site", project.settings.changes, project.settings.at)
    for slug, document in project.documents.items():
        yield from entries_of(f"brief:{slug}", document.changes, document.at)
    for fact in project.facts.values():
        yield from entries_of(f"fact:{fact.id}", fact.changes, fact.at)
    for dataset in project.datasets.values():
        yield from entries_of(f"dataset:{dataset.id}", dataset.changes, dataset.at)


def reasons_of_site(project: Project) -> tuple[Reason, ...]:
    """The entries that the last record had not seen."""
    return unseen(entries_of_site(project), project.records)


def site_reason(
    project: Project, slug: str, difference: TextDifference, reasons: tuple[Reason, ...], *, minor: bool = False
) -> Reason | None:
    """The entry that says why: of the fact, dataset or page, of a brief that printed it, or of the site."""
    owners = {f"fact:{id}" for id in difference.facts} | {f"dataset:{difference.dataset}", f"brief:{slug}"}
    good = [reason for reason in reasons if reason.is_minor is minor]
    own = [reason for reason in good if reason.owner in owners]
    about = set(difference.facts)
    chart = difference.subject.removeprefix("chart:") if difference.kind is DifferenceKind.CHART else ""
    chart = chart or slug.removeprefix(alone_slug(""))
    wide = [
        reason
        for reason in good
        if (reason.owner == "site" or _printed_by(project, reason.owner, about, difference.dataset, chart))
        and (not reason.change.facts or about & set(reason.change.facts))
    ]
    return next(iter((*own, *wide)), None)


def _printed_by(project: Project, owner: str, facts: set[str], dataset: str, chart: str) -> bool:
    """Whether a brief's last edition prints one of these facts, rows of the dataset, or the chart."""
    history = project.editions.get(owner.removeprefix("brief:"), ()) if owner.startswith("brief:") else ()
    if not history:
        return False
    said = history[-1].printed
    return any(
        saying.fact in facts or (dataset and saying.subject.startswith(f"row:{dataset}/")) for saying in said.sayings
    ) or any(each.id == chart or (dataset and each.dataset == dataset) for each in said.charts)


def record_note(
    project: Project,
    now: Mapping[str, Printed],
    addresses: Iterable[str],
    aliases: Mapping[str, str],
) -> EditionNote | None:
    """The record that is to be made, without its day; None where all is as it was recorded. `now`: what the facts
    (under an empty name), the pages and the charts say."""
    history = project.records
    if not history:
        return EditionNote("", "1", "")
    last = history[-1]
    before = {"": last.printed, **dict(last.documents)}
    reasons, used, follows = reasons_of_site(project), dict[Reason, dict[NewValue, None]](), dict[NewValue, None]()
    differs = set(addresses) != set(last.addresses) or before.keys() != now.keys()
    for slug, said in now.items():
        if slug not in before:
            continue
        for difference in compare(before[slug], said, aliases, project.settings.lang):
            differs = differs or difference.kind in ASKED or difference.kind is DifferenceKind.RENAMED
            value = new_value(difference)
            if difference.kind is DifferenceKind.FOLLOWS and difference.old != difference.new:
                follows[value] = None
            if difference.kind not in OF_FACTS and (not slug or not asked_of_a_page(difference)):
                continue
            reason = site_reason(project, slug, difference, reasons)
            if reason is not None:
                used.setdefault(reason, {})[value] = None
    if not differs and not used:
        return None
    changes = tuple(
        EditionChange(reason.owner, reason.change.kind, reason.change.text, reason.change.facts, tuple(values))
        for reason, values in used.items()
    )
    return EditionNote("", next_version(history, not changes), "", changes, tuple(follows))


def seen_of_site(project: Project) -> tuple[str, ...]:
    """The digests of all entries there are."""
    return tuple(sorted(entry_digest(owner, change) for owner, change, _ in entries_of_site(project)))


def renames(project: Project) -> dict[str, str]:
    """What had another name -> its name now, as editions are compared by."""
    before = {"facts": "", "charts": "chart:", "datasets": "row:"}
    return {mark + old: mark + id for kind, mark in before.items() for old, id in project.aliases.get(kind, {}).items()}


def recorded(records: tuple[Edition, ...], slug: str) -> tuple[Edition, Printed] | None:
    """The last record, and what it says of a page or a chart; None where it says nothing."""
    said = dict(records[-1].documents).get(slug) if records else None
    return None if said is None else (records[-1], said)
