"""What rounding allows, from the authors' files to the page: intervals, formulas over facts, digits, warnings."""

from __future__ import annotations

import re
from datetime import date

import pytest

from reportgen.brief.evaluate import evaluate
from reportgen.brief.problems import problems
from reportgen.brief.wording import Options, value_text
from reportgen.diagnostics import Diagnostic
from reportgen.exports.tables import fact_records
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.model.project import Project
from tests.brief.project import FILES, answers_of, fake_cite

SOURCES = """\
- {id: s, type: report, title: A count, issued: 2025-12-31, language: en}
- {id: later, type: report, title: Another, issued: 2026-02-01, language: en}
"""


def made(facts: str, **files: str) -> tuple[Project, tuple[Diagnostic, ...]]:
    """A project of these facts, each without words to quote, and what is wrong with it."""
    project, found = load(
        MemoryFiles(
            {
                "content/site.yaml": FILES["content/site.yaml"],
                "content/sources/sources.yaml": SOURCES,
                "content/facts/facts.yaml": facts,
                "content/units.yaml": "- {id: shop, kind: count, plural: {one: shop, other: shops}}\n",
                **{f"content/{name}.yaml": text for name, text in files.items()},
            }
        ),
        read_style=lambda _: "",
    )
    return project, found


def fact(id: str, keys: str) -> str:
    date = re.search(r"\bvalue: (\d{4}(?:-\d\d)*)(?=,|$)", keys)  # a number of four digits is read as a year is
    reading = f"As we read it, it was {date[1]}." if date else "As we read it."
    words = f'evidence: [{{source: s, quote: "as it is printed there"}}], reading: "{reading}"'
    return f'- {{id: {id}, claim: "It was {{value}}.", {keys}{"" if "formula:" in keys else f", {words}"}}}\n'


def answers(*facts: tuple[str, str], **files: str) -> Answers:
    project, found = made("".join(fact(*each) for each in facts), **files)
    assert [problem for problem in found if problem.severity == "error"] == []
    return answers_of(project, date(2026, 11, 22))


def printed(known: Answers, id: str, lang: str = "en") -> str:
    return value_text(View(known), known.project.facts[id], lang).replace("\u00a0", " ")


KZT, USD = ("a", "value: 500, unit: billion KZT"), ("b", "value: 1.2, unit: billion USD")
RATE = "formula: '[a] / [b]', unit: KZT/USD"


@pytest.mark.parametrize(
    ("a", "b", "rate", "expected"),
    [
        (KZT, USD, "digits: 3", "399 to 436 KZT/USD"),
        (KZT, USD, "decimals: 0", "399 to 436 KZT/USD"),
        (KZT, USD, "digits: 2", "390 to 440 KZT/USD"),
        (("a", f"{KZT[1]}, exact: true"), ("b", f"{USD[1]}, exact: true"), "digits: 3", "417 KZT/USD"),
        (("a", f"{KZT[1]}, precision: 100"), USD, "digits: 3", "360 to 480 KZT/USD"),
        (("a", f'{KZT[1]}, relation: "~"'), USD, "digits: 3", "around 399 to 436 KZT/USD"),
        (("a", "value: 82, unit: billion KZT"), ("b", "value: 201.7, unit: million USD"), "digits: 4", "410 KZT/USD"),
        (("a", 'value: 500, unit: billion KZT, relation: "<="'), USD, "digits: 3", "up to 435 KZT/USD"),
    ],
)
def test_a_rate_is_as_close_as_its_sums(a: tuple[str, str], b: tuple[str, str], rate: str, expected: str) -> None:
    assert printed(answers(a, b, ("rate", f"{RATE}, {rate}")), "rate") == expected


def test_a_range_in_other_languages() -> None:
    known = answers(KZT, USD, ("rate", RATE))
    assert printed(known, "rate", "ru") == "399–436 KZT/USD"
    assert printed(known, "rate", "kk") == "399–436 KZT/USD"


