"""Help, exit codes and faults: nothing here needs a project that holds anything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.cli.main import cli, run
from reportgen.diagnostics import Diagnostic, ReportError, Span

COMMANDS = sorted(cli.commands)
ROOT = Path(__file__).resolve().parents[2]


def reportgen(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reportgen", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_and_how(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    told = capsys.readouterr().out
    assert f"reportgen {name}" in told.partition("Options:")[0].partition("\n")[2], "an example"
    assert all(word not in told for word in ("traceback", "sha256", "JSON schema"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_is_for(name: str) -> None:
    described = {p.name: getattr(p, "help", "") for p in cli.commands[name].params if p.param_type_name == "option"}
    assert all(described.values()), described


def test_help_lists_all_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(f"  {name}  " in told for name in COMMANDS)
    assert run(["--version"]) == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["bild"], "No such command 'bild'"),
        (["build", "--fromat", "html"], "No such option"),
        (["build", "--format", "docx"], "'docx' is not one of"),
        (["build", "--jobs", "0"], "x>=1"),
        (["build", "--as-of", "soon"], "write it like 2026-11-22"),
        (["check", "--root", "nowhere"], "does not exist"),
        (["verify"], "Missing option '--archive'"),
        (["why"], "Missing argument"),
        (["check"], "there is no content/ in this folder"),
    ],
)
def test_wrong_usage_exits_with_2(
    arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""


def test_a_fault_of_ours_is_two_lines_and_a_file(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipeline, "check", lambda *_: {}["nothing"])
    assert run(["check", "--root", str(project)]) == 3
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err
    assert "KeyError: 'nothing'" in told.err
    assert str(project / "build" / "error.log") in told.err
    assert told.err.count("\n") == 2
    assert "Traceback" in (project / "build" / "error.log").read_text()


def test_problems_that_are_raised_are_shown(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def busy(*_: object) -> None:
        raise ReportError([Diagnostic("build-running", "another build is at work", Span.at("lock"), "wait")])

    monkeypatch.setattr(pipeline, "check", busy)
    assert run(["check", "--root", str(project)]) == 1
    assert capsys.readouterr().err == (
        "lock:1:1: error[build-running]: another build is at work\n  hint: wait\n"
        "What a code in brackets means: reportgen explain build-running\n1 error\n"
    )


def test_without_a_place_for_the_log(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipeline, "check", lambda *_: {}["nothing"])
    (project / "build").write_text("a file where the folder would be")
    assert run(["check", "--root", str(project)]) == 3
    path = Path(capsys.readouterr().err.partition("The details are in ")[2].partition(";")[0])
    assert path.read_text().startswith("reportgen ")
    path.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_exits_with_3_and_one_line(project: Path) -> None:
    code = (
        "import sys, time\n"
        "from reportgen import pipeline\n"
        "def check(*_):\n    print('ready', flush=True)\n    time.sleep(60)\n"
        "pipeline.check = check\n"
        f"sys.argv = ['reportgen', 'check', '--root', {str(project)!r}]\n"
        "from reportgen.__main__ import main\nmain()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 3
    assert told.strip().splitlines() == ["reportgen: interrupted; build/site is as it was"]


def test_a_reader_that_leaves_is_no_fault(project: Path) -> None:
    command = f"{sys.executable} -m reportgen facts --json --root {project} | true"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_as_a_program(project: Path) -> None:
    done = reportgen("facts", "--json", cwd=project)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("{")


def test_a_new_project_has_nothing_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["new", "first"]) == 0
    assert "cd first" in capsys.readouterr().out
    monkeypatch.chdir("first")
    assert run(["verify", "--archive", "saved"]) == 0
    assert run(["check", "--strict"]) == 0
    assert "first-brief  5 of 5" in capsys.readouterr().out
    before = Path("content/site.yaml").read_text("utf-8")
    assert run(["new"]) == 2
    assert "Name a new folder" in capsys.readouterr().err
    assert Path("content/site.yaml").read_text("utf-8") == before
