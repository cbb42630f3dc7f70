"""The units that the tests use, and a short way to write quantities."""

from __future__ import annotations

from fractions import Fraction

from reportgen.language.units import unit_table
from reportgen.model.quantity import Quantity, Relation, UnitForms, range_quantity, typed_quantity
from reportgen.model.text import Text


def _by_language(**by_language: str) -> Text:
    return Text(tuple(by_language.items()))


RIG = UnitForms(
    "rig",
    "count",
    plural=(
        ("one", _by_language(en="rig", ru="ферма")),
        ("few", _by_language(en="rigs", ru="фермы")),
        ("many", _by_language(en="rigs", ru="ферм")),
        ("other", _by_language(en="rigs", ru="фермы")),
    ),
    per=_by_language(ru="{} на ферму", kk="бір фермаға {}"),
)
UNITS = unit_table(["percent", "billion KZT", "farm", "person"], [RIG])


def quantity(written: str) -> Quantity:
    """`<= 500 rig`, `~200 million USD`, `10..20 percent`, `18.10 %`."""
    signs = written[: len(written) - len(written.lstrip("<=>~"))]
    number, _, unit = written[len(signs) :].strip().partition(" ")
    if ".." in number:
        low, _, high = number.partition("..")
        return range_quantity(low, high, UNITS.parse(unit), Relation(signs or "="))
    parsed = UNITS.parse(unit)
    step = Fraction(0) if UNITS.counts(parsed) and "." not in number else None
    return typed_quantity(number, parsed, Relation(signs or "="), step)
