"""An evaluated brief, its drawings, its surroundings and a theme in; its page, or its HTML for paper, out. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from reportgen.model.evaluated import EvaluatedBrief, FactEntry
from reportgen.model.fact import Status
from reportgen.pages.inserts import Drawing, Inserts
from reportgen.pages.shell import NOT_COUNTED, Shell, StateCount
from reportgen.pages.theme import Medium, Theme

NO_HEAD = Markup("")
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
    medium: Medium = "screen",
    head: Markup = NO_HEAD,
    template: str = "",
    downloads: tuple[str, ...] = (),
    snippet: str = "",
    searched: tuple[tuple[str, str], ...] = (),
) -> str:
    """A brief's page, before its neighbours are filled in; for `paper`, what WeasyPrint sets. A chart's own page has
    another `template`, `downloads`, and a `snippet` to embed it by.
    """
    inserts = Inserts(brief, theme, medium, drawings)
    paper = medium == "paper"
    page = theme.page(
        template or ("brief.html" if medium == "screen" else "print.html"),
        brief.lang,
        brief=brief,
        shell=shell,
        site=shell.site,
        head=head,
        show=inserts.html,
        body=Markup(with_addresses(inserts.body())) if paper else inserts.body(),
        notes=[inserts.html(note) for note in brief.notes],
        entries=brief.entries,
        minutes=max(1, math.ceil(brief.words / WORDS_A_MINUTE)),
        ledger=ledger(brief),
        total=sum(count.count for count in ledger(brief)),
        states=example_entries(brief.entries),
        related=RELATED,
        pager=PAGER,
        downloads=downloads,
        snippet=snippet,
        **({"searched": searched} if searched else {}),
        interactive=any(drawing.interactive for drawing in drawings.values()),
        contents=brief.words >= LONG,
    )
    return linked_back(page) if paper else page


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
