"""A quote that asks of its value is told; one that says it, or takes it as given, is not."""

from __future__ import annotations

import pytest

from reportgen.evidence.fold import fold
from reportgen.evidence.judge import supports
from reportgen.evidence.left_out import FactWords, left_out_problem
from reportgen.evidence.match import Match, find_quote
from reportgen.evidence.quoted import Quoted
from reportgen.language.units import unit_table
from reportgen.model.quantity import Relation, typed_quantity
from reportgen.model.text import Text

UNITS = unit_table(())
ASKED = """
en | Did 40 wells run dry? | {value} ran dry.
en | the mayor open 40 libraries? A: No. | The mayor opened {value}.
en | Will the city lose 40 wells? Nobody knows. | The city loses {value}.
en | 40 wells dry? Not so, says the mayor | {value} ran dry.
en | Is it true that 40 wells ran dry? | {value} ran dry.
en | He asked: had 40 wells run dry? | {value} had run dry.
de | Sind 40 Brunnen trocken? | {value} sind trocken.
de | Stimmt es, dass 40 Brunnen trocken sind? | {value} sind trocken.
fr | Y a-t-il 40 puits à sec ? | {value} sont à sec.
fr | Est-ce que 40 puits sont à sec ? | {value} sont à sec.
es | ¿Se secaron 40 pozos? | {value} se secaron.
it | Si sono prosciugati 40 pozzi? | {value} sono asciutti.
pt | Secaram 40 poços? | {value} secaram.
ru | Пересохли ли 40 колодцев? | Пересохло {value}.
ru | Правда ли, что пересохли 40 колодцев? | Пересохло {value}.
kk | 40 құдық құрғады ма? | {value} құрғады.
ar | هل جفت 40 بئرا؟ | {value}.
el | Στέρεψαν 40 πηγάδια; | {value}.
tr | 40 kuyu kurudu mu? | {value} kurudu.
"""
SAID = """
en | Why did 40 wells run dry? | {value} ran dry.
en | Did you know that 40 wells ran dry? | {value} ran dry.
en | How many wells ran dry? 40 of them | {value} ran dry.
en | Did it rain? It did not. 40 wells ran dry. | {value} ran dry.
en | "Is there water?" 40 wells ran dry | {value} ran dry.
en | 40 wells ran dry, and what did the mayor do? Nothing. | Did {value} run dry?
en | When did the 40 wells run dry? | {value} ran dry.
en | How many of the 40 wells still give water? | There are {value}.
en | What happened to the 40 wells? | There were {value}.
en | Where are the 40 wells that the city promised? | The city promised {value}.
en | Who will pay for the 40 wells? | There are {value}.
en | 40 wells ran dry. What next? | {value} ran dry.
en | Which 40 wells ran dry? | {value} ran dry.
en | What now? In 40 wells nothing is left. | {value} are empty.
en | The FAQ “Who owns wells?” lists 40 wells | It lists {value}.
en | see www.wells.example/?id=3 for the 40 wells | There are {value}.
de | Warum sind 40 Brunnen trocken? | {value} sind trocken.
de | Wussten Sie, dass 40 Brunnen trocken sind? | {value} sind trocken.
de | Und jetzt? 40 Brunnen sind trocken. | {value} sind trocken.
fr | Pourquoi 40 puits sont-ils à sec ? | {value} sont à sec.
fr | Saviez-vous que 40 puits sont à sec ? | {value} sont à sec.
fr | Que faire ? 40 puits sont à sec | {value} sont à sec.
es | ¿Por qué se secaron 40 pozos? | {value} se secaron.
es | ¿Qué pasó? Se secaron 40 pozos | {value} se secaron.
es | Se secaron 40 pozos; ¿qué hacer? | {value} se secaron.
it | Perché 40 pozzi sono asciutti? | {value} sono asciutti.
it | Che fare? 40 pozzi sono asciutti | {value} sono asciutti.
pt | Por que secaram 40 poços? | {value} secaram.
pt | E agora? Secaram 40 poços | {value} secaram.
ru | Почему пересохли 40 колодцев? | Пересохло {value}.
ru | Что делать? 40 колодцев пересохли | Пересохло {value}.
kk | Неге 40 құдық құрғады? | {value} құрғады.
ar | لماذا؟ جفت 40 بئرا | {value}.
tr | Ne oldu? 40 kuyu kurudu | {value} kurudu.
nl | Wat nu? 40 putten staan droog | {value} staan droog.
pl | I co dalej? 40 studni wyschło | {value} wyschło.
sv | Vad hände? 40 brunnar torkade ut | {value} torkade ut.
el | Γιατί; 40 πηγάδια στέρεψαν | {value}.
en | Dry? 40 wells are. | {value} are dry.
en | 40 wells ran dry (did they?) | {value} ran dry.
"""


