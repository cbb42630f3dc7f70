"""That `make test` runs every test there is: a folder's name, or a setting, can hide tests without a word."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_every_test_file_in_git_is_collected() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout, so that nothing says which tests there ought to be")
    listed = subprocess.run(["git", "ls-files", "tests"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    kept = {name for name in listed.split() if re.search(r"(?:^|/)test_[^/]*\.py$", name) and (ROOT / name).exists()}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-2000:]
    collected = {line.split("::")[0] for line in run.stdout.splitlines() if "::" in line}
    assert kept - collected == set()
    assert kept


def test_no_test_file_hides_behind_its_name() -> None:
    """A file with tests in it that pytest would not look at."""
    hidden = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if not path.name.startswith("test_")
        and re.search(r"^def test_", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert hidden == []
