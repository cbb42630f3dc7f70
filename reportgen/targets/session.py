"""A project's answers and the engines in, what all targets are made with out. Keeps what was evaluated."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import jinja2
from jinja2.bccache import Bucket
from jinja2.meta import find_referenced_templates

from reportgen.brief.cited import Cite
from reportgen.brief.evaluate import Evaluation
from reportgen.brief.markdown import policy_html
from reportgen.brief.shown_sources import cited_in, lasting_sources
from reportgen.citing.pandoc import pandoc_path, pandoc_version
from reportgen.drawing.png import png_version
from reportgen.drawing.v8 import plotly_js_path, plotly_js_version
from reportgen.editions.evaluating import ToldBrief, evaluate_told
from reportgen.facts.answers import Answers
from reportgen.facts.tongues import Twin, bare_path, languages, prefix_of
from reportgen.facts.view import View
from reportgen.fonts.typefaces import Shelf
from reportgen.fonts.webfonts import web_fonts_version
from reportgen.language.locales import own_name
from reportgen.late_patterns import regex
from reportgen.model.brief import Brief, BriefStatus, original_of, tongue_of
from reportgen.model.edition import ChangeKind, whole
from reportgen.model.edtf import parse_edtf
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.model.project import Project
from reportgen.model.reads import ReadKey
from reportgen.pages.default_theme import default_templates
from reportgen.pages.shell import PageLink, Shell, Site, Tongue
from reportgen.pages.theme import Theme
from reportgen.pages.tongues import in_language
from reportgen.pdf.render import pdf_engine_version
from reportgen.quantities.dates import format_date
from reportgen.rebuild.beside import keep, kept
from reportgen.rebuild.digest import ABSENT, Digest, Digested, digest
from reportgen.rebuild.store import DiskStore
from reportgen.rebuild.target import Reader
from reportgen.searching.pagefind import search_version

Formats = Literal["html", "pdf", "all"]


@dataclass(frozen=True, slots=True)
class Engine:
    """Another program that decides what is made."""

    version: Callable[[], str]
    """What traces read of it."""
    files: Callable[[], Iterable[Path]]
    """Those that are replaced when its version changes: by them a build of which nothing changed knows that it is still
    the same, without loading it."""


def _module_file(name: str) -> Path:
    """The file of an installed module, which is not imported."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed")
    return Path(spec.origin)


def _pango_files() -> list[Path]:
    """Pango's shared library, where the system tells which this process has loaded or would load."""
    maps = Path("/proc/self/maps")
    if maps.exists():
        fields = (line.split(maxsplit=5) for line in maps.read_text("utf-8", "surrogateescape").splitlines())
        found = {line[5] for line in fields if len(line) == 6}
    else:
        from ctypes.util import find_library  # slow to import

        found = set(filter(None, map(find_library, ("pango-1.0", "libpango-1.0-0"))))
    return [Path(path) for path in sorted(found) if "pango-1.0" in path and Path(path).is_file()]


_FONT_PACKAGES = ("fontpkg_ibm_plex_sans", "fontpkg_ibm_plex_serif", "fontTools", "uharfbuzz", "brotli")
_ENGINES: dict[str, Engine] = {
    "pandoc": Engine(pandoc_version, lambda: [pandoc_path()]),
    "plotly.js": Engine(plotly_js_version, lambda: [plotly_js_path()]),
    "pdf": Engine(pdf_engine_version, lambda: [_module_file("weasyprint"), *_pango_files()]),
    "fonts": Engine(web_fonts_version, lambda: map(_module_file, _FONT_PACKAGES)),
    "search": Engine(search_version, lambda: [_module_file("pagefind_bin")]),
    "png": Engine(png_version, lambda: map(_module_file, ("resvg", "uharfbuzz", "fontpkg_ibm_plex_sans"))),
}
TYPEFACES: ReadKey = ("version", "typefaces")
"""The read of all fonts that stand in for ours, by what holds a sign that ours lack."""
_SITE = (
    "title",
    "publisher",
    "description",
    "base_url",
    "lang",
    "license",
    "license_url",
    "paper",
    "logo",
    "contact",
    "selection",
    "corrections",
)
_SHOWN = regex(r"""\((?:(?<=\bchart.)|(?<=\btable.)|(?<=\btimeline.))\s*["']([a-z0-9][a-z0-9-]*)["']""")
"""It begins with what a text has few of: each text of the site is looked through."""
_REFERRING = regex(r"{%[-+]?\s*(?:extends|include|import|from)\b.*?%}", re.S)
LEFT: ReadKey = ("published", "left")
"""The read of which briefs a release leaves as they are."""
MOST_EVALUATED = 32
"""Evaluated documents kept in memory; targets made later need only their digests."""
_PLACED = frozenset({"chart", "conflict", "dataset"})
"""Kinds whose texts are set in type wherever they are read, so that the places of numbers in them are printed too."""


