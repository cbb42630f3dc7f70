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
        ("de", "(2024, Februar 12). Bericht, 12. Februar 2024", "(2024, 12. Februar). Bericht, 12. Februar 2024"),
        ("de", "Bericht, Februar 12, 2024; Mai 3–5; Mai 2024", "Bericht, 12. Februar 2024; Mai 3–5; Mai 2024"),
        ("fr", "(2024, février 1). Rapport, mars 12", "(2024, 1er février). Rapport, 12 mars"),
        ("es", "(2024, febrero 12)", "(2024, 12 de febrero)"),
        ("he", "(2024, פברואר 12)", "(2024, 12 בפברואר)"),
        ("zh", "(2024, 二月 12). 报告, 十二月 1", "(2024, 2月12日). 报告, 12月1日"),
        ("ja", "(2024年, 2月 12)", "(2024年, 2月12日)"),
        ("ko", "(2024, 2월 12). 2024년 2월 12일", "(2024, 2월 12일). 2024년 2월 12일"),
        ("cs", "12. únor 2024", "12. února 2024"),
        ("kk", "Есеп (2024, ақпан 12)", "Есеп (2024, 12 ақпан)"),
        ("xx", "12 x", "12 x"),
    ],
)
def test_a_day_and_its_month(lang: str, written: str, mended: str) -> None:
    assert with_dates(written, lang) == mended
