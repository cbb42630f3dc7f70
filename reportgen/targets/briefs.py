"""Briefs as targets: evaluation, page, paper, PDF, and the little that other pages show of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from urllib.parse import unquote

from reportgen.charts.colouring import recoloured
from reportgen.charts.pictures import brief_picture, page_tags
from reportgen.diagnostics import Diagnostic, ReportError, errors
from reportgen.exports.attachments import Attached, attached_files
from reportgen.exports.metadata import brief_jsonld, brief_tags, cite_exports, head_html
from reportgen.exports.provenance import provenance_json
from reportgen.facts.view import View
from reportgen.fonts.coverage import glyph_problems
from reportgen.fonts.early import with_early_fonts
from reportgen.fonts.pictures import words_in
from reportgen.fonts.setting import needed, paper_faces
from reportgen.fonts.webfonts import cyrillic_first, only_in_time
from reportgen.language.scripts import script_of
from reportgen.late_patterns import regex
from reportgen.model.brief import Brief, folder_of
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.model.reads import ReadKey
from reportgen.pages.html import Neighbours, render_html, render_page, render_paper, styled, with_neighbours
from reportgen.pages.listing import listed, write_listing
from reportgen.rebuild.digest import digest_of, written
from reportgen.rebuild.target import Reader, Target, TargetResult, Work
from reportgen.targets.drawings import drawn
from reportgen.targets.grounds import falling_target
from reportgen.targets.neighbours import BESIDE, read_neighbours
from reportgen.targets.pages import with_fonts
from reportgen.targets.search import read_terms, terms_target
from reportgen.targets.session import LEFT, TYPEFACES, Formats, Session, evaluation, record
from reportgen.targets.tasks import pdf_made, word_made

_PAPER_STYLE = "print.css"
SVG = ".svg"
_IMAGE = regex(r"""images/([^"'<>()\s]+)""")


def brief_targets(session: Session, brief: Brief, formats: Formats) -> list[Target]:
    """What is made of one brief alone, once it is evaluated and its charts are drawn."""
    found: list[Target] = []
    if formats != "pdf":
        layout = _page_layout if brief.is_page else _layout
        found += [_listed(session, brief), terms_target(session, brief), layout(session, brief)]
        found.append(falling_target(session, brief))
    if formats != "html" and not brief.is_page:
        found.append(_paper(session, brief))
    return found


def paper_style_target(session: Session) -> Target:
    """The stylesheet of all PDFs: what concerns the screen alone makes none of them again."""

    def make(reader: Reader) -> TargetResult:
        reader.record(("setting", "colors"))
        css, parts = session.theme.stylesheet("paper")
        for name in parts:
            reader.record(("template", name))
        return TargetResult(value=css.encode())

    return Target(_PAPER_STYLE, make)


def pdf_targets(session: Session, briefs: Iterable[Brief]) -> Iterator[Target]:
    """PDFs of what `brief_targets` laid out."""
    return (_pdf(session, brief) for brief in briefs)


def page_targets(session: Session, briefs: Iterable[Brief]) -> Iterator[Target]:
    """Pages, which wait for what all briefs say of themselves."""
    return (_page(session, brief) for brief in briefs)


def evaluation_target(session: Session, brief: Brief, *reads: ReadKey) -> Target:
    """Its value is a digest, so that an edit which changes nothing in a brief makes nothing again. `reads`: what the
    brief was made from, where no author wrote it."""

    def make(reader: Reader) -> TargetResult:
        for key in reads or (("brief", brief.slug), ("brief", brief.slug, "place")):
            reader.record(key)
        result = session.evaluate(brief, reader)
        found, text = result.diagnostics, written(result.brief)
        found += () if errors(found) else _glyph_problems(session, reader, brief, result.brief, text)
        if brief.slug in session.left:
            reader.record(LEFT)
            found = ()
        if errors(found):
            raise ReportError(found)
        return TargetResult(value=digest_of(text).encode(), warnings=found)

    return Target(evaluation(brief.slug), make)


def _glyph_problems(
    session: Session, reader: Reader, brief: Brief, evaluated: EvaluatedBrief, text: str
) -> tuple[Diagnostic, ...]:
    """What no font prints, of a text and of its drawings. Without a sign that ours lack, no other font is read."""
    for name in sorted({unquote(name.rstrip("\\")) for name in _IMAGE.findall(text)}):
        if name.lower().endswith(SVG):
            reader.record(("image", name))
            text += words_in(session.project.images.get(name, b"<none/>"))
    found = glyph_problems(brief, evaluated, text, session.shelf)
    if found or needed(text):
        reader.record(TYPEFACES)
    return found


def _layout(session: Session, brief: Brief) -> Target:
    """The page but for what it shows of other briefs, and the files beside it."""

    def make(reader: Reader) -> TargetResult:
        evaluated = session.evaluated(brief, reader)
        drawings = drawn(session, reader, evaluated)
        base = evaluated.folder
        shell = session.shell(reader, f"{base}index.html", "briefs", "brief.html", "marks.html", lang=brief.lang)
        tags = brief_tags(evaluated, shell.site, brief_picture(evaluated, drawings, shell.site))
        head = head_html(tags, [brief_jsonld(evaluated, shell.site)])
        searched = read_terms(reader.output(f"terms {brief.slug}"))
        html = render_html(evaluated, drawings, shell, session.theme, head=head, searched=searched)
        ticks = tuple(tick for drawing in drawings.values() for tick in drawing.ticks)
        files = {"provenance.json": provenance_json(evaluated, ticks), **cite_exports(evaluated, shell.site)}
        for drawing in drawings.values():
            if drawing.live and "/" not in drawing.live:
                files[drawing.live] = drawing.interactive.encode()
        return TargetResult({base + name: data for name, data in files.items()}, html.encode())

    return Target(f"layout {brief.slug}", make)


def _page_layout(session: Session, brief: Brief) -> Target:
    """The same of a page beside the briefs."""

    def make(reader: Reader) -> TargetResult:
        evaluated = session.evaluated(brief, reader)
        drawings = drawn(session, reader, evaluated)
        base = evaluated.folder
        shell = session.shell(reader, f"{base}index.html", brief.slug, "page.html", "marks.html", lang=brief.lang)
        picture = brief_picture(evaluated, drawings, shell.site)
        words = evaluated.plain_abstract or evaluated.plain_subtitle
        tags = page_tags(evaluated.plain_title, words, shell.canonical, shell.site, picture)
        searched = read_terms(reader.output(f"terms {brief.slug}"))
        html = render_page(evaluated, drawings, shell, session.theme, head=head_html(tags), searched=searched)
        ticks = tuple(tick for drawing in drawings.values() for tick in drawing.ticks)
        return TargetResult({f"{base}provenance.json": provenance_json(evaluated, ticks)}, html.encode())

    return Target(f"layout {brief.slug}", make)


def _page(session: Session, brief: Brief) -> Target:
    def make(reader: Reader) -> TargetResult | Work:
        html = reader.output(f"layout {brief.slug}").decode()
        if not brief.is_page:
            theme = session.themed(reader, "beside.html")
            html = with_neighbours(html, _neighbours(reader, brief.slug), theme, brief.lang)
            css = only_in_time(reader.output("style").decode())
            html = styled(html, cyrillic_first(css) if script_of(brief.lang) == "Cyrl" else css)
        path = f"{folder_of(brief.slug)}index.html"
        html = session.linked(reader, html, path, brief.lang)
        return with_fonts(session, reader, {path: (html if brief.is_page else with_early_fonts(html)).encode()})

    return Target(f"page {brief.slug}", make)


def _neighbours(reader: Reader, slug: str) -> Neighbours:
    try:
        return read_neighbours(reader.part(BESIDE, slug))
    except LookupError:  # `--only` leaves the other briefs alone
        return Neighbours()


def _paper(session: Session, brief: Brief) -> Target:
    """What WeasyPrint is given: the print HTML, its stylesheet, the names of its pictures, and the files inside."""

    def make(reader: Reader) -> TargetResult:
        evaluated = session.evaluated(brief, reader)
        view = View(session.answers)
        path = f"{folder_of(brief.slug)}index.html"
        shell = session.shell(reader, path, "briefs", "print.html", "marks.html", lang=brief.lang)
        colours = session.project.settings.colors
        reader.record(("setting", "colors"))
        drawings = {
            id: replace(drawing, paper=recoloured(drawing.paper, colours))
            for id, drawing in drawn(session, reader, evaluated).items()
        }
        html = session.linked(reader, render_paper(evaluated, drawings, shell, session.theme), path, brief.lang)
        css = reader.output(_PAPER_STYLE).decode()
        named = {unquote(name) for name in _IMAGE.findall(html + css)}
        for name in named:
            reader.record(("image", name))
        day = (brief.updated or brief.date).start
        job = {
            "html": html,
            "css": f"{css}\n@page {{ size: {session.site.paper} }}\n",
            "address": shell.canonical,
            "epoch": int(datetime.combine(day, datetime.min.time(), UTC).timestamp()),
            "images": sorted(name for name in named if name in session.project.images),
            "attached": [asdict(file) for file in attached_files(evaluated, view, shell.site)],
        }
        record(reader, view)
        return TargetResult(value=json.dumps(job, ensure_ascii=False).encode())

    return Target(f"paper {brief.slug}", make)


def _pdf(session: Session, brief: Brief) -> Target:
    def make(reader: Reader) -> Work:
        job = json.loads(reader.output(f"paper {brief.slug}"))
        reader.record(("version", "pdf"))
        for name in job["images"]:
            reader.record(("image", name))
        images = {name: session.project.images[name] for name in job["images"]}
        attached = tuple(Attached(**file) for file in job["attached"])
        words = "".join(words_in(data) for name, data in images.items() if name.lower().endswith(SVG))
        html, faces = paper_faces(job["html"], session.shelf, words)
        if faces:
            reader.record(TYPEFACES)
        args = (brief.slug, html, job["css"], job["address"], job["epoch"], images, attached, brief, faces)
        return Work(pdf_made, args, engine="weasyprint")

    return Target(f"pdf {brief.slug}", make)


def word_targets(session: Session, briefs: Iterable[Brief]) -> Iterator[Target]:
    """Word documents of what `brief_targets` laid out for paper."""
    return (_word(session, brief.slug) for brief in briefs)


def _word(session: Session, slug: str) -> Target:
    def make(reader: Reader) -> Work:
        job = json.loads(reader.output(f"paper {slug}"))
        reader.record(("version", "pandoc"))
        reader.record(("version", "png"))
        for name in job["images"]:
            reader.record(("image", name))
        images = {name: session.project.images[name] for name in job["images"]}
        args = (slug, job["html"], job["address"], images, session.site.paper, job["epoch"])
        return Work(word_made, args)

    return Target(f"word {slug}", make)


def _listed(session: Session, brief: Brief) -> Target:
    def make(reader: Reader) -> TargetResult:
        return TargetResult(value=write_listing(listed(session.evaluated(brief, reader))))

    return Target(f"list {brief.slug}", make)
