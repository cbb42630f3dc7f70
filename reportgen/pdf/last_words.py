"""A document's elements in, its last words kept together: no paragraph or heading ends in a line of one short word.

A browser does this by `text-wrap: pretty`, which WeasyPrint does not know. Effects: writes no-break spaces between the
last words of paragraphs, and puts a last word into an element that is not hyphenated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from xml.etree import ElementTree

from reportgen.brief.tags import BLOCKS, HEADINGS
from reportgen.late_patterns import regex

PARAGRAPHS = HEADINGS | {"p", "li", "dd", "blockquote", "div"}
NOTE = "footnote"
"""The class of a note, which stands inside of the paragraph that calls it."""
APART = (NOTE, "arch")
"""The classes of what stands in a paragraph and is not set in it: notes, and what only the screen shows."""
LETTERS: Mapping[str, int] = {
    "annex": 10,
    "cite": 10,
    "w": 12,
    "figures": 9,
    NOTE: 25,
    "src": 21,
    "rule": 24,
    "how-text": 21,
    "subtitle": 11,
    "standfirst": 12,
    "sub": 6,
    "h1": 6,
    "h2": 5,
    "h3": 5,
    "h4": 5,
}
"""Class or tag -> how many letters are a fifth of its measure, where it is not that of the text."""
TEXT = 20
"""The same, of the text."""
MOST = 2.2
"""How many times as many may be kept together."""
AT_LEAST = 3
"""How many times as many a paragraph has, of which any are."""
SVG = "{http://www.w3.org/2000/svg}svg"
NO_BREAK = "\u00a0"


HYPHENATED = ("ru",)
"""The languages whose paragraphs are hyphenated: css/base.css."""
_WORD = regex(r"[^ \t\n\r]+")


class Words(NamedTuple):
    """A text in the tree: that before an element's first child, or that after an element."""

    element: Any
    parent: Any | None
    """Of an element that the text comes after."""

    @property
    def text(self) -> str:
        return (self.element.text if self.parent is None else self.element.tail) or ""

    def write(self, text: str) -> None:
        if self.parent is None:
            self.element.text = text
        else:
            self.element.tail = text


def keep_last_words(root: Any) -> None:
    """Binds the last words of every paragraph, heading and note below an element."""
    _walk(root, TEXT, "")


def _walk(element: Any, letters: int, lang: str) -> bool:
    """Returns whether the element is a block, or holds one."""
    lang, name = element.get("lang") or lang, element.tag
    classes = (element.get("class") or "").split()
    letters = next((LETTERS[each] for each in (*classes, name) if each in LETTERS), letters)
    blocks = [_walk(child, letters, lang) for child in element if isinstance(child.tag, str) and child.tag != SVG]
    if not any(blocks) and (name in PARAGRAPHS or NOTE in classes):
        _bind([words for words in _texts(element) if words.text], letters, lang in HYPHENATED)
    return any(blocks) or name in BLOCKS


def _texts(element: Any) -> Iterator[Words]:
    """All texts of a paragraph in their order, but what is not set in it."""
    yield Words(element, None)
    for child in element:
        if isinstance(child.tag, str) and child.tag != SVG and child.get("class") not in APART:
            yield from _texts(child)
        yield Words(child, element)


def _bind(texts: list[Words], letters: int, hyphenated: bool) -> None:
    whole = "".join(words.text for words in texts)
    found = [*_WORD.finditer(whole)]
    if not found or len(whole) < AT_LEAST * letters:
        return
    kept, gaps = len(found[-1].group()), set[int]()
    for before, after in zip(found[-2::-1], found[:0:-1], strict=True):
        if kept >= letters or kept + len(before.group()) > MOST * letters:
            break
        kept += 1 + len(before.group())
        gaps |= {*range(before.end(), after.start())}
    at = 0
    for words in texts:
        text = words.text
        words.write("".join(_spaced(char, at + n, gaps) for n, char in enumerate(text)))
        at += len(text)
    if hyphenated:
        _whole_word(texts[-1])


def _spaced(char: str, at: int, gaps: set[int]) -> str:
    """A character, or what stands in its place in a gap: one no-break space for all of the gap."""
    if at not in gaps:
        return char
    return "" if at - 1 in gaps else NO_BREAK


def _whole_word(words: Words) -> None:
    """Puts the last word of a text into an element that is not hyphenated."""
    word = [*re.finditer(rf"[^\s{NO_BREAK}]+", words.text)][-1:]
    if word:
        text, (found,) = words.text, word
        made = ElementTree.Element("span", {"style": "hyphens:manual"})
        made.text, made.tail = found.group(), text[found.end() :]
        words.write(text[: found.start()])
        holder = words.element if words.parent is None else words.parent
        holder.insert(0 if words.parent is None else list(holder).index(words.element) + 1, made)
