"""The project's own facts: each quote stands in the archive, each number in its quote, each is missed when it goes."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from reportgen.archive.texts import QuoteRequest, open_archive, verify_quotes
from reportgen.brief.evaluate import Evaluation, evaluate
from reportgen.brief.problems import problems
from reportgen.evidence.judge import supports
from reportgen.evidence.quoted import Quoted
from reportgen.facts.answers import Answers
from reportgen.facts.view import View
from reportgen.language.units import unit_table
from reportgen.load.files import DiskFiles, MemoryFiles
from reportgen.load.project import load
from reportgen.model.edtf import parse_edtf
from reportgen.model.fact import DateValue, Fact, FactValue, TextValue
from reportgen.model.project import Project
from reportgen.model.quantity import Quantity, typed_quantity
from reportgen.model.reads import ReadKey
from reportgen.model.text import Text
from reportgen.model.verdict import Carried
from reportgen.rebuild.digest import digest
from tests.brief.project import answers_of, fake_cite

ROOT = Path(__file__).parents[1]
ARCHIVE = Path(os.environ.get("REPORTGEN_ARCHIVE", ROOT.parent / "shared" / "sources"))
"""Read as this file is: while tests run the variable is not set."""


@cache
def files() -> Mapping[str, bytes]:
    """All that an author writes: what was published says the same, whatever becomes of the facts."""
    disk = DiskFiles(ROOT)
    return {path: disk.read(path) for path in disk.paths("content") if not path.startswith("content/editions/")}


@cache
def project() -> Project:
    found, problems = load(MemoryFiles(files()), read_style=lambda _: "")
    assert [p for p in problems if p.severity == "error"] == []
    return found


@cache
def answers() -> Answers:
    return answers_of(project(), project().settings.as_of.start if project().settings.as_of else None)  # type: ignore[arg-type]


@cache
def evaluated() -> dict[str, tuple[Evaluation, frozenset[ReadKey]]]:
    """Each brief of the project as it is, and what was asked for it."""
    found = {}
    for slug, brief in project().briefs.items():
        view = View(answers())
        found[slug] = evaluate(brief, view, fake_cite), frozenset(view.reads)
    return found


def without_lines(text: str, first: int, last: int) -> str:
    lines = text.splitlines(keepends=True)
    return "".join([*lines[: first - 1], *lines[last:]])


def test_every_quote_stands_in_the_archive() -> None:
    if not ARCHIVE.is_dir():
        pytest.skip(f"no archive at {ARCHIVE}: set REPORTGEN_ARCHIVE to the folder of saved texts")
    sources = project().sources
    requests = [
        QuoteRequest(e.source, e.prefix, e.quote, e.suffix, sources[e.source].archived, sources[e.source].language)
        for fact in project().facts.values()
        for e in fact.evidence
    ]
    lock, outcomes = verify_quotes(requests, open_archive(ARCHIVE))
    missed = [
        (request.quote, outcome.reason)
        for request, outcome in zip(requests, outcomes, strict=True)
        if not outcome.entry
    ]
    assert missed == []
    assert {request.source for request in requests} == set(sources)
    if project().lock.entries:
        assert project().lock == lock, "evidence.lock is not what `reportgen verify` writes now"


def carried(fact: Fact, value: FactValue) -> Carried:
    """How another value of a fact would be shown."""
    sources, lang = project().sources, project().settings.lang
    quotes = [Quoted(e.quote, sources[e.source].language or lang, e.carries) for e in fact.evidence]
    return supports(value, quotes, language=lang, reading=fact.reading, units=project().units).carried


def decimal(value: Fraction) -> str:
    """A number as an author types it."""
    return f"{Decimal(value.numerator) / value.denominator:f}"


def facts_with(kind: type[Quantity] | type[DateValue] | type[TextValue]) -> list[Fact]:
    return [fact for fact in project().facts.values() if isinstance(fact.value, kind) and not fact.formula]


def test_every_number_is_read_and_few_values_are_inferred_or_in_our_words() -> None:
    shown = Counter(carried(fact, fact.value) for fact in project().facts.values() if fact.value and fact.evidence)
    assert shown[""] == 0
    assert shown["inferred"] <= 11
    assert shown["paraphrase"] <= 22
    numbers = {fact.id: fact.value for fact in facts_with(Quantity)}
    assert len(numbers) > 30
    assert {id for id, value in numbers.items() if value and carried(project().facts[id], value) != "read"} == set()


NUMBERS: dict[str, Callable[[Fraction], Fraction]] = {
    "ten times": lambda n: n * 10,
    "a tenth": lambda n: n / 10,
    "one more": lambda n: n + 1,
    "the negative": lambda n: -n,
}


@pytest.mark.parametrize("change", NUMBERS)
def test_a_changed_number_is_refused_for_every_fact(change: str) -> None:
    for fact in facts_with(Quantity):
        value = fact.value
        assert isinstance(value, Quantity)
        typed = decimal(NUMBERS[change](value.headline))
        assert carried(fact, typed_quantity(typed, value.unit, value.relation)) == "", (fact.id, typed)


@pytest.mark.parametrize(
    "unit", ["percent", "percentage point", "MW", "GW", "kg", "KZT", "EUR", "thousand USD", "year"]
)
def test_another_unit_is_refused_for_every_fact(unit: str) -> None:
    other = unit_table().parse(unit)
    for fact in facts_with(Quantity):
        value = fact.value
        assert isinstance(value, Quantity)
        if value.unit != other:
            assert carried(fact, replace(value, unit=other)) == "", (fact.id, unit)


def test_another_part_of_a_date_is_refused_for_every_fact() -> None:
    """What a reading says is for people to judge: it may print two dates, that of the report and the day before."""
    changed = 0
    for fact in facts_with(DateValue):
        assert isinstance(fact.value, DateValue)
        text = fact.value.date.text
        for part in re.finditer(r"\d+", text):
            for step in (1, -1):
                number = f"{int(part[0]) + step:0{len(part[0])}}"
                other = text[: part.start()] + number + text[part.end() :]
                found = carried(fact, DateValue(parse_edtf(other)))
                assert found == "" or (fact.reading and found == "inferred"), (fact.id, other)
                changed += 1
    assert changed > 40


def test_another_name_is_never_read() -> None:
    """Each word of a value that has a capital, and each longer one, in turn."""
    changed = 0
    for fact in facts_with(TextValue):
        assert isinstance(fact.value, TextValue)
        text = fact.value.text.in_language("en")
        for word in re.finditer(r"[A-Z]\w+|\w{6,}", text):
            other = text[: word.start()] + ("Zanzibar" if word[0][0].isupper() else "zanzibar") + text[word.end() :]
            assert carried(fact, TextValue(Text.of(other))) in ("paraphrase", "inferred"), (fact.id, other)
            changed += 1
    assert changed > 150


def test_a_changed_value_stops_the_check_at_its_place() -> None:
    """All numbers changed at once: each is told at its own place."""
    changed = {path: text.decode() for path, text in files().items()}
    places = set()
    for fact in facts_with(Quantity):
        span = fact.at["value"]
        lines = changed[span.file].split("\n")
        line = lines[span.line - 1]
        number = re.match(r"[\d.]+", line[span.column - 1 :])
        assert number, line
        other = decimal(Fraction(number[0]) * 10)
        lines[span.line - 1] = line[: span.column - 1] + other + line[span.column - 1 + len(number[0]) :]
        changed[span.file] = "\n".join(lines)
        places.add((span.file, span.line))
    assert len(places) > 20
    _, problems = load(MemoryFiles(changed), read_style=lambda _: "")
    codes = ("value-contradicted", "value-not-in-quote")
    assert {(p.span.file, p.span.line) for p in problems if p.code in codes} == places


def uses() -> dict[str, set[tuple[str, int, int]]]:
    """Id of a fact -> where a brief names it."""
    found: dict[str, set[tuple[str, int, int]]] = {}
    for path, content in files().items():
        if not path.startswith("content/briefs/"):
            continue
        for number, line in enumerate(content.decode().split("\n"), 1):
            for pattern in (
                r'(?:fact|quote)\("([^"]+)"',
                r"\{fact: ([a-z0-9-]+)",
                r"\[([a-z0-9-]+)\](?=[^\[]*\"\) \}\})",
            ):
                for use in re.finditer(pattern, line):
                    if use[1] in project().facts:
                        found.setdefault(use[1], set()).add((path, number, use.start(1) + 1))
    return found


def is_same(key: ReadKey, asked: Answers) -> bool:
    """Whether a changed project answers as the one that is shipped."""
    return digest(asked.answer(key)) == digest(answers().answer(key))


def gone(ids: set[str]) -> set[tuple[str, int, int]]:
    """Where the briefs are told of an unknown fact once these are deleted from the files."""
    left = {path: text.decode() for path, text in files().items()}
    spans = sorted((project().facts[id].at.whole for id in ids), reverse=True)
    for span in spans:
        left[span.file] = without_lines(left[span.file], span.line, span.end_line - (span.end_column == 1))
    changed, problems = load(MemoryFiles(left), read_style=lambda _: "")
    assert not ids & set(changed.facts)
    told = list(problems)
    asked = answers_of(changed)
    same = {key for _, reads in evaluated().values() for key in reads if is_same(key, asked)}
    for slug, brief in changed.briefs.items():
        before, reads = evaluated()[slug]  # it says the same where it asks the same and is told the same
        told += before.diagnostics if reads <= same else evaluate(brief, View(asked), fake_cite).diagnostics
    assert any(p.severity == "error" for p in told)
    return {(p.span.file, p.span.line, p.span.column) for p in told if p.code == "unknown-fact"}


def test_deleting_facts_tells_every_place_that_used_them() -> None:
    every = uses()
    assert len(every) > 60
    told = gone(set(every))
    assert set().union(*every.values()) <= told


@pytest.mark.parametrize("n", range(6))
def test_deleting_one_fact_tells_every_place_that_used_it(n: int) -> None:
    id, places = sorted(uses().items())[n * 9]
    assert places == {place for place in gone({id}) if place[0].startswith("content/briefs/")}


def test_the_briefs_are_without_mistakes() -> None:
    asked = answers()
    assert [p for p in problems(asked) if p.severity == "error"] == []
    for found, _ in evaluated().values():
        assert found.diagnostics == ()
        assert sum(number.kind == "waiver" for number in found.brief.numbers) <= 3
        assert [entry.letter for entry in found.brief.entries] == sorted(
            (entry.letter for entry in found.brief.entries), key=lambda letter: (len(letter), letter)
        )
        facts = [entry.fact for entry in found.brief.entries if entry.fact]
        assert len(facts) == len(set(facts))


def test_every_source_carries_facts() -> None:
    assert {e.source for fact in project().facts.values() for e in fact.evidence} == set(project().sources)
    assert len(project().facts) >= 80
