"""The lexicon's files, and languages that have none."""

from __future__ import annotations

import json
import time
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from babel import Locale

import reportgen.language
from reportgen.language import cldr
from reportgen.language.judging import judge
from reportgen.language.lexicon import MADE, TURNING, lexicon, made, telling_words, unit_data
from reportgen.language.scanner import phrases
from reportgen.language.words import ELIDING, elided_keys, plain_keys
from tests.language.reading import is_read, read, value_of

DATA = Path(reportgen.language.__file__).parent / "data"


@pytest.mark.parametrize("language", [*MADE, *TURNING])
def test_the_hand_made_part_is_in_the_file(language: str) -> None:
    """After an edit of a YAML file: python docs/make_lexicon.py --hand."""
    made_of = json.loads((DATA / f"{language}.json").read_text(encoding="utf-8"))["hand"]
    assert made_of == yaml.load((DATA / f"{language}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)


@pytest.mark.parametrize("language", TURNING)
def test_the_words_by_which_a_language_is_known_are_in_the_file(language: str) -> None:
    """After another version of Babel: python docs/make_lexicon.py --hand."""
    known = lexicon(language)
    assert telling_words(language) == {*known.scales, *known.units, *known.months, *known.numbers}
    assert known.keys is (elided_keys if language in ELIDING else plain_keys)


def test_a_language_has_the_months_of_no_other() -> None:
    for other in ("zh", "ja", "ar"):
        cldr.months(Locale.parse(other))
        assert set(cldr.months(Locale.parse("pt")).values()) == {*range(1, 13)}
        assert all(name.isascii() or "ç" in name for name in cldr.months(Locale.parse("pt")))


@pytest.mark.parametrize("language", MADE)
def test_every_language_says_the_same_things(language: str) -> None:
    keys = {name: set(lexicon(name).data) for name in MADE}
    shared = {
        "articles",
        "negations",
        "relations",
        "link",
        "labels",
        "percent",
        "points",
        "currencies",
        "units",
        "vague",
    }
    assert shared <= keys[language]
    for group in ("before", "after"):
        assert set(lexicon(language).data["relations"][group]) <= {">", ">=", "<", "<=", "~", "~<", "~>", "reach"}


def test_the_manual_says_what_is_read_in_which_language() -> None:
    """The table of docs/languages.md, against the lexicons."""
    text = (DATA.parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")
    table = text.partition("## What is read in which language")[2].partition("\n\n|")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in row.strip("| ").split("|")] for row in table.splitlines()[2:]]
    assert '"Between … and …" is read in fifteen more languages' in text
    assert len({"nb" if base == "no" else base for base in cldr._BETWEEN}) == 15
    assert {*TURNING} <= {*cldr._BETWEEN}
    names = Locale.parse("en").languages
    codes = {str(names[code]): code for code in ("kk", "ru", "en", "fr", "es", "de", "pt", "it", "pl")}
    told = [name for row in rows for name in row[0].split(", ")]
    assert told == [
        *(str(names[code]) for code in ("en", "ru", "kk")),
        *(str(names[code]) for code in TURNING),
        "any other",
    ]
    for names_of, *cells in rows:
        for name in names_of.split(", "):
            known = lexicon(codes.get(name, "pl"))
            assert [cell == "yes" for cell in cells] == [known.has_words, known.knows_turns, bool(known.months)]


def test_the_words_that_turn_a_sentence_change_no_number() -> None:
    for text, number in (("pas moins de 500 tonnes", "500"), ("no menos de 500", "500"), ("nicht 500 Tonnen", "500")):
        language = {"p": "fr", "n": "de" if "nicht" in text else "es"}[text[0]]
        (phrase,) = phrases(text, language)
        assert (str(phrase.readings[0].value), phrase.void) == (number, "")


def test_loading_and_judging_are_fast() -> None:
    text = (DATA / "ru.json").read_bytes()
    best = min(timed(lambda: made("ru", json.loads(text))) for _ in range(5))
    assert best < 0.15, best
    quote, value = "мощность не превышает 5 МВт, а к 2021 году её довели до 13,5 млрд тенге", value_of("5", "MW", "<=")
    judge(value, quote, "ru")
    number = iter(range(10**6))
    best = min(timed(lambda: judge(value, f"{quote} {next(number)}-й", "ru")) for _ in range(50))
    assert best < 0.01, best


def timed(job: object) -> float:
    start = time.process_time()
    job()  # type: ignore[operator]
    return time.process_time() - start


@pytest.mark.parametrize(
    ("language", "quote", "value", "unit"),
    [
        ("fr", "un investissement de 3,5 millions de dollars", "3.5", "million USD"),
        ("fr", "une puissance de 3,5 mégawatts", "3.5", "MW"),
        ("fr", "environ 12 500 tonnes", "12500", "t"),
        ("de", "eine Leistung von 3,5 Megawatt", "3.5", "MW"),
        ("de", "Kosten von 1.200 Millionen Euro", "1200", "million EUR"),
        ("de", "rund 5 Milliarden Euro", "5", "billion EUR"),
        ("tr", "40 milyon euro", "40", "million EUR"),
    ],
)
def test_other_languages_read_digits(language: str, quote: str, value: str, unit: str) -> None:
    assert read(quote, value, unit, language).state == "read"


@pytest.mark.parametrize(
    ("language", "quote", "expected"),
    [
        ("es", "una inversión de 3 millones de dólares canadienses", [("3000000", "CAD")]),
        ("es", "un coste de 3 mil millones de euros", [("3000000000", "EUR")]),
        ("fr", "3,5 millions d’euros, 2 milliards de tonnes", [("3500000", "EUR"), ("2000000000", "t")]),
        ("it", "3 milioni di euro e 2 miliardi d'euro", [("3000000", "EUR"), ("2000000000", "EUR")]),
        ("pt", "3 milhões de euros", [("3000000", "EUR")]),
        ("ro", "3 milioane de lei", [("3000000", "MDL|RON")]),
        ("ro", "25 de milioane de lei, apoi 25 de lei", [("25000000", "MDL|RON"), ("25", "MDL|RON")]),
        ("ca", "3 milions d'euros, a 5 km, per 3 mil euros", [("3000000", "EUR"), ("5", "km"), ("3000", "EUR")]),
        ("gl", "3 mil millóns de euros", [("3000000000", "EUR")]),
        ("es", "3 millones de personas", [("3000000", "")]),
        # The multiple may be that of both, so that the first carries nothing.
        ("es", "de 3 a 5 millones de euros", [("5000000", "EUR")]),
        ("de", "3 bis 5 Millionen, 12 von 500 Euro", [("5000000", ""), ("12", ""), ("500", "EUR")]),
        (
            "fr",
            "3 millions à 5 millions; 3, à 5 millions",
            [("3000000", ""), ("5000000", ""), ("3", ""), ("5000000", "")],
        ),
        ("pt", "5 milhões de reais e 300 mil toneladas", [("5000000", "BRL"), ("300000", "t")]),
        ("hu", "300 tonna", [("300", "t")]),
        ("es", "3 de euros", [("3", "")]),
        ("pt", "3 milhões, de euros", [("3000000", "")]),
        ("fr", "2 millions de l’État", [("2000000", "")]),
        ("gl", "3 millóns de A Coruña", [("3000000", "")]),
        ("en", "3 million of euros", [("3000000", "")]),
    ],
)
def test_a_unit_is_read_after_the_word_that_joins_it_to_a_multiple(
    language: str, quote: str, expected: list[tuple[str, str]]
) -> None:
    found = [r for p in phrases(quote, language) for r in p.readings]
    assert [(str(r.value), "|".join(unit.name for unit in r.units)) for r in found] == expected


@pytest.mark.parametrize(
    ("language", "quote", "value", "unit"),
    [
        ("es", "3 millones de personas", "3", "million EUR"),
        ("es", "de 3 a 5 millones de euros", "3", "million EUR"),
        ("es", "de 3 a 5 millones de euros", "3", ""),
        ("ro", "25 de milioane de lei", "25", ""),
        ("ro", "25 de milioane de lei", "25", "RON"),
    ],
)
def test_a_sum_is_not_carried_by_another(language: str, quote: str, value: str, unit: str) -> None:
    assert not is_read(read(quote, value, unit, language))


def test_a_language_without_words_says_so() -> None:
    verdict = read("plus de 500 tonnes", "500", "t", "fr", ">")
    assert verdict.problems[0].code == "no-relation-words"
    assert 'in "fr", of which only digits, units and months are known' in verdict.problems[0].message
    assert "fr" in read("cinq fermes", "5", "farm", "fr").problems[0].message


def test_an_unknown_language_still_reads_plain_digits() -> None:
    assert read("xx 500 yy", "500", "farm", "zxx").state == "read"


@pytest.mark.parametrize(
    ("quote", "language"),
    [
        ("3 miljoonan euron", "fi"),
        ("5 tuhannen", "fi"),
        ("3 milyondan fazla", "tr"),
        ("5 binden fazla", "tr"),
        ("85.3 milyong pasahero", "fil"),
        ("12 libong barko", "fil"),
        ("5 milionami", "pl"),
        ("5 milijonom", "sl"),
        ("3 tisočimi", "sl"),
        ("3 εκατομμυρίων", "el"),
        ("3 millióval", "hu"),
        ("5 ezres", "hu"),
        ("3 мільйонами", "uk"),
        ("3 milioanele", "ro"),
        ("3 jutaan", "id"),
        ("3 millonésimas", "es"),
        ("3 Millionstel", "de"),
    ],
)
def test_a_multiple_in_a_form_that_is_not_known_is_not_lost(quote: str, language: str) -> None:
    (phrase,) = phrases(quote, language)
    assert phrase.void.endswith("may be a multiple")


@pytest.mark.parametrize(
    ("quote", "language"),
    [
        ("5 migliori città", "it"),
        ("5 militari", "it"),
        ("5 millas", "es"),
        ("5 Milligramm", "de"),
        ("5 Binden", "de"),
        ("5 bina", "tr"),
        ("5 miljöer", "sv"),
        ("5 libing", "fil"),
        ("5 χιλιόμετρα", "el"),
    ],
)
def test_a_word_that_is_like_a_multiple_is_none(quote: str, language: str) -> None:
    (phrase,) = phrases(quote, language)
    assert phrase.readings[0].value == 5


@pytest.mark.parametrize("language", ["en", "ru", "kk", "de", "fr"])
@pytest.mark.parametrize(
    "quote",
    [
        "12 TEUR",
        "12 kEUR",
        "12 MUSD",
        "12 BUSD",
        "12 MMUSD",
        "12 MrdEUR",
        "12 tkr",
        "12 t€",
        "12 T€",
        "12 T EUR",
        "12 thsd EUR",
        "12 L USD",
        "12 '000 EUR",
        "Rs 12 L",
        "$12 tys.",
    ],
)
def test_what_may_be_a_multiple_at_money_carries_nothing(quote: str, language: str) -> None:
    for value, unit in (("12", ""), ("12", "EUR"), ("12", "USD"), ("12", "INR"), ("12", "trillion EUR"), ("12", "t")):
        assert not is_read(read(quote, value, unit, language)), (value, unit)


@pytest.mark.parametrize(
    ("quote", "value", "unit", "language"),
    [
        ("12 M USD", "12", "million USD", "en"),
        ("$12t", "12", "trillion USD", "en"),
        ("12 M€", "12", "million EUR", "ru"),
        ("12 Mrd. EUR", "12", "billion EUR", "en"),
        ("12 Mio EUR", "12", "million EUR", "ru"),
        ("500 g € 3.99", "500", "g", "en"),
        ("12 US$", "12", "USD", "kk"),
        ("12 million BUSD", "12", "million", "en"),
        ("12 BALL BEARINGS", "12", "", "en"),
        ("12 t all year", "12", "t", "de"),
    ],
)
def test_what_is_no_doubtful_multiple_at_money_is_read(quote: str, value: str, unit: str, language: str) -> None:
    assert is_read(read(quote, value, unit, language))


def test_months_in_every_case() -> None:
    assert lexicon("ru").month("января") == lexicon("ru").month("январе") == lexicon("en").month("january") == 1
    assert [lexicon("kk").month(word) for word in ("маусымда", "мамырдың", "қаңтар")] == [6, 5, 1]


def test_units_have_the_dimensions_of_projects() -> None:
    from reportgen.language.units import unit_table

    table = unit_table()
    for name, unit in unit_data().units.items():
        if name in table.symbols:
            symbol = table.symbols[name]
            assert (unit.powers, unit.scale) == (tuple(sorted(symbol.powers)), Fraction(symbol.scale)), name


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        ("38,74 Millionen Franken", "de-CH", {"CHF"}),
        ("5 Schweizer Franken", "de", {"CHF"}),
        ("5 francs suisses", "fr", {"CHF"}),
        ("5 kronor", "sv", {"DKK", "ISK", "NOK", "SEK"}),
        ("5 roubles", "fr", {"BYN", "RUB"}),
        ("12 nouveaux bateaux", "fr", set()),
        ("5 Pfund", "de", {"lb"}),
        ("S/ 1 859 millones", "es-PE", {"PEN"}),
        ("S/. 2,35", "es-PE", {"PEN"}),
        ("৳ 12 কোটি", "bn", {"BDT"}),
        ("12 mln zł", "pl", {"PLN"}),
    ],
)
def test_the_noun_of_a_currency_is_read_alone(text: str, language: str, codes: set[str]) -> None:
    (phrase,) = phrases(text, language)
    assert {unit.name for reading in phrase.readings for unit in reading.units} == codes


