"""The site's settings, a page's path, and the ledger of its states. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.model.look import Logo


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the authors' own in the navigation."""

    slug: str
    """`pages/methods`."""
    name: str
    lang: str


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
    has_editions: bool = False
    """Whether anything was published, and so may be corrected."""
    logo: Logo = field(default_factory=Logo)


@dataclass(frozen=True, slots=True)
class Shell:
    """A page's path and its site."""

    site: Site
    path: str
    """Of the page below the site, e.g. `briefs/its-name/index.html`."""
    current: str = ""
    """The part of the site it belongs to: `briefs`, `facts`, …"""

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
