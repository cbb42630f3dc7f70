"""The expensive parts of targets: values in, content out. Worker processes run them, so this module imports little.

Effects: a process keeps the engine that draws, once a figure has needed it.
"""

from __future__ import annotations

import gc
import json
import threading
from base64 import b64decode, b64encode
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from reportgen.diagnostics import Diagnostic, ReportError, Span
from reportgen.model.brief import paper_of
from reportgen.rebuild.beside import keep, kept
from reportgen.rebuild.target import TargetResult
from reportgen.targets.misfits import misfit_problem

if TYPE_CHECKING:
    from reportgen.charts.canvas import Layout
    from reportgen.drawing.v8 import PlotlyEngine
    from reportgen.exports.attachments import Attached
    from reportgen.fonts.setting import CutFace
    from reportgen.model.brief import Brief
    from reportgen.model.figure import EvaluatedFigure

TYPED_HINT = 'let the figure name columns of its data, as in text: "@value"'
_ONE_AT_A_TIME = threading.Lock()
NO_WORDS: Mapping[str, tuple[float, float]] = MappingProxyType({})


@cache
def renderer() -> PlotlyEngine:
    """The engine of this process; it starts with its first figure."""
    from reportgen.drawing.kaleido import optional_renderer
    from reportgen.drawing.v8 import PlotlyEngine

    return PlotlyEngine(optional=optional_renderer())


def start_drawing() -> None:
    """Starts this process's engine before its memory holds much else: while it starts it needs half as much again."""
    renderer().start()


def start_little() -> None:
    """Nothing is needed but this process."""


def stop_drawing() -> None:
    """Gives back the memory of this process's engine, if it has drawn; a later figure starts it again."""
    if renderer.cache_info().currsize:
        renderer().close()


def drawing_made(
    figure: EvaluatedFigure,
    licence: str,
    authored: bool,
    where: Span,
    words: Mapping[str, tuple[float, float]] = NO_WORDS,
) -> TargetResult:
    """A figure's drawing, as `write_drawing` writes it. `authored`: the figure is the author's own, and is checked;
    `where`: what to blame where it cannot be drawn; `words`: the widths of what our fonts lack."""
    from reportgen.charts.drawn import write_drawing
    from reportgen.charts.figures import finished, sheets
    from reportgen.charts.svg import UnknownDigitsError
    from reportgen.drawing.v8 import DrawingError

    laid = sheets(figure)
    svgs: dict[Layout, str] = {}
    ignored: dict[str, None] = {}
    try:
        with _ONE_AT_A_TIME:
            for layout, sheet in laid.items():
                if authored:
                    ignored |= dict.fromkeys(renderer().check(sheet.plotly))
                svgs[layout] = renderer().draw(sheet.plotly, sheet.width, sheet.height, f"{figure.id}-{layout}", words)
        hint = "Plotly leaves it out of the drawing: put it right, or leave it out too"
        warnings = tuple(
            Diagnostic(
                "figure-key", said.replace(_MAP, "a map of keys"), where, _ONE_TEXT if _MAP in said else hint, "warning"
            )
            for said in ignored
        )
        return TargetResult(value=write_drawing(finished(figure, laid, svgs, licence)), warnings=warnings)
    except (DrawingError, UnknownDigitsError) as error:
        message = f'the chart "{figure.id}" cannot be drawn: {error}'
        typed = isinstance(error, UnknownDigitsError)
        code, told = ("typed-number", TYPED_HINT) if typed else ("cannot-draw", _DRAWABLE)
        raise ReportError([Diagnostic(code, message, where, told)]) from error


_MAP = "[object Object]"
"""A map of keys, as JavaScript prints it."""
_ONE_TEXT = "a figure of Plotly's speaks one language: write one text, or make a chart for each language"
_DRAWABLE = "put that part right or take it out of figure: docs/charts.md says what can be drawn"


def picture_made(path: str, svg: str, width: int, fonts: tuple[bytes, ...] = ()) -> TargetResult:
    """A drawing's PNG. `fonts`: of signs that ours lack."""
    from reportgen.drawing.png import svg_to_png

    return TargetResult({path: svg_to_png(svg, width, fonts)})


def pages_made(files: dict[str, bytes], fonts: dict[str, bytes]) -> TargetResult:
    """Pages, and their fonts packed."""
    from reportgen.fonts.setting import packed

    return TargetResult({**files, **{path: packed(font) for path, font in fonts.items()}})


def pdf_made(
    slug: str,
    html: str,
    css: str,
    address: str,
    epoch: int,
    images: dict[str, bytes],
    attached: tuple[Attached, ...],
    brief: Brief,
    faces: tuple[CutFace, ...] = (),
) -> TargetResult:
    """A brief's PDF. `faces`: the fonts of signs that ours lack."""
    from reportgen.pdf.fitting import MisfitError
    from reportgen.pdf.render import render_pdf

    try:
        pdf = render_pdf(html, css, address, epoch, images, attached, faces)
    except MisfitError as error:
        raise ReportError([misfit_problem(misfit, brief) for misfit in error.misfits]) from error
    gc.collect()  # its pages hold each other, a hundred megabytes that the next one would come on top of
    return TargetResult({paper_of(slug): pdf})


def leaf_made(
    paths: tuple[str, ...], html: str, css: str, address: str, epoch: int, faces: tuple[CutFace, ...] = ()
) -> TargetResult:
    """A PDF of a few words, at several addresses."""
    from reportgen.pdf.render import render_pdf

    return TargetResult(dict.fromkeys(paths, render_pdf(html, css, address, epoch, {}, (), faces)))


def word_made(slug: str, html: str, address: str, images: dict[str, bytes], paper: str, epoch: int) -> TargetResult:
    """A brief as a Word document, out of its HTML for paper."""
    from reportgen.word.document import word_source
    from reportgen.word.write import word_document

    source = word_source(html, address)
    return TargetResult({f"{slug}.docx": word_document(source, images, paper, epoch)})


def fonts_made(key: str = "") -> TargetResult:
    """The site's fonts, which are those of all sites. `key`: under which they are kept beside the program."""
    from reportgen.fonts.webfonts import web_fonts

    fonts = web_fonts()
    if key:
        keep("fonts", key, json.dumps({name: b64encode(data).decode() for name, data in fonts.items()}).encode())
    return _fonts(fonts)


def fonts_kept(key: str) -> TargetResult | None:
    """The fonts, as they were packed before."""
    found = kept("fonts", key)
    return _fonts({name: b64decode(data) for name, data in json.loads(found).items()}) if found else None


def _fonts(files: Mapping[str, bytes]) -> TargetResult:
    return TargetResult({f"assets/fonts/{name}": data for name, data in files.items()})
