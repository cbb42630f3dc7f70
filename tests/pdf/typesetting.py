"""A laid-out document in, its lines and blocks by page out: what a compositor's rules speak of.

Lengths are CSS pixels, from the top and the left edge of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from unittest.mock import patch

from weasyprint.formatting_structure import boxes

from reportgen.pdf import render
from reportgen.pdf.weasyprint_patches import box_of, page_box

MM = 96 / 25.4
HYPHEN = "\u2010"
"""What ends a line whose last word goes on in the next one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def is_hyphenated(self) -> bool:
        return self.text.endswith(HYPHEN)


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands of one element on one page, or in one column of it."""

    tag: str
    inside: tuple[str, ...]
    """The elements around it and itself, each as `section.how`."""
    element: int
    """The same for all pieces of one element, and growing in the order of the HTML."""
    page: int
    """Counted from 1."""
    left: float
    right: float
    """Of its content."""
    top: float
    bottom: float
    lines: tuple[Line, ...]
    """Those that stand in no element inside of it that is a block."""

    def within(self, *names: str) -> bool:
        """Whether it is, or stands in, an element of one of these tags or classes."""
        return any(name in part.split(".") for part in self.inside for name in names)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page and what stands on it."""

    number: int
    top: float
    bottom: float
    """Where its text has to end: above the notes."""
    asked: bool
    """Whether its stylesheet asks for the break before it: a page of contents, a turned page."""
    pieces: tuple[Piece, ...]


def sheets(document: Any) -> tuple[Sheet, ...]:
    """The pages of what `render.laid_out` laid out."""
    order: dict[Any, int] = {}
    root = page_box(document.pages[0]).children[0].element
    for element in root.iter():
        order[element] = len(order)
    found = [page_box(page) for page in document.pages]
    asked = [True, *(_asked(before, after) for before, after in pairwise(found))]
    return tuple(_sheet(box, number, order, asked[number - 1]) for number, box in enumerate(found, 1))


@contextmanager
def laid_for_pdfs() -> Iterator[dict[str, tuple[Sheet, ...]]]:
    """The pages of each PDF that this process makes from now on, by its HTML: laid out once for both."""
    found: dict[str, tuple[Sheet, ...]] = {}
    laid_out = render.laid_out

    def looked_at(html: str, *rest: Any) -> Any:
        document = laid_out(html, *rest)
        found[html] = sheets(document)
        return document

    with patch.object(render, "laid_out", looked_at):
        yield found


def _asked(before: Any, after: Any) -> bool:
    if any(box.style["break_before"] == "page" for box in _edge(after.children[0], 0)):
        return True
    return before.page_type.name != after.page_type.name or any(
        box.style["break_after"] == "page" for box in _edge(before.children[0], -1)
    )


def _edge(box: Any, side: int) -> Iterator[Any]:
    """A box, its first or last child, and so on."""
    box = box_of(box)
    if isinstance(box, boxes.BlockLevelBox):
        yield box
        if isinstance(box, boxes.ParentBox) and box.children:
            yield from _edge(box.children[side], side)


def _sheet(box: Any, number: int, order: dict[Any, int], asked: bool) -> Sheet:
    flow = [child for child in box.children if not isinstance(child, boxes.MarginBox)]
    pieces = tuple(piece for child in flow for piece in _pieces(child, (), number, order))
    notes = [child.position_y for child in flow if isinstance(child, boxes.FootnoteAreaBox) and child.children]
    top = box.content_box_y()
    return Sheet(number, top, min([top + box.height, *notes]), asked, pieces)


def _pieces(box: Any, inside: tuple[str, ...], page: int, order: dict[Any, int]) -> Iterator[Piece]:
    box = box_of(box)
    if isinstance(box, boxes.ReplacedBox) and box.element in order:
        name = (*inside, box.element_tag)
        yield Piece(box.element_tag, name, order[box.element], page, *_edges(box), ())
    if not isinstance(box, boxes.ParentBox) or isinstance(box, boxes.LineBox):
        return
    if box.element in order and "::" not in box.element_tag:
        name = ".".join((box.element_tag, *(box.element.get("class") or "").split()))
        inside = (*inside, name)
        lines = tuple(_line(child) for child in box.children if isinstance(child, boxes.LineBox))
        yield Piece(box.element_tag, inside, order[box.element], page, *_edges(box), lines)
    for child in box.children:
        yield from _pieces(child, inside, page, order)


def _edges(box: Any) -> tuple[float, float, float, float]:
    left, top = box.content_box_x(), box.border_box_y()
    return left, left + box.width, top, top + box.border_height()


def _line(box: Any) -> Line:
    texts = [found for found in _texts(box) if found.text.strip()]
    left = min((found.position_x for found in texts), default=box.position_x)
    right = max((found.position_x + found.width for found in texts), default=left)
    return Line("".join(found.text for found in texts), left, right, box.position_y, box.position_y + box.height)


def _texts(box: Any) -> Iterator[Any]:
    box = box_of(box)
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _texts(child)
