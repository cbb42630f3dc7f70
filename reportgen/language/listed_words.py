"""A text and a table of the hand-made part of its language in, the words of the table that stand in it out. Pure; the
last texts are remembered."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from reportgen.language.lexicon import lexicon
from reportgen.language.words import folded, lower


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word, or several in a row, that a table lists."""

    text: str
    start: int
    end: int
    entry: str
    """As the table has it."""
    codes: frozenset[str]
    """The entries of the table under which it stands."""


@lru_cache(maxsize=512)
def listed_words(table: str, text: str, lang: str) -> tuple[ListedWord, ...]:
    """The words of a table in a text: the longest at each place. `*` is any ending, ` #` at the end a number after."""
    pattern = _pattern(table, lang)
    if pattern is None:
        return ()
    listed = _listed(table, lang)
    words = [*listed]
    found = []
    for match in pattern.finditer(_lowered(text)):
        start, end = match.span()
        entry = words[(match.lastindex or 1) - 1]
        found.append(ListedWord(text[start:end], start, end, entry, listed[entry]))
    return tuple(found)


@lru_cache(maxsize=64)  # a text is asked for the words of one table after another
def _lowered(text: str) -> str:
    return lower(folded(text))


def is_one_of(word: str, words: Collection[str]) -> bool:
    """Whether a word is one of some, of which `*` is any ending, or any beginning."""
    if not isinstance(words, frozenset):
        return any(is_listed(word, each) for each in words)
    exact, beginnings, others = _parted(words)
    return word in exact or word.startswith(beginnings) or any(is_listed(word, each) for each in others)


@lru_cache(maxsize=256)
def _parted(words: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Listed words: whole ones, beginnings, and those with any beginning."""
    others = tuple(each for each in words if each.startswith("*"))
    beginnings = tuple(each[:-1] for each in words if each.endswith("*") and each not in others)
    return words.difference(others), beginnings, others


def is_listed(word: str, listed: str) -> bool:
    """Whether a word is the one that is listed, of which `*` is any ending, or any beginning."""
    if listed.startswith("*"):
        return word.endswith(listed[1:]) and len(word) > len(listed)
    return word.startswith(listed[:-1]) if listed.endswith("*") else word == listed


@cache
def _pattern(table: str, lang: str) -> re.Pattern[str] | None:
    words = [*_listed(table, lang)]
    if not words:
        return None
    # The empty group behind a word tells which it was: before it, no letter of the word would be looked at first.
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(f'{_written(word)}()' for word in words)})(?![^\W_])")


def _written(word: str) -> str:
    bare = word.removesuffix(" #")
    return re.escape(bare).replace(re.escape("*"), r"[^\W_]*") + (r"(?=\s\W?\d)" if bare != word else "")


@cache
def _listed(table: str, lang: str) -> dict[str, frozenset[str]]:
    """Each word of a table, the longest first, with its entries."""
    found: dict[str, set[str]] = {}
    for code, words in lexicon(lang).data.get(table, {}).items():
        for word in words:
            found.setdefault(lower(folded(word)), set()).add(str(code))
    return {word: frozenset(found[word]) for word in sorted(found, key=lambda word: (-len(word), word))}
