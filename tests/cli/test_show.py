"""Diagnostics as people, programs and code hosts read them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from reportgen.cli.show import (
    as_json,
    as_record,
    as_text,
    as_workflow_command,
    counted,
    lines_below,
    show_text,
    visible,
)
from reportgen.diagnostics import Diagnostic, Span

LINE = 'The share stood at {{ fact("wages-2012") }}'
UNKNOWN = Diagnostic(
    "unknown-fact",
    'no fact has the id "wages-2012"',
    Span.at("content/briefs/pay.md", 14, 28, 12),
    'did you mean "wages-2021"?',
)


def shown(diagnostic: Diagnostic, *lines: str, first: int = 1) -> str:
    return as_text(diagnostic, lambda _: ("",) * (first - 1) + lines)


def at(line: str, part: str, length: int | None = None) -> Diagnostic:
    span = Span.at("x.md", 1, line.index(part) + 1, len(part) if length is None else length)
    return Diagnostic("some-code", "a message", span)


def test_the_whole_of_one() -> None:
    assert shown(UNKNOWN, LINE, first=14) == (
        'content/briefs/pay.md:14:28: error[unknown-fact]: no fact has the id "wages-2012"\n'
        '  14 | The share stood at {{ fact("wages-2012") }}\n'
        "     |                            ^^^^^^^^^^^^\n"
        '  hint: did you mean "wages-2021"?'
    )


@pytest.mark.parametrize(
    ("line", "part", "text", "carets"),
    [
        ("a\tb12", "12", "a   b12", "     ^^"),
        ("\tb12", "12", "    b12", "     ^^"),
        ("日本 12", "12", "日本 12", "     ^^"),
        ("日本", "本", "日本", "  ^^"),
        ("cafe\u0301 12", "12", "cafe\u0301 12", "     ^^"),
        ("Қазақ 12", "12", "Қазақ 12", "      ^^"),
        ("a\x1b[31m12", "12", "a␛[31m12", "      ^^"),
        ("a\u202e12", "12", "a<U+202E>12", "         ^^"),
        ("x 12\r", "12", "x 12", "  ^^"),
    ],
)
def test_carets_stand_under_their_words(line: str, part: str, text: str, carets: str) -> None:
    assert shown(at(line, part), line).splitlines()[1:] == [f"  1 | {text}", f"    | {carets}"]


def test_an_empty_span_has_one_caret() -> None:
    assert shown(at("x 12", "12", 0), "x 12").splitlines()[2] == "    |   ^"


def test_of_several_lines_the_first_is_shown() -> None:
    diagnostic = Diagnostic("c", "m", Span("x.md", 1, 3, 2, 2))
    assert shown(diagnostic, "a b c", "d e").splitlines()[1:] == ["  1 | a b c", "    |   ^^^"]


@pytest.mark.parametrize("lines", [(), ("",), ("   ",)])
def test_a_place_without_text_has_no_excerpt(lines: tuple[str, ...]) -> None:
    assert shown(at("x", "x"), *lines) == "x.md:1:1: error[some-code]: a message"


@pytest.mark.parametrize(("text", "page"), [("Олень;12", "cp1251"), ("Größe;12", "cp1252"), ("Бұғы;12", "utf-16")])
def test_an_excerpt_has_the_letters_of_its_file(text: str, page: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(text.encode(page))
    out = io.StringIO()
    show_text([Diagnostic("c", "m", Span.at("x.csv", 1, 1, 5))], tmp_path, out)
    assert text in out.getvalue()


@pytest.mark.parametrize("before", [0, 30, 119, 200, 1000])
@pytest.mark.parametrize("character", ["a", "日"])
def test_a_long_line_is_cut_around_its_problem(before: int, character: str) -> None:
    line = character * before + "12" + character * 500
    text, carets = shown(at(line, "12"), line).splitlines()[1:]
    assert len(text) < 140
    width = sum(2 if c == "日" else 1 for c in text[: text.index("12")])
    assert carets[width:] == "^^"
    assert carets.rstrip("^").strip(" |") == ""


def test_a_span_longer_than_its_excerpt() -> None:
    text, carets = shown(Diagnostic("c", "m", Span.at("x", 1, 11, 900)), "b" * 1000).splitlines()[1:]
    assert len(carets) <= len(text)


def test_what_a_terminal_would_act_on_is_seen() -> None:
    assert visible("a\x1b]0;x\x07\u2066b\x85") == "a␛]0;x␇<U+2066>b�"


def test_colours_on_a_terminal_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    seen = []
    for stream in (Terminal(), io.StringIO()):
        show_text([UNKNOWN], tmp_path, stream)
        seen.append("\x1b[" in stream.getvalue())
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    show_text([UNKNOWN], tmp_path, plain)
    assert seen == [True, False]
    assert not any(f"\x1b[{colour}" in plain.getvalue() for colour in ("31", "1;31", "36", "33"))


def test_long_lines_and_markup_stay_as_they_are(tmp_path: Path) -> None:
    out = io.StringIO()
    message = "[bold]not markup[/] :smile: " + "word " * 40 + "end"
    show_text([Diagnostic("c", message, Span.at("x"))], tmp_path, out)
    assert out.getvalue().splitlines()[0] == f"x:1:1: error[c]: {message}"
    assert Console(file=io.StringIO()).width  # the default console would have wrapped it


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_is_shown_whatever_parts_lines(tmp_path: Path, end: str) -> None:
    (tmp_path / "a.yaml").write_bytes(f"one: 1{end}two: x{end}".encode())
    assert lines_below(tmp_path)("a.yaml")[:2] == ("one: 1", "two: x")


def test_nothing_is_shown_of_what_a_link_leads_to_outside(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    for name in ("outside", "project/inside"):
        (tmp_path / name).write_text("words\n")
        (tmp_path / "project" / f"to-{name[:3]}").symlink_to(tmp_path / name)
    lines = lines_below(tmp_path / "project")
    assert (lines("to-out"), lines("to-pro"), lines("\0")) == ((), ("words",), ())


def test_as_programs_read_it() -> None:
    assert json.loads(as_json({"diagnostics": [as_record(UNKNOWN)]}))["diagnostics"] == [
        {
            "code": "unknown-fact",
            "severity": "error",
            "message": 'no fact has the id "wages-2012"',
            "file": "content/briefs/pay.md",
            "line": 14,
            "column": 28,
            "end_line": 14,
            "end_column": 40,
            "hint": 'did you mean "wages-2021"?',
        }
    ]


def test_as_a_code_host_reads_it() -> None:
    warning = Diagnostic("c", "50%, a\nb", Span("a,b:c.md", 1, 2, 3, 4), severity="warning")
    assert as_workflow_command(warning) == "::warning file=a%2Cb%3Ac.md,line=1,endLine=3,title=c::50%25, a%0Ab"
    assert as_workflow_command(UNKNOWN) == (
        "::error file=content/briefs/pay.md,line=14,endLine=14,col=28,endColumn=39,title=unknown-fact"
        '::no fact has the id "wages-2012"%0Ahint: did you mean "wages-2021"?'
    )


def test_counts() -> None:
    warning = Diagnostic("c", "m", Span.at("x"), severity="warning")
    assert [counted(found) for found in ([], [UNKNOWN], [warning, UNKNOWN, warning])] == [
        "",
        "1 error",
        "1 error, 2 warnings",
    ]
