"""Markdown with inserts in, sanitised HTML with inserts out: body, notes and headings. Pure.

Markdown runs first, then nh3 removes what authors may not write, then the tree is adapted:
footnotes are taken out, inserts in attributes and code become plain text, tables align by class.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from itertools import islice
from typing import Any

import markdown
import nh3
from lxml import etree, html
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import LinkInlineProcessor

from reportgen.model.evaluated import FIRST_INSERT

NEAR = 20
"""Number of brackets that are tried before the whole text is indexed."""
_BRACKET = re.compile(r"[\[\]]")
Link = tuple[str, str | None, int, bool]
"""Address, title, the offset after the link, and whether there is one."""


class BracketPairs:
    """The closing bracket of each opening one; caches the last text."""

    def __init__(self) -> None:
        self._text = ""
        self._closed: dict[int, int] = {}

    def inside(self, text: str, start: int) -> tuple[str, int, bool]:
        """What a bracket that opens right before `start` holds, the offset after it, and whether it is closed."""
        end = _near(text, start)
        if end < 0:
            if text is not self._text:
                self._text, self._closed = text, _closed(text)
            end = self._closed.get(start, -1)
        return ("", len(text), False) if end < 0 else (text[start:end], end + 1, True)


def read_brackets_once(processor: markdown.Markdown) -> None:
    """Makes a Markdown processor find the ends of links with `BracketPairs`, in linear time."""
    brackets = BracketPairs()
    for pattern in processor.inlinePatterns:
        if isinstance(pattern, LinkInlineProcessor):
            pattern.getText = brackets.inside  # type: ignore[assignment, method-assign]
            pattern.getLink = _if_closed(pattern.getLink)  # type: ignore[assignment, method-assign]


def _near(text: str, start: int) -> int:
    """Where a bracket is closed within the next few, as links' are; else -1."""
    depth = 1
    for bracket in islice(_BRACKET.finditer(text, start), NEAR):
        depth += 1 if bracket[0] == "[" else -1
        if depth == 0:
            return bracket.start()
    return -1


def _closed(text: str) -> dict[int, int]:
    """Offset after an opening bracket -> offset of the one that closes it."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "[":
            opened.append(bracket.end())
        elif opened:
            found[opened.pop()] = bracket.start()
    return found


def _if_closed(read: Callable[[str, int], Link]) -> Callable[[str, int], Link]:
    def link(text: str, start: int) -> Link:
        return read(text, start) if text.find(")", start) >= 0 else ("", None, start, False)

    return link


INSERT = re.compile(f"[{chr(FIRST_INSERT)}-\U000ffffd]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
"""Private-use characters, which authors may not type."""

_HEADING = re.compile("h[1-6]")
_TAG = re.compile(r'<(?:[^<>"]|"[^"]*")*>')
_TAGS = frozenset(
    "a abbr aside b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure"  # noqa: SIM905
    " h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup table"
    " tbody td tfoot th thead tr u ul var".split()
)
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type", "reversed"},
    "td": {"align", "colspan", "rowspan", "headers"},
    "th": {"align", "colspan", "rowspan", "headers", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "abbr": {"title"},
    "details": {"open"},
}
_BLOCKS = ("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference")
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""Addresses that authors may link to, besides relative ones."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its anchor."""

    anchor: str
    level: int


@dataclass(frozen=True, slots=True)
class Converted:
    """A Markdown text as HTML, before its digits are looked at."""

    html: str
    headings: tuple[Heading, ...] = ()
    notes: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    """Addresses of the pictures that it shows, as written."""
    addresses: tuple[str, ...] = ()
    """Inserts in an address, an anchor or a class, where no value is allowed."""
    nameless: tuple[str, ...] = ()
    """Addresses of pictures without alternative text."""
    uncalled: tuple[str, ...] = ()
    """Labels of notes that nothing calls."""


