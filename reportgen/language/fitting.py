"""A fact's number and the readings of a phrase in, whether they are the same amount, out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from reportgen.language.compounds import base_of
from reportgen.language.lexicon import PrintedUnit, lexicon, printed_units, unit_data
from reportgen.language.nouns import plural_of
from reportgen.language.number_phrases import NumberReading, Rate
from reportgen.language.rating import is_money
from reportgen.language.scanner import phrases
from reportgen.language.units import amount_in, without_substance
from reportgen.language.words import lower, words_of
from reportgen.model.quantity import Quantity, Unit, UnitForms

Fit = Literal["fits", "unitless", "other unit", "other", "alien"]
FITS: tuple[Fit, ...] = ("fits", "unitless", "other unit", "other", "alien")
"""How an amount compares with a phrase, the best first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A number that a quote is to carry. One of `value`, or `low` and `high`, or all three."""

    value: Fraction | None
    unit: Unit
    relation: str = "="
    low: Fraction | None = None
    high: Fraction | None = None
    nouns: frozenset[str] = frozenset()
    """The forms of the noun that it counts, as units.yaml gives them."""
    below: frozenset[str] = frozenset()
    """The forms of the nouns that it is counted per."""


@dataclass(frozen=True, slots=True)
class SoughtAmount:
    """What a reading is compared with, in base units."""

    unit: Unit
    powers: tuple[tuple[str, int], ...]
    """Base units above the line alone."""
    scale: Fraction
    kind: Literal["measure", "count", "plain"]
    alike: tuple[PrintedUnit, ...] = ()
    """The units that a counted noun names: `mile`, `degree`."""
    rates: tuple[Rate, ...] = ()
    """What it is counted per."""
    whole: tuple[tuple[str, int], ...] = ()
    """Base units above the line and below it, where something stands below: `km/h` may be printed as one unit."""


def asked(value: Quantity, forms: Mapping[str, UnitForms] | None = None) -> Asked:
    """A fact's value as it is compared. `forms` are those of units.yaml."""
    low, high = value.interval.low, value.interval.high
    has_ends = value.is_range or value.bounds is not None
    return Asked(
        None if value.is_range else value.headline,
        value.unit,
        str(value.relation),
        low if has_ends else None,
        high if has_ends else None,
        noun_forms(value.unit, forms or {}),
        noun_forms(value.unit, forms or {}, sign=-1),
    )


def noun_forms(unit: Unit, forms: Mapping[str, UnitForms], sign: int = 1) -> frozenset[str]:
    """Every form of the nouns that a unit counts; with `sign` -1 of those that it is counted per."""
    found: set[str] = set()
    for name, power in unit.factors:
        if power * sign > 0 and not _is_built_in(name):
            found.add(name.replace("-", " "))
            if form := forms.get(name):
                for text in (form.short, form.long, *(text for _, text in form.plural)):
                    found.update(said for _, said in text.by_language if said)
    return frozenset(found)


def target_of(value: Asked, language: str) -> SoughtAmount:
    return replace(_amount_of(value, language), rates=tuple(_rates_of(value, language)))


def _rates_of(value: Asked, language: str) -> Iterable[Rate]:
    """What a fact's unit counts per: `/kWh`, `/person`, and `deaths per 100,000 people` in one noun."""
    below = [name for name, power in value.unit.factors if power < 0]
    units = unit_data().units
    for number, rest in filter(None, map(amount_in, below)):
        if rest in units:
            yield Rate(f"{number} {rest}", number, printed_units(rest))
        else:
            yield Rate(f"{number} {rest}", number, nouns=_keys((rest,), language))
    below = [name for name in below if not amount_in(name)]
    own = ((name, name if name in units else f"${name}") for name in below if _is_built_in(name))
    yield from (Rate(name, units=printed_units(said)) for name, said in own)
    compound = [unit for name in below if not _is_built_in(name) for unit in compounds_named((name,), language)]
    if compound:
        yield Rate(" ".join(below), units=tuple(compound))
    elif nouns := [name.replace("-", " ") for name in below if not _is_built_in(name)]:
        yield Rate(" ".join(nouns), nouns=_keys((*nouns, *value.below), language))
    if all(power > 0 for _, power in value.unit.factors):
        texts = [f"5 {noun}" for noun in sorted(value.nouns) if " " in noun]
        found = (phrases(text, known) for text in texts for known in dict.fromkeys((language, "en")))
        yield from (reading.rate for all_of in found for one in all_of for reading in one.readings if reading.rate)


