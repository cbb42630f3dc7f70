"""All that this program uses inside WeasyPrint beyond its public interface. Effects: `patch` replaces its functions.

Three functions are replaced. What each is for, measured on the three shipped briefs with WeasyPrint 70.0:

- `add_tags`: WeasyPrint's structure tree does not conform to PDF/UA-1; `structure.py` builds one that does.
- `columns_layout`: WeasyPrint balances columns by laying all of them out again, a little higher each time. The entries
  of our annex never change their height, so each is laid out once, measured and moved. The same bytes, in two thirds of
  the time: 1.7 s instead of 2.4 s of CPU time a document.
- `split_first_line`: WeasyPrint breaks a text that ends in a space, or a no-break space, after its first word, if all
  but that space fits the line. Without the patch some paragraphs of each brief have a line of one word.

Not patched, because it bought little: figures that move past the paragraphs after them (26 mm less white on two of 20
pages, 25 mm more on others), and variable fonts (`render.py` gives WeasyPrint one static font for each weight).

INTERNALS and ATTRIBUTES list what this relies on. If one of them differs, the PDFs are refused, and it is named.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import combinations
from math import inf
from typing import Any

import weasyprint
from weasyprint.layout import block, column, inline
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text.ffi import pango

MAJOR = "70"
"""The major version of WeasyPrint that the patches are written for."""
TESTED = "70.0"
"""The version to install where another one differs."""
_LAYOUT = (
    "context box bottom_space skip_stack containing_block page_is_empty absolute_boxes fixed_boxes adjoining_margins"
)
_STYLES = "first_letter_style first_line_style"
INTERNALS = {
    "weasyprint.pdf.add_tags": "pdf document pdf_version page_streams",
    "weasyprint.layout.block.block_level_layout": f"{_LAYOUT} {_STYLES} discard max_lines",
    "weasyprint.layout.block.block_level_width": "box containing_block with_min_max",
    "weasyprint.layout.block.collapse_margin": "adjoining_margins",
    "weasyprint.layout.block.columns_layout": f"{_LAYOUT} {_STYLES}",
    "weasyprint.layout.block.percentage": "value computed refer_to",
    "weasyprint.layout.column._create_column_box": "box containing_block children width position_y",
    "weasyprint.layout.inline.split_first_line": "text style context max_width justification_spacing "
    "is_line_start minimum",
}
"""Function that the patches call or replace -> its parameters. A replacement has the same ones."""
ATTRIBUTES = {
    "weasyprint.document.Page": "_page_box",
    "weasyprint.layout.absolute.AbsolutePlaceholder": "_box",
    "weasyprint.pdf.stream.Stream": "_tags",
}
"""Class -> the private attribute, set by its `__init__`, that is read here."""
COLUMNS = "annex"
"""The class of the HTML elements whose columns are laid out here."""
NO_BREAK = "\u00a0"
ENDS = (" ", NO_BREAK)
PIXEL = 0.01
"""Lengths that differ by less count as equal."""

_columns_layout = block.columns_layout
_split_first_line = inline.split_first_line


class PdfError(Exception):
    """No PDF can be made here. The message names the cause and the next step."""


def version() -> str:
    """WeasyPrint's and Pango's versions. Raises PdfError for a WeasyPrint that the patches do not fit."""
    found = weasyprint.__version__
    if found.partition(".")[0] != MAJOR:
        raise PdfError(
            f"WeasyPrint {found} is installed, and the PDFs need {MAJOR}: "
            f"pip install 'weasyprint>={MAJOR},<{int(MAJOR) + 1}'"
        )
    if differences := [*_differences()]:
        raise PdfError(
            f"WeasyPrint {found} is installed, and the PDFs need {TESTED}, from which it differs: "
            f"{'; '.join(differences)}; pip install 'weasyprint=={TESTED}'"
        )
    return f"{found} {pango.pango_version()}"


def _differences() -> Iterator[str]:
    for name, wanted in INTERNALS.items():
        function = _named(name)
        found = " ".join(inspect.signature(function).parameters) if function else None
        if found != wanted:
            yield f"{name} takes ({found})" if function else f"it has no {name}"
    for name, attribute in ATTRIBUTES.items():
        code = getattr(getattr(_named(name), "__init__", None), "__code__", None)
        if code is None or attribute not in (*code.co_names, *code.co_consts):
            yield f"{name} has no {attribute}"


def _named(name: str) -> Any:
    module, _, attribute = name.rpartition(".")
    return getattr(import_module(module), attribute, None)


def patch(add_tags: Callable[[Any, Any, Any, list[Any]], None]) -> None:
    """Replaces the functions in this process. `add_tags` is called as WeasyPrint's. Raises PdfError as `version`."""
    version()
    weasyprint.pdf.add_tags = add_tags
    block.columns_layout = _layout_columns
    inline.split_first_line = _first_line


def page_box(page: Any) -> Any:
    """The box of a laid-out page."""
    return page._page_box