class Converter:
    """One Markdown processor, set up once and used for many texts."""

    def __init__(self) -> None:
        self._set_up()

    def _set_up(self) -> None:
        self._markdown = markdown.Markdown(
            extensions=[  # objects, because Markdown looks names up in every installed package
                AbbrExtension(), AdmonitionExtension(), AttrListExtension(), DefListExtension(), FencedCodeExtension(),
                FootnoteExtension(BACKLINK_TEXT=""), MarkdownInHtmlExtension(), SaneListExtension(),
                TableExtension(use_align_attribute=True),
            ],
            output_format="html",
        )  # fmt: skip
        self._line = markdown.Markdown(extensions=[AttrListExtension()], output_format="html")
        for block in _BLOCKS:  # `2021. A year of …` is a title, and no list
            self._line.parser.blockprocessors.deregister(block)
        for processor in (self._markdown, self._line):
            processor.ESCAPED_CHARS.append("@")
            read_brackets_once(processor)

    def convert(
        self, text: str, plain: Callable[[str], str], note: Callable[[int], str], taken: frozenset[str] = frozenset()
    ) -> Converted:
        """A whole document. `plain` gives an insert's plain text, `note` the insert that calls a footnote."""
        return self._converted(self._markdown, text, plain, note, taken)

    def convert_inline(self, text: str, plain: Callable[[str], str]) -> Converted:
        """A title, a message or a caption: one paragraph without its tags, in which no block begins."""
        converted = self._converted(self._line, text, plain, lambda _: "", frozenset())
        return replace(converted, html=_unwrapped(converted.html))

    def _converted(
        self,
        processor: markdown.Markdown,
        text: str,
        plain: Callable[[str], str],
        note: Callable[[int], str],
        taken: frozenset[str],
    ) -> Converted:
        try:
            rendered = processor.reset().convert(text)
        except RecursionError:
            self._set_up()  # otherwise the half-read text would continue in the next one
            raise
        tree = _tree(rendered)
        notes, uncalled = _take_notes(tree, note)
        found = _Shape(plain, set(taken))
        found.walk(tree)
        rendered_notes = []
        for item in notes:
            found.walk(item)
            rendered_notes.append(_unwrapped(_inner(item)))
        return Converted(
            _inner(tree).strip(), tuple(found.headings), tuple(rendered_notes), tuple(found.images),
            tuple(found.addresses), tuple(found.nameless), uncalled,
        )  # fmt: skip


@cache
def converter() -> Converter:
    """The processor that all texts share."""
    return Converter()