def _keys(nouns: Iterable[str], language: str) -> frozenset[str]:
    found: set[str] = set()
    for known in (lexicon(language), lexicon("en")):
        for word in (word for noun in nouns for word in words_of(lower(noun))):
            found.update((word, plural_of(word), *known.keys(word)))
        if found.intersection(known.data.get("rates", {}).get("people", ())):
            found.add("person")
    return frozenset(found)


def _amount_of(value: Asked, language: str) -> SoughtAmount:
    unit = value.unit
    above = [(without_substance(name), power) for name, power in unit.factors if power > 0]
    if not above:
        return SoughtAmount(unit, (), unit.multiple, "plain")
    if not any(_is_built_in(name) for name, _ in above):
        named = value.nouns or frozenset(name for name, _ in above)
        if len(above) > 1:
            named = frozenset((" ".join(name for name, _ in above),))
        alike_units = _units_named(named, language) or compounds_named(named, language)
        return SoughtAmount(unit, (), unit.multiple, "measure" if alike_units else "count", alike_units)
    powers: dict[str, int] = {}
    scale = unit.multiple
    for name, power in above:
        if known := unit_data().units.get(name):
            scale *= known.scale**power
            for base, base_power in known.powers:
                powers[base] = powers.get(base, 0) + base_power * power
        else:
            base = name if name in unit_data().bases else base_of(name, _lengths(above))
            powers[base] = powers.get(base, 0) + power
    whole = unit.powers if len(above) < len(unit.factors) else ()
    return SoughtAmount(unit, tuple(sorted((b, p) for b, p in powers.items() if p)), scale, "measure", whole=whole)


