"""Unit text in, `Unit` out; what units may be added, converted and cancelled. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from typing import Literal
from unicodedata import category

from babel.numbers import list_currencies

from reportgen.language.lexicon import lexicon, unit_data
from reportgen.language.nearness import nearest_words
from reportgen.language.nouns import plural_of, singular_of
from reportgen.language.rounding import exact_text, magnitude
from reportgen.late_patterns import regex
from reportgen.model.quantity import PLAIN, Quantity, Unit, UnitForms

Powers = tuple[tuple[str, int], ...]

PERCENT, POINTS = "percent", "pp"
MULTIPLES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
"""The multiples that an author writes in front of a unit, whatever the language; those of texts are in the lexicon."""
PREFIXES = {"k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18, "Z": 21, "Y": 24}
SMALL_PREFIXES = {"m": -3, "µ": -6, "n": -9}
_PREFIXED: Mapping[str, tuple[Powers, int | Fraction]] = {
    "W": ((("W", 1),), 1),
    "Wh": ((("W", 1), ("s", 1)), 3600),
    "J": ((("W", 1), ("s", 1)), 1),
    "g": ((("g", 1),), 1),
    "m": ((("m", 1),), 1),
    "s": ((("s", 1),), 1),
    "Hz": ((("s", -1),), 1),
    "H": ((("hash", 1),), 1),
    "B": ((("B", 1),), 1),
    "V": ((("V", 1),), 1),
    "A": ((("A", 1),), 1),
    "t": ((("g", 1),), 10**6),
    "l": ((("m", 3),), Fraction(1, 1000)),
}
_FIXED: Mapping[str, tuple[Powers, int]] = {
    PERCENT: (((PERCENT, 1),), 1),
    POINTS: (((POINTS, 1),), 1),
    "min": ((("s", 1),), 60),
    "h": ((("s", 1),), 3600),
    "day": ((("s", 1),), 86400),
    "week": ((("s", 1),), 7 * 86400),
    "month": ((("month", 1),), 1),  # a month has no fixed number of days
    "year": ((("month", 1),), 12),
    "m2": ((("m", 2),), 1),
    "km2": ((("m", 2),), 10**6),
    "ha": ((("m", 2),), 10**4),
    "m3": ((("m", 3),), 1),
    "°C": ((("°C", 1),), 1),
    "°F": ((("°F", 1),), 1),
    "K": ((("K", 1),), 1),
    "tkm": ((("g", 1), ("m", 1)), 10**9),
    "pkm": ((("m", 1), ("passenger", 1)), 1000),
}
_BELOW_ZERO = (PERCENT, POINTS, "°C", "°F")
_JOINED = {
    f"{noun}{sign}{length}": name
    for name, nouns in (("tkm", ("tonne", "ton")), ("pkm", ("passenger", "person")))
    for noun in nouns
    for sign in "- "
    for length in ("km", "kilometre", "kilometres", "kilometer", "kilometers")
}
"""How tonne-kilometres and passenger-kilometres are written out."""
_ALIASES = {
    "%": PERCENT,
    "per cent": PERCENT,
    "percentage point": POINTS,
    "percentage points": POINTS,
    "percentage-points": POINTS,
    "hour": "h",
    "hours": "h",
    "minute": "min",
    "minutes": "min",
    "second": "s",
    "seconds": "s",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "degree Celsius": "°C",
    "degrees Celsius": "°C",
    "degree Fahrenheit": "°F",
    "degrees Fahrenheit": "°F",
    **_JOINED,
    "Pkm": "pkm",
    "L": "l",
    "mL": "ml",
    "kL": "kl",
    "ML": "Ml",
    "ug": "µg",
    "mcg": "µg",
    "um": "µm",
}
_RATES = {"km/h": ("kmh", "kph"), "mile/h": ("mph",)}
_WRITTEN_OUT = {sign: rate for rate, signs in _RATES.items() for sign in signs}
"""Signs of a unit that is a quotient of two."""
_SAME_SIGNS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉μ", "01234567890123456789µ")
"""Raised and lowered digits, and the Greek letter for the sign of micro: `µg/m³` is written `µg/m3` as well."""
SHORTEST_NOUN = 3
"""Letters of what is compared as a word."""
_ENERGY: Powers = (("W", 1), ("s", 1))
_PREFERRED = ("W", "Wh", "J", "Hz", "H", "B", "V", "A")
"""Units that take whatever prefix makes their number short."""
_RATE = regex(r"([^/]+?)(?: per |/)((?:\d[\d,. \u00a0]*|(?:thousand|million|billion|trillion) )[^\W\d].*)")
"""A count of something by so many of something else: `deaths per 100,000 people`."""
_AMOUNT = regex(r"(\d[\d,\u00a0 ]*?) ?([^\W\d_].*)")
"""So many of something, which is counted per: the `100 km` of `l/100 km`."""
_SUBSTANCE = regex(
    r"(?:(\S+) (?:of )?([A-Z][A-Za-z]*[\d₀-₉][A-Za-z\d₀-₉]*?)|([kmµMGTP]?[gt])(CO[2₂]|CH[4₄]|N[2₂]O))"
    r"[- ]?(e|eq|equivalent)?\.?"
)
"""A unit with the formula of what it is of: `t CO2`, `kt of CH₄`, `MtCO2e`."""
_NAME = regex(r"%|(?:\d[\d,\u00a0 ]*)?[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*)*")


class UnitError(ValueError):
    """A unit that is not known, or units that do not go together."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.message = message
        """One sentence in the author's terms, without a full stop."""
        self.hint = hint
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Symbol:
    """One named unit."""

    name: str
    powers: Powers
    """Base unit -> power, sorted."""
    scale: Fraction
    """How many of the base it is."""
    kind: Literal["measure", "currency", "count"] = "measure"
    """A built-in unit of measure, money, or a counted noun."""
    prefix: str = ""
    """The SI prefix that its name begins with: `k` of `kW`."""


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Every unit that a project knows."""

    symbols: Mapping[str, Symbol]
    """By name: the built-in ones, the project's counted nouns, and those of units.yaml."""
    aliases: Mapping[str, str]
    """Other spellings -> name: `%`, `hours`, and the plurals that units.yaml gives."""
    forms: Mapping[str, UnitForms]
    """What units.yaml says, by name."""

    @property
    def described(self) -> tuple[object, ...]:
        """All that tells one table from another: built-in units are the same in each."""
        return tuple(self.symbols), tuple(self.aliases.items()), self.forms

    def parse(self, text: str) -> Unit:
        """The unit that `text` names: `kW/rig`, `billion KZT`; empty text is a plain number. Raises UnitError."""
        words = text.split()
        multiple = Fraction(1)
        if (rate := _rate_noun(text)) and rate in self.symbols:
            return self.unit(((rate, 1),))
        if " ".join(words).casefold() in ("per cent", "per-cent"):
            words = [PERCENT]
        words = ["/" if word == "per" else self._written_out(word) for word in words]
        while words and words[0] in MULTIPLES:
            multiple *= MULTIPLES[words.pop(0)]
        factors: dict[str, int] = {}
        sign = 1
        for part in re.split(r"([/*·×⋅])", " ".join(words)) if words else ():
            name = part.strip()
            if name in ("/", "*", "·", "×", "⋅"):
                sign = -1 if name == "/" else 1
            elif name == "1" and not factors:
                continue
            else:
                known = self.name_of(name, text)
                factors[known] = factors.get(known, 0) + sign
        return self.unit(tuple((name, power) for name, power in factors.items() if power), multiple)

    def _written_out(self, word: str) -> str:
        """`kmh` as `km/h`, unless the project has a unit of that name."""
        return word if word in self.symbols or word in self.aliases else _WRITTEN_OUT.get(word, word)

    def with_nouns(self, text: str) -> UnitTable:
        """The same units and the counted nouns of a column's unit; one that looks like a misspelt unit is none."""
        names = [name for name in _names(text) if name not in self.symbols and name not in self.aliases]
        if not names:
            return self
        above = re.split(r"/| per ", text, maxsplit=1)[0]  # "10 shop" alone is a unit with a number, and none
        names = [name for name in names if not (amount_in(name) and name in above)]
        new = [name for name in names if _RATE.fullmatch(name) or amount_in(name) or not self._is_misspelt(name)]
        return replace(self, symbols={**self.symbols, **{name: _noun(name) for name in new}})

    def _is_misspelt(self, name: str) -> bool:
        """Whether a name is a built-in unit in another case, with an s or a letter twice, or nearly one or a noun."""
        known = [*self.symbols, *(alias for alias in self.aliases if alias not in _JOINED)]
        if name.lower() in {other.lower() for other in known} or name.removesuffix("s") in dict(_built_in()):
            return True
        first, _, rest = name.partition(" ")
        if rest and (first.lower() in _ABBREVIATED or nearest_words(first, MULTIPLES)):
            return True
        if re.sub(r"(.)\1", r"\1", name) in dict(_built_in()):
            return True
        if name.isupper() or get_close_matches(name, [PERCENT], 1, 0.75):
            return bool(get_close_matches(name, known, 1, 0.75))
        nouns = [other for other in known if other.islower() and len(other) > SHORTEST_NOUN]
        return singular_of(name) not in nouns and bool(nearest_words(name, nouns))

    def name_of(self, name: str, inside: str = "") -> str:
        """The name in `symbols` for a spelling. Raises UnitError, with the nearest names, if there is none."""
        for spelling in (name, name.translate(_SAME_SIGNS)):
            found = self.aliases.get(spelling, spelling)
            if found in self.symbols:
                return found
        if not name:
            raise UnitError(f'the unit "{inside}" lacks a name beside its sign', "write it like kW/rig")
        names = [
            *self.symbols,
            *(alias for alias in self.aliases if alias not in _spelled_out() and alias not in _JOINED),
        ]
        near = [known for known in names if known.lower() == name.lower()]
        if not name.isupper():  # a code of a currency is no slip for a word
            names = [known for known in names if known not in self.symbols or self.symbols[known].kind != "currency"]
        near = near or list(nearest_words(name, names))
        near = near or [known for known in names if sorted(known.lower()) == sorted(name.lower())]
        first, _, rest = name.partition(" ")
        meant = [_ABBREVIATED[first.lower()]] if first.lower() in _ABBREVIATED else nearest_words(first, MULTIPLES)
        near = near or [f"{multiple} {rest}" for multiple in meant if rest]
        hint = " or ".join(f'"{known}"' for known in near)
        raise UnitError(
            f'no unit is called "{name}"',
            f"did you mean {hint}?" if near else _noun_hint(name),
        )

    def unit(self, factors: Powers, multiple: Fraction = Fraction(1)) -> Unit:
        """The unit made of named factors, all of them in `symbols`."""
        powers: dict[str, int] = {}
        scale = multiple
        for name, power in factors:
            symbol = self.symbols[name]
            scale *= symbol.scale**power
            for base, base_power in symbol.powers:
                powers[base] = powers.get(base, 0) + base_power * power
        kept = tuple(sorted((base, power) for base, power in powers.items() if power))
        return Unit(unit_text(factors, multiple), kept, scale, factors, multiple)

    def is_money(self, unit: Unit) -> bool:
        """Whether it is an amount of one currency."""
        names = [self.symbols.get(base) for base, power in unit.powers if power == 1]
        return len(unit.powers) == 1 and any(symbol is not None and symbol.kind == "currency" for symbol in names)

    def product(self, one: Unit, other: Unit, sign: int = 1) -> Unit:
        """The unit of a product, or with `sign` -1 of a quotient: like units cancel, two multiples are written out."""
        factors = dict(one.factors)
        for name, power in other.factors:
            symbol = self.symbols[name]
            alike = (own for own in factors if symbol.kind == "count" and self.symbols[own].powers == symbol.powers)
            name = next((own for own in alike if self.symbols[own].scale == symbol.scale), name)
            factors[name] = factors.get(name, 0) + sign * power
        kept = tuple((name, power) for name, power in factors.items() if power)
        if other.multiple == 1:
            multiple = one.multiple
        else:
            multiple = other.multiple if one.multiple == 1 and sign == 1 else Fraction(1)
        plain = self.unit(kept)
        if not plain.powers:
            return PLAIN if one.powers else self.unit((), multiple)
        if plain.powers == _ENERGY or self._cancels(kept):
            kept = self._reduced(kept, plain.powers)
        return self.unit(kept, multiple)

    def counts(self, unit: Unit) -> bool:
        """Whether it is a counted noun, without a multiple."""
        if unit.multiple != 1 or len(unit.factors) != 1 or unit.factors[0][1] != 1:
            return False
        return self.symbols[unit.factors[0][0]].kind == "count"

    def _reduced(self, factors: Powers, powers: Powers) -> Powers:
        """The units that a person would write for what is left of `factors`: energy by power is hours, energy by hours
        power, power by hours energy, each with the prefix that the power or the energy had."""
        symbols = [self.symbols[name] for name, _ in factors]
        prefix = next((symbol.prefix for symbol in symbols if ("W", 1) in symbol.powers), "")
        if powers == _ENERGY:
            return ((f"{prefix}Wh", 1),)
        names = {"hash": "H", "W": f"{prefix}W"}
        if any(symbol.powers == _ENERGY for symbol in symbols):
            names["s"] = "h"
        if any(symbol.name in ("km", "km2") for symbol in symbols):
            names["m"] = "km"
        names |= {base: symbol.name for symbol in symbols if symbol.kind == "count" for base, _ in symbol.powers}
        return tuple((names.get(base, base), power) for base, power in powers)

    def _cancels(self, factors: Powers) -> bool:
        """Whether a base unit stands both above and below the line, as in MWh/MW."""
        signs: dict[str, set[bool]] = {}
        for name, power in factors:
            for base, base_power in self.symbols[name].powers:
                signs.setdefault(base, set()).add(base_power * power > 0)
        return any(len(both) == 2 for both in signs.values())


