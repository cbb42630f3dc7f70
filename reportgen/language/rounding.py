"""An exact number in, its rounded decimal text out. Halves go away from zero, as readers expect. Pure."""

from __future__ import annotations

from fractions import Fraction

from reportgen.model.quantity import Quantity

ENOUGH = 12
"""Significant digits of an unrounded interval's ends; an exact number that needs more is printed as unending."""
UNENDING = 3
"""Significant digits of an exact quotient that never ends."""


def quantity_texts(quantity: Quantity, digits: int | None = None, decimals: int | None = None) -> tuple[str, ...]:
    """The number of `quantity` as plain decimal text, or both ends of a range: ("18.10",), ("10", "20.5").

    `digits` (significant) or `decimals` win over the quantity's own precision; what was typed stays as typed.
    """
    if quantity.typed is not None and digits is None and decimals is None:
        return tuple(quantity.typed.split("/"))
    interval = quantity.interval
    ends = (interval.low, interval.high) if quantity.is_range else (quantity.headline,)
    return tuple(_text(end, quantity, digits, decimals) for end in ends if end is not None)


def bound_texts(quantity: Quantity) -> tuple[str | None, str | None]:
    """The unrounded interval's ends to 12 significant digits; None where unbounded."""
    low, high = quantity.interval.low, quantity.interval.high
    return (None if low is None else exact_text(low), None if high is None else exact_text(high))


def exact_text(value: Fraction, digits: int = ENOUGH) -> str:
    """All of `value` up to `digits` significant digits, without zeros at the end of a fraction."""
    text = decimal_text(value, digits_to_decimals(value, digits))
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimal_text(value: Fraction, decimals: int) -> str:
    """`value` rounded, as plain text with its zeros: (181/10, 2) is "18.10", (2490107, -3) is "2490000"."""
    scaled = round_half_up(value, decimals)
    sign = "-" if scaled < 0 else ""
    if decimals <= 0:
        return sign + str(abs(scaled) * 10**-decimals)
    units = str(abs(scaled)).rjust(decimals + 1, "0")
    return f"{sign}{units[:-decimals]}.{units[-decimals:]}"


def round_half_up(value: Fraction, decimals: int) -> int:
    """`value` in units of its last decimal, rounded to the nearest, halves away from zero."""
    scaled = abs(value) * Fraction(10) ** decimals
    nearest = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return -nearest if value < 0 else nearest


def digits_to_decimals(value: Fraction, digits: int) -> int:
    """The decimals that show `digits` significant digits of `value`: (181/10, 4) is 2, (2490107, 4) is -3."""
    if value == 0:
        return max(0, digits - 1)
    decimals = digits - 1 - magnitude(value)
    # 9.996 to three digits is 10.0: rounding can add a digit in front.
    return decimals - 1 if abs(round_half_up(value, decimals)) >= 10**digits else decimals


def decimals_to_digits(value: Fraction, decimals: int) -> int:
    """The significant digits of `value` down to its last decimal: (181/10, 2) is 4."""
    return max(1, len(str(abs(round_half_up(value, decimals)))))


def magnitude(value: Fraction) -> int:
    """The power of ten of the first digit: 1 of 18.1, -1 of 0.36. `value` is not 0."""
    numerator, denominator = abs(value.numerator), value.denominator
    power = len(str(numerator)) - len(str(denominator))
    return power if numerator >= denominator * Fraction(10) ** power else power - 1


def ends(value: Fraction) -> bool:
    """Whether `value` is a decimal of at most 12 significant digits."""
    return value == 0 or value * Fraction(10) ** digits_to_decimals(value, ENOUGH) % 1 == 0


def _text(value: Fraction, quantity: Quantity, digits: int | None, decimals: int | None) -> str:
    if decimals is not None:
        return decimal_text(value, decimals)
    if digits is not None:
        return decimal_text(value, digits_to_decimals(value, digits))
    if quantity.decimals is not None:
        return decimal_text(value, quantity.decimals)
    if ends(value) or value.denominator == 1:
        return exact_text(value, max(ENOUGH, len(str(abs(value.numerator)))))
    return decimal_text(value, digits_to_decimals(value, UNENDING))
