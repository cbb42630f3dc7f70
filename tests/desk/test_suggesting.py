"""`reportgen suggest`: what is proposed, what is hidden, and what is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen import pipeline
from reportgen.archive.extract import extracted
from reportgen.archive.media_types import CSV, DOCX, PDF, XLSX
from reportgen.archive.texts import open_archive
from reportgen.desk.proposing import Suggested, Suggestion, suggested
from reportgen.desk.reading import suggestions_of
from reportgen.evidence.fold import FoldedText, fold
from reportgen.evidence.match import Match, find_quote
from reportgen.evidence.script import count_words, problems_in_quote
from reportgen.language.units import unit_table
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.model.source import Source
from tests.desk.office import docx
from tests.desk.project import FILES, added, harbour
from tests.driver import Project, read_tree
from tests.workbooks import Share, Sheet, xlsx

CASES = Path(__file__).parent / "cases"


def of(text: str | FoldedText, language: str = "en", **options: Any) -> Suggested:
    """What a text could give, in the harbour's project."""
    project, _ = load(MemoryFiles(FILES))
    source = Source("s", "s", "{}", "report", "S", language=language, at=project.sources["count-2024"].at)
    units = unit_table(measure.unit for measure in project.measures.values())
    return suggested(fold(text) if isinstance(text, str) else text, source, project, units, **options)


def brief(one: Suggestion) -> tuple[str, str, str]:
    value = one.value if isinstance(one.value, str) else "–".join(one.value.values())
    return value, one.unit, one.relation


# What is proposed -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The ferries carried 14,200 passengers a day.", "en", ("14200", "passenger", "=")),
        ("It is over 8 percent more than a year before.", "en", ("8", "percent", ">")),
        ("The fleet cost about €5 million in all.", "en", ("5", "million EUR", "~")),
        ("The harbour lost 1.20 billion dollars that year.", "en", ("1.20", "billion USD", "=")),
        ("Between 12 and 15 MW of power is drawn there.", "en", ("12–15", "MW", "=")),
        ("It has 35% (22–50) of all berths now.", "en", ("35–22–50", "percent", "=")),
        ("The temperature fell to -3.5 there that night.", "en", ("-3.5", "", "=")),
        ("It cost 10⁶ euros to build the new quay.", "en", ("1000000", "EUR", "=")),
        ("Порт потерял более 1,2 млрд рублей в этом году.", "ru", ("1.2", "billion RUB", ">")),
        ("Порт принял не менее 14 200 пассажиров в день.", "ru", ("14200", "", ">=")),
        ("Порт жылына 500 млн теңге табыс тапты.", "kk", ("500", "million KZT/year", "=")),
        ("Der Hafen verlor 200 Millionen Euro im Jahr.", "de", ("200", "million EUR", "")),
        ("El puerto recibió más de 200 millones de viajeros.", "es", ("200", "million", "")),
        ("The port took Rs 14.50 crore in all.", "en-IN", ("145.0", "million INR", "=")),
        ("बंदरगाह ने ₹10,233.75 करोड़ खर्च किए।", "hi", ("102.3375", "billion INR", "")),
        ("Le port a reçu plus de 89 % des navires du pays.", "fr", ("89", "percent", "")),
        ("Der Hafen braucht über 13 Prozent der Leistung.", "de", ("13", "percent", "")),
        ("The boom lasted for over two years in that port.", "en", ("2", "year", ">")),
    ],
)
def test_value_unit_and_relation_are_read(text: str, language: str, expected: tuple[str, str, str]) -> None:
    (one,) = of(text, language).shown
    assert brief(one) == expected
    assert one.verdict.state == "read"


@pytest.mark.parametrize(
    ("text", "quote", "modality"),
    [
        ("Three farms stand there. The centre is slated to open with a power of 180 MW in all.", "slated", "planned"),
        ("It is expected to carry as many as some 14,200 passengers a day.", "expected", "expected"),
        ("The ferries carried 14,200 passengers a day, and more will come.", "carried", ""),
    ],
)
def test_a_quote_has_the_words_of_mood_beside_its_number(text: str, quote: str, modality: str) -> None:
    found = of(text).shown[-1]
    assert quote in found.quote
    assert found.modality == modality


@pytest.mark.parametrize("case", json.loads((CASES / "languages.json").read_text("utf-8")), ids=lambda c: c["quote"])
def test_a_language_without_known_words_is_asked_for_its_relation(case: dict[str, str]) -> None:
    """What is wanted of each: the relation is asked for, and 200 millions are no bare 200."""
    (one,) = of(case["quote"] + " là", case["language"]).shown
    assert one.relation == ""
    assert brief(one)[:2] in (("89", "percent"), ("13", "percent"), ("200", "million USD"), ("200", "million EUR"))


def test_raised_digits_of_a_pdf_are_not_part_of_a_number() -> None:
    pdf = (Path(__file__).parents[1] / "evidence/cases/superscript.pdf").read_bytes()
    found = of(extracted(pdf, PDF))
    values = {brief(one)[0] for one in found.shown}
    assert not values & {"106", "2503", "4.50012", "450012", "4500", "250"}
    assert ("1000000", "EUR", "=") in map(brief, found.shown)
    assert {reason for _, reason in found.hidden} == {"not to be read as a number"}


RAISED = (
    ("about 4,500", "12", " shops in all"),
    ("It cost 10", "6", " euros there"),
    ("It had 250", "3", " workers then"),
)


def as_html() -> bytes:
    return "".join(f"<p>{before}<sup>{raised}</sup>{after}.</p>" for before, raised, after in RAISED).encode()


def as_docx() -> bytes:
    runs = '<w:r><w:t xml:space="preserve">{}</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    runs += '<w:t>{}</w:t></w:r><w:r><w:t xml:space="preserve">{}.</w:t></w:r>'
    return docx("".join(f"<w:p>{runs.format(*parts)}</w:p>" for parts in RAISED))


def as_pdf() -> bytes:
    from weasyprint import HTML

    pdf: bytes = HTML(string=f"<style>sup {{ font-size: 60% }}</style>{as_html().decode()}").write_pdf()
    return pdf


@pytest.mark.parametrize(("make", "kind"), [(as_html, "text/html"), (as_docx, DOCX), (as_pdf, PDF)])
def test_raised_digits_of_any_file_are_not_part_of_a_number(make: Callable[[], bytes], kind: str) -> None:
    found = of(extracted(make(), kind), everything=True)
    assert ("1000000", "EUR", "=") in map(brief, found.shown)
    assert not {brief(one)[0] for one in found.shown} & {"450012", "4500", "106", "2503", "250"}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Le port a coûté environ 12 millions d'euros au pays.", "fr", ("12", "million")),
        ("Il porto ha perso oltre 13,5% dei passeggeri.", "it", ("13.5", "percent")),
        ("O porto recebeu mais de 200 milhões de euros.", "pt", ("200", "million")),
        ("Port stracił ponad 1,2 mld zł w tym roku.", "pl", ("1.2", "billion")),
        ("De haven verloor bijna 8 procent van de schepen.", "nl", ("8", "percent")),
        ("Limanın geliri yaklaşık 5 milyon dolar oldu.", "tr", ("5", "million")),
    ],
)
def test_in_other_languages_too_multiples_are_read_and_relations_asked(
    text: str, language: str, expected: tuple[str, str]
) -> None:
    (one,) = of(text, language).shown
    assert one.relation == ""
    assert brief(one)[0] == expected[0]
    assert brief(one)[1].startswith(expected[1])


SENTENCE = "In March 2025 the ferries of Portugal carried 14,200 passengers a day on ten lines."


