"""The site's settings, a page's path, and the ledger of its states. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.model.brief import folder_of
from reportgen.model.figure import Html
from reportgen.model.look import Logo


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that readers may go over to."""

    lang: str
    name: str
    """In itself: `Русский`."""
    path: str
    """Below the site: of the page's twin, else of the language's home page."""
    is_here: bool
    is_home: bool
    """Whether this page has no twin in it."""
    note: str
    """Says so, in that language; empty where it has one."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the authors' own in the navigation."""

    slug: str
    """`pages/methods`."""
    name: str
    lang: str

    @property
    def folder(self) -> str:
        """Where it stands in the site."""
        return folder_of(self.slug)


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages show of site.yaml."""

    title: str
    publisher: str
    description: str
    base_url: str
    lang: str
    license: str
    license_url: str
    paper: str
    as_of: str
    """In words."""
    pages: tuple[PageLink, ...] = ()
    """Pages of the authors' own, in the order of the navigation."""
    contact: str = ""
    """Where readers write to: a mail address or a web address."""
    has_editions: bool = False
    """Whether anything was published, and so may be corrected."""
    logo: Logo = field(default_factory=Logo)
    home: str = ""
    """The folder of its pages in this language: empty for the site's own, else `ru/`."""
    charts: frozenset[str] = frozenset()
    """Ids of the charts that have a page there."""
    selection: str = ""
    """How the sources were chosen, and what was not looked for."""
    selection_lang: str = ""
    """The language of this; empty where it is the page's."""
    tell: str = ""
    """Where readers write to of mistakes."""
    policy: Html = ""
    """How the publisher corrects."""
    policy_lang: str = ""
    """The language of this; empty where it is the page's."""

    def chart_folder(self, id: str) -> str:
        """Where a chart's own page stands, in this language if there is one."""
        return f"{self.home if id in self.charts else ''}charts/{id}/"


@dataclass(frozen=True, slots=True)
class Shell:
    """A page's path and its site."""

    site: Site
    path: str
    """Of the page below the site, e.g. `briefs/its-name/index.html`."""
    current: str = ""
    """The part of the site it belongs to: `briefs`, `facts`, …"""
    tongues: tuple[Tongue, ...] = ()
    """The languages of the site; none where it has one."""

    @property
    def alternates(self) -> tuple[tuple[str, str], ...]:
        """(language, address) of this page in each language in which it stands, `x-default` first; nothing where it
        has no twin."""
        same = [tongue for tongue in self.tongues if not tongue.is_home]
        if len(same) < 2:
            return ()
        pairs = (("x-default", same[0].path), *((tongue.lang, tongue.path) for tongue in same))
        return tuple((tag, self.site.base_url + path.removesuffix("index.html")) for tag, path in pairs)

    @property
    def root(self) -> str:
        """Relative path to the site's root: `../../`, or `` at the root."""
        return "../" * self.path.count("/")

    @property
    def canonical(self) -> str:
        """The page's own address."""
        return self.site.base_url + self.path.removesuffix("index.html")


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many of a brief's values are in a state."""

    status: str
    count: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many of what a brief prints is in which state; states with none are left out."""

    numbers: tuple[StateCount, ...]
    """Of numbers and dates."""
    statements: tuple[StateCount, ...]
    waived: int
    """Numbers that were typed by hand, each with a reason."""
