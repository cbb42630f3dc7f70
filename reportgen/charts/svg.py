"""An SVG from plotly.js in, an SVG for page, paper or download out: digits marked, CSS colours, title added. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from fractions import Fraction
from typing import Literal

from lxml import etree

from reportgen.charts.canvas import Label
from reportgen.charts.data import GRID, HEAT, INK, INK2, PAPER, REST, C, words_mark
from reportgen.charts.drawn import cells_of
from reportgen.charts.text import DIGITS, wrap
from reportgen.language.direction import numbers_kept
from reportgen.late_patterns import regex
from reportgen.model.figure import Datum, EvaluatedFigure
from reportgen.model.quantity import Quantity

ColorScheme = Literal["page", "paper", "download"]
FONTS = "'IBM Plex Sans', 'Script Sans', 'PT Sans', 'Noto Sans', Arial, sans-serif"
"""The whole font stack, so that no text is set in a serif font."""

_SVG = "{http://www.w3.org/2000/svg}"
COLOUR_VARIABLES = {colour: f"var(--c{index})" for index, colour in enumerate(C, 1)} | {
    REST: "var(--mark-soft)",
    INK: "var(--ink)",
    INK2: "var(--ink-2)",
    GRID: "var(--grid)",
    PAPER: "var(--paper)",
}
"""Literal colour of every drawing -> CSS variable of the page, which a script uses to recolour a live figure."""
_MIXED = {
    colour: f"color-mix(in srgb, var(--c1) {share}%, var(--paper))"
    for colour, share in zip(HEAT, (12, 30, 50, 70), strict=False)
}
PAGE_COLOURS = COLOUR_VARIABLES | _MIXED
"""The same with the shades of a heat map, which are mixed from them."""
_COLOUR = regex(r"rgb\(\s*(\d+),\s*(\d+),\s*(\d+)\s*\)|#[0-9A-Fa-f]{6}\b")
_PAINTS = ("fill", "stroke", "stop-color")
_TICK = regex(r"\b[xy]\d*tick\b|\bcb\w*\b|colorbar")
_MARGIN = 24
"""px around a downloaded picture."""


class UnknownDigitsError(ValueError):
    """A drawing prints a number that is not in its data. Its message is one sentence without a full stop."""


def parse_svg(svg: str) -> etree._Element:
    """A drawing as plotly.js left it."""
    return etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def mark_digits(
    root: etree._Element, figure: EvaluatedFigure, labels: Sequence[Label], first_tick: int
) -> tuple[str, ...]:
    """Sets `data-n` on every text that holds digits, and returns the texts of the value axis ticks.

    `labels` are the texts that were laid out. A tick's `data-n` is `first_tick` plus its place in the answer. Raises
    UnknownDigitsError for digits of unknown source.
    """
    ticks: dict[str, int] = {}
    for element, index in _texts(root):
        words = "".join(str(part) for part in element.itertext())
        if not DIGITS.search(words):
            continue
        if labels:
            if index is None or index >= len(labels) or "".join(labels[index].lines) != words:
                raise ValueError(f'figure "{figure.id}": "{words}" is not a text that was laid out')
            mark = labels[index].mark
        else:
            mark = _found(figure, element, words)
        if mark == "scale":
            mark = str(ticks.setdefault(words, first_tick + len(ticks)))
        if not mark:
            raise UnknownDigitsError(f'"{words}" holds digits that come from no fact, date or axis')
        element.set("data-n", mark)
    return tuple(ticks)


def finish_svg(
    root: etree._Element,
    *,
    ident: str,
    title: str,
    desc: str,
    theme: ColorScheme,
    spoken: str = "",
    subtitle: str = "",
    note: str = "",
    source: str = "",
    licence: str = "",
) -> str:
    """A drawing with its title and description, in the colours and the frame of `theme`. `spoken`: the description's
    language, where it is not the page's."""
    root = deepcopy(root)
    width, height = float(root.get("width", "640")), float(root.get("height", "360"))
    root.attrib.pop("class", "")
    root.attrib.pop("style", "")
    for element in root.iter():
        _paint(element, theme)
        if element.text and element.tag in (_SVG + "text", _SVG + "tspan"):
            element.text = numbers_kept(element.text)
    if theme == "download":
        width, height = _framed(root, width, height, (title, subtitle), (note, source, licence))
    root.set("viewBox", f"0 0 {width:g} {height:g}")
    for name, value in (("width", width), ("height", height)):
        if theme == "page":
            root.attrib.pop(name, "")
        else:
            root.set(name, f"{value:g}")
    root.set("role", "img")
    root.set("aria-labelledby", f"{ident}-t {ident}-d")
    root.insert(0, _words("title", title, "label", id=f"{ident}-t"))
    root.insert(1, _words("desc", desc, "label", id=f"{ident}-d"))
    if spoken:
        root[1].set("{http://www.w3.org/XML/1998/namespace}lang", spoken)
    return etree.tostring(root, encoding="unicode")


