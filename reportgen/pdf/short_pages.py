"""A laid-out document in, what fills a page that ends short before a figure: text goes before the figure, as a
compositor lets it; and what saves a last page of a few lines, or fills it. Effects: moves elements and writes classes,
which are then laid out again.

A figure is called by its number, so that a paragraph may stand on either side of it; a box of sources that disagree is
not, and its text stays below it: it is set closer instead. Text goes up until the page is full, and never past another
figure, a box, or a second title of a section.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure import boxes

from reportgen.brief.tags import HEADINGS
from reportgen.pdf.weasyprint_patches import box_of, has_annex, page_box, pages_with_lower_annex

SHORT = 1 / 8
"""Of a page: how much of it may stay empty before a figure."""
CLOSER = 0.8
"""Of its height: what a box may need, so that setting it closer is tried."""
END = 1 / 3
"""Of a page: how much the last one is to hold."""
LOWEST = 0.9
"""Of its height: what an entry of the annex takes at least when it is set closer."""
ANNEX, CLOSE, LOOSE = "annex", "closer", "looser"
"""Classes: of the entries, and of what is set closer or looser."""
FLOWING = ("p", "ul", "ol", "blockquote")
"""What may go before a figure, but for the title of a section with text below it."""
CSS = """
.disagree.closer { padding-top: 1.6mm; padding-bottom: 1.6mm }
.closer .v, .closer .ne { font-size: 12pt }
.closer .rule { padding-top: 1.4mm; line-height: 1.4 }
.annex.closer { line-height: 1.24 }
.annex.closer .entry { padding-top: 0.8mm; padding-bottom: 0.8mm }
.annex.closer p.quote { line-height: 1.3 }
.annex.looser { line-height: 1.46 }
.annex.looser .entry { padding-top: 1.8mm; padding-bottom: 1.8mm }
"""


@dataclass(frozen=True, slots=True)
class Short:
    """A page that ends early, because what comes next is not divided."""

    block: Any
    """The element that comes next."""
    height: float
    """Of what comes next."""
    room: float
    """What is empty."""


@dataclass(slots=True)
class Filling:
    """What was tried for one document."""

    root: Any
    _tried: set[Any] = field(default_factory=set)
    """The elements that were passed, or set closer."""

    def change(self, document: Any) -> bool:
        """Fills the first page that is short and can be filled; whether anything was changed."""
        heights = _heights(document)
        for short in _short_pages(document):
            if short.block not in self._tried:
                self._tried.add(short.block)
                if self._has_closed(short) or self._has_passed(short, heights):
                    return True
        return False

    def otherwise(self, document: Any) -> Iterator[str]:
        """How the annex of a document that is done may be set where its last page holds little: closer, which may save
        that page, or looser, so that entries of the pages before stand there."""
        if self._annex() is None or _filled(document) >= END:
            return
        if pages_with_lower_annex(document, LOWEST) < len(document.pages):
            yield CLOSE
        if has_annex(document.pages[:-1]):
            yield LOOSE

    def set_annex(self, name: str) -> None:
        """Closer or looser; as it was where the name is empty."""
        annex = self._annex()
        assert annex is not None
        annex.set("class", f"{ANNEX} {name}".strip())

    def _annex(self) -> Any:
        return next((each for each in self.root.iter() if ANNEX in _classes(each)), None)

    def _has_closed(self, short: Short) -> bool:
        names = _classes(short.block)
        if "disagree" not in names or short.room < CLOSER * short.height:
            return False
        short.block.set("class", " ".join([*names, CLOSE]))
        return True

    def _has_passed(self, short: Short, heights: dict[Any, float]) -> bool:
        """Moves text from behind a figure before it, as much as there is room for."""
        figure = short.block
        if not _is_called_by_number(figure):
            return False
        holder = next(parent for parent in self.root.iter() if figure in list(parent))
        at = list(holder).index(figure)
        passed, room = 0, short.room
        for block in _flowing(list(holder)[at + 1 :]):
            if room <= 0:
                break
            passed, room = passed + 1, room - heights.get(block, 0.0)
        while passed and holder[at + passed].tag in HEADINGS:  # a title stays with its text
            passed -= 1
        if passed:
            holder.remove(figure)
            holder.insert(at + passed, figure)
        return passed > 0


def ends_better(document: Any, before: Any) -> bool:
    """Whether a document has fewer pages than it had, or as many of which the last holds enough."""
    pages = len(document.pages) - len(before.pages)
    return pages < 0 or (not pages and _filled(document) >= END)


def _flowing(blocks: list[Any]) -> Iterator[Any]:
    """The blocks that may go before a figure above them: text, and one title of a section."""
    titles = 0
    for block, after in pairwise([*blocks, None]):
        is_title = block.tag == "h2" and after is not None and after.tag == "p"
        if not (block.tag in FLOWING or (is_title and not titles)):
            return
        titles += is_title
        yield block


def _is_called_by_number(block: Any) -> bool:
    """Whether it is a figure with a number, and calls no note, whose order would change."""
    labelled = any(each.get("data-n") == "label" for each in block.iter("span"))
    noted = any({"noteref", "footnote"}.intersection(_classes(each)) for each in block.iter())
    return bool(block.tag == "figure" and block.get("id") and labelled and not noted)


def _short_pages(document: Any) -> Iterator[Short]:
    """The pages that end early, in their order."""
    for page, following in pairwise(map(page_box, document.pages)):
        flow, after = _flow(page), _flow(following)
        if flow is None or after is None or not after.children:
            continue
        last, block = box_of(flow.children[-1]), box_of(after.children[0])
        undivided = block.style["break_inside"] == "avoid" and block.style["break_before"] == "auto"
        if block.element in (None, last.element) or not undivided:
            continue
        bottom = page.content_box_y() + page.height
        notes = [box for box in page.children if isinstance(box, boxes.FootnoteAreaBox) and box.children]
        bottom = min([bottom, *(area.position_y for area in notes)])
        room = bottom - (last.position_y + last.margin_height() - last.margin_bottom)
        if room > SHORT * page.height:
            yield Short(block.element, block.margin_height(), room)


def _flow(page: Any) -> Any:
    """The box on a page of the element that holds the blocks of a text, if it has any there."""
    waiting = [page]
    while waiting:
        box = box_of(waiting.pop(0))
        if "page" in _classes(box.element) and box.element_tag == "main":
            return box if box.children else None
        if isinstance(box, boxes.BlockBox) or box is page:
            waiting += [child for child in box.children if not isinstance(child, boxes.MarginBox)]
    return None


def _filled(document: Any) -> float:
    """How much of the last page is."""
    page = page_box(document.pages[-1])
    flow = _flow(page)
    if flow is None:
        return 1.0
    last = box_of(flow.children[-1])
    return float((last.position_y + last.margin_height() - page.content_box_y()) / page.height)


def _heights(document: Any) -> dict[Any, float]:
    """How high each block of a text is, on all its pages."""
    found: dict[Any, float] = {}
    for page in document.pages:
        flow = _flow(page_box(page))
        for child in map(box_of, flow.children if flow is not None else ()):
            found[child.element] = found.get(child.element, 0.0) + child.margin_height()
    return found


def _classes(element: Any) -> list[str]:
    return [] if element is None else (element.get("class") or "").split()
