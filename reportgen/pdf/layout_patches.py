"""Three things that WeasyPrint lays out and we lay out otherwise. Effects: `use_our_layout` replaces its functions.

Columns: WeasyPrint lays all that stands in columns out again and again, a pixel lower each time, until it is balanced.
What is in our annex never changes its height, so that each entry is laid out once, measured, and moved to its place.

Figures: one that does not fit at the foot of a page is not broken, and would leave the rest of the page white. It
lets the paragraphs after it go first, as printers do, down to the next heading, figure or table.

Lines: a text that ends in a space, and fits a line but for that space, is not broken after its first word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import Any

from weasyprint.layout import block, column, inline

COLUMNS = "annex"
"""The class of what stands in columns of ours."""
FLOATING = frozenset({"chart", "tablewrap", "events", "disagree"})
"""Classes of what may let others go first: each has a name of its own, by which the text speaks of it."""
PASSING = frozenset({"p", "ul", "ol"})
"""Tags of what may go first."""
PIXEL = 0.01
"""Lengths that differ by less are the same."""

_columns_layout = block.columns_layout
_in_flow_layout = block._in_flow_layout
_split_first_line = inline.split_first_line


def use_our_layout() -> None:
    """From now on, in this process."""
    block.columns_layout = _in_columns
    block._in_flow_layout = _in_flow
    inline.split_first_line = _first_line


def spread(heights: Sequence[float], available: float, columns: int) -> list[int]:
    """How many of the heights, in their order, each column takes; the rest does not fit. All that fits is balanced."""
    taken = _filled(heights, available, columns)
    if sum(taken) < len(heights) or columns == 1 or not heights:
        return taken
    height = max(max(heights), sum(heights) / columns)
    while sum(taken := _filled(heights, height, columns)) < len(heights):
        height = min(_next_heights(heights, taken))
    return [taken[0], *spread(heights[taken[0] :], height, columns - 1)]


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


def _next_heights(heights: Sequence[float], taken: Sequence[int]) -> Iterator[float]:
    """The heights at which a column would take one more than it did."""
    at = 0
    for number in taken:
        yield sum(heights[at : at + number + 1])
        at += number


def _in_columns(
    context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, page_is_empty: bool,
    absolute_boxes: Any, fixed_boxes: Any, adjoining_margins: list[float], *styles: Any,
) -> Any:  # fmt: skip
    """Called like `columns_layout`, and answers like it: the box, where to go on, and three that never differ here."""

    def theirs() -> Any:
        return _columns_layout(
            context, asked, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, fixed_boxes,
            adjoining_margins, *styles,
        )  # fmt: skip

    asked = box
    if not _is(box, COLUMNS) or (skip_stack and any(skip_stack.values())):
        return theirs()
    if any(child.style["position"] != "relative" for child in box.children):
        return theirs()  # what hangs in them would be placed by what holds them
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
    taken = spread(heights, context.page_bottom - top - bottom_space, count)
    if not taken[0]:  # it waits for the next page; if it is longer than any page, it has to be broken
        return theirs() if page_is_empty else (None, (0, None), next_page, [], False)
    made, at, tallest = [], 0, 0.0
    for number, how_many in enumerate(taken):
        x, y = box.content_box_x() + number * (width + gap), top
        inside = entries[at : at + how_many]
        for entry in inside:
            entry.translate(x - entry.position_x, y - entry.position_y)
            y += entry.margin_height()
        made.append(_column(box, containing_block, inside, width, x, top))
        at += how_many
        tallest = max(tallest, y - top)
    for each in made:
        each.height = tallest
    box.children, box.height = made, tallest
    return box, ({first + at: None} if at < len(entries) else None), next_page, [], False


def _column(box: Any, containing_block: Any, children: list[Any], width: float, x: float, y: float) -> Any:
    made = column._create_column_box(box, containing_block, children, width, y)
    made.position_x = x
    return made


def _measured(context: Any, child: Any, box: Any, containing_block: Any, width: float) -> Any:
    """A child, laid out once for the document, wherever that was."""
    kept = vars(context).setdefault("laid_out_once", {})
    if child not in kept:
        beside = _column(box, containing_block, [child], width, box.content_box_x(), box.content_box_y())
        child.position_x, child.position_y = beside.position_x, beside.position_y
        context.in_column = True
        kept[child] = block.block_level_layout(context, child, -inf, None, beside, True, [], [], [])[0]
        context.in_column = False
    return kept[child]


def _in_flow(
    context: Any, box: Any, index: int, child: Any, new_children: list[Any], page_is_empty: bool, absolute_boxes: Any,
    fixed_boxes: Any, adjoining_margins: list[float], *rest: Any,
) -> Any:  # fmt: skip
    """Called like `_in_flow_layout`, and answers like it, after another child if this one lets others go first."""
    place, before = (child.position_x, child.position_y), len(new_children)

    def laid_out(which: Any) -> Any:
        which.position_x, which.position_y = place
        return _in_flow_layout(
            context, box, index, which, new_children, page_is_empty, absolute_boxes, fixed_boxes,
            list(adjoining_margins), *rest,
        )  # fmt: skip

    first = box.children[index]  # another one than the caller took, if it has changed places
    answer = laid_out(first)
    if _pushed(answer, index, before) and _lets_go_first(box.children, index):
        asked = box.children
        changed = list(asked)
        changed[index : index + 2] = reversed(changed[index : index + 2])
        box.children = changed
        other = laid_out(changed[index])
        if not _pushed(other, index, before):
            return other
        box.children = asked
    return answer


def _pushed(answer: Any, index: int, before: int) -> bool:
    """Whether the child left the page as it was, and waits for the next."""
    abort, stop, resume_at, _, _, _, children, _ = answer
    return bool(stop and not abort and resume_at == {index: None} and len(children) == before)


def _lets_go_first(children: Sequence[Any], index: int) -> bool:
    """Whether a child is a figure, and what follows a paragraph or list that leads to nothing else."""
    if index + 1 >= len(children) or not any(_is(children[index], name) for name in FLOATING):
        return False
    after = children[index + 1]
    if after.element_tag not in PASSING or after.style["break_before"] != "auto":
        return False
    words = "".join(after.element.itertext()).rstrip()
    return not words.endswith(":") and not any(each.footnote for each in children[index].descendants())


def _is(box: Any, name: str) -> bool:
    return box.element is not None and name in (box.element.get("class") or "").split()


def _first_line(
    text: str, style: Any, context: Any, max_width: float | None, spacing: float, is_line_start: bool = True,
    minimum: bool = False,
) -> Any:  # fmt: skip
    """Called like `split_first_line`, and answers like it: the layout, its length, where to go on, its width, …"""
    answer = _split_first_line(text, style, context, max_width, spacing, is_line_start, minimum)
    if answer[2] is None or max_width is None or text[-1:] != " " or style["white_space"] != "normal":
        return answer
    if b" " in text.encode()[: answer[1]]:
        return answer
    _, _, more, width, _, _ = _split_first_line(text.rstrip(" "), style, context, None, spacing, is_line_start, minimum)
    if more is not None or width > max_width:
        return answer
    return _split_first_line(text, style, context, None, spacing, is_line_start, minimum)
