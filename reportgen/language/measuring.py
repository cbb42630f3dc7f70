"""A number in, the unit or currency after it out, with `per` another unit. Changes the draft that is handed in."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reportgen.language import money_sides, rating
from reportgen.language.draft import Draft
from reportgen.language.lexicon import PrintedUnit, printed_units, unit_data
from reportgen.language.number_phrases import Rate
from reportgen.language.numerals import SHORT_FOREIGN
from reportgen.language.unit_reader import UnitReader
from reportgen.language.words import Token

_CLOSING = frozenset(")]}")
_UNITS_OR_MULTIPLES = frozenset(("B", "L", "M", "MM", "T", "m", "mm", "t", "м", "т"))
"""Symbols of units that are multiples behind money: `Rs 12 L`, twelve lakh; `$12 B`."""

_SAID_OF_NOUN = 2
"""Words that may stand between a number and a noun that is joined to a unit: `new rail passenger-km`."""


_LEAST_MULTIPLE = 1000


class MeasureDrafter:
    """Finds the units of drafted numbers in one text."""

    def __init__(self, original: str, reader: UnitReader) -> None:
        self.original = original
        self.reader = reader
        self.lexicon = reader.lexicon
        self.tokens: list[Token] = reader.tokens

    def _is_doubtful(self, index: int) -> bool:
        """Whether a token is a multiple by one letter, which may be a unit as well."""
        return self.reader.text(index) in self.lexicon.data.get("doubtful_multiples", ())

    def _unit(self, draft: Draft) -> None:
        """The unit or currency after the number, and `per` another."""
        reader = self.reader
        index = reader.past_stop(draft.last)
        if reader.text(index) == "±" and (give := reader.read(index + 1)) and not give.void and give.kind == "number":
            draft.give, draft.last = give, give.last
            index = give.last
        if self._is_doubtful(index) and self._short_multiple(draft, index):
            return
        index = self._past_spelled(draft, index)
        found = self.reader.unit_at(index)
        if found is None and not draft.before and self._is_linked(draft, index):
            found = self._linked_unit(index + 1)
        if found is None and not draft.before and draft.numeral.multiple >= _LEAST_MULTIPLE:
            found = self._named_money(index)
        if found is None and (parted := self._past_relation(index)):
            draft.inner, index, found = parted
        if found is None and not draft.before and (further := self._further_compound(index)):
            index, found = further
        if found is None:
            if reader.text(index) in _CLOSING:  # `(11.23). %`, as slips in typesetting leave it
                position = index + 1 + (reader.text(index + 1) in (".", ","))
                if reader.text(position) == "%":
                    draft.units, draft.last = printed_units("percent"), position + 1
            if not draft.before and (joined := money_sides.money_and_multiple(reader, index)):
                draft.units, draft.last = joined[0], index + 1
                self._multiply(draft, joined[1], reader.tokens[index])
            elif draft.before and (token := reader.at(index)) and self._is_foreign_multiple(token):
                draft.void, draft.last = f'"{token.raw}" after money may be a multiple', index + 1
            elif draft.before:
                self._per(draft)
            return
        end, units = found
        if draft.before:
            codes = {unit.name for unit in draft.units}
            same = tuple(unit for unit in units if unit.name in codes)
            if not same:
                if (token := reader.at(index)) and (reader.glued(index) or token.raw in _UNITS_OR_MULTIPLES):
                    draft.void, draft.last = f'"{token.raw}" after money may be a multiple', end
                return
            units = same
        draft.units, draft.last = units, end
        if not draft.before and rating.is_money(units[0]) and draft.numeral.multiple < 1000:
            self._multiple_behind(draft, index)
        self._per(draft)

    def _further_compound(self, index: int) -> tuple[int, tuple[int, tuple[PrintedUnit, ...]]] | None:
        """A noun with its unit behind what is said of it, or behind "of": `77 million rail passenger-km`."""
        for position in range(index, index + _SAID_OF_NOUN + 1):
            token = self.reader.at(position)
            if token is None or token.kind != "word" or not token.gap:
                return None
            if position > index or token.text in self.lexicon.data.get("after_multiple", ()):
                found = self.reader.unit_at(position)
                if found and len(found[1][0].powers) > 1 and "·" in found[1][0].name:
                    return position, found
            if token.text in self.lexicon.prepositions or token.text in self.lexicon.conjunctions:
                return None
        return None

    def _multiple_behind(self, draft: Draft, first: int) -> None:
        """The multiple behind the money that begins at a token: `585 US$ million`."""
        if found := money_sides.multiple_behind(self.reader, first, draft.last):
            word = next(token for token in self.tokens[draft.last : found[0]] if token.kind == "word")
            draft.last = found[0]
            self._multiply(draft, found[1], word)

    def _multiply(self, draft: Draft, factor: Fraction | None, word: Token) -> None:
        """The number times a multiple that stands beside its money; void where the word may be another."""
        if factor is None:
            draft.void = f'"{word.raw}" beside money may be a multiple'
            return
        number = draft.numeral
        draft.numeral = replace(
            number,
            value=number.value * factor,
            step=number.step * factor,
            multiple=number.multiple * factor,
            bare=False,
        )

    def _is_foreign_multiple(self, token: Token) -> bool:
        """Whether a word after money is a multiple elsewhere: `€12 Mrd`, `$12 MM`."""
        is_multiple = token.text in unit_data().multiples or token.text in SHORT_FOREIGN
        return token.raw in _UNITS_OR_MULTIPLES or (is_multiple and token.text not in self.lexicon.prepositions)

    def _is_linked(self, draft: Draft, index: int) -> bool:
        """Whether a word for "of" joins a multiple to its unit: `3 millones de euros`."""
        word, numeral = self.reader.text(index), draft.numeral
        if numeral.multiple >= 1000:
            return word in self.lexicon.words("after_multiple")
        return numeral.value.denominator == 1 and word in self.lexicon.words("after_number")

    def _linked_unit(self, index: int) -> tuple[int, tuple[PrintedUnit, ...]] | None:
        """The unit after such a word, where a letter is not the first of a name: `3 millones de A Coruña`."""
        token = self.reader.at(index)
        is_letter = token is not None and len(token.raw) == 1 and token.raw.isupper()
        return None if is_letter else self.reader.unit_at(index)

    def _named_money(self, index: int) -> tuple[int, tuple[PrintedUnit, ...]] | None:
        """The currency after a word such as `in`, where no noun goes on: `250 million in US dollars`."""
        if self.reader.text(index) not in self.lexicon.words("before_money"):
            return None
        found = self.reader.unit_at(index + 1)
        if found is None or not all(map(rating.is_money, found[1])):
            return None
        after = self.reader.at(found[0])
        known = self.lexicon.prepositions | self.lexicon.conjunctions
        return found if after is None or after.kind == "sign" or after.text in known else None

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
        if self.reader.text(after) == "-" and self.reader.glued(after) and self.reader.glued(after + 1):
            after += 1  # `a 12m-euro grant`
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
        """`per kWh`, `/MWh`, `a year`, `за киловатт-час`; a noun after a stroke is taken in as well."""
        reader, index = self.reader, draft.last
        if raised := reader.below_at(index):
            self._counted_per(draft, raised[0], Fraction(1), raised[1])
            return
        word = reader.text(index)
        if word == "/" and (amount := self._amount_below(index + 1)):
            self._counted_per(draft, *amount)
            return
        if word != "/" and word not in self.lexicon.words("per"):
            return
        found = reader.unit_at(index + 1)
        noun = reader.at(index + 1)
        if found is None:
            data = self.lexicon.data.get("rates", {})
            if word not in self.lexicon.prepositions and noun and noun.text in data.get("people", ()):
                start, draft.last = self.tokens[index].start, index + 2  # `15 euros a head`
                draft.rate = Rate(self.original[start : noun.end], nouns=frozenset((noun.text, "person")))
            if word == "/" and noun and noun.kind == "word":
                draft.last = index + 2
                known = self.lexicon.data.get("after_stroke", {}).get(noun.text)
                units = printed_units(known) if known else ()
                nouns = frozenset(self.lexicon.keys(noun.text))
                draft.rate = Rate(f"/{noun.raw}", units=units, nouns=nouns, weak=not units and len(noun.text) <= 2)
        elif reader.text(found[0]) in self.lexicon.words("not_per"):
            return
        elif word not in self.lexicon.words("prepositions") or any(b in ("s", "month") for b, _ in found[1][0].powers):
            is_time = all(unit.is_time for unit in found[1])
            weak = word in self.lexicon.words("prepositions") and is_time and not rating.is_period_at(reader, index)
            weak = weak or any(map(rating.is_money, found[1]))
            start, end = self.tokens[index].start, self.tokens[found[0] - 1].end
            draft.rate = Rate(self.original[start:end], units=found[1], weak=weak)
            draft.last = found[0]

    def _amount_below(self, index: int) -> tuple[int, Fraction, tuple[PrintedUnit, ...]] | None:
        """A number and its unit behind a stroke: `l/100 km`."""
        token = self.reader.at(index)
        if token is None or token.kind != "number" or not self.reader.glued(index):
            return None
        numeral = self.reader.read(index)
        found = self.reader.unit_at(numeral.last) if numeral and not numeral.void else None
        return (found[0], numeral.value, found[1]) if numeral and found else None

    def _counted_per(self, draft: Draft, last: int, amount: Fraction, units: tuple[PrintedUnit, ...]) -> None:
        start, end = self.tokens[draft.last].start, self.tokens[last - 1].end
        draft.rate = Rate(self.original[start:end], amount, units)
        draft.last = last
