"""What of its sentence a quotation leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.evidence.fold import fold
from reportgen.evidence.left_out import FactWords, left_out_problem
from reportgen.evidence.match import Match, Miss, find_quote
from reportgen.model.edtf import parse_edtf
from reportgen.model.fact import Modality
from reportgen.model.lock import LeftOut
from reportgen.model.text import Text

CASES = (Path(__file__).parent / "cases" / "cut-quotes.txt").read_text(encoding="utf-8").splitlines()[1:]
FELL = LeftOut("down", "fell", "14%")
DENIED = LeftOut("denied", "never", "54")
UNDONE = LeftOut("undone", "scrapped", "54")
PLANNED = LeftOut("planned", "plans to", "24")
IF = LeftOut("condition", "unless", "16")
COMPARED = LeftOut("compared", "compared with", "44.9 million tonnes")


def found(sentence: str, quote: str, language: str = "en") -> str:
    match = find_quote(fold(sentence), "", quote, "", language)
    if isinstance(match, Miss):
        return "no" if match.kind.startswith("cut-") else "absent"
    assert isinstance(match, Match)
    return "told" if match.left_out else "ok"


@pytest.mark.parametrize("case", CASES)
def test_what_a_quotation_leaves_out(case: str) -> None:
    language, sentence, quote, expected = case.split("|")
    assert found(sentence, quote, language) == expected


def test_another_sentence_governs_nothing() -> None:
    assert found("It is not true. That said, 500 wagons were lost.", "500 wagons were lost") == "ok"
    assert found("Prices fell by much.\n\n14% of the shops closed.", "14% of the shops") == "ok"
    assert found("a | not so | 500 wagons\n", "500 wagons") == "ok"


def test_words_in_another_piece_are_not_left_out() -> None:
    sentence = "The ministry denied that the subsidies of which it spoke, €12 million, had been paid."
    assert found(sentence, "ministry denied that … €12 million, had been paid") == "ok"
    assert found("Revenue fell in the winter months by 14%.", "Revenue fell … by 14%") == "ok"


def said(claim: str, told: str = "", modality: Modality | None = None, as_of: str = "") -> FactWords:
    texts = ((told, "en"),) if told else ()
    return FactWords(Text.of(claim), "en", texts, modality=modality, as_of=parse_edtf(as_of) if as_of else None)


@pytest.mark.parametrize(
    ("left", "fact", "expected"),
    [
        (DENIED, said("The town has {value} shops."), "warning"),
        (DENIED, said("The town did not open {value} shops."), ""),
        (DENIED, said("It failed to open {value} shops."), ""),
        (DENIED, said("The town has {value} shops.", "The town has the shops that it never opened."), ""),
        (UNDONE, said("The town has {value} shops."), "warning"),
        (UNDONE, said("The town gave up {value} shops."), ""),
        (UNDONE, said("The town goes without {value} shops."), ""),
        (PLANNED, said("The operator bought {value}."), "warning"),
        (PLANNED, said("The operator bought {value}.", modality=Modality.DONE), "warning"),
        (PLANNED, said("The operator wants {value}.", modality=Modality.PLANNED), ""),
        (PLANNED, said("The operator will buy {value}."), ""),
        (PLANNED, said("In its plans are {value}."), ""),
        (IF, said("In all {value} closed."), "warning"),
        (IF, said("Without repairs, {value} close."), ""),
        (COMPARED, said("It carried {value}.", as_of="2023"), "warning"),
        (COMPARED, said("It carried {value}.", "The year before was 2022.", as_of="2022"), ""),
    ],
)
def test_a_fact_says_what_its_quotation_leaves_out(left: LeftOut, fact: FactWords, expected: str) -> None:
    problem = left_out_problem([left], fact)
    assert (problem.severity if problem else "") == expected
    if problem:
        assert problem.code == "quote-cut"
        assert f'leaves out "{left.words}"' in problem.message
        assert problem.hint


def test_what_a_number_changes_by_is_compared_with_the_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportgen.evidence.judge import supports
    from reportgen.evidence.quoted import Quoted
    from reportgen.language.units import unit_table
    from reportgen.model.quantity import Relation, typed_quantity

    value = typed_quantity("14", unit_table([]).parse("percent"), Relation("="))
    verdict = supports(value, [Quoted("14% to €187 million", "en")])

    def told(claim: str, left: LeftOut = FELL) -> str:
        fact = FactWords(Text.of(claim), "en", (), verdict=verdict)
        problem = left_out_problem([left], fact)
        return problem.severity if problem else ""

    assert told("Revenue fell by {value}.") == ""
    assert told("Revenue was {value} lower.") == ""
    assert told("The change was {value}.") == "warning"
    assert told("Revenue rose by {value}.") == "error"
    assert told("Revenue rose by {value}.", LeftOut("down", "fell", "187 million")) == ""


def test_a_part_that_a_quotation_leaves_out_is_compared_with_the_claim() -> None:
    from reportgen.evidence.judge import supports
    from reportgen.evidence.quoted import Quoted
    from reportgen.language.units import unit_table
    from reportgen.model.quantity import Relation, typed_quantity

    value = typed_quantity("42", unit_table([]).parse(""), Relation("="))

    def told(words: str, quote: str, claim: str, language: str = "en", said_in: str = "", reading: str = "") -> str:
        verdict = supports(value, [Quoted(quote, language)])
        sides = ((reading, said_in or language),) if reading else ()
        fact = FactWords(Text.of(claim), said_in or language, sides, (quote, language), verdict=verdict)
        problem = left_out_problem([LeftOut("part", words, "42")], fact)
        assert problem is None or f'leaves out "{words}", which its sentence says of "42"' in problem.message
        return problem.severity if problem else ""

    stayed = "42 trawlers stayed in port"
    assert told("Most of the", stayed, "At Lorient {value} trawlers stayed in port.") == "error"
    assert told("Most of the", stayed, "{value} trawlers were kept from the sea.") == "warning"
    assert told("Most of the", stayed, "Most of the {value} trawlers stayed in port.") == ""
    assert told("Most of the", stayed, "The port has {value} trawlers.") == ""
    assert told("Most of the", stayed, "{value} trawlers stayed.", reading="Most of the 42 is meant.") == ""
    assert told("Most of the", stayed, "{value} chalutiers sont restés à quai.", "en", "fr") == "warning"
    assert told("Most of the", stayed, "La plupart des {value} chalutiers sont restés à quai.", "en", "fr") == ""
    assert told("Most of the", stayed, "La flotte compte {value} chalutiers.", "en", "fr") == ""
    restes = "42 chalutiers sont restés à quai"
    assert told("Un tiers des", restes, "{value} chalutiers sont restés à quai.", "fr") == "warning"
    assert told("Un tiers des", restes, "Les {value} chalutiers sont restés à quai.", "fr") == "warning"
    assert told("Un tiers des", restes, "Un tiers des {value} chalutiers est resté à quai.", "fr") == ""
    assert told("Un tiers des", restes, "Lorient compte {value} chalutiers.", "fr") == ""
    assert told("Un tiers des", restes, "{value} trawlers stayed.", "fr", "en") == "warning"
    assert told("Un tiers des", restes, "A third of the {value} trawlers stayed.", "fr", "en") == ""
