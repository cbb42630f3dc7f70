"""Charts on pages of their own as targets. Such a page is a document that shows one chart and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from reportgen.brief.figures import chart_alone, spoken_alone
from reportgen.charts.colouring import recoloured
from reportgen.charts.drawn import read_drawing
from reportgen.charts.pictures import WIDTH, chart_picture, embed_snippet, page_tags, picture_path
from reportgen.exports.datapackage import chart_table, read_table, write_table
from reportgen.exports.metadata import head_html
from reportgen.exports.tables import figure_data_json
from reportgen.fonts.pictures import picture_faces
from reportgen.fonts.setting import with_font_faces
from reportgen.model.brief import Brief, original_of, tongue_of
from reportgen.pages.context import ShowingBrief
from reportgen.pages.html import render_chart
from reportgen.pages.inserts import Drawing
from reportgen.pages.listing import read_listing
from reportgen.rebuild.parts import packed
from reportgen.rebuild.target import Reader, Target, TargetResult, Work
from reportgen.targets.briefs import evaluation_target
from reportgen.targets.drawings import NOTHING, drawing_targets, drawn
from reportgen.targets.pages import with_fonts
from reportgen.targets.session import TYPEFACES, Session
from reportgen.targets.tasks import picture_made

_OF_A_PDF = 1 / 16
"""How much of the work of a PDF a picture is, or less: a process takes longer to start."""


def chart_targets(session: Session, id: str) -> Iterator[Target]:
    """All that is made of a chart, in each language in which it has a page."""
    yield _shown(session, id)
    for brief in chart_briefs(session, id):
        yield _rows(session, brief, id)
        yield _card(session, brief, id)
        yield _page(session, brief, id)
        yield _picture(session, brief, id)


def alone_targets(session: Session, id: str) -> Iterator[Target]:
    """A chart evaluated and drawn by itself, for its own page and for all briefs that show it as it is."""
    for brief in chart_briefs(session, id):
        yield evaluation_target(session, brief, ("as-of",), ("setting", "lang"), ("chart", id, "place"))
        yield from drawing_targets(session, brief)


def chart_briefs(session: Session, id: str) -> tuple[Brief, ...]:
    """The documents that show a chart alone, one a language in which it has a page, that of the site first."""
    if id not in session.alone:
        title, project = session.project.charts[id].title, session.project
        tongues = ("", *(lang for lang in session.languages[1:] if title.speaks(lang)))
        session.alone[id] = tuple(chart_alone(project, id, session.answers.as_of, tongue) for tongue in tongues)
    return session.alone[id]


def card_name(id: str, lang: str, session: Session) -> str:
    """The target of what lists in a language show of a chart."""
    return f"card {spoken_alone(session.project.charts[id], session.languages[1:], lang).removeprefix('chart:')}"


def _named(kind: str, brief: Brief) -> str:
    """`chart share`, of the page in another language than the site's `chart share.ru`."""
    return f"{kind} {brief.slug.removeprefix('chart:')}"


def _rows(session: Session, brief: Brief, id: str) -> Target:
    """A chart's data: for its page, and for the data package."""

    def make(reader: Reader) -> TargetResult:
        figure = session.evaluated(brief, reader).figures[0]
        for name in ("base_url", "license", "license_url"):
            reader.record(("setting", name))
        return TargetResult(value=write_table(chart_table(figure, session.sites[brief.lang])))

    return Target(_named("rows", brief), make)


def _shown(session: Session, id: str) -> Target:
    """Which briefs show a chart, with their titles."""

    def make(reader: Reader) -> TargetResult:
        reader.record(("showing", id))
        found = []
        for slug in session.showing.get(id, ()):
            try:
                listing = read_listing(reader.output(f"list {slug}"))
            except LookupError:  # `--only` leaves the other briefs alone
                continue
            found.append((listing.slug, listing.title, listing.lang))
        return TargetResult(value=packed(found))

    return Target(f"shown {id}", make)


