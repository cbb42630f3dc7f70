from __future__ import annotations

import pytest

from reportgen.evidence.fold import fold
from reportgen.evidence.match import Ambiguous, Match, Miss, find_quote
from reportgen.evidence.nearest import Difference
from reportgen.evidence.script import count_words

TEXT = (
    "The ministry, which was set up in May, counted 14 farms in the north and, after a long dispute, 13 farms in the "
    "south. Output must not exceed 5 MW.\n\nIt named no owner of the plants."
)


def _pieces(quote: str, text: str = TEXT, prefix: str = "", suffix: str = "") -> list[str]:
    found = find_quote(text, prefix, quote, suffix)
    assert isinstance(found, Match), found
    assert (found.pieces[0][0], found.pieces[-1][1]) == (found.start, found.end)
    return [text[start:end] for start, end in found.pieces]


@pytest.mark.parametrize(
    ("quote", "pieces"),
    [
        ("The ministry … counted 14 farms", ["The ministry", "counted 14 farms"]),
        ("The ministry […] counted 14 farms", ["The ministry", "counted 14 farms"]),
        ("The ministry … 14 farms … 13 farms", ["The ministry", "14 farms", "13 farms"]),
        ("The ministry ... 13 farms", ["The ministry", "13 farms"]),
    ],
)
def test_pieces_are_found_in_order(quote: str, pieces: list[str]) -> None:
    assert _pieces(quote) == pieces


def test_prefix_and_suffix_stand_at_the_outer_ends() -> None:
    assert _pieces("14 farms … 13 farms", prefix="counted", suffix="in the south") == ["14 farms", "13 farms"]
    assert isinstance(find_quote(TEXT, "named", "14 farms … 13 farms", ""), Miss)


def test_a_quote_without_a_mark_has_no_pieces() -> None:
    found = find_quote(TEXT, "", "counted 14 farms", "")
    assert isinstance(found, Match)
    assert found.pieces == ()


def test_a_mark_of_the_source_itself_is_no_mark() -> None:
    found = find_quote("They said that … the plants stood still.", "", "said that … the plants", "")
    assert isinstance(found, Match)
    assert found.pieces == ()


@pytest.mark.parametrize(
    ("quote", "kind", "words"),
    [
        ("13 farms … 14 farms", "absent", "in this order"),
        ("The ministry … no owner", "absent", "one paragraph"),
        ("The ministry … counted", "short-piece", "fewer than two words"),
        ("The ministry … counted 15 farms", "absent", "other words"),
        ("The ministry … counted 1", "cut-number", "inside"),
        ("The ministry … exceed 5 MW", "cut-bound", '"not"'),
        ("The ministry … 5 MW", "cut-bound", '"not exceed"'),
        ("14 farms … Output must", "cut-negation", '"not"'),
    ],
)
def test_what_pieces_may_not_do(quote: str, kind: str, words: str) -> None:
    found = find_quote(TEXT, "", quote, "")
    assert isinstance(found, Miss)
    assert found.kind == kind
    assert words in found.reason


def test_pieces_stand_within_300_characters() -> None:
    text = "The first word {} and the last word"
    near, far = text.format("x" * 250), text.format("x" * 290)
    assert isinstance(find_quote(near, "", "The first word … the last word", ""), Match)
    assert isinstance(find_quote(far, "", "The first word … the last word", ""), Miss)


def test_the_closest_pieces_are_taken_and_two_places_are_told() -> None:
    text = "the north counted 3 farms, the north counted 4 farms in May"
    found = find_quote(text, "", "the north … 4 farms", "")
    assert isinstance(found, Match)
    assert found.pieces[0][0] == text.rindex("the north")
    assert isinstance(find_quote("a big farm of ore and a big farm of ore", "", "a big … of ore", ""), Ambiguous)


