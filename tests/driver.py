"""How tests use the program: a project in a folder, its files changed, built, given to commands, published.

    project = Project.from_folder(tmp_path / "tea", "tea")
    project.change("content/facts/base.yaml", "12.50", "12.60")
    done = project.build(formats="html")
    assert done.ok
    assert "page tea" in done.made
    assert project.run("check", "--strict").code == 0
    assert "send index.html" in project.publish(tmp_path / "www").out

Effects: writes below the project's folder; runs commands in this process or in others. Asserts nothing of its own,
except that a text to change is there.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportgen import pipeline
from reportgen.cli.main import run
from reportgen.diagnostics import Diagnostic
from reportgen.rebuild.executor import BuildOutcome
from reportgen.rebuild.store import Store
from reportgen.rebuild.target import Failure

ROOT = Path(__file__).parents[1]
PROJECTS = Path(__file__).parent / "projects"
AUTHORED = ("content", "templates")
"""The folders of a project that its authors write."""


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: path -> content."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write_tree(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Writes the files that differ, with the folders they need; leaves others as they are."""
    for name, text in files.items():
        path, data = folder / name, text.encode() if isinstance(text, str) else text
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


@dataclass(frozen=True)
class CommandResult:
    """What a command did."""

    code: int
    """Its exit code."""
    out: str
    """Standard output."""
    err: str
    """Standard error."""

    @property
    def told(self) -> str:
        """All that it printed."""
        return self.out + self.err

    @property
    def data(self) -> Any:
        """Standard output, read as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True)
class BuildResult:
    """What a build did."""

    ok: bool
    made: frozenset[str]
    """Names of the targets that were made."""
    reasons: tuple[str, ...]
    """Why each was made, as `--explain` says it."""
    kept: int
    """How many targets were up to date."""
    written: int
    """How many files of the site were written."""
    removed: int
    """How many files of the site were removed."""
    diagnostics: tuple[Diagnostic, ...]
    faults: tuple[Failure, ...]
    site: Mapping[str, bytes] = field(repr=False)
    """The site after the build: path -> content."""

    @property
    def codes(self) -> list[str]:
        """The codes of the diagnostics, in the order of the files."""
        return [diagnostic.code for diagnostic in self.diagnostics]

    @property
    def errors(self) -> list[str]:
        """The messages of the errors."""
        return [found.message for found in self.diagnostics if found.severity == "error"]

    def differs(self, other: BuildResult) -> set[str]:
        """The paths at which the sites of two builds differ."""
        return {path for path in self.site.keys() | other.site if self.site.get(path) != other.site.get(path)}


@dataclass(frozen=True)
class Project:
    """A project in a folder."""

    root: Path

    @classmethod
    def from_folder(cls, root: Path, source: str | Path) -> Project:
        """A copy of what stands in a folder's content/, templates/ and archive/; a name means tests/projects/<name>."""
        for name in (*AUTHORED, "archive"):
            write_tree(root / name, read_tree(PROJECTS / source / name))
        return cls(root)

    @classmethod
    def of(cls, root: Path, files: Mapping[str, str | bytes]) -> Project:
        """A project that holds these files."""
        write_tree(root, files)
        return cls(root)

    def copied(self, root: Path) -> Project:
        """A copy in another folder, with what was built and what builds keep. The files of the site are the same ones
        under another name, for a build replaces them and changes none: to copy them would take longest."""
        site = f"{self.out / 'site'}{os.sep}"

        def copy(source: str, target: str) -> None:
            (os.link if source.startswith(site) else shutil.copy2)(source, target)

        shutil.copytree(self.root, root, copy_function=copy)
        return Project(root)

    def path(self, name: str) -> Path:
        return self.root / name

    def read(self, name: str) -> str:
        return self.path(name).read_text("utf-8")

    def write(self, name: str, text: str | bytes) -> None:
        write_tree(self.root, {name: text})

    def append(self, name: str, text: str) -> None:
        self.write(name, self.read(name) + text)

    def change(self, name: str, old: str, new: str) -> None:
        """Another text wherever the old one stands in a file."""
        text = self.read(name)
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new))

    def remove(self, name: str) -> None:
        self.path(name).unlink()

    def hold(self, files: Mapping[str, str | bytes]) -> None:
        """Of what authors write, exactly these files: those that differ are written, others removed."""
        for folder in AUTHORED:
            for name in read_tree(self.root / folder):
                if f"{folder}/{name}" not in files:
                    self.remove(f"{folder}/{name}")
        write_tree(self.root, files)

    @property
    def out(self) -> Path:
        """Where builds put the site and what they keep."""
        return self.root / "build"

    @property
    def site(self) -> dict[str, bytes]:
        """The site as it stands: path -> content."""
        return read_tree(self.out / "site")

    def build(self, *, formats: pipeline.Formats = "html", jobs: int = 1, **options: Any) -> BuildResult:
        """A build in this process, by default of the pages alone: PDFs take longest. Options: see pipeline.build."""
        done = pipeline.build(self.root, self.out, formats=formats, jobs=jobs, **options)
        made = frozenset(stale.name for stale in done.made)
        reasons = tuple(stale.reason for stale in done.made)
        return BuildResult(
            done.ok, made, reasons, done.kept, done.written, done.removed, done.diagnostics, done.faults, self.site
        )

    def run(self, name: str, *arguments: str) -> CommandResult:
        """`reportgen NAME --root <the project> …` in this process."""
        return command(name, "--root", str(self.root), *arguments)

    def publish(self, target: str | Path, *options: str) -> CommandResult:
        """`reportgen publish TARGET` in this process."""
        return self.run("publish", str(target), *options)

    def process(self, *arguments: str, environment: Mapping[str, str] | None = None) -> CommandResult:
        """`reportgen …` as a process of its own in the project's folder."""
        return finished(self.start(*arguments, environment=environment))

    def start(self, *arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """The same, only started: to interrupt it, or to kill it."""
        return start_python(["-m", "reportgen", *arguments], self.root, environment)


def command(*arguments: str) -> CommandResult:
    """`reportgen …` in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = run(arguments)
    for stream in (out, err):
        stream.seek(0)
    return CommandResult(code, out.read(), err.read())


def start_python(
    words: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """Python with the program on its path, in a folder and in a session (a process group) of its own."""
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finished(process: subprocess.Popen[str], seconds: float = 600) -> CommandResult:
    """Waits for a process. Raises subprocess.TimeoutExpired, and kills it, after so many seconds."""
    with process:
        try:
            out, err = process.communicate(timeout=seconds)
        except BaseException:
            process.kill()
            raise
    return CommandResult(process.returncode, out, err)


def made(outcome: BuildOutcome) -> set[str]:
    """The names of the targets that a run of the executor made."""
    return {stale.name for stale in outcome.made}


def contents(outcome: BuildOutcome, store: Store) -> dict[str, bytes | None]:
    """The files of a run of the executor: path -> content, None where the store has lost it."""
    return {path: store.get(sha) for path, sha in outcome.files.items()}
