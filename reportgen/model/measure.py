"""What values measure, and when two of them can be compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from reportgen.diagnostics import Places
from reportgen.model.edtf import Edtf
from reportgen.model.text import Text


class MeasureKind(StrEnum):
    """What sort of value a measure has."""

    NUMBER = "number"
    COUNT = "count"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The gap between two values that is no disagreement."""

    amount: Fraction
    """In the measure's unit, or a share of the larger value where `relative`."""
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity or property that facts give values of."""

    id: str
    label: Text
    kind: MeasureKind
    unit: str = ""
    """As typed; a unit that is not built in is thereby a counted noun."""
    tolerance: Tolerance | None = None
    """None: any gap is a disagreement."""
    precision: Fraction | None = None
    """What its values are rounded to, in the measure's unit; None: to the last digit of each."""
    comparable_within: str = ""
    """ISO 8601 duration between the nearest ends of two times; empty means that they must overlap."""
    single: bool = False
    """Whether a place has one value of it at a time, so that two texts conflict."""
    review_by: Edtf | None = None
    """When its facts are due to be looked at again, for those that give no date of their own."""
    description: Text = field(default_factory=lambda: Text(()))
    at: Places = field(kw_only=True, compare=False, metadata={"place": True})