class Session:
    """The project's answers, the engines, the theme, and what was evaluated already."""

    def __init__(
        self,
        answers: Answers,
        cite: Cite,
        program: str,
        slugs: tuple[str, ...] | None = None,
        store: DiskStore | None = None,
        pages: tuple[str, ...] | None = None,
        sources: tuple[str, ...] | None = None,
        *,
        keeping: bool = False,
    ) -> None:
        """`slugs`, `pages` and `sources`: what the site holds, where that is not what is published. `keeping`: whether
        compiled templates are kept without a store too; `program` is then the digest of the program."""
        self.slugs = published(answers.project) if slugs is None else slugs
        """Of the briefs whose addresses show them, those that are withdrawn too."""
        self.listed = tuple(slug for slug in self.slugs if not _is_withdrawn(answers.project, slug))
        """Of the briefs that lists, feeds and the search show."""
        self.kept = tuple(slug for slug in kept_drafts(answers.project) if slug not in self.slugs)
        """Slugs of the drafts whose addresses keep the last edition: lists, feeds and the search show that."""
        self.pages = published_pages(answers.project) if pages is None else pages
        """Slugs of the pages beside the briefs that the site holds."""
        cited = _KeptCitations(store, program) if store else cited_in
        self.sources = (
            lasting_sources(answers.project, (*self.slugs, *self.pages), cited) if sources is None else sources
        )
        """Ids of the sources that the site holds."""
        self.answers = answers
        self.project = answers.project
        self.shelf = Shelf(answers.project)
        self.lang = answers.project.settings.lang
        self.cite = cite
        compiled = _CompiledTemplates(store, program) if store or keeping else None
        self.theme = Theme(answers.project.templates, compiled, answers.project.settings.colors, answers.project.words)
        self.languages = languages(answers.project)
        """The site's, that of its root first."""
        self.sites = {lang: _site(answers, self.pages, lang) for lang in self.languages}
        """What pages in each language show of site.yaml."""
        self.site = self.sites[self.lang]
        self.left: tuple[str, ...] = ()
        """Slugs of briefs that a release leaves as they were published, whatever is wrong with them: its pages wait for
        none of them."""
        self.alone: dict[str, tuple[Brief, ...]] = {}
        """Id of a chart -> the documents of its own pages."""
        self.program = program
        self.keeping = keeping or store is not None
        """Whether what is the same in all projects is kept beside the program."""
        self._evaluated: dict[str, ToldBrief] = {}
        self._digests: dict[ReadKey, Digest] = {}
        self._included: dict[str, tuple[ReadKey, ...]] = {}

    @cached_property
    def showing(self) -> Mapping[str, tuple[str, ...]]:
        """Id of a chart, table or timeline -> slugs of the briefs that name it, or whose last edition shows it."""
        found: dict[str, list[str]] = {}
        for slug in published(self.project):
            for id in dict.fromkeys(_SHOWN.findall(self.project.briefs[slug].body)):
                found.setdefault(id, []).append(slug)
        for slug in self.kept:
            for id in dict.fromkeys(chart.id for chart in self.project.editions[slug][-1].printed.charts):
                found.setdefault(id, []).append(slug)
        return {id: tuple(slugs) for id, slugs in found.items()}

    def take_over(self, before: Session, briefs: frozenset[str]) -> None:
        """Take over an earlier session's results, where only these briefs' texts have changed since."""
        self._digests = {
            key: seen
            for key, seen in before._digests.items()
            if key[0] not in ("published", "showing")
            and key != ("all", "briefs")
            and not (key[0] == "brief" and key[1] in briefs)
        }
        self._evaluated = {slug: found for slug, found in before._evaluated.items() if slug not in briefs}
        self._included, self.theme = before._included, before.theme

    def digest_of(self, key: ReadKey) -> Digest:
        """The digest of an answer as of now."""
        if key not in self._digests:
            answer = self._answer(key)
            self._digests[key] = ABSENT if answer is None else digest(answer)
        return self._digests[key]

    def _answer(self, key: ReadKey) -> object:
        match key:
            case ("version", "typefaces"):
                return self.shelf.version
            case ("version", name):
                return self.program if name == "program" else _ENGINES[name].version()
            case ("words",):
                return self.project.words
            case ("published",):
                return self.listed, self.kept
            case ("published", "left"):
                return self.left
            case ("published", "pages"):
                return self.pages
            case ("showing", id):
                return self.showing.get(id)
            case ("navigation",):
                return tuple((lang, site.pages) for lang, site in self.sites.items())
            case ("brief", id, "place"):
                return _placed(self.project.documents.get(id))
            case ("published", "sources"):
                return self.sources
            case ("editions", slug):
                return tuple((edition.sha256, edition.removal) for edition in self.project.editions.get(slug, ()))
            case (kind, id, "place"):
                return _placed(getattr(self.project, f"{kind}s").get(id))
        return self.answers.answer(key)

    def engine_files(self) -> set[Path]:
        """Files of the engines whose versions were read."""
        read = (engine for name, engine in _ENGINES.items() if ("version", name) in self._digests)
        fonts = self.shelf.files() if TYPEFACES in self._digests else ()
        return {path for engine in read for path in engine.files()}.union(fonts)

    def evaluate(self, brief: Brief, reader: Reader) -> Evaluation:
        """Evaluates a brief; what it looks at is read."""
        view = View(self.answers)
        found = self._keep(brief, evaluate_told(brief, view, self.cite)).evaluation
        record(reader, view, ("version", "pandoc"), *self._places(view))
        return found

    def _keep(self, brief: Brief, found: ToldBrief) -> ToldBrief:
        """Keep an evaluation, and drop the oldest beyond the limit."""
        self._evaluated[brief.slug] = found
        if len(self._evaluated) > MOST_EVALUATED:
            del self._evaluated[next(iter(self._evaluated))]
        return found

    def _places(self, view: View) -> Iterator[ReadKey]:
        """Whose lines provenance and warnings name: what an author wrote in other files than the brief's."""
        for kind, *id in view.reads:
            fact = self.project.facts.get(id[0]) if kind == "fact" else None
            if kind in _PLACED or (fact is not None and (fact.note or fact.reading)):
                yield (kind, *id, "place")

    def evaluated(self, brief: Brief, reader: Reader) -> EvaluatedBrief:
        """A brief's value, of which `reader` reads no more than whether it is another than before."""
        reader.output(evaluation(brief.slug))
        return self.known(brief)

    def known(self, brief: Brief) -> EvaluatedBrief:
        """A brief's value, for targets that have recorded what they read of it."""
        found = self._evaluated.get(brief.slug)
        return (found or self._keep(brief, evaluate_told(brief, View(self.answers), self.cite))).evaluation.brief

    def told(self, brief: Brief) -> ToldBrief:
        """A brief's value with its history, as a release takes it."""
        found = self._evaluated.get(brief.slug)
        return found or self._keep(brief, evaluate_told(brief, View(self.answers), self.cite))

    def shell(self, reader: Reader, path: str, current: str, *templates: str, lang: str = "") -> Shell:
        """A page's surroundings, in the site's language or another; the templates that it is laid out with are read."""
        reader.record(("as-of",))
        reader.record(("navigation",))
        reader.record(("has-editions",))
        for name in _SITE:
            reader.record(("setting", name))
        self.themed(reader, *templates)
        lang = lang if lang in self.sites else self.lang
        return Shell(self.sites[lang], path, current, self._tongues(reader, path, lang))

    def _tongues(self, reader: Reader, path: str, lang: str) -> tuple[Tongue, ...]:
        """The languages that a page's reader may go over to."""
        reader.record(("languages",))
        twins = {twin.lang: twin.path for twin in self.twins(reader, path)}
        if len(self.languages) < 2 and len(twins) < 2:
            return ()
        twins = twins or {lang: path}
        return tuple(
            Tongue(
                tag,
                own_name(tag),
                twins.get(tag) or f"{self.sites[tag].home}index.html",
                twins.get(tag) == path,
                tag not in twins,
                "" if tag in twins else self.answers.furniture(tag).phrase("home page"),
            )
            for tag in dict.fromkeys((*(tag for tag in twins if tag not in self.sites), *self.languages))
        )

    def twins(self, reader: Reader, path: str) -> tuple[Twin, ...]:
        """A page in each language in which it stands."""
        key = ("twins", path)
        reader.record(key)
        found = self.answers.answer(key)
        assert isinstance(found, tuple)
        return found

    def linked(self, reader: Reader, html: str, path: str, lang: str) -> str:
        """A page with its links to the pages in its language; what it links to is read. Nothing changes in a page of
        the site's language at its root."""
        if lang not in self.sites or (lang == self.lang and bare_path(path, self.languages) == path):
            return html
        return in_language(html, path, lang, lambda to: self.twins(reader, bare_path(to, self.languages)))

    def themed(self, reader: Reader, *templates: str) -> Theme:
        """The theme, of which these templates and all that they include are read."""
        reader.record(("words",))
        for template in templates:
            for key in self._templates_of(template):
                reader.record(key)
        return self.theme

    def _templates_of(self, template: str) -> tuple[ReadKey, ...]:
        """Reads of a template and of all that it includes, however deep."""
        if template not in self._included:
            found: dict[ReadKey, None] = {}
            waiting = [template]
            while waiting:
                name = waiting.pop()
                if ("template", name) not in found:
                    found["template", name] = None
                    for other in _references(self.project.templates.get(name, "")):
                        if other is None:  # a name that is worked out may be any
                            found["all", "templates"] = None
                            waiting += self.project.templates
                        else:
                            waiting.append(other)
            self._included[template] = tuple(found)
        return self._included[template]