def _texts(root: etree._Element) -> Iterator[tuple[etree._Element, int | None]]:
    """Text elements, each with the number of its annotation: plotly.js draws them in their order."""
    seen = -1
    for element in root.iter(_SVG + "g", _SVG + "text"):
        if element.tag == _SVG + "g":
            seen += "annotation" in (element.get("class") or "").split()
        else:
            own = "annotation-text" in (element.get("class") or "").split()
            yield element, seen if own else None


def _found(figure: EvaluatedFigure, element: etree._Element, words: str) -> str:
    """`data-n` of a text in an author's own figure: a printed value, a date, a name; else Plotly made it out of the
    data, as it makes the marks of an axis, percentages and means. No typed digits are left by now."""
    cells = cells_of(figure)
    for datum in cells:
        if datum.text == words:
            return str(datum.number) if datum.number is not None else words_mark(datum)
    mark = words_mark(Datum(words))
    if mark == "year":
        return mark
    classes = " ".join(parent.get("class") or "" for parent in (element, *element.iterancestors()))
    if _TICK.search(classes):
        dated = any(column.kind == "date" for column in figure.columns) and re.search(r"[^\W\d_]{3}", words)
        return "date" if dated else "scale"
    if any(column.title == words for column in figure.columns):
        return "name"
    numbered = [datum for datum in cells if datum.number is not None and datum.text]
    inside = [datum for datum in numbered if re.search(rf"(?<![\d.,]){re.escape(datum.text)}(?![.,]?\d)", words)]
    inside = inside or [datum for datum in numbered if datum.quantity and _rounds_to(words, datum.quantity)]
    return str(max(inside, key=lambda datum: len(datum.text)).number) if inside else "scale"


_SPELLED = regex(r"[-−]?\d[\d\s,.]*")


def _rounds_to(words: str, quantity: Quantity) -> bool:
    """Whether Plotly prints this number so: with fewer decimals, and its own signs between thousands."""
    found = _SPELLED.fullmatch(words.strip())
    if found is None:
        return False
    plain = re.sub(r"\s", "", words.strip()).replace("−", "-")
    places = [plain.replace(",", ""), plain.replace(".", "").replace(",", ".")]
    for text in dict.fromkeys(places):
        try:
            number = Fraction(text)
        except ValueError:
            continue
        decimals = len(text.partition(".")[2])
        if abs(quantity.headline - number) <= Fraction(1, 2 * 10**decimals):
            return True
    return False


_FAMILY = regex(r"font-family:\s*[^;]+")


def _paint(element: etree._Element, theme: ColorScheme) -> None:
    style = element.get("style") or ""
    style = _FAMILY.sub(f"font-family: {FONTS}", style) if "font-family" in style else style
    if theme == "page":
        for name in _PAINTS:
            value = element.get(name)
            if value and _COLOUR.fullmatch(value):  # only style may hold var(), and it overrides the attribute
                del element.attrib[name]
                style = f"{style.rstrip('; ')}; {name}: {value}".lstrip("; ")
        style = _COLOUR.sub(_variable, style)
    if style:
        element.set("style", style)


_USED = regex(r"var\((--[\w-]+)")
_START = regex(r"<svg\b[^>]*>")


def alone(drawing: str, css: str) -> str:
    """A drawing of a page as a picture of its own: with the colours that the page's stylesheets declare first."""
    found: dict[str, str] = {}
    waiting = list(dict.fromkeys(_USED.findall(drawing)))
    while waiting:
        name = waiting.pop()
        value = re.search(rf"{name}\s*:\s*([^;{{}}]+)", css)
        if value is not None and name not in found:
            found[name] = value[1].strip()
            waiting += _USED.findall(value[1])
    if not found:
        return drawing
    declared = "".join(f"{name}:{value};" for name, value in sorted(found.items()))
    declared = declared.replace("&", "&amp;").replace("<", "&lt;")
    style = f"<style>:root{{{declared}}}svg{{font-family:'IBM Plex Sans',sans-serif}}</style>"
    return _START.sub(lambda start: start[0] + style, drawing, count=1)


