"""A numeral in, the number with its sign, its currency or unit and its case out; or why it is no number. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

from reportgen.language.lexicon import Lexicon, PrintedUnit, printed_units, unit_data
from reportgen.language.literals import Numeral
from reportgen.language.phrases import PhraseKind, Reading
from reportgen.language.unit_reader import UnitReader
from reportgen.language.words import Token

_NEVER_TOUCH = frozenset("_^:\\@")
"""Signs that make digits a part of something else."""
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


@dataclass(slots=True)
class Draft:
    """A number on its way to a phrase; token indices throughout."""

    numeral: Numeral
    first: int
    last: int
    kind: PhraseKind = "number"
    sign: int = 1
    void: str = ""
    units: tuple[PrintedUnit, ...] = ()
    before: bool = False
    """Whether its unit is a currency that stands before it."""
    per: tuple[PrintedUnit, ...] = ()
    also: tuple[tuple[Fraction, tuple[PrintedUnit, ...]], ...] = ()
    """Other readings: a factor of its value, and units."""
    only_also: bool = False
    inner: str = ""
    """The relation that stands between the number and its unit."""
    ending: str = ""
    """The case ending that its last word carries, in languages that string endings together."""
    relations: tuple[str, ...] = ()
    outer_first: int = -1
    outer_last: int = -1
    high: Draft | None = None
    low_last: int = 0
    """One past the lower end of a range."""
    either: bool = False
    bounds: Draft | None = None

    @property
    def is_plain(self) -> bool:
        return not self.void and self.kind in ("number", "year")

    def readings(self) -> tuple[Reading, ...]:
        number = self.numeral
        found = [] if self.only_also else [(Fraction(1), self.units)]
        return tuple(
            Reading(self.sign * number.value * f, number.step * f, number.multiple * f, units, self.per)
            for f, units in (*found, *self.also)
        )


class Drafter:
    """Drafts numbers at the tokens of one text."""

    def __init__(self, original: str, reader: UnitReader) -> None:
        self.original = original
        self.reader = reader
        self.lexicon: Lexicon = reader.lexicon
        self.tokens: list[Token] = reader.tokens

    def draft(self, numeral: Numeral) -> Draft:
        draft = Draft(numeral, numeral.first, numeral.last, void=numeral.void)
        draft.kind = cast(PhraseKind, numeral.kind)
        if not draft.void:
            self._left(draft)
        if not draft.void and draft.kind != "date":
            self._right(draft)
        if not draft.void and draft.kind == "number":
            self._beside(draft)
        if (
            draft.kind == "number"
            and numeral.bare
            and not draft.units
            and not draft.also
            and draft.sign == 1
            and draft.first == numeral.first
            and self.reader.is_year(numeral.first)
        ):
            draft.kind = "year"
        return draft

    # To the left ------------------------------------------------------------------------------------------------------

    def _left(self, draft: Draft) -> None:
        """Sign and currency, and what touches the number without belonging to it."""
        reader, first = self.reader, draft.first
        if found := self.reader.money_before(first):
            first, draft.units = found
            draft.before, draft.first = True, first
        before = reader.at(first - 1)
        if before is None:
            return
        touches = not self.tokens[first].gap
        if before.text in ("-", "+", "±") and touches:
            self._signed(draft, first, before)
        elif before.text == "±":
            draft.void = '"±" stands before it'
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

    def _signed(self, draft: Draft, first: int, before: Token) -> None:
        reader = self.reader
        if before.text == "±":
            draft.void = '"±" stands before it'
            return
        other = reader.at(first - 2)
        if other is not None and not before.gap and before.text == "-":
            if other.kind == "word" and not draft.before and not self._ends_number(first - 2):
                draft.void = "it is part of a name"
            elif other.kind == "sign" and other.text in _OPENING:
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

    def _ends_number(self, index: int) -> bool:
        """Whether a word before a hyphen may end a number: `5bn-7bn`, `five-7`."""
        return (
            self.reader.is_number_word(index)
            or self.tokens[index].text in self.lexicon.data.get("multiples", {})
            or (not self.tokens[index].gap
            and index > 0
            and self.tokens[index - 1].kind == "number")
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
            or (any(word.endswith(ending) and len(word) > 5 for ending in self.lexicon.words("vague_endings"))
            and self.reader.is_number_word(draft.first)
            and any(key in self.lexicon.scales or key in self.lexicon.numbers for key in self.lexicon.keys(word)))
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
        elif self.reader.unit_at(draft.last) is None and not self._doubtful(draft):
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
        elif "ending" in lexicon.data and word and lexicon.is_ending(word) and self.reader.unit_at(index) is None:
            draft.last = index + 1
            draft.ending = word
        elif self.reader.unit_at(index) is not None or self.reader.multiple(index) is not None or self._is_money(index):
            draft.last = index
        elif lexicon.knows("after_labels", word):
            draft.kind, draft.void, draft.last = "label", "it is a label", index + 1
        elif "ending" in lexicon.data:
            draft.kind, draft.last = "ordinal", index + 1
        elif (token.is_capital and len(token.raw) <= 2) or token.raw.isupper():
            draft.void, draft.last = "it is part of a name", index + 1

    def _is_money(self, index: int) -> bool:
        return self.tokens[index].raw in unit_data().money

    def _doubtful(self, draft: Draft) -> bool:
        token = self.reader.at(draft.last)
        return token is not None and token.text in self.lexicon.data.get("doubtful_multiples", ())

    def _unit(self, draft: Draft) -> None:
        """The unit or currency after the number, and `per` another."""
        reader = self.reader
        index = reader.past_stop(draft.last)
        if self._doubtful(replace_last(draft, index)):
            if self._short_multiple(draft, index):
                return
        index = self._past_spelled(draft, index)
        found = self.reader.unit_at(index)
        if found is None and (parted := self._past_relation(index)):
            draft.inner, index, found = parted
        if found is None:
            if reader.text(index) in _CLOSING:  # `(11.23). %`, as slips in typesetting leave it
                position = index + 1 + (reader.text(index + 1) in (".", ","))
                if reader.text(position) == "%":
                    draft.units, draft.last = printed_units("percent"), position + 1
            if draft.before:
                self._per(draft)
            return
        end, units = found
        if draft.before:
            codes = {unit.name for unit in draft.units}
            same = tuple(unit for unit in units if unit.name in codes)
            if not same:
                return
            units = same
        draft.units, draft.last = units, end
        self._per(draft)

    def _past_relation(self, index: int) -> tuple[str, int, tuple[int, tuple[PrintedUnit, ...]]] | None:
        """Words of relation between a number and its unit: `5 or more MW`, `500-ден астам МВт`."""
        said = self.reader.longest(index, self.lexicon.relations.after)
        unit = self.reader.unit_at(said[0]) if said else None
        return (said[1], said[0], unit) if said and unit else None

    def _past_spelled(self, draft: Draft, index: int) -> int:
        """One past the same number in brackets: `12 (twelve) months`."""
        if self.reader.text(index) != "(":
            return index
        again = self.reader.read(index + 1) if self.reader.at(index + 1) else None
        if again and self.reader.text(again.last) == ")" and again.value == draft.numeral.value:
            draft.last = again.last + 1
            return draft.last
        return index

    def _short_multiple(self, draft: Draft, index: int) -> bool:
        """`m`, `b`, `t`, `т`: a multiple where a currency stands there, else a unit or a multiple."""
        token = self.tokens[index]
        factor = Fraction(self.lexicon.data["multiples"][token.text])
        after = self.reader.past_stop(index + 1)
        if draft.before:
            draft.also, draft.only_also, draft.last = ((factor, draft.units),), True, index + 1
            return True
        money = self.reader.unit_at(after)
        if money and money[1][0].powers[0][0] not in unit_data().units and any(u.name in u.powers[0] for u in money[1]):
            draft.also, draft.only_also, draft.last = ((factor, money[1]),), True, money[0]
            return True
        unit = self.reader.unit_at(index)
        if token.gap:
            return False
        draft.also = ((factor, ()),)
        draft.last = index + 1
        if unit is None:
            draft.only_also = True
        else:
            draft.units = unit[1]
        return True

    def _per(self, draft: Draft) -> None:
        reader, index = self.reader, draft.last
        if reader.text(index) == "/" or reader.text(index) in self.lexicon.words("per"):
            found = self.reader.unit_at(index + 1)
            if (
                reader.text(index) == "/"
                and found is None
                and reader.at(index + 1)
                and self.tokens[index + 1].kind == "word"
            ):
                draft.last = index + 2
            elif found and (
                reader.text(index) in ("/", "per") or any(b in ("s", "month") or True for b, _ in found[1][0].powers)
            ):
                if reader.text(index) in ("за", "на", "в") and found[1][0].name not in (
                    "h",
                    "day",
                    "week",
                    "month",
                    "year",
                    "s",
                    "min",
                ):
                    return
                draft.per, draft.last = found[1], found[0]

    def _case(self, draft: Draft) -> None:
        """The case ending of the phrase's last word."""
        lexicon = self.lexicon
        last = self.reader.at(draft.last - 1)
        if "ending" not in lexicon.data or last is None or last.kind != "word":
            return
        draft.ending = draft.ending if draft.last == draft.numeral.last + 2 and draft.ending else last.text

    def _beside(self, draft: Draft) -> None:
        """A number word, a fraction noun or an ordinal right after the number makes the whole unreadable."""
        reader, index = self.reader, draft.last
        if draft.units and not draft.before:
            self._smaller_unit(draft)
            return
        hyphen = reader.text(index) == "-" and reader.glued(index) and reader.glued(index + 1)
        position = index + 1 if hyphen else index
        token = reader.at(position)
        if token is None or (not hyphen and not token.gap):
            return
        if reader.is_year(draft.numeral.first) and draft.numeral.bare and not hyphen:
            return
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
        """`3 hours 20 minutes`, `$10 30 cents`: one value in two units."""
        index = draft.last
        token = self.reader.at(index)
        if token is None or token.kind != "number" or self.reader.is_year(index):
            return
        found = self.reader.unit_at(index + 1)
        if found and found[1][0].powers == draft.units[0].powers and found[1][0].scale < draft.units[0].scale:
            draft.void, draft.last = "it goes on in a smaller unit", found[0]


def replace_last(draft: Draft, last: int) -> Draft:
    """The draft as if it ended at a token."""
    return replace(draft, last=last)
