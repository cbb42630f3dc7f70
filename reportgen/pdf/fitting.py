"""A laid-out document in, what of it has no room on its paper out; what gives it room, and what nothing gives room to.

A table that is too wide is set closer and in smaller type, then over the whole width of the page, then on a turned page
of its own. A block waits for what hangs in the left column and is higher than the text beside it. A note that is too
long for the foot of a page is set below the block that calls it (`notes.py`). Effects: writes classes and styles
into the elements of such blocks, and moves those of such notes; they are then laid out again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from weasyprint.formatting_structure import boxes

from reportgen.brief.tags import HEADINGS
from reportgen.late_patterns import regex
from reportgen.model.misfit import Misfit
from reportgen.pdf.notes import notes_at_foot, set_out
from reportgen.pdf.short_pages import CSS as CLOSER_CSS
from reportgen.pdf.weasyprint_patches import HERE, REFERENCE, box_of, elements_lost, page_box

MM = 96 / 25.4
PT = 96 / 72
"""In CSS pixels."""
SLACK = 1.5 * MM
"""What may hang out of the text: the letter of a mark, a comma."""
CLOSE = 1.0
"""Pixels that are not told apart."""
LONGEST = 1 / 2
"""Of a page: how high a note may be at its foot."""
LEAST = 6.5
"""The smallest type of a table, in points."""
EASY = 7.4
"""The smallest type, in points, that is not given up for a wider place."""
TITLES_APART = 2.5 * MM
"""Below a section's title in the left column."""
HANGING = ("figcaption", "time")
"""What hangs beside a block, if it is placed absolutely."""
FITTED = (
    CLOSER_CSS
    + """
.set-out { float: none; display: block; margin: 0 0 2.6mm; padding: 1mm 0 1mm 4mm; border-left: 1.6pt solid #b9c4c9 }
.close td, .close th, .close td.n, .close th.n { padding-right: 1mm; padding-left: 1mm; white-space: normal }
.close td:first-child, .close th:first-child { padding-left: 0 }
.marked td.n, .marked th.n { padding-right: 3.2mm }
.close thead th { font-size: 0.95em }
.long-word { overflow-wrap: anywhere }
figure.whole, figure.turned { padding-left: 0 }
.whole figcaption, .turned figcaption { position: static; width: auto; max-width: 128mm; margin-bottom: 2.4mm }
table.whole, table.turned { width: calc(100% + var(--hang, 0mm)); margin-left: calc(-1 * var(--hang, 0mm)) }
.turned, .with-turned { page: turned }
body { page: upright }
.xref.here:not(.there)::after { content: none }
"""
)
"""What the classes mean that tables are given. WeasyPrint comes back from a turned page only to one that has a name."""
THERE = "there"
"""The class of references to what stood on the same page before their number was left out."""
WORDS = 8
"""Of what does not fit, that a message may name."""
PARTING = ("td", "th", "br", "p", "li", "dt", "dd")
WORD, LONG = "span", regex(r"\S{24,}")
"""A word that may be broken anywhere, if its table is too wide."""


class MisfitError(Exception):
    """A document that does not fit its paper."""

    def __init__(self, misfits: tuple[Misfit, ...]) -> None:
        super().__init__(misfits)
        self.misfits = misfits


@dataclass(frozen=True, slots=True)
class Outside:
    """A text, a picture or a table that is not inside of the text of its page."""

    box: Any
    around: tuple[Any, ...]
    """The boxes around it, the page first."""

    @property
    def path(self) -> tuple[Any, ...]:
        return (*self.around, self.box)

    @property
    def table(self) -> Outside | None:
        """The outermost table of those that it is, or stands in."""
        found = next((n for n, box in enumerate(self.path) if isinstance(box, boxes.TableBox)), None)
        return None if found is None else Outside(self.path[found], self.path[:found])


@dataclass(frozen=True, slots=True)
class Crowded:
    """A block that begins, or ends, before what hangs beside it does."""

    element: Any
    length: str
    """The property that gives it room."""
    pixels: float


@dataclass(frozen=True, slots=True)
class Headless:
    """A part of a table that has lost its head: WeasyPrint drops one that does not fit."""

    table: Outside
    note: Any = None
    """The highest note of its page."""


@dataclass(frozen=True, slots=True)
class Pressing:
    """A note that leaves too little of its page to the text, or to itself."""

    element: Any


