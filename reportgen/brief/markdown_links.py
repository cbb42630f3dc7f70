"""Where the text of a link ends, found in one pass. Pure.

Python-Markdown looks through the rest of a text for every `[`, and for every `](`, which takes minutes where a page
holds thousands of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

import markdown
from markdown.inlinepatterns import LinkInlineProcessor

NEAR = 20
"""Brackets that are looked at before the whole text is gone through."""
_BRACKET = re.compile(r"[\[\]]")
Link = tuple[str, str | None, int, bool]
"""Address, title, the offset after the link, and whether there is one."""


class BracketPairs:
    """The closing bracket of each opening one, in the text that was last asked about."""

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
    """Lets a Markdown processor find the ends of links so."""
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
