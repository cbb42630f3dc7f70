"""All that this program uses inside WeasyPrint beyond its public interface. Effects: `patch` replaces its functions.

Seventeen functions are replaced. What each is for, measured on the shipped briefs with WeasyPrint 70.0:

- `add_tags`: WeasyPrint's structure tree does not conform to PDF/UA-1; `structure.py` builds one that does.
- `columns_layout`: WeasyPrint balances columns by laying all of them out again, a little higher each time. The entries
  of our annex never change their height, so each is laid out once, measured and moved. The same bytes, in two thirds of
  the time: 1.7 s instead of 2.4 s of CPU time a document. It stays where the document is laid out again, if nothing in
  it has changed.
- `build_formatting_structure`: WeasyPrint drops lines where it finds no way to set them. What is to be set is counted
  here, so that what is lost can be told.
- `StyleFor.set_computed_styles`: WeasyPrint computes the style of each element anew in each layout. Of one document
  here it is computed once, as long as its rules, its own attributes and the style of its parent are the same: a second
  layout takes a fifth less.
- `ComputedStyle.__missing__`, `PendingExpander.validate`: WeasyPrint takes the long way to a value also where it is
  that of the parent, or the initial one, and reads `font: … var(--sans)` again for each property that is set by it, of
  each element. Together 7% of a document.
- `layout_document`: a document's pages keep what they were laid out by, so that it can be told how many there would be
  with a lower annex: a sixth of a layout.
- `make_all_pages`: WeasyPrint makes each page again of which it has learnt what numbers of pages it names. Of a
  reference to what stands on its own page the number is left out meanwhile, so that the document need not be laid out
  again.
- `split_first_line`: WeasyPrint breaks a text that ends in a space, or a no-break space, after its first word, if all
  but that space fits the line. Without the patch some paragraphs of each brief have a line of one word.
  And what it answers is kept while one document is laid out, there and where `preferred` asks for widths: pages are
  made again for each number of a page that they name, and all of them for what does not fit.
- `split_inline_level`: WeasyPrint takes the first word of an element for the first of its line where the line begins in
  an element around both. If there is no room for it, it breaks the word in two in place of the line: so it did with one
  of four words in bold in a link.
- `draw_first_line`: a PDF maps each glyph to the characters that it was first used for. Where a script stacks its
  letters or turns them round, that is wrong in the next word, so such a line also says what it reads (`ActualText`).
  Not what is written right to left: poppler takes that for the order in which it is seen.
- `LayoutContext._update_footnote_area`: WeasyPrint lays out all notes of a page again for each one that comes or goes.
  Here each is laid out once for a width, and its height kept. It buys nothing on the shipped briefs, which have few
  notes. Where they stand everywhere, as in tests/conservation, it is the same bytes in half of the time: 8.5 s instead
  of 18.6 s for 50 documents. And notes that go on to the next page take no more of it than `NOTES_END`, where
  WeasyPrint lets them fill it, and prints the text across them.
- `Layout.setup`: WeasyPrint keeps the list of font features of each text that it measures, and one feature more, for
  ever: a megabyte of each document. Here each list is let go of, and its features with it.
- `svg.text`: WeasyPrint draws the letters of an SVG's text one by one. What is written right to left, joined or stacked
  is drawn as a whole, in the direction of its first letter, as on the page. And it asks this machine for whatever
  family an author's drawing names, or for its sans-serif: here the document's own families stand in, so that the bytes
  are the same on every machine.
- `SVGImage.draw`, `handle_svg`: WeasyPrint goes on without a drawing, or without its rest, where its own code fails in
  it, and nobody hears of it. Here that is an error.
- `svg.draw_gradient`: WeasyPrint paints a gradient as the one tile of a pattern that is just as large. At some sizes
  poppler then finds no tile to paint, and what the gradient fills is gone from the page. A step twice as large has one.

Not patched, because it bought little: figures that move past the paragraphs after them (26 mm less white on two of 20
pages, 25 mm more on others), and variable fonts (`render.py` gives WeasyPrint one static font for each weight).

INTERNALS and ATTRIBUTES list what this relies on. If one of them differs, the PDFs are refused, and it is named.
"""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from itertools import combinations, zip_longest
from math import inf
from operator import itemgetter
from typing import Any
from urllib.parse import unquote
from weakref import WeakKeyDictionary
from xml.etree import ElementTree