class _CompiledTemplates(jinja2.BytecodeCache):
    """Templates compiled by an earlier build: compiling takes longer than laying out a page. Ours, which all projects
    share, stand beside the program's own modules, as Python compiled them; the others in the project's store, where
    ours do too if nothing may be written there."""

    def __init__(self, store: DiskStore | None, program: str) -> None:
        self._store = store
        self._program = program
        """Differs once our filters, Jinja or Python do: bytecode holds what they made of constants."""
        self._ours = frozenset(map(self.get_source_checksum, default_templates().values()))

    def load_bytecode(self, bucket: Bucket) -> None:
        bytecode = None
        if bucket.checksum in self._ours:
            bytecode = kept(f"template-{bucket.key}", self._key(bucket))
        if bytecode is None and self._store:
            bytecode = self._store.text("template", self._key(bucket))
        if bytecode is not None:
            bucket.bytecode_from_string(bytecode)

    def dump_bytecode(self, bucket: Bucket) -> None:
        bytecode = bucket.bytecode_to_string()
        if bucket.checksum in self._ours and keep(f"template-{bucket.key}", self._key(bucket), bytecode):
            return
        if self._store:
            self._store.put_text("template", self._key(bucket), bytecode)

    def _key(self, bucket: Bucket) -> str:
        return digest((self._program, bucket.key, bucket.checksum))