_ABBREVIATED = {
    **dict.fromkeys(("mn", "mln", "mio"), "million"),
    **dict.fromkeys(("bn", "bln", "mld", "mrd"), "billion"),
    **dict.fromkeys(("tn", "trn", "trln"), "trillion"),
    **dict.fromkeys(("k", "thsd", "ths", "tsd"), "thousand"),
}
"""How multiples are abbreviated where a unit has their word: `mln PEN` is `million PEN`, and no counted noun."""
_MONEY = frozenset(("dollar", "euro", "pound", "peso", "franc", "rupee", "rouble", "ruble", "krone", "krona", "dinar"))
"""Nouns of currencies, which are no units: most are those of several countries."""


def _noun_hint(name: str) -> str:
    """The line of units.yaml that makes a name a counted noun; of money, how it is written."""
    one = singular_of(name)
    if name.lower().startswith(("percent of ", "per cent of ", "% of ")):
        return f'write unit: percent, and say "{name[name.index(" of ") + 1 :]}" in the claim'
    if codes := _codes_of(name):
        return f"money has the code of its currency, behind a multiple if there is one: {' or '.join(codes)}"
    if any(category(sign) == "Sc" for sign in name) or one in _MONEY:
        return "money has the code of its currency, behind a multiple if there is one: USD, million EUR"
    entry = f"- {{id: {one}, kind: count, plural: {{one: {one}, other: {plural_of(one)}}}}}"
    return f"if it is a counted noun, add this line to content/units.yaml: {entry}"