SOLAR, WIND = ("solar", "value: {min: 200, max: 400}, unit: MW"), ("wind", "value: 600, unit: MW")
ENERGY, POWER = ("energy", "value: 100, unit: MWh"), ("power", "value: 50, unit: MW")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("formula: '[solar] / ([solar] + [wind])', unit: percent", "24 to 41%"),
        ("formula: '[solar] / [total]', unit: percent", "24 to 41%"),
        ("formula: '1 - [wind] / [total]', unit: percent", "24 to 41%"),
        ("formula: '[solar] - [solar]'", "0 MW"),
        ("formula: '[total] - [wind] - [solar]'", "0 MW"),
        ("formula: '[total] / ([solar] + [wind])'", "1"),
        ("formula: '[share-too] - [share-again]'", "0 pp"),
        ("formula: '[energy] / [power]'", "2.0 h"),
        ("formula: '[power] * 3 h'", "150 MWh"),
        ("formula: '[energy] / 4 h'", "25 MW"),
        ("formula: '[energy] / 40 shop / 2 h'", "1.25 MW/shop"),
        ("formula: '[power] / 400 shop'", "130 kW/shop"),
        ("formula: '[plain] * (10 - [plain])'", "9 to 25"),
    ],
)
def test_formulas_are_over_facts(formula: str, expected: str) -> None:
    known = answers(
        SOLAR,
        WIND,
        ENERGY,
        POWER,
        ("plain", "value: {min: 2, max: 9}"),
        ("total", "formula: '[solar] + [wind]'"),
        ("share-again", "formula: '[solar] / [total]', unit: percent"),
        ("share-too", "formula: '[solar] / ([solar] + [wind])', unit: percent"),
        ("x", formula),
    )
    assert printed(known, "x") == expected


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ("value: 1900, unit: shop, relation: '>'|value: 120, unit: MW, relation: '>'", "[a] / [b]"),
        ("value: 1900, unit: shop, relation: '<='|value: 120, unit: MW, relation: '<'", "[a] / [b]"),
        ("value: 1900, unit: shop, relation: '>='|value: 120, unit: MW, relation: '>='", "[a] / [b] + 3 shop/MW"),
    ],
)
def test_a_bound_by_a_bound_that_leaves_no_value_out_is_an_error(facts: str, where: str) -> None:
    one, other = facts.replace("'", '"').split("|")
    known = answers(("a", one), ("b", other), ("x", f"formula: '{where}'"))
    (problem,) = [problem for problem in problems(known) if problem.severity == "error"]
    assert (problem.code, "says nothing" in problem.message) == ("bad-formula", True)


@pytest.mark.parametrize(
    ("keys", "low", "high"),
    [
        ("value: 18.10, unit: percent", "18.095", "18.105"),
        ("value: 1.2, unit: billion USD", "1.15", "1.25"),
        ("value: 700, unit: million USD", "699.5", "700.5"),
        ("value: 700, unit: million USD, precision: 10", "695", "705"),
        ("value: 700, unit: million USD, exact: true", "700", "700"),
        ('value: 700, unit: million USD, relation: "~"', "699.5", "700.5"),
        ('value: 700, unit: million USD, relation: "~", precision: 100', "650", "750"),
        ('value: 700, unit: million USD, relation: ">="', "700", None),
        ("value: {min: 10, max: 20.5}, unit: percent", "10", "20.5"),
        ("value: {value: 35, min: 22, max: 50}, unit: percent", "22", "50"),
        ("value: 14, unit: shop", "14", "14"),
        ("value: 14, unit: thousand shop", "13.5", "14.5"),
        ("value: 2.5, unit: shop", "2.45", "2.55"),
        ("value: 700, measure: m", "650", "750"),
        ("value: 0.7, unit: thousand MW, measure: m", "0.65", "0.75"),
        ("value: 700, measure: m, precision: 2", "699", "701"),
        ("value: 700, measure: m, exact: true", "700", "700"),
    ],
)
def test_what_a_number_stands_for_is_in_the_data(keys: str, low: str, high: str | None) -> None:
    known = answers(("x", keys), measures="- {id: m, label: Power, kind: number, unit: MW, precision: 100}\n")
    (record,) = fact_records(View(known), {})
    assert record.value is not None
    assert (record.value.min, record.value.max) == (low, high)


def test_a_value_with_bounds_is_printed_with_them() -> None:
    known = answers(("x", "value: {value: 35, min: 22, max: 50}, unit: percent"), ("twice", "formula: '[x] + [x]'"))
    assert printed(known, "x") == "35% (22–50)"
    assert printed(known, "x", "ru") == "35 % (22–50)"
    assert printed(known, "twice") == "40 to 100%"
    (_, record) = fact_records(View(known), {})
    assert record.value is not None
    assert (record.value.type, record.value.text) == ("number", "35")


def test_a_value_with_bounds_is_read_out_of_its_quote() -> None:
    quote = 'evidence: [{source: s, quote: "35% (95% CI 22–50)"}]'
    right = f'- {{id: x, claim: "{{value}}.", value: {{value: 35, min: 22, max: 50}}, unit: percent, {quote}}}\n'
    assert not made(right)[1]
    (problem,) = made(right.replace("min: 22", "min: 21"))[1]
    assert problem.code == "value-contradicted"
    assert '"22–50"' in problem.message


