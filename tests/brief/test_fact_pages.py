"""Addresses of quotations in web pages, and dates that lay ahead when their source named them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.brief.fact_pages import words_address
from reportgen.brief.subjects import over_time, planned
from reportgen.facts.view import View
from reportgen.model.fact import Evidence
from reportgen.model.source import ArchivedText
from tests.brief.project import FILES, answers_of, loaded

PAGE = "https://salt.example/news"


@pytest.mark.parametrize(
    ("url", "quote", "prefix", "suffix", "fragment"),
    [
        (PAGE, "a share of 18.10%", "", "", "a%20share%20of%2018.10%25"),
        (PAGE, "Day-old, a\nshare", "the", "– and", "the-,Day%2Dold%2C%20a%20share,-%E2%80%93%20and"),
        (PAGE, "the first … the last", "", "", "the%20first,the%20last"),
        ("https://salt.example/report.pdf", "a share", "", "", ""),
        ("https://doi.org/10.1/salt", "a share", "", "", ""),
        ("", "a share", "", "", ""),
    ],
)
def test_a_quotation_has_an_address_in_a_web_page(
    url: str, quote: str, prefix: str, suffix: str, fragment: str
) -> None:
    source = replace(loaded().sources["paper-2021"], url=url)
    expected = f"{url}#:~:text={fragment}" if fragment else ""
    assert words_address(source, Evidence("paper-2021", quote, prefix, suffix)) == expected
    saved = replace(source, archived=(ArchivedText("00", "application/pdf"),))
    assert words_address(saved, Evidence("paper-2021", quote, prefix, suffix)) == ""


def test_plans_stand_apart_and_what_is_about_a_time_comes_after_it() -> None:
    given = {
        "about": ("2020-06~", "around June 2020"),
        "plan": ("2025", "in 2025"),
        "day": ("2020-06", "in June 2020"),
        "same": ("2021-02", "in February 2021"),
    }
    facts = "".join(
        f'- {{id: {id}, claim: "It was {{value}}.", measure: opened, place: CA, value: {value},'
        f' evidence: [{{source: paper-2021, quote: "{quote}"}}]}}\n'
        for id, (value, quote) in given.items()
    )
    view = View(answers_of(loaded({**FILES, "content/facts/more.yaml": facts})))
    assert planned(view, tuple(given)) == (("day", False), ("about", False), ("same", False), ("plan", True))


def test_a_measure_over_time_begins_as_early_as_its_facts() -> None:
    """A platform's `strftime` leaves out the zeros of a year."""
    early = (
        '- {id: early, claim: "It was {value}.", measure: share, place: AR, value: 3, unit: percent, as_of: 0001-01-01,'
        ' evidence: [{source: report-2020, quote: "a share of 3%"}]}\n'
    )
    view = View(answers_of(loaded({**FILES, "content/facts/more.yaml": early})))
    assert over_time(view, "share-2020", "en")[0].month.endswith("1")
