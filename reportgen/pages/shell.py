"""What surrounds every page: the site's name, where its root is, what it links to. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.model.evaluated import NumberKind


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


@dataclass(frozen=True, slots=True)
class Shell:
    """One page's surroundings."""

    site: Site
    path: str
    """Of the page below the site, e.g. `briefs/its-name/index.html`."""
    current: str = ""
    """The part of the site it belongs to: `briefs`, `facts`, …"""

    @property
    def root(self) -> str:
        """The way back to the site's root: `../../`, or `` at the root."""
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


NOT_COUNTED = frozenset({NumberKind.SCALE, NumberKind.WAIVER, NumberKind.DATASET})
"""What the ledger leaves out."""