@pytest.mark.parametrize(
    ("keys", "code", "words"),
    [
        ("value: 5, unit: MW, precision: 1, exact: true", "wrong-value", "exact"),
        ('value: 5, unit: MW, relation: "~", exact: true', "wrong-value", "around"),
        ('value: 5, unit: MW, relation: ">", precision: 1', "wrong-value", "bounds"),
        ("value: {min: 1, max: 2}, unit: MW, exact: true", "wrong-value", "bounds"),
        ("value: {value: 2, min: 1, max: 3}, unit: MW, precision: 1", "wrong-value", "bounds"),
        ("value: words, precision: 1", "wrong-value", "only a number"),
        ("value: 5, unit: MW, precision: 0", "bad-number", "above 0"),
        ("value: 5, unit: MW, precision: -1", "bad-number", "above 0"),
        ("value: 5, unit: MW, exact: perhaps", "wrong-type", "true or false"),
        ("value: {value: 4, min: 1, max: 3}, unit: MW", "bad-number", "does not lie between"),
        ("value: {value: 4, min: 1}, unit: MW", "bad-number", "needs both"),
        ("formula: '[y] * 2', precision: 1", "formula-and-value", "precision"),
    ],
)
def test_what_precision_cannot_be(keys: str, code: str, words: str) -> None:
    found = made(fact("x", keys) + fact("y", "value: 3, unit: MW"))[1]
    assert [(problem.code, words in problem.message) for problem in found] == [(code, True)]


def told(known: Answers, code: str) -> list[str]:
    return [problem.message.partition(" ")[0] for problem in problems(known) if problem.code == code]


@pytest.mark.parametrize(
    ("digits", "warned"), [("", []), ("digits: 2", []), ("digits: 3", ['"x"']), ("decimals: 1", ['"x"'])]
)
def test_digits_that_are_not_supported_are_a_warning(digits: str, warned: list[str]) -> None:
    known = answers(("a", "value: 82, unit: MW"), ("x", f"formula: '[a] / 2.017'{digits and ', '}{digits}"))
    assert printed(known, "x") == "41 MW"
    assert told(known, "digits-unsupported") == warned


def test_digits_asked_for_in_a_brief_are_told_too() -> None:
    brief = '---\ntitle: T\ndate: 2026-01-01\n---\nIt is {{ calc("[a] / 2.017", digits=4) }}.\n'
    project, _ = load(
        MemoryFiles(
            {
                "content/site.yaml": FILES["content/site.yaml"],
                "content/sources/sources.yaml": SOURCES,
                "content/facts/facts.yaml": fact("a", "value: 82, unit: MW"),
                "content/briefs/b.md": brief,
            }
        ),
        read_style=lambda _: "",
    )
    found = evaluate(project.briefs["b"], View(answers_of(project)), fake_cite)
    assert [(p.code, p.severity, p.span.line) for p in found.diagnostics] == [("digits-unsupported", "warning", 5)]
    assert found.brief is not None
    assert [number.text.replace("\u00a0", " ") for number in found.brief.numbers] == ["41 MW"]


@pytest.mark.parametrize(
    ("a", "b", "formula", "warned"),
    [
        ("value: 500, unit: billion KZT", "value: 1.2, unit: billion USD", "[a] / [b]", ["a"]),
        ("value: 300, unit: billion KZT", "value: 700, unit: million USD", "[a] / [b]", ["a", "b"]),
        ("value: 510, unit: billion KZT", "value: 1.2, unit: billion USD", "[a] / [b]", []),
        ("value: 500, unit: billion KZT, precision: 1", "value: 1.2, unit: billion USD", "[a] / [b]", []),
        ("value: 500, unit: billion KZT, precision: 50", "value: 1.2, unit: billion USD", "[a] / [b]", []),
        ("value: 500, unit: billion KZT, exact: true", "value: 1.2, unit: billion USD", "[a] / [b]", []),
        ("value: 500, unit: shop", "value: 1.2, unit: billion USD", "[a] / [b]", []),
        ("value: 500, unit: thousand shop", "value: 1.213, unit: billion USD", "[a] / [b]", ["a"]),
        # A sum is no product, and twice a number has its digits.
        ("value: 500, unit: MW", "value: 82, unit: MW", "[a] + [b]", []),
        ("value: 500, unit: MW", "value: 3, unit: shop", "[a] / [b]", ["a"]),
    ],
)
def test_round_numbers_are_asked_about(a: str, b: str, formula: str, warned: list[str]) -> None:
    known = answers(("a", a), ("b", b), ("x", f"formula: '{formula}'"))
    lines = [p.span.line for p in problems(known) if p.code == "round-number"]
    assert ["ab"[line - 1] for line in lines] == warned


def test_a_check_over_rounded_numbers() -> None:
    known = answers(
        ("a", "value: 14, unit: MW"),
        ("b", "value: 14.2, unit: MW"),
        ("c", "value: 16, unit: MW"),
        checks='- {id: k, assert: "[a] < [b]", message: Odd.}\n- {id: l, assert: "[a] < [c]", message: Odd.}\n'
        '- {id: m, assert: "[c] < [a]", message: Odd.}\n',
    )
    found = [(p.code, p.severity) for p in problems(known)]
    assert found == [("check-undecided", "notice"), ("check-failed", "error")]


def test_fewer_digits_may_be_asked_for() -> None:
    known = answers(("x", "value: 18.10, unit: percent"))
    assert value_text(View(known), known.project.facts["x"], "en", Options(digits=2)) == "18%"
