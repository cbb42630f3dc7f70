"""Two units that stand together in, the unit that they are, out; nouns that are joined to a unit. Pure.

`tonne-km`, `passenger kilometres`, `man-hours`, `Personenkilometer`: their product is counted, not the first.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.language.lexicon import PrintedUnit

SIGNS = frozenset("-·⋅×*")
"""What joins two units."""
_FOREIGN: Mapping[str, Mapping[str, str]] = {
    "de": {
        "passenger": "personen passagier fahrgast",
        "tonne": "tonnen",
        "train": "zug",
        "vehicle": "fahrzeug",
        "person": "mann",
        "seat": "sitzplatz sitz platz",
    },
    "es": {
        "passenger": "pasajero pasajeros viajero viajeros",
        "train": "tren trenes",
        "vehicle": "vehículo vehículos",
        "person": "persona personas hombre hombres",
    },
    "fr": {
        "passenger": "voyageur voyageurs passager passagers",
        "train": "train trains",
        "vehicle": "véhicule véhicules",
        "person": "personne personnes homme hommes",
        "seat": "siège sièges",
    },
    "it": {
        "passenger": "passeggero passeggeri viaggiatore viaggiatori",
        "train": "treno treni",
        "vehicle": "veicolo veicoli",
        "person": "persona uomo uomini",
    },
    "kk": {"passenger": "жолаушы", "train": "пойыз", "vehicle": "көлік", "person": "адам"},
    "nl": {
        "passenger": "reizigers passagiers",
        "tonne": "ton",
        "train": "trein",
        "vehicle": "voertuig",
        "person": "man",
    },
    "pt": {
        "passenger": "passageiro passageiros",
        "train": "trem comboio comboios",
        "vehicle": "veículo veículos",
        "person": "pessoa pessoas homem homens",
    },
    "ru": {
        "passenger": "пассажиро",
        "tonne": "тонно",
        "train": "поездо",
        "vehicle": "автомобиле",
        "wagon": "вагоно",
        "person": "человеко",
        "machine": "машино",
    },
}
"""Language -> a noun of compounds in English -> how it is written before a unit."""
_ENGLISH = (
    *("passenger", "person", "man", "woman", "worker", "staff", "labour", "labor", "crew", "child", "student", "guest"),
    *("patient", "vehicle", "machine", "device", "train", "car", "wagon", "truck", "bus", "aircraft", "flight"),
    *("seat", "bed", "room", "animal", "cow"),
)
_PEOPLE = frozenset(("man", "woman", "worker", "staff", "labour", "labor", "passenger"))
"""Nouns of one compound of time: man-hours are person-hours."""


def heads(language: str) -> Mapping[str, str]:
    """How a language writes the nouns that units are joined to -> the noun in English."""
    if language == "en":
        return {noun: noun for noun in _ENGLISH}
    return {word: noun for noun, words in _FOREIGN.get(language, {}).items() for word in words.split()}


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
    return "person" if noun in _PEOPLE else noun
