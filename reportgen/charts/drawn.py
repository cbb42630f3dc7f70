"""A figure that is drawn in, what its drawing depends on out; a drawing and the document that shows it in, the drawing
with that document's numbers out. Pure.

A figure is drawn once for its own page and for every brief, with its numbers counted from 0; `placed` renumbers the
drawing for the document that shows it. Nothing here draws, so that a page whose drawings are there needs no more.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from reportgen.late_patterns import regex
from reportgen.model.figure import Datum, EvaluatedFigure, FigureLine
from reportgen.pages.inserts import Drawing

_INDEX = regex(r'data-n="(\d+)"')


def apart(figure: EvaluatedFigure) -> EvaluatedFigure:
    """The figure without what its drawings do not depend on, its numbers counted from 0: equal for equal drawings."""
    local = {number: n for n, number in enumerate(numbers_of(figure))}

    def datum(of: Datum) -> Datum:
        if of.number is None and of.entry is None and not of.insert:
            return of
        number = None if of.number is None else local[of.number]
        return replace(of, number=number, entry=None, insert="")

    return replace(
        figure, anchor="", name="", title="", subtitle="", note="",
        rows=tuple(replace(row, cells=tuple(map(datum, row.cells))) for row in figure.rows),
        lines=tuple(FigureLine(datum(line.value), line.label) for line in figure.lines),
        facts=tuple((id, datum(of)) for id, of in figure.facts),
    )  # fmt: skip


def placed(drawing: Drawing, figure: EvaluatedFigure, first_tick: int) -> Drawing:
    """The drawing of `apart(figure)`, with the numbers of the document that shows the figure."""
    numbers = numbers_of(figure)
    index = [*map(str, numbers), *map(str, range(first_tick, first_tick + len(drawing.ticks)))]
    if index == [*map(str, range(len(index)))]:
        return drawing
    wide, narrow, paper, download = (
        _INDEX.sub(lambda m: f'data-n="{index[int(m[1])]}"', svg)
        for svg in (drawing.wide, drawing.narrow, drawing.paper, drawing.download)
    )
    return replace(drawing, wide=wide, narrow=narrow, paper=paper, download=download)


def write_drawing(drawing: Drawing) -> bytes:
    """A drawing as bytes for the cache."""
    return json.dumps(asdict(drawing), ensure_ascii=False).encode()


def read_drawing(data: bytes) -> Drawing:
    """The drawing that `write_drawing` wrote."""
    found = json.loads(data)
    return Drawing(**found | {name: tuple(found[name]) for name in ("columns", "ticks", "heights")})


def cells_of(figure: EvaluatedFigure) -> tuple[Datum, ...]:
    """The cells of a figure's rows, and the values of its reference lines and of the facts that it names."""
    cells = (datum for row in figure.rows for datum in row.cells)
    return (*cells, *(line.value for line in figure.lines), *(datum for _, datum in figure.facts))


def numbers_of(figure: EvaluatedFigure) -> tuple[int, ...]:
    """Indices of the figure's numbers, each once, in the order of its rows."""
    return tuple(dict.fromkeys(datum.number for datum in cells_of(figure) if datum.number is not None))
