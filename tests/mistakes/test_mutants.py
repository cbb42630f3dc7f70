"""A project changed at random, hundreds of times: every mistake is told, none is called the program's, and what `check`
passes is built and published.

REPORTGEN_MUTANTS=5000 asks for as many, REPORTGEN_SEED for others. What `check` cannot know stands in `ONLY_LAID_OUT`.
"""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
import pytest

from reportgen import pipeline
from reportgen.citing.pandoc import Citeproc
from reportgen.diagnostics import Diagnostic, counted_by_strict
from reportgen.load.files import DiskFiles
from reportgen.load.project import load
from reportgen.pages.theme import Theme
from reportgen.publish import addresses, links
from reportgen.rebuild.fresh import program_digest
from reportgen.targets import briefs
from tests.driver import AUTHORED, PROJECTS, Project, read_tree
from tests.messages.examples import blank
from tests.mistakes.changes import change
from tests.mistakes.mutants import mutant

MUTANTS = int(os.environ.get("REPORTGEN_MUTANTS", "300"))
FIRST = int(os.environ.get("REPORTGEN_SEED", "1")) * 100_000
LIKELY = MUTANTS // 5 if MUTANTS > 1000 else MUTANTS // 12
"""Of so many changes that an author may well make, most pass `check --strict`."""
BUILT = 30
"""Of so many mistakes one is built, and the others are checked."""
ON_PAPER = 5
"""Of so many that pass, one is published with its PDFs, and the others with a PDF in which nothing stands."""
ONLY_LAID_OUT = ("too-wide",)
"""Codes of what only a layout knows: `check` lays nothing out."""


class Known(dict[str, str]):
    """What pandoc has answered."""

    def put(self, key: str, answer: str) -> None:
        self[key] = answer


class Compiled(jinja2.BytecodeCache):
    """Templates as Jinja has compiled them: of the same text, the same code."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if code := self._known.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def verified(root: Path) -> Project:
    """The project `bees` with saved copies of its sources, in which its quotations were found."""
    project = Project.of(root, read_tree(PROJECTS / "bees"))
    project.change("content/briefs/bees.md", "updated: 2024-04-02\n", "")  # the day of an edition that there is not
    words: dict[str, list[str]] = {}
    saved: dict[str, list[str]] = {}
    known = pipeline.answers(root)[0].project

    def save(source: str, name: str, data: bytes, media_type: str) -> None:
        project.write(f"saved/{name}", data)
        copy = f"{{sha256: {sha256(data).hexdigest()}, media_type: {media_type}, retrieved: 2024-01-15}}"
        saved.setdefault(source, []).append(copy)

    for fact in known.facts.values():
        for evidence in fact.evidence:
            words.setdefault(evidence.source, []).append(f"{evidence.prefix} {evidence.quote}.".strip())
    for source, quotes in words.items():
        save(source, f"{source}.txt", "\n".join(quotes).encode(), "text/plain")
    for dataset in known.datasets.values():
        if dataset.source and dataset.file:
            save(dataset.source, dataset.file, project.path(f"content/data/{dataset.file}").read_bytes(), "text/csv")
    archive = "".join(f"{source}: [{', '.join(copies)}]\n" for source, copies in sorted(saved.items()))
    project.write("content/sources/archive.yaml", archive)
    assert project.run("verify", "--archive", str(project.path("saved"))).code == 0
    return project


def authored(project: Project) -> dict[str, bytes]:
    """What its authors wrote, as if it had never been published: each change then would make a first edition."""
    found = {f"{top}/{name}": data for top in AUTHORED for name, data in read_tree(project.root / top).items()}
    return {name: data for name, data in found.items() if not name.startswith("content/editions/")}


@pytest.fixture(scope="module")
def citeproc() -> Iterator[Citeproc]:
    with Citeproc(known=Known()) as one:
        yield one


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Without a mistake; both tests go on from its cache."""
    project = verified(tmp_path_factory.mktemp("mutants") / "bees")
    assert project.run("check", "--strict").code == 0
    gc.freeze()  # what was loaded since the tests were collected stays too
    return project


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return Compiled()