import pydyf
import weasyprint
from weasyprint import css, html, images, layout, svg
from weasyprint.css import properties
from weasyprint.css.tokens import InvalidValues
from weasyprint.css.validation import expanders
from weasyprint.draw import text as draw
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import LayoutContext, block, column, inline, page, preferred
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import Layout

from reportgen.fonts.metrics import MONO, SANS, SERIF
from reportgen.language.direction import begins_rtl
from reportgen.late_patterns import regex

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
    "weasyprint.document.build_formatting_structure": "element_tree style_for get_image_from_uri base_url "
    "target_collector counter_style footnotes",
    "weasyprint.document.layout_document": "html root_box context max_loops",
    "weasyprint.layout.make_all_pages": "context root_box html pages",
    "weasyprint.layout.page.remake_page": "index context root_box html",
    "weasyprint.css.StyleFor.set_computed_styles": "self element parent root pseudo_type base_url target_collector",
    "weasyprint.css.ComputedStyle.__missing__": "self key",
    "weasyprint.css.validation.expanders.PendingExpander.validate": "self tokens wanted_key base_url",
    "weasyprint.css.declaration_precedence": "origin importance",
    "weasyprint.layout.block.block_level_layout": f"{_LAYOUT} {_STYLES} discard max_lines",
    "weasyprint.layout.block.block_level_width": "box containing_block with_min_max",
    "weasyprint.layout.block.collapse_margin": "adjoining_margins",
    "weasyprint.layout.block.columns_layout": f"{_LAYOUT} {_STYLES}",
    "weasyprint.layout.block.percentage": "value computed refer_to",
    "weasyprint.layout.column._create_column_box": "box containing_block children width position_y",
    "weasyprint.draw.text.draw_first_line": "stream textbox text_overflow block_ellipsis matrix",
    "weasyprint.images.SVGImage.draw": "self stream concrete_width concrete_height _style",
    "weasyprint.html.handle_svg": "element box get_image_from_uri base_url",
    "weasyprint.svg.text": "svg node font_size",
    "weasyprint.svg.draw_gradient": "svg node gradient font_size opacity stroke",
    "weasyprint.pdf.stream.Stream.add_pattern": "self x y width height repeat_width repeat_height matrix",
    "weasyprint.layout.LayoutContext._update_footnote_area": "self",
    "weasyprint.text.line_break.Layout.setup": "self style",
    "weasyprint.layout.inline.split_inline_level": "context box position_x max_x bottom_space skip_stack "
    "containing_block absolute_boxes fixed_boxes line_placeholders waiting_floats line_children first_letter_style "
    "first_line_style",
    "weasyprint.layout.inline.split_first_line": "text style context max_width justification_spacing "
    "is_line_start minimum",
    "weasyprint.layout.preferred.split_first_line": "text style context max_width justification_spacing "
    "is_line_start minimum",
}
"""Function that the patches call or replace -> its parameters. A replacement has the same ones."""
ATTRIBUTES = {
    "weasyprint.document.Page": "_page_box",
    "weasyprint.layout.absolute.AbsolutePlaceholder": "_box",
    "weasyprint.pdf.stream.Stream": "_fonts _tags",
    "weasyprint.css.targets.TargetCollector": "target_lookup_items counter_lookup_items",
    "weasyprint.css.targets.TargetLookupItem": "page_maker_index",
    "weasyprint.css.targets.CounterLookupItem": "page_maker_index",
    "weasyprint.css.StyleFor": "_cascaded_styles _computed_styles",
    "weasyprint.css.ComputedStyle": "cascaded parent_style",
    "weasyprint.css.validation.expanders.PendingExpander": "validator",
    "weasyprint.layout.LayoutContext": "footnotes reported_footnotes font_config",
    "weasyprint.images.SVGImage": "_svg _base_url _context",
}
"""Class -> the private attributes, set by its `__init__`, that are read here."""
REFERENCE, HERE = "xref", "here"
"""Classes of references: of all, and of those to what stands on the same page."""
COLUMNS = "annex"
"""The class of the HTML elements whose columns are laid out here."""
NOTES_END = 2 / 3
"""The part of a page that notes may take, if there are several."""
MOST_READ = 64
"""How many values of a declaration's variables are kept: those that a document sets come anew with each."""
NO_BREAK = "\u00a0"
ENDS = (" ", NO_BREAK)
PIXEL = 0.01
"""Lengths that differ by less count as equal."""

