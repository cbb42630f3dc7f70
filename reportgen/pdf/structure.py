"""A laid-out document in, the structure tree of its PDF out. Effects: writes into the PDF that is being made.

WeasyPrint makes one structure element for each box, so several for what is broken over lines and pages, and none for
notes and the parts of lists. This makes one for each HTML element, in the order of the HTML, as PDF/UA-1 (ISO 14289-1)
requires. What is not part of the text becomes an artifact: running heads, repeated table heads, what is hidden from
screen readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes

from reportgen.pdf.notes import PLACE, SET_OUT
from reportgen.pdf.structure_tree import Annotated, Content, StructureElement, TreeWriter
from reportgen.pdf.weasyprint_patches import box_of, marked_content, page_box

SVG = "{http://www.w3.org/2000/svg}"
POINTS = 0.75
"""A CSS pixel in points."""

KINDS = {
    "section": "Sect", "article": "Art", "aside": "Sect", "figure": "Div", "figcaption": "Caption", "nav": "TOC",
    "caption": "Caption", "p": "P", "pre": "P", "address": "P", "blockquote": "BlockQuote", "ul": "L", "ol": "L",
    "dl": "L", "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH",
    "td": "TD", "img": "Figure", f"{SVG}svg": "Figure", "q": "Quote", "code": "Code", "kbd": "Code", "samp": "Code",
}  # fmt: skip
"""HTML element -> structure type. The content of other elements goes to the element around them."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
GROUPING = frozenset({"Document", "Sect", "Art", "Div", "BlockQuote", "TOC"})
"""Types that cannot hold text: it goes into a paragraph."""
INLINE = frozenset({"Link", "Span", "Note", "Reference", "Code", "Quote"})

BoxKey = tuple[Any, str]
"""An HTML element and the part of it that a box is: `li`, `li::marker`."""


@dataclass(frozen=True, slots=True)
class BoxPlacement:
    """Where the content of a box goes."""

    node: StructureElement
    key: BoxKey
    """Of the element whose boxes these are."""
    block: Any
    """The nearest element that is a block: its loose text makes one paragraph."""
    hidden: bool = False
    link: bool = False
    """Whether this is inside a link."""


def add_structure(pdf: pydyf.PDF, document: Any, pdf_version: object, page_streams: list[Any]) -> None:
    """Replaces `weasyprint.pdf.add_tags`."""
    tree = _Tree(page_streams)
    for number, page in enumerate(document.pages):
        tree.read_page(page_box(page), number)
    TreeWriter(pdf, len(page_streams)).write(tree.root, document.metadata.lang or "")