@dataclass(frozen=True, slots=True)
class Lost:
    """A text that stands on no page, or not whole: WeasyPrint drops lines whose notes have no room."""

    element: Any


@dataclass(frozen=True, slots=True)
class PageSaid:
    """A reference that names its own page, or no longer names another."""

    element: Any
    is_here: bool


Flaw = Outside | Crowded | Headless | Pressing | Lost | PageSaid
Edges = tuple[float, float, float, float]


def flaws(document: Any) -> list[Flaw]:
    """All that reaches out of the text of its page or across its notes, or from its head or foot out of the sheet; what
    is crowded, has lost its head, presses the rest, or is lost; references that say the wrong page."""
    found: list[Flaw] = [each for page in document.pages for each in _on_page(page_box(page))]
    return [*(found or map(Lost, elements_lost(document))), *_pages_said(document)]


def undrawn(document: Any, drawing: Any, cause: str) -> Misfit:
    """Where a drawing stands that cannot be set: an image of a laid-out document, or an element of its tree."""
    pages = [page_box(page) for page in getattr(document, "pages", ())]
    found = next((each for page in pages for each in _drawn_as(page, (), drawing)), None)
    elements = [box.element for box in found.path if box.element is not None] if found else []
    if found is None and drawing is not None and hasattr(document, "iter"):
        elements = _down_to(drawing, document)
    anchor = next((each.get("id") for each in reversed(elements) if each.get("id")), "")
    return Misfit(anchor, next(filter(None, map(_words, reversed(elements))), ()), undrawn=cause)


def _drawn_as(box: Any, around: tuple[Any, ...], drawing: Any) -> Iterator[Outside]:
    box = box_of(box)
    if isinstance(box, boxes.ReplacedBox) and box.replacement is drawing:
        yield Outside(box, around)
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _drawn_as(child, (*around, box), drawing)


def _down_to(element: Any, root: Any) -> list[Any]:
    """The elements from a root down to one of those in it."""
    parents = {child: parent for parent in root.iter() for child in parent}
    path = [element]
    while path[-1] in parents:
        path.append(parents[path[-1]])
    return path[::-1]


def _pages_said(document: Any) -> Iterator[PageSaid]:
    """References to what stands on their own page, whose number is not said, and those that no longer are."""
    pages = {name: number for number, page in enumerate(document.pages) for name in page.anchors}
    for number, page in enumerate(document.pages):
        for kind, target, _, box in page.links:
            classes = _classes(box.element)
            if kind == "internal" and REFERENCE in classes and THERE not in classes:
                is_here = pages.get(target) == number
                if is_here is not (HERE in classes):
                    yield PageSaid(box.element, is_here)


def turned_page(document: Any) -> str:
    """The stylesheet of a turned page as large as the others."""
    page = page_box(document.pages[0])
    return f"@page turned {{ size: {page.margin_height()}px {page.margin_width()}px }}\n"


def _on_page(page: Any) -> Iterator[Flaw]:
    left, top = page.content_box_x(), page.content_box_y()
    text = (left - SLACK, top - SLACK, left + page.width + SLACK, top + page.height + SLACK)
    sheet = (0.0, 0.0, page.margin_width(), page.margin_height())
    area = next((box for box in page.children if isinstance(box, boxes.FootnoteAreaBox) and box.children), None)
    highest = max(area.children, key=lambda note: note.margin_height()) if area else None
    pressed = highest is not None and highest.margin_height() > LONGEST * page.height
    for child in page.children:
        for found in _in_frame(child, (page,), sheet if isinstance(child, boxes.MarginBox) else text):
            if isinstance(found, Headless):
                yield Headless(found.table, highest and highest.element)
            elif area and isinstance(found, Outside) and _is_too_high(found, text):
                pressed = True
            else:
                yield found
        if area and not pressed and not isinstance(child, boxes.MarginBox | boxes.FootnoteAreaBox):
            pressed = _runs_into(child, area)
    if pressed and highest is not None:
        yield Pressing(highest.element)


def _is_too_high(found: Outside, frame: Edges) -> bool:
    """Whether it reaches out of a frame above or below."""
    box = found.box
    return bool(box.position_y < frame[1] or box.position_y + box.margin_height() - box.margin_bottom > frame[3])


