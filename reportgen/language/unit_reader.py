"""Tokens of a text in, the units and currencies that begin or end at one of them out. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.language.lexicon import PrintedUnit, printed_units, unit_data
from reportgen.language.numerals import NumeralReader

_LOWERED = {"⁻¹": 1, "⁻²": 2, "⁻³": 3, "-1": 1, "-2": 2, "-3": 3}
"""Raised numbers that put a unit below the line -> its power there."""


def _raised(unit: PrintedUnit, power: int) -> PrintedUnit:
    powers = tuple((base, old * power) for base, old in unit.powers)
    return unit if power == 1 else PrintedUnit(f"{unit.name}{power}", powers, unit.scale**power)


class UnitReader(NumeralReader):
    """Reads units as well as numerals."""

    def unit_at(self, index: int) -> tuple[int, tuple[PrintedUnit, ...]] | None:
        """One past the longest unit or currency that begins at a token, and what it may be."""
        token = self.at(index)
        if token is None or token.kind in ("number", "raised", "fraction"):
            return None
        best: tuple[int, str] | None = None
        for table in (
            self._symbol(token.start, unit_data().symbols),
            self._symbol(token.start, unit_data().money, "$"),
        ):
            if table and (best is None or table[0] > best[0]):
                best = table
        named = self.longest(index, self.lexicon.units)
        if named and (best is None or named[0] > best[0]):
            best = named
        elif named and best and named[0] == best[0] and named[1] != best[1]:
            best = best[0], f"{best[1]}+{named[1]}"  # a symbol that is an abbreviation too
        if best is None:
            return None
        return self.past_ending(best[0]), printed_units(best[1])

    def below_at(self, index: int) -> tuple[int, tuple[PrintedUnit, ...]] | None:
        """A unit that a raised number puts below the line: `s⁻¹`, `ha-1`, `m⁻³`."""
        found = self.unit_at(index)
        if found is None or self.text(index) == "-":
            return None
        end, units = found
        sign, number = self.at(end), self.at(end + 1)
        if sign and not sign.gap and sign.kind == "raised" and sign.text in _LOWERED:
            return end + 1, tuple(_raised(unit, _LOWERED[sign.text]) for unit in units)
        is_minus = sign and sign.text == "-" and not sign.gap and number and not number.gap
        if is_minus and number and f"-{number.text}" in _LOWERED:
            return end + 2, tuple(_raised(unit, _LOWERED[f"-{number.text}"]) for unit in units)
        return None

    def _symbol(self, start: int, known: Mapping[str, str], mark: str = "") -> tuple[int, str] | None:
        """The longest symbol at a place of the text; letters and digits after it make it another word."""
        for length in range(unit_data().longest_symbol, 0, -1):
            said = self.folded[start : start + length]
            name = known.get(said)
            if name is None or (
                said.lower() in self.lexicon.words("not_units")
                and said not in self.lexicon.data.get("capital_units", ())
            ):
                continue
            after = self.folded[start + length : start + length + 1]
            if said[-1].isalnum() and (after.isalnum() or after == "_"):
                continue
            if length == 1 and after == "'" and self.folded[start + 2 : start + 3].isalpha():
                continue  # `l'euro`
            end = next((i for i, t in enumerate(self.tokens) if t.start >= start + length), len(self.tokens))
            return end, mark + name
        return None

    def percent_before(self, index: int) -> tuple[int, tuple[PrintedUnit, ...]] | None:
        """A sign or word of percent before a number, in a language that writes it there: `%58`, `yüzde 58`."""
        before = self.at(index - 1)
        if before is None or before.text not in self.lexicon.leading:
            return None
        other = self.at(index - 2)  # `10% 58`: the sign is that of a number before it
        if other and other.kind == "number" and not before.gap:
            return None
        return index - 1, printed_units("percent")

    def money_before(self, index: int) -> tuple[int, tuple[PrintedUnit, ...]] | None:
        """A sign or code of a currency that ends before a token."""
        money = unit_data().money
        said = ""
        best: tuple[int, tuple[PrintedUnit, ...]] | None = None
        for start in range(index - 1, max(-1, index - 6), -1):
            token = self.tokens[start]
            said = token.raw + said
            inside = start and token.kind == "word" and not token.gap
            if inside and self.tokens[start - 1].kind in ("word", "number"):
                continue
            if codes := money.get(said):
                best = start, printed_units(f"${codes}")
            if token.gap:
                break
        if best is None and index:
            position = index - 1
            if self.tokens[position].text == "." and not self.tokens[position].gap:
                position -= 1
            token = self.tokens[max(position, 0)]
            if token.kind == "word" and len(token.text) == 2 and token.is_capital:
                found = self.lexicon.units.get(token.text, ())
                said = next((name for rest, name in found if not rest and name[0] == "$"), "")
                if said:
                    return position, printed_units(said)
        return best