def _variable(match: re.Match[str]) -> str:
    parts = [int(part) for part in match.groups() if part is not None]
    colour = "#" + "".join(f"{part:02X}" for part in parts) if parts else match[0].upper()
    return PAGE_COLOURS.get(colour, match[0])


def _framed(
    root: etree._Element, width: float, height: float, heads: tuple[str, str], feet: tuple[str, str, str]
) -> tuple[float, float]:
    """Puts the drawing between title and subtitle, and note, sources and licence, on a background; returns the new
    width and height."""
    group = etree.Element(_SVG + "g")
    group.extend(list(root))
    y, above, below = float(_MARGIN), [], []
    for words, size, bold, colour in zip(heads, (19, 14), (True, False), (INK, INK2), strict=True):
        for line in wrap(words, size, width, bold) if words else ():
            above.append(_line(line, _MARGIN, y + size * 0.8, size, bold, colour, "label"))
            y += size * 1.35
    top = y + 12
    group.set("transform", f"translate({_MARGIN},{top:g})")
    y = top + height + 12
    for words in feet:
        for line in wrap(words, 12, width) if words else ():
            below.append(_line(line, _MARGIN, y + 10, 12, False, INK2, "source"))
            y += 16
    whole = (width + 2 * _MARGIN, round(y + _MARGIN - 6))
    ground = etree.Element(
        _SVG + "rect", {"width": f"{whole[0]:g}", "height": f"{whole[1]:g}", "style": f"fill: {PAPER}"}
    )
    root.extend([ground, *above, group, *below])
    return whole


def _line(words: str, x: float, y: float, size: float, bold: bool, colour: str, mark: str) -> etree._Element:
    weight = "; font-weight: bold" if bold else ""
    style = f"font-family: {FONTS}; font-size: {size}px; fill: {colour}{weight}"
    return _words("text", words, mark, x=f"{x:g}", y=f"{y:g}", style=style)


def _words(tag: str, words: str, mark: str, **attributes: str) -> etree._Element:
    """An element with words in it, and `data-n` if they hold digits."""
    element = etree.Element(_SVG + tag, attributes)
    element.text = words
    if DIGITS.search(words):
        element.set("data-n", mark)
    return element


_SHAPES = frozenset(_SVG + name for name in ("rect", "path", "circle", "ellipse", "polygon"))
_GROUPS = frozenset(_SVG + name for name in ("g", "defs", "clipPath"))
_NO_FILL = "fill: rgb(0, 0, 0); fill-opacity: 0;"
_REFERRED = regex(r"#([\w:-]+)")


def trim(root: etree._Element, *, clipped: bool) -> None:
    """Removes invisible elements. `clipped`: whether some elements may extend beyond their clip path."""
    for element in root.iter():
        if not clipped:
            element.attrib.pop("clip-path", "")
        if style := element.get("style"):
            element.set("style", style.replace(_NO_FILL, "fill: none;"))
    texts = (str(value) for element in root.iter() for value in element.attrib.values())
    referred = {id for value in texts for id in _REFERRED.findall(value)}
    for element in reversed(list(root.iter(*_SHAPES, *_GROUPS))):  # what is inside before what it is in
        parent, id = element.getparent(), element.get("id")
        if parent is None or id in referred or element.tail:
            continue
        if element.tag == _SVG + "clipPath" or (_unseen(element) if element.tag in _SHAPES else not len(element)):
            parent.remove(element)


def _unseen(shape: etree._Element) -> bool:
    if shape.get("d") in ("", "M0,0"):
        return True
    if len(shape) or next((parent.tag == _SVG + "clipPath" for parent in shape.iterancestors()), False):
        return False
    style = _declared(shape)
    return _clear("fill", style) and (_clear("stroke", style) or not _stroked(shape))


def _clear(paint: str, style: dict[str, str]) -> bool:
    width = style.get("stroke-width") if paint == "stroke" else None
    return style.get(paint) == "none" or style.get(f"{paint}-opacity") == "0" or width in ("0", "0px")


def _stroked(shape: etree._Element) -> bool:
    """Whether it, or what it is in, names a stroke."""
    return any("stroke" in _declared(element) for element in (shape, *shape.iterancestors()))


def _declared(element: etree._Element) -> dict[str, str]:
    parts = (part.partition(":") for part in (element.get("style") or "").split(";"))
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    return attributes | {name.strip(): value.strip() for name, _, value in parts}