def test_time_place_and_measure_are_guessed() -> None:
    one = next(one for one in of(SENTENCE).shown if brief(one)[0] == "14200")
    assert (one.as_of, one.place, one.measures[0], one.likely) == ("2025-03", "PT", "passengers", True)
    assert [one.as_of for one in of("From May 2023 to May 2024 it carried 14,200 people a day.").shown][-1] == ""
    assert of("Portugal and Spain together carried 14,200 people a day.").shown[0].place == ""
    assert of("The boats carried over 7 GW of power.").shown[0].measures == ()
    (date,) = (one for one in of(SENTENCE).shown if one.candidate.kind == "date")
    assert (date.value, date.as_of) == ("2025-03", "")


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("На Кубани хранятся 200 тонн зерна.", "ru", ""),
        ("На Кубе хранятся 200 тонн зерна.", "ru", "CU"),
        ("В Саудовской Аравии хранятся 200 тонн зерна.", "ru", "SA"),
        ("Португалией собрано 200 тонн зерна.", "ru", "PT"),
        ("В Нидерландах собрано 200 тонн зерна.", "ru", "NL"),
        ("Ирландцы и иранцы собрали 200 тонн зерна.", "ru", ""),
        ("Қазақстанда 200 тонна астық жиналды.", "kk", "KZ"),
        ("Some 200 Nigerians and 3 Omanis sailed.", "en", ""),
        ("Chad's 200 boats sailed.", "en", "TD"),
    ],
)
def test_a_place_is_a_whole_word_in_one_of_its_cases(text: str, language: str, place: str) -> None:
    assert {one.place for one in of(text, language, everything=True).shown} == {place}


def test_each_end_of_a_change_is_proposed_by_itself() -> None:
    found = of("The ladders rose from over 11 to 27 percent; tunnels are from 5 to 12 MW strong.").shown
    assert [brief(one) for one in found] == [("11", "percent", ">"), ("27", "percent", "="), ("5–12", "MW", "=")]
    assert all("rose from over 11 to 27" in one.quote for one in found[:2])


@pytest.mark.parametrize(
    ("text", "language", "times"),
    [
        ("In 2024 some 27 boats sailed, against 11 in 2015.", "en", ["2024", "2015"]),
        ("Catches were 12 percent up on 2019.", "en", [""]),
        ("Catches were 12 percent more than in 2003.", "en", [""]),
        ("Compared with 2015, 27 more boats sailed.", "en", [""]),
        ("In 2024 catches were 12 percent above 2015 levels.", "en", ["2024"]),
        ("It rose by 12 percent since 2015.", "en", [""]),
        ("The quay, built in 1990, is 27 metres long.", "en", [""]),
        ("The port sold 27 boats in March 2025, and 11 since.", "en", ["2025-03", ""]),
        ("It fell from 30 tonnes in 2010 to 12 tonnes in 2020.", "en", ["2010", "2020"]),
        ("Between 2010 and 2020 it grew from 11 to 27 percent.", "en", ["2010", "2020"]),
        ("Between 2010 and 2020 some 27 boats sank.", "en", ["2010/2020"]),
        ("The Act of 2015 names 27 rivers.", "en", [""]),
        ("It had 27 boats, as in 2015.", "en", [""]),
        ("The 2015 figure was 11.", "en", [""]),
        ("В 2024 году было 27 судов, на 12 процентов больше, чем в 2015 году.", "ru", ["2024", "2024"]),
        ("Рост на 12 процентов по сравнению с 2015 годом.", "ru", [""]),
        ("С 2015 года построено 27 судов.", "ru", [""]),
        ("2024 жылы 27 кеме болды.", "kk", ["2024"]),
        ("2015 жылмен салыстырғанда 12 пайызға өсті.", "kk", [""]),
        ("Im Jahr 2024 waren es 27 Boote, 12 Prozent mehr als 2015.", "de", ["2024", "2024"]),
        ("Gegenüber 2015 stieg es um 12 Prozent.", "de", [""]),
        ("En 2024, 27 bateaux, soit 12 de plus qu'en 2015.", "fr", ["2024", "2024"]),
        ("Subió un 12 por ciento respecto a 2015.", "es", [""]),
        ("Sitten 2015 oli 27 venettä.", "fi", [""]),
    ],
)
def test_a_year_of_comparison_is_never_the_time_of_a_number(text: str, language: str, times: list[str]) -> None:
    found = of(text, language).shown
    assert [one.as_of for one in found if one.candidate.kind != "date" and one.value != "2025-03"] == times


TABLE = """Table 2. Passengers of ferries, Portugal
Port | Length (m) | 2023 | 2024
Lisbon | 14.50 | 45 | 500
Porto | 7 | 12 | 3,000
"""


def test_a_cell_has_the_words_at_the_heads_of_its_row_and_column() -> None:
    found = {one.candidate.text: one for one in of(TABLE).shown}
    heads = {
        text: (one.candidate.cell.row, one.candidate.cell.column) for text, one in found.items() if one.candidate.cell
    }
    assert heads["500"] == ("Lisbon", "2024")
    assert [found[text].as_of for text in ("45", "500", "12", "3,000")] == ["2023", "2024", "2023", "2024"]
    assert {found[text].place for text in found} == {"PT"}
    assert found["500"].quote == "Lisbon | 14.50 | 45 | 500"
    assert (found["500"].measures[0], found["500"].likely) == ("passengers", True)
    length = found["14.50"]
    assert (brief(length), length.reading) == (("14.50", "m", "="), "The column is headed “Length (m)”.")
    assert length.verdict.inferred
    assert brief(found["45"]) == ("45", "", "=")


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("Staff (thousands)", "thousand"),
        ("Firms ('000)", "thousand"),
        ("Firms, 000s", "thousand"),
        ("Honey (1,000 t)", "thousand t"),
        ("Sales (EUR million)", "million EUR"),
        ("Sales, in million euros", "million EUR"),
    ],
)
def test_thousands_and_millions_in_the_head_of_a_table_are_part_of_the_value(head: str, unit: str) -> None:
    of_column = of(f"Port | {head} | Ships\nLisbon | 14.5 | 45\nPorto | 7.25 | 12\n").shown
    of_title = of(f"Ports, {head}\nPort | 2023 | 2024\nLisbon | 14.5 | 45\nPorto | 7.25 | 12\n").shown
    for shown in (of_column, of_title):
        found = next(one for one in shown if one.candidate.text == "14.5")
        assert brief(found) == ("14.5", unit, "=")
        assert unit.split()[0] in found.reading
        assert found.verdict.inferred


@pytest.mark.parametrize(
    ("rows", "cell", "column"),
    [
        ("| 2023 | | 2024\nPort | Cars (t) | Fuel | Cars\nLisbon | 45 | 7 | 8", "7", "2023, Fuel"),
        ("2023 | 2024\nLisbon | 45 | 500", "500", "2024"),
        ("Port | Kind | 2023 | 2024\nLisbon | 45 | 500", "500", ""),
        ("Lisbon | 45 | 7\nPorto | 46 | 8", "8", ""),
        ("Cars | Boats\nOld | New | Old | New\nLisbon | 45 | 7 | 6 | 8", "6", "Boats, Old"),
        ("Port | Cars | Boats\nOld | New | Old | New\nLisbon | 45 | 7 | 6 | 8", "8", "Boats, New"),
        ("Kind | Place\nCars | Boats | North | South\nLisbon | 45 | 7 | 6 | 8", "7", ""),
        ("All | Cars | Boats\nAll | Old | New | New\nLisbon | 45 | 7 | 6 | 8", "6", ""),
    ],
)
def test_a_column_is_named_only_where_it_is_sure_which(rows: str, cell: str, column: str) -> None:
    (one,) = (one for one in of(rows).shown if one.candidate.text == cell)
    assert one.candidate.cell is not None
    assert one.candidate.cell.column == column


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("Catch (t)", "t"),
        ("Share, %", "percent"),
        ("Costs in million euros", "million EUR"),
        ("Power (MW)", "MW"),
        ("%", "percent"),
        ("2019 (€)", "EUR"),
        ("Boats", ""),
        ("Boats (all)", ""),
        ("Улов, т", "t"),
    ],
)
def test_a_unit_at_the_head_of_a_column_is_inferred(head: str, unit: str) -> None:
    found = of(f"Port | {head}\nLisbon | 45\nPorto | 46\n", "ru" if "У" in head else "en").shown
    assert [one.unit for one in found] == [unit, unit]
    assert all(bool(one.reading) == bool(unit) and one.verdict.inferred == bool(unit) for one in found)


PAGE = """<body><nav><a href=/>7 things to see</a></nav><div class="page has-sidebar"><h1>Boats</h1>
<p>The port had 45 boats.</p><ul><li><a href=/a>12 cats who sail</a></li></ul>
<p>It <a href=/b>sold 46 boats</a> in the spring of that year, and none of them was ever seen again there.</p>
<div class="related-links"><p>The port lost 47 cranes.</p></div></div>
<aside>48 more</aside><footer><p>It has 49 offices.</p></footer></body>"""


