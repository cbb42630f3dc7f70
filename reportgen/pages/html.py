"""An evaluated brief, its drawings, the page's path and a theme in; its page, or its HTML for paper, out. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache, partial
from html import escape, unescape
from typing import Any, TypeVar

from markupsafe import Markup

from reportgen.brief.tags import readable
from reportgen.brief.typography import bound
from reportgen.language.direction import direction
from reportgen.late_patterns import regex
from reportgen.model.brief import stem_of
from reportgen.model.evaluated import EvaluatedBrief, FactEntry, NumberKind
from reportgen.model.fact import Status
from reportgen.pages.addresses import PageAddress, css_readdressed
from reportgen.pages.context import (
    NOTHING,
    BriefContext,
    ChartContext,
    DocumentContext,
    EmbedContext,
    OwnPageContext,
    PageContext,
    PaperContext,
    ShowingBrief,
)
from reportgen.pages.directions import directed
from reportgen.pages.inserts import Drawing, Inserts
from reportgen.pages.shell import Ledger, Shell, StateCount
from reportgen.pages.theme import Medium, Theme

Given = TypeVar("Given", bound=DocumentContext)
RELATED, PAGER = Markup("<!--related-->"), Markup("<!--pager-->")
"""Placeholders for links to other briefs; an author's text cannot contain a comment."""
WORDS_A_MINUTE = 220
_STATES = (
    Status.VERIFIED,
    Status.INFERRED,
    Status.PARAPHRASE,
    Status.COMPUTED,
    Status.DISPUTED,
    Status.OVERDUE,
    Status.UNVERIFIED,
)
"""In the order of the ledger."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A brief that another one links to."""

    slug: str
    title: str
    shared: int = 0
    """Number of facts that both print."""
    lang: str = "en"

    @property
    def stem(self) -> str:
        """Its folder among the briefs of its language."""
        return stem_of(self.slug)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The briefs that a brief's page links to."""

    before: Neighbour | None = None
    """Published before it, and `after` it."""
    after: Neighbour | None = None
    related: tuple[Neighbour, ...] = ()
    """Briefs that use the same facts."""


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
    minutes = max(1, math.ceil(brief.words / WORDS_A_MINUTE))
    context = _document(
        BriefContext, brief, drawings, shell, theme, head=head, searched=searched, minutes=minutes,
        ledger=ledger(brief), overdue=_overdue(brief), related=RELATED, pager=PAGER,
    )  # fmt: skip
    return theme.page(context, brief.lang)


def render_page(
    brief: EvaluatedBrief,
    drawings: Mapping[str, Drawing],
    shell: Shell,
    theme: Theme,
    *,
    head: Markup = NOTHING,
    searched: tuple[tuple[str, str], ...] = (),
) -> str:
    """A page beside the briefs."""
    context = _document(
        OwnPageContext, brief, drawings, shell, theme, head=head, searched=searched, overdue=_overdue(brief)
    )
    return theme.page(context, brief.lang)


def render_paper(brief: EvaluatedBrief, drawings: Mapping[str, Drawing], shell: Shell, theme: Theme) -> str:
    """A brief as WeasyPrint sets it."""
    context = _document(
        PaperContext, brief, drawings, shell, theme, medium="paper", ledger=ledger(brief), overdue=_overdue(brief),
        contents=brief.words >= LONG,
    )  # fmt: skip
    body = _SIZED.sub(r'\1 style="width: \2px"', with_addresses(context.body))
    return linked_back(theme.page(replace(context, body=Markup(body)), brief.lang))


def render_chart(
    document: EvaluatedBrief,
    drawings: Mapping[str, Drawing],
    shell: Shell,
    theme: Theme,
    *,
    head: Markup,
    downloads: tuple[str, ...],
    briefs: tuple[ShowingBrief, ...],
    snippet: str,
    embedded: Shell | None,
) -> tuple[str, str]:
    """A chart's own page, of the document that shows it alone; and the chart alone for an `<iframe>`, where that has a
    shell."""
    context = _document(
        ChartContext, document, drawings, shell, theme, head=head, downloads=downloads, briefs=briefs, snippet=snippet
    )
    page = theme.page(context, document.lang)
    if embedded is None:
        return page, ""
    names = {field.name for field in fields(DocumentContext)} - {field.name for field in fields(PageContext)}
    alone = EmbedContext(shell=embedded, **{name: getattr(context, name) for name in names})
    return page, _led_outwards(theme.page(alone, document.lang))