def told(case: str, **more: str) -> list[str]:
    lang, quote, claim = case.split(" | ")
    number = typed_quantity("40", UNITS.parse(""), Relation("="))
    reading = Text.of(more["reading"]) if "reading" in more else None
    found = supports(number, [Quoted(quote, lang)], language=lang, claim=Text.of(claim), reading=reading)
    assert found.state == "read"
    assert all(each.severity == "warning" for each in found.problems)
    return [each.message for each in found.problems if "asks it" in each.message]


@pytest.mark.parametrize("case", ASKED.strip().splitlines())
def test_what_a_quote_asks_it_does_not_say(case: str) -> None:
    (message,) = told(case)
    assert message.startswith('the quote asks it, and does not say it: "')


@pytest.mark.parametrize("case", SAID.strip().splitlines())
def test_a_question_beside_a_value_or_about_what_is_given_is_none(case: str) -> None:
    assert told(case) == []


def test_a_reading_answers() -> None:
    case = "en | Did 40 wells run dry? | {value} ran dry."
    assert told(case, reading="The next sentence answers yes: 40 wells.") == []


SENTENCES = """
en | Did the mayor open 40 libraries? A: No. | the mayor open 40 libraries | The mayor opened {value}.
en | Is it true that the town closed 40 wells? | the town closed 40 wells | The town closed {value}.
es | ¿Cerró la ciudad 40 pozos? | la ciudad 40 pozos | La ciudad cerró {value}.
ru | Закрыл ли город 40 колодцев? | город 40 колодцев | Город закрыл {value}.
ar | هل أغلقت المدينة 40 بئرا؟ | المدينة 40 بئرا | {value}.
tr | Belediye 40 kuyu kapattı mı? | Belediye 40 kuyu | {value} kapandı.
"""
SENTENCES_THAT_SAY_IT = """
en | Why did the mayor open 40 libraries? | the mayor open 40 libraries | The mayor opened {value}.
en | Did you know that the town closed 40 wells? | the town closed 40 wells | The town closed {value}.
en | Did it rain? In May the town closed 40 wells. | the town closed 40 wells | The town closed {value}.
en | The town closed 40 wells. Did it rain? | The town closed 40 wells | The town closed {value}.
en | Did the town close 40 wells? | the town close 40 wells | Did the town close {value}?
de | Warum schloss die Stadt 40 Brunnen? | die Stadt 40 Brunnen | Die Stadt schloss {value}.
tr | Ne oldu? Belediye 40 kuyu kapattı. | Belediye 40 kuyu | {value} kapandı.
"""


def left(case: str) -> list[str]:
    lang, sentence, quote, claim = case.split(" | ")
    found = find_quote(fold(sentence), "", quote, "", lang)
    assert isinstance(found, Match), found
    problem = left_out_problem(found.left_out, FactWords(Text.of(claim), lang, ()))
    return [problem.message] if problem else []


@pytest.mark.parametrize("case", SENTENCES.strip().splitlines())
def test_a_sentence_asks_what_its_quote_seems_to_say(case: str) -> None:
    (message,) = left(case)
    assert message.startswith("the quote leaves out that its sentence asks it: ")


@pytest.mark.parametrize("case", SENTENCES_THAT_SAY_IT.strip().splitlines())
def test_a_sentence_says_it(case: str) -> None:
    assert left(case) == []


def test_two_quotes_of_which_one_says_it() -> None:
    number = typed_quantity("40", UNITS.parse(""), Relation("="))
    quotes = [Quoted("Did 40 wells run dry?", "en"), Quoted("40 wells ran dry", "en")]
    found = supports(number, quotes, language="en", claim=Text.of("{value} ran dry."))
    assert not found.problems
