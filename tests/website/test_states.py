"""A value in each state: how the brief, its entry, the fact's page, paper and the data show it."""

from __future__ import annotations

import json
import re
from itertools import product
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Page

from reportgen.evidence.script import count_words
from reportgen.model.fact import Status
from reportgen.pipeline import answers, check
from tests.conftest import Built
from tests.website.conftest import STATES

STATE_OF = {
    "cargo-2021": "verified",
    "cargo-2020": "verified",
    "quay-opened": "verified",
    "master": "verified",
    "grain-boats-2021": "inferred",
    "ferry-began": "inferred",
    "grain": "paraphrase",
    "channel": "paraphrase",
    "open-to": "paraphrase",
    "cargo-gain": "computed",
    "cranes-report": "disputed",
    "cranes-fishers": "disputed",
    "quay-length": "disputed",
    "piers-closed": "overdue",
    "wages": "unverified",
}
COMPARED = {
    "cargo-2021": "The words print “18.10%”.",
    "quay-opened": "The words print “3 May 2021”.",
    "master": "Every word of the statement, apart from articles and prepositions, is in the quoted words.",
    "grain-boats-2021": "The words print “Half”, “36”; the value was inferred from them. "
    "Half of the 36 boats carry grain; the value is that half.",
    "ferry-began": "The words print “June”; the value was inferred from them. "
    "The report tells of a single year, so its June is June 2021.",
    "grain": "The statement is in our words. Not in the quoted words: “chief”, “cargo”.",
    "channel": "The statement is in our words: the quoted words have “not”, and it has no negation.",
    "open-to": "The statement and the quoted words are in different languages, and were not compared.",
}


def page(states: Built, path: str) -> Any:
    return html.fromstring(states.site[path])


def parts(element: Any, name: str, more: str = "") -> list[Any]:
    """The elements of a class inside an element, in order; `more` narrows them, as XPath."""
    found: list[Any] = element.xpath(f'.//*[contains(concat(" ", @class, " "), " {name} ")]{more}')
    return found


def words(element: Any) -> str:
    return " ".join(element.text_content().replace("\u00a0", " ").split())


def facts(states: Built) -> dict[str, dict[str, Any]]:
    return {fact["id"]: fact for fact in json.loads(states.site["data/facts.json"])["facts"]}


def test_every_state_occurs(states: Built) -> None:
    assert {id: fact["status"] for id, fact in facts(states).items()} == STATE_OF
    assert set(STATE_OF.values()) == set(Status)


def test_the_brief_marks_each_value_with_its_state(states: Built) -> None:
    brief = page(states, "briefs/harbour/index.html")
    for id, state in STATE_OF.items():
        entry = brief.get_element_by_id(f"fact-{id}")
        assert entry.get("data-state") == state
        assert parts(entry, "badge", f"[@data-state='{state}']")
        assert {mark.get("data-state") for mark in parts(brief, "fact", f"[@href='#fact-{id}']")} <= {state}
    counted = {item.get("data-state") for item in parts(parts(brief, "ledger")[0], "badge")}
    assert counted == set(Status)


@pytest.mark.parametrize("id", sorted(COMPARED))
def test_the_page_of_a_fact_says_what_was_compared(states: Built, id: str) -> None:
    shown = page(states, f"facts/{id}/index.html")
    told = [words(item) for item in parts(shown, "check", "/li")]
    assert COMPARED[id] in told
    tone = parts(shown, "evidence")[0].get("data-state")
    assert tone == (None if STATE_OF[id] == "verified" else STATE_OF[id])


def test_an_entry_in_our_words_says_which_words_are_ours(states: Built) -> None:
    for source in (page(states, "briefs/harbour/index.html"), html.fromstring(states.papers["harbour"])):
        for id in ("grain", "channel", "open-to"):
            assert COMPARED[id] in words(source.get_element_by_id(f"fact-{id}"))


def test_the_words_around_a_quote_are_grey_and_not_part_of_it(states: Built) -> None:
    shown = parts(page(states, "facts/channel/index.html"), "evidence", "/q")[0]
    assert words(shown) == "She said that the channel was not dredged, and that two piers"
    assert [part.text for part in parts(shown, "around")] == ["She said that ", ", and that two piers"]
    assert facts(states)["channel"]["evidence"][0]["quote"] == "the channel was not dredged"
    for source in (page(states, "briefs/harbour/index.html"), html.fromstring(states.papers["harbour"])):
        quote = parts(source.get_element_by_id("fact-master"), "quote")[0]
        assert [part.text for part in parts(quote, "around")] == ["The harbour master is "]


