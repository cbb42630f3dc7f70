"""Pages of lines and blocks in, what a compositor would mark on them out: a rule a function, a mark a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from tests.pdf.typesetting import MM, Line, Piece, Sheet

RUNT = 1 / 5
"""Of the measure: what the last line of a paragraph has to fill."""
FULL = 0.85
"""Of a page."""
SPARE = 2 * MM
"""What may be left on a line beside the next word."""
WIDE = 1.15
"""How much wider than the letters of its line a word may be."""
LADDER = 3
"""Lines in a row that end in a hyphen."""
LEAST_LINES = 2
"""Of a paragraph that is divided, on each side."""
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
SET_APART = (
    "table",
    "figcaption",
    "timeline",
    "title",
    "ledger",
    "figures",
    "states",
    "entry-head",
    "letter",
    "contents",
)
"""Text that is no paragraph."""
MAIN = 4
"""How many elements a block of the text stands in, with itself: html, body, main."""
WHOLE = ("figure", "section.disagree", "tr", "li.entry", "blockquote", "div.grounds", "section.cite")
"""What is never divided: its tag, or its tag and class."""

Paragraph = tuple[Piece, ...]
"""The pieces of one element that has lines of its own."""
ABOVE_HOW = 7 * MM
"""The space above "How we know" in the middle of a page (`.how` in how-we-know.css); at its top there is none."""


def paragraphs(pages: Sequence[Sheet]) -> list[Paragraph]:
    """All paragraphs, notes and items of lists."""
    pieces = [piece for page in pages for piece in page.pieces if piece.lines and not piece.within(*SET_APART)]
    pieces.sort(key=lambda piece: (piece.element, piece.page, piece.left))
    found = [tuple(group) for _, group in groupby(pieces, key=lambda piece: piece.element)]
    return [each for each in found if each[0].tag in ("p", "li", "dd", "span", "blockquote", "div")]


def _named(paragraph: Paragraph) -> str:
    first, last = paragraph[0], paragraph[-1]
    return f'page {last.page}: "{first.lines[0].text[:30]} … {last.lines[-1].text}"'


def widows(pages: Sequence[Sheet]) -> list[str]:
    """Last lines of paragraphs that stand alone at the top of a page or a column."""
    return [_named(each) for each in paragraphs(pages) if len(each) > 1 and len(each[-1].lines) < LEAST_LINES]


def orphans(pages: Sequence[Sheet]) -> list[str]:
    """First lines of paragraphs that stand alone at the foot of a page or a column."""
    return [_named(each) for each in paragraphs(pages) if len(each) > 1 and len(each[0].lines) < LEAST_LINES]


def runts(pages: Sequence[Sheet]) -> list[str]:
    """Paragraphs whose last line is too short."""
    return [_named(each) for each in paragraphs(pages) if _is_runt(each)]


def _is_runt(paragraph: Paragraph) -> bool:
    last = paragraph[-1]
    line = last.lines[-1]
    return sum(len(piece.lines) for piece in paragraph) > 1 and line.right - line.left < RUNT * (last.right - last.left)


def ladders(pages: Sequence[Sheet]) -> list[str]:
    """Hyphens at the ends of too many lines in a row."""
    found = []
    for each in paragraphs(pages):
        lines = [line for piece in each for line in piece.lines]
        runs = [
            len([*group]) for hyphenated, group in groupby(lines, key=lambda line: line.is_hyphenated) if hyphenated
        ]
        if max(runs, default=0) >= LADDER:
            found.append(_named(each))
    return found


def divided_words(pages: Sequence[Sheet]) -> list[str]:
    """Words that begin on one page and end on another."""
    return [_named(each) for each in paragraphs(pages) if any(piece.lines[-1].is_hyphenated for piece in each[:-1])]


def lost_captions(pages: Sequence[Sheet]) -> list[str]:
    """Captions that are not on the page on which their figure begins, or are divided."""
    found = []
    figures = [piece for page in pages for piece in page.pieces if piece.tag == "figure"]
    for page in pages:
        for caption in (piece for piece in page.pieces if piece.tag == "figcaption"):
            own = [piece for piece in figures if piece.element < caption.element]
            first = min((piece.page for piece in own if piece.element == own[-1].element), default=0)
            if first != page.number:
                found.append(f"page {page.number}: a caption without its figure")
    return found


def stranded_headings(pages: Sequence[Sheet]) -> list[str]:
    """Headings whose text begins on another page."""
    found = []
    pieces = sorted((piece for page in pages for piece in page.pieces), key=lambda piece: piece.element)
    filled = [piece for piece in pieces if piece.lines or piece.tag in ("svg", "img")]
    for heading, after in pairwise(filled):
        if heading.tag in HEADINGS and not heading.within("figcaption") and after.page != heading.page:
            found.append(f'page {heading.page}: "{heading.lines[0].text}"')
    return found


def short_pages(pages: Sequence[Sheet]) -> list[str]:
    """Pages that end early, although what comes next has room on them."""
    found = []
    for page, after in pairwise(pages):
        room = page.bottom - lowest(page)
        if fill(page) < FULL and not after.asked and _needed(after) <= room:
            found.append(f"page {page.number}: {fill(page):.0%} full, and {_needed(after) / MM:.0f} mm come next")
    return found


def lowest(page: Sheet) -> float:
    """Where the text of a page ends."""
    filled = (piece for piece in page.pieces if piece.lines or piece.tag in ("svg", "img", "figure"))
    return max(
        max([piece.bottom, *(line.bottom for line in piece.lines)]) for piece in filled if not piece.within("footnote")
    )


def fill(page: Sheet) -> float:
    """How much of a page is used, from 0 to 1."""
    return (lowest(page) - page.top) / (page.bottom - page.top)


def _needed(page: Sheet) -> float:
    """The height of what a page begins with and nothing may divide: a figure, two lines, a heading with two lines."""
    flow = sorted((piece for piece in page.pieces if not piece.within("footnote")), key=lambda piece: piece.element)
    first = next(piece for piece in flow if _is_whole(piece) or (piece.lines and piece.tag not in HEADINGS))
    above = 0.0
    if first.within("how"):  # its title goes with what the marks mean
        above, legend = ABOVE_HOW, [piece for piece in flow if piece.inside[-1] == "div.how-text"]
        first = legend[0] if legend else first
        return above + first.bottom - page.top
    if _is_whole(first):
        return above + first.bottom - page.top
    return above + first.lines[min(LEAST_LINES, len(first.lines)) - 1].bottom - page.top


def _is_whole(piece: Piece) -> bool:
    return any(set(name.split(".")) <= set(piece.inside[-1].split(".")) for name in WHOLE)


def early_breaks(pages: Sequence[Sheet]) -> list[str]:
    """Lines that end although the next word has room on them."""
    found = []
    for each in paragraphs(pages):
        for piece in each:
            for line, after in pairwise(piece.lines):
                if line.text.strip() and line.right + _first_word(after) + SPARE < piece.right:
                    found.append(f'page {piece.page}: "{line.text}" before "{after.text[:20]}"')
    return found


def _first_word(line: Line) -> float:
    """About how wide it is, with the space before it."""
    words = line.text.split(" ")
    return (len(words[0]) + 1) * (line.right - line.left) / max(len(line.text), 1) * WIDE


def out_of_order(pages: Sequence[Sheet]) -> list[str]:
    """Blocks of the text that stand before what precedes them in the HTML: a figure that has floated."""
    blocks = [piece for page in pages for piece in page.pieces if len(piece.inside) == MAIN and piece.within("page")]
    first = {block.element: block for block in reversed(blocks)}
    ordered = [first[element] for element in sorted(first) if first[element].tag != "h2"]
    return [
        f"page {after.page}: {after.inside[-1]} before {before.inside[-1]}"
        for before, after in pairwise(ordered)
        if (after.page, after.top) < (before.page, before.top)
    ]


RULES = (
    widows, orphans, ladders, divided_words, early_breaks, lost_captions, stranded_headings, short_pages, out_of_order,
)  # fmt: skip
"""What no page may break."""
MOST_RUNTS = 0.02
"""Of all paragraphs."""
