"""A project and the engines in, everything that a site is made of out: one target a page, a drawing, a PDF, a file.

Targets say what they read while they read it; nothing is declared. A brief's evaluation has a digest as its value, so that an
edit which changes nothing in it makes nothing again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Literal

from markupsafe import Markup

from reportgen.build.digest import ABSENT, Digest, digest
from reportgen.build.target import Made, Reader, Target, Work
from reportgen.diagnostics import ReportError, errors
from reportgen.engines.pandoc import pandoc_version
from reportgen.engines.pdf import pdf_engine_version, render_pdf
from reportgen.engines.v8 import DrawingError, PlotlyEngine, plotly_js_path, plotly_js_version
from reportgen.engines.webfonts import web_font_faces, web_fonts, web_fonts_version
from reportgen.evaluate.answers import Answers, Key
from reportgen.evaluate.brief import Cite, Evaluation, evaluate
from reportgen.evaluate.catalogue import fact_lines, fact_page, source_page
from reportgen.evaluate.view import View
from reportgen.model.brief import Brief, BriefStatus
from reportgen.model.citation import CitationRequest, CitedWork
from reportgen.model.evaluated import EvaluatedBrief, EvaluatedFigure
from reportgen.model.fact import DateValue
from reportgen.quantities.dates import format_date
from reportgen.render.charts import alt_text, figure_json, interactive_json
from reportgen.render.data import facts_csv, facts_json, figure_csv, figure_data_json, sources_json
from reportgen.render.figures import SET_IN_TYPE, finished
from reportgen.render.html import render_html
from reportgen.render.inserts import Drawing
from reportgen.render.listing import Listing, listed, read_listing, write_listing
from reportgen.render.provenance import provenance_json
from reportgen.render.shell import Shell, Site
from reportgen.render.theme import Theme

Formats = Literal["html", "pdf", "all"]


class Workshop:
    """What targets are made with: the project's answers, the engines, the theme, and what was evaluated already."""

    def __init__(self, answers: Answers, cite: Cite, plotly: PlotlyEngine, program: str) -> None:
        self.answers = answers
        self.project = answers.project
        self.cite = cite
        self.plotly = plotly
        self.theme = Theme(answers.project.templates)
        self.site = _site(answers)
        self._program = program
        self._evaluated: dict[str, Evaluation] = {}
        self._digests: dict[Key, Digest] = {}

    def digest_of(self, key: Key) -> Digest:
        """The digest of an answer as of now."""
        if key not in self._digests:
            if key[0] == "version":
                self._digests[key] = digest(self._version(key[1]))
            else:
                answer = self.answers.answer(key)
                self._digests[key] = ABSENT if answer is None else digest(answer)
        return self._digests[key]

    def _version(self, name: str) -> str:
        versions: dict[str, Callable[[], str]] = {
            "program": lambda: self._program,
            "pandoc": pandoc_version,
            "plotly.js": plotly_js_version,
            "pdf": pdf_engine_version,
            "fonts": web_fonts_version,
        }
        return versions[name]()

    def evaluation(self, brief: Brief, reader: Reader | None = None) -> Evaluation:
        """A brief's evaluation, made once; its reads go to `reader`."""
        if brief.slug not in self._evaluated or reader is not None:
            view = View(self.answers)
            self._evaluated[brief.slug] = evaluate(brief, view, self.cite)
            if reader is not None:
                record(reader, view, ("version", "program"), ("version", "pandoc"))
        return self._evaluated[brief.slug]


def record(reader: Reader, view: View, *more: Key) -> None:
    """Passes on what a view looked at."""
    for key in (*sorted(view.reads), *more):
        reader.record(key)