_build = build.build_formatting_structure
_computed = css.StyleFor.set_computed_styles
_missing = css.ComputedStyle.__missing__
_validated = expanders.PendingExpander.validate
_document_pages = weasyprint.document.layout_document
_made_pages = layout.make_all_pages
_columns_layout = block.columns_layout
_split_first_line = inline.split_first_line
_split_inline_level = inline.split_inline_level
_drawn_first_line = draw.draw_first_line
_updated_notes = LayoutContext._update_footnote_area
_whole_svg_text = svg.text
_set_up = Layout.setup
_weasyprint_gradient = svg.draw_gradient
_weasyprint_svg = html.handle_svg
SVG = "{http://www.w3.org/2000/svg}svg"
"""The name of a drawing's element in HTML."""


class PdfError(Exception):
    """No PDF can be made here. The message names the cause and the next step."""


class UndrawnError(Exception):
    """A drawing of which WeasyPrint would leave out all, or the rest. The message is the cause."""

    def __init__(self, cause: str, drawing: Any) -> None:
        super().__init__(cause)
        self.drawing = drawing
        """Its `SVGImage`, or its element, if none could be made."""


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
    for name, attributes in ATTRIBUTES.items():
        code = getattr(getattr(_named(name), "__init__", None), "__code__", None)
        there = (*code.co_names, *code.co_consts) if code else ()
        if lacking := [attribute for attribute in attributes.split() if attribute not in there]:
            yield f"{name} has no {' '.join(lacking)}"


def _named(name: str) -> Any:
    holder, _, attribute = name.rpartition(".")
    is_class = holder.rpartition(".")[2][:1].isupper()
    own = getattr(_named(holder) if is_class else import_module(holder), "__dict__", {})  # not what a class inherits
    return own.get(attribute)


def patch(add_tags: Callable[[Any, Any, Any, list[Any]], None]) -> None:
    """Replaces the functions in this process. `add_tags` is called as WeasyPrint's. Raises PdfError as `version`."""
    version()
    weasyprint.pdf.add_tags = add_tags
    weasyprint.document.build_formatting_structure = _build_and_count
    weasyprint.document.layout_document = _pages_with_layout
    layout.make_all_pages = _pages_and_references
    css.StyleFor.set_computed_styles = _set_styles
    css.ComputedStyle.__missing__ = _missing_value
    expanders.PendingExpander.validate = _validate_once
    block.columns_layout = _layout_columns
    inline.split_first_line = _first_line
    preferred.split_first_line = _kept_first_line
    inline.split_inline_level = _inline_level
    draw.draw_first_line = _draw_first_line
    LayoutContext._update_footnote_area = _update_notes
    Layout.setup = _set_up_once
    svg.text = _svg_text
    svg.TAGS.update(dict.fromkeys(("text", "tspan", "a", "textPath"), _svg_text))
    svg.draw_gradient = _draw_gradient
    images.SVGImage.draw = _draw_svg
    html.HTML_HANDLERS[SVG] = _svg_boxes


def _set_up_once(self: Any, style: Any) -> None:
    _set_up(self, style)
    features = pango.pango_layout_get_attributes(self.layout)
    if features != ffi.NULL:
        pango.pango_attr_list_unref(features)  # the reference of WeasyPrint's own; that of Pango's layout remains
    style.font_config.font_features.clear()  # they end with their list, and must not stand in another one


_OWN = frozenset(("style", "lang", "id", "name", "width", "height"))
"""The attributes that WeasyPrint makes declarations of, anew in each layout."""
_AUTHOR = frozenset(css.declaration_precedence("author", importance) for importance in (False, True))
"""How these declarations weigh."""


def _set_styles(
    self: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, base_url: Any = None,
    target_collector: Any = None,
) -> None:  # fmt: skip
    """Replaces the computing of an element's style: once for a document, not once a layout. Not of tables, whose styles
    WeasyPrint changes, nor of pages, whose key is a tuple."""
    kept: dict[Any, Any] | None = getattr(self.font_config, "styles_kept", None)
    if kept is None or isinstance(element, tuple):
        _computed(self, element, parent, root, pseudo_type, base_url, target_collector)
        return
    computed = self._computed_styles
    # What is kept holds its parent's style and its rules, so that no other object has their addresses.
    asked: list[Any] = [id(computed.get((parent, None))), pseudo_type]
    for name, (value, weight) in self._cascaded_styles.get((element, pseudo_type), {}).items():
        asked += (name, weight) if weight[0] in _AUTHOR else (name, id(value))
    if pseudo_type is None:
        asked += [item for item in element.items() if item[0] in _OWN]
    style = kept.get(key := tuple(asked))
    if style is None:
        _computed(self, element, parent, root, pseudo_type, base_url, target_collector)
        style = computed[element, pseudo_type]
        if not {"table", "inline-table"}.intersection(style["display"]):
            kept[key] = style
        return
    computed[element, pseudo_type] = style
    if target_collector and style["anchor"]:
        target_collector.collect_anchor(style["anchor"])


