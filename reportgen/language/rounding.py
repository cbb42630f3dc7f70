"""A number in, its decimal text out, rounded to what its interval supports. Halves go away from zero. Pure."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from reportgen.model.quantity import Quantity, Relation

ENOUGH = 12
"""Significant digits of an unrounded interval's ends; an exact number that needs more is printed as unending."""
UNENDING = 3
"""Significant digits of an exact quotient that never ends."""
_FEW = range(1, 5)
"""Decimals of which it is seen at once that a number has no more."""
_CEILINGS = (Relation.UNDER, Relation.UP_TO)


def quantity_texts(quantity: Quantity, digits: int | None = None, decimals: int | None = None) -> tuple[str, ...]:
    """The number of `quantity` as plain decimal text, or both ends of a range: ("18.10",), ("10", "20.5").

    What was typed stays as typed, unless `digits` (significant) or `decimals` ask for fewer. A computed value has the
    most digits that its interval supports; bounds and the ends of ranges are rounded outwards.
    """
    if quantity.typed is not None and digits is None and decimals is None:
        return tuple(quantity.typed.split("/"))
    place = _place(quantity, digits, decimals)
    if quantity.central is not None:
        return (_full(quantity.central) if place is None else decimal_text(quantity.central, place),)
    ends = [(quantity.interval.low, False), (quantity.interval.high, True)]
    if not quantity.is_range:
        ends = [ends[quantity.headline == quantity.interval.high and quantity.relation in _CEILINGS]]
    return tuple(_outwards(end, place, up=up) for end, up in ends if end is not None)


def stated_bounds(quantity: Quantity, digits: int | None = None, decimals: int | None = None) -> tuple[str, ...]:
    """The bounds that its source gives beside a value, as plain decimal text; none where there are none."""
    if quantity.bounds is None or (digits is None and decimals is None):
        return quantity.bounds or ()
    low, high = (Fraction(bound) for bound in quantity.bounds)
    place = _place(quantity, digits, decimals)
    return (_outwards(low, place, up=False), _outwards(high, place, up=True))


def supported_decimals(quantity: Quantity) -> int | None:
    """The last decimal that a rounded value or bound supports; None for one that supports no two digits, and for
    ranges.

    All of the interval lies within one unit of that decimal from the value as it is rounded there; of a bound, what
    stands between it and the one that its inputs, were they exact, would give.
    """
    value, low, high = quantity.central, quantity.interval.low, quantity.interval.high
    if quantity.written is not None and value is not None:
        return digits_to_decimals(value, quantity.written)
    if value is None and not quantity.is_range:
        nominal = quantity.nominal.high if quantity.relation in _CEILINGS else quantity.nominal.low
        end = quantity.headline
        if nominal is None:
            return None
        value, low, high = nominal, min(end, nominal), max(end, nominal)
    if value is None or low is None or high is None or low == high:
        return None
    decimals = -magnitude((high - low) / 2)
    while _digits_at(value, decimals) >= 2:
        unit, rounded = Fraction(10) ** -decimals, round_half_up(value, decimals) * Fraction(10) ** -decimals
        if rounded - unit <= low and high <= rounded + unit:
            return decimals
        decimals -= 1
    return None


def unsupported(quantity: Quantity, digits: int | None, decimals: int | None) -> str:
    """What the number supports, in words, where `digits` or `decimals` ask for more; else empty."""
    if quantity.exact or (digits is None and decimals is None):
        return ""
    most = _finest(quantity)
    value = quantity.central if quantity.central is not None else quantity.headline
    asked = decimals if decimals is not None else digits_to_decimals(value, digits or 1)
    if most is None or asked <= most:
        return ""
    if quantity.is_range:
        return f"no single number, and is printed as {' to '.join(quantity_texts(quantity))}"
    count, what = (max(most, 0), "decimal") if decimals is not None else (_digits_at(value, most), "significant digit")
    return f"{count} {what}{'' if count == 1 else 's'}"


def bound_texts(quantity: Quantity) -> tuple[str | None, str | None]:
    """The unrounded interval's ends to 12 significant digits; None where unbounded."""
    low, high = quantity.interval.low, quantity.interval.high
    least = None if low is None else exact_text(low)
    return (least, least if high is low else None if high is None else exact_text(high))


def exact_text(value: Fraction, digits: int = ENOUGH) -> str:
    """All of `value` up to `digits` significant digits, without zeros at the end of a fraction."""
    if value.denominator == 1 and abs(value.numerator) < 10**digits:
        return str(value.numerator)
    for decimals in _FEW:
        if 10**decimals % value.denominator == 0 and abs(value.numerator) < 10 ** (digits - decimals):
            return decimal_text(value, decimals).rstrip("0")
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
    number, unit = abs(value.numerator) * 10 ** max(0, decimals), value.denominator * 10 ** max(0, -decimals)
    nearest: int = (2 * number + unit) // (2 * unit)
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
    return power if numerator * 10 ** max(0, -power) >= denominator * 10 ** max(0, power) else power - 1


def ends(value: Fraction) -> bool:
    """Whether `value` is a decimal of at most 12 significant digits."""
    return value == 0 or value * Fraction(10) ** digits_to_decimals(value, ENOUGH) % 1 == 0


def _finest(quantity: Quantity) -> int | None:
    """The last decimal that is printed of what is rounded; None where all can be."""
    if quantity.exact:
        return None
    if not quantity.is_range:
        return supported_decimals(quantity)
    low, high = quantity.interval.low, quantity.interval.high
    if low is None or high is None:
        return None
    half = (high - low) / 2
    place = -magnitude(half)
    return place + 1 if half < 2 * Fraction(10) ** -place else place


def _place(quantity: Quantity, digits: int | None, decimals: int | None) -> int | None:
    """The last decimal to print; None prints what is exact in full."""
    most = _finest(quantity)
    asked = decimals
    if digits is not None:
        known = (quantity.interval.low, quantity.interval.high) if quantity.central is None else (quantity.central,)
        size = max((abs(end) for end in known if end is not None), default=Fraction(0))
        asked = digits_to_decimals(size, digits)
    if asked is None:
        return most
    return asked if most is None else min(asked, most)


def _digits_at(value: Fraction, decimals: int) -> int:
    """The significant digits down to a decimal; of 0, as many as its decimals and one."""
    return decimals + 1 if value == 0 else decimals_to_digits(value, decimals)


def _full(value: Fraction) -> str:
    """An exact number: all of it, or three digits of one that never ends."""
    if ends(value) or value.denominator == 1:
        return exact_text(value, max(ENOUGH, len(str(abs(value.numerator)))))
    return decimal_text(value, digits_to_decimals(value, UNENDING))


def _outwards(value: Fraction, place: int | None, *, up: bool) -> str:
    """An end of an interval, rounded so that the interval stays inside."""
    if place is None:
        if ends(value) or value.denominator == 1:
            return _full(value)
        place = digits_to_decimals(value, UNENDING)
    unit = Fraction(10) ** -place
    count = value / unit
    return decimal_text((ceil(count) if up else floor(count)) * unit, place)