def targets(workshop: Workshop, only: tuple[str, ...], formats: Formats) -> list[Target]:
    """Everything that is to be up to date."""
    project = workshop.project
    final = {slug: brief for slug, brief in project.briefs.items() if brief.status is BriefStatus.FINAL}
    chosen = {slug: brief for slug, brief in final.items() if not only or slug in only}
    found: list[Target] = []
    for brief in chosen.values():
        found += _brief_targets(workshop, brief, formats)
    if formats != "pdf":
        found += _assets(workshop)
    if formats != "pdf" and not only:
        charts = [_chart_brief(workshop, id) for id in project.charts]
        for brief in charts:
            found += _chart_targets(workshop, brief)
        found += list(_catalogue(workshop, tuple(final)))
    return found


# Briefs


def _brief_targets(workshop: Workshop, brief: Brief, formats: Formats) -> list[Target]:
    slug = brief.slug
    found = [_evaluated(workshop, brief), *_drawings(workshop, brief)]
    if formats != "pdf":
        found += [_page(workshop, brief), _listed(workshop, brief)]
    if formats != "html":
        found += [_paper(workshop, brief), _pdf(workshop, slug)]
    return found


def _evaluated(workshop: Workshop, brief: Brief) -> Target:
    def make(reader: Reader) -> Made:
        result = workshop.evaluation(brief, reader)
        reader.record(("brief", brief.slug))
        if errors(result.diagnostics):
            raise ReportError(result.diagnostics)
        figures = [f.id for f in result.brief.figures if f.kind not in SET_IN_TYPE]
        value = json.dumps({"digest": digest(result.brief), "figures": figures})
        return Made(value=value.encode(), warnings=result.diagnostics)

    return Target(f"evaluate {brief.slug}", make)


def _drawings(workshop: Workshop, brief: Brief) -> Iterator[Target]:
    """For each chart of a brief: the figure for Plotly, and its drawings, made again only if the figure is another."""
    from reportgen.evaluate.calls import scan

    calls, _ = scan(brief.body, lambda start, length: brief.at.whole)
    for id in dict.fromkeys(str(call.subject.value) for call in calls if call.name == "chart"):
        yield from _drawing(workshop, brief, id)


def _drawing(workshop: Workshop, brief: Brief, id: str) -> Iterator[Target]:
    name = f"{brief.slug}/{id}"

    def figure(reader: Reader) -> Made:
        reader.output(f"evaluate {brief.slug}")
        found = _figure_of(workshop.evaluation(brief).brief, id)
        if found is None or found.kind in SET_IN_TYPE:
            return Made(value=b"")
        reader.record(("version", "program"))
        made = {layout: figure_json(found, layout) for layout in ("wide", "narrow", "print")}  # type: ignore[arg-type]
        return Made(value=json.dumps(made, ensure_ascii=False).encode())

    def draw(reader: Reader) -> Made:
        text = reader.output(f"figure {name}")
        if not text:
            return Made(value=b"")
        reader.record(("version", "plotly.js"))
        reader.record(("version", "program"))
        drawn: dict[tuple[str, int, int], str] = {}
        svgs = {}
        for layout, (spec, width, height) in json.loads(text).items():
            key = (spec, width, height)
            if key not in drawn:
                try:
                    drawn[key] = workshop.plotly.draw(spec, width, height, f"{id}-{layout}")
                except DrawingError as error:
                    raise ReportError([_cannot_draw(workshop, id, error)]) from error
            svgs[layout] = drawn[key]
        return Made(value=json.dumps(svgs, ensure_ascii=False).encode())

    yield Target(f"figure {name}", figure)
    yield Target(f"draw {name}", draw)


def _figure_of(brief: EvaluatedBrief, id: str) -> EvaluatedFigure | None:
    return next((figure for figure in brief.figures if figure.id == id), None)


def _cannot_draw(workshop: Workshop, id: str, error: DrawingError) -> object:
    from reportgen.diagnostics import Diagnostic

    return Diagnostic("cannot-draw", f'the chart "{id}" cannot be drawn: {error}', workshop.project.charts[id].at.whole)


