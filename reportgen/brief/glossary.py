"""Terms and a text's HTML in; the first mention of each term marked in it out. Pure.

Words are compared as they are typed: a term, and the other forms that the glossary lists for it. Of a form that begins
with a small letter the first may be a capital. A term's digits stand in elements of their own, and may be set low.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from itertools import accumulate

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
_WITHIN = regex(r'<span data-n="[a-z]+">|</span>|</?sub>')
"""What a term may have around its digits: "PM2.5", "CO<sub>2</sub>"."""
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
                by_form.setdefault(_typed(form), term)
        self._by_form = {**{form[0].upper() + form[1:]: term for form, term in by_form.items()}, **by_form}
        longest_first = sorted(self._by_form, key=len, reverse=True)
        words = "|".join(map(_pattern, longest_first))
        self._pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") if words else None

    def marked(self, html: str) -> str:
        """The text with what it mentions first marked: a link to the list of terms, described by the meaning."""
        if self._pattern is None or not self._pattern.search(unescape(re.sub(r"<[^>]*>", "", html))):
            return html
        out: list[str] = []
        run: list[str] = []
        closing, depth = "", 0
        for token in TAG_OR_TEXT.findall(html):
            tag = _TAG.match(token)
            if not depth and (tag is None or _WITHIN.fullmatch(token)):
                run.append(token)
                continue
            out += self._in_run(run)
            run.clear()
            out.append(token)
            if tag is None:
                continue
            name = tag[2].lower()
            if depth:
                depth += (-1 if tag[1] else 1) if name == closing else 0
            elif not tag[1] and (name in _APART or _TITLE.match(token)):
                closing, depth = name, 1
        return "".join((*out, *self._in_run(run)))

    def _in_run(self, tokens: Sequence[str]) -> Sequence[str]:
        """Texts, and the tags of digits between them."""
        assert self._pattern is not None
        if len(tokens) > 1:  # a link may begin and end between any two tags
            tokens = ["", *(part for token in tokens for part in (token, ""))]
        pieces = ["" if _WITHIN.fullmatch(token) else unescape(token) for token in tokens]
        plain, starts = "".join(pieces), [0, *accumulate(map(len, pieces))]
        edges: list[tuple[int, int, str]] = []
        """(token, place in it, what is written there)"""
        for found in self._pattern.finditer(plain):
            term = self._by_form[_typed(found[0])]
            if term in self.found or (ends := _ends(tokens, pieces, starts, found.span())) is None:
                continue
            self.found.append(term)
            number = len(self.found)
            opening = (
                f'<a class="term" id="{MENTION}{number}" href="#{ANCHOR}{number}" aria-describedby="{MEANING}{number}">'
            )
            edges += [(*ends[0], opening), (*ends[1], "</a>")]
        if not edges:
            return tokens
        out: list[str] = []
        for n, (token, piece) in enumerate(zip(tokens, pieces, strict=True)):
            here = [(at, written) for token_at, at, written in edges if token_at == n]
            cut = 0
            for at, written in here:
                out += escape(piece[cut:at], quote=False), written
                cut = at
            out.append(escape(piece[cut:], quote=False) if here else token)
        return out


_TermEdge = tuple[int, int]
"""A token, and a place in it."""


def _ends(
    tokens: Sequence[str], pieces: Sequence[str], starts: Sequence[int], span: tuple[int, int]
) -> tuple[_TermEdge, _TermEdge] | None:
    """Where the link of a mention begins and ends: at texts between which each element that begins ends as well, as
    narrow as may be; None where it would end within one that begins before it."""
    first, last = span
    texts = [n for n, token in enumerate(tokens) if not _WITHIN.fullmatch(token)]
    begins = [n for n in texts if starts[n] <= first <= starts[n] + len(pieces[n])]
    ends = [n for n in texts if starts[n] <= last <= starts[n] + len(pieces[n])]
    for n in reversed(begins):
        for m in ends:
            tags = (token for token in tokens[n : m + 1] if _WITHIN.fullmatch(token))
            depth = [0, *accumulate(-1 if tag[1] == "/" else 1 for tag in tags)]
            if n <= m and depth[-1] == 0 and min(depth) == 0:
                return (n, first - starts[n]), (m, last - starts[m])
    return None


def _typed(words: str) -> str:
    """Words of a page as the glossary has them: with plain blanks, hyphens and quotation marks."""
    words = re.sub(r"\s+", " ", words)
    for plain, printed in _PRINTED.items():
        words = re.sub(printed, plain, words)
    return words


_PRINTED = {"'": "['’‘‚]", '"': '["“”„«»]', "-": "[-\u2011]"}
"""A sign as it is typed -> how a page may have it."""


def _pattern(form: str) -> str:
    words = re.escape(form).replace(r"\ ", r"\s+").replace(r"\-", "-")
    words = re.sub("|".join(_PRINTED), lambda sign: _PRINTED[sign[0]], words)
    before = r"(?<!\d[.,])" if form[0].isdigit() else ""
    return f"{before}{words}" + (r"(?![.,]\d)" if form[-1].isdigit() else "")