def _tree(rendered: str) -> html.HtmlElement:
    clean = nh3.clean(
        rendered,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    tree: html.HtmlElement = html.fragment_fromstring(clean, create_parent="div")
    return tree


def _take_notes(tree: html.HtmlElement, note: Callable[[int], str]) -> tuple[list[html.HtmlElement], tuple[str, ...]]:
    """Takes the footnotes out of the tree, in the order of their calls, and puts an insert in place of each call.

    Also gives the labels of those that nothing calls.
    """
    by_id: dict[str, html.HtmlElement] = {}
    for block in tree.xpath('.//div[@class="footnote"]'):
        for item in block.xpath("./ol/li"):
            for back in item.xpath('.//a[@class="footnote-backref"]'):
                before, parent = back.getprevious(), back.getparent()
                if before is not None and before.tail:
                    before.tail = before.tail.rstrip("\u00a0 ")
                elif parent.text and before is None:
                    parent.text = parent.text.rstrip("\u00a0 ")
                back.drop_tree()
                if parent.tag == "p" and not len(parent) and not (parent.text or "").strip():
                    parent.drop_tree()  # a note that ends in a list has a paragraph for the link back alone
            by_id["#" + item.get("id", "")] = item
        block.drop_tree()
    order: list[str] = []
    texts = [tree]
    for text in texts:  # grows: a note may call another
        for call in text.xpath('.//sup[a[@class="footnote-ref"]]'):
            target = call[0].get("href", "")
            if target not in by_id:
                continue
            if target not in order:
                order.append(target)
                texts.append(by_id[target])
            _put_text(call, note(order.index(target)))
    uncalled = tuple(target.removeprefix("#fn:") for target in by_id if target not in order)
    return [by_id[target] for target in order], uncalled


def _put_text(element: html.HtmlElement, text: str) -> None:
    """Puts text in place of an element and all that it holds."""
    before, parent = element.getprevious(), element.getparent()
    tail = text + (element.tail or "")
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


class _Shape:
    """One pass over a tree: headings, attributes, code, tables, pictures."""

    def __init__(self, plain: Callable[[str], str], taken: set[str]) -> None:
        self.headings: list[Heading] = []
        self.images: list[str] = []
        self.addresses: list[str] = []
        self.nameless: list[str] = []
        self._plain = plain
        self._taken = taken

    def walk(self, tree: html.HtmlElement) -> None:
        for element in list(tree.iter()):
            if not isinstance(element.tag, str):
                continue
            self._attributes(element)
            if element.tag in ("code", "pre", "kbd", "samp"):
                for inner in element.iter():
                    inner.text = self._replaced(inner.text)
                    if inner is not element:
                        inner.tail = self._replaced(inner.tail)
            elif _HEADING.fullmatch(element.tag):
                self._heading(element)
            elif element.tag == "img":
                self.images.append(element.get("src", ""))
                if not (element.get("alt") or "").strip():
                    self.nameless.append(element.get("src", ""))
            elif element.tag == "table":
                _shape_table(element)

    def _attributes(self, element: html.HtmlElement) -> None:
        for name, value in list(element.attrib.items()):
            if name in ("alt", "title"):
                continue  # replaced last, after the digits that authors typed there are reported
            if INSERT.search(value):
                self.addresses.extend(INSERT.findall(value))
                element.set(name, self._replaced(value) or "")
        if (id := element.get("id")) and not _HEADING.fullmatch(element.tag):
            if id in self._taken:
                del element.attrib["id"]
            self._taken.add(id)
        if element.tag in ("td", "th") and (side := element.attrib.pop("align", None)) in ("right", "center"):
            element.set("class", f"{element.get('class', '')} {'n' if side == 'right' else 'c'}".strip())

    def _heading(self, element: html.HtmlElement) -> None:
        words = self._replaced(element.text_content()) or ""
        base = slug(words) or "section"
        if _OURS.match(base):
            base = f"section-{base}"
        anchor = base = element.get("id") or base
        n = 1
        while anchor in self._taken:
            n += 1
            anchor = f"{base}-{n}"
        self._taken.add(anchor)
        element.set("id", anchor)
        self.headings.append(Heading(anchor, int(element.tag[1])))

    def _replaced(self, text: str | None) -> str | None:
        return text if text is None else INSERT.sub(lambda m: self._plain(m.group()), text)


def _shape_table(table: html.HtmlElement) -> None:
    for cell in table.xpath("./thead/tr/th"):
        cell.set("scope", "col")
    for cell in table.xpath("./tbody/tr/td[1]"):
        if not HAS_INSERT_ONLY.fullmatch(cell.text_content().strip()) and "n" not in (cell.get("class") or "").split():
            cell.tag = "th"
            cell.set("scope", "row")


_OURS = re.compile(r"(?:fact|calc|mark|cite|note|noteref|ref|figure|conflict|is)-")
"""Prefixes of the anchors that a page generates; a heading may not have one."""
HAS_INSERT_ONLY = re.compile(f"{INSERT.pattern}*")


def replace_in_attributes(text: str, plain: Callable[[str], str]) -> str:
    """Inserts in what is left of attributes as plain text."""

    def replaced(tag: re.Match[str]) -> str:
        return INSERT.sub(lambda m: escape(plain(m.group())), tag.group())

    return _TAG.sub(replaced, text)


def slug(text: str) -> str:
    """Text as an anchor: letters and digits of any script, lower case, hyphens between."""
    return "-".join(re.findall(r"[^\W_]+", text.lower()))


def _inner(element: Any) -> str:
    """An element's content as HTML."""
    head = escape(element.text or "", quote=False)
    return head + "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)


def _unwrapped(text: str) -> str:
    """The content of a single paragraph; several stay as they are."""
    text = text.strip()
    if text.startswith("<p>") and text.endswith("</p>") and text.count("<p") == 1:
        return text[3:-4]
    return text