class LoadedOnce:
    """Projects as they were loaded last: of the same files in the same folder, the same. To publish loads one often."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}
        self._loaded: tuple[Any, list[Diagnostic]] | None = None

    def load(self, files: DiskFiles, **readers: Any) -> tuple[Any, list[Diagnostic]]:
        now = {
            f"{files.root}/{top}/{name}": data for top in AUTHORED for name, data in read_tree(files.root / top).items()
        }
        if self._loaded is None or now != self._files or readers.get("kept"):
            self._files, self._loaded = now, load(files, **readers)
        project, found = self._loaded
        return project, [*found]


@pytest.fixture(autouse=True)
def asked_once(citeproc: Citeproc, compiled: Compiled, monkeypatch: pytest.MonkeyPatch) -> None:
    """What hangs on nothing that changes here is made once: pandoc's answers, templates, the digest of the program."""
    began, digest = Theme.__init__, program_digest()

    def with_compiled(self: Theme, templates: Mapping[str, str], _: object = None, *more: Any) -> None:
        began(self, templates, compiled, *more)

    monkeypatch.setattr(pipeline, "Citeproc", lambda **_: nullcontext(citeproc))
    monkeypatch.setattr(Theme, "__init__", with_compiled)
    monkeypatch.setattr(pipeline, "program_digest", lambda: digest)


LEAVES = (
    *("content/briefs/", "content/charts/", "content/checks", "content/conflicts", "content/data/"),
    *("content/images/", "content/extra/", "content/x.yaml", "templates/"),
)
"""What little else hangs on: mistakes in several such files stand in one project, since none hides another."""
TOGETHER = 4


def projects(files: Mapping[str, bytes], seeds: Iterable[int]) -> Iterator[tuple[dict[int, str], dict[str, bytes]]]:
    """The mutants, alone or together: seed -> kind, and the project's files."""
    together: list[tuple[dict[int, str], dict[str, bytes | None]]] = []
    for seed in seeds:
        kind, changed = mutant(files, seed)
        other = {
            path: changed.get(path) for path in files.keys() | changed.keys() if files.get(path) != changed.get(path)
        }
        if not other:
            continue
        if seed % BUILT == 0 or not all(path.startswith(LEAVES) for path in other):
            yield {seed: kind}, changed
            continue
        for kinds, before in together:
            if len(kinds) < TOGETHER and not before.keys() & other.keys():
                break
        else:
            together.append(({}, {}))
            kinds, before = together[-1]
        kinds[seed] = kind
        before |= other
    for kinds, others in together:
        yield kinds, {path: data for path, data in {**files, **others}.items() if data is not None}


def test_no_mistake_in_an_author_s_file_is_called_the_program_s_fault(whole: Project) -> None:
    files, wrong, refused = authored(whole), [], 0
    for kinds, changed in projects(files, range(FIRST, FIRST + MUTANTS - LIKELY)):
        whole.hold(changed)
        is_built = any(seed % BUILT == 0 for seed in kinds)
        asked = ("build", "--format", "html", "--jobs", "1") if is_built else ("check", "--format", "json")
        done = whole.run(*asked)
        refused += len(kinds) if done.code == 1 else 0
        if done.code not in (0, 1):
            wrong.append(f"{kinds}, {asked[0]}: {done.err[:300]}")
    whole.hold(files)
    assert wrong == []
    assert refused > MUTANTS / 3, "mutations that are no mistakes prove little"


def test_what_check_passes_is_built_and_published(whole: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    files, wrong, passed = authored(whole), [], 0
    monkeypatch.setattr(links, "contents", lru_cache(4000)(addresses.contents))
    monkeypatch.setattr(pipeline, "build", partial(pipeline.build, jobs=1))
    monkeypatch.setattr(pipeline, "load", LoadedOnce().load)
    with monkeypatch.context() as patches:
        patches.setattr(briefs, "pdf_made", blank)
        assert whole.build(formats="all").ok
    for seed in range(FIRST, FIRST + LIKELY):
        kind, changed = change(files, seed)
        whole.hold(changed)
        found = counted_by_strict(pipeline.check(whole.root).diagnostics)
        if found or changed == files:
            continue
        passed += 1
        with monkeypatch.context() as patches:
            if passed % ON_PAPER:
                patches.setattr(briefs, "pdf_made", blank)
            done = whole.publish(whole.path("empty"), "--dry-run")  # all but the sending, which is the same for all
        codes = set(re.findall(r"(?:error|warning)\[([a-z0-9-]+)\]", done.told))
        if done.code > bool(codes and codes <= set(ONLY_LAID_OUT)):
            wrong.append(f"{kind}, seed {seed}: {done.code}\n{done.told[:1500]}")
    whole.hold(files)
    assert wrong == []
    assert passed > LIKELY / 2, "changes that are all refused prove little"
