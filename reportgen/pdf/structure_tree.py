"""A tree of structure elements in, the same in the PDF's own objects out. Effects: changes the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pydyf

KEPT = frozenset({"TD", "TH"})
"""Types that are kept when they are empty."""


class Content(NamedTuple):
    """Marked content of a page."""

    page: int
    """Counted from 0."""
    mcid: int


class Annotated(NamedTuple):
    """A link's annotation."""

    page: int
    annotation: Any


@dataclass(eq=False, slots=True)
class StructureElement:
    """A structure element that is not written yet."""

    kind: str
    parent: StructureElement | None
    kids: list[StructureElement | Content | Annotated] = field(default_factory=list)
    entries: dict[str, Any] = field(default_factory=dict)
    """Other entries of its dictionary: Alt, Lang, E, A, ID."""
    page: int = 0
    """The page that it begins on."""

    def add(self, kind: str, page: int, at: int | None = None) -> StructureElement:
        """A new kid, the last one or at an index."""
        node = StructureElement(kind, self, page=page)
        self.kids.insert(len(self.kids) if at is None else at, node)
        return node

    def ancestors(self) -> Iterator[StructureElement]:
        """Itself, its parent, and so on up to the root."""
        node: StructureElement | None = self
        while node is not None:
            yield node
            node = node.parent


class TreeWriter:
    """Writes one tree, and the parent tree, which leads from marked content and annotations back to it."""

    def __init__(self, pdf: pydyf.PDF, pages: int) -> None:
        self._pdf = pdf
        self._references = pdf.page_references
        self._content: list[dict[int, bytes]] = [{} for _ in range(pages)]
        self._annotated: list[bytes] = []
        self._names: dict[str, bytes] = {}
        self._free: list[int] = []

    def write(self, top: StructureElement, lang: str) -> None:
        """Annotations of links that are not in the tree are removed."""
        pdf = self._pdf
        self._free = self._drop_annotations({each.annotation.reference for each in _annotations(top)})
        parents, root = pydyf.Dictionary({}), pydyf.Dictionary({"Type": "/StructTreeRoot"})
        for new in (parents, root):
            pdf.add_object(new)
        root["ParentTree"] = parents.reference
        root["K"] = self._written(top, root.reference) if _kept(top) else pydyf.Array()
        parents["Nums"] = self._numbers()
        root["ParentTreeNextKey"] = len(self._content) + len(self._annotated)
        if self._names:
            pairs = [part for name in sorted(self._names) for part in (pydyf.String(name), self._names[name])]
            root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(pairs)})
        pdf.catalog["StructTreeRoot"] = root.reference
        pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        pdf.catalog["Lang"] = pydyf.String(lang)

    def _written(self, node: StructureElement, parent: bytes) -> bytes:
        kids = [kid for kid in node.kids if not isinstance(kid, StructureElement) or _kept(kid)]
        made = pydyf.Dictionary({"S": f"/{node.kind}", "P": parent, **node.entries})
        if self._free:
            made.number = self._free.pop()
            self._pdf.objects[made.number] = made
        else:
            self._pdf.add_object(made)
        own = next((kid.page for kid in kids if not isinstance(kid, StructureElement)), None)
        if own is not None:
            made["Pg"] = self._references[own]
        if "ID" in node.entries:
            self._names[node.entries["ID"].string] = made.reference
        listed = pydyf.Array([self._kid(kid, made.reference, own) for kid in kids])
        made["K"] = listed[0] if len(listed) == 1 else listed
        return bytes(made.reference)

    def _kid(self, kid: StructureElement | Content | Annotated, parent: bytes, own: int | None) -> object:
        """The entry for a kid in its parent; `own` is the page that the parent names."""
        match kid:
            case StructureElement():
                return self._written(kid, parent)
            case Content(page, mcid):
                self._content[page][mcid] = parent
                where = {"Type": "/MCR", "Pg": self._references[page], "MCID": mcid}
                return mcid if page == own else pydyf.Dictionary(where)
            case Annotated(page, annotation):
                annotation["StructParent"] = len(self._content) + len(self._annotated)
                self._annotated.append(parent)
                place = {} if page == own else {"Pg": self._references[page]}
                return pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, **place})

    def _numbers(self) -> pydyf.Array:
        """The parent tree: the marked content of each page, then each annotation."""
        numbers = pydyf.Array()
        for page, marks in enumerate(self._content):
            mcids = range(max(marks, default=-1) + 1)
            numbers += [page, pydyf.Array([marks.get(mcid, b"null") for mcid in mcids])]
        for index, reference in enumerate(self._annotated, start=len(self._content)):
            numbers += [index, reference]
        return numbers

    def _drop_annotations(self, kept: set[bytes]) -> list[int]:
        """Removes all other annotations from the pages. Returns the numbers of these objects, which are free again."""
        dropped: list[bytes] = []
        for found in self._pdf.objects:
            if isinstance(found, pydyf.Dictionary) and found.get("Type") == "/Page" and "Annots" in found:
                dropped += [note for note in found["Annots"] if note not in kept]
                found["Annots"] = pydyf.Array(note for note in found["Annots"] if note in kept)
        return sorted((int(reference.split()[0]) for reference in dropped), reverse=True)


def _annotations(node: StructureElement) -> Iterator[Annotated]:
    for kid in node.kids:
        if isinstance(kid, Annotated):
            yield kid
        elif isinstance(kid, StructureElement):
            yield from _annotations(kid)


def _kept(node: StructureElement) -> bool:
    """Whether it has content, or is kept without."""
    return node.kind in KEPT or any(not isinstance(kid, StructureElement) or _kept(kid) for kid in node.kids)