@pytest.mark.parametrize(
    ("quote", "value", "unit", "language"),
    [
        ("٥٨٫٥٪ من السكان", "58.5", "percent", "ar"),
        ("١٬٢٣٤ طن", "1234", "t", "ar"),
        ("٣ ملايين طن", "3", "million t", "ar"),
        ("۵۸ درصد", "58", "percent", "fa"),
        ("５８％", "58", "percent", "ja"),
        ("yüzde 58,5", "58.5", "percent", "tr"),
        ("%58,5", "58.5", "percent", "tr"),
        ("ehuneko 58,5", "58.5", "percent", "eu"),
        ("58 тонн", "58", "t", "uk"),
    ],
)
def test_digits_percents_and_tons_of_other_languages_are_read(quote: str, value: str, unit: str, language: str) -> None:
    verdict = read(quote, value, unit, language)
    assert (verdict.state, [problem.code for problem in verdict.problems]) == ("read", ["no-relation-words"])


@pytest.mark.parametrize(
    ("quote", "value", "unit", "language"),
    [
        ("११.८ करोड़ बच्चों को", "118", "million", "hi"),
        ("₹10,233.75 करोड़ खर्च", "102.3375", "billion INR", "hi"),
        ("12 करोड\u093c", "120", "million", "hi"),
        ("12 \u0915\u0930\u094b\u095c", "120", "million", "hi"),
        ("12 हजार", "12", "thousand", "hi"),
        ("১২ কোটি", "120", "million", "bn"),
        ("12 கோடி", "120", "million", "ta"),
        ("12 కోట్ల", "120", "million", "te"),
        ("12 ล้าน บาท", "12", "million THB", "th"),
        ("12 លាន", "12", "million", "km"),
        ("၁၂ သန်း", "12", "million", "my"),
        ("12 ሺ", "12", "thousand", "am"),
        ("4.2 亿元", "420", "million", "zh"),
        ("3000万元", "30", "million", "zh"),
        ("12万亿元", "12", "trillion", "zh"),
        ("12万人", "120", "thousand", "ja"),
        ("1億2000万円", "120", "million JPY", "ja"),
        ("12만 명", "120", "thousand", "ko"),
        ("13 مليونا", "13", "million", "ar"),
        ("7 مليارات", "7", "billion", "ar"),
        ("12 মিলিয়ন", "12", "million", "bn"),
        ("12 ملین", "12", "million", "ur"),
        ("12 M€", "12", "million EUR", "fr"),
        ("12 k€", "12", "thousand EUR", "es"),
        ("12 Mds d'euros", "12", "billion EUR", "fr"),
        ("12 Tsd. Euro", "12", "thousand EUR", "de"),
        ("12 mill. de euros", "12", "million EUR", "es"),
        ("12 εκατ. ευρώ", "12", "million EUR", "el"),
        ("12 tỉ đồng", "12", "billion VND", "vi"),
        ("12 mkr", "12", "million", "sv"),
        ("12 E Ft", "12", "thousand HUF", "hu"),
        ("12 e Ft", "12", "thousand HUF", "hu"),
        ("12 E HUF", "12", "thousand HUF", "hu"),
        ("13 مليوناً", "13", "million", "ar"),
    ],
)
def test_multiples_of_other_scripts_are_read(quote: str, value: str, unit: str, language: str) -> None:
    assert is_read(read(quote, value, unit, language))
    assert not is_read(read(quote, value, "", language))