def test_what_stands_beside_the_text_of_a_page_is_noise() -> None:
    found = of(extracted(PAGE.encode(), "text/html"))
    assert [brief(one)[0] for one in found.shown] == ["45", "46"]
    hidden = {one.text for one, why in found.hidden if why == "beside the text of the page"}
    assert hidden == {"7", "12", "47", "48", "49"}


def test_a_row_has_no_part_in_the_line_after_it() -> None:
    page = b"<table><tr><td>Port<td>2019 (t)<tr><td>Lisbon<td>2.60</table><p>128 boats sailed.</p>"
    found = [one for one in of(extracted(page, "text/html")).shown if one.candidate.cell]
    assert [(one.quote, one.as_of, one.unit) for one in found] == [("Lisbon | 2.60", "2019", "t")]


def test_classes_head_the_rows_of_a_table() -> None:
    found = of("Age | Men | Women\n15 - 24 | 45 | 46\n25 - 64 | 47 | 48\n65+ | 49 | 51")
    heads = {one.candidate.text: one.candidate.cell.row for one in found.shown if one.candidate.cell}
    assert heads == {"45": "15 - 24", "46": "15 - 24", "47": "25 - 64", "48": "25 - 64", "49": "65+", "51": "65+"}
    values = of("Port | Cars\nLisbon | 45-46\nPorto | 47-48\nFaro | 49-51").shown
    assert [one.candidate.cell.row for one in values if one.candidate.cell] == ["Lisbon", "Porto", "Faro"]


def test_the_unit_of_a_tables_title_is_said_where_the_column_is_known() -> None:
    shares, mixed = (of(f"Boats of ports, %\n\n{rows}Lisbon | 45 | 7").shown for rows in ("Port | Old | New\n", ""))
    assert [one.unit for one in shares] == ["percent", "percent"]
    assert [one.unit for one in mixed] == ["", ""]


def test_a_word_at_the_head_of_a_row_is_no_unit() -> None:
    assert [one.unit for one in of("Min | 45\nMax | 46").shown] == ["", ""]


def test_what_only_orders_a_table_is_noise() -> None:
    rows = "No. | Port | Boats\n1 | Lisbon | 45\n2 | Porto | 46\n3 | Faro | 47"
    assert {why for one, why in of(rows).hidden if one.text in "123"} == {"numbers of rows"}
    contents = "Contents\nHarbours | 3\nBoats and men | 17\nWhat is next | 40\n"
    assert {why for _, why in of(contents).hidden} == {"in contents"}


def test_a_sign_of_several_currencies_names_the_others() -> None:
    (one,) = of("The fleet cost about $5 million in all.").shown
    assert one.unit == "million USD"
    assert "million AUD" in one.alternatives


@pytest.mark.parametrize(
    ("text", "language", "unit", "is_open"),
    [
        ("Staten brukte 560 millioner kroner i fjor.", "nb", "million NOK", False),
        ("Staten brugte 560 millioner kroner i fjor.", "da", "million DKK", False),
        ("La leche costó 50 pesos por litro.", "es-UY", "UYU/l", False),
        ("La leche costó 50 pesos por litro.", "es", "ARS/l", True),
        ("La leche costó 50 euros por litro.", "es", "EUR/l", False),
        ("The quay cost $5 million in all.", "en-AU", "million AUD", False),
        ("The quay cost 50 kroner in all.", "en", "NOK", True),
        ("The quay in Denmark cost 50 kroner in all.", "en", "DKK", False),
        ("We spent 240 million pesos on it.", "en", "million ARS", True),
        ("The Philippines spent 240 million pesos on it.", "en", "million PHP", False),
        ("The quay cost P15 billion in all.", "en", "billion PHP", True),
        ("The quay cost RM 4.1m in all.", "en", "million MYR", False),
        ("The quay cost 50 roubles in all.", "en", "RUB", False),
        ("Dermaganya menelan Rp 142,5 miliar.", "id", "billion IDR", False),
        ("Bến tàu tốn 61,2 tỷ đồng.", "vi", "billion VND", False),
    ],
)
def test_a_noun_of_several_currencies_is_that_of_the_languages_country_or_asked(
    text: str, language: str, unit: str, is_open: bool
) -> None:
    (one,) = of(text, language).shown
    assert (one.unit, one.is_unit_open) == (unit, is_open)


# Quotes ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "It carried 45 boats. It carried 45 boats again. Later it carried 45 boats and 12 cars over the bay.",
        "The port (opened in 1990) has 45 berths, 12 cranes, and no fewer than 7 tugs; up to 3,500 seats stay empty.",
        "Not 45 but 50 boats came. There were no longer 12 of them, and half of the 36 left.",
        'He said: "We counted 45 boats", and then "at most 12.5% of them sailed". A 3 mile swim.',
        "Article 14 of the law and Table 3 say so; the third port, founded in 1990, has 7 tugs, one a day [12].",
        "Порт принял свыше 45 судов, не более 12% из них новые; ещё 7 ждут.",
    ],
)
def test_each_quote_is_unique_short_and_read(text: str) -> None:
    folded = fold(text)
    language = "ru" if "П" in text else "en"
    for one in of(folded, language, everything=True).shown:
        found = find_quote(folded, "", one.quote, "", language)
        assert isinstance(found, Match)
        assert found.start <= one.start < one.end <= found.end
        assert len(one.quote.split()) <= 12
        assert one.verdict.state == "read"


PIECES = st.sampled_from(
    [
        *("45", "1,234", "12.5%", "$5m", "10⁶", "0.3", "2024", "May 2024", "3 March 2025", "half", "twenty", "−7"),
        *("over", "up to", "not", "no", "about", "between", "and", "to", "–", "(", ")", "[12]", "Table", "Article"),
        *("boats", "million", "euros", "percent", "MW", "a year", "Lisbon", "G20", "the", "of", "pas-\nsengers"),
        *(
            ".",
            ",",
            ";",
            "\n",
            "\n\n",
            "¹",
            "“",
            "”",
            "\u00ad",
            "\u202e",
            "| ",
            "1.",
            "References",
            "https://x.example/7",
        ),
    ]
)


@given(
    st.lists(PIECES, max_size=40), st.sampled_from(["en", "ru", "de", "English, mostly"]), st.booleans(), st.booleans()
)
@settings(max_examples=60, deadline=None)
def test_whatever_a_text_holds_each_suggestion_is_sound(
    pieces: list[str], language: str, is_pdf: bool, is_table: bool
) -> None:
    folded = fold(" ".join(pieces), joins_lines=is_pdf, lines_are_paragraphs=is_table)
    found = of(folded, language, everything=True, is_table=is_table)
    for one in found.shown:
        place = find_quote(folded, "", one.quote, "", language)
        assert isinstance(place, Match)
        assert place.start <= one.start < one.end <= place.end
        assert count_words(one.quote) <= 12
        assert not problems_in_quote(one.quote)
        assert one.verdict.state == "read"
    numbers = [one.number for one in found.shown] + [candidate.number for candidate, _ in found.hidden]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_a_quote_that_stands_twice_is_told_apart_by_words_on_either_side() -> None:
    same = "of which no more than a few were ever seen again by us"
    text = (
        f"In the north 1,237 boats sailed, up to 4 percent {same}. In the south 1,300 sailed, up to 4 percent {same}."
    )
    quotes = [one.quote for one in of(text).shown if brief(one)[0] == "4"]
    assert len(quotes) == 2
    assert all("sailed, up to 4 percent" in quote for quote in quotes)


def test_a_quote_that_stands_twice_with_a_word_in_common_is_not_taken() -> None:
    folded = fold("3 March 2025 45 3 March 2025 45 3 March 2025")
    for one in of(folded, everything=True).shown:
        place = find_quote(folded, "", one.quote, "")
        assert isinstance(place, Match)
        assert place.start <= one.start < one.end <= place.end


def test_a_raised_mark_ends_a_sentence_with_it() -> None:
    (one,) = of("They were lost over the winter.¹ Each hive gave 21.5 kg.").shown
    assert one.sentence == "Each hive gave 21.5 kg."


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "The fleet grew by 6.2 per cent on the year before and carried cars, dogs and the mail of the islands.",
            "grew by 6.2 per cent on the year before",
        ),
        (
            "An hour takes about 38 litres of fuel oil on the lake and more in the wind than anybody had thought.",
            "about 38 litres of fuel oil",
        ),
    ],
)
def test_a_quote_ends_with_its_phrase(text: str, quote: str) -> None:
    (one,) = of(text).shown
    assert one.quote == quote


