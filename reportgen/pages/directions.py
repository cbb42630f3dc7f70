"""HTML in, the same with the direction of each part that is written the other way than the page out. Pure.

Browsers and WeasyPrint order the signs of a line by the direction of its element; what stands between an Arabic title
and the number after it would go to the wrong side. So each such part is an element of its own (`bdi`, or `dir` on the
element that it is): the longest run of words of one direction, whatever emphasis, links and code stand in it, for two
neighbours that are set apart are laid out in the direction of what is around them. Code is written left to right. A
page without such a part comes back as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from reportgen.brief.tags import PHRASES, VERBATIM, VOID
from reportgen.language.beyond_ascii import beyond_ascii
from reportgen.language.direction import NUMBER_OF, SIGN_OF_MONEY, WRITTEN_RTL, Direction
from reportgen.late_patterns import regex

_TOKEN = regex(r"<!--.*?-->|<(script|style|svg|title|textarea|pre)\b.*?</\1>|<[^<>]*>", re.S | re.I)
_TAG = regex(r"<(/?)([a-zA-Z][\w-]*)([^<>]*)>")
_VOID = VOID | {"area", "base", "embed", "input", "link", "meta", "source", "track", "wbr"}
_INLINE = PHRASES | {"bdi", "button", "label", "time"}
_BLOCKS = frozenset({"p", "blockquote", "figcaption", "dd", "dt"})
"""Blocks of text that take a direction as a whole."""
A_WORD = 3
"""Letters. An element with fewer is never turned by itself: the letter of a note stands where the page puts it."""
A_SENTENCE = 20
"""Letters. A block with fewer keeps its direction, and with it the side on which its marks stand; so does a line that
has fewer of both kinds."""
MOST = 9
"""To one. So many more letters make a line's direction, whichever its first letter has."""
_CITED = regex(r'(?!.*\bclass="work").*(?:\bdata-n="(?:citation|source)"|\bclass="citation")')
"""On an element, no entry of the references, whose commas, brackets and years are the citation style's: they run as the
page does."""
_WORK = regex(r'.*\bclass="work"')
_CODE = regex(r'.*\bdata-as="(?:code|pre)"')
_ADDRESS = regex(r"\s*(?:https?://|www\.)\S+\s*")
"""The words of a link that are its address, whose slashes would go to the other side where a line ends at one."""
_MARK = regex(r'.*\bclass="(?:noteref|notenum|back|comma|statements|vh)"')
"""On an element, a mark of the page's, whose letters are no words of the text."""
_NOTE = regex(r'.*\bclass="footnote"')
_ROW = regex(r'.*\bclass="(?:[^"]* )?(?:meta|downloads|app|state)[ "]')
"""On an element whose parts stand side by side, each by itself: they are no words of one line."""
_WIDE = regex(r'.*\bclass="(?:[^"]* )?wide[ "]')
"""On a block that reaches into the margin where lines begin: turned, it would reach into the other."""
_DIR = regex(r'\bdir="(ltr|rtl)"')
_LETTERS = regex(r"[^\W\d_][\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]*")
"""Letters with the marks above and below them, which stand with them in one run."""
_ENTITY = regex(r"&#?\w+;")
_BETWEEN = regex(r"[\d\u200c\u200d\u00a0\u2010-\u2015 /'’\"״׳-]*")
"""What joins two words of an author's name or of a title."""
_DAY = regex(r"(?<![\d.,])\d{1,2}[ \u00a0]\Z")
_YEAR = regex(r"[ \u00a0]\d{4}(?![\d.,]\d|\d)")
_APART = regex(r"(?:\A|[,;(] ?)\Z")
"""What stands before and after the name of a month, and before a month without a day."""
_SIGNED = regex(
    r"(?<![\d.,])(?:&lrm;)?(?:(?:&[lg]t;|[<>≤≥≈~±−])+|(?<!\w)\+)(?=(?:[A-Z]{0,3}[$€£¥₪₽₸₹]\u00a0?)?[\d٠-٩۰-۹])"
)
"""A sign of a number, which would go to the other side of it where lines are written right to left."""
_HEBREW = regex("[\u0590-\u05ff\ufb1d-\ufb4f]")
_GUARD: dict[Direction, str] = {"ltr": "&lrm;", "rtl": "&rlm;"}