@pytest.mark.parametrize(
    ("quote", "value", "unit", "language"),
    [
        ("٥٨٫٥٪ من السكان", "585", "percent", "ar"),
        ("58 тонн", "58", "short_ton", "uk"),
        ("mil 58 toneladas", "58", "t", "es"),
        ("milioni 58", "58", "", "sw"),
        ("3万吨", "3", "t", "zh"),
        ("3億5千万円", "5", "thousand JPY", "ja"),
        ("58만 톤", "58", "t", "ko"),
        ("10% 58", "58", "percent", "tr"),
        ("% 58,5", "58.5", "percent", "de"),
        ("11.8 करोड़ बच्चों को", "11.8", "", "hi"),
        ("12 कोटींची", "12", "", "mr"),
        ("12 ล้านคน", "12", "", "th"),
        ("5 พันธุ์", "5", "thousand", "th"),
        ("12 លាននាក់", "12", "", "km"),
        ("5 조각", "5", "trillion", "ko"),
        ("12 M", "12", "", "es"),
        ("12 T€", "12", "", "de"),
        ("12 t€", "12", "t", "de"),
        ("12 T EUR", "12", "", "de"),
        ("12 TEUR", "12", "", "de"),
        ("12 tCHF", "12", "", "de"),
        ("12 kEUR", "12", "", "fr"),
        ("12 E Ft", "12", "", "hu"),
        ("12 EFt", "12", "", "hu"),
        ("12 MFt", "12", "", "hu"),
        ("12 E fő", "12", "", "hu"),
        ("5 兆瓦", "5", "", "zh"),
        ("1億2000万円", "100", "million", "ja"),
        ("5 千瓦", "5", "thousand", "zh"),
    ],
)
def test_a_number_of_another_language_is_not_taken_for_what_it_is_not(
    quote: str, value: str, unit: str, language: str
) -> None:
    assert not is_read(read(quote, value, unit, language))
