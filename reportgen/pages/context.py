"""What a page's template is given: a frozen value a template, each name in it with its meaning. Values only.

The pages of lists, facts and sources have theirs in `targets/contexts.py`; docs/templates.md is made of both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

from markupsafe import Markup

from reportgen.model.evaluated import EvaluatedBrief, FactEntry
from reportgen.pages.shell import Shell, Site, StateCount

NOTHING = Markup("")


class ShowText(Protocol):
    """Sets a text of a brief."""

    def __call__(self, text: str, *, bare: bool = False) -> Markup:
        """The text as HTML; `bare` prints values alone, as in headings."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """What every template is given."""

    template: ClassVar[str]
    """The name of the template."""
    shell: Shell
    """What surrounds the page: where it stands, and the way to the site's root."""
    head: Markup = NOTHING
    """Tags for the page's head: metadata for search engines and reference managers."""
    searched: tuple[tuple[str, str], ...] = ()
    """(filter, value) by which search finds the page; empty where search passes it over."""

    @property
    def site(self) -> Site:
        """What all pages show of site.yaml."""
        return self.shell.site


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContext(PageContext):
    """What the templates of a brief or a chart are given besides."""

    brief: EvaluatedBrief
    """The brief; of a chart's own page, a document with that chart alone."""
    show: ShowText
    """`show(brief.title, bare=True)` sets a text of the brief: values, citations, figures."""
    body: Markup
    """The main text, set."""
    entries: tuple[FactEntry, ...]
    """What stands under "How we know", in the order of the letters."""
    states: Mapping[str, FactEntry]
    """State that occurs -> the first entry in it, as an example of how it is marked."""
    interactive: bool
    """Whether a chart of the page can be explored, so that `chart.js` is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefContext(DocumentContext):
    """A brief's page."""

    template: ClassVar[str] = "brief.html"
    minutes: int
    """How long it takes to read."""
    ledger: tuple[StateCount, ...]
    """How many of its values are in each state."""
    total: int
    """How many values it prints."""
    related: Markup
    """Where the briefs that rest on the same facts are filled in."""
    pager: Markup
    """Where the briefs before and after it are filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContext(DocumentContext):
    """A brief on paper: what the PDF is set from."""

    template: ClassVar[str] = "print.html"
    ledger: tuple[StateCount, ...]
    """How many of its values are in each state."""
    total: int
    """How many values it prints."""
    contents: bool
    """Whether it is long enough for a page of contents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartContext(DocumentContext):
    """A chart's own page."""

    template: ClassVar[str] = "chart.html"
    downloads: tuple[str, ...]
    """Names of the files beside the page."""
    snippet: str
    """HTML that shows the chart on another site; empty where it is not drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedContext(DocumentContext):
    """A chart alone, to stand in a frame on another site's page."""

    template: ClassVar[str] = "embed.html"
