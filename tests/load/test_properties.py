"""What holds of every file that can be loaded, whatever stands in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from math import isfinite
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportgen.diagnostics import Diagnostic
from reportgen.load import csl
from reportgen.load.csl_dates import date_of, edtf_of
from reportgen.load.fields import is_language
from reportgen.load.files import MemoryFiles
from reportgen.load.project import load
from reportgen.load.suggest import MOST, meant_or_known
from reportgen.load.values import number_hint
from reportgen.model.chart import Chart, ChartKind
from reportgen.model.dataset import Dataset, Query
from reportgen.model.edtf import parse_edtf
from reportgen.model.measure import Measure, MeasureKind, Tolerance
from reportgen.model.project import Project
from reportgen.model.quantity import is_number
from reportgen.model.text import Text

from .test_cases import base

WITHOUT_DEADLINE = settings(deadline=None, max_examples=60)
EVIDENCE = "[{source: tea-2021, quote: tea of 12 kg}]"

MAPS: dict[str, tuple[str, dict[str, str]]] = {
    "facts": (
        "content/facts/x.yaml",
        {
            "id": "x", "claim": "It was {value}.", "value": "12", "measure": "tea-drunk", "place": "KZ", "unit": "kg",
            "relation": '"="', "as_of": "2021", "evidence": EVIDENCE, "reading": "So it is said.",
            "note": "N", "rank": "normal",
            "review_by": "2030",
        },
    ),
    "measures": (
        "content/measures.yaml",
        {
            "id": "x", "label": "L", "kind": "number", "unit": "kg", "tolerance": "5%", "comparable_within": "P3M",
            "single": "true", "review_by": "2030", "description": "D",
        },
    ),
    "datasets": ("content/data/x.yaml", {"id": "x", "title": "T", "query": "{measure: tea-drunk, as_of: 2021}"}),
    "charts": (
        "content/charts/x.yaml",
        {
            "id": "x", "kind": "bar", "data": "tea", "title": "T", "subtitle": "S", "note": "N", "alt": "A",
            "x": "place", "y": "value", "color": "place", "size": "value", "facet": "place", "highlight": "[KZ]",
            "labels": "{KZ: K}", "hatched": "[tea-a]", "orientation": "h", "stack": "share", "log": "true",
            "sort": "-value", "lines": "[{fact: tea-a, label: L}]", "annotations": "[{fact: tea-a, text: T}]",
            "columns": "[place]", "as_of": "2021", "figure": "{data: []}",
        },
    ),
    "conflicts": (
        "content/conflicts.yaml",
        {"id": "x", "facts": "[tea-a, tea-b]", "reason": "R", "preferred": "tea-a", "title": "T"},
    ),
    "checks": (
        "content/checks.yaml",
        {"id": "x", "assert": '"[tea-a] < 20 kg"', "message": "M", "severity": "warning"},
    ),
}  # fmt: skip
"""Of each kind of map: its file, and a value for each of its keys."""

KEYS = [(kind, key) for kind, (_, keys) in MAPS.items() for key in keys]


def made(kind: str, keys: Mapping[str, str]) -> tuple[Project, list[Diagnostic]]:
    """A project with one more map, each key on a line of its own."""
    path = MAPS[kind][0]
    lines = "".join(f"{'- ' if not n else '  '}{key}: {value}\n" for n, (key, value) in enumerate(keys.items()))
    return load(MemoryFiles({**base(), path: base().get(path, "") + lines}))


def the_one(project: Project, kind: str) -> Any:
    return getattr(project, kind).get("x")


@pytest.mark.parametrize("kind", MAPS)
def test_every_key_may_stand_anywhere(kind: str) -> None:
    keys = MAPS[kind][1]
    project, found = made(kind, keys)
    assert not found
    assert the_one(project, kind) is not None
    turned, found = made(kind, dict(reversed(keys.items())))
    assert not found
    assert the_one(turned, kind) == the_one(project, kind)


@pytest.mark.parametrize(("kind", "key"), KEYS)
def test_an_empty_key_counts_as_left_out(kind: str, key: str) -> None:
    keys = MAPS[kind][1]
    empty, told = made(kind, {**keys, key: ""})
    missing, found = made(kind, {name: value for name, value in keys.items() if name != key})
    assert the_one(empty, kind) == the_one(missing, kind)
    assert [problem.code for problem in told] == [problem.code for problem in found]


@pytest.mark.parametrize(("kind", "key"), KEYS)
@pytest.mark.parametrize("wrong", ["[[a]]", "{'~': {b: c}}"])
def test_a_wrong_value_is_told_at_its_line_and_breaks_its_map(kind: str, key: str, wrong: str) -> None:
    path, keys = MAPS[kind]
    project, found = made(kind, {**keys, key: wrong})
    if key == "figure" and wrong.startswith("{"):  # any map is one
        return
    line = base().get(path, "").count("\n") + 1 + list(keys).index(key)
    assert found
    assert {(problem.span.file, problem.span.line, problem.severity) for problem in found} == {(path, line, "error")}
    assert the_one(project, kind) is None
    assert key == "id" or (kind.removesuffix("s"), "x") in project.broken


def test_what_is_left_out_has_the_model_s_defaults() -> None:
    fewest = {"id": "x", "data": "tea", "title": "T", "kind": "pie"}
    assert the_one(made("charts", fewest)[0], "charts") == Chart(
        id="x",
        data="tea",
        title=Text.of("T"),
        kind=ChartKind.PIE,
        at=None,  # type: ignore[arg-type]
    )
    measure = the_one(made("measures", {"id": "x", "label": "L", "kind": "text"})[0], "measures")
    assert measure == Measure("x", Text.of("L"), MeasureKind.TEXT, at=None)  # type: ignore[arg-type]
    dataset = the_one(made("datasets", {"id": "x", "query": "{place: KZ}"})[0], "datasets")
    assert dataset == Dataset("x", query=Query(place=("KZ",)), at=None)  # type: ignore[arg-type]


TAGS = ("en", "ru", "kk", "de", "en-GB", "zh-Hans")


@given(st.lists(st.sampled_from(TAGS), min_size=1, unique=True), st.sampled_from(TAGS))
def test_a_text_is_shown_in_its_language_or_the_nearest(tags: list[str], lang: str) -> None:
    text = Text(tuple((tag, f"in {tag}") for tag in tags))
    chosen = lang if lang in tags else lang.partition("-")[0] if lang.partition("-")[0] in tags else tags[0]
    assert text.in_language(lang) == f"in {chosen}"
    assert Text.of("one").in_language(lang) == "one"


@WITHOUT_DEADLINE
@given(st.lists(st.sampled_from(TAGS), min_size=1, unique=True), st.sampled_from(TAGS))
def test_a_brief_s_front_matter_is_read_in_its_language(tags: list[str], lang: str) -> None:
    by_language = "{" + ", ".join(f"{tag}: in {tag}" for tag in tags) + "}"
    front = f"title: {by_language}\nkey_messages: [{by_language}]\nlang: {lang}\ndate: 2026-11-22"
    brief = load(MemoryFiles({**base(), "content/briefs/x.md": f"---\n{front}\n---\nTea.\n"}))[0].briefs["x"]
    expected = Text(tuple((tag, f"in {tag}") for tag in tags)).in_language(lang)
    assert (brief.title, brief.key_messages, brief.lang) == (expected, (expected,), lang)


@given(st.from_regex(r"[a-zA-Z0-9_-]{1,12}", fullmatch=True))
def test_a_tag_is_of_letters_and_has_a_locale(tag: str) -> None:
    first, *rest = tag.split("-")
    shaped = 2 <= len(first) <= 3 and first.islower() and first.isalpha()
    shaped = shaped and all(2 <= len(part) <= 8 and "_" not in part for part in rest)
    if not shaped:
        assert not is_language(tag)


@pytest.mark.parametrize(
    ("tag", "good"),
    [
        *((tag, True) for tag in TAGS),
        *((tag, False) for tag in ("e", "EN", "engl", "xx", "en-", "en_GB", "English", "")),
    ],
)
def test_tags(tag: str, good: bool) -> None:
    assert is_language(tag) is good


DIGITS = st.text("0123456789", min_size=1, max_size=7)
TYPED = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(("", "-", "+", "−")),
        st.lists(DIGITS, min_size=1, max_size=3).flatmap(
            lambda parts: st.sampled_from((",", ".", " ", "'", "_")).map(lambda mark: mark.join(parts))
        ),
        st.sampled_from(("", ",5", ".50", "%", " %", " kg")),
    ),
)


@given(TYPED)
@example("0.0.0000")
def test_what_a_hint_says_to_write_can_be_written(typed: str) -> None:
    hint = number_hint(typed)
    if hint.startswith("write value: "):
        assert is_number(hint.removeprefix("write value: ").partition(" and unit: ")[0])
    elif hint.startswith("write ") and not hint.startswith(("write it like", "write the year first")):
        assert is_number(hint.removeprefix("write "))


@given(st.integers(-(10**9), 10**9), st.sampled_from((",", " ", "'", "\u00a0", "_")))
def test_thousands_that_are_parted_are_understood(number: int, mark: str) -> None:
    typed = f"{number:,}".replace(",", mark)
    if abs(number) >= 1000:
        assert number_hint(typed) == f"write {number}"
        assert number_hint(f"{typed}.25" if mark != "." else f"{typed},25") == f"write {number}.25"


@WITHOUT_DEADLINE
@given(st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6).filter(isfinite))
def test_a_figure_s_numbers_are_numbers(number: float) -> None:
    figure = {
        "id": "x",
        "data": "tea",
        "title": "T",
        "figure": f'{{a: {number!r}, b: "{number!r}", c: {number!r}e, d: 0{abs(int(number))}}}',
    }
    chart = the_one(made("charts", figure)[0], "charts")
    assert json.loads(chart.figure) == {
        "a": number,
        "b": repr(number),
        "c": f"{number!r}e",
        "d": f"0{abs(int(number))}",
    }


DAYS = st.dates().map(str)
POINTS = DAYS | DAYS.map(lambda day: day[:7]) | DAYS.map(lambda day: day[:4]) | st.sampled_from(("2020-21", "1999-24"))


@given(st.one_of(POINTS, st.tuples(DAYS, DAYS).map(lambda days: "/".join(sorted(days)))), st.sampled_from(("", "~")))
def test_a_csl_date_names_the_same_time(text: str, mark: str) -> None:
    if text.startswith("9999") or "/9999" in text:
        return
    written = "/".join(part + mark for part in text.split("/"))
    first, _, last = written.partition("/")
    read = edtf_of(date_of(written))
    assert read is not None
    assert edtf_of({"date-parts": [[2020, 1, 2, 9]]}) == parse_edtf("2020-01-02")
    assert read == parse_edtf(first if first == last else written)


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just({"a": 1}))
def test_a_csl_text_is_a_text_or_a_finite_number(value: object) -> None:
    number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    silent = number or isinstance(value, str) or value is None
    assert [odd.key for odd in csl.taken({"title": value}).odd] == ([] if silent else ["title"])
    assert csl.taken({"custom": value}) == csl.Taken({}, ())


@given(st.lists(st.from_regex(r"q[0-9]{6}", fullmatch=True), min_size=1, max_size=14, unique=True))
def test_a_hint_lists_few_names_or_counts_them(names: list[str]) -> None:
    hint = meant_or_known("----------", names, "fact")
    assert [name for name in names if name in hint] == (names if len(names) <= MOST else [])
    assert (f"none of the {len(names)} facts" in hint) is (len(names) > MOST)
    assert hint.startswith("the only fact is") is (len(names) == 1)
    assert ("reportgen add" in meant_or_known("----------", names, "source")) is (len(names) > MOST)


@WITHOUT_DEADLINE
@given(st.text("0123456789.%", min_size=1, max_size=6))
def test_a_tolerance_is_a_number_or_a_share(text: str) -> None:
    keys = {"id": "x", "label": "L", "kind": "number", "tolerance": f'"{text}"'}
    project, found = made("measures", keys)
    number = text.removesuffix("%")
    if not is_number(number):
        assert [problem.code for problem in found] == ["bad-number"]
    elif number != text:
        assert the_one(project, "measures").tolerance == Tolerance(Fraction(number) / 100, relative=True)
    else:
        assert the_one(project, "measures").tolerance == Tolerance(Fraction(number))


FORMS = {"en": {"one": "house", "other": "houses"}, "ru": {"one": "дом", "few": "дома", "other": "дома"}}


def test_plurals_by_language_and_by_form_are_the_same() -> None:
    forms = dict.fromkeys(form for by_form in FORMS.values() for form in by_form)
    by_form = {form: {tag: FORMS[tag][form] for tag in FORMS if form in FORMS[tag]} for form in forms}
    read = [
        load(MemoryFiles({**base(), "content/units.yaml": json.dumps({"id": "house", "plural": plural})}))
        for plural in (FORMS, by_form)
    ]
    assert read[0][1] == read[1][1] == []
    assert read[0][0].units["house"] == read[1][0].units["house"]
    assert dict(read[0][0].units["house"].plural)["few"] == Text((("ru", "дома"),))


def test_a_computed_fact_counts_in_its_measure_s_unit_and_a_text_in_none() -> None:
    computed = {"id": "x", "claim": "It was {value}.", "measure": "tea-drunk", "formula": '"[tea-a] * 2"'}
    assert the_one(made("facts", computed)[0], "facts").unit == "kg"
    worded = {
        "id": "x",
        "claim": "C",
        "value": "a",
        "measure": "tea-kind",
        "evidence": "[{source: tea-2021, quote: a}]",
    }
    assert the_one(made("facts", worded)[0], "facts").unit == ""


def test_an_archived_text_with_a_wrong_key_is_left_out() -> None:
    archive = f"tea-2021: [{{sha256: {'a' * 64}, retrieved: soon}}, {{sha256: {'b' * 64}}}]\n"
    project, found = load(MemoryFiles({**base(), "content/sources/archive.yaml": archive}))
    assert [problem.code for problem in found] == ["bad-date"]
    assert [text.sha256 for text in project.sources["tea-2021"].archived] == ["b" * 64]


@pytest.mark.parametrize("wrong", ["[2]", "{a: b}", "0", "31", "2.5", '"two"'])
def test_digits_are_a_whole_number(wrong: str) -> None:
    computed = {"id": "x", "claim": "It was {value}.", "formula": '"[tea-a] * 2"', "digits": wrong}
    project, found = made("facts", computed)
    assert [(problem.code, problem.span.line) for problem in found] == [("wrong-type", 4)]
    assert the_one(project, "facts") is None
