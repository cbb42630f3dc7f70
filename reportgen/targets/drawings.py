"""A brief's charts as targets: the figure, and its drawing, made again only if the figure is another.

A brief mostly shows what the chart's own page shows, and then takes that page's drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportgen.brief.figures import SET_IN_TYPE, alone_slug, spoken_alone
from reportgen.charts.drawn import apart, placed, read_drawing
from reportgen.fonts.setting import word_widths
from reportgen.late_patterns import regex
from reportgen.model.brief import Brief, tongue_of
from reportgen.model.evaluated import EvaluatedBrief
from reportgen.model.figure import EvaluatedFigure
from reportgen.model.project import Project
from reportgen.pages.inserts import Drawing
from reportgen.rebuild.digest import digest_of, written
from reportgen.rebuild.target import Reader, Target, TargetResult, Work
from reportgen.targets.session import TYPEFACES, Session
from reportgen.targets.tasks import drawing_made

NOTHING = b""
"""The value of a chart that is not drawn."""
_NAMED = regex(r"""\((?<=\bchart.)\s*["']([a-z0-9][a-z0-9-]*)["']""")


def drawing_targets(session: Session, brief: Brief) -> Iterator[Target]:
    """Two targets a chart of the brief."""
    for id in charts_in(brief, session.project):
        yield from _targets(session, brief, id)


def lettering(figure: EvaluatedFigure, text: str) -> str:
    """All words that a drawing may print: what is written, and the signs that Plotly sets before a change. `text`: the
    figure written out."""
    return text + (" ▲ ▼" if '"indicator"' in figure.figure else "")


def charts_in(brief: Brief, project: Project) -> tuple[str, ...]:
    """Ids of the charts that a brief names: whether it shows them is found when it is evaluated."""
    return tuple(dict.fromkeys(id for id in _NAMED.findall(brief.body) if id in project.charts))


def drawn(session: Session, reader: Reader, brief: EvaluatedBrief) -> dict[str, Drawing]:
    """The drawings of a brief by figure; their axes' ticks are numbered after its numbers."""
    found: dict[str, Drawing] = {}
    first = len(brief.numbers)
    for figure in brief.figures:
        if figure.kind not in SET_IN_TYPE:
            name, alone = f"{brief.slug}/{figure.id}", f"{_alone(session, figure.id, brief.lang)}/{figure.id}"
            drawing = placed(read_drawing(reader.output(f"draw {name}")), figure, first)
            if figure.is_long:
                same = reader.output_digest(f"figure {alone}") == reader.output_digest(f"figure {name}")
                folder = alone.partition("/")[0].partition(".")[2]
                drawing = replace(drawing, live=live_address(figure.id, same=same, page=brief.slug, tongue=folder))
            first += len(drawing.ticks)
            found[figure.id] = drawing
    return found


def live_address(id: str, *, same: bool = True, page: str = "", tongue: str = "") -> str:
    """Where the page of a chart or a brief finds the live chart: with the chart's own page in a language, if it is the
    `same`, else beside it."""
    if not same:
        return f"{id}-live.json"
    root = "../../../" if tongue_of(page) else "../../"
    return f"{root}{tongue}/charts/{id}/{id}-live.json" if tongue else f"{root}charts/{id}/{id}-live.json"


def _alone(session: Session, id: str, lang: str) -> str:
    chart = session.project.charts.get(id)
    return spoken_alone(chart, session.languages[1:], lang) if chart else alone_slug(id)


def alone_names(session: Session, id: str, lang: str) -> tuple[str, str]:
    """The targets of a chart by itself that a document in a language compares its own drawing with, and takes."""
    alone = f"{_alone(session, id, lang)}/{id}"
    return f"figure {alone}", f"draw {alone}"


def _targets(session: Session, brief: Brief, id: str) -> Iterator[Target]:
    name = f"{brief.slug}/{id}"
    alone = f"{_alone(session, id, brief.lang)}/{id}"

    def shown(evaluated: EvaluatedBrief) -> EvaluatedFigure | None:
        found = next((figure for figure in evaluated.figures if figure.id == id), None)
        return None if found is None or found.kind in SET_IN_TYPE else apart(found)

    to_draw: list[tuple[EvaluatedFigure, str]] = []
    """The figure, and it written out, where it was compared just now."""

    def figure(reader: Reader) -> TargetResult:
        found = shown(session.evaluated(brief, reader))
        if found is None:
            return TargetResult(value=NOTHING)
        text = written(found)
        to_draw[:] = [(found, text)]
        return TargetResult(value=digest_of(text).encode())

    def draw(reader: Reader) -> TargetResult | Work:
        own = reader.output(f"figure {name}")
        compared = to_draw.pop() if to_draw else None
        if own == NOTHING:
            return TargetResult(value=NOTHING)
        if name != alone and reader.output_digest(f"figure {alone}") == reader.output_digest(f"figure {name}"):
            return TargetResult(value=reader.output(f"draw {alone}"))
        reader.record(("version", "plotly.js"))
        reader.record(("setting", "license"))
        found, text = compared or ((anew := shown(session.known(brief))), written(anew))
        assert found is not None
        words = word_widths(lettering(found, text), session.shelf)
        if words:
            reader.record(TYPEFACES)
        chart = session.project.charts[id]
        args = (found, session.site.license, bool(chart.figure), chart.at["figure"], words)
        return Work(drawing_made, args, engine="v8")

    yield Target(f"figure {name}", figure)
    yield Target(f"draw {name}", draw)
