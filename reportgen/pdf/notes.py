"""Notes as they are set: their blocks, and those too long for the foot of a page below the block that calls them.

HTML has no blocks inside of a paragraph, where a note stands that is called there: they come as spans. WeasyPrint does
not break a note over pages. What stands below a block is broken as any text. Where the note was, an empty element says
so: there it is read aloud, as any note. Effects: renames and moves elements.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from reportgen.brief.tags import HEADINGS

SET_OUT = "set-out"
"""The class of a note that does not stand at the foot of its page; `fitting.py` has its style."""
PLACE = "data-note"
"""The attribute of the empty element at a note's call: the note's id."""

NOTE = "footnote"
"""The class of a note."""
_PAGE = "page"
"""The class of the element that holds the blocks of a text."""

_AS = "data-as"
"""The attribute of a span that has the name of the block that it stands for."""


def make_blocks(root: Any) -> None:
    """Gives the blocks of notes their names."""
    for element in root.iter():
        if name := element.attrib.pop(_AS, ""):
            element.tag = name


def notes_at_foot(element: Any) -> list[Any]:
    """The notes that are called in an element and stand at the foot of its page."""
    classes = ((each, (each.get("class") or "").split()) for each in element.iter())
    return [each for each, names in classes if NOTE in names and SET_OUT not in names]


def set_out(note: Any, root: Any) -> None:
    """Moves a note behind the outermost block around it; below a heading, behind the block after it. Once is enough."""
    if note not in notes_at_foot(note):
        return
    around = {child: parent for parent in root.iter() for child in parent}
    block = note
    while _PAGE not in (around[block].get("class") or "").split() and around[block].tag != "body":
        block = around[block]
    holder = around[block]
    at = list(holder).index(block)
    while at + 1 < len(holder) and (holder[at].tag in HEADINGS or _is_before(holder[at + 1], note)):
        at += 1
    place = ElementTree.Element("span", {PLACE: note.get("id")})
    place.tail, note.tail = note.tail, None
    parent = around[note]
    parent[list(parent).index(note)] = place
    note.set("class", f"{note.get('class')} {SET_OUT}")
    holder.insert(at + 1, note)


def _is_before(element: Any, note: Any) -> bool:
    """Whether an element is a note that stands out, with a lower number."""
    return SET_OUT in (element.get("class") or "").split() and _number(element) < _number(note)


def _number(note: Any) -> int:
    return int(note.get("id").rpartition("-")[2])
