"""German verbs whose particle stands behind the number say whether it rises or falls."""

from __future__ import annotations

import pytest

from reportgen.evidence.judge import supports
from reportgen.evidence.quoted import Quoted
from reportgen.model.text import Text
from tests.evidence.test_judge import _codes, _number

HONEST = [
    ("Die Mieten gingen um 12 Prozent zurück", "Die Mieten nahmen um {value} ab."),
    ("Die Mieten gingen um 12 Prozent zurück", "Die Mieten sanken um {value}."),
    ("Die Mieten gingen 2023 um rund 12 Prozent zurück", "Die Mieten gingen um {value} zurück."),
    ("Die Exporte brachen um 12 Prozent ein", "Die Exporte fielen um {value}."),
    ("Die Exporte brachen im März um 12 Prozent ein", "Die Exporte brachen um {value} ein."),
    ("Die Umsätze legten um 12 Prozent zu", "Die Umsätze stiegen um {value}."),
    ("Die Umsätze legten um 12 Prozent zu", "Die Umsätze nahmen um {value} zu."),
    ("Der Verkehr nahm um 12 Prozent zu", "Der Verkehr wuchs um {value}."),
    ("Der Verkehr nimmt um 12 Prozent zu", "Der Verkehr nimmt um {value} zu."),
    ("Die Preise zogen um 12 Prozent an", "Die Preise stiegen um {value} an."),
    ("Die Preise zogen um 12 Prozent an, der Absatz brach ein", "Die Preise stiegen um {value}."),
    ("Die Preise zogen um 12 Prozent an, und der Absatz ging zurück", "Die Preise stiegen um {value}."),
    ("Der Absatz ging zurück, die Preise stiegen um 12 Prozent", "Die Preise legten um {value} zu."),
    ("Die Zahl der Betten stieg um 12 Prozent an", "Die Zahl der Betten erhöhte sich um {value}."),
    ("Die Gletscher nahmen um 12 Prozent ab", "Die Gletscher schrumpften um {value}."),
    ("Der Rückgang nahm um 12 Prozent zu", "Der Rückgang verstärkte sich um {value}."),
    ("Die Verluste gingen um 12 Prozent zurück", "Die Verluste nahmen um {value} ab."),
    ("Die Arbeitslosigkeit ging um 12 Prozent zurück", "Die Arbeitslosigkeit sank um {value}."),
    ("Die Wahlbeteiligung ging um 12 Prozent zurück", "Der Rückgang der Wahlbeteiligung betrug {value}."),
    ("Die Ernte fiel um 12 Prozent geringer aus", "Die Ernte fiel um {value} geringer aus."),
    ("Die Kosten gehen um 12 Prozent zurück", "Die Kosten werden um {value} kleiner."),
    ("Die Kosten nehmen um 12 Prozent zu", "Die Kosten steigen um {value}."),
    ("Der Strompreis legte um 12 Prozent zu", "Der Strompreis verteuerte sich um {value}."),
    ("Der Kurs sackte um 12 Prozent ab", "Der Kurs verlor {value}."),
    ("Der Kurs stürzte um 12 Prozent ab", "Der Kurs sank um {value}."),
    ("Die Fläche wuchs um 12 Prozent an", "Die Fläche nahm um {value} zu."),
    ("Der Pegel stieg um 12 Prozent an", "Der Pegel legte um {value} zu."),
    ("Der Absatz nahm um 12 Prozent ab", "Der Absatz ging um {value} zurück."),
    ("Die Geburten nahmen um 12 Prozent ab", "Die Geburten gingen um {value} zurück."),
    ("Die Zahl der Bienen brach um 12 Prozent ein", "Die Zahl der Bienen nahm um {value} ab."),
    ("Die Löhne legten nur um 12 Prozent zu", "Die Löhne legten um {value} zu."),
    ("Die Löhne legten kräftig um 12 Prozent zu", "Die Löhne stiegen kräftig um {value}."),
    ("Seit 2019 nahm der Wald um 12 Prozent zu", "Der Wald ist um {value} gewachsen."),
    ("Seit 2019 nahm der Wald um 12 Prozent zu", "Der Wald nahm um {value} zu."),
    ("Im Mai ging der Verbrauch um 12 Prozent zurück", "Der Verbrauch ging um {value} zurück."),
    ("Im Mai ging der Verbrauch um 12 Prozent zurück", "Im Mai wurde um {value} weniger verbraucht."),
    ("Die Besuche nahmen um 12 Prozent zu", "Es gab {value} mehr Besuche."),
    ("Die Besuche nahmen um 12 Prozent ab", "Es gab {value} weniger Besuche."),
    ("Das Eis nahm um 12 Prozent ab", "Das Eis ist um {value} kleiner geworden."),
    ("Die Schulden gehen um 12 Prozent zurück", "Die Schulden gehen um {value} zurück."),
    ("Die Spenden legten um 12 Prozent zu", "Die Spenden nahmen um {value} zu."),
]
WRONG = [
    ("Die Mieten gingen um 12 Prozent zurück", "Die Mieten nahmen um {value} zu."),
    ("Die Exporte brachen um 12 Prozent ein", "Die Exporte legten um {value} zu."),
    ("Der Absatz nahm um 12 Prozent ab", "Der Absatz nahm um {value} zu."),
    ("Der Absatz nahm um 12 Prozent ab", "Der Absatz stieg um {value}."),
    ("Der Absatz sank um 12 Prozent", "Der Absatz nahm um {value} zu."),
    ("Der Pegel stieg um 12 Prozent an", "Der Pegel ging um {value} zurück."),
]


def _said(quote: str, claim: str) -> list[str]:
    found = supports(_number("12", "percent"), [Quoted(quote, "de")], language="de", claim=Text((("de", claim),)))
    return [code for code in _codes(found) if code != "no-relation-words"]


@pytest.mark.parametrize(("quote", "claim"), HONEST)
def test_the_same_way_is_not_told(quote: str, claim: str) -> None:
    assert not _said(quote, claim)


@pytest.mark.parametrize(("quote", "claim"), WRONG)
def test_the_other_way_is_told(quote: str, claim: str) -> None:
    assert "value-contradicted" in _said(quote, claim)