def _drawn(reader: Reader, brief: EvaluatedBrief) -> dict[str, Drawing]:
    """The finished drawings of a brief; their axes' ticks are numbered after its numbers."""
    found: dict[str, Drawing] = {}
    first = len(brief.numbers)
    for figure in brief.figures:
        if figure.kind in SET_IN_TYPE:
            continue
        svgs = json.loads(reader.output(f"draw {brief.slug}/{figure.id}"))
        drawing = finished(figure, svgs, first, figure.alt or alt_text(figure), interactive_json(figure, "wide")[0])
        first += len(drawing.ticks)
        found[figure.id] = drawing
    return found


def _page(workshop: Workshop, brief: Brief) -> Target:
    def make(reader: Reader) -> Made:
        evaluated = _read(workshop, brief, reader)
        drawings = _drawn(reader, evaluated)
        path = f"briefs/{brief.slug}/index.html"
        html = render_html(evaluated, drawings, _shell(workshop, reader, path, "briefs"), workshop.theme)
        ticks = tuple(tick for drawing in drawings.values() for tick in drawing.ticks)
        files = {path: html.encode(), f"briefs/{brief.slug}/provenance.json": provenance_json(evaluated, ticks)}
        return Made(files)

    return Target(f"page {brief.slug}", make)


def _paper(workshop: Workshop, brief: Brief) -> Target:
    def make(reader: Reader) -> Made:
        evaluated = _read(workshop, brief, reader)
        shell = _shell(workshop, reader, f"briefs/{brief.slug}/index.html", "briefs")
        html = render_html(evaluated, _drawn(reader, evaluated), shell, workshop.theme, medium="paper")
        css = "\n".join(workshop.theme.text(name) for name in ("tokens.css", "print.css"))
        size = f"@page {{ size: {workshop.site.paper} }}\n"
        stamp = int(datetime.combine(brief.date.start, datetime.min.time(), UTC).timestamp())
        images = sorted(name for name in workshop.project.images if f"images/{name}" in html)
        for name in images:
            reader.record(("image", name))
        job = {"html": html, "css": css + size, "address": shell.canonical, "epoch": stamp, "images": images}
        return Made(value=json.dumps(job, ensure_ascii=False).encode())

    return Target(f"paper {brief.slug}", make)


def _pdf(workshop: Workshop, slug: str) -> Target:
    def make(reader: Reader) -> Work:
        job = json.loads(reader.output(f"paper {slug}"))
        reader.record(("version", "pdf"))
        reader.record(("version", "program"))
        images = {name: workshop.project.images[name] for name in job["images"]}
        return Work(pdf_file, (slug, job["html"], job["css"], job["address"], job["epoch"], images))

    return Target(f"pdf {slug}", make)


def pdf_file(slug: str, html: str, css: str, address: str, epoch: int, images: dict[str, bytes]) -> Made:
    """The heavy half of a PDF, which may run in another process."""
    return Made({f"briefs/{slug}/{slug}.pdf": render_pdf(html, css, address, epoch, images)})


def font_files_made() -> Made:
    """The site's fonts, made in another process: subsetting takes seconds."""
    return Made({f"assets/fonts/{name}": data for name, data in web_fonts().items()})


def _listed(workshop: Workshop, brief: Brief) -> Target:
    """What other pages show of a brief, and nothing more of it."""

    def make(reader: Reader) -> Made:
        return Made(value=write_listing(listed(_read(workshop, brief, reader))))

    return Target(f"list {brief.slug}", make)


def _read(workshop: Workshop, brief: Brief, reader: Reader) -> EvaluatedBrief:
    reader.output(f"evaluate {brief.slug}")
    return workshop.evaluation(brief).brief


