"""Tokens of a text in, the numbers that begin at one of them out: digits, words, fractions and their multiples. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from reportgen.language.lexicon import Lexicon, PhraseTable, unit_data
from reportgen.language.words import Token

NumeralKind = Literal["number", "ordinal", "year", "date", "label"]

FIRST_YEAR, LAST_YEAR = 1500, 2199
"""A bare number of four digits between these is a year."""
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_LARGEST_PART = 100
"""The denominator of a fraction written with a stroke; beyond it the stroke parts something else."""
_POWER_SIGNS = frozenset("×x*·хХX")
_SHORTEST_FOREIGN = 5
"""Letters of a word that is a multiple in another language: shorter ones are other words too often."""
_HYPHENS = ("-", "—")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number without sign, unit and relation."""

    first: int
    """Index of its first token."""
    last: int
    """One past its last token."""
    value: Fraction
    step: Fraction
    """One unit of its last written digit, in its multiple."""
    multiple: Fraction = Fraction(1)
    """What its own words for a multiple multiply by."""
    kind: NumeralKind = "number"
    void: str = ""
    """Why it is no value; empty where it is one."""
    worded: bool = False
    """Whether it is written in words."""
    bare: bool = False
    """Whether it is plain digits, without marks and multiples."""


def literal(text: str, decimal: str) -> tuple[Fraction, Fraction] | None:
    """Value and last written place of digits with marks; None where the marks make no number (`1.2.3`)."""
    marks = [character for character in text if not character.isdecimal()]
    if not marks:
        return Fraction(int(text)), Fraction(1)
    if text[0] == ".":
        return _decimal("0", text[1:])
    parts = text.replace("·", marks[0] if len(set(marks)) == 1 else ".")
    kinds = set(marks)
    if len(kinds) == 1:
        mark = marks[0]
        groups = parts.split(mark)
        if mark == "·":
            return _decimal(*groups) if len(groups) == 2 else None
        if len(groups) == 2 and mark in ".," and _is_decimal(*groups, mark, decimal):
            return _decimal(*groups)
        return _grouped(groups, mark)
    last = marks[-1]
    if len(kinds) > 2 or marks.count(last) > 1 or last not in ".,·":
        return None
    whole, _, decimals = text.rpartition(last)
    grouped = _grouped(whole.split(marks[0]), marks[0])
    return _decimal(str(grouped[0]), decimals) if grouped else None


def _is_decimal(whole: str, rest: str, mark: str, decimal: str) -> bool:
    return len(rest) != 3 or mark == decimal or whole == "0"


def _decimal(whole: str, decimals: str) -> tuple[Fraction, Fraction]:
    step = Fraction(1, 10 ** len(decimals))
    return Fraction(int(whole + decimals)) * step, step


def _grouped(groups: list[str], mark: str) -> tuple[Fraction, Fraction] | None:
    first, *rest = groups
    sizes = [len(group) for group in rest]
    by_three = 1 <= len(first) <= 3 and all(size == 3 for size in sizes)
    by_two = mark == "," and len(first) <= 2 and sizes[-1:] == [3] and all(size == 2 for size in sizes[:-1])
    return (Fraction(int("".join(groups))), Fraction(1)) if by_three or by_two else None


