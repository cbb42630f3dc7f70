"""The shipped project, built once for all tests that look at what comes out."""

from __future__ import annotations

import json
import os
import pickle
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen.citing.pandoc import Citeproc
from reportgen.pipeline import answers
from reportgen.rebuild.exclusive import exclusive
from reportgen.rebuild.executor import run
from reportgen.rebuild.store import MemoryStore
from reportgen.rebuild.workers import processes
from reportgen.targets.all import all_targets
from reportgen.targets.session import Session

ROOT = Path(__file__).parents[1]


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


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Built by the first worker that asks, shared by all."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    kept, folder = shared / "built.pickle", shared / "site"
    with exclusive(shared / "built.lock", wait=600):
        if not kept.exists():
            site, papers = build(ROOT, folder)
            kept.write_bytes(pickle.dumps((site, papers)))
    site, papers = pickle.loads(kept.read_bytes())
    return Built(site, papers, folder)


def build(root: Path, folder: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """Builds a project, and writes its site to a folder. Gives the site, and the HTML for paper by slug."""
    asked, _ = answers(root)
    cache = MemoryStore()
    with Citeproc() as citeproc:
        session = Session(asked, citeproc.format, "test")
        outcome = run(all_targets(session, (), "all"), cache, session.digest_of, processes(2, ["weasyprint"]))
    assert outcome.ok, [*outcome.failures, *outcome.diagnostics]
    site = {path: cache.get(sha) or b"" for path, sha in outcome.files.items()}
    for path, content in site.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    papers = {
        name.removeprefix("paper "): json.loads(cache.get(trace.value or "") or b"")["html"]
        for name, trace in outcome.results.items()
        if name.startswith("paper ")
    }
    return site, papers
