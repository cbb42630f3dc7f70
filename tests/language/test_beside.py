"""What is typed beside a printed value, and says what it says."""

from __future__ import annotations

import pytest

from reportgen.language.beside import said_beside

TOLD = [
    ("en", "Catch is ", "around 2.3 million t", " tonnes", "tonnes", True),
    ("en", "Catch is around ", "around 2.3 million t", ".", "around", True),
    ("en", "", "47%", " percent of", "percent", True),
    ("en", "is ", "40%", "% of", "%", True),
    ("en", "by ", "15 pp", " percent", "percent", False),
    ("en", "", "47%", " tonnes.", "tonnes", False),
    ("en", "", "35–70%", " percent", "percent", True),
    ("en", "", "40 kg", " tonnes", "tonnes", False),
    ("en", "at most ", "at least 40 kg", ".", "at most", False),
    ("en", "", "at least 40 kg", " or more", "or more", True),
    ("en", "cost $ ", "US$4.47 billion", " in", "$", True),
    ("en", "cost €", "US$4.47 billion", " in", "€", False),
    ("en", "", "US$4.47 billion", " dollars", "dollars", True),
    ("en", "", "US$4.47 billion", " euros.", "euros", False),
    ("en", "", "US$50.2 million/dam", " a dam.", "a dam", True),
    ("en", "", "12 t/year", " per year", "per year", True),
    ("en", "", "89 dams", " dams in", "dams", True),
    ("en", "minus ", "−5%", " of", "minus", True),
    ("ru", "более ", "не менее 40 кг", " рыбы", "более", False),
    ("ru", "", "40 кг", " килограммов", "килограммов", True),
    ("kk", "", "кемінде 40 кг", " астам", "астам", True),
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
    ("kk", "", "412 сұңқар", " бар."), ("kk", "", "412 МВт", " бар."), ("ru", "", "40%", " в год"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "before", "printed", "after", "said", "repeats"), TOLD)
def test_what_a_value_prints_is_not_typed_again(
    language: str, before: str, printed: str, after: str, said: str, repeats: bool
) -> None:
    found = said_beside(before, printed, after, language)
    assert found is not None
    assert (found.text, found.repeats, found.is_before) == (said, repeats, said.strip() in before and bool(before))


@pytest.mark.parametrize(("language", "before", "printed", "after"), SILENT)
def test_other_words_are_left_alone(language: str, before: str, printed: str, after: str) -> None:
    assert said_beside(before, printed, after, language) is None
