"""What looks like a year, told from a count by the words before it, in claims and texts and in quotations."""

from __future__ import annotations

import pytest

from reportgen.language.scanner import phrases
from reportgen.language.typed_numbers import Classifier
from reportgen.language.units import unit_table
from tests.language.reading import is_read, read

UNITS = unit_table(("library", "visit", "room", "sala", "bibliothèque", "goat", "Besuch"))


def typed(text: str, language: str = "en") -> list[str]:
    return [text[run.start : run.end] for run in Classifier(language, (), UNITS).runs(text) if run.kind == "typed"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In 2019 libraries in Singapore counted more."),
        ("en", "Between 2019 and 2024 visits in Singapore fell."),
        ("en", "From 2019 to 2024 visits fell."),
        ("en", "In 2019 and 2020 visits fell; in 2021 visits rose."),
        ("en", "In 2019, 2020 and 2021 libraries were shut."),
        ("en", "By 2030 rooms are to be cooled."),
        ("en", "Until 1987 goats were counted by hand."),
        ("en", "Opened late, it has since 2019 visits of a new kind."),
        ("en", "The survey ended: in 2019 rooms were bare."),
        ("en", "(In 2019 rooms were bare.)"),
        ("en", "During 2019 visits rose."),
        ("es", "En 2019 salas de Manila cerraron."),
        ("es", "Entre 2019 y 2024 salas nuevas abrieron."),
        ("fr", "Depuis 2019 bibliothèques et musées ferment."),
        ("de", "Seit 2019 Besuche zurückgingen, fehlt Geld."),
    ],
)
def test_a_year_behind_a_word_of_time_counts_no_noun(language: str, text: str) -> None:
    assert typed(text, language) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It works in 2019 rooms.", "2019"),
        ("Fires broke out in 2019 rooms.", "2019"),
        ("2019 rooms were cooled.", "2019"),
        ("The city has 2019 libraries.", "2019"),
        ("A total of 2031 rooms were cooled.", "2031"),
        ("A record of 1987 goats were sold.", "1987"),
        ("Of 2019 visits some were short.", "2019"),
        ("In 2000 rooms it was dark.", "2000"),
    ],
)
def test_a_count_that_looks_like_a_year_is_a_typed_number(text: str, number: str) -> None:
    assert typed(text) == [number]


@pytest.mark.parametrize(
    ("quote", "value"),
    [
        ("A total of 2031 rooms were cooled", 2031),
        ("Number of cooled rooms: 2063", 2063),
        ("The number of cooled rooms totalled 2072", 2072),
        ("The number of cooled rooms reached 2072 in May", 2072),
        ("The number of cooled rooms came to 2072", 2072),
        ("The city cooled 2066 of its rooms", 2066),
        ("In the west 2066 of the rooms were cooled", 2066),
        ("An average of 1950 rooms were cooled", 1950),
    ],
)
def test_a_count_that_looks_like_a_year_is_read(quote: str, value: int) -> None:
    assert is_read(read(quote, str(value), "room", "en"))


@pytest.mark.parametrize(
    ("quote", "value"),
    [
        ("The number of cooled rooms in 2019 was small", 2019),
        ("Number of rooms (2019)", 2019),
        ("Number of cooled rooms: 2019 2020 2021", 2019),
        ("The number of cooled rooms since 2019", 2019),
        ("In the summer of 2019 rooms were cooled", 2019),
        ("exceeded the total of 2019 rooms", 2019),
        ("Number of visits. The hall opened 2019", 2019),
        ("In 2019 rooms were cooled", 2019),
    ],
)
def test_a_year_is_no_count(quote: str, value: int) -> None:
    verdict = read(quote, str(value), "room", "en")
    assert not is_read(verdict)
    assert "reads as a year" in verdict.problems[0].message


def test_a_total_of_years_stays_years() -> None:
    assert [phrase.kind for phrase in phrases("the total of 2019 and 2020", "en")] == ["year", "year"]
