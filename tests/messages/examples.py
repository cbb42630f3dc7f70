"""A page's example in, the changes to a project and the commands that it shows out; and the project that they change.

In an example, "In `path`:" before a fenced block gives a file; a block of `sh` after "Run:" gives commands.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
from contextlib import AbstractContextManager, chdir, nullcontext, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reportgen import pipeline
from reportgen.cli.main import run
from reportgen.cli.starter import FILES
from reportgen.diagnostics import Diagnostic
from reportgen.engines.pandoc import Citeproc

_BLOCK = re.compile(r"^(?P<before>[^\n]*)\n\n(?P<fence>`{3,})(?P<kind>\w*)\n(?P<body>.*?)^(?P=fence)$", re.M | re.S)
_FILE = re.compile(r"In `(?P<path>[^`]+)`:")


@dataclass(frozen=True)
class Step:
    """One block of an example."""

    path: str
    """Of the file that it is; empty for commands."""
    text: str


def steps(section: str) -> tuple[Step, ...]:
    """The blocks of an example. Each has to say what it is."""
    found = []
    for block in _BLOCK.finditer(section):
        file = _FILE.fullmatch(block["before"])
        if file is None and (block["before"] != "Run:" or block["kind"] != "sh"):
            raise ValueError(f"a block after {block['before']!r} is neither a file nor commands")
        found.append(Step(file["path"] if file else "", block["body"]))
    assert section.count("\n```") == 2 * len(found), f"a block without its file or Run: before it: {section}"
    return tuple(found)


def commands(example: tuple[Step, ...]) -> list[list[str]]:
    """The commands of reportgen in an example, as lists of arguments."""
    lines = [line for step in example if not step.path for line in step.text.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("reportgen ")]


def write(root: Path, example: tuple[Step, ...] = ()) -> None:
    """The project that `reportgen new` writes, changed as an example says. Other commands than ours are run by sh."""
    for path, text in FILES.items():
        _put(root / path, text)
    for step in example:
        if step.path:
            _put(root / step.path, step.text)
            continue
        for line in step.text.splitlines():
            if not line.startswith("reportgen "):
                subprocess.run(["sh", "-ec", line], cwd=root, check=True, timeout=10)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


class Listener:
    """Runs commands in this process, and hears the diagnostics that they show."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, citeproc: Citeproc) -> None:
        self._heard: list[Diagnostic] = []
        monkeypatch.setattr(pipeline, "Citeproc", lambda **_: _shared(citeproc))
        for name in ("check", "build", "verify", "publish", "project"):
            monkeypatch.setattr(f"reportgen.cli.{name}.show_text", self._hear)

    def _hear(self, diagnostics: Any, *_: object) -> None:
        self._heard += diagnostics

    def told(self, root: Path, arguments: list[str]) -> list[Diagnostic]:
        """What a command tells in a project."""
        self._heard.clear()
        with chdir(root), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as errors:
            code = run(arguments)
        assert code in (0, 1) or self._heard, errors.getvalue()
        return list(self._heard)


def _shared(citeproc: Citeproc) -> AbstractContextManager[Citeproc]:
    """One pandoc for all examples."""
    return nullcontext(citeproc)


def in_test_process() -> str:
    """The number of this process's worker, for ports and the like."""
    return os.environ.get("PYTEST_XDIST_WORKER", "gw0")