def _runs_into(box: Any, area: Any) -> bool:
    """Whether a text or picture runs into the notes of its page."""
    box = box_of(box)
    if isinstance(box, boxes.TextBox | boxes.ReplacedBox) and _seen(box):
        below = box.position_y + box.height > area.position_y + SLACK
        return bool(below and box.position_x + box.width > area.content_box_x())
    return isinstance(box, boxes.ParentBox) and any(_runs_into(child, area) for child in box.children)


def _in_frame(box: Any, around: tuple[Any, ...], frame: Edges) -> Iterator[Flaw]:
    box = box_of(box)
    if isinstance(box, boxes.TextBox | boxes.ReplacedBox | boxes.TableBox) and _seen(box):
        right, bottom = box.position_x + box.margin_width(), box.position_y + box.margin_height()
        if not isinstance(box, boxes.TextBox):  # the space below it may be lost at the foot of a page
            bottom -= box.margin_bottom
        if not (frame[0] <= box.position_x and frame[1] <= box.position_y and right <= frame[2] and bottom <= frame[3]):
            yield Outside(box, around)
            return
    if isinstance(box, boxes.TableBox) and _has_lost_its_head(box):
        yield Headless(Outside(box, around))
    if isinstance(box, boxes.ParentBox):
        if box.element_tag in HANGING and box.style["position"] == "absolute":
            yield from _beside(box, around)
        elif "page" in _classes(box.element):
            yield from _below_titles([box_of(child) for child in box.children], box.content_box_x())
        for child in box.children:
            yield from _in_frame(child, (*around, box), frame)


def _has_lost_its_head(table: Any) -> bool:
    element = table.element
    return element is not None and element.find("thead") is not None and not any(g.is_header for g in table.children)


def _seen(box: Any) -> bool:
    return box.style["visibility"] == "visible" and not (isinstance(box, boxes.TextBox) and not box.text.strip())


def _beside(box: Any, around: tuple[Any, ...]) -> Iterator[Crowded]:
    """The block beside what hangs in its left column, if it is less high."""
    block = next(each for each in reversed(around) if each.element is not box.element)
    height = box.position_y + box.margin_height() - block.border_box_y()
    if height > block.border_height() + CLOSE:
        yield Crowded(block.element, "min-height", height)


def _below_titles(blocks: list[Any], left: float) -> Iterator[Crowded]:
    """The block below a section's title in the left column that begins in that column too early."""
    bottom = 0.0
    for block in blocks:
        if block.border_box_y() < bottom - CLOSE and block.border_box_x() < left - 1:
            yield Crowded(block.element, "margin-top", block.margin_top + bottom - block.border_box_y())
            bottom = 0.0
        if block.element_tag == "h2" and not block.height and block.children:
            last = block.children[-1]
            bottom = last.position_y + last.height + TITLES_APART


@dataclass(frozen=True, slots=True)
class TableSize:
    """How a table is set."""

    size: float
    """Of its type, in points."""
    place: str = ""
    """`whole`: over the whole width of the page; `turned`: on a turned page. A class, like `close`."""


