"""Plain text in, its typographic replacements out: quotation marks by language, dashes, ellipses; and a page in, the
same with what stays on one line bound together out. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reportgen.brief.tags import PHRASES
from reportgen.late_patterns import regex


@dataclass(frozen=True, slots=True)
class Replacement:
    """A run of the text that is to be replaced."""

    start: int
    end: int
    text: str


_MARKS = {
    lang: tuple(marks)
    for lang, marks in (
        *(("en", "“”‘’"), ("ru", "«»„“"), ("kk", "«»„“"), ("uk", "«»„“"), ("de", "„“‚‘")),
        *(("fr", "«»‹›"), ("es", "«»“”"), ("it", "«»“”"), ("pl", "„”«»")),
    )
}
_DASHES = regex(r"---|--|\.\.\.")
_REPLACED = regex(r"[\"']|--|\.\.\.")
_SIGNS = {"---": "—", "--": "–", "...": "…"}
_OPENS_AFTER = frozenset(" \t\n\u00a0([{<–—-/«“‘„")


def quoted(text: str, lang: str) -> str:
    """A text between the quotation marks of its language."""
    opening, closing, *_ = _MARKS.get(lang.partition("-")[0], _MARKS["en"])
    return f"{opening}{text}{closing}"


def edits(text: str, lang: str) -> tuple[Replacement, ...]:
    """Every replacement, in order. Inserts count as letters."""
    if not _REPLACED.search(text):
        return ()
    open2, close2, open1, close1 = _MARKS.get(lang.partition("-")[0], _MARKS["en"])
    found = [Replacement(m.start(), m.end(), _SIGNS[m.group()]) for m in _DASHES.finditer(text)]
    depth = single = 0
    last = text.rfind("'")
    for n, sign in enumerate(text):
        if sign == '"':
            opens = (n == 0 or text[n - 1] in _OPENS_AFTER or (text[n - 1] == "'" and depth == 0)) and n + 1 < len(text)
            found.append(Replacement(n, n + 1, open2 if opens else close2))
            depth += 1 if opens else -1
        elif sign == "'":
            before, after = text[n - 1 : n], text[n + 1 : n + 2]
            opens = (not before or before in _OPENS_AFTER or before == '"') and after.isalnum() and last > n + 1
            closes = not opens and single > 0 and not after.isalnum()
            single += opens - closes
            found.append(Replacement(n, n + 1, open1 if opens else close1 if closes else "’"))
    return tuple(sorted(found, key=lambda e: e.start))


def typeset(text: str, lang: str) -> str:
    """Plain text with its replacements made. Not for HTML, whose quotation marks must not change."""
    for edit in reversed(edits(text, lang)):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


_DIGITS = r"(?:<span data-n=\"\w+\">\d[^<>]*</span>|\d+(?:[.,\u00a0]\d+)*)"
_AS_IT_IS = regex(r"<(script|style|svg|title|option|textarea|pre|code)\b", re.I)
_ENDING = regex(r"(?<=[\d%>])-[^\W\d_]{1,3}(?![\w-])")
"""Of a number: `2022-м`, `13%-дан`."""
_LINES = regex(
    rf"(?P<closed></(?:{'|'.join(sorted({*PHRASES, 'bdi'} - {'code'}))})>)?(?P<gap>(?(closed)|(?<=[^\s>]))[ \n]+)"
    r"(?=[—–][\s<])"
    rf"|(?P<whole>(?<![\w.,–-]){_DIGITS}–{_DIGITS}(?![\w–-])|{_ENDING.pattern})"
    r"|<[^<>]*>",
    re.S | re.I,
)


def bound(html: str) -> str:
    """A page whose lines neither begin with a dash nor end within a range or before the ending of a number. A no-break
    space is copied and found as a space; a range is an element, for a sign that joins its numbers would be copied with
    them."""

    parts: list[str] = []
    at = looked = 0
    while opening := _AS_IT_IS.search(html, looked):
        end = _end_tag(opening[1].lower()).search(html, opening.end())
        looked = end.end() if end else opening.end()
        if end:
            parts += _bound(html[at : opening.start() + 1])[:-1], html[opening.start() : looked]
            at = looked
    parts.append(_bound(html[at:]))
    return "".join(parts)


def _bound(html: str) -> str:
    def together(found: re.Match[str]) -> str:
        if found["whole"]:
            return f'<span class="range">{found[0]}</span>'
        return f"{found['closed'] or ''}\u00a0" if found["gap"] else found[0]

    return _LINES.sub(together, html) if "–" in html or "—" in html or _ENDING.search(html) else html


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(f"</{name}>", re.I)
