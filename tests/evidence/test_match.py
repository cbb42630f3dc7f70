from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportgen.evidence.fold import fold
from reportgen.evidence.match import Ambiguous, Match, Miss, find_quote
from reportgen.evidence.nearest import Difference
from reportgen.evidence.script import count_words, problems_in_quote
from tests.evidence.planted import cases

HARMFUL = cases("harmful.tsv")
HARMLESS = cases("harmless.tsv")


def _verdict(source: str, quote: str) -> str:
    if problems := problems_in_quote(quote):
        return problems[0].kind
    found = find_quote(source, "", quote, "")
    return found.kind if isinstance(found, Miss) else type(found).__name__


def test_there_are_enough_planted_cases() -> None:
    assert len({case[1:3] for case in HARMFUL}) >= 60
    assert len({case[1:3] for case in HARMLESS}) >= 60


@pytest.mark.parametrize(("name", "source", "quote", "expected"), HARMFUL, ids=[case[0] for case in HARMFUL])
def test_harmful_change_is_caught(name: str, source: str, quote: str, expected: str) -> None:
    assert _verdict(source, quote) == expected


@pytest.mark.parametrize(("name", "source", "quote"), HARMLESS, ids=[case[0] for case in HARMLESS])
def test_harmless_variant_is_found(name: str, source: str, quote: str) -> None:
    assert problems_in_quote(quote) == ()
    found = find_quote(source, "", quote, "")
    assert isinstance(found, Match), found
    passage = source[found.start : found.end]
    assert find_quote(passage, "", quote, "") == Match(0, len(passage))
    assert isinstance(find_quote(quote, "", passage, ""), Match)


def test_offsets_count_in_the_text_before_folding() -> None:
    source = "\ufeffA\u00ad\u0301 ﬁrst — “of\u00a0its kind”, they said"
    found = find_quote(source, "first -", '"of its kind"', ", they")
    assert isinstance(found, Match)
    assert source[found.start : found.end] == "“of\u00a0its kind”"


def test_prefix_and_suffix_settle_a_quote_that_stands_twice() -> None:
    source = "North drew 5 MW in May. South drew 5 MW in June."
    twice = find_quote(source, "", "drew 5 MW", "")
    assert isinstance(twice, Ambiguous)
    assert [source[start:end] for start, end in twice.places] == ["drew 5 MW"] * 2
    assert find_quote(source, "North", "drew 5 MW", "") == Match(6, 15)
    assert find_quote(source, "", "drew 5 MW", "in June") == Match(30, 39)
    assert isinstance(find_quote(source, "North", "drew 5 MW", "in June"), Miss)
    assert isinstance(find_quote(source, "North", "5 MW", ""), Miss), "prefix and quote are contiguous"


def test_prefix_does_not_hide_a_cut() -> None:
    assert isinstance(find_quote("a share of 18.10% now", "share of 18", ".10% now", ""), Miss)
    assert isinstance(find_quote("some Kazakhstani farms", "", "Kazakh", "stani farms"), Miss)


def test_miss_marks_the_difference() -> None:
    miss = find_quote("Long before. The share was 18.10% in all of May. Long after.", "", "was 18.20% in May", "")
    assert isinstance(miss, Miss)
    assert Difference("18.20%", "18.10%") in miss.differences
    assert "was [18.20% → 18.10%] in" in miss.marked


@pytest.mark.parametrize("quote", ["crypto-friendly state", "cryptofriendly state", "information on", "on 10-12 farms"])
def test_hyphens_at_line_ends_of_pdfs_are_read_both_ways(quote: str) -> None:
    pages = "A crypto-\nfriendly state has infor-\nmation on 10-\n12 farms"
    assert isinstance(find_quote(fold(pages, joins_lines=True), "", quote, ""), Match)
    assert isinstance(find_quote(fold(pages), "", quote, ""), Miss)


@pytest.mark.parametrize("quote", ["on 1012 farms", "friendly state", "has infor", "crypto friendly state"])
def test_hyphens_at_line_ends_of_pdfs_join_no_more_than_that(quote: str) -> None:
    pages = "A crypto-\nfriendly state has infor-\nmation on 10-\n12 farms"
    assert isinstance(find_quote(fold(pages, joins_lines=True), "", quote, ""), Miss)


def test_what_may_stand_beside_latin_letters() -> None:
    assert problems_in_quote("5 μm, 3 kΩ, 日本のテスト, COVID-19-дың, IT-компания, Қазақстан 2020 жылы") == ()


def test_words_are_runs_of_letters_or_digits() -> None:
    assert count_words("18.10% of Kazakhstan’s", "hash rate", "in\u00adfor\u00admation") == 8


_WORDS = "a not no farm farms 5 50 18.10% -5 10⁶ share of 2,500 was—were isn’t"
WORDS = st.lists(st.sampled_from(_WORDS.split()), min_size=1)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once.text).text == once.text
    assert len(once.starts) == len(once.ends) == len(once.text)
    assert list(once.starts) == sorted(once.starts)
    assert list(once.ends) == sorted(once.ends)


@given(WORDS, WORDS)
def test_matching_never_accepts_a_text_that_differs_in_a_word(source: list[str], quote: list[str]) -> None:
    found = find_quote(" ".join(source), "", " ".join(quote), "")
    runs = [source[i : i + len(quote)] for i in range(len(source))]
    if isinstance(found, Match | Ambiguous):
        assert quote in runs


@given(st.text(min_size=1), st.text(min_size=1), st.text())
def test_what_is_accepted_has_the_same_words(before: str, quote: str, after: str) -> None:
    found = find_quote(f"{before} {quote} {after}", "", quote, "")
    assume(isinstance(found, Match))
    assert isinstance(found, Match)
    passage = f"{before} {quote} {after}"[found.start : found.end]
    assert re.findall(r"[^\W_]+", fold(passage).text) == re.findall(r"[^\W_]+", fold(quote).text)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The fleet uses 31 litres per 100 km. It is new.", "uses 31 litres per 100 km"),
        ("Losses amounted to 4.1% of GDP in Thailand.", "4.1% of GDP in Thailand"),
    ],
)
def test_a_full_stop_and_a_word_for_is_may_be_left_out(text: str, quote: str) -> None:
    assert isinstance(find_quote(fold(text), "", quote, "", "en"), Match)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Losses never amounted to 4.1% of GDP in Thailand.", "4.1% of GDP in Thailand"),
        ("Losses amounted to at least 4.1% of GDP there.", "4.1% of GDP there"),
        ("The hall has 5,000+ seats.", "The hall has 5,000"),
    ],
)
def test_a_denial_or_a_bound_may_not(text: str, quote: str) -> None:
    assert isinstance(find_quote(fold(text), "", quote, "", "en"), Miss)
