"""HTML in, the same with the direction of each part that is written the other way than the page out. Pure.

Browsers and WeasyPrint order the signs of a line by the direction of its element; what stands between an Arabic title
and the number after it would go to the wrong side. So each such part is an element of its own (`bdi`, or `dir` on the
element that it is). A page without such a part comes back as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reportgen.brief.tags import PHRASES
from reportgen.language.direction import RTL, WRITTEN_RTL, Direction

_TOKEN = re.compile(r"<!--.*?-->|<(script|style|svg|title|textarea|pre)\b.*?</\1>|<[^<>]*>", re.S | re.I)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)([^<>]*)>")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_INLINE = PHRASES | {"label", "time"}
_BLOCKS = frozenset({"p", "blockquote", "figcaption", "dd", "dt"})
"""Blocks of text that take a direction as a whole."""
A_WORD = 3
"""Letters. Fewer are the letter of a note, which stands where the page puts it."""
A_SENTENCE = 20
"""Letters. A block with fewer keeps its direction, and with it the side on which its marks stand."""
_CITED = re.compile(r'(?!.*\bclass="work").*(?:\bdata-n="(?:citation|source)"|\bclass="citation")')
"""On an element, no entry of the references, whose commas, brackets and years are the citation style's: they run as the
page does."""
_LETTERS = re.compile(r"[^\W\d_]")
_ENTITY = re.compile(r"&#?\w+;")
_RUN = re.compile(rf"[{RTL}](?:[{RTL}\d\u200c\u200d\u00a0\u2010-\u2015 /'’\"״׳-]*[{RTL}])?")
"""Words written right to left, with what joins them. It ends at a comma, a bracket or a full stop of the page."""


@dataclass(slots=True)
class _Element:
    name: str
    at: int
    """Its start tag's place among the tokens."""
    attributes: str
    right: int = 0
    """How many letters in it are written right to left, and `left`: how many are not."""
    left: int = 0
    blocks: bool = False
    """Whether there is a block in it."""


@dataclass(slots=True)
class _Walk:
    tokens: list[str]
    within: list[int]
    """For each token, the start tag of the element that it stands in; -1 for none."""
    elements: dict[int, _Element] = field(default_factory=dict)


def directed(html: str, base: Direction) -> str:
    """A page or a part of one, whose direction is `base`."""
    if base == "ltr" and not WRITTEN_RTL.search(html):
        return html
    walk = _walked(html)
    directions: dict[int, Direction] = {-1: base}
    cited: set[int] = set()
    mixed = {at for at, element in walk.elements.items() if element.left}
    for at, element in sorted(walk.elements.items()):
        outer = directions[walk.within[at]]
        directions[at] = outer
        if _CITED.match(element.attributes) or (element.name == "a" and walk.within[at] in cited):
            cited.add(at)
        if named := re.search(r'\bdir="(ltr|rtl)"', element.attributes):
            directions[at] = "rtl" if named[1] == "rtl" else "ltr"
        elif (own := _own(element, outer)) != outer and (own == "ltr" or at not in cited):
            directions[at] = own
            walk.tokens[at] = f'{walk.tokens[at][:-1]} dir="{own}">'
    for at in range(0, len(walk.tokens), 2):
        around = walk.within[at]
        walk.tokens[at] = _isolated(walk.tokens[at], directions[around], part=around in cited or around in mixed)
    return "".join(walk.tokens)


def _walked(html: str) -> _Walk:
    """HTML as texts and, between any two of them, a tag or what is no text."""
    tokens: list[str] = []
    at = 0
    for found in _TOKEN.finditer(html):
        tokens += [html[at : found.start()], found[0]]
        at = found.end()
    walk = _Walk([*tokens, html[at:]], [])
    opened: list[_Element] = []
    for n, token in enumerate(walk.tokens):
        walk.within.append(opened[-1].at if opened else -1)
        tag = _TAG.fullmatch(token) if n % 2 else None
        if tag is None:
            if not n % 2 and opened:
                right, left = _counted(token)
                for element in opened if right or left else ():
                    element.right += right
                    element.left += left
            continue
        name = tag[2].lower()
        if tag[1]:
            while opened and opened.pop().name != name:
                continue
        elif name not in _VOID and not tag[3].endswith("/"):
            if name not in _INLINE and name != "bdi":
                for element in opened:
                    element.blocks = True
            opened.append(walk.elements.setdefault(n, _Element(name, n, tag[3])))
    return walk


def _counted(text: str) -> tuple[int, int]:
    """Letters written right to left, and others."""
    words = _ENTITY.sub("", text)
    right = len(WRITTEN_RTL.findall(words))
    return right, max(len(_LETTERS.findall(words)) - right, 0)


def _own(element: _Element, outer: Direction) -> Direction:
    """The direction of most of an element's letters, if it is of a kind that takes one."""
    if element.name in _INLINE and not element.blocks and element.right != element.left:
        if element.right + element.left < A_WORD:
            return outer
        return "rtl" if element.right > element.left else "ltr"
    if element.name in _BLOCKS and not element.blocks and 0 in (element.right, element.left):
        return outer if element.right + element.left < A_SENTENCE else "rtl" if element.right else "ltr"
    return outer


def _isolated(text: str, outer: Direction, *, part: bool) -> str:
    """A text in which what goes the other way than its element is put into elements of its own. Of one that is only a
    part of what its element says, the signs between its words are the element's."""
    right, left = _counted(text)
    if outer == "rtl":
        return _wrapped(text, "ltr") if left and not right else text
    if not right:
        return text
    return _RUN.sub(lambda run: f'<bdi dir="rtl">{run[0]}</bdi>', text) if left or part else _wrapped(text, "rtl")


def _wrapped(text: str, own: Direction) -> str:
    inner = text.strip()
    start = text.index(inner)
    return f'{text[:start]}<bdi dir="{own}">{inner}</bdi>{text[start + len(inner) :]}'