_BY_OTHERS = {"float", "display", "position", "page", *css.PHYSICAL_FUNCTIONS}
_PLAIN = {name for name in properties.INITIAL_VALUES if name not in _BY_OTHERS and "text_decoration" not in name}
"""The properties on which no other one hangs."""
_INHERITED = frozenset(_PLAIN & properties.INHERITED)
_INITIAL = {
    name: properties.INITIAL_VALUES[name] for name in _PLAIN - properties.INHERITED - properties.INITIAL_NOT_COMPUTED
}


def _missing_value(self: Any, key: str) -> Any:
    """Replaces the computing of one value."""
    if key not in self.cascaded:
        if key in _INITIAL:
            value = self[key] = _INITIAL[key]
            return value
        if key in _INHERITED and self.parent_style is not None:
            value = self[key] = self.parent_style[key]
            return value
    return _missing(self, key)


def _validate_once(self: Any, tokens: list[Any], wanted_key: str, base_url: Any) -> Any:
    """Replaces the reading of a shorthand with variables: once for all of its properties."""
    kept = vars(self).setdefault("read_once", {})
    asked = tuple(map(id, tokens))
    if asked not in kept:
        if len(kept) > MOST_READ:
            kept.clear()
        try:
            read = [*self.validator(tokens)]
        except InvalidValues:
            return _validated(self, tokens, wanted_key, base_url)
        start = self.validator.keywords["name"]
        kept[asked] = {f"{start}{key}" if key.startswith("-") else key: value for key, value in reversed(read)}, tokens
    return kept[asked][0][wanted_key]


def _build_and_count(
    element_tree: Any, style_for: Any, get_image_from_uri: Any, base_url: Any, target_collector: Any,
    counter_style: Any, footnotes: list[Any],
) -> Any:  # fmt: skip
    """Replaces `build_formatting_structure`: the boxes of a document."""
    root = _build(element_tree, style_for, get_image_from_uri, base_url, target_collector, counter_style, footnotes)
    _LETTERS[element_tree] = letters((root, *footnotes))
    return root


def letters(found: Iterable[Any]) -> Counter[Any]:
    """Element -> how many letters of its own stand in boxes and all boxes in them."""
    count = Counter[Any]()
    waiting = [*found]
    while waiting:
        box = box_of(waiting.pop())
        if isinstance(box, boxes.TextBox):
            if box.element is not None and "::" not in box.element_tag:
                count[box.element] += len(box.text.translate(_BLANKS))
        elif isinstance(box, boxes.ParentBox):
            waiting += box.children
    return count


def elements_lost(document: Any) -> list[Any]:
    """The elements of whose text less stands on the pages than there was to be set."""
    there = letters(page_box(page) for page in document.pages)
    return [element for element, count in _LETTERS[document._html.etree_element].items() if there[element] < count]


def _pages_with_layout(html: Any, root_box: Any, context: Any, max_loops: int = 8) -> Iterator[Any]:
    """Replaces `layout_document`: the pages."""
    for made in _document_pages(html, root_box, context, max_loops):
        made.laid_out_by = html, root_box, context
        yield made


