"""Terms and a text's HTML in; the first mention of each term marked in it out. Pure.

Words are compared as they are typed: a term, and the other forms that the glossary lists for it. Of a form that begins
with a small letter the first may be a capital.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

from reportgen.brief.positions import TAG_OR_TEXT
from reportgen.brief.tags import HEADINGS, VERBATIM
from reportgen.late_patterns import regex
from reportgen.model.glossary import GlossaryTerm

ANCHOR, MENTION, MEANING = "term:", "mention:", "meaning:"
"""What ids of the list's entries, of first mentions, and of meanings begin with, before a number: no heading's do."""
_APART = (
    HEADINGS | VERBATIM | {"a", "abbr", "blockquote", "button", "cite", "dfn", "figcaption", "label", "q", "summary"}
)
_APART |= {"th", "var"}
"""What a term inside of is no link: it is one already, a heading, code, or somebody else's words."""
_TAG = regex(r"<(/?)\s*([a-zA-Z][a-zA-Z0-9]*)")
_TITLE = regex(r"<p\b[^>]*\badmonition-title\b")


class Mentions:
    """The terms that one document has mentioned so far."""

    def __init__(self, terms: Sequence[GlossaryTerm], lang: str) -> None:
        self.any = bool(terms)
        self.found: list[GlossaryTerm] = []
        """In the order of reading."""
        by_form: dict[str, GlossaryTerm] = {}
        for term in terms:
            for form in term.forms(lang):
                by_form.setdefault(form, term)
        self._by_form = {**{form[0].upper() + form[1:]: term for form, term in by_form.items()}, **by_form}
        longest_first = sorted(self._by_form, key=len, reverse=True)
        words = "|".join(map(_pattern, longest_first))
        self._pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") if words else None

    def marked(self, html: str) -> str:
        """The text with what it mentions first marked: a link to the list of terms, described by the meaning."""
        if self._pattern is None or not self._pattern.search(unescape(re.sub(r"<[^>]*>", "", html))):
            return html
        out, closing, depth = [], "", 0
        for token in TAG_OR_TEXT.findall(html):
            tag = _TAG.match(token)
            if tag is None:
                out.append(self._in_text(token) if not depth else token)
                continue
            name = tag[2].lower()
            if depth:
                depth += (-1 if tag[1] else 1) if name == closing else 0
            elif not tag[1] and (name in _APART or _TITLE.match(token)):
                closing, depth = name, 1
            out.append(token)
        return "".join(out)

    def _in_text(self, text: str) -> str:
        assert self._pattern is not None
        out, position = [], 0
        for found in self._pattern.finditer(plain := unescape(text)):
            term = self._by_form[_typed(found[0])]
            if term in self.found:
                continue
            self.found.append(term)
            number = len(self.found)
            out.append(escape(plain[position : found.start()], quote=False))
            out.append(
                f'<a class="term" id="{MENTION}{number}" href="#{ANCHOR}{number}"'
                f' aria-describedby="{MEANING}{number}">{escape(found[0], quote=False)}</a>'
            )
            position = found.end()
        return "".join([*out, escape(plain[position:], quote=False)]) if out else text


def _typed(words: str) -> str:
    """Words of a page as the glossary has them: with plain blanks and apostrophes."""
    return re.sub(r"\s+", " ", words).replace("’", "'")


def _pattern(form: str) -> str:
    return re.escape(form).replace(r"\ ", r"\s+").replace("'", "['’]")
