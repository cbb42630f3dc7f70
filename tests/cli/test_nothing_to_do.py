"""A build of which nothing changed: answered at once, and only where that is certain."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from reportgen.__main__ import main, site_up_to_date
from reportgen.cli.build import keep_warnings
from reportgen.diagnostics import Diagnostic, Span
from reportgen.rebuild.fresh import look, program_version, stamp_options, write_stamp
from tests.driver import Project, finished, start_python

HEAVY = ("click", "yaml", "jinja2", "pydantic", "rich", "typing", "re", "dataclasses")


@pytest.fixture
def built(project: Project) -> Project:
    """A project as after a plain build."""
    stamp(project, stamp_options())
    return project


def stamp(project: Project, options: tuple[str, ...]) -> None:
    write_stamp(project.out, look(project.root, project.out), program_version(), options, {})


def test_the_words_and_that_nothing_heavy_is_imported(built: Project) -> None:
    code = (
        "import sys, json; before = set(sys.modules); sys.argv = ['reportgen', 'build']\n"
        "from reportgen.__main__ import main; main()\n"
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    done = finished(start_python(["-c", code], built.root))
    told, modules = done.out.splitlines()
    assert told == f"Nothing to do: {Path('build/site')} is up to date."
    assert done.err == ""
    assert not [name for name in json.loads(modules) if name.partition(".")[0] in HEAVY]


def test_warnings_are_said_again(
    built: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    warning = Diagnostic("c", "a warning", Span.at("content/site.yaml", 1, 1, 5), severity="warning")
    keep_warnings((warning,), built.root, built.out)
    monkeypatch.setattr(sys, "argv", ["reportgen", "build", "--root", str(built.root)])
    main()
    told = capsys.readouterr()
    assert told.err == "content/site.yaml:1:1: warning[c]: a warning\n  1 | title: Tea\n    | ^^^^^\n"
    assert told.out == f"Nothing to do (1 warning): {built.out / 'site'} is up to date.\n"
    keep_warnings((), built.root, built.out)
    main()
    assert capsys.readouterr().err == ""


def test_only_what_the_stamp_says(built: Project) -> None:
    root = ("--root", str(built.root))
    assert site_up_to_date(["build", *root]) == str(built.out / "site")
    assert site_up_to_date(["build", "--explain", f"--root={built.root}", "--jobs", "3"])
    others = (
        ["check", *root],
        ["build", "--format", "html", *root],
        ["build", "--strict", *root],
        ["build", "--only", "tea", *root],
        ["build", "--as-of", "2026-01-01", *root],
        ["build", "--help", *root],
        ["build", "--jobs", "x", *root],
        ["build", "--out", str(built.path("elsewhere")), *root],
        ["build", "--root"],
        ["build", *root, "more"],
        [],
    )
    assert [arguments for arguments in others if site_up_to_date(arguments)] == []


def test_an_edit_is_seen(built: Project) -> None:
    built.write("content/site.yaml", "title: Coffee\n")
    assert site_up_to_date(["build", "--root", str(built.root)]) is None


def test_the_same_options_in_any_order(project: Project) -> None:
    stamp(project, stamp_options(("b", "a"), "pdf", date(2026, 1, 5), strict=True))
    words = ["build", "--strict", "--only", "a", "--as-of=2026-01-05", "--format", "pdf", "--only", "b"]
    assert site_up_to_date([*words, "--root", str(project.root)])
    assert not site_up_to_date(["build", "--root", str(project.root)])
