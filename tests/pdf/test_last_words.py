"""The last words of a paragraph are kept together; a drawing beside them is left as it is."""

from __future__ import annotations

from xml.etree import ElementTree

from reportgen.pdf.last_words import NO_BREAK, keep_last_words

LONG = "Публикации не называют месяцев, к которым относятся эти доли, и последняя точка есть нижняя граница оценки"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text>Считалось возможным к 2025 году</text><text>0</text></svg>'


def kept(body: str) -> str:
    root = ElementTree.fromstring(f'<div lang="ru">{body}</div>')
    keep_last_words(root)
    return ElementTree.tostring(root, encoding="unicode")


def test_the_last_word_of_a_russian_paragraph_is_not_hyphenated() -> None:
    assert '<span style="hyphens:manual">оценки</span></p>' in kept(f"<p>{LONG}</p>")


def test_titles_do_not_end_in_a_line_of_one_short_word() -> None:
    """Each by its own measure: a subtitle has longer lines than the title, and shorter ones than the text."""
    subtitle = "Банки, биржи и пилотный проект МФЦА в сентябре 2022 года"
    assert NO_BREAK not in kept(f"<p>{subtitle}</p>")
    assert f"сентябре{NO_BREAK}2022{NO_BREAK}" in kept(f'<p class="subtitle">{subtitle}</p>')
    assert f"2020{NO_BREAK}<span" in kept("<h2>Что решил закон 2020 года</h2>")
    assert NO_BREAK not in kept("<h1>Вывод в деньги: приоткрытая дверь</h1>")


def test_no_word_of_a_drawing_is_moved() -> None:
    """WeasyPrint draws no element of HTML within an SVG: the number at the end of an axis was lost."""
    assert "hyphens" not in kept(f"<div>{SVG * 3}</div>")
    assert '<span style="hyphens:manual">оценки</span>' in kept(f"<div>{LONG}{SVG}</div>")


def test_words_of_other_cells_are_not_kept_together() -> None:
    """A table at the end of a note was as wide as its last words."""
    cells = f"<td>{LONG}</td>" * 2
    assert NO_BREAK not in kept(f'<p>a<span class="footnote"><p>b</p>{cells}</span></p>')
    assert NO_BREAK in kept(f'<p>a<span class="footnote"><p>{LONG}</p></span></p>')
