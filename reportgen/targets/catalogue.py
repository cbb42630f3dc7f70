"""Pages of facts, sources and lists as targets, and the data files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from html import escape

from markupsafe import Markup

from reportgen.brief.cited import leads_to
from reportgen.brief.fact_pages import event_lines, fact_page, source_page
from reportgen.brief.subjects import dated, outcomes, over_time, planned, rulings, subjects
from reportgen.charts.pictures import page_tags
from reportgen.charts.sparkline import Spark, run, strip
from reportgen.citing.styles import style_title
from reportgen.diagnostics import ReportError, errors
from reportgen.exports.datapackage import chart_csv_path, chart_resources, datapackage_json, read_table
from reportgen.exports.feeds import SitemapPage, feed_xml, robots_txt, sitemap_xml
from reportgen.exports.metadata import dataset_jsonld, fact_jsonld, head_html
from reportgen.exports.sqlite import facts_sqlite, rows_part
from reportgen.exports.tables import (
    csv_part,
    fact_record,
    fact_records,
    facts_csv,
    facts_json,
    json_part,
    sources_json,
)
from reportgen.facts.view import View
from reportgen.fonts.coverage import fact_glyph_problems
from reportgen.fonts.setting import needed
from reportgen.model.brief import original_of, tongue_of
from reportgen.model.chart import ChartKind
from reportgen.model.citation import CitationRequest, CitedWork
from reportgen.model.fact import Fact
from reportgen.model.source import Source
from reportgen.model.text import Text
from reportgen.pages.context import NOTHING, PageContext
from reportgen.pages.listing import BriefListing, read_listings, write_listings
from reportgen.pages.shell import Shell
from reportgen.pages.timeline import spaced
from reportgen.rebuild.parts import entries, in_parts, packed
from reportgen.rebuild.target import Batch, Reader, Target, TargetResult, Work
from reportgen.searching.words import is_inflected
from reportgen.targets.charts import card_name
from reportgen.targets.contexts import (
    AboutContext,
    BriefLink,
    ChartCard,
    ChartsContext,
    FactContext,
    FactsContext,
    HomeContext,
    LegendContext,
    NotFoundContext,
    SearchContext,
    SourceContext,
    SourceEntry,
    SourcesContext,
    TimelineContext,
)
from reportgen.targets.editions import withdrawn_briefs
from reportgen.targets.grounds import read_falling
from reportgen.targets.pages import with_fonts
from reportgen.targets.search import terms
from reportgen.targets.session import Session, record

MakeResult = Callable[[Reader], TargetResult]
MakeContext = Callable[[Shell, View, Reader], PageContext]
IN_A_BATCH = 25
"""Facts or sources whose pages one worker makes in one go, and facts of which a part of the data files is made."""
MOST_DRAWN = 60
"""Drawings on the list of charts."""


def catalogue_targets(session: Session, slugs: tuple[str, ...]) -> Iterator[Target]:
    """Everything but briefs and charts. `slugs` are those of the published briefs."""
    catalogue = _Catalogue(session, slugs, session.lang)
    yield Target("listings", catalogue.listings)
    yield Target("uses", catalogue.uses)
    yield Target("without", catalogue.without)
    yield from (Target(f"records {n}", catalogue.records(ids)) for n, ids in enumerate(_parts(session)))
    yield Target("tables", catalogue.tables)
    yield Target("data", catalogue.data)
    yield Target("feeds", catalogue.feeds)
    yield from _pages(session, catalogue)
    yield catalogue.page("404", "404.html", "", NotFoundContext, catalogue.not_found)
    for lang in session.languages[1:]:
        spoken = _Catalogue(session, slugs, lang)
        yield Target(spoken.name("uses"), spoken.uses)
        yield Target(spoken.name("without"), spoken.without)
        yield Target(spoken.name("feed"), spoken.feed)
        yield from _pages(session, spoken)


def _pages(session: Session, catalogue: _Catalogue) -> Iterator[Target]:
    """The pages in a language."""
    yield catalogue.page("home", "index.html", "briefs", HomeContext, catalogue.home)
    yield catalogue.page("facts", "facts/index.html", "facts", FactsContext, catalogue.facts)
    for n, (id, fact) in enumerate(session.project.facts.items()):
        if catalogue.speaks(fact.claim):
            path = f"facts/{id}/index.html"
            page = catalogue.page(f"fact {id}", path, "facts", FactContext, partial(catalogue.fact, id), fact)
            yield from _batched(catalogue.name(f"facts {n // IN_A_BATCH}"), catalogue.name("uses"), page)
    yield catalogue.page("sources", "sources/index.html", "sources", SourcesContext, catalogue.sources)
    for n, id in enumerate(session.sources):
        targets = [catalogue.reference(id, session.sources[n - n % IN_A_BATCH :][:IN_A_BATCH])]
        source = session.project.sources[id]
        if catalogue.is_root or source.language.partition("-")[0] == catalogue.lang.partition("-")[0]:
            path = f"sources/{source.slug}/index.html"
            context = partial(catalogue.source, id)
            targets.append(catalogue.page(f"source {id}", path, "sources", SourceContext, context))
        yield from _batched(catalogue.name(f"sources {n // IN_A_BATCH}"), catalogue.name("without"), *targets)
    yield catalogue.page("timeline", "timeline/index.html", "timeline", TimelineContext, catalogue.timeline)
    yield catalogue.page("charts", "charts/index.html", "charts", ChartsContext, catalogue.charts)
    yield catalogue.page("about", "about/index.html", "about", AboutContext, catalogue.about)
    yield catalogue.page("marks", "marks/index.html", "about", LegendContext, partial(_alone, LegendContext))
    yield catalogue.page("search", "search/index.html", "search", SearchContext, catalogue.search)


def _batched(name: str, needs: str, *targets: Target) -> Iterator[Target]:
    batch = Batch(name, needs=(needs,))
    return (Target(target.name, target.make, batch) for target in targets)


def _parts(session: Session) -> list[tuple[str, ...]]:
    """The ids of all facts, in parts."""
    ids = sorted(session.project.facts)
    return [tuple(ids[n : n + IN_A_BATCH]) for n in range(0, len(ids), IN_A_BATCH)]


def _work(source: Source) -> CitedWork:
    """A source as citations are formatted of it."""
    return CitedWork(source.csl, f"ref-{source.slug}")


def _alone(kind: type[PageContext], shell: Shell, view: View, reader: Reader) -> PageContext:
    """Of a page that shows nothing of the project."""
    return kind(shell=shell)


class _Catalogue:
    """What is listed in one language."""

    def __init__(self, session: Session, slugs: tuple[str, ...], lang: str) -> None:
        self._session = session
        self._slugs = slugs
        self.lang = lang
        self.is_root = lang == session.lang
        """Whether it is the site's language, whose pages hold everything."""
        self._site = session.sites[lang]

    def name(self, target: str) -> str:
        """A target's name, in another language than the site's with the tag before it."""
        return target if self.is_root else f"{self.lang} {target}"

    def speaks(self, text: Text) -> bool:
        """Whether what is named by a text has a page in the language."""
        return self.is_root or text.speaks(self.lang)

    def page(
        self,
        name: str,
        path: str,
        current: str,
        kind: type[PageContext],
        context: MakeContext,
        fact: Fact | None = None,
    ) -> Target:
        """A page whose template is given what `context` makes, of that kind. `fact`: whose page it is."""
        path = self._site.home + path

        def make(reader: Reader) -> TargetResult | Work:
            view = View(self._session.answers)
            shell = self._session.shell(reader, path, current, kind.template, lang=self.lang)
            html = self._session.theme.page(context(shell, view, reader), self.lang)
            record(reader, view)
            if fact and needed(html) and (found := errors(fact_glyph_problems(fact, self._session.shelf))):
                raise ReportError(found)
            return with_fonts(
                self._session, reader, {path: self._session.linked(reader, html, path, self.lang).encode()}
            )

        return Target(self.name(name), make)

    # What pages show of briefs

    def listings(self, reader: Reader) -> TargetResult:
        """What lists show of all briefs."""
        reader.record(("published",))
        reader.record(("published", "pages"))
        slugs = (*sorted((*self._slugs, *self._session.kept)), *self._session.pages)
        return TargetResult(value=write_listings(reader.output(f"list {slug}") for slug in slugs))

    def _rank(self, item: BriefListing) -> int:
        """Which of a brief and its translations is shown: that in the language, else the original."""
        return 0 if item.lang == self.lang else 1 if not tongue_of(item.slug) else 2

    def _spoken(self, items: Iterable[BriefListing]) -> tuple[BriefListing, ...]:
        """Each brief or page once."""
        found: dict[str, BriefListing] = {}
        for item in items:
            known = found.get(original_of(item.slug))
            if known is None or self._rank(item) < self._rank(known):
                found[original_of(item.slug)] = item
        return tuple(found.values())

    def _listings(self, reader: Reader) -> tuple[BriefListing, ...]:
        """The briefs, newest first; in another language than the site's, after them those that it has not."""
        found = self._spoken(item for item in read_listings(reader.output("listings")) if not item.is_page)
        newest = sorted(found, key=lambda item: item.date, reverse=True)
        return tuple(newest if self.is_root else sorted(newest, key=lambda item: item.lang != self.lang))

    def uses(self, reader: Reader) -> TargetResult:
        """Which briefs and pages print which fact: all that fact pages and data files read of them."""
        items = read_listings(reader.output("listings"))
        briefs = sorted((item for item in items if not item.is_page), key=lambda item: item.date, reverse=True)
        printing: dict[str, list[BriefListing]] = {}
        for item in (*briefs, *(item for item in items if item.is_page)):
            for id in item.facts:
                printing.setdefault(id, []).append(item)
        found = {
            id: packed([(item.slug, item.title, item.lang) for item in self._spoken(each)])
            for id, each in printing.items()
        }
        return TargetResult(value=in_parts(found))

    def without(self, reader: Reader) -> TargetResult:
        """What of each brief and page goes without which source."""
        items = self._spoken(read_listings(reader.output("listings")))
        found: dict[str, list[bytes]] = {}
        for item in sorted(items, key=lambda item: (item.is_page, item.slug)):
            if item.slug in self._session.kept:  # an edition stands whatever becomes of its sources
                continue
            for id, falling in entries(reader.output(f"falling {item.slug}")).items():
                found.setdefault(id, []).append(falling)
        return TargetResult(value=in_parts({id: b"[%s]" % b",".join(each) for id, each in found.items()}))

    def _used_in(self, id: str, reader: Reader) -> tuple[str, ...]:
        uses = json.loads(reader.part("uses", id)) or ()
        return tuple(sorted({original_of(slug) for slug, *_ in uses}))

    # Pages

    def home(self, shell: Shell, view: View, reader: Reader) -> HomeContext:
        site = self._site
        tags = page_tags(site.title, site.description, site.base_url + site.home, site)
        briefs = self._listings(reader)
        sparks = {item.slug: self._spark(item, view) for item in briefs}
        sources = self._sources(reader)
        quotes, found = view.quotes()
        return HomeContext(
            shell=shell,
            briefs=briefs,
            sparks=sparks,
            picture=self._picture(briefs[0], reader) if briefs and not sparks[briefs[0].slug] else None,
            facts=len(view.all("facts")),
            sources=len(sources),
            saved=len(set(view.saved()).intersection(sources)),
            quotes=quotes,
            found=found,
            waived=sum(brief.waived for brief in briefs),
            head=head_html(tags, [dataset_jsonld(site, facts=len(view.all("facts")))]),
        )

    def _spark(self, brief: BriefListing, view: View) -> Spark | None:
        """What a brief's key figure looks like beside the others of its measure, or of the brief's dates."""
        fact = brief.figure.fact if brief.figure else ""
        if points := over_time(view, fact, self.lang) if fact else ():
            return Spark(run(points, fact))
        days = dated(view, brief.facts)
        return Spark(strip=strip(days, fact)) if len(days) > 2 and any(id == fact for _, id in days) else None

    def facts(self, shell: Shell, view: View, reader: Reader) -> FactsContext:
        return FactsContext(shell=shell, subjects=subjects(view, view.all("facts"), self.lang))

    def fact(self, id: str, shell: Shell, view: View, reader: Reader) -> FactContext:
        uses = json.loads(reader.part(self.name("uses"), id)) or ()
        fact = view.fact(id)
        assert fact is not None
        sources = {e.source: source for e in fact.evidence if (source := view.source(e.source)) is not None}
        measure = view.measure(fact.measure) if fact.measure else None
        label = measure.label.in_language(self.lang) if measure else ""
        data = fact_jsonld(fact_record(view, fact, ()), sources, self._site, label)
        page = fact_page(view, id, self.lang)
        line = page.line
        return FactContext(
            shell=shell,
            fact=page,
            measure=fact.measure,
            series=run(points, id) if (points := over_time(view, id, self.lang)) else None,
            searched=terms("fact", [line.place], line.sort, [source.short for source in line.sources]),
            used_in=tuple(BriefLink(*each) for each in uses),
            head=head_html([], [data]),
        )

    def sources(self, shell: Shell, view: View, reader: Reader) -> SourcesContext:
        return SourcesContext(
            shell=shell,
            sources=tuple(self._entry(id, view, reader) for id in self._sources(reader)),
        )

    def _entry(self, id: str, view: View, reader: Reader) -> SourceEntry:
        page, reference = source_page(view, id, self.lang), self._reference(id, reader)
        return SourceEntry(page, reference, "" if leads_to(reference, page.url) else page.url)

    def source(self, id: str, shell: Shell, view: View, reader: Reader) -> SourceContext:
        page = source_page(view, id, self.lang)
        source = view.source(id)
        issued = source.issued.first_day if source and source.issued else ""
        searched = terms("source", [], issued, [page.source.short])
        without = map(read_falling, json.loads(reader.part(self.name("without"), id)) or ())
        return SourceContext(
            shell=shell,
            source=page,
            reference=self._reference(id, reader),
            without=tuple(without),
            searched=searched,
        )

    def timeline(self, shell: Shell, view: View, reader: Reader) -> TimelineContext:
        found = planned(view, tuple(id for _, id in dated(view, view.all("facts"))))
        happened, plans = (
            spaced(event_lines(view, tuple(id for id, is_plan in found if is_plan is wanted), self.lang))
            for wanted in (False, True)
        )
        return TimelineContext(shell=shell, lines=happened, plans=plans)

    def charts(self, shell: Shell, view: View, reader: Reader) -> ChartsContext:
        """Drawn ones first; of very many the rest are named alone, lest the list take megabytes."""
        found = sorted((self._drawing(id, reader) for id in view.all("charts")), key=lambda chart: not chart.svg)
        named = (replace(chart, svg=NOTHING) for chart in found[MOST_DRAWN:])
        return ChartsContext(shell=shell, charts=(*found[:MOST_DRAWN], *named))

    def _picture(self, brief: BriefListing, reader: Reader) -> ChartCard | None:
        """A brief's first chart, where it is drawn."""
        return next((chart for id in brief.charts if (chart := self._drawing(id, reader)).svg), None)

    def _drawing(self, id: str, reader: Reader) -> ChartCard:
        """A chart as it stands in lists: its drawing for a phone, none where it is set in type."""
        card: dict[str, str] = json.loads(reader.output(card_name(id, self.lang, self._session)))
        return ChartCard(card["id"], card["title"], card["subtitle"], card["kind"], Markup(card["svg"]))

    def about(self, shell: Shell, view: View, reader: Reader) -> AboutContext:
        return AboutContext(
            shell=shell,
            facts=len(view.all("facts")),
            sources=len(self._sources(reader)),
            conflicts=len(view.all("conflicts")),
            checks=len(view.all("checks")),
            style=style_title(view.style, str(view.setting("citation_style"))),
            rulings=rulings(view, self.lang),
            outcomes=outcomes(view, self.lang),
        )

    def search(self, shell: Shell, view: View, reader: Reader) -> SearchContext:
        return SearchContext(shell=shell, words=bool(shell.tongues) or is_inflected(self.lang))

    def not_found(self, shell: Shell, view: View, reader: Reader) -> NotFoundContext:
        reader.record(("setting", "colors"))
        return NotFoundContext(shell=shell, colours=Markup(self._session.theme.colours("screen")))

    def reference(self, id: str, beside: tuple[str, ...]) -> Target:
        """A source as the citation style prints it: for its own page, and for the list of all. `beside`: those of which
        the same is made."""

        def make(reader: Reader) -> TargetResult:
            view = View(self._session.answers)
            source = view.source(id)
            assert source is not None
            others = tuple(_work(self._session.project.sources[each]) for each in beside if each != id)
            request = CitationRequest((), (_work(source),), view.style, self.lang, (id,), beside=others)
            formatted = self._session.cite(request)
            record(reader, view, ("version", "pandoc"), ("setting", "lang"))
            html = formatted.bibliography[0].html if formatted.bibliography else escape(source.title, quote=False)
            return TargetResult(value=html.encode())

        return Target(self.name(f"reference {id}"), make)

    def _sources(self, reader: Reader) -> tuple[str, ...]:
        """Ids of the sources that the site holds."""
        reader.record(("published", "sources"))
        return self._session.sources

    def _reference(self, id: str, reader: Reader) -> str:
        return reader.output(self.name(f"reference {id}")).decode()

    # Files

    def feed(self, reader: Reader) -> TargetResult:
        """The feed of the briefs in a language."""
        path = f"{self._site.home}feed.xml"
        site = self._session.shell(reader, path, "", "base.html", lang=self.lang).site
        briefs = (item for item in self._listings(reader) if item.lang == self.lang)
        return TargetResult({path: feed_xml(site, briefs, withdrawn_briefs(self._session, reader, self.lang))})

    def records(self, ids: tuple[str, ...]) -> MakeResult:
        """Some facts as they stand in the data files, which are put together of what did not change."""

        def make(reader: Reader) -> TargetResult:
            view = View(self._session.answers)
            view.all("facts")  # with another one, each part may hold others
            records = fact_records(view, {id: self._used_in(id, reader) for id in ids}, ids)
            record(reader, view)
            part = {"json": json_part(records), "csv": csv_part(records), "rows": rows_part(records)}
            return TargetResult(value=packed(part))

        return make

    def tables(self, reader: Reader) -> TargetResult:
        """What the charts show, to download, and its part of the description of all."""
        view = View(self._session.answers)
        tables = [
            read_table(reader.output(f"rows {id}"))
            for id in view.all("charts")
            if (chart := view.chart(id)) and chart.kind is not ChartKind.TIMELINE
        ]
        record(reader, view)
        files = {f"data/{chart_csv_path(table.id)}": table.csv for table in tables}
        return TargetResult(files, chart_resources(tables).encode())

    def data(self, reader: Reader) -> TargetResult:
        """The fact base to download."""
        session, site = self._session, self._session.site
        view = View(session.answers)
        view.all("facts")
        parts = [json.loads(reader.output(f"records {n}")) for n, _ in enumerate(_parts(session))]
        files = {
            "facts.json": facts_json(part["json"] for part in parts),
            "facts.csv": facts_csv(part["csv"] for part in parts),
            "sources.json": sources_json(view, self._sources(reader)),
            "facts.sqlite": facts_sqlite(view, [part["rows"] for part in parts], self._sources(reader), site),
        }
        files["datapackage.json"] = datapackage_json(site, files, reader.output("tables").decode())
        session.shell(reader, "data/facts.json", "", "base.html")
        record(reader, view)
        return TargetResult({f"data/{name}": data for name, data in files.items()})

    def feeds(self, reader: Reader) -> TargetResult:
        """What programs read to find the briefs."""
        session = self._session
        site = session.shell(reader, "feed.xml", "", "base.html").site
        view, briefs = View(session.answers), self._listings(reader)
        items = read_listings(reader.output("listings"))
        pages = [
            SitemapPage(f"{item.folder}index.html", item.updated or ("" if item.is_page else item.date))
            for item in items
        ]
        pages += [SitemapPage(f"facts/{id}/index.html") for id in view.all("facts")]
        pages += [SitemapPage(f"charts/{id}/index.html") for id in view.all("charts")]
        pages += [SitemapPage(f"sources/{s.slug}/index.html") for id in self._sources(reader) if (s := view.source(id))]
        parts = ("facts", "sources", "timeline", "charts", "about", "marks")
        pages += [SitemapPage(f"{part}/index.html") for part in parts]
        pages.append(SitemapPage("index.html"))
        reader.record(("languages",))
        if len(session.languages) > 1:
            listed = {page.path for page in pages}
            twins = {twin.path for path in listed for twin in session.twins(reader, path)}
            pages += map(SitemapPage, sorted(twins - listed))
        record(reader, view)
        return TargetResult(
            {
                "feed.xml": feed_xml(site, briefs, withdrawn_briefs(session, reader, self.lang)),
                "sitemap.xml": sitemap_xml(site.base_url, pages),
                "robots.txt": robots_txt(site.base_url),
            }
        )