def _shell(workshop: Workshop, reader: Reader, path: str, current: str) -> Shell:
    for name in ("title", "publisher", "description", "base_url", "lang", "license", "license_url", "paper", "as_of"):
        reader.record(("setting", name))
    for name in workshop.project.templates:
        if name.endswith((".html", ".css")):
            reader.record(("template", name))
    reader.record(("version", "program"))
    return Shell(workshop.site, path, current)


def _site(answers: Answers) -> Site:
    settings = answers.project.settings
    lang = settings.lang
    from reportgen.model.edtf import parse_edtf

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
    )


# Charts


def _chart_brief(workshop: Workshop, id: str) -> Brief:
    """A chart's own page is a document that shows nothing else."""
    chart = workshop.project.charts[id]
    settings = workshop.project.settings
    day = next(iter(workshop.project.briefs.values())).date if workshop.project.briefs else settings.as_of
    assert day is not None
    return Brief(
        slug=f"chart:{id}",
        title="",
        date=day,
        body=f'{{{{ chart("{id}") }}}}',
        body_line=1,
        lang=settings.lang,
        at=chart.at,
    )


def _chart_targets(workshop: Workshop, brief: Brief) -> list[Target]:
    id = brief.slug.removeprefix("chart:")

    def make(reader: Reader) -> Made:
        evaluated = _read(workshop, brief, reader)
        reader.record(("chart", id))
        drawings = _drawn(reader, evaluated)
        figure = evaluated.figures[0]
        base = f"charts/{id}/"
        files = {f"{id}.csv": figure_csv(figure), f"{id}.json": figure_data_json(figure, workshop.site.license)}
        if id in drawings:
            files[f"{id}.svg"] = drawings[id].download.encode()
        shell = _shell(workshop, reader, f"{base}index.html", "charts")
        html = render_html(
            evaluated, drawings, shell, workshop.theme, template="chart.html", downloads=tuple(sorted(files))
        )
        return Made({f"{base}index.html": html.encode(), **{base + name: data for name, data in files.items()}})

    return [_evaluated(workshop, brief), *_drawings(workshop, brief), Target(f"chart page {id}", make)]


# Facts, sources, lists


