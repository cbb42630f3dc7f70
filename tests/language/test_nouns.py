"""Nouns that are counted, and the units of columns."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportgen.language.nouns import plural_of, singular_of
from reportgen.language.unit_names import noun
from reportgen.language.units import UnitError, nouns_in, unit_table

PAIRS = [
    ("case", "cases"), ("death", "deaths"), ("box", "boxes"), ("company", "companies"), ("bus", "buses"),
    ("virus", "viruses"), ("loss", "losses"), ("prize", "prizes"), ("shoe", "shoes"), ("person", "people"),
    ("child", "children"), ("fish", "fish"), ("bed net", "bed nets"), ("tonne of rice", "tonnes of rice"),
    ("salmon", "salmon"), ("swordfish", "swordfish"), ("fisherman", "fishermen"), ("human", "humans"),
    ("wolf", "wolves"), ("reindeer", "reindeer"), ("bull-calf", "bull-calves"), ("musk-ox", "musk-oxen"),
    ("hovercraft", "hovercraft"), ("criterion", "criteria"), ("goose", "geese"), ("larva", "larvae"),
    ("schoolchild", "schoolchildren"),
    ("potato", "potatoes"), ("basis", "bases"), ("German", "Germans"), ("draft", "drafts"),
    ("death per 100,000 people", "deaths per 100,000 people"), ("MtCO2e", "MtCO2e"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "many"), PAIRS)
def test_a_noun_is_inflected_once(one: str, many: str) -> None:
    assert (plural_of(one), plural_of(many)) == (many, many)
    assert (singular_of(many), singular_of(one)) == (one, one)


@pytest.mark.parametrize("name", ["gas", "atlas", "analysis", "glass"])
def test_a_singular_that_ends_in_s_stays_one(name: str) -> None:
    assert singular_of(name) == name
    assert plural_of(name) != name


@pytest.mark.parametrize("unit", ["cases", "kg/person", "deaths per 100,000 people", "kg per person", "MtCO2e", "°C"])
def test_a_column_s_unit_needs_no_other_declaration(unit: str) -> None:
    table = unit_table().with_nouns(unit)
    assert table.parse(unit).powers
    assert unit_table([unit]).parse(unit).powers == table.parse(unit).powers


def test_a_plural_is_the_noun_of_a_measure() -> None:
    table = unit_table(["rig"])
    assert table.parse("rigs") == table.parse("rig")
    assert table.with_nouns("rigs") is table
    assert noun("rig", Decimal(2), "en", table) == "rigs"


@pytest.mark.parametrize("unit", ["USDD", "Percent", "percnt", "KG"])
def test_a_misspelt_unit_is_no_noun(unit: str) -> None:
    with pytest.raises(UnitError, match="no unit is called"):
        unit_table().with_nouns(unit).parse(unit)


@pytest.mark.parametrize(
    ("unit", "meant"), [("mln PEN", "million PEN"), ("bn USD", "billion USD"), ("k t", "thousand t")]
)
def test_an_abbreviated_multiple_is_no_part_of_a_noun(unit: str, meant: str) -> None:
    with pytest.raises(UnitError) as raised:
        unit_table().with_nouns(unit).parse(unit)
    assert raised.value.hint == f'did you mean "{meant}"?'


def test_nouns_are_what_is_not_built_in() -> None:
    assert nouns_in(["USD", "percent", "", "kg/person", "billion KZT"]) == {"kg/person"}