class NumeralReader:
    """Reads numerals out of the tokens of one text."""

    def __init__(self, lexicon: Lexicon, tokens: list[Token]) -> None:
        self.lexicon = lexicon
        self.tokens = tokens
        self._parts: dict[str, int] = lexicon.data.get("parts", {})

    # Looking at tokens ------------------------------------------------------------------------------------------------

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
        while self.text(index) in (".", "-") and self.glued(index):
            index += 1
        return index

    def listed(self, name: str, index: int) -> int | None:
        """One past the longest phrase of a list of the hand-made part that begins at a token."""
        ends = [self.phrase(index, tuple(text.split())) for text in self.lexicon.words(name)]
        return max((end for end in ends if end), default=None)

    def lookup(self, table: dict[str, int] | object, index: int) -> int | None:
        """A word's value in a table of words, in any of its forms."""
        token = self.at(index)
        if token is None or token.kind != "word":
            return None
        known: dict[str, int] = table  # type: ignore[assignment]
        if token.text in known:
            return known[token.text]
        if "ending" not in self.lexicon.data:
            return None
        found = next((known[key] for key in self.lexicon.keys(token.text) if key in known), None)
        return None if found is not None and self._is_vague(token.text, known) else found

    def _is_vague(self, word: str, known: dict[str, int]) -> bool:
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

    # Numerals ---------------------------------------------------------------------------------------------------------

    def read(self, index: int) -> Numeral | None:
        """The longest numeral that begins at a token; None if none does."""
        token = self.tokens[index]
        match token.kind:
            case "number" | "fraction":
                return self._digits(index)
            case "word":
                return self._worded(index)
            case _:
                return None

    def _digits(self, index: int) -> Numeral | None:
        token = self.tokens[index]
        if token.kind == "fraction":
            value = _part_sign(token.text)
            return self._multiplied(Numeral(index, index + 1, value, Fraction(1, value.denominator)))
        read = literal(token.text, self.lexicon.decimal)
        if read is None:
            return Numeral(index, index + 1, Fraction(0), Fraction(1), void="the digits and marks make no number", kind="date")
        value, step = read
        end = index + 1
        following = self.at(end)
        bare = token.text.isdecimal()
        if following and following.kind == "fraction":
            part = _part_sign(following.text)
            return self._multiplied(Numeral(index, end + 1, value + part, Fraction(1, part.denominator)))
        if following and following.kind == "raised" and not following.gap:
            power = self._power(value, following.text)
            if power is None:
                return Numeral(index, end + 1, value, step, void="raised digits touch it")
            return self._multiplied(Numeral(index, end + 1, power, Fraction(1), power))
        if stroke := self._stroke(index, value, step):
            return self._multiplied(stroke)
        if scientific := self._scientific(end):
            end, power = scientific
            return self._multiplied(Numeral(index, end, value * power, step * power, power))
        if parted := self._and_part(end):
            end, part = parted
            return self._multiplied(Numeral(index, end, value + part, Fraction(1, part.denominator)))
        if whole := self._whole(index, end, value):
            return self._multiplied(whole)
        return self._multiplied(Numeral(index, end, value, step, bare=bare))

    def _power(self, base: Fraction, raised: str) -> Fraction | None:
        text = raised.translate(_RAISED)
        try:
            return base ** int(text) if base == 10 and abs(int(text)) <= 30 else None
        except ValueError:
            return None

    def _scientific(self, index: int) -> tuple[int, Fraction] | None:
        """`e6`, `×10⁶` or `x 10^6` after a number."""
        if self.glued(index) and self.text(index) == "e":
            sign = 1
            digits = index + 1
            if self.text(digits) in ("+", "-") and self.glued(digits):
                sign = -1 if self.text(digits) == "-" else 1
                digits += 1
            token = self.at(digits)
            if token and self.glued(digits) and token.text.isdecimal() and len(token.text) <= 2:
                return digits + 1, Fraction(10) ** (sign * int(token.text))
            return None
        if self.text(index) in _POWER_SIGNS and self.text(index + 1) == "10":
            after = self.at(index + 2)
            if after and after.kind == "raised" and not after.gap:
                power = self._power(Fraction(10), after.text)
                return (index + 3, power) if power is not None else None
            exponent = self.at(index + 3)
            if after and after.text == "^" and exponent and exponent.text.isdecimal() and len(exponent.text) <= 2:
                return index + 4, Fraction(10) ** int(exponent.text)
        return None

    def _stroke(self, index: int, value: Fraction, step: Fraction) -> Numeral | None:
        """`3/4`, and `1 1/2`."""

        def ratio(first: int) -> Fraction | None:
            over, under = self.at(first), self.at(first + 2)
            if not (over and under and self.text(first + 1) == "/" and self.glued(first + 1) and self.glued(first + 2)):
                return None
            if not (over.text.isdecimal() and under.text.isdecimal()) or self.text(first + 3) == "/":
                return None
            if not 0 < int(over.text) < int(under.text) <= _LARGEST_PART:
                return None
            return Fraction(int(over.text), int(under.text))

        if (part := ratio(index)) is not None:
            return Numeral(index, index + 3, part, Fraction(1, part.denominator))
        after = self.at(index + 1)
        if after and after.kind == "number" and self.tokens[index].text.isdecimal():
            part = ratio(index + 1)
            if part is not None:
                return Numeral(index, index + 4, value + part, Fraction(1, part.denominator))
        return None

    def _and_part(self, index: int) -> tuple[int, Fraction] | None:
        """`and a half`, `с половиной`, `жарым` after a number."""
        if end := self.listed("and_half", index):
            return end, Fraction(1, 2)
        for text, part in self.lexicon.data.get("and_parts", {}).items():
            if end := self.phrase(index, tuple(text.split())):
                return end, Fraction(part)
        return None

    def _whole(self, first: int, index: int, value: Fraction) -> Numeral | None:
        """`целых пять десятых`: decimals in words, and `point five`."""
        if self.lexicon.knows("point", self.text(index)) and "whole" not in self.lexicon.data:
            digits = []
            position = index + 1
            while (digit := self.small(position)) is not None and digit < 10:
                digits.append(str(digit))
                position += 1
            if digits:
                decimal, step = _decimal("0", "".join(digits))
                return Numeral(first, position, value + decimal, step, worded=True)
            return None
        if not self.lexicon.knows("whole", self.text(index)):
            return None
        position = index + 1
        if self.text(position) in self.lexicon.conjunctions:
            position += 1
        if "ending" in self.lexicon.data:  # екі бүтін оннан бес
            under = self.small(position) or self.scale(position)
            composed = self._composed(position + 1)
            if under in (10, 100, 1000) and composed:
                return Numeral(first, composed[0], value + Fraction(composed[1], under), Fraction(1, under), worded=True)
            return None
        composed = self._composed(position)
        if composed and (parts := self.part(composed[0])):
            return Numeral(first, composed[0] + 1, value + Fraction(composed[1], parts), Fraction(1, parts), worded=True)
        return None

    # Words ------------------------------------------------------------------------------------------------------------

    def _worded(self, index: int) -> Numeral | None:
        lexicon = self.lexicon
        if not lexicon.has_words:
            return None
        word = self.text(index)
        if half := self._half(index):
            return half
        if lexicon.knows("one_and_half", word):
            return self._multiplied(Numeral(index, index + 1, Fraction(3, 2), Fraction(1, 2), worded=True))
        if (value := lexicon.data.get("half_scales", {}).get(word)) is not None:
            return self._multiplied(Numeral(index, index + 1, Fraction(value), Fraction(value), Fraction(2 * value), worded=True))
        if self.part(index) and lexicon.knows("noun_parts", word) and self.ordinal(index) is None:
            return self._of_scale(index, index + 1, Fraction(1, self.part(index) or 1))
        start = index
        if word in ("a", "an") and word in lexicon.articles:
            if self.scale(index + 1) is None:
                part = self.part(index + 1)
                if part and self.ordinal(index + 1) != 2 and (part < 100):
                    return self._of_scale(index, index + 2, Fraction(1, part))
                if lexicon.data.get("collective", {}).get(self.text(index + 1)):
                    return self._multiplied(self._numeral(index, index + 2, Fraction(self.small(index + 1) or 0)))
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
        if is_ordinal:
            return replace(number, kind="ordinal")
        if fraction := self._fraction(index, end, value):
            return fraction
        if whole := self._whole(index, end, Fraction(value)):
            return self._multiplied(whole)
        if last_scale == 1 and (parted := self._and_part(end)):
            after, part = parted
            return self._multiplied(replace(number, last=after, value=value + part, step=Fraction(1, part.denominator)))
        return self._multiplied(number)

    def _numeral(self, first: int, last: int, value: Fraction, multiple: Fraction = Fraction(1)) -> Numeral:
        return Numeral(first, last, value, multiple, multiple, worded=True)

    def _single_ordinal(self, index: int) -> Numeral | None:
        value = self.ordinal(index)
        if value is None:
            return None
        return Numeral(index, index + 1, Fraction(value), Fraction(1), kind="ordinal", worded=True)

    def _is_bare_scale(self, index: int, end: int) -> bool:
        return end == index + 1 and self.scale(index) is not None

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
        return self._multiplied(number)

    def follows_relation(self, index: int) -> bool:
        """Whether a word of relation ends right before a token."""
        return any(key in self.lexicon.relations.before for key in self.lexicon.keys(self.text(index - 1)))

    def _half(self, index: int) -> Numeral | None:
        """`half`, `half a million`, `half a dozen`, `жарты миллион`."""
        found = self.lexicon.data.get("halves", {})
        word = self.text(index)
        if word not in found or (self.text(index + 1) == "-" and self.glued(index + 1)):
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
            return self._multiplied(
                Numeral(first, position + 1, part * scale, Fraction(scale, part.denominator), Fraction(scale), worded=True)
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
            if over and over < value and value <= _LARGEST_PART:
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
                if group < 0 and (added >= ceiling or added == 0 and total):
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
        if token is None:
            return -1, False
        if token.text == "-" and self.glued(end) and self.glued(end + 1):
            return end + 1, False
        if token.text == "and" and last_scale >= 100:
            following = self.small(end + 1)
            if following is not None and (last_scale == 100 or self.scale(end + 2) is None):
                return end + 1, True
            return -1, False
        return (end, False) if token.kind == "word" else (-1, False)

    def _place(self, value: int) -> int:
        """What a following word must be less than: ten after twenty, a hundred after two hundred, nothing after twelve."""
        if value == 10:
            return 10 if "ending" in self.lexicon.data else 0
        return 100 if value >= 100 else 10 if value % 10 == 0 else 0

    # Multiples --------------------------------------------------------------------------------------------------------

    def _multiplied(self, number: Numeral) -> Numeral:
        """The number with the multiples that follow, a half of the last of them, and a smaller scaled number."""
        while found := self.multiple(number.last):
            end, value = found
            if value is None:
                return replace(number, last=end, void=f'"{self.text(end - 1)}" is one multiple or another')
            factor = Fraction(value)
            number = replace(
                number,
                last=end,
                value=number.value * factor,
                step=number.step * factor,
                multiple=number.multiple * factor,
                bare=False,
            )
        if number.multiple >= 100:
            if parted := self._and_part(number.last):
                end, part = parted
                return replace(number, last=end, value=number.value + part * number.multiple, step=part * number.multiple)
            return self._with_smaller(number)
        return number

    def _with_smaller(self, number: Numeral) -> Numeral:
        position = self.past_stop(number.last)
        following = self.at(position)
        if following is None or not following.gap or number.multiple < 1000:
            return number
        if following.text in ("and", "и", "және") and following.text in self.lexicon.conjunctions:
            rest = self._next(position + 1)
            if rest and rest.value < number.multiple and rest.kind == "number" and not self.is_year(position + 1):
                return replace(number, last=rest.last, void="a smaller number follows its multiple")
            return number
        if following.kind == "number" and not self.is_year(position):
            rest = self.read(position)
            if rest and not rest.void and rest.value < number.multiple and rest.kind == "number":
                return replace(number, last=rest.last, value=number.value + rest.value, step=rest.step, multiple=rest.multiple)
        return number

    def _next(self, index: int) -> Numeral | None:
        token = self.at(index)
        return self.read(index) if token and token.kind in ("number", "word", "fraction") else None

    def past_stop(self, index: int) -> int:
        """One past a full stop that ends an abbreviation right before, where the sentence goes on."""
        if self.text(index) != "." or not self.glued(index):
            return index
        before, after = self.at(index - 1), self.at(index + 1)
        if before is None or after is None or before.kind != "word" or len(before.text) > 4:
            return index
        return index + 1

    def multiple(self, index: int) -> tuple[int, int | None] | None:
        """One past a word for a multiple at a token, and its value: None where languages differ."""
        position = index
        if self.text(position) == "-" and self.glued(position) and self.glued(position + 1):
            position += 1
        token = self.at(position)
        if token is None or token.kind != "word":
            return None
        lexicon = self.lexicon
        short: dict[str, int] = lexicon.data.get("multiples", {})
        if token.text not in lexicon.data.get("doubtful_multiples", ()):
            value = self.lookup(short, position)
            value = value if value is not None else self.scale(position)
            if value is not None and value >= 12:
                return self._past_ending(position + 1), value
        if token.text in lexicon.keys(token.text) and len(token.text) >= _SHORTEST_FOREIGN:
            data = unit_data()
            if token.text in data.disputed and not self._is_known(position):
                return position + 1, None
            if (foreign := data.multiples.get(token.text)) and not self._is_known(position):
                return position + 1, foreign
        return None

    def _past_ending(self, index: int) -> int:
        """One past an ending that a hyphen joins to an abbreviation: `млн-нан`."""
        ending = self.at(index + 1)
        if self.text(index) == "-" and self.glued(index) and ending and self.glued(index + 1):
            if "ending" in self.lexicon.data and ending.text and self.lexicon.is_ending(ending.text):
                return index + 2
        return index

    def _is_known(self, index: int) -> bool:
        return self.longest(index, self.lexicon.units) is not None


def _part_sign(sign: str) -> Fraction:
    return Fraction(unicodedata.numeric(sign)).limit_denominator(10)