def _codes_of(name: str) -> list[str]:
    """The codes of the currencies that a sign or an English name says: `RM`, `ringgit`; none where they are many."""
    said = unit_data().money.get(name.removesuffix("."), "")
    named = (found for rest, found in lexicon("en").units.get(name.lower(), ()) if not rest and found[0] == "$")
    codes = (said or next(named, "$")[1:].partition("+")[0]).split("|")
    return codes if codes[0] and len(codes) <= _FEW else []


_FEW = 6


def unit_table(measure_units: Iterable[str] = (), forms: Iterable[UnitForms] = ()) -> UnitTable:
    """The built-in units, with every other unit that the measures or units.yaml name as a counted noun.

    What differs from a built-in unit by its case alone (`L`, `KM`) is no noun: only units.yaml can make it one.
    """
    symbols = dict(_built_in())
    aliases = {**_spelled_out(), **_ALIASES}
    near = _in_lower_case()
    by_id = {form.id: form for form in forms}
    names = dict.fromkeys((*by_id, *(name for text in dict.fromkeys(measure_units) for name in _names(text))))
    for name in names:
        if name in by_id:
            aliases.pop(name, None)
        singular = singular_of(name)
        if singular != name and singular in by_id and name not in by_id:
            aliases.setdefault(name, singular)
        elif name not in symbols and name not in aliases and (name in by_id or name.lower() not in near):
            if name not in by_id:
                symbols[name] = _noun(name)
            else:
                kind: Literal["currency", "count"] = "currency" if by_id[name].kind == "currency" else "count"
                symbols[name] = Symbol(name, ((name, 1),), Fraction(1), kind)
    for form in by_id.values():
        for text in (form.short, form.long, *(text for _, text in form.plural)):
            for _, spelling in text.by_language:
                if spelling not in symbols:
                    aliases.setdefault(spelling, form.id)
    for name in names:
        for spelling in (plural_of(name), singular_of(name)):
            if name in symbols and symbols[name].kind == "count" and spelling not in symbols:
                aliases.setdefault(spelling, name)
    return UnitTable(symbols, aliases, by_id)


