"""A page's example in, the changes to a project and the commands that it shows out; and the project that they change.

In an example, "In `path`:" before a fenced block gives a file, "Meanwhile, in `path`:" one that is changed after the
site was built and before it is sent, and "Run:" a block of commands.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterable
from contextlib import chdir, nullcontext, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from reportgen import pipeline, releasing
from reportgen.citing.pandoc import Citeproc
from reportgen.cli.main import run
from reportgen.cli.new import STARTER
from reportgen.diagnostics import Diagnostic
from reportgen.model.brief import paper_of
from reportgen.rebuild.target import TargetResult
from reportgen.targets import briefs

_BLOCK = re.compile(r"^(?P<before>[^\n]*)\n\n(?P<fence>`{3,})(?P<kind>\w*)\n(?P<body>.*?)^(?P=fence)$", re.M | re.S)
_FILE = re.compile(r"(?P<late>Meanwhile, in|In) `(?P<path>[^`]+)`:")


@dataclass(frozen=True)
class Step:
    """One block of an example."""

    path: str
    """Of the file that it is; empty for commands."""
    text: str
    is_late: bool = False
    """Whether it is written only after the site was built."""


def steps(section: str) -> tuple[Step, ...]:
    """The blocks of an example. Each has to say what it is."""
    found = []
    for block in _BLOCK.finditer(section):
        file = _FILE.fullmatch(block["before"])
        if file is None and (block["before"] != "Run:" or block["kind"] != "sh"):
            raise ValueError(f"a block after {block['before']!r} is neither a file nor commands")
        found.append(Step(file["path"], block["body"], file["late"] != "In") if file else Step("", block["body"]))
    assert section.count("\n```") == 2 * len(found), f"a block without its file or Run: before it: {section}"
    return tuple(found)


def commands(example: Iterable[Step]) -> list[list[str]]:
    """The commands of reportgen in an example, as lists of arguments."""
    lines = [line for step in example if not step.path for line in step.text.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("reportgen ")]


def write(root: Path, example: Iterable[Step] = ()) -> None:
    """The project that `reportgen new` writes, changed as an example says. Other commands than ours are run by sh."""
    copytree(STARTER, root, dirs_exist_ok=True)
    for step in example:
        if step.path and not step.is_late:
            put(root / step.path, step.text)
        elif not step.path:
            for line in step.text.splitlines():
                if not line.startswith("reportgen "):
                    subprocess.run(["sh", "-ec", line], cwd=root, check=True, timeout=10)


def put(path: Path, text: str) -> None:
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def blank(slug: str, *_: object) -> TargetResult:
    """A brief's PDF of one empty page."""
    from pypdf import PdfWriter

    written, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(written)
    return TargetResult({paper_of(slug): written.getvalue()})


class Listener:
    """Runs commands in this process, and hears the diagnostics that they show. In place of each PDF stands a blank."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, citeproc: Citeproc) -> None:
        self._heard: list[Diagnostic] = []
        self._late: list[tuple[Path, Step]] = []
        self._build = pipeline.build
        monkeypatch.setattr(releasing, "Citeproc", lambda **_: nullcontext(citeproc))
        monkeypatch.setattr(pipeline, "Citeproc", lambda **_: nullcontext(citeproc))
        monkeypatch.setattr(pipeline, "build", self._alone)
        monkeypatch.setattr(briefs, "pdf_made", blank)
        for name in ("add", "check", "build", "verify", "publish", "release", "project", "suggest", "faults"):
            monkeypatch.setattr(f"reportgen.cli.{name}.show_text", self._hear)

    def _hear(self, diagnostics: Iterable[Diagnostic], *_: object) -> None:
        self._heard += diagnostics

    def _alone(self, *args: Any, **options: Any) -> pipeline.Summary:
        summary = self._build(*args, **{**options, "jobs": 1})
        for root, step in self._late:
            put(root / step.path, step.text)
        return summary

    def told(
        self, root: Path, *asked: list[str], late: Iterable[Step] = (), unverified: bool = False
    ) -> list[Diagnostic]:
        """What commands tell in a project; that it was not verified only where it is asked for."""
        self._heard.clear()
        self._late = [(root, step) for step in late if step.is_late]
        with chdir(root), redirect_stdout(StringIO()), redirect_stderr(StringIO()) as errors:
            for arguments in asked:
                code = run(arguments)
                assert code in (0, 1) or self._heard, errors.getvalue()
        return [one for one in self._heard if unverified or one.code != "unverified"]
