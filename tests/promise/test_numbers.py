"""Every run of digits in a brief stands in an element that says what it is, on screen and on paper."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html

from reportgen.model.brief import folder_of
from tests.conftest import Built, is_set
from tests.driver import ROOT
from tests.pdf.test_reading import texts as printed

CLASSES = {"year", "date", "name", "citation", "reference", "quote", "source", "label", "code", "count"}
DIGITS = re.compile(r"\d+")
SLUGS = tuple(sorted(path.stem for path in (ROOT / "content" / "briefs").glob("*.md")))
ON_PAPER = tuple(slug for slug in SLUGS if is_set(slug))
SILENT = {"script", "style"}
UNPRINTED = {"title", "desc"}
"""What an SVG says to those who hear it."""


def body_of(page: bytes | str) -> Any:
    source = page if isinstance(page, str) else page.decode()
    return html.document_fromstring(source).body


def texts(body: Any) -> Iterator[tuple[str, Any]]:
    """Every text with the element that it stands in."""
    for element in body.iter():
        if isinstance(element.tag, str) and element.tag not in SILENT and element.text:
            yield element.text, element
        if element.tail and element.getparent() is not None and element.getparent().tag not in SILENT:
            yield element.tail, element.getparent()


def mark_of(element: Any) -> str | None:
    """The nearest `data-n` around a text."""
    while element is not None:
        if element.get("data-n") is not None:
            return str(element.get("data-n"))
        element = element.getparent()
    return None


def unaccounted(body: Any, numbers: int) -> list[str]:
    """Texts whose digits nothing accounts for."""
    return [
        text.strip()
        for text, element in texts(body)
        if DIGITS.search(text)
        and not ((mark := mark_of(element)) and (mark in CLASSES or (mark.isdigit() and int(mark) < numbers)))
    ]


def provenance(built: Built, slug: str) -> dict[str, Any]:
    return json.loads(built.site[f"{folder_of(slug)}provenance.json"])  # type: ignore[no-any-return]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_digit_on_screen_is_accounted_for(built: Built, slug: str) -> None:
    numbers = provenance(built, slug)["numbers"]
    assert unaccounted(body_of(built.page(slug)), len(numbers)) == []


@pytest.mark.parametrize("slug", ON_PAPER)
def test_every_digit_on_paper_is_accounted_for(built: Built, slug: str) -> None:
    assert unaccounted(body_of(built.papers[slug]), len(provenance(built, slug)["numbers"])) == []


def test_the_proof_can_fail() -> None:
    body = body_of('<body><p data-n="0">1</p><p>In <span data-n="year">2020</span> there were 14 farms.</p></body>')
    assert unaccounted(body, 1) == ["there were 14 farms."]
    assert unaccounted(body_of('<body><p data-n="3">14</p></body>'), 3) == ["14"]


@pytest.mark.parametrize("slug", SLUGS)
def test_provenance_says_what_is_printed(built: Built, slug: str) -> None:
    """An index leads to the text that stands there; outside "How we know" each stands once, in order."""
    found = provenance(built, slug)
    body = body_of(built.page(slug))
    for part in body.xpath('//section[@aria-labelledby="how"]'):
        part.getparent().remove(part)
    printed: dict[int, str] = {}
    for element in body.xpath("//*[@data-n]"):
        if element.get("data-n").isdigit():
            printed.setdefault(int(element.get("data-n")), "".join(element.itertext()))
    for index, text in printed.items():
        if found["numbers"][index]["kind"] != "scale":
            assert spaced(found["numbers"][index]["text"]) in spaced(text)
    counted = [n for n, number in enumerate(found["numbers"]) if number["kind"] != "scale"]
    assert set(counted) <= set(printed)
    numbers = [n for n in counted if not found["numbers"][n]["statement"]]
    assert found["bound"] == found["total"] == len(numbers)


def spaced(text: str) -> str:
    """Large figures break between their words; on the page apostrophes are the typesetter's."""
    return text.replace("\u00a0", " ").replace("’", "'")


@pytest.mark.parametrize("slug", SLUGS)
def test_the_ledger_adds_up(built: Built, slug: str) -> None:
    ledger = body_of(built.page(slug)).xpath('//*[contains(@class, "ledger")]')[0]
    found = provenance(built, slug)
    statements = sum(number["statement"] for number in found["numbers"])
    for part, expected in zip(ledger.xpath("./div"), (found["total"], statements), strict=True):
        total, *states = [int(text) for text in part.xpath('.//*[@data-n="count"]//text()')]
        assert total == sum(states) == expected


@pytest.mark.parametrize("slug", ON_PAPER)
def test_a_pdf_prints_no_digit_that_its_html_has_not(built: Built, slug: str) -> None:
    """A PDF's runs of digits are its HTML's, and the counters of pages and notes, and titles that repeat."""
    pages = printed(built.pdf(slug))
    body = body_of(built.papers[slug])
    there = Counter(
        run for text, element in texts(body) if element.tag not in UNPRINTED for run in DIGITS.findall(text)
    )
    notes = len(body.xpath('//*[contains(@class, "footnote")]'))
    counters = {str(n) for n in range(1, max(len(pages), notes, len(body.xpath("//ol/li"))) + 1)}
    repeated = set(DIGITS.findall(" ".join(body.xpath('//h1//text() | //h2//text() | //*[@class="edition"]//text()'))))
    here = Counter(run for text in pages for run in DIGITS.findall(text))
    assert {run for run in here if here[run] > there[run]} - counters - repeated == set()
    assert {run for run in there if here[run] < there[run] and run not in counters} == set()