def _noun(name: str) -> Symbol:
    """A counted noun that units.yaml does not declare: `person` and `people` count the same, whichever is named."""
    if substance := substance_of(name):
        unit = dict(_built_in())[without_substance(name)]
        base = " ".join((*(b for b, _ in unit.powers), substance))
        return Symbol(name, ((base, 1),), unit.scale, "count")
    if amount := amount_in(name):
        number, rest = amount
        known = dict(_built_in()).get(rest)
        powers = known.powers if known else ((singular_of(rest), 1),)
        return Symbol(name, powers, number * (known.scale if known else 1), "measure" if known else "count")
    if rate := _RATE.fullmatch(name):
        number, of_what = so_many(rate[2])
        base = f"{singular_of(rate[1])} per {singular_of(of_what)}"
        return Symbol(name, ((base, 1),), 1 / number, "count")
    base = singular_of(name)
    return Symbol(name, ((name if base in _known_names() else base, 1),), Fraction(1), "count")


def unit_text(factors: Powers, multiple: Fraction = Fraction(1)) -> str:
    """A unit as authors write it: `billion KZT`, `MW·s/rig`."""
    above = "·".join("·".join([name] * power) for name, power in factors if power > 0)
    below = "".join(f"/{name}" * -power for name, power in factors if power < 0)
    words = [word for word, value in MULTIPLES.items() if value == multiple]
    body = (above or ("1" if below else "")) + below
    return " ".join([*words, *([body] if body else [])])