def test_a_formula_of_a_substance_is_no_number() -> None:
    found = of("The boats gave off 398 tonnes of CO2 and of CH4 that year.")
    assert [one.candidate.text for one in found.shown] == ["398 tonnes"]


def test_a_quote_does_not_begin_inside_a_name() -> None:
    text = "It came before the United States (7.24%) and also Russia with its (6.9%) of all there is."
    assert of(text).shown[0].quote.startswith("United States (7.24%)")


def test_a_quote_across_a_line_end_of_a_pdf_has_the_word_whole() -> None:
    folded = fold("The harbour counted 45 pas-\nsengers a day. Other passengers left.", joins_lines=True)
    (one,) = of(folded).shown
    assert "45 passengers" in one.quote
    folded = fold("It had 45 crypto-\nfriendly boats. All crypto-friendly boats left.", joins_lines=True)
    assert "45 crypto-friendly" in of(folded).shown[0].quote


# Noise ----------------------------------------------------------------------------------------------------------------


CONTENTS = (
    "1 | Boats of the north,\n2010-2012 | 2\n2 | Boats of the south | 4\n3 | Ports | 5\n4 | Seas | 5\n5 | Fish | 9"
)
BODY = "Boats of the south\n\nPorts\n\nSeas\n\nFish\n\nWords."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Words here.\n\n12\n\nMore words.", "page numbers"),
        ("Words here.\n\nPage 3 of 40\n\nMore words.", "page numbers"),
        ("Words here.\n\nстр. 7\n\nMore words.", "page numbers"),
        ("2.1 Methods of counting\n\nWords follow.", "numbers of headings"),
        ("3 The harbour\n\nWords follow.", "numbers of headings"),
        ("1. Count the boats.\n\nWords.", "numbers of lists"),
        ("(4) the boats that sail;\n\nWords.", "numbers of lists"),
        ("Harbours and boats ......... 17\n\nWords.", "in contents"),
        ("x = y + z (12)\n\nWords.", "numbers of equations"),
        ("We take z = x (7)\n\nAs in model (7) it grows.", "numbers of equations"),
        ("0 20 40 60 80\n\nWords.", "in lines of mere numbers"),
        ("0\n50,000\n100,000\nWords", "in lines of mere numbers"),
        ("15-24 Boats 4,2 3,0 5,4 1,3 … 5,0", "in lines of mere numbers"),
        (
            "Words end.\n2.1 Boats\nWords end.\n2.2 Ports of the sea and of the rivers in all of it\nMore",
            "numbers of headings",
        ),
        ("words go on\n1 = Worked\n2 = Did not\nWords.", "numbers of lists"),
        ("It sank.¹ It rose.²\n\n1 Boats of the port.\n\n2 Ports of the boats.", "numbers of notes"),
        ("B1 Where? B2 When? Go to B3.", "labels"),
        ("As Annex A3 shows.", "labels"),
        ("It fell (Figure 5.9-g).", "labels"),
        ("12 months or more ..........", "in contents"),
        ("By boat ......... 1 2 3\n\nWords.", "in contents"),
        ("The share of those aged 15 to 24 in the port.", "ages of people"),
        ("The boats were counted [12] by the port.", "references in brackets"),
        ("The boats were counted [3, 4] by the port.", "references in brackets"),
        ("See https://x.example/2025/report-7 for it.", "in addresses and numbers of books"),
        ("ISBN 9783161484100 is the book.", "in addresses and numbers of books"),
        ("Call +351 21 555 12 34 for more.", "in telephone numbers"),
        ("Tel. 555 1234 for more.", "in telephone numbers"),
        ("Table 3 shows the rest of it.", "labels"),
        ("Article 14 of the law says so.", "labels"),
        ("The port was built in 1990.", "years"),
        ("It is the third port of the country.", "ordinals"),
        ("One of the boats left the port.", "small numbers in words"),
        ("It sank far off the coast nine months ago, they said.", "small numbers in words"),
        ("Updated: 16 January 2019, by Ines Duarte", "dates of publication"),
        ("The market opens at 6.16 EST on most days.", "times of day"),
        ("The skipper, Ines Duarte, 43, left the port.", "ages of people"),
        ("A 106-year-old boat left the port.", "ages of people"),
        ("We (1) sail and (2) row.", "numbers of lists"),
        ("It runs on Harbour 3.6 with ease.", "numbers of names"),
        ("It had 941 comments", "counters of a page"),
        ("2.4.\n\nWords follow.", "numbers of headings"),
        ("0% 5% | 10% | 15%\nWords.", "in lines of mere numbers"),
        ("Draft 45\n\nA.\n\nDraft 45\n\nB.\n\nDraft 45\n\nC.", "in lines that repeat"),
        ("A long text.\n\n" * 5 + "References\n\nSilva, A. 45 boats. Seas 12.", "in lists of references"),
        (f"{CONTENTS}\n\n{BODY}", "in contents"),
        ("Длинный текст.\n\n" * 5 + "Список литературы\n\nСилва. 45 судов.", "in lists of references"),
    ],
)
def test_noise_is_hidden_with_its_reason(text: str, reason: str) -> None:
    found = of(text, "ru" if "ный" in text else "en")
    assert found.shown == ()
    assert reason in {why for _, why in found.hidden}


@pytest.mark.parametrize(
    "text",
    [
        "12 boats sank in the storm.",
        "The port grew by\n12. The next year it shrank.",
        "Boats\n\n14,200 passengers a day\n\nSeats",
        "The 45 boats (12 of them new) sailed.",
        "References to 45 boats were found in the archive.",
        "It moved +45 percent within a year.",
        "Of the fleet\n2.7 percent sank.\nOf the men 2.8 percent did.",
        "It rose.³\n\n45 boats sank.",
        "In the port sank\n1. The sea\nrose.\n\n45 = all",
        "The G7, the G8 and the G20 met.",
        "It had 12 345 678 boats.",
        "The share of wood (0.78) and coal grew.",
        "Lisbon | 2 | 4\nPorto | 3 | 5\nFaro | 5 | 6\nLagos | 5 | 7\nSines | 6 | 9\n\nLisbon\n\nPorto\n\nFaro\n\nLagos",
    ],
)
def test_what_only_looks_like_noise_is_shown(text: str) -> None:
    assert of(text).shown


def test_a_table_after_the_references_is_read_again() -> None:
    rows = "".join(f"Port {name} | 4{n} | 5{n}\n" for n, name in enumerate("ABCDE"))
    found = of("A long text.\n\n" * 20 + f"References\n\nSilva, A. 45 boats.\n\n{rows}")
    assert [one.candidate.text for one in found.shown] == [f"{tens}{n}" for n in range(5) for tens in "45"]


def test_an_appendix_after_the_references_is_read_again() -> None:
    text = "A long text.\n\n" * 5 + "References\n\nSilva, 45 boats.\n\nAppendix A\n\nIt had 12 cranes in all."
    assert [brief(one)[0] for one in of(text).shown] == ["12"]


def test_numbers_stay_the_same_whatever_is_shown() -> None:
    text = "In 1990 it had 45 boats. In 2000 it had 46 boats."
    assert [one.number for one in of(text).shown] == [2, 4]
    assert [one.number for one in of(text, everything=True).shown] == [1, 2, 3, 4]
    assert [one.number for one in of(text, wanted=3).shown] == [3]


def test_names_are_proposed_once() -> None:
    found = of("The G20 met, and the G20 left. COVID-19 had come to all of them by then.")
    assert [brief(one)[0] for one in found.shown] == ["G20", "COVID-19"]
    assert [why for _, why in found.hidden] == ["names said before"]


def test_what_the_program_would_not_read_is_not_proposed() -> None:
    """A name after a negation would be "in our words"."""
    found = of("There was no G20 meeting at all.")
    assert found.shown == ()
    assert [why for _, why in found.hidden] == ["not to be quoted and read"]


def test_a_table_is_read_by_row() -> None:
    from reportgen.archive.tables import csv_text

    text = fold(csv_text("Port,2023,2024\nLisbon,45,500\nPorto,12,7\n"), lines_are_paragraphs=True)
    found = [(one.quote, brief(one)[0]) for one in of(text, is_table=True).shown]
    assert ("Lisbon | 45", "45") in found
    assert ("Lisbon | 45 | 500", "500") in found


# The command ----------------------------------------------------------------------------------------------------------


