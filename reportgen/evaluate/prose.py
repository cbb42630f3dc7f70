"""HTML with inserts in, the same set with care and with every digit accounted for out. Pure.

Years, dates, names and references are wrapped in `<span data-n="year">`; what is left over was typed by hand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape, unescape

from reportgen.evaluate.typed import HAS_DIGIT, Classifier, DigitRun, NumberWord
from reportgen.evaluate.typography import Edit, edits

_TOKEN = re.compile(r'<(?:[^<>"]|"[^"]*")*>|[^<]+|<')
_TAG = re.compile(r"</?\s*([A-Za-z][A-Za-z0-9]*)")
_INLINE = frozenset(
    "a abbr b bdi cite code del dfn em i ins kbd mark q s samp small span strong sub sup u var".split()
)
_VERBATIM = frozenset({"code", "pre", "kbd", "samp"})
_ATTRIBUTE = re.compile(r'\s(alt|title)="([^"]*)"')
_DIGITS = re.compile(r"\d+")
_MARK_BASE = 0x100000
_MARKED = re.compile("(\\d+)([\U00100000-\U0010fffd])")
_UNMARKED = re.compile(r"^[ \t>]*\d+[.)](?=\s)|&#?\w+;|<[^>]*>|^(?P<fence>```|~~~).*?^(?P=fence)|^\*\[[^\]]*\]:", re.M | re.S)
"""List markers, entities, tags, fences, abbreviation keys: a mark inside them would change what they are."""


@dataclass(frozen=True, slots=True)
class TypedRun:
    """Digits typed by hand."""

    text: str
    ordinal: int
    """How many runs of plain digits stand before it in the visible text; -1 in an attribute."""
    context: str
    """The words after it, in which its unit may stand."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A text ready for the page."""

    html: str
    typed: tuple[TypedRun, ...]
    number_words: tuple[NumberWord, ...]
    words: int


def set_prose(html: str, lang: str, classifier: Classifier) -> Prose:
    """Sets quotation marks and dashes, wraps what is no number, and gathers what is."""
    out: list[str] = []
    typed: list[TypedRun] = []
    number_words: list[NumberWord] = []
    words = ordinal = 0
    for block in _blocks(html):
        texts = [unescape(piece) if kind == "text" else "" for kind, piece in block]
        joined = "".join(texts)
        words += len(re.findall(r"\w+", joined))
        runs = classifier.runs(joined)
        number_words += classifier.number_words(joined)
        changes = edits(joined, lang)
        position = 0
        starts: list[int] = []
        for (kind, piece), text in zip(block, texts, strict=True):
            if kind == "text":
                out.append(_set(text, position, runs, changes))
                starts += [position + digits.start() for digits in _DIGITS.finditer(text)]
                position += len(text)
            elif kind == "code":
                starts += [position] * len(_DIGITS.findall(unescape(piece)))
                out.append(_wrapped_code(piece))
            else:
                typed += _in_attributes(piece, classifier)
                out.append(piece)
        for run in runs:
            if run.kind == "typed":
                after = joined[run.end : run.end + 40]
                typed.append(TypedRun(joined[run.start : run.end], ordinal + bisect_left(starts, run.start), after))
        ordinal += len(starts)
    return Prose("".join(out), tuple(typed), tuple(number_words), words)


def places(source: str, marked_html: str, html: str) -> Mapping[int, int]:
    """Ordinal of a run of digits in the visible text -> its offset in the Markdown.

    `marked_html` is `marked(source)` converted the same way as `html` was converted from `source`.
    """
    offsets = [m.start() for m in _runs_to_mark(source)]
    there = [(m.group(1), offsets[ord(m.group(2)) - _MARK_BASE]) for m in _MARKED.finditer(_visible(marked_html))]
    here = _DIGITS.findall(_visible(html))
    matcher = SequenceMatcher(None, here, [text for text, _ in there], autojunk=False)
    return {a + n: there[b + n][1] for a, b, size in matcher.get_matching_blocks() for n in range(size)}


def marked(source: str) -> str:
    """Markdown with a private-use character after each run of digits that carries which run it is."""
    out, position = [], 0
    for n, run in enumerate(_runs_to_mark(source)):
        out.append(source[position : run.end()] + chr(_MARK_BASE + n))
        position = run.end()
    return "".join(out) + source[position:]


def _runs_to_mark(source: str) -> list[re.Match[str]]:
    skipped = [m.span() for m in _UNMARKED.finditer(source)]
    runs = []
    for run in _DIGITS.finditer(source):
        if not any(start <= run.start() < end for start, end in skipped):
            runs.append(run)
    return runs[: 0x10FFFD - _MARK_BASE]


def _visible(html: str) -> str:
    return unescape("\u241f".join(token for token in _TOKEN.findall(html) if not token.startswith("<") or token == "<"))


Piece = tuple[str, str]
"""(`tag`, `text` or `code`, the HTML)."""


def _blocks(html: str) -> Iterator[Sequence[Piece]]:
    """Runs of pieces with no block's edge inside them."""
    block: list[Piece] = []
    verbatim = 0
    for token in _TOKEN.findall(html):
        tag = _TAG.match(token) if token.startswith("<") else None
        if tag is None:
            block.append(("code" if verbatim else "text", token))
            continue
        name = tag.group(1).lower()
        if name in _VERBATIM:
            verbatim += -1 if token.startswith("</") else 1
        if name not in _INLINE and block:
            yield block
            block = []
        block.append(("tag", token))
    if block:
        yield block


def _set(text: str, position: int, runs: Sequence[DigitRun], changes: Sequence[Edit]) -> str:
    """One text node that begins at `position` of its block."""
    end = position + len(text)
    cuts = sorted(
        [(max(r.start, position), min(r.end, end), r.kind, None) for r in runs if r.start < end and r.end > position]
        + [(c.start, min(c.end, end), "", c.text) for c in changes if position <= c.start < end],
        key=lambda cut: cut[:2],
    )
    out, at = [], position
    for start, stop, kind, replacement in cuts:
        if start < at:
            continue
        out.append(escape(text[at - position : start - position], quote=False))
        inside = text[start - position : stop - position]
        if replacement is not None:
            out.append(escape(replacement, quote=False))
        elif kind == "typed":
            out.append(escape(inside, quote=False))
        else:
            out.append(f'<span data-n="{kind}">{escape(inside, quote=False)}</span>')
        at = stop
    out.append(escape(text[at - position :], quote=False))
    return "".join(out)


def _wrapped_code(piece: str) -> str:
    return f'<span data-n="code">{piece}</span>' if HAS_DIGIT.search(piece) else piece


def _in_attributes(tag: str, classifier: Classifier) -> list[TypedRun]:
    return [
        TypedRun(value[run.start : run.end], -1, value[run.end : run.end + 40])
        for _, raw in _ATTRIBUTE.findall(tag)
        if HAS_DIGIT.search(raw)
        for value in [unescape(raw)]
        for run in classifier.runs(value)
        if run.kind == "typed"
    ]