def is_percent(unit: Unit) -> bool:
    """A share, in percent."""
    return unit.powers == ((PERCENT, 1),)


def is_points(unit: Unit) -> bool:
    """A difference of shares, in percentage points."""
    return unit.powers == ((POINTS, 1),)


def never_negative(unit: Unit) -> bool:
    """Counts, money, power and what is made of them: anything but plain numbers, percent and points."""
    return bool(unit.powers) and not any(base in _BELOW_ZERO for base, _ in unit.powers)


def without_percent(unit: Unit) -> Unit:
    """The same unit with percent and points written out as 1/100."""
    hundredths = sum(power for base, power in unit.powers if base in (PERCENT, POINTS))
    if not any(base in (PERCENT, POINTS) for base, _ in unit.powers):
        return unit
    factors = tuple((name, power) for name, power in unit.factors if name not in (PERCENT, POINTS))
    powers = tuple((base, power) for base, power in unit.powers if base not in (PERCENT, POINTS))
    scale = unit.scale / Fraction(100) ** hundredths
    return Unit(unit_text(factors, unit.multiple), powers, scale, factors, unit.multiple)


def unit_ratio(one: Unit, other: Unit) -> Fraction:
    """How many `other` one `one` is. Raises UnitError if they are not alike."""
    if one.powers != other.powers:
        raise UnitError(f"{named(one)} cannot be turned into {named(other)}")
    return one.scale / other.scale