def _pages_and_references(context: Any, root_box: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
    """Replaces `make_all_pages`: the pages, of which those are made again whose references change."""
    yield from _made_pages(context, root_box, html, pages)
    targets = context.target_collector
    for (number, kind), item in targets.counter_lookup_items.items():
        names, at = _classes(number.element), item.page_maker_index
        if kind != "content" or at is None or REFERENCE not in names or HERE in names:
            continue
        target = targets.target_lookup_items.get(unquote(number.element.get("href", "").removeprefix("#")))
        around = next((box for box in root_box.descendants() if number in getattr(box, "children", ())), None)
        if target and target.page_maker_index == at and around:  # what stands in a note has nothing around it here
            around.children = [box for box in around.children if box is not number]
            number.element.set("class", " ".join([*names, HERE]))
            context.page_maker[at][-1]["content_changed"] = True


def pages_with_lower_annex(document: Any, part: float) -> int:
    """How many pages a document would have if each entry of its annex had a part of its height; none, if that cannot be
    told. The pages from the annex on are laid out again and thrown away."""
    sheets = [[*page_box(each).descendants()] for each in document.pages]
    first = next((n for n, sheet in enumerate(sheets) if any(map(_is_annex, sheet))), None)
    if first is None or any(box.footnote for sheet in sheets[first:] for box in sheet):
        return 0
    html, root_box, context = page_box(document.pages[0]).laid_out_by
    root_box, context.part_of_entries, at = root_box.deepcopy(), part, first
    try:
        while True:
            _, resume_at = page.remake_page(at, context, root_box, html)
            at += 1
            if resume_at is None and not context.reported_footnotes:
                return at
    except _NotToldError:
        return 0


class _NotToldError(Exception):
    """WeasyPrint itself would lay out the annex."""


def has_annex(pages: Sequence[Any]) -> bool:
    """Whether some of the annex stands on one of some laid-out pages."""
    return any(_is_annex(box) for each in pages for box in page_box(each).descendants())


def _is_annex(box: Any) -> bool:
    return COLUMNS in _classes(box.element)


def _classes(element: Any) -> list[str]:
    return [] if element is None else (element.get("class") or "").split()


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

    part = vars(context).get("part_of_entries", 1)

    def original() -> Any:
        if part != 1 and _is_annex(box):
            raise _NotToldError
        return _columns_layout(
            context, annex, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, fixed_boxes,
            adjoining_margins, first_letter_style, first_line_style,
        )  # fmt: skip

    annex = box
    if not _is_annex(box):
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
    heights = [part * entry.margin_height() for entry in entries]
    taken = balanced(heights, context.page_bottom - top - bottom_space, count)
    if not taken[0]:  # The first entry goes to the next page. One that is higher than a page has to be broken.
        return original() if page_is_empty else (None, (0, None), next_page, [], False)
    made, at, height = [], 0, 0.0
    for number, how_many in enumerate(taken):
        place = count - 1 - number if box.style["direction"] == "rtl" else number
        x, y = box.content_box_x() + place * (width + gap), top
        inside = entries[at : at + how_many] if part == 1 else []  # else another layout has them
        for entry, entry_height in zip_longest(inside, heights[at : at + how_many]):
            if entry is not None:
                entry.translate(x - entry.position_x, y - entry.position_y)
            y += entry_height
        made.append(column._create_column_box(box, containing_block, inside, width, top))
        made[-1].position_x = x
        at += how_many
        height = max(height, y - top)
    for each in made:
        each.height = height
    box.children, box.height = made, height
    return box, ({first + at: None} if at < len(entries) else None), next_page, [], False


def _measured(context: Any, child: Any, box: Any, containing_block: Any, width: float) -> Any:
    """An entry, laid out once in a document as long as nothing in it changes, at the place that it had then."""
    kept = vars(context).setdefault("laid_out_once", {})
    if child not in kept:
        before: dict[Any, Any] = getattr(context.font_config, "entries_kept", {})
        is_alone = child.element is not None and child.element is not box.element
        looks = ElementTree.tostring(child.element) if is_alone else b""
        asked = child.element if is_alone else child, looks, box.element.get("class"), width
        if asked not in before:
            beside = column._create_column_box(box, containing_block, [child], width, box.content_box_y())
            child.position_x, child.position_y = beside.position_x, beside.position_y
            context.in_column = True
            before[asked] = block.block_level_layout(context, child, -inf, None, beside, True, [], [], [])[0]
            context.in_column = False
        kept[child] = before[asked]
    return kept[child]


def _update_notes(self: Any) -> bool:
    """Replaces `_update_footnote_area`: whether the notes of a page are higher than they may be."""
    context, area, notes = self, self.current_footnote_area, self.current_page_footnotes
    if not notes or context.in_column or area.style["max_height"].value != inf:
        overflows: bool = _updated_notes(context)
        return overflows
    if area.height != "auto":
        context.page_bottom += area.margin_height()
    area.children = notes
    area.height = sum(_height_of_note(context, note) for note in notes)
    context.page_bottom -= area.margin_height()
    return bool(area.margin_height() > NOTES_END * area.page.height)


def _height_of_note(context: Any, note: Any) -> float:
    """Of a note in the area of this page, measured once for a width."""
    kept: dict[Any, float] = vars(context).setdefault("heights_of_notes", {})
    page = context.current_footnote_area.page
    if (note, page.width) not in kept:
        area = build.create_anonymous_boxes(context.current_footnote_area.copy_with_children([note]).deepcopy())
        laid = block.block_level_layout(context, area, -inf, None, page, True, [], [], [])[0]
        kept[note, page.width] = laid.children[0].margin_height()
    return kept[note, page.width]


def _first_line(
    text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float,
    is_line_start: bool = True, minimum: bool = False,
) -> Any:  # fmt: skip
    """Replaces `split_first_line`: the layout, its length, where to go on, its width, height and baseline."""

    def split(text: str, max_width: float | None) -> Any:
        return _kept_first_line(text, style, context, max_width, justification_spacing, is_line_start, minimum)

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


_OF_A_LINE = itemgetter(
    "direction", "lang", "font_language_override", "font_family", "font_style", "font_stretch", "font_weight",
    "font_size", "font_variation_settings", "font_kerning", "font_variant_ligatures", "font_variant_position",
    "font_variant_caps", "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings", "white_space", "word_spacing", "letter_spacing", "overflow_wrap", "word_break", "tab_size",
    "hyphens", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphenate_character", "text_decoration_line",
)  # fmt: skip
"""What a line of text hangs on, of its style."""


def keep_parts(fonts: Any) -> None:
    """What is laid out in these fonts from now on is of one document, if several times: styles, first lines of texts
    and the entries of the annex are kept, and those of the document before are let go of."""
    fonts.styles_kept, fonts.lines_kept, fonts.entries_kept = {}, {}, {}


def _kept_first_line(
    text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float,
    is_line_start: bool = True, minimum: bool = False,
) -> Any:  # fmt: skip
    """`split_first_line`, asked once. What it gives is a layout at rest: words and numbers, and nothing of Pango's."""
    kept = getattr(style.font_config, "lines_kept", None)
    try:
        asked = (text, max_width, justification_spacing, is_line_start, minimum, _OF_A_LINE(style))
        answer = None if kept is None else kept.get(asked)
    except TypeError:  # a list or a set among the values
        kept = answer = None
    if answer is None:
        answer = _split_first_line(text, style, context, max_width, justification_spacing, is_line_start, minimum)
        if kept is None:
            return answer
        kept[asked] = answer
    layout = object.__new__(Layout)  # whoever draws it writes into it
    vars(layout).update(vars(answer[0]))
    return layout, *answer[1:]


_BEFORE = WeakKeyDictionary[Any, tuple[list[Any], float, str]]()
"""A layout -> of what it set last in a line: the children of that line, where it begins and its last letter."""


def _inline_level(
    context: Any, box: Any, position_x: float, max_x: float, bottom_space: float, skip_stack: Any,
    containing_block: Any, absolute_boxes: Any, fixed_boxes: Any, line_placeholders: Any, waiting_floats: Any,
    line_children: list[Any], first_letter_style: Any, first_line_style: Any,
) -> Any:  # fmt: skip
    """Replaces `split_inline_level`. Of a text WeasyPrint asks the children of its line for nothing but whether there
    are any: here there are, if a blank stands before it."""
    of, at, letter = _BEFORE.get(context, ([], 0, ""))
    follows = of is line_children and at < position_x and letter == " "
    follows = follows and not line_children and isinstance(box, boxes.TextBox)
    answer = _split_inline_level(
        context, box, position_x, max_x, bottom_space, skip_stack, containing_block, absolute_boxes, fixed_boxes,
        line_placeholders, waiting_floats, [box] if follows else line_children, first_letter_style,
        first_line_style,
    )  # fmt: skip
    if isinstance(answer[4], str):
        _BEFORE[context] = line_children, position_x, answer[4]
    return answer


_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
_STACKED = (
    "\u0300-\u036f\u0900-\u109f\u1200-\u137f\u1700-\u18af\u1900-\u1c4f\u1dc0-\u1dff\u200d\u20d0-\u20ff\u2600-\u27bf"
    "\ua840-\uabff\ufe0f\U00011000-\U00011fff\U0001f000-\U0001faff"
)
"""Scripts that join, stack or turn round their letters, marks, and pictures that may be made of several signs."""
_LETTERS = WeakKeyDictionary[Any, Counter[Any]]()
"""The root of a document -> how many letters of each of its elements are to be set."""
_BLANKS = dict.fromkeys(map(ord, "\t\n\r \u00a0\u00ad\u200b"))
_LIKE = {
    MONO: regex(r"mono|courier|consol|menlo|typewriter", re.I),
    SERIF: regex(r"(?<!sans-)(?<!sans )serif|times|georgia|garamond|palatino|roman", re.I),
}
"""Our families that stand in for others, and what those are called."""
_READ = regex(f"[{_STACKED}]")
_NO_SIGN = "\u200b"
"""What a glyph reads that is a part of a sign: a glyph has to read something, and this is not seen."""
_DRAWN_WHOLE = regex(f"[{_RIGHT_TO_LEFT}{_STACKED}]")


def _draw_first_line(stream: Any, textbox: Any, text_overflow: Any, block_ellipsis: Any, matrix: Any) -> Any:
    """Replaces `draw_first_line`: the pictures in the line."""
    words = textbox.pango_layout.text if _READ.search(textbox.text) else ""
    if words and stream._tags is not None:
        _, resume_at = textbox.pango_layout.get_first_line()
        words = words.encode()[:resume_at].decode() if resume_at else words
        stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(words)}))
    drawn = _drawn_first_line(stream, textbox, text_overflow, block_ellipsis, matrix)
    if words and stream._tags is not None:
        stream.end_marked_content()
    if _DRAWN_WHOLE.search(textbox.text):
        for font in stream._fonts.values():
            font.to_unicode.update({glyph: _NO_SIGN for glyph, text in font.to_unicode.items() if not text})
    return drawn


