"""What is typed beside a printed value, and says what it says."""

from __future__ import annotations

import pytest

from reportgen.language.beside import said_beside

TOLD = [
    ("en", "Catch is ", "around 2.3 million t", " tonnes", "tonnes", "repeats"),
    ("en", "Catch is around ", "around 2.3 million t", ".", "around", "repeats"),
    ("en", "", "47%", " percent of", "percent", "repeats"),
    ("en", "is ", "40%", "% of", "%", "repeats"),
    ("en", "by ", "15 pp", " percent", "percent", "contradicts"),
    ("en", "", "47%", " tonnes.", "tonnes", "contradicts"),
    ("en", "", "35–70%", " percent", "percent", "repeats"),
    ("en", "", "40 kg", " tonnes", "tonnes", "contradicts"),
    ("en", "at most ", "at least 40 kg", ".", "at most", "contradicts"),
    ("en", "", "at least 40 kg", " or more", "or more", "repeats"),
    ("en", "cost $ ", "US$4.47 billion", " in", "$", "repeats"),
    ("en", "cost €", "US$4.47 billion", " in", "€", "contradicts"),
    ("en", "", "US$4.47 billion", " dollars", "dollars", "repeats"),
    ("en", "", "US$4.47 billion", " euros.", "euros", "contradicts"),
    ("en", "", "US$50.2 million/dam", " a dam.", "a dam", "repeats"),
    ("en", "", "12 t/year", " per year", "per year", "repeats"),
    ("en", "", "89 dams", " dams in", "dams", "repeats"),
    ("en", "minus ", "−5%", " of", "minus", "repeats"),
    ("ru", "более ", "не менее 40 кг", " рыбы", "более", "contradicts"),
    ("ru", "", "40 кг", " килограммов", "килограммов", "repeats"),
    ("kk", "", "кемінде 40 кг", " астам", "астам", "repeats"),
    ("en", "were -", "131 shops", " there", "-", "contradicts"),
    ("en", "were −", "131 shops", "", "−", "contradicts"),
    ("en", "were minus ", "131 shops", "", "minus", "contradicts"),
    ("en", "half of ", "120 shops", "", "half of", "multiplies"),
    ("en", "and half the ", "120 shops", "", "half the", "multiplies"),
    ("en", "had twice the ", "120 shops", "", "twice the", "multiplies"),
    ("en", "had double ", "US$4 billion", "", "double", "multiplies"),
    ("en", "There were nearly ", "120 shops", "", "nearly", "bounds"),
    ("en", "were over ", "120 shops", "", "over", "bounds"),
    ("en", "at least ", "120", " of them", "at least", "bounds"),
    ("en", "up to ", "40 kg", " a day", "up to", "bounds"),
    ("en", "almost ", "40 kg", " a day", "almost", "bounds"),
    ("ru", "почти ", "40 кг", " рыбы", "почти", "bounds"),
    ("ru", "половина ", "40 кг", " рыбы", "половина", "multiplies"),
]
SILENT = [
    ("en", "worried about ", "at least 40 dams", " in"), ("en", "over ", "at least 3 years", " of"),
    ("en", "", "47%", " year on year"), ("en", "", "5%", " dollar gain"), ("en", "", "40 kg", " a day"),
    ("en", "", "around 2.3 million t", " a year"), ("en", "", "US$11.2 billion", " a year"),
    ("en", "by ", "−5%", " of"), ("en", "", "around 40 km", " or less"),
    ("en", "", "4 million people", " people-watchers"),
    ("en", "", "12 kg", " in 2020"), ("en", "", "12 MW", " second unit"), ("en", "", "3 years", " year-long"),
    ("en", "", "10 MW", " MW-scale"), ("en", "", "12 March 2024", " March"), ("en", "than ", "40", " tonnes"),
    ("en", "", "47%", " of it"), ("en", "", "47%", ""), ("en", "", "at least 40 kg", ", or more than"),
    ("en", "built over ", "40 years", " or"), ("en", "above ", "40 kg", " it sank"), ("en", "to ", "40 kg", " or"),
    ("en", "half a year after ", "40 kg", " came"), ("en", "both of the ", "40 shops", " "), ("en", "no. ", "40", ""),
    ("en", "half of them, ", "40 shops", ""), ("en", "twice in ", "40 days", ""), ("en", "about half; ", "40 kg", ""),
    ("en", "about ", "40 kg", " of it"), ("en", "from ", "40", " to"), ("en", "the ", "40 kg", ""),
    ("en", "it had less than ", "40 kg", ""), ("ru", "опустилась ниже ", "18,10 %", ""),
    ("kk", "", "412 сұңқар", " бар."), ("kk", "", "412 МВт", " бар."), ("ru", "", "40%", " в год"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "before", "printed", "after", "said", "does"), TOLD)
def test_what_a_value_prints_is_not_typed_again(
    language: str, before: str, printed: str, after: str, said: str, does: str
) -> None:
    found = said_beside(before, printed, after, language)
    assert found is not None
    assert (found.text, found.does, found.is_before) == (said, does, said.strip() in before and bool(before))


@pytest.mark.parametrize(("language", "before", "printed", "after"), SILENT)
def test_other_words_are_left_alone(language: str, before: str, printed: str, after: str) -> None:
    assert said_beside(before, printed, after, language) is None


@pytest.mark.parametrize(
    ("before", "printed", "after", "said"),
    [
        ("and ", "131 shop", " tonnes of", "tonnes"),
        ("cost $ ", "131 shop", "", "$"),
        ("cost €", "131 USD", "", "€"),
        ("", "47.3 percent", " euros", "euros"),
        ("", "40 kg", " hectares in", "hectares"),
    ],
)
def test_a_number_without_its_unit_takes_no_other(before: str, printed: str, after: str, said: str) -> None:
    found = said_beside(before, printed, after, "en", without_unit=True)
    assert found is not None
    assert (found.text, found.does) == (said, "contradicts")


@pytest.mark.parametrize(
    ("before", "printed", "after"),
    [
        ("and ", "131 shop", " shops"),
        ("cost $", "131 USD", ""),
        ("", "47.3 percent", " of all"),
        ("", "40 t", " tonnes"),
        ("the ", "40 kg", " kilos a day"),
        ("the ", "131 shop", " of the town"),
        ("in ", "131 shop", " years ago"),
    ],
)
def test_a_number_without_its_unit_takes_its_own(before: str, printed: str, after: str) -> None:
    found = said_beside(before, printed, after, "en", without_unit=True)
    assert found is None or found.does == "repeats"
