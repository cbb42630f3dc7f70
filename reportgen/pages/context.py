"""The contexts of page templates: a frozen value for each template, its fields the names that it may use.

The pages of lists, facts and sources have theirs in `targets/contexts.py`; docs/templates.md is made of both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

from markupsafe import Markup

from reportgen.model.brief import folder_of
from reportgen.model.evaluated import EvaluatedBrief, FactEntry
from reportgen.pages.shell import Ledger, Shell, Site

NOTHING = Markup("")


class ShowText(Protocol):
    """Sets a text of a brief."""

    def __call__(self, text: str, *, bare: bool = False) -> Markup:
        """The text as HTML; `bare` prints values alone, as in headings."""
        ...


class ShowNotes(Protocol):
    """Sets the notes of texts beside which none stand, as those of the abstract."""

    def __call__(self, *texts: str) -> Markup:
        """Each note where it is first called; nothing on paper, where notes stand at the foot of the page."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """What every template is given."""

    template: ClassVar[str]
    """The name of the template."""
    shell: Shell
    """The page's path, and the relative path to the site's root."""
    head: Markup = NOTHING
    """Tags for the page's head: metadata for search engines and reference managers."""
    searched: tuple[tuple[str, str], ...] = ()
    """(filter, value) for the search index; empty if the page is not searched."""

    @property
    def site(self) -> Site:
        """The settings of site.yaml that pages show."""
        return self.shell.site


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContext(PageContext):
    """What the templates of a brief or a chart are given besides."""

    brief: EvaluatedBrief
    """The brief, or the page; of a chart's own page, a document with that chart alone."""
    show: ShowText
    """`show(brief.title, bare=True)` sets a text of the brief: values, citations, figures."""
    notes: ShowNotes
    """`notes(brief.abstract)` sets the notes that a text before the main one calls."""
    body: Markup
    """The main text, set, with its notes."""
    entries: tuple[FactEntry, ...]
    """The entries under "How we know", in the order of their letters."""
    states: Mapping[str, FactEntry]
    """State that occurs -> its first entry, as an example of how the state is marked."""
    interactive: bool
    """Whether a chart of the page can be explored, so that `chart.js` is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefContext(DocumentContext):
    """A brief's page."""

    template: ClassVar[str] = "brief.html"
    minutes: int
    """Reading time."""
    ledger: Ledger
    """How many of its numbers and dates, and of its statements, are in each state."""
    overdue: tuple[FactEntry, ...]
    """The entries that are past their review date."""
    related: Markup
    """Placeholder for the briefs that use the same facts."""
    pager: Markup
    """Placeholder for the briefs before and after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPageContext(DocumentContext):
    """A page beside the briefs."""

    template: ClassVar[str] = "page.html"
    overdue: tuple[FactEntry, ...]
    """The entries that are past their review date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContext(DocumentContext):
    """A brief on paper: the source of the PDF."""

    template: ClassVar[str] = "print.html"
    ledger: Ledger
    """How many of its numbers and dates, and of its statements, are in each state."""
    overdue: tuple[FactEntry, ...]
    """The entries that are past their review date."""
    contents: bool
    """Whether it is long enough for a page of contents."""


@dataclass(frozen=True, slots=True)
class ShowingBrief:
    """A brief that another page leads to."""

    slug: str
    title: str
    lang: str

    @property
    def folder(self) -> str:
        """Where it stands in the site: `briefs/wages/`."""
        return folder_of(self.slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartContext(DocumentContext):
    """A chart's own page."""

    template: ClassVar[str] = "chart.html"
    downloads: tuple[str, ...]
    """Names of the files beside the page."""
    briefs: tuple[ShowingBrief, ...]
    """The briefs that show it."""
    snippet: str
    """HTML that shows the chart on another site; empty where it is not drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedContext(DocumentContext):
    """A chart alone, for an `<iframe>` on another site's page."""

    template: ClassVar[str] = "embed.html"