def our_families(asked: str, beside: Sequence[str]) -> list[str]:
    """The families in which a drawing's text is set that asks for others: those of a document, and none that this
    machine happens to have."""
    names = [name.strip(" \"'") for name in asked.split(",")]
    ours = [name for name in names if name in (SANS, SERIF, MONO, *beside)]
    if not ours:
        ours = [next((family for family, like in _LIKE.items() if like.search(asked)), SANS)]
    return [*dict.fromkeys((*ours, *beside, SANS, MONO))]


def beside_ours(fonts: Any) -> tuple[str, ...]:
    """The families of a document's signs that ours lack."""
    return getattr(fonts, "beside_ours", ())


class _Whole(str):
    """A text that is gone through in one step."""

    def __iter__(self) -> Iterator[str]:
        return iter((str(self),))


def _svg_text(svg: Any, node: Any, font_size: float) -> None:
    """Replaces the drawing of a text in an SVG."""
    node.attrib["font-family"] = ", ".join(our_families(node.get("font-family", ""), beside_ours(svg.font_config)))
    text = node.text or ""
    # Only meanwhile: by the `direction` that it finds before and after, WeasyPrint moves the text to the other side.
    turned = {"direction": "rtl"} if begins_rtl(text) and "direction" not in node.attrib else {}
    if _DRAWN_WHOLE.search(text):
        node._etree_node.text = _Whole(text)
    node.attrib.update(turned)
    _whole_svg_text(svg, node, font_size)
    if turned:
        del node.attrib["direction"]