def test_every_line_of_a_page_is_a_paragraph() -> None:
    text = "The ministry counted\n14 farms"
    quote = "The ministry … 14 farms"
    assert isinstance(find_quote(fold(text), "", quote, ""), Match)
    assert isinstance(find_quote(fold(text, lines_are_paragraphs=True), "", quote, ""), Miss)


def test_a_mark_counts_as_no_word() -> None:
    assert count_words("The ministry … counted […] 14 farms") == 5


@pytest.mark.parametrize(
    ("text", "quote", "word"),
    [
        ("They did not approve 14 permits.", "approve 14 permits", "not"),
        ("They didn't approve 14 permits.", "approve 14 permits", "didn't"),
        ("The rules are not clear.", "The rules are", "not"),
        ("There are no mining farms here.", "mining farms here", "no"),
        ("Майнинг не разрешен в стране.", "разрешен в стране", "не"),
        ("Закон пока не принят.", "Закон пока", "не"),
        ("Бұл заңды емес.", "Бұл заңды", "емес"),
        ("Мұнда ферма жоқ.", "Мұнда ферма", "жоқ"),
    ],
)
def test_a_negation_that_is_cut_off_is_named(text: str, quote: str, word: str) -> None:
    found = find_quote(text, "", quote, "")
    assert isinstance(found, Miss)
    assert found.kind == "cut-negation"
    assert f'"{word}"' in found.reason
    assert isinstance(find_quote(text, "", text, ""), Match)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Why not? The plants stood still.", "The plants stood still"),
        ("The plants stood still. No one came.", "The plants stood still"),
        ("The plants stood still, not the mines.", "The plants stood still"),
    ],
)
def test_a_negation_past_a_mark_belongs_to_another_clause(text: str, quote: str) -> None:
    assert isinstance(find_quote(text, "", quote, ""), Match)


SOURCE = "In May, the bank (the largest one) did not approve the plan of the ministry, it said."


@pytest.mark.parametrize(
    ("quote", "reason", "differences"),
    [
        ("the bank did approve the plan", 'the source has "not", and the quote does not', {Difference("", "not")}),
        ("approve the big plan of the ministry", 'the source does not have "big"', {Difference("big", "")}),
        ("approve the plan the ministry", 'the quote leaves out "of"', {Difference("", "of")}),
        ("In May the bank the largest one", "the marks between them", set()),
        ("a bank (the largest one) did not approve", "other words", {Difference("a", "the")}),
        ("approve the plan of the office", "other words", {Difference("office", "ministry")}),
        ("and In May, the bank", 'does not have "and"', {Difference("and", "")}),
        ("approve the plan of the minister it said", "other words", {Difference("minister", "ministry")}),
    ],
)
def test_nearest_tells_words_and_not_marks(quote: str, reason: str, differences: set[Difference]) -> None:
    found = find_quote(SOURCE, "", quote, "")
    assert isinstance(found, Miss)
    assert reason in found.reason
    assert differences <= set(found.differences)
    assert bool(found.differences) == bool(differences)


def test_a_lost_negation_comes_first() -> None:
    found = find_quote(SOURCE, "", "In June, the bank (the largest one) did approve the plan", "")
    assert isinstance(found, Miss)
    assert found.differences == (Difference("", "not"), Difference("June", "May"))


@pytest.mark.parametrize(
    ("text", "quote", "left_out"),
    [
        ("It spent 98 million euros a year earlier.", "98 million euros a year", "earlier"),
        ("It moved 27 tonnes a month ago.", "27 tonnes a month", "ago"),
        ("It spent 98 million euros a year earlier.", "98 million euros", ""),
        ("It spends 98 million euros a year, earlier than most.", "98 million euros a year", ""),
    ],
)
def test_what_stands_for_a_time_is_no_rate(text: str, quote: str, left_out: str) -> None:
    found = find_quote(text, "", quote, "", "en")
    assert isinstance(found, Miss if left_out else Match)
    assert f'"{left_out}"' in getattr(found, "reason", '""')