@dataclass(slots=True)
class _Element:
    name: str
    at: int
    """Its start tag's place among the tokens."""
    attributes: str
    end: int
    """Its end tag's place."""
    right: int = 0
    """How many letters in it are written right to left, and `left`: how many are not."""
    left: int = 0
    blocks: bool = False
    """Whether there is a block in it."""


@dataclass(slots=True)
class _Strong:
    """A letter of a line, or an element that stands in it as one."""

    side: Direction
    start: int
    """Its place among the signs of the line."""
    end: int
    script: str = ""
    """`h` for Hebrew, `a` for any other that is written right to left."""
    weight: int = 1


@dataclass(slots=True)
class _Stretch:
    """Text without blocks: its signs, each with its place; an element that counts as one is one sign."""

    signs: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    """Token and offset of each; of an element, its start tag and -1."""
    pieces: list[_Strong] = field(default_factory=list)
    within: list[tuple[int, int, Direction, bool]] = field(default_factory=list)
    """Elements that are lines of their own: first token, end, direction, whether it is cited."""
    apart: int = 0
    """How many letters stand in elements whose direction is given."""


def directed(html: str, base: Direction) -> str:
    """A page or a part of one, whose direction is `base`."""
    if base == "ltr" and not WRITTEN_RTL.search(beyond_ascii(html)):
        return html
    page = _Sides(str(html))  # of Markup, Jinja would print the elements that are put in as words
    page.blocks(0, len(page.tokens), base, cited=False)
    if base == "rtl":
        page.sign()
    return page.html()


