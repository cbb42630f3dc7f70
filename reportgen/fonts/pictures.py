"""A drawing for resvg in; out: the same with its texts in pieces of one font each, and the fonts of what ours lack.

Effects: reads font files. resvg finds one font for a text, and no second; so each piece is a text of its own, put where
the one before it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml import etree

from reportgen.fonts.metrics import SANS, text_width
from reportgen.fonts.setting import BOLD, REGULAR, cut_to, for_drawings, has, needed, run_width, settings
from reportgen.fonts.typefaces import JOINERS, Shelf, family_of
from reportgen.language.direction import begins_rtl

_SVG = "{http://www.w3.org/2000/svg}"
_PieceWidth = tuple[tuple[str, str], float]
"""A piece, its family and signs, and its width in px."""
_SHIFTS = {"middle": 0.5, "end": 1.0}


def picture_faces(svg: str, shelf: Shelf) -> tuple[str, tuple[bytes, ...]]:
    """The drawing as it is where the sans has all of its signs."""
    signs = frozenset(sign for sign in needed(svg) if not has(sign, SANS))
    if not signs:
        return svg, ()
    fonts: list[bytes] = []
    families: dict[str, str] = {}
    for found in settings(signs, *for_drawings(svg, shelf)):
        cuts = [data for _, italic, data in cut_to(found) if not italic]
        fonts += cuts
        families |= dict.fromkeys((char for sign in found.signs for char in sign), family_of(cuts[0]))
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for element in [*root.iter(_SVG + "text", _SVG + "tspan")]:
        if element.text and not len(element) and set(element.text) & families.keys():
            _part(element, families, shelf, svg)
    return etree.tostring(root, encoding="unicode"), tuple(fonts)


def words_in(svg: bytes) -> str:
    """All text of an author's drawing; none where it is no SVG, which is told elsewhere."""
    try:
        root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return ""
    return "".join(str(text) for text in root.itertext())


def _part(element: etree._Element, families: dict[str, str], shelf: Shelf, svg: str) -> None:
    """Puts an element's text into pieces, if it says where it begins."""
    x, words = element.get("x"), element.text or ""
    if x is None:
        return
    size = float((_inherited(element, "font-size") or "16").removesuffix("px"))
    weight = BOLD if (_inherited(element, "font-weight") or "400") in ("bold", "600", "700") else REGULAR
    pieces = [*_pieces(words, families)]
    typefaces, _ = for_drawings(svg, shelf)
    widths = [
        run_width(piece, typefaces, weight) * size / 1000 if family else text_width(piece, size, SANS, weight)
        for family, piece in pieces
    ]
    at = float(x) - _SHIFTS.get(_inherited(element, "text-anchor") or "start", 0.0) * sum(widths)
    placed = [*zip(pieces, widths, strict=True)]
    element.text = None
    for (family, piece), width in _turned(placed) if begins_rtl(words) else placed:
        part = etree.SubElement(element, _SVG + "tspan", {"x": f"{at:g}", "text-anchor": "start"})
        part.set("style", "text-anchor: start" + (f"; font-family: '{family}'" if family else ""))
        part.text = piece.replace(" ", "\u00a0")  # spaces at the ends of a text are not drawn
        at += width


def _turned(placed: Sequence[_PieceWidth]) -> Iterator[_PieceWidth]:
    """Pieces of a line that is read from the right, in the order in which they are seen from the left, their spaces on
    the other side."""
    for (family, piece), width in placed[::-1]:
        bare = piece.strip()
        before, after = piece.split(bare, 1) if bare else ("", piece)
        yield (family, f"{after}{bare}{before}"), width


def _pieces(words: str, families: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(family, signs): runs of one family; empty for the sans. Joiners, and spaces between two words of a family, stay
    with them."""
    chosen: list[str] = []
    for n, char in enumerate(words):
        before, after = chosen[-1] if chosen else "", families.get(words[n + 1 : n + 2], "")
        stays = char in JOINERS or (char == " " and before == after)
        chosen.append(before if stays else families.get(char, ""))
    at = 0
    for family, run in groupby(chosen):
        length = len([*run])
        yield family, words[at : at + length]
        at += length


def _inherited(element: etree._Element, name: str) -> str | None:
    """A property of an element, as it or the nearest one around it says."""
    for each in (element, *element.iterancestors()):
        if found := re.search(rf"(?:^|;)\s*{name}:\s*([^;]+)", each.get("style") or ""):
            return found[1].strip()
        if value := each.get(name):
            return value
    return None
