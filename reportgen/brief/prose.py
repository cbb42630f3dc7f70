"""HTML with inserts in, HTML with typographic signs and every digit marked out. Pure.

Years, dates, names and references are wrapped in `<span data-n="year">`; other digits were typed by hand.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from operator import attrgetter

from reportgen.brief.positions import ATTRIBUTE, TAG_OR_TEXT, tokens
from reportgen.brief.tags import PHRASES, VERBATIM
from reportgen.brief.typography import Replacement, edits
from reportgen.language.number_phrases import NumberReading
from reportgen.language.typed_numbers import HAS_DIGIT, Classifier, DigitRun, NumberWord
from reportgen.late_patterns import regex

_TAG = regex(r"</?\s*([A-Za-z][A-Za-z0-9]*)")
_INLINE = PHRASES | {"bdi"}
_start, _end = attrgetter("start"), attrgetter("end")
_WORD = regex(r"\w+")


@dataclass(frozen=True, slots=True)
class TypedRun:
    """A number typed by hand, in digits or in words."""

    text: str
    first: int
    """Index of its first token, as `positions` counts tokens."""
    last: int
    """The same for its last token."""
    context: str = ""
    """The words after it, which may contain its unit."""
    word: str = ""
    """The word that holds it, where it is glued to letters: `G20`."""
    readings: tuple[NumberReading, ...] = ()
    """What number it may be."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A text set for the page, and the numbers in it."""

    html: str
    typed: tuple[TypedRun, ...]
    number_words: tuple[TypedRun, ...]
    words: int


Piece = tuple[str, str]
"""(`tag`, `text` or `code`, the HTML)."""


def set_prose(
    html: str, lang: str, classifier: Classifier, names: re.Pattern[str] | None = None, quotes: str = ""
) -> Prose:
    """Sets quotation marks and dashes, wraps years, dates and names, and collects the typed numbers.

    Numbers that `quotes` print are not collected.
    """
    out: list[str] = []
    typed: list[TypedRun] = []
    spelled: list[TypedRun] = []
    words = 0
    passed = _Passed()
    for block in _blocks(html):
        texts = [unescape(piece) if kind == "text" else "" for kind, piece in block]
        joined = "".join(texts)
        words += len(_WORD.findall(joined))
        runs = [
            replace(run, kind="quote")
            if run.kind == "typed" and _stands_in(quotes, joined[run.start : run.end])
            else run
            for run in classifier.runs(joined, names)
        ]
        changes = edits(joined, lang)
        position = 0
        places: list[tuple[int, int]] = []
        """Where each of the texts begins in `joined`, and its number among those that were passed."""
        for (kind, piece), text in zip(block, texts, strict=True):
            if kind == "text":
                out.append(_set(text, position, runs, changes))
                places.append((position, passed.add(text)))
                position += len(text)
            elif kind == "code":
                passed.add(unescape(piece))
                out.append(_wrapped_code(piece))
            else:
                for value in (unescape(raw) for _, raw in ATTRIBUTE.findall(piece)):
                    typed += _typed(value, classifier.runs(value, names), passed, [(0, passed.add(value))])
                out.append(piece)
        typed += _typed(joined, runs, passed, places)
        named = [word for word in classifier.number_words(joined) if not _stands_in(quotes, word.text)]
        there = passed.tokens(places) if named else ()
        spelled += [_located(joined, word, there) for word in named]
    return Prose("".join(out), tuple(typed), tuple(spelled), words)


def _stands_in(quotes: str, words: str) -> bool:
    """Whether quotations print a number or a word, whatever the case."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", quotes, re.IGNORECASE) is not None


class _Passed:
    """The texts up to some place, whose tokens are counted once a number has to be told of: most texts have none."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._before = [0]
        """How many tokens stand before each of the texts, as far as they were counted."""

    def add(self, text: str) -> int:
        """Its number."""
        self._texts.append(text)
        return len(self._texts) - 1

    def tokens(self, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Of texts, each with where it begins: where each of their tokens begins, and its ordinal."""
        found = []
        for position, number in places:
            for text in self._texts[len(self._before) - 1 : number]:
                self._before.append(self._before[-1] + len(tokens().findall(text)))
            starts = (token.start() for token in tokens().finditer(self._texts[number]))
            found += [(position + start, self._before[number] + n) for n, start in enumerate(starts)]
        return found


def _typed(text: str, runs: Iterable[DigitRun], passed: _Passed, places: Iterable[tuple[int, int]]) -> list[TypedRun]:
    typed = [run for run in runs if run.kind == "typed"]
    there = passed.tokens(places) if typed else ()
    return [_located(text, run, there) for run in typed]


def _located(text: str, run: DigitRun | NumberWord, there: Sequence[tuple[int, int]]) -> TypedRun:
    start, end = run.start, run.end
    first = min(bisect_left(there, (start, -1)), max(len(there) - 1, 0))
    last = max(bisect_left(there, (end, -1)) - 1, first)
    first_ordinal, last_ordinal = (there[n][1] if there else -1 for n in (first, last))
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    word = re.split(r"[^\w-]", before)[-1] + text[start:end] + re.split(r"[^\w-]", after)[0]
    glued = re.search(r"[^\W\d_]", word) is not None and text[start - 1 : start].isalpha()
    return TypedRun(text[start:end], first_ordinal, last_ordinal, after, word if glued else "", run.readings)


def _blocks(html: str) -> Iterator[Sequence[Piece]]:
    """Runs of pieces with no block's edge inside them."""
    block: list[Piece] = []
    verbatim = 0
    for token in TAG_OR_TEXT.findall(html):
        tag = _TAG.match(token) if token.startswith("<") else None
        if tag is None:
            block.append(("code" if verbatim else "text", token))
            continue
        name = tag.group(1).lower()
        if name in VERBATIM:
            verbatim += -1 if token.startswith("</") else 1
        if name not in _INLINE and block:
            yield block
            block = []
        block.append(("tag", token))
    if block:
        yield block


def _set(text: str, position: int, runs: Sequence[DigitRun], changes: Sequence[Replacement]) -> str:
    """One text node that begins at `position` of its block."""
    end = position + len(text)
    first, last = bisect_right(runs, position, key=_end), bisect_left(runs, end, key=_start)
    begin, stop = bisect_left(changes, position, key=_start), bisect_left(changes, end, key=_start)
    cuts = sorted(
        [(max(r.start, position), min(r.end, end), r.kind, None) for r in runs[first:last]]
        + [(c.start, min(c.end, end), "", c.text) for c in changes[begin:stop]],
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


def extent(run: TypedRun, where: Callable[[int], tuple[int, int] | None], text: str) -> tuple[int, int]:
    """Offset and length of a number in the author's text; the beginning of the text if unknown."""
    first, last = where(run.first), where(run.last)
    if first is None:
        at = text.find(run.text)
        return max(at, 0), len(run.text) if at >= 0 else 1
    end = last[1] if last is not None and last[1] >= first[1] else first[1]
    return first[0], end - first[0]
