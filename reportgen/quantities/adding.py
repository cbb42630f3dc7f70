"""A unit in; whether amounts in it come to a sum out. Pure."""

from __future__ import annotations

from reportgen.model.quantity import Unit

_TEMPERATURES = frozenset(("°C", "°F", "K"))
_TIMES = frozenset(("s", "second", "min", "minute", "h", "hour", "day", "week", "month", "quarter", "year"))
"""What flows in a time adds up: tonnes a year of two mines."""


def is_addable(unit: Unit) -> bool:
    """Whether amounts in a unit add up, as temperatures and what is counted per person or per area do not."""
    rates = any(power < 0 and name not in _TIMES for name, power in unit.factors)
    return not rates and not any(name in _TEMPERATURES for name, _ in unit.factors)


def may_be_added(unit: str) -> bool:
    """The same of a unit as an author writes it."""
    amount, *per = unit.split("/")
    return not any(name.strip() not in _TIMES for name in per) and amount.strip() not in _TEMPERATURES
