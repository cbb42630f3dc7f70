"""A project that lived: published, corrected, and published again. What is beside its briefs is a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest

from reportgen import pipeline, releasing
from reportgen.citing.pandoc import Citeproc
from reportgen.targets import briefs
from tests.driver import CommandResult, Project, read_tree
from tests.messages.examples import blank

FACTS, CHARTS, PAGE, LOOMS, RUGS, ROWS, UNITS, MEASURES = (
    f"content/{name}"
    for name in (
        *("facts/looms.yaml", "charts/looms.yaml", "pages/methods.md"),
        *("briefs/looms.md", "briefs/rugs.md", "data/rugs.csv", "units.yaml", "measures.yaml"),
    )
)
WHY = '  changes: [{kind: correction, text: "We had misread the table."}]\n'
DAY = "2026-03-01"
SMALL = """- id: small-rug
  claim: "A small rug sold for {value} in 2025."
  measure: rug-price
  value: 85.50
  as_of: 2025
  evidence: [{source: census, quote: "at 85.50 USD a rug"}]
"""
"""A fact that no brief prints."""
ALONE = "- {id: rugs-alone, data: rugs-a-year, kind: table, title: Rugs by village and year}\n"
"""A chart that no brief shows."""
METHODS = '---\ntitle: Methods\n---\nThe valley sold {{ fact("rugs-sold") }} in 2025.\n'


@dataclass(frozen=True)
class Life:
    """A project of which all briefs have two editions, and what was said on the way."""

    root: Path
    """Of the project, with what its builds keep."""
    www: Path
    """Where it is published."""
    first: dict[str, bytes]
    """What was at the target after the first publication."""
    target: dict[str, bytes]
    unexplained: CommandResult
    again: CommandResult


@contextmanager
def quick(citeproc: Citeproc) -> Iterator[pytest.MonkeyPatch]:
    """One process, one pandoc, and blank pages for PDFs, which are not what these tests look at."""
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(briefs, "pdf_made", blank)
        for module in (pipeline, releasing):
            patches.setattr(module, "Citeproc", lambda **_: nullcontext(citeproc))
            patches.setattr(module, "pool_of", lambda _: None)
        yield patches


def live(folder: Path) -> Life:
    """Publishes the project, corrects it, and publishes it again."""
    project = Project.from_folder(folder / "looms", "looms")
    project.append(FACTS, SMALL)
    project.append(CHARTS, ALONE)
    project.write(PAGE, METHODS)
    www = folder / "www"
    done = project.publish(www)
    assert done.code == 0, done.told
    first = read_tree(www)
    corrected(project, "")
    unexplained = project.run("check")
    project.change(FACTS, 'keep 149 looms"}]\n', f'keep 149 looms"}}]\n{WHY}')
    assert project.run("release", "--date", DAY).code == 0
    done = project.publish(www)
    assert done.code == 0, done.err
    again = project.publish(www)
    return Life(project.root, www, first, read_tree(www), unexplained, again)


def corrected(project: Project, why: str = WHY) -> None:
    """The census has another number now, and the fact with it."""
    project.change("archive/census.txt", "148 looms", "149 looms")
    before = re.search(r"sha256: (\w+)", project.read("content/sources/archive.yaml"))
    assert before is not None
    now = sha256(project.path("archive/census.txt").read_bytes()).hexdigest()
    project.change("content/sources/archive.yaml", before[1], now)
    project.change(FACTS, "value: 148", "value: 149")
    project.change(FACTS, 'keep 148 looms"}]\n', f'keep 149 looms"}}]\n{why}')
    assert project.run("verify", "--archive", str(project.path("archive"))).code == 0


@dataclass(frozen=True)
class Retired:
    """That project with a brief renamed, one withdrawn, a fact and a chart renamed and a page given up, published over
    what was there."""

    root: Path
    www: Path
    target: dict[str, bytes]
    wrong: CommandResult
    """What `check` said before."""
    again: CommandResult
    """A second publication."""


def retire(life: Life, folder: Path) -> Retired:
    """Publishes it."""
    copytree(life.www, folder / "www")
    project, www = Project(life.root).copied(folder / "looms"), folder / "www"
    project.path(RUGS).rename(project.path("content/briefs/carpets.md"))
    project.change("content/briefs/carpets.md", "title:", "aliases: [rugs]\ntitle:")
    project.change(LOOMS, "title:", "status: withdrawn\nreason: The census took it back.\ntitle:")
    project.change(FACTS, "id: small-rug", "id: little-rug\n  aliases: [small-rug]")
    project.change(CHARTS, "id: rugs-alone", "aliases: [rugs-alone], id: rugs-by-year")
    project.remove(PAGE)
    project.write("content/gone.yaml", "pages/methods: We do no such thing any more.\n")
    wrong = project.run("check", "--strict")
    done = project.publish(www)
    assert done.code == 0, done.told
    return Retired(project.root, www, read_tree(www), wrong, project.publish(www))