def numbers(project: Project, *options: str) -> dict[str, dict[str, Any]]:
    done = project.run("suggest", "ferries", "--json", *options)
    assert done.code == 0, done.told
    return {one["text"]: one for one in done.data["suggestions"]}


def test_the_list_says_what_is_hidden(tmp_path: Path) -> None:
    project = added(tmp_path)
    done = project.run("suggest", "ferries")
    assert "14200 passenger   “" in done.out
    assert "guessed: measure passengers, place PT, time 2025-03" in done.out
    assert (
        "hidden: 2 in telephone numbers, 1 in addresses and numbers of books, 1 label, 1 year (--all shows them)."
        in done.out
    )
    assert set(numbers(project)) < set(numbers(project, "--all"))
    assert set(numbers(project, "--min-strength", "5")) < set(numbers(project))


def test_a_number_is_taken_and_verified_at_once(tmp_path: Path) -> None:
    project = added(tmp_path)
    number = str(numbers(project)["14,200"]["number"])
    before = {k: v for k, v in read_tree(tmp_path).items() if k.startswith("content/")}
    done = project.run("suggest", "ferries", "--take", number, "--claim", "Ferries carried {value} a day.", "--yes")
    assert done.code == 0, done.told
    assert '{{ fact("passengers-pt-2025-03") }}' in done.out
    assert project.read("content/facts/desk.yaml") == (
        '- id: passengers-pt-2025-03\n  claim: "Ferries carried {value} a day."\n  measure: passengers\n  place: PT\n'
        "  value: 14200\n  as_of: 2025-03\n"
        '  evidence: [{source: ferries, quote: "carried 14,200 passengers a day"}]\n'
    )
    after = {k: v for k, v in read_tree(tmp_path).items() if k.startswith("content/")}
    assert {k for k in after if after[k] != before.get(k)} == {"content/facts/desk.yaml", "content/evidence.lock"}
    assert project.run("check", "--strict").code == 0
    assert "content/evidence.lock is as it was" in project.run("verify").out
    assert "14,200" not in numbers(project)


GOVERNED = (CASES / "governed.txt").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("case", GOVERNED)
def test_what_governs_a_number_is_quoted_with_it(case: str) -> None:
    """Or it is told, or the number is not proposed."""
    language, sentence, number, words = case.split("|")
    for one in of(sentence, language, everything=True).shown:
        if one.candidate.text.startswith(number):
            assert words in one.quote.lower() or one.left_out, one.quote


FAR = (
    "It is not true, as several papers of the capital have written again and again since last summer, that in all "
    "500 wagons were lost. Trains of the north plan to leave the old depot near the river for two weeks, and, "
    "after that, they, so the line says, will for the first time since the war stop at 19 stations.\n"
)


def test_what_no_short_quotation_holds_is_told_and_not_verified(tmp_path: Path) -> None:
    project = added(tmp_path, {"news.txt": FAR})
    assert project.run("add", str(project.path("news.txt")), "--as", "news", "--retrieved", "2026-11-22").code == 0
    listed = json.loads(project.run("suggest", "news", "--json").out)["suggestions"]
    one = next(each for each in listed if each["text"].startswith("500"))
    assert one["left_out"] == ["not"]
    assert "the sentence says “not” of it" in " ".join(project.run("suggest", "news").out.split())
    take = ("suggest", "news", "--take", str(one["number"]), "--claim", "In the year, {value} wagons were lost.")
    done = project.run(*take, "--json", "--dry-run")
    assert json.loads(done.out)["verified"] is False
    done = project.run(*take)
    assert done.code == 0, done.told
    assert "warning[quote-cut]" in done.told
    assert "and verified" not in done.out
    assert "is not verified before you have" in done.out
    for command in ("check", "verify"):
        assert "warning[quote-cut]" in project.run(command).told, command


def test_a_denial_is_not_taken_as_said(tmp_path: Path) -> None:
    project = added(tmp_path, {"news.txt": "It is not true that 500 wagons were lost; 50 were.\n"})
    assert project.run("add", str(project.path("news.txt")), "--as", "news", "--retrieved", "2026-11-22").code == 0
    (one, _) = json.loads(project.run("suggest", "news", "--json").out)["suggestions"]
    assert one["quote"] == "not true that 500 wagons were lost"
    done = project.run(
        "suggest", "news", "--take", str(one["number"]), "--claim", "In the year, {value} wagons were lost."
    )
    assert done.code == 1
    assert "error[value-contradicted]" in done.err


def test_guesses_are_written_only_when_they_are_asked_for(tmp_path: Path) -> None:
    project = added(tmp_path)
    number = str(numbers(project)["14,200"]["number"])
    assert project.run("suggest", "ferries", "--take", number, "--claim", "It was {value}.", "--id", "a").code == 0
    text = project.read("content/facts/desk.yaml")
    assert "measure" not in text
    assert "as_of" not in text
    assert "unit: passenger" in text


def test_a_fact_goes_where_its_neighbours_are(tmp_path: Path) -> None:
    project = added(tmp_path)
    given = numbers(project)
    take = ("suggest", "ferries", "--claim", "It was {value}.", "--take")
    assert project.run(*take, str(given["14,200"]["number"]), "--id", "a", "--measure", "passengers").code == 0
    project.write(
        "content/facts/base.yaml", project.read("content/facts/desk.yaml").replace("- id: a", "# Why.\n- id: a")
    )
    project.remove("content/facts/desk.yaml")
    assert project.run(*take, str(given["8 percent"]["number"]), "--id", "b").code == 0
    assert project.read("content/facts/base.yaml").startswith("# Why.\n- id: a\n")
    assert "- id: b\n" in project.read("content/facts/base.yaml")
    assert not project.path("content/facts/desk.yaml").exists()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--claim", "It carried 7 people."], "error[digit-in-claim]"),
        (["--claim", "It was {number}."], "error[bad-claim]"),
        (["--claim", "It was {value}.", "--measure", "nothing"], "error[unknown-measure]"),
        (["--claim", "It was {value}.", "--measure", "growth"], "error["),
        (["--claim", "It was {value}.", "--as-of", "soon"], "error[bad-date]"),
        (["--claim", "It was {value}.", "--relation", ">"], "error[value-contradicted]"),
        (["--claim", "It was {value}.", "--unit", "MW"], "error["),
        (["--claim", "It was {value}.", "--id", "Big Id"], "error[bad-id]"),
        (["--claim", "TODO"], "error[claim-todo]"),
        (["--claim", "a\nb {value}"], "error[wrong-value]"),
        (["--claim", "x" * 500], "error[wrong-value]"),
    ],
)
def test_what_check_would_refuse_is_not_written(options: list[str], says: str, tmp_path: Path) -> None:
    project = added(tmp_path)
    number = str(numbers(project)["14,200"]["number"])
    before = read_tree(tmp_path / "content")
    done = project.run("suggest", "ferries", "--take", number, *options)
    assert done.code == 1, done.told
    assert says in done.err
    assert "Nothing was written." in done.err
    assert read_tree(tmp_path / "content") == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ferriess"], 'did you mean "ferries"?'),
        (["ferries", "--take", "2"], "--take N and --claim TEXT go together"),
        (["ferries", "--claim", "It is."], "--take N and --claim TEXT go together"),
        (["ferries", "--take", "99", "--claim", "It is {value}."], "it has no such number"),
        (["ferries", "--take", "2", "--claim", "It is {value}.", "--relation", "over"], "is none of"),
    ],
)
def test_wrong_usage(arguments: list[str], says: str, tmp_path: Path) -> None:
    done = added(tmp_path).run("suggest", *arguments)
    assert done.code == 2
    assert says in done.err


@pytest.mark.parametrize(
    ("options", "place"),
    [
        (["--claim", "It carried 7 people."], "--claim: error[digit-in-claim]"),
        (["--claim", "It was {value}.", "--as-of", "soon"], "--as-of: error[bad-date]"),
        (["--claim", "It was {value}.", "--measure", "nothing"], "--measure: error[unknown-measure]"),
        (["--claim", "It was {value}.", "--id", "Big Id"], "--id: error[bad-id]"),
        (["--claim", "a\nb {value}"], "--claim: error[wrong-value]"),
        (["--claim", "We tested."], "--claim: error[bad-claim]: the claim has no {value}"),
        (["--claim", "It was {value}.", "--value", "15", "--reading", "So"], "--reading: error["),
    ],
)
def test_a_refused_fact_names_the_option_and_no_line(options: list[str], place: str, tmp_path: Path) -> None:
    """The file where it would have stood has no such line."""
    project = added(tmp_path, {"content/facts/desk.yaml": "# Ours.\n\n"})
    number = str(numbers(project)["14,200"]["number"])
    done = project.run("suggest", "ferries", "--take", number, *options)
    assert done.code == 1
    assert place in done.err
    assert "desk.yaml:" not in done.err
    found = project.run("suggest", "ferries", "--take", number, *options, "--json").data["diagnostics"]
    assert {one["line"] for one in found} == {None}