def _led_outwards(page: str) -> str:
    """A chart alone, in which links to what only the chart's own page has, as references, lead there."""
    here = set(_ID.findall(page))
    return _INWARD.sub(lambda m: m[0] if unescape(m[2]) in here else f"{m[1]}index.html#{m[2]}", page)


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
    inserts = Inserts(brief, theme, medium, drawings, shell.site.base_url)
    return kind(
        shell=shell,
        brief=brief,
        show=inserts.html,
        notes=inserts.notes,
        body=inserts.body(),
        entries=brief.entries,
        states=example_entries(brief.entries),
        interactive=any(drawing.interactive for drawing in drawings.values()),
        **more,
    )


def with_neighbours(page: str, beside: Neighbours, theme: Theme, lang: str) -> str:
    """A brief's page with the briefs beside it filled in."""
    macro = theme.macros("beside.html", lang)
    page = page.replace(RELATED, directed(bound(macro("related", beside.related)), direction(lang)))
    return page.replace(PAGER, directed(bound(macro("pager", beside.before, beside.after)), direction(lang)))


def styled(page: str, css: str) -> str:
    """A page with its stylesheet in it, so that nothing waits for another file; it says where it was."""

    def put_in(found: re.Match[str]) -> str:
        return f'<style data-from="{found[1]}">\n{_inside(css, found[1].rpartition("/")[0])}</style>'

    return _STYLESHEET.sub(put_in, page, count=1)


@lru_cache(4)
def _inside(css: str, folder: str) -> str:
    """The stylesheet of a folder, as it stands in a page. Those of many pages are the same."""
    return css_readdressed(css.replace("</", "<\\/"), "style", partial(_from_page, folder))


def _from_page(folder: str, address: PageAddress) -> str:
    """An address of a stylesheet in a folder, as it is for the page that the stylesheet is put into."""
    return address.text if _ELSEWHERE.match(address.text) else f"{folder}/{address.text}"


def ledger(brief: EvaluatedBrief) -> Ledger:
    """How many of a brief's numbers and dates, and of its statements, are in each state."""

    def counts(statements: bool) -> tuple[StateCount, ...]:
        states = [number.status for number in brief.numbers if number.statement is statements]
        return tuple(StateCount(status.value, n) for status in _STATES if (n := states.count(status)))

    waived = sum(number.kind is NumberKind.WAIVER for number in brief.numbers)
    return Ledger(counts(False), counts(True), waived)


def _overdue(brief: EvaluatedBrief) -> tuple[FactEntry, ...]:
    return tuple(brief.entries[index] for index in brief.overdue)


def example_entries(entries: tuple[FactEntry, ...]) -> dict[str, FactEntry]:
    """State that occurs -> its first entry, as an example of how the state is marked."""
    first = {entry.state.status: entry for entry in reversed(entries) if entry.text}
    return {status.value: first[status] for status in _STATES if status in first}


_STYLESHEET = regex(r'<link rel="stylesheet" href="([^"]*assets/style\.css)">')
_ELSEWHERE = regex(r"[a-z][a-z0-9+.-]*:|[/#]|$", re.IGNORECASE)
LONG = 3500
"""Words from which a brief has a page of contents: about eight pages."""
_MARK = regex(r'<a class="(fact(?: said)?)" href="#([^"]+)"')
_BACK = regex(r'<a class="letter" href="#mark-([^"]+)">([a-z]+)</a>')
_OUTWARD = regex(r'<a href="(https?://[^"]+)"[^>]*>(.*?)</a>', re.S)
_INWARD = regex(r'(<a\b[^<>]*\shref=")#([^"]+)')
_ID = regex(r'<[^<>]*\sid="([^"]+)"')
_SIZED = regex(r'(<img\b[^<>]*\bwidth="(\d+)")')
"""A picture with a width, which WeasyPrint reads of a style alone."""
_TAG = regex(r"<[^>]+>")


def linked_back(html: str) -> str:
    """The letter of each entry links to its first mark; the letter of an entry without a mark is plain text."""
    marked: set[str] = set()

    def mark(found: re.Match[str]) -> str:
        if found[2] in marked:
            return found[0]
        marked.add(found[2])
        return f'<a class="{found[1]}" id="mark-{found[2]}" href="#{found[2]}"'

    html = _MARK.sub(mark, html)
    return _BACK.sub(lambda m: m[0] if m[1] in marked else f'<span class="letter">{m[2]}</span>', html)


def with_addresses(html: str) -> str:
    """The address of each link printed after its text, if the text does not contain it."""

    def printed(found: re.Match[str]) -> str:
        short, words = readable(unescape(found[1])).partition("://")[2].rstrip("/"), unescape(_TAG.sub("", found[2]))
        if short in words or short in readable(words):
            return found[0]
        return f'{found[0]} <span class="url" data-n="label">({escape(short, quote=False)})</span>'

    return _OUTWARD.sub(printed, html)
