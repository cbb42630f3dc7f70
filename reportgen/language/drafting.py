"""A numeral in, the number with its sign, its currency or unit and its case out; or why it is no number. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from reportgen.language import money_sides, rating
from reportgen.language.draft import Draft
from reportgen.language.lexicon import printed_units, unit_data
from reportgen.language.literals import Numeral
from reportgen.language.measuring import MeasureDrafter
from reportgen.language.number_phrases import PhraseKind
from reportgen.language.words import Token

_NEVER_TOUCH = frozenset("_^:\\@")
"""Signs that make digits a part of something else."""
_OPENING = frozenset("([{")
_FIRST_BUDDHIST, _LAST_BUDDHIST = 2343, 2643
"""From 1800 to 2100."""
_LEAST = 10**6
"""The least multiple behind a number by which a letter before it is a sign of money."""


class Drafter(MeasureDrafter):
    """Drafts numbers at the tokens of one text."""

    def draft(self, numeral: Numeral) -> Draft:
        draft = Draft(numeral, numeral.first, numeral.last, void=numeral.void)
        draft.kind = cast(PhraseKind, numeral.kind)
        if not draft.void:
            self._left(draft)
        if not draft.void and draft.kind != "date":
            self._right(draft)
        if not draft.void and draft.kind == "number":
            self._beside(draft)
        if not draft.void and self._is_anothers(draft):
            draft.void = "it is the multiple of the number behind it"
        if self._is_buddhist_year(draft):
            draft.kind, draft.void = "date", "it is a year of the Buddhist era"
        if self._is_named_year(draft):
            draft.kind, draft.units, draft.last = "year", (), numeral.last
        if (
            draft.kind == "number"
            and numeral.bare
            and not draft.units
            and not draft.also
            and draft.sign == 1
            and draft.first == numeral.first
            and self.reader.is_year(numeral.first)
            and not self._is_counted(draft)
        ):
            draft.kind = "year"
        return draft

    def _is_counted(self, draft: Draft) -> bool:
        """Whether words say that what looks like a year is a number: `a total of 2031 rooms`."""
        after = self.reader.at(draft.last)
        if after is None or after.kind != "word" or not after.gap or after.text in self.lexicon.conjunctions:
            return False
        return any(self.reader.ending(draft.first - 1, "years", "counted"))

    def _is_anothers(self, draft: Draft) -> bool:
        """`$ млн 585`, `млн долл. 585`: a multiple without a number, with money, and a number behind it."""
        numeral = draft.numeral
        is_bare = numeral.worded and numeral.last == numeral.first + 1 and numeral.multiple == numeral.value >= 1000
        if not is_bare or not draft.units or not rating.is_money(draft.units[0]):
            return False
        after = self.reader.at(self.reader.past_stop(draft.last))
        return after is not None and after.kind == "number"

    def _is_buddhist_year(self, draft: Draft) -> bool:
        """`ปี 2566`, `พ.ศ. 2566`, `เมษายน 2567` in Thai."""
        numeral = draft.numeral
        if self.lexicon.language != "th" or draft.kind != "number" or not numeral.bare or not numeral.first:
            return False
        before = self.original[: self.tokens[numeral.first].start].rstrip()
        is_after = before.endswith(("ปี", "พ.ศ.", "พ.ศ")) or bool(
            self.lexicon.month(self.reader.text(numeral.first - 1))
        )
        return is_after and _FIRST_BUDDHIST <= numeral.value <= _LAST_BUDDHIST

    def _is_named_year(self, draft: Draft) -> bool:
        """`2020 год`, `2020 жылғы`: the word is no unit there."""
        after = self.lexicon.data.get("years", {}).get("after", ())
        is_year = draft.kind == "number" and draft.numeral.bare and self.reader.is_year(draft.numeral.first)
        return is_year and not draft.before and self.reader.text(draft.numeral.last) in after

    # To the left ------------------------------------------------------------------------------------------------------

    def _left(self, draft: Draft) -> None:
        """Sign and currency, and what touches the number without belonging to it."""
        reader, first = self.reader, draft.first
        if found := self.reader.money_before(first) or self.reader.percent_before(first):
            first, draft.units = found
            draft.before, draft.first = True, first
            self._money_before(draft)
            first = draft.first
        elif parted := money_sides.multiple_before(reader, first):
            word = self.tokens[first - 1 - (reader.text(first - 1) == ".")]
            first, draft.units, factor = parted
            draft.before, draft.first = True, first
            self._multiply(draft, factor, word)
        elif codes := self._sign_letter(draft):
            draft.units, draft.before, draft.first = printed_units(f"${codes}"), True, first - 1
            first -= 1
        if draft.void:
            return
        before = reader.at(first - 1)
        if before is None:
            return
        if not self.lexicon.has_words and before.text in self.lexicon.scales:  # `mil 58`, in Swahili `milioni 58`
            draft.void = f'"{before.raw}" stands before it'
            return
        touches = not self.tokens[first].gap
        if before.text in ("-", "+", "±") and touches:
            self._signed(draft, first, before)
        elif before.text == "±":
            draft.void = '"±" stands before it'
        elif not touches and self._is_minus(before, first):
            draft.sign, draft.first = -1, first - 1
        elif touches and not draft.before:
            self._touched(draft, before, first)
        elif before.text == "," and self._is_broken(first):
            draft.void = "its first digits stand on the line before"
        if not draft.void and (value := self.lexicon.data.get("signs", {}).get(reader.text(draft.first - 1))):
            if reader.at(draft.first - 2) and self.tokens[draft.first - 2].kind == "number":
                draft.void = "it is taken away from another number"
            draft.sign *= value
            draft.first -= 1
        if not draft.void and self._is_vague_before(draft):
            draft.void = f'"{reader.text(draft.first - 1)}" leaves its number open'

    def _sign_letter(self, draft: Draft) -> str:
        """The currencies of a letter right before a number with a multiple, which is another word elsewhere: `P15
        billion`, but `P15`."""
        index = draft.first - 1
        before, sign = self.reader.at(index - 1), self.reader.at(index)
        if sign is None or sign.kind != "word" or self.tokens[draft.first].gap or draft.numeral.multiple < _LEAST:
            return ""
        is_free = sign.gap or before is None or (before.kind == "sign" and before.text in _OPENING)
        return unit_data().sign_letters.get(sign.raw, "") if is_free else ""

    def _money_before(self, draft: Draft) -> None:
        """Money behind a multiple: `million USD 585`; of `for 5 million USD 585 came` it is another number's."""
        match money_sides.multiple_of_money(self.reader, draft.first):
            case "alone", word:
                draft.void = f'"{word}" stands before its money'
            case "counted", _:
                draft.first, draft.units, draft.before = draft.numeral.first, (), False

    def _signed(self, draft: Draft, first: int, before: Token) -> None:
        reader = self.reader
        if before.text == "±":
            draft.void = '"±" stands before it'
            return
        other = reader.at(first - 2)
        if other is not None and not before.gap and before.text == "-":
            if other.kind == "word" and not draft.before and not self._ends_number(first - 2):
                draft.void = "it is part of a name"
            elif other.kind == "sign" and (other.text in _OPENING or self._is_minus_after(other, before)):
                draft.sign, draft.first = -1, first - 1
            elif money := self.reader.money_before(first - 1):
                draft.sign, draft.units, draft.before, draft.first = -1, money[1], True, money[0]
            return
        if before.text == "-":
            draft.sign = -1
        draft.first = first - 1
        if not draft.before and (found := self.reader.money_before(draft.first)):
            draft.first, draft.units = found
            draft.before = True

    def _is_minus_after(self, other: Token, before: Token) -> bool:
        """Whether the dash that stands at a number is a minus after another sign: `>−3`, and of a range, `−10–−5`."""
        is_dash = other.text == "-" and self.original[other.start] != "−"
        return other.text in unit_data().relations or (is_dash and self.original[before.start] == "−")

    def _is_minus(self, before: Token, first: int) -> bool:
        """Whether a sign parted from its number is a minus: the sign itself, which begins no list, after no number."""
        if self.original[before.start] != "−":
            return False
        other = self.reader.at(first - 2)
        return other is None or (other.kind != "number" and not self._ends_number(first - 2))

    def _ends_number(self, index: int) -> bool:
        """Whether a word before a hyphen may end a number: `5bn-7bn`, `five-7`."""
        return (
            self.reader.is_number_word(index)
            or self.tokens[index].text in self.lexicon.data.get("multiples", {})
            or (not self.tokens[index].gap and index > 0 and self.tokens[index - 1].kind == "number")
            or self.tokens[index].raw in unit_data().symbols
        )

    def _touched(self, draft: Draft, before: Token, first: int) -> None:
        if before.kind in ("word", "number", "raised", "fraction"):
            draft.void = f'"{before.raw}" touches it'
        elif (
            before.text in _NEVER_TOUCH
            or before.text == "/"
            or (before.text in ".,'" and self._is_after_digit(first - 1))
        ):
            draft.void = f'"{before.text}" touches it'

    def _is_after_digit(self, index: int) -> bool:
        before = self.reader.at(index - 1)
        return before is not None and not self.tokens[index].gap and before.kind == "number"

    def _is_broken(self, index: int) -> bool:
        """Whether a number is parted by the end of a line: `3,` and `500`."""
        one, stop, other = self.reader.at(index - 2), self.tokens[index - 1], self.tokens[index]
        return (
            one is not None
            and one.kind == "number"
            and not stop.gap
            and len(one.text) <= 3
            and other.kind == "number"
            and other.text[:3].isdecimal()
            and not other.text[3:4].isdecimal()
            and "\n" in self.original[stop.end : other.start]
        )

    def _is_vague_before(self, draft: Draft) -> bool:
        """`several hundred`, `tens of thousands`, `несколько миллионов`."""
        if not draft.numeral.worded:
            return False
        index = draft.first - 1
        if self.reader.text(index) in self.lexicon.words("of"):
            index -= 1
        word = self.reader.text(index)
        return bool(word) and (
            word in self.lexicon.words("vague")
            or (
                any(word.endswith(ending) and len(word) > 5 for ending in self.lexicon.words("vague_endings"))
                and self.reader.is_number_word(draft.first)
                and any(key in self.lexicon.scales or key in self.lexicon.numbers for key in self.lexicon.keys(word))
            )
        )

    # To the right -----------------------------------------------------------------------------------------------------

    def _right(self, draft: Draft) -> None:
        reader = self.reader
        index = draft.last
        following = reader.at(index)
        if following is None:
            return
        if following.text == "-" and reader.glued(index) and reader.glued(index + 1):
            self._hyphened(draft)
        elif not following.gap and following.kind == "word" and self.tokens[index - 1].kind != "word":
            self._glued(draft)
        elif not following.gap and following.kind in ("raised", "fraction"):
            draft.void = "raised digits touch it"
        elif not following.gap and following.kind == "number" and self.tokens[index - 1].kind == "word":
            draft.void, draft.last = f'"{following.text}" touches it', index + 1  # `1億20`
        elif not following.gap and following.text in _NEVER_TOUCH and not self._ends_sentence(index):
            draft.void = f'"{following.text}" touches it'
        elif (
            following.text == "/"
            and not following.gap
            and reader.at(index + 1) is not None
            and self.tokens[index + 1].kind == "number"
        ):
            draft.void, draft.last = '"/" touches it', index + 2
        if not draft.void and draft.kind == "number":
            self._unit(draft)
            self._case(draft)
            self._give(draft)

    def _give(self, draft: Draft) -> None:
        """The bounds of `18.4 ± 2.1 µg/m³`."""
        if draft.give is None or draft.void or draft.also:
            return
        middle, by = draft.sign * draft.numeral.value, draft.give.value
        low, high = (
            Draft(replace(draft.numeral, value=end), draft.first, draft.last, units=draft.units, rate=draft.rate)
            for end in (middle - by, middle + by)
        )
        low.kind, low.high, low.low_last = "range", high, draft.last
        draft.bounds = low

    def _ends_sentence(self, index: int) -> bool:
        after = self.reader.at(index + 1)
        return self.tokens[index].text == ":" and (after is None or after.gap)

    def _glued(self, draft: Draft) -> None:
        """Letters right after digits: an ordinal's ending, a decade, a multiple, a unit, or something unknown."""
        token = self.tokens[draft.last]
        lexicon = self.lexicon
        if (
            draft.numeral.bare
            and token.text in lexicon.words("ordinal_endings")
            and "-" not in token.text
            and lexicon.articles
        ):
            draft.kind, draft.last = "ordinal", draft.last + 1
        elif self.reader.is_year(draft.numeral.first) and token.text in ("s", "г", "гг", "ж"):
            draft.kind, draft.void, draft.last = (
                "year",
                "it is a year" if token.text != "s" else "it is a decade",
                draft.last + 1,
            )
        elif self.reader.unit_at(draft.last) is None and not self._is_doubtful(draft.last):
            draft.void, draft.last = f'"{token.raw}" touches it', draft.last + 1

    def _hyphened(self, draft: Draft) -> None:
        """A word that a hyphen joins to the number: `5-year`, `5-тен`, `5-й`, `10-бап`."""
        index = draft.last + 1
        token = self.tokens[index]
        lexicon, word = self.lexicon, token.text
        if token.kind != "word" or draft.numeral.kind != "number":
            return
        if draft.numeral.worded and self.reader.is_number_word(index):
            return
        is_digits = self.tokens[draft.last - 1].kind in ("number", "fraction")
        if is_digits and word in lexicon.words("ordinal_endings"):
            if self.reader.is_year(draft.numeral.first):
                draft.void = "it is a year or a decade"
            draft.kind, draft.last = "ordinal", index + 1
        elif is_digits and word in lexicon.words("number_endings"):
            decade = self.reader.is_year(draft.numeral.first) or (
                draft.numeral.value >= 10 and draft.numeral.value % 10 == 0 and word == "х"
            )
            if decade:
                draft.void = "it is a decade"
            draft.last = index + 1
        elif lexicon.is_agglutinative and word and lexicon.is_ending(word) and self.reader.unit_at(index) is None:
            draft.last = index + 1
            draft.ending = word
        elif self.reader.unit_at(index) is not None or self.reader.multiple(index) is not None or self._is_money(index):
            draft.last = index
        elif lexicon.knows("after_labels", word):
            draft.kind, draft.void, draft.last = "label", "it is a label", index + 1
        elif lexicon.is_agglutinative:
            draft.kind, draft.last = "ordinal", index + 1
        elif (token.is_capital and len(token.raw) <= 2) or token.raw.isupper():
            draft.void, draft.last = "it is part of a name", index + 1

    def _is_money(self, index: int) -> bool:
        return self.tokens[index].raw in unit_data().money

    def _case(self, draft: Draft) -> None:
        """The case ending of the phrase's last word."""
        lexicon = self.lexicon
        last = self.reader.at(draft.last - 1)
        if not lexicon.is_agglutinative or last is None or last.kind != "word":
            return
        draft.ending = draft.ending if draft.last == draft.numeral.last + 2 and draft.ending else last.text

    def _beside(self, draft: Draft) -> None:
        """A number word, a fraction noun or an ordinal right after the number makes the whole unreadable."""
        reader, index = self.reader, draft.last
        if draft.units and not draft.before:
            self._smaller_unit(draft)
            self._and_a_half(draft)
            return
        hyphen = reader.text(index) == "-" and reader.glued(index) and reader.glued(index + 1)
        position = index + 1 if hyphen else index
        token = reader.at(position)
        if token is None or (not hyphen and not token.gap):
            return
        if reader.is_year(draft.numeral.first) and draft.numeral.bare and not hyphen:
            return
        if any(draft.ending.endswith(ending) for ending in self.lexicon.words("ablative")):
            return  # the lower end of a range
        if token.kind == "number":
            if hyphen or draft.numeral.worded or reader.is_year(position) or draft.numeral.multiple > 1 or draft.ending:
                return
            draft.void, draft.last = "another number stands beside it", position + 1
        elif token.kind == "word" and self.reader.unit_at(position) is None:
            if hyphen and reader.is_number_word(position) and draft.numeral.worded:
                return  # a range in words
            is_part = reader.part(position) is not None
            if reader.is_number_word(position) or is_part or reader.ordinal(position) is not None:
                if token.text in ("one", "second") and not is_part:
                    return
                draft.void, draft.last = f'"{token.raw}" stands beside it', position + 1

    def _smaller_unit(self, draft: Draft) -> None:
        """`3 hours 20 minutes`, `$10 30 cents`, `2 hours and 30 minutes`: one value in two units."""
        index = draft.last
        if self.reader.text(index) in self.lexicon.conjunctions:
            index += 1
        token = self.reader.at(index)
        if token is None or token.kind != "number" or self.reader.is_year(index):
            return
        found = self.reader.unit_at(index + 1)
        if found and found[1][0].powers == draft.units[0].powers and found[1][0].scale < draft.units[0].scale:
            draft.void, draft.last = "it goes on in a smaller unit", found[0]

    def _and_a_half(self, draft: Draft) -> None:
        """`10 percent and a half`: the half is another one's."""
        index = draft.last
        if self.reader.text(index) in self.lexicon.conjunctions:
            index += 1
            if self.reader.text(index) in self.lexicon.articles:
                index += 1
            if self.reader.text(index) in self.lexicon.data.get("halves", ()):
                draft.void, draft.last = "a half stands beside it", index + 1