def test_a_number_is_taken_once(tmp_path: Path) -> None:
    project = added(tmp_path)
    number = str(numbers(project)["14,200"]["number"])
    take = ("suggest", "ferries", "--take", number, "--claim")
    assert project.run(*take, "It was {value}.", "--id", "a").code == 0
    before = read_tree(tmp_path / "content")
    done = project.run(*take, "The ferries carried {value}.", "--id", "b")
    assert done.code == 1
    assert f'--take {number}: error[known-fact]: number {number}, "14,200", is the fact "a" already' in done.err
    assert read_tree(tmp_path / "content") == before


def test_a_value_that_a_person_infers_is_taken_with_its_reading(tmp_path: Path) -> None:
    project = added(tmp_path)
    number = str(numbers(project)["14,200"]["number"])
    take = ("suggest", "ferries", "--take", number, "--claim", "A boat carried {value}.", "--id", "a")
    options = (*take, "--value", "1420")
    assert project.run(*options).code == 1
    reading = "The ferries carried 14,200 passengers a day on ten boats."
    assert project.run(*options, "--reading", reading).code == 0
    assert f'  reading: "{reading}"\n' in project.read("content/facts/desk.yaml")
    assert "  value: 1420\n" in project.read("content/facts/desk.yaml")
    assert project.run("check", "--strict").code == 0
    assert "error[known-fact]" in project.run(*options, "--reading", reading, "--id", "b").err


def test_all_shows_also_what_cannot_be_taken(tmp_path: Path) -> None:
    project = harbour(tmp_path, {"a.txt": "Harbour\nThere was no G20 meeting. It had 4,500¹² shops and 45 boats."})
    assert project.run("add", str(project.path("a.txt")), "--as", "ferries", "--language", "en").code == 0
    plain, everything = (project.run("suggest", "ferries", *more).out for more in ((), ("--all",)))
    assert "1 not to be quoted and read" in plain
    assert "(--all shows them)." in plain
    assert "   –  G20   cannot be taken: not to be quoted and read" in everything
    assert "cannot be taken: 1 not to be quoted and read" in everything
    assert "hidden" not in everything
    assert "--all" not in everything


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("In March 2025 the port had 45 boats.", 2),
        ("Table 3 shows it. In 1990 the port had 45 boats.", 3),
        ("In March 2025 it sank.", 1),
        ("Table 3 shows it.", None),
    ],
)
def test_the_first_that_is_proposed_is_no_noise(text: str, number: int | None) -> None:
    for everything in (False, True):
        first = of(text, everything=everything).first
        assert (first and first.number) == number


def test_a_relation_that_is_not_understood_has_to_be_given(tmp_path: Path) -> None:
    project = harbour(tmp_path, {"port.txt": "Le port a reçu plus de 89 % des navires du pays."})
    assert (
        project.run(
            "add", str(project.path("port.txt")), "--as", "ferries", "--language", "fr", "--title", "Le port"
        ).code
        == 0
    )
    take = ("suggest", "ferries", "--take", "1", "--claim", "It had {value}.")
    done = project.run(*take)
    assert done.code == 1
    assert "error[no-relation-words]" in done.err
    assert project.run(*take, "--relation", ">").code == 0
    assert 'relation: ">"' in project.read("content/facts/desk.yaml")
    assert project.run("check", "--strict").code == 0


def test_yaml_of_all_suggestions_waits_for_claims(tmp_path: Path) -> None:
    project = added(tmp_path)
    project.write("content/facts/all.yaml", project.run("suggest", "ferries", "--format", "yaml").out)
    project.run("verify")
    found = json.loads(project.run("check", "--format", "json").out)["diagnostics"]
    assert {one["code"] for one in found if one["severity"] == "error"} == {"claim-todo"}
    project.change("content/facts/all.yaml", "TODO {value}", "It was {value} a day.")
    found = json.loads(project.run("check", "--format", "json").out)["diagnostics"]
    told = {(one["code"], one["severity"]) for one in found if one["severity"] != "notice"}
    assert told == {("said-beside", "warning"), ("value-contradicted", "warning")}  # one claim cannot be that of all
    project.change("content/facts/all.yaml", "It was {value} a day.", "It was {value}.")
    assert 'the quote says "14,200 … a day"' in project.run("check", "--strict").told


def test_a_fact_is_taken_from_a_spreadsheet_and_from_csv(tmp_path: Path) -> None:
    rows: list[list[str | float | None]] = [["Port", "Boats"], ["Lisbon", 45], ["Porto", 12.5]]
    project = harbour(tmp_path, {"p.xlsx": xlsx({"Ports": rows}), "p.csv": "Port,Boats\nLisbon,46\nPorto,13\n"})
    for name, value in (("p.xlsx", "45"), ("p.csv", "46")):
        id = name.replace(".", "-")
        assert project.run("add", str(project.path(name)), "--as", id, "--language", "en").code == 0
        listed = project.run("suggest", id, "--json").data["suggestions"]
        number = next(str(one["number"]) for one in listed if one["value"] == value)
        assert project.run("suggest", id, "--take", number, "--claim", "Lisbon had {value}.", "--id", id).code == 0
    assert project.run("verify").code == 0
    assert CSV in project.read("content/sources/archive.yaml")


def test_facts_of_the_shipped_sources_are_found_again() -> None:
    """One fact at a time is left out: its value and relation are proposed, and mostly its unit and measure."""
    from dataclasses import replace

    from reportgen.model.fact import DateValue
    from reportgen.model.quantity import Quantity
    from tests.driver import ROOT

    project = pipeline.answers(ROOT)[0].project
    facts = [f for f in project.facts.values() if isinstance(f.value, Quantity | DateValue) and f.evidence]
    assert len(facts) > 20
    table = pipeline.units_of(project)
    seen = values = measures = relations = units = 0
    for fact in facts:
        evidence = fact.evidence[0]
        if fact.verdict is None or fact.verdict.state != "read" or fact.verdict.inferred or evidence.carries:
            continue
        # The saved sources are not in the tree: a fact's quote stands for its source.
        text = fold(evidence.prefix + evidence.quote + evidence.suffix)
        without = replace(project, facts={id: one for id, one in project.facts.items() if id != fact.id})
        source = project.sources[evidence.source]
        found = suggested(text, source, without, pipeline.units_of(project), everything=True).shown
        if isinstance(fact.value, DateValue):
            typed, relation = fact.value.date.text, "="
        else:
            assert isinstance(fact.value, Quantity)
            typed, relation = str(fact.value.typed), fact.value.relation.value
        right = [one for one in found if "/".join([brief(one)[0].replace("–", "/")]) == typed]
        seen += 1
        values += bool(right)
        relations += any(one.relation in (relation, "") for one in right)
        # A fact without a unit of its own is written with its measure's.
        given = project.measures[fact.measure].unit if fact.measure else ""
        said = [one.unit or (given if fact.measure in one.measures else "") for one in right]
        units += table.parse(fact.unit) in map(table.parse, said)
        measures += any(fact.measure in one.measures for one in right) or not fact.measure
        assert all(len(one.measures) <= 8 for one in right)
    assert seen > 30
    assert values == relations == seen
    assert units >= 0.9 * seen
    assert measures >= 0.85 * seen


def test_opening_the_archive_of_a_project_is_enough(tmp_path: Path) -> None:
    project = added(tmp_path)
    loaded = pipeline.answers(tmp_path)[0].project
    found = suggestions_of(loaded.sources["ferries"], loaded, open_archive(project.path("saved")))
    assert len(found.shown) == len(numbers(project))