@dataclass(slots=True)
class Fitting:
    """What was tried for one document."""

    root: Any
    """Its element, in which long notes are moved."""
    _close: set[Any] = field(default_factory=set)
    """The elements of tables that are set close."""
    _broken: set[Any] = field(default_factory=set)
    """The elements of whose text the long words may be broken anywhere."""
    _left: dict[Any, list[TableSize]] = field(default_factory=dict)
    """A table's element -> the settings that have not been tried."""
    _moved: dict[tuple[Any, str], float] = field(default_factory=dict)
    """An element and a property that gives it room -> its value in pixels."""
    _apart: set[Any] = field(default_factory=set)
    """The elements that begin a page, because no length gives them room."""
    _headed: dict[Any, int] = field(default_factory=dict)
    """The element of a table that has lost its head -> how often it had."""

    def change(self, found: list[Flaw]) -> None:
        """Sets what has no room in another way for the next layout. Raises MisfitError for what cannot be set
        otherwise: each way is tried once, so that an end comes."""
        misfits: dict[Any, Misfit] = {}
        tables: dict[Any, Outside] = {}
        headless: dict[Any, list[Headless]] = {}
        lost: list[Any] = []
        broken = set[Any]()
        for each in found:
            if isinstance(each, Pressing):
                set_out(each.element, self.root)
            elif isinstance(each, PageSaid):
                _add_class(each.element, HERE if each.is_here else THERE)
            elif isinstance(each, Crowded):
                if not self._has_made_room(each):
                    misfits.setdefault(each.element, Misfit("", _words(each.element)))
            elif isinstance(each, Lost):
                lost.append(each.element)
            elif isinstance(each, Headless):
                headless.setdefault(each.table.box.element, []).append(each)
            elif each.table is not None:
                tables.setdefault(each.table.box.element, each.table)
            elif isinstance(each.box, boxes.TextBox) and each.box.element not in (None, *self._broken):
                broken.add(each.box.element)
            else:
                misfits.setdefault(each.box.element, _misfit(each))
        misfits |= {block: Misfit("", _words(block)) for block in self._without_a_way(lost)}
        for parts in headless.values():
            if not self._keeps_head(parts):
                table = parts[0].table
                misfits.setdefault(table.box.element, Misfit(_anchor(table), _words(table.box.element)))
        fixed = [table for table in tables.values() if not self._changed(table)]
        misfits |= {table.box.element: _wide_table(table) for table in fixed}
        if misfits:
            raise MisfitError(tuple(dict.fromkeys(misfits.values())))
        for element in broken:
            _break_long_words(element)
        self._broken |= broken

    def _keeps_head(self, parts: list[Headless]) -> bool:
        """Tries the next way to keep the head of a table, which parts of it have lost: where its rows want to stay
        together, WeasyPrint breaks them in the end, and does not drop the head before; then the notes that it calls
        give way, then those of its pages, one a layout; at last it begins a page."""
        element = parts[0].table.box.element
        tried = self._headed[element] = self._headed.get(element, -1) + 1
        if tried == 0:
            for rows in element.iter("tbody"):
                _add_style(rows, "break-inside:avoid")
        elif notes := notes_at_foot(element) or {part.note for part in parts} - {None}:
            for note in notes:
                set_out(note, self.root)
        elif element not in self._apart:
            self._apart.add(element)
            _add_style(element, "break-before:page")
        else:
            return False
        return True

    def _without_a_way(self, lost: list[Any]) -> list[Any]:
        """The blocks of lost texts for which all was tried: the nearest notes stand below the block, then it begins a
        page."""
        above = {child: parent for parent in self.root.iter() for child in parent}
        blocks: dict[Any, list[Any]] = {}
        for element in lost:
            chain = [element]
            while chain[-1] in above and "page" not in _classes(above[chain[-1]]):
                chain.append(above[chain[-1]])
            blocks.setdefault(chain[-1], []).extend(chain)
        stuck = []
        for block, inside in blocks.items():
            if notes := next(filter(None, map(notes_at_foot, inside)), None):
                for note in notes:
                    set_out(note, self.root)
            elif block not in self._apart:
                self._apart.add(block)
                _add_style(block, "break-before:page")
            else:
                stuck.append(block)
        return stuck

    def _has_made_room(self, crowded: Crowded) -> bool:
        """Gives a block more room than it was given before; if it was given as much, a page that it begins."""
        key, pixels = (crowded.element, crowded.length), math.ceil(crowded.pixels * 10) / 10
        if pixels > self._moved.get(key, 0) + CLOSE:
            self._moved[key] = pixels
            _add_style(crowded.element, f"{crowded.length}:{pixels}px")
        elif crowded.element not in self._apart:
            self._apart.add(crowded.element)
            _add_style(crowded.element, "break-before:page")
        else:
            return False
        return True

    def _changed(self, table: Outside) -> bool:
        element = table.box.element
        if element not in self._close:
            self._close.add(element)
            _add_class(element, "close marked" if element.find(".//td[@class='n']//sup") is not None else "close")
            _break_long_words(element)
            return True
        if element not in self._left:
            self._left[element] = [*_settings(table)]
        if not self._left[element]:
            return False
        setting = self._left[element].pop(0)
        element.set("style", f"font-size:{setting.size}pt")
        if setting.place:
            _add_class(_host(table), setting.place)
        if setting.place == "turned":
            for heading in self._headings_before(_host(table)):
                _add_class(heading, "with-turned")
        return True

    def _headings_before(self, element: Any) -> Iterator[Any]:
        """Those right before it, which would be left behind on the page before."""
        holder = next(parent for parent in self.root.iter() if element in list(parent))
        blocks = list(holder)
        at = blocks.index(element) - 1
        while at >= 0 and blocks[at].tag in HEADINGS:
            yield blocks[at]
            at -= 1