def _catalogue(workshop: Workshop, slugs: tuple[str, ...]) -> Iterator[Target]:
    project, lang = workshop.project, workshop.project.settings.lang

    def listings(reader: Reader) -> tuple[Listing, ...]:
        found = [read_listing(reader.output(f"list {slug}")) for slug in slugs]
        return tuple(sorted(found, key=lambda item: (item.date, item.slug), reverse=True))

    def page(name: str, path: str, current: str, template: str, context: Callable[[View, Reader], dict[str, object]]) -> Target:
        def make(reader: Reader) -> Made:
            view = View(workshop.answers)
            found = context(view, reader)
            shell = _shell(workshop, reader, path, current)
            html = workshop.theme.page(template, lang, shell=shell, site=shell.site, head=Markup(""), **found)
            record(reader, view)
            return Made({path: html.encode()})

        return Target(name, make)

    def used_in(id: str, reader: Reader) -> list[Listing]:
        uses = json.loads(reader.output("uses"))
        titles = {item.slug: item for item in listings(reader)} if uses.get(id) else {}
        return [titles[slug] for slug in uses.get(id, [])]

    def uses(reader: Reader) -> Made:
        found: dict[str, list[str]] = {}
        for item in listings(reader):
            for id in item.facts:
                found.setdefault(id, []).append(item.slug)
        return Made(value=json.dumps(found, sort_keys=True).encode())

    def reference(id: str) -> str:
        source = project.sources[id]
        work = CitedWork(source.csl, f"ref-{source.slug}")
        formatted = workshop.cite(CitationRequest((), (work,), project.style, lang, (id,)))
        return formatted.bibliography[0].html if formatted.bibliography else source.title

    def source_context(id: str, view: View, reader: Reader) -> dict[str, object]:
        reader.record(("style",))
        reader.record(("version", "pandoc"))
        return {"source": source_page(view, id, lang), "reference": reference(id)}

    def data(reader: Reader) -> Made:
        view = View(workshop.answers)
        found = {id: tuple(sorted(slugs)) for id, slugs in json.loads(reader.output("uses")).items()}
        files = {
            "data/facts.json": facts_json(view, found),
            "data/facts.csv": facts_csv(view, found),
            "data/sources.json": sources_json(view),
        }
        record(reader, view, ("version", "program"))
        return Made(files)

    dated = tuple(fact.id for fact in project.facts.values() if isinstance(fact.value, DateValue))
    yield Target("uses", uses)
    yield Target("data", data)
    yield page("home", "index.html", "briefs", "home.html", lambda view, reader: {
        "briefs": listings(reader), "facts": len(view.all("facts")), "sources": len(view.all("sources"))})  # fmt: skip
    yield page("facts", "facts/index.html", "facts", "facts.html", lambda view, reader: {
        "lines": fact_lines(view, view.all("facts"), lang)})  # fmt: skip
    for id in project.facts:
        yield page(f"fact {id}", f"facts/{id}/index.html", "facts", "fact.html", lambda view, reader, id=id: {  # type: ignore[misc]
            "fact": fact_page(view, id, lang), "used_in": used_in(id, reader)})  # fmt: skip
    yield page("sources", "sources/index.html", "sources", "sources.html", lambda view, reader: {
        "sources": [{"page": source_page(view, id, lang), "reference": reference(id)} for id in view.all("sources")]})  # fmt: skip
    for id, source in project.sources.items():
        yield page(f"source {id}", f"sources/{source.slug}/index.html", "sources", "source.html",
                   lambda view, reader, id=id: source_context(id, view, reader))  # type: ignore[misc]  # fmt: skip
    yield page("timeline", "timeline/index.html", "timeline", "timeline.html", lambda view, reader: {
        "lines": sorted(fact_lines(view, dated, lang), key=lambda line: (line.sort, line.id))})  # fmt: skip
    yield page("charts", "charts/index.html", "charts", "charts.html", lambda view, reader: {
        "charts": [{"id": id, "title": chart.title.in_language(lang), "subtitle": chart.subtitle.in_language(lang)}
                   for id in view.all("charts") if (chart := view.chart(id))]})  # fmt: skip
    yield page("about", "about/index.html", "about", "about.html", lambda view, reader: {
        kind: len(view.all(kind)) for kind in ("facts", "sources", "conflicts", "checks")} | {
        "style": str(view.setting("citation_style"))})  # fmt: skip
    yield page("404", "404.html", "", "404.html", lambda view, reader: {})


def _assets(workshop: Workshop) -> list[Target]:
    """Stylesheets, scripts, fonts, pictures, and the plotly.js that draws here too."""

    def style(reader: Reader) -> Made:
        theme = workshop.theme
        files = {"assets/style.css": "\n".join((web_font_faces(), theme.text("tokens.css"), theme.text("screen.css")))}
        files |= {f"assets/{name}": theme.text(name) for name in theme.templates if name.endswith(".js")}
        for name in ("tokens.css", "screen.css", *(n for n in theme.templates if n.endswith(".js"))):
            reader.record(("template", name))
        reader.record(("version", "program"))
        return Made({path: text.encode() for path, text in files.items()})

    def fonts(reader: Reader) -> Work:
        reader.record(("version", "fonts"))
        return Work(font_files_made)

    def plotly(reader: Reader) -> Made:
        reader.record(("version", "plotly.js"))
        return Made({"assets/plotly.min.js": plotly_js_path().read_bytes()})

    def images(reader: Reader) -> Made:
        reader.record(("all", "images"))
        for name in workshop.project.images:
            reader.record(("image", name))
        return Made({f"assets/images/{name}": data for name, data in workshop.project.images.items()})

    return [Target("style", style), Target("fonts", fonts), Target("plotly.js", plotly), Target("images", images)]
