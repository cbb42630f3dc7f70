"""All that the authors wrote, loaded and indexed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.diagnostics import Places
from reportgen.model.brief import Brief
from reportgen.model.chart import Chart
from reportgen.model.dataset import Dataset
from reportgen.model.edition import Change, Edition
from reportgen.model.edtf import Edtf
from reportgen.model.fact import Check, Conflict, Fact
from reportgen.model.glossary import GlossaryTerm
from reportgen.model.lock import Lock
from reportgen.model.look import Logo, Palette
from reportgen.model.measure import Measure
from reportgen.model.quantity import UnitForms
from reportgen.model.source import Source
from reportgen.model.text import Text


@dataclass(frozen=True, slots=True)
class Corrections:
    """How a publisher corrects, as readers are told."""

    contact: str = ""
    """Where readers write to of mistakes; empty means the `contact` of the site."""
    policy: Text = field(default_factory=lambda: Text(()))
    """Markdown without calls."""


@dataclass(frozen=True, slots=True)
class Settings:
    """site.yaml."""

    title: Text
    publisher: Text
    base_url: str
    """Where the site will stand, with a slash at the end."""
    lang: str = "en"
    languages: tuple[str, ...] = ()
    """In the order in which readers are offered them, that of the site first; empty where site.yaml names none."""
    as_of: Edtf | None = None
    """The day that ages are counted to; None means the newest brief's date."""
    citation_style: str = "apa"
    """A name of a CSL style, or a `.csl` file's path from the project's root."""
    names: tuple[str, ...] = ()
    """Words with digits that are not numbers."""
    places: tuple[tuple[str, Text], ...] = ()
    """(code, name to show); other ISO 3166 codes are named by the locale data."""
    description: Text = field(default_factory=lambda: Text(()))
    license: Text = field(default_factory=lambda: Text(()))
    """In words, e.g. `CC BY 4.0`."""
    license_url: str = ""
    published: str = "cited"
    """Which sources stand in the site: `cited` ones, or `all`."""
    paper: str = "A4"
    """`A4` or `Letter`."""
    fonts: tuple[str, ...] = ()
    """For signs that ours lack: files of content/fonts/, as `fonts/NotoSansJP.otf`, and families of this machine. The
    first that has a sign prints it."""
    colors: Palette = field(default_factory=Palette)
    """Colours in place of ours."""
    logo: Logo = field(default_factory=Logo)
    """In place of the publisher's name at the head of pages and PDFs."""
    changes: tuple[Change, ...] = ()
    """Why something that no brief prints is another now than it was published."""
    archive: str = ""
    """The folder of saved sources, from the project's root; empty means `saved`."""
    timestamp: str = ""
    """Address of a service that signs when a source was saved (RFC 3161); empty where none is asked."""
    contact: str = ""
    """Where readers write to: a mail address or a web address; empty where they are given none."""
    selection: Text = field(default_factory=lambda: Text(()))
    """How the sources were chosen, and what was not looked for."""
    corrections: Corrections = field(default_factory=Corrections)
    at: Places = field(kw_only=True, compare=False, metadata={"place": True})


@dataclass(frozen=True, slots=True)
class Project:
    """Everything, by id, in the order of the files."""

    settings: Settings
    sources: Mapping[str, Source]
    measures: Mapping[str, Measure]
    units: Mapping[str, UnitForms]
    facts: Mapping[str, Fact]
    conflicts: Mapping[str, Conflict]
    checks: Mapping[str, Check]
    datasets: Mapping[str, Dataset]
    charts: Mapping[str, Chart]
    briefs: Mapping[str, Brief]
    pages: Mapping[str, Brief]
    """Pages beside the briefs, by their slugs, which begin with `pages/`."""
    glossary: tuple[GlossaryTerm, ...]
    """The terms that pages explain."""
    lock: Lock
    """What `reportgen verify` found, as of the last time that it ran."""
    style: str
    """The citation style, as CSL."""
    templates: Mapping[str, str]
    """Page templates and stylesheets by name: the project's own, over ours."""
    images: Mapping[str, bytes]
    """Authors' pictures by path below content/images/."""
    words: Mapping[str, Mapping[str, str | Mapping[str, str]]] = field(default_factory=dict)
    """Language -> the program's words in it, those that the project gives: English phrase -> phrase, or its forms."""
    fonts: Mapping[str, bytes] = field(default_factory=dict)
    """The font files that the settings name, as they name them."""
    nouns: frozenset[str] = frozenset()
    """Units of datasets' columns that are made of counted nouns."""
    broken: frozenset[tuple[str, str]] = frozenset()
    """(kind, id) of what stands in the files but could not be made, so that no reference to it is reported twice. An
    empty id stands for all that an unreadable file holds."""
    editions: Mapping[str, tuple[Edition, ...]] = field(default_factory=dict)
    """Slug -> what was published of a brief, under its earlier names too, oldest first."""
    edition_files: Mapping[str, bytes] = field(default_factory=dict)
    """Path from the project's root -> what an edition froze."""
    records: tuple[Edition, ...] = ()
    """What the site printed beside its briefs each time that it was released, oldest first."""
    gone: Mapping[str, Text] = field(default_factory=dict)
    """Address of a page that was given up, `facts/old-id` -> why."""
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Kind, as addresses begin with it, and `datasets` -> an earlier name -> the id now."""

    @property
    def data_files(self) -> frozenset[str]:
        """The hashes of the files that datasets are read from."""
        return frozenset(dataset.sha256 for dataset in self.datasets.values() if dataset.sha256)

    @property
    def documents(self) -> Mapping[str, Brief]:
        """The briefs, and after them the pages, by their slugs."""
        return {**self.briefs, **self.pages}
