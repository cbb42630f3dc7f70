"""A part that is told as all of them, and what comes to others told as all that there is."""

from __future__ import annotations

import pytest

from reportgen.evidence.judge import supports
from reportgen.evidence.quoted import Quoted
from reportgen.language.units import unit_table
from reportgen.model.quantity import Relation, typed_quantity
from reportgen.model.text import Text

UNITS = unit_table(("well",))
TOLD = """
en | another 12 wells were dug | The town has {value}.
en | a further 12 wells | There are {value} in all.
en | 12 additional wells | The town now has {value}.
en | dug 12 extra wells | It owns {value}.
en | an additional 12 wells opened | The town has a network of {value}.
en | lost 12 of its 43 wells | The town lost all {value}.
en | lost 12 of its 43 wells | Every one of its {value} was lost.
en | 12 of the 43 wells were closed | All of its {value} were closed.
de | 12 weitere Brunnen | Die Stadt hat {value}.
de | noch 12 weitere Brunnen | Insgesamt gibt es {value}.
de | zusätzliche 12 Brunnen | Die Stadt hat {value}.
fr | 12 puits supplémentaires | La ville a {value}.
fr | 12 autres puits | La ville compte {value}.
es | otros 12 pozos | La ciudad tiene {value}.
es | 12 pozos adicionales | La ciudad tiene {value}.
it | altri 12 pozzi | La città ha {value}.
it | 12 pozzi aggiuntivi | La città ha {value}.
pt | outros 12 poços | A cidade tem {value}.
ru | потерял 12 из 43 колодцев | Город потерял все {value}.
ru | еще 12 колодцев | Всего {value}.
ru | дополнительно 12 колодцев | Всего {value}.
"""
HONEST = """
en | another 12 wells were dug | Another {value} were dug.
en | another 12 wells were dug | The town dug {value}.
en | another 12 wells were dug | There were {value} new ones.
en | another 12 people were injured | There were {value} injured people.
en | another 12 people were injured | The town had {value} injured.
en | a further 12 wells | The town has {value} more.
en | a further 12 percent were undecided | The undecided had {value}.
en | 12 additional wells | The town also has {value}.
en | 12 additional wells were planned for May | In May, {value} come to those that it has.
en | 12 wells, and 43 more | The town has {value}.
en | the town has 12 wells; another 43 are private | The town has {value}.
en | 12 more wells than in May | Since May the town has {value} more.
en | the town has 12 wells | The town has {value}.
en | 12 wells and no further ones | The town has {value}.
en | 12 more or less dry wells | The town has {value}.
en | no further wells than 12 | The town has {value}.
en | lost 12 of its 43 wells | The town lost {value} of its wells.
en | lost 12 of its 43 wells | All {value} that the town lost were old.
en | lost 12 of its 43 wells | All {value} were repaired.
en | lost 12 of its 43 wells | In all, {value} were lost.
en | lost all of its 12 wells | The town lost all {value}.
en | lost all 12 wells of its 43 villages | The town lost all {value}.
en | 12 of the 43 wells were closed | All {value} were dug by hand.
en | 12 of the 43 wells were closed | Of all wells, {value} were closed.
en | 12 of 43 wells are dry | Overall {value} are dry.
en | all 12 wells were closed | All {value} were closed.
en | 12 of the 43 wells were closed | In all {value} were closed.
en | 12 of the 43 wells were closed | All told, {value} were closed.
de | 12 weitere Brunnen | Die Stadt bohrte {value}.
de | 12 weitere Brunnen | Die Stadt hat weitere {value}.
de | 12 weitere Brunnen | Hinzu kommen {value}.
de | noch 12 Brunnen | Die Stadt hat noch {value}.
de | die Stadt hat 12 Brunnen und keine weiteren | Die Stadt hat {value}.
de | verlor 12 ihrer 43 Brunnen | Die Stadt verlor {value} ihrer Brunnen.
fr | 12 puits supplémentaires | La ville en a {value} de plus.
fr | 12 puits supplémentaires | La ville a creusé {value}.
fr | la ville a encore 12 puits | La ville a encore {value}.
fr | 12 puits et 43 autres | La ville a {value}.
es | otros 12 pozos | La ciudad tiene otros {value}.
es | otros 12 pozos | Se perforaron {value}.
es | 12 pozos más | La ciudad tiene {value} más.
es | la ciudad tiene 12 pozos | La ciudad tiene {value}.
it | altri 12 pozzi | La città ha altri {value}.
it | altri 12 pozzi | Sono stati scavati {value}.
it | 12 pozzi e 43 altri | La città ha {value}.
pt | outros 12 poços | A cidade tem outros {value}.
pt | outros 12 poços | Foram abertos {value}.
ru | еще 12 колодцев | Вырыли еще {value}.
ru | еще 12 колодцев | Вырыли {value}.
ru | потерял 12 из 43 колодцев | Все {value}, которые потерял город, старые.
ru | потерял 12 из 43 колодцев | Все {value} починили.
ru | всего 12 колодцев | Всего {value}.
kk | тағы 12 құдық | Тағы {value} қазылды.
kk | тағы 12 құдық | Қалада {value} қазылды.
"""


def told(case: str) -> list[str]:
    lang, quote, claim = case.split(" | ")
    number = typed_quantity("12", UNITS.parse("well"), Relation("="))
    found = supports(number, [Quoted(quote, lang)], language=lang, claim=Text.of(claim))
    assert found.state != "unread"
    return [
        each.message
        for each in found.problems
        if each.code == "value-contradicted" and ("comes to others" in each.message or "of the part" in each.message)
    ]


@pytest.mark.parametrize("case", TOLD.strip().splitlines())
def test_a_part_or_a_further_number_is_not_all(case: str) -> None:
    assert len(told(case)) == 1


@pytest.mark.parametrize("case", HONEST.strip().splitlines())
def test_what_is_told_as_it_is_quoted(case: str) -> None:
    assert told(case) == []
