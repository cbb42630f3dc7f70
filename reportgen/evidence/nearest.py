"""A text and a quote that does not stand in it in, the most similar passage and how it differs, out. Pure.

Words are compared without the marks around them: a comma that is missing makes no word another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reportgen.evidence.fold import LINE_JOIN, FoldedText
from reportgen.late_patterns import regex

_WORD = regex(r"\S*[^\W_]\S*")
_CORE = regex(r"[^\W_]+")
_AROUND = regex(r"^[^\w%‰°$€£₸₽<>≤≥~≈±+-]+|[^\w%‰°$€£₸₽]+$")
_SENTENCE_END = regex(r"[.!?][\"')\]]*$")
_MARGIN = 3
"""Words looked at beyond the passage on either side."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of words that the quote and the source do not share; either may be empty."""

    quote: str
    """What only the quote has."""
    source: str
    """What only the source has."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passage of a text that is most like a quote."""

    passage: str
    """As archived, its spaces made single."""
    marked: str
    """The passage with each difference as `[quote's → source's]`, `∅` for nothing."""
    differences: tuple[Difference, ...]
    """In the order of the passage, but where only one of the two has a negation first."""
    start: int
    """Half-open code-point offsets in the text before folding, as is `end`."""
    end: int
    reason: str
    """What differs, for a person, without a full stop."""


def nearest(folded: FoldedText, quote: str, is_negation: Callable[[str], bool] = lambda word: False) -> Nearest | None:
    """The passage that shares most words, rare words first, with a folded quote; None if it shares none."""
    wanted = [found.group() for found in _WORD.finditer(quote)]
    start = _start(folded.text, quote)
    if start is None:
        return None
    first = start
    for _ in range(_MARGIN + 1):
        first = max(0, folded.text.rfind(" ", 0, max(0, first - 1)) + 1)
    words = []
    for found in _WORD.finditer(folded.text, first):
        words.append(found)
        if len(words) == len(wanted) + 4 * _MARGIN:
            break
    if not words:
        return None
    said = [word.group().replace(LINE_JOIN, "") for word in words]
    low, high = _with_edges(wanted, said, *_best_run([_bare(word) for word in wanted], [_bare(word) for word in said]))
    begin, end = folded.span(words[low].start(), words[high - 1].end())
    passage = " ".join(folded.original[begin:end].split())
    marked, differences = _compared(wanted, said[low:high])
    lost = [d for d in differences if _negated(d.quote, is_negation) != _negated(d.source, is_negation)]
    differences = (*lost, *(difference for difference in differences if difference not in lost))
    return Nearest(passage, marked, differences, begin, end, _reason(differences, lost, is_negation))


def _bare(word: str) -> str:
    """A word without the marks around it; signs and units are no marks."""
    return _AROUND.sub("", word)


def _negated(text: str, is_negation: Callable[[str], bool]) -> str:
    """The first negation of a run of words; empty if there is none."""
    return next((_bare(word) for word in text.split() if is_negation(_bare(word))), "")


def _reason(differences: Sequence[Difference], lost: Sequence[Difference], is_negation: Callable[[str], bool]) -> str:
    if not differences:
        return "the words are the source's, and the marks between them are not"
    if lost:
        if word := _negated(lost[0].source, is_negation):
            return f'the source has "{word}", and the quote does not'
        return f'the quote has "{_negated(lost[0].quote, is_negation)}", and the source does not'
    if not any(difference.quote for difference in differences):
        return "the quote leaves out " + _listed([difference.source for difference in differences])
    if not any(difference.source for difference in differences):
        return "the source does not have " + _listed([difference.quote for difference in differences])
    return "the source has other words"


def _listed(texts: Sequence[str]) -> str:
    return " and ".join(f'"{text}"' for text in texts)


def _start(text: str, quote: str) -> int | None:
    """Where the quote would begin if the rare words that it shares with the text stood in their places."""
    votes: Counter[int] = Counter()
    for found in _CORE.finditer(quote):
        pattern = re.compile(rf"(?<![^\W_]){re.escape(found.group())}(?![^\W_])", re.IGNORECASE)
        places = [place.start() for place in pattern.finditer(text)]
        for place in places:
            # Buckets of about a word's length: a changed word moves the rest by a few characters.
            bucket = (place - found.start()) // 12
            for near in (bucket - 1, bucket, bucket + 1):
                votes[near] += 10**6 // len(places) * (2 if near == bucket else 1)
    if not votes:
        return None
    best = min(votes, key=lambda bucket: (-votes[bucket], bucket))
    return min(max(0, best * 12), max(0, len(text) - 1))


def _best_run(wanted: list[str], words: list[str]) -> tuple[int, int]:
    """The run of words most like the wanted ones, the shortest and first of the best."""
    best, chosen = -1.0, (0, len(words))
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(wanted)
    for low in range(len(words)):
        for high in range(low + 1, min(len(words), low + len(wanted) + _MARGIN) + 1):
            matcher.set_seq1(words[low:high])
            # A changed first or last word belongs to the passage: of equally good runs, the one of the quote's length.
            score = matcher.ratio() - abs(high - low - len(wanted)) * 1e-3
            if score > best:
                best, chosen = score, (low, high)
    return chosen


def _with_edges(wanted: list[str], words: list[str], low: int, high: int) -> tuple[int, int]:
    """The run with the words of its sentence that stand where the quote begins or ends with others."""
    changes = _opcodes(wanted, words[low:high])
    tag, first, last, _, _ = changes[0]
    for _ in range(last - first if tag == "delete" else 0):
        if low and not _SENTENCE_END.search(words[low - 1]):
            low -= 1
    tag, first, last, _, _ = changes[-1]
    for _ in range(last - first if tag == "delete" else 0):
        if high < len(words) and not _SENTENCE_END.search(words[high - 1]):
            high += 1
    return low, high


def _opcodes(wanted: list[str], passage: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """How a passage differs from the wanted words, without the marks around them."""
    bare = [_bare(word) for word in wanted], [_bare(word) for word in passage]
    return SequenceMatcher(None, *bare, autojunk=False).get_opcodes()


def _compared(wanted: list[str], passage: list[str]) -> tuple[str, tuple[Difference, ...]]:
    marked: list[str] = []
    differences: list[Difference] = []
    bare = [_bare(word) for word in wanted], [_bare(word) for word in passage]
    for tag, a0, a1, b0, b1 in _opcodes(wanted, passage):
        if tag == "equal":
            marked += passage[b0:b1]
        else:
            difference = Difference(" ".join(bare[0][a0:a1]), " ".join(bare[1][b0:b1]))
            differences.append(difference)
            marked.append(f"[{difference.quote or '∅'} → {difference.source or '∅'}]")
    return " ".join(marked), tuple(differences)