class _Sides:
    """HTML as texts and, between any two of them, a tag or what is no text."""

    def __init__(self, html: str) -> None:
        self.tokens: list[str] = []
        at = 0
        for found in _TOKEN.finditer(html):
            self.tokens += [html[at : found.start()], found[0]]
            at = found.end()
        self.tokens.append(html[at:])
        self._within: list[int] = []
        """For each token, the start tag of the element that it stands in; -1 for none."""
        self._elements: dict[int, _Element] = {}
        self._walk()
        self._opens: dict[tuple[int, int], list[str]] = {}
        """What to put at an offset of a text, after `_closes` of the same place."""
        self._closes: dict[tuple[int, int], list[str]] = {}
        self._directions: dict[int, Direction] = {}
        """Start tags that get a direction."""

    def sign(self) -> None:
        """Bind signs to their numbers, as `−21.5` would be `21.5−`, and `>12` be `12<`; and numbers to their words."""
        for n in range(0, len(self.tokens), 2):
            for found in NUMBER_OF.finditer(self.tokens[n]):
                self._opens.setdefault((n, found.end()), []).append(_GUARD["rtl"])
            for found in SIGN_OF_MONEY.finditer(self.tokens[n]):
                self._opens.setdefault((n, found.end()), []).append(_GUARD["ltr"] + _GUARD["rtl"])
            for found in _SIGNED.finditer(self.tokens[n]):
                if found[0].startswith(_GUARD["ltr"]):
                    continue
                self._opens.setdefault((n, found.start()), []).append(_GUARD["ltr"])

    def _walk(self) -> None:
        opened: list[_Element] = []
        for n, token in enumerate(self.tokens):
            self._within.append(opened[-1].at if opened else -1)
            tag = _TAG.fullmatch(token) if n % 2 else None
            if tag is None:
                right, left = (0, 0) if n % 2 else _counted(token)
                for element in opened if right or left else ():
                    element.right += right
                    element.left += left
                if n % 2 and token[:4].lower() == "<pre":
                    for element in opened:
                        element.blocks = True
                continue
            name = tag[2].lower()
            if tag[1]:
                while opened and (last := opened.pop()):
                    last.end = n
                    if last.name == name:
                        break
            elif name not in _VOID and not tag[3].endswith("/"):
                if name not in _INLINE:
                    for element in opened:
                        element.blocks = True
                opened.append(self._elements.setdefault(n, _Element(name, n, tag[3], len(self.tokens))))

    def html(self) -> str:
        for at, direction in self._directions.items():
            self.tokens[at] = f'{self.tokens[at][:-1]} dir="{direction}">'
        for n, at in sorted({*self._opens, *self._closes}, reverse=True):
            put = "".join((*self._closes.get((n, at), ()), *self._opens.get((n, at), ())))
            self.tokens[n] = self.tokens[n][:at] + put + self.tokens[n][at:]
        return "".join(self.tokens)

    def blocks(self, first: int, end: int, base: Direction, *, cited: bool) -> None:
        """What stands between two tags, whose direction is `base`."""
        at = begun = first
        while at < end:
            element = self._elements.get(at)
            if element is None:
                if at % 2 and self.tokens[at][:4].lower() == "<pre":
                    self._line(begun, at, base, cited=cited)
                    if base == "rtl" and not _DIR.search(self.tokens[at].partition(">")[0]):
                        self.tokens[at] = f'{self.tokens[at][:4]} dir="ltr"{self.tokens[at][4:]}'
                    begun = at + 1
                at += 1
            elif element.name in _INLINE and not element.blocks and not self._is_in_row(at):
                at = element.end + 1
            else:
                self._line(begun, at, base, cited=cited)
                quoted = cited or _CITED.match(element.attributes) is not None
                self.blocks(at + 1, element.end, self._of_block(element, base, cited=quoted), cited=quoted)
                at = begun = element.end + 1
        self._line(begun, end, base, cited=cited)

    def _is_in_row(self, at: int) -> bool:
        """Whether an element is one of those that stand side by side."""
        around = self._elements.get(self._within[at])
        return around is not None and (around.name == "nav" or _ROW.match(around.attributes) is not None)

    def _of_block(self, element: _Element, base: Direction, *, cited: bool) -> Direction:
        if named := _DIR.search(element.attributes):
            return "rtl" if named[1] == "rtl" else "ltr"
        is_text = element.name in _BLOCKS and not element.blocks and not _WIDE.match(element.attributes)
        if is_text and not _ROW.match(element.attributes) and element.right + element.left >= A_SENTENCE:
            line = self._read(element.at + 1, element.end, base, cited=cited)
            if _goes(line, base, cited=cited) != base:
                self._directions[element.at] = _other(base)
                return _other(base)
        return base

    def _line(self, first: int, end: int, base: Direction, *, cited: bool) -> None:
        """A run of texts and of elements within them."""
        texts = (self.tokens[at] for at in range(first + first % 2, end, 2))
        if not any(WRITTEN_RTL.search(text) if base == "ltr" else _LETTERS.search(text) for text in texts):
            self._code(first, end, base)
            return
        line = self._read(first, end, base, cited=cited)
        if _goes(line, base, cited=cited) != base:
            self._set_apart(first, end, line, 0, len(line.signs), _other(base))
            self._line(first, end, _other(base), cited=cited)
            return
        for start, stop in _groups(line, base, cited=cited):
            if base == "ltr" or line.places[start][0] != line.places[stop - 1][0] or line.places[start][1] < 0:
                self._set_apart(first, end, line, start, stop, _other(base))
                self._code(line.places[start][0], line.places[stop - 1][0] + 1, _other(base))
        self._code(first, end, base)
        for inner in line.within:
            self.blocks(*inner[:3], cited=inner[3])

    def _code(self, first: int, end: int, base: Direction) -> None:
        """Code and addresses go left to right."""
        at = first
        while at < end:
            element = self._elements.get(at)
            if element and self._is_verbatim(element):
                if (base == "rtl" or element.right) and not _DIR.search(element.attributes):
                    self._directions[at] = "ltr"
                at = element.end
            elif element and _DIR.search(element.attributes):  # a line of its own
                at = element.end
            at += 1

    def _read(self, first: int, end: int, base: Direction, *, cited: bool) -> _Stretch:
        line = _Stretch()
        at = first
        while at < end:
            if at % 2 == 0:
                text = _ENTITY.sub(lambda m: "\0" * len(m[0]), self.tokens[at])
                for found in _LETTERS.finditer(text):
                    letter, place = found[0], len(line.signs) + found.start()
                    side: Direction = "rtl" if WRITTEN_RTL.match(letter) else "ltr"
                    script = _script(letter) if side == "rtl" else ""
                    line.pieces.append(_Strong(side, place, place + len(letter), script))
                line.signs += text
                line.places += [(at, offset) for offset in range(len(text))]
                at += 1
                continue
            element = self._elements.get(at)
            if element and (single := self._single(element, base, cited, line)):
                line.signs.append("\0")
                line.places.append((at, -1))
                if single != "none":
                    apart = single == base or _WORK.match(element.attributes)
                    weight = 0 if apart else max(element.right, element.left)
                    script = self._script(element) if single == "rtl" else ""
                    line.pieces.append(_Strong(single, len(line.signs) - 1, len(line.signs), script, weight))
                at = element.end
            at += 1
        return line

    def _single(
        self, element: _Element, base: Direction, cited: bool, line: _Stretch
    ) -> Direction | Literal["none", ""]:
        """The direction of an element that stands in its line as one sign; `none` for a sign without, and nothing for
        an element whose letters are the line's."""
        inner = (element.at + 1, element.end)
        if self._is_verbatim(element):
            return "none"
        if named := _DIR.search(element.attributes):
            line.within.append((*inner, "rtl" if named[1] == "rtl" else "ltr", False))
            line.apart += element.right + element.left
            return "none"
        if element.name in ("sup", "sub") or _MARK.match(element.attributes):
            return "none"
        if element.name in ("bdi", "button") or _NOTE.match(element.attributes):
            line.within.append((*inner, base, False))
            return "none"
        if base == "ltr" and (_CITED.match(element.attributes) or (element.name == "a" and cited)):
            line.within.append((*inner, base, True))
            return base
        other, own = (element.right, element.left) if base == "ltr" else (element.left, element.right)
        whole = not own or _WORK.match(element.attributes) is not None or base not in self._ends(element)
        if other > own and other + own >= A_WORD and whole:
            line.within.append((*inner, _other(base), False))
            return _other(base)
        return ""

    def _is_verbatim(self, element: _Element) -> bool:
        if element.name == "a":
            return _ADDRESS.fullmatch("".join(self.tokens[element.at + 1 : element.end : 2])) is not None
        return element.name in VERBATIM or _CODE.match(element.attributes) is not None

    def _ends(self, element: _Element) -> set[Direction]:
        """The directions of an element's first and last letter."""
        words = _ENTITY.sub("", "\0".join(self.tokens[element.at + 1 : element.end : 2]))
        letters = _LETTERS.findall(words)
        return {"rtl" if WRITTEN_RTL.match(letter) else "ltr" for letter in (letters[0], letters[-1])}

    def _script(self, element: _Element) -> str:
        """Of an element's first letter that is written right to left."""
        letters = (WRITTEN_RTL.search(text) for text in self.tokens[element.at + 1 : element.end : 2])
        return _script(next(found[0] for found in letters if found))

    def _set_apart(self, first: int, end: int, line: _Stretch, start: int, stop: int, own: Direction) -> None:
        """Signs of a line as an element with a direction of its own."""
        while start < stop and line.signs[start].isspace():
            start += 1
        while stop > start and line.signs[stop - 1].isspace():
            stop -= 1
        (token, offset), (last, sign) = line.places[start], line.places[stop - 1]
        begin = (token, offset) if offset >= 0 else (token - 1, len(self.tokens[token - 1]))
        close = (last, sign + 1) if sign >= 0 else (self._elements[last].end + 1, 0)
        opens, closes = [begin], [close]
        while (out := self._before(*opens[-1], first)) is not None:
            opens.append(out)
        while (out := self._behind(*closes[-1], end)) is not None:
            closes.append(out)
        around = [
            (a, b) for a in opens for b in closes if self._within[a[0]] == self._within[b[0]]
        ]  # those elements are whole
        if not around:
            self._guard(begin, close, _other(own))
            return
        begin, close = around[-1]
        element = self._elements.get(begin[0] + 1) if begin[1] == len(self.tokens[begin[0]]) else None
        if element and close == (element.end + 1, 0) and element.at >= first:
            if not _DIR.search(element.attributes):
                self._directions[element.at] = own
            return
        self._opens.setdefault(begin, []).append(f'<bdi dir="{own}">')
        self._closes.setdefault(close, []).insert(0, "</bdi>")

    def _before(self, token: int, offset: int, first: int) -> tuple[int, int] | None:
        """The place before the element at whose start a place is."""
        if self.tokens[token][:offset].strip() or token - 1 < first or token - 1 != self._within[token]:
            return None
        return token - 2, len(self.tokens[token - 2])

    def _behind(self, token: int, offset: int, end: int) -> tuple[int, int] | None:
        """The place after the element at whose end a place is."""
        element = self._elements.get(self._within[token])
        if self.tokens[token][offset:].strip() or token + 1 >= end or element is None or element.end != token + 1:
            return None
        return token + 2, 0

    def _guard(self, begin: tuple[int, int], close: tuple[int, int], base: Direction) -> None:
        """A mark of the line's direction on both sides of what is no whole element."""
        guard = _GUARD[base]
        text = self.tokens[begin[0]]
        if not (text.endswith(guard, 0, begin[1]) or text.startswith(guard, begin[1])):
            self._opens.setdefault(begin, []).append(guard)
            self._closes.setdefault(close, []).insert(0, guard)


