"""A number on its way from a text to a phrase. Values only; the parts of the scanner fill them in."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reportgen.language.lexicon import PrintedUnit
from reportgen.language.literals import Numeral
from reportgen.language.number_phrases import NumberReading, PhraseKind, RangeSense, Rate


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
    rate: Rate | None = None
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
    sense: RangeSense = "range"
    beside: tuple[int, ...] = ()
    """Where words stand that make a change of a range."""
    sides: tuple[str, str] = ("", "")
    """What the words of relation before it say, and those after it."""
    bounds: Draft | None = None
    give: Numeral | None = None
    """What stands behind "±"."""
    factor: bool = False
    """Whether it says how many times as much."""

    @property
    def is_plain(self) -> bool:
        return not self.void and self.kind in ("number", "year")

    def readings(self) -> tuple[NumberReading, ...]:
        number = self.numeral
        found = [] if self.only_also else [(Fraction(1), self.units)]
        return tuple(
            NumberReading(self.sign * number.value * f, number.step * f, number.multiple * f, units, self.rate)
            for f, units in (*found, *self.also)
        )
