"""Tokens of a text in, the units and currencies that begin or end at one of them out. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.language import compounds
from reportgen.language.lexicon import PrintedUnit, printed_units, unit_data
from reportgen.language.nouns import singular_of
from reportgen.language.numerals import NumeralReader
from reportgen.late_patterns import regex

_MASS, _LENGTH, _TIME, _MONTHS = (("g", 1),), (("m", 1),), (("s", 1),), (("month", 1),)
_SHORTEST = 2
"""Letters of a unit that ends a word."""
_NO_NOUNS = frozenset(
    ("half", "multi", "mid", "full", "all", "same", "per", "part", "one", "light", "working", "square", "cubic", "each")
)
"""What a hyphen joins to a unit, and is not counted: `half-hours`."""
_SUBSTANCE = regex(r"([kmµMG]?[gt])(?:CO[2₂]|CH[4₄]|N[2₂]O)(?:-?eq?)?(?![^\W_])")
"""A unit with the formula of what it is of."""
_LOWERED = {"⁻¹": 1, "⁻²": 2, "⁻³": 3, "-1": 1, "-2": 2, "-3": 3}
"""Raised numbers that put a unit below the line -> its power there."""


def _raised(unit: PrintedUnit, power: int) -> PrintedUnit:
    powers = tuple((base, old * power) for base, old in unit.powers)
    return unit if power == 1 else PrintedUnit(f"{unit.name}{power}", powers, unit.scale**power)


class UnitReader(NumeralReader):
    """Reads units as well as numerals."""

    def unit_at(self, index: int) -> tuple[int, tuple[PrintedUnit, ...]] | None:
        """One past the longest unit or currency that begins at a token, what is joined to it included; what it is."""
        found = self._one_unit(index)
        return self._joined(*found) if found else self._joined_to_noun(index)

    def _joined(self, end: int, units: tuple[PrintedUnit, ...]) -> tuple[int, tuple[PrintedUnit, ...]]:
        """A unit with another that a hyphen joins to it, or that is a length behind a mass: `tonne kilometres`."""
        is_signed = self.text(end) in compounds.SIGNS and self.glued(end) and self.glued(end + 1)
        token = self.at(end + is_signed)
        if token is None or token.kind != "word" or (not is_signed and units[0].powers != _MASS):
            return end, units
        found = self._one_unit(end + is_signed)
        if found is None or (not is_signed and (found[1][0].powers != _LENGTH or not token.gap)):
            return end, units
        if not is_signed and (self.text(end) == "m" or (self.at(found[0]) and self.tokens[found[0]].kind == "raised")):
            return end, units  # `15 µg m⁻³`
        joined = (compounds.product(one, other) for one in units for other in found[1])
        kept = tuple(unit for unit in joined if unit)
        is_apart = self.text(found[0]) in self.lexicon.words("not_per")
        return (found[0], kept) if kept and not is_apart else (end, units)

    def _joined_to_noun(self, index: int) -> tuple[int, tuple[PrintedUnit, ...]] | None:
        """A noun with a unit that is joined to it: `passenger-km`, `train kilometres`, `Personenkilometer`."""
        token = self.at(index)
        if token is None or token.kind != "word":
            return None
        known = compounds.heads(self.lexicon.language)
        noun = next((known[key] for key in (token.text, *self.lexicon.keys(token.text)) if key in known), "")
        is_signed = self.text(index + 1) in compounds.SIGNS and self.glued(index + 1) and self.glued(index + 2)
        if not noun and not is_signed:
            return self._in_one_word(index, known)
        after = self.at(index + 1 + is_signed)
        found = self._one_unit(index + 1 + is_signed) if after and after.kind == "word" else None
        if found is None or not after or self.text(found[0]) in self.lexicon.words("not_per"):
            return None
        unit = found[1][0]
        is_length = unit.powers == _LENGTH
        if unit.powers not in (_LENGTH, _TIME, _MONTHS) or (not is_signed and not after.gap):
            return None
        is_many = after.raw in unit_data().symbols or singular_of(after.text) != after.text
        if self.lexicon.language == "en" and not is_many and not (noun and (is_signed or is_length)):
            return None
        if not noun and (self.lexicon.language != "en" or token.text in _NO_NOUNS or self.is_number_word(index)):
            return None
        return self._made(noun or singular_of(token.text), found)

    def _in_one_word(self, index: int, known: Mapping[str, str]) -> tuple[int, tuple[PrintedUnit, ...]] | None:
        """`Personenkilometer`, `пассажирокилометров`."""
        token, language = self.tokens[index], self.lexicon.language
        if language not in ("de", "nl", "ru"):
            return None
        for head, noun in known.items():
            rest = token.text[len(head) :]
            if not token.text.startswith(head) or len(rest) < _SHORTEST:
                continue
            for key in (rest, *self.lexicon.keys(rest)):
                name = next((name for others, name in self.lexicon.units.get(key, ()) if not others), "")
                if name and name[0] not in "$¢" and printed_units(name)[0].powers in (_LENGTH, _TIME, _MONTHS):
                    return self._made(noun, (index + 1, printed_units(name)))
        return None

    def _made(self, noun: str, found: tuple[int, tuple[PrintedUnit, ...]]) -> tuple[int, tuple[PrintedUnit, ...]]:
        if noun == "tonne":
            return found[0], tuple(filter(None, (compounds.product(unit_data().units["t"], u) for u in found[1])))
        return found[0], tuple(compounds.counted(noun, unit) for unit in found[1])

    def _one_unit(self, index: int) -> tuple[int, tuple[PrintedUnit, ...]] | None:
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
        if named and self.text(named[0]) in self.lexicon.data.get("other_words", {}).get(token.text, ()):
            named = None
        if named and (best is None or named[0] > best[0]):
            best = named
        elif named and best and named[0] == best[0] and named[1] != best[1] and named[1][0] == best[1][0] == "$":
            best = named  # `kr` in Swedish: Sweden's first
        elif named and best and named[0] == best[0] and named[1] != best[1]:
            both = printed_units(f"{best[1]}+{named[1]}")
            if len({unit.powers for unit in both}) > 1:  # a symbol that is an abbreviation too; `Mt` are no metric tons
                best = best[0], f"{best[1]}+{named[1]}"
        if best is None:
            return self._of_substance(token.start)
        return self.past_ending(best[0]), printed_units(best[1])

    def _of_substance(self, start: int) -> tuple[int, tuple[PrintedUnit, ...]] | None:
        """A unit of mass that is written in one with what it is of: `gCO2`, `MtCO2e`."""
        found = _SUBSTANCE.match(self.folded, start)
        if found is None:
            return None
        end = next((i for i, t in enumerate(self.tokens) if t.start >= found.end()), len(self.tokens))
        return end, printed_units(found[1])

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