def marked_content(stream: Any) -> dict[Any, dict[str, Any]]:
    """Box -> its marked content in a page's stream."""
    tags: dict[Any, dict[str, Any]] = stream._tags
    return tags


def box_of(box: Any) -> Any:
    """A box, where an absolutely positioned one has left a placeholder."""
    return box._box if isinstance(box, AbsolutePlaceholder) else box


def balanced(heights: Sequence[float], available: float, columns: int) -> list[int]:
    """How many of the heights, in their order, each column takes. If all fit, the columns are balanced."""
    taken = _filled(heights, available, columns)
    if sum(taken) < len(heights) or columns == 1 or not heights:
        return taken
    runs = combinations(range(len(heights) + 1), 2)
    possible = sorted({sum(heights[first:end]) for first, end in runs})
    height = next(height for height in possible if sum(_filled(heights, height, columns)) == len(heights))
    first = _filled(heights, height, columns)[0]
    return [first, *balanced(heights[first:], height, columns - 1)]


def _filled(heights: Sequence[float], available: float, columns: int) -> list[int]:
    taken: list[int] = []
    at = 0
    for _ in range(columns):
        began, used = at, 0.0
        while at < len(heights) and used + heights[at] <= available + PIXEL:
            used += heights[at]
            at += 1
        taken.append(at - began)
    return taken


def _layout_columns(
    context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, page_is_empty: bool,
    absolute_boxes: Any, fixed_boxes: Any, adjoining_margins: list[float], first_letter_style: Any,
    first_line_style: Any,
) -> Any:  # fmt: skip
    """Replaces `columns_layout` for the annex: the box, where to go on, and three values that never differ here."""

    def original() -> Any:
        return _columns_layout(
            context, annex, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, fixed_boxes,
            adjoining_margins, first_letter_style, first_line_style,
        )  # fmt: skip

    annex = box
    if box.element is None or COLUMNS not in (box.element.get("class") or "").split():
        return original()
    if skip_stack and any(skip_stack.values()):
        return original()
    if any(child.style["position"] != "relative" for child in box.children):
        return original()  # An absolutely positioned descendant would refer to the column.
    next_page = {"break": "any", "page": None}
    box = box.copy_with_children(box.children)
    box.position_y += block.collapse_margin(adjoining_margins)
    block.block_level_width(box, containing_block)
    count, gap = box.style["column_count"], block.percentage(box.style["column_gap"], box.style, box.width)
    width = (box.width - (count - 1) * gap) / count
    top = box.content_box_y()
    first = next(iter(skip_stack)) if skip_stack else 0
    entries = [_measured(context, child, box, containing_block, width) for child in box.children[first:]]
    heights = [entry.margin_height() for entry in entries]
    taken = balanced(heights, context.page_bottom - top - bottom_space, count)
    if not taken[0]:  # The first entry goes to the next page. One that is higher than a page has to be broken.
        return original() if page_is_empty else (None, (0, None), next_page, [], False)
    made, at, height = [], 0, 0.0
    for number, how_many in enumerate(taken):
        x, y = box.content_box_x() + number * (width + gap), top
        inside = entries[at : at + how_many]
        for entry in inside:
            entry.translate(x - entry.position_x, y - entry.position_y)
            y += entry.margin_height()
        made.append(column._create_column_box(box, containing_block, inside, width, top))
        made[-1].position_x = x
        at += how_many
        height = max(height, y - top)
    for each in made:
        each.height = height
    box.children, box.height = made, height
    return box, ({first + at: None} if at < len(entries) else None), next_page, [], False


def _measured(context: Any, child: Any, box: Any, containing_block: Any, width: float) -> Any:
    """An entry, laid out once in a document, at the place that it had then."""
    kept = vars(context).setdefault("laid_out_once", {})
    if child not in kept:
        beside = column._create_column_box(box, containing_block, [child], width, box.content_box_y())
        child.position_x, child.position_y = beside.position_x, beside.position_y
        context.in_column = True
        kept[child] = block.block_level_layout(context, child, -inf, None, beside, True, [], [], [])[0]
        context.in_column = False
    return kept[child]


def _first_line(
    text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float,
    is_line_start: bool = True, minimum: bool = False,
) -> Any:  # fmt: skip
    """Replaces `split_first_line`: the layout, its length, where to go on, its width, height and baseline."""

    def split(text: str, max_width: float | None) -> Any:
        return _split_first_line(text, style, context, max_width, justification_spacing, is_line_start, minimum)

    answer = split(text, max_width)
    if answer[2] is None or max_width is None or text[-1:] not in ENDS or style["white_space"] != "normal":
        return answer
    if text[-1] == NO_BREAK:
        width, kept = split(text, None)[3], split(text[:-1], None)[3]
        return split(text, max_width - (width - kept)) if kept <= max_width < width else answer
    if b" " in text.encode()[: answer[1]]:
        return answer
    _, _, resume_at, width, _, _ = split(text.rstrip(" "), None)
    return answer if resume_at is not None or width > max_width else split(text, None)
