"""A place in a text in, the short quote around it that stands there once out. Pure."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from reportgen.desk.candidates import Candidate
from reportgen.evidence.fold import LINE_JOIN, FoldedText, folded_words
from reportgen.evidence.match import Match, find_quote
from reportgen.evidence.script import count_words, problems_in_quote
from reportgen.language.guessing import small_words
from reportgen.language.lexicon import lexicon
from reportgen.language.words import folded as folded_letters
from reportgen.language.words import lower
from reportgen.late_patterns import regex

MOST_WORDS = 12
_USUAL = 5
"""Words of a quote that says what its number counts, where the sentence has them."""
_CLAUSE_END = regex(r"[,;:.!?…][\"')\]]*[⁰¹²³⁴-⁹]*$|\|$")
_OPENING = "\"'|"
_CLOSING = regex(r"[,;:.!?…|\"']+$")
_LOOKED_BACK = 300
"""Characters beside a quote among which words are looked for that tell it from others."""
_MARKS_AFTER = regex(r"[,;:.!?…|]+[\"'”’»]*$")


def quote_around(folded: FoldedText, candidate: Candidate, language: str, carries: Callable[[str], bool]) -> str:
    """The shortest good quote: whole words, unique, twelve at most, and one of which `carries` holds; else empty.

    It has the words of relation and the noun after the number, and as many words more as make it say something; and
    those that deny it, or say that it is a plan or a change, where they stand near enough.
    """
    refused: set[str] = set()
    cut = ""

    def tried(first: int, last: int) -> tuple[str, bool]:
        """The words of a run as a quote, if they are one, and whether it is whole."""
        quote = _written(folded, first, last)
        if quote in refused or not 0 < count_words(quote) <= MOST_WORDS or problems_in_quote(quote):
            return "", False
        refused.add(quote)
        # A quote that is not unique is told from one that is before the slower search.
        if LINE_JOIN not in folded.text[first:last] and not _is_once(folded_words(quote), folded.text):
            return "", False
        found = _standing(folded, quote, candidate, language) if carries(quote) else None
        return (quote, not found.left_out) if found else ("", False)

    for first, last in _windows(folded, candidate, language):
        quote, is_whole = tried(first, last)
        if is_whole:
            return quote
        if quote and not cut:
            cut = quote
            for run in _grown_by_words(folded, first, last, candidate):
                longer, is_whole = tried(*run)
                if is_whole:
                    return longer
    return cut


def _grown_by_words(folded: FoldedText, first: int, last: int, candidate: Candidate) -> Iterator[tuple[int, int]]:
    """A run with the words before it in its sentence, one more at a time; and then with those after it."""
    low, high = candidate.sentence
    before = [low + found.start() for found in re.finditer(r"\S+", folded.text[low:first])]
    after = [last + found.end() for found in re.finditer(r"\S+", folded.text[last:high])]
    yield from ((start, last) for start in before[:-MOST_WORDS:-1])
    yield from (_trimmed(folded, first, end, candidate) for end in after[:MOST_WORDS])


def quote_between(folded: FoldedText, start: int, end: int) -> tuple[str, int, int]:
    """The words between two places of the text before folding, made whole, as a quote; and where they begin and end
    there. An empty quote where no word is."""
    first, last = bisect_right(folded.ends, start), bisect_left(folded.starts, end)
    while first < last and folded.text[first] == " ":
        first += 1
    while first < last and folded.text[last - 1] == " ":
        last -= 1
    if first >= last:
        return "", start, end
    while first and folded.text[first - 1] != " ":
        first -= 1
    while last < len(folded.text) and folded.text[last] != " ":
        last += 1
    while first < last - 1 and folded.text[first] in _OPENING:
        first += 1
    if found := _CLOSING.search(folded.text[first:last]):
        last = first + found.start() if found.start() else last
    return (_written(folded, first, last), *folded.span(first, last))


def told_apart(folded: FoldedText, quote: str, start: int, end: int, language: str) -> tuple[str, str] | None:
    """The shortest prefix and suffix that tell the quote from `start` to `end` from the same words elsewhere, within
    twelve words; None where there are none. Places count in the text before folding."""
    first, last = bisect_left(folded.starts, start), bisect_left(folded.starts, end)
    room = MOST_WORDS - count_words(quote)
    before = [found.start() for found in re.finditer(r"\S+", folded.text[:first][-_LOOKED_BACK:])]
    before = [max(0, first - _LOOKED_BACK) + place for place in before]
    after = [last + found.end() for found in re.finditer(r"\S+", folded.text[last : last + _LOOKED_BACK])]
    for words in range(1, room + 1):
        for right in range(words + 1):
            left = words - right
            if left > len(before) or right > len(after):
                continue
            prefix = _written(folded, before[-left], first) if left else ""
            suffix = _written(folded, last, after[right - 1]) if right else ""
            if count_words(prefix, quote, suffix) > MOST_WORDS:
                continue
            match = find_quote(folded, prefix, quote, suffix, language)
            if isinstance(match, Match) and match.start == start:
                return prefix, suffix
    return None


def _is_once(words: str, text: str) -> bool:
    """Whether words stand once in a text; places that overlap are two."""
    first = text.find(words)
    return first >= 0 and text.find(words, first + 1) < 0


def _standing(folded: FoldedText, quote: str, candidate: Candidate, language: str) -> Match | None:
    """Where the program itself finds the quote, if that is around the candidate."""
    found = find_quote(folded, "", quote, "", language)
    start, end = folded.span(candidate.start, candidate.end)
    return found if isinstance(found, Match) and found.start <= start and end <= found.end else None


def _windows(folded: FoldedText, candidate: Candidate, language: str) -> Iterator[tuple[int, int]]:
    """Runs of words around a candidate: in its sentence, and then in its paragraph. Of a table, first its row."""
    whole = candidate.passage.start, candidate.passage.end
    if " | " in candidate.passage.text:
        yield whole[0], candidate.outer[1]
    else:
        yield from _windows_in(folded, candidate, language, *candidate.sentence)
    yield from _windows_in(folded, candidate, language, *whole)


def _windows_in(
    folded: FoldedText, candidate: Candidate, language: str, low: int, high: int
) -> Iterator[tuple[int, int]]:
    """From a usual length up, then the shorter ones."""
    tokens = [found.span() for found in re.finditer(r"\S+", folded.text[low:high])]
    words = [(low + start, low + end) for start, end in tokens]
    inside = [n for n, (start, end) in enumerate(words) if start < candidate.outer[1] and candidate.outer[0] < end]
    if not inside:
        return
    first, last = inside[0], inside[-1]
    ends = [bool(_CLAUSE_END.search(folded.text[start:end])) for start, end in words]
    if folded.text[words[first][0]] in "([" and first and not ends[first - 1]:
        first -= 1  # what stands in brackets is said of the word before
    sizes = [count_words(folded.text[start:end]) for start, end in words]
    grown = [*_grown((first, last), ends, sizes), *_grown((first, last), ends, sizes, leftward=True)]
    shown = [folded.text[start:end] for start, end in words]
    grown = list(dict.fromkeys(_with_whole_names(run, shown, ends) for run in grown))
    grown = list(dict.fromkeys(_to_a_whole_phrase(run, (first, last), shown, ends, sizes, language) for run in grown))
    usual = [run for run in grown if run[1] - run[0] + 1 >= _USUAL]
    shorter = [run for run in grown if run not in usual]
    for one, other in (*usual, *reversed(shorter)):
        yield _trimmed(folded, words[one][0], words[other][1], candidate)


def _grown(
    run: tuple[int, int], ends: Sequence[bool], sizes: Sequence[int], *, leftward: bool = False
) -> Iterator[tuple[int, int]]:
    """A run, and the longer ones around it, a word at a time: to the ends of its clause first, and then beyond; or with
    what stands before it first."""
    first, last = run
    yield first, last
    while sum(sizes[first : last + 1]) < MOST_WORDS:
        right, left = last + 1 < len(sizes), first > 0
        inside = (right and not ends[last], left and not ends[first - 1])
        goes_right, goes_left = inside if any(inside) and not leftward else (right, left)
        if goes_left and (leftward or not goes_right):
            first -= 1
        elif goes_right:
            last += 1
        else:
            return
        yield first, last


def _to_a_whole_phrase(
    run: tuple[int, int], number: tuple[int, int], words: Sequence[str], ends: Sequence[bool], sizes: Sequence[int],
    language: str,
) -> tuple[int, int]:  # fmt: skip
    """The run with the rest of its last phrase, where there is room: up to a word that begins another, or the end of
    its clause. Without small words at its end that lead to nothing: `6.2 per cent on the`."""
    first, last = run
    end = last
    while (
        not ends[end]
        and end + 1 < len(words)
        and (_leads(words[end], language) or not _leads(words[end + 1], language))
    ):
        end += 1
    if sum(sizes[first : end + 1]) <= MOST_WORDS:
        return first, end
    while last > number[1] and _leads(words[last], language):
        last -= 1
    return first, last


def _leads(word: str, language: str) -> bool:
    """Whether a word begins a phrase: a preposition, an article, a conjunction."""
    known = lexicon(language)
    plain = lower(folded_letters(word))
    return (
        plain in known.prepositions
        or plain in known.conjunctions
        or plain in known.articles
        or plain in small_words(language)
    )


def _with_whole_names(run: tuple[int, int], words: Sequence[str], ends: Sequence[bool]) -> tuple[int, int]:
    """The run without a part of a name at its edges: `United States` is not `States`."""
    first, last = run
    while first > 1 and words[first][:1].isupper() and words[first - 1][:1].isupper() and not ends[first - 1]:
        first -= 1
    while last + 1 < len(words) and words[last][:1].isupper() and words[last + 1][:1].isupper() and not ends[last]:
        last += 1
    return first, last


def _trimmed(folded: FoldedText, first: int, last: int, candidate: Candidate) -> tuple[int, int]:
    """Without the marks that begin or end a clause."""
    while first < candidate.outer[0] and folded.text[first] in "| ":
        first += 1
    found = _MARKS_AFTER.search(folded.text[first:last].rstrip(" |"))
    end = first + (found.start() if found else len(folded.text[first:last].rstrip(" |")))
    return first, max(end, candidate.outer[1])


def _written(folded: FoldedText, first: int, last: int) -> str:
    """A run of the folded text as the source has it, on one line; of a parted word what it is elsewhere."""
    pieces: list[str] = []
    start = first
    for at in [*(n for n in range(first, last) if folded.text[n] == LINE_JOIN), last]:
        if start < at:
            low, high = folded.span(start, at)
            pieces.append(folded.original[low:high])
        if at < last:
            pieces.append(_join(folded.text, at))
        start = at + 1
    shown = "".join(c for c in "".join(pieces) if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace())
    return re.sub(r"\s+", " ", shown).strip()


def _join(text: str, at: int) -> str:
    """A hyphen, where the word that a line's end parts has one elsewhere."""
    before = re.search(r"[^\W\d_]+$", text[max(0, at - 40) : at])
    after = re.match(r"[^\W\d_]+", text[at + 1 : at + 41])
    if before and after and f"{before.group()}{after.group()}" not in text:
        return "-" if f"{before.group()}-{after.group()}" in text else ""
    return ""
