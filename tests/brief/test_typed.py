"""Planted numbers are all told, with their places: cases/planted.tsv. What is no number is left alone: innocent.tsv."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.brief.evaluate import Evaluation, evaluate
from reportgen.facts.view import View
from reportgen.language.typed_numbers import HAS_DIGIT
from tests.brief.project import BRIEF, FILES, answers_of, fake_cite, lines, loaded, unescaped

CASES = Path(__file__).parent / "cases"
PLANTED = lines(CASES / "planted.tsv")
INNOCENT = lines(CASES / "innocent.tsv")
_MARK = re.compile("[⟦⟧⟪⟫]")
CHART = "content/charts/sea.yaml"
FACTS = "content/facts/sea.yaml"


def files_of(where: str, lang: str, text: str) -> dict[str, str]:
    """The files that show a text, its marks and all."""
    text = unescaped(text)
    head = f"---\ntitle: The sea\ndate: 2026-11-22\nlang: {lang}\n"
    body = '{{ chart("shares-chart") }}\n\n{{ fact("boats-2020") }}\n'
    files = {BRIEF: f"{head}---\n{text}\n"}
    if where == "front":
        files = {BRIEF: f"{head}{text}\n---\n{body}"}
    elif where == "chart":
        chart = "id: shares-chart\nkind: bar\ndata: shares\nx: as_of\ny: value\ntitle: Shares\nalt: Bars\n"
        files = {BRIEF: f"{head}---\n{body}", CHART: f"{chart}{text}\n"}
    elif where == "fact":
        files = {BRIEF: f"{head}---\n{body}", FACTS: FILES[FACTS].replace("  value: 14\n", f"  value: 14\n  {text}\n")}
    return {**files, "content/images/boats.png": "x", "content/images/boats9.png": "x"}


def evaluated_files(files: dict[str, str]) -> Evaluation:
    project = loaded({path: _MARK.sub("", text) for path, text in files.items()})
    return evaluate(project.briefs["sea"], View(answers_of(project)), fake_cite)


def marked(files: dict[str, str]) -> list[tuple[str, str, int, int, int]]:
    """(code, file, line, column, end column) of each pair of marks."""
    found = []
    for path, text in files.items():
        for number, line in enumerate(text.split("\n"), 1):
            for mark in re.finditer("[⟦⟪]([^⟧⟫]*)", line):
                code = "typed-number" if mark.group()[0] == "⟦" else "number-word"
                column = mark.start() + 1 - len(_MARK.findall(line[: mark.start()]))
                found.append((code, path, number, column, column + len(mark[1])))
    return sorted(found)


@pytest.mark.parametrize("case", PLANTED, ids=lambda case: f"{case[0]} {case[2]}")
def test_planted(case: tuple[str, ...]) -> None:
    files = files_of(*case)
    problems = evaluated_files(files).diagnostics
    places = [(p.code, p.span.file, p.span.line, p.span.column, p.span.end_column) for p in problems]
    assert sorted(places) == marked(files)


@pytest.mark.parametrize("case", INNOCENT, ids=lambda case: f"{case[0]} {case[2]}")
def test_innocent(case: tuple[str, ...]) -> None:
    """Nothing is told, and every digit of the page stands in an element that says what it is."""
    evaluation = evaluated_files(files_of(*case))
    assert evaluation.diagnostics == ()
    found = evaluation.brief
    texts = [found.title, found.subtitle, found.abstract, *found.key_messages, found.body, *found.notes]
    texts += [s.title for s in found.sections] + [c.text for c in found.changes] + [k.label for k in found.key_figures]
    texts += [e.note for e in found.entries] + [f.subtitle for f in found.figures] + [f.note for f in found.figures]
    for text in texts:
        left = re.sub(
            "<[^>]*>", "", re.sub(r'<span (?:class="title-words" )?data-n="[a-z]+">.*?</span>', "", text, flags=re.S)
        )
        assert not HAS_DIGIT.search(left), left


def test_there_are_enough_of_each() -> None:
    assert sum(line.count("⟦") + line.count("⟪") for _, _, line in PLANTED) >= 100
    assert len(INNOCENT) >= 100


def test_on_a_page_it_is_said_how_a_telephone_number_is_typed() -> None:
    project = loaded({"content/pages/us.md": "---\ntitle: Us\n---\nCall 01851 555.\n"})
    (told,) = evaluate(project.pages["pages/us"], View(answers_of(project)), fake_cite).diagnostics
    assert told.code == "typed-number"
    assert "telephone: {{ typed(" in str(told.hint)


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("en", "A quintal is a hundred kilograms.", "a hundred"),
        ("en", "A nautical mile equals exactly 1,852 metres.", "1,852"),
        ("ru", "Центнер — это 100 килограммов.", "100"),
        ("en", "The pond is 12 metres wide.", ""),
        ("en", "A boat is 14 boats.", ""),
    ],
)
def test_of_what_a_unit_is_the_hint_says_how_it_is_typed(lang: str, text: str, said: str) -> None:
    (problem,) = evaluated_files(files_of("body", lang, text)).diagnostics
    call = f'{{{{ typed("{said}", reason="a definition") }}}}'
    assert (problem.hint or "").endswith(call) is bool(said)
    assert "a definition" not in (problem.hint or "") or said


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        ("en", '{{ calc("[boats-2020] / [boats-2020]") }}% of all.', True),
        ("en", '{{ calc("[boats-2020] / [boats-2020]") }} per cent of all.', True),
        ("ru", '{{ calc("[boats-2020] / [boats-2020]") }} процентов.', True),
        ("en", '{{ calc("100 * [boats-2020] / [boats-2020]") }}% of all.', False),
        ("en", '{{ calc("[boats-2020] / [boats-2020] * 100 - 100") }}% of all.', False),
        ("en", '{{ calc("[boats-2020] / [boats-2020]", scale="percent") }} of all.', False),
        ("en", '{{ calc("[boats-2020] / [boats-2020]") }} persons.', False),
    ],
)
def test_percent_behind_a_part_of_one_is_told(lang: str, text: str, told: bool) -> None:
    problems = evaluated_files(files_of("body", lang, text)).diagnostics
    assert [p.code for p in problems if p.code == "bad-call"] == ["bad-call"] * told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('There were {{ fact("boats-2020") }} boats.', '"boats" is typed behind "14 boats", which says so itself'),
        (
            'There were *{{ fact("boats-2020") }}* **boats**.',
            '"boats" is typed behind "14 boats", which says so itself',
        ),
        (
            'It is {{ calc("[boats-2020] / [boats-2020]", scale="percent") }} percent.',
            '"percent" is typed behind "100%", which says so itself',
        ),
        (
            'It is {{ fact("boats-2020", show="number") }} percent.',
            '"percent" is typed behind "14 boat", which says something else',
        ),
        (
            'There were {{ fact("boats-2020", unit="none") }} tonnes.',
            '"tonnes" is typed behind "14 boat", which says something else',
        ),
        (
            'There were -{{ fact("boats-2020") }} then.',
            '"-" is typed before "14 boats", which says something else',
        ),
        (
            'So half of {{ fact("boats-2020") }} sank.',
            '"half of" is typed before "14 boats", and makes another number of it',
        ),
        (
            'There were nearly {{ fact("boats-2020") }}.',
            '"nearly" is typed before "14 boats", which says nothing of the kind',
        ),
        (
            'There were {{ fact("boats-2020") }} a day.',
            '"a day" is typed behind "14\u00a0boats", and nothing in the fact says that',
        ),
        (
            'There were never {{ fact("boats-2020") }}.',
            'the text says "never" of the value, and the claim of its fact does not',
        ),
        ('There were nearly {{ fact("boats-2020", digits=1) }}.', ""),
        ('From {{ fact("boats-2020") }}-{{ fact("boats-2020") }}.', ""),
        ('There were {{ fact("boats-2020", show="number") }} boats.', ""),
        ('There were {{ fact("boats-2020", unit="none") }} boats.', ""),
        ('There were {{ fact("boats-2020") }}. Boats sail.', ""),
        ('| a | b |\n|---|---|\n| {{ fact("boats-2020") }} | boats |', ""),
        ('{{ fact("boats-2020") }}\n\nboats', ""),
    ],
)
def test_what_is_typed_beside_a_value_that_says_it_is_told(text: str, told: str) -> None:
    problems = evaluated_files(files_of("body", "en", text)).diagnostics
    severity = "notice" if "nothing of the kind" in told else "warning"
    assert [(p.message, p.severity) for p in problems if p.code == "said-beside"] == [(told, severity)] * bool(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{{ fact("boats-2020", show="claim") }}', ""),
        ('- {{ fact("boats-2020", show="claim") }}', ""),
        ('It is untrue: {{ fact("boats-2020", show="claim") }}', ""),
        (
            '{{ fact("boats-2020") }} left.',
            'the claim of its fact says "not" of "14\u00a0boats", and the text does not',
        ),
    ],
)
def test_a_claim_that_denies_is_printed_without_a_word(text: str, told: str) -> None:
    files = files_of("body", "en", text)
    files[FACTS] = FILES[FACTS].replace(" were at work", " were not at work")
    assert files[FACTS] != FILES[FACTS]
    problems = evaluated_files(files).diagnostics
    assert [p.message for p in problems if p.code == "said-beside"] == [told] * bool(told)


@pytest.mark.parametrize(("word", "hint"), [("half of", "[boats-2020] / 2"), ("twice", "[boats-2020] * 2")])
def test_the_hint_says_how_to_compute_what_is_typed(word: str, hint: str) -> None:
    text = f'There were {word} {{{{ fact("boats-2020") }}}} once.'
    (told,) = (p for p in evaluated_files(files_of("body", "en", text)).diagnostics if p.code == "said-beside")
    assert told.hint is not None
    assert f'{{{{ calc("{hint}") }}}}' in told.hint