def _other(direction: Direction) -> Direction:
    return "ltr" if direction == "rtl" else "rtl"


def _script(letter: str) -> str:
    return "h" if _HEBREW.match(letter) else "a"


def _counted(text: str) -> tuple[int, int]:
    """Letters written right to left, and others."""
    words = _ENTITY.sub("", text)
    right = len(WRITTEN_RTL.findall(words))
    return right, max(len(_LETTERS.findall(words)) - right, 0)


def _goes(line: _Stretch, base: Direction, *, cited: bool) -> Direction:
    """The direction of a line: that of its first letter where most are of it, or of nearly all letters. One of a few
    words that are not all of one direction goes as the page does."""
    if cited and base == "ltr":
        return base
    heard = [piece for piece in line.pieces if piece.weight]
    other = sum(piece.weight for piece in heard if piece.side != base)
    own = sum(piece.weight for piece in heard if piece.side == base)
    if own and other + own + line.apart < A_SENTENCE:
        return base
    return _other(base) if other > own and (heard[0].side != base or other > MOST * own) else base


def _groups(line: _Stretch, base: Direction, *, cited: bool) -> list[tuple[int, int]]:
    """The longest runs of what is not written as the line is: first sign, end. In a citation a run ends at a comma, a
    bracket or a full stop, which are the citation style's."""
    groups: list[tuple[int, int]] = []
    for before, piece in pairwise((None, *line.pieces)):
        if piece is None or piece.side == base:
            continue
        between = "".join(line.signs[before.end : piece.start]) if before else ""
        joined = before is not None and before.side == piece.side
        if joined and before and cited and base == "ltr":
            joined = _BETWEEN.fullmatch(between) is not None
        elif joined and before:
            joined = before.script == piece.script
        if joined and groups:
            groups[-1] = (groups[-1][0], piece.end)
        else:
            groups.append((piece.start, piece.end))
    return [_with_date(line, group) for group in groups] if base == "ltr" else groups


def _with_date(line: _Stretch, group: tuple[int, int]) -> tuple[int, int]:
    """The day and the year that stand beside the name of a month: `10 בינואר 2026` is one run."""
    start, end = group
    year = _YEAR.match("".join(line.signs[end : end + 7]))
    if year is None or len("".join(line.signs[start:end]).split()) > 2:
        return group
    before = "".join(line.signs[max(0, start - 5) : start])
    day = _DAY.search(before)
    if day or _APART.search(before):
        return start - (len(day[0]) if day else 0), end + len(year[0])
    return group
