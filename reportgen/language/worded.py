"""Tokens in, the numbers in words that begin at one of them out. Pure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from reportgen.language.lexicon import lexicon as lexicon_of
from reportgen.language.literals import Numeral, decimal_value
from reportgen.language.reader import TokenReader

LARGEST_PART = 100
"""The denominator of a fraction written with a stroke; beyond it the stroke parts something else."""


@lru_cache(maxsize=4096)
def _may_begin(word: str, language: str) -> bool:
    """Whether a number or a part may begin with a word: few do, and a text is asked at each of its words."""
    known = lexicon_of(language)
    tables = ("halves", "half_scales", "collective")
    if (
        word in known.articles
        or known.knows("one_and_half", word)
        or any(word in known.data.get(t, ()) for t in tables)
    ):
        return True
    words = (known.numbers, known.scales, known.ordinals, known.data.get("parts", {}))
    return any(key in table for key in known.keys(word) for table in words)


class WordedReader(TokenReader, ABC):
    """Reads numbers in words, and parts in words after any number."""

    @abstractmethod
    def multiplied(self, number: Numeral) -> Numeral:
        """The number with the multiples that follow it."""

    def and_part(self, index: int) -> tuple[int, Fraction] | None:
        """`and a half`, `с половиной`, `жарым` after a number."""
        if self.text(index) == "-" and self.glued(index):
            index += 1
        if end := self.listed(index, "and_half"):
            return end, Fraction(1, 2)
        for text, end in self.beginning(index, "and_parts"):
            return end, Fraction(self.lexicon.data["and_parts"][text])
        return None

    def whole(self, first: int, index: int, value: Fraction) -> Numeral | None:
        """`целых пять десятых`: decimals in words, and `point five`."""
        if self.lexicon.knows("point", self.text(index)) and "whole" not in self.lexicon.data:
            digits = []
            position = index + 1
            while (digit := self.small(position)) is not None and digit < 10:
                digits.append(str(digit))
                position += 1
            if digits:
                decimal, step = decimal_value("0", "".join(digits))
                return Numeral(first, position, value + decimal, step, worded=True)
            return None
        if not self.lexicon.knows("whole", self.text(index)):
            return None
        position = index + 1
        if self.text(position) in self.lexicon.conjunctions:
            position += 1
        if self.lexicon.is_agglutinative:  # екі бүтін оннан бес
            under = self.small(position) or self.scale(position)
            composed = self._composed(position + 1)
            if under in (10, 100, 1000) and composed:
                return Numeral(
                    first, composed[0], value + Fraction(composed[1], under), Fraction(1, under), worded=True
                )
            return None
        composed = self._composed(position)
        if composed and (parts := self.part(composed[0])):
            return Numeral(
                first, composed[0] + 1, value + Fraction(composed[1], parts), Fraction(1, parts), worded=True
            )
        return None

    def worded(self, index: int) -> Numeral | None:
        lexicon, word = self.lexicon, self.text(index)
        if not lexicon.has_words or not _may_begin(word, lexicon.language):
            return None
        if half := self._half(index):
            return half
        if lexicon.knows("one_and_half", word):
            return self.multiplied(Numeral(index, index + 1, Fraction(3, 2), Fraction(1, 2), worded=True))
        if (value := lexicon.data.get("half_scales", {}).get(word)) is not None:
            return self.multiplied(
                Numeral(index, index + 1, Fraction(value), Fraction(value), Fraction(2 * value), worded=True)
            )
        if self.part(index) and lexicon.knows("noun_parts", word) and self.ordinal(index) is None:
            return self._of_scale(index, index + 1, Fraction(1, self.part(index) or 1))
        start = index
        if word in ("a", "an") and word in lexicon.articles:
            if self.scale(index + 1) is None:
                part = self.part(index + 1)
                if part and self.ordinal(index + 1) != 2 and (part < 100):
                    return self._of_scale(index, index + 2, Fraction(1, part))
                if lexicon.data.get("collective", {}).get(self.text(index + 1)):
                    return self.multiplied(self._numeral(index, index + 2, Fraction(self.small(index + 1) or 0)))
                return None
            start = index + 1
        elif word in lexicon.data.get("collective", {}) and lexicon.articles:
            return None
        composed = self._composed(start)
        if composed is None:
            return self._single_ordinal(index)
        end, value, last_scale, is_ordinal = composed
        if start == index and self._is_bare_scale(index, end):
            return self._bare_scale(index, end, Fraction(value))
        number = self._numeral(index, end, Fraction(value), Fraction(last_scale))
        if start == index and self._is_many(index):
            return replace(number, void="it says no number of them")
        if is_ordinal:
            return replace(number, kind="ordinal")
        if fraction := self._fraction(index, end, value):
            return fraction
        if whole := self.whole(index, end, Fraction(value)):
            return self.multiplied(whole)
        if last_scale == 1 and (parted := self.and_part(end)):
            after, added = parted
            step = Fraction(1, added.denominator)
            return self.multiplied(replace(number, last=after, value=number.value + added, step=step))
        return self.multiplied(number)

    def _numeral(self, first: int, last: int, value: Fraction, multiple: Fraction = Fraction(1)) -> Numeral:
        return Numeral(first, last, value, multiple, multiple, worded=True)

    def _single_ordinal(self, index: int) -> Numeral | None:
        value = self.ordinal(index)
        if value is None:
            return None
        return Numeral(index, index + 1, Fraction(value), Fraction(1), kind="ordinal", worded=True)

    def _is_bare_scale(self, index: int, end: int) -> bool:
        return end == index + 1 and self.scale(index) is not None

    def _is_many(self, index: int) -> bool:
        """Whether a number begins with a scale in the plural: `сотни миллионов`."""
        word, lexicon = self.text(index), self.lexicon
        if word in lexicon.words("either_scales"):
            return not self.follows_relation(index)
        return self.scale(index) is not None and word in lexicon.words("plural_scales")

    def _bare_scale(self, index: int, end: int, value: Fraction) -> Numeral | None:
        """A scale that nothing multiplies: one of it, many of it, or nothing that can be said."""
        word = self.text(index)
        number = self._numeral(index, end, value, value)
        if self.lexicon.articles:  # English says `a million`
            return replace(number, void="it says no number of them")
        if word in self.lexicon.words("either_scales"):
            return number if self.follows_relation(index) else replace(number, void="it is one of them or many")
        if word in self.lexicon.words("plural_scales"):
            return replace(number, void="it says no number of them")
        return self.multiplied(number)

    def follows_relation(self, index: int) -> bool:
        """Whether a word of relation ends right before a token."""
        return any(key in self.lexicon.relations.before for key in self.lexicon.keys(self.text(index - 1)))

    def _half(self, index: int) -> Numeral | None:
        """`half`, `half a million`, `half a dozen`, `жарты миллион`."""
        found = self.lexicon.data.get("halves", {})
        word = self.text(index)
        if word not in found or (self.text(index + 1) == "-" and self.glued(index + 1)):
            return None
        if self.ordinal(index - 1) is not None:  # the first half of a year
            return None
        return self._of_scale(index, index + 1, Fraction(found[word]))

    def _of_scale(self, first: int, end: int, part: Fraction) -> Numeral:
        """A part, of one of the scale that follows it."""
        position = end
        if self.text(position) in self.lexicon.words("of"):
            position += 1
        if self.text(position) in ("a", "an"):
            position += 1
        scale = self.scale(position)
        if scale is not None and (position > end or not self.lexicon.articles):
            return self.multiplied(
                Numeral(
                    first, position + 1, part * scale, Fraction(scale, part.denominator), Fraction(scale), worded=True
                )
            )
        return Numeral(first, end, part, Fraction(1, part.denominator), worded=True)

    def _fraction(self, first: int, end: int, value: int) -> Numeral | None:
        """`two-thirds`, `three quarters of a million`, `две трети`, `үштен екі`."""
        position = end + 1 if self.text(end) == "-" and self.glued(end) else end
        parts = self.part(position)
        if parts and 0 < value < parts and (self.ordinal(position) != 2):
            if self.lexicon.articles and value > 1 and not self.text(position).endswith("s"):
                return None
            return self._of_scale(first, position + 1, Fraction(value, parts))
        ablative = self.lexicon.words("ablative")
        if ablative and any(self.text(end - 1).endswith(ending) for ending in ablative):
            over = self.small(end)
            if over and over < value and value <= LARGEST_PART and not self.is_number_word(end + 1):
                return self._of_scale(first, end + 1, Fraction(over, value))
        return None

    def _composed(self, index: int) -> tuple[int, int, int, bool] | None:
        """Words added and multiplied up: one past them, the value, the last scale, and whether an ordinal ends them."""
        total, group, lowest, last_scale, ceiling = 0, -1, 0, 1, 10**18
        position, end, joined = index, index, False
        while True:
            scale = self.scale(position)
            small = self.small(position) if scale is None else None
            ordinal = self.ordinal(position) if scale is None and small is None and position > index else None
            added = small if small is not None else ordinal
            if scale is not None and scale <= 100:
                if group == 0 or group >= 100 or (joined and group < 0):
                    break
                group = (group if group > 0 else 1) * scale
                lowest, last_scale = scale, scale
            elif scale is not None:
                if scale >= ceiling or group == 0 or (joined and group < 0):
                    break
                total += (group if group > 0 else 1) * scale
                group, lowest, ceiling, last_scale = -1, 0, scale, scale
            elif added is not None:
                if group >= 0 and (added >= lowest or group == 0):
                    break
                if group < 0 and (added >= ceiling or (added == 0 and total)):
                    break
                if ordinal is not None and ordinal >= 100:
                    break
                group = added if group < 0 else group + added
                lowest, last_scale = self._place(added), 1
            else:
                break
            end = position + 1
            if ordinal is not None:
                return end, total + max(group, 0), 1, True
            position, joined = self._join(end, last_scale)
            if position < 0:
                break
        if end == index:
            return None
        return end, total + max(group, 0), last_scale, False

    def _join(self, end: int, last_scale: int) -> tuple[int, bool]:
        """Where the next word of a number may stand: after a space, a hyphen, or an `and` after a scale."""
        token = self.at(end)
        if token is None or self._is_declined(end - 1):
            return -1, False
        if token.text == "-" and self.glued(end) and self.glued(end + 1):
            return end + 1, False
        if token.text == "and" and last_scale >= 100:
            following = self.small(end + 1)
            if following is not None and (last_scale == 100 or self.scale(end + 2) is None):
                return end + 1, True
            return -1, False
        return (end, False) if token.kind == "word" else (-1, False)

    def _is_declined(self, index: int) -> bool:
        """Whether a number word carries a case ending, which only the last word of a number does: `жүзден`."""
        lexicon, word = self.lexicon, self.text(index)
        if not lexicon.is_agglutinative or word in lexicon.numbers or word in lexicon.scales:
            return False
        return any(word.endswith(ending) for ending in lexicon.words("ablative"))

    def _place(self, value: int) -> int:
        """What a following word must be less than: ten after twenty, a hundred after two hundred, zero after twelve."""
        if value == 10:
            return 10 if self.lexicon.is_agglutinative else 0
        return 100 if value >= 100 else 10 if value % 10 == 0 else 0
