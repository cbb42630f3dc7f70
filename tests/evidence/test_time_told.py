"""The time of a fact and quoted words in; what the words print of other times out."""

from __future__ import annotations

import pytest

from reportgen.evidence.time_told import is_told_as_past, other_times, reached_later
from reportgen.model.edtf import parse_edtf


@pytest.mark.parametrize(
    ("as_of", "quote", "language", "others"),
    [
        ("2017", "43,5 % en 2017 a 42,4 % en 2022", "es", ()),
        ("2018", "43,5 % en 2017 a 42,4 % en 2022", "es", ("2022",)),
        ("2017-05", "5 en 2017 à 6 en 2022", "fr", ()),
        ("2017", "٥ في ٢٠١٧ مقابل 6 في ٢٠٢٢", "ar", ()),
        ("2017", "2017 boats in 2022", "en", ("2022",)),
        ("2025", "The hall, built in 1911, seats 900", "en", ()),
        ("2025", "The bank, founded in Turin in 1952, owns 11 flats", "en", ()),
        ("2025", "Театр, построенный в 1911 году, вмещает 900 зрителей", "ru", ()),
        ("2025", "900 were built in 1911, as planned", "en", ("1911",)),
        ("2020", "the treaty of 1648 has 30 signatories", "en", ()),
        ("2020", "the Law on Waste of 1995 fines 30 firms", "en", ()),
        ("2020", "the law of 5 May 1995 has 30 articles", "en", ()),
        ("2020", "the Paris Agreement (2015) has 196 parties", "en", ()),
        ("2020", "Regulation No 40 of 2016 names 12 gases", "en", ()),
        ("2020", "by law, in 1995, 30 firms paid", "en", ("1995",)),
        ("2020", "under the law 30 firms paid in 2015", "en", ("2015",)),
        ("2020", "in the revolution of 1917, 40 died", "en", ("1917",)),
        ("2020", "in the floods of 2015, 40 died", "en", ("2015",)),
        ("2020", "конституция 1958 года имеет 89 статей", "ru", ()),
        ("2020", "закон об отходах от 5 мая 1995 года", "ru", ()),
        ("2020", "по закону в 2015 году оштрафовано 30 фирм", "ru", ("2015 году",)),
        ("2020", "бюджет 2015 года составил 40 млрд", "ru", ("2015 года",)),
        ("2020", "1995 жылғы заңда 30 бап бар", "kk", ()),
        ("2020", "1995 жылғы бюджет 40 млрд", "kk", ("1995 жылғы",)),
    ],
)
def test_a_year_that_is_printed_is_no_other_time(
    as_of: str, quote: str, language: str, others: tuple[str, ...]
) -> None:
    assert other_times(parse_edtf(as_of), [(quote, language)]) == others


@pytest.mark.parametrize(
    ("as_of", "quote", "language", "later"),
    [
        ("2018", "14 had been delivered by the end of 2024", "en", ("by the end of 2024",)),
        ("2018", "by 2024, 14 had come", "en", ("by 2024",)),
        ("2018", "к концу 2024 года поставили 14", "ru", ("к концу 2024 года",)),
        ("2018", "2024 жылға қарай 14 вагон келді", "kk", ("2024 жылға қарай",)),
        ("2024", "14 had been delivered by the end of 2024", "en", ()),
        ("2024-12", "14 had been delivered by the end of 2024", "en", ()),
        ("2025", "14 had come by 2024", "en", ()),
        ("2018", "9 in 2018, and 14 by 2024", "en", ()),
        ("2018", "open until 2024", "en", ()),
        ("2018", "before 2024 it had 14", "en", ()),
    ],
)
def test_what_was_reached_later(as_of: str, quote: str, language: str, later: tuple[str, ...]) -> None:
    assert reached_later(parse_edtf(as_of), [(quote, language)]) == later


@pytest.mark.parametrize(
    ("claim", "language", "expected"),
    [
        ("The line opened in {value}.", "en", True),
        ("On {value} the line was closed.", "en", True),
        ("The bridge came down in {value}.", "en", True),
        ("The line opens in {value}.", "en", False),
        ("The line was to open in {value}.", "en", False),
        ("The line is opened in {value}.", "en", False),
        ("The line was expected to open in {value}.", "en", False),
        ("The permit expires on {value}.", "en", False),
        ("The treaty, signed by all, ends in {value}.", "en", False),
        ("The bonds issued then run to {value}.", "en", False),
        ("Applications are accepted until {value}.", "en", False),
        ("The line needs repair by {value}.", "en", False),
        ("The fair is held from {value}.", "en", False),
        ("Линия открылась {value}.", "ru", True),
        ("Линия была закрыта {value}.", "ru", True),
        ("Линия откроется {value}.", "ru", False),
        ("Линия должна открыться {value}.", "ru", False),
        ("Договор действует до {value}.", "ru", False),
        ("Желі {value} ашылды.", "kk", True),
        ("Желі {value} ашылады.", "kk", False),
        ("La ligne a ouvert en {value}.", "fr", False),
    ],
)
def test_a_date_told_as_past(claim: str, language: str, expected: bool) -> None:
    assert is_told_as_past(claim, language) is expected


@pytest.mark.parametrize(
    ("as_of", "quote", "language", "others"),
    [
        ("2000/2010", "rose by 0.9 °C between 1991 and 2023", "en", ("1991", "2023")),
        ("2000", "rose by 0.9 °C between 1991 and 2023", "en", ("1991", "2023")),
        ("2000", "a augmenté de 0,9 °C entre 1991 et 2023", "fr", ("1991", "2023")),
        ("1991/2023", "rose by 0.9 °C between 1991 and 2023", "en", ()),
        ("2023", "rose by 0.9 °C between 1991 and 2023", "en", ()),
        ("1995/2023", "rose by 0.9 °C between 1991 and 2023", "en", ()),
        ("2000", "between 1991 and 2023 it had 40 boats", "en", ()),
        ("2023", "58 jours de canicule ont été relevés en 2024", "fr", ("2024",)),
        ("2023", "58 jours, loin du niveau de 2024", "fr", ()),
        ("2023", "58 jours, loin de l'année 2024", "fr", ()),
    ],
)
def test_a_time_within_the_years_of_a_change(as_of: str, quote: str, language: str, others: tuple[str, ...]) -> None:
    assert other_times(parse_edtf(as_of), [(quote, language)]) == others
