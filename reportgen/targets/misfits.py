"""What does not fit the paper in, a problem at the place that its author wrote out. Pure."""

from __future__ import annotations

import re

from reportgen.diagnostics import Diagnostic, Span
from reportgen.late_patterns import regex
from reportgen.load.lines import lines_of
from reportgen.model.brief import Brief
from reportgen.model.misfit import Misfit

FIGURE = "figure-"
"""What the address of a figure begins with, before its id."""
MOST = 60
"""Letters of what a message names."""
_WORD = regex(r"[^\W_]+")


def misfit_problem(misfit: Misfit, brief: Brief) -> Diagnostic:
    """An error."""
    figure = misfit.anchor.removeprefix(FIGURE) if misfit.anchor.startswith(FIGURE) else ""
    said = f'"{figure}"' if figure and misfit.table else _short((", " if misfit.table else " ").join(misfit.words))
    span = _line(figure, misfit.words, brief)
    if misfit.undrawn:
        named = f'the drawing "{figure}"' if figure else f"the drawing {said}" if misfit.words else "a drawing"
        message = f"{named} cannot be set on paper: {misfit.undrawn}"
        return Diagnostic("cannot-draw", message, span, "draw it in a simpler way, or save the picture as a PNG")
    if not misfit.table:
        return Diagnostic("too-wide", f"{said} does not fit on a page of paper", span, "make it shorter, or smaller")
    message = (
        f"the table {said} is too wide for the paper: in the smallest type its {len(misfit.words)} columns need "
        f"{misfit.needed} mm, and have {misfit.room} mm"
    )
    how = ", which a chart of `kind: table` names under `columns`," if figure else ""
    return Diagnostic("too-wide", message, span, f"show fewer columns{how} or split the table")


def _short(text: str) -> str:
    return f'"{text}"' if len(text) <= MOST else f'"{text[: MOST - 1].rstrip(" ,")}…"'


def _line(figure: str, words: tuple[str, ...], brief: Brief) -> Span:
    """The line of a brief that calls a figure, or has most of the words; the file, if no line has any."""
    lines = lines_of(brief.body)
    call = re.compile(rf"""\(\s*["']{re.escape(figure)}["']""")
    wanted = {word.lower() for text in words for word in _WORD.findall(text)}
    found = [len(wanted & {word.lower() for word in _WORD.findall(line)}) for line in lines]
    if figure:
        found = [len(wanted) + 1 if call.search(line) else count for line, count in zip(lines, found, strict=True)]
    if not max(found, default=0):
        return brief.at.whole
    at = found.index(max(found))
    return Span.at(brief.at.whole.file, brief.body_line + at, 1, max(len(lines[at]), 1))