def spoken(briefs: tuple[ShowingBrief, ...], lang: str, site: str) -> tuple[ShowingBrief, ...]:
    """Each brief once: in the page's language where it is in it, else as its original."""
    own = {original_of(each.slug) for each in briefs if each.lang == lang and (tongue_of(each.slug) or lang != site)}
    return tuple(
        each for each in briefs if (each.lang == lang if original_of(each.slug) in own else not tongue_of(each.slug))
    )


def _card(session: Session, brief: Brief, id: str) -> Target:
    """What lists show of a chart: its drawing for a phone, none where it is set in type."""

    def make(reader: Reader) -> TargetResult:
        evaluated = session.evaluated(brief, reader)
        figure, drawing = evaluated.figures[0], drawn(session, reader, evaluated).get(id)
        named = {"id": id, "title": figure.plain_title, "subtitle": figure.plain_subtitle, "kind": figure.kind.value}
        return TargetResult(value=packed({**named, "svg": drawing.narrow if drawing else ""}))

    return Target(_named("card", brief), make)


def _page(session: Session, brief: Brief, id: str) -> Target:
    def make(reader: Reader) -> TargetResult | Work:
        evaluated = session.evaluated(brief, reader)
        drawings = drawn(session, reader, evaluated)
        figure, base = evaluated.figures[0], f"{session.sites[brief.lang].home}charts/{id}/"
        names = ("chart.html", "embed.html", "marks.html")
        shell = session.shell(reader, f"{base}index.html", "charts", *names, lang=brief.lang)
        site, drawing = shell.site, drawings.get(id)
        table = read_table(reader.output(_named("rows", brief)))
        whole = json.loads(drawing.plotly) if drawing else None
        files = {f"{id}.csv": table.csv, f"{id}.json": figure_data_json(figure, site, whole)}
        if drawing:
            files[f"{id}.svg"] = with_font_faces(_download(session, drawing, reader), session.shelf).encode()
        downloads = (*files, *((f"{id}.png",) if drawing else ()))
        if drawing and figure.is_long:
            files[f"{id}-live.json"] = drawing.interactive.encode()
        picture = chart_picture(figure, drawing, site) if drawing else None
        tags = page_tags(figure.plain_title, figure.plain_subtitle, shell.canonical, shell.site, picture)
        listed = tuple(ShowingBrief(*each) for each in json.loads(reader.output(f"shown {id}")))
        briefs = spoken(listed, brief.lang, session.lang)
        html, framed = render_chart(
            evaluated, drawings, shell, session.theme, head=head_html(tags), downloads=tuple(sorted(downloads)),
            briefs=briefs,
            snippet=embed_snippet(figure, site, drawing.heights) if drawing else "",
            embedded=replace(shell, path=f"{base}embed.html") if drawing else None,
        )  # fmt: skip
        files["index.html"] = session.linked(reader, html, shell.path, brief.lang).encode()
        if framed:
            files["embed.html"] = framed.encode()
        return with_fonts(session, reader, {base + name: data for name, data in files.items()})

    return Target(_named("chart", brief), make)


def _download(session: Session, drawing: Drawing, reader: Reader) -> str:
    """A drawing as a file, in the site's colours."""
    reader.record(("setting", "colors"))
    return recoloured(drawing.download, session.project.settings.colors)


def _picture(session: Session, brief: Brief, id: str) -> Target:
    def make(reader: Reader) -> TargetResult | Work:
        drawing = reader.output(f"draw {brief.slug}/{id}")
        if drawing == NOTHING:
            return TargetResult()
        reader.record(("version", "png"))
        svg, fonts = picture_faces(_download(session, read_drawing(drawing), reader), session.shelf)
        if fonts:
            reader.record(TYPEFACES)
        args = (picture_path(session.sites[brief.lang], id), svg, WIDTH, fonts)
        return Work(picture_made, args, weight=_OF_A_PDF)

    return Target(_named("picture", brief), make)
