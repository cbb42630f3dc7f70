"""Text in, the same text without differences that change no meaning, and where each character came from, out. Pure.

NFC and a list of our own. NFKC will not do: it turns 10⁶ into 106. Superscripts, subscripts, fractions, circled digits
and case never fold; primes stay apart from quotation marks, since 5′ is not 5″.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from reportgen.late_patterns import regex

LINE_JOIN = "\u00ad"
"""Stands in folded PDF text for a hyphen at a line's end: it may be read as a hyphen or as nothing."""

_INVISIBLE = "\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_SPACE = r"[\s\u0085\u2028\u2029]"
_NARROW = "[\u00a0\u202f\u2009]"

_SINGLE = dict.fromkeys("‘’‚‛‹›ʼʻ´`", "'")
_DOUBLE = dict.fromkeys("“”„‟«»〝〞＂", '"')
_DASHES = dict.fromkeys("‐‑‒–−﹣－", "-")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SIGNS = _SINGLE | _DOUBLE | _DASHES | _LIGATURES | {"…": "..."}

_INVISIBLES = regex(f"\u00ad{_SPACE}*\n{_SPACE}*|[{_INVISIBLE}]+")
_TYPOGRAPHY = regex(
    rf"(?P<join>(?<=[^\W\d_])[-‐]{_SPACE}*\n{_SPACE}*(?=[^\W\d_]))"
    rf"|(?P<range>(?<=\d)(?:[—―]|[-‐–]{_SPACE}*\n{_SPACE}*)(?=\d))"
    rf"|(?P<dash>{_SPACE}*(?:[—―]|[-‐‑‒–−﹣－]{{2,}}){_SPACE}*)"
    rf"|(?P<inner>«{_NARROW}+|{_NARROW}+»)"
    rf"|(?P<before>(?<=[\w)\]'\"{''.join(_SINGLE | _DOUBLE)}]){_SPACE}+(?=[;:!?%‰]))"
    rf"|(?P<space>{_SPACE}{{2,}}|[^\S ]|[\u0085\u2028\u2029])"
    f"|(?P<sign>[{''.join(_SIGNS)}])"
)


CellPlace = tuple[int, int]
"""Where the line of a cell's row begins in a text before folding, and which of its cells it is, from 0."""


@dataclass(frozen=True, slots=True)
class CellMarks:
    """What a file says of cells of its tables, and their text does not."""

    reached: frozenset[CellPlace] = frozenset()
    """Empty ones to which a merged cell above reaches down."""
    percentages: frozenset[CellPlace] = frozenset()
    """Those that a spreadsheet shows as percentages, and keeps as parts of one."""


NO_MARKS = CellMarks()


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text without what changes no meaning, and the way back to the characters as archived."""

    original: str
    text: str
    """What quotes are looked for in. Single spaces, plain quotation marks, hyphens for every dash."""
    starts: array[int] = field(repr=False, compare=False)
    """Folded index -> code-point offset in `original` where that character's source begins."""
    ends: array[int] = field(repr=False, compare=False)
    """Folded index -> code-point offset in `original` one past that character's source."""
    lines_are_paragraphs: bool = field(default=False, repr=False, compare=False)
    """Whether every line of `original` is a paragraph; else an empty line parts them."""
    beside: tuple[tuple[int, int], ...] = field(default=(), repr=False, compare=False)
    """Half-open offsets in `original` of what stands beside the text of a web page: menus, teasers, comments."""
    cells: CellMarks = field(default=NO_MARKS, repr=False, compare=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open code-point offsets in `original` of the folded run from `start` to `end`, which is not empty."""
        return self.starts[start], self.ends[end - 1]


def fold(
    text: str,
    *,
    joins_lines: bool = False,
    lines_are_paragraphs: bool = False,
    beside: tuple[tuple[int, int], ...] = (),
    cells: CellMarks = NO_MARKS,
) -> FoldedText:
    """Fold a text. `joins_lines` is for PDF text: hyphens between letters at a line's end become `LINE_JOIN`."""
    starts, ends = array("I", range(len(text))), array("I", range(1, len(text) + 1))
    folded = FoldedText(text, text, starts, ends, lines_are_paragraphs, beside, cells)
    folded = _edited(folded, ((m.start(), m.end(), "") for m in _INVISIBLES.finditer(folded.text)))
    if not unicodedata.is_normalized("NFC", folded.text):
        folded = _edited(folded, _compositions(folded.text))
    typography = _typography(folded.text, joins_lines)
    return _edited(folded, ((m.start(), m.end(), typography(m)) for m in _TYPOGRAPHY.finditer(folded.text)))


def folded_words(text: str) -> str:
    """The folded text alone, without outer spaces: how a quote is folded."""
    return fold(text).text.strip()


def _typography(text: str, joins_lines: bool) -> Callable[[re.Match[str]], str]:
    def replacement(match: re.Match[str]) -> str:
        found = match.group()
        match match.lastgroup:
            case "join":
                return LINE_JOIN if joins_lines else "- "
            case "range":
                return "-" if joins_lines or found in "—―" else "- "
            case "dash":
                return " - "
            case "inner":
                return '"'
            case "before":
                return ""
            case "space":
                return " "
            case _:
                return _SIGNS[found]

    return replacement


def _compositions(text: str) -> Iterator[tuple[int, int, str]]:
    """Runs of a base and its marks whose NFC differs from what is written."""
    start = 0
    for index in range(1, len(text) + 1):
        if index < len(text) and _continues(text[index]):
            continue
        cluster = text[start:index]
        composed = unicodedata.normalize("NFC", cluster)
        if composed != cluster:
            yield start, index, composed
        start = index


def _continues(character: str) -> bool:
    """Whether NFC may join a character to the one before: a mark, or the later part of a Korean syllable."""
    if character < "\u0300":
        return False
    return "\u1160" <= character <= "\u11ff" or unicodedata.category(character)[0] == "M"


def _edited(before: FoldedText, edits: Iterator[tuple[int, int, str]]) -> FoldedText:
    """The text with each run [start, end) replaced, in order, and the offsets carried along."""
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    position = 0
    for start, end, replacement in edits:
        pieces += (before.text[position:start], replacement)
        starts += before.starts[position:start]
        ends += before.ends[position:start]
        starts.extend([before.starts[start]] * len(replacement))
        ends.extend([before.ends[end - 1]] * len(replacement))
        position = end
    if not pieces:
        return before
    pieces.append(before.text[position:])
    starts += before.starts[position:]
    ends += before.ends[position:]
    kept = before.lines_are_paragraphs, before.beside, before.cells
    return FoldedText(before.original, "".join(pieces), starts, ends, *kept)
