"""`reportgen explain`, and the line that names it."""

from __future__ import annotations

import re

import pytest

from reportgen.cli.main import run
from reportgen.messages.pages import codes, page
from tests.driver import Project, command


def test_a_page_is_printed_as_it_is_written() -> None:
    done = command("explain", "unknown-fact")
    assert done.code == 0
    assert done.out == page("unknown-fact").text


def test_on_a_terminal_it_is_laid_out(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "70")
    assert run(["explain", "unknown-fact"]) == 0
    lines = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out).splitlines()
    assert not [line for line in lines if line.startswith(("#", "```"))]
    assert max(map(len, lines)) <= 70
    assert any("What it means" in line for line in lines)


def test_all_codes_are_listed() -> None:
    done = command("explain")
    assert done.code == 0
    lines = done.out.splitlines()
    assert [line.split()[0] for line in lines] == list(codes())
    assert all(line.endswith(page(line.split()[0]).summary) for line in lines)


@pytest.mark.parametrize(
    ("code", "hint"), [("unkown-fact", 'did you mean "unknown-fact"?'), ("../x", "lists them all")]
)
def test_an_unknown_code(code: str, hint: str) -> None:
    done = command("explain", code)
    assert done.code == 2
    assert hint in done.err


def test_a_listing_with_errors_names_the_command_once(project: Project) -> None:
    line = "What a code in brackets means: reportgen explain"
    assert line not in project.run("check").out
    project.write("content/briefs/x.md", '---\ntitle: X\ndate: 2026-01-05\n---\n{{ fact("a") }} {{ fact("b") }}\n')
    assert project.run("check").out.count(line) == 1
    assert f"{line} unknown-fact\n" in project.run("check").out
    assert project.run("build").err.count(line) == 1
    assert line not in project.run("check", "--format", "json").out + project.run("check", "--format", "github").out
