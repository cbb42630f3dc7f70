"""What a compositor would mark on the proofs of our PDFs, and whether the rules find what they are for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pyphen
import pytest

from reportgen.pages.default_theme import default_templates
from reportgen.pages.theme import Theme
from reportgen.pdf import last_words
from reportgen.pdf.render import laid_out
from tests.conftest import Built
from tests.pdf import proofs
from tests.pdf.stress import KAZAKH, Stress
from tests.pdf.typesetting import Sheet, sheets

Rule = Callable[[Sequence[Sheet]], list[str]]
Laid = dict[str, tuple[Sheet, ...]]


@pytest.fixture(scope="session")
def laid(built: Built, stress: Stress) -> Laid:
    """The pages of the shipped briefs and of the stress document."""
    return {**built.sheets, "stress": stress.sheets}


@pytest.mark.parametrize("rule", proofs.RULES, ids=lambda rule: rule.__name__)
def test_a_compositor_finds_nothing(rule: Rule, laid: Laid) -> None:
    """But that one line ends where its author breaks it."""
    found = {name: [one for one in rule(pages) if HARD_BREAK not in one] for name, pages in laid.items()}
    assert {name: told for name, told in found.items() if told} == {}


def test_few_paragraphs_end_in_a_short_line(laid: Laid) -> None:
    for name, pages in laid.items():
        paragraphs, found = proofs.paragraphs(pages), proofs.runts(pages)
        assert len(paragraphs) > 100
        assert len(found) <= proofs.MOST_RUNTS * len(paragraphs), (name, found)


HARD_BREAK = '"Line with a hard break" before'
CSS = """
@page { size: 100mm 100mm; margin: 0 }
html { font: 10pt/10mm "IBM Plex Sans" }
body, p, h2, figure { margin: 0 }
p { orphans: 1; widows: 1 }
"""
LINE = "<p>words of one line</p>"
LONG = "the words of a paragraph that goes on for more than one line, and then for another one, and ends so"


def drawn(body: str, css: str = "") -> tuple[Sheet, ...]:
    html = f'<html lang="en"><title>A</title><body><main class="page">{body}</main>'
    return sheets(laid_out(html, CSS + css, "https://tests.example/", {}))


FOUND: dict[Rule, tuple[str, str]] = {
    proofs.widows: (f"{LINE * 9}<p>{LONG}</p>", "p { width: 90mm }"),
    proofs.orphans: (f"{LINE * 9}<p>{LONG}</p>", ""),
    proofs.ladders: ("<p>" + "incomprehensibilities " * 6 + "</p>", "p { width: 30mm; hyphens: auto }"),
    proofs.divided_words: (f"{LINE * 9}<p>{'incomprehensibilities ' * 3}", "p { width: 30mm; hyphens: auto }"),
    proofs.lost_captions: (f"{LINE * 9}<figure>{LINE}<figcaption><p>A title</p></figcaption></figure>", ""),
    proofs.stranded_headings: (f"{LINE * 9}<h2>A title</h2><p>Text</p>", "h2 { break-after: auto }"),
    proofs.short_pages: (f"{LINE * 4}<p class='next'>{'words<br>' * 8}</p>", ".next { orphans: 8 }"),
    proofs.early_breaks: ("<p>some <br>words</p>", ""),
    proofs.out_of_order: (f"{LINE * 2}<figure>{LINE}</figure>", "figure { position: relative; top: -15mm }"),
}


@pytest.mark.parametrize("rule", FOUND, ids=lambda rule: rule.__name__)
def test_a_rule_finds_what_it_is_for(rule: Rule) -> None:
    body, css = FOUND[rule]
    assert rule(drawn(LINE * 3)) == []
    assert len(rule(drawn(body, css))) == 1


def test_last_words_are_kept_together_and_no_word_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"<p>{LONG} <a href='#a'>so</a>.<span class='footnote'>A note that says <b>it</b>.</span></p>"

    def drawn_in(width: int) -> tuple[Sheet, ...]:
        return drawn(text, f"p {{ width: {width}px }} .footnote {{ float: footnote }}")

    widths = range(200, 330, 16)
    for pages in map(drawn_in, widths):
        assert proofs.runts(pages) == proofs.early_breaks(pages) == []
    words = "".join(line.text for piece in pages[0].pieces for line in piece.lines).replace("\u00a0", " ")
    assert re.sub(r"\W+", "", words) == re.sub(r"\W+", "", f"{LONG} so.1 1A note that says it.")
    monkeypatch.setattr(last_words, "keep_last_words", lambda _: None)
    assert any(map(proofs.runts, map(drawn_in, widths)))


def hyphenated(css: str) -> set[str]:
    """The languages whose words a stylesheet divides."""
    rules = re.findall(r"([^{}]+)\{[^{}]*hyphens: auto", re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    return {language for selectors in rules for language in re.findall(r":lang\((\w+)\)", selectors)}


def test_only_languages_with_a_dictionary_are_hyphenated() -> None:
    paper, screen = (Theme(default_templates()).stylesheet(medium)[0] for medium in ("paper", "screen"))
    assert hyphenated(paper) == {*last_words.HYPHENATED}
    assert all(pyphen.language_fallback(language) for language in hyphenated(paper) | hyphenated(screen))
    assert not pyphen.language_fallback("kk")


def test_nothing_is_justified_and_kazakh_is_ragged(laid: Laid) -> None:
    for medium in ("paper", "screen"):
        assert not re.search(r"text-align(-last)?:\s*justify", Theme(default_templates()).stylesheet(medium)[0])
    lines = [
        line
        for page in laid["stress"]
        for piece in page.pieces
        for line in piece.lines
        if len(piece.lines) > 1 and piece.lines[0].text.startswith(KAZAKH[:20])
    ]
    assert len(lines) > 3
    assert len({round(line.left) for line in lines}) == 1
    assert len({round(line.right) for line in lines}) > 2
    assert not any(line.is_hyphenated for line in lines)
