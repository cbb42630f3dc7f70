"""Tokens of a text and a lexicon in, what stands at a token out: phrases of a table, number words, years. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportgen.language.lexicon import Lexicon, ListedPhrase, PhraseTable
from reportgen.language.words import Token

FIRST_YEAR, LAST_YEAR = 1500, 2199
"""A bare number of four digits between these is a year."""


class TokenReader:
    """Looks words up at the tokens of one text."""

    def __init__(self, lexicon: Lexicon, text: str, tokens: list[Token]) -> None:
        self.lexicon = lexicon
        self.folded = text
        self.tokens = tokens
        self._parts: dict[str, int] = lexicon.data.get("parts", {})
        self._is_agglutinative = lexicon.is_agglutinative

    def at(self, index: int) -> Token | None:
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def text(self, index: int) -> str:
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def glued(self, index: int) -> bool:
        """Whether a token touches the one before."""
        return 0 < index < len(self.tokens) and not self.tokens[index].gap

    def phrase(self, index: int, words: tuple[str, ...]) -> int | None:
        """One past a phrase that begins at a token, full stops and hyphens between its words left out."""
        for number, word in enumerate(words):
            if number:
                index = self._past_marks(index)
            token = self.at(index)
            if token is None or (token.text != word and word not in self.lexicon.keys(token.text)):
                return None
            index += 1
        return index

    def longest(self, index: int, table: PhraseTable) -> tuple[int, str] | None:
        """The longest phrase of a table that begins at a token: one past it, and what it says."""
        best: tuple[int, str] | None = None
        for key in self.lexicon.keys(self.text(index)):
            for rest, name in table.get(key, ()):
                end = self.phrase(self._past_marks(index + 1), rest) if rest else index + 1
                if end and (best is None or end > best[0]):
                    best = end, name
        return best

    def _past_marks(self, index: int) -> int:
        while self.text(index) in (".", "-") and (self.glued(index) or self.text(index) == "-"):
            index += 1
        return index

    def listed(self, index: int, *path: str) -> int | None:
        """One past the longest phrase of a list of the hand-made part that begins at a token."""
        return max((end for _, end in self.beginning(index, *path)), default=None)

    def beginning(self, index: int, *path: str) -> Iterator[tuple[str, int]]:
        """The phrases of a list of the hand-made part that begin at a token, in its order, each with one past it."""
        listed = self.lexicon.phrases_by(0, *path)
        for _, text, words in self._begun(index, listed):
            if end := self.phrase(index, words):
                yield text, end

    def ending(self, index: int, *path: str) -> Iterator[tuple[str, int]]:
        """The phrases of a list of the hand-made part that end at a token, in its order, each with its first one."""
        listed = self.lexicon.phrases_by(-1, *path)
        for _, text, words in self._begun(index, listed):
            start = index - len(words) + 1
            if start >= 0 and self.phrase(start, words) == index + 1:
                yield text, start

    def _begun(self, index: int, listed: Mapping[str, Sequence[ListedPhrase]]) -> Sequence[ListedPhrase]:
        """The phrases that have the word at a token, in their order: mostly none."""
        found = [each for key in self.lexicon.keys(self.text(index)) if key in listed for each in listed[key]]
        return sorted(found) if len(found) > 1 else found

    def lookup(self, known: Mapping[str, int], index: int) -> int | None:
        """A word's value in a table of words, in any of its forms."""
        token = self.at(index)
        if token is None or token.kind != "word":
            return None
        if not self._is_agglutinative and token.text not in known:
            return None
        if token.text in self.lexicon.prepositions:
            return None  # "үшін" is "for", and three in the accusative
        if token.text in known:
            return known[token.text]
        found = next((known[key] for key in self.lexicon.keys(token.text) if key in known), None)
        return None if found is not None and self._is_vague(token.text) else found

    def _is_vague(self, word: str) -> bool:
        return any(word.endswith(ending) for ending in self.lexicon.words("vague_endings"))

    def scale(self, index: int) -> int | None:
        return self.lookup(self.lexicon.scales, index)

    def small(self, index: int) -> int | None:
        return self.lookup(self.lexicon.numbers, index)

    def ordinal(self, index: int) -> int | None:
        return self.lookup(self.lexicon.ordinals, index)

    def part(self, index: int) -> int | None:
        """Into how many parts a noun divides: 3 for `thirds`."""
        return self.lookup(self._parts, index)

    def is_number_word(self, index: int) -> bool:
        return any(found is not None for found in (self.small(index), self.scale(index)))

    def is_year(self, index: int) -> bool:
        token = self.at(index)
        return (
            token is not None
            and token.kind == "number"
            and len(token.text) == 4
            and token.text.isdecimal()
            and FIRST_YEAR <= int(token.text) <= LAST_YEAR
        )