class _KeptCitations:
    """What each text cites, as an earlier build read it: to read all texts again takes longer than to load them."""

    def __init__(self, store: DiskStore, program: str) -> None:
        self._store = store
        self._program = program
        """Differs once what reads citations does."""

    def __call__(self, text: str, lang: str, blocks: bool) -> Collection[str]:
        key = digest((self._program, text, lang, blocks))
        kept = self._store.text("cited", key)
        if kept is not None:
            return frozenset(json.loads(kept))
        found = sorted(cited_in(text, lang, blocks))
        self._store.put_text("cited", key, json.dumps(found).encode())
        return found


def _placed(found: Any) -> object:
    """Where something stands."""
    known = getattr(found, "known_places", "")
    return Digested(known) if known else None if found is None else found.at.positions


def _is_withdrawn(project: Project, slug: str) -> bool:
    return project.briefs[slug].status is BriefStatus.WITHDRAWN


def published(project: Project) -> tuple[str, ...]:
    """Slugs of the briefs that are not drafts."""
    return tuple(slug for slug, brief in project.briefs.items() if brief.is_public)


def kept_drafts(project: Project) -> tuple[str, ...]:
    """Slugs of the drafts that were published before, and not withdrawn."""
    standing = ((slug, whole(history)) for slug, history in project.editions.items())
    found = ((slug, project.briefs.get(slug), history) for slug, history in standing if history)
    return tuple(
        slug
        for slug, brief, history in found
        if brief is not None
        and not brief.is_public
        and all(change.kind is not ChangeKind.WITHDRAWAL for change in history[-1].note.changes)
    )


