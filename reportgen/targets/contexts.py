"""What the templates of lists, facts and sources are given: a frozen value a template. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, get_type_hints

from markupsafe import Markup

from reportgen.brief.fact_pages import FactLine, FactPage, SourcePage
from reportgen.brief.subjects import CheckOutcome, Ruling, Subject
from reportgen.charts.sparkline import Spark, SparkPath
from reportgen.model.brief import folder_of
from reportgen.model.edition import NewValue
from reportgen.pages.context import PageContext
from reportgen.pages.listing import BriefListing
from reportgen.pages.shell import Site


@dataclass(frozen=True, slots=True)
class ChartCard:
    """A chart in a list."""

    id: str
    title: str
    subtitle: str
    kind: str
    svg: Markup
    """Its drawing for a phone; empty where it is set in type, or stands far down a long list."""


@dataclass(frozen=True, slots=True)
class BriefLink:
    """A brief, or a page of the authors' own, that a page links to."""

    slug: str
    title: str
    lang: str

    @property
    def folder(self) -> str:
        """Where it stands in the site: `briefs/wages/`."""
        return folder_of(self.slug)


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source in the list of all."""

    page: SourcePage
    reference: str
    """As the citation style prints it: HTML."""
    address: str
    """Where it can be read; empty where that is not known, or `reference` leads there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeContext(PageContext):
    """The home page."""

    template: ClassVar[str] = "home.html"
    briefs: tuple[BriefListing, ...]
    """Newest first."""
    sparks: Mapping[str, Spark | None]
    """Slug -> the small drawing beside a brief's key figure, where there is one."""
    picture: ChartCard | None
    """The newest brief's first chart, where its key figure has no drawing."""
    facts: int
    """How many facts there are."""
    sources: int
    """How many sources the site shows."""
    saved: int
    """How many of these have a saved copy."""
    quotes: int
    """How many quotations there are."""
    found: int
    """How many of these were found in a saved copy."""
    waived: int
    """How many numbers and dates of the briefs were typed by hand, each with a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsContext(PageContext):
    """The list of facts."""

    template: ClassVar[str] = "facts.html"
    subjects: tuple[Subject, ...]
    """Facts by what they measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactContext(PageContext):
    """A fact's page."""

    template: ClassVar[str] = "fact.html"
    fact: FactPage
    measure: str
    """The id of its measure; empty where it has none."""
    series: SparkPath | None
    """Its measure in time, where there are several values."""
    used_in: tuple[BriefLink, ...]
    """The briefs that print it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesContext(PageContext):
    """The list of sources."""

    template: ClassVar[str] = "sources.html"
    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class Falling:
    """What of a brief rests on a source."""

    slug: str
    title: str
    lang: str
    numbers: int
    """Numbers and dates that rest on it, of `all_numbers`."""
    all_numbers: int
    statements: int
    all_statements: int
    parts: tuple[tuple[str, str, str, int, int], ...]
    """(name, title, anchor, rows that rest on it, rows) of each figure and table, without rows where all of it does;
    boxes of sources that disagree have no name."""
    values: tuple[tuple[str, str, int], ...]
    """(as first printed, anchor of its entry, how often it is printed) of each fact and computation."""
    cited: int
    """How often the text cites the source."""

    @property
    def folder(self) -> str:
        """Where the brief stands in the site: `briefs/wages/`."""
        return folder_of(self.slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceContext(PageContext):
    """A source's page."""

    template: ClassVar[str] = "source.html"
    source: SourcePage
    reference: str
    """As the citation style prints it: HTML."""
    without: tuple[Falling, ...]
    """What rests on it, by brief."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineContext(PageContext):
    """All facts in time."""

    template: ClassVar[str] = "timeline.html"
    lines: tuple[tuple[FactLine, int], ...]
    """(fact, months since the one before it), earliest first."""
    plans: tuple[tuple[FactLine, int], ...] = ()
    """The same of dates that lay ahead when their sources were issued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartsContext(PageContext):
    """The list of charts."""

    template: ClassVar[str] = "charts.html"
    charts: tuple[ChartCard, ...]
    """Drawn ones first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutContext(PageContext):
    """How the site is made: method, rulings and checks."""

    template: ClassVar[str] = "about.html"
    facts: int
    """How many there are, like the other three."""
    sources: int
    conflicts: int
    checks: int
    style: str
    """The citation style's name."""
    rulings: tuple[Ruling, ...]
    outcomes: tuple[CheckOutcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendContext(PageContext):
    """What the marks mean."""

    template: ClassVar[str] = "legend.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchContext(PageContext):
    """The search page."""

    template: ClassVar[str] = "search.html"
    words: bool
    """Whether the index lists the words of the page's language, so that other forms of them are found."""


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """An author's reason in a list."""

    text: str
    """Plain text."""
    lang: str
    """Its language; empty where it is the page's."""


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition in a list."""

    id: str
    version: str
    iso: str
    """Its day."""
    time: str
    """The same in words."""
    kind: str
    """`first`, `correction`, `revision`, `update`, `clarification`, `minor` or `withdrawal`."""
    reasons: tuple[ReasonLine, ...]
    values: tuple[NewValue, ...]
    """What the reasons are about."""
    follows: tuple[NewValue, ...]
    """What was computed from these."""
    sha256: str
    """Of the PDF."""
    removed: tuple[str, str] = ("", "")
    """When it had to be removed, and why; empty where it stands."""


@dataclass(frozen=True, slots=True)
class LaterEdition:
    """What came after an edition."""

    latest: EditionLine
    since: tuple[NewValue, ...]
    """Values that it printed, and what they are now."""
    corrected: bool
    """Whether any of these was wrong."""


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A brief, a fact or another page that was corrected or revised."""

    address: str
    """Its folder in the site."""
    title: str
    edition: EditionLine
    changes: str
    """Where from its folder all differences stand; empty for what has no editions."""


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """What two editions say of one subject."""

    kind: str
    subject: str
    """A fact's claim, a figure's title, the sentence that a computation stands in, else by what it is known; empty of
    words that pages share."""
    old: str
    new: str
    because: tuple[str, ...]
    """Claims of the facts from which it follows."""
    reason: ReasonLine


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionsContext(PageContext):
    """The list of a brief's editions."""

    template: ClassVar[str] = "editions.html"
    slug: str
    of: str
    """The title of the brief."""
    editions: tuple[EditionLine, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChangesContext(PageContext):
    """What an edition says otherwise than the one before it."""

    template: ClassVar[str] = "edition-changes.html"
    slug: str
    of: str
    """The title of the brief."""
    old: EditionLine
    new: EditionLine
    rows: tuple[DifferenceRow, ...]
    words: tuple[tuple[str, str, str], ...]
    """(replace, delete or insert; old lines; new lines), numbers marked as in text.txt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsContext(PageContext):
    """The column of corrections of all briefs."""

    template: ClassVar[str] = "corrections.html"
    pages: tuple[ChangedPage, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedContext(PageContext):
    """An earlier address of a page."""

    template: ClassVar[str] = "moved.html"
    to: str
    """Where it stands now, from here."""
    address: str
    """The same, whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRemovedContext(PageContext):
    """The address of an edition that had to be removed."""

    template: ClassVar[str] = "edition-removed.html"
    of: str
    """The title of its brief, as it is now or was last."""
    edition: EditionLine
    day: str
    """ISO: when it was removed."""
    time: str
    """The same, as it is printed."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedOnPaperContext(EditionRemovedContext):
    """The same in place of the edition's PDF."""

    template: ClassVar[str] = "edition-removed-print.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneContext(PageContext):
    """An address that was given up."""

    template: ClassVar[str] = "gone.html"
    name: str
    """What it was called."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundContext(PageContext):
    """What a server answers with where there is no page."""

    template: ClassVar[str] = "404.html"
    colours: Markup
    """The tokens that site.yaml colours, as CSS."""


@cache
def names_given() -> dict[str, dict[str, Any]]:
    """Template that sets a page -> the names that it is given, each with its type."""
    found: dict[str, dict[str, Any]] = {}
    waiting: list[type[PageContext]] = [PageContext]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if "template" in vars(kind):
            hints = {name: hint for name, hint in get_type_hints(kind).items() if name != "template"}
            found[kind.template] = hints | {"site": Site}
    return found