def _draw_gradient(svg: Any, node: Any, gradient: Any, font_size: float, opacity: float, stroke: bool) -> bool:
    """Replaces the painting of a gradient in an SVG."""
    stream = svg.stream
    add = stream.add_pattern

    def add_once(x: float, y: float, width: float, height: float, across: float, down: float, matrix: Any) -> Any:
        return add(x, y, width, height, 2 * across, 2 * down, matrix)

    stream.add_pattern = add_once
    try:
        return bool(_weasyprint_gradient(svg, node, gradient, font_size, opacity, stroke))
    finally:
        del stream.add_pattern


def _draw_svg(self: Any, stream: Any, concrete_width: float, concrete_height: float, _style: Any) -> None:
    """Replaces the drawing of an SVG."""
    try:
        self._svg.draw(stream, concrete_width, concrete_height, self._base_url, self._context)
    except Exception as error:
        raise UndrawnError(f"{type(error).__name__}: {error}", self) from error


def _svg_boxes(element: Any, box: Any, get_image_from_uri: Any, base_url: Any) -> Any:
    """Replaces the reading of an SVG in HTML."""
    found = _weasyprint_svg(element, box, get_image_from_uri, base_url)
    if not found:
        raise UndrawnError("it is no SVG that can be read", element)
    return found
