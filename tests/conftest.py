"""What several tests look at is made once for all workers: the shipped project, built, and whatever else is slow."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings

from reportgen.citing.pandoc import Citeproc
from reportgen.pipeline import answers
from reportgen.rebuild.exclusive import exclusive
from reportgen.rebuild.executor import run
from reportgen.rebuild.store import MemoryStore
from reportgen.rebuild.workers import processes
from reportgen.targets.all import all_targets
from reportgen.targets.session import Session
from tests.driver import ROOT, contents, write_tree

pytest_plugins = ["tests.no_skips"]
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")  # how long an example takes says how busy the machine is
Made = TypeVar("Made")


@pytest.fixture(scope="session", autouse=True)
def at_home() -> Iterator[None]:
    """The program is run as on its author's machine, where `publish` also makes the editions; under CI it does not."""
    with pytest.MonkeyPatch.context() as patches:
        patches.delenv("CI", raising=False)
        yield


@dataclass(frozen=True)
class Built:
    """The shipped project as it is built."""

    site: dict[str, bytes]
    """Path below the site -> content."""
    papers: dict[str, str]
    """Slug of a brief -> its HTML for paper."""
    folder: Path
    """The site on the disk."""

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(sorted(self.papers))


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]) -> Made:
    """What `make` returns: called by the first worker that asks, and kept for all as a pickle.

    `make` is given an empty folder in which it may leave files for all; none of them may change afterwards.
    """
    base = factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "made-once"
    folder.mkdir(exist_ok=True)
    kept = folder / f"{name}.pickle"
    with exclusive(folder / f"{name}.lock", wait=600):
        if not kept.exists():
            (folder / name).mkdir()
            kept.write_bytes(pickle.dumps(make(folder / name)))
    made: Made = pickle.loads(kept.read_bytes())
    return made


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Built by the first worker that asks, shared by all."""
    return made_once(tmp_path_factory, "shipped", lambda folder: build(ROOT, folder))


def build(root: Path, folder: Path) -> Built:
    """Builds a project, and writes its site to a folder."""
    asked, _ = answers(root)
    cache = MemoryStore()
    with Citeproc() as citeproc:
        session = Session(asked, citeproc.format, "test")
        outcome = run(all_targets(session, (), "all"), cache, session.digest_of, processes(2, ["weasyprint"]))
    assert outcome.ok, [*outcome.failures, *outcome.diagnostics]
    site = {path: data or b"" for path, data in contents(outcome, cache).items()}
    papers = {
        name.removeprefix("paper "): json.loads(cache.get(trace.value or "") or b"")["html"]
        for name, trace in outcome.results.items()
        if name.startswith("paper ")
    }
    write_tree(folder, site)
    return Built(site, papers, folder)