def test_a_multiple_alone_is_of_what_the_measure_counts(tmp_path: Path) -> None:
    """`58 thousand` in a sentence that names what is counted far from it."""
    project = harbour(
        tmp_path, {"a.txt": "In all that year the boats of the port carried 58 thousand of them, it says.\n"}
    )
    assert project.run("add", str(project.path("a.txt")), "--as", "count-2024").code == 0
    shown = project.run("suggest", "count-2024", "--json").data["suggestions"]
    (number,) = (each["number"] for each in shown if each["unit"] == "thousand")
    claim = ("--claim", "The boats carried {value}.", "--measure", "passengers")
    done = project.run("suggest", "count-2024", "--take", str(number), *claim)
    assert done.code == 0, done.told
    assert 'unit: "thousand passenger"\n' in "".join(p.read_text() for p in (tmp_path / "content/facts").glob("*.yaml"))


def test_what_a_fact_reads_is_that_number_whatever_mark_parts_its_digits(tmp_path: Path) -> None:
    fact = "- {id: a, claim: 'It took {value}.', value: 6200, unit: t, relation: '~', "
    fact += 'evidence: [{source: hafen, quote: "rund 6\'200 Tonnen"}]}\n'
    source = "- {id: hafen, type: report, title: Der Hafen, language: de}\n"
    text = "Das ist extra leicht, was einem Verbrauch von rund 6’200 Tonnen entspricht, wie der Hafen sagt.\n"
    files = {"content/facts/de.yaml": fact, "content/sources/de.yaml": source, "a.txt": text}
    project = harbour(tmp_path, files)
    assert project.run("add", str(project.path("a.txt")), "--as", "hafen").code == 0
    told = project.run("suggest", "hafen", "--json").data
    assert (told["suggestions"], told["facts"]) == ([], 1)


def test_a_fact_has_its_own_number_and_no_other_with_the_same_digits(tmp_path: Path) -> None:
    fact = "- {id: a, claim: 'It had {value}.', value: 1.25, unit: percent, "
    fact += 'evidence: [{source: count-2024, quote: "of 125 boats 1.25 percent sank"}]}\n'
    files = {"content/facts/a.yaml": fact, "a.txt": "Of the fleet of 125 boats 1.25 percent sank.\n"}
    project = harbour(tmp_path, files)
    assert project.run("add", str(project.path("a.txt")), "--as", "count-2024").code == 0
    told = project.run("suggest", "count-2024", "--json").data
    assert ([one["text"] for one in told["suggestions"]], told["facts"]) == (["125"], 1)


def test_the_unit_of_a_title_is_that_of_the_column_it_names() -> None:
    text = "Night trains\nPassengers (thousands) and revenue (EUR million)\nLine | Passengers | Revenue\n"
    text += "Wien–Zürich | 288 | 6.2\nWien–Roma | 190 | 4.1"
    found = {one.candidate.text: one for one in of(fold(text, lines_are_paragraphs=True)).shown}
    assert (found["288"].unit, found["6.2"].unit) == ("thousand passenger", "million EUR")
    assert found["288"].reading == "The table is called “Passengers (thousands)”: “288”."
    assert found["6.2"].reading == "The table is called “revenue (EUR million)”."


def test_readings_quote_of_a_heading_only_what_it_prints() -> None:
    text = "Verkehr\nPass | Strasse (1000 Fz.) Schiene (Mio. t)\nGotthard | 667 | 13.2\nSimplon | 81 | 9.7\n"
    text += "Bernardino 143 | 0.0"
    given = of(fold(text, joins_lines=True), "de")
    found = {one.candidate.text: one for one in given.shown}
    assert (found["667"].unit, found["13.2"].unit) == ("thousand", "million t")
    assert found["667"].reading == "The column is headed “Strasse (… Fz.)”: thousand, “667”."
    assert "143" not in found
    assert "0.0" not in found


def test_a_unit_at_the_corner_of_a_table_is_that_of_its_cells() -> None:
    text = "Landings\nthousand tonnes | 2019 | 2020\nCod | 100 | 101\nTotal | 131 | 140"
    found = {one.candidate.text: one for one in of(fold(text, lines_are_paragraphs=True)).shown}
    assert {one.unit for one in found.values()} == {"thousand t"}
    assert found["131"].reading == "The table is headed “thousand tonnes”."


SHELTERS = "Country | Boats | of which old | Seats (thousand)\n"


def _heads_of(text: str | FoldedText) -> dict[str, tuple[str, str]]:
    found = [*of(text, everything=True).shown]
    return {
        one.candidate.text: (one.candidate.cell.row, one.candidate.cell.column)
        for one in found
        if one.candidate.cell and not one.candidate.cell.is_head
    }


@pytest.mark.parametrize(
    "rows",
    [
        # The head of the last column stands in a line of its own, and some first cells hold a number too.
        f"{SHELTERS}Cost (US$\nmillion)\nChile 612 | 41 | 183.6 | 22.4\nKenya | 488 | 67 | 122.0 | 19.7",
        f"{SHELTERS}Kenya | 488 | 67 | 122.0 | 19.7\nGhana | 402 | 38 | 88.4 | 17.0",
        "Country | Boats | Cost (US$\nmillion)\nKenya | 488 | 19.7\nGhana | 402 | 17.0",
        "Country | Boats | Cost\nper seat (US$)\nKenya | 488 | 19.7\nGhana | 402 | 17.0",
        "Country | Boats | Seats (thousand)\nKenya 61 | 488 | 19.7\nGhana 52 | 402 | 17.0",
        "Boats | Seats (thousand)\nKenya | 488 | 19.7\nGhana | 402 | 17.0",
    ],
)
def test_where_heads_of_a_pdf_may_be_lost_no_cell_has_one_and_it_says_so(rows: str) -> None:
    given = of(fold(rows, joins_lines=True))
    assert not [one for one in given.shown if one.reading or (one.candidate.cell and one.candidate.cell.column)]
    hidden = {one.text: why for one, why in given.hidden}
    assert {hidden.get(text) for text in ("67", "19.7", "17.0", "402")} - {None} == {
        "in tables whose heads are not told apart"
    }


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ("Country | Boats | Seats (thousand)\nKenya | 488 | 19.7\nGhana | 402 | 17.0", "Boats"),
        ("Zone | Boats | Seats (thousand)\nZone 1 | 488 | 19.7\nZone 2 | 402 | 17.0", "Boats"),
        ("2019 | 2020\nKenya | 488 | 19.7\nGhana | 402 | 17.0", "2019"),
        ("Country | Boats | Seats\nKenya | 488 | 19.7\nAt sea\nGhana | 402 | 17.0", "Boats"),
        ("Country | Boats | Seats\nKenya | 488 | 19.7\nGhana | 402\nPeru | 402 | 17.0", "Boats"),
    ],
)
def test_heads_of_a_pdf_that_are_whole_are_those_of_their_columns(rows: str, column: str) -> None:
    assert _heads_of(fold(rows, joins_lines=True))["488"][1] == column


def test_an_empty_cell_has_not_what_stands_above_it() -> None:
    rows = [["City", "Country", "2023"], ["Lima", "Peru", 45.5], ["Cusco", None, 46.5], ["Total", None, 92]]
    told = extracted(xlsx({"Boats": Sheet(rows, merged=("B2:B3",))}), XLSX)
    assert {text: row for text, (row, _) in _heads_of(told).items() if text in ("45.5", "46.5", "92")} == {
        "45.5": "Lima, Peru",
        "46.5": "Cusco, Peru",
        "92": "Total",
    }
    assert [one.place for one in of(told).shown if one.candidate.text == "92"] == [""]
    page = (
        "<table><tr><th>Land<th>Port<th>2023<tr><td rowspan=2>Peru<td>Ilo<td>45<tr><td>Paita<td>46<tr><td><td>All<td>91"
    )
    assert [row for row, _ in _heads_of(extracted(page.encode(), "text/html")).values()] == [
        "Peru, Ilo",
        "Peru, Paita",
        "All",
    ]
    table = extracted(b"Land,Port,2023\nPeru,Ilo,45\n,Paita,46\nTotal,,91\n", CSV)
    assert [row for row, _ in _heads_of(table).values()] == ["Peru, Ilo", "Paita", "Total"]


def test_a_row_without_its_last_cells_has_its_heads_where_the_file_places_them() -> None:
    table = extracted(b"Port,2019,2020,Note\nIlo,45.5,46.5,\nPaita,47.5,48.5,planned\n", CSV)
    assert [column for _, column in _heads_of(table).values()] == ["2019", "2020", "2019", "2020"]


