"""Tokens of a text in, the numbers that begin at one of them out: digits, words, fractions, multiples. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache, lru_cache
from unicodedata import normalize

from reportgen.language.lexicon import lexicon as lexicon_of
from reportgen.language.lexicon import unit_data
from reportgen.language.literals import Numeral, literal, part_sign, raised_power
from reportgen.language.worded import LARGEST_PART, WordedReader
from reportgen.late_patterns import regex

_POWER_SIGNS = frozenset("×x*·хХX")
LETTERS = {"k": 10**3, "K": 10**3, "M": 10**6, "MM": None, "T": None, "t": None, "B": None, "Md": 10**9, "Bn": None}
"""Multiples before the sign of a currency, where a language's own words do not say it; None where languages differ."""
_LETTER_AND_MONEY = regex(
    r"(?:[kKmMtTEeBG]|MM|mm|[mM]d|[mM]n|[bB]n|BN|tr|[tT]n|[mM]io|[mM]rd|[tT]sd|th)([A-Z]{3}|kr)|[EeMm]Ft"
)
"""`12 TEUR`, `12 kCHF`, `12 EFt`, `12 tkr`: a multiple and a currency in one word, or a coin's name, such as BUSD."""
_SMALL_MONEY = frozenset(("ft", "forint", "kr", "zł", "kč", "eur", "usd", "gbp"))
NO_CODES = frozenset(("ALL",))
"""Codes that are English words in capitals: `12 BALL BEARINGS`."""
SHORT_FOREIGN = frozenset(("bn", "mn", "tn", "trn", "mds", "thsd", "ths", "tsd", "th", "mrds", "mdr"))
"""Abbreviations of multiples that no data of CLDR has, known as such only right before money."""
_THOUSANDS = {"hu": frozenset(("E", "e"))}
"""Language -> letters that are thousands between a number and money: `12 E Ft`; before other words they void it."""
_LONGEST_BEFORE_MONEY = 6
"""Letters of a word that may be a multiple and a currency."""
_SHORTEST_FOREIGN = 5
"""Letters of a word that is a multiple in another language: shorter ones are other words too often."""


_ENDING = 2
"""Letters of the ending that is taken off a multiple: `milion` of `milionów`."""
_SHORTEST_STEM = 6
_SHORTEST_MULTIPLE = 5
_OTHER_STEMS: Mapping[str, tuple[str, ...]] = {
    "et": ("tuhan",),
    "fi": ("tuhan",),
    "fil": ("libo",),
    "hu": ("ezer", "ezr"),
    "id": ("ribu", "juta"),
    "ms": ("ribu", "juta"),
    "sw": ("elfu",),
    "tl": ("libo",),
    "tr": ("bini", "bine", "binde", "binin", "binlik"),
}
"""Of multiples that are shorter, or change more than their endings; of Turkish "bin" some forms, as other words begin
with it."""


@cache
def _stems(language: str) -> tuple[str, ...]:
    """What the forms of a language's multiples begin with, of which CLDR has those after a number alone: `miljoonan`,
    `milyondan`, `εκατομμυρίων`."""
    words = (_bare(word) for word, value in lexicon_of(language).scales.items() if value >= 1000)
    stems = {word[: max(len(word) - _ENDING, _SHORTEST_STEM)] for word in words if len(word) >= _SHORTEST_MULTIPLE}
    return (*stems, *_OTHER_STEMS.get(language, ()))


@lru_cache
def _bare(word: str) -> str:
    """A word without acute accents, which move in Greek."""
    return word if word.isascii() else normalize("NFC", normalize("NFD", word).replace("\u0301", ""))


