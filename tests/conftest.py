"""What several tests look at is made once for all workers: the shipped project, built, and whatever else is slow."""

from __future__ import annotations

import gc
import json
import os
import pickle
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import settings

import reportgen.late_methods  # noqa: F401 - as in a run of the program
from reportgen import pipeline, preview, releasing
from reportgen.citing.pandoc import Citeproc
from reportgen.drawing.v8 import PlotlyEngine
from reportgen.fonts.setting import paper_faces
from reportgen.model.brief import folder_of, paper_of, tongue_of
from reportgen.pipeline import answers
from reportgen.rebuild.exclusive import exclusive
from reportgen.rebuild.executor import run
from reportgen.rebuild.fresh import program_digest
from reportgen.rebuild.garbage import keep_all
from reportgen.rebuild.performing import OBJECTS
from reportgen.rebuild.store import MemoryStore
from reportgen.rebuild.target import Target, TargetResult
from reportgen.targets.all import all_targets
from reportgen.targets.session import Session
from tests.driver import ROOT, contents, write_tree
from tests.one_pandoc import one_pandoc

if TYPE_CHECKING:
    from tests.pdf.typesetting import Sheet

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # a job in the background of a shell, and all that it starts
    signal.signal(signal.SIGINT, signal.default_int_handler)
pytest_plugins = ["tests.in_memory", "tests.no_skips"]
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")  # how long an example takes says how busy the machine is
Made = TypeVar("Made")
TRANSLATIONS_ON_PAPER = ("mining-boom.ru", "mining-boom.kk")
"""Of the shipped translations those whose PDFs are set: one a language. Setting all would take a minute."""
UNSET = (
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
    b"trailer\n<</Size 3/Root 1 0 R>>\nstartxref\n100\n%%EOF\n"
)
"""A PDF without pages. Stands at the address of each other translation's PDF, so that links lead somewhere."""


def pytest_collection_finish() -> None:
    """What was collected stays until the end: the garbage collector need not look through it again and again.

    It comes when as much is made as in a worker of a build: at Python's own pace it takes a twelfth of all time.
    """
    keep_all()
    gc.set_threshold(OBJECTS, 20, 20)


if os.environ.get("PYTEST_XDIST_WORKER"):

    @pytest.hookimpl
    def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        """As pytest has it, but of five messages about each test only what says something is sent to the main process:
        they take longer than most tests do."""
        for report in runtestprotocol(item, log=False, nextitem=nextitem):
            if report.when == "call" or not report.passed or report.sections or report.duration > 0.005:
                item.ihook.pytest_runtest_logreport(report=report)
        return True


@pytest.fixture(scope="session", autouse=True)
def at_home() -> Iterator[None]:
    """The program is run as on its author's machine, where `publish` also makes the editions; under CI it does not.

    The machine has one core, so that worker processes are started where a test asks for them: each loads what the
    tests' own process has loaded long ago, which takes longer than a build.
    """
    digest = cache(program_digest)  # of the program, which no test changes
    with pytest.MonkeyPatch.context() as patches, one_pandoc():
        for name in ("CI", "REPORTGEN_ARCHIVE"):  # no test writes into the archive of who runs it
            patches.delenv(name, raising=False)
        patches.setattr(os, "cpu_count", lambda: 1)
        patches.setattr("reportgen.targets.all.stop_drawing", lambda: None)  # this process draws for many builds
        for module in (pipeline, preview, releasing):
            patches.setattr(module, "program_digest", digest)
        yield


@pytest.fixture(scope="session")
def engine() -> Iterator[PlotlyEngine]:
    """The drawing engine of all tests that draw: to start one takes as long as fifty drawings."""
    with PlotlyEngine() as started:
        yield started


@dataclass(frozen=True)
class Built:
    """The shipped project as it is built."""

    site: dict[str, bytes]
    """Path below the site -> content."""
    papers: dict[str, str]
    """Slug of a brief whose PDF is set -> its HTML for paper."""
    sheets: dict[str, tuple[Sheet, ...]]
    """The same slugs -> the pages of the PDF, as they were laid out."""
    folder: Path
    """The site on the disk."""

    @property
    def slugs(self) -> tuple[str, ...]:
        """Of the originals."""
        return tuple(sorted(slug for slug in self.papers if not tongue_of(slug)))

    def page(self, slug: str) -> bytes:
        """A brief's page, in any language."""
        return self.site[f"{folder_of(slug)}index.html"]

    def pdf(self, slug: str) -> bytes:
        """The PDF of one of `papers`."""
        return self.site[paper_of(slug)]


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


def is_set(slug: str) -> bool:
    """Whether tests set the PDF of a brief: of each original, and of few translations."""
    return not tongue_of(slug) or slug in TRANSLATIONS_ON_PAPER


def _spared(target: Target) -> Target:
    """The target, or one that gives a few bytes for a PDF that no test looks at."""
    slug = target.name.removeprefix("pdf ")
    if slug == target.name or is_set(slug):
        return target
    return Target(target.name, lambda _: TargetResult({paper_of(slug): UNSET}))


def build(root: Path, folder: Path) -> Built:
    """Builds a project, and writes its site to a folder."""
    from tests.pdf.typesetting import laid_for_pdfs  # loads WeasyPrint

    asked, _ = answers(root)
    cache = MemoryStore()
    with Citeproc() as citeproc, laid_for_pdfs() as laid:
        session = Session(asked, citeproc.format, "test")
        targets = [_spared(target) for target in all_targets(session, (), "all")]
        outcome = run(targets, cache, session.digest_of)
    assert outcome.ok, [*outcome.failures, *outcome.diagnostics]
    site = {path: data or b"" for path, data in contents(outcome, cache).items()}
    papers = {
        slug: json.loads(cache.get(trace.value or "") or b"")["html"]
        for name, trace in outcome.results.items()
        if (slug := name.removeprefix("paper ")) != name and is_set(slug)
    }
    write_tree(folder, site)
    laid_out = {slug: laid[paper_faces(html, session.shelf)[0]] for slug, html in papers.items()}
    return Built(site, papers, laid_out, folder)
