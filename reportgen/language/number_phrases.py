"""What a text prints as a number: with sign, unit and relation; a range, a year, a label. Values only.

A phrase is as long as its words belong together. One that cannot be understood is void and says why; its parts are not
read on their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from reportgen.language.lexicon import PrintedUnit

PhraseKind = Literal["number", "ordinal", "label", "year", "date", "range"]
Bound = Literal["", ">", ">=", "<", "<=", "~"]
RangeSense = Literal["range", "change", "open"]
"""`11 to 27 metres` is a range; `rose from 11 to 27` a change, of two values; `from 11 to 27` may be either."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What stands below the line: `an hour`, `per 100 km`, `for every 1,000 people`."""

    text: str
    """As printed, with the words that make it a rate."""
    amount: Fraction = Fraction(1)
    units: tuple[PrintedUnit, ...] = ()
    """What its unit may be; empty where it counts a noun."""
    nouns: frozenset[str] = frozenset()
    """The forms under which its words are listed."""
    weak: bool = False
    """Whether it may say when, where or of what, too: `за год`."""

    @property
    def is_period(self) -> bool:
        """Whether it is a day or longer, by which anything that goes on is counted: `a year`."""
        return any(unit.is_time and unit.name not in _SHORT for unit in self.units)


_SHORT = frozenset(("s", "ms", "µs", "ns", "min", "h"))


@dataclass(frozen=True, slots=True)
class NumberReading:
    """One way to understand a number: `5m` is five metres or five million."""

    value: Fraction
    """Multiples and sign included."""
    step: Fraction
    """One unit of the last written digit: its interval is half of it on either side."""
    multiple: Fraction = Fraction(1)
    """The part of the value that words for a multiple made."""
    units: tuple[PrintedUnit, ...] = ()
    """What its unit may be; empty where none stands there."""
    rate: Rate | None = None
    """What it is counted per; None where the text does not say that it is a rate."""

    @property
    def per(self) -> tuple[PrintedUnit, ...]:
        """The unit below the line; empty where none or a noun stands there."""
        return self.rate.units if self.rate else ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A number as a text prints it."""

    kind: PhraseKind
    start: int
    """Where its sign, currency or number begins in the text."""
    end: int
    """One past its last character, that of its unit included."""
    text: str
    """From `start` to `end`, on one line."""
    readings: tuple[NumberReading, ...] = ()
    """Empty where it is void, a date or a range."""
    low: tuple[NumberReading, ...] = ()
    """The lower end of a range."""
    high: tuple[NumberReading, ...] = ()
    sense: RangeSense = "range"
    """What the two ends of a range are to each other."""
    bounds: Phrase | None = None
    """The range in brackets after a number."""
    relations: tuple[Bound, ...] = ()
    """What the words beside it say; any of these is a fair reading. None of them means that it is that number."""
    relation: str = ""
    """Those words, with their negation."""
    outer_start: int = 0
    """Where its relation and negation begin."""
    outer_end: int = 0
    void: str = ""
    """Why it has no value, without a full stop; empty where it has one."""
    worded: bool = False
    """Whether the number is written in words."""
    numerals: tuple[tuple[int, int], ...] = ()
    """Where its digits or number words begin and end, multiples included; of a range those of both ends."""
    first_token: int = field(default=0, repr=False)
    last_token: int = field(default=0, repr=False)

    between: tuple[int, int] = (0, 0)
    """Where the first end of a range ends, and the other begins."""
    end_texts: tuple[str, str] = ("", "")
    """Both ends of a range as `text`."""
    end_relations: tuple[tuple[Bound, ...], tuple[Bound, ...]] = ((), ())
    """What the words before the first end of a range say of it, and those after the other."""
    factor: bool = False
    """Whether it says how many times as much, and counts nothing else: `10 times more`."""

    @property
    def ends(self) -> tuple[Phrase, Phrase]:
        """Both ends of a change as numbers of their own, with the words around the whole."""
        alone = replace(self, kind="number", low=(), high=(), sense="range", relation="")
        (first, other), (low, high) = self.end_texts, self.end_relations
        return (
            replace(alone, end=self.between[0], text=first, readings=self.low, relations=low),
            replace(alone, start=self.between[1], text=other, readings=self.high, relations=high),
        )

    @property
    def is_count(self) -> bool:
        """Whether it is a number, or a range of numbers, that has a value."""
        return not self.void and self.kind in ("number", "range")

    @property
    def is_time(self) -> bool:
        """Whether it is a span of time: `three years`."""
        return any(base in ("s", "month") for r in self.readings for u in r.units for base, _ in u.powers)
