"""HTML with `title` attributes in, the same with their words in the text out. Pure.

A title is a tooltip, which paper, a finger and a keyboard do not show. So its words follow on what they are said of, in
parentheses; a stylesheet leaves them out where a pointer can rest on it. What an abbreviation means is said once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape

from reportgen.brief.positions import TAG_OR_TEXT
from reportgen.brief.tags import TITLED_BLOCKS, VOID
from reportgen.brief.typography import typeset
from reportgen.late_patterns import regex

_TAG = regex(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b")
_TITLE = regex(r'\stitle="([^"]*)"')
_HEADING = regex(r"h[1-6]")


@dataclass(slots=True)
class _TitleHolder:
    name: str
    title: str
    in_heading: bool
    texts: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(self.texts)


def with_title_words(html: str, lang: str) -> str:
    """The words of each title in the text. An abbreviation that stands in a heading is explained there only if it
    stands nowhere else."""
    if ' title="' not in html:
        return html
    elsewhere = {(e.words, e.title) for _, e in _closed(html) if e and e.name == "abbr" and not e.in_heading}
    said: set[tuple[str, str]] = set()
    out: list[str] = []
    for token, element in _closed(html):
        if element is None or not element.title or element.title.casefold() == element.words.strip().casefold():
            out.append(token)
            continue
        meaning = element.words, element.title
        if element.name == "abbr" and (meaning in said or (element.in_heading and meaning in elsewhere)):
            out.append(token)
            continue
        said.add(meaning)
        always = " always" if element.name == "img" else ""
        words = escape(typeset(element.title, lang), quote=False)
        more = f'<span class="title-words{always}" data-n="label"> ({words})</span>'
        out += (more, token) if element.name in TITLED_BLOCKS else (token, more)
    return "".join(out)


def _closed(html: str) -> Iterator[tuple[str, _TitleHolder | None]]:
    """Each tag or text, with the element that ends there."""
    opened: list[_TitleHolder] = []
    titled: list[_TitleHolder] = []
    headings = 0
    for token in TAG_OR_TEXT.findall(html):
        tag = _TAG.match(token)
        if tag is None:
            for element in titled:
                element.texts.append(unescape(token))
            yield token, None
            continue
        name = tag[2].lower()
        if tag[1]:
            element = opened.pop() if opened else _TitleHolder(name, "", False)
            headings -= _HEADING.fullmatch(name) is not None
            if element.title:
                titled.remove(element)
            yield token, element
            continue
        title = _TITLE.search(token)
        element = _TitleHolder(name, unescape(title[1]).strip() if title else "", headings > 0)
        if name in VOID:
            yield token, element
            continue
        headings += _HEADING.fullmatch(name) is not None
        opened.append(element)
        if element.title:
            titled.append(element)
        yield token, None
