"""An evaluated brief, its drawings, its surroundings and a theme in; its page, or its HTML for paper, out. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from markupsafe import Markup

from reportgen.model.evaluated import EvaluatedBrief, FactEntry
from reportgen.model.fact import Status
from reportgen.pages.context import (
    NOTHING,
    BriefContext,
    ChartContext,
    DocumentContext,
    EmbedContext,
    PaperContext,
)
from reportgen.pages.inserts import Drawing, Inserts
from reportgen.pages.shell import NOT_COUNTED, Shell, StateCount
from reportgen.pages.theme import Medium, Theme

Given = TypeVar("Given", bound=DocumentContext)
RELATED, PAGER = Markup("<!--related-->"), Markup("<!--pager-->")
"""Where a page shows other briefs: no author's text holds a comment."""
WORDS_A_MINUTE = 220
_STATES = (Status.VERIFIED, Status.COMPUTED, Status.DISPUTED, Status.UNVERIFIED, Status.OVERDUE)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A brief that another one links to."""

    slug: str
    title: str
    shared: int = 0
    """How many facts both print."""
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The briefs that a brief's page links to."""

    before: Neighbour | None = None
    """Published before it, and `after` it."""
    after: Neighbour | None = None
    related: tuple[Neighbour, ...] = ()
    """Those that rest on the same facts."""


def render_html(
    brief: EvaluatedBrief,
    drawings: Mapping[str, Drawing],
    shell: Shell,
    theme: Theme,
    *,
    head: Markup = NOTHING,
    searched: tuple[tuple[str, str], ...] = (),
) -> str:
    """A brief's page, before its neighbours are filled in."""
    counts, minutes = ledger(brief), max(1, math.ceil(brief.words / WORDS_A_MINUTE))
    context = _document(
        BriefContext, brief, drawings, shell, theme, head=head, searched=searched, minutes=minutes, ledger=counts,
        total=sum(count.count for count in counts), related=RELATED, pager=PAGER,
    )  # fmt: skip
    return theme.page(context, brief.lang)


def render_paper(brief: EvaluatedBrief, drawings: Mapping[str, Drawing], shell: Shell, theme: Theme) -> str:
    """A brief as WeasyPrint sets it."""
    counts = ledger(brief)
    context = _document(
        PaperContext, brief, drawings, shell, theme, medium="paper", ledger=counts,
        total=sum(count.count for count in counts), contents=brief.words >= LONG,
    )  # fmt: skip
    return linked_back(theme.page(replace(context, body=Markup(with_addresses(context.body))), brief.lang))


def render_chart(
    document: EvaluatedBrief,
    drawings: Mapping[str, Drawing],
    shell: Shell,
    theme: Theme,
    *,
    head: Markup,
    downloads: tuple[str, ...],
    snippet: str,
) -> str:
    """A chart's own page, of the document that shows it alone."""
    context = _document(ChartContext, document, drawings, shell, theme, head=head, downloads=downloads, snippet=snippet)
    return theme.page(context, document.lang)


def render_embed(document: EvaluatedBrief, drawings: Mapping[str, Drawing], shell: Shell, theme: Theme) -> str:
    """A chart to stand in a frame."""
    return theme.page(_document(EmbedContext, document, drawings, shell, theme), document.lang)


def _document(
    kind: type[Given],
    brief: EvaluatedBrief,
    drawings: Mapping[str, Drawing],
    shell: Shell,
    theme: Theme,
    *,
    medium: Medium = "screen",
    **more: Any,
) -> Given:
    """What a template of a kind is given; `more` are the names that only its kind has."""
    inserts = Inserts(brief, theme, medium, drawings)
    return kind(
        shell=shell,
        brief=brief,
        show=inserts.html,
        body=inserts.body(),
        entries=brief.entries,
        states=example_entries(brief.entries),
        interactive=any(drawing.interactive for drawing in drawings.values()),
        **more,
    )


def with_neighbours(page: str, beside: Neighbours, theme: Theme, lang: str) -> str:
    """A brief's page with the briefs beside it filled in."""
    macros: Any = theme.macros("beside.html", lang)
    page = page.replace(RELATED, macros.related(beside.related))
    return page.replace(PAGER, macros.pager(beside.before, beside.after))


def ledger(brief: EvaluatedBrief) -> tuple[StateCount, ...]:
    """How many of a brief's values are in each state; states with none are left out."""
    counted = [number.status for number in brief.numbers if number.kind not in NOT_COUNTED]
    return tuple(StateCount(status.value, n) for status in _STATES if (n := counted.count(status)))


def example_entries(entries: tuple[FactEntry, ...]) -> dict[str, FactEntry]:
    """For each state that occurs, the first entry in it, as an example of how it is marked."""
    found: dict[str, FactEntry] = {}
    for status in _STATES:
        first = next((entry for entry in entries if entry.state.status is status and entry.text), None)
        if first is not None:
            found[status.value] = first
    return found


LONG = 3500
"""Words from which a brief has a page of contents: about eight pages."""
_MARK = re.compile(r'<a class="fact" href="#fact-([a-z]+)"')
_BACK = re.compile(r'<a class="letter" href="#mark-([a-z]+)">([a-z]+)</a>')
_OUTWARD = re.compile(r'<a href="(https?://[^"]+)"[^>]*>(.*?)</a>', re.S)
_TAG = re.compile(r"<[^>]+>")


def linked_back(html: str) -> str:
    """Each entry's letter leads to the first mark of it; that of an entry with no mark is plain."""
    marked: set[str] = set()

    def mark(found: re.Match[str]) -> str:
        if found[1] in marked:
            return found[0]
        marked.add(found[1])
        return f'<a class="fact" id="mark-{found[1]}" href="#fact-{found[1]}"'

    html = _MARK.sub(mark, html)
    return _BACK.sub(lambda m: m[0] if m[1] in marked else f'<span class="letter">{m[2]}</span>', html)


def with_addresses(html: str) -> str:
    """Where a link leads, after its words, where they do not say so themselves."""

    def printed(found: re.Match[str]) -> str:
        short = found[1].partition("://")[2].rstrip("/")
        if short in _TAG.sub("", found[2]):
            return found[0]
        return f'{found[0]} <span class="url" data-n="label">({short})</span>'

    return _OUTWARD.sub(printed, html)