def conversion(one: Unit, other: Unit) -> Fraction:
    """How many `other` one `one` is; percent, points and plain numbers turn into one another too. Raises UnitError."""
    if one.powers == other.powers:
        return unit_ratio(one, other)
    return unit_ratio(without_percent(one), without_percent(other))


def convert(quantity: Quantity, unit: Unit) -> Quantity:
    """The same quantity counted in `unit`. Raises UnitError."""
    if quantity.unit == unit:
        return quantity
    return rescaled(quantity, conversion(quantity.unit, unit), unit)


def rescaled(quantity: Quantity, factor: Fraction, unit: Unit) -> Quantity:
    """`quantity` with its number times an exact, positive `factor`, now in `unit`."""
    if factor == 1:
        return replace(quantity, unit=unit)
    bounds = quantity.bounds
    return replace(
        quantity,
        interval=quantity.interval.scaled(factor),
        nominal=quantity.nominal.scaled(factor),
        unit=unit,
        written=None if quantity.written is None else _written(quantity, quantity.written, factor),
        typed=None,
        bounds=bounds and (exact_text(Fraction(bounds[0]) * factor), exact_text(Fraction(bounds[1]) * factor)),
    )


def _written(quantity: Quantity, digits: int, factor: Fraction) -> int:
    """The digits to print in another unit: an integer's final zeros need not be shown, and hours in seconds are no
    worse than two digits."""
    if Fraction(10) ** magnitude(factor) != factor:
        return max(2, digits)
    typed = quantity.typed or "."
    return digits if "." in typed else max(1, len(typed.lstrip("-").rstrip("0")))


def readable(unit: Unit, size: Fraction, units: UnitTable) -> Unit:
    """The unit, or one with another prefix, in which a computed number of that size is easily read: 360 kW/rig rather
    than 0.36 MW/rig."""
    if not unit.factors or unit.multiple != 1 or not size:
        return unit
    (first, power), *others = unit.factors
    prefix = units.symbols[first].prefix
    plain = first.removeprefix(prefix)
    if power != 1 or plain not in _PREFERRED or 1 <= abs(size) < 1000:
        return unit
    base = abs(size) * Fraction(10) ** PREFIXES.get(prefix, SMALL_PREFIXES.get(prefix, 0))
    fitting = [name for name, power in PREFIXES.items() if Fraction(10) ** power <= base]
    return units.unit(((max(fitting, key=PREFIXES.__getitem__, default="") + plain, 1), *others))


def named(unit: Unit) -> str:
    """A unit in a sentence."""
    return unit.text or "a plain number"


def nouns_in(units: Iterable[str]) -> frozenset[str]:
    """The units that name something besides what is built in."""
    return frozenset(
        unit for unit in units if unit not in _known_names() and not _known_names().issuperset(_names(unit))
    )


@cache
def _known_names() -> frozenset[str]:
    return frozenset(("", *(name for name, _ in _built_in()), *_ALIASES))