def _settings(table: Outside) -> Iterator[TableSize]:
    """The settings in which a table that is set close is narrow enough, the best one first."""
    own, whole, turned = _rooms(table)
    for room, place, least in ((own, "", EASY), (whole, "whole", LEAST), (own, "", LEAST), (turned, "turned", LEAST)):
        size = min(_size(table, room), _type_size(table))
        if size >= least:
            yield TableSize(size, place)


def _rooms(table: Outside) -> tuple[float, float, float]:
    """Where it stands, over the whole page, and on a turned page. A table inside of something else stays there."""
    page, host = table.around[0], _host(table)
    outer = [box for box in table.around if box.element is not table.box.element][-1]
    holder = next(n for n, box in enumerate((*table.around, table.box)) if box.element is host)
    if "page" not in _classes(table.around[holder - 1].element):
        return outer.width, 0, 0
    return outer.width, page.width, page.margin_height() - page.margin_width() + page.width


def _host(table: Outside) -> Any:
    """The element of the figure that a table is all of, or its own."""
    around = [box.element for box in table.around if box.element_tag == "figure"]
    return around[-1] if around else table.box.element


def _type_size(table: Outside) -> float:
    return float(table.box.style["font_size"]) / PT


def _size(table: Outside, room: float) -> float:
    """The size of type, in points, in which a table that is too wide fits a width.

    WeasyPrint gives the columns of such a table the width of their longest words.
    """
    text, beside = _widths(table)
    return math.floor((room - beside) / text * _type_size(table) * 10) / 10


def _widths(table: Outside) -> tuple[float, float]:
    """The width of the longest words of all columns, and of what stands beside them."""
    beside = float(sum(cell.padding_left + cell.padding_right for cell in _first_row(table)))
    return sum(table.box.column_widths) - beside, beside


def _first_row(table: Outside) -> Any:
    return next(row for group in table.box.children for row in group.children).children


def _add_style(element: Any, style: str) -> None:
    element.set("style", f"{element.get('style') or ''};{style}".lstrip(";"))


def _add_class(element: Any, name: str) -> None:
    element.set("class", " ".join(dict.fromkeys([*_classes(element), *name.split()])))


def _classes(element: Any) -> list[str]:
    return [] if element is None else (element.get("class") or "").split()


def _break_long_words(table: Any) -> None:
    """Puts each long word of a table into an element of its own, in which it may be broken anywhere."""
    for parent in list(table.iter()):
        for element in list(parent):
            element.tail, words = _apart(element.tail or "")
            at = list(parent).index(element) + 1
            parent[at:at] = words
        parent.text, words = _apart(parent.text or "")
        parent[:0] = words


def _apart(text: str) -> tuple[str, list[Any]]:
    """What stands before the first long word; each long word in an element, with what follows it."""
    words = [*LONG.finditer(text)]
    ends = [word.start() for word in words[1:]] + [len(text)]
    made: list[Any] = []
    for word, end in zip(words, ends, strict=False):
        made.append(ElementTree.Element(WORD, {"class": "long-word"}))
        made[-1].text, made[-1].tail = word.group(), text[word.end() : end]
    return text[: words[0].start()] if words else text, made


def _misfit(found: Outside) -> Misfit:
    if found.box.element is None:  # in a page's head or foot
        return Misfit("", tuple(found.box.text.split()[:WORDS]))
    around = (box.element for box in reversed(found.path) if box.element is not None)
    return Misfit(_anchor(found), next(filter(None, map(_words, around)), ()))


def _words(element: Any) -> tuple[str, ...]:
    """The first words of an element, or those of a picture."""
    return tuple((_said(element).strip() or element.get("alt") or "").split()[:WORDS])


def _said(element: Any) -> str:
    """Its text without the notes that it calls, its lines, paragraphs, items and cells apart."""
    said = element.text or ""
    for child in element:
        if not {"footnote", "noteref"}.intersection(_classes(child)):
            said += f" {_said(child)} " if child.tag in PARTING else _said(child)
        said += child.tail or ""
    return said


def _wide_table(table: Outside) -> Misfit:
    text, beside = _widths(table)
    heads = tuple(" ".join(_said(cell.element).split()) for cell in _first_row(table))
    needed = text * LEAST / _type_size(table) + beside
    return Misfit(_anchor(table), heads, True, round(needed / MM), round(max(_rooms(table)) / MM))


def _anchor(found: Outside) -> str:
    ids = [box.element.get("id") for box in (*found.around, found.box) if box.element is not None]
    return next((id for id in reversed(ids) if id), "")
