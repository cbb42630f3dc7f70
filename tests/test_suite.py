"""That `make test` runs every test there is: a folder's name, or a setting, can hide tests without a word."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import in_memory
from tests.driver import ROOT, CommandResult, finished, start_python, write_tree


def test_every_test_file_in_git_is_collected(request: pytest.FixtureRequest) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout, so that nothing says which tests there ought to be")
    listed = subprocess.run(["git", "ls-files", "tests"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    kept = {name for name in listed.split() if re.search(r"(?:^|/)test_[^/]*\.py$", name) and (ROOT / name).exists()}
    assert kept
    here = {item.path.relative_to(ROOT).as_posix() for item in request.session.items if item.path.is_relative_to(ROOT)}
    if kept - here:  # a part of the tests was asked for
        assert kept - _collected() == set()


def _collected() -> set[str]:
    """The files of which pytest collects tests when it is asked for all."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-2000:]
    return {line.split("::")[0] for line in run.stdout.splitlines() if "::" in line}


SKIPPING = {
    "mark": "@pytest.mark.skipif(True, reason='no qpdf here')\ndef test_a(): pass\n",
    "within": "def test_a(): pytest.skip('no archive')\n",
    "fixture": "@pytest.fixture\ndef page(): pytest.skip('no browser')\n\ndef test_a(page): pass\n",
    "whole_file": "pytest.importorskip('no_such_module')\ndef test_a(): pass\n",
    "mark_of_file": "pytestmark = pytest.mark.skip('no poppler')\ndef test_a(): pass\n",
}


def test_nothing_is_skipped_on_ci(tmp_path: Path) -> None:
    write_tree(tmp_path, {f"test_{name}.py": f"import pytest\n{text}" for name, text in SKIPPING.items()})

    def run(ci: str, workers: str) -> CommandResult:
        words = ["-m", "pytest", "-q", "-p", "tests.no_skips", "--continue-on-collection-errors", "-n", workers]
        return finished(start_python(words, tmp_path, {"CI": ci, "PYTEST_ADDOPTS": ""}))

    assert "5 skipped" in run("", "0").out
    for workers in ("0", "1"):
        done = run("true", workers)
        assert done.code != 0
        assert "1 failed, 4 errors" in done.out, done.told
        assert "skipped in" not in done.out
        for name in SKIPPING:
            assert f"test_{name}.py" in done.out.partition("short test summary")[2]


def test_no_test_file_hides_behind_its_name() -> None:
    """A file with tests in it that pytest would not look at."""
    hidden = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if not path.name.startswith("test_")
        and re.search(r"^def test_", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert hidden == []


def test_a_test_s_folder_stands_in_memory_only_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def room(**said: int) -> bool:
        found = {"f_flag": 0, "f_frsize": 4096, "f_bavail": 1 << 20, **said}
        monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(**found), raising=False)
        monkeypatch.setattr(os, "ST_NOEXEC", 8, raising=False)
        return in_memory.has_room(tmp_path)

    assert room()
    assert not room(f_bavail=64 << 8)  # the 64 MB that a container has there
    assert not room(f_flag=8)
    monkeypatch.undo()
    assert not in_memory.has_room(tmp_path / "missing")
