from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.archive.extract import extracted, extractor
from reportgen.archive.pdf_text import EXTRACTOR, PdfTextError, _whole, pdf_text
from reportgen.evidence.match import Match, Miss, find_quote

CASES = Path(__file__).parent / "cases"
PAGES = """
<style>
@page {{ size: 400pt 300pt; margin: 50pt;
  @top-center {{ content: "The Aral registry" }}
  @bottom-center {{ content: "Page " counter(page) " of " counter(pages) }} }}
body {{ font: 14pt/1.3 sans-serif; hyphens: manual }}
p {{ margin: 0 0 20pt }}
sup, sub {{ font-size: 70%; line-height: 0 }}
</style>
<p>{words}</p><p>The end of it.</p>
"""


@pytest.fixture(scope="module")
def registry() -> str:
    weasyprint = pytest.importorskip("weasyprint")
    words = " ".join(
        f"In the year of plant number {n} the ministry of energy counted all of its farms." for n in range(60)
    )
    words += " It cost 10<sup>6</sup> euros, drew 4,500<sup>12</sup> and made CO<sub>2</sub>; the office flew."
    return pdf_text(weasyprint.HTML(string=PAGES.format(words=words)).write_pdf())


def test_raised_digits_stay_raised() -> None:
    text = extracted((CASES / "superscript.pdf").read_bytes(), "application/pdf")
    for quote in ("cost 10⁶ euros", "had 250³ workers", "about 4,500¹² shops", "CO₂ fell"):
        assert isinstance(find_quote(text, "", quote, ""), Match), quote
    for quote in ("cost 106 euros", "had 2503 workers", "about 4,50012 shops", "about 4,500", "had 250", "CO2 fell"):
        assert isinstance(find_quote(text, "", quote, ""), Miss), quote


def test_a_sign_that_pdfium_halves_is_whole() -> None:
    assert _whole("\ud835\udc3c = 4, \ud835 = 5") == "\U0001d43c = 4, \ufffd = 5"
    assert _whole("ĳ") == "ĳ"


def test_raised_digits_of_a_printed_page(registry: str) -> None:
    assert "cost 10⁶ euros, drew 4,500¹² and made CO₂; the office flew" in " ".join(registry.split())


def test_a_sentence_goes_on_across_a_page_break(registry: str) -> None:
    for number in range(60):
        quote = f"year of plant number {number} the ministry of energy counted"
        assert isinstance(find_quote(registry, "", quote, ""), Match), quote


def test_running_lines_stand_at_the_end_once(registry: str) -> None:
    assert registry.count("The Aral registry") == 1
    assert registry.count("Page 1 of") == registry.count("Page 2 of") == 1
    assert registry.index("The end of it") < registry.index("The Aral registry")


def test_an_empty_line_parts_paragraphs(registry: str) -> None:
    assert "the office flew.\n\nThe end of it." in registry


def test_a_table_that_goes_on_at_the_same_height_is_no_running_line() -> None:
    weasyprint = pytest.importorskip("weasyprint")
    rows = "".join(f"<tr><td>{n * 37 % 101}</td><td>{n * 53 % 97}</td></tr>" for n in range(40))
    text = pdf_text(
        weasyprint.HTML(string=f"<style>@page {{ size: 300pt 200pt }}</style><table>{rows}</table>").write_pdf()
    )
    lines = [line for line in text.split("\n") if line]
    assert lines == [f"{n * 37 % 101} | {n * 53 % 97}" for n in range(40)]


def test_the_cells_of_a_row_stand_in_one_line_apart() -> None:
    """12 beside 500 is not 12 500; a cell of two lines is one, and prose has no cells."""
    weasyprint = pytest.importorskip("weasyprint")
    page = """<style>@page {{ size: 420pt 400pt; margin: 40pt }}
      td, th {{ padding: 2pt 6pt; text-align: left; vertical-align: top }}
      p {{ text-align: justify }}</style>
    <p>{words}</p><ol><li>Item of a list.</ol>
    <table><tr><th>Ladder<th>River<th>2015<th>2024</tr>
    <tr><td>Ham<td>Ems<td>12<td>500</tr><tr><td>The long ladder<br>at the weir<td>Oder<td>1,204<td>7</tr>
    <tr><td>Aue<td>A river of<br>long name<td>30<td>41</tr></table>"""
    words = "In the valley some ladders of fish were counted by all of its offices. " * 2
    lines = pdf_text(weasyprint.HTML(string=page.format(words=words)).write_pdf()).split("\n")
    assert [line for line in lines if "|" in line] == [
        "Ladder | River | 2015 | 2024",
        "Ham | Ems | 12 | 500",
        "The long ladder at the weir | Oder | 1,204 | 7",
        "Aue | A river of long name | 30 | 41",
    ]
    assert "Item of a list." in lines


def test_the_reader_of_pdfs_is_named() -> None:
    assert extractor("application/pdf") == EXTRACTOR == "pdfium-3"
    assert extractor("text/plain") == extractor("text/html; charset=utf-8") == ""


def test_what_is_no_pdf_is_told() -> None:
    with pytest.raises(PdfTextError, match="cannot be read"):
        pdf_text(b"%PDF-1.4 no")


def test_an_empty_page_is_no_trouble() -> None:
    weasyprint = pytest.importorskip("weasyprint")
    page = '<p>45 boats.</p><div style="break-before: page"></div><p style="break-before: page">12 cranes.</p>'
    assert pdf_text(weasyprint.HTML(string=page).write_pdf()).split() == ["45", "boats.", "12", "cranes."]
