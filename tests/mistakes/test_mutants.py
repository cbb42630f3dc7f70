"""A project of which one thing is wrong, hundreds of times: every mistake is told, and none is called the program's.

REPORTGEN_MUTANTS=5000 asks for as many, REPORTGEN_SEED for others.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.citing.pandoc import Citeproc
from tests.driver import AUTHORED, PROJECTS, Project, read_tree, write_tree
from tests.mistakes.mutants import mutant

MUTANTS = int(os.environ.get("REPORTGEN_MUTANTS", "300"))
FIRST = int(os.environ.get("REPORTGEN_SEED", "1")) * 100_000
BUILT = 12
"""Of so many mutants one is built, and the others are checked."""


class Known(dict[str, str]):
    """What pandoc has answered."""

    def put(self, key: str, answer: str) -> None:
        self[key] = answer


@pytest.fixture
def one_pandoc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process for all, which answers each question once."""
    with Citeproc(known=Known()) as citeproc:
        monkeypatch.setattr(pipeline, "Citeproc", lambda **_: nullcontext(citeproc))
        yield


@pytest.mark.usefixtures("one_pandoc")
def test_no_mistake_in_an_author_s_file_is_called_the_program_s_fault(tmp_path: Path) -> None:
    whole = read_tree(PROJECTS / "bees")
    project = Project.of(tmp_path, whole)
    assert project.run("build", "--format", "html", "--jobs", "1").code == 0
    wrong = []
    refused = 0
    for seed in range(FIRST, FIRST + MUTANTS):
        kind, files = mutant(whole, seed)
        for folder in AUTHORED:
            shutil.rmtree(tmp_path / folder, ignore_errors=True)
        write_tree(tmp_path, files)
        asked = ("build", "--format", "html", "--jobs", "1") if seed % BUILT == 0 else ("check",)
        done = project.run(*asked)
        refused += done.code == 1
        if done.code not in (0, 1):
            wrong.append(f"{kind}, seed {seed}, {asked[0]}: {done.err[:300]}")
    assert wrong == []
    assert refused > MUTANTS / 3, "mutations that are no mistakes prove little"
