"""A project changed at random, hundreds of times: every mistake is told, none is called the program's, and what `check`
passes is built and published.

REPORTGEN_MUTANTS=5000 asks for as many, REPORTGEN_SEED for others. What `check` cannot know stands in `ONLY_LAID_OUT`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import nullcontext
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.citing.pandoc import Citeproc
from reportgen.diagnostics import counted_by_strict
from reportgen.publish import addresses, links
from tests.driver import AUTHORED, PROJECTS, Project, read_tree
from tests.mistakes.changes import change
from tests.mistakes.mutants import mutant

MUTANTS = int(os.environ.get("REPORTGEN_MUTANTS", "300"))
FIRST = int(os.environ.get("REPORTGEN_SEED", "1")) * 100_000
LIKELY = MUTANTS // 5 if MUTANTS > 1000 else MUTANTS // 12
"""Of so many changes that an author may well make, most pass `check --strict`."""
BUILT = 30
"""Of so many mistakes one is built, and the others are checked."""
ON_PAPER = 25
"""Of so many that pass, one is published with its PDFs, and the others with those of before."""
ONLY_LAID_OUT = ("too-wide",)
"""Codes of what only a layout knows: `check` lays nothing out."""


class Known(dict[str, str]):
    """What pandoc has answered."""

    def put(self, key: str, answer: str) -> None:
        self[key] = answer


def verified(root: Path) -> Project:
    """The project `bees` with saved copies of its sources, in which its quotations were found."""
    project = Project.of(root, read_tree(PROJECTS / "bees"))
    project.change("content/briefs/bees.md", "updated: 2024-04-12\n", "")  # the day of an edition that there is not
    words: dict[str, list[str]] = {}
    for fact in pipeline.answers(root)[0].project.facts.values():
        for evidence in fact.evidence:
            words.setdefault(evidence.source, []).append(f"{evidence.prefix} {evidence.quote}.".strip())
    for source, quotes in sorted(words.items()):
        text = "\n".join(quotes)
        project.write(f"saved/{source}.txt", text)
        copy = f"{{sha256: {sha256(text.encode()).hexdigest()}, media_type: text/plain, retrieved: 2024-01-15}}"
        archive = project.path("content/sources/archive.yaml")
        archive.write_text(f"{archive.read_text() if archive.exists() else ''}{source}: [{copy}]\n")
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
    """Without a mistake, and published; both tests go on from its site and its cache."""
    project = verified(tmp_path_factory.mktemp("mutants") / "bees")
    assert project.run("check", "--strict").code == 0
    assert project.build(formats="all").ok
    assert project.publish(project.path("www")).code == 0
    return project


@pytest.fixture(autouse=True)
def one_pandoc(citeproc: Citeproc, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process for all, which answers each question once."""
    monkeypatch.setattr(pipeline, "Citeproc", lambda **_: nullcontext(citeproc))


def test_no_mistake_in_an_author_s_file_is_called_the_program_s_fault(whole: Project) -> None:
    files, wrong, refused = authored(whole), [], 0
    for seed in range(FIRST, FIRST + MUTANTS - LIKELY):
        kind, changed = mutant(files, seed)
        whole.hold(changed)
        asked = ("build", "--format", "html", "--jobs", "1") if seed % BUILT == 0 else ("check", "--format", "json")
        done = whole.run(*asked)
        refused += done.code == 1
        if done.code not in (0, 1):
            wrong.append(f"{kind}, seed {seed}, {asked[0]}: {done.err[:300]}")
    whole.hold(files)
    assert wrong == []
    assert refused > MUTANTS / 3, "mutations that are no mistakes prove little"


def test_what_check_passes_is_built_and_published(whole: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    files, wrong, passed = authored(whole), [], 0
    build = pipeline.build
    monkeypatch.setattr(links, "contents", lru_cache(4000)(addresses.contents))

    def published(formats: pipeline.Formats) -> tuple[int, str]:
        monkeypatch.setattr(pipeline, "build", partial(build, jobs=1, formats=formats))
        done = whole.publish(whole.path("empty"), "--dry-run")  # all but the sending, which is the same for all
        return done.code, done.told

    for seed in range(FIRST, FIRST + LIKELY):
        kind, changed = change(files, seed)
        whole.hold(changed)
        found = counted_by_strict(pipeline.check(whole.root).diagnostics)
        if found or changed == files:
            continue
        passed += 1
        code, told = published("all" if passed % ON_PAPER == 0 else "html")
        if code == 1 and ".pdf" in told:  # a brief more, whose PDF was not there before
            code, told = published("all")
        if code and not set(re.findall(r"(?:error|warning)\[([a-z0-9-]+)\]", told)) <= set(ONLY_LAID_OUT):
            wrong.append(f"{kind}, seed {seed}: {code}\n{told[:1500]}")
    whole.hold(files)
    assert wrong == []
    assert passed > LIKELY / 2, "changes that are all refused prove little"
