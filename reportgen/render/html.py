"""An evaluated brief, its drawings, its surroundings and a theme in; its page, or its HTML for paper, out. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from reportgen.model.evaluated import Entry, EvaluatedBrief
from reportgen.model.fact import Status
from reportgen.render.inserts import Drawing, Inserts, Medium
from reportgen.render.paper import LONG, linked_back, with_addresses
from reportgen.render.shell import NOT_COUNTED, Shell, StateCount
from reportgen.render.theme import Theme

NO_HEAD = Markup("")
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


def render_html(
    brief: EvaluatedBrief,
    drawings: Mapping[str, Drawing],
    shell: Shell,
    theme: Theme,
    *,
    medium: Medium = "screen",
    head: Markup = NO_HEAD,
    before: Neighbour | None = None,
    after: Neighbour | None = None,
    related: tuple[Neighbour, ...] = (),
    template: str = "",
    downloads: tuple[str, ...] = (),
    snippet: str = "",
    searched: tuple[tuple[str, str], ...] = (),
) -> str:
    """A brief's page; for `paper`, what WeasyPrint sets. A chart's own page has another `template`, `downloads`, and
    a `snippet` to embed it by.
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
        before=before,
        after=after,
        related=related,
        downloads=downloads,
        snippet=snippet,
        **({"searched": searched} if searched else {}),
        interactive=any(drawing.interactive for drawing in drawings.values()),
        contents=brief.words >= LONG,
    )
    return linked_back(page) if paper else page


def ledger(brief: EvaluatedBrief) -> tuple[StateCount, ...]:
    """How many of a brief's values are in each state; states with none are left out."""
    counted = [number.status for number in brief.numbers if number.kind not in NOT_COUNTED]
    return tuple(StateCount(status.value, n) for status in _STATES if (n := counted.count(status)))


def example_entries(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    """For each state that occurs, the first entry in it, as an example of how it is marked."""
    found: dict[str, Entry] = {}
    for status in _STATES:
        first = next((entry for entry in entries if entry.state.status is status and entry.text), None)
        if first is not None:
            found[status.value] = first
    return found
