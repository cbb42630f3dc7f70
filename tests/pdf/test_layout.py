"""What the patches of WeasyPrint change, and which versions of WeasyPrint they accept."""

from __future__ import annotations

import ctypes
import gc
import io
import re

import pypdf
import pytest
import weasyprint

from reportgen.pages.default_theme import default_templates
from reportgen.pdf import weasyprint_patches
from reportgen.pdf.render import laid_out, pdf_engine_version, render_pdf
from reportgen.pdf.weasyprint_patches import ATTRIBUTES, INTERNALS, PdfError, balanced
from tests.pdf.tagged import page_texts

CSS = """
@page { size: 100mm 100mm; margin: 0 }
body { margin: 0; font: 10pt/10mm "IBM Plex Sans" }
p { margin: 0 }
.annex { columns: 2; column-gap: 0; margin: 0; padding: 0 }
li { position: relative; break-inside: avoid; orphans: 1; widows: 1; list-style: none }
"""


def pages(body: str) -> list[list[str]]:
    """Each page's words."""
    html = f'<html lang="en"><title>A</title><body>{body}'
    pdf = render_pdf(html, CSS, "https://tests.example/", 0, {})
    return [page.extract_text().split() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def lines(count: int, word: str = "x") -> str:
    return f"<p>{word}</p>" * count


def test_what_fits_is_balanced_and_what_does_not_fills_the_columns() -> None:
    assert balanced([10, 10, 10, 10, 10], 100, 3) == [2, 2, 1]
    assert balanced([30, 10, 10, 10], 100, 3) == [1, 2, 1]
    assert balanced([10, 10, 10, 30], 100, 2) == [3, 1]
    assert balanced([10] * 9, 20, 3) == [2, 2, 2]
    assert balanced([30, 10], 20, 3) == [0, 0, 0]
    assert balanced([7], 20, 3) == [1, 0, 0]


def test_no_entry_of_the_annex_is_lost() -> None:
    entries = [f"<li>e{n}<br>f{n}<br>g{n}</li>" for n in range(8)]
    long = f"<li>{'<br>'.join(f'w{n}' for n in range(25))}</li>"
    found = pages(f'{lines(4)}<ol class="annex">{"".join(entries)}{long}</ol>{lines(1, "end")}')
    words = [word for page in found for word in page if word[0] in "efgw" and word[1:].isdigit()]
    wanted = [f"{letter}{n}" for n in range(8) for letter in "efg"] + [f"w{n}" for n in range(25)]
    assert words == wanted
    assert found[0][:10] == [*"xxxx", "e0", "f0", "g0", "e1", "f1", "g1"]
    assert [len(page) for page in found] == [16, 12, 20, 6]


def test_no_row_of_a_table_stands_alone_on_its_page() -> None:
    """Neither the first below its head, nor the last."""
    css = CSS + default_templates()["css/table.css"]
    body = "".join(f"<tr><td>r{n}</td></tr>" for n in range(8))
    table = f"<table><thead><tr><th>head</th></tr></thead><tbody>{body}</tbody></table>"
    for above in range(8):
        html = f'<html lang="en"><title>A</title><body>{lines(above)}{table}'
        pdf = render_pdf(html, css, "https://tests.example/", 0, {})
        rows = [re.findall(r"r\d", text) for text in page_texts(pdf)]
        assert [row for page in rows for row in page] == [f"r{n}" for n in range(8)], above
        assert all(len(page) != 1 for page in rows), (above, rows)


class Allocated(ctypes.Structure):
    """glibc's `struct mallinfo2`, of which `uordblks` is looked at."""

    _fields_ = tuple((name, ctypes.c_size_t) for name in ("arena", *"123456", "taken", *"78"))


def in_use() -> int:
    """Bytes that libraries in C have taken and not given back."""
    gc.collect()
    asked = ctypes.CDLL(None).mallinfo2
    asked.restype = Allocated
    return int(asked().taken)


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="glibc tells what is taken")
def test_a_document_takes_no_memory_for_ever() -> None:
    """WeasyPrint by itself keeps 200 bytes of each text with font features that it measures."""
    html = f"<title>A</title><body>{lines(300)}"

    def lay_out() -> None:
        laid_out(html, CSS + "p { font-variant-numeric: tabular-nums }", "", {})

    lay_out()
    lay_out()
    before = in_use()
    lay_out()
    lay_out()
    assert in_use() - before < 20_000


def test_a_line_is_not_broken_after_its_first_word() -> None:
    for width in range(250, 290):
        body = f'<p style="width: {width}px">The new definitions were written into the law <b>Informatization</b></p>'
        (text,) = page_texts(render_pdf(f"<title>A</title>{body}", CSS, "", 0, {}))
        assert text.splitlines()[0].count(" ") > 4, width


def test_another_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with pytest.raises(PdfError, match=r"WeasyPrint 71\.0 is installed, .* pip install 'weasyprint>=70,<71'"):
        pdf_engine_version()


def test_the_patches_fit_before_and_after_they_are_applied() -> None:
    assert [*weasyprint_patches._differences()] == []
    pages("<p>applies them</p>")
    assert [*weasyprint_patches._differences()] == []


@pytest.mark.parametrize("name", INTERNALS)
def test_a_changed_signature_is_refused_by_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name, lambda box, width: None)
    message = rf"WeasyPrint 70.* {re.escape(name)} takes \(box width\); pip install 'weasyprint==70\.0'"
    with pytest.raises(PdfError, match=message):
        pdf_engine_version()
    monkeypatch.delattr(name)
    with pytest.raises(PdfError, match=rf"it has no {re.escape(name)}; pip install"):
        pdf_engine_version()


@pytest.mark.parametrize(("name", "attribute"), ATTRIBUTES.items())
def test_a_missing_attribute_is_refused_by_name(name: str, attribute: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{name}.__init__", lambda self: None)
    with pytest.raises(PdfError, match=rf"{re.escape(name)} has no {attribute}; pip install 'weasyprint==70\.0'"):
        pdf_engine_version()
