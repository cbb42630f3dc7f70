"""Two units that stand together in, the unit that they are, out; nouns that are joined to a unit. Pure.

`tonne-km`, `passenger kilometres`, `man-hours`, `Personenkilometer`: their product is counted, not the first.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.language.lexicon import PrintedUnit, unit_data

SIGNS = frozenset("-·⋅×*")
"""What joins two units."""


def heads(language: str) -> Mapping[str, str]:
    """How a language writes the nouns that units are joined to -> the noun in English."""
    return unit_data().joined_nouns.get(language, {})


def product(one: PrintedUnit, other: PrintedUnit) -> PrintedUnit | None:
    """The product of two units; None of those that are of one kind: `8-hour-day`."""
    if one.powers == other.powers or any(base in ("percent", "pp") for base, _ in (*one.powers, *other.powers)):
        return None
    powers = dict(one.powers)
    for base, power in other.powers:
        powers[base] = powers.get(base, 0) + power
    kept = tuple(sorted((base, power) for base, power in powers.items() if power))
    return PrintedUnit(f"{one.name}·{other.name}", kept, one.scale * other.scale)


def counted(noun: str, unit: PrintedUnit) -> PrintedUnit:
    """A noun and the unit that it is joined to: passengers and persons are one for lengths, as are men for times."""
    return PrintedUnit(
        f"{noun}·{unit.name}", tuple(sorted((*unit.powers, (base_of(noun, unit.powers), 1)))), unit.scale
    )


def base_of(noun: str, powers: tuple[tuple[str, int], ...]) -> str:
    """The name under which a noun beside a unit is compared."""
    if powers == (("m", 1),):
        return "passenger" if noun == "person" else noun
    return "person" if noun in unit_data().joined_people else noun
