"""Help, exit codes and faults: nothing here needs a project that holds anything."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.cli.main import cli
from reportgen.diagnostics import Diagnostic, ReportError, Span
from tests.driver import ROOT, Project, command, finished, start_python

COMMANDS = sorted(cli.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_and_how(name: str) -> None:
    done = command(name, "--help")
    assert done.code == 0
    told = done.out
    assert f"reportgen {name}" in told.partition("Options:")[0].partition("\n")[2], "an example"
    assert all(word not in told for word in ("traceback", "sha256", "JSON schema"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_is_for(name: str) -> None:
    described = {p.name: getattr(p, "help", "") for p in cli.commands[name].params if p.param_type_name == "option"}
    assert all(described.values()), described


def test_help_lists_all_commands() -> None:
    done = command("--help")
    assert done.code == 0
    assert all(f"  {name}  " in done.out for name in COMMANDS)
    assert command("--version").code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["bild"], "No such command 'bild'"),
        (["build", "--fromat", "html"], "No such option"),
        (["build", "--format", "odt"], "'odt' is not one of"),
        (["build", "--jobs", "0"], "x>=1"),
        (["build", "--as-of", "soon"], "write it like 2026-11-22"),
        (["check", "--root", "nowhere"], "does not exist"),
        (["add"], "Missing argument"),
        (["suggest"], "Missing argument"),
        (["why"], "Missing argument"),
        (["check"], "there is no content/ in this folder"),
    ],
)
def test_wrong_usage_exits_with_2(
    arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = command(*arguments)
    assert (done.code, done.out) == (2, "")
    assert says in done.err


@pytest.mark.parametrize("out", ["content", "content/data", "templates"])
def test_a_site_is_not_built_among_the_authors_files(out: str, project: Project) -> None:
    done = project.run("build", "--out", str(project.path(out)))
    assert done.code == 2
    assert "the project's own" in done.err
    assert not project.path(f"{out}/site").exists()


def test_a_fault_of_ours_is_two_lines_and_a_file(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "check", lambda *_: {}["nothing"])
    done = project.run("check")
    assert done.code == 3
    assert "Traceback" not in done.told
    assert "KeyError: 'nothing'" in done.err
    assert str(project.out / "error.log") in done.err
    assert done.err.count("\n") == 2
    assert "Traceback" in project.read("build/error.log")


def test_problems_that_are_raised_are_shown(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise ReportError([Diagnostic("build-running", "another build is at work", Span.at("lock"), "wait")])

    monkeypatch.setattr(pipeline, "check", busy)
    done = project.run("check")
    assert done.code == 1
    assert done.err == (
        "lock:1:1: error[build-running]: another build is at work\n  hint: wait\n"
        "What a code in brackets means: reportgen explain build-running\n1 error\n"
    )


def test_without_a_place_for_the_log(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "check", lambda *_: {}["nothing"])
    project.write("build", "a file where the folder would be")
    done = project.run("check")
    assert done.code == 3
    path = Path(done.err.partition("The details are in ")[2].partition(";")[0])
    assert path.read_text().startswith("reportgen ")
    path.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("wait", ["time.sleep(3600)", "exec('import time; time.sleep(3600)')"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_exits_with_3_and_one_line(project: Project, number: signal.Signals, wait: str) -> None:
    """Also where it comes while a text is executed, as when `dataclasses` writes a method."""
    code = (
        "import sys, time\n"
        "from reportgen import pipeline\n"
        f"def check(*_):\n    print('ready', flush=True)\n    {wait}\n"
        "pipeline.check = check\n"
        f"sys.argv = ['reportgen', 'check', '--root', {str(project.root)!r}]\n"
        "from reportgen.__main__ import main\nmain()\n"
    )
    project.write("started.py", code)
    process = start_python(["-m", "started"], project.root)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.1)
    process.send_signal(number)
    done = finished(process)
    assert done.code == 3
    assert done.err.strip().splitlines() == ["reportgen: interrupted; build/site is as it was"]


def test_a_reader_that_leaves_is_no_fault(project: Project) -> None:
    command = f"{sys.executable} -m reportgen facts --json --root {project.root} | true"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_fault(project: Project, closed: str) -> None:
    command = f"{sys.executable} -m reportgen facts --root {project.root} {closed}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_as_a_program(project: Project) -> None:
    done = project.process("facts", "--json")
    assert done.code == 0, done.err
    assert done.out.startswith("{")


def test_a_new_project_has_nothing_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = command("new", "first")
    assert made.code == 0
    assert "cd first" in made.out
    monkeypatch.chdir("first")
    assert "content/evidence.lock is as it was" in command("verify", "--archive", "saved").out
    checked = command("check", "--strict")
    assert checked.code == 0
    assert "first-brief  5 of 5" in checked.out
    before = Path("content/site.yaml").read_text("utf-8")
    again = command("new")
    assert again.code == 2
    assert "Name a new folder" in again.err
    assert Path("content/site.yaml").read_text("utf-8") == before


def test_a_new_project_is_ready_for_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saved sources stay what their hashes say, whatever git does to line ends, and are not published unasked."""
    assert command("new", str(tmp_path / "first")).code == 0
    monkeypatch.chdir(tmp_path / "first")
    Path("saved/old.txt").write_bytes(b"one\r\ntwo\r\n")
    git = ("git", "-c", "core.autocrlf=input", "-c", "core.safecrlf=false")
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    listed = subprocess.run([*git, "ls-files"], check=True, capture_output=True, text=True).stdout
    assert ".gitattributes" in listed
    assert "content/site.yaml" in listed
    assert "saved/" not in listed
    subprocess.run([*git, "add", "--force", "saved"], check=True)
    kept = subprocess.run([*git, "show", ":saved/old.txt"], check=True, capture_output=True).stdout
    assert kept == b"one\r\ntwo\r\n"


def test_what_git_was_told_already_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".gitignore").write_text("mine\n", "utf-8")
    made = command("new")
    assert made.code == 0
    assert Path(".gitignore").read_text("utf-8") == "mine\n"
    assert ".gitignore is there already and stays as it is. These lines belong into it: build/, saved/" in made.out
    assert Path(".gitattributes").is_file()


def test_no_command_is_imported_before_it_is_asked_for() -> None:
    asked = "import sys, reportgen.cli.main; print({'reportgen.cli.suggest', 'rich.console'} & {*sys.modules})"
    assert subprocess.check_output([sys.executable, "-c", asked], text=True) == "set()\n"
