"""Units stand in a table's head only where the head does not say them."""

from __future__ import annotations

import pytest

from reportgen.brief.figures import says


@pytest.mark.parametrize(
    ("title", "unit", "lang", "expected"),
    [
        ("Спальные вагоны", "спальных вагонов", "ru", True),
        ("Соколы в реестре", "соколов", "ru", True),
        ("Тізілімдегі сұңқарлар", "сұңқар", "kk", True),
        ("Night trains", "night trains", "en", True),
        ("Share, %", "%", "en", True),
        ("Вагоны", "спальных вагонов", "ru", False),
        ("Falken im Register", "Falken", "de", True),
        ("Total", "t", "en", False),  # a letter of a word is no unit
        ("Share", "%", "en", False),
    ],
)
def test_a_head_that_says_its_unit_in_any_form_is_known(title: str, unit: str, lang: str, expected: bool) -> None:
    assert says(title, unit, lang) is expected