def _lengths(above: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """The base units of what stands above the line beside a noun."""
    units = unit_data().units
    return tuple(pair for name, _ in above if name in units for pair in units[name].powers)


def compounds_named(nouns: Iterable[str], language: str) -> tuple[PrintedUnit, ...]:
    """The product that a noun is, `man-hour` or `train kilometre`, in the language of the quote or in English."""
    for noun in nouns:
        if " " not in noun and "-" not in noun and language == "en":
            continue
        for said in (noun.replace(" ", "-"), plural_of(noun)):
            for known in dict.fromkeys((language, "en")):
                for phrase in phrases(f"5 {said}", known):
                    for reading in phrase.readings:
                        if any("·" in unit.name for unit in reading.units):
                            return reading.units
    return ()


def _is_built_in(name: str) -> bool:
    """Whether a unit is one that every project has, and no counted noun."""
    data = unit_data()
    known = data.units.get(name)
    if known and len(known.powers) > 1:
        return True
    return all(base in data.bases for base, _ in known.powers) if known else name in data.bases


def _units_named(nouns: Iterable[str], language: str) -> tuple[PrintedUnit, ...]:
    """The units that a noun is in the lexicon of the quote, or in English."""
    for noun in nouns:
        for known in (lexicon(language), lexicon("en")):
            words = words_of(noun)
            for key in known.keys(words[0]) if words else ():
                for rest, name in known.units.get(key, ()):
                    if len(rest) == len(words) - 1 and all(
                        r in known.keys(w) for r, w in zip(rest, words[1:], strict=True)
                    ):
                        return printed_units(name)
    return ()


def fit(number: Fraction, target: SoughtAmount, readings: Iterable[NumberReading]) -> Fit:
    """How a number compares with the readings of a phrase: the best of them counts."""
    return min((_fit_of(number, target, reading) for reading in readings), key=FITS.index, default="alien")


def _fit_of(number: Fraction, target: SoughtAmount, reading: NumberReading) -> Fit:
    same = (_as_of_so_many(reading, rate) for rate in target.rates)
    if any(other and _fit_as_said(number, target, other) == "fits" for other in same):
        return "fits"
    return _fit_as_said(number, target, reading)


def _as_of_so_many(reading: NumberReading, rate: Rate) -> NumberReading | None:
    """What a phrase says by so many of something, by as many as a fact is counted per: `12.4 per 100,000 people` as 124
    per million; None where it is said by as many, or by something else."""
    said = reading.rate
    if said is None or said.amount == rate.amount or said.units or rate.units or not said.nouns & rate.nouns:
        return None
    return replace(reading, value=reading.value * rate.amount / said.amount, rate=replace(said, amount=rate.amount))


def _fit_as_said(number: Fraction, target: SoughtAmount, reading: NumberReading) -> Fit:
    wanted = number * target.scale
    if target.kind in ("count", "plain"):
        if reading.units:
            return "other unit" if reading.value == wanted else "alien"
        return "other" if reading.value != wanted else "fits" if _same_rate(target, reading) else "other unit"
    if not reading.units:
        return "unitless" if reading.value == number * target.unit.multiple else "alien"
    if target.whole and any(
        powers == target.whole and reading.value * scale == number * target.unit.scale
        for powers, scale in _wholes(reading)
    ):
        return "fits"
    pairs = [(unit.powers, unit.scale) for unit in reading.units]
    if target.alike:
        goals = [(unit.powers, number * target.unit.multiple * unit.scale) for unit in target.alike]
    else:
        goals = [(target.powers, wanted)]
    if any(powers == goal and reading.value * scale == amount for powers, scale in pairs for goal, amount in goals):
        return "fits" if _same_rate(target, reading) else "other unit"
    if any(powers == goal for powers, _ in pairs for goal, _ in goals):
        return "other"
    if reading.value == number * target.unit.multiple or any(reading.value * s == wanted for _, s in pairs):
        return "other unit"
    kinds = {_kind(goal) for goal, _ in goals}
    return "other" if any(_kind(powers) in kinds for powers, _ in pairs) else "alien"


def _wholes(reading: NumberReading) -> Iterable[tuple[tuple[tuple[str, int], ...], Fraction]]:
    """Base units above and below the line, and how many of them one is, of what a phrase may say."""
    rate = reading.rate
    if rate is None:
        yield from ((unit.powers, unit.scale) for unit in reading.units)
        return
    for unit in reading.units:
        for below in rate.units:
            powers = dict(unit.powers)
            for base, power in below.powers:
                powers[base] = powers.get(base, 0) - power
            kept = tuple(sorted((base, power) for base, power in powers.items() if power))
            yield kept, unit.scale / below.scale / rate.amount


def _kind(powers: tuple[tuple[str, int], ...]) -> str:
    """Money and shares are compared whatever their currency or base; other units only with their like."""
    if len(powers) == 1 and powers[0][0] not in unit_data().units and powers[0][0].isupper() and len(powers[0][0]) == 3:
        return "money"
    return "share" if powers in ((("percent", 1),), (("pp", 1),)) else str(powers)


def _same_rate(target: SoughtAmount, reading: NumberReading) -> bool:
    """Whether what a phrase is counted per is what the fact is counted per, as far as both say it.

    What goes on may be told by the day or year where the fact says neither.
    """
    said = reading.rate
    if said is None:
        return True
    if not target.rates:
        return said.weak or said.is_period or is_price(reading)  # of a price it is told by itself
    return any(alike_rates(rate, said) for rate in target.rates)


def is_price(reading: NumberReading) -> bool:
    """Whether a number is money for so much of something that is measured: `12 euros a kilo`."""
    rate = reading.rate
    return bool(rate and rate.units and rate.amount == 1 and not rate.weak and any(map(is_money, reading.units)))


def alike_rates(one: Rate, other: Rate) -> bool:
    """Whether two rates are counted per the same, as far as their words can be compared."""
    if one.units or other.units:
        return any(
            a.powers == b.powers and one.amount * a.scale == other.amount * b.scale
            for a in one.units
            for b in other.units
        )
    return one.amount == other.amount and (bool(one.nouns & other.nouns) or not comparable(one, other))


def comparable(one: Rate, other: Rate) -> bool:
    """Whether the nouns of two rates are written in the same letters; of other ones nothing can be said."""
    return any(_is_latin(a) == _is_latin(b) for a in one.nouns for b in other.nouns)


def _is_latin(word: str) -> bool:
    return word < "\u0250"
