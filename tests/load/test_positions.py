"""YAML's texts are what the author typed, and every character is known by its place."""

from __future__ import annotations

import re
from textwrap import indent

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Places, Span
from reportgen.load.lines import FileText, decode
from reportgen.load.table import read_table
from reportgen.load.yaml import Mapping, Scalar, Sequence, read_yaml

WORDS = st.text(st.sampled_from("abcé я😀'\"\\:#-0"), min_size=1, max_size=12)
LINES = st.lists(WORDS.map(str.strip).filter(bool), min_size=1, max_size=4)


def read(text: str) -> tuple[Mapping, Places]:
    document, found = read_yaml(FileText.of("f.yaml", text))
    assert not found
    assert isinstance(document.root, Mapping)
    return document.root, document.places(document.root)


def at(text: str, span: Span) -> str:
    assert span.line == span.end_line
    return text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]


def assert_places(text: str, key: str, value: str, places: Places) -> None:
    """Each character that is spelled as itself stands where it is said to stand."""
    for offset, character in enumerate(value):
        if character not in " \n\t'\"\\":
            assert at(text, places.inside(key, offset, offset + 1)) == character


@given(WORDS.filter(lambda word: word.strip() == word))
def test_single_quotes(word: str) -> None:
    text = "a: 1\nb: '" + word.replace("'", "''") + "'\n"
    root, places = read(text)
    assert root["b"] == word
    assert_places(text, "b", word, places)


@given(WORDS)
def test_double_quotes(word: str) -> None:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("é", "\\xe9")
    text = f'a: 1\nb: {{c: ["{escaped}"]}}\n'
    root, places = read(text)
    assert root["b"] == {"c": [word]}
    assert_places(text, "b.c.0", word.replace("é", " "), places)


@given(LINES, st.sampled_from(("|", "|-", "|+", ">", ">-")), st.integers(1, 4))
def test_blocks(lines: list[str], mark: str, depth: int) -> None:
    text = f"a: {mark}\n" + indent("\n".join(lines), " " * depth) + "\nb: 1\n"
    root, places = read(text)
    assert root["a"] == yaml.safe_load(text)["a"]
    assert isinstance(root["a"], Scalar)
    assert_places(text, "a", root["a"], places)


@given(st.lists(st.text(st.sampled_from("abé😀я"), min_size=1, max_size=5), min_size=1, max_size=6))
def test_plain_texts_over_lines(words: list[str]) -> None:
    text = "a: " + "\n    ".join(words) + "\nb: 1\n"
    root, places = read(text)
    assert root["a"] == " ".join(words)
    assert_places(text, "a", " ".join(words), places)


def test_a_folded_quote() -> None:
    text = 'a: "one\n  two  \n\n  three\\\n  four"\n'
    root, places = read(text)
    assert root["a"] == "one two\nthreefour"
    assert_places(text, "a", "one two\nthreefour", places)


@pytest.mark.parametrize(
    "typed", ["no", "010", "12:30", "18.10", "0x1F", "1_000", "2021-11-20", "~", "null", "=", "1e3", ".5"]
)
def test_plain_scalars_stay_what_was_typed(typed: str) -> None:
    root, places = read(f"- {typed}\n".replace("- ", "a: "))
    value = root["a"]
    assert value == typed
    assert isinstance(value, Scalar)
    assert value.plain
    assert at(f"a: {typed}", places["a"]) == typed


def test_every_key_has_its_place() -> None:
    text = "a: 1\nb:\n  - {c: x, d: [y, z]}\n  - e: |\n      t\n"
    _, places = read(text)
    assert {key: (span.line, span.column) for key, span in places.keys.items()} == {
        "a": (1, 4), "b": (3, 3), "b.0": (3, 5), "b.0.c": (3, 9), "b.0.d": (3, 15), "b.0.d.0": (3, 16),
        "b.0.d.1": (3, 19), "b.1": (4, 5), "b.1.e": (4, 8),
    }  # fmt: skip
    assert places["b.0.q.r"] == places["b.0"]
    assert places["q"] == places.whole


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
def test_lines_end_as_the_system_ends_them(breaks: str) -> None:
    text = f"a: x{breaks}b:{breaks}  - 'y'{breaks}"
    _, places = read(text)
    assert (places["b.0"].line, places["b.0"].column, places["b.0"].end_column) == (3, 5, 8)


def test_an_alias_stands_where_its_anchor_is() -> None:
    root, places = read("a: &x one\nb: [*x]\n")
    assert root["b"] == ["one"]
    assert (places["b.0"].line, places["b.0"].column) == (1, 7)


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "{a: " * 60_000])
def test_depth_is_bounded(text: str) -> None:
    document, found = read_yaml(FileText.of("f.yaml", text))
    assert document.root is None
    assert [problem.code for problem in found] == ["yaml-depth"]


@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"%@`#,?\n \t~<é"), max_size=40))
def test_any_text_is_read_or_told_about(text: str) -> None:
    source = FileText.of("f.yaml", text)
    document, found = read_yaml(source)
    if document.root is not None:
        places = document.places(document.root)
        for span in (places.whole, *places.keys.values()):
            assert (span.line, span.column) < (span.end_line, span.end_column)
    for problem in found:
        assert 1 <= problem.span.line <= len(source.starts)


def test_what_is_not_utf_8_is_told() -> None:
    source, found = decode("f.yaml", "a: 1\nб: é".encode("cp1251", "replace") + b"\xe9")
    assert source.text == ""
    assert [(problem.code, problem.span.line, problem.span.column) for problem in found] == [("not-utf8", 2, 1)]


def test_lists_and_maps_say_where_they_stand() -> None:
    document, _ = read_yaml(FileText.of("f", "- a\n- b\n"))
    assert isinstance(document.root, Sequence)
    assert document.span(document.root) == Span("f", 1, 1, 2, 4)


@given(st.text(alphabet='a1.,;\t \r\n"', max_size=60))
def test_cells_stand_where_they_are_said_to_stand(text: str) -> None:
    """Read in the quick way, where nothing is quoted, or cell by cell."""
    table, found = read_table("a.csv", text.encode())
    if any(problem.code == "csv-quote" for problem in found):
        return
    rows = [table.header, *table.rows] if table.header else []
    assert rows == [tuple(map(str, row)) for row in table.placed]
    for cell in (cell for row in table.placed for cell in row if not cell.style):
        assert table.source.text[cell.start : cell.end] == cell


@given(st.text(alphabet="a\n\r\u2028\x0bé", max_size=30))
def test_lines_begin_after_each_break(text: str) -> None:
    breaks = [match.end() for match in re.finditer(r"\r\n|\n|\r", text)]
    assert FileText.of("f", text).starts == (0, *breaks)
