"""Charts on pages of their own as targets. Such a page is a document that shows one chart and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.build.target import Made, Reader, Target
from reportgen.engines.png import svg_to_png
from reportgen.model.brief import Brief
from reportgen.model.edtf import parse_edtf
from reportgen.render.data import figure_csv, figure_data_json
from reportgen.render.html import render_html
from reportgen.render.metadata import head_html
from reportgen.render.pictures import WIDTH, chart_picture, page_tags
from reportgen.targets.briefs import evaluation_target
from reportgen.targets.drawings import drawing_targets, drawn
from reportgen.targets.workshop import Workshop


def chart_targets(workshop: Workshop) -> Iterator[Target]:
    """All that is made of the project's charts."""
    for id in workshop.project.charts:
        brief = chart_brief(workshop, id)
        yield evaluation_target(workshop, brief, ("as-of",), ("setting", "lang"), ("chart", id, "place"))
        yield from drawing_targets(workshop, brief)
        yield _page(workshop, brief, id)


def chart_brief(workshop: Workshop, id: str) -> Brief:
    """The document that shows a chart alone."""
    return Brief(
        slug=f"chart:{id}",
        title="",
        date=parse_edtf(workshop.answers.as_of.isoformat()),
        body=f'{{{{ chart("{id}") }}}}',
        body_line=1,
        lang=workshop.lang,
        at=workshop.project.charts[id].at,
    )


def _page(workshop: Workshop, brief: Brief, id: str) -> Target:
    def make(reader: Reader) -> Made:
        evaluated = workshop.evaluated(brief, reader)
        drawings = drawn(workshop, reader, evaluated)
        figure, base = evaluated.figures[0], f"charts/{id}/"
        shell = workshop.shell(reader, f"{base}index.html", "charts", "chart.html", "marks.html")
        files = {f"{id}.csv": figure_csv(figure, shell.site), f"{id}.json": figure_data_json(figure, shell.site)}
        if id in drawings:
            reader.record(("version", "png"))
            files[f"{id}.svg"] = drawings[id].download.encode()
            files[f"{id}.png"] = svg_to_png(drawings[id].download, WIDTH)
        picture = chart_picture(figure, drawings[id], shell.site) if id in drawings else None
        tags = page_tags(figure.plain_title, figure.plain_subtitle, shell.canonical, shell.site, picture)
        html = render_html(
            evaluated, drawings, shell, workshop.theme,
            head=head_html(tags), template="chart.html", downloads=tuple(sorted(files)),
        )  # fmt: skip
        return Made({f"{base}index.html": html.encode(), **{base + name: data for name, data in files.items()}})

    return Target(f"chart {id}", make)
