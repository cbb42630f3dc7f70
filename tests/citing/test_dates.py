"""Days in references, as each language writes them."""

from __future__ import annotations

import pytest

from reportgen.citing.dates import with_dates


@pytest.mark.parametrize(
    ("lang", "written", "mended"),
    [
        ("ru", "<i>Отчёт</i> (2024, февраль 12).", "<i>Отчёт</i> (2024, 12 февраля)."),
        ("ru", "Отчёт. 12 февраль 2024 г..", "Отчёт. 12 февраля 2024 г."),
        ("ru", "Отчёт. Февраль 2024 г.. Осло", "Отчёт. Февраль 2024 г. Осло"),
        ("ru", "Отчёт. март 2024", "Отчёт. март 2024"),
        ("ru", "Отчёт № 2012 май", "Отчёт № 2012 май"),
        ("ru", '<a href="https://a.org/12 март">т</a>', '<a href="https://a.org/12 март">т</a>'),
        ("uk", "Звіт (2024, лютий 12)", "Звіт (2024, 12 лютого)"),
        ("en", "A report. 12 February 2024.. ", "A report. 12 February 2024.. "),
        ("kk", "Есеп (2024, ақпан 12)", "Есеп (2024, ақпан 12)"),
        ("xx", "12 x", "12 x"),
    ],
)
def test_a_day_and_its_month(lang: str, written: str, mended: str) -> None:
    assert with_dates(written, lang) == mended