def published_pages(project: Project) -> tuple[str, ...]:
    """Slugs of the pages beside the briefs that are not drafts."""
    return tuple(slug for slug, page in project.pages.items() if page.is_public)


def _references(template: str) -> tuple[str | None, ...]:
    """Names of the templates that one extends, includes or imports; None for one that is worked out."""
    tags = "".join(_REFERRING.findall(template))
    try:
        return tuple(find_referenced_templates(jinja2.Environment().parse(tags))) if tags else ()
    except jinja2.TemplateSyntaxError:
        return ()


def evaluation(slug: str) -> str:
    """The name of the target that evaluates a brief."""
    return f"evaluate {slug}"


def record(reader: Reader, view: View, *more: ReadKey) -> None:
    """Passes on what a view looked at."""
    for key in (*sorted(view.reads), *more):
        reader.record(key)


def _site(answers: Answers, pages: tuple[str, ...], lang: str) -> Site:
    settings = answers.project.settings
    translated = {original_of(slug) for slug in pages if tongue_of(slug) == lang}
    spoken = [slug for slug in pages if tongue_of(slug) in ("", lang) and slug not in translated]
    shown = [answers.project.pages[slug] for slug in spoken]
    listed = sorted((order, page.slug, page) for page in shown if (order := _order(answers.project, page)) is not None)
    return Site(
        settings.title.in_language(lang),
        settings.publisher.in_language(lang),
        settings.description.in_language(lang),
        settings.base_url,
        lang,
        settings.license.in_language(lang),
        settings.license_url,
        settings.paper,
        format_date(parse_edtf(answers.as_of.isoformat()), lang),
        tuple(PageLink(page.slug, page.menu or page.title, page.lang) for _, _, page in listed),
        settings.contact,
        bool(answers.project.editions or answers.project.records or answers.releases),
        settings.logo,
        prefix_of(lang, answers.project),
        frozenset(id for id, chart in answers.project.charts.items() if chart.title.speaks(lang)),
        settings.selection.in_language(lang),
        settings.selection.foreign(lang, settings.lang),
        settings.corrections.contact or settings.contact,
        policy_html(settings.corrections.policy.in_language(lang)),
        settings.corrections.policy.foreign(lang, settings.lang),
    )


def _order(project: Project, page: Brief) -> int | None:
    """A page's place in the navigation: a translation's is that of its original."""
    original = project.pages.get(original_of(page.slug))
    return page.order if page.order is not None or original is None else original.order