class _Tree:
    """The tree while it is built."""

    def __init__(self, streams: list[Any]) -> None:
        self._streams = streams
        self.root = StructureElement("Document", None)
        self._nodes: dict[BoxKey, StructureElement] = {}
        self._paragraphs: dict[tuple[int, Any], StructureElement] = {}
        self._set_out: dict[str, StructureElement] = {}
        """Id of a note that does not stand at the foot of its page -> its node, where it is called."""
        self._level = 0
        self._height = 0.0

    def read_page(self, box: Any, page: int) -> None:
        """Reads all boxes of a page. What belongs to none of them becomes an artifact."""
        self._height = box.margin_height()
        place = BoxPlacement(self.root, (None, ""), None)
        for child in box.children:
            if not isinstance(child, boxes.MarginBox):
                self._read(child, place, page)
        self._mark_artifacts(page)

    def _read(self, box: Any, place: BoxPlacement, page: int) -> None:
        box = box_of(box)
        if isinstance(box, boxes.TextBox):
            self._claim(box, place, page)
            return
        place = self._place(box, place, page)
        if box.link_annotation is not None:
            self._annotate(box, place, page)
        if isinstance(box, boxes.ReplacedBox):
            self._claim(box, place, page)
        else:
            for child in box.children if isinstance(box, boxes.ParentBox) else ():
                self._read(child, place, page)

    def _claim(self, box: Any, place: BoxPlacement, page: int) -> None:
        """Takes a box's marked content into the tree; what nothing takes becomes an artifact. A space is no item."""
        if place.node.kind == "L" and not getattr(box, "text", "").strip():
            return
        marks = marked_content(self._streams[page])
        if box in marks and not place.hidden:
            self._holder(place, page).kids.append(Content(page, marks.pop(box)["mcid"]))

    def _holder(self, place: BoxPlacement, page: int) -> StructureElement:
        """The node for inline content at a place."""
        if place.node.kind == "L":
            return place.node.add("LI", page).add("LBody", page)
        if place.node.kind not in GROUPING:
            return place.node
        key = (id(place.node), place.block)
        if key not in self._paragraphs:
            self._paragraphs[key] = place.node.add("P", page)
        return self._paragraphs[key]

    def _annotate(self, box: Any, place: BoxPlacement, page: int) -> None:
        """WeasyPrint also annotates each box inside a link; only the outermost annotation is kept."""
        if place.node.kind == "Link" and not place.hidden:
            words = box.element.get("aria-label") or " ".join("".join(box.element.itertext()).split())
            if words:
                box.link_annotation["Contents"] = pydyf.String(words)
            place.node.kids.append(Annotated(page, box.link_annotation))

    def _place(self, box: Any, place: BoxPlacement, page: int) -> BoxPlacement:
        element, tag = box.element, box.element_tag
        key = (element, tag)
        if element is None or key == place.key or isinstance(box, boxes.LineBox):
            return place
        own = "::" not in tag  # a pseudo-element is no element
        block = element if own and isinstance(box, boxes.BlockLevelBox | boxes.TableCellBox) else place.block
        hidden = place.hidden or (own and _hidden(element, tag))
        if hidden:
            return BoxPlacement(place.node, key, block, True, place.link)
        node = self._nodes.get(key)
        if node is not None:
            if node.kind in ("THead", "TFoot") and node.page != page:
                return BoxPlacement(node, key, block, True)  # repeated on the next page
        else:
            node = self._made(box, element, tag, place, page)
            self._nodes[key] = node
        link = place.link or node.kind == "Link"
        if place.link:
            box.link_annotation = None
        return BoxPlacement(node, key, block, False, link)

    def _made(self, box: Any, element: Any, tag: str, place: BoxPlacement, page: int) -> StructureElement:
        """The node for an element's first box: a new one, or the one around it."""
        parent = place.node
        match tag.split("::")[-1]:
            case "marker":
                item = next((node for node in parent.ancestors() if node.kind == "LI"), None)
                return item.add("Lbl", page, 0) if item else parent
            case "footnote-call":
                holder = self._holder(place, page)
                self._nodes[element, element.tag] = self._note(element.get("id"), holder, page)
                return holder
            case "footnote-marker":
                return parent
        if PLACE in element.attrib:
            self._set_out[element.get(PLACE)] = self._note(element.get(PLACE), self._holder(place, page), page)
            return parent
        if SET_OUT in (element.get("class") or "").split():
            return self._set_out[element.get("id")]
        if tag in ("li", "dt", "dd"):
            return self._item(tag, parent, page)
        if tag in ("ol", "ul") and parent.kind == "TOC":
            return parent
        if tag in HEADINGS:
            return self._heading(HEADINGS[tag], parent, page)
        kind = "Link" if tag == "a" and box.link_annotation is not None and not place.link else KINDS.get(tag, "")
        if kind == "P" and isinstance(box, boxes.InlineBox):  # the first of a note: what parts it would stand outside
            kind = ""
        language = element.get("lang", "") if "::" not in tag and tag != "html" else ""
        expansion = element.get("title", "") if tag == "abbr" else ""
        if not kind and (language or expansion):
            kind = "Div" if isinstance(box, boxes.BlockLevelBox) else "Span"
        if not kind:
            return parent
        if parent.kind == "L" and kind != "Caption":
            parent = parent.add("LI", page).add("LBody", page)
        if kind in INLINE or (kind == "Figure" and isinstance(box, boxes.InlineLevelBox)):
            parent = self._holder(place, page)
        if tag == "a" and (role := {"noteref": "Reference", "notenum": "Lbl"}.get(element.get("class", ""))):
            parent = parent.add(role, page)
        node = parent.add(kind, page)
        node.entries |= {name: pydyf.String(text) for name, text in (("Lang", language), ("E", expansion)) if text}
        self._describe(node, box, element, tag)
        return node

    def _note(self, id: str, parent: StructureElement, page: int) -> StructureElement:
        note = parent.add("Note", page)
        note.entries["ID"] = pydyf.String(id)
        return note

    def _item(self, tag: str, parent: StructureElement, page: int) -> StructureElement:
        """The label or the body of a list's item; several descriptions of one term share a body."""
        if parent.kind == "TOC":
            return parent.add("TOCI", page)
        if parent.kind != "L":
            return parent
        last = parent.kids[-1] if parent.kids else None
        if tag == "dd" and isinstance(last, StructureElement):
            body = next((kid for kid in last.kids if isinstance(kid, StructureElement) and kid.kind == "LBody"), None)
            return body or last.add("LBody", page)
        return parent.add("LI", page).add("Lbl" if tag == "dt" else "LBody", page)

    def _heading(self, level: int, parent: StructureElement, page: int) -> StructureElement:
        """No level is skipped. The title of a caption or a note is not one of the text."""
        if any(node.kind in ("Caption", "Note", "TH", "TD") for node in parent.ancestors()):
            return parent.add("P", page)
        self._level = min(level, self._level + 1)
        return parent.add(f"H{self._level}", page)

    def _describe(self, node: StructureElement, box: Any, element: Any, tag: str) -> None:
        match node.kind:
            case "Figure":
                x, y = box.content_box_x(), box.content_box_y()
                corners = (x, self._height - y - box.height, x + box.width, self._height - y)
                rectangle = pydyf.Array([round(corner * POINTS, 3) for corner in corners])
                node.entries["A"] = pydyf.Dictionary({"O": "/Layout", "Placement": "/Block", "BBox": rectangle})
                node.entries["Alt"] = pydyf.String(_alternative(element))
            case "TH" | "TD":
                attributes = {"O": "/Table"}
                if node.kind == "TH":
                    head = node.parent and node.parent.parent and node.parent.parent.kind == "THead"
                    scope = element.get("scope") or ("col" if head else "row")
                    attributes["Scope"] = "/Row" if scope.startswith("row") else "/Column"
                spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
                attributes |= {name: span for name, span in spans.items() if span != 1}
                if len(attributes) > 1:
                    node.entries["A"] = pydyf.Dictionary(attributes)
            case "L":
                numbering = {"ol": "/Decimal", "ul": "/Disc"}.get(tag)
                if numbering and box.style["list_style_type"] != "none":
                    node.entries["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})

    def _mark_artifacts(self, page: int) -> None:
        """Renames the marked content that no element took."""
        stream = self._streams[page]
        marks = marked_content(stream)
        left = {mark["mcid"] for mark in marks.values()}
        marks.clear()
        for index, item in enumerate(stream.stream):
            if isinstance(item, pydyf.Dictionary) and item.get("MCID") in left:
                stream.stream[index - 1] = "/Artifact"
                stream.stream[index] = pydyf.Dictionary({"Type": "/Pagination"})


def _hidden(element: Any, tag: str) -> bool:
    """Ornaments. The letter of a mark is hidden on screen, where its link says more; on paper it is the reference."""
    return bool(element.get("aria-hidden") == "true" and tag != "sup") or (tag == "img" and element.get("alt") == "")


def _alternative(element: Any) -> str:
    """The alternative text of a picture: its `alt`, or a drawing's title and description."""
    if element.tag != f"{SVG}svg":
        return str(element.get("alt") or "")
    words = [(element.findtext(f"{SVG}{name}") or "").strip() for name in ("title", "desc")]
    return " ".join(f"{word.rstrip('.')}." if word and word[-1] not in "?!" else word for word in words if word)
