"""A small project in a folder, and a way to run a command in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen.cli.main import run
from tests.load.test_cases import base

ARCHIVED = "In 2021 each drank 12.50 kg of tea. Others say up to 10 kg of tea."


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Tea: three facts, a chart and a brief, with a saved source in ../archive."""
    import hashlib

    root, archive = tmp_path / "tea", tmp_path / "archive"
    archive.mkdir()
    (archive / "saved.txt").write_text(ARCHIVED, encoding="utf-8")
    sha = hashlib.sha256(ARCHIVED.encode()).hexdigest()
    files = base() | {
        "content/sources/archive.yaml": f"tea-2021: [{{sha256: {sha}, media_type: text/plain}}]\n",
        "content/facts/base.yaml": base()["content/facts/base.yaml"]
        .replace("in 2021", "in a year")
        .replace("  relation:", "  place: KZ\n  relation:"),
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def ran(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `reportgen COMMAND --root <the project> …`."""

    def command(name: str, *arguments: str) -> Ran:
        capsys.readouterr()
        code = run([name, "--root", str(project), *arguments])
        return Ran(code, *capsys.readouterr())

    return command
