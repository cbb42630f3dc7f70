"""A note too long for the foot of a page in, the same below the block that calls it out. Effects: moves elements.

WeasyPrint does not break a note over pages. What stands below a block is broken as any text. Where the note was, an
empty element says so: there it is read aloud, as any note.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from reportgen.brief.tags import HEADINGS

SET_OUT = "set-out"
"""The class of a note that does not stand at the foot of its page; `fitting.py` has its style."""
PLACE = "data-note"
"""The attribute of the empty element at a note's call: the note's id."""

_PAGE = "page"
"""The class of the element that holds the blocks of a text."""


def set_out(note: Any, root: Any) -> None:
    """Moves a note behind the outermost block around it; below a heading, behind the block after it."""
    around = {child: parent for parent in root.iter() for child in parent}
    block = note
    while _PAGE not in (around[block].get("class") or "").split() and around[block].tag != "body":
        block = around[block]
    holder = around[block]
    at = list(holder).index(block)
    while at + 1 < len(holder) and (holder[at].tag in HEADINGS or SET_OUT in (holder[at + 1].get("class") or "")):
        at += 1
    place = ElementTree.Element("span", {PLACE: note.get("id")})
    place.tail, note.tail = note.tail, None
    parent = around[note]
    parent[list(parent).index(note)] = place
    note.set("class", f"{note.get('class')} {SET_OUT}")
    holder.insert(at + 1, note)