def _names(text: str) -> list[str]:
    """The names in a measure's unit, its multiple left out."""
    words = text.split()
    if rate := _rate_noun(text):
        return [rate]
    words = ["/" if word == "per" else word for word in words]
    while words and words[0] in MULTIPLES:
        words.pop(0)
    parts = (_plain(part.strip()) for part in re.split(r"[/*·×⋅]", " ".join(words)) if part not in _WRITTEN_OUT)
    return [part for part in parts if _NAME.fullmatch(part)]


def _rate_noun(text: str) -> str:
    """A noun by so many of another as one name, `deaths per million people`; empty where a known unit stands above."""
    found = _RATE.fullmatch(" ".join(text.split()))
    above = found[1].split() if found else []
    while above and above[0] in MULTIPLES:
        above.pop(0)
    name = " ".join(above)
    is_noun = bool(above) and name not in _known_names() and name not in _spelled_out()
    return f"{found[1]} per {found[2]}" if found and is_noun else ""


def amount_in(name: str) -> tuple[Fraction, str] | None:
    """How many of which unit a name says: 100 and `km` of `100 km`."""
    found = _AMOUNT.fullmatch(name)
    if found is None:
        return None
    rest = found[2].translate(_SAME_SIGNS)
    rest = _ALIASES.get(rest, _spelled_out().get(rest, rest))
    return Fraction(re.sub(r"\D", "", found[1])), rest


def so_many(text: str) -> tuple[Fraction, str]:
    """How many of what a rate is counted per: 100,000 and `people` of `100,000 people`."""
    digits = re.match(r"\d[\d,. \u00a0]*", text)
    number, rest = (Fraction(re.sub(r"\D", "", digits[0])), text[digits.end() :]) if digits else (Fraction(1), text)
    words = rest.split()
    while words and words[0] in MULTIPLES:
        number *= MULTIPLES[words.pop(0)]
    return number, " ".join(words)


def substance_of(name: str) -> str:
    """The formula of what a unit is of, with an `e` where others are counted as it: `CO2e` of `Mt CO₂-eq`."""
    return _parted(name)[1]


def without_substance(name: str) -> str:
    """The unit of a name that says of what it is: `t` of `t CO2e`."""
    return _parted(name)[0]


@cache
def _parted(name: str) -> tuple[str, str]:
    found = _SUBSTANCE.fullmatch(name)
    if not found or (unit := found[1] or found[3]) not in dict(_built_in()):
        return name, ""
    return unit, (found[2] or found[4]).translate(_SAME_SIGNS) + ("e" if found[5] else "")


def _plain(name: str) -> str:
    """A built-in unit's name as it is listed, `m3` of `m³`; a noun stays as it is written."""
    plain = name.translate(_SAME_SIGNS)
    return plain if plain in _known_names() or plain in _spelled_out() else name


@cache
def _spelled_out() -> Mapping[str, str]:
    """English words for built-in units: `litre`, `square metres`, `tonnes`."""
    symbols = {name for name, _ in _built_in()}
    found: dict[str, str] = {}
    for word, endings in lexicon("en").units.items():
        for rest, name in endings:
            if name in symbols and len(word) > 2 and word.isalpha() and word not in symbols:
                found[" ".join([word, *rest])] = name
    return found


@cache
def _built_in() -> tuple[tuple[str, Symbol], ...]:
    return tuple(_made_built_in())


@cache
def _in_lower_case() -> frozenset[str]:
    return frozenset(name.lower() for name, _ in _built_in())


def _made_built_in() -> Iterable[tuple[str, Symbol]]:
    for code in sorted(list_currencies()):
        yield code, Symbol(code, ((code, 1),), Fraction(1), "currency")
    for name, (powers, scale) in (*_PREFIXED.items(), *_FIXED.items()):
        yield name, Symbol(name, powers, Fraction(scale))
    for name, (powers, scale) in _PREFIXED.items():
        for prefix, power in (*PREFIXES.items(), *SMALL_PREFIXES.items()):
            yield prefix + name, Symbol(prefix + name, powers, scale * Fraction(10) ** power, prefix=prefix)
    yield "cm", Symbol("cm", (("m", 1),), Fraction(1, 100), prefix="c")