class NumeralReader(WordedReader):
    """Reads numerals out of the tokens of one text."""

    def read(self, index: int) -> Numeral | None:
        """The longest numeral that begins at a token; None if none does."""
        token = self.tokens[index]
        match token.kind:
            case "number" | "fraction":
                return self._digits(index)
            case "word":
                return self.worded(index)
            case _:
                return None

    def _digits(self, index: int) -> Numeral | None:
        token = self.tokens[index]
        if token.kind == "fraction":
            value = part_sign(token.text)
            return self.multiplied(Numeral(index, index + 1, value, Fraction(1, value.denominator)))
        read = literal(token.text, self.lexicon.decimal)
        if read is None:
            return Numeral(
                index, index + 1, Fraction(0), Fraction(1), void="the digits and marks make no number", kind="date"
            )
        value, step = read
        end = index + 1
        following = self.at(end)
        bare = token.text.isdecimal()
        if following and following.kind == "fraction":
            part = part_sign(following.text)
            return self.multiplied(Numeral(index, end + 1, value + part, Fraction(1, part.denominator)))
        if following and following.kind == "raised" and not following.gap:
            power = raised_power(value, following.text)
            if power is None:
                return Numeral(index, end + 1, value, step, void="raised digits touch it")
            return self.multiplied(Numeral(index, end + 1, power, Fraction(1), power))
        if stroke := self._stroke(index, value, step):
            return self.multiplied(stroke)
        if scientific := self._scientific(end):
            end, power = scientific
            return self.multiplied(Numeral(index, end, value * power, step * power, power))
        if parted := self.and_part(end):
            end, part = parted
            return self.multiplied(Numeral(index, end, value + part, Fraction(1, part.denominator)))
        if whole := self.whole(index, end, value):
            return self.multiplied(whole)
        return self.multiplied(Numeral(index, end, value, step, bare=bare))

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
                power = raised_power(Fraction(10), after.text)
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
            if not 0 < int(over.text) < int(under.text) <= LARGEST_PART:
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

    def multiplied(self, number: Numeral) -> Numeral:
        """The number with the multiples that follow, a half of the last of them, and a smaller scaled number."""
        if number.multiple == 1 and (end := self._past_doubtful_money(number.last)):
            said = self.folded[self.tokens[number.last].start : self.tokens[end - 1].end]
            return replace(number, last=end, void=f'"{said}" may be a multiple and a currency, or another word')
        while found := self.multiple(number.last):
            end, value = found
            if value is None:
                return replace(number, last=end, void=f'"{self.text(end - 1)}" may be a multiple')
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
            if parted := self.and_part(number.last):
                end, part = parted
                return replace(
                    number, last=end, value=number.value + part * number.multiple, step=part * number.multiple
                )
            return self._with_smaller(number)
        return number

    def _with_smaller(self, number: Numeral) -> Numeral:
        position = self.past_stop(number.last)
        following = self.at(position)
        if following is None or number.multiple < 1000 or not (following.gap or self.lexicon.joins):
            return number
        if following.text in ("and", "и", "және") and following.text in self.lexicon.conjunctions:
            rest = self._next(position + 1)
            if rest and rest.value < number.multiple and rest.kind == "number" and not self.is_year(position + 1):
                return replace(number, last=rest.last, void="a smaller number follows its multiple")
            return number
        if following.kind == "number" and not (following.gap and self.is_year(position)):
            rest = self.read(position)
            if rest and not rest.void and rest.value < number.multiple and rest.kind == "number":
                return replace(
                    number, last=rest.last, value=number.value + rest.value, step=rest.step, multiple=rest.multiple
                )
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
        if self.text(position) in self.lexicon.words("after_number"):  # `25 de milioane`
            position += 1
        token = self.at(position)
        if token is None or token.kind != "word":
            return None
        lexicon = self.lexicon
        short: dict[str, int] = lexicon.data.get("multiples", {})
        doubtful = lexicon.data.get("doubtful_multiples", ())
        if token.text not in doubtful:
            value = self.lookup(short, position)
            value = value if value is not None else self.scale(position)
            if value is not None and value >= 10:
                return self.past_ending(position + 1), value
        if lexicon.joins and any(token.text.startswith(word) for word in (*lexicon.scales, "兆")):
            return None if self._is_known(position) else (position + 1, None)
        if position == index and token.raw in _THOUSANDS.get(lexicon.language, ()):
            return index + 1, 10**3 if self._is_money(index + 1) else None
        if (
            token.raw in LETTERS
            and token.text not in doubtful
            and (not lexicon.has_words or self._is_money(position + 1))
        ):
            if self._is_money(position + 1):  # `12 M€`, and `12 T EUR`
                return position + 1, LETTERS[token.raw] if self.glued(position + 1) else None
            return (position + 1, None) if token.raw in ("M", "MM") else None
        is_long = len(token.text) >= _SHORTEST_FOREIGN or self._is_money(self.past_stop(position + 1))
        if token.text in lexicon.keys(token.text) and is_long:
            data = unit_data()
            if token.text in data.disputed and not self._is_known(position):
                return position + 1, None
            if (foreign := data.multiples.get(token.text)) and not self._is_known(position):
                return position + 1, foreign
        if (
            not lexicon.has_words
            and _bare(token.text).startswith(_stems(lexicon.language))
            and not self._is_known(position)
        ):
            return position + 1, None
        return None

    def _past_doubtful_money(self, index: int) -> int:
        """One past money with letters before it that may be a multiple and may be none, in one word or two; else 0."""
        token = self.at(index)
        if token is None:
            return 0
        if token.text == "'":  # `12 '000 EUR`
            return index + 2 if self.text(index + 1) == "000" and self.glued(index + 1) else 0
        if token.kind != "word" or len(token.raw) > _LONGEST_BEFORE_MONEY:
            return 0
        money = unit_data().money
        word = _LETTER_AND_MONEY.fullmatch(token.raw)
        if word and (word[1] in (None, "kr") or (word[1] in money and word[1] not in NO_CODES)):
            return 0 if self._is_known(index) or self.multiple(index) else index + 1
        after = self.past_stop(index + 1)
        if not self._is_money(after) or token.raw in money or self._says_currency(index):
            return 0
        unit = self.longest(index, self.lexicon.units)
        if unit and unit[0] > after:  # `60 cu ft`
            return 0
        lexicon, following = self.lexicon, self.at(after + 1)
        if following and following.kind == "number":  # `500 g € 3.99`
            return 0
        if token.raw in ("t", "T"):  # thousands in German, trillions in English
            return after + 1
        if token.text in lexicon.data.get("doubtful_multiples", ()) or self.multiple(index):
            return 0
        if self.glued(after) and self.text(after) in money:
            return after + 1
        is_grammar = token.text in lexicon.prepositions or token.text in lexicon.conjunctions
        is_short = len(token.raw) <= 2 and not is_grammar
        return after + 1 if is_short or (token.text in SHORT_FOREIGN and not self._is_known(index)) else 0

    def _says_currency(self, index: int) -> bool:
        """Whether a word and the sign after it are one currency: `US$`."""
        return self.glued(index + 1) and self.tokens[index].raw + self.text(index + 1) in unit_data().money

    def _is_money(self, index: int) -> bool:
        token = self.at(index)
        if token is None:
            return False
        if token.text in _SMALL_MONEY or (token.raw in unit_data().money and token.raw not in NO_CODES):
            return True
        return self.text(index + 1) == "$" and self._says_currency(index)

    def past_ending(self, index: int) -> int:
        """One past a case ending that a hyphen joins to an abbreviation: `млн-нан`, `км-ге`, `%-ға`, `%-ный`."""
        lexicon, ending = self.lexicon, self.at(index + 1)
        if self.text(index) != "-" or not self.glued(index) or not self.glued(index + 1):
            return index
        if ending is None or ending.kind != "word":
            return index
        after_sign = self.text(index - 1) == "%" and not lexicon.articles
        declined = lexicon.is_agglutinative and lexicon.is_ending(ending.text)
        return index + 2 if declined or after_sign else index

    def _is_known(self, index: int) -> bool:
        return self.longest(index, self.lexicon.units) is not None