def test_a_cell_that_is_shown_as_a_percentage_is_one() -> None:
    rows = [["Port", "Spent", "Index"], ["Ilo", Share("0.982"), 0.982], ["Paita", Share("0.874"), 0.874]]
    found = of(extracted(xlsx({"About": [["Boats"]], "Ports": rows}), XLSX)).shown
    assert [brief(one)[:2] for one in found] == [("98.2", "percent"), ("0.982", ""), ("87.4", "percent"), ("0.874", "")]
    assert found[0].reading == "The spreadsheet shows “0.982” as a percentage."
    assert found[0].verdict.inferred


@pytest.mark.parametrize(
    ("text", "language", "quote", "unit"),
    [
        (
            "The port had MK 41.5 million is for passengers of all.",
            "en",
            "MK 41.5 million is for passengers",
            "million",
        ),
        ("A further VT 12 million is planned for 2026.", "en", "VT 12 million is planned", "million"),
        ("Pelabuhan rugi Br 142,5 miliar pada tahun itu.", "id", "Br 142,5 miliar", "billion"),
        ("Cảng thu Ks 61,2 tỷ trong năm đó.", "vi", "Ks 61,2 tỷ", "billion"),
    ],
)
def test_a_sign_before_a_number_that_is_not_known_is_quoted_and_asked_for(
    text: str, language: str, quote: str, unit: str
) -> None:
    (one,) = (one for one in of(text, language).shown if one.candidate.kind == "number")
    assert quote in one.quote
    assert (one.unit, one.is_unit_open) == (unit, True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The ferries had an OR 1.27 against other boats.", ("1.27", "")),
        ("It was found that PM 10 stood at 45 there.", ("45", "")),
        ("The members of the EU 27 were glad of it.", ("27", "")),
        ("The fleet cost USD 5 million in all there.", ("5", "million USD")),
        ("The port of Bay 12 million passengers know well.", ("12", "million passenger")),
    ],
)
def test_what_only_looks_like_a_sign_before_a_number_asks_nothing(text: str, value: tuple[str, str]) -> None:
    found = [one for one in of(text, everything=True).shown if one.candidate.kind == "number"]
    assert value in [brief(one)[:2] for one in found]
    assert not any(one.is_unit_open for one in found)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Of the money 41.5 million is for passengers there.", "million"),
        ("Of the money 41.5 million went to passengers there.", "million"),
        ("They gave 41.5 million from passengers that year.", "million"),
        ("They carried 41.5 million paying passengers that year.", "million passenger"),
        ("They carried 41.5 million of the passengers that year.", "million passenger"),
        ("They carried 41.5 million Spanish passengers that year.", "million passenger"),
    ],
)
def test_a_noun_behind_a_verb_or_preposition_is_not_what_a_number_counts(text: str, unit: str) -> None:
    assert [brief(one)[1] for one in of(text).shown if one.candidate.kind == "number"] == [unit]


def test_a_number_behind_a_sign_that_is_not_known_is_taken_with_its_unit(tmp_path: Path) -> None:
    files = {"a.txt": "The port spent QQ 41.5 million on its quays that year, and no more."}
    project = harbour(tmp_path, files)
    assert project.run("add", str(project.path("a.txt")), "--as", "count-2024").code == 0
    assert "41.5 million?" in project.run("suggest", "count-2024").told
    number = project.run("suggest", "count-2024", "--json").data["suggestions"][0]["number"]
    done = project.run("suggest", "count-2024", "--take", str(number), "--claim", "It spent {value}.")
    assert (done.code, '"QQ" stands before number' in done.told) == (2, True)


def test_what_a_column_is_counted_per_belongs_to_the_unit(tmp_path: Path) -> None:
    rows = "Port,Cost per passenger (EUR),Ferries per passenger,Cost per sailor (EUR)\nLisbon,45.5,0.12,46.5\n"
    found = {one.candidate.text: one for one in of(extracted(rows.encode(), CSV)).shown}
    costs, other = found["45.5"], found["46.5"]
    assert (brief(costs), costs.is_unit_open) == (("45.5", "EUR/passenger", "="), False)
    assert costs.reading == "The column is headed “Cost per passenger (EUR)”: “45.5”."
    assert (found["0.12"].is_unit_open, other.unit, other.is_unit_open) == (True, "EUR", True)
    assert "per sailor" in other.reading
    project = harbour(tmp_path, {"p.csv": rows})
    assert project.run("add", str(project.path("p.csv")), "--as", "count-2024").code == 0
    number = str(other.candidate.number)
    done = project.run("suggest", "count-2024", "--take", number, "--claim", "One costs {value}.", "--relation", "=")
    assert (done.code, "headed “Cost per sailor (EUR)”" in done.told) == (2, True)


def test_the_unit_above_a_table_is_not_that_of_counts_and_rates() -> None:
    text = "Table B1. Ports (million euros unless stated)\nPort | Spent | Number of boats | Lost per boat\n"
    text += "Lisbon | 45.5 | 12 | 0.5\nPorto | 46.5 | 13 | 0.6"
    found = {one.candidate.text: one for one in of(fold(text, lines_are_paragraphs=True)).shown}
    assert {text: one.unit for text, one in found.items() if text in ("45.5", "12", "0.5")} == {
        "45.5": "million EUR",
        "12": "",
        "0.5": "",
    }
    assert found["45.5"].reading == "The table is called “Ports (million euros unless stated)”."


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Mortality was 12.4 deaths per 100,000 people in Bangkok.", "12.4", "deaths per 100,000 people"),
        ("There were 12.5 new cases per million people there.", "12.5", "new cases per million people"),
        ("Emissions totalled 38.5 Mt CO2e in the port.", "38.5", "Mt CO2e"),
        ("The port emitted 57 kg per person that day.", "57", "kg/person"),
        ("The ferry uses 31 litres per 100 km.", "31", "l/100 km"),
        ("The ferry uses 31 litres per hour.", "31", "l/h"),
        ("The port sold 31 kg of rope.", "31", "kg"),
    ],
)
def test_what_a_number_is_counted_per_or_is_of_is_in_its_unit(text: str, value: str, unit: str) -> None:
    suggestions = of(text, everything=True)
    (one,) = (one for one in suggestions.shown if brief(one)[0] == value)
    assert one.unit == unit
    assert not any(other.candidate.kind == "name" for other in of(text).shown)


def test_a_value_with_bounds_is_listed_as_pages_have_it(tmp_path: Path) -> None:
    project = harbour(tmp_path, {"a.txt": "It has 35% (22–50) of all berths now, and 12 to 15 percent of its boats."})
    assert project.run("add", str(project.path("a.txt")), "--as", "count-2024").code == 0
    told = project.run("suggest", "count-2024").out
    assert "35 (22–50) percent" in told
    assert "12–15 percent" in told


CATCHES = (
    '<html lang="en"><h1>Catches</h1><table><tr><th>Port</th><th>2022 (t)</th><th>2023 (t)</th></tr>'
    "<tr><td>Bay</td><td>131</td><td>140</td></tr><tr><td>Cove</td><td>98</td><td>77</td></tr></table></html>\n"
)


def test_what_the_heads_of_its_table_say_against_a_fact_is_told_when_it_is_taken(tmp_path: Path) -> None:
    project = added(tmp_path, {"catches.html": CATCHES})
    added_so = project.run("add", str(project.path("catches.html")), "--as", "catches", "--retrieved", "2026-11-22")
    assert added_so.code == 0
    listed = json.loads(project.run("suggest", "catches", "--json").out)["suggestions"]
    one = next(each for each in listed if each["text"].startswith("131"))
    take = ("suggest", "catches", "--take", str(one["number"]), "--claim", "Bay landed {value}.", "--relation", "=")
    done = project.run(*take, "--as-of", "2023", "--dry-run", "--json")
    assert json.loads(done.out)["verified"] is False
    assert [each["code"] for each in json.loads(done.out)["diagnostics"]] == ["time-not-in-quote"]
    done = project.run(
        *take, "--as-of", "2022", "--unit", "kg", "--reading", "It was weighed on land.", "--dry-run", "--json"
    )
    assert json.loads(done.out)["verified"] is False
    assert [each["code"] for each in json.loads(done.out)["diagnostics"]] == ["heading-contradicted"]
    done = project.run(*take, "--as-of", "2022")
    assert "and verified" in done.out
    assert project.run("verify").code == 0
