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


def test_no_word_of_a_drawing_is_moved() -> None:
    """WeasyPrint draws no element of HTML within an SVG: the number at the end of an axis was lost."""
    assert "hyphens" not in kept(f"<div>{SVG * 3}</div>")
    assert '<span style="hyphens:manual">оценки</span>' in kept(f"<div>{LONG}{SVG}</div>")


def test_words_of_other_cells_are_not_kept_together() -> None:
    """A table at the end of a note was as wide as its last words."""
    cells = f"<td>{LONG}</td>" * 2
    assert NO_BREAK not in kept(f'<p>a<span class="footnote"><p>b</p>{cells}</span></p>')
    assert NO_BREAK in kept(f'<p>a<span class="footnote"><p>{LONG}</p></span></p>')