def test_no_more_than_twelve_words_of_a_source_are_printed(states: Built) -> None:
    printed = [
        words(quote)
        for path in states.site
        if path.endswith("index.html")
        for quote in (*parts(page(states, path), "quote"), *parts(page(states, path), "evidence", "/q"))
    ]
    assert len(printed) > 20
    assert [quote for quote in printed if count_words(quote) > 12] == []


def test_a_quote_in_pieces_prints_its_mark(states: Built) -> None:
    found = facts(states)["cargo-2020"]["evidence"][0]
    assert len(found["pieces"]) == 2
    assert (found["start"], found["end"]) == (found["pieces"][0][0], found["pieces"][1][1])
    shown = parts(page(states, "facts/cargo-2020/index.html"), "evidence", "/q")[0]
    assert "handled 18.10% … after 6.2% a year before" in words(shown)


def test_data_say_what_the_quotes_print(states: Built) -> None:
    found = facts(states)
    assert found["ferry-began"]["printed"] == ["June"]
    assert found["ferry-began"]["reading"].startswith("The report tells")
    assert found["channel"]["why"] == 'the quote has "not", and the value has no negation'
    assert found["cargo-2021"]["why"] is None
    numbers = json.loads(states.site["briefs/harbour/provenance.json"])["numbers"]
    told = {number["fact"]: (number["status"], number["printed"], number["why"]) for number in numbers}
    assert told["grain-boats-2021"] == ("inferred", ["Half", "36"], None)
    assert told["grain"][2] == 'the quote does not have the words "chief" and "cargo"'


def test_a_reading_may_repeat_the_numbers_of_its_quote(states: Built) -> None:
    entry = page(states, "briefs/harbour/index.html").get_element_by_id("fact-grain-boats-2021")
    assert [part.text for part in entry.xpath(".//span[@data-n='quote']")] == ["36"]


def test_the_banner_of_what_is_overdue_prints_the_values(states: Built) -> None:
    banner = page(states, "briefs/harbour/index.html").xpath("//p[@data-state='overdue']")[0]
    (link,) = banner.xpath("a[@href='#fact-piers-closed']")
    assert link.text_content() == "2\xa0piers"


def test_what_is_told_of_the_project() -> None:
    """A quotation without a saved copy, and words that theirs denies, are warnings; what pages tell is a notice."""
    told = {(problem.code, problem.severity) for problem in check(STATES).diagnostics}
    warned = {("unverified", "warning"), ("value-contradicted", "warning")}
    assert told == {*warned, ("overdue", "notice"), ("check-failed", "notice")}


@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_what_was_compared_is_told_in_other_languages(lang: str) -> None:
    from reportgen.brief.wording import compared_text
    from reportgen.facts.view import View

    asked = answers(STATES)[0]
    known = asked.project.facts
    for id, english in COMPARED.items():
        told = compared_text(View(asked), known[id].verdict, "", lang)
        assert told
        assert not set(re.findall("[A-Za-z]{4,}", told)) & set(re.findall("[A-Za-z]{4,}", english.split("“")[0]))


SCHEMES, WIDTHS = ("light", "dark"), (360, 1280)
AROUND = """() => [document.documentElement.scrollWidth, [...document.querySelectorAll(".around")].map(part =>
  [getComputedStyle(part).color, getComputedStyle(part.parentElement).color])]"""


@pytest.fixture(scope="module")
def around(states: Built, one_tab: Page) -> dict[tuple[int, str], list[Any]]:
    """How wide two pages are, and the colours of the words around a quote and of the quote, by window and scheme."""
    found: dict[tuple[int, str], list[Any]] = {}
    for path in ("facts/channel/index.html", "briefs/harbour/index.html"):
        one_tab.goto((states.folder / path).as_uri())
        for width, scheme in product(WIDTHS, SCHEMES):
            one_tab.set_viewport_size({"width": width, "height": 900})
            one_tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found.setdefault((width, scheme), []).append(one_tab.evaluate(AROUND))
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_words_around_a_quote_can_be_read(around: dict[tuple[int, str], list[Any]], width: int, scheme: str) -> None:
    """The grey of the words around is another colour than the quote's, and the page is no wider than the window."""
    for wide, colours in around[width, scheme]:
        assert colours
        assert all(grey != ink for grey, ink in colours)
        assert wide <= width
